"""The COSME call of 2020, through the public face: its worked applications, the other readings, and every boundary.

The names of the worked cases (COSME-01 and so on) are those of the table the programme was written against.
"""

import json
from typing import Any

import pytest

import grantrules as gr
from grantrules import resources

HERE = resources.programs() / "eu"
APPLICATIONS = HERE / "applications" / "cosme_clusterxchange_2020"


@pytest.fixture(scope="module")
def cosme():
    return gr.load(HERE / "cosme_clusterxchange_2020.rules")


def stored(name: str) -> dict[str, Any]:
    return json.loads((APPLICATIONS / f"{name}.json").read_text(encoding="utf-8"))


def application(**facts: Any) -> dict[str, Any]:
    """The base case, COSME-01, but for the facts given; `None` leaves a fact out."""
    changed = stored("base") | facts
    return {name: value for name, value in changed.items() if value is not None}


def asking(*amounts: str, **facts: Any) -> dict[str, Any]:
    return application(costs=[{"activity": "clusterxchange", "amount": each} for each in amounts], **facts)


def visits(number: int, with_smes: int, with_outsiders: int, others: int = 0) -> list[dict[str, bool]]:
    """So many visits; the first ones with small enterprises, with outsiders, with people of other partnerships."""
    return [
        {
            "sme_visits": n < with_smes and n % 2 == 0,
            "sme_hosts": n < with_smes and n % 2 == 1,
            "with_outsider": n < with_outsiders,
            "with_other_partnership": n < others,
        }
        for n in range(number)
    ]


def partners(**facts: Any) -> list[dict[str, Any]]:
    """The three partners of the base case, the last of them changed."""
    *others, last = stored("base")["partners"]
    changed = {name: value for name, value in (last | facts).items() if value is not None}
    return [*others, changed]


def euros(amount: str) -> gr.Money:
    return gr.Money(amount, "EUR")


def names(found: Any) -> list[str]:
    return [each.name for each in found]


# ---- the worked cases ----------------------------------------------------------------------------------------------


def test_01_three_partners_from_three_countries(cosme):
    decision = cosme.decide(stored("base"))

    assert decision.eligible is True
    assert decision.support == euros("450000.00")
    assert decision.supports["grant"].eligible_cost == euros("600000.00")


@pytest.mark.parametrize(
    ("cents", "amount"),
    [("downwards", "499999.99"), ("half_up", "500000.00"), ("half_to_even", "500000.00")],
)
def test_02_just_below_the_knee(cosme, cents, amount):
    """75% of 666 666.66 are 499 999.995."""
    decision = cosme.decide(stored("below_the_ceiling"), parameters={"cents": cents})

    assert decision.eligible is True
    assert decision.support == euros(amount)


def test_04_above_the_knee(cosme):
    decision = cosme.decide(stored("above_the_ceiling"))

    assert decision.support == euros("500000.00")
    assert [(each.name, each.cut) for each in decision.binding] == [("per_project", euros("175000.00"))]


@pytest.mark.parametrize(
    ("duration", "eligible"),
    [("P19M", False), ("P20M", True), ("P1Y8M", True), ("P24M", True), ("P2Y", True), ("P25M", False)],
)
def test_07_twenty_to_twenty_four_months(cosme, duration, eligible):
    decision = cosme.decide(application(duration=duration))

    assert names(decision.failed) == ([] if eligible else ["duration_within_limits"])
    assert decision.support == (euros("450000.00") if eligible else None)


@pytest.mark.parametrize(
    ("submitted", "eligible"),
    [
        ("2021-02-02T17:00:00+01:00", True),
        ("2021-02-02T17:00:01+01:00", False),
        ("2021-02-02T19:00:00+03:00", True),
        ("2021-02-02T19:00:01+03:00", False),
        ("2021-02-02T16:00:00+00:00", True),
        ("2021-02-02T16:00:01Z", False),
        ("2021-02-02T17:00:00+03:00", True),
    ],
)
def test_08_the_deadline_is_a_moment_in_brussels(cosme, submitted, eligible):
    decision = cosme.decide(application(submitted=submitted))

    assert names(decision.failed) == ([] if eligible else ["in_time"])


