"""
Looking for an application that breaks a promise, and making the one that is found small.

The search is the same on every run: application number n is made by a generator with the seed n.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.verify import of_statement, of_step
from grantrules.diagnostics import NO_WORDS, Words
from grantrules.properties.draft import Draft
from grantrules.properties.fresh import Notebook, RandomChooser, bounded
from grantrules.properties.making import Applications, makers
from grantrules.properties.points import Point
from grantrules.properties.probe import within
from grantrules.properties.promises import Broken, Case, Engine, Promise, Watched
from grantrules.properties.smaller import Choices, is_eligible, smaller
from grantrules.settings import Setting, with_settings
from grantrules.values import as_json

Status: TypeAlias = Literal["kept", "broken", "vacuous", "never_true"]

NUMBER = 120
"""How many applications are tried, where nothing else is asked for."""

_LEAST_AIMED, _MOST_AIMED = 8, 24
_AIMED_SEEDS = 1_000_000
_MOST_MEANT = 12
_MEANT_SEEDS = 4_000_000
_MOST_ELSEWHERE = 60
_ELSEWHERE_SEEDS = 2_000_000


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
    first: tuple[Draft, Choices, Broken] | None = None
    """What broke it first, or what did so first and is eligible."""
    first_is_eligible: bool = False


def draft_of(made: Applications, seed: int) -> Draft:
    """The application that a seed makes."""
    return made.whichever(RandomChooser(seed))


def _points(made: Applications, promise: Promise) -> list[Point]:
    """Where a promise would be broken first: at its own comparisons, and at those that read the fact it is about."""
    found = [point for point in made.landscape.promised if point.test.about is promise.about]
    for each in made.program.invariances:
        if each.about is promise.about and each.how != "unchanged_reordered":
            found += [point for point in made.landscape.points if _reads(made, point.test.node, each)]
    return found


def _of_test(node: ir.AnyStep | ir.Joint) -> Iterator[ir.Expr]:
    return of_statement(node) if isinstance(node, ir.Joint) else of_step(node)


def _reads(made: Applications, node: ir.Expr | ir.AnyStep | ir.Joint, promise: ir.Invariance) -> bool:
    exprs = (node,) if isinstance(node, ir.Expr) else _of_test(node)
    return any(
        any(isinstance(each, ir.Field) and each.name == promise.fact[-1] for each in within(expr))
        if promise.record
        else promise.fact[0] in made.maker.reads.of(expr)
        for expr in exprs
    )


def check_promises(
    watched: Watched, *, number: int = NUMBER, only: Sequence[Promise] | None = None
) -> tuple[Result, ...]:
    """Check every promise of a programme on generated applications; those that say nothing under other readings too."""
    tallies = [_Tally(promise) for promise in (watched.promises if only is None else only)]
    for at in range(number):
        draft = draft_of(watched.made, at)
        for each in tallies:
            if at % each.promise.one_in == 0:
                _look(watched, each, draft, at)
    for each in tallies:
        _look_closer(watched, each)
        _look_where_meant(watched, each)
        _look_elsewhere(watched, each)
    return tuple(_result(watched, each, number) for each in tallies)


def _look(watched: Watched, tally: _Tally, draft: Draft, seed: int) -> bool:
    """Whether a promise is broken by an application."""
    chooser = Notebook(seed=seed)
    found = tally.promise.check(Case(watched, draft, chooser))
    tally.checked += found is not None
    if isinstance(found, Broken):
        tally.broken += 1
        if not tally.first_is_eligible:
            good = is_eligible(watched, draft)
            if tally.first is None or good:
                tally.first = draft, tuple(chooser.made), found
            tally.first_is_eligible = good
    return isinstance(found, Broken)


def _look_closer(watched: Watched, tally: _Tally) -> None:
    """Applications aimed at breaking a promise that nothing has broken yet."""
    made, about = watched.made, tally.promise.about
    points, rowful = _points(made, tally.promise), made.landscape.rowful_for(about)
    if tally.first is not None or not (points or rowful):
        return
    for at in range(min(_MOST_AIMED, max(_LEAST_AIMED, len(points)))):
        seed = _AIMED_SEEDS + at
        each = points[at % len(points)] if points else None  # Each of them in turn: none is left to luck.
        draft = made.draft(RandomChooser(seed), way="one", points=(each,) if each else (), rowful=rowful)
        if _look(watched, tally, draft, seed):
            return


def _look_where_meant(watched: Watched, tally: _Tally) -> None:
    """
    Ordinary applications that a stated promise says something about, with uneven amounts.

    What is aimed at the bound of a promise is driven there, and no longer shows how far beyond it an amount was.
    """
    made, about = watched.made, tally.promise.about
    if tally.first is not None or not tally.promise.stated:
        return
    rules = [each for each in watched.program.body if isinstance(each, ir.Rule)]
    meant = [each.when for each in rules if each.about is about]
    meant += [each.when for each in watched.program.invariances if each.about is about]
    for at in range(_MOST_MEANT):
        seed = _MEANT_SEEDS + at
        chooser = RandomChooser(seed)
        draft = made.draft(chooser, way=("eligible", "any")[at % 2], points=())
        _make_uneven(draft, chooser)
        aim = made.maker.aim(draft, chooser)
        for when in meant:
            if when is not None:
                aim.make(when)
        aim.settle()
        if _look(watched, tally, draft, seed):
            return


def _make_uneven(draft: Draft, chooser: RandomChooser) -> None:
    """Some cents more in each amount that is given: shares of whole hundreds have no cents to round."""
    program = draft.program
    holders = [(program.application, draft.data)]
    for each in program.application.fields:
        value = draft.data[each.name]
        if isinstance(each.type, ty.List) and isinstance(value, list):
            holders += [(program.records[each.type.record], row) for row in value]
    for record, data in holders:
        for each in record.fields:
            raw = data[each.name]
            if isinstance(each.type, ty.Money) and isinstance(raw, int) and raw and each.scale == 2:
                data[each.name] = bounded(each, raw + chooser.number(1, 99))
    draft.forget()


def _look_elsewhere(watched: Watched, tally: _Tally) -> None:
    """Applications aimed at the limits of a programme that a promise names: what this one lacks shows there."""
    about = tally.promise.about
    if tally.first is not None:
        return
    named = dict.fromkeys(
        each.programme
        for rule in watched.program.body
        if isinstance(rule, ir.Rule) and rule.about is about
        for each in rule.promised
        if each.programme is not None
    )
    for name in named:
        there = makers(watched.program.others[name])
        points = there.landscape.points
        for at, point in enumerate(points[:: 1 + len(points) // _MOST_ELSEWHERE]):
            chooser = RandomChooser(_ELSEWHERE_SEEDS + at)
            draft = watched.made.like(chooser, there.draft(chooser, way="one", points=(point,)))
            if _look(watched, tally, draft, _ELSEWHERE_SEEDS + at):
                return


def _result(watched: Watched, tally: _Tally, number: int) -> Result:
    if tally.first is not None:
        small, found = smaller(watched, tally.promise, *tally.first)
        status: Status = "never_true" if tally.broken == tally.checked and tally.checked > 1 else "broken"
        return Result(tally.promise, status, tally.checked, found.words, small.plain(), found.other)
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
        _look(watched, tally, draft_of(watched.made, at), at)
    _look_closer(watched, tally)
    _look_where_meant(watched, tally)
    _look_elsewhere(watched, tally)
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


__all__ = ["NUMBER", "Engine", "Result", "check_promises", "draft_of", "readings"]
