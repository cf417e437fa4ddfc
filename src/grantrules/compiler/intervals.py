"""Intervals of written figures: gaps and overlaps of one-column tables, found exactly, without a solver."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from typing import Any, TypeAlias

from attrs import define, evolve, field, frozen

from grantrules import calendars
from grantrules import types as ty
from grantrules.compiler.context import Context, same
from grantrules.compiler.literals import is_literal, literal
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.formats import grouped, period
from grantrules.syntax import tree as syn

INFINITE = float("inf")  # Only ever compared.
WHOLE = (ty.Date, ty.Moment, ty.Year, ty.Month, ty.Period)


@frozen
class Interval:
    """Values from `low` to `high`; `None` has no end; `low_in`, `high_in` say whether the end is inside."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True

    @property
    def empty(self) -> bool:
        """No value is inside."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))


def key_interval(field_: ir.FieldDef | None) -> Interval:
    """The values a key may have: the bounds of its declaration; nothing below zero is assumed."""
    if field_ is None or field_.scale is None:
        return Interval(None, None)
    unit = Fraction(1, 10**field_.scale)
    low = None if field_.minimum is None else field_.minimum * unit
    high = None if field_.maximum is None else field_.maximum * unit
    return Interval(low, high)


Place: TypeAlias = tuple[Any, int]
"""A place on the line: a value, and whether it is just before it (-1), on it (0) or just after it (1)."""


def interval_of(how: str, bound: Fraction) -> Interval | None:
    """The values that a comparison with a figure leaves; `None` if they are no interval."""
    match how:
        case "eq":
            return Interval(bound, bound)
        case "ge":
            return Interval(bound, None)
        case "gt":
            return Interval(bound, None, low_in=False)
        case "le":
            return Interval(None, bound)
        case "lt":
            return Interval(None, bound, high_in=False)
        case _:
            return None


@frozen
class Bounds:
    """The values of one figure that a condition asks for."""

    subject: tuple[str, int]
    name: str
    kind: ty.Type
    interval: Interval


def bounds_of(condition: ir.Expr) -> Bounds | None:
    """What a condition asks of the size of one figure; `None` if it asks for anything else."""
    match condition:
        case ir.And(parts):
            found = [bounds_of(part) for part in parts]
            first, *rest = found
            if first is None:
                return None
            interval = first.interval
            for each in rest:
                if each is None or each.subject != first.subject:
                    return None
                interval = both(interval, each.interval)
            return evolve(first, interval=interval)
        case ir.Compare(how, left, ir.Const(Fraction() | int() as value)) if isinstance(
            left.type, ty.NUMERIC
        ):
            subject = _subject(left)
            interval_ = interval_of(how, Fraction(value))
            if subject is None or interval_ is None:
                return None
            return Bounds(subject, subject[0], left.type, interval_)
        case _:
            return None


def _subject(expr: ir.Expr) -> tuple[str, int] | None:
    match expr:
        case ir.Fact(name) | ir.Ref(name):
            return name, -1
        case ir.Field(ir.Row(var), name):
            return name, var
        case _:
            return None


@define(eq=False)
class Line:
    """The line of all values of a key, and the stretches of it that the rows take."""

    kind: ty.Type
    domain: Interval
    zone: str
    taken: list[tuple[Interval, Any]] = field(factory=list)

    @property
    def whole(self) -> bool:
        """Only whole values exist."""
        return isinstance(self.kind, WHOLE) or (isinstance(self.kind, ty.Number) and self.kind.whole)

    def read(self, ctx: Context, cell: syn.Cell) -> list[Interval] | None:
        """The values a cell takes; `None` if it is not written in figures."""
        match cell:
            case syn.Any():
                return [Interval(None, None)]
            case syn.Range(lower, upper, low_in, high_in):
                low, high = self._figure(ctx, lower), self._figure(ctx, upper)
                if (lower is not None and low is None) or (upper is not None and high is None):
                    return None
                return [self.closed(Interval(low, high, low_in, high_in))]
            case syn.Several(values, False):
                parts = [self.read(ctx, v) for v in values]
                return (
                    None if any(p is None for p in parts) else [i for p in parts if p is not None for i in p]
                )
            case _:
                value = self._figure(ctx, cell)
                return None if value is None else [Interval(value, value)]

    def _figure(self, ctx: Context, node: syn.Node | None) -> Fraction | None:
        if node is None or not is_literal(node):
            return None
        found = literal(ctx, node)
        if found is None:
            return None
        # A year is written like a whole number.
        written = ty.Number(whole=True) if isinstance(self.kind, ty.Year) else self.kind
        return Fraction(found.value) if same(found.type, written) else None

    def closed(self, interval: Interval) -> Interval:
        """Whole values have no open ends, and no ends between two of them."""
        if not self.whole:
            return interval
        low, high = interval.low, interval.high
        if low is not None:
            low = Fraction(ceil(low) if interval.low_in else floor(low) + 1)
        if high is not None:
            high = Fraction(floor(high) if interval.high_in else ceil(high) - 1)
        return Interval(low, high)

    def add(self, intervals: Iterable[Interval], by: Any) -> None:
        """Take some stretches for a row; empty ones are nothing."""
        self.taken += ((interval, by) for interval in intervals if not interval.empty)

    def hidden(self) -> list[tuple[Any, Any]]:
        """Rows whose stretches are all taken by earlier ones, each after one that takes part of them."""
        found = []
        union: list[tuple[Place, Place]] = []
        for by, stretches in self._by_row():
            if union and all(self._covered(union, *s) for s in stretches):
                found.append((self._first_over(stretches), by))
            for stretch in stretches:
                self._unite(union, *stretch)
        return found

    def clashes(self, result: Callable[[Any], Any], most: int) -> list[tuple[Interval, Any, Any]]:
        """Stretches that two rows with different results take, at most so many, with the earlier and the later row."""
        order = {id(by): n for n, (_, by) in enumerate(self.taken)}
        # Of the stretches that are still open, the longest of each result; more than one is a clash already.
        open_: list[tuple[Place, Interval, Any]] = []
        found = []
        for interval, by in sorted(self.taken, key=lambda t: _start(t[0])):
            start, end = _start(interval), _end(interval)
            open_ = [o for o in open_ if o[0] >= start]
            for _, other, before in open_:
                if before is not by and result(before) != result(by):
                    one, two = sorted((before, by), key=lambda row: order[id(row)])
                    found.append((both(other, interval), one, two))
                    if len(found) >= most:
                        return found
            alike = [o for o in open_ if result(o[2]) == result(by)]
            if not alike or alike[0][0] < end:
                open_ = [*(o for o in open_ if o not in alike), (end, interval, by)]
        return sorted(found, key=lambda f: (order[id(f[2])], order[id(f[1])]))

    def gap(self) -> Interval | None:
        """The first stretch of the domain that nothing takes."""
        at, last = _start(self.domain), _end(self.domain)
        for start, end in sorted((_start(i), _end(i)) for i, _ in self.taken):
            if at > last:
                return None
            if start > at:
                return _between(at, min(start, self._after(last)))
            at = max(at, self._after(end))
        return None if at > last else _between(at, self._after(last))

    def _by_row(self) -> Iterator[tuple[Any, list[tuple[Place, Place]]]]:
        for _, group in groupby(self.taken, key=lambda t: id(t[1])):
            stretches = list(group)
            yield stretches[0][1], [(_start(i), _end(i)) for i, _ in stretches]

    def _first_over(self, stretches: list[tuple[Place, Place]]) -> Any:
        start, end = stretches[0]
        return next(by for i, by in self.taken if _start(i) <= end and _end(i) >= start)

    def _after(self, end: Place) -> Place:
        """The first place behind an end."""
        value, side = end
        return (value + 1, 0) if self.whole and value not in (-INFINITE, INFINITE) else (value, side + 1)

    def _covered(self, union: list[tuple[Place, Place]], start: Place, end: Place) -> bool:
        at = bisect_right(union, (start, (INFINITE, 1))) - 1
        return at >= 0 and union[at][1] >= end

    def _unite(self, union: list[tuple[Place, Place]], start: Place, end: Place) -> None:
        """Put a stretch into stretches that neither touch nor overlap, in their order."""
        first = bisect_left(union, (start, start))
        if first and self._after(union[first - 1][1]) >= start:
            first -= 1
        last = first
        while last < len(union) and union[last][0] <= self._after(end):
            start, end = min(start, union[last][0]), max(end, union[last][1])
            last += 1
        union[first:last] = [(start, end)]

    def shown(self, key: str, interval: Interval) -> Words:
        """A key with one value of an interval, for people."""
        low, high = interval.low, interval.high
        if low is not None:
            english, turkish = self._text(low)
            if interval.low_in:
                return Words(f"`{key}` is {english}", f"`{key}` {turkish}")
            return Words(f"`{key}` is just above {english}", f"`{key}` {turkish} değerinin hemen üstünde")
        if high is None:
            return Words(f"`{key}` is anything", f"`{key}` herhangi bir değer")
        english, turkish = self._text(high)
        if interval.high_in:
            return Words(f"`{key}` is {english} or less", f"`{key}` {turkish} ya da altı")
        return Words(f"`{key}` is below {english}", f"`{key}` {turkish} altında")

    def _text(self, value: Fraction) -> tuple[str, str]:
        """A value as it is written in a file, in English and Turkish."""
        match self.kind:
            case ty.Date():
                day = calendars.iso_date(int(value))
                return day, day
            case ty.Month():
                month = calendars.iso_month(int(value))
                return month, month
            case ty.Rate():
                return f"{_plain(value * 100)}%", f"%{_plain(value * 100)}"
            case ty.PercentagePoints():
                return f"{_plain(value * 100)} percentage points", f"{_plain(value * 100)} yüzde puan"
            case ty.Money(currency):
                return f"{_plain(value)} {currency}", f"{_plain(value)} {currency}"
            case ty.MoneyPer(currency, unit):
                return (
                    f"{_plain(value)} {currency} per {unit}",
                    f"{unit} başına {_plain(value)} {currency}",
                )
            case ty.Quantity(unit):
                return f"{_plain(value)} {unit}", f"{_plain(value)} {unit}"
            case ty.Points():
                return f"{_plain(value)} points", f"{_plain(value)} puan"
            case ty.Period("months" | "days" | "hours" | "working days" as unit):
                length = calendars.Period(int(value), unit)
                return period(length, "en"), period(length, "tr")
            case ty.Moment():
                time = self._clock(int(value))
                return time, time
            case ty.Year():
                return str(int(value)), str(int(value))
            case _:
                return _plain(value), _plain(value)

    def _clock(self, moment: int) -> str:
        """A moment as clocks of the programme show it."""
        zone = calendars.zone(self.zone)
        assert zone is not None
        day, seconds = calendars.local_time(moment, zone)
        time = f"{calendars.iso_date(day)} {seconds // 3600:02}:{seconds // 60 % 60:02}"
        return f"{time}:{seconds % 60:02}" if seconds % 60 else time


def _plain(value: Fraction) -> str:
    """A number as it is written in a file: `50 000`, `0.25`."""
    if value < 0:
        return f"-{_plain(-value)}"
    whole, rest = divmod(value, 1)
    decimals = str(int(rest * 10**6)).rjust(6, "0").rstrip("0")
    return grouped(str(whole)) + (f".{decimals}" if decimals else "")


def _start(interval: Interval) -> Place:
    if interval.low is None:
        return -INFINITE, 0
    return interval.low, 0 if interval.low_in else 1


def _end(interval: Interval) -> Place:
    if interval.high is None:
        return INFINITE, 0
    return interval.high, 0 if interval.high_in else -1


def _between(start: Place, stop: Place) -> Interval:
    """From a place up to another that is no longer in it."""
    low = None if start[0] == -INFINITE else start[0]
    high = None if stop[0] == INFINITE else stop[0]
    return Interval(low, high, start[1] <= 0, stop[1] > 0)


def both(one: Interval, two: Interval) -> Interval:
    """The values in both."""
    low, low_in = one.low, one.low_in
    if low is None or (two.low is not None and two.low > low):
        low, low_in = two.low, two.low_in
    elif two.low == low:
        low_in = low_in and two.low_in
    high, high_in = one.high, one.high_in
    if high is None or (two.high is not None and two.high < high):
        high, high_in = two.high, two.high_in
    elif two.high == high:
        high_in = high_in and two.high_in
    return Interval(low, high, low_in, high_in)
