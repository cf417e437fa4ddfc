"""
What is known of small programmes, each with one kind of figure, condition, step or statement (`limit_cases.py`).

Where they change their mind, which values their figures can have, an application at each limit, for and against each
condition, what can be changed in them, and which of these applications are then decided otherwise.
`GRANTRULES_RENEW=1 pytest tests/test_stored_limits.py` stores it anew; read the difference: do the applications stand where
it says, are the ranges true, is every change one that an author could have made?
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

import grantrules as gr
from grantrules import types as ty
from grantrules.core import ir
from grantrules.evaluate import reference
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.fast import FastProgram
from grantrules.properties.changes import applied
from grantrules.properties.draft import Draft
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.making import WAYS, Applications
from grantrules.properties.mutants import mutants
from grantrules.properties.points import Landscape, Point
from grantrules.properties.probe import Probe
from grantrules.properties.ranges import Range
from limit_cases import GROUPS, programme
from storing import stored

GIVEN = 2
"""From how many applications a condition is made to hold, and not to hold."""


def shown(number: Fraction | int | None) -> str:
    return "…" if number is None else str(number)


def told(value: Any) -> str:
    """A fact, briefly."""
    match value:
        case bool():
            return "yes" if value else "no"
        case dict():
            return f"({', '.join(f'{name} {told(each)}' for name, each in value.items())})"
        case list():
            return f"[{', '.join(map(told, value))}]"
        case _:
            return str(value)


def of_range(found: Range) -> str:
    """A range in a line."""
    if found.values is not None:
        return "only " + ", ".join(map(shown, sorted(found.values))) if found.values else "no value"
    ends = f"from {shown(found.low)} to {shown(found.high)}"
    return ends if found.step is None else f"{ends}, {shown(found.start)} and steps of {shown(found.step)}"


class Told:
    """What is told of one programme."""

    def __init__(self, text: str) -> None:
        self.program = gr.compile(text)._program
        self.made = Applications(self.program)
        self.landscape: Landscape = self.made.landscape
        self.drafts: dict[str, tuple[int, Draft]] = {}
        """The applications told of, each once, by their texts."""

    def lines(self) -> Iterator[str]:
        yield from self.tests()
        yield from self.ranges()
        yield from self.at_limits()
        yield from self.conditions()
        yield from self.of_all_ways()
        yield from self.changes()
        self.figures()

    def facts(self, draft: Draft) -> str:
        """The facts of an application in a line, or the number of the one before that is the same."""
        text = ", ".join(f"{name} {told(value)}" for name, value in draft.plain().items())
        if text in self.drafts:
            return f"  ({self.drafts[text][0]})"
        self.drafts[text] = len(self.drafts) + 1, draft
        return f"  ({len(self.drafts)}) {text}"

    def tests(self) -> Iterator[str]:
        source = self.program.source
        for test in self.landscape.tests:
            where = f"line {source.line_of(test.span.start)}"
            scope = "".join(
                f", for {each.over if isinstance(each.over, str) else 'rows'}" for each in test.scope
            )
            when = f", {len(test.when)} condition" if test.when else ""
            support = f", of {test.support.name}" if test.support else ""
            gap = of_range(self.landscape._range_of_gap(test))
            names = f"{test.owner}, in {test.about.name}"
            yield f"test {test.number} ({where}, {names}{support}{scope}{when}) by {test.quantum}: {gap}"
        for point, reason in self.landscape.unreachable.items():
            yield f"never {point}: {reason}"
        for point in self.landscape.promised:
            yield f"promised {point}"
        for each in self.landscape.rowful:
            at = each.where.span if each.where is not None else each.list.span
            of = f"{each.support.name}, {each.step.about.name}" if each.support and each.step else "a figure"
            yield f"about some rows: {of}, line {source.line_of(at.start)}"

    def ranges(self) -> Iterator[str]:
        ranges = self.landscape.ranges
        for each in self.program.computed:
            if isinstance(each.value.type, ty.NUMERIC):
                yield f"range of {each.record}'s {each.about.name}: {of_range(ranges.of(each.value))}"
        for statement in self.program.body:
            if isinstance(statement, ir.Let) and isinstance(statement.value.type, ty.NUMERIC):
                yield f"range of {statement.name}: {of_range(ranges.of(statement.value))}"
            if isinstance(statement, ir.Support):
                for step in (*statement.steps, None):
                    found = ranges.before(statement, step)
                    name = "the end" if step is None else step.about.name
                    yield (
                        f"{statement.name} before {name}: lines {of_range(found.line)};"
                        f" sum {of_range(found.sum)}; rates {of_range(found.rate)}"
                    )

    def at_limits(self) -> Iterator[str]:
        for point in self.landscape.points:
            draft = self.made.at(point)
            if draft is None:
                yield f"-- {point}: none was found"
                continue
            self.check(draft, point)
            yield f"-- {point}{self.fate(draft)}"
            yield self.facts(draft)

    def check(self, draft: Draft, point: Point) -> None:
        """An application is where it is said to be, and the difference is one that it can have."""
        gaps = list(self.landscape.gaps(Probe(draft), point.test))
        there = [gap for gap in gaps if (gap > 0) - (gap < 0) == point.side]
        known = self.landscape._range_of_gap(point.test)
        assert any(abs(gap) <= point.test.quantum for gap in there)
        assert point in self.landscape.hit(draft)
        assert all((known.low is None or known.low <= gap) for gap in gaps)
        assert all((known.high is None or known.high >= gap) for gap in gaps)

    def fate(self, draft: Draft) -> str:
        return "" if self.made.is_eligible(draft) else ", not eligible"

    def conditions(self) -> Iterator[str]:
        rules = [each for each in self.program.body if isinstance(each, ir.Rule)]
        for rule in rules:
            for number, condition in enumerate(rule.conditions):
                for holds in (True, False):
                    yield f"-- {rule.about.name}, condition {number + 1}: {'holds' if holds else 'does not'}"
                    for seed in range(GIVEN):
                        chooser = RandomChooser(seed)
                        draft = self.made.maker.fresh(chooser)
                        aim = self.made.maker.aim(draft, chooser)
                        aim.settle()
                        reached = aim.make(condition, holds=holds)
                        assert reached is (Probe(draft).value(condition) is holds)
                        yield self.facts(draft) if reached else "  could not be made"

    def of_all_ways(self) -> Iterator[str]:
        for number, way in enumerate(dict.fromkeys(WAYS)):
            draft = self.made.draft(RandomChooser(number), way=way, points=self.landscape.points)
            yield f"-- {way}{self.fate(draft)}"
            yield self.facts(draft)
        draft = self.made.draft(RandomChooser(9), way="one", points=(), rowful=self.landscape.rowful)
        yield f"-- with rows{self.fate(draft)}"
        yield self.facts(draft)

    def changes(self) -> Iterator[str]:
        source = self.program.source
        before = {number: self.said(self.program, draft) for number, draft in self.drafts.values()}
        for mutant in mutants(self.program):
            changed = applied(self.program, mutant.change)
            other = [
                str(number)
                for number, draft in self.drafts.values()
                if self.said(changed, draft) != before[number]
            ]
            line = source.line_of(mutant.span.start)
            yield f"line {line}: {' | '.join(mutant.names)} [{' '.join(other)}]"

    def figures(self) -> None:
        """What is decided is the same by every way: at once, quickly, and figure by figure, the last ones first."""
        quick = FastProgram(self.program)
        for _, draft in self.drafts.values():
            facts = draft.facts()
            whole = reference.evaluate(self.program, facts)
            probe = Probe(draft)
            assert quick.decide(facts) == whole
            assert quick.is_eligible(facts) is (eligible(self.program, whole).answer is True)
            assert {name: probe.figures[name] for name in reversed(whole.figures)} == whole.figures

    @staticmethod
    def said(program: ir.Program, draft: Draft) -> Any:
        outcome = reference.evaluate(program, draft.facts())
        found = eligible(program, outcome)
        return found.answer, found.failed, outcome.paid, outcome.figures


@pytest.mark.parametrize(("group", "name"), [(group, name) for group in GROUPS for name in GROUPS[group]])
def test_what_is_known_of_a_small_programme(group, name):
    text = GROUPS[group][name]
    lines = [text.strip("\n"), "", *Told(programme(text)).lines()]
    found = "\n".join(lines) + "\n"

    assert found == stored(f"limits/{group}/{name.replace(' ', '_')}.txt", found)
