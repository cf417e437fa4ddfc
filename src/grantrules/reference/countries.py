"""Countries: ISO 3166-1 codes of two letters, names in both languages, membership of the European Union."""

from __future__ import annotations

import datetime as dt
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
    """
    One country or territory.

    `member_from` and `member_to` are the first and the last day of membership of the European Union (or of
    the Communities before it), as ordinals; None if it never joined, or never left.
    """

    code: str
    name_en: str
    name_tr: str
    member_from: int | None
    member_to: int | None


@cache
def _countries() -> dict[str, Country]:
    return {
        code: Country(code, name_en, name_tr, _day(member_from), _day(member_to))
        for code, _, name_en, name_tr, member_from, member_to, *_ in tables.rows("countries")
    }


def _day(text: str) -> int | None:
    return dt.date.fromisoformat(text).toordinal() if text else None


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


def eu_member_on(code: str, day: int) -> bool:
    """
    Whether a country was a member of the European Union on a day.

    Args:
        code: a country; an unknown one is no member.
        day: an ordinal. Days before the treaties of Rome came into force (1 January 1958) have no members.

    Both the first and the last day of membership count as days of membership.
    """
    country = _countries().get(code)
    if country is None or country.member_from is None:
        return False
    return country.member_from <= day and (country.member_to is None or day <= country.member_to)


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
