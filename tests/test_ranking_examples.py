"""Examples of rankings: what a ranking must come to, what is said where it comes otherwise, and what is refused."""

import json

import pytest

import grantrules as gr
from grantrules import cli
from grantrules.properties.coverage import Coverage, as_data, as_lines
from grantrules.suite import cover_examples

CALL = """language English

programme tr.call "A call with a budget"
  currency EUR

application
  mark    points
  cost    money (at least 0 EUR)
  region  one of north, south
  firm    yes/no
  stage   one of new, funded

parameter pot "The budget"  money
  100 000 EUR

table pot_of_region by region
  north | 70 000 EUR
  south | 50 000 EUR

require is_firm "It is a firm"
  firm

support grant
  from cost

ranking by_mark "By the mark"
  budget               pot
  order by             mark, highest first
  reserve list         at most 1
  if one does not fit  stop

ranking in_each_region
  per                  region
  budget               pot_of_region
  order by             mark, highest first
  if one does not fit  stop

ranking in_parts
  budget               pot
  first to each        60 000 EUR
  if one does not fit  share the budget among all, in equal parts

example strong
  with parameter pot 1 EUR
  mark    90 points
  cost    60 000 EUR
  region  north
  firm    yes
  stage   new
  expect eligible
"""


def results(*statements: str) -> dict[str, gr.ExampleResult]:
    programme = gr.compile("\n".join((CALL, *statements)))
    return {result.name: result for result in programme.run_examples()}


def ranked(*lines: str, of: str = "by_mark", columns: str) -> gr.ExampleResult:
    """What becomes of a ranking example with two applications or more."""
    rows = [f"    {line}" for line in (f"name | like | {columns}", *lines)]
    rest = [row.removeprefix("    ") for row in rows if "|" not in row]
    table = [row for row in rows if "|" in row]
    text = "\n".join((f"ranking example list\n  of {of}\n  applications", *table, *rest)) + "\n"
    return results(text)["list"]


def found(result: gr.ExampleResult, language: str = "en") -> list[str]:
    """What was found where it was not what is expected."""
    return [check.found[language] for check in result.checks if not check.passed]


def test_what_a_ranking_comes_to_is_compared_application_by_application():
    result = ranked(
        "anna | strong | 90 points | yes | funded | 1 | 60 000 EUR",
        "berta | strong | 80 points | yes | on the reserve list | 2 | 0 EUR",
        "cem | strong | 70 points | yes | not funded | 3 | 0 EUR",
        "dora | strong | 95 points | no | not eligible | absent | 0 EUR",
        "emre | strong | unknown | yes | not decided | absent | 0 EUR",
        "  expect left over 40 000 EUR",
        columns="mark | firm | expect outcome | expect place | expect amount",
    )

    assert result.passed
    assert len(result.checks) == 6


def test_of_one_that_came_otherwise_it_is_said_what_came_and_why():
    result = ranked(
        "anna | strong | 90 points | funded | 1 | 60 000 EUR",
        "berta | strong | 80 points | funded | 2 | 40 000 EUR",
        columns="mark | expect outcome | expect place | expect amount",
    )
    (check,) = (check for check in result.checks if not check.passed)

    assert check.expected == "berta: expect outcome funded, expect place 2, expect amount 40 000 EUR"
    assert check.found.en == (
        "on the reserve list, place 2, 0.00 EUR. Place 2 of 2 (mark: 80). It asks for 60,000.00 EUR. Only 40,000.00 EUR is"
        " left, so it does not fit, and the ranking stops here. It is number 1 on the reserve list."
    )
    assert check.found.tr.startswith("yedek listede, sıra 2, 0,00 EUR. 2 başvuru arasında 2. sırada")


@pytest.mark.parametrize(
    ("columns", "right", "wrong"),
    [
        ("expect outcome", "on the reserve list", "not funded"),
        ("expect place", "2", "absent"),
        ("expect amount", "0 EUR", "0.01 EUR"),
    ],
)
def test_each_expectation_is_compared_by_itself(columns, right, wrong):
    def with_second(cell: str) -> gr.ExampleResult:
        first = {"expect outcome": "funded", "expect place": "1", "expect amount": "60 000 EUR"}[columns]
        rows = (f"anna | strong | 90 points | {first}", f"berta | strong | 80 points | {cell}")
        return ranked(*rows, columns=f"mark | {columns}")

    assert with_second(right).passed
    assert not with_second(wrong).passed


