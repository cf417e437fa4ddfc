"""
What generated code calls: the operations on values that may be undecided, and the rarer steps of a support.

Generated code holds a number as an integer that counts *parts* (`core.scales`): 12.50 in parts of 100 is 1250.  A
number that is no whole number of its parts is a `Fraction` of them, which every operator takes in an integer's place.
What is undecided is an `Undecided`, as in the answer.  The functions made here bring such values into the form of
`intervals`, where the rules for them stand once, and back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, Any, TypeAlias

from grantrules import calendars
from grantrules.core import ir
from grantrules.evaluate.intervals import (
    ZERO,
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
    one_holds,
    opposite,
    over,
    plus,
    rounded,
    smallest,
    times,
    within,
)
from grantrules.evaluate.outcome import Binding, Undecided, Value
from grantrules.evaluate.reference import jointly, where_it_applies
from grantrules.evaluate.unknown import UnknownRecord, UnknownRows
from grantrules.quantities import largest_remainder
from grantrules.reference import nace, regions
from grantrules.types import Date, Month, Nace, Region, Type, Year

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Held: TypeAlias = Any
"""A value as generated code holds it."""

Parts: TypeAlias = int | None
"""What a number is counted in; `None` for what is no number."""

Lifted: TypeAlias = Callable[..., Held]
"""An operation on values that may be undecided."""


def real(held: Held, parts: Parts) -> Value:
    """A value in the form of `intervals`."""
    return held if parts is None or held.__class__ is Undecided else Fraction(held, parts)


def units(value: Value, parts: Parts) -> Held:
    """A value in the form of generated code."""
    if parts is None or value.__class__ is Undecided:
        return value
    counted = value * parts
    return counted.numerator if counted.denominator == 1 else counted


def reals(held: Iterable[Held], parts: Sequence[Parts]) -> list[Value]:
    """Several values in the form of `intervals`."""
    return [real(each, part) for each, part in zip(held, parts, strict=True)]


# ---- numbers -------------------------------------------------------------------------------------------------------


def quotient(left: int | Fraction, right: int | Fraction) -> int | Fraction:
    """An exact quotient."""
    if right == 1:
        return left
    found = Fraction(left) / right
    return found.numerator if found.denominator == 1 else found


def half_up(value: int | Fraction, parts: int) -> int:
    """`value / parts` rounded to a whole number, away from zero on a tie."""
    if value < 0:
        return -int((parts - 2 * value) // (2 * parts))
    return int((2 * value + parts) // (2 * parts))


def half_even(value: int | Fraction, parts: int) -> int:
    """`value / parts` rounded to a whole number, to the even one on a tie."""
    lower, rest = divmod(value, parts)
    beyond = 2 * rest - parts
    return int(lower) + 1 if beyond > 0 or (beyond == 0 and lower % 2) else int(lower)


def _alone(operands: Sequence[Held]) -> Undecided | None:
    """
    The one undecided operand, if there is one and it has no bounds, as a failure has none.

    A sum with it is undecided for the same reasons and has no bounds either, so it is the sum.
    """
    found: Undecided | None = None
    for each in operands:
        if each.__class__ is Undecided:
            if found is not None or each.lowest is not None or each.highest is not None:
                return None
            found = each
    return found


def adding(signs: Sequence[int], of: Sequence[Parts], parts: int) -> Lifted:
    """The sum of terms with their signs."""

    def add(*terms: Held) -> Held:
        alone = _alone(terms)
        if alone is not None:
            return alone
        found = reals(terms, of)
        return units(plus([times((Fraction(s), each)) for s, each in zip(signs, found, strict=True)]), parts)

    return add


def multiplying(of: Sequence[Parts], parts: int) -> Lifted:
    """The product of factors."""

    def multiply(*factors: Held) -> Held:
        alone = _alone(factors)
        if alone is not None and 0 not in factors:
            return alone
        return units(times(reals(factors, of)), parts)

    return multiply


def dividing(of: Sequence[Parts], parts: int, what: str) -> Lifted:
    """The quotient of two numbers."""

    def divide(left: Held, right: Held) -> Held:
        return units(over(real(left, of[0]), real(right, of[1]), what), parts)

    return divide


def rounding(mode: ir.Rounding, step: Fraction, of: Parts, parts: int) -> Lifted:
    """A number rounded to a multiple of a step."""

    def round_(value: Held) -> Held:
        alone = _alone((value,))
        if alone is not None:
            return alone
        return units(rounded(real(value, of), mode, step), parts)

    return round_


def extreme(which: str, of: Sequence[Parts], parts: int) -> Lifted:
    """The smallest or the largest of some numbers."""
    pick = smallest if which == "smallest" else largest

    def choose(*values: Held) -> Held:
        return units(pick(reals(values, of)), parts)

    return choose


# ---- what is absent ------------------------------------------------------------------------------------------------


def path(*parts: str | int) -> str:
    """A place in the application: `costs[2].amount`."""
    return "".join(map(str, parts))


def absent(*parts: str | int) -> Undecided:
    """What an absent value becomes where it is used."""
    return failed("absent", path(*parts))


def empty(*parts: str | int) -> Undecided:
    """The average of nothing."""
    return failed("empty_list", path(*parts))


def tied(*parts: str | int) -> Undecided:
    """The one value of rows that differ."""
    return failed("tie", path(*parts))


# ---- truths --------------------------------------------------------------------------------------------------------


def every(*parts: Held) -> Held:
    """Three-valued *and*."""
    return all_hold(parts)


def some(*parts: Held) -> Held:
    """Three-valued *or*."""
    return one_holds(parts)


def comparing(how: str, left: Parts, right: Parts) -> Lifted:
    """Whether two values stand in an order."""

    def compare(first: Held, second: Held) -> Held:
        alone = _alone((first, second))
        if alone is not None:
            return alone
        return compared(how, real(first, left), real(second, right))

    return compare


def one_of(values: Sequence[Any], parts: Parts) -> Lifted:
    """Whether a value is one of several constants."""

    def is_one_of(value: Held) -> Held:
        found = real(value, parts)
        return one_holds(compared("eq", found, each) for each in values)

    return is_one_of


def doubt(value: Undecided) -> Undecided:
    """Any other question about an undecided value: undecided for the same causes."""
    return Undecided(value.causes)


def given(value: Held) -> Held:
    """Whether there is a record or a row at all, where a record or a list may be unknown."""
    if isinstance(value, (UnknownRecord, UnknownRows)):
        return value.doubt
    return value is not None and (value.__class__ is not list or bool(value))


def may_be_absent(record: Held) -> bool:
    """Whether a record is unknown and may turn out absent: nothing is then known of what is computed of it."""
    return isinstance(record, UnknownRecord) and record.may_be_absent


def doubt_of(record: UnknownRecord) -> Undecided:
    """What is known of an unknown record as a whole."""
    return record.doubt


class Membership(dict[str, bool]):
    """Whether a code is in a code list, worked out once for each code that comes along."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[str], bool]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, code: str) -> bool:
        found = self._find(code)
        if len(self) < _MOST_CODES:
            self[code] = found
        return found


