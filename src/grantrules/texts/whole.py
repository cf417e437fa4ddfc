"""A programme from its first file to one tree: the files are read, amendments carried out, libraries taken along."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from grantrules.diagnostics import Problem
from grantrules.limits import Limits
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse
from grantrules.texts.amending import amended
from grantrules.texts.binding import Whole, bind, check_library
from grantrules.texts.problems import ChangeWithoutAmendment, NothingToAmend, TextsInACircle
from grantrules.texts.reading import File, Files, compared_in, first_line, head_of, read_files
from grantrules.texts.shelf import Shelf, beside

_CHANGES = (syn.Add, syn.Replace, syn.Repeal, syn.WithinSupport)


@frozen(eq=False)
class Read:
    """
    What became of the files of a programme.

    Args:
        whole: the programme as one tree.
        libraries: each library by itself, to be checked like any other file.
        others: the programmes that promises name, by their names; one that names another comes after it.
        problems: what is wrong with the files and between them, each with its own file.
    """

    whole: Whole
    libraries: tuple[Whole, ...]
    problems: tuple[Problem, ...]
    others: Mapping[str, Whole] = field(factory=dict)


def read_whole(source: Source, shelf: Shelf | None, limits: Limits) -> Read:
    """
    Read a programme.

    Args:
        source: its first file.
        shelf: where the other files are; without it, the folder that the first one belongs to.
    """
    module, wrong = parse(source, limits)
    head = head_of(module)
    several = any(isinstance(s, (syn.Use, *_CHANGES)) for s in module.statements)
    several = several or any(True for _ in compared_in(module.statements))
    if not several and (head is None or head.kind == "programme"):
        return Read(Whole(module, source), (), wrong)
    if shelf is None:
        shelf = beside(source.name, "" if head is None else head.file_name)
    files = read_files(File(source, 0, module, head), wrong, shelf, limits)
    chain = _chain(files, files.files[0])
    if chain is None:
        # Without the text that is amended, every name in it would be unknown.
        return Read(Whole(syn.Module(module.language, ()), files.source), (), tuple(files.problems))
    whole = _bound(files, chain)
    libraries = [_bound(files, (file,)) for file in files.files[1:] if file.kind == "library"]
    others = _others(files, chain)
    return Read(whole, tuple(libraries), tuple(dict.fromkeys(files.problems)), others)


def _others(files: Files, chain: tuple[File, ...]) -> dict[str, Whole]:
    """The programmes that promises name, each once, and those that these name before it."""
    found: dict[str, Whole] = {}
    waiting: list[tuple[str, bool]] = [(name.text, False) for file in chain for name in file.compared]
    while waiting:
        name, needs_are_there = waiting.pop()
        file = files.named.get(name)
        its_chain = None if file is None or name in found else _chain(files, file)
        if file is None or its_chain is None or file.kind not in ("programme", "amendment"):
            continue
        if needs_are_there:
            found[name] = _bound(files, its_chain)
            continue
        waiting.append((name, True))
        waiting += [(each.text, False) for other in its_chain for each in other.compared]
    return found


def _chain(files: Files, first: File) -> tuple[File, ...] | None:
    """A file and the texts it amends, one after the other; nothing where one is missing, or a file needs itself."""
    chain = [first]
    if any(isinstance(problem, TextsInACircle | NothingToAmend) for problem in files.problems):
        return None
    while (head := chain[-1].head) is not None and head.amends is not None:
        base = files.named.get(head.amends.text)
        if base is None or base.head is None:
            return None
        chain.append(base)
    return None if chain[0].kind == "amendment" and len(chain) == 1 else tuple(chain)


def _bound(files: Files, chain: tuple[File, ...]) -> Whole:
    last = chain[-1]
    if last.kind == "library":
        check_library(files, last)
    for statement in last.module.statements:
        if isinstance(statement, _CHANGES):
            place = first_line(files.source, statement.span)
            files.report(last, ChangeWithoutAmendment(span=place))
    made = amended(files, chain)
    return evolve(bind(files, chain[0], chain, tuple(made.statements)), changes=tuple(made.changes))
