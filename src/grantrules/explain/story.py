"""
What was computed, as a tree: the result, each requirement, each support step by step, and the figures behind them.

The tree is read off the outcome that the deciding evaluator traced; nothing is computed again.  It holds every value
twice: exactly, as JSON, and as text in the language of the story.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from attrs import field, frozen

from grantrules import calendars, formats, values
from grantrules import types as ty
from grantrules.answer import AS_OF, Answer, Missing, Notice, TextUsed, Undecidable, field_of
from grantrules.core import ir
from grantrules.core.ir import Citation
from grantrules.evaluate.outcome import Binding, RuleOutcome, StepOutcome, SupportOutcome, Undecided, applying
from grantrules.explain.labels import LABELS, label
from grantrules.explain.shown import Shown, Writer
from grantrules.phrases.speaker import NOTHING, Finding, Speaker

_RATE = ty.Rate()
_MOST_NUMBERS = 12  # Of lines listed one by one in a sentence.


@frozen
class Point:
    """
    A rule, or a condition of a support.

    Args:
        status: `met`, `failed`, `undecided`, `not_applicable`, or `said` for what is only stated.
        because: why it does not apply, or why that is open.
        switched_off: it does not apply whatever the facts are, because of the parameters.
    """

    name: str
    title: str
    status: str
    because: str = ""
    findings: tuple[Finding, ...] = ()
    citations: tuple[Citation, ...] = ()
    message: str = ""
    switched_off: bool = False
    text: str = ""


@frozen
class Line:
    """A line of a support from its cost to its support."""

    number: int | None
    what: str
    base: Shown | None
    cost: Shown
    rate: Shown | None
    amount: Shown
    excluded_by: str = ""


@frozen
class StepTold:
    """
    What one step did.

    Args:
        status: `done`, `left_out`, `undecided`.
        texts: what it did, one clause each.
        before, after: the sums of the lines around it.
        amounts, rates: of each line after it.
        binds: it is a ceiling that cut, or may cut.
        switched_off: it is left out whatever the facts are, because of the parameters.
    """

    name: str
    title: str
    keyword: str
    status: str
    texts: tuple[str, ...]
    before: Shown | None
    after: Shown
    amounts: tuple[Shown, ...]
    rates: tuple[Shown, ...] = ()
    citations: tuple[Citation, ...] = ()
    binds: bool = False
    switched_off: bool = False
    text: str = ""


@frozen
class PaymentTold:
    """
    One instalment.

    Args:
        status: `done`, `left_out` where there is no such instalment, `undecided`.
        texts: how much it is, and when it is due, one clause each.
    """

    name: str
    title: str
    status: str
    amount: Shown
    texts: tuple[str, ...]
    citations: tuple[Citation, ...] = ()


@frozen
class SupportTold:
    """
    How one support came about.

    Args:
        status: `paid`, `basis`, `not_applicable`, `undecided`, or `not_paid` where the application is not eligible.
        gates: the conditions it applies under.
        counts: what it starts from, of each line, in words.
    """

    name: str
    title: str
    status: str
    currency: str
    gates: tuple[Point, ...]
    lines: tuple[Line, ...]
    steps: tuple[StepTold, ...]
    eligible_cost: Shown
    before_ceilings: Shown
    total: Shown
    paid: Shown | None
    citations: tuple[Citation, ...] = ()
    payments: tuple[PaymentTold, ...] = ()
    repayable: bool = False
    text: str = ""
    counts: str = ""


@frozen
class FigureTold:
    """A figure with its value and, where it is chosen by cases, why this case."""

    name: str
    title: str
    keyword: str
    value: Shown
    how: str = ""
    citations: tuple[Citation, ...] = ()
    text: str = ""


@frozen
class Story:
    """The whole explanation in one language."""

    language: str
    programme: str
    title: str
    as_of: Shown | None
    eligible: bool | None
    result: str
    score: Shown | None
    requirements: tuple[Point, ...]
    advice: tuple[Point, ...]
    refusals: tuple[str, ...]
    supports: tuple[SupportTold, ...]
    joint: tuple[StepTold, ...]
    scores: tuple[FigureTold, ...]
    results: tuple[FigureTold, ...]
    figures: tuple[FigureTold, ...]
    parameters: tuple[FigureTold, ...]
    missing: tuple[Missing, ...]
    unset: tuple[FigureTold, ...]
    undecidable: tuple[Undecidable, ...]
    warnings: tuple[Notice, ...]
    duties: tuple[Point, ...]
    notes: tuple[Point, ...]
    promises: tuple[Point, ...] = field(default=())
    texts: tuple[TextUsed, ...] = ()


def tell(answer: Answer) -> Story:
    """The story of an answer; the decision is made again with a trace if it had none."""
    return _Teller(answer).story()


class _Teller:
    """Reads the traced outcome of one answer."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.program = answer.program
        self.outcome = answer.traced
        self.language = answer.language
        self.speaker: Speaker = answer.speaker
        self.writer = Writer(self.program, self.language)

    def say(self, key: str, **facts: str) -> str:
        return label(key, self.language, **facts)

    def story(self) -> Story:
        answer = self.answer
        return Story(
            language=self.language,
            programme=self.program.about.name,
            title=answer.title(self.program.about),
            as_of=self._as_of(),
            eligible=answer.eligible,
            result=self._result(),
            score=None if answer.score is None else self.shown(answer._score(), ty.Points()),  # noqa: SLF001 - It is of the same house.
            requirements=tuple(self._points("require")),
            advice=tuple(self._points("advise")),
            refusals=tuple(f"{f.title}: {f.message}" for f in answer.failed if f.kind != "requirement"),
            supports=tuple(self._support(s) for s in answer.declared.values()),
            joint=tuple(self._joints()),
            scores=tuple(self._figures(self.program.scores)),
            results=tuple(self._figures(self.program.results)),
            figures=(*self._figures(self._others()), *self._roundings(), *self._calendars()),
            parameters=tuple(self._parameters()),
            missing=answer.missing,
            unset=tuple(p for p in self._parameters() if p.name in answer.unset),
            undecidable=answer.undecidable,
            warnings=answer.warnings,
            duties=tuple(self._points("duty")),
            notes=tuple(self._points("note")),
            promises=tuple(p for p in self._points("promise") if p.status == "failed"),
            texts=answer.texts,
        )

    # ---- values ----------------------------------------------------------------------------------------------

    def shown(self, value: Any, kind: ty.Type) -> Shown:
        """A value to be shown."""
        return self.writer.shown(value, kind)

    def text(self, value: Any, kind: ty.Type) -> str:
        """A value as people read it; an open one by its bounds."""
        return self.writer.text(value, kind)

    def money(self, value: Any, currency: str) -> Shown:
        return self.shown(value, ty.Money(currency))

    # ---- the result ------------------------------------------------------------------------------------------

    def _as_of(self) -> Shown | None:
        value = self.outcome.figures.get(AS_OF)
        return None if value is None else self.shown(value, ty.Date())

    def _result(self) -> str:
        answer = self.answer
        if answer.eligible is False:
            return self.say("not_eligible")
        amount = self._support_text(repayable=False)
        loan = self._support_text(repayable=True)
        if loan:
            loan = self.say("to_be_repaid", amount=loan)
            amount = f"{amount}; {loan}" if amount else loan
        if answer.eligible is None:
            return self.say("open_for", amount=amount) if amount else self.say("open")
        if not amount:
            return self.say("eligible")
        decided = not isinstance(answer.outlay, values.Range)
        return self.say("eligible_for" if decided else "eligible_open", amount=amount)

    def _support_text(self, *, repayable: bool) -> str:
        """The sum of all that is paid, repayable or not; in several currencies, one sum beside the other."""
        by_currency: dict[str, list[Any]] = {}
        for name, value in self.outcome.paid.items():
            support = self.answer.declared[name]
            if value is not None and support.repayable is repayable:
                by_currency.setdefault(support.currency, []).append(value)
        from_each = (self.money(_total(v), currency).text for currency, v in by_currency.items())
        return " + ".join(from_each)

    # ---- rules -----------------------------------------------------------------------------------------------

    def _points(self, kind: str) -> Iterator[Point]:
        for rule, outcome in self.answer.rules:
            precise = rule.about.keyword == "precision" and outcome.status != "failed"
            if rule.kind == kind and not precise:
                yield self._point(rule, outcome)

    def _point(self, rule: ir.Rule, outcome: RuleOutcome) -> Point:
        about = rule.about
        because = ""
        if outcome.status == "not_applicable" and rule.when is not None:
            because = self.say("because", reason=self.speaker.reason(rule.when, holds=False))
        elif isinstance(outcome.when, Undecided):
            because = self.say("maybe", reason=self.speaker.because(outcome.when.causes))
        message = about.messages.get(self.language) or about.messages.get(self.program.language) or ""
        only_said = rule.kind in ("duty", "note") and not rule.conditions
        status = "said" if only_said and outcome.status != "not_applicable" else outcome.status
        return Point(
            about.name,
            self.answer.title(about),
            status,
            because,
            self.answer.findings(rule, outcome),
            about.citations,
            message if outcome.status == "failed" else "",
            status == "not_applicable" and self.switched_off(rule.when),
            text=about.text,
        )

    def switched_off(self, when: ir.Expr | None) -> bool:
        """Whether the parameters alone make a condition false."""
        return when is not None and self.value_is(when, holds=False) and self._settled(when, holds=False)

    def value_is(self, expr: ir.Expr, *, holds: bool) -> bool:
        value = self.speaker.value_of(expr)
        return value is holds

    def _settled(self, expr: ir.Expr, *, holds: bool) -> bool:
        """Whether a condition that holds, or does not, would be so with any other facts."""
        match expr:
            case ir.Not(part):
                return self._settled(part, holds=not holds)
            case ir.And(parts) | ir.Or(parts) if isinstance(expr, ir.Or) is holds:
                return any(self.value_is(p, holds=holds) and self._settled(p, holds=holds) for p in parts)
            case ir.And(parts) | ir.Or(parts):
                return all(self._settled(p, holds=holds) for p in parts)
            case ir.Ref(name) if name not in self.program.parameters and name in self.answer.lets:
                return self._settled(self.answer.lets[name].value, holds=holds)
            case ir.Const():
                return True
            case _:
                return self._only_parameters(expr)

    def _only_parameters(self, expr: ir.Expr) -> bool:
        match expr:
            case ir.Fact() | ir.Row():
                return False
            case ir.Ref(name) if name not in self.program.parameters:
                return name in self.answer.lets and self._only_parameters(self.answer.lets[name].value)
            case _:
                return all(map(self._only_parameters, ir.children(expr)))

    # ---- supports --------------------------------------------------------------------------------------------

    def _support(self, support: ir.Support) -> SupportTold:
        found = self.outcome.supports[support.name]
        currency = support.currency
        paid = self.outcome.paid.get(support.name)
        return SupportTold(
            name=support.name,
            title=self.answer.title(support.about),
            status=self._status(support, found),
            currency=currency,
            gates=tuple(self._gates(support, found)),
            lines=tuple(self._lines(support, found)),
            steps=tuple(self._steps(support, found)),
            eligible_cost=self.money(found.eligible_cost, currency),
            before_ceilings=self.money(found.before_ceilings, currency),
            total=self.money(found.total, currency),
            paid=None if paid is None else self.money(paid, currency),
            citations=support.about.citations,
            text=support.about.text,
            payments=tuple(self._payments(support, found)),
            repayable=support.repayable,
            counts=self.speaker.noun(support.base).strip("“”"),
        )

    # ---- when it is paid -------------------------------------------------------------------------------------

    def _payments(self, support: ir.Support, found: SupportOutcome) -> Iterator[PaymentTold]:
        if found.applies is False or self.answer.eligible is False:
            return
        for each in self.program.payments.get(support.name, ()):
            there = True if each.applies is None else self.outcome.figures[each.applies]
            title = self.answer.title(each.about)
            if each.part is not None:
                number, of = map(str, each.part)
                title = self.say("part_of", title=title, number=number, of=of)
            yield PaymentTold(
                name=each.about.name,
                title=title,
                status=_done(there),
                amount=self.money(self.outcome.figures[each.amount], support.currency),
                texts=tuple(self._of_payment(each, there, support)),
                citations=each.about.citations,
            )

    def _of_payment(self, each: ir.Instalment, there: Any, support: ir.Support) -> Iterator[str]:
        money = ty.Money(support.currency)
        if there is False and each.applies is not None:
            condition = self.answer.lets[each.applies].value
            yield self.say("left_out", reason=self.speaker.reason(condition, holds=False))
            return
        if isinstance(there, Undecided):
            yield self.say("left_out_open", reason=self.speaker.because(there.causes))
        share = NOTHING if each.share is None else self.speaker.value_of(each.share)
        if isinstance(share, Undecided):
            yield self.speaker.because(share.causes)
        elif each.share is not None and isinstance(each.share.type, ty.Rate) and share is not NOTHING:
            paid = self.text(self.outcome.paid.get(support.name), money)
            yield self.speaker.share(self.text(share, each.share.type), paid)
        elif each.share is None and each.part is None:
            yield self.say("the_rest")
        limit = NOTHING if each.limit is None else self.speaker.value_of(each.limit)
        if limit is not NOTHING:
            yield self.say("limit", limit=self.text(limit, money))
        yield from self._due(each)

    def _due(self, each: ir.Instalment) -> Iterator[str]:
        if each.due_on is not None:
            yield self.say("due_on", date=self.text(self.outcome.figures[each.due_on], ty.Date()))
        if each.due_once is not None:
            condition = self.answer.lets[each.due_once].value
            if self.outcome.figures[each.due_once] is True:
                yield self.say("due_now", reason=self.speaker.reason(condition, holds=True))
            else:
                yield self.say("due_once", what=self.answer.waits_for(each) or "")
        elif each.after:
            yield self.say("due_after", what=self.answer.waits_for(each) or "")

    def _status(self, support: ir.Support, found: SupportOutcome) -> str:
        if found.applies is False:
            return "not_applicable"
        if self.answer.eligible is False and not support.only_a_basis:
            return "not_paid"
        if isinstance(found.applies, Undecided):
            return "undecided"
        return "basis" if support.only_a_basis else "paid"

    def _gates(self, support: ir.Support, found: SupportOutcome) -> Iterator[Point]:
        for number, gate in enumerate(support.gates):
            truth = self.speaker.value_of(gate.condition)
            if truth is NOTHING:
                truth = number not in found.closed
            finding = self.speaker.finding(gate.condition, truth)
            yield Point(
                gate.about.name,
                self.answer.title(gate.about),
                finding.status,
                findings=(finding,),
                citations=gate.about.citations if gate.about.name != support.name else (),
                text=gate.about.text,
            )

    def _lines(self, support: ir.Support, found: SupportOutcome) -> Iterator[Line]:
        bases = self._bases(support, found)
        rates = next((s.rates for s in reversed(found.steps) if s.rates), ())
        rows = self.answer.rows(support)
        titles = {step.about.name: self.answer.title(step.about) for step in support.steps}
        for at, (amount, cost, excluded) in enumerate(zip_longest(found.lines, found.costs, found.excluded)):
            if amount is None and cost is None:
                continue
            base = bases[at] if at < len(bases) else None
            rate = rates[at] if at < len(rates) else None
            number, what = self._row(support, rows, at)
            yield Line(
                number=number,
                what=what,
                base=None if base is None else self.money(base, support.currency),
                cost=self.money(Fraction(0) if cost is None else cost, support.currency),
                rate=None if rate is None else self.shown(rate, ty.Rate()),
                amount=self.money(amount, support.currency),
                excluded_by=titles.get(excluded, excluded) if excluded else "",
            )

    def _row(self, support: ir.Support, rows: Sequence[Any] | None, at: int) -> tuple[int | None, str]:
        if support.list is None:
            return (1, "") if at == 0 else (None, self.say("addition"))
        if rows is None:
            return (None, self.say("all_rows")) if at == 0 else (None, self.say("addition"))
        if at >= len(rows):
            return None, self.say("addition")
        return at + 1, self._described(support.list, rows[at])

    def _described(self, list_: ir.Expr, row: Any) -> str:
        """What a row is about: the first of its fields that is a choice, a code or a text, and is always asked for."""
        if not isinstance(list_.type, ty.List) or not isinstance(row, tuple):
            return ""
        for place, definition in enumerate(self.program.records[list_.type.record].fields):
            value = row[place]
            if definition.optional or definition.default is not ir.UNKNOWN:
                continue
            if isinstance(definition.type, (ty.Choice, ty.Text, *ty.CODES)) and isinstance(value, str):
                return values.as_text(value, definition.type, self.program, self.language)
        return ""

    def _bases(self, support: ir.Support, found: SupportOutcome) -> tuple[Any, ...]:
        """The base of each line, where the facts or the first step show it."""
        if support.list is None:
            base = self.speaker.value_of(support.base)
            return (None if base is NOTHING else base,)
        rows = self.answer.rows(support)
        match support.base:
            case ir.Field(ir.Row(), name) if rows is not None and isinstance(support.list.type, ty.List):
                record = support.list.type.record
                definition = next((f for f in self.program.records[record].fields if f.name == name), None)
                if definition is not None and definition.scale is not None:
                    raws = (field_of(self.program, record, row, name) for row in rows)
                    unit = 10**definition.scale
                    return tuple(Fraction(raw, unit) if isinstance(raw, int) else None for raw in raws)
            case _:
                pass
        first = found.steps[0] if found.steps else None
        if first is None or not isinstance(support.steps[0], ir.Keep) or not first.figures:
            return ()
        return tuple(
            amount if kept is True else None
            for amount, kept in zip(first.amounts, first.figures, strict=False)
        )

    # ---- steps -----------------------------------------------------------------------------------------------

    def _steps(self, support: ir.Support, found: SupportOutcome) -> Iterator[StepTold]:
        bases = self._bases(support, found)
        before: tuple[Any, ...] | None = bases if bases and None not in bases else None
        abouts = {b.step: b for b in found.binding}
        told = _Steps(self, support, found)
        money = ty.Money(support.currency)
        for step, outcome in zip(support.steps, found.steps, strict=False):
            after = outcome.amounts
            yield StepTold(
                name=step.about.name,
                title=self._step_title(step),
                keyword=step.about.keyword,
                status=_done(outcome.done),
                texts=tuple(told.texts(step, outcome, before, abouts.get(step.about.name))),
                before=None if before is None else self.money(_total(before), support.currency),
                after=self.money(_total(after), support.currency),
                amounts=self.writer.all_shown(after, money),
                rates=self.writer.all_shown(outcome.rates, _RATE),
                citations=step.about.citations,
                text=step.about.text,
                binds=step.about.name in abouts,
                switched_off=outcome.done is False and self.switched_off(step.when),
            )
            before = after

    def _step_title(self, step: ir.AnyStep) -> str:
        """Its title; of a step without one what kind it is, with its name, because there may be several of a kind."""
        if step.about.titles:
            return self.answer.title(step.about)
        key = "apply_step" if isinstance(step, ir.Apply) else f"{step.about.keyword}_step"
        if key not in LABELS:
            return self.answer.title(step.about)
        if isinstance(step, ir.Apply | ir.RoundLines):
            return self.say(key)
        return f"{self.say(key)} ({self.answer.title(step.about)})"

    def _joints(self) -> Iterator[StepTold]:
        bindings = {b.step: b for b in self.outcome.joint}
        for joint in self.answer.joints.values():
            currency = self.answer.declared[joint.over[0]].currency
            binding = bindings.get(joint.about.name)
            when = True if joint.when is None else self.speaker.value_of(joint.when)
            limit = self.speaker.value_of(joint.limit)
            texts = []
            if when is False and joint.when is not None:
                texts.append(self.say("left_out", reason=self.speaker.reason(joint.when, holds=False)))
            else:
                if limit is not NOTHING:
                    texts.append(self.say("limit", limit=self.text(limit, ty.Money(currency))))
                texts.append(self.binding(binding, currency))
            after = [self.outcome.paid.get(name) for name in joint.over]
            yield StepTold(
                name=joint.about.name,
                title=self.answer.title(joint.about),
                keyword=joint.about.keyword,
                status=_done(when),
                texts=tuple(texts),
                before=None,
                after=self.money(_total([a for a in after if a is not None]), currency),
                amounts=tuple(self.money(a, currency) for a in after),
                citations=joint.about.citations,
                text=joint.about.text,
                binds=binding is not None,
                switched_off=when is False and self.switched_off(joint.when),
            )

    def binding(self, binding: Binding | None, currency: str) -> str:
        """What a ceiling did."""
        if binding is None:
            return self.say("not_reached")
        money = ty.Money(currency)
        if binding.certain:
            return self.say("refuses" if binding.refuses else "cuts", amount=self.text(binding.cut, money))
        if isinstance(binding.cut, Undecided) and not binding.cut.lowest:
            if binding.cut.highest is None:
                return self.say("may_cut_something")
            return self.say("may_cut_up_to", amount=self.text(binding.cut.highest, money))
        return self.say("may_cut", amount=self.text(binding.cut, money))

    # ---- figures ---------------------------------------------------------------------------------------------

    def _others(self) -> Iterator[str]:
        """Definitions and tables: the figures that are neither parameter, score nor result, nor made by the compiler."""
        told = {*self.program.parameters, *self.program.scores, *self.program.results, AS_OF}
        for name, let in self.answer.lets.items():
            if (
                name not in told
                and "'s " not in name
                and let.about.keyword in ("define", "table", "exception")
            ):
                yield name

    def _figures(self, names: Iterable[str]) -> Iterator[FigureTold]:
        for name in names:
            let = self.answer.lets[name]
            value = self.outcome.figures.get(name)
            yield FigureTold(
                name,
                self.answer.title(let.about),
                let.about.keyword,
                self.shown(value, let.value.type),
                self._how(let.value, value),
                let.about.citations,
                text=let.about.text,
            )

    def _roundings(self) -> Iterator[FigureTold]:
        """The roundings that have a name and that figures are rounded by."""
        for rule in self.program.roundings:
            how = self.speaker.rounding(rule.mode, self.text(rule.step, rule.type))
            yield FigureTold(
                rule.about.name,
                self.answer.title(rule.about),
                "rounding",
                self.writer.shown(None, rule.type, how),
                citations=rule.about.citations,
                text=rule.about.text,
            )

    def _calendars(self) -> Iterator[FigureTold]:
        """The calendars that deadlines are counted in."""
        for each in self.program.calendars:
            first, last = (str(calendars.year_of(day)) for day in (each.first, each.last))
            number = formats.number(Fraction(len(each.holidays)), self.language)
            yield FigureTold(
                each.about.name,
                self.answer.title(each.about),
                "calendar",
                self.writer.shown(
                    None, ty.Date(), self.say("calendar_years", first=first, last=last, number=number)
                ),
                citations=each.about.citations,
                text=each.about.text,
            )

    def _how(self, expr: ir.Expr, value: Any) -> str:
        """Which case was taken, or what is open."""
        if isinstance(value, Undecided):
            return "" if applying(value) is None else self.speaker.because(value.causes)
        if isinstance(expr, ir.Choose) and expr.what:
            for condition, _ in expr.arms:
                if self.speaker.value_of(condition) is True and not isinstance(condition, ir.Const):
                    return self.say("case", reason=self.speaker.reason(condition, holds=True))
        return ""

    def _parameters(self) -> Iterator[FigureTold]:
        for name, definition in self.program.parameters.items():
            value = self.answer.parameter_value(definition)
            told = self.shown(value, definition.type)
            open_ = value is None or isinstance(value, Undecided)
            yield FigureTold(
                name,
                self.answer.title(definition.about),
                "parameter",
                self.writer.shown(None, definition.type, self.say("not_set")) if open_ else told,
                "",
                definition.about.citations,
                text=definition.about.text,
            )


