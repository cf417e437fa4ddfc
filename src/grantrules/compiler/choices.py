"""Conditions gone through one by one: what holds for which values of what they are about."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Any

from attrs import define, field

from grantrules import types as ty
from grantrules.compiler.context import RULES_AS_OF, Context
from grantrules.core import ir
from grantrules.core.listing import expression


@define(eq=False)
class Finite:
    """The facts with few values that some conditions are about."""

    subjects: dict[str, ir.Expr] = field(factory=dict)

    def add(self, condition: ir.Expr) -> None:
        """Take note of what a condition is about."""
        for each in _parts(condition):
            if _is_finite(each):
                self.subjects.setdefault(expression(each), each)

    @property
    def size(self) -> int:
        """How many combinations of values there are."""
        size = 1
        for each in self.subjects.values():
            size *= len(_values(each))
        return size

    def combinations(self) -> Iterator[dict[str, Any]]:
        """Every combination of values."""
        for values in product(*map(_values, self.subjects.values())):
            yield dict(zip(self.subjects, values, strict=True))

    def shown(self, values: Mapping[str, Any], conditions: tuple[ir.Expr, ...]) -> list[tuple[str, Any]]:
        """The names of what some conditions are about, with their values."""
        about = {expression(each): each for condition in conditions for each in _parts(condition)}
        return [(_name(about[key]), value) for key, value in values.items() if key in about]


def _parts(condition: ir.Expr) -> Iterator[ir.Expr]:
    """An expression and all inside it, but for what is inside a figure over a list."""
    yield condition
    if not isinstance(condition, ir.Aggregate):
        for child in ir.children(condition):
            yield from _parts(child)


def _is_finite(expr: ir.Expr) -> bool:
    fact = isinstance(expr, ir.Fact) or (isinstance(expr, ir.Field) and isinstance(expr.of, ir.Fact | ir.Row))
    return fact and isinstance(expr.type, ty.Choice | ty.YesNo)


def _values(expr: ir.Expr) -> tuple[Any, ...]:
    return expr.type.values if isinstance(expr.type, ty.Choice) else (True, False)


def _name(expr: ir.Expr) -> str:
    return expr.name if isinstance(expr, ir.Fact | ir.Field) else ""


def truth(condition: ir.Expr, values: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds for some values, by what they are values of; `None` where they do not decide it."""
    match condition:
        case ir.And(parts):
            truths = [truth(part, values) for part in parts]
            return False if False in truths else None if None in truths else True
        case ir.Or(parts):
            truths = [truth(part, values) for part in parts]
            return True if True in truths else None if None in truths else False
        case ir.Not(part):
            found = truth(part, values)
            return None if found is None else not found
        case ir.Compare(how, left, ir.Const(value)) if expression(left) in values:
            return _COMPARED[how](values[expression(left)], value)
        case ir.OneOf(left, listed) if expression(left) in values:
            return values[expression(left)] in listed
        case _:
            said = values.get(expression(condition))
            return said if isinstance(said, bool) else None


_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip

# More combinations than any author writes; beyond them nothing is said to be covered.
_MOST_TRIED = 10_000


def one_always_holds(ctx: Context, conditions: Sequence[ir.Expr]) -> bool:
    """
    Whether one of some conditions holds whatever the application and the parameters say.

    Gone through by cases: each value of a choice, both of yes and no, and of what is compared with written figures each
    figure, what is beside it and what is between.  A condition about anything else, or about something that may not
    apply, covers nothing.
    """
    subjects: dict[str, ir.Expr] = {}
    written: dict[str, set[Any]] = {}
    for condition in conditions:
        for part in _parts(condition):
            about = part.left if isinstance(part, ir.Compare) and isinstance(part.right, ir.Const) else part
            if _is_tried(ctx, about):
                subjects.setdefault(expression(about), about)
                if isinstance(part, ir.Compare) and isinstance(part.right, ir.Const):
                    written.setdefault(expression(about), set()).add(part.right.value)
    every = {key: _to_try(each, written.get(key, set())) for key, each in subjects.items()}
    tried = {key: values for key, values in every.items() if values}
    if prod(map(len, tried.values())) > _MOST_TRIED:
        return False
    return all(
        any(truth(condition, dict(zip(tried, values, strict=True))) for condition in conditions)
        for values in product(*tried.values())
    )


_WHOLE = (ty.Date, ty.Year, ty.Month)
_TRIED = (ty.Choice, ty.YesNo, ty.Number, ty.Money, ty.Rate, ty.Points, ty.Quantity, *_WHOLE)


def _is_tried(ctx: Context, expr: ir.Expr) -> bool:
    """Whether an expression is a name that has a value in every application, of a kind that can be gone through."""
    if not isinstance(expr.type, _TRIED):
        return False
    if isinstance(expr, ir.Ref):
        figure = ctx.figures.get(expr.name)
        always = figure is not None and not figure.not_always
        return always or expr.name == RULES_AS_OF or expr.name in ctx.parameters
    fact = fact_named(ctx, expr)
    return (
        fact is not None and fact.only_when is None and (not fact.optional or fact.default is not ir.UNKNOWN)
    )


def fact_named(ctx: Context, subject: ir.Expr) -> ir.FieldDef | None:
    """The fact or field that an expression names; nothing if it is no name of one."""
    match subject:
        case ir.Fact(name):
            return ctx.application.get(name)
        case ir.Field(of, name) if isinstance(of.type, ty.Record):
            return ctx.fields.get(of.type.name, {}).get(name)
        case _:
            return None


def _to_try(subject: ir.Expr, figures: set[Any]) -> Sequence[Any]:
    """Every value that could make a difference to conditions that compare with some written figures."""
    kind = subject.type
    if isinstance(kind, ty.Choice | ty.YesNo):
        return _values(subject)
    beside = sorted({each + step for each in figures for step in (-1, 0, 1)})
    if isinstance(kind, _WHOLE) or (isinstance(kind, ty.Number) and kind.whole):
        return beside
    return [*beside, *((one + other) / Fraction(2) for one, other in pairwise(beside))]
