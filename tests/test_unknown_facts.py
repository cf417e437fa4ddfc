"""What is decided while facts are missing is what every completion of the facts decides.

Random programmes, each with an application of which some facts, fields or lists are taken away, and with some of the
complete applications that it may become. `GRANTRULES_EXAMPLES=20000` looks further than the normal run.
"""

import os
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis.strategies import data

from grantrules.core import ir
from grantrules.core.verify import verify
from grantrules.evaluate.outcome import Cause, Undecided
from grantrules.evaluate.reference import evaluate
from grantrules.properties.programmes import FOCUSES, cases, partial_cases, programs
from unknowns import broken_promises, ends, keeps

EXAMPLES = int(os.environ.get("GRANTRULES_EXAMPLES", "300"))
deeply = settings(max_examples=EXAMPLES)


# ---- the law -------------------------------------------------------------------------------------------------------


@deeply
@given(programs())
def test_random_programmes_are_well_formed(program):
    verify(program)


@deeply
@given(partial_cases())
def test_what_is_decided_while_facts_are_missing_is_never_contradicted(case):
    """The principle of the language: an answer given early is the answer."""
    before = evaluate(case.program, case.partial)

    for whole in case.completions:
        assert list(broken_promises(case, before, whole)) == []


@pytest.mark.parametrize("focus", FOCUSES)
@deeply
@given(data())
def test_each_kind_of_step_keeps_the_law(focus, data):
    """Corners of one step are rare in programmes about everything."""
    case = data.draw(partial_cases(focus=focus))
    before = evaluate(case.program, case.partial)

    for whole in case.completions:
        assert list(broken_promises(case, before, whole)) == []


@deeply
@given(cases(complete=True))
def test_no_fact_is_missing_in_a_complete_application(case):
    """Whatever is undecided then has failed, and says why."""
    outcome = evaluate(case.program, case.facts)

    values = [*outcome.figures.values(), *outcome.paid.values()]
    undecided = [value for value in values if isinstance(value, Undecided)]
    assert all(value.causes for value in undecided)
    assert "fact" not in {cause.kind for value in undecided for cause in value.causes}


@deeply
@given(cases())
def test_amounts_are_never_below_zero(case):
    outcome = evaluate(case.program, case.facts)

    lines = [line for support in outcome.supports.values() for line in (support.total, *support.lines)]
    assert all(ends(line)[0] >= 0 for line in lines if line is not None)


@deeply
@given(cases(complete=True))
def test_the_lines_add_up_to_the_total(case):
    outcome = evaluate(case.program, case.facts)

    for support in outcome.supports.values():
        lines = [line for line in support.lines if line is not None]
        if not any(isinstance(line, Undecided) for line in lines):
            assert support.total == sum(lines)


@deeply
@given(cases())
def test_a_trace_changes_nothing_but_the_trace(case):
    plain, traced = evaluate(case.program, case.facts), evaluate(case.program, case.facts, trace=True)

    assert (plain.rules, plain.figures, plain.paid, plain.joint) == (
        traced.rules, traced.figures, traced.paid, traced.joint,
    )  # fmt: skip
    assert plain.trace is None
    assert {each.value.at for each in case.program.body if isinstance(each, ir.Let)} <= traced.trace.keys()


# ---- the eye of the law --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (Fraction(1), Fraction(1), True),
        (Fraction(1), Fraction(2), False),
        (True, Undecided(frozenset()), False),
        (Undecided(frozenset()), True, True),
        (Undecided(frozenset(), Fraction(0), Fraction(5)), Fraction(5), True),
        (Undecided(frozenset(), Fraction(0), Fraction(5)), Fraction(6), False),
        (Undecided(frozenset(), Fraction(0), Fraction(5)), Undecided(frozenset()), False),
        (Undecided(frozenset(), Fraction(0)), Undecided(frozenset(), Fraction(1), Fraction(5)), True),
        (Undecided(frozenset({Cause("fact", "a")})), Undecided(frozenset({Cause("absent", "a")})), True),
    ],
)
def test_a_promise_is_kept_if_a_value_stays_and_an_interval_only_shrinks(before, after, kept):
    assert keeps(before, after) is kept
