"""
What is known of a figure before an application is seen: its parts, its bounds, whether it may stay undecided.

Each line that is stored is an expression and its shape.  A wrong shape is a wrong figure in the generated evaluator,
and one that is wider than it needs to be costs time there.
"""

from collections.abc import Iterator
from fractions import Fraction

import pytest

import core_building as b
from core_building import (
    APPLICATION,
    COMPANY,
    COST,
    aggregate,
    both,
    calendar,
    choose,
    compare,
    const,
    day,
    div,
    either,
    extreme,
    fact,
    fail,
    given_,
    mul,
    num,
    numbered,
    of_row,
    percent,
    ref,
    try_,
    unverified,
    whole,
    works,
    yes,
)
from grantrules.core import ir
from grantrules.core.listing import expression
from grantrules.core.scales import MOST_PARTS, OPEN, Scales, Shape, bounded, common, product, truth
from grantrules.limits import Limits
from grantrules.properties.programmes import DATE, DAYS, INT, KIND, MOMENT, MONTHS, NUM, TRY, YEAR, YES
from grantrules.types import Record
from storing import stored

LIMITS = Limits(digits=6, list_items=50)


def not_(expr: ir.Expr) -> ir.Expr:
    return ir.Not(expr, type=YES, **numbered())


def rounded(expr: ir.Expr, mode: str, step: object) -> ir.Expr:
    return ir.Round(expr, mode, Fraction(step), type=expr.type, **numbered())


def one_of(expr: ir.Expr, *values: object) -> ir.Expr:
    return ir.OneOf(expr, values, type=YES, **numbered())


def of_company(name: str, type_: object) -> ir.Expr:
    return ir.Field(fact("company"), name, type=type_, **numbered())


def own(name: str, type_: object = TRY, var: int = 1) -> ir.Expr:
    return ir.Field(ir.Row(var, type=Record("cost"), **numbered()), name, type=type_, **numbered())


def case(*arms: tuple[ir.Expr, ir.Expr], otherwise: ir.Expr | None = None, mode: str = "first") -> ir.Expr:
    return choose(mode, *arms, otherwise=otherwise)


def add(*terms: ir.Expr) -> ir.Expr:
    return b.add(*terms)


def less(left: ir.Expr, right: ir.Expr) -> ir.Expr:
    return b.add((1, left), (-1, right))


