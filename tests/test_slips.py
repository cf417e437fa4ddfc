"""
A real programme with one slip of the pen, hundreds of times over: whatever happens to a line, the answer is a problem.

The slips are those that hands make: a line lost or doubled, two words exchanged, a letter missing, a keyword in the
place of another, an indentation that is off.  They are drawn once from a fixed seed, so that a slip that is found
wanting can be found again.
"""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import grantrules as gr
from grantrules.render import Look, problems_as_text
from grantrules.syntax.tables import tables_of

ROOT = Path(__file__).resolve().parents[1]
PROGRAMME = (ROOT / "programs" / "tr" / "kdp_2023.rules").read_text(encoding="utf-8")
TURKISH = (ROOT / "tests" / "data" / "programmes" / "kdp_2023.tr.rules").read_text(encoding="utf-8")
HOW_MANY = 160
AT_ONCE = 20
KEYWORDS = {
    language: sorted(
        {form.lstrip("*") for forms in tables_of(language).vocabulary.forms.values() for form in forms}
    )
    for language in ("en", "tr")
}

Slip = Callable[[random.Random, list[str], int, str], list[str]]


def lost(_draw: random.Random, lines: list[str], at: int, _language: str) -> list[str]:
    return [*lines[:at], *lines[at + 1 :]]


def doubled(_draw: random.Random, lines: list[str], at: int, _language: str) -> list[str]:
    return [*lines[: at + 1], lines[at], *lines[at + 1 :]]


def exchanged(draw: random.Random, lines: list[str], at: int, _language: str) -> list[str]:
    """Two words of a line in each other's place."""
    words = list(re.finditer(r"\S+", lines[at]))
    if len(words) < 2:
        return lost(draw, lines, at, _language)
    one, two = sorted(draw.sample(words, 2), key=lambda word: word.start())
    line = lines[at]
    changed = line[: one.start()] + two[0] + line[one.end() : two.start()] + one[0] + line[two.end() :]
    return [*lines[:at], changed, *lines[at + 1 :]]


def letter_lost(draw: random.Random, lines: list[str], at: int, _language: str) -> list[str]:
    line = lines[at]
    start = draw.randrange(len(line) - len(line.lstrip()), len(line))
    return [*lines[:at], line[:start] + line[start + 1 :], *lines[at + 1 :]]


def letter_doubled(draw: random.Random, lines: list[str], at: int, _language: str) -> list[str]:
    line = lines[at]
    start = draw.randrange(len(line))
    return [*lines[:at], line[:start] + line[start] + line[start:], *lines[at + 1 :]]


def other_keyword(draw: random.Random, lines: list[str], at: int, language: str) -> list[str]:
    """A word of the line becomes a word of the language."""
    words = list(re.finditer(r"[^\W\d]+", lines[at])) or list(re.finditer(r"\S+", lines[at]))
    word = draw.choice(words)
    changed = lines[at][: word.start()] + draw.choice(KEYWORDS[language]) + lines[at][word.end() :]
    return [*lines[:at], changed, *lines[at + 1 :]]


def moved(draw: random.Random, lines: list[str], at: int, _language: str) -> list[str]:
    """One line further in or further out."""
    stripped = lines[at].lstrip()
    indent = max(0, len(lines[at]) - len(stripped) + draw.choice((-4, -2, -1, 1, 2, 4)))
    return [*lines[:at], " " * indent + stripped, *lines[at + 1 :]]


def cut(draw: random.Random, lines: list[str], at: int, _language: str) -> list[str]:
    """The end of the line, or of the file, is missing."""
    end = draw.randrange(len(lines[at])) if lines[at] else 0
    rest = lines[at + 1 :] if draw.random() < 0.8 else []
    return [*lines[:at], lines[at][:end], *rest]


SLIPS: tuple[Slip, ...] = (lost, doubled, exchanged, letter_lost, letter_doubled, other_keyword, moved, cut)


def slipped(number: int, text: str, language: str) -> tuple[str, str]:
    """The text with the slip of a number, and which one it is."""
    draw = random.Random(number)
    lines = text.split("\n")
    at = draw.choice([n for n, line in enumerate(lines) if line.strip() and not line.startswith("--")])
    slip = SLIPS[number % len(SLIPS)]
    return "\n".join(slip(draw, lines, at, language)), f"{slip.__name__}, line {at + 1}: {lines[at]!r}"


@pytest.fixture(scope="module")
def unit() -> float:
    """What the programme itself takes here."""
    start = time.process_time()
    gr.check(PROGRAMME.encode())
    gr.check(PROGRAMME.encode())
    return time.process_time() - start


@pytest.mark.parametrize("first", range(0, HOW_MANY, AT_ONCE))
@pytest.mark.parametrize(("language", "text"), [("en", PROGRAMME), ("tr", TURKISH)], ids=["en", "tr"])
def test_a_slip_of_the_pen_gives_problems_and_nothing_else(first: int, language: str, text: str, unit: float):
    for number in range(first, first + AT_ONCE):
        wrong, what = slipped(number, text, language)
        start = time.process_time()
        found = gr.check(wrong.encode(), name="kdp_2023.rules")
        assert time.process_time() - start < max(1.0, 10 * unit), what
        for problem in found:
            assert_can_be_told(problem, what)
        report = problems_as_text(found, Look(language=language))
        assert all(c.isprintable() or c == "\n" for c in report), what


def assert_can_be_told(problem: gr.Problem, what: str) -> None:
    assert re.fullmatch(r"GR\d\d\d", problem.code), what
    assert problem.source is not None, what
    for span in (problem.span, *(label.span for label in problem.labels)):
        assert 0 <= span.start <= span.end <= len(problem.source.text), (problem.code, what)
    for language in ("en", "tr"):
        words = problem.words(language)
        for text in (words.title, words.why, words.instead):
            assert text, (problem.code, what)
            assert not re.search(r"\{\w*\}", text), (problem.code, text, what)
            assert len(text) <= 500, (problem.code, text, what)


@pytest.mark.parametrize("number", range(0, 320, 7))
def test_a_slip_is_told_near_where_it_was_made(number: int):
    """A slip that is found at all is told in few problems; what only follows from it is not."""
    wrong, what = slipped(number, PROGRAMME, "en")
    errors = [problem for problem in gr.check(wrong.encode()) if problem.severity == "error"]

    assert len(errors) <= 3, (what, [(e.code, e.words("en").why) for e in errors])