_MOST_CODES = 10_000


# ---- cases ---------------------------------------------------------------------------------------------------------


def choosing(mode: str, of: Sequence[Parts], parts: Parts, what: str, *, otherwise: bool) -> Lifted:
    """The arm whose condition holds: called with each condition and value in turn, and with the value otherwise."""
    count = len(of) - otherwise

    def choose(*held: Held) -> Held:
        conditions = held[: 2 * count : 2]
        values = reals((*held[1 : 2 * count : 2], *held[2 * count :]), of)
        left = values[count] if otherwise else None
        pairs = list(zip(conditions, values, strict=False))
        found = (_first if mode == "first" else _only)(mode, pairs, left, what)
        return units(found, parts)

    return choose


def _first(_: str, arms: Sequence[tuple[Value, Value]], otherwise: Value, what: str) -> Value:
    taken: list[tuple[Value, Value]] = []
    for condition, value in arms:
        if condition is not False:
            taken.append((condition, value))
        if condition is True:
            break
    return _chosen(taken, otherwise, what)


def _only(mode: str, arms: Sequence[tuple[Value, Value]], otherwise: Value, what: str) -> Value:
    taken = [arm for arm in arms if arm[0] is not False]
    sure = [value for condition, value in taken if condition is True]
    if len(sure) > 1 and (mode == "one" or _differ(sure)):
        return failed("several_lines", what)
    values = [value for _, value in taken]
    if len(values) > 1:
        if mode == "one" or not all(decided(value) and value == values[0] for value in values):
            return Undecided(causes_of([part for arm in taken for part in arm]))
        # One arm stands for all: a sure one, if there is any.
        doubts = causes_of(condition for condition, _ in taken)
        return values[0] if sure else _otherwise(values[:1], doubts, otherwise, what)
    return _chosen(taken, otherwise, what)


