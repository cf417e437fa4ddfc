"""
Values for facts of every type: ordinary ones, and the programme's own figures with what lies one quantum beside.

All choices are made by a `Chooser`, so that Hypothesis can draw and shrink them and a seeded generator can repeat
them; the first of several options is always the simplest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from random import Random
from typing import Any, Protocol, TypeVar

from attrs import define, field

from grantrules import calendars
from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.verify import expressions
from grantrules.facts.reader import left_out
from grantrules.properties.draft import unheld
from grantrules.reference import nace

T = TypeVar("T")

_DAY = 86_400


class Chooser(Protocol):
    """Whoever makes the choices."""

    def number(self, low: int, high: int) -> int:
        """A whole number between two bounds, both included; the simplest is the lower one."""


class RandomChooser:
    """Choices of a seeded generator."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - Repeatable numbers, not secret ones.

    def number(self, low: int, high: int) -> int:
        """See `Chooser`."""
        return self._random.randint(low, high)


@define(eq=False)
class Notebook:
    """Choices that are written down: first those given, then those of a seeded generator, or the simplest."""

    given: tuple[int, ...] = ()
    seed: int | None = None
    made: list[int] = field(factory=list, init=False)
    _random: Random | None = field(init=False, default=None)

    def number(self, low: int, high: int) -> int:
        """See `Chooser`."""
        at = len(self.made)
        if at < len(self.given):
            chosen = min(high, low + self.given[at])
        elif self.seed is None:
            chosen = low
        else:
            self._random = self._random or Random(self.seed)  # noqa: S311 - Repeatable numbers, not secret ones.
            chosen = self._random.randint(low, high)
        self.made.append(chosen - low)
        return chosen


# ---- the values of a programme's own figures -----------------------------------------------------------------------


@define(eq=False)
class Pool:
    """The constants that a programme writes, by type: where its facts should stand, and one quantum beside."""

    program: ir.Program

    @cached_property
    def read(self) -> frozenset[str]:
        """The names of the facts and fields that the programme reads."""
        reading = (e for e in expressions(self.program) if isinstance(e, ir.Fact | ir.Field))
        return frozenset(expr.name for expr in reading)

    @cached_property
    def figures(self) -> Mapping[ty.Type, tuple[Any, ...]]:
        """Every constant by its type, without repetition."""
        found: dict[ty.Type, dict[Any, None]] = {}
        for expr in expressions(self.program):
            if isinstance(expr, ir.Const) and isinstance(expr.type, ty.NUMERIC):
                found.setdefault(_plain_type(expr.type), {})[expr.value] = None
        return {kind: tuple(values) for kind, values in found.items()}

    def raw(self, each: ir.FieldDef) -> list[int]:
        """The raw values of the programme's own figures that a fact may be about."""
        figures = [unheld(each, value) for value in self.figures.get(_plain_type(each.type), ())]
        if isinstance(each.type, ty.Moment):
            zone = calendars.zone(self.program.zone)
            days = self.figures.get(ty.Date(), ())
            if zone is not None:
                figures += [calendars.start_of_day(int(day), zone) for day in days]
                figures += [calendars.start_of_day(int(day) + 1, zone) - 1 for day in days]
        return figures

    @cached_property
    def codes(self) -> Mapping[ty.Type, tuple[str, ...]]:
        """Codes that the code lists tell apart: listed ones, others beside them, and less precise ones."""
        found: dict[ty.Type, dict[str, None]] = {}
        for each in self.program.codes.values():
            codes = found.setdefault(each.type, {})
            for code in (*each.codes, *each.excepted, *each.included):
                for near in _near_codes(each.type, code):
                    codes[near] = None
        return {kind: tuple(codes) for kind, codes in found.items()}

    def codes_for(self, kind: ty.Type) -> tuple[str, ...]:
        """Codes of a type, the most ordinary first."""
        ordinary = {ty.Nace: ("62.01", "25.62"), ty.Country: ("TR", "DE"), ty.Region: ("TR721", "TR100")}
        usual = ordinary.get(type(kind), ())
        if isinstance(kind, ty.Nace) and kind.revision != "2":
            usual = ("62.10", "25.62")
        return tuple(dict.fromkeys((*usual, *self.codes.get(kind, ()))))


def _plain_type(kind: ty.Type) -> ty.Type:
    return ty.Number() if isinstance(kind, ty.Number) else kind


def _near_codes(kind: ty.Type, code: str) -> Iterator[str]:
    yield code
    match kind:
        case ty.Nace(revision):
            version: nace.Revision = "2.1" if revision == "2.1" else "2"
            yield from nace.children(code, version)[:1]
            if len(code) > 2:
                siblings = nace.children(code[:-1].rstrip("."), version)
                yield from (each for each in siblings[-1:] if each != code)
                if nace.known(code[:-1].rstrip("."), version):
                    yield code[:-1].rstrip(".")
        case _:
            return


# ---- values ---------------------------------------------------------------------------------------------------------


