"""Conditions gone through one by one: what holds for which values of what they are about."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

from attrs import define, field

from grantrules import types as ty
from grantrules.compiler.context import RULES_AS_OF, Context
from grantrules.core import ir
from grantrules.core.listing import expression


@define(eq=False)
class Finite:
    """
    The facts with few values that some conditions are about.

    A part of a condition that is about anything else neither holds nor fails.
    """

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

    def truth(self, condition: ir.Expr, values: Mapping[str, Any]) -> bool | None:
        """Whether a condition holds for some values; `None` where they do not decide it."""
        match condition:
            case ir.And(parts):
                truths = [self.truth(part, values) for part in parts]
                return False if False in truths else None if None in truths else True
            case ir.Or(parts):
                truths = [self.truth(part, values) for part in parts]
                return True if True in truths else None if None in truths else False
            case ir.Not(part):
                truth = self.truth(part, values)
                return None if truth is None else not truth
            case ir.Compare("eq" | "ne" as how, left, ir.Const(value)) if _is_finite(left):
                return (values[expression(left)] == value) is (how == "eq")
            case ir.OneOf(left, listed) if _is_finite(left):
                return values[expression(left)] in listed
            case _ if isinstance(condition.type, ty.YesNo) and _is_finite(condition):
                return bool(values[expression(condition)])
            case _:
                return None

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


# More combinations than any author writes; beyond them nothing is said to be covered.
_MOST_TRIED = 10_000


def one_always_holds(ctx: Context, conditions: Sequence[ir.Expr]) -> bool:
    """
    Whether one of some conditions holds whatever the application and the parameters say.

    Gone through by cases: each value of a choice, both of yes and no, and of what is compared with written figures each
    figure, what is beside it and what is between.  A condition about anything else, or about something that may not
    apply, covers nothing.
    """
    found: dict[str, set[Any]] = {}
    for condition in conditions:
        for part in _parts(condition):
            match part:
                case ir.Compare(_, left, ir.Const(value)) if _is_always(ctx, left):
                    found.setdefault(expression(left), set()).update(_around(left, value))
                case ir.OneOf(left) if _is_always(ctx, left) and isinstance(left.type, ty.Choice):
                    found.setdefault(expression(left), set()).update(left.type.values)
                case _ if isinstance(part.type, ty.YesNo) and _is_always(ctx, part):
                    found.setdefault(expression(part), set()).update((True, False))
                case _:
                    pass
    size = 1
    for values in found.values():
        size *= len(values) * 2
    if size > _MOST_TRIED:
        return False
    tried = [[*values, *_between(values)] for values in found.values()]
    return all(
        any(_holds(condition, dict(zip(found, values, strict=True))) for condition in conditions)
        for values in product(*tried)
    )


def _is_always(ctx: Context, expr: ir.Expr) -> bool:
    """Whether an expression is a name that has a value in every application."""
    match expr:
        case ir.Ref(name):
            figure = ctx.figures.get(name)
            return (
                name == RULES_AS_OF
                or name in ctx.parameters
                or (figure is not None and not figure.not_always)
            )
        case ir.Fact(name):
            return _is_asked_always(ctx.application.get(name))
        case ir.Field(ir.Row() as row, name) if isinstance(row.type, ty.Record):
            return _is_asked_always(ctx.fields.get(row.type.name, {}).get(name))
        case _:
            return False


def _is_asked_always(fact: ir.FieldDef | None) -> bool:
    return (
        fact is not None and fact.only_when is None and (not fact.optional or fact.default is not ir.UNKNOWN)
    )


def _around(subject: ir.Expr, value: Any) -> tuple[Any, ...]:
    """What to try because a condition compares with this value."""
    if isinstance(subject.type, ty.Choice):
        return subject.type.values
    return (value - 1, value, value + 1) if isinstance(value, int | Fraction) else ()


def _between(values: Iterable[Any]) -> Iterator[Fraction]:
    numbers = sorted(v for v in values if isinstance(v, int | Fraction) and not isinstance(v, bool))
    yield from (Fraction(a + b) / 2 for a, b in pairwise(numbers))


def _holds(condition: ir.Expr, values: Mapping[str, Any]) -> bool | None:
    """Whether a condition holds for some values; `None` where they do not decide it."""
    match condition:
        case ir.And(parts):
            truths = [_holds(part, values) for part in parts]
            return False if False in truths else None if None in truths else True
        case ir.Or(parts):
            truths = [_holds(part, values) for part in parts]
            return True if True in truths else None if None in truths else False
        case ir.Not(part):
            truth = _holds(part, values)
            return None if truth is None else not truth
        case ir.Compare(how, left, ir.Const(value)) if expression(left) in values:
            return _COMPARED[how](values[expression(left)], value)
        case ir.OneOf(left, listed) if expression(left) in values:
            return values[expression(left)] in listed
        case _:
            found = values.get(expression(condition))
            return found if isinstance(found, bool) else None


_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip
