"""
One application, or many, decided under two programmes: what the second decides otherwise than the first.

The two may be any programmes, or two versions of one: a base and its amendment, the rules of two days, two readings.  A
pure function over two decisions; what each of them is made of was computed by the evaluator that decided it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

from attrs import frozen

from grantrules import formats, values
from grantrules import types as ty
from grantrules.answer import AS_OF, ELIGIBLE, Answer, citation_as_json, payable_as_json
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.decision import Decision
from grantrules.diagnostics import Words, spoken
from grantrules.explain import markup, text
from grantrules.explain.beside import Sides, beside, signed
from grantrules.explain.differences import Differences, Effect, FigureBeside, SupportBeside, differences
from grantrules.explain.labels import label
from grantrules.explain.page import Block, Heading, Item, Items, Sentence, Table, Verdict
from grantrules.explain.story import Point, StepTold
from grantrules.facts.reader import left_out
from grantrules.quantities import Money
from grantrules.render import json_text
from grantrules.values import Amount, Range

VERSION = 1
"""The version of the JSON shape of a comparison."""

Change: TypeAlias = Literal["same", "more", "less", "gained", "lost", "otherwise", "not_decided"]
Layout: TypeAlias = Literal["text", "markdown", "html", "json"]

CHANGES: dict[Change, Words] = {
    "same": Words("the same answer", "sonuç aynı"),
    "more": Words("more support", "daha fazla destek"),
    "less": Words("less support", "daha az destek"),
    "gained": Words("eligible now, and was not", "uygun değildi, uygun oldu"),
    "lost": Words("not eligible any more", "uygundu, artık değil"),
    "otherwise": Words("the same sum, and something else differs", "tutar aynı, başka bir şey farklı"),
    "not_decided": Words("not decided yet", "henüz karara bağlanamıyor"),
}
_LAYOUTS = ("text", "markdown", "html", "json")
_ZERO = Fraction(0)


# ---- one application -----------------------------------------------------------------------------------------------


class Comparison:
    """
    One application under two programmes, or two versions of one.

    Args:
        first, second: the two decisions.
        names: what the two are called: their programmes, or what they are set to where that is one and the same.
        asked: the facts that one side alone asks for and that were given, for each side, as paths without rows.
    """

    __slots__ = ("__dict__", "asked", "first", "language", "names", "second")

    def __init__(
        self,
        first: Decision,
        second: Decision,
        *,
        names: tuple[str, str],
        asked: tuple[tuple[str, ...], tuple[str, ...]],
        language: str,
    ) -> None:
        self.first = first
        self.second = second
        self.names = names
        self.asked = asked
        self.language = language

    def __repr__(self) -> str:
        return f"<Comparison of {self.names[0]} and {self.names[1]}: {self.change}>"

    # ---- the answer ----------------------------------------------------------------------------------------------

    @cached_property
    def change(self) -> Change:
        """
        What the second decides otherwise: `same`, `more`, `less`, `gained` and `lost` (eligible on one side alone),
        `otherwise` (the same sum, but another support, result or score), `not_decided` (one side is open).
        """
        one, other = self.first, self.second
        if None in (one.eligible, other.eligible) or _is_open(one.support) or _is_open(other.support):
            return "not_decided"
        if one.eligible is not other.eligible:
            return "gained" if other.eligible else "lost"
        gap = self.difference
        if isinstance(gap, Money | values.UnroundedMoney) and gap.fraction:
            return "more" if gap.fraction > 0 else "less"
        return "same" if _said(one) == _said(other) else "otherwise"

    @property
    def same(self) -> bool:
        """Whether both decide alike: eligible or not, every support, the results and the scores."""
        return self.change == "same"

    @cached_property
    def difference(self) -> Amount | Range | None:
        """
        The support of the second less that of the first; who is not eligible gets nothing.

        A `Range` while one is open; `None` where there is no support, or the currencies differ.
        """
        amounts = [self.first.support, self.second.support]
        currencies = {_currency(each) for each in amounts if each is not None}
        if len(currencies) != 1:
            return None
        currency = currencies.pop()
        (low_one, high_one), (low_other, high_other) = (_ends(each) for each in amounts)
        lowest = None if low_other is None or high_one is None else low_other - high_one
        highest = None if high_other is None or low_one is None else high_other - low_one
        if currency is None:
            return Range(None, None)
        ends = [None if end is None else values.money(end, currency) for end in (lowest, highest)]
        if ends[0] is not None and not any(map(_is_open, amounts)):
            return ends[0]
        return Range(*ends)

    def answers(self, language: str) -> tuple[Answer, Answer]:
        """What each side answers, in a language."""
        first, second = (each._answer(language) for each in (self.first, self.second))  # noqa: SLF001 - It is of the same house.
        return first, second

    # ---- on paper ------------------------------------------------------------------------------------------------

    def to_dict(self, *, language: str | None = None) -> dict[str, Any]:
        """The comparison as plain JSON data, in the shape that `docs/comparing.md` describes."""
        found = self._found(language)
        return {
            "version": VERSION,
            "language": found.language,
            "change": self.change,
            "same": self.same,
            "difference": payable_as_json(self.difference),
            "first": self._side(0, found.language),
            "second": self._side(1, found.language),
            "supports": [_support_as_json(each) for each in found.supports],
            "rules": [
                {
                    "name": each.name,
                    "title": each.title,
                    "kind": each.kind,
                    "decides": each.decides,
                    "first": _point_as_json(each.first),
                    "second": _point_as_json(each.second),
                }
                for each in found.rules
            ],
            "ceilings": [
                {
                    "name": each.name,
                    "title": each.title,
                    "support": each.support,
                    "first": _step_as_json(each.first),
                    "second": _step_as_json(each.second),
                }
                for each in found.ceilings
            ],
            "figures": [_figure_as_json(each) for each in found.figures],
            "parameters": [_figure_as_json(each) for each in found.parameters],
            "results": [_figure_as_json(each) for each in found.results],
        }

    def _side(self, place: int, language: str) -> dict[str, Any]:
        decision = (self.first, self.second)[place]
        answer = self.answers(language)[place]
        return {
            "name": self.names[place],
            "programme": decision.programme,
            "title": answer.title(answer.program.about),
            "as_of": answer.figure_as_json(AS_OF),
            "eligible": answer.eligible,
            "support": payable_as_json(answer.support),
            "failed": [each.name for each in answer.failed],
            "missing": [each.path for each in answer.missing],
            "asked_alone": list(self.asked[place]),
            "record_id": decision.record_id,
        }

    def to_json(self, *, language: str | None = None) -> str:
        """The same as JSON text."""
        return json_text(self.to_dict(language=language))

    def explain(self, language: str | None = None, format: Layout = "text") -> str:
        """
        What the second decides otherwise, and why: amounts, steps, rules, ceilings, figures, with their sources.

        Args:
            language: "en" or "tr"; where it is left out, that of the comparison.
            format: "text", "markdown", "html" or "json".
        """
        if format == "json":
            return self.to_json(language=language)
        return _laid_out(self.blocks(language), language or self.language, format, " / ".join(self.names))

    def blocks(self, language: str | None = None) -> tuple[Block, ...]:
        """The explanation as the blocks of a page."""
        found = self._found(language)
        return beside(self._sides(found), found)

    def _found(self, language: str | None) -> Differences:
        return differences(*self.answers(language or self.language))

    def _sides(self, found: Differences) -> Sides:
        language = found.language
        results = [story.result for story in found.stories]
        if self.same:
            verdict = f"{label('same_answer', language)}: {results[1]}"
        else:
            verdict = label("becomes", language, first=results[0], second=results[1])
            gap = self.in_words(language)
            verdict += f" ({gap})" if gap else ""
        titles = tuple(
            tuple(_fact_title(answer, path) for path in paths)
            for answer, paths in zip(self.answers(language), self.asked, strict=True)
        )
        rows = tuple(self._rows(found))
        return Sides(self.names, verdict, self.same, rows, (titles[0], titles[1]))

    def in_words(self, language: str) -> str:
        """The difference of the sums in words; nothing where there is none to tell."""
        gap = self.difference
        if gap is None or self.change in ("same", "otherwise"):
            return ""
        if gap == Range(None, None):
            return ""
        if isinstance(gap, Range):
            shown = " … ".join(
                "?" if end is None else signed(end.fraction, end.currency, language)
                for end in (gap.lowest, gap.highest)
            )
            return label("between_more", language, range=shown)
        amount = formats.amount(abs(gap.fraction), gap.currency, language)
        if not gap.fraction:
            return label("no_more", language)
        return label("more" if gap.fraction > 0 else "less", language, amount=amount)

    def _rows(self, found: Differences) -> Iterator[tuple[str, str, str, str]]:
        """What the two answers say, figure by figure."""
        language = found.language
        answers = self.answers(language)
        said = [ELIGIBLE[each.eligible][language] for each in answers]
        yield label("outcome", language), said[0], said[1], ""
        paid: list[tuple[str, list[Any]]] = []
        if len(found.supports) != 1 and any(each.support is not None for each in answers):
            paid.append((label("whole_support", language), [each.support for each in answers]))
        paid += [(each.title, [_amount_of(a, each.name) for a in answers]) for each in found.supports]
        for title, amounts in paid:
            if amounts == [None, None] and len(paid) > 1:
                continue
            one, other = (_shown(each, language) for each in amounts)
            yield title, one, other, _gap(amounts, language)
        for figure in found.results:
            yield figure.title, figure.first.value.text, figure.second.value.text, ""


def _amount_of(answer: Answer, support: str) -> Any:
    found = answer.supports.get(support)
    return None if found is None else found.amount


def _shown(amount: Any, language: str) -> str:
    match amount:
        case None:
            return label("not_available", language)
        case Range(lowest, highest):
            return " – ".join("?" if each is None else _shown(each, language) for each in (lowest, highest))
        case _:
            return formats.amount(amount.fraction, amount.currency, language)


def _gap(amounts: list[Any], language: str) -> str:
    """The difference of two amounts where both are settled; who gets none gets nothing."""
    there = [each for each in amounts if each is not None]
    if not there or any(map(_is_open, there)) or len({each.currency for each in there}) != 1:
        return ""
    one, other = (_ZERO if each is None else each.fraction for each in amounts)
    return signed(other - one, there[0].currency, language)


def _is_open(amount: Any) -> bool:
    return isinstance(amount, Range)


def _ends(amount: Any) -> tuple[Fraction | None, Fraction | None]:
    if amount is None:
        return _ZERO, _ZERO
    if isinstance(amount, Range):
        lowest, highest = (None if end is None else end.fraction for end in (amount.lowest, amount.highest))
        return lowest, highest
    return amount.fraction, amount.fraction


def _currency(amount: Any) -> str | None:
    if isinstance(amount, Range):
        return next((str(end.currency) for end in (amount.lowest, amount.highest) if end is not None), None)
    return str(amount.currency)


def _said(decision: Decision) -> Any:
    """What an answer comes to, without what the two call it."""
    paid = {name: each.amount for name, each in decision.supports.items() if each.amount is not None}
    return decision.eligible, paid, decision.repayable, dict(decision.results), dict(decision.scores)


# ---- what the two ask for ------------------------------------------------------------------------------------------


def sides(first: Decision, second: Decision) -> tuple[str, str]:
    """What the two sides are called, so that each name means one of them."""
    names = first.programme, second.programme
    if names[0] != names[1]:
        return names
    days = tuple(_day(each) for each in (first, second))
    if days[0] != days[1]:
        return days[0] or names[0], days[1] or names[1]
    readings = [dict(each.parameters) for each in (first, second)]
    set_here = [
        ", ".join(f"{n}={_reading(own[n])}" for n in own if n not in twin or own[n] != twin[n])
        for own, twin in (readings, readings[::-1])
    ]
    if set_here[0] == set_here[1]:
        return f"{names[0]} (1)", f"{names[1]} (2)"
    return set_here[0] or names[0], set_here[1] or names[1]


def _day(decision: Decision) -> str:
    return "" if decision.as_of is None else str(decision.as_of)


def _reading(value: Any) -> str:
    return "?" if value is None else {True: "yes", False: "no"}.get(value, str(value))


def asked_alone(own: ir.Program, facts: Facts, other: ir.Program) -> tuple[str, ...]:
    """The facts given to a programme that another one does not ask for, as paths without rows."""
    found: dict[str, None] = {}

    def walk(record: ir.RecordDef, row: tuple[Any, ...], theirs: ir.RecordDef | None, place: str) -> None:
        twins = {} if theirs is None else {each.name: each for each in theirs.fields}
        for each, value in zip(record.fields, row, strict=True):
            if value is ir.UNKNOWN or value == left_out(each):
                continue
            path = f"{place}.{each.name}" if place else each.name
            twin = twins.get(each.name)
            if twin is None:
                found.setdefault(path)
                continue
            match each.type, twin.type:
                case ty.List(one), ty.List(another):
                    for inner in value:
                        walk(own.records[one], inner, other.records[another], path)
                case ty.Record(one), ty.Record(another) if value is not None:
                    walk(own.records[one], value, other.records[another], path)
                case _:
                    pass

    walk(own.application, facts.values, other.application, "")
    return tuple(found)


def _fact_title(answer: Answer, path: str) -> str:
    """What people call a fact, and its path."""
    record, title = answer.program.application, path
    for name in path.split("."):
        field = next(each for each in record.fields if each.name == name)
        title = values.titled(field.titles, name, answer.language)
        kind = field.type
        if isinstance(kind, ty.List):
            record = answer.program.records[kind.record]
        elif isinstance(kind, ty.Record):
            record = answer.program.records[kind.name]
    return f"{title} ({path})"


# ---- many applications ---------------------------------------------------------------------------------------------


@frozen
class Comparisons:
    """
    Many applications under two programmes.

    Args:
        names: what the two are called.
        entries: each application by its name, in the order in which they came.
    """

    names: tuple[str, str]
    language: str
    entries: Mapping[str, Comparison]

    def __getitem__(self, id: str) -> Comparison:
        """The comparison of one application."""
        return self.entries[id]

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def counts(self) -> dict[Change, int]:
        """How many applications each change befalls."""
        found = [each.change for each in self.entries.values()]
        return {change: found.count(change) for change in CHANGES}

    @property
    def changed(self) -> dict[str, Comparison]:
        """Those that are decided, and otherwise."""
        settled = ("same", "not_decided")
        return {name: each for name, each in self.entries.items() if each.change not in settled}

    @property
    def open(self) -> dict[str, Comparison]:
        """Those that are not decided yet under one of the two, or under both."""
        return {name: each for name, each in self.entries.items() if each.change == "not_decided"}

    @property
    def difference(self) -> Amount | None:
        """The sum of all differences that are settled; `None` where nothing is paid, or in several currencies."""
        settled = [each.difference for each in self.entries.values() if each.change != "not_decided"]
        amounts = [each for each in settled if each is not None and not isinstance(each, Range)]
        currencies = {each.currency for each in amounts}
        if len(currencies) != 1:
            return None
        return values.money(sum((each.fraction for each in amounts), _ZERO), currencies.pop())

    def to_dict(self, *, language: str | None = None, explained: bool = False) -> dict[str, Any]:
        """The summary as plain JSON data; with `explained`, the whole comparison of each that changed."""
        return {
            "version": VERSION,
            "language": spoken(language, self.language),
            "first": self.names[0],
            "second": self.names[1],
            "applications": len(self.entries),
            "counts": self.counts,
            "difference": payable_as_json(self.difference),
            "entries": [
                {
                    "id": name,
                    "change": each.change,
                    "first": {
                        "eligible": each.first.eligible,
                        "support": payable_as_json(each.first.support),
                    },
                    "second": {
                        "eligible": each.second.eligible,
                        "support": payable_as_json(each.second.support),
                    },
                    "difference": payable_as_json(each.difference),
                    **(
                        {"comparison": each.to_dict(language=language)} if explained and not each.same else {}
                    ),
                }
                for name, each in self.entries.items()
            ],
        }

    def to_json(self, *, language: str | None = None, explained: bool = False) -> str:
        """The same as JSON text."""
        return json_text(self.to_dict(language=language, explained=explained))

    def explain(
        self, language: str | None = None, format: Layout = "text", *, explained: bool = False
    ) -> str:
        """
        How many change, by how much in all, and which.

        Args:
            language: "en" or "tr"; where it is left out, that of the comparison.
            format: "text", "markdown", "html" or "json".
            explained: explain each application that changes as well.
        """
        if format == "json":
            return self.to_json(language=language, explained=explained)
        wanted = spoken(language, self.language)
        blocks = [*self._summary(wanted)]
        if explained:
            for name, each in self.changed.items():
                _, *rest = each.blocks(wanted)
                blocks += [Heading(1, name), *rest]
        return _laid_out(tuple(blocks), wanted, format, " / ".join(self.names))

    def _summary(self, language: str) -> Iterator[Block]:
        first, second = self.names
        yield Heading(1, label("compared", language, first=first, second=second))
        total = self.difference
        said = _OF_ALL[language].format(number=len(self.entries), changed=len(self.changed))
        if total is not None:
            shown = signed(total.fraction, total.currency, language)
            said += f"; {label('difference', language)}: {shown}"
        yield Verdict(said, "open" if self.changed else "yes")
        if self.open:
            yield Sentence(_LEFT_OUT[language], faint=True)
        rows = tuple((CHANGES[c][language], str(n)) for c, n in self.counts.items() if n)
        yield Table((label("outcome", language), _APPLICATIONS[language]), "lr", rows)
        for heading, some in ((_CHANGED, self.changed), (_OPEN, self.open)):
            items = tuple(self._entry(name, each, language) for name, each in some.items())
            if items:
                yield Heading(2, heading[language])
                yield Items(items)

    def _entry(self, name: str, each: Comparison, language: str) -> Item:
        mark = {"more": "+", "less": "−", "gained": "✓", "lost": "✗", "not_decided": "?"}.get(
            each.change, "•"
        )
        return Item(
            mark,
            "said",
            f"{name}: {CHANGES[each.change][language]}",
            each.in_words(language),
            tuple(_why(each, language)),
        )


def _why(comparison: Comparison, language: str) -> Iterator[str]:
    """What fails on one side alone, in a line."""
    first, second = comparison.answers(language)
    for name, own, other in zip(comparison.names, (first, second), (second, first), strict=True):
        known = {each.name for each in other.failed}
        failed = [each.title for each in own.failed if each.name not in known]
        if failed:
            yield f"{name}: {', '.join(failed)}"


_OF_ALL = Words(
    "{changed} of {number} applications are decided otherwise",
    "{number} başvurudan {changed} tanesine farklı karar veriliyor",
)
_LEFT_OUT = Words(
    "Applications that are not decided yet are no part of the difference.",
    "Henüz karara bağlanamayan başvurular farka girmez.",
)
_APPLICATIONS = Words("Applications", "Başvuru")
_OPEN = Words("Not decided yet", "Henüz karara bağlanamayanlar")
_CHANGED = Words("Decided otherwise", "Farklı karar verilenler")


def _laid_out(blocks: tuple[Block, ...], language: str, layout: str, title: str) -> str:
    match layout:
        case "text":
            return text.laid_out(blocks, language)
        case "markdown":
            return markup.markdown_page(blocks)
        case "html":
            return markup.html_page(blocks, language, title)
        case _:
            raise ValueError(f"A format is one of {', '.join(_LAYOUTS)}, not {layout!r}.")


# ---- JSON ----------------------------------------------------------------------------------------------------------


def _support_as_json(support: SupportBeside) -> dict[str, Any]:
    sides = (support.first, support.second)
    amounts = [None if each is None or each.paid is None else each.paid for each in sides]
    return {
        "name": support.name,
        "title": support.title,
        "currency": support.currency,
        "first": None if amounts[0] is None else amounts[0].json,
        "second": None if amounts[1] is None else amounts[1].json,
        "effects": [_effect_as_json(each, support.currency) for each in support.effects],
    }


def _effect_as_json(effect: Effect, currency: str) -> dict[str, Any]:
    def money(value: Fraction | None) -> Any:
        return None if value is None else values.money(value, currency).as_json()

    return {
        "name": effect.name,
        "title": effect.title,
        "keyword": effect.keyword,
        "first": money(effect.first),
        "second": money(effect.second),
        "difference": money(effect.difference),
        "citations": [citation_as_json(each) for each in effect.citations],
    }


def _point_as_json(point: Point | None) -> Any:
    if point is None:
        return None
    return {
        "status": point.status,
        "message": point.message or None,
        "found": [each.text for each in point.findings],
        "citations": [citation_as_json(each) for each in point.citations],
        "origin": point.text or None,
    }


def _step_as_json(step: StepTold | None) -> Any:
    if step is None:
        return None
    return {
        "binds": step.binds,
        "did": list(step.texts),
        "citations": [citation_as_json(each) for each in step.citations],
        "origin": step.text or None,
    }


def _figure_as_json(figure: FigureBeside) -> dict[str, Any]:
    return {
        "name": figure.name,
        "title": figure.title,
        "keyword": figure.keyword,
        "first": figure.first.value.json,
        "second": figure.second.value.json,
    }
