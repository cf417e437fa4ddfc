"""
Days, moments, time zones and periods.

A day is its ordinal, the number of days since 31 December of the year 0 (`datetime.date.toordinal`). A moment
is a number of seconds since 1 January 1970, 00:00 UTC. Both are plain integers, so comparing and counting
need no library. They never run out either: arithmetic beyond the years 1 to 9999 goes on with the same
calendar, which repeats every 400 years.

Zones come from the `tzdata` package and never from the host, so that every system gives the same digits. A
decision record can name the edition (`tzdata_version`).

Nothing here asks what time it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""The years that a written date may have. A year beyond them is a slip of the pen in a grant programme."""

SECONDS_OF_DAY = 86_400

_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_LAST_ORDINAL = dt.date.max.toordinal()
_FIRST = dt.datetime(1, 1, 1)  # noqa: DTZ001 - The zone is put in where it is used.
_MONTH_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class DateSlip(Enum):
    """Why a text is not a date, month or moment that this library reads. The value says it in English."""

    EMPTY = "empty"
    BLANKS = "blanks at the beginning or the end"
    NON_ASCII_DIGITS = "digits other than 0 to 9"
    DAY_FIRST = "the day or the month first"
    NO_HYPHENS = "no hyphens between year, month and day"
    WEEK_DATE = "a week instead of a month"
    NO_DAY = "no day"
    HAS_TIME = "a time where only a date belongs"
    NO_TIME = "no time where one belongs"
    NO_SUCH_MONTH = "a month that does not exist"
    NO_SUCH_DAY = "a day that does not exist"
    NO_SUCH_TIME = "a time that does not exist"
    FRACTION_OF_A_SECOND = "a fraction of a second"
    BAD_OFFSET = "an offset from UTC that does not exist"
    YEAR_OUT_OF_RANGE = "a year before 1900 or after 2200"
    NOT_A_DATE = "not a date"


class MomentSlip(Enum):
    """Why a local time does not name one moment: on that day clocks were changed."""

    SKIPPED = "a time that the clocks skipped"
    TWICE = "a time that the clocks showed twice"


class PeriodSlip(Enum):
    """Why a text is not a period that this library reads. The value says it in English."""

    EMPTY = "empty"
    BLANKS = "blanks at the beginning or the end"
    NON_ASCII_DIGITS = "digits other than 0 to 9"
    MIXED = "units that do not add up to one length of time"
    NEGATIVE = "a negative period"
    FRACTION = "a fraction"
    MINUTES = "minutes or seconds"
    TOO_LONG = "a period that is too long"
    NOT_A_PERIOD = "not a period"


class MonthEnd(Enum):
    """What happens when a month arrived at has no such day, as for 31 January plus one month."""

    REFUSED = "refused"
    LAST_DAY = "last_day"
    """The last day of that month: 28 February."""

    NEXT_DAY = "next_day"
    """The day after the last day of that month: 1 March."""


# ------------------------------------------------------------------------------------------------ days


def civil(ordinal: int) -> tuple[int, int, int]:
    """Year, month (1 to 12) and day of a day."""
    if 0 < ordinal <= _LAST_ORDINAL:
        day = dt.date.fromordinal(ordinal)
        return day.year, day.month, day.day
    cycle, rest = divmod(ordinal - 1, _CYCLE_DAYS)
    day = dt.date.fromordinal(rest + 1)
    return day.year + cycle * _CYCLE_YEARS, day.month, day.day


def from_civil(year: int, month: int, day: int) -> int | None:
    """The day with this year, month and day; None if there is none."""
    if not (1 <= month <= 12 and 1 <= day <= _days_in(year, month)):
        return None
    return _ordinal(year, month, day)


def _ordinal(year: int, month: int, day: int) -> int:
    cycle, rest = divmod(year - 1, _CYCLE_YEARS)
    return dt.date(rest + 1, month, day).toordinal() + cycle * _CYCLE_DAYS


