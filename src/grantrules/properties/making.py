"""
Whole applications to a programme, made on purpose: eligible ones, aimed at limits, failing ones.

An application is made simple and eligible first, and then aimed: at points where the programme changes its mind, or
at a requirement that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import define, field, frozen

from grantrules import types as ty
from grantrules.asking import asker
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import of_statement
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.fast import FastProgram
from grantrules.facts.reader import Reader, left_out
from grantrules.properties.aim import Aim, Maker
from grantrules.properties.draft import Draft, Path, of_facts
from grantrules.properties.fresh import Chooser, Notebook, RandomChooser
from grantrules.properties.points import Landscape, Point, Rowful
from grantrules.properties.probe import Probe, within

# What an application is made to be, the simplest first: eligible, or failing one requirement, or neither on purpose; and
# how many points it is aimed at.  A quarter fails even where a programme asks for little.
WAYS: tuple[str, ...] = (
    "eligible", "one", "two", "three", "failing", "two", "three", "failing", "any", "three", "failing",
)  # fmt: skip
POINTS = {"one": 1, "two": 2, "three": 3, "any": 1, "failing": 2}

_ELIGIBLE_WAYS = tuple(way for way in WAYS if way not in {"failing", "any"})

_TRIES = 60
_TRIES_ANEW = 2
_PATIENCE = 15
_MOST_KNOWN = 200
_FEW_ELIGIBLE = 3


@frozen(eq=False)
class Wanted:
    """
    Which applications are wanted.

    Args:
        near: the points of which every application is at one; none for all applications.
        eligible: only those that the programme finds eligible.
        given: raw values of facts that stay as they are.
    """

    near: tuple[Point, ...] = ()
    eligible: bool = False
    given: Mapping[str, Any] = field(factory=dict)


ALL = Wanted()


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
    _refuses: bool = field(init=False)
    """Whether a ceiling may refuse, so that it takes the amounts to know who is eligible."""
    _joins: bool = field(init=False)
    """Whether rows read other lists: the fast evaluator then computes a field wherever it is read, the other once."""
    _known: dict[tuple[Any, ...], Mapping[Point | int, Draft]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.landscape = Landscape(self.program)
        self.maker = Maker(self.landscape)
        self.reader = Reader(self.program, holds=asker(self.program))
        self._decider = FastProgram(self.program)
        self._refuses = any(
            isinstance(each, ir.Ceiling | ir.Joint) and each.excess == "refuses"
            for statement in self.program.body
            for each in (*(statement.steps if isinstance(statement, ir.Support) else ()), statement)
        )
        self._joins = any(
            isinstance(each, ir.Aggregate) for one in self.program.computed for each in within(one.value)
        )

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

    def at(self, point: Point, wanted: Wanted = ALL, *, patience: int = _PATIENCE) -> Draft | None:
        """
        The same application every time, at a point, and eligible if that is possible; `None` if none was found.

        Args:
            point: where it is.
            wanted: what else it is; its points do not matter.
            patience: how often an eligible one is tried for, where one that is not eligible is found.
        """
        reached: Draft | None = None
        for seed in range(_TRIES):
            chooser = RandomChooser(seed)
            draft = self.draft(chooser, way="eligible", points=(), given=wanted.given)
            aim = self.maker.aim(draft, chooser)
            aim.reach(point)
            aim.settle()
            if aim.still_at(point):
                if not self.is_eligible(draft):
                    reached = reached or draft.copy()
                    aim.make_eligible_at((point,))
                if self.is_eligible(draft) and aim.still_at(point):
                    return draft
            if reached is not None and seed >= patience:
                break
        return None if wanted.eligible else reached

    # ---- as they are wanted ------------------------------------------------------------------------------------

    def known(self, wanted: Wanted) -> Mapping[Point | int, Draft]:
        """
        Applications as they are wanted, the same every time: one at each point, or a few of them.

        What no application was found for is not among them: a point at which none is eligible, for one.
        """
        key = wanted.near, wanted.eligible, repr(wanted.given)
        if key not in self._known:
            if len(self._known) >= _MOST_KNOWN:  # Facts that are drawn are seldom drawn again.
                self._known.clear()
            self._known[key] = dict(self._sought(wanted))
        return self._known[key]

    def _sought(self, wanted: Wanted) -> Iterator[tuple[Point | int, Draft]]:
        for point in wanted.near:
            found = self.at(point, wanted, patience=_PATIENCE if wanted.eligible else 0)
            if found is not None:
                yield point, found
        left = 0 if wanted.near else _FEW_ELIGIBLE
        for seed in range(_TRIES):
            if left:
                chooser = Notebook() if seed == 0 else RandomChooser(seed)
                draft = self.draft(chooser, way="eligible", points=(), given=wanted.given)
                if self.fits(draft, wanted):
                    left -= 1
                    yield seed, draft

    def whichever(self, chooser: Chooser, given: Mapping[str, Any] | None = None) -> Draft:
        """Any application at all."""
        way = WAYS[chooser.number(0, len(WAYS) - 1)]
        return self.draft(chooser, way=way, points=self.landscape.points, given=given)

    def wanted(self, chooser: Chooser, wanted: Wanted) -> Draft | None:
        """One application as it is wanted; `None` if none was found."""
        if not wanted.near and not wanted.eligible:
            return self.whichever(chooser, wanted.given)
        known = self.known(wanted)
        if not known:
            return None
        # To aim anew takes long where many lines have to be made; one like those that are known takes little.
        tries = _TRIES_ANEW if not wanted.near else chooser.number(0, 3) // 3
        for _ in range(tries):
            draft = self._anew(chooser, wanted, known)
            if self.fits(draft, wanted):
                return draft
        return self._like_known(chooser, wanted, known)

    def _anew(self, chooser: Chooser, wanted: Wanted, known: Mapping[Point | int, Draft]) -> Draft:
        """An application that is made to be as it is wanted, and perhaps is not."""
        points: Sequence[Point] = tuple(each for each in known if isinstance(each, Point))
        ways = ("one", "two") if points else _ELIGIBLE_WAYS
        way = ways[chooser.number(0, len(ways) - 1)]
        return self.draft(chooser, way=way, points=points or self.landscape.points, given=wanted.given)

    def _like_known(self, chooser: Chooser, wanted: Wanted, known: Mapping[Point | int, Draft]) -> Draft:
        """One that is known to be as it is wanted, with something else in it that does not matter for that."""
        place = tuple(known)[chooser.number(0, len(known) - 1)]
        draft = known[place].copy()
        read = self.maker.read_at(place) if isinstance(place, Point) else frozenset()
        beside = [
            each
            for each in self.program.application.fields
            if each.name not in read and not draft.is_locked((each.name,))
        ]
        draft = self._changed(draft, chooser, wanted, lambda aim: aim.refresh(beside))
        for _ in range(chooser.number(0, 1)):
            draft = self._changed(draft, chooser, wanted, lambda aim: aim.refresh_one())
        return draft

    def _changed(
        self, draft: Draft, chooser: Chooser, wanted: Wanted, change: Callable[[Aim], None]
    ) -> Draft:
        """An application with a change, if it is still as it is wanted, and else as it was."""
        other = draft.copy()
        aim = self.maker.aim(other, chooser)
        change(aim)
        aim.settle()
        return other if self.fits(other, wanted) else draft

    def fits(self, draft: Draft, wanted: Wanted) -> bool:
        """Whether an application is as it is wanted."""
        probe = Probe(draft)
        if wanted.near and not any(self.landscape.is_at(probe, point) for point in wanted.near):
            return False
        return not wanted.eligible or self.is_eligible(draft, probe)

    def is_eligible(self, draft: Draft, probe: Probe | None = None) -> bool:
        """Whether an application is eligible; a probe that is there already knows some of it."""
        if not self._joins:
            return self._decider.is_eligible(draft.facts())
        probe = probe or Probe(draft)
        if self._refuses:
            return eligible(self.program, probe.outcome()).answer is True
        paid = [s for s in self.program.body if isinstance(s, ir.Support) and not s.only_a_basis]
        return all(
            probe.rule(rule).status in {"met", "not_applicable"}
            for rule in self.program.body
            if isinstance(rule, ir.Rule) and rule.kind == "require"
        ) and (not paid or any(all(probe.holds(g.condition) for g in s.gates) for s in paid))

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


def blanks(aim: Aim) -> tuple[Path, ...]:
    """Some facts of an application that may be taken away, at least one unless they are all locked."""
    data = aim.draft.data
    fields = [
        each
        for each in aim.maker.program.application.fields
        if _is_asked(each, data) and not aim.draft.is_locked((each.name,))
    ]
    found: dict[Path, None] = {}
    for _ in range(1 + aim.chooser.number(0, 3) if fields else 0):
        each = aim.pick(fields)
        rows = data[each.name]
        path: Path = (each.name,)
        if isinstance(each.type, ty.List) and isinstance(rows, list) and rows and not aim.rarely(3):
            row = aim.chooser.number(0, len(rows) - 1)
            record = aim.maker.program.records[each.type.record]
            inside = [one for one in record.fields if _is_asked(one, rows[row])]
            path = (each.name, row, aim.pick(inside).name) if inside else path
        found[path] = None
    return tuple(found)


def _is_asked(each: ir.FieldDef, data: Mapping[str, Any]) -> bool:
    return each.only_when is None or data[each.name] is not None


def blank(draft: Draft, paths: Iterable[Path]) -> bool:
    """Take some facts away, where there are still rows for them; whether any was."""
    taken = False
    for path in paths:
        try:
            holder = draft.at(path[:-1])
        except (IndexError, TypeError):  # A row or a list that was taken away itself.
            continue
        holder[path[-1]] = ir.UNKNOWN
        taken = True
    return taken
