"""
Texts with mistakes, each followed by what is said of it, as they are stored.

A line that begins with an arrow is an answer; the line `----` ends a case.  A new case is added by writing its lines, and
`GRANTRULES_RENEW=1` writes all answers anew.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import attrs

from grantrules.diagnostics import Label, Problem, Words
from grantrules.source import Source, Span
from storing import STORED, stored

ARROW, END, LONG, MANY = "→ ", "----\n", 90, 8
_LEFT_OUT = {"span", "source", "labels", "path"}


def assert_answered(name: str, answers: Callable[[str], Iterable[str]]) -> None:
    """Each case of a stored file has the answers that it has now."""
    cases = (STORED / name).read_text(encoding="utf-8").split(END)
    asked = [
        "".join(line for line in c.splitlines(keepends=True) if not line.startswith(ARROW)) for c in cases
    ]
    found = END.join("".join([case, *(f"{ARROW}{each}\n" for each in answers(case))]) for case in asked)

    assert stored(name, found) == found


def answer(problem: Problem) -> str:
    """What is told of a problem: its code, the words that are marked, and the facts of the message."""
    path = getattr(problem, "path", "")
    facts = [
        f" {each.name}={told(getattr(problem, each.name))}"
        for each in attrs.fields(type(problem))
        if each.name not in _LEFT_OUT
    ]
    labels = [f" · {told(label.words)} {_marked(problem, label)}" for label in problem.labels]
    return "".join(
        [problem.code, f" {path}" if path else "", f" {_marked(problem, problem)}", *facts, *labels]
    )


def told(value: object) -> str:
    if isinstance(value, Words):
        return f"[{value.en} / {value.tr}]"
    if isinstance(value, tuple) and len(value) > MANY:
        return f"({', '.join(map(repr, value[:2]))}, …, {value[-1]!r}: {len(value)})"
    return repr(value)


def _marked(problem: Problem, of: Problem | Label) -> str:
    source = of.source or problem.source
    return "nowhere" if source is None else marked(source, of.span)


def marked(source: Source, span: Span) -> str:
    """Line and column, and what is marked from there on."""
    file, here = source.local(span)
    where = f"{source.line_of(span.start)}:{source.column_of(span.start)}"
    if source.files:
        where = f"{Path(file.name).name} {where}"
    words = file.text[here.start : here.end].replace("\n", "⏎")
    return (
        f"{where} «{words}»"
        if len(words) < LONG
        else f"{where} «{words[: LONG // 2]} … {words[-LONG // 2 :]}»"
    )
