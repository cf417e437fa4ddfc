"""What a decision says, and that its four answers are never mixed: not eligible, not applicable, zero, not decided."""

import copy
import json
import pickle
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import grantrules as gr
import house
from grantrules.reference import tables
from grantrules.values import Range, UnroundedMoney, number_text


@pytest.fixture(scope="module")
def programme():
    return gr.compile(house.RULES)


def euros(amount: str) -> gr.Money:
    return gr.Money(amount, "EUR")


def decide(programme, *, parameters=None, **facts):
    return programme.decide(house.application(**facts), parameters=parameters)


def names(found) -> list[str]:
    return [each.name for each in found]


# ---- eligible, and how much --------------------------------------------------------------------------------------


def test_an_eligible_application_has_an_exact_amount(programme):
    decision = decide(programme)

    assert decision.eligible is True
    assert decision.support == euros("850.02")
    assert decision.eligible_cost == euros("1500.05")
    assert decision.failed == ()
    assert decision.as_of == date(2026, 3, 1)


def test_eligible_for_nothing_is_zero_and_not_none(programme):
    decision = decide(programme, costs=[])

    assert decision.eligible is True
    assert decision.support == euros("0.00")


def test_not_eligible_has_no_amount_at_all(programme):
    decision = decide(programme, built=2000)

    assert decision.eligible is False
    assert decision.support is None
    assert decision.eligible_cost is None
    assert decision.supports["works"].amount is None
    assert {line.amount for line in decision.supports["works"].lines} == {None}
    assert decision.supports["works"].eligible_cost == euros("1500.05"), "what was computed stays visible"


def test_a_support_that_does_not_apply_says_why_and_is_not_zero(programme):
    advice = decide(programme).supports["advice"]

    assert advice.applies is False
    assert advice.amount is None
    assert [(o.name, o.title, o.reason) for o in advice.obstacles] == [
        ("not_in_town", "Only in the hills", "require")
    ]


def test_lines_say_cost_amount_and_what_excluded_them(programme):
    lines = decide(programme).supports["works"].lines

    assert [(line.number, line.cost, line.amount, line.excluded_by) for line in lines] == [
        (1, euros("1000.00"), euros("600.00"), None),
        (2, euros("500.05"), euros("250.02"), None),
        (3, euros("0.00"), euros("0.00"), "no_party"),
    ]


def test_ceilings_that_cut_are_named_with_the_amount_also_over_several_supports(programme):
    decision = decide(programme, zone="hills", costs=house.costs("12000.00"))

    assert [(b.name, b.support, b.on, b.cut, b.refuses, b.certain) for b in decision.binding] == [
        ("most", "works", "support", euros("1000.00"), False, True),
        ("in_all", None, "support", euros("500.00"), False, True),
    ]
    assert decision.support == euros("5500.00")
    assert {name: s.amount for name, s in decision.supports.items()} == {
        "works": euros("5000.00"),
        "advice": euros("500.00"),
    }


# ---- why not -----------------------------------------------------------------------------------------------------


def test_a_failure_has_title_message_citation_and_what_was_found(programme):
    (failure,) = decide(programme, built=2000).failed

    assert (failure.name, failure.kind, failure.title) == ("old_enough", "requirement", "The house is old")
    assert failure.message == "Only houses built before 1990 are supported."
    assert (failure.citation.source_title, failure.citation.at) == ("The call of the town", "Article 1")
    assert failure.citation.quote == "houses built before 1990"
    assert [(v.found, v.needed, v.status) for v in failure.values] == [(2000, 1990, "failed")]


def test_without_a_message_of_its_own_a_failure_says_what_was_found(programme):
    (failure,) = decide(programme, people=[{"adult": True}]).failed

    assert failure.message == "1 person where adult; at least 2 are needed."


def test_every_failure_is_reported_in_the_order_of_the_rules(programme):
    decision = decide(programme, built=2000, people=[], owner=False)

    assert names(decision.failed) == ["old_enough", "two_adults", "lived_in"]