def _days_in(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap and month == 2 else _MONTH_DAYS[month]


def year_of(ordinal: int) -> int:
    """The calendar year a day is in."""
    return civil(ordinal)[0]


def month_of(ordinal: int) -> int:
    """The month a day is in, counted through the years: 12 * year + (month - 1)."""
    year, month, _ = civil(ordinal)
    return 12 * year + month - 1


def first_day_of_year(year: int) -> int:
    """The first of January of a year."""
    return first_day_of_month(12 * year)


def first_day_of_month(month: int) -> int:
    """The first day of a month, counted as `month_of` does. Its last is the day before the next month's first."""
    return _ordinal(month // 12, month % 12 + 1, 1)


def days_in_month(ordinal: int) -> int:
    """The number of days of the month a day is in."""
    year, month, _ = civil(ordinal)
    return _days_in(year, month)


def add_months(ordinal: int, months: int, rule: MonthEnd) -> int | None:
    """
    The same day of the month, so many months later, or earlier if `months` is below zero.

    Returns:
        the day; None if that month has no such day and the rule is `REFUSED`.

    A year is twelve months, so 29 February plus one year falls under the rule as well. The rule decides about
    each step alone: 31 January plus one month plus one month need not be 31 January plus two months.
    """
    year, month, day = civil(ordinal)
    year, month = divmod(12 * year + month - 1 + months, 12)
    month += 1
    last = _days_in(year, month)
    if day <= last:
        return _ordinal(year, month, day)
    if rule is MonthEnd.REFUSED:
        return None
    return _ordinal(year, month, last) + (rule is MonthEnd.NEXT_DAY)


def completed_months(start: int, end: int) -> int:
    """
    How many months have been completed on the day `end`, counted from the day `start`.

    A month is completed on the same day of the next month or, where that month has no such day, on the first
    day of the month after: from 31 January, one month on 1 March. In other words the result is the largest n
    for which `add_months(start, n, MonthEnd.NEXT_DAY)` is not after `end`. Before the start it is negative:
    -1 on the day before it, and back to the same day of the month before.
    """
    start_year, start_month, start_day = civil(start)
    end_year, end_month, end_day = civil(end)
    return 12 * (end_year - start_year) + end_month - start_month - (end_day < start_day)


def completed_years(start: int, end: int) -> int:
    """
    How many years have been completed on the day `end`, counted from the day `start`: an age.

    Someone born on 29 February completes a year on 1 March where the year has no 29 February. Before the
    start the result is negative, -1 in the year before.
    """
    return completed_months(start, end) // 12


def days_between(start: int, end: int, *, both_counted: bool) -> int:
    """
    The number of days from one day to another: of the two, only one is counted, or both are.

    From 1 to 3 May are 2 days, or 3 if both are counted. The result goes on evenly below zero: with both
    counted it is 0 where `end` is the day before `start`, as a window is empty that ends before it begins.
    """
    return end - start + both_counted


def is_working_day(ordinal: int, holidays: AbstractSet[int] = frozenset()) -> bool:
    """Whether a day is neither a Saturday, nor a Sunday, nor one of the holidays."""
    return (ordinal - 1) % 7 < 5 and ordinal not in holidays  # Ordinal 1 was a Monday.


def add_working_days(ordinal: int, days: int, holidays: AbstractSet[int] = frozenset()) -> int:
    """
    The n-th working day after a day, or before it if `days` is below zero.

    Args:
        ordinal: any day; it is never counted itself. Zero working days after it is the day itself.
        days: how many working days.
        holidays: days that are no working days, beside Saturdays and Sundays.

    The time it takes depends on the number of holidays, not on `days`.
    """
    while days:
        reached = _nth_weekday(_weekdays_through(ordinal if days > 0 else ordinal - 1) + days + (days < 0))
        passed = range(ordinal + 1, reached + 1) if days > 0 else range(reached, ordinal)
        # Each holiday passed over is made up for by one more working day, further on.
        lost = sum(1 for holiday in holidays if holiday in passed and is_working_day(holiday))
        ordinal, days = reached, lost if days > 0 else -lost
    return ordinal


def working_days_between(
    start: int, end: int, holidays: AbstractSet[int] = frozenset(), *, both_counted: bool
) -> int:
    """
    The number of working days from one day to another; the first is counted with `both_counted` alone.

    Like `days_between` it goes on evenly below zero where `end` is before `start`.
    """
    before = start - both_counted
    passed = range(min(before, end) + 1, max(before, end) + 1)
    off = sum(1 for holiday in holidays if holiday in passed and is_working_day(holiday))
    return _weekdays_through(end) - _weekdays_through(before) - (off if end > before else -off)


def _weekdays_through(ordinal: int) -> int:
    """How many days from Monday to Friday there are from ordinal 1, a Monday, to this day, both counted."""
    weeks, day = divmod(ordinal - 1, 7)
    return 5 * weeks + min(day + 1, 5)


def _nth_weekday(n: int) -> int:
    weeks, day = divmod(n - 1, 5)
    return 7 * weeks + day + 1


# ------------------------------------------------------------------------------------------------ zones


@cache
def _tzdata() -> ModuleType:
    return import_module("tzdata")


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(Path(_tzdata().__path__[0], "zones").read_text(encoding="ascii").split())


@cache
def _loaded(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo  # A programme without moments never needs it.

    with Path(_tzdata().__path__[0], "zoneinfo", name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def zone(name: str) -> ZoneInfo | None:
    """
    The zone with an IANA name such as `Europe/Istanbul`; None if there is none.

    One object for each name, so zones can be compared and used as keys. Keep the name where it is to be pickled.
    """
    # Only listed names become paths, so no name leads out of the folder.
    return _loaded(name) if name in _zone_names() else None


def zone_names() -> tuple[str, ...]:
    """All names that `zone` knows, sorted."""
    return tuple(sorted(_zone_names()))


def tzdata_version() -> str:
    """The edition of the IANA time zone database in use, such as `2026f`."""
    return str(_tzdata().IANA_VERSION)


# ------------------------------------------------------------------------------------------------ moments


def local_date(epoch: int, zone: ZoneInfo) -> int:
    """The day that a calendar in the zone shows at a moment."""
    return local_time(epoch, zone)[0]


def local_time(epoch: int, zone: ZoneInfo) -> tuple[int, int]:
    """The day and the seconds since midnight that a calendar and a clock in the zone show at a moment."""
    days, seconds = divmod(epoch, SECONDS_OF_DAY)
    ordinal, moved = _within_reach(_EPOCH_DAY + days)
    local = zone.fromutc(_FIRST.replace(tzinfo=zone) + dt.timedelta(ordinal - 1, seconds))
    return local.toordinal() + moved, local.hour * 3600 + local.minute * 60 + local.second


def moment(ordinal: int, seconds_of_day: int, zone: ZoneInfo) -> int | MomentSlip:
    """
    The moment at which clocks in the zone show a time on a day.

    Args:
        ordinal: the day.
        seconds_of_day: 0 to 86400; the last is midnight at the end of the day.
        zone: where the clock hangs.

    Returns:
        the moment; `SKIPPED` or `TWICE` if clocks were put forward over this time, or back to before it.
    """
    if seconds_of_day < SECONDS_OF_DAY:
        midnight = _plain_day(ordinal, zone)
        if midnight is not None:
            return midnight + seconds_of_day
    earlier, later = _offsets(ordinal, seconds_of_day, zone)
    if earlier == later:
        return _utc(ordinal, seconds_of_day) - earlier
    return MomentSlip.SKIPPED if earlier < later else MomentSlip.TWICE


def start_of_day(ordinal: int, zone: ZoneInfo) -> int:
    """
    The first moment at which a calendar in the zone shows a day; a day ends where the next one starts.

    This is midnight, but for days on which clocks are changed: where midnight is skipped, the moment after
    the change; where it comes twice, the first one. A day that a zone left out (Samoa, 30 December 2011)
    starts and ends with the next.
    """
    midnight = _plain_day(ordinal, zone)
    if midnight is not None:
        return midnight
    earlier, later = _offsets(ordinal, 0, zone)
    if earlier >= later:
        return _utc(ordinal, 0) - earlier
    # Midnight was skipped: the change is somewhere between the readings by the two offsets.
    before, after = _utc(ordinal, 0) - later, _utc(ordinal, 0) - earlier
    while after - before > 1:
        middle = (before + after) // 2
        if local_date(middle, zone) < ordinal:
            before = middle
        else:
            after = middle
    return after


@lru_cache(maxsize=4096)
def _plain_day(ordinal: int, zone: ZoneInfo) -> int | None:
    """Midnight at the start of a day on which no clocks are changed, so that each time of day follows from it."""
    at_start, at_end = _offsets(ordinal, 0, zone), _offsets(ordinal, SECONDS_OF_DAY - 1, zone)
    if at_start != at_end or at_start[0] != at_start[1]:
        return None
    return _utc(ordinal, 0) - at_start[0]


def _utc(ordinal: int, seconds: int) -> int:
    """The moment at which clocks in UTC show a time."""
    return (ordinal - _EPOCH_DAY) * SECONDS_OF_DAY + seconds


def _offsets(ordinal: int, seconds: int, zone: ZoneInfo) -> tuple[int, int]:
    """
    The seconds a zone is ahead of UTC at a local time, read in two ways.

    They differ only around a change of clocks: for a time that comes twice, they belong to the first and the
    second coming; for a time that is skipped, to before and after the change.
    """
    near, _ = _within_reach(ordinal)
    local = _FIRST.replace(tzinfo=zone) + dt.timedelta(near - 1, seconds)
    return _seconds(local.utcoffset()), _seconds(local.replace(fold=1).utcoffset())


def _seconds(offset: dt.timedelta | None) -> int:
    ahead = offset or dt.timedelta()
    # `total_seconds` would give a float.
    return ahead.days * SECONDS_OF_DAY + ahead.seconds


def _within_reach(ordinal: int) -> tuple[int, int]:
    """A day that `datetime` can hold and that is like the one given, and the days in between."""
    if _CYCLE_DAYS < ordinal < _LAST_ORDINAL - _CYCLE_DAYS:
        return ordinal, 0
    # Far away, each cycle of 400 years is like the next, weekdays and changes of clocks included.
    cycles = (ordinal - 1) // _CYCLE_DAYS - (1 if ordinal <= _CYCLE_DAYS else 20)
    return ordinal - cycles * _CYCLE_DAYS, cycles * _CYCLE_DAYS


# ---------------------------------------------------------------------------------------------- dates as text

_LONGEST = 40
_ISO_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# Patterns are compiled when they are first used: most programmes use few of them.
_WRITTEN_MOMENT = (
    rf"({_ISO_DAY})[T ]([0-9]{{2}}):([0-9]{{2}})(?::([0-9]{{2}}))?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?"
)
_SLIPS = (
    (r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2,4}(?:[T ].*)?", DateSlip.DAY_FIRST),
    (r"[0-9]{8}(?:[T ].*)?|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2}(?:[T ].*)?", DateSlip.NO_HYPHENS),
    (r"[0-9]{4}-?W[0-9]{2}(?:-?[0-9])?", DateSlip.WEEK_DATE),
    (r"[0-9]{4}-[0-9]{2}", DateSlip.NO_DAY),
    (rf"{_ISO_DAY}[Tt ].*", DateSlip.HAS_TIME),
)
_TIME_SLIPS = (
    (rf"{_ISO_DAY}[T ][0-9:]{{8}}[.,][0-9]+(?:Z|[+-].*)?", DateSlip.FRACTION_OF_A_SECOND),
    (rf"{_ISO_DAY}[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})? ?(?:[Zz]|[+-][0-9:]+)", DateSlip.BAD_OFFSET),
)


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def parse_date(text: str) -> int | DateSlip:
    """
    The day written as `2023-09-04`, in ASCII and in no other way, from 1900 to 2200.

    >>> parse_date("2023-09-04") == dt.date(2023, 9, 4).toordinal()
    True
    >>> parse_date("04.09.2023")
    <DateSlip.DAY_FIRST: 'the day or the month first'>
    """
    # The length first: what is cached stays small, whatever is sent.
    return _iso_date(text) if len(text) == 10 else _date_slip(text)


@lru_cache(maxsize=4096)
def _iso_date(text: str) -> int | DateSlip:
    year, month, day = text[:4], text[5:7], text[8:]
    if not (text[4] == text[7] == "-" and (year + month + day).isdigit() and text.isascii()):
        return _date_slip(text)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        return DateSlip.YEAR_OUT_OF_RANGE
    if not 1 <= int(month) <= 12:
        return DateSlip.NO_SUCH_MONTH
    ordinal = from_civil(int(year), int(month), int(day))
    return DateSlip.NO_SUCH_DAY if ordinal is None else ordinal


def parse_month(text: str) -> int | DateSlip:
    """The month written as `2026-03`, counted as `month_of` does."""
    first = parse_date(f"{text}-01") if len(text) == 7 else _date_slip(text)
    return first if isinstance(first, DateSlip) else month_of(first)


def parse_year(text: str) -> int | DateSlip:
    """The year written as `2026`."""
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        return _date_slip(text)
    return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else DateSlip.YEAR_OUT_OF_RANGE


def parse_moment(text: str, zone: ZoneInfo) -> int | DateSlip | MomentSlip:
    """
    The moment written as `2023-08-29 23:00`, with a blank or `T`, with or without seconds.

    With `Z` or an offset such as `+03:00` at the end it is that moment. Without, it is the time that clocks
    in the zone show, which a change of clocks can make unclear.
    """
    match = _form(_WRITTEN_MOMENT).fullmatch(text)
    if not match:
        return _moment_slip(text)
    written, hour, minute, second, offset = match.groups("")
    ordinal = parse_date(written)
    if isinstance(ordinal, DateSlip):
        return ordinal
    if hour > "23" or minute > "59" or second > "59":
        return DateSlip.NO_SUCH_TIME
    seconds = int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    if not offset:
        return moment(ordinal, seconds, zone)
    if offset == "Z":
        return _utc(ordinal, seconds)
    if offset[1:3] > "18" or offset[4:] > "59":  # No zone was ever further from UTC than 16 hours.
        return DateSlip.BAD_OFFSET
    ahead = int(offset[1:3]) * 3600 + int(offset[4:]) * 60
    return _utc(ordinal, seconds) + (ahead if offset[0] == "-" else -ahead)


def iso_date(ordinal: int) -> str:
    """A day as `2023-09-04`."""
    year, month, day = civil(ordinal)
    return f"{year:04}-{month:02}-{day:02}"


def iso_month(month: int) -> str:
    """A month as `2026-03`."""
    return iso_date(first_day_of_month(month))[:-3]


def iso_moment(epoch: int, zone: ZoneInfo) -> str:
    """
    A moment as `2023-08-29T23:00:00+03:00`, in the time of the zone.

    Where a zone was no whole number of minutes from UTC, as many were before they had a legal time, it is
    written in UTC: no offset could say it.
    """
    ordinal, seconds = local_time(epoch, zone)
    ahead = _utc(ordinal, seconds) - epoch
    if ahead % 60:
        ordinal, seconds, ahead = _EPOCH_DAY + epoch // SECONDS_OF_DAY, epoch % SECONDS_OF_DAY, 0
    minutes = abs(ahead) // 60
    offset = f"{'-' if ahead < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
    return f"{iso_date(ordinal)}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{offset}"


def _date_slip(text: str) -> DateSlip:
    return _blank_slip(text) or _first_match(text, _SLIPS)


def _moment_slip(text: str) -> DateSlip:
    if isinstance(parse_date(text), int):
        return DateSlip.NO_TIME
    slip = _blank_slip(text) or _first_match(text, _TIME_SLIPS + _SLIPS)
    return DateSlip.NOT_A_DATE if slip is DateSlip.HAS_TIME else slip


def _blank_slip(text: str) -> DateSlip | None:
    if not text or text.isspace():
        return DateSlip.EMPTY
    if text != text.strip():
        return DateSlip.BLANKS
    if any(sign.isdecimal() and not sign.isascii() for sign in text[:_LONGEST]):
        return DateSlip.NON_ASCII_DIGITS
    return None


def _first_match(text: str, slips: tuple[tuple[str, DateSlip], ...]) -> DateSlip:
    found = (slip for pattern, slip in slips if len(text) <= _LONGEST and _form(pattern).fullmatch(text))
    return next(found, DateSlip.NOT_A_DATE)


# ------------------------------------------------------------------------------------------------ periods

PeriodUnit: TypeAlias = Literal["months", "days", "hours", "working days"]

# About a thousand years each: long enough for any law, short enough that no sum of a few runs out of sense.
_MOST: dict[PeriodUnit, int] = {
    "months": 12_000,
    "days": 366_000,
    "hours": 8_800_000,
    "working days": 262_000,
}
_WRITTEN_PERIOD = r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T([0-9]+)H)?"
_WORKING_DAYS = r"([0-9]+) working days?"
_PERIOD_SLIPS = (
    (r"[-+]P.*|P.*-.*", PeriodSlip.NEGATIVE),
    (r"P.*[0-9][.,][0-9].*", PeriodSlip.FRACTION),
    (r"P.*T(?:[0-9]+H)?(?:[0-9]+[MS])+", PeriodSlip.MINUTES),
)


@frozen
class Period:
    """
    A length of time in one of four families that cannot be turned into each other.

    Years are months and weeks are days, but a month is no number of days, a day is not always 24 hours, and
    which days are working days depends on where they fall. `count` may be negative.
    """

    count: int
    unit: PeriodUnit

    def spoken(self) -> tuple[int, str]:
        """The count and the English plural it is best said with: 60 months are (5, "years")."""
        if self.unit == "months" and self.count and self.count % 12 == 0:
            return self.count // 12, "years"
        return self.count, self.unit

    def as_json(self) -> str:
        """In ISO 8601, `P5Y`, `P18M`, `P30D`, `PT36H`; working days, which ISO lacks, as `10 working days`."""
        count, unit = self.spoken()
        if unit == "working days":
            return str(self)
        mark = "T" if unit == "hours" else ""
        return f"{'-' if count < 0 else ''}P{mark}{abs(count)}{unit[0].upper()}"

    def __str__(self) -> str:
        count, unit = self.spoken()
        return f"{count} {unit[:-1] if abs(count) == 1 else unit}"


def parse_period(text: str) -> Period | PeriodSlip:
    """
    The period written in ISO 8601, or in English words for working days, as `Period.as_json` writes it.

    `P5Y`, `P18M`, `P1Y6M` count months; `P30D`, `P2W` days; `PT36H` hours; `10 working days` themselves.
    Families are not mixed: `P1M10D` is no one length of time.

    >>> str(parse_period("P1Y6M"))
    '18 months'
    """
    if len(text) > _LONGEST:
        return PeriodSlip.NOT_A_PERIOD
    working = _form(_WORKING_DAYS).fullmatch(text)
    if working:
        return _period(int(working[1]), "working days")
    match = _form(_WRITTEN_PERIOD).fullmatch(text)
    if not match or not any(match.groups()):
        return _period_slip(text)
    years, months, weeks, days, hours = (int(group or 0) for group in match.groups())
    families: tuple[tuple[int, PeriodUnit, str | None], ...] = (
        (12 * years + months, "months", match[1] or match[2]),
        (7 * weeks + days, "days", match[3] or match[4]),
        (hours, "hours", match[5]),
    )
    given = [(count, unit) for count, unit, written in families if written]
    return _period(*given[0]) if len(given) == 1 else PeriodSlip.MIXED


def _period(count: int, unit: PeriodUnit) -> Period | PeriodSlip:
    return Period(count, unit) if count <= _MOST[unit] else PeriodSlip.TOO_LONG


def _period_slip(text: str) -> PeriodSlip:
    if not text or text.isspace():
        return PeriodSlip.EMPTY
    if text != text.strip():
        return PeriodSlip.BLANKS
    if any(sign.isdecimal() and not sign.isascii() for sign in text):
        return PeriodSlip.NON_ASCII_DIGITS
    return next(
        (slip for pattern, slip in _PERIOD_SLIPS if _form(pattern).fullmatch(text)), PeriodSlip.NOT_A_PERIOD
    )
