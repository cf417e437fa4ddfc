"""The explanation as Markdown and as one HTML page that needs nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from grantrules.diagnostics import escaped
from grantrules.explain.page import Block, Heading, Item, Items, Sentence, Table, Verdict, page
from grantrules.explain.story import Story

_NO_LIMIT = 10**9

# ---- Markdown ----------------------------------------------------------------------------------------------------

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LINE_START = re.compile(r"^([-+=]|\d+[.)])")


def as_markdown(story: Story) -> str:
    """The explanation as Markdown; what users wrote is escaped and cannot become markup."""
    return markdown_page(page(story))


def markdown_page(blocks: Iterable[Block]) -> str:
    """A page as Markdown."""
    return "\n\n".join("\n".join(_markdown(block)) for block in blocks) + "\n"


def _md(text: str) -> str:
    shown = _SPECIAL.sub(r"\\\1", escaped(text.strip(), _NO_LIMIT))
    return _LINE_START.sub(lambda m: m[1][:-1] + "\\" + m[1][-1], shown)


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"{'#' * level} {_md(text)}"
        case Verdict(text):
            yield f"**{_md(text)}**"
        case Sentence(text, faint):
            yield f"*{_md(text)}*" if faint else _md(text)
        case Items(items):
            for item in items:
                yield from _markdown_item(item)
        case Table(head, align, rows, foot):
            yield _markdown_row(head)
            yield "|" + "|".join("---:" if a == "r" else ":---" for a in align) + "|"
            last = len(rows) - 1 if foot else -1
            yield from (_markdown_row(row, strong=n == last) for n, row in enumerate(rows))


def _markdown_item(item: Item) -> Iterator[str]:
    aside = f" — *{_md(item.aside)}*" if item.aside else ""
    mark = "" if item.mark == "•" else f"{_md(item.mark)} "
    yield f"- {mark}**{_md(item.text)}**{aside}"
    for detail in item.details:
        depth = 1 + (len(detail) - len(detail.lstrip())) // 2
        yield f"{'  ' * depth}- {_md(detail)}"
    for source in item.sources:
        yield f"  - {_md(source)}"


def _markdown_row(cells: Sequence[str], *, strong: bool = False) -> str:
    shown = (f"**{_md(cell)}**" if strong and cell else _md(cell) for cell in cells)
    return "| " + " | ".join(shown) + " |"


# ---- HTML --------------------------------------------------------------------------------------------------------

_STYLE = """
:root { color-scheme: light dark; --faint: #666; --line: #ccc; --yes: #1a7f37; --no: #b42318; --open: #9a6700; }
@media (prefers-color-scheme: dark) { :root { --faint: #aaa; --line: #444; --yes: #4ac26b; --no: #ff7b72;
  --open: #d4a72c; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.2rem; margin-top: 2rem; } h3 { font-size: 1rem; }
.faint { color: var(--faint); } .verdict { font-size: 1.3rem; font-weight: 600; border-left: .4rem solid;
  padding: .5rem 1rem; } .yes { color: var(--yes); } .no { color: var(--no); } .open { color: var(--open); }
ul.points { list-style: none; padding: 0; } ul.points > li { margin: .7rem 0; padding-left: 1.6rem; position: relative; }
ul.points > li > .mark { position: absolute; left: 0; font-weight: 700; }
.met > .mark { color: var(--yes); } .failed > .mark { color: var(--no); } .undecided > .mark { color: var(--open); }
.status { color: var(--faint); font-size: .9em; } .detail { margin: .1rem 0; }
blockquote { margin: .2rem 0 0; padding-left: .8rem; border-left: 2px solid var(--line); color: var(--faint);
  font-size: .9em; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; } th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: left; }
.r { text-align: right; white-space: nowrap; } tfoot td { font-weight: 600; border-top: 2px solid var(--line); }
@media print { body { margin: 0; max-width: none; } }
"""


def as_html(story: Story) -> str:
    """The explanation as one HTML page without scripts, fonts or anything else from elsewhere."""
    return html_page(page(story), story.language, story.title)


def html_page(blocks: Iterable[Block], language: str, title: str) -> str:
    """A page as one file of HTML."""
    body = "\n".join(line for block in blocks for line in _html(block))
    return (
        f'<!DOCTYPE html>\n<html lang="{_h(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_h(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{body}\n</main>\n</body>\n</html>\n"
    )


def _h(text: str) -> str:
    return html.escape(escaped(text, _NO_LIMIT))


def _html(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f"<h{level}>{_h(text)}</h{level}>"
        case Verdict(text, how):
            yield f'<p class="verdict {how}">{_h(text)}</p>'
        case Sentence(text, faint):
            yield f'<p class="faint">{_h(text)}</p>' if faint else f"<p>{_h(text)}</p>"
        case Items(items):
            yield '<ul class="points">'
            for item in items:
                yield from _html_item(item)
            yield "</ul>"
        case Table(head, align, rows, foot):
            yield from _html_table(head, align, rows, foot=foot)


def _html_item(item: Item) -> Iterator[str]:
    yield f'<li class="{_h(item.status)}"><span class="mark" aria-hidden="true">{_h(item.mark)}</span>'
    aside = f' <span class="status">{_h(item.aside)}</span>' if item.aside else ""
    yield f"<strong>{_h(item.text)}</strong>{aside}"
    for detail in item.details:
        depth = (len(detail) - len(detail.lstrip())) // 2
        indent = f' style="margin-left: {depth * 1.2:g}rem"' if depth else ""
        yield f'<p class="detail"{indent}>{_h(detail.strip())}</p>'
    yield from (f"<blockquote>{_h(source)}</blockquote>" for source in item.sources)
    yield "</li>"


def _html_table(
    head: Sequence[str], align: str, rows: Sequence[Sequence[str]], *, foot: bool
) -> Iterator[str]:
    def row(cells: Sequence[str], tag: str) -> str:
        shown = (
            f"<{tag}{' class=' + chr(34) + 'r' + chr(34) if a == 'r' else ''}>{_h(cell)}</{tag}>"
            for cell, a in zip(cells, align, strict=True)
        )
        return f"<tr>{''.join(shown)}</tr>"

    yield '<div class="wide"><table>'
    yield f"<thead>{row(head, 'th')}</thead>"
    yield "<tbody>"
    yield from (row(cells, "td") for cells in (rows[:-1] if foot else rows))
    yield "</tbody>"
    if foot:
        yield f"<tfoot>{row(rows[-1], 'td')}</tfoot>"
    yield "</table></div>"
