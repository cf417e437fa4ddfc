"""Repayable support apart from the rest, the whole a share belongs to, whole lots, and amounts for each one counted."""

from pathlib import Path

import pytest

import grantrules as gr

KINDS_OF_COST = sorted((Path(__file__).parent / "data" / "money").glob("*.rules"))

HEAD = """language English

programme test.money "Money"
  currency    EUR
  time zone   Europe/Brussels

application
  price   money (at least 0 EUR) (at most 1 000 EUR)
  pieces  whole number (at least 0) (at most 100)
  loan_wanted  yes/no
"""
BOTH = """
support grant "Grant"
  computed as 20% of price
  rounding down in steps of 0.01 EUR, once at the end

support loan "Loan"
  computed as 30% of price
  repayable
  when loan_wanted
  rounding down in steps of 0.01 EUR, once at the end
"""


def decide(more, **facts):
    return gr.compile(HEAD + more).decide({"price": "100.00", "pieces": 0, "loan_wanted": True, **facts})


def figure(formula, **facts):
    return decide(f"\nresult found = {formula}\n", **facts).results["found"]


def euros(amount):
    return gr.Money(amount, "EUR")


def test_what_is_to_be_paid_back_is_never_added_to_the_support():
    decision = decide(BOTH)

    assert (decision.support, decision.repayable) == (euros("20.00"), euros("30.00"))
    assert decision.to_dict()["repayable"] == {"amount": "30.00", "currency": "EUR"}
    assert decision.supports["loan"].repayable is True


def test_without_a_loan_there_is_nothing_repayable():
    decision = decide(BOTH, loan_wanted=False)

    assert (decision.support, decision.repayable) == (euros("20.00"), None)


def test_a_loan_alone_is_no_support_but_the_application_is_eligible():
    decision = decide(
        BOTH.replace("computed as 20% of price", "computed as 20% of price\n  when price is 0 EUR")
    )

    assert decision.eligible is True
    assert (decision.support, decision.repayable) == (None, euros("30.00"))


def test_an_explanation_says_both():
    decision = decide(BOTH)

    assert "Eligible: 20.00 EUR; 30.00 EUR, to be repaid" in decision.explain()
    assert "Paid: 30.00 EUR, to be repaid" in decision.explain()
    assert "Uygun: 20,00 EUR; 30,00 EUR (geri ödemeli)" in decision.explain("tr")


def test_a_ranking_takes_both_from_its_budget():
    rules = (
        HEAD
        + BOTH
        + """
ranking by_price
  budget               60 EUR
  order by             price, highest first
  if one does not fit  stop
"""
    )
    facts = {"pieces": 0, "loan_wanted": True}
    ranking = gr.compile(rules).rank({"a": {**facts, "price": "100.00"}, "b": {**facts, "price": "50.00"}})

    assert [(each.id, each.funded) for each in ranking.entries] == [("a", euros("50.00")), ("b", None)]


@pytest.mark.parametrize(
    ("formula", "facts", "found"),
    [
        ("the amount of which 40% is price", {"price": "100.00"}, euros("250.00")),
        ("the amount of which 1/3 is price", {"price": "100.00"}, euros("300.00")),
        ("(the amount of which 40% is price) - price", {"price": "100.00"}, euros("150.00")),
        ("whole lots of 12 in pieces", {"pieces": 23}, 1),
        ("whole lots of 12 in pieces", {"pieces": 24}, 2),
        ("what is left of pieces after whole lots of 12", {"pieces": 23}, 11),
        ("what is left of pieces after whole lots of 12", {"pieces": 24}, 0),
        ("whole lots of 30 EUR in price", {"price": "100.00"}, 3),
        ("what is left of price after whole lots of 30 EUR", {"price": "100.05"}, euros("10.05")),
        ("whole lots of 3 in (pieces - 4)", {"pieces": 0}, -2),
        ("what is left of (pieces - 4) after whole lots of 3", {"pieces": 0}, 2),
    ],
)
def test_shares_backwards_and_whole_lots(formula, facts, found):
    assert figure(formula, **facts) == found


