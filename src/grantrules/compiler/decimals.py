"""Whether an amount can come out finer than the smallest unit of its currency, so that the programme must round it."""

from __future__ import annotations

from fractions import Fraction

from grantrules import types as ty
from grantrules.compiler.context import Context
from grantrules.compiler.literals import minor_digits
from grantrules.core import ir


def smallest_unit(currency: str) -> Fraction:
    """The smallest unit of a currency."""
    return Fraction(1, 10 ** minor_digits(currency))


def whole_units(ctx: Context, expr: ir.Expr, currency: str) -> bool:
    """Whether a value is certainly a whole number of the currency's smallest units (or a whole number, for factors)."""
    unit = smallest_unit(currency)
    return _multiple(ctx, expr, unit)


def _multiple(ctx: Context, expr: ir.Expr, unit: Fraction) -> bool:
    if isinstance(expr.type, ty.Number) and not isinstance(expr, ir.Const | ir.Mul | ir.Add | ir.Choose):
        return expr.type.whole
    step = unit if isinstance(expr.type, ty.Money) else Fraction(1)
    match expr:
        case ir.Const(value):
            return isinstance(value, Fraction) and (value / step).denominator == 1
        case ir.Field(of, name) if isinstance(of.type, ty.Record) and (of.type.name, name) in ctx.whole:
            return ctx.whole[of.type.name, name]
        case ir.Fail() | ir.Fact() | ir.Field():
            return isinstance(expr.type, ty.Money) or (isinstance(expr.type, ty.Number) and expr.type.whole)
        case ir.Ref(name):
            return ctx.whole.get(name, "'s " not in name)
        case ir.Add(terms):
            return all(_multiple(ctx, e, unit) for _, e in terms)
        case ir.Mul(factors):
            return all(_multiple(ctx, f, unit) for f in factors)
        case ir.Round(_, _, size):
            return (size / step).denominator == 1
        case ir.Extreme(_, values):
            return all(_multiple(ctx, v, unit) for v in values)
        case ir.Choose(arms, otherwise):
            results = [v for _, v in arms] + ([otherwise] if otherwise is not None else [])
            return all(_multiple(ctx, v, unit) for v in results)
        case ir.Aggregate(what, _, _, _, of):
            return what in ("number", "different") or (
                what != "average" and of is not None and _multiple(ctx, of, unit)
            )
        case _:
            return isinstance(expr.type, ty.Number) and expr.type.whole


def settle(ctx: Context, name: str | tuple[str, str], value: ir.Expr) -> None:
    """
    Note of a figure, or of a computed field by its record and name, whether it is a whole number of units.

    Figures are settled as they are made, each after those it names, so that nothing is gone through twice.
    """
    currency = value.type.currency if isinstance(value.type, ty.Money) else ctx.currency
    ctx.whole[name] = whole_units(ctx, value, currency)
