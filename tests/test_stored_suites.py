"""
What the suite of a programme says, as a whole: promises of every kind and fate, what examples reach, what they notice.

`GRANTRULES_RENEW=1 pytest tests/test_stored_suites.py` stores it anew; read the difference: is each promise judged rightly, and would
a person understand what breaks it?
"""

import json
from pathlib import Path
from typing import Any

import grantrules as gr
from grantrules.properties.coverage import Coverage, as_data, as_lines
from grantrules.render import Look
from grantrules.suite import (
    cover_examples,
    promises_as_json,
    promises_as_text,
    run_mutants,
    run_promises,
    strength_as_json,
    strength_as_text,
    told_of_example,
    told_of_promise,
)
from storing import stored

LANGUAGES = ("en", "tr")
TOLD = ("broken_when_generous", "more_works_less", "as_before")
"""The promises of which everything is told."""
CHANGED = ("class", "built_before", "by_grade")
"""The statements that are changed."""

OLD = """language English

programme test.old_repairs
  currency EUR

application
  zone   one of coast, hills
  staff  whole number (at least 0)

require enough_staff
  staff is at least 3

support grant
  computed as 1 000 EUR
"""

REPAIRS = """language English

programme test.repairs "Repairs"
  tr "Onarım"
  currency     EUR
  time zone    Europe/Istanbul
  rules as of  day

record work
  kind    one of roof "Roof", walls "Walls", other "Other"
  fee     money (at least 0 EUR)
  urgent  yes/no (no if absent)

application
  day    date
  zone   one of coast, hills
  staff  whole number (at least 0)
  built  date (optional)
  grade  points
  works  list of work (at most 20)

parameter generous "Is it generous?"  yes/no
  no

parameter least  whole number
  2

define class one of small, large
  small  when staff is below 10
  large  otherwise

require enough_staff "Enough staff"
  tr "Yeterli personel"
  staff is at least least
  for all works: fee is at least 5 EUR
  unless zone is coast

advise built_before "Built before 2000"
  built is before 2000-01-01
  when built is given

score size_points "Points"
  first line that fits
  20 points  when class is large
  10 points  when grade is at least 5 points
  0 points   otherwise

support grant "Grant for the works"
  from works counting fee

  eligible cost listed
    except where kind is other

  rate half
    first line that fits
    60%  when generous
    50%  when zone is coast
    40%  otherwise

  bonus urgent_ones
    where urgent
    plus 10 percentage points
    when staff is at least 5

  support ceiling each_kind
    per kind at most 2 000 EUR
    excess is cut pro rata

  support ceiling in_all
    together at most 3 000 EUR
    excess is cut pro rata

  rounding up in steps of 100 EUR, once at the end

support advice
  computed as 150 EUR
  when zone is hills

support ceiling everything
  over grant, advice
  together at most 3 050 EUR
  excess is cut pro rata
  when staff is at most 400

promise kept_one "Never above 3 100"
  tr "3 100'ü aşmaz"
  grant is at most 3 100 EUR

promise broken_one "Never above 2 999"
  grant + advice is at most 2 999 EUR
  grant is at most 2 500 EUR

promise never_so
  grant is less than 0 EUR

promise says_nothing
  grant is at least 0 EUR
  when staff is less than 0

promise only_when_generous
  grant is at most 3 100 EUR
  when generous

promise broken_when_generous
  grant is at most 70 EUR
  when generous

promise more_works_less
  grant never increases when works rises

promise fees_up
  grant never decreases when works's fee rises

promise zone_decides_nothing
  grant is unchanged when zone changes

promise split_up
  grant is unchanged when works are split

promise in_any_order
  grant is unchanged when works are reordered

promise no_cliff
  grant has no cliff larger than 50 EUR when staff rises

promise who_is_eligible
  eligible
  when staff is at least 1

promise two_are_enough
  meets enough_staff
  when staff is at least 2

promise one_is_not
  fails enough_staff
  when staff is at most 1 and zone is hills

promise as_before
  decided as in test.old_repairs
  grant is as in test.old_repairs

example two_roofs "Two roofs"
  day    2026-03-01
  zone   hills
  staff  5
  grade  4 points
  works
    kind | fee       | urgent
    roof | 1 000 EUR | yes
    roof | 500 EUR   | no
  expect eligible
  expect grant is 700 EUR

example wrong_one
  like two_roofs
  staff  1
  expect eligible
  expect grant is 800 EUR
  expect warning: built_before

example generous_one
  like two_roofs
  with parameter generous yes
  expect grant is 1 100 EUR

example nothing_known
  zone   unknown
  grade  7 points
  expect undecided

ranking example none_first
  of by_grade
  applications
    name | like      | grade    | expect outcome
    anna | two_roofs | 9 points | funded
    bert | two_roofs | 8 points | not funded

ranking example nobody
  of by_grade
  applications
    name | like      | grade    | expect outcome
    anna | two_roofs | 9 points | not funded
    bert | two_roofs | 8 points | not funded

ranking by_grade
  budget               700 EUR
  order by             grade, highest first
  if one does not fit  stop
"""
SCHOLARSHIP = Path(__file__).parent / "data" / "strength" / "burs.rules"
TURKISH = """
güvence bozulan "En fazla bin lira"
  burs en fazla 1 000 TRY olmalı

güvence kardeş_azaltmaz
  kardeşler arttıkça burs hiç artmaz

güvence boş
  burs en fazla 1 000 TRY olmalı
  hane 1'den az ise uygulanır
"""


