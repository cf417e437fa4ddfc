"""
The test suite of a programme: its promises, checked on generated applications.

The examples of a programme are run by `Programme.run_examples`; together they are what `grantrules test` runs.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from grantrules.api import Programme, load, verify
from grantrules.diagnostics import ApplicationError
from grantrules.properties import report
from grantrules.properties.coverage import Coverage
from grantrules.properties.making import makers
from grantrules.properties.promises import Engine, Watched
from grantrules.properties.search import NUMBER, Result, check_promises
from grantrules.settings import Setting, with_settings
from grantrules.testing import ExampleResult
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
    for example in program.examples:
        settings = {
            name: Setting(value, as_json(value, program.parameters[name].type, program))
            for name, value in example.settings.items()
        }
        with suppress(ApplicationError):
            coverage.add(programme.prepare(example.facts), with_settings(program, settings))


# ---- Hypothesis ----------------------------------------------------------------------------------------------------


def given_application(
    programme: Programme | str | os.PathLike[str], *, boundaries: bool = False, **narrowing: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """
    A decorator for a test with a parameter `application`: Hypothesis draws applications to a programme for it.

    Args:
        programme: the programme, or the path of its rule file.
        boundaries: test one application at each limit of the programme and on either side of it first, on every run.
        narrowing: as for `Programme.applications`.
    """
    from hypothesis import example, given

    loaded = programme if isinstance(programme, Programme) else load(programme)

    def decorate(test: Callable[..., Any]) -> Callable[..., Any]:
        decorated: Callable[..., Any] = given(application=loaded.applications(**narrowing))(test)
        if boundaries:
            for application in boundary_applications(loaded):
                decorated = example(application=application)(decorated)
        return decorated

    return decorate


def boundary_applications(programme: Programme) -> tuple[dict[str, Any], ...]:
    """One application for each limit of a programme and each side of it, the same on every run."""
    made = watched(programme).made
    found = [made.at(point) for point in made.landscape.points]
    return tuple(draft.plain() for draft in found if draft is not None)
