"""
The applications of a call together: their order, and who gets how much of the budget.

A pure function over decisions.  What a ranking reads of one application (its keys, its share, whether it takes less)
was computed by the evaluator that decided it; here applications are only put in order and gone through once.  The
result never depends on the order in which they were handed in: where the keys of the programme do not settle who comes
first, and it matters, the ranking is refused and names those that are tied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from attrs import define, evolve, field, frozen

from grantrules import formats, values
from grantrules.answer import citation_as_json
from grantrules.core import ir
from grantrules.core.ir import Citation
from grantrules.decision import Decision
from grantrules.diagnostics import LANGUAGES, GrantRulesError, Problem, Words, escaped, spoken
from grantrules.evaluate.outcome import Undecided
from grantrules.phrases.languages import speaker
from grantrules.phrases.speaker import Speaker
from grantrules.quantities import largest_remainder
from grantrules.reference import currencies
from grantrules.render import json_text
from grantrules.values import Amount

VERSION = 1
"""The version of the JSON shape of a ranking."""

Status: TypeAlias = ir.RankingOutcome
ZERO = Fraction(0)


# ---- what can be wrong -------------------------------------------------------------------------------------------


class RankingError(GrantRulesError):
    """The applications cannot be ranked; `problems` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        lines = ["The applications cannot be ranked."]
        for problem in problems:
            words = problem.words("en")
            lines.append(f"  {words.why} {words.instead} [{words.code}]")
        super().__init__(problems, "\n".join(lines))


@frozen(kw_only=True)
class Tied(Problem):
    """Applications that are equal in every key, and the order among them matters."""

    code = "GR671"
    ids: tuple[str, ...]
    title = Words("Applications are tied", "Eşit kalan başvurular")
    why = Words(
        "These are equal in everything they are ordered by, and who comes first decides who is funded: {ids}.",
        "Şu başvurular sıralamaya esas her bakımdan eşit, ve hangisinin önce geldiği kimin destekleneceğini"
        " belirliyor: {ids}.",
    )
    instead = Words(
        "Say in the ranking what decides between them: `then by submitted, earliest first`.",
        "Sıralamada aralarında neyin belirleyici olduğunu söyleyin: `eşitse başvuru_anı, önce erken olan`.",
    )


@frozen(kw_only=True)
class SameId(Problem):
    """Two applications under one name."""

    code = "GR672"
    path: str
    title = Words("Two applications have one name", "İki başvurunun adı aynı")
    why = Words(
        "`{path}` is the name of more than one application; nobody could tell which of them is meant.",
        "Birden çok başvurunun adı `{path}`; hangisinin kastedildiği bilinemez.",
    )
    instead = Words("Give each application a name of its own.", "Her başvuruya kendi adını verin.")


@frozen(kw_only=True)
class NotSettled(Problem):
    """A budget, a number of awards or a reserve list without a value."""

    code = "GR673"
    reason: Words
    title = Words("A figure of the ranking is not settled", "Sıralamanın bir değeri belli değil")
    why = Words("It cannot be said who is funded: {reason}.", "Kimin destekleneceği söylenemez: {reason}.")
    instead = Words(
        "Write the figure into the programme, or set the parameter for this ranking.",
        "Değeri programa yazın ya da bu sıralama için parametreyi verin.",
    )


@frozen(kw_only=True)
class TooLittleForAll(Problem):
    """What each is to get at least is more than there is."""

    code = "GR675"
    needed: str
    there: str
    title = Words("The budget is too small for what each gets first", "Bütçe, herkese önce verilene yetmiyor")
    why = Words(
        "What the ranking gives to each first, and at least, comes to {needed}; there is {there}.",
        "Sıralamanın herkese önce ve en az verdiği tutarların toplamı {needed}; eldeki tutar {there}.",
    )
    instead = Words(
        "Raise the budget, or write a smaller figure at `first to each` and `each at least`.",
        "Bütçeyi artırın ya da `önce her birine` ve `her biri en az` satırlarına daha küçük bir değer yazın.",
    )


# ---- what a ranking says -----------------------------------------------------------------------------------------


