"""
Looking for an application that breaks a promise, and making the one that is found small.

The search is the same on every run: application number n is made by a generator with the seed n.  Every choice is
written down, so that what was found can be made again with simpler choices; what still breaks the promise and is
shorter to read takes its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, field, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.diagnostics import NO_WORDS, Words
from grantrules.properties.draft import Draft
from grantrules.properties.making import WAYS, Applications
from grantrules.properties.points import Point
from grantrules.properties.promises import Broken, Case, Engine, Promise, Verdict, Watched
from grantrules.settings import Setting, with_settings
from grantrules.values import as_json

Status: TypeAlias = Literal["kept", "broken", "vacuous", "never_true"]
Choices: TypeAlias = tuple[int, ...]

NUMBER = 120
"""How many applications are tried, where nothing else is asked for."""

_MOST_SHRINKS = 100
_AIMED = 8
_AIMED_SEEDS = 1_000_000


@define(eq=False)
class Notebook:
    """Choices that are written down: first those given, then those of a seeded generator, or the simplest."""

    given: Choices = ()
    seed: int | None = None
    made: list[int] = field(factory=list, init=False)
    _random: Random | None = field(init=False, default=None)

    def number(self, low: int, high: int) -> int:
        """See `Chooser`."""
        at = len(self.made)
        if at < len(self.given):
            chosen = min(high, low + self.given[at])
        elif self.seed is None:
            chosen = low
        else:
            self._random = self._random or Random(self.seed)  # noqa: S311 - Repeatable numbers, not secret ones.
            chosen = self._random.randint(low, high)
        self.made.append(chosen - low)
        return chosen


@frozen(eq=False)
class Result:
    """
    What became of a promise.

    Args:
        promise: which.
        status: `kept`; `broken`; `vacuous`: it said nothing about any application; `never_true`: it was broken by
            every application that it says something about.
        checked: the number of applications it said something about.
        words: how it was broken.
        application: the smallest one found that breaks it, as plain data.
        other: the one it was compared with.
        settings: the parameters that were set for it to say something at all.
    """

    promise: Promise
    status: Status
    checked: int
    words: Words = NO_WORDS
    application: dict[str, Any] | None = None
    other: dict[str, Any] | None = None
    settings: tuple[tuple[str, Any], ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the promise held, and said something."""
        return self.status == "kept"


@define(eq=False)
class _Tally:
    """What is known of one promise so far."""

    promise: Promise
    checked: int = 0
    broken: int = 0
    first: tuple[Choices, Choices] | None = None
    aimed: bool = False


def draft_of(made: Applications, notebook: Notebook, aimed: Promise | None = None) -> Draft:
    """The application that some choices make; `aimed` at the place where a promise would be broken first."""
    if aimed is not None:
        return made.draft(notebook, way="one", points=_points(made, aimed))
    way = WAYS[notebook.number(0, len(WAYS) - 1)]
    return made.draft(notebook, way=way, points=made.landscape.points)


def _points(made: Applications, promise: Promise) -> list[Point]:
    return [point for point in made.landscape.promised if point.test.about is promise.about]


def check_promises(
    watched: Watched, *, number: int = NUMBER, only: Sequence[Promise] | None = None
) -> tuple[Result, ...]:
    """Check every promise of a programme on generated applications; those that say nothing under other readings too."""
    tallies = [_Tally(promise) for promise in (watched.promises if only is None else only)]
    for at in range(number):
        notebook = Notebook(seed=at)
        draft = draft_of(watched.made, notebook)
        for each in tallies:
            if at % each.promise.one_in == 0:
                _look(watched, each, draft, tuple(notebook.made), at)
    for each in tallies:
        _look_closer(watched, each)
    return tuple(_result(watched, each, number) for each in tallies)


def _look(watched: Watched, tally: _Tally, draft: Draft, choices: Choices, seed: int) -> None:
    chooser = Notebook(seed=seed)
    found = tally.promise.check(Case(watched, draft, chooser))
    tally.checked += found is not None
    if isinstance(found, Broken):
        tally.broken += 1
        if tally.first is None:
            tally.first = choices, tuple(chooser.made)


def _look_closer(watched: Watched, tally: _Tally) -> None:
    """Applications aimed at breaking a promise that nothing has broken yet."""
    if tally.first is not None or not _points(watched.made, tally.promise):
        return
    for at in range(_AIMED_SEEDS, _AIMED_SEEDS + _AIMED):
        notebook = Notebook(seed=at)
        draft = draft_of(watched.made, notebook, tally.promise)
        _look(watched, tally, draft, tuple(notebook.made), at)
        tally.aimed = tally.first is not None
        if tally.aimed:
            return


def _result(watched: Watched, tally: _Tally, number: int) -> Result:
    if tally.first is not None:
        application, found = shrunk(watched, tally.promise, *tally.first, aimed=tally.aimed)
        status: Status = "never_true" if tally.broken == tally.checked and tally.checked > 1 else "broken"
        return Result(tally.promise, status, tally.checked, found.words, application, found.other)
    if tally.checked:
        return Result(tally.promise, "kept", tally.checked)
    return _under_other_readings(watched, tally.promise, number)


