"""
The smallest application of which something holds, made of a large one: what a person reads when a promise is broken.

`GRANTRULES_RENEW=1 pytest tests/test_stored_smallest.py` stores them anew; read the difference: is there nothing in an application that
does not matter, and is every value as plain as it can be?
"""

import json
from collections.abc import Callable
from typing import Any

import grantrules as gr
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.making import Applications
from grantrules.properties.promises import Broken, Case, Promise, Verdict, Watched
from grantrules.properties.smaller import is_eligible, smaller
from limit_cases import FACTS, HEAD, LISTS, RECORDS
from storing import stored

FIGURES = """
parameter most money
  1 250 EUR

advise with_figures
  price is at most most
  size is below 37
"""
RULES = """
require in_time
  day is at least 2024-05-06
  staff is at least 12
"""
Data = dict[str, Any]
SOUGHT: dict[str, Callable[[Data], bool]] = {
    "anything": lambda data: True,
    "a price": lambda data: float(data["price"]) > 0,
    "a price above a figure": lambda data: float(data["price"]) > 1250,
    "odd cents": lambda data: data["price"][-1] not in "05",
    "a size above a figure": lambda data: data["size"] >= 37,
    "an even size": lambda data: data["size"] % 2 == 0,
    "a large staff": lambda data: data["staff"] > 123,
    "a late day": lambda data: data["day"] > "2025-08-09",
    "the last day of a month": lambda data: data["day"][-2:] in {"30", "31"},
    "a share": lambda data: data["share"] not in {"0%", "50%", "100%"},
    "another zone": lambda data: data["zone"] != "coast",
    "two topics": lambda data: len(data["topics"]) > 1,
    "something old": lambda data: data["old"] and float(data["worth"]) > 9,
    "something given": lambda data: "bonus_" in data,
    "a heated house": lambda data: data["house"]["heated"] and data["house"]["rooms"] > 2,
    "three rows": lambda data: len(data["costs"]) >= 3,
    "two different rows": lambda data: len({row["company"] for row in data["costs"]}) > 1,
    "rows of glass": lambda data: sum(row["kind"] == "glass" for row in data["costs"]) > 1,
    "a dear row": lambda data: any(float(row["amount"]) > 333 for row in data["costs"]),
    "a person with hours": lambda data: any(float(row.get("hours", 0)) > 3 for row in data["people"]),
    "a text": lambda data: data["label"] != "1" or data["trade"] != "62.01",
}


def whole() -> Applications:
    """A programme with facts of every type."""
    facts = "\n".join(f"  {name} {kind}" for name, kind in FACTS.items())
    lists = "\n".join(f"  {each}" for each in LISTS.values())
    text = f"{HEAD}{''.join(RECORDS.values())}\napplication\n{facts}\n{lists}\n{FIGURES}{RULES}"
    return Applications(gr.compile(text)._program)


def test_the_smallest_application_of_which_something_holds():
    made = whole()
    watched = Watched(made)
    plainest = made.draft(RandomChooser(0), way="eligible", points=())
    lines = [json.dumps(plainest.plain(), ensure_ascii=False)]
    before = plainest.plain()
    for name, is_so in SOUGHT.items():

        def check(case: Case, is_so: Callable[[Data], bool] = is_so) -> Verdict:
            return Broken(Words("so", "öyle")) if is_so(case.draft.plain()) else True

        promise = Promise(ir.About("sought", "promise"), check)
        for seed in range(200):
            draft = made.draft(RandomChooser(seed), way=("eligible", "any")[seed % 2], points=())
            if is_so(draft.plain()):
                break
        was = is_eligible(watched, draft)
        small, found = smaller(watched, promise, draft, (), Broken(Words("so", "öyle")))
        after = small.plain()

        assert is_so(after), name
        assert is_eligible(watched, small) or not was
        assert found.words == Words("so", "öyle")
        other = {key: value for key, value in after.items() if before.get(key) != value or name == "anything"}
        gone = [key for key in before if key not in after]
        left_out = f" without {', '.join(gone)}" if gone else ""
        lines.append(f"{name} (made {seed}): {json.dumps(other, ensure_ascii=False)}{left_out}")
        if name == "anything":
            before = after
    text = "\n".join(lines) + "\n"

    assert text == stored("smallest/facts.txt", text)
