"""
How well generated applications stand on the limits of a programme: points hit, share eligible, speed.

    python -m benchmarks.properties [PROGRAMME.rules …]

A point is the limit of a comparison, or the place a quantum beside it.  Those that no application can be at are told
with the reason; those that the generated ones missed are told with the application that `boundary_applications` has for
them.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen
from hypothesis import HealthCheck, given, settings

import grantrules as gr
from grantrules import resources
from grantrules.core import ir
from grantrules.properties.draft import Draft, of_facts
from grantrules.properties.making import Applications
from grantrules.properties.points import Point
from grantrules.properties.strategies import applications

NUMBER = 300


@frozen
class Measured:
    """
    What became of a number of generated applications.

    Args:
        programme: its dotted name.
        number: how many applications were made.
        points: how many points an application can be at.
        missed: the points that none of them was at, and that an explicit example is at.
        without: the points that no application was found for.
        unreachable: the points that no application is ever at, with the reason.
        eligible: how many are eligible; `None` where the programme asks nothing of an application.
        seconds: how long it took to make them.
    """

    programme: str
    number: int
    points: int
    missed: tuple[Point, ...]
    without: tuple[Point, ...]
    unreachable: tuple[tuple[Point, str], ...]
    eligible: int | None
    seconds: float

    @property
    def hit(self) -> int:
        """How many points at least one application was at."""
        return self.points - len(self.missed) - len(self.without)

    @property
    def share_hit(self) -> float:
        """The same as a share of the points that an application can be at."""
        return self.hit / self.points if self.points else 1.0

    @property
    def share_eligible(self) -> float | None:
        """The share of applications that are eligible."""
        return None if self.eligible is None else self.eligible / self.number

    @property
    def a_second(self) -> float:
        """How many applications are made in a second."""
        return self.number / self.seconds


def measure(program: ir.Program, *, number: int = NUMBER) -> Measured:
    """Generate applications as a test would, and see where they stand."""
    made = Applications(program)
    drawn: list[Draft] = []

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(applications(made))
    def collect(application: dict[str, object]) -> None:
        drawn.append(of_facts(program, made.read(application)))

    start = time.process_time()
    collect()
    spent = time.process_time() - start
    hit = set().union(*(made.landscape.hit(draft) for draft in drawn))
    missed = [point for point in made.landscape.points if point not in hit]
    found = {point for point in missed if made.at(point) is not None}
    return Measured(
        program.about.name,
        len(drawn),
        len(made.landscape.points),
        tuple(point for point in missed if point in found),
        tuple(point for point in missed if point not in found),
        tuple(made.landscape.unreachable.items()),
        sum(map(made.is_eligible, drawn)) if asks_something(program) else None,
        spent,
    )


def asks_something(program: ir.Program) -> bool:
    """Whether an application can fail at all: a library has no requirements."""
    return any(
        isinstance(each, ir.Support | ir.Joint) or (isinstance(each, ir.Rule) and each.kind == "require")
        for each in program.body
    )


# ---- as text -------------------------------------------------------------------------------------------------------

_HEADS = ("programme", "points", "hit", "by example", "not found", "out of reach", "eligible", "a second")


def table(found: Sequence[Measured]) -> str:
    """A line for each programme."""
    rows = [_HEADS, *(tuple(_cells(each)) for each in found)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEADS))]
    lines = []
    for row in rows:
        first, *others = (
            cell.ljust(w) if at == 0 else cell.rjust(w)
            for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join((first, *others)).rstrip())
    return "\n".join(lines)


def _cells(each: Measured) -> Iterator[str]:
    yield each.programme
    yield str(each.points)
    yield f"{each.hit} ({each.share_hit:.0%})" if each.points else "—"
    yield str(len(each.missed))
    yield str(len(each.without))
    yield str(len(each.unreachable))
    yield "—" if each.share_eligible is None else f"{each.share_eligible:.0%}"
    yield f"{each.a_second:.0f}"


def details(each: Measured) -> str:
    """Which points were not hit, and why."""
    lines = [f"    by example    {point}" for point in each.missed]
    lines += [f"    not found     {point}" for point in each.without]
    reasons: dict[str, list[Point]] = {}
    for point, reason in each.unreachable:
        reasons.setdefault(reason, []).append(point)
    for reason, points in reasons.items():
        lines.append(f"    out of reach  {reason}, as the parameters are set:")
        lines += [f"                  {point}" for point in points]
    return "\n".join((each.programme, *lines)) if lines else ""


def bundled() -> Iterable[str]:
    """The paths of all bundled rule files."""
    return sorted(map(str, resources.programs().rglob("*.rules")))


def main() -> None:
    """Measure the programmes named, or all bundled ones."""
    found = [measure(gr.load(path)._program) for path in sys.argv[1:] or bundled()]
    print(table(found))
    for each in filter(None, map(details, found)):
        print(f"\n{each}")


if __name__ == "__main__":
    main()
