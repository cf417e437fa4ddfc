"""Promises that name another programme: `decided as in tr.old`, `grant is as in tr.old`."""

import json
from functools import partial

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import grantrules as gr
from grantrules import cli, resources, suite
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.evaluate.eligibility import rules_found
from grantrules.evaluate.fast import FastProgram
from grantrules.evaluate.reference import evaluate
from grantrules.others import Others
from grantrules.properties.mutants import mutants
from grantrules.properties.programmes import partial_cases
from grantrules.properties.search import check_promises

OLD = """\
language English

programme tr.old "Aid for houses"
  currency EUR
  rules as of submitted

record cost
  kind    one of roof, walls, other
  amount  money (at least 0 EUR)

application
  submitted  date
  rooms      whole number (at least 0) (at most 50)
  costs      list of cost (at most 20)
  zone       one of centre, valley
  village    text (optional)
  helpers    whole number (0 if absent)

parameter most_rooms "The most rooms"  whole number
  12

parameter part_paid "The share that is paid"  rate
  50%

require small "Not too large"
  rooms is at most most_rooms

support grant "Aid"
  from costs counting amount

  eligible cost listed "Listed kinds"
    except where kind is other

  rate basic "Half"
    part_paid

  support ceiling most "At most 7 777"
    together at most 7 777 EUR
    excess is cut pro rata

  rounding down in steps of 0.01 EUR, once at the end

result aided = grant
"""
NEW = (
    OLD.replace("tr.old", "tr.new")
    .replace("  helpers    whole number (0 if absent)\n", "  heated     yes/no (no if absent)\n")
    .replace(
        "  support ceiling most",
        '  bonus heating "More with heating"\n    when heated\n    plus 10 percentage points\n\n  support ceiling most',
    )
    + """
promise others_as_before "Without heating all stays as it is"
  decided as in tr.old
  unless heated

promise grant_as_before
  grant is as in tr.old
  unless heated
"""
)
ROOT = {"tr/old.rules": OLD}
HOUSE = {
    "submitted": "2026-03-01",
    "rooms": 5,
    "zone": "valley",
    "costs": [{"kind": "roof", "amount": "1000.00"}, {"kind": "other", "amount": "500.00"}],
}


def compiled(*changes: tuple[str, str], text: str = NEW) -> gr.Programme:
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return gr.compile(text, root=ROOT)


@pytest.fixture(scope="module")
def new() -> gr.Programme:
    return compiled()


def broken(programme: gr.Programme, **facts: object) -> tuple[str, ...]:
    return programme.decide({**HOUSE, **facts}).broken_promises


# ---- on every decision ---------------------------------------------------------------------------------------------


def test_a_decision_that_is_as_before_keeps_the_promise(new):
    assert broken(new) == ()
    assert broken(new, rooms=13) == ()
    assert broken(new, heated=True) == ()


BOTH = ("others_as_before", "grant_as_before")


@pytest.mark.parametrize(
    ("change", "facts", "found"),
    [
        (("    part_paid", "    part_paid - 1%"), {}, BOTH),
        (("  rooms is at most most_rooms", "  rooms is less than most_rooms"), {"rooms": 12}, BOTH[:1]),
        (("kind is other", "kind is one of other, walls"), {}, ()),
        (("7 777 EUR", "7 778 EUR"), {"costs": [{"kind": "walls", "amount": "90000.00"}]}, BOTH),
    ],
)
def test_a_decision_that_is_otherwise_breaks_it(change, facts, found):
    programme = compiled(change)
    decision = programme.decide(HOUSE | facts)

    assert decision.broken_promises == found
    assert decision.to_dict()["broken_promises"] == list(found)
    assert [each["name"] for each in json.loads(decision.explain(format="json"))["broken_promises"]] == list(
        found
    )


def test_the_explanation_says_what_is_decided_there(new):
    decision = compiled(("    part_paid", "    part_paid - 1%")).decide(HOUSE)

    assert "the answer must be as in tr.old (grant: 490.00 EUR here, 500.00 EUR there" in decision.explain()
    assert "grant: burada 490,00 EUR, orada 500,00 EUR" in decision.explain("tr")
    stricter = compiled(("  rooms is at most most_rooms", "  rooms is less than 5"))
    assert "(not eligible here, eligible there)" in stricter.decide(HOUSE).explain()


