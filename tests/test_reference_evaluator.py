"""What each node of the core means, in small examples that are built directly in the core."""

from fractions import Fraction
from typing import Any

import pytest

from core_building import (
    TWO,
    UNKNOWN,
    add,
    aggregate,
    application,
    apply,
    both,
    calendar,
    ceiling,
    choose,
    compare,
    const,
    cost,
    day,
    decide,
    div,
    either,
    extreme,
    fact,
    fail,
    failing,
    given_,
    mul,
    num,
    numbered,
    of_row,
    ordinal,
    percent,
    programme,
    rate,
    ref,
    require,
    seconds,
    support,
    try_,
    unknown,
    value,
    works,
    yes,
)
from grantrules.core import ir
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.outcome import Cause, Undecided
from grantrules.evaluate.reference import evaluate
from grantrules.properties.programmes import (
    DATE,
    DAYS,
    HOURS,
    INT,
    MOMENT,
    MONTH,
    MONTHS,
    NUM,
    TEXT,
    TRY,
    WORKING_DAYS,
    YEAR,
    YES,
)
from grantrules.types import Record

# ---- values --------------------------------------------------------------------------------------------------------


def test_facts_are_read_from_their_raw_form():
    assert value(fact("amount"), amount=1250) == Fraction("12.50")
    assert value(fact("number"), number=25) == Fraction("2.5")
    assert value(fact("day"), day=738_767) == 738_767
    assert value(fact("kind"), kind="works") == "works"


def test_a_fact_not_given_has_the_bounds_of_its_declaration():
    assert value(fact("amount")) == unknown("amount", low=0, high=1000)
    assert value(fact("number")) == unknown("number")


def test_a_fact_that_may_turn_out_absent_has_no_bounds():
    """A condition on it must not be decided, because it fails where the fact is absent."""
    assert value(fact("other_aid")) == unknown("other_aid")


def test_an_absent_fact_fails_where_it_is_used_and_not_before():
    assert value(fact("phone"), phone=None) is None
    assert value(given_(fact("phone")), phone=None) is False
    assert value(compare(fact("phone"), "eq", const(TEXT, "a")), phone=None) == failing("absent", "phone")


def test_fields_of_a_record_have_paths():
    trained = ir.Field(fact("company"), "trained", type=YES, **numbered())

    assert value(trained, company=(True, 1)) is True
    assert value(trained, company=(UNKNOWN, 1)) == unknown("company.trained")
    assert value(trained) == unknown("company.trained")


def test_a_figure_hands_on_what_it_is():
    body = (
        ir.Let(ir.About("first", "define"), fail()),
        ir.Let(ir.About("second", "define"), add(ref("first"), try_(1))),
    )

    assert decide(*body).figures["second"] == failing("unset", "cap")


# ---- arithmetic ----------------------------------------------------------------------------------------------------


def test_arithmetic_is_exact():
    assert value(div(num(1), num(3))) == Fraction(1, 3)
    assert value(mul(try_("333.33"), percent(75), type_=TRY)) == Fraction("249.9975")
    assert value(add(num("0.1"), num("0.2"), (-1, num("0.3")))) == 0


def test_days_are_added_to_dates_and_counted_between_them():
    later = add(day("2023-09-04"), const(DAYS, 30))
    between = ir.Add(((1, day("2023-09-04")), (-1, day("2023-08-04"))), type=INT, **numbered())

    assert value(later) == ordinal("2023-10-04")
    assert value(between) == 31


def test_a_divisor_of_zero_fails_and_says_which():
    assert value(div(num(1), fact("number")), number=0) == failing("zero_divisor", "number")
    assert value(div(num(1), num(0))) == failing("zero_divisor", "")


def test_a_divisor_that_may_be_zero_leaves_no_bounds():
    assert value(div(try_(10), div(fact("amount"), try_(1)), TRY)) == unknown("amount")
    assert value(div(num(10), add(div(fact("amount"), try_(1)), num(1)))) == unknown(
        "amount", low=Fraction(10, 1001), high=10
    )


