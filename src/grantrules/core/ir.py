"""
The typed core: the one definition of what a programme means.  Every evaluator and every tool is a fold over it.

**Values.**  Numbers of every kind (`Number`, `Money`, `MoneyPer`, `Quantity`, `Rate`, `PercentagePoints`, `Points`) are
exact rationals; a rate of 70% is 7/10, 15 percentage points are 3/20.  `Date` is an ordinal day, `Moment` seconds
since 1970 in UTC, `Year` a year, `Month` is 12 * year + month - 1, `Period` a count of its unit: all whole numbers.
`YesNo` is a truth; `Choice`, codes and `Text` are texts; `Choices` is a set of texts; a record is its fields; a list is
a sequence of records.

**Three things that are not a value.**
*Absent* (`None` in facts): the fact does not apply to this application.  `Given` asks for it.  Any other use of an
absent value fails with the reason `absent`.
*Failed*: the value cannot be computed; `Fail` and the operations that say so give a `Reason`.
*Unknown*: a fact not given yet.
A failed and an unknown value are both **undecided**: they carry their causes, and a number carries bounds.  Absent
becomes failed where it is used, so every operation below sees values and undecided values only.

**Undecided values.**  Truths follow Kleene: `And` is false if one part is false, `Or` true if one is true, whatever the
others are.  Numbers are intervals with optional bounds: every operation gives an interval that holds all results its
operands allow; an interval of one point is a value.  A comparison is decided if the intervals decide it.  A case that is
not taken has no influence.  Nothing here knows that the same unknown fact stands twice: bounds may be wide, never wrong.
A failed number has no bounds.  An unknown fact has the bounds its declaration gives it (minimum, maximum; none for a
derived fact).  What is decided while facts are missing is what every completion of the facts decides.

**Lists.**  An unknown list has any number of rows from none to its declared maximum, each all unknown.

**Scope.**  `Row(var)` is the row bound by the list operation, computed field or support that carries the same `var`;
every binder of a programme has its own number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, TypeAlias, Union

from attrs import field, frozen

from grantrules.diagnostics import Words
from grantrules.source import NOWHERE, Source, Span
from grantrules.types import Type

Rounding: TypeAlias = Literal["down", "up", "half_up", "half_even"]
MonthEnd: TypeAlias = Literal["refused", "last_day", "next_day"]


class _Unknown:
    """A fact that is not given yet.  There is one such object: `UNKNOWN`."""

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __reduce__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


# ---- where things come from --------------------------------------------------------------------------------------


@frozen
class Citation:
    """The words of a source a statement rests on."""

    source: str
    source_title: str
    quote: str | None = None
    at: str | None = None
    dated: str | None = None


@frozen(eq=False)
class RulesText:
    """
    One of the files that a programme consists of.

    Args:
        name: its dotted name.
        kind: programme, library or amendment.
        begin: where it begins in the text of all files, which all places refer to.
    """

    name: str
    kind: str
    titles: Mapping[str, str]
    language: str
    begin: int = 0


@frozen(eq=False)
class Change:
    """
    What an amendment did to a statement of the text it amends.

    Args:
        how: added, replaced or repealed.
        name: of the statement, or of a fact that is added; a field with its record, `cost's is_new`.
        text: the amendment.
        was_in: the text of the statement that is replaced or repealed.
        first, last: the change holds on these days alone; `None` is without end.
        support: the support whose step or condition it is.
    """

    how: str
    name: str
    text: str
    was_in: str | None
    first: int | None
    last: int | None
    support: str | None
    span: Span


@frozen
class About:
    """
    What people call a statement and where it comes from.

    `titles` and `messages` by language ("en", "tr"); `keyword` is the word of the language that the statement began
    with, as a stable English key (`require`, `cost_ceiling`, …); `text` is the dotted name of the text it stands in.
    """

    name: str
    keyword: str
    titles: Mapping[str, str] = field(factory=dict)
    messages: Mapping[str, str] = field(factory=dict)
    citations: tuple[Citation, ...] = ()
    span: Span = field(default=NOWHERE, eq=False)
    text: str = ""


@frozen
class Reason:
    """
    Why a value failed.

    `kind`: `unset` (a parameter without a value), `hole` (no figure is in force on the date), `no_line` (no line or row
    fits), `several_lines` (more than one fits and they differ), `does_not_apply` (a figure said so), `absent` (a fact
    does not apply), `zero_divisor`, `no_such_day` (a month has no such day), `empty_list` (an average, smallest or
    largest of nothing), `tie` (an order that does not decide which are the first).  `what` names the figure, fact or list.
    """

    kind: Literal[
        "unset", "hole", "no_line", "several_lines", "does_not_apply", "absent", "zero_divisor", "no_such_day",
        "empty_list", "tie",
    ]  # fmt: skip
    what: str


# ---- expressions -------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Expr:
    """
    A value.  `type` is its type; `span` is what the author wrote; `at` is its number in the programme: evaluators that
    trace store the value of every expression outside of rows under it (operands of a case not taken are not computed).
    """

    type: Type = field(kw_only=True)
    span: Span = field(default=NOWHERE, kw_only=True, repr=False)
    at: int = field(default=-1, kw_only=True, repr=False)


@frozen(eq=False)
class Const(Expr):
    """A literal.  `Fraction` for numbers (also whole ones), `int` for dates, moments, years, months and periods."""

    value: Any


@frozen(eq=False)
class Fact(Expr):
    """A fact of the application."""

    name: str


@frozen(eq=False)
class Row(Expr):
    """The row bound by `var`; its type is a record."""

    var: int


@frozen(eq=False)
class Field(Expr):
    """A field, or a computed field, of a row or of a fact that is a record."""

    of: Expr
    name: str


@frozen(eq=False)
class Ref(Expr):
    """
    A figure computed before: a `Let`, or of a support S: `S` (its total, 0 where S does not apply),
    `S's eligible_cost`, `S's before_ceilings` (0 likewise), `S's applies` (a truth).  Inside the steps of S that stand
    after its `Apply`, `S's eligible_cost` and `S's before_ceilings` may be read too: they are then the sums just before
    and just after that `Apply`, whether S applies or not.
    """

    name: str


@frozen(eq=False)
class Fail(Expr):
    """Always fails."""

    reason: Reason


@frozen(eq=False)
class Add(Expr):
    """The sum of `terms`, each with its sign.  Also date + period of days and date - date (a number of days)."""

    terms: tuple[tuple[Literal[1, -1], Expr], ...]


@frozen(eq=False)
class Mul(Expr):
    """The product of numbers."""

    factors: tuple[Expr, ...]


@frozen(eq=False)
class Div(Expr):
    """The exact quotient.  Fails with `zero_divisor`; a divisor whose interval holds zero gives no bounds."""

    left: Expr
    right: Expr


@frozen(eq=False)
class Round(Expr):
    """
    `value` rounded to a multiple of `step` (a positive constant): down is to the lower step and up to the higher, also
    below zero; half_up is away from zero on a tie.
    """

    value: Expr
    mode: Rounding
    step: Fraction


@frozen(eq=False)
class Extreme(Expr):
    """The smallest or the largest of `values` (at least one)."""

    which: Literal["smallest", "largest"]
    values: tuple[Expr, ...]


@frozen(eq=False)
class Compare(Expr):
    """Two values of one type: any order for numbers and dates, only `eq` and `ne` for others."""

    how: Literal["eq", "ne", "lt", "le", "gt", "ge"]
    left: Expr
    right: Expr


@frozen(eq=False)
class And(Expr):
    """All hold; true of nothing."""

    parts: tuple[Expr, ...]


@frozen(eq=False)
class Or(Expr):
    """One holds; false of nothing."""

    parts: tuple[Expr, ...]


@frozen(eq=False)
class Not(Expr):
    """Does not hold."""

    part: Expr


@frozen(eq=False)
class OneOf(Expr):
    """`value` (a choice, code, text, number or date) equals one of the constants `values`."""

    value: Expr
    values: tuple[Any, ...]


@frozen(eq=False)
class InCodes(Expr):
    """
    `value` is in the code list `codes` (see `CodeSet`).  With `coarser`: `value` is a less precise code than one the
    list holds, and is not itself in the list.
    """

    value: Expr
    codes: str
    coarser: bool = False


@frozen(eq=False)
class Includes(Expr):
    """All of `values` are among the chosen values."""

    value: Expr
    values: tuple[str, ...]


@frozen(eq=False)
class Given(Expr):
    """`value` is not absent; several choices: at least one is chosen; a list: it has a row.  Undecided while unknown."""

    value: Expr


OTHER_LINES = "other lines"
FIRST_LINES = "first lines"
"""
What a `Choose` is about that stands for a phrase: the part of one line in a figure of all, taken off again where the
figure is of the others; and whether a line is among the first by an order.  They always have `otherwise`.
"""


@frozen(eq=False)
class Choose(Expr):
    """
    The value of the arm whose condition holds.

    `first`: the first arm that holds.  `one`: exactly one may hold, else `several_lines`.  `agree`: several may hold if
    their values are equal, else `several_lines`.  None holds: `otherwise`, else `no_line` of `what`.

    Undecided conditions: the arms that may be taken are, in `first`, those whose condition is undecided before the
    first that holds, and that one (or `otherwise`); in `one` and `agree`, all that hold or are undecided, and
    `otherwise` if none holds for certain.  The result spans them all; where they are known and equal it is that value.
    """

    arms: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr | None
    mode: Literal["first", "one", "agree"]
    what: str


@frozen(eq=False)
class Aggregate(Expr):
    """
    A figure over the rows of `list` for which `where` holds, each bound to `var` in turn.

    `number`: how many.  `different`: how many different values of `of`.  `total`: their sum, 0 of nothing.  `average`
    (exact), `smallest`, `largest`: fail with `empty_list` of nothing.  `only`: the one value that they have, of any
    type but records and lists; fails with `empty_list` of nothing, and with `tie` if they differ.  `every`: `of` holds
    for all, true of nothing.  `any`: `of` holds for one, false of nothing.
    """

    what: Literal["number", "different", "total", "average", "smallest", "largest", "only", "every", "any"]
    list: Expr
    var: int
    where: Expr | None
    of: Expr | None


@frozen(eq=False)
class Calendar(Expr):
    """
    A function of the calendar; `args` by `what`:

    `local_date` (moment): the day in the programme's zone.  `start_of_day` (date): its first moment there.
    `shift_months`, `shift_days`, `shift_working_days`, `shift_hours` (date or moment, period; `sign`): a day that a
    month does not have follows `month_end`, `refused` fails with `no_such_day`.
    `year`, `month` (date); `first_day`, `last_day` (year or month); `days_in_month` (date or month).
    `years_between`, `months_between`: whole ones completed from the first date to the second, 0 if it is earlier.
    `days_between` (date, date): days after the first up to the second, one more with `both`.  `working_days_between`: of
    these the working days.  Off work are Saturdays, Sundays and the `holidays`.
    """

    what: Literal[
        "local_date", "start_of_day", "shift_months", "shift_days", "shift_working_days", "shift_hours", "year",
        "month", "first_day", "last_day", "days_in_month", "years_between", "months_between", "days_between",
        "working_days_between",
    ]  # fmt: skip
    args: tuple[Expr, ...]
    sign: Literal[1, -1] = 1
    both: bool = False
    month_end: MonthEnd = "refused"
    holidays: frozenset[int] = frozenset()


Node: TypeAlias = Union[
    Const, Fact, Row, Field, Ref, Fail, Add, Mul, Div, Round, Extreme, Compare, And, Or, Not, OneOf, InCodes, Includes,
    Given, Choose, Aggregate, Calendar,
]  # fmt: skip


def children(expr: Expr) -> Iterator[Expr]:
    """The expressions directly inside one, in the order they are written."""
    match expr:
        case Const() | Fact() | Row() | Ref() | Fail():
            return
        case Field(of):
            yield of
        case Add(terms):
            yield from (e for _, e in terms)
        case Mul(parts) | And(parts) | Or(parts) | Calendar(_, parts) | Extreme(_, parts):
            yield from parts
        case Div(left, right) | Compare(_, left, right):
            yield left
            yield right
        case Round(value) | OneOf(value) | InCodes(value) | Includes(value) | Given(value) | Not(value):
            yield value
        case Choose(arms, otherwise):
            for condition, value in arms:
                yield condition
                yield value
            if otherwise is not None:
                yield otherwise
        case Aggregate(_, list_, _, where, of):
            yield list_
            if where is not None:
                yield where
            if of is not None:
                yield of
        case _:
            raise TypeError(type(expr).__name__)


# ---- money: the steps of a support -------------------------------------------------------------------------------


@frozen(eq=False)
class Step:
    """
    A step of a support: it changes the *amount* of each line, in the order of the steps.

    A line starts with its base amount, never below 0 (a base below 0 counts as 0).  Until `Apply` the amount is cost;
    from there on it is support.  `when` (about the application): where it is false the step is left out; undecided,
    the result spans the step done and left out.  `where` (about the line, with the support's `var`): the step is only
    about the lines for which it holds; undecided, that line's amount spans both.  No amount ever falls below 0.
    """

    about: About = field(kw_only=True)
    when: Expr | None = field(default=None, kw_only=True)
    where: Expr | None = field(default=None, kw_only=True)


@frozen(eq=False)
class Keep(Step):
    """`eligible cost`: a line for which `keep` is false gets 0 and is marked as excluded by this step."""

    keep: Expr


@frozen(eq=False)
class Pick(Step):
    """
    `count limit`: of the lines with an amount above 0 (and `where`), those that come first by `by` are kept, `number`
    of each group of equal `per`; the others get 0 and are marked as excluded.  Equal `by` at the border: if the lines are
    not all kept or all dropped, the amounts of the tied lines are undecided with `tie` unless they are equal.
    `descending`: highest or latest first.
    """

    number: Expr
    by: Expr
    descending: bool
    per: tuple[Expr, ...]


@frozen(eq=False)
class Ceiling(Step):
    """
    `cost ceiling` (before `Apply`) and `support ceiling` (after it).

    `each`: `limit` is read for each line.  `together`: the sum of the lines.  `per`: the sum of each group of equal
    `per` keys; `limit` is read on the group's first line.  A limit below 0 counts as 0.  `other`, an amount of other
    aid, is taken off the limit first.  What is above the limit:

    `trimmed` (each): the line gets the limit.  `pro_rata`: every line of the sum is multiplied by limit / sum.
    `last_first`: the last lines are cut first.  `drops_line` (each): the line gets 0 and is marked as excluded.
    `refuses`: nothing is cut, the application is not eligible, and this step is the reason.
    A ceiling that cut more than 0 is *binding*, with the whole amount it cut; one that refuses, with the excess.
    `limit` is `None` for `no ceiling`, which is only said.
    """

    on: Literal["cost", "support"]
    scope: Literal["each", "together", "per"]
    limit: Expr | None
    per: tuple[Expr, ...]
    other: Expr | None
    excess: Literal["trimmed", "pro_rata", "last_first", "drops_line", "refuses"]


@frozen(eq=False)
class Rate(Step):
    """The rate of each line (read for each line; 0 before the first).  A negative rate counts as 0."""

    rate: Expr


@frozen(eq=False)
class Raise(Step):
    """
    A bonus.  `plus`: `by` is added to the rate (with `part`: times part / base amount of the line, 0 where that is 0;
    so the points fall on that part of the cost, in proportion to what the ceilings left).  `increased_by`: the rate is
    multiplied by 1 + `by`.
    """

    how: Literal["plus", "increased_by"]
    by: Expr
    part: Expr | None


@frozen(eq=False)
class RateCeiling(Step):
    """The rate of a line is at most `limit`.  It is binding with what the cut of the rate takes off the support."""

    limit: Expr


@frozen(eq=False)
class Apply(Step):
    """
    The amount becomes support: amount times rate.  A support without a rate has an `Apply` without `Rate`: the rate is
    then 1.  The sum before it is the *eligible cost*, the sum after it is *before the ceilings*.
    """


@frozen(eq=False)
class Scale(Step):
    """`proration`: the amount is multiplied by `factor` (below 0 counts as 0)."""

    factor: Expr


@frozen(eq=False)
class Supplement(Step):
    """A fixed sum is added, as a line of its own after the others; later steps with `where` are not about it."""

    amount: Expr


@frozen(eq=False)
class Floor(Step):
    """
    On the sum of all lines.  `less_not_paid`: a sum below `amount` becomes 0.  `raised_to`: a sum above 0 (with
    `in_any_case` also 0) and below `amount` is raised to it, pro rata to the lines; from 0 it is a line of its own.
    """

    how: Literal["less_not_paid", "raised_to"]
    amount: Expr
    in_any_case: bool


@frozen(eq=False)
class RoundLines(Step):
    """
    `each`: the amount of each line is rounded.  `once`: the sum is rounded and handed out to the lines in steps by
    largest remainder (each its amount rounded down to a step, the steps left over one by one to the lines with the
    largest remainder, an earlier line first), so that the lines add up.
    """

    mode: Rounding
    step: Fraction
    place: Literal["each", "once"]


AnyStep: TypeAlias = Union[
    Keep, Pick, Ceiling, Rate, Raise, RateCeiling, Apply, Scale, Supplement, Floor, RoundLines
]  # fmt: skip


# ---- statements --------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Let:
    """A figure of the application, computed once: parameter, definition, table result, score, result, rule's `applies`."""

    about: About
    value: Expr

    @property
    def name(self) -> str:
        """What `Ref` calls it."""
        return self.about.name


@frozen(eq=False)
class Computed:
    """A computed field: one value for every row of a record, read with `Field`.  Never reads a later one."""

    about: About
    record: str
    var: int
    value: Expr


@frozen(eq=False)
class Rule:
    """
    `require`, `advise`: holds if all `conditions` hold; does not apply where `when` is false; undecided `when`: it holds
    if the conditions hold, else undecided.  A `require` that fails makes the application not eligible; an `advise` that
    fails is a warning.  `duty` and `note` are only said.  `promise`: must hold of every decision; what is `promised` of
    eligibility is looked at when everything is decided (`evaluate.eligibility.rules_found`).
    """

    about: About
    kind: Literal["require", "advise", "duty", "note", "promise"]
    when: Expr | None
    conditions: tuple[Expr, ...]
    promised: tuple[Promised, ...] = ()


@frozen(eq=False)
class Promised:
    """
    What a promise says of the whole answer.  `meets`: no rule of the name `rule` fails; `fails`: one does.  A name may
    have several rules, one for each time.

    `as_in`: another of the programmes in `Program.others`, `programme`, decides the same facts alike.  With `rule`, the
    figure of this name has the value that it has there (a support that does not apply counts as 0).  Without, the
    answer is the same: eligible or not; what each support pays, where one that does not apply or is not there at all
    pays nothing; and the results and scores that both have.
    """

    kind: Literal["eligible", "not_eligible", "meets", "fails", "as_in"]
    rule: str | None
    span: Span = field(default=NOWHERE, repr=False)
    programme: str | None = None


@frozen(eq=False)
class Gate:
    """
    A condition for a support to apply.  `reason`: `when`, `in_force`, `require` (a rule of the support, `about` is the
    rule's), `figure` (its rate, base or ceiling says `does not apply`), `not_together`.
    """

    about: About
    reason: Literal["when", "in_force", "require", "figure", "not_together"]
    condition: Expr


@frozen(eq=False)
class Support:
    """
    A support: it applies if every gate holds.  Its lines are the rows of `list` (bound to `var`) with `base` each, or
    one line of `base` where `list` is `None`.  Its total is the sum of the lines after the last step.

    Where it does not apply it has no amount: it is neither paid nor 0, and counts as 0 in other figures.  Gates
    undecided: its total in other figures spans 0 and the amount.
    A `repayable` support is paid, and adds to no sum of what is not given back.
    An unknown list: one line that stands for any number of lines; its bounds follow the declared maximum.
    """

    about: About
    currency: str
    gates: tuple[Gate, ...]
    list: Expr | None
    where: Expr | None
    var: int
    base: Expr
    steps: tuple[AnyStep, ...]
    only_a_basis: bool
    repayable: bool = False

    @property
    def name(self) -> str:
        """What `Ref` calls it."""
        return self.about.name

    @property
    def applied(self) -> int:
        """The number of the step by which the amounts become support."""
        return next(at for at, step in enumerate(self.steps) if isinstance(step, Apply))


@frozen(eq=False)
class Joint:
    """
    A support ceiling over several supports: their totals together are at most `limit`; what is above is cut
    `pro_rata`, or from the `last_first` of `over`, to whole `step`s with largest remainder; `refuses` as in `Ceiling`.
    It changes what `Ref` of those supports gives from here on, and what is paid.
    """

    about: About
    over: tuple[str, ...]
    when: Expr | None
    limit: Expr
    excess: Literal["pro_rata", "last_first", "refuses"]
    step: Fraction


@frozen(eq=False)
class Instalment:
    """
    One payment of a support: what it is made of are `Let`s of the body, by name.

    The amounts of all instalments of a support add up to what is paid of it, whatever the facts are.  Each takes at most
    what those above it leave; the one without a `share` takes the rest.  `applies`: where it is false there is no such
    instalment, its amount is 0, and the rest is larger.  `due_on` is a day, `due_once` a truth (the instalment is due when
    it holds), `after` the words for an event that the facts do not hold, by language.  None of the three ever changes an
    amount, nor keeps a decision open.

    Args:
        share: what it takes by itself, a rate or money; `None` for the rest and for one of equal parts.
        limit: the most it may be.
        part: which of how many equal parts.
    """

    about: About
    amount: str
    share: Expr | None
    limit: Expr | None
    part: tuple[int, int] | None
    applies: str | None
    due_on: str | None
    due_once: str | None
    after: Mapping[str, str]


@frozen(eq=False)
class OrderKey:
    """One key of an order: a `Let` of the body by its name, and which of its values come first."""

    figure: str
    descending: bool


@frozen(eq=False)
class Ranking:
    """
    How the eligible applications are ordered, and how money is given out in that order.

    It is about all applications and hence stands outside the body; what it reads of one of them are `Let`s of the body,
    by name.  `budget`, `awards` and `reserve` read no fact: they are the same for every application.

    Applications are gone through by the `order`; equal in all keys, they are tied.  Each asks for all it was found to be
    paid.  `awards`: no more are funded.  One that asks for more than is left: `stop`, nobody below is funded; `skip`, the
    next one is tried; `part`, it gets what is left (with `part_where`: if that holds, else `otherwise`), and nobody below
    is funded.  `share`: those within `awards` share the budget by `share_by` (`asked`, `equal`, or a figure, below 0
    as 0), each at most what it asks, the rest shared again, in whole smallest units by largest remainder.
    `reserve`: the first so many of those that are not funded.

    `set_aside` is taken off the budget before anything is given.  Of a budget that is shared each gets `first` and its
    share of the rest, together no less than `least` and no more than `most`: all read the application, and count as no
    more than it asks and no less than 0.  So the part of each is first + f * weight between these bounds, with the one
    factor f that uses the budget up.

    `per`: applications with equal values of these are a group, ranked by itself.  `budget`, `set_aside`, `awards` and
    `reserve` may then read what the group is made by.
    """

    about: About
    currency: str
    budget: str | None
    order: tuple[OrderKey, ...]
    awards: str | None
    reserve: str | None
    no_room: Literal["stop", "skip", "part", "share"]
    part_where: str | None
    otherwise: Literal["stop", "skip"]
    share: Literal["asked", "by", "equal"]
    share_by: str | None
    set_aside: str | None = None
    first: str | None = None
    least: str | None = None
    most: str | None = None
    per: tuple[str, ...] = ()


Statement: TypeAlias = Union[Let, Rule, Support, Joint]


# ---- the shape of the data ---------------------------------------------------------------------------------------


@frozen(eq=False)
class FieldDef:
    """
    One fact or field.

    Args:
        scale: a number is held in facts as an integer of 1 / 10**scale; 0 for dates, periods and whole numbers;
            `None` for what is not a number.
        optional: may be absent.
        default: the raw value of a fact left out (`if absent`); `UNKNOWN` where there is none: it is then unknown.
        minimum, maximum: raw bounds, both included; for a list the bounds of its length.
        only_when: the fact is asked only where this holds (about the application, or about the row bound to `var`);
            elsewhere it is absent.
        decided_by: who decides a fact of discretion, by language.
    """

    name: str
    type: Type
    titles: Mapping[str, str] = field(factory=dict)
    scale: int | None = None
    optional: bool = False
    default: Any = UNKNOWN
    minimum: int | None = None
    maximum: int | None = None
    only_when: Expr | None = None
    var: int = -1
    decided_by: Mapping[str, str] = field(factory=dict)
    span: Span = NOWHERE


@frozen(eq=False)
class RecordDef:
    """The fields of a record, or of the application, in their order."""

    name: str
    fields: tuple[FieldDef, ...]
    titles: Mapping[str, str] = field(factory=dict)


@frozen
class ChoiceDef:
    """The values of a choice: the titles of each by language, and other names that mean the same value."""

    titles: Mapping[str, Mapping[str, str]]
    also: Mapping[str, str]


@frozen(eq=False)
class CodeSet:
    """
    A code list: a code is in it if it is within one of `codes` and not within one of `excepted`, and puts itself back
    in if it is within one of `included`.  Within: equal, or a longer code that begins with it (NACE by digits).
    `ranges` are already written out.
    """

    about: About
    type: Type
    codes: tuple[str, ...]
    excepted: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(factory=dict)


@frozen(eq=False)
class SharedRounding:
    """
    A rounding that has a name, so that several statements round alike and cite one text.  What rounds by it holds its
    mode and step itself; `type` is what it rounds, `place` as in `RoundLines` where it is about the lines of a support.
    A programme keeps those by which single amounts are rounded: what is told of them stands at no step.
    """

    about: About
    type: Type
    mode: Rounding
    step: Fraction
    place: Literal["each", "once"] | None


@frozen(eq=False)
class WorkingCalendar:
    """The holidays of all years from the day `first` to the day `last`; beyond, nothing is known."""

    about: About
    first: int
    last: int
    holidays: frozenset[int]


@frozen(eq=False)
class Example:
    """An example of the file: facts as plain data (as from JSON), settings of parameters, and what is expected."""

    about: About
    facts: Mapping[str, Any]
    settings: Mapping[str, Any]
    expects: tuple[Expectation, ...]


@frozen(eq=False)
class Expectation:
    """One expectation; `condition` may refer to any figure, `names` to rules, ceilings, facts or supports."""

    kind: Literal[
        "eligible", "not_eligible", "undecided", "binding", "warning", "does_not_apply", "condition"
    ]
    names: tuple[str, ...]
    condition: Expr | None
    span: Span


RankingOutcome: TypeAlias = Literal[
    "funded", "funded_in_part", "reserve", "not_funded", "not_eligible", "not_decided"
]


@frozen(eq=False)
class RankedExpectation:
    """
    What a ranking must come to in one respect.

    `outcome` and `amount` (0 for nothing) of an application, its `place` (`None`: it has none); of the whole ranking
    `tied`, the names of all for whose sake it must be refused, and `left_over`, what is left of all budgets together.

    Args:
        span: where it stands; of an application the cell, and `column` its heading.
    """

    kind: Literal["outcome", "place", "amount", "tied", "left_over"]
    value: Any
    span: Span
    column: Span = NOWHERE


@frozen(eq=False)
class RankedFacts:
    """
    An application of a ranking example: its facts as plain data, and what is expected of it.

    `like`: the example whose facts it has but for those that are its `own`.
    """

    name: str
    facts: Mapping[str, Any]
    like: str | None
    own: tuple[str, ...]
    expects: tuple[RankedExpectation, ...]
    span: Span


@frozen(eq=False)
class RankingExample:
    """Applications together under one ranking, settings of parameters, and what the ranking must come to."""

    about: About
    ranking: str
    settings: Mapping[str, Any]
    applications: tuple[RankedFacts, ...]
    expects: tuple[RankedExpectation, ...]


@frozen(eq=False)
class Invariance:
    """
    A promise over pairs of applications, of which the second is the first with one fact changed; kept for the tools
    that test and prove.

    `fact` is what changes: the names from the application down, or from `record`, in any of its rows.  `rises`: to a
    higher value, or a list gets one more row.  `no_cliff`: by the smallest step there is, and the figure then falls by
    `limit` at most.  `unchanged_split`: of a list, a row becomes two that share its amounts of money; of a field, a row
    becomes two that share it.
    """

    about: About
    figure: Expr
    how: Literal[
        "never_decreases",
        "never_increases",
        "unchanged_reordered",
        "unchanged_split",
        "unchanged",
        "no_cliff",
    ]
    fact: tuple[str, ...]
    when: Expr | None
    record: str | None = None
    limit: Expr | None = None


@frozen(eq=False)
class ParameterDef:
    """A parameter that may be set for another reading; `values` by period (`None` is not set), as constants."""

    about: About
    type: Type
    lines: tuple[tuple[int | None, int | None, Any], ...]


@frozen(eq=False)
class Program:
    """
    A programme.  `others` are those its promises name, by their names; what they decide never changes what this one
    does.  `body` is in an order in which nothing is read before it is computed; `computed` likewise.

    Eligible: no `require` of the body fails, no ceiling refuses, and at least one support that is paid applies (where
    there is one at all).  Undecided while one of these may still fail.  `payments`: the instalments of a support
    by its name; a support without instalments is paid at once.
    """

    about: About
    source: Source
    language: str
    authority: str | None
    currency: str
    zone: str
    month_end: MonthEnd
    nace: str
    as_of: Expr | None
    application: RecordDef
    records: Mapping[str, RecordDef]
    choices: Mapping[str, ChoiceDef]
    codes: Mapping[str, CodeSet]
    parameters: Mapping[str, ParameterDef]
    computed: tuple[Computed, ...]
    body: tuple[Statement, ...]
    scores: tuple[str, ...]
    results: tuple[str, ...]
    indicators: tuple[ParameterDef, ...]
    examples: tuple[Example, ...]
    invariances: tuple[Invariance, ...]
    slots: int
    rankings: tuple[Ranking, ...] = ()
    ranking_examples: tuple[RankingExample, ...] = ()
    payments: Mapping[str, tuple[Instalment, ...]] = field(factory=dict)
    texts: tuple[RulesText, ...] = ()
    changes: tuple[Change, ...] = ()
    roundings: tuple[SharedRounding, ...] = ()
    calendars: tuple[WorkingCalendar, ...] = ()
    others: Mapping[str, Program] = field(factory=dict)

    @property
    def all_examples(self) -> tuple[Example | RankingExample, ...]:
        """The examples of one application and those of rankings, in the order of the file, or of the files."""
        both: tuple[Example | RankingExample, ...] = (*self.examples, *self.ranking_examples)
        return tuple(sorted(both, key=lambda each: each.about.span.start))


NO_WORDS = Words("", "")
