"""
What can be changed in a ranking of each form, in both languages, and what the same applications then get.

`GRANTRULES_RENEW=1 pytest tests/test_stored_ranking_changes.py` stores it anew; read the difference: could an author have made each
change, and is what each gets right?
"""

from typing import Any

import pytest

import grantrules as gr
from grantrules.core import ir
from grantrules.properties import mutants as tries
from grantrules.properties.making import makers
from grantrules.rank import Ranking
from grantrules.ranking_examples import Came, awarded_to, left_over, taken, tied
from storing import stored

CALL = """language English

programme test.call "A call with a budget"
  currency      EUR
  time zone     Europe/Istanbul
  rules as of   day

application
  mark   points
  day    date
  zone   one of coast, hills
  cost   money (at least 0 EUR)
  less   yes/no
  trade  NACE

code list listed (NACE)
  10 - 12, 20.1
  except 10.5, 11.0
  including further

code list further (NACE)
  C

parameter pot "The budget"  money
  100 EUR

parameter both "For rankings and rules"  money
  10 EUR

define half_of_cost = 50% of cost

define twice = 2 * both

define of_zone
  60 EUR  when zone is coast
  twice   otherwise

support grant
  from cost

support basis
  from cost
  only a basis

require not_free
  cost is more than both

advise in_trade
  trade is in listed

example one
  mark   9 points
  day    2026-03-01
  zone   coast
  cost   60 EUR
  less   no
  trade  NACE 10.1
  expect eligible

ranking example all
  of list
  applications
    name | like | mark     | day        | zone  | cost   | less | expect outcome
    anna | one  | 9 points | 2026-03-01 | coast | 40 EUR | no   | funded
    bert | one  | 9 points | 2026-02-01 | hills | 55 EUR | yes  | funded
    cem  | one  | 7 points | 2026-01-01 | coast | 30 EUR | yes  | funded
    dora | one  | 6 points | 2026-01-02 | hills | 15 EUR | no   | funded
    emre | one  | 5 points | 2026-01-03 | hills | 5 EUR  | no   | not eligible

"""
ORDER = ("order by  mark, highest first", "then by  day, earliest first")
FORMS: dict[str, tuple[str, ...]] = {
    "stop": ("budget  pot", *ORDER, "if one does not fit  stop"),
    "skip it": ("budget  pot", *ORDER, "if one does not fit  skip it"),
    "pay it in part": ("budget  pot", *ORDER, "if one does not fit  pay it in part"),
    "pay some in part": (
        "budget  pot", *ORDER, "if one does not fit  pay it in part where less, otherwise skip it",
    ),
    "pay some in part or stop": (
        "budget  100 EUR", *ORDER, "if one does not fit  pay it in part where not less, otherwise stop",
    ),
    "set aside, awards and reserve": (
        "budget  pot", "set aside  30 EUR", "order by  day, latest first", "then by  cost, lowest first",
        "awards  at most 1", "reserve list  at most 1", "if one does not fit  skip it",
    ),
    "awards alone": ("order by  mark * 2, highest first", "then by  day, earliest first", "awards  at most 2"),
    "groups": ("per  zone and year of day", "budget  pot", *ORDER, "if one does not fit  stop"),
    "groups with their own budgets": (
        "per  zone", "budget  of_zone", *ORDER,
        "if one does not fit  stop",
    ),
    "share by amounts": (
        "budget  pot", "if one does not fit  share the budget among all, in proportion to the amounts asked",
    ),
    "share equally": (
        "budget  pot", "first to each  twice", "each at least  12 EUR", "each at most  half_of_cost",
        "if one does not fit  share the budget among all, in equal parts",
    ),
    "share by marks": (
        "budget  pot", *ORDER, "if one does not fit  share the budget among all, in proportion to mark",
    ),
}  # fmt: skip


def told(came: Came) -> str:
    """What a ranking comes to, in a line."""
    if not isinstance(came, Ranking):
        return f"refused, tied: {', '.join(sorted(tied(came))) or 'nobody'}"
    each = [
        f"{entry.id} {entry.status} {entry.position or '–'} {awarded_to(entry)}" for entry in came.entries
    ]
    return f"{'; '.join(each)}; left {left_over(came)}"


@pytest.mark.parametrize("form", FORMS)
def test_what_each_gets_with_each_change_of_a_ranking(form):
    text = CALL + "ranking list\n" + "".join(f"  {line}\n" for line in FORMS[form])
    program = gr.compile(text)._program
    tester = tries.Tester(makers(program))
    (example,) = program.ranking_examples
    assert isinstance(example, ir.RankingExample)
    known = tester._ranked(example, taken(program, example, lambda _, facts: tester.made.read(facts)))
    before = told(known.comes_to("list"))
    lines: list[Any] = [*FORMS[form], "", before]
    for mutant in tries.mutants(program):
        after = told(known.comes_to("list", mutant))
        line = program.source.line_of(mutant.span.start)
        lines.append(
            f"line {line}: {' | '.join(mutant.names)}{'' if mutant.ranks else ' (also of one alone)'}"
        )
        lines.append(f"  {'the same' if after == before else after}")
    found = "\n".join(lines) + "\n"

    assert found == stored(f"ranking_changes/{form.replace(' ', '_').replace(',', '')}.txt", found)
