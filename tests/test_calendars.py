"""Days, moments, zones and periods: the same answer on every system, and no answer where there is none."""

import datetime as dt
import pickle
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pace
from grantrules import calendars
from grantrules.calendars import (
    DateSlip,
    MomentSlip,
    MonthEnd,
    Period,
    PeriodSlip,
    add_months,
    add_working_days,
    completed_months,
    completed_years,
    days_between,
    is_working_day,
    iso_date,
    iso_moment,
    iso_month,
    local_date,
    local_time,
    moment,
    parse_date,
    parse_moment,
    parse_month,
    parse_period,
    parse_year,
    start_of_day,
    working_days_between,
    zone,
)

ISTANBUL = zone("Europe/Istanbul")
UTC = zone("UTC")

# Zones with changes of every kind: at midnight, at one past midnight, of half an hour, of two hours, of a
# whole day, twice a year around Ramadan, and offsets that are no whole number of minutes.
RESTLESS = [
    "Europe/Istanbul", "Europe/Brussels", "Europe/Dublin", "America/Sao_Paulo", "America/St_Johns", "Africa/Cairo",
    "Africa/Casablanca", "Africa/Monrovia", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Tehran",
    "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kwajalein", "America/Asuncion", "UTC",
]  # fmt: skip


def day(text):
    ordinal = parse_date(text)
    assert isinstance(ordinal, int)
    return ordinal


def days(first="1900-01-01", last="2200-12-31"):
    return st.integers(day(first), day(last))


def zones():
    return st.sampled_from(RESTLESS).map(zone)


def epochs():
    return st.integers(-2_208_988_800, 7_289_654_399)  # The years 1900 to 2200.


# ---------------------------------------------------------------------------------------------- dates as text


@given(days())
def test_a_date_that_is_written_is_read_back(ordinal):
    assert parse_date(iso_date(ordinal)) == ordinal
    assert iso_date(ordinal) == dt.date.fromordinal(ordinal).isoformat()


DATES = [
    ("1900-01-01", dt.date(1900, 1, 1).toordinal()),
    ("2024-02-29", dt.date(2024, 2, 29).toordinal()),
    ("2200-12-31", dt.date(2200, 12, 31).toordinal()),
    ("", DateSlip.EMPTY),
    ("\n", DateSlip.EMPTY),
    (" 2024-01-01", DateSlip.BLANKS),
    ("2024-01-01\n", DateSlip.BLANKS),
    ("٢٠٢٤-٠١-٠١", DateSlip.NON_ASCII_DIGITS),
    ("2024-01-0１", DateSlip.NON_ASCII_DIGITS),
    ("01/02/2024", DateSlip.DAY_FIRST),
    ("1.2.24", DateSlip.DAY_FIRST),
    ("20240101", DateSlip.NO_HYPHENS),
    ("2024/01/01", DateSlip.NO_HYPHENS),
    ("2024-W01-1", DateSlip.WEEK_DATE),
    ("2024W011", DateSlip.WEEK_DATE),
    ("2024-01", DateSlip.NO_DAY),
    ("2024-01-01T23:30:00-11:00", DateSlip.HAS_TIME),
    ("2024-01-01T" + "0" * 29, DateSlip.HAS_TIME),
    ("2024-01-01T" + "0" * 30, DateSlip.NOT_A_DATE),
    ("2024-13-01", DateSlip.NO_SUCH_MONTH),
    ("2024-00-01", DateSlip.NO_SUCH_MONTH),
    ("2024-02-30", DateSlip.NO_SUCH_DAY),
    ("2023-02-29", DateSlip.NO_SUCH_DAY),
    ("2024-01-00", DateSlip.NO_SUCH_DAY),
    ("1899-12-31", DateSlip.YEAR_OUT_OF_RANGE),
    ("2201-01-01", DateSlip.YEAR_OUT_OF_RANGE),
    ("0000-00-00", DateSlip.YEAR_OUT_OF_RANGE),
    ("9999-12-31", DateSlip.YEAR_OUT_OF_RANGE),
    ("2024-1-1", DateSlip.NOT_A_DATE),
    ("2024-01-01-", DateSlip.NOT_A_DATE),
    ("2024_01_01", DateSlip.NOT_A_DATE),
    ("+024-01-01", DateSlip.NOT_A_DATE),
    ("tomorrow", DateSlip.NOT_A_DATE),
    ("2024-²1-01", DateSlip.NOT_A_DATE),
]


