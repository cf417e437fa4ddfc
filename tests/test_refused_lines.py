"""
Lines that cannot be read, each with its answer: the code, the words that are marked, and the facts that the message tells.

The files in `tests/data/stored/refused/` hold both: lines and, after an arrow, what is said of them.  The line `----`
ends a case.  `GRANTRULES_RENEW=1` writes the answers anew; another case is added by writing its lines.
"""

import attrs
import pytest

from grantrules.diagnostics import Label, Problem, Words
from grantrules.source import Source
from grantrules.syntax.parse import parse
from storing import STORED, stored

HEADS = {"lines.en": "language English\n\n", "lines.tr": "dil Türkçe\n\n", "raw": ""}
ARROW, END = "→ ", "----\n"


def lines_of(case: str) -> str:
    """What is read of a case."""
    return "".join(line for line in case.splitlines(keepends=True) if not line.startswith(ARROW))


def told(value: object) -> str:
    if isinstance(value, Words):
        return f"[{value.en} / {value.tr}]"
    return repr(value)


def answer(problem: Problem) -> str:
    """What is told of a problem, in the same words for every language."""
    assert problem.source is not None
    text = problem.source.text

    def marked(of: Problem | Label) -> str:
        line = text.count("\n", 0, of.span.start) + 1
        return f"{line} «{text[of.span.start : of.span.end]}»".replace("\n", "⏎")

    left_out = {"span", "source", "labels"}
    facts = [
        f" {each.name}={told(getattr(problem, each.name))}"
        for each in attrs.fields(type(problem))
        if each.name not in left_out
    ]
    labels = [f" · {told(label.words)} {marked(label)}" for label in problem.labels]
    return f"{ARROW}{problem.code} {marked(problem)}{''.join(facts)}{''.join(labels)}\n"


def answered(name: str, text: str) -> str:
    """A file with all its answers made anew."""
    found = []
    for case in text.split(END):
        lines = lines_of(case)
        module, problems = parse(Source(name, HEADS[name] + lines))
        written = [] if HEADS[name] else [f"{ARROW}{module.language}\n"]
        found.append("".join([lines, *written, *map(answer, problems)]))
    return END.join(found)


@pytest.mark.parametrize("name", HEADS)
def test_what_is_said_of_lines_that_cannot_be_read_is_as_stored(name):
    text = (STORED / "refused" / f"{name}.txt").read_text(encoding="utf-8")
    found = answered(name, text)

    assert stored(f"refused/{name}.txt", found) == found
