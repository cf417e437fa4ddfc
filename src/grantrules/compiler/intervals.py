"""Intervals of written figures: gaps and overlaps of one-column tables, found exactly, without a solver."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import define, field, frozen

from grantrules import calendars
from grantrules import types as ty
from grantrules.compiler.context import Context, same
from grantrules.compiler.literals import is_literal, literal
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.syntax import tree as syn

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


@define(eq=False)
class Line:
    """The line of all values of a key, and what has been put on it so far."""

    kind: ty.Type
    domain: Interval
    taken: list[tuple[Interval, Any]] = field(factory=list)

    @property
    def whole(self) -> bool:
        """Only whole values exist."""
        return isinstance(self.kind, WHOLE) or (isinstance(self.kind, ty.Number) and self.kind.whole)

    def read(self, ctx: Context, cell: syn.Cell) -> list[Interval] | None:
        """The values a cell takes; `None` if it is not written in figures."""
        match cell:
            case syn.Range(lower, upper, low_in, high_in):
                low, high = self._figure(ctx, lower), self._figure(ctx, upper)
                if (lower is not None and low is None) or (upper is not None and high is None):
                    return None
                return [self._closed(Interval(low, high, low_in, high_in))]
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
        if found is None or not same(found.type, self.kind):
            return None
        return Fraction(found.value)

    def _closed(self, interval: Interval) -> Interval:
        """Whole values have no open ends."""
        if not self.whole:
            return interval
        low, high = interval.low, interval.high
        if low is not None and not interval.low_in:
            low += 1
        if high is not None and not interval.high_in:
            high -= 1
        return Interval(low, high)

    def overlapping(self, interval: Interval) -> tuple[Interval, Any] | None:
        """A stretch that is already taken, and by what."""
        for taken, by in self.taken:
            shared = both(taken, interval)
            if not shared.empty:
                return shared, by
        return None

    def covers(self, interval: Interval) -> bool:
        """Everything in an interval is taken."""
        return self._first_free(interval) is None

    def add(self, interval: Interval, by: Any) -> None:
        """Take an interval."""
        self.taken.append((interval, by))

    def gap(self) -> Interval | None:
        """The first stretch of the domain that nothing takes."""
        return self._first_free(self.domain)

    def _first_free(self, within: Interval) -> Interval | None:
        position, inside = within.low, within.low_in
        ordered = sorted(
            (i for i, _ in self.taken if not i.empty),
            key=lambda i: (i.low is not None, i.low if i.low is not None else 0, not i.low_in),
        )
        for interval in ordered:
            if self._beyond(position, inside, within):
                return None
            if not self._reaches(interval, position, inside):
                free = both(Interval(position, interval.low, inside, not interval.low_in), within)
                if not free.empty and not (self.whole and self._hollow(free)):
                    return free
            if interval.high is None:
                return None
            further = position is None or (interval.high, interval.high_in) >= (position, not inside)
            if further:
                if self.whole:
                    position, inside = interval.high + 1, True
                else:
                    position, inside = interval.high, not interval.high_in
        if self._beyond(position, inside, within):
            return None
        free = Interval(position, within.high, inside, within.high_in)
        return None if free.empty else free

    def _hollow(self, free: Interval) -> bool:
        if free.low is None or free.high is None:
            return False
        low = free.low if free.low_in else free.low + 1
        high = free.high if free.high_in else free.high - 1
        return low > high

    def _reaches(self, interval: Interval, position: Fraction | None, inside: bool) -> bool:
        if interval.low is None:
            return True
        if position is None:
            return False
        return interval.low < position or (interval.low == position and (interval.low_in or not inside))

    def _beyond(self, position: Fraction | None, inside: bool, within: Interval) -> bool:
        if position is None or within.high is None:
            return False
        return position > within.high or (position == within.high and not (inside and within.high_in))

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
        if interval.high_in and not self.whole:
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
            case ty.Period("months"):
                years, months = divmod(int(value), 12)
                if months:
                    return f"{int(value)} months", f"{int(value)} ay"
                return f"{years} years", f"{years} yıl"
            case ty.Year():
                return str(int(value)), str(int(value))
            case _:
                return _plain(value), _plain(value)


def _plain(value: Fraction) -> str:
    """A number as it is written in a file: `50 000`, `0.25`."""
    if value < 0:
        return f"-{_plain(-value)}"
    whole, rest = divmod(value, 1)
    decimals = str(int(rest * 10**6)).rjust(6, "0").rstrip("0")
    return f"{int(whole):,}".replace(",", " ") + (f".{decimals}" if decimals else "")


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
