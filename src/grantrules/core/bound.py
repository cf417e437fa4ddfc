"""
How much work a decision can be at most, found before anything is run.

A *step* is one operation of the typed core on one value: a sum, a comparison, a fact that is read.  What stands in a
list operation counts once for each row that the list may have; a list without a declared maximum may have as many as
the limits allow.  Figures and computed fields are worked out once, whoever reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import field, fields, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.limits import DEFAULT_LIMITS, Limits


@frozen(eq=False)
class Bound:
    """
    The most steps that a decision takes.

    Args:
        program: a checked programme.
        limits: how many rows a list may have where its declaration does not say.
    """

    program: ir.Program
    limits: Limits = DEFAULT_LIMITS
    counted: dict[ir.Expr, int] = field(factory=dict, init=False)

    @cached_property
    def total(self) -> int:
        """The steps of a whole decision."""
        return sum(steps for _, steps in self.by_statement)

    @cached_property
    def with_others(self) -> int:
        """Those, and the steps of the programmes that its promises name; each of these has the limits to itself."""
        return self.total + sum(Bound(other, self.limits).total for other in self.program.others.values())

    @cached_property
    def by_statement(self) -> tuple[tuple[ir.About, int], ...]:
        """The steps of each statement, in the order of the work."""
        read = [
            (each.about, self.rows_of.get(each.record, 0) * self.of(each.value))
            for each in self.program.computed
        ]
        asked = self.program.about, self.only_when()
        return (asked, *read, *((each.about, self.statement(each)) for each in self.program.body))

    def only_when(self) -> int:
        """The steps of finding out which facts an application is asked for."""
        holders = [(self.program.application, 1)]
        holders += [(each, self.rows_of.get(name, 0)) for name, each in self.program.records.items()]
        return sum(
            rows * self.of(each.only_when)
            for holder, rows in holders
            for each in holder.fields
            if each.only_when is not None
        )

    @cached_property
    def rows_of(self) -> Mapping[str, int]:
        """The most rows of each record in one application, over all lists of it, also those inside rows."""
        found: dict[str, int] = {}
        waiting = [(self.program.application, 1)]
        while waiting:
            holder, times = waiting.pop()
            for each in holder.fields:
                if isinstance(each.type, ty.List):
                    rows = times * self.most(each)
                    found[each.type.record] = found.get(each.type.record, 0) + rows
                    waiting.append((self.program.records[each.type.record], rows))
        return found

    def most(self, declared: ir.FieldDef) -> int:
        """The most rows of a list that is declared like this."""
        if declared.maximum is None:
            return self.limits.list_items
        return min(declared.maximum, self.limits.list_items)

    def rows(self, list_: ir.Expr) -> int:
        """The most rows of a list, which is a fact or a field."""
        match list_:
            case ir.Fact(name):
                holder = self.program.application
            case ir.Field(ir.Expr(type=ty.Record(record)), name):
                holder = self.program.records[record]
            case _:
                raise TypeError(type(list_).__name__)
        return self.most(next(each for each in holder.fields if each.name == name))

    def of(self, expr: ir.Expr) -> int:
        """The steps of one expression."""
        known = self.counted.get(expr)
        if known is None:
            match expr:
                case ir.Aggregate(_, list_, _, where, of):
                    inside = [each for each in (where, of) if each is not None]
                    known = 1 + self.of(list_) + self.rows(list_) * (1 + self.all_of(inside))
                case _:
                    known = 1 + self.all_of(ir.children(expr))
            self.counted[expr] = known
        return known

    def all_of(self, several: Iterable[ir.Expr]) -> int:
        """The steps of several expressions."""
        return sum(map(self.of, several))

    def statement(self, statement: ir.Statement) -> int:
        """The steps of one statement of the body."""
        if not isinstance(statement, ir.Support):
            return self.all_of(_inside(statement))
        lines = 1 if statement.list is None else self.rows(statement.list)
        for_each = [each for each in (statement.base, statement.where) if each is not None]
        once: list[ir.Expr] = [gate.condition for gate in statement.gates]
        once += () if statement.list is None else (statement.list,)
        for step in statement.steps:
            inside = list(_inside(step))
            once += (each for each in inside if each is step.when)
            for_each += (each for each in inside if each is not step.when)
        return self.all_of(once) + lines * (len(statement.steps) + 1 + self.all_of(for_each))


def _inside(node: Any) -> Iterator[ir.Expr]:
    """The expressions that a statement or step holds itself."""
    for each in fields(type(node)):
        value = getattr(node, each.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, ir.Expr):
                yield part
