"""
From the parts of a rule to a node of the tree.

The parser calls a maker each time it has read all parts of a rule; the makers carry the names of the rules and hence
are the same for all languages.  What makes no node of its own (a line of a block, say) is held in a small class of
this module until the statement around it is made.

A maker also sees what no grammar can: a line that is missing, or said twice.
"""

# What each maker and each held line is for stands in the grammar, at the rule of the same name.
# ruff: noqa: D101, D102

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar, cast

from attrs import define, evolve, frozen

from grantrules.diagnostics import Label, Problem, Words
from grantrules.source import Span
from grantrules.syntax import problems
from grantrules.syntax import tree as syn

T = TypeVar("T")


@frozen(eq=False, repr=False)
class Held:
    """A line or a part that becomes a field of the statement around it."""

    span: Span


@frozen(eq=False, repr=False)
class Title(Held):
    text: syn.Text


@frozen(eq=False, repr=False)
class Message(Held):
    text: syn.Text


@frozen(eq=False, repr=False)
class InForce(Held):
    range: syn.Range


@frozen(eq=False, repr=False)
class Header(Held):
    """A line of a programme's head: the field and its value."""

    field: str
    value: Any


@frozen(eq=False, repr=False)
class Dated(Held):
    day: syn.Day


@frozen(eq=False, repr=False)
class Place(Held):
    text: str


@frozen(eq=False, repr=False)
class Owned(Held):
    owner: syn.Name | None
    name: syn.Name


@frozen(eq=False, repr=False)
class Keys(Held):
    keys: tuple[syn.Key, ...]


@frozen(eq=False, repr=False)
class Mode(Held):
    mode: Literal["first", "one", "slices", "whole"]


@frozen(eq=False, repr=False)
class Across(Held):
    key: syn.Key
    cells: tuple[syn.Cell, ...]


@frozen(eq=False, repr=False)
class Gives(Held):
    names: tuple[syn.Name, ...]


@frozen(eq=False, repr=False)
class DatedRows(Held):
    rows: tuple[syn.Row, ...]


@frozen(eq=False, repr=False)
class ValueLine(Held):
    value: syn.Value


@frozen(eq=False, repr=False)
class Only(Held):
    condition: syn.Value


@frozen(eq=False, repr=False)
class Except(Held):
    condition: syn.Value


@frozen(eq=False, repr=False)
class ExcessLine(Held):
    excess: syn.Excess


@frozen(eq=False, repr=False)
class Keep(Held):
    number: syn.Value
    by: syn.Value
    direction: syn.Direction
    per: tuple[syn.Value, ...] = ()


@frozen(eq=False, repr=False)
class Plus(Held):
    how: Literal["plus", "increased_by"]
    value: syn.Value
    part: syn.Value | None = None


@frozen(eq=False, repr=False)
class Factor(Held):
    value: syn.Value


@frozen(eq=False, repr=False)
class CeilingsPlace(Held):
    within: bool


@frozen(eq=False, repr=False)
class FloorLine(Held):
    how: Literal["less_not_paid", "raised_to"]
    amount: syn.Value
    in_any_case: bool = False


@frozen(eq=False, repr=False)
class Placed(Held):
    """A way to round, and whether each line is rounded or the sum."""

    way: syn.InSteps
    place: syn.RoundingPlace


@frozen(eq=False, repr=False)
class TheRest(Held):
    parts: syn.Num | None = None


@frozen(eq=False, repr=False)
class PartRounding(Held):
    way: syn.Way
    left_over: Literal["first", "last"] | None = None


@frozen(eq=False, repr=False)
class OnlyABasis(Held):
    pass


@frozen(eq=False, repr=False)
class Repayable(Held):
    pass


@frozen(eq=False, repr=False)
class NotTogether(Held):
    names: tuple[syn.Name, ...]


@frozen(eq=False, repr=False)
class Over(Held):
    names: tuple[syn.Name, ...]


@frozen(eq=False, repr=False)
class Figure(Held):
    """A line of a ranking that gives one figure."""

    figure: Literal["budget", "awards", "reserve", "set_aside", "first", "least", "most"]
    value: syn.Value


@frozen(eq=False, repr=False)
class Groups(Held):
    """What makes the groups of a ranking."""

    keys: tuple[syn.Value, ...]


@frozen(eq=False, repr=False)
class OrderBy(Held):
    key: syn.OrderKey
    first: bool


@frozen(eq=False, repr=False)
class Like(Held):
    name: syn.Name


@frozen(eq=False, repr=False)
class Columns(Held):
    names: tuple[syn.Name | None, ...]


@frozen(eq=False, repr=False)
class CellsLine(Held):
    cells: tuple[tuple[syn.Given_, ...], ...]


@frozen(eq=False, repr=False)
class OfRanking(Held):
    name: syn.Name


@frozen(eq=False, repr=False)
class RankedColumns(Held):
    columns: tuple[syn.RankedColumn, ...]


@frozen(eq=False, repr=False)
class Ranked(Held):
    """The applications of a ranking example, under their heading."""

    columns: tuple[syn.RankedColumn, ...]
    rows: tuple[syn.RankedRow, ...]


@frozen(eq=False, repr=False)
class ExpectTied(Held):
    names: tuple[syn.Name, ...]


@frozen(eq=False, repr=False)
class ExpectLeftOver(Held):
    amount: syn.Value


@frozen(eq=False, repr=False)
class CountedOf(Held):
    number: syn.Value
    many: syn.Many
    different: syn.Name | None = None


@frozen(eq=False, repr=False)
class ForHead(Held):
    how: Literal["all", "at_least", "more_than", "at_most"]
    share: syn.Percent | None
    many: syn.Many


@frozen(eq=False, repr=False)
class Block(Held):
    conditions: tuple[syn.Value, ...]


@frozen(eq=False, repr=False)
class Both(Held):
    """`both days counted`."""


@frozen(eq=False, repr=False)
class Times(Held):
    """The column of a list in an example that says how often a row stands there."""


@frozen(eq=False, repr=False)
class ExceptionTo(Held):
    name: syn.Name
    to: syn.Name


CONDITIONS = (
    syn.And, syn.Or, syn.Not, syn.NoneOf, syn.Compare, syn.OneOf, syn.InList, syn.Given, syn.Applies, syn.Within,
    syn.Includes, syn.Counted, syn.ForLines, syn.FailingThat,
)  # fmt: skip

# Rules that only say which of several words was written.
_AS_NAMED = (
    "refused", "last_day", "next_day", "trimmed", "pro_rata", "last_first", "drops_line", "refuses", "down", "up",
    "half_up", "half_even", "once", "highest", "lowest", "earliest", "latest", "days", "hours",
)  # fmt: skip
CONSTANTS = {name: name for name in _AS_NAMED} | {"each_line": "each", "working_days": "working days"}

RANGES: dict[str, tuple[str, bool, bool]] = {
    # the bounds that are said, and whether the lower and the upper bound are inside
    "from_": ("lower", True, True),
    "above": ("lower", False, True),
    "up_to": ("upper", True, True),
    "below": ("upper", True, False),
    "from_to": ("both", True, True),
    "from_to_below": ("both", True, False),
    "above_to": ("both", False, True),
    "above_to_below": ("both", False, False),
}

COMPARISONS: dict[str, syn.Comparison] = {
    "is_": "is", "is_not": "is_not", "at_least": "at_least", "at_most": "at_most", "more_than": "more_than",
    "less_than": "less_than", "no_later": "no_later", "no_earlier": "no_earlier", "is_before": "before",
    "is_after": "after",
}  # fmt: skip


@define
class Body:
    """The lines of a statement, by kind."""

    span: Span
    name: syn.Name | None
    lines: list[Any]
    problems: list[Problem]

    def all(self, kind: type[T]) -> tuple[T, ...]:
        """The lines of a kind, in their order."""
        return tuple(line for line in self.lines if isinstance(line, kind))

    def one(self, kind: type[T], what: Words) -> T | None:
        """The line of a kind, or `None`; a second one is a problem."""
        found = self.all(kind)
        for again in found[1:]:
            self.said_twice(found[0], again, what)
        return found[0] if found else None

    def needed(self, kind: type[T], what: Words) -> T | None:
        """The line of a kind; where there is none, a problem: the statement is then given up, and nobody sees it."""
        found = self.one(kind, what)
        if found is None:
            self.missing(what)
        return found

    def missing(self, what: Words) -> None:
        """Report a line without which the statement says nothing."""
        self.problems.append(problems.LineMissing(span=self.head, line=what))

    @property
    def head(self) -> Span:
        """Where a problem of the whole statement is shown: its name, or else its beginning."""
        return self.name.span if self.name else Span(self.span.start, self.span.start + 1)

    def said_twice(self, first: Any, again: Any, what: Words) -> None:
        """Report a line that may stand once and stands again."""
        self.problems.append(
            problems.SaidTwice(span=again.span, line=what, labels=(Label(first.span, problems.SAID_FIRST),))
        )

    def heading(self) -> syn.Heading:
        """Titles, messages, citations and periods; a title in the first line is in the file's own language."""
        return syn.Heading(
            self.name,
            titles=self.titles(),
            messages=tuple(line.text for line in self.all(Message)),
            citations=self.all(syn.Citation),
            in_force=tuple(line.range for line in self.all(InForce)),
            span=self.span,
        )

    def titles(self) -> tuple[syn.Text, ...]:
        """The title in the first line, then its translations."""
        return (*self.all(syn.Text), *(line.text for line in self.all(Title)))

    def whens(self) -> tuple[syn.When, ...]:
        return self.all(syn.When)

    def conditions(self) -> tuple[syn.Value, ...]:
        """The lines that are conditions or a bare yes/no fact."""
        aside = (
            syn.Text, syn.TypeName, syn.Citation, syn.When, syn.Case, Held, syn.Invariance, syn.Promised,
        )  # fmt: skip
        return tuple(line for line in self.lines if not isinstance(line, aside))

    def cases(self, what: Words) -> syn.Cases:
        """One value, or a value by cases."""
        values, cases = self.all(ValueLine), self.all(syn.Case)
        mode = self.one(Mode, problems.HOW_LINES_FIT)
        for again in values[1:]:
            self.said_twice(values[0], again, what)
        if values and cases:
            beside = Label(cases[0].span, problems.A_CASE)
            self.problems.append(problems.ValueBesideCases(span=values[0].span, labels=(beside,)))
        rest = [case for case in cases if case.condition is None]
        for twice in rest[1:]:
            self.said_twice(rest[0], twice, problems.OTHERWISE)
        if not values and not cases:
            self.missing(what)
        written = tuple(syn.Case(line.value, None, span=line.span) for line in values[:1]) or cases
        return syn.Cases(written, cast(Any, mode.mode if mode else None), span=self.span)


