"""
What can be said of a programme's figures before any application is seen.

For every expression: whether it may stay undecided, and of a number the *parts* it is counted in and the bounds it
keeps to.  A figure in parts of 100 is always a whole number of hundredths, so an evaluator may hold it as an integer;
a quotient, a mean or a share of a sum has no such parts and stays a fraction until it is rounded.  Bounds follow from
the declared bounds of the facts and lists, and from the digits and items that the limits allow.

Everything here is found from the leaves up, without recursion: a programme may be as deep as its limits let it be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from math import lcm
from typing import Any, NamedTuple, TypeAlias, cast

from grantrules.core import ir
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.quantities import Rounding, round_to
from grantrules.types import NUMERIC, Record

Bound: TypeAlias = int | Fraction | None

ROUNDING: dict[str, Rounding] = {
    "down": Rounding.DOWN,
    "up": Rounding.UP,
    "half_up": Rounding.HALF_UP,
    "half_even": Rounding.HALF_EVEN,
}

MOST_PARTS = 10**40
"""Beyond this a static denominator is given up: a product of many odd fractions is no cheaper than a fraction."""

MOST_BITS = 4096
"""Bounds that would take more are given up: a square of a square of a square … grows beyond any machine."""


class _Open:
    """What stands for a value that is not known beforehand."""

    def __repr__(self) -> str:
        return "OPEN"


OPEN = _Open()


class Shape(NamedTuple):
    """
    What is known of a value.

    Args:
        parts: a number is counted in 1 / `parts`.
        low, high: bounds in these parts, both included; `None`: no bound.  They hold where the value is decided.
        fails: the value may be undecided, or absent.
        value: the value, in these parts, where it is always the same; for `Fail` its reason, and `fails`.
        whole: a number is always a whole number of its parts; otherwise it may be any fraction of them.
    """

    parts: int = 1
    low: Bound = None
    high: Bound = None
    fails: bool = False
    value: Any = OPEN
    whole: bool = True

    @property
    def lowest(self) -> Fraction | None:
        """The lowest value."""
        return None if self.low is None else Fraction(self.low) / self.parts

    @property
    def highest(self) -> Fraction | None:
        """The highest value."""
        return None if self.high is None else Fraction(self.high) / self.parts

    @property
    def decimals(self) -> int | None:
        """
        How many decimals write every such value; `None` where no number of them does.

        >>> Shape(2000).decimals, Shape(3).decimals, Shape(whole=False).decimals
        (4, None, None)
        """
        if not self.whole:
            return None
        places, ten = 0, 1
        while ten % self.parts:
            places, ten = places + 1, ten * 10
            if places > self.parts.bit_length():
                return None
        return places

    def within(self, parts: int) -> Shape:
        """The same value counted in other parts."""
        if parts == self.parts:
            return self
        times: Bound = Fraction(parts, self.parts) if parts % self.parts else parts // self.parts
        low, high = _times(self.low, times), _times(self.high, times)
        return bounded(parts, low, high, fails=self.fails, whole=self.whole and isinstance(times, int))


UNSURE = Shape(fails=True)

Place: TypeAlias = tuple[str | int, ...]
"""A fact or field: its names from the inside out, then the number of the row's binder or the name of the fact."""

_AS_INSIDE = (
    ir.Add, ir.Mul, ir.Round, ir.Extreme, ir.Compare, ir.And, ir.Or, ir.Not, ir.OneOf, ir.InCodes, ir.Includes,
)  # fmt: skip
"""What fails only if something inside it does."""


def bounded(parts: int, low: Bound, high: Bound, *, fails: bool, whole: bool = True) -> Shape:
    """The shape of a number; one that lies between equal bounds and never fails is known."""
    low, high = _storable(low), _storable(high)
    known = low is not None and low == high and not fails
    return Shape(parts, low, high, fails, low if known else OPEN, whole)


def _storable(bound: Bound) -> Bound:
    if bound is None or max(bound.numerator.bit_length(), bound.denominator.bit_length()) <= MOST_BITS:
        return bound
    return None


