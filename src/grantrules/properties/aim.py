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

from attrs import define, field

from grantrules import types as ty
from grantrules.core import ir
from grantrules.evaluate.intervals import decided
from grantrules.facts.reader import left_out, order_of_conditions
from grantrules.properties import probe as prb
from grantrules.properties.draft import Draft, Path, held, unheld
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
from grantrules.properties.probe import NO_ROWS, Probe, Rows, is_number, place, record_of

_MOST_ADDED = 400
_MOST_TRIES = 6
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
    order: Mapping[ir.FieldDef, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.pool = Pool(self.landscape.program)
        self.reads = prb.Reads(self.landscape.program)
        self.order = order_of_conditions(self.landscape.program)

    @property
    def program(self) -> ir.Program:
        """The programme."""
        return self.landscape.program

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
    _probe: Probe | None = field(init=False, default=None)
    _changed: set[str] = field(init=False, factory=set)

    @property
    def probe(self) -> Probe:
        """The values of the draft as it is now."""
        if self._probe is None:
            self._probe = Probe(self.draft, self.maker.reads)
        elif self._changed:
            self._probe = self._probe.after(self.draft, frozenset(self._changed))
        self._changed.clear()
        return self._probe

    def changed(self, name: str | None = None) -> bool:
        """Forget the values, because the draft is another one now; `name` is the fact that changed, if only one did."""
        if name is None:
            self._probe = None
        else:
            self._changed.add(name)
        return True

    # ---- what is asked only sometimes --------------------------------------------------------------------------

    def settle(self) -> None:
        """Give a value to what is asked, and none to what is not, where that depends on other facts."""
        if not self.maker.order:
            return
        for _ in range(3):  # A record that is asked for brings fields that may be asked for.
            for each in sorted(self.maker.order, key=lambda each: self.maker.order[each]):
                for path in self._holders(each):
                    self._settle(each, path)

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
        self.changed(str(path[0]) if path else each.name)

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
        open_parts = (
            [part for part in parts if not decided(self.maker.landscape.ground.value(part))]
            if not (rows)
            else list(parts)
        )
        for part in turned(open_parts, self.chooser):
            if self.make(part, rows, holds=holds):
                return

    def _make_compared(self, expr: ir.Compare, rows: Rows, *, holds: bool) -> None:
        if isinstance(expr.left.type, ty.NUMERIC):
            gap = self._gap(expr, rows)
            wanted = _wanted(expr.how, holds=holds)
            if gap is None:
                self.give(expr.left, rows)
                self.give(expr.right, rows)
                gap = self._gap(expr, rows)
            if gap is None or _is_wanted(gap, wanted):
                return
            quantum = self._quantum(expr)
            self.drive(lambda: self._gap(expr, rows), self._movers(expr, rows), self.pick(wanted) * quantum)
            return
        same = (expr.how == "eq") is holds
        for here, there in ((expr.left, expr.right), (expr.right, expr.left)):
            path, value = place(here, rows), self.probe.value(there, rows)
            if path is None or not decided(value):
                continue
            options = [value] if same else [each for each in self.options(path) if each != value]
            if options and self.put(path, self.pick(options)):
                return

    def _make_fact(self, expr: ir.Expr, rows: Rows, *, holds: bool) -> None:
        of = expr if isinstance(expr, ir.Fact | ir.Field) else next(iter(ir.children(expr)))
        path = place(of, rows)
        if path is None:
            return
        if isinstance(of, ir.Field) and self._computed(of) is not None:
            computed = self._computed(of)
            holder = place(of.of, rows)
            if computed is not None and holder is not None and expr is of:
                self.make(computed.value, {computed.var: holder}, holds=holds)
            return
        match expr:
            case ir.Given():
                self._make_given(path, holds=holds)
            case ir.Fact() | ir.Field():
                self.put(path, holds)
            case _:
                options = [
                    each for each in self.options(path) if self._gives(expr, rows, path, each, holds=holds)
                ]
                if options:
                    self.put(path, self.pick(options))

    def _gives(self, expr: ir.Expr, rows: Rows, path: Path, value: Any, *, holds: bool) -> bool:
        before = self.draft.at(path)
        if not self.put(path, value):
            return False
        found = self.probe.value(expr, rows) is holds
        self.put(path, before)
        return found

    def _make_given(self, path: Path, *, holds: bool) -> None:
        each = prb.declared(self.maker.program, path)
        if isinstance(each.type, ty.Choices):
            self.put(path, frozenset({self.pick(each.type.values)}) if holds else frozenset())
        elif isinstance(each.type, ty.List):
            self.put(path, [self.fresh_record(each.type.record)] if holds else [])
        elif holds:
            self.put(path, self.fresh(each, given=True))
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

    def make_eligible(self) -> bool:
        """Change the draft so that the application is eligible; whether it came to that."""
        for _ in range(4):
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
        landscape = self.maker.landscape
        self.in_use.append(rows)
        try:
            return self.drive(
                lambda: landscape.gap(self.probe, test, rows), self._movers_of(test, rows), target
            )
        finally:
            self.in_use.pop()

    def make_one_fail(self) -> bool:
        """Change the draft so that one requirement fails."""
        return any(self.make(each, holds=False) for each in turned(self.requirements(), self.chooser))

    # ---- single facts ------------------------------------------------------------------------------------------

    def put(self, path: Path, value: Any) -> bool:
        """Set a fact; not one that must stay."""
        if self.draft.is_locked(path):
            return False
        holder = self.draft.at(path[:-1])
        if not isinstance(holder, dict) or path[-1] not in holder:
            return False
        holder[path[-1]] = value
        return self.changed(str(path[0]))

    def give(self, expr: ir.Expr, rows: Rows) -> None:
        """Give a value to every fact that an expression reads and that has none."""
        for each in prb.within(expr):
            path = place(each, rows) if isinstance(each, ir.Fact | ir.Field) else None
            if path is None or (isinstance(each, ir.Field) and self._computed(each) is not None):
                if isinstance(each, ir.Aggregate):
                    self._give_rows(each, rows)
                continue
            if self._value_at(path) is None:
                self.put(path, self.fresh(prb.declared(self.maker.program, path), given=True))

    def _give_rows(self, expr: ir.Aggregate, rows: Rows) -> None:
        if expr.of is None:
            return
        for path in self.probe.places(expr.list, rows):
            inside = {**rows, expr.var: path}
            if self.probe.holds(expr.where, inside) and not decided(self.probe.value(expr.of, inside)):
                self.give(expr.of, inside)

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
        landscape = self.maker.landscape

        def gap() -> Fraction | None:
            return landscape.gap(self.probe, test, rows)

        for attempt in range(3):
            self._ready(test, rows)
            if attempt:
                self._tidy()
            if self._drive_test(test, rows, point.side * test.quantum):
                return True
            found = gap()
            if found is not None and side_of(found, test.quantum) == point.side:
                return True
        return False

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
        return []

    def _ready(self, test: Test, rows: Rows) -> None:
        """Do what must be done for a test to compare anything at all."""
        match test.node:
            case ir.Compare(_, left, right) | ir.Extreme(_, (left, right)):
                if self.maker.landscape.gap(self.probe, test, rows) is None:
                    self.give(left, rows)
                    self.give(right, rows)
            case ir.Ceiling() | ir.Floor() if test.support is not None:
                if test.node.when is not None:
                    self.make(test.node.when)
                path = rows.get(test.support.var) or self._line(test.support, test.node)
                if path is not None:
                    self._make_count(test.support, test.node, path)
                if path is not None and self.maker.landscape.gap(self.probe, test, rows) is None:
                    limit = test.node.limit if isinstance(test.node, ir.Ceiling) else test.node.amount
                    if limit is not None:
                        self.shift(limit, Fraction(self.pick((1_000, 20, 12_345))), rows)
            case _:
                return

    def _movers_of(self, test: Test, rows: Rows) -> list[Callable[[Fraction], bool]]:
        match test.node:
            case ir.Compare() | ir.Extreme():
                return self._movers(test.node, rows)
            case ir.Ceiling() | ir.Floor() if test.support is not None:
                support, step = test.support, test.node
                limit = step.limit if isinstance(step, ir.Ceiling) else step.amount
                line = rows.get(support.var)
                other = step.other if isinstance(step, ir.Ceiling) else None
                return [
                    lambda by: self._shift_line(support, step, by, line),
                    lambda by: limit is not None and self.shift(limit, -by, rows),
                    lambda by: other is not None and self.shift(other, by),
                ]
            case ir.Joint(over=over, limit=joint_limit):
                first = ir.Ref(over[0], type=joint_limit.type)
                return [lambda by: self.shift(first, by), lambda by: self.shift(joint_limit, -by)]
            case _:
                return []

    def _movers(self, expr: ir.Expr, rows: Rows) -> list[Callable[[Fraction], bool]]:
        left, right = ir.children(expr)
        return [lambda by: self.shift(left, by, rows), lambda by: self.shift(right, -by, rows)]

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
            slope = Fraction(1)
            for _ in range(_MOST_TRIES):
                before = gap()
                if before == target:
                    return True
                if before is None or not move((target - before) / slope):
                    break
                after = gap()
                if after is None or after == before:
                    break
                slope *= (after - before) / (target - before)
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
            case ir.Div(left, right):
                divisor = self.probe.value(right, rows)
                return is_number(divisor) and self.shift(left, by * divisor, rows)
            case ir.Round(value):
                return self.shift(value, by, rows)
            case ir.Extreme(_, options):
                found = self.probe.value(expr, rows)
                binding = [each for each in options if self.probe.value(each, rows) == found]
                return any(self.shift(each, by, rows) for each in binding)
            case ir.Choose(arms, otherwise):
                taken = next((value for when, value in arms if self.probe.holds(when, rows)), otherwise)
                return taken is not None and self.shift(taken, by, rows)
            case ir.Aggregate(what):
                if what in {"number", "different"}:
                    return self._shift_count(expr, by, rows)
                return self._shift_rows(expr, by, rows)
            case ir.Calendar():
                return self._shift_time(expr, by, rows)
            case _:
                return False

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
            holder = place(expr.of, rows)
            return holder is not None and self.shift(computed.value, by, {computed.var: holder})
        path = place(expr, rows)
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
        path = place(list_, rows)
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
        self.changed(str(path[0]))
        return [(*path, at) for at in range(start, len(holder))]

    def remove(self, path: Path) -> bool:
        """Take a row out of its list, unless the change under way is about it, or about one behind it."""
        holder = self.draft.at(path[:-1])
        each = prb.declared(self.maker.program, path[:-1])
        if self.draft.is_locked(path) or len(holder) <= (each.minimum or 0) or self._is_used(path):
            return False
        del holder[path[-1]]
        return self.changed(str(path[0]))

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
        if by < 0:
            found = self.matching(expr, rows)
            removed = [self.remove(path) for path in reversed(found[-number:])]
            return any(removed)
        path = self._added_matching(expr, rows)
        if path is None:
            return False
        self._make_distinct(expr, rows, [path])
        if number > 1:
            more = self.add(expr.list, rows, number - 1, like=self.draft.at(path))
            self._make_distinct(expr, rows, more)
        return True

    def _make_distinct(self, expr: ir.Aggregate, rows: Rows, places: Sequence[Path]) -> None:
        """Give rows values that no other row has, where different ones are counted."""
        if expr.what != "different" or expr.of is None:
            return
        for path in places:
            at = place(expr.of, {**rows, expr.var: path})
            if at is not None and isinstance(prb.declared(self.maker.program, at).type, ty.Text):
                others = {
                    self.draft.at(path[:-1])[n].get(at[-1]) for n in range(len(self.draft.at(path[:-1])))
                }
                self.put(at, next(str(n) for n in range(1, _MOST_ADDED * 3) if str(n) not in others))

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
                self.give(expr.of, inside)
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
        if each.support is not None and self.probe.value(each.support.base, {each.support.var: path}) == 0:
            self.shift(each.support.base, Fraction(self.pick((1_000, 20_000))), {each.support.var: path})
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
        rows = {support.var: added[0]}
        self._make_count(support, step, added[0])
        if self.probe.value(support.base, rows) == 0:
            self.shift(support.base, Fraction(self.pick((1_000, 20_000))), rows)
        return added[0]

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

    def _shift_line(
        self, support: ir.Support, step: ir.AnyStep | None, by: Fraction, line: Path | None
    ) -> bool:
        if support.list is None:
            return self.shift(support.base, by)
        path = line or self._line(support, step)
        return path is not None and self.shift(support.base, by, {support.var: path})


# ---- small things --------------------------------------------------------------------------------------------------


def _wanted(how: str, *, holds: bool) -> tuple[int, ...]:
    """Gaps in quanta at which a comparison is as wanted, the plainest first."""
    if not holds:
        how = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt", "eq": "ne", "ne": "eq"}[how]
    return {"lt": (-1, -5), "le": (0, -1, -5), "gt": (1, 5), "ge": (0, 1, 5), "eq": (0,), "ne": (1, -1)}[how]


def _is_wanted(gap: Fraction, wanted: tuple[int, ...]) -> bool:
    signs = {(each > 0) - (each < 0) for each in wanted}
    return ((gap > 0) - (gap < 0)) in signs


def _zero(each: ir.FieldDef) -> int:
    return {ty.Date: 738_767, ty.Moment: 1_693_774_800, ty.Year: 2023, ty.Month: 24_284}.get(
        type(each.type), 0
    )
