"""
The applications at the limits of a programme, narrowed in each way, and what is refused.

`GRANTRULES_RENEW=1 pytest tests/test_stored_narrowing.py` stores them anew; read the difference: is each as it was asked for, and is
of those that lack a fact only one fact left out?
"""

import json
import re
from typing import Any

import pytest
from hypothesis import strategies as st

import grantrules as gr
from grantrules.suite import boundary_applications
from limit_cases import ROWS, SUPPORTS, programme
from storing import stored

CASES = {
    "a field that is computed": ROWS["a field that is computed"],
    "different choices of some": "at least 2 different values of kind among costs where paid",
    "one amount that is refused": SUPPORTS["one amount that is refused"],
    "instalments": SUPPORTS["instalments"],
    "an amount that is asked for sometimes": "worth is more than 100 EUR\nwhen old",
}
NARROWED: dict[str, dict[str, Any]] = {
    "all": {},
    "eligible ones": {"eligible_only": True},
    "without a fact": {"partial": True},
    "on a day": {"with_": {"day": "2026-05-05"}},
    "on one of two days, eligible, without a fact": {
        "with_": {"day": st.sampled_from(["2026-06-06", "2026-07-07"])},
        "eligible_only": True,
        "partial": True,
    },
}


@pytest.mark.parametrize("name", CASES)
def test_the_applications_at_the_limits_are_narrowed(name):
    made = gr.compile(programme(CASES[name]))
    lines: list[str] = []
    for how, narrowing in NARROWED.items():
        lines.append(f"-- {how}")
        for application in boundary_applications(made, **narrowing):
            eligible = made.decide(application).eligible
            lines.append(f"{json.dumps(eligible)}: {json.dumps(application, ensure_ascii=False)}")
            assert eligible or not narrowing.get("eligible_only") or narrowing.get("partial")
    text = "\n".join(lines) + "\n"

    assert text == stored(f"narrowed/{name.replace(' ', '_')}.txt", text)


def test_only_the_limits_of_what_is_named_are_meant():
    """Of a support, those of its steps; of a requirement that only reads figures, those of the figures."""
    made = gr.compile(programme(SUPPORTS["instalments"]))
    every = boundary_applications(made)
    counts = {
        name: len(boundary_applications(made, near=name))
        for name in ("grant's advance", "grant's second", "not_too_little")
    }

    assert len(every) == sum(counts.values())
    assert all(count > 0 for count in counts.values())
    assert all(each in every for each in boundary_applications(made, near="not_too_little"))


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        (
            {"near": "nothing"},
            "Nothing is compared in 'nothing' under these readings. Names: most, with_earlier.",
        ),
        (
            {"with_": {"size": 4, "zone": "coast"}},
            "No such fact: size, zone. The facts are: price, day, earlier.",
        ),
    ],
)
def test_what_there_is_none_of_is_refused_with_what_there_is(narrowing, said):
    made = gr.compile(programme(SUPPORTS["one amount that is refused"]))

    for ask in (lambda: boundary_applications(made, **narrowing), lambda: made.applications(**narrowing)):
        with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
            ask()


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        ({"eligible_only": True}, "No eligible application was found, as the parameters are set."),
        (
            {"eligible_only": True, "near": "limit", "with_": {"price": "700.00"}},
            "No eligible application was found at a limit of 'limit' with these facts: price, as the parameters are set.",
        ),
        (
            {"near": "limit", "with_": {"price": "700.00"}},
            "No application was found at a limit of 'limit' with these facts: price, as the parameters are set.",
        ),
    ],
)
def test_what_nobody_can_be_is_refused_at_once(narrowing, said):
    made = gr.compile(programme("price is at most 100 EUR\nprice is more than 200 EUR"))

    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        made.applications(**narrowing)
