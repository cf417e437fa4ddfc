"""Every problem there is, by its code: the page of each, and the list of all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from string import Formatter

from grantrules import resources
from grantrules.applications import NameMissing  # noqa: F401 - As below.
from grantrules.compiler import problems as _meaning  # noqa: F401 - The classes of problems are there once these are loaded.
from grantrules.diagnostics import Problem, Words
from grantrules.facts import problems as _data  # noqa: F401 - As above.
from grantrules.rank import Tied  # noqa: F401 - As above.
from grantrules.render import wrapped
from grantrules.settings import UnknownParameter  # noqa: F401 - As above.
from grantrules.syntax import problems as _writing  # noqa: F401 - As above.
from grantrules.texts import problems as _between  # noqa: F401 - As above.

_WIDTH = 96


@cache
def problems() -> dict[str, type[Problem]]:
    """The class of each problem by its code, in the order of the codes; what others derive from ours is not listed."""
    ours = (kind for kind in _below(Problem) if kind.__module__.startswith("grantrules."))
    found = {kind.__dict__["code"]: kind for kind in ours if "code" in kind.__dict__}
    return dict(sorted(found.items()))


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def listing(language: str) -> str:
    """One line for each problem: its code and title."""
    lines = [f"{code}  {_blank(kind.title[language])}" for code, kind in problems().items()]
    return "\n".join(lines) + "\n"


def page(code: str, language: str) -> str | None:
    """The page of a problem; where none was written, its own words. `None`: there is no such problem."""
    kind = problems().get(code)
    if kind is None:
        return None
    folder = resources.data_root() / "docs" / "problems"
    written = folder / (f"{code}.md" if language == "en" else f"{code}.{language}.md")
    if written.is_file():
        return written.read_text(encoding="utf-8")
    return _own_words(code, kind, language)


def _own_words(code: str, kind: type[Problem], language: str) -> str:
    said = [f"{code}: {_blank(kind.title[language])}"]
    for part in ("why", "instead"):
        words = getattr(kind, part, None)
        if isinstance(words, Words) and words[language]:
            said.append(wrapped(_blank(words[language]), _WIDTH))
    return "\n\n".join(said) + "\n"


def _blank(template: str) -> str:
    """The words with `…` for the facts of one case."""
    return "".join(
        literal + ("" if name is None else "…") for literal, name, _, _ in Formatter().parse(template)
    )
