"""
Problems shown to people and to programs: terminal text and JSON, in English and Turkish.

The words stand beside the problems (`diagnostics`).  Here is only how they are laid out: the title in capitals with the
code and the place, the author's own lines with the places marked below them, why, and what to write instead.  Whatever
a user wrote is shown with its control characters spelled out, so that no file can move the cursor of a terminal.
"""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from grantrules.diagnostics import Diagnostic, Problem, Words, escaped
from grantrules.source import NOWHERE, Source, Span

MOST_PROBLEMS = 50
WIDTH = 96
JSON_VERSION = 1
_TAB = 4
_MARK = "‾"
_CUT = "…"
_MOST_LINES = 4  # Of one stretch; a longer one shows its first and its last line.

_MORE = Words("More: grantrules problem {code}", "Daha fazlası: grantrules problem {code}")
_WARNING = Words("warning: ", "uyarı: ")
_IN = Words("in {file}, line {line}", "{file}, {line}. satır")
_LINE = Words("line {line}", "{line}. satır")
_LINE_COLUMN = Words("line {line}, column {column}", "{line}. satır, {column}. sütun")
_LEFT_OUT = Words("… and {n} more of the kind, not shown.", "… ve gösterilmeyen {n} tane daha.")
_ERRORS = (Words("1 mistake found.", "1 hata bulundu."), Words("{n} mistakes found.", "{n} hata bulundu."))
_WARNINGS = (Words("1 warning.", "1 uyarı."), Words("{n} warnings.", "{n} uyarı."))


# ---- JSON that is safe to look at --------------------------------------------------------------------------------

# A fixed list: which characters Python calls printable changes with its version, and the bytes must not.
_INVISIBLE = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def json_text(data: Any, *, indent: int | None = 2, sort_keys: bool = False) -> str:
    """
    Plain data as JSON text with a newline at its end; what nobody could see is written as `\\u202e`.

    With no indent there are no blanks at all.
    """
    separators = (",", ":") if indent is None else None
    text = json.dumps(
        data, ensure_ascii=False, indent=indent, sort_keys=sort_keys, separators=separators, allow_nan=False
    )
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


# ---- the order and the facts of a report -------------------------------------------------------------------------


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems file by file as the files first come up, each file from top to bottom."""
    kept = tuple(problems)
    files: dict[int, int] = {}
    for problem in kept:
        files.setdefault(id(problem.source), len(files))
    return tuple(sorted(kept, key=lambda p: (files[id(p.source)], p.span if p.source else NOWHERE)))


def place_of(problem: Problem, language: str = "en") -> str:
    """Where a problem is, in one line: `kdp_2023.rules, line 14`, `application.json, costs[3].amount`."""
    path = path_of(problem)
    parts = []
    if problem.source is not None:
        parts.append(escaped(problem.source.name))
        if problem.span != NOWHERE or not path:
            words = _LINE_COLUMN if path else _LINE
            line, column = _line_and_column(problem.source, problem.span.start)
            parts.append(words[language].format(line=line, column=column))
    if path:
        parts.append(path)
    return ", ".join(parts)


def line_in(source: Source, offset: int, language: str) -> str:
    """Where something stands in the rules: `line 14`, or `tr/old.rules, line 14` where that is not the file asked for."""
    return line_words(source.line_of(offset), source.other_file(offset), language)


def line_words(line: int, file: str | None, language: str) -> str:
    """A line, and its file where that is not the file asked for."""
    said = _LINE[language].format(line=line)
    return said if file is None else f"{escaped(file)}, {said}"


def path_of(problem: Problem) -> str:
    """The path of the value in an application that a problem is about, `costs[3].amount`, or nothing."""
    return escaped(str(getattr(problem, "path", "") or ""))


def _line_and_column(source: Source, offset: int) -> tuple[int, int]:
    return source.line_of(offset), source.column_of(offset)


# ---- JSON --------------------------------------------------------------------------------------------------------


def problems_as_json(
    problems: Iterable[Problem], *, language: str = "en", most: int = MOST_PROBLEMS
) -> dict[str, Any]:
    """The problems as plain JSON data: a version, the problems in reading order, and how many more there are."""
    ordered = in_reading_order(problems)
    shown = [_problem_as_json(problem, language) for problem in ordered[:most]]
    return {"version": JSON_VERSION, "problems": shown, "more": max(0, len(ordered) - most)}


def _problem_as_json(problem: Problem, language: str) -> dict[str, Any]:
    words = problem.words(language)
    return {
        "code": words.code,
        "severity": words.severity,
        "title": words.title,
        "why": words.why,
        "instead": words.instead,
        **_place_as_json(problem.source, problem.span),
        "path": path_of(problem) or None,
        "labels": [
            {"text": label.words[language], **_place_as_json(label.source or problem.source, label.span)}
            for label in problem.labels
        ],
        "page": f"docs/problems/{words.code}.md",
    }


def _place_as_json(source: Source | None, span: Span) -> dict[str, Any]:
    if source is None:
        return {"file": None, "start": None, "end": None}
    if span == NOWHERE:
        return {"file": escaped(source.name), "start": None, "end": None}
    (line, column), (end_line, end_column) = (_line_and_column(source, at) for at in (span.start, span.end))
    return {
        "file": escaped(source.name),
        "start": {"line": line, "column": column},
        "end": {"line": end_line, "column": end_column},
    }


# ---- text --------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class Look:
    """
    How a report is laid out.

    Args:
        language: "en" or "tr".
        colour: mark titles and places with terminal colours; for a terminal only.
        width: columns to wrap at; the author's own lines are cut at the sides when they are longer.
    """

    language: str = "en"
    colour: bool = False
    width: int = WIDTH

    def paint(self, text: str, code: str) -> str:
        """The text in a colour, where colours are wanted."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


