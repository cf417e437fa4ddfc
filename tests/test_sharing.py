"""An amount divided among the lines of a list: the parts add up, and follow their weights."""

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grantrules as gr

HEAD = """language English

programme test.sharing "Sharing"
  currency    EUR
  time zone   Europe/Brussels

record partner
  firm    yes/no
  effort  number
  cost    money (at least 0 EUR)

application
  price     money (at least 0 EUR)
  partners  list of partner (at most 20)

support award
  computed as price
  only a basis
  when price is more than 0 EUR

support parts
  from {among} sharing award, {how}
  rounding down in steps of 0.01 EUR, once at the end
"""
EFFORT, COST, EQUAL = "in proportion to effort", "in proportion to cost", "in equal parts"


@cache
def shared(how: str, among: str = "partners") -> gr.Programme:
    return gr.compile(HEAD.format(how=how, among=among))


def application(price, *efforts):
    partners = [{"firm": bool(n % 2), "effort": e, "cost": f"{n}.00"} for n, e in enumerate(efforts)]
    return {"price": price, "partners": partners}


def parts(programme, price, *efforts):
    lines = programme.decide(application(price, *efforts)).supports["parts"].lines
    return [line.amount.amount for line in lines]


def test_parts_follow_the_weights_and_add_up_by_largest_remainder():
    assert parts(shared(EFFORT), "100.00", 1, 1, 1) == ["33.34", "33.33", "33.33"]
    assert parts(shared(EFFORT), "100.00", 1, 2, 3) == ["16.67", "33.33", "50.00"]
    assert parts(shared(COST), "100.00", 0, 0, 0) == ["0.00", "33.33", "66.67"]


def test_equal_parts_are_of_the_lines_that_count():
    assert parts(shared(EQUAL), "100.00", 5, 0, 0) == ["33.34", "33.33", "33.33"]
    assert parts(shared(EQUAL, "partners where firm"), "100.00", 0, 0, 0, 0) == ["50.00", "50.00"]


def test_a_weight_below_0_counts_as_0():
    assert parts(shared(EFFORT), "100.00", 1, -1, 1) == ["50.00", "0.00", "50.00"]


def test_where_all_weights_are_0_nothing_is_decided():
    decision = shared(EFFORT).decide(application("100.00", 0, 0))

    assert [each.kind for each in decision.undecidable] == ["zero_divisor"]


def test_what_does_not_apply_is_not_shared():
    decision = shared(EQUAL).decide(application("0.00", 1))

    assert decision.supports["parts"].applies is False
    assert decision.eligible is False


def test_among_nobody_nothing_is_shared():
    assert shared(EQUAL).decide(application("100.00")).support == gr.Money("0.00", "EUR")


def test_the_explanation_says_what_was_shared():
    assert (
        "eligible cost 100.00 EUR, support 100.00 EUR"
        in shared(EQUAL).decide(application("100.00", 1, 1, 1)).explain()
    )


@pytest.mark.parametrize("how", [EFFORT, EQUAL])
@settings(max_examples=60, deadline=None)
@given(cents=st.integers(1, 10**8), efforts=st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_the_parts_add_up_whatever_the_weights_are(how, cents, efforts):
    if not any(efforts):
        efforts = [*efforts[1:], 1]
    found = parts(shared(how), f"{cents // 100}.{cents % 100:02}", *efforts)

    assert sum(map(Fraction, found)) == Fraction(cents, 100)
    exact = [Fraction(cents, 100) * (e if how == EFFORT else 1) for e in efforts]
    whole = sum(efforts) if how == EFFORT else len(efforts)
    assert all(
        abs(Fraction(part) - e / whole) < Fraction(1, 100) for part, e in zip(found, exact, strict=True)
    )
