"""
What amendments make of a text: each change that is noted, the statements that are there after it with their days, and
each change that does not fit.
"""

from pathlib import Path

import pytest

from answers import answer, assert_answered, marked
from grantrules import calendars
from grantrules.diagnostics import Problem
from grantrules.limits import DEFAULT_LIMITS
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.texts.amending import Change, days_of, name_of
from grantrules.texts.shelf import Texts
from grantrules.texts.whole import read_whole

BASE = """language English

programme tr.aid "Aid"
  currency EUR
  rules as of submitted

source call "The call"

record cost
  kind   one of travel, works
  amount money

application
  submitted date
  rooms  whole number
  costs  list of cost

code list trades (NACE)
  10

parameter highest "The highest aid"  money
  up to 2024-12-31 | 800 EUR
  2025 | 900 EUR
  from month 2026-01 to before month 2027-01 | 1 000 EUR
  after 2026-12-31 | 1 100 EUR

parameter lowest  money
  10 EUR

rounding cents
  down in steps of 0.01 EUR

define large = rooms is more than 6

define cost's far = kind is travel

table size_of by rooms
  otherwise | 1

require small "Small houses only"
  in force from 2025-01-01 to 2026-06-30
  not large

require small "Very small houses only"
  in force from 2026-07-01
  rooms is at most 3

advise few
  rooms is at most 5

exception island to few
  rooms is 6

score points_
  5 points

result outcome = rooms

support grant
  from costs counting amount
  eligible cost counted
    only where kind is works
  cost ceiling each_cost
    each at most 500 EUR
    excess is trimmed
  count limit first_ones
    the first 5 by amount, highest first
  rate basic
    50%
  bonus more
    plus 5 percentage points
  rate ceiling at_most
    at most 60%
  proration part
    multiplied by 1/2
  supplement inside
    plus 1 EUR
    within the ceilings
  support ceiling top
    at most highest
    excess is trimmed
  supplement beside
    plus 2 EUR
    on top of the ceilings
  support floor least
    nothing is paid below lowest
  rounding as cents, once at the end
  require enough
    rooms is at least 1
  instalment advance
    50%
    rounding as cents
  instalment last
    the rest

support other
  from lowest

support ceiling all_of_it
  over grant, other
  together at most 5 000 EUR
  excess is cut pro rata

ranking by_size
  awards at most 3
  order by rooms, lowest first

promise never_more
  grant is at most 5 000 EUR

example six
  submitted 2026-01-01
  rooms 6
  expect eligible

example twice
  submitted 2026-01-01
  rooms 2
  expect eligible
"""
OTHERS = {
    "tr/aid.rules": BASE,
    "tr/first.rules": """language English

amendment tr.first "First"
  amends tr.aid
  in force from 2026-03-01

source law "The law"

replace require small "Small"
  rooms is at most 4

replace parameter highest  money
  2 000 EUR

within support grant
  replace rate basic
    55%
""",
    "tr/house.rules": 'language English\n\nprogramme tr.house "House"\n  currency EUR\n',
    "lib/shared.rules": 'language English\n\nlibrary lib.shared "Shared"\n\ndefine small_sum = 100\n',
    "tr/broken.rules": 'language English\n\nprogramme tr.broken "Broken"\n  curency EUR\n',
}  # fmt: skip
HEADS = {
    "changes": 'language English\n\namendment tr.more "More"\n  amends tr.aid\n',
    "bases": "language English\n\n",
}


def days(range_: syn.Range) -> str:
    found = days_of(range_)
    return (
        "no days"
        if found is None
        else " to ".join("…" if d is None else calendars.iso_date(d) for d in found)
    )


def told(statement: syn.Node, source: Source) -> str:
    """A statement with its name, its days, and what it holds by days."""
    heading = statement.heading if isinstance(getattr(statement, "heading", None), syn.Heading) else None
    name = name_of(statement)
    owner = getattr(statement, "owner", None)
    title = f" “{heading.titles[0].text}”" if heading is not None and heading.titles else ""
    parts = [f"{type(statement).__name__} {owner.text + ' ' if owner else ''}{name}{title}"]
    parts += [f"[{days(each)}]" for each in (heading.in_force if heading is not None else ())]
    if isinstance(statement, syn.Parameter):
        text = source.text
        for line in statement.lines:
            said = "not set" if line.value is None else text[line.value.span.start : line.value.span.end]
            parts.append(f"{days(line.during) if line.during else 'always'} | {said};")
    if isinstance(statement, syn.Support):
        inside = (*statement.steps, *statement.requires, *statement.instalments)
        parts.append(", ".join(told(each, source) for each in inside))
    if isinstance(statement, syn.Record | syn.Application):
        parts.append(", ".join(each.name.text for each in statement.fields))
    return " ".join(parts).strip()


def noted(change: Change, source: Source) -> str:
    when = (
        ""
        if change.days is None
        else f" on {['…' if d is None else calendars.iso_date(d) for d in change.days]}"
    )
    where = f" in {change.support}" if change.support else ""
    was = f", was {marked(source, change.old)}" if change.old else ""
    return f"{change.how} {change.name}{where} {marked(source, change.span)}{was}{when}"


def file_name(problem: Problem) -> str:
    return "" if problem.source is None else Path(problem.source.name).name


def plain_base() -> list[str]:
    source = Source("tr/aid.rules", BASE)
    return [
        told(each, source) for each in read_whole(source, Texts({}), DEFAULT_LIMITS).whole.module.statements
    ]


@pytest.mark.parametrize("name", HEADS)
def test_what_amendments_make_of_a_text_is_as_stored(name):
    before = plain_base()

    def answers(case: str) -> list[str]:
        found = read_whole(Source("more.rules", HEADS[name] + case), Texts(OTHERS), DEFAULT_LIMITS)
        whole = found.whole
        now = [told(each, whole.source) for each in whole.module.statements]
        return [
            *(f"{file_name(each)} {answer(each)}" for each in found.problems),
            *(noted(change, whole.source) for change in whole.changes),
            *(f"  {number} {each}" for number, each in enumerate(now) if each not in before),
        ]

    assert_answered(f"texts/{name}.txt", answers)
