"""No programme that no author can have written gets past the second look."""

from collections.abc import Callable
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from attrs import evolve

import core_building
from core_building import (
    APPLICATION,
    COMPANY,
    COST,
    add,
    aggregate,
    apply,
    both,
    calendar,
    ceiling,
    choose,
    const,
    day,
    div,
    extreme,
    fact,
    fail,
    floor,
    given_,
    mul,
    named,
    num,
    numbered,
    of_row,
    percent,
    pick,
    points,
    rate,
    ref,
    require,
    rounding,
    support,
    try_,
    unverified,
    whole,
    works,
    yes,
)
from grantrules.core import ir
from grantrules.core.verify import IllFormedCoreError, verify
from grantrules.properties.programmes import (
    DATE,
    DAYS,
    ENERGY,
    HOURS,
    INT,
    KIND,
    MOMENT,
    MONTH,
    MONTHS,
    NACE,
    NUM,
    POINTS,
    PRICE,
    RATE,
    SCORE,
    TEXT,
    TOPICS,
    TRY,
    WORKING_DAYS,
    YEAR,
    YES,
)
from grantrules.source import NOWHERE
from grantrules.types import (
    Choice,
    List,
    Money,
    Record,
    Type,
)
from storing import stored

USD, COSTS, A_COST = Money("USD"), List("cost"), Record("cost")


def node(kind: Callable[..., ir.Expr], *parts: Any, type_: Type = YES) -> ir.Expr:
    """A node of any kind, of any type."""
    return kind(*parts, type=type_, **numbered())


def row(var: int = 1, type_: Type = A_COST) -> ir.Expr:
    return node(ir.Row, var, type_=type_)


def let(name: str, expr: ir.Expr) -> ir.Let:
    return ir.Let(ir.About(name, "define"), expr)


def expressions(*several: ir.Expr) -> ir.Program:
    return unverified(*(let(f"it_{number}", expr) for number, expr in enumerate(several, 1)))


def steps(*several: ir.AnyStep, **more: Any) -> ir.Program:
    return unverified(support(*several, **more))


def lines(*several: tuple[str, Type | None], **more: Any) -> ir.RecordDef:
    """Fields by name and type, as a record."""
    scaled = (NUM, INT, TRY, DATE)
    fields = (
        ir.FieldDef(name, type_, scale=0 if type_ in scaled else None, **more) for name, type_ in several
    )
    return ir.RecordDef("cost", tuple(fields))


def computed(name: str, expr: ir.Expr, *, record: str = "cost", var: int = 1) -> ir.Computed:
    return ir.Computed(ir.About(name, "define"), record, var, expr)


def of_computed(name: str, var: int, type_: Type = TRY) -> ir.Expr:
    return node(ir.Field, row(var), name, type_=type_)


def all_rows(of: ir.Expr, var: int, type_: Type = TRY) -> ir.Expr:
    return node(ir.Aggregate, "total", fact("costs"), var, None, of, type_=type_)


def example(*conditions: ir.Expr | None) -> ir.Example:
    expects = (ir.Expectation("condition", (), each, NOWHERE) for each in conditions)
    return ir.Example(ir.About("case", "example"), {}, {}, tuple(expects))


def promise(figure: ir.Expr, *, when: ir.Expr | None = None, limit: ir.Expr | None = None) -> ir.Invariance:
    return ir.Invariance(ir.About("steady", "promise"), figure, "no_cliff", ("amount",), when, None, limit)


def instalment(amount: str = "half", **more: Any) -> ir.Instalment:
    parts: dict[str, Any] = {
        "share": percent(50),
        "limit": None,
        "part": None,
        "applies": None,
        "due_on": None,
        "due_once": None,
        "after": {},
    }
    return ir.Instalment(ir.About("first", "instalment"), amount, **(parts | more))


def paid(*instalments: ir.Instalment) -> ir.Program:
    figures = (
        let("half", try_(1)),
        let("on", day("2023-01-01")),
        let("so", yes(True)),
        let("dollars", const(USD, Fraction(1))),
    )
    return unverified(support(), *figures, payments={"grant": instalments})


def joint(*over: str, **more: Any) -> ir.Program:
    parts = {"when": None, "limit": try_(1), "excess": "pro_rata", "step": Fraction(1)} | more
    return unverified(
        support(name="one"), support(name="two", over=None, base=try_(5)), let("figure", try_(1)),
        ir.Joint(ir.About("in_all", "support_ceiling"), over, **parts),
    )  # fmt: skip


def ranking(**more: Any) -> ir.Program:
    parts = {"budget": "money", "order": (), "awards": None, "reserve": None, "no_room": "stop", "part_where": None, "otherwise": "stop",
        "share": "asked", "share_by": None,} | more  # fmt: skip
    figures = (
        let("money", try_(1)), let("dollars", const(USD, Fraction(1))), let("number", num(1)), let("count", whole(1)),
        let("so", yes(True)), let("kind", fact("kind")), let("day", fact("day")),
    )  # fmt: skip
    return unverified(*figures, rankings=(ir.Ranking(ir.About("list", "ranking"), "TRY", **parts),))


