"""Values at their edges, as people, programs and JSON take them."""

import datetime as dt
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

import shapes
from grantrules import types as ty
from grantrules import values
from grantrules.core import ir
from grantrules.core.ir import UNKNOWN
from grantrules.evaluate.outcome import Undecided
from grantrules.quantities import Money

ISTANBUL = shapes.every_type()
NOWHERE = shapes.programme(zone="")
NO_SUCH_TOWN = shapes.programme(zone="Europe/Nowhere")


@pytest.mark.parametrize(
    ("program", "moment", "found", "written"),
    [
        (
            ISTANBUL,
            0,
            dt.datetime(1970, 1, 1, 2, tzinfo=ZoneInfo("Europe/Istanbul")),
            "1970-01-01T02:00:00+02:00",
        ),
        (NOWHERE, 0, dt.datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC")), "1970-01-01T00:00:00+00:00"),
        (NO_SUCH_TOWN, 0, dt.datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC")), "1970-01-01T00:00:00+00:00"),
        (ISTANBUL, 253_402_300_800, "10000-01-01T03:00:00+03:00", "10000-01-01T03:00:00+03:00"),
        (NOWHERE, -62_135_596_801, "0000-12-31T23:59:59+00:00", "0000-12-31T23:59:59+00:00"),
    ],
)
def test_a_moment_is_in_the_zone_of_the_programme(program, moment, found, written):
    assert values.public(moment, ty.Moment(), program) == found
    assert values.as_json(moment, ty.Moment(), program) == written


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (1, dt.date(1, 1, 1)),
        (0, "0000-12-31"),
        (dt.date.max.toordinal(), dt.date.max),
        (dt.date.max.toordinal() + 1, "10000-01-01"),
    ],
)
def test_a_day_beyond_those_of_python_is_a_text(day, found):
    assert values.public(day, ty.Date(), ISTANBUL) == found
    assert values.as_json(day, ty.Date(), ISTANBUL) == str(found)


@pytest.mark.parametrize(
    ("kind", "value", "english", "turkish"),
    [
        (ty.YesNo(), False, "no", "hayır"),
        (ty.Choice("stage", ()), "developing", "Growing", "Gelişen"),
        (ty.Choice("stage", ()), "mature", "mature", "Olgun"),
        (ty.Choice("other", ()), "two_words", "two words", "two words"),
        (ty.Choices("areas", shapes.AREAS), frozenset(), "none", "hiçbiri"),
        (ty.Choices("areas", shapes.AREAS), frozenset({"productivity", "innovation"}), "productivity and innovation",
         "productivity ve innovation"),
        (ty.Choices("stage", ("idea", "mature")), frozenset({"idea", "mature"}), "idea and mature", "Fikir ve Olgun"),
        (ty.MoneyPer("EUR", "tonne"), Fraction(1, 10**8), "0.00000001 EUR per tonne", "tonne başına 0,00000001 EUR"),
        (ty.Country(), "ZZ", "ZZ", "ZZ"),
        (ty.Region(), "XX999", "XX999", "XX999"),
        (ty.Country(), "DE", "Germany (DE)", "Almanya (DE)"),
        (ty.Text(), "a", "a", "a"),
        (ty.Quantity("a_tonne"), Fraction(1, 3), "1/3 (about 0.333333) a tonne", "1/3 (yaklaşık 0,333333) a tonne"),
        (ty.Number(), Fraction(1, 10**18), "0.000000000000000001", "0,000000000000000001"),
        (ty.Number(), Fraction(1, 10**19), "1/10000000000000000000", "1/10000000000000000000"),
        (ty.Rate(), Fraction(1, 10**10), "0.00000001%", "%0,00000001"),
        (ty.PercentagePoints(), Fraction(1, 10**10), "0.00000001 percentage points", "0,00000001 yüzde puan"),
        (ty.Money("EUR"), Fraction(1, 10**8), "0.00000001 EUR", "0,00000001 EUR"),
        (ty.Year(), 2026, "2026", "2026"),
    ],
)  # fmt: skip
def test_a_value_is_told_in_both_languages(kind, value, english, turkish):
    assert values.as_text(value, kind, ISTANBUL, "en") == english
    assert values.as_text(value, kind, ISTANBUL, "tr") == turkish


def test_what_is_not_decided_shows_its_bounds():
    euro, text = ty.Money("EUR"), ty.Text()
    both = Undecided(frozenset(), Fraction(1), Fraction(5, 2))
    low, high = Undecided(frozenset(), Fraction(1)), Undecided(frozenset(), None, Fraction(1))

    found = values.public(both, euro, ISTANBUL)
    assert found == values.Range(Money("1.00", "EUR"), Money("2.50", "EUR"))
    assert values.as_json(both, euro, ISTANBUL) == {
        "lowest": {"amount": "1.00", "currency": "EUR"},
        "highest": {"amount": "2.50", "currency": "EUR"},
    }
    assert values.public(low, euro, ISTANBUL) == values.Range(Money("1.00", "EUR"), None)
    assert values.public(high, euro, ISTANBUL) == values.Range(None, Money("1.00", "EUR"))
    assert values.public(Undecided(frozenset()), euro, ISTANBUL) is UNKNOWN
    assert values.public(both, text, ISTANBUL) is UNKNOWN
    assert values.as_json(both, text, ISTANBUL) == {"undecided": True}
    assert values.as_json(UNKNOWN, euro, ISTANBUL) == {"undecided": True}
    assert values.public(UNKNOWN, euro, ISTANBUL) is UNKNOWN
    assert values.public(None, euro, ISTANBUL) is None


def test_a_range_holds_its_bounds():
    assert [each in values.Range(1, 3) for each in (0, 1, 3, 4)] == [False, True, True, False]
    assert [each in values.Range(None, 3) for each in (0, 3, 4)] == [True, True, False]
    assert [each in values.Range(1, None) for each in (0, 1, 4)] == [False, True, True]


def test_titles_fall_back_on_the_language_of_the_programme_and_on_the_name():
    about = ir.About("a_name", "rule", {"tr": "Bir ad"})

    assert values.about_title(about, "tr", "en") == "Bir ad"
    assert values.about_title(about, "en", "tr") == "Bir ad"
    assert values.about_title(about, "en", "en") == "a name"
