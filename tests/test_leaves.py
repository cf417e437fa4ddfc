"""One number, rate or time of an application: its exact value, or the problem with all it says."""

import datetime as dt
import decimal
from decimal import Decimal

import pytest

import shapes
from grantrules import calendars
from grantrules import types as ty
from grantrules.calendars import DateSlip, MomentSlip, Period, PeriodSlip
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.facts import leaves
from grantrules.facts import problems as pr
from grantrules.facts.host import described
from grantrules.facts.json_text import REFUSED, JsonNumber
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.quantities import Money, NumberSlip

PROGRAM = shapes.kdp()  # Its time zone is Europe/Istanbul.
LIRA, RATE, POINTS, SHARE = ty.Money("TRY"), ty.Rate(), ty.Points(), ty.PercentagePoints()
NUMBER, DATE, MONTH, YEAR, MOMENT = ty.Number(), ty.Date(), ty.Month(), ty.Year(), ty.Moment()
NARROW = Limits(digits=6, decimals=6, string_length=12)


def read(kind, scale, given, limits=DEFAULT_LIMITS):
    return leaves.leaf_of(ir.FieldDef("x", kind, scale=scale), PROGRAM, limits)(given)


def no_number(kind, given, slip, near="", example='"1500.50"'):
    return (
        kind,
        given,
        pr.NotANumber(text=given, slip=leaves._NUMBER_SLIPS[slip], near=near, example=example),
    )


def too_fine(kind, given, shown=None):
    return (kind, given, pr.TooManyDecimals(text=shown or str(given), most=2, expected=ty.described(kind)))


def of_another_kind(kind, given, example):
    expected = ty.described(kind)
    return (kind, given, pr.WrongKind(expected=expected, given=described(given), example=example))


def shown(case):
    return ascii(case)[:40]


