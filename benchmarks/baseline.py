"""The rules of the 2023 cluster call, written by hand in plain Python: what the engine is measured against.

Three functions with one meaning. `decide_decimal` is what a careful programmer writes first: texts become values,
then the rules are applied to the values, each where a reader looks for it. It is the unit of all ratios. The other
two give up that order for speed: `decide_in_one_loop` converts and adds up in the same loop, and `decide_cents` also
does without decimals, and without dates where a comparison of texts will do. None of them validates anything, keeps a
citation, or can say why: that is what makes them hard to catch up with.

The readings are those that `programs/tr/kdp_2023.rules` takes by default: bounds are included; works that renovate
count up to 5% of the budget as submitted, and the excess is trimmed; the bonus is 15 percentage points on lines of
domestic machinery alone; the total is rounded once, down to the cent.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from functools import lru_cache
from typing import Any

Application = Mapping[str, Any]
Result = dict[str, Any]

OPENS = datetime.fromisoformat("2023-09-04T00:00:00+03:00")
CLOSES = datetime.fromisoformat(
    "2023-12-05T00:00:00+03:00"
)  # The last day belongs to the call, this moment does not.

CENT = Decimal("0.01")
RATE = Decimal("0.70")
BONUS = Decimal("0.15")
WORKS_SHARE = Decimal("0.05")

PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")


def months(period: str) -> int:
    """
    The months of a period in years and months.

    >>> months("P1Y6M")
    18
    """
    match = PERIOD.fullmatch(period)
    assert match is not None  # noqa: S101 - nothing is validated here, and mypy wants to know
    return int(match[1] or 0) * 12 + int(match[2] or 0)


def decide_decimal(application: Application) -> Result:
    """The reference: `eligible`, the names of the `failed` rules, and the `grant` as text, or None where none is due."""
    values = converted(application)
    return result(failed_rules(values), grant_of(values["costs"]))


def converted(application: Application) -> dict[str, Any]:
    """The application with moments, months and decimals in the place of texts."""
    return {
        **application,
        "submitted": datetime.fromisoformat(application["submitted"]),
        "duration": months(application["duration"]),
        "extension": months(application.get("extension", "P0Y")),
        "costs": [{**line, "amount": Decimal(line["amount"])} for line in application["costs"]],
    }


def failed_rules(values: Application) -> list[str]:
    """The names of the requirements that do not hold, in the order of the call."""
    failed = []
    firms = [member for member in values["members"] if member["kind"] == "firm"]
    manufacturers = [firm for firm in firms if firm.get("in_manufacturing")]
    if len(firms) < 20:
        failed.append("enough_firms")
    if not len(manufacturers) * 2 > len(firms):
        failed.append("mostly_manufacturing")
    if not (values["competitive"] and values["nationally_important"]):
        failed.append("potential")
    if not values["activity_areas"]:
        failed.append("supported_areas")
    if not OPENS <= values["submitted"] < CLOSES:
        failed.append("in_time")
    if values["channel"] != "online":
        failed.append("online")
    duration, extension = values["duration"], values["extension"]
    if duration > 60 or extension > 24 or duration + extension > 84:
        failed.append("duration_within_limits")
    if extension > 0 and not values.get("extension_approved"):
        failed.append("extension_needs_approval")
    return failed


def grant_of(costs: list[dict[str, Any]]) -> Decimal:
    """What the costs would be supported with, before it is rounded."""
    eligible = [line for line in costs if is_eligible(line)]
    budget = total(costs)
    works = total([line for line in eligible if line["category"] == "works"])
    domestic = total([line for line in eligible if line["category"] == "machinery" and line.get("domestic")])
    counted = total(eligible) - works + min(works, WORKS_SHARE * budget)
    return RATE * counted + BONUS * domestic


def total(costs: list[dict[str, Any]]) -> Decimal:
    """The sum of the amounts of some lines."""
    return sum((line["amount"] for line in costs), Decimal(0))


def is_eligible(line: Mapping[str, Any]) -> bool:
    """Whether a cost line is of a listed kind, belongs to the project, and renovates if it is works."""
    if line["category"] == "works" and not line.get("renovation_only"):
        return False
    return line["category"] != "other" and bool(line["project_related"])


def result(failed: list[str], grant: Decimal) -> Result:
    """The answer, with the grant rounded once, and withheld where a rule failed."""
    return {
        "eligible": not failed,
        "failed": failed,
        "grant": None if failed else str(grant.quantize(CENT, ROUND_DOWN)),
    }


def decide_in_one_loop(application: Application) -> Result:  # noqa: C901 - one loop means one function
    """The same as `decide_decimal`, with nothing built that is looked at once."""
    failed = []

    firms = manufacturers = 0
    for member in application["members"]:
        if member["kind"] == "firm":
            firms += 1
            if member.get("in_manufacturing"):
                manufacturers += 1
    if firms < 20:
        failed.append("enough_firms")
    if not manufacturers * 2 > firms:
        failed.append("mostly_manufacturing")

    if not (application["competitive"] and application["nationally_important"]):
        failed.append("potential")
    if not application["activity_areas"]:
        failed.append("supported_areas")
    if not OPENS <= datetime.fromisoformat(application["submitted"]) < CLOSES:
        failed.append("in_time")
    if application["channel"] != "online":
        failed.append("online")

    duration = months(application["duration"])
    extension = months(application.get("extension", "P0Y"))
    if duration > 60 or extension > 24 or duration + extension > 84:
        failed.append("duration_within_limits")
    if extension > 0 and not application.get("extension_approved"):
        failed.append("extension_needs_approval")

    budget = works = domestic_machinery = others = Decimal(0)
    for line in application["costs"]:
        amount = Decimal(line["amount"])
        budget += amount
        category = line["category"]
        if category == "other" or not line["project_related"]:
            continue
        if category == "works":
            if line.get("renovation_only"):
                works += amount
        elif category == "machinery" and line.get("domestic"):
            domestic_machinery += amount
        else:
            others += amount

    works = min(works, WORKS_SHARE * budget)
    grant = RATE * (others + works) + (RATE + BONUS) * domestic_machinery

    return result(failed, grant)


@lru_cache
def cached_months(period: str) -> int:
    """The months of a period: few different ones are ever seen."""
    return months(period)


def decide_cents(application: Application) -> Result:  # noqa: C901 - the same
    """The same again, tuned, for amounts that are all written with two decimals."""
    failed = []

    firms = [member for member in application["members"] if member["kind"] == "firm"]
    if len(firms) < 20:
        failed.append("enough_firms")
    if not sum([member.get("in_manufacturing", False) for member in firms]) * 2 > len(firms):
        failed.append("mostly_manufacturing")

    if not (application["competitive"] and application["nationally_important"]):
        failed.append("potential")
    if not application["activity_areas"]:
        failed.append("supported_areas")
    submitted = application["submitted"]
    if submitted[-6:] == "+03:00":  # In local time the order of the texts is the order of the days.
        in_time = "2023-09-04" <= submitted[:10] <= "2023-12-04"
    else:
        in_time = OPENS <= datetime.fromisoformat(submitted) < CLOSES
    if not in_time:
        failed.append("in_time")
    if application["channel"] != "online":
        failed.append("online")

    duration = cached_months(application["duration"])
    extension = cached_months(application.get("extension", "P0Y"))
    if duration > 60 or extension > 24 or duration + extension > 84:
        failed.append("duration_within_limits")
    if extension and not application.get("extension_approved"):
        failed.append("extension_needs_approval")

    costs = application["costs"]
    # Thirty texts with points in them are read faster as one text without.
    joined = ",".join([line["amount"] for line in costs]).replace(".", "")
    amounts = list(map(int, joined.split(","))) if joined else []
    works = domestic_machinery = others = 0
    for line, amount in zip(costs, amounts, strict=True):
        category = line["category"]
        if category == "other" or not line["project_related"]:
            continue
        if category == "works":
            if line.get("renovation_only"):
                works += amount
        elif category == "machinery" and line.get("domestic"):
            domestic_machinery += amount
        else:
            others += amount

    if failed:
        return {"eligible": False, "failed": failed, "grant": None}
    # In parts of 1/2000 cent every figure is whole: 5% of a cent is 1/20, and 70% of that is 7/200.
    grant = (others * 1400 + min(works * 20, sum(amounts)) * 70 + domestic_machinery * 1700) // 2000
    return {"eligible": True, "failed": failed, "grant": f"{grant // 100}.{grant % 100:02d}"}
