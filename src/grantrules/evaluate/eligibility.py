"""Whether an application is eligible: one fold over what an evaluator found, shared by all evaluators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from grantrules.core import ir
from grantrules.evaluate.intervals import all_hold, causes_of, one_holds, opposite
from grantrules.evaluate.outcome import Binding, Outcome, RuleOutcome, Undecided, Value


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


def rules_found(program: ir.Program, outcome: Outcome) -> tuple[RuleOutcome, ...]:
    """
    What was found of every rule in the order of the body, with what promises say of eligibility.

    The truths of what is promised stand after those of the conditions.
    """
    rules = [statement for statement in program.body if isinstance(statement, ir.Rule)]
    if not any(rule.promised for rule in rules):
        return outcome.rules
    answer = eligible(program, outcome).answer
    status: dict[str, list[Value]] = {}
    for rule, found in zip(rules, outcome.rules, strict=True):
        status.setdefault(rule.about.name, []).append(_not_failed(found))
    return tuple(
        _with_promised(rule, found, answer, status) for rule, found in zip(rules, outcome.rules, strict=True)
    )


def _with_promised(
    rule: ir.Rule, found: RuleOutcome, answer: Value, not_failed: Mapping[str, Sequence[Value]]
) -> RuleOutcome:
    if not rule.promised or found.status == "not_applicable":
        return found
    truths = [_promised(each, answer, not_failed) for each in rule.promised]
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


def _not_failed(rule: RuleOutcome) -> Value:
    if rule.status == "undecided":
        return Undecided(causes_of((rule.when, *rule.conditions)))
    return rule.status != "failed"


def _refuses(binding: Binding) -> Value:
    return True if binding.certain else Undecided(causes_of((binding.cut,)))
