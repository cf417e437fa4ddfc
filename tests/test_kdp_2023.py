"""The 2023 cluster call, through the public face: its worked applications, the other readings, and every boundary.

The names of the worked cases (KDP23-01 and so on) are those of the table the programme was written against.
"""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import grantrules as gr
from grantrules import resources

HERE = resources.programs() / "tr"
APPLICATIONS = HERE / "applications" / "kdp_2023"


@pytest.fixture(scope="module")
def kdp_2023():
    return gr.load(HERE / "kdp_2023.rules")


def stored(name: str) -> dict[str, Any]:
    return json.loads((APPLICATIONS / f"{name}.json").read_text(encoding="utf-8"))


def application(**facts: Any) -> dict[str, Any]:
    """The base case, KDP23-01, but for the facts given; `None` leaves a fact out."""
    changed = stored("base") | facts
    return {name: value for name, value in changed.items() if value is not None}


def cost(category: str, amount: str, **facts: bool) -> dict[str, Any]:
    return {"category": category, "amount": amount, "project_related": True} | facts


def firms(number: int, manufacturers: int | None = None, **facts: Any) -> list[dict[str, Any]]:
    makers = number if manufacturers is None else manufacturers
    return [{"kind": "firm", "in_manufacturing": i < makers} | facts for i in range(number)]


def lira(amount: str) -> gr.Money:
    return gr.Money(amount, "TRY")


def names(found: Any) -> list[str]:
    return [each.name for each in found]


DOMESTIC = [cost("personnel", "1000000.00"), cost("machinery", "2000000.00", domestic=True)]
WORKS = [cost("personnel", "800000.00"), cost("works", "200000.00", renovation_only=True)]


# ---- the worked cases ----------------------------------------------------------------------------------------------


def test_01_the_base_case_is_eligible_on_the_first_day(kdp_2023):
    decision = kdp_2023.decide(stored("base"))

    assert decision.eligible is True
    assert decision.support == lira("2450000.00")
    assert decision.failed == ()
    grant = decision.supports["grant"]
    assert grant.eligible_cost == lira("3500000.00")
    assert [line.amount for line in grant.lines] == [lira("700000.00"), lira("1400000.00"), lira("350000.00")]


def test_02_nineteen_firms_are_not_enough(kdp_2023):
    decision = kdp_2023.decide(stored("nineteen_firms"))

    assert decision.eligible is False
    assert names(decision.failed) == ["enough_firms"]
    assert decision.failed[0].citations[0].quote.startswith("İçinde en az 20 firmanın bulunduğu")


def test_03_domestic_machinery_earns_fifteen_points_on_its_line_alone(kdp_2023):
    decision = kdp_2023.decide(stored("domestic_machinery"))

    assert decision.support == lira("2400000.00")
    grant = decision.supports["grant"]
    assert grant.eligible_cost == lira("3000000.00")
    assert [line.amount for line in grant.lines] == [lira("700000.00"), lira("1700000.00")]


@pytest.mark.parametrize(
    ("reading", "amount"),
    [
        ({"bonus_size": "multiplied"}, "2310000.00"),
        ({"bonus_size": "left_out"}, "2100000.00"),
        ({"bonus_base": "whole_budget"}, "2550000.00"),
        ({"bonus_above_70": False}, "2100000.00"),
    ],
)
def test_03_other_readings_of_the_bonus_pay_other_sums(kdp_2023, reading, amount):
    assert kdp_2023.decide(stored("domestic_machinery"), parameters=reading).support == lira(amount)


def test_03_the_bonus_times_the_rate_of_everything(kdp_2023):
    """70% * 1.15 is 80.5%, and 80.5% of three million is 2 415 000."""
    decision = kdp_2023.decide(
        stored("domestic_machinery"), parameters={"bonus_size": "multiplied", "bonus_base": "whole_budget"}
    )

    assert decision.support == lira("2415000.00")