@pytest.mark.parametrize(
    ("mode", "of", "expected"),
    [
        ("down", "2.5", 2),
        ("down", "-2.5", -3),
        ("up", "2.1", 3),
        ("up", "-2.9", -2),
        ("half_up", "2.5", 3),
        ("half_up", "-2.5", -3),
        ("half_even", "2.5", 2),
        ("half_even", "3.5", 4),
    ],
)
def test_rounding_is_to_a_step_with_a_mode(mode, of, expected):
    assert value(ir.Round(num(of), mode, Fraction(1), type=NUM, **numbered())) == expected


def test_intervals_hold_every_result():
    amount = fact("amount")  # 0 to 1000

    assert value(add(amount, (-1, try_(10)))) == unknown("amount", low=-10, high=990)
    assert value(add(try_(10), (-1, fact("amount")))) == unknown("amount", low=-990, high=10)
    assert value(mul(fact("amount"), num(-2), type_=TRY)) == unknown("amount", low=-2000, high=0)
    assert value(mul(fact("amount"), fact("number"), type_=TRY)) == unknown("amount", "number")


def test_nothing_of_an_unknown_is_nothing():
    """Zero settles a product, whatever the other side is."""
    assert value(mul(num(0), fact("number"))) == 0
    assert value(mul(try_(0), fail(NUM), type_=TRY)) == 0


def test_the_smallest_is_known_where_the_others_cannot_be_smaller():
    assert value(extreme("smallest", try_(0), fact("amount"))) == 0
    assert value(extreme("largest", try_(5), fact("amount"))) == unknown("amount", low=5, high=1000)
    assert value(extreme("smallest", try_(5), fail())) == Undecided(
        frozenset({Cause("unset", "cap")}), None, Fraction(5)
    )


def test_what_cannot_be_the_smallest_is_no_cause():
    above = add(fact("amount"), try_(100))

    assert value(extreme("smallest", try_(50), fact("other_aid"), above)) == unknown("other_aid", high=50)


# ---- truths --------------------------------------------------------------------------------------------------------


def test_one_false_part_settles_an_and_and_one_true_part_an_or():
    assert value(both(fact("flag"), yes(False), fail(YES))) is False
    assert value(either(fact("flag"), yes(True), fail(YES))) is True
    assert value(both()) is True
    assert value(either()) is False


def test_an_open_and_has_the_causes_of_all_open_parts():
    assert value(both(fact("flag"), fact("other_flag"), yes(True))) == unknown("flag", "other_flag")
    assert value(ir.Not(fact("flag"), type=YES, **numbered())) == unknown("flag")


@pytest.mark.parametrize(
    ("how", "right", "expected"),
    [
        ("lt", 1001, True),
        ("lt", 1000, None),
        ("lt", 0, False),
        ("le", 1000, True),
        ("le", 0, None),
        ("le", -1, False),
        ("gt", -1, True),
        ("gt", 1000, False),
        ("ge", 0, True),
        ("ge", 1000, None),
        ("eq", 1001, False),
        ("eq", 5, None),
        ("ne", -1, True),
        ("ne", 0, None),
    ],
)
def test_a_comparison_is_decided_if_the_bounds_decide_it(how, right, expected):
    """The amount is between 0 and 1000."""
    found = value(compare(fact("amount"), how, try_(right)))

    assert found == (unknown("amount") if expected is None else expected)


def test_one_of_several_values():
    kinds = ("works", "training")

    assert value(ir.OneOf(fact("kind"), kinds, type=YES, **numbered()), kind="works") is True
    assert value(ir.OneOf(fact("kind"), kinds, type=YES, **numbered()), kind="other") is False
    assert value(ir.OneOf(fact("kind"), kinds, type=YES, **numbered())) == unknown("kind")
    beyond = (Fraction(1001), Fraction(-1))
    assert value(ir.OneOf(fact("amount"), beyond, type=YES, **numbered())) is False


@pytest.mark.parametrize(
    ("code", "codes", "expected"),
    [
        ("32.50.13", "medical", True),
        ("32.50", "medical", True),
        ("32.5", "medical", False),
        ("62.01", "made", False),
        ("32.40", "made", True),
        ("32.50", "made", False),
        ("32.50.13", "made", True),
    ],
)
def test_a_code_is_within_a_list_by_its_digits(code, codes, expected):
    """`made` is section C without 32.5 and 10, but with 32.50.13."""
    assert value(ir.InCodes(fact("code"), codes, type=YES, **numbered()), code=code) is expected