# ---- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "given", "found"),
    [
        (LIRA, "12.5", 1250),
        (LIRA, JsonNumber("12.5"), 1250),
        (LIRA, 12, 1200),
        (LIRA, Decimal("12.5"), 1250),
        (LIRA, Decimal("-12.5000"), -1250),
        (LIRA, Decimal("1.2E+3"), 120_000),
        (LIRA, Decimal("1E-2"), 1),
        (LIRA, Decimal("0E-99"), 0),
        (LIRA, Money("12.5", "TRY"), 1250),
        (LIRA, {"amount": "12.5", "currency": "TRY"}, 1250),
        (LIRA, {"amount": 12, "currency": "TRY"}, 1200),
        (LIRA, Money("9" * 18 + ".99", "TRY"), 10**20 - 1),
        (LIRA, 10**18 - 1, (10**18 - 1) * 100),
        (LIRA, Decimal(10**18 - 1), (10**18 - 1) * 100),
        (LIRA, "9" * 18 + ".99", 10**20 - 1),
        (SHARE, "15", 15),
        (SHARE, 15, 15),
        (POINTS, "1.5", 150),
        (RATE, "70%", 70),
        (RATE, "%70", 70),
        (RATE, "-5%", -5),
        (RATE, "-%5", -5),
    ],
    ids=shown,
)
def test_a_number_is_held_in_hundredths(kind, given, found):
    """Money and points with two decimals; of percent and percentage points the hundredth part is the whole percent."""
    assert read(kind, 2, given) == found
    assert type(read(kind, 2, given)) is int


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        no_number(LIRA, "", NumberSlip.EMPTY),
        no_number(LIRA, " 5", NumberSlip.BLANKS, "5"),
        no_number(LIRA, "x", NumberSlip.NOT_A_NUMBER),
        no_number(LIRA, "X5", NumberSlip.NOT_A_NUMBER),
        no_number(LIRA, "five euros", NumberSlip.NOT_A_NUMBER),
        no_number(LIRA, "1,500.000,5", NumberSlip.NOT_A_NUMBER),
        no_number(LIRA, "1e5", NumberSlip.EXPONENT),
        no_number(LIRA, "1,5", NumberSlip.COMMA_DECIMAL, "1.5"),
        no_number(LIRA, "0,5", NumberSlip.COMMA_DECIMAL, "0.5"),
        no_number(LIRA, "1234,5678", NumberSlip.COMMA_DECIMAL, "1234.5678"),
        # A comma before three digits: thousands or decimals, and nobody says which.
        no_number(LIRA, "1,234", NumberSlip.AMBIGUOUS_SEPARATOR),
        no_number(LIRA, "1.500,50", NumberSlip.THOUSANDS_SEPARATOR, "1500.50"),
        no_number(LIRA, "1.500.000,5", NumberSlip.THOUSANDS_SEPARATOR, "1500000.5"),
        no_number(LIRA, "1,500.50", NumberSlip.THOUSANDS_SEPARATOR, "1500.50"),
        no_number(LIRA, "1,500,000.5", NumberSlip.THOUSANDS_SEPARATOR, "1500000.5"),
        no_number(LIRA, "1.500.000", NumberSlip.THOUSANDS_SEPARATOR, "1500000"),
        no_number(LIRA, "1,500,000", NumberSlip.THOUSANDS_SEPARATOR, "1500000"),
        no_number(LIRA, "1 500", NumberSlip.THOUSANDS_SEPARATOR, "1500"),
        no_number(LIRA, "1\u00a0500", NumberSlip.THOUSANDS_SEPARATOR, "1500"),
        no_number(LIRA, "1\u2009500", NumberSlip.THOUSANDS_SEPARATOR, "1500"),
        no_number(LIRA, "1\u202f500", NumberSlip.THOUSANDS_SEPARATOR, "1500"),
        no_number(LIRA, "1'500", NumberSlip.THOUSANDS_SEPARATOR, "1500"),
        no_number(LIRA, "1’500", NumberSlip.THOUSANDS_SEPARATOR, "1500"),
        no_number(LIRA, "1_000", NumberSlip.UNDERSCORE, "1000"),
        no_number(LIRA, "1500 TL", NumberSlip.NOT_A_NUMBER, "1500"),
        no_number(LIRA, "1500 TRY", NumberSlip.NOT_A_NUMBER, "1500"),
        no_number(LIRA, "-1500₺", NumberSlip.NOT_A_NUMBER, "-1500"),
        no_number(LIRA, "TL", NumberSlip.NOT_A_NUMBER),
        no_number(SHARE, "1,5", NumberSlip.COMMA_DECIMAL, "1.5", '"15"'),
        no_number(RATE, "70 %", NumberSlip.BLANKS, "70%", '"70%"'),
        no_number(RATE, "7,5%", NumberSlip.COMMA_DECIMAL, "7.5%", '"70%"'),
        no_number(RATE, "-%7,5", NumberSlip.COMMA_DECIMAL, "-7.5%", '"70%"'),
        no_number(RATE, "%", NumberSlip.EMPTY, "", '"70%"'),
        no_number(RATE, "%%70", NumberSlip.NOT_A_NUMBER, "", '"70%"'),
        no_number(RATE, "1e3", NumberSlip.EXPONENT, "", '"70%"'),
        too_fine(LIRA, "1.234"),
        too_fine(LIRA, JsonNumber("1.234"), "1.234"),
        too_fine(LIRA, Decimal("1.234")),
        too_fine(LIRA, Decimal("-1.234")),
        too_fine(LIRA, Decimal("0.011")),
        too_fine(LIRA, Decimal("0.009"), "0.00…"),
        too_fine(LIRA, Decimal("1E-30"), "0.00…"),
        too_fine(LIRA, Decimal("1.23456789012345678987654321"), "1.2345678901234567898…"),
        too_fine(LIRA, Decimal("0.0123456789012345678901234"), "0.012345678901234567890…"),
        too_fine(LIRA, Money("1.234", "TRY"), "1.234"),
        (SHARE, "15.5", pr.TooManyDecimals(text="15.5", most=0, expected=ty.described(SHARE))),
        (RATE, "70.5%", pr.TooManyDecimals(text="70.5%", most=0, expected=ty.described(RATE))),
        (LIRA, "9" * 19, pr.TooManyDigits(most=18)),
        (LIRA, 10**18, pr.TooManyDigits(most=18)),
        (LIRA, -(10**18), pr.TooManyDigits(most=18)),
        (LIRA, Decimal(10**18), pr.TooManyDigits(most=18)),
        (LIRA, Decimal("NaN"), pr.NoFiniteNumber(text="NaN")),
        (LIRA, Decimal("-Infinity"), pr.NoFiniteNumber(text="Infinity")),
        of_another_kind(LIRA, True, '"1500.50"'),
        of_another_kind(LIRA, None, '"1500.50"'),
        of_another_kind(LIRA, [1], '"1500.50"'),
        of_another_kind(LIRA, {"amount": "1"}, '"1500.50"'),
        of_another_kind(LIRA, {"amount": "1", "currency": 1}, '"1500.50"'),
        of_another_kind(LIRA, {"amount": "1", "currency": "TRY", "more": 1}, '"1500.50"'),
        of_another_kind(LIRA, {"amount": Money("1", "TRY"), "currency": "TRY"}, '"1500.50"'),
        of_another_kind(LIRA, {"sum": "1", "currency": "TRY"}, '"1500.50"'),
        of_another_kind(RATE, True, '"70%"'),
        of_another_kind(RATE, None, '"70%"'),
        (LIRA, 1.5, pr.InexactNumber(expected=ty.described(LIRA), example='"1500.50"')),
        (LIRA, Money("1", "EUR"), pr.WrongCurrency(given="EUR", currency="TRY")),
        (LIRA, {"amount": "1", "currency": "EUR"}, pr.WrongCurrency(given="EUR", currency="TRY")),
        (SHARE, "15%", pr.PercentForPoints(text="15%", expected=ty.described(SHARE))),
        (RATE, "0.7", pr.TooManyDecimals(text="0.7", most=0, expected=ty.described(RATE))),
        *((RATE, each, pr.NotAPercentage(text=described(each))) for each in ("70", 70, 0.7, Decimal(70), JsonNumber("7"))),
        (LIRA, REFUSED, REFUSED),
        (RATE, REFUSED, REFUSED),
        (LIRA, {"amount": REFUSED, "currency": "TRY"}, REFUSED),
        (LIRA, {"amount": "1", "currency": REFUSED}, REFUSED),
    ],
    ids=shown,
)  # fmt: skip
def test_what_is_no_such_number_is_named_with_all_that_helps(kind, given, problem):
    assert read(kind, 2, given) == problem


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("999999.99", 99_999_999),
        ("1234567", pr.TooManyDigits(most=6)),
        (999_999, 99_999_900),
        (1_000_000, pr.TooManyDigits(most=6)),
        (Decimal("999999.99"), 99_999_999),
        (Decimal(1_000_000), pr.TooManyDigits(most=6)),
        ("0" * 10 + "12", pr.TooManyDigits(most=6)),
        ("x" * 13, pr.TextTooLong(most=12)),
    ],
)
def test_a_number_keeps_to_the_limits(given, found):
    assert read(NUMBER, 2, given, NARROW) == found


