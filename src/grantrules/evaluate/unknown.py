"""
What stands for the facts of an application that are not given, for code that was generated for it.

Where a fact is unknown, generated code meets an `Undecided` with the bounds and the cause that `reference` would find
(rules 3 and 4 there).  An unknown record is a list of such values, an unknown list a list with the one row that
stands for all of its rows.  Nothing else of the facts changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from grantrules.core import ir
from grantrules.core.ir import UNKNOWN, FieldDef, RecordDef
from grantrules.evaluate.intervals import ZERO, interval
from grantrules.evaluate.outcome import Cause, Undecided, Value
from grantrules.evaluate.reference import from_raw
from grantrules.types import NUMERIC, List, Record


class UnknownRecord(list[Any]):
    """
    A record that is not given: every field of it is undecided.

    `doubt` is what is known of it as a whole, `may_be_absent` whether there may be no such record.
    """

    doubt: Undecided
    may_be_absent: bool


class UnknownRows(list[tuple[Any, ...]]):
    """
    A list that is not given: one row, which stands for all of them.

    `path` is where it stands, `doubt` what is known of it as a whole, `number` how many rows it has.
    """

    path: str
    doubt: Undecided
    number: Value
    may_be_absent: bool


@define(eq=False)
class Stand:
    """
    Puts something in the place of what is unknown in an application.

    Args:
        program: what is asked.
        found: the facts and fields that are unknown anywhere.
    """

    program: ir.Program
    found: set[FieldDef] = field(factory=set, init=False)

    def facts(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values of an application."""
        return self.record(self.program.application, values, "")

    def record(self, record: RecordDef, values: Sequence[Any], path: str) -> tuple[Any, ...]:
        """The values of a record that is given."""
        return tuple(
            raw if raw is None else self.value(each, raw, f"{path}.{each.name}" if path else each.name)
            for each, raw in zip(record.fields, values, strict=True)
        )

    def value(self, declared: FieldDef, raw: Any, path: str) -> Any:
        """One value that is not absent."""
        if raw is UNKNOWN:
            self.note(declared)
            return self.unknown(declared, path, None, may_be_absent=False)
        match declared.type:
            case Record(name):
                return self.record(self.program.records[name], raw, path)
            case List(name):
                return self.rows(self.program.records[name], raw, path)
            case _:
                return raw

    def rows(self, record: RecordDef, rows: Sequence[tuple[Any, ...]], path: str) -> list[tuple[Any, ...]]:
        """The rows of a list; one in which nothing can be unknown stays as it is."""
        if any(isinstance(each.type, Record | List) for each in record.fields):
            return [self.record(record, row, f"{path}[{at}]") for at, row in enumerate(rows)]
        return [
            self.record(record, row, f"{path}[{at}]") if UNKNOWN in row else row
            for at, row in enumerate(rows)
        ]

    def note(self, declared: FieldDef) -> None:
        """A fact or field is unknown, and all that is inside of it."""
        if declared not in self.found:
            self.found.add(declared)
            if isinstance(declared.type, Record | List):
                for each in self.program.records[_name_of(declared)].fields:
                    self.note(each)

    def unknown(self, declared: FieldDef, path: str, cause: Cause | None, *, may_be_absent: bool) -> Any:
        """What stands for a fact that is not given; `cause`: inside of an unknown list, that of the list."""
        own = Cause("fact", path) if cause is None else cause
        doubt = Undecided(frozenset({own}))
        may_be_absent = may_be_absent or declared.optional or declared.only_when is not None
        match declared.type:
            case Record():
                record = UnknownRecord(self.fields(declared, path, cause, may_be_absent=may_be_absent))
                record.doubt, record.may_be_absent = doubt, may_be_absent
                return record
            case List():
                return self.unknown_rows(declared, path, own, may_be_absent=may_be_absent)
            case _ if may_be_absent or not isinstance(declared.type, NUMERIC):
                return doubt
            case _ if declared.minimum is not None and declared.minimum == declared.maximum:
                return declared.minimum
            case _:
                both = (declared.minimum, declared.maximum)
                low, high = (None if end is None else from_raw(declared, end) for end in both)
                return Undecided(doubt.causes, low, high)

    def unknown_rows(
        self, declared: FieldDef, path: str, cause: Cause, *, may_be_absent: bool
    ) -> UnknownRows:
        """What stands for the rows of a list that is not given, or of one that is absent where rows are needed."""
        rows = UnknownRows([self.fields(declared, path, cause, may_be_absent=False)])
        most = None if may_be_absent or declared.maximum is None else ZERO + declared.maximum
        rows.path, rows.doubt, rows.may_be_absent = path, Undecided(frozenset({cause})), may_be_absent
        rows.number = interval(ZERO, most, rows.doubt.causes)
        return rows

    def fields(
        self, declared: FieldDef, path: str, cause: Cause | None, *, may_be_absent: bool
    ) -> tuple[Any, ...]:
        """What stands for the fields of an unknown record, or of a row of an unknown list."""
        record = self.program.records[_name_of(declared)]
        return tuple(
            self.unknown(each, f"{path}.{each.name}", cause, may_be_absent=may_be_absent)
            for each in record.fields
        )


def _name_of(declared: FieldDef) -> str:
    """The name of the record that a fact is, or has rows of."""
    match declared.type:
        case Record(name) | List(name):
            return name
        case _:
            raise TypeError(f"{declared.name} is no record")
