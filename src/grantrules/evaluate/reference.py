"""
The slow, obvious evaluator: a walk over the core with exact fractions, intervals and three-valued logic.

What an operation means is said in `core.ir`; this is the model that every other evaluator is held equal to.
Where `core.ir` leaves a choice, it is made here. **These rules bind every evaluator**: same values, bounds,
causes, bindings.

1. **A value or a set of values.** An undecided value stands for all the values it may have, and a failed one
   for every value at all: `0 * failed` is 0, and `smallest of (5, failed)` is at most 5. So *undecided* is
   one thing, whatever its causes. No bound is infinity; `0 * infinity` is 0. An interval of one point is a
   value, without causes. Bounds of dates, moments, years, months and periods are whole (`int`), all others
   `Fraction`. What is no number (truth, choice, code, text, choices) has no bounds.
2. **Causes.** What is undecided carries the causes of all undecided operands. Exceptions, where an operand
   cannot matter: intervals of one point and a decided `And` or `Or` carry none; `Extreme` as said in 6. A
   failure that is certain adds its reason; a failure that only *may* happen takes the bounds away and adds no
   cause. A certain failure carries its reason alone. Where a node gives no name for a reason (`zero_divisor`,
   `no_such_day`), `what` is `outcome.named` of the divisor, or of the first argument.
3. **Paths.** `members`, `company.trained`, `costs[2].amount` (rows count from 0). A fact not given has the
   cause `fact` of its path; a record not given asks for its fields one by one. Everything inside an unknown
   list has the path of that list. Absent values: `Given` sees them; `Field`, `Ref`, `Let` and `Computed` hand
   them on (a field of an absent record is absent); for every other use they fail with `absent` of the path.
4. **Bounds of facts.** A fact not given has the bounds of its `FieldDef`, unless it may turn out absent (it
   is optional or has `only_when`, or stands in such a record): then none. One that may turn out absent has no
   other cause for that. A computed field of a record that may turn out absent is undecided, with the cause
   `fact` of the record alone.
5. **Lists.** Absent: every `Aggregate` fails with `absent`. Unknown, and may turn out absent: every
   `Aggregate` is undecided, with the cause of the list alone. Unknown otherwise: n rows, n in [0, maximum].
   Let w and x be `where` (true if there is none) and `of` of a row that is all unknown. If w is false there
   are surely no rows. Else: number: n. different: n. total: n * x. average, smallest, largest: no bounds.
   only: no bounds. every: true if x is; any: false if x is. Causes: the list, w, x. (`of` is not read where w is false.) Known
   rows, *sure* where w is true and *possible* where it is undecided (its causes go with what the row adds):
   number: [sure, sure + possible]. total: the sum of x over the sure and of [0 or x] over the possible rows.
   different: d different known values in sure rows; lowest: d, at least 1 if there is a sure row; highest: d,
   one more for each undecided x and for each further known value of a possible row. Causes: all undecided w
   and x read. every, any: `And` of (not w or x), `Or` of (w and x). average, smallest, largest: `empty_list`
   (of the path) if there is no sure and no possible row; no bounds if there is no sure one. Else smallest:
   lowest of all lowest, lowest of the sure highest; largest likewise, causes as in `Extreme`; average: that
   of the sure rows, stretched to the bounds of each possible row; causes: all undecided w and x. only:
   `empty_list` and no bounds likewise; one row: its x; sure rows whose x surely differ (as in 7): `tie` (of the
   path); all x known and equal: that value; else no bounds, all undecided w and x.
6. **Numbers.** `Mul` from left to right; a factor of 0 gives 0 without causes. `Div`: a divisor of 0 fails;
   one whose interval holds 0 gives no bounds, the causes of both sides. `Extreme` smallest: [least lowest,
   least highest h]; an undecided operand whose lowest is not below h adds no cause; largest likewise. `Round`
   rounds both bounds. `Compare`: `lt`, `le`, `gt`, `ge` from the bounds; `eq` true for two equal values,
   false for intervals apart. `OneOf` of a number or date: false if no constant is inside the bounds.
   `Calendar`, undecided: `year`, `month`, `first_day`, `last_day`, `days_between`, `working_days_between`, `years_between`,
   `months_between` and `shift_days` of a date have the bounds that follow from the bounds of their arguments
   (years and months at least 0); all others none. A moment shifted by days, working days or months keeps its
   time of day in the zone of the programme; where clocks are changed over that time it fails with
   `no_such_day`. Days off work are Saturdays, Sundays and the `holidays` that the function names.
7. **`Choose`.** Read: in `first` the conditions up to the first that holds; in `one` and `agree` all of them,
   and the values of the arms that hold or may hold; `otherwise` where no arm holds for certain. A sure arm
   alone gives its value. `first`: the hull of the arms that may be taken. `one`: two sure arms fail; two or
   more arms of which at most one is sure: no bounds. No sure arm and one possible: the hull with `otherwise`.
   `agree`: sure arms with surely different values (the greatest lowest above the least highest; for other
   types, two known values) fail; two or more arms whose values are not all known and equal: no bounds; all
   known and equal: that value, if no arm is sure the hull with `otherwise`. Instead of `otherwise`, where
   there is none: `no_line` if no arm may be taken, else no bounds. The hull of equal values is that value; of
   others, all their causes with those of the undecided conditions.
8. **Supports: lines.** One line for each row, in order. A row for which `where` is false is not a line: its
   entries in the answer are `None` and no step sees it. Undecided `where`: the base spans 0; the line cannot
   be excluded for certain; its entries `lines`, `costs` and `amounts` are `Undecided` even if the interval is
   one point (it may turn out `None`). Unknown list, n rows: *one line that stands for all of them*, its
   amount is their sum, n * base; `base` (for `part`), rates and what is read from the row are of one row. An
   absent list is like an unknown one without maximum, with the cause `absent`. A supplement has no row: steps
   with a `where`, `Keep`, `Pick`, ceilings `each` and `per`, and a `Scale` whose factor reads the row of the
   support are not about it; all else is.
9. **Supports: the sum.** Beside the lines, an evaluator keeps a *least* and a *most* of their sum (at the
   start 0 and none). The sum S is [max(least, sum of the lowest), min(most, sum of the highest)]; its causes
   are those of the undecided lines. Eligible cost, before_ceilings and total are S. What each step does to
   least and most is below; where nothing is said, least becomes 0 and most stays. Every step: `where` for
   each line: true, false or undecided; `f(x)` is the line after the step. Undecided: the hull of x and f(x).
   *All in*: the step is about every line, for certain. `when` undecided: the whole step is done, and lines,
   rates, least, most are the hulls of before and after (a line that is new counts 0 before; least and most
   from the ends of S before and after). The hull of equal things is that thing, else it has also the
   condition's causes. Lines that a step is about: *in* (true), *maybe in* (undecided). A `together` or `per`
   ceiling, a `Floor` (unless `in_any_case`) and a `RoundLines` about no line change nothing, not least. After
   each step no line is above S: its highest is lowered to the highest S. A step over several lines (`Pick`,
   `together`, `per`, `Floor`, `once`) gives each line it leaves undecided the same causes: all those of the
   amounts of lines in or maybe in, of their `where`, keys and figures read (for `Pick`: of the possible
   candidates, and of what they are put in order by).
10. **Steps on a line.** Keep: f is 0 where false, undecided: hull of 0 and x. Ceiling each, limit L = max(0,
   limit - other), for the line of an unknown list n * L: trimmed: min(x, L); drops_line: 0 if x is surely
   above L, x if surely not, else [0, min(highest x, highest L)]. Rate: max(0, rate). Raise: max(0, result);
   `part / base` where base may be 0 but is not: no bounds. RateCeiling: min(rate, max(0, limit)). Scale: x *
   max(0, factor). The rate before the first `Rate` is 0, and 1 in a support without any `Rate`. Apply: x *
   rate; least times the lowest and most times the highest rate of the lines that are not 0. Scale likewise,
   with 1 for lines it is not about and the hull with 1 for those it may be about. Supplement: max(0, amount)
   is added to least and most. Rate, Raise, RateCeiling: least and most stay.
11. **Pick.** `number` is read once, rounded down. Candidates are lines in with an amount above 0; possible
   candidates are lines that may be that. If all that is read is decided, it is done as `core.ir` says, equal
   amounts of a tie kept in the order of the lines; the lines of an undecided tie are [0, x], with the cause
   `tie` of the step. Else, for a possible candidate: a = the candidates surely in its group (all keys known)
   and surely before it; b = the other possible candidates possibly in its group and not surely after it (n -
   1 for an unknown list). Kept if b + 1 <= lowest number; 0 if it is in and a + 1 > highest number; else the
   hull of 0 and x.
12. **Ceilings together and per.** `together` is one group of all lines it is about; its limit is read once,
   without a row. A line with an undecided key is *loose*: it may belong to any group. Limit L of a group:
   that of its first line in; lines maybe in, loose, or maybe no lines at all may come first too: the hull.
   For a line of a group, R = the sum of the other lines of the group ([0, highest] for maybe in and for
   loose). pro_rata: f = x if x + R <= L, else x * L / (x + R): lowest from lowest x, highest R, lowest L;
   highest from the opposite. last_first: f = max(0, min(x, L - P)), P = the part of R before x. Loose: [0,
   min(highest x, highest of all limits)], or unchanged where the cut is surely 0. A group whose sum is surely
   within L is unchanged. Sum of a group: its lines, those maybe in from 0; S where the ceiling is `together`
   and all are in: then least = min(lowest S, lowest L), most = min(highest S, highest L). Otherwise most =
   the sum over groups of min(highest sum of the lines in, highest L), and the highest of all other lines, if
   that is less. For the line of an unknown list, `per` has limit n * L. `refuses` changes nothing.
13. **Floor.** S' = S where all are in, else the sum of the lines in and (from 0) maybe in. F = max(0,
   amount). less_not_paid: lines 0 if S' is surely below F, unchanged if surely not, else the hull of 0 and x.
   All in: S becomes 0, stays, or has least 0. raised_to: unchanged if S' is surely not below F, or is 0 and
   not `in_any_case`. Else f = x if x + R >= F, else x * F / (x + R); 0 if x is 0; bounds as for pro_rata
   (lowest with lowest x, highest R, lowest F); the line of an unknown list, if maybe in: highest x + highest
   F. `in_any_case` where S' may be 0 and F may be above 0: a new line: F if S' is 0, else the hull of 0 and
   F. Least, most if all are in: max(S, F) at both ends; lowest S where it may be 0 and not `in_any_case`.
   Else most = highest S + highest F.
14. **RoundLines.** once: if all lines it is about are decided, as `core.ir` says; else each line [lowest
   rounded down, highest rounded up]; for the line of an unknown list, if maybe in, the highest grows by a
   step unless `down`. All in: both ends of S rounded. Else most = highest S, and a step more unless `down`.
   each: each line's bounds are rounded; let k be the number of lines in or maybe in that are not 0, the line
   of an unknown list counting for its maximum, and e the error of one line (down: [-step, 0], up: [0, step],
   half: [-step/2, step/2]). The line of an unknown list: highest x + maximum * e, rounded down to a step if
   it is in. All in: least = lowest S + k * e rounded up to a step, most = highest S + k * e rounded down to a
   step. Else most = highest S + k * e.
15. **Bindings**, in the order of steps; `on` is the step's own, `rate` for a `RateCeiling`, `support` for a
   `Joint`. The cut is an interval: each: x - min(x, L) (unknown list: x - L), or the x dropped; for groups:
   [lowest sum of the lines in - highest L, highest sum - lowest L], not below 0, added up (with loose lines
   the upper end is the sum of all highest - the least of all limits); RateCeiling: x * (rate - rate after), x
   at that step. Undecided `where` or `when`: the hull with 0. The upper end is at most highest S - the least
   of all lowest L read (0 for `drops_line`), not below 0; for RateCeiling at most highest S * the largest
   highest of the (rate - rate after). Not listed if the highest is 0; `certain` if the lowest is above 0.
   Causes: as for the lines.
16. **Excluded**: named where it is certain that this step is the first to exclude the line; else `None` (also
   where an earlier step may have been the first).
17. **Ref.** `S` is `hull(0, total)` where `applies` is undecided, 0 where it is false; `S's eligible_cost`,
   `S's before_ceilings` likewise. `paid` has the supports that are not `only_a_basis`: `None` where one does
   not apply, always `Undecided` where that is undecided.
18. **Joint.** Over the `Ref` totals t at that point, R, L and P as in 12 (all are in). pro_rata: if the sum
   is above L, each t * L / sum in whole steps that add up to L rounded down, the largest remainders first;
   bounds: those of 12, the lowest rounded down to a step, the highest up. last_first: t where P + t is within
   L, else max(0, L - P) rounded down to a step; bounds: those of 12, the lowest rounded down to a step; t
   where P + t is surely within L. All are unchanged where the sum is surely within L. The cut is the sum
   before - the sum after; where something is undecided [lowest sum - highest L, highest sum - lowest L + a
   step], not below 0; that of `refuses` is sum - L. Causes: those of all t and L. `when` undecided: the
   hulls. The binding stands in `Outcome.joint`; a support that does not apply stays so.
19. **Rules.** `when` false: `not_applicable`, no conditions read. A condition that fails is undecided, never
   failed.
20. **Trace.** Everything outside of rows that is read, but lists and records; an absent value is kept as
   `None`. A support without a list has no rows: all it reads is traced. `figures` of a step that is done:
   Keep, Rate (from 0), Raise (`by`), RateCeiling, Scale and ceilings `each` (L): one for each line, `None`
   where `where` is false; `together`: (L,); `per`: the L of each group without loose lines, by first line;
   Pick, Supplement, Floor: one; others none. `rates` after Rate, Raise and RateCeiling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias, assert_never

from attrs import define, field, frozen

from grantrules import calendars
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.evaluate.intervals import (
    ZERO,
    Causes,
    added,
    all_hold,
    causes_of,
    compared,
    decided,
    failed,
    greatest_of,
    highest,
    hull,
    interval,
    largest,
    least_of,
    lowest,
    not_negative,
    one_holds,
    opposite,
    over,
    plus,
    rounded,
    rounded_end,
    smallest,
    times,
    within,
)
from grantrules.evaluate.outcome import (
    Binding,
    Cause,
    Outcome,
    RuleOutcome,
    SupportOutcome,
    Undecided,
    Value,
    named,
)
from grantrules.evaluate.pipeline import (
    Course,
    Line,
    State,
    cut_last_first,
    cut_pro_rata,
    initial_rate,
    line_of,
)
from grantrules.quantities import largest_remainder
from grantrules.reference import nace, regions
from grantrules.types import Country, Date, List, Moment, Month, Nace, Period, Record, Region, Type, Year

WHOLE = (Date, Moment, Year, Month, Period)
"""The types of numbers that are held as `int`; all others are `Fraction`."""

MONTH_ENDS = {
    "refused": calendars.MonthEnd.REFUSED,
    "last_day": calendars.MonthEnd.LAST_DAY,
    "next_day": calendars.MonthEnd.NEXT_DAY,
}


def evaluate(program: ir.Program, facts: Facts, *, trace: bool = False) -> Outcome:
    """
    Decide one application.

    Args:
        program: a programme that `core.verify` has passed.
        facts: the application, read against `program.application`; any fact may be `UNKNOWN`.
        trace: whether to keep the value of every expression outside of rows, and what each step did.
    """
    return Evaluator(program, facts, trace=trace).outcome()


# ---- what an expression may give beside a value --------------------------------------------------------------------


@frozen
class Absent:
    """A fact that does not apply to this application."""

    path: str

    @property
    def used(self) -> Undecided:
        """What it becomes where it is used."""
        return failed("absent", self.path)


@define(eq=False)
class Rec:
    """
    A record: a row of a list, a fact that is a record, or the application itself.

    Args:
        values: the raw values of its fields, or `UNKNOWN`.
        path: where it stands, empty for the application.
        cause: set in an unknown list: the cause of everything inside.
        may_be_absent: it is not known whether there is such a record.
        read: the fields read so far, computed ones too: each is computed once.
    """

    definition: ir.RecordDef
    values: Any
    path: str
    cause: Cause | None = None
    may_be_absent: bool = False
    read: dict[str, Any] = field(factory=dict)


@frozen(eq=False)
class Rows:
    """A list that is given."""

    path: str
    rows: tuple[Rec, ...]


@frozen(eq=False)
class UnknownList:
    """A list that is not given: `row` stands for each of its rows, of which there are `count`."""

    path: str
    cause: Cause
    row: Rec
    count: Value
    may_be_absent: bool


Env: TypeAlias = Mapping[int, Rec]
"""The rows in scope, by the number of their binder."""

NOWHERE: Env = {}


def in_form(type_: Type, number: Value) -> Value:
    """A number in the form of its type: a date is an `int`, an amount a `Fraction`."""
    form: type = int if isinstance(type_, WHOLE) else Fraction
    if isinstance(number, Undecided):
        ends = (None if end is None else form(end) for end in (number.lowest, number.highest))
        return Undecided(number.causes, *ends)
    return form(number)


# ---- the evaluator -------------------------------------------------------------------------------------------------


@define(eq=False)
class Evaluator:
    """One evaluation: the programme, the application, and what is known so far."""

    program: ir.Program
    facts: Facts
    trace: bool = field(kw_only=True)
    figures: dict[str, Value] = field(factory=dict, init=False)
    """What each `Ref` gives."""
    traced: dict[int, Value] = field(factory=dict, init=False)
    application: Rec = field(init=False)
    computed: dict[tuple[str, str], ir.Computed] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.application = Rec(self.program.application, self.facts.values, "")
        self.computed = {(each.record, each.about.name): each for each in self.program.computed}

    # ---- statements ------------------------------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """All statements in the order of the body."""
        rules: list[RuleOutcome] = []
        supports: dict[str, SupportOutcome] = {}
        lets: dict[str, Value] = {}
        joint: list[Binding] = []
        for statement in self.program.body:
            match statement:
                case ir.Let():
                    value = self.read(statement.value, NOWHERE)
                    self.figures[statement.name] = value
                    lets[statement.name] = None if isinstance(value, Absent) else value
                case ir.Rule():
                    rules.append(self.rule(statement))
                case ir.Support():
                    supports[statement.name] = self.support(statement)
                case ir.Joint():
                    joint += self.joint(statement)
                case _:
                    assert_never(statement)
        paid = {
            statement.name: self.paid(statement.name, supports[statement.name])
            for statement in self.program.body
            if isinstance(statement, ir.Support) and not statement.only_a_basis
        }
        return Outcome(tuple(rules), supports, lets, paid, tuple(joint), self.traced if self.trace else None)

    def rule(self, rule: ir.Rule) -> RuleOutcome:
        """Whether a rule is met."""
        when = True if rule.when is None else self.use(rule.when, NOWHERE)
        if when is False:
            return RuleOutcome("not_applicable", when, ())
        conditions = tuple(self.use(condition, NOWHERE) for condition in rule.conditions)
        holds = all_hold(conditions)
        if holds is True:
            return RuleOutcome("met", when, conditions)
        certain = holds is False and when is True
        return RuleOutcome("failed" if certain else "undecided", when, conditions)

    def paid(self, name: str, support: SupportOutcome) -> Value:
        """What is paid of a support: nothing at all, not even 0, where it does not apply."""
        amount = self.figures[name]
        if support.applies is False:
            return None
        if support.applies is True:
            return amount
        return Undecided(causes_of((support.applies, amount)), lowest(amount), highest(amount))

    # ---- supports --------------------------------------------------------------------------------------------------

    def support(self, support: ir.Support) -> SupportOutcome:
        """The gates, the lines, the steps, and the figures that others may read."""
        gates = [self.use(gate.condition, NOWHERE) for gate in support.gates]
        applies = all_hold(gates)
        lines, places = self.lines(support)

        def read(expr: ir.Expr, row: Rec | None) -> Value:
            return self.use(expr, NOWHERE if row is None else {support.var: row})

        course = Course(support, State(lines), places, trace=self.trace)
        for step in support.steps:
            course.do(step, read)
            if isinstance(step, ir.Apply):
                self.figures[f"{support.name}'s eligible_cost"] = course.costs.total
                self.figures[f"{support.name}'s before_ceilings"] = course.before_ceilings.total
        for name, amount in (
            (support.name, course.state.total),
            (f"{support.name}'s eligible_cost", course.costs.total),
            (f"{support.name}'s before_ceilings", course.before_ceilings.total),
        ):
            self.figures[name] = where_it_applies(amount, applies)
        self.figures[f"{support.name}'s applies"] = applies
        return course.outcome(gates, applies)

    def lines(self, support: ir.Support) -> tuple[tuple[Line, ...], int]:
        """The lines of a support before its first step, and the number of rows they are taken from."""
        rate = initial_rate(support.steps)
        if support.list is None:
            base = not_negative(self.use(support.base, NOWHERE))
            return (Line(place=0, row=None, selected=True, base=base, amount=base, rate=rate),), 1
        found = self.read(support.list, NOWHERE)
        if isinstance(found, Rows):
            lines = (
                self.line(support, place, row, Fraction(1), rate) for place, row in enumerate(found.rows)
            )
            return tuple(line for line in lines if line is not None), len(found.rows)
        if isinstance(found, Absent):
            cause = Cause("absent", found.path)
            found = self.unknown_list(support.list.type, found.path, cause, maximum=None, may_be_absent=True)
        line = self.line(support, 0, found.row, found.count, rate)
        return (() if line is None else (line,)), 1

    def line(self, support: ir.Support, place: int, row: Rec, count: Value, rate: Fraction) -> Line | None:
        """The line of a row; none where the support is not about it."""
        env = {support.var: row}
        selected = True if support.where is None else self.use(support.where, env)
        return (
            None
            if selected is False
            else line_of(place, row, selected, self.use(support.base, env), count=count, rate=rate)
        )

    # ---- joint ceilings --------------------------------------------------------------------------------------------

    def joint(self, joint: ir.Joint) -> tuple[Binding, ...]:
        """A ceiling over several supports: what their `Ref` gives is lowered from here on."""
        when = True if joint.when is None else self.use(joint.when, NOWHERE)
        if when is False:
            return ()
        totals = [self.figures[name] for name in joint.over]
        after, binding = jointly(joint, when, totals, self.use(joint.limit, NOWHERE))
        self.figures.update(zip(joint.over, after, strict=True))
        return binding

    # ---- facts -----------------------------------------------------------------------------------------------------

    def field(self, of: Rec, name: str) -> Any:
        """A field of a record, or a computed one."""
        if name not in of.read:
            computed = self.computed.get((of.definition.name, name))
            if computed is not None and of.may_be_absent:
                of.read[name] = Undecided(frozenset({of.cause or Cause("fact", of.path)}))
            elif computed is not None and of is not self.application:
                of.read[name] = self.read(computed.value, {computed.var: of})
            else:
                at = next(at for at, each in enumerate(of.definition.fields) if each.name == name)
                raw = ir.UNKNOWN if of.values is ir.UNKNOWN else of.values[at]
                of.read[name] = self.fact(of, of.definition.fields[at], raw)
        return of.read[name]

    def fact(self, of: Rec, declared: ir.FieldDef, raw: Any) -> Any:
        """A fact as the core sees it, from its raw form."""
        path = f"{of.path}.{declared.name}" if of.path else declared.name
        if raw is None:
            return Absent(path)
        if raw is ir.UNKNOWN:
            return self.unknown(of, declared, path)
        match declared.type:
            case Record(name):
                return Rec(self.program.records[name], raw, path)
            case List(name):
                record = self.program.records[name]
                return Rows(path, tuple(Rec(record, row, f"{path}[{at}]") for at, row in enumerate(raw)))
            case _:
                return from_raw(declared, raw)

    def unknown(self, of: Rec, declared: ir.FieldDef, path: str) -> Any:
        """A fact that is not given."""
        cause = of.cause or Cause("fact", path)
        may_be_absent = of.may_be_absent or declared.optional or declared.only_when is not None
        match declared.type:
            case Record(name):
                definition = self.program.records[name]
                return Rec(definition, ir.UNKNOWN, path, of.cause, may_be_absent)
            case List():
                return self.unknown_list(
                    declared.type, path, cause, maximum=declared.maximum, may_be_absent=may_be_absent
                )
            case _ if may_be_absent:
                return Undecided(frozenset({cause}))
            case _:
                low = None if declared.minimum is None else from_raw(declared, declared.minimum)
                high = None if declared.maximum is None else from_raw(declared, declared.maximum)
                return interval(low, high, frozenset({cause}))

    def unknown_list(
        self, type_: Type, path: str, cause: Cause, *, maximum: int | None, may_be_absent: bool
    ) -> UnknownList:
        """A list that is not given; where it may be absent there is no maximum to rely on."""
        if not isinstance(type_, List):
            raise TypeError(f"{path} is no list")
        most = None if may_be_absent or maximum is None else Fraction(maximum)
        row = Rec(self.program.records[type_.record], ir.UNKNOWN, path, cause)
        return UnknownList(path, cause, row, interval(ZERO, most, frozenset({cause})), may_be_absent)

    # ---- expressions -----------------------------------------------------------------------------------------------

    def use(self, expr: ir.Expr, env: Env) -> Value:
        """The value of an expression; what is absent fails."""
        value = self.read(expr, env)
        return value.used if isinstance(value, Absent) else value

    def used(self, exprs: Sequence[ir.Expr], env: Env) -> list[Value]:
        """The values of several expressions, in their order."""
        return [self.use(expr, env) for expr in exprs]

    def read(self, expr: ir.Expr, env: Env) -> Any:
        """The value of an expression, or a record, a list or `Absent`."""
        value = self.node(expr, env)
        if self.trace and not env and not isinstance(value, (Rec, Rows, UnknownList)):
            self.traced[expr.at] = None if isinstance(value, Absent) else value
        return value

    def node(self, expr: ir.Expr, env: Env) -> Any:  # noqa: C901 - One arm for each kind of node.
        """One node of the core."""
        match expr:
            case ir.Const(value):
                return value
            case ir.Fact(name):
                return self.field(self.application, name)
            case ir.Row(var):
                return env[var]
            case ir.Field(of, name):
                record = self.read(of, env)
                if isinstance(record, Absent):
                    return Absent(f"{record.path}.{name}")
                return self.field(record, name)
            case ir.Ref(name):
                return self.figures[name]
            case ir.Fail(reason):
                return failed(reason.kind, reason.what)
            case ir.Add(terms):
                signed = [times((Fraction(sign), self.use(term, env))) for sign, term in terms]
                return in_form(expr.type, plus(signed))
            case ir.Mul(factors):
                return in_form(expr.type, times(self.used(factors, env)))
            case ir.Div(left, right):
                return in_form(expr.type, over(self.use(left, env), self.use(right, env), named(right)))
            case ir.Round(value, mode, step):
                return in_form(expr.type, rounded(self.use(value, env), mode, step))
            case ir.Extreme(which, values):
                pick = smallest if which == "smallest" else largest
                return pick(self.used(values, env))
            case ir.Compare(how, left, right):
                return compared(how, self.use(left, env), self.use(right, env))
            case ir.And(parts):
                return all_hold(self.used(parts, env))
            case ir.Or(parts):
                return one_holds(self.used(parts, env))
            case ir.Not(part):
                return opposite(self.use(part, env))
            case ir.OneOf(value, values):
                found = self.use(value, env)
                return one_holds(compared("eq", found, each) for each in values)
            case ir.InCodes(value, codes, coarser):
                return self.in_codes(self.use(value, env), self.program.codes[codes], coarser=coarser)
            case ir.Includes(value, values):
                chosen = self.use(value, env)
                return chosen if isinstance(chosen, Undecided) else chosen.issuperset(values)
            case ir.Given(value):
                return self.given(self.read(value, env))
            case ir.Choose():
                return self.choose(expr, env)
            case ir.Aggregate():
                return self.aggregate(expr, env)
            case ir.Calendar():
                return self.calendar(expr, self.used(expr.args, env))
            case _:
                raise TypeError(type(expr).__name__)

    def in_codes(self, value: Value, codes: ir.CodeSet, *, coarser: bool) -> Value:
        """Whether a code is in a code list, or is less precise than one it holds."""
        if isinstance(value, Undecided):
            return Undecided(value.causes)
        is_in = _is_in(value, codes)
        if not coarser:
            return is_in
        held_codes = (code for code in (*codes.codes, *codes.included) if _is_in(code, codes))
        return not is_in and any(code != value and _is_within(code, value, codes.type) for code in held_codes)

    def given(self, value: Any) -> Value:
        """Whether there is a value at all: one of several choices, a row of a list."""
        match value:
            case Absent():
                return False
            case Undecided(causes):
                return Undecided(causes)
            case UnknownList(cause=cause):
                return Undecided(frozenset({cause}))
            case Rec(values=ir.UNKNOWN, path=path, cause=cause):
                return Undecided(frozenset({cause or Cause("fact", path)}))
            case Rows(rows=rows):
                return bool(rows)
            case frozenset():
                return bool(value)
            case _:
                return True

    # ---- cases -----------------------------------------------------------------------------------------------------

    def choose(self, expr: ir.Choose, env: Env) -> Value:
        """The arm whose condition holds, or all that may be taken."""
        if expr.mode == "first":
            return self.choose_first(expr, env)
        conditions = self.used([condition for condition, _ in expr.arms], env)
        arms = [
            (c, self.use(a, env)) for c, (_, a) in zip(conditions, expr.arms, strict=True) if c is not False
        ]
        values = [value for _, value in arms]
        sure = [value for condition, value in arms if condition is True]
        doubts = causes_of(conditions)
        clash = len(sure) > 1 if expr.mode == "one" else _surely_differ(sure)
        if clash:
            return failed("several_lines", expr.what)
        if len(values) > 1:
            if expr.mode == "one" or not all(decided(v) and v == values[0] for v in values):
                return Undecided(doubts | causes_of(values))
            values = values[:1]
        return self.chosen(expr, env, values, doubts, sure=bool(sure))

    def choose_first(self, expr: ir.Choose, env: Env) -> Value:
        """The first arm that holds; those before it that may hold may be taken as well."""
        values: list[Value] = []
        doubts: list[Value] = []
        for condition, value in expr.arms:
            holds = self.use(condition, env)
            if holds is False:
                continue
            values.append(self.use(value, env))
            if holds is True:
                return self.chosen(expr, env, values, causes_of(doubts), sure=True)
            doubts.append(holds)
        return self.chosen(expr, env, values, causes_of(doubts), sure=False)

    def chosen(self, expr: ir.Choose, env: Env, values: list[Value], doubts: Causes, *, sure: bool) -> Value:
        """One of the values of the arms that may be taken; `sure` if one of them is."""
        if not sure:
            if expr.otherwise is not None:
                values = [*values, self.use(expr.otherwise, env)]
            elif values:
                return Undecided(doubts | causes_of(values))
            else:
                return failed("no_line", expr.what)
        return hull(values, doubts)

    # ---- lists -----------------------------------------------------------------------------------------------------

    def aggregate(self, expr: ir.Aggregate, env: Env) -> Value:
        """A figure over the rows of a list."""
        found = self.read(expr.list, env)
        match found:
            case Absent():
                return found.used
            case UnknownList(may_be_absent=True, cause=cause):
                return Undecided(frozenset({cause}))
            case UnknownList():
                value = _of_unknown_list(expr, found, self.where_and_of(expr, found.row, env))
            case _:
                read = [self.where_and_of(expr, row, env) for row in found.rows]
                value = _of_rows(expr, [pair for pair in read if pair[0] is not False], found.path)
        return value if expr.what in {"only", "every", "any"} else in_form(expr.type, value)

    def where_and_of(self, expr: ir.Aggregate, row: Rec, env: Env) -> tuple[Value, Value]:
        """`where` and `of` of one row; `of` is read only where `where` may hold, and `None` where there is none."""
        inside = {**env, expr.var: row}
        where = True if expr.where is None else self.use(expr.where, inside)
        return where, None if where is False or expr.of is None else self.use(expr.of, inside)

    # ---- the calendar ----------------------------------------------------------------------------------------------

    def calendar(self, expr: ir.Calendar, args: list[Value]) -> Value:
        """A function of the calendar; of undecided arguments, by the ends where it is known which way it goes."""
        if all(map(decided, args)):
            return self.calendar_of_known(expr, args)
        directions = _DIRECTIONS.get(expr.what)
        if expr.what == "shift_days":
            directions = (1, expr.sign) if isinstance(expr.type, Date) else None
        if directions is None:
            return Undecided(causes_of(args))
        ends = [
            [
                (lowest if direction == side else highest)(arg)
                for arg, direction in zip(args, directions, strict=True)
            ]
            for side in (1, -1)
        ]
        low, high = (None if None in end else self.calendar_of_known(expr, end) for end in ends)
        if low is None and expr.what in {"years_between", "months_between"}:
            low = in_form(expr.type, 0)
        return interval(low, high, causes_of(args))

    def calendar_of_known(self, expr: ir.Calendar, args: Sequence[Any]) -> Value:
        """The same for known arguments."""
        what, first = expr.what, expr.args[0]
        day = int(args[0])
        zone = calendars.zone(self.program.zone)
        if zone is None:
            raise ValueError(f"no zone {self.program.zone}")
        match what:
            case "local_date":
                return calendars.local_date(day, zone)
            case "start_of_day":
                return calendars.start_of_day(day, zone)
            case "year":
                return calendars.year_of(day)
            case "month":
                return calendars.month_of(day)
            case "first_day" | "last_day":
                start = (
                    calendars.first_day_of_year
                    if isinstance(first.type, Year)
                    else calendars.first_day_of_month
                )
                return start(day) if what == "first_day" else start(day + 1) - 1
            case "days_in_month":
                some_day = calendars.first_day_of_month(day) if isinstance(first.type, Month) else day
                return in_form(expr.type, calendars.days_in_month(some_day))
            case "years_between":
                return in_form(expr.type, max(0, calendars.completed_years(day, int(args[1]))))
            case "months_between":
                return in_form(expr.type, max(0, calendars.completed_months(day, int(args[1]))))
            case "days_between":
                return in_form(expr.type, calendars.days_between(day, int(args[1]), both_counted=expr.both))
            case "working_days_between":
                found = calendars.working_days_between(
                    day, int(args[1]), expr.holidays, both_counted=expr.both
                )
                return in_form(expr.type, found)
            case "shift_hours":
                return day + expr.sign * int(args[1]) * 3600
            case _:
                shifted = self.shifted(expr, day, expr.sign * int(args[1]))
                return failed("no_such_day", named(first)) if shifted is None else shifted

    def shifted(self, expr: ir.Calendar, start: int, count: int) -> int | None:
        """A day, or a moment by its day in the zone of the programme, moved by months, days or working days."""
        zone = calendars.zone(self.program.zone)
        if isinstance(expr.type, Date) or zone is None:
            return _shifted_day(expr, start, count)
        day, seconds = calendars.local_time(start, zone)
        shifted = _shifted_day(expr, day, count)
        found = None if shifted is None else calendars.moment(shifted, seconds, zone)
        return found if isinstance(found, int) else None


# ---- the answer ------------------------------------------------------------------------------------------------------


def where_it_applies(amount: Value, applies: Value) -> Value:
    """An amount of a support as other figures see it."""
    if applies is True:
        return amount
    return ZERO if applies is False else hull((ZERO, amount), applies.causes)


# ---- joint ceilings ------------------------------------------------------------------------------------------------


def jointly(
    joint: ir.Joint, when: Value, totals: Sequence[Value], limit: Value
) -> tuple[list[Value], tuple[Binding, ...]]:
    """The totals of several supports after a ceiling over them, and what is said of it; its `when` is not false."""
    totals, limit = list(totals), not_negative(limit)
    if within(highest(plus(totals)), lowest(limit)):
        return totals, ()
    after, cut = _jointly_cut(joint, totals, limit)
    if when is not True:
        cut = hull((ZERO, cut), when.causes)
        after = [hull(pair, when.causes) for pair in zip(totals, after, strict=True)]
    if highest(cut) == 0:
        return after, ()
    certain = when is True and lowest(cut) > 0
    return after, (Binding(joint.about.name, "support", cut, joint.excess == "refuses", certain),)


def _jointly_cut(joint: ir.Joint, totals: list[Value], limit: Value) -> tuple[list[Value], Value]:
    """The totals under a limit that they exceed, or may exceed, and what is cut off them all."""
    sum_, causes = plus(totals), causes_of([*totals, limit])
    low = max(ZERO, added((lowest(sum_), -highest(limit)))) if highest(limit) is not None else ZERO
    high = added((highest(sum_), -lowest(limit)))
    if joint.excess == "refuses":
        return totals, interval(low, high, causes)
    if not causes:
        after = _exactly_cut(joint, totals, limit)
        return after, sum_ - sum(after, ZERO)
    after = []
    for at, total in enumerate(totals):
        rest = totals[:at] if joint.excess == "last_first" else totals[:at] + totals[at + 1 :]
        after.append(_perhaps_cut(joint, total, plus([ZERO, *rest]), limit, causes))
    return after, interval(low, added((high, joint.step)), causes)


def _exactly_cut(joint: ir.Joint, totals: list[Fraction], limit: Fraction) -> list[Fraction]:
    """Known totals that exceed a known limit: pro rata in whole steps, or the last ones first."""
    if joint.excess == "pro_rata":
        units = rounded_end(limit, "down", joint.step) / joint.step
        shares = [total * limit / sum(totals, ZERO) / joint.step for total in totals]
        return [share * joint.step for share in largest_remainder(shares, int(units))]
    after, left = [], limit
    for total in totals:
        after.append(total if total <= left else rounded_end(max(ZERO, left), "down", joint.step))
        left -= total
    return after


def _perhaps_cut(joint: ir.Joint, total: Value, rest: Value, limit: Value, causes: Causes) -> Value:
    """One total under a limit, beside the rest; for `last_first` the rest is what comes earlier."""
    cut = cut_pro_rata if joint.excess == "pro_rata" else cut_last_first
    if joint.excess == "last_first" and within(added((highest(total), highest(rest))), lowest(limit)):
        return total
    low = rounded_end(cut(lowest(total), highest(rest), lowest(limit)), "down", joint.step)
    high = cut(highest(total), lowest(rest), highest(limit))
    if joint.excess == "pro_rata":
        high = rounded_end(high, "up", joint.step)
    return interval(low, high, causes)


# ---- facts and codes -----------------------------------------------------------------------------------------------


def from_raw(declared: ir.FieldDef, raw: Any) -> Value:
    """The value of a fact from its raw form."""
    if declared.scale is None or isinstance(declared.type, WHOLE):
        return raw
    return Fraction(raw, 10**declared.scale)


def _is_in(code: str, codes: ir.CodeSet) -> bool:
    def within_one(of: tuple[str, ...]) -> bool:
        return any(_is_within(code, each, codes.type) for each in of)

    return within_one(codes.included) or (within_one(codes.codes) and not within_one(codes.excepted))


def _is_within(code: str, listed: str, type_: Type) -> bool:
    """Whether a code is one that is listed, or below it."""
    match type_:
        case Nace(revision):
            return nace.is_within(code, listed, "2" if revision == "2" else "2.1")
        case Region():
            return regions.is_within(code, listed)
        case Country():
            return code == listed
        case _:
            raise TypeError(f"{type_} has no codes")


# ---- cases and lists -----------------------------------------------------------------------------------------------


def _surely_differ(values: Sequence[Value]) -> bool:
    """Whether some values cannot all be equal."""
    known = [value for value in values if decided(value)]
    lows = [low for value in values if (low := lowest(value)) is not None]
    highs = [high for value in values if (high := highest(value)) is not None]
    return any(v != known[0] for v in known) or bool(lows and highs and max(lows) > min(highs))


def _of_unknown_list(expr: ir.Aggregate, found: UnknownList, pair: tuple[Value, Value]) -> Value:
    """A figure over a list of `found.count` rows that are all like one that is unknown."""
    where, of = pair
    causes = frozenset({found.cause}) | causes_of(pair)
    match expr.what:
        case "number" | "different":
            return ZERO if where is False else interval(ZERO, highest(found.count), causes)
        case "total":
            return ZERO if where is False else times((found.count, of))
        case "average" | "smallest" | "largest" | "only":
            return failed("empty_list", found.path) if where is False else Undecided(causes)
        case "every":
            return True if where is False or of is True else Undecided(causes)
        case "any":
            return False if where is False or of is False else Undecided(causes)
        case _:
            assert_never(expr.what)


def _of_rows(expr: ir.Aggregate, pairs: list[tuple[Value, Value]], path: str) -> Value:
    """A figure over the rows for which `where` holds or may hold, each as its `where` and its `of`."""
    sure = [of for where, of in pairs if where is True]
    possible = [(where, of) for where, of in pairs if where is not True]
    causes = causes_of(part for pair in pairs for part in pair)
    match expr.what:
        case "number":
            return interval(Fraction(len(sure)), Fraction(len(pairs)), causes)
        case "different":
            return _different(sure, [of for _, of in possible], causes)
        case "total":
            return plus([*sure, *(hull((ZERO, of), where.causes) for where, of in possible)])
        case "every":
            return all_hold(one_holds((opposite(where), of)) for where, of in pairs)
        case "any":
            return one_holds(all_hold(pair) for pair in pairs)
        case "average" | "smallest" | "largest" | "only" if not pairs:
            return failed("empty_list", path)
        case "average" | "smallest" | "largest" | "only" if not sure:
            return Undecided(causes)
        case "only" if _surely_differ(sure):
            return failed("tie", path)
        case "only":
            values = [of for _, of in pairs]
            same = all(decided(value) and value == values[0] for value in values)
            return values[0] if same or len(values) == 1 else Undecided(causes)
        case "average":
            mean = times((plus(sure), Fraction(1, len(sure))))
            found = [mean, *(of for _, of in possible)]
            return interval(least_of(map(lowest, found)), greatest_of(map(highest, found)), causes)
        case "smallest":
            low, high = least_of(lowest(of) for _, of in pairs), highest(smallest(sure))
            mattering = [pair for pair in pairs if not within(high, lowest(pair[1]))]
        case "largest":
            low, high = lowest(largest(sure)), greatest_of(highest(of) for _, of in pairs)
            mattering = [pair for pair in pairs if not within(highest(pair[1]), low)]
        case _:
            assert_never(expr.what)
    return interval(low, high, causes_of(part for pair in mattering for part in pair))


def _different(sure: list[Value], possible: list[Value], causes: Causes) -> Value:
    """How many different values there are among those of sure and of possible rows."""
    known = {value for value in sure if decided(value)}
    further = {value for value in possible if decided(value)} - known
    undecided = sum(1 for value in [*sure, *possible] if not decided(value))
    low = max(len(known), 1 if sure else 0)
    return interval(Fraction(low), Fraction(len(known) + len(further) + undecided), causes)


# ---- the calendar --------------------------------------------------------------------------------------------------

_DIRECTIONS: Mapping[str, tuple[int, ...]] = {
    "year": (1,),
    "month": (1,),
    "first_day": (1,),
    "last_day": (1,),
    "days_between": (-1, 1),
    "working_days_between": (-1, 1),
    "years_between": (-1, 1),
    "months_between": (-1, 1),
}
"""Whether the result grows with each argument, or falls, where that is known."""


def _shifted_day(expr: ir.Calendar, day: int, count: int) -> int | None:
    match expr.what:
        case "shift_months":
            return calendars.add_months(day, count, MONTH_ENDS[expr.month_end])
        case "shift_working_days":
            return calendars.add_working_days(day, count, expr.holidays)
        case _:
            return day + count
