"""What each step of a support means, in small examples that are built directly in the core."""

from fractions import Fraction
from typing import Any

import pytest

from core_building import (
    CENT,
    TWO,
    UNKNOWN,
    add,
    application,
    apply,
    ceiling,
    choose,
    const,
    cost,
    cuts,
    decide,
    fact,
    fail,
    floor,
    granted,
    mul,
    named,
    num,
    numbered,
    of_row,
    percent,
    pick,
    points,
    programme,
    rate,
    ref,
    rounding,
    support,
    try_,
    unknown,
    whole,
    works,
    yes,
)
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.outcome import Cause, Undecided
from grantrules.evaluate.reference import evaluate
from grantrules.properties.programmes import DATE, INT, RATE, TRY
from grantrules.types import Record


def test_a_line_starts_with_its_base_and_never_below_zero():
    found = decide(support(base=add(of_row("amount"), (-1, try_(150)))), costs=[cost(100), cost(200)])

    assert found.supports["grant"].lines == (0, 50)
    assert found.supports["grant"].total == 50
    assert found.paid == {"grant": 50}


def test_rows_that_a_support_is_not_about_have_no_amount():
    found = decide(support(where=works()), costs=TWO).supports["grant"]

    assert found.lines == (100, None)
    assert found.total == 100


def test_keep_marks_what_it_leaves_out():
    found = granted(ir.Keep(works(), **named("eligible")), costs=TWO)

    assert found.lines == (100, 0)
    assert found.excluded == (None, "eligible")


def test_a_step_is_about_the_lines_where_its_condition_holds():
    found = granted(ceiling("each", try_(50), "trimmed", where=works()), costs=TWO)

    assert found.lines == (50, 250)


def test_a_step_whose_when_is_false_is_left_out():
    assert granted(ceiling("each", try_(50), "trimmed", when=yes(False))).total == 600


def test_a_step_whose_when_is_open_spans_both():
    found = granted(ceiling("each", try_(50), "trimmed", when=fact("flag")))

    assert found.total == unknown("flag", low=150, high=600)
    assert found.binding[0].certain is False
    assert found.binding[0].cut == unknown("flag", low=0, high=450)


@pytest.mark.parametrize(
    ("excess", "lines", "cut"),
    [("trimmed", (100, 200, 250), 50), ("drops_line", (100, 200, 0), 300), ("refuses", (100, 200, 300), 50)],
)
def test_a_ceiling_for_each_line(excess, lines, cut):
    found = granted(ceiling("each", try_(250), excess))

    assert found.lines == lines
    assert cuts(found) == [("ceiling", cut)]
    assert found.excluded[2] == ("ceiling" if excess == "drops_line" else None)


@pytest.mark.parametrize(
    ("excess", "lines"),
    [("pro_rata", (50, 100, 150)), ("last_first", (100, 200, 0)), ("refuses", (100, 200, 300))],
)
def test_a_ceiling_for_all_lines_together(excess, lines):
    found = granted(ceiling("together", try_(300), excess))

    assert found.lines == lines
    assert cuts(found) == [("ceiling", 300)]


def test_a_ceiling_for_each_group_reads_its_limit_on_the_first_line():
    limit = choose("first", (of_row("domestic"), try_(100)), otherwise=try_(1000))
    costs = [cost(80, "works"), cost(500, "other", domestic=False), cost(120, "works", domestic=False)]
    found = granted(ceiling("per", limit, "pro_rata", of_row("kind")), costs=costs)

    assert found.lines == (40, 500, 60)
    assert cuts(found) == [("ceiling", 100)]


def test_other_aid_is_taken_off_the_limit_first():
    assert granted(ceiling("together", try_(300), "last_first", other=try_(250))).total == 50
    assert granted(ceiling("together", try_(300), "last_first", other=try_(999))).total == 0


def test_a_ceiling_that_is_just_reached_does_not_bind():
    assert granted(ceiling("together", try_(600), "pro_rata")).binding == ()
    assert granted(ceiling("together", None, "refuses")).binding == ()


def test_a_refusal_makes_the_application_not_eligible():
    body = programme(support(ceiling("together", try_(300), "refuses")))
    answer = eligible(body, evaluate(body, application(costs=[cost(301)])))

    assert (answer.answer, answer.refused) == (False, ("ceiling",))


def test_the_refusal_of_a_support_that_does_not_apply_refuses_nothing():
    refusing = support(ceiling("together", try_(300), "refuses"), gates=(yes(False),))
    body = programme(refusing, support(name="other", over=None, base=try_(1)))
    answer = eligible(body, evaluate(body, application(costs=[cost(301)])))

    assert (answer.answer, answer.refused, answer.not_applying) == (True, (), ("grant",))


