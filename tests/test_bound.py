"""The most steps of a decision: told before anything is run, and never passed."""

from unittest import mock

import pytest
from hypothesis import given

import core_building
import grantrules as gr
import house
from grantrules.core.bound import Bound
from grantrules.evaluate.reference import Evaluator, evaluate
from grantrules.properties.programmes import cases

NESTED = """\
language English

programme docs.nested "Aid in lists"
  currency EUR

record aid
  amount  money (at least 0 EUR)

record member
  aids  list of aid{inner}

application
  members  list of member{outer}

define member's earlier_aid = total amount of aids

require small "Little aid so far"
  total earlier_aid of members is at most 1 000 EUR

support grant
  computed as 100 EUR
"""


def nested(outer: str = "", inner: str = "") -> str:
    return NESTED.format(outer=outer, inner=inner)


def test_a_step_counts_once_for_each_row_a_list_may_have():
    few = gr.compile(nested(" (at most 10)", " (at most 5)")).most_steps
    more = gr.compile(nested(" (at most 10)", " (at most 6)")).most_steps
    most = gr.compile(nested(" (at most 20)", " (at most 5)")).most_steps

    assert more - few == 10 * 3, "for each of ten members a row, its amount, and the sum so far"
    assert most > 1.8 * few


def test_a_list_without_a_length_may_be_as_long_as_the_limit():
    assert (
        gr.compile(nested(" (at most 10)"), limits=gr.Limits(list_items=500)).most_steps
        == gr.compile(nested(" (at most 10)", " (at most 500)")).most_steps
    )


def test_lists_in_lists_without_a_length_are_refused_before_anything_is_run():
    with pytest.raises(gr.ProgrammeError) as refused:
        gr.compile(nested())
    (problem,) = refused.value.problems
    assert problem.code == "GR613"
    assert gr.compile(nested(), limits=gr.Limits(steps=10**9)).most_steps > 10**8


def test_the_limit_itself_is_allowed():
    steps = gr.compile(house.RULES).most_steps

    assert gr.compile(house.RULES, limits=gr.Limits(steps=steps)).most_steps == steps
    with pytest.raises(gr.ProgrammeError):
        gr.compile(house.RULES, limits=gr.Limits(steps=steps - 1))


def test_nothing_but_a_fact_or_a_field_is_a_list():
    with pytest.raises(TypeError, match="Const"):
        Bound(core_building.programme()).rows(core_building.num(1))


@given(case=cases())
def test_no_decision_takes_more_steps_than_the_bound(case):
    taken = 0
    node = Evaluator.node

    def counted(self, expr, env):
        nonlocal taken
        taken += 1
        return node(self, expr, env)

    with mock.patch.object(Evaluator, "node", counted):
        evaluate(case.program, case.facts)

    assert 0 < taken <= Bound(case.program).total