@pytest.mark.parametrize(
    ("reading", "amount"),
    [
        ({}, "595000.00"),
        ({"works_base": "eligible_total"}, "589473.68"),
        ({"works_base": "other_eligible_cost"}, "588000.00"),
        ({"works_excess": "dropped"}, "560000.00"),
    ],
)
def test_06_each_base_of_the_five_percent_has_its_own_sum(kdp_2023, reading, amount):
    decision = kdp_2023.decide(stored("works_above_5_percent"), parameters=reading)

    assert decision.eligible is True
    assert decision.support == lira(amount)


def test_06_the_excess_of_works_is_named_as_binding(kdp_2023):
    (binding,) = kdp_2023.decide(stored("works_above_5_percent")).binding

    assert binding.name == "works"
    assert binding.cut == lira("150000.00")


def test_06_an_excess_of_works_may_refuse_the_application(kdp_2023):
    decision = kdp_2023.decide(stored("works_above_5_percent"), parameters={"works_excess": "refused"})

    assert decision.eligible is False
    assert names(decision.failed) == ["works_or_refusal"]


@pytest.mark.parametrize(
    ("submitted", "in_time"),
    [
        ("2023-09-03T23:59:59+03:00", False),
        ("2023-09-04T00:00:00+03:00", True),
        ("2023-12-04T23:59:59+03:00", True),
        ("2023-12-05T00:00:00+03:00", False),
        ("2023-09-03T21:00:00Z", True),
        ("2023-09-03T20:59:59Z", False),
        ("2023-12-04T20:59:59+00:00", True),
        ("2023-12-04T21:00:00+00:00", False),
    ],
)
def test_08_both_days_of_the_window_belong_to_it_in_the_zone_of_the_ministry(kdp_2023, submitted, in_time):
    decision = kdp_2023.decide(application(submitted=submitted))

    assert decision.eligible is in_time
    assert names(decision.failed) == ([] if in_time else ["in_time"])


def test_08_a_moment_may_be_given_as_a_datetime(kdp_2023):
    late = datetime.fromisoformat("2023-12-05T00:00:00+03:00")

    assert kdp_2023.decide(application(submitted=late)).eligible is False


@pytest.mark.parametrize(("day", "in_time"), [("2023-11-03", True), ("2023-11-04", False)])
def test_08_the_call_as_first_announced_ended_a_month_earlier(kdp_2023, day, in_time):
    decision = kdp_2023.decide(
        application(submitted=f"{day}T12:00:00+03:00"), parameters={"announcement": "first"}
    )

    assert decision.eligible is in_time


@pytest.mark.parametrize(
    ("duration", "extension", "approved", "failed"),
    [
        ("P5Y", "P0Y", True, []),
        ("P5Y", "P2Y", True, []),
        ("P5Y", "P2Y", False, ["extension_needs_approval"]),
        ("P5Y", "P1Y", True, []),
        ("P5Y", "P2Y1M", True, ["duration_within_limits"]),
        ("P5Y", "P3Y", True, ["duration_within_limits"]),
        ("P6Y", "P0Y", True, ["duration_within_limits"]),
        ("P6Y", "P1Y", True, ["duration_within_limits"]),
        ("P60M", "P24M", True, []),
        ("P61M", "P0Y", False, ["duration_within_limits"]),
        ("P4Y", "P2Y", True, []),
        ("P6Y", "P3Y", False, ["duration_within_limits", "extension_needs_approval"]),
    ],
)
def test_09_five_years_and_two_more_with_approval(kdp_2023, duration, extension, approved, failed):
    decision = kdp_2023.decide(
        application(duration=duration, extension=extension, extension_approved=approved)
    )

    assert names(decision.failed) == failed
    assert decision.eligible is (not failed)