def test_a_message_comes_in_the_language_asked_for(programme):
    decision = programme.decide(house.application(built=2000), language="tr")

    assert decision.failed[0].title == "Ev eskidir"
    assert decision.failed[0].message == "Yalnız 1990'dan önce yapılan evler desteklenir."


REFUSING = """\
language English
programme x.refusing "Refusing"
  currency EUR
application
  price money (at least 0 EUR)
  rural yes/no
support grant
  from price
  when rural
  support ceiling most "At most 100 EUR"
    at most 100 EUR
    excess refuses the application
  rounding down in steps of 0.01 EUR, once at the end
"""


def test_a_ceiling_that_refuses_is_a_failure_and_binding_with_the_excess():
    decision = gr.compile(REFUSING).decide({"price": "150.00", "rural": True})

    assert decision.eligible is False
    assert [(f.name, f.kind, f.support) for f in decision.failed] == [("most", "ceiling", "grant")]
    assert [(b.name, b.cut, b.refuses) for b in decision.binding] == [("most", euros("50.00"), True)]


def test_without_any_support_left_the_application_fails_for_what_keeps_them_away():
    decision = gr.compile(REFUSING).decide({"price": "150.00", "rural": False})

    assert decision.eligible is False
    assert [(f.name, f.kind) for f in decision.failed] == [("grant", "support")]
    assert decision.failed[0].message == "Rural: no; it must be yes."
    assert decision.binding == (), "a support that does not apply cuts nothing"


# ---- not decided yet ---------------------------------------------------------------------------------------------


def test_while_facts_are_missing_the_answer_is_open_and_the_support_a_range(programme):
    decision = decide(programme, owner=...)

    assert decision.eligible is None
    assert decision.support == Range(euros("850.02"), euros("850.02")), "this much, if it is eligible"
    assert [(m.path, m.title) for m in decision.missing] == [("owner", "Owns the house")]
    assert decision.failed == ()


def test_the_range_holds_the_amount_of_every_completion(programme):
    decision = decide(programme, costs=[{"kind": "windows", "amount": "1000.00"}, {"kind": "windows"}])
    least, most = euros("500.00"), euros("5000.00")

    assert decision.eligible is True
    assert decision.support == Range(least, most)
    for amount in ("0.00", "1.01", "100000.00"):
        complete = decide(programme, costs=house.costs("1000.00", amount))
        assert complete.support in decision.support


def test_what_has_failed_stays_failed_and_waits_for_nothing(programme):
    decision = decide(programme, built=2000, owner=...)

    assert decision.eligible is False
    assert decision.missing == ()


def test_the_most_useful_fact_comes_first(programme):
    """The zone is behind a rule, a support, the joint ceiling and the score; the year of building behind two."""
    decision = decide(programme, built=..., zone=..., owner=False, people=...)

    assert decision.missing[0].path == "zone"
    behind = [m.behind for m in decision.missing]
    assert behind == sorted(behind, reverse=True)


def test_equally_useful_facts_come_in_the_order_of_their_declaration():
    rules = """\
language English
programme x.order "Order"
  currency EUR
application
  b yes/no
  a yes/no
  c yes/no
require first
  c
require second
  a
require third
  b
"""
    decision = gr.compile(rules).decide({})

    assert [m.path for m in decision.missing] == ["b", "a", "c"]


def test_a_fact_of_discretion_names_who_decides(programme):
    decision = programme.decide(house.application(owner=False, poor={"unknown": True}))

    assert [(m.path, m.decided_by) for m in decision.missing] == [("poor", "the council")]


def test_paths_of_rows_are_said_in_words(programme):
    decision = decide(programme, costs=[{"kind": "windows", "amount": "1.00"}, {"amount": "5.00"}])

    assert [(m.path, m.title) for m in decision.missing] == [("costs[1].kind", "Kind of cost of cost 2")]