@frozen
class RankedApplication:
    """
    One application in a ranking.

    Args:
        id: what it was called when it was handed in.
        position: its place in the order, from 1; equal ones share the better place. `None` where it has none: it is
            not eligible, not decided, or the ranking has no order.
        status: `funded`, `funded_in_part`, `reserve`, `not_funded`, `not_eligible`, `not_decided`.
        asked: the support it was found to be due; `None` where there is none.
        funded: what it gets; `None` where it gets nothing, or the ranking gives places and no money.
        reserve: its place on the reserve list, from 1.
        keys: what it was ordered by, as JSON data, in the order of the keys.
        group: what its group is made by, as JSON data; empty where the ranking has no groups.
    """

    id: str
    position: int | None
    status: Status
    decision: Decision
    asked: Amount | None
    funded: Amount | None
    reserve: int | None = None
    keys: tuple[Any, ...] = ()
    group: tuple[Any, ...] = ()
    _language: str = field(default="en", repr=False)
    _tell: Callable[[str], str] = field(default=str, repr=False, eq=False)

    @property
    def reason(self) -> str:
        """Why it is where it is, in the language of the ranking."""
        return self._tell(self._language)

    def reason_in(self, language: str) -> str:
        """Why it is where it is, in "en" or "tr"."""
        return self._tell(spoken(language, language))

    def to_dict(self, *, language: str | None = None) -> dict[str, Any]:
        """The entry as plain JSON data."""
        return {
            "id": self.id,
            "position": self.position,
            "status": self.status,
            "reserve": self.reserve,
            "eligible": self.decision.eligible,
            "asked": None if self.asked is None else self.asked.as_json(),
            "funded": None if self.funded is None else self.funded.as_json(),
            "keys": list(self.keys),
            "group": list(self.group),
            "reason": self.reason_in(language or self._language),
            "failed": [each.name for each in self.decision.failed],
            "missing": [each.path for each in self.decision.missing],
        }


@frozen
class RankedGroup:
    """
    The applications that have a budget and an order of their own, and what became of that budget.

    Args:
        key: what the group is made by, as JSON data.
        titles: the same for people, by language.
        set_aside: what was taken off the budget first; `None` where nothing is.
    """

    key: tuple[Any, ...]
    titles: Mapping[str, str] = field(repr=False)
    budget: Amount | None
    set_aside: Amount | None
    spent: Amount | None
    left: Amount | None

    def to_dict(self, *, language: str = "en") -> dict[str, Any]:
        """The group as plain JSON data."""
        return {"key": list(self.key), "title": self.titles[language], **_pot_as_json(self)}


@frozen
class Ranking:
    """
    The applications of a call in their order.

    Args:
        name, title, citations: of the ranking in the programme.
        final: false while an application is not decided: it is left out, and the order may still change.
        entries: those with a place in their order, then those not decided, then those not eligible.
        budget, set_aside, spent, left: `None` where the ranking gives places and no money, and, but for what is spent,
            where each group has its own; nothing is set aside where the programme does not say so.
        groups: in their order, where the ranking is made for each of several groups.
    """

    programme: str
    name: str
    titles: Mapping[str, str] = field(repr=False)
    citations: tuple[Citation, ...]
    language: str
    final: bool
    entries: tuple[RankedApplication, ...]
    budget: Amount | None
    spent: Amount | None
    left: Amount | None
    set_aside: Amount | None = None
    groups: tuple[RankedGroup, ...] = ()

    @property
    def title(self) -> str:
        """The title in the language of the ranking."""
        return self.titles[self.language]

    @property
    def funded(self) -> tuple[RankedApplication, ...]:
        """Those that get something, in their order."""
        return tuple(e for e in self.entries if e.status in ("funded", "funded_in_part"))

    @property
    def reserve(self) -> tuple[RankedApplication, ...]:
        """The reserve list, in its order."""
        return tuple(e for e in self.entries if e.status == "reserve")

    def __getitem__(self, id: str) -> RankedApplication:
        """The entry of an application."""
        for entry in self.entries:
            if entry.id == id:
                return entry
        raise KeyError(id)

    def to_dict(self, *, language: str | None = None) -> dict[str, Any]:
        """The ranking as plain JSON data."""
        language = spoken(language, self.language)
        return {
            "version": VERSION,
            "programme": self.programme,
            "ranking": self.name,
            "title": self.titles[language],
            "citation": citation_as_json(self.citations[0]) if self.citations else None,
            "language": language,
            "final": self.final,
            **_pot_as_json(self),
            "groups": [group.to_dict(language=language) for group in self.groups],
            "counts": {status: sum(e.status == status for e in self.entries) for status in STATUSES},
            "entries": [entry.to_dict(language=language) for entry in self.entries],
        }

    def to_json(self, *, language: str | None = None) -> str:
        """The same as JSON text."""
        return json_text(self.to_dict(language=language))

    def explain(self, language: str | None = None) -> str:
        """The order as people read it: each application with what it gets, and why."""
        language = spoken(language, self.language)
        lines = [escaped(self.titles[language], 200)]
        if self.budget is not None:
            lines.append(_pot(self, language))
        if not self.final:
            lines.append(_NOT_FINAL[language])
        groups = list(self.groups)
        for entry in self.entries:
            at = next((n for n, each in enumerate(groups) if each.key == entry.group), None)
            if at is not None:
                group, groups = groups[at], groups[at + 1 :]
                pot = "" if group.budget is None else f": {_pot(group, language)}"
                lines += ["", f"{escaped(group.titles[language], 200)}{pot}"]
            place = "–" if entry.position is None else f"{entry.position}."
            got = "" if entry.funded is None else f", {_money(entry.funded, language)}"
            heading = f"{place:>5} {escaped(entry.id)}: {STATUSES[entry.status][language]}{got}"
            lines += ["", heading, f"      {escaped(entry.reason_in(language), 2000)}"]
        return "\n".join(lines) + "\n"