def _chosen(taken: Sequence[tuple[Value, Value]], otherwise: Value, what: str) -> Value:
    """One of the arms that may be taken; if the last one is not sure, perhaps none of them."""
    doubts = causes_of(condition for condition, _ in taken)
    values = [value for _, value in taken]
    if any(condition is True for condition, _ in taken):
        return hull(values, doubts)
    return _otherwise(values, doubts, otherwise, what)


def _otherwise(values: list[Value], doubts: Any, otherwise: Value, what: str) -> Value:
    if otherwise is not None:
        return hull([*values, otherwise], doubts)
    return Undecided(doubts | causes_of(values)) if values else failed("no_line", what)


def _differ(values: Sequence[Value]) -> bool:
    """Whether some values cannot all be equal."""
    known = [value for value in values if decided(value)]
    lows = [low for low in map(lowest, values) if low is not None]
    highs = [high for high in map(highest, values) if high is not None]
    return any(value != known[0] for value in known) or bool(lows and highs and max(lows) > min(highs))


# ---- lists ---------------------------------------------------------------------------------------------------------


def aggregating(what: str, of: Parts, parts: Parts) -> Lifted:
    """A figure over rows: called with `where` and `of` of each row, and the path of the list."""

    def aggregate(wheres: Sequence[Held], values: Sequence[Held], path: str) -> Held:
        rows = [
            (where, None if value is None else real(value, of))
            for where, value in zip(wheres, values, strict=True)
            if where is not False
        ]
        return units(_FIGURES[what](rows, path), parts)

    return aggregate


def aggregating_unknown(what: str, of: Parts, parts: Parts) -> Lifted:
    """A figure over an unknown list: called with `where` and `of` of the row that stands for all, and the list."""

    def aggregate(wheres: Sequence[Held], values: Sequence[Held], rows: UnknownRows) -> Held:
        if rows.may_be_absent:
            return rows.doubt
        where, value = wheres[0], None if values[0] is None else real(values[0], of)
        return units(_of_unknown_list(what, where, value, rows), parts)

    return aggregate


def _of_unknown_list(what: str, where: Value, of: Value, rows: UnknownRows) -> Value:
    none = where is False
    causes = rows.doubt.causes | causes_of((where, of))
    match what:
        case "number" | "different":
            return ZERO if none else interval(ZERO, highest(rows.number), causes)
        case "total":
            return ZERO if none else times((rows.number, of))
        case "every":
            return True if none or of is True else Undecided(causes)
        case "any":
            return False if none or of is False else Undecided(causes)
        case _:
            return failed("empty_list", rows.path) if none else Undecided(causes)


_Rows: TypeAlias = Sequence[tuple[Value, Value]]


def _number(rows: _Rows, _: str) -> Value:
    sure = sum(1 for where, _ in rows if where is True)
    return interval(Fraction(sure), Fraction(len(rows)), _causes(rows))


def _different(rows: _Rows, _: str) -> Value:
    sure = [value for where, value in rows if where is True]
    known = {value for value in sure if decided(value)}
    further = {value for where, value in rows if where is not True and decided(value)} - known
    doubtful = sum(1 for _, value in rows if not decided(value))
    low = max(len(known), 1 if sure else 0)
    return interval(Fraction(low), Fraction(len(known) + len(further) + doubtful), _causes(rows))


def _total(rows: _Rows, _: str) -> Value:
    return plus([value if where is True else hull((ZERO, value), where.causes) for where, value in rows])


def _every(rows: _Rows, _: str) -> Value:
    return all_hold(one_holds((opposite(where), value)) for where, value in rows)


def _any(rows: _Rows, _: str) -> Value:
    return one_holds(all_hold(row) for row in rows)


def _average(rows: _Rows, path: str) -> Value:
    sure = [value for where, value in rows if where is True]
    if not sure:
        return Undecided(_causes(rows)) if rows else failed("empty_list", path)
    mean = times((plus(sure), Fraction(1, len(sure))))
    found = [mean, *(value for where, value in rows if where is not True)]
    return interval(least_of(map(lowest, found)), greatest_of(map(highest, found)), _causes(rows))


