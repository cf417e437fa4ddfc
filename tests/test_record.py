"""The record of a decision: the same bytes everywhere, whole, replayable, and honest about what differs."""

import decimal
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import grantrules as gr
import house
from grantrules import record as rec
from grantrules import resources
from grantrules.limits import Limits

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def programme():
    return gr.compile(house.RULES, name="folder/house.rules")


@pytest.fixture(scope="module")
def text(programme):
    return programme.decide(house.application(zone="hills"), parameters={"hill_points": "7"}).record()


def changed(text: str, change) -> str:
    """The record with a change, under a new name that fits it, as a forger would make it."""
    data = json.loads(text)
    change(data)
    content = {key: value for key, value in data.items() if key != "record_id"}
    return rec.canonical(content | {"record_id": rec.sha256(rec.canonical(content))})


# ---- what it holds -----------------------------------------------------------------------------------------------


def test_a_record_can_be_read_with_nothing_else_at_hand(text):
    data = json.loads(text)

    assert set(data) == {
        "version", "engine", "tzdata", "rules", "input", "parameters_set", "limits", "decision", "explanation",
        "record_id",
    }  # fmt: skip
    (file,) = data["rules"]["files"]
    assert file["text"] == house.RULES
    assert file["name"] == "house.rules", "no folder of the machine it was made on"
    assert data["input"]["data"]["zone"] == "hills"
    assert data["parameters_set"] == {"hill_points": "7"}
    assert data["limits"] == Limits().as_record()
    assert data["decision"]["support"] == {"amount": "1850.02", "currency": "EUR"}
    assert data["explanation"]["requirements"]


def test_the_hashes_are_of_what_they_stand_beside(text):
    data = json.loads(text)

    assert data["rules"]["files"][0]["sha256"] == rec.sha256(house.RULES)
    assert data["input"]["sha256"] == rec.sha256(rec.canonical(data["input"]["data"]))
    content = {key: value for key, value in data.items() if key != "record_id"}
    assert data["record_id"] == rec.sha256(rec.canonical(content))


def test_the_text_is_canonical(text):
    def no_floats(number):
        raise AssertionError(number)

    assert rec.canonical(json.loads(text, parse_float=no_floats)) == text
    assert text.endswith("}\n")
    assert "\n" not in text[:-1]


def test_a_float_never_gets_into_a_record():
    with pytest.raises(TypeError, match="floats"):
        rec.check({"a": [{"b": 0.1}]})
    with pytest.raises(TypeError, match="keys"):
        rec.check({1: "a"})


def test_the_same_decision_has_the_same_name_and_another_another(programme):
    first, again = (programme.decide(house.application()) for _ in range(2))
    other = programme.decide(house.application(built=1971))

    assert first.record_id == again.record_id
    assert first.record_id != other.record_id
    assert json.loads(first.record())["record_id"] == first.record_id == first.to_dict()["record_id"]


def test_the_form_of_the_data_does_not_matter_only_the_data(programme):
    facts = house.application()
    forms = [
        facts,
        dict(reversed(facts.items())),
        json.dumps(facts),
        json.dumps(facts, indent=4).encode(),
        facts | {"poor": False, "sector": None},
    ]

    assert len({programme.decide(form).record() for form in forms}) == 1


def test_the_record_is_in_the_language_of_the_decision(programme):
    data = json.loads(programme.decide(house.application(), language="tr").record())

    assert data["decision"]["title"] == "Ev yenileme"
    assert data["explanation"]["result"] == "Uygun: 850,02 EUR"
    assert data["rules"]["language"] == "en"


# ---- replaying ---------------------------------------------------------------------------------------------------

RULES = resources.programs() / "tr"
APPLICATIONS = [
    path
    for path in sorted((RULES / "applications").rglob("*.json"))
    if (RULES / f"{path.parent.name}.rules").exists()
]


