"""
Random programmes, and applications for them.

A programme is made directly in the core, by type: whatever is made has a meaning, and nothing is thrown away. All
random choices come from one `random.Random` and a size, so that making a programme takes a few milliseconds; Hypothesis
draws the seed and the size, and shrinks both. Values of facts stand on the figures of the programme or one step beside
them, because that is where rules change their mind.

`programs`, `cases` and `partial_cases` are for `@given`; `random_program`, `random_facts`, `blanked` and `completed` do
the work and may be called on their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from random import Random
from typing import Any, cast

from attrs import evolve, frozen
from hypothesis import strategies as st

from grantrules.asking import asker
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import expressions
from grantrules.properties.draws import Draws
from grantrules.source import Source
from grantrules.types import (
    Choice,
    Choices,
    Country,
    Date,
    List,
    Moment,
    Money,
    MoneyPer,
    Month,
    Nace,
    Number,
    PercentagePoints,
    Period,
    Points,
    Quantity,
    Rate,
    Record,
    Region,
    Text,
    Type,
    Year,
    YesNo,
)

YES, NUM, INT, TRY, RATE, POINTS = (
    YesNo(),
    Number(),
    Number(whole=True),
    Money("TRY"),
    Rate(),
    PercentagePoints(),
)
SCORE, DATE, MOMENT, YEAR, MONTH = Points(), Date(), Moment(), Year(), Month()
MONTHS, DAYS, HOURS, WORKING_DAYS = Period("months"), Period("days"), Period("hours"), Period("working days")
ENERGY, PRICE, TEXT = Quantity("kWh"), MoneyPer("TRY", "kWh"), Text()
KIND = Choice("kind", ("works", "machinery", "training", "other"))
TOPICS = Choices("topics", ("energy", "export", "design"))
NACE, COUNTRY, REGION = Nace("2"), Country(), Region()

EXACT = (NUM, INT, TRY, RATE, POINTS, SCORE, ENERGY, PRICE)
DATES = (DATE, MOMENT, YEAR, MONTH)
ORDERED = (*EXACT, *DATES, MONTHS, DAYS)
UNORDERED = (YES, KIND, TOPICS, NACE, COUNTRY, REGION, TEXT)
ANY = (*ORDERED, *UNORDERED)
WHOLE = (Date, Moment, Year, Month, Period)

# What an author would write, so that comparisons meet: a programme uses few figures, many times.
FIGURES: Mapping[Type, tuple[str, ...]] = {
    NUM: ("0", "1", "2", "2.5", "10"),
    INT: ("0", "1", "2", "3", "20"),
    TRY: ("0", "0.01", "100", "333.33", "1000", "1000", "5000", "20000", "-50"),
    RATE: ("0", "0.5", "0.7", "0.75", "1", "0.3333"),
    POINTS: ("0.05", "0.15", "-0.1"),
    SCORE: ("0", "5", "12.5"),
    ENERGY: ("0", "1", "40"),
    PRICE: ("0.5", "3"),
}
GATES: tuple[Any, ...] = ("when", "in_force", "require", "figure", "not_together")
REASONS: tuple[Any, ...] = (
    "unset", "hole", "no_line", "several_lines", "does_not_apply", "absent", "zero_divisor", "no_such_day",
    "empty_list", "tie",
)  # fmt: skip
DAY = 738_767  # 4 September 2023
HELD: Mapping[Type, tuple[Any, ...]] = {
    YES: (True, False),
    DATE: (DAY, DAY + 27, DAY + 178, DAY + 179, DAY - 366),
    MOMENT: (1_693_339_200, 1_693_342_800, 1_693_425_600, 1_698_541_200),
    YEAR: (2022, 2023, 2024),
    MONTH: (12 * 2023 + 1, 12 * 2023 + 8),
    MONTHS: (0, 1, 6, 13),
    DAYS: (0, 1, 30),
    HOURS: (0, 1, 36),
    WORKING_DAYS: (0, 1, 10),
    KIND: KIND.values,
    TOPICS: tuple(frozenset(some) for some in ((), ("energy",), ("energy", "export"), TOPICS.values)),
    NACE: ("C", "32", "32.5", "32.50", "32.50.13", "62.01"),
    COUNTRY: ("TR", "DE"),
    REGION: ("TR7", "TR72", "TR721", "DE1"),
    TEXT: ("a", "b"),
}
SCALES: Mapping[Type, tuple[int, ...]] = {
    NUM: (0, 2), INT: (0,), TRY: (2,), RATE: (4,), POINTS: (4,), SCORE: (1,), ENERGY: (0, 1), PRICE: (2,),
}  # fmt: skip

CODES = {
    "made": ir.CodeSet(ir.About("made", "codes"), NACE, ("C",), ("32.5", "10"), ("32.50.13",)),
    "medical": ir.CodeSet(ir.About("medical", "codes"), NACE, ("32.50",)),
    "here": ir.CodeSet(ir.About("here", "codes"), REGION, ("TR72",), ("TR722",)),
    "abroad": ir.CodeSet(ir.About("abroad", "codes"), COUNTRY, ("DE", "FR")),
}

# ---- what Hypothesis draws -----------------------------------------------------------------------------------------


@frozen
class Case:
    """A programme and an application for it; some facts may be unknown."""

    program: ir.Program
    facts: Facts


@frozen
class PartialCase:
    """A programme, an application of which not all is known, and complete ones that it may become."""

    program: ir.Program
    partial: Facts
    completions: tuple[Facts, ...]


def seeded(seed: int) -> Random:
    """The generator that makes all choices."""
    return Random(seed)  # noqa: S311 - Repeatable numbers, not secret ones.


SEEDS = st.integers(0, 2**32)
SIZES = st.integers(1, 5)


def programs() -> st.SearchStrategy[ir.Program]:
    """Well-typed programmes with all kinds of nodes, statements and steps."""
    return st.builds(lambda seed, size: random_program(seeded(seed), size), SEEDS, SIZES)


def cases(*, complete: bool | None = None) -> st.SearchStrategy[Case]:
    """Programmes with an application: with all facts, with some unknown, or (`None`) with either."""

    def made(seed: int, size: int) -> Case:
        rng = seeded(seed)
        program = random_program(rng, size)
        facts = random_facts(rng, program)
        if complete is False or (complete is None and Draws(rng).chance(50)):
            facts = blanked(rng, program, facts)
        return Case(program, facts)

    return st.builds(made, SEEDS, SIZES)


def partial_cases(completions: int = 4, focus: str | None = None) -> st.SearchStrategy[PartialCase]:
    """Programmes with a partial application and some of its completions; or programmes about one kind of step."""

    def made(seed: int, size: int) -> PartialCase:
        rng = seeded(seed)
        program = random_program(rng, size) if focus is None else focused_program(rng, size, focus)
        whole = random_facts(rng, program)
        partial = blanked(rng, program, whole)
        others = (completed(rng, program, partial) for _ in range(completions - 1))
        return PartialCase(program, partial, (whole, *others))

    return st.builds(made, SEEDS, SIZES)


# ---- programmes ----------------------------------------------------------------------------------------------------


def random_program(rng: Random, size: int) -> ir.Program:
    """A programme of about `size` statements of each kind, with expressions about as deep."""
    return _Maker(rng, size).program()


FOCUSES = ("keep", "pick", "each", "together", "per", "rates", "scale", "supplement", "floor", "rounding")


def focused_program(rng: Random, size: int, focus: str) -> ir.Program:
    """One support with plain conditions and few failures, whose steps are nearly all of one kind."""
    return _FocusedMaker(rng, size, focus).program()


Rows = tuple[tuple[int, str], ...]
"""The rows in scope: their binders and records, the innermost last."""


class _Maker(Draws):
    """One programme while it is made."""

    optional = 15
    scopes: tuple[Any, ...] = ("each", "together", "per")

    def __init__(self, rng: Random, size: int) -> None:
        super().__init__(rng)
        self.size = size
        self.nodes = 0
        self.vars = 0
        self.names = 0
        self.records: dict[str, ir.RecordDef] = {}
        self.fields: dict[str, list[tuple[str, Type]]] = {}
        self.facts: list[tuple[str, Type]] = []
        self.figures: list[tuple[str, Type]] = []
        self.computed: list[ir.Computed] = []
        self.body: list[ir.Statement] = []

    # ---- the small things ------------------------------------------------------------------------------------------

    def at(self) -> dict[str, Any]:
        self.nodes += 1
        return {"at": self.nodes}

    def var(self) -> int:
        self.vars += 1
        return self.vars

    def about(self, keyword: str) -> ir.About:
        self.names += 1
        return ir.About(f"{keyword}_{self.names}", keyword)

    def program(self) -> ir.Program:
        self.shape()
        self.statements()
        return self.made()

    def statements(self) -> None:
        for _ in self.repeat(0, 2):
            self.let()
        for _ in self.repeat(0, self.size // 2):
            self.computed_field()
        statements: list[Callable[[], None]] = [self.let, self.let, self.rule, self.support, self.support]
        self.support()
        for _ in self.repeat(1, self.size):
            self.rng.choice(statements)()
            if self.chance(30):
                self.joint()

    def made(self) -> ir.Program:
        return ir.Program(
            about=ir.About("random", "programme"),
            source=Source("random.rules", ""),
            language="en",
            authority=None,
            currency="TRY",
            zone="Europe/Istanbul",
            month_end="refused",
            nace="2",
            as_of=None,
            application=ir.RecordDef("application", self.application),
            records=self.records,
            choices={
                of: ir.ChoiceDef({value: {"en": value} for value in values}, {})
                for of, values in (("kind", KIND.values), ("topics", TOPICS.values))
            },
            codes=CODES,
            parameters={},
            computed=tuple(self.computed),
            body=tuple(self.body),
            scores=(),
            results=(),
            indicators=(),
            examples=(),
            invariances=(),
            slots=self.nodes + 1,
        )

    # ---- the shape of the data -------------------------------------------------------------------------------------

    def shape(self) -> None:
        """Records for lists, a record that is a fact, and the facts."""
        self.record("event", (TRY, *self.types(1)))
        self.record("cost", (TRY, KIND, YES, *self.types(3)))
        nested = (("events", List("event")),) if self.chance(50) else ()
        self.record("member", (KIND, NUM, *self.types(2)), nested)
        self.record("company", (YES, *self.types(2)), nested if self.chance(20) else ())
        more: tuple[tuple[str, Type], ...] = (("costs", List("cost")),)
        more += (("members", List("member")),) if self.chance(70) else ()
        more += (("company", Record("company")),) if self.chance(60) else ()
        types = (YES, TRY, *self.types(self.size + 2))
        self.application = self.field_defs("", types, more, -1)
        self.facts = [(each.name, each.type) for each in self.application]

    def types(self, number: int) -> tuple[Type, ...]:
        return tuple(self.rng.choice(ANY) for _ in range(number))

    def record(self, name: str, types: Sequence[Type], more: Sequence[tuple[str, Type]] = ()) -> None:
        fields = self.field_defs(name, types, more, self.var())
        self.records[name] = ir.RecordDef(name, fields)
        self.fields[name] = [(each.name, each.type) for each in fields]

    def field_defs(
        self, record: str, types: Sequence[Type], more: Sequence[tuple[str, Type]], var: int
    ) -> tuple[ir.FieldDef, ...]:
        named = [*((f"{record or 'fact'}_{number}", type_) for number, type_ in enumerate(types)), *more]
        found: list[ir.FieldDef] = []
        for name, type_ in named:
            optional = self.chance(self.optional)
            low, high = self.bounds(type_)
            asked = next((each for each in found if each.type == YES and not each.optional), None)
            only_when = None
            if asked is not None and asked.only_when is None and self.chance(15):
                only_when = self.truth_of_field(asked.name, var, record)
            scale = self.rng.choice(SCALES[type_]) if type_ in SCALES else None
            if isinstance(type_, WHOLE):
                scale = 0
            if scale is not None and not isinstance(type_, WHOLE):
                low, high = (None if end is None else end * 10**scale for end in (low, high))
            found.append(
                ir.FieldDef(
                    name,
                    type_,
                    scale=scale,
                    optional=optional,
                    minimum=low,
                    maximum=high,
                    only_when=only_when,
                    var=var,
                )
            )
        return tuple(found)

    def bounds(self, type_: Type) -> tuple[int | None, int | None]:
        """The least and the greatest value of a fact, in whole numbers; of a list the greatest length."""
        if isinstance(type_, List):
            return None, self.rng.choice((None, 1, 3, 4))
        if type_ == TRY:
            return self.rng.choice(((0, None), (0, None), (0, 5000), (None, None), (100, 1000)))
        if type_ in EXACT:
            return self.rng.choice(((0, None), (0, 100), (None, None), (1, 3)))
        if type_ == DATE:
            return self.rng.choice(((None, None), (DAY - 400, DAY + 400)))
        return None, None

    def truth_of_field(self, name: str, var: int, record: str) -> ir.Expr:
        if not record:
            return ir.Fact(name, type=YES, **self.at())
        return ir.Field(ir.Row(var, type=Record(record), **self.at()), name, type=YES, **self.at())

    # ---- statements ------------------------------------------------------------------------------------------------

    def depth(self) -> int:
        return self.rng.randint(0, min(3, 1 + self.size // 2))

    def let(self) -> None:
        about, type_ = self.about("let"), self.rng.choice((*ANY, TRY, RATE, INT))
        value = self.fail(type_) if self.chance(5) else self.expr(type_, self.depth())
        self.body.append(ir.Let(about, value))
        self.figures.append((about.name, type_))

    def computed_field(self) -> None:
        record = self.rng.choice(tuple(self.records))
        var, type_ = self.var(), self.rng.choice((TRY, TRY, YES, RATE, INT, NUM, KIND, DATE))
        about, rows = self.about("computed"), ((var, record),)
        value = (
            self.looked_up(type_, rows)
            if type_ != KIND and self.chance(40)
            else self.expr(type_, self.depth(), rows)
        )
        self.computed.append(ir.Computed(about, record, var, value))
        self.fields[record].append((about.name, type_))

    def looked_up(self, type_: Type, rows: Rows) -> ir.Expr:
        """What a row finds among the lines of a list that have something in common with it."""
        hows = {TRY: ("total",), YES: ("any", "every"), INT: ("number",)}.get(type_, ("smallest", "largest"))
        counts = type_ == INT
        found = self.aggregate(
            self.one(hows), type_, None if counts else lambda inside: self.expr(type_, 1, inside), rows
        )
        ((own, record),) = rows
        record_there = cast("List", found.list.type).record
        alike = [
            (one, other, kind)
            for one, kind in self.fields[record]
            for other, kind_there in self.fields[record_there]
            if kind == kind_there and not isinstance(kind, List)
        ]
        if not alike:
            return found
        one, other, kind = self.rng.choice(alike)
        same: ir.Expr = ir.Compare(
            "eq",
            self.field_of_row(found.var, record_there, other, kind),
            self.field_of_row(own, record, one, kind),
            type=YES,
            **self.at(),
        )
        where = same if found.where is None else ir.And((same, found.where), type=YES, **self.at())
        return evolve(found, where=where)

    def rule(self) -> None:
        kind = self.one(("require", "require", "require", "advise", "duty", "note", "promise"))
        conditions = tuple(self.expr(YES, self.depth()) for _ in self.repeat(1, 2))
        self.body.append(ir.Rule(self.about(kind), kind, self.perhaps(30), conditions))

    def perhaps(self, odds: int, rows: Rows = ()) -> ir.Expr | None:
        return self.expr(YES, self.rng.randint(0, 2), rows) if self.chance(odds) else None

    def support(self) -> None:
        about, var = self.about("support"), self.var()
        number = self.rng.choice((0, 0, 1, 2))
        gates = tuple(
            ir.Gate(self.about("gate"), self.one(GATES), self.expr(YES, self.depth())) for _ in range(number)
        )
        rows: Rows = ()
        list_ = None
        lists = [(name, type_) for name, type_ in self.facts if isinstance(type_, List)]
        if self.chance(85):
            name, type_ = self.rng.choice(lists)
            list_ = ir.Fact(name, type=type_, **self.at())
            rows = ((var, type_.record),)
        where = self.perhaps(15, rows) if rows else None
        base = self.base(rows)
        self.body.append(
            ir.Support(
                about=about,
                currency="TRY",
                gates=gates,
                list=list_,
                where=where,
                var=var,
                base=base,
                steps=self.steps(about.name, rows),
                only_a_basis=(basis := self.chance(20)),
                repayable=not basis and self.chance(10),
            )
        )
        self.figures += [
            (about.name, TRY),
            (f"{about.name}'s eligible_cost", TRY),
            (f"{about.name}'s before_ceilings", TRY),
            (f"{about.name}'s applies", YES),
        ]

    def base(self, rows: Rows) -> ir.Expr:
        if rows and self.chance(80):
            var, record = rows[-1]
            amounts = [name for name, type_ in self.fields[record] if type_ == TRY]
            if amounts:
                row = ir.Row(var, type=Record(record), **self.at())
                return ir.Field(row, self.rng.choice(amounts), type=TRY, **self.at())
        return self.expr(TRY, self.depth(), rows)

    def joint(self) -> None:
        supports = [each.name for each in self.body if isinstance(each, ir.Support)]
        over = tuple(name for name in supports if self.chance(70))
        if over:
            excess = self.one(("pro_rata", "last_first", "refuses"))
            limit = self.expr(TRY, self.rng.randint(0, 1))
            step = self.rng.choice((Fraction(1, 100), Fraction(1), Fraction(50)))
            self.body.append(ir.Joint(self.about("joint"), over, self.perhaps(20), limit, excess, step))

    # ---- the steps of a support ------------------------------------------------------------------------------------

    def steps(self, support: str, rows: Rows) -> tuple[ir.AnyStep, ...]:
        found: list[ir.AnyStep] = []
        cost_steps = (self.keep, self.pick, *[self.cost_ceiling] * 4, self.round, self.scale)
        found += [self.one(cost_steps)(rows) for _ in self.repeat(0, self.size // 2 + 1)]
        if self.chance(80):
            found.append(self.rate(rows))
            rate_steps = (self.rate, self.raise_, self.rate_ceiling, self.round)
            found += [self.one(rate_steps)(rows) for _ in self.repeat(0, 2)]
        found.append(ir.Apply(about=self.about("apply")))
        own = [(f"{support}'s {what}", TRY) for what in ("eligible_cost", "before_ceilings")]
        self.figures += own
        aid_steps = (
            *(self.keep, self.pick, self.scale, self.supplement),
            *(self.floor, self.round) * 2,
            *[self.support_ceiling] * 5,
        )
        found += [self.one(aid_steps)(rows) for _ in self.repeat(0, self.size // 2 + 1)]
        self.figures = [figure for figure in self.figures if figure not in own]
        return tuple(found)

    def step(self, keyword: str, rows: Rows, *, where: bool = True) -> dict[str, Any]:
        """What all steps have."""
        about = ({"where": self.perhaps(25, rows)} if where and rows else {})  # fmt: skip
        return {"about": self.about(keyword), "when": self.perhaps(15), **about}

    def figure(self, type_: Type, rows: Rows = ()) -> ir.Expr:
        """The figure of a step: mostly a constant, as in real programmes."""
        if self.chance(4):
            return self.fail(type_)
        if self.chance(40):
            return self.expr(type_, self.rng.randint(0, 2), rows)
        return self.const(type_, above_zero=self.chance(90))

    def keep(self, rows: Rows) -> ir.Keep:
        keep = self.expr(YES, self.rng.randint(0, 2), rows)
        if self.chance(60):
            keep = ir.Or((keep, self.expr(YES, 1, rows)), type=YES, **self.at())
        return ir.Keep(keep, **self.step("keep", rows))

    def pick(self, rows: Rows) -> ir.Pick:
        by: ir.Expr = self.const(INT)  # All lines are tied.
        if self.chance(80):
            by = self.expr(self.rng.choice((TRY, DATE, NUM, INT)), self.rng.randint(0, 1), rows)
        return ir.Pick(
            self.figure(self.rng.choice((INT, INT, NUM))),
            by,
            self.chance(50),
            self.keys(rows, 50),
            **self.step("pick", rows),
        )

    def keys(self, rows: Rows, odds: int) -> tuple[ir.Expr, ...]:
        if not self.chance(odds):
            return ()
        return tuple(self.expr(self.rng.choice((KIND, YES, INT)), 0, rows) for _ in self.repeat(1, 2))

    def cost_ceiling(self, rows: Rows) -> ir.Ceiling:
        return self.ceiling("cost", rows)

    def support_ceiling(self, rows: Rows) -> ir.Ceiling:
        return self.ceiling("support", rows)

    def ceiling(self, on: Any, rows: Rows) -> ir.Ceiling:
        scope = self.rng.choice([each for each in self.scopes if rows or each != "per"] or ["each"])
        several = ("pro_rata", "pro_rata", "last_first", "refuses")
        excess = self.one(("trimmed", "drops_line", "refuses") if scope == "each" else several)
        read = () if scope == "together" else rows
        limit: ir.Expr | None = self.figure(TRY, read)
        if self.chance(3):
            limit, scope = None, "together"
        other = self.figure(TRY, read) if limit is not None and self.chance(15) else None
        keys = self.keys(rows, 100) if scope == "per" else ()
        return ir.Ceiling(on, scope, limit, keys, other, excess, **self.step("ceiling", rows))

    def rate(self, rows: Rows) -> ir.Rate:
        return ir.Rate(self.figure(RATE, rows), **self.step("rate", rows))

    def raise_(self, rows: Rows) -> ir.Raise:
        if self.chance(30):
            return ir.Raise("increased_by", self.figure(RATE, rows), None, **self.step("bonus", rows))
        part = self.expr(TRY, 0, rows) if self.chance(40) else None
        return ir.Raise("plus", self.figure(POINTS, rows), part, **self.step("bonus", rows))

    def rate_ceiling(self, rows: Rows) -> ir.RateCeiling:
        return ir.RateCeiling(self.figure(RATE, rows), **self.step("rate_ceiling", rows))

    def scale(self, rows: Rows) -> ir.Scale:
        factor = self.figure(self.rng.choice((NUM, RATE)), rows)
        return ir.Scale(factor, **self.step("proration", rows))

    def supplement(self, rows: Rows) -> ir.Supplement:
        return ir.Supplement(self.figure(TRY), **self.step("supplement", rows, where=False))

    def floor(self, rows: Rows) -> ir.Floor:
        how = self.one(("less_not_paid", "raised_to"))
        return ir.Floor(how, self.figure(TRY), self.chance(30), **self.step("floor", rows))

    def round(self, rows: Rows) -> ir.RoundLines:
        return ir.RoundLines(
            self.rng.choice(("down", "up", "half_up", "half_even")),
            self.rng.choice((Fraction(1, 100), Fraction(1), Fraction(50))),
            self.rng.choice(("each", "once")),
            **self.step("rounding", rows),
        )

    # ---- expressions -----------------------------------------------------------------------------------------------

    def expr(self, type_: Type, depth: int, rows: Rows = ()) -> ir.Expr:
        """An expression of a type that reads the facts, the figures before it and the rows in scope."""
        if depth <= 0:
            return self.leaf(type_, rows)
        makers: list[Callable[[], ir.Expr]] = [
            lambda: self.choice(type_, depth, rows),
            lambda: self.only(type_, depth, rows),
        ]
        if type_ == YES:
            makers = [*self.truths(depth, rows), *makers]
        elif type_ in EXACT:
            makers = [*self.numbers(type_, depth, rows), *makers]
        elif type_ in ORDERED:
            makers = [*self.dates(type_, depth, rows), *makers]
        if type_ in ORDERED:
            makers.append(lambda: self.extreme(type_, depth, rows))
            makers.append(lambda: self.best(type_, depth, rows))
        return self.rng.choice(makers)()

    def leaf(self, type_: Type, rows: Rows) -> ir.Expr:
        """A fact, a field, a figure, a constant, or now and then a failure."""
        found = [*self.read_from_rows(type_, rows)] * 2
        found += [partial(self.read, ir.Fact, name, type_) for name, t in self.facts if t == type_]
        found += [partial(self.read, ir.Ref, name, type_) for name, t in self.figures if t == type_]
        if any(t == Record("company") for _, t in self.facts):
            found += [
                partial(self.field_of_company, name, type_)
                for name, t in self.fields["company"]
                if t == type_
            ]
        if not found or self.chance(25):
            return self.fail(type_) if self.chance(5) else self.const(type_)
        return self.rng.choice(found)()

    def read_from_rows(self, type_: Type, rows: Rows) -> Iterator[Callable[[], ir.Expr]]:
        for var, record in rows:
            for name, t in self.fields[record]:
                if t == type_:
                    yield partial(self.field_of_row, var, record, name, type_)

    def read(self, node: Any, name: str, type_: Type) -> ir.Expr:
        made: ir.Expr = node(name, type=type_, **self.at())
        return made

    def field_of_company(self, name: str, type_: Type) -> ir.Expr:
        company = ir.Fact("company", type=Record("company"), **self.at())
        return ir.Field(company, name, type=type_, **self.at())

    def field_of_row(self, var: int, record: str, name: str, type_: Type) -> ir.Expr:
        return ir.Field(ir.Row(var, type=Record(record), **self.at()), name, type=type_, **self.at())

    def const(self, type_: Type, *, above_zero: bool = False) -> ir.Const:
        value = self.value(type_)
        while above_zero and value <= 0:
            value = self.value(type_)
        return ir.Const(value, type=type_, **self.at())

    def value(self, type_: Type) -> Any:
        if type_ in FIGURES:
            return Fraction(self.rng.choice(FIGURES[type_]))
        return self.rng.choice(HELD[type_])

    def fail(self, type_: Type) -> ir.Fail:
        return ir.Fail(
            ir.Reason(self.one(REASONS), f"figure_{self.rng.randint(1, 3)}"), type=type_, **self.at()
        )

    def choice(self, type_: Type, depth: int, rows: Rows) -> ir.Expr:
        arms = tuple(
            (self.expr(YES, depth - 1, rows), self.expr(type_, depth - 1, rows)) for _ in self.repeat(1, 3)
        )
        otherwise = self.expr(type_, depth - 1, rows) if self.chance(70) else None
        mode = self.one(("first", "first", "one", "agree"))
        return ir.Choose(arms, otherwise, mode, f"table_{self.rng.randint(1, 3)}", type=type_, **self.at())

    def extreme(self, type_: Type, depth: int, rows: Rows) -> ir.Expr:
        which = self.one(("smallest", "largest"))
        values = tuple(self.expr(type_, depth - 1, rows) for _ in self.repeat(1, 3))
        return ir.Extreme(which, values, type=type_, **self.at())

    def several(self, type_: Type, depth: int, rows: Rows) -> tuple[ir.Expr, ...]:
        return tuple(self.expr(type_, depth - 1, rows) for _ in self.repeat(0, 3))

    # ---- truths ----------------------------------------------------------------------------------------------------

    def truths(self, depth: int, rows: Rows) -> list[Callable[[], ir.Expr]]:
        return [
            lambda: ir.And(self.several(YES, depth, rows), type=YES, **self.at()),
            lambda: ir.Or(self.several(YES, depth, rows), type=YES, **self.at()),
            lambda: ir.Not(self.expr(YES, depth - 1, rows), type=YES, **self.at()),
            lambda: self.compare(depth, rows),
            lambda: self.compare(depth, rows),
            lambda: self.one_of(depth, rows),
            lambda: self.in_codes(depth, rows),
            lambda: ir.Includes(
                self.expr(TOPICS, depth - 1, rows),
                tuple(self.rng.sample(TOPICS.values, self.rng.randint(0, 2))),
                type=YES,
                **self.at(),
            ),
            lambda: self.given(rows),
            lambda: self.aggregate(
                self.rng.choice(("every", "any")), YES, lambda inside: self.expr(YES, depth - 1, inside), rows
            ),
        ]

    def compare(self, depth: int, rows: Rows) -> ir.Expr:
        type_ = self.rng.choice((*ANY, TRY, INT, NUM, DATE))
        hows = ("eq", "ne", "lt", "le", "gt", "ge") if type_ in ORDERED else ("eq", "ne")
        left = self.expr(type_, depth - 1, rows)
        right = self.const(type_) if self.chance(60) else self.expr(type_, depth - 1, rows)
        return ir.Compare(self.one(hows), left, right, type=YES, **self.at())

    def one_of(self, depth: int, rows: Rows) -> ir.Expr:
        type_ = self.rng.choice((KIND, NACE, COUNTRY, TEXT, INT, DATE, TRY))
        values = tuple(dict.fromkeys(self.value(type_) for _ in self.repeat(1, 3)))
        return ir.OneOf(self.expr(type_, depth - 1, rows), values, type=YES, **self.at())

    def in_codes(self, depth: int, rows: Rows) -> ir.Expr:
        name = self.rng.choice(tuple(CODES))
        value = self.expr(CODES[name].type, depth - 1, rows)
        return ir.InCodes(value, name, self.chance(30), type=YES, **self.at())

    def given(self, rows: Rows) -> ir.Expr:
        places: list[tuple[ir.Expr | None, str, Type]] = [(None, name, t) for name, t in self.facts]
        for var, record in rows:
            row = ir.Row(var, type=Record(record), **self.at())
            places += [(row, name, t) for name, t in self.fields[record]]
        of, name, type_ = self.rng.choice(places)
        fact: ir.Expr = ir.Fact(name, type=type_, **self.at())
        if of is not None:
            fact = ir.Field(of, name, type=type_, **self.at())
        return ir.Given(fact, type=YES, **self.at())

    # ---- lists -----------------------------------------------------------------------------------------------------

    def aggregate(
        self, what: Any, type_: Type, of: Callable[[Rows], ir.Expr] | None, rows: Rows
    ) -> ir.Aggregate:
        lists: list[tuple[ir.Expr | None, str, List]] = [
            (None, name, t) for name, t in self.facts if isinstance(t, List)
        ]
        for var, record in rows:
            row = ir.Row(var, type=Record(record), **self.at())
            lists += [(row, name, t) for name, t in self.fields[record] if isinstance(t, List)] * 3
        owner, name, list_type = self.rng.choice(lists)
        list_: ir.Expr = ir.Fact(name, type=list_type, **self.at())
        if owner is not None:
            list_ = ir.Field(owner, name, type=list_type, **self.at())
        var = self.var()
        inside = (*rows, (var, list_type.record))
        where = self.perhaps(50, inside)
        return ir.Aggregate(
            what, list_, var, where, None if of is None else of(inside), type=type_, **self.at()
        )

    def only(self, type_: Type, depth: int, rows: Rows) -> ir.Expr:
        """One value of the rows of a list; half the time of the row that comes first by something."""
        found = self.aggregate("only", type_, lambda inside: self.expr(type_, depth - 1, inside), rows)
        by, list_ = self.rng.choice((TRY, DATE, INT)), found.list
        if not isinstance(list_, ir.Fact) or not isinstance(list_.type, List) or self.chance(50):
            return found
        record, other = list_.type.record, self.var()
        names = [name for name, kind in self.fields[record] if kind == by]
        if not names:
            return found
        name = self.rng.choice(names)

        def key(var: int) -> ir.Expr:
            row = ir.Row(var, type=Record(record), **self.at())
            return ir.Field(row, name, type=by, **self.at())

        again = evolve(list_, **self.at())
        which = self.one(("smallest", "largest"))
        best = ir.Aggregate(which, again, other, None, key(other), type=by, **self.at())
        first = ir.Compare(self.one(("eq", "ge")), key(found.var), best, type=YES, **self.at())
        where = first if found.where is None else ir.And((found.where, first), type=YES, **self.at())
        return evolve(found, where=where)

    def best(self, type_: Type, depth: int, rows: Rows) -> ir.Expr:
        what = self.rng.choice(("smallest", "largest"))
        return self.aggregate(what, type_, lambda inside: self.expr(type_, depth - 1, inside), rows)

    # ---- numbers and dates -----------------------------------------------------------------------------------------

    def numbers(self, type_: Type, depth: int, rows: Rows) -> list[Callable[[], ir.Expr]]:
        found = [
            lambda: self.add(type_, depth, rows),
            lambda: ir.Round(
                self.expr(type_, depth - 1, rows),
                self.rng.choice(("down", "up", "half_up", "half_even")),
                Fraction(1)
                if type_ == INT
                else self.rng.choice((Fraction(1, 100), Fraction(1), Fraction(3))),
                type=type_,
                **self.at(),
            ),
            lambda: self.aggregate("total", type_, lambda inside: self.expr(type_, depth - 1, inside), rows),
        ]
        if type_ == INT:
            found += [
                lambda: self.aggregate("number", INT, None, rows),
                lambda: self.aggregate(
                    "different",
                    INT,
                    lambda inside: self.expr(self.rng.choice((KIND, NUM, NACE, YES)), depth - 1, inside),
                    rows,
                ),
                lambda: self.between(depth, rows),
                lambda: self.calendar("days_in_month", INT, depth, rows, self.rng.choice((DATE, MONTH))),
                lambda: ir.Mul(
                    (self.expr(INT, depth - 1, rows), self.expr(INT, depth - 1, rows)), type=INT, **self.at()
                ),
            ]
        else:
            found += [
                lambda: self.times(type_, depth, rows),
                lambda: self.over(type_, depth, rows),
                lambda: self.aggregate(
                    "average", type_, lambda inside: self.expr(type_, depth - 1, inside), rows
                ),
            ]
        return found

    def add(self, type_: Type, depth: int, rows: Rows) -> ir.Expr:
        if type_ == INT and self.chance(20):
            days = (self.expr(DATE, depth - 1, rows), self.expr(DATE, depth - 1, rows))
            return ir.Add(((1, days[0]), (-1, days[1])), type=INT, **self.at())
        terms = [(self.one((1, 1, -1)), self.expr(type_, depth - 1, rows)) for _ in self.repeat(1, 3)]
        if type_ == RATE and self.chance(40):
            terms.append((self.one((1, -1)), self.expr(POINTS, depth - 1, rows)))
        return ir.Add(tuple(terms), type=type_, **self.at())

    def times(self, type_: Type, depth: int, rows: Rows) -> ir.Expr:
        if type_ == TRY and self.chance(20):
            factors = [self.expr(PRICE, depth - 1, rows), self.expr(ENERGY, depth - 1, rows)]
        else:
            factors = [
                self.expr(type_, depth - 1, rows),
                self.expr(self.rng.choice((RATE, NUM)), depth - 1, rows),
            ]
        if self.chance(20):
            factors.append(self.expr(NUM, depth - 1, rows))
        self.rng.shuffle(factors)
        return ir.Mul(tuple(factors), type=type_, **self.at())

    def over(self, type_: Type, depth: int, rows: Rows) -> ir.Expr:
        if type_ == RATE:
            of = self.rng.choice((TRY, NUM, ENERGY))
            left, right = self.expr(of, depth - 1, rows), self.expr(of, depth - 1, rows)
        else:
            left, right = self.expr(type_, depth - 1, rows), self.expr(NUM, depth - 1, rows)
        return ir.Div(left, right, type=type_, **self.at())

    def between(self, depth: int, rows: Rows) -> ir.Expr:
        what: Any = self.rng.choice(
            ("years_between", "months_between", "days_between", "working_days_between")
        )
        args = (self.expr(DATE, depth - 1, rows), self.expr(DATE, depth - 1, rows))
        holidays = self.holidays() if what == "working_days_between" else frozenset()
        return ir.Calendar(what, args, both=self.chance(50), holidays=holidays, type=INT, **self.at())

    def holidays(self) -> frozenset[int]:
        """A few days off work near the days that facts take, or none."""
        first = self.rng.randint(737_000, 740_000)
        return frozenset(first + self.rng.randint(0, 40) for _ in range(self.rng.choice((0, 0, 3, 9))))

    def calendar(self, what: Any, type_: Type, depth: int, rows: Rows, *of: Type) -> ir.Expr:
        args = tuple(self.expr(each, depth - 1, rows) for each in of)
        return ir.Calendar(what, args, type=type_, **self.at())

    def shift(self, what: Any, type_: Type, by: Type, depth: int, rows: Rows) -> ir.Expr:
        args = (self.expr(type_, depth - 1, rows), self.expr(by, depth - 1, rows))
        end = self.one(("refused", "last_day", "next_day"))
        sign = self.one((1, -1))
        holidays = self.holidays() if what == "shift_working_days" else frozenset()
        return ir.Calendar(what, args, sign=sign, month_end=end, holidays=holidays, type=type_, **self.at())

    def dates(self, type_: Type, depth: int, rows: Rows) -> list[Callable[[], ir.Expr]]:
        shifts = [
            lambda: self.shift("shift_months", type_, MONTHS, depth, rows),
            lambda: self.shift("shift_days", type_, DAYS, depth, rows),
            lambda: self.shift("shift_working_days", type_, WORKING_DAYS, depth, rows),
        ]
        match type_:
            case Date():
                return [
                    *shifts,
                    lambda: self.calendar("local_date", DATE, depth, rows, MOMENT),
                    lambda: self.calendar("first_day", DATE, depth, rows, self.rng.choice((YEAR, MONTH))),
                    lambda: self.calendar("last_day", DATE, depth, rows, self.rng.choice((YEAR, MONTH))),
                    lambda: ir.Add(
                        (
                            (1, self.expr(DATE, depth - 1, rows)),
                            (self.rng.choice((1, -1)), self.expr(DAYS, depth - 1, rows)),
                        ),
                        type=DATE,
                        **self.at(),
                    ),
                ]
            case Moment():
                return [
                    *shifts,
                    lambda: self.shift("shift_hours", MOMENT, HOURS, depth, rows),
                    lambda: self.calendar("start_of_day", MOMENT, depth, rows, DATE),
                ]
            case Year():
                return [lambda: self.calendar("year", YEAR, depth, rows, DATE)]
            case Month():
                return [lambda: self.calendar("month", MONTH, depth, rows, DATE)]
            case _:
                return [
                    lambda: ir.Add(
                        tuple((1, self.expr(type_, depth - 1, rows)) for _ in self.repeat(1, 2)),
                        type=type_,
                        **self.at(),
                    ),
                    lambda: ir.Mul(
                        (self.expr(INT, depth - 1, rows), self.expr(type_, depth - 1, rows)),
                        type=type_,
                        **self.at(),
                    ),
                    lambda: self.aggregate(
                        "total", type_, lambda inside: self.expr(type_, depth - 1, inside), rows
                    ),
                ]


class _FocusedMaker(_Maker):
    """One programme about one kind of step."""

    optional = 3

    def __init__(self, rng: Random, size: int, focus: str) -> None:
        super().__init__(rng, size)
        self.focus = focus
        if focus in self.scopes:
            self.scopes = (focus,)

    def types(self, number: int) -> tuple[Type, ...]:
        return tuple(self.rng.choice((YES, YES, TRY, INT)) for _ in range(number))

    def statements(self) -> None:
        self.support()

    def depth(self) -> int:
        return 0

    def perhaps(self, odds: int, rows: Rows = ()) -> ir.Expr | None:
        return self.leaf(YES, rows) if self.chance(2 * odds) else None

    def figure(self, type_: Type, rows: Rows = ()) -> ir.Expr:
        if self.chance(2):
            return self.fail(type_)
        if self.chance(30):
            return self.leaf(type_, rows)
        return self.const(type_, above_zero=self.chance(90))

    def steps(self, support: str, rows: Rows) -> tuple[ir.AnyStep, ...]:  # noqa: ARG002 - One shape.
        makers: Mapping[str, tuple[Sequence[Callable[[Rows], ir.AnyStep]], ...]] = {
            "keep": ([self.keep], [], [self.keep]),
            "pick": ([self.pick], [], [self.pick]),
            "rates": (
                [self.cost_ceiling],
                [self.rate, self.raise_, self.rate_ceiling],
                [self.support_ceiling],
            ),
            "scale": ([self.scale], [], [self.scale, self.supplement]),
            "supplement": ([], [], [self.supplement, self.support_ceiling]),
            "floor": ([self.cost_ceiling], [], [self.floor, self.floor, self.support_ceiling]),
            "rounding": ([self.round, self.cost_ceiling], [], [self.round, self.round, self.support_ceiling]),
        }
        ceilings: tuple[list[Any], list[Any], list[Any]] = ([self.cost_ceiling], [], [self.support_ceiling])
        before, rates, after = makers.get(self.focus, ceilings)
        found = [self.rng.choice(before)(rows) for _ in self.repeat(0, 2) if before]
        found += [self.rate(rows) for _ in self.repeat(0, 1)]
        found += [self.rng.choice(rates)(rows) for _ in self.repeat(0, 2) if rates and found]
        found.append(ir.Apply(about=self.about("apply")))
        return (*found, *(self.rng.choice(after)(rows) for _ in self.repeat(1, 2)))


# ---- applications --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def literals(program: ir.Program) -> Mapping[type, tuple[Any, ...]]:
    """The constants of a programme by the class of their type."""
    found: dict[type, dict[Any, None]] = {}
    for expr in expressions(program):
        if isinstance(expr, ir.Const):
            found.setdefault(type(expr.type), {})[expr.value] = None
        elif isinstance(expr, ir.OneOf):
            found.setdefault(type(expr.value.type), {}).update(dict.fromkeys(expr.values))
    return {kind: tuple(values) for kind, values in found.items()}


def random_facts(rng: Random, program: ir.Program) -> Facts:
    """A complete application: many values on the figures of the programme or one step beside them."""
    return Facts(_Application(rng, program).filled(program.application, None), complete=True)


def completed(rng: Random, program: ir.Program, partial: Facts) -> Facts:
    """A complete application that a partial one may become."""
    return Facts(_Application(rng, program).filled(program.application, partial.values), complete=True)


def blanked(rng: Random, program: ir.Program, facts: Facts) -> Facts:
    """The application with some facts, fields and lists taken away, and what hangs on them."""
    odds = rng.choice((5, 15, 40, 80))
    return Facts(_Application(rng, program).blanked(program.application, facts.values, odds), complete=False)


_LIKE = {type(kind): kind for kind in (*HELD, *FIGURES)}
"""For each class of types the one of which figures are at hand; of numbers any."""


class _Application(Draws):
    """Makes and unmakes applications of one programme."""

    def __init__(self, rng: Random, program: ir.Program) -> None:
        super().__init__(rng)
        self.program = program
        self.literals = literals(program)
        self.holds = asker(program)
        self.whole: list[Any] = [ir.UNKNOWN] * len(program.application.fields)

    def filled(self, record: ir.RecordDef, values: Sequence[Any] | None) -> tuple[Any, ...]:
        """A record with a value for every field that is unknown."""
        found = self._begun(record)
        for at, declared in enumerate(record.fields):
            known = ir.UNKNOWN if values is None else values[at]
            found[at] = self.fill(declared, known, self.asked(record, declared, found))
        return tuple(found)

    def _begun(self, record: ir.RecordDef) -> list[Any]:
        """The fields of a record before any of them is known; those of the application are seen from everywhere."""
        found = [ir.UNKNOWN] * len(record.fields)
        if record is self.program.application:
            self.whole = found
        return found

    def asked(self, record: ir.RecordDef, declared: ir.FieldDef, found: Sequence[Any]) -> bool | None:
        """Whether a fact is asked, as far as the facts before it say."""
        row = None if record is self.program.application else found
        return self.holds(declared, self.whole, row)

    def fill(self, declared: ir.FieldDef, known: Any, asked: bool | None) -> Any:  # noqa: FBT001 - One of three.
        match declared.type:
            case Record(name) if known is not ir.UNKNOWN and known is not None:
                return self.filled(self.program.records[name], known)
            case List(name) if known is not ir.UNKNOWN and known is not None:
                return [self.filled(self.program.records[name], row) for row in known]
            case _:
                if known is not ir.UNKNOWN:
                    return known
        if not asked or (declared.optional and self.chance(30)):
            return None
        return self.value(declared)

    def value(self, declared: ir.FieldDef) -> Any:
        match declared.type:
            case Record(name):
                return self.filled(self.program.records[name], None)
            case List(name):
                most = 4 if declared.maximum is None else declared.maximum
                number = min(most, self.rng.choice((0, 1, 2, 2, 2, 3, 3, 3, 4)))
                number = max(declared.minimum or 0, number)
                return [self.filled(self.program.records[name], None) for _ in range(number)]
            case YesNo():
                return self.chance(70)
            case Choice(_, values):
                return self.rng.choice(values)
            case Choices(_, values):
                return frozenset(value for value in values if self.chance(50))
            case Text():
                return self.rng.choice(HELD[TEXT])
            case Nace() | Country() | Region() as kind:
                listed = [
                    code for each in self.program.codes.values() if each.type == kind for code in each.codes
                ]
                return self.rng.choice((*HELD[_LIKE[type(kind)]], *listed))
            case _:
                return self.number(declared)

    def number(self, declared: ir.FieldDef) -> int:
        """A number near a figure of the programme, or any other, within the bounds of the fact."""
        scale = declared.scale or 0
        figures: Sequence[Any] = self.literals.get(type(declared.type), ())
        if not figures or self.chance(20):
            like = declared.type if declared.type in (*HELD, *FIGURES) else _LIKE[type(declared.type)]
            figures = [Fraction(each) for each in FIGURES.get(like, ())] or HELD[like]
        near = Fraction(self.rng.choice(figures)) * 10**scale
        if near <= 0 and self.chance(60):
            near = Fraction(max(figures)) * 10**scale
        found = int(near) + self.rng.choice((0, 0, 0, -1, 1))
        if self.chance(15):
            found = (
                found * self.rng.randint(1, 7) // 3 if not isinstance(declared.type, WHOLE) else found + 31
            )
        if isinstance(declared.type, Period):
            found = max(0, found)
        if declared.minimum is not None:
            found = max(declared.minimum, found)
        return found if declared.maximum is None else min(declared.maximum, found)

    def blanked(self, record: ir.RecordDef, values: Sequence[Any], odds: int) -> tuple[Any, ...]:
        found = self._begun(record)
        for at, (declared, value) in enumerate(zip(record.fields, values, strict=True)):
            found[at] = self.blank(declared, value, odds, self.asked(record, declared, found))
        return tuple(found)

    def blank(self, declared: ir.FieldDef, value: Any, odds: int, asked: bool | None) -> Any:  # noqa: FBT001 - As above.
        if asked is None or (asked and self.chance(odds)):
            return ir.UNKNOWN
        match declared.type:
            case Record(name) if value is not None:
                return self.blanked(self.program.records[name], value, odds)
            case List(name) if value is not None:
                return [self.blanked(self.program.records[name], row, odds) for row in value]
            case _:
                return value