class Maker:
    """The makers of all rules; `problems` are those found while making one statement."""

    def __init__(self, longest_chain: int) -> None:
        self.problems: list[Problem] = []
        self._longest_chain = longest_chain

    def of(self, rule: str) -> Callable[..., Any]:
        """The maker of a rule: called with the span, then the parts that the rule keeps."""
        if rule in CONSTANTS:
            word = CONSTANTS[rule]
            return lambda _span: word
        if rule in COMPARISONS:
            how = COMPARISONS[rule]
            return lambda span, left, right: self._compare(span, left, how, right)
        if rule in RANGES:
            which, lower_in, upper_in = RANGES[rule]
            return lambda span, *bounds: _range(span, which, bounds, lower_in, upper_in)
        if rule.startswith("type_") and not hasattr(self, rule):
            kind = rule.removeprefix("type_")
            return lambda span: syn.TypeName(kind, span=span)
        return cast("Callable[..., Any]", getattr(self, rule))

    def _body(self, span: Span, name: syn.Name | None, lines: Iterable[Any]) -> Body:
        return Body(span, name, list(lines), self.problems)

    # ---- heads of files ------------------------------------------------------------------------------------------

    def start(self, _span: Span, statement: Any) -> Any:
        return statement

    def language(self, _span: Span) -> None:
        return None

    def programme(self, span: Span, name: syn.Name, *lines: Any) -> syn.Programme:
        return self._head(span, "programme", name, lines)

    def library(self, span: Span, name: syn.Name, *lines: Any) -> syn.Programme:
        return self._head(span, "library", name, lines)

    def amendment(self, span: Span, name: syn.Name, *lines: Any) -> syn.Programme:
        made = self._head(span, "amendment", name, lines)
        if made.amends is None:
            self.problems.append(problems.LineMissing(span=name.span, line=problems.HEADER_LINES["amends"]))
        return made

    def _head(self, span: Span, kind: syn.TextKind, name: syn.Name, lines: tuple[Any, ...]) -> syn.Programme:
        body = self._body(span, None, lines)
        found: dict[str, Header] = {}
        for line in body.all(Header):
            if line.field in found:
                body.said_twice(found[line.field], line, problems.HEADER_LINES[line.field])
            found.setdefault(line.field, line)
        values = {field: line.value for field, line in found.items()}
        return syn.Programme(name.text, body.heading(), **values, kind=kind, span=span)

    def amends(self, span: Span, name: syn.Name) -> Header:
        return Header(span, "amends", name)

    def use(self, span: Span, library: syn.Name, *taken: syn.Taken) -> syn.Use:
        return syn.Use(library, taken, span=span)

    def taken(self, span: Span, name: syn.Name, own: syn.Name | None = None) -> syn.Taken:
        return syn.Taken(name, own, span=span)

    def authority(self, span: Span, text: syn.Text) -> Header:
        return Header(span, "authority", text.text)

    def currency(self, span: Span, name: syn.Name) -> Header:
        return Header(span, "currency", name)

    def time_zone(self, span: Span, name: syn.Name) -> Header:
        return Header(span, "zone", name)

    def rules_as_of(self, span: Span, value: syn.Value) -> Header:
        return Header(span, "as_of", value)

    def month_end(self, span: Span, how: str) -> Header:
        return Header(span, "month_end", how)

    def nace_edition(self, span: Span, revision: str) -> Header:
        return Header(span, "nace", revision)

    def programme_year(self, span: Span, value: syn.Value) -> Header:
        return Header(span, "programme_year", value)

    def source(self, span: Span, name: syn.Name, title: syn.Text, *more: Any) -> syn.SourceText:
        body = self._body(span, name, more)
        dated, place = body.all(Dated), body.all(Place)
        return syn.SourceText(
            name, title.text, dated[0].day if dated else None, place[0].text if place else None, span=span
        )

    def dated(self, span: Span, day: syn.Day) -> Dated:
        return Dated(span, day)

    def place(self, span: Span, text: syn.Text) -> Place:
        return Place(span, text.text)

    # ---- lines that any statement may carry ----------------------------------------------------------------------

    def translation(self, span: Span, language: str, text: syn.Text) -> Title:
        return Title(span, syn.Text(text.text, language, span=span))

    def message(self, span: Span, *parts: Any) -> Message:
        language = parts[0] if len(parts) > 1 else None
        return Message(span, syn.Text(parts[-1].text, language, span=span))

    def cites(self, span: Span, source: syn.Name, *parts: Any) -> syn.Citation:
        quote = next((p.text for p in parts if isinstance(p, syn.Text)), None)
        at = next((p.text for p in parts if isinstance(p, Place)), None)
        return syn.Citation(source, quote, at, span=span)

    def in_force(self, span: Span, range_: syn.Range) -> InForce:
        return InForce(span, range_)

    def in_force_line(self, _span: Span, line: InForce) -> InForce:
        return line

    # ---- the shape of the data -----------------------------------------------------------------------------------

    def record(self, span: Span, name: syn.Name, *lines: Any) -> syn.Record:
        body = self._body(span, name, lines)
        return syn.Record(body.heading(), body.all(syn.Field), span=span)

    def application(self, span: Span, *lines: Any) -> syn.Application:
        body = self._body(span, None, lines)
        return syn.Application(body.heading(), body.all(syn.Field), span=span)

    def fact_field(self, span: Span, name: syn.Name, *parts: Any) -> syn.Field:
        body = self._body(span, name, parts)
        remarks = tuple(
            each
            for part in parts
            for each in (part if isinstance(part, tuple) else (part,))
            if isinstance(each, syn.Remark)
        )
        return syn.Field(name, body.titles(), body.all(syn.TypeName)[0], remarks, span=span)

    def type_one_of(self, span: Span, *choices: syn.ChoiceValue) -> syn.TypeName:
        return syn.TypeName("one_of", choices=choices, span=span)

    def type_some_of(self, span: Span, *choices: syn.ChoiceValue) -> syn.TypeName:
        return syn.TypeName("some_of", choices=choices, span=span)

    def type_nace(self, span: Span, revision: str | None = None) -> syn.TypeName:
        return syn.TypeName("nace", of=revision, span=span)

    def type_record(self, span: Span, name: syn.Name) -> syn.TypeName:
        return syn.TypeName("record", of=name.text, span=span)

    def type_list(self, span: Span, name: syn.Name) -> syn.TypeName:
        return syn.TypeName("list", of=name.text, span=span)

    def type_quantity(self, span: Span, unit: syn.Name) -> syn.TypeName:
        return syn.TypeName("quantity", unit=unit.text, span=span)

    def type_money_in(self, span: Span, currency: syn.Name) -> syn.TypeName:
        return syn.TypeName("money", of=currency.text, span=span)

    def type_money_per(self, span: Span, unit: syn.Name) -> syn.TypeName:
        return syn.TypeName("money", unit=unit.text, span=span)

    def type_money_in_per(self, span: Span, currency: syn.Name, unit: syn.Name) -> syn.TypeName:
        return syn.TypeName("money", unit=unit.text, of=currency.text, span=span)

    def type_period_in(self, span: Span, unit: str) -> syn.TypeName:
        return syn.TypeName("period", unit=unit, span=span)

    def choice(self, span: Span, name: syn.Name, *more: Any) -> syn.ChoiceValue:
        return syn.ChoiceValue(
            name, _texts(more), tuple(m for m in more if isinstance(m, syn.Name)), span=span
        )

    def optional(self, span: Span) -> syn.Remark:
        return syn.Remark("optional", span=span)

    def minimum(self, span: Span, value: syn.Value) -> syn.Remark:
        return syn.Remark("minimum", value, span=span)

    def maximum(self, span: Span, value: syn.Value) -> syn.Remark:
        return syn.Remark("maximum", value, span=span)

    def bounds(self, _span: Span, least: syn.Value, most: syn.Value) -> tuple[syn.Remark, syn.Remark]:
        return (
            syn.Remark("minimum", least, span=least.span),
            syn.Remark("maximum", most, span=most.span),
        )

    def decided_by(self, span: Span, *names: Any) -> syn.Remark:
        return syn.Remark("decided_by", titles=_texts(names), span=span)

    def only_when(self, span: Span, condition: syn.Value) -> syn.Remark:
        return syn.Remark("only_when", condition, span=span)

    def if_absent(self, span: Span, value: syn.Value) -> syn.Remark:
        return syn.Remark("if_absent", value, span=span)

    def code_list(self, span: Span, name: syn.Name, type_: syn.TypeName, *lines: Any) -> syn.CodeList:
        body = self._body(span, name, lines)
        return syn.CodeList(body.heading(), type_, body.all(syn.CodeLine), span=span)

    def codes(self, span: Span, *parts: Any) -> syn.CodeLine:
        return _code_line(span, "codes", parts)

    def except_codes(self, span: Span, *parts: Any) -> syn.CodeLine:
        return _code_line(span, "except", parts)

    def all_of_list(self, span: Span, name: syn.Name) -> syn.CodeLine:
        return syn.CodeLine("including", list=name, span=span)

    def code_range(self, _span: Span, first: str, last: str) -> tuple[str, str]:
        return first, last

    def working_calendar(self, span: Span, name: syn.Name, *lines: Any) -> syn.WorkingCalendar:
        body = self._body(span, name, lines)
        years = body.all(syn.CalendarYear)
        if not years:
            body.missing(problems.CALENDAR_YEARS)
        return syn.WorkingCalendar(body.heading(), years, span=span)

    def calendar_year(self, span: Span, year: syn.Num, *days: syn.Holiday) -> syn.CalendarYear:
        return syn.CalendarYear(year, days, span=span)

    def holiday(self, span: Span, day: syn.Day, title: syn.Text | None = None) -> syn.Holiday:
        return syn.Holiday(day, title, span=span)

    # ---- figures and values --------------------------------------------------------------------------------------

    def parameter(self, span: Span, name: syn.Name, *parts: Any) -> syn.Parameter:
        body = self._body(span, name, parts)
        lines = self._parameter_lines(body)
        return syn.Parameter(body.heading(), body.all(syn.TypeName)[0], lines, span=span)

    def indicator(self, span: Span, name: syn.Name, *parts: Any) -> syn.Indicator:
        body = self._body(span, name, parts)
        lines = self._parameter_lines(body)
        return syn.Indicator(body.heading(), body.all(syn.TypeName)[0], lines, span=span)

    def _parameter_lines(self, body: Body) -> tuple[syn.ParameterLine, ...]:
        lines = body.all(syn.ParameterLine)
        if not lines:
            body.missing(problems.PARAMETER_VALUE)
        return lines

    def not_set(self, span: Span) -> syn.ParameterLine:
        return syn.ParameterLine(None, None, span=span)

    def always(self, span: Span, value: syn.Value) -> syn.ParameterLine:
        return syn.ParameterLine(None, value, span=span)

    def in_year(self, span: Span, when: syn.Value) -> syn.Range:
        return syn.Range(when, when, span=span)

    def dated_value(self, span: Span, range_: syn.Range, value: syn.Value) -> syn.ParameterLine:
        return syn.ParameterLine(range_, value, span=span)

    def dated_not_set(self, span: Span, range_: syn.Range) -> syn.ParameterLine:
        return syn.ParameterLine(range_, None, span=span)

    def define_short(self, span: Span, owned: Owned, *parts: Any) -> syn.Define:
        title, rest = _leading_text(parts)
        choice = rest.pop(0) if isinstance(rest[0], syn.TypeName) else None
        value, *lines = rest
        body = self._body(span, owned.name, [*title, *lines])
        if _is_condition(value):
            return syn.Define(body.heading(), owned.owner, None, (value,), choice=choice, span=span)
        cases = syn.Cases((syn.Case(value, None, span=value.span),), span=value.span)
        return syn.Define(body.heading(), owned.owner, cases, choice=choice, span=span)

    def define(self, span: Span, owned: Owned, *lines: Any) -> syn.Define:
        body = self._body(span, owned.name, lines)
        choice = next(iter(body.all(syn.TypeName)), None)
        conditions = body.conditions()
        if any(isinstance(line, (syn.Case, Mode)) for line in lines):
            if conditions:
                self.problems.append(problems.ConditionsBesideCases(span=conditions[0].span))
            value = body.cases(problems.DEFINE_VALUE)
            return syn.Define(body.heading(), owned.owner, value, (), body.whens(), choice, span=span)
        if not conditions:
            body.missing(problems.DEFINE_VALUE)
        return syn.Define(body.heading(), owned.owner, None, conditions, body.whens(), choice, span=span)

    def result(self, span: Span, name: syn.Name, *parts: Any) -> syn.Result:
        title, [value, *lines] = _leading_text(parts)
        return syn.Result(self._body(span, name, [*title, *lines]).heading(), value, span=span)

    def owned(self, span: Span, *names: syn.Name) -> Owned:
        return Owned(span, names[0] if len(names) > 1 else None, names[-1])

    def case(self, span: Span, value: Any, condition: syn.Value) -> syn.Case:
        return syn.Case(value, condition, span=span)

    # Turkish says what the block is before the value.
    def case_any(self, span: Span, value: Any, block: Block) -> syn.Case:
        return syn.Case(value, self.when_any(span, block).condition, span=span)

    def case_all(self, span: Span, value: Any, block: Block) -> syn.Case:
        return syn.Case(value, self.when_all(span, block).condition, span=span)

    def case_none(self, span: Span, value: Any, block: Block) -> syn.Case:
        return syn.Case(value, self.when_none(span, block).condition, span=span)

    def otherwise(self, span: Span, value: Any) -> syn.Case:
        return syn.Case(value, None, span=span)

    def value_line(self, span: Span, value: syn.Value) -> ValueLine:
        return ValueLine(span, value)

    def mode_first(self, span: Span) -> Mode:
        return Mode(span, "first")

    def mode_one(self, span: Span) -> Mode:
        return Mode(span, "one")

    def mode_slices(self, span: Span) -> Mode:
        return Mode(span, "slices")

    def mode_whole(self, span: Span) -> Mode:
        return Mode(span, "whole")

    def does_not_apply(self, span: Span) -> syn.DoesNotApply:
        return syn.DoesNotApply(span=span)

    def table(self, span: Span, owned: Owned, keys: Keys, *lines: Any) -> syn.Table:
        body = self._body(span, owned.name, lines)
        mode = body.one(Mode, problems.HOW_ROWS_FIT)
        across = body.one(Across, problems.ACROSS)
        gives = body.one(Gives, problems.GIVES)
        rows: list[syn.Row] = []
        for line in body.lines:
            if isinstance(line, DatedRows):
                rows += line.rows
            elif isinstance(line, syn.Row):
                rows.append(line)
        if not rows:
            body.missing(problems.ROW)
        return syn.Table(
            body.heading(),
            owned.owner,
            keys.keys,
            tuple(rows),
            mode.mode if mode else None,
            across.key if across else None,
            across.cells if across else (),
            gives.names if gives else (),
            next(iter(body.all(syn.TypeName)), None),
            span=span,
        )

    def keys(self, span: Span, *keys: syn.Key) -> Keys:
        return Keys(span, keys)

    def key(self, span: Span, name: syn.Name, value: syn.Value | None = None) -> syn.Key:
        return syn.Key(name, value, span=span)

    def dated_rows(self, span: Span, line: InForce, *rows: syn.Row) -> DatedRows:
        return DatedRows(span, tuple(evolve(row, during=line.range) for row in rows))

    def across(self, span: Span, key: syn.Key, *cells: syn.Cell) -> Across:
        return Across(span, key, cells)

    def gives(self, span: Span, *names: syn.Name) -> Gives:
        return Gives(span, names)

    def row(self, span: Span, *cells: syn.Cell) -> syn.Row:
        return syn.Row(cells, span=span)

    def any_(self, span: Span) -> syn.Any:
        return syn.Any(span=span)

    def rest(self, span: Span) -> syn.Rest:
        return syn.Rest(span=span)

    def no_base(self, span: Span) -> syn.NoBase:
        return syn.NoBase(span=span)

    def several(self, span: Span, *values: syn.Value) -> syn.Several:
        return syn.Several(values, span=span)

    def none_of_several(self, span: Span, *values: syn.Value) -> syn.Several:
        return syn.Several(values, negated=True, span=span)

    def for_each(self, span: Span, amount: syn.Value) -> syn.Each:
        return syn.Each(amount, span=span)

    def reduced_by(self, span: Span, value: syn.Value) -> syn.Reduced:
        return syn.Reduced(value, span=span)

    # ---- what must hold ------------------------------------------------------------------------------------------

    def require(self, span: Span, name: syn.Name, *lines: Any) -> syn.Rule:
        return self._rule("require", span, name, lines)

    def advise(self, span: Span, name: syn.Name, *lines: Any) -> syn.Rule:
        return self._rule("advise", span, name, lines)

    def duty(self, span: Span, name: syn.Name, *lines: Any) -> syn.Rule:
        return self._rule("duty", span, name, lines)

    def note(self, span: Span, name: syn.Name, *lines: Any) -> syn.Rule:
        return self._rule("note", span, name, lines)

    def _rule(
        self,
        kind: Literal["require", "advise", "duty", "note"],
        span: Span,
        name: syn.Name,
        lines: tuple[Any, ...],
    ) -> syn.Rule:
        body = self._body(span, name, lines)
        conditions = body.conditions()
        if not conditions and kind in {"require", "advise"}:
            body.missing(problems.CONDITION)
        return syn.Rule(kind, body.heading(), conditions, body.whens(), span=span)

    def exception(self, span: Span, both: ExceptionTo, *lines: Any) -> syn.Exception_:
        body = self._body(span, both.name, lines)
        if not body.conditions() and not body.whens():
            body.missing(problems.CONDITION)
        return syn.Exception_(body.heading(), both.to, body.conditions(), body.whens(), span=span)

    def exception_to(self, span: Span, name: syn.Name, to: syn.Name) -> ExceptionTo:
        return ExceptionTo(span, name, to)

    def when(self, span: Span, condition: syn.Value) -> syn.When:
        return syn.When(condition, span=span)

    def unless(self, span: Span, condition: syn.Value) -> syn.When:
        return syn.When(condition, negated=True, span=span)

    # Turkish says the block and whether it applies in one line.
    def when_any(self, span: Span, block: Block) -> syn.When:
        return syn.When(syn.Or(block.conditions, block=True, span=block.span), span=span)

    def when_all(self, span: Span, block: Block) -> syn.When:
        return syn.When(syn.And(block.conditions, block=True, span=block.span), span=span)

    def when_none(self, span: Span, block: Block) -> syn.When:
        return syn.When(syn.NoneOf(block.conditions, span=block.span), span=span)

    def unless_any(self, span: Span, block: Block) -> syn.When:
        return evolve(self.when_any(span, block), negated=True)

    def unless_all(self, span: Span, block: Block) -> syn.When:
        return evolve(self.when_all(span, block), negated=True)

    def unless_none(self, span: Span, block: Block) -> syn.When:
        return evolve(self.when_none(span, block), negated=True)

    def blok(self, span: Span, *conditions: syn.Value) -> Block:
        # The rule begins with the end of the line above.
        return Block(Span(conditions[0].span.start, span.end), conditions)

    def where(self, span: Span, condition: syn.Value) -> syn.Where:
        return syn.Where(condition, span=span)

    def only_where(self, span: Span, condition: syn.Value) -> Only:
        return Only(span, condition)

    def except_where(self, span: Span, condition: syn.Value) -> Except:
        return Except(span, condition)

    # ---- the money -----------------------------------------------------------------------------------------------

    def support(self, span: Span, name: syn.Name, *lines: Any) -> syn.Support:
        body = self._body(span, name, lines)
        excess = body.one(ExcessLine, problems.EXCESS)
        not_together = body.all(NotTogether)
        return syn.Support(
            body.heading(),
            body.one(
                cast("type[Any]", (syn.FromLines, syn.Sharing, syn.FromAmount, syn.ComputedAs)), problems.BASE
            ),
            body.all(cast("type[Any]", STEPS)),
            body.whens(),
            body.all(syn.Rule),
            excess.excess if excess else None,
            tuple(name for line in not_together for name in line.names),
            bool(body.one(OnlyABasis, problems.ONLY_A_BASIS)),
            bool(body.one(Repayable, problems.REPAYABLE)),
            body.all(syn.Instalment),
            span=span,
        )

    def from_lines(self, span: Span, many: syn.Many, counting: syn.Value) -> syn.FromLines:
        return syn.FromLines(many, counting, span=span)

    def shared_lines(self, span: Span, many: syn.Many, amount: syn.Value, how: syn.NoRoom) -> syn.Sharing:
        return syn.Sharing(many, amount, how.by, span=span)

    def from_amount(self, span: Span, value: syn.Value) -> syn.FromAmount:
        return syn.FromAmount(value, span=span)

    def computed_as(self, span: Span, value: syn.Value) -> syn.ComputedAs:
        case = syn.Case(value, None, span=value.span)
        return syn.ComputedAs(syn.Cases((case,), span=value.span), span=span)

    def computed_by_cases(self, span: Span, *lines: Any) -> syn.ComputedAs:
        return syn.ComputedAs(self._body(span, None, lines).cases(problems.COMPUTED_VALUE), span=span)

    def repayable(self, span: Span) -> Repayable:
        return Repayable(span)

    def only_a_basis(self, span: Span) -> OnlyABasis:
        return OnlyABasis(span)

    def not_together(self, span: Span, *names: syn.Name) -> NotTogether:
        return NotTogether(span, names)

    def excess(self, span: Span, excess: syn.Excess) -> ExcessLine:
        return ExcessLine(span, excess)

    def eligible(self, span: Span, name: syn.Name, *lines: Any) -> syn.EligibleCost:
        body = self._body(span, name, lines)
        only = tuple(line.condition for line in body.all(Only))
        excepted = tuple(line.condition for line in body.all(Except))
        if not only and not excepted:
            body.missing(problems.ELIGIBLE_LINE)
        return syn.EligibleCost(body.heading(), only, excepted, **_narrowed(body), span=span)

    def cost_ceiling(self, span: Span, name: syn.Name, *lines: Any) -> syn.Ceiling:
        return self._ceiling("cost", span, name, lines)

    def support_ceiling(self, span: Span, name: syn.Name, *lines: Any) -> syn.Ceiling:
        return self._ceiling("support", span, name, lines)

    def _ceiling(
        self, on: Literal["cost", "support"], span: Span, name: syn.Name, lines: tuple[Any, ...]
    ) -> syn.Ceiling:
        body = self._body(span, name, lines)
        excess = body.one(ExcessLine, problems.EXCESS)
        limits = body.all(syn.Limit)
        if not limits:
            body.missing(problems.LIMIT)
        return syn.Ceiling(
            body.heading(), on, limits, excess.excess if excess else None, **_narrowed(body), span=span
        )

    def each_at_most(self, span: Span, amount: syn.Value) -> syn.Limit:
        return syn.Limit("each", amount, span=span)

    def together_at_most(self, span: Span, amount: syn.Value) -> syn.Limit:
        return syn.Limit("together", amount, span=span)

    def single_at_most(self, span: Span, amount: syn.Value) -> syn.Limit:
        return syn.Limit("single", amount, span=span)

    def per_at_most(self, span: Span, *parts: Any) -> syn.Limit:
        return syn.Limit("per", parts[-1], keys=tuple(parts[:-1]), span=span)

    def with_other_at_most(self, span: Span, other: syn.Value, amount: syn.Value) -> syn.Limit:
        return syn.Limit("with_other", amount, other=other, span=span)

    def no_ceiling(self, span: Span) -> syn.Limit:
        return syn.Limit("none", span=span)

    def count_limit(self, span: Span, name: syn.Name, *lines: Any) -> syn.CountLimit:
        body = self._body(span, name, lines)
        keep = body.needed(Keep, problems.KEEP)
        number, by, direction, per = (
            (keep.number, keep.by, keep.direction, keep.per) if keep else (name, name, "highest", ())
        )
        return syn.CountLimit(body.heading(), number, by, direction, per, **_narrowed(body), span=span)

    def keep(self, span: Span, number: syn.Value, by: syn.Value, direction: syn.Direction) -> Keep:
        return Keep(span, number, by, direction)

    def per_group(self, span: Span, *parts: Any) -> Keep:
        keep: Keep = parts[-1]
        return evolve(keep, span=span, per=tuple(parts[:-1]))

    def rate(self, span: Span, name: syn.Name, *lines: Any) -> syn.RateStep:
        body = self._body(span, name, lines)
        return syn.RateStep(body.heading(), body.cases(problems.RATE_VALUE), **_narrowed(body), span=span)

    def bonus(self, span: Span, name: syn.Name, *lines: Any) -> syn.Bonus:
        body = self._body(span, name, lines)
        plus = body.needed(Plus, problems.BONUS_VALUE) or Plus(span, "plus", name)
        return syn.Bonus(body.heading(), plus.how, plus.value, plus.part, **_narrowed(body), span=span)

    def plus(self, span: Span, value: syn.Value, part: syn.Value | None = None) -> Plus:
        return Plus(span, "plus", value, part)

    def increased_by(self, span: Span, value: syn.Value) -> Plus:
        return Plus(span, "increased_by", value)

    def rate_ceiling(self, span: Span, name: syn.Name, *lines: Any) -> syn.RateCeiling:
        body = self._body(span, name, lines)
        limit = body.needed(syn.Limit, problems.RATE_LIMIT)
        amount = limit.amount if limit and limit.amount else name
        return syn.RateCeiling(body.heading(), amount, **_narrowed(body), span=span)

    def proration(self, span: Span, name: syn.Name, *lines: Any) -> syn.Proration:
        body = self._body(span, name, lines)
        factor = body.needed(Factor, problems.FACTOR) or Factor(span, name)
        return syn.Proration(body.heading(), factor.value, **_narrowed(body), span=span)

    def multiplied_by(self, span: Span, value: syn.Value) -> Factor:
        return Factor(span, value)

    def supplement(self, span: Span, name: syn.Name, *lines: Any) -> syn.Supplement:
        body = self._body(span, name, lines)
        plus = body.needed(Plus, problems.SUPPLEMENT_VALUE) or Plus(span, "plus", name)
        place = body.needed(CeilingsPlace, problems.CEILINGS_PLACE) or CeilingsPlace(span, within=True)
        return syn.Supplement(body.heading(), plus.value, place.within, **_narrowed(body), span=span)

    def within_ceilings(self, span: Span) -> CeilingsPlace:
        return CeilingsPlace(span, within=True)

    def on_top_of_ceilings(self, span: Span) -> CeilingsPlace:
        return CeilingsPlace(span, within=False)

    def support_floor(self, span: Span, name: syn.Name, *lines: Any) -> syn.Floor:
        body = self._body(span, name, lines)
        floor = body.needed(FloorLine, problems.FLOOR_LINE) or FloorLine(span, "raised_to", name)
        return syn.Floor(
            body.heading(), floor.how, floor.amount, floor.in_any_case, **_narrowed(body), span=span
        )

    def less_not_paid(self, span: Span, amount: syn.Value) -> FloorLine:
        return FloorLine(span, "less_not_paid", amount)

    def raised_to(self, span: Span, amount: syn.Value) -> FloorLine:
        self.problems.append(problems.RaisedInWhichCase(span=span))
        return FloorLine(span, "raised_to", amount)

    def raised_where_paid(self, span: Span, amount: syn.Value) -> FloorLine:
        return FloorLine(span, "raised_to", amount)

    def raised_in_any_case(self, span: Span, amount: syn.Value) -> FloorLine:
        return FloorLine(span, "raised_to", amount, in_any_case=True)

    def rounding(self, span: Span, way: syn.Way, *rest: Any) -> syn.RoundingStep:
        place, lines = (rest[0], rest[1:]) if rest and isinstance(rest[0], str) else (None, rest)
        body = self._body(span, None, lines)
        return syn.RoundingStep(
            body.heading(), way, cast("syn.RoundingPlace | None", place), **_narrowed(body), span=span
        )

    def shared_rounding(self, span: Span, name: syn.Name, *lines: Any) -> syn.SharedRounding:
        body = self._body(span, name, lines)
        line = body.needed(cast("type[Any]", (syn.InSteps, Placed)), problems.WAY_TO_ROUND)
        way = line.way if isinstance(line, Placed) else line
        place = line.place if isinstance(line, Placed) else None
        return syn.SharedRounding(
            body.heading(), way or syn.InSteps("down", name, span=span), place, span=span
        )

    def in_steps(self, span: Span, mode: syn.RoundingMode, step: syn.Value) -> syn.InSteps:
        return syn.InSteps(mode, step, span=span)

    def as_rule(self, _span: Span, name: syn.Name) -> syn.Name:
        return name

    def placed(self, span: Span, way: syn.InSteps, place: syn.RoundingPlace) -> Placed:
        return Placed(span, way, place)

    # ---- when it is paid -----------------------------------------------------------------------------------------

    def instalment(self, span: Span, name: syn.Name, *lines: Any) -> syn.Instalment:
        body = self._body(span, name, lines)
        value = body.needed(cast("type[Any]", (ValueLine, TheRest)), problems.INSTALMENT_VALUE)
        rounding = body.one(PartRounding, problems.PART_ROUNDING)
        limit = body.one(syn.Limit, problems.INSTALMENT_LIMIT)
        return syn.Instalment(
            body.heading(),
            value.value if isinstance(value, ValueLine) else None,
            limit.amount if limit else None,
            rounding.way if rounding else None,
            self._due(body),
            whens=body.whens(),
            span=span,
        )

    def instalments(self, span: Span, name: syn.Name, *lines: Any) -> syn.Instalment:
        body = self._body(span, name, lines)
        parts = body.needed(TheRest, problems.EQUAL_PARTS)
        rounding = body.needed(PartRounding, problems.EQUAL_ROUNDING)
        return syn.Instalment(
            body.heading(),
            None,
            rounding=rounding.way if rounding else None,
            due=self._due(body),
            parts=(parts.parts if parts else None) or syn.Num("1", span=span),
            left_over=rounding.left_over if rounding else None,
            span=span,
        )

    def _due(self, body: Body) -> syn.Due | None:
        """The one way in which the day is said; an event may be told in several languages."""
        lines = body.all(syn.Due)
        told = tuple(text for line in lines for text in line.after)
        for again in lines[1:]:
            if not (lines[0].after and again.after):
                body.said_twice(lines[0], again, problems.DUE)
        return evolve(lines[0], after=told) if lines else None

    def the_rest(self, span: Span) -> TheRest:
        return TheRest(span)

    def rest_in_parts(self, span: Span, number: syn.Num) -> TheRest:
        return TheRest(span, number)

    def rounded_part(self, span: Span, way: syn.Way) -> PartRounding:
        return PartRounding(span, way)

    def last_takes(self, span: Span, way: syn.Way) -> PartRounding:
        return PartRounding(span, way, "last")

    def first_takes(self, span: Span, way: syn.Way) -> PartRounding:
        return PartRounding(span, way, "first")

    def due_on(self, span: Span, day: syn.Value) -> syn.Due:
        return syn.Due(on=day, span=span)

    def due_once(self, span: Span, condition: syn.Value) -> syn.Due:
        return syn.Due(once=condition, span=span)

    def due_after(self, span: Span, *parts: Any) -> syn.Due:
        language = parts[0] if len(parts) > 1 else None
        return syn.Due(after=(syn.Text(parts[-1].text, language, span=span),), span=span)

    def due_every(self, span: Span, every: syn.Value, day: syn.Value) -> syn.Due:
        return syn.Due(on=day, every=every, span=span)

    def joint_ceiling(self, span: Span, name: syn.Name, *lines: Any) -> syn.JointCeiling:
        body = self._body(span, name, lines)
        over = body.needed(Over, problems.OVER)
        limit = body.needed(syn.Limit, problems.TOGETHER_LIMIT)
        excess = body.one(ExcessLine, problems.EXCESS)
        return syn.JointCeiling(
            body.heading(),
            over.names if over else (),
            limit.amount if limit and limit.amount else name,
            excess.excess if excess else None,
            body.whens(),
            span=span,
        )

    def over(self, span: Span, *names: syn.Name) -> Over:
        return Over(span, names)

    def score(self, span: Span, name: syn.Name, *lines: Any) -> syn.Score:
        body = self._body(span, name, lines)
        return syn.Score(body.heading(), body.cases(problems.SCORE_VALUE), span=span)

    def ranking(self, span: Span, name: syn.Name, *lines: Any) -> syn.Ranking:
        body = self._body(span, name, lines)
        found: dict[str, Figure] = {}
        for line in body.all(Figure):
            if line.figure in found:
                body.said_twice(found[line.figure], line, problems.RANKING_LINES[line.figure])
            found.setdefault(line.figure, line)
        no_room = body.one(syn.NoRoom, problems.NO_ROOM)
        per = body.one(Groups, problems.RANKING_GROUPS)
        if not found.keys() & {"budget", "awards"} and no_room is None:
            body.missing(problems.BUDGET)
        if "budget" in found and no_room is None:
            body.missing(problems.NO_ROOM)
        if "budget" not in found and no_room is not None:
            body.missing(problems.BUDGET_LINE)
        return syn.Ranking(
            body.heading(),
            order=self._order(body, needed=no_room is None or no_room.how != "share" or "awards" in found),
            no_room=no_room,
            **{figure: found[figure].value if figure in found else None for figure in problems.RANKING_LINES},
            per=per.keys if per else (),
            span=span,
        )

    def _order(self, body: Body, *, needed: bool) -> tuple[syn.OrderKey, ...]:
        """The keys of the order: `order by` once and first, then each `then by`."""
        lines = body.all(OrderBy)
        firsts = [line for line in lines if line.first]
        for again in firsts[1:]:
            body.said_twice(firsts[0], again, problems.ORDER)
        if (needed or lines) and not firsts:
            body.missing(problems.ORDER)
        return tuple(line.key for line in sorted(lines, key=lambda line: not line.first))

    def budget(self, span: Span, value: syn.Value) -> Figure:
        return Figure(span, "budget", value)

    def awards(self, span: Span, value: syn.Value) -> Figure:
        return Figure(span, "awards", value)

    def reserve_list(self, span: Span, value: syn.Value) -> Figure:
        return Figure(span, "reserve", value)

    def set_aside(self, span: Span, value: syn.Value) -> Figure:
        return Figure(span, "set_aside", value)

    def first_to_each(self, span: Span, value: syn.Value) -> Figure:
        return Figure(span, "first", value)

    def share_at_least(self, span: Span, value: syn.Value) -> Figure:
        return Figure(span, "least", value)

    def share_at_most(self, span: Span, value: syn.Value) -> Figure:
        return Figure(span, "most", value)

    def rank_groups(self, span: Span, *keys: syn.Value) -> Groups:
        return Groups(span, keys)

    def order_by(self, span: Span, by: syn.Value, direction: syn.Direction) -> OrderBy:
        return OrderBy(span, syn.OrderKey(by, direction, span=span), first=True)

    def then_by(self, span: Span, by: syn.Value, direction: syn.Direction) -> OrderBy:
        return OrderBy(span, syn.OrderKey(by, direction, span=span), first=False)

    def no_room_stop(self, span: Span) -> syn.NoRoom:
        return syn.NoRoom("stop", span=span)

    def no_room_skip(self, span: Span) -> syn.NoRoom:
        return syn.NoRoom("skip", span=span)

    def no_room_part(self, span: Span) -> syn.NoRoom:
        return syn.NoRoom("part", span=span)

    def no_room_part_or_skip(self, span: Span, condition: syn.Value) -> syn.NoRoom:
        return syn.NoRoom("part", condition, "skip", span=span)

    def no_room_part_or_stop(self, span: Span, condition: syn.Value) -> syn.NoRoom:
        return syn.NoRoom("part", condition, "stop", span=span)

    def part_where(self, _span: Span, condition: syn.Value) -> syn.Value:
        return condition

    def no_room_share(self, span: Span, share: syn.NoRoom) -> syn.NoRoom:
        return evolve(share, span=span)

    def share_asked(self, span: Span) -> syn.NoRoom:
        return syn.NoRoom("share", share="asked", span=span)

    def share_equal(self, span: Span) -> syn.NoRoom:
        return syn.NoRoom("share", share="equal", span=span)

    def share_by(self, span: Span, by: syn.Value) -> syn.NoRoom:
        return syn.NoRoom("share", share="by", by=by, span=span)

    # ---- amendments ----------------------------------------------------------------------------------------------

    def add(self, span: Span, statement: Any) -> syn.Add:
        return syn.Add(statement, span=span)

    def replace(self, span: Span, statement: Any) -> syn.Replace:
        return syn.Replace(statement, span=span)

    def repeal(self, span: Span, what: Owned | syn.Name, *lines: Any) -> syn.Repeal:
        owner, name = (what.owner, what.name) if isinstance(what, Owned) else (None, what)
        return syn.Repeal(self._body(span, name, lines).heading(), owner, span=span)

    def within_support(self, span: Span, support: syn.Name, *changes: Any) -> syn.WithinSupport:
        return syn.WithinSupport(support, changes, span=span)

    # ---- examples and promises -----------------------------------------------------------------------------------

    def example(self, span: Span, name: syn.Name, *lines: Any) -> syn.Example:
        body = self._body(span, name, lines)
        like = body.one(Like, problems.LIKE)
        expects = body.all(syn.Expect)
        return syn.Example(
            body.heading(),
            like.name if like else None,
            body.all(cast("type[Any]", (syn.FactLine, syn.FactTable))),
            expects,
            body.all(syn.Setting),
            span=span,
        )

    def like(self, span: Span, name: syn.Name) -> Like:
        return Like(span, name)

    def setting(self, span: Span, name: syn.Name, value: syn.Value) -> syn.Setting:
        return syn.Setting(name, value, span=span)

    def fact(self, span: Span, name: syn.Name, *values: syn.Given_) -> syn.FactLine:
        return syn.FactLine(name, values, span=span)

    def facts(self, span: Span, name: syn.Name, columns: Columns, *lines: CellsLine) -> syn.FactTable:
        for line in lines:
            self._width(line.span, len(line.cells), columns.span, len(columns.names))
        return syn.FactTable(name, columns.names, tuple(line.cells for line in lines), span=span)

    def _width(self, row: Span, cells: int, heading: Span, columns: int) -> None:
        """Report a row that has more or fewer cells than its heading."""
        if cells != columns:
            labels = (Label(heading, problems.THE_COLUMNS),)
            self.problems.append(problems.RowWidth(span=row, cells=cells, columns=columns, labels=labels))

    def heading(self, span: Span, *columns: syn.Name | Times) -> Columns:
        return Columns(span, tuple(c if isinstance(c, syn.Name) else None for c in columns))

    def line(self, span: Span, *cells: tuple[syn.Given_, ...]) -> CellsLine:
        return CellsLine(span, cells)

    def data(self, _span: Span, *values: syn.Given_) -> tuple[syn.Given_, ...]:
        return values

    def times(self, span: Span) -> Times:
        return Times(span)

    def absent(self, span: Span) -> syn.Absent:
        return syn.Absent(span=span)

    def unknown(self, span: Span) -> syn.Unknown:
        return syn.Unknown(span=span)

    def expect(self, span: Span, expected: syn.Expect) -> syn.Expect:
        return evolve(expected, span=span)

    def eligible_yes(self, span: Span) -> syn.Expect:
        return syn.Expect("eligible", span=span)

    def eligible_no(self, span: Span, names: tuple[syn.Name, ...] = ()) -> syn.Expect:
        return syn.Expect("not_eligible", names, span=span)

    def undecided(self, span: Span, names: tuple[syn.Name, ...] = ()) -> syn.Expect:
        return syn.Expect("undecided", names, span=span)

    def binding(self, span: Span, names: tuple[syn.Name, ...]) -> syn.Expect:
        return syn.Expect("binding", names, span=span)

    def warning(self, span: Span, names: tuple[syn.Name, ...]) -> syn.Expect:
        return syn.Expect("warning", names, span=span)

    def expect_does_not_apply(self, span: Span, names: tuple[syn.Name, ...]) -> syn.Expect:
        return syn.Expect("does_not_apply", names, span=span)

    def expect_condition(self, span: Span, condition: syn.Value) -> syn.Expect:
        return syn.Expect("condition", condition=condition, span=span)

    def names(self, _span: Span, *names: syn.Name) -> tuple[syn.Name, ...]:
        return names

    def ranking_example(self, span: Span, name: syn.Name, *lines: Any) -> syn.RankingExample:
        body = self._body(span, name, lines)
        of = body.needed(OfRanking, problems.OF_RANKING)
        ranked = body.needed(Ranked, problems.RANKED)
        tied = body.one(ExpectTied, problems.EXPECT_TIED)
        left_over = body.one(ExpectLeftOver, problems.EXPECT_LEFT_OVER)
        return syn.RankingExample(
            body.heading(),
            of.name if of else None,
            ranked.columns if ranked else (),
            ranked.rows if ranked else (),
            tied.names if tied else (),
            left_over.amount if left_over else None,
            body.all(syn.Setting),
            span=span,
        )

    def of_ranking(self, span: Span, name: syn.Name) -> OfRanking:
        return OfRanking(span, name)

    def ranked(self, span: Span, heading: RankedColumns, *rows: syn.RankedRow) -> Ranked:
        for row in rows:
            self._width(row.span, 1 + len(row.cells), heading.span, 1 + len(heading.columns))
        return Ranked(span, heading.columns, rows)

    def ranked_heading(self, span: Span, *columns: syn.RankedColumn | syn.Name) -> RankedColumns:
        made = tuple(
            syn.RankedColumn("fact", each, span=each.span) if isinstance(each, syn.Name) else each
            for each in columns
        )
        firsts: dict[tuple[str, str], syn.RankedColumn] = {}
        for column in made:
            first = firsts.setdefault((column.kind, column.name.text if column.name else ""), column)
            if first is not column:
                labels = (Label(first.span, problems.SAID_FIRST),)
                twice = problems.SaidTwice(span=column.span, line=problems.A_COLUMN, labels=labels)
                self.problems.append(twice)
        return RankedColumns(span, made)

    def column_like(self, span: Span) -> syn.RankedColumn:
        return syn.RankedColumn("like", span=span)

    def column_outcome(self, span: Span) -> syn.RankedColumn:
        return syn.RankedColumn("outcome", span=span)

    def column_place(self, span: Span) -> syn.RankedColumn:
        return syn.RankedColumn("place", span=span)

    def column_amount(self, span: Span) -> syn.RankedColumn:
        return syn.RankedColumn("amount", span=span)

    def ranked_row(
        self, span: Span, name: syn.Name, *cells: tuple[syn.Given_, ...] | syn.Outcome
    ) -> syn.RankedRow:
        return syn.RankedRow(name, cells, span=span)

    def outcome_funded(self, span: Span) -> syn.Outcome:
        return syn.Outcome("funded", span=span)

    def outcome_funded_in_part(self, span: Span) -> syn.Outcome:
        return syn.Outcome("funded_in_part", span=span)

    def outcome_reserve(self, span: Span) -> syn.Outcome:
        return syn.Outcome("reserve", span=span)

    def outcome_not_funded(self, span: Span) -> syn.Outcome:
        return syn.Outcome("not_funded", span=span)

    def outcome_not_eligible(self, span: Span) -> syn.Outcome:
        return syn.Outcome("not_eligible", span=span)

    def outcome_not_decided(self, span: Span) -> syn.Outcome:
        return syn.Outcome("not_decided", span=span)

    def expect_tied(self, span: Span, names: tuple[syn.Name, ...]) -> ExpectTied:
        return ExpectTied(span, names)

    def expect_left_over(self, span: Span, amount: syn.Value) -> ExpectLeftOver:
        return ExpectLeftOver(span, amount)

    def promise(self, span: Span, name: syn.Name, *lines: Any) -> syn.Promise:
        body = self._body(span, name, lines)
        conditions, invariances = body.conditions(), body.all(syn.Invariance)
        promised = body.all(syn.Promised)
        if not conditions and not invariances and not promised:
            body.missing(problems.CONDITION)
        return syn.Promise(body.heading(), conditions, invariances, body.whens(), promised, span=span)

    def promised_eligible(self, span: Span) -> syn.Promised:
        return syn.Promised("eligible", span=span)

    def promised_not_eligible(self, span: Span) -> syn.Promised:
        return syn.Promised("not_eligible", span=span)

    def meets(self, span: Span, rule: syn.Name) -> syn.Promised:
        return syn.Promised("meets", rule, span=span)

    def fails(self, span: Span, rule: syn.Name) -> syn.Promised:
        return syn.Promised("fails", rule, span=span)

    def decided_as(self, span: Span, programme: syn.Name) -> syn.Promised:
        return syn.Promised("as_in", None, programme, span=span)

    def figure_as(self, span: Span, figure: syn.Name, programme: syn.Name) -> syn.Promised:
        return syn.Promised("as_in", figure, programme, span=span)

    def never_decreases(self, span: Span, figure: syn.Value, fact: syn.Value) -> syn.Invariance:
        return syn.Invariance(figure, "never_decreases", fact, span=span)

    def never_increases(self, span: Span, figure: syn.Value, fact: syn.Value) -> syn.Invariance:
        return syn.Invariance(figure, "never_increases", fact, span=span)

    def unchanged_reordered(self, span: Span, figure: syn.Value, fact: syn.Value) -> syn.Invariance:
        return syn.Invariance(figure, "unchanged_reordered", fact, span=span)

    def unchanged(self, span: Span, figure: syn.Value, fact: syn.Value) -> syn.Invariance:
        return syn.Invariance(figure, "unchanged", fact, span=span)

    def unchanged_split(self, span: Span, figure: syn.Value, fact: syn.Value) -> syn.Invariance:
        return syn.Invariance(figure, "unchanged_split", fact, span=span)

    def no_cliff(self, span: Span, figure: syn.Value, limit: syn.Value, fact: syn.Value) -> syn.Invariance:
        return syn.Invariance(figure, "no_cliff", fact, limit, span=span)

    # ---- conditions ----------------------------------------------------------------------------------------------

    def and_(self, span: Span, *parts: syn.Value) -> syn.And:
        return syn.And(parts, span=span)

    def or_(self, span: Span, *parts: syn.Value) -> syn.Or:
        return syn.Or(parts, span=span)

    def all_of(self, span: Span, *parts: Any) -> syn.And:
        return syn.And(_unblocked(parts), block=True, span=span)

    def any_of(self, span: Span, *parts: Any) -> syn.Or:
        return syn.Or(_unblocked(parts), block=True, span=span)

    def none_of(self, span: Span, *parts: Any) -> syn.NoneOf:
        return syn.NoneOf(_unblocked(parts), span=span)

    def failing_that(self, span: Span, *conditions: syn.Value) -> syn.FailingThat:
        return syn.FailingThat(conditions, span=span)

    def not_(self, span: Span, part: syn.Value) -> syn.Not:
        return syn.Not(part, span=span)

    def holds(self, _span: Span, value: syn.Value) -> syn.Value:
        return value

    def _compare(
        self, span: Span, left: syn.Value, how: syn.Comparison, right: syn.Value
    ) -> syn.Compare | syn.Counted:
        counted = _as_counted(left, how, right, span)
        return counted or syn.Compare(left, how, right, span=span)

    def is_one_of(self, span: Span, left: syn.Value, values: tuple[syn.Value, ...]) -> syn.OneOf:
        return syn.OneOf(left, values, span=span)

    def is_none_of(self, span: Span, left: syn.Value, values: tuple[syn.Value, ...]) -> syn.OneOf:
        return syn.OneOf(left, values, negated=True, span=span)

    def is_in(self, span: Span, left: syn.Value, list_: syn.Name) -> syn.InList:
        return syn.InList(left, list_, span=span)

    def is_not_in(self, span: Span, left: syn.Value, list_: syn.Name) -> syn.InList:
        return syn.InList(left, list_, negated=True, span=span)

    def is_given(self, span: Span, left: syn.Value) -> syn.Given:
        return syn.Given(left, span=span)

    def is_not_given(self, span: Span, left: syn.Value) -> syn.Given:
        return syn.Given(left, negated=True, span=span)

    def is_after_up_to(self, span: Span, left: syn.Value, lower: syn.Value, upper: syn.Value) -> syn.Within:
        inside = syn.Range(lower, upper, lower_included=False, span=lower.span.to(upper.span))
        return syn.Within(left, inside, span=span)

    def within(self, span: Span, left: syn.Value, range_: syn.Range) -> syn.Within:
        return syn.Within(left, range_, span=span)

    def in_window(self, span: Span, left: syn.Value, length: syn.Value, until: syn.Value) -> syn.Within:
        window = syn.Window(length, until, span=length.span.to(until.span))
        return syn.Within(left, window, span=span)

    def includes(self, span: Span, left: syn.Value, values: tuple[syn.Value, ...]) -> syn.Includes:
        return syn.Includes(left, values, span=span)

    def includes_any(self, span: Span, left: syn.Value, values: tuple[syn.Value, ...]) -> syn.Includes:
        return syn.Includes(left, values, "any", span=span)

    def includes_none(self, span: Span, left: syn.Value, values: tuple[syn.Value, ...]) -> syn.Includes:
        return syn.Includes(left, values, "none", span=span)

    def values(self, _span: Span, *values: syn.Value) -> tuple[syn.Value, ...]:
        return values

    def applies(self, span: Span, name: syn.Name) -> syn.Applies:
        return syn.Applies(name, span=span)

    def does_not_apply_condition(self, span: Span, name: syn.Name) -> syn.Applies:
        return syn.Applies(name, negated=True, span=span)

    def counted(self, span: Span, number: syn.Value, many: syn.Many) -> CountedOf:
        return CountedOf(span, number, many)

    def counted_different(self, span: Span, number: syn.Value, name: syn.Name, many: syn.Many) -> CountedOf:
        return CountedOf(span, number, many, name)

    def count_at_least(self, span: Span, of: CountedOf) -> syn.Counted:
        return syn.Counted("at_least", of.number, of.many, of.different, span=span)

    def count_at_most(self, span: Span, of: CountedOf) -> syn.Counted:
        return syn.Counted("at_most", of.number, of.many, of.different, span=span)

    def count_exactly(self, span: Span, of: CountedOf) -> syn.Counted:
        return syn.Counted("exactly", of.number, of.many, of.different, span=span)

    def count_none(self, span: Span, many: syn.Many) -> syn.Counted:
        return syn.Counted("exactly", syn.Num("0", span=span), many, span=span)

    def for_all(self, span: Span, many: syn.Many) -> ForHead:
        return ForHead(span, "all", None, many)

    def for_at_least(self, span: Span, share: syn.Percent, many: syn.Many) -> ForHead:
        return ForHead(span, "at_least", share, many)

    def for_more_than(self, span: Span, share: syn.Percent, many: syn.Many) -> ForHead:
        return ForHead(span, "more_than", share, many)

    def for_at_most(self, span: Span, share: syn.Percent, many: syn.Many) -> ForHead:
        return ForHead(span, "at_most", share, many)

    def for_line(self, span: Span, head: ForHead, condition: syn.Value) -> syn.ForLines:
        return syn.ForLines(head.how, head.share, head.many, (condition,), span=span)

    def for_lines(self, span: Span, head: ForHead, *conditions: syn.Value) -> syn.ForLines:
        return syn.ForLines(head.how, head.share, head.many, conditions, span=span)

    def many(self, span: Span, list_: syn.Value, where: syn.Value | None = None) -> syn.Many:
        return syn.Many(list_, where, span=span)

    def other_many(self, span: Span, list_: syn.Value, where: syn.Value | None = None) -> syn.Many:
        return syn.Many(list_, where, other=True, span=span)

    def foremost_many(self, span: Span, direction: syn.Direction, number: syn.Value, *rest: Any) -> syn.Many:
        many, by = _ordered(*rest)
        return evolve(many, foremost=syn.Foremost(direction, by, number, span=span), span=span)

    # ---- values --------------------------------------------------------------------------------------------------

    def path(self, span: Span, owner: syn.Value, *names: syn.Name) -> syn.Value:
        if len(names) > self._longest_chain:
            self.problems.append(
                problems.TooDeep(span=names[self._longest_chain].span, limit=self._longest_chain)
            )
            return owner
        for name in names:
            owner = syn.Member(owner, name, span=Span(span.start, name.span.end))
        return owner

    def application_s(self, span: Span, name: syn.Name) -> syn.Scoped:
        return syn.Scoped("application", name, span=span)

    def this_line_s(self, span: Span, name: syn.Name) -> syn.Scoped:
        return syn.Scoped("line", name, span=span)

    def this_s(self, span: Span, record: syn.Name, name: syn.Name) -> syn.Scoped:
        return syn.Scoped("this", name, record, span=span)

    def bracket(self, span: Span, inner: syn.Value) -> syn.Bracket:
        return syn.Bracket(inner, span=span)

    def signed_bracket(self, span: Span, literal: syn.Value) -> syn.Value:
        return evolve(literal, span=span)

    def signed(self, span: Span, literal: Any) -> syn.Value:
        return cast("syn.Value", evolve(literal, text="-" + literal.text, span=span))

    def sum(self, span: Span, first: syn.Value, *terms: syn.Term) -> syn.Sum:
        return syn.Sum((syn.Term(1, first, span=first.span), *terms), span=span)

    def plus_term(self, span: Span, value: syn.Value) -> syn.Term:
        return syn.Term(1, value, span=span)

    def minus_term(self, span: Span, value: syn.Value) -> syn.Term:
        return syn.Term(-1, value, span=span)

    def product(self, span: Span, *factors: syn.Value) -> syn.Product:
        return syn.Product(factors, span=span)

    def quotient(self, span: Span, left: syn.Value, right: syn.Value) -> syn.Quotient:
        return syn.Quotient(left, right, span=span)

    def share_of(self, span: Span, share: syn.Value, of: syn.Value) -> syn.ShareOf:
        return syn.ShareOf(share, of, span=span)

    def rounded(self, span: Span, value: syn.Value, way: syn.Way) -> syn.Rounded:
        return syn.Rounded(value, way, span=span)

    def converted(
        self,
        span: Span,
        value: syn.Value,
        currency: syn.Name,
        rate: syn.Value,
        as_of: syn.Value | None = None,
    ) -> syn.Converted:
        return syn.Converted(value, currency.text, rate, as_of, span=span)

    def before(
        self, span: Span, length: syn.Value, date: syn.Value, calendar: syn.Name | None = None
    ) -> syn.Shifted:
        return syn.Shifted(length, "before", date, calendar, span=span)

    def after(
        self, span: Span, length: syn.Value, date: syn.Value, calendar: syn.Name | None = None
    ) -> syn.Shifted:
        return syn.Shifted(length, "after", date, calendar, span=span)

    def in_calendar(self, _span: Span, name: syn.Name) -> syn.Name:
        return name

    def smallest_of(self, span: Span, *values: syn.Value) -> syn.Extreme:
        return syn.Extreme("smallest", values, span=span)

    def largest_of(self, span: Span, *values: syn.Value) -> syn.Extreme:
        return syn.Extreme("largest", values, span=span)

    def each_started(self, span: Span, price: syn.Value, unit: syn.Name, quantity: syn.Value) -> syn.PerUnit:
        return syn.PerUnit(price, "started", unit.text, quantity, span=span)

    def each_full(self, span: Span, price: syn.Value, unit: syn.Name, quantity: syn.Value) -> syn.PerUnit:
        return syn.PerUnit(price, "full", unit.text, quantity, span=span)

    def prices(self, _span: Span, *prices: syn.Value) -> tuple[syn.Value, ...]:
        return prices

    def by_units(self, span: Span, time: syn.Value, prices: tuple[syn.Value, ...]) -> syn.ByUnits:
        return syn.ByUnits("period", time, None, prices, span=span)

    def by_units_of_days(self, span: Span, days: syn.Value, prices: tuple[syn.Value, ...]) -> syn.ByUnits:
        return syn.ByUnits("days", days, None, prices, span=span)

    def by_units_between(self, span: Span, start: syn.Value, end: syn.Value, *more: Any) -> syn.ByUnits:
        return syn.ByUnits("dates", start, end, more[-1], both_counted=len(more) > 1, span=span)

    def whole_of(self, span: Span, share: syn.Value, part: syn.Value) -> syn.WholeOf:
        return syn.WholeOf(share, part, span=span)

    def whole_lots(self, span: Span, size: syn.Value, of: syn.Value) -> syn.Lots:
        return syn.Lots("whole", size, of, span=span)

    def left_after_lots(self, span: Span, of: syn.Value, size: syn.Value) -> syn.Lots:
        return syn.Lots("left", size, of, span=span)

    def whole_weeks(self, span: Span, time: syn.Value) -> syn.Lots:
        return syn.Lots("whole", None, time, span=span)

    def days_left(self, span: Span, time: syn.Value) -> syn.Lots:
        return syn.Lots("left", None, time, span=span)

    def both(self, span: Span) -> Both:
        return Both(span)

    def years_between(self, span: Span, start: syn.Value, end: syn.Value, *both: Both) -> syn.TimeBetween:
        return syn.TimeBetween("years", start, end, both_counted=bool(both), span=span)

    def months_between(self, span: Span, start: syn.Value, end: syn.Value, *both: Both) -> syn.TimeBetween:
        return syn.TimeBetween("months", start, end, both_counted=bool(both), span=span)

    def days_between(self, span: Span, start: syn.Value, end: syn.Value, *both: Both) -> syn.TimeBetween:
        return syn.TimeBetween("days", start, end, both_counted=bool(both), span=span)

    def working_days_between(
        self, span: Span, start: syn.Value, end: syn.Value, *rest: syn.Name | Both
    ) -> syn.TimeBetween:
        calendar = next((each for each in rest if isinstance(each, syn.Name)), None)
        both = any(isinstance(each, Both) for each in rest)
        return syn.TimeBetween("working_days", start, end, both_counted=both, calendar=calendar, span=span)

    def year_of(self, span: Span, of: syn.Value) -> syn.CalendarPart:
        return syn.CalendarPart("year", of, span=span)

    def month_of(self, span: Span, of: syn.Value) -> syn.CalendarPart:
        return syn.CalendarPart("month", of, span=span)

    def first_day_of(self, span: Span, of: syn.Value) -> syn.CalendarPart:
        return syn.CalendarPart("first_day", of, span=span)

    def last_day_of(self, span: Span, of: syn.Value) -> syn.CalendarPart:
        return syn.CalendarPart("last_day", of, span=span)

    def programme_year_of(self, span: Span, of: syn.Value) -> syn.CalendarPart:
        return syn.CalendarPart("programme_year", of, span=span)

    def days_in_month_of(self, span: Span, of: syn.Value) -> syn.CalendarPart:
        return syn.CalendarPart("days_in_month", of, span=span)

    def as_of(self, span: Span, figure: syn.Name, date: syn.Value) -> syn.AsOf:
        return syn.AsOf(figure, date, span=span)

    def for_value(self, span: Span, figure: syn.Name, fact: syn.Name, value: syn.Value) -> syn.ForValue:
        return syn.ForValue(figure, fact, value, span=span)

    def number_of(self, span: Span, many: syn.Many) -> syn.Aggregate:
        return syn.Aggregate("number", None, many, span=span)

    def number_of_different(self, span: Span, of: syn.Name, many: syn.Many) -> syn.Aggregate:
        return syn.Aggregate("different", of, many, span=span)

    def total(self, span: Span, of: syn.Value, many: syn.Many) -> syn.Aggregate:
        return syn.Aggregate("total", of, many, span=span)

    def average(self, span: Span, of: syn.Value, many: syn.Many) -> syn.Aggregate:
        return syn.Aggregate("average", of, many, span=span)

    def smallest(self, span: Span, of: syn.Value, many: syn.Many) -> syn.Aggregate:
        return syn.Aggregate("smallest", of, many, span=span)

    def largest(self, span: Span, of: syn.Value, many: syn.Many) -> syn.Aggregate:
        return syn.Aggregate("largest", of, many, span=span)

    def pick(self, span: Span, of: syn.Value, direction: syn.Direction, *rest: Any) -> syn.Pick:
        many, by = _ordered(*rest)
        first = syn.Foremost(direction, by, span=span)
        return syn.Pick(of, evolve(many, foremost=first, span=span), span=span)

    def pick_one(self, span: Span, of: syn.Value, list_: syn.Value, where: syn.Value) -> syn.Pick:
        return syn.Pick(of, syn.Many(list_, where, span=span), span=span)

    def groups(self, _span: Span, *keys: syn.Value) -> tuple[syn.Value, ...]:
        return keys

    def so_far(self, span: Span, of: syn.Value, by: syn.Value, per: tuple[syn.Value, ...] = ()) -> syn.SoFar:
        return syn.SoFar(of, by, per, span=span)

    def yes(self, span: Span) -> syn.Truth:
        return syn.Truth(value=True, span=span)

    def no(self, span: Span) -> syn.Truth:
        return syn.Truth(value=False, span=span)

    def amount_per(self, span: Span, amount: syn.Amount, unit: syn.Name) -> syn.Amount:
        return evolve(amount, per=unit.text, span=span)


