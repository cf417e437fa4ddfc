"""The public face: what it is made of, what it accepts, and what it says when it refuses."""

import inspect
import re
import subprocess
import sys
import threading
from pathlib import Path

import attrs
import pytest

import grantrules as gr
import house
from grantrules import resources
from grantrules.version import VERSION

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def programme():
    return gr.compile(house.RULES)


# ---- the face ----------------------------------------------------------------------------------------------------


def test_every_public_name_is_there_and_the_face_stays_small():
    for name in gr.__all__:
        assert getattr(gr, name) is not None
    assert len(gr.__all__) <= 32
    assert set(gr.__all__) <= set(dir(gr))


def test_every_public_name_and_member_has_its_words_on_the_page():
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    pages = page + (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    members = [n for kind in (gr.Programme, gr.Decision) for n in vars(kind) if not n.startswith("_")]
    internal = {"as_record", "programme"}

    assert [n for n in members if n not in internal and not re.search(rf"`[^`]*\b{n}\b", page)] == []
    parts = {
        "Failure",
        "Missing",
        "Notice",
        "BindingCeiling",
        "Payment",
        "SupportResult",
        "ExampleResult",
        "__version__",
    }
    assert [n for n in gr.__all__ if n not in parts and n not in pages] == []


def test_names_are_loaded_from_where_the_type_checker_sees_them():
    """The one list of homes and the imports for type checkers say the same."""
    declared = set(gr._HOME)

    assert declared | {"__version__"} == set(gr.__all__)


def test_a_name_that_is_not_there_says_so():
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = gr.nothing


def test_the_version_is_that_of_the_project():
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert gr.__version__ == VERSION


def test_options_are_keyword_only():
    for function in (gr.load, gr.compile, gr.check, gr.verify, gr.Programme.decide, gr.Programme.prepare):
        parameters = [p for p in inspect.signature(function).parameters.values() if p.name != "self"]
        assert all(p.kind is p.KEYWORD_ONLY for p in parameters[1:]), function


def test_importing_the_package_costs_next_to_nothing():
    """No parser, no evaluator and no attrs class is made before something is used."""
    program = "import sys, grantrules; print(len([m for m in sys.modules if m.startswith('grantrules')]))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")

    assert int(run.stdout) <= 2


# ---- loading -----------------------------------------------------------------------------------------------------


def test_a_programme_knows_its_name_titles_and_parts(programme):
    assert programme.name == "eu.house"
    assert programme.title() == programme.title("en") == "House renovation"
    assert programme.title("tr") == "Ev yenileme"
    assert programme.examples == ("town_house", "new_house")
    assert list(programme.parameters) == ["hill_points", "most_support"]
    most = programme.parameters["most_support"]
    assert (most.title, most.value) == ("The most that is paid", gr.Money("5000.00", "EUR"))
    assert programme.parameters["hill_points"].value is None
    readings = gr.load(resources.bundled("tr/kdp_2012")).parameters
    assert readings["university_place"].choices == ("anywhere", "in_the_area")
    assert readings["university_place"].value == "anywhere"


def test_a_file_and_its_text_are_the_same_programme(tmp_path):
    file = tmp_path / "house.rules"
    file.write_bytes(b"\xef\xbb\xbf" + house.RULES.replace("\n", "\r\n").encode())

    records = {
        programme.decide(house.application()).to_json()
        for programme in (gr.load(file), gr.load(str(file)), gr.compile(house.RULES, name="house.rules"))
    }
    assert len(records) == 1


def test_a_wrong_text_raises_once_with_every_mistake():
    with pytest.raises(gr.ProgrammeError) as raised:
        gr.compile(
            house.RULES.replace("currency     EUR", "currency     XXQ").replace("1990\n", "1990 years\n")
        )

    assert len(raised.value.problems) >= 2
    assert isinstance(raised.value, gr.GrantRulesError)
    assert all(f"[{problem.code}]" in str(raised.value) for problem in raised.value.problems)


def test_check_gives_what_load_would_raise_and_nothing_where_all_is_well(tmp_path):
    wrong = house.RULES.replace("built is less than 1990", "bilt is less than 1990")
    file = tmp_path / "wrong.rules"
    file.write_text(wrong, encoding="utf-8")

    assert gr.check(house.RULES) == ()
    codes = [[p.code for p in gr.check(each)] for each in (wrong, file, str(file), wrong.encode())]
    assert codes[0] == codes[1] == codes[2] == codes[3] != []
    (problem, *_) = gr.check(file)
    assert isinstance(problem, gr.Problem)
    assert problem.words("en").instead


def test_check_gives_warnings_too_and_they_stay_with_the_programme():
    text = house.RULES.partition("example ")[0] + "define nobody_asks = 1 EUR\n"

    warnings = gr.check(text)
    assert [w.severity for w in warnings] == ["warning"]
    assert [w.code for w in gr.compile(text).warnings] == [w.code for w in warnings]


