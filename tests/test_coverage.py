"""What the tests of a programme have reached, in the rows of lists as well."""

import grantrules as gr
from grantrules.properties.coverage import CASE, Coverage, as_data, as_lines, together

RULES = """
language English

programme test.small "Small"
  currency  TRY

record cost
  kind   one of a "A", b "B", c "C"
  amount money (at least 0 TRY)

application
  costs list of cost (at most 50)

define cost's share
  10%  when kind is a
  20%  when kind is b
  30%  otherwise

support grant "A share of each line"
  from costs counting amount
  rate each_share
    share
  supplement started "Something to begin with"
    plus 100 TRY
    on top of the ceilings
  rounding down in steps of 0.01 TRY, once at the end
"""


def reached(*kinds: str) -> Coverage:
    programme = gr.compile(RULES)
    coverage = Coverage(programme._program)
    costs = [{"kind": kind, "amount": "10.00"} for kind in kinds]
    coverage.add(programme.prepare({"costs": costs}))
    return coverage


def test_a_case_in_the_rows_is_reached_where_one_row_takes_it():
    assert [mark.words for mark in reached("a", "c").missing] == [CASE]
    assert reached("a", "b").missing == ()


def test_what_is_missing_is_named_with_its_line():
    (_, missing) = as_lines(as_data(reached("b"), "en"), "en")

    assert missing.strip().startswith("line 15: ")
    assert "`share`" in missing


def test_what_two_processes_reached_is_put_together():
    one, other = (as_data(reached(kind), "en") for kind in "ab")
    first, *missing = as_lines(together(one, other), "en")

    assert first == "test.small: 3 of 3 reached by 2 decisions"
    assert missing == []
