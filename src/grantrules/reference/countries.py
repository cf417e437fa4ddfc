"""Countries: ISO 3166-1 codes of two letters, and names in both languages."""

from __future__ import annotations

from functools import cache

from attrs import frozen

from grantrules.reference import tables
from grantrules.reference.codes import CodeSlip, Reason

# NUTS, and much of what the European Union prints, uses the first two; the third was Türkiye's English name
# until 2022.
_ALIASES = {"EL": "GR", "UK": "GB", "TURKEY": "TR"}
_LONGEST = 80


@frozen
class Country:
    """One country or territory."""

    code: str
    name_en: str
    name_tr: str


@cache
def _countries() -> dict[str, Country]:
    return {
        code: Country(code, name_en, name_tr) for code, _, name_en, name_tr, *_ in tables.rows("countries")
    }


def known(code: str) -> bool:
    """Whether a text is a code: the 249 of ISO 3166-1, and `XK`, which is in wide use for Kosovo."""
    return code in _countries()


def codes() -> tuple[str, ...]:
    """All codes, in alphabetical order."""
    return tuple(_countries())


def normalise(text: str) -> str | CodeSlip:
    """
    The code itself, if it is one.

    Small letters, names and the two codes of NUTS that differ are not read as codes, but lead to the one meant.

    >>> normalise("UK").near
    ('GB',)
    """
    if known(text):
        return text
    reason = Reason.UNKNOWN if len(text) == 2 and text.isascii() and text.isupper() else Reason.MALFORMED
    return CodeSlip(reason, _near(text))


def name(code: str, language: str) -> str | None:
    """The common name of a country in English or, for `tr`, in Turkish; None if the code is unknown."""
    country = _countries().get(code)
    if country is None:
        return None
    return country.name_tr if language == "tr" else country.name_en


def _near(text: str) -> tuple[str, ...]:
    if len(text) > _LONGEST:
        return ()
    bare = text.strip()
    code = _ALIASES.get(bare.upper(), bare.upper())
    if known(code):
        return (code,)
    sought = bare.casefold()
    return tuple(
        country.code
        for country in _countries().values()
        if sought in (country.name_en.casefold(), country.name_tr.casefold())
    )[:1]
