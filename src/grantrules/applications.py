"""
Many applications out of files: an object of them by name, a list, JSON lines, or one in each file.

They are read as strictly as a single one.  Where an application stands in a list or by itself, one of its fields is its
name; that field is taken away, unless the programme asks for it as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from attrs import evolve, frozen

from grantrules.core import ir
from grantrules.diagnostics import ApplicationError, Words
from grantrules.facts.host import described
from grantrules.facts.json_text import JsonNumber, load
from grantrules.facts.problems import DataProblem, WrongKind
from grantrules.limits import Limits
from grantrules.source import Source

MOST_BYTES = 256 * 1024 * 1024
MOST_APPLICATIONS = 1_000_000
_LINES = (".jsonl", ".ndjson")
_AN_APPLICATION = Words("an application, as an object", "nesne olarak bir başvuru")
_APPLICATIONS = Words(
    "applications: a list, or an object with their names", "başvurular: bir liste ya da adlarıyla bir nesne"
)


@frozen(kw_only=True, eq=False, repr=False)
class NameMissing(DataProblem):
    """An application in a list that cannot be told from the others."""

    code = "GR674"
    name: str
    title = Words("An application without a name", "Adsız bir başvuru")
    why = Words(
        "The applications of a list are told apart by their field `{name}`; this one has none that is a text.",
        "Listedeki başvurular `{name}` alanıyla ayırt edilir; bunda metin olarak böyle bir alan yok.",
    )
    instead = Words(
        'Give it one, such as "P07", or hand in an object with the names before the applications.',
        'Ona "P07" gibi bir ad verin ya da başvuruları adlarıyla bir nesne olarak verin.',
    )


def applications_in(
    program: ir.Program,
    data: bytes | str,
    *,
    name: str,
    field: str,
    limits: Limits,
    other: ir.Program | None = None,
) -> Iterator[tuple[str, Any]]:
    """
    The applications in a text, each with its name.

    Args:
        other: a second programme that they are for.
        name: of the file, for messages; an application that stands by itself and has no name takes the file's.
        field: the field of an application that names it.

    Raises:
        ApplicationError: it is no JSON, or something in it is no application or has no name.
    """
    wide = evolve(
        limits,
        json_bytes=MOST_BYTES,
        list_items=max(MOST_APPLICATIONS, limits.list_items),
        json_depth=limits.json_depth + 2,
    )
    facts = {each.name for asks in (program, other) if asks for each in asks.application.fields}
    reading = _Reading(facts, field, wide)
    if _is_lines(data, name, wide):
        text = data if isinstance(data, bytes) else data.encode()
        for number, line in enumerate(text.split(b"\n"), 1):
            if line.strip():
                place = f"{name}:{number}"
                yield reading.by_itself(reading.loaded(line, place), place)
        return
    yield from reading.whole(reading.loaded(data, name), name)


def _is_lines(data: bytes | str, name: str, limits: Limits) -> bool:
    """Whether each line is an application: the name of the file says so, or its first line is whole and has others below."""
    if name.endswith(_LINES):
        return True
    text = data if isinstance(data, bytes) else data.encode()
    first, _, rest = text.strip().partition(b"\n")
    return bool(rest.strip()) and not load(first, name=name, limits=limits).problems


@frozen
class _Reading:
    facts: set[str]
    field: str
    limits: Limits

    def loaded(self, data: bytes | str, name: str) -> Any:
        found = load(data, name=name, limits=self.limits)
        if found.problems:
            raise ApplicationError(found.problems, "The applications cannot be read.")
        return found.data

    def whole(self, data: Any, name: str) -> Iterator[tuple[str, Any]]:
        """A list of applications, an object of them by name, or one by itself."""
        match data:
            case list():
                for number, each in enumerate(data):
                    yield self.by_itself(each, name, path=f"[{number}]")
            case dict() if not data.keys() & self.facts:
                for called, each in data.items():
                    if not isinstance(each, dict):
                        raise _no_application(_AN_APPLICATION, each, called, name)
                    yield called, _plain(each)
            case dict():
                yield self.by_itself(data, name, instead=PurePath(name).stem)
            case _:
                raise _no_application(_APPLICATIONS, data, "", name)

    def by_itself(
        self, data: Any, name: str, *, path: str = "", instead: str | None = None
    ) -> tuple[str, Any]:
        """One application with its name in it; one alone in its file may be called like the file."""
        if not isinstance(data, dict):
            raise _no_application(_AN_APPLICATION, data, path, name)
        called = data.get(self.field, instead)
        if isinstance(called, int) and not isinstance(called, bool):
            called = str(called)
        if not isinstance(called, str) or not called:
            raise _refused(NameMissing(name=self.field, path=path), name)
        rest = data if self.field in self.facts else {k: v for k, v in data.items() if k != self.field}
        return called, _plain(rest)


def _no_application(expected: Words, given: Any, path: str, name: str) -> ApplicationError:
    return _refused(WrongKind(expected=expected, given=described(given), path=path), name)


def _refused(problem: DataProblem, name: str) -> ApplicationError:
    return ApplicationError((evolve(problem, source=Source(name, "")),), "The applications cannot be read.")


def _plain(value: Any) -> Any:
    """Data as a host would hand it in: a number with decimals, exactly."""
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case JsonNumber(text):
            return Decimal(text)
        case _:
            return value
