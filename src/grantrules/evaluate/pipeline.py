"""
The steps of a support, from the base of each line to its amount, for the reference evaluator.

Every amount and rate is a value or an interval (`intervals`); an amount is never below 0. Beside the lines a state
keeps `least` and `most`, bounds of their sum that single lines cannot show: a ceiling of 400 000 over all lines leaves
each of them wide, and the sum at most 400 000. Each step is a function from state to state. The rules are those of
`reference`, 8 to 16.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any, TypeAlias

from attrs import define, evolve, field, frozen

from grantrules.core import ir
from grantrules.evaluate.intervals import (
    NO_CAUSES,
    ZERO,
    Bound,
    Causes,
    added,
    causes_of,
    decided,
    failed,
    greatest_of,
    highest,
    hull,
    interval,
    largest,
    least_of,
    lowest,
    minus,
    not_negative,
    over,
    plus,
    rounded,
    rounded_end,
    smallest,
    times,
    upper,
    within,
)
from grantrules.evaluate.outcome import Binding, StepOutcome, SupportOutcome, Undecided, Value

Read: TypeAlias = Callable[[ir.Expr, Any], Value]
"""Reads an expression for a row, or for no row (`None`); what is absent has become failed."""

ONE = Fraction(1)


class _Perhaps:
    """A line that some step may have excluded, and nobody knows which."""


PERHAPS = _Perhaps()


@frozen(eq=False)
class Line:
    """
    One line on its way.

    Args:
        place: the number of its row in the list; a line that was added has none.
        row: what expressions about the line read; `None` where the support has no list.
        selected: `True`, or undecided where the line may turn out not to be one.
        base: the base amount of one row.
        amount: the amount so far; for the line that stands for an unknown list, the sum of all its rows.
        count: how many rows it stands for.
    """

    place: int | None
    row: Any
    selected: Value
    base: Value
    amount: Value
    rate: Value = ZERO
    count: Value = ONE
    excluded: str | _Perhaps | None = None

    def of(self, amount: Value) -> Line:
        """The line with another amount; written out, because this is what most steps do to most lines."""
        return Line(
            self.place, self.row, self.selected, self.base, amount, self.rate, self.count, self.excluded
        )


@frozen(eq=False)
class State:
    """All lines between two steps, bounds of their sum beside those of the lines, and the ceilings that cut so far."""

    lines: tuple[Line, ...]
    least: Fraction = ZERO
    most: Fraction | None = None
    binding: tuple[Binding, ...] = ()

    @cached_property
    def total(self) -> Value:
        """The sum of the lines."""
        low = max(self.least, added(lowest(line.amount) for line in self.lines))
        high = upper(self.most, added(highest(line.amount) for line in self.lines))
        return interval(low, high, causes_of(line.amount for line in self.lines))


@frozen(eq=False)
class Member:
    """A line that a step over several lines is about, `sure` (`True`) or undecided; `at` is its place in the state."""

    at: int
    line: Line
    sure: Value
    key: tuple[Value, ...] = ()

    @property
    def loose(self) -> bool:
        """Whether it is not known to which group it belongs."""
        return not all(decided(part) for part in self.key)

    @property
    def some_of_many(self) -> bool:
        """Whether a step may be about some of the rows it stands for, and not about others."""
        return self.sure is not True and self.line.count != 1

    @property
    def low(self) -> Any:
        """What it adds to the sum at least."""
        return lowest(self.line.amount) if self.sure is True else ZERO

    @property
    def high(self) -> Bound:
        """What it adds to the sum at most."""
        return highest(self.line.amount)


@frozen(eq=False)
class Group:
    """Lines that share a limit, and their sum."""

    members: tuple[Member, ...]
    limit: Value
    total: Value


def initial_rate(steps: Sequence[ir.AnyStep]) -> Fraction:
    """The rate of a line before the first step."""
    return ZERO if any(isinstance(step, ir.Rate) for step in steps) else ONE


@frozen(eq=False)
class Pipeline:
    """The steps of one support, with the way to read expressions."""

    support: ir.Support
    read: Read

    def run(self, step: ir.AnyStep, state: State) -> tuple[State, StepOutcome]:
        """One step: left out, done, or both where its `when` is undecided."""
        done = True if step.when is None else self.read(step.when, None)
        if done is False:
            return state, StepOutcome(step.about.name, done, (), amounts(state), ())
        after, figures = self._done(step, state)
        if done is not True:
            after = _either(state, after, done.causes)
        after = _clipped(after)
        rates = ()
        if isinstance(step, (ir.Rate, ir.Raise, ir.RateCeiling)):
            rates = tuple(line.rate for line in after.lines)
        return after, StepOutcome(step.about.name, done, figures, amounts(after), rates)

    def _done(self, step: ir.AnyStep, state: State) -> tuple[State, tuple[Value, ...]]:
        match step:
            case ir.Keep():
                return self._keep(step, state)
            case ir.Pick():
                return self._pick(step, state)
            case ir.Ceiling(limit=None):
                return state, ()
            case ir.Ceiling(scope="each"):
                return self._ceiling_on_each(step, state)
            case ir.Ceiling():
                return self._ceiling_on_groups(step, state)
            case ir.Rate() | ir.Raise() | ir.RateCeiling():
                return self._rates(step, state)
            case ir.Apply():
                return self._apply(state), ()
            case ir.Scale():
                return self._scale(step, state)
            case ir.Supplement():
                return self._supplement(step, state)
            case ir.Floor():
                return self._floor(step, state)
            case ir.RoundLines(place="each"):
                return self._round_each(step, state), ()
            case ir.RoundLines():
                return self._round_once(step, state), ()

    def _is_about(self, step: ir.AnyStep, line: Line) -> Value:
        """Whether a step is about a line: its `where`; a line without a row cannot be read."""
        if line.place is None and (step.where is not None or self._reads_row(step)):
            return False
        return True if step.where is None else self.read(step.where, line.row)

    def _reads_row(self, step: ir.AnyStep) -> bool:
        return isinstance(step, ir.Scale) and reads_row(step.factor, self.support.var)

    def _members(self, step: ir.AnyStep, state: State, per: tuple[ir.Expr, ...] = ()) -> list[Member]:
        """The lines that a step over several lines is about, or may be about."""
        found = []
        for at, line in enumerate(state.lines):
            sure = self._is_about(step, line)
            if sure is not False:
                key = tuple(self.read(part, line.row) for part in per)
                found.append(Member(at, line, sure, key))
        return found

    # ---- steps on a line -------------------------------------------------------------------------------------------

    def _keep(self, step: ir.Keep, state: State) -> tuple[State, tuple[Value, ...]]:
        lines, figures = [], []
        for line in state.lines:
            about = line.place is not None and self._is_about(step, line)
            figure = None
            if about is not False:
                figure = self.read(step.keep, line.row)
                dropped = _excluded(line, step, certain=about is True and figure is False)
                if figure is not True:
                    amount = hull((ZERO, line.amount), causes_of((figure,))) if not decided(figure) else ZERO
                    line = _blended(line, dropped.of(amount), about)
            lines.append(line)
            figures.append(figure)
        return State(tuple(lines), ZERO, state.most, state.binding), tuple(figures)

    def _ceiling_on_each(self, step: ir.Ceiling, state: State) -> tuple[State, tuple[Value, ...]]:
        lines, figures, cuts = [], [], []
        for line in state.lines:
            about = line.place is not None and self._is_about(step, line)
            limit = None
            if about is not False:
                limit = self._limit(step, line.row)
                after, cut = _cut_line(line, limit, step)
                if step.excess != "refuses":
                    line = _blended(line, after, about)
                cuts.append(cut if about is True else hull((ZERO, cut), about.causes))
            lines.append(line)
            figures.append(limit)
        least = (
            [ZERO] if step.excess == "drops_line" else [lowest(each) for each in figures if each is not None]
        )
        cut = _at_most(plus(cuts), _excess(highest(state.total), least_of(least or [ZERO])))
        binding = state.binding + _binding(step, step.on, cut, refuses=step.excess == "refuses")
        if step.excess == "refuses":
            return evolve(state, binding=binding), tuple(figures)
        return State(tuple(lines), ZERO, state.most, binding), tuple(figures)

    def _limit(self, step: ir.Ceiling, row: Any) -> Value:
        """The limit that counts: what other aid leaves of it, never below 0."""
        if step.limit is None:
            raise TypeError("no ceiling has no limit")
        limit = self.read(step.limit, row)
        return not_negative(limit if step.other is None else minus(limit, self.read(step.other, row)))

    def _rates(
        self, step: ir.Rate | ir.Raise | ir.RateCeiling, state: State
    ) -> tuple[State, tuple[Value, ...]]:
        lines, figures, cuts, excesses = [], [], [], [ZERO]
        for line in state.lines:
            about = self._is_about(step, line)
            figure = None
            if about is not False:
                figure, rate = self._rate_after(step, line)
                if isinstance(step, ir.RateCeiling):
                    excess = not_negative(minus(line.rate, figure))
                    cut = times((line.amount, excess))
                    cuts.append(cut if about is True else hull((ZERO, cut), about.causes))
                    excesses.append(excess)
                line = _blended(line, evolve(line, rate=rate), about)
            lines.append(line)
            figures.append(figure)
        most = highest(times((state.total, largest(excesses))))
        binding = state.binding + _binding(step, "rate", _at_most(plus(cuts), most))
        return evolve(state, lines=tuple(lines), binding=binding), tuple(figures)

    def _rate_after(self, step: ir.Rate | ir.Raise | ir.RateCeiling, line: Line) -> tuple[Value, Value]:
        """The figure of a step about rates, and the rate of a line after it."""
        match step:
            case ir.Rate(rate=expr):
                rate = not_negative(self.read(expr, line.row))
                return rate, rate
            case ir.RateCeiling(limit=expr):
                limit = not_negative(self.read(expr, line.row))
                return limit, smallest((line.rate, limit))
            case ir.Raise(how="increased_by", by=expr):
                by = self.read(expr, line.row)
                return by, not_negative(times((line.rate, plus((ONE, by)))))
            case ir.Raise(by=expr, part=part):
                by = self.read(expr, line.row)
                points = by if part is None else times((by, _share(self.read(part, line.row), line.base)))
                return by, not_negative(plus((line.rate, points)))

    def _apply(self, state: State) -> State:
        return _multiplied(state, [line.rate for line in state.lines])

    def _scale(self, step: ir.Scale, state: State) -> tuple[State, tuple[Value, ...]]:
        factors, figures = [], []
        for line in state.lines:
            about = self._is_about(step, line)
            factor = None if about is False else not_negative(self.read(step.factor, line.row))
            figures.append(factor)
            if factor is None:
                factors.append(ONE)
            else:
                factors.append(factor if about is True else hull((ONE, factor), about.causes))
        return _multiplied(state, factors), tuple(figures)

    def _supplement(self, step: ir.Supplement, state: State) -> tuple[State, tuple[Value, ...]]:
        amount = not_negative(self.read(step.amount, None))
        least, most = state.least + lowest(amount), added((state.most, highest(amount)))
        return State((*state.lines, _new_line(amount)), least, most, state.binding), (amount,)

    # ---- the first lines of each group -----------------------------------------------------------------------------

    def _pick(self, step: ir.Pick, state: State) -> tuple[State, tuple[Value, ...]]:
        number = self.read(step.number, None)
        with_rows = [at for at, line in enumerate(state.lines) if line.place is not None]
        possible = []
        for at in with_rows:
            line = state.lines[at]
            sure = False if highest(line.amount) == 0 else self._is_about(step, line)
            if sure is not False:
                key = tuple(self.read(part, line.row) for part in step.per)
                possible.append((Member(at, line, sure, key), self.read(step.by, line.row)))
        lines = list(state.lines)
        if decided(number) and all(_is_candidate(m) and not m.loose and decided(by) for m, by in possible):
            for group in _grouped_pairs(possible):
                for at, line in _first_of(group, floor(number), step):
                    lines[at] = line
        else:
            for at, line in _possibly_first(possible, number, step):
                lines[at] = line
        return State(tuple(lines), ZERO, state.most, state.binding), (number,)

    # ---- ceilings over several lines -------------------------------------------------------------------------------

    def _ceiling_on_groups(self, step: ir.Ceiling, state: State) -> tuple[State, tuple[Value, ...]]:
        groups, loose, causes = self._groups(step, state)
        if not loose and not any(group.members for group in groups):
            return state, tuple(group.limit for group in groups)
        limits = [group.limit for group in groups] + [limit for _, limit in loose]
        least = least_of([*map(lowest, limits)] or [ZERO])
        cut = _at_most(_cut_of_groups(groups, loose, causes), _excess(highest(state.total), least))
        binding = state.binding + _binding(step, step.on, cut, refuses=step.excess == "refuses")
        figures = tuple(group.limit for group in groups)
        if step.excess == "refuses":
            return evolve(state, binding=binding), figures
        lines = list(state.lines)
        for group in groups:
            if not within(highest(group.total), lowest(group.limit)):
                for member, after in _cut_group(group, [m for m, _ in loose], step, causes):
                    lines[member.at] = member.line.of(after)
        if highest(cut) != 0:
            for member, _ in loose:
                high = upper(member.high, greatest_of(map(highest, limits)))
                after = interval(ZERO, high, causes)
                lines[member.at] = _blended(member.line, member.line.of(after), member.sure)
        if step.scope == "together" and _all_in(groups[0].members, state):
            sum_ = smallest((groups[0].total, groups[0].limit))
            return State(tuple(lines), lowest(sum_), highest(sum_), binding), figures
        capped = [upper(added(m.high for m in g.members if m.sure is True), highest(g.limit)) for g in groups]
        inside = {m.at for g in groups for m in g.members if m.sure is True}
        rest = [highest(line.amount) for at, line in enumerate(state.lines) if at not in inside]
        most = upper(state.most, added([*capped, *rest]))
        return State(tuple(lines), ZERO, most, binding), figures

    def _groups(
        self, step: ir.Ceiling, state: State
    ) -> tuple[list[Group], list[tuple[Member, Value]], Causes]:
        """The groups of a ceiling; the lines that may be in any of them, each with the limit read on it; the causes."""
        if step.scope == "together":
            members = self._members(step, state)
            limit = self._limit(step, None)
            causes = causes_of([limit, *(m.line.amount for m in members), *(m.sure for m in members)])
            total = state.total if _all_in(members, state) else _sum(members, [], causes)
            return [Group(tuple(members), limit, total)], [], causes
        # Lines that were added stand after all lines with a row, so the places of those stay as they are.
        with_rows = evolve(state, lines=tuple(line for line in state.lines if line.place is not None))
        members = self._members(step, with_rows, step.per)
        loose = [member for member in members if member.loose]
        limits: dict[int, Value] = {}

        def limit_on(member: Member) -> Value:
            if member.at not in limits:
                limits[member.at] = times((member.line.count, self._limit(step, member.line.row)))
            return limits[member.at]

        found = [
            (group, hull([limit_on(m) for m in _may_be_first(group, loose)])) for group in _grouped(members)
        ]
        loose_limits = [(member, limit_on(member)) for member in loose]
        parts = [part for m in members for part in (m.line.amount, m.sure, *m.key)]
        causes = causes_of([*parts, *limits.values()])
        groups = [Group(tuple(group), limit, _sum(group, loose, causes)) for group, limit in found]
        return groups, loose_limits, causes

    # ---- floors and rounding ---------------------------------------------------------------------------------------

    def _floor(self, step: ir.Floor, state: State) -> tuple[State, tuple[Value, ...]]:
        amount = not_negative(self.read(step.amount, None))
        members = self._members(step, state)
        if not members and (step.how == "less_not_paid" or not step.in_any_case):
            return state, (amount,)
        causes = causes_of([amount, *(m.line.amount for m in members), *(m.sure for m in members)])
        total = state.total if _all_in(members, state) else _sum(members, [], causes)
        group = Group(tuple(members), amount, total)
        if step.how == "less_not_paid":
            return _not_paid_below(state, group, causes), (amount,)
        return _raised(step, state, group, causes), (amount,)

    def _round_each(self, step: ir.RoundLines, state: State) -> State:
        members = self._members(step, state)
        lines = list(state.lines)
        for member in members:
            after = member.line.of(_rounded_line(member, step))
            lines[member.at] = _blended(member.line, after, member.sure)
        low, high = _errors(step, [member.line for member in members if member.line.amount != 0])
        most = added((highest(state.total), high))
        if not members:
            return state
        if not _all_in(members, state):
            return State(tuple(lines), ZERO, most, state.binding)
        least = added((lowest(state.total), low))
        least = ZERO if least is None else max(ZERO, rounded_end(least, "up", step.step))
        return State(tuple(lines), least, rounded_end(most, "down", step.step), state.binding)

    def _round_once(self, step: ir.RoundLines, state: State) -> State:
        members = self._members(step, state)
        if not members:
            return state
        parts = [part for m in members for part in (m.line.amount, m.sure)]
        lines = list(state.lines)
        if all(map(decided, parts)):
            shares = _handed_out([m.line.amount for m in members], step)
            for member, share in zip(members, shares, strict=True):
                lines[member.at] = member.line.of(share)
        else:
            causes = causes_of(parts)
            for member in members:
                low = rounded_end(lowest(member.line.amount), "down", step.step)
                high = rounded_end(member.high, "up", step.step)
                if member.some_of_many:
                    high = member.high if step.mode == "down" else added((member.high, step.step))
                after = member.line.of(interval(low, high, causes))
                lines[member.at] = _blended(member.line, after, member.sure)
        if _all_in(members, state):
            total = rounded(state.total, step.mode, step.step)
            return State(tuple(lines), lowest(total), highest(total), state.binding)
        most = added((highest(state.total), ZERO if step.mode == "down" else step.step))
        return State(tuple(lines), ZERO, most, state.binding)


def reads_row(expr: ir.Expr, var: int) -> bool:
    """Whether an expression reads a row."""
    if isinstance(expr, ir.Row):
        return expr.var == var
    return any(reads_row(part, var) for part in ir.children(expr))


def is_per_line(step: ir.AnyStep) -> bool:
    """Whether the figures of a step are one for each line."""
    match step:
        case ir.Ceiling(scope=scope, limit=limit):
            return scope == "each" and limit is not None
        case _:
            return isinstance(step, (ir.Keep, ir.Rate, ir.Raise, ir.RateCeiling, ir.Scale))


# ---- a support on its way ------------------------------------------------------------------------------------------


def line_of(place: int, row: Any, selected: Value, base: Value, *, count: Value, rate: Fraction) -> Line:
    """The line of a row, or of all rows of an unknown list, before the first step."""
    base = not_negative(base)
    amount = times((count, base))
    if selected is not True:
        amount = hull((ZERO, amount), selected.causes)
    return Line(place, row, selected, base, amount, rate, count)


@define(eq=False)
class Course:
    """
    A support between its first step and its last.

    Args:
        state: its lines so far, before the first step those it begins with.
        places: how many rows they are taken from.
        trace: what each step did is kept.
    """

    support: ir.Support
    state: State
    places: int
    trace: bool = field(kw_only=True)
    costs: State = field(init=False)
    before_ceilings: State = field(init=False)
    steps: list[StepOutcome] = field(factory=list, init=False)

    def do(self, step: ir.AnyStep, read: Read) -> None:
        """The next step."""
        if isinstance(step, ir.Apply):
            self.costs = self.state
        self.state, done = Pipeline(self.support, read).run(step, self.state)
        if isinstance(step, ir.Apply):
            self.before_ceilings = self.state
        if self.trace:
            self.steps.append(_step_placed(step, done, self.state.lines, self.places))

    def outcome(self, gates: Sequence[Value], applies: Value) -> SupportOutcome:
        """What is said of the support after its last step."""
        state, costs, places = self.state, self.costs, self.places
        return SupportOutcome(
            applies=applies,
            closed=tuple(number for number, gate in enumerate(gates) if gate is False),
            total=state.total,
            eligible_cost=costs.total,
            before_ceilings=self.before_ceilings.total,
            lines=_amounts_placed(amounts(state), state.lines, places),
            costs=_amounts_placed(amounts(costs), costs.lines, places),
            excluded=_placed(tuple(_mark(line) for line in state.lines), state.lines, places),
            binding=state.binding,
            steps=tuple(self.steps),
        )


def _placed(values: Sequence[Value], lines: Sequence[Line], places: int) -> tuple[Value, ...]:
    """One entry for each row, `None` where it is not a line; lines that were added come last."""
    found: list[Value] = [None] * places
    for line, value in zip(lines, values, strict=True):
        if line.place is None:
            found.append(value)
        else:
            found[line.place] = value
    return tuple(found)


def _amounts_placed(values: Sequence[Value], lines: Sequence[Line], places: int) -> tuple[Value, ...]:
    """The same for amounts: where a row may turn out not to be a line, the amount is not decided."""
    shown = [
        value
        if line.selected is True or not decided(value)
        else Undecided(line.selected.causes, value, value)
        for line, value in zip(lines, values, strict=True)
    ]
    return _placed(shown, lines, places)


def _step_placed(step: ir.AnyStep, done: StepOutcome, lines: Sequence[Line], places: int) -> StepOutcome:
    """What a step did, with each figure that belongs to a line in the place of its row."""
    return evolve(
        done,
        figures=_placed(done.figures, lines, places) if done.figures and is_per_line(step) else done.figures,
        amounts=_amounts_placed(done.amounts, lines, places),
        rates=_placed(done.rates, lines, places) if done.rates else (),
    )


def _mark(line: Line) -> str | None:
    """The name of the step that excluded a line, where it is certain."""
    return line.excluded if isinstance(line.excluded, str) else None


# ---- states and lines ----------------------------------------------------------------------------------------------


def amounts(state: State) -> tuple[Value, ...]:
    """The amount of each line."""
    return tuple(line.amount for line in state.lines)


def _new_line(amount: Value) -> Line:
    return Line(place=None, row=None, selected=True, base=ZERO, amount=amount)


def _excluded(line: Line, step: ir.AnyStep, *, certain: bool) -> Line:
    """The line with its mark: the first step that excludes it has its name there."""
    if line.excluded is not None:
        return line
    return evolve(line, excluded=step.about.name if certain and line.selected is True else PERHAPS)


def _blended(line: Line, after: Line, about: Value) -> Line:
    """The line after a step that is about it, or may be."""
    if about is True:
        return after
    return evolve(
        line,
        amount=hull((line.amount, after.amount), about.causes),
        rate=hull((line.rate, after.rate), about.causes),
        excluded=line.excluded if line.excluded == after.excluded else PERHAPS,
    )


def _either(before: State, after: State, causes: Causes) -> State:
    """What a step leaves if it is not known whether it is done."""
    doubt = Undecided(causes)
    new = after.lines[len(before.lines) :]
    lines = [_blended(old, line, doubt) for old, line in zip(before.lines, after.lines, strict=False)]
    lines += [line.of(hull((ZERO, line.amount), causes)) for line in new]
    cuts = after.binding[len(before.binding) :]
    binding = tuple(evolve(b, cut=hull((ZERO, b.cut), causes), certain=False) for b in cuts)
    totals = before.total, after.total
    least, most = min(map(lowest, totals)), greatest_of(map(highest, totals))
    return State(tuple(lines), least, most, before.binding + binding)


def _clipped(state: State) -> State:
    """No line is more than the sum of all."""
    most = highest(state.total)
    if most is None or all(within(highest(line.amount), most) for line in state.lines):
        return state
    lines = (
        line if within(highest(line.amount), most) else line.of(_at_most(line.amount, most))
        for line in state.lines
    )
    return evolve(state, lines=tuple(lines))


def _at_most(value: Value, high: Bound) -> Value:
    """A value that is known to be no higher than an end; the sum of all lines may tell more than they do."""
    return interval(lowest(value), upper(highest(value), high), causes_of((value,)))


def _all_in(members: Sequence[Member], state: State) -> bool:
    """Whether a step is about all lines, for certain."""
    return len(members) == len(state.lines) and all(member.sure is True for member in members)


def _binding(step: ir.AnyStep, on: str, cut: Value, *, refuses: bool = False) -> tuple[Binding, ...]:
    """What is said of a ceiling: nothing where it surely did not cut."""
    if highest(cut) == 0:
        return ()
    return (Binding(step.about.name, on, cut, refuses, certain=lowest(cut) > 0),)


def _multiplied(state: State, factors: Sequence[Value]) -> State:
    """Each line times its factor."""
    lines = tuple(
        line.of(times((line.amount, factor))) for line, factor in zip(state.lines, factors, strict=True)
    )
    counting = [f for line, f in zip(state.lines, factors, strict=True) if line.amount != 0] or [ONE]
    between = interval(state.least, state.most, NO_CAUSES)
    factor = interval(least_of(map(lowest, counting)), greatest_of(map(highest, counting)), NO_CAUSES)
    sum_ = times((between, factor))
    return State(lines, lowest(sum_), highest(sum_), state.binding)


def _share(part: Value, base: Value) -> Value:
    """The part of a line that a bonus is for, as a share of its base."""
    if base == 0:
        return ZERO
    return over(part, base, "") if lowest(base) > 0 else Undecided(causes_of((part, base)))


def _cut_line(line: Line, limit: Value, step: ir.Ceiling) -> tuple[Line, Value]:
    """A line under its own ceiling, and what was cut off it (where it refuses: would be)."""
    amount = line.amount
    causes = causes_of((amount, limit))
    is_within = within(highest(amount), lowest(limit))
    limit_of_all = times((line.count, limit))
    if step.excess != "drops_line":
        cut = not_negative(minus(amount, limit))
        return line.of(smallest((amount, limit_of_all))), cut
    if is_within:
        return line, ZERO
    high = highest(limit_of_all)
    if high is not None and lowest(amount) > high:
        return evolve(_excluded(line, step, certain=True), amount=ZERO), amount
    after = interval(ZERO, upper(highest(amount), high), causes)
    return evolve(_excluded(line, step, certain=False), amount=after), hull((ZERO, amount), causes)


# ---- the first lines of each group ---------------------------------------------------------------------------------


def _is_candidate(member: Member) -> bool:
    return member.sure is True and lowest(member.line.amount) > 0


def _grouped(members: Sequence[Member]) -> list[list[Member]]:
    """The members whose group is known, by group, in the order of the first of each."""
    groups: dict[tuple[Value, ...], list[Member]] = {}
    for member in members:
        if not member.loose:
            groups.setdefault(member.key, []).append(member)
    return list(groups.values())


def _grouped_pairs(pairs: Sequence[tuple[Member, Value]]) -> list[list[tuple[Member, Value]]]:
    by = {member.at: value for member, value in pairs}
    return [[(m, by[m.at]) for m in group] for group in _grouped([member for member, _ in pairs])]


def _first_of(group: list[tuple[Member, Value]], number: int, step: ir.Pick) -> list[tuple[int, Line]]:
    """The lines of a group that are not kept as they are, where everything that decides it is known."""
    number = max(number, 0)
    ordered = sorted(group, key=lambda pair: pair[1], reverse=step.descending)
    kept, rest = ordered[:number], ordered[number:]
    if kept and rest and kept[-1][1] == rest[0][1]:
        tied = [member for member, by in ordered if by == rest[0][1]]
        if not all(decided(m.line.amount) and m.line.amount == tied[0].line.amount for m in tied):
            rest = [pair for pair in rest if pair[1] != rest[0][1]]
            undecided = [(m.at, _perhaps_kept(m, failed("tie", step.about.name).causes, step)) for m in tied]
            return undecided + [(m.at, _not_kept(m, step)) for m, _ in rest]
    return [(member.at, _not_kept(member, step)) for member, _ in rest]


def _not_kept(member: Member, step: ir.Pick) -> Line:
    return evolve(_excluded(member.line, step, certain=_is_candidate(member)), amount=ZERO)


def _perhaps_kept(member: Member, causes: Causes, step: ir.Pick) -> Line:
    line = member.line
    return evolve(_excluded(line, step, certain=False), amount=hull((ZERO, line.amount), causes))


def _possibly_first(
    pairs: Sequence[tuple[Member, Value]], number: Value, step: ir.Pick
) -> list[tuple[int, Line]]:
    """The lines that are not kept for certain, where not everything that decides it is known."""
    causes = causes_of(
        [number, *(part for m, by in pairs for part in (m.line.amount, m.sure, by, *m.key))]
    )  # fmt: skip
    low, high = (None if end is None else floor(end) for end in (lowest(number), highest(number)))
    starts, ends = _places(pairs, step)
    loose = [member for member, _ in pairs if member.loose]
    found = []
    for group in [*_grouped([member for member, _ in pairs]), loose]:
        is_loose = group is loose
        rivals = [m for m, _ in pairs] if is_loose else [*group, *loose]
        surely_earlier = sorted(ends[m.at] for m in group if _is_candidate(m) and not is_loose)
        perhaps_not_later = sorted(starts[m.at] for m in rivals)
        for member in group:
            before = bisect_left(surely_earlier, starts[member.at])
            others = added((highest(member.line.count), bisect_right(perhaps_not_later, ends[member.at]) - 2))
            if low is not None and others is not None and others + 1 <= low:
                continue
            if member.sure is True and high is not None and before + 1 > high:
                found.append((member.at, _not_kept(member, step)))
            else:
                found.append((member.at, _perhaps_kept(member, causes, step)))
    return found


_Place: TypeAlias = tuple[int, Any]


def _places(
    pairs: Sequence[tuple[Member, Value]], step: ir.Pick
) -> tuple[dict[int, _Place], dict[int, _Place]]:
    """The first and the last place each line may have in the order, as numbers that grow; infinite where unknown."""
    starts, ends = {}, {}
    for member, by in pairs:
        low, high = lowest(by), highest(by)
        if step.descending:
            low, high = (None if end is None else -end for end in (high, low))
        starts[member.at] = (-1, 0) if low is None else (0, low)
        ends[member.at] = (1, 0) if high is None else (0, high)
    return starts, ends


# ---- sums of several lines -----------------------------------------------------------------------------------------


def _sum(members: Sequence[Member], loose: Sequence[Member], causes: Causes) -> Value:
    """The sum of some lines, with others that may belong to them."""
    low = added(m.low for m in members)
    return interval(low, added(m.high for m in [*members, *loose]), causes)


def _may_be_first(group: Sequence[Member], loose: Sequence[Member]) -> list[Member]:
    """The lines that may be the first one of a group."""
    found = []
    for member in sorted([*group, *loose], key=lambda m: m.at):
        found.append(member)
        if member.sure is True and member.line.selected is True and not member.loose:
            break
    return found


def _others(ends: Sequence[Bound]) -> list[Bound]:
    """For each end the sum of all others."""
    known = sum((end for end in ends if end is not None), ZERO)
    missing = sum(1 for end in ends if end is None)
    return [
        None if missing > (end is None) else known - (ZERO if end is None else end)
        for end in ends
    ]  # fmt: skip


def _earlier(ends: Sequence[Bound]) -> list[Bound]:
    """For each end the sum of all before it."""
    sums: list[Bound] = [ZERO]
    for end in ends[:-1]:
        sums.append(added((sums[-1], end)))
    return sums


def _cut_group(
    group: Group, loose: Sequence[Member], step: ir.Ceiling, causes: Causes
) -> list[tuple[Member, Value]]:
    """The lines of a group that is, or may be, above its limit, each with its amount after the cut."""
    everyone = sorted([*group.members, *loose], key=lambda m: m.at)
    beside = _others if step.excess == "pro_rata" else _earlier
    cut = cut_pro_rata if step.excess == "pro_rata" else cut_last_first
    lows = beside([ZERO if m.loose else m.low for m in everyone])
    highs = beside([m.high for m in everyone])
    found = []
    for member, rest_low, rest_high in zip(everyone, lows, highs, strict=True):
        if not member.loose:
            low = cut(lowest(member.line.amount), rest_high, lowest(group.limit))
            high = cut(member.high, rest_low, highest(group.limit))
            after = interval(low, high, causes)
            if member.sure is not True:
                after = hull((member.line.amount, after), causes)
            found.append((member, after))
    return found


def cut_pro_rata(amount: Bound, rest: Bound, limit: Bound) -> Bound:
    """An amount beside a rest, cut to its share of the limit.  It grows with the amount and the limit, not the rest."""
    if limit is None or amount == 0:
        return amount
    if rest is None:
        return ZERO
    if amount is None:
        return limit
    return amount if amount + rest <= limit else amount * limit / (amount + rest)


def cut_last_first(amount: Bound, earlier: Bound, limit: Bound) -> Bound:
    """An amount after what comes earlier, cut to what the limit leaves."""
    if limit is None:
        return amount
    if earlier is None:
        return ZERO
    return max(ZERO, upper(amount, limit - earlier))


def raised_pro_rata(amount: Bound, rest: Bound, goal: Bound) -> Bound:
    """An amount beside a rest, raised so that the sum reaches the goal."""
    if amount == 0 or rest is None or amount is None:
        return amount
    if goal is None:
        return None
    return amount if amount + rest >= goal else amount * goal / (amount + rest)


def _cut_of_groups(groups: Sequence[Group], loose: Sequence[tuple[Member, Value]], causes: Causes) -> Value:
    """What a ceiling cuts off all its groups."""
    low = added(_excess(lowest(group.total), highest(group.limit)) for group in groups)
    if not loose:
        return interval(low, added(_excess(highest(g.total), lowest(g.limit)) for g in groups), causes)
    members = [member for group in groups for member in group.members] + [member for member, _ in loose]
    limits = [group.limit for group in groups] + [limit for _, limit in loose]
    return interval(low, _excess(added(m.high for m in members), least_of(map(lowest, limits))), causes)


def _excess(amount: Bound, limit: Bound) -> Bound:
    """How much an amount is above a limit; a missing limit leaves nothing above it, a missing amount no bound."""
    if limit is None:
        return ZERO
    return None if amount is None else max(ZERO, amount - limit)


# ---- floors --------------------------------------------------------------------------------------------------------


def _not_paid_below(state: State, group: Group, causes: Causes) -> State:
    all_in = _all_in(group.members, state)
    if within(highest(group.limit), lowest(group.total)):
        return state if all_in else evolve(state, least=ZERO)
    high = highest(group.total)
    surely = high is not None and high < lowest(group.limit)
    lines = list(state.lines)
    for member in group.members:
        before = member.line.amount
        after = member.line.of(ZERO if surely else hull((ZERO, before), causes))
        lines[member.at] = _blended(member.line, after, member.sure if surely else True)
    most = ZERO if surely and all_in else state.most
    return State(tuple(lines), ZERO, most, state.binding)


def _raised(step: ir.Floor, state: State, group: Group, causes: Causes) -> State:
    members, total, goal = group.members, group.total, group.limit
    all_in = _all_in(members, state)
    if within(highest(goal), lowest(total)) or (total == 0 and not step.in_any_case):
        return state if all_in else evolve(state, least=ZERO)
    lines = list(state.lines)
    lows = _others([m.low for m in members])
    highs = _others([m.high for m in members])
    for member, rest_low, rest_high in zip(members, lows, highs, strict=True):
        before = member.line.amount
        low = raised_pro_rata(lowest(before), rest_high, lowest(goal))
        high = raised_pro_rata(member.high, rest_low, highest(goal))
        if member.some_of_many:
            high = added((member.high, highest(goal)))
        after = interval(low, high, causes)
        after = after if member.sure is True else hull((before, after), causes)
        lines[member.at] = member.line.of(after)
    if step.in_any_case and lowest(total) == 0:
        lines.append(_new_line(goal if total == 0 else hull((ZERO, goal), causes)))
    if not all_in:
        return State(tuple(lines), ZERO, added((highest(state.total), highest(goal))), state.binding)
    low, high = lowest(total), greatest_of((highest(total), highest(goal)))
    if low > 0 or step.in_any_case:
        low = max(low, lowest(goal))
    return State(tuple(lines), low, high, state.binding)


# ---- rounding ------------------------------------------------------------------------------------------------------


def _rounded_line(member: Member, step: ir.RoundLines) -> Value:
    """The amount rounded; of the line that stands for many, each of which is rounded."""
    line = member.line
    if line.count == 1 or line.amount == 0:
        return rounded(line.amount, step.mode, step.step)
    high = added((highest(line.amount), _errors(step, [line])[1]))
    high = high if member.some_of_many else rounded_end(high, "down", step.step)
    return interval(ZERO, high, causes_of((line.amount,)))


def _errors(step: ir.RoundLines, lines: Sequence[Line]) -> tuple[Bound, Bound]:
    """How much rounding may take off the sum of some lines, and add to it, at most."""
    number = highest(plus([ZERO, *(line.count for line in lines)]))
    errors = {"down": (-step.step, ZERO), "up": (ZERO, step.step)}
    down, up = errors.get(step.mode, (-step.step / 2, step.step / 2))
    many = number is None
    return (None if many and down else (number or ZERO) * down), (
        None if many and up else (number or ZERO) * up
    )


def _handed_out(values: Sequence[Fraction], step: ir.RoundLines) -> list[Fraction]:
    """Amounts rounded so that they add up to their sum rounded: the largest remainders are rounded up."""
    total = rounded_end(sum(values, ZERO), step.mode, step.step)
    shares = [rounded_end(value, "down", step.step) for value in values]
    left = int((total - sum(shares, ZERO)) / step.step)
    by_remainder = sorted(range(len(values)), key=lambda at: values[at] - shares[at], reverse=True)
    for at in by_remainder[:left]:
        shares[at] += step.step
    return shares
