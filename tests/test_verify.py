"""No programme that no author can have written gets past the second look."""

from fractions import Fraction

import pytest

from core_building import (
    NEXT,
    aggregate,
    apply,
    calendar,
    ceiling,
    const,
    day,
    floor,
    granted,
    named,
    num,
    of_row,
    percent,
    rate,
    rounding,
    try_,
    value,
    works,
    yes,
)
from grantrules.core import ir
from grantrules.core.verify import IllFormedCoreError
from grantrules.properties.programmes import DATE, DAYS, INT, KIND, MOMENT, MONTHS, NUM, TRY, YEAR, YES
from grantrules.types import Date, Money, Number, Record

# ---- no mistake passes the second look -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "expr",
    [
        const(TRY, 5),
        const(DATE, Fraction(5)),
        const(Number(whole=True), Fraction(1, 2)),
        const(KIND, "nothing"),
        ir.Fact("nothing", type=TRY, at=1),
        ir.Fact("amount", type=NUM, at=1),
        ir.Ref("later", type=TRY, at=1),
        ir.Row(1, type=Record("cost"), at=1),
        ir.Add(((1, try_(1)), (1, num(1))), type=TRY, at=next(NEXT)),
        ir.Add(((1, day("2023-01-01")), (1, day("2023-01-01"))), type=Date(), at=next(NEXT)),
        ir.Mul((try_(1), try_(1)), type=TRY, at=next(NEXT)),
        ir.Mul((try_(1), percent(1)), type=Money("USD"), at=next(NEXT)),
        ir.Round(day("2023-01-01"), "down", Fraction(1), type=DATE, at=next(NEXT)),
        ir.Compare("lt", const(KIND, "works"), const(KIND, "works"), type=YES, at=next(NEXT)),
        ir.Compare("eq", num(1), percent(1), type=YES, at=next(NEXT)),
        ir.And((num(1),), type=YES, at=next(NEXT)),
        ir.OneOf(const(KIND, "works"), ("nothing",), type=YES, at=next(NEXT)),
        ir.InCodes(const(KIND, "works"), "made", type=YES, at=next(NEXT)),
        ir.Choose(((yes(True), num(1)), (yes(True), try_(1))), None, "first", "t", type=NUM, at=next(NEXT)),
        aggregate("total", works(), type_=YES),
        aggregate("number", of_row("amount"), type_=INT),
        aggregate("every", works(), type_=INT),
        aggregate("any", of_row("amount"), type_=YES),
        aggregate("average", const(MONTHS, 1), type_=MONTHS),
        calendar("year", const(MOMENT, 0), type_=YEAR),
        calendar("shift_months", day("2023-01-01"), const(DAYS, 1), type_=DATE),
        ir.Const(Fraction(1), type=NUM, at=10**9),
    ],
)
def test_an_expression_that_has_no_meaning_is_found(expr):
    with pytest.raises(IllFormedCoreError):
        value(expr)


def test_one_number_is_for_one_expression():
    with pytest.raises(IllFormedCoreError, match="another expression has its number"):
        value(
            ir.Add(
                ((1, ir.Const(Fraction(1), type=NUM, at=1)), (1, ir.Const(Fraction(1), type=NUM, at=1))),
                type=NUM,
                at=2,
            )
        )


@pytest.mark.parametrize(
    "steps",
    [
        (apply(), apply()),
        (apply(), rate(percent(70))),
        (ceiling("together", try_(1), "trimmed"),),
        (ceiling("each", try_(1), "pro_rata"),),
        (ceiling("together", try_(1), "pro_rata", on="support"),),
        (ceiling("together", of_row("amount"), "pro_rata"),),
        (ceiling("per", try_(1), "pro_rata"),),
        (ir.Supplement(try_(1), **named("supplement")),),
        (floor("raised_to", 1),),
        (rate(num(1)),),
        (ir.Raise("plus", percent(15), None, **named("bonus")),),
        (ir.Keep(num(1), **named("eligible")),),
        (rounding("down", "each", 0),),
    ],
)
def test_a_step_in_the_wrong_place_or_of_the_wrong_type_is_found(steps):
    with pytest.raises(IllFormedCoreError):
        granted(*steps)
