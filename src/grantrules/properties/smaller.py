"""
Making an application small that breaks a promise, so that a person sees at once why.

Rows are taken away, rows are made alike, facts are left out or get plain values: whatever still breaks the promise is
kept.  An application that was eligible stays so, because a counterexample that is refused anyway persuades nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import define, field

from grantrules import types as ty
from grantrules.core import ir
from grantrules.diagnostics import ApplicationError
from grantrules.evaluate.eligibility import eligible
from grantrules.properties.draft import Draft
from grantrules.properties.fresh import Notebook, ordinary
from grantrules.properties.plainer import plain_values, round_steps
from grantrules.properties.promises import Broken, Case, Promise, Watched

Choices: TypeAlias = tuple[int, ...]
_Row: TypeAlias = Mapping[str, Any]

_MOST_TRIES = 600


def smaller(
    watched: Watched, promise: Promise, draft: Draft, own: Choices, found: Broken
) -> tuple[Draft, Broken]:
    """
    A small application that breaks a promise.

    Args:
        watched: the programme and its promises.
        promise: the promise.
        draft: an application that breaks it.
        own: the choices that the promise made there.

        found: how it breaks it.
    """
    return _Work(watched, promise, draft, own, found, is_eligible(watched, draft)).run()


def is_eligible(watched: Watched, draft: Draft) -> bool:
    """Whether an application is eligible."""
    return eligible(watched.program, watched.outcome(draft)).answer is True


@define(eq=False)
class _Work:
    """The smallest application so far."""

    watched: Watched
    promise: Promise
    draft: Draft
    own: Choices
    found: Broken
    stays_eligible: bool
    tries: int = field(default=0, init=False)

    @property
    def program(self) -> ir.Program:
        return self.watched.program

    def run(self) -> tuple[Draft, Broken]:
        improved = True
        while improved and self.tries < _MOST_TRIES:
            improved = False
            for name in [each.name for each in self.program.application.fields]:
                improved |= self.fact(name)
            improved |= self.choices()
        return self.draft, self.found

    # ---- trying --------------------------------------------------------------------------------------------------

    def take(self, name: str, value: Any) -> bool:
        """Give a fact another value, if the application then still breaks the promise."""
        if self.tries >= _MOST_TRIES or name in self.draft.locked:
            return False
        self.tries += 1
        other = Draft(self.program, {**self.draft.data, name: value}, self.draft.locked)
        if not self.is_valid(other):
            return False
        found = self.promise.check(Case(self.watched, other, Notebook(self.own)))
        if not isinstance(found, Broken) or (self.stays_eligible and not is_eligible(self.watched, other)):
            return False
        self.draft, self.found = other, found
        return True

    def is_valid(self, draft: Draft) -> bool:
        """Whether what is asked only sometimes is still given where it is asked for, and nowhere else."""
        if not self.watched.made.maker.order:
            return True
        try:
            self.watched.made.read(draft.plain())
        except ApplicationError:
            return False
        return True

    def choices(self) -> bool:
        """Simpler choices of the promise itself."""
        for at, value in enumerate(self.own):
            for lower in range(value):
                self.tries += 1
                own = (*self.own[:at], lower, *self.own[at + 1 :])
                found = self.promise.check(Case(self.watched, self.draft, Notebook(own)))
                if isinstance(found, Broken):
                    self.own, self.found = own, found
                    return True
        return False

    # ---- what is simpler -------------------------------------------------------------------------------------------

    def fact(self, name: str) -> bool:
        each = next(each for each in self.program.application.fields if each.name == name)
        value = self.draft.data[name]
        if isinstance(each.type, ty.List) and isinstance(value, list):
            return self.list_(each, name, value)
        if isinstance(each.type, ty.Record) and isinstance(value, dict):
            record = self.program.records[each.type.name]
            return self.fields(record, value, lambda changed: self.take(name, changed))
        return any(self.take(name, simpler) for simpler in self.simpler(each, value))

    def simpler(self, each: ir.FieldDef, value: Any) -> Iterator[Any]:
        """Values that read more plainly than one: figures of the programme among them."""
        figures = self.watched.made.maker.pool.raw(each)

        def numbers(number: int) -> Iterator[int]:
            steps = round_steps(each)
            yield from (*ordinary(each), *figures)
            yield from (one for step in reversed(steps) if (one := number // step * step) != number)
            yield from (one for step in steps if (one := number % step) != number)

        return plain_values(each, value, numbers)

    def list_(self, each: ir.FieldDef, name: str, rows: list[Any]) -> bool:
        """Fewer rows, rows that are alike, and plain fields in them."""
        improved, size = False, max(1, len(rows) // 2)
        while size:
            start = 0
            while start < len(self.draft.data[name]):
                rows = self.draft.data[name]
                fewer = rows[:start] + rows[start + size :]
                if len(fewer) >= (each.minimum or 0) and self.take(name, fewer):
                    improved = True
                else:
                    start += size
            size //= 2
        improved |= self.alike(name)
        rows = self.draft.data[name]
        record = self.program.records[each.type.record] if isinstance(each.type, ty.List) else None
        for at in range(len(rows)):
            if record is not None and rows.index(rows[at]) == at:
                improved |= self.rows_like(record, name, at)
        return improved

    def alike(self, name: str) -> bool:
        """Rows that are copies of one before them: all at once, or one by one."""
        improved = False
        for first in range(len(self.draft.data[name])):
            rows = self.draft.data[name]
            if first and rows[first] == rows[first - 1]:
                continue
            improved |= self.differs(name, rows[: first + 1] + [rows[first]] * (len(rows) - first - 1))
            for at in range(first + 1, min(len(rows), first + 30)):
                rows = self.draft.data[name]
                improved |= self.differs(name, [*rows[:at], rows[first], *rows[at + 1 :]])
        return improved

    def differs(self, name: str, rows: list[Any]) -> bool:
        kinds, before = (_kinds(each) for each in (rows, self.draft.data[name]))
        return kinds < before and self.take(name, rows)

    def rows_like(self, record: ir.RecordDef, name: str, at: int) -> bool:
        """Plainer fields in a row, and in all rows that are like it."""
        row = self.draft.data[name][at]

        def put(changed: _Row) -> bool:
            rows = self.draft.data[name]
            return self.take(name, [changed if each == rows[at] else each for each in rows])

        return self.fields(record, row, put)

    def fields(self, record: ir.RecordDef, row: _Row, put: Callable[[_Row], bool]) -> bool:
        improved = False
        for each in record.fields:
            for simpler in self.simpler(each, row[each.name]):
                changed = {**row, each.name: simpler}
                if put(changed):
                    row, improved = changed, True
                    break
        return improved


def _kinds(rows: list[Any]) -> int:
    """How many stretches of rows that are alike there are: the lines that a table of them has."""
    return sum(1 for at, row in enumerate(rows) if at == 0 or row != rows[at - 1])