def test_the_rate_is_applied_to_each_line():
    found = granted(rate(percent(70)), costs=(100, 200))

    assert found.lines == (70, 140)
    assert (found.eligible_cost, found.before_ceilings, found.costs) == (300, 210, (100, 200))


def test_points_are_added_and_an_increase_multiplies():
    plus = ir.Raise("plus", points(15), None, **named("bonus", where=of_row("domestic")))
    more = ir.Raise("increased_by", percent(15), None, **named("bonus"))

    assert granted(rate(percent(70)), plus, costs=(100, cost(100, domestic=False))).lines == (85, 70)
    assert granted(rate(percent(70)), more, costs=(100,)).lines == (Fraction("80.5"),)


def test_points_on_a_part_fall_on_what_the_ceilings_left_of_it():
    """A line of 200, of which 100 earn 15 points, is cut to 100: 15 points on 50."""
    part = ir.Raise("plus", points(15), try_(100), **named("bonus"))
    found = granted(ceiling("each", try_(100), "trimmed"), rate(percent(70)), part, costs=(200, 0))

    assert found.lines == (Fraction("77.5"), 0)


def test_a_ceiling_of_the_rate_says_what_it_takes_off_the_support():
    found = granted(rate(percent(90)), ir.RateCeiling(percent(75), **named("highest")), costs=(100, 200))

    assert found.lines == (75, 150)
    assert cuts(found) == [("highest", 45)]
    assert found.binding[0].on == "rate"


def test_a_rate_is_never_below_zero():
    lower = ir.Raise("plus", points(-15), None, **named("bonus"))

    assert granted(rate(percent(10)), lower).total == 0


def test_proration_multiplies():
    half = ir.Scale(num("0.5"), **named("proration"))

    assert granted(apply(), half, costs=(100, 200)).lines == (50, 100)


def test_a_supplement_is_a_line_of_its_own():
    extra = ir.Supplement(try_(300), **named("supplement"))
    only_rows = ceiling("each", try_(150), "trimmed", on="support")
    all_lines = ceiling("together", try_(300), "last_first", on="support")

    assert granted(apply(), extra, costs=(100, 200)).lines == (100, 200, 300)
    assert granted(apply(), extra, only_rows, costs=(100, 200)).lines == (100, 150, 300)
    assert granted(apply(), extra, all_lines, costs=(100, 100)).lines == (100, 100, 100)


def test_an_amount_below_the_floor_is_not_paid_or_raised():
    assert granted(apply(), floor("less_not_paid", 301), costs=(100, 200)).lines == (0, 0)
    assert granted(apply(), floor("less_not_paid", 300), costs=(100, 200)).lines == (100, 200)
    assert granted(apply(), floor("raised_to", 600), costs=(100, 200)).lines == (200, 400)
    assert granted(apply(), floor("raised_to", 600), costs=()).lines == ()
    assert granted(apply(), floor("raised_to", 600, in_any_case=True), costs=(0,)).lines == (0, 600)


def test_lines_are_rounded_each_or_once():
    thirds = (rate(const(RATE, Fraction(1, 3))), apply())

    assert granted(*thirds, rounding("down", "each"), costs=(100, 100)).total == Fraction("66.66")
    assert granted(*thirds, rounding("half_up", "each"), costs=(100, 100)).total == Fraction("66.66")
    once = granted(*thirds, rounding("half_up", "once"), costs=(100, 100))
    assert once.total == Fraction("66.67")
    assert once.lines == (Fraction("33.34"), Fraction("33.33"))


def test_the_largest_remainders_are_rounded_up():
    costs = ("0.14", "0.29", "0.27")  # thirds: 0.0467, 0.0967, 0.09; together 0.2333
    found = granted(rate(const(RATE, Fraction(1, 3))), apply(), rounding("down", "once"), costs=costs)

    assert found.lines == (Fraction("0.05"), Fraction("0.09"), Fraction("0.09"))


def test_the_first_lines_are_kept():
    found = granted(pick(whole(2), of_row("amount"), descending=True))

    assert found.lines == (0, 200, 300)
    assert found.excluded == ("first", None, None)


def test_the_first_lines_of_each_group_are_kept():
    costs = [cost(100, "works"), cost(200, "other"), cost(300, "works")]
    found = granted(pick(whole(1), of_row("amount"), of_row("kind")), costs=costs)

    assert found.lines == (100, 200, 0)


def test_lines_of_nothing_are_not_counted():
    assert granted(pick(whole(2), of_row("amount")), costs=(0, 100, 200)).lines == (0, 100, 200)