@pytest.mark.parametrize(("text", "parsed"), DATES)
def test_a_date_is_read_in_one_form_and_every_other_is_named(text, parsed):
    """`date.fromisoformat` takes 20240101 and 2024-W01-1 as well; a reader would not know which is meant."""
    assert parsed == parse_date(text)


MOMENTS = [
    ("2023-08-29 23:00", 1693339200),
    ("2023-08-29T23:00", 1693339200),
    ("2023-08-29T23:00:00", 1693339200),
    ("2023-08-29T23:00:00+03:00", 1693339200),
    ("2023-08-29 20:00Z", 1693339200),
    ("2023-08-29 16:30-03:30", 1693339200),
    ("1970-01-01T00:00:00Z", 0),
    ("2023-08-29 23:00:59", 1693339259),
    ("2023-08-29", DateSlip.NO_TIME),
    ("2023-08-29 24:00", DateSlip.NO_SUCH_TIME),
    ("2023-08-29 23:60", DateSlip.NO_SUCH_TIME),
    ("2016-12-31 23:59:60", DateSlip.NO_SUCH_TIME),
    ("2023-08-29T23:00:00.5", DateSlip.FRACTION_OF_A_SECOND),
    ("2023-08-29T23:00:00,123Z", DateSlip.FRACTION_OF_A_SECOND),
    ("2023-08-29 23:00+0300", DateSlip.BAD_OFFSET),
    ("2023-08-29 23:00+03", DateSlip.BAD_OFFSET),
    ("2023-08-29 23:00 +03:00", DateSlip.BAD_OFFSET),
    ("2023-08-29 23:00+19:00", DateSlip.BAD_OFFSET),
    ("2023-08-29 23:00+03:60", DateSlip.BAD_OFFSET),
    ("2023-02-29 23:00", DateSlip.NO_SUCH_DAY),
    ("29.08.2023 23:00", DateSlip.DAY_FIRST),
    ("20230829 23:00", DateSlip.NO_HYPHENS),
    ("2023-08-29  23:00", DateSlip.NOT_A_DATE),
    ("2023-08-29 9:00", DateSlip.NOT_A_DATE),
    ("2023-08-29 11 pm", DateSlip.NOT_A_DATE),
    ("2023-08-29t23:00", DateSlip.NOT_A_DATE),
    (" 2023-08-29 23:00", DateSlip.BLANKS),
    ("2023-08-29 ٢٣:00", DateSlip.NON_ASCII_DIGITS),
    ("", DateSlip.EMPTY),
    ("2015-03-29 03:30", MomentSlip.SKIPPED),
    ("2015-11-08 03:30", MomentSlip.TWICE),
    ("2015-11-08 03:30+03:00", 1446942600),
    ("2015-11-08 03:30+02:00", 1446946200),
]


@pytest.mark.parametrize(("text", "parsed"), MOMENTS)
def test_a_moment_is_read_in_the_time_of_the_zone_unless_it_names_an_offset(text, parsed):
    """Without an offset, a time at which clocks were changed names no moment or two: nobody guesses which."""
    assert parsed == parse_moment(text, ISTANBUL)


def test_every_slip_has_its_text():
    read = {parsed for _, parsed in DATES + MOMENTS}

    assert set(DateSlip) | set(MomentSlip) <= read


@pytest.mark.parametrize("pattern", ["2", "2024-", " 2", "١", "1/"])
def test_a_long_text_is_no_date_and_costs_nothing(pattern):
    text = pattern * 500_000

    with pace.within(20):
        assert isinstance(parse_date(text), DateSlip)
        assert isinstance(parse_month(text), DateSlip)
        assert isinstance(parse_moment(text, ISTANBUL), DateSlip)
        assert isinstance(parse_period(text), PeriodSlip)


