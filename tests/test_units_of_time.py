"""So much a week and a day, the largest units first: the sums of the language beside plain counting of days."""

import datetime as dt
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grantrules as gr

TEXT = """language English

programme tests.stays "Stays"
  currency  EUR
  time zone Europe/Brussels

application
  arrived  date
  left     date
  nights   whole number (at least 0)
  stay     period in days (optional)

define all_units = for the time from arrived to left, largest units first: 1 000 000 EUR per year, 10 000 EUR per month,
  100 EUR per week, 1 EUR per day

define no_weeks = for the time from arrived to left, both days counted, largest units first: 10 000 EUR per month,
  1 EUR per day

define years_alone = for the time from arrived to left, largest units first: 1 000 EUR per year, 1 EUR per day

define of_days = for nights days, largest units first: 1 EUR per day, 100 EUR per week

define of_a_period = for stay, largest units first: 100 EUR per week, 1 EUR per day

result whole = all_units

result months = no_weeks

result years = years_alone

result week = of_days

result period = of_a_period
"""


@cache
def programme() -> gr.Programme:
    return gr.compile(TEXT)


DAYS = st.dates(dt.date(1999, 1, 1), dt.date(2032, 12, 31))


def month_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the first of the month after where there is none."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        year, month = divmod(12 * year + month + 1, 12)
        return dt.date(year, month + 1, 1)


def months_and_days(start: dt.date, end: dt.date) -> tuple[int, int]:
    """Whole months gone by, counted one after the other, and the days that are left."""
    months = 0
    while month_later(start, months + 1) <= end:
        months += 1
    return months, max(0, (end - month_later(start, months)).days)


def amounts(arrived: dt.date, left: dt.date, nights: int) -> dict[str, str]:
    facts = {
        "arrived": arrived.isoformat(),
        "left": left.isoformat(),
        "nights": nights,
        "stay": f"P{nights}D",
    }
    found = programme().decide(facts).results
    return {name: str(value.amount) for name, value in found.items()}


@given(start=DAYS, length=st.integers(-40, 1200), nights=st.integers(0, 10**5))
def test_the_sums_are_those_of_counting_by_hand(start: dt.date, length: int, nights: int):
    end = start + dt.timedelta(length)
    months, days = months_and_days(start, end)
    with_the_last_day = months_and_days(start, end + dt.timedelta(1))
    over_years = (end - month_later(start, months // 12 * 12)).days
    weeks, rest = divmod(nights, 7)

    assert amounts(start, end, nights) == {
        "whole": f"{months // 12 * 1_000_000 + months % 12 * 10_000 + days // 7 * 100 + days % 7}.00",
        "months": f"{with_the_last_day[0] * 10_000 + with_the_last_day[1]}.00",
        "years": f"{months // 12 * 1_000 + max(0, over_years)}.00",
        "week": f"{weeks * 100 + rest}.00",
        "period": f"{weeks * 100 + rest}.00",
    }


@pytest.mark.parametrize(
    ("arrived", "left", "whole"),
    [
        ("2026-01-31", "2026-02-28", "400.00"),
        ("2026-01-31", "2026-03-01", "10000.00"),
        ("2024-02-29", "2025-02-28", "110402.00"),
        ("2024-02-29", "2025-03-01", "1000000.00"),
        ("2026-03-02", "2026-03-01", "0.00"),
    ],
)
def test_a_month_without_the_day_is_complete_on_the_first_of_the_next(arrived: str, left: str, whole: str):
    found = amounts(dt.date.fromisoformat(arrived), dt.date.fromisoformat(left), 0)

    assert found["whole"] == whole


def test_a_time_that_is_not_known_yet_is_never_paid_below_nothing():
    decision = programme().decide({"arrived": "2026-03-01", "nights": 8})

    assert str(decision.results["week"].amount) == "101.00"
    assert str(decision.results["whole"].lowest.amount) == "0.00"
