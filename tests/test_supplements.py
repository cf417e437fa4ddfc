"""What a supplement adds to one amount is within the ceilings that stand below it."""

import pytest

import grantrules as gr
from grantrules.suite import run_mutants, run_promises

RULES = """
language English

programme t.owner "Grant for an owner"
  currency EUR

application
  price     money (at least 0 EUR)
  children  whole number (at least 0)
  others    money (at least 0 EUR)

support grant
  from price
  supplement family
    plus children * 500 EUR
    within the ceilings
  support ceiling most
    {limit} 6 000 EUR
    excess {excess}
  rounding down in steps of 1 EUR, once at the end

promise never_more
  grant is at most 6 000 EUR

example just_below
  price     5 000 EUR
  children  2
  others    0 EUR
  expect grant is 6 000 EUR
"""
FACTS = {"price": "1700.00", "children": 10, "others": "1000.00"}


@pytest.mark.parametrize(("limit", "paid"), [("at most", 6_000), ("together with others at most", 5_000)])
def test_the_ceiling_on_one_amount_is_on_what_is_added_too(limit, paid):
    programme = gr.compile(RULES.format(limit=limit, excess="is trimmed"))
    decision = programme.decide(FACTS)

    assert decision.support == gr.Money(paid, "EUR")
    assert [each.name for each in decision.binding] == ["most"]
    assert {result.status for result in run_promises(programme)} == {"kept"}


def test_an_excess_with_what_is_added_refuses():
    decision = gr.compile(RULES.format(limit="at most", excess="refuses the application")).decide(FACTS)

    assert decision.eligible is False


@pytest.mark.parametrize("excess", ["drops the line", "is cut pro rata", "is cut from the last line first"])
def test_one_amount_has_no_lines_to_cut_or_drop(excess):
    problems = gr.check(RULES.format(limit="at most", excess=excess))

    assert [each.code for each in problems] == ["GR403"]


def test_the_changes_of_such_a_ceiling_are_told_in_the_words_of_the_file():
    programme = gr.compile(RULES.format(limit="at most", excess="is trimmed"))
    keys = [fate.mutant.key for fate in run_mutants(programme, only="most")]

    assert keys == [
        "most: the ceiling is dropped",
        "most: is trimmed → refuses the application",
        "most: 6 000 EUR → 6 000.01 EUR",
        "most: 6 000 EUR → 5 999.99 EUR",
    ]