def test_08_the_stroke_may_be_read_to_be_too_late(cosme):
    at_17 = stored("last_second")

    assert cosme.decide(at_17).support == euros("450000.00")
    assert names(cosme.decide(at_17, parameters={"on_the_stroke": False}).failed) == ["in_time"]


@pytest.mark.parametrize(
    ("number", "with_smes", "with_outsiders", "failed"),
    [
        (79, 40, 20, ["eighty_visits"]),
        (80, 40, 20, []),
        (80, 39, 20, ["half_with_smes"]),
        (80, 40, 19, ["quarter_with_outsiders"]),
        (81, 41, 20, ["quarter_with_outsiders"]),
        (81, 41, 21, []),
        (81, 40, 21, ["half_with_smes"]),
        (100, 49, 24, ["half_with_smes", "quarter_with_outsiders"]),
        (100, 50, 25, []),
        (0, 0, 0, ["eighty_visits"]),
    ],
)
def test_09_shares_of_the_visits_are_exact(cosme, number, with_smes, with_outsiders, failed):
    decision = cosme.decide(application(visits=visits(number, with_smes, with_outsiders)))

    assert names(decision.failed) == failed
    assert decision.support == (None if failed else euros("450000.00"))


@pytest.mark.parametrize(
    ("reading", "number", "with_outsiders", "eligible"),
    [
        ("at_most", 80, 20, True),
        ("at_most", 80, 0, True),
        ("at_most", 80, 21, False),
        ("just_that", 80, 20, True),
        ("just_that", 80, 21, False),
        ("just_that", 80, 19, False),
        ("just_that", 81, 20, False),
        ("just_that", 81, 21, False),
    ],
)
def test_09_a_quarter_may_be_read_as_the_most_or_as_just_that(
    cosme, reading, number, with_outsiders, eligible
):
    decision = cosme.decide(
        application(visits=visits(number, number, with_outsiders)), parameters={"quarter_of_visits": reading}
    )

    assert decision.eligible is eligible


@pytest.mark.parametrize(("reading", "eligible"), [("of_no_partnership", False), ("not_of_this_one", True)])
def test_09_people_of_other_partnerships_may_be_read_to_be_outsiders(cosme, reading, eligible):
    decision = cosme.decide(
        application(visits=visits(80, 40, 0, others=20)), parameters={"outsiders_meant": reading}
    )

    assert decision.eligible is eligible


def test_10_a_partner_that_is_not_on_the_platform(cosme):
    decision = cosme.decide(stored("not_on_the_platform"))

    assert names(decision.failed) == ["all_on_the_platform"]
    assert "ECCP" in decision.failed[0].citations[0].quote


@pytest.mark.parametrize(
    ("since", "moment", "day"),
    [
        ("2021-02-02T17:00:00+01:00", True, True),
        ("2021-02-02T17:00:01+01:00", False, True),
        ("2021-02-02T23:59:59+01:00", False, True),
        ("2021-02-03T00:00:00+01:00", False, False),
    ],
)
def test_10_who_asks_the_platform_has_until_the_deadline(cosme, since, moment, day):
    asked = application(partners=partners(platform="asked", platform_since=since))

    assert cosme.decide(asked).eligible is moment
    assert cosme.decide(asked, parameters={"platform_deadline": "same_day"}).eligible is day


# ---- the call as a whole -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fourteen() -> dict[str, dict[str, Any]]:
    """COSME-12: eleven that are due 500 000, two that are due 300 000, and one that is due 100 000."""
    lines = (APPLICATIONS / "fourteen_projects.jsonl").read_text(encoding="utf-8").splitlines()
    return {each.pop("id"): each for each in map(json.loads, lines)}


FIRST_TWELVE = [f"P{n:02}" for n in range(1, 13)]


def ids(entries: Any) -> list[str]:
    return [each.id for each in entries]


def test_12_funded_until_one_does_not_fit(cosme, fourteen):
    ranking = cosme.rank(fourteen, ranking="by_score")

    assert ids(ranking.funded) == FIRST_TWELVE
    assert ranking.spent == euros("5800000.00")
    assert ids(ranking.reserve) == ["P13", "P14"]
    assert ranking.final


def test_12_the_last_one_in_part(cosme, fourteen):
    ranking = cosme.rank(fourteen, ranking="by_score_in_part")

    assert [(each.id, each.funded) for each in ranking.entries if each.status == "funded_in_part"] == [
        ("P13", euros("200000.00"))
    ]
    assert ranking.spent == euros("6000000.00")


