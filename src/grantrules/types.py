"""
The types of the language.

Every type says how its values are held in `Facts` and inside evaluators (the *raw* form):
numbers of all kinds are exact rationals, held as an integer of a declared scale where one is known; a date is an
ordinal day, a moment is seconds since 1970 in UTC, a period is a count of its unit; a yes/no is a `bool`; a choice, a
code, a country, a region and a text are `str`; several choices are a `frozenset` of `str`; a record is a tuple of raw
values in the order of its fields; a list is a list of such tuples.  `None` is *absent* (not applicable); `UNKNOWN`
(see `core.schema`) is a fact not given yet.
"""

from __future__ import annotations

from typing import TypeAlias, Union

from attrs import frozen

from grantrules.diagnostics import Words


@frozen
class YesNo:
    """`yes/no`."""


@frozen
class Number:
    """A plain number: a count where `whole`."""

    whole: bool = False


@frozen
class Money:
    """An amount in one currency."""

    currency: str


@frozen
class MoneyPer:
    """So much money for each unit: `money per tonne`."""

    currency: str
    unit: str


@frozen
class Quantity:
    """A number of units: kWh, m², tonne."""

    unit: str


@frozen
class Rate:
    """A share of something: `70%` is 0.7."""


@frozen
class PercentagePoints:
    """A difference between rates: `15 percentage points` is 0.15."""


@frozen
class Points:
    """Points of a score."""


@frozen
class Date:
    """A day."""


@frozen
class Moment:
    """A point in time, exact to the second."""


@frozen
class Year:
    """A calendar year, a whole number."""


@frozen
class Month:
    """A month of a year: 12 * year + (month - 1)."""


@frozen
class Period:
    """A length of time in one family: months (years are 12), days (weeks are 7), hours, working days."""

    unit: str = "months"


@frozen
class Text:
    """Text that is only compared for equality."""


@frozen
class Choice:
    """One of the values declared at `of` (the path of the declaration, such as `member.kind`)."""

    of: str
    values: tuple[str, ...]


@frozen
class Choices:
    """Some of the values declared at `of`."""

    of: str
    values: tuple[str, ...]


@frozen
class Nace:
    """A code of the classification of economic activities, of one revision ("2" or "2.1")."""

    revision: str


@frozen
class Country:
    """A country, ISO 3166-1 alpha-2."""


@frozen
class Region:
    """A region, NUTS code."""


@frozen
class Record:
    """The values of one declared record."""

    name: str


@frozen
class List:
    """A list of records."""

    record: str


Type: TypeAlias = Union[
    YesNo, Number, Money, MoneyPer, Quantity, Rate, PercentagePoints, Points, Date, Moment, Year, Month, Period, Text,
    Choice, Choices, Nace, Country, Region, Record, List,
]  # fmt: skip

NUMERIC = (
    Number,
    Money,
    MoneyPer,
    Quantity,
    Rate,
    PercentagePoints,
    Points,
    Date,
    Moment,
    Year,
    Month,
    Period,
)
CODES = (Nace, Country, Region)

_WORDS: dict[type, Words] = {
    YesNo: Words("yes or no", "evet ya da hayır"),
    Number: Words("a number", "bir sayı"),
    Rate: Words("a percentage", "bir yüzde"),
    PercentagePoints: Words("percentage points", "yüzde puan"),
    Points: Words("points of a score", "puan"),
    Date: Words("a date", "bir tarih"),
    Moment: Words("a moment (date and time)", "bir an (tarih ve saat)"),
    Year: Words("a year", "bir yıl"),
    Month: Words("a month of a year", "bir yılın ayı"),
    Text: Words("a text", "bir metin"),
    Choice: Words("one of the listed values", "sayılan değerlerden biri"),
    Choices: Words("some of the listed values", "sayılan değerlerden birkaçı"),
    Country: Words("a country", "bir ülke"),
    Region: Words("a region", "bir bölge"),
}
_UNITS = {
    "months": Words("a period of years and months", "yıl ve ay olarak bir süre"),
    "days": Words("a period of days", "gün olarak bir süre"),
    "hours": Words("a period of hours", "saat olarak bir süre"),
    "working days": Words("a period of working days", "iş günü olarak bir süre"),
}


def described(kind: Type) -> Words:
    """What a value of this type is, in the officer's words."""
    match kind:
        case Number(whole=True):
            return Words("a whole number", "bir tam sayı")
        case Money(currency):
            return Words(f"money in {currency}", f"{currency} olarak para")
        case MoneyPer(currency, unit):
            return Words(f"money in {currency} per {unit}", f"{unit} başına {currency} olarak para")
        case Quantity(unit):
            return Words(f"a quantity in {unit}", f"{unit} olarak bir miktar")
        case Period(unit):
            return _UNITS[unit]
        case Nace(revision):
            return Words(f"a NACE code (Rev. {revision})", f"bir NACE kodu (Rev. {revision})")
        case Record(name):
            return Words(f"a record `{name}`", f"bir `{name}` kaydı")
        case List(record):
            return Words(f"a list of `{record}`", f"bir `{record}` listesi")
        case _:
            return _WORDS[type(kind)]


_WRITTEN: dict[type, Words] = {
    YesNo: Words("yes", "evet"),
    Rate: Words("70%", "%70"),
    PercentagePoints: Words("15 percentage points", "15 yüzde puan"),
    Points: Words("10 points", "10 puan"),
    Date: Words("2023-09-04", "2023-09-04"),
    Moment: Words("2023-09-04 17:00", "2023-09-04 17:00"),
    Month: Words("month 2026-03", "2026-03 ayı"),
    Nace: Words("NACE 32.50", "NACE 32.50"),
}
_LENGTHS = {
    "months": Words("2 years", "2 yıl"),
    "days": Words("30 days", "30 gün"),
    "hours": Words("36 hours", "36 saat"),
    "working days": Words("10 working days", "10 iş günü"),
}


def written(kind: Type) -> Words | None:
    """How a value of this type may be written in a rule file; `None` where that depends on its declaration."""
    match kind:
        case Number(whole):
            return Words("20", "20") if whole else Words("2.5", "2.5")
        case Money(currency):
            return Words(f"1 000 {currency}", f"1 000 {currency}")
        case MoneyPer(currency, unit):
            return Words(f"3 {currency} per {unit}", f"{unit} başına 3 {currency}")
        case Quantity(unit):
            return Words(f"12 {unit}", f"12 {unit}")
        case Period(unit):
            return _LENGTHS[unit]
        case _:
            return _WRITTEN.get(type(kind))
