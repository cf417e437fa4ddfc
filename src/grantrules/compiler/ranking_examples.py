"""Examples of rankings as plain data: applications that are each like an example, and what is expected of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from attrs import define, field

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import Context, place
from grantrules.compiler.data import constant_of
from grantrules.compiler.examples import settings_of, value_of_fact
from grantrules.core import ir
from grantrules.source import Span
from grantrules.syntax import tree as syn

Cell: TypeAlias = tuple[syn.Given_, ...] | syn.Outcome

# Columns that are no facts, where the word before them was forgotten.
_MEANT = {
    "outcome": "expect outcome", "place": "expect place", "amount": "expect amount",
    "sonuç": "beklenen sonuç", "sıra": "beklenen sıra", "tutar": "beklenen tutar",
}  # fmt: skip


def make_ranking_examples(
    ctx: Context,
    nodes: Sequence[syn.RankingExample],
    examples: Sequence[ir.Example],
    rankings: Mapping[str, ir.Ranking | None],
) -> tuple[ir.RankingExample, ...]:
    """
    All examples of rankings.

    Args:
        examples: those whose facts the applications may take.
        rankings: by their names; `None` for one with a mistake.
    """
    taken = {each.about.name: ctx.stated_at(each.about) for each in examples}
    out = []
    for node in nodes:
        name = node.heading.named
        if name.text in taken:
            ctx.report(pr.TwiceDeclared(span=name.span, name=name.text, labels=ctx.other(taken[name.text])))
        else:
            taken[name.text] = name.span
        out.append(_Making(ctx, node, {each.about.name: each for each in examples}, rankings).made())
    return tuple(out)


@define(eq=False)
class _Making:
    """One example of a ranking while it is made."""

    ctx: Context
    node: syn.RankingExample
    examples: Mapping[str, ir.Example]
    rankings: Mapping[str, ir.Ranking | None]
    ranking: ir.Ranking | None = field(default=None, init=False)
    """The ranking, where there is one without a mistake."""

    @property
    def name(self) -> str:
        """The name of the example."""
        return self.node.heading.named.text

    def made(self) -> ir.RankingExample:
        """The example."""
        ctx, node = self.ctx, self.node
        of = node.ranking
        if of is not None and of.text not in self.rankings:
            ctx.unknown(of, pr.A_RANKING, self.rankings)
        self.ranking = None if of is None else self.rankings.get(of.text)
        self.check_columns()
        expects = tuple(self.of_the_whole())
        applications = tuple(self.application(row) for row in node.rows)
        self.check_names()
        expected = [each for each in node.columns if each.kind in ("outcome", "place", "amount")]
        if node.tied and (expected or node.left_over is not None):
            ctx.report(pr.RefusedAndExpected(span=place(node.heading), name=self.name))
        meant = any(each.name is not None and each.name.text in _MEANT for each in node.columns)
        if not expected and not meant and not node.tied and node.left_over is None:
            ctx.report(pr.NoExpectation(span=place(node.heading), name=self.name, ranking=True))
        return ir.RankingExample(
            about=ctx.about(node.heading, "ranking_example"),
            ranking=of.text if of is not None else "",
            settings=settings_of(ctx, node.settings),
            applications=applications,
            expects=expects,
        )

    def check_columns(self) -> None:
        """Report columns that nothing can stand in."""
        ctx, ranking = self.ctx, self.ranking
        for column in self.node.columns:
            if column.name is not None:
                fact = ctx.application.get(column.name.text)
                if fact is None:
                    meant = _MEANT.get(column.name.text, "")
                    ctx.unknown(column.name, pr.A_FACT, ctx.application, meant)
                elif isinstance(fact.type, ty.List | ty.Record):
                    ctx.report(pr.NoPlainColumn(span=column.span, name=fact.name))
            elif ranking is not None and column.kind == "amount" and ranking.budget is None:
                self.has_none(column, "amount")
            elif ranking is not None and column.kind == "place" and not ranking.order:
                self.has_none(column, "place")

    def has_none(self, node: syn.Node, what: Literal["place", "amount", "left_over"]) -> None:
        """Report something that the ranking does not give."""
        name = self.ranking.about.name if self.ranking is not None else ""
        self.ctx.report(pr.RankingHasNone(span=node.span, name=name, what=what))

    def check_names(self) -> None:
        """Report an application that stands twice, and one that is tied and stands nowhere."""
        ctx = self.ctx
        first: dict[str, syn.Name] = {}
        for row in self.node.rows:
            before = first.setdefault(row.name.text, row.name)
            if before is not row.name:
                labels = ctx.other(before.span)
                ctx.report(pr.TwiceDeclared(span=row.name.span, name=row.name.text, labels=labels))
        for name in self.node.tied:
            if name.text not in first:
                ctx.unknown(name, pr.A_RANKED_APPLICATION, first)

    def of_the_whole(self) -> Iterator[ir.RankedExpectation]:
        """What is expected of all applications together."""
        node = self.node
        if node.tied:
            span = node.tied[0].span.to(node.tied[-1].span)
            yield ir.RankedExpectation("tied", tuple(dict.fromkeys(n.text for n in node.tied)), span)
        if node.left_over is not None:
            if self.ranking is not None and self.ranking.budget is None:
                self.has_none(node.left_over, "left_over")
            found = self.money(node.left_over)
            if found is not None:
                yield ir.RankedExpectation("left_over", found, node.left_over.span)

    def application(self, row: syn.RankedRow) -> ir.RankedFacts:
        """One application: the facts of the example that it is like, and those of its own."""
        facts: Mapping[str, Any] = {}
        like: ir.Example | None = None
        own: dict[str, Any] = {}
        expects: list[ir.RankedExpectation] = []
        for column, cell in zip(self.node.columns, row.cells, strict=True):
            if column.name is not None:
                own |= self.fact(column.name, cell, row)
            elif column.kind == "like":
                like = self.like(cell)
                facts = {} if like is None else like.facts
            else:
                expects += self.expected(column, cell)
        return ir.RankedFacts(
            name=row.name.text,
            facts={**facts, **own},
            like=None if like is None else like.about.name,
            own=tuple(own),
            expects=tuple(expects),
            span=row.span,
        )

    def like(self, cell: Cell) -> ir.Example | None:
        """The example whose facts are taken."""
        cell = self.named(cell)
        if isinstance(cell, tuple) and len(cell) == 1 and isinstance(cell[0], syn.Name):
            found = self.examples.get(cell[0].text)
            if found is None:
                self.ctx.unknown(cell[0], pr.AN_EXAMPLE, self.examples)
            return found
        self.ctx.report(pr.WrongCell(span=_span_of(cell), column="like"))
        return None

    def named(self, cell: Cell) -> Cell:
        """An outcome of one word is a name in a column of another kind, such as a choice that is called `funded`."""
        if isinstance(cell, syn.Outcome):
            text = self.ctx.source.text[cell.span.start : cell.span.end]
            return (syn.Name(text, span=cell.span),) if text.isidentifier() else cell
        return cell

    def fact(self, name: syn.Name, cell: Cell, row: syn.RankedRow) -> dict[str, Any]:
        """A fact of its own."""
        ctx = self.ctx
        fact = ctx.application.get(name.text)
        if fact is None or isinstance(fact.type, ty.List | ty.Record) or ("", fact.name) in ctx.unreadable:
            return {}
        cell = self.named(cell)
        if isinstance(cell, syn.Outcome):
            ctx.report(pr.WrongCell(span=_span_of(cell), column="fact"))
            return {}
        return {fact.name: value_of_fact(ctx, fact, cell, row)}

    def expected(self, column: syn.RankedColumn, cell: Cell) -> Iterator[ir.RankedExpectation]:
        """What is expected of it; nothing where the cell does not fit."""
        span = _span_of(cell)
        match column.kind, cell:
            case "outcome", syn.Outcome(kind=kind):
                yield ir.RankedExpectation("outcome", kind, span, column.span)
            case "place", (syn.Absent(),):
                yield ir.RankedExpectation("place", None, span, column.span)
            case "place", (syn.Num(text=text),) if text.isdigit() and int(text) > 0:
                yield ir.RankedExpectation("place", int(text), span, column.span)
            case "amount", (one,) if not isinstance(one, syn.Absent | syn.Unknown):
                found = self.money(one)
                if found is not None:
                    yield ir.RankedExpectation("amount", found, span, column.span)
            case kind, _:
                currency = self.ctx.currency if self.ranking is None else self.ranking.currency
                self.ctx.report(pr.WrongCell(span=span, column=kind, currency=currency))

    def money(self, node: syn.Value) -> Fraction | None:
        """An amount of what the ranking gives; nothing where it gives none."""
        if self.ranking is None or self.ranking.budget is None:
            return None
        found = constant_of(self.ctx, node, ty.Money(self.ranking.currency))
        return None if found is None else found.value


def _span_of(cell: Cell) -> Span:
    """Where a cell stands."""
    if isinstance(cell, tuple):
        return cell[0].span.to(cell[-1].span)
    return cell.span
