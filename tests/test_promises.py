"""Promises: kept by the programmes as they are, broken by the ones with a fault, and never passed where they say nothing."""

from pathlib import Path

import pytest

import grantrules as gr
from grantrules import resources
from grantrules.properties import report
from grantrules.properties.draft import of_facts
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.promises import Case, Watched
from grantrules.properties.search import check_promises
from grantrules.suite import run_promises, watched

TEXTS = {
    name: (resources.programs() / "tr" / f"{name}.rules").read_text(encoding="utf-8")
    for name in ("kdp_2023", "kdp_2012")
}

SMALL = """
language English

programme test.small "Small"
  currency  TRY

record cost
  amount money (at least 0 TRY)

application
  costs list of cost (at most 50)
  other money (at least 0 TRY)
  zone  one of north "North", south "South"

parameter generous "Is it generous?"  yes/no
  no

support grant "Half of it"
  from costs counting amount
  rate half "Half"
    50%
  support ceiling most "At most 100 000"
    together at most 100 000 TRY
    excess is cut pro rata
  rounding down in steps of 0.01 TRY, once at the end
"""


def small(*promises: str) -> gr.Programme:
    return gr.compile(SMALL + "".join(f"\npromise {each}\n" for each in promises))


def results(programme: gr.Programme, *names: str, number: int = 60) -> dict[str, str]:
    seen = watched(programme)
    only = [each for each in seen.promises if each.about.name in names] if names else None
    return {each.promise.about.name: each.status for each in check_promises(seen, number=number, only=only)}


# ---- the programmes as they are ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_a_bundled_programme_keeps_its_promises(name):
    found = run_promises(gr.compile(TEXTS[name]), number=60)

    assert [(each.promise.about.name, each.status) for each in found if not each.passed] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_bundled_programme_makes_at_least_eight_promises(name):
    stated = [each for each in watched(gr.compile(TEXTS[name])).promises if each.stated]

    assert len(stated) >= 8


def test_every_programme_makes_some_promises_without_asking():
    names = [each.about.name for each in watched(small()).promises]

    assert names == [
        "support_within_ceilings", "parts_add_up", "order_of_costs", "explanation_adds_up", "record_replays",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "step",
    [
        "cost ceiling most\n    together at most 100 TRY\n    excess is cut from the last line first",
        "count limit first_two\n    the first 2 by named, earliest first",
    ],
)
def test_where_an_order_is_stated_it_may_decide_the_amount(step):
    """Lines of different rates: what is cut, or left out of those that are alike, is worth more or less."""
    programme = gr.compile(f"""language English

programme test.ordered
  currency TRY

record cost
  amount  money (at least 0 TRY)
  local   yes/no
  named   date

application
  costs  list of cost (at most 10)

support grant
  from costs counting amount
  {step}
  rate share
    60%  when local
    40%  otherwise
  rounding down in steps of 0.01 TRY, each line
""")
    (found,) = run_promises(programme, number=60, only=("order_of_costs",))

    assert (found.status, found.passed) == ("kept", True)


def test_a_programme_that_pays_nothing_promises_nothing_about_money():
    programme = gr.compile(
        "language English\nprogramme test.nothing_paid\n  currency EUR\napplication\n  staff whole number\n"
        "require staffed\n  staff is at least 1\n"
    )

    assert [each.about.name for each in watched(programme).promises] == [
        "explanation_adds_up",
        "record_replays",
    ]


# ---- what becomes of a promise -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("promise", "status"),
    [
        ("p\n  grant is at most 100 000 TRY", "kept"),
        ("p\n  grant is at most 99 999.99 TRY", "broken"),
        ("p\n  grant is less than 0 TRY", "never_true"),
        ("p\n  grant is at least 0 TRY\n  when other is less than 0 TRY", "vacuous"),
        ("p\n  grant is unchanged when costs are reordered", "kept"),
        ("p\n  grant is unchanged when zone changes", "kept"),
        ("p\n  grant is unchanged when costs changes", "broken"),
        ("p\n  grant is unchanged when costs changes\n  when no costs", "vacuous"),
        ("p\n  grant never increases when costs rises\n  unless other is at least 0 TRY", "vacuous"),
        ("p\n  grant never decreases when costs rises", "kept"),
        ("p\n  grant never increases when costs rises", "broken"),
        ("p\n  grant never decreases when other rises", "kept"),
        ("p\n  grant never decreases when costs rise", "kept"),
        ("p\n  grant never decreases when cost's amount rises", "kept"),
        ("p\n  grant never increases when costs's amount rises", "broken"),
        ("p\n  grant is unchanged when costs are split", "kept"),
        ("p\n  grant is unchanged when cost's amount is split", "kept"),
        ("p\n  grant has no cliff larger than 0 TRY when cost's amount rises", "kept"),
        ("p\n  eligible", "kept"),
        ("p\n  not eligible", "never_true"),
    ],
)
def test_a_promise_is_kept_broken_vacuous_or_impossible(promise, status):
    assert results(small(promise), "p") == {"p": status}


