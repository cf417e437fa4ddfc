"""The proposal for joint projects across regions, as an amendment of the Communiqué 2010/8, through the public face.

The names of the worked cases (REFORM-01) are those of the table the proposal was written against.  The uplift of ten
points is an illustration: the source gives none.
"""

import json
from typing import Any

import pytest

import grantrules as gr
from grantrules import resources

HERE = resources.programs() / "tr"
TEN = {"uplift": "10"}
A_TENTH = {"uplift_reading": "multiplied", "uplift_share": "10%"}


@pytest.fixture(scope="module")
def urge():
    return gr.load(HERE / "urge_2010_8.rules")


@pytest.fixture(scope="module")
def reform():
    return gr.load(HERE / "urge_brop_reform.rules")


def stored(programme: str, name: str) -> dict[str, Any]:
    path = HERE / "applications" / programme / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def joint_marketing(*partners: tuple[str, str | None], cost: str = "160000.00") -> dict[str, Any]:
    """REFORM-01: one joint marketing programme; the partners are as given, each a kind and a region."""
    facts = stored("urge_brop_reform", "joint_marketing")
    facts["programme_expenses"][0]["amount"] = cost
    if partners:
        said = [{"kind": kind, "region": region} for kind, region in partners]
        facts["joint_partners"] = [{k: v for k, v in each.items() if v} for each in said]
    return facts


def dollars(amount: str) -> gr.Money:
    return gr.Money(amount, "USD")


def names(found: Any) -> list[str]:
    return [each.name for each in found]


# ---- the worked case -----------------------------------------------------------------------------------------------


def test_01_a_joint_marketing_programme_gets_ten_points_more(reform):
    assert reform.decide(joint_marketing(), parameters=TEN).support == dollars("136000.00")


def test_01_ten_percent_of_the_rate_are_another_reading(reform):
    assert reform.decide(joint_marketing(), parameters=A_TENTH).support == dollars("132000.00")


def test_the_source_gives_no_uplift_and_none_is_invented(reform):
    decision = reform.decide(joint_marketing())

    assert decision.eligible is True
    assert decision.unset == ("uplift",)
    assert isinstance(decision.support, gr.Range)


def test_nothing_is_needed_where_no_project_is_joint(urge, reform):
    """Whoever has no partner across regions is decided as before, and the uplift does not matter."""
    for name in ("base", "six_programmes", "consultancy", "thirty_months"):
        application = stored("urge_2010_8", name)

        assert reform.decide(application).support == urge.decide(application).support


# ---- other readings ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("partners", "readings", "paid"),
    [
        ([("firm", "TR72"), ("firm", "TR31")], {}, "136000.00"),
        ([("firm", "TR721"), ("firm", "TR310")], {}, "136000.00"),
        ([("firm", "TR72"), ("firm", "TRC1")], {}, "120000.00"),
        ([("firm", "TR10"), ("firm", "TR31")], {}, "120000.00"),
        ([("firm", "TR72"), ("cluster", "TR31")], {}, "136000.00"),
        ([("firm", "TR72"), ("cluster", "TR31")], {"same_kind_required": "yes"}, "120000.00"),
        ([("cluster", "TR72"), ("cluster", "TR31")], {"same_kind_required": "yes"}, "136000.00"),
        ([("firm", "TR72"), ("firm", "TR31"), ("firm", "TR10")], {}, "136000.00"),
        (
            [("firm", "TR72"), ("firm", "TR31"), ("firm", "TR10")],
            {"partners_needed": "exactly_two"},
            "120000.00",
        ),
        ([("firm", "TR72"), ("cooperation_body", None)], {}, "136000.00"),
        ([("firm", "TR72"), ("cooperation_body", None)], {"nation_wide": "nowhere"}, "120000.00"),
        ([("firm", "TR31"), ("cooperation_body", None)], {}, "120000.00"),
    ],
)
def test_one_partner_in_a_brop_region_and_one_outside(reform, partners, readings, paid):
    readings = {name: value == "yes" if value in {"yes", "no"} else value for name, value in readings.items()}
    decision = reform.decide(joint_marketing(*partners), parameters=TEN | readings)

    assert decision.support == dollars(paid)


@pytest.mark.parametrize(
    ("cost", "readings", "paid"),
    [
        ("176470.58", TEN, "149999.99"),
        ("176470.59", TEN, "150000.00"),
        ("300000.00", TEN, "150000.00"),
        ("300000.00", TEN | {"ceilings_rise": True}, "170000.00"),
        ("300000.00", A_TENTH | {"ceilings_rise": True}, "165000.00"),
        ("100000.00", {"uplift": "30"}, "100000.00"),
    ],
)
def test_the_ceiling_stays_unless_read_to_rise_and_no_rate_is_above_100_percent(reform, cost, readings, paid):
    assert reform.decide(joint_marketing(cost=cost), parameters=readings).support == dollars(paid)


