"""
The shape of a mistake somebody made: a code that never changes, the place, the facts, the words.

A stage collects problems; only the doors of the library raise, once, with all of them.  A problem is a small frozen
class that lies beside the stage that finds it.  Its words stand beside its facts, in English and Turkish.
"""

from __future__ import annotations

import re
import string
from typing import Any, ClassVar

from attrs import field, fields, frozen

from grantrules.source import NOWHERE, Source, Span

LANGUAGES = ("en", "tr")
MOST_SHOWN = 80
MOST_LISTED = 12


@frozen
class Words:
    """
    One text in the two languages.

    `{fact}` stands for a field of the problem, shown escaped and shortened.  What stands in backticks is to be written
    into the file, so it is shown in the language of the file: both texts quote the same things in the same order.
    """

    en: str
    tr: str

    def __getitem__(self, language: str) -> str:
        return self.tr if language == "tr" else self.en


NO_WORDS = Words("", "")


@frozen
class Label:
    """A second place that helps to understand the problem, with a few words about it."""

    span: Span
    words: Words
    source: Source | None = None


@frozen(kw_only=True)
class Problem:
    """
    One mistake in something a user wrote.

    A subclass gives `code`, `title`, `why` and `instead`; `severity` is `error` unless it says otherwise.
    Fields of type `str` (names, excerpts) are untrusted text: they are escaped and shortened when shown.
    A field may itself be `Words` (a kind of value, say), shown in the language asked for.
    """

    code: ClassVar[str]
    title: ClassVar[Words]
    why: ClassVar[Words]
    instead: ClassVar[Words]
    severity: ClassVar[str] = "error"

    span: Span = NOWHERE
    source: Source | None = field(default=None, repr=False)
    labels: tuple[Label, ...] = ()

    def words(self, language: str) -> Diagnostic:
        """The problem in the words of a language, without its place."""
        written = language_of(self.source) or language
        facts = {f.name: getattr(self, f.name) for f in fields(type(self))}
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            title=_said(self.title, language, written, facts),
            why=_said(self.why_words(), language, written, facts),
            instead=_said(self.instead_words(), language, written, facts),
        )

    def why_words(self) -> Words:
        """The reason; a subclass overrides this where the reason depends on the facts."""
        return self.why

    def instead_words(self) -> Words:
        """The next step; a subclass overrides this where the step depends on the facts."""
        return self.instead


@frozen
class Diagnostic:
    """The words of one problem in one language: what is wrong, why, what to write instead."""

    code: str
    severity: str
    title: str
    why: str
    instead: str


class GrantRulesError(Exception):
    """The one class of error this library raises for something a user wrote; it carries every problem found."""

    def __init__(self, problems: tuple[Problem, ...], text: str = "") -> None:
        super().__init__(text or f"{len(problems)} problem(s)")
        self.problems = problems


class ProgrammeError(GrantRulesError):
    """A programme cannot be used; `problems` holds every mistake found in its text."""


class ApplicationError(GrantRulesError):
    """An application cannot be read; `problems` holds every mistake found in it, each with its path."""


def spoken(language: str | None, usual: str) -> str:
    """
    The language that is asked for, if messages can be in it; the usual one if none is.

    Raises:
        ValueError: it is none of `LANGUAGES`.
    """
    if language is None:
        return usual
    if language not in LANGUAGES:
        raise ValueError(f"A language is one of {', '.join(LANGUAGES)}, not {language!r}.")
    return language


def escaped(text: str, most: int = MOST_SHOWN) -> str:
    """Untrusted text made safe to print: control and bidi characters as `\\u{…}`, shortened to `most` characters."""
    shown = "".join(c if c.isprintable() else f"\\u{{{ord(c):X}}}" for c in text[: most + 1])
    return shown if len(text) <= most else shown[:most] + "…"


_FIRST_WORDS = re.compile(r"(?:\s++|--[^\n]*+)*+(language|dil)[ \t]")


def language_of(source: Source | None) -> str | None:
    """The language that a rule file is written in, by its first line; nothing for any other text."""
    found = _FIRST_WORDS.match(source.text) if source is not None else None
    return None if found is None else {"language": "en", "dil": "tr"}[found[1]]


def _said(words: Words, language: str, written: str, facts: dict[str, Any]) -> str:
    return "".join(_filled(part, spoken, written, facts) for part, spoken in _parts(words, language, written))


def _parts(words: Words, language: str, written: str) -> list[tuple[str, str]]:
    """The words in a language, piece by piece, but what they quote in the language of the file."""
    parts, quoted = words[language].split("`"), words[written].split("`")
    if len(parts) == len(quoted):
        parts[1::2] = quoted[1::2]
    return [(f"`{p}`" if n % 2 else p, written if n % 2 else language) for n, p in enumerate(parts)]


def _filled(text: str, language: str, written: str, facts: dict[str, Any]) -> str:
    # `string.Formatter` would follow attributes of the facts; only plain names are filled in.
    out = []
    for literal, name, _spec, _conversion in string.Formatter().parse(text):
        out.append(literal)
        if name is not None:
            out.append(_shown(facts[name], language, written))
    return "".join(out)


def _shown(value: Any, language: str, written: str) -> str:
    if isinstance(value, Words):
        return "".join(part for part, _ in _parts(value, language, written))
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, tuple):
        shown = [_shown(v, language, written) for v in value[:MOST_LISTED]]
        return ", ".join([*shown, "…"] if len(value) > MOST_LISTED else shown)
    return str(value)