@pytest.mark.parametrize("path", ["no/such/file.rules", ".", "/dev/zero"])
def test_what_is_no_file_is_an_error_of_the_system(path):
    with pytest.raises(OSError, match=r".+"):
        gr.load(path)


def test_a_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe.rules"
    if not hasattr(sys.modules["os"], "mkfifo"):
        pytest.skip("no pipes here")
    sys.modules["os"].mkfifo(pipe)

    with pytest.raises(OSError, match="regular"):
        gr.load(pipe)


# ---- deciding ----------------------------------------------------------------------------------------------------


@attrs.frozen
class Cost:
    kind: str
    amount: object


@attrs.frozen
class Application:
    submitted: object
    built: int
    zone: str
    owner: bool
    people: list
    costs: list


def test_an_application_may_be_a_mapping_an_instance_or_json(programme):
    import json
    from datetime import date
    from decimal import Decimal
    from types import MappingProxyType

    facts = house.application(costs=house.costs("1000.00"))
    instance = Application(
        date(2026, 3, 1), 1970, "town", True, [{"adult": True}] * 2, [Cost("windows", Decimal("1000.00"))]
    )
    forms = [facts, MappingProxyType(facts), json.dumps(facts), json.dumps(facts).encode(), instance]
    forms += [facts | {"costs": [Cost("windows", gr.Money("1000.00", "EUR"))]}, programme.prepare(facts)]

    assert {programme.decide(form).support for form in forms} == {gr.Money("500.00", "EUR")}


def test_a_float_is_refused_with_the_reason(programme):
    with pytest.raises(gr.ApplicationError, match=r"costs\[0\]\.amount") as raised:
        programme.decide(house.application(costs=[{"kind": "windows", "amount": 1000.0}]))

    assert [problem.path for problem in raised.value.problems] == ["costs[0].amount"]


def test_every_mistake_of_an_application_is_found_at_once(programme):
    with pytest.raises(gr.ApplicationError) as raised:
        programme.decide(house.application(zone="twon", bulit=3, owner="yes"))

    assert {problem.path for problem in raised.value.problems} == {"zone", "bulit", "owner"}


def test_a_parameter_must_exist_and_fit(programme):
    with pytest.raises(gr.ParameterError) as raised:
        programme.decide(house.application(), parameters={"most_suport": "1.00", "hill_points": True})

    assert [(p.path, p.code) for p in raised.value.problems] == [
        ("parameters.most_suport", "GR661"),
        ("parameters.hill_points", "GR503"),
    ]
    assert "`most_support`" in raised.value.problems[0].words("en").instead


def test_a_parameter_may_be_called_like_a_value_of_a_choice():
    programme = gr.compile("""language English

programme test.named_alike
  currency EUR

parameter least "The least"  whole number
  5

application
  size  whole number
  kind  one of least, most

require large_enough
  size is at least least
  kind is least
""")
    decide, four = programme.decide, {"least": 4}

    assert not decide({"size": 4, "kind": "least"}).eligible
    assert decide({"size": 4, "kind": "least"}, parameters=four).eligible
    assert not decide({"size": 4, "kind": "most"}, parameters=four).eligible


@pytest.mark.parametrize(
    "value", ["100.00", 100, gr.Money("100", "EUR"), {"amount": "100.00", "currency": "EUR"}]
)
def test_a_parameter_is_given_like_a_fact(programme, value):
    decision = programme.decide(house.application(), parameters={"most_support": value})

    assert decision.support == gr.Money("100.00", "EUR")


def test_a_parameter_set_for_one_decision_stays_with_it(programme):
    set_ = programme.decide(house.application(), parameters={"most_support": "1.00"})
    plain = programme.decide(house.application())

    assert set_.support == gr.Money("1.00", "EUR")
    assert plain.support == gr.Money("850.02", "EUR")


def test_many_settings_do_not_fill_the_memory(programme):
    for cents in range(200):
        programme.decide(house.application(), parameters={"most_support": f"{cents}.00"})

    assert len(programme._variants) <= 64


DATED = """\
language English
programme x.dated "Dated"
  currency EUR
  rules as of on
application
  on date
  earlier date
parameter fee "Fee"  money
  from 2025-01-01 to 2025-12-31 | 10 EUR
  from 2026-01-01               | 20 EUR
result now = fee
result then = fee as of earlier
"""


def test_a_dated_parameter_that_is_set_is_set_on_every_day():
    programme = gr.compile(DATED)
    facts = {"on": "2026-02-01", "earlier": "2025-02-01"}

    dated = programme.decide(facts)
    assert dated.results == {"now": gr.Money("20.00", "EUR"), "then": gr.Money("10.00", "EUR")}
    fixed = programme.decide(facts, parameters={"fee": "7.00"})
    assert fixed.results == {"now": gr.Money("7.00", "EUR"), "then": gr.Money("7.00", "EUR")}


