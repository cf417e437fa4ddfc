"""
Which kinds of figures go together: every way to put figures together, with figures of every kind.

What is refused is refused with a code, never with a failure of our own; what is stored says which.
"""

from collections import defaultdict

import pytest

import grantrules as gr
from grantrules.core import ir
from storing import stored

HEAD = """language English

programme test.kinds
  currency             EUR
  time zone            Europe/Istanbul
  month end            last day
  programme year from  2026-03-01
  rules as of          day

record cost
  amount  money (at least 0 EUR)
  hours   number (at least 0)
  paid_on date
  big     yes/no

application
  price   money
  dollars money in USD
  size    whole number
  ratio   number
  share   rate
  part    percentage points
  mark    points
  fee     money per tonne
  energy  quantity in kWh
  day     date
  at      moment
  call    year
  month_  month
  stay    period in days
  length  period
  zone    one of coast, hills
  topics  some of export, heat
  old     yes/no
  name    text
  seat    country
  trade   NACE
  costs   list of cost (at most 9)

"""
FIGURES = (
    "price", "dollars", "size", "ratio", "share", "part", "mark", "fee", "energy", "day", "at", "call", "month_", "stay", "length",
    "zone", "topics", "old", "name", "seat", "trade", "costs", "5 EUR", "7", "2.5", "10%", "2026-05-01", "nobody",
)  # fmt: skip
VALUES = (
    "{a} + {b}", "{a} - {b}", "{a} * {b}", "{a} / {b}", "{a} of {b}", "the larger of {a} and {b}", "{a} after {b}",
    "days from {a} to {b}", "completed months from {a} to {b}", "working days from {a} to {b}", "5% of {a} + {b}",
    "{a} if old, otherwise {b}", "{a} per {b}",
)  # fmt: skip
CONDITIONS = (
    "{a} is {b}", "{a} is at most {b}", "{a} is from {b} to {b}", "{a} is one of {b}", "{a} is in {b}", "{a} includes {b}",
    "{a} and {b}", "{a} is more than 5% of {b}",
)  # fmt: skip
VALUES_OF_ONE = (
    "{a}", "10% of {a}", "half of {a}", "{a} rounded down in steps of 1", "{a} rounded down in steps of 0.01 EUR",
    "number of {a}", "total {a} of costs", "total amount of {a}", "(total amount of costs where {a})", "average {a} of costs",
    "{a} of the highest cost by amount", "amount of the highest cost by {a}", "total amount of the highest 2 costs by {a}",
    "year of {a}", "month of {a}", "first day of {a}", "last day of {a}", "day of {a}", "days in the month of {a}",
    "programme year of {a}", "price as of {a}", "{a} converted to USD at 1.1", "price converted to USD at {a}", "3 years after {a}",
    "2 working days after {a}", "whole weeks in {a}", "number of different values of {a} among costs",
    "whole lots of {a} in price", "whole lots of 5 in {a}", "the amount of which 40% is {a}",
    "price for each started kWh of {a}", "{a} for each full kWh of energy", "for {a} days, largest units first: 5 EUR per day",
    "for the time from day to {a}, largest units first: 5 EUR per day",
)  # fmt: skip
CONDITIONS_OF_ONE = (
    "{a}", "not {a}", "{a} is given", "no {a}", "at least 2 {a}", "for all costs: {a}", "at least 1 cost where {a}",
    "{a} applies", "{a} is from 1 to 5",
)  # fmt: skip
# Where a statement takes a figure: a support, with the words that are put in the place of its own.
SUPPORT = {
    "from": "costs counting amount", "step": "", "rate": "50%", "later": "", "in steps of": "0.01 EUR, once at the end",
}  # fmt: skip
PLACES = (
    ("from", "{a}"), ("from", "costs counting {a}"), ("from", "costs where {a} counting amount"), ("from", "{a} counting amount"),
    ("from", "costs sharing {a}, in equal parts"), ("from", "costs sharing price, in proportion to {a}"),
    ("step", "eligible cost e\n    only where {a}"), ("step", "cost ceiling c\n    each at most {a}\n    excess is trimmed"),
    ("step", "cost ceiling c\n    together at most {a}\n    excess is cut pro rata"),
    ("step", "cost ceiling c\n    per {a} at most 5 EUR\n    excess is cut pro rata"),
    ("step", "count limit n\n    the first {a} by amount, highest first"),
    ("step", "count limit n\n    the first 2 by {a}, highest first"),
    ("step", "count limit n\n    per {a} the first 2 by amount, highest first"),
    ("rate", "{a}"), ("rate", "{a} when old\n    10% otherwise"), ("rate", "10% when {a}\n    5% otherwise"),
    ("later", "bonus b\n    plus {a}"), ("later", "bonus b\n    where {a}\n    plus 5 percentage points"),
    ("later", "rate ceiling r\n    at most {a}"), ("later", "proration p\n    times {a}"), ("later", "supplement u\n    {a}"),
    ("later", "support floor f\n    less than {a} is not paid"), ("in steps of", "{a}, each line"),
)  # fmt: skip
STATEMENTS = (
    "require r\n  {a}\n", "require r\n  old\n  when {a}\n", "result r = {a}\n", "score r\n  {a}\n",
    "table x by {a}\n  otherwise | 5 EUR\n", "table x by zone\n  coast | {a}\n  hills | 5 EUR\n",
    "table x by size\n  up to {a} | 5 EUR\n  otherwise | 1 EUR\n",
    "ranking r\n  budget {a}\n  order by price, highest first\n  if one does not fit stop\n",
    "ranking r\n  budget 5 EUR\n  order by {a}, highest first\n  if one does not fit stop\n",
    "ranking r\n  per {a}\n  budget 5 EUR\n  order by price, highest first\n  if one does not fit stop\n",
    "promise p\n  {a} never decreases when price rises\n", "promise p\n  price is at least 0 EUR\n  when {a}\n",
    "define cost's y = {a}\n", "define cost's y = amount + {a}\n", "define cost's y\n  amount when {a}\n  5 EUR otherwise\n",
    "example e\n  price {a}\n  expect eligible\n", "example e\n  price 5 EUR\n  expect {a} is 5\n",
)  # fmt: skip
LIMITS = gr.Limits(diagnostics=10_000, nodes=200_000, file_bytes=4_000_000)


