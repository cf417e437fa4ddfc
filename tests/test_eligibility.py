"""One answer out of all that was found, and when two answers are the same."""

from fractions import Fraction

import pytest

import grantrules as gr
from engine_texts import shown
from grantrules.evaluate.eligibility import compared_figures, eligible, equal, figure_found, rules_found
from grantrules.evaluate.fast import FastProgram
from grantrules.evaluate.outcome import Cause, Undecided, applying
from storing import stored

HERE = frozenset({Cause("fact", "here")})
THERE = frozenset({Cause("fact", "there")})


def between(low, high, causes=HERE):
    ends = (None if end is None else Fraction(end) for end in (low, high))
    return Undecided(causes, *ends)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (Fraction(1), Fraction(1), "yes"),
        (Fraction(1), Fraction(2), "no"),
        (None, None, "yes"),
        (None, Fraction(0), "no"),
        ("small", "large", "no"),
        (between(1, 2), between(3, 4, THERE), "no"),
        (between(3, 4), between(1, 2, THERE), "no"),
        (between(1, 3), between(3, 4, THERE), "? (fact here, fact there)"),
        (between(3, 4), between(1, 3, THERE), "? (fact here, fact there)"),
        (between(None, 2), between(3, None, THERE), "no"),
        (between(3, None), between(None, 2, THERE), "no"),
        (between(2, None), between(3, None, THERE), "? (fact here, fact there)"),
        (Fraction(1), between(2, None), "no"),
        (Fraction(2), between(2, None), "? (fact here)"),
        (5, between(None, 4), "no"),
        (between(None, 4), 4, "? (fact here)"),
        (True, between(2, 3), "? (fact here)"),
        (between(None, None), "small", "? (fact here)"),
        (between(None, None), None, "? (fact here)"),
    ],
)
def test_values_are_the_same_unless_their_bounds_lie_apart(one, other, found):
    assert shown(equal(one, other)) == found
    assert shown(equal(other, one)) == found


@pytest.mark.parametrize(
    ("kinds", "applies"),
    [(["does_not_apply"], None), (["does_not_apply", "fact"], "open"), (["fact"], "open"), ([], "open")],
)
def test_what_does_not_apply_for_certain_is_no_open_question(kinds, applies):
    value = Undecided(frozenset(Cause(kind, "x") for kind in kinds))

    assert applying(value) == (None if applies is None else value)
    assert applying(Fraction(1)) == 1


RULES = """language English

programme test.answer
  currency EUR

application
  price   money (at least 0 EUR)
  hills   yes/no
  poor    yes/no
  staff   whole number

require affordable
  price is at most 9 000 EUR

require staffed
  staff is at least 1
  when hills

advise hired
  staff is at least 3

support house
  from price
  support ceiling refuses
    at most 5 000 EUR
    excess refuses the application
  when poor

support road
  computed as 100 EUR
  only a basis
  when hills

support well
  computed as 200 EUR
  when hills

support ceiling in_all
  over house, well
  together at most 4 000 EUR
  excess refuses the application

define size
  5 EUR           when staff is at most 5
  does not apply  otherwise

result size_of_it = size

score points
  3 points  when poor
  0 points  otherwise

promise told "What the rules come to"
  eligible
  when hills

promise told_again
  not eligible
  unless hills

promise met
  meets staffed

promise failed
  fails affordable
  when poor
"""
FACTS = {"price": "4000", "hills": True, "poor": True, "staff": 2}
CHANGES = [
    {}, {"price": "9000.01"}, {"price": "4000", "hills": False}, {"price": "5000.01", "poor": False},
    {"hills": False, "poor": False}, {"staff": 0}, {"staff": 0, "hills": False}, {"staff": 6},
    {"price": ...}, {"hills": ...}, {"poor": ...}, {"staff": ...}, {"price": "5000.01", "poor": ...}, {"price": "3800", "hills": ...},
    {"price": ..., "hills": ..., "poor": ..., "staff": ...}, {"poor": False, "hills": ...}, {"staff": 0, "hills": ...},
]  # fmt: skip


def test_the_answer_of_every_application_is_the_stored_one():
    """Who is eligible, what keeps from it, what is promised of it, and what another text would be held against."""
    programme = gr.compile(RULES)
    program, fast = programme.core, FastProgram(programme.core)
    lines = [f"compared: {', '.join(compared_figures(program, program))}", ""]
    for changes in CHANGES:
        facts = {name: value for name, value in (FACTS | changes).items() if value is not ...}
        prepared = programme.prepare(facts)
        outcome = fast.decide(prepared)
        answer = eligible(program, outcome)
        assert fast.is_eligible(prepared) is (answer.answer is True)
        said = ", ".join(f"{k} {'not known' if v is ... else v}" for k, v in changes.items()) or "as it is"
        lines += [f"{said}: {shown(answer.answer)}"]
        for what in ("failed", "refused", "not_applying"):
            lines += [f"  {what}: {', '.join(names)}"] if (names := getattr(answer, what)) else []
        lines += [
            f"  {rule.status}: {', '.join(map(shown, rule.conditions))}"
            for rule in rules_found(program, outcome)
        ]
        names = ("house", "road", "well", "size_of_it", "points", "nothing")
        lines += ["  " + ", ".join(f"{name} {shown(figure_found(program, outcome, name))}" for name in names)]
    text = "\n".join(lines) + "\n"

    assert text == stored("outcomes/eligibility.txt", text)
