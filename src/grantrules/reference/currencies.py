"""Currencies: ISO 4217 codes, the decimals of their smallest coin, names in English and Turkish."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from grantrules.reference import tables
from grantrules.reference.codes import CodeSlip, Reason

# What people write for the code. A bare dollar sign is left out: too many currencies use it.
_ALIASES = {"TL": "TRY", "YTL": "TRY", "₺": "TRY", "€": "EUR", "EURO": "EUR", "AVRO": "EUR", "£": "GBP"}
_LONGEST = 80


@frozen
class Currency:
    """One currency. `minor_digits` is None where ISO says that none apply: gold, test codes."""

    code: str
    minor_digits: int | None
    name_en: str
    name_tr: str


@cache
def _currencies() -> dict[str, Currency]:
    return {
        code: Currency(code, int(digits) if digits else None, name_en, name_tr)
        for code, _, digits, name_en, name_tr, _ in tables.rows("currencies")
    }


def known(code: str) -> bool:
    """Whether a text is a code, of today's list or one of nine withdrawn ones that older programmes use."""
    return code in _currencies()


def codes() -> tuple[str, ...]:
    """All codes, in alphabetical order, withdrawn ones included."""
    return tuple(_currencies())


def normalise(text: str) -> str | CodeSlip:
    """
    The code itself, if it is one. Small letters and signs are not read as codes, but lead to the code meant.

    >>> normalise("TL").near
    ('TRY',)
    """
    if known(text):
        return text
    reason = Reason.UNKNOWN if len(text) == 3 and text.isascii() and text.isupper() else Reason.MALFORMED
    return CodeSlip(reason, _near(text))


def minor_digits(code: str) -> int | None:
    """
    The decimals of the smallest coin: 2 for TRY, 0 for JPY; None where ISO states none, as for gold.

    Raises:
        KeyError: the code is unknown; ask `known` first.
    """
    return _currencies()[code].minor_digits


def _near(text: str) -> tuple[str, ...]:
    if len(text) > _LONGEST:
        return ()
    bare = text.strip()
    code = _ALIASES.get(bare.upper(), bare.upper())
    if known(code):
        return (code,)
    sought = bare.casefold()
    return tuple(
        currency.code
        for currency in _currencies().values()
        if sought in (currency.name_en.casefold(), currency.name_tr.casefold())
    )[:1]