def test_what_does_not_belong_to_the_joint_project_keeps_its_rate(reform):
    facts = joint_marketing()
    facts["programmes_abroad"][0]["joint"] = False

    assert reform.decide(facts, parameters=TEN).support == dollars("120000.00")
    whole = reform.decide(facts, parameters=TEN | {"uplift_base": "whole_project"})
    assert whole.support == dollars("136000.00")


def test_the_level_of_cooperation_adds_what_nobody_has_said_yet(reform):
    facts = joint_marketing() | {"cooperation_level": 2}

    assert reform.decide(facts, parameters=TEN).unset == ("level_uplift",)
    assert reform.decide(facts, parameters=TEN | {"level_uplift": "5"}).support == dollars("144000.00")


@pytest.mark.parametrize(("months", "eligible"), [(59, False), (60, True), (120, True), (121, False)])
def test_long_term_programmes_last_five_to_ten_years(reform, months, eligible):
    facts = joint_marketing() | {"long_term": True, "project_months": months}
    decision = reform.decide(facts, parameters=TEN)

    assert decision.eligible is eligible
    assert names(decision.failed) == ([] if eligible else ["five_to_ten_years"])


# ---- applications as a portal would send them -----------------------------------------------------------------------


def test_two_partners_of_the_same_side_get_the_rate_of_the_communique(urge, reform):
    """75% of 160 000 and of 48 250.75; what is none of the certain expenses is not supported."""
    decision = reform.decide(stored("urge_brop_reform", "within_the_regions"))

    assert decision.eligible is True
    assert decision.support == dollars("156188.06")


def test_a_long_term_programme_of_four_years_is_refused(reform):
    decision = reform.decide(stored("urge_brop_reform", "four_years"))

    assert names(decision.failed) == ["five_to_ten_years"]
    assert "(5-10 yıl)" in decision.failed[0].citations[0].quote


def test_what_is_not_known_of_a_partner_and_an_expense_is_named(reform):
    decision = reform.decide(stored("urge_brop_reform", "missing_facts"), parameters=TEN)

    assert decision.eligible is True
    assert decision.support == gr.Range(dollars("0.00"), dollars("136000.00"))
    assert {each.path for each in decision.missing} == {
        "joint_partners[1].region",
        "programme_expenses[0].approved",
    }


# ---- a project of Kayseri and İzmir --------------------------------------------------------------------------------


def test_the_two_files_of_the_joint_project_differ_in_what_the_proposal_asks_alone():
    before, after = (stored(name, "kayseri_izmir") for name in ("urge_2010_8", "urge_brop_reform"))
    del after["joint_partners"]
    for rows in after.values():
        for row in rows if isinstance(rows, list) else ():
            row.pop("joint", None)

    assert after == before


def test_a_project_of_kayseri_and_izmir_under_the_communique_and_under_the_proposal(urge, reform):
    """Kayseri is in a BROP region and İzmir is not; what belongs to the joint project gets ten points more."""
    before = urge.decide(stored("urge_2010_8", "kayseri_izmir"))
    after = reform.decide(stored("urge_brop_reform", "kayseri_izmir"), parameters=TEN)
    paid = {
        name: (before.supports[name].amount, after.supports[name].amount)
        for name in ("training", "marketing", "buyer_missions", "individual_consultancy", "employment")
    }

    assert paid == {
        "training": (dollars("135000.00"), dollars("149000.00")),
        "marketing": (dollars("262500.00"), dollars("286000.00")),
        "buyer_missions": (dollars("60000.00"), dollars("68000.00")),
        "individual_consultancy": (dollars("77000.00"), dollars("81000.00")),
        "employment": (dollars("30000.00"), dollars("30000.00")),
    }
    assert (before.support, after.support) == (dollars("564500.00"), dollars("614000.00"))
    assert names(after.binding) == ["each_programme", "employment_never_above_all"]


def test_with_the_readings_of_the_proposal_no_promise_of_either_is_broken(reform):
    for readings in (TEN, A_TENTH, TEN | {"ceilings_rise": True}, TEN | {"uplift_base": "whole_project"}):
        decision = reform.decide(stored("urge_brop_reform", "kayseri_izmir"), parameters=readings)

        assert decision.broken_promises == ()


def test_each_statement_says_which_text_it_comes_from(reform):
    text = reform.decide(stored("urge_brop_reform", "kayseri_izmir"), parameters=TEN).explain()

    assert "tr.urge_brop_reform" in text
    assert "tr.urge_2010_8" in text
