"""
Values of the core as people, programs and JSON take them.

Inside evaluators a number is a `Fraction` and a date an ordinal; outside, an amount is `Money`, a date is a `date`, a
period a `Period`.  Nothing is rounded on the way: an amount with no finite decimal form becomes `UnroundedMoney`, and
in JSON the text of a fraction, `1000000/3`.  A value that is not decided becomes a `Range` where it has bounds to show,
else `UNKNOWN`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias, Union, cast

from attrs import frozen

from grantrules import calendars, formats
from grantrules import types as ty
from grantrules.calendars import Period, PeriodUnit
from grantrules.core import ir
from grantrules.core.ir import UNKNOWN
from grantrules.evaluate.outcome import Undecided
from grantrules.quantities import Money, decimal_places, decimal_text
from grantrules.reference import countries, regions

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@frozen
class UnroundedMoney:
    """An exact amount that no number of decimals writes, such as a third of 100 TRY: a step before its rounding."""

    fraction: Fraction
    currency: str

    @property
    def amount(self) -> str:
        """The amount as a fraction: `"100/3"`."""
        return str(self.fraction)

    def as_json(self) -> dict[str, str]:
        """`{"amount": "100/3", "currency": "TRY"}`."""
        return {"amount": self.amount, "currency": self.currency}

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


Amount: TypeAlias = Union[Money, UnroundedMoney]


@frozen
class Range:
    """
    The lowest and the highest value a figure can still take while facts are missing; `None` where there is no bound.

    Every completion of the facts gives a value within it.
    """

    lowest: Any
    highest: Any

    def __contains__(self, value: Any) -> bool:
        return (self.lowest is None or self.lowest <= value) and (
            self.highest is None or value <= self.highest
        )

    def __str__(self) -> str:
        return f"{_bound(self.lowest)} to {_bound(self.highest)}"


def _bound(value: Any) -> str:
    return "no bound" if value is None else str(value)


@frozen
class MoneyPer:
    """An exact price: so much money for each unit."""

    money: Amount
    per: str

    def __str__(self) -> str:
        return f"{self.money} per {self.per}"


@frozen
class Quantity:
    """An exact number of units, such as 12 tonnes."""

    amount: Fraction
    unit: str

    def __str__(self) -> str:
        return f"{number_text(self.amount)} {self.unit}"


def money(value: Fraction | int, currency: str) -> Amount:
    """An exact amount, as `Money` where decimals can write it."""
    value = Fraction(value)
    if decimal_places(value) is None:
        return UnroundedMoney(value, currency)
    return Money.from_fraction(value, currency)


def number_text(value: Fraction | int) -> str:
    """An exact number in ASCII: `2.5`, `12`, or `1/3` where no decimal is exact."""
    value = Fraction(value)
    places = decimal_places(value)
    if places is None:
        return str(value)
    return decimal_text(value.numerator * (10**places // value.denominator), places)


# ---- Python ------------------------------------------------------------------------------------------------------


def public(value: Any, kind: ty.Type, program: ir.Program) -> Any:
    """
    A value as users of the library take it.

    Returns:
        `bool`, `int` (whole numbers, years), `Fraction` (other numbers, rates: 70% is 7/10), `Money`, `MoneyPer`,
        `Quantity`, `date`, `datetime` (in the programme's zone), `Period`, `str` (choices, codes, months as
        `2026-03`), `frozenset` of `str`; `None` for what does not apply; for what is not decided a `Range`, or
        `UNKNOWN`.
    """
    if value is None or value is UNKNOWN:
        return value
    if isinstance(value, Undecided):
        if not isinstance(kind, ty.NUMERIC) or (value.lowest is None and value.highest is None):
            return UNKNOWN
        return Range(
            *(None if b is None else public(b, kind, program) for b in (value.lowest, value.highest))
        )
    match kind:
        case ty.Money(currency):
            return money(value, currency)
        case ty.MoneyPer(currency, unit):
            return MoneyPer(money(value, currency), unit)
        case ty.Quantity(unit):
            return Quantity(Fraction(value), unit)
        case ty.Number(whole=True) | ty.Year():
            return int(value)
        case ty.Number() | ty.Rate() | ty.PercentagePoints() | ty.Points():
            return Fraction(value)
        case ty.Date():
            return (
                dt.date.fromordinal(value)
                if 0 < value <= dt.date.max.toordinal()
                else calendars.iso_date(value)
            )
        case ty.Moment():
            return _moment(value, program)
        case ty.Month():
            return calendars.iso_month(value)
        case ty.Period(unit):
            return Period(int(value), cast("PeriodUnit", unit))
        case _:
            return value


def _moment(value: int, program: ir.Program) -> dt.datetime | str:
    try:
        return dt.datetime.fromtimestamp(value, dt.UTC).astimezone(_zone(program))
    except (OverflowError, ValueError, OSError):  # Beyond the years Python counts.
        return calendars.iso_moment(value, _zone(program))


def _zone(program: ir.Program) -> ZoneInfo:
    for name in (program.zone, "UTC"):
        zone = calendars.zone(name) if name else None
        if zone is not None:
            return zone
    raise LookupError("The time zone data of this installation has no UTC.")


# ---- JSON --------------------------------------------------------------------------------------------------------


def as_json(value: Any, kind: ty.Type, program: ir.Program) -> Any:
    """
    A value as plain JSON data without floats: numbers that may have decimals are texts.

    Null is what does not apply.  What is not decided is `{"lowest": …, "highest": …}` for numbers of every kind, null
    standing for no bound, and `{"undecided": true}` for anything else.
    """
    if value is None:
        return None
    if isinstance(value, Undecided) and isinstance(kind, ty.NUMERIC):
        return {
            end: None if bound is None else as_json(bound, kind, program)
            for end, bound in (("lowest", value.lowest), ("highest", value.highest))
        }
    if isinstance(value, Undecided) or value is UNKNOWN:
        return {"undecided": True}
    match kind:
        case ty.Money(currency):
            return money(value, currency).as_json()
        case ty.MoneyPer(currency, unit):
            return {**money(value, currency).as_json(), "per": unit}
        case ty.Quantity(unit):
            return {"amount": number_text(value), "unit": unit}
        case ty.Number(whole=True) | ty.Year():
            return int(value)
        case ty.Number() | ty.Points():
            return number_text(value)
        case ty.Rate():
            return f"{number_text(100 * Fraction(value))}%"
        case ty.PercentagePoints():
            return number_text(100 * Fraction(value))
        case ty.Choices():
            return sorted(value)
        case ty.Date() | ty.Moment() | ty.Month() | ty.Period():
            return _time_as_json(value, kind, program)
        case _:
            return value


def _time_as_json(value: int, kind: ty.Type, program: ir.Program) -> str:
    match kind:
        case ty.Date():
            return calendars.iso_date(value)
        case ty.Month():
            return calendars.iso_month(value)
        case ty.Period(unit):
            return Period(int(value), cast("PeriodUnit", unit)).as_json()
        case _:
            return calendars.iso_moment(value, _zone(program))


# ---- people ------------------------------------------------------------------------------------------------------


def titled(titles: Mapping[str, str], name: str, language: str) -> str:
    """The title in the language, else the name with its underscores as spaces."""
    return titles.get(language) or name.replace("_", " ")


def about_title(about: ir.About, language: str, own: str) -> str:
    """The title of a statement in the language, else in the programme's own, else its name."""
    return about.titles.get(language) or titled(about.titles, about.name, own)


