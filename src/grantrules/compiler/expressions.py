"""
Values and conditions: from what the author wrote to typed core expressions.

A reader knows the rows a name may belong to.  Where something is wrong it reports and gives `None`; the parts beside it
are still read, so that one pass finds every mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any, Literal

from attrs import evolve, frozen

from grantrules import calendars
from grantrules import types as ty
from grantrules.compiler import lines, units
from grantrules.compiler import problems as pr
from grantrules.compiler.context import (
    EXACT,
    FIGURES_OF_SUPPORT,
    POINTS_OF_ALL,
    RULES_AS_OF,
    Binder,
    Context,
    Figure,
    joined,
    same,
)
from grantrules.compiler.lines import renumbered
from grantrules.compiler.literals import check_currency, is_literal, literal, unknown_code, value_of_type
from grantrules.compiler.roundings import SAYS_PLACE, size_of
from grantrules.core import ir
from grantrules.core.listing import expression
from grantrules.diagnostics import MOST_LISTED, NO_WORDS, Label, Words
from grantrules.source import NOWHERE, Span
from grantrules.syntax import tree as syn
from grantrules.syntax.problems import NotAtThisPlace
from grantrules.syntax.sayings import genitive
from grantrules.syntax.slips import formula_here
from grantrules.types import described, written

A_FIGURE = Words("a figure or a fact", "bir değer ya da veri")
AN_AMOUNT = Words("an amount or a number", "bir tutar ya da sayı")
A_FACT = Words("a fact", "bir veri")
A_LIST = Words("a list of the application", "başvurunun bir listesi")
A_SUPPORT = Words("a support", "bir destek")
A_CODE_LIST = Words("a code list", "bir kod listesi")
A_FIGURE_OF_A_LINE = Words("a fact or figure of one line", "tek bir satırın değeri ya da verisi")
A_COMPUTED_FIGURE = Words("a figure that is computed", "hesaplanan bir değer")
A_FACT_OF_THE_APPLICATION = Words("a fact of the application", "başvurunun bir verisi")
A_FIGURE_OF_THE_APPLICATION = Words(
    "a definition or a table of the application", "başvurunun bir tanımı ya da tablosu"
)
A_DATED_FIGURE = Words("a parameter, a definition or a table", "bir parametre, tanım ya da tablo")
RESTS_ON_A_SUPPORT = Words(
    "a figure that rests on a support or on lines", "bir desteğe ya da kalemlere dayanan bir değer"
)
MAY_NOT_APPLY = Words("a figure that may not apply", "kapsam dışı kalabilen bir değer")
MOST_COPIES = 500
A_CONDITION = Words("a condition", "bir koşul")
A_RECORD = Words("a record", "bir kayıt")
A_DATE = Words("a date", "bir tarih")
A_DATE_OR_MONTH = Words("a date or a month", "bir tarih ya da ay")
A_YEAR_OR_MONTH = Words("a year or month", "bir yıl ya da ay")
A_SIZE = Words("an amount or a number", "bir tutar ya da sayı")
ONE_VALUE = Words("one value such as an amount", "tutar gibi tek bir değer")

ORDERED = {
    "at_least": "ge", "at_most": "le", "more_than": "gt", "less_than": "lt",
    "no_later": "le", "no_earlier": "ge", "before": "lt", "after": "gt",
}  # fmt: skip
EQUAL = {"is": "eq", "is_not": "ne"}
WHOLE = (ty.Record, ty.List, ty.Choices)


@frozen(eq=False)
class Lines:
    """
    The lines of a list that are meant, each the row of `binder`.

    `right`: what says which lines was right.  `outer`: the line that is left out, where others than it are meant.
    """

    list: ir.Expr
    binder: Binder
    where: ir.Expr | None
    right: bool
    outer: Binder | None


@frozen(eq=False)
class Reader:
    """Reads values in one place: `rows` are the list rows in reach, the innermost last."""

    ctx: Context
    rows: tuple[Binder, ...] = ()

    def inside(self, binder: Binder) -> Reader:
        """The reader for what is said about one row of a list."""
        return evolve(self, rows=(*self.rows, binder))

    # ---- doors ---------------------------------------------------------------------------------------------------

    def condition(self, node: syn.Value) -> ir.Expr | None:
        """Something that holds or does not."""
        found = self.value(node)
        if found is None or isinstance(found.type, ty.YesNo):
            return found
        ordered = isinstance(found.type, ty.NUMERIC)
        self.ctx.report(pr.NotACondition(span=node.span, found=described(found.type), ordered=ordered))
        return None

    def conditions(self, nodes: Iterable[syn.Value]) -> tuple[ir.Expr, ...]:
        """Lines that must all hold; `failing that` turns the lines above it into one alternative."""
        above: list[ir.Expr] = []
        for at, node in enumerate(nodes):
            if isinstance(node, syn.FailingThat):
                if at == 0:
                    words = Span(node.span.start, self.ctx.first_line(node.span).end)
                    said = self.ctx.source.text[words.start : words.end]
                    self.ctx.report(NotAtThisPlace(span=words, found=said, expected=A_CONDITION))
                below = self.conditions(node.conditions)
                first, second = self.ctx.both(above, node.span), self.ctx.both(below, node.span)
                if first is not None and second is not None:
                    span = first.span.to(node.span)
                    above = [ir.Or((first, second), type=ty.YesNo(), span=span, at=self.ctx.at())]
                continue
            found = self.condition(node)
            if found is not None:
                above.append(found)
        return tuple(above)

    def value_of(self, node: syn.Value, kind: ty.Type) -> ir.Expr | None:
        """A value of a given type."""
        found = self.value(node, kind)
        if found is None:
            return None
        if same(found.type, kind):
            return found
        self.mixed(kind, found.type, node.span, needed=True)
        return None

    def one_value(self, node: syn.Value, want: ty.Type | None = None) -> ir.Expr | None:
        """A value that is no list and no record."""
        found = self.value(node, want)
        if found is None or not isinstance(found.type, ty.List | ty.Record):
            return found
        self.ctx.wrong_kind(found.span, found.type, ONE_VALUE)
        return None

    def value(self, node: syn.Value, want: ty.Type | None = None) -> ir.Expr | None:
        """A value of any type; `want` decides what a bare name of a choice or code means."""
        if isinstance(want, ty.Year) and isinstance(node, syn.Num) and node.text.isdigit():
            return self.year(node)
        if is_literal(node):
            return literal(self.ctx, node)
        match node:
            case syn.Name():
                return self.name(node, want)
            case syn.Bracket(inner):
                return self.value(inner, want)
            case syn.Member(owner, name):
                return self.member(node, owner, name)
            case syn.Scoped(scope, name, record):
                return self.scoped(scope, name) if record is None else self.of_this(record, name)
            case syn.Sum(terms):
                return self.sum(node, terms)
            case syn.Product(factors):
                return self.product(node, factors)
            case syn.Quotient(left, right):
                return self.quotient(node, left, right)
            case syn.ShareOf(share, of):
                return self.share_of(node, share, of)
            case syn.Rounded(inner, way):
                return self.rounded(node, inner, way)
            case syn.Converted(inner, currency, rate, as_of):
                return self.converted(node, inner, currency, rate, as_of)
            case syn.Shifted():
                return self.shifted(node)
            case syn.Extreme(which, values):
                return self.extreme(node, which, values)
            case syn.PerUnit(price, how, unit, quantity):
                return self.per_unit(node, price, how, unit, quantity)
            case syn.ByUnits():
                return self.by_units(node)
            case syn.WholeOf(share, part):
                return self.whole_of(node, share, part)
            case syn.Lots():
                return self.lots(node)
            case syn.TimeBetween():
                return self.time_between(node)
            case syn.CalendarPart(what, of):
                return self.calendar_part(node, what, of)
            case syn.AsOf(figure, date):
                return self.as_of(figure, date)
            case syn.Aggregate(what, of, many):
                return self.aggregate(node, what, of, many)
            case syn.ForValue():
                return self.for_value(node)
            case syn.Pick():
                return self.pick(node)
            case syn.SoFar():
                return self.so_far(node)
            case _:
                return self.truth(node)

    def year(self, node: syn.Num) -> ir.Expr | None:
        """A written number where a year is meant."""
        if not calendars.FIRST_YEAR <= int(node.text) <= calendars.LAST_YEAR:
            self.ctx.report(pr.BadDate(span=node.span, text=node.text, year_alone=True))
            return None
        return self.ctx.const(int(node.text), ty.Year(), node.span)

    def truth(self, node: syn.Value) -> ir.Expr | None:
        """The conditions among the values."""
        ctx, span = self.ctx, node.span
        match node:
            case syn.And(parts):
                return self.all_of(parts, lambda p: ir.And(p, type=ty.YesNo(), span=span, at=ctx.at()))
            case syn.Or(parts):
                return self.all_of(parts, lambda p: ir.Or(p, type=ty.YesNo(), span=span, at=ctx.at()))
            case syn.NoneOf(parts):
                found = self.all_of(parts, lambda p: ir.Or(p, type=ty.YesNo(), span=span, at=ctx.at()))
                return None if found is None else ir.Not(found, type=ty.YesNo(), span=span, at=ctx.at())
            case syn.Not(part):
                found = self.condition(part)
                return None if found is None else ir.Not(found, type=ty.YesNo(), span=span, at=ctx.at())
            case syn.Compare(left, how, right):
                return self.compared(node, left, how, right)
            case syn.OneOf(left, values, negated):
                return self.turned(self.one_of(node, left, values), negated, span)
            case syn.InList(left, codes, negated):
                return self.turned(self.in_list(node, left, codes), negated, span)
            case syn.Given(left, negated):
                found = self.value(left)
                if found is None:
                    return None
                return self.turned(ir.Given(found, type=ty.YesNo(), span=span, at=ctx.at()), negated, span)
            case syn.Applies(support, negated):
                return self.turned(self.applies(support), negated, span)
            case syn.Within(left, range_):
                return self.within(node, left, range_)
            case syn.Includes():
                return self.includes(node)
            case syn.Counted(how, number, many, different):
                return self.counted(node, how, number, many, different)
            case syn.ForLines(how, share, many, conditions):
                return self.for_lines(node, how, share, many, conditions)
            case _:
                raise TypeError(type(node).__name__)

    def turned(self, found: ir.Expr | None, negated: bool, span: Span) -> ir.Expr | None:
        """The opposite, where the author wrote `not`."""
        if found is None or not negated:
            return found
        return ir.Not(found, type=ty.YesNo(), span=span, at=self.ctx.at())

    def all_of(
        self, parts: Iterable[syn.Value], make: Callable[[tuple[ir.Expr, ...]], ir.Expr]
    ) -> ir.Expr | None:
        """Every part read, wrong ones too; the node if all are right."""
        nodes = tuple(parts)
        found = self.conditions(nodes)
        alternatives = sum(not isinstance(n, syn.FailingThat) for n in nodes)
        merged = any(isinstance(n, syn.FailingThat) for n in nodes)
        if not found or (not merged and len(found) < alternatives):
            return None
        return make(found)

    # ---- names ---------------------------------------------------------------------------------------------------

    def name(self, node: syn.Name, want: ty.Type | None) -> ir.Expr | None:
        """What a bare name means here: a value of the wanted choice, a field of a row in reach, a fact, a figure."""
        ctx, text = self.ctx, node.text
        if want is not None:
            constant = value_of_type(ctx, node, want)
            if constant is not None:
                kind = ty.Choice(want.of, want.values) if isinstance(want, ty.Choices) else want
                return ctx.const(constant, kind, node.span)
        binder = next((b for b in reversed(self.rows) if self.has_field(b.record, text)), None)
        everywhere = (text in ctx.application or text in ctx.figures) and not ctx.hides(node)
        if binder is not None:
            clash = everywhere or len({b.record for b in self.rows if self.has_field(b.record, text)}) > 1
            if clash:
                labels = self.declarations(binder, text)
                ctx.report(pr.TwoMeanings(span=node.span, name=text, record=binder.record, labels=labels))
                return None
            return self.field(self.row(binder, node.span), binder.record, node)
        if everywhere:
            return self.of_application(node)
        self.unknown(node, want)
        return None

    def declarations(self, binder: Binder, name: str) -> tuple[Label, ...]:
        """Where a field of a line and a fact of the application are declared."""
        line, fact = self.ctx.fields.get(binder.record, {}).get(name), self.ctx.application.get(name)
        both = ((line, Words("of a line", "satırın")), (fact, Words("of the application", "başvurunun")))
        return tuple(Label(f.span, whose) for f, whose in both if f is not None)

    def has_field(self, record: str, name: str) -> bool:
        """Whether a record has a field, given or computed."""
        return name in self.ctx.fields.get(record, {}) or (record, name) in self.ctx.computed_types

    def unknown(self, node: syn.Name, want: ty.Type | None) -> None:
        """Report a name nothing has."""
        ctx, text = self.ctx, node.text
        if isinstance(want, ty.Choice | ty.Choices):
            near = ctx.near(text, want.values)
            if near or not ctx.near(text, self.known_names()):
                ctx.report(
                    pr.UnknownValue(span=node.span, name=text, of=want.of, values=want.values, near=near)
                )
                return
        if isinstance(want, ty.Country | ty.Region | ty.Nace):
            unknown_code(ctx, text, node.span, want)
            return
        lists = [
            (name, fact.type.record)
            for name, fact in ctx.application.items()
            if isinstance(fact.type, ty.List) and text in ctx.fields.get(fact.type.record, {})
        ]
        sought = pr.a_field(text, *lists[0], genitive(lists[0][0])) if lists else pr.A_FIGURE
        ctx.unknown(
            node, sought, () if lists else self.known_names(), formula_here(text, ctx.language_at(node.span))
        )

    def not_of_the_application(self, node: syn.Name, needed: Words) -> None:
        """Report a name that is none of the application: one that means something else here, or one nothing has."""
        ctx, text = self.ctx, node.text
        if ctx.hides(node) or text not in self.known_names():
            self.unknown(node, None)
            return
        found = A_FACT if text in ctx.application else A_FIGURE_OF_A_LINE
        if text in ctx.figures:
            found = A_COMPUTED_FIGURE
        ctx.report(pr.NotThatKind(span=node.span, name=text, found=found, needed=needed))

    def known_names(self) -> list[str]:
        """Every name that means something here."""
        ctx = self.ctx
        names = [*ctx.application, *ctx.figures]
        for b in self.rows:
            names += ctx.fields.get(b.record, {})
            names += (n for r, n in ctx.computed_types if r == b.record)
        return names

    def row(self, binder: Binder, span: Span) -> ir.Expr:
        """The row a binder stands for."""
        return ir.Row(binder.var, type=ty.Record(binder.record), span=span, at=self.ctx.at())

    def field(self, of: ir.Expr, record: str, node: syn.Name) -> ir.Expr | None:
        """A field of a record."""
        ctx = self.ctx
        given = ctx.fields.get(record, {}).get(node.text)
        if (record, node.text) in ctx.unreadable:
            return None
        if given is not None:
            return ir.Field(of, node.text, type=given.type, span=node.span, at=ctx.at())
        if (record, node.text) in ctx.computed_types:
            ctx.elaborate_computed(record, node.text)
            figure = ctx.computed_types[record, node.text]
            figure.used = True
            if figure.type is None:
                return None
            return ir.Field(of, node.text, type=figure.type, span=node.span, at=ctx.at())
        known = [*ctx.fields.get(record, {}), *(n for r, n in ctx.computed_types if r == record)]
        ctx.unknown(node, pr.A_FIELD, known)
        return None

    def of_application(self, node: syn.Name) -> ir.Expr | None:
        """A fact or a figure of the application."""
        ctx, text = self.ctx, node.text
        fact = ctx.application.get(text)
        if ("", text) in ctx.unreadable:
            return None
        if fact is not None:
            return ir.Fact(text, type=fact.type, span=node.span, at=ctx.at())
        return self.figure(text, node.span)

    def figure(self, name: str, span: Span) -> ir.Expr | None:
        """A figure by its name in the core; it is made first."""
        ctx = self.ctx
        figure = ctx.figures[name]
        ctx.elaborate(name)
        figure.used = True
        if figure.type is None:
            return None
        return ctx.ref(POINTS_OF_ALL.get(name, name), figure.type, span)

    def member(self, node: syn.Member, owner: syn.Value, name: syn.Name) -> ir.Expr | None:
        """`grant's eligible_cost` or a field of a record."""
        ctx = self.ctx
        if isinstance(owner, syn.Name):
            figure = None if ctx.hides(owner) else ctx.figures.get(owner.text)
            if figure is not None and figure.kind == "support":
                instalment = f"{owner.text}'s {name.text}"
                if instalment in ctx.figures:
                    return self.figure(instalment, node.span)
                part = FIGURES_OF_SUPPORT.get(name.text)
                if part is None:
                    paid = (n.split("'s ", 1)[1] for n in ctx.figures if n.startswith(f"{owner.text}'s "))
                    ctx.unknown(name, pr.A_PART_OF_A_SUPPORT, (*FIGURES_OF_SUPPORT, *paid))
                    return None
                if ctx.making[-1:] != [owner.text]:  # Its own steps read it while it is made.
                    ctx.elaborate(owner.text)
                figure.used = True
                return (
                    None if figure.type is None else ctx.ref(f"{owner.text}'s {part}", figure.type, node.span)
                )
            binder = next((b for b in reversed(self.rows) if b.record == owner.text), None)
            if binder is not None and not self.has_field(binder.record, owner.text):
                return self.field(self.row(binder, owner.span), binder.record, name)
        of = self.value(owner)
        if of is None:
            return None
        if not isinstance(of.type, ty.Record):
            ctx.wrong_kind(owner.span, of.type, A_RECORD)
            return None
        return self.field(of, of.type.name, name)

    def scoped(self, scope: str, name: syn.Name) -> ir.Expr | None:
        """`application's x`, `this line's x`."""
        ctx = self.ctx
        if scope == "application":
            if (name.text in ctx.application or name.text in ctx.figures) and not ctx.hides(name):
                return self.of_application(name)
        elif self.rows:
            binder = self.rows[-1]
            return self.field(self.row(binder, name.span), binder.record, name)
        if scope == "application":
            ctx.unknown(name, pr.A_FIGURE, [*ctx.application, *ctx.figures])
        else:
            ctx.unknown(name, pr.A_FIELD, ())
        return None

    def of_this(self, record: syn.Name, name: syn.Name) -> ir.Expr | None:
        """`this holder's id`: of two lines of one record in reach, that of the outer one."""
        found = [b for b in self.rows if b.record == record.text]
        if not found:
            self.ctx.report(pr.WhichLine(span=record.span, mistake="this", name=record.text))
            return None
        binder = found[0] if len(found) == 1 else found[-2]
        return self.field(self.row(binder, record.span), binder.record, name)

    def applies(self, name: syn.Name) -> ir.Expr | None:
        """`x applies`, for a support or a figure that may not apply."""
        ctx = self.ctx
        figure = None if ctx.hides(name) else ctx.figures.get(name.text)
        if figure is None and self.known(name):
            ctx.report(pr.NotThatKind(span=name.span, name=name.text, found=A_FACT, needed=A_SUPPORT))
            return None
        if figure is None:
            ctx.unknown(name, pr.A_SUPPORT, (n for n, f in ctx.figures.items() if f.kind == "support"))
            return None
        ctx.elaborate(name.text)
        figure.used = True
        if figure.type is None:
            return None
        if figure.kind != "support" and not figure.not_always:
            ctx.report(pr.NotThatKind(span=name.span, name=name.text, found=A_FIGURE, needed=A_SUPPORT))
            return None
        return ctx.ref(f"{name.text}'s applies", ty.YesNo(), name.span)

    # ---- arithmetic ----------------------------------------------------------------------------------------------

    def mixed(self, left: ty.Type, right: ty.Type, span: Span, *, needed: bool = False) -> None:
        """Report that two types do not go together, in the words of the commonest reason."""
        ctx = self.ctx
        pair = (left, right)
        match pair:
            case ty.Money(a), ty.Money(b):
                ctx.report(pr.MixedCurrencies(span=span, left=a, right=b))
            case (ty.Rate(), ty.PercentagePoints()) | (ty.PercentagePoints(), ty.Rate()):
                ctx.report(pr.PercentOrPoints(span=span))
            case ((ty.Rate() | ty.PercentagePoints()), _) if needed:
                ctx.wrong_kind(span, right, left)
            case ((ty.Rate() | ty.PercentagePoints()), (ty.Money() | ty.Number() | ty.Quantity() | ty.MoneyPer())) | (
                (ty.Money() | ty.Number() | ty.Quantity() | ty.MoneyPer()), (ty.Rate() | ty.PercentagePoints())
            ):  # fmt: skip
                amount = next(t for t in pair if not isinstance(t, ty.Rate | ty.PercentagePoints))
                ctx.report(pr.PercentAndAmount(span=span, amount=described(amount), needed=needed))
            case ((ty.Choice() as a), (ty.Choice() as b)) if needed:
                ctx.report(pr.WrongKind(span=span, found=_one_of(b), needed=_one_of(a)))
            case ((ty.Choice() as a), (ty.Choice() as b)):
                ctx.report(pr.MixedKinds(span=span, left=_one_of(a), right=_one_of(b), example=NO_WORDS))
            case ty.Choices(), ty.Choice() if not needed:
                ctx.report(pr.NotComparedWhole(span=span, found=described(left)))
            case ty.Period(), ty.Period():
                ctx.report(pr.PeriodFamilies(span=span, left=described(left), right=described(right)))
            case _ if needed:
                ctx.wrong_kind(span, right, left)
            case _:
                unit = next((t for t in pair if not isinstance(t, ty.Number)), left)
                number = isinstance(left, ty.Number) != isinstance(right, ty.Number)
                example = (written(unit) if number else None) or NO_WORDS
                ctx.report(
                    pr.MixedKinds(span=span, left=described(left), right=described(right), example=example)
                )

    def numeric(self, found: ir.Expr | None) -> ir.Expr | None:
        """A value that has a size."""
        if found is None or isinstance(found.type, ty.NUMERIC):
            return found
        self.ctx.report(pr.NoOrder(span=found.span, found=described(found.type)))
        return None

    def sum(self, node: syn.Sum, terms: tuple[syn.Term, ...]) -> ir.Expr | None:
        """`a + b - c`, all of one kind; a rate may grow or shrink by percentage points."""
        read = [(t.sign, self.numeric(self.value(t.value))) for t in terms]
        if any(e is None for _, e in read):
            return None
        parts = tuple((s, e) for s, e in read if e is not None)
        kind = parts[0][1].type
        for _sign, part in parts:
            if isinstance(part.type, ty.Date | ty.Moment | ty.Year | ty.Month):
                self.ctx.report(pr.DateArithmetic(span=node.span))
                return None
            rate_by_points = isinstance(kind, ty.Rate) and isinstance(part.type, ty.PercentagePoints)
            if not same(kind, part.type) and not rate_by_points:
                self.mixed(kind, part.type, part.span)
                return None
            kind = kind if rate_by_points else joined(kind, part.type)
        return ir.Add(parts, type=kind, span=node.span, at=self.ctx.at())

    def product(self, node: syn.Product, factors: tuple[syn.Value, ...]) -> ir.Expr | None:
        """A product of plain numbers and at most one value with a unit; a price per unit times a quantity."""
        read = [self.numeric(self.value(f)) for f in factors]
        if any(e is None for e in read):
            return None
        parts = tuple(e for e in read if e is not None)
        kind: ty.Type = ty.Number(True)
        for part in parts:
            result = self.product_type(kind, part.type)
            if result is None:
                rate_there = any(isinstance(t, ty.Rate | ty.PercentagePoints) for t in (kind, part.type))
                if rate_there:
                    self.ctx.report(pr.PercentTimes(span=node.span))
                else:
                    self.ctx.report(
                        pr.CannotMultiply(span=node.span, left=described(kind), right=described(part.type))
                    )
                return None
            kind = result
        return ir.Mul(parts, type=kind, span=node.span, at=self.ctx.at())

    def product_type(self, left: ty.Type, right: ty.Type) -> ty.Type | None:
        """The type of a product; `None` if it has no meaning."""
        match left, right:
            case ty.Number(a), ty.Number(b):
                return ty.Number(a and b)
            case ((ty.Date() | ty.Moment() | ty.Year() | ty.Month()), _):
                return None
            case _, (ty.Date() | ty.Moment() | ty.Year() | ty.Month()):
                return None
            case ty.Number(whole), ty.Period():
                return right if whole else None
            case ty.Period(), ty.Number(whole):
                return left if whole else None
            case ty.Number(), _:
                return right
            case _, ty.Number():
                return left
            case (ty.MoneyPer(currency, unit), ty.Quantity(of)) | (
                ty.Quantity(of),
                ty.MoneyPer(currency, unit),
            ):
                return ty.Money(currency) if unit == of else None
            case _:
                return None

    def quotient(self, node: syn.Quotient, left: syn.Value, right: syn.Value) -> ir.Expr | None:
        """`a / b`: two values of one kind give a rate (two plain numbers a number), else a number divides."""
        above, below = self.numeric(self.value(left)), self.numeric(self.value(right))
        if above is None or below is None:
            return None
        kind: ty.Type
        match above.type, below.type:
            case ty.Number(), ty.Number():
                kind = ty.Number()
            case ((ty.Date() | ty.Moment() | ty.Year() | ty.Month()), _):
                self.ctx.report(pr.DateArithmetic(span=node.span))
                return None
            case a, b if same(a, b):
                kind = ty.Rate()
            case ty.Period(), ty.Number():
                self.ctx.report(
                    pr.CannotMultiply(span=node.span, left=described(above.type), right=described(below.type))
                )
                return None
            case a, ty.Number():
                kind = a
            case ty.Money(currency), ty.Quantity(unit):
                kind = ty.MoneyPer(currency, unit)
            case a, b:
                if isinstance(b, ty.Rate | ty.PercentagePoints):
                    self.mixed(a, b, node.span)
                else:
                    self.ctx.report(pr.CannotMultiply(span=node.span, left=described(a), right=described(b)))
                return None
        return ir.Div(above, below, type=kind, span=node.span, at=self.ctx.at())

    def share_of(self, node: syn.ShareOf, share: syn.Value, of: syn.Value) -> ir.Expr | None:
        """`5% of x`; the share is a percentage, a fraction or a quotient of two numbers."""
        part, whole = self.fraction(share), self.numeric(self.value(of))
        if part is None or whole is None:
            return None
        if not isinstance(whole.type, EXACT):
            self.ctx.report(
                pr.CannotMultiply(span=node.span, left=described(part.type), right=described(whole.type))
            )
            return None
        kind = ty.Number() if isinstance(whole.type, ty.Number) else whole.type
        return ir.Mul((part, whole), type=kind, span=node.span, at=self.ctx.at())

    def fraction(self, share: syn.Value) -> ir.Expr | None:
        """A share of something: a percentage, a fraction or a quotient of two numbers."""
        part = self.value(share)
        if part is None:
            return None
        inner = share
        while isinstance(inner, syn.Bracket):
            inner = inner.inner
        fraction = isinstance(part.type, ty.Number) and isinstance(inner, syn.Fraction | syn.Quotient)
        if isinstance(part.type, ty.PercentagePoints):
            self.ctx.report(pr.PercentOrPoints(span=share.span))
            return None
        if not isinstance(part.type, ty.Rate) and not fraction:
            self.ctx.report(pr.NotAFraction(span=share.span))
            return None
        return part

    def whole_of(self, node: syn.WholeOf, share: syn.Value, part: syn.Value) -> ir.Expr | None:
        """`the amount of which 40% is x`: x divided by the share, exactly."""
        rate, found = self.fraction(share), self.numeric(self.value(part))
        if rate is None or found is None:
            return None
        if not isinstance(found.type, EXACT):
            self.ctx.wrong_kind(part.span, found.type, AN_AMOUNT)
            return None
        kind = ty.Number() if isinstance(found.type, ty.Number) else found.type
        return ir.Div(found, rate, type=kind, span=node.span, at=self.ctx.at())

    def lots(self, node: syn.Lots) -> ir.Expr | None:
        """How many whole lots, or what is left after them; weeks are lots of seven days."""
        ctx, span = self.ctx, node.span
        of = self.days_of_period(node.of, "weeks") if node.size is None else self.numeric(self.value(node.of))
        if of is None:
            return None
        if not isinstance(of.type, EXACT):
            ctx.wrong_kind(node.of.span, of.type, AN_AMOUNT)
            return None
        seven = ctx.const(7, ty.Number(True), NOWHERE)
        size = seven if node.size is None else self.value_of(node.size, of.type)
        if size is None:
            return None
        exact = ir.Div(of, size, type=ty.Number(), span=span, at=ctx.at())
        whole = units.whole_part(ctx, exact, span)
        if node.what == "whole":
            return whole
        kind = ty.Number() if isinstance(of.type, ty.Number) else of.type
        taken = ir.Mul((whole, renumbered(ctx, size)), type=kind, span=span, at=ctx.at())
        return ir.Add(((1, renumbered(ctx, of)), (-1, taken)), type=kind, span=span, at=ctx.at())

    def rounded(self, node: syn.Rounded, inner: syn.Value, way: syn.Way) -> ir.Expr | None:
        """`x rounded down in steps of 0.01 TRY`, `x rounded as cent_down`."""
        found = self.numeric(self.value(inner))
        if found is None:
            return None
        how = self.way(way, found.type)
        if how is None:
            return None
        kind = found.type
        if isinstance(kind, ty.Number) and kind.whole and how[1].denominator > 1:
            kind = ty.Number()
        return ir.Round(found, *how, type=kind, span=node.span, at=self.ctx.at())

    def way(
        self, node: syn.Way, kind: ty.Type, *, of_lines: bool = False
    ) -> tuple[ir.Rounding, Fraction] | None:
        """
        How a value is rounded: the mode, and the step in the kind of the value.

        Args:
            of_lines: whether the lines of a support are rounded; a rounding that says how is for nothing else.
        """
        ctx = self.ctx
        if isinstance(node, syn.InSteps):
            size = size_of(ctx, node.step)
            return None if size is None else self._fit(node.step.span, kind, size.type, node.mode, size.value)
        rule = ctx.shared(node, ctx.roundings, pr.A_ROUNDING)
        if rule is None:
            return None
        if rule.place is not None and not of_lines:
            labels = ctx.other(ctx.stated_at(rule.about), SAYS_PLACE)
            ctx.report(pr.RoundingPlace(span=node.span, name=node.text, how="no_lines", labels=labels))
            return None
        if not of_lines:
            ctx.amounts_rounded_by.add(node.text)
        return self._fit(node.span, kind, rule.type, rule.mode, rule.step)

    def _fit(
        self, span: Span, kind: ty.Type, of: ty.Type, mode: ir.Rounding, step: Fraction
    ) -> tuple[ir.Rounding, Fraction] | None:
        """A mode and a step, if the step is of the kind of what is rounded."""
        rate_in_points = isinstance(kind, ty.Rate) and isinstance(of, ty.PercentagePoints)
        if not same(of, kind) and not rate_in_points:
            self.mixed(kind, of, span, needed=True)
            return None
        return mode, step

    def converted(
        self, node: syn.Converted, inner: syn.Value, currency: str, rate: syn.Value, as_of: syn.Value | None
    ) -> ir.Expr | None:
        """Another currency: the amount divided by what one unit of the new currency costs."""
        amount = self.value(inner)
        price = (
            self.as_of(rate, as_of) if as_of is not None and isinstance(rate, syn.Name) else self.value(rate)
        )
        if amount is None or price is None:
            return None
        if not isinstance(amount.type, ty.Money):
            needed = Words("an amount of money", "bir para tutarı")
            self.ctx.wrong_kind(inner.span, amount.type, needed)
            return None
        if not isinstance(price.type, ty.Number):
            needed = Words("a rate of exchange (a plain number)", "bir kur (düz sayı)")
            self.ctx.wrong_kind(rate.span, price.type, needed)
            return None
        if not check_currency(self.ctx, currency, self.ctx.within(node.span, currency)):
            return None
        return ir.Div(amount, price, type=ty.Money(currency), span=node.span, at=self.ctx.at())

    def extreme(
        self, node: syn.Extreme, which: Literal["smallest", "largest"], values: tuple[syn.Value, ...]
    ) -> ir.Expr | None:
        """The smallest or largest of several values of one kind."""
        read = [self.numeric(self.value(v)) for v in values]
        if any(e is None for e in read):
            return None
        parts = [e for e in read if e is not None]
        if any(isinstance(p.type, ty.Date) for p in parts):
            parts = [self.day(p) for p in parts]
        kind = parts[0].type
        for part in parts[1:]:
            if not same(kind, part.type):
                self.mixed(kind, part.type, part.span)
                return None
            kind = joined(kind, part.type)
        return ir.Extreme(which, tuple(parts), type=kind, span=node.span, at=self.ctx.at())

    def per_unit(
        self, node: syn.PerUnit, price: syn.Value, how: str, unit: str, quantity: syn.Value
    ) -> ir.Expr | None:
        """`price for each started tonne of weight`: the quantity is rounded to whole units first."""
        cost, amount = self.value(price), self.value_of(quantity, ty.Quantity(unit))
        if cost is None or amount is None:
            return None
        if not isinstance(cost.type, ty.MoneyPer | ty.Money) or (
            isinstance(cost.type, ty.MoneyPer) and cost.type.unit != unit
        ):
            needed = Words(f"money per {unit}", f"{unit} başına para")
            self.ctx.wrong_kind(price.span, cost.type, needed)
            return None
        mode: ir.Rounding = "up" if how == "started" else "down"
        whole = ir.Round(amount, mode, Fraction(1), type=amount.type, span=quantity.span, at=self.ctx.at())
        kind = ty.Money(cost.type.currency)
        if isinstance(cost.type, ty.Money):
            cost = ir.Mul(
                (cost,), type=ty.MoneyPer(cost.type.currency, unit), span=cost.span, at=self.ctx.at()
            )
        return ir.Mul((cost, whole), type=kind, span=node.span, at=self.ctx.at())

    # ---- so much for each unit of a time -------------------------------------------------------------------------

    def by_units(self, node: syn.ByUnits) -> ir.Expr | None:
        """`for stay, largest units first: 200 EUR per week, 40 EUR per day`."""
        ctx, span = self.ctx, node.span
        prices = self.prices_by_unit(node)
        if node.of == "dates":
            time = self.time_of_dates(node)
            if prices is None or time is None:
                return None
            start, end = time
            return units.between_dates(
                ctx, prices, lambda: renumbered(ctx, start), lambda: renumbered(ctx, end), span
            )
        days = self.days_of_time(node)
        if prices is None or days is None:
            return None
        return units.of_days(ctx, prices, lambda: renumbered(ctx, days), span)

    def prices_by_unit(self, node: syn.ByUnits) -> dict[str, ir.Expr] | None:
        """The price of each unit, the largest first; one currency, no unit twice, and a price per day for the rest."""
        found: dict[str, ir.Expr] = {}
        wrong = False
        for written_ in node.prices:
            price = self.value(written_)
            unit = units.NAMES.get(price.type.unit) if price and isinstance(price.type, ty.MoneyPer) else None
            if price is None or unit is None:
                if price is not None:
                    needed = Words(
                        "money per year, month, week or day", "yıl, ay, hafta ya da gün başına para"
                    )
                    self.ctx.wrong_kind(written_.span, price.type, needed)
                wrong = True
                continue
            mistake: Literal["twice", "calendar"] | None = None
            if unit in found:
                mistake = "twice"
            elif unit in units.OF_THE_CALENDAR and node.of != "dates":
                mistake = "calendar"
            if mistake is not None:
                self.ctx.report(pr.UnitsOfTime(span=written_.span, mistake=mistake))
                wrong = True
            found.setdefault(unit, price)
        if wrong:
            return None
        first = next(iter(found.values())).type
        for price in found.values():
            if isinstance(price.type, ty.MoneyPer) and isinstance(first, ty.MoneyPer):
                one, other = ty.Money(first.currency), ty.Money(price.type.currency)
                if one != other:
                    self.mixed(one, other, price.span)
                    return None
        if "day" not in found:
            self.ctx.report(pr.UnitsOfTime(span=node.prices[-1].span, mistake="rest"))
            return None
        return {unit: found[unit] for unit in units.LARGEST_FIRST if unit in found}

    def days_of_time(self, node: syn.ByUnits) -> ir.Expr | None:
        """A period of days, or a whole number of them, as a number; below 0 it counts as 0."""
        if node.of == "period":
            days = self.days_of_period(node.start, "number")
        else:
            days = self.value(node.start)
            if days is not None and days.type != ty.Number(True):
                self.ctx.wrong_kind(node.start.span, days.type, ty.Number(True))
                return None
        return None if days is None else units.clamped(self.ctx, days, None, node.start.span)

    def days_of_period(self, node: syn.Value, mistake: Literal["number", "weeks"]) -> ir.Expr | None:
        """A period of days as a number; `mistake` where a plain number stands there."""
        ctx, span = self.ctx, node.span
        found = self.value(node)
        if found is None:
            return None
        if found.type != ty.Period("days"):
            if isinstance(found.type, ty.Number):
                ctx.report(pr.UnitsOfTime(span=span, mistake=mistake))
            else:
                ctx.wrong_kind(span, found.type, ty.Period("days"))
            return None
        one = ctx.const(1, ty.Period("days"), span)
        exact = ir.Div(found, one, type=ty.Number(), span=span, at=ctx.at())
        return units.whole_part(ctx, exact, span)

    def time_of_dates(self, node: syn.ByUnits) -> tuple[ir.Expr, ir.Expr] | None:
        """The first day, and the day after the last that counts."""
        assert node.end is not None
        start, end = self.date(node.start), self.date(node.end)
        if start is None or end is None:
            return None
        if node.both_counted:
            one = self.ctx.const(1, ty.Period("days"), node.end.span)
            end = self.calendar("shift_days", (end, one), ty.Date(), node.end.span)
        return start, end

    # ---- time ----------------------------------------------------------------------------------------------------

    def calendar(
        self, what: Any, args: tuple[ir.Expr, ...], kind: ty.Type, span: Span, **more: Any
    ) -> ir.Expr:
        """A function of the calendar."""
        return ir.Calendar(what, args, type=kind, span=span, at=self.ctx.at(), **more)

    def day(self, found: ir.Expr) -> ir.Expr:
        """The day of a moment, in the programme's zone; a date stays as it is."""
        if isinstance(found.type, ty.Moment):
            return self.calendar("local_date", (found,), ty.Date(), found.span)
        return found

    def date(self, node: syn.Value) -> ir.Expr | None:
        """A date; a moment gives its day."""
        found = self.value(node)
        if found is None:
            return None
        if isinstance(found.type, ty.Date | ty.Moment):
            return self.day(found)
        self.ctx.wrong_kind(node.span, found.type, ty.Date())
        return None

    def shifted(self, node: syn.Shifted) -> ir.Expr | None:
        """`6 months after D`, `10 working days after D in calendar town`."""
        length, date = node.length, node.date
        by, start = self.value(length), self.value(date)
        calendar = self.working_calendar(node.calendar)
        if node.calendar is not None and calendar is None:
            return None
        if by is None or start is None:
            return None
        if not isinstance(by.type, ty.Period):
            needed = Words("a length of time", "bir süre")
            self.ctx.wrong_kind(length.span, by.type, needed)
            return None
        if not isinstance(start.type, ty.Date | ty.Moment):
            self.ctx.wrong_kind(date.span, start.type, ty.Date())
            return None
        if calendar is not None and by.type != ty.Period("working days"):
            self.ctx.wrong_kind(length.span, by.type, ty.Period("working days"))
            return None
        moved = self.moved(start, by, 1 if node.direction == "after" else -1, node.span)
        if calendar is None or not isinstance(moved, ir.Calendar):
            return moved
        moved = evolve(moved, holidays=calendar.holidays)
        return self.within_years(calendar, moved, (moved.args[0], moved))

    def moved(self, start: ir.Expr, by: ir.Expr, sign: Literal[1, -1], span: Span) -> ir.Expr | None:
        """A day or moment moved by a length of time."""
        assert isinstance(by.type, ty.Period)
        if by.type.unit == "hours":
            if not isinstance(start.type, ty.Moment):
                self.ctx.wrong_kind(start.span, start.type, ty.Moment())
                return None
            return self.calendar("shift_hours", (start, by), ty.Moment(), span, sign=sign)
        what = {"months": "shift_months", "days": "shift_days", "working days": "shift_working_days"}[
            by.type.unit
        ]
        month_end = self.ctx.month_end_at(span)
        if what == "shift_months" and month_end is None:
            self.ctx.report(pr.MonthEndUnsaid(span=span))
            month_end = "refused"
        args = (self.day(start), by)
        return self.calendar(what, args, ty.Date(), span, sign=sign, month_end=month_end or "refused")

    def time_between(self, node: syn.TimeBetween) -> ir.Expr | None:
        """`completed years from A to B`, `days from A to B`, `working days from A to B in calendar town`."""
        first, last = self.date(node.start), self.date(node.end)
        calendar = self.working_calendar(node.calendar)
        if first is None or last is None or (node.calendar is not None and calendar is None):
            return None
        what, both = f"{node.what}_between", node.both_counted
        if calendar is None:
            return self.calendar(what, (first, last), ty.Number(True), node.span, both=both)
        holidays = calendar.holidays
        found = self.calendar(what, (first, last), ty.Number(True), node.span, both=both, holidays=holidays)
        return self.within_years(calendar, found, (first, last))

    def working_calendar(self, name: syn.Name | None) -> ir.WorkingCalendar | None:
        """The calendar whose working days are counted, where one is named."""
        return None if name is None else self.ctx.shared(name, self.ctx.calendars, pr.A_CALENDAR)

    def within_years(
        self, calendar: ir.WorkingCalendar, value: ir.Expr, days: tuple[ir.Expr, ...]
    ) -> ir.Expr:
        """A value that rests on a calendar; it fails where one of the days is outside of the years that are listed."""
        ctx, span = self.ctx, value.span
        first, last = (ctx.const(day, ty.Date(), NOWHERE) for day in (calendar.first, calendar.last))
        inside = [
            ctx.compare(how, renumbered(ctx, day), renumbered(ctx, end), span)
            for day in days
            for how, end in (("ge", first), ("le", last))
        ]
        missing = ir.Fail(ir.Reason("hole", calendar.about.name), type=value.type, span=span, at=ctx.at())
        arm = ctx.both(inside, span), value
        return ir.Choose((arm,), missing, "first", "", type=value.type, span=span, at=ctx.at())  # type: ignore[arg-type]  # there are conditions

    def calendar_part(self, node: syn.CalendarPart, what: str, of: syn.Value) -> ir.Expr | None:
        """`year of D`, `first day of Y`, `days in the month of D`."""
        found = self.value(of)
        if found is None:
            return None
        found = self.day(found)
        if what == "programme_year":
            return self.programme_year(node, found)
        results: dict[str, tuple[tuple[type, ...], ty.Type]] = {
            "year": ((ty.Date,), ty.Year()),
            "month": ((ty.Date,), ty.Month()),
            "first_day": ((ty.Year, ty.Month), ty.Date()),
            "last_day": ((ty.Year, ty.Month), ty.Date()),
            "days_in_month": ((ty.Date, ty.Month), ty.Number(True)),
        }
        kinds, result = results[what]
        if not isinstance(found.type, kinds):
            needed = (
                A_YEAR_OR_MONTH if ty.Year in kinds else A_DATE_OR_MONTH if ty.Month in kinds else ty.Date()
            )
            self.ctx.wrong_kind(of.span, found.type, needed)
            return None
        return self.calendar(what, (found,), result, node.span)

    def programme_year(self, node: syn.CalendarPart, day: ir.Expr) -> ir.Expr | None:
        """Which year of the programme a day lies in: 1 from its first day on, 0 in the year before that."""
        ctx, span, one = self.ctx, node.span, ty.Number(True)
        if not isinstance(day.type, ty.Date):
            ctx.wrong_kind(node.of.span, day.type, ty.Date())
            return None
        if ctx.programme_year is None:
            line = Words("programme year from 2026-03-01", "program yılının başı 2026-03-01")
            reason = Words(
                "A year of the programme begins on some day, and the programme does not say on which.",
                "Program yılı belli bir günde başlar; program hangisinde olduğunu söylemiyor.",
            )
            ctx.report(pr.MissingHeader(span=span, line=line, reason=reason))
            return None
        start = Reader(ctx).date(ctx.programme_year)
        if start is None:
            return None

        def years(first: ir.Expr, last: ir.Expr) -> ir.Expr:
            return self.calendar("years_between", (first, last), one, span)

        next_day = self.calendar(
            "shift_days", (renumbered(ctx, day), ctx.const(1, ty.Period("days"), span)), ty.Date(), span
        )
        begun = ctx.compare("ge", day, start, span)
        after: tuple[tuple[Literal[1, -1], ir.Expr], ...] = (
            (1, years(renumbered(ctx, start), renumbered(ctx, day))),
            (1, ctx.const(1, one, span)),
        )
        before: tuple[tuple[Literal[1, -1], ir.Expr], ...] = ((-1, years(next_day, renumbered(ctx, start))),)
        return ir.Choose(
            ((begun, ir.Add(after, type=one, span=span, at=ctx.at())),),
            ir.Add(before, type=one, span=span, at=ctx.at()),
            "first", "", type=one, span=span, at=ctx.at(),
        )  # fmt: skip

    def as_of(self, figure: syn.Value, date: syn.Value) -> ir.Expr | None:
        """A dated figure, read on another day than the programme's."""
        if not isinstance(figure, syn.Name):
            return None
        day = self.date(date)
        known = None if self.ctx.hides(figure) else self.ctx.figures.get(figure.text)
        if known is None:
            self.not_of_the_application(figure, A_DATED_FIGURE)
            return None
        self.ctx.elaborate(figure.text)
        known.used = True
        parameter = self.ctx.parameters.get(figure.text)
        if parameter is not None:
            return None if day is None else parameter_on(self.ctx, parameter, day, figure.span)
        if known.kind not in ("define", "table"):
            found = A_SUPPORT if known.kind == "support" else A_FIGURE
            self.ctx.report(
                pr.NotThatKind(span=figure.span, name=figure.text, found=found, needed=A_DATED_FIGURE)
            )
            return None
        if day is None or known.type is None:
            return None
        return self.elsewhere(
            figure, known, lambda e: day if isinstance(e, ir.Ref) and e.name == RULES_AS_OF else None
        )

    def for_value(self, node: syn.ForValue) -> ir.Expr | None:
        """A table or definition as it would be for another value of a fact of the application."""
        ctx, figure = self.ctx, node.figure
        known = None if ctx.hides(figure) else ctx.figures.get(figure.text)
        fact = None if ctx.hides(node.fact) else ctx.application.get(node.fact.text)
        if known is None:
            self.not_of_the_application(figure, A_FIGURE_OF_THE_APPLICATION)
            return None
        if fact is None:
            self.not_of_the_application(node.fact, A_FACT_OF_THE_APPLICATION)
            return None
        ctx.elaborate(figure.text)
        known.used = True
        value = self.value_of(node.value, fact.type)
        if value is None or known.type is None:
            return None
        name = fact.name
        read = None
        if known.kind in ("define", "table"):
            read = self.elsewhere(
                figure, known, lambda e: value if isinstance(e, ir.Fact) and e.name == name else None
            )
            if read is None:
                return None
        if read is None or isinstance(read, ir.Ref):
            ctx.report(pr.DoesNotRestOn(span=figure.span, name=figure.text, fact=name))
            return None
        return read

    def elsewhere(
        self, figure: syn.Name, known: Figure, other: Callable[[ir.Expr], ir.Expr | None]
    ) -> ir.Expr | None:
        """A definition or table with some parts of it replaced, also in all the figures it rests on."""
        ctx, kind, not_always = self.ctx, known.type, known.not_always
        assert kind is not None
        lets = {s.name: s.value for s in ctx.body if isinstance(s, ir.Let)}
        fields = {(c.record, c.about.name): c.value for c in ctx.computed}
        known_to_read: dict[str, bool] = {}
        copies = 0

        def reads_it(expr: ir.Expr) -> bool:
            if other(expr) is not None:
                return True
            match expr:
                case ir.Ref(name):
                    if name not in known_to_read:
                        known_to_read[name] = False
                        known_to_read[name] = name in lets and reads_it(lets[name])
                    return known_to_read[name]
                case _:
                    return any(map(reads_it, ir.children(expr)))

        def fixed(expr: ir.Expr, seen: set[str]) -> bool:
            """Whether everything that could change can be read anew."""
            if other(expr) is not None:
                return True
            match expr:
                case ir.Ref(name) if name in lets:
                    if name in seen or name == RULES_AS_OF:
                        return True
                    seen.add(name)
                    return fixed(lets[name], seen)
                case ir.Ref():
                    return False
                case ir.Field(of, name) if isinstance(of.type, ty.Record) and (of.type.name, name) in fields:
                    return fixed(of, seen) and not reads_it(fields[of.type.name, name])
                case _:
                    return all(fixed(child, seen) for child in ir.children(expr))

        def swap(expr: ir.Expr) -> ir.Expr | None:
            nonlocal copies
            there = other(expr)
            if there is None and isinstance(expr, ir.Ref) and reads_it(expr):
                there = lets[expr.name]
            if there is None:
                return None
            copies += 1
            if copies > MOST_COPIES:
                return expr
            return renumbered(ctx, there, swap=None if other(expr) is not None else swap)

        there = ctx.ref(figure.text, kind, figure.span)
        if not_always or not fixed(there, set()):
            found = MAY_NOT_APPLY if not_always else RESTS_ON_A_SUPPORT
            needed = A_DATED_FIGURE
            ctx.report(pr.NotThatKind(span=figure.span, name=figure.text, found=found, needed=needed))
            return None
        read = swap(there) or there
        if copies > MOST_COPIES:
            ctx.report(pr.TooEntangled(span=figure.span))
            return None
        return read

    # ---- lists ---------------------------------------------------------------------------------------------------

    def many(self, many: syn.Many) -> Lines | None:
        """The lines of a list that are meant; nothing where the list is wrong."""
        ctx = self.ctx
        found = self.list(many.list)
        if found is None:
            return None
        if len(self.rows) >= ctx.limits.aggregation_depth + 1:
            ctx.report(pr.NestedTooDeep(span=many.span, most=ctx.limits.aggregation_depth))
            return None
        assert isinstance(found.type, ty.List)
        binder = Binder(found.type.record, ctx.var(), found)
        where = None if many.where is None else self.inside(binder).condition(many.where)
        right = many.where is None or where is not None
        outer = self.spoken_of(found, many.span) if many.other else None
        right = right and (outer is not None or not many.other)
        if many.foremost is not None and many.foremost.number is not None and right:
            first = many.foremost
            number = self.value_of(many.foremost.number, ty.Number())
            order = self.inside(binder).order(many.foremost, binder)
            if number is None or order is None:
                return Lines(found, binder, where, False, None)
            rows = lines.Rows(found, binder.var, where)
            among = lines.among_the_first(ctx, rows, order, number, first.span)
            where = ctx.both((where, among), many.span)
        return Lines(found, binder, where, right, outer)

    def order(self, first: syn.Foremost, binder: Binder) -> lines.Order | None:
        """What the lines of a list are put in order by; dates come early or late, all else is high or low."""
        by = self.numeric(self.value(first.by))
        if by is None:
            return None
        dates = isinstance(by.type, ty.Date | ty.Moment | ty.Year | ty.Month)
        if dates != (first.direction in ("earliest", "latest")):
            self.ctx.wrong_kind(first.by.span, by.type, A_SIZE if dates else A_DATE)
            return None
        return lines.Order(by, binder.var, first.direction in ("highest", "latest"))

    def spoken_of(self, list_: ir.Expr, span: Span) -> Binder | None:
        """The line in reach that is one of a list: the one that `other` leaves out."""
        assert isinstance(list_.type, ty.List)
        for binder in reversed(self.rows):
            if binder.record == list_.type.record:
                own = binder.list if binder.list is not None else self.list_of(binder.record)
                if own is not None and expression(own) == expression(list_):
                    return binder
        self.ctx.report(pr.WhichLine(span=span, mistake="other", name=lines.name_of(list_)))
        return None

    def list_of(self, record: str) -> ir.Expr | None:
        """The one list whose lines are of a record, where nothing else is of it."""
        ctx = self.ctx
        everywhere = [*ctx.application.values(), *(f for r in ctx.fields.values() for f in r.values())]
        uses = [f for f in everywhere if f.type in (ty.List(record), ty.Record(record))]
        if len(uses) != 1 or uses[0].name not in ctx.application or isinstance(uses[0].type, ty.Record):
            return None
        return self.of_application(syn.Name(uses[0].name, span=uses[0].span))

    def pick(self, node: syn.Pick) -> ir.Expr | None:
        """`profit of the latest report by year`, `size of the one partner where id is partner_id`."""
        ctx = self.ctx
        inner = node.of
        while isinstance(inner, syn.Bracket):
            inner = inner.inner
        if is_literal(inner):
            ctx.report(pr.WhichLine(span=node.of.span, mistake="figure"))
            return None
        found = self.many(node.many)
        if found is None:
            return None
        inside = self.inside(found.binder)
        of = inside.value(node.of)
        if of is None or not found.right:
            return None
        if isinstance(of.type, ty.Record | ty.List):
            ctx.report(pr.NotComparedWhole(span=node.of.span, found=described(of.type)))
            return None
        rows = lines.Rows(found.list, found.binder.var, found.where)
        if node.many.foremost is None:
            return lines.only(ctx, rows, found.where, of, node.span)
        order = inside.order(node.many.foremost, found.binder)
        return None if order is None else lines.picked(ctx, rows, order, of, node.span)

    def so_far(self, node: syn.SoFar) -> ir.Expr | None:
        """`amount so far by paid_on, per company`."""
        ctx = self.ctx
        binder = self.rows[-1] if self.rows else None
        list_ = None
        if binder is not None:
            list_ = renumbered(ctx, binder.list) if binder.list is not None else self.list_of(binder.record)
        if binder is None or list_ is None:
            ctx.report(pr.WhichLine(span=node.span, mistake="so_far"))
            return None
        of = self.numeric(self.value(node.of))
        by = self.numeric(self.value(node.by))
        per = [self.one_value(key) for key in node.per]
        if of is None or by is None or any(key is None for key in per):
            return None
        if isinstance(of.type, ty.Date | ty.Moment | ty.Year | ty.Month):
            ctx.report(pr.DateArithmetic(span=node.span))
            return None
        order = lines.Order(by, binder.var, False)
        groups = tuple(key for key in per if key is not None)
        return lines.so_far(ctx, list_, binder.var, order, groups, of, node.span)

    def list(self, node: syn.Value) -> ir.Expr | None:
        """A list, by its name or by the record's name where one list alone has that record."""
        ctx = self.ctx
        if isinstance(node, syn.Name) and not self.is_list_of_a_line(node):
            named = ctx.application.get(node.text)
            if named is not None and isinstance(named.type, ty.List) and not ctx.hides(node):
                return self.of_application(node)
            lists = [n for n, f in ctx.application.items() if f.type == ty.List(node.text)]
            if len(lists) == 1:
                return self.of_application(syn.Name(lists[0], span=node.span))
        found = self.value(node)
        if found is None or isinstance(found.type, ty.List):
            return found
        name = node.text if isinstance(node, syn.Name) else "…"
        ctx.report(pr.NotThatKind(span=node.span, name=name, found=described(found.type), needed=A_LIST))
        return None

    def is_list_of_a_line(self, node: syn.Name) -> bool:
        """Whether a line in reach has a list of this name."""
        fields = (self.ctx.fields.get(b.record, {}).get(node.text) for b in self.rows)
        return any(isinstance(f.type, ty.List) for f in fields if f is not None)

    def known(self, node: syn.Name) -> bool:
        """Whether a name means something here."""
        ctx, name = self.ctx, node.text
        everywhere = (name in ctx.application or name in ctx.figures) and not ctx.hides(node)
        return everywhere or any(self.has_field(b.record, name) for b in self.rows)

    def aggregate(
        self, node: syn.Aggregate, what: Any, of: syn.Value | None, many: syn.Many
    ) -> ir.Expr | None:
        """`total amount of costs where …` and its sisters."""
        ctx = self.ctx
        if what == "number":
            counted = None if many.where is not None else self.chosen(node, many)
            if counted is not None:
                return counted
        found = self.many(many)
        if found is None:
            return None
        inside = self.inside(found.binder)
        figure = None if of is None else inside.one_value(of) if what == "different" else inside.value(of)
        if not found.right or (of is not None and figure is None):
            return None
        if found.outer is not None and what not in ("number", "total"):
            ctx.report(pr.WhichLine(span=many.span, mistake="without"))
            return None
        kind: ty.Type = ty.Number(True)
        if figure is not None and what != "different":
            if self.numeric(figure) is None:
                return None
            calendar = isinstance(figure.type, ty.Date | ty.Moment | ty.Year | ty.Month)
            length = what == "average" and isinstance(figure.type, ty.Period)
            if (what in ("total", "average") and calendar) or length:
                ctx.report(pr.DateArithmetic(span=node.span))
                return None
            kind = figure.type
            if what == "average" and isinstance(kind, ty.Number):
                kind = ty.Number()
        span = node.span if found.outer is None else many.span
        made = ir.Aggregate(
            what, found.list, found.binder.var, found.where, figure, type=kind, span=span, at=ctx.at()
        )
        return made if found.outer is None else lines.without(ctx, made, found.outer.var, node.span)

    def chosen(self, node: syn.Aggregate, many: syn.Many) -> ir.Expr | None:
        """`number of documents` where `documents` is `some of …`: how many of the values are chosen."""
        if not isinstance(many.list, syn.Name) or not self.known(many.list):
            return None
        fact = self.ctx.application.get(many.list.text)
        if fact is None or not isinstance(fact.type, ty.Choices):
            return None
        found = self.value(many.list)
        if found is None:
            return None
        one, none = ty.Number(True), self.ctx.const(0, ty.Number(True), node.span)
        terms: list[tuple[Literal[1, -1], ir.Expr]] = []
        for value in fact.type.values:
            has = ir.Includes(found, (value,), type=ty.YesNo(), span=node.span, at=self.ctx.at())
            unit = self.ctx.const(1, one, node.span)
            arms = ((has, unit),)
            terms.append(
                (
                    1,
                    ir.Choose(
                        arms, none, "first", many.list.text, type=one, span=node.span, at=self.ctx.at()
                    ),
                )
            )
        return ir.Add(tuple(terms), type=one, span=node.span, at=self.ctx.at())

    def counted(
        self, node: syn.Counted, how: str, number: syn.Value, many: syn.Many, different: syn.Name | None
    ) -> ir.Expr | None:
        """`at least 20 members where kind is firm`."""
        least = self.value_of(number, ty.Number())
        what: Literal["number", "different"] = "number" if different is None else "different"
        amount = self.aggregate(syn.Aggregate(what, different, many, span=node.span), what, different, many)
        if least is None or amount is None:
            return None
        return self.ctx.compare(
            {"at_least": "ge", "at_most": "le", "exactly": "eq"}[how], amount, least, node.span
        )

    def for_lines(
        self,
        node: syn.ForLines,
        how: str,
        share: syn.Percent | None,
        many: syn.Many,
        conditions: tuple[syn.Value, ...],
    ) -> ir.Expr | None:
        """`for all partners: …`; a share of lines is compared without rounding, by multiplying out."""
        ctx, span = self.ctx, node.span
        found = self.many(many)
        if found is None:
            return None
        list_, binder, where = found.list, found.binder, found.where
        held = self.inside(binder).conditions(conditions)
        holds = ctx.both(held, span)
        merged = any(isinstance(n, syn.FailingThat) for n in conditions)
        if not found.right or holds is None or (not merged and len(held) < len(conditions)):
            return None
        if found.outer is not None:
            if how == "all":
                return self.for_all_others(found, found.outer, holds, span)
            ctx.report(pr.WhichLine(span=many.span, mistake="without"))
            return None
        if how == "all":
            return ir.Aggregate(
                "every", list_, binder.var, where, holds, type=ty.YesNo(), span=span, at=ctx.at()
            )
        again = self.many(many)
        rate = None if share is None else literal(ctx, share)
        if again is None or rate is None:
            return None
        whole = ty.Number(True)
        meeting = ctx.both((where, holds), span)
        part = ir.Aggregate("number", list_, binder.var, meeting, None, type=whole, span=span, at=ctx.at())
        all_ = ir.Aggregate(
            "number", again.list, again.binder.var, again.where, None, type=whole, span=many.span, at=ctx.at()
        )
        needed = ir.Mul((rate, all_), type=ty.Number(), span=span, at=ctx.at())
        return ctx.compare({"at_least": "ge", "more_than": "gt", "at_most": "le"}[how], part, needed, span)

    def for_all_others(self, found: Lines, outer: Binder, holds: ir.Expr, span: Span) -> ir.Expr:
        """All lines but one: no other line is against it."""
        ctx, whole, yes = self.ctx, ty.Number(True), ty.YesNo()
        against = ctx.both((found.where, ctx.negated(holds)), span)
        number = ir.Aggregate(
            "number", found.list, found.binder.var, against, None, type=whole, span=span, at=ctx.at()
        )
        left = lines.without(ctx, number, outer.var, span)
        none = ctx.compare("eq", left, ctx.const(0, whole, span), span)
        # As a case it is quoted as the author wrote it; nobody wrote a count.
        arms = ((none, ctx.const(True, yes, span)),)
        rest = ctx.const(False, yes, span)
        return ir.Choose(arms, rest, "first", "", type=yes, span=span, at=ctx.at())

    # ---- comparisons ---------------------------------------------------------------------------------------------

    def sides(self, left: syn.Value, right: syn.Value, span: Span) -> tuple[ir.Expr, ir.Expr] | None:
        """Both sides of a comparison, brought to one type; the left side decides what a bare name on the right means."""
        first = self.value(left)
        if first is None and isinstance(right, syn.Name):
            return None  # What the name means hangs on the left side.
        second = self.value(right, None if first is None else first.type)
        if first is None or second is None:
            return None
        if isinstance(first.type, ty.Date) != isinstance(second.type, ty.Date):
            first, second = self.day(first), self.day(second)
        if not same(first.type, second.type):
            self.mixed(first.type, second.type, span)
            return None
        return first, second

    def compared(self, node: syn.Compare, left: syn.Value, how: str, right: syn.Value) -> ir.Expr | None:
        """`a is at least b`, `a is b`."""
        both = self.sides(left, right, node.span)
        if both is None:
            return None
        first, second = both
        if how in EQUAL:
            if isinstance(first.type, WHOLE):
                self.ctx.report(pr.NotComparedWhole(span=left.span, found=described(first.type)))
                return None
            if isinstance(first.type, ty.Nace | ty.Region) and isinstance(second, ir.Const):
                found = self.codes(first, (second.value,), node.span)
                return self.turned(found, how == "is_not", node.span)
            return self.ctx.compare(EQUAL[how], first, second, node.span)
        if self.numeric(first) is None:
            return None
        return self.ctx.compare(ORDERED[how], first, second, node.span)

    def one_of(self, node: syn.OneOf, left: syn.Value, values: tuple[syn.Value, ...]) -> ir.Expr | None:
        """`a is one of b, c`."""
        ctx, span = self.ctx, node.span
        first = self.value(left)
        if first is None:
            return None
        if isinstance(first.type, WHOLE):
            ctx.report(pr.NotComparedWhole(span=left.span, found=described(first.type)))
            return None
        read = [self.value(v, first.type) for v in values]
        if any(e is None for e in read):
            return None
        parts = [e for e in read if e is not None]
        if any(isinstance(each.type, ty.Date) for each in (first, *parts)):
            first, parts = self.day(first), [self.day(part) for part in parts]
        for part in parts:
            if not same(first.type, part.type):
                self.mixed(first.type, part.type, part.span)
                return None
        constants = tuple(p.value for p in parts if isinstance(p, ir.Const))
        # A whole number is never 2.5, but one may be asked whether it is.
        if len(constants) == len(parts) and all(joined(first.type, p.type) == first.type for p in parts):
            if isinstance(first.type, ty.Nace | ty.Region):
                return self.codes(first, constants, span)
            return ir.OneOf(first, constants, type=ty.YesNo(), span=span, at=ctx.at())
        equal = tuple(ctx.compare("eq", renumbered(ctx, first), part, span) for part in parts)
        return ir.Or(equal, type=ty.YesNo(), span=span, at=ctx.at())

    def codes(self, value: ir.Expr, codes: tuple[str, ...], span: Span) -> ir.Expr:
        """Membership in codes written in the condition itself; a longer code is within a shorter one."""
        ctx = self.ctx
        name = ", ".join(codes)
        there = ctx.codes.get(name)
        if there is not None and (there.about.keyword, there.type) != ("codes", value.type):
            name = f"{name} ({described(value.type).en})"  # Of another revision, or a list that is called so.
        if name not in ctx.codes:
            about = ir.About(name=name, keyword="codes", span=span)
            ctx.codes[name] = ir.CodeSet(about, value.type, codes)
        self.watch_precision(value, name, span)
        return ir.InCodes(value, name, type=ty.YesNo(), span=span, at=ctx.at())

    def in_list(self, node: syn.InList, left: syn.Value, codes: syn.Name) -> ir.Expr | None:
        """`a is in priority_sectors`."""
        ctx = self.ctx
        first = self.value(left)
        listed = ctx.codes.get(codes.text)
        if listed is None:
            if self.known(codes):
                ctx.report(
                    pr.NotThatKind(span=codes.span, name=codes.text, found=A_FIGURE, needed=A_CODE_LIST)
                )
            else:
                ctx.unknown(codes, pr.A_CODE_LIST, ctx.codes)
            return None
        if first is None:
            return None
        if not same(first.type, listed.type):
            self.mixed(listed.type, first.type, left.span, needed=True)
            return None
        self.watch_precision(first, codes.text, node.span)
        return ir.InCodes(first, codes.text, type=ty.YesNo(), span=node.span, at=ctx.at())

    def watch_precision(self, value: ir.Expr, codes: str, span: Span) -> None:
        """A code that is coarser than the listed ones is not in the list; an advice says so."""
        ctx = self.ctx
        if not isinstance(value.type, ty.Nace) or not isinstance(value, ir.Fact | ir.Field):
            return
        of = value.of if isinstance(value, ir.Field) else None
        start = of
        while isinstance(start, ir.Field):
            start = start.of
        binder = self.rows[-1] if isinstance(start, ir.Row) else None
        list_ = None if binder is None else binder.list
        if binder is not None and (list_ is None or len(self.rows) > 1):
            return
        owner = of.name if isinstance(of, ir.Fact | ir.Field) else "" if binder is None else binder.record
        watched = (owner, value.name, "" if list_ is None else expression(list_), codes)
        if watched in ctx.watched:
            return
        ctx.watched.add(watched)
        given: ir.Expr | None = None
        coarse: ir.Expr
        if binder is not None and list_ is not None:
            var = ctx.var()
            one = renumbered(ctx, value, {binder.var: var})
            coarse = ir.InCodes(one, codes, True, type=ty.YesNo(), span=span, at=ctx.at())
            list_ = renumbered(ctx, list_)
            coarse = ir.Aggregate("any", list_, var, None, coarse, type=ty.YesNo(), span=span, at=ctx.at())
        else:
            again = renumbered(ctx, value)
            coarse = ir.InCodes(again, codes, True, type=ty.YesNo(), span=span, at=ctx.at())
            given = ir.Given(renumbered(ctx, value), type=ty.YesNo(), span=span, at=ctx.at())
        # Of lines it is told for all lists of such lines together.
        subject = (owner, value.name, binder is not None)
        before = ctx.imprecise.get(subject)
        if before is not None:
            conditions = (*before.conditions, ctx.negated(coarse))
            ctx.imprecise[subject] = evolve(before, conditions=conditions)
            return
        ending = f"{owner}'{genitive(owner)} " if owner else ""
        whose = f"{owner}'s " if owner else ""
        about = ir.About(
            name="_".join((*filter(None, (owner, value.name)), "precision")),
            keyword="precision",
            titles={
                "en": f"The code of {whose}{value.name} is precise enough",
                "tr": f"{ending}{value.name} kodu yeterince ayrıntılı",
            },
            messages={
                "en": "The code is not precise enough: it is shorter than the listed one, so it does not count as listed.",
                "tr": "Kod yeterince ayrıntılı değil: listedekinden kısa olduğu için listede sayılmaz.",
            },
            span=span,
        )
        ctx.imprecise[subject] = ir.Rule(about, "advise", given, (ctx.negated(coarse),))

    def within(self, node: syn.Within, left: syn.Value, range_: syn.Range | syn.Window) -> ir.Expr | None:
        """`a is from b to c`, `a is in the 2 years up to D`."""
        return self.in_range(lambda want: self.value(left, want), range_, node.span)

    def in_range(
        self, value: Callable[[ty.Type | None], ir.Expr | None], range_: syn.Range | syn.Window, span: Span
    ) -> ir.Expr | None:
        """A value inside a range; it is read anew for each bound."""
        ctx = self.ctx
        bounds: list[tuple[str, ir.Expr | None]] = []
        subject: ir.Expr | None = None
        if isinstance(range_, syn.Window):
            start = self.shifted(syn.Shifted(range_.length, "before", range_.until, span=range_.span))
            bounds = [("gt", start), ("le", self.date(range_.until))]
        else:
            if any(isinstance(bound, syn.Num) for bound in (range_.lower, range_.upper)):
                subject = value(None)  # What is in the range decides what a number means: perhaps a year.
                if subject is None:
                    return None
            want = None if subject is None or not isinstance(subject.type, ty.Year) else subject.type
            if range_.lower is not None:
                bounds.append(("ge" if range_.lower_included else "gt", self.value(range_.lower, want)))
            if range_.upper is not None:
                bounds.append(("le" if range_.upper_included else "lt", self.value(range_.upper, want)))
            self.check_turned(range_, bounds)
        parts: list[ir.Expr | None] = []
        for how, bound in bounds:
            first, subject = value(None) if subject is None else subject, None
            if first is None or bound is None:
                return None
            if isinstance(first.type, ty.Date) or isinstance(bound.type, ty.Date):
                first, bound = self.day(first), self.day(bound)
            if self.numeric(first) is None:
                return None
            if not same(first.type, bound.type):
                self.mixed(first.type, bound.type, span)
                return None
            parts.append(ctx.compare(how, first, bound, span))
        return ctx.both(parts, span)

    def check_turned(self, range_: syn.Range, bounds: Sequence[tuple[str, ir.Expr | None]]) -> None:
        """A range from a larger to a smaller figure holds nothing."""
        ends = [b for _, b in bounds if isinstance(b, ir.Const)]
        if len(ends) == 2 and same(ends[0].type, ends[1].type):
            first, last = ends[0].value, ends[1].value
            open_ends = not (range_.lower_included and range_.upper_included)
            if first > last or (first == last and open_ends):
                self.ctx.report(pr.RangeTurned(span=range_.span))

    def includes(self, node: syn.Includes) -> ir.Expr | None:
        """`documents includes survey_form, capacity_report`, `… includes any of …`, `… includes none of …`."""
        ctx, left = self.ctx, node.left
        first = self.value(left)
        if first is None:
            return None
        if not isinstance(first.type, ty.Choices):
            needed = Words(
                "a fact with several values (`some of`)", "birkaç değerli bir veri (`şunlardan birkaçı`)"
            )
            ctx.wrong_kind(left.span, first.type, needed)
            return None
        one = ty.Choice(first.type.of, first.type.values)
        chosen: list[str] = []
        for written_ in node.values:
            found = self.value_of(written_, one)
            if isinstance(found, ir.Const):
                chosen.append(found.value)
            elif found is not None:
                ctx.report(pr.NeedsConstant(span=written_.span))
        if len(chosen) < len(node.values):
            return None
        if node.how == "all":
            return ir.Includes(first, tuple(chosen), type=ty.YesNo(), span=node.span, at=ctx.at())
        each: list[ir.Expr] = [
            ir.Includes(renumbered(ctx, first), (value,), type=ty.YesNo(), span=node.span, at=ctx.at())
            for value in chosen
        ]
        if node.how == "none":
            return ctx.both([ctx.negated(one) for one in each], node.span)
        return each[0] if len(each) == 1 else ir.Or(tuple(each), type=ty.YesNo(), span=node.span, at=ctx.at())


