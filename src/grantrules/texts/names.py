"""The names in a tree: which there are, and the same tree with other ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast

from attrs import evolve, fields

from grantrules.syntax import tree as syn

Part = TypeVar("Part", bound=syn.Node)

_RECORDS = ("list", "record")
# Their names are of another world: texts of law, and the titles and words that nothing refers to.
_ASIDE = (syn.Citation, syn.Text, syn.SourceText)


def names_in(node: object) -> Iterator[str]:
    """Every name in a part of a tree, also those of records in types; a name may come several times."""
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack += part
        elif isinstance(part, syn.Name):
            yield part.text
        elif isinstance(part, syn.Node) and not isinstance(part, _ASIDE):
            if isinstance(part, syn.TypeName) and part.kind in _RECORDS and part.of is not None:
                yield part.of
            stack += (getattr(part, attribute.name) for attribute in fields(type(part)))


def declared_inside(node: object) -> Iterator[str]:
    """The names of fields and of values of choices that a part of a tree declares."""
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, tuple):
            stack += part
        elif isinstance(part, syn.Node) and not isinstance(part, _ASIDE):
            if isinstance(part, syn.Field | syn.ChoiceValue):
                yield part.name.text
            if isinstance(part, syn.ChoiceValue):
                yield from (name.text for name in part.also)
            stack += (getattr(part, attribute.name) for attribute in fields(type(part)))


def renamed(node: Part, names: Mapping[str, str]) -> Part:
    """The same part of a tree with other names, where it has them; places stay."""
    return cast("Part", _renamed(node, names)) if names else node


def _renamed(part: Any, names: Mapping[str, str]) -> Any:
    # No deeper than the tree, which the parser bounds.
    if isinstance(part, tuple):
        return tuple(_renamed(each, names) for each in part)
    if isinstance(part, syn.Name):
        return evolve(part, text=names[part.text]) if part.text in names else part
    if not isinstance(part, syn.Node) or isinstance(part, _ASIDE):
        return part
    changed: dict[str, Any] = {}
    for attribute in fields(type(part)):
        old = getattr(part, attribute.name)
        new = _renamed(old, names) if isinstance(old, tuple | syn.Node) else old
        if new is not old:
            changed[attribute.name] = new
    if isinstance(part, syn.TypeName) and part.kind in _RECORDS and part.of is not None:
        changed["of"] = names.get(part.of, part.of)
    return evolve(part, **changed) if changed else part
