"""
Python source for the supports of a programme: their lines and steps, the sums, and the ceilings over several supports.

The amounts of the lines are a list of integers that all count the same parts.  Steps that look at one line at a time
share one loop; a step that looks at several lines ends the loop, because it needs a sum first.  Rates do not depend on
amounts, so they are found in the first loop.  A cut in proportion multiplies the amounts instead of dividing them: a
*divisor* in a local grows with it, and is divided by where the amounts are rounded.

A support without a list, a supplement and a floor from nothing have lines without a row: each has locals of its own.

Only what is certain is computed here.  Where a figure of a step turns out to be undecided the function gives up (it
returns `None`), and code that decides on intervals (`spans`) takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, contextmanager
from fractions import Fraction
from math import gcd, lcm
from typing import assert_never, cast

from attrs import define, evolve, frozen

from grantrules.core import ir
from grantrules.core.scales import OPEN, Shape
from grantrules.evaluate.generate import NO_PATH, Generator, View, counted, negated, rounded

RATES = (ir.Rate, ir.Raise, ir.RateCeiling)


# ---- where the generated function leaves its answer ----------------------------------------------------------------


@frozen
class Amount:
    """A value in a local or as a literal: what it counts (`None`: no number), and the local it is to be divided by."""

    text: str
    parts: int | None = 1
    divisor: str | None = None

    def texts(self) -> Iterator[str]:
        """All texts in it."""
        yield self.text
        if self.divisor is not None:
            yield self.divisor


@frozen
class Share:
    """
    A cut in proportion that was not carried out on the lines yet.

    Args:
        lines: the list of the numbers of the lines that are cut; all are if there is none.
        times, by: the fraction that is left of them; equal if nothing is cut.
        divisor: what amounts are to be divided by, `by` included.
    """

    lines: str | None
    times: str
    by: str
    divisor: str


@frozen
class Column:
    """A value for each line with a row: in a list, or with `place` in each tuple of one; `uniform`: one for all."""

    text: str
    parts: int | None = 1
    divisor: str | None = None
    place: int | None = None
    share: Share | None = None
    uniform: bool = False

    def texts(self) -> Iterator[str]:
        """All texts in it."""
        yield self.text
        if self.divisor is not None:
            yield self.divisor
        if self.share is not None:
            yield from (
                each for each in (self.share.lines, self.share.times, self.share.by) if each is not None
            )


@frozen
class Stage:
    """
    The lines between two steps.

    Args:
        rows: those with a row.
        singles: the others, each with a text that says if it exists.
        rounding: they are still to be rounded so that they add up to their sum rounded.
    """

    rows: Column | None
    singles: tuple[tuple[Amount, str], ...]
    rounding: ir.RoundLines | None = None

    def texts(self) -> Iterator[str]:
        """All texts in it."""
        if self.rows is not None:
            yield from self.rows.texts()
        for amount, there in self.singles:
            yield from amount.texts()
            yield there


@define(eq=False)
class Traced:
    """
    What a step did: whether it was done, its figures, the amounts after it, and the rates.

    Args:
        before: the step before it, where it leaves the amounts as they were.
    """

    step: ir.AnyStep
    done: str
    before: Traced | None = None
    figures: Stage | None = None
    groups: Amount | None = None
    after: Stage | None = None
    rates: Stage | None = None

    def texts(self) -> Iterator[str]:
        """All texts in it."""
        yield self.done
        for each in (self.figures, self.groups, self.after, self.rates):
            if each is not None:
                yield from each.texts()


@frozen
class Cut:
    """A ceiling that may have cut, and what it took off."""

    name: str
    on: str
    cut: Amount
    refuses: bool


@frozen
class SupportCode:
    """All there is to say of a support."""

    support: ir.Support
    applies: str
    gates: tuple[str, ...]
    rows: str | None
    places: str | None
    excluded: str
    costs: Stage
    lines: Stage
    total: Amount
    eligible_cost: Amount
    before_ceilings: Amount
    cuts: tuple[Cut, ...]
    steps: tuple[Traced, ...]

    def texts(self) -> Iterator[str]:
        """All texts in it."""
        yield self.applies
        yield from self.gates
        yield from (each for each in (self.rows, self.places) if each is not None)
        yield self.excluded
        for stage in (self.costs, self.lines):
            yield from stage.texts()
        for amount in (self.total, self.eligible_cost, self.before_ceilings, *(cut.cut for cut in self.cuts)):
            yield from amount.texts()
        for step in self.steps:
            yield from step.texts()


@frozen
class Gates:
    """The conditions of a support: the text of each, and of all together."""

    texts: tuple[str, ...]
    applies: str

    @classmethod
    def of(cls, g: Generator, support: ir.Support) -> Gates:
        """Their code."""
        conditions = [gate.condition for gate in support.gates]
        texts = tuple(g.atom(g.outside(each)) for each in conditions)
        return cls(texts, g.atom(g.all_of(conditions, texts)))

    def publish(self, g: Generator, support: ir.Support) -> None:
        """What `Ref` gives of them."""
        name = f"{support.name}'s applies"
        known = {"True": True, "False": False}.get(self.applies, OPEN)
        fails = known is OPEN and g.any_fails(gate.condition for gate in support.gates)
        g.figures[name] = self.applies
        g.scales.name(name, Shape(fails=fails, value=known))


# ---- while a support is written ------------------------------------------------------------------------------------


@define(eq=False)
class Single:
    """
    A line without a loop, in locals of its own; those of its rate and base only where a step looks at them.

    Args:
        placed: it stands for the one row of a support without a list; otherwise it was added.
        there: whether it exists.
        since: the first of the pending operations that is about it.
    """

    amount: str
    rate: str
    base: str
    placed: bool
    there: str = "True"
    since: int = 0


@frozen(eq=False)
class Line:
    """A line as the code of an operation sees it: its locals, and its number among the lines."""

    amount: str
    rate: str
    base: str
    at: str
    placed: bool
    looping: bool


NO_FIGURE = -1
NONE = frozenset[str]()


@define(eq=False)
class Operation:
    """
    What is done to each line.

    Args:
        reads: what is read for each line.
        emit: writes the code for one line; gives the local with the figure it used.
        changes: what of a line the code sets: `amount`, `rate`.
        uses: what it looks at beside the amount and what it sets: `rate`, `base`, and the number of the line, `at`.
        vector: the new amount as one text, where there is no more to it.
        excludes: the number of the step and the conditions under which it excludes a line, where there is no more to it.
        traced: where to say what was done.
        step: the step that does it, where it may exclude a line.
        figure_parts: what the figure counts.
        in_turn: the amounts after it are those at hand; otherwise it is done before its turn.
        parts, divisor, rate_parts: what amounts and rates count afterwards.
    """

    reads: Sequence[ir.Expr]
    emit: Callable[[Line], str | None]
    changes: AbstractSet[str] = NONE
    uses: AbstractSet[str] = NONE
    vector: Callable[[str, str], str] | None = None
    traced: Traced | None = None
    figure_parts: int | None = NO_FIGURE
    excludes: tuple[int, Callable[[], list[str]]] | None = None
    step: ir.AnyStep | None = None
    in_turn: bool = True
    parts: int = 1
    divisor: str | None = None
    rate_parts: int = 1


class SupportWriter:
    """Writes one support."""

    def __init__(self, g: Generator, support: ir.Support) -> None:
        self.g = g
        self.support = support
        self.pending: list[Operation] = []
        self.singles: list[Single] = []
        self.rows: str | None = None  # The rows that are lines.
        self.all_rows: str | None = None
        self.places: str | None = None  # Where they stand among all rows, if not all are lines.
        self.started = False  # Whether there are lists of amounts yet.
        self.amounts = ""
        self.parts = 1
        self.divisor: str | None = None
        self.broken = False  # Whether amounts without a divisor may be fractions of their parts.
        self.position = 0  # The number of the step at hand.
        self.multiplies = False  # Whether the first loop may multiply amounts by the rate, and ...
        self.product: tuple[str, str] | None = None  # ... the amounts and the products that it made.
        self.share: Share | None = None
        self.sum: Amount | None = None
        self.rated = any(isinstance(step, RATES) for step in support.steps)
        starts = any(isinstance(step, ir.Rate) for step in support.steps)
        self.uniform: str | None = "0" if starts else "1"  # The rate of all rows, while it is one.
        self.at_start: str | None = (
            None  # What it was before the first pending operation that looks at rates.
        )
        self.rates_pending = False
        self.rates = ""
        self.rate_parts = 1
        self.rate_broken = False
        self.bases = ""
        self.base_parts = 1
        self.needs_bases = any(isinstance(s, ir.Raise) and s.part is not None for s in support.steps)
        self.excluded = g.local("X")
        self.excluding = False  # Whether a line may have been excluded before the operations at hand.
        self.cuts: list[Cut] = []
        self.traced: list[Traced] = []
        self.rounding: ir.RoundLines | None = None
        self.ahead: dict[ir.AnyStep, tuple[str, int]] = {}
        self.traced_ahead: dict[ir.AnyStep, Traced] = {}
        self.whens: dict[ir.AnyStep, str] = {}

    # ---- the whole -------------------------------------------------------------------------------------------------

    def write(self) -> SupportCode:
        """The code of the support, and where it left what."""
        g, support = self.g, self.support
        gates = Gates.of(g, support)
        applies = gates.applies
        g.line(f"{self.excluded} = {{}}")
        self.begin()
        applied = support.applied
        self.go_on(range(applied))
        self.position = applied
        eligible_cost, costs = self.total(), self.stage()
        self.step(support.steps[applied], last=False)
        before_ceilings = self.total()
        self.publish(f"{support.name}'s eligible_cost", eligible_cost, "True")
        self.publish(f"{support.name}'s before_ceilings", before_ceilings, "True")
        self.go_on(range(applied + 1, len(support.steps)))
        lines = self.stage()
        total = self.total()
        self.publish(support.name, total, applies)
        self.publish(f"{support.name}'s eligible_cost", eligible_cost, applies)
        self.publish(f"{support.name}'s before_ceilings", before_ceilings, applies)
        gates.publish(g, support)
        return SupportCode(
            support=support,
            applies=applies,
            gates=gates.texts,
            rows=self.all_rows,
            places=self.places,
            excluded=self.excluded,
            costs=costs,
            lines=lines,
            total=total,
            eligible_cost=eligible_cost,
            before_ceilings=before_ceilings,
            cuts=tuple(self.cuts),
            steps=tuple(self.traced),
        )

    def go_on(self, numbers: Iterable[int]) -> None:
        """The steps with some numbers."""
        steps = self.support.steps
        for at in numbers:
            self.position = at
            self.step(steps[at], last=all(map(self.never, steps[at + 1 :])))

    def never(self, step: ir.AnyStep) -> bool:
        """Whether it is known beforehand that a step is left out."""
        if isinstance(step, ir.Ceiling) and step.limit is None:
            return True
        return step.when is not None and self.g.shape(step.when).value is False

    def publish(self, name: str, amount: Amount, applies: str) -> None:
        """What `Ref` gives of a sum: 0 where the support does not apply, from 0 where that is undecided."""
        g = self.g
        text = amount.text if amount.divisor is None else f"quotient({amount.text}, {amount.divisor})"
        fails = False
        if applies == "False":
            text = "0"
        elif applies != "True":
            fails = g.any_fails([gate.condition for gate in self.support.gates])
            atom = g.atom(text)
            text = f"({atom} if {applies} else 0)"
            if fails:
                text = (
                    f"({text} if {applies}.__class__ is bool else spanned({atom}, {amount.parts}, {applies}))"
                )
        # A sum that may never be read is not divided before somebody reads it.
        g.figures[name] = text if amount.divisor is not None and name != self.support.name else g.atom(text)
        whole = amount.divisor is None and not self.broken
        g.scales.name(name, Shape(cast("int", amount.parts), 0, None, fails, whole=whole))

    # ---- the lines -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The lines before the first step."""
        g, support = self.g, self.support
        base = self.positive(support.base)
        shape = g.shape(base)
        self.parts = self.base_parts = shape.parts
        self.broken = not shape.whole
        if support.list is None:
            amount = self.copied(self.certain(base, outside=True))
            rate = self.copied(self.uniform or "0") if self.rated else ""
            own = self.copied(amount) if self.needs_bases else ""
            self.singles.append(Single(amount, rate, own, placed=True))
            self.started = True
            return
        rows = g.atom(g.outside(support.list))
        if g.shape(support.list).fails:
            g.line(f"if {rows}.__class__ is U: return None")
        self.rows = self.all_rows = rows
        if support.where is not None and g.shape(support.where).value is not True:
            self.rows, self.places = self.selected(rows, support.where)

        def emit(line: Line) -> None:
            g.line(f"{line.amount} = {self.certain(base)}")
            if line.base != line.amount:
                g.line(f"{line.base} = {line.amount}")

        self.push(Operation((base,), emit, {"amount"}))

    def selected(self, rows: str, where: ir.Expr) -> tuple[str, str]:
        """The rows that are lines, and their places."""
        g, var = self.g, self.support.var
        kept, places, at, row = g.local("L"), g.local("P"), g.local("i"), g.local("r")
        variables, list_ = frozenset({var}), cast("ir.Expr", self.support.list)
        g.hoist((where,), variables, list_)
        _, columns = g.fields_read((where,), variables, list_)
        g.line(f"{kept} = []")
        g.line(f"{places} = []")
        with g.block(f"for {at}, {row} in enumerate({rows}):"):
            g.views[var] = View(row, {name: f"{each}[{at}]" for name, each in columns.items()}, NO_PATH)
            g.prepare((where,))
            with g.block(f"if {self.certain(where)}:"):
                g.line(f"{kept}.append({row})")
                g.line(f"{places}.append({at})")
        return kept, places

    def positive(self, expr: ir.Expr) -> ir.Expr:
        """A number, or 0 where it is below 0."""
        low = self.g.shape(expr).low
        if low is not None and low >= 0:
            return expr
        return ir.Extreme("largest", (ir.Const(Fraction(0), type=expr.type), expr), type=expr.type)

    def certain(self, expr: ir.Expr, *, outside: bool = False) -> str:
        """The text of a value that a step needs; without it the function gives up."""
        g = self.g
        text = g.outside(expr) if outside else g.use(expr)
        if not g.shape(expr).fails:
            return text
        atom = g.atom(text)
        g.line(f"if {atom}.__class__ is U: return None")
        return atom

    def once(self, expr: ir.Expr, when: str) -> str:
        """A figure that is read once, where the step is done: a local or a literal."""
        g = self.g
        if when == "True" or not g.shape(expr).fails:
            return g.atom(self.certain(expr, outside=True))
        text = g.atom(g.outside(expr))
        g.line(f"if {when} and {text}.__class__ is U: return None")
        return g.atom(f"({text} if {when} else 0)")

    def copied(self, text: str) -> str:
        """A local of its own for a value."""
        name = self.g.local("c")
        self.g.line(f"{name} = {text}")
        return name

    def divided(self, text: str, times: int = 1) -> str:
        """A number as the amounts are held: some times, and times their divisor."""
        return counted(text, times, self.divisor)

    def stage(self) -> Stage:
        """All lines as they are now."""
        self.flush()
        divisor = self.divisor if self.share is None else self.share.divisor
        rows = None if self.rows is None else Column(self.amounts, self.parts, divisor, None, self.share)
        singles = [
            (Amount(self.copied(single.amount), self.parts, self.divisor), single.there)
            for single in self.singles
        ]
        return Stage(rows, tuple(singles), self.rounding)

    def total(self) -> Amount:
        """The sum of all lines as they are now."""
        self.flush()
        if self.sum is None:
            terms = [single.amount for single in self.singles]
            if self.rows is not None:
                terms.insert(0, f"sum({self.amounts})")
            text, divisor = self.copied(" + ".join(terms)), self.divisor
            if self.share is not None:
                self.sum_shared(text, self.share)
                divisor = self.share.divisor
            self.sum = Amount(text, self.parts, divisor)
        return self.sum

    def sum_shared(self, total: str, share: Share) -> None:
        """Make a sum one of which a part is still to be cut."""
        g = self.g
        with g.block(f"if {share.times} != {share.by}:"):
            if share.lines is None:
                g.line(f"{total} = {total}*{share.times}")
                return
            cut, at = g.local("c"), g.local("i")
            g.line(f"{cut} = sum([{self.amounts}[{at}] for {at} in {share.lines}])")
            g.line(f"{total} = ({total} - {cut})*{share.by} + {cut}*{share.times}")

    def settle_before(self) -> None:
        """The same before an operation that has to see the lines as they are."""
        if self.share is not None:
            self.settle()

    def settle(self) -> None:
        """Carry out a cut in proportion on the lines."""
        self.flush()
        share, g = self.share, self.g
        if share is None:
            return
        self.share = None
        after, amount, at = self.copied(self.amounts), g.local("m"), g.local("i")
        with g.block(f"if {share.times} != {share.by}:"):
            if share.lines is None:
                g.line(f"{after} = [{amount}*{share.times} for {amount} in {self.amounts}]")
            else:
                g.line(f"{after} = [{amount}*{share.by} for {amount} in {self.amounts}]")
                with g.block(f"for {at} in {share.lines}:"):
                    g.line(f"{after}[{at}] = {self.amounts}[{at}]*{share.times}")
        self.amounts, self.divisor = after, share.divisor

    # ---- loops -----------------------------------------------------------------------------------------------------

    def push(self, operation: Operation, *, linear: bool = False) -> None:
        """Do this to all lines, as soon as it is needed; `linear`: it makes no difference if they are cut before it."""
        if not linear:
            self.settle_before()
        operation.parts, operation.divisor = self.parts, self.divisor
        operation.rate_parts = self.rate_parts
        if "rate" in operation.uses | operation.changes and not self.rates_pending:
            self.at_start, self.rates_pending = self.uniform, True
        self.pending.append(operation)
        if "amount" in operation.changes:
            self.sum = None

    def flush(self, *, ahead: bool = True) -> None:
        """Do to all lines what is pending; `ahead`: and to the rates, if this is the first loop, what is to come."""
        if not self.pending:
            return
        if self.rows is not None:
            if ahead and not self.started:
                self.look_ahead()
            self.loop(self.pending)
        for single in self.singles:
            self.go_through(single)
        self.pending, self.rates_pending = [], False
        self.started = True

    def go_through(self, single: Single) -> None:
        """Do to a single line what is pending."""
        line = Line(single.amount, single.rate, single.base, "0", single.placed, looping=False)
        for operation in self.pending[single.since :]:
            for each in operation.reads:
                if not self.g.info(each).rows:
                    self.g.outside(each)
            self.emit(operation, line, [], "", single.there)
        single.since = 0

    def look_ahead(self) -> None:
        """Find the rates in the first loop too: they do not depend on amounts."""
        before = self.support.steps[: self.support.applied]
        for step in before:
            if isinstance(step, RATES) and step not in self.whens:
                when = self.when(step)
                if when == "False":
                    continue
                if isinstance(step, ir.RateCeiling) and self.uniform is not None:
                    del self.whens[step]
                    return
                if self.g.tracing:
                    self.traced_ahead[step] = Traced(step, when)
                self.rate_step(step, when, self.traced_ahead.get(step), ahead=True)
        coming = before[self.position :]
        cuts = sum(1 for each in coming if isinstance(each, ir.Ceiling) and not self.never(each))
        self.multiplies = self.rated and cuts < 2 and all(map(self.is_linear, coming))

    def is_linear(self, step: ir.AnyStep) -> bool:
        """Whether it makes no difference to a step if the amounts have been multiplied by the rate before it."""
        match step:
            case ir.Ceiling(_, "together", excess="pro_rata") | ir.Rate() | ir.Raise():
                return True
            case _:
                return self.never(step)

    def loop(self, operations: list[Operation]) -> None:
        """One loop over the rows."""
        g = self.g
        uses = set[str]().union(*(operation.uses for operation in operations))
        changes = set[str]().union(*(operation.changes for operation in operations))
        traces = g.local("T") if any(operation.traced for operation in operations) else ""
        if self.started and not traces and all(operation.vector for operation in operations):
            self.comprehension(operations, uses)
            return
        reads = [expr for operation in operations for expr in operation.reads]
        amount, rate, base = g.local("m"), g.local("r"), g.local("b")
        after, rates, bases = g.local("A"), g.local("R"), g.local("B")
        keeps_base = not self.started and self.needs_bases
        per_line = self.rates_pending and self.at_start is None
        beside: list[tuple[str, str]] = []
        if self.started:
            beside.append((amount, self.amounts))
        if per_line:
            beside.append((rate, self.rates))
        if self.started and "base" in uses:
            beside.append((base, self.bases))
        at = f"len({after})"
        if "at" in uses and "amount" not in changes:
            at = g.local("i")
            beside.append((at, f"range(len({self.rows}))"))
        variables, list_ = frozenset({self.support.var}), cast("ir.Expr", self.support.list)
        g.hoist(reads, variables, list_)
        outputs = [(after, amount)] if "amount" in changes else []
        outputs += [(rates, rate)] if "rate" in changes else []
        outputs += [(bases, base)] if keeps_base else []
        if not self.started and self.multiplies:
            outputs = [each for each in outputs if each[0] != rates]
            own = rate if per_line or "rate" in changes else self.uniform
            if own != "1":
                self.product = after, g.local("M")
                outputs.append((self.product[1], f"{amount}*{own}"))
        for name in [each for each, _ in outputs] + [traces] * bool(traces):
            g.line(f"{name} = []")
        head, view = g.loop_over(
            cast("str", self.rows), None, list_, reads, variables, places=self.places, beside=tuple(beside)
        )
        line = Line(
            amount,
            rate if per_line or "rate" in changes else self.at_start or "0",
            base if keeps_base or "base" in uses else amount,
            at,
            placed=True,
            looping=True,
        )
        with g.block(head):
            g.views[self.support.var] = view
            g.prepare(reads)
            kept: list[str] = []
            self.emit_in_loop(operations, line, kept, traces)
            if traces:
                outputs.append((traces, f"({''.join(f'{each}, ' for each in kept)})"))
            for name, value in outputs:
                g.line(f"{name}.append({value})")
        self.amounts = after if "amount" in changes else self.amounts
        self.rates = rates if "rate" in changes else self.rates
        self.bases = bases if keeps_base else self.bases

    def emit_in_loop(self, operations: list[Operation], line: Line, kept: list[str], traces: str) -> None:
        """The code of several operations for a row; of steps that exclude it in a row only the first matters."""
        g, chained, direct, seen = self.g, False, False, False
        starts = self.at_start is not None
        for operation in operations:
            if starts and "rate" in operation.changes:
                g.line(f"{line.rate} = {self.at_start}")
                starts = False
            if operation.excludes is None or traces:
                self.emit(operation, line, kept, traces, "True")
                chained, seen = False, seen or operation.step is not None
                continue
            number, conditions = operation.excludes
            before = len(g.lines)
            test = " and ".join(conditions())
            chained = chained and len(g.lines) == before
            if not chained:
                self.excluding = self.excluding or seen
                direct = not self.excluding
            with g.block(f"{'elif' if chained else 'if'} {test}:"):
                again = self.mark(number, line)
                g.line(f"{self.excluded}[{line.at}] = {number}" if direct else again)
                g.line(f"{line.amount} = 0")
            chained = seen = True
        self.excluding = self.excluding or seen

    def mark(self, number: int, line: Line) -> str:
        """The statement that marks a line as excluded by a step, unless another has done so."""
        return f"{self.excluded}.setdefault({line.at}, {number})"

    def comprehension(self, operations: list[Operation], uses: set[str]) -> None:
        """A loop that only computes new amounts, each as one text."""
        amount, after = self.g.local("m"), self.g.local("A")
        text: str
        text, rate = amount, self.at_start or "0"
        source, pattern = self.amounts, amount
        if "rate" in uses and self.at_start is None:
            rate = self.g.local("r")
            source, pattern = f"zip({source}, {self.rates})", f"{amount}, {rate}"
        for operation in operations:
            text = cast("Callable[[str, str], str]", operation.vector)(text, rate)
        self.g.line(f"{after} = [{text} for {pattern} in {source}]")
        self.amounts = after

    def emit(self, operation: Operation, line: Line, kept: list[str], traces: str, there: str) -> None:
        """The code of an operation for a line; what the trace needs is kept."""
        figure = operation.emit(line)
        traced = operation.traced
        if traced is None:
            return

        def keep(text: str, parts: int | None, divisor: str | None, stage: Stage | None) -> Stage:
            copy = self.copied(text)
            rows, singles = (None, ()) if stage is None else (stage.rows, stage.singles)
            if line.looping:
                kept.append(copy)
                return Stage(Column(traces, parts, divisor, len(kept) - 1), singles)
            return Stage(rows, (*singles, (Amount(copy, parts, divisor), there)))

        if operation.figure_parts != NO_FIGURE:
            traced.figures = keep(figure or "None", operation.figure_parts, None, traced.figures)
        if operation.in_turn:
            traced.after = keep(line.amount, operation.parts, operation.divisor, traced.after)
        if "rate" in operation.changes:
            traced.rates = keep(line.rate, operation.rate_parts, None, traced.rates)

    def rewrite(self, reads: Sequence[ir.Expr], change: Callable[[Line], None]) -> str:
        """Set the amounts of all lines, inside of a block; the new list of those with a row."""
        g = self.g
        after = g.local("A")
        if self.rows is not None:
            amount = g.local("m")
            variables, list_ = frozenset({self.support.var}), cast("ir.Expr", self.support.list)
            g.hoist(reads, variables, list_)
            g.line(f"{after} = []")
            head, view = g.loop_over(
                self.rows, None, list_, reads, variables, places=self.places, beside=((amount, self.amounts),)
            )
            with g.block(head):
                g.views[self.support.var] = view
                g.prepare(reads)
                change(Line(amount, "", "", "", placed=True, looping=True))
                g.line(f"{after}.append({amount})")
        for single in self.singles:
            change(Line(single.amount, "", "", "", single.placed, looping=False))
        return after

    # ---- steps -----------------------------------------------------------------------------------------------------

    def when(self, step: ir.AnyStep) -> str:
        """Whether a step is done: a local, `True` or `False`."""
        if step not in self.whens:
            self.whens[step] = "True"
            if step.when is not None:
                self.whens[step] = self.g.atom(self.certain(step.when, outside=True))
        return self.whens[step]

    def step(self, step: ir.AnyStep, *, last: bool) -> None:
        """One step."""
        if step in self.ahead:
            self.cut_ahead(step)
            if step in self.traced_ahead:
                self.traced_ahead[step].after = self.stage()
                self.traced.append(self.traced_ahead[step])
            return
        when = self.when(step)
        traced = Traced(step, when) if self.g.tracing else None
        if traced is not None:
            self.traced.append(traced)
        if self.never(step) and len(self.traced) > 1:
            cast("Traced", traced).before = self.traced[-2]
            return
        if when != "False":
            self.done(step, when, traced, last=last)
        if traced is not None and not any(o.traced is traced for o in self.pending) and traced.after is None:
            traced.after = self.stage()

    def done(self, step: ir.AnyStep, when: str, traced: Traced | None, *, last: bool) -> None:
        """One step that is done, or may be."""
        match step:
            case ir.Keep():
                self.keep(step, when, traced)
            case ir.Pick():
                self.pick(step, when, traced)
            case ir.Ceiling(limit=None):
                pass
            case ir.Ceiling(scope="each"):
                self.ceiling_on_each(step, when, traced)
            case ir.Ceiling(scope="together"):
                self.ceiling_together(step, when, traced)
            case ir.Ceiling():
                self.ceiling_per_group(step, when, traced)
            case ir.Rate() | ir.Raise() | ir.RateCeiling():
                self.rate_step(step, when, traced, ahead=False)
            case ir.Apply():
                self.apply()
            case ir.Scale():
                self.scale(step, when, traced)
            case ir.Supplement():
                self.supplement(step, when, traced)
            case ir.Floor():
                self.floor(step, when, traced)
            case ir.RoundLines(place="each"):
                self.round_each(step, when, traced)
            case ir.RoundLines():
                self.round_once(step, when, last=last)

    @contextmanager
    def about(self, step: ir.AnyStep, when: str, line: Line) -> Iterator[None]:
        """Code for a line that a step is about, if it is done."""
        g, where = self.g, step.where
        if where is not None and not line.placed:
            before = len(g.lines)
            with g.block("if False:"):
                yield
            del g.lines[before:]
            return
        with ExitStack() as blocks:
            tests = [] if when == "True" else [when]
            if where is not None and g.shape(where).value is not True:
                if g.shape(where).fails and tests:
                    blocks.enter_context(g.block(f"if {when}:"))
                    tests = []
                tests.append(self.certain(where))
            if tests:
                blocks.enter_context(g.block(f"if {' and '.join(tests)}:"))
            yield

    def slot(self, traced: Traced | None) -> str | None:
        """A local for the figure of a step, where it is traced."""
        return self.copied("None") if traced is not None else None

    def fill(self, slot: str | None, text: str) -> None:
        """Keep the figure of a step."""
        if slot is not None:
            self.g.line(f"{slot} = {text}")

    @staticmethod
    def reads(step: ir.AnyStep, *exprs: ir.Expr | None) -> tuple[ir.Expr, ...]:
        """What a step reads for each line."""
        return tuple(each for each in (step.where, *exprs) if each is not None)

    def exclude(self, step: ir.AnyStep, line: Line) -> None:
        """The line gets nothing, and is marked unless another step has marked it before."""
        self.g.line(self.mark(self.support.steps.index(step), line))
        self.g.line(f"{line.amount} = 0")

    def cut(self, step: ir.Ceiling | ir.RateCeiling, text: str, parts: int) -> None:
        """A ceiling that may have cut."""
        on = step.on if isinstance(step, ir.Ceiling) else "rate"
        refuses = isinstance(step, ir.Ceiling) and step.excess == "refuses"
        self.cuts.append(Cut(step.about.name, on, Amount(text, parts, self.divisor), refuses))

    def scaled_to(self, parts: int) -> None:
        """Count the amounts of all lines in parts that are a multiple of theirs."""
        self.settle_before()
        times = parts // self.parts
        if times == 1:
            return
        self.parts = parts

        def emit(line: Line) -> None:
            self.g.line(f"{line.amount} = {line.amount}*{times}")

        self.push(Operation((), emit, {"amount"}, vector=lambda amount, _: f"{amount}*{times}"))

    # ---- steps on a line -------------------------------------------------------------------------------------------

    def keep(self, step: ir.Keep, when: str, traced: Traced | None) -> None:
        """Lines that are not eligible."""
        g = self.g

        def emit(line: Line) -> str | None:
            slot = self.slot(traced)
            if line.placed:
                with self.about(step, when, line):
                    text = self.certain(step.keep)
                    if slot:
                        text = g.atom(text)
                        self.fill(slot, text)
                    with g.block(f"if not {text}:"):
                        self.exclude(step, line)
            return slot

        operation = Operation(
            self.reads(step, step.keep), emit, {"amount"}, traced=traced, figure_parts=None, step=step
        )
        if not g.any_fails(operation.reads):

            def conditions() -> list[str]:
                found = [] if when == "True" else [when]
                if step.where is not None:
                    found.append(g.value(step.where))
                return [*found, negated(g, step.keep)]

            operation.excludes = self.support.steps.index(step), conditions
        self.push(operation)

    def limit(self, step: ir.Ceiling) -> ir.Expr:
        """The limit that counts: what other aid leaves of it, never below 0."""
        limit = cast("ir.Expr", step.limit)
        if step.other is not None:
            limit = ir.Add(((1, limit), (-1, step.other)), type=limit.type)
        return self.positive(limit)

    def ceiling_on_each(self, step: ir.Ceiling, when: str, traced: Traced | None) -> None:
        """A ceiling on each line."""
        self.settle_before()
        g, limit = self.g, self.limit(step)
        shape = g.shape(limit)
        before, after, divisor = self.parts, lcm(self.parts, shape.parts), self.divisor
        refuses = step.excess == "refuses"
        cut = self.copied("0")
        times = f"*{after // before}" if after > before else ""

        def emit(line: Line) -> str | None:
            slot = self.slot(traced)
            amount = f"{line.amount}{times}"
            if times and not refuses:
                g.line(f"{line.amount} = {amount}")
                amount = line.amount
            if not line.placed:
                return slot
            with self.about(step, when, line):
                own = g.atom(self.certain(limit))
                self.fill(slot, own)
                most = g.aligned(own, shape.parts, after)
                most = g.atom(most if divisor is None else f"{most}*{divisor}")
                with g.block(f"if {amount} > {most}:"):
                    if step.excess == "drops_line":
                        g.line(f"{cut} += {amount}")
                        self.exclude(step, line)
                    else:
                        g.line(f"{cut} += {amount} - {most}")
                        if not refuses:
                            g.line(f"{line.amount} = {most}")
            return slot

        reads = self.reads(step, limit)
        operation = Operation(reads, emit, traced=traced, figure_parts=shape.parts, step=step)
        if not refuses:
            self.parts = after
            self.broken = self.broken or not shape.whole
            operation.changes = {"amount"}
        self.push(operation)
        self.cut(step, cut, after)

    def apply(self) -> None:
        """The amounts become support."""
        if not self.rated:
            return

        def emit(line: Line) -> None:
            self.g.line(f"{line.amount} = {line.amount}*{line.rate}")

        multiplied = self.product is not None and self.product[0] == self.amounts
        as_it_is = not multiplied and self.rows is not None and self.uniform == "1"
        if (
            as_it_is
        ):  # The sum may be counted more finely than the amounts, of which a part is still to be cut.
            total = self.total()
            self.sum = evolve(total, parts=cast("int", total.parts) * self.rate_parts)
        self.parts *= self.rate_parts
        self.broken = self.broken or self.rate_broken
        if self.product is not None and multiplied:
            self.amounts, self.sum = self.product[1], None
        if multiplied or as_it_is:
            return
        vector = "{}*{}".format
        self.push(Operation((), emit, {"amount"}, {"rate"}, vector), linear=True)

    def scale(self, step: ir.Scale, when: str, traced: Traced | None) -> None:
        """A share of each amount."""
        self.settle_before()
        g, factor = self.g, self.positive(step.factor)
        shape = g.shape(factor)
        reads_row = self.support.var in g.info(step.factor).rows
        plain = when == "True" and step.where is None and not reads_row
        once = self.once(factor, "True") if plain and not g.tracing else None

        def emit(line: Line) -> str | None:
            slot = self.slot(traced)
            if not line.placed and reads_row:
                g.line(f"{line.amount} = {line.amount}*{shape.parts}")
                return slot
            before = line.amount
            if not plain:
                before = self.copied(line.amount)
                g.line(f"{line.amount} = {before}*{shape.parts}")
            with self.about(step, when, line):
                own = once or g.atom(self.certain(factor))
                self.fill(slot, own)
                g.line(f"{line.amount} = {before}*{own}")
            return slot

        self.parts *= shape.parts
        self.broken = self.broken or not shape.whole
        reads = self.reads(step, factor) if once is None else ()
        operation = Operation(reads, emit, {"amount"}, traced=traced, figure_parts=shape.parts)
        if once is not None:
            operation.vector = lambda amount, _: f"{amount}*{once}"
        self.push(operation)

    def supplement(self, step: ir.Supplement, when: str, traced: Traced | None) -> None:
        """A line that is added."""
        amount = self.positive(step.amount)
        shape = self.g.shape(amount)
        own = self.once(amount, when)
        if traced is not None:
            traced.groups = Amount(self.copied(f"({own},)"), shape.parts)
        self.scaled_to(lcm(self.parts, shape.parts))
        self.broken = self.broken or not shape.whole
        text = self.divided(self.g.aligned(own, shape.parts, self.parts))
        self.add(f"({text} if {when} else 0)" if when != "True" else text, when)

    def add(self, amount: str, there: str) -> str:
        """A new line; the local of its amount."""
        self.settle_before()
        name = self.copied(amount)
        self.singles.append(Single(name, "", "", placed=False, there=there, since=len(self.pending)))
        self.sum = None
        return name

    # ---- rates -----------------------------------------------------------------------------------------------------

    def rate_step(
        self, step: ir.Rate | ir.Raise | ir.RateCeiling, when: str, traced: Traced | None, *, ahead: bool
    ) -> None:
        """A step about rates; `ahead`: before its turn, so that what it takes off amounts is only kept."""
        g = self.g
        change = self.rate_change(step, when)
        if ahead:
            self.ahead[step] = ("", 1)
        reads_row = any(self.support.var in g.info(each).rows for each in change.reads)
        part = isinstance(step, ir.Raise) and step.part is not None
        self.rate_broken = self.rate_broken or not change.whole
        alike = self.rows is not None and self.uniform is not None and not reads_row and not part
        if alike:
            self.uniform_rate(step, change, traced, ahead=ahead)
            return
        cut = lost = None
        linear = True
        if isinstance(step, ir.RateCeiling):
            cut = self.copied("0")
            if ahead:
                lost = g.local("Q")
                g.line(f"{lost} = []")
                self.ahead[step] = (lost, change.parts)
            else:
                linear = False
                self.settle_before()  # What it takes off is counted as the amounts are then.

        def emit(line: Line) -> str | None:
            slot = self.slot(traced)
            excess = self.copied("0") if cut is not None else None
            change.emit(line, slot, excess)
            if lost is not None:
                g.line(f"{lost}.append({excess})")
            elif cut is not None:
                g.line(f"if {excess}: {cut} += {line.amount}*{excess}")
            return slot

        self.rate_parts = change.parts
        if isinstance(step, ir.RateCeiling) and cut is not None and not ahead:
            self.cut(step, cut, self.parts * change.parts)
        figure = change.figure_parts
        operation = Operation(
            change.reads, emit, {"rate"}, {"base"} if part else NONE, traced=traced, figure_parts=figure
        )
        operation.in_turn = not ahead and not self.settled(traced)
        self.push(operation, linear=linear)
        if self.rows is not None:
            self.uniform = None

    def uniform_rate(
        self,
        step: ir.Rate | ir.Raise | ir.RateCeiling,
        change: RateChange,
        traced: Traced | None,
        *,
        ahead: bool,
    ) -> None:
        """A step that gives all lines with a row the same rate: it needs no loop."""
        g = self.g
        known = OPEN if change.figure is None else g.shape(change.figure).value
        always = step.where is None and self.when(step) == "True"
        slot: str | None = None
        if isinstance(step, ir.Rate) and isinstance(known, int) and always:
            self.uniform, self.rate_parts, slot = str(known), change.parts, str(known)
        else:
            slot = self.slot(traced)
            self.uniform_change(step, change, slot)
        if traced is None:
            return
        traced.figures = Stage(Column(cast("str", slot), change.figure_parts, uniform=True), ())
        traced.rates = Stage(Column(cast("str", self.uniform), self.rate_parts, uniform=True), ())
        if not ahead and not self.settled(traced):
            # The amounts between this step and the next are made in a loop that is still to come.
            self.push(Operation((), lambda _: None, traced=traced), linear=True)

    def settled(self, traced: Traced | None) -> bool:
        """Whether the amounts are known before a step that does not change them; if so they are what it leaves."""
        if traced is None or (self.pending and self.share is None):
            return False
        traced.after = self.stage()
        return True

    def uniform_change(
        self, step: ir.Rate | ir.Raise | ir.RateCeiling, change: RateChange, slot: str | None
    ) -> None:
        """The code of such a step."""
        g = self.g
        cut = excess = None
        if isinstance(step, ir.RateCeiling):
            cut, excess = self.copied("0"), self.copied("0")
            self.flush(ahead=False)
            self.settle()
        # A rate that takes the place of the one before it needs none to begin with.
        new = isinstance(step, ir.Rate) and step.where is None and self.when(step) == "True"
        rate = g.local("c") if new else self.copied(self.uniform or "0")
        g.prepare(change.reads)
        change.emit(Line("", rate, "", "0", placed=True, looping=False), slot, excess)
        self.uniform = rate
        if isinstance(step, ir.RateCeiling) and cut is not None:
            g.line(f"if {excess}: {cut} = {excess}*sum({self.amounts})")
            self.cut(step, cut, self.parts * change.parts)
        self.rate_parts = change.parts

    def cut_ahead(self, step: ir.AnyStep) -> None:
        """What a ceiling on the rate took off the amounts, when it is its turn."""
        lost, parts = self.ahead[step]
        if isinstance(step, ir.RateCeiling):
            self.settle()
            amount, rate = self.g.local("m"), self.g.local("r")
            total = f"sum([{amount}*{rate} for {amount}, {rate} in zip({self.amounts}, {lost})])"
            self.cut(step, self.copied(f"{total} if any({lost}) else 0"), self.parts * parts)

    def rate_change(self, step: ir.Rate | ir.Raise | ir.RateCeiling, when: str) -> RateChange:
        """What a step does to the rate of a line."""
        match step:
            case ir.Rate(rate=figure):
                return self.set_rate(step, when, self.positive(figure))
            case ir.RateCeiling(limit=figure):
                return self.limited_rate(step, when, self.positive(figure))
            case ir.Raise(how="increased_by", by=by):
                return self.multiplied_rate(step, when, by)
            case ir.Raise(by=by, part=part):
                return self.raised_rate(step, when, by, part)

    def set_rate(self, step: ir.Rate, when: str, figure: ir.Expr) -> RateChange:
        """`rate`."""
        g, before = self.g, self.rate_parts
        shape = g.shape(figure)
        always = when == "True" and step.where is None
        parts = shape.parts if always else lcm(before, shape.parts)

        def emit(line: Line, slot: str | None, _: str | None) -> None:
            self.count_rate(line, before, parts if not always else before)
            with self.about(step, when, line):
                own = self.certain(figure)
                if slot:
                    own = g.atom(own)
                    self.fill(slot, own)
                g.line(f"{line.rate} = {g.aligned(own, shape.parts, parts)}")

        return RateChange(self.reads(step, figure), emit, parts, shape.parts, shape.whole, figure)

    def limited_rate(self, step: ir.RateCeiling, when: str, figure: ir.Expr) -> RateChange:
        """`rate ceiling`."""
        g, before = self.g, self.rate_parts
        shape = g.shape(figure)
        parts = lcm(before, shape.parts)

        def emit(line: Line, slot: str | None, excess: str | None) -> None:
            self.count_rate(line, before, parts)
            with self.about(step, when, line):
                own = g.atom(self.certain(figure))
                self.fill(slot, own)
                own = g.atom(g.aligned(own, shape.parts, parts))
                with g.block(f"if {line.rate} > {own}:"):
                    g.line(f"{excess} = {line.rate} - {own}")
                    g.line(f"{line.rate} = {own}")

        return RateChange(self.reads(step, figure), emit, parts, shape.parts, shape.whole)

    def multiplied_rate(self, step: ir.Raise, when: str, by: ir.Expr) -> RateChange:
        """`bonus … increased by`."""
        g, before = self.g, self.rate_parts
        one = ir.Const(Fraction(1), type=by.type)
        factor = self.positive(ir.Add(((1, one), (1, by)), type=by.type))
        shape = g.shape(factor)

        def emit(line: Line, slot: str | None, _: str | None) -> None:
            rate = self.copied(line.rate)
            g.line(f"{line.rate} = {rate}*{shape.parts}")
            with self.about(step, when, line):
                own = self.certain(by)
                if slot:
                    self.fill(slot, g.atom(own))
                g.line(f"{line.rate} = {rate}*{g.atom(g.value(factor))}")

        parts = before * shape.parts
        return RateChange(self.reads(step, by, factor), emit, parts, g.shape(by).parts, shape.whole)

    def raised_rate(self, step: ir.Raise, when: str, by: ir.Expr, part: ir.Expr | None) -> RateChange:
        """`bonus … plus`."""
        g, before = self.g, self.rate_parts
        shape = g.shape(by)
        parts = lcm(before, shape.parts)

        def emit(line: Line, slot: str | None, _: str | None) -> None:
            self.count_rate(line, before, parts)
            with self.about(step, when, line):
                own = self.certain(by)
                if slot or part is not None:
                    own = g.atom(own)
                    self.fill(slot, own)
                added = g.aligned(own, shape.parts, parts)
                low = shape.low
                if part is not None:
                    share = g.atom(self.certain(part))
                    low = None
                    above, below = parts // shape.parts * self.base_parts, g.shape(part).parts
                    points = f"quotient({own}*{share}*{above}, {line.base}*{below})"
                    added = f"({points} if {line.base} else 0)"
                g.line(f"{line.rate} += {added}")
                if low is None or low < 0:
                    g.line(f"if {line.rate} < 0: {line.rate} = 0")

        whole = shape.whole and part is None
        return RateChange(self.reads(step, by, part), emit, parts, shape.parts, whole)

    def count_rate(self, line: Line, before: int, parts: int) -> None:
        """Count a rate in other parts."""
        if parts == before:
            return
        g, times = self.g, parts // before
        start = f"{line.rate} = "
        known = g.lines[-1].removeprefix(" " * g.indent + start)
        if known.isidentifier() or known.isdigit():
            g.lines.pop()
            g.line(f"{start}{counted(known, times)}")
        else:
            g.line(f"{start}{line.rate}*{times}")

    # ---- the first lines of each group -----------------------------------------------------------------------------

    def pick(self, step: ir.Pick, when: str, traced: Traced | None) -> None:
        """The first lines of each group are kept."""
        self.settle_before()
        g = self.g
        found, rest = g.local("C"), g.local("Y")
        g.line(f"{found} = []")

        def emit(line: Line) -> None:
            if not line.placed:
                return
            with g.block(f"if {line.amount} > 0:"), self.about(step, when, line):
                by = self.certain(step.by)
                keys = "".join(f"{self.certain(each)}, " for each in step.per)
                g.line(f"{found}.append((({keys}), {by}, {line.at}, {line.amount}))")

        self.push(Operation(self.reads(step, step.by, *step.per), emit, {"amount"}))
        self.flush()
        number = self.once(step.number, when)
        parts = g.shape(step.number).parts
        if traced is not None:
            traced.groups = Amount(self.copied(f"({number},)"), parts)
        after = self.copied(self.amounts or "None")
        g.line(f"{rest} = picked({found}, {number}//{parts}, {step.descending})")
        g.line(f"if {rest} is None: return None")
        with g.block(f"if {rest}:"):
            at = g.local("i")
            if self.rows is not None:
                g.line(f"{after} = {after}[:]")
            with g.block(f"for {at} in {rest}:"):
                g.line(f"{self.excluded}.setdefault({at}, {self.support.steps.index(step)})")
                if self.rows is not None:
                    g.line(f"{after}[{at}] = 0")
            for single in self.singles:
                if single.placed:
                    g.line(f"{single.amount} = 0")
        self.amounts = after
        self.sum, self.excluding = None, True

    # ---- steps on several lines ------------------------------------------------------------------------------------

    def sum_of(self, step: ir.AnyStep, when: str) -> tuple[Amount, str | None]:
        """
        The sum of the lines that a step is about; 0 where it has a `where` and is not done.

        The second is a list of the numbers of these lines, where they all have a row and not all lines are meant.
        """
        if step.where is None:
            self.settle()
            return self.total(), None
        g = self.g
        total = self.copied("0")
        listing = self.rows is not None and isinstance(step, ir.Ceiling) and step.excess == "pro_rata"
        listing = listing and not self.singles
        lines = g.local("I") if listing else None
        if lines:
            g.line(f"{lines} = []")

        def emit(line: Line) -> None:
            with self.about(step, when, line):
                g.line(f"{total} += {line.amount}")
                if lines:
                    g.line(f"{lines}.append({line.at})")

        self.push(Operation(self.reads(step), emit, uses={"at"} if lines else NONE))
        self.flush()
        return Amount(total, self.parts, self.divisor), lines

    def ceiling_together(self, step: ir.Ceiling, when: str, traced: Traced | None) -> None:
        """A ceiling on the sum of lines."""
        g, limit = self.g, self.limit(step)
        shape = g.shape(limit)
        total, lines = self.sum_of(step, when)
        most = self.once(limit, when)
        if traced is not None:
            traced.groups = Amount(self.copied(f"({most},)"), shape.parts)
        parts = lcm(cast("int", total.parts), shape.parts)
        above = counted(total.text, parts // cast("int", total.parts))
        allowed = counted(most, parts // shape.parts, total.divisor)
        over = f"{above} > {allowed}" if when == "True" else f"{when} and {above} > {allowed}"
        cut = self.copied("0")
        on = Amount(cut, parts, total.divisor)
        self.cuts.append(Cut(step.about.name, step.on, on, step.excess == "refuses"))
        if step.excess == "pro_rata" and self.rows is not None and not self.singles:
            whole = self.total()
            with g.block(f"if {over}:"):
                g.line(f"{cut} = {above} - {allowed}")
            self.share_out(cut, Amount(above, parts, total.divisor), whole, lines)
            return
        with self.changing(over, step.excess != "refuses") as change:
            g.line(f"{cut} = {above} - {allowed}")
            if step.excess == "pro_rata":
                self.in_proportion(step, change, Amount(most, shape.parts), total)
            elif step.excess == "last_first":
                finer = lcm(self.parts, shape.parts)
                left = self.copied(self.divided(most, finer // shape.parts))
                times = finer // self.parts

                def emit(line: Line) -> None:
                    if times != 1:
                        g.line(f"{line.amount} = {line.amount}*{times}")
                    with self.about(step, "True", line):
                        g.line(f"if {line.amount} > {left}: {line.amount} = {left}")
                        g.line(f"{left} -= {line.amount}")

                change(self.reads(step), emit, str(times))

    def share_out(self, cut: str, total: Amount, whole: Amount, lines: str | None) -> None:
        """
        Cut some lines in proportion, but only when it is known what becomes of them.

        Args:
            cut: by how much, in the parts of `total`.
            total: the sum of these lines before.
            whole: the sum of all lines before, which is as easily known afterwards.
            lines: the numbers of these lines, if not all are meant.
        """
        g = self.g
        times, by = self.copied("1"), self.copied("1")
        parts = cast("int", total.parts)
        known = whole.divisor == total.divisor and parts % cast("int", whole.parts) == 0
        after = self.copied(counted(whole.text, parts // cast("int", whole.parts))) if known else ""
        with g.block(f"if {cut}:"):
            if known:
                g.line(f"{after} -= {cut}")
            g.line(f"{times}, {by} = ratio({total.text} - {cut}, {total.text})")
        divisor = by if self.divisor is None else self.copied(f"{self.divisor}*{by}")
        self.share = Share(lines, times, by, divisor)
        self.sum = Amount(after, parts, total.divisor) if known else None

    def in_proportion(self, step: ir.AnyStep, change: Change, goal: Amount, total: Amount) -> None:
        """Multiply the lines that a step is about so that their sum becomes the goal; all others by the divisor."""
        g = self.g
        times, by = g.local("n"), g.local("d")
        total_parts, goal_parts = cast("int", total.parts), cast("int", goal.parts)
        divisor = gcd(total_parts, goal_parts)
        above = counted(goal.text, total_parts // divisor, total.divisor)
        g.line(f"{times}, {by} = ratio({above}, {counted(total.text, goal_parts // divisor)})")

        def emit(line: Line) -> None:
            if step.where is None:
                g.line(f"{line.amount} = {line.amount}*{times}")
                return
            before = self.copied(line.amount)
            g.line(f"{line.amount} = {before}*{by}")
            with self.about(step, "True", line):
                g.line(f"{line.amount} = {before}*{times}")

        change(self.reads(step), emit, by)

    @contextmanager
    def changing(self, condition: str, changes: bool) -> Iterator[Change]:  # noqa: FBT001 - Known when it is written.
        """A block in which the amounts of all lines may be set, with a new divisor times the one before."""
        g = self.g
        after = divisor = ""
        if changes:
            after = self.copied(self.amounts or "None")
            divisor = self.copied(self.divisor or "1")

        def change(reads: Sequence[ir.Expr], emit: Callable[[Line], None], times: str) -> None:
            new = self.rewrite(reads, emit)
            if self.rows is not None:
                g.line(f"{after} = {new}")
            if times != "1":
                g.line(f"{divisor} = {divisor}*{times}")

        with g.block(f"if {condition}:"):
            yield change
        if changes:
            self.amounts, self.divisor, self.sum = after, divisor, None

    def ceiling_per_group(self, step: ir.Ceiling, when: str, traced: Traced | None) -> None:  # noqa: PLR0915 - One loop, line by line.
        """A ceiling on the sum of each group of lines."""
        self.settle_before()
        g, limit = self.g, self.limit(step)
        shape = g.shape(limit)
        sums, limits, over = g.local("G"), g.local("H"), g.local("O")
        g.line(f"{sums} = {{}}")
        g.line(f"{limits} = {{}}")

        def key(line: Line) -> str:
            del line
            return self.copied(f"({''.join(f'{self.certain(each)}, ' for each in step.per)})")

        def emit(line: Line) -> None:
            if not line.placed:
                return
            with self.about(step, when, line):
                own = key(line)
                with g.block(f"if {own} in {sums}:"):
                    g.line(f"{sums}[{own}] += {line.amount}")
                with g.block("else:"):
                    g.line(f"{sums}[{own}] = {line.amount}")
                    g.line(f"{limits}[{own}] = {self.certain(limit)}")

        self.push(Operation(self.reads(step, limit, *step.per), emit))
        self.flush()
        if traced is not None:
            traced.groups = Amount(self.copied(f"tuple({limits}.values())"), shape.parts)
        parts = lcm(self.parts, shape.parts)
        times = parts // self.parts
        own, total, cut = g.local("k"), g.local("s"), self.copied("0")
        most = self.divided(f"{limits}[{own}]", parts // shape.parts)
        g.line(f"{over} = [{own} for {own}, {total} in {sums}.items() if {counted(total, times)} > {most}]")
        self.cut(step, cut, parts)
        with self.changing(over, step.excess != "refuses") as change:
            g.line(f"{cut} = sum([{counted(f'{sums}[{own}]', times)} - {most} for {own} in {over}])")
            if step.excess == "refuses":
                return
            left = g.local("F")
            if step.excess == "pro_rata":
                divisor = gcd(self.parts, shape.parts)
                share = self.divided(f"{limits}[{own}]", self.parts // divisor)
                share = f"quotient({share}, {counted(f'{sums}[{own}]', shape.parts // divisor)})"
                g.line(f"{left} = {{{own}: {share} for {own} in {over}}}")
            else:
                g.line(f"{left} = {{{own}: {most} for {own} in {over}}}")

            def cut_line(line: Line) -> None:
                if step.excess == "last_first" and times != 1:
                    g.line(f"{line.amount} = {line.amount}*{times}")
                if not line.placed:
                    return
                with self.about(step, "True", line):
                    mine = key(line)
                    with g.block(f"if {mine} in {left}:"):
                        if step.excess == "pro_rata":
                            g.line(f"{line.amount} = {line.amount}*{left}[{mine}]")
                        else:
                            g.line(f"if {line.amount} > {left}[{mine}]: {line.amount} = {left}[{mine}]")
                            g.line(f"{left}[{mine}] -= {line.amount}")

            change(self.reads(step, *step.per), cut_line, "1" if step.excess == "pro_rata" else str(times))

    def floor(self, step: ir.Floor, when: str, traced: Traced | None) -> None:
        """A sum below a figure is not paid, or raised to it."""
        self.settle_before()
        g, amount = self.g, self.positive(step.amount)
        shape = g.shape(amount)
        least = self.once(amount, when)
        if traced is not None:
            traced.groups = Amount(self.copied(f"({least},)"), shape.parts)
        if step.in_any_case and step.how == "raised_to":
            self.scaled_to(lcm(self.parts, shape.parts))
        amount_of, _ = self.sum_of(step, when)
        total, total_parts = amount_of.text, cast("int", amount_of.parts)
        parts = lcm(total_parts, shape.parts)
        goal = counted(least, parts // shape.parts, amount_of.divisor)
        below = f"{counted(total, parts // total_parts)} < {goal}"
        condition = below if when == "True" else f"{when} and {below}"
        raises = step.how == "raised_to"
        own = None
        if raises and step.in_any_case:
            own = self.divided(g.aligned(least, shape.parts, self.parts))
        with self.changing(f"{condition} and {total}" if raises else condition, changes=True) as change:
            if raises:
                self.in_proportion(step, change, Amount(least, shape.parts), amount_of)
            else:

                def emit(line: Line) -> None:
                    with self.about(step, "True", line):
                        g.line(f"{line.amount} = 0")

                change(self.reads(step), emit, "1")
        if own is not None:
            there = self.copied(f"{condition} and not {total}")
            self.add(f"{own} if {there} else 0", there)

    # ---- rounding --------------------------------------------------------------------------------------------------

    def counted_in_steps(self, step: ir.RoundLines, parts: int, divisor: str | None) -> tuple[str, str]:
        """By what an amount is to be multiplied and divided to count steps."""
        common = gcd(step.step.denominator, parts * step.step.numerator)
        times, by = step.step.denominator // common, parts * step.step.numerator // common
        return ("" if times == 1 else f"*{times}"), self.g.atom(counted(str(by), 1, divisor))

    def round_each(self, step: ir.RoundLines, when: str, traced: Traced | None) -> None:
        """Each amount is rounded."""
        g = self.g
        self.settle_before()
        times, by = self.counted_in_steps(step, self.parts, self.divisor)
        numerator, denominator = step.step.numerator, step.step.denominator
        always = when == "True" and step.where is None
        before, divisor = self.parts, self.divisor
        parts = denominator if always else lcm(before, denominator)
        factor = numerator * (parts // denominator)
        if always and by == "1" and parts == before and not self.broken:
            return  # All amounts are whole steps.

        def new(amount: str, _: str = "") -> str:
            text = rounded(f"{amount}{times}", by, step.mode)
            text = text if factor == 1 else f"{text}*{factor}"
            return text if always or divisor is None else f"{text}*{divisor}"

        def emit(line: Line) -> None:
            if always:
                g.line(f"{line.amount} = {new(line.amount)}")
                return
            amount = self.copied(line.amount)
            if parts != before:
                g.line(f"{line.amount} = {amount}*{parts // before}")
            with self.about(step, when, line):
                g.line(f"{line.amount} = {new(amount)}")

        self.parts = parts
        if always:
            self.divisor, self.broken = None, False
        vector = new if always else None
        self.push(Operation(self.reads(step), emit, {"amount"}, vector=vector, traced=traced))

    def round_once(self, step: ir.RoundLines, when: str, *, last: bool) -> None:
        """The sum is rounded, and handed out to the lines."""
        g = self.g
        numerator, denominator = step.step.numerator, step.step.denominator
        if when == "True" and step.where is None and last:
            total = self.total()
            times, by = self.counted_in_steps(step, cast("int", total.parts), total.divisor)
            text = rounded(f"{total.text}{times}", by, step.mode)
            text = self.copied(text if numerator == 1 else f"{text}*{numerator}")
            self.rounding, self.sum, self.broken = step, Amount(text, denominator), False
            return
        found, shares = g.local("V"), g.local("W")
        g.line(f"{found} = []")

        def collect(line: Line) -> None:
            with self.about(step, when, line):
                g.line(f"{found}.append({line.amount})")

        self.push(Operation(self.reads(step), collect))
        self.flush()
        times, by = self.counted_in_steps(step, self.parts, self.divisor)
        g.line(f"{shares} = iter(handed_out({found}, {times.removeprefix('*') or 1}, {by}, {step.mode!r}))")
        always = when == "True" and step.where is None
        parts = denominator if always else lcm(self.parts, denominator)
        factor = numerator * (parts // denominator)
        divisor, before = self.divisor, self.parts
        text = f"next({shares})" if factor == 1 else f"next({shares})*{factor}"
        text = text if always or divisor is None else f"{text}*{divisor}"

        def emit(line: Line) -> None:
            if parts != before and not always:
                g.line(f"{line.amount} = {line.amount}*{parts // before}")
            with self.about(step, when, line):
                g.line(f"{line.amount} = {text}")

        self.parts = parts
        if always:
            self.divisor, self.broken = None, False
        self.push(Operation(self.reads(step), emit, {"amount"}))


Change = Callable[[Sequence[ir.Expr], Callable[[Line], None], str], None]
"""Sets the amounts of all lines in a block: what it reads, the code for a line, and what the divisor grows by."""


@frozen(eq=False)
class RateChange:
    """What a step does to the rate of a line: with the local of its figure, and that of what it took off."""

    reads: tuple[ir.Expr, ...]
    emit: Callable[[Line, str | None, str | None], None]
    parts: int
    figure_parts: int
    whole: bool
    figure: ir.Expr | None = None


def read_by(step: ir.AnyStep) -> Iterator[ir.Expr]:
    """The expressions of a step, but its `when`."""
    found: tuple[ir.Expr | None, ...]
    match step:
        case ir.Keep(keep):
            found = (keep,)
        case ir.Pick(number, by, _, per):
            found = (number, by, *per)
        case ir.Ceiling(_, _, limit, per, other):
            found = (limit, other, *per)
        case ir.Rate(rate):
            found = (rate,)
        case ir.Raise(_, by, part):
            found = (by, part)
        case ir.RateCeiling(limit):
            found = (limit,)
        case ir.Scale(factor):
            found = (factor,)
        case ir.Supplement(amount) | ir.Floor(_, amount):
            found = (amount,)
        case ir.Apply() | ir.RoundLines():
            found = ()
        case _:
            assert_never(step)
    yield from (each for each in (step.where, *found) if each is not None)