def truth(value: Any, *, fails: bool) -> Shape:
    """The shape of a truth: known, or open."""
    return Shape(value=value) if value is not OPEN else Shape(fails=fails)


def _times(bound: Bound, factor: Bound) -> Bound:
    return None if bound is None or factor is None else bound * factor


def _plus(left: Bound, right: Bound) -> Bound:
    return None if left is None or right is None else left + right


def common(shapes: Iterable[Shape]) -> tuple[int, bool]:
    """The parts in which several figures are counted together, and whether all are whole numbers of them."""
    parts, whole = 1, True
    for each in shapes:
        parts, whole = lcm(parts, each.parts), whole and each.whole
    return (parts, whole) if parts <= MOST_PARTS else (1, False)


class Scales:
    """
    The shapes of all expressions of a programme, found when asked for.

    Args:
        program: the programme; what a figure of its body is must be said with `name` before it is referred to.
        limits: how many digits and items a fact may have where its declaration does not say.
        unknown: the facts and fields that may be unknown; all others are given, or known to be absent.
    """

    def __init__(
        self,
        program: ir.Program,
        limits: Limits = DEFAULT_LIMITS,
        *,
        unknown: frozenset[ir.FieldDef] = frozenset(),
    ) -> None:
        self.unknown = unknown
        self.items = limits.list_items
        self.largest_fact = 10**limits.digits
        self.shapes: dict[ir.Expr, Shape] = {}
        self.figures: dict[str, Shape] = {}
        self.fields = {
            (record.name, each.name): each for record in program.records.values() for each in record.fields
        }
        self.facts = {each.name: each for each in program.application.fields}
        self.computed = {(each.record, each.about.name): each for each in program.computed}
        self.below: dict[ir.Expr, tuple[ir.Expr, ...]] = {}
        """What stands directly inside an expression."""
        self.height: dict[ir.Expr, int] = {}
        """How deep an expression is."""
        self.single: set[ir.Expr] = set()
        self.shared: set[ir.Expr] = set()
        """The expressions that stand in one place at least, and in several."""

    def name(self, figure: str, shape: Shape) -> None:
        """A figure of the body has this shape: what `Ref` reads."""
        self.figures[figure] = shape

    def of(self, expr: ir.Expr) -> Shape:
        """The shape of an expression."""
        if expr not in self.shapes:
            self.note(expr)
            waiting = [expr]
            while waiting:
                each = waiting[-1]
                missing = [one for one in self.needs(each) if one not in self.shapes]
                if missing and each not in self.shapes:
                    waiting.extend(reversed(missing))
                    continue
                waiting.pop()
                if each not in self.shapes:
                    self.shapes[each] = _RULES[type(each)](self, each)
        return self.shapes[expr]

    def needs(self, expr: ir.Expr) -> tuple[ir.Expr, ...]:
        """What stands directly inside an expression, and what a computed field that it reads is."""
        below = self.below[expr]
        if isinstance(expr, ir.Field):
            computed = self.computed_field(expr)
            if computed is not None:
                self.note(computed.value)
                return (*below, computed.value)
        return below

    def computed_field(self, expr: ir.Field) -> ir.Computed | None:
        """The computed field that an expression reads, if it is one."""
        key = (_record(expr.of), expr.name)
        return None if key in self.fields else self.computed.get(key)

    def note(self, expr: ir.Expr) -> None:
        """Find what stands inside of an expression, and nothing more: figures it refers to may not be named yet."""
        waiting = [expr]
        below, height = self.below, self.height
        while waiting:
            each = waiting[-1]
            if each in height:
                waiting.pop()
                continue
            inside = below.get(each)
            if inside is None:
                inside = below[each] = tuple(ir.children(each))
                new = [child for child in inside if child not in below]
                if new:
                    waiting.extend(reversed(new))
                    continue
            waiting.pop()
            height[each] = 1 + max([height[child] for child in inside], default=0)
            for child in inside:
                (self.shared if child in self.single else self.single).add(child)

    def declared(self, of: ir.FieldDef) -> Shape:
        """The shape of a fact or field."""
        fails = of in self.unknown or of.optional or of.only_when is not None
        if not isinstance(of.type, NUMERIC):
            return Shape(fails=fails)
        parts = 10 ** (of.scale or 0)
        most = self.largest_fact * parts
        low = -most if of.minimum is None else of.minimum
        high = most if of.maximum is None else of.maximum
        return bounded(parts, low, high, fails=fails)

    def declaration(self, expr: ir.Expr) -> ir.FieldDef | None:
        """What declares a fact or a field; nothing declares anything else."""
        match expr:
            case ir.Fact(name):
                return self.facts[name]
            case ir.Field(of, name):
                return self.fields.get((_record(of), name))
            case _:
                return None

    def rows(self, expr: ir.Expr) -> int:
        """The most rows that a list may have."""
        declared = self.declaration(expr)
        most = None if declared is None else declared.maximum
        return self.items if most is None else min(most, self.items)

    def given_in(self, conditions: Iterable[ir.Expr]) -> frozenset[Place]:
        """The facts and fields that are given where some conditions hold."""
        found = set()
        waiting = list(conditions)
        while waiting:
            match waiting.pop():
                case ir.And(parts):
                    waiting.extend(parts)
                case ir.Given(value) if not self.may_fail(value):
                    found.add(self.place(value))
                case _:
                    pass
        return frozenset(each for each in found if each is not None)

    def place(self, expr: ir.Expr) -> Place | None:
        """Where a fact or field stands, so that the same can be told from another."""
        names: list[str | int] = []
        while isinstance(expr, ir.Field) and self.computed_field(expr) is None:
            names.append(expr.name)
            expr = expr.of
        match expr:
            case ir.Fact(name) | ir.Row(name):
                return (*names, name)
            case _:
                return None

    def fails_where(self, expr: ir.Expr, given: frozenset[Place]) -> bool:
        """Whether a value may be undecided although some facts and fields are given."""
        if not given or not self.shapes[expr].fails:
            return self.shapes[expr].fails
        waiting, fails = [expr], dict[ir.Expr, bool]()
        while waiting:
            each = waiting[-1]
            shape = self.shapes[each]
            if each in fails or not shape.fails:
                fails.setdefault(each, False)
                waiting.pop()
                continue
            if isinstance(each, (ir.Fact, ir.Field)):
                fails[each] = self.place(each) not in given
                continue
            if not isinstance(each, _AS_INSIDE):
                fails[each] = True
                continue
            missing = [inner for inner in self.below[each] if inner not in fails]
            if missing:
                waiting.extend(missing)
            else:
                fails[each] = any(fails[inner] for inner in self.below[each])
        return fails[expr]

    def may_fail(self, expr: ir.Expr) -> bool:
        """Whether a value may be undecided other than by being absent."""
        match expr:
            case ir.Fact(name):
                return self.facts[name] in self.unknown
            case ir.Field(of, name) if (_record(of), name) in self.fields:
                return self.fields[_record(of), name] in self.unknown or self.may_fail(of)
            case ir.Row():
                return False
            case _:
                return self.shapes[expr].fails