def expressions() -> dict[str, list[ir.Expr]]:
    amount, other, number = fact("amount"), fact("other_aid"), fact("number")
    flag, phone = fact("flag"), fact("phone")
    third = mul(amount, const(NUM, Fraction(1, 3)), type_=TRY)
    return {
        "constants": [
            num("2.5"), whole(3), try_("0.01"), percent("33.33"), day("2023-01-01"), const(DAYS, 30), yes(True), yes(False),
            const(KIND, "works"), fail(what="cap"),
        ],
        "facts": [
            amount, number, other, flag, phone, fact("day"), fact("company"), fact("costs"), of_company("trained", YES),
            of_company("founded", DATE), of_row("amount"), of_row("kind"), of_row("day"), own("doubled"), own("weighed"),
            ref("known"), ref("unsure"),
        ],
        "sums": [
            add(amount, try_("0.005")), less(amount, try_(1)), less(try_(1), amount), add(amount, other), add(amount, third),
            add(number, number), less(number, amount), add(try_(1), try_(2)), add(amount, fail()), less(other, amount),
        ],
        "products": [
            mul(amount, percent(50), type_=TRY), third, mul(amount, num(-2), type_=TRY), mul(number, number), mul(amount, number),
            mul(amount, amount), mul(other, num(0), type_=TRY), mul(num(0), other, type_=TRY), mul(fail(), num(0), type_=TRY),
            mul(num(2), num(3)), mul(other, percent(10), type_=TRY), mul(less(amount, try_(1)), less(amount, try_(2))),
            mul(const(NUM, Fraction(1, MOST_PARTS)), amount, type_=TRY), mul(const(NUM, Fraction(1, MOST_PARTS)), num(3)),
            mul(less(try_(5), amount), percent(50), num(3), type_=TRY), mul(number, percent(50)),
            mul(ref("high"), ref("high"), type_=TRY),
            mul(ref("high"), ref("low"), type_=TRY),
            mul(ref("low"), ref("low"), type_=TRY),
            mul(ref("open"), ref("open"), type_=TRY),
            mul(ref("high"), amount, type_=TRY),
            mul(ref("unsure"), ref("high"), type_=TRY),
        ],
        "quotients": [
            div(amount, num(4)), div(amount, num(3)), div(amount, num(-2)), div(amount, num(0)), div(amount, fail(NUM)), div(amount, number),
            div(num(1), add(amount, try_(1))), div(amount, add(amount, try_(1))), div(number, add(amount, try_(1))),
            div(num(1), less(try_(-1), amount)), div(other, add(amount, try_(1))), div(amount, add(other, try_(1))),
            div(ref("open"), add(amount, try_(1))), div(amount, ref("high")), div(ref("high"), ref("high")), div(amount, ref("low")),
            div(ref("low"), ref("high")),
        ],
        "roundings": [
            rounded(amount, "down", 1), rounded(third, "down", "0.01"), rounded(third, "up", "0.05"), rounded(try_("2.5"), "half_up", 1),
            rounded(try_("2.5"), "half_even", 1), rounded(try_("-2.5"), "down", 1), rounded(try_("-2.5"), "up", 1),
            rounded(other, "up", 10), rounded(ref("open"), "up", 10), rounded(ref("high"), "up", "0.01"), rounded(ref("low"), "up", "0.01"),
            rounded(less(try_("0.005"), amount), "down", "0.01"), rounded(number, "down", "2/3"),
        ],
        "extremes": [
            extreme("smallest", amount, try_(5)), extreme("largest", amount, try_(5)), extreme("largest", amount, other),
            extreme("smallest", amount, ref("open")), extreme("largest", amount, ref("open")), extreme("smallest", ref("open"), ref("open")),
            extreme("largest", ref("high"), ref("low")), extreme("smallest", third, try_(5)), extreme("largest", try_(1), try_(2)),
            extreme("smallest", try_("0.5"), try_("0.25")),
        ],
        "comparisons": [
            *(compare(num(1), how, num(2)) for how in ("eq", "ne", "lt", "le", "gt", "ge")),
            *(compare(num(2), how, num(2)) for how in ("eq", "ne", "lt", "le", "gt", "ge")),
            *(compare(num(3), how, num(2)) for how in ("eq", "ne", "lt", "le", "gt", "ge")),
            *(compare(amount, how, try_(0)) for how in ("eq", "ne", "lt", "le", "gt", "ge")),
            *(compare(amount, how, try_(1000)) for how in ("eq", "ne", "lt", "le", "gt", "ge")),
            *(compare(try_(0), how, amount) for how in ("le", "gt")), *(compare(try_(-1), how, amount) for how in ("eq", "ne", "lt", "ge")),
            *(compare(try_(1001), how, amount) for how in ("eq", "lt", "gt")), compare(other, "lt", try_(-1)),
            compare(try_(1), "lt", fail()), compare(const(KIND, "works"), "eq", const(KIND, "works")),
            compare(const(KIND, "works"), "eq", const(KIND, "other")), compare(const(KIND, "works"), "ne", const(KIND, "other")),
            compare(const(KIND, "works"), "ne", const(KIND, "works")), compare(fact("kind"), "eq", const(KIND, "works")),
            compare(const(KIND, "works"), "eq", fact("kind")), compare(phone, "eq", phone), compare(ref("high"), "lt", num(-1)),
            compare(num("0.5"), "eq", num("0.50")), compare(num("0.5"), "eq", num("0.05")),
        ],
        "truths": [
            both(yes(True), yes(True)), both(yes(True), yes(False)), both(yes(True), flag), both(yes(False), fail(YES)),
            both(yes(True), fail(YES)), both(), either(yes(False), yes(False)), either(yes(False), yes(True)), either(flag, yes(False)),
            either(yes(True), fail(YES)), either(flag, fail(YES)), either(), not_(yes(True)), not_(yes(False)), not_(flag),
            not_(compare(other, "lt", try_(5))), not_(fail(YES)), given_(other), given_(fact("costs")), given_(of_row("day")),
            given_(add(other, try_(1))), given_(own("weighed")), given_(row()),
        ],
        "what is only looked at where it is given": [
            both(given_(other), compare(other, "lt", try_(5))), both(compare(other, "lt", try_(5)), given_(other)),
            both(flag, both(given_(other), flag), compare(other, "lt", try_(5))), both(given_(phone), compare(other, "lt", try_(5))),
            either(not_(given_(other)), compare(other, "lt", try_(5))), either(given_(other), compare(other, "lt", try_(5))),
            both(given_(other), compare(add(other, other), "lt", mul(other, num(2), type_=TRY))),
            both(given_(other), compare(div(other, other), "lt", num(5))), both(given_(other), compare(fail(), "lt", try_(5))),
            both(given_(other), compare(case((flag, other), otherwise=try_(1)), "lt", try_(5))),
            both(given_(of_row("day")), compare(of_row("day"), "lt", day("2023-01-01"))),
            both(given_(of_row("day")), compare(of_row("day", 2), "lt", day("2023-01-01"))),
            both(given_(own("weighed")), compare(own("weighed"), "lt", try_(5))),
            both(given_(other), not_(one_of(other, Fraction(5)))), both(given_(other), either(flag, compare(other, "lt", try_(5)))),
            both(given_(other), compare(rounded(other, "down", 1), "lt", extreme("smallest", other, try_(1)))),
        ],
        "one of several": [
            one_of(const(KIND, "works"), "works", "other"), one_of(const(KIND, "works"), "other"), one_of(fact("kind"), "works"),
            one_of(num("0.5"), Fraction(1, 2)), one_of(num("0.5"), Fraction(1)), one_of(other, Fraction(5)), one_of(phone, "x"),
            ir.InCodes(fact("code"), "made", type=YES, **numbered()), ir.InCodes(phone, "made", type=YES, **numbered()),
            ir.Includes(fact("topics"), ("energy",), type=YES, **numbered()),
        ],
        "cases": [
            case((yes(True), try_(1)), otherwise=try_(2)), case((yes(False), try_(1)), otherwise=try_(2)),
            case((flag, try_(1)), otherwise=try_(2)), case((flag, try_(1))), case((flag, try_(1)), (yes(True), try_("2.005")), otherwise=fail()),
            case((flag, try_(1)), otherwise=try_(1)), case((flag, const(KIND, "works")), otherwise=const(KIND, "works")),
            case((flag, const(KIND, "works")), otherwise=const(KIND, "other")), case((compare(other, "lt", try_(5)), try_(1)), otherwise=try_(2)),
            case((flag, other), otherwise=try_(2)), case((flag, amount), otherwise=ref("open")), case((flag, amount), otherwise=third),
            case((yes(False), try_(1))), case((flag, try_(1)), otherwise=try_(2), mode="one"), case((yes(True), try_(1)), mode="one"),
            case((yes(True), try_(1)), (yes(True), try_(1)), mode="agree"), case((flag, try_(1)), (fact("other_flag"), try_(1)), mode="agree"),
            case((yes(False), try_(1)), (flag, try_(3)), otherwise=amount, mode="one"), case((flag, fail()), otherwise=try_(2)),
            case((flag, try_(5)), (yes(True), try_(6)), (fact("other_flag"), try_(900)), otherwise=try_(1000)),
        ],
        "figures over lists": [
            *(
                aggregate(what, of, where, type_=type_, of_list=name)
                for name in ("costs", "visits")
                for what, of, where, type_ in (
                    ("number", None, works(), INT), ("different", of_row("kind"), None, INT), ("total", of_row("amount"), None, TRY),
                    ("total", less(of_row("amount"), try_(5)), None, TRY), ("total", try_(-5), None, TRY), ("average", of_row("amount"), None, TRY),
                    ("smallest", of_row("amount"), works(), TRY), ("largest", of_row("amount"), None, TRY), ("only", of_row("kind"), None, KIND),
                    ("every", of_row("domestic"), None, YES), ("any", of_row("domestic"), works(), YES), ("total", ref("open"), None, TRY),
                )
            ),
            aggregate("any", compare(of_row("day"), "lt", day("2023-01-01")), type_=YES),
            aggregate("any", compare(of_row("day"), "lt", day("2023-01-01")), given_(of_row("day")), type_=YES),
            aggregate("number", None, compare(of_row("day"), "lt", day("2023-01-01")), type_=INT),
            aggregate("total", own("weighed"), type_=TRY), aggregate("total", own("doubled"), type_=TRY),
            aggregate("total", mul(of_row("amount"), const(NUM, Fraction(1, 3)), type_=TRY), type_=TRY),
            aggregate("total", div(of_row("amount"), num(3), type_=TRY), type_=TRY), aggregate("total", div(num(1), number), type_=NUM),
        ],
        "the calendar": [
            calendar("year", fact("day"), type_=YEAR), calendar("shift_months", fact("day"), const(MONTHS, 1), type_=DATE),
            calendar("shift_months", fact("day"), const(MONTHS, 1), type_=DATE, month_end="last_day"),
            calendar("years_between", fact("day"), fact("day"), type_=INT), calendar("months_between", fact("day"), of_row("day"), type_=INT),
            calendar("days_in_month", fact("day"), type_=INT), calendar("days_in_month", of_row("day"), type_=INT),
            calendar("days_between", fact("day"), fact("day"), type_=INT), calendar("local_date", fact("sent"), type_=DATE),
            calendar("shift_hours", fact("sent"), const(MONTHS, 1), type_=MOMENT), calendar("year", of_row("day"), type_=YEAR),
        ],
    }  # fmt: skip