@pytest.mark.parametrize(
    ("extension", "eligible"), [("P0Y", True), ("P1Y", False), ("P23M", False), ("P2Y", True)]
)
def test_09_an_extension_may_be_read_to_be_exactly_two_years(kdp_2023, extension, eligible):
    decision = kdp_2023.decide(
        application(extension=extension, extension_approved=True),
        parameters={"extension_length": "exactly_two_years"},
    )

    assert decision.eligible is eligible


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("20", True),
        ("21", True),
        ("20.59", True),
        ("32", False),
        ("32.5", False),
        ("32.50", True),
        ("3250", True),
        ("32.50.13", True),
        ("325013", True),
        ("32.40", False),
        ("26", True),
        ("26.11", True),
        ("27", True),
        ("28.99.90", True),
        ("29", True),
        ("30", True),
        ("30.99", True),
        ("25", False),
        ("31", False),
        ("C", False),
    ],
)
def test_10_the_sectors_with_extra_points(kdp_2023, code, listed):
    decision = kdp_2023.decide(application(main_sector=code))

    assert decision.results["bonus_sector"] is listed
    assert decision.eligible is True
    assert decision.support == lira("2450000.00"), "points, not money"


@pytest.mark.parametrize("code", ["32", "32.5", "C"])
def test_10_a_code_coarser_than_the_listed_one_gives_a_warning(kdp_2023, code):
    assert names(kdp_2023.decide(application(main_sector=code)).warnings) == ["main_sector_precision"]


@pytest.mark.parametrize("code", ["26", "32.50", "32.50.13", "25", "10"])
def test_10_a_code_as_fine_as_the_listed_one_gives_none(kdp_2023, code):
    assert kdp_2023.decide(application(main_sector=code)).warnings == ()


@pytest.mark.parametrize(("code", "near"), [("32.51", "32.50"), ("2", "")])
def test_10_what_is_no_code_earns_nothing_and_is_refused(kdp_2023, code, near):
    """The cases KDP23-10f and -10p: neither is in the published list, so no application can rest on it."""
    with pytest.raises(gr.ApplicationError) as refused:
        kdp_2023.decide(application(main_sector=code))

    assert "main_sector" in str(refused.value)
    assert near in str(refused.value)


def test_10_the_lenient_reading_takes_the_group_for_its_one_class(kdp_2023):
    decision = kdp_2023.decide(application(main_sector="32.5"), parameters={"coarse_code_counts": True})

    assert decision.results["bonus_sector"] is True


def test_10_how_many_points_is_not_said_and_never_invented(kdp_2023):
    decision = kdp_2023.decide(stored("priority_sector"))

    assert decision.eligible is True
    assert decision.unset == ("sector_points",)
    assert decision.score is None


def test_10_points_are_given_once_they_are_set(kdp_2023):
    decision = kdp_2023.decide(stored("priority_sector"), parameters={"sector_points": "5"})

    assert decision.unset == ()
    assert decision.score == 5


def test_10_no_points_are_needed_where_the_sector_is_not_listed(kdp_2023):
    decision = kdp_2023.decide(stored("base"))

    assert decision.unset == ()
    assert decision.score == 0


@pytest.mark.parametrize(
    ("reading", "sectors", "listed"),
    [
        ("one_member", ["25.62"] * 19 + ["26.11"], True),
        ("one_member", ["25.62"] * 20, False),
        ("most_members", ["26.11"] * 11 + ["25.62"] * 9, True),
        ("most_members", ["26.11"] * 10 + ["25.62"] * 10, False),
    ],
)
def test_10_the_sector_may_be_read_to_be_that_of_the_firms(kdp_2023, reading, sectors, listed):
    members = [firm | {"sector": sector} for firm, sector in zip(firms(20), sectors, strict=True)]
    decision = kdp_2023.decide(application(members=members), parameters={"sector_tested": reading})

    assert decision.results["bonus_sector"] is listed


# ---- who may apply -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "eligible"), [(0, False), (1, False), (19, False), (20, True), (21, True), (2000, True)]
)
def test_the_twentieth_firm_opens_the_door(kdp_2023, number, eligible):
    assert kdp_2023.decide(application(members=firms(number))).eligible is eligible


def test_members_that_are_no_firms_do_not_count(kdp_2023):
    members = firms(19) + [{"kind": "university"}] * 30

    assert names(kdp_2023.decide(application(members=members)).failed) == ["enough_firms"]