# ---- one kind of node each -----------------------------------------------------------------------------------------


def _const(_: Scales, expr: ir.Const) -> Shape:
    value = expr.value
    if isinstance(value, Fraction):
        return Shape(value.denominator, value.numerator, value.numerator, value=value.numerator)
    if isinstance(value, int) and not isinstance(value, bool):
        return Shape(1, value, value, value=value)
    return Shape(value=value)


def _fact(scales: Scales, expr: ir.Fact) -> Shape:
    return scales.declared(scales.facts[expr.name])


def _row(_: Scales, __: ir.Row) -> Shape:
    return Shape()


def _field(scales: Scales, expr: ir.Field) -> Shape:
    record = _record(expr.of)
    known = scales.fields.get((record, expr.name))
    shape = (
        scales.shapes[scales.computed[record, expr.name].value] if known is None else scales.declared(known)
    )
    return shape._replace(fails=True, value=OPEN) if scales.shapes[expr.of].fails else shape


def _ref(scales: Scales, expr: ir.Ref) -> Shape:
    return scales.figures[expr.name]


def _fail(_: Scales, expr: ir.Fail) -> Shape:
    return Shape(fails=True, value=expr.reason)


def _add(scales: Scales, expr: ir.Add) -> Shape:
    shapes = [scales.shapes[each] for _, each in expr.terms]
    parts, whole = common(shapes)
    low: Bound = 0
    high: Bound = 0
    for (sign, _), shape in zip(expr.terms, shapes, strict=True):
        aligned = shape.within(parts)
        if sign > 0:
            low, high = _plus(low, aligned.low), _plus(high, aligned.high)
        else:
            low, high = _plus(low, _times(aligned.high, -1)), _plus(high, _times(aligned.low, -1))
    return bounded(parts, low, high, fails=any(each.fails for each in shapes), whole=whole)


