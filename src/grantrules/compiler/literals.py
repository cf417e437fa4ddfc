"""Written figures, dates and codes: from the author's text to an exact value of a type, or a problem."""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Literal

from grantrules import calendars
from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import Context
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.reference import countries, currencies, nace, regions
from grantrules.source import Span
from grantrules.syntax import tree as syn
from grantrules.syntax.engine import is_doubtful_sum, sum_readings

LENGTHS = {
    "year": ("months", 12),
    "month": ("months", 1),
    "week": ("days", 7),
    "day": ("days", 1),
    "hour": ("hours", 1),
    "working day": ("working days", 1),
}


def literal(ctx: Context, node: syn.Node) -> ir.Const | None:
    """The constant a literal stands for; `None` if it is no literal, or wrong (then reported)."""
    found = _literal(ctx, node)
    if found is None:
        return None
    value, kind = found
    return ctx.const(value, kind, node.span)


def is_literal(node: syn.Node) -> bool:
    """Whether a node is a literal."""
    return isinstance(node, LITERALS)


LITERALS = (
    syn.Num, syn.Amount, syn.Percent, syn.PercentagePoints, syn.PointsLit, syn.QuantityLit, syn.Fraction, syn.Day,
    syn.Instant, syn.MonthLit, syn.Length, syn.NaceCode, syn.Truth,
)  # fmt: skip


def _literal(ctx: Context, node: syn.Node) -> tuple[Any, ty.Type] | None:
    match node:
        case syn.Num(text):
            return Fraction(text), ty.Number("." not in text)
        case syn.Amount(text, currency, per):
            if not check_currency(ctx, currency, node.span):
                return None
            return Fraction(text), ty.Money(currency) if per is None else ty.MoneyPer(currency, per)
        case syn.Percent(text):
            return Fraction(text) / 100, ty.Rate()
        case syn.PercentagePoints(text):
            return Fraction(text) / 100, ty.PercentagePoints()
        case syn.PointsLit(text):
            return Fraction(text), ty.Points()
        case syn.QuantityLit(text, unit):
            if unit not in ctx.units and unit not in ctx.lost:
                _unknown_unit(ctx, text, unit, node.span)
                return None
            return Fraction(text), ty.Quantity(unit)
        case syn.Fraction(numerator, denominator):
            if int(denominator) == 0:
                ctx.report(pr.NotAFraction(span=node.span, zero=True))
                return None
            return Fraction(int(numerator), int(denominator)), ty.Number()
        case syn.Day(text):
            day = calendars.parse_date(text)
            if isinstance(day, int):
                return day, ty.Date()
            ctx.report(pr.BadDate(span=node.span, text=text))
            return None
        case syn.Instant(text, zone):
            return _instant(ctx, text, zone, node)
        case syn.MonthLit(text):
            month = calendars.parse_month(text)
            if isinstance(month, int):
                return month, ty.Month()
            ctx.report(pr.BadDate(span=node.span, text=text))
            return None
        case syn.Length(count, unit):
            if not count.isdigit():
                ctx.wrong_kind(node.span, ty.Number(), ty.Number(True))
                return None
            family, size = LENGTHS[unit]
            return int(count) * size, ty.Period(family)
        case syn.NaceCode(text, revision):
            of = revision or ctx.nace_at(node.span)
            code = nace_code(ctx, text, of, node.span)
            return None if code is None else (code, ty.Nace(of))
        case syn.Truth(value):
            return value, ty.YesNo()
        case _:
            return None


def check_currency(ctx: Context, currency: str, span: Span) -> bool:
    """Whether there is such a currency.  One that the head of the programme names is wrong there alone, and taken here."""
    if currencies.known(currency):
        return True
    if currency not in ctx.strange:
        ctx.strange.add(currency)
        slip = currencies.normalise(currency)
        near = () if isinstance(slip, str) else slip.near
        what = Words("a currency", "bir para birimi")
        ctx.report(pr.UnknownZone(span=span, text=currency, what=what, near=near))
    return currency == ctx.currency_at(span)