def test_a_firm_that_is_listed_twice_is_one_firm(kdp_2023):
    twice = firms(18) + firms(2, legal_id="8110456721")
    decision = kdp_2023.decide(application(members=twice))

    assert names(decision.failed) == ["enough_firms"]


def test_linked_companies_are_one_firm_only_where_that_is_the_reading(kdp_2023):
    linked = application(members=firms(18) + firms(2, group_id="Demir Holding"))

    assert kdp_2023.decide(linked).eligible is True
    independent = kdp_2023.decide(linked, parameters={"firms_counted": "independent_firms"})
    assert names(independent.failed) == ["enough_firms"]


@pytest.mark.parametrize(
    ("number", "makers", "most"), [(20, 10, False), (20, 11, True), (21, 10, False), (21, 11, True)]
)
def test_predominant_is_more_than_half_of_the_firms(kdp_2023, number, makers, most):
    decision = kdp_2023.decide(application(members=firms(number, makers) + [{"kind": "university"}] * 20))

    assert names(decision.failed) == ([] if most else ["mostly_manufacturing"])


@pytest.mark.parametrize(("makers", "enough"), [(9, False), (10, True), (11, True)])
def test_half_may_be_read_to_be_enough(kdp_2023, makers, enough):
    decision = kdp_2023.decide(
        application(members=firms(20, makers)), parameters={"predominance_bound": "half"}
    )

    assert decision.eligible is enough


@pytest.mark.parametrize(
    ("bound", "turnover", "enough"),
    [
        ("more_than_half", "1000000.01", True),
        ("more_than_half", "1000000.00", False),
        ("half", "1000000.00", True),
        ("half", "999999.99", False),
    ],
)
def test_predominance_may_be_read_as_one_of_turnover(kdp_2023, bound, turnover, enough):
    rest = firms(18, 0, turnover="0.00")
    members = firms(1, turnover=turnover) + firms(1, 0, turnover="1000000.00") + rest
    decision = kdp_2023.decide(
        application(members=members),
        parameters={"predominance_measure": "turnover", "predominance_bound": bound},
    )

    assert names(decision.failed) == ([] if enough else ["mostly_manufacturing_by_turnover"])


@pytest.mark.parametrize(
    ("bound", "people", "enough"),
    [("more_than_half", 101, True), ("more_than_half", 100, False), ("half", 100, True), ("half", 99, False)],
)
def test_predominance_may_be_read_as_one_of_employment(kdp_2023, bound, people, enough):
    members = firms(1, employees=people) + firms(1, 0, employees=100) + firms(18, 0, employees=0)
    decision = kdp_2023.decide(
        application(members=members),
        parameters={"predominance_measure": "employment", "predominance_bound": bound},
    )

    assert names(decision.failed) == ([] if enough else ["mostly_manufacturing_by_employment"])


def test_a_body_of_another_kind_is_a_remark_and_no_failure(kdp_2023):
    decision = kdp_2023.decide(application(members=[*firms(20), {"kind": "other_body"}]))

    assert decision.eligible is True
    assert names(decision.warnings) == ["known_members"]


@pytest.mark.parametrize("fact", ["competitive", "nationally_important"])
def test_the_committee_may_say_no(kdp_2023, fact):
    assert names(kdp_2023.decide(application(**{fact: False})).failed) == ["potential"]


def test_a_work_plan_without_a_supported_area_fails(kdp_2023):
    assert names(kdp_2023.decide(application(activity_areas=[])).failed) == ["supported_areas"]


def test_an_application_on_paper_fails(kdp_2023):
    assert names(kdp_2023.decide(application(channel="paper")).failed) == ["online"]


def test_all_failures_are_reported_together(kdp_2023):
    decision = kdp_2023.decide(stored("two_failures"))

    assert decision.eligible is False
    assert names(decision.failed) == ["enough_firms", "mostly_manufacturing", "online"]
    assert all(failed.citations for failed in decision.failed)


