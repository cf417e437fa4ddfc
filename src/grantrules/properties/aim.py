"""
Making applications on purpose: a condition that holds, a figure moved to a limit.

An `Aim` works backwards through the core: to make a
condition hold it changes the facts that it reads, to move a total it changes the last line that counts.  What it
reaches is looked at afterwards; it promises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from typing import Any

from attrs import define, evolve, field

from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.verify import of_statement
from grantrules.evaluate.intervals import decided
from grantrules.facts.reader import left_out, order_of_conditions
from grantrules.properties import probe as prb
from grantrules.properties.draft import Draft, Path, held, lists_of, unheld
from grantrules.properties.fresh import Chooser, Pool, Values, bounded, turned
from grantrules.properties.points import (
    Binder,
    Landscape,
    Point,
    Rowful,
    Test,
    nothing_given,
    places_of,
    quantum_of,
    side_of,
)
from grantrules.properties.probe import NO_ROWS, Probe, Rows, is_number, record_of

_MOST_ADDED = 400
_MOST_TRIES = 6
_MANY = 5
_MOST_APART = 6
_MOST_SHARED = 20
_DEEPEST = 40
_DAY = 86_400


@define(eq=False)
class Maker:
    """
    Makes applications of one programme.

    Args:
        landscape: the tests of the programme.
        pool: its figures.
    """

    landscape: Landscape
    pool: Pool = field(init=False)
    reads: prb.Reads = field(init=False)
    order: Sequence[ir.FieldDef] = field(init=False)
    """What is asked only sometimes, in an order in which nothing depends on what comes later."""
    settled_by: Mapping[ir.FieldDef, frozenset[str]] = field(init=False)
    """The facts that whether a field is asked depends on, and those that hold it."""
    options: dict[tuple[ir.Expr, bool], Sequence[Any]] = field(factory=dict, init=False)
    """For which values of a fact a condition about it holds, as far as somebody asked."""

    def __attrs_post_init__(self) -> None:
        self.pool = Pool(self.landscape.program)
        self.reads = prb.Reads(self.landscape.program)
        order = order_of_conditions(self.landscape.program)
        self.order = sorted(order, key=lambda each: order[each])
        self.settled_by = {each: frozenset(self._settled_by(each)) for each in self.order}

    @property
    def program(self) -> ir.Program:
        """The programme."""
        return self.landscape.program

    def _settled_by(self, each: ir.FieldDef) -> Iterator[str]:
        if each.only_when is not None:
            yield from self.reads.of(each.only_when)
        if each in self.program.application.fields:
            yield each.name
        for record in self.program.records.values():
            if each in record.fields:
                yield from (path[0] for path in lists_of(self.program, record.name))

    def read_at(self, point: Point) -> frozenset[str]:
        """The facts that matter for whether an application is at a point."""
        test = point.test
        return self.reads.of_all((*_read_by(test), *test.when))

    def aim(self, draft: Draft, chooser: Chooser) -> Aim:
        """Someone to change a draft."""
        return Aim(self.pool, chooser, self, draft)

    def fresh(self, chooser: Chooser, given: Mapping[str, Any] | None = None) -> Draft:
        """An application with a value for every fact; `given` are raw values that stay as they are."""
        given = given or {}
        draft = Draft(self.program, nothing_given(self.program.application), frozenset(given))
        aim = self.aim(draft, chooser)
        for each in self.program.application.fields:
            draft.data[each.name] = given[each.name] if each.name in given else aim.fresh(each)
        return draft


@define(eq=False)
class Aim(Values):
    """
    Changes one draft on purpose.

    Args:
        maker: what is known of the programme.
        draft: what is changed.
    """

    maker: Maker
    draft: Draft
    depth: int = field(init=False, default=0)
    in_use: list[Rows] = field(init=False, factory=list)
    pinned: set[Path] = field(init=False, factory=set)
    """Fields that stay as they are while something else is changed."""
    _probe: Probe | None = field(init=False, default=None)
    _changed: set[str] = field(init=False, factory=set)
    _gaps: dict[Any, Fraction | None] = field(init=False, factory=dict)
    _unsettled: set[str] | None = field(init=False, default=None)
    """The facts that changed since it was last looked what is asked; `None` is all of them."""

    @property
    def probe(self) -> Probe:
        """The values of the draft as it is now."""
        if self._probe is None:
            self._probe = Probe(self.draft, self.maker.reads)
        elif self._changed:
            self._probe = self._probe.after(self.draft, frozenset(self._changed))
        self._changed.clear()
        return self._probe

    def __attrs_post_init__(self) -> None:
        self.draft.forget()

    def changed(self, path: Path = ()) -> bool:
        """Forget what was known of a fact or row, because it is another one now; without a path of everything."""
        self.draft.forget(path)
        self._gaps.clear()
        if path:
            self._changed.add(str(path[0]))
            if self._unsettled is not None:
                self._unsettled.add(str(path[0]))
        else:
            self._probe = self._unsettled = None
        return True

    # ---- what is asked only sometimes --------------------------------------------------------------------------

    def settle(self) -> None:
        """Give a value to what is asked, and none to what is not, where that depends on other facts."""
        for _ in range(3):  # A record that is asked for brings fields that may be asked for.
            changed, self._unsettled = self._unsettled, set()
            for each in self.maker.order:
                if changed is None or not changed.isdisjoint(self.maker.settled_by[each]):
                    for path in self._holders(each):
                        self._settle(each, path)
            if not self._unsettled:
                return

    def _settle(self, each: ir.FieldDef, path: Path) -> None:
        rows = {each.var: path} if path else {}
        holder = self.draft.at(path)
        asked = each.only_when is None or self.probe.value(each.only_when, rows)
        before = holder[each.name]
        if asked is not True and before is not None:
            holder[each.name] = None
        elif asked is True and (before is None or before is ir.UNKNOWN):
            may_miss = each.optional or each.default is not ir.UNKNOWN
            holder[each.name] = (
                left_out(each) if may_miss and not self.rarely(3) else self.fresh(each, given=True)
            )
        else:
            return
        self.changed((*path, each.name))

    def _holders(self, each: ir.FieldDef) -> list[Path]:
        """Where the records stand that have a field."""
        if each in self.maker.program.application.fields:
            return [()]
        record = next(r.name for r in self.maker.program.records.values() if each in r.fields)
        return [tuple(path) for path in self._records(record)]

    def _records(self, record: str) -> list[Path]:
        return places_of(self.probe, Binder(-1, record), NO_ROWS)

    # ---- conditions --------------------------------------------------------------------------------------------

    def make(self, expr: ir.Expr, rows: Rows = NO_ROWS, *, holds: bool = True) -> bool:
        """Change the draft so that a condition holds, or does not; whether it came to that."""
        if self.probe.value(expr, rows) is holds:
            return True
        if self.depth > _DEEPEST:
            return False
        self.depth += 1
        self.in_use.append(rows)
        try:
            self._make(expr, rows, holds=holds)
        finally:
            self.depth -= 1
            self.in_use.pop()
        return self.probe.value(expr, rows) is holds

    def _make(self, expr: ir.Expr, rows: Rows, *, holds: bool) -> None:
        match expr:
            case ir.Not(part):
                self.make(part, rows, holds=not holds)
            case ir.And(parts) | ir.Or(parts):
                self._make_parts(parts, rows, every=isinstance(expr, ir.And) is holds, holds=holds)
            case ir.Compare():
                self._make_compared(expr, rows, holds=holds)
            case ir.Fact() | ir.Field() | ir.OneOf() | ir.InCodes() | ir.Includes() | ir.Given():
                self._make_fact(expr, rows, holds=holds)
            case ir.Ref(name):
                statement = prb.statement_of(self.maker.program, name)
                if isinstance(statement, ir.Let):
                    self.make(statement.value, holds=holds)
                else:
                    self._make_parts(
                        tuple(gate.condition for gate in statement.gates), NO_ROWS, every=holds, holds=holds
                    )
            case ir.Choose(arms, otherwise):
                taken = next((value for when, value in arms if self.probe.holds(when, rows)), otherwise)
                if taken is None or not self.make(taken, rows, holds=holds):
                    when, value = self.pick(arms)
                    self.make(when, rows)
                    self.make(value, rows, holds=holds)
            case ir.Aggregate(what="every" | "any"):
                self._make_rows(expr, rows, holds=holds)
            case _:
                return

    def _make_parts(self, parts: Sequence[ir.Expr], rows: Rows, *, every: bool, holds: bool) -> None:
        if every:
            for _ in range(2):
                for part in parts:
                    self.make(part, rows, holds=holds)
                if all(self.probe.value(part, rows) is holds for part in parts):
                    return
            return
        open_parts = [part for part in parts if not self._hopeless(part, holds=holds)]
        for part in turned(open_parts, self.chooser):
            if self.make(part, rows, holds=holds):
                return

    def _hopeless(self, part: ir.Expr, *, holds: bool) -> bool:
        """Whether a condition, or the lack of it, is out of the question under the readings."""
        if isinstance(part, ir.And) and holds:
            return any(self._hopeless(each, holds=True) for each in part.parts)
        landscape = self.maker.landscape
        return landscape.settled(part) and landscape.ground.value(part) is not holds

    def _make_compared(self, expr: ir.Compare, rows: Rows, *, holds: bool) -> None:
        if isinstance(expr.left.type, ty.NUMERIC):
            gap = self._gap(expr, rows)
            wanted = _wanted(expr.how, holds=holds)
            if gap is None:
                self.decide(expr.left, rows)
                self.decide(expr.right, rows)
                gap = self._gap(expr, rows)
            if gap is None or _is_wanted(gap, wanted):
                return
            quantum = self._quantum(expr)
            self.drive(lambda: self._gap(expr, rows), self._movers(expr, rows), self.pick(wanted) * quantum)
            return
        same = (expr.how == "eq") is holds
        for here, there in ((expr.left, expr.right), (expr.right, expr.left)):
            path, value = self.place(here, rows), self.probe.value(there, rows)
            if path is None or not decided(value):
                continue
            options = [value] if same else [each for each in self.options(path) if each != value]
            if options and self.put(path, self.pick(options)):
                return

    def _make_fact(self, expr: ir.Expr, rows: Rows, *, holds: bool) -> None:
        of = expr if isinstance(expr, ir.Fact | ir.Field) else next(iter(ir.children(expr)))
        if isinstance(of, ir.Field) and (computed := self._computed(of)) is not None:
            holder = self.place(of.of, rows)
            if holder is not None and expr is of:
                self.make(computed.value, {computed.var: holder}, holds=holds)
            return
        path = self.place(of, rows)
        if path is None:
            return
        match expr:
            case ir.Given():
                self._make_given(path, holds=holds)
                return
            case _ if self._value_at(path) is None:
                self.ask(path)
            case _:
                pass
        match expr:
            case ir.Fact() | ir.Field():
                self.put(path, holds)
            case ir.Includes(_, values) if values and isinstance(chosen := self._value_at(path), frozenset):
                self.put(path, chosen | set(values) if holds else chosen - {self.pick(values)})
            case _:
                options = self._options_for(expr, of, path, holds=holds)
                if options:
                    self.put(path, self.pick(options))

    def _options_for(self, expr: ir.Expr, of: ir.Expr, path: Path, *, holds: bool) -> Sequence[Any]:
        """The values of a fact for which a condition about it alone holds, or does not; the same for every application."""
        known = self.maker.options
        if (expr, holds) not in known:
            values: Sequence[Any] = ()
            if isinstance(expr, ir.OneOf | ir.InCodes | ir.Includes):
                values = [
                    value
                    for value in self.options(path)
                    if self.probe.value(evolve(expr, value=ir.Const(value, type=of.type))) is holds
                ]
            known[expr, holds] = values
        return known[expr, holds]

    def _make_given(self, path: Path, *, holds: bool) -> None:
        each = prb.declared(self.maker.program, path)
        if isinstance(each.type, ty.Choices):
            self.put(path, frozenset({self.pick(each.type.values)}) if holds else frozenset())
        elif isinstance(each.type, ty.List):
            self.put(path, [self.fresh_record(each.type.record)] if holds else [])
        elif holds:
            self.ask(path)
        elif each.optional:
            self.put(path, None)

    def _make_rows(self, expr: ir.Aggregate, rows: Rows, *, holds: bool) -> None:
        places = self.probe.places(expr.list, rows)
        wanted = holds if expr.what == "any" else not holds
        if (expr.what == "any") is holds:  # One row is enough.
            if not places:
                places = self.add(expr.list, rows, 1)
            for path in places[-1:]:
                inside = {**rows, expr.var: path}
                self._both(expr, inside, holds=wanted if expr.what == "any" else holds)
            return
        for path in places:
            inside = {**rows, expr.var: path}
            if self.probe.holds(expr.where, inside) and expr.of is not None:
                self.make(expr.of, inside, holds=expr.what == "every")

    def _both(self, expr: ir.Aggregate, inside: Rows, *, holds: bool) -> None:
        if expr.where is not None:
            self.make(expr.where, inside)
        if expr.of is not None:
            self.make(expr.of, inside, holds=holds)

    # ---- eligible or not -----------------------------------------------------------------------------------------

    def requirements(self) -> list[ir.Expr]:
        """What must hold for the application to be eligible, as things stand: conditions, and the gates of a support."""
        found: list[ir.Expr] = []
        for rule in self.maker.program.body:
            if isinstance(rule, ir.Rule) and rule.kind == "require" and self._applies(rule.when):
                found += rule.conditions
        paid = [s for s in self.maker.program.body if isinstance(s, ir.Support) and not s.only_a_basis]
        if paid and not any(all(self.probe.holds(g.condition) for g in s.gates) for s in paid):
            found += [gate.condition for gate in self.pick(paid).gates]
        return found

    def _applies(self, when: ir.Expr | None) -> bool:
        return not self.maker.landscape.never(when) and (when is None or self.probe.value(when) is not False)

    def still_at(self, point: Point) -> bool:
        """Whether the draft, as it is now, is at a point."""
        return self.maker.landscape.is_at(self.probe, point)

    def make_eligible_at(self, points: Sequence[Point]) -> None:
        """Change the draft so that it is eligible and still where it was aimed at, if it can be both."""
        failing = [each for each in self.requirements() if self.probe.value(each) is not True]
        own = {id(point.test.node) for point in points}
        if not failing or any(id(part) in own for each in failing for part in prb.within(each)):
            return
        before, there = deepcopy(self.draft.data), [point for point in points if self.still_at(point)]
        if self.make_eligible() and not self._still_at_all(there):
            for point in there:
                self.reach(point)
            self.settle()
        if not self._still_at_all(there):
            self.draft.data = before
            self.changed()

    def _still_at_all(self, points: Sequence[Point]) -> bool:
        return all(map(self.still_at, points))

    def make_eligible(self) -> bool:
        """Change the draft so that the application is eligible; whether it came to that."""
        for _ in range(4):
            self.settle()
            needed = self.requirements()
            if all(self.probe.value(each) is True for each in needed):
                break
            for each in needed:
                self.make(each)
        for support in self.maker.program.body:
            if isinstance(support, ir.Support):
                self._hold_refusals(support)
        return all(self.probe.value(each) is True for each in self.requirements())

    def _hold_refusals(self, support: ir.Support) -> None:
        """Bring what is above a ceiling that refuses down to it."""
        for test in self.maker.landscape.tests:
            step = test.node
            if isinstance(step, ir.Ceiling) and step.excess == "refuses" and test.support is support:
                for rows in list(self.maker.landscape.rows(self.probe, test)):
                    gap = self.maker.landscape.gap(self.probe, test, rows)
                    if gap is not None and gap > 0:
                        self._drive_test(test, rows, Fraction(0))

    def _drive_test(self, test: Test, rows: Rows, target: Fraction) -> bool:
        self.in_use.append(rows)
        try:
            return self.drive(lambda: self._gap_of(test, rows), self._movers_of(test, rows), target)
        finally:
            self.in_use.pop()

    def make_one_fail(self) -> bool:
        """Change the draft so that one requirement fails."""
        return any(self.make(each, holds=False) for each in turned(self.requirements(), self.chooser))

    # ---- single facts ------------------------------------------------------------------------------------------

    def put(self, path: Path, value: Any) -> bool:
        """Set a fact; not one that must stay."""
        if self.draft.is_locked(path) or path in self.pinned:
            return False
        holder = self.draft.at(path[:-1])
        if not isinstance(holder, dict) or path[-1] not in holder:
            return False
        holder[path[-1]] = value
        return self.changed(path)

    def ask(self, path: Path) -> None:
        """See to it that a fact is asked for, and give it a value if it has none."""
        for at in range(1, len(path)):
            if isinstance(path[at], str) and self._value_at(path[:at]) is None:
                self.ask(path[:at])
        each = prb.declared(self.maker.program, path)
        if each.only_when is not None:
            self.make(each.only_when, {each.var: path[:-1]} if len(path) > 1 else NO_ROWS)
        if self._value_at(path) in {None, ir.UNKNOWN}:
            self.put(path, self.fresh(each, given=True))

    def decide(self, expr: ir.Expr, rows: Rows = NO_ROWS) -> bool:
        """Change the draft so that a figure has a value; whether it came to that."""
        if decided(self.probe.value(expr, rows)):
            return True
        if self.depth > _DEEPEST:
            return False
        self.depth += 1
        self.in_use.append(rows)
        try:
            self._decide(expr, rows)
        finally:
            self.depth -= 1
            self.in_use.pop()
        return decided(self.probe.value(expr, rows))

    def _decide(self, expr: ir.Expr, rows: Rows) -> None:
        match expr:
            case ir.Field() if (computed := self._computed(expr)) is not None:
                holder = self.place(expr.of, rows)
                if holder is not None:
                    self.decide(computed.value, {computed.var: holder})
            case ir.Fact() | ir.Field():
                path = self.place(expr, rows)
                if path is not None:
                    self.ask(path)
            case ir.Ref(name):
                statement = prb.statement_of(self.maker.program, name)
                if isinstance(statement, ir.Let):
                    self.decide(statement.value)
            case ir.Choose():
                self._decide_case(expr, rows)
            case ir.Aggregate():
                self._decide_rows(expr, rows)
            case _:
                for each in ir.children(expr):
                    self.decide(each, rows)

    def _decide_case(self, expr: ir.Choose, rows: Rows) -> None:
        """A case that is taken for certain, or cases that come to the same whichever is taken."""
        arms = [arm for arm in expr.arms if not self.maker.landscape.never(arm[0])]
        for condition, _ in arms:
            self.decide(condition, rows)
        possible = self._possible(expr, rows)
        decided_all = [self.decide(value, rows) for value in possible]
        if possible and all(decided_all):
            for other in possible[1:]:
                self._bring_together(possible[0], other, rows)
            return
        for condition, value in turned(arms, self.chooser):
            if self.make(condition, rows) and self.decide(value, rows):
                return

    def _possible(self, expr: ir.Choose, rows: Rows) -> list[ir.Expr]:
        """The values that may be taken: one, where the conditions are decided."""
        possible = []
        for condition, value in expr.arms:
            holds = self.probe.value(condition, rows)
            if holds is not False:
                possible.append(value)
            if holds is True:
                return possible
        return possible if expr.otherwise is None else [*possible, expr.otherwise]

    def _bring_together(self, one: ir.Expr, other: ir.Expr, rows: Rows) -> None:
        def gap() -> Fraction | None:
            here, there = self.probe.value(one, rows), self.probe.value(other, rows)
            return Fraction(here) - Fraction(there) if is_number(here) and is_number(there) else None

        movers = [lambda by: self.shift(other, -by, rows), lambda by: self.shift(one, by, rows)]
        self.drive(gap, movers, Fraction(0))

    def _decide_rows(self, expr: ir.Aggregate, rows: Rows) -> None:
        for path in self.probe.places(expr.list, rows):
            inside = {**rows, expr.var: path}
            if expr.where is not None:
                self.decide(expr.where, inside)
            if expr.of is not None and self.probe.holds(expr.where, inside):
                self.decide(expr.of, inside)
        if expr.what in {"average", "smallest", "largest", "only"} and not self.matching(expr, rows):
            added = self._added_matching(expr, rows)
            if added is not None and expr.of is not None:
                self.decide(expr.of, {**rows, expr.var: added})

    def _value_at(self, path: Path) -> Any:
        try:
            return self.draft.at(path)
        except (KeyError, TypeError, IndexError):
            return ir.UNKNOWN

    def options(self, path: Path) -> list[Any]:
        """The values that a fact may have, where there are few kinds of them."""
        each = prb.declared(self.maker.program, path)
        match each.type:
            case ty.YesNo():
                return [False, True]
            case ty.Choice(_, listed):
                return list(listed)
            case ty.Choices(_, listed):
                return [frozenset(), *(frozenset({one}) for one in listed), frozenset(listed)]
            case ty.Nace() | ty.Country() | ty.Region():
                return list(self.pool.codes_for(each.type))
            case ty.Text():
                return ["1", "2", "3"]
            case _:
                return self.pool.raw(each) + [bounded(each, figure + 1) for figure in self.pool.raw(each)]

    def place(self, expr: ir.Expr, rows: Rows) -> Path | None:
        """Where a fact, a field or a record stands in the draft; `None` for what is computed."""
        if isinstance(expr, ir.Field) and self._computed(expr) is not None:
            return None
        return prb.place(expr, rows)

    def _computed(self, expr: ir.Field) -> ir.Computed | None:
        if not isinstance(expr.of.type, ty.Record):
            return None
        record = expr.of.type.name
        for each in self.maker.program.computed:
            if each.record == record and each.about.name == expr.name:
                return each
        return None

    # ---- figures -----------------------------------------------------------------------------------------------

    def reach(self, point: Point) -> bool:
        """Change the draft so that a test is at a point; whether it came to that."""
        test = point.test
        rows = self._rows_for(test)
        if rows is None:
            return False
        for attempt in range(4):
            if attempt > 1:
                self._vary(test, rows)
            self._ready(test, rows)
            if attempt:
                self._tidy()
            for part in (
                (1, 2) if point.side else (1,)
            ):  # Between two steps of a figure there may be half a quantum.
                self._drive_test(test, rows, point.side * test.quantum / part)
                found = self._gap_of(test, rows)
                if found is not None and side_of(found, test.quantum) == point.side:
                    return True
        return False

    def _gap_of(self, test: Test, rows: Rows) -> Fraction | None:
        key = test, tuple(rows.items())
        if key not in self._gaps:
            try:
                self._gaps[key] = self.maker.landscape.gap(self.probe, test, rows)
            except IndexError:  # A row that was taken out.
                self._gaps[key] = None
        return self._gaps[key]

    def _vary(self, test: Test, rows: Rows) -> None:
        """Another way to come to the same amount: another kind of line, another rate."""
        if test.support is None or isinstance(test.node, ir.Expr | ir.Joint):
            return
        path = rows.get(test.support.var) or self._line(test.support, test.node)
        if path is None:
            return
        rates = [step.rate for step in test.support.steps if isinstance(step, ir.Rate)]
        fields = [
            each
            for expr in (test.support.base, *rates)
            for each in self._fields_behind(expr, test.support.var)
            if isinstance(each.type, ty.YesNo | ty.Choice | ty.Rate)
        ]
        if fields:
            each = self.pick(fields)
            self.put((*path, each.name), self.fresh(each, given=True))

    def _fields_behind(self, expr: ir.Expr, var: int) -> Iterator[ir.FieldDef]:
        """The fields of a row that a figure is made of, also through computed ones."""
        for each in prb.within(expr):
            if isinstance(each, ir.Field) and isinstance(each.of, ir.Row) and each.of.var == var:
                computed = self._computed(each)
                if computed is not None:
                    yield from self._fields_behind(computed.value, computed.var)
                elif isinstance(each.of.type, ty.Record):
                    fields = self.maker.program.records[each.of.type.name].fields
                    yield from (field for field in fields if field.name == each.name)

    def _tidy(self) -> None:
        """Round the amounts that a test may read to whole hundreds, so that shares of them are whole as well."""
        for each in self.maker.program.application.fields:
            value = self.draft.data[each.name]
            if (
                isinstance(each.type, ty.List)
                and isinstance(value, list)
                and not self.draft.is_locked((each.name,))
            ):
                for row in value:
                    self._tidy_record(self.maker.program.records[each.type.record], row)
        self.changed()

    def _tidy_record(self, record: ir.RecordDef, row: dict[str, Any]) -> None:
        for each in record.fields:
            raw = row[each.name]
            if isinstance(each.type, ty.Money) and isinstance(raw, int):
                unit = 100 * 10 ** (each.scale or 0)
                row[each.name] = bounded(each, max(unit, raw // unit * unit))

    def _rows_for(self, test: Test) -> Rows | None:
        """Rows for a test to read; added where there are none."""
        rows: Rows = NO_ROWS
        for binder in test.scope:
            over = binder.over if isinstance(binder.over, ir.Expr) else None
            places = places_of(self.probe, binder, rows)
            if not places and over is not None:
                places = self.add(over, rows, 1)
            elif not places:
                places = self._added_record(str(binder.over))
            if not places:
                return None
            rows = {**rows, binder.var: places[self.chooser.number(0, len(places) - 1)]}
        return rows

    def _added_record(self, record: str) -> list[Path]:
        for each in self.maker.program.application.fields:
            if each.type == ty.List(record):
                return self.add(ir.Fact(each.name, type=each.type), NO_ROWS, 1)
            if each.type == ty.Record(record):
                self.ask((each.name,))
                return [(each.name,)]
        return []

    def _ready(self, test: Test, rows: Rows) -> None:
        """Do what must be done for a test to compare anything at all."""
        for each in test.when:
            self.make(each)
        match test.node:
            case ir.Compare(_, left, right) | ir.Extreme(_, (left, right)):
                if self._gap_of(test, rows) is None:
                    self.decide(left, rows)
                    self.decide(right, rows)
                self._share_out(test.node, rows)
            case ir.Joint():
                return
            case _ if test.support is not None and not isinstance(test.node, ir.Expr):
                self._ready_step(test, test.support, test.node, rows)

    def _share_out(self, node: ir.Expr, rows: Rows) -> None:
        """Have so many rows that a share of them is whole, and of no rows it is not said: two of five are 40%."""
        match node:
            case ir.Compare(
                _,
                ir.Aggregate(what="number", where=where) as part,
                ir.Mul((ir.Const(value=share), ir.Aggregate(what="number") as every)),
            ) if where is not None and isinstance(share, Fraction):
                pass
            case _:
                return
        number = self.probe.value(every, rows)
        if not is_number(number) or not 1 < share.denominator <= _MOST_SHARED:
            return
        missing = -int(number) % share.denominator if number else share.denominator
        if missing and not self._shift_count(every, Fraction(missing), rows):
            return
        number = self.probe.value(every, rows)
        found = self.matching(part, rows)
        more = int(share * number) - len(found) if is_number(number) else 0
        for path in found[more:] if more < 0 else ():
            self.make(where, {**rows, part.var: path}, holds=False)
        if more > 0:
            self._make_match(part, rows, more)

    def _ready_step(self, test: Test, support: ir.Support, step: ir.AnyStep, rows: Rows) -> None:
        path = rows.get(support.var) or self._line(support, step)
        if path is not None:
            self._make_count(support, step, path)
        for line in [] if support.list is None else self.probe.places(support.list):
            self.decide(support.base, {support.var: line})
        self._decide_rates(support, step)
        if path is not None:
            self._make_cost(support, path)
        limit = _limit_of(step)
        if path is not None and limit is not None and self._gap_of(test, rows) is None:
            inside = {**rows, support.var: path}
            if self.decide(limit, inside) and self._gap_of(test, rows) is None:
                self.shift(limit, Fraction(self.pick((1_000, 20, 12_345))), inside)

    def _decide_rates(self, support: ir.Support, step: ir.AnyStep) -> None:
        """See to it that the lines have a rate before a step; a bonus whose size is not known must not be due."""
        for each in support.steps:
            if each is step:
                return
            if isinstance(each, ir.Raise) and not self.maker.landscape.never(each.when):
                self._without(support, each)

    def _without(self, support: ir.Support, step: ir.Raise) -> None:
        lines: list[Rows] = [NO_ROWS]
        if support.list is not None:
            lines = [{support.var: path} for path in self.probe.places(support.list)]
        for rows in lines:
            if step.when is not None and self.probe.value(step.when) is False:
                return
            if self.probe.holds(step.where, rows) and not self.decide(step.by, rows):
                if step.when is not None and self.make(step.when, holds=False):
                    return
                if step.where is not None:
                    self.make(step.where, rows, holds=False)

    def _movers_of(self, test: Test, rows: Rows) -> list[Callable[[Fraction], bool]]:
        support = test.support
        match test.node:
            case ir.Compare() | ir.Extreme():
                return self._movers(test.node, rows)
            case ir.Ceiling() | ir.Floor() as step if support is not None:
                limit = _limit_of(step)
                line = rows.get(support.var)
                other = step.other if isinstance(step, ir.Ceiling) else None
                apart = self._lines_apart(support, step) if line is None else []
                return [
                    lambda by: self._shift_line(support, step, by, line),
                    lambda by: limit is not None and self.shift(limit, -by, rows),
                    lambda by: other is not None and self.shift(other, by, rows),
                    *apart,
                ]
            case ir.RateCeiling(limit=limit) as step if support is not None:
                return [
                    lambda by: any(self.shift(each, by, rows) for each in _rates_before(support, step)),
                    lambda by: self.shift(limit, -by, rows),
                ]
            case ir.Pick() as step if support is not None:
                line = rows.get(support.var)
                return [lambda by: line is not None and self._shift_lines(support, step, by, line)]
            case ir.Joint(over=over, limit=joint_limit):
                first = ir.Ref(over[0], type=joint_limit.type)
                return [lambda by: self.shift(first, by), lambda by: self.shift(joint_limit, -by)]
            case _:
                return []

    def _movers(self, expr: ir.Expr, rows: Rows) -> list[Callable[[Fraction], bool]]:
        left, right = ir.children(expr)
        movers = [lambda by: self.shift(left, by, rows), lambda by: self.shift(right, -by, rows)]
        # A fact that stands alone comes before a sum: less depends on it.
        alone = isinstance(right, ir.Fact) and not isinstance(left, ir.Fact)
        support = next((each for each in self.maker.program.body if _is_total(left, each)), None)
        apart = self._lines_apart(support, None) if isinstance(support, ir.Support) else []
        return [*(movers[::-1] if alone else movers), *apart]

    def _gap(self, expr: ir.Compare, rows: Rows) -> Fraction | None:
        left, right = self.probe.value(expr.left, rows), self.probe.value(expr.right, rows)
        return Fraction(left) - Fraction(right) if is_number(left) and is_number(right) else None

    def _quantum(self, expr: ir.Compare) -> Fraction:
        return quantum_of(expr.left.type)

    def drive(
        self,
        gap: Callable[[], Fraction | None],
        movers: Sequence[Callable[[Fraction], bool]],
        target: Fraction,
    ) -> bool:
        """Move a gap to a target: each step as long as the last one showed that it has to be."""
        for move in movers:
            slope, before = Fraction(1), gap()
            for _ in range(_MOST_TRIES):
                if before == target:
                    return True
                if before is None or not move((target - before) / slope):
                    break
                after = gap()
                if after is None or after == before:
                    break
                slope *= (after - before) / (target - before)
                before = after
        return gap() == target

    def shift(self, expr: ir.Expr, by: Fraction, rows: Rows = NO_ROWS) -> bool:
        """Move a figure by about so much, through the facts it is made of; whether anything moved."""
        if by == 0 or self.depth > _DEEPEST:
            return False
        self.depth += 1
        self.in_use.append(rows)
        try:
            return self._shift(expr, by, rows)
        finally:
            self.depth -= 1
            self.in_use.pop()

    def _shift(self, expr: ir.Expr, by: Fraction, rows: Rows) -> bool:
        match expr:
            case ir.Fact() | ir.Field():
                return self._shift_fact(expr, by, rows)
            case ir.Ref(name):
                statement = prb.statement_of(self.maker.program, name)
                if isinstance(statement, ir.Let):
                    return self.shift(statement.value, by)
                return self._shift_line(statement, None, by, None)
            case ir.Add():
                return self._shift_sum(expr, by, rows)
            case ir.Mul(factors):
                return self._shift_product(factors, by, rows)
            case ir.Div():
                return self._shift_quotient(expr, by, rows)
            case ir.Round(value):
                return self.shift(value, by, rows)
            case ir.Extreme(_, options):
                found = self.probe.value(expr, rows)
                binding = [each for each in options if self.probe.value(each, rows) == found]
                return any(self.shift(each, by, rows) for each in binding)
            case ir.Choose():
                moved = [self.shift(each, by, rows) for each in self._possible(expr, rows)]
                return any(moved) or self._shift_case(expr, by, rows)
            case ir.Aggregate(what):
                if what in {"number", "different"}:
                    return self._shift_count(expr, by, rows)
                return self._shift_rows(expr, by, rows)
            case ir.Calendar():
                return self._shift_time(expr, by, rows)
            case _:
                return False

    def _shift_quotient(self, expr: ir.Div, by: Fraction, rows: Rows) -> bool:
        """By the dividend; by a divisor of thirds before that, where thirds of a cent would be needed."""
        divisor, before = self.probe.value(expr.right, rows), self.probe.value(expr, rows)
        if not is_number(divisor) or not is_number(before):
            return False
        wanted = Fraction(before) + by
        thirds = _without_decimals(wanted.denominator)
        if thirds > 1 and self.shift(expr.right, thirds - Fraction(divisor), rows):
            divisor, before = self.probe.value(expr.right, rows), self.probe.value(expr, rows)
        if not is_number(divisor) or not is_number(before):
            return False
        return self.shift(expr.left, (wanted - Fraction(before)) * Fraction(divisor), rows)

    def _shift_case(self, expr: ir.Choose, by: Fraction, rows: Rows) -> bool:
        """Have another case taken, one whose value is nearer to what is wanted."""
        before = self.probe.value(expr, rows)
        if not is_number(before):
            return False
        wanted = Fraction(before) + by
        options = [value for when, value in expr.arms if not self.maker.landscape.never(when)]
        options += [] if expr.otherwise is None else [expr.otherwise]
        nearest, best = None, abs(by)
        for each in options:
            value = self.probe.value(each, rows)
            if is_number(value) and abs(Fraction(value) - wanted) < best:
                nearest, best = each, abs(Fraction(value) - wanted)
        if nearest is None:
            return False
        for when, value in expr.arms:
            if not self.make(when, rows, holds=value is nearest) or value is nearest:
                break
        return bool(self.probe.value(expr, rows) != before)

    def _shift_sum(self, expr: ir.Add, by: Fraction, rows: Rows) -> bool:
        """One term after the other, until the sum has moved far enough."""
        moved = False
        for sign, term in turned(expr.terms, self.chooser):
            before = self.probe.value(expr, rows)
            if not is_number(before) or not self.shift(term, sign * by, rows):
                continue
            moved = True
            after = self.probe.value(expr, rows)
            if not is_number(after):
                break
            by -= Fraction(after) - Fraction(before)
            if by == 0:
                break
        return moved

    def _shift_fact(self, expr: ir.Fact | ir.Field, by: Fraction, rows: Rows) -> bool:
        if isinstance(expr, ir.Field) and (computed := self._computed(expr)) is not None:
            holder = self.place(expr.of, rows)
            return holder is not None and self.shift(computed.value, by, {computed.var: holder})
        path = self.place(expr, rows)
        if path is None or self.draft.is_locked(path):
            return False
        raw = self._value_at(path)
        if raw is ir.UNKNOWN or isinstance(raw, (str, bool, list, dict, frozenset)):
            return False
        each = prb.declared(self.maker.program, path)
        before = held(each, raw if raw is not None else _zero(each))
        after = bounded(each, unheld(each, before + by))
        return after != raw and self.put(path, after)

    def _shift_product(self, factors: Sequence[ir.Expr], by: Fraction, rows: Rows) -> bool:
        found = [self.probe.value(each, rows) for each in factors]
        for at, each in enumerate(factors):
            rest = Fraction(1)
            for other in (*found[:at], *found[at + 1 :]):
                if not is_number(other):
                    return False
                rest *= Fraction(other)
            if rest != 0 and self.shift(each, by / rest, rows):
                return True
        return False

    def _shift_time(self, expr: ir.Calendar, by: Fraction, rows: Rows) -> bool:
        match expr.what:
            case "local_date":
                return self.shift(expr.args[0], by * _DAY, rows)
            case "start_of_day":
                return self.shift(expr.args[0], by / _DAY, rows)
            case "shift_months" | "shift_days" | "shift_working_days" | "shift_hours":
                return self.shift(expr.args[0], by, rows) or self.shift(expr.args[1], by * expr.sign, rows)
            case "days_between" | "working_days_between":
                return self.shift(expr.args[1], by, rows) or self.shift(expr.args[0], -by, rows)
            case "months_between":
                return self.shift(expr.args[1], by * 30, rows) or self.shift(expr.args[0], -by * 30, rows)
            case "years_between" | "year":
                return self.shift(expr.args[-1], by * 365, rows)
            case "month":
                return self.shift(expr.args[0], by * 30, rows)
            case _:
                return self.shift(expr.args[0], by, rows)

    # ---- rows --------------------------------------------------------------------------------------------------

    def matching(self, expr: ir.Aggregate, rows: Rows) -> list[Path]:
        """Where the rows stand for which the condition of a figure holds."""
        places = self.probe.places(expr.list, rows)
        return [path for path in places if self.probe.holds(expr.where, {**rows, expr.var: path})]

    def add(
        self, list_: ir.Expr, rows: Rows, number: int, like: Mapping[str, Any] | None = None
    ) -> list[Path]:
        """Add rows to a list: new ones, or copies of one; where they stand."""
        path = self.place(list_, rows)
        if path is None or self.draft.is_locked(path):
            return []
        holder = self._value_at(path)
        if holder is None:
            self.put(path, [])
            holder = self._value_at(path)
        if not isinstance(holder, list):
            return []
        most = prb.declared(self.maker.program, path).maximum
        room = _MOST_ADDED if most is None else most - len(holder)
        start = len(holder)
        for _ in range(max(0, min(number, room, _MOST_ADDED))):
            holder.append(self.fresh_record(record_of(list_)) if like is None else deepcopy(dict(like)))
        self.changed(path)
        return [(*path, at) for at in range(start, len(holder))]

    def remove(self, path: Path) -> bool:
        """Take a row out of its list, unless the change under way is about it, or about one behind it."""
        holder = self.draft.at(path[:-1])
        each = prb.declared(self.maker.program, path[:-1])
        if self.draft.is_locked(path) or len(holder) <= (each.minimum or 0) or self._is_used(path):
            return False
        self.changed(path)
        del holder[path[-1]]
        return True

    def _is_used(self, path: Path) -> bool:
        """Whether a change under way knows a row by its place, and would lose it with the row at this one."""
        last = len(path) - 1
        return any(
            len(used) > last and used[:last] == path[:last] and int(used[last]) >= int(path[last])
            for rows in self.in_use
            for used in rows.values()
        )

    def _added_matching(self, expr: ir.Aggregate, rows: Rows) -> Path | None:
        """A new row for which the condition of a figure holds."""
        added = self.add(expr.list, rows, 1)
        if not added:
            return None
        inside = {**rows, expr.var: added[0]}
        if expr.where is None or self.make(expr.where, inside):
            return added[0]
        self.remove(added[0])
        return None

    def _shift_count(self, expr: ir.Aggregate, by: Fraction, rows: Rows) -> bool:
        number = max(1, round(abs(by))) if abs(by) < _MOST_ADDED else _MOST_ADDED
        if expr.what == "different" and self._shift_different(expr, by, rows):
            return True
        if by < 0:
            found = self.matching(expr, rows)
            removed = [self._take_out(expr, rows, path) for path in reversed(found[-number:])]
            return any(removed)
        if number > _MANY and self._make_match(expr, rows, number):
            return True
        path = self._added_matching(expr, rows)
        if path is None:
            return False
        self._make_distinct(expr, rows, [path])
        if number > 1:
            more = self.add(expr.list, rows, number - 1, like=self.draft.at(path))
            self._make_distinct(expr, rows, more)
        return True

    def _make_match(self, expr: ir.Aggregate, rows: Rows, number: int) -> bool:
        """Have rows counted that are there already, if there are as many: a list is long enough as it is."""
        if expr.what != "number" or expr.where is None:
            return False
        where = expr.where
        others = [
            path
            for path in self.probe.places(expr.list, rows)
            if self.probe.value(where, {**rows, expr.var: path}) is False
        ]
        if len(others) < number:
            return False
        like: list[tuple[dict[str, Any], dict[str, Any]]] = []
        for path in others[:number]:
            row = self.draft.at(path)
            before = deepcopy(row)
            same = next((after for found, after in like if found == row), None)
            if same is not None and not self.draft.is_locked(path):
                row.update(deepcopy(same))
                self.changed(path)
            else:
                self.make(where, {**rows, expr.var: path})
                like.append((before, self.draft.at(path)))
        return True

    def _take_out(self, expr: ir.Aggregate, rows: Rows, path: Path) -> bool:
        """Take a row away, or make it one that is not counted."""
        if self.remove(path):
            return True
        return expr.where is not None and self.make(expr.where, {**rows, expr.var: path}, holds=False)

    def _shift_different(self, expr: ir.Aggregate, by: Fraction, rows: Rows) -> bool:
        """Have rows that are there say the same, or no longer the same."""
        if expr.of is None:
            return False
        seen: dict[Any, Path] = {}
        places = self.matching(expr, rows)
        if not places and by < 0:
            first = self._added_matching(expr, rows)
            places = [] if first is None else [first]
        for path in places:
            at = self.place(expr.of, {**rows, expr.var: path})
            if at is None:
                return False
            value = self._value_at(at)
            if value in seen and by > 0:
                return self.single_out(at)
            if seen and value not in seen and by < 0:
                return self.put(at, next(iter(seen)))
            seen[value] = path
        if by > 0 or not seen:
            return False
        return bool(
            self.add(expr.list, rows, 1, like=self.draft.at(path))
        )  # One that says what is said already.

    def _make_distinct(self, expr: ir.Aggregate, rows: Rows, places: Sequence[Path]) -> None:
        """Give rows values that no other row has, where different ones are counted."""
        if expr.what != "different" or expr.of is None:
            return
        for path in places:
            at = self.place(expr.of, {**rows, expr.var: path})
            if at is not None:
                self.single_out(at)

    def single_out(self, at: Path) -> bool:
        """Give a field of a row a value that it has in no other row of its list."""
        row = next((number for number in reversed(range(len(at))) if isinstance(at[number], int)), None)
        if row is None or at[-1] not in (self.draft.at(at[:-1]) or ()):
            return False  # It is a fact of the application, the same in every row, or it is computed.
        holder, name = self.draft.at(at[:row]), at[row + 1 :]
        others = {_inside(each, name) for number, each in enumerate(holder) if number != at[row]}
        for value in self._candidates(at):
            if value not in others:
                return self.put(at, value)
        return False

    def _candidates(self, at: Path) -> Iterator[Any]:
        """Values that a field may have, however many are needed."""
        each = prb.declared(self.maker.program, at)
        if isinstance(each.type, ty.Text):
            yield from (str(number) for number in range(1, _MOST_ADDED * 3))
        elif each.scale is None and not isinstance(each.type, ty.NUMERIC):
            yield from turned(self.options(at), self.chooser)
        else:
            own = self._value_at(at)
            start = own if isinstance(own, int) else _zero(each)
            for step in range(_MOST_ADDED):
                yield bounded(each, start + step)
                yield bounded(each, start - step)

    def _shift_rows(self, expr: ir.Aggregate, by: Fraction, rows: Rows) -> bool:
        found = self.matching(expr, rows)
        if expr.of is None:
            return False
        if not found:
            path = self._added_matching(expr, rows)
            found = [] if path is None else [path]
        moved = False
        for path in turned(found, self.chooser):
            inside = {**rows, expr.var: path}
            before = self.probe.value(expr.of, inside)
            if not is_number(before):
                self.decide(expr.of, inside)
                before = self.probe.value(expr.of, inside)
            if not self.shift(expr.of, by, inside):
                continue
            moved = True
            after = self.probe.value(expr.of, inside)
            if expr.what != "total" or not is_number(after) or not is_number(before):
                return True
            by -= Fraction(after) - Fraction(before)
            if by == 0 or by > 0:
                return True
        return moved

    # ---- the lines of a support --------------------------------------------------------------------------------

    def show(self, each: Rowful) -> None:
        """See to it that a step or figure is about a row, and sometimes about two alike."""
        if each.support is not None and each.step is not None:
            path = self._line(each.support, each.step)
        else:
            rows = ir.Aggregate("number", each.list, each.var, each.where, None, type=ty.Number())
            found = self.matching(rows, NO_ROWS)
            path = found[-1] if found else self._added_matching(rows, NO_ROWS)
        if path is None:
            return
        if each.support is not None:
            self._make_cost(each.support, path)
        if self.rarely(2):
            self.add(each.list, NO_ROWS, 1, like=self.draft.at(path))

    def _line(self, support: ir.Support, step: ir.AnyStep | None) -> Path | None:
        """A line that a step is about and that is not excluded before it; made where there is none."""
        if support.list is None:
            return None
        places = [p for p in self.probe.places(support.list) if self._counts(support, step, p)]
        if places:
            return places[-1]
        added = self.add(support.list, NO_ROWS, 1)
        if not added:
            return None
        self._make_count(support, step, added[0])
        self._make_cost(support, added[0])
        return added[0]

    def _make_cost(self, support: ir.Support, path: Path) -> None:
        """See to it that a line is about an amount."""
        rows = {support.var: path}
        if self.decide(support.base, rows) and self.probe.value(support.base, rows) == 0:
            self.shift(support.base, Fraction(self.pick((1_000, 20_000))), rows)

    def _make_count(self, support: ir.Support, step: ir.AnyStep | None, path: Path) -> None:
        """Change a line so that a step is about it and no earlier one excludes it."""
        for _ in range(3):
            if self._counts(support, step, path):
                return
            for condition in self._conditions(support, step):
                self.make(condition, {support.var: path})

    def _counts(self, support: ir.Support, step: ir.AnyStep | None, path: Path) -> bool:
        return all(self.probe.holds(each, {support.var: path}) for each in self._conditions(support, step))

    def _conditions(self, support: ir.Support, step: ir.AnyStep | None) -> Iterator[ir.Expr]:
        if support.where is not None:
            yield support.where
        for each in support.steps:
            if each is step:
                break
            if isinstance(each, ir.Keep) and not self.maker.landscape.never(each.when):
                yield each.keep
        if step is not None and step.where is not None:
            yield step.where

    def _shift_lines(self, support: ir.Support, step: ir.Pick, by: Fraction, line: Path) -> bool:
        """More or fewer lines in the group of one, that all count."""
        if support.list is None:
            return False
        if by < 0:
            places = [path for path in self.probe.places(support.list) if path != line]
            same = [path for path in places if self._same_group(support, step, path, line)]
            removed = [self.remove(path) for path in reversed(same[round(by) :])]
            return any(removed)
        return self._add_lines(support, step, line, round(by))

    def _same_group(self, support: ir.Support, step: ir.Pick, one: Path, other: Path) -> bool:
        here, there = ({support.var: path} for path in (one, other))
        return all(bool(self.probe.value(part, here) == self.probe.value(part, there)) for part in step.per)

    def _add_lines(self, support: ir.Support, step: ir.Pick, line: Path, number: int) -> bool:
        """Lines like another one, each with a number and a place in the order of its own."""
        if support.list is None:
            return False
        record = self.maker.program.records[record_of(support.list)]
        added = self.add(support.list, NO_ROWS, number, like=self.draft.at(line))
        for path in added:
            own = [(*path, each.name) for each in record.fields if isinstance(each.type, ty.Text)]
            in_order = self.place(step.by, {support.var: path})
            for at in own if in_order is None else [*own, in_order]:
                self.single_out(at)
                self.pinned.add(at)
        for path in reversed(added):  # What the last one needs, those before it mostly have with it.
            self._make_count(support, step, path)
            self._make_cost(support, path)
        self.pinned.clear()
        return bool(added)

    def _lines_apart(self, support: ir.Support, step: ir.AnyStep | None) -> list[Callable[[Fraction], bool]]:
        """Where ceilings hold each line or group down: further lines for a sum, each in a group of its own."""
        before = support.steps if step is None else support.steps[: support.steps.index(step)]
        held = [each for each in before if isinstance(each, ir.Ceiling) and each.scope != "together"]
        if support.list is None or not held:
            return []
        keys = [key for each in held for key in each.per]
        movers: list[Callable[[Fraction], bool]] = []
        for number in range(1, _MOST_APART):
            movers += [
                self._one_apart(support, step, keys, number),
                lambda by: self._shift_line(support, step, by, None),
            ]
        return movers

    def _one_apart(
        self, support: ir.Support, step: ir.AnyStep | None, keys: Sequence[ir.Expr], number: int
    ) -> Callable[[Fraction], bool]:
        waiting = [number]

        def add(by: Fraction) -> bool:
            line = self._line(support, step) if by > 0 and waiting else None
            if line is None or support.list is None:
                return False
            waiting.clear()  # Only once: it is moved after this, and has to be where it was put.
            for path in self.add(support.list, NO_ROWS, 1, like=self.draft.at(line)):
                rows = {support.var: path}
                for key in keys:
                    at = self.place(key, rows)
                    if at is None:  # The year of a day, and the like.
                        self.shift(key, Fraction(number), rows)
                    else:
                        self.single_out(at)
                        self.pinned.add(at)
                self._make_count(support, step, path)
                self._make_cost(support, path)
                self.pinned.clear()
                return True
            return False

        return add

    def _shift_line(
        self, support: ir.Support, step: ir.AnyStep | None, by: Fraction, line: Path | None
    ) -> bool:
        if support.list is None:
            return self.shift(support.base, by)
        path = line or self._line(support, step)
        return path is not None and self.shift(support.base, by, {support.var: path})

    # ---- something else instead ----------------------------------------------------------------------------------

    def refresh(self, fields: Sequence[ir.FieldDef]) -> None:
        """Give some of several facts another value."""
        for each in fields:
            if self.rarely(2):
                self.draft.data[each.name] = self.fresh(each)
        self.changed()

    def refresh_one(self) -> None:
        """Give one field of one row another value."""
        fields = self.maker.program.application.fields
        lists = [
            (each.name, each.type.record)
            for each in fields
            if isinstance(each.type, ty.List)
            and self._value_at((each.name,)) not in (None, ir.UNKNOWN, [])
            and not self.draft.is_locked((each.name,))
        ]
        if lists:
            name, record = self.pick(lists)
            row = self.chooser.number(0, len(self.draft.data[name]) - 1)
            each = self.pick(self.maker.program.records[record].fields)
            self.put((name, row, each.name), self.fresh(each))


# ---- small things --------------------------------------------------------------------------------------------------


def _wanted(how: str, *, holds: bool) -> tuple[int, ...]:
    """Gaps in quanta at which a comparison is as wanted, the plainest first."""
    if not holds:
        how = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}[how]
    return {"lt": (-1, -5), "le": (0, -1, -5), "gt": (1, 5), "ge": (0, 1, 5), "eq": (0,), "ne": (1, -1)}[how]


def _is_wanted(gap: Fraction, wanted: tuple[int, ...]) -> bool:
    signs = {(each > 0) - (each < 0) for each in wanted}
    return ((gap > 0) - (gap < 0)) in signs


def _is_total(expr: ir.Expr, statement: ir.Statement) -> bool:
    return isinstance(expr, ir.Ref) and isinstance(statement, ir.Support) and expr.name == statement.name


def _read_by(test: Test) -> Iterator[ir.Expr]:
    """What is read where a test is made."""
    for binder in test.scope:
        if isinstance(binder.over, ir.Expr):
            yield binder.over
    match test.node:
        case ir.Expr():
            yield test.node
        case ir.Joint(over=over, limit=limit):
            yield limit
            yield from (ir.Ref(name, type=limit.type) for name in over)
        case _ if test.support is not None:
            yield from of_statement(test.support)
        case _:
            return


def _limit_of(step: ir.AnyStep) -> ir.Expr | None:
    match step:
        case ir.Ceiling(limit=limit) | ir.RateCeiling(limit=limit):
            return limit
        case ir.Floor(amount=amount):
            return amount
        case _:
            return None


def _rates_before(support: ir.Support, step: ir.AnyStep) -> list[ir.Expr]:
    """What the rates of the lines are made of, before a step."""
    before = support.steps[: support.steps.index(step)]
    found = [
        each.rate if isinstance(each, ir.Rate) else each.by
        for each in before
        if isinstance(each, ir.Rate | ir.Raise)
    ]
    return found[::-1]


def _without_decimals(denominator: int) -> int:
    """What is left of a denominator without twos and fives: 1 for every decimal."""
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    return denominator


def _inside(row: Any, path: Path) -> Any:
    for part in path:
        if not isinstance(row, dict):
            return None
        row = row[part]
    return row


def _zero(each: ir.FieldDef) -> int:
    return {ty.Date: 738_767, ty.Moment: 1_693_774_800, ty.Year: 2023, ty.Month: 24_284}.get(
        type(each.type), 0
    )