@given(st.text(alphabet="0123456789-: TZW+.١", max_size=26))
def test_no_text_makes_reading_a_date_fail(text):
    for parsed in (parse_date(text), parse_month(text), parse_year(text), parse_moment(text, ISTANBUL)):
        assert isinstance(parsed, int | DateSlip | MomentSlip)


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("2026-03", 12 * 2026 + 2),
        ("2026-12", 12 * 2026 + 11),
        ("2026-13", DateSlip.NO_SUCH_MONTH),
        ("1899-12", DateSlip.YEAR_OUT_OF_RANGE),
        ("2026-03-01", DateSlip.NOT_A_DATE),
        ("2026-3", DateSlip.NOT_A_DATE),
        ("2026-0", DateSlip.NOT_A_DATE),
        ("", DateSlip.EMPTY),
        ("2026-0١", DateSlip.NON_ASCII_DIGITS),
        ("03-2026", DateSlip.NOT_A_DATE),
        ("2026", DateSlip.NOT_A_DATE),
    ],
)
def test_a_month_is_counted_through_the_years(text, parsed):
    assert parsed == parse_month(text)


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("2026", 2026),
        ("1900", 1900),
        ("2200", 2200),
        ("2201", DateSlip.YEAR_OUT_OF_RANGE),
        ("1899", DateSlip.YEAR_OUT_OF_RANGE),
        ("26", DateSlip.NOT_A_DATE),
        ("", DateSlip.EMPTY),
    ],
)
def test_a_year_has_four_digits(text, parsed):
    assert parsed == parse_year(text)


# ----------------------------------------------------------------------------------------------- the calendar


@given(st.integers(-(10**7), 10**7))
def test_a_day_and_its_year_month_and_day_are_one(ordinal):
    """Beyond the years 1 to 9999 too, so that no sum of periods ends in an error."""
    year, month, day_of_month = calendars.civil(ordinal)

    assert calendars.from_civil(year, month, day_of_month) == ordinal
    assert calendars.civil(ordinal + 146_097) == (year + 400, month, day_of_month)
    assert calendars.year_of(ordinal) == year
    assert calendars.first_day_of_month(calendars.month_of(ordinal)) == ordinal - day_of_month + 1
    assert calendars.first_day_of_year(year) <= ordinal < calendars.first_day_of_year(year + 1)
    assert calendars.days_in_month(ordinal) == (
        calendars.first_day_of_month(calendars.month_of(ordinal) + 1)
        - calendars.first_day_of_month(calendars.month_of(ordinal))
    )


@pytest.mark.parametrize("first", [-800, 1, 1600, 9600, 10_000])
def test_every_year_of_a_cycle_has_the_days_it_should(first):
    """A year that 4 divides is a leap year, but one that 100 divides and 400 does not."""
    for year in range(first, first + 400):
        leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
        first_of_march = calendars.from_civil(year, 3, 1)
        assert (calendars.from_civil(year, 2, 29) is not None) == leap
        assert calendars.days_in_month(first_of_march - 1) == (29 if leap else 28)
        assert calendars.first_day_of_year(year + 1) - calendars.first_day_of_year(year) == 365 + leap


@pytest.mark.parametrize("civil", [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 0, 1), (2024, 13, 1)])
def test_some_days_do_not_exist(civil):
    assert calendars.from_civil(*civil) is None


def test_a_month_is_written_with_its_year():
    assert iso_month(12 * 2026 + 2) == "2026-03"


# ------------------------------------------------------------------------------------------- months and years


@pytest.mark.parametrize(
    ("start", "months", "rule", "reached"),
    [
        ("2023-01-15", 1, MonthEnd.REFUSED, "2023-02-15"),
        ("2023-01-15", -1, MonthEnd.REFUSED, "2022-12-15"),
        ("2023-01-15", 60, MonthEnd.REFUSED, "2028-01-15"),
        ("2023-01-31", 1, MonthEnd.LAST_DAY, "2023-02-28"),
        ("2023-01-31", 1, MonthEnd.NEXT_DAY, "2023-03-01"),
        ("2024-01-31", 1, MonthEnd.LAST_DAY, "2024-02-29"),
        ("2023-03-31", -1, MonthEnd.LAST_DAY, "2023-02-28"),
        ("2023-03-31", -1, MonthEnd.NEXT_DAY, "2023-03-01"),
        ("2024-02-29", 12, MonthEnd.LAST_DAY, "2025-02-28"),
        ("2024-02-29", 12, MonthEnd.NEXT_DAY, "2025-03-01"),
        ("2024-02-29", 48, MonthEnd.REFUSED, "2028-02-29"),
        ("2023-12-31", 2, MonthEnd.NEXT_DAY, "2024-03-01"),
    ],
)
def test_months_are_added_to_the_same_day_of_the_month(start, months, rule, reached):
    arrived = add_months(day(start), months, rule)

    assert arrived is not None
    assert iso_date(arrived) == reached


