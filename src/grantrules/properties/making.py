"""
Whole applications to a programme, made on purpose: eligible ones, aimed at limits, failing ones.

An application is made simple and eligible first, and then aimed: at points where the programme changes its mind, or
at a requirement that fails.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import define, field

from grantrules import types as ty
from grantrules.asking import asker
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import of_statement
from grantrules.evaluate.fast import FastProgram
from grantrules.facts.reader import Reader, left_out
from grantrules.properties.aim import Aim, Maker
from grantrules.properties.draft import Draft, of_facts
from grantrules.properties.fresh import Chooser, RandomChooser
from grantrules.properties.points import Landscape, Point, Rowful
from grantrules.properties.probe import within

# What an application is made to be, the simplest first: eligible, or failing one requirement, or neither on purpose; and
# how many points it is aimed at.  A quarter fails even where a programme asks for little.
WAYS: tuple[str, ...] = (
    "eligible", "one", "two", "three", "failing", "two", "three", "failing", "any", "three", "failing",
)  # fmt: skip
POINTS = {"one": 1, "two": 2, "three": 3, "any": 1, "failing": 2}

_TRIES = 60


@define(eq=False)
class Applications:
    """
    What applications of one programme are made with.

    Args:
        program: the programme, under its settings.
        landscape: where it changes its mind.
    """

    program: ir.Program
    landscape: Landscape = field(init=False)
    maker: Maker = field(init=False)
    reader: Reader = field(init=False)
    _decider: FastProgram = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.landscape = Landscape(self.program)
        self.maker = Maker(self.landscape)
        self.reader = Reader(self.program, holds=asker(self.program))
        self._decider = FastProgram(self.program)

    def near(self, name: str) -> tuple[Point, ...]:
        """
        The points of a statement or step; of one that compares nothing itself, those of the figures that it reads.

        Raises:
            ValueError: it has none; lists the names that have some.
        """
        found = tuple(point for point in self.landscape.points if name in _names(point))
        if not found:
            behind = _figures_behind(self.program, name)
            found = tuple(point for point in self.landscape.points if point.test.about.name in behind)
        if not found:
            known = dict.fromkeys(point.test.owner for point in self.landscape.points)
            raise ValueError(
                f"Nothing is compared in {name!r} under these readings. Names: {', '.join(known)}."
            )
        return found

    def draft(
        self,
        chooser: Chooser,
        *,
        way: str,
        points: Sequence[Point],
        rowful: Sequence[Rowful] | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> Draft:
        """
        One application, made on purpose.

        Args:
            chooser: makes the choices.
            way: what it is made to be, one of `WAYS`.
            points: what it is aimed at.
            rowful: what it has rows for, each of them or not; without it, one thing of the programme or none.
            given: raw values of facts that stay as they are.
        """
        draft = self.maker.fresh(chooser, given)
        aim = self.maker.aim(draft, chooser)
        if rowful is None:
            found = self.landscape.rowful
            rowful = (aim.pick(found),) if found and aim.rarely(2) else ()
        else:
            rowful = [each for each in rowful if aim.rarely(2)]
        for each in rowful:
            aim.show(each)
        if way != "any":
            aim.settle()
            aim.make_eligible()
        aimed = [aim.pick(points) for _ in range(POINTS.get(way, 0))] if points else []
        for point in aimed:
            aim.reach(point)
        aim.settle()
        if way == "failing":
            aim.make_one_fail()
            aim.settle()
        elif way != "any":
            aim.make_eligible_at(aimed)
        return draft

    def like(self, chooser: Chooser, other: Draft) -> Draft:
        """An application that says the same as one to another programme; what that one is not asked is left out."""
        draft = self.maker.fresh(chooser)
        aim = self.maker.aim(draft, chooser)

        def taken(each: ir.FieldDef, value: Any) -> Any:
            match each.type:
                case ty.List(record) if isinstance(value, list):
                    return [said(self.program.records[record], row, {}) for row in value]
                case ty.Record(record) if isinstance(value, dict):
                    return said(self.program.records[record], value, {})
                case _:
                    return value

        def said(record: ir.RecordDef, values: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
            row: dict[str, Any] = {}
            for each in record.fields:
                if each.name in values:
                    row[each.name] = taken(each, values[each.name])
                elif isinstance(each.type, ty.List) and not each.minimum:
                    row[each.name] = []
                else:
                    nothing = left_out(each)
                    row[each.name] = (
                        nothing if nothing is not ir.UNKNOWN else made.get(each.name, aim.fresh(each))
                    )
            return row

        draft.data = said(self.program.application, other.data, draft.data)
        aim.changed()
        aim.settle()
        return draft

    def at(self, point: Point) -> Draft | None:
        """The same application every time, at a point, and eligible if that is possible; `None` if none was found."""
        reached: Draft | None = None
        for seed in range(_TRIES):
            chooser = RandomChooser(seed)
            draft = self.draft(chooser, way="eligible", points=())
            aim = self.maker.aim(draft, chooser)
            aim.reach(point)
            aim.settle()
            if point in self.landscape.hit(draft):
                reached = reached or draft
                if self.is_eligible(draft) or seed > _TRIES // 4:
                    return draft if self.is_eligible(draft) else reached
        return reached

    def is_eligible(self, draft: Draft) -> bool:
        """Whether an application is eligible."""
        facts = draft.facts()
        return self._decider.is_eligible(facts)

    def read(self, application: Mapping[str, Any]) -> Facts:
        """The facts of an application given as plain data."""
        return self.reader.read(dict(application))

    def raw(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Raw values of facts that were given as a user would send them."""
        if not given:
            return {}
        opened = of_facts(self.program, self.read(given)).data
        return {name: opened[name] for name in given}


def _names(point: Point) -> tuple[str, ...]:
    support = point.test.support
    return (point.test.owner, point.test.about.name, *((support.name,) if support is not None else ()))


def _figures_behind(program: ir.Program, name: str) -> set[str]:
    """The names of the figures and computed fields that a statement reads, and of those that they read."""
    behind: dict[str, list[ir.Expr]] = {}
    for each in program.computed:
        behind.setdefault(each.about.name, []).append(each.value)
    for statement in program.body:
        behind.setdefault(statement.about.name, []).extend(of_statement(statement))
    found, waiting = set[str](), [name]
    while waiting:
        for expr in behind.get(waiting.pop(), ()):
            read = {each.name for each in within(expr) if isinstance(each, ir.Ref | ir.Field)}
            waiting += read - found
            found |= read
    return found


@lru_cache(maxsize=64)
def makers(program: ir.Program) -> Applications:
    """What applications of a programme are made with, made once."""
    return Applications(program)


def blank(aim: Aim) -> None:
    """Take away some facts of an application, at least one."""
    fields = [each for each in aim.maker.program.application.fields if not aim.draft.is_locked((each.name,))]
    for _ in range(1 + aim.chooser.number(0, 3) if fields else 0):
        each = aim.pick(fields)
        value = aim.draft.data[each.name]
        if isinstance(each.type, ty.List) and isinstance(value, list) and value and not aim.rarely(3):
            record = aim.maker.program.records[each.type.record]
            aim.pick(value)[aim.pick(record.fields).name] = ir.UNKNOWN
        else:
            aim.draft.data[each.name] = ir.UNKNOWN