# ---- what is paid --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("others", "works", "amount", "cut"),
    [
        ("950000.00", "49999.99", "699999.99", None),
        ("950000.00", "50000.00", "700000.00", None),
        ("949999.99", "50000.01", "699999.99", "0.01"),
        ("0.00", "1000.00", "35.00", "950.00"),
    ],
)
def test_works_of_exactly_five_percent_are_not_above_it(kdp_2023, others, works, amount, cut):
    costs = [cost("personnel", others), cost("works", works, renovation_only=True)]
    decision = kdp_2023.decide(application(costs=costs))

    assert decision.support == lira(amount)
    assert [b.cut for b in decision.binding] == ([lira(cut)] if cut else [])


def test_the_five_percent_are_of_the_budget_as_submitted_with_what_is_not_eligible(kdp_2023):
    costs = [cost("other", "1000000.00"), cost("works", "60000.00", renovation_only=True)]

    assert kdp_2023.decide(application(costs=costs)).support == lira("37100.00"), "70% of 5% of 1 060 000"


def test_several_works_are_cut_in_proportion(kdp_2023):
    costs = [
        cost("personnel", "700000.00"),
        cost("works", "100000.00", renovation_only=True),
        cost("works", "200000.00", renovation_only=True),
    ]
    grant = kdp_2023.decide(application(costs=costs)).supports["grant"]

    assert [line.amount for line in grant.lines] == [lira("490000.00"), lira("11666.67"), lira("23333.33")]


@pytest.mark.parametrize(
    "not_eligible",
    [
        cost("works", "100.00"),
        cost("works", "100.00", renovation_only=False),
        cost("other", "100.00"),
        cost("personnel", "100.00", project_related=False),
        cost("machinery", "100.00", project_related=False, domestic=True),
    ],
)
def test_what_is_not_eligible_adds_nothing(kdp_2023, not_eligible):
    costs = [cost("personnel", "1000.00"), not_eligible]
    grant = kdp_2023.decide(application(costs=costs)).supports["grant"]

    assert grant.amount == lira("700.00")
    assert grant.lines[1].amount == lira("0.00")


@pytest.mark.parametrize("category", ["software_hardware", "consumables", "personnel"])
def test_only_domestic_machinery_earns_the_bonus(kdp_2023, category):
    costs = [cost(category, "1000.00", domestic=True)]

    assert kdp_2023.decide(application(costs=costs)).support == lira("700.00")


@pytest.mark.parametrize(
    ("goods", "amount"),
    [("machinery_only", "2250.00"), ("with_software_hardware", "2400.00"), ("with_consumables", "2550.00")],
)
def test_other_domestic_goods_may_be_read_to_earn_it_too(kdp_2023, goods, amount):
    costs = [
        cost(kind, "1000.00", domestic=True) for kind in ("machinery", "software_hardware", "consumables")
    ]

    assert kdp_2023.decide(application(costs=costs), parameters={"bonus_goods": goods}).support == lira(
        amount
    )


@pytest.mark.parametrize(
    ("reading", "amount"),
    [
        ({"overheads_counted": "actual_cost"}, "840.00"),
        ({"overheads_counted": "at_most_a_share", "overheads_share": "10%"}, "770.00"),
        ({"overheads_counted": "at_most_a_share", "overheads_share": "25%"}, "840.00"),
        ({"overheads_counted": "flat_rate", "overheads_share": "7%"}, "749.00"),
    ],
)
def test_overheads_count_at_their_cost_unless_another_reading_is_taken(kdp_2023, reading, amount):
    costs = [cost("personnel", "1000.00"), cost("overheads", "200.00")]

    assert kdp_2023.decide(application(costs=costs), parameters=reading).support == lira(amount)


@pytest.mark.parametrize("reading", ["at_most_a_share", "flat_rate"])
def test_a_share_that_nobody_set_is_never_invented(kdp_2023, reading):
    costs = [cost("personnel", "1000.00"), cost("overheads", "200.00")]
    decision = kdp_2023.decide(application(costs=costs), parameters={"overheads_counted": reading})

    assert "overheads_share" in decision.unset
    assert not isinstance(decision.support, gr.Money)