def _done(done: Any) -> str:
    if isinstance(done, Undecided):
        return "undecided"
    return "left_out" if done is False else "done"


def _total(amounts: Iterable[Any]) -> Any:
    there = [a for a in amounts if a is not None]
    if not any(isinstance(a, Undecided) for a in there):
        return sum(there, Fraction(0))
    ends: list[Any] = []
    for end in ("lowest", "highest"):
        parts = [getattr(a, end) if isinstance(a, Undecided) else a for a in there]
        ends.append(None if None in parts else sum(parts, Fraction(0)))
    causes = frozenset().union(*(a.causes for a in there if isinstance(a, Undecided)))
    return Undecided(causes, *ends)


class _Steps:
    """What each kind of step did, in clauses."""

    def __init__(self, teller: _Teller, support: ir.Support, found: SupportOutcome) -> None:
        self.teller = teller
        self.support = support
        self.found = found
        self.kind = ty.Money(support.currency)
        self.say = teller.say
        rows = teller.answer.rows(support)
        self.rows = 0 if support.list is None or rows is None else len(rows)
        self.rates: tuple[Any, ...] = ()

    def texts(
        self, step: ir.AnyStep, outcome: StepOutcome, before: tuple[Any, ...] | None, binding: Binding | None
    ) -> Iterator[str]:
        speaker = self.teller.speaker
        if outcome.done is False:
            if step.when is not None:
                yield self.say("left_out", reason=speaker.reason(step.when, holds=False))
            return
        if isinstance(outcome.done, Undecided):
            yield self.say("left_out_open", reason=speaker.because(outcome.done.causes))
        yield from self._done(step, outcome, before, binding)

    def _done(
        self, step: ir.AnyStep, outcome: StepOutcome, before: tuple[Any, ...] | None, binding: Binding | None
    ) -> Iterator[str]:
        match step:
            case ir.Keep() | ir.Pick():
                yield self._excluded(step.about.name)
            case ir.Ceiling():
                yield from self._ceiling(step, outcome, binding)
            case ir.Rate() | ir.Raise():
                yield from self._rates(outcome)
            case ir.RateCeiling():
                yield from self._rates(outcome)
                yield self.teller.binding(binding, self.support.currency)
            case ir.Apply():
                cost = self.text(self.found.eligible_cost)
                yield self.say("applied", cost=cost, amount=self.text(_total(outcome.amounts)))
            case ir.Scale():
                factors = [f for f in outcome.figures if f is not None]
                yield from (self.say("factor", factor=f) for f in self._once(factors, ty.Rate()))
            case ir.Supplement():
                yield from (self.say("adds", amount=a) for a in self._once(outcome.figures, self.kind))
            case ir.Floor(how):
                yield from self._floor(how, outcome, before)
            case ir.RoundLines(mode, size, place):
                step_text = self.teller.text(size, self.kind)
                yield f"{self.teller.speaker.rounding(mode, step_text)}, {self.say(place)}"

    def text(self, value: Any) -> str:
        return self.teller.text(value, self.kind)

    def _once(self, figures: Iterable[Any], kind: ty.Type) -> Iterator[str]:
        return iter(dict.fromkeys(self.teller.text(f, kind) for f in figures if f is not None))

    def _excluded(self, name: str) -> str:
        out = [n for n, by in enumerate(self.found.excluded, 1) if by == name]
        return self.say("excludes", lines=self._lines(out)) if out else self.say("unchanged")

    def _lines(self, numbers: Sequence[int]) -> str:
        if self.rows and len(numbers) == self.rows:
            return self.say("every_line")
        listed = ", ".join(map(str, numbers[:_MOST_NUMBERS])) + (
            ", …" if len(numbers) > _MOST_NUMBERS else ""
        )
        return self.say("one_line" if len(numbers) == 1 else "lines", numbers=listed)

    def _ceiling(self, step: ir.Ceiling, outcome: StepOutcome, binding: Binding | None) -> Iterator[str]:
        if step.limit is None:
            yield self.say("no_ceiling")
            return
        limits = list(self._once(outcome.figures, self.kind))
        if len(limits) == 1:
            yield self.say("limit", limit=limits[0])
        yield self.teller.binding(binding, self.support.currency)

    def _rates(self, outcome: StepOutcome) -> Iterator[str]:
        by_rate: dict[str, list[int]] = {}
        before = self.rates or (None,) * len(outcome.rates)
        for number, (old, rate) in enumerate(zip(before, outcome.rates, strict=True), 1):
            if rate is not None and rate != old:
                by_rate.setdefault(self.teller.text(rate, ty.Rate()), []).append(number)
        self.rates = outcome.rates
        if not by_rate:
            yield self.say("unchanged")
        for rate_text, numbers in by_rate.items():
            if self.support.list is None:
                yield rate_text
            else:
                yield self.say("rate_of", rate=rate_text, lines=self._lines(numbers))

    def _floor(self, how: str, outcome: StepOutcome, before: tuple[Any, ...] | None) -> Iterator[str]:
        floor = next(iter(self._once(outcome.figures, self.kind)), "")
        changed = before is None or _total(before) != _total(outcome.amounts)
        if not changed:
            yield self.say("unchanged")
        else:
            yield self.say("raises" if how == "raised_to" else "pays_nothing", amount=floor)
