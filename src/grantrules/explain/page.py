"""
The story of a decision as a page: headings, sentences, points and tables, the same for every layout.

What goes on the page, in which order and under which words is decided here, once; text, Markdown and HTML only say how
each kind of block looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias, Union

from attrs import evolve, frozen

from grantrules.answer import ChangeMade
from grantrules.core.ir import Citation
from grantrules.evaluate.outcome import Undecided
from grantrules.explain.labels import label
from grantrules.explain.shown import Shown
from grantrules.explain.story import FigureTold, Line, PaymentTold, Point, StepTold, Story, SupportTold
from grantrules.phrases.speaker import FEW_ROWS, Finding, rows_together

MOST_LINES = 100
"""Lines of a support shown in a table; the JSON form has all of them."""

_MOST_ASIDE = 28  # Characters that stand beside the title of a step; more stand below it.

MARKS = {
    "met": "✓",
    "failed": "✗",
    "undecided": "?",
    "not_applicable": "–",
    "said": "•",
    "left_out": "–",
    "done": "•",
}


@frozen
class Heading:
    """A heading; level 1 is the title of the page."""

    level: int
    text: str


@frozen
class Verdict:
    """The result, in one line: `yes`, `no` or `open`."""

    text: str
    how: str


@frozen
class Sentence:
    """A line of prose."""

    text: str
    faint: bool = False


@frozen
class Item:
    """A point with its mark, what is said about it, and the words of the source."""

    mark: str
    status: str
    text: str
    aside: str = ""
    details: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    sources: tuple[str, ...] = ()
    origin: str = ""


@frozen
class Items:
    """Points, one below the other."""

    items: tuple[Item, ...]


@frozen
class Table:
    """A table; columns whose letter in `align` is `r` stand flush right. The last row is a total where `foot` is true."""

    head: tuple[str, ...]
    align: str
    rows: tuple[tuple[str, ...], ...]
    foot: bool = False


Block: TypeAlias = Union[Heading, Verdict, Sentence, Items, Table]


def page(story: Story) -> tuple[Block, ...]:
    """The blocks of the page, from top to bottom."""
    made = _Page(story)
    return tuple(made.legend.cited(list(made.blocks())))


def summary(story: Story) -> tuple[Block, ...]:
    """The first part of the page: the result, why not, what is open, what was cut."""
    made = _Page(story)
    return tuple(made.legend.cited(list(made.brief())))


class Legend:
    """The sources that a page cites, each with the number it has there."""

    def __init__(self) -> None:
        self.sources: dict[tuple[str, str | None], list[Citation]] = {}

    def noted(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """The citations, taken down for the list at the end."""
        kept = tuple(citations)
        for citation in kept:
            self.sources.setdefault((citation.source_title or citation.source, citation.dated), []).append(
                citation
            )
        return kept

    def items(self) -> Iterator[Item]:
        """The list of sources."""
        for number, ((title, dated), cited) in enumerate(self.sources.items(), 1):
            parts = [title, *([dated] if dated else []), *([cited[0].at] if cited[0].at else [])]
            yield Item(f"[{number}]", "source", ", ".join(parts if self._one_place(cited) else parts[:2]))

    @staticmethod
    def _one_place(cited: Iterable[Citation]) -> bool:
        """Whether a source is always cited at the same place, which is then said once, at the end."""
        return len({c.at for c in cited}) == 1

    def cited(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks with each citation as the number of its source and the words; known only at the end."""
        for block in blocks:
            if isinstance(block, Items):
                yield Items(tuple(evolve(i, sources=self._shown_sources(i)) for i in block.items))
            else:
                yield block

    def _shown_sources(self, item: Item) -> tuple[str, ...]:
        cited = tuple(map(self._source, item.citations))
        return (*cited, item.origin) if item.origin else cited

    def _source(self, citation: Citation) -> str:
        key = (citation.source_title or citation.source, citation.dated)
        at = "" if citation.at is None or self._one_place(self.sources[key]) else f" {citation.at}"
        quote = f"“{citation.quote}”" if citation.quote else ""
        number = f"[{list(self.sources).index(key) + 1}]{at}"
        return f"{number} {quote}".strip()


