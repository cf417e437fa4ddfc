"""Facts of every kind: the schema that asks for them, the canonical form, and each value as it is told."""

import json

import pytest

import grantrules as gr
from every_kind import APPLICATION, NAMES, RULES
from grantrules.facts.plain import plain
from storing import stored

RESULTS = "".join(f"\nresult its_{name} = {name}\n" for name in NAMES)
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
