"""The JSON Schema of an application takes what the reader takes, and says what a form needs to know."""

import json
from random import Random

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shapes
from grantrules import types as ty
from grantrules.core import ir
from grantrules.diagnostics import ApplicationError
from grantrules.facts.plain import plain
from grantrules.facts.reader import read
from grantrules.facts.schema import schema_of
from shapes import asked, programme
from test_reading import mutated

PROGRAMMES = {"kdp": shapes.kdp(), "all": shapes.every_type()}
SCHEMAS = {name: jsonschema.Draft202012Validator(schema_of(program)) for name, program in PROGRAMMES.items()}


def good(name, random):
    return shapes.complete() if name == "all" else shapes.cluster(random)


@pytest.mark.parametrize("name", PROGRAMMES)
@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("complete", [True, False])
def test_the_schema_is_itself_valid_and_plain_json(name, language, complete):
    schema = schema_of(PROGRAMMES[name], language=language, complete=complete)

    jsonschema.Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


@settings(max_examples=400)
@given(st.sampled_from(["kdp", "all"]), st.randoms(use_true_random=False), st.integers(0, 3))
def test_what_the_reader_takes_is_valid(name, random, changes):
    """As it was handed in, and in its canonical form."""
    data = good(name, random)
    for _ in range(changes):
        data = mutated(data, random)
    try:
        data = json.loads(json.dumps(data))
        facts = read(PROGRAMMES[name], data)
    except (ApplicationError, TypeError, RuntimeError):
        return

    # Minus zero is zero to the reader; a form need not offer it.
    assert "-0" in json.dumps(data) or list(SCHEMAS[name].iter_errors(data)) == []
    assert list(SCHEMAS[name].iter_errors(plain(PROGRAMMES[name], facts))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"agreed": "yes"}, {"jobs": -1}, {"jobs": "-1"}, {"jobs": 1001}, {"jobs": "1.5"}, {"turnover": "1.234,50"},
        {"turnover": "1.505"}, {"turnover": {"amount": "1.00", "currency": "TRY"}}, {"yen": "1.5"}, {"rate": "0.7"},
        {"rate": 0.7}, {"day": "04.09.2023"}, {"at": "2023-09-04"}, {"year": 23}, {"length": "P30D"}, {"stage": "x"},
        {"areas": ["innovation", "innovation"]}, {"sector": "3"}, {"country": "tr"}, {"seat": {"town": "x"}},
        {"companies": []}, {"companies": [{}] * 5}, {"agreed": None}, {"unknown_field": 1}, {"agreed": {"unknown": 1}},
    ],
)  # fmt: skip
def test_common_mistakes_are_invalid(change):
    assert list(SCHEMAS["all"].iter_errors({**shapes.complete(), **change})) != []


def test_a_partial_application_is_valid_and_not_complete():
    whole = jsonschema.Draft202012Validator(schema_of(PROGRAMMES["all"], complete=True))
    part = {"jobs": {"unknown": True}, "companies": [{"name": "Bir"}, {"unknown": True}]}

    assert list(SCHEMAS["all"].iter_errors(part)) == []
    assert list(SCHEMAS["all"].iter_errors({})) == []
    assert list(whole.iter_errors(part)) != []
    assert list(whole.iter_errors(shapes.complete())) == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_complete_application_is_one_without_unknown_facts(name):
    whole = jsonschema.Draft202012Validator(schema_of(PROGRAMMES[name], complete=True))
    random = Random(3)
    for _ in range(200):
        data = good(name, random)
        facts = data.copy()
        for key in random.sample(sorted(facts), random.randrange(3)):
            del facts[key]
        assert whole.is_valid(facts) == read(PROGRAMMES[name], facts).complete


def test_a_field_has_its_title_and_what_is_said_about_it():
    costs = schema_of(PROGRAMMES["kdp"], language="tr")["$defs"]["record.cost"]["properties"]
    amount = costs["amount"]

    assert amount["title"] == "Tutar"
    assert amount["description"] == 'TRY olarak para. Şöyle yazılır: "1500.50". En az 0,00 TRY.'
    assert costs["domestic"]["default"] is False
    approved = schema_of(PROGRAMMES["kdp"])["properties"]["extension_approved"]
    assert approved["description"] == "Yes or no. Decided by the Ministry."


def test_the_values_of_a_choice_have_their_titles_and_their_other_names():
    stage = schema_of(PROGRAMMES["all"], language="tr")["properties"]["stage"]["anyOf"][0]
    in_english = schema_of(PROGRAMMES["all"])["properties"]["stage"]["anyOf"][0]

    assert stage["oneOf"][1:4] == [
        {"const": "developing", "title": "Gelişen"},
        {"const": "gelisme", "title": "Gelişen"},
        {"const": "mature", "title": "Olgun"},
    ]
    assert in_english["oneOf"][1] == {"const": "developing", "title": "Growing"}


def test_a_fact_under_a_condition_may_be_absent_and_is_never_required():
    program = programme(
        asked("a", ty.YesNo()), asked("ışık", ty.Text(), only_when=ir.Fact("a", type=ty.YesNo())),
        asked("rows", ty.List("üye")), records={"üye": (asked("x", ty.YesNo()),)},
    )  # fmt: skip
    whole = jsonschema.Draft202012Validator(schema_of(program, complete=True))

    assert whole.is_valid({"a": False, "ışık": None, "rows": [{"x": True}]})
    assert whole.is_valid({"a": False, "rows": []})
    assert not whole.is_valid({"a": False, "rows": [{}]})
    assert "Asked only under a condition" in schema_of(program)["properties"]["ışık"]["description"]


def test_a_fact_that_may_be_left_out_says_so():
    program = programme(asked("a", ty.YesNo()), asked("b", ty.YesNo(), optional=True))
    facts = schema_of(program)["properties"]

    assert facts["b"]["description"].removeprefix(facts["a"]["description"]).strip()