def by(figure: str) -> tuple[ir.OrderKey, ...]:
    return (ir.OrderKey(figure, descending=True),)


def twice() -> ir.Program:
    """Two expressions of one number, and one that has no slot, on either side."""
    return evolve(
        expressions(
            add(ir.Const(Fraction(1), type=NUM, at=3), ir.Const(Fraction(1), type=NUM, at=3)),
            ir.Const(Fraction(1), type=NUM, at=-1), ir.Const(Fraction(1), type=NUM, at=9),
            ir.Const(Fraction(1), type=NUM, at=8), ir.Const(Fraction(1), type=NUM, at=0),
        ),
        slots=9,
    )  # fmt: skip


# ---- one mistake each ----------------------------------------------------------------------------------------------

# fmt: off
MISTAKES: dict[str, Callable[[], ir.Program]] = {
    # Constants and what is read.
    "a constant that is not held as its type": lambda: expressions(
        const(TRY, 5), const(DATE, Fraction(5)), const(DATE, True), const(MONTHS, "5"), const(INT, Fraction(1, 2)),
        const(INT, 1), const(YES, 1), const(KIND, "nothing"), const(TOPICS, "energy"), const(TOPICS, frozenset({"sport"})),
        const(TEXT, 5), const(NACE, None),
    ),
    "a constant that is a list or record": lambda: unverified(
        require(given_(const(A_COST, ())), given_(const(COSTS, ())), given_(const(A_COST, "x")), given_(const(COSTS, "x")))
    ),
    "a fact that there is not, or of another type": lambda: expressions(
        node(ir.Fact, "nothing", type_=TRY), node(ir.Fact, "amount", type_=NUM)
    ),
    "a row outside of its list, or of another record": lambda: unverified(
        require(
            given_(row()),
            aggregate("any", given_(row(7)), type_=YES),
            node(ir.Aggregate, "any", fact("costs"), 2, None, given_(row(2, Record("company"))), type_=YES),
            node(ir.Aggregate, "any", fact("costs"), 3, None, given_(row(3, TRY)), type_=YES),
        )
    ),
    "a field that there is not, or of another type": lambda: expressions(
        node(ir.Field, fact("company"), "nothing", type_=YES), node(ir.Field, fact("company"), "trained", type_=NUM),
        node(ir.Field, fact("amount"), "trained", type_=YES),
    ),
    "a field of something computed": lambda: expressions(
        node(ir.Field, choose("first", (yes(True), fact("company"))), "trained", type_=YES)
    ),
    "a figure that is computed later, never, or of another type": lambda: unverified(
        let("first", ref("later")), let("later", try_(1)), let("other", ref("later", NUM)), let("last", ref("nothing")),
    ),
    "a failure that is a list or record": lambda: unverified(require(given_(fail(COSTS)), given_(fail(A_COST)), fail(YES))),
    "numbers": twice,
    # Sums, products and quotients.
    "a sum of other things": lambda: expressions(
        add((1, try_(1)), (1, num(1))), node(ir.Add, (), type_=NUM), node(ir.Add, ((1, yes(True)),), type_=YES),
        node(ir.Add, ((1, fact("kind")),), type_=KIND), node(ir.Add, ((1, percent(1)), (1, num(1))), type_=RATE),
    ),
    "a sum of whole and other numbers": lambda: expressions(add((1, whole(1)), (1, num(1)))),
    "a sum of days": lambda: expressions(
        add((1, day("2023-01-01")), (1, day("2023-01-01"))), add((-1, day("2023-01-01")), (1, const(DAYS, 1))),
        add((1, day("2023-01-01")), (1, whole(1))), add((1, day("2023-01-01")), (1, const(MONTHS, 1))),
        add((1, const(YEAR, 2023)), (1, const(MONTHS, 1))), add((1, const(MONTH, 1)), (1, const(DAYS, 1))),
        add((1, const(MOMENT, 1)), (1, const(DAYS, 1))), add((1, const(MONTH, 1)), (1, num(1))),
    ),
    "a difference of days": lambda: expressions(
        node(ir.Add, ((1, day("2023-01-01")), (1, day("2023-01-01"))), type_=INT),
        node(ir.Add, ((1, day("2023-01-01")), (-1, const(YEAR, 2023))), type_=INT),
        node(ir.Add, ((1, day("2023-01-01")), (-1, day("2023-01-01"))), type_=TRY),
    ),
    "a product of other things": lambda: expressions(
        node(ir.Mul, (), type_=NUM), mul(try_(1), try_(1), type_=TRY), mul(try_(1), percent(1), type_=USD),
        mul(const(PRICE, Fraction(1)), try_(1), type_=TRY), mul(const(PRICE, Fraction(1)), const(ENERGY, Fraction(1)), type_=USD),
        mul(const(ENERGY, Fraction(1)), type_=TRY), mul(try_(1), type_=NUM), mul(yes(True), num(1), type_=NUM),
        mul(num(1), type_=YES), mul(fact("kind"), type_=KIND), mul(const(SCORE, Fraction(1)), const(SCORE, Fraction(1)), type_=SCORE),
        mul(const(PRICE, Fraction(1)), try_(1), type_=PRICE), mul(const(ENERGY, Fraction(1)), type_=PRICE),
        mul(const(USD, Fraction(1)), type_=PRICE), mul(num(1), type_=PRICE), mul(num(1), type_=TRY),
    ),
    "a product of periods": lambda: expressions(
        mul(const(DAYS, 1), num(1), type_=DAYS), mul(const(DAYS, 1), percent(1), type_=DAYS),
        mul(const(DAYS, 1), whole(1), type_=MONTHS), mul(const(DAYS, 1), const(DAYS, 1), type_=DAYS),
    ),
    "a product of whole and other numbers": lambda: expressions(mul(whole(1), num(1), type_=INT)),
    "a quotient of other things": lambda: expressions(
        div(yes(True), num(1)), div(num(1), day("2023-01-01")), div(num(1), num(1), type_=YES), div(num(1), num(1), type_=DAYS),
        div(num(1), num(1), type_=INT),
    ),
    # What is rounded, ordered and compared.
    "a rounding of what is no number, or in no steps": lambda: expressions(
        node(ir.Round, day("2023-01-01"), "down", Fraction(1), type_=DATE), node(ir.Round, num(1), "down", Fraction(0), type_=NUM),
        node(ir.Round, num(1), "down", Fraction(-1), type_=NUM), node(ir.Round, whole(1), "down", Fraction(1, 2), type_=INT),
        node(ir.Round, try_(1), "down", Fraction(1), type_=NUM), node(ir.Round, num(1), "down", Fraction(1, 2), type_=NUM),
    ),
    "an extreme of nothing, or of what has no order": lambda: expressions(
        node(ir.Extreme, "largest", (), type_=NUM), extreme("largest", fact("kind")), node(ir.Extreme, "largest", (try_(1),), type_=NUM),
        node(ir.Extreme, "largest", (num(1),), type_=INT),
    ),
    "a comparison of other things": lambda: expressions(
        node(ir.Compare, "eq", num(1), percent(1)), node(ir.Compare, "eq", fact("kind"), num(1)), node(ir.Compare, "eq", num(1), fact("kind")),
        node(ir.Compare, "lt", fact("kind"), fact("kind")),
        node(ir.Compare, "ge", yes(True), yes(True)), node(ir.Compare, "ne", fact("company"), fact("company")),
        node(ir.Compare, "eq", fact("costs"), fact("costs")), node(ir.Compare, "eq", num(1), num(1), type_=NUM),
    ),
    # Truths.
    "a condition that is not yes or no": lambda: expressions(
        both(num(1)), node(ir.And, (yes(True),), type_=NUM), node(ir.Or, (num(1),)), node(ir.Or, (), type_=NUM), node(ir.Not, num(1)),
        node(ir.Not, yes(True), type_=NUM), node(ir.Given, num(1), type_=NUM),
    ),
    "one of what it cannot be": lambda: expressions(
        node(ir.OneOf, fact("kind"), ("works", "nothing")), node(ir.OneOf, fact("flag"), (True,)),
        node(ir.OneOf, fact("topics"), (frozenset(),)), node(ir.OneOf, fact("kind"), ("works",), type_=NUM),
        node(ir.OneOf, num(1), (1,)), node(ir.OneOf, fact("kind"), ()),
    ),
    "codes that there are not, or of another list": lambda: expressions(
        node(ir.InCodes, fact("code"), "nothing"), node(ir.InCodes, fact("code"), "here"), node(ir.InCodes, fact("kind"), "made"),
        node(ir.InCodes, fact("code"), "made", type_=NUM),
    ),
    "values that cannot be among the chosen ones": lambda: expressions(
        node(ir.Includes, fact("topics"), ("sport",)), node(ir.Includes, fact("kind"), ("works",)),
        node(ir.Includes, fact("topics"), ("energy",), type_=NUM),
    ),
    "cases": lambda: unverified(
        let("none", node(ir.Choose, (), None, "first", "t", type_=NUM)), let("no_truth", choose("first", (num(1), num(1)))),
        let("other", choose("first", (yes(True), num(1)), (yes(True), try_(1)))),
        let("otherwise", choose("first", (yes(True), num(1)), otherwise=try_(1))),
        let("whole", node(ir.Choose, ((yes(True), num(1)),), num(1), "first", "t", type_=INT)),
        require(given_(choose("first", (yes(True), fact("costs")))), given_(choose("first", (yes(True), fact("company"))))),
    ),
    # Figures over lists.
    "a figure over no list": lambda: expressions(
        node(ir.Aggregate, "number", fact("amount"), 1, None, None, type_=INT),
        node(ir.Aggregate, "number", choose("first", (yes(True), fact("costs"))), 2, None, None, type_=INT),
    ),
    "a figure over a list of the wrong shape": lambda: expressions(
        node(ir.Aggregate, "number", fact("costs"), 1, num(1), None, type_=INT),
        node(ir.Aggregate, "number", fact("costs"), 2, None, of_row("amount", 2), type_=INT),
        node(ir.Aggregate, "total", fact("costs"), 3, None, None, type_=TRY),
    ),
    "a row that two figures bind": lambda: expressions(
        aggregate("number", type_=INT), aggregate("number", type_=INT)
    ),
    "a figure over a list of the wrong type": lambda: expressions(
        *(
            node(ir.Aggregate, what, fact("costs"), var, None, of(var) if callable(of) else of, type_=type_)
            for var, (what, of, type_) in enumerate((
                ("every", lambda var: of_row("domestic", var), INT), ("every", num(1), YES), ("any", num(1), NUM),
                ("any", lambda var: of_row("domestic", var), NUM), ("number", None, TRY), ("different", row, INT),
                ("different", lambda _: fact("costs"), INT), ("different", num(1), TRY),
                ("total", lambda var: of_row("kind", var), KIND), ("total", lambda var: of_row("day", var), DATE),
                ("total", num(1), TRY), ("total", num(1), INT), ("average", const(MONTHS, 1), MONTHS), ("average", whole(1), INT),
                ("average", num(1), TRY), ("smallest", lambda var: of_row("kind", var), KIND), ("largest", yes(True), YES),
                ("largest", try_(1), NUM),
            ))
        )
    ),
    "the only one of lists or records": lambda: unverified(
        require(
            given_(node(ir.Aggregate, "only", fact("costs"), 1, None, row(1), type_=A_COST)),
            given_(node(ir.Aggregate, "only", fact("costs"), 2, None, fact("visits"), type_=COSTS)),
        )
    ),
    # The calendar.
    "the calendar": lambda: expressions(
        calendar("year", const(MOMENT, 0), type_=YEAR), calendar("year", day("2023-01-01"), type_=DATE),
        calendar("year", type_=YEAR), calendar("year", day("2023-01-01"), day("2023-01-01"), type_=YEAR),
        calendar("shift_months", day("2023-01-01"), const(DAYS, 1), type_=DATE),
        calendar("shift_months", day("2023-01-01"), const(MONTHS, 1), type_=MOMENT),
        calendar("shift_days", day("2023-01-01"), const(MONTHS, 1), type_=DATE),
        calendar("shift_working_days", day("2023-01-01"), const(DAYS, 1), type_=DATE),
        calendar("shift_hours", const(MOMENT, 0), const(DAYS, 1), type_=MOMENT),
        calendar("shift_hours", day("2023-01-01"), const(HOURS, 1), type_=DATE),
        calendar("days_between", day("2023-01-01"), const(YEAR, 2023), type_=INT),
    ),
    # The fields of records.
    "two fields of one name": lambda: unverified(
        records={"cost": lines(("amount", TRY), ("amount", NUM)), "company": COMPANY}
    ),
    "a number without a scale, and a text with one": lambda: unverified(
        records={"cost": ir.RecordDef("cost", (ir.FieldDef("amount", TRY), ir.FieldDef("name", TEXT, scale=0)))}
    ),
    "a field of a record that there is not": lambda: unverified(
        records={"cost": lines(("one", Record("nothing")), ("many", List("nothing")), ("more", COSTS))}
    ),
    "a field that is asked only when it is no truth, or by another row": lambda: unverified(
        application=ir.RecordDef("application", (
            *APPLICATION.fields, ir.FieldDef("one", YES, only_when=fact("amount"), var=1),
            ir.FieldDef("two", YES, only_when=of_row("domestic"), var=1),
        )),
        records={"company": COMPANY, "cost": ir.RecordDef("cost", (
            *COST.fields, ir.FieldDef("three", YES, only_when=of_row("domestic", 2), var=2),
            ir.FieldDef("four", YES, only_when=of_row("domestic", 2), var=3),
        ))},
    ),
    "a day of the rules that is no fact": lambda: unverified(as_of=node(ir.Fact, "nothing", type_=DATE)),
    "a computed field of no record, or of the name of a field": lambda: unverified(
        computed=(computed("x", num(1), record="nothing"), computed("amount", num(1), var=2)),
    ),
    "two computed fields of one row": lambda: unverified(computed=(computed("x", num(1)), computed("y", num(1)))),
    "a computed field that reads another row, or a later one": lambda: unverified(
        computed=(computed("x", of_row("amount", 2)), computed("y", of_computed("z", 3), var=3), computed("z", try_(1), var=4)),
    ),
    "a computed field before the figures that it reads": lambda: unverified(
        let("before", all_rows(of_computed("y", 3), 3)), let("other", try_(1)), let("half", try_(1)),
        let("total", all_rows(of_computed("y", 4), 4)),
        computed=(
            computed("x", ref("half")), computed("w", ref("other"), var=5),
            computed("y", add(of_computed("x", 2), of_computed("w", 2)), var=2),
        ),
    ),
    # The body.
    "a figure that is a list or record": lambda: expressions(fact("costs"), fact("company")),
    "a figure that is computed twice": lambda: unverified(
        let("half", try_(1)), let("half", try_(1)), let("grant's applies", yes(True)), support()
    ),
    "a rule of what is no truth": lambda: unverified(
        require(num(1), when=num(2)), require(of_row("domestic"), when=of_row("domestic"))
    ),
    "a support of what is no truth, no list, or not its money": lambda: unverified(
        support(name="gates", gates=(num(1), of_row("domestic"))),
        support(name="listless", over="amount", where=works(), base=of_row("amount")),
        evolve(support(name="where", where=num(1)), var=7),
        support(name="unit", over=None, base=num(1)), support(name="currency", over=None, base=const(USD, Fraction(1))),
        support(name="outside", over=None, base=of_row("amount")),
    ),
    "a row that two supports bind": lambda: unverified(support(name="one"), support(name="two")),
    "a rate that is applied twice, never, or not always": lambda: unverified(
        evolve(support(), steps=()), support(apply(), apply(), name="again", over=None, base=try_(1)),
        support(ir.Apply(when=yes(True), **named("apply")), name="when", over=None, base=try_(1)),
        support(ir.Apply(where=yes(True), **named("apply")), name="where", over=None, base=try_(1)),
    ),
    "a step that is about no truth": lambda: steps(
        ir.Keep(num(1), **named("eligible")), rate(percent(1), when=num(1)), rate(percent(1), where=num(1)),
        rate(percent(1), when=of_row("domestic")),
    ),
    "sums of a support before they are found, or by another": lambda: unverified(
        support(
            ceiling("together", ref("grant's eligible_cost"), "pro_rata"), apply(),
            ceiling("together", ref("grant's before_ceilings"), "pro_rata", on="support"),
            ceiling("together", ref("grant"), "pro_rata", on="support"),
        ),
        let("after", add(ref("grant"), ref("grant's eligible_cost"), ref("grant's before_ceilings"))),
        let("applies", ref("grant's applies", YES)),
        support(
            apply(), ceiling("together", ref("other's eligible_cost"), "pro_rata", on="support"),
            name="next", over=None, base=try_(1),
        ),
    ),
    # The steps.
    "a choice of the first lines": lambda: steps(
        pick(try_(1), of_row("kind")), pick(of_row("amount"), of_row("amount")), pick(num(1), of_row("amount"), row()),
        pick(num(1), of_row("amount"), fact("costs")),
    ),
    "a ceiling on the wrong side of the rates": lambda: steps(
        ceiling("together", try_(1), "pro_rata", on="support"), ceiling("each", None, "trimmed", on="support"), apply(),
        ceiling("together", try_(1), "pro_rata"), ceiling("each", None, "trimmed"),
    ),
    "a ceiling of what is no money of the support": lambda: steps(
        ceiling("each", num(1), "trimmed"), ceiling("each", const(USD, Fraction(1)), "trimmed"),
        ceiling("each", try_(1), "trimmed", other=num(1)),
    ),
    "a ceiling of all lines that reads one": lambda: steps(
        ceiling("together", of_row("amount"), "pro_rata"), ceiling("together", try_(1), "pro_rata", other=of_row("amount")),
    ),
    "what is above a ceiling": lambda: steps(
        ceiling("together", try_(1), "trimmed"), ceiling("together", try_(1), "drops_line"), ceiling("each", try_(1), "pro_rata"),
        ceiling("each", try_(1), "last_first"), ceiling("per", try_(1), "trimmed", of_row("kind")),
    ),
    "groups of a ceiling": lambda: steps(
        ceiling("per", try_(1), "pro_rata"), ceiling("together", try_(1), "pro_rata", of_row("kind")),
        ceiling("per", try_(1), "pro_rata", row()),
    ),
    "a rate that is none": lambda: steps(
        rate(num(1)), ir.RateCeiling(points(1), **named("rate_ceiling")), ir.Raise("plus", percent(1), None, **named("bonus")),
        ir.Raise("increased_by", num(1), None, **named("bonus")), ir.Raise("plus", points(1), num(1), **named("bonus")),
        ir.Raise("increased_by", percent(1), of_row("amount"), **named("bonus")),
        ir.Raise("plus", points(1), of_row("amount"), **named("bonus")), rate(of_row("amount")),
    ),
    "a rate after the rates": lambda: steps(
        apply(), rate(percent(1)), ir.RateCeiling(percent(1), **named("rate_ceiling")),
        ir.Raise("plus", points(1), None, **named("bonus")),
    ),
    "a factor that is none": lambda: steps(
        ir.Scale(try_(1), **named("proration")), ir.Scale(points(1), **named("proration")), ir.Scale(percent(1), **named("proration")),
        ir.Scale(num(1), **named("proration")),
    ),
    "supplements": lambda: steps(
        ir.Supplement(try_(1), **named("supplement")), apply(), ir.Supplement(num(1), **named("supplement")),
        ir.Supplement(try_(1), where=yes(True), **named("supplement")), ir.Supplement(of_row("amount"), **named("supplement")),
    ),
    "floors": lambda: steps(
        floor("raised_to", 1), apply(), floor("raised_to", 1),
        ir.Floor("raised_to", num(1), in_any_case=False, **named("floor")),
        ir.Floor("raised_to", of_row("amount"), in_any_case=False, **named("floor")),
    ),
    "a rounding of lines in no steps": lambda: steps(rounding("down", "each", 0), rounding("down", "each", -1), rounding("down", "each", 1)),
    # Ceilings over several supports.
    "a ceiling over what is no support, and over one in another currency": lambda: joint("one", "figure", "nothing"),
    "a ceiling over supports in another currency": lambda: joint("one", limit=const(USD, Fraction(1))),
    "a ceiling over nothing": joint,
    "a ceiling over one support twice": lambda: joint("one", "one"),
    "a ceiling over several that is of no truth, or in no steps": lambda: joint("one", "two", when=num(1), step=Fraction(0)),
    "a ceiling over several that reads a line": lambda: joint("one", when=of_row("domestic"), limit=of_row("amount")),
    "a ceiling before the support": lambda: unverified(
        ir.Joint(ir.About("in_all", "support_ceiling"), ("grant",), None, try_(1), "pro_rata", Fraction(1)), support()
    ),
    # What stands after the body.
    "an example that expects no truth": lambda: unverified(examples=(example(yes(True), None, num(1), of_row("domestic")),)),
    "a promise of what there is not": lambda: unverified(
        invariances=(
            promise(ref("nothing")), promise(try_(1), when=num(1)), promise(try_(1), limit=ref("nothing")),
            promise(of_row("amount"), when=of_row("domestic"), limit=of_row("amount")),
        ),
    ),
    "instalments of no support": lambda: unverified(
        let("half", try_(1)), let("rule", yes(True)), payments={"rule": (), "nothing": (instalment(),)},
    ),
    "instalments of other figures": lambda: paid(
        instalment("dollars"), instalment("nothing"), instalment(applies="on"), instalment(due_on="so"), instalment(due_once="on"),
        instalment(applies="so", due_on="on", due_once="so"),
    ),
    "a limit on the instalment that takes the rest": lambda: paid(
        instalment(limit=try_(1)), instalment(share=None), instalment(share=None, limit=try_(1))
    ),
    "a ranking of other figures": lambda: ranking(budget="dollars", awards="money", reserve="so", part_where="number"),
    "a ranking of what there is not": lambda: ranking(
        budget="nothing", awards="no number", reserve="no count", part_where="no truth", set_aside="no money", order=by("no key"),
        per=("kind", "no group"),
    ),
    "a ranking by what has no order": lambda: ranking(order=(*by("kind"), *by("so"), *by("day"), *by("money"))),
    "a ranking that shares nothing": lambda: ranking(budget=None, no_room="share"),
    "a ranking that shares by no figure": lambda: ranking(no_room="share", share="by"),
    "a ranking that shares in proportion and equally": lambda: ranking(no_room="share", share_by="number"),
    "a ranking that shares by what has no order": lambda: ranking(no_room="share", share="by", share_by="kind"),
    "bounds of a share of other figures": lambda: ranking(
        no_room="share", set_aside="dollars", first="number", least="dollars", most="count"
    ),
    "bounds of a share that nobody gets": lambda: ranking(least="money"),
}

