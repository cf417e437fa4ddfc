"""Where a text comes from and which part of it is meant."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from attrs import define, field, frozen


@frozen(order=True)
class Span:
    """A stretch of a source text: offsets in characters, `start` in, `end` out."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of the other."""
        return Span(min(self.start, other.start), max(self.end, other.end))


NOWHERE = Span(0, 0)


@define(slots=False, eq=False)
class Source:
    """
    A text with the name it is shown under.

    Args:
        name: the path or another name for people; never opened again.
        text: the whole text, NFC, line ends as `\\n`.
    """

    name: str
    text: str = field(repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def line_of(self, offset: int) -> int:
        """The number of the line an offset is on, from 1."""
        return bisect_right(self._starts, min(offset, len(self.text)))

    def column_of(self, offset: int) -> int:
        """The column of an offset in its line, from 1, in characters."""
        offset = min(offset, len(self.text))
        return offset - self._starts[self.line_of(offset) - 1] + 1

    def line_text(self, number: int) -> str:
        """The text of a line, numbered from 1, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]

    def offset_of(self, line: int, column: int) -> int:
        """The offset of a place given by line and column, both from 1."""
        return self._starts[line - 1] + column - 1