@pytest.mark.parametrize("given", ["12", 12, Decimal("12.0"), JsonNumber("12")])
def test_a_whole_number_has_no_decimals(given):
    assert read(ty.Number(whole=True), 0, given) == 12


def test_the_default_context_of_a_host_changes_nothing(monkeypatch):
    """Every new context takes from it what is not said."""
    for name, value in [("Emax", 1), ("Emin", -1), ("rounding", decimal.ROUND_UP), ("prec", 1)]:
        monkeypatch.setattr(decimal.DefaultContext, name, value)
    for signal in decimal.DefaultContext.traps:
        monkeypatch.setitem(decimal.DefaultContext.traps, signal, True)

    assert read(LIRA, 2, Decimal("123456.7800")) == 12_345_678
    assert read(LIRA, 2, Decimal("0.01")) == 1
    assert read(LIRA, 2, Decimal("0.012345678901234567890123")).text == "0.012345678901234567890…"


def test_a_text_that_the_limits_on_numbers_allow_is_never_too_long():
    """A sign, six digits, a point and six decimals are more than the ten characters that a text may have."""
    assert (
        read(NUMBER, 6, "-999999.999999", Limits(digits=6, decimals=6, string_length=10)) == -999_999_999_999
    )
    assert read(
        NUMBER, 6, "-0999999.999999", Limits(digits=6, decimals=6, string_length=10)
    ) == pr.TextTooLong(most=10)
    long = read(NUMBER, 2, "x" * 12, NARROW)
    assert isinstance(long, pr.NotANumber)


def test_a_percentage_cannot_be_held_without_decimals():
    with pytest.raises(ValueError, match=r"^A percentage is held with at least two decimals, not with 1\.$"):
        read(RATE, 1, "70%")


