"""Whoever follows the advice on words of their own, letter by letter, has written the language."""

import time
from pathlib import Path

import pytest

import grantrules as gr
from grantrules.cli import main
from grantrules.syntax.problems import SaidOtherwise
from grantrules.syntax.sayings import LONGEST, said, without_apostrophe

ROOT = Path(__file__).resolve().parents[1]
CASES = ROOT / "tests" / "problems"
# A half of what was said is put right, and what is left of it has a message of its own.
HALVES = {
    "GR148_said_otherwise": ["is firm", "where kind firm is at least 3"],
    "GR148_tr_baska_soylenis": ["türü firma olmalı", "ise"],
}


def problems_of(text: str) -> tuple[gr.Problem, ...]:
    with pytest.raises(gr.ProgrammeError) as wrong:
        gr.compile(text)
    return wrong.value.problems


def written_out(text: str) -> tuple[str, list[str]]:
    """A text with all advice followed, and the lines it was about."""
    lines: list[str] = []
    for _ in range(3):
        advice = [p for p in problems_of(text) if isinstance(p, SaidOtherwise)]
        for problem in sorted(advice, key=lambda p: -p.span.start):
            start = text.rfind("\n", 0, problem.span.start) + 1
            lines.append(text[start : text.find("\n", start)].strip())
            own = "\n  " if problem.apart else ""
            text = text[: problem.span.start] + own + problem.written + text[problem.span.end :]
    return text, lines


@pytest.mark.parametrize("name", HALVES)
def test_following_the_advice_letter_by_letter_puts_the_line_right(name):
    before = (CASES / name / "input.rules").read_text(encoding="utf-8")

    after, lines = written_out(before)

    problems = problems_of(after)
    assert len(lines) > 20
    assert [after[p.span.start : after.find("\n", p.span.start)] for p in problems] == HALVES[name]


def test_a_clean_turkish_file_is_praised_in_turkish(tmp_path, capsys):
    rules = tmp_path / "x.rules"
    rules.write_text(
        (ROOT / "tests/data/programmes/kdp_2023.tr.rules").read_text(encoding="utf-8"), encoding="utf-8"
    )

    assert main(["check", str(rules)]) == 0
    assert "hata yok" in capsys.readouterr().out


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_saying_inside_a_quotation_is_nobodys_business(language):
    line = 'require a "price must be at least 5 ve üzeri" 5 ile 10'

    assert said(line, 20, 24, language) is None


def test_a_line_that_is_too_long_is_not_looked_through():
    assert said("staff must be at least 5" + " " * LONGEST, 6, 10, "en") is None


@pytest.mark.parametrize("language", ["en", "tr"])
def test_no_line_takes_long(language):
    start = time.process_time()
    for line in ("a " * 199, "1" * 399, "- " * 199, '"' * 399, "a'ı " * 99, "not is not is " * 28):
        for at in (0, 100, 390):
            said(line, at, at + 3, language)

    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("üyelerin", ("üyeler", "in")),
        ("üyelerden", ("üyeler", "den")),
        ("bütçenin", ("bütçe", "nin")),
        ("bütçeye", ("bütçe", "ye")),
        ("bütçeler", None),
        ("başka", None),
    ],
)
def test_an_ending_without_its_apostrophe(word, parts):
    assert without_apostrophe(word, {"üyeler", "bütçe"}.__contains__) == parts
