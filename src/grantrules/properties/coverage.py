"""
What the tests of a programme have reached: which rules were met and failed, which ceilings cut, which cases were taken.

The evaluator is watched while it decides: a case in the rows of a list is reached where one row took it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field, frozen

from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import of_statement
from grantrules.diagnostics import Words
from grantrules.evaluate import reference
from grantrules.evaluate.outcome import Outcome
from grantrules.properties.points import Landscape
from grantrules.properties.probe import within
from grantrules.render import line_in
from grantrules.source import Span

MET = Words("`{name}` is never met", "`{name}` hiç sağlanmadı")
FAILED = Words("`{name}` never fails", "`{name}` hiç başarısız olmadı")
CUT = Words("the ceiling `{name}` never cuts", "`{name}` tavanı hiç kesmedi")
NOT_CUT = Words("the ceiling `{name}` always cuts", "`{name}` tavanı her zaman kesti")
DONE = Words("the step `{name}` is never taken", "`{name}` adımı hiç uygulanmadı")
CASE = Words("a case of `{name}` is never taken", "`{name}` içindeki bir hâl hiç seçilmedi")
APPLIES = Words("`{name}` never applies", "`{name}` hiç uygulanmadı")


@frozen
class Mark:
    """One thing that tests can reach."""

    words: Words
    name: str
    span: Span


@define(eq=False)
class Coverage:
    """
    What has been reached of one programme.

    Args:
        program: the programme, as it is set.
    """

    program: ir.Program
    reached: set[Mark] = field(factory=set, init=False)
    decisions: int = field(default=0, init=False)
    _marks: tuple[Mark, ...] = field(init=False)
    _landscape: Landscape = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._landscape = Landscape(self.program)
        self._marks = tuple(dict.fromkeys(self._all()))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Everything that can be reached as the parameters are set, in the order of the file."""
        return tuple(sorted(self._marks, key=lambda mark: mark.span.start))

    @property
    def missing(self) -> tuple[Mark, ...]:
        """What no decision has reached."""
        return tuple(mark for mark in self.marks if mark not in self.reached)

    def add(self, facts: Facts, program: ir.Program | None = None) -> None:
        """Take in one decision; `program` where it was made with other parameters."""
        self.decisions += 1
        watching = _Watching(program or self.program, facts)
        self.reached |= set(_found(watching.program, watching.outcome()))
        self.reached |= {Mark(CASE, name, expr.span) for expr, name in watching.reached.items()}

    def _all(self) -> Iterator[Mark]:
        never = self._landscape.never
        for statement in self.program.body:
            match statement:
                case ir.Rule(about, "require" | "advise", when, conditions) if (
                    not never(when) and about.span.end
                ):
                    yield Mark(MET, about.name, about.span)
                    if conditions and not all(map(self._landscape.settled, conditions)):
                        yield Mark(FAILED, about.name, about.span)
                case ir.Support(about, steps=steps):
                    yield Mark(APPLIES, about.name, about.span)
                    for step in steps:
                        if not never(step.when):
                            yield from _marks_of(step)
                case ir.Joint(about, when=when) if not never(when):
                    yield Mark(CUT, about.name, about.span)
                case _:
                    pass
            name = statement.about.name
            for expr in (
                () if name.endswith("'s applies") else of_statement(statement)
            ):  # It has the cases of the figure.
                yield from self._cases(expr, name)
        for computed in self.program.computed:
            yield from self._cases(computed.value, computed.about.name)

    def _cases(self, expr: ir.Expr, name: str) -> Iterator[Mark]:
        for each in within(expr):
            if isinstance(each, ir.Choose) and not self._landscape.settled(each):
                for condition, _ in each.arms:
                    if not self._landscape.settled(condition):
                        yield Mark(CASE, name, condition.span)


def _marks_of(step: ir.AnyStep) -> Iterator[Mark]:
    about = step.about
    if isinstance(step, ir.Ceiling):
        if step.limit is not None:
            yield Mark(CUT, about.name, about.span)
            yield Mark(NOT_CUT, about.name, about.span)
    elif step.when is not None:
        yield Mark(DONE, about.name, about.span)


def _found(program: ir.Program, outcome: Outcome) -> Iterator[Mark]:
    rules = [each for each in program.body if isinstance(each, ir.Rule)]
    for rule, result in zip(rules, outcome.rules, strict=True):
        if result.status in {"met", "failed"}:
            yield Mark(MET if result.status == "met" else FAILED, rule.about.name, rule.about.span)
    cut = {binding.step for binding in outcome.joint if binding.certain}
    for statement in program.body:
        if isinstance(statement, ir.Support):
            support = outcome.supports[statement.name]
            if support.applies is True:
                yield Mark(APPLIES, statement.name, statement.about.span)
            binding = {each.step: each.certain for each in support.binding}
            for step, done in zip(statement.steps, support.steps, strict=True):
                about = step.about
                if done.done is True and isinstance(step, ir.Ceiling):
                    certain = binding.get(about.name)
                    if certain is not False:  # It may cut, or not, while facts are missing.
                        yield Mark(NOT_CUT if certain is None else CUT, about.name, about.span)
                elif done.done is True:
                    yield Mark(DONE, about.name, about.span)
        elif isinstance(statement, ir.Joint) and statement.about.name in cut:
            yield Mark(CUT, statement.about.name, statement.about.span)


class _Watching(reference.Evaluator):
    """The evaluator, which notes the cases whose condition held."""

    def __init__(self, program: ir.Program, facts: Facts) -> None:
        super().__init__(program, facts, trace=True)
        self.conditions = dict(_conditions(program))
        self.reached: dict[ir.Expr, str] = {}

    def read(self, expr: ir.Expr, env: reference.Env) -> Any:
        """See `Evaluator`."""
        value = super().read(expr, env)
        if value is True and expr in self.conditions:
            self.reached[expr] = self.conditions[expr]
        return value


def _conditions(program: ir.Program) -> Iterator[tuple[ir.Expr, str]]:
    """The condition of every case, with the name of its statement."""
    named = [(expr, each.about.name) for each in program.body for expr in of_statement(each)]
    named += [(each.value, each.about.name) for each in program.computed]
    for expr, name in named:
        for each in within(expr):
            if isinstance(each, ir.Choose):
                yield from ((condition, name) for condition, _ in each.arms)


def as_data(coverage: Coverage, language: str) -> dict[str, Any]:
    """What was reached as plain data: the number of decisions, and of each place what is said if it was not, and if it was."""
    source = coverage.program.source

    def said(mark: Mark) -> str:
        at = line_in(source, mark.span.start, language)
        return f"{at}: {mark.words[language].format(name=mark.name)}"

    return {
        "name": coverage.program.about.name,
        "decisions": coverage.decisions,
        "places": [[said(mark), mark in coverage.reached] for mark in coverage.marks],
    }


def together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """What was reached of the same programme by two processes."""
    places = zip(one["places"], other["places"], strict=True)
    return {
        "name": one["name"],
        "decisions": one["decisions"] + other["decisions"],
        "places": [[said, here or there] for (said, here), (_, there) in places],
    }


def as_lines(data: Mapping[str, Any], language: str) -> Iterator[str]:
    """What was reached and what was not, with lines of the file; see `as_data`."""
    places = data["places"]
    words = Words(
        "{name}: {reached} of {all} reached by {number} decisions",
        "{name}: {number} kararla {all} yerin {reached} tanesine ulaşıldı",
    )
    reached = sum(there for _, there in places)
    yield words[language].format(
        name=data["name"], reached=reached, all=len(places), number=data["decisions"]
    )
    yield from (f"  {said}" for said, there in places if not there)
