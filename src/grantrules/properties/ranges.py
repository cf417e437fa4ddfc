"""
Which values a figure can have at all, whatever the application is.

A *range* holds every value that a figure can have, and perhaps some more: a few single values, or all those between two
bounds that lie on a grid.  75% of whole cents lie on the grid of 0.0075, and so never come to 400 000.00; a count is
whole, and never below 0.  What is outside of a range is out of reach; what is inside may be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from math import ceil, floor, gcd, lcm
from typing import Any, TypeAlias

from attrs import define, field, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.properties.probe import is_number, statement_of

Bound: TypeAlias = Fraction | None

_FEW = 40
_DEEPEST = 60
_ZERO = Fraction(0)
_NEVER_BELOW_ZERO = {"years_between", "months_between", "days_in_month"}


@frozen
class Range:
    """
    Values that a figure can have.

    Args:
        values: all of them, where there are few; the grid and the bounds then hold them too.
        step: all are a multiple of it apart, if anything is known of that.
        start: one value of that grid.
        low: none is below.
        high: none is above.
    """

    values: frozenset[Fraction] | None = None
    step: Fraction | None = None
    start: Fraction = _ZERO
    low: Bound = None
    high: Bound = None

    def has_zero(self) -> bool:
        """Whether 0 may be one of its values."""
        if self.values is not None:
            return 0 in self.values
        inside = (self.low is None or self.low <= 0) and (self.high is None or self.high >= 0)
        return inside and (self.step is None or (self.start / self.step).denominator == 1)

    def has_below(self, most: Fraction) -> bool:
        """Whether a value below 0, but not by more than so much, may be one of its values."""
        return self.negative().has_above(most)

    def has_above(self, most: Fraction) -> bool:
        """Whether a value above 0, but not by more than so much, may be one of its values."""
        if self.values is not None:
            return any(0 < each <= most for each in self.values)
        if (self.low is not None and self.low > most) or (self.high is not None and self.high <= 0):
            return False
        if self.step is None:
            return True
        above = _ZERO if self.low is None else max(_ZERO, self.low)
        number = ceil((above - self.start) / self.step)
        first = self.start + number * self.step
        first = first if first > 0 else first + self.step
        return first <= most and (self.high is None or first <= self.high)

    def negative(self) -> Range:
        """Its values with the other sign."""
        return Range(
            None if self.values is None else frozenset(-each for each in self.values),
            self.step,
            -self.start,
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
        )


ANY = Range()
NONE = Range(frozenset())
"""Of a figure that has no value, whatever the application is: a parameter that it needs is not set."""


def just(*values: Any) -> Range:
    """The range of a few values."""
    own = frozenset(map(Fraction, values))
    if not own:
        return NONE
    first = min(own)
    if len(own) == 1:
        return Range(own, None, first, first, first)
    step = reduce(common_step, (each - first for each in own))
    return Range(own if len(own) <= _FEW else None, step, first, first, max(own))


def whole(low: Bound = None, high: Bound = None) -> Range:
    """Whole numbers."""
    return Range(None, Fraction(1), _ZERO, low, high)


def common_step(left: Fraction, right: Fraction) -> Fraction:
    """The largest step of which both are multiples; that of 0 and a number is the number."""
    below = lcm(left.denominator, right.denominator)
    return Fraction(gcd(int(left * below), int(right * below)), below)


def _grid(each: Range) -> Fraction | None:
    """Its step, where a single value has the step 0."""
    return _ZERO if each.values is not None and len(each.values) == 1 else each.step


def _on(step: Fraction | None, start: Fraction, low: Bound, high: Bound) -> Range:
    if low is not None and low == high:
        return just(low)
    return Range(None, step or None, start, low, high)


def _pairs(left: Range, right: Range, how: Callable[[Fraction, Fraction], Fraction]) -> Range | None:
    """Of few values and few values there are few."""
    if left.values is None or right.values is None or len(left.values) * len(right.values) > _FEW:
        return None
    return just(*(how(a, b) for a in left.values for b in right.values))


def plus(left: Range, right: Range) -> Range:
    """The sums of values of two ranges."""
    if NONE in {left, right}:
        return NONE
    few = _pairs(left, right, lambda a, b: a + b)
    if few is not None:
        return few
    steps = _grid(left), _grid(right)
    step = None if steps[0] is None or steps[1] is None else common_step(steps[0], steps[1])
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return _on(step, left.start + right.start, low, high)


def times(left: Range, right: Range) -> Range:
    """The products of values of two ranges."""
    if NONE in {left, right}:
        return just(0) if left.has_zero() or right.has_zero() else NONE
    few = _pairs(left, right, lambda a, b: a * b)
    if few is not None:
        return few
    one, other = _grid(left), _grid(right)
    step = None
    if one is not None and other is not None:
        step = reduce(common_step, (left.start * other, right.start * one, one * other))
    low, high = _ends_of_product(left, right)
    return _on(step, left.start * right.start, low, high)


def _ends_of_product(left: Range, right: Range) -> tuple[Bound, Bound]:
    ends = (left.low, left.high, right.low, right.high)
    known = [each for each in ends if each is not None]
    if len(known) == len(ends):
        products = [a * b for a in known[:2] for b in known[2:]]
        return min(products), max(products)
    if left.low is not None and right.low is not None and min(left.low, right.low) >= 0:
        high = None if left.high is None or right.high is None else left.high * right.high
        return left.low * right.low, high
    return None, None


def either(ranges: Iterable[Range]) -> Range:
    """The values of several ranges together."""
    found = [each for each in ranges if each != NONE]
    if all(each.values is not None for each in found):
        return just(*(value for each in found for value in each.values or ()))
    grids = [_grid(each) for each in found]
    step = None
    if None not in grids:
        apart = (each.start - found[0].start for each in found)
        step = reduce(common_step, (*(each for each in grids if each is not None), *map(abs, apart)))
    lows, highs = [each.low for each in found], [each.high for each in found]
    low = None if None in lows else min(each for each in lows if each is not None)
    high = None if None in highs else max(each for each in highs if each is not None)
    return _on(step, found[0].start, low, high)


def sums(each: Range, most: Bound = None) -> Range:
    """The sums of any number of values of a range, of at most so many where that is known."""
    if each == NONE:
        return just(0)
    grid = _grid(each)
    step = None if grid is None else common_step(abs(each.start), grid)
    low, high = _ZERO, _ZERO
    least: Bound = low if each.low is not None and each.low >= 0 else None
    top: Bound = high if each.high is not None and each.high <= 0 else None
    if most is not None and each.low is not None:
        least = min(_ZERO, most * each.low)
    if most is not None and each.high is not None:
        top = max(_ZERO, most * each.high)
    return _on(step, _ZERO, least, top)


def bounded(each: Range, low: Bound = None, high: Bound = None) -> Range:
    """A range with what lies outside of bounds brought to them."""
    ends = [end for end in (low, high) if end is not None]
    if each.values is not None:
        return just(*(_brought(value, low, high) for value in each.values))
    inside = either((each, *map(just, ends)))
    lower = inside.low if low is None else low if inside.low is None else max(low, inside.low)
    upper = inside.high if high is None else high if inside.high is None else min(high, inside.high)
    return _on(inside.step, inside.start, lower, upper)


def _brought(value: Fraction, low: Bound, high: Bound) -> Fraction:
    value = value if low is None else max(low, value)
    return value if high is None else min(high, value)


@frozen
class _Amounts:
    """What the amounts of single lines can be between two steps of a support, their sum, and the rates."""

    line: Range
    sum: Range
    rate: Range


@define(eq=False)
class Ranges:
    """
    The ranges of the figures of one programme.

    Args:
        program: the programme.
        settled: the value of an expression that is the same for every application; anything else where it is not.
        never: whether a condition holds for no application.
    """

    program: ir.Program
    settled: Callable[[ir.Expr], Any]
    never: Callable[[ir.Expr | None], bool]
    _known: dict[ir.Expr, Range] = field(factory=dict, init=False)
    _depth: int = field(default=0, init=False)

    def of(self, expr: ir.Expr) -> Range:
        """The range of a figure, whichever rows it reads."""
        if expr not in self._known:
            if self._depth > _DEEPEST:
                return ANY
            self._depth += 1
            try:
                value = self.settled(expr)
                self._known[expr] = just(value) if is_number(value) else self._of(expr)
            finally:
                self._depth -= 1
        return self._known[expr]

    def _of(self, expr: ir.Expr) -> Range:
        match expr:
            case ir.Fact() | ir.Field():
                return self._of_fact(expr)
            case ir.Ref(name):
                return self._of_figure(name)
            case ir.Add(terms):
                ranges = [self.of(each) if sign > 0 else self.of(each).negative() for sign, each in terms]
                return reduce(plus, ranges)
            case ir.Mul(factors):
                return reduce(times, map(self.of, factors))
            case ir.Div(left, right):
                return self._of_quotient(self.of(left), self.of(right))
            case ir.Round(value, _, step):
                inside = self.of(value)
                low = None if inside.low is None else floor(inside.low / step) * step
                high = None if inside.high is None else ceil(inside.high / step) * step
                return _on(step, _ZERO, low, high)
            case ir.Extreme(which, values):
                return self._of_extreme(which, [self.of(each) for each in values])
            case ir.Choose():
                return self._of_cases(expr)
            case ir.Aggregate():
                return self._of_rows(expr)
            case ir.Fail():
                return NONE
            case ir.Calendar(what):
                return whole(_ZERO if what in _NEVER_BELOW_ZERO else None)
            case _:
                return ANY

    @staticmethod
    def _of_quotient(left: Range, right: Range) -> Range:
        if right.values is not None and len(right.values) == 1 and 0 not in right.values:
            return times(left, just(1 / right.start))
        if NONE in {left, right}:
            return NONE
        if left.low is not None and right.low is not None and left.low >= 0 and right.low >= 0:
            return Range(low=_ZERO)
        return ANY

    @staticmethod
    def _of_extreme(which: str, ranges: list[Range]) -> Range:
        """The smallest is no larger than any of them."""
        if NONE in ranges:
            return NONE
        found = either(ranges)
        if which == "smallest":
            highs = [each.high for each in ranges if each.high is not None]
            return Range(found.values, found.step, found.start, found.low, min(highs, default=None))
        lows = [each.low for each in ranges if each.low is not None]
        return Range(found.values, found.step, found.start, max(lows, default=None), found.high)

    def _of_cases(self, expr: ir.Choose) -> Range:
        found = []
        for condition, value in expr.arms:
            if not self.never(condition):
                found.append(self.of(value))
        if expr.otherwise is not None:
            found.append(self.of(expr.otherwise))
        return either(found)

    def _of_rows(self, expr: ir.Aggregate) -> Range:
        most = self._most_rows(expr.list)
        match expr.what:
            case "number" | "different":
                return whole(_ZERO, most)
            case "total" if expr.of is not None:
                return sums(self.of(expr.of), most)
            case "smallest" | "largest" | "only" if expr.of is not None:
                return self.of(expr.of)
            case _:
                return ANY

    def _most_rows(self, list_: ir.Expr) -> Bound:
        each = self.declared(list_)
        return None if each is None or each.maximum is None else Fraction(each.maximum)

    def declared(self, expr: ir.Expr) -> ir.FieldDef | None:
        """The declaration of a fact or field; `None` for a computed one."""
        match expr:
            case ir.Fact(name):
                fields: tuple[ir.FieldDef, ...] = self.program.application.fields
            case ir.Field(of, name) if isinstance(of.type, ty.Record):
                fields = self.program.records[of.type.name].fields
            case _:
                return None
        return next((each for each in fields if each.name == name), None)

    def _of_fact(self, expr: ir.Fact | ir.Field) -> Range:
        each = self.declared(expr)
        if each is not None and isinstance(each.type, ty.NUMERIC):
            return range_of(each)
        if isinstance(expr, ir.Field) and isinstance(expr.of.type, ty.Record):
            for computed in self.program.computed:
                if computed.record == expr.of.type.name and computed.about.name == expr.name:
                    return self.of(computed.value)
        return ANY

    def _of_figure(self, name: str) -> Range:
        statement = statement_of(self.program, name)
        if isinstance(statement, ir.Let):
            return self.of(statement.value)
        joined = any(isinstance(each, ir.Joint) and name in each.over for each in self.program.body)
        if joined or statement.name != name:
            return Range(low=_ZERO)
        return either((self.before(statement, None).sum, just(0)))

    # ---- the lines of a support ----------------------------------------------------------------------------------

    def before(self, support: ir.Support, step: ir.AnyStep | None) -> _Amounts:
        """What the lines of a support can be just before a step, or after the last one."""
        base = either((bounded(self.of(support.base), _ZERO), just(0)))
        most = Fraction(1) if support.list is None else self._most_rows(support.list)
        first = just(0) if any(isinstance(each, ir.Rate) for each in support.steps) else just(1)
        found = _Amounts(base, sums(base, most), first)
        for each in support.steps:
            if each is step:
                break
            if not self.never(each.when):
                after = self._after(each, found, most)
                found = (
                    after
                    if each.when is None
                    else _Amounts(
                        either((found.line, after.line)),
                        either((found.sum, after.sum)),
                        either((found.rate, after.rate)),
                    )
                )
        return found

    def _after(self, step: ir.AnyStep, now: _Amounts, most: Bound) -> _Amounts:
        match step:
            case ir.Ceiling(limit=limit, excess=excess) if limit is not None and excess != "refuses":
                return self._after_ceiling(step, limit, now, most)
            case ir.Rate(rate=expr):
                rate = bounded(self.of(expr), _ZERO)
                return _Amounts(now.line, now.sum, rate if step.where is None else either((now.rate, rate)))
            case ir.Raise() | ir.RateCeiling():
                return _Amounts(now.line, now.sum, self._after_raise(step, now.rate))
            case ir.Apply():
                line = times(now.line, now.rate)
                return _Amounts(line, sums(line, most), now.rate)
            case ir.Scale(factor=expr):
                line = either((now.line, times(now.line, bounded(self.of(expr), _ZERO))))
                return _Amounts(line, sums(line, most), now.rate)
            case ir.Supplement(amount=expr):
                return _Amounts(
                    either((now.line, bounded(self.of(expr), _ZERO))),
                    plus(now.sum, bounded(self.of(expr), _ZERO)),
                    now.rate,
                )
            case ir.RoundLines(step=quantum):
                amount = _on(quantum, _ZERO, _ZERO, None)
                return _Amounts(amount, amount, now.rate)
            case ir.Floor():
                return _Amounts(Range(low=_ZERO), Range(low=_ZERO), now.rate)
            case _:
                return now

    def _after_raise(self, step: ir.Raise | ir.RateCeiling, now: Range) -> Range:
        if isinstance(step, ir.RateCeiling):
            return either((now, bounded(self.of(step.limit), _ZERO)))
        by = self.of(step.by)
        if step.part is not None:
            return Range(low=_ZERO)
        raised = plus(now, by) if step.how == "plus" else times(now, plus(just(1), by))
        raised = bounded(raised, _ZERO)
        return raised if step.where is None else either((now, raised))

    def _after_ceiling(self, step: ir.Ceiling, expr: ir.Expr, now: _Amounts, most: Bound) -> _Amounts:
        limit = bounded(self.of(expr), _ZERO)
        if step.other is not None:
            limit = Range(low=_ZERO)
        if step.scope == "each":
            line = either((now.line, limit))
            return _Amounts(line, sums(line, most), now.rate)
        line = Range(low=_ZERO)
        if step.scope == "together" and step.where is None:
            return _Amounts(line, either((now.sum, limit)), now.rate)
        return _Amounts(line, sums(either((now.sum, limit))), now.rate)


def range_of(each: ir.FieldDef) -> Range:
    """The values that a fact may have by its declaration."""
    dates = (ty.Date, ty.Moment, ty.Year, ty.Month, ty.Period)
    scale = 1 if each.scale is None or isinstance(each.type, dates) else 10**each.scale
    low = 0 if isinstance(each.type, ty.Period) and each.minimum is None else each.minimum
    return Range(
        None,
        Fraction(1, scale),
        _ZERO,
        None if low is None else Fraction(low, scale),
        None if each.maximum is None else Fraction(each.maximum, scale),
    )
