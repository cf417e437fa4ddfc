"""When a support is paid, when it is 0, when it does not apply: told of a programme, without an application."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grantrules as gr
from grantrules import resources
from grantrules.cli import main
from grantrules.explain.conditions import conditions_of
from grantrules.properties.programmes import programs

PROGRAMME = """language English

programme docs.houses "Aid for houses"
  tr "Evlere destek"
  currency EUR

source law "Law on houses", dated 2024-01-01

record cost
  kind    one of work "Work", other "Other"
  amount  money (at least 0 EUR)

application
  age      "Age of the house"  whole number (at least 0)
  loss     rate
  poor     yes/no
  price    money (at least 0 EUR)
  other    money (0 EUR if absent)
  costs    list of cost (at most 9)

table share by loss "Share by loss"
  below 10%              | does not apply
  from 10% to below 20%  | 0%
  from 20%               | 50%

require old "Old houses"
  cites law "older than ten years"
  age is more than 10
  unless poor

support grant "Grant"
  from costs counting amount
  require owner "For the poor"
    poor
  eligible cost works "Work alone"
    only where kind is work
  rate by_loss
    share
  support ceiling with_the_rest "1 000 with other aid"
    together with other at most 1 000 EUR
    excess is cut pro rata
  support floor small "Nothing below 100"
    nothing is paid below 100 EUR
  rounding down in steps of 1 EUR, once at the end

support extra "Extra"
  computed as the larger of 0 EUR and (price - 500 EUR)
  not together with grant
  repayable

support lump "Lump sum"
  computed as
    700 EUR  when poor
    0 EUR    otherwise

support basic "At least something"
  from price
  support floor least "At least 50"
    raised to 50 EUR, in any case
"""


@pytest.fixture(scope="module")
def programme() -> gr.Programme:
    return gr.compile(PROGRAMME)


def texts(found) -> list[str]:
    return [each.text for each in found]


def test_a_support_is_listed_with_what_takes_it_away_and_what_leaves_nothing(programme):
    (grant, *_) = programme.conditions().supports

    assert texts(grant.paid_when) == ["poor", "“Share by loss” applies"]
    assert texts(grant.does_not_apply_when) == ["not poor", "loss is less than 10%"]
    assert texts(grant.zero_when) == [
        "number of costs is 0",
        "for all costs: amount is 0.00 EUR",
        "for all costs: kind is not Work",
        "loss is at least 10% and loss is less than 20%",
        "other is at least 1,000.00 EUR",
        "the sum is below 100.00 EUR",
        "the sum is below 1.00 EUR",
    ]
    assert [each.title for each in grant.does_not_apply_when] == ["For the poor", ""]


ROOFS = """\
language English

programme docs.roofs "Aid for roofs"
  currency EUR

record part
  cost   money (at least 0 EUR)
  other  money (at least 0 EUR)

application
  poor   yes/no
  old    yes/no
  price  money (at least 0 EUR)
  parts  list of part (at most 9)

define share
  first line that fits
  50%  when poor
  0%   when old
  20%  otherwise

support grant "Grant"
  from parts counting cost
  rate by_need
    share
  rate ceiling none_for_the_old
    when old
    at most 0%
  rate at_last
    share
  supplement extra "The extra"
    plus 10 EUR
    within the ceilings
  support ceiling each_part
    each at most cost
    excess is trimmed
  rounding down in steps of 0.01 EUR, once at the end

support more "More"
  from price

support ceiling at_all "Nothing but one"
  over grant, more
  together at most 0 EUR
  excess refuses the application
"""


def test_what_another_step_or_case_undoes_is_no_cause_by_itself():
    grant, more = gr.compile(ROOFS).conditions().supports

    assert texts(grant.zero_when) == [
        "number of parts is 0 (unless “The extra” adds to it)",
        "for all parts: cost is 0.00 EUR (unless “The extra” adds to it)",
        "old and not poor (unless “The extra” adds to it)",
        "for all parts: cost is 0.00 EUR (unless “The extra” adds to it)",
    ]
    assert texts(more.zero_when) == ["price is 0.00 EUR"]


def test_cases_and_formulas_are_followed(programme):
    _, extra, lump, basic = programme.conditions().supports

    assert (extra.kind, texts(extra.zero_when)) == ("repayable", ["price − 500.00 EUR is at most 0.00 EUR"])
    assert texts(extra.does_not_apply_when) == ["Grant applies"]
    assert texts(lump.zero_when) == ["none of its cases holds"]
    assert texts(basic.zero_when) == ["price is 0.00 EUR (unless “At least 50” adds to it)"]


def test_what_makes_an_application_fail_stands_above_with_its_source(programme):
    (rule,) = programme.conditions().not_eligible_when

    assert rule.text == "“Age of the house” is at most 10, where not poor"
    assert rule.citations[0].quote == "older than ten years"
    assert [each["quote"] for each in rule.to_dict()["citations"]] == ["older than ten years"]


def test_the_list_is_printed_in_both_languages(programme):
    english, turkish = str(programme.conditions()), str(programme.conditions(language="tr"))

    assert "Does not apply when one of these holds:\n    • “For the poor”: not poor" in english
    assert "Evlere destek" in turkish
    assert "“For the poor”: poor değil" in turkish
    assert "loss en az %10 ve loss %20'den az" in turkish


@pytest.mark.parametrize("name", resources.bundled_names())
def test_every_programme_that_comes_along_can_be_listed(name):
    found = gr.load(resources.bundled(name)).conditions()

    assert all(each.text for support in found.supports for each in support.zero_when)
    assert json.loads(found.to_json())["version"] == 1


@settings(max_examples=15)
@given(programs(), st.sampled_from(["en", "tr"]))
def test_every_programme_can_be_listed(program, language):
    assert str(conditions_of(program, language))


def test_the_command_prints_the_list(tmp_path, capsys):
    path = tmp_path / "houses.rules"
    path.write_text(PROGRAMME, encoding="utf-8")

    assert main(["conditions", str(path)]) == 0
    assert capsys.readouterr().out == str(gr.load(path).conditions())
    assert main(["conditions", str(path), "--format", "json", "--language", "tr"]) == 0
    assert json.loads(capsys.readouterr().out)["supports"][1]["kind"] == "repayable"