def test_a_parameter_that_is_not_set_is_named_and_never_counted_as_zero(programme):
    decision = decide(programme, zone="hills")

    assert decision.unset == ("hill_points",)
    assert decision.score is None
    assert decision.scores["hills"] is gr.UNKNOWN
    assert decision.missing == ()


def test_a_parameter_that_does_not_matter_is_not_named(programme):
    decision = decide(programme)

    assert decision.unset == ()
    assert decision.score == 0


def test_a_parameter_can_be_set(programme):
    decision = decide(programme, zone="hills", parameters={"hill_points": "7.5", "most_support": "100.00"})

    assert decision.score == Fraction(15, 2)
    assert decision.supports["works"].amount == euros("100.00")
    assert decision.parameters == {"hill_points": Fraction(15, 2), "most_support": euros("100.00")}


DIVIDING = """\
language English
programme x.dividing "Dividing"
  currency EUR
application
  part whole number
  whole whole number
define share_of_part = part / whole
require half "At least half"
  share_of_part is at least 0.5
"""


def test_a_division_by_zero_leaves_it_open_with_the_reason_and_never_fails():
    decision = gr.compile(DIVIDING).decide({"part": 1, "whole": 0})

    assert decision.eligible is None
    assert [(u.kind, u.what) for u in decision.undecidable] == [("zero_divisor", "whole")]
    assert decision.undecidable[0].text == "whole would divide by zero"
    assert decision.missing == ()
    assert decision.unset == ()


# ---- the rest ----------------------------------------------------------------------------------------------------


def test_advice_not_followed_is_a_warning_and_stops_nothing(programme):
    decision = decide(programme, sector="62.01")

    assert decision.eligible is True
    assert names(decision.warnings) == ["known_sector"]
    assert decision.warnings[0].title == "The sector is construction"


def test_a_remark_about_the_data_is_a_warning_with_its_path(programme):
    withdrawn = next(code for code, *_, in_force in tables.rows("nace_rev2_tr6") if in_force != "yes")
    decision = decide(programme, sector=withdrawn)

    (remark,) = [w for w in decision.warnings if w.path]
    assert (remark.name, remark.path) == ("GR591", "sector")
    assert remark.title == "An activity code that is no longer in force"
    assert withdrawn in remark.message
    assert "sector" in decision.explain("tr")


def test_results_and_parameters_are_plain_values(programme):
    decision = decide(programme)

    assert decision.results == {"stage": 2}
    assert decision.parameters == {"hill_points": None, "most_support": euros("5000.00")}
    assert decision.programme == "eu.house"
    assert decision.broken_promises == ()


def test_a_broken_promise_is_named():
    rules = house.RULES.replace("is at most 6 000 EUR", "is at most 600 EUR").partition("example ")[0]
    decision = gr.compile(rules).decide(house.application())

    assert decision.broken_promises == ("modest",)
    assert "Never more than 6 000" in decision.explain()


def test_a_decision_does_not_change(programme):
    decision = decide(programme)

    for name in ("support", "eligible", "failed", "extra"):
        with pytest.raises(AttributeError):
            setattr(decision, name, None)
    with pytest.raises(AttributeError):
        del decision.support


def test_a_traced_decision_says_the_same(programme):
    facts = house.application(zone="hills")

    plain, traced = programme.decide(facts), programme.decide(facts, trace=True)
    assert plain.to_dict() == traced.to_dict()
    assert plain.explain("tr", "html") == traced.explain("tr", "html")
    assert plain.record() == traced.record()


def test_parts_of_a_decision_can_be_copied_and_kept(programme):
    """A portal puts them into a queue or a cache."""
    decision = decide(programme, zone="hills", owner=...)

    for part in (decision.support, decision.binding, decision.missing, decision.supports["works"]):
        assert copy.deepcopy(part) == part
        assert pickle.loads(pickle.dumps(part)) == part  # noqa: S301 - Our own bytes.


# ---- the JSON shape ----------------------------------------------------------------------------------------------

PAGE = Path(__file__).resolve().parents[1] / "docs" / "decision.md"

