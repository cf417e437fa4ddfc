"""The 2023 call for green advice in Kayseri, through the public face: worked applications, other readings, boundaries.

The names of the worked cases (USTD-01 and so on) are those of the table the programme was written against.
"""

import json
from typing import Any

import pytest

import grantrules as gr
from grantrules import resources

HERE = resources.programs() / "tr"
APPLICATIONS = HERE / "applications" / "ustd_tr72_2023"


@pytest.fixture(scope="module")
def ustd():
    return gr.load(HERE / "ustd_tr72_2023.rules")


def stored(name: str) -> dict[str, Any]:
    return json.loads((APPLICATIONS / f"{name}.json").read_text(encoding="utf-8"))


def application(**facts: Any) -> dict[str, Any]:
    """The base case, USTD-01, but for the facts given; `None` leaves a fact out."""
    changed = stored("base") | facts
    return {name: value for name, value in changed.items() if value is not None}


def applied(submitted: str, pledge: str) -> dict[str, Any]:
    return application(submitted=submitted, pledge_delivered=pledge)


def company(employees: int, turnover: str, balance_sheet: str) -> dict[str, Any]:
    return {"employees": employees, "turnover": turnover, "balance_sheet": balance_sheet}


def cost(kind: str, amount: str, **facts: str) -> dict[str, Any]:
    return {"kind": kind, "amount": amount} | facts


def lira(amount: str) -> gr.Money:
    return gr.Money(amount, "TRY")


def names(found: Any) -> list[str]:
    return [each.name for each in found]


# ---- the worked cases ----------------------------------------------------------------------------------------------


def test_01_a_regular_application_in_the_first_period(ustd):
    decision = ustd.decide(stored("base"))

    assert decision.eligible is True
    assert decision.results["window"] == 1
    assert decision.supports["grant"].eligible_cost == lira("180000.00")
    assert decision.support == lira("180000.00")


def test_03f_wholesale_is_no_manufacturing(ustd):
    decision = ustd.decide(stored("trader"))

    assert decision.eligible is False
    assert names(decision.failed) == ["manufacturer"]
    assert decision.results["window"] == 1


def test_04c_249_employees(ustd):
    decision = ustd.decide(stored("two_hundred_and_forty_nine"))

    assert decision.eligible is True
    assert decision.results["window"] == 1
    assert decision.supports["grant"].eligible_cost == lira("180000.00")
    assert decision.support == lira("180000.00")


def test_05e_between_the_periods(ustd):
    decision = ustd.decide(stored("between_the_periods"))

    assert decision.eligible is False
    assert names(decision.failed) == ["in_time"]
    assert decision.results["window"] == 0


def test_05e_the_summary_slide_knows_no_gap(ustd):
    assert ustd.decide(stored("between_the_periods"), parameters={"periods": "headline"}).eligible is True


def test_05j_a_pledge_a_second_late(ustd):
    decision = ustd.decide(stored("pledge_a_second_late"))

    assert decision.eligible is False
    assert names(decision.failed) == ["pledge_in_time"]
    assert decision.results["window"] == 2


def test_06a_the_old_ceiling_on_the_last_of_its_days(ustd):
    decision = ustd.decide(stored("old_ceiling"))

    assert decision.eligible is False
    assert names(decision.failed) == ["small_or_medium"]
    assert decision.results["window"] == 1


# ---- when ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("submitted", "pledge", "window", "failed"),
    [
        ("2023-05-01T23:59:59+03:00", "2023-05-10T10:00:00+03:00", 0, ["in_time"]),
        ("2023-05-02T00:00:00+03:00", "2023-05-10T10:00:00+03:00", 1, []),
        ("2023-05-01T21:00:00Z", "2023-05-10T10:00:00+03:00", 1, []),
        ("2023-06-26T23:30:00+03:00", "2023-06-26T17:00:00+03:00", 1, []),
        ("2023-06-26T23:30:00+03:00", "2023-06-26T23:40:00+03:00", 1, ["pledge_in_time"]),
        ("2023-06-26T12:00:00+03:00", "2023-06-26T17:00:01+03:00", 1, ["pledge_in_time"]),
        ("2023-06-27T00:00:00+03:00", "2023-06-27T10:00:00+03:00", 0, ["in_time"]),
        ("2023-07-02T23:59:59+03:00", "2023-07-10T10:00:00+03:00", 0, ["in_time"]),
        ("2023-07-03T00:00:00+03:00", "2023-07-10T10:00:00+03:00", 2, []),
        ("2023-08-29T23:00:00+03:00", "2023-09-06T17:00:00+03:00", 2, []),
        ("2023-08-29T23:00:01+03:00", "2023-09-06T17:00:00+03:00", 0, ["in_time"]),
        ("2023-08-29T20:00:00+00:00", "2023-09-06T14:00:00+00:00", 2, []),
        ("2023-09-01T10:00:00+03:00", "2023-09-07T10:00:00+03:00", 0, ["in_time", "pledge_in_time"]),
    ],
)
def test_05_each_period_has_its_own_end_and_its_own_deadline_for_the_pledge(
    ustd, submitted, pledge, window, failed
):
    decision = ustd.decide(applied(submitted, pledge))

    assert decision.results["window"] == window
    assert names(decision.failed) == failed
    assert decision.eligible is (not failed)


