"""Conditions on choices and yes/no facts, gone through one by one: what holds for which of their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from attrs import define, field

from grantrules import types as ty
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
