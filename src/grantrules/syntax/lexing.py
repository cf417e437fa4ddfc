"""
From the text of one statement to lines of lexemes.

A lexeme is what the eye takes in at once: a word, a number, a quoted text, a mark.  What it *means* often depends
on the place (`rate` may be a name, a type or a step), so that is left to the parser, which knows what may stand
there.  Lines are made here: indentation, comments, a line that goes on after a comma or inside brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from attrs import define, field, frozen

from grantrules.source import Span

# In the order in which they are tried.  No alternative can be tried in more than one way on the same text, so the
# time is linear in its length.
_LEXEME = re.compile(
    r"""[\ \t]*(?:
      (?P<nace>NACE(?:[ ]+Rev\.[ ]?\d(?:\.\d)?)?[ ]+[A-Z0-9]+(?:\.[A-Z0-9]+)*(?!\w))
    | (?P<revision>Rev\.[ ]?\d(?:\.\d)?(?![\w.]))
    | (?P<word>[^\W\d]\w*(?:\.\w+)*)
    | (?P<newline>\n)
    | (?P<string>"[^"\n]*")
    | (?P<moment>[0-9]{4}-[0-9]{2}-[0-9]{2}[ ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?
        (?:[ ][A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_-]+)+)?(?!:?\w))
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![:-]?\w))
    | (?P<month>[0-9]{4}-[0-9]{2}(?![:-]?\w))
    | (?P<fraction>[0-9]+/[0-9]+(?![\w/]|[.,]\d))
    | (?P<number>(?:[0-9]{1,3}(?:[ ][0-9]{3})+(?!\d)|[0-9]+)(?:\.[0-9]+)?(?!\w|[.,:/-]\d))
    | (?P<blob>\d(?:[\w.,:/-]*[\w])?)
    | (?P<comment>--[^\n]*)
    | (?P<ending>'\w*)
    | (?P<percent>%[ ]?[0-9]+(?:\.[0-9]+)?(?!\w|[.,]\d))
    | (?P<sign>[<>!=]=|=>|<>|\|\||&&|//|/\*|\*\*|[<>!^&;{}\[\]\#$@~?\\])
    | (?P<mark>[,()|:=+*/%-])
    | (?P<open>"[^\n]*)
    | (?P<strange>[^ \t\n])
    )""",
    re.VERBOSE,
)

# Each of them makes the rest of a statement be read once more.
_MOST_OPEN_BRACKETS = 4


class Lexeme(NamedTuple):
    """One piece of a line; `kind` is the name of its pattern above, and `mark` for a mark."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@define(slots=True)
class Line:
    """One line as it is read: with its continuations, without its comments."""

    indent: int
    start: int
    end: int
    lexemes: list[Lexeme] = field(factory=list)


@frozen
class Fault:
    """Something about the lines themselves that is wrong; `kind` says what, `line` is the line it spoils."""

    kind: str
    span: Span
    line: int


@define
class Lines:
    """The lines of one statement, its comments, and what is wrong with the lines."""

    lines: list[Line] = field(factory=list)
    comments: list[Lexeme] = field(factory=list)
    faults: list[Fault] = field(factory=list)


def lines_of(text: str, start: int, end: int, deepest: int) -> Lines:
    """
    The lines of the statement from `start` to `end`.

    Args:
        deepest: how many brackets may be open at once; one more is a fault, and nothing after it is read.
    """
    return _Liner(text, start, end, deepest).run()


class _Liner:
    def __init__(self, text: str, start: int, end: int, deepest: int) -> None:
        self._text, self._start, self._end, self._deepest = text, start, end, deepest
        self._found = Lines()
        self._open: list[Lexeme] = []
        self._line: Line | None = None
        self._line_start = start

    def run(self) -> Lines:
        at: int | None = self._start
        while at is not None:
            self._read(at)
            at = self._after_an_open_bracket()
        return self._found

    def _read(self, start: int) -> None:
        take: dict[str, Callable[[Lexeme], bool]] = {
            "newline": self._newline,
            "comment": self._comment,
            "mark": self._mark,
        }
        for match in _LEXEME.finditer(self._text, start, self._end):
            kind = match.lastgroup or ""
            lexeme = Lexeme(kind, match[kind], match.start(kind), match.end(kind))
            special = take.get(kind)
            if special is None:
                self._add(lexeme)
            elif special(lexeme):
                break

    def _after_an_open_bracket(self) -> int | None:
        """
        Where to read on after a bracket that is never closed: the line ends where its text does.

        Everything below it was taken for a part of it, and is read again.
        """
        kinds = [fault.kind for fault in self._found.faults]
        if not self._open or "deep" in kinds or kinds.count("open bracket") > _MOST_OPEN_BRACKETS:
            return None
        bracket, line = self._open[0], self._found.lines[-1]
        end = self._text.find("\n", bracket.end, self._end)
        self._fault("open bracket", bracket.span)
        if end < 0:
            return None
        line.lexemes = [lexeme for lexeme in line.lexemes if lexeme.start < end]
        line.end = line.lexemes[-1].end
        self._found.comments = [comment for comment in self._found.comments if comment.start < end]
        self._open.clear()
        self._line = None
        return end

    def _add(self, lexeme: Lexeme) -> None:
        if self._line is None:
            self._line = self._begin(lexeme)
        self._line.lexemes.append(lexeme)
        self._line.end = lexeme.end

    def _begin(self, lexeme: Lexeme) -> Line:
        line = Line(lexeme.start - self._line_start, lexeme.start, lexeme.end)
        self._found.lines.append(line)
        tab = self._text.find("\t", self._line_start, lexeme.start)
        if tab >= 0:
            self._fault("tab", Span(tab, tab + 1))
        return line

    def _fault(self, kind: str, span: Span) -> None:
        self._found.faults.append(Fault(kind, span, len(self._found.lines) - 1))

    def _newline(self, lexeme: Lexeme) -> bool:
        self._line_start = lexeme.end
        if self._line is not None and not self._open and self._line.lexemes[-1].text != ",":
            self._line = None
        return False

    def _comment(self, lexeme: Lexeme) -> bool:
        self._found.comments.append(lexeme)
        return False

    def _mark(self, lexeme: Lexeme) -> bool:
        """Whether reading stops here."""
        if lexeme.text == "(":
            if len(self._open) >= self._deepest:
                self._add(lexeme)
                self._fault("deep", lexeme.span)
                return True
            self._open.append(lexeme)
        elif lexeme.text == ")" and self._open:
            self._open.pop()
        self._add(lexeme)
        return False
