"""
What a host hands in, copied before it is looked at.

An application may be any mapping or attrs instance, with values of any class.  A subclass can answer every question in
its own way, and differently the second time; another thread can change a list while it is read; an iterator need not
end.  So a value, a record and a list are each copied to exact built-in types first, within bounds, and only the copies
are read.  Nothing here raises, whatever the object does.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, cast

import attrs

from grantrules import formats
from grantrules.calendars import Period
from grantrules.diagnostics import Words, escaped
from grantrules.facts import problems as pr
from grantrules.facts.json_text import REFUSED, JsonNumber
from grantrules.quantities import Money


@attrs.frozen(eq=False)
class _Stand:
    """What stands for an object that is not looked at, and how it is called."""

    words: Words


INEXACT = _Stand(Words("a binary floating-point number", "ikili kayan noktalı bir sayı"))
"""A float: its value is never looked at."""
A_LIST = _Stand(Words("a list", "bir liste"))
A_RECORD = _Stand(Words("a record of fields", "alanlardan oluşan bir kayıt"))
STRANGE = _Stand(Words("an object that is no plain value", "yalın bir değer olmayan bir nesne"))

_KEPT = frozenset(
    (
        str,
        int,
        bool,
        type(None),
        Decimal,
        dt.date,
        dt.datetime,
        Money,
        Period,
        JsonNumber,
        type(REFUSED),
        _Stand,
    )
)
_MOST_SHOWN = 40


def exact(given: Any) -> Any:
    """
    A single value as an exact built-in type, `Money` or `Period`, or what stands for another object.

    `INEXACT` stands for a float, `A_LIST` and `A_RECORD` for what `items_of` and `fields_of` may read, `STRANGE` for
    anything else.
    """
    kind = type(given)  # The real type: a hostile object can lie about its `__class__`.
    if kind in _KEPT:
        return given
    if issubclass(kind, str):
        return str.__str__(given)
    if issubclass(kind, int):
        return int.__int__(given)
    if issubclass(kind, float):
        return INEXACT
    if issubclass(kind, Decimal):
        return Decimal(given)
    if issubclass(kind, dt.datetime):
        return dt.datetime.combine(dt.datetime.date(given), dt.datetime.timetz(given))
    if issubclass(kind, dt.date):
        return dt.date.fromordinal(dt.date.toordinal(given))
    if issubclass(kind, list | tuple):
        return A_LIST
    return A_RECORD if _is_record(kind) else STRANGE


def _is_record(kind: type) -> bool:
    try:
        return issubclass(kind, Mapping) or attrs.has(kind)
    except Exception:  # noqa: BLE001 - A class can fail when it is asked; then it is no record.
        return False


def composed(text: str) -> str | pr.DataProblem:
    """A text in the form rule files have (NFC), so that letters that look the same are the same."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return pr.BrokenText()
    return unicodedata.normalize("NFC", text)


def described(given: Any) -> Words:
    """What was handed in, in plain words and without any value that may be long or inexact."""
    match exact(given):
        case None:
            return Words("nothing (null)", "boş değer (null)")
        case bool(value):
            return Words("yes (true)", "evet (true)") if value else Words("no (false)", "hayır (false)")
        case int(value) if value.bit_length() < 128:
            return Words(f"the number {value}", f"{value} sayısı")
        case JsonNumber(text):
            shown = escaped(text, _MOST_SHOWN)
            return Words(f"the number {shown}", f"{shown} sayısı")
        case int() | Decimal():
            return Words("a number", "bir sayı")
        case str(text):
            shown = escaped(text, _MOST_SHOWN)
            return Words(f"the text “{shown}”", f"“{shown}” metni")
        case dt.datetime():
            return Words("a date with a time", "saati olan bir tarih")
        case dt.date():
            return Words("a date", "bir tarih")
        case Money() as money:
            return Words(f"the amount {formats.money(money, 'en')}", f"{formats.money(money, 'tr')} tutarı")
        case Period() as period:
            return Words(formats.period(period, "en"), formats.period(period, "tr"))
        case _Stand(words):
            return words
        case _:
            return STRANGE.words


def items_of(given: Any, *, sets: bool = False) -> list[Any] | None:
    """The items of a list or tuple (with `sets`, also of a set), copied at one go; `None` for anything else."""
    kind = type(given)
    if issubclass(kind, list):
        return list.copy(given)
    if issubclass(kind, tuple):
        return list(tuple.__iter__(given))
    if sets and issubclass(kind, set | frozenset):
        return list(set.__iter__(given) if issubclass(kind, set) else frozenset.__iter__(given))
    return None


def fields_of(given: Any, most: int) -> tuple[dict[str, Any], list[pr.DataProblem]] | None:
    """
    The fields of a mapping or an attrs instance, at most `most` of them, and what is wrong with their names.

    `None` for what is neither.
    """
    kind = type(given)
    if kind in _KEPT or not _is_record(kind):
        return None
    try:
        pairs = _pairs(given, kind, most)
    except Exception:  # noqa: BLE001 - Whatever the object raises is its own; the report says that it failed.
        return {}, [pr.Unreadable()]
    found: dict[str, Any] = {}
    wrong: list[pr.DataProblem] = []
    if len(pairs) > most:
        wrong.append(pr.TooManyValues(most=most))
    for key, value in pairs[:most]:
        name = exact(key)
        if type(name) is not str:
            wrong.append(pr.NameIsNoText(given=described(name)))
            continue
        name = composed(name)
        if isinstance(name, pr.DataProblem):
            wrong.append(name)
        elif name in found:
            wrong.append(pr.RepeatedField(name=name))
            found[name] = REFUSED
        else:
            found[name] = value
    return found, wrong


def _pairs(given: Any, kind: type, most: int) -> list[tuple[Any, Any]]:
    if issubclass(kind, dict):
        return list(islice(dict.items(given), most + 1))
    if issubclass(kind, Mapping):
        return [(key, given[key]) for key in islice(iter(given), most + 1)]
    names = [field.name for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind))[: most + 1]]
    return [(name, getattr(given, name)) for name in names]
