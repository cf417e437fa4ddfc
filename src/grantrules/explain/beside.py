"""Two decisions about one application side by side, as a page: the answers, what the difference is made of, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from grantrules import formats
from grantrules.core.ir import Citation
from grantrules.explain.differences import (
    CeilingBeside,
    Differences,
    Effect,
    FigureBeside,
    RuleBeside,
    SupportBeside,
)
from grantrules.explain.labels import label
from grantrules.explain.page import (
    MARKS,
    Block,
    Heading,
    Item,
    Items,
    Legend,
    Sentence,
    Table,
    Verdict,
)
from grantrules.explain.story import FigureTold, Point, Story, SupportTold
from grantrules.phrases.speaker import Finding

_NOTHING = Fraction(0)
_MINUS = "−"


@frozen
class Sides:
    """
    What a page says of the two as a whole.

    Args:
        names: what each side is called: the name of a programme, else what it is set to.
        verdict: the difference in one line.
        same: whether the answers are the same.
        rows: each figure of the answer: its title, the two values, and their difference.
        facts: what one side alone asks for, and was given, for each side.
    """

    names: tuple[str, str]
    verdict: str
    same: bool
    rows: tuple[tuple[str, str, str, str], ...]
    facts: tuple[tuple[str, ...], tuple[str, ...]]


def beside(sides: Sides, found: Differences) -> tuple[Block, ...]:
    """The blocks of the page, from top to bottom."""
    made = _Beside(sides, found)
    return tuple(made.legend.cited(list(made.blocks())))


def signed(value: Fraction, currency: str, language: str) -> str:
    """A difference with its sign."""
    shown = formats.amount(abs(value), currency, language)
    if not value:
        return shown
    return f"{'+' if value > 0 else _MINUS}{shown}"


def _of_status(finding: Finding, status: str) -> str:
    """What was found, with those of its parts that made it so."""
    parts = [_of_status(each, status) for each in finding.parts if each.status == status]
    return f"{finding.text}: {' · '.join(parts)}" if parts else finding.text


class _Beside:
    def __init__(self, sides: Sides, found: Differences) -> None:
        self.sides = sides
        self.found = found
        self.language = found.language
        self.legend = Legend()

    def say(self, key: str, **facts: str) -> str:
        return label(key, self.language, **facts)

    def blocks(self) -> Iterator[Block]:
        first, second = self.sides.names
        yield Heading(1, self.say("compared", first=first, second=second))
        for name, story in zip(self.sides.names, self.found.stories, strict=True):
            dated = f" · {self.say('as_of', date=story.as_of.text)}" if story.as_of else ""
            yield Sentence(f"{name}: {story.title}{dated}", faint=True)
        yield Verdict(self.sides.verdict, "yes" if self.sides.same else "open")
        head = ("", first, second, self.say("difference"))
        yield Table(head, "lrrr", self.sides.rows)
        for support in self.found.supports:
            yield from self._made_of(support)
        deciding = [rule for rule in self.found.rules if rule.decides]
        yield from self._list("deciding", (self._rule(rule) for rule in deciding))
        told = {each.name for support in self.found.supports for each in support.effects if each.difference}
        others = (self._ceiling(each) for each in self.found.ceilings if each.name not in told)
        yield from self._list("ceilings", others)
        for name, story in zip(self.sides.names, self.found.stories, strict=True):
            yield from self._listed(self.say("still_needed", side=name), self._open(story))
        yield from self._list("other_figures", map(self._figure, self.found.figures))
        yield from self._list("other_readings", map(self._figure, self.found.parameters))
        own = [rule for rule in self.found.rules if not rule.decides and None in (rule.first, rule.second)]
        yield from self._list("other_rules", self._own_rules(own))
        yield from self._list("one_sided", self._facts())
        yield from self._list("sources", self.legend.items())

    def _list(self, heading: str, items: Iterable[Item]) -> Iterator[Block]:
        yield from self._listed(self.say(heading), items)

    def _listed(self, heading: str, items: Iterable[Item]) -> Iterator[Block]:
        there = tuple(items)
        if there:
            yield Heading(2, heading)
            yield Items(there)

    def _both(self, said: Sequence[str]) -> tuple[str, ...]:
        """What is said of each side; what is empty is left out."""
        pairs = zip(self.sides.names, said, strict=True)
        return tuple(self.say("on_side", side=side, said=each) for side, each in pairs if each)

    # ---- what an amount is made of -------------------------------------------------------------------------------

    def _made_of(self, support: SupportBeside) -> Iterator[Block]:
        differing = [each for each in support.effects if each.difference]
        if not differing:
            return
        yield Heading(2, self.say("made_of", title=support.title))
        first, second = self.sides.names
        rows = [self._effect_row(each, support.currency) for each in support.effects]
        one = sum((each.first or _NOTHING for each in support.effects), _NOTHING)
        other = sum((each.second or _NOTHING for each in support.effects), _NOTHING)
        change = signed(other - one, support.currency, self.language)
        totals = self._amount(one, support.currency), self._amount(other, support.currency)
        rows.append((self.say("total"), *totals, change))
        yield Table(("", first, second, self.say("difference")), "lrrr", tuple(rows), foot=True)
        yield Items(tuple(self._effect(each) for each in differing))

    def _effect_row(self, effect: Effect, currency: str) -> tuple[str, str, str, str]:
        sides = (effect.first, effect.second)
        if effect.keyword == "counted":
            amounts = [self._amount(value, currency) for value in sides]
        else:
            amounts = ["–" if value is None else signed(value, currency, self.language) for value in sides]
        return effect.title, amounts[0], amounts[1], signed(effect.difference, currency, self.language)

    def _amount(self, value: Fraction | None, currency: str) -> str:
        return "–" if value is None else formats.amount(value, currency, self.language)

    def _effect(self, effect: Effect) -> Item:
        details = self._both(["; ".join(each) for each in effect.said])
        return Item("•", "said", effect.title, "", details, self.legend.noted(effect.citations))

    def _open(self, story: Story) -> Iterator[Item]:
        """What a side still waits for."""
        yield from (Item("?", "undecided", each.title, each.path) for each in story.missing)
        for figure in story.unset:
            cited = self.legend.noted(figure.citations)
            yield Item("?", "undecided", figure.title, figure.value.text, (), cited)
        yield from (Item("?", "undecided", each.text) for each in story.undecidable)

    # ---- rules ---------------------------------------------------------------------------------------------------

    def _rule(self, rule: RuleBeside) -> Item:
        points = (rule.first, rule.second)
        worst = next((p for p in points if p is not None and p.status == "failed"), None)
        status = "failed" if worst is not None else "undecided"
        said = [self.say("no_such_rule") if point is None else self._found(point) for point in points]
        cited = [point.citations for point in points if point is not None]
        return Item(MARKS[status], status, rule.title, "", self._both(said), self._sources(cited))

    def _sources(self, cited: Iterable[Sequence[Citation]]) -> tuple[Citation, ...]:
        return self.legend.noted(dict.fromkeys(c for citations in cited for c in citations))

    def _found(self, point: Point) -> str:
        """What became of a rule, and why."""
        if point.status == "not_applicable" and point.because:
            return point.because
        status = self.say("failed_status" if point.status == "failed" else point.status)
        found = "; ".join(
            _of_status(each, point.status) for each in point.findings if each.status == point.status
        )
        why = point.because or (point.message if point.status == "failed" else "") or found
        return f"{status} – {why}" if why else status

    def _own_rules(self, rules: Sequence[RuleBeside]) -> Iterator[Item]:
        """The rules that one side alone has, which decide nothing here: by their titles."""
        for place, name in enumerate(self.sides.names):
            own = [(rule.first, rule.second)[place] for rule in rules]
            there = [point for point in own if point is not None and not point.switched_off]
            marked = tuple(f"{MARKS[point.status]} {point.title}" for point in there)
            if marked:
                yield Item("•", "said", name, "", marked)

    # ---- ceilings and figures ------------------------------------------------------------------------------------

    def _ceiling(self, ceiling: CeilingBeside) -> Item:
        steps = (ceiling.first, ceiling.second)
        cited = [step.citations for step in steps if step is not None]
        said = [
            self._without(place, ceiling) if step is None else "; ".join(step.texts)
            for place, step in enumerate(steps)
        ]
        return Item("•", "said", ceiling.title, "", self._both(said), self._sources(cited))

    def _without(self, place: int, ceiling: CeilingBeside) -> str:
        """Why a side has no such ceiling: it does not state it, or not the support, or that does not apply."""
        supports: tuple[SupportTold, ...] = self.found.stories[place].supports
        status = next((support.status for support in supports if support.name == ceiling.support), None)
        if ceiling.support is not None and status is None:
            return self.say("no_such_support")
        return self.say("not_applicable" if status == "not_applicable" else "no_such_ceiling")

    def _figure(self, figure: FigureBeside) -> Item:
        said = [self._valued(each) for each in (figure.first, figure.second)]
        cited = self._sources([figure.first.citations, figure.second.citations])
        return Item("•", "said", figure.title, "", self._both(said), cited)

    def _valued(self, figure: FigureTold) -> str:
        return f"{figure.value.text} ({figure.how})" if figure.how else figure.value.text

    def _facts(self) -> Iterator[Item]:
        for name, facts in zip(self.sides.names, self.sides.facts, strict=True):
            if facts:
                yield Item("•", "said", name, "", ("; ".join(facts),))