def test_a_support_that_one_of_them_lacks_pays_nothing_there():
    more = (
        NEW.partition("result aided")[0]
        + """
support extra "More"
  from costs counting amount
  rate tenth
    10%
  rounding down in steps of 0.01 EUR, once at the end

promise as_before
  decided as in tr.old
"""
    )
    programme = gr.compile(more, root=ROOT)

    assert broken(programme) == ("as_before",)
    assert broken(programme, costs=[]) == ()
    assert broken(programme, rooms=50) == ()


def test_results_are_part_of_the_answer():
    programme = compiled(("result aided = grant", "result aided = grant + 1 EUR"))

    assert broken(programme) == ("others_as_before",)


# ---- facts and readings --------------------------------------------------------------------------------------------


def test_what_is_not_known_leaves_the_promise_open(new):
    partly = {name: value for name, value in HOUSE.items() if name not in ("rooms", "costs")}

    assert new.decide(partly).broken_promises == ()
    assert new.decide({}).broken_promises == ()


def test_what_is_decided_on_part_of_the_facts_is_what_every_completion_decides():
    cheaper = compiled(("7 777 EUR", "7 700 EUR"))
    costs = [{"kind": "walls", "amount": "90000.00"}]
    partly = {"costs": costs, "heated": False}

    assert cheaper.decide(partly).broken_promises == BOTH
    for rooms in (1, 12, 13):
        assert broken(cheaper, costs=costs, rooms=rooms) == BOTH


def test_a_reading_is_one_for_both(new):
    assert new.decide(HOUSE, parameters={"part_paid": "30%"}).broken_promises == ()
    assert new.decide(HOUSE | {"rooms": 20}, parameters={"most_rooms": 25}).eligible is True
    assert new.decide(HOUSE | {"rooms": 20}, parameters={"most_rooms": 25}).broken_promises == ()


def test_a_figure_that_the_text_changes_is_not_the_others():
    assert broken(compiled(("  12\n", "  14\n")), rooms=13) == ("others_as_before",)


def test_the_other_reads_its_own_conditions():
    asking = OLD.replace("(0 if absent)", "(only when zone is centre) (0 if absent)")
    text = NEW.replace(
        "  heated ", "  helpers    whole number (only when zone is centre) (0 if absent)\n  heated "
    )
    programme = gr.compile(text, root={"tr/old.rules": asking})

    assert broken(programme, zone="centre", helpers=3) == ()
    assert broken(programme, zone="valley") == ()


# ---- records -------------------------------------------------------------------------------------------------------


def test_a_record_holds_the_text_of_the_other_and_replays(new):
    record = new.decide(HOUSE).record()
    files = [each["name"] for each in json.loads(record)["rules"]["files"]]

    assert files == ["programme.rules", "tr/old.rules"]
    assert gr.verify(record).status == "verified"
    assert (
        gr.verify(compiled(("    part_paid", "    part_paid - 1%")).decide(HOUSE).record()).status
        == "verified"
    )


def test_an_amendment_may_promise_about_the_text_it_amends():
    reform = """\
dil Türkçe

değişiklik tr.reform "Evlere destek"
  değiştirilen tr.old

ek güvence eskisi_gibi "Değişmeyen her şey eskisi gibidir"
  şu programdaki gibi sonuçlanır: tr.old
  rooms en az 10 ise uygulanmaz

ek güvence aynı_destek
  grant şu programdaki gibi olmalı: tr.old
"""
    programme = gr.compile(reform, root=ROOT)
    record = programme.decide(HOUSE).record()

    assert programme.decide(HOUSE).broken_promises == ()
    assert [each["name"] for each in json.loads(record)["rules"]["files"]] == [
        "programme.rules",
        "tr/old.rules",
    ]
    assert gr.verify(record).ok


# ---- both evaluators, part of the facts ----------------------------------------------------------------------------

FAULTY = compiled(("7 777 EUR", "7 700 EUR"), ("    part_paid", "    part_paid + 1%"))


def statuses(programme: gr.Programme, application: object, *, fast: bool) -> list[str]:
    facts = programme.prepare(application)
    core = programme.core

    def slow(program: ir.Program) -> object:
        return partial(evaluate, program)

    others = Others(core, (lambda other: FastProgram(other).decide) if fast else slow)
    outcome = FastProgram(core).decide(facts) if fast else evaluate(core, facts)
    return [each.status for each in rules_found(core, outcome, others.decide(facts))]