MEMBERS = {
    "version", "programme", "title", "language", "as_of", "eligible", "support", "repayable", "eligible_cost", "supports", "failed",
    "warnings", "missing", "unset", "undecidable", "binding", "score", "scores", "results", "parameters",
    "broken_promises", "texts", "record_id",
}  # fmt: skip


def test_the_json_shape_has_every_member_whatever_the_answer(programme):
    for facts in ({}, {"built": 2000}, {"owner": ..., "costs": ...}):
        data = decide(programme, **facts).to_dict()
        assert set(data) == MEMBERS
        assert data["version"] == 1


def test_every_member_has_its_words_on_the_page(programme):
    page = PAGE.read_text(encoding="utf-8")
    data = decide(programme, built=2000, zone="hills", costs=house.costs("12000.00")).to_dict()
    members = set(data) | set(data["supports"]["works"]) | set(data["failed"][0]) | set(data["binding"][0])

    assert [member for member in sorted(members) if f"`{member}`" not in page] == []


def test_the_json_shape_keeps_null_zero_and_open_apart(programme):
    assert decide(programme, built=2000).to_dict()["support"] is None
    assert decide(programme, costs=[]).to_dict()["support"] == {"amount": "0.00", "currency": "EUR"}
    open_ = decide(programme, costs=[{"kind": "windows"}]).to_dict()
    assert open_["support"] == {
        "lowest": {"amount": "0.00", "currency": "EUR"},
        "highest": {"amount": "5000.00", "currency": "EUR"},
    }
    assert open_["missing"] == ["costs[0].amount"]


def test_a_failure_in_json_has_name_title_message_and_citation(programme):
    (failure,) = decide(programme, built=2000).to_dict()["failed"]

    assert (failure["name"], failure["title"]) == ("old_enough", "The house is old")
    assert failure["message"] == "Only houses built before 1990 are supported."
    assert failure["citation"] == {
        "source": "call",
        "title": "The call of the town",
        "quote": "houses built before 1990",
        "at": "Article 1",
        "dated": "2026-01-15",
    }


def test_the_json_text_is_the_same_data_without_floats(programme):
    decision = decide(programme, zone="hills", parameters={"hill_points": "7.5"})

    def no_floats(text):
        raise AssertionError(text)

    assert json.loads(decision.to_json(), parse_float=no_floats) == decision.to_dict()
    assert decision.to_dict()["score"] == "7.5"


def test_values_are_shown_exactly_even_where_no_decimal_is():
    rules = """\
language English
programme x.thirds "Thirds"
  currency EUR
application
  price money (at least 0 EUR)
support grant
  from price
  rate third
    price / (3 * price)
  rounding half up in steps of 0.01 EUR, once at the end
"""
    programme = gr.compile(rules)
    works = programme.decide({"price": "100.00"}).supports["grant"]

    assert works.before_ceilings == UnroundedMoney(Fraction(100, 3), "EUR")
    assert works.before_ceilings.as_json() == {"amount": "100/3", "currency": "EUR"}
    assert works.amount == euros("33.33")


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(1, 3), "1/3"), (Fraction(5, 2), "2.5"), (Fraction(12), "12"), (Fraction(-1, 8), "-0.125")],
)
def test_numbers_are_written_as_decimals_where_one_is_exact(value, text):
    assert number_text(value) == text


TIMES = """
language English

programme test.periods "Periods"
  currency EUR

application
  length period

result wait "How long it lasts" = length
result until "A month" = month of 2026-03-31

support places
  computed as 10 EUR
  only a basis

support grant
  computed as 5 EUR
"""


def test_results_of_time_and_what_is_only_a_basis_are_plain_data():
    decision = gr.compile(TIMES).decide({"length": "P14M"})
    told = json.loads(decision.explain(format="json"))

    assert json.loads(decision.to_json())["results"] == {"wait": "P14M", "until": "2026-03"}
    assert [each["status"] for each in told["supports"]] == ["basis", "paid"]
