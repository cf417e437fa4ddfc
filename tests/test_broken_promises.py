"""
What every programme promises, broken on purpose: an evaluator that is at fault in one way, and what is then said.

`GRANTRULES_RENEW=1 pytest tests/test_broken_promises.py` stores it anew; read the difference: is each fault found by the promise
that is about it, with the right amounts, in both languages?
"""

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

import grantrules as gr
from grantrules.diagnostics import Words
from grantrules.evaluate.outcome import Outcome, SupportOutcome, Undecided
from grantrules.properties.draft import Draft
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.making import Applications
from grantrules.properties.probe import is_number
from grantrules.properties.promises import Broken, Case, Engine, Watched
from limit_cases import SUPPORTS, programme
from storing import stored

CENT = Fraction(1, 100)
OPEN = Undecided(frozenset())


def of_each(change: Callable[[SupportOutcome], SupportOutcome]) -> Callable[[Outcome], Outcome]:
    """A fault in every support."""

    def at_fault(outcome: Outcome) -> Outcome:
        return evolve(
            outcome, supports={name: change(each) for name, each in outcome.supports.items() if each}
        )

    return at_fault


def times(values: tuple[Any, ...], factor: Fraction) -> tuple[Any, ...]:
    return tuple(value * factor if is_number(value) else value for value in values)


def larger(factor: int) -> Callable[[SupportOutcome], SupportOutcome]:
    """Everything that is paid is so many times as much, and adds up."""
    by = Fraction(factor)

    def change(each: SupportOutcome) -> SupportOutcome:
        (total,) = times((each.total,), by)
        return evolve(each, total=total, lines=times(each.lines, by))

    return change


def first_line(by: Fraction) -> Callable[[SupportOutcome], SupportOutcome]:
    """The first line that there is has so much more, and the total has not."""

    def change(each: SupportOutcome) -> SupportOutcome:
        first = next((at for at, amount in enumerate(each.lines) if amount is not None), None)
        return evolve(each, lines=tuple(a + by if at == first else a for at, a in enumerate(each.lines)))

    return change


def paid(change: Callable[[Any], Any]) -> Callable[[Outcome], Outcome]:
    return lambda outcome: evolve(
        outcome, paid={name: value and change(value) for name, value in outcome.paid.items()}
    )


def figures(change: Callable[[Any], Any]) -> Callable[[Outcome], Outcome]:
    def at_fault(outcome: Outcome) -> Outcome:
        changed = {
            name: change(value) if isinstance(value, Fraction) and "'s " in name else value
            for name, value in outcome.figures.items()
        }
        return evolve(outcome, figures=changed)

    return at_fault


FAULTS: dict[str, Callable[[Outcome], Outcome]] = {
    "none": lambda outcome: outcome,
    "less than nothing": of_each(larger(-1)),
    "a hundred times as much": of_each(larger(100)),
    "costs a thousand times as much": of_each(
        lambda each: evolve(
            each, costs=times(each.costs, Fraction(1000)), eligible_cost=each.eligible_cost * 1000
        )
    ),
    "a line with a cent more": of_each(first_line(CENT)),
    "an eligible cost with a cent less": of_each(
        lambda each: evolve(each, eligible_cost=each.eligible_cost - CENT)
    ),
    "three times as much of all together": paid(lambda value: value * 3),
    "instalments that are twice as much": figures(lambda value: value * 2),
    "instalments below nothing": figures(lambda value: -value),
    "nothing is known": of_each(
        lambda each: evolve(each, total=OPEN, lines=tuple(OPEN for _ in each.lines), applies=OPEN)
    ),
}
"""What the evaluator does wrong."""


class Faulty(Watched):
    """A programme that is decided wrongly."""

    def __init__(self, made: Applications, fault: Callable[[Outcome], Outcome]) -> None:
        super().__init__(made)
        self.fault = fault

    def outcome(self, draft: Draft) -> Outcome:
        return self.fault(super().outcome(draft))


def said(name: str, verdict: Any, draft: Draft) -> str:
    if not isinstance(verdict, Broken):
        return f"{name}: {'holds' if verdict else 'says nothing'}"
    other = verdict.other or {}
    changed = {key: value for key, value in other.items() if value != draft.plain().get(key)}
    beside = f" beside {json.dumps(changed, ensure_ascii=False)}" if changed else ""
    return f"{name}: {verdict.words.en} | {verdict.words.tr}{beside}"