# ---- and none where there is none ----------------------------------------------------------------------------------

FINE: dict[str, Callable[[], ir.Program]] = {
    "constants": lambda: expressions(
        const(KIND, "works"), const(TOPICS, frozenset()), const(TOPICS, frozenset(TOPICS.values)), const(TEXT, "x"), whole(2),
        const(DATE, 1), const(HOURS, 1), const(PRICE, Fraction(1, 3)), yes(False),
    ),
    "sums": lambda: expressions(
        add((1, day("2023-01-01")), (-1, const(DAYS, 1)), (1, const(DAYS, 2))), add((1, const(YEAR, 2023)), (1, whole(1))),
        add((1, const(MONTH, 1)), (1, whole(1)), (-1, const(MONTHS, 1))), add((1, const(MOMENT, 1)), (1, whole(1))),
        node(ir.Add, ((1, day("2023-01-02")), (-1, day("2023-01-01"))), type_=INT),
        node(ir.Add, ((1, percent(1)), (-1, points(1))), type_=RATE), node(ir.Add, ((1, percent(1)),), type_=POINTS),
        add((1, const(DAYS, 1)), (1, const(DAYS, 1))), add((1, try_(1)), (-1, try_(1))), add((1, num(1)), (1, whole(1))),
    ),
    "products": lambda: expressions(
        mul(try_(1), percent(1), num(1), type_=TRY), mul(const(PRICE, Fraction(1)), type_=TRY),
        mul(const(ENERGY, Fraction(1)), const(PRICE, Fraction(1)), points(1), type_=TRY), mul(const(DAYS, 1), whole(1), type_=DAYS),
        mul(const(PRICE, Fraction(1)), num(1), type_=PRICE), mul(try_(1), num(1), type_=PRICE), mul(percent(1), num(1), type_=NUM),
        mul(percent(1), percent(1), type_=RATE), mul(const(SCORE, Fraction(1)), num(1), type_=SCORE), mul(whole(1), whole(1), type_=INT),
    ),
    "quotients, roundings and extremes": lambda: expressions(
        div(const(DAYS, 1), const(DAYS, 2)), div(try_(1), num(2), type_=TRY), node(ir.Round, whole(1), "up", Fraction(10), type_=INT),
        node(ir.Round, num(1), "up", Fraction(1, 10), type_=NUM), extreme("largest", day("2023-01-01"), day("2023-01-01")),
        node(ir.Extreme, "smallest", (whole(1), whole(2)), type_=INT),
    ),
    "truths": lambda: expressions(
        node(ir.Compare, "ne", fact("kind"), const(KIND, "works")), node(ir.Compare, "lt", day("2023-01-01"), fact("day")),
        node(ir.Compare, "eq", num(1), whole(1)), node(ir.And, ()), node(ir.OneOf, fact("kind"), ("works", "other")),
        node(ir.OneOf, num(1), (Fraction(1), Fraction(1, 2))), node(ir.InCodes, fact("code"), "made"),
        node(ir.Includes, fact("topics"), TOPICS.values), node(ir.Not, given_(fact("costs"))),
    ),
    "values of a choice that is declared elsewhere": lambda: expressions(
        node(ir.Compare, "eq", fact("kind"), const(Choice("other", KIND.values), "works"))
    ),
    "all that a line can be asked": lambda: unverified(
        require(
            *(
                node(ir.Aggregate, "any", fact("costs"), var, given_(row(var)), made(var))
                for var, made in enumerate((
                    lambda var: node(ir.Compare, "lt", extreme("largest", of_row("amount", var)), try_(1)),
                    lambda var: node(ir.Compare, "lt", try_(1), mul(of_row("amount", var), type_=TRY)),
                    lambda var: node(ir.Compare, "lt", node(ir.Round, of_row("amount", var), "up", Fraction(1), type_=TRY), try_(1)),
                    lambda var: node(ir.Compare, "lt", div(try_(1), of_row("amount", var)), num(1)),
                    lambda var: node(ir.OneOf, of_row("kind", var), ("works",)),
                    lambda var: both(of_row("domestic", var), node(ir.Not, of_row("domestic", var))),
                    lambda var: choose("first", (of_row("domestic", var), of_row("domestic", var)), otherwise=of_row("domestic", var)),
                    lambda var: node(ir.Compare, "lt", add(of_row("amount", var)), try_(1)),
                    lambda var: node(ir.Compare, "lt", calendar("year", of_row("day", var), type_=YEAR), const(YEAR, 2023)),
                ), 1)
            )
        )
    ),
    "figures over lists": lambda: expressions(
        *(
            node(ir.Aggregate, what, fact("costs"), var, None, of(var) if callable(of) else of, type_=type_)
            for var, (what, of, type_) in enumerate((
                ("every", yes(True), YES), ("any", lambda var: of_row("domestic", var), YES), ("number", None, INT),
                ("different", lambda var: of_row("kind", var), INT), ("different", num(1), NUM), ("total", num(1), NUM),
                ("total", const(DAYS, 1), DAYS), ("total", whole(1), INT), ("average", num(1), NUM),
                ("average", lambda var: of_row("amount", var), TRY), ("smallest", lambda var: of_row("day", var), DATE),
                ("largest", whole(1), INT), ("only", lambda var: of_row("kind", var), KIND),
            ))
        )
    ),
    "the calendar": lambda: expressions(
        calendar("shift_months", day("2023-01-01"), const(MONTHS, 1), type_=DATE),
        calendar("shift_days", const(MOMENT, 0), const(DAYS, 1), type_=MOMENT),
        calendar("shift_working_days", day("2023-01-01"), const(WORKING_DAYS, 1), type_=DATE),
        calendar("shift_hours", const(MOMENT, 0), const(HOURS, 1), type_=MOMENT), calendar("first_day", const(YEAR, 1), type_=DATE),
        calendar("days_in_month", const(MONTH, 1), type_=INT), calendar("days_between", day("2023-01-01"), fact("day"), type_=NUM),
    ),
    "steps that read a line": lambda: steps(
        ir.Keep(of_row("domestic"), **named("eligible")), pick(num(1), of_row("amount"), of_row("kind")),
        ceiling("each", of_row("amount"), "trimmed", other=of_row("amount"), where=of_row("domestic")),
        ceiling("each", try_(1), "drops_line"), ceiling("each", try_(1), "refuses"), ceiling("together", try_(1), "pro_rata"),
        ceiling("together", try_(1), "last_first"), ceiling("together", try_(1), "refuses"),
        ceiling("per", of_row("amount"), "pro_rata", of_row("kind"), other=of_row("amount")),
        ceiling("per", try_(1), "last_first", of_row("kind")), ceiling("per", try_(1), "refuses", of_row("kind")),
        rate(choose("first", (of_row("domestic"), percent(1)), otherwise=percent(2))),
        ir.Raise("plus", choose("first", (of_row("domestic"), points(1)), otherwise=points(2)), of_row("amount"), **named("bonus")),
        ir.Raise("increased_by", percent(1), None, **named("bonus")), ir.RateCeiling(percent(1), **named("rate_ceiling")), apply(),
        ceiling("together", ref("grant's eligible_cost"), "pro_rata", on="support"),
        ir.Scale(div(of_row("amount"), of_row("amount")), **named("proration")), ir.Supplement(try_(1), **named("supplement")),
        floor("raised_to", 1), rounding("down", "each"),
        where=of_row("domestic"),
    ),
    "two supports, each with its figures": lambda: unverified(
        support(name="one"), support(name="two", over=None, base=try_(5)),
        let("sum", add(ref("one"), ref("two"), ref("one's eligible_cost"), ref("two's before_ceilings"))),
    ),
    "a computed field of another that reads several figures": lambda: unverified(
        let("half", try_(1)), let("other", try_(1)), let("total", all_rows(of_computed("z", 4), 4)),
        computed=(
            computed("x", ref("half")), computed("y", ref("other"), var=2),
            computed("z", add(of_computed("x", 3), of_computed("y", 3)), var=3),
        ),
    ),
    "a day of the rules": lambda: unverified(as_of=fact("day")),
    "instalments": lambda: paid(instalment(limit=try_(1), applies="so", due_on="on"), instalment(share=None, due_once="so")),
    "a ranking": lambda: ranking(
        awards="number", reserve="count", set_aside="money", first="money", least="money", most="money", part_where="so",
        order=(*by("day"), *by("count")), per=("kind", "so"), no_room="share", share="by", share_by="money",
    ),
    "a ranking without a budget": lambda: ranking(budget=None, awards="count"),
}
# fmt: on


