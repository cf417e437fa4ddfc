"""Facts of every kind: the schema that asks for them, the canonical form, and each value as it is told."""

import json

import pytest

import grantrules as gr
from every_kind import APPLICATION, NAMES, RULES
from grantrules.facts.fast_reader import compile_reader
from grantrules.facts.plain import plain
from grantrules.limits import Limits
from storing import stored

RESULTS = "".join(f"\nresult its_{name} = {name}\n" for name in NAMES)
# As most applications are: nothing is null, and no amount names its currency.
USUAL = {
    **APPLICATION,
    "lines": [{"amount": "5.50", "paid_on": "2025-12-31"}, {"amount": 7, "big": True, "pieces": 2}],
}
COMPUTED = """
result third = fee / 3

result third_of_share = share / 3

result age = lead's age

result exact = ratio * 0.000001 * 0.000001

result price_of_third = per_ton / 3
"""


@pytest.fixture(scope="module")
def programme() -> gr.Programme:
    return gr.compile(RULES + RESULTS + COMPUTED)


def as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("complete", [True, False], ids=["whole", "partial"])
def test_the_schema_of_every_kind_is_as_stored(programme, language, complete):
    found = as_json(programme.schema(language=language, complete=complete))

    assert stored(f"schemas/{'whole' if complete else 'partial'}.{language}.json", found) == found


@pytest.mark.parametrize("given", [APPLICATION, {}], ids=["whole", "nothing"])
def test_the_canonical_form_of_every_kind_is_as_stored(programme, given):
    facts = programme.prepare(json.dumps(given))
    found = as_json(plain(programme._program, facts))

    assert stored(f"schemas/plain_{'whole' if given else 'nothing'}.json", found) == found
    assert programme.prepare(found).values == facts.values


def told(explanation: str) -> dict[str, str]:
    """What an explanation says of each result, by its name in words."""
    lines = [line.removeprefix("  • ") for line in explanation.splitlines() if line.startswith("  • ")]
    return dict(line.split(": ", 1) for line in lines if ": " in line)


@pytest.mark.parametrize("given", [APPLICATION, {}], ids=["whole", "nothing"])
def test_values_of_every_kind_are_told_as_stored(programme, given):
    decision = programme.decide(json.dumps(given))
    written = decision.to_dict()["results"]
    english, turkish = (told(decision.explain(language=language)) for language in ("en", "tr"))
    found = ""
    for name, value in decision.results.items():
        title = name.replace("_", " ")
        said = repr(value) if not isinstance(value, frozenset) else repr(sorted(value))
        found += f"{name}: {said}\n  {value if not isinstance(value, frozenset) else sorted(value)}\n"
        found += (
            f"  {json.dumps(written[name], ensure_ascii=False)}\n  {english[title]}\n  {turkish[title]}\n"
        )

    assert stored(f"schemas/values_{'whole' if given else 'nothing'}.txt", found) == found


def test_the_code_that_reads_every_kind_is_as_stored(programme):
    found = programme._plain.readers._quick.source + "\n"

    assert stored("code/reader_of_every_kind.txt", found) == found


def test_the_code_reads_as_the_complete_reader_does(programme):
    text = json.dumps(USUAL)
    wanted = programme._plain.readers._complete.read_json(text).values
    usual = programme._plain.readers._quick

    for given in (text, text.encode(), f"{text} \t\r\n", json.dumps(USUAL, ensure_ascii=False)):
        assert usual.json(given) == wanted
    assert usual.mapping(USUAL) == wanted
    assert usual.mapping({}) is None
    for spoilt in (
        text[:-1],
        text + "x",
        "[]",
        "",
        text.replace('"count": 3', '"count": 3, "count": 3'),
        "5",
    ):
        assert usual.json(spoilt) is None


@pytest.mark.parametrize(("depth", "taken"), [(3, True), (2, False)])
def test_the_code_is_left_aside_where_the_programme_itself_is_too_deep(programme, depth, taken):
    reader = compile_reader(programme._program, Limits(json_depth=depth), programme._plain.readers._holds)

    assert (reader.json(json.dumps(USUAL)) is not None) == taken