STEEP = """
require staff_enough "Two people or more"
  staff is at least 2

support aid "As much for each line, rounded"
  from costs counting amount
  rate share
    first line that fits
    50%  when turnover is at most 5 000 TRY
    40%  when turnover is less than 7 000 TRY
    30%  otherwise
  rounding down in steps of 1 TRY, each line
"""


def steep(promise: str) -> gr.Programme:
    facts = "  staff whole number (at least 0)\n  turnover money (at least 0 TRY)\n"
    text = SMALL[: SMALL.index("parameter generous")].replace("  zone  one of", facts + "  zone  one of")
    return gr.compile(text + STEEP + f"\npromise p\n  {promise}\n")


@pytest.mark.parametrize(
    ("promise", "status"),
    [
        ("aid is unchanged when costs are split", "broken"),
        ("aid is unchanged when cost's amount is split", "broken"),
        ("aid has no cliff larger than 10 TRY when turnover rises", "broken"),
        ("aid has no cliff larger than 1 TRY when cost's amount rises", "kept"),
        ("meets staff_enough\n  when staff is at least 2", "kept"),
        ("meets staff_enough\n  when staff is at least 1", "broken"),
        ("fails staff_enough\n  when staff is at most 2", "broken"),
        ("eligible\n  when staff is at least 2", "kept"),
        ("not eligible\n  when staff is at most 1", "kept"),
    ],
)
def test_rounding_lines_limits_of_rates_and_bounds_show_in_promises(promise, status):
    assert results(steep(promise), "p") == {"p": status}


def test_a_cliff_is_shown_on_both_of_its_sides():
    seen = watched(steep("aid has no cliff larger than 10 TRY when turnover rises"))
    (found,) = check_promises(seen, number=60, only=[each for each in seen.promises if each.stated])

    assert {found.application["turnover"], found.other["turnover"]} in (
        {"5000.00", "5000.01"},
        {"6999.99", "7000.00"},
    )


def test_a_decision_knows_a_broken_promise_about_eligibility():
    programme = steep("eligible")
    decision = programme.decide({"staff": 1, "turnover": "1", "zone": "north", "costs": [], "other": "0"})

    assert decision.broken_promises == ("p",)
    assert "the application must be eligible" in decision.explain()
    assert "başvuru uygun olmalı" in decision.explain("tr")


@pytest.mark.parametrize("unknown", [True, False])
def test_a_promise_about_eligibility_is_open_while_the_answer_is(unknown):
    programme = steep("eligible")
    staff = {} if unknown else {"staff": 5}
    decision = programme.decide(staff)

    assert decision.broken_promises == ()


@pytest.mark.parametrize(
    ("promise", "code"),
    [
        ("grant is unchanged when other are reordered", "GR301"),
        ("grant is unchanged when other is split", "GR301"),
        ("grant never decreases when zone rises", "GR301"),
        ("grant never decreases when grant rises", "GR210"),
        ("grant never decreases when cost's price rises", "GR205"),
        ("grant has no cliff larger than 5% when other rises", "GR304"),
        ("meets nothing_of_the_kind", "GR205"),
    ],
)
def test_a_promise_names_what_can_change_that_way(promise, code):
    with pytest.raises(gr.ProgrammeError) as wrong:
        small(f"p\n  {promise}")

    assert {problem.code for problem in wrong.value.problems} == {code}


PER = """
support aid "At most 1 000 for each kind"
  from costs counting amount
  rate half
    50%
  support ceiling each_kind
    per kind at most 1 000 TRY
    excess is cut pro rata
  rounding down in steps of 0.01 TRY, once at the end
"""


def per(steps: str) -> gr.Programme:
    text = SMALL[: SMALL.index("parameter generous")]
    return gr.compile(text.replace("  amount money", "  kind one of a, b, c\n  amount money") + steps)