def row() -> ir.Expr:
    return ir.Row(1, type=Record("cost"), **numbered())


def programme() -> ir.Program:
    doubled = ir.Computed(
        ir.About("doubled", "define"), "cost", 7, mul(of_row("amount", 7), num(2), type_=TRY)
    )
    weighed = ir.Computed(
        ir.About("weighed", "define"), "cost", 8, b.add(own("doubled", var=8), fact("other_aid"))
    )
    return unverified(computed=(doubled, weighed))


def scales(**more: object) -> Scales:
    made = Scales(programme(), LIMITS, **more)
    made.name("known", Shape(100, 500, 500, value=500))
    made.name("unsure", Shape(100, 0, 700, fails=True))
    made.name("open", Shape(whole=False))
    made.name("high", Shape(100, 50, None))
    made.name("low", Shape(100, None, -50))
    return made


def shown(shape: Shape) -> str:
    """A shape on one line: `1/100, 0..500` is a number of hundredths from 0 to 5."""
    low, high = ("" if end is None else str(end) for end in (shape.low, shape.high))
    parts = [f"1/{shape.parts}" if shape.parts != 1 else "", f"{low}..{high}" if low or high else ""]
    parts += ["no whole number of them" if not shape.whole else "", "may fail" if shape.fails else ""]
    parts += [f"always {shape.value!r}" if shape.value is not OPEN else ""]
    return ", ".join(filter(None, parts)) or "nothing is known"


