"""A programme split into a library and a programme that uses it decides as the one file does."""

import json
from collections.abc import Iterator
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

import grantrules as gr
from grantrules import resources
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse
from grantrules.texts.binding import SHARED, keys_of
from grantrules.texts.names import names_in

PATH = resources.programs() / "tr" / "kdp_2023.rules"
TEXT = PATH.read_text(encoding="utf-8")
TREE = parse(Source("whole", TEXT))[0]
HEAD = next(s for s in TREE.statements if isinstance(s, syn.Programme))
APPLICATION = next(s for s in TREE.statements if isinstance(s, syn.Application))
WHOLE = gr.compile(TEXT)
APPLICATIONS = sorted((PATH.parent / "applications").glob("kdp_2023/*.json"))[:3]


def text_of(node: syn.Node) -> str:
    return TEXT[node.span.start : node.span.end]


def names_of(statement: syn.Statement) -> set[str]:
    return {key[2] for key in keys_of(statement)}


def own_names() -> Iterator[str]:
    for statement in TREE.statements:
        heading = getattr(statement, "heading", None)
        if (
            not isinstance(statement, SHARED)
            and isinstance(heading, syn.Heading)
            and heading.name is not None
        ):
            yield heading.name.text


def closed(chosen: set[int]) -> list[syn.Statement]:
    """The chosen statements, all that they and the shape of the data need, and nothing that a library cannot have."""
    shared = [s for s in TREE.statements if isinstance(s, SHARED)]
    kept = {id(s) for s in shared if isinstance(s, syn.Record)} | {id(shared[n]) for n in chosen}
    while True:
        words = {w for s in shared if id(s) in kept for w in names_in(s)} | set(names_in(APPLICATION))
        more = {id(s) for s in shared if names_of(s) & words} | kept
        if more == kept:
            return [s for s in shared if id(s) in kept]
        kept = more


@settings(max_examples=6, deadline=None)
@given(chosen=st.sets(st.integers(0, sum(isinstance(s, SHARED) for s in TREE.statements) - 1)))
def test_a_programme_and_a_library_decide_as_one_file(chosen):
    moved = closed(chosen)
    assume(not {w for s in moved for w in names_in(s)} & set(own_names()))
    assert APPLICATIONS
    sources = [s for s in TREE.statements if isinstance(s, syn.SourceText)]
    head = text_of(HEAD).split("\n", 1)[1]
    parts = [f'library lib.part "Part"\n{head}', *map(text_of, [*sources, *moved, APPLICATION])]
    library = "language English\n\n" + "\n\n".join(part.rstrip() for part in parts) + "\n"
    gone = {id(s) for s in moved}
    rest = [s for s in TREE.statements if id(s) not in gone and s is not HEAD]
    taken = sorted({name for s in moved for name in names_of(s)})
    use = f"use lib.part: {', '.join(taken)}"
    parts = [text_of(HEAD), use, *map(text_of, rest)]
    text = "language English\n\n" + "\n\n".join(part.rstrip() for part in parts) + "\n"

    other = gr.compile(text, root={"lib/part.rules": library})
    for path in APPLICATIONS:
        facts = json.loads(Path(path).read_text(encoding="utf-8"))
        whole, split = WHOLE.decide(facts).to_dict(), other.decide(facts).to_dict()
        for member in ("eligible", "support", "supports", "missing", "unset", "parameters", "results"):
            assert json.dumps(without_origin(whole[member])) == json.dumps(without_origin(split[member])), (
                member
            )


def without_origin(data: object) -> object:
    """Where a statement stands is what the two differ in."""
    if isinstance(data, dict):
        return {key: without_origin(data[key]) for key in sorted(data) if key != "origin"}
    return [without_origin(each) for each in data] if isinstance(data, list) else data
