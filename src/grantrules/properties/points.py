"""
Where a programme changes its mind: every place in which a figure is held against a limit.

A *test* compares two figures: a condition, a ceiling, the smaller of two amounts.  Its *gap* is the first less the
second.  Each test has three *points*: a gap of nothing, and one of at most a quantum (a cent, a day, one member) on
either side.  An off-by-one, a bound that should have been included, a limit one cent too high: all show there and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, reduce
from typing import Any, Literal, TypeAlias, Union

from attrs import define, field, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.verify import of_statement, of_step
from grantrules.evaluate.intervals import decided
from grantrules.evaluate.pipeline import Line
from grantrules.facts.reader import left_out
from grantrules.properties.draft import Draft, Path, lists_of
from grantrules.properties.probe import NO_ROWS, Probe, Rows, is_number, statement_of, within
from grantrules.properties.ranges import ANY, NONE, Range, Ranges, plus, sums, whole
from grantrules.reference import currencies
from grantrules.values import number_text

Side: TypeAlias = Literal[-1, 0, 1]
SIDES: tuple[Side, ...] = (0, -1, 1)


@frozen(eq=False)
class Binder:
    """What binds rows around a test: the number of the binder, and the list, or the record whose rows all are meant."""

    var: int
    over: ir.Expr | str


@frozen(eq=False)
class Test:
    """
    One place where two figures are compared.

    Args:
        about: the statement it stands in.
        owner: the name by which people ask for it: of the statement, or of the step.
        node: the comparison, choice of the smaller or larger, or step.
        scope: what binds the rows it reads, outermost first.
        support: the support a step belongs to.
        when: what must hold for anything to be compared: of the application, not of its rows.
        quantum: the smallest difference between two values of its type.
    """

    __test__ = False  # No test of pytest's.

    about: ir.About
    owner: str
    node: Union[ir.Compare, ir.Extreme, ir.Ceiling, ir.RateCeiling, ir.Pick, ir.Floor, ir.Joint]
    scope: tuple[Binder, ...]
    support: ir.Support | None
    when: tuple[ir.Expr, ...]
    quantum: Fraction
    number: int

    @property
    def span(self) -> Any:
        """Where it stands in the file."""
        return self.node.span if isinstance(self.node, ir.Expr) else self.node.about.span


@frozen
class Point:
    """One side of a test, or its very limit."""

    test: Test
    side: Side

    def __str__(self) -> str:
        where = {-1: "just below", 0: "at", 1: "just above"}[self.side]
        return f"{where} the limit in {self.test.owner} (test {self.test.number})"


@frozen(eq=False)
class Rowful:
    """
    Something that is about some rows of a list and not about others: a step with a `where`, a figure over some rows.

    Where no row is one of these, nothing is seen of it; where there is only one, "each" and "together" look alike.

    Args:
        list: the list.
        var: what binds its rows.
        where: the condition of the rows; of a step, see its support.
        support: the support a step belongs to.
    """

    list: ir.Expr
    var: int
    where: ir.Expr | None
    support: ir.Support | None = None
    step: ir.AnyStep | None = None


def side_of(gap: Fraction, quantum: Fraction) -> Side | None:
    """Which point a gap is, if any."""
    if gap == 0:
        return 0
    if abs(gap) > quantum:
        return None
    return 1 if gap > 0 else -1


@define(eq=False)
class Landscape:
    """All tests of a programme, and what is worth knowing about them before any application is made."""

    program: ir.Program
    ground: Probe = field(init=False)
    """The programme with nothing known: what is decided there is decided by the readings alone."""

    def __attrs_post_init__(self) -> None:
        self.ground = Probe(nothing_known(self.program))

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """The tests that some application can make a difference to, in the order of the programme."""
        return tuple(_Walk(self).all())

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The points that an application may be at."""
        return tuple(
            Point(test, side)
            for test in self.tests
            for side in SIDES
            if Point(test, side) not in self.unreachable
        )

    @cached_property
    def unreachable(self) -> Mapping[Point, str]:
        """The points that no application is ever at, each with the reason."""
        every = {Point(test, side): self.why_not(test, side) for test in self.tests for side in SIDES}
        return {point: reason for point, reason in every.items() if reason is not None}

    @cached_property
    def ranges(self) -> Ranges:
        """Which values the figures of the programme can have at all."""
        return Ranges(
            self.program, lambda expr: None if reads_rows(expr) else self.ground.value(expr), self.never
        )

    @cached_property
    def promised(self) -> tuple[Point, ...]:
        """The points of the comparisons that promises make, also of when they are meant: where one would break first."""
        walk, found = _Walk(self), list[Point]()
        for rule in self.program.body:
            if isinstance(rule, ir.Rule) and rule.kind == "promise" and not self.never(rule.when):
                for condition in (*rule.conditions, *(() if rule.when is None else (rule.when,))):
                    tests = walk.inside(condition, rule.about, ())
                    found += [Point(test, side) for test in tests for side in SIDES]
        return tuple(found)

    @cached_property
    def rowful(self) -> tuple[Rowful, ...]:
        """Everything that is about some rows of a list, as the parameters are set."""
        found: list[Rowful] = []
        for statement in self.program.body:
            if isinstance(statement, ir.Rule) and (statement.kind == "promise" or self.never(statement.when)):
                continue
            found += self._rowful_of(statement)
        return tuple(found)

    def rowful_for(self, promise: ir.About) -> tuple[Rowful, ...]:
        """Everything of that kind that the figures of a promise read."""
        found: list[Rowful] = []
        seen: set[str] = set()
        waiting = list(_expressions_of(self.program, promise))
        while waiting:
            expr = waiting.pop()
            found += self._rowful_in(expr)
            for each in (each for each in within(expr) if isinstance(each, ir.Ref)):
                statement = statement_of(self.program, each.name)
                if statement.about.name not in seen:
                    seen.add(statement.about.name)
                    found += self._rowful_of(statement)
                    waiting += of_statement(statement)
        return tuple({id(each.step or each.where): each for each in found}.values())

    def _rowful_of(self, statement: ir.Statement) -> Iterator[Rowful]:
        if isinstance(statement, ir.Support) and statement.list is not None:
            for step in statement.steps:
                if step.where is not None and not self.never(step.when):
                    yield Rowful(statement.list, statement.var, step.where, statement, step)
        for expr in of_statement(statement):
            yield from self._rowful_in(expr)

    def _rowful_in(self, expr: ir.Expr) -> Iterator[Rowful]:
        for each in within(expr):
            if isinstance(each, ir.Aggregate) and each.where is not None and not reads_rows(each):
                yield Rowful(each.list, each.var, each.where)

    def why_not(self, test: Test, side: Side) -> str | None:
        """Why no application is at a point, where that is certain: a count below none, for one."""
        for binder in test.scope:
            if isinstance(binder.over, str) and not lists_of(self.program, binder.over):
                return f"no application here holds a record {binder.over!r}"
        if side > 0 and _counts_the_same_rows(self.program, test.node):
            return "there are never more different values than rows"
        gap = self._range_of_gap(test)
        if side == 0:
            possible = gap.has_zero()
        else:
            possible = gap.has_above(test.quantum) if side > 0 else gap.has_below(test.quantum)
        return None if possible else _reason(gap, side)

    def _range_of_gap(self, test: Test) -> Range:
        """Every gap that a test may have, and perhaps some more."""
        of, support = self.ranges.of, test.support
        match test.node:
            case ir.Compare(_, left, right) | ir.Extreme(_, (left, right)):
                return plus(of(left), of(right).negative())
            case ir.Joint(over=over, limit=limit):
                totals = [of(ir.Ref(name, type=limit.type)) for name in over]
                return reduce(plus, (*totals, of(limit).negative()))
            case ir.Pick(number=number) if support is not None:
                return plus(whole(Fraction(1)), of(number).negative())
            case ir.RateCeiling(limit=limit) if support is not None:
                return plus(self.ranges.before(support, test.node).rate, of(limit).negative())
            case ir.Floor(amount=amount) if support is not None:
                return plus(self.ranges.before(support, test.node).sum, of(amount).negative())
            case ir.Ceiling(scope=scope, limit=limit, other=None) if (
                support is not None and limit is not None
            ):
                before = self.ranges.before(support, test.node)
                together = (
                    before.sum if test.node.where is None and scope == "together" else sums(before.line)
                )
                return plus(before.line if scope == "each" else together, of(limit).negative())
            case _:
                return ANY

    def never(self, expr: ir.Expr | None) -> bool:
        """Whether a condition holds for no application."""
        return expr is not None and not reads_rows(expr) and self.ground.value(expr) is False

    def settled(self, expr: ir.Expr) -> bool:
        """Whether a value is the same for every application."""
        return not reads_rows(expr) and decided(self.ground.value(expr))

    # ---- reading -----------------------------------------------------------------------------------------------

    def rows(self, probe: Probe, test: Test) -> Iterator[Rows]:
        """Each way in which the rows that a test reads can be bound."""
        yield from _bound(probe, test.scope, NO_ROWS)

    def gap(self, probe: Probe, test: Test, rows: Rows = NO_ROWS) -> Fraction | None:
        """The first figure less the second; `None` where that is not known, or nothing is compared."""
        if not all(probe.holds(each) for each in test.when):
            return None
        match test.node:
            case ir.Compare(_, left, right) | ir.Extreme(_, (left, right)):
                return _difference(probe.value(left, rows), probe.value(right, rows))
            case ir.Joint(limit=limit) as joint:
                totals = probe.together(joint)
                return _difference(sum(totals), probe.value(limit)) if all(map(is_number, totals)) else None
            case _ if test.support is not None and not isinstance(test.node, ir.Expr):
                lines = probe.before(test.support, test.node)[1].lines
                return self._gap_of_step(probe, test.support, test.node, lines, rows)
            case _:
                return None

    def _gap_of_step(
        self, probe: Probe, support: ir.Support, step: ir.AnyStep, lines: Sequence[Line], rows: Rows
    ) -> Fraction | None:
        """The gap of a step whose lines are such just before it."""
        if not all(is_number(line.amount) for line in lines):
            return None
        own = probe.record(rows[support.var]) if support.var in rows else None
        here = {} if own is None else {support.var: own}
        about = [
            line
            for line in lines
            if step.where is None
            or (line.row is not None and probe.use(step.where, {support.var: line.row}) is True)
        ]
        mine = [line for line in about if own is not None and line.row is own]
        limit: Any = None
        match step:
            case ir.Pick(number=number, per=per):
                about = [line for line in about if line.row is not None and line.amount > 0]
                if not mine or mine[0] not in about:
                    return None
                return _difference(
                    Fraction(len(_like(probe, support, per, mine[0], about))), probe.value(number)
                )
            case ir.RateCeiling(limit=limit_of):
                rates = [line.rate for line in (mine or about[:1])]
                return _difference(rates[0], probe.use(limit_of, here)) if rates else None
            case ir.Ceiling(scope=scope, limit=limit_of, other=other) if limit_of is not None:
                if scope == "each" and support.list is not None:
                    about = mine
                if scope == "per" and mine:
                    about = [line for line in about if line.row is not None]
                    about = _like(probe, support, step.per, mine[0], about)
                    here = {support.var: about[0].row}  # The limit of a group is that of its first line.
                limit = probe.use(limit_of, here)
                if other is not None:
                    limit = _difference(limit, probe.use(other, here))
            case ir.Floor(amount=amount):
                limit = probe.use(amount, here)
            case _:
                return None
        if not about or not is_number(limit) or limit <= 0:
            return None
        return _difference(sum((line.amount for line in about), Fraction(0)), limit)

    def gaps(self, probe: Probe, test: Test) -> Iterator[Fraction]:
        """All gaps of a test: one for each way in which the rows that it reads can be bound."""
        if not all(probe.holds(each) for each in test.when):
            return
        lines: Sequence[Line] = ()
        step = None if isinstance(test.node, ir.Expr | ir.Joint) else test.node
        if step is not None and test.support is not None:
            lines = probe.before(test.support, step)[1].lines
        for rows in self.rows(probe, test):
            if step is not None and test.support is not None:
                gap = self._gap_of_step(probe, test.support, step, lines, rows)
            else:
                gap = self.gap(probe, test, rows)
            if gap is not None:
                yield gap

    def is_at(self, probe: Probe, point: Point) -> bool:
        """Whether an application is at a point."""
        return any(side_of(gap, point.test.quantum) == point.side for gap in self.gaps(probe, point.test))

    def hit(self, draft: Draft) -> set[Point]:
        """The points that an application is at."""
        probe, found = Probe(draft), set[Point]()
        for test in self.tests:
            sides = {side_of(gap, test.quantum) for gap in self.gaps(probe, test)}
            found |= {Point(test, side) for side in sides if side is not None}
        return found


