"""
A second look at a programme after lowering: is every expression of the type it says, and everything read there?

The checker of the language has spoken to the author before; what is found here is a mistake of ours. It is looked for
always, because evaluators trust the core and would otherwise give wrong figures without a word.

The pass keeps going after a mistake and lists them all, each with the number (`at`) of the expression it is in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from grantrules.core import ir
from grantrules.types import (
    CODES,
    NUMERIC,
    Choice,
    Choices,
    Date,
    List,
    Moment,
    Money,
    MoneyPer,
    Month,
    Number,
    PercentagePoints,
    Period,
    Points,
    Quantity,
    Rate,
    Record,
    Type,
    Year,
    YesNo,
)

EXACT = (Number, Money, MoneyPer, Quantity, Rate, PercentagePoints, Points)
"""The types of numbers that need not be whole; they are held as `Fraction`, all other numbers as `int`."""

DATES = (Date, Moment, Year, Month)
PLAIN = (Number, Rate, PercentagePoints)
RATES = (Rate, PercentagePoints)

YES, NUMBER = YesNo(), Number()

Rows: TypeAlias = Mapping[int, str]
"""The record of each row in scope, by the number of its binder."""

NO_ROWS: Rows = {}


class IllFormedCoreError(Exception):
    """A programme in the core that no author can have written: a mistake of the compiler."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(("the compiled programme is not well formed:", *self.mistakes)))


def verify(program: ir.Program) -> None:
    """
    Check a whole programme.

    Raises:
        IllFormedCoreError: with everything that is wrong.
    """
    mistakes = _Verifier(program).all()
    if mistakes:
        raise IllFormedCoreError(mistakes)


def expressions(program: ir.Program) -> Iterator[ir.Expr]:
    """Every expression of a programme, those inside others too."""
    stack = [expr for expr, _ in roots(program)]
    while stack:
        expr = stack.pop()
        yield expr
        stack.extend(ir.children(expr))


def roots(program: ir.Program) -> Iterator[tuple[ir.Expr, str]]:
    """Every outermost expression of a programme, with the name of the statement it is in."""
    for record in (program.application, *program.records.values()):
        yield from ((f.only_when, f.name) for f in record.fields if f.only_when is not None)
    if program.as_of is not None:
        yield program.as_of, "as_of"
    yield from ((each.value, each.about.name) for each in program.computed)
    for statement in program.body:
        yield from ((expr, statement.about.name) for expr in of_statement(statement))
    for example in program.examples:
        found = (each.condition for each in example.expects)
        yield from ((expr, example.about.name) for expr in found if expr is not None)
    for promise in program.invariances:
        yield promise.figure, promise.about.name
        for expr in (promise.limit, promise.when):
            if expr is not None:
                yield expr, promise.about.name


def of_statement(statement: ir.Statement) -> Iterator[ir.Expr]:
    """The outermost expressions of a statement, in their order."""
    match statement:
        case ir.Let(value=value):
            yield value
        case ir.Rule(when=when, conditions=conditions):
            yield from _there(when, *conditions)
        case ir.Joint(when=when, limit=limit):
            yield from _there(when, limit)
        case ir.Support():
            yield from (gate.condition for gate in statement.gates)
            yield from _there(statement.list, statement.where, statement.base)
            for step in statement.steps:
                yield from of_step(step)


def of_step(step: ir.AnyStep) -> Iterator[ir.Expr]:
    """The outermost expressions of a step."""
    yield from _there(step.when, step.where)
    match step:
        case ir.Keep(keep=expr) | ir.Rate(rate=expr) | ir.RateCeiling(limit=expr) | ir.Scale(factor=expr):
            yield expr
        case ir.Supplement(amount=expr) | ir.Floor(amount=expr):
            yield expr
        case ir.Pick(number=number, by=by, per=per):
            yield from (number, by, *per)
        case ir.Ceiling(limit=limit, per=per, other=other):
            yield from _there(limit, *per, other)
        case ir.Raise(by=by, part=part):
            yield from _there(by, part)
        case ir.Apply() | ir.RoundLines():
            return


