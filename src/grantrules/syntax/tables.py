"""
The tables of the parser, made from the grammars by `generate.py`.

The first state is 0.  `states` is a row for each state: symbol, action, symbol, action …; an action is the next state, or `~r` for "apply
rule r".  `rules` is a list for each rule: the number of its left side, its length, what is made of it (`=` hands
its one part on, nothing makes a list, anything else is the name of a maker in `build.py`), and the places of the
parts that are kept, where `~p` is a list whose items are taken one by one.  `words` are the words of the language.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from attrs import define

from grantrules.syntax.words import Vocabulary

TABLES = Path(__file__).resolve().parent
LAYOUT = {"_NL", "_INDENT", "_DEDENT"}


@define(slots=False, eq=False)
class Tables:
    """The tables of one language.  Rows are unpacked when a state is first reached: a file visits a part of them."""

    language: str
    made_from: str
    end: int
    symbols: list[str]
    nonterminals: list[str]
    rules: list[tuple[str, int, str, tuple[int, ...]]]
    packed: list[list[int]]
    rows: list[dict[str, int] | None]
    vocabulary: Vocabulary
    other: Vocabulary

    def row(self, state: int) -> dict[str, int]:
        """Symbol → action in a state."""
        found = self.rows[state]
        if found is None:
            symbols, packed = self.symbols, self.packed[state]
            found = {symbols[s]: action for s, action in zip(packed[::2], packed[1::2], strict=True)}
            if state == self.end:
                found["$END"] = state
            self.rows[state] = found
        return found


def unpacked(data: dict[str, Any]) -> Tables:
    """The tables from their plain data."""
    nonterminals = data["nonterminals"]
    language = data["language"]
    return Tables(
        language=language,
        made_from=data["made_from"],
        end=data["end"],
        symbols=data["symbols"],
        nonterminals=nonterminals,
        rules=[(nonterminals[left], size, name, tuple(parts)) for left, size, name, parts in data["rules"]],
        packed=data["states"],
        rows=[None] * len(data["states"]),
        vocabulary=Vocabulary(language, data["words"]),
        other=Vocabulary("tr" if language == "en" else "en", data["other_words"]),
    )


@cache
def tables_of(language: str) -> Tables:
    """The tables of a language, read once."""
    return unpacked(json.loads((TABLES / f"tables_{language}.json").read_bytes()))