def _like(
    probe: Probe, support: ir.Support, per: Sequence[ir.Expr], line: Line, lines: Sequence[Line]
) -> list[Line]:
    """The lines of the group of one."""
    keys = [tuple(probe.use(part, {support.var: each.row}) for part in per) for each in lines]
    own = [key for key, each in zip(keys, lines, strict=True) if each is line]
    return [each for key, each in zip(keys, lines, strict=True) if key in own]


def _counts_the_same_rows(program: ir.Program, node: Any) -> bool:
    """Whether the different values of some rows are compared with the number of the same rows."""
    if not isinstance(node, ir.Compare):
        return False
    left, right = (_figure_behind(program, each) for each in (node.left, node.right))
    return (
        isinstance(left, ir.Aggregate)
        and isinstance(right, ir.Aggregate)
        and (left.what, right.what) == ("different", "number")
        and _alike(left.list, right.list)
        and _alike(left.where, right.where, {left.var: right.var})
    )


def _figure_behind(program: ir.Program, expr: ir.Expr) -> ir.Expr:
    while isinstance(expr, ir.Ref):
        statement = statement_of(program, expr.name)
        if not isinstance(statement, ir.Let):
            return expr
        expr = statement.value
    return expr


def _alike(left: ir.Expr | None, right: ir.Expr | None, rows: Mapping[int, int] | None = None) -> bool:
    """Whether two conditions are written alike; rows of one binder stand for those of another."""
    if left is None or right is None:
        return left is right
    if type(left) is not type(right):
        return False
    match left, right:
        case ir.Row(one), ir.Row(other):
            return (rows or {}).get(one, one) == other
        case ir.Fact(one) | ir.Ref(one) | ir.Field(_, one), ir.Fact(other) | ir.Ref(other) | ir.Field(
            _, other
        ) if one != other:
            return False
        case ir.Const(one), ir.Const(other) if one != other:
            return False
        case ir.Compare(one), ir.Compare(other) if one != other:
            return False
        case _ if isinstance(
            left, ir.Aggregate | ir.Choose | ir.Calendar | ir.InCodes | ir.OneOf | ir.Includes
        ):
            return False  # Seldom needed; more would have to be compared than what is inside.
        case _:
            inside = zip(ir.children(left), ir.children(right), strict=False)
            return len(list(ir.children(left))) == len(list(ir.children(right))) and all(
                _alike(one, other, rows) for one, other in inside
            )


