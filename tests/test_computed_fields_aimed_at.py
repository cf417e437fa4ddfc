"""A field of a line that is computed is no place of the application, whatever is asked about it."""

import pytest

import grantrules as gr
from grantrules.suite import boundary_applications, run_promises

RULES = """
language English

programme t.computed "Computed fields"
  currency EUR
  time zone Europe/Brussels

record member
  id    text
  kind  one of firm, school

record cost
  member  text
  day     date
  amount  money (at least 0 EUR)

application
  members  list of member (at most 5)
  costs    list of cost (at most 9)

define cost's of_member = kind of the one member where id is this cost's member

define cost's asked_by = kind of the one member where id is this cost's member

support grant
  from costs counting amount
  {step}
  rounding down in steps of 0.01 EUR, each line

require asked
  at least 1 cost
  {condition}
"""
STEPS = (
    "eligible cost firms\n    only where of_member is firm",
    "support ceiling of_kind\n    per of_member at most 100 EUR\n    excess is cut pro rata",
    "count limit of_kind\n    per of_member the first 2 by amount, highest first",
)
CONDITIONS = (
    "for all costs: of_member is not school", "for all costs: of_member is firm",
    "for all costs: of_member is one of firm", "no costs where of_member is school",
    "number of different values of of_member among costs is 2", "for all costs: of_member is asked_by",
)  # fmt: skip
EACH = [*((STEPS[0], condition) for condition in CONDITIONS), *((step, CONDITIONS[3]) for step in STEPS[1:])]


@pytest.mark.parametrize(("step", "condition"), EACH)
def test_applications_are_made_for_conditions_about_computed_fields(step, condition):
    programme = gr.compile(RULES.format(condition=condition, step=step))

    assert {each.status for each in run_promises(programme, number=2)} <= {"kept", "vacuous"}
    assert any(programme.decide(each).eligible for each in boundary_applications(programme))
