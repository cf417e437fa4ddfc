"""
Whether a fact is asked at all: the conditions behind `only when`, decided while an application is being read.

The evaluator decides them, as it decides everything else.  A condition may name facts, fields of its row, parameters
and definitions; whatever it needs and is not known yet leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.evaluate.outcome import Undecided
from grantrules.evaluate.reference import Evaluator, Rec

Holds: TypeAlias = Callable[[ir.FieldDef, Sequence[Any], Sequence[Any] | None], bool | None]


def asker(program: ir.Program) -> Holds:
    """What a reader asks: the field, the raw values so far, and the row the field is in."""
    record_of = {id(each): record for record in program.records.values() for each in record.fields}
    lets = {statement.name: statement for statement in program.body if isinstance(statement, ir.Let)}

    def holds(field: ir.FieldDef, values: Sequence[Any], row: Sequence[Any] | None) -> bool | None:
        condition = field.only_when
        if condition is None:
            return True
        needed = _needed(condition, lets)
        if needed is None:
            return None
        evaluator = Evaluator(program, Facts(tuple(values), complete=False), trace=False)
        for let in lets.values():  # In an order in which nothing is read before it is computed.
            if let.name in needed:
                evaluator.figures[let.name] = evaluator.read(let.value, {})
        rows = {} if row is None else {field.var: Rec(record_of[id(field)], tuple(row), "")}
        found = evaluator.use(condition, rows)
        if not isinstance(found, Undecided):
            return bool(found)
        waits = any(cause.kind == "fact" for cause in found.causes)
        return None if waits else False

    return holds


def _needed(expr: ir.Expr, lets: Mapping[str, ir.Let]) -> set[str] | None:
    """The figures that an expression reads, and those that they read; `None` if one is of a support."""
    found: set[str] = set()
    waiting = [expr]
    while waiting:
        each = waiting.pop()
        waiting += ir.children(each)
        if isinstance(each, ir.Ref) and each.name not in found:
            if each.name not in lets:
                return None
            found.add(each.name)
            waiting.append(lets[each.name].value)
    return found
