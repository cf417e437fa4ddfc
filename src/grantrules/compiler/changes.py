"""Promises over two applications: what changes from the first to the second, and whether it can change that way."""

from __future__ import annotations

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.expressions import A_COMPUTED_FIGURE, A_FACT, A_LIST, Reader
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.source import Span
from grantrules.syntax import tree as syn

A_FACT_THAT_GROWS = Words("a fact that can grow, or a list", "artabilen bir veri ya da bir liste")
A_FACT_WITH_STEPS = Words("a fact that can grow", "artabilen bir veri")
A_FACT_OF_A_LINE = Words(
    "a list, or an amount or number of its lines", "bir liste ya da satırlarındaki bir tutar ya da sayı"
)


def invariance(
    reader: Reader, about: ir.About, line: syn.Invariance, when: ir.Expr | None
) -> ir.Invariance | None:
    """A promise over two applications, as the core keeps it."""
    figure, changed = reader.value(line.figure), _changed(reader, line.fact)
    limit = None
    if line.limit is not None and figure is not None:
        limit = reader.value_of(line.limit, figure.type)
        if limit is None:
            return None
    if figure is None or changed is None:
        return None
    record, fact, kind = changed
    if not _may(line.how, kind, within=record is not None):
        needed = {
            "unchanged_reordered": A_LIST,
            "unchanged_split": A_FACT_OF_A_LINE,
            "no_cliff": A_FACT_WITH_STEPS,
        }
        reader.ctx.wrong_kind(line.fact.span, kind, needed.get(line.how, A_FACT_THAT_GROWS))
        return None
    return ir.Invariance(about, figure, line.how, fact, when, record, limit)


def _may(how: str, kind: ty.Type, *, within: bool) -> bool:
    match how:
        case "unchanged":
            return True
        case "unchanged_reordered":
            return isinstance(kind, ty.List)
        case "unchanged_split":
            return isinstance(kind, ty.List) or (
                within and isinstance(kind, ty.Money | ty.Quantity | ty.Number)
            )
        case "no_cliff":
            return isinstance(kind, ty.NUMERIC)
        case _:
            return isinstance(kind, (ty.List, *ty.NUMERIC))


def _changed(reader: Reader, node: syn.Value) -> tuple[str | None, tuple[str, ...], ty.Type] | None:
    """The record whose rows are meant, if any; the names of the fact from there; its type."""
    ctx = reader.ctx
    record = _record(reader, node.owner) if isinstance(node, syn.Member) else None
    if isinstance(node, syn.Member) and record is not None:
        given = ctx.fields[record].get(node.name.text)
        if (record, node.name.text) in ctx.unreadable:
            return None
        if given is None:
            ctx.unknown(node.name, pr.A_FIELD, ctx.fields[record])
            return None
        return record, (node.name.text,), given.type
    found = reader.value(node)
    if found is None:
        return None
    names = _names(found)
    if names is None:
        _no_fact(reader, node.span)
        return None
    return None, names, found.type


def _record(reader: Reader, owner: syn.Value) -> str | None:
    """The record whose rows a name stands for: its own name, or that of a list of it."""
    if not isinstance(owner, syn.Name):
        return None
    fact = reader.ctx.application.get(owner.text)
    if fact is not None:
        return fact.type.record if isinstance(fact.type, ty.List) else None
    return owner.text if owner.text in reader.ctx.fields and owner.text not in reader.ctx.figures else None


def _names(expr: ir.Expr) -> tuple[str, ...] | None:
    """The names that lead to a fact of the application; `None` for anything that is computed."""
    match expr:
        case ir.Fact(name):
            return (name,)
        case ir.Field(of, name):
            above = _names(of)
            return None if above is None else (*above, name)
        case _:
            return None


def _no_fact(reader: Reader, span: Span) -> None:
    written = reader.ctx.source.text[span.start : span.end]
    reader.ctx.report(pr.NotThatKind(span=span, name=written, found=A_COMPUTED_FIGURE, needed=A_FACT))
