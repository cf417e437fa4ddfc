"""
From the text of a file to its syntax tree, with every mistake that is found on the way.

A statement begins in the first column and is read alone: what is wrong in it spoils no other.  Inside a statement a
line that makes no sense is left out, together with the lines that belong to it, and reading goes on with the next
one.  A statement with any mistake becomes `Broken`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, cast

from attrs import define, evolve, field

from grantrules.diagnostics import Problem
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.source import Source, Span
from grantrules.syntax import problems as wrong
from grantrules.syntax import tree as syn
from grantrules.syntax.build import Maker
from grantrules.syntax.characters import check_text, doubtful_names, read_source, source_of
from grantrules.syntax.engine import Automaton, Reader, Reading, phrase_at
from grantrules.syntax.lexing import Lexeme, Line, Lines, lines_of
from grantrules.syntax.slips import Place, described, slip
from grantrules.syntax.tables import Tables, tables_of

__all__ = ["parse", "read_source", "source_of"]

_STATEMENT = re.compile(r"^(?!--)[^\s]", re.MULTILINE)
_FIRST_WORDS = re.compile(r"^[^\W\d]\w*", re.MULTILINE)
_MERGE_MARK = re.compile(r"^(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)", re.MULTILINE)
_LANGUAGE_LINES = {"en": "language English", "tr": "dil Türkçe"}
# A level of brackets or of indentation takes no more than so many places on the stack of the parser.
_PLACES_A_LEVEL = 8
_PLACES_OF_A_STATEMENT = 40


def parse(
    source: Source, limits: Limits = DEFAULT_LIMITS, *, begin: int = 0
) -> tuple[syn.Module, tuple[Problem, ...]]:
    """
    Read a file of rules.

    Args:
        begin: where the file begins in `source`, and goes on to its end; what stands before it are other files.

    Returns:
        The tree, in which statements with a mistake are `Broken`, and the mistakes in reading order.
    """
    refused = () if begin else check_text(source, limits)
    if refused:
        return syn.Module("en", ()), refused
    return _File(source, limits, begin).read()


@define
class _File:
    """One file while it is read."""

    source: Source
    limits: Limits
    begin: int
    problems: list[Problem] = field(factory=list)
    statements: list[syn.Statement] = field(factory=list)
    comments: list[syn.Text] = field(factory=list)
    words: dict[str, Span] = field(factory=dict)
    """Each word with letters beyond a to z, and where it stands first."""

    def read(self) -> tuple[syn.Module, tuple[Problem, ...]]:
        text = self.source.text
        language = "en"
        if mark := _MERGE_MARK.search(text, self.begin):
            self.problems.append(wrong.MergeConflict(span=Span(*mark.span()), mark=mark[0]))
        else:
            language = self._read_statements(text)
            room = max(0, self.limits.diagnostics - len(self.problems))
            self.problems += islice(doubtful_names(text[self.begin :], self.words), room)
        found = tuple(evolve(p, source=self.source) for p in self.problems)
        whole = Span(self.begin, len(text))
        module = syn.Module(cast(Any, language), tuple(self.statements), tuple(self.comments), span=whole)
        return module, found

    def _read_statements(self, text: str) -> str:
        starts = [match.start() for match in _STATEMENT.finditer(text, self.begin)]
        self._before_the_first(text, starts[0] if starts else len(text))
        if not starts:
            if not self.problems:
                self.problems.append(wrong.EmptyFile(span=Span(self.begin, self.begin)))
            return "en"
        language, first = self._language(text, starts)
        machine = _Machine(tables_of(language), self)
        ends = [*starts[1:], len(text)]
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if self.is_full():
                self.more_problems(Span(start, start + 1))
                machine.stopped = True
            if machine.stopped:
                self.statements.append(syn.Broken(None, span=Span(start, len(text))))
                break
            if number >= first:
                statement = machine.statement(start, end)
                if statement is not None:
                    self.statements.append(statement)
                elif number:
                    again = text[start:end].rstrip()
                    self.problems.append(wrong.LanguageLineTwice(span=Span(start, start + len(again))))
        return language

    def _before_the_first(self, text: str, end: int) -> None:
        """Comments, and lines that belong to no statement."""
        found = lines_of(text, self.begin, end, self.limits.depth)
        self.add_comments(found)
        if found.lines:
            line = found.lines[0]
            self.problems.append(wrong.BelongsToNothing(span=Span(line.start, line.end)))

    def _language(self, text: str, starts: list[int]) -> tuple[str, int]:
        """The language of the file, and which statement is the first after the line that says it."""
        line_end = text.find("\n", starts[0])
        line = text[starts[0] : line_end if line_end >= 0 else len(text)].partition("--")[0].strip()
        for language, written in _LANGUAGE_LINES.items():
            if line.split() == written.split():
                return language, 0
        says = line.split()[0] in {"language", "dil"}
        # What names no language that is known says nothing of it, but where nothing else is there.
        guessed = self._guess(text[starts[1 if says and len(starts) > 1 else 0] :])
        span = Span(starts[0], starts[0] + len(line))
        self.problems.append(wrong.LanguageMissing(span=span, guessed=_LANGUAGE_LINES[guessed]))
        return guessed, int(says)

    def _guess(self, text: str) -> str:
        """The language whose words begin more of the statements."""
        words = _FIRST_WORDS.findall(text)
        counts = {
            language: sum(word in _heads(tables_of(language)) for word in words)
            for language in _LANGUAGE_LINES
        }
        return max(counts, key=lambda language: counts[language])

    def is_full(self) -> bool:
        """Whether so many mistakes were found that more of them help nobody."""
        return len(self.problems) >= self.limits.diagnostics

    def more_problems(self, here: Span) -> None:
        """Say that nothing was read from here on."""
        self.problems.append(wrong.MoreProblems(span=here, limit=self.limits.diagnostics))

    def add_comments(self, found: Lines) -> None:
        self.comments += (syn.Text(c.text.removeprefix("--").strip(), span=c.span) for c in found.comments)


def _heads(tables: Tables) -> frozenset[str]:
    """The first words of the statements of a language."""
    forms = tables.vocabulary.forms
    return frozenset(form.split()[0] for t in tables.row(0) if t.startswith("K_") for form in forms[t])


class _Machine:
    """What reads the statements of one file, one after the other."""

    def __init__(self, tables: Tables, file: _File) -> None:
        self.tables, self.file, self.limits = tables, file, file.limits
        self.maker = Maker(file.limits.depth)
        self.automaton = Automaton(tables, self.maker)
        self.reader = Reader(tables.vocabulary, self.automaton)
        self.most_states = _PLACES_A_LEVEL * file.limits.depth + _PLACES_OF_A_STATEMENT
        self.stopped = False
        self.parts = 0
        self._new = self.automaton.save()

    def statement(self, start: int, end: int) -> syn.Statement | None:
        """One statement: its node, or `Broken`; nothing where it is the line that says the language."""
        text = self.file.source.text
        while end > start and text[end - 1] in " \t\n":
            end -= 1
        found = lines_of(text, start, end, self.limits.depth)
        self.file.add_comments(found)
        before = len(self.file.problems)
        self.automaton.restore(self._new)
        self.maker.problems.clear()
        made = _Statement(self, found).read()
        spoilt = len(self.file.problems) > before
        # A line that was left out is not missing.
        self.file.problems += (
            p for p in self.maker.problems if not (spoilt and isinstance(p, wrong.LineMissing))
        )
        if len(self.file.problems) > before:
            return self._broken(found, Span(start, end))
        return cast("syn.Statement | None", made)

    def is_language(self, lexemes: list[Lexeme]) -> bool:
        """Whether a line says the language of the file."""
        vocabulary = self.tables.vocabulary
        phrase = phrase_at(vocabulary.phrases, vocabulary, lexemes, 0)
        return phrase is not None and "K_LANGUAGE" in phrase.terminals

    def _broken(self, found: Lines, span: Span) -> syn.Broken:
        lexemes = found.lines[0].lexemes
        vocabulary = self.tables.vocabulary
        phrase = phrase_at(vocabulary.phrases, vocabulary, lexemes, 0)
        size = len(phrase.pieces) if phrase else 1
        keyword = " ".join(lexeme.text for lexeme in lexemes[:size])
        after = lexemes[size:] if phrase else []
        if len(after) > 2 and after[1].kind == "ending" and after[2].kind == "word":
            after = after[2:]
        name = None
        if after and after[0].kind == "word" and after[0].text not in vocabulary.reserved:
            name = syn.Name(after[0].text, span=after[0].span)
        return syn.Broken(keyword, name, span=span)


def too_long(lexeme: Lexeme, limits: Limits) -> Problem | None:
    """A number with more digits than are read; its length is looked at before anything is made of it."""
    whole, _, decimals = lexeme.text.partition(".")
    digits = max(sum(c.isdigit() for c in part) for part in whole.split("/"))
    if digits > limits.digits:
        return wrong.TooManyDigits(span=lexeme.span, digits=digits, limit=limits.digits)
    if lexeme.kind != "blob" and len(decimals) > limits.decimals:
        return wrong.TooManyDecimals(span=lexeme.span, digits=len(decimals), limit=limits.decimals)
    return None


@define
class _Level:
    """An open block: how far it is indented, the lines begun last and first in it, and the stacks before the last."""

    indent: int
    line: int
    begun: int
    saved: Any = None
    spoilt: bool = False
    headless: bool = False
    """The heading of a table in an example was left out: whatever follows cannot fit, and that is not said again."""


class _Statement:
    """One statement while it is read: its lines, the blocks that are open, and where to go back to after a mistake."""

    def __init__(self, machine: _Machine, found: Lines) -> None:
        self._machine = machine
        self._automaton = machine.automaton
        self._lines = found.lines
        self._levels = [_Level(0, 0, 0)]
        self._clean = True
        self._askew: int | None = None
        self._faulty = self._report_faults(found)

    def read(self) -> Any:
        """What the statement says; it means nothing where a problem was reported."""
        at = 0
        while at < len(self._lines):
            if not self._clean and self._machine.file.is_full():
                self._machine.file.more_problems(self._lines[at].lexemes[0].span)
                self._machine.stopped = True
                return None
            at = self._line(at)
            if self._machine.stopped:
                return None
        self._close_blocks(0, len(self._lines))
        end = self._lines[-1].end
        if not self._automaton.take("$END", None, end, end) and self._clean:
            self._missing_below(self._levels[0].line)
        return self._automaton.values[0] if self._automaton.values else None

    def _report(self, problem: Problem) -> None:
        self._clean = False
        self._machine.file.problems.append(problem)

    def _report_faults(self, found: Lines) -> set[int]:
        """Report what is wrong with the lines themselves; the lines that cannot be read because of it."""
        faulty = set()
        tabs = [fault for fault in found.faults if fault.kind == "tab"]
        for fault in tabs[:1]:
            self._report(wrong.TabInIndentation(span=fault.span))
        for fault in found.faults:
            if fault.kind == "deep":
                self._report(wrong.TooDeep(span=fault.span, limit=self._machine.limits.depth))
            elif fault.kind == "open bracket":
                self._report(wrong.UnclosedBracket(span=fault.span))
            if fault.kind != "tab":
                faulty.add(fault.line)
        return faulty

    # ---- lines and blocks ----------------------------------------------------------------------------------------

    def _line(self, at: int) -> int:
        """Read a line in its place; the line to go on with."""
        line = self._lines[at]
        if at and not self._to_its_level(line, at):
            return self._after(at)
        level = self._levels[-1]
        level.line, level.saved = at, self._automaton.save()
        known = len(self._machine.file.problems)
        if at not in self._faulty and self._words(line, at):
            self._askew = None
            return at + 1
        self._automaton.restore(level.saved)
        if level.headless:
            del self._machine.file.problems[known:]
        level.headless = level.headless or (at == level.begun and self._in_table_of_example())
        level.spoilt = True
        return self._after(at) if at else len(self._lines)

    def _after(self, at: int) -> int:
        """The next line that does not belong to this one."""
        indent = self._lines[at].indent
        at += 1
        while at < len(self._lines) and self._lines[at].indent > indent:
            at += 1
        return at

    def _to_its_level(self, line: Line, at: int) -> bool:
        """Open or close blocks until the line stands in its own; whether there is one."""
        if line.indent > self._levels[-1].indent:
            return self._open_block(line, at)
        self._close_blocks(line.indent, at)
        if line.indent != self._levels[-1].indent:
            columns = tuple(level.indent for level in self._levels)
            self._report_askew(line, wrong.IndentationFitsNothing(span=line.lexemes[0].span, columns=columns))
            return False
        return True

    def _open_block(self, line: Line, at: int) -> bool:
        first = line.lexemes[0].span
        if len(self._levels) > self._machine.limits.depth:
            self._report(wrong.TooDeep(span=first, limit=self._machine.limits.depth))
            self._leave_out()
            return False
        if not self._automaton.take("_INDENT", None, line.start, line.start):
            after_language = self._machine.is_language(self._lines[0].lexemes)
            kind = wrong.BelongsToNothing if after_language else wrong.NothingBelongsHere
            self._report_askew(line, kind(span=first))
            return False
        self._levels.append(_Level(line.indent, at, at))
        return True

    def _report_askew(self, line: Line, problem: Problem) -> None:
        """Report where a line stands; those below it that stand in the same column have no mistake of their own."""
        if line.indent != self._askew:
            self._report(problem)
        self._askew = line.indent

    def _in_table_of_example(self) -> bool:
        tables = self._machine.tables
        first = phrase_at(tables.vocabulary.phrases, tables.vocabulary, self._lines[0].lexemes, 0)
        heads = {"K_EXAMPLE", "K_RANKING_EXAMPLE"}
        return first is not None and not heads.isdisjoint(first.terminals) and len(self._levels) > 2

    def _close_blocks(self, indent: int, at: int) -> None:
        """Close the blocks that are further in than a line, or than the end of the statement."""
        self._leave_out_if_unfinished()
        end = self._lines[at - 1].end
        while indent < self._levels[-1].indent:
            inner = self._levels.pop()
            if not self._automaton.take("_DEDENT", None, end, end):
                if not inner.spoilt:
                    self._missing_below(inner.line)
                self._leave_out()

    def _leave_out_if_unfinished(self) -> None:
        """A line that only begins a block, and no block follows."""
        if "_INDENT" in self._automaton.row and self._automaton.expected() == ["_INDENT"]:
            self._missing_below(self._levels[-1].line)
            self._leave_out()

    def _leave_out(self) -> None:
        level = self._levels[-1]
        self._automaton.restore(level.saved)
        level.spoilt = True

    def _missing_below(self, at: int) -> None:
        self._automaton.take("_INDENT", None, 0, 0)
        line = self._lines[at]
        expected = described(self._machine.tables, tuple(self._automaton.expected()))
        self._report(wrong.LinesMissing(span=Span(line.start, line.end), expected=expected))

    # ---- words ---------------------------------------------------------------------------------------------------

    def _words(self, line: Line, at: int) -> bool:
        """Read the words of a line; where one does not fit, report it."""
        lexemes, automaton, machine = line.lexemes, self._automaton, self._machine
        if not self._within_bounds(lexemes):
            return False
        place = 0
        while place < len(lexemes):
            reading = machine.reader.read(lexemes, place)
            last = lexemes[place + reading.size - 1] if reading else None
            if (
                reading is None
                or last is None
                or not automaton.take(reading.terminal, reading.value, lexemes[place].start, last.end)
            ):
                return self._does_not_fit(line, at, place)
            if len(automaton.states) > machine.most_states:
                self._report(wrong.TooDeep(span=lexemes[place].span, limit=self._machine.limits.depth))
                return False
            place += reading.size
            machine.parts += reading.size
            if machine.parts > machine.limits.nodes:
                self._report(wrong.TooManyParts(span=last.span, limit=machine.limits.nodes))
                machine.stopped = True
                return False
        if not automaton.take("_NL", None, line.end, line.end):
            return self._does_not_fit(line, at, place)
        return True

    def _within_bounds(self, lexemes: list[Lexeme]) -> bool:
        """Whether no number, name or text of a line is too long; one that is, is reported."""
        limits = self._machine.limits
        for lexeme in lexemes:
            kind, text, start, end = lexeme
            problem: Problem | None = None
            if kind == "word":
                if not text.isascii():
                    self._machine.file.words.setdefault(text, lexeme.span)
                if end - start > limits.name_length:
                    problem = wrong.NameTooLong(
                        span=lexeme.span, name=text, length=end - start, limit=limits.name_length
                    )
            elif kind == "string":
                if end - start - 2 > limits.string_length:
                    problem = wrong.TextTooLong(
                        span=Span(start, start + 1), length=end - start - 2, limit=limits.string_length
                    )
            elif kind in {"number", "blob", "fraction", "percent"}:
                problem = too_long(lexeme, limits)
            if problem is not None:
                self._report(problem)
                return False
        return True

    def _does_not_fit(self, line: Line, at: int, place: int) -> bool:
        def expecting(earlier: int) -> tuple[str, ...]:
            self._replay(line.lexemes, earlier)
            return tuple(self._automaton.expected())

        tables, text = self._machine.tables, self._machine.file.source.text
        self._report(
            slip(Place(tables, text, line.lexemes, place, expecting(place), expecting, is_head=at == 0))
        )
        return False

    def _replay(self, lexemes: list[Lexeme], place: int) -> None:
        """Read the line again up to a place: what did not fit has changed the stacks."""
        self._automaton.restore(self._levels[-1].saved)
        made = len(self._machine.maker.problems)
        at = 0
        while at < place:
            reading = cast("Reading", self._machine.reader.read(lexemes, at))
            last = lexemes[at + reading.size - 1]
            self._automaton.take(reading.terminal, reading.value, lexemes[at].start, last.end)
            at += reading.size
        del self._machine.maker.problems[made:]
