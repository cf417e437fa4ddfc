"""
The tree of every construct, stored as a whole with the words of both languages that each part stands for.

A line is a part: where it belongs, its kind, what it holds that is no part of its own, and the text that it stands for
in `everything.rules` and in `everything.tr.rules`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse
from storing import stored

DATA = Path(__file__).parent / "data" / "syntax"
LONG = 56


def read(name: str) -> tuple[syn.Module, str]:
    text = (DATA / name).read_text(encoding="utf-8")
    module, problems = parse(Source(name, text))
    assert problems == ()
    return module, text


def said(node: syn.Node, text: str) -> str:
    """What a node stands for in the text, and only its two ends where that is long."""
    words = text[node.span.start : node.span.end].replace("\n", "⏎")
    return words if len(words) <= LONG else f"{words[: LONG // 2]} … {words[-LONG // 2 :]}"


def parts(value: Any) -> list[Any]:
    """The nodes in a value of a field, and how they are told apart: none, one, or several in rows."""
    return [each for inner in value for each in parts(inner)] if isinstance(value, tuple) else [value]


def lines(one: syn.Node, other: syn.Node, texts: tuple[str, str], place: str, depth: int) -> Iterator[str]:
    """The lines of a node; beside it the same node in the other language."""
    plain, below = [], []
    for each in attrs.fields(type(one)):
        value, beside = getattr(one, each.name), getattr(other, each.name)
        if each.name == "span" or (each.default is not attrs.NOTHING and value == each.default):
            continue
        inner = [(a, b) for a, b in zip(parts(value), parts(beside), strict=True) if isinstance(a, syn.Node)]
        if inner:
            below += [(f"{each.name}: ", *both) for both in inner]
        if not inner or len(inner) < len(parts(value)):
            plain.append(f" {each.name}={shape(value)}")
    quoted = " ".join(f"«{said(node, text)}»" for node, text in zip((one, other), texts, strict=True))
    yield f"{'  ' * depth}{place}{type(one).__name__}{''.join(plain)} {quoted}"
    for where, mine, theirs in below:
        yield from lines(mine, theirs, texts, where, depth + 1)


def shape(value: Any) -> str:
    """A plain value; of a tuple with nodes in it, only where they stand."""
    if isinstance(value, tuple):
        return f"({', '.join(map(shape, value))})"
    return "·" if isinstance(value, syn.Node) else repr(value)


def tree() -> str:
    (english, text), (turkish, metin) = read("everything.rules"), read("everything.tr.rules")
    found = []
    for one, other in zip(english.statements, turkish.statements, strict=True):
        found += [*lines(one, other, (text, metin), "", 0), ""]
    return "\n".join(found)


def test_the_tree_of_every_construct_is_as_stored():
    found = tree()

    assert stored("trees/everything.txt", found) == found


def test_no_part_begins_or_ends_between_two_lines():
    found = tree()

    assert "«⏎" not in found
    assert "⏎»" not in found
