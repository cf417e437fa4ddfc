"""
What holds of every decision, through the public face alone: for the bundled programmes and for random ones.

The applications are generated, those that leave facts out included.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grantrules as gr
from grantrules import resources, testing
from grantrules.core import ir

NAMES = [name for name in resources.bundled_names() if not name.startswith("lib/")]
PROGRAMMES = {name: gr.load(resources.bundled(name)) for name in NAMES}
FEW = settings(max_examples=3)


def decisions(name: str) -> st.SearchStrategy[tuple[gr.Programme, dict[str, Any]]]:
    """A programme and an application to it, whole or in part."""
    programme = PROGRAMMES[name]
    applications = st.booleans().flatmap(lambda partial: programme.applications(partial=partial))
    return applications.map(lambda application: (programme, application))


cases = st.sampled_from(NAMES).flatmap(decisions)
whole_cases = st.sampled_from(NAMES).flatmap(
    lambda name: PROGRAMMES[name].applications().map(lambda application: (PROGRAMMES[name], application))
)


def turned(value: Any) -> Any:
    """The same data with the members of every object the other way round."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(each) for each in value] if isinstance(value, list) else value


def holds(before: Any, after: Any) -> bool:
    """Whether what was said while facts were missing agrees with what is said when more are known."""
    if before is None or before is gr.UNKNOWN:
        return True
    if isinstance(before, gr.Range):
        return after is None or isinstance(after, gr.Range) or after in before
    return before == after


@pytest.mark.parametrize("name", NAMES)
def test_every_decision_can_be_replayed_from_its_record(name):
    @FEW
    @given(decisions(name))
    def replayed(case):
        programme, application = case
        decision = programme.decide(application)
        assert gr.verify(decision.record()).ok
        assert json.loads(decision.record())["record_id"] == decision.record_id

    replayed()


@settings(max_examples=10)
@given(cases)
def test_the_form_in_which_data_arrive_means_nothing(case):
    """A mapping, JSON text or bytes, the members in any order, or data that were prepared: one record."""
    programme, application = case
    text = json.dumps(application)
    forms = [application, text, text.encode(), turned(application), programme.prepare(application)]

    assert len({programme.decide(form).record() for form in forms}) == 1


@settings(max_examples=10)
@given(cases)
def test_a_trace_and_a_language_change_no_figure(case):
    programme, application = case
    plain = programme.decide(application)

    for other in (
        programme.decide(application, trace=True),
        programme.decide(application, language="tr"),
        programme.decide(application, language="en"),
    ):
        assert (other.eligible, other.support, other.repayable) == (
            plain.eligible,
            plain.support,
            plain.repayable,
        )
        assert (other.results, other.scores, other.parameters) == (
            plain.results,
            plain.scores,
            plain.parameters,
        )
        assert [each.name for each in other.failed] == [each.name for each in plain.failed]


@settings(max_examples=10)
@given(cases)
def test_a_parameter_set_to_the_value_it_has_changes_no_answer(case):
    """Values are given back as they were handed out."""
    programme, application = case
    plain = programme.decide(application)
    same = {
        name: value
        for name, value in plain.parameters.items()
        if isinstance(value, bool | int | str | gr.Money | gr.Period)
    }
    again = programme.decide(application, parameters=same)

    assert (again.eligible, again.support, again.parameters) == (
        plain.eligible,
        plain.support,
        plain.parameters,
    )


@settings(max_examples=15)
@given(cases)
def test_what_is_paid_adds_up(case):
    """The lines of each support to its amount, the supports to the total, and the instalments of each to what it is."""
    programme, application = case
    decision = programme.decide(application)
    paid = [
        each.amount
        for each in decision.supports.values()
        if isinstance(each.amount, gr.Money) and not each.only_a_basis and not each.repayable
    ]

    if isinstance(decision.support, gr.Money):
        zero = gr.Money(0, decision.support.currency)
        assert decision.eligible is True
        assert sum(paid, zero) == decision.support
    for support in decision.supports.values():
        if support.payments and isinstance(support.amount, gr.Money):
            amounts = [each.amount for each in support.payments]
            assert sum(amounts, gr.Money(0, support.amount.currency)) == support.amount


