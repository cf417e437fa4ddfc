"""What generated code calls for rounding, sharing out and time: the same as the functions it stands in for."""

from fractions import Fraction
from functools import partial
from math import lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantrules import calendars
from grantrules import types as ty
from grantrules.core import ir
from grantrules.evaluate import intervals, runtime
from grantrules.evaluate.outcome import Cause, Undecided
from grantrules.quantities import (
    Rounding,
    ceiling_units,
    floor_units,
    half_even_units,
    half_up_units,
    largest_remainder,
    round_to,
)

THERE = frozenset({Cause("fact", "x")})
ROUNDERS = {"down": floor_units, "up": ceiling_units, "half_up": half_up_units, "half_even": half_even_units}
BRUSSELS = "Europe/Brussels"

whole_or_not = (
    st.integers(-(10**6), 10**6)
    | st.integers(-(10**30), 10**30)
    | st.fractions(-(10**6), 10**6, max_denominator=60)
)


def between(low, high):
    """A number of which only the bounds are known."""
    return Undecided(THERE, low, high)


# ---- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (7, 1, 7),
        (6, 2, 3),
        (7, 2, Fraction(7, 2)),
        (Fraction(7, 2), Fraction(1, 2), 7),
        (1, -4, Fraction(-1, 4)),
    ],
)
def test_a_quotient_is_exact_and_an_integer_where_it_is_whole(left, right, found):
    quotient = runtime.quotient(left, right)

    assert (quotient, type(quotient)) == (found, type(found))


@given(whole_or_not, st.integers(1, 1000))
def test_parts_are_rounded_as_amounts_are(value, parts):
    exact = Fraction(value, parts)

    for rounder, units in ((runtime.half_up, half_up_units), (runtime.half_even, half_even_units)):
        found = rounder(value, parts)
        assert (found, type(found)) == (units(exact.numerator, exact.denominator), int)


@pytest.mark.parametrize("sign", [1, -1])
def test_amounts_beyond_what_a_float_holds_are_rounded_to_the_unit(sign):
    for value in (10**30 + 1, 10**30 + 2, Fraction(3 * 10**30 + 5, 3)):
        exact = Fraction(sign * value, 3)
        assert runtime.half_up(sign * value, 3) == half_up_units(exact.numerator, exact.denominator)
        assert runtime.half_even(sign * value, 3) == half_even_units(exact.numerator, exact.denominator)


@pytest.mark.parametrize("middle", [-5, -3, -1, 1, 3, 5])
def test_the_middle_goes_where_the_mode_says(middle):
    assert runtime.half_up(middle, 2) == half_up_units(middle, 2)
    assert runtime.half_even(middle, 2) == half_even_units(middle, 2)
    assert runtime.half_up(Fraction(middle, 3), Fraction(2, 3)) == half_up_units(middle, 2)
    assert runtime.half_even(Fraction(middle, 3), Fraction(2, 3)) == half_even_units(middle, 2)


@pytest.mark.parametrize("mode", ["down", "up", "half_up", "half_even"])
@given(value=st.integers(-(10**6), 10**6), step=st.sampled_from(["0.01", "0.05", "1", "100"]))
def test_a_number_of_parts_is_rounded_to_a_step(mode, value, step):
    """12.345 counted in parts of 1000, rounded to a cent, counted in parts of 100."""
    round_ = runtime.rounding(mode, Fraction(step), 1000, 100)
    rounded = round_to(Fraction(value, 1000), Fraction(step), Rounding(mode))

    assert round_(value) == rounded * 100
    assert intervals.rounded(Fraction(value, 1000), mode, Fraction(step)) == rounded


def test_bounds_are_rounded_like_the_numbers_between_them():
    round_ = runtime.rounding("down", Fraction(1, 100), 1000, 100)

    assert round_(between(Fraction("1.239"), Fraction("7.999"))) == between(
        Fraction("1.23"), Fraction("7.99")
    )
    assert round_(between(None, Fraction("7.999"))).lowest is None
    assert round_(between(Fraction("1.239"), None)).highest is None
    open_ = between(None, None)
    assert round_(open_) is open_


