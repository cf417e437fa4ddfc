"""Applications that cannot be read, each with what is said of it, and its place in the JSON text."""

import pytest

import grantrules as gr
from answers import answer, assert_answered
from every_kind import OTHER, RULES


@pytest.fixture(scope="module")
def programme() -> gr.Programme:
    return gr.compile(RULES)


def test_what_is_said_of_applications_that_cannot_be_read_is_as_stored(programme):
    def answers(text: str) -> list[str]:
        try:
            facts = programme.prepare(text, name="application.json")
        except gr.ApplicationError as refused:
            return [answer(problem) for problem in refused.problems]
        return [f"read, {'complete' if facts.complete else 'in part'}"]

    assert_answered("refused/facts.txt", answers)


def test_what_is_said_of_applications_to_two_programmes_is_as_stored(programme):
    other = gr.compile(OTHER)

    def answers(text: str) -> list[str]:
        try:
            found = programme.compare(other, text, name="application.json")
        except gr.ApplicationError as refused:
            return [answer(problem) for problem in refused.problems]
        return [f"read: {found.first.eligible}, {found.second.eligible}"]

    assert_answered("refused/facts_of_two.txt", answers)