def _one_of(choice: ty.Choice) -> Words:
    """A value of a choice, told from one of another choice."""
    values = ", ".join(f"`{value}`" for value in choice.values[:MOST_LISTED])
    values += ", …" if len(choice.values) > MOST_LISTED else ""
    return Words(f"one of {values}", f"{values} değerlerinden biri")


def parameter_on(ctx: Context, parameter: ir.ParameterDef, day: ir.Expr | None, span: Span) -> ir.Expr:
    """The value of a parameter on a day: its lines as cases, a failure where it is not set or none is in force."""
    name, kind = parameter.about.name, parameter.type

    def value(constant: Any) -> ir.Expr:
        if constant is None:
            return ir.Fail(ir.Reason("unset", name), type=kind, span=span, at=ctx.at())
        return ctx.const(constant, kind, span)

    if len(parameter.lines) == 1 and parameter.lines[0][:2] == (None, None):
        return value(parameter.lines[0][2])
    hole = ir.Fail(ir.Reason("hole", name), type=kind, span=span, at=ctx.at())
    arms = []
    for first, last, constant in parameter.lines:
        when = in_force(ctx, first, last, span, day)
        arms.append((when if when is not None else ctx.const(True, ty.YesNo(), span), value(constant)))
    return ir.Choose(tuple(arms), hole, "first", name, type=kind, span=span, at=ctx.at())