def _reason(gap: Range, side: Side) -> str:
    """Why a gap is never nothing, or never within a quantum on one side."""
    if gap == NONE:
        return "the figure has no value as the parameters are set"
    if gap.high is not None and gap.high <= 0 and (side > 0 or gap.high < 0):
        return (
            f"the figure is always {_apart(-gap.high)} below the limit"
            if gap.high
            else "it is never above the limit"
        )
    if gap.low is not None and gap.low >= 0 and (side < 0 or gap.low > 0):
        return (
            f"the figure is always {_apart(gap.low)} above the limit"
            if gap.low
            else "it is never below the limit"
        )
    if gap.values is not None or gap.step is None:
        return "the few values that the figure can have are further off"
    return f"the figure moves in steps of {number_text(gap.step)} and passes the limit by"


def _apart(gap: Fraction) -> str:
    return f"{number_text(gap)} or more"


def _expressions_of(program: ir.Program, promise: ir.About) -> Iterator[ir.Expr]:
    for statement in program.body:
        if statement.about is promise:
            yield from of_statement(statement)
    yield from (each.figure for each in program.invariances if each.about is promise)


def nothing_known(program: ir.Program) -> Draft:
    """An application of which nothing is known."""
    return Draft(program, {each.name: ir.UNKNOWN for each in program.application.fields})