@pytest.mark.parametrize(("start", "months"), [("2023-01-31", 1), ("2024-02-29", 12), ("2023-05-31", -6)])
def test_a_day_that_does_not_exist_is_refused_unless_the_programme_chose(start, months):
    assert add_months(day(start), months, MonthEnd.REFUSED) is None


@given(days(), st.integers(-50_000, 50_000))
def test_the_rules_agree_wherever_the_day_exists(start, months):
    refused, last, after = (add_months(start, months, rule) for rule in MonthEnd)

    if refused is None:
        assert after == last + 1
        assert calendars.civil(after)[2] == 1
    else:
        assert refused == last == after
        assert calendars.civil(refused)[2] == calendars.civil(start)[2]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2023-01-15", "2023-01-15", 0),
        ("2023-01-15", "2023-02-14", 0),
        ("2023-01-15", "2023-02-15", 1),
        ("2023-01-31", "2023-02-28", 0),
        ("2023-01-31", "2023-03-01", 1),
        ("2023-01-15", "2023-01-14", -1),
        ("2023-01-15", "2022-12-15", -1),
        ("2023-01-15", "2022-12-14", -2),
    ],
)
def test_a_month_is_completed_on_the_same_day_of_the_next(start, end, months):
    assert months == completed_months(day(start), day(end))


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2006-09-04", "2024-09-03", 17),
        ("2006-09-04", "2024-09-04", 18),
        ("2004-02-29", "2022-02-28", 17),
        ("2004-02-29", "2022-03-01", 18),
        ("2004-02-29", "2024-02-28", 19),
        ("2004-02-29", "2024-02-29", 20),
        ("2024-09-04", "2024-09-03", -1),
    ],
)
def test_someone_born_on_29_february_is_a_year_older_on_1_march_of_a_common_year(born, on, age):
    assert age == completed_years(day(born), day(on))


@given(days(), days())
def test_completed_months_are_the_most_that_fit(start, end):
    months = completed_months(start, end)

    assert (
        add_months(start, months, MonthEnd.NEXT_DAY) <= end < add_months(start, months + 1, MonthEnd.NEXT_DAY)
    )
    assert completed_years(start, end) == months // 12


@pytest.mark.parametrize(
    ("end", "one", "both"),
    [("2024-05-03", 2, 3), ("2024-05-01", 0, 1), ("2024-04-30", -1, 0), ("2024-04-29", -2, -1)],
)
def test_days_between_say_whether_both_ends_count(end, one, both):
    start = day("2024-05-01")

    assert one == days_between(start, day(end), both_counted=False)
    assert both == days_between(start, day(end), both_counted=True)


# ----------------------------------------------------------------------------------------------- working days

FRIDAY, SATURDAY, SUNDAY, MONDAY = (day(f"2024-05-{number:02}") for number in (3, 4, 5, 6))


@pytest.mark.parametrize(
    ("start", "working_days", "reached"),
    [
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (SUNDAY, 1, MONDAY),
        (MONDAY, -1, FRIDAY),
        (SUNDAY, -1, FRIDAY),
        (FRIDAY, 5, FRIDAY + 7),
        (SATURDAY, 5, FRIDAY + 7),
        (SATURDAY, 0, SATURDAY),
        (FRIDAY, 10, FRIDAY + 14),
    ],
)
def test_weekends_are_no_working_days(start, working_days, reached):
    assert reached == add_working_days(start, working_days)


@given(
    st.integers(738_000, 738_400),
    st.integers(-40, 40),
    st.frozensets(st.integers(737_990, 738_420), max_size=9),
    st.booleans(),
)
def test_working_days_between_two_days_are_counted_one_by_one(start, length, holidays, both):
    end = start + length
    first, last = (start if both else start + 1, end) if length >= 0 else (end + 1, start - both)
    counted = sum(is_working_day(each, holidays) for each in range(first, last + 1))

    found = working_days_between(start, end, holidays, both_counted=both)
    assert found == (counted if length >= 0 else -counted)


def test_holidays_are_no_working_days_and_count_once():
    """1 May and the feast of April 2024, one day of it a Sunday, which was no working day anyway."""
    holidays = {day("2024-04-10"), day("2024-04-11"), day("2024-04-12"), day("2024-04-14"), day("2024-05-01")}

    assert add_working_days(day("2024-04-09"), 1, holidays) == day("2024-04-15")
    assert add_working_days(day("2024-04-15"), -1, holidays) == day("2024-04-09")
    assert not is_working_day(day("2024-05-01"), holidays)


