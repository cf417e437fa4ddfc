"""Instalments: the parts add up to what is paid, whatever the facts are, and say when they are due."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grantrules as gr
from grantrules.core.listing import listing

HEAD = """language English

programme test.payments "Payments"
  currency    EUR
  time zone   Europe/Brussels
  month end   last day
  rules as of submitted

application
  submitted   date
  price       money (at least 0 EUR) (at most 10 000 000 EUR)
  public      yes/no
  report      yes/no
  signed_on   date

support grant "The grant"
  from price
  rounding down in steps of 0.01 EUR, once at the end
"""

THREE = """
  instalment advance "In advance"
    50%
    at most 100 000 EUR
    rounding down in steps of 1 EUR
    unless public
    due on 30 days after signed_on

  instalment fixed
    1 000 EUR
    due after "the kick-off"
    due after tr "açılış"

  instalment balance
    the rest
    due once report
"""
FACTS = {
    "submitted": "2026-01-01",
    "price": "2001.01",
    "public": False,
    "report": False,
    "signed_on": "2026-01-31",
}


def decide(instalments=THREE, more="", **facts):
    return gr.compile(HEAD + instalments + more).decide({**FACTS, **facts})


def amounts(decision):
    return {p.name: p.amount.amount for p in decision.supports["grant"].payments}


def test_the_rest_takes_what_the_others_leave():
    assert amounts(decide()) == {
        "advance": "1000.00", "fixed": "1000.00", "balance": "1.01",
    }  # fmt: skip


def test_a_ceiling_moves_money_into_the_rest():
    assert amounts(decide(price="1000000.00")) == {
        "advance": "100000.00", "fixed": "1000.00", "balance": "899000.00",
    }  # fmt: skip


def test_an_instalment_takes_no_more_than_is_left():
    assert amounts(decide(price="1500.50")) == {
        "advance": "750.00", "fixed": "750.50", "balance": "0.00",
    }  # fmt: skip


def test_where_its_condition_does_not_hold_there_is_no_such_instalment():
    advance, _, balance = decide(public=True).supports["grant"].payments

    assert (advance.applies, advance.amount.amount) == (False, "0.00")
    assert balance.amount.amount == "1001.01"


def test_when_it_is_due_is_a_day_a_condition_or_an_event():
    advance, fixed, balance = decide().supports["grant"].payments

    assert (advance.due_on, advance.due_once, advance.waits_for) == (date(2026, 3, 2), None, None)
    assert (fixed.due_on, fixed.due_once, fixed.waits_for) == (None, None, "the kick-off")
    assert (balance.due_on, balance.due_once, balance.waits_for) == (None, False, "report")
    assert decide(report=True).supports["grant"].payments[2].due_once is True


def test_examples_may_expect_the_day_and_whether_it_is_due():
    examples = """
example first
  submitted 2026-01-01
  price     2 001.01 EUR
  public    no
  report    no
  signed_on 2026-01-31
  expect grant's advance_due is 2026-03-02
  expect not grant's balance_due

example reported
  like first
  report yes
  expect grant's balance_due
