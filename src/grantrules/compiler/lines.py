"""
Figures about several lines of one list: those that come first by an order, all but one of them, those before one.

Each becomes an expression of the core that there was before: who is among the first is told by counting the lines that
come before.  Two lines that the order does not tell apart are a tie; where it would matter which of them is meant, the
figure is not decided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from attrs import evolve, frozen

from grantrules import types as ty
from grantrules.compiler.context import Context
from grantrules.core import ir
from grantrules.source import Span

ONE = ty.Number(True)


@frozen(eq=False)
class Rows:
    """Some lines of a list: those for which `where` holds, each bound to `var` in turn."""

    list: ir.Expr
    var: int
    where: ir.Expr | None


@frozen(eq=False)
class Order:
    """What lines are put in order by, read of the line bound to `var`, and which come first."""

    by: ir.Expr
    var: int
    descending: bool

    def of(self, ctx: Context, var: int) -> ir.Expr:
        """The key of another line."""
        return renumbered(ctx, self.by, {self.var: var})


# ---- the first by an order ---------------------------------------------------------------------------------------


def picked(ctx: Context, rows: Rows, order: Order, of: ir.Expr, span: Span) -> ir.Expr:
    """A figure of the one line that comes first; lines that tie for it must have the same."""
    other = ctx.var()
    best = ir.Aggregate(
        "largest" if order.descending else "smallest",
        renumbered(ctx, rows.list),
        other,
        of_row(ctx, rows, other),
        order.of(ctx, other),
        type=order.by.type,
        span=order.by.span,
        at=ctx.at(),
    )
    first = ctx.compare("eq", order.of(ctx, rows.var), best, span)
    where = ctx.both((rows.where, first), span)
    return only(ctx, rows, where, of, span)


def only(ctx: Context, rows: Rows, where: ir.Expr | None, of: ir.Expr, span: Span) -> ir.Expr:
    """A figure of the line for which something holds; where it holds for several, they must have the same."""
    return ir.Aggregate("only", rows.list, rows.var, where, of, type=of.type, span=span, at=ctx.at())


def among_the_first(ctx: Context, rows: Rows, order: Order, number: ir.Expr, span: Span) -> ir.Expr:
    """Whether the line bound to `rows.var` is among the first `number`; a tie at the border fails."""
    ahead: Literal["gt", "lt"] = "gt" if order.descending else "lt"
    level: Literal["ge", "le"] = "ge" if order.descending else "le"
    not_behind = ctx.compare("le", _count(ctx, rows, order, level, span), number, span)
    behind = ctx.compare("ge", _count(ctx, rows, order, ahead, span), renumbered(ctx, number), span)
    tie = ir.Fail(ir.Reason("tie", name_of(rows.list)), type=ty.YesNo(), span=span, at=ctx.at())
    arms = (
        (not_behind, ctx.const(True, ty.YesNo(), span)),
        (behind, ctx.const(False, ty.YesNo(), span)),
    )
    return ir.Choose(arms, tie, "first", ir.FIRST_LINES, type=ty.YesNo(), span=span, at=ctx.at())


def _count(ctx: Context, rows: Rows, order: Order, how: str, span: Span) -> ir.Expr:
    """How many lines stand so to the one bound to `rows.var`."""
    other = ctx.var()
    so = ctx.compare(how, order.of(ctx, other), order.of(ctx, rows.var), span)
    where = ctx.both((of_row(ctx, rows, other), so), span)
    list_ = renumbered(ctx, rows.list)
    return ir.Aggregate("number", list_, other, where, None, type=ONE, span=span, at=ctx.at())


def of_row(ctx: Context, rows: Rows, var: int) -> ir.Expr | None:
    """The condition on another line of the same list."""
    return None if rows.where is None else renumbered(ctx, rows.where, {rows.var: var})


def name_of(list_: ir.Expr) -> str:
    """What a list is called."""
    return list_.name if isinstance(list_, ir.Fact | ir.Field) else ""


# ---- all but one -------------------------------------------------------------------------------------------------


def without(ctx: Context, figure: ir.Aggregate, var: int, span: Span) -> ir.Expr:
    """A number or a total of lines, less what the line bound to `var` has in it."""
    own = ctx.const(1, ONE, span) if figure.of is None else renumbered(ctx, figure.of, {figure.var: var})
    counted: ir.Expr = ctx.const(True, ty.YesNo(), span)
    if figure.where is not None:
        counted = renumbered(ctx, figure.where, {figure.var: var})
    none = ctx.const(0, figure.type, span)
    own = ir.Choose(
        ((counted, own),), none, "first", ir.OTHER_LINES, type=figure.type, span=span, at=ctx.at()
    )
    return ir.Add(((1, figure), (-1, own)), type=figure.type, span=span, at=ctx.at())


# ---- those before one --------------------------------------------------------------------------------------------


def so_far(
    ctx: Context, list_: ir.Expr, var: int, order: Order, per: tuple[ir.Expr, ...], of: ir.Expr, span: Span
) -> ir.Expr:
    """The sum over the lines of the same group that come before the line bound to `var`."""
    other = ctx.var()
    where = _of_group(ctx, var, other, order, "lt", per, span)
    own = renumbered(ctx, of, {var: other})
    total = ir.Aggregate(
        "total", renumbered(ctx, list_), other, where, own, type=of.type, span=span, at=ctx.at()
    )
    beside = ctx.var()
    level = _of_group(ctx, var, beside, order, "eq", per, span)
    number = ir.Aggregate("number", list_, beside, level, None, type=ONE, span=span, at=ctx.at())
    tied = ctx.compare("gt", number, ctx.const(1, ONE, span), span)
    tie = ir.Fail(ir.Reason("tie", name_of(list_)), type=of.type, span=span, at=ctx.at())
    return ir.Choose(((tied, tie),), total, "first", "", type=of.type, span=span, at=ctx.at())


def _of_group(
    ctx: Context, var: int, other: int, order: Order, how: str, per: tuple[ir.Expr, ...], span: Span
) -> ir.Expr | None:
    parts = [ctx.compare("eq", renumbered(ctx, key, {var: other}), renumbered(ctx, key), span) for key in per]
    return ctx.both((*parts, ctx.compare(how, order.of(ctx, other), order.of(ctx, var), span)), span)


# ---- copies ------------------------------------------------------------------------------------------------------


def renumbered(
    ctx: Context,
    expr: ir.Expr,
    vars_: dict[int, int] | None = None,
    swap: Callable[[ir.Expr], ir.Expr | None] | None = None,
) -> ir.Expr:
    """A copy of an expression with numbers and binders of its own; `swap` may give another one for a part."""
    vars_ = {} if vars_ is None else vars_

    def copy(e: ir.Expr) -> ir.Expr:
        return renumbered(ctx, e, vars_, swap)

    other = None if swap is None else swap(expr)
    if other is not None:
        return other
    match expr:
        case ir.Row(var):
            return evolve(expr, var=vars_.get(var, var), at=ctx.at())
        case ir.Const() | ir.Fact() | ir.Ref() | ir.Fail():
            return evolve(expr, at=ctx.at())
        case ir.Field(of):
            return evolve(expr, of=copy(of), at=ctx.at())
        case ir.Add(terms):
            return evolve(expr, terms=tuple((s, copy(e)) for s, e in terms), at=ctx.at())
        case ir.Mul(factors):
            return evolve(expr, factors=tuple(map(copy, factors)), at=ctx.at())
        case ir.And(parts) | ir.Or(parts):
            return evolve(expr, parts=tuple(map(copy, parts)), at=ctx.at())
        case ir.Calendar(_, args):
            return evolve(expr, args=tuple(map(copy, args)), at=ctx.at())
        case ir.Extreme(_, values):
            return evolve(expr, values=tuple(map(copy, values)), at=ctx.at())
        case ir.Div(left, right) | ir.Compare(_, left, right):
            return evolve(expr, left=copy(left), right=copy(right), at=ctx.at())
        case ir.Round(value) | ir.OneOf(value) | ir.InCodes(value) | ir.Includes(value) | ir.Given(value):
            return evolve(expr, value=copy(value), at=ctx.at())
        case ir.Not(part):
            return evolve(expr, part=copy(part), at=ctx.at())
        case ir.Choose(arms, otherwise):
            rest = None if otherwise is None else copy(otherwise)
            return evolve(expr, arms=tuple((copy(c), copy(v)) for c, v in arms), otherwise=rest, at=ctx.at())
        case ir.Aggregate(_, list_, var, where, of):
            inner = copy(list_)
            vars_[var] = ctx.var()
            return evolve(
                expr,
                list=inner,
                var=vars_[var],
                where=None if where is None else copy(where),
                of=None if of is None else copy(of),
                at=ctx.at(),
            )
        case _:
            raise TypeError(type(expr).__name__)
