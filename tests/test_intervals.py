"""The intervals in which gaps and overlaps of tables are looked for, and those of figures that are not known."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from grantrules.compiler.intervals import Interval, both
from grantrules.evaluate.intervals import highest, lowest, over
from grantrules.evaluate.outcome import Cause, Undecided

THERE = frozenset({Cause("fact", "x")})
ENDS = st.none() | st.integers(0, 4).map(Fraction)
INTERVALS = st.builds(Interval, ENDS, ENDS, st.booleans(), st.booleans())


def holds(interval: Interval, value: Fraction) -> bool:
    above = interval.low is None or value > interval.low or (interval.low_in and value == interval.low)
    below = interval.high is None or value < interval.high or (interval.high_in and value == interval.high)
    return above and below


@given(INTERVALS, INTERVALS)
def test_a_value_is_in_both_where_it_is_in_each(one, two):
    for halves in range(-1, 10):
        value = Fraction(halves, 2)
        assert holds(both(one, two), value) == (holds(one, value) and holds(two, value))


@given(INTERVALS)
def test_an_interval_is_empty_where_no_value_is_inside(interval):
    inside = any(holds(interval, Fraction(quarters, 4)) for quarters in range(-4, 24))

    assert interval.empty == (not inside)


ABOVE_ZERO = st.fractions(Fraction(1, 8), 8, max_denominator=8)


@given(
    st.lists(ABOVE_ZERO, min_size=2, max_size=2),
    st.lists(ABOVE_ZERO, min_size=2, max_size=2),
    st.sampled_from([1, -1]),
)
def test_a_quotient_is_between_the_quotients_of_the_ends(above, below, sign):
    """Of a divisor below zero as well as of one above."""
    dividend = Undecided(THERE, min(above), max(above))
    divisor = Undecided(THERE, min(sign * each for each in below), max(sign * each for each in below))
    quotients = [one / (sign * other) for one in above for other in below]
    found = over(dividend, divisor, "x")

    assert (lowest(found), highest(found)) == (min(quotients), max(quotients))
