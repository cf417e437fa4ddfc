"""The support for international competitiveness, through the public face: its worked cases, readings and boundaries.

The names of the worked cases (URGE-01 and so on) are those of the table the programme was written against.
"""

import json
from pathlib import Path
from typing import Any

import pytest

import grantrules as gr
from grantrules import resources

HERE = resources.programs() / "tr"
APPLICATIONS = HERE / "applications" / "urge_2010_8"


@pytest.fixture(scope="module")
def urge():
    return gr.load(HERE / "urge_2010_8.rules")


def stored(name: str) -> dict[str, Any]:
    return json.loads((APPLICATIONS / f"{name}.json").read_text(encoding="utf-8"))


def application(**facts: Any) -> dict[str, Any]:
    """A project that asks for nothing yet, but for the facts given; `None` leaves a fact out."""
    changed = stored("base") | {"training_costs": []} | facts
    return {name: value for name, value in changed.items() if value is not None}


def company(number: str = "c1", **facts: Any) -> dict[str, Any]:
    return stored("base")["companies"][0] | {"id": number} | facts


def training(*amounts: str, subject: str = "business_plan") -> list[dict[str, Any]]:
    return [{"subject": subject, "amount": amount, "approved": True} for amount in amounts]


def abroad(kind: str, days: list[str], amounts: list[str], **facts: Any) -> dict[str, Any]:
    """Programmes of one kind, each with one expense."""
    return {
        "programmes_abroad": [
            {"id": f"p{n}", "kind": kind, "held_on": day, "for_trained_companies": True} | facts
            for n, day in enumerate(days)
        ],
        "programme_expenses": [
            {"programme": f"p{n}", "amount": amount, "approved": True, "certain": True}
            for n, amount in enumerate(amounts)
        ],
    }


def advised(*years: tuple[str, int, str]) -> list[dict[str, Any]]:
    return [{"company": c, "year": y, "amount": amount, "approved": True} for c, y, amount in years]


def month(expert: int, number: int, salary: str = "1000.00", **facts: Any) -> dict[str, Any]:
    said = {"expert": expert, "post": expert, "month": number, "salary": salary, "peer_salary": "1500.00"}
    return said | {"approved": True} | facts