def unknown_zone(name: str, span: Span) -> pr.UnknownZone:
    """The problem that there is no such time zone, with those that have the same town or look alike."""
    town, zones = name.rpartition("/")[2].casefold(), calendars.zone_names()
    near = [each for each in zones if each.rpartition("/")[2].casefold() == town]
    near = near or get_close_matches(name, zones, 3, 0.8)
    return pr.UnknownZone(
        span=span, text=name, what=Words("a time zone", "bir saat dilimi"), near=tuple(near)
    )


def minor_digits(currency: str) -> int:
    """The decimals of a currency; two where the code is wrong."""
    digits = currencies.minor_digits(currency) if currencies.known(currency) else None
    return 2 if digits is None else digits


def _instant(ctx: Context, text: str, zone: str | None, node: syn.Node) -> tuple[int, ty.Type] | None:
    where = calendars.zone(zone or ctx.zone)
    if where is None:
        ctx.report(unknown_zone(zone or ctx.zone, node.span))
        return None
    found = calendars.parse_moment(text, where)
    if isinstance(found, int):
        return found, ty.Moment()
    clocks = isinstance(found, calendars.MomentSlip)
    ctx.report(pr.BadDate(span=node.span, text=text, clocks=clocks))
    return None


def nace_code(ctx: Context, text: str, revision: str, span: Span) -> str | None:
    """A NACE code in its canonical form."""
    code = nace.normalise(text, "2.1" if revision == "2.1" else "2")
    if isinstance(code, str):
        return code
    of = Words(f"code of NACE Rev. {revision}", f"bir NACE Rev. {revision} kodu")
    other: Literal["2", "2.1"] = "2" if revision == "2.1" else "2.1"
    elsewhere = other if isinstance(nace.normalise(text, other), str) else ""
    ctx.report(pr.UnknownCode(span=span, name=text, of=of, near=code.near, other=elsewhere))
    return None


# What currencies and shares are called where they have no code and no sign.
_CALLED = {
    "tl": "TRY", "lira": "TRY", "liras": "TRY", "euro": "EUR", "euros": "EUR", "avro": "EUR", "dollar": "USD",
    "dollars": "USD", "dolar": "USD", "pound": "GBP", "pounds": "GBP", "sterlin": "GBP", "sterling": "GBP",
    "percent": "%", "pct": "%", "per": "%",
}  # fmt: skip


def _unknown_unit(ctx: Context, text: str, unit: str, span: Span) -> None:
    """Report a number of something that no fact is measured in."""
    code, near = _CALLED.get(unit.lower()), ctx.near(unit, ctx.units)
    readings: tuple[str, ...] = ()
    if code == "%":
        readings = (f"%{text}" if ctx.language_at(span) == "tr" else f"{text}%",)
    elif code is not None:
        readings = sum_readings(text, code) if is_doubtful_sum(text, code) else (f"{text} {code}",)
    elif near:
        readings = (f"{text} {near}",)
    written = ", ".join(f"`{reading}`" for reading in readings)
    ctx.report(pr.UnknownUnit(span=span, unit=unit, written=written, number=text))


def unknown_code(ctx: Context, text: str, span: Span, kind: ty.Type) -> None:
    """Report a name that is no code of a country, a region or NACE."""
    match kind:
        case ty.Country():
            of, slip = Words("country code", "bir ülke kodu"), countries.normalise(text)
        case ty.Region():
            of, slip = Words("region code", "bir bölge kodu"), regions.normalise(text)
        case _:
            of, slip = Words("code of NACE", "bir NACE kodu"), text
    near = () if isinstance(slip, str) else slip.near
    ctx.report(pr.UnknownCode(span=span, name=text, of=of, near=near))


def value_of_type(ctx: Context, node: syn.Node, kind: ty.Type) -> Any | None:
    """
    The constant that a name or literal stands for where a value of `kind` is expected: a value of the choice, a country,
    a region, a NACE code.  `None` if the node is no such thing (nothing is reported).
    """
    match kind, node:
        case ((ty.Choice(of, values) | ty.Choices(of, values)), syn.Name(text)):
            if text in values:
                return text
            return ctx.choices[of].also.get(text) if of in ctx.choices else None
        case ty.Country(), syn.Name(text):
            return text if countries.known(text) else None
        case ty.Region(), syn.Name(text):
            return text if regions.known(text) else None
        case _:
            return None
