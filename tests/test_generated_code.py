"""
The code that is generated for small programmes, and what is decided with it, stored as a whole.

Each programme in `tests/data/engine/` is about one part of the language, with applications as its examples. The stored
code is there to be read: whoever changes the generator sees what becomes of it, and no saving of work is lost unseen.
"""

from pathlib import Path

import pytest

import grantrules as gr
from engine_texts import code_text, outcome_text, source_text
from grantrules.evaluate.fast import FastProgram, Need, Writer
from grantrules.evaluate.reference import evaluate
from grantrules.evaluate.unknown import Stand
from storing import stored

FOLDER = Path(__file__).parent / "data" / "engine"
NAMES = sorted(path.stem for path in FOLDER.glob("*.rules"))


def programme(name):
    return gr.compile((FOLDER / f"{name}.rules").read_text(encoding="utf-8"))


def applications(rules):
    return {each.about.name: rules.prepare(each.facts) for each in rules.core.examples}


def unknown_in(program, facts):
    stand = Stand(program)
    stand.facts(facts.values)
    return frozenset(stand.found)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tracing", [False, True], ids=["plain", "traced"])
def test_the_code_for_complete_facts_is_the_stored_one(name, tracing):
    program = programme(name).core
    text = code_text(Writer(program, tracing=tracing).write())

    assert text == stored(f"code/{name}.{'traced' if tracing else 'plain'}.txt", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_code_for_unknown_facts_is_the_stored_one(name):
    rules = programme(name)
    needs = {}
    for example, facts in applications(rules).items():
        if unknown := unknown_in(rules.core, facts):
            needs.setdefault(unknown, example)
    texts = []
    for unknown, example in needs.items():
        need = Need(unknown, cautious=example == "nothing_known")
        code = Writer(rules.core, tracing=need.cautious, need=need).write()
        texts.append(f"==== {example}{', traced, with caution' * need.cautious}\n{source_text(code)}")
    text = "\n".join(texts)

    assert text == stored(f"code/{name}.unknown.txt", text)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_decided_is_the_stored_answer_of_every_evaluator(name):
    rules = programme(name)
    program = rules.core
    fast = FastProgram(program, patience=0)
    texts = []
    for example, facts in applications(rules).items():
        traced = evaluate(program, facts, trace=True)
        texts.append(f"==== {example}\n{outcome_text(program, traced, trace=not texts)}")

        assert fast.decide(facts, trace=True) == traced
        assert fast.decide(facts) == evaluate(program, facts)
    text = "\n".join(texts)

    assert text == stored(f"outcomes/{name}.txt", text)


@pytest.mark.parametrize("name", NAMES)
def test_the_figures_that_were_worked_out_by_hand_are_found(name):
    results = programme(name).run_examples()

    assert [each.name for each in results if not each.passed] == []
