"""
A decision: what users hold in their hands.

Making one costs next to nothing: it keeps what the evaluator gave back and reads it when asked.  What needs the values
of all expressions (`explain`, `record`, the values behind a failure) runs the same evaluator on the same facts once
more, this time with a trace, unless the decision was made with one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol, TypeAlias

from grantrules.answer import (
    Answer,
    BindingCeiling,
    Failure,
    Missing,
    Notice,
    Payable,
    SupportResult,
    Undecidable,
)
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.diagnostics import spoken
from grantrules.evaluate.outcome import Outcome
from grantrules.quantities import Money
from grantrules.render import json_text

Format: TypeAlias = Literal["text", "summary", "markdown", "html", "json"]


class Case(Protocol):
    """What a decision was made with: a programme with its settings, and the evaluator that decides."""

    @property
    def program(self) -> ir.Program:
        """The programme, with the settings in it."""
        ...

    def outcome(self, raw: Any) -> Outcome:
        """The outcome in what the evaluator gave back."""
        ...

    def eligible(self, raw: Any) -> bool | None:
        """Eligible or not, where what it gave back says so at once; else `None`: the outcome has to be read."""
        ...

    def support(self, raw: Any) -> Money | None:
        """The sum that is paid to an eligible application, likewise."""
        ...

    def traced(self, facts: Facts) -> Outcome:
        """The outcome with a trace: the same evaluator again."""
        ...

    def others(self, facts: Facts) -> Mapping[str, Outcome]:
        """What the programmes that its promises name decide about the same facts."""
        ...

    def record(self, facts: Facts, answer: Answer) -> dict[str, Any]:
        """The record of a decision as plain data."""
        ...


class Decision:
    """
    What was decided about one application.

    Not eligible and not applicable are `None`, eligible for nothing is an amount of zero, and what is not decided yet
    is a `Range` or `UNKNOWN`: the four are never mixed.  A decision does not change.
    """

    # No `__dict__` and no setters: what is said can be read and not written.
    __slots__ = ("_answers", "_case", "_facts", "_language", "_raw", "_record", "_sure")

    def __init__(self, case: Case, facts: Facts, raw: Any, language: str) -> None:
        self._case = case
        self._facts = facts
        self._raw = raw
        self._language = language
        self._answers: dict[str, Answer] | None = None
        self._record: dict[str, Any] | None = None
        # Eligible or not where the evaluator says so at once; `None` where the outcome has to be read.
        self._sure: bool | None = case.eligible(raw)

    def __repr__(self) -> str:
        return (
            f"<Decision of {self._case.program.about.name}: eligible={self.eligible}, support={self.support}>"
        )

    def _answer(self, language: str | None = None) -> Answer:
        wanted = spoken(language, self._language)
        answers = self._answers
        if answers is None:
            answers = self._answers = {}
        found = answers.get(wanted)
        if found is None:
            if answers:
                first = next(iter(answers.values()))
                outcome, traced = first.outcome, lambda: first.traced
            else:
                outcome = self._case.outcome(self._raw)
                traced = self._retraced
            found = answers[wanted] = Answer(
                self._case.program, self._facts, outcome, language=wanted, traced=traced, others=self._others
            )
        return found

    def _others(self) -> Mapping[str, Outcome]:
        return self._case.others(self._facts)

    def _retraced(self) -> Outcome:
        return self._case.traced(self._facts)

    # ---- the answer ------------------------------------------------------------------------------------------

    @property
    def programme(self) -> str:
        """The name of the programme."""
        return self._case.program.about.name

    @property
    def language(self) -> str:
        """The language of titles and messages: "en" or "tr"."""
        return self._language

    @property
    def eligible(self) -> bool | None:
        """True, false, or `None` while facts are missing."""
        sure = self._sure
        return self._answer().eligible if sure is None else sure

    @property
    def support(self) -> Payable:
        """
        The sum of all that is paid, as `Money`; what is to be paid back is no part of it.

        `None`: not eligible, or the programme pays no support.  A `Range` while it is not decided, or while it is open
        whether the application is eligible: it then holds the amount of every completion that is eligible.
        """
        if self._sure:
            at_once = self._case.support(self._raw)
            if at_once is not None:
                return at_once
        return self._answer().support

    @property
    def repayable(self) -> Payable:
        """The sum of the supports that are to be paid back, which `support` does not hold; `None` where there is none."""
        return self._answer().repayable

    @property
    def eligible_cost(self) -> Payable:
        """The eligible cost of all supports that are paid."""
        return self._answer().eligible_cost

    @property
    def supports(self) -> Mapping[str, SupportResult]:
        """Each support of the programme by its name."""
        return self._answer().supports

    @property
    def failed(self) -> tuple[Failure, ...]:
        """Every reason why the application is not eligible; empty if it is, or may still be."""
        return () if self._sure else self._answer().failed

    @property
    def warnings(self) -> tuple[Notice, ...]:
        """Advice not followed, codes that are not precise enough, remarks about the data."""
        return self._answer().warnings

    @property
    def missing(self) -> tuple[Missing, ...]:
        """The facts not given that would settle what is open, most useful first."""
        return self._answer().missing

    @property
    def unset(self) -> tuple[str, ...]:
        """The parameters without a value that mattered."""
        return self._answer().unset

    @property
    def undecidable(self) -> tuple[Undecidable, ...]:
        """What cannot be computed for another reason: a division by zero, a tie, a table without a line that fits."""
        return self._answer().undecidable

    @property
    def binding(self) -> tuple[BindingCeiling, ...]:
        """The ceilings that cut the amount, and by how much."""
        return self._answer().binding

    @property
    def score(self) -> Any:
        """The sum of the scores, exactly; `None` without scores or while it is not decided; a `Range` if it has bounds."""
        return self._answer().score

    @property
    def scores(self) -> Mapping[str, Any]:
        """Each score by its name."""
        return self._answer().scores

    @property
    def results(self) -> Mapping[str, Any]:
        """The figures that the programme declares as results, by name; `None` where one does not apply."""
        return self._answer().results

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Every parameter with the value in use; `None` where it is not set."""
        return self._answer().parameters

    @property
    def as_of(self) -> Any:
        """The date of the rules; `None` if the programme has none."""
        return self._answer().as_of

    @property
    def broken_promises(self) -> tuple[str, ...]:
        """The promises of the programme that this decision breaks: a mistake in its rules."""
        return self._answer().broken_promises

    # ---- on paper --------------------------------------------------------------------------------------------

    def to_dict(self, *, language: str | None = None) -> dict[str, Any]:
        """The decision as plain JSON data, in the one shape that `docs/decision.md` describes."""
        data = self._answer(language).as_json()
        data["record_id"] = self.record_id
        return data

    def to_json(self, *, language: str | None = None) -> str:
        """The same as JSON text."""
        return json_text(self.to_dict(language=language))

    def explain(self, language: str | None = None, format: Format = "text") -> str:
        """
        What was computed, step by step, with values, titles and citations.

        A decision that was made without a trace is made once more, with one, by the same evaluator.

        Args:
            language: "en" or "tr"; where it is left out, the language of the decision.
            format: "text" (up to 96 columns), "summary" (its first part alone: the result and what is open), "markdown", "html" (one page that needs nothing else) or "json".
        """
        return _explained(self._answer(language), format)

    def record(self) -> str:
        """
        The record of the decision: one canonical JSON text, for the archive and for `verify`.

        It holds the rules, the data, the parameters set, the limits, the decision and the explanation, in the language
        of the decision, and is the same byte for byte wherever it is made.
        """
        from grantrules.record import canonical

        return canonical(self.as_record())

    @property
    def record_id(self) -> str:
        """The SHA-256 of the record without its name: decisions that are alike in everything have the same one."""
        return str(self.as_record()["record_id"])

    def as_record(self) -> dict[str, Any]:
        """The record as plain data."""
        if self._record is None:
            self._record = self._case.record(self._facts, self._answer())
        return self._record


def _explained(answer: Answer, form: str) -> str:
    from grantrules.explain import markup, plain, text
    from grantrules.explain.story import Story, tell

    def as_json(story: Story) -> str:
        return json_text(plain.as_json(story))

    layouts: dict[str, Callable[[Story], str]] = {
        "text": text.as_text,
        "summary": text.as_summary,
        "markdown": markup.as_markdown,
        "html": markup.as_html,
        "json": as_json,
    }
    if form not in layouts:
        raise ValueError(f"A format is one of {', '.join(layouts)}, not {form!r}.")
    return layouts[form](tell(answer))
