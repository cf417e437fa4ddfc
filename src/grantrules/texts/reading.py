"""All files of a programme, read: the file itself, what it uses or amends, and what these use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from attrs import define, evolve, field

from grantrules.diagnostics import Label, Problem
from grantrules.limits import Limits
from grantrules.source import Source, Span, joined
from grantrules.syntax import tree as syn
from grantrules.syntax.characters import read_source
from grantrules.syntax.parse import parse
from grantrules.texts import problems as pr
from grantrules.texts.shelf import Found, Shelf, file_of

LEAST_ALIKE = 0.7


@define(eq=False)
class File:
    """
    One file.

    Args:
        source: the file alone.
        begin: where it begins in the text of all files; its tree has places in that text.
        module: its tree; without statements if it could not be read.
    """

    source: Source
    begin: int
    module: syn.Module
    head: syn.Programme | None = None

    @property
    def name(self) -> str:
        """Its dotted name; empty where it has no head."""
        return self.head.file_name if self.head else ""

    @property
    def kind(self) -> str:
        """What its head says it is; empty where it has none."""
        return self.head.kind if self.head else ""

    @property
    def uses(self) -> Iterator[syn.Use]:
        """What it takes from libraries."""
        return (s for s in self.module.statements if isinstance(s, syn.Use))

    @property
    def compared(self) -> tuple[syn.Name, ...]:
        """The programmes that its promises name."""
        return tuple(compared_in(self.module.statements))


@define(eq=False)
class Files:
    """The files of a programme by their dotted names, the first one first, and what was found wrong with them."""

    shelf: Shelf
    limits: Limits
    files: list[File] = field(factory=list)
    named: dict[str, File] = field(factory=dict)
    missing: set[str] = field(factory=set)
    problems: list[Problem] = field(factory=list)
    size: int = 0

    @property
    def source(self) -> Source:
        """The text of all files."""
        return joined([file.source for file in self.files])

    def report(self, file: File, problem: Problem) -> None:
        """A problem with a place in the text of all files."""
        self.problems.append(at_home(evolve(problem, source=file.source), self.source))


def at_home(problem: Problem, whole: Source) -> Problem:
    """A problem with a place in the text of all files, with the file it is in and the place there."""
    if not whole.files or problem.source is None:
        return problem
    source, span = whole.local(problem.span)
    labels = []
    for label in problem.labels:
        other, place = whole.local(label.span)
        labels.append(Label(place, label.words, None if other is source else other))
    return evolve(problem, source=source, span=span, labels=tuple(labels))


def compared_in(statements: Iterable[syn.Statement]) -> Iterator[syn.Name]:
    """The programmes that promises name."""
    for statement in statements:
        stated = statement.statement if isinstance(statement, syn.Add | syn.Replace) else statement
        if isinstance(stated, syn.Promise):
            yield from (each.programme for each in stated.promised if each.programme is not None)


def head_of(module: syn.Module) -> syn.Programme | None:
    """The first head of a file."""
    return next((s for s in module.statements if isinstance(s, syn.Programme)), None)


def read_files(first: File, wrong: Iterable[Problem], shelf: Shelf, limits: Limits) -> Files:
    """
    Read all files that a file needs.

    Args:
        first: the file to begin with, which is read already.
        wrong: what was found wrong with it.
        shelf: where the others are found.
    """
    found = Files(shelf, limits, [first], problems=list(wrong))
    found.size = len(first.source.text.encode("utf-8", "replace"))
    if first.name:
        found.named[first.name] = first
    number = 0
    while number < len(found.files):
        file = found.files[number]
        number += 1
        if file.head is not None and file.head.amends is not None:
            _need(found, file, file.head.amends)
        for use in file.uses:
            _need(found, file, use.library)
        for other in file.compared:
            _need(found, file, other)
    _check_kinds(found)
    _check_circles(found)
    return found


def _parsed(found: Files, source: Source) -> File:
    begin = len(found.source.text) + 1
    file = File(source, begin, syn.Module("en", ()))
    found.files.append(file)
    whole = found.source
    file.module, wrong = parse(whole, found.limits, begin=begin)
    file.head = head_of(file.module)
    found.problems += (at_home(problem, whole) for problem in wrong)
    found.size += len(source.text.encode("utf-8", "replace"))
    return file


def _need(found: Files, by: File, name: syn.Name) -> None:
    """Read the file of a name, once; a name without a file is a problem where it is first written."""
    if name.text in found.named or name.text in found.missing:
        return
    limits = found.limits
    if len(found.files) >= limits.files:
        found.report(by, pr.TooManyTexts(span=name.span, limit=limits.files))
        return
    answer = found.shelf.look_for(name.text, limits.file_bytes)
    if answer is None:
        found.missing.add(name.text)
        near = next(iter(get_close_matches(name.text, found.shelf.names(), 1, LEAST_ALIKE)), "")
        found.report(
            by,
            pr.NoSuchText(
                span=name.span,
                name=name.text,
                file=file_of(name.text),
                looked_in=found.shelf.places(),
                near=near,
            ),
        )
        return
    if not isinstance(answer, Found):
        kind = pr.OutsideTheFolder if answer.why == "outside" else pr.NotReadable
        found.report(by, kind(span=name.span, name=name.text, file=answer.shown))
        return
    size = found.size + len(answer.content)
    if size > limits.all_files_bytes:
        found.report(by, pr.TextsTooLarge(span=name.span, size=size, limit=limits.all_files_bytes))
        return
    source = read_source(answer.content, answer.shown, limits)
    if isinstance(source, tuple):
        found.problems += source
        return
    file = _parsed(found, source)
    found.named[name.text] = file
    if file.head is not None and file.name != name.text:
        place = first_line(found.source, file.head.span)
        found.report(file, pr.OtherNameInside(span=place, name=name.text, found=file.name, file=answer.shown))


def first_line(source: Source, span: Span) -> Span:
    """The first line of a statement."""
    line = source.line_at(span.start)
    return Span(span.start, max(span.start, min(span.end, line.end)))


def _is_known(file: File) -> bool:
    """Whether it is known what a file is; a head that could not be read might say anything."""
    statements = file.module.statements
    readable = bool(statements) and not any(isinstance(s, syn.Broken) for s in statements)
    return file.head is not None or readable


def _check_kinds(found: Files) -> None:
    for file in found.files:
        for use in file.uses:
            other = found.named.get(use.library.text)
            if other is not None and _is_known(other) and other.kind != "library":
                kind = pr.KINDS[other.kind]
                found.report(file, pr.NotALibrary(span=use.library.span, name=use.library.text, kind=kind))
        for name in file.compared:
            other = found.named.get(name.text)
            if other is not None and _is_known(other) and other.kind not in ("programme", "amendment"):
                kind = pr.KINDS[other.kind]
                found.report(file, pr.NothingToPromise(span=name.span, name=name.text, kind=kind))
        base = file.head.amends if file.head else None
        other = found.named.get(base.text) if base else None
        if base is not None and other is not None and _is_known(other) and other.kind in ("library", ""):
            found.report(file, pr.NothingToAmend(span=base.span, name=base.text, kind=pr.KINDS[other.kind]))


def needs_of(file: File) -> list[syn.Name]:
    """The names of the files that a file needs."""
    amended = [file.head.amends] if file.head is not None and file.head.amends is not None else []
    return [*amended, *(use.library for use in file.uses), *file.compared]


def _check_circles(found: Files) -> None:
    """Report each file that needs itself in the end, at the place that closes the circle."""
    done: set[int] = set()
    for start in found.files:
        path: list[File] = []
        _walk(found, start, path, done)


def _walk(found: Files, start: File, path: list[File], done: set[int]) -> None:
    # As deep as files need one another; their number is bounded.
    if id(start) in done:
        return
    path.append(start)
    for name in needs_of(start):
        other = found.named.get(name.text)
        if other is None:
            continue
        if other in path:
            chain = tuple(each.name for each in path[path.index(other) :])
            found.report(start, pr.TextsInACircle(span=name.span, chain=(*chain, other.name)))
        else:
            _walk(found, other, path, done)
    path.pop()
    done.add(id(start))
