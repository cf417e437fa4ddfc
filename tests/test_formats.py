"""Values as people read them: the same facts in English and Turkish, and no rounding without a word."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grantrules import formats
from grantrules.calendars import Period, parse_date, parse_month, zone
from grantrules.quantities import Money

ISTANBUL = zone("Europe/Istanbul")
LANGUAGES = st.sampled_from(["en", "tr"])


def in_both(function, *arguments):
    return [function(*arguments, language) for language in ("en", "tr")]


@pytest.mark.parametrize(
    ("money", "english", "turkish"),
    [
        (Money("2450000", "TRY"), "2,450,000.00 TRY", "2.450.000,00 TRY"),
        (Money("999.9", "EUR"), "999.90 EUR", "999,90 EUR"),
        (Money("-1234.5678", "TRY"), "-1,234.5678 TRY", "-1.234,5678 TRY"),
        (Money("1000", "JPY"), "1,000 JPY", "1.000 JPY"),
        (Money("0", "TRY"), "0.00 TRY", "0,00 TRY"),
    ],
)
def test_money_has_the_signs_of_the_language_and_its_code_behind_it(money, english, turkish):
    assert in_both(formats.money, money) == [english, turkish]


@pytest.mark.parametrize(
    ("value", "english", "turkish"),
    [
        (0, "0", "0"),
        (-1234567, "-1,234,567", "-1.234.567"),
        (Fraction("1234.5"), "1,234.5", "1.234,5"),
        (Fraction("0.000001"), "0.000001", "0,000001"),
        (Fraction(1, 3), "1/3 (about 0.333333)", "1/3 (yaklaşık 0,333333)"),
        (Fraction(-2000, 3), "-2000/3 (about -666.666667)", "-2000/3 (yaklaşık -666,666667)"),
        (Fraction("0.1234567"), "1234567/10000000 (about 0.123457)", "1234567/10000000 (yaklaşık 0,123457)"),
        (Fraction(1, 10**9), "1/1000000000", "1/1000000000"),
        (
            Fraction(10**12, 3),
            "1000000000000/3 (about 333,333,333,333.333333)",
            "1000000000000/3 (yaklaşık 333.333.333.333,333333)",
        ),
        (Fraction(10**13, 3), "about 3,333,333,333,333.333333", "yaklaşık 3.333.333.333.333,333333"),
    ],
)
def test_a_number_is_exact_or_says_that_it_is_not(value, english, turkish):
    assert in_both(formats.number, value) == [english, turkish]


@given(st.fractions(-(10**6), 10**6, max_denominator=10**5), st.integers(0, 8), LANGUAGES)
def test_what_is_not_marked_as_near_is_exact(value, decimals, language):
    text = formats.number(value, language, decimals)
    exact, _, near = text.partition(" (")

    thousands, point = (".", ",") if language == "tr" else (",", ".")
    assert Fraction(exact.replace(thousands, "").replace(point, ".")) == value
    if near:
        about = re.fullmatch(r"(?:about|yaklaşık) (.+)\)", near)[1]
        approximate = Fraction(about.replace(thousands, "").replace(point, "."))
        assert abs(approximate - value) <= Fraction(1, 2 * 10**decimals)


def test_an_amount_that_is_not_rounded_yet_shows_it():
    assert in_both(formats.amount, Fraction(5, 2), "TRY") == ["2.50 TRY", "2,50 TRY"]
    assert in_both(formats.amount, 2, "XXQ") == ["2 XXQ", "2 XXQ"], "what is no currency has no coins"
    assert in_both(formats.amount, Fraction(1000, 3), "TRY") == [
        "1000/3 (about 333.333333) TRY",
        "1000/3 (yaklaşık 333,333333) TRY",
    ]


def test_a_price_names_what_it_is_for():
    assert formats.price(3, "EUR", "tonne", "en") == "3.00 EUR per tonne"
    assert formats.price(3, "EUR", "tonne", "tr") == "tonne başına 3,00 EUR"
    assert formats.price(Fraction("1.1234567"), "EUR", "tonne", "en", 7) == "1.1234567 EUR per tonne"
    assert formats.price(Fraction("1.1234567"), "EUR", "a_m²", "tr", 7) == "a m² başına 1,1234567 EUR"


@given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.sampled_from(["TRY", "JPY", "KWD"]), LANGUAGES)
def test_an_amount_and_money_of_one_value_look_the_same(units, scale, currency, language):
    money = Money.from_units(units, scale, currency)

    assert formats.money(money, language) == formats.amount(money.fraction, currency, language)


@pytest.mark.parametrize(
    ("rate", "english", "turkish"),
    [
        (Fraction(7, 10), "70%", "%70"),
        (Fraction("0.825"), "82.5%", "%82,5"),
        (Fraction("-0.05"), "-5%", "-%5"),
        (Fraction(12), "1,200%", "%1.200"),
        (Fraction("0.12345678"), "12.345678%", "%12,345678"),
        (Fraction(1, 10**11), "1/100000000000", "1/100000000000"),
        (Fraction(1, 3), "1/3 (about 33.333333%)", "1/3 (yaklaşık %33,333333)"),
        (Fraction(-1, 3), "-1/3 (about -33.333333%)", "-1/3 (yaklaşık -%33,333333)"),
    ],
)
def test_the_percent_sign_stands_in_front_in_turkish(rate, english, turkish):
    assert in_both(formats.percent, rate) == [english, turkish]


@pytest.mark.parametrize(
    ("points", "english", "turkish"),
    [
        (Fraction(15, 100), "15 percentage points", "15 yüzde puan"),
        (Fraction(1, 100), "1 percentage point", "1 yüzde puan"),
        (Fraction("0.025"), "2.5 percentage points", "2,5 yüzde puan"),
    ],
)
def test_percentage_points_are_not_percent(points, english, turkish):
    assert in_both(formats.percentage_points, points) == [english, turkish]


@pytest.mark.parametrize(
    ("points", "english", "turkish"),
    [
        (15, "15 points", "15 puan"),
        (1, "1 point", "1 puan"),
        (Fraction(1, 3), "1/3 (about 0.333333) points", "1/3 (yaklaşık 0,333333) puan"),
    ],
)
def test_points_of_a_score_are_counted(points, english, turkish):
    assert in_both(formats.points, points) == [english, turkish]


@pytest.mark.parametrize(
    "written", [formats.number, formats.percent, formats.percentage_points, formats.points]
)
def test_a_caller_may_ask_for_fewer_decimals(written):
    value = Fraction("0.12344") / (100 if "percent" in written.__name__ else 1)

    assert "(about 0.1234" in written(value, "en", 4)
    assert "0.12344" in written(value, "en", 5)


def test_a_date_has_the_month_as_a_word_so_that_nobody_takes_it_for_the_day():
    assert in_both(formats.date, parse_date("2023-09-04")) == ["4 September 2023", "4 Eylül 2023"]
    assert in_both(formats.month, parse_month("2026-03")) == ["March 2026", "Mart 2026"]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", "January February March April May June July August September October November December"),
        ("tr", "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"),
    ],
)
def test_every_month_has_its_name(language, names):
    dates = [formats.date(parse_date(f"2024-{month:02}-01"), language) for month in range(1, 13)]

    assert names == " ".join(date.split()[1] for date in dates)


@pytest.mark.parametrize(
    ("epoch", "english", "turkish"),
    [
        (1693339200, "29 August 2023, 23:00 (Europe/Istanbul)", "29 Ağustos 2023, 23:00 (Europe/Istanbul)"),
        (
            1693339201,
            "29 August 2023, 23:00:01 (Europe/Istanbul)",
            "29 Ağustos 2023, 23:00:01 (Europe/Istanbul)",
        ),
        (
            1446942600,
            "8 November 2015, 03:30 (Europe/Istanbul, UTC+03:00)",
            "8 Kasım 2015, 03:30 (Europe/Istanbul, UTC+03:00)",
        ),
        (
            1446946200,
            "8 November 2015, 03:30 (Europe/Istanbul, UTC+02:00)",
            "8 Kasım 2015, 03:30 (Europe/Istanbul, UTC+02:00)",
        ),
    ],
)
def test_a_moment_names_its_zone_and_where_needed_its_offset(epoch, english, turkish):
    """On 8 November 2015 clocks in Türkiye showed the hour from three to four twice."""
    assert in_both(formats.moment, epoch, ISTANBUL) == [english, turkish]


@pytest.mark.parametrize(
    ("period", "english", "turkish"),
    [
        (Period(60, "months"), "5 years", "5 yıl"),
        (Period(18, "months"), "18 months", "18 ay"),
        (Period(1, "days"), "1 day", "1 gün"),
        (Period(36, "hours"), "36 hours", "36 saat"),
        (Period(10, "working days"), "10 working days", "10 iş günü"),
    ],
)
def test_a_period_is_said_in_its_largest_unit(period, english, turkish):
    assert in_both(formats.period, period) == [english, turkish]


@pytest.mark.parametrize(
    ("period", "english", "turkish"),
    [
        (Period(60, "months"), "60 months", "60 ay"),
        (Period(1, "months"), "1 month", "1 ay"),
        (Period(-1, "months"), "-1 month", "-1 ay"),
        (Period(14, "days"), "14 days", "14 gün"),
    ],
)
def test_whole_years_may_be_said_in_months(period, english, turkish):
    assert [formats.period(period, language, in_months=True) for language in ("en", "tr")] == [
        english,
        turkish,
    ]


def test_yes_and_no():
    assert in_both(formats.yes_no, True) == ["yes", "evet"]
    assert in_both(formats.yes_no, False) == ["no", "hayır"]


@pytest.mark.parametrize(
    ("items", "english", "turkish"),
    [
        ([], ["", ""], ["", ""]),
        (["a"], ["a", "a"], ["a", "a"]),
        (["a", "b"], ["a and b", "a or b"], ["a ve b", "a veya b"]),
        (["a", "b", "c"], ["a, b and c", "a, b or c"], ["a, b ve c", "a, b veya c"]),
    ],
)
def test_a_list_ends_in_a_word(items, english, turkish):
    assert english == [formats.all_of(items, "en"), formats.any_of(items, "en")]
    assert turkish == [formats.all_of(items, "tr"), formats.any_of(items, "tr")]


@pytest.mark.parametrize(
    ("digits", "written"),
    [("0", "0"), ("000", "0"), ("12", "12"), ("999", "999"), ("0001000", "1 000"), ("1234567", "1 234 567")],
)
def test_thousands_are_marked_as_a_rule_file_does(digits, written):
    assert formats.grouped(digits) == written
    assert formats.grouped(digits, ".") == written.replace(" ", ".")
