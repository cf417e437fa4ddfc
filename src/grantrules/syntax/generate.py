"""
From the grammars to the tables of the parser: `python -m grantrules.syntax.generate`.

Building an LALR(1) parser takes a third of a second, which is too long for each start of a command line.  So Lark
builds the parser here, once, when a grammar changes; what the parser needs to know is written beside this file as
plain data, and a test holds the data equal to the grammars.  A conflict in a grammar is an error: Lark would settle
it silently, and one of two readings would be lost.

What the tables hold is said in `tables.py`, which reads them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grantrules.resources import grammars
from grantrules.syntax.tables import LAYOUT, TABLES
from grantrules.syntax.words import read_words

if TYPE_CHECKING:
    from lark import Lark

SURFACES = ("en", "tr")
_QUOTED_OR_COMMENT = re.compile(r'//[^\n]*|"[^"\n]*"')
_TERMINAL = re.compile(r"\b[A-Z][A-Z0-9_]+\b")
_REORDERED = re.compile(r"(\w+?)__p(\d+)")
# Lark names the punctuation it finds in a grammar; none of it says more than the rule it stands in.
_SILENT = LAYOUT | {
    "COMMA", "LPAR", "RPAR", "VBAR", "COLON", "EQUAL", "PLUS", "MINUS", "STAR", "SLASH", "GENITIVE",
}  # fmt: skip


class UnfitGrammarError(Exception):
    """The grammar has two readings, loses a word, or uses a word that the language does not have."""


def grammar_text(language: str, folder: Path) -> str:
    """The whole grammar of a language: the shared text, its own, and the terminals that occur in them."""
    text = "".join((folder / f"{part}.lark").read_text(encoding="utf-8") for part in ("core", language))
    used = set(_TERMINAL.findall(_QUOTED_OR_COMMENT.sub("", text)))
    _check_words(language, used, folder)
    return f"{text}\n%declare {' '.join(sorted(used | LAYOUT))}\n"


def _check_words(language: str, used: set[str], folder: Path) -> None:
    words = read_words(folder, language)
    silent = sorted(t for t in used if t.startswith("K_") and t not in words)
    unused = sorted(t for t in words if t.startswith("K_") and t not in used)
    if silent or unused:
        raise UnfitGrammarError(f"{language}: no word for {silent}; no rule for {unused}")


def build(language: str, folder: Path | None = None) -> Lark:
    """
    The parser of a language as Lark builds it, without a lexer.

    Raises:
        UnfitGrammarError: the grammar has a conflict; the message lists all of them.
    """
    from lark import Lark, logger
    from lark.exceptions import GrammarError
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        def __init__(self, lexer_conf: Any) -> None: ...
        def lex(self, lexer_state: Any, parser_state: Any) -> Any:
            raise NotImplementedError

    conflicts: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = lambda record: conflicts.append(record.getMessage())  # type: ignore[method-assign]  # Lark only logs them
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        parser = Lark(
            grammar_text(language, folder or grammars()),
            parser="lalr",
            lexer=NoLexer,
            debug=True,
            maybe_placeholders=False,
            keep_all_tokens=True,
        )
    except GrammarError as e:
        raise UnfitGrammarError(f"{language}: {e}") from e
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    found = [message for message in conflicts if "conflict" in message.lower()]
    if found:
        raise UnfitGrammarError(f"{language}: " + "; ".join(found))
    return parser


def _rule(rule: Any, nonterminals: dict[str, int]) -> list[Any]:
    """How one rule is applied: the number of its left side, its length, what is made of it, and of which parts."""
    origin, alias = rule.origin.name, rule.alias
    parts, lost = [], []
    for place, symbol in enumerate(rule.expansion):
        if not symbol.is_term:
            parts.append(~place if symbol.name.startswith("_") else place)
        elif symbol.name in _SILENT or symbol.name.startswith("K_"):
            lost.append(symbol.name)
        else:
            parts.append(place)
    name = alias or rule.options.template_source or origin
    if origin.startswith("_") and not alias:
        name = ""
    elif rule.options.expand1 and not alias:
        if len(parts) != 1 or parts[0] < 0 or set(lost) - LAYOUT - {"GENITIVE"}:
            raise UnfitGrammarError(f"{rule} would hand on one part and lose a word: name it with `->`")
        name = "="
    elif match := _REORDERED.fullmatch(name):
        name = match[1]
        if sorted(match[2]) != [str(i) for i in range(len(parts))] or any(p < 0 for p in parts):
            raise UnfitGrammarError(f"{rule}: the digits do not fit its parts")
        parts = [parts[int(digit)] for digit in match[2]]
    return [nonterminals[origin], len(rule.expansion), name, parts]


def tables(language: str, folder: Path | None = None) -> dict[str, Any]:
    """The tables of a language as plain data."""
    folder = folder or grammars()
    parser = build(language, folder)
    table = parser.parser.parser._parse_table  # noqa: SLF001  # the one place where Lark keeps what it has built
    rules = sorted(parser.rules, key=lambda r: (r.origin.name, str(r.expansion), r.alias or ""))
    nonterminals = {name: i for i, name in enumerate(sorted({r.origin.name for r in rules}))}
    number = {rule: i for i, rule in enumerate(rules)}
    symbols = sorted({name for row in table.states.values() for name in row})
    place = {name: i for i, name in enumerate(symbols)}
    order = _in_order(table)
    states = []
    for state in order:
        row: list[int] = []
        for name, (action, argument) in sorted(table.states[state].items()):
            row += (place[name], ~number[argument] if action.name == "Reduce" else order[argument])
        states.append(row)
    return {
        "language": language,
        "made_from": fingerprint(language, folder),
        "end": order[table.end_states["start"]],
        "symbols": symbols,
        "nonterminals": list(nonterminals),
        "rules": [_rule(rule, nonterminals) for rule in rules],
        "states": states,
        "words": read_words(folder, language),
        "other_words": read_words(folder, next(s for s in SURFACES if s != language)),
    }


def _in_order(table: Any) -> dict[Any, int]:
    """The states numbered as they are reached from the first, so that the same grammar always gives the same text."""
    first = table.start_states["start"]
    order = {first: 0}
    waiting = [first]
    for state in waiting:
        for _, (action, argument) in sorted(table.states[state].items()):
            if action.name == "Shift" and argument not in order:
                order[argument] = len(order)
                waiting.append(argument)
    return order


def fingerprint(language: str, folder: Path) -> str:
    """What tells whether the tables were made from these grammars."""
    digest = hashlib.sha256()
    for name in ("core.lark", f"{language}.lark", "words.txt"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def as_text(data: dict[str, Any]) -> str:
    """The tables as JSON, one rule and one state a line, so that a change shows as a change of lines."""

    def lines(items: list[Any]) -> str:
        return (
            "[\n"
            + ",\n".join(json.dumps(i, ensure_ascii=False, separators=(",", ":")) for i in items)
            + "\n]"
        )

    members = []
    for key, value in data.items():
        text = lines(value) if key in {"rules", "states"} else json.dumps(value, ensure_ascii=False)
        members.append(f"{json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(members) + "\n}\n"


def main() -> None:
    """Write the tables of all languages."""
    for language in SURFACES:
        (TABLES / f"tables_{language}.json").write_text(as_text(tables(language)), encoding="utf-8")


if __name__ == "__main__":
    main()