def test_a_number_that_is_not_money_names_no_currency():
    assert read(NUMBER, 2, Money("1", "TRY")) == of_another_kind(NUMBER, Money("1", "TRY"), '"12.5"')[2]


# ---- time ----------------------------------------------------------------------------------------------------------


def no_date(kind, given, slip, example, text=None):
    slip_words = leaves._DATE_SLIPS[slip]
    if slip is DateSlip.NOT_A_DATE:
        slip_words = leaves._NOT_WRITTEN.get(type(kind), slip_words)
    expected = ty.described(kind)
    return (
        kind,
        given,
        pr.NotADate(text=text or str(given), slip=slip_words, expected=expected, example=example),
    )


def no_moment(given, slip, text=None):
    slip_words, example = leaves._DATE_SLIPS[slip], '"2023-09-04T14:30:00+03:00"'
    return (MOMENT, given, pr.NotAMoment(text=text or given, slip=slip_words, example=example))


def no_period(given, slip):
    return (
        ty.Period("months"),
        given,
        pr.NotAPeriod(text=given, slip=leaves._PERIOD_SLIPS[slip], example='"P18M"'),
    )


class Broken(dt.tzinfo):
    def utcoffset(self, _):
        raise RuntimeError("no offset")


def ahead(**given):
    return dt.timezone(dt.timedelta(**given))


@pytest.mark.parametrize(
    ("kind", "given", "found"),
    [
        (DATE, "2023-09-04", dt.date(2023, 9, 4).toordinal()),
        (DATE, dt.date(2023, 9, 4), dt.date(2023, 9, 4).toordinal()),
        (DATE, dt.date(1900, 1, 1), dt.date(1900, 1, 1).toordinal()),
        (DATE, dt.date(2200, 12, 31), dt.date(2200, 12, 31).toordinal()),
        no_date(DATE, dt.date(1899, 12, 31), DateSlip.YEAR_OUT_OF_RANGE, '"2023-09-04"'),
        no_date(DATE, dt.date(2201, 1, 1), DateSlip.YEAR_OUT_OF_RANGE, '"2023-09-04"'),
        no_date(DATE, "04.09.2023", DateSlip.DAY_FIRST, '"2023-09-04"'),
        of_another_kind(DATE, 20230904, '"2023-09-04"'),
        of_another_kind(DATE, dt.datetime(2023, 9, 4, tzinfo=dt.UTC), '"2023-09-04"'),
        (DATE, REFUSED, REFUSED),
        (MONTH, "2023-09", 12 * 2023 + 8),
        no_date(MONTH, "2023-13", DateSlip.NO_SUCH_MONTH, '"2023-09"'),
        of_another_kind(MONTH, 9, '"2023-09"'),
        (MONTH, REFUSED, REFUSED),
        (YEAR, 2023, 2023),
        (YEAR, "2023", 2023),
        (YEAR, 1900, 1900),
        (YEAR, 2200, 2200),
        no_date(YEAR, 1899, DateSlip.YEAR_OUT_OF_RANGE, "2023"),
        no_date(YEAR, 2201, DateSlip.YEAR_OUT_OF_RANGE, "2023"),
        no_date(YEAR, 2**127 - 1, DateSlip.YEAR_OUT_OF_RANGE, "2023"),
        no_date(YEAR, 2**127, DateSlip.YEAR_OUT_OF_RANGE, "2023", text="…"),
        no_date(YEAR, "23", DateSlip.NOT_A_DATE, "2023"),
        of_another_kind(YEAR, True, "2023"),
        of_another_kind(YEAR, None, "2023"),
        (YEAR, REFUSED, REFUSED),
        (MOMENT, "2023-08-29 23:00", 1693339200),
        (MOMENT, "2023-08-29T20:00Z", 1693339200),
        (MOMENT, dt.datetime(2023, 8, 29, 20, 0, 7, tzinfo=dt.UTC), 1693339207),
        (MOMENT, dt.datetime(2023, 8, 29, 23, 1, 7, tzinfo=ahead(hours=3, minutes=1)), 1693339207),
        (MOMENT, dt.datetime(2023, 8, 29, 20, 0, 6, tzinfo=ahead(seconds=-1)), 1693339207),
        (MOMENT, dt.datetime(1900, 1, 1, tzinfo=dt.UTC), -2208988800),
        (MOMENT, dt.datetime(2200, 12, 31, 23, 59, 59, tzinfo=dt.UTC), 7289654399),
        (MOMENT, dt.datetime(2023, 8, 29, 20), pr.NoZone()),  # noqa: DTZ001 - It has no zone.
        no_moment("2023-08-29", DateSlip.NO_TIME),
        no_moment(dt.datetime(1899, 12, 31, 23, 59, 59, tzinfo=dt.UTC), DateSlip.YEAR_OUT_OF_RANGE, "1899-12-31 23:59:59"),
        no_moment(dt.datetime(2201, 1, 1, tzinfo=dt.UTC), DateSlip.YEAR_OUT_OF_RANGE, "2201-01-01 00:00:00"),
        no_moment(dt.datetime(2023, 8, 29, microsecond=1, tzinfo=dt.UTC), DateSlip.FRACTION_OF_A_SECOND, "2023-08-29 00:00:00.000001"),
        no_moment(
            dt.datetime(2023, 8, 29, tzinfo=ahead(microseconds=1)), DateSlip.FRACTION_OF_A_SECOND, "2023-08-29 00:00:00"
        ),
        no_moment(dt.datetime(2023, 8, 29, tzinfo=Broken()), DateSlip.BAD_OFFSET, "2023-08-29 00:00:00"),
        *(
            (MOMENT, text, pr.UnclearLocalTime(text=text, zone="Europe/Istanbul", slip=leaves._MOMENT_SLIPS[slip]))
            for text, slip in [("2015-03-29 03:30", MomentSlip.SKIPPED), ("2015-11-08 03:30", MomentSlip.TWICE)]
        ),
        of_another_kind(MOMENT, dt.date(2023, 8, 29), '"2023-09-04T14:30:00+03:00"'),
        of_another_kind(MOMENT, 1693339200, '"2023-09-04T14:30:00+03:00"'),
        (MOMENT, REFUSED, REFUSED),
        (ty.Period("months"), "P1Y6M", 18),
        (ty.Period("months"), Period(18, "months"), 18),
        (ty.Period("working days"), Period(10, "working days"), 10),
        no_period("P1M10D", PeriodSlip.MIXED),
        no_period("18", PeriodSlip.NOT_A_PERIOD),
        (
            ty.Period("months"), "P30D",
            pr.OtherPeriod(
                given=described(Period(30, "days")), expected=ty.described(ty.Period("months")), example='"P18M"'
            ),
        ),
        of_another_kind(ty.Period("hours"), 18, '"PT36H"'),
        (ty.Period("months"), REFUSED, REFUSED),
    ],
    ids=shown,
)  # fmt: skip
def test_a_time_is_exact_or_named_with_all_that_helps(kind, given, found):
    assert read(kind, None, given) == found


