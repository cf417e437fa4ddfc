"""
The explanation: what was computed, as people read it, in two languages and four layouts.

The full texts stand in `data/stored/explanations/`, so that a reviewer reads what an applicant will read; `GRANTRULES_RENEW=1 pytest
tests/test_explain.py` writes them anew.
"""

import json
from html.parser import HTMLParser

import pytest
from hypothesis import given

import grantrules as gr
import house
from grantrules import resources
from grantrules.answer import Answer
from grantrules.evaluate.reference import evaluate
from grantrules.explain import markup, plain, text
from grantrules.explain.story import tell
from grantrules.properties.programmes import cases
from grantrules.record import canonical, check
from grantrules.render import cells
from storing import STORED, stored, without_style

KDP = resources.programs() / "tr" / "applications" / "kdp_2023"


@pytest.fixture(scope="module")
def programmes():
    return {"house": gr.compile(house.RULES), "kdp": gr.load(resources.programs() / "tr" / "kdp_2023.rules")}


def kdp(name: str) -> str:
    return (KDP / f"{name}.json").read_text(encoding="utf-8")


CASES = {
    "house_paid": ("house", house.application()),
    "house_refused": ("house", house.application(built=2000, people=[{"adult": False}], owner=False)),
    "house_cut": ("house", house.application(zone="hills", sector="43.21", costs=house.costs("12000.00"))),
    "house_open": ("house", house.application(owner=..., costs=[{"kind": "windows"}, {"kind": "party"}])),
    "house_nothing_known": ("house", {}),
    "kdp_works_cut": ("kdp", kdp("works_above_5_percent")),
    "kdp_two_failures": ("kdp", kdp("two_failures")),
    "kdp_missing_facts": ("kdp", kdp("missing_facts")),
}
LAYOUTS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
# The calls that come with the package grow; what they say is not stored here.
HOUSES = [case for case in CASES if case.startswith("house")]
SHOWN = [(case, language, "text") for case in HOUSES for language in ("en", "tr")]
SHOWN += [("house_cut", "en", layout) for layout in ("markdown", "html", "json")]
SHOWN += [("house_refused", "tr", layout) for layout in ("markdown", "html", "json")]


@pytest.mark.parametrize(("case", "language", "layout"), SHOWN)
def test_the_explanation_reads_as_it_is_stored(programmes, case, language, layout):
    programme, application = CASES[case]
    explained = programmes[programme].decide(application).explain(language, layout)
    if layout == "html":
        explained = without_style(explained)

    assert explained == stored(f"explanations/{case}.{language}.{LAYOUTS[layout]}", explained)


def test_no_explanation_is_stored_that_nothing_shows():
    shown = {f"{case}.{language}.{LAYOUTS[layout]}" for case, language, layout in SHOWN}

    assert {path.name for path in (STORED / "explanations").iterdir()} == shown


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("case", CASES)
def test_text_stays_within_its_width(programmes, case, language):
    programme, application = CASES[case]
    text = programmes[programme].decide(application).explain(language)

    assert max(map(cells, text.splitlines())) <= 96
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_the_language_of_the_programme_is_the_default(programmes):
    decision = programmes["house"].decide(house.application())

    assert decision.explain() == decision.explain("en")
    assert programmes["house"].decide(house.application(), language="tr").explain() == decision.explain("tr")


def test_another_language_or_layout_is_refused_by_name(programmes):
    decision = programmes["house"].decide(house.application())

    with pytest.raises(ValueError, match="'fr'"):
        decision.explain("fr")
    with pytest.raises(ValueError, match="'pdf'"):
        decision.explain("en", "pdf")


# ---- nothing becomes markup --------------------------------------------------------------------------------------

HOSTILE = """<script>alert(1)</script> & *bold* _it_ `code` | [link](http://x) # "quoted" {0} %s"""

