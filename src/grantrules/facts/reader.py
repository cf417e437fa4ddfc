"""
The complete reader: an application, from whatever it was handed in as, to `Facts`, or every mistake in it.

It follows the declaration of the programme, not the data: each record is copied once (`host`), each declared field is
looked up in the copy and read by its leaf (`leaves`), and what is left over is an unknown field.  So it goes no deeper
than the programme does, whatever is inside what.

A fact that is left out has its default, is absent if it is optional, and else is `UNKNOWN`.  A fact under `only when`
waits until the facts it depends on have been read: where the condition does not hold the fact is absent, and giving it
is a mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import Any, NoReturn, TypeAlias

from attrs import define, evolve, field, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.facts import Facts, Warned
from grantrules.core.ir import UNKNOWN, FieldDef, Program, RecordDef
from grantrules.diagnostics import ApplicationError, Words
from grantrules.facts import problems as pr
from grantrules.facts.host import A_RECORD, described, exact, fields_of, items_of
from grantrules.facts.json_text import REFUSED, Loaded, Path, Place, load, path_text, places
from grantrules.facts.leaves import Leaf, leaf_of, no_longer_listed, wrong_kind
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.source import Source, Span

Holds: TypeAlias = Callable[[FieldDef, Sequence[Any], Sequence[Any] | None], bool | None]
"""
Whether the `only_when` of a field holds; `None` while that is undecided.  A condition that no further fact can decide,
because a fact it reads is absent, does not hold.

