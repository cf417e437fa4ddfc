"""
Regions: NUTS codes, two letters for the country and up to three signs for levels 1 to 3.

What is known differs, and this module says so. Türkiye is known code by code: its 12 regions of level 1, 26
of level 2 and 81 provinces. Everywhere else only the form and the country are checked, so
`DE999` passes although Germany has no such region: Eurostat redraws its regions every few years, and
programmes cite the edition they were written under.

Below level 3 a programme may number parts of a province or county itself, after a dot: `FR101.07`. Only the
form of that part is checked.

NUTS calls Greece `EL` and the United Kingdom `UK`; everyone else's letters are those of ISO 3166-1.
"""

from __future__ import annotations

import re
from functools import cache

from attrs import frozen

from grantrules.reference import countries, tables
from grantrules.reference.codes import CodeSlip, Reason

_WRITTEN = re.compile(r"[A-Z]{2}(?:[A-Z0-9]{0,3}|[A-Z0-9]{3}\.[A-Z0-9]{1,8})")
_ISO_TO_NUTS = {"GR": "EL", "GB": "UK"}
_NUTS_TO_ISO = {nuts: iso for iso, nuts in _ISO_TO_NUTS.items()}
_LONGEST = 16


@frozen
class _Turkish:
    names: dict[str, str]
    """Level 2 and 3 to name. Level 1 stands here under the empty name: no source of the names is at hand."""

    codes_of_names: dict[str, str]
    """Name of a province, folded, to code."""


@cache
def _turkish() -> _Turkish:
    names = {"TR": "Türkiye"}
    provinces: dict[str, str] = {}
    for _, province, code, region, region_name, *_ in tables.rows("tr_provinces"):
        names.setdefault(region[:3], "")
        names[region] = region_name
        names[code] = province
        provinces[_folded(province)] = code
    return _Turkish(names, provinces)


def normalise(text: str) -> str | CodeSlip:
    """
    The code itself, if it can be one: see the head of this module for what is checked.

    >>> normalise("GR30").near
    ('EL30',)
    >>> normalise("Konya").near
    ('TR521',)
    """
    if len(text) > _LONGEST:
        return CodeSlip(Reason.MALFORMED)
    if not _WRITTEN.fullmatch(text):
        return CodeSlip(Reason.MALFORMED, _near(text))
    return text if known(text) else CodeSlip(Reason.UNKNOWN, _near(text))


def known(code: str) -> bool:
    """Whether a text can be a code: one of the list in Türkiye, one of a known country elsewhere."""
    if not _WRITTEN.fullmatch(code):
        return False
    if code.startswith("TR"):
        return code.partition(".")[0] in _turkish().names
    country = code[:2]
    return country in _NUTS_TO_ISO or (country not in _ISO_TO_NUTS and countries.known(country))


def country(code: str) -> str:
    """The country of a region, in ISO's letters: `GR` for `EL30`."""
    return _NUTS_TO_ISO.get(code[:2], code[:2])


def name(code: str, language: str) -> str | None:
    """
    The name of a region, None where none is recorded: all countries, and in Türkiye levels 2 and 3.

    Provinces have one name in both languages. A region of level 2 is named by its provinces.
    """
    if len(code) == 2:
        return countries.name(country(code), language)
    return _turkish().names.get(code) or None


def is_within(code: str, listed: str) -> bool:
    """
    Whether a region is the listed one or a part of it.

    >>> is_within("TR521", "TR52"), is_within("TR52", "TR521"), is_within("FR101.07", "FR101")
    (True, False, True)
    """
    # The part after the dot is one number, not a row of levels: FR101.07 is no part of FR101.0.
    return code == listed or (code.startswith(listed) and "." not in listed)


def is_coarser(code: str, listed: str) -> bool:
    """Whether a region holds the listed one, so that it cannot be told if the listed one is meant."""
    return code != listed and is_within(listed, code)


def _near(text: str) -> tuple[str, ...]:
    province = _turkish().codes_of_names.get(_folded(text))
    if province:
        return (province,)
    code = text.strip().upper()
    code = _ISO_TO_NUTS.get(code[:2], code[:2]) + code[2:]
    # The nearest region that holds the one written, for a Turkish code that does not exist.
    guesses = [code, *(code[:length] for length in (5, 4, 3) if length < len(code))]
    return tuple(guess for guess in guesses if known(guess))[:1]


def _folded(text: str) -> str:
    """A name without regard to capitals, the dotted and the dotless i taken for one letter."""
    return text.strip().replace("İ", "i").replace("I", "i").replace("ı", "i").casefold()