def declared(lines: dict[int, str]) -> str:
    return HEAD + "".join(f"define x{n}{line}\n\n" for n, line in lines.items())


def refused(lines: list[str]) -> list[str]:
    """For each line, the codes of what is wrong with it; where nothing is wrong, there is such a figure."""
    text = declared(dict(enumerate(lines)))
    height = lines[0].count("\n") + 2
    found = defaultdict(list)
    for problem in gr.check(text, limits=LIMITS):
        at = text.count("\n", 0, problem.span.start) - HEAD.count("\n")
        if problem.severity == "error":
            found[at // height].append(problem.code)
    # A name that nothing has is told once.
    fine = {n: line for n, line in enumerate(lines) if n not in found and "nobody" not in line}
    program = gr.compile(declared(fine), limits=LIMITS)._program
    assert {f"x{n}" for n in fine} <= {each.about.name for each in program.body}
    return [" ".join(dict.fromkeys(found[n])) or "fine" for n in range(len(lines))]


def table(way: str, before: str) -> str:
    lines = [way]
    for a in FIGURES:
        others = FIGURES if "{b}" in way else ("",)
        told = refused([before + way.format(a=a, b=b) for b in others])
        by_code = defaultdict(list)
        for b, code in zip(others, told, strict=True):
            by_code[code].append(b)
        lines.append(
            f"  {a}: " + "; ".join(f"{code} {', '.join(them)}".strip() for code, them in by_code.items())
        )
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("name", "ways", "before"),
    [
        ("values", VALUES, " = "),
        ("values_of_one", VALUES_OF_ONE, " = "),
        ("conditions", CONDITIONS, "\n  "),
        ("conditions_of_one", CONDITIONS_OF_ONE, "\n  "),
    ],
)
def test_every_kind_of_figure_goes_with_every_other_or_is_refused(name, ways, before):
    text = "\n".join(table(way, before) for way in ways)

    assert text == stored(f"kinds/{name}.txt", text)


def support(place: str, text: str) -> str:
    words = SUPPORT | {place: text}
    lines = (
        "support grant", f"  from {words['from']}", f"  {words['step']}", "  rate half", f"    {words['rate']}",
        f"  {words['later']}", f"  rounding down in steps of {words['in steps of']}",
    )  # fmt: skip
    return "\n".join(line for line in lines if line.strip()) + "\n"


def says_something(statement: ir.Statement) -> bool:
    """No condition of a rule got lost."""
    return not isinstance(statement, ir.Rule) or bool(statement.conditions)


def test_wherever_a_figure_of_another_kind_is_put_it_is_refused():
    ways = [*(support(place, text) for place, text in PLACES), *STATEMENTS]
    lines = []
    for way in ways:
        by_code = defaultdict(list)
        for a in FIGURES:
            text = HEAD + way.format(a=a)
            problems = gr.check(text, limits=LIMITS)
            codes = dict.fromkeys(each.code for each in problems if each.severity == "error")
            assert codes or all(map(says_something, gr.compile(text, limits=LIMITS)._program.body))
            by_code[" ".join(codes) or "fine"].append(a)
        lines += [way.rstrip(), *(f"    {code}: {', '.join(them)}" for code, them in by_code.items()), ""]
    text = "\n".join(lines)

    assert text == stored("kinds/statements.txt", text)