@define(eq=False)
class Values:
    """
    Makes values for the facts of one programme.

    Args:
        pool: its figures.
        chooser: makes the choices.
    """

    pool: Pool
    chooser: Chooser

    # ---- choices -----------------------------------------------------------------------------------------------

    def pick(self, options: Sequence[T]) -> T:
        """One of several options; the first is the simplest."""
        return options[self.chooser.number(0, len(options) - 1)]

    def rarely(self, one_in: int) -> bool:
        """Whether something happens that happens one time in so many; not to happen is simpler."""
        return self.chooser.number(0, one_in - 1) == one_in - 1

    # ---- facts of every type -----------------------------------------------------------------------------------

    def fresh(self, each: ir.FieldDef, *, given: bool = False) -> Any:
        """A raw value for a fact or field; with `given` never an absent one."""
        if not given and self._left_as_it_is(each):
            return left_out(each)
        match each.type:
            case ty.YesNo():
                return self.chooser.number(0, 1) == 1
            case ty.Choice(_, listed):
                return self.pick(listed)
            case ty.Choices(_, listed):
                number = self.chooser.number(0, min(3, len(listed)))
                first = self.chooser.number(0, len(listed) - 1) if number else 0
                return frozenset(listed[(first + at) % len(listed)] for at in range(number))
            case ty.Nace() | ty.Country() | ty.Region():
                return self.pick(self.pool.codes_for(each.type))
            case ty.Text():
                return str(self.chooser.number(1, 4))
            case ty.Record(name):
                return self.fresh_record(name)
            case ty.List(name):
                least, most = each.minimum or 0, 3 if each.maximum is None else min(each.maximum, 3)
                return [self.fresh_record(name) for _ in range(self.chooser.number(least, max(least, most)))]
            case _:
                return self._fresh_number(each)

    def fresh_record(self, name: str) -> dict[str, Any]:
        """A row with a value for every field."""
        return {each.name: self.fresh(each) for each in self.pool.program.records[name].fields}

    def _left_as_it_is(self, each: ir.FieldDef) -> bool:
        if each.only_when is not None:
            return True  # Asked once everything else stands.
        if not each.optional and each.default is ir.UNKNOWN:
            return False
        return not self.rarely(3 if each.name in self.pool.read else 10)

    def _fresh_number(self, each: ir.FieldDef) -> int:
        way = self.chooser.number(0, 3)
        if way == 0:
            found: int = self.pick(ordinary(each))
        elif way <= 2 and (figures := self.pool.raw(each)):
            found = self.pick(figures) + self.pick((0, -1, 1))
        else:
            found = self._any_number(each)
        return bounded(each, found)

    def _any_number(self, each: ir.FieldDef) -> int:
        match each.type:
            case ty.Date():
                return 738_156 + self.chooser.number(0, 2_000)
            case ty.Moment():
                return 1_640_995_200 + self.chooser.number(0, 2_000 * _DAY)
            case ty.Year():
                return 2022 + self.chooser.number(0, 10)
            case ty.Month():
                return 12 * 2022 + self.chooser.number(0, 60)
            case ty.Period():
                return self.chooser.number(0, 120)
            case ty.Rate() | ty.PercentagePoints():
                unit = int(10 ** max(0, (each.scale or 4) - 4))
                return self.chooser.number(0, 10_000) * unit
            case ty.Number(whole=True):
                return self.chooser.number(0, 300)
            case _:
                unit = int(10 ** (each.scale or 0))
                size = self.pick((10_000, 1_000_000, 100_000_000))
                return (
                    self.chooser.number(0, size) * unit // 100
                    if unit >= 100
                    else self.chooser.number(0, size) * unit
                )


def turned(items: Sequence[T], chooser: Chooser) -> list[T]:
    """The items, from one of them on and around."""
    if not items:
        return []
    start = chooser.number(0, len(items) - 1) if len(items) > 1 else 0
    return [*items[start:], *items[:start]]


def ordinary(each: ir.FieldDef) -> tuple[int, ...]:
    """Values of a fact as people write them, the plainest first."""
    unit = 10 ** (each.scale or 0)
    match each.type:
        case ty.Date():
            return (738_767, 739_000)
        case ty.Moment():
            return (1_693_774_800, 1_700_000_000)
        case ty.Year():
            return (2023, 2024)
        case ty.Month():
            return (12 * 2023 + 8,)
        case ty.Period():
            return (12, 0, 24, 36)
        case ty.Rate() | ty.PercentagePoints():
            return (unit // 2, 0, unit, unit // 4)
        case ty.Money():
            return tuple(unit * each for each in (1_000, 0, 100, 250_000, 1_000_000))
        case _:
            return tuple(unit * each for each in (10, 0, 1, 2, 100))


def bounded(each: ir.FieldDef, raw: int) -> int:
    """A raw number within what the declaration and the type allow."""
    low, high = each.minimum, each.maximum
    if isinstance(each.type, ty.Period):
        low = max(0, low or 0)
    if isinstance(each.type, ty.Date | ty.Year | ty.Month | ty.Moment):
        low = (
            {ty.Date: 693_596, ty.Moment: -2_208_988_800, ty.Year: 1900, ty.Month: 22_800}[type(each.type)]
            if (low is None)
            else low
        )
        top = {ty.Date: 767_010, ty.Moment: 4_102_444_800, ty.Year: 2100, ty.Month: 25_200}[type(each.type)]
        high = top if high is None else high
    most = 10 ** (15 + (each.scale or 0))
    raw = max(-most if low is None else low, raw)
    return min(most if high is None else high, raw)
