"""
Conditions and figures of the core said in words, in English and Turkish.

A speaker says a figure as a noun (`number of members where kind
is firm`), a condition as a clause (`kind is firm`, `türü firma olan`), and what was found of a condition beside what
was needed (`19 members where kind is firm; at least 20 are needed`).  What has no short phrase is quoted as the author
wrote it.

English has one order for all places; a Turkish clause ends in a copula that says its place: `olmalı` in a rule,
nothing in a statement, `olan` in a filter, `olduğundan` in a reason.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeAlias, TypeVar

from attrs import frozen

from grantrules import formats, values
from grantrules import types as ty
from grantrules.calendars import Period
from grantrules.core import ir
from grantrules.evaluate.outcome import Cause, Undecided

Mood: TypeAlias = Literal["must", "is", "where", "because"]

_OPPOSITE: dict[str, str] = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "le": "gt", "gt": "le"}
DATES = (ty.Date, ty.Moment, ty.Month, ty.Year)
_LONGEST_QUOTE = 160
FEW_ROWS = 3
"""Rows alike that are listed one by one; of more, only the first."""

_PATH = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_ROW = re.compile(r"\[\d+\]")
_T = TypeVar("_T")


class _Nothing:
    """Not in the trace: it was not computed."""


NOTHING = _Nothing()


def rows_together(found: Iterable[_T], path: Callable[[_T], str]) -> Iterator[tuple[_T, list[_T]]]:
    """Each with those after it that say the same of other rows, where these are more than a few."""
    alike: dict[str, list[_T]] = {}
    for each in found:
        alike.setdefault(_ROW.sub("[]", path(each)), []).append(each)
    for first, *more in alike.values():
        if len(more) >= FEW_ROWS:
            yield first, more
        else:
            yield from ((each, []) for each in (first, *more))


def _in_rows(path: str) -> tuple[tuple[str, int], ...]:
    """Orders paths by their rows as numbers: row 2 before row 10."""
    return tuple((name, int(number) if number else -1) for name, number in _PATH.findall(path))


@frozen
class Finding:
    """
    What was found of one condition.

    Args:
        text: the sentence, without its end.
        status: `met`, `failed` or `undecided`.
        found, needed: the two sides of a comparison in JSON form, where it is one.
        parts: the conditions inside, where it is made of several.
    """

    text: str
    status: str
    found: Any = None
    needed: Any = None
    parts: tuple[Finding, ...] = ()


def status_of(truth: Any) -> str:
    """The word for the truth of a condition."""
    if truth is True:
        return "met"
    return "failed" if truth is False else "undecided"


class Speaker(ABC):
    """What both languages share: where names and values are found."""

    def __init__(self, program: ir.Program, language: str, trace: Mapping[int, Any]) -> None:
        self.program = program
        self.language = language
        self.trace = trace
        self._facts = {f.name: f for f in program.application.fields}
        self._abouts = {s.about.name: s.about for s in program.body} | {
            p.about.name: p.about for p in program.parameters.values()
        }
        self._abouts |= {each.about.name: each.about for each in program.calendars}
        for computed in program.computed:
            self._abouts.setdefault(computed.about.name, computed.about)

    # ---- names -----------------------------------------------------------------------------------------------

    def fact(self, name: str) -> str:
        """A fact of the application by its title or name."""
        known = self._facts.get(name)
        return values.titled(known.titles if known else {}, name, self.language)

    def field(self, record: str, name: str) -> str:
        """A field, or a computed field, of a record by its title or name."""
        for definition in self._record(record).fields:
            if definition.name == name:
                return values.titled(definition.titles, name, self.language)
        for computed in self.program.computed:
            if computed.record == record and computed.about.name == name:
                return values.titled(computed.about.titles, name, self.language)
        return name.replace("_", " ")

    def record(self, name: str) -> str:
        """One row of a list: the record by its title or name."""
        return values.titled(self._record(name).titles, name, self.language)

    def figure(self, name: str) -> str:
        """A figure, rule, step or support by its title in this language, else by its name."""
        known = self._abouts.get(name)
        return values.titled(known.titles if known else {}, name, self.language)

    def code_list(self, name: str) -> str:
        """A code list by its title or name; codes that stand in a condition by themselves."""
        known = self.program.codes.get(name)
        if known and known.about.keyword == "codes":
            return formats.any_of([self.value(code, known.type) for code in known.codes], self.language)
        titles = {**known.about.titles, **known.titles} if known else {}
        return set_off(values.titled(titles, name, self.language), name)

    def _rows_noun(self, name: str) -> str:
        # In the language of the programme its own names are the plain words for what is counted.
        own = self.language == self.program.language
        return name.replace("_", " ") if own else set_off(self.fact(name), name)

    def _row_noun(self, list_: ir.Expr) -> str:
        if not isinstance(list_.type, ty.List):
            return self.noun(list_)
        record = list_.type.record
        if self.language == self.program.language:
            return record.replace("_", " ")
        if self.language in self._record(record).titles or not isinstance(list_, ir.Fact):
            return set_off(self.record(record), record)
        titled = self.language in self._facts[list_.name].titles if list_.name in self._facts else False
        return self._rows_noun(list_.name) if titled else record.replace("_", " ")

    def _record(self, name: str) -> ir.RecordDef:
        return self.program.records.get(name) or ir.RecordDef(name, ())

    def value(self, value: Any, kind: ty.Type) -> str:
        """A decided value as people read it; a choice of several words in quotes."""
        if isinstance(kind, ty.Choices) and value:
            chosen = [(v, values.choice_title(self.program, kind.of, v, self.language)) for v in kind.values]
            return formats.all_of([set_off(text, v) for v, text in chosen if v in value], self.language)
        text = values.as_text(value, kind, self.program, self.language)
        return set_off(text, value) if isinstance(kind, ty.Choice) else text

    def value_of(self, expr: ir.Expr) -> Any:
        """What an expression came to in this decision, or `NOTHING`."""
        if isinstance(expr, ir.Const):
            return expr.value
        return self.trace.get(expr.at, NOTHING) if expr.at >= 0 else NOTHING

    def _in_months(self, expr: ir.Expr) -> bool:
        """Whether the author wrote whole years in months: `24 months`."""
        if not isinstance(expr, ir.Const) or expr.type != ty.Period("months"):
            return False
        written = self.program.source.text[expr.span.start : expr.span.end].split()
        return written[:1] == [str(expr.value)]

    def _months(self, value: Any) -> str:
        return formats.period(Period(int(value), "months"), self.language, in_months=True)

    def quoted(self, expr: ir.Expr) -> str:
        """The author's own words for an expression."""
        text = " ".join(self.program.source.text[expr.span.start : expr.span.end].split())
        short = text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
        return f"“{short}”" if text else "…"

    # ---- nouns -----------------------------------------------------------------------------------------------

    def noun(self, expr: ir.Expr) -> str:
        """A figure as a noun: `number of members where kind is firm`."""
        match expr:
            case ir.Const(value):
                return self._months(value) if self._in_months(expr) else self.value(value, expr.type)
            case ir.Fact(name):
                return (
                    self._rows_noun(name)
                    if isinstance(expr.type, ty.List)
                    else set_off(self.fact(name), name)
                )
            case ir.Row():
                return self.record(expr.type.name) if isinstance(expr.type, ty.Record) else self.quoted(expr)
            case ir.Field(of, name):
                return self._field_noun(of, name, named=of.span != expr.span)
            case ir.Ref(name):
                return self.ref(name)
            case ir.Add(((_, ir.Aggregate(what) as all_), (-1, ir.Choose(what=ir.OTHER_LINES)))):
                return self.number_of(self.quoted(all_)) if what == "number" else self.quoted(expr)
            case ir.Add(terms):
                return self._sum(terms)
            case ir.Mul(factors):
                return self._product(factors)
            case ir.Div(left, right):
                return f"{self._operand(left)} / {self._operand(right)}"
            case ir.Round():
                return self.rounded(expr)
            case ir.Extreme(which, operands):
                return self.extreme(which, [self.noun(o) for o in operands])
            case ir.Aggregate() if expr.what not in ("only", "any", "every"):
                return self.aggregate(expr)
            case ir.Calendar():
                return self.calendar(expr)
            case ir.Choose(what=what) if what:
                return set_off(self.fact(what) if what in self._facts else self.figure(what), what)
            case _:
                return self.quoted(expr)

    def _field_noun(self, of: ir.Expr, name: str, *, named: bool) -> str:
        record = of.type.name if isinstance(of.type, ty.Record) else ""
        field = set_off(self.field(record, name), name)
        if isinstance(of, ir.Row):
            return self.owned(self.this_row(self.noun(of)), field) if named else field
        return self.owned(self.noun(of), field)

    def _sum(self, terms: Sequence[tuple[int, ir.Expr]]) -> str:
        counted = {term.what if isinstance(term, ir.Choose) else "" for _, term in terms}
        if len(counted) == 1 and "" not in counted and len(terms) > 1:
            # How many of several choices are chosen is lowered to a sum of ones.
            return self.number_of(self.noun(terms[0][1]))
        out = ""
        for sign, term in terms:
            mark = "−" if sign < 0 else "+"
            out += (
                f" {mark} {self._operand(term)}" if out else f"{'−' if sign < 0 else ''}{self._operand(term)}"
            )
        return out

    def _operand(self, expr: ir.Expr) -> str:
        noun = self.noun(expr)
        simple = isinstance(expr, ir.Const | ir.Fact | ir.Ref | ir.Field | ir.Choose) or noun.startswith("“")
        return noun if simple else f"({noun})"

    def _product(self, factors: Sequence[ir.Expr]) -> str:
        first, *rest = factors
        if isinstance(first, ir.Const) and isinstance(first.type, ty.Rate) and len(rest) == 1:
            return self.share(self.value(first.value, first.type), self.noun(rest[0]))
        return " × ".join(self._operand(f) for f in factors)

    def ref(self, name: str) -> str:
        """A figure that was computed before, also one of a support: `grant's eligible_cost`."""
        owner, apostrophe, part = name.partition("'s ")
        about = self._abouts.get(name)
        if about is not None and about.keyword == "instalment" and about.titles:
            return set_off(self.figure(name), name)
        noun = set_off(self.figure(owner), owner)
        return self.part_of_support(noun, part) if apostrophe else noun

    # ---- clauses ---------------------------------------------------------------------------------------------

    def clause(self, expr: ir.Expr, mood: Mood = "is", *, yes: bool = True) -> str:
        """A condition, or with `yes=False` its opposite, in the form of its place."""
        match expr:
            case ir.Const(value):
                return formats.yes_no(bool(value) is yes, self.language)
            case ir.Not(part):
                return self.clause(part, mood, yes=not yes)
            case ir.And(parts) if parts:
                return self._joined(parts, mood, yes=yes, all_of=yes)
            case ir.Or(parts) if parts:
                return self._joined(parts, mood, yes=yes, all_of=not yes)
            case ir.Compare(how, left, right):
                said = how if yes else _OPPOSITE[how]
                return self.compared(self.noun(left), self.bound(said, right), mood, yes=said != "ne")
            case ir.OneOf(value, listed):
                options = formats.any_of([self.value(v, value.type) for v in listed], self.language)
                return self.compared(self.noun(value), options, mood, yes=yes)
            case ir.InCodes(value, codes, coarser):
                if coarser:
                    return self.coarser(self.noun(value), self.code_list(codes), mood, yes=yes)
                return self.within(self.noun(value), self.code_list(codes), mood, yes=yes)
            case ir.Includes(value, listed):
                wanted = self.value(frozenset(listed), value.type)
                return self.including(self.noun(value), wanted, mood, yes=yes)
            case ir.Given(value):
                return self.given(self.noun(value), mood, yes=yes)
            case ir.Aggregate(what, list_, _, where, of) if what in ("any", "every"):
                return self._quantified(what, list_, where, of, mood, yes=yes)
            case ir.Ref(name) if name.endswith("'s applies"):
                support = name.removesuffix("'s applies")
                return self.applies(set_off(self.figure(support), support), mood, yes=yes)
            case ir.Fact() | ir.Field() | ir.Ref():
                return self.truth(self.noun(expr), mood, yes=yes)
            case _:
                return self.truth(self.quoted(expr), mood, yes=yes)

    def _joined(self, parts: Sequence[ir.Expr], mood: Mood, *, yes: bool, all_of: bool) -> str:
        joining = formats.all_of if all_of else formats.any_of
        said = []
        for part in parts:
            text = self.clause(part, mood, yes=yes)
            mixed = isinstance(part, ir.And | ir.Or) and len(parts) > 1
            said.append(f"({text})" if mixed else text)
        return joining(said, self.language)

    def _quantified(
        self, what: str, list_: ir.Expr, where: ir.Expr | None, of: ir.Expr | None, mood: Mood, *, yes: bool
    ) -> str:
        # Not for any: for none, so for every one the opposite; and the other way round.
        every = (what == "every") is yes
        inner = "" if of is None else self.clause(of, "must" if mood == "where" else mood, yes=yes)
        return self.for_rows(self.rows(list_, where), self.one_row(list_, where), inner, every=every)

    def rows(self, list_: ir.Expr, where: ir.Expr | None) -> str:
        """The rows of a list that a filter leaves: `members where kind is firm`."""
        first = _first_lines(where)
        if first is not None:
            return self.quoted(first)
        return self.filtered(self.noun(list_), "" if where is None else self.clause(where, "where"))

    def one_row(self, list_: ir.Expr, where: ir.Expr | None) -> str:
        """One such row: `member where kind is firm`."""
        first = _first_lines(where)
        if first is not None:
            return self.quoted(first)
        noun = self._row_noun(list_)
        return self.filtered(noun, "" if where is None else self.clause(where, "where"))

    def bound(self, how: str, right: ir.Expr) -> str:
        """What a value is held against: `at least 20`, `at most 5% of total of costs (175,000.00 TRY)`."""
        return self.limit(how, self._needed(right), right)

    def _needed(self, right: ir.Expr) -> str:
        noun = self.noun(right)
        if isinstance(right, ir.Const):
            return noun
        known = self.value_of(right)
        if known is NOTHING or known is None or isinstance(known, Undecided):
            return noun
        return f"{noun} ({self.value(known, right.type)})"

    def reason(self, expr: ir.Expr, *, holds: bool) -> str:
        """Why a condition holds or does not: of several, only the parts that made it so."""
        deciding = ir.Or if holds else ir.And
        if isinstance(expr, deciding):
            made_so = tuple(p for p in expr.parts if self.value_of(p) is holds)
            if made_so:
                return formats.all_of([self.reason(p, holds=holds) for p in made_so], self.language)
        return self.clause(expr, "because", yes=holds)

    # ---- findings --------------------------------------------------------------------------------------------

    def finding(self, expr: ir.Expr, truth: Any, *, yes: bool = True) -> Finding:
        """What was found of a condition whose truth (or, with `yes=False`, whose opposite's truth) is known."""
        match expr:
            case ir.Not(part):
                return self.finding(part, truth, yes=not yes)
            case ir.And(parts) | ir.Or(parts) if len(parts) > 1:
                return self._parts(expr, parts, truth, yes=yes)
            case ir.Compare(how, left, right) if isinstance(left.type, ty.NUMERIC) or how in ("eq", "ne"):
                return self._comparison(how if yes else _OPPOSITE[how], left, right, truth)
            case ir.OneOf(value) | ir.InCodes(value) | ir.Includes(value) | ir.Given(value):
                return self._membership(expr, value, truth, yes=yes)
            case ir.Fact() | ir.Field() | ir.Ref():
                return self._yes_no(expr, truth, yes=yes)
            case _:
                return Finding(self._stated(expr, truth, yes=yes), status_of(truth))

    def _stated(self, expr: ir.Expr, truth: Any, *, yes: bool) -> str:
        """A condition as a statement where it holds, else as a demand."""
        if truth is True:
            return self.clause(expr, "is", yes=yes)
        return self.clause(expr, "must", yes=yes) + self._why_open(truth)

    def _parts(self, expr: ir.Expr, parts: Sequence[ir.Expr], truth: Any, *, yes: bool) -> Finding:
        subjects = {self.noun(p.left) for p in parts if isinstance(p, ir.Compare)}
        if yes and isinstance(expr, ir.And) and len(subjects) == 1 and all(_bounds(p) for p in parts):
            return self._between(parts, truth)
        found = []
        for part in parts:
            value = self.value_of(part)
            if value is not NOTHING:
                known = value if yes or isinstance(value, Undecided) else not value
                found.append(self.finding(part, known, yes=yes))
        every = isinstance(expr, ir.And) is yes
        return Finding(self.these(every=every), status_of(truth), parts=tuple(found))

    def _between(self, parts: Sequence[ir.Expr], truth: Any) -> Finding:
        compares = [p for p in parts if isinstance(p, ir.Compare)]
        left = compares[0].left
        bounds = formats.all_of([self.bound(p.how, p.right) for p in compares], self.language)
        known = next((v for v in (self.value_of(p.left) for p in compares) if v is not NOTHING), NOTHING)
        return Finding(
            self.found_and_needed(
                self.noun(left), self._found(known, left, *(p.right for p in compares)), bounds, yes=True
            ),
            status_of(truth),
            found=self._json(known, left),
        )

    def _comparison(self, how: str, left: ir.Expr, right: ir.Expr, truth: Any) -> Finding:
        known, needed = self.value_of(left), self.value_of(right)
        data = {"found": self._json(known, left), "needed": self._json(needed, right)}
        bound = self.bound(how, right)
        if isinstance(left, ir.Aggregate) and left.what == "number" and isinstance(known, int | Fraction):
            text = self._counted(Fraction(known), left, how, right)
        elif truth is True and how == "eq":
            text = self.found_alone(self.noun(left), self._found(known, left))
        else:
            found = self._found(known, left, right)
            text = self.found_and_needed(self.noun(left), found, bound, yes=how != "ne")
        return Finding(text, status_of(truth), **data)

    def _counted(self, number: Fraction, left: ir.Aggregate, how: str, right: ir.Expr) -> str:
        match right:
            case ir.Mul((ir.Const(type=ty.Rate()) as rate, ir.Aggregate("number", where=filter_) as whole)):
                all_ = self.value_of(whole)
                holds = left.where
                if filter_ is not None and isinstance(holds, ir.And):
                    holds = holds.parts[-1]
                if holds is not None and isinstance(all_, int | Fraction):
                    return self.shared(number, Fraction(all_), whole, holds, self.bound(how, rate))
            case _:
                pass
        return self.counted(number, left, self.bound(how, right), how)

    def _membership(self, expr: ir.Expr, value: ir.Expr, truth: Any, *, yes: bool) -> Finding:
        known = self.value_of(value)
        plain = known is NOTHING or isinstance(known, Undecided) or isinstance(value.type, ty.List)
        if plain or isinstance(expr, ir.Given):
            return Finding(self._stated(expr, truth, yes=yes), status_of(truth))
        found, data = self._found(known, value), self._json(known, value)
        if truth is True and yes and isinstance(expr, ir.OneOf):
            return Finding(self.found_alone(self.noun(value), found), "met", data)
        stated = self._stated(expr, truth, yes=yes)
        return Finding(self.found_but(found, stated), status_of(truth), data)

    def _yes_no(self, expr: ir.Expr, truth: Any, *, yes: bool) -> Finding:
        if isinstance(expr, ir.Ref) and expr.name.endswith("'s applies"):
            return Finding(self._stated(expr, truth, yes=yes), status_of(truth))
        known = truth if isinstance(truth, Undecided) or yes else not truth
        noun, found = self.noun(expr), self._found(known, expr)
        met = truth is True
        return Finding(
            f"{noun}: {found}" if met else self.found_and_needed_answer(noun, found, yes=yes),
            status_of(truth),
            found=self._json(known, expr),
            needed=yes,
        )

    def _json(self, value: Any, expr: ir.Expr) -> Any:
        return None if value is NOTHING else values.as_json(value, expr.type, self.program)

    def _found(self, value: Any, expr: ir.Expr, *bounds: ir.Expr) -> str:
        """The value that was found, a period in the unit of what it is held against."""
        if value is NOTHING:
            return self.not_computed()
        if value is None:
            return self.absent()
        if isinstance(value, Undecided):
            return self.open(value, expr.type)
        return self._months(value) if any(map(self._in_months, bounds)) else self.value(value, expr.type)

    def _why_open(self, truth: Any) -> str:
        return f" ({self.because(truth.causes)})" if isinstance(truth, Undecided) else ""

    def because(self, causes: Iterable[Cause]) -> str:
        """Why something is open: `member count is not known yet`."""
        ordered = sorted(causes, key=lambda c: (c.kind, _in_rows(c.what)))
        said = []
        for first, more in rows_together(ordered, lambda cause: cause.what):
            said.append(self.cause(first))
            if more:
                said.append(self.more_rows(len(more)))
        return "; ".join(dict.fromkeys(said))

    @abstractmethod
    def more_rows(self, number: int) -> str:
        """Of rows alike: `and the same of 3 more rows`."""

    def path(self, path: str) -> str:
        """The path of a fact in words: `amount of cost 3`."""
        parts = [(name, int(number) if number else -1) for name, number in _PATH.findall(path)]
        if not parts or parts[0][1] >= 0:
            return path
        fact = self._facts.get(parts[0][0])
        said, kind = self.fact(parts[0][0]), fact.type if fact else None
        for name, number in parts[1:]:
            if number >= 0:
                record = kind.record if isinstance(kind, ty.List) else ""
                said, kind = (
                    self.nth_row(self.record(record) if record else said, number + 1),
                    ty.Record(record),
                )
            else:
                record = kind.name if isinstance(kind, ty.Record) else ""
                said = self.owned(said, self.field(record, name))
                kind = next((f.type for f in self._record(record).fields if f.name == name), None)
        return said

    # ---- what each language says in its own way --------------------------------------------------------------

    @abstractmethod
    def owned(self, owner: str, part: str) -> str:
        """A part of something: `amount of cost 3`."""

    @abstractmethod
    def this_row(self, record: str) -> str:
        """The line that is spoken of: `this cost`."""

    @abstractmethod
    def nth_row(self, record: str, number: int) -> str:
        """One row of a list: `cost 3`."""

    @abstractmethod
    def part_of_support(self, support: str, part: str) -> str:
        """A figure of a support: `eligible cost of grant`."""

    @abstractmethod
    def share(self, rate: str, of: str) -> str:
        """A share of something: `5% of the budget`."""

    @abstractmethod
    def rounded(self, expr: ir.Round) -> str:
        """A rounded figure."""

    @abstractmethod
    def rounding(self, mode: str, step: str) -> str:
        """How something is rounded: `rounded down in steps of 0.01 TRY`."""

    @abstractmethod
    def extreme(self, which: str, operands: Sequence[str]) -> str:
        """The smallest or largest of some: `the smaller of a and b`."""

    @abstractmethod
    def aggregate(self, expr: ir.Aggregate) -> str:
        """A figure over a list: `total amount of costs`."""

    @abstractmethod
    def number_of(self, noun: str) -> str:
        """How many of several choices are chosen: `number of documents`."""

    @abstractmethod
    def calendar(self, expr: ir.Calendar) -> str:
        """A function of the calendar: `2 years before submitted`."""

    @abstractmethod
    def filtered(self, noun: str, where: str) -> str:
        """Rows that a condition leaves: `members where kind is firm`."""

    @abstractmethod
    def for_rows(self, rows: str, one: str, clause: str, *, every: bool) -> str:
        """A condition on the rows of a list: `for all members: …`."""

    @abstractmethod
    def limit(self, how: str, needed: str, right: ir.Expr) -> str:
        """A bound: `at least 20`."""

    @abstractmethod
    def compared(self, noun: str, bound: str, mood: Mood, *, yes: bool) -> str:
        """A comparison: `kind is firm`."""

    @abstractmethod
    def within(self, noun: str, codes: str, mood: Mood, *, yes: bool) -> str:
        """A code is in a list of codes."""

    @abstractmethod
    def coarser(self, noun: str, codes: str, mood: Mood, *, yes: bool) -> str:
        """A code is less precise than those of a list."""

    @abstractmethod
    def including(self, noun: str, wanted: str, mood: Mood, *, yes: bool) -> str:
        """Several choices include some."""

    @abstractmethod
    def given(self, noun: str, mood: Mood, *, yes: bool) -> str:
        """A fact is given."""

    @abstractmethod
    def truth(self, noun: str, mood: Mood, *, yes: bool) -> str:
        """A yes/no figure holds: `competitive`."""

    @abstractmethod
    def applies(self, support: str, mood: Mood, *, yes: bool) -> str:
        """A support applies."""

    @abstractmethod
    def these(self, *, every: bool) -> str:
        """The words above several conditions."""

    @abstractmethod
    def counted(self, number: Fraction, counted: ir.Aggregate, bound: str, how: str) -> str:
        """How many there are, and how many are needed."""

    @abstractmethod
    def shared(
        self, number: Fraction, all_: Fraction, whole: ir.Aggregate, holds: ir.Expr, bound: str
    ) -> str:
        """How many of how many meet a condition, and what share is needed."""

    @abstractmethod
    def found_and_needed(self, noun: str, found: str, bound: str, *, yes: bool) -> str:
        """A figure and its bound: `duration is 6 years; it must be at most 5 years`."""

    @abstractmethod
    def found_alone(self, noun: str, found: str) -> str:
        """A figure: `channel is online`."""

    @abstractmethod
    def found_and_needed_answer(self, noun: str, found: str, *, yes: bool) -> str:
        """A yes/no figure and the answer needed."""

    @abstractmethod
    def found_but(self, found: str, needed: str) -> str:
        """A condition, and the value that was found."""

    @abstractmethod
    def not_computed(self) -> str:
        """For a value that was not needed."""

    @abstractmethod
    def absent(self) -> str:
        """For a value that does not apply."""

    @abstractmethod
    def open(self, value: Undecided, kind: ty.Type) -> str:
        """For a value that is not decided."""

    def cause(self, cause: Cause) -> str:
        """Why something is open: `competitive is not known yet`, or the message of a figure that no case gives."""
        known = self._abouts.get(cause.what)
        own = known.messages if known and cause.kind in ("no_line", "hole") else {}
        return own.get(self.language) or own.get(self.program.language) or self.found_cause(cause)

    @abstractmethod
    def found_cause(self, cause: Cause) -> str:
        """Why something is open, in the words of this language."""


def set_off(title: str, name: str) -> str:
    """A title of several words is set off from the words around it; a name is a word among them."""
    return f"“{title}”" if " " in title and title != name.replace("_", " ") else title


def _first_lines(where: ir.Expr | None) -> ir.Expr | None:
    """What says that only the first lines by an order are meant: the author's phrase has the filter in it."""
    last = where.parts[-1] if isinstance(where, ir.And) and where.parts else where
    return last if isinstance(last, ir.Choose) and last.what == ir.FIRST_LINES else None


def _bounds(part: ir.Expr) -> bool:
    return isinstance(part, ir.Compare) and part.how in ("lt", "le", "gt", "ge")