@pytest.mark.parametrize(("which", "found"), [("smallest", 125), ("largest", 700)])
def test_the_extreme_of_numbers_in_different_parts(which, found):
    """1.25, 3 and 7, in parts of 100, 1 and 10."""
    assert runtime.extreme(which, (100, 1, 10), 100)(125, 3, 70) == found


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**30), st.integers(1, 60))
def test_a_ratio_is_in_its_lowest_terms(above, below, parts):
    for ratio in (
        runtime.ratio(above, below),
        runtime.ratio(Fraction(above, parts), Fraction(below, parts)),
        runtime.ratio(above, Fraction(below)),
        runtime.ratio(Fraction(above), below),
    ):
        exact = Fraction(above, below)
        assert ratio == (exact.numerator, exact.denominator)
        assert all(type(each) is int for each in ratio)


# ---- sharing out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ROUNDERS)
@given(
    amounts=st.lists(st.integers(0, 10**5) | st.fractions(0, 1000, max_denominator=12), max_size=6),
    times=st.integers(1, 30),
    by=st.integers(1, 30),
)
def test_whole_steps_are_handed_out_by_the_largest_remainder(mode, amounts, times, by):
    exact = [Fraction(amount) * times / by for amount in amounts]
    total = sum(exact, Fraction(0))
    expected = largest_remainder(exact, ROUNDERS[mode](total.numerator, total.denominator))
    found = runtime.handed_out(amounts, times, by, mode)

    assert found == expected
    assert all(type(each) is int for each in found)


def joint(excess, step="0.01"):
    about, limit = ir.About("most", "ceiling"), ir.Const(Fraction(0), type=ty.Money("TRY"), span=None, at=0)
    return ir.Joint(about, ("a", "b", "c"), None, limit, excess, Fraction(step))


@pytest.mark.parametrize(
    ("excess", "step", "totals", "limit", "after"),
    [
        # In cents: in proportion, the cent that is left to the earlier.
        ("pro_rata", "0.01", (100, 100, 100), 100, (34, 33, 33, 200)),
        ("pro_rata", "0.10", (100, 200, 300), 350, (60, 120, 170, 250)),
        # The limit is no whole number of steps: the parts count as they are, and what they lose decides.
        ("pro_rata", "2", (2500, 1500, 300), 925, (600, 200, 0, 3500)),
        # From the last: those before it stay whole while there is something left.
        ("last_first", "0.01", (100, 200, 300), 350, (100, 200, 50, 250)),
        ("last_first", "0.10", (100, 200, 300), 155, (100, 50, 0, 450)),
        ("last_first", "0.01", (100, 200, 300), 300, (100, 200, 0, 300)),
        # What fits stays as it is, a whole number of steps or not.
        ("last_first", "0.10", (105, 100, 100), 105, (105, 0, 0, 200)),
        ("last_first", "0.01", (100, 200, 300), 50, (50, 0, 0, 550)),
        ("refuses", "0.01", (100, 200, 300), 350, (100, 200, 300, 250)),
    ],
)
def test_a_ceiling_over_several_supports_cuts_them(excess, step, totals, limit, after):
    """The totals in cents, the limit in hundredths of a cent; the cut itself is an exact amount."""
    *shares, cut = runtime.cutting(joint(excess, step), (100, 100, 100), 10_000)(*totals, limit * 100)

    assert (*shares, cut * 100) == after


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=5), st.integers(0, 99), st.sampled_from([1, 5, 100])
)
def test_what_is_cut_in_proportion_never_passes_the_limit(totals, percent, cents):
    limit = sum(totals) * percent // 100
    parts = (100,) * len(totals)
    *shares, _ = runtime.cutting(joint("pro_rata", Fraction(cents, 100)), parts, 100)(*totals, limit)

    assert sum(shares) == limit // cents * cents
    assert all(share <= total + cents for share, total in zip(shares, totals, strict=True))