def nothing_given(record: ir.RecordDef) -> dict[str, Any]:
    """A record in which nothing is given: each field as if it were left out."""
    return {each.name: left_out(each) for each in record.fields}


def _difference(left: Any, right: Any) -> Fraction | None:
    return Fraction(left) - Fraction(right) if is_number(left) and is_number(right) else None


def _rows_in(expr: ir.Expr) -> Iterator[ir.Row]:
    """The rows that an expression reads and does not bind."""
    match expr:
        case ir.Row():
            yield expr
        case ir.Aggregate(_, _, var):
            yield from (row for child in ir.children(expr) for row in _rows_in(child) if row.var != var)
        case _:
            for child in ir.children(expr):
                yield from _rows_in(child)


def reads_rows(expr: ir.Expr) -> bool:
    """Whether a value depends on a row that is bound outside of it."""
    return any(True for _ in _rows_in(expr))


def _needed(expr: ir.Expr, scope: tuple[Binder, ...]) -> tuple[Binder, ...]:
    """The binders of the rows that an expression reads, and of those in which the lists of these stand."""
    read = {row.var for row in _rows_in(expr)}
    needed: list[Binder] = []
    for binder in reversed(scope):
        if binder.var in read:
            needed.insert(0, binder)
            if isinstance(binder.over, ir.Expr):
                read |= {row.var for row in _rows_in(binder.over)}
    return tuple(needed)


