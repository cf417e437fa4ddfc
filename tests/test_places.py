"""Everything that is read, and everything that is made of it, says where it stands."""

from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import grantrules as gr
import house
from grantrules import resources
from grantrules.core import ir
from grantrules.source import NOWHERE, Source, Span
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse
from grantrules.testing import rule_files
from problem_cases import PAGES

EVERYTHING = PAGES.parents[1] / "tests" / "data" / "syntax"
FILES = {
    path.name: path.read_text(encoding="utf-8")
    for path in (*sorted(EVERYTHING.glob("*.rules")), *sorted(resources.programs().rglob("*.rules")))
}
PROGRAMMES = sorted(
    path.relative_to(resources.programs()).with_suffix("").as_posix()
    for folder in ("eu", "tr")
    for path in (resources.programs() / folder).glob("*.rules")
)

# A row of a table is within days that stand above it, and words in another language stand in a line of their own.
ELSEWHERE = {("Row", "during"), ("Due", "after")}


def inside(node: syn.Node) -> Iterator[tuple[str, syn.Node]]:
    for each in attrs.fields(type(node)):
        waiting = [getattr(node, each.name)]
        while waiting:
            found = waiting.pop()
            if isinstance(found, syn.Node):
                yield each.name, found
            elif isinstance(found, tuple):
                waiting += found


def misplaced(node: syn.Node, within: Span, text: str) -> Iterator[str]:
    """The nodes that are not within those they belong to, and names that stand for other words."""
    said = text[node.span.start : node.span.end]
    if not within.start <= node.span.start < node.span.end <= within.end:
        yield f"{type(node).__name__}: {said}"
    if isinstance(node, syn.Name) and said != node.text:
        yield f"{node.text}: {said}"
    for name, each in inside(node):
        loose = (type(node).__name__, name) in ELSEWHERE
        yield from misplaced(each, Span(0, len(text)) if loose else node.span, text)


@pytest.mark.parametrize("name", FILES)
def test_every_part_of_a_file_stands_within_the_part_it_belongs_to(name):
    tree, problems = parse(Source(name, FILES[name]))

    assert not problems
    assert list(misplaced(tree, Span(0, len(FILES[name])), FILES[name])) == []


def expressions(found: Any) -> Iterator[ir.Expr]:
    """All expressions in a part of the core."""
    if isinstance(found, ir.Expr):
        yield found
        for each in ir.children(found):
            yield from expressions(each)
    elif isinstance(found, tuple | list):
        for each in found:
            yield from expressions(each)
    elif isinstance(found, dict):
        yield from expressions(list(found.values()))
    elif attrs.has(type(found)) and not isinstance(found, ir.About):
        for each in attrs.fields(type(found)):
            yield from expressions(getattr(found, each.name))


def unplaced(program: ir.Program) -> set[str]:
    parts = (program.body, program.computed, program.rankings, program.invariances, program.payments)
    return {type(each).__name__ for each in expressions(parts) if each.span == NOWHERE}


@pytest.mark.parametrize("name", ["house", *PROGRAMMES])
def test_every_expression_of_a_programme_has_a_place(name):
    programme = gr.compile(house.RULES) if name == "house" else gr.load(resources.bundled(name))

    assert unplaced(programme._program) == set()


@settings(max_examples=60, deadline=None)
@given(rule_files())
def test_every_expression_of_a_random_programme_has_a_place(files):
    # A weight of 1, where all parts are equal, is nowhere written.
    assert unplaced(gr.compile(files.whole)._program) <= {"Const"}
