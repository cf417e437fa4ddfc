"""
The test suite of a programme: its promises, checked on generated applications.

The examples of a programme are run by `Programme.run_examples`; together they are what `grantrules test` runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from grantrules.api import Programme, load, verify
from grantrules.api import compile as compile_
from grantrules.diagnostics import ApplicationError, Words, escaped
from grantrules.examples import ExampleResult
from grantrules.limits import Limits
from grantrules.properties import report
from grantrules.properties.coverage import Coverage
from grantrules.properties.making import makers
from grantrules.properties.mutants import (
    Fate,
    Mutant,
    Status,
    Suggestion,
    Tester,
    by_statement,
    mutants,
    with_fewer_suggestions,
)
from grantrules.properties.promises import Engine, Watched
from grantrules.properties.search import NUMBER, Result, check_promises
from grantrules.render import Look, line_in
from grantrules.settings import Setting, with_settings
from grantrules.values import as_json


def watched(programme: Programme) -> Watched:
    """A programme with its promises, and with whole decisions to look at."""
    return Watched(makers(programme._program), _engine(programme))  # noqa: SLF001 - It is of the same house.


def _engine(programme: Programme) -> Engine:
    return Engine(programme.decide, lambda record: verify(record).status == "verified")


def run_promises(
    programme: Programme, *, number: int = NUMBER, only: Collection[str] | None = None
) -> tuple[Result, ...]:
    """
    Check what a programme promises, and what every programme promises, on generated applications.

    Args:
        programme: the programme.
        number: how many applications are made; the same ones on every run.
        only: the names of the promises to check.
    """
    seen = watched(programme)
    chosen = [each for each in seen.promises if only is None or each.about.name in only]
    return check_promises(seen, number=number, only=chosen)


# ---- words for people ----------------------------------------------------------------------------------------------


def told_of_example(programme: Programme, result: ExampleResult, language: str | None = None) -> str:
    """What an example expected and what was found."""
    spoken = language or programme.language
    lines = [f"{check.expected} ({check.found[spoken]})" for check in result.checks if not check.passed]
    for problem in result.problems:
        words = problem.words(spoken)
        lines.append(f"{words.title}: {words.why} {words.instead} [{words.code}]")
    return "\n".join(lines)


def told_of_promise(programme: Programme, result: Result, language: str | None = None) -> str:
    """How a promise was broken: the smallest application as an example of the file, and the explanation."""
    spoken = language or programme.language
    program = programme._program  # noqa: SLF001 - It is of the same house.
    shown = list(report.counterexample(result, watched(programme).made, spoken))
    found = f": {shown.pop(0)}" if result.words[spoken] and shown else ""
    lines = [report.status(result, program, spoken) + found, *shown]
    if result.application is not None:
        settings = dict(result.settings)
        decision = programme.decide(result.application, parameters=settings or None)
        lines += ["", decision.explain(language=spoken)]
    return "\n".join(lines)


# ---- what tests reach ----------------------------------------------------------------------------------------------


def cover_examples(programme: Programme, coverage: Coverage) -> None:
    """Take in the decisions of the examples of a programme."""
    program = programme._program  # noqa: SLF001 - It is of the same house.
    taken = [(each.facts, each.settings) for each in program.examples]
    taken += [(one.facts, each.settings) for each in program.ranking_examples for one in each.applications]
    for facts, chosen in taken:
        settings = {
            name: Setting(value, as_json(value, program.parameters[name].type, program))
            for name, value in chosen.items()
        }
        with suppress(ApplicationError):
            coverage.add(programme.prepare(facts), with_settings(program, settings))


# ---- Hypothesis ----------------------------------------------------------------------------------------------------


def given_application(
    programme: Programme | str | os.PathLike[str], *, boundaries: bool = False, **narrowing: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """
    A decorator for a test with a parameter `application`: Hypothesis draws applications to a programme for it.

    Args:
        programme: the programme, or the path of its rule file.
        boundaries: test what `boundary_applications` gives first, on every run.
        narrowing: as for `Programme.applications`; it holds for those at the limits as well.

    Raises:
        ValueError: as `Programme.applications`.
    """
    from hypothesis import example, given

    loaded = programme if isinstance(programme, Programme) else load(programme)

    def decorate(test: Callable[..., Any]) -> Callable[..., Any]:
        decorated: Callable[..., Any] = given(application=loaded.applications(**narrowing))(test)
        if boundaries:
            for application in boundary_applications(loaded, **narrowing):
                decorated = example(application=application)(decorated)
        return decorated

    return decorate


def boundary_applications(
    programme: Programme,
    *,
    parameters: Mapping[str, Any] | None = None,
    eligible_only: bool = False,
    near: str | None = None,
    with_: Mapping[str, Any] | None = None,
    partial: bool = False,
) -> tuple[dict[str, Any], ...]:
    """
    One application for each limit of a programme and each side of it, the same on every run.

    Where none was found that is as it is wanted, such as an eligible one on the wrong side of a requirement, there is
    none for that side.

    Args:
        programme: the programme.
        parameters: parameters to set otherwise than the programme does.
        eligible_only: only applications that are eligible.
        near: the name of a rule, ceiling or figure: only its limits.
        with_: facts that are always the same; of a strategy its simplest value is taken.
        partial: leave a fact out of each, if possible one that the limit does not depend on.

    Raises:
        ValueError: nothing is compared under the name `near`, or `with_` names no fact.
        ImportError: Hypothesis is not installed; it comes with `pip install grantrules[test]`.
    """
    from grantrules.properties.strategies import at_limits

    return at_limits(
        programme._makers(parameters),  # noqa: SLF001 - It is of the same house.
        eligible_only=eligible_only,
        near=near,
        with_=with_,
        partial=partial,
    )


# ---- for the command line ------------------------------------------------------------------------------------------


def promises_as_text(programme: Programme, results: tuple[Result, ...], look: Look) -> str:
    """What a person reads: each promise with its mark, and of those that failed how they were broken."""
    language, program = look.language, programme._program  # noqa: SLF001 - It is of the same house.
    lines = []
    for result in results:
        name, title, line = report.about(result, program, language)
        place = f" ({line})" if line else ""
        told = f"  {escaped(title)}" if title else ""
        lines.append(f"  {'✓' if result.passed else '✗'} {escaped(name)}{told}{place}")
        if not result.passed or result.settings:
            lines.append(f"      {report.status(result, program, language)}")
        if not result.passed:
            shown = report.counterexample(result, watched(programme).made, language)
            lines += [f"      {each}".rstrip() for each in shown]
    kept = sum(result.passed for result in results)
    words = Words("{kept} of {all} promises are kept", "{all} güvenceden {kept} tanesi tutuluyor")
    lines.append("  " + words[language].format(kept=kept, all=len(results)))
    return "\n".join(lines) + "\n"


def promises_as_json(
    programme: Programme, results: tuple[Result, ...], language: str
) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [report.as_json(result, programme._program, language) for result in results]  # noqa: SLF001 - It is of the same house.


def read_equivalents(text: str) -> dict[str, str]:
    """A list of mutants that are known to change nothing: lines of `mutant | reason`; `#` begins a remark."""
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.partition(" | ") for line in lines if line and not line.startswith("#"))
    return {key.strip(): reason.strip() for key, _, reason in pairs}


def no_such_changes(programme: Programme, equivalents: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of such a list that are no change of a programme, as after the programme was changed."""
    known = {name for each in mutants(programme._program) for name in each.names}  # noqa: SLF001 - It is of the same house.
    return tuple(key for key in equivalents if key not in known)