def _smallest(rows: _Rows, path: str) -> Value:
    sure = [value for where, value in rows if where is True]
    if not sure:
        return Undecided(_causes(rows)) if rows else failed("empty_list", path)
    low, high = least_of(lowest(value) for _, value in rows), highest(smallest(sure))
    return interval(low, high, _causes([row for row in rows if not within(high, lowest(row[1]))]))


def _largest(rows: _Rows, path: str) -> Value:
    sure = [value for where, value in rows if where is True]
    if not sure:
        return Undecided(_causes(rows)) if rows else failed("empty_list", path)
    low, high = lowest(largest(sure)), greatest_of(highest(value) for _, value in rows)
    return interval(low, high, _causes([row for row in rows if not within(highest(row[1]), low)]))


def _of_the_only(rows: _Rows, path: str) -> Value:
    sure = [value for where, value in rows if where is True]
    if not sure:
        return Undecided(_causes(rows)) if rows else failed("empty_list", path)
    if _differ(sure):
        return failed("tie", path)
    first = rows[0][1]
    same = all(decided(value) and value == first for _, value in rows)
    return first if same or len(rows) == 1 else Undecided(_causes(rows))


def _causes(rows: _Rows) -> Any:
    return causes_of(part for row in rows for part in row)


_FIGURES: Mapping[str, Callable[[_Rows, str], Value]] = {
    "number": _number,
    "different": _different,
    "total": _total,
    "average": _average,
    "smallest": _smallest,
    "largest": _largest,
    "only": _of_the_only,
    "every": _every,
    "any": _any,
}


# ---- codes ---------------------------------------------------------------------------------------------------------


def membership(codes: ir.CodeSet, *, coarser: bool) -> Callable[[str], bool]:
    """Whether a code is in a code list, or is less precise than one the list holds."""

    def within(code: str, listed: Iterable[str]) -> bool:
        return any(_is_within(code, each, codes.type) for each in listed)

    def is_in(code: str) -> bool:
        return within(code, codes.included) or (
            within(code, codes.codes) and not within(code, codes.excepted)
        )

    if not coarser:
        return is_in
    held = [code for code in (*codes.codes, *codes.included) if is_in(code)]

    def is_coarser(code: str) -> bool:
        return not is_in(code) and any(each != code and _is_within(each, code, codes.type) for each in held)

    return is_coarser


def _is_within(code: str, listed: str, kind: Type) -> bool:
    match kind:
        case Nace(revision):
            return nace.is_within(code, listed, "2" if revision == "2" else "2.1")
        case Region():
            return regions.is_within(code, listed)
        case _:
            return code == listed


# ---- the calendar --------------------------------------------------------------------------------------------------

_MONTH_ENDS: Mapping[str, calendars.MonthEnd] = {
    "refused": calendars.MonthEnd.REFUSED,
    "last_day": calendars.MonthEnd.LAST_DAY,
    "next_day": calendars.MonthEnd.NEXT_DAY,
}

_GROWING: Mapping[str, tuple[int, ...]] = {
    "year": (1,),
    "month": (1,),
    "first_day": (1,),
    "last_day": (1,),
    "days_between": (-1, 1),
    "working_days_between": (-1, 1),
    "years_between": (-1, 1),
    "months_between": (-1, 1),
}
"""Whether the result grows with each argument, or falls."""


def calendar(expr: ir.Calendar, zone_name: str, what: str) -> tuple[Lifted, Lifted]:
    """A function of the calendar: for known arguments, and for those that may be undecided."""
    zone = calendars.zone(zone_name)
    if zone is None:
        raise ValueError(f"no zone {zone_name}")
    known = _known_calendar(expr, zone, failed("no_such_day", what))
    growing = _GROWING.get(expr.what)
    if expr.what == "shift_days" and isinstance(expr.type, Date):
        growing = (1, expr.sign)

    def find(*args: Held) -> Held:
        if all(map(decided, args)):
            return known(*args)
        if growing is None:
            return Undecided(causes_of(args))
        lows = [(lowest if sign > 0 else highest)(arg) for sign, arg in zip(growing, args, strict=True)]
        highs = [(highest if sign > 0 else lowest)(arg) for sign, arg in zip(growing, args, strict=True)]
        low = None if None in lows else known(*map(int, lows))
        high = None if None in highs else known(*map(int, highs))
        if low is None and expr.what in {"years_between", "months_between"}:
            low = 0
        return interval(low, high, causes_of(args))

    return known, find


