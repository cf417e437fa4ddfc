"""
An example of a programme, run as a test.

It is decided like any application, by the same evaluator; its conditions are then figures of the programme
like any other.  What was expected is shown beside what was found, with the line of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import evolve, frozen

from grantrules import values
from grantrules.answer import Answer
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.diagnostics import ApplicationError, Problem, Words, escaped
from grantrules.evaluate.outcome import Outcome, Undecided
from grantrules.phrases.languages import speaker
from grantrules.render import Look, line_words, place_of, problems_as_json
from grantrules.settings import Setting, with_settings
from grantrules.source import Source

Read: TypeAlias = Callable[[ir.Program, Any], Facts]
Evaluate: TypeAlias = Callable[[ir.Program, Facts], Outcome]
"""Decides, with a trace."""

_MOST_TEXT = 100


@frozen
class Checked:
    """
    One expectation of an example.

    Args:
        line: where it stands in the file.
        expected: as the author wrote it.
        found: what the decision says instead, or what was found of the condition.
    """

    passed: bool
    line: int
    expected: str
    found: Words


@frozen
class ExampleResult:
    """
    What became of one example.

    Args:
        line: where it begins in its file.
        file: its file, where that is not the one that was asked for, as with an example of an amended text.
        checks: each of its expectations; there is at least one in an example that passed.
        problems: what is wrong with its facts.
    """

    name: str
    title: str
    line: int
    checks: tuple[Checked, ...]
    problems: tuple[Problem, ...] = ()
    file: str | None = None

    @property
    def passed(self) -> bool:
        """Every expectation holds, and there is one."""
        return bool(self.checks) and not self.problems and all(check.passed for check in self.checks)


def holds(program: ir.Program, example: ir.Example, facts: Facts, outcome: Outcome) -> bool:
    """Whether what an example expects was found, and nothing more about it; of a programme that is `prepared` for it."""
    answer = Answer(program, facts, outcome, language="en")
    return all(
        _holds(each, _figure(example, number), answer, outcome) for number, each in enumerate(example.expects)
    )


def run_example(
    program: ir.Program, example: ir.Example, read: Read, evaluate: Evaluate, language: str
) -> ExampleResult:
    """What became of one example; of a programme that is `prepared` for it."""
    result = result_of(program, example.about, language)
    try:
        facts = read(program, example.facts)
    except ApplicationError as wrong:
        return evolve(result, problems=wrong.problems)
    outcome = evaluate(program, facts)
    return evolve(result, checks=tuple(_checks(program, example, facts, outcome)))


def result_of(program: ir.Program, about: ir.About, language: str) -> ExampleResult:
    """An example before it is run: its name, its title, and where it stands."""
    at = about.span.start
    title = values.about_title(about, language, program.language) if about.titles else ""
    source = program.source
    return ExampleResult(about.name, title, source.line_of(at), (), file=source.other_file(at))


def _figure(example: ir.Example, number: int) -> str:
    return f"expectation {number} of {example.about.name}"


def settings_of(example: ir.Example | ir.RankingExample) -> frozenset[tuple[str, Any]]:
    """The parameters that an example sets."""
    return frozenset(example.settings.items())


def prepared(program: ir.Program) -> dict[frozenset[tuple[str, Any]], ir.Program]:
    """The programme under the settings of its examples, with each condition that they expect as a figure at its end."""
    expected: dict[frozenset[tuple[str, Any]], list[ir.Let]] = {}
    for example in program.examples:
        expected.setdefault(settings_of(example), []).extend(
            ir.Let(ir.About(_figure(example, number), "expectation"), expectation.condition)
            for number, expectation in enumerate(example.expects)
            if expectation.condition is not None
        )
    for ranked in program.ranking_examples:
        expected.setdefault(settings_of(ranked), [])
    return {
        chosen: with_settings(
            evolve(program, body=(*program.body, *figures)),
            {
                name: Setting(value, values.as_json(value, program.parameters[name].type, program))
                for name, value in chosen
            },
        )
        for chosen, figures in expected.items()
    }


def _checks(program: ir.Program, example: ir.Example, facts: Facts, outcome: Outcome) -> Iterator[Checked]:
    answers = {language: Answer(program, facts, outcome, language=language) for language in ("en", "tr")}
    for number, expectation in enumerate(example.expects):
        figure = _figure(example, number)
        passed = _holds(expectation, figure, answers["en"], outcome)
        found = _found(expectation, figure, answers, outcome)
        line = program.source.line_of(expectation.span.start)
        yield Checked(passed, line, _written(program.source, expectation), found)


def _written(source: Source, expectation: ir.Expectation) -> str:
    text = " ".join(source.text[expectation.span.start : expectation.span.end].split())
    return text if len(text) <= _MOST_TEXT else text[:_MOST_TEXT] + "…"


def _holds(expectation: ir.Expectation, figure: str, answer: Answer, outcome: Outcome) -> bool:
    names = set(expectation.names)
    match expectation.kind:
        case "eligible":
            return answer.eligible is True
        case "not_eligible":
            every = {failure.name for failure in answer.failed}
            return answer.eligible is False and (not names or names in (every, rules_failed(answer)))
        case "undecided":
            return _undecided(answer, outcome, names)
        case "binding":
            return names <= _cut(answer)
        case "warning":
            warned = {warning.name for warning in answer.warnings}
            return names <= warned and bool(warned)
        case "does_not_apply":
            return names <= _off(answer)
        case "condition":
            return outcome.figures.get(figure) is True


def rules_failed(answer: Answer) -> set[str]:
    """
    The rules and ceilings that fail; of an application that nothing but its supports is against, these supports.

    Where a rule fails, what hangs on it often does not apply either, and need not be named.
    """
    failed = {failure.name for failure in answer.failed if failure.kind != "support"}
    return failed or {failure.name for failure in answer.failed}


def _cut(answer: Answer) -> set[str]:
    return {binding.name for binding in answer.binding if binding.certain}


def _off(answer: Answer) -> set[str]:
    return {name for name, support in answer.supports.items() if support.applies is False}


def _found(
    expectation: ir.Expectation, figure: str, answers: Mapping[str, Answer], outcome: Outcome
) -> Words:
    """What was found of an expectation."""
    answer = answers["en"]
    match expectation.kind:
        case "eligible" | "not_eligible" | "undecided":
            return Words(_said(answer), _said(answers["tr"]))
        case "binding":
            return _listed("binding: {}", "kesen tavan: {}", _cut(answer))
        case "warning":
            return _listed("warnings: {}", "uyarılar: {}", {warning.name for warning in answer.warnings})
        case "does_not_apply":
            return _listed("does not apply: {}", "uygulanmayan: {}", _off(answer))
        case "condition":
            condition = expectation.condition
            if condition is None:
                return Words("", "")
            truth = outcome.figures.get(figure)
            found = [
                speaker(each.program, language, outcome.trace).finding(condition, truth).text
                for language, each in answers.items()
            ]
            return Words(*found)


def _undecided(answer: Answer, outcome: Outcome, names: set[str]) -> bool:
    open_rules = {rule.about.name for rule, found in answer.rules if found.status == "undecided"}
    open_figures = {name for name, value in outcome.figures.items() if isinstance(value, Undecided)}
    open_figures |= {name for name, value in outcome.paid.items() if isinstance(value, Undecided)}
    missing = {missing.path.split(".")[0].split("[")[0] for missing in answer.missing}
    found = open_rules | open_figures | missing | set(answer.unset)
    return names <= found and (
        bool(names) or answer.eligible is None or isinstance(answer.support, values.Range)
    )


_SAID = {
    True: Words("eligible", "uygun"),
    False: Words("not eligible: {}", "uygun değil: {}"),
    None: Words("not decided, for lack of: {}", "karara bağlanamıyor, eksik: {}"),
}
_OPEN = Words("not decided: {}", "karara bağlanamıyor: {}")


def _said(answer: Answer) -> str:
    said, names = _SAID[answer.eligible], [failure.name for failure in answer.failed]
    if answer.eligible is None:
        names = [missing.path for missing in answer.missing] + list(answer.unset)
        if not names:  # Nothing lacks: cases contradict one another, a figure divides by zero, and the like.
            said, names = _OPEN, [*_open_requirements(answer)]
    return said[answer.language].format(", ".join(names))


def _open_requirements(answer: Answer) -> Iterator[str]:
    """What keeps it open whether an application is eligible: requirements, and supports that may apply."""
    for rule, found in answer.rules:
        if rule.kind == "require" and found.status == "undecided":
            yield rule.about.name
    for name, support in answer.supports.items():
        if support.applies is None:
            yield name


def _listed(en: str, tr: str, names: set[str]) -> Words:
    listed = ", ".join(sorted(names))
    return Words(en.format(listed or "none"), tr.format(listed or "yok"))


# ---- shown -------------------------------------------------------------------------------------------------------

_COUNT = Words("{passed} of {all} examples passed.", "{all} örnekten {passed} tanesi geçti.")
_NONE = Words("There are no examples.", "Örnek yok.")
_FOUND = Words("found: {found}", "bulunan: {found}")
_GREEN, _RED = "32", "1;31"


def as_text(results: tuple[ExampleResult, ...], programme: str, look: Look) -> str:
    """What a person reads: each example with its mark, and of those that failed what was expected and found."""
    language = look.language
    out = [programme]
    for result in results:
        mark = look.paint("✓", _GREEN) if result.passed else look.paint("✗", _RED)
        title = f"  {escaped(result.title)}" if result.title else ""
        out.append(
            f"  {mark} {escaped(result.name)}{title} ({line_words(result.line, result.file, language)})"
        )
        out += [f"      {line}" for line in _failures(result, look)]
    passed = sum(result.passed for result in results)
    count = _COUNT[language].format(passed=passed, all=len(results)) if results else _NONE[language]
    return "\n".join([*out, f"  {count}"]) + "\n"


def _failures(result: ExampleResult, look: Look) -> Iterator[str]:
    language = look.language
    for problem in result.problems:
        words = problem.words(language)
        yield f"{place_of(problem, language)}: {words.why} {words.instead} [{words.code}]"
    for check in result.checks:
        if not check.passed:
            yield f"{line_words(check.line, result.file, language)}: {escaped(check.expected, 2 * _MOST_TEXT)}"
            yield f"  {_FOUND[language].format(found=escaped(check.found[language], 500))}"


def as_json(results: tuple[ExampleResult, ...], language: str) -> list[dict[str, Any]]:
    """The results as plain JSON data."""
    return [
        {
            "name": result.name,
            "title": result.title or None,
            "line": result.line,
            "file": result.file,
            "passed": result.passed,
            "expectations": [
                {"passed": c.passed, "line": c.line, "expected": c.expected, "found": c.found[language]}
                for c in result.checks
            ],
            "problems": problems_as_json(result.problems, language=language)["problems"],
        }
        for result in results
    ]
