"""
An application made plainer, piece by piece: fewer rows, rows that are alike, plain values.

A piece is a row that may be taken away, a row that may be made like the one before, or a value that may give way to a
plainer one.  Whoever looks for the plainest application that still shows something says which pieces are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

from attrs import define, field, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.facts.reader import left_out
from grantrules.properties.draft import Draft
from grantrules.properties.fresh import ordinary

Kept: TypeAlias = Sequence[bool]
"""Of each piece of a part, in their order, whether it stays as it is."""

_Row: TypeAlias = Mapping[str, Any]

_MOST_KINDS = 12
_MOST_ROUNDS = 2


# ---- plain values ----------------------------------------------------------------------------------------------------


def plain_values(each: ir.FieldDef, value: Any, numbers: Callable[[int], Iterable[int]]) -> Iterator[Any]:
    """
    Values that read more plainly than one, the plainest first.

    Args:
        each: the fact.
        value: its raw value.
        numbers: plain numbers for it, where it is one.
    """
    for option in _options(each, value, numbers):
        if option == value and type(option) is type(value):
            return
        yield option


def _options(each: ir.FieldDef, value: Any, numbers: Callable[[int], Iterable[int]]) -> Iterator[Any]:
    if each.only_when is None and (each.optional or each.default is not ir.UNKNOWN):
        yield left_out(each)
    if value is None or value is ir.UNKNOWN:
        yield value
        return
    match each.type:
        case ty.YesNo():
            yield from (False, True)
        case ty.Choice(_, listed):
            yield from listed
        case ty.Choices(_, listed):
            yield frozenset()
            yield from (frozenset({one}) for one in listed)
        case ty.List():
            yield from (value[:1], value)
        case ty.Record() | ty.Text() | ty.Nace() | ty.Country() | ty.Region():
            yield value
        case _:
            low, high = each.minimum, each.maximum
            for option in (*numbers(value), value):
                if (low is None or option >= low) and (high is None or option <= high):
                    yield option


def round_steps(each: ir.FieldDef) -> list[int]:
    """The steps to which a number is rounded so that it reads more plainly, the finest first; a date has none."""
    if isinstance(each.type, ty.Date | ty.Moment | ty.Year | ty.Month):
        return []
    unit = 10 ** (each.scale or 0)
    return [step for step in (unit, 10 * unit, 100 * unit, 10**4 * unit, 10**6 * unit) if step > 1]


def _few(each: ir.FieldDef, value: Any) -> tuple[Any, ...]:
    """The plainest values: nothing, the most ordinary one, and where it is a number the roundest of its size."""
    if isinstance(value, list):
        return (value[:1],) if len(value) > 1 else ()

    def numbers(number: int) -> Iterator[int]:
        yield ordinary(each)[0]
        sized = (number // step * step for step in reversed(round_steps(each)))
        yield from islice((one for one in sized if one), _MOST_ROUNDS)

    return tuple(islice(plain_values(each, value, numbers), 2 + _MOST_ROUNDS))


def _chosen(value: Any, options: Sequence[Any], kept: Kept) -> Any:
    """The plainest value that is taken."""
    return next((option for option, keeps in zip(options, kept, strict=True) if not keeps), value)


# ---- the pieces of an application --------------------------------------------------------------------------------------


@frozen(eq=False)
class _One:
    """A fact that is no list."""

    name: str
    value: Any
    options: tuple[Any, ...]

    @property
    def parts(self) -> tuple[int, ...]:
        return (len(self.options),)

    def plainer(self, parts: Sequence[Kept]) -> Any:
        return _chosen(self.value, self.options, parts[0])


@frozen(eq=False)
class _Fields:
    """A record: the plainer values of each of its fields."""

    name: str
    row: _Row
    options: Mapping[str, tuple[Any, ...]]

    @property
    def parts(self) -> tuple[int, ...]:
        return (sum(map(len, self.options.values())),)

    def plainer(self, parts: Sequence[Kept]) -> Any:
        kept = iter(parts[0])
        return {
            name: _chosen(value, options, tuple(islice(kept, len(options))))
            if (options := self.options.get(name))
            else value
            for name, value in self.row.items()
        }


@frozen(eq=False)
class _Rows:
    """
    A list.  Its parts: which rows stay; which stay other than the one before; which columns stay, and of each kind of
    row which values.
    """

    name: str
    rows: Sequence[_Row]
    least: int
    kinds: Sequence[_Fields]
    """The rows without repetition."""
    kind_of: Sequence[int]
    columns: tuple[str, ...]
    """The fields that have a plainer value in some row."""

    @property
    def parts(self) -> tuple[int, ...]:
        inside = (part for kind in self.kinds[:_MOST_KINDS] for part in kind.parts)
        return (len(self.rows), max(0, len(self.rows) - 1), len(self.columns), *inside)

    def plainer(self, parts: Sequence[Kept]) -> Any:
        stay, differ, columns, *inside = parts
        plain = {name for name, keeps in zip(self.columns, columns, strict=True) if not keeps}
        kinds: list[_Row] = [
            {
                name: kind.options[name][0] if name in plain and kind.options.get(name) else value
                for name, value in (kind.plainer((kept,)) if kept is not None else kind.row).items()
            }
            for kind, kept in zip(self.kinds, (*inside, *[None] * len(self.kinds)), strict=False)
        ]
        rows = [kinds[kind] for kind in self.kind_of]
        for at, keeps in enumerate(differ, 1):
            if not keeps:
                rows[at] = rows[at - 1]
        spare = len(rows) - self.least
        left: list[dict[str, Any]] = []
        for row, stays in zip(rows, stay, strict=True):
            if stays or spare <= 0:
                left.append(dict(row))
            else:
                spare -= 1
        return left


@define(eq=False)
class Pieces:
    """
    The pieces of an application.

    Args:
        draft: the application; what is locked in it has no pieces.
    """

    draft: Draft
    _found: tuple[_One | _Fields | _Rows, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._found = tuple(self._of_facts())

    @property
    def parts(self) -> tuple[int, ...]:
        """How many pieces each part has."""
        return tuple(number for each in self._found for number in each.parts)

    def plainer(self, parts: Sequence[Kept]) -> Draft:
        """The application with the pieces that are kept, in the order of the parts, and the rest as plain as can be."""
        data, left = dict(self.draft.data), iter(parts)
        for each in self._found:
            data[each.name] = each.plainer(tuple(islice(left, len(each.parts))))
        return Draft(self.draft.program, data, self.draft.locked)

    def _of_facts(self) -> Iterator[_One | _Fields | _Rows]:
        for each in self.draft.program.application.fields:
            value = self.draft.data[each.name]
            if each.name in self.draft.locked:
                continue
            match each.type:
                case ty.List(record) if isinstance(value, list):
                    yield self._rows(each, self.draft.program.records[record], value)
                case ty.Record(record) if isinstance(value, dict):
                    yield self._fields(each.name, self.draft.program.records[record], value)
                case _:
                    yield _One(each.name, value, _few(each, value))

    def _fields(self, name: str, record: ir.RecordDef, row: _Row) -> _Fields:
        options = {each.name: _few(each, row[each.name]) for each in record.fields}
        return _Fields(name, row, {name: found for name, found in options.items() if found})

    def _rows(self, each: ir.FieldDef, record: ir.RecordDef, rows: Sequence[_Row]) -> _Rows:
        kinds: dict[str, int] = {}
        firsts: list[_Fields] = []
        kind_of: list[int] = []
        for row in rows:
            key = repr(row)
            if key not in kinds:
                kinds[key] = len(kinds)
                firsts.append(self._fields(each.name, record, row))
            kind_of.append(kinds[key])
        columns = tuple(one.name for one in record.fields if any(one.name in kind.options for kind in firsts))
        return _Rows(each.name, rows, each.minimum or 0, firsts, kind_of, columns)