HOSTILE_RULES = f"""\
language English
programme x.hostile "{HOSTILE.replace('"', "'")}"
  currency EUR
source call "{HOSTILE.replace('"', "'")}"
record cost
  name "<b>What</b>"  text
  amount  money (at least 0 EUR)
application
  owner "<img src=x onerror=alert(1)>"  yes/no
  costs list of cost
require owned "{HOSTILE.replace('"', "'")}"
  cites call "</blockquote><script>"
  message "<i>no</i>"
  owner
support grant "a | b"
  from costs counting amount
  rate basic
    50%
  rounding down in steps of 0.01 EUR, once at the end
"""


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.attributes = [], set(), set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta", "!doctype"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def hostile():
    row = {"name": "<script>\x1b[2J\u202e|", "amount": "10.00"}
    return gr.compile(HOSTILE_RULES).decide({"owner": False, "costs": [row]})


def test_html_is_well_formed_and_nothing_a_user_wrote_is_a_tag(hostile):
    page = hostile.explain(format="html")
    tags = Tags()
    tags.feed(page)

    assert tags.open == []
    assert "script" not in tags.seen
    assert "img" not in tags.seen
    assert tags.attributes <= {"lang", "charset", "name", "content", "class", "style", "aria-hidden"}
    assert "&lt;script&gt;" in page


def test_html_needs_nothing_from_elsewhere(programmes):
    page = programmes["kdp"].decide(kdp("base")).explain(format="html")

    assert not any(word in page for word in ("src=", "href=", "@import", "url(", "<link", "<script"))
    assert page.startswith("<!DOCTYPE html>")


def test_markdown_shows_what_a_user_wrote_as_text(hostile):
    page = hostile.explain(format="markdown")

    assert "<script>" not in page
    assert "\\<script\\>" in page
    assert "\\*bold\\*" in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {rows[0].count("|")}


def test_no_control_character_of_the_data_reaches_any_layout(hostile):
    for layout in LAYOUTS:
        shown = hostile.explain(format=layout)
        assert "\x1b" not in shown
        assert "\u202e" not in shown


# ---- what the tree holds -----------------------------------------------------------------------------------------


def tree(decision) -> dict:
    return json.loads(decision.explain(format="json"), parse_float=pytest.fail)


def test_each_step_tells_the_amounts_before_and_after_it(programmes):
    story = tree(programmes["house"].decide(house.application(zone="hills", costs=house.costs("12000.00"))))
    (works, advice) = story["supports"]

    by_name = {step["name"]: step for step in works["steps"]}
    assert by_name["most"]["before"] == {"amount": "6000.00", "currency": "EUR"}
    assert by_name["most"]["after"] == {"amount": "5000.00", "currency": "EUR"}
    assert by_name["most"]["did"] == ["limit 5,000.00 EUR", "cuts 1,000.00 EUR"]
    assert works["status"] == advice["status"] == "paid"
    assert story["joint"][0]["did"] == ["limit 5,500.00 EUR", "cuts 500.00 EUR"]


def test_the_sums_before_and_after_the_steps_join(programmes):
    story = tree(programmes["kdp"].decide(kdp("full_work_plan")))

    for support in story["supports"]:
        steps = [step for step in support["steps"] if step["before"] is not None]
        assert [step["after"] for step in steps[:-1]] == [step["before"] for step in steps[1:]]
        assert steps[-1]["after"] == support["total"]


def test_lines_have_what_they_cost_what_counted_and_what_is_paid(programmes):
    story = tree(programmes["house"].decide(house.application()))

    pump, _, party = story["supports"][0]["lines"]
    assert pump == {
        "number": 1,
        "what": "Heat pump",
        "base": {"amount": "1000.00", "currency": "EUR"},
        "cost": {"amount": "1000.00", "currency": "EUR"},
        "rate": "60%",
        "amount": {"amount": "600.00", "currency": "EUR"},
        "excluded_by": None,
    }
    assert party["base"] == {"amount": "300.00", "currency": "EUR"}
    assert party["excluded_by"] == "Parties are not paid for"


def test_a_rule_that_does_not_apply_says_why(programmes):
    story = tree(programmes["house"].decide(house.application(zone="hills")))

    (lived_in,) = (rule for rule in story["requirements"] if rule["name"] == "lived_in")
    assert (lived_in["status"], lived_in["because"]) == (
        "not_applicable",
        "does not apply because zone is hills",
    )