"""
    results = gr.compile(HEAD + THREE + examples).run_examples()

    assert [result.passed for result in results] == [True, True]


def test_an_event_is_told_in_the_language_of_the_reader():
    told = gr.compile(HEAD + THREE).decide(FACTS).to_dict(language="tr")["supports"]["grant"]["payments"]

    assert told[1]["waits_for"] == "açılış"


def test_what_only_says_when_it_is_due_keeps_nothing_open():
    facts = {name: value for name, value in FACTS.items() if name not in ("signed_on", "report")}
    decision = gr.compile(HEAD + THREE).decide(facts)

    assert decision.missing == ()
    assert decision.support == gr.Money("2001.01", "EUR")
    assert decision.to_dict()["supports"]["grant"]["payments"][0]["due_on"] == {"undecided": True}
    assert decision.supports["grant"].payments[2].due_once is None


def test_an_open_amount_gives_each_payment_its_range():
    facts = {name: value for name, value in FACTS.items() if name != "price"}
    decision = gr.compile(HEAD + THREE).decide(facts)
    found = {
        p.name: (p.amount.lowest.amount, p.amount.highest.amount) for p in decision.supports["grant"].payments
    }

    assert found["advance"] == ("0.00", "100000.00")
    assert found["fixed"] == ("0.00", "1000.00")
    assert [m.path for m in decision.missing] == ["price"]


def test_an_open_condition_of_an_instalment_is_missing_although_the_sum_is_known():
    facts = {name: value for name, value in FACTS.items() if name != "public"}
    decision = gr.compile(HEAD + THREE).decide(facts)

    assert decision.support == gr.Money("2001.01", "EUR")
    assert [m.path for m in decision.missing] == ["public"]


def test_zero_is_paid_in_parts_of_zero():
    assert set(amounts(decide(price="0.00")).values()) == {"0.00"}


@pytest.mark.parametrize(
    ("instalments", "more"),
    [
        (THREE, "\nrequire never\n  price is 0 EUR\n"),
        ("\n  require never\n    price is 0 EUR\n" + THREE, "\nsupport other\n  computed as 1 EUR\n"),
    ],
    ids=["not eligible", "does not apply"],
)
def test_without_an_award_there_are_no_payments(instalments, more):
    assert decide(instalments, more).supports["grant"].payments == ()


def test_after_a_ceiling_over_several_supports_the_parts_are_of_what_is_paid():
    more = """
support other
  computed as 4 000 EUR

support ceiling all
  over grant, other
  together at most 3 000 EUR
  excess is cut from the last line first
"""
    decision = decide(more=more, price="3500.00")

    assert decision.supports["grant"].amount == gr.Money("3000.00", "EUR")
    assert sum(map(Fraction, amounts(decision).values())) == 3000


def test_equal_instalments_each_have_their_day_counted_from_the_first():
    equal = """
  equal instalments monthly "Each month"
    the rest in 3 parts
    rounding down in steps of 0.01 EUR, the last one takes what is left
    due every 1 month from signed_on
"""
    payments = decide(equal, price="100.00").supports["grant"].payments

    assert [(p.name, p.part, p.amount.amount, p.due_on) for p in payments] == [
        ("monthly_1", (1, 3), "33.33", date(2026, 1, 31)),
        ("monthly_2", (2, 3), "33.33", date(2026, 2, 28)),
        ("monthly_3", (3, 3), "33.34", date(2026, 3, 31)),
    ]


def test_equal_instalments_rounded_up_never_pay_more_than_there_is():
    equal = """
  equal instalments yearly
    the rest in 4 parts
    rounding up in steps of 1 EUR, the first one takes what is left
"""
    assert [p.amount.amount for p in decide(equal, price="5.00").supports["grant"].payments] == [
        "0.00", "1.00", "2.00", "2.00",
    ]  # fmt: skip


def test_the_explanation_says_how_much_and_when():
    text = decide().explain()

    assert "50% of 2,001.01 EUR; limit 100,000.00 EUR; due on 2 March 2026" in text
    assert "due after the kick-off" in text
    assert "the rest; due once report" in text
    assert "kalan tutar; şu olunca ödenir: report" in decide().explain("tr")


def test_a_listing_of_the_core_names_what_the_payments_read():
    assert "  grant's advance, if grant's advance applies, on grant's advance_due" in listing(
        gr.compile(HEAD + THREE)._program
    )


def test_what_is_certain_of_an_instalment_is_not_computed():
    """A part that surely fits is held against nothing; one that may not, against what the others leave."""
    parts = """
  instalment first_part
    {first}
    rounding down in steps of 1 EUR

  instalment second
    30%
    rounding down in steps of 1 EUR

  instalment balance
    the rest
"""
    certain, perhaps = (
        next(
            line
            for line in listing(gr.compile(HEAD + parts.format(first=first))._program).splitlines()
            if line.startswith("grant's second ")
        )
        for first in ("60%", "1 000 EUR")
    )

    assert certain == "grant's second = round((30% × [grant]), down, 1)"
    assert "([grant] - [grant's first_part])" in perhaps


def test_it_is_said_in_turkish_too():
    programme = gr.compile("""dil Türkçe