def _there(*exprs: ir.Expr | None) -> Iterator[ir.Expr]:
    return (expr for expr in exprs if expr is not None)


def same(left: Type, right: Type) -> bool:
    """Whether two types hold the same kind of value: whole numbers are numbers, choices share their values."""
    if left is right or left == right:
        return True
    if isinstance(left, Choice) and isinstance(right, Choice):
        return left.values == right.values
    return isinstance(left, Number) and isinstance(right, Number)


def is_held_as(value: Any, type_: Type) -> bool:
    """Whether a constant has the Python form of its type."""
    match type_:
        case YesNo():
            return isinstance(value, bool)
        case Number(whole=True):
            return isinstance(value, Fraction) and value.denominator == 1
        case Choice(_, values):
            return value in values
        case Choices(_, values):
            return isinstance(value, frozenset) and value <= frozenset(values)
        case Record() | List():
            return False
        case _:
            pass
    if isinstance(type_, EXACT):
        return isinstance(value, Fraction)
    if isinstance(type_, NUMERIC):
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)


_CALENDAR: Mapping[str, tuple[tuple[tuple[type, ...], ...], tuple[type, ...]]] = {
    "local_date": (((Moment,),), (Date,)),
    "start_of_day": (((Date,),), (Moment,)),
    "shift_months": (((Date, Moment), (Period,)), (Date, Moment)),
    "shift_days": (((Date, Moment), (Period,)), (Date, Moment)),
    "shift_working_days": (((Date, Moment), (Period,)), (Date, Moment)),
    "shift_hours": (((Moment,), (Period,)), (Moment,)),
    "year": (((Date,),), (Year,)),
    "month": (((Date,),), (Month,)),
    "first_day": (((Year, Month),), (Date,)),
    "last_day": (((Year, Month),), (Date,)),
    "days_in_month": (((Date, Month),), (Number,)),
    "years_between": (((Date,), (Date,)), (Number,)),
    "months_between": (((Date,), (Date,)), (Number,)),
    "days_between": (((Date,), (Date,)), (Number,)),
    "working_days_between": (((Date,), (Date,)), (Number,)),
}
"""The types of the arguments and of the result of each function of the calendar."""

_UNITS = {
    "shift_months": "months",
    "shift_days": "days",
    "shift_working_days": "working days",
    "shift_hours": "hours",
}


