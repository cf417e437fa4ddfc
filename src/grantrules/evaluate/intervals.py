"""
Values that may be undecided: what stands for a set of values, and arithmetic with it.

A number that is undecided is an interval whose ends may be missing; a truth that is undecided may be either. Every
function here gives a result that holds all results its operands allow, and a plain value where there is only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from grantrules.core import ir
from grantrules.evaluate.outcome import Cause, Undecided, Value
from grantrules.quantities import Rounding, round_to

Causes: TypeAlias = frozenset[Cause]
Bound: TypeAlias = Any
"""A `Fraction` or `int`, or `None` where there is no bound."""

NO_CAUSES: Causes = frozenset()
ZERO = Fraction(0)

MODES = {
    "down": Rounding.DOWN,
    "up": Rounding.UP,
    "half_up": Rounding.HALF_UP,
    "half_even": Rounding.HALF_EVEN,
}


def failed(kind: str, what: str) -> Undecided:
    """A value that cannot be computed, for one reason."""
    return Undecided(frozenset({Cause(kind, what)}))


def decided(value: Value) -> bool:
    """Whether a value is known."""
    return value.__class__ is not Undecided


def is_number(value: Value) -> bool:
    """Whether a known value is a number or a date; a truth is neither."""
    return value.__class__ is Fraction or value.__class__ is int


def lowest(value: Value) -> Bound:
    """The lower end; `None` where there is none."""
    if value.__class__ is Undecided:
        return value.lowest
    return value if is_number(value) else None


def highest(value: Value) -> Bound:
    """The upper end; `None` where there is none."""
    if value.__class__ is Undecided:
        return value.highest
    return value if is_number(value) else None


def causes_of(values: Iterable[Value]) -> Causes:
    """All causes of the undecided among some values."""
    return NO_CAUSES.union(*(value.causes for value in values if value.__class__ is Undecided))


def interval(low: Bound, high: Bound, causes: Causes) -> Value:
    """The values between two ends: one of them, or undecided."""
    return low if low is not None and low == high else Undecided(causes, low, high)


def hull(values: Sequence[Value], causes: Causes = NO_CAUSES) -> Value:
    """One of several values (at least one); which one depends on something with these causes."""
    first = values[0]
    if all(value == first for value in values):
        return first
    return interval(
        least_of(lowest(value) for value in values),
        greatest_of(highest(value) for value in values),
        causes | causes_of(values),
    )


# ---- ends ----------------------------------------------------------------------------------------------------------


def least_of(ends: Iterable[Bound]) -> Bound:
    """The least of some ends, missing if one is missing."""
    found = list(ends)
    return None if None in found else min(found)


def greatest_of(ends: Iterable[Bound]) -> Bound:
    """The greatest of some ends, missing if one is missing."""
    found = list(ends)
    return None if None in found else max(found)


def upper(*ends: Bound) -> Bound:
    """The lower one of several upper ends; a missing one does not count."""
    found = [end for end in ends if end is not None]
    return min(found) if found else None


def added(ends: Iterable[Bound]) -> Bound:
    """The sum of some ends, missing if one is missing."""
    found = list(ends)
    return None if None in found else sum(found, ZERO)


def within(end: Bound, limit: Bound) -> bool:
    """Whether an upper end is at most a lower end, for certain."""
    return end is not None and limit is not None and bool(end <= limit)


# ---- truths --------------------------------------------------------------------------------------------------------


def all_hold(values: Iterable[Value]) -> Value:
    """Three-valued *and*: false if one is false, true of nothing."""
    found = list(values)
    if any(value is False for value in found):
        return False
    return Undecided(causes_of(found)) if any(not decided(value) for value in found) else True


def one_holds(values: Iterable[Value]) -> Value:
    """Three-valued *or*: true if one is true, false of nothing."""
    return opposite(all_hold(opposite(value) for value in values))


def opposite(value: Value) -> Value:
    """Three-valued *not*."""
    return value if isinstance(value, Undecided) else not value


# ---- arithmetic ----------------------------------------------------------------------------------------------------


def plus(values: Iterable[Value]) -> Value:
    """The sum."""
    found = list(values)
    if all(map(decided, found)):
        return sum(found, ZERO)
    return interval(added(map(lowest, found)), added(map(highest, found)), causes_of(found))


def minus(left: Value, right: Value) -> Value:
    """The difference."""
    return plus((left, times((Fraction(-1), right))))


def times(values: Sequence[Value]) -> Value:
    """The product of numbers (at least one); a factor of 0 settles it, whatever the others are."""
    product = values[0]
    for value in values[1:]:
        if decided(product) and decided(value):
            product *= value
            continue
        corners = [_product(a, b) for a in _ends(product) for b in _ends(value)]
        product = interval(_bound(min(corners)), _bound(max(corners)), causes_of((product, value)))
    return product


def over(left: Value, right: Value, what: str) -> Value:
    """The exact quotient."""
    if right == 0:
        return failed("zero_divisor", what)
    low, high = lowest(right), highest(right)
    if low is not None and low > 0:
        inverse = interval(
            ZERO if high is None else 1 / Fraction(high), 1 / Fraction(low), causes_of((right,))
        )
    elif high is not None and high < 0:
        inverse = interval(
            1 / Fraction(high), ZERO if low is None else 1 / Fraction(low), causes_of((right,))
        )
    else:
        return Undecided(causes_of((left, right)))
    return times((left, inverse))


_Extended: TypeAlias = tuple[int, Any]
"""A number as `(0, number)`, minus infinity as `(-1, 0)`, infinity as `(1, 0)`: in this form they are in order."""


def _ends(value: Value) -> tuple[_Extended, _Extended]:
    low, high = lowest(value), highest(value)
    return (-1, 0) if low is None else (0, low), (1, 0) if high is None else (0, high)


def _product(left: _Extended, right: _Extended) -> _Extended:
    sign = (left[0] or _sign(left[1])) * (right[0] or _sign(right[1]))
    if sign == 0:
        return 0, ZERO
    return (sign, 0) if left[0] or right[0] else (0, left[1] * right[1])


def _sign(number: Any) -> int:
    return int(number > 0) - int(number < 0)


def _bound(end: _Extended) -> Bound:
    return None if end[0] else end[1]


def smallest(values: Sequence[Value]) -> Value:
    """The smallest of numbers (at least one)."""
    if all(map(decided, values)):
        return min(values)
    high = upper(*(highest(value) for value in values))
    low = least_of(lowest(value) for value in values)
    return interval(low, high, causes_of(v for v in values if not within(high, lowest(v))))


def largest(values: Sequence[Value]) -> Value:
    """The largest of numbers (at least one)."""
    if all(map(decided, values)):
        return max(values)
    lows = [low for value in values if (low := lowest(value)) is not None]
    low = max(lows) if lows else None
    high = greatest_of(highest(value) for value in values)
    return interval(low, high, causes_of(v for v in values if not within(highest(v), low)))


def not_negative(value: Value) -> Value:
    """The number, or 0 where it is below 0."""
    return largest((ZERO, value))


def rounded(value: Value, mode: ir.Rounding, step: Fraction) -> Value:
    """The number rounded to a multiple of a step."""
    low, high = lowest(value), highest(value)
    return interval(rounded_end(low, mode, step), rounded_end(high, mode, step), causes_of((value,)))


def rounded_end(end: Bound, mode: ir.Rounding, step: Fraction) -> Bound:
    """An end rounded to a multiple of a step, missing if it is missing."""
    return None if end is None else round_to(Fraction(end), step, MODES[mode])


# ---- comparing -----------------------------------------------------------------------------------------------------


def compared(how: str, left: Value, right: Value) -> Value:
    """Whether two values of one type stand in an order, as far as their ends settle it."""
    match how:
        case "eq":
            answer = _equal(left, right)
        case "ne":
            answer = opposite(_equal(left, right))
        case "lt":
            answer = _below(left, right)
        case "gt":
            answer = _below(right, left)
        case "le":
            answer = opposite(_below(right, left))
        case _:
            answer = opposite(_below(left, right))
    return answer


def _equal(left: Value, right: Value) -> Value:
    if decided(left) and decided(right):
        return left == right
    apart = _surely_below(left, right) or _surely_below(right, left)
    return False if apart else Undecided(causes_of((left, right)))


def _below(left: Value, right: Value) -> Value:
    if _surely_below(left, right):
        return True
    return False if within(highest(right), lowest(left)) else Undecided(causes_of((left, right)))


def _surely_below(left: Value, right: Value) -> bool:
    high, low = highest(left), lowest(right)
    return high is not None and low is not None and bool(high < low)
