"""
Economic activities: NACE Rev. 2 and Rev. 2.1, and the Turkish six-digit level under Rev. 2.

A code is kept in one form only, with dots: `C` (section), `32` (division), `32.5` (group), `32.50` (class),
`32.50.13` (Turkish national activity). In this form *within* is a question of prefixes, because the dots of
two codes fall in the same places; only sections need the table. Programmes are compared in this way: `3250`
in a call means 32.50 and everything below it, and neither 32.5 above it nor 32.51 beside it.

A coarser code is never within a finer one, even where the group has that single class: what the table happens
to hold today is no statement of the applicant. `is_coarser` tells that case from a plain *no*, so that a
caller can say that the code given is not precise enough.

The two revisions use the same letters and numbers for different things (section K is finance in one and
telecommunication in the other), so every function asks which one is meant.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from attrs import frozen

from grantrules.reference import tables
from grantrules.reference.codes import CodeSlip, Reason

Revision: TypeAlias = Literal["2", "2.1"]

SECTION, DIVISION, GROUP, CLASS, NATIONAL = 1, 2, 3, 4, 5
"""What `level` answers. The Turkish list that is carried here stands under Rev. 2; Rev. 2.1 has none."""

_LEVEL_OF_LENGTH = {1: SECTION, 2: DIVISION, 4: GROUP, 5: CLASS, 8: NATIONAL}
_FILES: dict[Revision, str] = {"2": "nace_rev2", "2.1": "nace_rev2_1"}
_WRITTEN = re.compile(r"[A-Z]|[0-9]{2}(?:\.[0-9]{1,2}|\.[0-9]{2}\.[0-9]{2})?|[0-9]{3,4}|[0-9]{6}")
_LONGEST = 16
_MOST_NEAR = 3


@frozen
class _Listing:
    """One revision, its four European levels, in the order of publication."""

    titles: dict[str, tuple[str, str]]
    """Code to English and Turkish title; an empty text where there is none."""

    children: dict[str, tuple[str, ...]]
    """Code to the codes one level below; the sections stand under the empty text."""

    section: dict[str, str]
    """Division to section."""


@frozen
class _National:
    """The Turkish national level."""

    titles: dict[str, str]
    children: dict[str, tuple[str, ...]]
    """Class to its national activities, in order."""


@cache
def _listing(revision: Revision) -> _Listing:
    titles: dict[str, tuple[str, str]] = {}
    children: dict[str, list[str]] = {}
    section: dict[str, str] = {}
    for code, _, parent, title_en, title_tr in tables.rows(_FILES[revision]):
        titles[code] = (title_en, title_tr)
        children.setdefault(parent, []).append(code)
        if len(code) == 2:
            section[code] = parent
    return _Listing(titles, {parent: tuple(codes) for parent, codes in children.items()}, section)


@cache
def _national() -> _National:
    titles: dict[str, str] = {}
    children: dict[str, list[str]] = {}
    for code, parent, title_tr, *_ in tables.rows("nace_rev2_tr6"):
        titles[code] = title_tr
        children.setdefault(parent, []).append(code)
    return _National(titles, {parent: tuple(codes) for parent, codes in children.items()})


@cache
def _links(revision: Revision) -> dict[str, tuple[str, ...]]:
    """Code of this revision to the codes of the other one."""
    links: dict[str, list[str]] = {}
    for _, older, newer, _ in tables.rows("nace_rev2_to_rev2_1"):
        here, there = (older, newer) if revision == "2" else (newer, older)
        links.setdefault(here, []).append(there)
    return {here: tuple(there) for here, there in links.items()}


def normalise(text: str, revision: Revision) -> str | CodeSlip:
    """
    The canonical form of a code as people write it, with or without dots: `3250`, `32.50`, `325013`, `C`.

    A division has two digits: `2` is no code. A section is one capital letter. A code of the Turkish list is
    known if any state of that list had it, because programmes and applications of earlier years cite the
    earlier state.

    >>> normalise("3250", "2")
    '32.50'
    >>> normalise("32.51", "2").near[0]
    '32.50'
    """
    if len(text) > _LONGEST:
        return CodeSlip(Reason.MALFORMED)
    return _normalised(text, revision)


@lru_cache(maxsize=4096)
def _normalised(text: str, revision: Revision) -> str | CodeSlip:
    if not _WRITTEN.fullmatch(text):
        return CodeSlip(Reason.MALFORMED, _repaired(text, revision))
    code = _dotted(text.replace(".", ""))
    if known(code, revision):
        return code
    other: Revision = "2.1" if revision == "2" else "2"
    if known(code, other):
        return CodeSlip(Reason.OTHER_REVISION, equivalents(code, other)[:_MOST_NEAR])
    return CodeSlip(Reason.UNKNOWN, _near(code, revision))


def known(code: str, revision: Revision) -> bool:
    """Whether a code in canonical form is in the list of the revision."""
    if len(code) == 8:  # Only these need the large table.
        return revision == "2" and code in _national().titles
    return code in _listing(revision).titles


def level(code: str) -> int:
    """The level of a canonical code: 1 section, 2 division, 3 group, 4 class, 5 Turkish national activity."""
    return _LEVEL_OF_LENGTH[len(code)]


def codes(revision: Revision, at_level: int) -> tuple[str, ...]:
    """All codes of one level, in the order of publication; none for the national level of Rev. 2.1."""
    if at_level == NATIONAL:
        return tuple(_national().titles) if revision == "2" else ()
    return tuple(code for code in _listing(revision).titles if level(code) == at_level)


def title(code: str, revision: Revision, language: str) -> str | None:
    """
    The published title of a canonical code; None if the code is unknown.

    Only English titles exist for Rev. 2.1, and only Turkish ones for the national level: they are given
    whatever language is asked for. Titles of sections are in capitals, as published.
    """
    if len(code) == 8:
        return _national().titles.get(code) if revision == "2" else None
    found = _listing(revision).titles.get(code)
    if found is None:
        return None
    english, turkish = found
    return turkish or english if language == "tr" else english


def children(code: str, revision: Revision) -> tuple[str, ...]:
    """The codes one level below a canonical code, in order; the sections for the empty text."""
    if len(code) == 5 and revision == "2":
        return _national().children.get(code, ())
    return _listing(revision).children.get(code, ())


def section(code: str, revision: Revision) -> str | None:
    """
    The section a canonical code is in; None if its division is unknown.

    Three codes of the Turkish list, 66.13.01 to 66.13.03, stand there in a section of their own and have no
    class in NACE. Here they go by their digits: within division 66, and so within section K.
    """
    return code if len(code) == 1 else _listing(revision).section.get(code[:2])


def is_within(code: str, listed: str, revision: Revision) -> bool:
    """
    Whether a code is the listed one or below it; both canonical.

    >>> is_within("32.50.13", "32.50", "2"), is_within("32.5", "32.50", "2"), is_within("32.50", "C", "2")
    (True, False, True)
    """
    if len(listed) == 1:
        return section(code, revision) == listed
    return code.startswith(listed)


def is_coarser(code: str, listed: str, revision: Revision) -> bool:
    """
    Whether a code stands above the listed one, so that it cannot be told if the listed one is meant.

    >>> is_coarser("32.5", "32.50", "2"), is_coarser("32.50", "32.50", "2")
    (True, False)
    """
    return code != listed and is_within(listed, code, revision)


def equivalents(code: str, revision: Revision) -> tuple[str, ...]:
    """
    The codes of the other revision that a canonical code of this one is linked to, at the same level.

    A national activity is followed through its class. Empty for an unknown code, and for class 46.89 of Rev.
    2.1, which Eurostat links to nothing.
    """
    return _links(revision).get(code[:5], ())


def _dotted(digits: str) -> str:
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:]) if part)


def _repaired(text: str, revision: Revision) -> tuple[str, ...]:
    """Codes that a malformed text may stand for: small letters, a lost zero, a section before the digits."""
    bare = text.strip().upper()
    digits = re.sub(r"[^0-9]", "", bare)
    if re.match(r"[0-9](?:\.|$)", bare):  # A spreadsheet took the text for a number: 1.11 for 01.11.
        digits = "0" + digits
    guesses = [bare] if len(bare) == 1 else []
    guesses += [_dotted(digits[:length]) for length in (6, 4, 3, 2) if len(digits) >= length]
    return tuple(guess for guess in guesses if known(guess, revision))[:1]


def _near(code: str, revision: Revision) -> tuple[str, ...]:
    """
    Known codes that differ from an unknown one by a digit within the division, or by neighbours exchanged.

    Later digits first: people know the beginning of their code best. Another division would be another line
    of business and no likely guess. If there is no such code, the longest beginning that is one.
    """
    if len(code) == 1:
        return ()
    digits = code.replace(".", "")
    size = len(digits)
    guesses = ["0" + digits] if size in {3, 5} else []
    guesses += [
        digits[:at] + digit + digits[at + 1 :] for at in range(size - 1, 1, -1) for digit in "0123456789"
    ]
    guesses += [digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(size - 1)]
    found = dict.fromkeys(_dotted(guess) for guess in guesses if known(_dotted(guess), revision))
    above = (_dotted(digits[:length]) for length in (4, 3, 2) if length < size)
    return tuple(found)[:_MOST_NEAR] or tuple(code for code in above if known(code, revision))[:1]
