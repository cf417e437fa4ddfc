"""Roundings that have a name: taken from libraries, amended, and shown with their source wherever they are used."""

import json
from fractions import Fraction

import pytest

import grantrules as gr

CENTS = """language English

library lib.cents "Cents"
  currency EUR

source law "Law on payments", dated 2024-01-01

rounding cent_down "Parts of a cent are not paid"
  cites law "parts of a cent are left out"
  down in steps of 0.01 EUR

rounding whole_ones
  half up in steps of 1 EUR

define a_third_of_nine = (10 EUR / 3) rounded as whole_ones
"""

AID = """language English

programme tr.aid "Aid"
  currency EUR

use lib.cents: cent_down as cents, a_third_of_nine

record cost
  amount  money (at least 0 EUR)

application
  costs  list of cost (at most 9)

define mean "Mean cost" = (average amount of costs) rounded as cents

require little
  a_third_of_nine is 3 EUR
  mean is at most 100 EUR

support grant "Grant"
  from costs counting 1/3 of amount
  rounding as cents, each line
"""

FILES = {"lib/cents.rules": CENTS}
COSTS = {"costs": [{"amount": "10.00"}, {"amount": "10.01"}]}


def codes(text: str, **files: str) -> list[str]:
    return [p.code for p in gr.check(text, root={f"lib/{n}.rules": t for n, t in files.items()} or None)]


def test_a_rounding_of_a_library_rounds_lines_and_figures():
    decision = gr.compile(AID, root=FILES).decide(COSTS)

    assert decision.support == gr.Money("6.66", "EUR")
    assert decision.eligible


def test_the_explanation_shows_the_rounding_with_its_source_and_the_library_it_comes_from():
    decision = gr.compile(AID, root=FILES).decide(COSTS)
    text = decision.explain()
    told = json.loads(decision.explain(format="json"))

    assert text.count("Parts of a cent are not paid") == 2  # at the step, and among the figures
    assert text.count("“parts of a cent are left out”") == 2
    assert "Law on payments" in text
    (step,) = [s for s in told["supports"][0]["steps"] if s["name"] == "grant rounding"]
    assert step["origin"] == "lib.cents"
    (figure,) = [f for f in told["figures"] if f["name"] == "cents"]
    assert figure["origin"] == "lib.cents"


def test_a_rounding_that_comes_along_is_not_seen():
    """`whole_ones` is needed by what is taken; to be used here it must be named."""
    text = AID.replace("rounding as cents, each line", "rounding as whole_ones, each line")

    assert codes(text, cents=CENTS) == ["GR713"]


def test_what_an_amendment_says_of_a_rounding_holds_for_all_that_use_it():
    base = AID.replace("use lib.cents: cent_down as cents, a_third_of_nine", "").replace(
        "  a_third_of_nine is 3 EUR\n", ""
    )
    base += "\nrounding cents\n  down in steps of 0.01 EUR\n"
    amendment = (
        "language English\n\namendment tr.reform\n  amends tr.aid\n\n"
        "replace rounding cents\n  up in steps of 1 EUR\n"
    )
    reform = gr.compile(amendment, root={"tr/aid.rules": base})

    decision = reform.decide(COSTS)
    assert decision.support == gr.Money("8.00", "EUR")
    assert "Mean cost: 11.00 EUR" in decision.explain()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("define mean", "rounding cents\n  up in steps of 1 EUR\n\ndefine mean", "GR707"),
        ("each line", "each line\n\nrounding unused\n  up in steps of 1 EUR", "GR211"),
        ("define mean", "rounding again\n  up in steps of 0 EUR\n\ndefine mean", "GR314"),
        ("define mean", "rounding by_share\n  down in steps of 1%\n\ndefine x = (1 EUR / 3) rounded as by_share\n\ndefine mean", "GR304"),
    ],
)  # fmt: skip
def test_what_can_be_wrong_with_a_rounding(old, new, code):
    assert code in codes(AID.replace(old, new, 1), cents=CENTS)


def test_a_rate_is_rounded_by_points():
    text = (
        'language English\n\nprogramme tr.rates "Rates"\n  currency EUR\n\napplication\n  loss  rate\n\n'
        "rounding whole_points\n  down in steps of 1 percentage point\n\n"
        "result of_loss = (1/3 of loss) rounded as whole_points\n"
    )
    decision = gr.compile(text).decide({"loss": "10%"})

    assert decision.results["of_loss"] == Fraction(3, 100)


CONDITIONAL = """language English

programme tr.aid "Aid"
  currency EUR
  rules as of paid_on

parameter cents  one of downwards, half_up
  downwards

application
  price    money (at least 0 EUR)
  paid_on  date
  abroad   yes/no
  kind     one of firm, person, chamber
  size     one of small, large (optional)
  place    country
  rent     money (at least 0 EUR)
  staff    whole number (at least 0)

support grant
  computed as price / 3
"""
DOWN = "  rounding down in steps of 0.01 EUR, once at the end\n"
HALF_UP = "  rounding half up in steps of 0.01 EUR, once at the end\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("when cents is downwards", "when cents is half_up"),
        ("when abroad", "when not abroad"),
        ("when kind is firm", "when kind is one of person, chamber"),
        ("when price is less than 100 EUR", "when price is at least 100 EUR"),
        ("when paid_on is before 2024-01-01", "when paid_on is from 2024-01-01"),
        ("when staff is at most 9", "when staff is at least 10"),
    ],
)
def test_roundings_for_every_case_round_everything(one, other):
    text = f"{CONDITIONAL}{DOWN}    {one}\n{HALF_UP}    {other}\n"
    assert [problem for problem in gr.check(text) if problem.severity == "error"] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("when abroad", "when abroad"),
        ("when kind is firm", "when kind is person"),
        ("when price is less than 100 EUR", "when price is more than 100 EUR"),
        ("when price is less than 100 EUR", "when price is at least 100.01 EUR"),
        ("when paid_on is before 2024-01-01", "when paid_on is after 2024-01-01"),
        ("in force from 2023-01-01 to 2023-12-31", "in force from 2024-01-01"),
        ("when size is small", "when size is large"),
        ("when place is TR", "when place is BE"),
        ("when price is at most rent", "when price is at least 5 EUR"),
        ("when staff is at most 9", "when staff is at least 11"),
    ],
)
def test_a_case_that_no_rounding_is_for_is_reported_and_never_paid_in_parts_of_a_cent(one, other):
    """A third of a cent was once paid where the only rounding had a condition."""
    text = f"{CONDITIONAL}{DOWN}    {one}\n{HALF_UP}    {other}\n"
    assert [problem.code for problem in gr.check(text) if problem.severity == "error"] == ["GR313"]


def test_a_rounding_of_some_lines_settles_what_the_others_settle_too():
    lines = AID.replace("1/3 of amount", "amount / 3").replace(
        "amount  money", "mine  yes/no\n  amount  money"
    )
    mine = "rounding as cents, each line\n    where mine\n"
    assert codes(lines.replace("rounding as cents, each line\n", mine), cents=CENTS) == ["GR313"]
    both = mine + "  rounding as cents, each line\n    where not mine\n"
    assert codes(lines.replace("rounding as cents, each line\n", both), cents=CENTS) == []
