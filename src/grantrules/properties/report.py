"""What became of the promises of a programme, as a person reads it and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grantrules import values
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.properties import written
from grantrules.properties.draft import Draft, of_facts
from grantrules.properties.making import Applications
from grantrules.properties.search import Result
from grantrules.render import line_in

STATUS = {
    "kept": Words("kept by {n} applications", "{n} başvuruda tutuldu"),
    "broken": Words("broken", "tutulmadı"),
    "vacuous": Words(
        "says nothing: its condition held for no application",
        "hiçbir şey söylemiyor: koşulu hiçbir başvuruda sağlanmadı",
    ),
    "never_true": Words(
        "cannot be true: every application breaks it", "doğru olamaz: her başvuru onu bozuyor"
    ),
}
WITH = Words("with {settings}", "{settings} ile")
SMALLEST = Words("The smallest application found that breaks it:", "Onu bozan, bulunan en küçük başvuru:")
COMPARED = Words("compared with this one:", "şununla karşılaştırıldı:")


def about(result: Result, program: ir.Program, language: str) -> tuple[str, str, str | None]:
    """The name of a promise, its title, and where it stands; a built-in one stands nowhere."""
    found = result.promise.about
    title = values.about_title(found, language, program.language) if found.titles else ""
    place = line_in(program.source, found.span.start, language) if result.promise.stated else None
    return found.name, title, place


def status(result: Result, program: ir.Program, language: str) -> str:
    """What became of a promise, in a few words."""
    said = STATUS[result.status][language].format(n=result.checked)
    if result.settings:
        settings = ", ".join(f"{name} = {value}" for name, value in _settings(result, program).items())
        said += f" ({WITH[language].format(settings=settings)})"
    return said


def _settings(result: Result, program: ir.Program) -> dict[str, str]:
    """The parameters that were set, as they are written in the file."""
    return {
        name: written.literal(program, program.parameters[name].type, value)
        for name, value in result.settings
    }


def counterexample(result: Result, made: Applications, language: str) -> Iterator[str]:
    """The lines that show how a promise was broken, with the application as an example of the rule file."""
    if result.application is None:
        return
    if result.words[language]:
        yield result.words[language]
    yield SMALLEST[language]
    first = _draft(made, result.application)
    settings = _settings(result, made.program)
    names = written.WORDS[made.program.language]
    own = names["counterexample"]
    yield from (f"  {line}" for line in written.example(first, own, settings=settings).splitlines())
    if result.other is not None:
        yield COMPARED[language]
        other = written.example(_draft(made, result.other), names["compared"], like=(own, first.data))
        yield from (f"  {line}" for line in other.splitlines())


def _draft(made: Applications, application: dict[str, Any]) -> Draft:
    return of_facts(made.program, made.read(application))


def as_json(result: Result, program: ir.Program, language: str) -> dict[str, Any]:
    """One result as plain data."""
    name, title, _ = about(result, program, language)
    at = result.promise.about.span.start if result.promise.stated else None
    return {
        "name": name,
        "title": title or None,
        "line": None if at is None else program.source.line_of(at),
        "file": None if at is None else program.source.other_file(at),
        "stated": result.promise.stated,
        "status": result.status,
        "passed": result.passed,
        "checked": result.checked,
        "parameters": dict(result.settings),
        "found": result.words[language] or None,
        "application": result.application,
        "compared_with": result.other,
    }