STATUSES: dict[Status, Words] = {
    "funded": Words("funded", "desteklenir"),
    "funded_in_part": Words("funded in part", "kısmen desteklenir"),
    "reserve": Words("reserve list", "yedek liste"),
    "not_funded": Words("not funded", "desteklenmez"),
    "not_eligible": Words("not eligible", "uygun değil"),
    "not_decided": Words("not decided", "karara bağlanmadı"),
}
_TOTALS = {
    "budget": Words("budget", "bütçe"),
    "set_aside": Words("set aside", "önce ayrılan"),
    "spent": Words("spent", "harcanan"),
    "left": Words("left", "kalan"),
}
_NOT_FINAL = Words(
    "This is not final: what is not decided is left out, and may still change the order.",
    "Bu kesin değil: karara bağlanmayanlar dışarıda bırakıldı, sırayı daha değiştirebilirler.",
)


def _pot_as_json(of: Ranking | RankedGroup) -> dict[str, Any]:
    found: dict[str, Amount | None] = {name: getattr(of, name) for name in _TOTALS}
    return {name: None if amount is None else amount.as_json() for name, amount in found.items()}


def _pot(of: Ranking | RankedGroup, language: str) -> str:
    """What became of a budget, in a line."""
    there = ((words[language], getattr(of, name)) for name, words in _TOTALS.items())
    return ", ".join(f"{word} {_money(amount, language)}" for word, amount in there if amount is not None)


# ---- one application on its way ----------------------------------------------------------------------------------


@frozen(eq=False)
class _Item:
    """What the ranking knows of one application."""

    id: str
    decision: Decision
    asked: Fraction | None
    keys: tuple[Any, ...] = ()
    part: Any = None
    weight: Fraction = ZERO
    first: Fraction = ZERO
    least: Fraction = ZERO
    most: Fraction = ZERO
    group: tuple[Any, ...] = ()
    open: frozenset[Any] | None = None


@frozen(eq=False)
class _Fate:
    """What became of one: how much, and the sentence that says why (with its facts)."""

    item: _Item
    status: Status
    funded: Fraction | None
    why: str
    facts: Mapping[str, Any] = field(factory=dict)
    reserve: int | None = None


def rank(
    program: ir.Program,
    ranking: ir.Ranking,
    applications: Iterable[tuple[str, Decision]],
    shared: Mapping[str, Any],
    *,
    language: str,
) -> Ranking:
    """
    Rank decided applications.

    Args:
        applications: each with its name; the order in which they come means nothing.
        shared: the figures of an application without facts, which hold what is the same for all.

    Raises:
        RankingError: two have one name, the budget is not settled, or some are tied and it matters.
    """
    decided = sorted(applications, key=lambda pair: pair[0])
    again = {one[0] for one, other in pairwise(decided) if one[0] == other[0]}
    if again:
        raise RankingError(tuple(SameId(path=name) for name in sorted(again)))
    return _Ranking(program, ranking, shared, language).of(decided)


@frozen(eq=False)
class _Placed:
    """Applications that share one budget and one order, and what became of them."""

    members: tuple[_Item, ...]
    fates: tuple[_Fate, ...]
    budget: Fraction | None
    aside: Fraction | None

    @property
    def spent(self) -> Fraction:
        """What is given to them."""
        return sum((fate.funded or ZERO for fate in self.fates), ZERO)

    @property
    def left(self) -> Fraction | None:
        """What is left of what may be given."""
        return None if self.budget is None else max(ZERO, self.budget - (self.aside or ZERO)) - self.spent