def test_a_language_that_is_not_spoken_is_refused_at_once(programme):
    with pytest.raises(ValueError, match="'de'"):
        programme.decide(house.application(), language="de")


ASKED = """\
language English
programme x.asked "Asked"
  currency EUR
record cost
  kind one of car, other
  age number (only when kind is car)
application
  married yes/no
  partner text (only when married)
  costs list of cost
require somebody
  partner is given
"""


def test_a_fact_is_asked_only_where_its_condition_holds():
    programme = gr.compile(ASKED)
    row = {"kind": "car", "age": "3"}

    assert programme.decide({"married": False, "costs": [row, {"kind": "other"}]}).eligible is False
    assert programme.decide({"married": True, "partner": "x", "costs": []}).eligible is True
    assert programme.decide({"married": True, "costs": []}).eligible is None
    with pytest.raises(gr.ApplicationError) as raised:
        programme.decide({"married": False, "partner": "x", "costs": [row | {"kind": "other"}]})
    assert {problem.path for problem in raised.value.problems} == {"partner", "costs[0].age"}


def test_one_programme_may_be_used_by_many_threads(programme):
    found: list[str] = []

    def work(built):
        decision = programme.decide(house.application(built=built), parameters={"hill_points": str(built)})
        found.append(decision.to_json())

    threads = [threading.Thread(target=work, args=(1900 + n % 4,)) for n in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 32
    assert len(set(found)) == 4


def test_the_schema_is_that_of_an_application(programme):
    schema = programme.schema()

    assert set(schema["properties"]) == {
        "submitted", "built", "zone", "sector", "owner", "poor", "people", "costs"
    }  # fmt: skip
    assert programme.schema(language="tr")["properties"]["owner"]["title"] == "Ev sahibi"


# ---- examples ----------------------------------------------------------------------------------------------------


def test_the_examples_of_a_file_are_run(programme):
    results = programme.run_examples()

    assert [(r.name, r.passed) for r in results] == [("town_house", True), ("new_house", True)]
    assert results[0].title == "A house in the town"
    assert house.RULES.splitlines()[results[0].line - 1].startswith("example town_house")


@pytest.mark.parametrize(
    ("expectation", "found"),
    [
        ("eligible", "not eligible: old_enough, two_adults"),
        ("not eligible: old_enough", "not eligible: old_enough, two_adults"),
        ("works is 3 EUR", "“Support for the works” is 0.00 EUR; it must be 3.00 EUR"),
        ("binding: most", "binding: none"),
        ("warning: known_sector", "warnings: none"),
        ("undecided: owner", "not eligible: old_enough, two_adults"),
        ("does not apply: works", "does not apply: advice"),
    ],
)
def test_a_failed_expectation_says_what_was_found(expectation, found):
    head = house.RULES.partition("example ")[0]
    rules = f"""{head}
example wrong
  submitted  2026-03-01
  built      2000
  zone       town
  owner      yes
  people
    adult
    yes
  costs
    kind  | amount
    party | 10 EUR
  expect {expectation}
"""
    (result,) = gr.compile(rules).run_examples()

    assert not result.passed
    (check,) = result.checks
    assert check.found.en == found
    assert check.found.tr
    assert expectation in check.expected


OPEN = """
language English

programme test.open "Open though nothing lacks"
  currency  EUR

application
  a     whole number (at least 0)
  b     whole number (at least 0)
  cost  money (at least 0 EUR)

define level
  1 when a is at least b
  2 when b is at least a

require low "A low level"
  level is at most 1

advise lower "Better lower"
  level is at most 0

support grant "Half of it"
  from cost
  require by_level
    level is at most 1
  rate half
    50%
  rounding down in steps of 0.01 EUR, once at the end

example both
  a     3
  b     3
  cost  1 EUR
  expect eligible
"""


def test_where_nothing_lacks_an_example_says_what_is_open():
    (result,) = gr.compile(OPEN).run_examples()

    (check,) = result.checks
    assert check.found == gr.diagnostics.Words("not decided: low, grant", "karara bağlanamıyor: low, grant")


def test_the_bundled_programmes_pass_their_own_examples():
    for name in resources.bundled_names():
        results = gr.load(resources.bundled(name)).run_examples()
        assert results or name.startswith("lib/"), "a library of code lists has nothing to show by an example"
        assert [r.name for r in results if not r.passed] == []


def test_what_is_raised_for_a_parameter_says_what_is_wrong():
    programme = gr.load(Path(__file__).parents[1] / "programs" / "tr" / "kdp_2023.rules")

    with pytest.raises(gr.ParameterError, match=r"parameters.bonus: .*no parameter.*GR661"):
        programme.applications(parameters={"bonus": "multiplied"})


def test_the_text_of_an_exception_names_the_application_where_it_is_wrong_as_a_whole():
    with pytest.raises(gr.ApplicationError) as refused:
        gr.compile(house.RULES).decide([])

    assert "\n  application: " in str(refused.value)