def cluster(*months: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A project of a cluster of two companies that pays experts."""
    joined = {"same_value_chain": True, "trades_with_others": True, "close_to_others": True}
    companies = [company(number, **joined) for number in ("c1", "c2")]
    return application(
        **{"companies": companies, "cluster_project": True, "expert_months": [*months]} | facts
    )


def dollars(amount: str) -> gr.Money:
    return gr.Money(amount, "USD")


def names(found: Any) -> list[str]:
    return [each.name for each in found]


# ---- the worked cases ----------------------------------------------------------------------------------------------


def test_01_training_and_consultancy_below_the_ceiling(urge):
    decision = urge.decide(stored("base"))

    assert decision.eligible is True
    assert decision.support == dollars("375000.00")
    assert decision.supports["training"].amount == dollars("375000.00")
    assert decision.binding == ()


def test_08_training_alone_does_not_open_individual_consultancy(urge):
    """The company may take part, and the project is eligible; its consultancy is paid with nothing."""
    decision = urge.decide(stored("training_only"))

    assert decision.eligible is True
    assert decision.support == dollars("0.00")
    assert names(decision.warnings) == ["consultancy_opened"]
    assert (
        decision.warnings[0]
        .citations[0]
        .quote.startswith("Eğitim ve/veya danışmanlık programına/programlarına ve")
    )


def test_11_employment_support_stops_with_a_project_of_30_months(urge):
    """36 months at 3 000 dollars were paid; the project is over after 30 of them."""
    decision = urge.decide(stored("thirty_months"))

    assert decision.eligible is True
    assert decision.support == dollars("90000.00")


# ---- training ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cost", "paid", "binding"),
    [
        ("533333.33", "399999.99", []),
        ("533333.34", "400000.00", ["training_project"]),
        ("600000.00", "400000.00", ["training_project"]),
        ("0.01", "0.00", []),
        ("0.02", "0.01", []),
    ],
)
def test_75_percent_up_to_400_000_dollars_for_a_project(urge, cost, paid, binding):
    decision = urge.decide(application(training_costs=training(cost)))

    assert decision.support == dollars(paid)
    assert names(decision.binding) == binding


@pytest.mark.parametrize(
    ("reading", "paid"), [({}, "400000.00"), ({"training_ceiling": "cost"}, "300000.00")]
)
def test_the_ceiling_of_a_project_may_be_read_to_be_on_the_cost(urge, reading, paid):
    stored_above = stored("training_above_the_ceiling")

    assert urge.decide(stored_above, parameters=reading).support == dollars(paid)


def test_the_ceiling_is_one_for_all_subjects_together(urge):
    costs = training("300000.00") + training("300000.00", subject="organisation")
    decision = urge.decide(application(training_costs=costs))

    assert [line.amount for line in decision.supports["training"].lines] == [dollars("200000.00")] * 2


@pytest.mark.parametrize(
    ("subject", "paid"),
    [
        ("needs_analysis", "75.00"),
        ("business_plan", "75.00"),
        ("export_readiness", "75.00"),
        ("process_improvement", "75.00"),
        ("information_technology", "75.00"),
        ("value_chain_road_map", "75.00"),
        ("organisation", "75.00"),
        ("other", "0.00"),
    ],
)
def test_six_subjects_and_the_organisation_of_the_programme(urge, subject, paid):
    assert urge.decide(application(training_costs=training("100.00", subject=subject))).support == dollars(
        paid
    )


@pytest.mark.parametrize("facts", [{"needs_analysed": False}, {"grouped": False}])
def test_nothing_but_the_analysis_is_paid_before_needs_are_known(urge, facts):
    costs = training("100.00") + training("100.00", subject="needs_analysis")
    decision = urge.decide(application(companies=[company(), company("c2", **facts)], training_costs=costs))

    assert decision.support == dollars("75.00")


@pytest.mark.parametrize(("cents", "paid"), [("downwards", "0.03"), ("to_the_nearest", "0.04")])
def test_a_part_of_a_cent_is_rounded_down_unless_read_otherwise(urge, cents, paid):
    costs = training("0.05")

    assert urge.decide(application(training_costs=costs), parameters={"cents": cents}).support == dollars(
        paid
    )


# ---- programmes abroad ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "paid"),
    [
        ({}, "735000.00"),
        ({"count_limit_order": "dearest"}, "750000.00"),
        ({"count_limit_scope": "year"}, "735000.00"),
        ({"programme_ceiling": "cost"}, "562500.00"),
        ({"unused_room": "pooled"}, "750000.00"),
        ({"unused_room": "pooled", "programme_ceiling": "cost"}, "562500.00"),
    ],
)
def test_the_first_five_of_six_marketing_programmes_or_the_dearest(urge, reading, paid):
    """The first costs 180 000, of which 135 000 are 75%; each of the others reaches 150 000."""
    assert urge.decide(stored("six_programmes"), parameters=reading).support == dollars(paid)


@pytest.mark.parametrize(
    ("reading", "paid"),
    [
        ({}, "930000.00"),
        ({"count_limit_order": "dearest"}, "1000000.00"),
        ({"programme_ceiling": "cost"}, "705000.00"),
        ({"unused_room": "pooled"}, "1000000.00"),
    ],
)
def test_the_first_ten_of_eleven_buyer_missions(urge, reading, paid):
    assert urge.decide(stored("eleven_missions"), parameters=reading).support == dollars(paid)


@pytest.mark.parametrize(
    ("kind", "cost", "paid"),
    [
        ("marketing", "199999.99", "149999.99"),
        ("marketing", "200000.00", "150000.00"),
        ("marketing", "200000.01", "150000.00"),
        ("buyer_mission", "133333.33", "99999.99"),
        ("buyer_mission", "133333.34", "100000.00"),
        ("buyer_mission", "200000.00", "100000.00"),
    ],
)
def test_each_programme_has_its_own_ceiling(urge, kind, cost, paid):
    facts = application(**abroad(kind, ["2012-05-01"], [cost]))

    assert urge.decide(facts).support == dollars(paid)


@pytest.mark.parametrize(("scope", "paid"), [("project", "10"), ("body", "8"), ("year", "12")])
def test_ten_missions_of_a_project_of_a_body_or_of_a_year(urge, scope, paid):
    """Twelve in two years, two more in an earlier project of the same body."""
    days = [f"2012-{n:02d}-01" for n in range(1, 8)] + [f"2013-{n:02d}-01" for n in range(1, 6)]
    here = abroad("buyer_mission", days, ["200.00"] * 12)
    before = [
        {"id": i, "kind": "buyer_mission", "held_on": "2011-05-01", "for_trained_companies": True}
        | {"earlier_project": True}
        for i in ("e1", "e2")
    ]
    expense = {"amount": "200.00", "approved": True, "certain": True}
    facts = application(
        programmes_abroad=here["programmes_abroad"] + before,
        programme_expenses=here["programme_expenses"] + [{"programme": i} | expense for i in ("e1", "e2")],
    )

    decision = urge.decide(facts, parameters={"count_limit_scope": scope})
    assert decision.support == dollars(f"{150 * int(paid)}.00")


def test_programmes_on_the_same_day_do_not_decide_which_is_the_fifth(urge):
    """Six programmes of different cost, the last two on one day: nobody says which of them counts."""
    days = ["2012-01-01", "2012-01-02", "2012-01-03", "2012-01-04", "2012-01-05", "2012-01-05"]
    costs = ["100.00"] * 5 + ["200.00"]
    decision = urge.decide(application(**abroad("marketing", days, costs)))

    assert decision.eligible is True
    assert isinstance(decision.support, gr.Range)
    assert [each.kind for each in decision.undecidable] == ["tie"]


@pytest.mark.parametrize(
    ("granted", "reading", "paid"),
    [
        (None, "at_most", "75.00"),
        ("60%", "at_most", "60.00"),
        ("90%", "at_most", "75.00"),
        ("60%", "fixed", "75.00"),
    ],
)
def test_75_percent_of_a_programme_is_the_most_unless_read_as_the_rate(urge, granted, reading, paid):
    facts = {} if granted is None else {"granted_rate": granted}
    programme = application(**abroad("marketing", ["2012-05-01"], ["100.00"], **facts))

    assert urge.decide(programme, parameters={"abroad_rate": reading}).support == dollars(paid)


def test_which_expenses_are_the_certain_ones_has_to_be_said(urge):
    """The report speaks of certain expenses and does not list them, so the Ministry has to say for each."""
    facts = application(**abroad("marketing", ["2012-05-01"], ["100.00"]))
    del facts["programme_expenses"][0]["certain"]
    decision = urge.decide(facts)

    assert isinstance(decision.support, gr.Range)
    assert [each.path for each in decision.missing] == ["programme_expenses[0].certain"]
    assert decision.missing[0].decided_by == "the Ministry"
    everything = urge.decide(facts, parameters={"certain_expenses": "all_expenses"})
    assert everything.support == dollars("75.00")


def test_a_programme_with_untrained_companies_is_not_supported(urge):
    facts = application(**abroad("buyer_mission", ["2012-05-01"], ["100.00"], for_trained_companies=False))
    decision = urge.decide(facts)

    assert decision.support == dollars("0.00")
    assert names(decision.warnings) == ["trained_before_going_abroad"]


def test_an_expense_of_an_unknown_programme_is_said_to_count_nowhere(urge):
    facts = application(**abroad("marketing", ["2012-05-01"], ["100.00"]))
    facts["programme_expenses"][0]["programme"] = "nobody knows"
    decision = urge.decide(facts)

    assert decision.support == dollars("0.00")
    assert names(decision.warnings) == ["expenses_of_a_programme"]


def test_an_expense_is_never_paid_for_two_programmes_of_one_number(urge):
    facts = application(**abroad("marketing", ["2012-05-01", "2012-06-01"], ["100.00"]))
    facts["programmes_abroad"][1]["id"] = facts["programmes_abroad"][0]["id"]
    decision = urge.decide(facts)

    assert decision.support == dollars("0.00")
    assert names(decision.warnings) == ["expenses_of_a_programme"]


# ---- individual consultancy ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "paid"), [({}, "120000.00"), ({"consultancy_ceiling": "cost"}, "98000.00")]
)
def test_70_percent_up_to_50_000_dollars_for_a_company_and_year(urge, reading, paid):
    """60 000 and 100 000 in two years, and 40 000; what a company buys in its fourth year is not supported."""
    assert urge.decide(stored("consultancy"), parameters=reading).support == dollars(paid)


@pytest.mark.parametrize(
    ("cost", "paid"), [("71428.57", "49999.99"), ("71428.58", "50000.00"), ("80000.00", "50000.00")]
)
def test_the_ceiling_of_a_year_at_its_border(urge, cost, paid):
    facts = application(companies=[company(met_buyers=True)], consultancies=advised(("c1", 1, cost)))

    assert urge.decide(facts).support == dollars(paid)


def test_each_company_and_each_year_has_its_own_ceiling(urge):
    companies = [company(number, met_buyers=True) for number in ("c1", "c2")]
    bought = advised(*((c, year, "80000.00") for c in ("c1", "c2") for year in (1, 2, 3, 4)))

    assert urge.decide(application(companies=companies, consultancies=bought)).support == dollars("300000.00")


@pytest.mark.parametrize(
    ("done", "opened", "opened_otherwise"),
    [
        ({"trained", "marketed_abroad", "met_buyers"}, True, True),
        ({"trained", "marketed_abroad"}, True, True),
        ({"trained", "met_buyers"}, True, True),
        ({"trained"}, False, False),
        ({"marketed_abroad"}, False, False),
        ({"met_buyers"}, False, True),
        ({"marketed_abroad", "met_buyers"}, False, True),
    ],
)
def test_training_and_one_of_two_programmes_open_it(urge, done, opened, opened_otherwise):
    """*A and B or C*: A and one of the two, or C alone in the other reading."""
    who = company(**{step: step in done for step in ("trained", "marketed_abroad", "met_buyers")})
    facts = application(companies=[who], consultancies=advised(("c1", 1, "100.00")))
    otherwise = urge.decide(facts, parameters={"consultancy_path": "mission_alone_too"})

    assert urge.decide(facts).support == dollars("70.00" if opened else "0.00")
    assert otherwise.support == dollars("70.00" if opened_otherwise else "0.00")


def test_a_company_that_does_not_take_part_is_not_advised(urge):
    facts = application(companies=[company(met_buyers=True)], consultancies=advised(("c9", 1, "100.00")))

    assert urge.decide(facts).support == dollars("0.00")


# ---- experts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("headcount", "paid"), [("at_the_same_time", "69000.00"), ("in_all", "54000.00")])
def test_two_experts_at_the_same_time_or_two_in_all(urge, headcount, paid):
    """The third takes over from the first after six months."""
    assert urge.decide(stored("third_expert"), parameters={"headcount": headcount}).support == dollars(paid)


def test_of_three_experts_in_one_month_two_are_paid(urge):
    assert urge.decide(cluster(month(1, 1), month(2, 1), month(3, 1))).support == dollars("2000.00")


@pytest.mark.parametrize(("project", "paid"), [(12, "12000.00"), (36, "36000.00"), (48, "36000.00")])
def test_as_long_as_the_project_and_at_most_three_years(urge, project, paid):
    months = [month(1, number) for number in range(1, 49)]

    assert urge.decide(cluster(*months, project_months=project)).support == dollars(paid)


@pytest.mark.parametrize(("reading", "paid"), [("each_expert", "48000.00"), ("each_post", "36000.00")])
def test_three_years_of_each_expert_or_of_the_post(urge, reading, paid):
    months = [month(1 if number <= 24 else 2, number, post=1) for number in range(1, 49)]
    decision = urge.decide(cluster(*months, project_months=48), parameters={"three_years_of": reading})

    assert decision.support == dollars(paid)


@pytest.mark.parametrize(
    ("salary", "reading", "paid"),
    [
        ("1499.99", {}, "1499.99"),
        ("1500.01", {}, "1500.00"),
        ("1000.00", {"salary_taken": "of_a_peer"}, "1500.00"),
        ("1000.00", {"employment_rate": "75%"}, "750.00"),
        ("2000.00", {"employment_rate": "75%"}, "1125.00"),
    ],
)
def test_the_salary_up_to_that_of_a_peer(urge, salary, reading, paid):
    assert urge.decide(cluster(month(1, 1, salary)), parameters=reading).support == dollars(paid)


@pytest.mark.parametrize("fact", ["trained", "same_value_chain", "trades_with_others", "close_to_others"])
def test_experts_are_for_companies_of_one_chain_that_trade_are_close_and_trained(urge, fact):
    facts = cluster(month(1, 1))
    facts["companies"][1][fact] = False
    decision = urge.decide(facts)

    assert decision.eligible is True
    assert decision.supports["employment"].applies is False
    assert decision.support == dollars("0.00")


# ---- who may apply -------------------------------------------------------------------------------------------------


def kinds(programme: gr.Programme) -> list[str]:
    return [each["const"] for each in programme.schema()["properties"]["applicant_kind"]["anyOf"][0]["oneOf"]]


def test_thirteen_kinds_of_bodies_may_apply_and_no_other(urge):
    """Ten entries of the list: the last names two kinds, and the chambers of a province are three."""
    answers = {kind: urge.decide(application(applicant_kind=kind)).eligible for kind in kinds(urge)}

    assert [kind for kind, eligible in answers.items() if not eligible] == ["other_body"]
    assert sum(answers.values()) == 13


@pytest.mark.parametrize(
    ("facts", "failed"),
    [
        ({"country": "DE"}, ["companies_in_turkey"]),
        ({"activity": "other"}, ["companies_in_turkey"]),
        ({"activity": "software"}, []),
        ({"activity": "commercial"}, []),
        ({"member_of_applicant": False}, ["members_only"]),
        ({"sme": False}, []),
    ],
)
def test_companies_in_turkey_that_are_members(urge, facts, failed):
    decision = urge.decide(application(companies=[company(), company("c2", **facts)]))

    assert names(decision.failed) == failed


def test_companies_may_be_read_to_have_to_be_smes(urge):
    facts = application(companies=[company(sme=False)])

    assert names(urge.decide(facts, parameters={"participants": "only_smes"}).failed) == ["smes_only"]


@pytest.mark.parametrize(
    ("submitted", "eligible"), [("2010-09-22T23:59:59+03:00", False), ("2010-09-23T00:00:00+03:00", True)]
)
def test_the_communique_is_in_force_from_23_september_2010(urge, submitted, eligible):
    assert urge.decide(application(submitted=submitted)).eligible is eligible


def test_two_failures_are_reported_together(urge):
    decision = urge.decide(stored("two_failures"))

    assert names(decision.failed) == ["cooperation_body", "companies_in_turkey"]
    assert decision.support is None


# ---- lira ----------------------------------------------------------------------------------------------------------


def test_the_day_of_conversion_is_not_stated_and_has_to_be_set(urge):
    decision = urge.decide(stored("lira_costs"))

    assert decision.unset == ("conversion_day",)
    assert isinstance(decision.support, gr.Range)


@pytest.mark.parametrize(
    ("day", "paid"),
    [("invoice", "90000.00"), ("payment", "88750.00"), ("application", "90857.14")],
)
def test_lira_are_converted_at_the_rate_given_for_the_day(urge, day, paid):
    """177 000 lira at 1.77, 1.80 and 1.75 lira a dollar, and 20 000 dollars: 75% of both."""
    decision = urge.decide(stored("lira_costs"), parameters={"conversion_day": day})

    assert decision.support == dollars(paid)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "For the day on which a cost of training is converted, there is not exactly one exchange rate.",
        ),
        ("tr", "Bir eğitim giderinin çevrildiği gün için tek bir döviz kuru verilmemiş."),
    ],
)
@pytest.mark.parametrize("rates", [[], ["2012-02-27"], ["2012-02-28", "2012-02-28"]])
def test_without_exactly_one_rate_for_the_day_nothing_is_guessed(urge, rates, language, said):
    facts = stored("lira_costs") | {"exchange_rates": [{"on": day, "lira": "1.77"} for day in rates]}
    decision = urge.decide(facts, parameters={"conversion_day": "invoice"}, language=language)

    assert isinstance(decision.support, gr.Range)
    assert [each.text for each in decision.undecidable] == [said]
    assert said.split()[0] in decision.explain(language=language)


def test_a_rate_of_zero_gives_no_amount(urge):
    facts = stored("lira_costs") | {"exchange_rates": [{"on": "2012-02-28", "lira": "0"}]}
    decision = urge.decide(facts, parameters={"conversion_day": "invoice"})

    assert [each.kind for each in decision.undecidable] == ["zero_divisor"]


# ---- all five ------------------------------------------------------------------------------------------------------


def test_the_five_supports_of_a_whole_project_add_up(urge):
    decision = urge.decide(stored("full_project"))
    paid = {name: s.amount for name, s in decision.supports.items() if s.applies}

    assert paid == {
        "training": dollars("378750.00"),
        "marketing": dollars("327363.36"),
        "buyer_missions": dollars("136562.68"),
        "individual_consultancy": dollars("156241.96"),
        "employment": dollars("192618.00"),
    }
    assert decision.support == dollars("1191536.00")


def test_what_is_missing_is_named(urge):
    decision = urge.decide(stored("missing_facts"))

    assert decision.eligible is True
    assert {each.path for each in decision.missing} == {
        "companies[0].grouped",
        "training_costs[0].approved",
        "programme_expenses[1].certain",
    }


@pytest.mark.parametrize("path", sorted(APPLICATIONS.glob("*.json")), ids=lambda path: path.stem)
def test_every_stored_application_is_decided_alike_from_text_and_from_a_mapping(urge, path: Path):
    text = path.read_text(encoding="utf-8")

    assert urge.decide(text).record() == urge.decide(json.loads(text)).record()