@given(days(), st.integers(-60, 60), st.frozensets(st.integers(-90, 90)))
def test_working_days_are_those_that_counting_one_by_one_finds(start, working_days, offsets):
    holidays = frozenset(start + offset for offset in offsets)
    step = 1 if working_days > 0 else -1
    expected, left = start, abs(working_days)
    while left:
        expected += step
        left -= is_working_day(expected, holidays)

    assert expected == add_working_days(start, working_days, holidays)


@pytest.mark.parametrize(
    ("start", "end", "one", "both"),
    [
        (FRIDAY, MONDAY, 1, 2),
        (FRIDAY, FRIDAY, 0, 1),
        (SATURDAY, SUNDAY, 0, 0),
        (MONDAY, FRIDAY, -1, 0),
        (FRIDAY, FRIDAY + 7, 5, 6),
    ],
)
def test_working_days_between_say_whether_both_ends_count(start, end, one, both):
    assert working_days_between(start, end, both_counted=False) == one
    assert working_days_between(start, end, both_counted=True) == both


@pytest.mark.parametrize("holiday", [MONDAY, MONDAY + 1, MONDAY + 2])
def test_a_holiday_on_the_first_or_the_last_day_that_is_passed_counts(holiday):
    assert working_days_between(SUNDAY, MONDAY + 2, {holiday}, both_counted=False) == 2
    assert working_days_between(MONDAY + 2, SUNDAY, {holiday}, both_counted=False) == -2


def test_a_holiday_beside_the_days_that_are_passed_does_not_count():
    assert working_days_between(MONDAY, MONDAY + 2, {MONDAY, MONDAY + 3}, both_counted=False) == 2
    assert working_days_between(MONDAY + 2, MONDAY, {MONDAY, MONDAY + 3}, both_counted=False) == -2


def test_a_million_working_days_are_found_at_once():
    with pace.within(5):
        assert add_working_days(MONDAY, 1_000_000) == MONDAY + 1_400_000


# ------------------------------------------------------------------------------------------ zones and moments


@pytest.mark.parametrize(
    "name", ["", "europe/istanbul", "Europe/Atlantis", "../../etc/passwd", "Europe", "/etc/hosts"]
)
def test_an_unknown_zone_is_no_zone_and_no_path(name):
    assert zone(name) is None


def test_the_zones_come_from_the_package_and_not_from_the_host():
    zoneinfo.reset_tzpath([])
    try:
        fresh = calendars._loaded.__wrapped__("Europe/Istanbul")
    finally:
        zoneinfo.reset_tzpath()

    assert local_time(1693339200, fresh) == (day("2023-08-29"), 23 * 3600)


def test_every_listed_zone_can_be_loaded_and_is_one_object():
    assert all(zone(name).key == name for name in calendars.zone_names())
    assert zone("Europe/Brussels") is zone("Europe/Brussels")


def test_the_edition_of_the_zones_can_be_named():
    assert calendars.tzdata_version()[:2] == "20"


@given(epochs(), zones())
def test_local_time_is_that_of_the_standard_library(epoch, zone):
    expected = dt.datetime.fromtimestamp(0, dt.UTC) + dt.timedelta(seconds=epoch)
    expected = expected.astimezone(zone)

    assert local_time(epoch, zone) == (
        expected.toordinal(),
        expected.hour * 3600 + expected.minute * 60 + expected.second,
    )
    assert local_date(epoch, zone) == expected.toordinal()


@given(epochs(), zones())
def test_a_local_time_names_the_moment_it_came_from(epoch, zone):
    found = moment(*local_time(epoch, zone), zone)

    assert found in (epoch, MomentSlip.TWICE)


@given(epochs(), zones())
def test_a_moment_that_is_written_is_read_back(epoch, zone):
    assert parse_moment(iso_moment(epoch, zone), zone) == epoch


@given(days(), zones())
def test_a_day_starts_when_the_calendar_first_shows_it(ordinal, zone):
    start = start_of_day(ordinal, zone)

    assert local_date(start, zone) >= ordinal
    assert local_date(start - 1, zone) < ordinal
    assert start <= start_of_day(ordinal + 1, zone)


