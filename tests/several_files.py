"""Several files in one text, as the documentation shows them: `-- lib/houses.rules` in a line of its own begins a file."""

import re

_FILE = re.compile(r"^-- ([a-z0-9_/]+\.rules)\n", re.MULTILINE)


def files_in(text: str) -> tuple[str, dict[str, str]]:
    """The last file, which uses or amends the others, and these by their names; a text without marks is one file."""
    before, *parts = _FILE.split(text)
    if not parts:
        return text, {}
    assert before.strip() == ""
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    *_, last = files
    return files.pop(last), files
