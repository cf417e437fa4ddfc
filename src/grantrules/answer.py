"""
What an outcome says to the people it is for: eligible or not, how much, why not, what is missing, what cut it.

An `Answer` reads one `Outcome` in one language.  Four things are kept apart throughout: not eligible and not applicable
are `None`, zero is zero, and what is not decided yet is a `Range` or `UNKNOWN`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import zip_longest
from typing import Any, TypeAlias, Union

from attrs import field, frozen

from grantrules import calendars, values
from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.facts import Facts, Warned
from grantrules.core.ir import Citation
from grantrules.diagnostics import Words
from grantrules.evaluate.eligibility import (
    Eligibility,
    compared_figures,
    eligible,
    equal,
    figure_found,
    rules_found,
)
from grantrules.evaluate.outcome import (
    Binding,
    Cause,
    Outcome,
    RuleOutcome,
    SupportOutcome,
    Undecided,
    applying,
)
from grantrules.facts.problems import NoLongerListed
from grantrules.phrases.languages import speaker
from grantrules.phrases.speaker import Finding, Speaker, status_of
from grantrules.render import capitals
from grantrules.values import Amount, Range

VERSION = 1
"""The version of the JSON shape of a decision: it grows by members, and changes its number if one changes its meaning."""

AS_OF = "rules as of"
"""The figure that holds the date of the rules."""

ELIGIBLE: dict[bool | None, Words] = {
    True: Words("eligible", "uygun"),
    False: Words("not eligible", "uygun değil"),
    None: Words("not decided", "karara bağlanamıyor"),
}
"""Whether an application is eligible, in words."""
_PROMISED = {
    "eligible": Words("the application must be eligible", "başvuru uygun olmalı"),
    "not_eligible": Words("the application must not be eligible", "başvuru uygun olmamalı"),
    "meets": Words("`{rule}` must not fail", "`{rule}` sağlanmalı"),
    "fails": Words("`{rule}` must fail", "`{rule}` sağlanmamalı"),
    "as_in": Words("the answer must be as in {programme}", "sonuç {programme} programındaki gibi olmalı"),
    "figure_as_in": Words(
        "`{rule}` must be as in {programme}", "`{rule}` {programme} programındaki gibi olmalı"
    ),
}
_HERE_AND_THERE = Words("{what}{here} here, {there} there", "{what}burada {here}, orada {there}")
_REMARKS = {NoLongerListed.code: NoLongerListed}
"""What the readers remark about data, by its code."""

Payable: TypeAlias = Union[Amount, Range, None]


@frozen
class Failure:
    """
    One reason why an application is not eligible.

    Args:
        name, title: of the requirement, ceiling or support.
        kind: `requirement`; `ceiling`, one that refuses the application; `support`, no support that is paid applies,
            and this is why one of them does not.
        citations: the words of the source it rests on.
        support: the support that a ceiling or condition belongs to.
    """

    name: str
    title: str
    kind: str = "requirement"
    citations: tuple[Citation, ...] = ()
    support: str | None = None
    text: str = field(default="", kw_only=True)
    _own: str | None = field(default=None, repr=False)
    _found: Callable[[], tuple[Finding, ...]] = field(default=tuple, repr=False, eq=False)
    _language: str = field(default="en", repr=False)

    @property
    def citation(self) -> Citation | None:
        """The first of the citations."""
        return self.citations[0] if self.citations else None

    @property
    def values(self) -> tuple[Finding, ...]:
        """What was found beside what was needed; the decision is made again with a trace for this, if it had none."""
        return self._found()

    @property
    def message(self) -> str:
        """The message the programme gives; where it gives none, what was found."""
        return self._own or sentences(self.values, self._language) or self.title


@frozen
class Notice:
    """Something worth saying that stops nothing: an advice not followed, or a remark about the data (then with its path)."""

    name: str
    title: str
    message: str
    citations: tuple[Citation, ...] = ()
    path: str | None = None
    text: str = ""


@frozen
class Missing:
    """
    A fact not given that would help to settle the answer.

    Args:
        path: where it belongs in the application, `costs[2].amount`.
        title: what people call it.
        decided_by: who decides it, for a fact of discretion.
        behind: how many open rules, supports and figures wait for it.
    """

    path: str
    title: str
    decided_by: str | None = None
    behind: int = 1

    def __str__(self) -> str:
        return self.path


@frozen
class Undecidable:
    """Why something cannot be computed, other than for a fact not given or a parameter not set."""

    kind: str
    what: str
    text: str


@frozen
class BindingCeiling:
    """
    A ceiling that cut, and by how much.

    Args:
        on: what it limits: `cost`, `support` or `rate`.
        cut: the whole amount it cut; for one that refuses, the excess.
        support: the support it belongs to; `None` for a ceiling over several.
        certain: false while it may turn out not to cut.
    """

    name: str
    title: str
    on: str
    cut: Amount | Range
    support: str | None = None
    refuses: bool = False
    certain: bool = True
    citations: tuple[Citation, ...] = ()
    text: str = ""


@frozen
class LineResult:
    """
    One line of a support.

    Args:
        number: its place in the list, from 1; `None` for a sum the support adds, and for a list that is unknown.
        cost: its eligible cost.
        amount: the support for it; `None` where the application is not eligible or the support does not apply.
        excluded_by: the name of the step that excluded it.
    """

    number: int | None
    cost: Amount | Range
    amount: Payable
    excluded_by: str | None = None


@frozen
class ChangeMade:
    """What an amendment did: added, replaced or repealed, since when."""

    how: str
    name: str
    support: str | None
    was_in: str | None
    since: str | None
    until: str | None


@frozen
class TextUsed:
    """One of the texts that a programme consists of, and what it changed in others."""

    name: str
    kind: str
    title: str
    changes: tuple[ChangeMade, ...]


@frozen
class Obstacle:
    """Why a support does not apply, or may not."""

    name: str
    title: str
    reason: str
    citations: tuple[Citation, ...] = ()
    text: str = ""


@frozen
class Payment:
    """
    One instalment of a support.

    Args:
        amount: what is paid; the amounts of all instalments add up to that of the support.
        applies: false where there is no such instalment, `None` while that is open.
        due_on: the day, `UNKNOWN` while it is open; `None` where none is said.
        due_once: whether what it waits for holds; `None` while that is open, and where it waits for nothing in the data.
        waits_for: what it waits for, in words: a condition, or an event that the data do not hold.
        part: which of how many equal parts.
    """

    name: str
    title: str
    amount: Amount | Range
    applies: bool | None = True
    due_on: Any = None
    due_once: bool | None = None
    waits_for: str | None = None
    part: tuple[int, int] | None = None
    citations: tuple[Citation, ...] = ()


@frozen
class SupportResult:
    """
    One support.

    Args:
        applies: true, false, or `None` while that is open.
        obstacles: the conditions that keep it from applying.
        amount: what is paid; `None` where it does not apply or the application is not eligible.
        eligible_cost, before_ceilings: the sums after the cost steps and before the support ceilings; `None` where the
            support does not apply.
        only_a_basis: it is computed for others and never paid.
        repayable: it is to be paid back, and no part of the sum of support.
        payments: its instalments; none where it is paid at once, does not apply, or the application is not eligible.
        lines: one for each line of cost, supplements last.
        binding: the ceilings that cut it.
    """

    name: str
    title: str
    applies: bool | None
    amount: Payable
    eligible_cost: Payable
    before_ceilings: Payable
    lines: tuple[LineResult, ...]
    binding: tuple[BindingCeiling, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    only_a_basis: bool = False
    repayable: bool = False
    payments: tuple[Payment, ...] = ()


class Answer:
    """One outcome, read in one language."""

    def __init__(
        self,
        program: ir.Program,
        facts: Facts,
        outcome: Outcome,
        *,
        language: str,
        traced: Callable[[], Outcome] | None = None,
        others: Callable[[], Mapping[str, Outcome]] | None = None,
    ) -> None:
        self.program = program
        self.facts = facts
        self.outcome = outcome
        self.language = language
        self._traced = traced
        self._others = others

    @cached_property
    def traced(self) -> Outcome:
        """The same outcome with the values of all expressions."""
        if self.outcome.trace is not None or self._traced is None:
            return self.outcome
        return self._traced()

    @cached_property
    def speaker(self) -> Speaker:
        """Who says things in this language, with the values of this decision."""
        return speaker(self.program, self.language, self.traced.trace)

    @cached_property
    def _names(self) -> Speaker:
        return speaker(self.program, self.language)

    def title(self, about: ir.About) -> str:
        """What people call a statement."""
        return values.about_title(about, self.language, self.program.language)

    @cached_property
    def rules(self) -> tuple[tuple[ir.Rule, RuleOutcome], ...]:
        """Every rule with what was found of it, in the order of the body."""
        rules = [statement for statement in self.program.body if isinstance(statement, ir.Rule)]
        return tuple(zip(rules, rules_found(self.program, self.outcome, self.others), strict=True))

    @cached_property
    def others(self) -> Mapping[str, Outcome]:
        """What the programmes that promises name decide about the same facts."""
        return self._others() if self._others is not None and self.program.others else {}

    @cached_property
    def declared(self) -> Mapping[str, ir.Support]:
        """The supports of the programme by name."""
        return {s.name: s for s in self.program.body if isinstance(s, ir.Support)}

    @cached_property
    def joints(self) -> Mapping[str, ir.Joint]:
        """The ceilings over several supports by name."""
        return {s.about.name: s for s in self.program.body if isinstance(s, ir.Joint)}

    # ---- the answer ------------------------------------------------------------------------------------------

    @cached_property
    def eligibility(self) -> Eligibility:
        """Whether the application is eligible, and what made it so."""
        return eligible(self.program, self.outcome)

    @property
    def eligible(self) -> bool | None:
        """True, false, or `None` while facts are missing."""
        return decided_truth(self.eligibility.answer)

    @cached_property
    def support(self) -> Payable:
        """
        The sum of all that is paid and not given back.

        A `Range` while it is not decided, or while it is not decided whether the application is eligible; it then holds
        the amount of every completion of the facts that is eligible.
        """
        return self._payable(self._paid(repayable=False))

    @cached_property
    def repayable(self) -> Payable:
        """The sum of the repayable supports, which is never part of `support`; `None` where there is none."""
        return self._payable(self._paid(repayable=True))

    @cached_property
    def outlay(self) -> Payable:
        """All that is paid, given back or not: what a budget has to hold."""
        return self._payable([*self._paid(repayable=False), *self._paid(repayable=True)])

    def _paid(self, *, repayable: bool) -> Iterator[tuple[Any, str]]:
        for name, value in self.outcome.paid.items():
            support = self.declared[name]
            if value is not None and support.repayable is repayable:
                yield value, support.currency

    @cached_property
    def eligible_cost(self) -> Payable:
        """The sum of the eligible cost of all supports that are paid and apply."""
        found = ((self.outcome.supports[name], self.declared[name].currency) for name in self.outcome.paid)
        return self._payable(
            (_if_it_applies(support.applies, support.eligible_cost), currency)
            for support, currency in found
            if support.applies is not False
        )

    def _payable(self, amounts: Iterable[tuple[Any, str]]) -> Payable:
        there = list(amounts)
        currencies = {currency for _, currency in there}
        if self.eligible is False or len(currencies) != 1:
            return None
        return self._open(total([value for value, _ in there]), currencies.pop())

    def _open(self, value: Any, currency: str) -> Amount | Range:
        """An amount, as a range while it is open whether the application is eligible at all."""
        shown = amount(value, currency)
        if self.eligible is None and not isinstance(shown, Range):
            return Range(shown, shown)
        return shown

    @cached_property
    def supports(self) -> Mapping[str, SupportResult]:
        """Each support by its name."""
        return {name: self._support(s, self.outcome.supports[name]) for name, s in self.declared.items()}

    def _support(self, support: ir.Support, found: SupportOutcome) -> SupportResult:
        applies = decided_truth(found.applies)
        currency = support.currency
        name = support.name
        paid = self.outcome.paid.get(name) if not support.only_a_basis else found.total
        due = applies is not False and self.eligible is not False
        lines = (
            LineResult(
                number,
                amount(cost, currency),
                self._open(at_the_end, currency) if due else None,
                excluded,
            )
            for number, cost, at_the_end, excluded in self._lines(support, found)
        )
        return SupportResult(
            name=name,
            title=self.title(support.about),
            applies=applies,
            amount=self._open(paid, currency) if due and paid is not None else None,
            eligible_cost=None if applies is False else amount(found.eligible_cost, currency),
            before_ceilings=None if applies is False else amount(found.before_ceilings, currency),
            lines=() if applies is False else tuple(lines),
            binding=() if applies is False else tuple(self._bindings(support, found)),
            obstacles=tuple(self._obstacle(support.gates[n]) for n in found.closed),
            only_a_basis=support.only_a_basis,
            repayable=support.repayable,
            payments=tuple(self._payments(support)) if due else (),
        )

    def _payments(self, support: ir.Support) -> Iterator[Payment]:
        for each in self.program.payments.get(support.name, ()):
            found = self.outcome.figures
            once = None if each.due_once is None else decided_truth(found[each.due_once])
            shown = self._open(found[each.amount], support.currency)
            yield Payment(
                name=each.about.name,
                title=self.title(each.about),
                amount=shown,
                applies=True if each.applies is None else decided_truth(found[each.applies]),
                due_on=None if each.due_on is None else self.figure(each.due_on),
                due_once=once,
                waits_for=self.waits_for(each),
                part=each.part,
                citations=each.about.citations,
            )

    def waits_for(self, instalment: ir.Instalment) -> str | None:
        """What an instalment waits for, in words."""
        if instalment.due_once is not None:
            return self._names.clause(self.lets[instalment.due_once].value)
        after = instalment.after
        return (
            after.get(self.language) or after.get(self.program.language) or next(iter(after.values()), None)
        )

    def _lines(
        self, support: ir.Support, found: SupportOutcome
    ) -> Iterator[tuple[int | None, Any, Any, str | None]]:
        rows = self.rows(support)
        known = 1 if support.list is None else len(rows) if rows is not None else 0
        # What a support adds by itself has no cost.
        for at, (line, cost, excluded) in enumerate(zip_longest(found.lines, found.costs, found.excluded)):
            if line is not None or cost is not None:
                number = at + 1 if at < known else None
                yield number, Fraction(0) if cost is None else cost, line, excluded

    def rows(self, support: ir.Support) -> Sequence[Any] | None:
        """The raw rows of the list a support is for; `None` where they are not given."""
        found = raw_value(self.program, self.facts, support.list) if support.list is not None else ()
        return found if isinstance(found, list | tuple) else None

    def _obstacle(self, gate: ir.Gate) -> Obstacle:
        return Obstacle(
            gate.about.name, self.title(gate.about), gate.reason, gate.about.citations, gate.about.text
        )

    # ---- why not ---------------------------------------------------------------------------------------------

    @cached_property
    def failed(self) -> tuple[Failure, ...]:
        """Every reason why the application is not eligible."""
        if self.eligible is not False:
            return ()
        found = [
            self._failure(rule.about, "requirement", partial(self.findings, rule, outcome))
            for rule, outcome in self.rules
            if rule.kind == "require" and outcome.status == "failed"
        ]
        refused = set(self.eligibility.refused)
        for support in self.declared.values():
            found += [
                self._failure(step.about, "ceiling", support=support.name)
                for step in support.steps
                if step.about.name in refused and isinstance(step, ir.Ceiling)
            ]
        found += [self._failure(j.about, "ceiling") for j in self.joints.values() if j.about.name in refused]
        paid = [name for name in self.outcome.paid if self.outcome.supports[name].applies is not False]
        if self.outcome.paid and not paid:
            found += self._no_support_left()
        return tuple(found)

    def _failure(
        self,
        about: ir.About,
        kind: str,
        findings: Callable[[], tuple[Finding, ...]] = tuple,
        *,
        support: str | None = None,
    ) -> Failure:
        own = about.messages.get(self.language) or about.messages.get(self.program.language)
        return Failure(
            about.name,
            self.title(about),
            kind,
            about.citations,
            support,
            own,
            findings,
            self.language,
            text=about.text,
        )

    def _no_support_left(self) -> Iterator[Failure]:
        for name in self.outcome.paid:
            support = self.declared[name]
            for number in self.outcome.supports[name].closed:
                gate = support.gates[number]
                yield self._failure(
                    gate.about,
                    "support",
                    partial(self._gate_finding, gate),
                    support=name,
                )

    def _gate_finding(self, gate: ir.Gate) -> tuple[Finding, ...]:
        return (self.speaker.finding(gate.condition, truth=False),)

    def findings(self, rule: ir.Rule, outcome: RuleOutcome) -> tuple[Finding, ...]:
        """What was found of each condition of a rule."""
        pairs = zip(rule.conditions, outcome.conditions, strict=False)
        found = [self.speaker.finding(condition, truth) for condition, truth in pairs]
        promised = zip(rule.promised, outcome.conditions[len(rule.conditions) :], strict=False)
        return (*found, *(self._promised(each, truth) for each, truth in promised))

    def _promised(self, each: ir.Promised, truth: Any) -> Finding:
        if each.programme is None:
            said = _PROMISED[each.kind][self.language].format(rule=each.rule)
        else:
            kind = "as_in" if each.rule is None else "figure_as_in"
            said = _PROMISED[kind][self.language].format(rule=each.rule, programme=each.programme)
            found = self.other_found(each) if truth is False else ""
            said = f"{said} ({found})" if found else said
        return Finding(said, status_of(truth))

    def other_found(self, each: ir.Promised) -> str:
        """What is otherwise than in another programme: here, and there."""
        name = each.programme or ""
        there = self.others.get(name)
        if there is None:
            return ""
        own, other = self.program, self.program.others[name]
        answers = [
            decided_truth(eligible(p, found).answer) for p, found in ((own, self.outcome), (other, there))
        ]
        if each.rule is None and answers[0] is not answers[1]:
            here, beside = (ELIGIBLE[each][self.language] for each in answers)
            return _HERE_AND_THERE[self.language].format(what="", here=here, there=beside)
        kinds: dict[str, ty.Type] = {s.name: s.value.type for s in own.body if isinstance(s, ir.Let)}
        kinds |= {
            s.name: ty.Money(s.currency) for p in (other, own) for s in p.body if isinstance(s, ir.Support)
        }
        said = []
        for figure in compared_figures(own, other) if each.rule is None else (each.rule,):
            values_ = [figure_found(p, o, figure) for p, o in ((own, self.outcome), (other, there))]
            if equal(*values_) is False:
                here, beside = (self._shown(value, kinds[figure]) for value in values_)
                said.append(
                    _HERE_AND_THERE[self.language].format(what=f"{figure}: ", here=here, there=beside)
                )
        return "; ".join(said)

    def _shown(self, value: Any, kind: ty.Type) -> str:
        if isinstance(value, Undecided) or value is None:
            return "–"
        return values.as_text(value, kind, self.program, self.language)

    # ---- what else is worth knowing --------------------------------------------------------------------------

    @cached_property
    def warnings(self) -> tuple[Notice, ...]:
        """Advice not followed, codes not precise enough, and remarks about the data."""
        found = [
            self._advice(rule, outcome)
            for rule, outcome in self.rules
            if rule.kind == "advise" and outcome.status == "failed"
        ]
        found += [self._remark(warned) for warned in self.facts.warnings]
        return tuple(found)

    def _remark(self, warned: Warned) -> Notice:
        kind = _REMARKS.get(warned.code)
        if kind is None:
            return Notice(warned.code, warned.code, warned.fact, path=warned.path)
        words = kind(text=warned.fact, path=warned.path).words(self.language)
        return Notice(warned.code, words.title, f"{words.why} {words.instead}", path=warned.path)

    def _advice(self, rule: ir.Rule, outcome: RuleOutcome) -> Notice:
        failure = self._failure(rule.about, "advice", partial(self.findings, rule, outcome))
        return Notice(failure.name, failure.title, failure.message, failure.citations, text=failure.text)

    @cached_property
    def binding(self) -> tuple[BindingCeiling, ...]:
        """Every ceiling that cut, or may cut, or refuses."""
        found: list[BindingCeiling] = []
        for support in self.declared.values():
            outcome = self.outcome.supports[support.name]
            if outcome.applies is not False:
                found += self._bindings(support, outcome)
        for binding in self.outcome.joint:
            joint = self.joints[binding.step]
            found.append(self._bound(joint.about, binding, self.declared[joint.over[0]].currency, None))
        return tuple(found)

    def _bindings(self, support: ir.Support, found: SupportOutcome) -> Iterator[BindingCeiling]:
        abouts = {step.about.name: step.about for step in support.steps}
        for binding in found.binding:
            yield self._bound(abouts[binding.step], binding, support.currency, support.name)

    def _bound(self, about: ir.About, binding: Binding, currency: str, support: str | None) -> BindingCeiling:
        return BindingCeiling(
            name=about.name,
            title=self.title(about),
            on=binding.on,
            cut=amount(binding.cut, currency),
            support=support,
            refuses=binding.refuses,
            certain=binding.certain,
            citations=about.citations,
            text=about.text,
        )

    # ---- what is open ----------------------------------------------------------------------------------------

    @cached_property
    def _waiting(self) -> tuple[frozenset[Cause], ...]:
        """The causes behind each thing that is open and that the answer still waits for."""
        names = (*self.program.scores, *self.program.results)
        things = [applying(self.outcome.figures.get(name)) for name in names]
        if self.eligible is not False:
            for rule, outcome in self.rules:
                if rule.kind == "require" and outcome.status == "undecided":
                    things.append(Undecided(_causes((outcome.when, *outcome.conditions))))
            for name, value in self.outcome.paid.items():
                support = self.outcome.supports[name]
                cuts = (b.cut for b in support.binding if b.refuses and not b.certain)
                parts = (self.outcome.figures[each.amount] for each in self.program.payments.get(name, ()))
                things.append(Undecided(_causes((value, *cuts, *parts))))
            things += [b.cut for b in self.outcome.joint if b.refuses and not b.certain]
        return tuple(t.causes for t in things if isinstance(t, Undecided) and t.causes)

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """The facts not given that would settle what is open, those behind the most open things first."""
        behind: dict[str, int] = {}
        for causes in self._waiting:
            for path in {c.what for c in causes if c.kind == "fact"}:
                behind[path] = behind.get(path, 0) + 1
        order = sorted(behind, key=lambda path: (-behind[path], _declared_at(self.program, path)))
        return tuple(
            Missing(
                path, self._names.path(path), _decided_by(self.program, path, self.language), behind[path]
            )
            for path in order
        )

    @cached_property
    def unset(self) -> tuple[str, ...]:
        """The parameters without a value that what is open waits for."""
        found = {c.what for causes in self._waiting for c in causes if c.kind == "unset"}
        order = {name: place for place, name in enumerate(self.program.parameters)}
        return tuple(sorted(found, key=lambda name: (order.get(name, len(order)), name)))

    @cached_property
    def undecidable(self) -> tuple[Undecidable, ...]:
        """Whatever else keeps something open: a division by zero, a tie, a table without a line that fits."""
        found = {c for causes in self._waiting for c in causes if c.kind not in ("fact", "unset")}
        # Facts in the order of their declaration and their rows: row 2 comes before row 10.
        ordered = sorted(
            found,
            key=lambda c: (c.kind, _declared_at(self.program, c.what) if c.kind == "absent" else (), c.what),
        )
        return tuple(Undecidable(c.kind, c.what, self._names.cause(c)) for c in ordered)

    # ---- figures ---------------------------------------------------------------------------------------------

    @cached_property
    def lets(self) -> Mapping[str, ir.Let]:
        """The figures of the programme by name."""
        return {s.name: s for s in self.program.body if isinstance(s, ir.Let)}

    def figure(self, name: str) -> Any:
        """The value of a figure as users take it; `None` where it does not apply."""
        let = self.lets.get(name)
        if let is None:
            return None
        return values.public(applying(self.outcome.figures.get(name)), let.value.type, self.program)

    def figure_as_json(self, name: str) -> Any:
        """The value of a figure as JSON; null where it does not apply."""
        let = self.lets.get(name)
        if let is None:
            return None
        return values.as_json(applying(self.outcome.figures.get(name)), let.value.type, self.program)

    @cached_property
    def score(self) -> Any:
        """The sum of all scores; a `Range` if it only has bounds; `None` without scores or while nothing is known."""
        found = self._score()
        return values.public(found, ty.Points(), self.program) if _has_bounds(found) else None

    def _score(self) -> Any:
        scores = [self.outcome.figures.get(name) for name in self.program.scores]
        there = [applying(s) for s in scores]
        return total([s for s in there if s is not None]) if any(s is not None for s in there) else None

    @property
    def score_as_json(self) -> Any:
        """The sum of all scores as JSON."""
        found = self._score()
        return values.as_json(found, ty.Points(), self.program) if _has_bounds(found) else None

    @property
    def scores(self) -> Mapping[str, Any]:
        """Each score by its name."""
        return {name: self.figure(name) for name in self.program.scores}

    @property
    def results(self) -> Mapping[str, Any]:
        """The figures that the programme declares as its results."""
        return {name: self.figure(name) for name in self.program.results}

    @property
    def as_of(self) -> Any:
        """The date of the rules; `UNKNOWN` while the fact it is taken from is missing, `None` where there is none."""
        return self.figure(AS_OF)

    @cached_property
    def parameters(self) -> Mapping[str, Any]:
        """Every parameter with the value in use; `None` where it is not set."""
        return {name: self._parameter(definition) for name, definition in self.program.parameters.items()}

    def _parameter(self, definition: ir.ParameterDef) -> Any:
        value = self.parameter_value(definition)
        return None if isinstance(value, Undecided) else values.public(value, definition.type, self.program)

    def parameter_value(self, definition: ir.ParameterDef) -> Any:
        """The value of a parameter in this decision as the core holds it."""
        name = definition.about.name
        if name in self.outcome.figures:
            return self.outcome.figures[name]
        lines = definition.lines
        return lines[0][2] if len(lines) == 1 and lines[0][:2] == (None, None) else None

    @cached_property
    def broken_promises(self) -> tuple[str, ...]:
        """The names of the promises this decision breaks: a mistake in the programme, not in the application."""
        return tuple(r.about.name for r, o in self.rules if r.kind == "promise" and o.status == "failed")

    # ---- JSON ------------------------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """The decision as plain JSON data, without its `record_id`."""
        return {
            "version": VERSION,
            "programme": self.program.about.name,
            "title": self.title(self.program.about),
            "language": self.language,
            "as_of": self.figure_as_json(AS_OF),
            "eligible": self.eligible,
            "support": payable_as_json(self.support),
            "repayable": payable_as_json(self.repayable),
            "eligible_cost": payable_as_json(self.eligible_cost),
            "supports": {name: _support_as_json(support) for name, support in self.supports.items()},
            "failed": [_failure_as_json(failure) for failure in self.failed],
            "warnings": [
                {
                    "name": w.name,
                    "title": w.title,
                    "message": w.message,
                    "path": w.path,
                    "citation": citation_as_json(w.citations[0]) if w.citations else None,
                    "origin": w.text or None,
                }
                for w in self.warnings
            ],
            "missing": [missing.path for missing in self.missing],
            "unset": list(self.unset),
            "undecidable": [{"kind": u.kind, "what": u.what, "message": u.text} for u in self.undecidable],
            "binding": [_binding_as_json(binding) for binding in self.binding],
            "score": self.score_as_json,
            "scores": {name: self.figure_as_json(name) for name in self.program.scores},
            "results": {name: self.figure_as_json(name) for name in self.program.results},
            "parameters": {
                name: self._parameter_as_json(definition)
                for name, definition in self.program.parameters.items()
            },
            "broken_promises": list(self.broken_promises),
            "texts": [text_as_json(text) for text in self.texts],
        }

    @property
    def texts(self) -> tuple[TextUsed, ...]:
        """The texts that the programme consists of: itself or its latest amendment first, libraries last."""
        program = self.program
        return tuple(
            TextUsed(
                each.name,
                each.kind,
                each.titles.get(self.language) or each.titles.get(each.language) or each.name,
                tuple(
                    ChangeMade(
                        change.how,
                        change.name,
                        change.support,
                        change.was_in,
                        None if change.first is None else calendars.iso_date(change.first),
                        None if change.last is None else calendars.iso_date(change.last),
                    )
                    for change in sorted(program.changes, key=lambda change: change.span)
                    if change.text == each.name
                ),
            )
            for each in program.texts
        )

    def _parameter_as_json(self, definition: ir.ParameterDef) -> Any:
        value = self.parameter_value(definition)
        return None if isinstance(value, Undecided) else values.as_json(value, definition.type, self.program)


# ---- values ------------------------------------------------------------------------------------------------------


def sentences(findings: Iterable[Finding], language: str) -> str:
    """The findings that did not hold, as sentences."""
    said = [text for finding in findings for text in _said(finding)]
    return " ".join(f"{capitals(text[:1], language)}{text[1:]}." for text in said)


def _said(finding: Finding) -> Iterator[str]:
    if finding.status == "met":
        return
    if finding.parts:
        yield f"{finding.text}: " + "; ".join(text for part in finding.parts for text in _said(part))
    else:
        yield finding.text


def decided_truth(truth: Any) -> bool | None:
    """A truth, `None` while it is open."""
    return None if isinstance(truth, Undecided) else bool(truth)


def amount(value: Any, currency: str) -> Amount | Range:
    """An amount or its range."""
    if isinstance(value, Undecided):
        lowest, highest = (
            None if bound is None else values.money(bound, currency)
            for bound in (value.lowest, value.highest)
        )
        return Range(lowest, highest)
    return values.money(value, currency)


def total(amounts: Sequence[Any]) -> Any:
    """The sum of numbers that may be undecided."""
    if not any(isinstance(a, Undecided) for a in amounts):
        return sum(amounts, Fraction(0))
    ends = []
    for end in ("lowest", "highest"):
        parts = [getattr(a, end) if isinstance(a, Undecided) else a for a in amounts]
        ends.append(None if None in parts else sum(parts, Fraction(0)))
    return Undecided(_causes(amounts), *ends)


def _if_it_applies(applies: Any, value: Any) -> Any:
    if applies is True or value is None:
        return value
    ends = (value.lowest, value.highest) if isinstance(value, Undecided) else (value, value)
    lowest, highest = (None if end is None else end for end in ends)
    return Undecided(
        _causes((applies, value)),
        None if lowest is None else min(Fraction(0), lowest),
        None if highest is None else max(Fraction(0), highest),
    )


def _has_bounds(value: Any) -> bool:
    return not isinstance(value, Undecided) or value.lowest is not None or value.highest is not None


def _causes(found: Iterable[Any]) -> frozenset[Cause]:
    return frozenset().union(*(v.causes for v in found if isinstance(v, Undecided)))


def raw_value(program: ir.Program, facts: Facts, expr: ir.Expr) -> Any:
    """The raw value of a fact, or of a field of a record of the application; `UNKNOWN` for any other expression."""
    match expr:
        case ir.Fact(name):
            for place, definition in enumerate(program.application.fields):
                if definition.name == name:
                    return facts.values[place]
        case ir.Field(of, name) if isinstance(of.type, ty.Record):
            owner = raw_value(program, facts, of)
            if isinstance(owner, tuple):
                return field_of(program, of.type.name, owner, name)
            return owner
        case _:
            pass
    return ir.UNKNOWN


def field_of(program: ir.Program, record: str, row: tuple[Any, ...], name: str) -> Any:
    """The raw value of a field of a row."""
    for place, definition in enumerate(program.records[record].fields):
        if definition.name == name:
            return row[place]
    return ir.UNKNOWN


_PATH = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def _along(program: ir.Program, path: str) -> Iterator[tuple[int, ir.FieldDef | None]]:
    """The places along a path: the number of the field in its record, or of the row."""
    record: ir.RecordDef | None = program.application
    for name, number in _PATH.findall(path):
        if number:
            yield int(number), None
            continue
        fields = record.fields if record else ()
        place = next((n for n, f in enumerate(fields) if f.name == name), len(fields))
        definition = fields[place] if place < len(fields) else None
        yield place, definition
        kind = definition.type if definition else None
        within = (
            kind.record if isinstance(kind, ty.List) else kind.name if isinstance(kind, ty.Record) else None
        )
        record = program.records.get(within) if within else None


def _declared_at(program: ir.Program, path: str) -> tuple[int, ...]:
    return tuple(place for place, _ in _along(program, path))


def _decided_by(program: ir.Program, path: str, language: str) -> str | None:
    who = next((d.decided_by for _, d in reversed(list(_along(program, path))) if d is not None), {})
    return who.get(language) or who.get(program.language)


# ---- JSON --------------------------------------------------------------------------------------------------------


def payable_as_json(value: Payable) -> Any:
    """`{"amount": …, "currency": …}`, a range of two such, or null."""
    if isinstance(value, Range):
        return {"lowest": payable_as_json(value.lowest), "highest": payable_as_json(value.highest)}
    return None if value is None else value.as_json()


def citation_as_json(citation: Citation) -> dict[str, Any]:
    """A citation as JSON."""
    return {
        "source": citation.source,
        "title": citation.source_title,
        "quote": citation.quote,
        "at": citation.at,
        "dated": citation.dated,
    }


def _citations_as_json(citations: tuple[Citation, ...]) -> dict[str, Any]:
    listed = [citation_as_json(citation) for citation in citations]
    return {"citation": listed[0] if listed else None, "citations": listed}


def text_as_json(text: TextUsed) -> dict[str, Any]:
    """One of the texts of a programme as JSON."""
    return {
        "name": text.name,
        "kind": text.kind,
        "title": text.title,
        "changes": [
            {
                "how": change.how,
                "name": change.name,
                "support": change.support,
                "was_in": change.was_in,
                "from": change.since,
                "to": change.until,
            }
            for change in text.changes
        ],
    }


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """What was found of a condition as JSON."""
    return {
        "text": finding.text,
        "status": finding.status,
        "found": finding.found,
        "needed": finding.needed,
        "parts": [finding_as_json(part) for part in finding.parts],
    }


def _failure_as_json(failure: Failure) -> dict[str, Any]:
    return {
        "name": failure.name,
        "title": failure.title,
        "kind": failure.kind,
        "support": failure.support,
        "message": failure.message,
        "values": [finding_as_json(finding) for finding in failure.values],
        **_citations_as_json(failure.citations),
        "origin": failure.text or None,
    }


def _binding_as_json(binding: BindingCeiling) -> dict[str, Any]:
    return {
        "name": binding.name,
        "title": binding.title,
        "support": binding.support,
        "on": binding.on,
        "cut": payable_as_json(binding.cut),
        "refuses": binding.refuses,
        "certain": binding.certain,
        "origin": binding.text or None,
    }


def _day_as_json(day: Any) -> Any:
    if day is None:
        return None
    return day.isoformat() if isinstance(day, dt.date) else {"undecided": True}


def _payment_as_json(payment: Payment) -> dict[str, Any]:
    return {
        "name": payment.name,
        "title": payment.title,
        "part": None if payment.part is None else {"number": payment.part[0], "of": payment.part[1]},
        "applies": payment.applies,
        "amount": payable_as_json(payment.amount),
        "due_on": _day_as_json(payment.due_on),
        "due_once": payment.due_once,
        "waits_for": payment.waits_for,
        **_citations_as_json(payment.citations),
    }


def _support_as_json(support: SupportResult) -> dict[str, Any]:
    return {
        "title": support.title,
        "applies": support.applies,
        "only_a_basis": support.only_a_basis,
        "repayable": support.repayable,
        "amount": payable_as_json(support.amount),
        "eligible_cost": payable_as_json(support.eligible_cost),
        "before_ceilings": payable_as_json(support.before_ceilings),
        "lines": [
            {
                "number": line.number,
                "cost": payable_as_json(line.cost),
                "amount": payable_as_json(line.amount),
                "excluded_by": line.excluded_by,
            }
            for line in support.lines
        ],
        "binding": [_binding_as_json(binding) for binding in support.binding],
        "obstacles": [
            {
                "name": o.name,
                "title": o.title,
                "reason": o.reason,
                **_citations_as_json(o.citations),
                "origin": o.text or None,
            }
            for o in support.obstacles
        ],
        "payments": [_payment_as_json(payment) for payment in support.payments],
    }