@pytest.mark.parametrize("path", APPLICATIONS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_stored_application_can_be_replayed(path):
    programme = gr.load(RULES / f"{path.parent.name}.rules")
    found = gr.verify(programme.decide(path.read_bytes()).record())

    assert (found.status, found.differences) == ("verified", ())


@pytest.mark.parametrize(
    "facts", [{}, {"built": 2000}, {"owner": ..., "costs": ...}, {"zone": "hills"}, {"sector": "62.01"}]
)
def test_every_kind_of_answer_can_be_replayed(programme, facts):
    for language in ("en", "tr"):
        found = gr.verify(programme.decide(house.application(**facts), language=language).record())
        assert found.status == "verified"
        assert found.ok


def test_parameters_that_were_set_are_set_again(text):
    assert gr.verify(text).ok
    assert gr.verify(text.encode()).ok


def test_a_decision_under_other_limits_is_replayed_under_them():
    limits = Limits(list_items=10)
    text = gr.compile(house.RULES, limits=limits).decide(house.application()).record()

    assert json.loads(text)["limits"]["list_items"] == 10
    assert gr.verify(text).status == "verified"


def test_a_record_that_asks_for_wider_limits_than_the_verifier_is_refused():
    text = gr.compile(house.RULES, limits=Limits(list_items=20_000)).decide(house.application()).record()

    assert gr.verify(text).status == "unreadable"
    assert "list_items" in gr.verify(text).message()
    assert gr.verify(text, limits=Limits(list_items=20_000)).status == "verified"


def test_a_changed_digit_is_noticed(text):
    forged = text.replace('"1850.02"', '"1850.03"', 1)

    assert gr.verify(forged).status == "changed"
    assert not gr.verify(forged).ok


def test_a_forged_amount_under_a_fitting_name_is_found_by_the_replay(text):
    def pay_more(data):
        data["decision"]["support"]["amount"] = "9999.00"

    found = gr.verify(changed(text, pay_more))
    assert found.status == "differs"
    assert [(d.path, d.recorded, d.replayed) for d in found.differences] == [
        ("decision.support.amount", '"9999.00"', '"1850.02"')
    ]


def test_forged_rules_and_data_give_what_they_give(text):
    def lower(data):
        (file,) = data["rules"]["files"]
        file["text"] = file["text"].replace("5 000 EUR", "50 EUR")
        file["sha256"] = rec.sha256(file["text"])

    assert gr.verify(changed(text, lower)).status == "differs"


def test_a_record_of_another_version_agrees_if_its_digits_do(text):
    def other_version(data):
        data["engine"]["version"] = "9.9.9"
        data["decision"]["title"] = "The words may differ"

    found = gr.verify(changed(text, other_version))
    assert (found.status, found.ok, found.made_by) == ("agrees", True, "9.9.9")
    assert "engine.version" in str(found.differences)
    assert "9.9.9" in found.message()
    assert "9.9.9" in found.message("tr")


def test_a_record_of_another_version_with_other_digits_is_refused_by_name(text):
    def other_version(data):
        data["engine"]["version"] = "9.9.9"
        data["decision"]["eligible"] = False

    found = gr.verify(changed(text, other_version))
    assert (found.status, found.ok) == ("other_version", False)
    assert "can only be verified with it" in found.message()


def test_rules_that_are_not_accepted_any_more_say_so(text):
    def break_rules(data):
        (file,) = data["rules"]["files"]
        file["text"] = file["text"].replace("currency", "currenzy")
        file["sha256"] = rec.sha256(file["text"])

    found = gr.verify(changed(text, break_rules))
    assert found.status == "refused"
    assert "house.rules, line" in found.message()


@pytest.mark.parametrize(
    "wrong",
    [
        "", "{}", "[]", "null", "1", '"a"', "{", '{"version": 1}', '{"version": 99}', '{"version": true}',
        '{"version": 1, "version": 1}', '{"version": 1.0}', "[" * 5000, '{"version": NaN}', b"\xff", "1" * 100,
        '{"version": 1, "record_id": "x", "engine": [], "rules": 3}',
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused_in_a_sentence(wrong):
    found = gr.verify(wrong)

    assert (found.status, found.ok) == ("unreadable", False)
    assert found.message().startswith("This is not a record")


def test_no_part_of_a_record_can_be_missing_or_of_another_kind(text):
    """Whatever is changed, verifying gives an answer and raises nothing."""
    data = json.loads(text)
    for member in data:
        for value in (None, [], {}, "x", 3):
            broken = data | {member: value}
            assert gr.verify(json.dumps(broken)).ok is False
        assert gr.verify(json.dumps({k: v for k, v in data.items() if k != member})).ok is False


# ---- the same bytes everywhere -----------------------------------------------------------------------------------

PROGRAM = """
import sys
sys.path[:0] = {paths!r}
import house, grantrules as gr
programme = gr.compile(house.RULES, name="house.rules")
facts = house.application(zone="hills", costs=house.costs("12000.00", "333.33"), owner=...)
sys.stdout.buffer.write(programme.decide(facts, language="tr").record().encode())
"""


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "3", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/New_York"},
        {"PYTHONHASHSEED": "4", "LC_ALL": "C", "PYTHONUTF8": "0"},
        {"PYTHONHASHSEED": "5", "PYTHONOPTIMIZE": "2"},
    ],
)
def test_a_record_has_the_same_bytes_under_every_hash_seed_locale_and_time_zone(environment, monkeypatch):
    program = PROGRAM.format(paths=[str(ROOT / "src"), str(ROOT / "tests")])
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ, **environment}
    )

    here = gr.compile(house.RULES, name="house.rules").decide(
        house.application(zone="hills", costs=house.costs("12000.00", "333.33"), owner=...), language="tr"
    )
    assert run.stdout.decode() == here.record()


def test_the_decimal_context_of_a_host_changes_nothing(programme, text):
    hostile = decimal.Context(prec=3, rounding=decimal.ROUND_UP, traps=[decimal.Inexact])
    with decimal.localcontext(hostile):
        decision = programme.decide(house.application(zone="hills"), parameters={"hill_points": "7"})
        assert decision.record() == text
