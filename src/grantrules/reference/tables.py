"""Reads the tables of this package."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).with_name("data")


def rows(name: str) -> list[list[str]]:
    """
    The rows of `data/<name>.csv` without its header, each a list of texts, empty fields as empty texts.

    Nothing is kept: the caller keeps what it makes of the rows. The file is UTF-8 whatever the host prefers.
    """
    import csv  # Most programmes need one or two of the tables; a start that needs none should not pay.

    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.reader(table, strict=True))[1:]
