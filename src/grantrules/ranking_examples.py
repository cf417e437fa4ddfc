"""
The examples of a programme together, and among them those of rankings.

The applications of such an example are decided and ranked like those of a call, by the same evaluator and the same
ranking; what was expected of each is shown beside what came, and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import evolve, frozen

from grantrules import formats
from grantrules.answer import Answer
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.decision import Decision
from grantrules.diagnostics import LANGUAGES, ApplicationError, Problem, Words
from grantrules.evaluate.outcome import Outcome
from grantrules.examples import (
    Checked,
    Evaluate,
    ExampleResult,
    Read,
    prepared,
    result_of,
    run_example,
    settings_of,
)
from grantrules.facts.problems import of_application
from grantrules.rank import STATUSES, RankedApplication, Ranking, RankingError, Status, Tied, rank
from grantrules.source import Source

Came: TypeAlias = Ranking | RankingError
"""What a ranking came to."""


@frozen(eq=False)
class Taking:
    """
    The applications of an example, read.

    Args:
        applications: by their names.
        nobody: an application without facts, which holds what is the same for all.
    """

    applications: Mapping[str, Facts]
    nobody: Facts


def run_examples(
    program: ir.Program, *, read: Read, evaluate: Evaluate, language: str
) -> tuple[ExampleResult, ...]:
    """
    Every example of a programme, of one application or of a ranking, in the order of the file.

    `read` and `evaluate` get the same programme for all examples with the same settings, so that whoever makes it ready
    does so once for all of them.
    """
    ready = prepared(program)
    found: list[ExampleResult] = []
    for example in program.all_examples:
        under = ready[settings_of(example)]
        if isinstance(example, ir.RankingExample):
            found.append(_run(under, example, read, evaluate, language))
        else:
            found.append(run_example(under, example, read, evaluate, language))
    return tuple(found)


def taken(program: ir.Program, example: ir.RankingExample, read: Read) -> Taking:
    """
    The applications of an example of a ranking.

    Raises:
        ApplicationError: some cannot be read; carries every mistake, each with the name of its application.
    """
    found: dict[str, Facts] = {}
    problems: list[Problem] = []
    for each in example.applications:
        try:
            found[each.name] = read(program, each.facts)
        except ApplicationError as wrong:
            problems += (of_application(problem, each.name) for problem in wrong.problems)
    if problems:
        raise ApplicationError(tuple(problems))
    return Taking(found, read(program, {}))


def comes_to(
    program: ir.Program, name: str, taking: Taking, evaluate: Evaluate, *, language: str = "en"
) -> Came:
    """What a ranking comes to for some applications; of a programme with its settings."""
    ranking = next(each for each in program.rankings if each.about.name == name)
    case = _Case(program, evaluate)
    decided = [
        (id, Decision(case, facts, evaluate(program, facts), language))
        for id, facts in taking.applications.items()
    ]
    shared = evaluate(program, taking.nobody).figures
    try:
        return rank(program, ranking, decided, shared, language=language)
    except RankingError as refused:
        return refused


def is_met(example: ir.RankingExample, came: Came) -> bool:
    """Whether everything that an example expects came."""
    refused = next((each for each in example.expects if each.kind == "tied"), None)
    if isinstance(came, RankingError):
        return refused is not None and set(refused.value) == tied(came)
    return (
        refused is None
        and all(left_over(came) == each.value for each in example.expects)
        and all(_is(each, came[one.name]) for one in example.applications for each in one.expects)
    )


@frozen(eq=False)
class _Case:
    """What a decision of an example is made with; nobody asks for its record."""

    program: ir.Program
    evaluate: Evaluate

    def outcome(self, raw: Outcome) -> Outcome:
        return raw

    def eligible(self, _raw: Outcome) -> None:
        return None

    def support(self, _raw: Outcome) -> None:
        return None

    def traced(self, facts: Facts) -> Outcome:
        return self.evaluate(self.program, facts)

    def others(self, _facts: Facts) -> Mapping[str, Outcome]:
        return {}

    def record(self, _facts: Facts, _answer: Answer) -> dict[str, Any]:
        return {}


def _run(
    program: ir.Program, example: ir.RankingExample, read: Read, evaluate: Evaluate, language: str
) -> ExampleResult:
    result = result_of(program, example.about, language)
    try:
        taking = taken(program, example, read)
    except ApplicationError as wrong:
        return evolve(result, problems=wrong.problems)
    came = comes_to(program, example.ranking, taking, evaluate, language=language)
    is_refused = any(each.kind == "tied" for each in example.expects)
    if isinstance(came, RankingError) and not (is_refused and tied(came)):
        return evolve(result, problems=came.problems)
    return evolve(result, checks=tuple(_checks(program, example, came)))


# ---- expected and found --------------------------------------------------------------------------------------------


def _is(expectation: ir.RankedExpectation, entry: RankedApplication) -> bool:
    """Whether one thing that is expected of an application came."""
    match expectation.kind:
        case "outcome":
            return bool(entry.status == expectation.value)
        case "place":
            return bool(entry.position == expectation.value)
        case _:
            return bool(awarded_to(entry) == expectation.value)


def awarded_to(entry: RankedApplication) -> Fraction:
    """What an application gets of the budget; 0 where that is nothing."""
    return Fraction(0) if entry.funded is None else entry.funded.fraction


def left_over(ranking: Ranking) -> Fraction:
    """What is left of all budgets together."""
    left = (ranking.left, *(group.left for group in ranking.groups))
    return sum((each.fraction for each in left if each is not None), Fraction(0))


def tied(refused: RankingError) -> set[str]:
    """Those for whose sake a ranking is refused; none where it is refused for another reason."""
    return {name for each in refused.problems if isinstance(each, Tied) for name in each.ids}


def _checks(program: ir.Program, example: ir.RankingExample, came: Came) -> Iterator[Checked]:
    """What is expected of the whole, then of each application: as the author wrote it, and what came."""
    source = program.source
    ranking = next(each for each in program.rankings if each.about.name == example.ranking)
    currency = None if ranking.budget is None else ranking.currency
    for each in example.expects:
        line, written = source.line_of(each.span.start), _written(source, each)
        if each.kind == "tied":
            found = _told_of_tie(came, currency)
            yield Checked(is_met(example, came), line, f"{TIED_WORDS[program.language]}: {written}", found)
        elif isinstance(came, Ranking) and currency is not None:
            left = left_over(came)
            found = Words(*(formats.amount(left, currency, language) for language in LANGUAGES))
            yield Checked(left == each.value, line, f"{LEFT_WORDS[program.language]} {written}", found)
    if isinstance(came, RankingError):
        return
    for one in example.applications:
        if one.expects:
            entry = came[one.name]
            expected = f"{one.name}: {', '.join(_written(source, each) for each in one.expects)}"
            found = Words(*(f"{_outcome(entry, currency, x)} {entry.reason_in(x)}" for x in LANGUAGES))
            passed = all(_is(each, entry) for each in one.expects)
            yield Checked(passed, source.line_of(one.span.start), expected, found)


def _written(source: Source, expectation: ir.RankedExpectation) -> str:
    """As the author wrote it: the heading of the column, and the cell."""
    parts = (expectation.column, expectation.span)
    return " ".join(" ".join(source.text[each.start : each.end].split()) for each in parts).strip()


def _told_of_tie(came: Came, currency: str | None) -> Words:
    """Who is tied, or what the ranking came to although nobody is."""
    if isinstance(came, RankingError):
        names = ", ".join(sorted(tied(came)))
        return Words(f"refused because tied: {names}", f"eşitlik yüzünden yapılamaz: {names}")
    said = {
        language: " ".join(f"{each.id}: {_outcome(each, currency, language)}" for each in came.entries)
        for language in LANGUAGES
    }
    return Words(*(f"{_NOT_REFUSED[language]} {said[language]}" for language in LANGUAGES))


def _outcome(entry: RankedApplication, currency: str | None, language: str) -> str:
    """What became of an application, in the words that an author expects it in."""
    place = _NO_PLACE if entry.position is None else _PLACE
    said = [OUTCOMES[entry.status][language], place[language].format(place=entry.position)]
    if currency is not None:
        said.append(formats.amount(awarded_to(entry), currency, language))
    return f"{', '.join(said)}."


# In the words of a rule file.
OUTCOMES: dict[Status, Words] = {**STATUSES, "reserve": Words("on the reserve list", "yedek listede")}
_PLACE = Words("place {place}", "sıra {place}")
_NO_PLACE = Words("no place", "sırası yok")
TIED_WORDS = Words("expect refused because tied", "beklenen eşitlik yüzünden yapılamaz")
LEFT_WORDS = Words("expect left over", "beklenen artan")
_NOT_REFUSED = Words("the ranking is not refused.", "sıralama yapılabiliyor.")