STEPS = (
    syn.EligibleCost, syn.Ceiling, syn.CountLimit, syn.RateStep, syn.Bonus, syn.RateCeiling, syn.Proration,
    syn.Supplement, syn.Floor, syn.RoundingStep,
)  # fmt: skip


def _narrowed(body: Body) -> dict[str, Any]:
    """When a step applies, and to which lines of the list."""
    return {"whens": body.whens(), "wheres": body.all(syn.Where)}


def _is_condition(value: Any) -> bool:
    while isinstance(value, syn.Bracket):
        value = value.inner
    return isinstance(value, CONDITIONS)


def _leading_text(parts: tuple[Any, ...]) -> tuple[list[syn.Text], list[Any]]:
    """A title that may stand before the rest."""
    if parts and isinstance(parts[0], syn.Text):
        return [parts[0]], list(parts[1:])
    return [], list(parts)


def _texts(parts: tuple[Any, ...]) -> tuple[syn.Text, ...]:
    """The texts among some parts: the first in the language of the file, others in the language they say."""
    return tuple(m.text if isinstance(m, Title) else m for m in parts if isinstance(m, syn.Text | Title))


def _unblocked(parts: tuple[Any, ...]) -> tuple[syn.Value, ...]:
    return parts[0].conditions if len(parts) == 1 and isinstance(parts[0], Block) else parts


