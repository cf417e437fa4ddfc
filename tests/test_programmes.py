"""What holds of the bundled programmes whatever the application: promises, readings, and a second calculation by hand."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grantrules as gr
from benchmarks.applications import random_applications
from benchmarks.baseline import decide_decimal
from grantrules import resources
from grantrules.suite import run_promises

HERE = resources.programs() / "tr"
NAMES = (
    "tr/kdp_2023",
    "tr/kdp_2012",
    "tr/urge_2010_8",
    "tr/urge_brop_reform",
    "tr/ustd_tr72_2023",
    "eu/cosme_clusterxchange_2020",
)
FILES = {name.partition("/")[2]: resources.bundled(name) for name in NAMES}
PROGRAMMES = {name: gr.load(file) for name, file in FILES.items()}
STORED = [
    (name, path)
    for name, file in FILES.items()
    for path in sorted((file.parent / "applications" / name).glob("*.json"))
]
READINGS = [
    (name, parameter.name, choice)
    for name, programme in PROGRAMMES.items()
    for parameter in programme.parameters.values()
    for choice in (parameter.choices or ((True, False) if isinstance(parameter.value, bool) else ()))
]


def stored(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_programme_compiles_without_a_remark(name):
    assert gr.check(FILES[name]) == ()


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_examples_of_a_programme_hold(name):
    results = PROGRAMMES[name].run_examples()

    assert [result for result in results if not result.passed] == []
    assert len(results) >= 12


@pytest.mark.parametrize(
    "name", ["urge_2010_8", "urge_brop_reform", "ustd_tr72_2023", "cosme_clusterxchange_2020"]
)
def test_a_programme_keeps_its_promises(name):
    """Of those of the cluster calls `test_promises` has more to say."""
    found = run_promises(PROGRAMMES[name], number=12)

    assert [(each.promise.about.name, each.status) for each in found if not each.passed] == []


@pytest.mark.parametrize(("name", "path"), STORED, ids=lambda value: getattr(value, "stem", value))
def test_no_stored_application_breaks_a_promise(name, path):
    assert PROGRAMMES[name].decide(stored(path)).broken_promises == ()


@pytest.mark.parametrize(("name", "parameter", "choice"), READINGS)
def test_every_reading_decides_every_application_and_breaks_no_promise(name, parameter, choice):
    for _, path in (pair for pair in STORED if pair[0] == name):
        decision = PROGRAMMES[name].decide(stored(path), parameters={parameter: choice})

        assert decision.broken_promises == ()
        assert decision.eligible is not None or decision.missing or decision.unset or decision.undecidable


@pytest.mark.parametrize(("name", "path"), STORED, ids=lambda value: getattr(value, "stem", value))
@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_stored_application_is_explained_in_both_languages(name, path, language):
    text = PROGRAMMES[name].decide(stored(path)).explain(language=language)

    assert PROGRAMMES[name].title(language) in text


def test_the_2023_call_pays_what_a_function_written_by_hand_pays():
    """Two hundred random applications, half of them eligible; the function knows no rule file."""
    for application in random_applications(200):
        by_hand = decide_decimal(application)
        decision = PROGRAMMES["kdp_2023"].decide(application)

        assert decision.eligible is by_hand["eligible"]
        assert [failed.name for failed in decision.failed] == by_hand["failed"]
        assert (decision.support and decision.support.amount) == by_hand["grant"]


cents = st.integers(min_value=0, max_value=10**12)
items = st.lists(st.tuples(cents, cents, st.booleans()), max_size=12)


def money(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


@given(items=items, earlier=st.one_of(st.just(0), st.integers(0, 26 * 10**8)))
def test_the_2012_programme_pays_what_its_three_sentences_say(items, earlier):
    """Each item at most 75% of its cost, all at most 50% of the budget, all ever at most 25 million; down to the cent."""
    application = stored(HERE / "applications" / "kdp_2012" / "base.json") | {
        "earlier_support": money(earlier),
        "costs": [
            {
                "group": "coordination",
                "activity": "awareness",
                "amount": money(cost),
                "requested": money(asked),
                "in_kind": in_kind,
            }
            for cost, asked, in_kind in items
        ],
    }
    in_money = [(cost, asked) for cost, asked, in_kind in items if not in_kind]
    due = sum((min(Fraction(asked), Fraction(3 * cost, 4)) for cost, asked in in_money), Fraction(0))
    budget = sum(cost for cost, _ in in_money)
    due = min(due, Fraction(budget, 2), Fraction(max(0, 25 * 10**8 - earlier)))

    decision = PROGRAMMES["kdp_2012"].decide(application)
    assert decision.support == gr.Money(money(int(due)), "TRY")
    paid = [int(line.amount.amount.replace(".", "")) for line in decision.supports["grant"].lines]
    assert sum(paid) == int(due)
    assert all(0 <= line <= asked for line, (_, asked, _) in zip(paid, items, strict=True))


@given(order=st.permutations(range(30)))
def test_the_order_of_lines_and_members_changes_no_total(order):
    plan = stored(HERE / "applications" / "kdp_2023" / "full_work_plan.json")
    turned = plan | {
        "costs": [plan["costs"][i] for i in order],
        "members": [plan["members"][i] for i in order if i < len(plan["members"])],
    }
    programme = PROGRAMMES["kdp_2023"]

    assert programme.decide(turned).support == programme.decide(plan).support


@pytest.mark.parametrize("fact", ["submitted", "channel", "main_sector", "members", "costs", "competitive"])
def test_what_is_decided_without_a_fact_is_what_every_answer_decides(fact):
    """Not eligible on part of the facts stays not eligible; an amount in a range stays in it."""
    programme = PROGRAMMES["kdp_2023"]
    for application in random_applications(40, seed=7):
        whole = programme.decide(application)
        part = programme.decide({name: value for name, value in application.items() if name != fact})

        assert part.eligible in {None, whole.eligible}
        if whole.support is not None and isinstance(part.support, gr.Range):
            lowest, highest = part.support.lowest, part.support.highest
            assert lowest is None or Fraction(lowest.amount) <= Fraction(whole.support.amount)
            assert highest is None or Fraction(highest.amount) >= Fraction(whole.support.amount)
