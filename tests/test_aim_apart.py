"""A total behind ceilings on each line or group is reached with further lines, each in a group of its own."""

import pytest

import grantrules as gr
from grantrules.suite import boundary_applications, run_promises

RULES = """
language English

programme t.courses "Courses"
  currency EUR

record course
  provider  text
  starts    date
  people    whole number (at least 1)
  fee       money (at least 0 EUR)

application
  courses  list of course (at most 40)

support aid
  from courses counting fee
  cost ceiling for_people
    each at most people * 1 000 EUR
    excess is trimmed
  rate half
    50%
  support ceiling apart
    {apart} at most 10 000 EUR
    excess is {excess}
  {in_all}
  rounding down in steps of 0.01 EUR, once at the end

promise never_more
  aid is at most 45 000 EUR
"""
IN_ALL = """support ceiling in_all
    together at most 45 000 EUR
    excess is cut pro rata"""
APART = [
    ("per provider", "cut pro rata"),
    ("per year of starts", "cut pro rata"),
    ("per provider and year of starts", "cut from the last line first"),
    ("each", "trimmed"),
]


@pytest.mark.parametrize(("apart", "excess"), APART)
def test_the_limit_of_a_total_is_reached(apart, excess):
    programme = gr.compile(RULES.format(apart=apart, excess=excess, in_all=IN_ALL))
    decisions = [programme.decide(each) for each in boundary_applications(programme)]

    assert any("in_all" in {each.name for each in decision.binding} for decision in decisions)


@pytest.mark.parametrize(("apart", "excess"), APART[::3])
def test_the_ceiling_on_a_total_that_was_lost_is_missed(apart, excess):
    programme = gr.compile(
        RULES.format(apart=apart, excess=excess, in_all="support ceiling in_all\n    no ceiling")
    )
    (broken,) = [result for result in run_promises(programme, number=60) if not result.passed]

    assert broken.promise.about.name == "never_more"
    assert len(broken.application["courses"]) in {5, 6}
