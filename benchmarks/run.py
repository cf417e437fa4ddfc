"""Speed and exactness of grantrules, mostly on the 2023 cluster call, as ratios to plain Python functions in the same run.

A time says as much about the machine and its other work as about the code. So nothing here is judged by a time:
in every round each contestant runs between two runs of the Decimal function, and its figure is its time divided
by theirs. What is printed is the median of the rounds, with the smallest and the largest.

    python benchmarks/run.py
    python benchmarks/run.py --json findings.json

A bar that is missed is marked, and with `--check` the exit code is 1.
"""

import argparse
import gc
import json
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import grantrules as gr
from benchmarks import applications
from benchmarks.baseline import decide_cents, decide_decimal, decide_in_one_loop
from grantrules import resources
from grantrules.evaluate.reference import evaluate

Work = Callable[[], object]

PROGRAMME = resources.bundled("tr/kdp_2023")
JOINED = resources.bundled("tr/urge_2010_8")
TRIPS = JOINED.parent / "applications" / "urge_2010_8" / "eleven_missions.json"
SLICE = 0.01  # Seconds that one measurement takes: long beside the clock's steps, short beside other work's bursts.


class Contestant(NamedTuple):
    """Something to be timed, beside the Decimal function or another contestant, and the bar it should pass."""

    name: str
    work: Work
    bar: float | None = None
    beside: str | None = (
        None  # The contestant whose ratio it is divided by; the Decimal function if there is none.
    )


class Figure(NamedTuple):
    """What the rounds showed, and the bar: the most that the median should be."""

    name: str
    unit: str
    median: float
    least: float
    most: float
    bar: float | None = None

    @property
    def missed(self) -> bool:
        """Whether there is a bar that it did not pass."""
        return self.bar is not None and self.median > self.bar


def figure(name: str, unit: str, values: Sequence[float], bar: float | None = None) -> Figure:
    """The figure of several rounds."""
    return Figure(name, unit, median(values), min(values), max(values), bar)


# ------------------------------------------------------------------------------------------------ one decision


def outcome(decision: Any) -> tuple[Any, Any, Any]:
    """What the hand-written functions also give. It is asked for while the clock runs, so nothing can be put off."""
    return decision.eligible, decision.support, decision.failed


def contestants(programme: Any) -> list[Contestant]:
    """All ways to decide the realistic application."""
    mapping = applications.realistic()
    as_json = json.dumps(mapping).encode()
    facts = programme.prepare(mapping)
    decide = programme.decide
    engine = "grantrules, from a mapping, validated"
    whole = "grantrules, decision with all that is said of it"
    channel, cost = (programme.prepare(each) for each in unfinished())
    return [
        Contestant("plain Python, Decimal, in one loop", lambda: decide_in_one_loop(mapping)),
        Contestant("plain Python, whole cents, tuned", lambda: decide_cents(mapping)),
        Contestant("plain Python, Decimal, from JSON", lambda: decide_decimal(json.loads(as_json))),
        Contestant(engine, lambda: outcome(decide(mapping)), bar=1.5),
        Contestant("grantrules, from JSON bytes, validated", lambda: outcome(decide(as_json)), bar=2.0),
        Contestant("grantrules, decision alone", lambda: outcome(decide(facts)), bar=1.0),
        Contestant("grantrules, from a mapping, with trace", lambda: outcome(decide(mapping, trace=True))),
        Contestant(
            "… trace, beside the same without",
            lambda: outcome(decide(mapping, trace=True)),
            bar=2.0,
            beside=engine,
        ),
        Contestant(whole, lambda: decide(facts).missing),
        Contestant(
            "… a fact unknown, beside the same complete", lambda: decide(channel).missing, beside=whole
        ),
        Contestant("… an amount unknown, beside the same", lambda: decide(cost).missing, beside=whole),
    ]


def unfinished() -> Iterator[applications.Application]:
    """The realistic application without a fact that no amount depends on, and without an amount that all depends on."""
    unknown = {"unknown": True}
    mapping = applications.realistic()
    yield mapping | {"channel": unknown}
    yield mapping | {"costs": [mapping["costs"][0] | {"amount": unknown}, *mapping["costs"][1:]]}