def test_what_is_left_over_is_compared():
    result = ranked("anna | strong | 1", "  expect left over 1 EUR", columns="expect place")

    assert found(result) == ["40,000.00 EUR"]
    assert found(result, "tr") == ["40.000,00 EUR"]


def test_of_groups_what_is_left_of_all_budgets_is_meant():
    result = ranked(
        "anna | strong | north | 60 000 EUR",
        "berta | strong | south | 0 EUR",
        "  expect left over 60 000 EUR",
        of="in_each_region",
        columns="region | expect amount",
    )

    assert result.passed


def test_a_tie_that_is_expected_has_exactly_these_names():
    rows = ("anna | strong | 80 points", "berta | strong | 80 points", "cem | strong | 90 points")

    assert ranked(*rows, "  expect refused because tied: berta, anna", columns="mark").passed
    other = ranked(*rows, "  expect refused because tied: anna, cem", columns="mark")
    assert found(other) == ["refused because tied: anna, berta"]
    assert found(other, "tr") == ["eşitlik yüzünden yapılamaz: anna, berta"]


def test_where_nobody_is_tied_it_is_said_what_came_instead():
    rows = ("anna | strong | 80 points", "berta | strong | 90 points")
    result = ranked(*rows, "  expect refused because tied: anna, berta", columns="mark")

    assert found(result) == [
        "the ranking is not refused. berta: funded, place 1, 60,000.00 EUR. anna: on the reserve list, place 2, 0.00 EUR."
    ]


def test_a_tie_that_nobody_expects_names_those_that_are_tied():
    result = ranked("anna | strong | 1", "berta | strong | 2", columns="expect place")
    (problem,) = result.problems

    assert not result.passed
    assert problem.code == "GR671"
    assert "anna, berta" in problem.words("en").why


def test_another_refusal_is_no_tie():
    """Both are to get 60 000 first, and there are 100 000."""
    rows = ("anna | strong | north", "berta | strong | north")
    result = ranked(*rows, "  expect refused because tied: anna, berta", of="in_parts", columns="region")

    assert not result.passed
    assert [problem.code for problem in result.problems] == ["GR675"]


def test_a_parameter_is_the_same_for_all_and_that_of_an_example_is_not_taken():
    """`strong` decides itself with a budget of 1 EUR."""
    text = "ranking example list\n  of by_mark\n{}  applications\n    name | like | expect outcome\n    anna | strong | {}\n"

    assert results(text.format("", "funded"))["list"].passed
    assert results(text.format("  with parameter pot 59 999 EUR\n", "on the reserve list"))["list"].passed


def test_a_wrong_fact_is_shown_with_the_name_of_its_application():
    result = ranked("anna | strong | -1 EUR | funded", columns="cost | expect outcome")

    assert [problem.path for problem in result.problems] == ["anna: cost"]


@pytest.mark.parametrize("column", ["outcome", "place", "amount"])
def test_a_column_that_lacks_its_first_word_is_told_so_and_nothing_else(column):
    text = f"ranking example list\n  of by_mark\n  applications\n    name | like | {column}\n    anna | strong | 1\n"
    (problem,) = gr.check(f"{CALL}\n{text}")

    assert problem.code == "GR205"
    assert f"`expect {column}`" in problem.words("en").instead


def test_a_value_of_a_choice_may_be_called_like_an_outcome():
    assert ranked("anna | strong | funded | funded", columns="stage | expect outcome").passed


def test_an_application_may_be_like_no_example():
    text = (
        "ranking example list\n  of by_mark\n  applications\n    name | mark | cost | region | firm | expect place\n"
        "    anna | 1 point | 5 EUR | north | yes | 1\n"
    )

    assert results(text)["list"].passed


