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
from grantrules.core.facts import Facts
from grantrules.core.verify import verify
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.outcome import Binding, Cause, Outcome, SupportOutcome, Undecided
from grantrules.evaluate.reference import evaluate
from grantrules.properties.programmes import FOCUSES, PartialCase, cases, partial_cases, programs

EXAMPLES = int(os.environ.get("GRANTRULES_EXAMPLES", "300"))
deeply = settings(max_examples=EXAMPLES)


# ---- what it means to keep a promise -------------------------------------------------------------------------------


def ends(value):
    """The interval of a value; anything but a number has no ends."""
    if isinstance(value, Undecided):
        return value.lowest, value.highest
    is_number = isinstance(value, (Fraction, int)) and not isinstance(value, bool)
    return (value, value) if is_number else (None, None)


def keeps(before, after):
    """Whether what is known before still holds when more is known: a value stays, an interval only shrinks.

    `None` is for what turned out not to be there: a support that does not apply, a row that is no line.
    """
    if not isinstance(before, Undecided):
        return before == after
    if after is None or (ends(after) == (None, None) and not isinstance(after, Undecided)):
        return True
    (low, high), (new_low, new_high) = ends(before), ends(after)
    return (low is None or (new_low is not None and low <= new_low)) and (
        high is None or (new_high is not None and new_high <= high)
    )


def broken_promises(case: PartialCase, before: Outcome, whole: Facts):
    """Every way in which a completion goes against what was said before it."""
    after = evaluate(case.program, whole)
    yield from (
        f"rule {number} was {old.status} and is {new.status}"
        for number, (old, new) in enumerate(zip(before.rules, after.rules, strict=True))
        if not keeps_status(old, new)
    )
    pairs = [(f"figure {name}", value, after.figures[name]) for name, value in before.figures.items()]
    pairs += [(f"{name} as paid", value, after.paid[name]) for name, value in before.paid.items()]
    for name, support in before.supports.items():
        known = is_list_known(case, name)
        pairs += support_pairs(name, support, after.supports[name], lines=known)
        yield from broken_bindings(name, support.binding, after.supports[name].binding)
    yield from broken_bindings("joint", before.joint, after.joint)
    answers = (eligible(case.program, before), eligible(case.program, after))
    pairs.append(("eligible", answers[0].answer, answers[1].answer))
    yield from (f"{what}: {old} became {new}" for what, old, new in pairs if not keeps(old, new))
    for what in ("failed", "refused", "not_applying"):
        lost = set(getattr(answers[0], what)) - set(getattr(answers[1], what))
        yield from (f"{what} no more: {name}" for name in lost)


def keeps_status(old, new):
    """A rule that is met whatever its `when` says may turn out not to be asked."""
    spared = old.status == "met" and isinstance(old.when, Undecided) and new.status == "not_applicable"
    return spared or old.status in {"undecided", new.status}


def support_pairs(name: str, old: SupportOutcome, new: SupportOutcome, *, lines: bool):
    for what in ("applies", "total", "eligible_cost", "before_ceilings"):
        yield f"{name}'s {what}", getattr(old, what), getattr(new, what)
    yield f"{name}'s closed gates", True, set(old.closed) <= set(new.closed)
    if lines:
        rows = min(len(old.excluded), len(new.excluded))
        marks = list(zip(old.excluded, new.excluded, strict=False))[:rows]
        yield f"{name}'s exclusions", True, all(a is None or a == b for a, b in marks)
        for what in ("lines", "costs"):
            found = zip(getattr(old, what), getattr(new, what), strict=False)
            yield from (
                (f"{name}'s {what} {at}", a, b) for at, (a, b) in enumerate(found) if at < rows_of(old)
            )


def rows_of(support: SupportOutcome) -> int:
    """The lines of a support that stand for rows: no line is added before the eligible cost is known."""
    return len(support.costs)


def is_list_known(case: PartialCase, name: str) -> bool:
    support = next(s for s in case.program.body if isinstance(s, ir.Support) and s.name == name)
    if support.list is None:
        return True
    names = [each.name for each in case.program.application.fields]
    return case.partial.values[names.index(support.list.name)] is not ir.UNKNOWN


def broken_bindings(name, old: tuple[Binding, ...], new: tuple[Binding, ...]):
    before, after = ({binding.step: binding for binding in found} for found in (old, new))
    for step, binding in before.items():
        if binding.certain and not (step in after and after[step].certain):
            yield f"{name}: {step} was sure to cut"
        if step in after and not keeps(binding.cut, after[step].cut):
            yield f"{name}: {step} cut {binding.cut} and now {after[step].cut}"
    yield from (f"{name}: {step} was sure not to cut" for step in after.keys() - before.keys())


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
