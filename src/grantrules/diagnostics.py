"""
The shape of a mistake somebody made: a code that never changes, the place, the facts, the words.

A stage collects problems; only the doors of the library raise, once, with all of them.  A problem is a small frozen
class that lies beside the stage that finds it.  Its words stand beside its facts, in English and Turkish.
"""

from __future__ import annotations

import string
from typing import Any, ClassVar

from attrs import field, fields, frozen

from grantrules.source import NOWHERE, Source, Span

LANGUAGES = ("en", "tr")
MOST_SHOWN = 80


@frozen
class Words:
    """One text in the two languages.  `{fact}` stands for a field of the problem, shown escaped and shortened."""

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
        facts = {f.name: _shown(getattr(self, f.name), language) for f in fields(type(self))}
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            title=_fill(self.title[language], facts),
            why=_fill(self.why_words()[language], facts),
            instead=_fill(self.instead_words()[language], facts),
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


def escaped(text: str, most: int = MOST_SHOWN) -> str:
    """Untrusted text made safe to print: control and bidi characters as `\\u{…}`, shortened to `most` characters."""
    shown = "".join(c if c.isprintable() else f"\\u{{{ord(c):X}}}" for c in text[: most + 1])
    return shown if len(text) <= most else shown[:most] + "…"


def _shown(value: Any, language: str) -> str:
    if isinstance(value, Words):
        return value[language]
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, tuple):
        return ", ".join(_shown(v, language) for v in value)
    return str(value)


def _fill(text: str, facts: dict[str, str]) -> str:
    # `string.Formatter` would follow attributes of the facts; only plain names are filled in.
    out = []
    for literal, name, _spec, _conversion in string.Formatter().parse(text):
        out.append(literal)
        if name is not None:
            out.append(facts[name])
    return "".join(out)