def _known_calendar(expr: ir.Calendar, zone: ZoneInfo, no_such_day: Undecided) -> Lifted:
    first = expr.args[0].type
    match expr.what:
        case "local_date":
            return _local_date(zone)
        case "start_of_day":
            return lambda day: calendars.start_of_day(day, zone)
        case "year":
            return calendars.year_of
        case "month":
            return calendars.month_of
        case "first_day":
            return calendars.first_day_of_year if isinstance(first, Year) else calendars.first_day_of_month
        case "last_day":
            start = calendars.first_day_of_year if isinstance(first, Year) else calendars.first_day_of_month
            return lambda of: start(of + 1) - 1
        case "days_in_month" if isinstance(first, Month):
            return lambda month: calendars.days_in_month(calendars.first_day_of_month(month))
        case "days_in_month":
            return calendars.days_in_month
        case "years_between":
            return lambda start, end: max(0, calendars.completed_years(start, end))
        case "months_between":
            return lambda start, end: max(0, calendars.completed_months(start, end))
        case "days_between":
            return lambda start, end: calendars.days_between(start, end, both_counted=expr.both)
        case "working_days_between":
            return lambda start, end: calendars.working_days_between(
                start, end, expr.holidays, both_counted=expr.both
            )
        case "shift_hours":
            return lambda moment, hours: moment + expr.sign * hours * 3600
        case _:
            return _shift(expr, zone, no_such_day)


def _local_date(zone: ZoneInfo) -> Lifted:
    """The day that a calendar shows at a moment, quickly for the moments of our times."""
    start = datetime(1970, 1, 1, tzinfo=zone)
    first, last = -(10**9), 10**10

    def local_date(moment: int) -> int:
        if first < moment < last:
            return zone.fromutc(start + timedelta(0, moment)).toordinal()
        return calendars.local_date(moment, zone)

    return local_date


def _shift(expr: ir.Calendar, zone: ZoneInfo, no_such_day: Undecided) -> Lifted:
    end = _MONTH_ENDS[expr.month_end]

    def shifted(day: int, count: int) -> int | None:
        match expr.what:
            case "shift_months":
                return calendars.add_months(day, count, end)
            case "shift_working_days":
                return calendars.add_working_days(day, count, expr.holidays)
            case _:
                return day + count

    def shift_day(day: int, count: int) -> Held:
        found = shifted(day, expr.sign * count)
        return no_such_day if found is None else found

    def shift_moment(moment: int, count: int) -> Held:
        day, seconds = calendars.local_time(moment, zone)
        found = shifted(day, expr.sign * count)
        there = None if found is None else calendars.moment(found, seconds, zone)
        return there if isinstance(there, int) else no_such_day

    return shift_day if isinstance(expr.type, Date) else shift_moment


# ---- the answer ----------------------------------------------------------------------------------------------------


def not_failed(when: Held, holds: Held) -> bool | None:
    """Whether a requirement did not fail; `None` while that is undecided."""
    if when is False or holds is True:
        return True
    return False if holds is False and when is True else None


def not_refused(cuts: bool, applies: Held) -> bool | None:  # noqa: FBT001 - It is the truth asked about.
    """Whether a ceiling of a support does not refuse."""
    if not cuts or applies is False:
        return True
    return False if applies is True else None


def not_refused_by(bindings: Iterable[Binding], applies: Held) -> bool | None:
    """The same for a support of which not all is known, or for a ceiling over several: by what is said of ceilings."""
    refusing = [binding for binding in bindings if binding.refuses]
    if not refusing or applies is False:
        return True
    return False if applies is True and any(binding.certain for binding in refusing) else None


def one_applies(*applies: Held) -> bool | None:
    """Whether one of several supports applies."""
    if any(each is True for each in applies):
        return True
    return None if any(each is not False for each in applies) else False


# ---- what is paid where not all is known ---------------------------------------------------------------------------


def applied(amount: Held, applies: Held) -> Held:
    """What others see of an amount of a support that may not apply."""
    return units(where_it_applies(real(amount, 1), applies), 1)


