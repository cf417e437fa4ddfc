"""
A programme with every kind of statement, explained in every layout and both languages, and compared with its amendment.

What is said stands in `data/stored/town/`, where a reviewer reads what a user will read.
"""

import json
import re

import pytest

import grantrules as gr
import town
from storing import stored, without_style

MILD = {"reading": "mild"}
CASES = {
    "paid": (town.application(), {}),
    "mild": (
        town.application(
            report=True,
            aims=["energy", "water"],
            stay=90,
            loan_sum="20000.00",
            submitted="2026-03-05",
            founded=...,
            partners=[],
        ),
        MILD,
    ),
    "refused": (
        town.application(
            submitted="2026-04-01",
            age=2,
            approved=False,
            aims=[],
            founded="2026-03-30",
            partners=[
                {"size": "small", "people": 0, "trained": True},
                {"size": "large", "people": 0, "trained": False},
            ],
        ),
        {},
    ),
    "large": (town.application(size="large", age=40, loan_sum="9000.00", price="10.00", stay=0), MILD),
    "gap": (town.application(age=15, submitted="2027-01-05", loan_sum="0.00"), {"rate_of_day": "0.9"}),
    "small_sums": (
        town.application(aims=[], costs=[{"kind": "works", "amount": "50.00", "spent": "2026-01-01"}]),
        {"most": "40.00"},
    ),
    "over": (
        town.application(
            price="1000000.00",
            costs=[
                {"kind": "works", "amount": f"{n}00000.00", "spent": f"2026-01-0{n}", "local": True}
                for n in range(1, 7)
            ],
        ),
        {"most": "5000000.00"},
    ),
    "open": (
        town.application(
            size=...,
            approved=...,
            report=...,
            age=...,
            founded=...,
            partners=[{"size": "small", "people": 1}, {"size": "small", "people": 0}],
            costs=[{"kind": "works", "spent": "2026-01-01"}, {"amount": "10.00", "kind": "staff"}],
        ),
        {},
    ),
    "nothing": ({}, {"reading": "strict"}),
    "no_lines": (town.application(costs=..., partners=..., loan_sum=...), MILD),
}


@pytest.fixture(scope="module")
def programmes():
    return {
        "base": gr.compile(town.RULES, root=town.FILES),
        "amended": gr.compile(town.AMENDMENT, name="amendment.rules", root=town.FILES),
    }


def decide(programmes, case, which="base"):
    facts, parameters = CASES[case]
    return programmes[which].decide(facts, parameters=parameters)


def without_hashes(text):
    return re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", text)


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("case", CASES)
def test_the_explanation_and_its_summary_read_as_they_are_stored(programmes, case, language):
    decision = decide(programmes, case)
    text = decision.explain(language) + "\n\n=== in brief ===\n\n" + decision.explain(language, "summary")

    assert text == stored(f"town/{case}.{language}.txt", text)


@pytest.mark.parametrize(
    ("case", "language", "layout"),
    [
        ("paid", "tr", "markdown"),
        ("paid", "en", "json"),
        ("open", "tr", "json"),
        ("mild", "en", "html"),
        ("refused", "en", "json"),
    ],
)
def test_the_other_layouts_read_as_they_are_stored(programmes, case, language, layout):
    text = decide(programmes, case).explain(language, layout)
    if layout == "html":
        text = without_style(text)

    assert text == stored(f"town/{case}.{language}.{layout}", text)


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("case", ["paid", "refused", "open", "large"])
def test_a_decision_as_data_is_as_it_is_stored(programmes, case, language):
    text = without_hashes(decide(programmes, case).to_json(language=language))

    assert text == stored(f"town/{case}.{language}.decision.json", text)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_an_amended_programme_says_what_was_changed(programmes, language):
    decision = decide(programmes, "paid", "amended")
    text = decision.explain(language)
    changed = json.dumps(decision.to_dict(language=language)["texts"], indent=2, ensure_ascii=False)
    text = f"{text}\n\n{changed}\n"

    assert text == stored(f"town/amended.{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("which", ["base", "amended"])
def test_the_conditions_are_listed_as_they_are_stored(programmes, which, language):
    found = programmes[which].conditions(language=language)
    text = f"{found}\n\n{found.to_json()}" if (which, language) == ("base", "tr") else str(found)

    assert text == stored(f"town/conditions_{which}.{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("case", ["paid", "mild", "refused", "large", "open"])
def test_what_the_amendment_changes_reads_as_it_is_stored(programmes, case, language):
    facts, parameters = CASES[case]
    found = programmes["base"].compare(programmes["amended"], facts, parameters=parameters, language=language)
    text = found.explain()
    if case == "mild":
        text += "\n\n" + without_hashes(found.to_json())

    assert text == stored(f"town/compared_{case}.{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_two_readings_of_many_applications_read_as_they_are_stored(programmes, language):
    base = programmes["base"]
    all_ = {name: facts for name, (facts, _) in CASES.items()}
    found = base.compare_all(base, all_, second={"reading": "mild", "most": "1200.00"}, language=language)
    text = found.explain(explained=False) + "\n\n" + without_hashes(found.to_json(explained=False))

    assert text == stored(f"town/readings.{language}.txt", text)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_schema_is_as_it_is_stored(programmes, language):
    shape = programmes["base"].schema(language=language, complete=language == "tr")
    text = json.dumps(shape, indent=2, ensure_ascii=False) + "\n"

    assert text == stored(f"town/schema.{language}.json", text)