def test_what_the_parameters_alone_switch_off_is_one_point(programmes):
    shown = programmes["kdp"].decide(kdp("base")).explain("en")
    left_out = shown.split("Left out with the parameters as they are set\n")
    assert len(left_out) == 3, "once under the requirements, once under the steps"
    assert "In all at most 70% of the project budget" in left_out[2]
    assert "does not apply because “How much is predominant?”" not in shown
    assert "does not apply because “Length of the extension” is 0 months" in shown


def test_what_the_parameters_alone_switch_off_is_off_whatever_the_facts_are(programmes):
    kdp_2023 = programmes["kdp"]

    def off(application):
        told = json.loads(kdp_2023.decide(application).explain("en", "json"))
        steps = [step for support in told["supports"] for step in support["steps"]]
        return {each["name"] for each in (*told["requirements"], *steps) if each["switched_off"]}

    assert off(kdp("base")) == off({}) == off(kdp("two_failures"))
    assert len(off({})) > 5


def test_what_many_rows_lack_is_one_point(programmes):
    shown = (
        programmes["kdp"].decide(kdp("base"), parameters={"predominance_measure": "turnover"}).explain("en")
    )

    assert "of member 1 is needed, but the application has none\n" in shown
    assert "and the same of 19 more rows: members[1].turnover, …, members[19].turnover\n" in shown
    assert "member 7" not in shown


def test_an_explanation_never_computes_anything_again(programmes, monkeypatch):
    """It is read off the trace: a decision made with one is explained without an evaluator."""
    from grantrules import api

    decision = programmes["house"].decide(house.application(), trace=True)
    monkeypatch.setattr(api._Variant, "traced", lambda *_: pytest.fail("decided again"))

    assert "850.02 EUR" in decision.explain()
    assert decision.record()


def test_a_long_list_is_cut_in_a_table_and_whole_in_json(programmes):
    decision = programmes["kdp"].decide(
        json.loads(kdp("base")) | {"costs": json.loads(kdp("base"))["costs"] * 50}
    )

    assert "… and 50 more lines" in decision.explain()
    assert len(tree(decision)["supports"][0]["lines"]) == 150


def test_the_summary_is_the_result_what_is_open_and_what_was_cut(programmes):
    decision = programmes["house"].decide(house.application(zone="hills", costs=house.costs("12000.00")))

    summary = decision.explain(format="summary")
    assert "Eligible: 5,500.00 EUR" in summary
    assert "At most what the town can pay: cuts 1,000.00 EUR" in summary
    assert "WHAT IS REQUIRED" not in summary
    elsewhere = programmes["house"].decide(house.application(zone="town"))
    assert "Energy advice" in elsewhere.explain(format="summary")
    assert "does not apply" in elsewhere.explain(format="summary")


# ---- whatever there is to tell -----------------------------------------------------------------------------------


@given(case=cases())
def test_any_outcome_of_any_programme_can_be_told(case):
    """In both languages and all layouts, without floats, and with the same JSON each time."""
    outcome = evaluate(case.program, case.facts, trace=True)
    for language in ("en", "tr"):
        answer = Answer(case.program, case.facts, outcome, language=language)
        story = tell(answer)
        for layout in (text.as_text, text.as_summary, markup.as_markdown, markup.as_html):
            assert "\x1b" not in layout(story)
        assert canonical(plain.as_json(story)) == canonical(plain.as_json(tell(answer)))
        check(plain.as_json(story))
        check(answer.as_json())


def test_the_eligible_cost_of_a_formula_without_steps_is_told():
    programme = gr.compile(
        "language English\nprogramme test.formula\n  currency EUR\nrecord stay\n  days whole number\n"
        "application\n  stays list of stay (at most 9)\nsupport board\n  from stays counting days * 55 EUR\n"
    )

    text = programme.decide({"stays": [{"days": 1}, {"days": 2}]}).explain("en")

    assert "eligible cost 165.00 EUR, support 165.00 EUR" in text