def test_12_what_does_not_fit_is_passed_over(cosme, fourteen):
    ranking = cosme.rank(fourteen, ranking="by_score_with_skips")

    assert ids(ranking.funded) == [*FIRST_TWELVE, "P14"]
    assert ranking.spent == euros("5900000.00")
    assert ids(ranking.reserve) == ["P13"]


def test_12_twelve_projects_read_as_a_limit(cosme, fourteen):
    ranking = cosme.rank(fourteen, ranking="by_score_at_most_twelve")

    assert ids(ranking.funded) == FIRST_TWELVE
    assert ranking.spent == euros("5800000.00")
    assert ids(ranking.reserve) == ["P13", "P14"]


def test_12_the_number_of_projects_is_an_expectation_and_no_limit(cosme, fourteen):
    """Twenty projects of 300 000 are 6 million."""
    small = {
        f"S{n:02}": dict(next(iter(fourteen.values()))) | {"evaluation_score": 90 - n} for n in range(21)
    }
    for each in small.values():
        each["costs"] = [{"activity": "clusterxchange", "amount": "400000.00"}]

    assert len(cosme.rank(small, ranking="by_score").funded) == 20
    assert len(cosme.rank(small, ranking="by_score_at_most_twelve").funded) == 12
    more = cosme.rank(small, ranking="by_score_at_most_twelve", parameters={"expected_projects": 13})
    assert len(more.funded) == 13


def test_the_budget_and_the_reserve_list_can_be_set(cosme, fourteen):
    larger = cosme.rank(fourteen, ranking="by_score", parameters={"budget_of_the_call": "6200000.00"})
    shorter = cosme.rank(fourteen, ranking="by_score", parameters={"reserve_places": 1})

    assert len(larger.funded) == 14
    assert ids(shorter.reserve) == ["P13"]
    assert shorter["P14"].status == "not_funded"


def test_a_tie_that_matters_is_refused_because_the_summary_settles_none(cosme, fourteen):
    tied = fourteen | {"P13": fourteen["P13"] | {"evaluation_score": 76}}

    with pytest.raises(gr.RankingError) as refused:
        cosme.rank(tied, ranking="by_score")

    assert "P12, P13" in refused.value.problems[0].words("en").why


# ---- who may apply -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", ["AT", "GR", "HR", "SK", "AL", "IS", "TR", "UA", "XK"])
def test_member_states_and_countries_in_cosme_may_apply(cosme, country):
    assert cosme.decide(application(partners=partners(country=country))).eligible is not None
    assert "open_countries" not in names(cosme.decide(application(partners=partners(country=country))).failed)


@pytest.mark.parametrize("country", ["CH", "NO", "US", "GE", "LI"])
def test_other_countries_may_not(cosme, country):
    fourth = [*partners(), partners(legal_id="900000000", country=country)[-1]]

    assert names(cosme.decide(application(partners=fourth)).failed) == ["open_countries"]


def test_the_united_kingdom_had_left_and_may_be_read_to_take_part(cosme):
    fourth = application(partners=partners() + partners(legal_id="900000000", country="GB")[-1:])

    assert names(cosme.decide(fourth).failed) == ["open_countries"]
    assert cosme.decide(fourth, parameters={"united_kingdom": True}).eligible is True


def test_one_legal_entity_is_one_however_often_it_is_named(cosme):
    twice = application(partners=partners(legal_id="912345671"))

    assert names(cosme.decide(twice).failed) == ["three_entities"]


def test_three_countries_may_be_read_to_be_a_wish(cosme):
    two = application(partners=partners(country="DE", region="DE40"))

    assert names(cosme.decide(two).failed) == ["three_countries"]
    assert cosme.decide(two, parameters={"three_countries_needed": False}).eligible is True


@pytest.mark.parametrize(
    ("region", "weaker"),
    [
        ("ES43", True),  # less developed
        ("ES42", True),  # transition
        ("ES30", False),
        ("ES432", True),  # a part of a less developed region
        ("TR721", False),  # not on the map
        ("FRA5", True),  # Mayotte, in the code of 2013
    ],
)
def test_one_partner_is_from_a_weaker_region(cosme, region, weaker):
    richer = [each | {"region": "DE21"} for each in partners()[:2]]
    decision = cosme.decide(application(partners=[*richer, partners(region=region)[-1]]))

    assert names(decision.failed) == ([] if weaker else ["weaker_region"])


