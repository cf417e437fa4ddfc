"""
The test suite of a programme: its promises, checked on generated applications.

The examples of a programme are run by `Programme.run_examples`; together they are what `grantrules test` runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from grantrules.api import Programme, load, verify
from grantrules.diagnostics import ApplicationError, Words, escaped
from grantrules.examples import ExampleResult
from grantrules.properties import report
from grantrules.properties.coverage import Coverage
from grantrules.properties.making import makers
from grantrules.properties.mutants import Fate, mutants, strength
from grantrules.properties.promises import Engine, Watched
from grantrules.properties.search import NUMBER, Result, check_promises
from grantrules.render import Look
from grantrules.settings import Setting, with_settings
from grantrules.values import as_json


def watched(programme: Programme) -> Watched:
    """A programme with its promises, and with whole decisions to look at."""
    return Watched(makers(programme._program), _engine(programme))  # noqa: SLF001 - It is of the same house.


def _engine(programme: Programme) -> Engine:
    return Engine(programme.decide, lambda record: verify(record).status == "verified")


def run_promises(programme: Programme, *, number: int = NUMBER) -> tuple[Result, ...]:
    """
    Check what a programme promises, and what every programme promises, on generated applications.

    Args:
        programme: the programme.
        number: how many applications are made; the same ones on every run.
    """
    return check_promises(watched(programme), number=number)


# ---- words for people ----------------------------------------------------------------------------------------------


def told_of_example(programme: Programme, result: ExampleResult, language: str | None = None) -> str:
    """What an example expected and what was found."""
    spoken = language or programme.language
    lines = [f"{check.expected} ({check.found[spoken]})" for check in result.checks if not check.passed]
    for problem in result.problems:
        words = problem.words(spoken)
        lines.append(f"{words.title}: {words.why} {words.instead} [{words.code}]")
    if not result.checks and not result.problems:
        lines.append("It expects nothing, so it tests nothing.")
    return "\n".join(lines)


def told_of_promise(programme: Programme, result: Result, language: str | None = None) -> str:
    """How a promise was broken: the smallest application as an example of the file, and the explanation."""
    spoken = language or programme.language
    lines = [report.status(result, spoken)]
    lines += report.counterexample(result, watched(programme).made, spoken)
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
        place = {"en": f" (line {line})", "tr": f" (satır {line})"}[language] if line else ""
        told = f"  {escaped(title)}" if title else ""
        lines.append(f"  {'✓' if result.passed else '✗'} {escaped(name)}{told}{place}")
        if not result.passed or result.settings:
            lines.append(f"      {report.status(result, language)}")
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
    known = {each.key for each in mutants(programme._program)}  # noqa: SLF001 - It is of the same house.
    return tuple(key for key in equivalents if key not in known)


def run_mutants(
    programme: Programme,
    *,
    equivalents: Mapping[str, str] | None = None,
    only: str | None = None,
    part: tuple[int, int] = (0, 1),
) -> tuple[Fate, ...]:
    """
    Change one thing of a programme at a time, and see whether its examples and promises notice.

    Args:
        programme: the programme.
        equivalents: mutants that are known to change nothing, with the reason.
        only: the name of a statement, to change nothing else.
        part: `(k, n)`: make only each n-th change, beginning with number k.
    """
    made = makers(programme._program)  # noqa: SLF001 - It is of the same house.
    return tuple(strength(made, equivalent=equivalents, only=only, part=part))


def strength_as_text(programme: Programme, fates: tuple[Fate, ...], language: str) -> str:
    """What a person reads: the mutants that nothing noticed, each with an example that would have."""
    source = programme._program.source  # noqa: SLF001 - It is of the same house.
    lines: list[str] = []
    for fate in fates:
        if fate.status != "survived":
            continue
        line = source.line_of(fate.mutant.span.start)
        lines.append(_SURVIVED[language].format(line=line, key=fate.mutant.key))
        nothing = _NO_OTHER_RANKING if fate.mutant.ranks else _NO_DIFFERENCE
        lines.append(_SUGGESTED[language] if fate.example else nothing[language])
        lines += [f"    {each}" for each in (fate.example or "").splitlines()]
        lines.append("")
    count = {
        status: sum(fate.status == status for fate in fates)
        for status in ("killed", "equivalent", "survived")
    }
    lines.append(_COUNTED[language].format(all=len(fates), **count))
    return "\n".join(lines) + "\n"


def strength_as_json(programme: Programme, fates: tuple[Fate, ...]) -> list[dict[str, Any]]:
    """The same as plain data."""
    source = programme._program.source  # noqa: SLF001 - It is of the same house.
    return [
        {
            "mutant": fate.mutant.key,
            "statement": fate.mutant.statement,
            "line": source.line_of(fate.mutant.span.start),
            "status": fate.status,
            "by": fate.by or None,
            "suggestion": fate.example,
        }
        for fate in fates
    ]


_SURVIVED = Words("line {line}: nothing notices {key}", "satır {line}: şunu hiçbir şey fark etmiyor: {key}")
_SUGGESTED = Words("  This example would notice:", "  Şu örnek fark ederdi:")
_NO_DIFFERENCE = Words(
    "  No application was found that is decided differently; it may change nothing.",
    "  Başka karar verilen bir başvuru bulunamadı; hiçbir şeyi değiştirmiyor olabilir.",
)
_NO_OTHER_RANKING = Words(
    "  It shows in rankings alone, and no ranking example of the file comes out otherwise: none could be suggested.",
    "  Yalnız sıralamalarda görülür, dosyadaki sıralama örneklerinin sonucunu değiştirmiyor: örnek önerilemedi.",
)
_COUNTED = Words(
    "{all} changes: {killed} noticed, {equivalent} known to change nothing, {survived} unnoticed",
    "{all} değişiklik: {killed} fark edildi, {equivalent} hiçbir şeyi değiştirmiyor, {survived} fark edilmedi",
)