PLAIN = Look()
_RED, _YELLOW, _BLUE, _FAINT = "1;31", "1;33", "1;34", "2"


def problems_as_text(problems: Iterable[Problem], look: Look = PLAIN, *, most: int = MOST_PROBLEMS) -> str:
    """The report a person reads: in reading order, of at most `most` problems, then how many there are."""
    ordered = in_reading_order(problems)
    blocks = [problem_as_text(problem, look) for problem in ordered[:most]]
    if len(ordered) > most:
        blocks.append(_LEFT_OUT[look.language].format(n=len(ordered) - most))
    blocks.append(_count(ordered, look.language))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _count(problems: Sequence[Problem], language: str) -> str:
    said = []
    errors = sum(p.severity == "error" for p in problems)
    for number, words in ((errors, _ERRORS), (len(problems) - errors, _WARNINGS)):
        if number:
            said.append(words[number > 1][language].format(n=number))
    return " ".join(said)


def problem_as_text(problem: Problem, look: Look = PLAIN) -> str:
    """One problem: heading, excerpt, why, what instead, where to read more."""
    words = problem.words(look.language)
    parts = [_heading(problem, words, look)]
    parts += _excerpts(problem, look)
    parts += [wrapped(text, look.width) for text in (words.why, words.instead) if text]
    parts.append(look.paint(_MORE[look.language].format(code=words.code), _FAINT))
    return "\n\n".join(parts)


def _heading(problem: Problem, words: Diagnostic, look: Look) -> str:
    error = words.severity == "error"
    title = words.title if error else _WARNING[look.language] + words.title
    left = f"{words.code}  {capitals(title, look.language).rstrip('.')}"
    right = place_of(problem, look.language)
    gap = look.width - cells(left) - cells(right)
    head = look.paint(left, _RED if error else _YELLOW)
    if not right:
        return head
    if gap < 2:
        return f"{head}\n{' ' * (len(words.code) + 2)}{look.paint(right, _BLUE)}"
    return f"{head}{' ' * gap}{look.paint(right, _BLUE)}"


_QUOTED = re.compile(r"(`[^`]*`|“[^”]*”|\"[^\"]*\")")


def capitals(text: str, language: str) -> str:
    """The text in the capitals of its language; what stands in quotes or backticks was written so and stays."""

    def raised(part: str) -> str:
        if language == "tr":
            part = part.replace("i", "İ").replace("ı", "I")
        return part.upper()

    return "".join(p if n % 2 else raised(p) for n, p in enumerate(_QUOTED.split(text)))


def wrapped(text: str, width: int) -> str:
    """Prose broken at `width`; a line that is indented is an example and stays as it is."""
    lines = []
    for line in text.split("\n"):
        if line.startswith(" ") or cells(line) <= width:
            lines.append(line)
        else:
            lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


# ---- the author's own lines --------------------------------------------------------------------------------------


def cells(text: str) -> int:
    """The columns a text takes in a terminal: wide characters take two, combining ones none."""
    return sum(_cells_of(c) for c in text)


