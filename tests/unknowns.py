"""The law of unknown facts: what is decided while facts are missing is what every completion of the facts decides."""

from fractions import Fraction

from attrs import evolve

from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.intervals import plus
from grantrules.evaluate.outcome import Binding, Outcome, SupportOutcome, Undecided
from grantrules.evaluate.reference import evaluate
from grantrules.properties.programmes import PartialCase


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
    if not isinstance(support.list, ir.Fact):
        return support.list is None
    names = [each.name for each in case.program.application.fields]
    return case.partial.values[names.index(support.list.name)] is not ir.UNKNOWN


def by_step(found: tuple[Binding, ...]) -> dict[str, Binding]:
    """What each ceiling cut; one with several limits cuts several times."""
    steps: dict[str, Binding] = {}
    for binding in found:
        same = steps.get(binding.step)
        if same is not None:
            certain = same.certain or binding.certain
            binding = evolve(binding, cut=plus([same.cut, binding.cut]), certain=certain)
        steps[binding.step] = binding
    return steps


def broken_bindings(name, old: tuple[Binding, ...], new: tuple[Binding, ...]):
    before, after = by_step(old), by_step(new)
    for step, binding in before.items():
        if binding.certain and not (step in after and after[step].certain):
            yield f"{name}: {step} was sure to cut"
        if step in after and not keeps(binding.cut, after[step].cut):
            yield f"{name}: {step} cut {binding.cut} and now {after[step].cut}"
    yield from (f"{name}: {step} was sure not to cut" for step in after.keys() - before.keys())
