"""
What is told of mistakes: for each small text, every problem with its place, in both languages.

Each file of `tests/data/mistakes/` holds such texts, set apart by `----`; they follow `head.rules` unless they begin
with a language of their own. What is stored beside them is what an author reads.
"""

from pathlib import Path

import pytest

import grantrules as gr
from grantrules.diagnostics import Problem
from several_files import files_in
from storing import stored

MISTAKES = Path(__file__).parent / "data" / "mistakes"
HEAD = (MISTAKES / "head.rules").read_text(encoding="utf-8")
AREAS = sorted(path.stem for path in MISTAKES.glob("*.rules") if path.stem != "head")


def place(text: str, start: int, end: int, begin: int) -> str:
    """A place as people would point at it: line and column, and the first line of what stands there."""
    line = text.count("\n", begin if start >= begin else 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    first, *more = text[start:end].split("\n")
    lines = f" … {len(more)} more lines" if more else ""
    where = "" if start >= begin else "head "
    return f"{where}{line}:{column} «{first}»{lines}"


def told(problem: Problem, text: str, begin: int) -> list[str]:
    lines = [
        f"{problem.code} {problem.severity} at {place(text, problem.span.start, problem.span.end, begin)}"
    ]
    for language in ("en", "tr"):
        words = problem.words(language)
        lines.append(f"  {words.title}. {words.why} {words.instead}")
    for label in problem.labels:
        shown = place(text, label.span.start, label.span.end, begin)
        lines.append(f"  {label.words.en} / {label.words.tr}: {shown}")
    return lines


def report(block: str) -> str:
    begin = 0
    text, others = files_in(block)
    if not text.startswith("language"):
        begin, text = len(HEAD), HEAD + text
    problems = gr.check(text, root=others)
    lines = [f"| {line}".rstrip() for line in block.strip("\n").split("\n")]
    for problem in problems:
        lines += told(problem, text, begin)
    return "\n".join([*lines, *([] if problems else ["nothing is wrong"]), ""])


@pytest.mark.parametrize("area", AREAS)
def test_mistakes_are_told_as_stored(area):
    blocks = (MISTAKES / f"{area}.rules").read_text(encoding="utf-8").split("\n----\n")
    text = "\n".join(map(report, blocks))

    assert text == stored(f"mistakes/{area}.txt", text)


def test_no_more_overlaps_are_told_than_the_limits_allow():
    """A table of many rows that all fit the same value would be told of pair by pair."""
    rows = "".join(f"  from {low} to 100 | {low}\n" for low in range(30))
    text = f"{HEAD}table t by size\n  exactly one line fits\n{rows}"
    told = [each.code for each in gr.check(text, limits=gr.Limits(diagnostics=50))]

    assert told.count("GR412") == 50
