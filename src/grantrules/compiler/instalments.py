"""
Instalments: how what a support pays is divided into payments, lowered to figures of their own.

The instalment that takes the rest makes the parts add up: each of the others takes at most what those above it leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import FIGURES_OF_SUPPORT, Context, place
from grantrules.compiler.decimals import whole_units
from grantrules.compiler.expressions import Reader
from grantrules.compiler.figures import Chosen, statement_in_force, store, whens
from grantrules.compiler.literals import is_literal, literal, minor_digits
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.quantities import decimal_text
from grantrules.source import NOWHERE, Span
from grantrules.syntax import tree as syn

SHARE_OR_AMOUNT = Words(
    "a share of the support or an amount of money", "desteğin bir payı ya da bir para tutarı"
)
A_SPAN = Words("a number of days, months or years", "gün, ay ya da yıl sayısı")
MOST_PARTS = 120


def figures_of(support: syn.Support) -> Iterator[tuple[str, syn.Instalment]]:
    """The figures that the instalments of a support give, by their names in the core, in their order."""
    owner = support.heading.named.text
    for node in support.instalments:
        name = f"{owner}'s {node.heading.named.text}"
        dated = node.due is not None and (node.due.on is not None or node.due.once is not None)
        each = (
            [name] if node.parts is None else [name, *(f"{name}_{n}" for n in range(1, parts_of(node) + 1))]
        )
        for figure in each:
            yield figure, node
            if dated:
                yield f"{figure}_due", node


def parts_of(node: syn.Instalment) -> int:
    """How many equal parts; 0 where the number cannot be meant."""
    text = node.parts.text if node.parts else ""
    return (
        int(text) if text.isdigit() and len(text) <= len(str(MOST_PARTS)) and int(text) <= MOST_PARTS else 0
    )


def check_instalments(ctx: Context, support: syn.Support) -> None:
    """What can be wrong with the instalments together."""
    nodes = support.instalments
    if not nodes:
        return
    rests = [n for n in nodes if n.amount is None]
    if support.only_a_basis:
        ctx.report(pr.InstalmentsDoNotAddUp(span=place(nodes[0].heading), how="basis"))
    elif not rests:
        ctx.report(pr.InstalmentsDoNotAddUp(span=place(nodes[-1].heading), how="none"))
    for again in rests[1:]:
        labels = ctx.other(place(rests[0].heading))
        ctx.report(pr.InstalmentsDoNotAddUp(span=place(again.heading), how="several", labels=labels))
    for node in rests:
        if (
            node.at_most is not None
            or node.whens
            or node.heading.in_force
            or (node.rounding and not node.parts)
        ):
            ctx.report(pr.InstalmentsDoNotAddUp(span=place(node.heading), how="rest"))
        if node.parts is not None and parts_of(node) < 2:
            ctx.report(pr.NumberOfParts(span=node.parts.span, most=MOST_PARTS))
    shares = [
        found.value
        for found in (literal(ctx, n.amount) for n in nodes if n.amount is not None and is_literal(n.amount))
        if isinstance(found, ir.Const) and isinstance(found.type, ty.Rate)
    ]
    if sum(shares) >= 1:
        ctx.report(pr.InstalmentsDoNotAddUp(span=place(nodes[-1].heading), how="above"))


class Instalments:
    """The instalments of one support while they are made."""

    def __init__(self, ctx: Context, support: syn.Support) -> None:
        self.ctx = ctx
        self.node = support
        self.name = support.heading.named.text
        self.reader = Reader(ctx)
        self.sure: dict[str, Fraction | None] = {}

    @property
    def _money(self) -> ty.Money | None:
        """The type of what is paid; `None` where the support could not be made."""
        self.ctx.elaborate(self.name)
        found = self.ctx.figures[self.name].type
        return found if isinstance(found, ty.Money) else None

    def _figure(self, name: str) -> str:
        return f"{self.name}'s {name}"

    def _figure_of(self, node: syn.Instalment) -> str:
        return self._figure(node.heading.named.text)

    def _keep(self, name: str, about: ir.About, value: ir.Expr) -> str:
        """A figure of the body."""
        store(self.ctx, ir.About(name, about.keyword, about.titles, span=about.span), Chosen(value, None))
        return name

    # ---- making nodes --------------------------------------------------------------------------------------------

    def _nothing(self, money: ty.Money) -> ir.Expr:
        """No money; like every figure that nobody wrote, it stands nowhere."""
        return self.ctx.const(Fraction(0), money, NOWHERE)

    def _least(self, values: tuple[ir.Expr, ...], span: Span) -> ir.Expr:
        return ir.Extreme("smallest", values, type=values[0].type, span=span, at=self.ctx.at())

    def _never_below_0(self, value: ir.Expr, money: ty.Money, span: Span) -> ir.Expr:
        both = (self._nothing(money), value)
        return ir.Extreme("largest", both, type=money, span=span, at=self.ctx.at())

    def _left(self, others: list[str], money: ty.Money, span: Span) -> ir.Expr:
        """What is paid less other instalments."""
        paid = self.ctx.ref(self.name, money, span)
        if not others:
            return paid
        terms = ((1, paid), *((-1, self.ctx.ref(other, money, span)) for other in others))
        return ir.Add(terms, type=money, span=span, at=self.ctx.at())  # type: ignore[arg-type]  # the signs are 1 and -1

    # ---- one instalment ------------------------------------------------------------------------------------------

    def make(self, node: syn.Instalment) -> ty.Type | None:
        """The figures of one instalment, put into the body."""
        money = self._money
        if money is None:
            self._read(node)
            return None
        above = [n for n in self.node.instalments if n.amount is not None]
        if node.amount is not None:
            above = above[: above.index(node)]
        others = [self._figure_of(n) for n in above]
        for other in others:
            self.ctx.elaborate(other)
        if any(self.ctx.figures[other].type is None for other in others):
            return None
        name, span = self._figure_of(node), node.span
        about = self.ctx.about(node.heading, "instalment")
        self._due(node, name, about)
        if node.amount is None:
            self._keep(name, about, self._left(others, money, span))
            if node.parts is not None:
                return self._equal_parts(node, name, about, money)
            return money
        return self._taken(node, name, about, money, others)

    def _read(self, node: syn.Instalment) -> None:
        """Read the parts of an instalment whose support is wrong, so that their mistakes are found too."""
        for part in (node.amount, node.at_most):
            if part is not None:
                self.reader.value(part)

    def _taken(
        self, node: syn.Instalment, name: str, about: ir.About, money: ty.Money, others: list[str]
    ) -> ty.Type | None:
        """What an instalment takes by itself: its share or amount, rounded, at most its limit and what is left."""
        ctx, span = self.ctx, node.span
        assert node.amount is not None
        share = self.reader.value(node.amount)
        limit = None if node.at_most is None else self.reader.value_of(node.at_most, money)
        wanted = [*whens(self.reader, node.whens), statement_in_force(ctx, node.heading)]
        if share is None or (node.at_most is not None and limit is None):
            return None
        value: ir.Expr = share
        if isinstance(share.type, ty.Rate):
            paid = ctx.ref(self.name, money, span)
            value = ir.Mul((share, paid), type=money, span=node.amount.span, at=ctx.at())
        elif not isinstance(share.type, ty.Money):
            ctx.wrong_kind(node.amount.span, share.type, SHARE_OR_AMOUNT)
            return None
        elif share.type != money:
            self.reader.mixed(money, share.type, node.amount.span, needed=True)
            return None
        if node.rounding is not None:
            how = self.reader.way(node.rounding, money)
            if how is None:
                return None
            value = ir.Round(value, *how, type=money, span=span, at=ctx.at())
        if not whole_units(ctx, value, money.currency) or (
            limit is not None and not whole_units(ctx, limit, money.currency)
        ):
            unit = f"{decimal_text(1, minor_digits(money.currency))} {money.currency}"
            ctx.report(pr.RoundingNeeded(span=place(node.heading), name=about.name, step=unit, place=False))
            return None
        value = self._bounded(name, value, limit, others, money, span)
        there = ctx.both(wanted, span)
        if there is not None:
            self._keep(f"{name} applies", about, there)
            arm = (ctx.ref(f"{name} applies", ty.YesNo(), span), value)
            nothing = self._nothing(money)
            value = ir.Choose((arm,), nothing, "first", name, type=money, span=span, at=ctx.at())
        ctx.shares[name] = (share, limit)
        self._keep(name, about, value)
        return money

    def _bounded(
        self, name: str, value: ir.Expr, limit: ir.Expr | None, others: list[str], money: ty.Money, span: Span
    ) -> ir.Expr:
        """At most the limit and what the others leave, never below 0; what is certain anyway is not computed."""
        share = self._share_of(value)
        before = [self.sure.get(other) for other in others]
        self.sure[name] = share
        fits = share is not None and None not in before and sum((b or 0 for b in before), share) <= 1
        bounds = [b for b in (limit, None if fits else self._left(others, money, span)) if b is not None]
        value = self._least((value, *bounds), span) if bounds else value
        if fits and (limit is None or (isinstance(limit, ir.Const) and limit.value >= 0)):
            return value
        return self._never_below_0(value, money, span)

    def _share_of(self, value: ir.Expr) -> Fraction | None:
        """The written share of what is paid that a value is at most; `None` where it is anything else."""
        match value:
            case ir.Round(inner, "down"):
                return self._share_of(inner)
            case ir.Mul((ir.Const(value=Fraction() as share), ir.Ref(name))) if (
                name == self.name and share >= 0
            ):
                return share
            case _:
                return None

    def _equal_parts(
        self, node: syn.Instalment, name: str, about: ir.About, money: ty.Money
    ) -> ty.Type | None:
        """The rest in equal parts; the last or the first of them takes what the rounding leaves."""
        ctx, span, parts = self.ctx, node.span, parts_of(node)
        assert node.rounding is not None
        how = self.reader.way(node.rounding, money)
        if how is None or parts < 2:
            return None
        rest = ctx.ref(name, money, span)
        number = ctx.const(Fraction(parts), ty.Number(whole=True), span)
        exact = ir.Div(rest, number, type=money, span=span, at=ctx.at())
        rounded = ir.Round(exact, *how, type=money, span=span, at=ctx.at())
        each = self._keep(f"{name} each", about, rounded)
        if not whole_units(ctx, ctx.ref(each, money, span), money.currency):
            unit = f"{decimal_text(1, minor_digits(money.currency))} {money.currency}"
            ctx.report(pr.RoundingNeeded(span=place(node.heading), name=about.name, step=unit, place=False))
            return None
        for number_of in range(1, parts + 1):
            # The others come in the order in which they are paid out; the one that takes what is left comes after them.
            before = number_of - 1 if node.left_over == "last" else parts - number_of
            taken = self._times(each, before, money, span)
            left = ir.Add(((1, ctx.ref(name, money, span)), (-1, taken)), type=money, span=span, at=ctx.at())
            value: ir.Expr = left
            if before < parts - 1:
                value = ctx.ref(each, money, span)
            if how[0] != "down":  # Rounded up, the parts before it may take all there is.
                value = self._least((value, left), span) if before < parts - 1 else value
                value = self._never_below_0(value, money, span)
            self._keep(f"{name}_{number_of}", about, value)
        return money

    def _times(self, figure: str, number: int, money: ty.Money, span: Span) -> ir.Expr:
        factors = (
            self.ctx.const(Fraction(number), ty.Number(whole=True), NOWHERE),
            self.ctx.ref(figure, money, span),
        )
        return ir.Mul(factors, type=money, span=span, at=self.ctx.at())

    # ---- when it is due ------------------------------------------------------------------------------------------

    def _due(self, node: syn.Instalment, name: str, about: ir.About) -> None:
        """The figures that say when it is due."""
        if node.due is None:
            return
        if node.due.once is not None:
            held = self.reader.condition(node.due.once)
            if held is not None:
                self._keep(f"{name}_due", about, held)
        if node.due.on is None:
            return
        day = self.reader.date(node.due.on)
        if day is None:
            return
        self._keep(f"{name}_due", about, day)
        if node.due.every is not None:
            self._every(node, name, about, node.due.every)

    def _every(self, node: syn.Instalment, name: str, about: ir.About, every: syn.Value) -> None:
        """The days of equal parts, each counted from the first."""
        ctx, span = self.ctx, node.span
        length = self.reader.value(every)
        if not isinstance(length, ir.Const) or not isinstance(length.type, ty.Period):
            return
        if length.type.unit == "hours":
            ctx.wrong_kind(every.span, length.type, A_SPAN)
            return
        for number in range(1, parts_of(node) + 1):
            first = ctx.ref(f"{name}_due", ty.Date(), span)
            written = every.span if number == 2 else NOWHERE
            by = ctx.const((number - 1) * length.value, length.type, written)
            moved = self.reader.moved(first, by, 1, every.span)
            if moved is not None:
                self._keep(f"{name}_{number}_due", about, first if number == 1 else moved)

    # ---- the payments of the programme ---------------------------------------------------------------------------

    def told(self) -> tuple[ir.Instalment, ...]:
        """The instalments as the core keeps them."""
        found: list[ir.Instalment] = []
        there = {s.name for s in self.ctx.body if isinstance(s, ir.Let)}
        for node in self.node.instalments:
            about = self.ctx.about(node.heading, "instalment")
            after = {t.language or self.ctx.language: t.text for t in (node.due.after if node.due else ())}
            name = self._figure_of(node)
            numbers: tuple[int | None, ...] = (
                (None,) if node.parts is None else tuple(range(1, parts_of(node) + 1))
            )
            for number in numbers:
                own = name if number is None else f"{name}_{number}"
                part = None if number is None else (number, len(numbers))
                share, limit = self.ctx.shares.get(own, (None, None))

                due = f"{own}_due" if f"{own}_due" in there else None
                once = node.due is not None and node.due.once is not None
                applies = f"{own} applies"
                shown = about.name if number is None else f"{about.name}_{number}"
                titles = (
                    about.titles
                    if number is None or about.titles
                    else {self.ctx.language: about.name.replace("_", " ")}
                )
                found.append(
                    ir.Instalment(
                        about=ir.About(shown, "instalment", titles, {}, about.citations, about.span),
                        amount=own,
                        share=share,
                        limit=limit,
                        part=part,
                        applies=applies if applies in there else None,
                        due_on=None if once else due,
                        due_once=due if once else None,
                        after=after,
                    )
                )
        return tuple(found)


def taken_names(support: syn.Support) -> Iterator[tuple[syn.Name, str, syn.Name | None]]:
    """Names of instalments that another one has, with its name, or that are figures of every support."""
    seen: dict[str, syn.Name] = {}
    for figure, node in figures_of(support):
        name = node.heading.named
        own = figure.split("'s ", 1)[1]
        if own in FIGURES_OF_SUPPORT or own == "applies":
            yield name, own, None
        elif own in seen:
            yield name, own, seen[own]
        seen[own] = name