@pytest.mark.parametrize(
    ("submitted", "eligible"),
    [
        ("2023-05-01T23:59:59+03:00", False),
        ("2023-05-02T00:00:00+03:00", True),
        ("2023-06-27T09:00:00+03:00", True),
        ("2023-08-29T23:59:59+03:00", True),
        ("2023-08-30T00:00:00+03:00", False),
    ],
)
def test_05_the_one_period_of_the_summary_holds_whole_days(ustd, submitted, eligible):
    late = applied(submitted, "2023-05-10T10:00:00+03:00")

    assert ustd.decide(late, parameters={"periods": "headline"}).eligible is eligible


@pytest.mark.parametrize(
    ("submitted", "eligible"),
    [("2023-06-26T17:00:00+03:00", True), ("2023-06-26T17:00:01+03:00", False)],
)
def test_05_the_first_period_may_be_read_to_end_with_the_pledge(ustd, submitted, eligible):
    evening = applied(submitted, "2023-06-26T16:00:00+03:00")

    assert ustd.decide(evening).eligible is True
    assert ustd.decide(evening, parameters={"first_period_ends": "at_17"}).eligible is eligible


@pytest.mark.parametrize(
    ("submitted", "failed"),
    [
        ("2023-05-01T20:59:59Z", ["in_time"]),
        ("2023-05-01T21:00:00Z", []),
        ("2023-06-26T20:59:59Z", []),
        ("2023-06-26T21:00:00Z", ["in_time"]),
        ("2023-08-29T20:00:00Z", []),
        ("2023-08-29T22:00:01+02:00", ["in_time"]),
    ],
)
def test_05_the_days_are_those_of_kayseri(ustd, submitted, failed):
    """A portal may write its moments in another zone: 21:00 in Greenwich is midnight there."""
    decision = ustd.decide(application(submitted=submitted, pledge_delivered="2023-06-26T17:00:00+03:00"))

    assert names(decision.failed) == failed


def test_05_a_pledge_may_be_read_to_be_no_condition(ustd):
    assert ustd.decide(stored("pledge_a_second_late"), parameters={"pledge_needed": False}).eligible is True


def test_05_no_pledge_fails_and_an_unknown_one_leaves_it_open(ustd):
    none = application(pledged=False, pledge_delivered=None)
    unknown = application(pledged=None, pledge_delivered=None)

    assert names(ustd.decide(none).failed) == ["pledge_in_time"]
    assert ustd.decide(unknown).eligible is None
    assert "pledged" in [each.path for each in ustd.decide(unknown).missing]


# ---- small and medium enterprises ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "turnover", "balance_sheet", "small"),
    [
        ("2023-05-24", "250000000.00", "900000000.00", True),
        ("2023-05-24", "900000000.00", "250000000.00", True),
        ("2023-05-24", "250000000.01", "250000000.01", False),
        ("2023-05-25", "300000000.00", "300000000.00", True),
        ("2023-05-25", "500000000.00", "900000000.00", True),
        ("2023-05-25", "500000000.01", "500000000.01", False),
        ("2023-07-10", "900000000.00", "500000000.00", True),
    ],
)
def test_06_the_ceiling_of_the_day_and_one_of_two_figures_is_enough(
    ustd, day, turnover, balance_sheet, small
):
    decision = ustd.decide(
        application(submitted=f"{day}T12:00:00+03:00", company=company(42, turnover, balance_sheet))
    )

    assert names(decision.failed) == ([] if small else ["small_or_medium"])


def test_06_the_ceiling_of_the_opening_day_can_be_set(ustd):
    new = stored("new_ceiling")

    assert ustd.decide(new).eligible is True
    opening = ustd.decide(new, parameters={"sme_ceiling": "250000000.00"})
    assert names(opening.failed) == ["small_or_medium"]


@pytest.mark.parametrize(("employees", "failed"), [(249, []), (250, ["small_or_medium"])])
def test_04_fewer_than_250(ustd, employees, failed):
    decision = ustd.decide(application(company=company(employees, "61400000.00", "38900000.00")))

    assert names(decision.failed) == failed


