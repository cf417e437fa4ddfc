"""
Random statements, as an author writes them: figures, rules, supports with their steps and instalments, rankings.

Each statement names only what was made before it, so that there is no circle; in the file they stand in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from attrs import define, field

from grantrules import types as ty
from grantrules.properties.formulas import (
    AMOUNTS,
    COUNTRY,
    DATE,
    EUR,
    INT,
    KIND,
    LEVEL,
    MODES,
    MOMENT,
    MONTHS,
    NACE,
    NAMED,
    NUM,
    PPOINTS,
    PRICE,
    RATE,
    REGION,
    SCORE,
    SIZE,
    STEPS,
    TEXT,
    TIMES,
    TONNE,
    TOPICS,
    TYPE_WORDS,
    WRITTEN,
    YEAR,
    YES,
    Declared,
    Figure,
    Formulas,
    Row,
    Rows,
    indented,
)

FIGURES = (EUR, EUR, RATE, INT, YES, NUM, KIND, SCORE, DATE, SIZE)
PARAMETERS = (EUR, EUR, INT, RATE, NUM, NUM, SCORE, PPOINTS, DATE, YES, KIND, PRICE, MONTHS, YEAR)
WORD = re.compile(r"[^\W\d]\w*")
SPLIT_ON = "2023-12-31", "2024-01-01"
"""The last day of an earlier version and the first of a later one: both lie among the days that are written."""


@define
class Said:
    """
    A statement.

    Args:
        keyword: what it begins with.
        lines: its text, line by line.
        owner: the record that a figure of the line belongs to.
        stages: of a support, each step with its place in the order and its lines, as they stand in `lines`.
        other: lines that say something else under the same name, for an earlier version.
    """

    keyword: str
    name: str
    lines: list[str]
    owner: str = ""
    gives: tuple[str, ...] = ()
    stages: list[tuple[int, str, list[str]]] = field(factory=list)
    other: list[str] | None = None

    @property
    def words(self) -> set[str]:
        """All words of it, without what stands in quotation marks."""
        return set(WORD.findall(re.sub(r'"[^"\n]*"', " ", "\n".join(self.lines))))


class Statements(Formulas):
    """A programme while it is made."""

    def __init__(self, rng: Random, size: int) -> None:
        super().__init__(rng, size)
        self.said: list[Said] = []
        self.parameters: dict[str, ty.Type] = {}
        self.rules: list[str] = []
        self.deciding: list[str] = []
        self.advice: list[str] = []
        self.ranked: dict[str, tuple[bool, bool]] = {}
        self.ceilings: list[str] = []
        self.paid: list[str] = []
        self.jointly: set[str] = set()
        self.computed: dict[str, set[str]] = {}
        self.budgets: list[str] = []
        self.placed: list[str] = []

    # ---- what is known of a figure ---------------------------------------------------------------------------------

    def words(self, lines: Sequence[str]) -> set[str]:
        """The words of some lines."""
        return Said("", "", list(lines)).words

    def is_steady(self, lines: Sequence[str]) -> bool:
        """Whether a figure rests on facts alone."""
        shaky = {each.name for each in self.figures if not each.steady} | set(self.supports)
        shaky |= {name for names in self.computed.values() for name in names}
        return not self.words(lines) & shaky

    def keys_of(self, lines: Sequence[str]) -> tuple[str, ...]:
        """The facts that a figure reads, itself or through others, and that have a written value."""
        words = self.words(lines)
        through = {key for each in self.figures if each.name in words for key in each.keys}
        kinds = (*NAMED, *WRITTEN)
        return tuple(
            n
            for n, its in self.facts.types.items()
            if n in words | through and its in kinds and its != TOPICS
        )

    def add_figure(self, name: str, kind: ty.Type, lines: Sequence[str], *, refused: bool) -> None:
        """Take note of a figure; `refused`: it has a case that does not apply."""
        may_not = refused or any(f.may_not_apply and f.name in self.words(lines) for f in self.figures)
        steady = not may_not and self.is_steady(lines)
        keys = self.keys_of(lines) if steady else ()
        self.figures.append(Figure(name, kind, steady, keys=keys, may_not_apply=refused))

    # ---- what any statement may carry ------------------------------------------------------------------------------

    def head(self, keyword: str, name: str, rest: str = "") -> str:
        """The first line of a statement."""
        title = f' "The {name}"' if self.chance(40) else ""
        return f"{keyword} {name}{title}{rest}"

    def common(self, odds: int = 20, *, message: bool = True) -> list[str]:
        """Titles in another language, citations, messages."""
        found = []
        if self.chance(odds):
            found.append('tr "Başka ad"')
        if self.chance(odds):
            place = self.one(("", ', at "Article 3"'))
            found.append(f'cites {self.one(("call", "law"))} "the words of the law"{place}')
        if message and self.chance(odds):
            found.append(f'message{self.one(("", " tr"))} "It is not so."')
        return found

    def in_force(self, odds: int = 10) -> list[str]:
        """The days on which something holds."""
        if not self.chance(odds):
            return []
        first, last = self.written_pair(DATE)
        return [
            f"in force {self.one((f'from {first}', f'up to {last}', f'from {first} to {last}', f'before {last}'))}"
        ]

    def whens(self, odds: int = 25) -> list[str]:
        """`when …` and `unless …`."""
        return self.narrowed(self.one(("when", "unless")), self.depth()) if self.chance(odds) else []

    def wheres(self, rows: Rows, odds: int = 30) -> list[str]:
        """`where …`, of a step that has lines."""
        return self.narrowed("where", self.rng.randint(0, 1), rows) if rows and self.chance(odds) else []

    def add(self, said: Said) -> Said:
        """One more statement."""
        self.said.append(said)
        return said

    # ---- figures ---------------------------------------------------------------------------------------------------

    def constant(self, kind: ty.Type) -> str:
        """A written value without brackets."""
        if kind == YEAR:
            return str(self.one(("2022", "2023", "2024")))
        if kind in (EUR, RATE, NUM, SCORE) and self.chance(5):
            return {EUR: "-50 EUR", RATE: "-3%", NUM: "-2", SCORE: "-5 points"}[kind]
        return str(self.one(NAMED[kind] if kind in (KIND, SIZE) else WRITTEN[kind][1:]))

    def parameter(self, kind: ty.Type | None = None, *, always: bool = False) -> str:
        """A figure that an officer changes."""
        kind = kind or self.one(PARAMETERS)
        name = self.name("set")
        lines = [
            f"{self.head('parameter', name)}  {TYPE_WORDS[kind]}",
            *indented(self.common(10, message=False)),
        ]
        how = (
            "always" if always else self.one(("always", "always", "always", "unset", "days", "days", "years"))
        )
        if how == "always":
            values = [self.constant(kind)]
        elif how == "unset":
            values = ["not set"]
        elif how == "days":
            begin = self.one(("up to 2023-12-31", "from 2022-12-31 to 2023-12-31", "before 2024-01-01"))
            later = "not set" if self.chance(15) else self.constant(kind)
            values = [f"{begin} | {self.constant(kind)}", f"from 2024-01-01 | {later}"]
        else:
            values = [f"2022 | {self.constant(kind)}", f"month 2023-01 | {self.constant(kind)}"]
            values += [
                f"from month 2023-02 to 2023 | {self.constant(kind)}",
                f"from 2024 | {self.constant(kind)}",
            ]
        self.add(
            Said(
                "parameter", name, [*lines, *indented(values)], other=[*lines[:1], f"  {self.constant(kind)}"]
            )
        )
        self.parameters[name] = kind
        self.figures.append(Figure(name, kind, steady=True, dated=how in ("days", "years")))
        if kind == EUR and how == "always":
            self.budgets.append(name)
        return name

    def shared_rounding(self) -> None:
        """A rounding that has a name: for values, or for the lines of a support."""
        name, kind = self.name("rule_of_cents"), self.one((EUR, EUR, INT, RATE))
        step = "0.01 EUR" if kind == EUR else self.one(STEPS[kind])
        place = self.one((", each line", ", once at the end")) if kind == EUR and self.chance(50) else ""
        body = [*self.common(20, message=False), f"{self.one(MODES)} in steps of {step}{place}"]
        self.add(Said("rounding", name, [self.head("rounding", name), *indented(body)]))
        if place:
            self.placed.append(name)
        else:
            self.roundings[name] = kind

    def working_calendar(self) -> None:
        """The days off work of some years; of other years they are not known."""
        name = self.name("days_off")
        body = self.common(20)
        for year in range(2022, self.one((2024, 2025, 2026))):
            body.append(f'{year} | {year}-01-02 "New year", {year}-09-05')
        self.add(Said("calendar", name, [self.head("calendar", name), *indented(body)]))
        self.calendars.append(name)

    def level(self, *, table: bool) -> None:
        """A figure that says its values itself."""
        name = self.name("level")
        values = f'{name} {self.one(("", chr(34) + "How much" + chr(34) + " "))}one of low "Low" tr "Az" also little, high'
        if table:
            key, cells = self.fact(INT), ("below 2 | low", "from 2 | high")
            head = f"table {name} by {key}"
            lines = [f"{head} {values.removeprefix(name).strip()}", *indented(cells)]
        else:
            lines = [
                f"define {values}",
                *indented([f"low  when {self.condition(1).text}", "high  otherwise"]),
            ]
        self.add(Said("table" if table else "define", name, lines, gives=(name,)))
        self.note(name, LEVEL, lines, "", refused=False)

    def indicator(self) -> None:
        """A figure that is reported."""
        name, kind = self.name("reported"), self.one((INT, EUR, RATE))
        lines = [f"{self.head('indicator', name)}  {TYPE_WORDS[kind]}"]
        self.add(Said("indicator", name, [*lines, f"  {self.one(('not set', self.constant(kind)))}"]))

    def result_value(self, kind: ty.Type, depth: int, rows: Rows = ()) -> str:
        """The value of a case or of a row: also the bare name of a value."""
        if kind in (KIND, SIZE) and self.chance(70):
            return str(self.one(NAMED[kind]))
        return self.expr(kind, depth, rows)

    def choice_is_known(self, kind: ty.Type) -> None:
        """A bare name of a value means something where a fact has it."""
        if kind in (KIND, SIZE) and kind not in self.facts.types.values():
            self.fact(kind, optional=False)

    def cases(self, kind: ty.Type, rows: Rows, *, refuse: bool = True) -> list[str]:
        """A value by cases."""
        self.choice_is_known(kind)
        d = self.rng.randint(0, 1)

        def value() -> str:
            return self.result_value(kind, d, rows)

        how = self.one(("first", "first", "single", "values", "sizes"))
        mode = {"first": ["first line that fits"]}.get(how, self.one(([], ["exactly one line fits"])))
        found: list[str] = []
        if how in ("first", "single"):
            for _ in self.repeat(1, 3) if how == "first" else (0,):
                word, *more = self.narrowed("when", self.rng.randint(0, 1), rows)
                found += [f"{value()}  {word}", *more]
            if self.chance(75):
                found.append(f"{value()}  otherwise")
        elif how == "values":
            subject = self.leaf_fact(SIZE, rows)
            found = [f"{value()}  when {subject} is {each}" for each in NAMED[SIZE]]
        else:
            subject = self.leaf_fact(INT, rows)
            found = [
                f"{value()}  when {subject} is below 2",
                f"{value()}  when {subject} is from 2 to below 12",
            ]
            found.append(self.one((f"{value()}  otherwise", f"{value()}  when {subject} is from 12")))
        heads = [n for n, line in enumerate(found) if not line.startswith(" ")]
        if refuse and len(heads) > 1 and self.chance(15):
            at = self.one(heads[1:])
            found[at] = re.sub(r"^.*?  (?=when|otherwise)", "does not apply  ", found[at])
        return [*mode, *found]

    def leaf_fact(self, kind: ty.Type, rows: Rows) -> str:
        """A fact, or a field of the line."""
        return self.line_field(rows[-1].record, kind) if rows and self.chance(60) else self.fact(kind)

    def define(self, owner: str = "") -> None:
        """A definition, of the application or of the lines of a record."""
        name, kind = self.name("figure"), self.one((*FIGURES, YES, *AMOUNTS))
        rows: Rows = ()
        if owner:
            self.record(owner)
            rows = (Row(owner, {"cost": "costs", "visit": "visits"}.get(owner, "")),)
        called = f"{owner}'s {name}" if owner else name
        how = self.one(("short", "short", "cases", "conditions" if kind == YES else "cases", "versions"))
        d = 1 + self.depth()
        if how == "short":
            value = (self.condition(d, rows) if kind == YES else self.value(kind, d, rows)).text
            lines = [self.head("define", called, f" = {value}"), *indented(self.common(10))]
        elif how == "conditions":
            lines = [self.head("define", called), *indented(self.lines(d, rows, most=3, failing=True))]
            if not rows:
                lines += indented(self.whens(30))
        elif how == "cases" or kind not in WRITTEN:
            lines = [
                self.head("define", called),
                *indented(self.common(15)),
                *indented(self.cases(kind, rows)),
            ]
        else:
            lines = self.versions(
                "define", called, [self.cases(kind, rows), [f"{self.expr(kind, 0, rows)}  otherwise"]]
            )
        other = None
        if not owner and kind in WRITTEN:
            other = [f"define {name} = {self.literal(kind).text}"]
        self.add(Said("define", name, lines, owner=owner, gives=(name,), other=other))
        self.note(
            name,
            kind,
            lines,
            owner,
            refused=any(each.strip().startswith("does not apply ") for each in lines),
        )

    def versions(self, keyword: str, called: str, bodies: Sequence[Sequence[str]]) -> list[str]:
        """One statement in two versions, one after the other in time."""
        last, first = SPLIT_ON
        found: list[str] = []
        for days, body in zip((f"up to {last}", f"from {first}"), bodies, strict=True):
            found += [self.head(keyword, called), f"  in force {days}", *indented(body), ""]
        return found[:-1]

    def note(self, name: str, kind: ty.Type, lines: Sequence[str], owner: str, *, refused: bool) -> None:
        """Take note of a figure of the application or of a line."""
        if not owner:
            self.add_figure(name, kind, lines, refused=refused)
            return
        self.records[owner].types[name] = kind
        self.records[owner].optional.add(name)
        self.computed.setdefault(owner, set()).add(name)

    # ---- tables ----------------------------------------------------------------------------------------------------

    def table(self, owner: str = "") -> None:
        """A table of one dimension or two, by rows, slices or days."""
        rows: Rows = ()
        if owner:
            self.record(owner)
            rows = (Row(owner, {"cost": "costs", "visit": "visits"}.get(owner, "")),)
        how = self.one(
            (
                "ranges",
                "ranges",
                "values",
                "two",
                "across",
                "gives",
                "slices",
                "each",
                "whole",
                "dated",
                "base",
            )
        )
        name, kind = self.name("table"), self.one((RATE, RATE, EUR, INT, KIND, SCORE, YES, PPOINTS))
        gives: tuple[str, ...] = (name,)
        kinds: tuple[ty.Type, ...] = (kind,)
        if how == "slices":
            keys, body, kind = self.slices(rows)
            kinds = (kind,)
        elif how == "each":
            keys, kinds = self.leaf_fact(INT, rows), (EUR,)
            body = [
                "slice by slice",
                "up to 1 | 150 EUR each",
                f"from 2 to 3 | {self.expr(EUR, 0, rows)} each",
            ]
            body[2] = f"from 2 to 3 | {self.leaf_amount(rows)} each"
            body.append("from 4 | 20 EUR each")
        else:
            self.choice_is_known(kind)
            maker = {
                "ranges": self._ranges, "values": self._values, "two": self._two, "across": self._across,
                "gives": self._gives, "whole": self._whole, "dated": self._dated, "base": self._base,
            }[how]  # fmt: skip
            keys, body, kinds = maker(kind, rows)
            if how == "gives":
                gives = (f"{name}_first", f"{name}_second")
                body = [f"gives {' | '.join(gives)}", *body]
        title = ' "By its key"' if self.chance(30) else ""
        called = f"{owner}'s {name}" if owner else name
        days = self.in_force(8) if how not in ("dated", "whole") else []
        lines = [f"table {called} by {keys}{title}", *indented([*self.common(10), *days, *body])]
        other = None
        if not owner and len(gives) == 1 and kinds[0] in WRITTEN and self.keys_of(lines):
            key = self.keys_of(lines)[0]
            other = [f"table {name} by {key}", f"  otherwise | {self.literal(kinds[0]).at(0)}"]
        self.add(Said("table", name, lines, owner=owner, gives=gives, other=other))
        cells = [line.split(" | ")[1:] for line in body]
        for number, (each, its) in enumerate(zip(gives, kinds, strict=True)):
            read = cells if len(gives) == 1 else [line[number : number + 1] for line in cells]
            own = lines if len(gives) == 1 else [keys, *(cell for line in read for cell in line)]
            self.note(
                each, its, own, owner, refused="does not apply" in {cell for line in read for cell in line}
            )

    def leaf_amount(self, rows: Rows) -> str:
        """An amount without brackets' worth of formula."""
        return self.value(EUR, 0, rows).at(0)

    def cell(self, kind: ty.Type, rows: Rows) -> str:
        """A result of a table."""
        if kind == RATE and self.chance(20):
            return f"reduced by {self.one(WRITTEN[RATE])}"
        if self.chance(10):
            return "does not apply"
        if kind == YES:
            return str(self.one(("yes", "no")))
        return self.result_value(kind, self.rng.randint(0, 1), rows)

    def results(self, kind: ty.Type, rows: Rows, number: int) -> list[str]:
        """Results, one of which is a value at least."""
        found = [self.cell(kind, rows) for _ in range(number)]
        if all(each == "does not apply" for each in found):
            found[0] = self.result_value(kind, 0, rows) if kind != YES else "yes"
        return found

    def cuts(self, kind: ty.Type) -> list[str]:
        """The values of a kind cut into ranges."""
        values = WRITTEN[kind][1:]
        places = sorted(self.rng.sample(range(len(values)), min(len(values), self.rng.randint(1, 3))))
        at = [values[n] for n in places]
        if kind in TIMES:
            words = self.one(
                (
                    ("before {}", "from {} to before {}", "from {}"),
                    ("up to {}", "after {} up to {}", "after {}"),
                )
            )
        else:
            words = self.one(
                (("below {}", "from {} to below {}", "from {}"), ("up to {}", "above {} to {}", "above {}"))
            )
        first, middle, last = words
        pairs = pairwise(at)
        return [first.format(at[0]), *(middle.format(*pair) for pair in pairs), last.format(at[-1])]

    def _ranges(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        its = self.one((INT, EUR, RATE, DATE, NUM))
        cells = self.cuts(its)
        if self.chance(30):
            cells[-1] = "otherwise"
        mode = self.one(([], [], ["first line that fits"], ["exactly one line fits"]))
        found = zip(cells, self.results(kind, rows, len(cells)), strict=True)
        return self.key_of(its, rows), [*mode, *(f"{a} | {b}" for a, b in found)], (kind,)

    def key_of(self, kind: ty.Type, rows: Rows) -> str:
        """The key of a table: a fact, or a formula with a name."""
        if self.chance(25):
            return f"{self.name('key')} = ({self.value(kind, 1, rows).text})"
        if kind == YEAR or (kind == INT and self.chance(10)):
            return f"{self.name('key')} = programme year of {self.leaf(DATE, rows).at(1)}"
        return self.leaf_fact(kind, rows)

    def value_cells(self, kind: ty.Type) -> list[str]:
        """Rows that take every value of a choice, one after the other."""
        if kind == YES:
            return ["yes", "no"]
        a, b, c = self.rng.sample(NAMED[kind], 3)
        return list(
            self.one(
                (
                    (a, b, c),
                    (f"{a}, {b}", c),
                    (a, f"not {a}"),
                    (a, "otherwise"),
                    (f"not {a}, {b}", "otherwise"),
                )
            )
        )

    def _values(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        its = self.one((KIND, SIZE, YES, NACE, COUNTRY, REGION))
        if its in (NACE, COUNTRY, REGION):
            cells = [self.one(NAMED[its]), "otherwise"]
        else:
            cells = self.value_cells(its)
        found = zip(cells, self.results(kind, rows, len(cells)), strict=True)
        return self.leaf_fact(its, rows), [f"{a} | {b}" for a, b in found], (kind,)

    def _two(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        first, second = self.one((SIZE, KIND)), self.one((YES, INT, EUR))
        cells = [
            f"{self.one(NAMED[first])} | {self.one(('yes', 'any') if second == YES else (*self.cuts(second), 'any'))}"
        ]
        cells += [
            f"any | {self.one(('no',) if second == YES else self.cuts(second))}",
            self.one(("any | any", "otherwise")),
        ]
        found = zip(cells, self.results(kind, rows, 3), strict=True)
        keys = f"{self.leaf_fact(first, rows)}, {self.leaf_fact(second, rows)}"
        return keys, ["first line that fits", *(f"{a} | {b}" for a, b in found)], (kind,)

    def _across(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        heads = self.value_cells(SIZE)
        heads[-1] = "any" if heads[-1] == "otherwise" else heads[-1]
        results = self.results(kind, rows, 2 * len(heads))
        across = self.leaf_fact(SIZE, rows)
        body = ["first line that fits", f"across {across} | {' | '.join(heads)}"]
        its = self.one((KIND, INT))
        first = self.one(NAMED[KIND]) if its == KIND else "below 2"
        body.append(f"{first} | {' | '.join(results[: len(heads)])}")
        body.append(f"any | {' | '.join(results[len(heads) :])}")
        if self.chance(30):
            body[-1] = f"otherwise | {self.result_value(kind, 0, rows) if kind != YES else 'yes'}"
            body[2] = body[2].replace("does not apply", body[-1].split("| ", 1)[1])
        return self.leaf_fact(its, rows), body, (kind,)

    def _gives(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        cells = self.value_cells(SIZE)
        first, second = self.results(kind, rows, len(cells)), self.results(EUR, rows, len(cells))
        found = zip(cells, first, second, strict=True)
        return self.leaf_fact(SIZE, rows), [f"{a} | {b} | {c}" for a, b, c in found], (kind, EUR)

    def _whole(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        key, body, kinds = self._ranges(kind, rows)
        body = [each for each in body if not each.endswith("fits")]
        return key, ["on the whole amount", *body], kinds

    def _dated(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        last, first = SPLIT_ON
        key = self.leaf_fact(SIZE, rows)
        one, two, three = self.results(kind, rows, 3)
        value = self.one(NAMED[SIZE])
        body = [
            f"in force up to {last}",
            f"  {value} | {one}",
            f"  otherwise | {two}",
            f"in force from {first}",
        ]
        return key, [*body, f"  {self.one(('otherwise', 'any'))} | {three}"], (kind,)

    def _base(self, kind: ty.Type, rows: Rows) -> tuple[str, list[str], tuple[ty.Type, ...]]:
        of = self.one((EUR, TONNE))
        key = f"{self.name('key')} = ({self.leaf(of, rows).at(1)} / {self.leaf(of, rows).at(1)})"
        cells = ["no base", *self.cuts(RATE)]
        found = zip(cells, self.results(kind, rows, len(cells)), strict=True)
        return key, [f"{a} | {b}" for a, b in found], (kind,)

    def slices(self, rows: Rows) -> tuple[str, list[str], ty.Type]:
        """So much of each slice: a share of it, or an amount once it is entered."""
        its = self.one((EUR, EUR, TONNE, NUM))
        cells = self.cuts(its)
        if its == TONNE and self.chance(50):
            kind: ty.Type = EUR
            found = [self.one((*WRITTEN[PRICE], self.value(PRICE, 0, rows).at(0))) for _ in cells]
        elif self.chance(70):
            kind = its
            found = [self.one((*WRITTEN[RATE][1:], self.value(RATE, 0, rows).at(0))) for _ in cells]
        else:
            kind = its if its != NUM else EUR
            found = [self.value(kind, 0, rows).at(0) for _ in cells]
        body = ["slice by slice", *(f"{a} | {b}" for a, b in zip(cells, found, strict=True))]
        return self.key_of(its, rows), body, kind

    # ---- rules -----------------------------------------------------------------------------------------------------

    def rule(self, keyword: str | None = None, *, name: str = "") -> Said:
        """What must hold, what is advised, and what is only said."""
        keyword = keyword or self.one(("require", "require", "require", "advise", "duty", "note"))
        word = {"require": "must", "advise": "should", "duty": "duty", "note": "note"}[keyword]
        new = not name
        name = name or self.name(word)
        body = self.common()
        if keyword in ("require", "advise") or self.chance(30):
            body += [*self.lines(1 + self.depth(), failing=True), *self.whens(), *self.whens(10)]
        if new and keyword == "require" and self.chance(10):
            second = [*self.lines(1), *self.whens(10)]
            lines = self.versions(keyword, name, [body, second])
        else:
            lines = [self.head(keyword, name), *indented([*body, *self.in_force(8)])]
        found = Said(keyword, name, lines)
        if not new:
            return found
        if keyword == "require":
            self.deciding.append(name)
            self.rules.append(name)
        if keyword == "advise":
            self.advice.append(name)
        if keyword in ("require", "advise") and self.chance(20):
            other = self.name("freed")
            head = self.head("exception", f"{other} to {name}")
            self.add(
                Said(
                    "exception",
                    other,
                    [head, *indented([*self.common(10), *self.lines(1), *self.whens(10)])],
                )
            )
        found.other = self.rule(keyword, name=name).lines
        return self.add(found)

    # ---- supports --------------------------------------------------------------------------------------------------

    def support(self) -> None:
        """A support with its steps and its instalments."""
        name = self.name("aid")
        how = self.one(("lines", "lines", "amount", "computed", "cases", "sharing"))
        rows: Rows = ()
        body = [*self.common(15, message=False), *self.whens(20), *self.in_force(8)]
        if how in ("lines", "sharing"):
            record = self.one(("cost", "cost", "member", "visit"))
            self.record(record)
            row = Row(record, {"cost": "costs", "member": "members", "visit": "visits"}[record])
            rows = (row,)
            body.append(self.lines_of(row, how))
        elif how == "amount":
            body.append(f"from {self.expr(EUR, self.depth())}")
        elif how == "computed":
            body.append(f"computed as {self.value(EUR, self.depth()).text}")
        else:
            body += ["computed as", *indented(self.cases(EUR, ()))]
        excess = self.one(("is cut pro rata", "refuses the application")) if self.chance(20) else ""
        if excess:
            body.append(f"excess {excess}")
        if self.supports and self.chance(15):
            body.append(f"not together with {self.one(self.supports)}")
        basis = self.chance(12)
        if basis:
            body.append("only a basis")
        elif self.chance(12):
            body.append("repayable")
        if self.chance(20):
            body += [self.head("require", self.name("entry")), *indented([*self.lines(1), *self.whens(20)])]
        said = Said("support", name, [self.head("support", name), *indented(body)])
        self.steps(said, name, rows, computed=how in ("computed", "cases"), excess=excess)
        parts = [] if basis or self.chance(50) else self.instalments()
        said.lines += indented(parts)
        self.add(said)
        self.supports.append(name)
        self.figures.append(Figure(name, EUR))
        self.figures += [Figure(f"{name}'s {each}", EUR) for each in ("eligible_cost", "before_ceilings")]
        if not basis:
            self.paid.append(name)
        self.pay(name, parts)

    def lines_of(self, row: Row, how: str) -> str:
        """What a support is computed from: lines with their amounts, or an amount that lines share."""
        many = row.list
        if self.chance(25):
            many += f" where {self.condition(1, (row,)).text}"
        if how == "lines":
            counting = (
                self.line_field(row.record, EUR) if self.chance(60) else self.expr(EUR, self.depth(), (row,))
            )
            return f"from {many} counting {counting}"
        shared = self.one(self.supports) if self.supports and self.chance(40) else self.expr(EUR, 1)
        key = self.one(
            ("in equal parts", f"in proportion to {self.expr(self.one((INT, EUR, NUM)), 0, (row,))}")
        )
        return f"from {many} sharing {shared}, {key}"

    def steps(self, said: Said, name: str, rows: Rows, *, computed: bool, excess: str) -> None:
        """The steps of a support, in their order."""
        found: list[tuple[int, str, list[str]]] = []
        most = 1 + self.size // 2
        if not computed:
            cost = ("eligible", "cost_ceiling", "count_limit") if rows else ("cost_ceiling",)
            found += [self.step(self.one(cost), rows, excess) for _ in self.repeat(0, most)]
            if self.chance(70):
                found.append(self.step("rate", rows, excess))
                more = ("rate", "bonus", "bonus", "rate_ceiling")
                found += [self.step(self.one(more), rows, excess) for _ in self.repeat(0, 2)]
        own = [Figure(f"{name}'s {each}", EUR) for each in ("eligible_cost", "before_ceilings")]
        self.figures += own
        later = [self.one(("support_ceiling", "proration", "floor")) for _ in self.repeat(0, most)]
        later = [
            *(["within"] if self.chance(15) else []),
            *later,
            *(["on_top"] if self.chance(15) else []),
        ]
        found += [self.step(each, rows, excess) for each in later]
        self.figures = [each for each in self.figures if each not in own]
        if self.chance(15) and found:
            found.insert(self.rng.randint(0, len(found)), self.rounding(rows, last=False))
        found.append(self.rounding(rows, last=True))
        said.stages = found
        said.lines += indented([line for _, _, lines in found for line in lines])

    def rounding(self, rows: Rows, *, last: bool) -> tuple[int, str, list[str]]:
        """A rounding; the last one leaves whole cents."""
        place = self.one(("each line", "once at the end")) if last else "each line"
        step = self.one(("0.01 EUR", "0.01 EUR", "1 EUR", "50 EUR"))
        named = [each for each, kind in self.roundings.items() if kind == EUR]
        head = f"rounding {self.one(MODES)} in steps of {step}, {place}"
        if named and self.chance(30):
            head = f"rounding as {self.one(named)}, {place}"
        elif self.placed and self.chance(30):
            head = f"rounding as {self.one(self.placed)}"
        more = [] if last else [*self.common(10, message=False), *self.whens(20), *self.wheres(rows, 20)]
        return 11, "", [head, *indented(more)]

    def step(self, how: str, rows: Rows, excess: str) -> tuple[int, str, list[str]]:
        """A step of one kind: its place in the order, its name and its lines."""
        keyword, stage = {
            "eligible": ("eligible cost", 0), "cost_ceiling": ("cost ceiling", 1), "count_limit": ("count limit", 2),
            "rate": ("rate", 3), "bonus": ("bonus", 4), "rate_ceiling": ("rate ceiling", 5),
            "proration": ("proration", 6), "within": ("supplement", 7), "support_ceiling": ("support ceiling", 8),
            "on_top": ("supplement", 9), "floor": ("support floor", 10),
        }[how]  # fmt: skip
        name = self.name(keyword.replace(" ", "_"))
        d = self.rng.randint(0, 1)
        match how:
            case "eligible":
                body = [
                    line
                    for _ in self.repeat(1, 2)
                    for line in self.narrowed(self.one(("only where", "except where")), d, rows)
                ]
            case "count_limit":
                body = [self.count_line(rows)]
            case "rate":
                body = self.cases(RATE, rows) if self.chance(30) else [self.expr(RATE, d, rows)]
            case "bonus":
                body = [self.bonus_line(rows)]
            case "rate_ceiling":
                body = [f"at most {self.expr(RATE, d, rows)}"]
            case "proration":
                body = [f"multiplied by {self.expr(self.one((NUM, RATE)), d, rows)}"]
            case "within" | "on_top":
                place = "within the ceilings" if how == "within" else "on top of the ceilings"
                body = [f"plus {self.expr(EUR, d)}", place]
            case "floor":
                words = (
                    "nothing is paid below {}",
                    "raised to {}, where anything is paid",
                    "raised to {}, in any case",
                )
                body = [self.one(words).format(self.value(EUR, 0).at(0))]
            case _:
                body = self.ceiling(rows, excess)
                self.ceilings.append(name)
        if how not in ("within", "on_top", "floor"):
            body += self.wheres(rows)
        body += self.whens(15)
        body += [*self.common(8, message=False), *self.in_force(5)]
        return stage, name, [self.head(keyword, name), *indented(body)]

    def count_line(self, rows: Rows) -> str:
        """`the first 2 by paid_on, earliest first`."""
        row = rows[-1]
        if self.chance(30):
            kind = self.one((EUR, DATE))
            key = f"({self.value(kind, 1, rows).text})"
        else:
            kind = self.one((EUR, DATE, INT))
            key = self.line_field(row.record, kind, optional=False)
        way = self.one(
            ("latest first", "earliest first") if kind == DATE else ("highest first", "lowest first")
        )
        number = self.one(("1", "2", "2", self.value(INT, 0).at(0)))
        groups = f"per {' and '.join(self.group(row) for _ in self.repeat(1, 2))} " if self.chance(40) else ""
        return f"{groups}the first {number} by {key}, {way}"

    def bonus_line(self, rows: Rows) -> str:
        """`plus 15 percentage points`, `increased by 10%`."""
        d = self.rng.randint(0, 1)
        if self.chance(30):
            return f"increased by {self.expr(RATE, d, rows)}"
        part = f" on {self.expr(EUR, d, rows)}" if self.chance(40) else ""
        return f"plus {self.expr(PPOINTS, d, rows)}{part}"

    def ceiling(self, rows: Rows, excess: str) -> list[str]:
        """The limits of a ceiling, and what happens to the excess."""
        d = self.rng.randint(0, 1)
        fits: tuple[str, ...]
        if self.chance(6):
            return ["no ceiling"]
        if not rows:
            fits = ("is trimmed", "refuses the application")
            limit = f"at most {self.expr(EUR, d)}"
            if self.chance(20):
                limit = f"together with {self.value(EUR, 0).at(1)} {limit}"
        elif self.chance(35):
            fits = ("is trimmed", "drops the line", "refuses the application")
            limit = f"each at most {self.expr(EUR, d, rows)}"
        else:
            fits = ("is cut pro rata", "is cut from the last line first", "refuses the application")
            limit = self.limit_of_several(rows, d)
            if self.chance(15):
                limit += f"\n{self.limit_of_several(rows, d)}"
        if excess and excess[:3] in {each[:3] for each in fits} and excess in fits and self.chance(70):
            return limit.split("\n")
        return [*limit.split("\n"), f"excess {self.one(fits)}"]

    def limit_of_several(self, rows: Rows, d: int) -> str:
        """A limit on the sum of several lines."""
        how = self.one(("together", "per", "per", "with"))
        if how == "together":
            return f"together at most {self.expr(EUR, d)}"
        if how == "with":
            return f"together with {self.value(EUR, 0).at(1)} at most {self.expr(EUR, d)}"
        groups = " and ".join(self.group(rows[-1]) for _ in self.repeat(1, 2))
        return f"per {groups} at most {self.expr(EUR, d)}"

    # ---- instalments -----------------------------------------------------------------------------------------------

    def instalments(self) -> list[str]:
        """How a support is paid in parts."""
        found = [line for number in self.repeat(0, 2) for line in self.instalment(number)]
        equal = self.chance(40)
        if not equal:
            rest = [f"instalment {self.name('balance')}", *indented(["the rest", *self.due()])]
        else:
            step = self.one(("0.01 EUR", "1 EUR", "50 EUR"))
            takes = self.one(("last", "first"))
            rest = [self.head("equal instalments", self.name("parts"))]
            rest += [f"  the rest in {self.one((2, 3, 5))} parts"]
            named = [each for each, kind in self.roundings.items() if kind == EUR]
            way = f"{self.one(MODES)} in steps of {step}"
            way = f"as {self.one(named)}" if named and self.chance(30) else way
            rest += [f"  rounding {way}, the {takes} one takes what is left"]
            if self.chance(50):
                length = self.one(("1 month", "2 weeks", "1 year", "5 working days"))
                rest.append(f"  due every {length} from {self.value(DATE, 0).at(1)}")
        return [*rest, *found] if self.chance(20) else [*found, *rest]

    def instalment(self, number: int) -> list[str]:
        """A part that is not the rest."""
        body = self.common(10, message=False)
        if self.chance(50):
            body += [self.one(("12.5%", "30%", "40%")), self.part_rounding()]
        elif self.chance(40):
            body.append(self.one(WRITTEN[EUR]))
        else:
            amount = self.expr(self.one((EUR, RATE)), 1)
            body += ["30%" if amount in WRITTEN[RATE] else amount, self.part_rounding()]
        if self.chance(30):
            body.append(f"at most {self.one((*WRITTEN[EUR], self.fact(EUR)))}")
        body += [*self.whens(30), *self.in_force(10), *self.due()]
        return [self.head("instalment", f"part{number}_{self.name('paid')}"), *indented(body)]

    def part_rounding(self) -> str:
        """The rounding of an instalment."""
        return f"rounding {self.way(EUR)}"

    def due(self) -> list[str]:
        """When an instalment is due."""
        how = self.one(("", "", "on", "once", "after"))
        if how == "on":
            return [f"due on {self.expr(DATE, 1)}"]
        if how == "once":
            return [f"due once {self.condition(1).text}"]
        if how == "after":
            return ['due after "the report"', *(['due after tr "rapor"'] if self.chance(50) else [])]
        return []

    def pay(self, name: str, parts: Sequence[str]) -> None:
        """Take note of the figures that instalments give."""
        own, many, what = "", 0, ""
        for line in [*parts, "instalment -"]:
            match = re.match(r"(?:equal )?instalments? (\S+)", line)
            if match is None:
                many = int(found[1]) if (found := re.search(r"the rest in (\d+) parts", line)) else many
                for word, kind in (("  due on", "day"), ("  due every", "day"), ("  due once", "truth")):
                    what = kind if line.startswith(word) else what
                continue
            for each in ([own] if not many else [own, f"{own}_1", f"{own}_{many}"]) if own else []:
                self.figures.append(Figure(f"{name}'s {each}", EUR))
                if what:
                    self.figures.append(Figure(f"{name}'s {each}_due", DATE if what == "day" else YES))
            own, many, what = match[1], 0, ""

    def rests_on(self, name: str) -> set[str]:
        """All names that a figure rests on, itself or through others."""
        words = {each: said.words for said in self.said for each in (said.gives or (said.name,))}
        found, waiting = set[str](), [name]
        while waiting:
            more = words.get(waiting.pop(), set()) - found
            found |= more
            waiting += more & words.keys()
        return found

    def joint(self) -> None:
        """A ceiling over several supports."""
        free = [each for each in self.supports if each not in self.jointly]
        if len(free) < 2:
            return
        over = self.rng.sample(free, self.rng.randint(2, min(3, len(free))))
        if any(self.rests_on(each) & set(over) - {each} for each in over):
            return  # What is paid of one would have to be known before the other.
        self.jointly |= set(over)
        name = self.name("in_all")
        self.ceilings.append(name)
        excess = self.one(("is cut pro rata", "is cut from the last line first", "refuses the application"))
        body = [
            f"over {', '.join(over)}",
            f"together at most {self.one((*WRITTEN[EUR], *self.budgets, self.fact(EUR)))}",
            f"excess {excess}",
        ]
        self.add(
            Said(
                "support ceiling",
                name,
                [self.head("support ceiling", name), *indented([*body, *self.whens(20)])],
            )
        )

    # ---- scores, results, rankings ---------------------------------------------------------------------------------

    def score(self) -> None:
        """Points."""
        name = self.name("points_for")
        body = self.cases(SCORE, (), refuse=False) if self.chance(60) else [self.expr(SCORE, self.depth())]
        self.add(Said("score", name, [self.head("score", name), *indented([*self.common(10), *body])]))
        self.figures.append(Figure(name, SCORE))

    def result(self) -> None:
        """A named answer."""
        name, kind = self.name("answer"), self.one((*FIGURES, *AMOUNTS))
        value = self.leaf(YES, ()).text if kind == YES else self.value(kind, 1 + self.depth()).text
        self.add(Said("result", name, [self.head("result", name, f" = {value}"), *indented(self.common(10))]))

    def ranking(self) -> None:
        """How applications are put in order, and how money is given out in it."""
        name = self.name("ranked")
        budget = self.paid and self.chance(80)
        lines = []
        if budget:
            if not self.budgets:
                self.parameter(EUR, always=True)
            lines.append(f"budget {self.one((*self.budgets, '1 000 EUR', '20 000 EUR'))}")
        if not budget or self.chance(30):
            lines.append(f"awards at most {self.one(('1', '2', '3'))}")
        if self.chance(30):
            lines.append(f"reserve list at most {self.one(('1', '2'))}")
        how = self.one(("stop", "skip it", "pay it in part", "where", "share", "share"))
        room = f"if one does not fit {how}"
        if how == "where":
            room = f"if one does not fit pay it in part where {self.condition(1).text}, otherwise {self.one(('skip it', 'stop'))}"
        if how == "share":
            key = self.one(
                (
                    "in proportion to the amounts asked",
                    "in equal parts",
                    f"in proportion to {self.expr(self.one((SCORE, EUR)), 1)}",
                )
            )
            room = f"if one does not fit share the budget among all, {key}"
        if not budget:
            room = ""
        if "share the budget" not in room or len(lines) > 1:
            words = ("order by", "then by", "then by")[: self.rng.randint(1, 3)]
            lines += [f"{word} {self.order_key()}" for word in words]
        if "share the budget" in room:
            first, least, most = (self.expr(EUR, 0) for _ in range(3))
            bounds = (f"first to each {first}", f"each at least {least}", f"each at most {most}")
            lines += [each for each in bounds if self.chance(25)]
        if budget and self.chance(20):
            lines.append(f"set aside {self.one(('0.01 EUR', '100 EUR', '5% of 1 000 EUR'))}")
        if self.chance(20):
            lines.insert(0, f"per {self.one((self.fact(KIND), self.fact(COUNTRY)))}")
        if room:
            lines.append(room)
        self.ranked[name] = bool(budget), any(line.startswith("order by") for line in lines)
        self.add(
            Said(
                "ranking",
                name,
                [self.head("ranking", name), *indented([*self.common(10, message=False), *lines])],
            )
        )

    def order_key(self) -> str:
        """A key of a ranking, and which come first."""
        kind = self.one((EUR, SCORE, INT, DATE, MOMENT))
        way = self.one(
            ("earliest first", "latest first") if kind in TIMES else ("highest first", "lowest first")
        )
        how = self.one(("name", "sum", "product", "bracket")) if kind in (EUR, SCORE, INT) else "name"
        if how == "sum":
            return f"{self.sum(kind, 0, ()).text}, {way}"
        if how == "product":
            return f"{self.primary(kind, 0)} * 2, {way}"
        return f"{self.value(kind, 1 if how == 'bracket' else 0).at(0)}, {way}"

    # ---- promises and examples -------------------------------------------------------------------------------------

    def promise(self) -> None:
        """What is said of every decision, rightly or wrongly."""
        name = self.name("promised")
        how = self.one(("conditions", "answer", "two", "two"))
        if how == "conditions":
            body = self.lines(1)
        elif how == "answer":
            words = ["eligible", "not eligible"]
            words += [f"{word} {each}" for each in self.deciding for word in ("meets", "fails")]
            body = [self.one(words)]
        else:
            body = [self.invariance()]
        self.add(
            Said(
                "promise",
                name,
                [self.head("promise", name), *indented([*self.common(10), *body, *self.whens(20)])],
            )
        )

    def invariance(self) -> str:
        """A promise about two applications."""
        figure = self.one(self.supports) if self.supports and self.chance(70) else self.expr(EUR, 1)
        self.record("cost")
        how = self.one(
            (
                "never decreases when {} rises",
                "never increases when {} rises",
                "has no cliff",
                "reorder",
                "split",
                "change",
            )
        )
        amounts = ("cost's cost_amount", self.fact(EUR), self.fact(INT))
        if how == "reorder":
            return f"{figure} is unchanged when costs are reordered"
        if how == "split":
            return f"{figure} is unchanged when {self.one(('costs are split', 'cost' + chr(39) + 's cost_amount is split'))}"
        if how == "change":
            return f"{figure} is unchanged when {self.fact(self.one((KIND, YES, TEXT)))} changes"
        if how == "has no cliff":
            return f"{figure} has no cliff larger than {self.one(WRITTEN[EUR][1:])} when {self.one(amounts)} rises"
        return f"{figure} {how.format(self.one((*amounts, 'costs')))}"

    def datum(self, where: Declared, name: str) -> str:
        """A value of an example."""
        kind = where.types[name]
        if self.chance(10):
            return "unknown"
        if name in where.optional and self.chance(30):
            return "absent"
        if kind == TOPICS:
            return ", ".join(self.rng.sample(TOPICS.values, self.rng.randint(1, 2)))
        if kind == TEXT:
            return str(self.one(("a", "b", "12")))
        if kind == YEAR:
            return str(self.one(("2022", "2023")))
        if kind in NAMED:
            return str(self.one(NAMED[kind]))
        return str(self.one(WRITTEN[kind]))

    def example(self, like: str = "") -> str:
        """An application, in part, and what is said of it, rightly or wrongly."""
        name = self.name("example")
        lines = [*self.common(10, message=False), *([f"like {like}"] if like else [])]
        settable = [each for each, kind in self.parameters.items() if kind in WRITTEN]
        if settable and self.chance(40):
            each = self.one(settable)
            lines.append(f"with parameter {each} {self.one(WRITTEN[self.parameters[each]])}")
        for fact, kind in self.facts.types.items():
            if isinstance(kind, ty.List | ty.Record):
                lines += self.example_rows(fact, kind)
            elif self.chance(70):
                lines.append(f"{fact} {self.datum(self.facts, fact)}")
        lines += self.expectations()
        self.add(Said("example", name, [self.head("example", name), *indented(lines)]))
        return name

    def example_rows(self, fact: str, kind: ty.List | ty.Record) -> list[str]:
        """A list or a record of an example as a table."""
        record = kind.record if isinstance(kind, ty.List) else kind.name
        fields = self.records[record]
        own = self.computed.get(record, set())
        names = [n for n, its in fields.types.items() if n not in own and not isinstance(its, ty.List)]
        if isinstance(kind, ty.List) and self.chance(20):
            return [f"{fact} absent"]
        chosen = names[:4]
        times = isinstance(kind, ty.List) and self.chance(30)
        number = self.rng.randint(1, 2) if isinstance(kind, ty.List) and not times else 1
        head = " | ".join([*(["times"] if times else []), *chosen])
        rows = [
            " | ".join([*(["2"] if times else []), *(self.datum(fields, n) for n in chosen)])
            for _ in range(number)
        ]
        return [fact, *indented([head, *rows])]

    def expectations(self) -> list[str]:
        """What an example expects."""
        found = ["eligible", "not eligible", "undecided", f"not {self.one(('eligible',))}"]
        if self.deciding:
            found += [f"not eligible: {self.one(self.deciding)}", f"undecided: {self.one(self.deciding)}"]
        if self.ceilings:
            found.append(f"binding: {self.one(self.ceilings)}")
        if self.advice:
            found.append(f"warning: {self.one(self.advice)}")
        if self.supports:
            found.append(f"does not apply: {self.one(self.supports)}")
        return [f"expect {self.one((*found, self.condition(1).text))}" for _ in self.repeat(1, 2)]

    def ranking_example(self, like: str) -> None:
        """Applications together, and what a ranking must come to, rightly or wrongly."""
        name, ranking = self.name("ranked_example"), self.one(tuple(self.ranked))
        budget, ordered = self.ranked[ranking]
        plain = [f for f, kind in self.facts.types.items() if not isinstance(kind, ty.List | ty.Record)]
        facts = self.rng.sample(plain, min(len(plain), self.rng.randint(0, 2)))
        columns: dict[str, Sequence[str]] = {"like": (like,)} if self.chance(80) else {}
        refused = self.chance(20)
        expected: dict[str, Sequence[str]] = {
            "expect outcome": (
                "funded", "funded in part", "on the reserve list", "not funded", "not eligible", "not decided",
            ),
            **({"expect place": ("1", "2", "absent")} if ordered else {}),
            **({"expect amount": WRITTEN[EUR]} if budget else {}),
        }  # fmt: skip
        if not refused:
            chosen = self.rng.sample(tuple(expected), self.rng.randint(1, len(expected)))
            columns |= {each: expected[each] for each in chosen}
        if not columns and not facts:
            facts = plain[:1]
        names = ("anna", "berta", "cem")[: self.rng.randint(1, 3)]
        rows = [
            [
                each,
                *(self.datum(self.facts, f) for f in facts),
                *(self.one(cells) for cells in columns.values()),
            ]
            for each in names
        ]
        lines = [*self.common(10, message=False), f"of {ranking}"]
        settable = [each for each, kind in self.parameters.items() if kind in WRITTEN]
        if settable and self.chance(40):
            each = self.one(settable)
            lines.append(f"with parameter {each} {self.one(WRITTEN[self.parameters[each]])}")
        table = [["name", *facts, *columns], *rows]
        lines += ["applications", *indented([" | ".join(row) for row in table])]
        if refused:
            lines.append(f"expect refused because tied: {', '.join(names)}")
        elif budget and self.chance(40):
            lines.append(f"expect left over {self.one(WRITTEN[EUR])}")
        self.add(Said("ranking example", name, [self.head("ranking example", name), *indented(lines)]))

    # ---- code lists ------------------------------------------------------------------------------------------------

    def code_list(self) -> None:
        """Codes with labels."""
        kind = self.one((NACE, NACE, COUNTRY, REGION))
        if kind != NACE:
            self.listed("listed", kind, [", ".join(self.rng.sample(NAMED[kind], 2)), self.one(NAMED[kind])])
            return
        plain = [each for each in self.code_lists if each.startswith("plain")]
        body = [self.one(("C", "26 - 28", '20, 32.50 "Chemicals and more"')), "32"]
        if self.chance(60):
            body.append(self.one(("except 28.99", "except 32.5", 'except 32.5 "Others"')))
            if plain or self.chance(30):
                body.append(f"including {self.one(plain or [self.plain_list()])}")
        elif not plain:
            self.plain_list()
            return
        self.listed("listed", kind, body)

    def plain_list(self) -> str:
        """A list that others may include."""
        return self.listed("plain", NACE, ["32.50.13", "62"])

    def listed(self, word: str, kind: ty.Type, body: Sequence[str]) -> str:
        """A code list with these lines, under a new name."""
        name = self.name(word)
        self.code_lists[name] = kind
        head = self.head("code list", f"{name} ({TYPE_WORDS[kind]})")
        self.add(Said("code list", name, [head, *indented([*self.common(10), *body])]))
        return name
