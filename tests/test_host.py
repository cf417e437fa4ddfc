"""What a host hands in is copied within bounds: a record has so many fields and no more, whatever it is."""

import datetime as dt
from collections import OrderedDict
from decimal import Decimal
from types import MappingProxyType

import attrs
import pytest

from grantrules.calendars import Period
from grantrules.facts import problems as pr
from grantrules.facts.host import A_LIST, A_RECORD, INEXACT, STRANGE, described, exact, fields_of, items_of
from grantrules.facts.json_text import REFUSED, JsonNumber
from grantrules.quantities import Money


@attrs.frozen
class Record:
    """A record of the host."""

    a: int = 1
    b: int = 2
    c: int = 3


PLAIN = {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize(
    "given", [PLAIN, OrderedDict(PLAIN), MappingProxyType(PLAIN), Record()], ids=lambda g: type(g).__name__
)
def test_a_record_is_read_up_to_the_limit(given):
    assert fields_of(given, 3) == (PLAIN, [])
    assert fields_of(given, 2) == ({"a": 1, "b": 2}, [pr.TooManyValues(most=2)])
    assert fields_of(given, 1) == ({"a": 1}, [pr.TooManyValues(most=1)])


def test_names_of_fields_are_composed_texts():
    given = {"s\u0327": 1, "ş": 2, 5: 3, "\ud800": 4, "b": 5}

    found, wrong = fields_of(given, 9)
    assert found == {"ş": REFUSED, "b": 5}
    assert wrong == [
        pr.RepeatedField(name="ş"), pr.NameIsNoText(given=described(5)), pr.BrokenText(),
    ]  # fmt: skip
    assert fields_of([1], 9) is None
    assert fields_of("a", 9) is None
    assert fields_of(REFUSED, 9) is None


def test_items_are_those_of_lists_and_of_sets_where_they_may_be():
    assert items_of([1, 2]) == [1, 2]
    assert items_of((1, 2)) == [1, 2]
    assert items_of({1}) is None
    assert items_of({1}, sets=True) == [1]
    assert items_of(frozenset({1}), sets=True) == [1]
    assert items_of("ab", sets=True) is None
    assert items_of({"a": 1}, sets=True) is None


class Whole(int):
    """A number of the host."""


class Day(dt.date):
    """A day of the host."""


class Time(dt.datetime):
    """A time of the host."""


class Exact(Decimal):
    """A decimal of the host."""


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (Whole(5), 5),
        (Day(2026, 3, 1), dt.date(2026, 3, 1)),
        (Time(2026, 3, 1, 4, 5, 6, 7, tzinfo=dt.UTC), dt.datetime(2026, 3, 1, 4, 5, 6, 7, tzinfo=dt.UTC)),
        (Exact("1.50"), Decimal("1.50")),
        (1.5, INEXACT),
        ([1], A_LIST),
        ((1,), A_LIST),
        ({}, A_RECORD),
        (Record(), A_RECORD),
        (object(), STRANGE),
        ({1}, STRANGE),
        (b"a", STRANGE),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_value_is_copied_to_an_exact_type(given, found):
    copied = exact(given)

    assert copied == found
    assert type(copied) is type(found)


@pytest.mark.parametrize(
    ("given", "english", "turkish"),
    [
        (None, "nothing (null)", "boş değer (null)"),
        (True, "yes (true)", "evet (true)"),
        (False, "no (false)", "hayır (false)"),
        (2**127 - 1, f"the number {2**127 - 1}", f"{2**127 - 1} sayısı"),
        (2**127, "a number", "bir sayı"),
        (Decimal("1.5"), "a number", "bir sayı"),
        (JsonNumber("1.5"), "the number 1.5", "1.5 sayısı"),
        ("a" * 41, f"the text “{'a' * 40}…”", f"“{'a' * 40}…” metni"),
        ("a\n", "the text “a\\u{A}”", "“a\\u{A}” metni"),
        (dt.datetime(2026, 3, 1, tzinfo=dt.UTC), "a date with a time", "saati olan bir tarih"),
        (dt.date(2026, 3, 1), "a date", "bir tarih"),
        (Money("1.50", "EUR"), "the amount 1.50 EUR", "1,50 EUR tutarı"),
        (Period(18, "months"), "18 months", "18 ay"),
        (1.5, "a binary floating-point number", "ikili kayan noktalı bir sayı"),
        ([], "a list", "bir liste"),
        ({}, "a record of fields", "alanlardan oluşan bir kayıt"),
        (object(), "an object that is no plain value", "yalın bir değer olmayan bir nesne"),
        (REFUSED, "an object that is no plain value", "yalın bir değer olmayan bir nesne"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_was_handed_in_is_called(given, english, turkish):
    words = described(given)

    assert (words.en, words.tr) == (english, turkish)