@pytest.mark.parametrize("count", [2**63, 2**5000, "18", True, 1.5])
def test_a_period_whose_count_is_no_plain_number_is_none(count):
    assert read(ty.Period("months"), None, Period(count, "months")) == pr.NotAPeriod(
        text="…", slip=leaves._PERIOD_SLIPS[PeriodSlip.NOT_A_PERIOD], example='"P18M"'
    )


def test_a_period_longer_than_any_law_is_named_so():
    found = read(ty.Period("months"), None, Period(2**62, "months"))

    assert isinstance(found, pr.NotAPeriod)
    assert found.slip == leaves._PERIOD_SLIPS[PeriodSlip.TOO_LONG]


def test_a_programme_has_a_zone_that_there_is():
    program = shapes.programme(shapes.asked("x", MOMENT), zone="Europe/Atlantis")

    with pytest.raises(ValueError, match=r"^There is no time zone 'Europe/Atlantis'\.$"):
        leaves.leaf_of(program.application.fields[0], program, DEFAULT_LIMITS)


def test_every_slip_has_words_in_both_languages():
    for words in (leaves._NUMBER_SLIPS, leaves._DATE_SLIPS, leaves._MOMENT_SLIPS, leaves._PERIOD_SLIPS):
        assert all(isinstance(each, Words) and each.en and each.tr for each in words.values())
    assert set(leaves._DATE_SLIPS) == set(DateSlip)
    assert set(leaves._PERIOD_SLIPS) == set(PeriodSlip)
    assert calendars.FIRST_YEAR == 1900