def as_text(value: Any, kind: ty.Type, program: ir.Program, language: str) -> str:
    """A decided value as people read it; a choice by its title."""
    match kind:
        case ty.YesNo():
            return formats.yes_no(bool(value), language)
        case ty.Choice(of):
            return choice_title(program, of, value, language)
        case ty.Choices(of, listed):
            chosen = [choice_title(program, of, v, language) for v in listed if v in value]
            return formats.all_of(chosen, language) or ("hiçbiri" if language == "tr" else "none")
        case ty.Nace():
            return f"NACE {value}"
        case ty.Country() | ty.Region():
            name = (countries if isinstance(kind, ty.Country) else regions).name(value, language)
            return f"{name} ({value})" if name else str(value)
        case ty.Date() | ty.Moment() | ty.Month() | ty.Year() | ty.Period():
            return _time_as_text(value, kind, program, language)
        case _ if isinstance(kind, ty.NUMERIC):
            return _number_as_text(value, kind, language)
        case _:
            return str(value)


_MOST_DECIMALS = 18  # Of a value that decimals write exactly; a longer one is shown as a fraction.


def _number_as_text(value: Fraction, kind: ty.Type, language: str) -> str:
    places = decimal_places(Fraction(value))
    most = max(places, formats.MAX_DECIMALS) if places and places <= _MOST_DECIMALS else formats.MAX_DECIMALS
    match kind:
        case ty.Money(currency):
            return formats.amount(value, currency, language, most)
        case ty.MoneyPer(currency, unit):
            return formats.price(value, currency, unit, language, most)
        case ty.Quantity(unit):
            return f"{formats.number(value, language, most)} {unit.replace('_', ' ')}"
        case ty.Rate():
            return formats.percent(value, language, most)
        case ty.PercentagePoints():
            return formats.percentage_points(value, language, most)
        case _:
            return formats.number(value, language, most)


def _time_as_text(value: int, kind: ty.Type, program: ir.Program, language: str) -> str:
    match kind:
        case ty.Date():
            return formats.date(value, language)
        case ty.Month():
            return formats.month(value, language)
        case ty.Year():
            return str(int(value))
        case ty.Period(unit):
            return formats.period(Period(int(value), cast("PeriodUnit", unit)), language)
        case _:
            return formats.moment(value, _zone(program), language)


def choice_title(program: ir.Program, of: str, value: str, language: str) -> str:
    """The title of one value of a choice in a language, else in that of the programme, else its name in words."""
    declared = program.choices.get(of)
    titles = declared.titles.get(value, {}) if declared else {}
    return titles.get(language) or titles.get(program.language) or value.replace("_", " ")