def _bound(probe: Probe, scope: tuple[Binder, ...], rows: Rows) -> Iterator[Rows]:
    if not scope:
        yield rows
        return
    first, *rest = scope
    for path in places_of(probe, first, rows):
        yield from _bound(probe, tuple(rest), {**rows, first.var: path})


def places_of(probe: Probe, binder: Binder, rows: Rows) -> list[Path]:
    """Where the rows stand that a binder binds."""
    if isinstance(binder.over, ir.Expr):
        return probe.places(binder.over, rows)
    found: list[Path] = []
    for names in lists_of(probe.program, binder.over):
        found += _expanded(probe, names)
    return found


def _expanded(probe: Probe, names: tuple[str, ...]) -> list[Path]:
    paths: list[Path] = [()]
    for name in names:
        longer: list[Path] = []
        for path in paths:
            record = probe.record(path)
            if record.values is ir.UNKNOWN:
                continue
            at = next(at for at, each in enumerate(record.definition.fields) if each.name == name)
            raw = record.values[at]
            if isinstance(raw, list):
                longer += [(*path, name, number) for number in range(len(raw))]
            elif isinstance(raw, tuple):
                longer.append((*path, name))
        paths = longer
    return paths


# ---- finding the tests ---------------------------------------------------------------------------------------------