def lines(made: Scales) -> Iterator[tuple[str, str]]:
    """The expressions below their headings, each with its shape."""
    for heading, several in expressions().items():
        yield from ((f"{heading}: {expression(each)}", f"    {shown(made.of(each))}") for each in several)


def test_what_is_known_of_every_kind_of_figure():
    text = "".join(f"{line}\n{shape}\n" for line, shape in lines(scales()))

    assert text == stored("core/shapes.txt", text)


def test_what_is_made_of_a_fact_that_may_be_unknown_may_fail():
    """Only what is told otherwise than above is stored."""
    fields = (*APPLICATION.fields, *COST.fields, *COMPANY.fields)
    unknown = frozenset(each for each in fields if each.name in {"amount", "trained", "costs", "other_aid"})
    both_ways = zip(lines(scales()), lines(scales(unknown=unknown)), strict=True)
    text = "".join(f"{line}\n{after}\n" for (line, before), (_, after) in both_ways if before != after)

    assert text == stored("core/shapes_of_unknown_facts.txt", text)


@pytest.mark.parametrize(
    ("shape", "decimals"),
    [
        (Shape(), 0), (Shape(10), 1), (Shape(100), 2), (Shape(4), 2), (Shape(8), 3), (Shape(2000), 4), (Shape(5**6), 6), (Shape(2**20), 20),
        (Shape(3), None), (Shape(30), None), (Shape(7 * 10**9), None), (Shape(100, whole=False), None),
    ],
)  # fmt: skip
def test_so_many_decimals_write_every_such_figure(shape, decimals):
    assert shape.decimals == decimals


