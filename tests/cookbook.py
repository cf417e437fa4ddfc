"""The index of the cookbook: fifty features, and which of them can be said.  A test run tells the number at its end."""

import re
from functools import cache
from pathlib import Path

from attrs import frozen

COOKBOOK = Path(__file__).resolve().parents[1] / "docs" / "cookbook"


@frozen
class Row:
    """One row of the index: the number of the feature, the title and file of its page, and how far it can be said."""

    number: int
    title: str
    page: str
    sayable: str


@cache
def index() -> tuple[Row, ...]:
    found = re.findall(
        r"^\| (\d+) \| \[(.*?)\]\((.*?)\) \| (.*?) \|$",
        (COOKBOOK / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    return tuple(Row(int(number), title, page, sayable) for number, title, page, sayable in found)


def told() -> str:
    """How many features can be said, for the end of a test run."""
    rows = index()
    sayable = sum(row.sayable == "yes" for row in rows)
    return f"cookbook: {sayable} of {len(rows)} features can be said, {len(rows) - sayable} in part"
