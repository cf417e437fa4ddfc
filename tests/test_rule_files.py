"""Random rule files: whatever an author can write compiles, is decided alike by both evaluators, and keeps every law.

Each seed gives a programme in one file or in several. `GRANTRULES_EXAMPLES=20000` looks further than the normal run.
"""

import json
import os
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Literal, get_args, get_origin, get_type_hints

import attrs
import pytest
from attrs import frozen
from hypothesis import given, settings

import grantrules as gr
import grantrules.testing
from grantrules import suite
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.fast import compile_program
from grantrules.evaluate.outcome import Outcome, Undecided
from grantrules.evaluate.reference import evaluate
from grantrules.facts.plain import plain
from grantrules.properties.draft import of_facts
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.mutants import mutants
from grantrules.properties.programmes import PartialCase, blanked, completed, random_facts, random_program
from grantrules.properties.promises import Case
from grantrules.properties.rule_files import RuleFiles, random_files
from grantrules.source import Source
from grantrules.syntax.build import Maker
from grantrules.syntax.parse import parse
from grantrules.syntax.tables import tables_of
from unknowns import broken_promises

EXAMPLES = int(os.environ.get("GRANTRULES_EXAMPLES", "300"))
SEEDS = range(EXAMPLES // 8)


@frozen
class Made:
    """A random programme with some applications to it, complete and with facts missing."""

    files: RuleFiles
    programme: gr.Programme
    wholes: tuple[Facts, ...]
    partials: tuple[Facts, ...]

    @property
    def core(self) -> ir.Program:
        return self.programme.core


@lru_cache(maxsize=None if EXAMPLES < 1000 else 4)
def made(seed: int) -> Made:
    rng = Random(seed)
    files = random_files(rng, 1 + seed % 5)
    programme = gr.compile(files.text, root=files.others)
    wholes = tuple(random_facts(rng, programme.core) for _ in range(3))
    return Made(files, programme, wholes, tuple(blanked(rng, programme.core, each) for each in wholes))


every_seed = pytest.mark.parametrize("seed", SEEDS)


# ---- one meaning -----------------------------------------------------------------------------------------------------


@every_seed
def test_both_evaluators_say_the_same(seed):
    """Values, failures, what is unknown, ranges, bindings and traces, with all facts and with some."""
    case = made(seed)
    fast = compile_program(case.core, patience=0)

    for facts in (*case.wholes, *case.partials):
        for trace in (False, True):
            raw = fast.run(facts, trace=trace)
            assert not isinstance(raw, Outcome), "nothing is left to the reference"
            assert evaluate(case.core, facts, trace=trace) == fast.outcome(raw)


@every_seed
def test_what_is_decided_while_facts_are_missing_is_never_contradicted(seed):
    case = made(seed)
    rng = Random(seed)

    for whole, partial in zip(case.wholes, case.partials, strict=True):
        completions = (whole, completed(rng, case.core, partial))
        before = evaluate(case.core, partial)
        for each in completions:
            assert list(broken_promises(PartialCase(case.core, partial, completions), before, each)) == []


@every_seed
def test_several_files_decide_as_the_one_file_does(seed):
    """A library gives what it holds, and an amendment leaves what stands in the one file."""
    case = made(seed)
    one = gr.compile(case.files.whole).core if case.files.others else case.core

    for facts in case.wholes:
        assert decided(case.core, facts) == decided(one, facts)


def decided(program: ir.Program, facts: Facts) -> dict:
    """
    What a programme decides, by the names that one file and several have in common, without reasons.

    A promise to decide as the amended text did (`alike_1`) is in the amendment alone.
    """
    outcome = evaluate(program, facts)
    rules = [each.about for each in program.body if isinstance(each, ir.Rule)]
    said = {
        each.about.name for each in program.body if each.about.keyword in ("result", "score", "instalment")
    }
    return {
        "eligible": known(eligible(program, outcome).answer),
        "paid": {name: known(value) for name, value in outcome.paid.items()},
        "lines": {name: [known(line) for line in each.lines] for name, each in outcome.supports.items()},
        "applies": {name: known(each.applies) for name, each in outcome.supports.items()},
        "rules": sorted(
            (about.name, each.status)
            for about, each in zip(rules, outcome.rules, strict=True)
            if about.keyword != "precision" and not about.name.startswith("alike")
        ),
        "figures": {name: known(value) for name, value in outcome.figures.items() if name in said},
    }


def known(value):
    """A value; of one that is not decided its ends."""
    return (value.lowest, value.highest) if isinstance(value, Undecided) else value


# ---- what every programme promises -----------------------------------------------------------------------------------

PROMISED = ("parts_add_up", "explanation_adds_up", "record_replays")


@every_seed
def test_each_thing_can_be_changed_and_the_rest_stays(seed):
    """What `grantrules mutate` makes of any programme is another one; libraries are left alone."""
    core = made(seed).core
    changed = [mutant.program for mutant in mutants(core)[::7]]

    assert changed
    assert all(each is not core for each in changed)
    assert all(
        (each.body, each.computed, each.codes, each.rankings)
        != (core.body, core.computed, core.codes, core.rankings)
        for each in changed
    )


@every_seed
def test_the_parts_add_up_the_explanation_comes_to_the_amount_and_the_record_replays(seed):
    case = made(seed)
    watched = suite.watched(case.programme)
    promises = {each.about.name: each for each in watched.promises if not each.stated}

    for number, facts in enumerate((case.wholes[0], case.partials[0])):
        draft = of_facts(case.core, facts)
        for name in PROMISED:
            found = promises[name].check(Case(watched, draft, RandomChooser(number)))
            assert found in (True, None), name


@every_seed
def test_a_decision_can_be_read_in_both_languages(seed):
    case = made(seed)

    for facts in (case.wholes[0], case.partials[0]):
        decision = case.programme.decide(plain(case.core, facts))
        assert json.loads(json.dumps(decision.to_dict()))
        assert all(decision.explain(language) for language in ("en", "tr"))


# ---- all there is ----------------------------------------------------------------------------------------------------

NOT_WRITTEN = {
    "raised_to": "always a mistake: it has to say whether nothing is raised as well",
}


def test_every_production_of_the_grammar_is_written(monkeypatch):
    """A construct that the generator cannot write is found by nobody: this list is as short as it can be."""
    seen = set()
    of = Maker.of

    def recorded(self, name):
        make = of(self, name)

        def maker(*parts):
            seen.add(name)
            return make(*parts)

        return maker

    monkeypatch.setattr(Maker, "of", recorded)
    productions = {name for _, _, name, _ in tables_of("en").rules} - {"", "="}
    for seed in range(600):
        files = random_files(Random(seed), 1 + seed % 5)
        for text in (files.text, *files.others.values()):
            parse(Source("random.rules", text))
        if productions <= seen | NOT_WRITTEN.keys():
            break

    assert productions - seen == NOT_WRITTEN.keys()


def nodes_of(value, found):
    """The kinds of nodes inside a part of the core, and for each field that is one of several words, the words."""
    if isinstance(value, dict | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            nodes_of(each, found)
    elif type(value).__module__ == ir.__name__ and attrs.has(type(value)):
        kind = type(value)
        found.add(kind.__name__)
        for each in attrs.fields(kind):
            part = getattr(value, each.name)
            if isinstance(part, str | int):
                found.add(f"{kind.__name__}.{each.name}={part}")
            nodes_of(part, found)


def words_of_fields(kind):
    """The words that each field of a node may hold."""
    for name, hint in get_type_hints(kind).items():
        for option in get_args(hint) if get_origin(hint) is Literal else ():
            yield f"{kind.__name__}.{name}={option}"


def test_random_programmes_make_every_node_of_the_core():
    """The other generator makes programmes in the core; what it leaves out, no law is tried on there."""
    kinds = [
        each for each in vars(ir).values() if isinstance(each, type) and issubclass(each, ir.Expr | ir.Step)
    ]
    kinds += [ir.Let, ir.Computed, ir.Rule, ir.Support, ir.Joint, ir.Gate, ir.Reason]
    wanted = {each.__name__ for each in kinds if each not in (ir.Expr, ir.Step)}
    wanted |= {word for kind in kinds for word in words_of_fields(kind)}
    seen: set[str] = set()
    for seed in range(300):
        nodes_of((program := random_program(Random(seed), 1 + seed % 5)).body, seen)
        nodes_of((program.computed, program.application, program.records), seen)
        if wanted <= seen:
            break

    assert wanted - seen == set()


@given(gr.testing.rule_files())
@settings(max_examples=5)
def test_tools_are_offered_the_files(files):
    assert gr.compile(files.text, root=files.others).name.startswith("random.")
    assert gr.compile(files.whole).name == "random.programme"


# ---- what they found -------------------------------------------------------------------------------------------------

HEAD = """language English

programme tests.found "What random files found"
  currency     EUR
  rules as of  handed_in
  month end    last day

record cost
  amount   money (at least 0 EUR)
  paid_on  date
  trained  yes/no

application
  handed_in  date
  staff      whole number (at least 0)
  price      money (at least 0 EUR)
  costs      list of cost (at most 9)

"""
FACTS = {"handed_in": "2024-05-01", "staff": 3, "price": "100.00"}


def compiled(text: str) -> gr.Programme:
    return gr.compile(HEAD + text)


def refused(text: str) -> list[str]:
    with pytest.raises(gr.ProgrammeError) as found:
        compiled(text)
    return [problem.code for problem in found.value.problems]


def test_an_exception_holds_for_every_version_of_its_rule():
    programme = compiled("""\
require small "Until 2023"
  in force up to 2023-12-31
  staff is at most 1

require small "From 2024 on"
  in force from 2024-01-01
  staff is at most 2

exception dear to small
  price is at least 100 EUR
""")

    for day in ("2023-05-01", "2024-05-01"):
        assert programme.decide({**FACTS, "handed_in": day, "costs": []}).eligible is True
        decision = programme.decide({**FACTS, "handed_in": day, "price": "99.99", "costs": []})
        assert [each.name for each in decision.failed] == ["small"]


@pytest.mark.parametrize(
    ("end", "eligible"),
    [("paid_on is before 2024-03-01", True), ("month of paid_on is month 2024-02", False)],
)
def test_a_written_day_may_stand_before_the_colon(end, eligible):
    programme = compiled(f"require all_trained\n  for all costs where {end}: trained\n")
    costs = [{"amount": "1.00", "paid_on": "2024-02-29", "trained": eligible}]

    assert programme.decide({**FACTS, "costs": costs}).eligible is eligible


def test_a_fact_may_be_shared_among_lines():
    programme = compiled("""\
support parts
  from costs sharing price, in equal parts
  rounding down in steps of 0.01 EUR, once at the end
""")
    cost = {"amount": "1.00", "paid_on": "2024-01-01", "trained": True}

    lines = programme.decide({**FACTS, "costs": [cost] * 3}).supports["parts"].lines
    assert [line.amount.amount for line in lines] == ["33.34", "33.33", "33.33"]


def test_one_version_of_a_number_may_be_whole_and_the_other_not():
    programme = compiled("""\
define factor
  in force up to 2023-12-31
  2  otherwise

define factor
  in force from 2024-01-01
  2.5  otherwise

result doubled = factor * staff
""")

    assert programme.decide({**FACTS, "costs": []}).results["doubled"] == Fraction(15, 2)


def test_a_whole_number_may_be_rounded_to_halves():
    programme = compiled("result halves = staff rounded up in steps of 1.5\n")

    assert programme.decide({**FACTS, "staff": 2, "costs": []}).results["halves"] == 3
    assert programme.decide({**FACTS, "staff": 4, "costs": []}).results["halves"] == Fraction(9, 2)


@pytest.mark.parametrize(
    "early",
    [
        "  cost ceiling half\n    together at most 50% of grant's eligible_cost\n    excess is cut pro rata\n",
        "  when grant's before_ceilings is at least 1 EUR\n",
        "  cost ceiling half\n    together at most half_of_it\n    excess is cut pro rata\n",
        "  support ceiling half\n    together at most half_of_it\n    excess is cut pro rata\n",
    ],
)
def test_what_a_support_comes_to_is_known_to_its_later_steps_alone(early):
    """Anything else would need the support before it is computed."""
    half = "define half_of_it = 50% of grant's eligible_cost\n\n" if "half_of_it" in early else ""
    rounding = "  rounding down in steps of 0.01 EUR, once at the end\n"

    assert refused(f"{half}support grant\n  from costs counting amount\n{early}{rounding}") == ["GR209"]


def test_of_whole_numbers_only_whole_ones_are_missed_by_a_table():
    rows = "\n  up to 0.5 | 1%\n  above 0.5 to 1 | 2%\n  from 1.5 | 3%\n"
    gap = "\n  up to 0.5 | 1%\n  from 1.5 | 3%\n"

    assert compiled(f"table rate_of by staff{rows}\nresult share = rate_of\n").warnings == ()
    assert refused(f"table rate_of by staff{gap}\nresult share = rate_of\n") == ["GR411"]


def test_a_library_may_give_a_value_of_a_choice_of_its_application():
    head = 'language English\n\n{} {} "Sizes"\n  currency EUR\n'
    facts = "application\n  staff  whole number\n  size   one of small, large\n\n"
    library = f"{head.format('library', 'lib.sizes')}\n{facts}table size_by_staff by staff\n  below 10 | small\n  from 10 | large\n"
    text = f"{head.format('programme', 'tests.sizes')}\nuse lib.sizes: size_by_staff\n\n{facts}require right\n  size is size_by_staff\n"

    programme = gr.compile(text, root={"lib/sizes.rules": library})
    assert programme.decide({"staff": 3, "size": "small"}).eligible is True


def test_slices_of_whole_numbers_may_be_cut_between_them():
    """Half of three people is one and a half: no whole number."""
    programme = compiled("""\
table share_of by staff
  slice by slice
  up to 1.5 | 50%
  above 1.5 | 100%

table each_of by staff
  slice by slice
  up to 2.5 | 10 EUR each
  above 2.5 | 20 EUR each

result shares = share_of
result paid = each_of
""")

    results = programme.decide({**FACTS, "staff": 3, "costs": []}).results
    assert results["shares"] == Fraction(9, 4)
    assert results["paid"] == gr.Money("35.00", "EUR")
