"""What can be seen without a solver: requirements that exclude each other, conditions the bounds already decide."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import Context
from grantrules.compiler.intervals import Interval, both, interval_of, key_interval
from grantrules.core import ir
from grantrules.diagnostics import Label, Words
from grantrules.source import Span

EVERYTHING = Interval(None, None)


def contradictions(ctx: Context) -> None:
    """Report requirements without `when` that no value of a fact or figure can meet together."""
    numbers: dict[str, list[tuple[Interval, Span]]] = {}
    for statement in ctx.body:
        if not isinstance(statement, ir.Rule) or statement.kind != "require" or statement.when is not None:
            continue
        for condition in statement.conditions:
            for subject, interval, span in _simple(ctx, condition):
                numbers.setdefault(subject, []).append((interval, span))
    for found in numbers.values():
        _clash(ctx, found)


def _clash(ctx: Context, found: list[tuple[Interval, Span]]) -> None:
    shared = EVERYTHING
    for position, (interval, span) in enumerate(found):
        if both(shared, interval).empty:
            # Where intervals have no value in common, two of them have none.
            other = next((s for i, s in found[:position] if both(i, interval).empty), span)
            label = Label(other, Words("excludes the other", "öbürünü dışlıyor"))
            ctx.report(pr.AlwaysRefused(span=span, labels=(label,)))
            return
        shared = both(shared, interval)


def _simple(ctx: Context, expr: ir.Expr) -> list[tuple[str, Interval, Span]]:
    """The bounds a condition puts on single facts or counts."""
    if isinstance(expr, ir.And):
        return [found for part in expr.parts for found in _simple(ctx, part)]
    if not isinstance(expr, ir.Compare) or not isinstance(expr.right, ir.Const):
        return []
    subject = _subject(ctx, expr.left)
    value: Any = expr.right.value
    if subject is None or not isinstance(value, Fraction | int) or isinstance(value, bool):
        return []
    bound = Fraction(value)
    interval = interval_of(expr.how, bound)
    if interval is None:
        return []
    _decided(ctx, expr, interval)
    return [(subject, interval, expr.span)]


def _decided(ctx: Context, expr: ir.Compare, interval: Interval) -> None:
    """A fact whose declared bounds already decide the comparison."""
    if not isinstance(expr.left, ir.Fact):
        return
    field = ctx.application.get(expr.left.name)
    if field is None or isinstance(field.type, ty.Moment):
        return
    domain = key_interval(field)
    if domain == EVERYTHING:
        return
    declared = (Label(field.span, Words("its bounds stand here", "sınırları burada")),)
    if both(domain, interval).empty:
        ctx.report(pr.OutOfReach(span=expr.span, always=False, labels=declared))
    elif both(domain, interval) == domain:
        ctx.report(pr.OutOfReach(span=expr.span, always=True, labels=declared))


def _subject(ctx: Context, expr: ir.Expr) -> str | None:
    match expr:
        case ir.Fact(name):
            return name
        case ir.Calendar("local_date", (ir.Fact(name),)):
            return f"day of {name}"
        case ir.Aggregate():
            # Two counts are the same figure if the author wrote them alike.
            return (
                ctx.source.text[expr.span.start : expr.span.end].split("\n", 1)[0]
                if expr.where is None
                else None
            )
        case _:
            return None
