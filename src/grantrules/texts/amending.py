"""
Amendments carried out: the statements of a text, as another text leaves them.

An amendment that is in force from a day on keeps what it changes for the days before: the old statement ends the day
before, and the new one begins.  Statements keep their places, so each still shows which text it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeAlias, cast

from attrs import define, evolve, field, frozen

from grantrules import calendars
from grantrules.diagnostics import Label, Problem, Words
from grantrules.source import Span
from grantrules.syntax import tree as syn
from grantrules.texts import problems as pr
from grantrules.texts.reading import LEAST_ALIKE, File, Files, first_line

Days: TypeAlias = tuple[int | None, int | None]
"""A first and a last day, both counted; `None` is without end."""

Named: TypeAlias = Any
"""A statement, a step of a support or a condition in it: whatever has a heading and can be changed."""

THE_OTHER = Words("the other one", "öbürü")

_FIGURES = (syn.Parameter, syn.Support, syn.Score, syn.Result, syn.Define, syn.Table)
_RULES = (syn.Rule, syn.Promise, syn.Exception_, syn.JointCeiling, syn.Ranking)
_EXAMPLES = (syn.Example, syn.RankingExample)
_CHANGES = (syn.Add, syn.Replace, syn.Repeal, syn.WithinSupport)
# Statements that say by themselves when they are in force.
_DATED = (syn.Rule, syn.Exception_, syn.Define, syn.Table, syn.Step)
_MAY_END = (*_DATED, syn.Support, syn.JointCeiling)
# What others refer to, and what only tests: it is there whatever the day is.
_ALWAYS = (
    syn.Record, syn.Application, syn.CodeList, syn.Parameter, syn.Indicator, syn.SharedRounding, syn.WorkingCalendar,
    syn.Example, syn.RankingExample, syn.Promise,
)  # fmt: skip


@frozen
class Change:
    """
    What an amendment did to one statement.

    Args:
        how: added, replaced or repealed.
        name: of the statement.
        span: where the amendment says so.
        old: where the statement stood that is replaced or repealed.
        days: in force on these days alone; `None`: always.
        support: the support whose step it is.
    """

    how: str
    name: str
    span: Span
    old: Span | None = None
    days: Days | None = None
    support: str | None = None


@define(eq=False)
class Amended:
    """The statements of a text with its amendments, and what these did, in their order."""

    statements: list[syn.Statement]
    changes: list[Change] = field(factory=list)


def amended(files: Files, chain: Sequence[File]) -> Amended:
    """
    The statements of a programme, amendments carried out.

    Args:
        chain: the latest amendment first, the programme last.
    """
    *amendments, base = chain
    found = Amended([s for s in base.module.statements if not isinstance(s, _CHANGES)])
    for file in reversed(amendments):
        _Amending(files, file, found).run()
    if amendments:
        _set_head(found, chain[0], base)
    return found


def _set_head(found: Amended, first: File, base: File) -> None:
    """The head of the programme, under the name and title of the latest amendment."""
    if first.head is None or base.head is None:
        return
    heading = evolve(first.head.heading, in_force=())
    head = evolve(
        base.head, file_name=first.name, heading=heading, kind=first.head.kind, span=first.head.span
    )
    found.statements = [head if s is base.head else s for s in found.statements]


def name_of(node: Named) -> str:
    """The name of a statement; empty where it has none."""
    heading = getattr(node, "heading", None)
    return heading.name.text if isinstance(heading, syn.Heading) and heading.name is not None else ""


def _owner(node: Named) -> str:
    owner = getattr(node, "owner", None)
    return owner.text if isinstance(owner, syn.Name) else ""


def _owned(owner: str, name: str) -> str:
    """A field with its record, as an author writes it: `cost's is_new`."""
    return f"{owner}'s {name}" if owner else name


def _kind(node: Named) -> tuple[object, ...]:
    """What must be alike in a statement and the one that replaces it."""
    extra = node.kind if isinstance(node, syn.Rule) else node.on if isinstance(node, syn.Ceiling) else ""
    return type(node), extra, _owner(node)


def _space(node: Named) -> tuple[str, str]:
    """The set of names that the name of a statement is in."""
    if isinstance(node, _FIGURES):
        return "figure", _owner(node)
    if isinstance(node, (*_RULES, syn.Step)):
        return "rule", ""
    if isinstance(node, _EXAMPLES):
        return "example", ""
    return type(node).__name__, ""


@define(eq=False)
class _Amending:
    """One amendment while it is carried out."""

    files: Files
    file: File
    found: Amended
    days: Days | None = None
    touched: dict[tuple[object, ...], syn.Node] = field(factory=dict)
    base: str = ""

    def run(self) -> None:
        """All its statements."""
        head = self.file.head
        self.base = head.amends.text if head is not None and head.amends is not None else ""
        self.days = None if head is None else self._days(head.heading)
        replaced: dict[tuple[object, ...], list[Named]] = {}
        for statement in self.file.module.statements:
            match statement:
                case syn.Add(statement=new):
                    self._add(new)
                case syn.Replace(statement=new):
                    replaced.setdefault((_kind(new), name_of(new)), []).append(new)
                case syn.Repeal():
                    self._repeal(statement)
                case syn.WithinSupport():
                    self._within(statement)
                case syn.Use() | syn.SourceText() | syn.Broken():
                    self.found.statements.append(statement)
                case syn.Programme():
                    pass
                case _:
                    place = first_line(self.files.source, statement.span)
                    self._report(pr.ChangeNotSaid(span=place))
                    self._add(statement)
        for news in replaced.values():
            self._replace(self.found.statements, news, None)

    def _report(self, problem: Problem) -> None:
        self.files.report(self.file, problem)

    def _place(self, node: Named) -> Span:
        heading = getattr(node, "heading", None)
        if isinstance(heading, syn.Heading) and heading.name is not None:
            return heading.name.span
        return first_line(self.files.source, node.span)

    # ---- days ----------------------------------------------------------------------------------------------------

    def _days(self, heading: syn.Heading) -> Days | None:
        """The days of an amendment; nothing where it always holds."""
        if not heading.in_force:
            return None
        first, *more = heading.in_force
        days = days_of(first)
        if more or days is None or days == (None, None):
            self._report(pr.DaysOfAmendment(span=(more[0] if more else first).span))
            return None
        return days

    def _own_days(self, node: Named) -> list[Days] | None:
        """The days on which a new statement is in force: its own, else those of the amendment."""
        heading = getattr(node, "heading", None)
        own = heading.in_force if isinstance(heading, syn.Heading) else ()
        read = [days_of(each) for each in own]
        if read and all(read):
            return [each for each in read if each is not None]
        return None if self.days is None else [self.days]

    def _dated(self, node: Named) -> Named:
        """A new statement, in force on the days of the amendment where it does not say its own."""
        if self.days is None or not isinstance(node, _MAY_END) or node.heading.in_force:
            return node
        head = self.file.head
        span = head.heading.in_force[0].span if head is not None else node.heading.span
        return evolve(node, heading=evolve(node.heading, in_force=(_range(self.days, span),)))

    # ---- add -----------------------------------------------------------------------------------------------------

    def _add(self, new: Named) -> None:
        statements = self.found.statements
        if isinstance(new, syn.Application | syn.Record) and self._extend(new):
            return
        if self._is_there(new, statements):
            return
        if self.days is not None and not isinstance(new, (*_MAY_END, *_ALWAYS)):
            self._report(pr.NoVersionsOfIt(span=self._place(new)))
        statements.append(self._dated(new))
        if not isinstance(new, _EXAMPLES):
            self._note("added", new, None)

    def _extend(self, new: syn.Application | syn.Record) -> bool:
        """More fields for the application or a record that is there; whether there is one."""
        statements = self.found.statements
        for at, old in enumerate(statements):
            if type(old) is type(new) and name_of(old) == name_of(new):
                same = cast("syn.Application", old)
                there = {f.name.text: f.name for f in same.fields}
                for fact in new.fields:
                    if fact.name.text in there:
                        self._already(fact.name, there[fact.name.text])
                    else:
                        owner = name_of(new) if isinstance(new, syn.Record) else ""
                        name = _owned(owner, fact.name.text)
                        self.found.changes.append(Change("added", name, fact.name.span, days=None))
                kept = tuple(f for f in new.fields if f.name.text not in there)
                statements[at] = evolve(same, fields=(*same.fields, *kept))
                return True
        return False

    def _is_there(self, new: Named, among: Iterable[Named]) -> bool:
        """Report a name that is taken; whether it is."""
        name = name_of(new)
        for old in among:
            if name and _space(old) == _space(new) and name_of(old) == name:
                if getattr(new.heading, "in_force", ()) and getattr(old.heading, "in_force", ()):
                    continue  # Another version; whether they overlap is seen later.
                self._already(new.heading.name, old.heading.name)
                return True
        return False

    def _already(self, name: syn.Name, old: syn.Name) -> None:
        labels = (Label(old.span, THE_OTHER),)
        self._report(pr.AlreadyThere(span=name.span, name=name.text, of=self.base, labels=labels))

    # ---- replace -------------------------------------------------------------------------------------------------

    def _replace(self, among: list[Any], news: list[Named], support: str | None) -> None:
        """The statements of one kind and name by new ones; several new ones are versions."""
        first = news[0]
        name, kind = name_of(first), _kind(first)
        if not self._once((support, _space(first), name), first):
            return
        if len(news) > 1 and not all(getattr(n.heading, "in_force", ()) for n in news):
            self._twice(news[1], news[0])
            return
        places = [n for n, old in enumerate(among) if _kind(old) == kind and name_of(old) == name]
        if not places:
            self._nothing(first, among, name)
            return
        olds = [among[n] for n in places]
        for new in news:
            self._note("replaced", new, olds[0], support)
        windows = [w for new in news for w in self._own_days(new) or ()]
        if not windows or isinstance(first, (*_EXAMPLES, syn.Promise)):
            kept: list[Named] = []
            now = news
        elif isinstance(first, syn.Parameter):
            kept, now = [], [self._merged(olds[0], first, windows)]
        elif isinstance(first, _DATED) and name:
            kept = [o for o in (self._ended(old, windows) for old in olds) if o is not None]
            now = [self._dated(new) for new in news]
        else:
            self._report(pr.NoVersionsOfIt(span=self._place(first)))
            kept, now = [], news
        at = places[0]
        for n in reversed(places):
            del among[n]
        among[at:at] = [*kept, *now]

    def _merged(self, old: syn.Parameter, new: syn.Parameter, windows: list[Days]) -> syn.Parameter:
        """A parameter with the old values outside of some days, and the new ones on them."""
        lines = [
            evolve(line, during=_range(days, line.span))
            for line in old.lines
            for days in without([_line_days(line)], windows)
        ]
        lines += [
            evolve(line, during=_range(days, line.span))
            for line in new.lines
            for window in windows
            for days in [_shared(_line_days(line), window)]
            if days is not None
        ]
        lines.sort(key=lambda line: _line_days(line)[0] or 0)
        return evolve(new, lines=tuple(lines))

    def _ended(self, old: Named, windows: list[Days]) -> Named | None:
        """An old statement without some days; nothing where no day is left."""
        read = [days_of(each) for each in old.heading.in_force] or [(None, None)]
        left = without([days for days in read if days is not None], windows)
        if not left:
            return None
        in_force = tuple(_range(days, old.heading.span) for days in left)
        return evolve(old, heading=evolve(old.heading, in_force=in_force))

    def _nothing(self, new: Named, among: Iterable[Named], name: str) -> None:
        """There is no such statement; perhaps one of another kind."""
        others = [old for old in among if name and name_of(old) == name]
        if others:
            labels = (Label(self._place(others[0]), THE_OTHER),)
            self._report(pr.OtherKindOfStatement(span=self._place(new), name=name, labels=labels))
        else:
            self._no_such(self._place(new), _owner(new), name, among)

    def _no_such(self, span: Span, owner: str, name: str, among: Iterable[Named]) -> None:
        known = {name_of(old): _owned(_owner(old), name_of(old)) for old in among if name_of(old)}
        near = next(iter(get_close_matches(name, known, 1, LEAST_ALIKE)), "")
        asked = _owned(owner, name)
        self._report(pr.NoSuchStatement(span=span, name=asked, of=self.base, near=known.get(near, "")))

    # ---- repeal --------------------------------------------------------------------------------------------------

    def _repeal(self, node: syn.Repeal) -> None:
        owner = node.owner.text if node.owner is not None else ""
        self._take_away(self.found.statements, node, owner, None)

    def _take_away(self, among: list[Any], node: syn.Repeal, owner: str, support: str | None) -> None:
        name = name_of(node)
        olds = [
            old
            for old in among
            if not isinstance(old, syn.SourceText | syn.Use | syn.Broken)
            and name_of(old) == name
            and _owner(old) == owner
        ]
        place = self._place(node)
        if not olds:
            self._no_such(place, owner, name, among)
            return
        if any(days_of(each) is None for each in node.heading.in_force):
            self._report(pr.DaysOfAmendment(span=node.heading.in_force[0].span))
            return
        if len({_kind(old) for old in olds}) > 1:
            labels = tuple(Label(self._place(old), THE_OTHER) for old in olds[:2])
            self._report(pr.SeveralOfTheName(span=place, name=name, labels=labels))
            return
        if not self._once((support, _space(olds[0]), name), node):
            return
        self._note("repealed", node, olds[0], support)
        windows = self._own_days(node)
        gone = {id(old) for old in olds}
        if windows is None or isinstance(olds[0], (*_EXAMPLES, syn.Promise)):
            among[:] = [old for old in among if id(old) not in gone]
            return
        if not isinstance(olds[0], _MAY_END):
            self._report(pr.NoVersionsOfIt(span=place))
            return
        ended = ((self._ended(old, windows) if id(old) in gone else old) for old in among)
        among[:] = [old for old in ended if old is not None]

    # ---- steps ---------------------------------------------------------------------------------------------------

    def _within(self, node: syn.WithinSupport) -> None:
        """Changes of the steps and conditions of a support."""
        statements = self.found.statements
        at = next(
            (
                n
                for n, s in enumerate(statements)
                if isinstance(s, syn.Support) and name_of(s) == node.support.text
            ),
            None,
        )
        if at is None:
            supports = [s for s in statements if isinstance(s, syn.Support)]
            self._no_such(node.support.span, "", node.support.text, supports)
            return
        support = cast("syn.Support", statements[at])
        parts: list[Any] = [*support.steps, *support.requires, *support.instalments]
        name = node.support.text
        replaced: dict[tuple[object, ...], list[Named]] = {}
        for change in node.changes:
            match change:
                case syn.Add(statement=new):
                    self._add_step(parts, new, name)
                case syn.Replace(statement=new):
                    replaced.setdefault((_kind(new), name_of(new)), []).append(new)
                case syn.Repeal():
                    self._take_away(parts, change, "", name)
        for news in replaced.values():
            self._replace(parts, news, name)
        steps = tuple(part for part in parts if isinstance(part, syn.Step))
        statements[at] = evolve(
            support,
            steps=cast("tuple[syn.SupportStep, ...]", steps),
            requires=tuple(part for part in parts if isinstance(part, syn.Rule)),
            instalments=tuple(part for part in parts if isinstance(part, syn.Instalment)),
        )

    def _add_step(self, parts: list[Any], new: Named, support: str) -> None:
        everywhere = [*self.found.statements, *parts]
        if self._is_there(new, everywhere):
            return
        if self.days is not None and isinstance(new, syn.RoundingStep | syn.Instalment):
            self._report(pr.NoVersionsOfIt(span=self._place(new)))
        made = self._dated(new)
        self._note("added", new, None, support)
        # Its place in the order of the stages: behind the last step of its own or an earlier stage.
        behind = [n for n, old in enumerate(parts) if _stage(old) <= _stage(made)]
        parts.insert(behind[-1] + 1 if behind else 0, made)

    # ---- notes ---------------------------------------------------------------------------------------------------

    def _once(self, key: tuple[object, ...], node: Named) -> bool:
        """Whether a statement is changed for the first time."""
        before = self.touched.setdefault(key, node)
        if before is node:
            return True
        self._twice(node, before)
        return False

    def _twice(self, again: Named, before: Named) -> None:
        labels = (Label(self._place(before), THE_OTHER),)
        self._report(pr.ChangedTwice(span=self._place(again), name=name_of(again), labels=labels))

    def _note(self, how: str, new: Named, old: Named | None, support: str | None = None) -> None:
        span, was = self._place(new), None if old is None else self._place(old)
        days = self._own_days(new) if how != "added" or isinstance(new, _MAY_END) else None
        name = _owned(_owner(new), name_of(new))
        self.found.changes.append(Change(how, name, span, was, days[0] if days else None, support))


_STAGES: dict[type, int] = {
    syn.EligibleCost: 0, syn.CountLimit: 2, syn.RateStep: 3, syn.Bonus: 4, syn.RateCeiling: 5, syn.Proration: 6,
    syn.Floor: 10, syn.RoundingStep: 11, syn.Rule: 12, syn.Instalment: 13,
}  # fmt: skip


def _stage(part: Named) -> int:
    """The stage of a step, from the cost to the rounding; conditions of a support come last."""
    match part:
        case syn.Ceiling(on=on):
            return 1 if on == "cost" else 8
        case syn.Supplement(within_ceilings=within):
            return 7 if within else 9
        case _:
            return _STAGES[type(part)]


# ---- days ----------------------------------------------------------------------------------------------------------


def days_of(range_: syn.Range) -> Days | None:
    """The first and last day of a written range; nothing where a bound is no day, month or year."""
    first, last = _day(range_.lower, last=False), _day(range_.upper, last=True)
    if isinstance(first, str) or isinstance(last, str):
        return None
    if first is not None and not range_.lower_included:
        end = _day(range_.lower, last=True)
        first = end + 1 if isinstance(end, int) else None
    if last is not None and not range_.upper_included:
        start = _day(range_.upper, last=False)
        last = start - 1 if isinstance(start, int) else None
    return first, last


def _day(node: syn.Value | None, *, last: bool) -> int | str | None:
    """A day, `None` for no bound, or a text for what is no day."""
    found: object = "no day"
    match node:
        case None:
            return None
        case syn.Day(text):
            found = calendars.parse_date(text)
        case syn.MonthLit(text):
            month = calendars.parse_month(text)
            found = calendars.first_day_of_month(month + last) - last if isinstance(month, int) else "no day"
        case syn.Num(text) if text.isdigit() and len(text) == 4:
            found = calendars.from_civil(int(text), 12 if last else 1, 31 if last else 1)
        case _:
            pass
    return found if isinstance(found, int) else "no day"


def _line_days(line: syn.ParameterLine) -> Days:
    return (None, None) if line.during is None else days_of(line.during) or (None, None)


def _range(days: Days, span: Span) -> syn.Range:
    first, last = (None if day is None else syn.Day(calendars.iso_date(day), span=span) for day in days)
    return syn.Range(first, last, span=span)


def _shared(one: Days, other: Days) -> Days | None:
    """The days that two stretches have in common."""
    firsts = [day for day in (one[0], other[0]) if day is not None]
    lasts = [day for day in (one[1], other[1]) if day is not None]
    first, last = max(firsts, default=None), min(lasts, default=None)
    return None if first is not None and last is not None and first > last else (first, last)


def without(stretches: Iterable[Days], windows: Iterable[Days]) -> list[Days]:
    """
    Stretches of days without some others.

    >>> without([(None, None)], [(10, 20)])
    [(None, 9), (21, None)]
    """
    left = list(stretches)
    for window in windows:
        left = [part for days in left for part in _cut(days, window)]
    return left


def _cut(days: Days, window: Days) -> Iterator[Days]:
    if _shared(days, window) is None:
        yield days
        return
    first, last = window
    if first is not None and (days[0] is None or days[0] < first):
        yield days[0], first - 1
    if last is not None and (days[1] is None or days[1] > last):
        yield last + 1, days[1]
