"""
An application while it is made: the raw values of its facts, by name, open to change.

A draft is a record as a `dict` in raw form (see `core.facts`), with lists of such records in it.  It becomes `Facts`
for the evaluators, and plain JSON-like data as a user would send it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from attrs import define, field

from grantrules import types as ty
from grantrules import values
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.facts.plain import plain_value

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: `("costs", 2, "amount")`."""

WHOLE = (ty.Date, ty.Moment, ty.Year, ty.Month, ty.Period)


@define(eq=False)
class Draft:
    """
    An application while it is made.

    Args:
        program: whose application it is.
        data: the raw values by name.
        locked: the facts that must stay as they are.
    """

    program: ir.Program
    data: dict[str, Any] = field(factory=dict)
    locked: frozenset[str] = frozenset()
    _read: dict[int, tuple[dict[str, Any], tuple[Any, ...]]] = field(factory=dict, init=False, repr=False)
    """Rows as evaluators read them, by the identity of the row: a change of one leaves the others as they were read."""

    def copy(self) -> Draft:
        """Another draft with the same values."""
        return Draft(self.program, deepcopy(self.data), self.locked)

    def at(self, path: Path) -> Any:
        """The value, record or list at a path."""
        found: Any = self.data
        for part in path:
            found = found[part]
        return found

    def is_locked(self, path: Path) -> bool:
        """Whether the fact that a path leads into must stay as it is."""
        return bool(path) and path[0] in self.locked

    def forget(self, path: Path = ()) -> None:
        """Read the row that a path leads into anew, because it changed; without a path every row."""
        if len(path) > 1 and isinstance(path[1], int):
            self._read.pop(id(self.data[str(path[0])][path[1]]), None)
        elif not path:
            self._read.clear()

    def raw(self, each: ir.FieldDef) -> Any:
        """One fact of the application in the form of `Facts`."""
        value = self.data[each.name]
        if isinstance(each.type, ty.List) and isinstance(value, list):
            record = self.program.records[each.type.record]
            return [self._row(record, row) for row in value]
        return _raw(self.program, each.type, value)

    def _row(self, record: ir.RecordDef, row: dict[str, Any]) -> tuple[Any, ...]:
        known = self._read.get(id(row))
        if known is None:
            known = self._read[id(row)] = row, raw_record(self.program, record, row)
        return known[1]

    def facts(self) -> Facts:
        """The application as evaluators read it."""
        taken = raw_record(self.program, self.program.application, self.data)
        return Facts(taken, _complete(taken))

    def plain(self) -> dict[str, Any]:
        """The application as plain data, as from JSON."""
        return plain_record(self.program, self.program.application, self.data)


def of_facts(program: ir.Program, facts: Facts) -> Draft:
    """The draft that an application, read before, stands for."""
    return Draft(program, _open_record(program, program.application, facts.values))


def _open_record(program: ir.Program, record: ir.RecordDef, row: tuple[Any, ...]) -> dict[str, Any]:
    return {
        each.name: _opened(program, each.type, value) for each, value in zip(record.fields, row, strict=True)
    }


def _opened(program: ir.Program, kind: ty.Type, value: Any) -> Any:
    if value is None or value is ir.UNKNOWN:
        return value
    match kind:
        case ty.Record(name):
            return _open_record(program, program.records[name], value)
        case ty.List(name):
            return [_open_record(program, program.records[name], row) for row in value]
        case _:
            return value


def raw_record(program: ir.Program, record: ir.RecordDef, data: Mapping[str, Any]) -> tuple[Any, ...]:
    """A record in the form of `Facts`."""
    return tuple(_raw(program, each.type, data[each.name]) for each in record.fields)


def raw_value(draft: Draft, each: ir.FieldDef) -> Any:
    """One fact of an application in the form of `Facts`."""
    return draft.raw(each)


def _raw(program: ir.Program, kind: ty.Type, value: Any) -> Any:
    if value is None or value is ir.UNKNOWN:
        return value
    match kind:
        case ty.Record(name):
            return raw_record(program, program.records[name], value)
        case ty.List(name):
            return [raw_record(program, program.records[name], row) for row in value]
        case _:
            return value


def _complete(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(map(_complete, value))
    return value is not ir.UNKNOWN


# ---- plain data ----------------------------------------------------------------------------------------------------


def plain_record(program: ir.Program, record: ir.RecordDef, data: Mapping[str, Any]) -> dict[str, Any]:
    """A record as plain data; what is left out anyway is not written."""
    return {
        each.name: plain(program, each, data[each.name])
        for each in record.fields
        if not _left_out(each, data[each.name])
    }


def _left_out(each: ir.FieldDef, value: Any) -> bool:
    """Whether leaving a field out says the same as writing its value."""
    if each.only_when is not None:
        return value is None or (value is ir.UNKNOWN and not each.optional)
    if each.default is not ir.UNKNOWN:
        return value is not ir.UNKNOWN and value == each.default
    return value is None if each.optional else value is ir.UNKNOWN


def plain(program: ir.Program, each: ir.FieldDef, value: Any) -> Any:
    """A raw value as a user would write it in JSON."""
    if value is None or value is ir.UNKNOWN:
        return plain_value(program, each, value)
    match each.type:
        case ty.Record(name):
            return plain_record(program, program.records[name], value)
        case ty.List(name):
            return [plain_record(program, program.records[name], row) for row in value]
        case ty.Moment():  # As the clocks of the programme show it.
            return values.as_json(value, each.type, program)
        case _:
            return plain_value(program, each, value)


def held(each: ir.FieldDef, raw: Any) -> Any:
    """The value of a raw one."""
    if each.scale is None or isinstance(each.type, WHOLE):
        return raw
    return Fraction(raw, 10**each.scale)


def unheld(each: ir.FieldDef, value: Fraction | int) -> int:
    """The raw value nearest to a number."""
    scale = 0 if isinstance(each.type, WHOLE) or each.scale is None else each.scale
    exact = Fraction(value) * 10**scale
    return int(exact) if exact.denominator == 1 else round(exact)


@lru_cache(maxsize=512)
def lists_of(program: ir.Program, record: str) -> tuple[tuple[str, ...], ...]:
    """Where lists of a record stand, as names from the application down."""
    return tuple(_lists_of(program, record))


def _lists_of(program: ir.Program, record: str) -> Iterator[tuple[str, ...]]:
    waiting: list[tuple[tuple[str, ...], ir.RecordDef]] = [((), program.application)]
    while waiting:
        path, definition = waiting.pop(0)
        for each in definition.fields:
            if isinstance(each.type, ty.List):
                if each.type.record == record:
                    yield (*path, each.name)
                if len(path) < 3:
                    waiting.append(((*path, each.name), program.records[each.type.record]))
            elif isinstance(each.type, ty.Record) and len(path) < 3:
                if each.type.name == record:
                    yield (*path, each.name)
                waiting.append(((*path, each.name), program.records[each.type.name]))