def test_06_linked_companies_count_unless_they_are_read_not_to(ustd):
    """42 and 208 are 250 people, though sales and balance sheet alone would do."""
    group = stored("linked_group")

    assert names(ustd.decide(group).failed) == ["small_or_medium"]
    assert ustd.decide(group, parameters={"linked_companies": "alone"}).eligible is True


@pytest.mark.parametrize(("employees", "failed"), [(9, ["ten_employees"]), (10, [])])
def test_04_at_least_ten_on_the_day(ustd, employees, failed):
    assert names(ustd.decide(application(employees_on_the_day=employees)).failed) == failed


# ---- who may apply -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("division", [*range(10, 34)])
def test_03_every_division_of_the_table_is_manufacturing(ustd, division):
    assert ustd.decide(application(sector=f"{division}")).eligible is True


@pytest.mark.parametrize("code", ["09.90", "35.11", "46.90", "01", "62.01"])
def test_03_whatever_is_not_in_the_table_is_not(ustd, code):
    assert names(ustd.decide(application(sector=code)).failed) == ["manufacturer"]


@pytest.mark.parametrize(
    ("since", "failed"), [("2022-05-29", []), ("2022-05-30", ["a_year_old"]), ("2022-05-28", [])]
)
def test_a_year_to_the_day_is_a_year(ustd, since, failed):
    assert names(ustd.decide(application(manufacturing_since=since)).failed) == failed


def test_the_year_may_be_read_to_be_that_of_the_firm(ustd):
    young_maker = application(manufacturing_since="2023-03-01")
    young_firm = application(founded_on="2023-03-01")

    assert names(ustd.decide(young_maker).failed) == ["a_year_old"]
    assert ustd.decide(young_maker, parameters={"a_year_of": "existence"}).eligible is True
    assert ustd.decide(young_firm).eligible is True
    assert ustd.decide(young_firm, parameters={"a_year_of": "existence"}).eligible is False


@pytest.mark.parametrize(
    ("chamber", "head_office", "branches", "inside"),
    [
        ("TR721", "TR510", [], True),
        ("TR510", "TR721", [], True),
        ("TR510", "TR510", ["TR521", "TR721"], True),
        (None, "TR510", ["TR721"], True),
        ("TR510", "TR510", ["TR521"], False),
        (None, "TR722", [], False),
        ("TR721.01", "TR510", [], True),  # A part of the province.
        ("TR72", "TR510", [], False),  # A region of which it is a part.
    ],
)
def test_one_of_three_ties_to_kayseri_is_enough(ustd, chamber, head_office, branches, inside):
    decision = ustd.decide(
        application(
            chamber_province=chamber,
            head_office_province=head_office,
            branches=[{"province": each} for each in branches],
        )
    )

    assert names(decision.failed) == ([] if inside else ["in_kayseri"])


@pytest.mark.parametrize("lacking", ["qualified", "cv", "diploma"])
def test_one_person_has_to_have_it_all(ustd, lacking):
    whole = {"qualified": True, "cv": True, "diploma": True}
    decision = ustd.decide(application(staff=[whole | {lacking: False}]))

    assert names(decision.failed) == ["qualified_staff"]


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"legal_person": False}, "legal_person_applies"),
        ({"for_profit": False}, "works_for_profit"),
        ({"subject_is_relevant": False}, "relevant_subject"),
        ({"subjects": []}, "supported_subject"),
        ({"documents": ["technical_specification", "survey_form", "project_team"]}, "all_documents"),
        ({"partners": 1}, "no_partners"),
        ({"associates": 1}, "no_partners"),
        ({"contract_beforehand": True}, "no_contract_beforehand"),
        ({"implementation": "P13M"}, "twelve_months"),
        ({"other_applications": 1}, "one_application"),
    ],
)
def test_each_rule_fails_by_itself_and_quotes_its_words(ustd, facts, rule):
    decision = ustd.decide(application(**facts))

    assert names(decision.failed) == [rule]
    assert decision.failed[0].citations[0].quote


@pytest.mark.parametrize(
    ("all_of_them", "in_the_period", "programme", "period"),
    [(0, 0, True, True), (1, 0, False, True), (1, 1, False, False), (2, 1, False, False)],
)
def test_one_application_in_the_programme_or_in_each_period(
    ustd, all_of_them, in_the_period, programme, period
):
    applicant = application(other_applications=all_of_them, other_applications_in_period=in_the_period)

    assert ustd.decide(applicant).eligible is programme
    assert ustd.decide(applicant, parameters={"one_application_in": "period"}).eligible is period


