"""
Texts that are stored as a whole, so that a reviewer reads what a user will read.

`GRANTRULES_RENEW=1 pytest …` stores them anew; read the difference before it is committed.
"""

import os
import re
from pathlib import Path

STORED = Path(__file__).parent / "data" / "stored"


def stored(name: str, text: str) -> str:
    """What is stored under a name in `tests/data/stored/`; the text itself where it is to be stored anew."""
    path = STORED / name
    if "GRANTRULES_RENEW" in os.environ:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8")


def without_style(page: str) -> str:
    """A page without its style, which stands in one place already and says nothing of the page."""
    found, times = re.subn(r"(?s)(?<=<style>\n).*(?=</style>)", "", page)
    assert times == 1
    return found
