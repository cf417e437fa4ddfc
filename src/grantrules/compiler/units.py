"""
So much for each unit of a time, the largest units first: from prices and a time to core expressions.

Years and months are completed ones by the calendar, as `completed months from A to B` counts them.  What is left after
them are days, counted from the day on which the last of them was complete: from 31 January one month is complete on 1
March.  Seven of the days left are a week.  A time below 0 counts as 0.

What is left over after a larger unit never reaches that unit.  The expressions say so once more, as a limit: it changes
no value, and keeps the bounds narrow while facts are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from grantrules import types as ty
from grantrules.compiler.context import Context, joined
from grantrules.core import ir
from grantrules.source import Span

NAMES = {
    "year": "year", "month": "month", "week": "week", "day": "day",
    "yıl": "year", "ay": "month", "hafta": "week", "gün": "day",
}  # fmt: skip
"""The units of time that a price may be for, as they are written in each language."""

LARGEST_FIRST = ("year", "month", "week", "day")

OF_THE_CALENDAR = ("year", "month")
"""Those that have no fixed number of days."""

# An expression stands in one place only: whoever needs it twice makes it twice.
Made: TypeAlias = Callable[[], ir.Expr]


def of_days(ctx: Context, prices: Mapping[str, ir.Expr], days: Made, span: Span) -> ir.Expr:
    """The prices of the weeks and days of a number of days that is never below 0."""
    return _paid(ctx, prices, _weeks_and_days(ctx, prices, days, span), span)


def between_dates(ctx: Context, prices: Mapping[str, ir.Expr], start: Made, end: Made, span: Span) -> ir.Expr:
    """The prices of the time from a day to another, of which one is counted."""

    def completed(unit: str) -> ir.Expr:
        return ir.Calendar(
            "years_between" if unit == "year" else "months_between",
            (start(), end()),
            type=ty.Number(True), span=span, at=ctx.at(),
        )  # fmt: skip

    def months_of_the_years() -> ir.Expr:
        return _times(ctx, 12, completed("year"), span)

    counts: dict[str, ir.Expr] = {}
    if "year" in prices:
        counts["year"] = completed("year")
    if "month" in prices:
        counts["month"] = completed("month")
        if "year" in prices:
            rest = _minus(ctx, completed("month"), months_of_the_years(), span)
            counts["month"] = clamped(ctx, rest, 11, span)

    def begin() -> ir.Expr:
        """The day from which the days that are left are counted."""
        if not counts:
            return start()
        used = completed("month") if "month" in prices else months_of_the_years()
        one = ctx.const(1, ty.Period("months"), span)
        length = ir.Mul((used, one), type=ty.Period("months"), span=span, at=ctx.at())
        return ir.Calendar(
            "shift_months", (start(), length), month_end="next_day", type=ty.Date(), span=span, at=ctx.at()
        )

    most = 30 if "month" in prices else 365 if "year" in prices else None

    def days() -> ir.Expr:
        left = ir.Calendar("days_between", (begin(), end()), type=ty.Number(True), span=span, at=ctx.at())
        return clamped(ctx, left, most, span)

    return _paid(ctx, prices, counts | _weeks_and_days(ctx, prices, days, span), span)


def _weeks_and_days(
    ctx: Context, prices: Mapping[str, ir.Expr], days: Made, span: Span
) -> dict[str, ir.Expr]:
    if "week" not in prices:
        return {"day": days()}

    def weeks() -> ir.Expr:
        seven = ctx.const(Fraction(7), ty.Number(True), span)
        return whole_part(ctx, ir.Div(days(), seven, type=ty.Number(), span=span, at=ctx.at()), span)

    rest = _minus(ctx, days(), _times(ctx, 7, weeks(), span), span)
    return {"week": weeks(), "day": clamped(ctx, rest, 6, span)}


def _paid(ctx: Context, prices: Mapping[str, ir.Expr], counts: Mapping[str, ir.Expr], span: Span) -> ir.Expr:
    """Each price times the number of its units, added up."""
    terms: list[ir.Expr] = []
    for unit, price in prices.items():
        assert isinstance(price.type, ty.MoneyPer)
        one = ctx.const(Fraction(1), ty.Quantity(price.type.unit), span)
        money = ty.Money(price.type.currency)
        terms.append(ir.Mul((counts[unit], one, price), type=money, span=price.span, at=ctx.at()))
    return ir.Add(tuple((1, term) for term in terms), type=terms[0].type, span=span, at=ctx.at())


def whole_part(ctx: Context, value: ir.Expr, span: Span) -> ir.Expr:
    """A number rounded down to a whole one."""
    return ir.Round(value, "down", Fraction(1), type=ty.Number(), span=span, at=ctx.at())


def clamped(ctx: Context, value: ir.Expr, most: int | None, span: Span) -> ir.Expr:
    """A number that is not below 0, and not above `most`."""
    zero = ctx.const(Fraction(0), value.type, span)
    found: ir.Expr = ir.Extreme("largest", (zero, value), type=value.type, span=span, at=ctx.at())
    if most is None:
        return found
    limit = ctx.const(Fraction(most), value.type, span)
    return ir.Extreme("smallest", (limit, found), type=value.type, span=span, at=ctx.at())


def _times(ctx: Context, factor: int, value: ir.Expr, span: Span) -> ir.Expr:
    number = ctx.const(Fraction(factor), ty.Number(True), span)
    return ir.Mul((number, value), type=value.type, span=span, at=ctx.at())


def _minus(ctx: Context, left: ir.Expr, right: ir.Expr, span: Span) -> ir.Expr:
    kind = joined(left.type, right.type)
    return ir.Add(((1, left), (-1, right)), type=kind, span=span, at=ctx.at())