class _Verifier:
    """One programme, what is known of it so far, and what is wrong with it."""

    def __init__(self, program: ir.Program) -> None:
        self.program = program
        self.mistakes: list[str] = []
        self.place = ""
        self.slots = program.slots
        self.known: dict[str, Type] = {}
        self.numbered: dict[int, ir.Expr] = {}
        self.binders: dict[int, object] = {}
        self.facts = {each.name: each.type for each in program.application.fields}
        self.fields = {
            name: {each.name: each.type for each in record.fields} for name, record in program.records.items()
        }
        self.computed: dict[tuple[str, str], tuple[Type, frozenset[str]]] = {}
        self.check: Mapping[type, Callable[[Any, Rows], None]] = {
            ir.Const: self.const,
            ir.Fact: self.fact,
            ir.Row: self.row,
            ir.Field: self.field,
            ir.Ref: self.ref,
            ir.Fail: self.fail,
            ir.Add: self.add,
            ir.Mul: self.mul,
            ir.Div: self.div,
            ir.Round: self.round,
            ir.Extreme: self.extreme,
            ir.Compare: self.compare,
            ir.And: self.all_or_one,
            ir.Or: self.all_or_one,
            ir.Not: self.negated,
            ir.OneOf: self.one_of,
            ir.InCodes: self.in_codes,
            ir.Includes: self.includes,
            ir.Given: self.given,
            ir.Choose: self.choose,
            ir.Aggregate: self.aggregate,
            ir.Calendar: self.calendar,
        }

    # ---- the parts of a programme ----------------------------------------------------------------------------------

    def all(self) -> list[str]:
        """Everything that is wrong."""
        self.known = self.figures()
        self.data()
        for each in self.program.computed:
            self.computed_field(each)
        self.known = {}
        for statement in self.program.body:
            self.place = statement.about.name
            match statement:
                case ir.Let():
                    self.expr(statement.value, NO_ROWS)
                    self.that(
                        not isinstance(statement.value.type, (Record, List)), "no figure is a list or record"
                    )
                    self.define(statement.name, statement.value.type)
                case ir.Rule():
                    self.truth(statement.when, NO_ROWS)
                    for condition in statement.conditions:
                        self.truth(condition, NO_ROWS)
                case ir.Support():
                    self.support(statement)
                case ir.Joint():
                    self.joint(statement)
        self.afterwards()
        return self.mistakes

    def that(self, holds: bool, otherwise: str, expr: ir.Expr | None = None) -> None:  # noqa: FBT001 - It is the fact.
        """Note a mistake where something does not hold."""
        if not holds:
            self.wrong(otherwise, expr)

    def wrong(self, what: str, expr: ir.Expr | None = None) -> None:
        """Note a mistake."""
        where = self.place if expr is None else f"{self.place}, {type(expr).__name__} {expr.at}"
        self.mistakes.append(f"{where}: {what}")

    def define(self, name: str, type_: Type) -> None:
        self.that(name not in self.known, f"{name} is computed twice")
        self.known[name] = type_

    def bind(self, var: int, owner: object) -> None:
        self.that(self.binders.setdefault(var, owner) is owner, f"row {var} is bound twice")

    def data(self) -> None:
        """The fields of all records."""
        for record in (self.program.application, *self.program.records.values()):
            is_application = record is self.program.application
            self.place = record.name
            self.that(len({f.name for f in record.fields}) == len(record.fields), "two fields have one name")
            for each in record.fields:
                self.that(
                    (each.scale is not None) == isinstance(each.type, NUMERIC),
                    f"the scale of {each.name} is wrong",
                )
                if isinstance(each.type, (Record, List)):
                    name = each.type.name if isinstance(each.type, Record) else each.type.record
                    self.that(name in self.fields, f"{each.name} is of an unknown record {name}")
                self.truth(each.only_when, NO_ROWS if is_application else {each.var: record.name})
        if self.program.as_of is not None:
            self.place = "as_of"
            self.expr(self.program.as_of, NO_ROWS)

    def figures(self) -> dict[str, Type]:
        """All figures of the body."""
        found: dict[str, Type] = {}
        for statement in self.program.body:
            if isinstance(statement, ir.Let):
                found[statement.name] = statement.value.type
            elif isinstance(statement, ir.Support):
                found |= _figures_of(statement)
        return found

    def computed_field(self, computed: ir.Computed) -> None:
        """A computed field may read any figure; that it stands before each use is checked where it is used."""
        self.place = f"{computed.record}.{computed.about.name}"
        self.that(computed.record in self.fields, "its record is unknown")
        self.that(computed.about.name not in self.fields.get(computed.record, {}), "a field has its name")
        self.bind(computed.var, computed)
        self.expr(computed.value, {computed.var: computed.record})
        self.computed[computed.record, computed.about.name] = (
            computed.value.type,
            self.needs(computed.value),
        )

    def needs(self, expr: ir.Expr) -> frozenset[str]:
        """The figures an expression reads, through computed fields too."""
        found: set[str] = set()
        stack = [expr]
        while stack:
            each = stack.pop()
            if isinstance(each, ir.Ref):
                found.add(each.name)
            elif isinstance(each, ir.Field) and isinstance(each.of.type, Record):
                found |= self.computed.get((each.of.type.name, each.name), (None, frozenset()))[1]
            stack.extend(ir.children(each))
        return frozenset(found)

    def afterwards(self) -> None:
        """Examples and promises may read every figure."""
        for example in self.program.examples:
            self.place = example.about.name
            for each in example.expects:
                self.truth(each.condition, NO_ROWS)
        for promise in self.program.invariances:
            self.place = promise.about.name
            self.expr(promise.figure, NO_ROWS)
            self.truth(promise.when, NO_ROWS)
            if promise.limit is not None:
                self.expr(promise.limit, NO_ROWS)
        for support, instalments in self.program.payments.items():
            self.place = support
            self.payments(support, instalments)
        for ranking in self.program.rankings:
            self.place = ranking.about.name
            self.ranking(ranking)

    def payments(self, support: str, instalments: tuple[ir.Instalment, ...]) -> None:
        """The instalments of a support that is paid, in its currency."""
        paid = self.known.get(support)
        self.that(isinstance(paid, Money), "no support to pay")
        for each in instalments:
            needed = ((each.amount, paid), (each.applies, YES), (each.due_on, Date()), (each.due_once, YES))
            for name, type_ in needed:
                self.that(name is None or self.known.get(name) == type_, f"{name} is not {type_}")
        self.that(all(i.share is not None for i in instalments if i.limit is not None), "a limit on the rest")

    def ranking(self, ranking: ir.Ranking) -> None:
        """A ranking reads figures of the types it needs; those that are the same for all read no fact."""
        bounds = (ranking.first, ranking.least, ranking.most)
        fixed: tuple[tuple[str | None, Type], ...] = (
            (ranking.budget, Money(ranking.currency)),
            (ranking.awards, NUMBER),
            (ranking.reserve, NUMBER),
            *((name, Money(ranking.currency)) for name in (ranking.set_aside, *bounds)),
        )
        for name, type_ in (*fixed, (ranking.part_where, YES)):
            found = None if name is None else self.known.get(name)
            self.that(name is None or (found is not None and same(found, type_)), f"{name} is not {type_}")
        for name in (*(key.figure for key in ranking.order), ranking.share_by):
            self.that(name is None or isinstance(self.known.get(name), NUMERIC), f"{name} has no order")
        self.that(ranking.no_room != "share" or ranking.budget is not None, "nothing to share")
        self.that((ranking.share_by is None) == (ranking.share != "by"), "no figure to share by")
        self.that(ranking.no_room == "share" or not any(bounds), "bounds of a share that nobody gets")
        self.that(all(name in self.known for name in ranking.per), "no figure to group by")

    # ---- supports --------------------------------------------------------------------------------------------------

    def support(self, support: ir.Support) -> None:
        """A support, its lines and its steps."""
        self.bind(support.var, support)
        for gate in support.gates:
            self.truth(gate.condition, NO_ROWS)
        rows = NO_ROWS
        if support.list is not None:
            self.expr(support.list, NO_ROWS)
            if isinstance(support.list.type, List):
                rows = {support.var: support.list.type.record}
            else:
                self.wrong("its lines are no list")
        self.truth(support.where, rows)
        self.expr(support.base, rows)
        money = Money(support.currency)
        self.that(support.base.type == money, f"the base is not {money}")
        name, applied = support.name, False
        for step in support.steps:
            self.place = f"{name}, {step.about.name}"
            self.truth(step.when, NO_ROWS)
            self.truth(step.where, rows)
            if isinstance(step, ir.Apply):
                self.that(not applied, "the rate is applied twice")
                self.that(step.when is None and step.where is None, "the rate is always applied to all lines")
                applied = True
                self.known |= {f"{name}'s eligible_cost": money, f"{name}'s before_ceilings": money}
            self.step(step, rows, money, applied=applied)
        self.place = name
        self.that(applied, "the rate is never applied")
        for figure in (f"{name}'s eligible_cost", f"{name}'s before_ceilings"):
            self.known.pop(figure, None)
        for figure, type_ in _figures_of(support).items():
            self.define(figure, type_)

    def step(self, step: ir.AnyStep, rows: Rows, money: Money, *, applied: bool) -> None:
        """One step; `applied` once the rates are."""
        match step:
            case ir.Keep(keep=keep):
                self.truth(keep, rows)
            case ir.Pick():
                self.of_type(step.number, NUMBER, NO_ROWS)
                self.expr(step.by, rows)
                self.that(
                    isinstance(step.by.type, NUMERIC), "lines are put in order by something without order"
                )
                self.keys(step.per, rows)
            case ir.Ceiling():
                self.ceiling(step, rows, money, applied=applied)
            case ir.Rate(rate=figure) | ir.RateCeiling(limit=figure):
                self.of_type(figure, Rate(), rows)
                self.that(not applied, "a rate after the rates are applied")
            case ir.Raise():
                self.of_type(step.by, PercentagePoints() if step.how == "plus" else Rate(), rows)
                self.that(step.part is None or step.how == "plus", "only points may be for a part")
                self.that(not applied, "a rate after the rates are applied")
                if step.part is not None:
                    self.of_type(step.part, money, rows)
            case ir.Scale(factor=factor):
                self.expr(factor, rows)
                self.that(isinstance(factor.type, (Number, Rate)), "the factor is no number")
            case ir.Supplement(amount=amount):
                self.of_type(amount, money, NO_ROWS)
                self.that(applied and step.where is None, "a supplement is support, and a line of its own")
            case ir.Floor(amount=amount):
                self.of_type(amount, money, NO_ROWS)
                self.that(applied, "a floor is of the support, not of the cost")
            case ir.RoundLines(step=size):
                self.that(size > 0, "a step of rounding is above 0")
            case ir.Apply():
                return

    def ceiling(self, step: ir.Ceiling, rows: Rows, money: Money, *, applied: bool) -> None:
        """A ceiling."""
        self.that((step.on == "support") == applied, f"a {step.on} ceiling on the wrong side of the rates")
        if step.limit is None:
            return
        read = NO_ROWS if step.scope == "together" else rows
        self.of_type(step.limit, money, read)
        if step.other is not None:
            self.of_type(step.other, money, read)
        each = ("trimmed", "drops_line", "refuses")
        several = ("pro_rata", "last_first", "refuses")
        self.that(
            step.excess in (each if step.scope == "each" else several), f"{step.excess} of {step.scope}"
        )
        self.that(bool(step.per) == (step.scope == "per"), "groups without keys, or keys without groups")
        self.keys(step.per, rows)

    def keys(self, per: Iterable[ir.Expr], rows: Rows) -> None:
        for key in per:
            self.expr(key, rows)
            self.that(not isinstance(key.type, (Record, List)), "a group by a list or record", key)

    def joint(self, joint: ir.Joint) -> None:
        """A joint ceiling."""
        self.truth(joint.when, NO_ROWS)
        self.expr(joint.limit, NO_ROWS)
        supports = {s.name: Money(s.currency) for s in self.program.body if isinstance(s, ir.Support)}
        for name in joint.over:
            self.that(
                name in self.known and supports.get(name) == joint.limit.type, f"{name} cannot be limited"
            )
        self.that(len(set(joint.over)) == len(joint.over) > 0, "no supports, or one twice")
        self.that(joint.step > 0, "a step of rounding is above 0")

    # ---- expressions -----------------------------------------------------------------------------------------------

    def expr(self, expr: ir.Expr, rows: Rows) -> None:
        """An expression and all inside it."""
        if self.numbered.setdefault(expr.at, expr) is not expr:
            self.wrong("another expression has its number", expr)
        if not 0 <= expr.at < self.slots:
            self.wrong("its number has no slot", expr)
        self.check[type(expr)](expr, rows)

    def truth(self, expr: ir.Expr | None, rows: Rows) -> None:
        """A condition, if there is one."""
        if expr is not None:
            self.of_type(expr, YES, rows)

    def of_type(self, expr: ir.Expr, type_: Type, rows: Rows) -> None:
        """An expression of a known type."""
        self.expr(expr, rows)
        if not same(expr.type, type_):
            self.wrong(f"{expr.type} where {type_} is needed", expr)

    def inside(self, expr: ir.Expr, parts: Iterable[ir.Expr], rows: Rows) -> None:
        """Parts of an expression, all of its own type."""
        for part in parts:
            self.of_type(part, expr.type, rows)
            self.whole(expr, part)

    def whole(self, expr: ir.Expr, *parts: ir.Expr) -> None:
        """A whole number is made of whole numbers."""
        if isinstance(expr.type, Number) and expr.type.whole:
            fine = all(not isinstance(part.type, Number) or part.type.whole for part in parts)
            self.that(fine, "a whole number is made of others", expr)

    def const(self, expr: ir.Const, rows: Rows) -> None:  # noqa: ARG002 - All checks have one shape.
        if not is_held_as(expr.value, expr.type):
            self.wrong(f"{expr.value!r} is no {expr.type}", expr)

    def fact(self, expr: ir.Fact, rows: Rows) -> None:  # noqa: ARG002 - All of these are called alike.
        if self.facts.get(expr.name) != expr.type:
            self.wrong(f"no fact {expr.name} of {expr.type}", expr)

    def row(self, expr: ir.Row, rows: Rows) -> None:
        record = rows.get(expr.var)
        if record is None or not isinstance(expr.type, Record) or expr.type.name != record:
            self.wrong(f"row {expr.var} is not in scope", expr)

    def field(self, expr: ir.Field, rows: Rows) -> None:
        self.expr(expr.of, rows)
        self.that(isinstance(expr.of, (ir.Fact, ir.Row, ir.Field)), "a field of something computed", expr)
        record = expr.of.type.name if isinstance(expr.of.type, Record) else ""
        type_ = self.fields.get(record, {}).get(expr.name)
        if type_ is None:
            type_, needs = self.computed.get((record, expr.name), (None, frozenset()))
            missing = sorted(needs - self.known.keys())
            self.that(not missing, f"{expr.name} needs {', '.join(missing)} before", expr)
        if type_ is None or not same(type_, expr.type):
            self.wrong(f"{record} has no such {expr.name}", expr)

    def ref(self, expr: ir.Ref, rows: Rows) -> None:  # noqa: ARG002 - All of these are called alike.
        type_ = self.known.get(expr.name)
        if type_ is None or not same(type_, expr.type):
            self.wrong(f"no figure {expr.name} of {expr.type} before", expr)

    def fail(self, expr: ir.Fail, rows: Rows) -> None:  # noqa: ARG002 - All of these are called alike.
        self.that(not isinstance(expr.type, (Record, List)), "a list or record cannot fail", expr)

    def add(self, expr: ir.Add, rows: Rows) -> None:
        types = []
        for sign, term in expr.terms:
            self.expr(term, rows)
            types.append((sign, term.type))
            self.whole(expr, term)
        if not types or not _adds_up(expr.type, types):
            self.wrong(f"{types} do not add up to {expr.type}", expr)

    def mul(self, expr: ir.Mul, rows: Rows) -> None:
        for factor in expr.factors:
            self.expr(factor, rows)
        types = [factor.type for factor in expr.factors]
        if not types or not _multiplies(expr.type, types):
            self.wrong(f"{types} do not make {expr.type}", expr)
        self.whole(expr, *expr.factors)

    def div(self, expr: ir.Div, rows: Rows) -> None:
        self.expr(expr.left, rows)
        self.expr(expr.right, rows)
        numbers = isinstance(expr.left.type, (*EXACT, Period)) and isinstance(
            expr.right.type, (*EXACT, Period)
        )
        self.that(numbers and isinstance(expr.type, EXACT), "a quotient of something else than numbers", expr)
        self.that(expr.type != Number(whole=True), "a quotient need not be whole", expr)

    def round(self, expr: ir.Round, rows: Rows) -> None:
        self.of_type(expr.value, expr.type, rows)
        self.that(isinstance(expr.type, EXACT), "only numbers are rounded", expr)
        is_whole = isinstance(expr.type, Number) and expr.type.whole
        self.that(expr.step > 0 and not (is_whole and expr.step.denominator > 1), "the step is wrong", expr)

    def extreme(self, expr: ir.Extreme, rows: Rows) -> None:
        self.that(bool(expr.values) and isinstance(expr.type, NUMERIC), "nothing that has an order", expr)
        self.inside(expr, expr.values, rows)

    def compare(self, expr: ir.Compare, rows: Rows) -> None:
        self.expr(expr.left, rows)
        self.of_type(expr.right, expr.left.type, rows)
        self.that(expr.type == YES and not isinstance(expr.left.type, (Record, List)), "no comparison", expr)
        if expr.how not in {"eq", "ne"} and not isinstance(expr.left.type, NUMERIC):
            self.wrong(f"{expr.left.type} has no order", expr)

    def all_or_one(self, expr: ir.And | ir.Or, rows: Rows) -> None:
        self.that(expr.type == YES, "a condition is yes or no", expr)
        self.inside(expr, expr.parts, rows)

    def negated(self, expr: ir.Not, rows: Rows) -> None:
        self.that(expr.type == YES, "a condition is yes or no", expr)
        self.truth(expr.part, rows)

    def one_of(self, expr: ir.OneOf, rows: Rows) -> None:
        self.expr(expr.value, rows)
        fine = expr.type == YES and not isinstance(expr.value.type, (YesNo, Choices))
        fine = fine and bool(expr.values) and all(is_held_as(value, expr.value.type) for value in expr.values)
        if not fine:
            self.wrong(f"{expr.values} cannot be {expr.value.type}", expr)

    def in_codes(self, expr: ir.InCodes, rows: Rows) -> None:
        self.expr(expr.value, rows)
        codes = self.program.codes.get(expr.codes)
        fits = codes is not None and codes.type == expr.value.type and isinstance(codes.type, CODES)
        if not fits or expr.type != YES:
            self.wrong(f"no codes {expr.codes} of {expr.value.type}", expr)

    def includes(self, expr: ir.Includes, rows: Rows) -> None:
        self.expr(expr.value, rows)
        type_ = expr.value.type
        fits = isinstance(type_, Choices) and set(expr.values) <= set(type_.values)
        if not fits or expr.type != YES:
            self.wrong(f"{expr.values} cannot be in {type_}", expr)

    def given(self, expr: ir.Given, rows: Rows) -> None:
        self.that(expr.type == YES, "a condition is yes or no", expr)
        self.expr(expr.value, rows)

    def choose(self, expr: ir.Choose, rows: Rows) -> None:
        self.that(not isinstance(expr.type, (Record, List)), "a case gives a list or record", expr)
        self.that(bool(expr.arms) or expr.otherwise is not None, "no cases", expr)
        for condition, value in expr.arms:
            self.truth(condition, rows)
            self.inside(expr, (value,), rows)
        if expr.otherwise is not None:
            self.inside(expr, (expr.otherwise,), rows)

    def aggregate(self, expr: ir.Aggregate, rows: Rows) -> None:
        self.bind(expr.var, expr)
        self.expr(expr.list, rows)
        self.that(isinstance(expr.list, (ir.Fact, ir.Field)), "a list that is computed", expr)
        if not isinstance(expr.list.type, List):
            self.wrong("rows of something else than a list", expr)
            return
        within = {**rows, expr.var: expr.list.type.record}
        self.truth(expr.where, within)
        self.that(
            (expr.of is None) == (expr.what == "number"), "a figure of nothing, or a number of values", expr
        )
        if expr.of is not None:
            self.expr(expr.of, within)
        self.that(
            _aggregates(expr.what, None if expr.of is None else expr.of.type, expr.type), "its type", expr
        )

    def calendar(self, expr: ir.Calendar, rows: Rows) -> None:
        args, result = _CALENDAR[expr.what]
        for arg in expr.args:
            self.expr(arg, rows)
        types = [arg.type for arg in expr.args]
        fits = len(args) == len(types) and isinstance(expr.type, result)
        fits = fits and all(isinstance(type_, kinds) for type_, kinds in zip(types, args, strict=True))
        if fits and expr.what in _UNITS:
            fits = type(types[0]) is type(expr.type) and types[1] == Period(_UNITS[expr.what])
        if not fits:
            self.wrong(f"{expr.what} of {types} gives no {expr.type}", expr)