@pytest.mark.parametrize(
    ("code", "codes", "expected"),
    [
        ("32.5", "medical", True),
        ("32.50", "medical", False),
        ("32.50", "made", True),
        ("10", "medical", False),
    ],
)
def test_a_code_is_coarser_if_the_list_holds_one_below_it(code, codes, expected):
    coarser = ir.InCodes(fact("code"), codes, coarser=True, type=YES, **numbered())

    assert value(coarser, code=code) is expected


def test_several_choices_include_some_values():
    both_topics = ir.Includes(fact("topics"), ("energy", "export"), type=YES, **numbered())

    assert value(both_topics, topics=frozenset({"energy", "export", "design"})) is True
    assert value(both_topics, topics=frozenset({"energy"})) is False


def test_given_asks_for_a_choice_and_for_a_row():
    assert value(given_(fact("topics")), topics=frozenset()) is False
    assert value(given_(fact("costs")), costs=[]) is False
    assert value(given_(fact("costs")), costs=[cost(1)]) is True
    assert value(given_(fact("costs"))) == unknown("costs")
    assert value(given_(fact("company"))) == unknown("company")


# ---- cases ---------------------------------------------------------------------------------------------------------


def test_the_first_arm_that_holds_is_taken():
    arms = ((compare(fact("amount"), "ge", try_(100)), num(1)), (yes(True), num(2)))

    assert value(choose("first", *arms), amount=100_00) == 1
    assert value(choose("first", *arms), amount=99_99) == 2
    assert value(choose("first", *arms)) == unknown("amount", low=1, high=2)


def test_a_case_that_is_not_taken_has_no_influence():
    assert value(choose("first", (yes(False), fail(NUM)), (yes(True), num(2)), (yes(True), fail(NUM)))) == 2


def test_open_cases_that_agree_are_decided():
    arms = ((fact("flag"), num(7)), (fact("other_flag"), num(7)))

    assert value(choose("first", *arms, otherwise=num(7))) == 7
    assert value(choose("agree", *arms, otherwise=num(7))) == 7
    assert value(choose("one", *arms, otherwise=num(7))) == unknown("flag", "other_flag")


def test_no_arm_and_several_arms_fail():
    assert value(choose("first", (yes(False), num(1)))) == failing("no_line", "table")
    assert value(choose("one", (yes(True), num(1)), (yes(True), num(1)))) == failing("several_lines", "table")
    assert value(choose("agree", (yes(True), num(1)), (yes(True), num(1)))) == 1
    assert value(choose("agree", (yes(True), num(1)), (yes(True), num(2)))) == failing(
        "several_lines", "table"
    )


def test_one_case_that_may_clash_with_another_has_no_bounds():
    """If both hold it fails, so nothing may be said about the value."""
    assert value(choose("one", (yes(True), num(1)), (fact("flag"), num(2)))) == unknown("flag")
    assert value(choose("agree", (yes(True), num(1)), (fact("flag"), num(2)))) == unknown("flag")
    assert value(choose("one", (fact("flag"), num(1)), otherwise=num(3))) == unknown("flag", low=1, high=3)


# ---- lists ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "type_", "expected"),
    [("total", TRY, 350), ("average", TRY, 175), ("smallest", TRY, 100), ("largest", TRY, 250)],
)
def test_a_figure_over_the_rows(what, type_, expected):
    assert value(aggregate(what, of_row("amount"), type_=type_), costs=TWO) == expected


def test_rows_are_counted_where_a_condition_holds():
    assert value(aggregate("number", type_=INT), costs=TWO) == 2
    assert value(aggregate("number", where=works(), type_=INT), costs=TWO) == 1
    assert value(aggregate("different", of_row("kind"), type_=INT), costs=[*TWO, *TWO]) == 2


def test_every_and_any():
    assert value(aggregate("every", of_row("domestic"), type_=YES), costs=TWO) is False
    assert value(aggregate("every", of_row("domestic"), works(), type_=YES), costs=TWO) is True
    assert value(aggregate("any", of_row("domestic"), type_=YES), costs=TWO) is True