@pytest.mark.parametrize(
    ("amount", "down", "nearest"),
    [
        ("0.01", "0.00", "0.01"),
        ("0.02", "0.01", "0.01"),
        ("0.05", "0.03", "0.04"),
        ("666666.65", "466666.65", "466666.66"),
        ("999999999999.99", "699999999999.99", "699999999999.99"),
    ],
)
def test_the_sum_is_rounded_once_and_down(kdp_2023, amount, down, nearest):
    """70% of 0.05 is 0.035: down is 0.03, and to the nearest cent it would be 0.04."""
    rounded = application(costs=[cost("personnel", amount)])

    assert kdp_2023.decide(rounded).support == lira(down)
    assert kdp_2023.decide(rounded, parameters={"cents": "to_the_nearest"}).support == lira(nearest)


def test_lines_add_up_to_the_sum(kdp_2023):
    """Three lines of 0.05 have 0.035 each and 0.105 together: 0.10, handed out by largest remainder."""
    grant = kdp_2023.decide(application(costs=[cost("personnel", "0.05")] * 3)).supports["grant"]

    assert grant.amount == lira("0.10")
    assert [line.amount for line in grant.lines] == [lira("0.04"), lira("0.03"), lira("0.03")]


def test_eligible_for_nothing_is_zero_and_not_a_failure(kdp_2023):
    decision = kdp_2023.decide(application(costs=[]))

    assert decision.eligible is True
    assert decision.support == lira("0.00")


def test_there_is_no_ceiling(kdp_2023):
    decision = kdp_2023.decide(application(costs=[cost("personnel", "900000000000000.00")]))

    assert decision.support == lira("630000000000000.00")
    assert decision.binding == ()


def test_the_full_work_plan(kdp_2023):
    """Thirty lines: what a hand calculation gives."""
    plan = stored("full_work_plan")
    budget = eligible = works = domestic = 0
    for line in plan["costs"]:
        cents = int(line["amount"].replace(".", ""))
        budget += cents
        if line["category"] == "other" or not line["project_related"]:
            continue
        if line["category"] == "works":
            works += cents if line.get("renovation_only") else 0
            continue
        eligible += cents
        if line["category"] == "machinery" and line.get("domestic"):
            domestic += cents
    support = (1400 * eligible + 70 * min(20 * works, budget) + 300 * domestic) // 2000

    decision = kdp_2023.decide(plan)
    assert decision.eligible is True
    assert decision.support == lira(f"{support // 100}.{support % 100:02d}")
    lines = decision.supports["grant"].lines
    assert sum(Decimal(line.amount.amount) for line in lines) == Decimal(decision.support.amount)


# ---- facts that are missing ------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_and_the_support_is_a_range(kdp_2023):
    decision = kdp_2023.decide(stored("missing_facts"))

    assert decision.eligible is None
    assert {m.path for m in decision.missing} == {"nationally_important", "costs[1].amount"}
    assert decision.support.lowest == lira("1050000.00")


def test_what_has_failed_stays_failed_whatever_is_missing(kdp_2023):
    partial = stored("missing_facts") | {"channel": "paper"}

    assert kdp_2023.decide(partial).eligible is False


@pytest.mark.parametrize("path", sorted(APPLICATIONS.glob("*.json")), ids=lambda path: path.stem)
def test_every_stored_application_is_decided_alike_from_text_and_from_a_mapping(kdp_2023, path: Path):
    text = path.read_text(encoding="utf-8")

    assert kdp_2023.decide(text).record() == kdp_2023.decide(json.loads(text)).record()


def test_what_is_needed_of_each_member_is_listed_in_the_order_of_the_members(kdp_2023):
    """Member 2 comes before member 10, and the sentence says that the application left it out."""
    base = stored("base")
    decision = kdp_2023.decide(base, parameters={"predominance_measure": "turnover"})

    assert [each.what for each in decision.undecidable] == [f"members[{n}].turnover" for n in range(20)]
    assert decision.undecidable[1].text == (
        "Turnover of the last year of member 2 is needed, but the application has none"
    )