def latency(programme: Any, rounds: int) -> tuple[list[Figure], float]:
    """The ratio of each contestant, and the microseconds that the Decimal function took."""
    mapping = applications.realistic()
    racing = contestants(programme)
    works: list[Work] = [lambda: decide_decimal(mapping), *(each.work for each in racing)]
    loops = [calibrated(work) for work in works]
    seconds: list[float] = []
    ratios: dict[str, list[float]] = {each.name: [] for each in racing}
    for _ in range(rounds):
        for each, work, count in zip(racing, works[1:], loops[1:], strict=True):
            before = timed(works[0], loops[0])
            own = timed(work, count)
            after = timed(works[0], loops[0])
            seconds += before, after
            other = ratios[each.beside][-1] if each.beside else 1
            ratios[each.name].append(own / ((before + after) / 2) / other)
    figures = [figure(each.name, "x", ratios[each.name], each.bar) for each in racing]
    return figures, median(seconds) * 1e6


def joined_lists(rounds: int) -> list[Figure]:
    """A project of many trips, each with its invoices in another list: beside the evaluator that defines the meaning."""
    programme, project = gr.load(JOINED), json.loads(TRIPS.read_bytes())

    def beside_the_reference(number: int) -> Figure:
        facts = programme.prepare(applications.many_trips(project, number))
        works: list[Work] = [
            lambda: outcome(programme.decide(facts)),
            lambda: evaluate(programme.core, facts),
        ]
        loops = [calibrated(work) for work in works]
        times = [tuple(map(timed, works, loops)) for _ in range(rounds)]
        ratios = [own / reference for own, reference in times]
        return figure(f"{number} trips abroad with their invoices", "x", ratios, bar=0.5)

    return [beside_the_reference(number) for number in (11, 33)]


def calibrated(work: Work) -> int:
    """How often to run something for one measurement.  The first run is left out: it makes what is made on first use."""
    work()
    count = 1
    while (spent := timed(work, count) * count) < SLICE / 4:
        count *= 2
    return max(1, round(count * SLICE / spent))


def timed(work: Work, count: int) -> float:
    """Seconds of this process for one run, on average, with the garbage collector held back as `timeit` does."""
    gc.collect()
    gc.disable()
    try:
        start = process_time()
        for _ in range(count):
            work()
        return (process_time() - start) / count
    finally:
        gc.enable()


# ------------------------------------------------------------------------------------------------ starting up


STATEMENT = re.compile(r"(require|advise) (\w+)")


def long_programme(text: str, lines: int = 500) -> str:
    """
    A programme of so many lines, or a few more.

    A shorter one has its requirements and its advice again and again, under new names; a longer one loses examples
    and remarks, from the last to the first: nothing but later examples leans on them.
    """
    blocks = re.split(r"\n{2,}(?=\S)", text.rstrip())
    repeated = [block for block in blocks if STATEMENT.match(block)]
    for number in range(2, lines):
        if count_lines(blocks) >= lines:
            break
        blocks += [STATEMENT.sub(rf"\1 \2_{number}", block, count=1) for block in repeated]
    while count_lines(blocks[:-1]) >= lines and blocks[-1].startswith(("--", "example", "require", "advise")):
        blocks.pop()
    return written(blocks)


def written(blocks: list[str]) -> str:
    """Statements with an empty line between them."""
    return "\n\n".join(blocks) + "\n"


def count_lines(blocks: list[str]) -> int:
    """The lines of a file of these statements."""
    return written(blocks).count("\n")


def compiling(rounds: int) -> list[Figure]:
    """Milliseconds to compile a file of 500 lines, once the grammar is read; and the real programme as it stands."""
    real = PROGRAMME.read_text(encoding="utf-8")
    long = long_programme(real)
    gr.compile(real)
    long_times, real_times = [], []
    for _ in range(rounds):
        long_times.append(timed(lambda: gr.compile(long), 1) * 1e3)
        real_times.append(timed(lambda: gr.compile(real), 1) * 1e3)
    return [
        figure(f"compile {long.count(chr(10))} lines", "ms", long_times, bar=150),
        figure(f"compile the programme, {real.count(chr(10))} lines", "ms", real_times),
    ]


def starting(rounds: int) -> list[Figure]:
    """Milliseconds over a bare Python, in fresh processes: the import, and the import with the first programme."""
    statements = ("pass", "import grantrules", f"import grantrules; grantrules.load({str(PROGRAMME)!r})")
    taken = [[fresh(statement) for statement in statements] for _ in range(rounds)]
    return [
        figure("import grantrules, over bare Python", "ms", [each[1] - each[0] for each in taken], bar=150),
        figure(
            "import and load the programme, over bare Python", "ms", [each[2] - each[0] for each in taken]
        ),
    ]


def fresh(statement: str) -> float:
    """Milliseconds that a new process takes for one statement."""
    start = perf_counter()
    subprocess.run([sys.executable, "-I", "-c", statement], check=True)
    return (perf_counter() - start) * 1e3