def test_what_an_empty_list_gives():
    amount = of_row("amount")

    assert value(aggregate("total", amount, type_=TRY), costs=[]) == 0
    assert value(aggregate("number", type_=INT), costs=[]) == 0
    assert value(aggregate("different", of_row("kind"), type_=INT), costs=[]) == 0
    assert value(aggregate("every", of_row("domestic"), type_=YES), costs=[]) is True
    assert value(aggregate("any", of_row("domestic"), type_=YES), costs=[]) is False
    assert value(aggregate("average", of_row("amount"), type_=TRY), costs=[]) == failing(
        "empty_list", "costs"
    )


def test_rows_of_which_something_is_missing():
    rows = [cost(100), cost(UNKNOWN), cost(50, kind=UNKNOWN)]

    assert value(aggregate("total", of_row("amount"), type_=TRY), costs=rows) == unknown(
        "costs[1].amount", low=150
    )
    assert value(aggregate("total", of_row("amount"), works(), type_=TRY), costs=rows) == unknown(
        "costs[1].amount", "costs[2].kind", low=100
    )
    assert value(aggregate("number", where=works(), type_=INT), costs=rows) == unknown(
        "costs[2].kind", low=2, high=3
    )
    assert value(aggregate("smallest", of_row("amount"), works(), type_=TRY), costs=rows) == unknown(
        "costs[1].amount", "costs[2].kind", low=0, high=100
    )
    assert value(aggregate("different", of_row("amount"), type_=INT), costs=rows) == unknown(
        "costs[1].amount", low=2, high=3
    )


def test_an_average_of_rows_that_may_all_be_left_out_has_no_bounds():
    rows = [cost(50, kind=UNKNOWN)]

    assert value(aggregate("average", of_row("amount"), works(), type_=TRY), costs=rows) == unknown(
        "costs[0].kind"
    )


def test_an_unknown_list_has_at_most_as_many_rows_as_are_allowed():
    assert value(aggregate("number", type_=INT)) == unknown("costs", low=0, high=3)
    assert value(aggregate("number", type_=INT, of_list="visits")) == unknown("visits", low=0)
    assert value(aggregate("total", of_row("amount"), type_=TRY)) == unknown("costs", low=0)
    assert value(aggregate("total", try_(10), type_=TRY)) == unknown("costs", low=0, high=30)
    assert value(aggregate("number", where=yes(False), type_=INT)) == 0
    assert value(aggregate("every", yes(True), type_=YES)) is True
    assert value(aggregate("smallest", try_(10), type_=TRY)) == unknown("costs")


def test_a_computed_field_is_one_value_for_every_row():
    double = ir.Computed(ir.About("double", "define"), "cost", 2, mul(of_row("amount", 2), num(2), type_=TRY))
    field = ir.Field(ir.Row(1, type=Record("cost"), **numbered()), "double", type=TRY, **numbered())
    total = ir.Let(ir.About("it", "define"), aggregate("total", field, type_=TRY))

    assert decide(total, computed=(double,), costs=TWO).figures["it"] == 700


# ---- the calendar --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (
            calendar("local_date", const(MOMENT, seconds("2023-09-03T21:00")), type_=DATE),
            ordinal("2023-09-04"),
        ),
        (
            calendar("local_date", const(MOMENT, seconds("2023-09-03T20:59")), type_=DATE),
            ordinal("2023-09-03"),
        ),
        (calendar("start_of_day", day("2023-09-04"), type_=MOMENT), seconds("2023-09-03T21:00")),
        (calendar("shift_days", day("2023-02-28"), const(DAYS, 1), type_=DATE), ordinal("2023-03-01")),
        (
            calendar("shift_days", day("2023-03-01"), const(DAYS, 1), type_=DATE, sign=-1),
            ordinal("2023-02-28"),
        ),
        (
            calendar("shift_working_days", day("2023-09-01"), const(WORKING_DAYS, 1), type_=DATE),
            ordinal("2023-09-04"),
        ),
        (
            calendar(
                "shift_hours", const(MOMENT, seconds("2023-09-03T21:00")), const(HOURS, 36), type_=MOMENT
            ),
            seconds("2023-09-05T09:00"),
        ),
        (
            calendar(
                "shift_months", const(MOMENT, seconds("2023-09-03T21:30")), const(MONTHS, 1), type_=MOMENT
            ),
            seconds("2023-10-03T21:30"),
        ),
        (calendar("year", day("2023-09-04"), type_=YEAR), 2023),
        (calendar("month", day("2023-09-04"), type_=MONTH), 12 * 2023 + 8),
        (calendar("first_day", const(YEAR, 2023), type_=DATE), ordinal("2023-01-01")),
        (calendar("last_day", const(MONTH, 12 * 2024 + 1), type_=DATE), ordinal("2024-02-29")),
        (calendar("days_in_month", day("2023-02-03"), type_=INT), 28),
        (calendar("years_between", day("2000-02-29"), day("2023-02-28"), type_=INT), 22),
        (calendar("years_between", day("2023-01-01"), day("2000-01-01"), type_=INT), 0),
        (calendar("months_between", day("2023-01-31"), day("2023-02-28"), type_=INT), 0),
        (calendar("days_between", day("2023-05-01"), day("2023-05-03"), type_=INT), 2),
        (calendar("days_between", day("2023-05-01"), day("2023-05-03"), type_=INT, both=True), 3),
    ],
)
def test_a_function_of_the_calendar(expr, expected):
    assert value(expr) == expected