def verdicts(text: str) -> Iterator[str]:
    made = Applications(gr.compile(programme(text))._program)
    drafts = [
        made.draft(RandomChooser(seed), way="eligible", points=(), rowful=made.landscape.rowful)
        for seed in range(3)
    ]
    right = [Watched(made).outcome(draft).paid for draft in drafts]
    for number, (draft, amounts) in enumerate(zip(drafts, right, strict=True)):
        yield f"({number}) {json.dumps(draft.plain(), ensure_ascii=False)}"
        yield f"    {', '.join(f'{name} {value}' for name, value in amounts.items())}"
    for fault, change in FAULTS.items():
        for number, draft in enumerate(drafts):
            watched = Faulty(made, change)
            for promise in watched.promises:
                verdict = promise.check(Case(watched, draft, RandomChooser(number)))
                if isinstance(verdict, Broken) or fault in {"none", "nothing is known"}:
                    yield f"{fault} ({number}) {said(promise.about.name, verdict, draft)}"


@pytest.mark.parametrize("name", SUPPORTS)
def test_what_an_evaluator_at_fault_is_told(name):
    found = "\n".join(verdicts(SUPPORTS[name])) + "\n"

    assert found == stored(f"broken/{name.replace(' ', '_')}.txt", found)


ORDERED = """
score many
  number of costs * 2 points

result first = number of people

require some
  at least 1 costs where paid

support grant
  from costs counting amount

support dear
  from costs counting amount
  count limit two
    the first 2 by amount, highest first

support last_ones
  from costs counting amount
  support ceiling in_all
    together at most 50 EUR
    excess is cut from the last line first

support refused
  from costs counting extra
  support ceiling never
    together at most 50 EUR
    excess refuses the application
"""
ROWS = [
    {"amount": "40.00", "kind": "wood", "company": "1", "on": "2026-05-01", "paid": True, "extra": "1.00"},
    {"amount": "30.00", "kind": "glass", "company": "2", "on": "2026-05-02", "paid": False, "extra": "2.00"},
]
PEOPLE = [{"name": "Ada", "age": 30, "trained": False}, {"name": "Bob", "age": 40, "trained": False}]


class Turned(Watched):
    """A programme that decides otherwise, once the lines are in another order."""

    def __init__(self, made: Applications, fault: Callable[[Outcome], Outcome]) -> None:
        super().__init__(made)
        self.fault = fault

    def outcome_of_other(self, draft: Draft) -> Outcome:
        return self.fault(super().outcome_of_other(draft))


def failing(outcome: Outcome) -> Outcome:
    rule = next(at for at, each in enumerate(outcome.rules) if each.status == "met")
    failed = evolve(outcome.rules[rule], status="failed", conditions=(False,))
    return evolve(outcome, rules=(*outcome.rules[:rule], failed, *outcome.rules[rule + 1 :]))


@pytest.mark.parametrize(
    ("fault", "differs"),
    [
        (lambda outcome: outcome, None),
        (failing, "eligible, failed"),
        (lambda outcome: evolve(outcome, paid={**outcome.paid, "grant": Fraction(1)}), "grant"),
        (lambda outcome: evolve(outcome, paid={**outcome.paid, "grant": None}), "grant"),
        (lambda outcome: evolve(outcome, paid={**outcome.paid, "grant": OPEN}), "grant"),
        # Of these the programme itself says that their order decides.
        (lambda outcome: evolve(outcome, paid={**outcome.paid, "dear": Fraction(1)}), None),
        (lambda outcome: evolve(outcome, paid={**outcome.paid, "last_ones": Fraction(1)}), None),
        (lambda outcome: evolve(outcome, figures={**outcome.figures, "many": Fraction(1)}), "many"),
        (lambda outcome: evolve(outcome, figures={**outcome.figures, "first": OPEN}), "first"),
    ],
)
def test_what_differs_once_lines_are_in_another_order_is_named(fault, differs):
    made = Applications(gr.compile(programme(ORDERED))._program)
    application = {"day": "2026-06-01", "costs": ROWS, "people": PEOPLE}
    watched = Turned(made, fault)
    draft = Draft(made.program, made.raw(application))
    promises = {promise.about.name: promise for promise in watched.promises}

    for name, rows in (("costs", ROWS), ("people", PEOPLE)):
        verdict = promises[f"order_of_{name}"].check(Case(watched, draft, RandomChooser(0)))
        if differs is None:
            assert verdict is True
        else:
            assert verdict == Broken(Words(f"differs: {differs}", f"farklı: {differs}"), verdict.other)
            assert verdict.other[name] != draft.plain()[name]
            assert {len(verdict.other[name])} == {len(rows)}
    for alike in ([], ROWS[:1], [ROWS[0]] * 3):
        draft.data["costs"] = made.raw({"costs": alike})["costs"]
        draft.forget()
        assert promises["order_of_costs"].check(Case(watched, draft, RandomChooser(0))) is None


