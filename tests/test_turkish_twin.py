"""The 2023 call in Turkish is the same programme: its tree has the shape of the English one, node for node.

What may differ is what an author chooses: names, titles, labels and remarks about people.
"""

from pathlib import Path
from typing import Any

import attrs

from grantrules import resources
from grantrules.compiler.check import compile_module
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse

ENGLISH = resources.programs() / "tr" / "kdp_2023.rules"
TURKISH = Path(__file__).parent / "data" / "programmes" / "kdp_2023.tr.rules"

WORDS_OF_THE_AUTHOR = {
    (syn.Programme, "authority"),
    (syn.ChoiceValue, "titles"),
    (syn.CodeLine, "title"),
    (syn.TypeName, "of"),
    (syn.Module, "language"),
    (syn.Module, "comments"),
}


def read(path: Path) -> syn.Module:
    tree, problems = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert problems == ()
    return tree


def shape(node: Any) -> Any:
    """A tree without the words of its author."""
    if isinstance(node, tuple):
        return tuple(shape(part) for part in node)
    if isinstance(node, syn.Name | syn.Text):
        return type(node).__name__
    if isinstance(node, syn.Node):
        kind = type(node)
        names = [
            f.name
            for f in attrs.fields(kind)
            if f.name != "span" and (kind, f.name) not in WORDS_OF_THE_AUTHOR
        ]
        return (kind.__name__, *(shape(getattr(node, name)) for name in names))
    return node


def test_both_files_have_the_same_tree_statement_by_statement():
    english, turkish = read(ENGLISH), read(TURKISH)

    for one, other in zip(without_examples(english), without_examples(turkish), strict=True):
        assert shape(one) == shape(other)


def without_examples(tree: syn.Module) -> list[syn.Statement]:
    return [statement for statement in tree.statements if not isinstance(statement, syn.Example)]


def test_the_examples_are_the_same_as_far_as_they_are_translated():
    """The English file has more of them: each of these would notice one small mistake that no other does."""
    english, turkish = (
        [statement for statement in read(path).statements if isinstance(statement, syn.Example)]
        for path in (ENGLISH, TURKISH)
    )

    assert len(turkish) > 50
    assert [shape(one) for one in english[: len(turkish)]] == [shape(other) for other in turkish]


def test_a_quotation_is_not_translated():
    def quotes(tree: syn.Module) -> list[str | None]:
        headings = [s.heading for s in tree.statements if hasattr(s, "heading")]
        headings += [step.heading for s in tree.statements if isinstance(s, syn.Support) for step in s.steps]
        return [citation.quote for heading in headings for citation in heading.citations]

    assert quotes(read(ENGLISH)) == quotes(read(TURKISH))


def test_the_turkish_file_compiles_without_a_remark():
    source = Source(TURKISH.name, TURKISH.read_text(encoding="utf-8"))
    programme, problems = compile_module(parse(source)[0], source)

    assert programme is not None
    assert problems == ()