def _range(
    span: Span,
    which: str,
    bounds: tuple[syn.Value, ...],
    lower_in: bool,  # noqa: FBT001 - One end of a range.
    upper_in: bool,  # noqa: FBT001 - As above.
) -> syn.Range:
    lower = None if which == "upper" else bounds[0]
    upper = None if which == "lower" else bounds[-1]
    return syn.Range(lower, upper, lower_included=lower_in, upper_included=upper_in, span=span)


def _ordered(
    list_: syn.Value | syn.Many, by: Any, where: syn.Value | None = None
) -> tuple[syn.Many, syn.Value]:
    """The lines and what they are put in order by: Turkish has read the list with its filter, English says it last."""
    return list_ if isinstance(list_, syn.Many) else syn.Many(list_, where), by


def _code_line(span: Span, kind: Literal["codes", "except"], parts: tuple[Any, ...]) -> syn.CodeLine:
    codes = tuple((p, None) if isinstance(p, str) else p for p in parts if not isinstance(p, syn.Text))
    title = next((p.text for p in parts if isinstance(p, syn.Text)), None)
    return syn.CodeLine(kind, codes, title, span=span)


def _as_counted(left: syn.Value, how: str, right: syn.Value, span: Span) -> syn.Counted | None:
    """
    `the number of members is at least 20` is `at least 20 members`, said in another order.

    Turkish always says it in the first order; the tree has one form.
    """
    hows: dict[str, Literal["at_least", "at_most", "exactly"]] = {
        "at_least": "at_least",
        "at_most": "at_most",
        "is": "exactly",
    }
    if (
        how in hows
        and isinstance(left, syn.Aggregate)
        and left.what in {"number", "different"}
        and isinstance(right, (syn.Num, syn.Name, syn.Bracket))
    ):
        different = left.of if isinstance(left.of, syn.Name) else None
        return syn.Counted(hows[how], right, left.many, different, span=span)
    return None