class Decided:
    """A decision that explains itself as it is told to."""

    def __init__(self, lines: list[Any], amount: Any, *, status: str = "paid") -> None:
        self.told = {"supports": [{"name": "grant", "status": status, "lines": lines}]}
        self.said = {"supports": {"grant": {"amount": amount}}}

    def explain(self, **asked: str) -> str:
        assert asked == {"format": "json"}
        return json.dumps(self.told)

    def to_dict(self) -> dict[str, Any]:
        return self.said

    def record(self) -> str:
        return "the record"


def money(amount: str) -> dict[str, Any]:
    return {"amount": {"amount": amount, "currency": "EUR"}}


def euros(amount: str) -> dict[str, Any]:
    return {"amount": amount, "currency": "EUR"}


@pytest.mark.parametrize(
    ("decided", "found"),
    [
        (Decided([money("1.00"), money("0.50")], euros("1.50")), True),
        (
            Decided([money("1.00"), money("0.49")], euros("1.50")),
            Broken(Words("grant: 1.49 told, 1.50 paid", "grant: 1.49 / 1.50")),
        ),
        (Decided([], euros("1.50")), Broken(Words("grant: 0 told, 1.50 paid", "grant: 0 / 1.50"))),
        (Decided([], euros("1.50"), status="not_applicable"), True),
        (Decided([money("1.00")], {"lowest": "0.00"}), True),
        (Decided([money("1.00")], None), True),
        (Decided([{"amount": {"lowest": "0"}}], euros("1.50")), True),
        (Decided([{"amount": None}, money("1.00")], euros("1.50")), True),
    ],
)
def test_an_explanation_comes_to_what_is_paid(decided, found):
    made = Applications(gr.compile(programme(SUPPORTS["lines"]))._program)
    asked: list[Any] = []

    def replays(record: str) -> bool:
        asked.append(record)
        return found is True

    watched = Watched(made, Engine(lambda facts: asked.append(facts) or decided, replays))
    draft = made.draft(RandomChooser(0), way="eligible", points=())
    promises = {promise.about.name: promise for promise in watched.promises}
    case = Case(watched, draft, RandomChooser(0))

    assert promises["explanation_adds_up"].check(case) == found
    assert promises["record_replays"].check(case) == (
        True
        if found is True
        else Broken(Words("the replay says something else", "yeniden çalıştırma başka sonuç veriyor"))
    )
    assert [getattr(each, "values", each) for each in asked] == [case.facts.values] * 2 + ["the record"]
    assert {name: each.one_in for name, each in promises.items() if each.one_in > 1} == {
        "explanation_adds_up": 5,
        "record_replays": 10,
    }


def test_an_explanation_of_lines_that_a_ceiling_over_several_cuts_need_not_add_up():
    """The lines are those of the support alone; what is cut after that has a line of its own."""
    made = Applications(gr.compile(programme(SUPPORTS["a ceiling over several"]))._program)
    watched = Watched(made, Engine(lambda _: Decided([money("5.00")], euros("1.50")), lambda _: True))
    draft = made.draft(RandomChooser(0), way="eligible", points=())
    promises = {promise.about.name: promise for promise in watched.promises}

    assert promises["explanation_adds_up"].check(Case(watched, draft, RandomChooser(0))) is True
    assert watched.has_joint


def test_without_whole_decisions_nothing_is_promised_about_them():
    made = Applications(gr.compile(programme(SUPPORTS["lines"]))._program)

    assert [each.about.name for each in Watched(made).promises] == [
        "support_within_ceilings",
        "parts_add_up",
        "order_of_costs",
    ]


def test_each_promise_of_every_programme_has_a_title_in_both_languages():
    made = Applications(gr.compile(programme(SUPPORTS["lines"]))._program)
    watched = Watched(made, Engine(lambda _: Decided([], None), lambda _: True))

    assert {each.about.name: dict(each.about.titles) for each in watched.promises} == {
        "support_within_ceilings": {
            "en": "Support is at least 0 and within every stated ceiling",
            "tr": "Destek en az 0'dır ve yazılan hiçbir tavanı aşmaz",
        },
        "parts_add_up": {"en": "The parts add up to the totals", "tr": "Parçalar toplamı verir"},
        "order_of_costs": {
            "en": "The order of costs decides nothing, where no order is stated",
            "tr": "costs sırası, sıra yazılmadıkça hiçbir şeyi değiştirmez",
        },
        "explanation_adds_up": {
            "en": "The explanation comes to the amount that is paid",
            "tr": "Açıklama, ödenen tutara varır",
        },
        "record_replays": {"en": "The record can be replayed", "tr": "Kayıt yeniden çalıştırılabilir"},
    }
    assert all(each.about.keyword == "promise" and not each.stated for each in watched.promises)