@settings(max_examples=40, deadline=None)
@given(application=FAULTY.applications(), blank=st.sets(st.sampled_from([*HOUSE, "heated"])))
def test_both_evaluators_agree_and_part_of_the_facts_is_never_contradicted(application, blank):
    whole = statuses(FAULTY, application, fast=True)
    partly = {name: {"unknown": True} if name in blank else value for name, value in application.items()}

    assert whole == statuses(FAULTY, application, fast=False)
    some = statuses(FAULTY, partly, fast=True)
    assert some == statuses(FAULTY, partly, fast=False)
    assert all(part in ("undecided", full) for part, full in zip(some, whole, strict=True))


# ---- grantrules test -----------------------------------------------------------------------------------------------


def results(programme: gr.Programme, number: int = 20) -> dict[str, str]:
    stated = [each for each in suite.watched(programme).promises if each.stated]
    found = check_promises(suite.watched(programme), number=number, only=stated)
    return {each.promise.about.name: each.status for each in found}


def test_a_promise_that_holds_is_kept(new):
    assert results(new) == {"others_as_before": "kept", "grant_as_before": "kept"}


@pytest.mark.parametrize(
    "change",
    [
        ("7 777 EUR", "7 778 EUR"),
        ("rounding down", "rounding up"),
        ("except where kind is other", "except where kind is one of other, walls"),
        ("    when heated\n", ""),
        (
            '  support ceiling most "At most 7 777"\n    together at most 7 777 EUR\n    excess is cut pro rata\n\n',
            "",
        ),
    ],
)
def test_a_fault_is_found_at_the_limits_of_either(change):
    programme = compiled(change)
    (found,) = [
        each
        for each in suite.run_promises(programme, number=20)
        if each.promise.about.name == "others_as_before"
    ]

    assert found.status in ("broken", "never_true")
    assert "here" in found.words.en
    assert found.application is not None
    assert programme.decide(found.application).broken_promises


def test_a_promise_that_is_never_meant_and_one_that_is_never_true_are_told(new):
    vacuous = compiled(
        ("  decided as in tr.old\n  unless heated", "  decided as in tr.old\n  unless rooms is at least 0")
    )
    never = compiled(
        ("    part_paid", "    part_paid + 1%"),
        ("  unless heated\n", "  when grant is from 1 EUR to 7 000 EUR\n"),
    )

    assert results(vacuous)["others_as_before"] == "vacuous"
    assert results(never, number=60)["grant_as_before"] == "never_true"


def test_the_command_finds_the_other_in_the_folder(tmp_path, capsys):
    folder = tmp_path / "tr"
    folder.mkdir()
    (folder / "old.rules").write_text(OLD, encoding="utf-8")
    (folder / "new.rules").write_text(NEW, encoding="utf-8")
    code = cli.main(["test", str(folder / "new.rules"), "--applications", "5"])

    assert code == 0
    assert "✓ others_as_before  Without heating all stays as it is" in capsys.readouterr().out
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert cli.main(["check", str(folder / "new.rules"), "--root", str(elsewhere)]) == 1
    assert "GR701" in capsys.readouterr().out


# ---- what is refused -----------------------------------------------------------------------------------------------


def codes(text: str, root: dict[str, str]) -> list[str]:
    return [each.code for each in gr.check(text, root=root)]


@pytest.mark.parametrize(
    ("old", "new_", "code"),
    [
        ("", ("tr.old\n  unless", "tr.older\n  unless"), "GR701"),
        ("", ("decided as in tr.old", "decided as in tr.new"), "GR705"),
        ("rooms      whole number", ("", ""), "GR454"),
        ("village    text (optional)", ("", ""), "GR454"),
        ("one of centre, valley", ("", ""), "GR454"),
        ("(0 if absent)", ("", ""), "GR453"),
        ("amount  money (at least 0 EUR)", ("", ""), "GR454"),
        ("", ("grant is as in tr.old", "rooms is as in tr.old"), "GR301"),
        ("", ("grant is as in tr.old", "gront is as in tr.old"), "GR205"),
        ("result aided = grant", ("grant is as in tr.old", "aided is as in tr.old"), "GR455"),
        ("= grant", ("", ""), "GR456"),
    ],
)
def test_what_cannot_be_held_against_the_other_is_refused(old, new_, code):
    changed = {
        "rooms      whole number": ("(at least 0) (at most 50)", "(at least 1) (at most 50)"),
        "village    text (optional)": ("village    text (optional)", "village    text"),
        "one of centre, valley": ("one of centre, valley", "one of valley, hills"),
        "(0 if absent)": (" (0 if absent)", ""),
        "amount  money (at least 0 EUR)": ("amount  money (at least 0 EUR)", "amount  money (at most 9 EUR)"),
        "result aided = grant": ("result aided = grant", ""),
        "= grant": ("result aided = grant", "result aided = rooms"),
    }
    before = OLD.replace(*changed[old]) if old else OLD
    text = NEW.replace(*new_) if new_[0] else NEW

    assert set(codes(text, {"tr/old.rules": before})) == {code}