def _cells_of(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@frozen
class _Mark:
    """A stretch of one line, in characters from 0, with the words that go below it."""

    start: int
    end: int
    text: str
    main: bool


def _excerpts(problem: Problem, look: Look) -> list[str]:
    if problem.source is None:
        return []
    places = [] if problem.span == NOWHERE else [(problem.source, problem.span, "", True)]
    for label in problem.labels:
        source = label.source or problem.source
        if label.span != NOWHERE:
            places.append((source, label.span, _one_line(label.words[look.language]), False))
    blocks = []
    for source in {id(place[0]): place[0] for place in places}.values():
        marks = [(span, text, main) for at, span, text, main in places if at is source]
        block = _excerpt(source, marks, look)
        if source is not problem.source:
            line = source.line_of(min(span.start for span, _, _ in marks))
            head = _IN[look.language].format(file=escaped(source.name), line=line)
            block = f"  {look.paint(head, _BLUE)}\n{block}"
        blocks.append(block)
    return blocks


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _excerpt(source: Source, marks: Sequence[tuple[Span, str, bool]], look: Look) -> str:
    lines: dict[int, list[_Mark]] = {}
    for span, text, main in _merged(marks):
        for line, mark in _marks_by_line(source, span, text, main):
            lines.setdefault(line, []).append(mark)
    gutter = max(4, len(str(max(lines))) + 1)
    out: list[str] = []
    before = 0
    for line in sorted(lines):
        if before and line > before + 1:
            out.append(look.paint(f"{'⋮':>{gutter}}", _FAINT))
        out += _marked_line(source.line_text(line), line, lines[line], gutter, look)
        before = line
    return "\n".join(out)


def _merged(marks: Sequence[tuple[Span, str, bool]]) -> list[tuple[Span, str, bool]]:
    """A label on the very place of the problem gives it its words; it is not marked twice."""
    labelled = {span: text for span, text, main in marks if not main}
    mains = [(span, labelled.get(span, ""), True) for span, _, main in marks if main]
    taken = {span for span, _, _ in mains}
    return mains + [mark for mark in marks if not mark[2] and mark[0] not in taken]


def _marks_by_line(source: Source, span: Span, text: str, main: bool) -> list[tuple[int, _Mark]]:  # noqa: FBT001 - Main or other.
    """The stretch cut into lines: the words go below its last one; of a long one, first and last line are shown."""
    first, first_column = _line_and_column(source, span.start)
    last, last_column = _line_and_column(source, max(span.start, span.end))
    if last > first and last_column == 1:  # It ends with the end of the line before.
        last -= 1
        last_column = len(source.line_text(last)) + 1
    numbers = list(range(first, last + 1))
    if len(numbers) > _MOST_LINES:
        numbers = [first, last]
    out = []
    for number in numbers:
        line = source.line_text(number)
        start = first_column - 1 if number == first else len(line) - len(line.lstrip())
        end = last_column - 1 if number == last else len(line.rstrip())
        out.append((number, _Mark(start, max(end, start + 1), text if number == last else "", main)))
    return out


def _marked_line(text: str, number: int, marks: Sequence[_Mark], gutter: int, look: Look) -> list[str]:
    shown, columns = _drawn(text)
    room = max(20, look.width - gutter - 4)
    spots = [
        (
            _column(columns, mark.start),
            max(_column(columns, mark.end), _column(columns, mark.start) + 1),
            mark,
        )
        for mark in sorted(marks, key=lambda m: (m.start, m.end))
    ]
    shown, moved = _window(shown, spots[0][0], spots[-1][1], room)
    spots = [(max(0, a - moved), min(max(1, b - moved), room), m) for a, b, m in spots]
    bar = look.paint("│", _FAINT)
    out = [f"{look.paint(f'{number:>{gutter}}', _FAINT)} {bar}  {shown}".rstrip()]
    blank = f"{' ' * gutter} {bar}  "
    row = ""
    for start, end, mark in spots:
        gap = start - cells(_plain(row))
        if gap >= 0:
            row += " " * gap + look.paint(_MARK * (end - start), _RED if mark.main else _BLUE)
    out.append(f"{blank}{row}")
    out += [f"{blank}{line}" for line in _label_rows([(a, m.text) for a, _, m in spots if m.text], room)]
    return out


_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def _plain(text: str) -> str:
    return _COLOURS.sub("", text)


def _drawn(text: str) -> tuple[str, list[int]]:
    """A line as it is drawn, and the column of each of its characters (and of its end)."""
    out: list[str] = []
    columns = []
    at = 0
    for character in text:
        columns.append(at)
        if character == "\t":
            drawn = " " * (_TAB - at % _TAB)
        elif character.isprintable():
            drawn = character
        else:
            drawn = f"\\u{{{ord(character):X}}}"
        out.append(drawn)
        at += cells(drawn)
    columns.append(at)
    return "".join(out), columns


def _column(columns: Sequence[int], index: int) -> int:
    return columns[min(index, len(columns) - 1)] + max(0, index - len(columns) + 1)


def _window(shown: str, start: int, end: int, room: int) -> tuple[str, int]:
    """The part of a long line around what is marked, and by how many columns it moved to the left."""
    if cells(shown) <= room:
        return shown, 0
    left = 0 if end <= room - 2 else max(0, min(start - 10, cells(shown) - room + 2))
    kept: list[str] = []
    at = 0
    for character in shown:
        if at >= left and at - left < room - 2:
            kept.append(character)
        at += _cells_of(character)
    head = _CUT if left else ""
    tail = _CUT if at > left + room - 2 else ""
    return f"{head}{''.join(kept)}{tail}", left - len(head)


def _label_rows(labels: Sequence[tuple[int, str]], room: int) -> list[str]:
    """The words below the marks: side by side where they fit, else one below the other, the last one first."""
    rows: list[list[tuple[int, str]]] = []
    limit = 10**9
    for start, text in reversed(labels):
        if rows and start + cells(text) + 2 <= limit:
            rows[-1].insert(0, (start, text))
        else:
            rows.append([(start, text)])
        limit = start
    out = []
    for row in rows:
        line = ""
        for start, text in row:
            line += " " * (start - cells(line)) + text
        out += _kept_in(line, row, room)
    return out


def _kept_in(line: str, row: Sequence[tuple[int, str]], room: int) -> list[str]:
    if cells(line) <= room or len(row) > 1:
        return [line]
    start, text = row[0]
    indent = min(start, max(0, room - 40))
    return [" " * indent + part for part in textwrap.wrap(text, max(20, room - indent))]
