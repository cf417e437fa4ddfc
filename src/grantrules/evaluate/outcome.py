"""
What an evaluator answers: the same shape from every evaluator, value for value.

A value is held as in the core: `Fraction` for numbers of every kind, `int` for dates, moments, years, months and
periods, `bool`, `str`, `frozenset`, `None` for absent, or `Undecided`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from grantrules.core import ir


@frozen
class Cause:
    """
    Why something is undecided.

    `kind` is `fact` (a fact not given; `what` is its path, `costs[2].amount`) or the kind of a `core.ir.Reason`, with
    what it names.
    """

    kind: str
    what: str


@frozen
class Undecided:
    """A value that is not decided: the causes, and for a number the bounds it keeps to (`None`: no bound)."""

    causes: frozenset[Cause]
    lowest: Fraction | int | None = None
    highest: Fraction | int | None = None


Value: TypeAlias = Any


def applying(value: Value) -> Value:
    """A value, or `None` where it is known not to apply: that is an answer, and nothing is open."""
    if isinstance(value, Undecided) and value.causes and {c.kind for c in value.causes} == {"does_not_apply"}:
        return None
    return value


@frozen
class RuleOutcome:
    """
    One rule.  `status`: `met`, `failed`, `not_applicable`, `undecided`.  `conditions` holds the truth (or `Undecided`) of
    each condition in order, `when` that of its `when` (`True` where it has none).
    """

    status: str
    when: Value
    conditions: tuple[Value, ...]


@frozen
class Binding:
    """A ceiling that cut (or refuses): the name of the step and the amount; `certain` is false while it may not cut."""

    step: str
    on: str
    cut: Value
    refuses: bool = False
    certain: bool = True


@frozen
class StepOutcome:
    """What a step did, when traced: `done` (its `when`), its limit or figure per line or group, the amounts after it."""

    step: str
    done: Value
    figures: tuple[Value, ...]
    amounts: tuple[Value, ...]
    rates: tuple[Value, ...]


@frozen
class SupportOutcome:
    """
    One support.  `applies` is a truth or `Undecided`; `closed` are the numbers of the gates that are false.  The amounts
    are what the steps give, whether it applies or not.  `lines`: the amount of each line at the end (supplements
    last); `costs`: the eligible cost of each line; `excluded`: the name of the step that excluded each line, or `None`.
    """

    applies: Value
    closed: tuple[int, ...]
    total: Value
    eligible_cost: Value
    before_ceilings: Value
    lines: tuple[Value, ...]
    costs: tuple[Value, ...]
    excluded: tuple[str | None, ...]
    binding: tuple[Binding, ...]
    steps: tuple[StepOutcome, ...] = field(default=(), eq=True)


@frozen
class Outcome:
    """
    The whole answer.  `rules` is in the order of the rules in the body; `figures` has every `Let`; `paid` the totals of
    the supports after the joint ceilings; `joint` their bindings.  `trace` maps `Expr.at` to values where asked for.
    """

    rules: tuple[RuleOutcome, ...]
    supports: Mapping[str, SupportOutcome]
    figures: Mapping[str, Value]
    paid: Mapping[str, Value]
    joint: tuple[Binding, ...]
    trace: Mapping[int, Value] | None = None


def named(expr: ir.Expr) -> str:
    """What a reason calls an expression: the name of the fact, field or figure that it is, else nothing."""
    match expr:
        case ir.Fact(name) | ir.Ref(name) | ir.Field(ir.Row(), name):
            return name
        case ir.Field(of, name):
            return f"{named(of)}.{name}"
        case _:
            return ""