def test_a_library_decides_nothing():
    library = 'language English\n\nlibrary tr.old "Old"\n\ndefine a = 3\n'

    assert "GR715" in codes(NEW, {"tr/old.rules": library})


def test_mistakes_of_the_other_are_told_in_its_file():
    found = gr.check(
        NEW, root={"tr/old.rules": OLD.replace("is at most most_rooms", "is at most more_rooms")}
    )

    assert [(each.code, each.source.name) for each in found if each.severity == "error"] == [
        ("GR205", "tr/old.rules")
    ]


def test_two_that_promise_about_each_other_are_a_circle():
    back = OLD + "\npromise as_new\n  decided as in tr.new\n"

    assert "GR705" in codes(NEW, {"tr/old.rules": back, "tr/new.rules": NEW})


def test_what_the_other_promises_is_its_own_affair():
    oldest = OLD.replace("tr.old", "tr.oldest")
    middle = OLD + "\npromise as_ever\n  decided as in tr.oldest\n  when rooms is at least 99\n"
    root = {"tr/old.rules": middle, "tr/oldest.rules": oldest}
    programme = gr.compile(NEW, root=root)

    assert programme.decide(HOUSE).broken_promises == ()
    assert programme.core.others["tr.old"].others == {}


# ---- the reform and what it changes --------------------------------------------------------------------------------

TR = resources.programs() / "tr"


def test_a_fault_outside_of_the_reform_is_found_by_this_promise_alone():
    """A ceiling of 100 000 dollars for a mission becomes 90 000: no other promise of the reform notices."""
    text = (TR / "urge_brop_reform.rules").read_text(encoding="utf-8")
    right, wrong = "  100 000 USD                                      when not", "  90 000 USD when not"
    assert text.count(right) == 1
    programme = gr.compile(text.replace(right, wrong), root=resources.programs())
    found = results(programme, number=4)

    assert [name for name, status in found.items() if status in ("broken", "never_true")] == [
        "all_others_as_today"
    ]


def test_the_reform_leaves_stored_applications_as_they_were():
    programme = gr.load(TR / "urge_brop_reform.rules")
    for path in sorted((TR / "applications" / "urge_2010_8").glob("*.json")):
        assert programme.decide(path.read_bytes()).broken_promises == ()


def test_the_texts_of_others_belong_to_the_programme_only_in_its_record():
    programme = compiled()

    assert [each["name"] for each in programme.decide(HOUSE).to_dict()["texts"]] == ["tr.new"]
    assert evolve(programme.core, others={}).others == {}


# ---- random programmes, each held against itself with one thing changed ----------------------------------------------

AS_IN = ir.Promised("as_in", None, programme="other")


def held_against(program: ir.Program, other: ir.Program) -> ir.Program:
    """The programme with the promise that it decides as the other does."""
    about = ir.About("as_before", "promise")
    return evolve(
        program,
        body=(*program.body, ir.Rule(about, "promise", None, (), (AS_IN,))),
        others={"other": other},
    )


def status(program: ir.Program, facts: Facts, *, fast: bool) -> str:
    """What became of the promise."""
    if fast:
        others = Others(program, lambda other: FastProgram(other).decide)
        outcome = FastProgram(program).decide(facts)
    else:
        others = Others(program, lambda other: partial(evaluate, other))
        outcome = evaluate(program, facts)
    return rules_found(program, outcome, others.decide(facts))[-1].status


@settings(max_examples=40, deadline=None)
@given(case=partial_cases(2), chosen=st.integers(0, 10_000))
def test_random_programmes_keep_the_law_of_partial_facts(case, chosen):
    changed = [mutant.program for mutant in mutants(case.program)] or [case.program]
    program = held_against(case.program, changed[chosen % len(changed)])
    before = status(program, case.partial, fast=True)

    assert before == status(program, case.partial, fast=False)
    for whole in case.completions:
        after = status(program, whole, fast=True)
        assert after == status(program, whole, fast=False)
        assert before in ("undecided", after)


@settings(max_examples=25, deadline=None)
@given(case=partial_cases(1))
def test_a_random_programme_decides_as_itself(case):
    program = held_against(case.program, case.program)

    assert status(program, case.partial, fast=True) in ("met", "undecided")
    assert status(program, case.completions[0], fast=True) in ("met", "undecided")