def test_a_ceiling_for_each_group_is_promised_and_has_its_points():
    seen = watched(per(PER))
    points = [point for point in seen.made.landscape.points if point.test.owner == "each_kind"]

    assert results(per(PER), "support_within_ceilings") == {"support_within_ceilings": "kept"}
    assert [point.side for point in points] == [0, -1, 1]
    assert all(seen.made.at(point) is not None for point in points)


def test_rounding_up_over_a_ceiling_for_each_group_breaks_the_promise_of_every_programme():
    wrong = PER.replace("rounding down in steps of 0.01 TRY", "rounding up in steps of 300 TRY")

    assert results(per(wrong), "support_within_ceilings")["support_within_ceilings"] == "broken"


def test_a_promise_about_another_reading_is_checked_under_that_reading():
    """As the programme is set, the promise says nothing; that would be no reason to call it kept."""
    programme = small("p\n  grant is at least 0 TRY\n  when generous")
    (found,) = [each for each in run_promises(programme, number=30) if each.promise.stated]

    assert found.status == "kept"
    assert found.settings == (("generous", True),)


def test_what_breaks_a_promise_is_small_and_can_be_put_into_the_file():
    programme = small("p\n  grant is at most 400 TRY")
    seen = watched(programme)
    (found,) = check_promises(seen, number=60, only=[each for each in seen.promises if each.stated])
    lines = list(report.counterexample(found, seen.made, "en"))

    assert found.application is not None
    assert len(found.application["costs"]) == 1
    assert lines[0].startswith("grant is at most 400 TRY: ")
    example = "\n".join(line[2:] for line in lines if line.startswith("  "))
    again = gr.compile(SMALL + "\n" + example + "\n  expect eligible\n")
    assert [each.passed for each in again.run_examples()] == [True]


def test_two_applications_that_should_agree_are_both_shown():
    seen = watched(small("p\n  grant never increases when costs rises"))
    (found,) = check_promises(seen, number=60, only=[each for each in seen.promises if each.stated])

    assert found.other is not None
    assert len(found.other["costs"]) == len(found.application["costs"]) + 1
    assert "compared with this one:" in list(report.counterexample(found, seen.made, "en"))


def test_the_same_search_finds_the_same_thing_twice():
    programme = small("p\n  grant is at most 400 TRY")
    first, second = ([each.application for each in run_promises(programme, number=20)] for _ in range(2))

    assert first == second


# ---- ten faults ----------------------------------------------------------------------------------------------------

EVERY_LINE = "    where earns_bonus\n    plus 15 percentage points"
FIVE_YEARS = "together with earlier_support at most 25 000 000 TRY\n    excess is cut pro rata"
HALF = "together with support_beside at most 50% of plan_budget\n    excess is cut pro rata"
RATE = 'niteliğindedir."\n    70%'
DOWN = "  rounding down in steps of 0.01 TRY, once at the end"

