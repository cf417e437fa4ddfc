"""Stages, sizes and the survey form through the public face: worked applications, other readings, and the inventory.

The names of the worked cases (STAGE-01 and so on) are those of the table the programme was written against.
"""

import csv
import json
import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

import grantrules as gr
from grantrules import resources
from grantrules.reference import tables

HERE = resources.programs() / "tr"
STORED = sorted((HERE / "applications" / "cluster_stage").glob("*.json"))
ALL = {
    "idea": ["mass_in_one_sector", "chosen_by_authorities"],
    "initial": ["basic_analyses", "management_formed", "brand", "strategy", "firms_integrated"],
    "developing": [
        "full_time_manager", "promoted", "advanced_analyses", "alternative_finance", "monitoring",
        "national_authority", "international_networks",
    ],
    "mature": [
        "self_financing", "proven_sustainability", "international_authority", "lobbying_power", "expert_groups",
    ],
}  # fmt: skip
CLUSTER_FACTS = ("focus", "bodies", "staff", "partners", "size_lines", "structure", "age")


@pytest.fixture(scope="module")
def programme() -> gr.Programme:
    return gr.load(HERE / "cluster_stage.rules")


def stored(name: str) -> dict[str, Any]:
    return json.loads((HERE / "applications" / "cluster_stage" / f"{name}.json").read_text(encoding="utf-8"))


def names(found: Any) -> list[str]:
    return [each.name for each in found]


def ticks(**number: int) -> dict[str, Any]:
    return stored("idea") | {f"{stage}_marks": marks[: number.get(stage, 0)] for stage, marks in ALL.items()}


# ---- the worked cases ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "at_least_one", "all_criteria", "majority"),
    [
        pytest.param({"idea": 2}, "idea", "idea", "idea", id="STAGE-01"),
        pytest.param({"idea": 2, "initial": 1}, "initial", "idea", "idea", id="STAGE-02"),
        pytest.param({"idea": 2, "initial": 5}, "initial", "initial", "initial", id="STAGE-03"),
        pytest.param(
            {"idea": 2, "initial": 4, "developing": 1}, "developing", "idea", "initial", id="STAGE-04"
        ),
        pytest.param(
            {"idea": 2, "initial": 5, "developing": 7, "mature": 5},
            "mature",
            "mature",
            "mature",
            id="STAGE-06",
        ),
        pytest.param({}, None, None, None, id="STAGE-07"),
    ],
)
def test_the_criteria_suggest_a_stage(programme, number, at_least_one, all_criteria, majority):
    for reading, stage in (
        ("enough_marks", at_least_one),
        ("all_criteria", all_criteria),
        ("majority", majority),
    ):
        decision = programme.decide(ticks(**number), parameters={"stage_reading": reading})

        assert decision.results["suggested_stage"] == stage, reading


@pytest.mark.parametrize(("needed", "stage"), [(1, "developing"), (2, "initial"), (4, "initial"), (5, None)])
def test_the_number_of_criteria_that_make_a_stage_is_a_parameter(programme, needed, stage):
    decision = programme.decide(ticks(idea=2, initial=4, developing=1), parameters={"marks_needed": needed})

    assert decision.results["suggested_stage"] == stage


def test_the_declared_stage_counts_and_disagreement_is_a_warning(programme):
    decision = programme.decide(stored("declared_too_high"))

    assert decision.eligible is True
    assert decision.results["stage"] == "developing"
    assert decision.results["suggested_stage"] == "initial"
    assert names(decision.warnings) == ["stages_agree"]


@pytest.mark.parametrize("word", ["developing", "Gelişen", "Gelişme"])
def test_table_and_inventory_use_two_words_for_one_stage(programme, word):
    assert programme.decide({"declared_stage": word}).results["stage"] == "developing"


@pytest.mark.parametrize(
    ("people", "upper", "lower"),
    [
        (0, "micro", "micro"), (9, "micro", "micro"), (10, "small", "micro"), (11, "small", "small"),
        (49, "small", "small"), (50, "medium", "small"), (51, "medium", "medium"), (249, "medium", "medium"),
        (250, "large", "medium"), (251, "large", "large"),
    ],
)  # fmt: skip
def test_size_03_the_class_of_a_firm_by_its_people(programme, people, upper, lower):
    """SIZE-03: ten employees are a small firm. The form does not say where the bound itself belongs."""
    for reading, size in (("upper_class", upper), ("lower_class", lower)):
        decision = programme.decide(
            stored("idea") | {"firms": [{"employees": people}]}, parameters={"at_the_bound": reading}
        )

        counted = {name: decision.results[f"{name}_firms"] for name in ("micro", "small", "medium", "large")}
        assert counted == dict.fromkeys(counted, 0) | {size: 1}