def changed_statements(programme: Programme) -> tuple[str, ...]:
    """The names of the statements and steps in which something can be changed, in the order of the file."""
    every = mutants(programme._program)  # noqa: SLF001 - It is of the same house.
    return tuple(dict.fromkeys(each.statement for each in every))


def run_mutants(
    programme: Programme,
    *,
    equivalents: Mapping[str, str] | None = None,
    only: str | None = None,
    part: tuple[int, int] = (0, 1),
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Fate, ...]:
    """
    Change one thing of a programme at a time, and see whether its examples and promises notice.

    Args:
        programme: the programme.
        equivalents: mutants that are known to change nothing, with the reason.
        only: the name of a statement, to change nothing else.
        part: `(k, n)`: make only each n-th change, beginning with number k.
        workers: how many processes share the work; the answer is the same.  As with all of Python's processes, the script
            that asks for more than one is protected by `if __name__ == "__main__":`.
        progress: called with the number of changes that are tried, and of all, whenever some are.
    """
    program = programme._program  # noqa: SLF001 - It is of the same house.
    groups = by_statement(program, only=only, part=part)
    number, done = sum(map(len, groups)), 0
    fates: list[Fate] = []
    for found in _shared_out(programme, groups, dict(equivalents or {}), min(workers, len(groups))):
        fates += found
        done += len(found)
        if progress is not None:
            progress(done, number)
    return with_fewer_suggestions(fates)


