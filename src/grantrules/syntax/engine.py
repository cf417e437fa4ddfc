"""
The parser proper: an LALR(1) automaton over the tables that Lark made, and a reader of words that knows the state.

A word may be several things; the reader takes the first reading that the automaton can go on with, the longest phrase
first.  "Can go on" is found out exactly, by trying on a copy of the stack of states: the tables alone say too much.

The automaton keeps, beside each value, where it begins and ends in the text, so that brackets and keywords count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from grantrules.formats import grouped
from grantrules.source import Span
from grantrules.syntax import tree as syn
from grantrules.syntax.build import Maker
from grantrules.syntax.lexing import Lexeme
from grantrules.syntax.tables import Tables
from grantrules.syntax.words import POSSESSIVE, Phrase, Vocabulary

MARKS = {
    ",": "COMMA", "(": "LPAR", ")": "RPAR", "|": "VBAR", ":": "COLON", "=": "EQUAL", "+": "PLUS", "-": "MINUS",
    "*": "STAR", "/": "SLASH",
}  # fmt: skip
LANGUAGES = frozenset({"en", "tr", "de", "fr"})
_CODE = re.compile(r"[A-Z0-9]+(?:\.[A-Z0-9]+)*")
_FILE_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_THOUSANDTHS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
_SPANS = {
    "UNIT_YEAR": "year", "UNIT_MONTH": "month", "UNIT_WEEK": "week", "UNIT_DAY": "day",
    "UNIT_WORKING_DAY": "working day", "UNIT_HOUR": "hour",
}  # fmt: skip

Rule: TypeAlias = tuple[str, int, Callable[..., Any] | None, tuple[int, ...], bool]
Saved: TypeAlias = tuple[list[int], list[Any], list[int], list[int], list[tuple[list[Any], int]]]


class Reading(NamedTuple):
    """What some lexemes may be: a terminal, its value, and how many lexemes it takes."""

    terminal: str
    value: Any
    size: int


class Automaton:
    """The stacks of the parser, and how a terminal changes them."""

    def __init__(self, tables: Tables, maker: Maker) -> None:
        self._tables = tables
        self._rules = [self._applied(maker, *rule) for rule in tables.rules]
        self.states = [0]
        self.values: list[Any] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    @staticmethod
    def _applied(maker: Maker, left: str, size: int, name: str, parts: tuple[int, ...]) -> Rule:
        if not name:
            return left, size, None, parts, False
        if name == "=":
            return left, size, None, parts, True
        return left, size, maker.of(name), parts, False

    def save(self) -> Saved:
        """The stacks as they are, to come back to."""
        lists = [(value, len(value)) for value in self.values if type(value) is list]
        return self.states[:], self.values[:], self.starts[:], self.ends[:], lists

    def restore(self, saved: Saved) -> None:
        """Come back to saved stacks; lists have grown in place since then."""
        self.states[:], self.values[:], self.starts[:], self.ends[:], lists = saved
        for value, size in lists:
            del value[size:]

    @property
    def row(self) -> dict[str, int]:
        """What the state at the top knows."""
        return self._tables.row(self.states[-1])

    def can_take(self, terminal: str) -> bool:
        """Whether a terminal may come next; nothing is changed."""
        row_of, rules = self._tables.row, self._rules
        stack = self.states
        depth, above = len(stack), list[int]()
        while True:
            state = above[-1] if above else stack[depth - 1]
            action = row_of(state).get(terminal)
            if action is None:
                return False
            if action >= 0:
                return True
            left, size, *_ = rules[~action]
            dropped = min(size, len(above))
            if dropped:
                del above[-dropped:]
            depth -= size - dropped
            state = above[-1] if above else stack[depth - 1]
            above.append(row_of(state)[left])

    def expected(self) -> list[str]:
        """The terminals that may come next."""
        return [t for t in self.row if (t.isupper() or t == "$END") and self.can_take(t)]

    def take(self, terminal: str, value: Any, start: int, end: int) -> bool:
        """Take a terminal; whether it fitted."""
        row_of = self._tables.row
        states, values, starts, ends = self.states, self.values, self.starts, self.ends
        while True:
            action = row_of(states[-1]).get(terminal)
            if action is None:
                return False
            if action >= 0:
                states.append(action)
                values.append(value)
                starts.append(start)
                ends.append(end)
                return True
            left, size, make, parts, hand_on = self._rules[~action]
            first, last = starts[-size], ends[-1]
            if make is not None:
                made = make(Span(first, last), *_chosen(values, size, parts))
            elif hand_on:
                made = values[parts[0] - size]
            else:
                made = _listed(values, size, parts)
            del states[-size:], values[-size:], starts[-size:], ends[-size:]
            states.append(row_of(states[-1])[left])
            values.append(made)
            starts.append(first)
            ends.append(last)


def _chosen(values: list[Any], size: int, parts: tuple[int, ...]) -> Iterator[Any]:
    for part in parts:
        if part >= 0:
            yield values[part - size]
        else:
            yield from values[~part - size]


def _listed(values: list[Any], size: int, parts: tuple[int, ...]) -> list[Any]:
    """The parts as a list; a list that stands first is lengthened, so that long ones cost no more than short ones."""
    if parts and parts[0] < 0:
        found: list[Any] = values[~parts[0] - size]
        found.extend(_chosen(values, size, parts[1:]))
        return found
    return list(_chosen(values, size, parts))


class Reader:
    """What the next lexemes of a line may be, given the state of the automaton."""

    def __init__(self, vocabulary: Vocabulary, automaton: Automaton) -> None:
        self._vocabulary = vocabulary
        self._automaton = automaton

    def read(self, lexemes: list[Lexeme], at: int) -> Reading | None:
        """The reading of the lexemes at a place, or `None` where nothing fits."""
        row = self._automaton.row
        possible = [r for r in readings(self._vocabulary, lexemes, at) if r.terminal in row]
        if len(possible) == 1:
            return possible[0]
        return next((r for r in possible if self._automaton.can_take(r.terminal)), None)


def readings(vocabulary: Vocabulary, lexemes: list[Lexeme], at: int) -> Iterator[Reading]:
    """All that the lexemes at a place can be, the likeliest first."""
    kind, text, start, end = lexemes[at]
    if kind == "word":
        yield from _words(vocabulary, lexemes, at)
    elif kind in {"mark", "ending"}:
        yield from _phrases(vocabulary, lexemes, at)
        if text in MARKS:
            yield Reading(MARKS[text], None, 1)
    elif kind in {"number", "blob"}:
        yield from _numbers(vocabulary, lexemes, at)
    elif kind == "string":
        yield Reading("STRING", syn.Text(text[1:-1], span=Span(start, end)), 1)
    elif kind == "percent":
        yield from _percents(vocabulary, lexemes, at)
    elif kind == "date":
        yield Reading("DATE", syn.Day(text, span=Span(start, end)), 1)
    elif kind == "moment":
        day, time, *zone = text.split(" ")
        yield Reading(
            "MOMENT_LIT", syn.Instant(f"{day} {time}", zone[0] if zone else None, span=Span(start, end)), 1
        )
    elif kind == "month":
        for size in (
            _unit(vocabulary, lexemes, at + 1, "UNIT_MONTH_LIT") if vocabulary.language == "tr" else ()
        ):
            yield Reading("MONTH_LIT", syn.MonthLit(text, span=Span(start, lexemes[at + size].end)), 1 + size)
    elif kind == "fraction":
        above, below = text.split("/")
        yield Reading("FRACTION", syn.Fraction(above, below, span=Span(start, end)), 1)
    elif kind == "nace":
        yield Reading("NACE_LIT", _nace(text, Span(start, end)), 1)
    elif kind == "revision":
        yield Reading("REVISION", text.removeprefix("Rev.").strip(), 1)


def _words(vocabulary: Vocabulary, lexemes: list[Lexeme], at: int) -> Iterator[Reading]:
    _, text, start, end = lexemes[at]
    span = Span(start, end)
    if text in LANGUAGES and at + 1 < len(lexemes) and lexemes[at + 1].kind == "string":
        yield Reading("LANG", text, 1)
    if _FILE_NAME.fullmatch(text):
        yield Reading("FILENAME", syn.Name(text, span=span), 1)
    if text[0].isupper():
        if _CURRENCY.fullmatch(text):
            yield Reading("CURRENCY", syn.Name(text, span=span), 1)
        if _CODE.fullmatch(text):
            yield Reading("CODE", text, 1)
        yield from _zone(lexemes, at)
    if vocabulary.language == "en" and at + 1 < len(lexemes) and lexemes[at + 1].kind == "month":
        for _ in _unit(vocabulary, lexemes, at, "UNIT_MONTH_LIT"):
            month = lexemes[at + 1]
            yield Reading("MONTH_LIT", syn.MonthLit(month.text, span=Span(start, month.end)), 2)
    yield from _phrases(vocabulary, lexemes, at)
    if text not in vocabulary.reserved and "." not in text:
        yield Reading("NAME", syn.Name(text, span=span), 1)


def _zone(lexemes: list[Lexeme], at: int) -> Iterator[Reading]:
    """`Europe/Istanbul`, `America/Argentina/Buenos_Aires`, `UTC`."""
    last = at
    while (
        last + 2 < len(lexemes)
        and lexemes[last + 1].text == "/"
        and lexemes[last + 2].kind == "word"
        and lexemes[last].end == lexemes[last + 1].start
    ):
        last += 2
    text = "".join(lexeme.text for lexeme in lexemes[at : last + 1])
    yield Reading("ZONE", syn.Name(text, span=Span(lexemes[at].start, lexemes[last].end)), last - at + 1)


def _phrases(vocabulary: Vocabulary, lexemes: list[Lexeme], at: int) -> Iterator[Reading]:
    for phrase in vocabulary.phrases.get(piece(vocabulary, lexemes[at]), ()):
        if _is_at(vocabulary, phrase, lexemes, at):
            for terminal in phrase.terminals:
                yield Reading(terminal, None, len(phrase.pieces))


def piece(vocabulary: Vocabulary, lexeme: Lexeme) -> str:
    """A lexeme as phrases are compared: an ending in the form that the words are written with."""
    return vocabulary.endings.get(lexeme.text, lexeme.text) if lexeme.kind == "ending" else lexeme.text


def _is_at(vocabulary: Vocabulary, phrase: Phrase, lexemes: list[Lexeme], at: int) -> bool:
    size = len(phrase.pieces)
    if size == 1:
        return True
    return at + size <= len(lexemes) and all(
        piece(vocabulary, lexeme) == wanted
        for lexeme, wanted in zip(lexemes[at + 1 : at + size], phrase.pieces[1:], strict=True)
    )


def phrase_at(
    index: dict[str, tuple[Phrase, ...]], vocabulary: Vocabulary, lexemes: list[Lexeme], at: int
) -> Phrase | None:
    """The longest phrase of an index that stands at a place."""
    if at >= len(lexemes):
        return None
    found = index.get(piece(vocabulary, lexemes[at]), ())
    return next((p for p in found if _is_at(vocabulary, p, lexemes, at)), None)


def _unit(vocabulary: Vocabulary, lexemes: list[Lexeme], at: int, terminal: str) -> Iterator[int]:
    """The size of a unit where it stands at a place."""
    phrase = phrase_at(vocabulary.units, vocabulary, lexemes, at)
    if phrase and terminal in phrase.terminals:
        yield len(phrase.pieces)


def _numbers(vocabulary: Vocabulary, lexemes: list[Lexeme], at: int) -> Iterator[Reading]:
    kind, text, start, _ = lexemes[at]
    if _CODE.fullmatch(text):
        yield Reading("CODE", text, 1)
    if kind == "blob":
        return
    digits = text.replace(" ", "")
    after = lexemes[at + 1] if at + 1 < len(lexemes) else None
    if after is not None:
        whole = Span(start, after.end)
        if after.kind == "word":
            if not is_currency(after.text):
                yield from _measured(vocabulary, lexemes, at, digits)
            elif not is_doubtful_sum(digits, after.text):
                yield Reading("MONEY_LIT", syn.Amount(digits, after.text, span=whole), 2)
        elif after.text == "%" and vocabulary.language == "en":
            yield Reading("PERCENT", syn.Percent(digits, span=whole), 2)
    yield Reading("NUMBER", syn.Num(digits, span=lexemes[at].span), 1)


def is_currency(text: str) -> bool:
    """Whether a word looks like the code of a currency."""
    return len(text) == 3 and _CURRENCY.fullmatch(text) is not None


def is_doubtful_sum(digits: str, currency: str) -> bool:
    """
    `1.000 TRY` is a thousand in some countries and one in others.

    `0.005 TRY` is not: thousands never begin with a zero.  And a few currencies do have three decimals.
    """
    return digits[-4:-3] == "." and digits[0] != "0" and currency not in _THOUSANDTHS


def sum_readings(digits: str, currency: str) -> tuple[str, ...]:
    """
    What a doubtful sum may mean; where its last decimal says something, it is no sum with decimals.

    >>> sum_readings("1.000", "TRY")
    ('1 000 TRY', '1.00 TRY')
    >>> sum_readings("1.005", "TRY")
    ('1 005 TRY',)
    """
    whole, _, rest = digits.partition(".")
    thousands = f"{grouped(whole + rest)} {currency}"
    return (thousands, f"{grouped(whole)}.{rest[:-1]} {currency}") if rest.endswith("0") else (thousands,)


def _measured(vocabulary: Vocabulary, lexemes: list[Lexeme], at: int, digits: str) -> Iterator[Reading]:
    phrase = phrase_at(vocabulary.units, vocabulary, lexemes, at + 1)
    if phrase:
        size = 1 + len(phrase.pieces)
        whole = Span(lexemes[at].start, lexemes[at + size - 1].end)
        for terminal in phrase.terminals:
            if terminal in _SPANS:
                yield Reading("SPAN", syn.Length(digits, _SPANS[terminal], span=whole), size)
            elif terminal == "UNIT_PPOINTS":
                yield Reading("PPOINTS", syn.PercentagePoints(digits, span=whole), size)
            elif terminal == "UNIT_POINTS":
                yield Reading("POINTS_LIT", syn.PointsLit(digits, span=whole), size)
    unit = lexemes[at + 1]
    # `12 tonne`: any word may be a unit that is not a word of the language.
    if unit.text not in vocabulary.reserved and not phrase_at(
        vocabulary.phrases, vocabulary, lexemes, at + 1
    ):
        quantity = syn.QuantityLit(digits, unit.text, span=Span(lexemes[at].start, unit.end))
        yield Reading("QUANTITY_LIT", quantity, 2)


def _percents(vocabulary: Vocabulary, lexemes: list[Lexeme], at: int) -> Iterator[Reading]:
    """`%70` and `%70'i`: the ending belongs to the number where it only says whose share it is."""
    if vocabulary.language != "tr":
        return
    _, text, start, end = lexemes[at]
    size = 1
    if at + 1 < len(lexemes) and piece(vocabulary, lexemes[at + 1]) == POSSESSIVE:
        size, end = 2, lexemes[at + 1].end
    yield Reading("PERCENT", syn.Percent(text[1:].strip(), span=Span(start, end)), size)


def _nace(text: str, span: Span) -> syn.NaceCode:
    *before, code = text.split()
    revision = "".join(before).removeprefix("NACE").removeprefix("Rev.")
    return syn.NaceCode(code, revision or None, span=span)