CUTS = """\
language English
programme x.cuts "Cuts"
  currency EUR
record cost
  paid_in  one of euro "Euro", lira "Lira" (euro if absent)
  name     text
  amount   money (at least 0 EUR)
application
  share_of_it  number
  costs        list of cost (at most 10)
support grant
  from costs counting amount
  support ceiling in_all "In all"
    together at most 100 EUR
    excess is cut pro rata
  rounding down in steps of 0.01 EUR, once at the end
support thirds
  computed as (100 EUR / 3) * share_of_it
  support ceiling low "At most 50"
    at most 50 EUR
    excess is trimmed
  rounding down in steps of 0.01 EUR, once at the end
"""


@pytest.mark.parametrize(
    ("language", "something"), [("en", "may cut something"), ("tr", "kesinti yapabilir")]
)
def test_a_ceiling_that_may_cut_says_no_empty_amount(language, something):
    """Of lines that are not known the sum is: that of the lines taken together would say less."""
    rows = [{"name": "a", "amount": "60.00"}, {"name": "b"}]
    told = gr.compile(CUTS).decide({"costs": rows, "share_of_it": 1}).explain(language)

    assert something in told
    assert "at least 0.00" not in told
    assert "→" not in told.partition(something)[2].splitlines()[0]


def test_an_amount_that_no_decimals_write_stands_in_a_table_as_near_as_cents_say_it():
    told = gr.compile(CUTS).decide({"costs": [], "share_of_it": 1}).explain("en")

    assert "≈ 33.33" in told


def test_a_line_is_described_by_what_is_always_asked_for():
    told = gr.compile(CUTS).decide({"costs": [{"name": "a chair", "amount": "1.00"}], "share_of_it": 1})

    assert "a chair" in told.explain("en")
    assert "Euro" not in told.explain("en")


SINGLE = """
language English

programme test.single "One amount"
  currency TRY

application
  price  money (at least 0 TRY)
  small  yes/no

support grant
  from price
  rate half "Half"
    50%
  bonus of_the_small "For the small"
    plus 10 percentage points
    when small
  rounding down in steps of 0.01 TRY, once at the end

duty report "Report once a year"
  when small
"""


def test_a_duty_is_said_to_those_it_is_for():
    told = [
        json.loads(gr.compile(SINGLE).decide({"price": "100", "small": small}).explain(format="json"))
        for small in (True, False)
    ]

    assert [[each["status"] for each in one["duties"]] for one in told] == [["said"], ["not_applicable"]]


def test_one_amount_is_told_without_numbers_of_lines():
    """Who has no list cannot know what line 1 is."""
    decision = gr.compile(SINGLE).decide({"price": "100", "small": True})

    assert "line 1" not in decision.explain()
    assert "numaralı" not in decision.explain("tr")
    assert [line.endswith(" 50%") for line in decision.explain().splitlines()].count(True) == 1
    assert [line.endswith(" 60%") for line in decision.explain().splitlines()].count(True) == 1


INSIDE = """
language English

programme test.nest "Costs of the plan"
  currency EUR

record cost
  amount money (at least 0 EUR)
  kind   one of works "Works", goods "Goods"

record plan
  costs list of cost

application
  plan plan

support grant
  from plan's costs counting amount
  rate half
    50%
  rounding down in steps of 0.01 EUR, once at the end
"""


def test_lines_of_a_list_in_a_record_are_told_by_what_they_are():
    costs = [{"amount": "10", "kind": "works"}, {"amount": "5", "kind": "goods"}]
    told = gr.compile(INSIDE).decide({"plan": {"costs": costs}}).explain()

    assert [
        line.split()[:3] for line in told.splitlines() if " 50% " in line and "rate" not in line.lower()
    ] == [
        ["1", "Works", "10.00"],
        ["2", "Goods", "5.00"],
    ]


CITED = """language English

programme test.cited
  currency EUR

source call "The call"

application
  price  money (at least 0 EUR)
  small  yes/no

support grant "The grant"
  cites call "half of the price is paid"
  from price
  when small
  rate half "Half"
    50%
  rounding down in steps of 0.01 EUR, once at the end
"""


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Based on\n      [1] “half of"), ("tr", "Dayanağı\n      [1] “half of")]
)
def test_what_a_support_is_based_on_is_quoted(language, words):
    programme = gr.compile(CITED)

    assert words in programme.decide({"price": "10.00", "small": True}).explain(language)
    assert words not in programme.decide({"price": "10.00", "small": False}).explain(language)
