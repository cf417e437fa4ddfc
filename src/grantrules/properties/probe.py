"""
What the expressions of a programme are worth in a draft, without deciding all of it.

It is the reference evaluator, asked for single figures: a figure is computed when something reads it for the first
time, and nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import of_statement
from grantrules.evaluate import reference
from grantrules.evaluate.outcome import Binding, Undecided, Value
from grantrules.evaluate.pipeline import Pipeline, State
from grantrules.properties.draft import Draft, Path, raw_value
from grantrules.types import List, Record

Rows: TypeAlias = Mapping[int, Path]
"""The rows in scope: the number of their binder, and where the row stands in the draft."""

NO_ROWS: Rows = {}
NOT_THERE = Undecided(frozenset())


class _Figures(dict[str, Any]):
    """Figures that are computed when they are first read."""

    def __init__(self, probe: Probe) -> None:
        super().__init__()
        self.probe = probe

    def __missing__(self, name: str) -> Any:
        self.probe.compute(name)
        return self[name]


class Reads:
    """
    Which facts of the application a value depends on, by their names; a list counts as one fact.

    Args:
        program: the programme.
    """

    def __init__(self, program: ir.Program) -> None:
        self.program = program
        self._known: dict[ir.Expr, frozenset[str]] = {}
        self._stale: dict[frozenset[str], Mapping[str, frozenset[str]]] = {}
        self._figures: dict[str, frozenset[str]] = {}
        self.flat = frozenset(
            name
            for name, record in program.records.items()
            if not any(isinstance(each.type, List | Record) for each in record.fields)
        )
        """The records without records in them."""
        self._computed: dict[str, list[ir.Expr]] = {}
        for each in program.computed:
            self._computed.setdefault(each.about.name, []).append(each.value)

    def of(self, expr: ir.Expr) -> frozenset[str]:
        """The facts that an expression reads, through figures and computed fields too."""
        if expr not in self._known:
            self._known[expr] = frozenset(self._read_by(expr))
        return self._known[expr]

    def of_all(self, exprs: Iterable[ir.Expr]) -> frozenset[str]:
        """The facts that any of several expressions reads."""
        return frozenset().union(*map(self.of, exprs))

    def stale(self, changed: frozenset[str]) -> Mapping[str, frozenset[str]]:
        """The computed fields that a change of some facts makes others of, by the name of their record."""
        if changed not in self._stale:
            found: dict[str, set[str]] = {}
            for each in self.program.computed:
                if not changed.isdisjoint(self.of(each.value)):
                    found.setdefault(each.record, set()).add(each.about.name)
            self._stale[changed] = {record: frozenset(names) for record, names in found.items()}
        return self._stale[changed]

    def _read_by(self, expr: ir.Expr) -> Iterator[str]:
        waiting, seen = [expr], set[str]()
        while waiting:
            for each in within(waiting.pop()):
                if isinstance(each, ir.Fact):
                    yield each.name
                elif isinstance(each, ir.Ref | ir.Field) and each.name not in seen:
                    seen.add(each.name)
                    waiting += self._behind(each)

    def _behind(self, expr: ir.Ref | ir.Field) -> Iterable[ir.Expr]:
        if isinstance(expr, ir.Field):
            return self._computed.get(expr.name, ())
        return self._behind_figure(expr.name)

    def _behind_figure(self, name: str) -> Iterator[ir.Expr]:
        statement = statement_of(self.program, name)
        yield from of_statement(statement)
        for joint in self.program.body:
            if (
                isinstance(joint, ir.Joint) and statement.about.name in joint.over
            ):  # Its sum hangs on the others.
                yield from of_statement(joint)
                yield from (ir.Ref(other, type=joint.limit.type) for other in joint.over)

    def of_figure(self, name: str) -> frozenset[str]:
        """The facts that a figure depends on."""
        if name not in self._figures:
            self._figures[name] = self.of_all(self._behind_figure(name))
        return self._figures[name]


class Probe(reference.Evaluator):
    """
    The values of expressions in one state of a draft; a changed draft needs another probe.

    Args:
        draft: the application.
        reads: what depends on what, where another probe may follow this one.
        facts: the application as evaluators read it, where it is known already.
    """

    def __init__(self, draft: Draft, reads: Reads | None = None, facts: Facts | None = None) -> None:
        super().__init__(draft.program, draft.facts() if facts is None else facts, trace=False)
        self.figures = _Figures(self)
        self.reads = reads
        self.totals: dict[ir.Aggregate, Value] = {}
        self._before: dict[str, list[Value]] = {}
        """The totals that each ceiling over several supports holds down, as they were before it, by its name."""
        self._rows: dict[tuple[ir.Aggregate, Any], tuple[Value, Value]] = {}
        self._lists: dict[str, tuple[reference.Rows, frozenset[str]]] = {}
        """Lists of the application as they were last read, with the facts that have changed since."""

    def after(self, draft: Draft, changed: frozenset[str]) -> Probe:
        """A probe for the same draft with some facts changed; what depends on none of them is not computed again."""
        fields = zip(self.program.application.fields, self.facts.values, strict=True)
        raw = tuple(raw_value(draft, each) if each.name in changed else before for each, before in fields)
        other = Probe(draft, self.reads, Facts(raw, complete=False))
        if self.reads is not None:
            of = self.reads.of
            other.totals = {
                each: value for each, value in self.totals.items() if changed.isdisjoint(of(each))
            }
            for name, value in self.figures.items():
                # Of a support whose lines were only looked at before a step, not all is known.
                whole = name.partition("'s ")[0] in self.figures
                if whole and changed.isdisjoint(self.reads.of_figure(name)):
                    other.figures[name] = value
            other._before = dict(self._before)  # What is not computed again has not changed.
            other._lists = {name: (rows, since | changed) for name, (rows, since) in self._lists.items()}
        return other

    def fact(self, of: reference.Rec, declared: ir.FieldDef, raw: Any) -> Any:
        """See `Evaluator`; the rows of a list that say what they said have been read before."""
        if self.reads is None or of is not self.application or not isinstance(raw, list):
            return super().fact(of, declared, raw)
        name, record = declared.name, self.program.records[record_of(declared)]
        before, changed = self._lists.get(name, (reference.Rows(name, ()), frozenset()))
        known, stale = before.rows, self.reads.stale(changed)
        found = reference.Rows(
            name,
            tuple(
                self._again(known[at], stale)
                if at < len(known) and known[at].values is row
                else reference.Rec(record, row, f"{name}[{at}]")
                for at, row in enumerate(raw)
            ),
        )
        self._lists[name] = found, frozenset()
        return found

    def _again(self, row: reference.Rec, stale: Mapping[str, frozenset[str]]) -> reference.Rec:
        """A row that was read before, without what is another one now."""
        record = row.definition
        anew = stale.get(record.name, ())
        if self.reads is not None and record.name in self.reads.flat and not anew:
            return row
        inside = (reference.Rec, reference.Rows, reference.UnknownList)
        kept = {
            name: value
            for name, value in row.read.items()
            if name not in anew and not isinstance(value, inside)
        }
        return reference.Rec(record, row.values, row.path, read=kept)

    def aggregate(self, expr: ir.Aggregate, env: Mapping[int, reference.Rec]) -> Value:
        """A figure over the rows of a list; one that reads no other row is computed once."""
        if env:
            return super().aggregate(expr, env)
        if expr not in self.totals:
            self.totals[expr] = super().aggregate(expr, env)
        return self.totals[expr]

    def where_and_of(
        self, expr: ir.Aggregate, row: reference.Rec, env: Mapping[int, reference.Rec]
    ) -> tuple[Value, Value]:
        """See `Evaluator`; rows that are alike are looked at once."""
        if env or not isinstance(row.values, tuple):
            return super().where_and_of(expr, row, env)
        try:
            found = self._rows.get((expr, row.values))
        except TypeError:  # A list in the row.
            return super().where_and_of(expr, row, env)
        if found is None:
            found = self._rows[expr, row.values] = super().where_and_of(expr, row, env)
        return found

    def compute(self, name: str) -> None:
        """Compute a figure, and what is computed together with it."""
        statement = statement_of(self.program, name)
        if isinstance(statement, ir.Let):
            self.figures[name] = self.read(statement.value, reference.NOWHERE)
            return
        together = _under_the_same_ceilings(self.program, statement.name)
        for each in self.program.body:
            if isinstance(each, ir.Support) and each.name in together:
                self.support(each)
            elif isinstance(each, ir.Joint) and not together.isdisjoint(each.over):
                self.joint(each)

    def joint(self, joint: ir.Joint) -> tuple[Binding, ...]:
        """See `Evaluator`."""
        self._before[joint.about.name] = [self.figures[name] for name in joint.over]
        return super().joint(joint)

    def together(self, joint: ir.Joint) -> list[Value]:
        """The totals of the supports that a ceiling is over, before it holds them down."""
        self.use(ir.Ref(joint.over[0], type=joint.limit.type), reference.NOWHERE)
        return self._before[joint.about.name]

    def value(self, expr: ir.Expr, rows: Rows = NO_ROWS) -> Value:
        """The value of an expression; what is absent has failed, and so has what reads a row that was taken out."""
        try:
            env = self.env(rows)
        except IndexError:
            return NOT_THERE
        return self.use(expr, env)

    def holds(self, expr: ir.Expr | None, rows: Rows = NO_ROWS) -> bool:
        """Whether a condition holds for certain; one that is not there does."""
        return expr is None or self.value(expr, rows) is True

    def env(self, rows: Rows) -> dict[int, reference.Rec]:
        """The rows as the evaluator binds them."""
        return {var: self.record(path) for var, path in rows.items()}

    def record(self, path: Path) -> reference.Rec:
        """The record at a path."""
        found: Any = self.application
        for part in path:
            found = found.rows[part] if isinstance(part, int) else self.field(found, part)
        return found  # type: ignore[no-any-return] # A path leads to a record.

    def places(self, list_: ir.Expr, rows: Rows = NO_ROWS) -> list[Path]:
        """Where the rows of a list stand; none of one that is not given, or that stood in a row that was taken out."""
        try:
            found = self.read(list_, self.env(rows))
        except IndexError:
            return []
        if not isinstance(found, reference.Rows):
            return []
        path = place(list_, rows)
        return [] if path is None else [(*path, number) for number in range(len(found.rows))]

    def before(self, support: ir.Support, step: ir.AnyStep) -> tuple[Pipeline, State]:
        """The lines of a support as they are just before one of its steps."""
        lines, _ = self.lines(support)
        state = State(lines)

        def read(expr: ir.Expr, row: reference.Rec | None) -> Value:
            return self.use(expr, reference.NOWHERE if row is None else {support.var: row})

        pipeline = Pipeline(support, read)
        for each in support.steps:
            if each is step:
                break
            before = state
            state, _ = pipeline.run(each, state)
            if isinstance(each, ir.Apply):
                self.figures[f"{support.name}'s eligible_cost"] = before.total
                self.figures[f"{support.name}'s before_ceilings"] = state.total
        return pipeline, state


def place(expr: ir.Expr, rows: Rows) -> Path | None:
    """Where the fact, field or record that an expression is stands in the draft; `None` if it is computed."""
    match expr:
        case ir.Fact(name):
            return (name,)
        case ir.Row(var):
            return rows.get(var)
        case ir.Field(of, name):
            path = place(of, rows)
            return None if path is None else (*path, name)
        case _:
            return None


def statement_of(program: ir.Program, name: str) -> ir.Let | ir.Support:
    """The statement that gives a figure."""
    owner = name.partition("'s ")[0]
    support: ir.Support | None = None
    for statement in program.body:
        if isinstance(statement, ir.Let) and statement.name == name:
            return statement
        if isinstance(statement, ir.Support) and statement.name == owner:
            support = statement
    if support is None:
        raise KeyError(name)
    return support


def _under_the_same_ceilings(program: ir.Program, name: str) -> frozenset[str]:
    """A support, with those that a ceiling over several holds down together with it, or with one of them."""
    found, joints = {name}, [each for each in program.body if isinstance(each, ir.Joint)]
    for _ in joints:  # Each time at least one more is found, or none is left.
        found.update(*(each.over for each in joints if not found.isdisjoint(each.over)))
    return frozenset(found)


def declared(program: ir.Program, path: Path) -> ir.FieldDef:
    """The declaration of the fact or field at a path."""
    record = program.application
    found: ir.FieldDef | None = None
    for part in path:
        if isinstance(part, int):
            continue
        found = next(each for each in record.fields if each.name == part)
        name = getattr(found.type, "record", None) or getattr(found.type, "name", None)
        if isinstance(name, str):
            record = program.records[name]
    if found is None:
        raise KeyError(path)
    return found


def is_number(value: Value) -> bool:
    """Whether a value is decided, and a number or a date."""
    return value is not None and not isinstance(value, (Undecided, bool, str, frozenset))


def within(expr: ir.Expr) -> Iterator[ir.Expr]:
    """An expression and everything inside it."""
    yield expr
    for child in ir.children(expr):
        yield from within(child)


def record_of(list_: ir.Expr | ir.FieldDef) -> str:
    """The record that the rows of a list are."""
    if not isinstance(list_.type, List):
        raise TypeError("no list")
    return list_.type.record
