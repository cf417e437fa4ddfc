"""What the compiler knows while it works: the declarations, the problems, and the figures elaborated so far."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, TypeVar

from attrs import define, evolve, field

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.core import ir
from grantrules.diagnostics import NO_WORDS, Label, Problem, Words
from grantrules.limits import Limits
from grantrules.source import Source, Span
from grantrules.syntax import tree as syn
from grantrules.texts import problems as between
from grantrules.texts.binding import Home
from grantrules.types import described, written

HERE = Words("the other one", "öbürü")
REPEALED = Words("repealed here", "burada mülga")
RULES_AS_OF = "rules as of"
MOST_COMPARED = 200
LEAST_ALIKE = 0.7
_WORD = re.compile(r"[^\W\d]\w*")
POINTS_OF_ALL = {"all_points": "all_points", "tüm_puanlar": "all_points"}
FIGURES_OF_SUPPORT = {
    "eligible_cost": "eligible_cost",
    "before_ceilings": "before_ceilings",
    "uygun_gider": "eligible_cost",
    "tavansız": "before_ceilings",
}

Found = TypeVar("Found")
Shared = TypeVar("Shared", ir.SharedRounding, ir.WorkingCalendar)


@define(eq=False)
class Binder:
    """A list row that names may refer to: the record, the variable, and the list it comes from."""

    record: str
    var: int
    list: ir.Expr | None


@define(eq=False)
class Figure:
    """
    A figure that may be named: parameter, definition, table result, support, score.

    `declared` are the statements (several for versions); `type` is known once elaborated; `not_always` says that it has
    a case that `does not apply` (then `X's applies` is a figure too).
    """

    kind: str
    declared: list[syn.Statement | syn.Instalment]
    type: ty.Type | None = None
    not_always: bool = False
    state: str = "waiting"
    used: bool = False


@define(eq=False)
class Context:
    """The state of one compilation."""

    source: Source
    language: str
    limits: Limits
    homes: Mapping[int, Home] = field(factory=dict)
    others: Mapping[str, ir.Program] = field(factory=dict)
    compared: dict[str, bool] = field(factory=dict)
    names: dict[int, str] = field(factory=dict)
    repealed: dict[str, Span] = field(factory=dict)
    problems: list[Problem] = field(factory=list)

    currency: str = ""
    zone: str = ""
    month_end: ir.MonthEnd | None = None
    nace: str = "2"
    as_of: syn.Value | None = None
    has_as_of: bool = False
    programme_year: syn.Value | None = None

    sources: dict[tuple[int, str], syn.SourceText] = field(factory=dict)
    fields: dict[str, dict[str, ir.FieldDef]] = field(factory=dict)
    application: dict[str, ir.FieldDef] = field(factory=dict)
    choices: dict[str, ir.ChoiceDef] = field(factory=dict)
    units: set[str] = field(factory=set)
    chosen: dict[str, tuple[ty.Choice, Span]] = field(factory=dict)
    codes: dict[str, ir.CodeSet] = field(factory=dict)
    roundings: dict[str, ir.SharedRounding] = field(factory=dict)
    calendars: dict[str, ir.WorkingCalendar] = field(factory=dict)
    shared_used: set[tuple[str, str]] = field(factory=set)
    amounts_rounded_by: set[str] = field(factory=set)
    parameters: dict[str, ir.ParameterDef] = field(factory=dict)
    figures: dict[str, Figure] = field(factory=dict)
    computed_types: dict[tuple[str, str], Figure] = field(factory=dict)
    joints: list[syn.JointCeiling] = field(factory=list)
    exceptions: dict[str, list[syn.Exception_]] = field(factory=dict)

    lost: set[str] = field(factory=set)
    unreadable: set[tuple[str, str]] = field(factory=set)
    strange: set[str] = field(factory=set)

    whole: dict[str | tuple[str, str], bool] = field(factory=dict)

    computed: list[ir.Computed] = field(factory=list)
    body: list[ir.Statement] = field(factory=list)
    making: list[str] = field(factory=list)
    imprecise: dict[tuple[str, str, bool], ir.Rule] = field(factory=dict)
    shares: dict[str, tuple[ir.Expr, ir.Expr | None]] = field(factory=dict)
    watched: set[tuple[str, str, str, str]] = field(factory=set)

    elaborate: Callable[[str], None] = field(default=lambda name: None)
    elaborate_computed: Callable[[str, str], None] = field(default=lambda record, name: None)

    _at: int = 0
    _var: int = 0
    _seen: set[Problem] = field(factory=set)
    _counts: dict[str, int] = field(factory=dict)

    # ---- the file that something stands in -----------------------------------------------------------------------

    def home(self, span: Span) -> Home | None:
        """What the words of the file mean that a place is in; nothing for a programme of one file."""
        return self.homes.get(self.source.file_at(span.start)) if self.homes else None

    def language_at(self, span: Span) -> str:
        """The language of the file."""
        home = self.home(span)
        return self.language if home is None else home.language

    def currency_at(self, span: Span) -> str:
        """The currency that `money` means in the file."""
        home = self.home(span)
        return self.currency if home is None or home.currency is None else home.currency

    def nace_at(self, span: Span) -> str:
        """The revision of NACE that the file means."""
        home = self.home(span)
        return self.nace if home is None else home.nace or "2"

    def month_end_at(self, span: Span) -> ir.MonthEnd | None:
        """How months end in the file."""
        home = self.home(span)
        return self.month_end if home is None else home.month_end

    def is_taken(self, span: Span) -> bool:
        """Whether a statement comes from a library."""
        home = self.home(span)
        return home is not None and home.library

    def same_text(self, here: Span, there: Span) -> bool:
        """Whether what stands there is seen from here: a library sees its own text alone."""
        return not self.is_taken(here) or self.source.file_at(here.start) == self.source.file_at(there.start)

    def hides(self, node: syn.Name) -> bool:
        """Whether a name is declared somewhere and means nothing in the file where it stands."""
        home = self.home(node.span)
        return home is not None and node.text in home.hidden

    # ---- numbers and problems ------------------------------------------------------------------------------------

    def at(self) -> int:
        """A new number for an expression."""
        self._at += 1
        return self._at - 1

    def var(self) -> int:
        """A new number for a binder."""
        self._var += 1
        return self._var - 1

    @property
    def slots(self) -> int:
        """How many expressions there are."""
        return self._at

    def lose(self, broken: Iterable[syn.Broken]) -> None:
        """Statements that made no sense may have declared any word in them: none of these is an unknown name."""
        for node in broken:
            self.lost.update(_WORD.findall(self.source.text, node.span.start, node.span.end))

    def first_line(self, span: Span) -> Span:
        """The first line of a statement: where it is shown when all of it is meant."""
        line = self.source.line_at(span.start)
        return Span(line.start, line.start + len(self.source.text[line.start : line.end].rstrip()))

    def within(self, span: Span, text: str) -> Span:
        """Where a word stands inside a stretch of the text; the stretch itself where it does not."""
        found = re.search(rf"(?<![\w.]){re.escape(text)}(?![\w.])", self.source.text[span.start : span.end])
        return span if found is None else Span(span.start + found.start(), span.start + found.end())

    def report(self, problem: Problem) -> None:
        """Take a problem down, once, unless it only follows from a mistake in another statement."""
        if isinstance(problem, pr.UnknownName | pr.UnknownValue) and problem.name in self.lost:
            return
        problem = evolve(problem, source=self.source)
        if problem in self._seen:
            return
        self._seen.add(problem)
        self._counts[problem.severity] = self._counts.get(problem.severity, 0) + 1
        if self.more(problem.severity) == 0:
            self.problems.append(problem)

    def more(self, severity: str) -> int:
        """How many problems were found that are not listed."""
        return max(0, self._counts.get(severity, 0) - self.limits.diagnostics)

    @property
    def working_on(self) -> Span:
        """Where the figure stands that is being made; the beginning of the file if it is none."""
        figure = self.figures.get(self.making[0]) if self.making else None
        heading = getattr(figure.declared[0], "heading", None) if figure and figure.declared else None
        return place(heading) if isinstance(heading, syn.Heading) else self.first_line(Span(0, 0))

    @property
    def full(self) -> bool:
        """Whether so many mistakes were found that one more is only counted."""
        return self._counts.get("error", 0) >= self.limits.diagnostics

    def unknown(self, name: syn.Name, sought: pr.Sought, known: Iterable[str], written: str = "") -> None:
        """Report a name that nothing of the kind sought has; `written` is what the language writes for it."""
        home = self.home(name.span)
        if home is not None and name.text in home.hidden and name.text not in self.lost:
            self.report(between.CameAlong(span=name.span, name=name.text, library=home.hidden[name.text]))
            return
        near = written or self.near(name.text, known)
        gone = self.repealed.get(name.text)
        self.report(
            pr.UnknownName(
                span=name.span,
                name=name.text,
                kind=sought.kind,
                declare=sought.declare,
                near=near,
                labels=() if gone is None else self.other(gone, REPEALED),
            )
        )

    def shared(self, name: syn.Name, stated: Mapping[str, Shared], sought: pr.Sought) -> Shared | None:
        """The rounding or calendar that is meant; the problem is reported where there is none."""
        found = None if self.hides(name) else stated.get(name.text)
        if found is None:
            self.unknown(name, sought, stated)
            return None
        self.shared_used.add((found.about.keyword, name.text))
        return found

    def is_used(self, about: ir.About) -> bool:
        """Whether anything names a rounding or calendar."""
        return (about.keyword, about.name) in self.shared_used

    def stated_at(self, about: ir.About) -> Span:
        """Where the name of a statement stands."""
        return self.within(about.span, about.name)

    def wrong_kind(self, span: Span, found: ty.Type, needed: ty.Type | Words) -> None:
        """Report a value of a type where another is needed."""
        if isinstance(needed, Words):
            self.report(pr.WrongKind(span=span, found=described(found), needed=needed))
            return
        example = written(needed) or NO_WORDS
        self.report(
            pr.WrongKind(span=span, found=described(found), needed=described(needed), example=example)
        )

    def near(self, name: str, known: Iterable[str]) -> str:
        """A known name that looks like this one, or nothing."""
        if self.full:
            return ""
        likely = [
            k
            for k in known
            if 2 * min(len(k), len(name)) >= LEAST_ALIKE * (len(k) + len(name))
            and (k[:1] == name[:1] or k[-1:] == name[-1:])
        ]
        return next(iter(get_close_matches(name, likely[:MOST_COMPARED], 1, LEAST_ALIKE)), "")

    def other(self, span: Span, words: Words = HERE) -> tuple[Label, ...]:
        """A label for the other place."""
        return (Label(span, words),)

    # ---- making nodes --------------------------------------------------------------------------------------------

    def const(self, value: Any, kind: ty.Type, span: Span) -> ir.Const:
        """A constant; numbers become exact fractions."""
        if isinstance(kind, EXACT) and not isinstance(value, Fraction):
            value = Fraction(value)
        return ir.Const(value, type=kind, span=span, at=self.at())

    def ref(self, name: str, kind: ty.Type, span: Span) -> ir.Ref:
        """A figure by its name in the core."""
        return ir.Ref(name, type=kind, span=span, at=self.at())

    def both(self, parts: Iterable[ir.Expr | None], span: Span) -> ir.Expr | None:
        """All of the parts that are there; nothing if there are none."""
        there = tuple(p for p in parts if p is not None)
        if len(there) < 2:
            return there[0] if there else None
        return ir.And(there, type=ty.YesNo(), span=span, at=self.at())

    def negated(self, part: ir.Expr) -> ir.Expr:
        """Not this."""
        return ir.Not(part, type=ty.YesNo(), span=part.span, at=self.at())

    def compare(self, how: Any, left: ir.Expr, right: ir.Expr, span: Span) -> ir.Expr:
        """A comparison of two values of one type."""
        return ir.Compare(how, left, right, type=ty.YesNo(), span=span, at=self.at())

    # ---- what people call a statement ----------------------------------------------------------------------------

    def about(self, heading: syn.Heading, keyword: str, name: str | None = None) -> ir.About:
        """Name, titles, messages and citations of a statement, in every language given."""
        return ir.About(
            name=name if name is not None else heading.name.text if heading.name else keyword,
            keyword=keyword,
            titles=self.by_language(heading.titles),
            messages=self.by_language(heading.messages),
            citations=tuple(c for c in map(self._citation, heading.citations) if c is not None),
            span=heading.span,
            text=self.text_at(heading.span),
        )

    def text_at(self, span: Span) -> str:
        """The dotted name of the text that a place is in."""
        return self.names[self.source.file_at(span.start)] if self.names else ""

    def by_language(self, texts: Sequence[syn.Text]) -> dict[str, str]:
        """Texts by their language; one that does not say it is in that of its file."""
        return {t.language or self.language_at(t.span): t.text for t in reversed(texts)}

    def _citation(self, cites: syn.Citation) -> ir.Citation | None:
        home = self.home(cites.span)
        files = (0,) if home is None else home.cites
        found = (self.sources.get((file, cites.source.text)) for file in files)
        text = next((text for text in found if text is not None), None)
        if text is None:
            self.unknown(cites.source, pr.A_SOURCE, (n for file, n in self.sources if file in files))
            return None
        dated = text.dated.text if text.dated else None
        return ir.Citation(cites.source.text, text.title, cites.quote, cites.at or text.at, dated)


def place(heading: syn.Heading) -> Span:
    """Where a statement is shown: its name, else its first line."""
    return heading.name.span if heading.name is not None else heading.span


EXACT = (ty.Number, ty.Money, ty.MoneyPer, ty.Quantity, ty.Rate, ty.PercentagePoints, ty.Points)


def same(left: ty.Type, right: ty.Type) -> bool:
    """Whether two types hold the same kind of value; whole numbers are numbers, choices share their values."""
    if isinstance(left, ty.Number) and isinstance(right, ty.Number):
        return True
    if isinstance(left, ty.Choice) and isinstance(right, ty.Choice):
        return left.values == right.values
    return left == right


def joined(left: ty.Type, right: ty.Type) -> ty.Type:
    """The type of a value that is one or the other."""
    if isinstance(left, ty.Number) and isinstance(right, ty.Number):
        return ty.Number(left.whole and right.whole)
    return left
