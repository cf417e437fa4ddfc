"""Short ways to write programmes directly in the core, and one application for all examples."""

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import count
from typing import Any

from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import verify
from grantrules.evaluate.outcome import Cause, Undecided
from grantrules.evaluate.reference import evaluate
from grantrules.properties.programmes import (
    CODES,
    DATE,
    INT,
    KIND,
    MOMENT,
    NACE,
    NUM,
    POINTS,
    RATE,
    TEXT,
    TOPICS,
    TRY,
    YES,
)
from grantrules.source import Source
from grantrules.types import List, Record, Type

UNKNOWN = ir.UNKNOWN
NEXT = count(1)
CENT = Fraction(1, 100)


def numbered() -> dict[str, Any]:
    return {"at": next(NEXT)}


# ---- the application of all examples -------------------------------------------------------------------------------

COST = ir.RecordDef(
    "cost",
    (
        ir.FieldDef("amount", TRY, scale=2, minimum=0),
        ir.FieldDef("kind", KIND),
        ir.FieldDef("domestic", YES),
        ir.FieldDef("day", DATE, scale=0, optional=True),
    ),
)
COMPANY = ir.RecordDef("company", (ir.FieldDef("trained", YES), ir.FieldDef("founded", DATE, scale=0)))
APPLICATION = ir.RecordDef(
    "application",
    (
        ir.FieldDef("amount", TRY, scale=2, minimum=0, maximum=100_000),
        ir.FieldDef("number", NUM, scale=1),
        ir.FieldDef("flag", YES),
        ir.FieldDef("other_flag", YES),
        ir.FieldDef("kind", KIND),
        ir.FieldDef("topics", TOPICS),
        ir.FieldDef("code", NACE),
        ir.FieldDef("day", DATE, scale=0),
        ir.FieldDef("sent", MOMENT, scale=0),
        ir.FieldDef("phone", TEXT, optional=True),
        ir.FieldDef("other_aid", TRY, scale=2, optional=True, minimum=0, maximum=100_000),
        ir.FieldDef("company", Record("company")),
        ir.FieldDef("costs", List("cost"), maximum=3),
        ir.FieldDef("visits", List("cost")),
    ),
)
TYPES = {each.name: each.type for each in APPLICATION.fields}


def programme(*body: ir.Statement, computed: tuple[ir.Computed, ...] = ()) -> ir.Program:
    found = unverified(*body, computed=computed)
    verify(found)
    return found


def unverified(*body: ir.Statement, **more: Any) -> ir.Program:
    """A programme that nobody has looked at; `more` stands for any part of it."""
    parts = {
        "about": ir.About("example", "programme"),
        "source": Source("example.rules", ""),
        "language": "en",
        "authority": None,
        "currency": "TRY",
        "zone": "Europe/Istanbul",
        "month_end": "refused",
        "nace": "2",
        "as_of": None,
        "application": APPLICATION,
        "records": {"cost": COST, "company": COMPANY},
        "choices": {},
        "codes": CODES,
        "parameters": {},
        "computed": (),
        "body": body,
        "scores": (),
        "results": (),
        "indicators": (),
        "examples": (),
        "invariances": (),
        "slots": next(NEXT),
    }
    return ir.Program(**(parts | more))


def application(**given: Any) -> Facts:
    """Raw facts; what is not given is unknown."""
    values = tuple(given.get(each.name, UNKNOWN) for each in APPLICATION.fields)
    return Facts(values, complete=UNKNOWN not in values)


def decide(*body: ir.Statement, computed: tuple[ir.Computed, ...] = (), **facts: Any) -> Any:
    return evaluate(programme(*body, computed=computed), application(**facts))


def value(expr: ir.Expr, **facts: Any) -> Any:
    """The value of one expression."""
    return decide(ir.Let(ir.About("it", "define"), expr), **facts).figures["it"]


def unknown(*paths: str, low: Any = None, high: Any = None) -> Undecided:
    return Undecided(frozenset(Cause("fact", path) for path in paths), low, high)


def failing(kind: str, what: str) -> Undecided:
    return Undecided(frozenset({Cause(kind, what)}))


# ---- expressions, short --------------------------------------------------------------------------------------------


def const(type_: Type, it: Any) -> ir.Const:
    return ir.Const(it, type=type_, **numbered())


def num(text: Any) -> ir.Const:
    return const(NUM, Fraction(text))


def whole(number: int) -> ir.Const:
    return const(INT, Fraction(number))


def try_(text: Any) -> ir.Const:
    return const(TRY, Fraction(text))


def percent(text: Any) -> ir.Const:
    return const(RATE, Fraction(text) / 100)


def points(text: Any) -> ir.Const:
    return const(POINTS, Fraction(text) / 100)


def yes(it: bool) -> ir.Const:
    return const(YES, it)


def day(text: str) -> ir.Const:
    return const(DATE, ordinal(text))


def ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def fact(name: str) -> ir.Fact:
    return ir.Fact(name, type=TYPES[name], **numbered())


def ref(name: str, type_: Type = TRY) -> ir.Ref:
    return ir.Ref(name, type=type_, **numbered())


def of_row(name: str, var: int = 1, record: ir.RecordDef = COST) -> ir.Field:
    type_ = next(each.type for each in record.fields if each.name == name)
    return ir.Field(ir.Row(var, type=Record(record.name), **numbered()), name, type=type_, **numbered())