def test_a_figure_is_counted_in_other_parts():
    cents = Shape(100, 250, 500, fails=True)

    assert cents.within(100) is cents
    assert cents.within(1000) == Shape(1000, 2500, 5000, fails=True)
    assert cents.within(10) == Shape(10, 25, 50, fails=True, whole=False)
    assert Shape(100, 250, None).within(300) == Shape(300, 750, None)
    assert Shape(100, 250, 250, value=250).within(1) == Shape(
        1, Fraction(5, 2), Fraction(5, 2), value=Fraction(5, 2), whole=False
    )
    assert (cents.lowest, cents.highest, Shape().lowest, Shape().highest) == (Fraction(5, 2), 5, None, None)


def test_bounds_that_no_machine_could_hold_are_given_up():
    most = 2**4096 - 1

    assert bounded(1, -most, most, fails=False) == Shape(1, -most, most)
    assert bounded(1, -most - 1, most + 1, fails=False) == Shape(1, None, None)
    assert bounded(1, Fraction(1, most), Fraction(1, most + 1), fails=False) == Shape(
        1, Fraction(1, most), None
    )


def test_parts_that_would_be_too_many_are_given_up():
    assert common([Shape(4), Shape(6)]) == (12, True)
    assert common([Shape(4), Shape(6, whole=False)]) == (12, False)
    assert common([Shape(MOST_PARTS), Shape(2)]) == (MOST_PARTS, True)
    assert common([Shape(MOST_PARTS), Shape(3)]) == (1, False)
    assert product(Shape(MOST_PARTS, 0, 5), Shape(1, 0, 2)) == Shape(MOST_PARTS, 0, 10)
    assert product(Shape(MOST_PARTS, 0, MOST_PARTS), Shape(2, 0, 2)) == Shape(1, 0, 1, whole=False)


def test_a_truth_is_known_or_open():
    assert truth(False, fails=True) == Shape(value=False)
    assert truth(OPEN, fails=True) == Shape(fails=True)
    assert repr(OPEN) == "OPEN"


def test_what_stands_in_several_places_is_known_to_be_shared():
    amount, flag = fact("amount"), fact("flag")
    top = b.add(amount, amount, choose("first", (flag, amount), otherwise=try_(1)))
    made = scales()
    made.note(top)
    made.note(top)

    assert made.height[top] == 3
    assert made.height[amount] == 1
    assert amount in made.shared
    assert {flag, top} & made.shared == set()


def test_a_list_has_no_more_rows_than_the_limits_allow():
    made = scales()

    assert made.rows(fact("costs")) == 3
    assert made.rows(fact("visits")) == 50
    assert made.rows(choose("first", (yes(True), fact("costs")))) == 50
    assert Scales(programme(), Limits(list_items=2)).rows(fact("costs")) == 2