program test.odemeler
  para birimi        TRY
  saat dilimi        Europe/Istanbul
  kuralların tarihi  başvuru_günü
  ay sonu            son gün

başvuru
  başvuru_günü  tarih
  fiyat         para (en az 0 TRY)
  imza_günü     tarih
  rapor         evet/hayır

destek hibe "Hibe"
  tek tutar fiyat

  taksit avans "Yarısı peşin"
    %50
    en fazla 1 000 TRY
    yuvarlama 1 TRY adımlarla aşağı
    vadesi imza_günü'nden 30 gün sonra
    rapor değilse uygulanır

  eşit taksitler aylık "Aylık"
    kalan tutar 2 parçada
    yuvarlama 0.01 TRY adımlarla aşağı, artan son taksitte
    vadesi imza_günü tarihinden başlayarak her 1 ay

örnek tek_kuruş
  başvuru_günü 2026-01-01
  fiyat        101.01 TRY
  imza_günü    2026-01-31
  rapor        hayır
  beklenen hibe'nin avans 50 TRY olmalı
  beklenen hibe'nin aylık_1 25.50 TRY olmalı
  beklenen hibe'nin aylık_2 25.51 TRY olmalı
""")
    assert [result.passed for result in programme.run_examples()] == [True]


SHARE = st.integers(1, 60).map(lambda n: f"{n}%")
FIXED = st.integers(0, 500_000).map(lambda n: f"{n} EUR")
MODE = st.sampled_from(("down", "up", "half up", "half to even"))
STEP = st.sampled_from(("0.01", "1", "0.05", "100"))


@st.composite
def instalments(draw):
    """Lines of a support: some instalments, and one or several equal ones that take the rest."""
    lines = []
    total = 0
    for number in range(draw(st.integers(0, 3))):
        amount = draw(st.one_of(SHARE, FIXED))
        if amount.endswith("%"):
            total += int(amount[:-1])
            if total >= 100:
                continue
        lines += [f"  instalment part_{number}", f"    {amount}"]
        if amount.endswith("%") or draw(st.booleans()):
            lines.append(f"    rounding {draw(MODE)} in steps of {draw(STEP)} EUR")
        if draw(st.booleans()):
            lines.append(f"    at most {draw(FIXED)}")
        if draw(st.booleans()):
            lines.append("    when public")
    if draw(st.booleans()):
        lines += ["  instalment balance", "    the rest"]
    else:
        lines += ["  equal instalments monthly", f"    the rest in {draw(st.integers(2, 5))} parts"]
        takes = draw(st.sampled_from(("first", "last")))
        lines.append(
            f"    rounding {draw(MODE)} in steps of {draw(STEP)} EUR, the {takes} one takes what is left"
        )
    return "\n" + "\n".join(lines) + "\n"


@settings(max_examples=40, deadline=None)
@given(instalments(), st.integers(0, 10**9), st.booleans())
def test_whatever_the_instalments_are_they_add_up_and_none_is_below_zero(lines, cents, public):
    programme = gr.compile(HEAD + lines)
    price = f"{cents // 100}.{cents % 100:02}"
    decision = programme.decide({**FACTS, "price": price, "public": public})
    paid = [Fraction(p.amount.amount) for p in decision.supports["grant"].payments]

    assert sum(paid) == Fraction(cents, 100)
    assert min(paid) >= 0
    open_ = programme.decide({"submitted": "2026-01-01", "price": price})
    for known, unknown in zip(paid, open_.supports["grant"].payments, strict=True):
        lowest, highest = (
            (unknown.amount.lowest, unknown.amount.highest)
            if isinstance(unknown.amount, gr.Range)
            else (unknown.amount, unknown.amount)
        )
        assert lowest is None or Fraction(lowest.amount) <= known
        assert highest is None or known <= Fraction(highest.amount)
