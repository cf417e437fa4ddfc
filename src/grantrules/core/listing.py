"""
A programme of the core as text, for stored examples in tests and for reports of mistakes.

The text holds everything that has a meaning and nothing else: no titles, citations or places in the source. It is not
the language, and is not read back. Two programmes with the same text mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from grantrules import calendars
from grantrules.core import ir
from grantrules.quantities import decimal_places, decimal_text
from grantrules.types import (
    Choice,
    Choices,
    Date,
    Moment,
    Money,
    MoneyPer,
    Month,
    PercentagePoints,
    Period,
    Points,
    Quantity,
    Rate,
    Type,
    Year,
    described,
)

_EPOCH_DAY = 719_163  # 1 January 1970.
_ORDER = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}


def listing(program: ir.Program, *, numbered: bool = False) -> str:
    """
    A whole programme as text.

    Args:
        program: any programme, well formed or not.
        numbered: whether to write the number of each expression before it, as messages of `core.verify` give it.
    """
    return "\n".join((*_Lister(numbered=numbered).program(program), ""))


def expression(expr: ir.Expr, *, numbered: bool = False) -> str:
    """One expression on one line."""
    return _Lister(numbered=numbered).text(expr)


def constant(value: Any, type_: Type) -> str:
    """
    A constant with its unit.

    >>> constant(Fraction(3, 4), Rate()), constant(Fraction(1, 3), Money("TRY"))
    ('75%', '1/3 TRY')
    """
    match type_:
        case Money(currency):
            return f"{_number(value)} {currency}"
        case MoneyPer(currency, unit):
            return f"{_number(value)} {currency} per {unit}"
        case Quantity(unit):
            return f"{_number(value)} {unit}"
        case Rate():
            return f"{_number(value * 100)}%"
        case PercentagePoints():
            return f"{_number(value * 100)} percentage points"
        case Points():
            return f"{_number(value)} points"
        case Date():
            return calendars.iso_date(value)
        case Moment():
            day, seconds = divmod(value, calendars.SECONDS_OF_DAY)
            return f"{calendars.iso_date(day + _EPOCH_DAY)} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"
        case Year():
            return f"year {value}"
        case Month():
            return f"month {calendars.iso_month(value)}"
        case Period(unit):
            return f"{value} {unit}"
        case _:
            return _plain(value)


def _number(value: Fraction) -> str:
    places = decimal_places(Fraction(value))
    return str(value) if places is None else decimal_text(int(value * 10**places), places)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return _number(value)
        case str():
            return f'"{value}"'
        case frozenset():
            return f"{{{', '.join(sorted(map(_plain, value)))}}}"
        case _:
            return str(value)


def _instalment(instalment: ir.Instalment) -> str:
    parts = (
        ("", instalment.amount),
        ("if", instalment.applies),
        ("on", instalment.due_on),
        ("once", instalment.due_once),
    )
    said = [f"{word} {figure}".strip() for word, figure in parts if figure is not None]
    said += [f'after "{text}"' for text in instalment.after.values()]
    return f"  {', '.join(said)}"


def _ranking(ranking: ir.Ranking) -> Iterator[str]:
    yield f"ranking {ranking.about.name}: {ranking.currency}"
    for word, figure in (
        *(("per", name) for name in ranking.per), ("budget", ranking.budget), ("aside", ranking.set_aside),
        ("awards", ranking.awards), ("reserve", ranking.reserve), ("first", ranking.first), ("least", ranking.least),
        ("most", ranking.most),
    ):  # fmt: skip
        if figure is not None:
            yield f"  {word} {figure}"
    for key in ranking.order:
        yield f"  by {key.figure}, {'highest' if key.descending else 'lowest'} first"
    shared = f" by {ranking.share_by or ranking.share}" if ranking.no_room == "share" else ""
    where = "" if ranking.part_where is None else f" where {ranking.part_where}, else {ranking.otherwise}"
    yield f"  no room: {ranking.no_room}{shared}{where}"


def _expected(expectation: ir.RankedExpectation) -> str:
    value = expectation.value
    shown = ", ".join(value) if expectation.kind == "tied" else _plain(value)
    return f"{expectation.kind} {shown}"


@frozen
class _Lister:
    numbered: bool

    # ---- statements ------------------------------------------------------------------------------------------------

    def program(self, program: ir.Program) -> Iterator[str]:
        yield f"programme {program.about.name}: {program.language}, {program.currency}, {program.zone}"
        yield f"  month end {program.month_end}, NACE Rev. {program.nace}"
        if program.as_of is not None:
            yield f"  as of {self.text(program.as_of)}"
        yield from self.record("application", program.application)
        for name, record in program.records.items():
            yield from self.record(f"record {name}", record)
        for name, codes in program.codes.items():
            yield from ("", f"codes {name}: {_codes(codes)}")
        for each in program.computed:
            yield from ("", f"{each.record}.{each.about.name} of row {each.var} = {self.text(each.value)}")
        for statement in program.body:
            yield ""
            yield from self.statement(statement)
        for support, instalments in program.payments.items():
            yield from ("", f"payments of {support}", *map(_instalment, instalments))
        for ranking in program.rankings:
            yield from ("", *_ranking(ranking))
        for promise in program.invariances:
            when = "" if promise.when is None else f" when {self.text(promise.when)}"
            limit = "" if promise.limit is None else f" {self.text(promise.limit)}"
            fact = ".".join((*([] if promise.record is None else [f"any {promise.record}"]), *promise.fact))
            figure = self.text(promise.figure)
            yield from ("", f"promise {promise.about.name}: {figure} {promise.how}{limit} {fact}{when}")
        for example in program.examples:
            yield from ("", f"example {example.about.name}")
            for expected in example.expects:
                parts = [
                    *expected.names,
                    *([] if expected.condition is None else [self.text(expected.condition)]),
                ]
                yield f"  expect {' '.join((expected.kind, ', '.join(parts))).strip()}"
        for ranked in program.ranking_examples:
            yield from ("", f"ranking example {ranked.about.name} of {ranked.ranking}")
            for one in ranked.applications:
                yield f"  {one.name}: {', '.join(map(_expected, one.expects))}"
            yield from (f"  {_expected(each)}" for each in ranked.expects)

    def record(self, heading: str, record: ir.RecordDef) -> Iterator[str]:
        yield from ("", heading)
        for each in record.fields:
            parts = [_type(each.type)]
            if each.scale is not None:
                parts.append(f"scale {each.scale}")
            if each.minimum is not None or each.maximum is not None:
                low, high = ("" if end is None else str(end) for end in (each.minimum, each.maximum))
                parts.append(f"{low}..{high}")
            if each.optional:
                parts.append("optional")
            if each.default is not ir.UNKNOWN:
                parts.append(f"if absent {_plain(each.default)}")
            if each.only_when is not None:
                row = f" of row {each.var}" if each.var >= 0 else ""
                parts.append(f"only when{row} {self.text(each.only_when)}")
            yield f"  {each.name}: {', '.join(parts)}"

    def statement(self, statement: ir.Statement) -> Iterator[str]:
        match statement:
            case ir.Let():
                yield f"{statement.name} = {self.text(statement.value)}"
            case ir.Rule(about, kind, when, conditions, promised):
                yield f"{kind} {about.name}{self.when(when)}"
                yield from (f"  {self.text(condition)}" for condition in conditions)
                for each in promised:
                    yield "  " + " ".join(filter(None, (each.kind, each.rule, each.programme)))
            case ir.Joint(about, over, when, limit, excess, step):
                yield f"ceiling {about.name} of {', '.join(over)}{self.when(when)}"
                yield f"  {self.text(limit)}, {excess}, steps of {_number(step)}"
            case ir.Support():
                yield from self.support(statement)

    def when(self, condition: ir.Expr | None, word: str = "when") -> str:
        return "" if condition is None else f" {word} {self.text(condition)}"

    def support(self, support: ir.Support) -> Iterator[str]:
        basis = ", only a basis" if support.only_a_basis else ", repayable" if support.repayable else ""
        yield f"support {support.name} in {support.currency}{basis}"
        for gate in support.gates:
            yield f"  applies if ({gate.reason} {gate.about.name}) {self.text(gate.condition)}"
        if support.list is not None:
            where = self.when(support.where, "where")
            yield f"  for each row {support.var} of {self.text(support.list)}{where}"
        yield f"  base {self.text(support.base)}"
        for step in support.steps:
            condition = self.when(step.where, "where") + self.when(step.when)
            yield f"  {step.about.name}: {self.step(step)}{condition}"

    def step(self, step: ir.AnyStep) -> str:
        match step:
            case ir.Keep(keep):
                return f"keep if {self.text(keep)}"
            case ir.Pick(number, by, descending, per):
                order = "highest" if descending else "lowest"
                return f"first {self.text(number)} by {order} {self.text(by)}{self.keys(per)}"
            case ir.Ceiling(on, scope, limit, per, other, excess):
                if limit is None:
                    return f"no {on} ceiling"
                less = "" if other is None else f" less {self.text(other)}"
                return f"{on} ceiling {scope} {self.text(limit)}{less}{self.keys(per)}, {excess}"
            case ir.Rate(rate):
                return f"rate {self.text(rate)}"
            case ir.Raise(how, by, part):
                of = "" if part is None else f" on {self.text(part)}"
                return f"rate {how} {self.text(by)}{of}"
            case ir.RateCeiling(limit):
                return f"rate at most {self.text(limit)}"
            case ir.Apply():
                return "apply the rate"
            case ir.Scale(factor):
                return f"times {self.text(factor)}"
            case ir.Supplement(amount):
                return f"add a line of {self.text(amount)}"
            case ir.Floor(how, amount, in_any_case):
                return f"{how} {self.text(amount)}{', in any case' if in_any_case else ''}"
            case ir.RoundLines(mode, size, place):
                return f"round {place} {mode} in steps of {_number(size)}"

    def keys(self, per: tuple[ir.Expr, ...]) -> str:
        return f" per {', '.join(map(self.text, per))}" if per else ""

    # ---- expressions -----------------------------------------------------------------------------------------------

    def text(self, expr: ir.Expr) -> str:
        found = self.node(expr)
        return f"#{expr.at} {found}" if self.numbered else found

    def node(self, expr: ir.Expr) -> str:  # noqa: C901 - One arm for each kind of node.
        match expr:
            case ir.Const(value):
                return constant(value, expr.type)
            case ir.Fact(name):
                return name
            case ir.Row(var):
                return f"row {var}"
            case ir.Field(of, name):
                return f"{self.text(of)}.{name}"
            case ir.Ref(name):
                return f"[{name}]"
            case ir.Fail(reason):
                return f"fail({reason.kind} {reason.what})"
            case ir.Add(terms):
                return self.sum(terms)
            case ir.Mul(factors):
                return f"({' × '.join(map(self.text, factors))})"
            case ir.Div(left, right):
                return f"({self.text(left)} / {self.text(right)})"
            case ir.Round(value, mode, step):
                return f"round({self.text(value)}, {mode}, {_number(step)})"
            case ir.Extreme(which, values):
                return f"{which}({', '.join(map(self.text, values))})"
            case ir.Compare(how, left, right):
                return f"({self.text(left)} {_ORDER[how]} {self.text(right)})"
            case ir.And(parts):
                return f"all({', '.join(map(self.text, parts))})"
            case ir.Or(parts):
                return f"one({', '.join(map(self.text, parts))})"
            case ir.Not(part):
                return f"not {self.text(part)}"
            case ir.OneOf(value, values):
                return f"({self.text(value)} in {', '.join(constant(each, value.type) for each in values)})"
            case ir.InCodes(value, codes, coarser):
                return f"({self.text(value)} {'coarser than' if coarser else 'in'} codes {codes})"
            case ir.Includes(value, values):
                return f"({self.text(value)} has {', '.join(map(_plain, values))})"
            case ir.Given(value):
                return f"given({self.text(value)})"
            case ir.Choose():
                return self.choose(expr)
            case ir.Aggregate():
                return self.aggregate(expr)
            case ir.Calendar():
                return self.calendar(expr)
            case _:
                raise TypeError(type(expr).__name__)

    def sum(self, terms: tuple[tuple[int, ir.Expr], ...]) -> str:
        found = "".join(f" {'+' if sign > 0 else '-'} {self.text(term)}" for sign, term in terms)
        return f"({found.removeprefix(' + ').lstrip()})"

    def choose(self, expr: ir.Choose) -> str:
        arms = [f"{self.text(condition)}: {self.text(value)}" for condition, value in expr.arms]
        if expr.otherwise is not None:
            arms.append(f"else: {self.text(expr.otherwise)}")
        return f"{expr.mode} of {expr.what} {{{'; '.join(arms)}}}"

    def aggregate(self, expr: ir.Aggregate) -> str:
        of = "" if expr.of is None else f", {self.text(expr.of)}"
        where = self.when(expr.where, "where")
        return f"{expr.what}(row {expr.var} of {self.text(expr.list)}{where}{of})"

    def calendar(self, expr: ir.Calendar) -> str:
        parts = [self.text(arg) for arg in expr.args]
        if expr.what.startswith("shift"):
            parts.append("later" if expr.sign > 0 else "earlier")
        if expr.what == "shift_months":
            parts.append(f"month end {expr.month_end}")
        if expr.both:
            parts.append("both counted")
        if expr.holidays:
            parts.append(f"off {' '.join(map(calendars.iso_date, sorted(expr.holidays)))}")
        return f"{expr.what}({', '.join(parts)})"


def _codes(codes: ir.CodeSet) -> str:
    parts = [", ".join(codes.codes)]
    parts += [f"but not {', '.join(codes.excepted)}"] if codes.excepted else []
    parts += [f"but {', '.join(codes.included)}"] if codes.included else []
    return " ".join(parts)


def _type(type_: Type) -> str:
    match type_:
        case Choice(_, values):
            return f"one of {', '.join(values)}"
        case Choices(_, values):
            return f"some of {', '.join(values)}"
        case _:
            return described(type_).en