def test_examples_of_both_kinds_come_in_the_order_of_the_file():
    text = "ranking example list\n  of by_mark\n  applications\n    name | like | expect place\n    anna | strong | 1\n"
    programme = gr.compile(f"{CALL}\n{text}\nexample last\n  like strong\n  expect eligible\n")

    assert programme.examples == ("strong", "list", "last")
    assert [result.name for result in programme.run_examples()] == ["strong", "list", "last"]


def test_the_command_counts_and_shows_them(tmp_path, capsys):
    file = tmp_path / "call.rules"
    text = "ranking example list\n  of by_mark\n  applications\n    name | like | expect place\n    anna | strong | 2\n"
    file.write_text(f"{CALL}\n{text}", encoding="utf-8")

    assert cli.main(["test", str(file), "--applications", "0"]) == 1
    printed = capsys.readouterr().out
    assert "✗ list" in printed
    assert "anna: expect place 2" in printed
    assert "1 of 2 examples passed." in printed
    assert cli.main(["test", str(file), "--applications", "0", "--format", "json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["files"]
    assert [each["passed"] for each in told["examples"]] == [True, False]
    assert told["examples"][1]["expectations"][0]["expected"] == "anna: expect place 2"


def test_the_applications_of_a_ranking_are_tests_that_reach_rules():
    """Only here somebody is no firm."""
    text = "ranking example list\n  of by_mark\n  applications\n    name | like | firm | expect outcome\n    anna | strong | no | not eligible\n"
    programme = gr.compile(f"{CALL}\n{text}")
    coverage = Coverage(programme.core)
    cover_examples(programme, coverage)

    assert "`is_firm` never fails" not in "\n".join(as_lines(as_data(coverage, "en"), "en"))
    assert coverage.decisions == 2


# ---- several files ---------------------------------------------------------------------------------------------------

AMENDMENT = 'language English\n\namendment tr.more "More"\n  amends tr.call\n\n'
LIST = "ranking example list\n  of by_mark\n  applications\n    name | like | expect outcome\n    anna | strong | funded\n"


def test_an_amendment_adds_them():
    programme = gr.compile(f"{AMENDMENT}add {LIST}", root={"tr/call.rules": CALL})

    assert programme.examples == ("list", "strong")
    assert all(result.passed for result in programme.run_examples())


def test_an_amendment_replaces_and_repeals_them():
    root = {"tr/call.rules": f"{CALL}\n{LIST}"}
    smaller = LIST.replace("of by_mark", "of by_mark\n  with parameter pot 1 EUR").replace(
        "| funded", "| on the reserve list"
    )

    assert gr.compile(f"{AMENDMENT}repeal list\n", root=root).examples == ("strong",)
    replaced = gr.compile(f"{AMENDMENT}replace {smaller}", root=root)
    assert replaced.examples == ("list", "strong")
    assert all(result.passed for result in replaced.run_examples())


def test_an_amendment_in_force_from_a_day_adds_them_for_all_days():
    dated = AMENDMENT.replace("amends tr.call", "amends tr.call\n  in force from 2026-03-01")

    assert gr.compile(f"{dated}add {LIST}", root={"tr/call.rules": CALL}).examples == ("list", "strong")


def test_an_example_of_a_ranking_in_an_amended_text_is_shown_with_its_file():
    change = "replace parameter pot money\n  90 000 EUR\n"
    programme = gr.compile(f"{AMENDMENT}{change}", root={"tr/call.rules": f"{CALL}\n{LIST}"})

    assert {result.name: result.file for result in programme.run_examples()} == {
        "strong": "tr/call.rules",
        "list": "tr/call.rules",
    }


def test_an_amended_ranking_is_seen_by_the_examples_that_stay():
    root = {"tr/call.rules": f"{CALL}\n{LIST}"}
    ranking = "replace ranking by_mark\n  order by  mark, highest first\n  awards  at most 0\n"
    programme = gr.compile(f"{AMENDMENT}{ranking}", root=root)

    assert [result.passed for result in programme.run_examples()] == [True, False]


def test_a_library_has_none():
    library = f'language English\n\nlibrary lib.shared "Shared"\n  currency EUR\n\n{LIST}'

    assert [problem.code for problem in gr.check(library)] == ["GR710"]