def fail(type_: Type = TRY, kind: Any = "unset", what: str = "cap") -> ir.Fail:
    return ir.Fail(ir.Reason(kind, what), type=type_, **numbered())


def compare(left: ir.Expr, how: Any, right: ir.Expr) -> ir.Compare:
    return ir.Compare(how, left, right, type=YES, **numbered())


def add(*terms: ir.Expr | tuple[Any, ir.Expr]) -> ir.Add:
    signed = tuple(term if isinstance(term, tuple) else (1, term) for term in terms)
    return ir.Add(signed, type=signed[0][1].type, **numbered())


def mul(*factors: ir.Expr, type_: Type = NUM) -> ir.Mul:
    return ir.Mul(factors, type=type_, **numbered())


def div(left: ir.Expr, right: ir.Expr, type_: Type = NUM) -> ir.Div:
    return ir.Div(left, right, type=type_, **numbered())


def extreme(which: Any, *values: ir.Expr) -> ir.Extreme:
    return ir.Extreme(which, values, type=values[0].type, **numbered())


def both(*parts: ir.Expr) -> ir.And:
    return ir.And(parts, type=YES, **numbered())


def either(*parts: ir.Expr) -> ir.Or:
    return ir.Or(parts, type=YES, **numbered())


def given_(expr: ir.Expr) -> ir.Given:
    return ir.Given(expr, type=YES, **numbered())


def choose(mode: Any, *arms: tuple[ir.Expr, ir.Expr], otherwise: ir.Expr | None = None) -> ir.Choose:
    return ir.Choose(arms, otherwise, mode, "table", type=arms[0][1].type, **numbered())


def aggregate(
    what: Any, of: ir.Expr | None = None, where: ir.Expr | None = None, *, type_: Type, of_list: str = "costs"
) -> ir.Aggregate:
    return ir.Aggregate(what, fact(of_list), 1, where, of, type=type_, **numbered())


def calendar(what: Any, *args: ir.Expr, type_: Type, **more: Any) -> ir.Calendar:
    return ir.Calendar(what, args, type=type_, **more, **numbered())


def cost(amount: Any, kind: Any = "works", domestic: Any = True, on: Any = None) -> tuple[Any, ...]:
    """A row of the list of costs; the amount in lira."""
    raw = amount if amount is UNKNOWN else int(Fraction(amount) * 100)
    return raw, kind, domestic, on if on is None or on is UNKNOWN else ordinal(on)


# ---- statements and steps, short -----------------------------------------------------------------------------------


def require(*conditions: ir.Expr, when: ir.Expr | None = None, kind: Any = "require") -> ir.Rule:
    return ir.Rule(ir.About(f"rule_{next(NEXT)}", kind), kind, when, conditions)


def named(keyword: str, **more: Any) -> dict[str, Any]:
    return {"about": ir.About(keyword, keyword), **more}


def apply() -> ir.Apply:
    return ir.Apply(**named("apply"))


def support(
    *steps: ir.AnyStep,
    name: str = "grant",
    over: str | None = "costs",
    base: ir.Expr | None = None,
    gates: tuple[ir.Expr, ...] = (),
    where: ir.Expr | None = None,
    only_a_basis: bool = False,
) -> ir.Support:
    """A support over the costs; without an `Apply` among its steps, it is put at the end."""
    if not any(isinstance(step, ir.Apply) for step in steps):
        steps = (*steps, apply())
    return ir.Support(
        about=ir.About(name, "support"),
        currency="TRY",
        gates=tuple(ir.Gate(ir.About("gate", "when"), "when", gate) for gate in gates),
        list=None if over is None else fact(over),
        where=where,
        var=1 if over else next(NEXT),
        base=base or of_row("amount"),
        steps=steps,
        only_a_basis=only_a_basis,
    )


def granted(*steps: ir.AnyStep, costs: Any = (100, 200, 300), **facts: Any) -> Any:
    """What a support over costs of some amounts gives."""
    rows = costs if costs is UNKNOWN else [c if isinstance(c, tuple) else cost(c) for c in costs]
    return decide(support(*steps), costs=rows, **facts).supports["grant"]


def ceiling(
    scope: Any, limit: ir.Expr | None, excess: Any, *per: ir.Expr, on: Any = "cost", **more: Any
) -> ir.Ceiling:
    other = more.pop("other", None)
    return ir.Ceiling(on, scope, limit, per, other, excess, **named(more.pop("name", "ceiling"), **more))


def cuts(found: Any) -> list[tuple[str, Any]]:
    return [(binding.step, binding.cut) for binding in found.binding]


def rate(it: ir.Expr, **more: Any) -> ir.Rate:
    return ir.Rate(it, **named("rate", **more))


def floor(how: Any, amount: Any, *, in_any_case: bool = False, **more: Any) -> ir.Floor:
    return ir.Floor(how, try_(amount), in_any_case, **named("floor", **more))


def rounding(mode: Any, place: Any, step: Any = CENT, **more: Any) -> ir.RoundLines:
    return ir.RoundLines(mode, Fraction(step), place, **named("rounding", **more))


def pick(number: ir.Expr, by: ir.Expr, *per: ir.Expr, descending: bool = False, **more: Any) -> ir.Pick:
    return ir.Pick(number, by, descending, per, **named("first", **more))


TWO = [cost(100, "works"), cost(250, "machinery", domestic=False)]


def works() -> ir.Expr:
    return compare(of_row("kind"), "eq", const(KIND, "works"))