def test_all_failures_are_reported_together(ustd):
    assert names(ustd.decide(stored("three_failures")).failed) == [
        "legal_person_applies",
        "all_documents",
        "no_partners",
    ]


# ---- what is paid --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "paid", "cut"),
    [
        ("0.01", "0.01", None),
        ("199999.99", "199999.99", None),
        ("200000.00", "200000.00", None),
        ("200000.01", "200000.00", "0.01"),
        ("950000.00", "200000.00", "750000.00"),
    ],
)
def test_the_whole_cost_is_paid_up_to_the_ceiling(ustd, amount, paid, cut):
    decision = ustd.decide(application(costs=[cost("consultancy", amount)]))

    assert decision.support == lira(paid)
    assert [each.cut for each in decision.binding] == ([lira(cut)] if cut else [])


@pytest.mark.parametrize(("amount", "eligible"), [("200000.00", True), ("200000.01", False)])
def test_more_than_the_ceiling_may_be_read_to_refuse(ustd, amount, eligible):
    decision = ustd.decide(
        application(costs=[cost("consultancy", amount)]), parameters={"over_the_ceiling": "refused"}
    )

    assert decision.eligible is eligible
    assert names(decision.failed) == ([] if eligible else ["per_project_or_refusal"])


@pytest.mark.parametrize("kind", ["material_equipment", "basic_requirements", "other"])
def test_nothing_but_consultancy_is_paid(ustd, kind):
    grant = ustd.decide(application(costs=[cost(kind, "5000.00"), cost("consultancy", "100.00")])).supports[
        "grant"
    ]

    assert [line.amount for line in grant.lines] == [lira("0.00"), lira("100.00")]


@pytest.mark.parametrize(("counts", "paid"), [(True, "177000.00"), (False, "150000.00")])
def test_whether_tax_counts_is_not_said_and_never_invented(ustd, counts, paid):
    with_tax = stored("with_tax")

    open_decision = ustd.decide(with_tax)
    assert open_decision.unset == ("vat_counts",)
    assert open_decision.support == gr.Range(lira("150000.00"), lira("177000.00"))
    assert ustd.decide(with_tax, parameters={"vat_counts": counts}).support == lira(paid)


def test_a_finished_project(ustd):
    """Four lines of advice; the duties are met: nothing started early, the report is whole."""
    decision = ustd.decide(stored("finished_project"))

    assert decision.eligible is True
    assert decision.support == lira("193950.75")
    assert decision.warnings == ()


def test_while_facts_are_missing_the_range_ends_at_the_ceiling(ustd):
    decision = ustd.decide(stored("missing_facts"))

    assert decision.eligible is None
    assert decision.support == gr.Range(lira("180000.00"), lira("200000.00"))
    assert [each.path for each in decision.missing if each.decided_by == "the Agency"] == [
        "subject_is_relevant"
    ]


# ---- which applications are supported ------------------------------------------------------------------------------


def twenty_two() -> dict[str, dict[str, Any]]:
    """22 applications for 200 000; the later ones were submitted earlier."""
    return {
        f"P{n:02}": application(
            costs=[cost("consultancy", "230000.00" if n % 2 else "190000.00")],
            submitted=f"2023-05-29T10:{59 - n:02}:00+03:00",
            evaluation_score=100 - n,
        )
        for n in range(1, 23)
    }


def test_four_million_by_points_until_one_does_not_fit(ustd):
    """11 of 200 000 and 10 of 190 000 are 4 100 000: the twenty-first does not fit."""
    ranking = ustd.rank(twenty_two(), ranking="by_score")

    assert [each.id for each in ranking.funded] == [f"P{n:02}" for n in range(1, 21)]
    assert ranking.spent == lira("3900000.00")
    assert ranking.left == lira("100000.00")


def test_the_last_one_in_part(ustd):
    ranking = ustd.rank(twenty_two(), ranking="by_score_in_part")

    assert ranking["P21"].funded == lira("100000.00")
    assert ranking.spent == lira("4000000.00")


def test_first_come_first_served(ustd):
    ranking = ustd.rank(twenty_two(), ranking="first_come")

    assert [each.id for each in ranking.funded][:2] == ["P22", "P21"]
    assert ranking["P01"].status == "not_funded"


def test_the_budget_can_be_set(ustd):
    """11 of 200 000 and 11 of 190 000 are 4 290 000."""
    ranking = ustd.rank(
        twenty_two(), ranking="by_score", parameters={"budget_of_the_programme": "4290000.00"}
    )

    assert len(ranking.funded) == 22
    assert ranking.left == lira("0.00")


def test_the_slides_choose_no_ranking(ustd):
    with pytest.raises(ValueError, match="by_score"):
        ustd.rank(twenty_two())
