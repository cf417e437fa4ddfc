"""
What must be true of every decision: the promises a programme states, and those that every programme makes.

A promise is checked on one application at a time.  Where it compares two applications (the same with its lines in
another order, or with one fact changed), the second is made from the first by the choices of a `Chooser`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any, Protocol, TypeAlias, Union

from attrs import define, evolve, field, frozen

from grantrules import types as ty
from grantrules import values
from grantrules.answer import Answer
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.diagnostics import Words
from grantrules.evaluate.eligibility import eligible, rules_found
from grantrules.evaluate.fast import FastProgram
from grantrules.evaluate.intervals import decided
from grantrules.evaluate.outcome import Outcome, StepOutcome, SupportOutcome, Value
from grantrules.others import Others
from grantrules.properties.aim import Aim
from grantrules.properties.draft import Draft, Path
from grantrules.properties.fresh import Chooser, bounded
from grantrules.properties.making import Applications
from grantrules.properties.points import Binder, places_of, quantum_of
from grantrules.properties.probe import NO_ROWS, Probe, Rows, declared, is_number

# ---- what is looked at ---------------------------------------------------------------------------------------------


class Decided(Protocol):
    """A decision, as the public face hands it out."""

    def explain(self, language: str | None = None, format: Any = "text") -> str:
        """Its explanation."""

    def record(self) -> str:
        """Its record."""

    def to_dict(self, *, language: str | None = None) -> dict[str, Any]:
        """What it says, as plain data."""


@frozen(eq=False)
class Engine:
    """How decisions are made and replayed; handed down by the public face."""

    decide: Callable[[Facts], Decided]
    replays: Callable[[str], bool]


@define(eq=False)
class Case:
    """
    One application that promises are checked on.

    Args:
        watched: the programme and its promises.
        draft: the application.
        chooser: makes the choices of the promise.
    """

    watched: Watched
    draft: Draft
    chooser: Chooser

    @property
    def facts(self) -> Facts:
        """The application as it is read."""
        return self.draft.facts()

    def outcome(self) -> Outcome:
        """What is decided, with the values of the promises, and every step."""
        return self.watched.outcome(self.draft)

    def other(self) -> Draft:
        """A second application, to be changed."""
        return self.draft.copy()


@frozen
class Broken:
    """
    A promise that does not hold.

    Args:
        words: what was found.
        other: the second application, of a promise that compares two.
    """

    words: Words
    other: dict[str, Any] | None = None


Verdict: TypeAlias = Union[Broken, bool, None]
"""`True` where it holds; `None` where it says nothing about the application."""


@frozen(eq=False)
class Promise:
    """
    A promise.

    Args:
        about: its name, titles and place; a built-in one has no place.
        check: looks at one application.
        stated: whether the programme states it.
        one_in: it is checked on one application in so many, because it takes long.
    """

    about: ir.About
    check: Callable[[Case], Verdict]
    stated: bool = field(kw_only=True, default=False)
    one_in: int = field(kw_only=True, default=1)


@define(eq=False)
class Watched:
    """
    A programme and its promises.

    Args:
        made: what its applications are made with.
        engine: makes whole decisions; without one, explanations and records are not looked at.
    """

    made: Applications
    engine: Engine | None = None
    _last: tuple[Draft, Outcome] | None = None

    @property
    def program(self) -> ir.Program:
        """The programme."""
        return self.made.program

    @cached_property
    def extended(self) -> ir.Program:
        """The programme with the figures and conditions of its invariances as figures at its end."""
        more: list[ir.Let] = []
        for number, each in enumerate(self.program.invariances):
            more.append(ir.Let(ir.About(_figure(number), "promise"), each.figure))
            if each.limit is not None:
                more.append(ir.Let(ir.About(_limit(number), "promise"), each.limit))
            if each.when is not None:
                more.append(ir.Let(ir.About(_condition(number), "promise"), each.when))
        return evolve(self.program, body=(*self.program.body, *more))

    @cached_property
    def _decider(self) -> FastProgram:
        return FastProgram(self.extended)

    @cached_property
    def _others(self) -> Others:
        return Others(self.program, lambda other: FastProgram(other).decide)

    def others_of(self, draft: Draft) -> dict[str, Outcome]:
        """What the programmes that promises name decide about an application."""
        return self._others.decide(draft.facts()) if self.program.others else {}

    @property
    def has_joint(self) -> bool:
        """Whether a ceiling over several supports may cut what their lines come to."""
        return any(isinstance(each, ir.Joint) for each in self.program.body)

    def outcome(self, draft: Draft) -> Outcome:
        """What is decided about an application."""
        if self._last is None or self._last[0] is not draft:
            self._last = draft, self._decider.decide(draft.facts(), trace=True)
        return self._last[1]

    def outcome_of_other(self, draft: Draft) -> Outcome:
        """What is decided about a second application."""
        return self._decider.decide(draft.facts())

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """The stated promises in the order of the file, then the built-in ones."""
        stated = sorted(_stated(self), key=lambda promise: promise.about.span.start)
        return (*stated, *_built_in(self))


def is_promised(name: str) -> bool:
    """Whether a figure is one that a promise over two applications is about."""
    return name.startswith("promised ")


def _figure(number: int) -> str:
    return f"promised figure {number}"


def _limit(number: int) -> str:
    return f"promised limit {number}"


def _condition(number: int) -> str:
    return f"promised when {number}"


# ---- promises of conditions ----------------------------------------------------------------------------------------


def _stated(watched: Watched) -> Iterator[Promise]:
    rules = [each for each in watched.program.body if isinstance(each, ir.Rule)]
    for number, rule in enumerate(rules):
        if rule.kind == "promise":
            yield Promise(rule.about, _of_rule(rule, number), stated=True)
    for number, invariance in enumerate(watched.program.invariances):
        yield Promise(invariance.about, _of_invariance(invariance, number), stated=True)


def _of_rule(rule: ir.Rule, number: int) -> Callable[[Case], Verdict]:
    def check(case: Case) -> Verdict:
        others = case.watched.others_of(case.draft)
        found = rules_found(case.watched.extended, case.outcome(), others)[number]
        if found.status != "failed":
            return True if found.status == "met" else None
        said: tuple[ir.Expr | ir.Promised, ...] = (*rule.conditions, *rule.promised)
        words = [
            _condition_found(case, condition, language)
            for language in ("en", "tr")
            for condition, truth in zip(said, found.conditions, strict=True)
            if truth is False
        ]
        half = len(words) // 2
        return Broken(Words("; ".join(words[:half]), "; ".join(words[half:])))

    return check


def _condition_found(case: Case, condition: ir.Expr | ir.Promised, language: str) -> str:
    """The condition as the author wrote it, and the two figures it compares."""
    program, outcome = case.watched.program, case.outcome()
    if isinstance(condition, ir.Promised) and condition.programme is not None:
        others = case.watched.others_of(case.draft)
        answer = Answer(program, case.facts, outcome, language=language, others=lambda: others)
        written = " ".join(program.source.text[condition.span.start : condition.span.end].split())
        return f"{written}: {answer.other_found(condition)}"
    written = " ".join(program.source.text[condition.span.start : condition.span.end].split())
    if not isinstance(condition, ir.Compare) or outcome.trace is None:
        return written
    sides = [outcome.trace.get(side.at) for side in (condition.left, condition.right)]
    if any(side is None or not decided(side) for side in sides):
        return written
    left, right = (
        values.as_text(value, side.type, program, language)
        for value, side in zip(sides, (condition.left, condition.right), strict=True)
    )
    return f"{written}: {left} / {right}"


# ---- promises of two applications ----------------------------------------------------------------------------------


def _of_invariance(invariance: ir.Invariance, number: int) -> Callable[[Case], Verdict]:
    def check(case: Case) -> Verdict:
        before = case.outcome()
        if invariance.when is not None and before.figures[_condition(number)] is not True:
            return None
        found = before.figures[_figure(number)]
        if found is None or not decided(found):
            return None
        other = _changed(case, invariance)
        if other is None:
            return None
        after = case.watched.outcome_of_other(other)
        if invariance.when is not None and after.figures[_condition(number)] is not True:
            return None
        value = after.figures[_figure(number)]
        limit = before.figures.get(_limit(number), Fraction(0))
        if value is None or not decided(value) or not decided(limit):
            return None
        if _kept(invariance.how, found, value, limit):
            return True
        return Broken(_from_to(case, invariance.figure.type, found, value), other.plain())

    return check


def _kept(how: str, before: Any, after: Any, limit: Any) -> bool:
    match how:
        case "never_decreases":
            return bool(after >= before)
        case "never_increases":
            return bool(after <= before)
        case "no_cliff":
            return bool(before - after <= limit)
        case _:
            return bool(after == before)


def _from_to(case: Case, kind: ty.Type, before: Any, after: Any) -> Words:
    program = case.watched.program
    en, tr = (
        tuple(values.as_text(value, kind, program, language) for value in (before, after))
        for language in ("en", "tr")
    )
    return Words(f"{en[0]} becomes {en[1]}", f"{tr[0]} iken {tr[1]} oluyor")


def _changed(case: Case, invariance: ir.Invariance) -> Draft | None:
    """The second application of an invariance; `None` if the first gives no room for one."""
    other = case.other()
    aim = case.watched.made.maker.aim(other, case.chooser)
    holders = places_of(aim.probe, Binder(-1, invariance.record), NO_ROWS) if invariance.record else [()]
    holders = [(*path, *invariance.fact[:-1]) for path in holders]
    if not holders:
        return None
    path = holders[case.chooser.number(0, len(holders) - 1)]
    record = other.at(path)
    if not isinstance(record, dict):
        return None
    each = declared(case.watched.program, (*path, invariance.fact[-1]))
    if invariance.how == "unchanged_split":
        changed = _split(case, other, each, path)
    else:
        before, after = record[each.name], _other_value(aim, record, each, invariance.how)
        changed = after is not None and after != before
        record[each.name] = after
    if not changed:
        return None
    aim.changed()
    aim.settle()
    return other


def _other_value(aim: Aim, record: dict[str, Any], each: ir.FieldDef, how: str) -> Any:
    """Another value for a fact, or `None`."""
    before = record[each.name]
    if how == "unchanged_reordered":
        return reordered(before, aim.chooser)
    if how == "unchanged":
        return aim.fresh(each, given=aim.chooser.number(0, 3) != 3)
    if isinstance(before, list) and isinstance(each.type, ty.List):
        room = each.maximum is None or len(before) < each.maximum
        return [*before, aim.fresh_record(each.type.record)] if room else None
    return _raised(each, before, aim.chooser, (1,) if how == "no_cliff" else _STEPS)


_STEPS = (1, 2, 100, 100_000, 10_000_000)


def _raised(each: ir.FieldDef, raw: Any, chooser: Chooser, steps: Sequence[int]) -> int | None:
    if not isinstance(raw, int) or isinstance(raw, bool):
        return None
    quantum = int(quantum_of(each.type) * 10 ** (each.scale or 0)) or 1
    return bounded(each, raw + quantum * steps[chooser.number(0, len(steps) - 1)])


def _split(case: Case, other: Draft, each: ir.FieldDef, path: Path) -> bool:
    """Make two rows of one, which share its amounts of money, or the one fact that is named; whether it was done."""
    if isinstance(each.type, ty.List):
        rows, limit = other.at((*path, each.name)), each.maximum
        fields = case.watched.program.records[each.type.record].fields
        shared = [field for field in fields if isinstance(field.type, ty.Money)]
        at = case.chooser.number(0, len(rows) - 1) if rows else 0
    else:
        rows, at = other.at(path[:-1]), int(path[-1])
        limit, shared = declared(case.watched.program, path[:-1]).maximum, [each]
    if not isinstance(rows, list) or not rows or (limit is not None and len(rows) >= limit):
        return False
    first, second = rows[at], deepcopy(rows[at])
    parts = (2, 3, 7)[case.chooser.number(0, 2)]
    for field_ in shared:
        raw = first[field_.name]
        if isinstance(raw, int):
            part = raw // parts
            if any(bounded(field_, value) != value for value in (part, raw - part)):
                return False
            first[field_.name], second[field_.name] = part, raw - part
    rows.insert(at + 1, second)
    return any(isinstance(first[each.name], int) for each in shared)


def reordered(rows: Any, chooser: Chooser) -> list[Any] | None:
    """The rows in another order: all turned around, or two exchanged; `None` if no other order differs."""
    if not isinstance(rows, list) or len(rows) < 2 or all(row == rows[0] for row in rows):
        return None
    first = chooser.number(0, len(rows) - 1)
    if first == 0:
        return rows[::-1]
    second = chooser.number(0, first - 1)
    other = list(rows)
    other[first], other[second] = other[second], other[first]
    return other


# ---- what every programme promises ---------------------------------------------------------------------------------


def _built_in(watched: Watched) -> Iterator[Promise]:
    if any(isinstance(each, ir.Support) for each in watched.program.body):
        yield Promise(_named("support_within_ceilings", WITHIN), _within_ceilings)
        yield Promise(_named("parts_add_up", ADD_UP), _parts_add_up)
    for each in watched.program.application.fields:
        if isinstance(each.type, ty.List):
            titles = {key: text.format(each.name) for key, text in ORDER.items()}
            yield Promise(_named(f"order_of_{each.name}", titles), _order_of(each))
    if watched.engine is not None:
        yield Promise(_named("explanation_adds_up", EXPLAINED), _explanation_adds_up, one_in=5)
        yield Promise(_named("record_replays", REPLAYS), _record_replays, one_in=10)


WITHIN = {
    "en": "Support is at least 0 and within every stated ceiling",
    "tr": "Destek en az 0'dır ve yazılan hiçbir tavanı aşmaz",
}
ADD_UP = {"en": "The parts add up to the totals", "tr": "Parçalar toplamı verir"}
ORDER = {
    "en": "The order of {} decides nothing, where no order is stated",
    "tr": "{} sırası, sıra yazılmadıkça hiçbir şeyi değiştirmez",
}
EXPLAINED = {
    "en": "The explanation comes to the amount that is paid",
    "tr": "Açıklama, ödenen tutara varır",
}
REPLAYS = {"en": "The record can be replayed", "tr": "Kayıt yeniden çalıştırılabilir"}


def _named(name: str, titles: Mapping[str, str]) -> ir.About:
    return ir.About(name, "promise", titles)


def _within_ceilings(case: Case) -> Verdict:
    outcome, looked_at = case.outcome(), False
    for statement in case.watched.program.body:
        if isinstance(statement, ir.Support):
            found = outcome.supports[statement.name]
            if found.applies is not True or not is_number(found.total):
                continue
            looked_at = True
            if found.total < 0:
                return Broken(_amounts(case, statement, found.total, Fraction(0), statement.about))
            for step, done in zip(statement.steps, found.steps, strict=True):
                broken = _ceiling_broken(case, statement, found, step, done)
                if broken is not None:
                    return broken
        elif isinstance(statement, ir.Joint):
            broken = _joint_broken(case, statement, outcome)
            if broken is not None:
                return broken
    return True if looked_at else None


def _ceiling_broken(
    case: Case, support: ir.Support, found: SupportOutcome, step: ir.AnyStep, done: StepOutcome
) -> Broken | None:
    if not isinstance(step, ir.Ceiling) or step.limit is None or done.done is not True:
        return None
    if step.excess == "refuses":
        return None
    later = support.steps[support.steps.index(step) + 1 :]
    if any(isinstance(each, ir.Supplement | ir.Floor) for each in later):
        return None  # What is added after a ceiling is meant to be outside of it.
    amounts = found.costs if step.on == "cost" else found.lines
    counted = _lines_about(case, support, step, amounts)
    groups = _groups(case, support, step) if step.scope == "per" else None
    held = [
        (Fraction(amount), Fraction(limit))
        for amount, limit in _held_against(step, counted, done.figures, groups)
        if is_number(amount) and is_number(limit)
    ]
    if step.on == "support" and step.scope != "together":
        held = _with_cents_handed_out(held, support, found)
    for amount, limit in held:
        if amount > limit:
            return Broken(_amounts(case, support, amount, limit, step.about))
    return None


def _with_cents_handed_out(
    held: list[tuple[Fraction, Fraction]], support: ir.Support, found: SupportOutcome
) -> list[tuple[Fraction, Fraction]]:
    """
    What is held against a ceiling where a sum is rounded once: all together, and each but for the cent that a line gets
    when the rounded sum is handed out.
    """
    steps = [
        step.step
        for step, done in zip(support.steps, found.steps, strict=True)
        if isinstance(step, ir.RoundLines) and step.place == "once" and done.done is True
    ]
    if not steps or not held:
        return held
    whole = sum((each for each, _ in held), Fraction(0)), sum((limit for _, limit in held), Fraction(0))
    return [whole, *((each, ceil(limit / steps[-1]) * steps[-1]) for each, limit in held)]


def _held_against(
    step: ir.Ceiling,
    amounts: Sequence[Value | None],
    limits: tuple[Value, ...],
    groups: Sequence[Any] | None,
) -> Iterator[tuple[Value, Value]]:
    """Each sum that a ceiling is about, with its limit."""
    if groups is not None:
        keys = [key for key, amount in zip(groups, amounts, strict=False) if amount is not None]
        for key, limit in zip(dict.fromkeys(keys), limits, strict=False):
            of_group = [a for k, a in zip(groups, amounts, strict=False) if k == key and a is not None]
            if all(map(is_number, of_group)):
                yield sum(of_group, Fraction(0)), limit
        return
    if step.scope == "each":
        yield from ((a, b) for a, b in zip(amounts, limits, strict=False) if a is not None and b is not None)
        return
    known = [each for each in amounts if each is not None]
    if limits and all(map(is_number, known)):
        yield sum(known, Fraction(0)), limits[0]


def _groups(case: Case, support: ir.Support, step: ir.Ceiling) -> list[Any]:
    """The group of each line of a ceiling for each of several keys."""
    probe = Probe(case.draft)
    return [tuple(probe.value(part, row) for part in step.per) for row in _rows_of_lines(probe, support)]


def _rows_of_lines(probe: Probe, support: ir.Support) -> list[Rows]:
    """The rows that a support has lines of."""
    if support.list is None:
        return []
    rows = [{support.var: path} for path in probe.places(support.list)]
    return [row for row in rows if probe.holds(support.where, row)]


def _lines_about(
    case: Case, support: ir.Support, step: ir.Ceiling, amounts: tuple[Value, ...]
) -> list[Value | None]:
    if step.where is None or support.list is None:
        return list(amounts)
    probe = Probe(case.draft)
    about = [probe.holds(step.where, row) for row in _rows_of_lines(probe, support)]
    return [amount if held else None for amount, held in zip(amounts, about, strict=False)]


def _joint_broken(case: Case, joint: ir.Joint, outcome: Outcome) -> Broken | None:
    paid = [outcome.paid.get(name) for name in joint.over]
    probe = Probe(case.draft)
    if joint.excess == "refuses" or not probe.holds(joint.when):
        return None
    limit = probe.value(joint.limit)
    known = [each for each in paid if each is not None]
    if not is_number(limit) or not all(map(is_number, known)):
        return None
    total = sum(known, Fraction(0))
    first = next(
        s for s in case.watched.program.body if isinstance(s, ir.Support) and s.name == joint.over[0]
    )
    return (
        Broken(_amounts(case, first, total, max(limit, Fraction(0)), joint.about))
        if total > max(limit, 0)
        else None
    )


def _amounts(case: Case, support: ir.Support, amount: Any, limit: Any, about: ir.About) -> Words:
    program, kind = case.watched.program, ty.Money(support.currency)
    en, tr = (
        tuple(values.as_text(value, kind, program, language) for value in (amount, limit))
        for language in ("en", "tr")
    )
    return Words(f"{about.name}: {en[0]} above {en[1]}", f"{about.name}: {tr[0]}, {tr[1]} sınırının üstünde")


def _parts_add_up(case: Case) -> Verdict:
    looked_at = False
    outcome = case.outcome()
    for name, instalments in case.watched.program.payments.items():
        paid = outcome.paid.get(name)
        payments = [outcome.figures[each.amount] for each in instalments]
        if paid is not None and all(map(is_number, [*payments, paid])):
            looked_at = True
            if sum(payments, Fraction(0)) != paid or min(payments) < 0:
                return Broken(
                    Words(f"{name}: instalments and total differ", f"{name}: taksitler ile toplam farklı")
                )
    for name, found in outcome.supports.items():
        for parts, total in ((found.lines, found.total), (found.costs, found.eligible_cost)):
            known = [each for each in parts if each is not None]
            if not all(map(is_number, [*known, total])):
                continue
            looked_at = True
            if sum(known, Fraction(0)) != total:
                return Broken(Words(f"{name}: lines and total differ", f"{name}: satırlar ile toplam farklı"))
    return True if looked_at else None


def _order_of(each: ir.FieldDef) -> Callable[[Case], Verdict]:
    def check(case: Case) -> Verdict:
        rows = reordered(case.draft.data[each.name], case.chooser)
        if rows is None:
            return None
        other = case.other()
        other.data[each.name] = rows
        before, after = (
            _said(case.watched.program, found)
            for found in (case.outcome(), case.watched.outcome_of_other(other))
        )
        differing = [name for name, value in before.items() if after[name] != value]
        if not differing:
            return True
        names = ", ".join(differing)
        return Broken(Words(f"differs: {names}", f"farklı: {names}"), other.plain())

    return check


def _said(program: ir.Program, outcome: Outcome) -> dict[str, Any]:
    """What a decision says, as far as the order of lines must not matter."""
    found = eligible(program, outcome)
    said: dict[str, Any] = {
        "eligible": found.answer if decided(found.answer) else None,
        "failed": found.failed,
        "refused": found.refused,
    }
    for statement in program.body:
        if (
            isinstance(statement, ir.Support)
            and statement.name in outcome.paid
            and not _states_an_order(statement)
        ):
            amount = outcome.paid[statement.name]
            said[statement.name] = amount if amount is None or decided(amount) else None
    for name in (*program.scores, *program.results):
        value = outcome.figures.get(name)
        said[name] = value if value is None or decided(value) else None
    return said


def _states_an_order(support: ir.Support) -> bool:
    return any(
        isinstance(step, ir.Pick) or (isinstance(step, ir.Ceiling) and step.excess == "last_first")
        for step in support.steps
    )


def _explanation_adds_up(case: Case) -> Verdict:
    engine = case.watched.engine
    if engine is None:
        return None
    decision = engine.decide(case.facts)
    explained = json.loads(decision.explain(format="json"))
    said = decision.to_dict()["supports"]
    for support in explained["supports"]:
        paid = said[support["name"]]["amount"]
        if support["status"] != "paid" or not isinstance(paid, dict) or "amount" not in paid:
            continue
        lines = [line["amount"] for line in support["lines"]]
        if any(not isinstance(line, dict) or "amount" not in line for line in lines):
            continue
        total = sum((Fraction(line["amount"]) for line in lines), Fraction(0))
        if total != Fraction(paid["amount"]) and not case.watched.has_joint:
            name, told, amount = support["name"], values.number_text(total), paid["amount"]
            return Broken(Words(f"{name}: {told} told, {amount} paid", f"{name}: {told} / {amount}"))
    return True


def _record_replays(case: Case) -> Verdict:
    engine = case.watched.engine
    if engine is None:
        return None
    if engine.replays(engine.decide(case.facts).record()):
        return True
    return Broken(Words("the replay says something else", "yeniden çalıştırma başka sonuç veriyor"))
