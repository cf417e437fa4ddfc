"""The functions that the engine is measured against are right, and the applications are as hard as they claim."""

import math
from itertools import chain

import pytest

from benchmarks import applications
from benchmarks.applications import line, members
from benchmarks.baseline import decide_cents, decide_decimal, decide_in_one_loop
from benchmarks.run import calibrated

M = 100_000_000  # A million lira, in cents.

BASE_COSTS = [line("personnel", M), line("machinery", 2 * M), line("consultancy_services", M // 2)]


def decided(costs=BASE_COSTS, **facts):
    return decide_decimal(applications.application(costs, **facts))


def test_the_base_case_of_the_call_is_paid_seventy_percent():
    assert decided(members=members(20, 20)) == {"eligible": True, "failed": [], "grant": "2450000.00"}


def test_the_bonus_falls_on_domestic_machinery_alone():
    costs = [line("personnel", M), line("machinery", 2 * M, domestic=True)]

    assert decided(costs)["grant"] == "2400000.00"


def test_works_are_paid_up_to_a_twentieth_of_the_budget():
    costs = [line("works", 2 * M), line("personnel", 8 * M)]

    assert decided(costs)["grant"] == "5950000.00"


@pytest.mark.parametrize(
    ("facts", "failed"),
    [
        ({"members": members(19, 19)}, ["enough_firms"]),
        ({"members": members(20, 10)}, ["mostly_manufacturing"]),
        ({"members": members(20, 11)}, []),
        ({"nationally_important": False}, ["potential"]),
        ({"activity_areas": []}, ["supported_areas"]),
        ({"submitted": "2023-09-03T20:59:59Z"}, ["in_time"]),
        ({"submitted": "2023-09-04T00:00:00+03:00"}, []),
        ({"submitted": "2023-12-04T23:59:59+03:00"}, []),
        ({"submitted": "2023-12-05T00:00:00+03:00"}, ["in_time"]),
        ({"channel": "paper"}, ["online"]),
        ({"duration": "P6Y"}, ["duration_within_limits"]),
        ({"extension": "P2Y", "extension_approved": True}, []),
        ({"extension": "P1M"}, ["extension_needs_approval"]),
    ],
)
def test_each_rule_fails_on_its_own_side_of_the_boundary(facts, failed):
    assert decided(**facts)["failed"] == failed


@pytest.mark.parametrize("decide", [decide_in_one_loop, decide_cents])
def test_the_quicker_functions_give_what_the_plain_one_gives(decide):
    cases = list(chain(applications.random_applications(2_000), applications.adversarial_applications()))

    assert [decide(case) for case in cases] == [decide_decimal(case) for case in cases]


def test_the_timed_application_has_the_size_and_the_troubles_that_it_claims():
    """A ceiling that binds, a bonus, a line of no listed kind and one that does not belong to the project."""
    timed = applications.realistic()
    without_works = [cost for cost in timed["costs"] if cost["category"] != "works"]

    assert (len(timed["members"]), len(timed["costs"])) == (24, 30)
    assert decide_decimal(timed)["eligible"]
    assert any(cost.get("domestic") for cost in timed["costs"])
    assert any(not cost["project_related"] for cost in timed["costs"])
    assert decide_decimal(timed) != decide_decimal(timed | {"costs": without_works})


def test_random_applications_fail_each_rule_now_and_then():
    results = [decide_decimal(case) for case in applications.random_applications(500)]

    assert 150 < sum(result["eligible"] for result in results) < 350
    assert len(set(chain.from_iterable(result["failed"] for result in results))) == 8


def test_the_adversarial_applications_catch_a_function_that_uses_floats():
    def with_floats(costs):
        works = sum(float(cost["amount"]) for cost in costs if cost["category"] == "works")
        counted = [
            cost for cost in costs if cost["category"] not in {"works", "other"} and cost["project_related"]
        ]
        machinery = [cost for cost in counted if cost["category"] == "machinery" and cost.get("domestic")]
        budget, plain, domestic = (
            sum(float(cost["amount"]) for cost in some) for some in (costs, counted, machinery)
        )
        return f"{math.floor((0.7 * (plain + min(works, 0.05 * budget)) + 0.15 * domestic) * 100) / 100:.2f}"

    cases = list(applications.adversarial_applications(1_000))
    wrong = [case for case in cases if with_floats(case["costs"]) != decide_decimal(case)["grant"]]

    assert len(cases) == 1_000
    assert len(wrong) > 200


def test_the_same_seed_gives_the_same_applications():
    assert list(applications.random_applications(20)) == list(applications.random_applications(20))
    assert list(applications.adversarial_applications(20)) == list(applications.adversarial_applications(20))


def test_what_is_made_on_first_use_is_not_timed():
    """A run that compiles first takes as long as thousands: a count found with it times little but the clock."""
    made = []

    def work():
        if not made:
            made.append(sum(range(2_000_000)))

    assert calibrated(work) > 1_000