def test_there_is_no_amount_of_which_nothing_is_something():
    rules = HEAD + "\nresult found = the amount of which (price / 100 EUR) is 5 EUR\n"
    decision = gr.compile(rules).decide({"price": "0.00", "pieces": 0, "loan_wanted": True})

    assert [each.kind for each in decision.undecidable] == ["zero_divisor"]


def test_while_the_pieces_are_not_known_the_lots_have_bounds():
    rules = HEAD + "\nresult found = whole lots of 12 in pieces\n"
    found = gr.compile(rules).decide({"price": "0.00", "loan_wanted": True}).results["found"]

    assert (found.lowest, found.highest) == (0, 8)


TABLE = """
table paid by pieces
  slice by slice
  {}

support aid
  computed as paid
"""


@pytest.mark.parametrize(
    ("rows", "amounts"),
    [
        (
            ("up to 1 | 150 EUR each", "from 2 | 100 EUR each"),
            {0: "0.00", 1: "150.00", 2: "250.00", 5: "550.00"},
        ),
        (("to below 2 | 150 EUR each", "above 1 | 100 EUR each"), {1: "150.00", 2: "250.00"}),
        (("below 3 | 150 EUR", "from 3 | 100 EUR each"), {0: "150.00", 2: "150.00", 3: "250.00"}),
        (("below 3 | 150 EUR", "from 3 | 50 EUR"), {2: "150.00", 3: "200.00"}),
    ],
)
def test_so_much_for_the_first_and_so_much_for_each_further_one(rows, amounts):
    rows = [row.replace("to below 2", "below 2") for row in rows]
    found = {n: decide(TABLE.format("\n  ".join(rows)), pieces=n).support.amount for n in amounts}

    assert found == amounts


def test_a_slice_is_entered_on_its_first_amount():
    """A row `from 50 EUR` holds for 50 EUR itself, in a table slice by slice as in any other."""
    rules = """
table paid by price
  slice by slice
  below 50 EUR | 1 EUR
  from 50 EUR  | 10 EUR

support aid
  computed as paid
"""
    assert decide(rules, price="50.00").support == euros("11.00")
    assert decide(rules, price="49.99").support == euros("1.00")


DATED = """language English

programme test.dated "Dated"
  currency    EUR
  time zone   Europe/Brussels
  rules as of submitted

application
  submitted  date
  hired_on   date
  size       one of small, large

table share_paid by size
  in force from 2025-01-01 to 2025-12-31
    small      | 50%
    otherwise  | 40%
  in force from 2026-01-01
    small      | 60%
    otherwise  | 30%

define shown = share_paid

result now = share_paid

result then = (shown as of hired_on)
"""


@pytest.mark.parametrize(
    ("submitted", "size", "now"),
    [("2025-06-01", "small", "50%"), ("2025-06-01", "large", "40%"), ("2026-06-01", "large", "30%")],
)
def test_the_rest_of_a_period_is_what_its_own_rows_leave(submitted, size, now):
    decision = gr.compile(DATED).decide({"submitted": submitted, "hired_on": "2026-01-01", "size": size})

    assert decision.to_dict()["results"]["now"] == now


def test_a_rest_that_is_not_in_force_takes_nothing():
    decision = gr.compile(DATED).decide(
        {"submitted": "2024-06-01", "hired_on": "2026-01-01", "size": "large"}
    )

    assert decision.to_dict()["results"]["now"] == {"lowest": None, "highest": None}
    assert {each.kind for each in decision.undecidable} == {"hole"}


@pytest.mark.parametrize(("hired_on", "then"), [("2025-06-01", "50%"), ("2026-06-01", "60%")])
def test_a_definition_over_a_table_is_read_on_another_day(hired_on, then):
    decision = gr.compile(DATED).decide({"submitted": "2026-06-01", "hired_on": hired_on, "size": "small"})

    assert decision.to_dict()["results"] == {"now": "60%", "then": then}


@pytest.mark.parametrize("path", KINDS_OF_COST, ids=[path.stem for path in KINDS_OF_COST])
def test_kinds_of_cost_are_said_with_the_language_as_it_is(path):
    """Indirect costs on a base, contributions in kind, VAT, and what is paid by results and paid back."""
    results = gr.load(path).run_examples()

    assert [(result.name, result.passed) for result in results] == [(result.name, True) for result in results]
    assert results