def test_a_tie_that_decides_nothing_is_none():
    """Two lines on one day: which of them is the first does not matter if both are kept, or are equal."""
    costs = [cost(100, on="2023-01-01"), cost(100, on="2023-01-01"), cost(300, on="2023-02-01")]

    assert granted(pick(whole(2), of_row("day")), costs=costs).lines == (100, 100, 0)
    assert granted(pick(whole(1), of_row("day")), costs=costs).lines == (100, 0, 0)


def test_a_tie_that_matters_leaves_the_amounts_open():
    costs = [cost(100, on="2023-01-01"), cost(200, on="2023-01-01"), cost(300, on="2023-02-01")]
    found = granted(pick(whole(1), of_row("day")), costs=costs)

    tie = frozenset({Cause("tie", "first")})
    assert found.lines == (Undecided(tie, 0, Fraction(100)), Undecided(tie, 0, Fraction(200)), 0)


def test_lines_that_are_surely_first_are_kept_whatever_is_missing():
    costs = [cost(100, on="2023-01-01"), cost(200, on=UNKNOWN), cost(300, on="2023-02-01")]
    found = granted(pick(whole(2), of_row("day")), costs=costs)

    assert found.lines == (
        100,
        unknown("costs[1].day", low=0, high=200),
        unknown("costs[1].day", low=0, high=300),
    )


# ---- supports while facts are missing ------------------------------------------------------------------------------


def test_a_ceiling_over_all_lines_shows_although_each_line_is_open():
    found = granted(ceiling("together", try_(400), "pro_rata"), costs=(cost(UNKNOWN), cost(UNKNOWN)))

    assert (found.total.lowest, found.total.highest) == (0, 400)


def test_a_ceiling_that_is_exceeded_already_is_the_answer():
    found = granted(ceiling("together", try_(400), "pro_rata"), costs=(500, cost(UNKNOWN)))

    assert found.total == 400
    assert found.binding[0].certain is True
    assert isinstance(found.lines[0], Undecided)


def test_the_lines_of_an_unknown_list_are_one_line():
    found = granted(ceiling("each", try_(100), "trimmed"), costs=UNKNOWN)

    assert found.total == unknown("costs", low=0, high=300)
    assert found.lines == (found.total,)


@pytest.mark.parametrize(
    ("step", "highest"),
    [
        (floor("raised_to", 100, where=works()), 200),
        (rounding("half_up", "once", 50, where=works()), 150),
        (rounding("half_up", "each", 50, where=works()), 175),
        (rounding("down", "each", 50, where=works()), 100),
    ],
)
def test_a_step_may_be_about_some_rows_of_an_unknown_list_and_not_about_others(step, highest):
    """Nearly 100 lira may stand in rows that are left alone, while a little in the others is raised."""
    found = granted(ceiling("together", try_(100), "pro_rata"), apply(), step, costs=UNKNOWN)

    assert (found.total.lowest, found.total.highest) == (0, highest)


def test_a_ceiling_that_is_not_set_leaves_the_amount_before_it():
    found = granted(ceiling("each", fail(), "trimmed"), costs=(100,))

    assert found.total == Undecided(frozenset({Cause("unset", "cap")}), 0, Fraction(100))


def test_a_support_that_does_not_apply_counts_as_nothing_and_is_not_paid():
    seen = ir.Let(ir.About("seen", "define"), ref("grant"))
    outcome = decide(support(gates=(yes(True), yes(False))), seen, costs=[cost(100)])

    assert outcome.supports["grant"].applies is False
    assert outcome.supports["grant"].closed == (1,)
    assert outcome.supports["grant"].total == 100
    assert outcome.figures["seen"] == 0
    assert outcome.paid == {"grant": None}


def test_a_support_that_may_apply_spans_nothing_and_its_amount():
    seen = ir.Let(ir.About("seen", "define"), ref("grant"))
    outcome = decide(support(gates=(fact("flag"),)), seen, costs=[cost(100)])

    assert outcome.figures["seen"] == outcome.paid["grant"] == unknown("flag", low=0, high=100)


def test_a_support_that_is_only_a_basis_is_not_paid():
    assert decide(support(only_a_basis=True), costs=[]).paid == {}


def test_later_steps_read_the_eligible_cost_of_their_own_support():
    half = mul(ref("grant's eligible_cost"), percent(50), type_=TRY)
    found = granted(rate(percent(75)), apply(), ceiling("together", half, "pro_rata", on="support"))

    assert found.total == 300


# ---- joint ceilings ------------------------------------------------------------------------------------------------


def joint(limit: Any, excess: Any, step: Any = CENT, when: ir.Expr | None = None) -> ir.Joint:
    return ir.Joint(
        ir.About("jointly", "support_ceiling"), ("a", "b"), when, try_(limit), excess, Fraction(step)
    )


