"""Whether an application is eligible: one fold over what an evaluator found, shared by all evaluators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from grantrules.core import ir
from grantrules.evaluate.intervals import all_hold, causes_of, one_holds, opposite
from grantrules.evaluate.outcome import Binding, Outcome, RuleOutcome, Undecided, Value, applying


@frozen
class Eligibility:
    """
    The answer, `True`, `False` or `Undecided` with all that may still change it, and what made it false.

    Args:
        failed: the names of the requirements that failed.
        refused: the names of the ceilings that refuse, of supports that apply or jointly.
        not_applying: the names of the supports that do not apply; they matter where no support that is paid is left.
    """

    answer: Value
    failed: tuple[str, ...]
    refused: tuple[str, ...]
    not_applying: tuple[str, ...]


def eligible(program: ir.Program, outcome: Outcome) -> Eligibility:
    """No requirement fails, no ceiling refuses, and a support that is paid applies, where there is one at all."""
    rules = [statement for statement in program.body if isinstance(statement, ir.Rule)]
    required = [
        (rule.about.name, _not_failed(found))
        for rule, found in zip(rules, outcome.rules, strict=True)
        if rule.kind == "require"
    ]
    refusals = [
        (binding.step, all_hold((support.applies, _refuses(binding))))
        for support in outcome.supports.values()
        for binding in support.binding
        if binding.refuses
    ]
    refusals += [(binding.step, _refuses(binding)) for binding in outcome.joint if binding.refuses]
    applying = {name: support.applies for name, support in outcome.supports.items()}
    paid = [applying[name] for name in outcome.paid]
    parts = [holds for _, holds in required] + [opposite(refuses) for _, refuses in refusals]
    if paid:
        parts.append(one_holds(paid))
    return Eligibility(
        all_hold(parts),
        tuple(name for name, holds in required if holds is False),
        tuple(name for name, refuses in refusals if refuses is True),
        tuple(name for name, applies in applying.items() if applies is False),
    )


def rules_found(
    program: ir.Program, outcome: Outcome, others: Mapping[str, Outcome] | None = None
) -> tuple[RuleOutcome, ...]:
    """
    What was found of every rule in the order of the body, with what promises say of the whole answer.

    The truths of what is promised stand after those of the conditions.

    Args:
        others: what the programmes decide about the same facts that promises name; without one, what is promised of
            it is open.
    """
    rules = [statement for statement in program.body if isinstance(statement, ir.Rule)]
    if not any(rule.promised for rule in rules):
        return outcome.rules
    answer = eligible(program, outcome).answer
    status: dict[str, list[Value]] = {}
    for rule, found in zip(rules, outcome.rules, strict=True):
        status.setdefault(rule.about.name, []).append(_not_failed(found))

    def truth(each: ir.Promised) -> Value:
        if each.programme is None:
            return _promised(each, answer, status)
        other = (others or {}).get(each.programme)
        if other is None:
            return Undecided(frozenset())
        return _as_in(program, outcome, program.others[each.programme], other, each.rule)

    return tuple(_with_promised(rule, found, truth) for rule, found in zip(rules, outcome.rules, strict=True))


def _with_promised(rule: ir.Rule, found: RuleOutcome, truth: Callable[[ir.Promised], Value]) -> RuleOutcome:
    if not rule.promised or found.status == "not_applicable":
        return found
    truths = [truth(each) for each in rule.promised]
    conditions = (*found.conditions, *truths)
    holds = all_hold(conditions)
    if holds is True:
        return RuleOutcome("met", found.when, conditions)
    certain = holds is False and found.when is True
    return RuleOutcome("failed" if certain else "undecided", found.when, conditions)


def _promised(each: ir.Promised, answer: Value, not_failed: Mapping[str, Sequence[Value]]) -> Value:
    named = all_hold(not_failed.get(each.rule or "", ()))
    match each.kind:
        case "eligible":
            return answer
        case "not_eligible":
            return opposite(answer)
        case "meets":
            return named
        case _:
            return opposite(named)


# ---- another programme ---------------------------------------------------------------------------------------------


def figure_found(program: ir.Program, outcome: Outcome, name: str) -> Value:
    """The value of a figure; a support that does not apply, or is not there, counts as 0."""
    support = next((s for s in program.body if isinstance(s, ir.Support) and s.name == name), None)
    if support is None and name in outcome.figures:
        return applying(outcome.figures[name])
    if support is None:
        return Fraction(0)
    amount = outcome.supports[name].total if support.only_a_basis else outcome.paid.get(name)
    return Fraction(0) if amount is None else amount


def compared_figures(program: ir.Program, other: ir.Program) -> tuple[str, ...]:
    """What is the same where two programmes give the same answer: what is paid, results and scores of both."""
    return (*_paid_by_either(program, other), *_shown_by_both(program, other))


def _paid_by_either(program: ir.Program, other: ir.Program) -> Iterator[str]:
    supports = (s for each in (program, other) for s in each.body if isinstance(s, ir.Support))
    yield from dict.fromkeys(s.name for s in supports if not s.only_a_basis)


def _shown_by_both(program: ir.Program, other: ir.Program) -> Iterator[str]:
    theirs = {*other.results, *other.scores}
    yield from (name for name in (*program.results, *program.scores) if name in theirs)


def _as_in(
    program: ir.Program, outcome: Outcome, other: ir.Program, there: Outcome, figure: str | None
) -> Value:
    """Whether another programme decides alike."""

    def same(name: str) -> Value:
        return equal(figure_found(program, outcome, name), figure_found(other, there, name))

    if figure is not None:
        return same(figure)
    answer = eligible(program, outcome).answer
    alike = equal(answer, eligible(other, there).answer)
    amounts = all_hold([same(name) for name in _paid_by_either(program, other)])
    shown = [same(name) for name in _shown_by_both(program, other)]
    # Who is not eligible is paid nothing under either.
    return all_hold((alike, one_holds((opposite(answer), amounts)), *shown))


def equal(one: Value, other: Value) -> Value:
    """Whether two values are the same; undecided where one of them is, unless their bounds lie apart."""
    if not isinstance(one, Undecided) and not isinstance(other, Undecided):
        return bool(one == other)
    (low, high), (least, most) = _bounds(one), _bounds(other)
    apart = (high is not None and least is not None and high < least) or (
        most is not None and low is not None and most < low
    )
    return False if apart else Undecided(causes_of((one, other)))


def _bounds(value: Value) -> tuple[Any, Any]:
    if isinstance(value, Undecided):
        return value.lowest, value.highest
    number = isinstance(value, Fraction | int) and not isinstance(value, bool)
    return (value, value) if number else (None, None)


def _not_failed(rule: RuleOutcome) -> Value:
    if rule.status == "undecided":
        return Undecided(causes_of((rule.when, *rule.conditions)))
    return rule.status != "failed"


def _refuses(binding: Binding) -> Value:
    return True if binding.certain else Undecided(causes_of((binding.cut,)))
