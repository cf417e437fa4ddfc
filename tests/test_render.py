"""What a person sees of a problem: the layout, and that no file can reach the terminal through it."""

from typing import ClassVar

import pytest
from attrs import frozen

from grantrules import catalogue, render
from grantrules.diagnostics import Label, Problem, Words
from grantrules.source import Source, Span


@frozen(kw_only=True)
class Added(Problem):
    """Two kinds of value are added."""

    code: ClassVar[str] = "GR204"
    title: ClassVar[Words] = Words(
        "an amount and `{name}` are added", "bir tutar ile `{name}` toplanıyor, iki tür değer"
    )
    why: ClassVar[Words] = Words(
        "A percentage has no meaning in lira.", "Yüzdenin lira olarak anlamı yoktur."
    )
    instead: ClassVar[Words] = Words(
        "Write:\n\n    x = base + {name} of base", "Şöyle yazın:\n\n    x = base"
    )

    name: str


@frozen(kw_only=True)
class Advice(Added):
    severity: ClassVar[str] = "warning"


@frozen(kw_only=True)
class AtPath(Added):
    path: str


def problem(
    text: str, marked: str, *labels: tuple[str, str], kind=Added, file="a.rules", name="uplift", **more
):
    source = Source(file, text)
    return kind(
        name=name,
        source=source,
        span=span_of(text, marked),
        labels=tuple(Label(span_of(text, part), Words(words, words)) for part, words in labels),
        **more,
    )


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def shown(*problems, **look) -> str:
    return render.problems_as_text(problems, render.Look(**look))


def test_a_problem_shows_title_place_lines_why_and_what_instead():
    text = "parameter uplift\n  15%\n\ndefine support = base + uplift\n"
    found = problem(text, "base + uplift", ("uplift\n", "declared here"))

    assert shown(found, width=80) == (
        "GR204  AN AMOUNT AND `uplift` ARE ADDED                          a.rules, line 4\n"
        "\n"
        "   1 │  parameter uplift\n"
        "     │            ‾‾‾‾‾‾\n"
        "     │            declared here\n"
        "   ⋮\n"
        "   4 │  define support = base + uplift\n"
        "     │                   ‾‾‾‾‾‾‾‾‾‾‾‾‾\n"
        "\n"
        "A percentage has no meaning in lira.\n"
        "\n"
        "Write:\n"
        "\n"
        "    x = base + uplift of base\n"
        "\n"
        "More: grantrules problem GR204\n"
        "\n"
        "1 mistake found.\n"
    )


def test_the_same_problem_in_turkish_has_turkish_capitals_and_word_order():
    text = shown(problem("a + b", "b"), language="tr")

    assert "BİR TUTAR İLE `uplift` TOPLANIYOR, İKİ TÜR DEĞER" in text
    assert "a.rules, 1. satır" in text
    assert "1 hata bulundu." in text


def test_labels_stand_side_by_side_where_they_fit_and_below_each_other_where_not():
    wide = problem("first_amount + second", "+", ("first_amount", "money"), ("second", "a rate"))
    narrow = problem("a + b", "+", ("a", "an amount of money"), ("b", "a percentage"))

    assert "│  money          a rate\n" in shown(wide)
    assert "│      a percentage\n     │  an amount of money\n" in shown(narrow)


def test_a_label_on_the_place_itself_gives_it_its_words():
    text = shown(problem("a + b", "b", ("b", "a rate")))

    assert "     │      ‾\n     │      a rate\n" in text


@pytest.mark.parametrize(
    ("line", "under"),
    [
        ("\tx", "    ‾"),
        ("ab\tx", "    ‾"),
        ("漢字x", "    ‾"),
        ("e\u0301x", " ‾"),
        ("\u202ex", "        ‾"),
    ],
)
def test_the_mark_stands_below_its_character(line, under):
    """A tab goes to the next stop, wide characters take two columns, combining ones none."""
    rows = shown(problem(line, "x")).splitlines()

    assert rows[3] == f"     │  {under}"


def test_no_control_character_of_a_file_reaches_the_terminal():
    hostile = "a \x1b[2J b \u202e c \x07 \u2066x"
    found = problem(
        hostile, "x", kind=AtPath, file="\x1b]0;evil\x07.rules", name="\x1b[31m", path="costs\n\x1b[2J"
    )

    for language in ("en", "tr"):
        text = shown(found, language=language)
        assert all(c == "\n" or c.isprintable() for c in text)
        assert "\\u{1B}[2J" in text


def test_a_long_line_is_cut_around_the_place():
    found = problem("x" * 5000 + " HERE " + "y" * 5000, "HERE", ("HERE", "this"))

    rows = shown(found, width=80).splitlines()
    assert max(map(len, rows)) <= 80
    column = rows[2].index("HERE")
    assert rows[3][column : column + 5] == "‾‾‾‾"
    assert rows[2].count("…") == 2


