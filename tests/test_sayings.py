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


@pytest.mark.parametrize(
    ("line", "word", "language", "written"),
    [
        ("cost shall not exceed 5", "exceed", "en", "is at most"),
        ("cost will not exceed 5", "exceed", "en", "is at most"),
        ("cost doesn't exceed 5", "exceed", "en", "is at most"),
        ("cost never exceeds 5", "exceeds", "en", "is at most"),
        ("cost exceeds 5", "exceeds", "en", "is more than"),
        ("documents must not contain form", "contain", "en", "includes none of"),
        ("documents must contain form", "contain", "en", "includes"),
        ("cost is at most 1.5 million TRY", "million", "en", "1 500 000 TRY"),
        ("cost is at most 1 200 thousand TRY", "thousand", "en", "1 200 000 TRY"),
        ("cost is at most 0.0005 thousand TRY", "thousand", "en", "0.5 TRY"),
        ("cost is at most 2,5 million TRY", "million", "en", "2 500 000 TRY"),
        ("tutar en fazla 2.25 milyon TRY olmalı", "milyon", "tr", "2 250 000 TRY"),
        ("anna | 90 points | reserve list", "list", "en", "on the reserve list"),
        ("anna | 90 points | funded in full", "full", "en", "funded"),
        ("expect tie: anna, berta", "tie", "en", "expect refused because tied:"),
        ("when is_small: 50%", "when", "en", "50% when is_small"),
        ("if is_small, then 50%", "if", "en", "50% when is_small"),
        ("otherwise: 50%", "otherwise", "en", "50% otherwise"),
        ("expect left 5 EUR", "left", "en", "expect left over"),
        ("ayşe | 90 puan | yedek liste", "liste", "tr", "yedek listede"),
        ("beklenen eşit: ayşe, berna", "eşit", "tr", "beklenen eşitlik yüzünden yapılamaz:"),
        ("beklenen kalan 5 TRY", "kalan", "tr", "beklenen artan"),
        ("değilse %30", "değilse", "tr", "diğer hâllerde %30"),
        ("aksi halde: %30", "halde", "tr", "diğer hâllerde %30"),
        ("yoksa, küçük", "yoksa", "tr", "diğer hâllerde küçük"),
        ("diğer hâllerde: %30", "diğer hâllerde", "tr", "diğer hâllerde %30"),
        ("yaşı 3 degilse", "degilse", "tr", "değilse"),
        ("yaşı 3 olmali", "olmali", "tr", "olmalı"),
        ("yaşı 3 olmamali", "olmamali", "tr", "olmamalı"),
        ("tüm ortak için: yaşı en az 3", "ortak", "tr", "ortaklar'ın tümü için:"),
        ("tüm ortaklar için: yaşı en az 3", "ortaklar", "tr", "ortaklar'ın tümü için:"),
        ("her üye için: yaşı en az 3", "üye", "tr", "üyeler'in tümü için:"),
        ("her üyeler için: yaşı en az 3", "üyeler", "tr", "üyeler'in tümü için:"),
    ],
)
def test_the_advice_means_what_was_said(line, word, language, written):
    start = line.index(word)

    assert said(line, start, start + len(word), language).written == written


def test_nothing_is_advised_where_a_point_may_mark_thousands():
    assert said("cost is at most 1.500 thousand TRY", 22, 30, "en") is None


def test_a_doubtful_sum_is_read_alike_whatever_its_currency_is_called():
    text = "language English\n\nprogramme p\n  currency TRY\n\napplication\n  price  money\n\nrequire a\n  price is at most "

    for number, readings in (
        ("1234.000", ("1 234 000 TRY", "1 234.00 TRY")),
        ("1 234.005", ("1 234 005 TRY",)),
    ):
        (called,) = problems_of(f"{text}{number} lira\n")
        (coded,) = problems_of(f"{text}{number} TRY\n")
        assert called.written == ", ".join(f"`{reading}`" for reading in readings)
        assert coded.readings == readings


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
        ("bütçede", ("bütçe", "de")),
        ("bütçezin", None),
        ("bütçeler", None),
        ("başka", None),
    ],
)
def test_an_ending_without_its_apostrophe(word, parts):
    assert without_apostrophe(word, {"üyeler", "bütçe"}.__contains__) == parts