def test_a_month_that_has_no_such_day_follows_the_rule_of_the_programme():
    def one_month_later(end: str) -> Any:
        return value(
            calendar("shift_months", fact("day"), const(MONTHS, 1), type_=DATE, month_end=end),
            day=ordinal("2023-01-31"),
        )

    assert one_month_later("last_day") == ordinal("2023-02-28")
    assert one_month_later("next_day") == ordinal("2023-03-01")
    assert one_month_later("refused") == failing("no_such_day", "day")


# ---- rules ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"flag": True, "other_flag": True}, "met"),
        ({"flag": True, "other_flag": False}, "failed"),
        ({"flag": False, "other_flag": False}, "not_applicable"),
        ({"flag": True}, "undecided"),
        ({"other_flag": True}, "met"),
        ({"other_flag": False}, "undecided"),
    ],
)
def test_a_rule_holds_where_it_is_asked(facts, expected):
    """The rule: when `flag`, `other_flag`."""
    outcome = decide(require(fact("other_flag"), when=fact("flag")), **facts)

    assert outcome.rules[0].status == expected


def test_a_condition_that_fails_is_open_and_never_skipped():
    assert decide(require(fail(YES))).rules[0].status == "undecided"


# ---- eligible ------------------------------------------------------------------------------------------------------


def test_eligible_is_open_while_a_rule_may_fail():
    body = programme(require(fact("flag")), support(), require(fact("other_flag"), kind="advise"))

    def answer(**facts: Any) -> Any:
        return eligible(body, evaluate(body, application(costs=[], **facts))).answer

    assert answer(flag=True) is True
    assert answer(flag=False) is False
    assert answer() == unknown("flag")


def test_no_support_that_applies_is_not_eligible():
    body = programme(support(gates=(fact("flag"),)))

    assert eligible(body, evaluate(body, application(costs=[], flag=False))).answer is False
    assert eligible(body, evaluate(body, application(costs=[]))).answer == unknown("flag")


# ---- the trace -----------------------------------------------------------------------------------------------------


def test_a_trace_holds_what_was_read_outside_of_rows():
    inner, row = try_(1), of_row("amount")
    total = aggregate("total", row, type_=TRY)
    it = ir.Let(ir.About("it", "define"), add(inner, total))
    untaken = fail(NUM)
    other = ir.Let(ir.About("other", "define"), choose("first", (yes(True), num(1)), otherwise=untaken))

    trace = evaluate(programme(it, other), application(costs=[cost(2)]), trace=True).trace

    assert (trace[it.value.at], trace[inner.at], trace[total.at]) == (3, 1, 2)
    assert row.at not in trace
    assert untaken.at not in trace


def test_a_trace_holds_what_each_step_did():
    body = programme(
        support(rate(percent(70)), apply(), ceiling("together", try_(100), "pro_rata", on="support"))
    )
    found = evaluate(body, application(costs=[cost(100), cost(100)]), trace=True).supports["grant"]

    assert [(step.step, step.figures, step.amounts) for step in found.steps] == [
        ("rate", (Fraction("0.7"), Fraction("0.7")), (100, 100)),
        ("apply", (), (70, 70)),
        ("ceiling", (100,), (50, 50)),
    ]