def in_force(
    ctx: Context, first: int | None, last: int | None, span: Span, day: ir.Expr | None = None
) -> ir.Expr | None:
    """The day of the rules (or another) is from the first to the last day; `None` if there is no bound."""
    if first is None and last is None:
        return None

    def today() -> ir.Expr:
        return renumbered(ctx, day) if day is not None else ctx.ref(RULES_AS_OF, ty.Date(), span)

    if day is None and not ctx.has_as_of:
        fact = next((n for n, f in ctx.application.items() if isinstance(f.type, ty.Date | ty.Moment)), "")
        line = Words(f"rules as of {fact or 'submitted'}", f"kuralların tarihi {fact or 'başvuru_günü'}")
        declare = NO_WORDS if fact else Words("application", "başvuru")
        reason = Words(
            "What is marked holds on some days only, and the programme does not say which day of an application counts.",
            "İşaretli yer yalnız belli günlerde geçerli; program başvurunun hangi gününe bakılacağını söylemiyor.",
        )
        ctx.report(pr.MissingHeader(span=span, line=line, reason=reason, declare=declare))
        return None
    parts = []
    if first is not None:
        parts.append(ctx.compare("ge", today(), ctx.const(first, ty.Date(), span), span))
    if last is not None:
        parts.append(ctx.compare("le", today(), ctx.const(last, ty.Date(), span), span))
    return ctx.both(parts, span)