def test_survey_01_an_idea_ends_the_form_after_question_6(programme):
    decision = programme.decide(stored("idea") | {"focus": []})

    assert decision.eligible is True
    assert list(range(1, decision.results["last_question"] + 1)) == [1, 2, 3, 4, 5, 6]
    assert decision.results["age_asked"] is False
    assert decision.results["focus_valid"] is True
    assert not set(CLUSTER_FACTS) & {each.path for each in decision.missing}


def test_survey_01_the_age_of_an_idea_is_not_asked_for(programme):
    with pytest.raises(gr.ApplicationError) as refused:
        programme.decide(stored("idea") | {"age": 0})

    assert [problem.code for problem in refused.value.problems] == ["GR505"]


def ranked(*ranks: int, column: str = "strategy") -> list[dict[str, Any]]:
    fields = ("export_", "design", "marketing", "investment")
    return [{"column": column, "subject": s, "rank": r} for s, r in zip(fields, ranks, strict=False)]


@pytest.mark.parametrize("column", ["strategy", "activities"])
@pytest.mark.parametrize(
    ("ranks", "valid", "with_gaps"),
    [
        ((), True, True), ((1,), True, True), ((2, 1), True, True), ((1, 2, 3), True, True),
        ((2, 3), False, True), ((1, 3), False, True), ((3,), False, True),
        ((1, 1), False, False), ((1, 2, 2), False, False), ((1, 2, 3, 4), False, False), ((0, 1), False, False),
    ],
)  # fmt: skip
def test_survey_04_ranks_stand_in_order_each_once(programme, column, ranks, valid, with_gaps):
    """SURVEY-04e is (2, 3): without a first there is no order, unless gaps are read to be allowed."""
    application = stored("initial") | {"focus": ranked(*ranks, column=column)}
    for reading, expected in ((False, valid), (True, with_gaps)):
        decision = programme.decide(application, parameters={"gaps_in_ranks": reading})

        assert decision.results["focus_valid"] is expected
        assert names(decision.failed) == ([] if expected else ["three_ranks"])
        assert decision.results["age_asked"] is True
        assert decision.results["last_question"] == 15


def test_all_mistakes_of_a_form_are_told_at_once(programme):
    decision = programme.decide(stored("several_mistakes"))

    assert names(decision.failed) == ["one_type", "age_from_joining", "three_ranks", "firms_add_up"]
    assert all(failed.citations[0].quote for failed in decision.failed)


def test_questions_not_yet_answered_are_named(programme):
    decision = programme.decide(stored("missing_facts"))

    assert decision.eligible is None
    assert {each.path for each in decision.missing} == {"age", "bodies", "staff", "partners"}


def test_what_nobody_asked_for_does_not_apply(programme):
    """In the idea stage there is no number of analyses: that is an answer, and nothing is left open by it."""
    decision = programme.decide(stored("idea") | {"focus": []})

    assert decision.results["analyses_made"] is None
    assert decision.undecidable == ()
    assert "Analyses made, of the seven of question 10: does not apply" in decision.explain("en")


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_every_stored_application_is_explained_in_both_languages_and_breaks_no_promise(programme, path):
    decision = programme.decide(json.loads(path.read_text(encoding="utf-8")))

    assert decision.broken_promises == ()
    assert programme.title("tr") in decision.explain("tr")
    assert programme.title("en") in decision.explain("en")


def test_the_programme_compiles_without_a_remark_and_its_examples_hold(programme):
    assert gr.check(HERE / "cluster_stage.rules") == ()
    assert [result for result in programme.run_examples() if not result.passed] == []