def two_supports() -> tuple[ir.Support, ir.Support]:
    return (
        support(name="a", over=None, base=try_(100)),
        support(name="b", over=None, base=try_(200)),
    )


@pytest.mark.parametrize(
    ("excess", "paid"),
    [
        ("pro_rata", {"a": Fraction("33.33"), "b": Fraction("66.67")}),
        ("last_first", {"a": 100, "b": 0}),
        ("refuses", {"a": 100, "b": 200}),
    ],
)
def test_a_joint_ceiling_cuts_what_is_paid(excess, paid):
    outcome = decide(*two_supports(), joint(100, excess))

    assert outcome.paid == paid
    assert [(each.step, each.cut, each.refuses) for each in outcome.joint] == [
        ("jointly", 200, excess == "refuses")
    ]


def test_a_joint_ceiling_changes_what_later_figures_read():
    seen = ir.Let(ir.About("seen", "define"), ref("b"))

    assert decide(*two_supports(), joint(150, "last_first"), seen).figures["seen"] == 50


def test_a_joint_ceiling_whose_when_is_open_spans_both():
    outcome = decide(*two_supports(), joint(150, "last_first", when=fact("flag")))

    assert outcome.paid == {"a": 100, "b": unknown("flag", low=50, high=200)}
    assert outcome.joint[0].certain is False


# ---- a real programme ----------------------------------------------------------------------------------------------


def kdp_2012(*, excess: Any = "pro_rata", mode: Any = "down") -> ir.Program:
    """
    The first cluster programme of 2012, sections A1 to A3: each line at most 75% of its cost, the plan at most half of
    its budget, and 25 million lira in all. The number of a line's day stands in for the rate it asks, in percent.
    """
    asked = ir.Add(((1, of_row("day")), (-1, const(DATE, 0))), type=INT, **numbered())
    total = aggregate_of_plan()
    return programme(
        support(
            rate(mul(percent(1), asked, type_=RATE)),
            apply(),
            ceiling(
                "each",
                mul(of_row("amount"), percent(75), type_=TRY),
                "trimmed",
                on="support",
                name="line_75",
            ),
            rounding(mode, "once"),
            ceiling("together", mul(total, percent(50), type_=TRY), excess, on="support", name="total_50"),
            ceiling("together", try_(25_000_000), excess, on="support", name="most_25m"),
            rounding(mode, "once"),
        )
    )


def aggregate_of_plan() -> ir.Aggregate:
    amount = ir.Field(ir.Row(7, type=Record("cost"), **numbered()), "amount", type=TRY, **numbered())
    return ir.Aggregate("total", fact("costs"), 7, None, amount, type=TRY, **numbered())


def plan(*lines: tuple[Any, int]) -> Facts:
    """An application with lines of a cost and a rate asked, in percent."""
    rows = [(int(Fraction(amount) * 100), "works", True, asked) for amount, asked in lines]
    return application(costs=rows)


@pytest.mark.parametrize(
    ("case", "lines", "per_line", "binding"),
    [
        ("KDP12-01", [(600_000, 50), (400_000, 45)], ("300000", "180000"), []),
        ("KDP12-02", [(400_000, 75), (600_000, 75)], ("200000", "300000"), ["total_50"]),
        ("KDP12-03", [(100_000, 90), (900_000, 40)], ("75000", "360000"), ["line_75"]),
        ("KDP12-05", [(60_000_000, 75)], ("25000000",), ["total_50", "most_25m"]),
        ("KDP12-14", [("333333.33", 90)], ("166666.66",), ["line_75", "total_50"]),
    ],
)
def test_the_worked_applications_of_the_cluster_programme_of_2012(case, lines, per_line, binding):
    found = evaluate(kdp_2012(), plan(*lines)).supports["grant"]

    assert found.lines == tuple(Fraction(amount) for amount in per_line)
    assert found.total == sum(Fraction(amount) for amount in per_line)
    assert [each.step for each in found.binding] == binding


def test_the_other_readings_of_the_cluster_programme_of_2012():
    last = evaluate(kdp_2012(excess="last_first"), plan((400_000, 75), (600_000, 75))).supports["grant"]
    half_up = evaluate(kdp_2012(mode="half_up"), plan(("333333.33", 90))).supports["grant"]

    assert last.lines == (300_000, 200_000)
    assert half_up.total == Fraction("166666.67")


def test_the_amount_after_the_ceilings_of_the_lines_is_in_the_trace():
    """KDP12-14: three quarters of 333,333.33 are 249,999.9975, and 249,999.99 after rounding down."""
    found = evaluate(kdp_2012(), plan(("333333.33", 90)), trace=True).supports["grant"]

    assert found.steps[3].amounts == (Fraction("249999.99"),)