def _figures_of(support: ir.Support) -> dict[str, Type]:
    """The figures that others may read of a support."""
    money = Money(support.currency)
    name = support.name
    amounts: dict[str, Type] = {
        name: money,
        f"{name}'s eligible_cost": money,
        f"{name}'s before_ceilings": money,
    }
    return amounts | {f"{name}'s applies": YES}


def _adds_up(result: Type, terms: Sequence[tuple[int, Type]]) -> bool:
    """Whether a sum has a meaning: things of one kind, points on a rate, days on a date, days between two dates."""
    types = [type_ for _, type_ in terms]
    if isinstance(result, DATES):
        starts = [sign for sign, type_ in terms if type_ == result]
        others = [type_ for type_ in types if type_ != result]
        steps: tuple[Type, ...] = (Number(whole=True),)
        if isinstance(result, Date):
            steps = (Period("days"),)
        elif isinstance(result, Month):
            steps = (Number(whole=True), Period("months"))
        return starts == [1] and all(type_ in steps for type_ in others)
    if isinstance(result, Number) and types and isinstance(types[0], DATES):
        return all(type_ == types[0] for type_ in types) and sum(sign for sign, _ in terms) == 0
    if isinstance(result, RATES):
        return all(isinstance(type_, RATES) for type_ in types)
    return isinstance(result, (*EXACT, Period)) and all(same(type_, result) for type_ in types)


