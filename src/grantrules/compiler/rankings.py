"""Rankings: what they read of one application becomes figures, so that the evaluator that decides computes them."""

from __future__ import annotations

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import EXACT, Context
from grantrules.compiler.expressions import A_DATE, A_SIZE, Reader
from grantrules.compiler.figures import Chosen, store
from grantrules.core import ir
from grantrules.core.listing import expression
from grantrules.diagnostics import Problem, Words
from grantrules.syntax import tree as syn
from grantrules.types import described

A_COUNT = Words("a whole number", "bir tam sayı")
A_KIND = Words("a choice, a code, a text, a day or a number", "bir seçenek, kod, metin, gün ya da sayı")


def make_ranking(ctx: Context, node: syn.Ranking) -> ir.Ranking | None:
    """A ranking, with its figures at the end of the body."""
    made = _Making(ctx, node)
    currency = made.currency()
    per = tuple(made.group(number, key) for number, key in enumerate(node.per, 1))
    budget = made.fixed("budget", node.budget, ty.Money(currency))
    awards = made.fixed("awards", node.awards, ty.Number(whole=True))
    reserve = made.fixed("reserve list", node.reserve, ty.Number(whole=True))
    set_aside = made.fixed("set aside", node.set_aside, ty.Money(currency))
    first, least, most = (
        made.bound(part, value, ty.Money(currency))
        for part, value in (("first", node.first), ("least", node.least), ("most", node.most))
    )
    order = [made.key(number, key) for number, key in enumerate(node.order, 1)]
    no_room = node.no_room or syn.NoRoom("stop")
    part_where = made.condition(no_room.where)
    share_by = made.weight(no_room.by)
    if made.wrong or (budget is None and awards is None):
        return None
    return ir.Ranking(
        about=ctx.about(node.heading, "ranking"),
        currency=currency,
        budget=budget,
        order=tuple(key for key in order if key is not None),
        awards=awards,
        reserve=reserve,
        no_room=no_room.how,
        part_where=part_where,
        otherwise=no_room.otherwise or "stop",
        share=no_room.share or "asked",
        share_by=share_by,
        set_aside=set_aside,
        first=first,
        least=least,
        most=most,
        per=tuple(name for name in per if name is not None),
    )


class _Making:
    """One ranking while it is made."""

    def __init__(self, ctx: Context, node: syn.Ranking) -> None:
        self.ctx = ctx
        self.node = node
        self.name = node.heading.named.text
        self.wrong = False
        self.made_by: set[str] = set()

    def currency(self) -> str:
        """The one currency that is paid in; the programme's own where nothing is paid and no budget is needed."""
        paid = (s.currency for s in self.ctx.body if isinstance(s, ir.Support) and not s.only_a_basis)
        found = tuple(dict.fromkeys(paid))
        lost = bool(self.ctx.lost) or any(
            f.kind == "support" and f.type is None for f in self.ctx.figures.values()
        )
        if len(found) != 1 and self.node.budget is not None and not lost:
            self.report(pr.NothingToFund(span=self.node.budget.span, currencies=found))
        return found[0] if found else self.ctx.currency

    def report(self, problem: Problem) -> None:
        """Report a problem; nothing comes of the ranking."""
        self.wrong = True
        self.ctx.report(problem)

    def figure(self, part: str, value: ir.Expr) -> str:
        """Keep a value as a figure that no author can name."""
        name = f"{self.name}'s {part}"
        store(self.ctx, ir.About(name, "ranking", span=value.span), Chosen(value, None))
        return name

    def fixed(self, part: str, node: syn.Value | None, kind: ty.Type) -> str | None:
        """A figure that is the same for every application."""
        if node is None:
            return None
        found = Reader(self.ctx).value_of(node, kind)
        if found is None:
            self.wrong = True
            return None
        if isinstance(found.type, ty.Number) and not found.type.whole:
            self.wrong = True
            self.ctx.wrong_kind(node.span, found.type, A_COUNT)
        own = self.own_to_each(found)
        if own is not None:
            self.report(pr.NotTheSameForAll(span=node.span, name=own))
        return self.figure(part, found)

    def group(self, number: int, node: syn.Value) -> str | None:
        """What a group is made by: a value that is the same for all in it."""
        found = Reader(self.ctx).value(node)
        if found is None or isinstance(found.type, ty.Choices | ty.Record | ty.List):
            self.wrong = True
            if found is not None:
                self.ctx.wrong_kind(node.span, found.type, A_KIND)
            return None
        self.made_by.add(expression(found))
        return self.figure(f"group {number}", found)

    def bound(self, part: str, node: syn.Value | None, kind: ty.Type) -> str | None:
        """What each gets first, at least or at most of a budget that is shared."""
        if node is None:
            return None
        if self.node.no_room is None or self.node.no_room.how != "share":
            self.report(pr.OnlyOfShares(span=node.span))
        found = Reader(self.ctx).value_of(node, kind)
        self.wrong = self.wrong or found is None
        return None if found is None else self.figure(part, found)

    def own_to_each(self, expr: ir.Expr) -> str | None:
        """A fact that a value reads, itself or through other figures, and that may differ in a group; `None` if none."""
        figures = {s.name: s for s in self.ctx.body if isinstance(s, ir.Let | ir.Support)}
        seen: set[str] = set()
        waiting = [expr]
        while waiting:
            each = waiting.pop()
            if expression(each) in self.made_by:
                continue
            if isinstance(each, ir.Fact):
                return each.name
            if isinstance(each, ir.Ref) and each.name not in seen:
                seen.add(each.name)
                figure = figures.get(each.name)
                if not isinstance(figure, ir.Let):
                    return each.name
                waiting.append(figure.value)
            waiting += ir.children(each)
        return None

    def key(self, number: int, node: syn.OrderKey) -> ir.OrderKey | None:
        """One key of the order; dates come earliest or latest first, sizes highest or lowest."""
        reader = Reader(self.ctx)
        found = reader.value(node.by)
        if found is not None and not isinstance(found.type, ty.NUMERIC):
            self.ctx.report(pr.NoOrder(span=found.span, found=described(found.type), key=True))
            found = None
        if found is None:
            self.wrong = True
            return None
        timed = isinstance(found.type, ty.Date | ty.Moment | ty.Year | ty.Month)
        if timed != (node.direction in ("earliest", "latest")):
            self.wrong = True
            self.ctx.wrong_kind(node.by.span, found.type, A_SIZE if timed else A_DATE)
            return None
        return ir.OrderKey(self.figure(f"order {number}", found), node.direction in ("highest", "latest"))

    def condition(self, node: syn.Value | None) -> str | None:
        """Which applications may be paid in part."""
        if node is None:
            return None
        found = Reader(self.ctx).condition(node)
        self.wrong = self.wrong or found is None
        return None if found is None else self.figure("part", found)

    def weight(self, node: syn.Value | None) -> str | None:
        """What the shares are in proportion to."""
        if node is None:
            return None
        reader = Reader(self.ctx)
        found = reader.numeric(reader.value(node))
        if found is not None and not isinstance(found.type, EXACT):
            self.ctx.wrong_kind(node.span, found.type, A_SIZE)
            found = None
        self.wrong = self.wrong or found is None
        return None if found is None else self.figure("share", found)
