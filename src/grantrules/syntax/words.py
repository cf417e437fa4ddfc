"""
The words of the language and how they are recognised: `grammars/words.txt`, one line a word, all languages side by side.

A word may be a phrase (`is at least`), may have other forms that are read but never written (`to below ~ to before`),
and may contain an ending after an apostrophe, which Turkish writes in many forms by vowel harmony (`'den fazla`).
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from attrs import define, frozen

COLUMNS = {"en": 1, "tr": 2}

# One ending in all its forms, under the form that `words.txt` writes.
_TURKISH_ENDINGS = {
    "'in": "in ın un ün nin nın nun nün",
    "'den": "den dan ten tan nden ndan",
    "'e": "e a ye ya ne na",
    "'i": "i ı u ü si sı su sü",
}
ENDINGS: dict[str, dict[str, str]] = {
    "en": {},
    "tr": {f"'{form}": ending for ending, forms in _TURKISH_ENDINGS.items() for form in forms.split()},
}
POSSESSIVE = "'i"

# How a text falls into pieces when words are compared: words, endings, and single marks.
_PIECE = re.compile(r"[^\W\d]\w*|'\w*|[^\s\w]")


def read_words(folder: Path, language: str) -> dict[str, list[str]]:
    """Terminal → its forms in a language, the written one first; a reserved form begins with a star."""
    words = {}
    for line in (folder / "words.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = [cell.strip() for cell in line.split("|")]
            if cells[COLUMNS[language]] != "-":
                words[cells[0]] = [form.strip() for form in cells[COLUMNS[language]].split("~")]
    return words


Pieces: TypeAlias = tuple[str, ...]


@frozen
class Phrase:
    """A phrase as a row of pieces, and the terminals it can be."""

    pieces: Pieces
    terminals: tuple[str, ...]


def pieces_of(form: str) -> Pieces:
    """`is at least` → its words; an ending stays with its apostrophe."""
    return tuple(_PIECE.findall(form.lstrip("*")))


@define(slots=False)
class Vocabulary:
    """The words of one language, ready to be looked up."""

    language: str
    forms: dict[str, list[str]]

    @cached_property
    def endings(self) -> dict[str, str]:
        """Form of an ending → the ending."""
        return ENDINGS[self.language]

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Words that can never be names."""
        return frozenset(f[1:] for forms in self.forms.values() for f in forms if f.startswith("*"))

    @cached_property
    def phrases(self) -> dict[str, tuple[Phrase, ...]]:
        """First piece → the phrases of the grammar that begin with it, longest first."""
        return self._index("K_", "GENITIVE")

    @cached_property
    def units(self) -> dict[str, tuple[Phrase, ...]]:
        """First piece → the units that may follow a number, longest first."""
        return self._index("UNIT_")

    def _index(self, *prefixes: str) -> dict[str, tuple[Phrase, ...]]:
        found: dict[Pieces, list[str]] = {}
        for terminal, forms in self.forms.items():
            if terminal.startswith(prefixes):
                for form in forms:
                    found.setdefault(pieces_of(form), []).append(terminal)
        index: dict[str, list[Phrase]] = {}
        for pieces, terminals in sorted(found.items(), key=lambda item: -len(item[0])):
            index.setdefault(pieces[0], []).append(Phrase(pieces, tuple(terminals)))
        return {first: tuple(phrases) for first, phrases in index.items()}

    def written(self, terminal: str) -> str:
        """A terminal as it is written, for messages."""
        return self.forms[terminal][0].lstrip("*")