@define(eq=False)
class _Ranking:
    """One ranking at work."""

    program: ir.Program
    ranking: ir.Ranking
    shared: Mapping[str, Any]
    language: str
    lets: dict[str, ir.Let] = field(init=False)
    members: tuple[_Item, ...] = ()
    closed: tuple[str, dict[str, Any]] | None = None
    left: Fraction | None = None
    given: int = 0
    reserves: int = 0
    fates: list[_Fate] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.lets = {s.name: s for s in self.program.body if isinstance(s, ir.Let)}

    # ---- reading -------------------------------------------------------------------------------------------------

    def fixed(self, name: str | None) -> Fraction | None:
        """A figure that is the same for all, or for all of a group; below 0 it counts as 0."""
        if name is None:
            return None
        own = self.members[0].decision._answer().outcome.figures if self.ranking.per else self.shared  # noqa: SLF001 - As below.
        value = own.get(name)
        if isinstance(value, Fraction):
            return max(ZERO, value)
        causes = value.causes if isinstance(value, Undecided) else frozenset()
        said = Words(*(speaker(self.program, each).because(causes) for each in LANGUAGES))
        span = self.lets[name].about.span
        raise RankingError((NotSettled(span=span, source=self.program.source, reason=said),))

    def item(self, id: str, decision: Decision) -> _Item:
        """What the ranking reads of one application."""
        if decision.eligible is False:
            return _Item(id, decision, None)
        answer = decision._answer()  # noqa: SLF001 - The values of the figures as the evaluator holds them.
        figures = answer.outcome.figures
        support = answer.outlay
        asked = None if support is None or isinstance(support, values.Range) else support.fraction
        names = [key.figure for key in self.ranking.order]
        bounds = [name for name in (self.ranking.first, self.ranking.least, self.ranking.most) if name]
        names += [*self.ranking.per, *bounds]
        names += [self.ranking.share_by] if self.ranking.share_by is not None else []
        read: list[Any] = [figures.get(name) for name in names]
        causes: set[Any] = set()
        for name, value in zip(names, read, strict=True):
            if isinstance(value, Undecided):
                causes |= value.causes
            elif value is None:
                causes.add(name)
        undecided = decision.eligible is None or isinstance(support, values.Range)
        if undecided or causes or (asked is None and self.ranking.budget is not None):
            return _Item(id, decision, asked, open=frozenset(causes))
        keys = tuple(
            -value if key.descending else value for key, value in zip(self.ranking.order, read, strict=False)
        )
        part = None if self.ranking.part_where is None else figures.get(self.ranking.part_where)
        weight = read[-1] if self.ranking.share_by is not None else asked
        if self.ranking.share == "equal":
            weight = Fraction(1)
        made = _Item(id, decision, asked, keys, part, max(ZERO, Fraction(weight or 0)))
        made = evolve(made, group=tuple(figures[name] for name in self.ranking.per))
        return made if self.ranking.no_room != "share" else self.bound(made, figures)

    def bound(self, item: _Item, figures: Mapping[str, Any]) -> _Item:
        """With what it gets first, at least and at most of a budget that is shared: no more than it asks, no less than 0."""
        asked = self.payable(item.asked or ZERO)

        def within(name: str | None, other: Fraction) -> Fraction:
            return other if name is None else min(asked, max(ZERO, figures[name]))

        most = self.payable(within(self.ranking.most, asked))
        first = min(most, within(self.ranking.first, ZERO))
        least = min(most, max(first, within(self.ranking.least, ZERO)))
        return evolve(item, first=first, least=-self.payable(-least), most=most)

    # ---- the order -----------------------------------------------------------------------------------------------

    def of(self, decided: Sequence[tuple[str, Decision]]) -> Ranking:
        """The whole ranking."""
        items = [self.item(id, decision) for id, decision in decided]
        ready = [i for i in items if i.open is None and i.decision.eligible is True]
        ready.sort(key=lambda i: (i.group, i.keys))  # Stable: equal ones stay in the order of their names.
        groups = [tuple(members) for _, members in groupby(ready, key=lambda i: i.group)]
        placed = [self.of_group(members) for members in groups or ([] if self.ranking.per else [()])]
        others = [
            _Fate(i, "not_decided", None, "open", {"causes": i.open}) for i in items if i.open is not None
        ]
        others += [
            _Fate(i, "not_eligible", None, "not_eligible") for i in items if i.decision.eligible is False
        ]
        return self.result(placed, others)

    def of_group(self, members: tuple[_Item, ...]) -> _Placed:
        """The applications that share one budget and one order: all of them, or those of a group."""
        self.members, self.fates = members, []
        self.closed, self.given, self.reserves = None, 0, 0
        budget, aside, awards, reserve = (
            self.fixed(name)
            for name in (
                self.ranking.budget, self.ranking.set_aside, self.ranking.awards, self.ranking.reserve,
            )
        )  # fmt: skip
        self.left = None if budget is None else max(ZERO, budget - (aside or ZERO))
        if self.ranking.no_room == "share" and self.left is not None:
            self.share(list(members), self.left, awards, reserve)
        else:
            for _, group in groupby(members, key=lambda i: i.keys):
                self.place(list(group), awards, reserve)
        self.list_reserve(reserve)
        return _Placed(members, tuple(self.fates), budget, aside)

    def tied(self, items: Sequence[_Item]) -> None:
        """Refuse the ranking: the order among these is not said, and it matters."""
        ids = tuple(item.id for item in items)
        name = self.ranking.order[-1].figure if self.ranking.order else None
        span = self.ranking.about.span if name is None else self.lets[name].about.span
        raise RankingError((Tied(span=span, source=self.program.source, ids=ids),))

    def place(self, group: list[_Item], awards: Fraction | None, reserve: Fraction | None) -> None:
        """Applications that are equal in all keys, after those above them."""
        if len(group) > 1 and self.order_matters(group, awards, reserve):
            self.tied(group)
        for item in group:
            if self.closed is None and awards is not None and self.given >= awards:
                self.closed = ("no_award_left", {"awards": int(awards)})
            fate = self.fate(item)
            self.fates.append(fate)
            if fate.status in ("funded", "funded_in_part"):
                self.given += 1
                if self.left is not None and fate.funded is not None:
                    self.left -= fate.funded
            elif fate.status == "not_funded":
                self.reserves += 1

    def fate(self, item: _Item) -> _Fate:
        """What the next one gets, after those above it."""
        if self.closed is not None:
            why, facts = self.closed
            return _Fate(item, "not_funded", None, why, facts)
        if self.fits(item):
            return _Fate(item, "funded", item.asked, "fits", {"left": self.left})
        left = self.left or ZERO
        facts = {"left": left}
        how = self.manner(item)
        if isinstance(how, Undecided):
            return _Fate(item, "not_decided", None, "open", {"causes": how.causes})
        part = self.payable(left)
        if how == "part" and part > 0:
            self.closed = ("below_part", {"above": item.id})
            return _Fate(item, "funded_in_part", part, "in_part", facts)
        if how == "skip":
            return _Fate(item, "not_funded", None, "skipped", facts)
        if how == "stop":
            self.closed = ("below_stop", {"above": item.id})
            return _Fate(item, "not_funded", None, "stops", facts)
        return _Fate(item, "not_funded", None, "used_up", facts)

    def fits(self, item: _Item) -> bool:
        """Whether what is left is enough."""
        return self.left is None or item.asked is None or item.asked <= self.left

    def manner(self, item: _Item) -> Any:
        """What is done with one that does not fit: `part`, `stop`, `skip`, or undecided."""
        if self.ranking.no_room != "part" or self.ranking.part_where is None:
            return self.ranking.no_room
        if item.part is None:
            return Undecided(frozenset())
        if isinstance(item.part, Undecided):
            return item.part
        return "part" if item.part else self.ranking.otherwise

    def payable(self, left: Fraction) -> Fraction:
        """What is left in whole smallest units."""
        return Fraction(left // self.unit) * self.unit

    @property
    def unit(self) -> Fraction:
        """The smallest unit of the currency."""
        known = currencies.known(self.ranking.currency)
        digits = currencies.minor_digits(self.ranking.currency) if known else None
        return Fraction(1, 10 ** (2 if digits is None else digits))

    def order_matters(self, group: list[_Item], awards: Fraction | None, reserve: Fraction | None) -> bool:
        """Whether the order among equal ones changes what one of them gets, or its place on the reserve list."""
        in_reserve = reserve is not None and self.reserves < reserve
        left = None if awards is None else awards - self.given
        if self.closed is not None or left == 0:
            return in_reserve
        fitting = [i for i in group if self.fits(i)]
        others = [i for i in group if not self.fits(i)]
        wanted = sum((i.asked or ZERO for i in fitting), ZERO)
        together = (self.left is None or wanted <= self.left) and (left is None or len(fitting) <= left)
        if not others:
            return not together
        manners = [self.manner(i) for i in others]
        if any(how == "part" or isinstance(how, Undecided) for how in manners):
            return bool(fitting) or self.payable(self.left or ZERO) > 0 or in_reserve
        if "stop" in manners:
            return bool(fitting) or in_reserve
        return not together or (in_reserve and len(others) > 1)

    # ---- sharing -------------------------------------------------------------------------------------------------

    def share(
        self, ready: list[_Item], budget: Fraction, awards: Fraction | None, reserve: Fraction | None
    ) -> None:
        """The budget shared among the first, by weight, each at most what it asks."""
        number = len(ready) if awards is None else min(len(ready), int(awards))
        sharing, rest = ready[:number], ready[number:]
        if sharing and rest and sharing[-1].keys == rest[0].keys:
            self.tied([i for i in ready if i.keys == rest[0].keys])
        whole = [i.asked or ZERO if self.ranking.most is None else i.most for i in sharing]
        wanted = sum(whole, ZERO)
        fits = wanted <= budget
        facts = {"budget": budget, "wanted": wanted, "number": number}
        for item, funded in zip(sharing, whole if fits else self.shares(sharing, budget), strict=True):
            full = funded == item.asked
            status: Status = "funded" if full else "funded_in_part" if funded else "not_funded"
            why = "all_fit" if fits and full else "most_fit" if fits else "share_full" if full else "share"
            self.fates.append(_Fate(item, status, funded, why, facts))
        for _, group in groupby(rest, key=lambda i: i.keys):
            equal = list(group)
            if len(equal) > 1 and reserve is not None and self.reserves < reserve:
                self.tied(equal)
            self.reserves += len(equal)
            self.fates += [_Fate(i, "not_funded", None, "no_award_left", {"awards": number}) for i in equal]

    def shares(self, items: list[_Item], budget: Fraction) -> list[Fraction]:
        """
        What each gets of a budget that is too small for all.

        Each gets what it gets first and its weight times one factor, held between its least and its most; the factor is
        the one that uses the budget up.  As it grows from 0, a part begins to grow where it comes to its least, and stops
        at its most: between these turns the sum of all parts grows evenly.
        """
        unit, pot = self.unit, self.payable(budget)
        total = sum((i.least for i in items), ZERO)
        if total > pot:
            needed, there = (str(values.money(each, self.ranking.currency)) for each in (total, pot))
            found = TooLittleForAll(
                span=self.lets[self.ranking.first or self.ranking.least or ""].about.span,
                source=self.program.source,
                needed=needed,
                there=there,
            )
            raise RankingError((found,))
        turns = sorted(
            turn
            for i in items
            if i.weight > 0
            for turn in (
                ((i.least - i.first) / i.weight, i.weight),
                ((i.most - i.first) / i.weight, -i.weight),
            )
        )
        factor = grows = ZERO
        for at, change in turns:
            if total + grows * (at - factor) >= pot:
                break
            total += grows * (at - factor)
            factor, grows = at, grows + change
        factor += (pot - total) / grows if grows else ZERO
        parts = [min(i.most, max(i.least, i.first + factor * i.weight)) / unit for i in items]
        whole = sum(parts, ZERO)
        units = largest_remainder(parts, int(whole)) if whole else [0] * len(parts)
        return [number * unit for number in units]

    # ---- the result ----------------------------------------------------------------------------------------------

    def list_reserve(self, reserve: Fraction | None) -> None:
        """The first of those not funded go on the reserve list."""
        number = 0
        for at, fate in enumerate(self.fates):
            waits = fate.status == "not_funded" and fate.why != "share"
            if waits and reserve is not None and number < reserve:
                number += 1
                self.fates[at] = evolve(fate, status="reserve", reserve=number)

    def result(self, placed: Sequence[_Placed], others: Sequence[_Fate]) -> Ranking:
        """The fates as people and programs take them."""
        entries = [entry for each in placed for entry in self.entries(each)]
        entries += [self.entry(fate, None, 0) for fate in others]
        spent = None if self.ranking.budget is None else sum((each.spent for each in placed), ZERO)
        alone = placed[0] if placed and not self.ranking.per else _Placed((), (), None, None)
        about = self.ranking.about
        return Ranking(
            programme=self.program.about.name,
            name=about.name,
            titles={each: values.about_title(about, each, self.program.language) for each in LANGUAGES},
            citations=about.citations,
            language=self.language,
            final=not any(entry.status == "not_decided" for entry in entries),
            entries=tuple(sorted(entries, key=lambda entry: _GROUP.get(entry.status, 0))),
            budget=self.money(alone.budget),
            spent=self.money(spent),
            left=self.money(alone.left),
            set_aside=self.money(alone.aside),
            groups=tuple(map(self.told_group, placed)) if self.ranking.per else (),
        )

    def told_group(self, placed: _Placed) -> RankedGroup:
        """A group as people and programs take it."""
        first = placed.members[0]
        kinds = [self.lets[name].value for name in self.ranking.per]
        found = list(zip(kinds, first.group, strict=True))
        titles = {}
        for language in LANGUAGES:
            voice = speaker(self.program, language)
            titles[language] = ", ".join(f"{called(voice, e)}: {voice.value(v, e.type)}" for e, v in found)
        return RankedGroup(
            key=self.key(first),
            titles=titles,
            budget=self.money(placed.budget),
            set_aside=self.money(placed.aside),
            spent=self.money(None if placed.budget is None else placed.spent),
            left=self.money(placed.left),
        )

    def key(self, item: _Item) -> tuple[Any, ...]:
        """What the group of an application is made by, as JSON data."""
        kinds = (self.lets[name].value.type for name in self.ranking.per)
        pairs = zip(item.group, kinds, strict=False)
        return tuple(values.as_json(value, kind, self.program) for value, kind in pairs)

    def entries(self, placed: _Placed) -> Iterator[RankedApplication]:
        """The entries of those that share a budget, in their order."""
        ready = placed.members
        positions: dict[str, int] = {}
        if self.ranking.order:
            there = [f.item for f in placed.fates if f.status != "not_decided"]
            there.sort(key=lambda i: i.keys)
            for number, item in enumerate(there, 1):
                before = there[number - 2] if number > 1 else None
                same = before is not None and before.keys == item.keys
                positions[item.id] = positions[before.id] if same and before is not None else number
        for fate in placed.fates:
            yield self.entry(fate, positions.get(fate.item.id), len(ready))

    def money(self, value: Fraction | None) -> Amount | None:
        """An amount of the ranking's currency."""
        return None if value is None else values.money(value, self.ranking.currency)

    def entry(self, fate: _Fate, position: int | None, ready: int) -> RankedApplication:
        """One entry, whose reason is put into words when it is asked for."""
        figures = fate.item.decision._answer().outcome.figures if fate.item.keys else {}  # noqa: SLF001 - As above.
        found = [(self.lets[key.figure].value, figures.get(key.figure)) for key in self.ranking.order]
        keys = (
            tuple(values.as_json(value, expr.type, self.program) for expr, value in found) if figures else ()
        )
        money = self.ranking.budget is not None and fate.status in ("funded", "funded_in_part")
        return RankedApplication(
            id=fate.item.id,
            position=position,
            status=fate.status,
            decision=fate.item.decision,
            asked=self.money(fate.item.asked),
            funded=self.money(fate.funded) if money else None,
            reserve=fate.reserve,
            keys=keys,
            group=() if fate.status == "not_decided" else self.key(fate.item),
            language=self.language,
            tell=lambda language: self.reason(fate, found if figures else [], position, ready, language),
        )

    def reason(
        self,
        fate: _Fate,
        found: Sequence[tuple[ir.Expr, Any]],
        position: int | None,
        ready: int,
        language: str,
    ) -> str:
        """Why an application is where it is."""
        voice = speaker(self.program, language)
        if fate.why == "not_eligible":
            failed = [each.title for each in fate.item.decision._answer(language).failed]  # noqa: SLF001 - As above.
            return _REASONS["not_eligible"][language].format(failed="; ".join(failed))
        if fate.why == "open":
            return self.why_open(fate, language)
        said = []
        if position is not None:
            keys = "; ".join(f"{called(voice, e)}: {voice.value(value, e.type)}" for e, value in found)
            said.append(_PLACE[language].format(position=position, of=ready, keys=keys))
        if fate.item.asked is not None:
            said.append(_ASKS[language].format(asked=_money(self.money(fate.item.asked), language)))
        facts = {name: self.said(value, language) for name, value in fate.facts.items()}
        facts["basis"] = self.basis(voice, language)
        why = fate.why if self.ranking.budget is not None or fate.why != "fits" else "awarded"
        facts |= self.of_shares(fate, language)
        said.append(_REASONS[why][language].format(**facts))
        said += self.bounded(fate, language)
        if fate.reserve is not None:
            said.append(_RESERVE[language].format(number=fate.reserve))
        return " ".join(said)

    def of_shares(self, fate: _Fate, language: str) -> dict[str, str]:
        """What is shared, and what all together would get."""
        if "wanted" not in fate.facts:
            return {}
        there = {name: self.said(fate.facts[name], language) for name in ("budget", "wanted")}
        pot = _POT if self.ranking.set_aside is None else _POT_LEFT
        want = _WANT if self.ranking.most is None else _MAY_GET
        return {"pot": pot[language].format(**there), "want": want[language].format(**there)}

    def bounded(self, fate: _Fate, language: str) -> Iterator[str]:
        """What an application gets first, and the bound that its share came to."""
        item = fate.item
        if fate.why not in ("share", "share_full", "most_fit"):
            return
        if item.first > 0:
            yield _FIRST[language].format(amount=self.said(item.first, language))
        if item.least > item.first and fate.funded == item.least:
            yield _LEAST[language].format(amount=self.said(item.least, language))
        if self.ranking.most is not None and fate.funded == item.most and item.most != item.asked:
            yield _MOST[language].format(amount=self.said(item.most, language))

    def said(self, value: Any, language: str) -> str:
        """A fact of a reason: an amount, a number, or the name of an application."""
        if isinstance(value, Fraction):
            return _money(self.money(value), language)
        return str(value)

    def basis(self, voice: Speaker, language: str) -> str:
        """What the shares are in proportion to."""
        if self.ranking.share_by is None:
            return _BASIS[self.ranking.share][language]
        return _BASIS["by"][language].format(figure=voice.noun(self.lets[self.ranking.share_by].value))

    def why_open(self, fate: _Fate, language: str) -> str:
        """What keeps an application from having a place."""
        voice = speaker(self.program, language)
        answer = fate.item.decision._answer(language)  # noqa: SLF001 - As above.
        causes = fate.facts["causes"]
        absent = [called(voice, self.lets[c].value) for c in causes if isinstance(c, str)]
        said = [_ABSENT[language].format(what=each) for each in sorted(absent)]
        said += [voice.because([c]) for c in sorted((c for c in causes if not isinstance(c, str)), key=str)]
        said += [_UNKNOWN[language].format(what=each.title) for each in answer.missing]
        said += [_UNSET[language].format(what=voice.figure(each)) for each in answer.unset]
        said += [each.text for each in answer.undecidable]
        return _REASONS["open"][language].format(open="; ".join(dict.fromkeys(said)))


def called(voice: Speaker, expr: ir.Expr) -> str:
    """What a figure is called where it stands by itself, without the marks that set it off in a sentence."""
    return voice.noun(expr).strip("“”")


def _money(value: Amount | None, language: str) -> str:
    if value is None:
        return ""
    return formats.amount(value.fraction, value.currency, language)


_GROUP: dict[str, int] = {"not_decided": 1, "not_eligible": 2}
_PLACE = Words("Place {position} of {of} ({keys}).", "{of} başvuru arasında {position}. sırada ({keys}).")
_ASKS = Words("It asks for {asked}.", "İstediği: {asked}.")
_RESERVE = Words("It is number {number} on the reserve list.", "Yedek listede {number}. sırada.")
_ABSENT = Words("{what} does not apply", "{what} bu başvuru için söz konusu değil")
_UNKNOWN = Words("{what} is not known yet", "{what} henüz bilinmiyor")
_UNSET = Words("{what} is not set", "{what} belirlenmemiş")
_WANT = Words("ask for {wanted}", "{wanted} istiyor")
_MAY_GET = Words("may get {wanted}", "{wanted} alabilir")
_POT = Words("the budget of {budget}", "{budget} bütçe")
_POT_LEFT = Words("the {budget} that is left of the budget", "bütçeden kalan {budget}")
_FIRST = Words(
    "It gets {amount} first, and a share beside it.", "Önce {amount} alır, payı bunun üstüne eklenir."
)
_LEAST = Words("It gets no less than {amount}.", "{amount} tutarından az almaz.")
_MOST = Words("It gets no more than {amount}.", "{amount} tutarından çok almaz.")
_BASIS = {
    "asked": Words("in proportion to the amounts asked", "istenen tutarlarla orantılı olarak"),
    "equal": Words("in equal parts", "eşit parçalarla"),
    "by": Words("in proportion to {figure}", "{figure} ile orantılı olarak"),
}
_REASONS = {
    "fits": Words("{left} was left: it is funded in full.", "Kalan {left} yetiyor: tamamı ödenir."),
    "awarded": Words("It is funded.", "Desteklenir."),
    "in_part": Words(
        "Only {left} was left, and it is paid that part; nothing is left for those below.",
        "Yalnız {left} kalmıştı; o kadarı ödenir, altındakilere bir şey kalmaz.",
    ),
    "stops": Words(
        "Only {left} is left, so it does not fit, and the ranking stops here.",
        "Yalnız {left} kaldığı için sığmıyor; sıralama burada durur.",
    ),
    "skipped": Words(
        "Only {left} is left, so it does not fit and is skipped; the next one is tried.",
        "Yalnız {left} kaldığı için sığmıyor ve atlanıyor; sonrakine bakılır.",
    ),
    "used_up": Words("The budget is used up above it.", "Bütçe üstündekilerle bitti."),
    "below_stop": Words(
        "The ranking stopped above it, at {above}, which did not fit.",
        "Sıralama, üstündeki {above} sığmadığı için orada durdu.",
    ),
    "below_part": Words(
        "The budget is used up above it, by {above}, which is paid in part.",
        "Bütçe, üstündeki ve kısmen ödenen {above} ile bitti.",
    ),
    "no_award_left": Words(
        "No more than {awards} may be awarded, so none is left for it.",
        "En fazla {awards} ödül verilebildiği için buna kalmadı.",
    ),
    "all_fit": Words(
        "The budget is enough for all: it is funded in full.", "Bütçe hepsine yetiyor: tamamı ödenir."
    ),
    "share": Words(
        "{number} applications {want} together, more than {pot}, which is shared {basis}: this is its share.",
        "{number} başvuru birlikte {want}; {pot} {basis} paylaştırılıyor, payı budur.",
    ),
    "share_full": Words(
        "{number} applications {want} together, more than {pot}, which is shared {basis}: its share covers all it"
        " asks for.",
        "{number} başvuru birlikte {want}; {pot} {basis} paylaştırılıyor, payı istediğinin tamamını karşılıyor.",
    ),
    "most_fit": Words("The budget is enough for all.", "Bütçe hepsine yetiyor."),
    "not_eligible": Words("Not eligible: {failed}.", "Uygun değil: {failed}."),
    "open": Words("Not decided, and left out: {open}.", "Karara bağlanmadı, dışarıda bırakıldı: {open}."),
}
