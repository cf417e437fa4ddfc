"""The explanation as plain text, up to 96 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from grantrules.diagnostics import escaped
from grantrules.explain.page import Block, Heading, Item, Items, Sentence, Table, Verdict, page, summary
from grantrules.explain.story import Story
from grantrules.render import capitals, cells

WIDTH = 96
_WIDEST_CELL = 40
_NARROWEST_CELL = 8
_GAP = "  "
_NO_LIMIT = 10**9


def as_text(story: Story, width: int = WIDTH) -> str:
    """The explanation as text; what users wrote is shown with its control characters spelled out."""
    return laid_out(page(story), story.language, width)


def as_summary(story: Story, width: int = WIDTH) -> str:
    """Its first part alone: the result, why not, and what is open."""
    return laid_out(summary(story), story.language, width)


def laid_out(blocks: Iterable[Block], language: str, width: int = WIDTH) -> str:
    """A page as text."""
    out: list[str] = []
    for block in blocks:
        lines = list(_lines(block, language, width))
        if out and not (isinstance(block, Sentence) and block.faint):
            out.append("")
        out += lines
    return "\n".join(line.rstrip() for line in out) + "\n"


def _safe(text: str) -> str:
    return escaped(text, _NO_LIMIT)


def _lines(block: Block, language: str, width: int) -> Iterator[str]:
    match block:
        case Heading(1, text):
            yield from _wrapped(_safe(text), "", width)
        case Heading(2, text):
            yield from _wrapped(capitals(_safe(text), language), "", width)
        case Heading(_, text):
            yield from _wrapped(_safe(text), "  ", width)
        case Verdict(text):
            lines = _wrapped(_safe(text), "  ", width - 2)
            rule = "─" * (max(map(cells, lines)) + 2)
            yield rule
            yield from lines
            yield rule
        case Sentence(text):
            yield from _wrapped(_safe(text), "  ", width)
        case Items(items):
            for item in items:
                yield from _item(item, width)
        case Table(head, align, rows, foot):
            yield from _table(head, align, rows, width, foot=foot)


def _wrapped(text: str, indent: str, width: int, hanging: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [indent]


def _item(item: Item, width: int) -> Iterator[str]:
    aside = f"  {_safe(item.aside)}" if item.aside else ""
    lines = _wrapped(_safe(item.text), f"  {item.mark} ", width, " " * (3 + cells(item.mark)))
    gap = width - cells(lines[-1]) - cells(aside)
    if aside and gap >= 0:
        lines[-1] += " " * gap + aside
    elif aside:
        lines.append(" " * (width - cells(aside)) + aside)
    yield from lines
    for detail in item.details:
        text = _safe(detail)
        indent = " " * (6 + len(text) - len(text.lstrip()))
        yield from _wrapped(text.strip(), indent, width, indent + "  ")
    for source in item.sources:
        yield from _wrapped(_safe(source), "      ", width, "          ")


def _table(
    head: Sequence[str], align: str, rows: Sequence[Sequence[str]], width: int, *, foot: bool
) -> Iterator[str]:
    shown = [[_safe(cell) for cell in row] for row in (head, *rows)]
    widths = _widths(shown, align, width - 2)
    drawn = [
        "  " + _GAP.join(_cell(c, w, a) for c, w, a in zip(row, widths, align, strict=True)) for row in shown
    ]
    rule = "  " + "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    yield drawn[0]
    yield rule
    yield from drawn[1:-1] if foot else drawn[1:]
    if foot:
        yield rule
        yield drawn[-1]


def _widths(rows: Sequence[Sequence[str]], align: str, room: int) -> list[int]:
    """The width of each column; words give way to figures where there is no room for both."""
    widths = [max(cells(row[n]) for row in rows) for n in range(len(align))]
    words = [n for n, a in enumerate(align) if a == "l"]
    for n in words:
        widths[n] = min(widths[n], _WIDEST_CELL)
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - room
    if over > 0 and words:
        widest = max(words, key=widths.__getitem__)
        widths[widest] = max(_NARROWEST_CELL, widths[widest] - over)
    return widths


def _short(text: str, width: int) -> str:
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) >= width:
            break
        kept += character
    return kept + "…"


def _cell(text: str, width: int, align: str) -> str:
    text = _short(text, width)
    gap = " " * (width - cells(text))
    return gap + text if align == "r" else text + gap
