"""
Random values and conditions, as an author writes them.

Whatever is made has a type, and is bracketed where the grammar asks for it.  Facts, records and figures are declared as
they are needed, so that a file holds little that nothing reads.  All random choices come from one `random.Random`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random
from typing import TypeAlias

from attrs import define, field, frozen

from grantrules import types as ty
from grantrules.properties.draws import Draws

YES, INT, NUM, RATE = ty.YesNo(), ty.Number(whole=True), ty.Number(), ty.Rate()
EUR, USD, PRICE = ty.Money("EUR"), ty.Money("USD"), ty.MoneyPer("EUR", "tonne")
PPOINTS, SCORE, TONNE = ty.PercentagePoints(), ty.Points(), ty.Quantity("tonne")
DATE, MOMENT, YEAR, MONTH = ty.Date(), ty.Moment(), ty.Year(), ty.Month()
MONTHS, DAYS, HOURS, WORKING_DAYS = (ty.Period(unit) for unit in ("months", "days", "hours", "working days"))
KIND = ty.Choice("kind", ("works", "machinery", "training"))
SIZE = ty.Choice("size", ("small", "medium", "large"))
LEVEL = ty.Choice("level", ("low", "high"))
TOPICS = ty.Choices("topics", ("energy", "export", "design"))
NACE, COUNTRY, REGION, TEXT = ty.Nace("2"), ty.Country(), ty.Region(), ty.Text()

AMOUNTS = (EUR, EUR, EUR, INT, NUM, RATE, USD, SCORE, TONNE, PPOINTS, PRICE)
TIMES = (DATE, MOMENT, YEAR, MONTH)
PERIODS = (MONTHS, DAYS, HOURS, WORKING_DAYS)
SIZED = (*AMOUNTS, *TIMES, *PERIODS)
CODES = (NACE, COUNTRY, REGION)
SINGLE = (*SIZED, YES, YES, KIND, SIZE, *CODES, TEXT)

# What an author would write, the smallest first: a programme uses few figures, many times.
WRITTEN: Mapping[ty.Type, tuple[str, ...]] = {
    INT: ("0", "1", "2", "3", "12"),
    NUM: ("0", "0.5", "1", "2.5", "10"),
    EUR: ("0 EUR", "0.01 EUR", "100 EUR", "333.33 EUR", "1 000 EUR", "5 000 EUR", "20 000 EUR"),
    USD: ("0 USD", "0.01 USD", "250 USD", "1 000 USD"),
    RATE: ("0%", "12.5%", "50%", "70%", "100%"),
    PPOINTS: ("1 percentage point", "5 percentage points", "15 percentage points"),
    SCORE: ("1 point", "5 points", "12.5 points"),
    TONNE: ("0 tonne", "1 tonne", "2.5 tonne", "40 tonne"),
    PRICE: ("0 EUR per tonne", "0.50 EUR per tonne", "3 EUR per tonne"),
    DATE: ("2022-12-31", "2023-09-04", "2024-01-31", "2024-02-29"),
    MOMENT: ("2023-06-26 17:00", "2023-09-04 12:00 Europe/Istanbul", "2024-03-01 00:00:01"),
    MONTH: ("month 2023-09", "month 2024-02"),
    MONTHS: ("0 months", "1 month", "6 months", "1 year", "18 months"),
    DAYS: ("0 days", "1 day", "10 days", "2 weeks", "30 days"),
    HOURS: ("1 hour", "36 hours"),
    WORKING_DAYS: ("1 working day", "10 working days"),
    NACE: ("NACE C", "NACE 32.5", "NACE 32.50", "NACE Rev. 2 62.01"),
    YES: ("yes", "no"),
}
BELOW_ZERO: Mapping[ty.Type, str] = {
    NUM: "(-2)", EUR: "(-50 EUR)", RATE: "(-3%)", PPOINTS: "(-10 percentage points)", SCORE: "(-5 points)",
    TONNE: "(-1 tonne)",
}  # fmt: skip
# Values that are plain names, and mean something only beside what they are compared with.
NAMED: Mapping[ty.Type, tuple[str, ...]] = {
    KIND: KIND.values, SIZE: SIZE.values, LEVEL: LEVEL.values, TOPICS: TOPICS.values,
    COUNTRY: ("TR", "DE", "FR"), REGION: ("TR72", "TR721", "DE1"), NACE: WRITTEN[NACE],
}  # fmt: skip
STEPS: Mapping[ty.Type, tuple[str, ...]] = {
    INT: ("1", "3"), NUM: ("1", "0.5"), EUR: ("0.01 EUR", "1 EUR", "50 EUR"), USD: ("0.01 USD", "5 USD"),
    RATE: ("1 percentage point", "10%"), PPOINTS: ("1 percentage point",), SCORE: ("1 point", "0.5 points"),
    TONNE: ("1 tonne",), PRICE: ("0.01 EUR per tonne",),
}  # fmt: skip
MODES = ("down", "up", "half up", "half to even")
TYPE_WORDS: Mapping[ty.Type, str] = {
    YES: "yes/no", INT: "whole number", NUM: "number", RATE: "rate", EUR: "money", USD: "money in USD",
    PRICE: "money per tonne", PPOINTS: "percentage points", SCORE: "points", TONNE: "quantity in tonne",
    DATE: "date", MOMENT: "moment", YEAR: "year", MONTH: "month", MONTHS: "period", DAYS: "period in days",
    HOURS: "period in hours", WORKING_DAYS: "period in working days",
    KIND: 'one of works "Works" tr "İnşaat" also building, machinery, training',
    SIZE: "one of small, medium, large", TOPICS: "some of energy, export, design",
    NACE: "NACE", COUNTRY: "country", REGION: "region", TEXT: "text",
}  # fmt: skip
WORDS: Mapping[ty.Type, str] = {
    YES: "ready", INT: "people", NUM: "factor", RATE: "share", EUR: "amount", USD: "dollars", PRICE: "unit_price",
    PPOINTS: "uplift", SCORE: "mark", TONNE: "load", DATE: "begun_on", MOMENT: "handed_in", YEAR: "called_in",
    MONTH: "paid_in", MONTHS: "length", DAYS: "stay", HOURS: "standing", WORKING_DAYS: "waiting", KIND: "sort",
    SIZE: "firm_size", TOPICS: "topics", NACE: "sector", COUNTRY: "seat", REGION: "zone", TEXT: "label",
}  # fmt: skip
LISTS: Mapping[str, str] = {"cost": "costs", "member": "members", "event": "events", "visit": "visits"}
"""The lists of the application, and the list of events that a member and the leader have."""

ATOM, PRIMARY, CHAIN, SHARE, EXPR, WIDE, MAIN = range(7)
"""How much a piece of text holds: what holds more than a place takes is put in brackets."""


@frozen
class Piece:
    """Some text, and how much it holds."""

    text: str
    level: int

    def at(self, level: int) -> str:
        """The text for a place that takes so much."""
        return self.text if self.level <= level else f"({self.text})"


@frozen
class Row:
    """A line in reach: its record, and the list it is of as the author names it."""

    record: str
    list: str


Rows: TypeAlias = tuple[Row, ...]
Make: TypeAlias = Callable[[], Piece]


@frozen
class Figure:
    """
    A figure that may be named.

    Args:
        steady: it rests on facts alone, so that it can be read on another day or for another value.
        dated: it differs from day to day.
        keys: facts that it depends on for certain.
        may_not_apply: it has a case that does not apply.
    """

    name: str
    type: ty.Type
    steady: bool = False
    dated: bool = False
    keys: tuple[str, ...] = ()
    may_not_apply: bool = False


@define
class Declared:
    """The facts of the application, or the fields of a record: type and line of each by its name."""

    types: dict[str, ty.Type] = field(factory=dict)
    lines: dict[str, list[str]] = field(factory=dict)
    optional: set[str] = field(factory=set)


class Formulas(Draws):
    """What an author writes, while a programme is made."""

    def __init__(self, rng: Random, size: int) -> None:
        super().__init__(rng)
        self.size = size
        self.count = 0
        self.facts = Declared()
        self.records: dict[str, Declared] = {}
        self.code_lists: dict[str, ty.Type] = {}
        self.figures: list[Figure] = []
        self.supports: list[str] = []
        self.hidden: set[str] = set()
        self.roundings: dict[str, ty.Type] = {}
        self.calendars: list[str] = []

    # ---- the small things ------------------------------------------------------------------------------------------

    def made(self, makers: Sequence[Make]) -> Piece:
        """One of several pieces; the others are not made."""
        piece: Piece = self.one(makers)()
        return piece

    def name(self, word: str) -> str:
        """A new name."""
        self.count += 1
        return f"{word}_{self.count}"

    def depth(self) -> int:
        """How deep a formula is."""
        return self.rng.randint(0, 1 + (self.size > 2))

    # ---- the shape of the data -------------------------------------------------------------------------------------

    def fact(self, kind: ty.Type, *, optional: bool | None = None) -> str:
        """A fact of a type: one that there is, or a new one."""
        there = [
            name
            for name, its in self.facts.types.items()
            if its == kind and (optional is None or (name in self.facts.optional) == optional)
        ]
        if there and self.chance(75):
            return str(self.one(there))
        return self.declare(self.facts, self.name(WORDS[kind]), kind, optional=optional)

    def line_field(self, record: str, kind: ty.Type, *, optional: bool | None = None) -> str:
        """A field of a record: one that there is, or a new one."""
        fields = self.record(record)
        there = [
            name
            for name, its in fields.types.items()
            if its == kind and (optional is None or (name in fields.optional) == optional)
        ]
        if there and self.chance(80):
            return str(self.one(there))
        return self.declare(fields, self.name(f"its_{WORDS[kind]}"), kind, optional=optional)

    def record(self, name: str) -> Declared:
        """A record, declared with its list when it is first read."""
        if name not in self.records:
            fields = self.records[name] = Declared()
            if name == "member":
                self.record("event")
                most = self.one((2, 3))
                fields.types["events"] = ty.List("event")
                fields.lines["events"] = [f"events  list of event (at most {most})"]
            if name in ("cost", "member", "visit"):
                self.list_fact(LISTS[name], name)
            if name in ("cost", "member", "event", "visit"):
                self.declare(fields, f"{name}_amount", EUR, optional=False)
                self.declare(fields, f"{name}_day", DATE, optional=False)
        return self.records[name]

    def list_fact(self, name: str, record: str) -> None:
        """A list of the application."""
        remarks = [f"(at most {self.one((2, 4, 5))})", *(["(at least 1)"] if self.chance(10) else [])]
        self.facts.types[name] = ty.List(record)
        self.facts.lines[name] = [f"{name}  list of {record} {' '.join(remarks)}"]

    def leader(self) -> str:
        """A fact that is a record: one member."""
        if "leader" not in self.facts.types:
            self.record("member")
            self.facts.types["leader"] = ty.Record("member")
            self.facts.lines["leader"] = ["leader  member"]
        return "leader"

    def declare(self, where: Declared, name: str, kind: ty.Type, *, optional: bool | None = None) -> str:
        """A new fact or field, with its remarks."""
        title = f' "The {name}"' if self.chance(20) else ""
        remarks = self.remarks(where, kind, optional=optional)
        if "(optional)" in remarks or any(each.startswith("(only when") for each in remarks):
            where.optional.add(name)
        where.types[name] = kind
        words = "money in EUR per tonne" if kind == PRICE and self.chance(30) else TYPE_WORDS[kind]
        line = f"{name}{title}  {words}{''.join(f' {each}' for each in remarks)}"
        where.lines[name] = [line, *(['  tr "Başka ad"'] if title and self.chance(50) else [])]
        return name

    def remarks(self, where: Declared, kind: ty.Type, *, optional: bool | None) -> list[str]:
        """The remarks in brackets of a fact."""
        found = []
        bounds = WRITTEN.get(kind, ()) if isinstance(kind, ty.NUMERIC) else ()
        if bounds and self.chance(8):
            found.append(f"(from {bounds[0]} to {bounds[-1]})")
        elif bounds and self.chance(50):
            found.append(f"(at least {bounds[0]})")
        elif bounds and self.chance(15):
            found.append(f"(at most {bounds[-1]})")
        asked = [n for n, its in where.types.items() if its == YES and n not in where.optional]
        sizes = [n for n, its in where.types.items() if its == SIZE and n not in where.optional]
        if optional is not False and asked and self.chance(10):
            found.append(f"(only when {self.one(asked)})")
        elif optional is not False and sizes and self.chance(10):
            found.append(f"(only when {self.one(sizes)} is one of small, medium)")
        elif optional or (optional is None and self.chance(12)):
            found.append("(optional)")
        elif optional is None and kind in (*WRITTEN, *NAMED) and self.chance(10):
            value = self.one(NAMED[kind] if kind in NAMED else WRITTEN[kind][:1])
            found.append(f"({value} if absent)")
        if kind == YES and self.chance(20):
            found.append(self.one(('(decided by "the council")', '(decided by "the council" tr "meclis")')))
        return found

    # ---- what may be read ------------------------------------------------------------------------------------------

    def value(self, kind: ty.Type, depth: int, rows: Rows = ()) -> Piece:
        """A value of a type that reads facts, figures made before, and the lines in reach."""
        makers = self.makers(kind, depth, rows) if depth > 0 else []
        if not makers or self.chance(20):
            return self.leaf(kind, rows)
        return self.made(makers)

    def atom(self, kind: ty.Type, depth: int, rows: Rows = ()) -> str:
        """A value for a place that takes a name, a written value or a bracket."""
        return self.value(kind, depth, rows).at(ATOM)

    def primary(self, kind: ty.Type, depth: int, rows: Rows = ()) -> str:
        """A value for a place that takes no operation without brackets."""
        return self.value(kind, depth, rows).at(PRIMARY)

    def part(self, kind: ty.Type, depth: int, rows: Rows = ()) -> str:
        """A value for a place that takes a product or a share."""
        return self.value(kind, depth, rows).at(SHARE)

    def expr(self, kind: ty.Type, depth: int, rows: Rows = ()) -> str:
        """A value for a place that takes any formula."""
        return self.value(kind, depth, rows).at(EXPR)

    def literal(self, kind: ty.Type) -> Piece:
        """A written value."""
        if kind in BELOW_ZERO and self.chance(8):
            return Piece(BELOW_ZERO[kind], ATOM)
        if kind == NUM and self.chance(10):
            return Piece("4/7", ATOM)
        return Piece(self.one(WRITTEN[kind]), ATOM)

    def leaf(self, kind: ty.Type, rows: Rows) -> Piece:
        """A fact, a field, a figure or a written value."""
        found: list[Make] = [each for each in self.fields_in_reach(kind, rows) for _ in range(3)]
        there = [name for name, its in self.facts.types.items() if its == kind and name not in self.hidden]
        found += [partial(self.of_application, name) for name in there]
        found += [partial(self.figure, each) for each in self.figures if each.type == kind]
        if kind in WRITTEN and (not found or self.chance(35)):
            return self.literal(kind)
        if not found or self.chance(15):
            if rows and self.chance(50):
                return Piece(self.line_field(rows[-1].record, kind), ATOM)
            return self.of_application(self.fact(kind))
        return self.made(found)

    def of_application(self, name: str) -> Piece:
        """A fact of the application."""
        return Piece(f"application's {name}" if self.chance(6) else name, ATOM)

    def figure(self, each: Figure) -> Piece:
        """A figure."""
        return Piece(each.name, ATOM)

    def fields_in_reach(self, kind: ty.Type, rows: Rows) -> list[Make]:
        """The fields of the lines in reach, and of the leader."""
        found: list[Make] = []
        for number, row in enumerate(rows):
            later = [each.record for each in rows[number + 1 :]]
            if later.count(row.record) > 1:
                continue
            for name, its in self.records[row.record].types.items():
                if its == kind:
                    found.append(
                        self.field_of(row, name, outer=row.record in later, last=number == len(rows) - 1)
                    )
        if "leader" in self.facts.types and "leader" not in self.hidden:
            fields = self.records["member"].types
            found += [partial(self.of_leader, name) for name, its in fields.items() if its == kind]
        return found

    def of_leader(self, name: str) -> Piece:
        """A field of the fact that is a record."""
        return Piece(f"leader's {name}", ATOM)

    def field_of(self, row: Row, name: str, *, outer: bool, last: bool) -> Make:
        """A field of a line, in one of the ways to say it."""

        def make() -> Piece:
            if outer:
                return Piece(f"this {row.record}'s {name}", ATOM)
            if last and self.chance(8):
                return Piece(f"this line's {name}", ATOM)
            if self.chance(8):
                return Piece(f"{row.record}'s {name}", ATOM)
            return Piece(name, ATOM)

        return make

    # ---- formulas --------------------------------------------------------------------------------------------------

    def makers(self, kind: ty.Type, depth: int, rows: Rows) -> list[Make]:
        """All that can give a value of a type."""
        d = depth - 1
        found: list[Make] = []
        if kind == YES:
            return [lambda: self.condition(depth, rows)]
        if kind in self.named_kinds:
            found += [lambda: self.other_day(kind, rows), lambda: self.for_another(kind, rows)]
        if kind in SINGLE:
            found.append(lambda: self.pick(kind, d, rows))
        if kind in (*AMOUNTS, *PERIODS):
            found.append(lambda: self.sum(kind, d, rows))
        if isinstance(kind, ty.NUMERIC):
            found += [
                lambda: self.extreme(kind, d, rows),
                lambda: self.aggregate(self.one(("smallest", "largest")), kind, d, rows),
            ]
        if kind in AMOUNTS:
            found += [
                lambda: self.rounded(kind, d, rows),
                lambda: self.aggregate("total", kind, d, rows),
                lambda: self.product(kind, d, rows),
            ]
            if kind != INT:
                found += [
                    lambda: self.quotient(kind, d, rows),
                    lambda: self.share_of(kind, d, rows),
                    lambda: self.whole_of(kind, d, rows),
                    lambda: self.left_of(kind, d, rows),
                    lambda: self.aggregate("average", kind, d, rows),
                ]
            found.append(lambda: self.so_far(kind, rows))
        found += self.special(kind, d, rows)
        return found

    @property
    def named_kinds(self) -> set[ty.Type]:
        """Types of figures that can be read on another day or for another value."""
        return {each.type for each in self.figures if each.steady}

    def special(self, kind: ty.Type, d: int, rows: Rows) -> list[Make]:
        """What gives one type alone."""
        match kind:
            case ty.Money("EUR"):
                return [
                    lambda: Piece(f"{self.primary(PRICE, d, rows)} * {self.primary(TONNE, d, rows)}", CHAIN),
                    lambda: self.per_unit(d, rows),
                    lambda: self.by_units(d, rows),
                    lambda: self.converted("EUR", USD, d, rows),
                ]
            case ty.Money():
                return [lambda: self.converted("USD", EUR, d, rows)]
            case ty.MoneyPer():
                return [
                    lambda: Piece(f"{self.primary(EUR, d, rows)} / {self.primary(TONNE, d, rows)}", CHAIN)
                ]
            case ty.Number(whole=True):
                return [
                    lambda: self.counting(d, rows),
                    lambda: self.time_between(d, rows),
                    lambda: Piece(
                        f"days in the month of {self.primary(self.one((DATE, MOMENT, MONTH)), d, rows)}",
                        PRIMARY,
                    ),
                    lambda: Piece(
                        f"programme year of {self.primary(self.one((DATE, MOMENT)), d, rows)}", PRIMARY
                    ),
                ]
            case ty.Number():
                return [
                    lambda: Piece(f"whole weeks in {self.primary(DAYS, d, rows)}", EXPR),
                    lambda: Piece(f"days left after whole weeks in {self.primary(DAYS, d, rows)}", EXPR),
                    lambda: self.whole_lots(d, rows),
                ]
            case ty.Rate():
                return [
                    lambda: self.ratio(d, rows),
                    lambda: self.ratio(d, rows),
                    lambda: self.raised(d, rows),
                ]
            case ty.Period():
                return [lambda: Piece(f"{self.primary(INT, d, rows)} * {self.primary(kind, d, rows)}", CHAIN)]
            case _ if kind in TIMES:
                return self.times(kind, d, rows)
            case _:
                return []

    def times(self, kind: ty.Type, d: int, rows: Rows) -> list[Make]:
        """Days, moments, years and months."""
        day = (DATE, DATE, MOMENT)
        match kind:
            case ty.Date():
                return [
                    lambda: self.shifted(
                        self.one((MONTHS, MONTHS, DAYS, WORKING_DAYS)), self.one(day), d, rows
                    ),
                    lambda: Piece(
                        f"{self.one(('first', 'last'))} day of {self.primary(self.one((YEAR, MONTH)), d, rows)}",
                        PRIMARY,
                    ),
                ]
            case ty.Moment():
                return [lambda: self.shifted(HOURS, MOMENT, d, rows)]
            case ty.Year():
                return [lambda: Piece(f"year of {self.primary(self.one(day), d, rows)}", PRIMARY)]
            case _:
                return [lambda: Piece(f"month of {self.primary(self.one(day), d, rows)}", PRIMARY)]

    def sum(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`a + b - c`."""
        more = [f" {self.one('++-')} {self.primary(kind, d, rows)}" for _ in self.repeat(1, 2)]
        return Piece(self.primary(kind, d, rows) + "".join(more), EXPR)

    def raised(self, d: int, rows: Rows) -> Piece:
        """A rate that grows or shrinks by percentage points."""
        return Piece(f"{self.primary(RATE, d, rows)} {self.one('+-')} {self.primary(PPOINTS, d, rows)}", EXPR)

    def product(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`a * b`, perhaps divided."""
        if kind in (RATE, PPOINTS):
            return self.rounded(kind, d, rows)
        number = INT if kind == INT else self.one((INT, NUM))
        factors = [self.primary(kind, d, rows), self.primary(number, d, rows)]
        self.rng.shuffle(factors)
        text = " * ".join(factors)
        return Piece(
            text if kind == INT or self.chance(70) else f"{text} / {self.primary(NUM, d, rows)}", CHAIN
        )

    def quotient(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`a / b`."""
        return Piece(f"{self.primary(kind, d, rows)} / {self.primary(self.one((INT, NUM)), d, rows)}", CHAIN)

    def ratio(self, d: int, rows: Rows) -> Piece:
        """Two values of one kind."""
        kind = self.one((EUR, EUR, TONNE, SCORE, DAYS))
        return Piece(f"{self.primary(kind, d, rows)} / {self.primary(kind, d, rows)}", CHAIN)

    def share(self, d: int, rows: Rows) -> str:
        """A share of something: a rate, a fraction, or a quotient of two numbers."""
        if self.chance(15):
            return "4/7"
        if self.chance(10):
            return f"({self.primary(INT, d, rows)} / {self.primary(NUM, d, rows)})"
        return self.primary(RATE, d, rows)

    def share_of(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`5% of x`."""
        return Piece(f"{self.share(d, rows)} of {self.value(kind, d, rows).at(CHAIN)}", SHARE)

    def whole_of(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`the amount of which 40% is x`."""
        return Piece(f"the amount of which {self.share(d, rows)} is {self.primary(kind, d, rows)}", EXPR)

    def whole_lots(self, d: int, rows: Rows) -> Piece:
        """`whole lots of 12 in pieces`."""
        kind = self.one((INT, NUM, EUR, TONNE))
        return Piece(f"whole lots of {self.primary(kind, d, rows)} in {self.primary(kind, d, rows)}", EXPR)

    def left_of(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`what is left of x after whole lots of 12`."""
        size = self.primary(kind, d, rows)
        return Piece(f"what is left of {self.primary(kind, d, rows)} after whole lots of {size}", EXPR)

    def rounded(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`x rounded down in steps of 0.01 EUR`."""
        return Piece(f"{self.part(kind, d, rows)} rounded {self.way(kind)}", EXPR)

    def way(self, kind: ty.Type) -> str:
        """How something is rounded: written out, or by its name."""
        named = [name for name, its in self.roundings.items() if its == kind]
        if named and self.chance(40):
            return f"as {self.one(named)}"
        return f"{self.one(MODES)} in steps of {self.one(STEPS[kind])}"

    def converted(self, currency: str, other: ty.Type, d: int, rows: Rows) -> Piece:
        """`x converted to EUR at rate`, perhaps at the rate of another day."""
        amount = self.value(other, d, rows).at(CHAIN)
        dated = [each for each in self.figures if each.type == NUM and each.dated]
        if dated and self.chance(60):
            rate = self.one(dated)
            self.figure(rate)
            text = f"{amount} converted to {currency} at {rate.name}, as of {self.primary(DATE, d, rows)}"
            return Piece(text, EXPR)
        return Piece(f"{amount} converted to {currency} at {self.primary(NUM, d, rows)}", EXPR)

    def extreme(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """The smaller, the larger, the smallest, the largest."""
        parts = [self.part(kind, d, rows) for _ in self.repeat(2, 3)]
        if len(parts) == 2 and self.chance(70):
            return Piece(f"the {self.one(('smaller', 'larger'))} of {parts[0]} and {parts[1]}", EXPR)
        return Piece(f"the {self.one(('smallest', 'largest'))} of {', '.join(parts)}", EXPR)

    def per_unit(self, d: int, rows: Rows) -> Piece:
        """`price for each started tonne of load`."""
        price = self.primary(self.one((PRICE, EUR)), d, rows)
        return Piece(
            f"{price} for each {self.one(('started', 'full'))} tonne of {self.primary(TONNE, d, rows)}", EXPR
        )

    def by_units(self, d: int, rows: Rows) -> Piece:
        """So much for each unit of a time."""
        how = self.one(("period", "days", "dates", "dates"))
        units = {"day": "40", "week": "200"}
        if how == "dates":
            units |= {"month": "800", "year": "9 000"}
        chosen = [unit for unit in units if unit == "day" or self.chance(60)]
        self.rng.shuffle(chosen)
        prices = ", ".join(f"{units[unit]} EUR per {unit}" for unit in chosen)
        if how == "period":
            return Piece(f"for {self.primary(DAYS, d, rows)}, largest units first: {prices}", EXPR)
        if how == "days":
            return Piece(f"for {self.primary(INT, d, rows)} days, largest units first: {prices}", EXPR)
        first, last = self.primary(DATE, d, rows), self.primary(self.one((DATE, MOMENT)), d, rows)
        both = self.one(("", ", both days counted"))
        return Piece(f"for the time from {first} to {last}{both}, largest units first: {prices}", EXPR)

    def shifted(self, length: ty.Type, date: ty.Type, d: int, rows: Rows) -> Piece:
        """`6 months after begun_on`."""
        way = self.one(("before", "after"))
        by = self.one(self.calendars) if self.calendars and length == WORKING_DAYS else ""
        text = f"{self.primary(length, d, rows)} {way} {self.primary(date, d, rows)}"
        return Piece(f"{text} in calendar {by}" if by else text, EXPR)

    def time_between(self, d: int, rows: Rows) -> Piece:
        """`completed years from A to B`, `days from A to B`."""
        what = self.one(("completed years", "completed months", "days"))
        if self.calendars and self.chance(50):
            what = "working days"
        where = f" in calendar {self.one(self.calendars)}" if what == "working days" else ""
        both = ", both days counted" if self.chance(30) else ""
        first, last = self.primary(DATE, d, rows), self.primary(self.one((DATE, MOMENT)), d, rows)
        return Piece(f"{what} from {first} to {last}{where}{both}", EXPR)

    def other_day(self, kind: ty.Type, rows: Rows) -> Piece:
        """A dated figure on another day."""
        found = self.one([each for each in self.figures if each.type == kind and each.steady])
        self.figure(found)
        return Piece(f"{found.name} as of {self.leaf(DATE, rows).at(ATOM)}", PRIMARY)

    def for_another(self, kind: ty.Type, rows: Rows) -> Piece:
        """A figure as it would be for another value of a fact."""
        found = [each for each in self.figures if each.type == kind and each.steady and each.keys]
        if not found:
            return self.leaf(kind, rows)
        figure = self.one(found)
        self.figure(figure)
        fact = self.one(figure.keys)
        its = self.facts.types[fact]
        value = self.one(NAMED[its]) if its in NAMED else self.leaf(its, rows).at(ATOM)
        return Piece(f"{figure.name} for {fact} {value}", PRIMARY)

    # ---- lists -----------------------------------------------------------------------------------------------------

    def lists(self, rows: Rows) -> list[Row]:
        """The lists in reach, each with the record of its lines."""
        for record in ("cost", "member"):
            if self.chance(30):
                self.record(record)
        if not any(isinstance(its, ty.List) for its in self.facts.types.values()):
            self.record(self.one(("cost", "member", "visit")))
        found = [Row(its.record, name) for name, its in self.facts.types.items() if isinstance(its, ty.List)]
        if any(row.record == "member" for row in rows):
            found += [Row("event", "events")] * 3
        if "leader" in self.facts.types:
            found.append(Row("event", "leader's events"))
        elif self.chance(10):
            self.leader()
        return [each for each in found if each.list not in self.hidden]

    def key(self, row: Row, rows: Rows, d: int) -> tuple[str, str]:
        """What lines are put in order by, and which come first."""
        kind = self.one((EUR, DATE, INT, YEAR if d > 0 else DATE))
        inner = (*rows, row)
        if d > 0 and self.chance(30):
            text = f"({self.value(kind, 1, inner).text})"
        else:
            text = self.line_field(row.record, kind, optional=False)
        return text, self.one(("latest", "earliest") if kind in TIMES else ("highest", "lowest"))

    def room(self, rows: Rows) -> bool:
        """Whether one more list may be gone through inside of these."""
        return len(rows) < 2

    def many(self, row: Row, d: int, rows: Rows, *, where: bool, others: bool = False) -> str:
        """Some lines of a list: all, those of a kind, the first by an order, all but the one that is spoken of."""
        inner = (*rows, row)
        text = row.list
        if others and row in rows and self.chance(60):
            text = f"other {text}"
        elif self.chance(20):
            key, way = self.key(row, rows, d)
            text = f"the {way} {self.how_many(rows)} {text} by {key}"
        if where:
            text += f" where {self.condition(d, inner).text}"
        return text

    def aggregate(self, what: str, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`total amount of costs where …`."""
        if not self.room(rows):
            return self.leaf(kind, rows)
        row = self.one(self.lists(rows))
        self.record(row.record)
        where = self.chance(40)
        if d > 0 and self.chance(40):
            of = f"({self.value(kind, d, (*rows, row)).text})"
        else:
            of = self.line_field(row.record, kind)
        text = f"{what} {of} of {self.many(row, d, rows, where=where, others=what == 'total')}"
        return Piece(text, WIDE if where else PRIMARY)

    def counting(self, d: int, rows: Rows) -> Piece:
        """How many lines, or how many different values."""
        if self.chance(10):
            topics = self.fact(TOPICS, optional=False)
            return Piece(f"number of {topics}", PRIMARY)
        if not self.room(rows):
            return self.leaf(INT, rows)
        row = self.one(self.lists(rows))
        self.record(row.record)
        where = self.chance(50)
        different = self.chance(30)
        what = self.different(row) if different else "number of"
        return Piece(
            f"{what} {self.many(row, d, rows, where=where, others=not different)}", WIDE if where else PRIMARY
        )

    def different(self, row: Row) -> str:
        """`number of different values of seat among`."""
        name = self.line_field(row.record, self.one((KIND, COUNTRY, TEXT, INT)), optional=False)
        return f"number of different values of {name} among"

    def pick(self, kind: ty.Type, d: int, rows: Rows) -> Piece:
        """`profit of the latest report by year`."""
        if not self.room(rows):
            return self.leaf(kind, rows)
        row = self.one(self.lists(rows))
        self.record(row.record)
        of = self.line_field(row.record, kind)
        if self.chance(30):
            return Piece(f"{of} of the one {row.list} where {self.condition(d, (*rows, row)).text}", WIDE)
        key, way = self.key(row, rows, d)
        text = f"{of} of the {way} {row.list} by {key}"
        if self.chance(30):
            return Piece(f"{text} where {self.condition(d, (*rows, row)).text}", WIDE)
        return Piece(text, EXPR)

    def so_far(self, kind: ty.Type, rows: Rows) -> Piece:
        """`amount so far by paid_on, per company`."""
        if not rows or rows[-1].record not in ("cost", "visit") or len(rows) > 1:
            return self.leaf(kind, rows)
        row = rows[-1]
        by = self.line_field(row.record, self.one((DATE, DATE, INT)), optional=False)
        text = f"{self.line_field(row.record, kind)} so far by {by}"
        if self.chance(50):
            text += f", per {' and per '.join(self.group(row) for _ in self.repeat(1, 2))}"
        return Piece(text, EXPR)

    def group(self, row: Row) -> str:
        """What groups of lines are made by."""
        if self.chance(40):
            what = self.one(("year of", "month of", "programme year of"))
            return f"{what} {self.line_field(row.record, DATE, optional=False)}"
        return self.line_field(row.record, self.one((KIND, TEXT, YEAR, COUNTRY)), optional=False)

    # ---- conditions ------------------------------------------------------------------------------------------------

    def condition(self, depth: int, rows: Rows = ()) -> Piece:
        """A condition in one line."""
        d = depth - 1
        if depth > 0 and self.chance(25):
            joint = self.one((" and ", " or "))
            return Piece(joint.join(self.simple(d, rows).at(WIDE) for _ in self.repeat(2, 3)), MAIN)
        if self.room(rows) and self.chance(25):
            return self.made(
                [partial(each, max(d, 0), rows) for each in (self.counted, self.counted, self.for_lines)]
            )
        return self.simple(depth, rows)

    def counted(self, d: int, rows: Rows) -> Piece:
        """`at least 2 members where …`."""
        row = self.one(self.lists(rows))
        self.record(row.record)
        where = self.chance(60)
        how = self.one(("at least", "at most", "exactly", "no", "different"))
        if how == "no":
            return Piece(f"no {self.many(row, d, rows, where=where, others=True)}", MAIN)
        number = self.how_many(rows)
        if how == "different":
            how = self.one(("at least", "at most", "exactly"))
            name = self.line_field(row.record, self.one((KIND, COUNTRY, TEXT)), optional=False)
            many = self.many(row, d, rows, where=where)
            return Piece(f"{how} {number} different values of {name} among {many}", MAIN)
        many = self.many(row, d, rows, where=where, others=True)
        if row.list in ("costs", "visits") and self.chance(20):
            many = many.replace(row.list, row.record, 1) if many.startswith(row.list) else many
        return Piece(f"{how} {number} {self.one(('', 'of '))}{many}", MAIN)

    def how_many(self, rows: Rows) -> str:
        """A number of lines: written, a name, or a formula in brackets."""
        if self.chance(75):
            return str(self.one(("1", "2", "2", "3")))
        number = self.value(INT, self.rng.randint(0, 1), rows).text
        return number if number.isidentifier() or number.isdigit() else f"({number})"

    def for_head(self, d: int, rows: Rows) -> tuple[str, Row]:
        """`for all members where …:`, and the lines that are spoken of then."""
        row = self.one(self.lists(rows))
        self.record(row.record)
        where = self.chance(30)
        how = self.one(("all", "all", "at least 25% of", "more than 50% of", "at most 10% of"))
        many = self.many(row, d, rows, where=where, others=how == "all")
        if many.startswith("the ") and how == "all":
            return f"for {many}:", row
        return f"for {how} {many}:", row

    def for_lines(self, d: int, rows: Rows) -> Piece:
        """`for all members: …`."""
        head, row = self.for_head(d, rows)
        return Piece(f"{head} {self.condition(d, (*rows, row)).text}", MAIN)

    def simple(self, depth: int, rows: Rows) -> Piece:
        """A condition without `and`, `or` and numbers of lines."""
        d = max(0, depth - 1)
        makers: list[Make] = [
            lambda: self.leaf(YES, rows),
            lambda: Piece(f"not {self.leaf(YES, rows).at(PRIMARY)}", WIDE),
            *[lambda: self.compared(d, rows)] * 4,
            *[lambda: self.equal(d, rows)] * 2,
            lambda: self.one_of(d, rows),
            lambda: self.in_list(d, rows),
            lambda: self.given(rows),
            lambda: self.within(d, rows),
            lambda: self.within(d, rows),
            lambda: self.includes(rows),
            lambda: self.applies(rows),
        ]
        return self.made(makers)

    def compared(self, d: int, rows: Rows) -> Piece:
        """Two values in order."""
        kind = self.one((EUR, EUR, INT, INT, DATE, DATE, *SIZED))
        hows = ("is at least", "is at most", "is more than", "is less than")
        if kind in TIMES:
            hows = ("is no later than", "is no earlier than", "is before", "is after")
        other = self.one((DATE, MOMENT)) if kind in (DATE, MOMENT) else kind
        return Piece(f"{self.expr(kind, d, rows)} {self.one(hows)} {self.expr(other, d, rows)}", WIDE)

    def equal(self, d: int, rows: Rows) -> Piece:
        """Two values that are the same."""
        kind = self.one((KIND, KIND, SIZE, NACE, COUNTRY, REGION, TEXT, YES, YEAR, MONTH, EUR, INT))
        levels = [each.name for each in self.figures if each.type == LEVEL]
        if levels and self.chance(40):
            return Piece(f"{self.one(levels)} {self.one(('is', 'is not'))} {self.one(LEVEL.values)}", WIDE)
        left = self.leaf(kind, rows).at(EXPR) if kind == YES else self.expr(kind, d, rows)
        if kind in NAMED and self.chance(80):
            right = self.one(NAMED[kind])
            if kind == KIND and right == "works" and self.chance(20):
                right = "building"
        elif kind in NAMED:
            right = self.leaf(kind, rows).text
        else:
            right = self.expr(kind, d, rows) if kind != YES else "yes"
        return Piece(f"{left} {self.one(('is', 'is not'))} {right}", WIDE)

    def one_of(self, d: int, rows: Rows) -> Piece:
        """`a is one of b, c`."""
        kind = self.one((KIND, SIZE, NACE, COUNTRY, REGION, INT, DATE, EUR))
        if kind in NAMED:
            values = self.rng.sample(NAMED[kind], self.rng.randint(1, 2))
        else:
            values = [self.primary(kind, d, rows) for _ in self.repeat(1, 3)]
        return Piece(
            f"{self.expr(kind, d, rows)} {self.one(('is one of', 'is none of'))} {', '.join(values)}", WIDE
        )

    def in_list(self, d: int, rows: Rows) -> Piece:
        """`a is in favoured`."""
        if not self.code_lists:
            return self.equal(d, rows)
        name = self.one(tuple(self.code_lists))
        return Piece(
            f"{self.leaf(self.code_lists[name], rows).at(EXPR)} {self.one(('is in', 'is not in'))} {name}",
            WIDE,
        )

    def given(self, rows: Rows) -> Piece:
        """`a is given`."""
        kind = self.one((EUR, DATE, INT, KIND, YES, TOPICS))
        if rows and self.chance(60):
            name = self.line_field(rows[-1].record, kind)
        elif self.chance(15):
            self.record("cost")
            name = "costs"
        else:
            name = self.fact(kind)
        return Piece(f"{name} {self.one(('is given', 'is given', 'is not given'))}", WIDE)

    def includes(self, rows: Rows) -> Piece:
        """`topics includes energy, export`."""
        values = self.rng.sample(TOPICS.values, self.rng.randint(1, 2))
        how = self.one(("includes", "includes", "includes any of", "includes none of"))
        return Piece(f"{self.leaf(TOPICS, rows).at(EXPR)} {how} {', '.join(values)}", WIDE)

    def applies(self, rows: Rows) -> Piece:
        """`grant applies`."""
        found = [each.name for each in self.figures if each.may_not_apply] + self.supports
        if not found:
            return self.leaf(YES, rows)
        return Piece(f"{self.one(found)} {self.one(('applies', 'does not apply'))}", WIDE)

    def within(self, d: int, rows: Rows) -> Piece:
        """`a is from b to c`, `d is in the 2 years up to e`."""
        if self.chance(25):
            length = self.primary(self.one((MONTHS, DAYS, WORKING_DAYS)), 0, rows)
            until = self.primary(self.one((DATE, MOMENT)), d, rows)
            return Piece(f"{self.expr(DATE, d, rows)} is in the {length} up to {until}", WIDE)
        kind = self.one((EUR, INT, RATE, DATE, DATE, NUM))
        left = self.expr(kind, d, rows)
        if kind == DATE and self.chance(40):
            first, last = self.written_pair(kind)
            return Piece(f"{left} is after {first} up to {last}", WIDE)
        return Piece(f"{left} is {self.range(kind, d, rows)}", WIDE)

    def written_pair(self, kind: ty.Type) -> tuple[str, str]:
        """Two written values, the smaller first."""
        first, last = sorted(self.rng.sample(range(len(WRITTEN[kind])), 2))
        return WRITTEN[kind][first], WRITTEN[kind][last]

    def range(self, kind: ty.Type, d: int, rows: Rows) -> str:
        """A range with one end or two."""
        dates = kind in TIMES
        if self.chance(50):
            first, last = self.written_pair(kind)
            if dates:
                return str(
                    self.one(
                        (
                            f"from {first} to {last}",
                            f"from {first} to before {last}",
                            f"after {first} up to {last}",
                        )
                    )
                )
            words = ("from {} to {}", "from {} to below {}", "above {} to {}", "above {} to below {}")
            return str(self.one(words)).format(first, last)
        bound = self.primary(kind, d, rows)
        if dates and self.chance(40):
            bound = self.shifted(MONTHS, kind, d, rows).text
        word = self.one(
            ("from", "up to", "before", "after") if dates else ("from", "up to", "above", "below")
        )
        return f"{word} {bound}"

    # ---- lines of conditions -----------------------------------------------------------------------------------------

    def lines(self, depth: int, rows: Rows = (), *, most: int = 2, failing: bool = False) -> list[str]:
        """Conditions that must all hold, one under the other."""
        found = [line for _ in self.repeat(1, most) for line in self.line(depth, rows)]
        if failing and self.chance(15):
            found += ["failing that", *indented(self.lines(depth, rows, most=2))]
        return found

    def line(self, depth: int, rows: Rows) -> list[str]:
        """A condition as a line, perhaps with lines under it."""
        if depth > 0 and self.chance(15):
            return [self.one(("any of", "all of", "none of")), *indented(self.lines(depth - 1, rows))]
        if depth > 0 and self.room(rows) and self.chance(12):
            head, row = self.for_head(depth - 1, rows)
            return [head, *indented(self.lines(depth - 1, (*rows, row)))]
        return [self.condition(depth, rows).text]

    def narrowed(self, word: str, depth: int, rows: Rows = ()) -> list[str]:
        """`when …`, `where …`, in one line or with lines under it."""
        if depth > 0 and self.chance(25):
            how = self.one(("any of", "all of", "none of"))
            return [f"{word} {how}", *indented(self.lines(depth - 1, rows, most=2))]
        return [f"{word} {self.condition(depth, rows).text}"]


def indented(lines: Sequence[str]) -> list[str]:
    """Lines that stand under another one."""
    return [f"  {each}" for each in lines]
