"""What an application developer writes: three lines for a property, and one for the portal's own rule."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import grantrules as gr
from grantrules.suite import given_application

RULES = Path(__file__).parents[1] / "rules" / "deposit.rules"
DEPOSIT = gr.load(RULES)


@settings(max_examples=30)
@given_application(RULES)
def test_the_portal_never_shows_a_negative_amount(application):
    support = DEPOSIT.decide(application).support

    assert support is None or support.units >= 0


@settings(max_examples=10)
@given_application(DEPOSIT, boundaries=True, near="most")
def test_the_ceiling_holds_at_its_very_edge(application):
    assert DEPOSIT.decide(application).supports["grant"].before_ceilings is not None


@settings(max_examples=20)
@given(DEPOSIT.applications(eligible_only=True, with_={"deposit": st.just("900.00")}))
def test_whoever_is_eligible_gets_more_than_half_of_it(application):
    assert DEPOSIT.decide(application).support > gr.Money("450.00", "EUR")
