"""
Python source for a support of which not all that its lines and steps read is known.

What the lines and steps read is generated code, like all else; what the steps make of it is decided on intervals, by
the same `pipeline` as in the reference evaluator.  The steps up to `Apply` are one call and those after it another,
because these may read the sums in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, cast

from attrs import define, field, frozen

from grantrules.core import ir
from grantrules.core.scales import Shape
from grantrules.evaluate.generate import Generator
from grantrules.evaluate.intervals import all_hold
from grantrules.evaluate.outcome import Binding, Cause, SupportOutcome, Value
from grantrules.evaluate.pipeline import Course, Line, State, initial_rate, line_of
from grantrules.evaluate.runtime import Held, Parts, real, units
from grantrules.evaluate.steps import Gates, read_by
from grantrules.evaluate.unknown import Stand, UnknownRows
from grantrules.types import NUMERIC


@frozen
class SpanCode:
    """
    Where the generated function leaves a support of which not all is known.

    Args:
        course: the local with its lines after the last step.
        bindings: the local of what is said of its ceilings.
    """

    support: ir.Support
    applies: str
    gates: tuple[str, ...]
    course: str
    bindings: str

    def texts(self) -> Iterator[str]:
        """All texts in it."""
        yield from (self.applies, self.course, *self.gates)


@frozen
class Reading:
    """An expression that a step reads: what its value counts, and whether there is one for each row."""

    expr: ir.Expr
    parts: Parts
    per_row: bool


@define(eq=False)
class SpanCourse(Course):
    """A support on its way, with the expressions that were read without a row: those that a trace shows."""

    read_once: list[ir.Expr] = field(factory=list, kw_only=True)

    def go_on(self, steps: Iterable[ir.AnyStep], readings: Sequence[Reading], held: Sequence[Held]) -> None:
        """The next steps, with what they read."""
        known = {each.expr: (each, value) for each, value in zip(readings, held, strict=True)}

        def read(expr: ir.Expr, row: Any) -> Value:
            reading, value = known[expr]
            if row is None:
                self.read_once.append(expr)
            return real(value[row] if reading.per_row else value, reading.parts)

        for step in steps:
            self.do(step, read)


@frozen(eq=False)
class Beginning:
    """What generated code calls with the rows of a support and what its first steps read."""

    support: ir.Support
    steps: tuple[ir.AnyStep, ...]
    readings: tuple[Reading, ...]
    tracing: bool

    def __call__(self, rows: list[Any] | None, *held: Held) -> tuple[SpanCourse, Held, Held]:
        """The support after its first steps up to `Apply`, the sum before that and the sum after it."""
        support = self.support
        by = {each.expr: (each, value) for each, value in zip(self.readings, held, strict=True)}

        def of_row(expr: ir.Expr, row: int) -> Value:
            reading, value = by[expr]
            return real(value[row] if reading.per_row else value, reading.parts)

        rate = initial_rate(support.steps)
        count = rows.number if isinstance(rows, UnknownRows) else Fraction(1)
        lines: list[Line] = []
        for row in range(1 if rows is None else len(rows)):
            always = rows is None or support.where is None
            selected = True if always else of_row(cast("ir.Expr", support.where), row)
            if selected is not False:
                at = None if rows is None else row
                base = of_row(support.base, row)
                lines.append(line_of(row, at, selected, base, count=count, rate=rate))
        places = 1 if rows is None else len(rows)
        course = SpanCourse(support, State(tuple(lines)), places, trace=self.tracing)
        if rows is None:
            course.read_once.append(support.base)
        course.go_on(self.steps, self.readings, held)
        return course, units(course.costs.total, 1), units(course.before_ceilings.total, 1)


@frozen(eq=False)
class Continuing:
    """What generated code calls with a support and what its steps after `Apply` read."""

    steps: tuple[ir.AnyStep, ...]
    readings: tuple[Reading, ...]

    def __call__(self, course: SpanCourse, *held: Held) -> tuple[Held, tuple[Binding, ...]]:
        """The sum after the last step, and what is said of all ceilings."""
        course.go_on(self.steps, self.readings, held)
        return units(course.state.total, 1), course.state.binding


def outcome_of(course: SpanCourse, gates: Sequence[Value]) -> SupportOutcome:
    """What is said of a support after its last step."""
    return course.outcome(gates, all_hold(gates))


class SpanWriter:
    """Writes one support of which not all is known."""

    def __init__(self, g: Generator, support: ir.Support) -> None:
        self.g = g
        self.support = support

    def write(self) -> SpanCode:
        """The code of the support, and where it left what."""
        g, support = self.g, self.support
        gates = Gates.of(g, support)
        at = support.applied + 1
        first, last = support.steps[:at], support.steps[at:]
        rows = "None"
        if support.list is not None:
            rows = g.atom(g.root(support.list))
            if g.nullable(support.list):
                rows = self.there(rows, support.list)
        lines = (
            (support.base,)
            if support.list is None or support.where is None
            else (support.base, support.where)
        )
        readings, texts = self.read((*lines, *self.of_steps(first)), rows)
        begin = g.constant(Beginning(support, first, readings, g.tracing))
        course, costs, before = g.local("S"), g.local("c"), g.local("c")
        g.line(f"{course}, {costs}, {before} = {begin}({', '.join([rows, *texts])})")
        self.publish(f"{support.name}'s eligible_cost", costs)
        self.publish(f"{support.name}'s before_ceilings", before)
        readings, texts = self.read(self.of_steps(last), rows)
        go_on = g.constant(Continuing(last, readings))
        total, bindings = g.local("c"), g.local("b")
        g.line(f"{total}, {bindings} = {go_on}({', '.join([course, *texts])})")
        for name, amount in (("", total), ("'s eligible_cost", costs), ("'s before_ceilings", before)):
            self.publish(f"{support.name}{name}", f"applied({amount}, {gates.applies})")
        gates.publish(g, support)
        return SpanCode(support, gates.applies, gates.texts, course, bindings)

    def there(self, rows: str, list_: ir.Expr) -> str:
        """The rows, or what stands for those of an absent list (rule 8 of `reference`), if the code is prepared for it."""
        g = self.g
        declared = g.scales.declaration(list_)
        if declared is None or declared not in g.scales.unknown:
            g.line(f"if {rows} is None: return None")
            return rows
        cause = Cause("absent", "".join(g.constants[part] for part in g.path(list_)))
        instead = Stand(g.program).unknown_rows(declared, cause.what, cause, may_be_absent=True)
        return g.atom(f"({g.constant(instead)} if {rows} is None else {rows})")

    def publish(self, name: str, text: str) -> None:
        """What `Ref` gives of a sum."""
        self.g.figures[name] = self.g.atom(text)
        self.g.scales.name(name, Shape(1, 0, fails=True, whole=False))

    @staticmethod
    def of_steps(steps: Iterable[ir.AnyStep]) -> Iterator[ir.Expr]:
        """The expressions that steps read."""
        for step in steps:
            if step.when is not None:
                yield step.when
            yield from read_by(step)

    def read(self, exprs: Iterable[ir.Expr], rows: str) -> tuple[tuple[Reading, ...], list[str]]:
        """The code for what steps read; the texts of it: a list where there is a value for each row."""
        g, var = self.g, self.support.var
        found = {each: var in g.info(each).rows for each in exprs}
        columns = {each: g.local("C") for each, per_row in found.items() if per_row}
        once = {each: g.atom(g.outside(each)) for each, per_row in found.items() if not per_row}
        if columns:
            list_ = cast("ir.Expr", self.support.list)
            g.hoist(columns, frozenset({var}), list_)
            for name in columns.values():
                g.line(f"{name} = []")
            head, view = g.loop_over(rows, g.path(list_), list_, tuple(columns), frozenset({var}))
            with g.block(head):
                g.views[var] = view
                g.prepare(columns)
                for each, name in columns.items():
                    g.line(f"{name}.append({g.use(each)})")
        readings = tuple(
            Reading(each, g.shape(each).parts if isinstance(each.type, NUMERIC) else None, per_row)
            for each, per_row in found.items()
        )
        return readings, [(columns if per_row else once)[each] for each, per_row in found.items()]