def _shared_out(
    programme: Programme, groups: Sequence[Sequence[Mutant]], equivalents: dict[str, str], workers: int
) -> Iterator[list[Fate]]:
    """What becomes of the mutants of each statement, in their order."""
    if workers < 2:
        tester = Tester(makers(programme._program), equivalents)  # noqa: SLF001 - It is of the same house.
        for group in groups:
            yield list(tester.fates(group))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    asked = [[mutant.number for mutant in group] for group in groups]
    # Processes that begin anew, on every system: they know the programme from its texts, and nothing of the host.
    begin = programme.texts, programme.limits, equivalents
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin, begin) as pool:
        for group, found in zip(groups, pool.map(_found, asked), strict=True):
            yield [Fate(mutant, *each) for mutant, each in zip(group, found, strict=True)]


_AT_WORK: list[tuple[Tester, tuple[Mutant, ...]]] = []
"""In a process of its own: what tries its mutants, and all of them."""


def _begin(texts: tuple[tuple[str, str], ...], limits: Limits, equivalents: dict[str, str]) -> None:
    (name, text), *others = texts
    program = compile_(text, name=name, root=dict(others), limits=limits)._program  # noqa: SLF001 - It is of the same house.
    _AT_WORK.append((Tester(makers(program), equivalents), mutants(program)))


def _found(numbers: Sequence[int]) -> list[tuple[Status, str, Suggestion | None]]:
    """What becomes of some mutants."""
    tester, every = _AT_WORK[-1]
    fates = tester.fates([every[number - 1] for number in numbers])
    return [(fate.status, fate.by, fate.suggestion) for fate in fates]


def strength_as_text(programme: Programme, fates: tuple[Fate, ...], language: str) -> str:
    """What a person reads: the mutants that nothing noticed, each with an example that would have."""
    source = programme._program.source  # noqa: SLF001 - It is of the same house.
    lines: list[str] = []
    for fate in fates:
        if fate.status != "survived":
            continue
        place = line_in(source, fate.mutant.span.start, language)
        lines.append(_SURVIVED[language].format(place=place, key=fate.mutant.told[language]))
        if fate.example is not None:
            lines.append(_SUGGESTED[language])
        else:
            nothing = _NO_OTHER_RANKING if fate.mutant.ranks else _NO_DIFFERENCE
            lines.append((_NOTICED_TOO if fate.by else nothing)[language].format(name=fate.by))
        lines += [f"    {each}" for each in (fate.example or "").splitlines()]
        lines.append("")
    count = {
        status: sum(fate.status == status for fate in fates)
        for status in ("killed", "equivalent", "survived")
    }
    lines.append(_COUNTED[language].format(all=len(fates), **count))
    examples = sum(fate.suggestion is not None for fate in fates)
    if examples:
        noticed = sum(fate.status == "survived" and bool(fate.suggestion or fate.by) for fate in fates)
        lines.append(_WOULD_NOTICE[language].format(examples=examples, noticed=noticed))
    return "\n".join(lines) + "\n"


def strength_as_json(programme: Programme, fates: tuple[Fate, ...]) -> list[dict[str, Any]]:
    """The same as plain data."""
    source = programme._program.source  # noqa: SLF001 - It is of the same house.
    return [
        {
            "mutant": fate.mutant.key,
            "statement": fate.mutant.statement,
            "line": source.line_of(fate.mutant.span.start),
            "file": source.other_file(fate.mutant.span.start),
            "status": fate.status,
            "by": fate.by or None,
            "suggestion": fate.example,
        }
        for fate in fates
    ]


_SURVIVED = Words("{place}: nothing notices {key}", "{place}: şunu hiçbir şey fark etmiyor: {key}")
_NOTICED_TOO = Words("  {name} would notice it too.", "  {name} bunu da fark ederdi.")
_SUGGESTED = Words("  This example would notice:", "  Şu örnek fark ederdi:")
_NO_DIFFERENCE = Words(
    "  No application was found that is decided differently; it may change nothing.",
    "  Başka karar verilen bir başvuru bulunamadı; hiçbir şeyi değiştirmiyor olabilir.",
)
_NO_OTHER_RANKING = Words(
    "  It shows in rankings alone, and no ranking example of the file comes out otherwise: none could be suggested.",
    "  Yalnız sıralamalarda görülür, dosyadaki sıralama örneklerinin sonucunu değiştirmiyor: örnek önerilemedi.",
)
_WOULD_NOTICE = Words(
    "The examples above, {examples} in number, would notice {noticed} of these.",
    "Yukarıdaki {examples} örnek bunların {noticed} tanesini fark ederdi.",
)
_COUNTED = Words(
    "{all} changes: {killed} noticed, {equivalent} known to change nothing, {survived} unnoticed",
    "{all} değişiklik: {killed} fark edildi, {equivalent} hiçbir şeyi değiştirmiyor, {survived} fark edilmedi",
)
