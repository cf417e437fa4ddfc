"""
What the author wrote: the syntax tree of a `.rules` file, the same for every surface language.

Nodes are frozen values.  Where a node stands (`span`) is not part of what it is, so two trees of one programme in
English and in Turkish are equal but for the names.  Lists are flat: a sum of three terms is one node.
Texts of numbers and dates are kept as written but for their spaces and endings; the compiler reads them.
"""

from __future__ import annotations

from typing import Literal, TypeAlias, Union, cast

from attrs import field, fields, frozen

from grantrules.source import NOWHERE, Span


@frozen(eq=False, repr=False)
class Node:
    """
    Anything written; `span` is where.

    What all kinds do alike is said here once.  Written for each of them, as attrs would, it takes most of the time in
    which this module is imported.
    """

    span: Span = field(default=NOWHERE, eq=False, repr=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        """The same kind, and the same parts; where they stand is left out."""
        if type(other) is not type(self):
            return NotImplemented
        return self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash((type(self), self._parts()))

    def __repr__(self) -> str:
        shown = (f"{a.name}={getattr(self, a.name)!r}" for a in fields(type(self)) if a.repr)
        return f"{type(self).__name__}({', '.join(shown)})"

    def _parts(self) -> tuple[object, ...]:
        return tuple(getattr(self, a.name) for a in fields(type(self)) if a.eq)


# ---- values ------------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Num(Node):
    """`1 000 000` or `2.5`: the text without spaces."""

    text: str


@frozen(eq=False, repr=False)
class Amount(Node):
    """`400 000 USD`; `3 EUR per tonne` has `per`."""

    text: str
    currency: str
    per: str | None = None


@frozen(eq=False, repr=False)
class Percent(Node):
    """`70%` (tr `%70`): the text of the number."""

    text: str


@frozen(eq=False, repr=False)
class PercentagePoints(Node):
    """`15 percentage points`."""

    text: str


@frozen(eq=False, repr=False)
class PointsLit(Node):
    """`10 points`."""

    text: str


@frozen(eq=False, repr=False)
class QuantityLit(Node):
    """`12 tonne`: a number of a declared unit."""

    text: str
    unit: str


@frozen(eq=False, repr=False)
class Fraction(Node):
    """`4/7`, written without spaces: an exact fraction."""

    numerator: str
    denominator: str


@frozen(eq=False, repr=False)
class Day(Node):
    """`2023-09-04`."""

    text: str


@frozen(eq=False, repr=False)
class Instant(Node):
    """`2023-06-26 17:00 Europe/Brussels`: `text` is date, space, time; the zone may be missing."""

    text: str
    zone: str | None = None


@frozen(eq=False, repr=False)
class MonthLit(Node):
    """`month 2026-03`."""

    text: str


@frozen(eq=False, repr=False)
class Length(Node):
    """`5 years`, `10 working days`: the unit in English and the singular (year, month, week, day, working day, hour)."""

    count: str
    unit: str


@frozen(eq=False, repr=False)
class NaceCode(Node):
    """`NACE 32.50`; the revision only where it is written (`NACE Rev. 2.1 32.50`)."""

    text: str
    revision: str | None = None


@frozen(eq=False, repr=False)
class Truth(Node):
    """`yes` or `no`."""

    value: bool


@frozen(eq=False, repr=False)
class Name(Node):
    """A name as written: a fact, a field, a figure, a value of a choice, a support."""

    text: str


@frozen(eq=False, repr=False)
class Member(Node):
    """`company's is_sme`, `grant's eligible_cost`: a field of a record or a figure of a support."""

    owner: Value
    name: Name


@frozen(eq=False, repr=False)
class Scoped(Node):
    """
    `application's kind`, `this line's kind`: says whose field is meant where both have one.

    `this holder's id` has the `record`: of two lines of one record, the outer one is meant.
    """

    scope: Literal["application", "line", "this"]
    name: Name
    record: Name | None = None


@frozen(eq=False, repr=False)
class Bracket(Node):
    """`( … )`, kept because brackets are the author's."""

    inner: Value


@frozen(eq=False, repr=False)
class Term(Node):
    """One part of a sum, with its sign."""

    sign: Literal[1, -1]
    value: Value


@frozen(eq=False, repr=False)
class Sum(Node):
    """`a + b - c`."""

    terms: tuple[Term, ...]


@frozen(eq=False, repr=False)
class Product(Node):
    """`a * b`."""

    factors: tuple[Value, ...]


@frozen(eq=False, repr=False)
class Quotient(Node):
    """`a / b`; `a * b / c` divides the product."""

    left: Value
    right: Value


@frozen(eq=False, repr=False)
class ShareOf(Node):
    """`5% of x`: the whole product or quotient to its right is meant (`30% of a * b / c`)."""

    share: Value
    of: Value


@frozen(eq=False, repr=False)
class Rounded(Node):
    """`x rounded down in steps of 0.01 TRY`, `x rounded as cent_down`."""

    value: Value
    way: Way


@frozen(eq=False, repr=False)
class Converted(Node):
    """`x converted to USD at usd_rate` (how many of x's currency one USD costs), perhaps `, as of D`."""

    value: Value
    currency: str
    rate: Value
    as_of: Value | None = None


@frozen(eq=False, repr=False)
class Shifted(Node):
    """`1 year before submitted`, `6 months after completed_on`, `10 working days after submitted in calendar town`."""

    length: Value
    direction: Literal["before", "after"]
    date: Value
    calendar: Name | None = None


@frozen(eq=False, repr=False)
class Extreme(Node):
    """`the smaller of a and b`, `the largest of a, b, c`."""

    which: Literal["smallest", "largest"]
    values: tuple[Value, ...]


@frozen(eq=False, repr=False)
class PerUnit(Node):
    """`price for each started tonne of weight`, `… full tonne …`."""

    price: Value
    how: Literal["started", "full"]
    unit: str
    quantity: Value


@frozen(eq=False, repr=False)
class ByUnits(Node):
    """
    `for stay, largest units first: 200 EUR per week, 40 EUR per day`: so much for each unit of a time.

    The time is a period, a number of days (`for nights days, …`), or lies between two dates (`for the time from A to B, …`).
    """

    of: Literal["period", "days", "dates"]
    start: Value
    end: Value | None
    prices: tuple[Value, ...]
    both_counted: bool = False


@frozen(eq=False, repr=False)
class WholeOf(Node):
    """`the amount of which 40% is grant`."""

    share: Value
    part: Value


@frozen(eq=False, repr=False)
class Lots(Node):
    """`whole lots of 12 in pieces`, or what is `left` of them; `size` is `None` for weeks in a time."""

    what: Literal["whole", "left"]
    size: Value | None
    of: Value


@frozen(eq=False, repr=False)
class TimeBetween(Node):
    """
    `completed years from A to B`, `completed months from A to B`, `days from A to B[, both days counted]`, `working
    days from A to B in calendar town`.
    """

    what: Literal["years", "months", "days", "working_days"]
    start: Value
    end: Value
    both_counted: bool = False
    calendar: Name | None = None


@frozen(eq=False, repr=False)
class CalendarPart(Node):
    """`year of D`, `month of D`, `programme year of D`, `first day of Y`, `last day of Y`, `days in the month of D`."""

    what: Literal["year", "month", "programme_year", "first_day", "last_day", "days_in_month"]
    of: Value


@frozen(eq=False, repr=False)
class AsOf(Node):
    """`minimum as of hired_on`: a dated figure on another date than the programme's."""

    figure: Name
    date: Value


@frozen(eq=False, repr=False)
class ForValue(Node):
    """`highest_rate for size large`: a table or definition as it would be for another value of a fact."""

    figure: Name
    fact: Name
    value: Value


@frozen(eq=False, repr=False)
class Foremost(Node):
    """`the latest 3 … by year`: how many lines come first, and by what; without a number it is one."""

    direction: Direction
    by: Value
    number: Value | None = None


@frozen(eq=False, repr=False)
class Many(Node):
    """
    A list, perhaps only the lines `where` something holds.

    `other`: all but the line that is spoken of.  `foremost`: of those lines, only the first by an order.
    """

    list: Value
    where: Value | None = None
    other: bool = False
    foremost: Foremost | None = None


@frozen(eq=False, repr=False)
class Aggregate(Node):
    """`number of`, `number of different values of`, `total`, `average`, `smallest`, `largest` over a list."""

    what: Literal["number", "different", "total", "average", "smallest", "largest"]
    of: Value | None
    many: Many


@frozen(eq=False, repr=False)
class Pick(Node):
    """
    `profit of the latest report by year`: a figure of the one line that comes first; `many` has the order.

    Without an order it is `size of the one partner where id is partner_id`: the line for which something holds.
    """

    of: Value
    many: Many


@frozen(eq=False, repr=False)
class SoFar(Node):
    """`amount so far by paid_on, per company`: the sum over the earlier lines of the same group."""

    of: Value
    by: Value
    per: tuple[Value, ...] = ()


# ---- conditions --------------------------------------------------------------------------------------------------

Comparison: TypeAlias = Literal[
    "is", "is_not", "at_least", "at_most", "more_than", "less_than", "no_later", "no_earlier", "before", "after"
]  # fmt: skip


@frozen(eq=False, repr=False)
class And(Node):
    """`a and b` in a line, `all of` as a block (`block`)."""

    parts: tuple[Value, ...]
    block: bool = False


@frozen(eq=False, repr=False)
class Or(Node):
    """`a or b` in a line, `any of` as a block."""

    parts: tuple[Value, ...]
    block: bool = False


@frozen(eq=False, repr=False)
class Not(Node):
    """`not a`."""

    part: Value


@frozen(eq=False, repr=False)
class NoneOf(Node):
    """`none of` as a block."""

    parts: tuple[Value, ...]


@frozen(eq=False, repr=False)
class Compare(Node):
    """`a is at least b`."""

    left: Value
    how: Comparison
    right: Value


@frozen(eq=False, repr=False)
class OneOf(Node):
    """`a is one of b, c`; `is none of` is `negated`."""

    left: Value
    values: tuple[Value, ...]
    negated: bool = False


@frozen(eq=False, repr=False)
class InList(Node):
    """`a is in priority_sectors`: membership in a code list."""

    left: Value
    list: Name
    negated: bool = False


@frozen(eq=False, repr=False)
class Given(Node):
    """`a is given`."""

    left: Value
    negated: bool = False


@frozen(eq=False, repr=False)
class Applies(Node):
    """`marketing applies`: the support is payable."""

    support: Name
    negated: bool = False


@frozen(eq=False, repr=False)
class Range(Node):
    """`from a to below b`: a bound that is missing is `None`; `included` says whether the bound itself is inside."""

    lower: Value | None
    upper: Value | None
    lower_included: bool = True
    upper_included: bool = True


@frozen(eq=False, repr=False)
class Window(Node):
    """`in the 2 years up to D`: after D minus the length, up to and including D."""

    length: Value
    until: Value


@frozen(eq=False, repr=False)
class Within(Node):
    """`a is from b to c`."""

    left: Value
    range: Range | Window


@frozen(eq=False, repr=False)
class Includes(Node):
    """`documents includes survey_form, capacity_report`: all of them, any or none are among the chosen values."""

    left: Value
    values: tuple[Value, ...]
    how: Literal["all", "any", "none"] = "all"


@frozen(eq=False, repr=False)
class Counted(Node):
    """`at least 20 members where …`, `no partners where …`, `at least 3 different values of country among partners`."""

    how: Literal["at_least", "at_most", "exactly"]
    number: Value
    many: Many
    different: Name | None = None


@frozen(eq=False, repr=False)
class ForLines(Node):
    """`for all partners: …`, `for at least 25% of exchanges: …`, in a line or as a block."""

    how: Literal["all", "at_least", "more_than", "at_most"]
    share: Percent | None
    many: Many
    conditions: tuple[Value, ...]


@frozen(eq=False, repr=False)
class FailingThat(Node):
    """`failing that` and its lines: the lines above it hold, or else these."""

    conditions: tuple[Value, ...]


Value: TypeAlias = Union[
    Num, Amount, Percent, PercentagePoints, PointsLit, QuantityLit, Fraction, Day, Instant, MonthLit, Length, NaceCode,
    Truth, Name, Member, Scoped, Bracket, Sum, Product, Quotient, ShareOf, Rounded, Converted, Shifted, Extreme,
    PerUnit, ByUnits, WholeOf, Lots, TimeBetween, CalendarPart, AsOf, ForValue, Aggregate, Pick, SoFar, And, Or, Not, NoneOf, Compare, OneOf, InList, Given, Applies,
    Within, Includes, Counted, ForLines, FailingThat,
]  # fmt: skip

RoundingMode: TypeAlias = Literal["down", "up", "half_up", "half_even"]


@frozen(eq=False, repr=False)
class InSteps(Node):
    """`down in steps of 0.01 TRY`."""

    mode: RoundingMode
    step: Value


Way: TypeAlias = Union[InSteps, Name]
"""How something is rounded; a name is that of a rounding that is stated elsewhere."""

RoundingPlace: TypeAlias = Literal["each", "once"]
Direction: TypeAlias = Literal["highest", "lowest", "earliest", "latest"]


# ---- what every statement may carry ------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Text(Node):
    """A quoted text with its language, `None` where it is in the file's own."""

    text: str
    language: str | None = None


@frozen(eq=False, repr=False)
class Citation(Node):
    """`cites call "quote", at "Article 5"`."""

    source: Name
    quote: str | None = None
    at: str | None = None


@frozen(eq=False, repr=False)
class Heading(Node):
    """The first line of a statement and the lines any statement may carry."""

    name: Name | None
    titles: tuple[Text, ...] = ()
    messages: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    in_force: tuple[Range, ...] = ()

    @property
    def named(self) -> Name:
        """The name of a statement that has one, as all have but `application` and a rounding in a support."""
        return cast("Name", self.name)


@frozen(eq=False, repr=False)
class When(Node):
    """`when …` and `unless …` (`negated`) as a line: the statement applies only then.  `application` is the place."""

    condition: Value
    negated: bool = False


@frozen(eq=False, repr=False)
class Where(Node):
    """`where …` as a line of a step: which lines of the list it is about."""

    condition: Value


@frozen(eq=False, repr=False)
class DoesNotApply(Node):
    """`does not apply` as a value of a case or a table."""


@frozen(eq=False, repr=False)
class Case(Node):
    """`value when condition`; `value otherwise` has no condition."""

    value: Value | DoesNotApply
    condition: Value | None


@frozen(eq=False, repr=False)
class Cases(Node):
    """
    A value said by cases, or one value (a single case without a condition and without `otherwise`).

    `mode`: `first` (`first line that fits`), `one` (`exactly one line fits`) or `None`: not said.
    """

    cases: tuple[Case, ...]
    mode: Literal["first", "one"] | None = None


# ---- heads of files ----------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Programme(Node):
    """
    `programme tr.kdp_2023 "…"`, `library lib.sme_tr "…"` or `amendment tr.reform "…"`, and its header lines.

    `amends`: the text that an amendment changes.
    """

    file_name: str
    heading: Heading
    authority: str | None = None
    currency: Name | None = None
    zone: Name | None = None
    as_of: Value | None = None
    month_end: MonthEnd | None = None
    nace: str | None = None
    kind: TextKind = "programme"
    amends: Name | None = None
    programme_year: Value | None = None


TextKind: TypeAlias = Literal["programme", "library", "amendment"]
MonthEnd: TypeAlias = Literal["refused", "last_day", "next_day"]


@frozen(eq=False, repr=False)
class Taken(Node):
    """A name that is taken from a library, perhaps to be called otherwise here (`own`)."""

    name: Name
    own: Name | None = None


@frozen(eq=False, repr=False)
class Use(Node):
    """`use lib.sme_tr: enterprise, is_sme as is_small`."""

    library: Name
    taken: tuple[Taken, ...]


@frozen(eq=False, repr=False)
class SourceText(Node):
    """`source call "…", dated 2023-09-04, at "https://…"`."""

    name: Name
    title: str
    dated: Day | None = None
    at: str | None = None


# ---- the shape of the data ---------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class ChoiceValue(Node):
    """A value of a choice, perhaps with labels (in several languages) and other names for it."""

    name: Name
    titles: tuple[Text, ...] = ()
    also: tuple[Name, ...] = ()


@frozen(eq=False, repr=False)
class TypeName(Node):
    """
    A type as written.

    `kind`: yes_no, whole_number, number, money, rate, points, percentage_points, date, moment, year, month, period,
    text, nace, country, region, one_of, some_of, quantity, list, record.
    `unit`: of a quantity, of `money per tonne`, of `period in days` (days, hours, working days).
    `of`: the record of a list or of a record; the currency of `money in EUR`.
    """

    kind: str
    choices: tuple[ChoiceValue, ...] = ()
    unit: str | None = None
    of: str | None = None


@frozen(eq=False, repr=False)
class Remark(Node):
    """
    A remark in brackets after a type.

    `kind`: optional, minimum, maximum, decided_by, only_when, if_absent. `titles`: who decides, in each language.
    """

    kind: Literal["optional", "minimum", "maximum", "decided_by", "only_when", "if_absent"]
    value: Value | None = None
    titles: tuple[Text, ...] = ()


@frozen(eq=False, repr=False)
class Field(Node):
    """One fact of an application or of a record."""

    name: Name
    titles: tuple[Text, ...]
    type: TypeName
    remarks: tuple[Remark, ...] = ()


@frozen(eq=False, repr=False)
class Record(Node):
    """`record member` and its fields."""

    heading: Heading
    fields: tuple[Field, ...]


@frozen(eq=False, repr=False)
class Application(Node):
    """`application` and its facts."""

    heading: Heading
    fields: tuple[Field, ...]


@frozen(eq=False, repr=False)
class CodeLine(Node):
    """`20, 21 "label"`, `10 - 33`, `except 28.99`, `including communes_put_back`."""

    kind: Literal["codes", "except", "including"]
    codes: tuple[tuple[str, str | None], ...] = ()
    title: str | None = None
    list: Name | None = None


@frozen(eq=False, repr=False)
class CodeList(Node):
    """`code list priority_sectors (NACE)` and its lines."""

    heading: Heading
    type: TypeName
    lines: tuple[CodeLine, ...]


@frozen(eq=False, repr=False)
class Holiday(Node):
    """`2025-05-01 "Labour Day"` in a calendar."""

    day: Day
    title: Text | None = None


@frozen(eq=False, repr=False)
class CalendarYear(Node):
    """`2025 | 2025-01-01, 2025-05-01`: all holidays of a year."""

    year: Num
    days: tuple[Holiday, ...]


@frozen(eq=False, repr=False)
class WorkingCalendar(Node):
    """`calendar town "…"`: which days are off work beside Saturdays and Sundays, in the years it lists."""

    heading: Heading
    years: tuple[CalendarYear, ...]


# ---- figures -----------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class ParameterLine(Node):
    """One line of a parameter: a period and a value; `value` is `None` for `not set`, `during` is `None` for always."""

    during: Range | None
    value: Value | None


@frozen(eq=False, repr=False)
class Parameter(Node):
    """`parameter sector_points "…"  points` and its lines."""

    heading: Heading
    type: TypeName
    lines: tuple[ParameterLine, ...]


@frozen(eq=False, repr=False)
class Indicator(Node):
    """`indicator trained_people "…"  whole number`: what is reported; its target may be not set."""

    heading: Heading
    type: TypeName
    lines: tuple[ParameterLine, ...]


@frozen(eq=False, repr=False)
class Define(Node):
    """
    `define x = …`, by cases, or as conditions that must all hold; `owner` for `define cost's x`.

    `choice`: the values it has, where it is one of them.
    """

    heading: Heading
    owner: Name | None
    value: Cases | None
    conditions: tuple[Value, ...] = ()
    whens: tuple[When, ...] = ()
    choice: TypeName | None = None


@frozen(eq=False, repr=False)
class Result(Node):
    """`result stage "…" = suggested_stage`: a named answer shown in the decision."""

    heading: Heading
    value: Value


@frozen(eq=False, repr=False)
class Key(Node):
    """A key of a table: a name, or `drop = 100% - (now / before)`."""

    name: Name
    value: Value | None = None


@frozen(eq=False, repr=False)
class Any(Node):
    """`any` in a cell."""


@frozen(eq=False, repr=False)
class Rest(Node):
    """`otherwise` as the first cell of a short row: whatever no row above took."""


@frozen(eq=False, repr=False)
class NoBase(Node):
    """`no base` in a cell: the key cannot be computed because its divisor is zero."""


@frozen(eq=False, repr=False)
class Several(Node):
    """`a, b` (any of these) or `not a, b` in a cell."""

    values: tuple[Value, ...]
    negated: bool = False


@frozen(eq=False, repr=False)
class Reduced(Node):
    """`reduced by 30%` in a cell: the same as 70%."""

    by: Value


@frozen(eq=False, repr=False)
class Each(Node):
    """`100 EUR each` in a cell: so much for each unit of the key inside the slice."""

    amount: Value


Cell: TypeAlias = Union[Value, Range, Any, Rest, NoBase, Several, Reduced, Each, DoesNotApply]


@frozen(eq=False, repr=False)
class Row(Node):
    """One row of a table; `during` for rows under `in force from … to …`."""

    cells: tuple[Cell, ...]
    during: Range | None = None


@frozen(eq=False, repr=False)
class Table(Node):
    """
    `table rate by zone, size` and its rows.

    `mode`: slices, whole, first, one or `None`.  `across`: the key whose values head the columns, and those values.
    `gives`: names of the result columns where there are several.  `choice`: the values it gives, where it is said.
    """

    heading: Heading
    owner: Name | None
    keys: tuple[Key, ...]
    rows: tuple[Row, ...]
    mode: Literal["slices", "whole", "first", "one"] | None = None
    across: Key | None = None
    across_cells: tuple[Cell, ...] = ()
    gives: tuple[Name, ...] = ()
    choice: TypeName | None = None


# ---- what must hold ----------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Rule(Node):
    """`require`, `advise`, `duty`, `note`: all conditions must hold, when every `when` holds."""

    kind: Literal["require", "advise", "duty", "note"]
    heading: Heading
    conditions: tuple[Value, ...]
    whens: tuple[When, ...] = ()


@frozen(eq=False, repr=False)
class Exception_(Node):
    """`exception island to distance_limit`: the rule does not apply when this holds."""

    heading: Heading
    to: Name
    conditions: tuple[Value, ...]
    whens: tuple[When, ...] = ()


# ---- money -------------------------------------------------------------------------------------------------------

Excess: TypeAlias = Literal["trimmed", "pro_rata", "last_first", "drops_line", "refuses"]


@frozen(eq=False, repr=False)
class FromLines(Node):
    """`from costs counting amount`."""

    many: Many
    counting: Value


@frozen(eq=False, repr=False)
class Sharing(Node):
    """`from partners sharing award, in proportion to effort`; `by` is `None` for `in equal parts`."""

    many: Many
    amount: Value
    by: Value | None = None


@frozen(eq=False, repr=False)
class FromAmount(Node):
    """`from price`: one amount without a list; the cost steps, rates and ceilings apply to it."""

    value: Value


@frozen(eq=False, repr=False)
class ComputedAs(Node):
    """`computed as …`, also by cases: an amount of support, no cost and no rate."""

    value: Cases


@frozen(eq=False, repr=False)
class Step(Node):
    """What all steps of a support share."""

    heading: Heading
    whens: tuple[When, ...] = field(default=(), kw_only=True)
    wheres: tuple[Where, ...] = field(default=(), kw_only=True)


@frozen(eq=False, repr=False)
class EligibleCost(Step):
    """`eligible cost`: `only where …` (keep) and `except where …` lines; all must hold."""

    only: tuple[Value, ...] = ()
    excepted: tuple[Value, ...] = ()


@frozen(eq=False, repr=False)
class Limit(Node):
    """
    One limit of a ceiling.

    `scope`: each (line), together, per (`keys`), with_other (`other` is other aid), single (`at most X` on an amount
    without a list), none (`no ceiling`).
    """

    scope: Literal["each", "together", "per", "with_other", "single", "none"]
    amount: Value | None = None
    keys: tuple[Value, ...] = ()
    other: Value | None = None


@frozen(eq=False, repr=False)
class Ceiling(Step):
    """`cost ceiling` and `support ceiling`."""

    on: Literal["cost", "support"]
    limits: tuple[Limit, ...]
    excess: Excess | None


@frozen(eq=False, repr=False)
class CountLimit(Step):
    """`the first 5 by held_on, earliest first`, perhaps `per company`."""

    number: Value
    by: Value
    direction: Direction
    per: tuple[Value, ...] = ()


@frozen(eq=False, repr=False)
class RateStep(Step):
    """`rate`: a percentage of the cost, also by cases or from a table."""

    value: Cases


@frozen(eq=False, repr=False)
class Bonus(Step):
    """`plus 15 percentage points`, perhaps `on part_amount`; `increased by 10%`."""

    how: Literal["plus", "increased_by"]
    value: Value
    part: Value | None = None


@frozen(eq=False, repr=False)
class RateCeiling(Step):
    """`rate ceiling`: `at most 80%`."""

    amount: Value


@frozen(eq=False, repr=False)
class Proration(Step):
    """`proration`: `multiplied by months / 12`."""

    factor: Value


@frozen(eq=False, repr=False)
class Supplement(Step):
    """`supplement`: `plus 300 EUR`, `within the ceilings` or `on top of the ceilings`."""

    amount: Value
    within_ceilings: bool


@frozen(eq=False, repr=False)
class Floor(Step):
    """`nothing is paid below 740 USD`; `raised to 200 EUR, where anything is paid` or `…, in any case`."""

    how: Literal["less_not_paid", "raised_to"]
    amount: Value
    in_any_case: bool = False


@frozen(eq=False, repr=False)
class RoundingStep(Step):
    """
    `rounding down in steps of 0.01 TRY, each line` or `…, once at the end`; it may stand at any place.

    `place` is `None` where the rounding that is named says it.
    """

    way: Way
    place: RoundingPlace | None


@frozen(eq=False, repr=False)
class Due(Node):
    """
    When an instalment is due: on a day (`on`), once a condition holds (`once`), after an event that the data do not
    hold (`after`, in several languages), or every so often from a day on (`every`, `on`).
    """

    on: Value | None = None
    once: Value | None = None
    after: tuple[Text, ...] = ()
    every: Value | None = None


@frozen(eq=False, repr=False)
class Instalment(Node):
    """
    `instalment advance "…"`; `equal instalments monthly "…"` where `parts` is a number.

    `amount` is a share of the support or an amount, `None` for the rest.  `left_over`: the part that takes what the
    rounding of equal parts leaves.
    """

    heading: Heading
    amount: Value | None
    at_most: Value | None = None
    rounding: Way | None = None
    due: Due | None = None
    parts: Num | None = None
    left_over: Literal["first", "last"] | None = None
    whens: tuple[When, ...] = ()


SupportStep: TypeAlias = Union[
    EligibleCost, Ceiling, CountLimit, RateStep, Bonus, RateCeiling, Proration, Supplement, Floor, RoundingStep,
]  # fmt: skip


@frozen(eq=False, repr=False)
class Support(Node):
    """
    `support grant "…"`, top to bottom.

    `excess` is the default for its ceilings.  `requires` are conditions of entry of this support alone.
    `not_together`: supports beside which this one is not paid.
    """

    heading: Heading
    base: FromLines | Sharing | FromAmount | ComputedAs | None
    steps: tuple[SupportStep, ...]
    whens: tuple[When, ...] = ()
    requires: tuple[Rule, ...] = ()
    excess: Excess | None = None
    not_together: tuple[Name, ...] = ()
    only_a_basis: bool = False
    repayable: bool = False
    instalments: tuple[Instalment, ...] = ()


@frozen(eq=False, repr=False)
class JointCeiling(Node):
    """`support ceiling` outside a support: `over a, b`, `together at most X`, `excess …`."""

    heading: Heading
    over: tuple[Name, ...]
    amount: Value
    excess: Excess | None
    whens: tuple[When, ...] = ()


@frozen(eq=False, repr=False)
class SharedRounding(Node):
    """`rounding` outside a support: one that has a name; `place` where it is about the lines of a support."""

    heading: Heading
    way: InSteps
    place: RoundingPlace | None


@frozen(eq=False, repr=False)
class Score(Node):
    """`score relevance "…"`: points, also by cases."""

    heading: Heading
    value: Cases


@frozen(eq=False, repr=False)
class OrderKey(Node):
    """`order by mark, highest first`; the keys after the first are `then by`."""

    by: Value
    direction: Direction


@frozen(eq=False, repr=False)
class NoRoom(Node):
    """
    `if one does not fit …`.

    `how`: stop, skip, part (`where`: only those; the others by `otherwise`), share (in proportion to the amounts
    `asked`, to a figure `by` the programme, or in `equal` parts).
    """

    how: Literal["stop", "skip", "part", "share"]
    where: Value | None = None
    otherwise: Literal["stop", "skip"] | None = None
    share: Literal["asked", "by", "equal"] | None = None
    by: Value | None = None


@frozen(eq=False, repr=False)
class Ranking(Node):
    """
    `ranking by_mark "…"`: the order of the eligible applications, and how the money is given out in it.

    `first`, `least` and `most` bound the parts of a budget that is shared: what each gets before anything is shared, and
    the least and the most of it in the end.  With `per` each group has a budget and an order of its own.
    """

    heading: Heading
    budget: Value | None
    order: tuple[OrderKey, ...]
    awards: Value | None
    reserve: Value | None
    set_aside: Value | None
    first: Value | None
    least: Value | None
    most: Value | None
    no_room: NoRoom | None
    per: tuple[Value, ...] = ()


# ---- examples and promises ---------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Absent(Node):
    """`absent` as a value in an example."""


@frozen(eq=False, repr=False)
class Unknown(Node):
    """`unknown` as a value in an example."""


Given_: TypeAlias = Union[Value, Absent, Unknown]


@frozen(eq=False, repr=False)
class FactLine(Node):
    """`submitted 2023-09-04 00:00`; several values for `some of`."""

    name: Name
    values: tuple[Given_, ...]


@frozen(eq=False, repr=False)
class FactTable(Node):
    """A list of an example: `columns` (`None` is `times`) and rows of cells (several values for `some of`)."""

    name: Name
    columns: tuple[Name | None, ...]
    rows: tuple[tuple[tuple[Given_, ...], ...], ...]


@frozen(eq=False, repr=False)
class Setting(Node):
    """`with parameter x  value` in an example: another reading."""

    name: Name
    value: Value


@frozen(eq=False, repr=False)
class Expect(Node):
    """
    What an example expects.

    `kind`: eligible, not_eligible, undecided, binding, warning (with `names`), condition, or
    does_not_apply (`names` are supports).
    """

    kind: Literal[
        "eligible", "not_eligible", "undecided", "binding", "warning", "does_not_apply", "condition"
    ]
    names: tuple[Name, ...] = ()
    condition: Value | None = None


@frozen(eq=False, repr=False)
class Example(Node):
    """`example smallest_cluster "…"`."""

    heading: Heading
    like: Name | None
    facts: tuple[FactLine | FactTable, ...]
    expects: tuple[Expect, ...]
    settings: tuple[Setting, ...] = ()


RankingOutcome: TypeAlias = Literal[
    "funded", "funded_in_part", "reserve", "not_funded", "not_eligible", "not_decided"
]


@frozen(eq=False, repr=False)
class Outcome(Node):
    """`on the reserve list`, as a cell of a ranking example."""

    kind: RankingOutcome


@frozen(eq=False, repr=False)
class RankedColumn(Node):
    """A column of a ranking example: the example that an application is like, a fact, or what is expected."""

    kind: Literal["like", "fact", "outcome", "place", "amount"]
    name: Name | None = None


@frozen(eq=False, repr=False)
class RankedRow(Node):
    """An application of a ranking example: its name, and a cell for each column behind it."""

    name: Name
    cells: tuple[tuple[Given_, ...] | Outcome, ...]


@frozen(eq=False, repr=False)
class RankingExample(Node):
    """
    `ranking example second_waits "…"`: applications together, and what a ranking must come to.

    `tied`: those for whose sake it must be refused; `left_over`: what must be left of the budget.
    """

    heading: Heading
    ranking: Name | None
    columns: tuple[RankedColumn, ...]
    rows: tuple[RankedRow, ...]
    tied: tuple[Name, ...] = ()
    left_over: Value | None = None
    settings: tuple[Setting, ...] = ()


@frozen(eq=False, repr=False)
class Invariance(Node):
    """
    `grant never decreases when members rise`, `grant is unchanged when members are reordered`, `… are split`,
    `… when x changes`, `grant has no cliff larger than 500 EUR when turnover rises` (with its `limit`).
    """

    figure: Value
    how: Literal[
        "never_decreases",
        "never_increases",
        "unchanged_reordered",
        "unchanged_split",
        "unchanged",
        "no_cliff",
    ]
    fact: Value
    limit: Value | None = None


@frozen(eq=False, repr=False)
class Promised(Node):
    """
    What a promise says of the whole answer: `eligible`, `not eligible`, `meets enough_firms`, `fails enough_firms`; of
    another programme: `decided as in tr.old`, `grant is as in tr.old`.
    """

    kind: Literal["eligible", "not_eligible", "meets", "fails", "as_in"]
    rule: Name | None = None
    programme: Name | None = None


@frozen(eq=False, repr=False)
class Promise(Node):
    """`promise`: conditions that always hold, what is said of eligibility, or invariances."""

    heading: Heading
    conditions: tuple[Value, ...]
    invariances: tuple[Invariance, ...]
    whens: tuple[When, ...] = ()
    promised: tuple[Promised, ...] = ()


# ---- amendments --------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Add(Node):
    """`add require …`: a statement of an amendment; in `within support` a step, a condition or an
    instalment of the support.
    """

    statement: Statement | SupportStep | Instalment


@frozen(eq=False, repr=False)
class Replace(Node):
    """`replace require …`: the statement of the same name is no more, and this one stands in its place."""

    statement: Statement | SupportStep | Instalment


@frozen(eq=False, repr=False)
class Repeal(Node):
    """`repeal online`, `repeal cost's is_new`: the statement is no more.  The heading has its name and its citations."""

    heading: Heading
    owner: Name | None = None


@frozen(eq=False, repr=False)
class WithinSupport(Node):
    """`within support grant`: changes of the steps and conditions of a support."""

    support: Name
    changes: tuple[Add | Replace | Repeal, ...]


# ---- a whole file ------------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Broken(Node):
    """A statement that made no sense; `keyword` is what it began with and `name` its name where one was read."""

    keyword: str | None
    name: Name | None = None


Statement: TypeAlias = Union[
    Programme, SourceText, Record, Application, CodeList, Parameter, Indicator, Define, Result, Table, Rule, Exception_,
    Support, JointCeiling, SharedRounding, WorkingCalendar, Score, Ranking, Example, RankingExample, Promise, Use, Add, Replace, Repeal, WithinSupport, Broken,
]  # fmt: skip


@frozen(eq=False, repr=False)
class Module(Node):
    """A whole file: its language, its statements in order, and its comments (text and span)."""

    language: Literal["en", "tr"]
    statements: tuple[Statement, ...]
    comments: tuple[Text, ...] = field(default=(), eq=False)