FAULTS = {
    "half up where down was meant": (
        "kdp_2012", DOWN, DOWN.replace("down", "half up"), "half_of_the_budget",
    ),
    "whole lira instead of cents": (
        "kdp_2023", DOWN, DOWN.replace("0.01", "1"), "at_least_70_percent_but_a_cent",
    ),
    "a wrong rate": (
        "kdp_2023", RATE, RATE.replace("70%", "65%"), "at_least_70_percent_but_a_cent",
    ),
    "20 points instead of 15": (
        "kdp_2023", "plus 15 percentage points", "plus 20 percentage points", "bonus_on_domestic_machinery_alone",
    ),
    "the bonus on every line": (
        "kdp_2023", EVERY_LINE, "    plus 15 percentage points", "bonus_on_domestic_machinery_alone",
    ),
    "a wrong base of the 5%": (
        "kdp_2023", "5% of project_budget  ", "5% of (2 * project_budget)  ", "works_within_5_percent",
    ),
    "the 5% for each line": (
        "kdp_2023",
        "together at most works_limit\n    excess is cut pro rata\n    when works_excess is trimmed",
        "each at most works_limit\n    excess is trimmed\n    when works_excess is trimmed",
        "works_within_5_percent",
    ),
    "new buildings are eligible": (
        "kdp_2023", "except where category is works and not renovation_only", "except where category is other",
        "works_within_5_percent",
    ),
    "the ceiling forgets what was given before": (
        "kdp_2012", FIVE_YEARS, FIVE_YEARS.replace("with earlier_support ", ""), "twenty_five_million",
    ),
    "an amount on top of the ceilings": (
        "kdp_2012", DOWN, "  supplement extra\n    plus 500 TRY\n    on top of the ceilings\n\n" + DOWN,
        "half_of_the_budget",
    ),
    "more than 20 firms": (
        "kdp_2023", "number_of_firms is at least 20\n\nadvise", "number_of_firms is more than 20\n\nadvise",
        "twenty_firms_are_enough",
    ),
    "19 firms": (
        "kdp_2012", "at least 20 of firms", "at least 19 of firms", "nineteen_firms_are_not_enough",
    ),
    "before the last day": (
        "kdp_2023", "submitted is from 2023-09-04 to last_day\n\nrequire", "submitted is from 2023-09-04 to below last_day\n\nrequire",
        "last_day_counts",
    ),
    "60% instead of 50%": (
        "kdp_2012", HALF, HALF.replace("50%", "60%"), "half_of_the_budget",
    ),
    "a wrong ceiling on each item": (
        "kdp_2012", "    each at most 75% of amount_taken", "    each at most 85% of amount_taken",
        "items_within_three_quarters",
    ),
    "contributions in kind are paid": (
        "kdp_2012", "    except where in_kind", "    except where in_kind and amount is 0 TRY",
        "items_within_three_quarters",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_caught_by_a_promise_alone(fault):
    """No example is run; the application that shows the fault is small enough to read."""
    name, right, wrong, promise = FAULTS[fault]
    assert right in TEXTS[name]
    programme = gr.compile(TEXTS[name].replace(right, wrong, 1))
    seen: Watched = watched(programme)
    (found,) = check_promises(
        seen, number=60, only=[each for each in seen.promises if each.about.name == promise]
    )

    assert found.status in {"broken", "never_true"}
    assert promise in programme.decide(found.application).broken_promises
    assert len("\n".join(report.counterexample(found, seen.made, "en"))) < 3_000


ROUNDED_AT_THE_END = """
language English

programme t.cents "Cents"
  currency EUR

record cost
  amount  money (at least 0 EUR)

application
  costs  list of cost (at most 5)

support grant
  from costs counting amount
  support ceiling each_line
    each at most 75% of amount
    excess is trimmed
  rounding {mode} in steps of 0.01 EUR, once at the end
"""


@pytest.mark.parametrize(
    ("mode", "lines", "kept"),
    [
        (
            "down",
            ["0.45", "0.45"],
            True,
        ),  # 0.67 for 0.675: one of the lines is handed the cent, and has 0.34.
        ("down", ["0.45"], True),
        ("half up", ["0.45"], False),
        ("half up", ["0.45", "0.45"], False),
        ("half up", ["0.41", "0.40"], False),
        ("half up", ["0.40", "0.44"], True),
    ],
)
def test_the_cent_that_a_line_is_handed_is_within_its_ceiling_and_one_too_many_is_not(mode, lines, kept):
    seen = watched(gr.compile(ROUNDED_AT_THE_END.format(mode=mode)))
    (promise,) = [each for each in seen.promises if each.about.name == "support_within_ceilings"]
    facts = seen.made.read({"costs": [{"amount": each} for each in lines]})
    found = promise.check(Case(seen, of_facts(seen.program, facts), RandomChooser(0)))

    assert (found is True) is kept


TRAINING = Path(__file__).parent / "data" / "strength" / "training.rules"
OF_SOME = """
promise micro_in_the_city
  aid is at most 60% of total fee of courses
  when all of
    staff is less than 10
    zone is urban
    no courses where certified

promise two_of_five_are_enough
  meets some_digital
  when number of courses is 5 and (number of courses where field is digital or field is green) is 2
"""


@pytest.mark.parametrize(
    ("right", "wrong", "broken"),
    [
        ("  micro       | 60%", "  micro       | 70%", "micro_in_the_city"),
        ("or field is green\n  unless", "and field is green\n  unless", "two_of_five_are_enough"),
    ],
)
def test_a_fault_that_few_applications_show_is_found_by_a_promise_about_them(right, wrong, broken):
    """One row of a table, one word of a condition: what is aimed at a bound alone misses them."""
    text = TRAINING.read_text(encoding="utf-8") + OF_SOME
    results = {
        fault: run_promises(gr.compile(each), number=40, only=[broken])[0].status
        for fault, each in ((False, text), (True, text.replace(right, wrong, 1)))
    }

    assert right in text
    assert results == {False: "kept", True: "broken"}
