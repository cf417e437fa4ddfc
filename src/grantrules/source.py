"""Where a text comes from and which part of it is meant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
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

    The texts of a programme of several files stand one after the other in one long text, so that a span says by itself
    which of them it is in; `files` are then the sources they came from.  Lines and columns are always those of the file.

    Args:
        name: the path or another name for people; never opened again.
        text: the whole text, NFC, line ends as `\\n`.
        files: where each file begins, in their order; none for a text of one file.
    """

    name: str
    text: str = field(repr=False)
    files: tuple[tuple[int, Source], ...] = field(default=(), repr=False)

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    def file_at(self, offset: int) -> int:
        """Where the file begins that an offset is in."""
        return max((start for start, _ in self.files if start <= offset), default=0)

    def local(self, span: Span) -> tuple[Source, Span]:
        """The file that a stretch is in, and the stretch in it."""
        for start, file in reversed(self.files):
            if start <= span.start and span != NOWHERE:
                size = len(file.text)
                return file, Span(min(span.start - start, size), min(span.end - start, size))
        return (self.files[0][1] if self.files else self), span

    def other_file(self, offset: int) -> str | None:
        """The name of the file that an offset is in, where that is not the first of several."""
        file = self.local(Span(offset, offset))[0]
        return file.name if self.files and file is not self.files[0][1] else None

    def line_of(self, offset: int) -> int:
        """The number of the line an offset is on, from 1."""
        if self.files:
            file, span = self.local(Span(offset, offset))
            return file.line_of(span.start)
        return bisect_right(self._starts, min(offset, len(self.text)))

    def column_of(self, offset: int) -> int:
        """The column of an offset in its line, from 1, in characters."""
        if self.files:
            file, span = self.local(Span(offset, offset))
            return file.column_of(span.start)
        offset = min(offset, len(self.text))
        return offset - self._starts[self.line_of(offset) - 1] + 1

    def line_at(self, offset: int) -> Span:
        """The line an offset is on, without its end."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        return Span(start, len(self.text) if end < 0 else end)

    def line_text(self, number: int) -> str:
        """The text of a line of a single file, numbered from 1, without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self.text)
        return self.text[start:end]


def joined(files: Sequence[Source]) -> Source:
    """The texts of several files as one; the first of them gives its name."""
    if len(files) == 1:
        return files[0]
    placed, at = [], 0
    for file in files:
        placed.append((at, file))
        at += len(file.text) + 1
    return Source(files[0].name, "\n".join(file.text for file in files), tuple(placed))