@pytest.mark.parametrize("before", range(58, 80))
def test_what_is_marked_is_never_cut(before):
    """Of a line that is too long, from its beginning for as long as what is marked has room there."""
    line = "".join(f"{n % 10}" for n in range(before)) + "HERE" + "y" * 100

    rows = shown(problem(line, "HERE"), width=80).splitlines()
    column = rows[2].index("HERE")
    assert rows[3][column : column + 5] == "‾‾‾‾"
    assert len(rows[2]) <= 80
    assert ("│  0123" in rows[2]) == (before <= 66)
    assert rows[2].count("…") == (1 if before <= 66 else 2)


def test_a_stretch_of_many_lines_shows_its_first_and_last():
    text = "\n".join(f"line {n}" for n in range(1, 30))
    rows = shown(problem(text, text[7:-8])).splitlines()

    assert [row for row in rows if "line" in row and "│" in row] == ["   2 │  line 2", "  28 │  line 28"]


def test_a_stretch_that_ends_with_a_line_does_not_mark_the_next():
    rows = shown(problem("one\ntwo\n", "one\n")).splitlines()

    assert not any("two" in row for row in rows)


def test_a_place_at_the_very_end_is_marked():
    source = Source("a.rules", "one\n")
    rows = shown(Added(name="n", source=source, span=Span(4, 4))).splitlines()

    assert "a.rules, line 2" in rows[0]
    assert rows[3].endswith("│  ‾")


def test_a_label_in_another_file_shows_that_file():
    other = Source("lib.rules", "parameter uplift")
    found = Added(
        name="uplift",
        source=Source("a.rules", "a + uplift"),
        span=Span(4, 10),
        labels=(Label(Span(10, 16), Words("declared here", "burada"), source=other),),
    )

    text = shown(found)
    assert "  in lib.rules, line 1\n   1 │  parameter uplift\n" in text


def test_a_problem_of_an_application_shows_its_path_and_its_place_where_known():
    source = Source("application.json", '{"costs": [\n  {"amount": 1e3}]}')
    with_place = AtPath(name="x", path="costs[0].amount", source=source, span=Span(24, 27))
    without = AtPath(name="x", path="costs[0].amount")

    assert render.place_of(with_place) == "application.json, line 2, column 13, costs[0].amount"
    assert render.place_of(without) == "costs[0].amount"
    assert shown(without).startswith("GR204  AN AMOUNT AND `x` ARE ADDED")


def test_problems_come_in_reading_order_file_by_file():
    text = "one two three"
    first, second = problem(text, "three"), problem(text, "one", file="b.rules")
    third = Added(name="x", source=first.source, span=Span(0, 3))

    assert render.in_reading_order([first, second, third]) == (third, first, second)


def test_fifty_problems_are_shown_and_the_rest_counted():
    source = Source("a.rules", "x" * 60)
    found = [Added(name="n", source=source, span=Span(n, n + 1)) for n in range(53)]

    text = shown(*found)
    assert text.count("GR204  AN") == 50
    assert "… and 3 more of the kind, not shown." in text
    assert text.endswith("53 mistakes found.\n")
    assert render.problems_as_json(found)["more"] == 3
    assert len(render.problems_as_json(found)["problems"]) == 50


def test_warnings_are_called_so_and_counted_apart():
    text = shown(problem("a", "a"), problem("b", "b", kind=Advice))

    assert "GR204  WARNING: AN AMOUNT" in text
    assert text.endswith("1 mistake found. 1 warning.\n")


def test_colour_is_there_only_when_asked_for():
    found = problem("a + b", "b", ("a", "money"))

    assert "\x1b[" not in shown(found)
    assert "\x1b[1;31m" in shown(found, colour=True)
    assert render._plain(shown(found, colour=True)) == shown(found)


def test_json_has_code_words_place_and_labels():
    found = problem("a +\nb", "b", ("a", "money"), kind=AtPath, path="costs[0]")

    assert render.problems_as_json([found]) == {
        "version": 1,
        "problems": [
            {
                "code": "GR204",
                "severity": "error",
                "title": "an amount and `uplift` are added",
                "why": "A percentage has no meaning in lira.",
                "instead": "Write:\n\n    x = base + uplift of base",
                "file": "a.rules",
                "start": {"line": 2, "column": 1},
                "end": {"line": 2, "column": 2},
                "path": "costs[0]",
                "labels": [
                    {
                        "text": "money",
                        "file": "a.rules",
                        "start": {"line": 1, "column": 1},
                        "end": {"line": 1, "column": 2},
                    }
                ],
                "page": "docs/problems/GR204.md",
            }
        ],
        "more": 0,
    }


def test_what_others_derive_from_a_problem_is_not_listed_as_ours():
    assert Added not in catalogue.problems.__wrapped__().values()
    assert catalogue.problems.__wrapped__() == catalogue.problems()


@pytest.mark.parametrize(("lines", "gutter"), [(1, 4), (999, 4), (1_000, 5), (12_345, 6)])
def test_the_numbers_of_lines_have_just_the_room_they_need(lines, gutter):
    text = "\n" * (lines - 1) + "base + uplift\n"

    assert f"\n{lines:>{gutter}} │  base + uplift\n" in shown(problem(text, "base + uplift"))
