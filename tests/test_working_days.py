"""Calendars of working days: shared, amended, shown with their source, and silent beyond the years they list."""

import json

import grantrules as gr

TOWN = """language English

library lib.town "Town"

source order "Opening hours", dated 2025-01-01

calendar town_days "Working days in town"
  cites order "closed on market days"
  2026 | 2026-03-09 "Market"
"""

AID = """language English

programme tr.aid "Aid"
  currency EUR

use lib.town: town_days as market_days

application
  claimed_on  date
  paid_on     date
  wait        period in working days (optional)

require paid_in_time
  paid_on is no later than 5 working days after claimed_on in calendar market_days

result taken = working days from claimed_on to paid_on in calendar market_days
"""
FILES = {"lib/town.rules": TOWN}
OVER_THE_MARKET = {"claimed_on": "2026-03-06", "paid_on": "2026-03-16"}


def codes(text: str) -> list[str]:
    return [p.code for p in gr.check(text, root=FILES)]


def test_a_deadline_passes_over_the_holidays_of_a_library():
    decision = gr.compile(AID, root=FILES).decide(OVER_THE_MARKET)

    assert decision.eligible is True
    assert decision.results["taken"] == 5


def test_the_explanation_shows_the_calendar_with_its_source_and_the_library_it_comes_from():
    told = json.loads(gr.compile(AID, root=FILES).decide(OVER_THE_MARKET).explain(format="json"))

    (figure,) = [each for each in told["figures"] if each["name"] == "market_days"]
    assert (figure["title"], figure["origin"]) == ("Working days in town", "lib.town")
    assert figure["citations"][0]["quote"] == "closed on market days"


def test_a_day_beyond_the_years_is_not_decided_and_says_which_years_are_known():
    programme = gr.compile(AID, root=FILES)

    for claimed, paid in (("2026-12-30", "2026-12-31"), ("2025-12-30", "2026-01-02")):
        decision = programme.decide({"claimed_on": claimed, "paid_on": paid})
        assert decision.eligible is None
        assert "from 2026 to 2026" in decision.explain()


def test_the_message_of_a_calendar_is_its_own():
    text = TOWN.replace("  2026 |", '  message "Ask the town."\n  2026 |')
    programme = gr.compile(AID, root={"lib/town.rules": text})

    assert (
        "Ask the town." in programme.decide({"claimed_on": "2027-01-01", "paid_on": "2027-01-02"}).explain()
    )


def test_an_amendment_replaces_a_calendar():
    base = AID.replace("use lib.town: town_days as market_days", "calendar market_days\n  2026 | 2026-03-09")
    amendment = (
        "language English\n\namendment tr.reform\n  amends tr.aid\n\n"
        "replace calendar market_days\n  2026 | 2026-03-09, 2026-03-10\n"
    )
    reform = gr.compile(amendment, root={"tr/aid.rules": base})

    assert reform.decide(OVER_THE_MARKET).results["taken"] == 4


def test_what_is_known_of_a_deadline_while_a_day_is_missing():
    decision = gr.compile(AID, root=FILES).decide({"claimed_on": "2026-03-06"})

    assert decision.eligible is None
    assert [each.path for each in decision.missing] == ["paid_on"]


def test_what_can_be_wrong_with_a_calendar():
    """Only working days have holidays; a calendar that came along is named to be used; one that nobody names is told."""
    assert codes(AID.replace("5 working days", "5 days")) == ["GR301"]
    assert codes(AID.replace("in calendar market_days\n\n", "in calendar town_days\n\n")) == ["GR205"]
    assert codes(AID + "\ncalendar unused\n  2026 | 2026-01-01\n") == ["GR211"]
    assert codes(AID + "\ncalendar market_days\n  2026 | 2026-01-01\n") == ["GR707"]