def _mul(scales: Scales, expr: ir.Mul) -> Shape:
    result = scales.shapes[expr.factors[0]]
    for each in expr.factors[1:]:
        result = product(result, scales.shapes[each])
    return result


def _div(scales: Scales, expr: ir.Div) -> Shape:
    left, right = scales.shapes[expr.left], scales.shapes[expr.right]
    if right.value is not OPEN and not right.fails and right.value != 0:
        inverse = 1 / cast("Fraction", right.lowest)
        return product(left, Shape(inverse.denominator, inverse.numerator, inverse.numerator))
    low, high = right.lowest, right.highest
    never_zero = (low is not None and low > 0) or (high is not None and high < 0)
    if not never_zero:
        return Shape(fails=True, whole=False)
    # A quotient is largest and smallest at an end of both, where all ends are known.
    fails = left.fails or right.fails
    ends = [_over(top, bottom) for top in (left.lowest, left.highest) for bottom in (low, high)]
    known = [each for each in ends if each is not None]
    if len(known) < 4:
        positive = left.low is not None and left.low >= 0 and low is not None and low > 0
        return Shape(1, 0 if positive else None, None, fails, whole=False)
    return bounded(1, min(known), max(known), fails=fails, whole=False)


def _round(scales: Scales, expr: ir.Round) -> Shape:
    inner, step = scales.shapes[expr.value], expr.step
    low, high = inner.lowest, inner.highest
    if low is not None and low == high:
        low = high = round_to(low, step, ROUNDING[expr.mode])
    return bounded(
        step.denominator,
        None if low is None else (low // step) * step.numerator,
        None if high is None else -(-high // step) * step.numerator,
        fails=inner.fails,
    )


def _extreme(scales: Scales, expr: ir.Extreme) -> Shape:
    shapes = [scales.shapes[each] for each in expr.values]
    parts, whole = common(shapes)
    aligned = [each.within(parts) for each in shapes]
    lows, highs = [each.low for each in aligned], [each.high for each in aligned]
    fails = any(each.fails for each in shapes)
    if expr.which == "smallest":
        return bounded(parts, _all(min, lows), _known(min, highs), fails=fails, whole=whole)
    return bounded(parts, _known(max, lows), _all(max, highs), fails=fails, whole=whole)


def _compare(scales: Scales, expr: ir.Compare) -> Shape:
    left, right = scales.shapes[expr.left], scales.shapes[expr.right]
    if left.fails or right.fails:
        return Shape(fails=True)
    if isinstance(expr.left.type, NUMERIC):
        parts, _ = common((left, right))
        return truth(_settled(expr.how, left.within(parts), right.within(parts)), fails=False)
    if left.value is OPEN or right.value is OPEN:
        return Shape()
    return truth((left.value == right.value) is (expr.how == "eq"), fails=False)


def _every(scales: Scales, expr: ir.And) -> Shape:
    return _settled_by(scales, expr.parts, settles=False)


def _some(scales: Scales, expr: ir.Or) -> Shape:
    return _settled_by(scales, expr.parts, settles=True)


def _settled_by(scales: Scales, parts: tuple[ir.Expr, ...], *, settles: bool) -> Shape:
    shapes = [scales.shapes[each] for each in parts]
    if any(each.value is settles for each in shapes):
        return truth(settles, fails=False)
    if all(each.value is (not settles) for each in shapes):
        return truth(not settles, fails=False)
    if not any(each.fails for each in shapes):
        return Shape()
    # `x is given and x is above 5`: where x is absent the first part settles it.
    given = scales.given_in(parts if not settles else [e.part for e in parts if isinstance(e, ir.Not)])
    return Shape(fails=any(scales.fails_where(each, given) for each in parts))


def _opposite(scales: Scales, expr: ir.Not) -> Shape:
    part = scales.shapes[expr.part]
    return Shape(fails=part.fails) if part.value is OPEN or part.fails else truth(not part.value, fails=False)


def _one_of(scales: Scales, expr: ir.OneOf) -> Shape:
    of = scales.shapes[expr.value]
    if of.fails or of.value is OPEN:
        return Shape(fails=of.fails)
    value = of.lowest if isinstance(expr.value.type, NUMERIC) else of.value
    return truth(value in expr.values, fails=False)


def _as_inside(scales: Scales, expr: ir.InCodes | ir.Includes) -> Shape:
    return Shape(fails=scales.shapes[expr.value].fails)


def _given(scales: Scales, expr: ir.Given) -> Shape:
    # Absent is an answer here.
    return Shape(fails=scales.may_fail(expr.value))


def _choose(scales: Scales, expr: ir.Choose) -> Shape:
    taken: list[Shape] = []
    sure = False  # Whether an arm is always taken.
    fails = False
    for condition, value in expr.arms:
        holds = scales.shapes[condition]
        if holds.value is False or (sure and expr.mode == "first"):
            continue
        taken.append(scales.shapes[value])
        fails = fails or holds.fails
        sure = sure or (holds.value is True)
    arms = len(taken)
    if not sure:
        taken.append(scales.shapes[expr.otherwise] if expr.otherwise is not None else UNSURE)
    if len(taken) == 1:
        return taken[0]
    parts, whole = common(taken)
    aligned = [each.within(parts) for each in taken]
    clash = expr.mode != "first" and arms > 1
    fails = fails or clash or any(each.fails for each in taken)
    first = aligned[0]
    if not fails and all(each.value is not OPEN and each.value == first.value for each in aligned):
        return first
    low, high = _all(min, [each.low for each in aligned]), _all(max, [each.high for each in aligned])
    return bounded(parts, low, high, fails=fails, whole=whole)


def _aggregate(scales: Scales, expr: ir.Aggregate) -> Shape:
    fails = scales.shapes[expr.list].fails
    if expr.where is not None:
        fails = fails or scales.shapes[expr.where].fails
    if expr.of is not None and scales.shapes[expr.of].fails:
        given = scales.given_in(() if expr.where is None else (expr.where,))
        fails = fails or scales.fails_where(expr.of, given)
    of = scales.shapes[expr.of] if expr.of is not None else Shape()
    most = scales.rows(expr.list)
    match expr.what:
        case "number" | "different":
            return bounded(1, 0, most, fails=fails)
        case "total":
            low, high = _times(of.low, most), _times(of.high, most)
            return bounded(
                of.parts,
                None if low is None else min(low, 0),
                None if high is None else max(high, 0),
                fails=fails,
                whole=of.whole,
            )
        case "average":
            return Shape(of.parts, of.low, of.high, fails=True, whole=False)
        case "smallest" | "largest" | "only":
            return Shape(of.parts, of.low, of.high, fails=True, whole=of.whole)
        case _:
            return Shape(fails=fails)


def _calendar(scales: Scales, expr: ir.Calendar) -> Shape:
    fails = any(scales.shapes[each].fails for each in expr.args)
    match expr.what:
        case "shift_months":
            return Shape(fails=fails or expr.month_end == "refused")
        case "years_between" | "months_between":
            return Shape(1, 0, None, fails)
        case "days_in_month":
            return Shape(1, 28, 31, fails)
        case _:
            return Shape(fails=fails)


def _record(expr: ir.Expr) -> str:
    """The name of the record that an expression gives."""
    return cast("Record", expr.type).name


def product(left: Shape, right: Shape) -> Shape:
    """The shape of a product; a factor that is always 0 settles it, whatever the other one is."""
    if (left.value == 0 and not left.fails) or (right.value == 0 and not right.fails):
        return Shape(1, 0, 0, value=0)
    parts, whole = left.parts * right.parts, left.whole and right.whole
    if parts > MOST_PARTS:
        parts, whole, left, right = 1, False, left.within(1), right.within(1)
    fails = left.fails or right.fails
    ends = [_times(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    known = [each for each in ends if each is not None]
    if len(known) == 4:
        return bounded(parts, min(known), max(known), fails=fails, whole=whole)
    positive = left.low is not None and left.low >= 0 and right.low is not None and right.low >= 0
    return bounded(parts, _times(left.low, right.low) if positive else None, None, fails=fails, whole=whole)


def _settled(how: str, left: Shape, right: Shape) -> Any:
    """What a comparison always gives, or `OPEN`."""
    below = _apart(left, right)  # The left is surely lower; surely not higher and perhaps equal ...
    above = _apart(right, left)
    known = left.value is not OPEN and right.value is not OPEN
    if below or above or known:
        sign = 0 if known and left.value == right.value else -1 if below else 1
        return _HOLDS[how](sign)
    if how in {"le", "gt"} and _met(left.high, right.low):
        return how == "le"
    if how in {"ge", "lt"} and _met(right.high, left.low):
        return how == "ge"
    return OPEN


_HOLDS: dict[str, Callable[[int], bool]] = {
    "eq": lambda sign: sign == 0,
    "ne": lambda sign: sign != 0,
    "lt": lambda sign: sign < 0,
    "le": lambda sign: sign <= 0,
    "gt": lambda sign: sign > 0,
    "ge": lambda sign: sign >= 0,
}


def _apart(left: Shape, right: Shape) -> bool:
    return left.high is not None and right.low is not None and left.high < right.low


def _met(high: Bound, low: Bound) -> bool:
    return high is not None and low is not None and high <= low


def _over(left: Bound, right: Bound) -> Fraction | None:
    return None if left is None or not right else Fraction(left) / right


def _all(which: Callable[[Iterable[Any]], Any], bounds: list[Bound]) -> Bound:
    return None if None in bounds else cast("Bound", which(bounds))


def _known(which: Callable[[Iterable[Any]], Any], bounds: list[Bound]) -> Bound:
    known = [each for each in bounds if each is not None]
    return cast("Bound", which(known)) if known else None


# Looked up by class and not matched: every expression of a programme comes through here when it is compiled.
_RULES: dict[type[ir.Expr], Callable[[Scales, Any], Shape]] = {
    ir.Const: _const,
    ir.Fact: _fact,
    ir.Row: _row,
    ir.Field: _field,
    ir.Ref: _ref,
    ir.Fail: _fail,
    ir.Add: _add,
    ir.Mul: _mul,
    ir.Div: _div,
    ir.Round: _round,
    ir.Extreme: _extreme,
    ir.Compare: _compare,
    ir.And: _every,
    ir.Or: _some,
    ir.Not: _opposite,
    ir.OneOf: _one_of,
    ir.InCodes: _as_inside,
    ir.Includes: _as_inside,
    ir.Given: _given,
    ir.Choose: _choose,
    ir.Aggregate: _aggregate,
    ir.Calendar: _calendar,
}