@settings(max_examples=15)
@given(whole_cases, st.data())
def test_a_fact_more_never_takes_back_what_was_said(case, data):
    """What is decided without a fact is decided so with it, and a range holds what it becomes."""
    programme, application = case
    # A fact that may be absent is answered by leaving it out: it then does not apply, which is another application.
    asked = [
        fact.name
        for fact in programme.core.application.fields
        if not fact.optional and fact.default is ir.UNKNOWN and fact.name in application
    ]
    left_out = data.draw(st.sets(st.sampled_from(sorted(asked)), max_size=4))
    before = programme.decide({name: value for name, value in application.items() if name not in left_out})
    after = programme.decide(application)

    assert before.eligible in {None, after.eligible}
    if after.eligible:
        assert holds(before.support, after.support)
    for name, result in before.results.items():
        assert holds(result, after.results[name])
    assert {each.name for each in before.failed} <= {each.name for each in after.failed}


@settings(max_examples=10)
@given(cases)
def test_the_explanation_gives_the_amount_that_was_decided(case):
    programme, application = case
    decision = programme.decide(application)

    for language, thousands, point in (("en", ",", "."), ("tr", ".", ",")):
        told = decision.explain(language)
        if isinstance(decision.support, gr.Money):
            whole, _, part = decision.support.amount.partition(".")
            shown = f"{int(whole):,}".replace(",", thousands) + (f"{point}{part}" if part else "")
            assert shown in told
        for failure in decision.failed:
            assert failure.name in json.dumps(decision.to_dict(language=language), ensure_ascii=False)


anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=40)
@given(whole_cases, st.data())
def test_whatever_stands_for_a_fact_is_read_or_refused_with_its_place(case, data):
    programme, application = case
    name = data.draw(st.sampled_from(sorted(application)))
    strange = data.draw(anything)

    problems: tuple[gr.Problem, ...] = ()
    try:
        assert programme.decide(application | {name: strange}).eligible in {True, False, None}
    except gr.ApplicationError as refused:
        problems = refused.problems

    # What is no longer asked for with the other fact stands somewhere else (GR505).
    placed = [problem for problem in problems if problem.path and problem.code != "GR505"]
    assert all(problem.path.startswith(name) for problem in placed)
    assert all(problem.words(language).title for problem in problems for language in ("en", "tr"))


@settings(max_examples=10)
@given(testing.programmes(), st.data())
def test_a_random_programme_decides_every_application_to_it(programme, data):
    """Also where facts are left out, with its schema and its most steps known before."""
    application = data.draw(programme.applications(partial=data.draw(st.booleans())))
    decision = programme.decide(application)

    assert programme.most_steps >= 0
    assert set(application) <= set(programme.schema()["properties"])
    assert decision.to_json() == programme.decide(json.dumps(application)).to_json()
    assert decision.explain("tr")
    if decision.eligible is False:
        assert decision.support is None
        assert decision.failed


@pytest.mark.parametrize("name", [name for name in NAMES if PROGRAMMES[name].rankings])
def test_a_ranking_keeps_every_application_and_spends_what_it_gives(name):
    programme = PROGRAMMES[name]

    @FEW
    @given(st.lists(programme.applications(), max_size=4))
    def ranked(applications):
        named = {f"a{number}": application for number, application in enumerate(applications)}
        for ranking in programme.rankings:
            try:
                found = programme.rank(named, ranking=ranking)
            except gr.RankingError:
                continue
            assert {each.id for each in found.entries} == set(named)
            if found.budget is not None:
                assert found.spent + found.left == found.budget

    ranked()
