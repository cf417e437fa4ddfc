"""
What two decisions about one application differ in: amounts, steps, rules, ceilings, figures, readings.

Read off the two stories, which the deciding evaluators traced; nothing is decided again.  Things are told apart by their
names: a rule that has one name in both is one rule.  The steps of a support account for its amount exactly: what is
counted and what each step then adds or takes off come to what is paid, so the difference of two amounts is the sum of
the differences of their steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias, TypeVar

from attrs import frozen

from grantrules.answer import Answer
from grantrules.core.ir import Citation
from grantrules.explain.labels import label
from grantrules.explain.story import FigureTold, Point, StepTold, Story, SupportTold, tell

_RATES = ("rate", "bonus", "rate_ceiling")
_CEILINGS = ("cost_ceiling", "rate_ceiling", "support_ceiling")
_PAID = ("paid", "basis")

_T = TypeVar("_T")

Key: TypeAlias = tuple[str, ...]


@frozen
class Effect:
    """
    What a step adds to a support, or takes off, on either side.

    Args:
        first, second: the sums; `None` on a side that has no such step.
        said: for each side, what the step did there, in clauses; only what the two do not share.
        citations: of the sides that have it.
    """

    name: str
    title: str
    keyword: str
    first: Fraction | None
    second: Fraction | None
    said: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    citations: tuple[Citation, ...] = ()

    @property
    def difference(self) -> Fraction:
        """The second less the first; a side without the step counts as nothing."""
        return (self.second or Fraction(0)) - (self.first or Fraction(0))


@frozen
class SupportBeside:
    """
    One support on both sides.

    Args:
        first, second: how it came about; `None` on a side that has no such support.
        effects: what its amount is made of, step by step; empty where it is not paid or not settled on both sides.
    """

    name: str
    title: str
    currency: str
    first: SupportTold | None
    second: SupportTold | None
    effects: tuple[Effect, ...]


@frozen
class RuleBeside:
    """A rule that decides otherwise on the two sides, or that one of them has and the other has not (`None`)."""

    name: str
    title: str
    kind: str
    first: Point | None
    second: Point | None

    @property
    def decides(self) -> bool:
        """Whether it fails, or is open, on one side and not on the other."""
        return any(
            (one is not None and one.status == status) is not (other is not None and other.status == status)
            for status in ("failed", "undecided")
            for one, other in ((self.first, self.second),)
        )


@frozen
class CeilingBeside:
    """A ceiling that cuts on one side and not, or not as much, on the other."""

    name: str
    title: str
    support: str | None
    first: StepTold | None
    second: StepTold | None


@frozen
class FigureBeside:
    """A parameter, definition, table or result with another value on the other side."""

    name: str
    title: str
    keyword: str
    first: FigureTold
    second: FigureTold


@frozen
class Differences:
    """Everything that two decisions differ in, in one language."""

    language: str
    stories: tuple[Story, Story]
    supports: tuple[SupportBeside, ...]
    rules: tuple[RuleBeside, ...]
    ceilings: tuple[CeilingBeside, ...]
    figures: tuple[FigureBeside, ...]
    parameters: tuple[FigureBeside, ...]
    results: tuple[FigureBeside, ...]


def differences(first: Answer, second: Answer) -> Differences:
    """What two answers about one application differ in; both in the language of the first."""
    one, other = stories = tell(first), tell(second)
    return Differences(
        language=first.language,
        stories=stories,
        supports=tuple(_supports(one, other)),
        rules=tuple(_rules(one, other)),
        ceilings=tuple(_ceilings(one, other)),
        figures=tuple(_figures(one.figures, other.figures)),
        parameters=tuple(_figures(one.parameters, other.parameters)),
        results=tuple(
            _figures((*one.results, *one.scores), (*other.results, *other.scores)),
        ),
    )


def _beside(
    one: Iterable[_T], other: Iterable[_T], key: Callable[[_T], Key]
) -> list[tuple[_T, _T | None, _T | None]]:
    """
    Each thing beside its namesake, in the order of the first; what the second alone has, after its neighbour there.

    Before the two stands the one that there is, that of the first if both have it.
    """
    first, second = {key(each): each for each in one}, {key(each): each for each in other}
    order = list(first)
    at = 0
    for name in second:
        if name in first:
            at = order.index(name) + 1
        else:
            order.insert(at, name)
            at += 1
    there = second | first
    return [(there[name], first.get(name), second.get(name)) for name in order]


# ---- supports ----------------------------------------------------------------------------------------------------


def _supports(one: Story, other: Story) -> Iterator[SupportBeside]:
    for there, first, second in _beside(one.supports, other.supports, lambda each: (each.name,)):
        yield SupportBeside(
            there.name,
            there.title,
            there.currency,
            first,
            second,
            tuple(_effects(first, second, (one, other))),
        )


def _effects(
    first: SupportTold | None, second: SupportTold | None, stories: tuple[Story, Story]
) -> Iterator[Effect]:
    """What the amounts are made of, where both are settled and in one currency."""
    if first is None or second is None or first.currency != second.currency:
        return
    made = [_made_of(support, story) for support, story in zip((first, second), stories, strict=True)]
    if made[0] is None or made[1] is None:
        return
    for there, one, other in _beside(made[0], made[1], lambda part: part.key):
        said = tuple(tuple(_own(part, twin)) for part, twin in ((one, other), (other, one)))
        cited = dict.fromkeys(c for each in (*said[0], *said[1]) for c in each.citations)
        effect = Effect(
            there.key[-1],
            there.title,
            there.key[0],
            None if one is None else one.amount,
            None if other is None else other.amount,
            (tuple(each.text for each in said[0]), tuple(each.text for each in said[1])),
            tuple(cited),
        )
        if effect.first or effect.second:
            yield effect


@frozen
class _Said:
    """A clause about a step, and what it rests on."""

    text: str
    citations: tuple[Citation, ...] = ()


@frozen
class _Part:
    """A step of one side and the sum that it adds."""

    key: Key
    title: str
    amount: Fraction
    said: tuple[_Said, ...]


def _own(part: _Part | None, twin: _Part | None) -> Iterator[_Said]:
    """What is said of a step on one side and not on the other."""
    known = {each.text for each in twin.said} if twin is not None else set()
    yield from (each for each in (part.said if part is not None else ()) if each.text not in known)


def _made_of(support: SupportTold, story: Story) -> list[_Part] | None:
    """What an amount is made of, step by step; `None` where it is not paid, or a part of it is not settled."""
    paid = support.total if support.status == "basis" else support.paid
    if support.status not in _PAID or paid is None or not support.steps:
        return None
    base, *_ = support.steps
    before = base.after if base.before is None else base.before
    values = [before.value, *(step.after.value for step in support.steps), support.total.value, paid.value]
    if not all(isinstance(value, Fraction | int) for value in values):
        return None
    counted = label("counted", story.language)
    made = [_Part(("counted", "counted"), counted, Fraction(before.value), (_Said(support.counts),))]
    names: dict[Key, int] = {}
    rates: list[StepTold] = []
    last = before.value
    for step in support.steps:
        if step.keyword in _RATES:
            rates.append(step)
        key: Key = (step.keyword, step.name)
        names[key] = names.get(key, 0) + 1
        if names[key] > 1:  # A step without a name, of which there are several.
            key = (*key[:1], str(names[key]), key[-1])
        change = Fraction(step.after.value) - last
        last = step.after.value
        if step.keyword == "apply":
            made.append(_Part(key, step.title, change, tuple(_rates_said(rates))))
        elif step.keyword not in _RATES:
            texts = step.texts if step.status == "done" else ()
            made.append(_Part(key, step.title, change, tuple(_Said(text, step.citations) for text in texts)))
    together = Fraction(paid.value) - support.total.value
    said = tuple(_Said(joint.title, joint.citations) for joint in story.joint if joint.binds)
    made.append(_Part(("joint", "joint"), label("joint", story.language), together, said))
    return made


def _rates_said(rates: Sequence[StepTold]) -> Iterator[_Said]:
    """The steps that made the rate; not those that left it as it was."""
    before: list[object] = []
    for step in rates:
        after = [rate.value for rate in step.rates]
        if step.status == "done" and after != before:
            yield _Said(f"{step.title}: {'; '.join(step.texts)}", step.citations)
            before = after


# ---- rules and ceilings --------------------------------------------------------------------------------------------


def _rules(one: Story, other: Story) -> Iterator[RuleBeside]:
    for kind, both in (
        ("require", (one.requirements, other.requirements)),
        ("advise", (one.advice, other.advice)),
        ("support", (tuple(_gates(one)), tuple(_gates(other)))),
    ):
        pairs = _beside(_in_force(both[0]), _in_force(both[1]), lambda point: (point.name,))
        for there, first, second in pairs:
            if first is None or second is None or first.status != second.status:
                yield RuleBeside(there.name, there.title, kind, first, second)


def _gates(story: Story) -> Iterator[Point]:
    """The conditions under which the supports apply."""
    for support in story.supports:
        yield from support.gates


def _in_force(points: Iterable[Point]) -> Iterable[Point]:
    """One point of each name: of versions in time, the one that applies."""
    found: dict[str, Point] = {}
    for point in points:
        before = found.get(point.name)
        if before is None or before.status == "not_applicable":
            found[point.name] = point
    return found.values()


def _ceilings(one: Story, other: Story) -> Iterator[CeilingBeside]:
    both = _beside(_limits(one), _limits(other), lambda each: (each[0] or "", each[1].name))
    for (support, there), first, second in both:
        steps = (None if first is None else first[1], None if second is None else second[1])
        cuts = [step is not None and step.binds for step in steps]
        if cuts[0] is not cuts[1] or (all(cuts) and _texts(steps[0]) != _texts(steps[1])):
            yield CeilingBeside(there.name, there.title, support, *steps)


def _texts(step: StepTold | None) -> tuple[str, ...]:
    return () if step is None else step.texts


def _limits(story: Story) -> Iterator[tuple[str | None, StepTold]]:
    """Every ceiling with its support, where that applies or may."""
    for support in story.supports:
        if support.status != "not_applicable":
            yield from ((support.name, step) for step in support.steps if step.keyword in _CEILINGS)
    yield from ((None, joint) for joint in story.joint)


# ---- figures -------------------------------------------------------------------------------------------------------


def _figures(one: Iterable[FigureTold], other: Iterable[FigureTold]) -> Iterator[FigureBeside]:
    for _, first, second in _beside(one, other, lambda each: (each.name,)):
        if first is not None and second is not None and not _alike(first, second):
            yield FigureBeside(first.name, first.title, first.keyword, first, second)


def _alike(first: FigureTold, second: FigureTold) -> bool:
    return bool(first.value.json == second.value.json and first.value.text == second.value.text)