# ---- time ----------------------------------------------------------------------------------------------------------

DATE, MOMENT, MONTH, YEAR, NUMBER = ty.Date(), ty.Moment(), ty.Month(), ty.Year(), ty.Number(True)


def day(text):
    return calendars.parse_date(text)


def calendar(what, *types, to=NUMBER, **more):
    """A function of the calendar on arguments of these types: for known ones, and for those that may be undecided."""
    args = tuple(ir.Const(0, type=each, span=None, at=0) for each in types)
    expr = ir.Calendar(what, args, type=to, span=None, at=0, **more)
    return runtime.calendar(expr, BRUSSELS, "it")


MONDAY_OFF = frozenset({day("2024-05-06")})


def asked(what, *types, **more):
    """The same, made when the test runs."""
    return partial(calendar, what, *types, **more)


@pytest.mark.parametrize(
    ("asked_for", "given", "found"),
    [
        (asked("year", DATE), (day("2024-02-29"),), 2024),
        (asked("month", DATE), (day("2024-02-29"),), 12 * 2024 + 1),
        (asked("first_day", YEAR), (2024,), day("2024-01-01")),
        (asked("first_day", MONTH), (12 * 2024 + 1,), day("2024-02-01")),
        (asked("last_day", YEAR), (2024,), day("2024-12-31")),
        (asked("last_day", MONTH), (12 * 2024 + 1,), day("2024-02-29")),
        (asked("days_in_month", DATE), (day("2024-02-07"),), 29),
        (asked("days_in_month", MONTH), (12 * 2024 + 1,), 29),
        (asked("years_between", DATE, DATE), (day("2000-02-29"), day("2024-02-28")), 23),
        (asked("years_between", DATE, DATE), (day("2024-02-29"), day("2000-02-29")), 0),
        (asked("months_between", DATE, DATE), (day("2024-01-31"), day("2024-03-01")), 1),
        (asked("months_between", DATE, DATE), (day("2024-03-01"), day("2024-01-31")), 0),
        (asked("days_between", DATE, DATE), (day("2024-02-28"), day("2024-03-01")), 2),
        (asked("days_between", DATE, DATE, both=True), (day("2024-02-28"), day("2024-03-01")), 3),
        (asked("start_of_day", DATE, to=MOMENT), (day("2024-07-01"),), 1719784800),
        (asked("local_date", MOMENT, to=DATE), (1719784800,), day("2024-07-01")),
        (asked("local_date", MOMENT, to=DATE), (1719784799,), day("2024-06-30")),
        (asked("shift_days", DATE, NUMBER, to=DATE), (day("2024-02-28"), 2), day("2024-03-01")),
        (asked("shift_days", DATE, NUMBER, to=DATE, sign=-1), (day("2024-03-01"), 2), day("2024-02-28")),
        (asked("shift_months", DATE, NUMBER, to=DATE), (day("2024-01-15"), 13), day("2025-02-15")),
        (
            asked("shift_months", DATE, NUMBER, to=DATE, month_end="last_day", sign=-1),
            (day("2024-03-31"), 1),
            day("2024-02-29"),
        ),
        (asked("shift_working_days", DATE, NUMBER, to=DATE), (day("2024-05-03"), 1), day("2024-05-06")),
        (
            asked("shift_working_days", DATE, NUMBER, to=DATE, holidays=MONDAY_OFF),
            (day("2024-05-03"), 1),
            day("2024-05-07"),
        ),
        (asked("working_days_between", DATE, DATE), (day("2024-05-03"), day("2024-05-07")), 2),
        (asked("working_days_between", DATE, DATE, both=True), (day("2024-05-03"), day("2024-05-07")), 3),
        (
            asked("working_days_between", DATE, DATE, holidays=MONDAY_OFF),
            (day("2024-05-03"), day("2024-05-07")),
            1,
        ),
        (asked("shift_hours", MOMENT, NUMBER, to=MOMENT), (1719784800, 3), 1719784800 + 3 * 3600),
        (asked("shift_hours", MOMENT, NUMBER, to=MOMENT, sign=-1), (1719784800, 3), 1719784800 - 3 * 3600),
        # A day later by the clock is 23 hours later where clocks are put forward between the two.
        (asked("shift_days", MOMENT, NUMBER, to=MOMENT), (1711796400, 1), 1711796400 + 23 * 3600),
    ],
)
def test_a_function_of_the_calendar_gives_what_its_words_say(asked_for, given, found):
    for function in asked_for():
        assert function(*given) == found


