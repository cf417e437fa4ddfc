"""
The quick reader: code made for one programme, for applications in which everything is in order.

It reads what almost every application is: plain dicts and lists, all names known, no value missing that has no default.
Anything else (another class, a name too many, a fact marked as unknown, a value that a leaf refuses) makes it give up
without a word, and the complete reader reads the application from the start and says what is wrong with it.  So it
needs no messages, and may try the likely form of a value first.  What is unlikely but right goes through the same leaf
that the complete reader calls, so the two cannot differ in what they accept.

The text of the code is made of the shape of the declaration alone: names and values of the programme stand beside it,
in a table, and never in it.

Numbers in the rows of a list are read column by column: the texts are joined, one regular expression looks at all of
them, and Python's own JSON scanner turns them into integers.

JSON is read by Python's own scanner, which keeps the last of two equal keys.  But every key has one colon behind it, and
few values have one in them, so a text with more colons than what came out of it had a key twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias, cast

from attrs import define, field, frozen

from grantrules import types as ty
from grantrules.core.ir import UNKNOWN, FieldDef, Program, RecordDef
from grantrules.facts.json_text import REFUSED, JsonNumber
from grantrules.facts.leaves import Leaf, leaf_of, no_longer_listed, values_of
from grantrules.facts.problems import DataProblem
from grantrules.facts.reader import (
    MISSING,
    Holds,
    fixed_rows,
    is_complete,
    left_out,
    order_of_conditions,
    under_condition,
)
from grantrules.limits import DEFAULT_LIMITS, Limits

Values: TypeAlias = "tuple[Any, ...] | None"

_LONGEST_TEXT = 40
"""No date, period or code is longer; what is kept in memory is bounded by it."""
_KEPT = 4096

_scan: Callable[[str, int], tuple[Any, int]] = cast("Any", json.JSONDecoder(parse_float=JsonNumber)).scan_once
"""The scanner itself, without what `json.loads` does around it; a decimal stays the text that was written."""

_MOST_JSON = 2 * 1024 * 1024
"""Above this size the scanner could take more memory than a host can spare; the complete reader counts as it goes."""


class _GivenUp(Exception):  # noqa: N818 - It is no error: the complete reader comes next.
    """Not everything is as it usually is."""


@frozen(eq=False)
class FastReader:
    """
    The quick reader of one programme.

    Both functions give the values of complete `Facts` without warnings, the same that the complete reader gives; or
    `None`, where the complete reader has to look.
    """

    mapping: Callable[[Any], Values]
    """Reads an application of plain dicts and lists."""

    json: Callable[[Any], Values]
    """Reads a JSON text, or its bytes."""

    source: str = field(repr=False)
    """The code of both, for whoever wants to see it."""


def compile_reader(
    program: Program, limits: Limits = DEFAULT_LIMITS, holds: Holds | None = None
) -> FastReader:
    """
    Make the quick reader of a programme.

    Args:
        program: what is asked.
        limits: as for the complete reader.
        holds: decides `only when`; needed if the programme has any.
    """
    order = order_of_conditions(program)
    if order and holds is None:
        raise TypeError("A programme that asks facts only under a condition needs `holds` to decide it.")
    settle = _settler(program, order, holds) if holds is not None and order else None
    plain, scanned = (_Code(program, limits, from_json=each) for each in (False, True))
    return FastReader(
        mapping=_mapping_reader(plain.made(), settle),
        json=_json_reader(scanned.made(), settle, limits, _depth(program, program.application)),
        source=f"{plain.text}\n\n# ---- from JSON\n\n{scanned.text}",
    )


# ---- around the code ---------------------------------------------------------------------------------------------

_Waiting: TypeAlias = "list[tuple[FieldDef, list[Any], int, Any, bool]]"
_Settle: TypeAlias = Callable[[Sequence[Any], _Waiting], "tuple[Any, ...]"]


def _mapping_reader(read: Callable[..., Any], settle: _Settle | None) -> Callable[[Any], Values]:
    def mapping(data: Any) -> Values:
        try:
            if type(data) is not dict:
                return None
            if settle is None:
                return read(data)  # type: ignore[no-any-return]  # as the text was written
            waiting: _Waiting = []
            return settle(read(data, waiting), waiting)
        except Exception:  # noqa: BLE001 - A key of another class may raise anything; the complete reader knows what to say.
            return None

    return mapping


def _json_reader(
    read: Callable[..., Any], settle: _Settle | None, limits: Limits, depth: int
) -> Callable[[Any], Values]:
    most = min(_MOST_JSON, limits.json_bytes)
    # Bounds that a programme itself would break are left to the complete reader.
    never = depth > limits.json_depth or limits.string_length < 5 * _LONGEST_TEXT

    def from_json(data: Any) -> Values:
        try:
            if never or len(data) > most:
                return None
            text = data.decode() if type(data) is bytes else data
            if type(text) is not str or (data is text and not text.isascii() and len(text.encode()) > most):
                return None
            if "\\" in text and "\\u003" in text:  # A colon can be written `\u003a`.
                return None
            found, end = _scan(text, 0)
            if type(found) is not dict or (end != len(text) and text[end:].strip(" \t\n\r")):
                return None
            waiting: _Waiting = []
            values, colons = read(found) if settle is None else read(found, waiting)
            if colons != data.count(b":" if data is not text else ":"):
                return None
            return values if settle is None else settle(values, waiting)
        except Exception:  # noqa: BLE001 - As above: the scanner raises whatever it meets first.
            return None

    return from_json


def _settler(program: Program, order: Mapping[FieldDef, int], holds: Holds) -> _Settle:
    def settle(values: Sequence[Any], waiting: _Waiting) -> tuple[Any, ...]:
        for each, row, index, given, in_application in sorted(waiting, key=lambda pending: order[pending[0]]):
            condition = holds(each, values, None if in_application else row)
            row[index] = _right(under_condition(each, given, holds=condition))
        fixed = fixed_rows(program, program.application, values)
        if not is_complete(fixed):
            raise _GivenUp
        return fixed

    return settle


def _depth(program: Program, record: RecordDef) -> int:
    """How deep a JSON text of a record is."""
    depth = 1
    for each in record.fields:
        match each.type:
            case ty.Record(name):
                depth = max(depth, 1 + _depth(program, program.records[name]))
            case ty.List(name):
                depth = max(depth, 2 + _depth(program, program.records[name]))
            case ty.Choices():
                depth = max(depth, 2)
            case _:
                pass
    return depth


# ---- what the code calls -----------------------------------------------------------------------------------------


def _right(raw: Any) -> Any:
    if raw is REFUSED or isinstance(raw, DataProblem):
        raise _GivenUp
    return raw


def _leaf_reader(each: FieldDef, leaf: Leaf) -> Leaf:
    """The leaf, giving up where it finds a mistake or something to warn of."""

    def read(given: Any) -> Any:
        raw = _right(leaf(given))
        if no_longer_listed(each.type, raw):
            raise _GivenUp
        return raw

    return read


def _number_reader(form: re.Pattern[str], fine: int, whole: range, leaf: Leaf) -> Leaf:
    """
    Reads one number: texts, whole numbers and decimals of a plain form at once, anything else by the leaf.

    Of a plain form it only checks the sign and the digits, not the bounds of the field.
    """
    powers = tuple(10 ** (fine - decimals) for decimals in range(fine + 1))
    matches = form.fullmatch

    def read(given: Any) -> Any:
        kind = type(given)
        if kind is int:
            return given * powers[0] if given in whole else leaf(given)
        text = str(given) if kind is Decimal else given.text if kind is JsonNumber else given
        if type(text) is not str or not matches(text):
            return leaf(given)
        digits, _, part = text.partition(".")
        return int(digits + part) * powers[len(part)]

    return read


def _column_reader(usual: re.Pattern[str], read: Leaf) -> Callable[[list[Any]], list[int]]:
    """Reads all numbers of a column: at one go if all are in the usual form, else one by one."""
    matches = usual.fullmatch

    def column(given: list[Any]) -> list[int]:
        try:
            joined = ",".join(given)
        except TypeError:
            if {*map(type, given)} != {Decimal}:
                return [read(each) for each in given]
            joined = ",".join(map(str, given))
        if not matches(joined + ","):
            return [read(each) for each in given]
        digits = joined.replace(".", "")
        try:
            found: list[int] = _scan(f"[{digits}]", 0)[0]
        except ValueError:  # JSON takes no number that begins with a zero, as those below one do now.
            return [int(each) for each in digits.split(",")]
        return found

    return column


# ---- making the code ---------------------------------------------------------------------------------------------

_NUMBERS = (ty.Number, ty.Money, ty.MoneyPer, ty.Quantity, ty.Points)


@define(eq=False)
class _Code:
    """
    The code of one way to read, as lines, and the table of what it uses.

    For each record there is a function that reads a list of its rows, for those that stand alone another.  From JSON
    they give beside the values how many colons the text must have had for them.
    """

    program: Program
    limits: Limits
    from_json: bool = field(kw_only=True)
    waits: bool = field(init=False)
    lines: list[str] = field(factory=list)
    table: dict[str, Any] = field(factory=dict)
    functions: dict[tuple[str, RecordDef], str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.waits = bool(order_of_conditions(self.program))
        self.table |= {"GivenUp": _GivenUp, "MISSING": MISSING, "UNKNOWN": UNKNOWN}

    @property
    def text(self) -> str:
        """The code."""
        return "\n".join(self.lines)

    def made(self) -> Callable[..., Any]:
        """The function that reads an application."""
        name = self.function("record", self.program.application)
        exec(compile(self.text, "<grantrules reader>", "exec"), self.table)  # noqa: S102 - It wrote this text itself.
        return self.table[name]  # type: ignore[no-any-return]  # as the text was written

    def put(self, letter: str, value: Any) -> str:
        """A name in the code for something in the table."""
        name = f"{letter}{len(self.table)}"
        self.table[name] = value
        return name

    # ---- functions ---------------------------------------------------------------------------------------------

    def function(self, form: str, record: RecordDef) -> str:
        """The name of the function for a record (`record`) or for its rows (`rows`); it is written on first use."""
        key = (form, record)
        if key not in self.functions:
            self.functions[key] = f"{form}_{len(self.functions)}"
            body = self.of_record(record) if form == "record" else self.of_rows(record)
            arguments = ("r" if form == "record" else "rows") + (", wait" if self.waits else "")
            self.lines += [f"def {self.functions[key]}({arguments}):", *_indented(body), "", ""]
        return self.functions[key]

    def of_record(self, record: RecordDef) -> list[str]:
        """The body of the function for one record."""
        fields = [line for each, x in _variables(record) for line in self.of_field(each, x)]
        return [
            "k = len(r)",
            *self.from_json_only("c = k"),
            *fields,
            *_unless(f"k == {_always_there(record)}"),
            *self.ending(record, self.row(record)),
        ]

    def of_rows(self, record: RecordDef) -> list[str]:
        """The body of the function for the rows of a record."""
        columns = [(each, x) for each, x in _variables(record) if _is_column(each)]
        read = [line for each, x in columns for line in self.read_column(each, f"all_{x}")]
        rows = f"zip({', '.join(['rows', *(f'all_{x}' for _, x in columns)])})" if columns else "rows"
        return [
            "out = []",
            *self.from_json_only("c = 0"),
            "if not rows:",
            f"    return {self.result('out')}",
            *read,
            "add = out.append",
            f"for {', '.join(['r', *(x for _, x in columns)])} in {rows}:",
            *_indented(self.of_each_row(record)),
            f"return {self.result('out')}",
        ]

    def of_each_row(self, record: RecordDef) -> list[str]:
        """The body of the loop: rows with no more than what is always there, rows with everything, and those between."""
        always = [
            (each, x) for each, x in _variables(record) if _is_always_there(each) and not _is_column(each)
        ]
        others = [(each, x) for each, x in _variables(record) if not _is_always_there(each)]
        fewest, most = _always_there(record), len(record.fields)
        lines = [] if self.from_json else _unless("type(r) is dict")
        lines += ["k = len(r)", *self.from_json_only("c += k")]
        lines += [line for each, x in always for line in self.of_field(each, x)]
        early = bool(others) and not any(each.only_when for each, _ in others)
        if early:
            lines += [
                f"if k == {fewest}:",
                f"    add({self.row(record, with_defaults=True)})",
                "    continue",
            ]
            lines += [f"if k == {most}:"]
            lines += _indented([line for each, x in others for line in self.of_field(each, x, surely=True)])
            lines += [f"    add({self.row(record)})", "    continue"]
        for at, (each, x) in enumerate(others):
            lines += self.of_field(each, x)
            if early and at < len(others) - 1:
                # Most rows have the first of their optional fields and no other: no need to look for the rest.
                rest = {field.name for field, _ in others[at + 1 :]}
                cells = [self.put("D", left_out(f)) if f.name in rest else y for f, y in _variables(record)]
                lines += [
                    f"    if k == {fewest}:",
                    f"        add(({', '.join(cells)}, ))",
                    "        continue",
                ]
        return [*lines, *_unless(f"k == {fewest}"), *self.waiting(record), f"add({self.row(record)})"]

    def row(self, record: RecordDef, *, with_defaults: bool = False) -> str:
        """The expression for a row; where fields wait for their condition, the name of the list it is until then."""
        if _waits(record):
            return "y"
        return f"({''.join(f'{self.cell(each, x, with_defaults)}, ' for each, x in _variables(record))})"

    def cell(self, each: FieldDef, x: str, with_defaults: bool) -> str:  # noqa: FBT001 - It is handed on.
        """The expression for one value of a row."""
        if each.only_when is not None:
            return "UNKNOWN"
        return self.put("D", left_out(each)) if with_defaults and not _is_always_there(each) else x

    def waiting(self, record: RecordDef) -> list[str]:
        """The lines that note which fields of a row wait for their condition."""
        if not _waits(record):
            return []
        alone = record is self.program.application
        notes = [
            f"wait.append(({self.put('F', each)}, y, {i}, {x}, {alone}))"
            for i, (each, x) in enumerate(_variables(record))
            if each.only_when is not None
        ]
        cells = [self.cell(each, x, with_defaults=False) for each, x in _variables(record)]
        return [f"y = [{', '.join(cells)}]", *notes]

    def ending(self, record: RecordDef, row: str) -> list[str]:
        """The last lines of the function for one record."""
        return [*self.waiting(record), f"return {self.result(row)}"]

    def result(self, value: str) -> str:
        """What a function gives: from JSON, the colons beside it."""
        return f"{value}, c" if self.from_json else value

    def from_json_only(self, line: str) -> list[str]:
        """A line that counts colons."""
        return [line] if self.from_json else []

    # ---- fields ------------------------------------------------------------------------------------------------

    def of_field(self, each: FieldDef, x: str, *, surely: bool = False) -> list[str]:
        """
        The lines that read a field of the record `r` into a variable.

        For a field that may be left out, `k` counts down if it is there; `surely`: it is there.
        """
        name, value = self.put("K", each.name), self.value(each, x)
        if surely or _is_always_there(each):
            return [f"{x} = r[{name}]", *value]
        if each.only_when is not None:
            given = ["k -= 1", f"if {x} is not None:", *_indented(value)]
            return [f"{x} = r.get({name}, MISSING)", f"if {x} is not MISSING:", *_indented(given)]
        default = self.put("D", left_out(each))
        # A null counts as left out here; `k` then shows that it was not.
        given = ["k -= 1", *value]
        return [
            f"{x} = r.get({name})",
            f"if {x} is None:",
            f"    {x} = {default}",
            "else:",
            *_indented(given),
        ]

    def value(self, each: FieldDef, x: str) -> list[str]:
        """The lines that turn what was given into the raw value."""
        match each.type:
            case ty.YesNo():
                return _unless(f"{x} is True or {x} is False")
            case ty.Choice(of, values):
                meant = self.put("M", values_of(of, values, self.program))
                if self.from_json:  # Nothing that JSON can hold is equal to a text but a text.
                    return [f"{x} = {meant}[{x}]"]
                return [f"{x} = {meant}[{x}] if type({x}) is str else {self.leaf(each)}({x})"]
            case ty.Choices(of, values):
                return self.choices(self.put("M", values_of(of, values, self.program)), x)
            case ty.Text():
                usual = f"type({x}) is str and len({x}) <= {self.limits.string_length} and {x}.isascii()"
                return [*self.count_colons(x), f"if not ({usual}):", f"    {x} = {self.leaf(each)}({x})"]
            case ty.Record(name):
                record = self.program.records[name]
                return [*_unless(f"type({x}) is dict"), *self.inner("record", record, x)]
            case ty.List(name):
                return self.rows(each, self.program.records[name], x)
            case kind if isinstance(kind, _NUMBERS):
                return [f"{x} = {self.put('N', self.number(each))}({x})", *self.bounds(each, f"({x},)")]
            case kind:
                colons = self.count_colons(x) if isinstance(kind, ty.Moment) else []
                kept = self.put("P", lru_cache(maxsize=_KEPT)(self.reading(each)))
                usual = f"type({x}) is str and len({x}) <= {_LONGEST_TEXT}"
                return [*colons, f"{x} = {kept}({x}) if {usual} else {self.leaf(each)}({x})"]

    def count_colons(self, x: str) -> list[str]:
        """Count the colons in a text that came from JSON."""
        return self.from_json_only(f"c += {x}.count(':')")

    def choices(self, meant: str, x: str) -> list[str]:
        """Several values, each of them once."""
        texts = [] if self.from_json else _unless(f"[*map(type, {x})] == [str] * len({x})")
        return [
            *_unless(f"type({x}) is list"),
            *self.copied(x),
            *texts,
            f"n = len({x})",
            f"{x} = frozenset([{meant}[each] for each in {x}])",
            *_unless(f"len({x}) == n <= {self.limits.list_items}"),
        ]

    def copied(self, x: str) -> list[str]:
        """A list of the host is copied first, so that it stays as it is."""
        return [] if self.from_json else [f"{x} = {x}.copy()"]

    def rows(self, each: FieldDef, record: RecordDef, x: str) -> list[str]:
        """A list of records."""
        most = self.limits.list_items if each.maximum is None else min(each.maximum, self.limits.list_items)
        return [
            *_unless(f"type({x}) is list"),
            *self.copied(x),
            *_unless(f"{each.minimum or 0} <= len({x}) <= {most}"),
            *self.inner("rows", record, x),
        ]

    def inner(self, form: str, record: RecordDef, x: str) -> list[str]:
        """The call that reads a record or a list inside a record."""
        call = f"{self.function(form, record)}({x}{', wait' if self.waits else ''})"
        return [f"{x}, d = {call}", "c += d"] if self.from_json else [f"{x} = {call}"]

    # ---- what the lines call -----------------------------------------------------------------------------------

    def reading(self, each: FieldDef) -> Leaf:
        """The leaf of a field."""
        return _leaf_reader(each, leaf_of(each, self.program, self.limits))

    def leaf(self, each: FieldDef) -> str:
        """The name of the leaf of a field."""
        return self.put("L", self.reading(each))

    def number(self, each: FieldDef) -> Leaf:
        """What reads one number of a field."""
        fine = each.scale or 0
        part = rf"(?:\.[0-9]{{1,{fine}}})?" if fine else ""
        form = re.compile(rf"{_sign(each)}[0-9]{{1,{self.limits.digits}}}{part}")
        most = 10**self.limits.digits
        whole = range(1 - most if _sign(each) else 0, most)
        return _number_reader(form, fine, whole, self.reading(each))

    def read_column(self, each: FieldDef, x: str) -> list[str]:
        """The lines that read a column of numbers."""
        fine = each.scale or 0
        part = rf"\.{'[0-9]' * fine}" if fine else ""
        usual = re.compile(rf"(?:{_sign(each)}[0-9]{{1,{self.limits.digits}}}+{part},)*+")
        column, name = self.put("C", _column_reader(usual, self.number(each))), self.put("K", each.name)
        return [f"{x} = {column}([r[{name}] for r in rows])", *self.bounds(each, x)]

    def bounds(self, each: FieldDef, values: str) -> list[str]:
        """The lines that check the bounds of numbers; where nothing below zero may be, the form has no sign."""
        lines = []
        if each.minimum is not None and each.minimum != 0:
            lines += _unless(f"min({values}) >= {each.minimum}")
        if each.maximum is not None:
            lines += _unless(f"max({values}) <= {each.maximum}")
        return lines


def _sign(each: FieldDef) -> str:
    return "-?" if each.minimum is None or each.minimum < 0 else ""


def _variables(record: RecordDef) -> list[tuple[FieldDef, str]]:
    return [(each, f"x{i}") for i, each in enumerate(record.fields)]


def _is_always_there(each: FieldDef) -> bool:
    """Whether an application without the field is not complete."""
    return each.only_when is None and left_out(each) is UNKNOWN


def _always_there(record: RecordDef) -> int:
    return sum(map(_is_always_there, record.fields))


def _is_column(each: FieldDef) -> bool:
    return _is_always_there(each) and isinstance(each.type, _NUMBERS)


def _waits(record: RecordDef) -> bool:
    return any(each.only_when is not None for each in record.fields)


def _unless(condition: str) -> list[str]:
    return [f"if not ({condition}):", "    raise GivenUp"]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
