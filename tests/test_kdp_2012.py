"""The first cluster support programme, through the public face: its worked applications, readings and boundaries.

The names of the worked cases (KDP12-01 and so on) are those of the table the programme was written against.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import grantrules as gr
from grantrules import resources
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse

HERE = resources.programs() / "tr"
APPLICATIONS = HERE / "applications" / "kdp_2012"


@pytest.fixture(scope="module")
def kdp_2012():
    return gr.load(HERE / "kdp_2012.rules")


def stored(name: str) -> dict[str, Any]:
    return json.loads((APPLICATIONS / f"{name}.json").read_text(encoding="utf-8"))


def application(**facts: Any) -> dict[str, Any]:
    """The base case, KDP12-01, but for the facts given; `None` leaves a fact out."""
    changed = stored("base") | facts
    return {name: value for name, value in changed.items() if value is not None}


def item(amount: str, requested: str, **facts: Any) -> dict[str, Any]:
    return {
        "group": "coordination",
        "activity": "joint_brand",
        "amount": amount,
        "requested": requested,
    } | facts


def firms(number: int, **facts: Any) -> list[dict[str, Any]]:
    return [{"in_main_field": True, "committed": True} | facts for _ in range(number)]


def member(kind: str, near: bool = True) -> dict[str, Any]:
    return {"kind": kind, "in_cluster_area": near}


def activities() -> list[str]:
    """The names of all activities, as the programme lists them."""
    path = HERE / "kdp_2012.rules"
    tree, _ = parse(Source(path.name, path.read_text(encoding="utf-8")))
    (record,) = [s for s in tree.statements if isinstance(s, syn.Record) and s.heading.name.text == "cost"]
    (field,) = [f for f in record.fields if f.name.text == "activity"]
    return [choice.name.text for choice in field.type.choices]


def lira(amount: str) -> gr.Money:
    return gr.Money(amount, "TRY")


def names(found: Any) -> list[str]:
    return [each.name for each in found]


def lines(decision: gr.Decision) -> list[gr.Money]:
    return [line.amount for line in decision.supports["grant"].lines]


# ---- the worked cases ----------------------------------------------------------------------------------------------


def test_01_both_ceilings_are_kept(kdp_2012):
    decision = kdp_2012.decide(stored("base"))

    assert decision.eligible is True
    assert decision.support == lira("480000.00")
    assert lines(decision) == [lira("300000.00"), lira("180000.00")]
    assert decision.binding == ()


def test_02_every_item_asks_for_75_percent_and_the_50_percent_of_the_plan_bind(kdp_2012):
    decision = kdp_2012.decide(stored("all_ask_three_quarters"))

    assert decision.results["support_after_item_ceilings"] == lira("750000.00")
    assert decision.support == lira("500000.00")
    assert lines(decision) == [lira("200000.00"), lira("300000.00")]
    assert names(decision.binding) == ["whole_plan"]
    assert decision.binding[0].cut == lira("250000.00")


def test_02_the_last_item_may_be_read_to_be_cut_first(kdp_2012):
    decision = kdp_2012.decide(stored("all_ask_three_quarters"), parameters={"cut": "last_item_first"})

    assert decision.support == lira("500000.00")
    assert lines(decision) == [lira("300000.00"), lira("200000.00")]


def test_03_an_item_that_asks_for_90_percent_is_held_to_75(kdp_2012):
    decision = kdp_2012.decide(stored("one_item_asks_90_percent"))

    assert decision.support == lira("435000.00")
    assert lines(decision) == [lira("75000.00"), lira("360000.00")]
    assert names(decision.binding) == ["each_item"]
    assert decision.binding[0].cut == lira("15000.00")


def test_05_sixty_million_end_at_twenty_five(kdp_2012):
    decision = kdp_2012.decide(stored("sixty_million"))

    assert decision.results["support_after_item_ceilings"] == lira("45000000.00")
    assert decision.support == lira("25000000.00")
    assert [(b.name, b.cut) for b in decision.binding] == [
        ("whole_plan", lira("15000000.00")),
        ("five_years", lira("5000000.00")),
    ]


@pytest.mark.parametrize("scope", ["call", "whole_programme"])
def test_05_a_budget_of_the_call_cuts_no_single_plan(kdp_2012, scope):
    decision = kdp_2012.decide(stored("sixty_million"), parameters={"ceiling_scope": scope})

    assert decision.support == lira("30000000.00")
    assert names(decision.binding) == ["whole_plan"]


def test_12_two_failures_are_reported_together(kdp_2012):
    decision = kdp_2012.decide(stored("two_failures"))

    assert decision.eligible is False
    assert names(decision.failed) == ["university", "twenty_firms"]
    assert decision.results["support_after_item_ceilings"] == lira("200000.00")
    assert decision.support is None


def test_14_a_third_of_a_cent_is_rounded_once_and_down(kdp_2012):
    """75% of 333 333.33 is 249 999.9975; 50% is 166 666.665."""
    decision = kdp_2012.decide(stored("thirds_of_a_cent"))

    assert decision.results["support_after_item_ceilings"] == lira("249999.99")
    assert decision.support == lira("166666.66")
    assert names(decision.binding) == ["each_item", "whole_plan"]
    nearest = kdp_2012.decide(stored("thirds_of_a_cent"), parameters={"cents": "to_the_nearest"})
    assert nearest.support == lira("166666.67")


# ---- who may apply -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "exists", "met", "met_if_either_does"),
    [
        ([member("chamber_of_industry")], True, True, True),
        ([member("chamber_of_industry")], False, True, True),
        ([member("chamber_of_industry", near=False)], True, False, False),
        ([member("chamber_of_commerce_and_industry")], True, False, True),
        ([member("chamber_of_commerce_and_industry")], False, True, True),
        ([member("chamber_of_commerce_and_industry", near=False)], False, False, False),
        ([member("exchange")], False, False, False),
        ([], False, False, False),
    ],
)
def test_a_chamber_of_industry_failing_that_of_commerce_and_industry(
    kdp_2012, members, exists, met, met_if_either_does
):
    facts = application(members=[*members, member("university")], chamber_of_industry_in_area=exists)

    assert names(kdp_2012.decide(facts).failed) == ([] if met else ["chamber"])
    either = kdp_2012.decide(facts, parameters={"chamber_fallback": "either"})
    assert either.eligible is met_if_either_does


@pytest.mark.parametrize(("near", "in_the_area"), [(True, True), (False, False)])
def test_the_university_may_be_anywhere_unless_read_otherwise(kdp_2012, near, in_the_area):
    facts = application(members=[member("chamber_of_industry"), member("university", near)])

    assert kdp_2012.decide(facts).eligible is True
    strict = kdp_2012.decide(facts, parameters={"university_place": "in_the_area"})
    assert strict.eligible is in_the_area


def test_a_research_body_is_no_university(kdp_2012):
    facts = application(members=[member("chamber_of_industry"), member("research_body")])

    assert names(kdp_2012.decide(facts).failed) == ["university"]


@pytest.mark.parametrize(("number", "enough"), [(0, False), (19, False), (20, True), (21, True)])
def test_twenty_firms_commit_themselves(kdp_2012, number, enough):
    assert kdp_2012.decide(application(firms=firms(number))).eligible is enough


@pytest.mark.parametrize("facts", [{"committed": False}, {"in_main_field": False}])
def test_a_firm_counts_if_it_is_of_the_main_field_and_committed(kdp_2012, facts):
    decision = kdp_2012.decide(application(firms=firms(19) + firms(1, **facts)))

    assert names(decision.failed) == ["twenty_firms"]


def test_firms_of_related_fields_may_be_read_to_count(kdp_2012):
    related = firms(19) + firms(1, in_main_field=False, in_related_field=True)
    facts = application(firms=related)

    assert kdp_2012.decide(facts).eligible is False
    assert kdp_2012.decide(facts, parameters={"fields_counted": "related_fields"}).eligible is True


def test_firms_may_be_read_to_have_to_be_members(kdp_2012):
    outside = application(firms=firms(19, is_member=True) + firms(1))

    assert kdp_2012.decide(outside).eligible is True
    assert kdp_2012.decide(outside, parameters={"commitment": "members_only"}).eligible is False


@pytest.mark.parametrize(
    ("fact", "rule"),
    [
        ("concentrated_and_related", "concentration"),
        ("able_to_last_and_compete", "potential"),
        ("accredited", "legal_body"),
        ("strategy_and_criteria", "maturity"),
        ("agreed_road_map", "maturity"),
        ("governance", "maturity"),
        ("cooperates_with_science", "maturity"),
    ],
)
def test_each_finding_is_needed(kdp_2012, fact, rule):
    assert names(kdp_2012.decide(application(**{fact: False})).failed) == [rule]


def test_a_body_of_another_kind_is_a_remark_and_no_failure(kdp_2012):
    members = [member("chamber_of_industry"), member("university"), member("other_body")]
    decision = kdp_2012.decide(application(members=members))

    assert decision.eligible is True
    assert names(decision.warnings) == ["known_members"]


# ---- how long ------------------------------------------------------------------------------------------------------


APPROVED = {"extension_approved": True}
AFTER_FORCE_MAJEURE = {"force_majeure_ended": "2013-01-15"}


@pytest.mark.parametrize(
    ("duration", "extension", "ground", "failed"),
    [
        ("P5Y", "P0Y", {}, []),
        ("P5Y", "P2Y", APPROVED, []),
        ("P5Y", "P2Y", AFTER_FORCE_MAJEURE, []),
        ("P5Y", "P2Y", {}, ["ground_for_extension"]),
        ("P5Y", "P1M", {}, ["ground_for_extension"]),
        ("P5Y", "P2Y1M", APPROVED, ["duration_within_limits"]),
        ("P6Y", "P0Y", {}, ["duration_within_limits"]),
        ("P5Y1M", "P2Y", APPROVED, ["duration_within_limits"]),
        ("P4Y", "P2Y", APPROVED, []),
    ],
)
def test_five_years_two_more_seven_in_all(kdp_2012, duration, extension, ground, failed):
    decision = kdp_2012.decide(application(duration=duration, extension=extension, **ground))

    assert names(decision.failed) == failed


@pytest.mark.parametrize("extension", ["P0Y", "P1Y", "P2Y"])
def test_an_extension_changes_no_amount(kdp_2012, extension):
    decision = kdp_2012.decide(application(extension=extension, extension_approved=True))

    assert decision.support == lira("480000.00")


# ---- what is paid --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cost", "requested", "paid", "binding"),
    [
        ("100.00", "75.00", "50.00", ["whole_plan"]),
        ("100.00", "75.01", "50.00", ["each_item", "whole_plan"]),
        ("100.00", "50.00", "50.00", []),
        ("100.00", "50.01", "50.00", ["whole_plan"]),
        ("0.00", "10.00", "0.00", ["each_item"]),
    ],
)
def test_the_two_ceilings_at_their_borders(kdp_2012, cost, requested, paid, binding):
    decision = kdp_2012.decide(application(costs=[item(cost, requested)]))

    assert decision.support == lira(paid)
    assert names(decision.binding) == binding


@pytest.mark.parametrize(
    ("earlier", "paid"),
    [
        ("24520000.00", "480000.00"),
        ("24520000.01", "479999.99"),
        ("25000000.00", "0.00"),
        ("26000000.00", "0.00"),
    ],
)
def test_what_was_given_before_is_part_of_the_25_million(kdp_2012, earlier, paid):
    decision = kdp_2012.decide(application(earlier_support=earlier))

    assert decision.eligible is True
    assert decision.support == lira(paid)


@pytest.mark.parametrize(
    ("reading", "paid"),
    [
        ({}, "300000.00"),
        ({"budget_holds": "in_kind_too"}, "400000.00"),
        ({"budget_holds": "supported_only"}, "300000.00"),
    ],
)
def test_what_is_given_in_kind_is_not_in_the_budget_unless_read_so(kdp_2012, reading, paid):
    assert kdp_2012.decide(stored("in_kind"), parameters=reading).support == lira(paid)


@pytest.mark.parametrize(("reading", "paid"), [({}, "75.00"), ({"budget_holds": "supported_only"}, "50.00")])
def test_an_activity_that_is_not_listed_is_not_paid_but_in_the_total_budget(kdp_2012, reading, paid):
    items = [item("100.00", "75.00", group="innovation"), item("100.00", "75.00")]

    assert kdp_2012.decide(application(costs=items), parameters=reading).support == lira(paid)


@pytest.mark.parametrize(("reading", "paid"), [("as_closed", "40.00"), ("as_planned", "50.00")])
def test_the_budget_may_be_read_to_be_the_planned_one(kdp_2012, reading, paid):
    items = [item("80.00", "60.00", planned_amount="100.00")]

    assert kdp_2012.decide(application(costs=items), parameters={"budget_taken": reading}).support == lira(
        paid
    )


@pytest.mark.parametrize(("reading", "paid"), [("each_plan", "50.00"), ("all_plans", "75.00")])
def test_all_work_plans_may_be_read_to_share_their_budgets(kdp_2012, reading, paid):
    """Another plan of 200 with 40 paid leaves 110 under half of 300."""
    facts = application(
        costs=[item("100.00", "75.00")], other_plans_cost="200.00", other_plans_support="40.00"
    )

    assert kdp_2012.decide(facts, parameters={"plans_taken": reading}).support == lira(paid)


@pytest.mark.parametrize(
    ("group", "activity", "listed"),
    [
        ("factor_conditions", "university_industry", True),
        ("productivity", "university_industry", True),
        ("innovation", "university_industry", True),
        ("coordination", "university_industry", False),
        ("coordination", "funding_applications", True),
        ("innovation", "funding_applications", True),
        ("productivity", "funding_applications", False),
        ("innovation", "joint_brand", False),
    ],
)
def test_an_activity_is_known_by_its_category_and_its_name(kdp_2012, group, activity, listed):
    decision = kdp_2012.decide(application(costs=[item("100.00", "50.00", group=group, activity=activity)]))

    assert decision.support == lira("50.00" if listed else "0.00")


def test_the_programme_knows_fifteen_nine_twelve_and_eight_activities(kdp_2012):
    """The page lists 44 lines under four headings, and two of the names stand under several of them."""
    source = (HERE / "sources" / "kdp_2012.txt").read_text(encoding="utf-8")
    listed = [line.count("•") for line in source.splitlines() if line.startswith("Kategori")]
    assert listed == [15, 9, 12, 8]

    found = []
    for group in ("coordination", "factor_conditions", "productivity", "innovation"):
        items = [item("2.00", "1.00", group=group, activity=activity) for activity in activities()]
        found.append(sum(line == lira("1.00") for line in lines(kdp_2012.decide(application(costs=items)))))
    assert found == listed


def test_lines_add_up_after_the_cut(kdp_2012):
    items = [item("33.33", "24.99"), item("33.33", "24.99"), item("33.35", "25.00")]
    decision = kdp_2012.decide(application(costs=items))

    assert decision.support == lira("50.00")
    assert sum(Decimal(line.amount) for line in lines(decision)) == Decimal(decision.support.amount)


def test_the_indicators_have_no_targets(kdp_2012):
    """Seven figures are watched; the page sets a target for none, and none keeps a decision open."""
    assert kdp_2012.decide(stored("base")).unset == ()


# ---- facts that are missing ------------------------------------------------------------------------------------------


def test_what_is_missing_is_named(kdp_2012):
    decision = kdp_2012.decide(stored("missing_facts"))

    assert decision.eligible is None
    assert {m.path for m in decision.missing} == {"accredited", "governance", "costs[1].requested"}


@pytest.mark.parametrize("path", sorted(APPLICATIONS.glob("*.json")), ids=lambda path: path.stem)
def test_every_stored_application_is_decided_alike_from_text_and_from_a_mapping(kdp_2012, path: Path):
    text = path.read_text(encoding="utf-8")

    assert kdp_2012.decide(text).record() == kdp_2012.decide(json.loads(text)).record()