def test_a_day_that_does_not_exist_says_so():
    """31 January has no day a month later, and half past two on 31 March 2024 was skipped."""
    brussels, nothing = calendars.zone(BRUSSELS), intervals.failed("no_such_day", "it")
    of_days, _ = calendar("shift_months", DATE, NUMBER, to=DATE)
    of_moments, _ = calendar("shift_months", MOMENT, NUMBER, to=MOMENT)
    by_days, _ = calendar("shift_days", MOMENT, NUMBER, to=MOMENT)

    assert of_days(day("2024-01-31"), 1) == nothing
    assert of_moments(calendars.start_of_day(day("2024-01-31"), brussels), 1) == nothing
    assert by_days(calendars.moment(day("2024-03-30"), 9_000, brussels), 1) == nothing


@given(st.integers(-(10**12), 10**12) | st.integers(-(10**10), 10**11))
def test_the_quick_way_to_a_day_is_the_day(moment):
    known, _ = calendar("local_date", MOMENT, to=DATE)

    assert known(moment) == calendars.local_date(moment, calendars.zone(BRUSSELS))


@pytest.mark.parametrize(
    ("asked_for", "given", "low", "high"),
    [
        (asked("year", DATE), (between(day("2023-12-31"), day("2024-01-01")),), 2023, 2024),
        (asked("year", DATE), (between(None, day("2024-01-01")),), None, 2024),
        (asked("year", DATE), (between(day("2023-12-31"), None),), 2023, None),
        # What falls with its first argument takes the bounds of that one the other way round.
        (asked("days_between", DATE, DATE), (between(10, 20), between(25, 40)), 5, 30),
        (asked("days_between", DATE, DATE), (between(10, None), 40), None, 30),
        (asked("days_between", DATE, DATE), (between(None, 20), 40), 20, None),
        (asked("years_between", DATE, DATE), (between(10, None), 400), 0, 1),
        (asked("months_between", DATE, DATE), (between(10, None), 400), 0, 12),
        (asked("shift_days", DATE, NUMBER, to=DATE), (between(10, 20), between(1, 2)), 11, 22),
        (asked("shift_days", DATE, NUMBER, to=DATE, sign=-1), (between(10, 20), between(1, 2)), 8, 19),
        (asked("shift_months", DATE, NUMBER, to=DATE), (between(10, 20), 1), None, None),
        (asked("shift_days", MOMENT, NUMBER, to=MOMENT), (between(10, 20), 1), None, None),
    ],
)
def test_bounds_of_days_become_bounds_of_the_result(asked_for, given, low, high):
    _, find = asked_for()

    assert find(*given) == Undecided(THERE, low, high)


def test_a_zone_that_is_none_is_no_programme():
    expr = ir.Calendar("year", (ir.Const(0, type=DATE, span=None, at=0),), type=NUMBER, span=None, at=0)

    with pytest.raises(ValueError, match=r"^no zone Europe/Atlantis$"):
        runtime.calendar(expr, "Europe/Atlantis", "it")


def test_parts_that_differ_are_brought_together_exactly():
    add = runtime.adding((1, -1), (100, 1000), lcm(100, 1000))

    assert add(125, 1) == 1249