def _under_other_readings(watched: Watched, promise: Promise, number: int) -> Result:
    """A promise that says nothing as the parameters are set: under the first reading where it says something."""
    if promise.stated:
        for settings in readings(watched.program):
            changed = with_settings(watched.program, settings)
            other = Watched(Applications(changed), watched.engine)
            same = next(each for each in other.promises if each.about is promise.about)
            if _says_nothing(other, same):
                continue
            (found,) = _check_once(other, same, number // 2)
            if found.checked:
                return evolve(found, settings=tuple((n, s.json) for n, s in settings.items()))
    return Result(promise, "vacuous", 0)


def _says_nothing(watched: Watched, promise: Promise) -> bool:
    """Whether a promise is switched off by the parameters alone."""
    landscape = watched.made.landscape
    for rule in watched.program.body:
        if isinstance(rule, ir.Rule) and rule.about is promise.about:
            return landscape.never(rule.when)
    return any(
        landscape.never(each.when) for each in watched.program.invariances if each.about is promise.about
    )


def _check_once(watched: Watched, promise: Promise, number: int) -> tuple[Result, ...]:
    """Check one promise, under these readings alone."""
    tally = _Tally(promise)
    for at in range(number):
        notebook = Notebook(seed=at)
        _look(watched, tally, draft_of(watched.made, notebook), tuple(notebook.made), at)
    _look_closer(watched, tally)
    if tally.first is None:
        return (Result(promise, "kept" if tally.checked else "vacuous", tally.checked),)
    return (_result(watched, tally, number),)


def readings(program: ir.Program) -> Iterator[dict[str, Setting]]:
    """Each other value of each parameter that has a list of values, one at a time."""
    for name, parameter in program.parameters.items():
        match parameter.type:
            case ty.Choice(_, listed):
                options: tuple[Any, ...] = listed
            case ty.YesNo():
                options = (True, False)
            case _:
                continue
        now = {value for _, _, value in parameter.lines}
        for value in options:
            if value not in now:
                yield {name: Setting(value, as_json(value, parameter.type, program))}


# ---- making it small -----------------------------------------------------------------------------------------------


def shrunk(
    watched: Watched, promise: Promise, choices: Choices, own: Choices, *, aimed: bool = False
) -> tuple[dict[str, Any], Broken]:
    """A small application that breaks a promise, found from one that does; and what was found there."""
    return _Shrinker(watched, promise, promise if aimed else None).run(choices, own)


@define(eq=False)
class _Shrinker:
    """Tries simpler choices."""

    watched: Watched
    promise: Promise
    aimed: Promise | None
    tries: int = 0
    best: tuple[dict[str, Any], Broken] | None = None
    size: tuple[int, int] = (1 << 60, 0)
    choices: Choices = ()
    own: Choices = ()

    def run(self, choices: Choices, own: Choices) -> tuple[dict[str, Any], Broken]:
        """The smallest that is found."""
        if not self.take(choices, own) or self.best is None:
            raise ValueError("What broke the promise does not break it again.")
        improved = True
        while improved and self.tries < _MOST_SHRINKS:
            before = self.size
            for simpler in (_shorter, _without, _zeroed, _lowered):
                self.pass_(simpler)
            improved = self.size < before
        return self.best

    def pass_(self, simpler: Callable[[Choices], Iterator[Choices]]) -> None:
        """Try one kind of simpler choices, as long as each that works is taken up at once."""
        again = True
        while again and self.tries < _MOST_SHRINKS:
            again = False
            for candidate in simpler(self.choices):
                if self.tries >= _MOST_SHRINKS:
                    return
                if self.take(candidate, self.own):
                    again = True
                    break
        for candidate in simpler(self.own):
            if self.tries < _MOST_SHRINKS:
                self.take(self.choices, candidate)

    def take(self, choices: Choices, own: Choices) -> bool:
        """Take up other choices, if they break the promise and are simpler."""
        self.tries += 1
        notebook, chooser = Notebook(choices), Notebook(own)
        draft = draft_of(self.watched.made, notebook, self.aimed)
        found: Verdict = self.promise.check(Case(self.watched, draft, chooser))
        if not isinstance(found, Broken):
            return False
        plain = draft.plain()
        size = (len(json.dumps(plain)), sum(notebook.made) + sum(chooser.made) + len(notebook.made))
        if size >= self.size:
            return False
        self.best, self.size = (plain, found), size
        self.choices, self.own = tuple(notebook.made), tuple(chooser.made)
        return True


def _shorter(choices: Choices) -> Iterator[Choices]:
    length = len(choices) // 2
    while length:
        yield choices[:-length]
        length //= 2


def _without(choices: Choices) -> Iterator[Choices]:
    for block in (16, 8, 4, 1):
        for start in range(0, len(choices), block):
            yield choices[:start] + choices[start + block :]


def _zeroed(choices: Choices) -> Iterator[Choices]:
    for block in (8, 2, 1):
        for start in range(0, len(choices), block):
            if any(choices[start : start + block]):
                yield choices[:start] + (0,) * len(choices[start : start + block]) + choices[start + block :]


def _lowered(choices: Choices) -> Iterator[Choices]:
    for at, value in enumerate(choices):
        for lower in {value // 2, value - 1} - {value}:
            if lower >= 0 and value > 1:
                yield (*choices[:at], lower, *choices[at + 1 :])


__all__ = ["NUMBER", "Engine", "Result", "check_promises", "draft_of", "readings", "shrunk"]