# ------------------------------------------------------------------------------------------------ exactness


class Exactness(NamedTuple):
    """How many applications were decided, and each one that was decided differently."""

    name: str
    decided: int
    differences: list[str]


def exactness(programme: Any, name: str, cases: Iterable[applications.Application]) -> Exactness:
    """Hold the engine against the Decimal function."""
    differences: list[str] = []
    number = -1
    for number, case in enumerate(cases):
        differences.extend(f"application {number}: {difference}" for difference in compared(programme, case))
    return Exactness(name, number + 1, differences)


def compared(programme: Any, case: applications.Application) -> Iterator[str]:
    """What was decided differently from the Decimal function."""
    expected = decide_decimal(case)
    decision = programme.decide(case)
    support = decision.support
    found = {
        "eligible": decision.eligible,
        "failed": sorted(failed.name for failed in decision.failed),
        "grant": None if support is None else str(Decimal(support.amount).quantize(Decimal("0.01"))),
    }
    if support is not None and Decimal(support.amount) != Decimal(found["grant"]):
        yield f"grantrules pays {support.amount}, which is no whole number of cents"
    if found != expected | {"failed": sorted(expected["failed"])}:
        yield f"grantrules {found}, Decimal {expected}"


# ------------------------------------------------------------------------------------------------ the report


class Findings(NamedTuple):
    """All that was measured."""

    decisions: list[Figure]
    reference: float
    joined: list[Figure]
    starts: list[Figure]
    exact: list[Exactness]

    @property
    def missed(self) -> bool:
        """Whether a bar was not passed, or something was decided differently."""
        figures = self.decisions + self.joined + self.starts
        return any(each.missed for each in figures) or any(each.differences for each in self.exact)


def main() -> int:
    """Run all of it and print it."""
    options = arguments()
    programme = gr.load(PROGRAMME)
    decisions, reference = latency(programme, options.rounds)
    joined = joined_lists(options.rounds)
    starts = compiling(options.rounds) + starting(options.rounds)
    exact = [
        exactness(programme, "adversarial applications", applications.adversarial_applications(1_000)),
        exactness(programme, "random applications", applications.random_applications(1_000)),
    ]
    findings = Findings(decisions, reference, joined, starts, exact)
    report(findings)
    if options.json:
        write(options.json, findings)
    return int(options.check and findings.missed)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description="Speed and exactness beside plain Python for the same rules."
    )
    parser.add_argument("--rounds", type=int, default=31, help="interleaved rounds (default: 31)")
    parser.add_argument("--json", metavar="FILE", type=Path, help="also write the findings as JSON")
    parser.add_argument(
        "--check", action="store_true", help="exit with 1 where a bar is missed or a cent is wrong"
    )
    return parser.parse_args()


def report(found: Findings) -> None:
    """The findings for people."""
    print(f"Python {platform.python_version()}, {platform.machine()}.")
    print(
        f"\nOne decision, 24 members and 30 cost lines: ratio to a Decimal function, here {found.reference:.1f} µs\n"
    )
    print("\n".join(row(each) for each in found.decisions))
    print("\nLists that are joined: ratio to the evaluator that defines the meaning\n")
    print("\n".join(row(each) for each in found.joined))
    print("\nStarting up\n")
    print("\n".join(row(each) for each in found.starts))
    print("\nExactness: differences from the Decimal function\n")
    for each in found.exact:
        print(f"  {each.name:<50} {len(each.differences):>7} of {each.decided:,}")
        print("".join(f"    {difference}\n" for difference in each.differences[:5]), end="")


def row(each: Figure) -> str:
    """One line of the report."""
    spread = f"{each.least:.2f} .. {each.most:.2f}"
    bar = (
        "" if each.bar is None else f"{'MISSED' if each.missed else 'met'}: at most {each.bar:g} {each.unit}"
    )
    return f"  {each.name:<50} {each.median:>8.2f} {each.unit:<3} {spread:<18} {bar}".rstrip()


def write(path: Path, found: Findings) -> None:
    """The findings for programs."""
    findings = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "decimal_function_microseconds": found.reference,
        "ratios_to_the_decimal_function": [each._asdict() for each in found.decisions],
        "ratios_to_the_reference_of_joined_lists": [each._asdict() for each in found.joined],
        "starting": [each._asdict() for each in found.starts],
        "exactness": [each._asdict() for each in found.exact],
    }
    path.write_text(json.dumps(findings, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
