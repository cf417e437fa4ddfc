"""
The values that figures can have: what becomes of ranges that are added, multiplied, put beside each other and bounded.

A range may hold more values than there are, but never fewer: that is tried with values of each.
`GRANTRULES_RENEW=1 pytest tests/test_ranges.py` stores the table anew.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

import pytest

from grantrules.properties.ranges import (
    ANY,
    NONE,
    Range,
    bounded,
    common_step,
    either,
    just,
    plus,
    sums,
    times,
    whole,
)
from storing import stored

CENT, HALF = Fraction(1, 100), Fraction(1, 2)


def grid(step: Fraction | None, start: int, low: int | None, high: int | None) -> Range:
    ends = [None if each is None else Fraction(each) for each in (low, high)]
    return Range(None, step, Fraction(start), *ends)


RANGES: dict[str, Range] = {
    "nothing": NONE,
    "anything": ANY,
    "zero": just(0),
    "a half": just(HALF),
    "0, 3 and 5": just(0, 3, 5),
    "-2 and 4": just(-2, 4),
    "counts": whole(Fraction(0)),
    "1 to 9": whole(Fraction(1), Fraction(9)),
    "-5 to -2": whole(Fraction(-5), Fraction(-2)),
    "cents": grid(CENT, 0, 0, None),
    "thirds from 1 to 2": grid(Fraction(1, 3), 1, 1, 2),
    "tens and 4": grid(Fraction(10), 4, None, None),
    "up to 3": grid(None, 0, None, 3),
    "from 2": grid(None, 0, 2, None),
}


def shown(found: Range) -> str:
    if found == NONE:
        return "nothing"
    if found == ANY:
        return "anything"
    if found.values is not None:
        return ", ".join(str(each) for each in sorted(found.values))
    low, high = ("…" if each is None else str(each) for each in (found.low, found.high))
    return f"{low} to {high}" + ("" if found.step is None else f" by {found.step} from {found.start}")


def some(found: Range) -> list[Fraction]:
    """A few values of a range, its ends among them."""
    if found.values is not None:
        return sorted(found.values)
    step = found.step or Fraction(1, 7)
    about = [found.start, *(each for each in (found.low, found.high) if each is not None)]
    near = [each + number * step for each in about for number in range(-3, 4)]
    return [each for each in near if holds(found, each)]


def holds(found: Range, value: Fraction) -> bool:
    if found.values is not None:
        return value in found.values
    inside = (found.low is None or found.low <= value) and (found.high is None or value <= found.high)
    return inside and (found.step is None or ((value - found.start) / found.step).denominator == 1)


BOTH: dict[str, tuple[Callable[[Range, Range], Range], Callable[[Fraction, Fraction], list[Fraction]]]] = {
    "plus": (plus, lambda a, b: [a + b]),
    "times": (times, lambda a, b: [a * b]),
    "or": (lambda a, b: either((a, b)), lambda a, b: [a, b]),
}


@pytest.mark.parametrize("how", BOTH)
def test_what_becomes_of_two_ranges(how):
    of_ranges, of_values = BOTH[how]
    lines: list[str] = []
    for (one, left), (other, right) in product(RANGES.items(), repeat=2):
        found = of_ranges(left, right)
        lines.append(f"{one} {how} {other}: {shown(found)}")
        for a, b in product(some(left), some(right)):
            assert all(holds(found, value) for value in of_values(a, b)), (one, other, a, b)
    text = "\n".join(lines) + "\n"

    assert text == stored(f"ranges/{how}.txt", text)


def test_what_becomes_of_one_range():
    lines: list[str] = []
    for name, each in RANGES.items():
        lines += [f"{name}: {shown(each)}", f"  other sign: {shown(each.negative())}"]
        near = [
            f"{size}: {each.has_below(size)}, {each.has_above(size)}" for size in (CENT, HALF, Fraction(3))
        ]
        lines.append(f"  zero {each.has_zero()}; below and above by {'; by '.join(near)}")
        for most in (None, Fraction(0), Fraction(1), Fraction(3)):
            found = sums(each, most)
            lines.append(f"  sums of at most {most}: {shown(found)}")
            few = [[]] if most == 0 else [[], *([a] for a in some(each))]
            few += [[a, b, a] for a, b in product(some(each), repeat=2)] if most in {None, 3} else []
            assert all(holds(found, sum(values, Fraction(0))) for values in few)
        for low, high in ((Fraction(0), None), (None, Fraction(2)), (Fraction(-1), HALF), (None, None)):
            found = bounded(each, low, high)
            lines.append(f"  within {low} and {high}: {shown(found)}")
            for value in some(each):
                value = value if low is None else max(low, value)
                assert holds(found, value if high is None else min(high, value))
        for size in (CENT, HALF, Fraction(3)):
            assert each.has_above(size) or not any(0 < value <= size for value in some(each))
            assert each.has_below(size) or not any(-size <= value < 0 for value in some(each))
        assert each.has_zero() or 0 not in some(each)
    text = "\n".join(lines) + "\n"

    assert text == stored("ranges/one.txt", text)


@pytest.mark.parametrize(
    ("left", "right", "step"),
    [("1/2", "1/3", "1/6"), ("4", "6", "2"), ("0", "5", "5"), ("3/4", "0", "3/4"), ("1/100", "7", "1/100")],
)
def test_the_largest_step_of_which_two_are_multiples(left, right, step):
    assert common_step(Fraction(left), Fraction(right)) == Fraction(step)


def test_more_than_forty_values_are_a_grid():
    forty, more = just(*range(40)), just(*range(41))

    assert forty.values is not None
    assert more == Range(None, Fraction(1), Fraction(0), Fraction(0), Fraction(40))
    assert plus(just(*range(20)), just(0, 1, 100)) == Range(
        None, Fraction(1), Fraction(0), Fraction(0), Fraction(119)
    )
    assert plus(just(*range(20)), just(0, 1)).values == frozenset(map(Fraction, range(21)))
