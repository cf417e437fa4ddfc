"""
How well generated applications stand on the limits of a programme: points hit, share eligible, speed.

    python -m benchmarks.properties [PROGRAMME.rules …]
"""

from __future__ import annotations

import sys
import time

from attrs import frozen
from hypothesis import HealthCheck, given, settings

import grantrules as gr
from grantrules import resources
from grantrules.core import ir
from grantrules.properties.draft import Draft, of_facts
from grantrules.properties.making import Applications
from grantrules.properties.strategies import applications


@frozen
class Measured:
    """What became of a number of generated applications."""

    programme: str
    number: int
    points: int
    missed: tuple[str, ...]
    without: tuple[str, ...]
    eligible: int
    milliseconds: float

    @property
    def share_hit(self) -> float:
        """The share of all points that at least one application was at."""
        return 1 - len(self.missed) / max(1, self.points)

    @property
    def share_eligible(self) -> float:
        """The share of applications that are eligible."""
        return self.eligible / self.number

    def __str__(self) -> str:
        lines = [
            f"{self.programme}: {self.number} applications, {self.milliseconds:.1f} ms each",
            f"  points hit    {self.points - len(self.missed)} of {self.points} ({self.share_hit:.0%})",
            *(f"    missed, but there as an explicit example: {point}" for point in self.missed),
            *(f"    no application found: {point}" for point in self.without),
            f"  eligible      {self.eligible} ({self.share_eligible:.0%})",
        ]
        return "\n".join(lines)


def measure(program: ir.Program, *, number: int = 300) -> Measured:
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

    start = time.perf_counter()
    collect()
    spent = time.perf_counter() - start
    hit = set().union(*(made.landscape.hit(draft) for draft in drawn))
    missed = [point for point in made.landscape.points if point not in hit]
    return Measured(
        program.about.name,
        len(drawn),
        len(made.landscape.points),
        tuple(str(point) for point in missed),
        tuple(str(point) for point in missed if made.at(point) is None),
        sum(made.is_eligible(draft) for draft in drawn),
        1000 * spent / max(1, len(drawn)),
    )


def main() -> None:
    """Measure the programmes named, or all bundled ones."""
    named = sys.argv[1:] or sorted(map(str, resources.programs().rglob("*.rules")))
    for path in named:
        print(measure(gr.load(path)._program))


if __name__ == "__main__":
    main()