def repairs() -> gr.Programme:
    return gr.compile(REPAIRS, root={"test/old_repairs.rules": OLD})


def as_text(data: Any) -> str:
    """Data with each of its entries in a line."""
    return json.dumps(data, ensure_ascii=False).replace("}, {", "},\n{").replace("], [", "],\n[") + "\n"


def test_what_becomes_of_promises_of_every_kind():
    programme = repairs()
    results = run_promises(programme, number=30)
    lines: list[str] = []
    for language in LANGUAGES:
        lines += [f"==== {language}", promises_as_text(programme, results, Look(language=language))]
    for language in LANGUAGES:
        for result in results:
            if result.promise.about.name in TOLD:
                lines += [
                    f"==== {result.promise.about.name}, {language}",
                    told_of_promise(programme, result, language),
                    "",
                ]
    text = "\n".join(lines)
    data = {language: promises_as_json(programme, results, language) for language in LANGUAGES}

    assert text == stored("suites/repairs.promises.txt", text)
    assert as_text(data) == stored("suites/repairs.promises.json", as_text(data))
    assert told_of_promise(programme, results[1]) == told_of_promise(programme, results[1], "en")


def test_what_tests_reach():
    programme = repairs()
    coverage = Coverage(programme._program)
    lines: list[str] = []
    for each in ("nothing", "the examples"):
        if each == "the examples":
            cover_examples(programme, coverage)
        lines += [f"==== by {each}"]
        lines += [line for language in LANGUAGES for line in as_lines(as_data(coverage, language), language)]
    lines += [as_text(as_data(coverage, language)) for language in LANGUAGES]
    text = "\n".join(lines)

    assert text == stored("suites/repairs.reached.txt", text)


def test_what_examples_notice_and_which_would():
    programme = repairs()
    known = {"built_before: 2000-01-01 → 1999-12-31": "no warning can be expected"}
    fates = tuple(fate for name in CHANGED for fate in run_mutants(programme, equivalents=known, only=name))
    lines = [f"{fate.status} {fate.by}: {fate.mutant.key}" for fate in fates]
    lines += [strength_as_text(programme, fates, language) for language in LANGUAGES]
    text = "\n".join(lines)
    data = as_text(strength_as_json(programme, fates))

    assert text == stored("suites/repairs.strength.txt", text)
    assert data == stored("suites/repairs.strength.json", data)


def test_what_failing_examples_are_told():
    programme = repairs()
    lines = [
        f"==== {result.name}, {language}\n{told_of_example(programme, result, language)}\n"
        for result in programme.run_examples()
        if not result.passed
        for language in LANGUAGES
    ]
    text = "\n".join(lines)

    assert text == stored("suites/repairs.examples.txt", text)


def test_what_becomes_of_promises_in_turkish():
    """The counterexample is in the language of the file, whatever is spoken."""
    programme = gr.compile(SCHOLARSHIP.read_text(encoding="utf-8") + TURKISH)
    names = ("bozulan", "kardeş_azaltmaz", "boş", "giderin_kendisi")
    results = run_promises(programme, number=20, only=names)
    for language in LANGUAGES:
        text = promises_as_text(programme, results, Look(language=language))
        text += "".join(told_of_promise(programme, result, language) + "\n" for result in results[:2])

        assert text == stored(f"suites/burs.promises.{language}.txt", text)