class _Page:
    def __init__(self, story: Story) -> None:
        self.story = story
        self.language = story.language
        self.legend = Legend()

    def say(self, key: str, **facts: str) -> str:
        return label(key, self.language, **facts)

    def blocks(self) -> Iterator[Block]:
        story = self.story
        yield from self._result()
        yield from self._list("requirements", self._folded(story.requirements))
        for support in story.supports:
            yield from self._support(support)
        yield from self._list("joint", self._folded(story.joint))
        yield from self._list("scores", map(self._figure, story.scores))
        yield from self._list("results", map(self._figure, story.results))
        yield from self._list("warnings", self._warnings())
        yield from self._list("promises", map(self._point, story.promises))
        yield from self._list("advice", self._folded(story.advice))
        # The figures of one table may be alike in all that is shown of them.
        yield from self._list("figures", dict.fromkeys(map(self._figure, story.figures)))
        yield from self._list("parameters", map(self._figure, story.parameters))
        yield from self._list("duties", self._folded(story.duties))
        yield from self._list("notes", self._folded(story.notes))
        if len(story.texts) > 1:
            yield from self._list("texts", self._texts())
        yield from self._list("sources", self.legend.items())

    def brief(self) -> Iterator[Block]:
        story = self.story
        yield from self._result()
        yield from self._list("supports", map(self._brief_support, story.supports))
        yield from self._list("results", map(self._figure, story.results))
        yield from self._list("warnings", self._warnings())
        yield from self._list("promises", map(self._point, story.promises))
        yield from self._list("sources", self.legend.items())

    def _brief_support(self, support: SupportTold) -> Item:
        paid = support.paid.text if support.paid is not None else self.say("not_available")
        if support.paid is not None and support.repayable:
            paid = self.say("to_be_repaid", amount=paid)
        cuts = tuple(
            f"{step.title}: {text}"
            for step in support.steps
            if step.binds
            for text in step.texts[-1:]
            if step.title
        )
        if support.status == "not_applicable":
            return Item(MARKS["not_applicable"], "not_applicable", support.title, self.say("not_applicable"))
        if support.status == "not_paid":
            return Item(MARKS["not_applicable"], "not_applicable", support.title, self.say("not_available"))
        return Item(
            "•", "said", support.title, support.total.text if support.status == "basis" else paid, cuts
        )

    def _result(self) -> Iterator[Block]:
        story = self.story
        yield Heading(1, story.title)
        dated = f" · {self.say('as_of', date=story.as_of.text)}" if story.as_of else ""
        yield Sentence(f"{story.programme}{dated}", faint=True)
        yield Verdict(story.result, {True: "yes", False: "no", None: "open"}[story.eligible])
        if story.score is not None:
            yield Sentence(f"{self.say('score')}: {story.score.text}")
        yield from self._list("failed", self._failed())
        yield from self._list("missing", self._missing())
        yield from self._list("unset", map(self._figure, story.unset))
        yield from self._list("undecidable", self._undecidable())

    def _origin(self, text: str) -> str:
        """Where a statement comes from, if not from the programme itself."""
        own = next((each.name for each in self.story.texts if each.kind == "programme"), text)
        return "" if text in ("", own) else self.say("of_text", name=text)

    def _texts(self) -> Iterator[Item]:
        """The texts of the programme, each with what it changed."""
        for text in self.story.texts:
            changes = tuple(map(self._change, text.changes))
            yield Item("•", "said", f"{text.name}: {text.title}", self.say(text.kind), changes)

    def _change(self, change: ChangeMade) -> str:
        name = f"{change.support}, {change.name}" if change.support else change.name
        said = self.say(change.how, name=name, was_in=change.was_in or "")
        days = "–".join(day or "" for day in (change.since, change.until))
        return self.say("of_days", said=said, days=days) if days != "–" else said

    def _list(self, heading: str, items: Iterable[Item]) -> Iterator[Block]:
        there = tuple(items)
        if there:
            yield Heading(2, self.say(heading))
            yield Items(there)

    def _failed(self) -> Iterator[Item]:
        if self.story.eligible is not False:
            return
        for point in self.story.requirements:
            if point.status == "failed":
                said = (point.message,) if point.message else ()
                yield Item(MARKS["failed"], "failed", point.title, "", said)
        yield from (Item(MARKS["failed"], "failed", text) for text in self.story.refusals)

    # ---- points ----------------------------------------------------------------------------------------------

    def _folded(self, told: Iterable[Point | StepTold]) -> Iterator[Item]:
        """An item for each, and one for all that the parameters switch off whatever the facts are."""
        off: list[str] = []
        for each in told:
            if each.switched_off:
                off.append(each.title)
            else:
                yield self._point(each) if isinstance(each, Point) else self._step(each)
        if off:
            titles = tuple(dict.fromkeys(off))
            yield Item(MARKS["left_out"], "not_applicable", self.say("switched_off"), "", titles)

    def _point(self, point: Point) -> Item:
        details = []
        if point.because:
            details.append(point.because)
        if point.status != "said":
            several = len(point.findings) > 1
            details += [line for f in point.findings for line in self._found(f, marked=several)]
        said = {"failed": "failed_status", "said": ""}.get(point.status, point.status)
        return Item(
            MARKS[point.status],
            point.status,
            point.title,
            self.say(said) if said and not point.because else "",
            tuple(details),
            self._sources(point.citations) if point.status != "not_applicable" else (),
            origin=self._origin(point.text),
        )

    def _found(self, finding: Finding, *, marked: bool, depth: int = 0) -> Iterator[str]:
        mark = f"{MARKS[finding.status]} " if marked else ""
        yield f"{'  ' * depth}{mark}{finding.text}{':' if finding.parts else ''}"
        for part in finding.parts:
            yield from self._found(part, marked=True, depth=depth + 1)

    def _missing(self) -> Iterator[Item]:
        for missing, more in rows_together(self.story.missing, lambda each: each.path):
            shown = missing.path.replace("_", " ") == missing.title
            who = (self.say("decided_by", who=missing.decided_by),) if missing.decided_by else ()
            same = self._same([each.path for each in more])
            yield Item("?", "undecided", missing.title, "" if shown else missing.path, (*same, *who))

    def _undecidable(self) -> Iterator[Item]:
        for one, more in rows_together(self.story.undecidable, lambda each: each.what):
            yield Item("?", "undecided", one.text, "", self._same([each.what for each in more]))

    def _same(self, paths: Sequence[str]) -> tuple[str, ...]:
        """The sentence that the same is said of further rows."""
        if not paths:
            return ()
        listed = ", ".join((*paths[:1], "…", *paths[-1:]) if len(paths) > FEW_ROWS else paths)
        return (self.say("same", n=str(len(paths)), paths=listed),)

    def _warnings(self) -> Iterator[Item]:
        for warning in self.story.warnings:
            said = (warning.message,) if warning.message and warning.message != warning.title else ()
            sources = self._sources(warning.citations)
            yield Item("!", "warning", warning.title, warning.path or "", said, sources)

    def _figure(self, figure: FigureTold) -> Item:
        mark = " " if figure.title.endswith("?") else ": "
        how = (figure.how,) if figure.how else ()
        return Item(
            "•",
            "said",
            f"{figure.title}{mark}{figure.value.text}",
            "",
            how,
            self._sources(figure.citations),
            origin=self._origin(figure.text),
        )

    def _sources(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        return self.legend.noted(citations)

    # ---- supports --------------------------------------------------------------------------------------------

    def _support(self, support: SupportTold) -> Iterator[Block]:
        yield Heading(2, self.say("support", title=support.title))
        if support.status == "not_applicable":
            yield Sentence(self.say("no_support"))
        elif support.status == "not_paid":
            yield Sentence(self.say("would"))
        points = [self._point(gate) for gate in support.gates]
        if support.citations and support.status != "not_applicable":
            cited = self._sources(support.citations)
            points.append(Item("•", "said", self.say("based_on"), citations=cited))
        if points:
            yield Items(tuple(points))
        if support.status == "not_applicable":
            return
        if support.lines:
            yield Sentence(self.say("currency", currency=support.currency), faint=True)
            yield self._table(support)
            if len(support.lines) > MOST_LINES:
                yield Sentence(self.say("more_lines", n=str(len(support.lines) - MOST_LINES)), faint=True)
        yield Heading(3, self.say("steps"))
        yield Items(tuple(self._folded(support.steps)))
        if support.status == "basis":
            yield Sentence(self.say("basis", amount=support.total.text))
        elif support.paid is not None and support.status != "not_paid":
            key = "paid" if self.story.eligible else "if_eligible"
            amount = support.paid.text
            if support.repayable:
                amount = self.say("to_be_repaid", amount=amount)
            yield Sentence(self.say(key, amount=amount))
        if support.payments:
            yield Heading(3, self.say("payments"))
            yield Items(tuple(map(self._payment, support.payments)))

    def _payment(self, payment: PaymentTold) -> Item:
        amount = "" if payment.status == "left_out" else payment.amount.text
        details = ("; ".join(payment.texts),) if payment.texts else ()
        sources = self._sources(payment.citations) if payment.status != "left_out" else ()
        return Item(MARKS[payment.status], payment.status, payment.title, amount, details, sources)

    def _table(self, support: SupportTold) -> Table:
        lines = support.lines[:MOST_LINES]
        columns = [
            ("line", "r"),
            ("what", "l"),
            ("cost", "r"),
            ("eligible_cost", "r"),
            ("rate", "r"),
            ("amount", "r"),
        ]
        rows = [self._row(line, support.currency) for line in lines]
        total = ("", self.say("total"), "", *(self._bare(s, support) for s in (support.eligible_cost,)), "")
        rows.append((*total, self._bare(support.total, support)))
        kept = [n for n in range(len(columns)) if any(row[n] for row in rows)]
        return Table(
            tuple(self.say(columns[n][0]) for n in kept),
            "".join(columns[n][1] for n in kept),
            tuple(tuple(row[n] for n in kept) for row in rows),
            foot=True,
        )

    def _row(self, line: Line, currency: str) -> tuple[str, ...]:
        number = "" if line.number is None else str(line.number)
        excluded = bool(line.excluded_by)
        what = line.what
        if excluded:
            said = self.say("excluded", step=line.excluded_by)
            what = f"{what} ({said})" if what else said
        return (
            number,
            what,
            _without(line.base, currency),
            _without(line.cost, currency),
            "" if line.rate is None or excluded else line.rate.short,
            _without(line.amount, currency),
        )

    def _bare(self, shown: Shown, support: SupportTold) -> str:
        return _without(shown, support.currency)

    def _step(self, step: StepTold) -> Item:
        before = step.before
        # What may be cut together is known of the sum, not of the lines that stand here.
        open_ = step.binds and isinstance(step.after.value, Undecided)
        changed = before is not None and before.value != step.after.value and not open_
        moved = self.say("from_to", before=before.text, after=step.after.text) if changed and before else ""
        texts = [text for text in (*step.texts, moved if step.keyword != "apply" else "") if text]
        line = "; ".join(texts)
        short = len(line) <= _MOST_ASIDE and step.status == "done"
        return Item(
            MARKS[step.status],
            step.status,
            step.title,
            line if short else "",
            () if short or not line else (line,),
            self._sources(step.citations) if step.status != "left_out" else (),
            origin=self._origin(step.text),
        )


def _without(shown: Shown | None, currency: str) -> str:
    """An amount in a table whose heading says the currency."""
    return "" if shown is None else shown.short.replace(f" {currency}", "")