def mistakes(program: ir.Program) -> tuple[str, ...]:
    try:
        verify(program)
    except IllFormedCoreError as found:
        return found.mistakes
    return ()


@pytest.fixture(autouse=True)
def _numbers_from_one(monkeypatch):
    """So that a message names the same numbers whatever was made before."""
    monkeypatch.setattr(core_building, "NEXT", count(1))


def test_whatever_no_author_can_have_written_is_found(monkeypatch):
    """Each demand of the second look and a programme that breaks it; all mistakes are told at once."""
    told = []
    for name, made in MISTAKES.items():
        monkeypatch.setattr(core_building, "NEXT", count(1))
        found = mistakes(made())
        assert found, name
        told += [name, *(f"    {each}" for each in found), ""]
    text = "\n".join(told)

    assert text == stored("core/mistakes.txt", text)


@pytest.mark.parametrize("name", FINE)
def test_whatever_an_author_can_have_written_passes(name):
    assert mistakes(FINE[name]()) == ()


def test_the_error_lists_every_mistake():
    with pytest.raises(IllFormedCoreError) as found:
        verify(expressions(const(TRY, 5), ref("nothing")))

    assert str(found.value).splitlines() == [
        "the compiled programme is not well formed:",
        *found.value.mistakes,
    ]
    assert len(found.value.mistakes) == 2
