"""
The pages of `docs/problems/`: one for each code, and each keeps its word.

The wrong example of a page gets exactly its problem, the right one none; the front page lists all problems.
`GRANTRULES_RENEW=1 pytest tests/test_docs_problems.py` writes that list anew.
"""

import datetime as dt
import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import frozen

import grantrules as gr
from grantrules import catalogue, resources
from grantrules.applications import applications_in
from problem_cases import PAGES, Stubborn, data_problems, disk_problems, earlier, frame, rules_problems
from test_docs import merged

RENEW = bool(os.environ.get("GRANTRULES_RENEW"))
FRONT = PAGES / "README.md"
BLOCK = re.compile(
    r"^```(?P<kind>grantrules|json|python)(?P<marks>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
WHOLE = re.compile(r"\A(?:--[^\n]*\n)*(?:language|dil) ")
TABLE = re.compile(r"(?<=anew. -->\n).*?(?=<!-- end -->)", re.DOTALL)
LIMIT = re.compile(r"(\w+)=(\d+)")


@frozen
class Block:
    """One example of a page."""

    page: str
    kind: str
    marks: tuple[str, ...]
    text: str

    @property
    def wrong(self) -> bool:
        return bool(self.marks)

    @property
    def settings(self) -> dict[str, int]:
        return {found[1]: int(found[2]) for mark in self.marks if (found := LIMIT.fullmatch(mark))}

    @property
    def beside(self) -> set[str]:
        """Codes that come with the one of the page: the end of a cut report has mistakes before it."""
        return {mark for mark in self.marks if re.fullmatch(r"GR\d+", mark)} - {self.page}


def blocks(code: str) -> list[Block]:
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    return [
        Block(code, found["kind"], tuple(found["marks"].split()), found["text"])
        for found in BLOCK.finditer(text)
    ]


CODES = sorted(catalogue.problems())
WRITTEN = [code for code in CODES if (PAGES / f"{code}.md").exists()]
EXAMPLES = [
    pytest.param(block, id=f"{code}-{'wrong' if block.wrong else 'right'}")
    for code in WRITTEN
    for block in blocks(code)
]


def problems_of(block: Block) -> tuple[gr.Problem, ...]:
    limits = gr.Limits(**{name: most for name, most in block.settings.items() if name != "times"})
    text = repeated(block)
    if block.kind == "python":
        return called(text)
    if block.page in {"GR702", "GR703"}:
        return disk_problems(text)
    if block.kind == "json" and text.startswith("["):
        return list_problems(text)
    if block.kind == "json":
        return data_problems(unescaped(text.rstrip("\n"), block), limits)
    # A file with a mistake in its first lines cannot be joined with another.
    alone = WHOLE.match(text) or (block.wrong and block.page in {"GR113", "GR114", "GR120"})
    return rules_problems(unescaped(text if alone else merged(frame(), text), block), limits)


def repeated(block: Block) -> str:
    times = block.settings.get("times", 0)
    if not times:
        return block.text
    before, pattern, after = (
        ("{", block.text.strip()[1:-1], "}") if block.kind == "json" else ("", block.text, "")
    )
    between = "," if block.kind == "json" else "\n"
    each = (pattern.replace("{n}", str(n)).replace("{next}", str(n % times + 1)) for n in range(1, times + 1))
    return before + between.join(each) + after


def unescaped(text: str, block: Block) -> bytes:
    if "utf-16" in block.marks:
        return b"\xff\xfe" + text.encode("utf-16-le")
    if "escaped" not in block.marks:
        return text.encode()
    text = re.sub(r"\\u\{(\w+)\}", lambda found: chr(int(found[1], 16)), text)
    parts = re.split(r"\\x\{(\w+)\}", text)
    return b"".join(bytes([int(part, 16)]) if n % 2 else part.encode() for n, part in enumerate(parts))


def list_problems(text: str) -> tuple[gr.Problem, ...]:
    """The problems of a list of applications, as it is handed in for a ranking."""
    programme = gr.compile(frame())
    try:
        list(applications_in(programme.core, text, name="list.json", field="id", limits=programme.limits))
    except gr.ApplicationError as refused:
        return refused.problems
    return ()


def called(text: str) -> tuple[gr.Problem, ...]:
    """The problems of a call of the library, as it stands on the page."""
    programme = gr.compile(frame())
    known: dict[str, Any] = {
        "programme": SimpleNamespace(decide=programme.decide, rank=programme.rank, compare=programme.compare),
        "earlier": gr.compile(earlier()),
        "datetime": dt.datetime,
        "ZoneInfo": ZoneInfo,
        "row_of_a_closed_cursor": Stubborn(),
    }
    try:
        eval(text, {"__builtins__": {}}, known)  # noqa: S307 - It stands in our own documentation.
    except gr.GrantRulesError as refused:
        return refused.problems
    return ()


@pytest.mark.parametrize("block", EXAMPLES)
def test_an_example_gets_the_problem_of_its_page_or_none(block: Block):
    found = {problem.code for problem in problems_of(block)}

    assert found == ({block.page} | block.beside if block.wrong else set())


@pytest.mark.parametrize("code", WRITTEN)
def test_a_page_says_what_it_means_and_shows_both(code: str):
    kind = catalogue.problems()[code]
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    found = blocks(code)

    assert text.startswith(f"# {code}: {kind.title.en}\n\n")
    assert [block.wrong for block in found] == [True, False]
    assert found[0].marks[:2] == (kind.severity, code)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Wrong", "Right"]
    assert len(text.split("## Wrong")[0]) > len(kind.title.en) + 60
    assert all(line.rstrip() == line and len(line) <= 140 for line in text.splitlines())


def test_every_problem_has_its_page_and_no_page_is_left_over():
    assert {path.stem for path in PAGES.glob("GR*.md")} == set(CODES)


def test_the_front_page_lists_every_problem():
    lines = ["", "| code | message | |", "|---|---|---|"]
    for code, kind in catalogue.problems().items():
        lines.append(
            f"| [{code}]({code}.md) | {kind.title.en} | {'warning' if kind.severity == 'warning' else ''} |"
        )
    made = "\n".join([*lines, "", ""])
    text = FRONT.read_text(encoding="utf-8")
    if RENEW:
        text = TABLE.sub(lambda _: made, text)
        FRONT.write_text(text, encoding="utf-8")

    found = TABLE.search(text)
    assert found is not None
    assert found[0] == made


def test_the_pages_are_where_the_command_line_looks_for_them():
    assert resources.data_root() / "docs" / "problems" == PAGES
    assert catalogue.page("GR304", "en") == (PAGES / "GR304.md").read_text(encoding="utf-8")


def test_the_programme_of_the_front_page_is_in_order():
    assert gr.check(frame().encode()) == ()
    assert Path(FRONT).exists()