class _Walk:
    """One walk over a programme."""

    def __init__(self, landscape: Landscape) -> None:
        self.landscape = landscape
        self.program = landscape.program
        self.number = 0
        self.when: tuple[ir.Expr, ...] = ()
        """What must hold for the tests that are being found to compare anything."""

    def all(self) -> Iterator[Test]:
        for computed in self.program.computed:
            scope = (Binder(computed.var, computed.record),)
            yield from self.inside(computed.value, computed.about, scope)
        for statement in self.program.body:
            yield from self.of_statement(statement)
            self.when = ()

    def of_statement(self, statement: ir.Statement) -> Iterator[Test]:
        match statement:
            case ir.Let(about, value):
                yield from self.inside(value, about, ())
            case ir.Rule(about, kind, when, conditions):
                if kind != "promise" and not self.landscape.never(when):
                    if when is not None:
                        yield from self.inside(when, about, ())
                    self.when = _there(when)
                    for expr in conditions:
                        yield from self.inside(expr, about, ())
            case ir.Joint(about, _, when, limit):
                if not self.landscape.never(when):
                    self.when = _there(when)
                    yield self.test(statement, about, about.name, (), None, limit.type)
                    yield from self.inside(limit, about, ())
            case ir.Support():
                yield from self.of_support(statement)

    def of_support(self, support: ir.Support) -> Iterator[Test]:
        for gate in support.gates:
            yield from self.inside(gate.condition, gate.about, ())
        scope = () if support.list is None else (Binder(support.var, support.list),)
        for expr in (support.where, support.base):
            if expr is not None:
                yield from self.inside(expr, support.about, scope)
        for step in support.steps:
            if self.landscape.never(step.when):
                continue
            self.when = _there(step.when)
            match step:
                case ir.Ceiling(scope=reach, limit=limit) if limit is not None:
                    lines = () if reach == "together" else scope
                    yield self.test(step, step.about, step.about.name, lines, support, limit.type)
                case ir.Pick(number=number):
                    yield self.test(step, step.about, step.about.name, scope, support, number.type)
                case ir.RateCeiling(limit=limit):
                    yield self.test(step, step.about, step.about.name, scope, support, limit.type)
                case ir.Floor(amount=amount):
                    yield self.test(step, step.about, step.about.name, (), support, amount.type)
                case _:
                    pass
            for expr in of_step(step):
                if expr is step.when:
                    self.when = ()
                    yield from self.inside(expr, step.about, ())
                    self.when = _there(step.when)
                else:
                    yield from self.inside(expr, step.about, scope)

    def inside(self, expr: ir.Expr, about: ir.About, scope: tuple[Binder, ...]) -> Iterator[Test]:
        """The tests in an expression; what the readings have settled has none."""
        if self.landscape.settled(expr):
            return
        match expr:
            case ir.Compare(_, left) | ir.Extreme(_, (left, _)) if _is_numeric(left.type):
                yield self.test(expr, about, about.name, _needed(expr, scope), None, left.type)
            case _:
                pass
        match expr:
            case ir.Choose(arms, otherwise):
                yield from self.of_cases(arms, otherwise, about, scope)
            case ir.Aggregate(_, list_, var, where, of):
                inner = (*scope, Binder(var, list_))
                for part in (where, of):
                    if part is not None:
                        yield from self.inside(part, about, inner)
            case ir.And(parts) if any(map(self.landscape.never, parts)):
                return
            case _:
                for child in ir.children(expr):
                    yield from self.inside(child, about, scope)

    def of_cases(
        self,
        arms: tuple[tuple[ir.Expr, ir.Expr], ...],
        otherwise: ir.Expr | None,
        about: ir.About,
        scope: tuple[Binder, ...],
    ) -> Iterator[Test]:
        for condition, value in arms:
            if self.landscape.never(condition):
                continue
            yield from self.inside(condition, about, scope)
            yield from self.inside(value, about, scope)
            if self.landscape.settled(condition):
                return
        if otherwise is not None:
            yield from self.inside(otherwise, about, scope)

    def test(  # noqa: PLR0917 - The parts of a test.
        self, node: Any, about: ir.About, owner: str, scope: tuple[Binder, ...], support: Any, kind: ty.Type
    ) -> Test:
        self.number += 1
        return Test(about, owner, node, scope, support, self.when, quantum_of(kind), self.number)


def _there(when: ir.Expr | None) -> tuple[ir.Expr, ...]:
    return () if when is None else (when,)


def _is_numeric(kind: ty.Type) -> bool:
    return isinstance(kind, ty.NUMERIC)


def quantum_of(kind: ty.Type) -> Fraction:
    """The smallest difference between two values of a type that an application can show."""
    match kind:
        case ty.Money(currency):
            return Fraction(1, 10 ** (currencies.minor_digits(currency) or 0))
        case ty.Number(whole=True) | ty.Date() | ty.Moment() | ty.Year() | ty.Month() | ty.Period():
            return Fraction(1)
        case ty.Rate() | ty.PercentagePoints():
            return Fraction(1, 10_000)
        case _:
            return Fraction(1, 100)
