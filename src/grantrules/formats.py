"""
Values as people read them, in English and Turkish.

What is written is exact. A number with no finite decimal form is written as a fraction, and a decimal beside
it says that it is only near: `1/3 (about 0.333333)`. Nothing is rounded without a word.

English and Turkish differ in the signs for thousands and decimals, and in where the percent sign stands:
`2,450,000.00 TRY` and `70%`, `2.450.000,00 TRY` and `%70`. The currency is always its code behind the amount:
signs such as $ do not say which currency is meant. A language other than `tr` is written as English.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from grantrules import calendars
from grantrules.calendars import Period
from grantrules.quantities import Money, decimal_places, decimal_text, half_even_units
from grantrules.reference import currencies

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MAX_DECIMALS = 6
"""A number that needs more decimals than this is written as a fraction, unless a caller says otherwise."""

# A fraction of longer numbers says nothing to a reader; only the nearest decimal is then written.
_LONGEST_PART = 10**12

_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS_TR = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran",
    "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
_PERIODS_TR = {"years": "yıl", "months": "ay", "days": "gün", "hours": "saat", "working days": "iş günü"}


# ------------------------------------------------------------------------------------------------ numbers


def number(
    value: Fraction | int, language: str, max_decimals: int = MAX_DECIMALS, min_decimals: int = 0
) -> str:
    """
    A number with thousands marked: `1,234.5`, in Turkish `1.234,5`.

    One that needs more than `max_decimals` decimals: `1/3 (about 0.333333)`, `1/3 (yaklaşık 0,333333)`.
    """
    value = Fraction(value)
    places = decimal_places(value)
    if places is not None and places <= max_decimals:
        return _decimal(value, max(places, min_decimals), language)
    near = _nearest(value, max_decimals)
    return _beside(value, _decimal(near, max_decimals, language) if near else "", language)


def money(value: Money, language: str) -> str:
    """An amount: `2,450,000.00 TRY`, in Turkish `2.450.000,00 TRY`; every decimal it has is written."""
    return f"{_localised(value.amount, language)} {value.currency}"


def amount(value: Fraction | int, currency: str, language: str, max_decimals: int = MAX_DECIMALS) -> str:
    """
    An exact amount that may not be rounded yet, in units of the currency: `1/3 (about 0.333333) TRY`.

    In decimals it has at least those of the currency, as `money` writes it: `5.00 TRY`.
    """
    coins = (currencies.minor_digits(currency) or 0) if currencies.known(currency) else 0
    return f"{number(value, language, max(max_decimals, coins), coins)} {currency}"


def price(
    value: Fraction | int, currency: str, unit: str, language: str, max_decimals: int = MAX_DECIMALS
) -> str:
    """So much money for each unit: `3.00 EUR per tonne`, in Turkish `tonne başına 3,00 EUR`."""
    paid, one = amount(value, currency, language, max_decimals), unit.replace("_", " ")
    return f"{one} başına {paid}" if language == "tr" else f"{paid} per {one}"


def percent(rate: Fraction | int, language: str, max_decimals: int = MAX_DECIMALS) -> str:
    """A rate: 7/10 is `70%`, in Turkish `%70`; 1/3 is `1/3 (about 33.333333%)`, `1/3 (yaklaşık %33,333333)`."""
    rate = Fraction(rate)
    places = decimal_places(100 * rate)
    if places is not None and places <= max_decimals:
        return _with_sign(_decimal(100 * rate, places, language), language)
    near = _nearest(100 * rate, max_decimals)
    return _beside(
        rate, _with_sign(_decimal(near, max_decimals, language), language) if near else "", language
    )


def percentage_points(difference: Fraction | int, language: str, max_decimals: int = MAX_DECIMALS) -> str:
    """A difference between rates, 15/100 being `15 percentage points`, in Turkish `15 yüzde puan`."""
    value = 100 * Fraction(difference)
    noun = (
        "yüzde puan" if language == "tr" else "percentage point" if abs(value) == 1 else "percentage points"
    )
    return f"{number(value, language, max_decimals)} {noun}"


def points(value: Fraction | int, language: str, max_decimals: int = MAX_DECIMALS) -> str:
    """Points of a score: `15 points`, in Turkish `15 puan`."""
    noun = "puan" if language == "tr" else "point" if abs(value) == 1 else "points"
    return f"{number(value, language, max_decimals)} {noun}"


def _nearest(value: Fraction, places: int) -> Fraction:
    return Fraction(half_even_units(value.numerator * 10**places, value.denominator), 10**places)


def _beside(exact: Fraction, near: str, language: str) -> str:
    """A fraction with the nearest decimal beside it; one of the two is left out if it would say nothing."""
    about = f"{'yaklaşık' if language == 'tr' else 'about'} {near}"
    if not near:  # It would be zero, which the value is not.
        return str(exact)
    if max(abs(exact.numerator), exact.denominator) > _LONGEST_PART:
        return about
    return f"{exact} ({about})"


def _with_sign(digits: str, language: str) -> str:
    """Digits with the percent sign, a minus before both: `-%5`."""
    if language != "tr":
        return f"{digits}%"
    return f"-%{digits[1:]}" if digits.startswith("-") else f"%{digits}"


def _decimal(value: Fraction, places: int, language: str) -> str:
    """A value that has a decimal form of so many places."""
    return _localised(decimal_text(value.numerator * (10**places // value.denominator), places), language)


def _localised(digits: str, language: str) -> str:
    """`-1234.50` with its thousands marked and the signs of the language."""
    whole, point, part = digits.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    thousands, decimal = (".", ",") if language == "tr" else (",", ".")
    return f"{sign}{grouped(whole, thousands)}{decimal if point else ''}{part}"


def grouped(digits: str, mark: str = " ") -> str:
    """
    The digits of a whole number with its thousands marked, as a rule file does by a space.

    >>> grouped("1234567")
    '1 234 567'
    """
    digits = digits.lstrip("0") or "0"
    first = len(digits) % 3 or 3
    return mark.join((digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))))


# ------------------------------------------------------------------------------------------------ time


def date(ordinal: int, language: str) -> str:
    """A day: `4 September 2023`, in Turkish `4 Eylül 2023`."""
    year, number_of_month, day = calendars.civil(ordinal)
    return f"{day} {_month_name(number_of_month, language)} {year}"


def month(month_: int, language: str) -> str:
    """A month as `calendars.month_of` counts it: `March 2026`, in Turkish `Mart 2026`."""
    return f"{_month_name(month_ % 12 + 1, language)} {month_ // 12}"


def moment(epoch: int, zone: ZoneInfo, language: str) -> str:
    """
    A moment in the time of a zone: `29 August 2023, 23:00 (Europe/Istanbul)`.

    Seconds are written if there are any. So is the offset from UTC, where clocks showed the time twice and
    only the offset tells which one is meant.
    """
    ordinal, seconds = calendars.local_time(epoch, zone)
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if seconds % 60:
        time += f":{seconds % 60:02}"
    twice = calendars.moment(ordinal, seconds, zone) is calendars.MomentSlip.TWICE
    offset = f", UTC{calendars.iso_moment(epoch, zone)[19:]}" if twice else ""
    return f"{date(ordinal, language)}, {time} ({zone.key}{offset})"


def period(value: Period, language: str, *, in_months: bool = False) -> str:
    """A period: `5 years`, in Turkish `5 yıl`; with `in_months`, whole years as months too: `60 months`."""
    count, unit = (value.count, value.unit) if in_months else value.spoken()
    if language == "tr":
        return f"{count} {_PERIODS_TR[unit]}"
    return f"{count} {unit[:-1] if abs(count) == 1 else unit}"


def _month_name(number_of_month: int, language: str) -> str:
    return (_MONTHS_TR if language == "tr" else _MONTHS_EN)[number_of_month - 1]


# ------------------------------------------------------------------------------------------------ words


def yes_no(value: bool, language: str) -> str:  # noqa: FBT001 - It is the value that is written.
    """`yes` or `no`, in Turkish `evet` or `hayır`."""
    if language == "tr":
        return "evet" if value else "hayır"
    return "yes" if value else "no"


def all_of(items: Sequence[str], language: str) -> str:
    """`a, b and c`, in Turkish `a, b ve c`; empty for no items."""
    return _listing(items, "ve" if language == "tr" else "and")


def any_of(items: Sequence[str], language: str) -> str:
    """`a, b or c`, in Turkish `a, b veya c`; empty for no items."""
    return _listing(items, "veya" if language == "tr" else "or")


def _listing(items: Sequence[str], conjunction: str) -> str:
    *first, last = items or [""]
    return f"{', '.join(first)} {conjunction} {last}" if first else last
