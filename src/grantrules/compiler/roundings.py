"""Roundings that have a name: each is stated once, with its source, and used by its name where something is rounded."""

from __future__ import annotations

from fractions import Fraction

from grantrules.compiler import problems as pr
from grantrules.compiler.context import Context, place
from grantrules.compiler.literals import is_literal, literal
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.syntax import tree as syn

SAYS_PLACE = Words("stated here", "burada bildirilmiş")


def size_of(ctx: Context, node: syn.Value) -> ir.Const | None:
    """The step of a rounding: a written figure above zero."""
    found = literal(ctx, node) if is_literal(node) else None
    if not isinstance(found, ir.Const) or not isinstance(found.value, Fraction) or found.value <= 0:
        ctx.report(pr.StepNotConstant(span=node.span))
        return None
    return found


def declare_rounding(ctx: Context, node: syn.SharedRounding) -> None:
    """A rounding that others name."""
    name = node.heading.named.text
    if name in ctx.roundings:
        labels = ctx.other(ctx.stated_at(ctx.roundings[name].about))
        ctx.report(pr.TwiceDeclared(span=place(node.heading), name=name, labels=labels))
        return
    size = size_of(ctx, node.way.step)
    if size is None:
        ctx.lost.add(name)
        return
    about = ctx.about(node.heading, "rounding")
    ctx.roundings[name] = ir.SharedRounding(about, size.type, node.way.mode, size.value, node.place)