# ---- the inventory -------------------------------------------------------------------------------------------------


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (HERE / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def decided(programme) -> list[tuple[dict[str, str], gr.Decision]]:
    """Every row of the inventory, decided: the stage in the words of the inventory, the region by its code."""
    return [
        (row, programme.decide({"declared_stage": row["stage"], "seat": row["seat"] or None}))
        for row in rows("cluster_inventory")
    ]


def provinces() -> dict[str, dict[str, str]]:
    names_ = ("plate", "name", "nuts3", "nuts2", "nuts2_name", "agency", "short", "brop")
    return {row[2]: dict(zip(names_, row, strict=True)) for row in tables.rows("tr_provinces")}


def test_inv_01_rows_and_stages(decided):
    assert [int(row["no"]) for row, _ in decided] == list(range(1, 357))
    assert Counter(decision.results["stage"] for _, decision in decided) == {
        "idea": 321,
        "initial": 18,
        "developing": 14,
        "mature": 3,
    }
    assert sum(decision.results["is_cluster"] for _, decision in decided) == 35


def test_inv_02_clusters_and_rows_inside_and_outside_the_programme_area(decided):
    clusters = [decision for _, decision in decided if decision.results["is_cluster"]]
    inside = [decision for decision in clusters if decision.results["in_brop"]]

    assert (len(inside), len(clusters) - len(inside)) == (6, 29)
    assert {decision.results["stage"] for decision in inside} == {"initial"}
    assert sum(decision.results["in_brop"] for _, decision in decided) == 136
    assert sum(row["province"] == "TR" for row, _ in decided) == 7
    assert sum(not decision.results["in_brop"] for _, decision in decided) == 213 + 7


def test_inv_02_the_29_hold_only_if_nation_wide_clusters_count_outside(programme, decided):
    """Read otherwise, 23 are outside and six are nowhere: the report's own 29 decides."""
    apart = Counter(
        programme.decide(
            {"declared_stage": row["stage"], "seat": row["seat"] or None}, parameters={"nation_wide": "apart"}
        ).results["in_brop"]
        for row, decision in decided
        if decision.results["is_cluster"]
    )

    assert apart == {True: 6, False: 23, None: 6}


def test_inv_03_answers_of_the_agencies_are_the_rows_of_their_provinces(decided):
    published = {row["agency"]: int(row["answers"]) for row in rows("cluster_answers")}
    known = provinces()
    found = Counter(known[row["seat"]]["short"] for row, _ in decided if row["seat"])

    assert len(published) == 26
    assert found == published
    assert sum(published.values()) == 349
    assert sum(published.values()) + 7 == len(decided)


def test_the_regions_of_the_programme_are_those_of_the_table_of_provinces(programme):
    for code, province in provinces().items():
        decision = programme.decide({"seat": code})

        assert decision.results["in_brop"] is (province["brop"] == "yes"), code
    assert sum(province["brop"] == "yes" for province in provinces().values()) == 43


def test_each_region_of_the_inventory_is_that_of_its_province(decided):
    known = provinces()
    spelt = {"Afyon": "Afyonkarahisar"}
    wrong = [
        row["no"]
        for row, _ in decided
        if row["seat"] and known[row["seat"]]["name"] != spelt.get(row["province"], row["province"])
    ]

    assert wrong == []
    absent = {p["name"] for p in known.values()} - {
        known[row["seat"]]["name"] for row, _ in decided if row["seat"]
    }
    assert absent == {"Ardahan", "Düzce", "Kırşehir", "Kütahya", "Şırnak"}


def test_the_shares_of_analyses_the_report_gives_are_no_shares_of_35():
    """65% and 35% of the 35 clusters are no whole clusters; of 34 answers they are 22 and 12. 40% and 20% are 14 and 7."""

    def rounded(part: int, of: int) -> int:
        return (200 * part + of) // (2 * of)

    assert not {65, 35} & {rounded(part, 35) for part in range(36)}
    assert (rounded(22, 34), rounded(12, 34)) == (65, 35)
    assert (14 * 100, 7 * 100) == (40 * 35, 20 * 35)


# ---- the page ------------------------------------------------------------------------------------------------------

PAGE = (resources.data_root() / "docs" / "programmes" / "cluster_stage.md").read_text(encoding="utf-8")


def table_of(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading of the page."""
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_lists_every_result_and_every_rule(programme):
    results = {name for row in table_of("What comes out") for name in re.findall(r"`(\w+)`", row[0])}
    rules = {name for row in table_of("The form") for name in re.findall(r"`(\w+)`", row[1])}
    decided = programme.decide(stored("several_mistakes"))

    assert results == set(decided.results)
    assert set(names(decided.failed)) <= rules


def test_the_page_lists_every_reading_with_its_default(programme):
    said = {
        re.sub("`", "", name): (default.strip("`"), set(re.findall(r"`(\w+)`", others)))
        for name, default, others in table_of("How the report is read")
    }

    assert set(said) == set(programme.parameters)
    for name, parameter in programme.parameters.items():
        default, others = said[name]
        value = parameter.value
        assert default == (("yes" if value else "no") if isinstance(value, bool) else str(value))
        assert others | {default} >= set(parameter.choices or ())


def test_the_figures_on_the_page_are_those_of_the_inventory(decided):
    def count(**wanted: Any) -> int:
        return sum(all(d.results[n] == v for n, v in wanted.items()) for _, d in decided)

    rows_in, nation_wide = count(in_brop=True), sum(not row["seat"] for row, _ in decided)
    figures = [
        f"{len(decided)}",
        ", ".join(str(count(stage=s)) for s in ("idea", "initial", "developing", "mature")),
        f"{count(is_cluster=True)}",
        f"{count(is_cluster=True, in_brop=True)}, {count(is_cluster=True, in_brop=False)}",
        f"{rows_in}, {len(decided) - rows_in - nation_wide}, {nation_wide}",
        f"{len({row['seat'] for row, _ in decided if row['seat']})}",
        f"{sum(bool(row['seat']) for row, _ in decided)}",
    ]

    assert [row[1] for row in table_of("The inventory")] == figures


def test_the_code_on_the_page_runs(capsys):
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(compile(code, "cluster_stage.md", "exec"), {})  # noqa: S102 - It is the code on our own page.

    assert len(capsys.readouterr().out.splitlines()) == 356