@pytest.mark.parametrize(
    ("name", "on", "starts"),
    [
        ("Europe/Istanbul", "2023-08-29", "2023-08-29T00:00:00+03:00"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),  # Midnight was skipped.
        ("America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00:00-03:00"),  # The hour before came twice.
        ("America/Havana", "2023-11-05", "2023-11-05T00:00:00-04:00"),  # Midnight came twice.
        ("America/St_Johns", "1999-10-31", "1999-10-31T00:00:00-02:30"),  # The first minute came twice.
        ("America/Toronto", "1919-03-31", "1919-03-31T00:30:00-04:00"),  # From 23:30 to 00:30.
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00"),  # There was no such day.
    ],
)
def test_days_on_which_clocks_are_changed_start_too(name, on, starts):
    assert starts == iso_moment(start_of_day(day(on), zone(name)), zone(name))


def days_of_change(name):
    """The days in a zone on which clocks are changed, as the standard library has it, from 1900 to 2037."""
    there = zone(name)
    noon = dt.datetime(1900, 1, 1, 12, tzinfo=there)
    offset = noon.utcoffset()
    while noon.year < 2038:
        later = noon + dt.timedelta(1)
        if later.utcoffset() != offset:
            offset = later.utcoffset()
            yield later.toordinal()
        noon = later


@pytest.mark.parametrize(
    "name", [*RESTLESS, "Europe/London", "America/Toronto", "America/Havana", "Asia/Amman"]
)
def test_around_every_change_of_clocks_days_start_and_times_name_moments(name):
    """Days are searched through second by second only where clocks are changed, so that is where they are looked at."""
    there = zone(name)
    for change in days_of_change(name):
        for ordinal in (change - 1, change, change + 1):
            start = start_of_day(ordinal, there)
            assert local_date(start, there) >= ordinal > local_date(start - 1, there)
        for seconds in (0, 1, 3600, 7199, 7200, 10_799, 43_200, 86_399, 86_400):
            clock = dt.datetime(1, 1, 1, tzinfo=there) + dt.timedelta(change - 1, seconds)
            readings = {reading.astimezone(dt.UTC) for reading in (clock, clock.replace(fold=1))}
            shown = {reading for reading in readings if reading.astimezone(there).replace(fold=0) == clock}
            found = moment(change, seconds, there)
            if len(shown) == 1:
                assert {dt.datetime.fromtimestamp(found, dt.UTC)} == shown
            else:
                assert found is (MomentSlip.TWICE if shown else MomentSlip.SKIPPED)


def test_the_last_midnight_of_a_day_may_be_skipped_or_come_twice():
    assert moment(day("2018-11-03"), 86_400, zone("America/Sao_Paulo")) is MomentSlip.SKIPPED
    assert moment(day("2023-11-04"), 86_400, zone("America/Havana")) is MomentSlip.TWICE


@pytest.mark.parametrize(
    ("name", "on", "time_of_day", "slip"),
    [
        ("Europe/Istanbul", "2015-03-29", "03:30", MomentSlip.SKIPPED),
        ("Europe/Istanbul", "2015-11-08", "03:59", MomentSlip.TWICE),
        ("America/Sao_Paulo", "2018-11-04", "00:00", MomentSlip.SKIPPED),
        ("America/Sao_Paulo", "2018-02-17", "23:00", MomentSlip.TWICE),
        ("Pacific/Apia", "2011-12-30", "12:00", MomentSlip.SKIPPED),
    ],
)
def test_a_time_that_clocks_skipped_or_showed_twice_names_no_moment(name, on, time_of_day, slip):
    seconds = int(time_of_day[:2]) * 3600 + int(time_of_day[3:]) * 60

    assert slip is moment(day(on), seconds, zone(name))


@given(days(), zones())
def test_midnight_at_the_end_of_a_day_is_that_at_the_start_of_the_next(ordinal, zone):
    assert moment(ordinal, 86_400, zone) == moment(ordinal + 1, 0, zone)


@given(st.integers(-(10**7), 600_000) | st.integers(803_000, 10**7), zones())
def test_moments_far_beyond_the_calendar_of_python_are_moments(ordinal, zone):
    assert local_time(start_of_day(ordinal, zone), zone)[0] == ordinal
    assert local_time(start_of_day(ordinal, zone) + 43_200, zone)[0] == ordinal


CYCLE, LAST = 146_097, dt.date.max.toordinal()


