"""
Which figure needs which, read off the words of the statements before any of them is made.

Figures are made on demand: one that names another has it made first.  A long chain of definitions, written from its
end, would so call deeper and deeper.  Made in the order found here, each finds what it names already made.  The order
is a help and no more: a word may be the value of a choice and no figure at all, and what is still missing is made on
demand as ever.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

_QUOTED = re.compile(r'"[^"\n]*"|--[^\n]*')
_WORD = re.compile(r"[^\W\d]\w*")


def words_of(text: str) -> dict[str, None]:
    """The words of a text, without what stands in quotation marks and comments, each once and in their order."""
    return dict.fromkeys(_WORD.findall(_QUOTED.sub(" ", text)))


def in_order_of_need(needs: Mapping[Key, Iterable[Key]]) -> list[Key]:
    """
    The keys, each after those it needs; in a circle one of them comes too early.

    >>> in_order_of_need({"total": ["net", "tax"], "tax": ["net"], "net": []})
    ['net', 'tax', 'total']
    """
    done: dict[Key, None] = {}
    begun: set[Key] = set()
    for key in needs:
        stack: list[tuple[Key, Iterator[Key]]] = []
        if key not in begun:
            begun.add(key)
            stack.append((key, iter(needs[key])))
        while stack:
            above, waiting = stack[-1]
            next_ = next((n for n in waiting if n in needs and n not in begun), None)
            if next_ is None:
                done[above] = None
                stack.pop()
            else:
                begun.add(next_)
                stack.append((next_, iter(needs[next_])))
    return list(done)