def capping(joint: ir.Joint, parts: Sequence[int], limit_parts: int) -> Lifted:
    """A ceiling over several supports: called with its `when`, the limit and the totals; gives them and the bindings."""

    def cap(when: Held, limit: Held, *totals: Held) -> tuple[Held, ...]:
        before = reals(totals, parts)
        after, bindings = (
            ([*before], ()) if when is False else jointly(joint, when, before, real(limit, limit_parts))
        )
        return (*(units(each, 1) for each in after), bindings)

    return cap


# ---- steps of a support --------------------------------------------------------------------------------------------


def spanned(amount: Held, parts: int, applies: Undecided) -> Held:
    """What others see of an amount of a support that may not apply."""
    return units(hull((ZERO, real(amount, parts)), applies.causes), parts)


def ratio(above: int | Fraction, below: int | Fraction) -> tuple[int, int]:
    """A fraction of which the lower part is above 0, as two integers as small as can be."""
    if above.__class__ is int and below.__class__ is int:
        divisor = gcd(above, below)
        return above // divisor, below // divisor
    found = Fraction(above) / below
    return found.numerator, found.denominator


def picked(
    candidates: Sequence[tuple[Any, Any, int, int | Fraction]],
    number: int,
    descending: bool,  # noqa: FBT001 - One of the facts of an order.
) -> list[int] | None:
    """
    The lines that are not among the first of their group.

    Args:
        candidates: of each line its group, what it is ordered by, its number and its amount.
        number: how many are kept of each group.

    Returns:
        the numbers of the lines that are dropped; `None` where the order does not decide which.
    """
    groups: dict[Any, list[tuple[Any, int, int | Fraction]]] = {}
    for group, by, at, amount in candidates:
        groups.setdefault(group, []).append((by, at, amount))
    dropped: list[int] = []
    for lines in groups.values():
        lines.sort(key=lambda line: line[0], reverse=descending)
        kept, rest = lines[: max(number, 0)], lines[max(number, 0) :]
        if kept and rest and kept[-1][0] == rest[0][0]:
            tied = {amount for by, _, amount in lines if by == rest[0][0]}
            if len(tied) > 1:
                return None
        dropped += [at for _, at, _ in rest]
    return dropped


_ROUNDERS: Mapping[str, Callable[[Any, int], int]] = {
    "down": lambda value, by: int(value // by),
    "up": lambda value, by: -int(-value // by),
    "half_up": half_up,
    "half_even": half_even,
}


def handed_out(amounts: Sequence[int | Fraction], times: int, by: int, mode: str) -> list[int]:
    """Whole steps for each amount (times / by steps) that add up to their sum rounded, by largest remainder."""
    exact = [amount * times for amount in amounts]
    total = _ROUNDERS[mode](sum(exact), by)
    shares = [divmod(each, by) for each in exact]
    steps = [int(whole) for whole, _ in shares]
    left = total - sum(steps)
    # The sort is stable: of equal remainders the earlier line comes first.
    for at in sorted(range(len(shares)), key=lambda at: shares[at][1], reverse=True)[:left]:
        steps[at] += 1
    return steps


def cutting(joint: ir.Joint, parts: Sequence[int], limit_parts: int) -> Lifted:
    """A ceiling over several supports that is exceeded: called with their totals and the limit."""

    def cut(*held: Held) -> list[Held]:
        totals, limit = reals(held[:-1], parts), Fraction(held[-1], limit_parts)
        whole = sum(totals, ZERO)
        if joint.excess == "refuses":
            return [*held[:-1], whole - limit]
        after = (_pro_rata if joint.excess == "pro_rata" else _last_first)(totals, limit, joint.step)
        return [
            *(units(each, part) for each, part in zip(after, parts, strict=True)),
            whole - sum(after, ZERO),
        ]

    return cut


def _pro_rata(totals: list[Fraction], limit: Fraction, step: Fraction) -> list[Fraction]:
    whole = sum(totals, ZERO)
    shares = [total * limit / whole / step for total in totals]
    return [share * step for share in largest_remainder(shares, int(limit // step))]


def _last_first(totals: list[Fraction], limit: Fraction, step: Fraction) -> list[Fraction]:
    after, left = [], limit
    for total in totals:
        after.append(total if total <= left else max(ZERO, left) // step * step)
        left -= total
    return after