@pytest.mark.parametrize("edge", [0, CYCLE, LAST - CYCLE, LAST, LAST + CYCLE])
@pytest.mark.parametrize("name", ["Europe/Brussels", "America/Havana", "Pacific/Apia"])
def test_the_calendar_of_python_ends_without_a_seam(edge, name):
    for ordinal in range(edge - 3, edge + 4):
        start = start_of_day(ordinal, zone(name))
        assert local_time(start, zone(name)) == (ordinal, 0)
        assert moment(ordinal, 43_200, zone(name)) == start + 43_200


def test_far_in_the_past_the_sun_tells_the_time_and_far_in_the_future_the_last_rule():
    brussels, year = zone("Europe/Brussels"), 31_556_952

    for before in (2_000, 20_000):
        assert local_time(-before * year, brussels)[1] == (-before * year + 1050) % 86_400
    summer = moment(day("2200-07-01"), 43_200, brussels)
    for cycles in (1, 20, 50):
        assert local_time(summer + cycles * 400 * year, brussels) == (
            day("2200-07-01") + cycles * CYCLE,
            43_200,
        )


# ------------------------------------------------------------------------------------------------ periods

PERIODS = [
    ("P5Y", Period(60, "months")),
    ("P18M", Period(18, "months")),
    ("P1Y6M", Period(18, "months")),
    ("P30D", Period(30, "days")),
    ("P2W", Period(14, "days")),
    ("P1W2D", Period(9, "days")),
    ("PT36H", Period(36, "hours")),
    ("P0D", Period(0, "days")),
    ("10 working days", Period(10, "working days")),
    ("", PeriodSlip.EMPTY),
    (" P5Y", PeriodSlip.BLANKS),
    ("P٥Y", PeriodSlip.NON_ASCII_DIGITS),
    ("P1M10D", PeriodSlip.MIXED),
    ("P1DT12H", PeriodSlip.MIXED),
    ("P0Y10D", PeriodSlip.MIXED),
    ("-P5Y", PeriodSlip.NEGATIVE),
    ("P-5Y", PeriodSlip.NEGATIVE),
    ("P0.5Y", PeriodSlip.FRACTION),
    ("PT30M", PeriodSlip.MINUTES),
    ("PT1H30M", PeriodSlip.MINUTES),
    ("P1001Y", PeriodSlip.TOO_LONG),
    ("P" + "9" * 38 + "D", PeriodSlip.TOO_LONG),
    ("P" + "9" * 39 + "D", PeriodSlip.NOT_A_PERIOD),
    ("P99999999999999999999D", PeriodSlip.TOO_LONG),
    ("P", PeriodSlip.NOT_A_PERIOD),
    ("PT", PeriodSlip.NOT_A_PERIOD),
    ("P5", PeriodSlip.NOT_A_PERIOD),
    ("5 years", PeriodSlip.NOT_A_PERIOD),
    ("p5y", PeriodSlip.NOT_A_PERIOD),
    ("P10D5Y", PeriodSlip.NOT_A_PERIOD),
]


@pytest.mark.parametrize(("text", "parsed"), PERIODS)
def test_a_period_is_read_within_one_family(text, parsed):
    """A month and ten days are no one length of time: which comes first decides where they end."""
    assert parsed == parse_period(text)


def test_every_slip_of_a_period_has_its_text():
    assert set(PeriodSlip) == {parsed for _, parsed in PERIODS if isinstance(parsed, PeriodSlip)}


@given(st.integers(0, 12_000), st.sampled_from(["months", "days", "hours", "working days"]))
def test_a_period_that_is_written_is_read_back(count, unit):
    assert parse_period(Period(count, unit).as_json()) == Period(count, unit)


@pytest.mark.parametrize(
    ("period", "shown", "written"),
    [
        (Period(60, "months"), "5 years", "P5Y"),
        (Period(12, "months"), "1 year", "P1Y"),
        (Period(18, "months"), "18 months", "P18M"),
        (Period(1, "months"), "1 month", "P1M"),
        (Period(0, "months"), "0 months", "P0M"),
        (Period(-30, "days"), "-30 days", "-P30D"),
        (Period(1, "hours"), "1 hour", "PT1H"),
        (Period(10, "working days"), "10 working days", "10 working days"),
        (Period(1, "working days"), "1 working day", "1 working day"),
    ],
)
def test_a_period_is_shown_in_its_largest_unit(period, shown, written):
    assert shown == str(period)
    assert written == period.as_json()


def test_a_period_is_a_value():
    year = Period(12, "months")

    assert year == pickle.loads(pickle.dumps(year))  # noqa: S301 - Our own bytes.
    assert Period(1, "days") != Period(24, "hours")
