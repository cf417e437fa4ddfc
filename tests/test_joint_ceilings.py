"""Several ceilings over the same supports: each cuts what those above it left, wherever the supports stand in the file."""

from itertools import permutations

import pytest

import grantrules as gr
from grantrules.core import ir
from grantrules.evaluate.reference import evaluate

HEAD = """language English

programme test.together "Together"
  currency   EUR
  time zone  Europe/Brussels

application
  a  money
  b  money
  c  money

"""
SUPPORTS = ("support x\n  from a\n", "support y\n  from b\n", "support z\n  from c\n")
CEILINGS = """support ceiling one
  over x, y
  together at most 100 EUR
  excess is cut from the last line first

support ceiling two
  over y, z
  together at most 60 EUR
  excess is cut pro rata

support ceiling three
  over x, y, z
  together at most 90 EUR
  excess is cut from the last line first
"""
RESTING = "support z\n  computed as c + y\n"
FACTS = {"a": "80.00", "b": "50.00", "c": "70.00"}


def cuts(programme, **facts):
    decision = programme.decide({**FACTS, **facts})
    return [(each.name, str(each.cut)) for each in decision.binding], [
        str(decision.supports[name].amount) for name in "xyz"
    ]


@pytest.mark.parametrize("order", list(permutations((*SUPPORTS, CEILINGS))))
def test_each_cuts_what_those_above_it_left(order):
    """x, y: 80, 20; y, z: 13.33, 46.67; all: 80, 10, nothing."""
    assert cuts(gr.compile(HEAD + "\n".join(order))) == (
        [("one", "30.00 EUR"), ("two", "30.00 EUR"), ("three", "50.00 EUR")],
        ["80.00 EUR", "10.00 EUR", "0.00 EUR"],
    )


@pytest.mark.parametrize("order", list(permutations((*SUPPORTS[:2], RESTING, CEILINGS))))
def test_a_support_that_rests_on_another_takes_what_the_ceiling_above_left_of_it(order):
    """z: 70 and the 20 that are left of y."""
    assert cuts(gr.compile(HEAD + "\n".join(order))) == (
        [("one", "30.00 EUR"), ("two", "50.00 EUR"), ("three", "50.00 EUR")],
        ["80.00 EUR", "10.00 EUR", "0.00 EUR"],
    )


@pytest.mark.parametrize("facts", [FACTS, {"a": "80.00", "c": "70.00"}, {"b": "10.00"}, {}])
def test_both_evaluators_cut_alike(facts):
    programme = gr.compile(HEAD + "\n".join((*SUPPORTS, CEILINGS)))
    found = programme.prepare(facts)
    variant = programme._plain

    assert variant.outcome(variant.run(found, trace=False)) == evaluate(programme.core, found)


def test_none_is_lost():
    programme = gr.compile(
        HEAD
        + "\n".join(
            (
                *SUPPORTS,
                CEILINGS,
                CEILINGS.replace("one", "first").replace("two", "second").replace("three", "third"),
            )
        )
    )

    assert [each.about.name for each in programme.core.body if isinstance(each, ir.Joint)] == [
        "one", "two", "three", "first", "second", "third",
    ]  # fmt: skip