def test_the_region_of_an_organisation_may_be_read_to_count(cosme):
    richer = [each | {"region": "DE21"} for each in partners(region="ES30")]
    represented = [*richer[:2], richer[2] | {"represents": "ES61"}]

    assert names(cosme.decide(application(partners=represented)).failed) == ["weaker_region"]
    seen = cosme.decide(application(partners=represented), parameters={"region_tested": "represented"})
    assert seen.eligible is True


def test_a_code_that_the_table_does_not_know_is_pointed_out(cosme):
    """FRE1 is the code of 2016 for Nord-Pas-de-Calais, which the table has as FR30."""
    renamed = partners() + partners(legal_id="900000000", country="FR", region="FRE1")[-1:]
    decision = cosme.decide(application(partners=renamed))

    assert decision.eligible is True
    assert "regions_in_the_table" in names(decision.warnings)
    assert "regions_in_the_table" not in names(cosme.decide(stored("base")).warnings)


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"joint_strategy": False}, "partnership_features"),
        ({"lasting_cooperation": False}, "partnership_features"),
        ({"cluster_excellence": False}, "partnership_features"),
        ({"events_a_year": 1}, "partnership_events"),
        ({"partners": partners(kind="other_body")}, "represented_by_clusters"),
    ],
)
def test_each_rule_fails_by_itself_and_quotes_its_words(cosme, facts, rule):
    decision = cosme.decide(application(**facts))

    assert names(decision.failed) == [rule]
    assert decision.failed[0].citations[0].quote


def test_all_failures_are_reported_together(cosme):
    assert names(cosme.decide(stored("three_failures")).failed) == [
        "three_entities",
        "three_countries",
        "duration_within_limits",
    ]


# ---- what is paid --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "paid"),
    [
        ("0.01", "0.00"),
        ("0.02", "0.01"),
        ("666666.64", "499999.98"),
        ("666666.67", "500000.00"),
        ("666666.68", "500000.00"),
        ("9999999.99", "500000.00"),
    ],
)
def test_three_quarters_up_to_half_a_million(cosme, amount, paid):
    assert cosme.decide(asking(amount)).support == euros(paid)


def test_the_ceiling_cuts_all_lines_in_proportion(cosme):
    grant = cosme.decide(asking("600000.00", "300000.00")).supports["grant"]

    assert [line.amount for line in grant.lines] == [euros("333333.33"), euros("166666.67")]


@pytest.mark.parametrize(
    ("reading", "amount", "paid"),
    [
        ("on_average", "900000.00", "675000.00"),
        ("on_average", "600000.00", "450000.00"),
        ("fixed", "900000.00", "500000.00"),
        ("fixed", "666666.67", "500000.00"),
        ("fixed", "666666.66", None),
    ],
)
def test_500_000_may_be_read_as_the_average_or_as_the_amount_of_each(cosme, reading, amount, paid):
    decision = cosme.decide(asking(amount), parameters={"amount_of_a_project": reading})

    assert decision.support == (None if paid is None else euros(paid))
    assert names(decision.failed) == (["whole_amount_reached"] if paid is None else [])


def test_what_is_paid_on_may_be_paid_in_full(cosme):
    """The full consortium pays 168 000 of 569 000 on to third parties."""
    full = stored("full_consortium")

    assert cosme.decide(full).support == euros("426690.13")
    assert cosme.decide(full, parameters={"third_party_rate": "100%"}).support == euros("468690.13")


def test_an_activity_that_is_not_supported_is_not_paid(cosme):
    lines = [
        {"activity": "dissemination", "amount": "1000.00"},
        {"activity": "none_of_these", "amount": "1.00"},
    ]

    assert cosme.decide(application(costs=lines)).support == euros("750.00")


def test_while_facts_are_missing_the_range_ends_at_the_ceiling(cosme):
    decision = cosme.decide(stored("missing_facts"))

    assert decision.eligible is None
    assert decision.support == gr.Range(euros("300000.00"), euros("500000.00"))
    assert {"costs[1].amount", "lasting_cooperation"} <= {each.path for each in decision.missing}
