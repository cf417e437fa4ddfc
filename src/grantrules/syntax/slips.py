"""
What to say where a word does not fit: the common slips, each recognised by what stands there, and a plain answer else.
"""

from __future__ import annotations

from attrs import frozen

from grantrules.diagnostics import Problem
from grantrules.source import Span
from grantrules.syntax import problems as wrong
from grantrules.syntax.lexing import Lexeme
from grantrules.syntax.tables import Tables
from grantrules.syntax.words import Vocabulary

MOST_EXPECTED = 6


@frozen
class Place:
    """Where reading stopped: the lexemes of the line, which one does not fit, and what could have stood there."""

    tables: Tables
    lexemes: list[Lexeme]
    at: int
    expected: tuple[str, ...]
    line_end: int
    is_head: bool

    @property
    def vocabulary(self) -> Vocabulary:
        return self.tables.vocabulary

    @property
    def found(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    @property
    def span(self) -> Span:
        found = self.found
        return found.span if found else Span(self.line_end - 1, self.line_end)


def names_of(vocabulary: Vocabulary, expected: object) -> str:
    return ", ".join(sorted(str(e) for e in expected))


def slip(place: Place) -> Problem:
    """The problem that says best what is wrong at a place."""
    expected = names_of(place.vocabulary, place.expected)
    if place.found is None:
        return wrong.LineEndsEarly(span=place.span, expected=expected)
    return wrong.NotAtThisPlace(span=place.span, found=place.found.text, expected=expected)