It is asked with the raw values of the application, in order, and the row the field is in (`None` for a fact of the
application), which is bound to the field's `var`.  What has no value yet is `UNKNOWN`.
"""

APPLICATION = Words(
    "an application, which is a record of fields", "bir başvuru, yani alanlardan oluşan bir kayıt"
)
MARK = "unknown"
"""`{"unknown": true}` stands for a fact that is not known yet."""

_MOST_FIELDS = 1_000


@frozen(eq=False)
class Elsewhere:
    """
    What another programme asks for, where one application is read for both.

    A field that the other one alone asks for is left to it.  Places are the names of the fields that lead there.

    Args:
        fields: the names of the fields that the other programme asks for at each place.
        clashes: the places that the two read differently, so that no application can answer both, with the problem.
    """

    fields: Mapping[tuple[str, ...], tuple[str, ...]]
    clashes: Mapping[tuple[str, ...], pr.DataProblem]


class _Missing:
    """A field that is not there."""


MISSING = _Missing()


def read(
    program: Program, data: Any, *, limits: Limits = DEFAULT_LIMITS, holds: Holds | None = None
) -> Facts:
    """
    The facts of an application.

    Args:
        program: what is asked.
        data: a mapping or an attrs instance, records inside it likewise; the accepted forms of values are in `leaves`.
        limits: bounds on the data.
        holds: decides `only when`; needed if the programme has any.

    Raises:
        ApplicationError: with every mistake, each with its path.
    """
    return Reader(program, limits, holds).read(data)


def read_json(
    program: Program,
    text: str | bytes,
    *,
    name: str = "application",
    limits: Limits = DEFAULT_LIMITS,
    holds: Holds | None = None,
) -> Facts:
    """The facts of an application in JSON text, as `read`; every mistake has its line and column in `name` too."""
    return Reader(program, limits, holds).read_json(text, name)


@define(eq=False)
class Reader:
    """What is worked out once for all applications of a programme."""

    program: Program
    limits: Limits = DEFAULT_LIMITS
    holds: Holds | None = None
    elsewhere: Elsewhere | None = None
    leaves: dict[FieldDef, Leaf] = field(init=False, factory=dict)
    order: Mapping[FieldDef, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.order = order_of_conditions(self.program)
        if self.order and self.holds is None:
            raise TypeError("A programme that asks facts only under a condition needs `holds` to decide it.")

    def read(self, data: Any) -> Facts:
        """See `read`."""
        return _Reading(self, None).facts(data)

    def read_json(self, text: str | bytes, name: str = "application") -> Facts:
        """See `read_json`."""
        loaded = load(text, name=name, limits=self.limits)
        return _Reading(self, loaded).facts(loaded.data)

    def leaf(self, field: FieldDef) -> Leaf:
        """The leaf of a field."""
        found = self.leaves.get(field)
        if found is None:
            found = self.leaves[field] = leaf_of(field, self.program, self.limits)
        return found


@frozen(eq=False)
class _Pending:
    """A field under `only when`: the row it is in, its place there, and what was given."""

    field: FieldDef
    row: list[Any]
    index: int
    given: Any
    path: Path
    in_application: bool


@define(eq=False)
class _Reading:
    """One application being read."""

    reader: Reader
    loaded: Loaded | None
    problems: list[tuple[Path, pr.DataProblem]] = field(factory=list)
    more: int = 0
    warnings: list[Warned] = field(factory=list)
    pending: list[_Pending] = field(factory=list)
    unknown: bool = False

    def facts(self, data: Any) -> Facts:
        """The facts, or the end."""
        program = self.reader.program
        values: Sequence[Any] = ()
        if data is not REFUSED:
            found = fields_of(data, self._most(program.application))
            if found is None:
                wrong = pr.WrongKind(expected=APPLICATION, given=described(data))
                self.report((), wrong)
            else:
                values = self.record(program.application, found, ())
        if self.pending:
            values = self.settled(values)
        if self.problems or (self.loaded and self.loaded.problems):
            self.refuse()
        return Facts(tuple(values), not self.unknown, tuple(self.warnings))

    def _most(self, record: RecordDef) -> int:
        return max(_MOST_FIELDS, len(record.fields))

    # ---- the shape --------------------------------------------------------------------------------------------

    def record(
        self, record: RecordDef, found: tuple[dict[str, Any], list[pr.DataProblem]], path: Path
    ) -> Sequence[Any]:
        """The values of a record, in order; a list while some of them wait for their condition."""
        given, wrong = found
        for problem in wrong:
            name = getattr(problem, "name", None)
            self.report((*path, name) if name else path, problem)
        row: list[Any] = []
        waits = False
        if self.reader.elsewhere is not None:
            self.clashing(self.reader.elsewhere, given, path)
        for each in record.fields:
            value = given.pop(each.name, MISSING)
            if each.only_when is None:
                row.append(self.plain_field(each, value, path))
            else:
                waits = True
                here = (*path, each.name)
                kept = value if value is MISSING or value is None else self.value(each, value, here)
                self.pending.append(_Pending(each, row, len(row), kept, here, not path))
                row.append(UNKNOWN)
        if given:
            self._left_over(record, given, path)
        return row if waits else tuple(row)

    def plain_field(self, each: FieldDef, value: Any, path: Path) -> Any:
        """The raw value of a field that is always asked."""
        here = (*path, each.name)
        if value is MISSING:
            raw = left_out(each)
            self.unknown |= raw is UNKNOWN
        elif value is None:
            raw = self.taken(absent(each), here)
        else:
            raw = self.value(each, value, here)
        return UNKNOWN if raw is REFUSED else raw

    def clashing(self, elsewhere: Elsewhere, given: dict[str, Any], path: Path) -> None:
        """Take down what two programmes read differently; neither reads it."""
        for name in [name for name in given if (*_names(path), name) in elsewhere.clashes]:
            given[name] = self.report((*path, name), elsewhere.clashes[*_names(path), name])

    def _left_over(self, record: RecordDef, given: Mapping[str, Any], path: Path) -> None:
        known = tuple(each.name for each in record.fields)
        elsewhere = self.reader.elsewhere
        others = () if elsewhere is None else elsewhere.fields.get(_names(path), ())
        for name in given:
            if name in others:
                continue
            if elsewhere is None:
                near = pr.near_name(name, known)
                self.report((*path, name), pr.UnknownField(name=name, near=near, known=known))
            else:
                of_both = tuple(sorted({*known, *others}))
                near = pr.near_name(name, of_both)
                self.report((*path, name), pr.NeitherAsks(name=name, near=near, known=of_both))

    def value(self, each: FieldDef, given: Any, path: Path) -> Any:
        """The raw value of what was given for a field: `UNKNOWN` if it is marked so, `REFUSED` if it is wrong."""
        if given is REFUSED:
            return REFUSED
        if given is UNKNOWN:
            self.unknown = True
            return UNKNOWN
        match each.type:
            case ty.Record(name):
                return self.inner_record(self.reader.program.records[name], each, given, path)
            case ty.List(name):
                return self.rows(self.reader.program.records[name], each, given, path)
            case _:
                if exact(given) is A_RECORD and _is_mark(fields_of(given, 1)):
                    self.unknown = True
                    return UNKNOWN
                return (
                    self.choices(each, given, path)
                    if isinstance(each.type, ty.Choices)
                    else self.one(each, given, path)
                )

    def inner_record(self, record: RecordDef, each: FieldDef, given: Any, path: Path) -> Any:
        """A record inside a record."""
        found = fields_of(given, self._most(record))
        if found is None:
            return self.report(path, wrong_kind(each.type, None, given))
        if _is_mark(found) and not _declares_mark(record):
            self.unknown = True
            return UNKNOWN
        return self.record(record, found, path)

    def rows(self, record: RecordDef, each: FieldDef, given: Any, path: Path) -> Any:
        """The rows of a list."""
        items = items_of(given)
        if items is None:
            if exact(given) is A_RECORD and _is_mark(fields_of(given, 1)):
                self.unknown = True
                return UNKNOWN
            return self.report(path, wrong_kind(each.type, None, given))
        count = len(items)
        if count > self.reader.limits.list_items:
            return self.report(path, pr.ListTooLong(most=self.reader.limits.list_items))
        if each.minimum is not None and count < each.minimum:
            self.report(path, pr.TooFewRows(count=count, least=each.minimum))
        if each.maximum is not None and count > each.maximum:
            self.report(path, pr.TooManyRows(count=count, most=each.maximum))
        return [self.row(record, item, (*path, number)) for number, item in enumerate(items)]

    def row(self, record: RecordDef, given: Any, path: Path) -> Any:
        """One row; of one that is marked as unknown every field is."""
        if given is REFUSED:
            return self.nothing_known(record)
        found = None if given is UNKNOWN else fields_of(given, self._most(record))
        if given is UNKNOWN or (_is_mark(found) and not _declares_mark(record)):
            return self.nothing_known(record)
        if found is None:
            self.report(path, wrong_kind(ty.Record(record.name), None, given))
            return self.nothing_known(record)
        return self.record(record, found, path)

    def nothing_known(self, record: RecordDef) -> Any:
        """A row of which nothing is known."""
        self.unknown = True
        return (UNKNOWN,) * len(record.fields)

    def choices(self, each: FieldDef, given: Any, path: Path) -> Any:
        """Several values of a choice, each named once."""
        items = items_of(given, sets=True)
        if items is None:
            return self.report(path, wrong_kind(each.type, None, given))
        if len(items) > self.reader.limits.list_items:
            return self.report(path, pr.ListTooLong(most=self.reader.limits.list_items))
        chosen: set[str] = set()
        for number, item in enumerate(items):
            value = self.one(each, item, (*path, number))
            if value in chosen:
                self.report((*path, number), pr.RepeatedValue(text=value))
            elif value is not REFUSED:
                chosen.add(value)
        return frozenset(chosen)

    def one(self, each: FieldDef, given: Any, path: Path) -> Any:
        """A single value."""
        raw = self.taken(self.reader.leaf(each)(given), path)
        if no_longer_listed(each.type, raw):
            self.warnings.append(Warned(pr.NoLongerListed.code, path_text(path), raw))
        return raw

    # ---- only when --------------------------------------------------------------------------------------------

    def settled(self, values: Sequence[Any]) -> Sequence[Any]:
        """The values once every condition has been asked, in an order in which each finds what it depends on."""
        holds, order = self.reader.holds, self.reader.order
        assert holds is not None  # noqa: S101 - Asked when the reader was made.
        for each in sorted(self.pending, key=lambda pending: order[pending.field]):
            condition = holds(each.field, values, None if each.in_application else each.row)
            given = MISSING if condition is False and self.for_another(each) else each.given
            raw = self.taken(under_condition(each.field, given, holds=condition), each.path)
            each.row[each.index] = UNKNOWN if raw is REFUSED else raw
        fixed = fixed_rows(self.reader.program, self.reader.program.application, values)
        self.unknown = not is_complete(fixed)
        return fixed

    def for_another(self, each: _Pending) -> bool:
        """Whether another programme asks for a field as well, for which it may be given."""
        elsewhere = self.reader.elsewhere
        *place, name = _names(each.path)
        return elsewhere is not None and name in elsewhere.fields.get(tuple(place), ())

    # ---- mistakes ---------------------------------------------------------------------------------------------

    def taken(self, raw: Any, path: Path) -> Any:
        """A raw value as it is; a mistake taken down."""
        return self.report(path, raw) if isinstance(raw, pr.DataProblem) else raw

    def report(self, path: Path, problem: pr.DataProblem) -> Any:
        """Take down a mistake; what stands in the place of the value is `REFUSED`."""
        if len(self.problems) < self.reader.limits.diagnostics:
            self.problems.append((path, problem))
        else:
            self.more += 1
        return REFUSED

    def refuse(self) -> NoReturn:
        """Raise, with all mistakes, in the order of the text where there is one."""
        most = self.reader.limits.diagnostics
        if self.loaded is None:
            found = [evolve(problem, path=path_text(path)) for path, problem in self.problems]
            more = self.more
        else:
            found = [*self.loaded.problems, *_placed(self.loaded.source, self.problems, self.reader.limits)]
            found.sort(key=lambda problem: problem.span)
            more = self.more + self.loaded.more
        more += max(0, len(found) - most)
        found = found[:most]
        if more:
            found.append(_cut_off(more, self.loaded))
        raise ApplicationError(tuple(found), _summary(found))


def _names(path: Path) -> tuple[str, ...]:
    """The names of the fields along a path, whichever row it is."""
    return tuple(part for part in path if isinstance(part, str))


# ---- one application for two programmes ----------------------------------------------------------------------------


def elsewhere(own: Program, other: Program) -> Elsewhere:
    """What another programme asks for, for the reader of one."""
    fields: dict[tuple[str, ...], tuple[str, ...]] = {}
    clashes: dict[tuple[str, ...], pr.DataProblem] = {}

    def beside(ours: RecordDef, theirs: RecordDef, place: tuple[str, ...]) -> None:
        fields[place] = tuple(each.name for each in theirs.fields)
        there = {each.name: each for each in theirs.fields}
        for each in ours.fields:
            twin = there.get(each.name)
            if twin is None:
                continue
            here = (*place, each.name)
            match each.type, twin.type:
                case (ty.List(one), ty.List(another)) | (ty.Record(one), ty.Record(another)):
                    beside(own.records[one], other.records[another], here)
                case _ if not _read_alike(each.type, twin.type):
                    kinds = sorted((ty.described(each.type), ty.described(twin.type)), key=lambda w: w.en)
                    clashes[here] = pr.ReadDifferently(name=each.name, one=kinds[0], other=kinds[1])
                case _:
                    pass

    beside(own.application, other.application, ())
    return Elsewhere(fields, clashes)


def _read_alike(one: ty.Type, other: ty.Type) -> bool:
    """Whether what is given for one means the same for the other, as far as both take it."""
    choices = (ty.Choice, ty.Choices, ty.Number)
    return one == other or (type(one) is type(other) and isinstance(one, choices))


# ---- marks of what is unknown --------------------------------------------------------------------------------------


def _is_mark(found: tuple[dict[str, Any], list[pr.DataProblem]] | None) -> bool:
    return found is not None and not found[1] and len(found[0]) == 1 and found[0].get(MARK) is True


def _declares_mark(record: RecordDef) -> bool:
    return any(each.name == MARK for each in record.fields)


# ---- what is not given ---------------------------------------------------------------------------------------------


def left_out(each: FieldDef) -> Any:
    """What a field that is left out stands for."""
    if each.default is not UNKNOWN:
        return each.default
    return None if each.optional else UNKNOWN


def absent(each: FieldDef) -> Any:
    """What null stands for."""
    return None if each.optional else pr.MayNotBeAbsent(name=each.name)


def under_condition(each: FieldDef, given: Any, *, holds: bool | None) -> Any:
    """
    The raw value of a field under `only when`, or the problem.

    Args:
        each: the field.
        given: its raw value, `MISSING`, null, `UNKNOWN` or `REFUSED`.
        holds: whether its condition does; `None` while that is undecided.
    """
    nothing_given = any(given is nothing for nothing in (MISSING, None, UNKNOWN, REFUSED))
    if holds:
        if given is None:
            return absent(each)
        return left_out(each) if given is MISSING else given
    if holds is None:
        if given is not MISSING and given is not None:
            return given
        # Where the condition holds it would have this value as well.
        surely_absent = each.optional and (given is None or each.default is UNKNOWN)
        return None if surely_absent else UNKNOWN
    return None if nothing_given else pr.NotAsked(name=each.name)


def fixed_rows(program: Program, record: RecordDef, row: Sequence[Any]) -> tuple[Any, ...]:
    """The values of a record with all rows in it as tuples: they were lists while they waited for a condition."""

    def fixed(kind: ty.Type, value: Any) -> Any:
        if value is None or value is UNKNOWN:
            return value
        match kind:
            case ty.Record(name):
                return fixed_rows(program, program.records[name], value)
            case ty.List(name):
                return [fixed_rows(program, program.records[name], inner) for inner in value]
            case _:
                return value

    return tuple(fixed(each.type, value) for each, value in zip(record.fields, row, strict=False))


def is_complete(value: Any) -> bool:
    """Whether nothing in a value is unknown."""
    if isinstance(value, tuple | list):
        return all(is_complete(inner) for inner in value)
    return value is not UNKNOWN


# ---- places --------------------------------------------------------------------------------------------------------


def _placed(
    source: Source, problems: Iterable[tuple[Path, pr.DataProblem]], limits: Limits
) -> Iterator[pr.DataProblem]:
    """The problems with their places in the text."""
    problems = list(problems)
    where = places(source, (path for path, _ in problems), limits)
    for path, problem in problems:
        place = where.get(path)
        span = _marked(source, place, problem) if place else Span(0, min(1, len(source.text)))
        yield evolve(problem, source=source, span=span, path=path_text(path))


def _marked(source: Source, place: Place, problem: pr.DataProblem) -> Span:
    """The name of a field where that is wrong, or where the value takes many lines; else the value."""
    many_lines = source.text[place.value.start] in "[{"
    return place.name if place.name and (problem.marks_name or many_lines) else place.value


def _cut_off(more: int, loaded: Loaded | None) -> pr.DataProblem:
    if loaded is None:
        return pr.MoreMistakes(count=more)
    end = len(loaded.source.text)
    return pr.MoreMistakes(count=more, source=loaded.source, span=Span(end, end))


def _summary(problems: Sequence[pr.DataProblem]) -> str:
    """What the exception says where nobody shows its problems."""
    lines = ["The application cannot be read."]
    for problem in problems:
        words = problem.words("en")
        lines.append(f"  {problem.path or 'application'}: {words.why} {words.instead} [{words.code}]")
    return "\n".join(lines)


# ---- the order of conditions ---------------------------------------------------------------------------------------


def order_of_conditions(program: Program) -> Mapping[FieldDef, int]:
    """The fields under `only when`, each with its number in an order in which none depends on a later one."""
    fields = {("", each.name): each for each in program.application.fields}
    for record in program.records.values():
        fields |= {(record.name, each.name): each for each in record.fields}
    asked = {key: each for key, each in fields.items() if each.only_when is not None}
    if not asked:
        return {}
    computed = {(each.record, each.about.name): each.value for each in program.computed}
    needs = {
        key: [k for k in _read_in(each.only_when, computed) if k in asked] for key, each in asked.items()
    }
    try:
        keys = list(TopologicalSorter(needs).static_order())
    except CycleError:  # The compiler refuses these; a programme built by hand is taken in its own order.
        keys = list(asked)
    return {asked[key]: number for number, key in enumerate(keys)}


def _read_in(
    condition: ir.Expr | None, computed: Mapping[tuple[str, str], ir.Expr]
) -> Iterator[tuple[str, str]]:
    """The facts and fields that a condition reads, each as record and name."""
    waiting = [condition] if condition is not None else []
    seen: set[tuple[str, str]] = set()
    while waiting:
        expr = waiting.pop()
        waiting += ir.children(expr)
        key = None
        if isinstance(expr, ir.Fact):
            key = ("", expr.name)
        elif isinstance(expr, ir.Field) and isinstance(expr.of.type, ty.Record):
            key = (expr.of.type.name, expr.name)
        if key is None or key in seen:
            continue
        seen.add(key)
        if key in computed:
            waiting.append(computed[key])
        yield key