def _multiplies(result: Type, factors: list[Type]) -> bool:
    """Whether a product has a meaning: at most one value with a unit, or a price per unit and a quantity."""
    units = [type_ for type_ in factors if not isinstance(type_, PLAIN)]
    if not all(isinstance(type_, (*EXACT, Period)) for type_ in (*factors, result)):
        return False
    match result:
        case Money(currency):
            kinds = sorted(type(unit).__name__ for unit in units)
            in_currency = all(u.currency == currency for u in units if isinstance(u, (Money, MoneyPer)))
            return in_currency and kinds in (["Money"], ["MoneyPer"], ["MoneyPer", "Quantity"])
        case Period():
            whole = all(isinstance(f, Number) and f.whole for f in factors if isinstance(f, PLAIN))
            return whole and units == [result]
        case MoneyPer(currency):
            return (
                len(units) == 1 and isinstance(units[0], (Money, MoneyPer)) and units[0].currency == currency
            )
        case _:
            return not units or units == [result]


def _aggregates(what: str, of: Type | None, result: Type) -> bool:
    """Whether a figure over a list has the type it says."""
    is_whole = isinstance(result, Number) and result.whole
    if what in {"every", "any"}:
        return of == YES and result == YES
    if what in {"number", "different"}:
        return isinstance(result, Number) and not isinstance(of, (Record, List))
    if of is None or not same(of, result) or (is_whole and of != result):
        return False
    if what == "average":
        return isinstance(result, EXACT) and not is_whole
    if what == "only":
        return not isinstance(result, (Record, List))
    return isinstance(result, (*EXACT, Period) if what == "total" else NUMERIC)
