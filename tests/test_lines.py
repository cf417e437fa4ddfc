"""Lines held against the others of their list: beside plain Python that sorts, counts and adds up."""

import datetime as dt
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grantrules as gr

TEXT = """language English

programme tests.lines "Lines"
  currency    EUR
  month end   last day
  programme year from approved_on

record report
  year     whole number (at least 2000) (at most 2009)
  profit   money
  seat     country
  kind     one of full, short
  signed   yes/no
  paid_on  date

application
  approved_on  date
  reports      list of report (at most 20)
  usual        money (0 EUR if absent)

define report's before_it = profit so far by paid_on, per kind and per year of paid_on
define report's beside_it = total profit of other reports where kind is this report's kind
define report's as_old = number of other reports where year is this report's year
define report's call_year = programme year of paid_on
define report's alone = for_all_others

define report's for_all_others
  for all other reports: year is not this report's year

result last_profit = profit of the highest report by year
result last_seat = seat of the highest report by year
result last_kind = kind of the highest report by year
result last_signed = signed of the highest report by year
result first_day = paid_on of the earliest report by paid_on
result signed_profit = (profit of the highest report by year where signed) + usual
result of_two = total profit of the highest 2 reports by year
result of_two_days = number of the latest 2 reports by paid_on where signed
result earlier = total before_it of reports
result others = total beside_it of reports
result same_year = total as_old of reports
result lonely = number of reports where alone
result call_years = total call_year of reports
"""


@cache
def programme() -> gr.Programme:
    return gr.compile(TEXT)


SEATS = st.sampled_from(["BE", "NL", "DE"])
REPORTS = st.lists(
    st.fixed_dictionaries(
        {
            "year": st.integers(2000, 2009),
            "profit": st.integers(-3, 3),
            "seat": SEATS,
            "kind": st.sampled_from(["full", "short"]),
            "signed": st.booleans(),
            "paid_on": st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31)),
        }
    ),
    max_size=5,
)


def found(reports, approved_on=dt.date(2020, 2, 29)):
    given = [{**each, "profit": f"{each['profit']}.00"} for each in reports]
    return programme().decide({"approved_on": approved_on, "reports": given}).results


def euro(amount):
    return gr.Money(f"{amount}.00", "EUR")


def first(reports, key, figure, *, reverse=False):
    """The figure of the lines that come first, or nothing where they differ or there are none."""
    if not reports:
        return gr.UNKNOWN
    best = (max if reverse else min)(each[key] for each in reports)
    values = {each[figure] for each in reports if each[key] == best}
    return values.pop() if len(values) == 1 else gr.UNKNOWN


def top(reports, key, number):
    """The lines that come first, highest first, or nothing where a tie stands at the border."""
    ordered = sorted(reports, key=lambda each: each[key], reverse=True)
    tied = len(ordered) > number and ordered[number - 1][key] == ordered[number][key]
    return None if tied else ordered[:number]


def same(value, wanted):
    """Whether a result is what was wanted; nothing is wanted where it is not decided."""
    undecided = value is gr.UNKNOWN or isinstance(value, gr.Range)
    return undecided if wanted is gr.UNKNOWN else value == wanted


@given(reports=REPORTS)
def test_the_first_line_is_picked_as_sorting_picks_it(reports):
    results = found(reports)
    profit = first(reports, "year", "profit", reverse=True)
    signed = first([r for r in reports if r["signed"]], "year", "profit", reverse=True)

    assert same(results["last_profit"], profit if profit is gr.UNKNOWN else euro(profit))
    assert same(results["signed_profit"], signed if signed is gr.UNKNOWN else euro(signed))
    for name, figure in (("last_seat", "seat"), ("last_kind", "kind"), ("last_signed", "signed")):
        assert same(results[name], first(reports, "year", figure, reverse=True)), name
    assert same(results["first_day"], first(reports, "paid_on", "paid_on"))


@given(reports=REPORTS)
def test_the_first_two_are_those_of_a_sorted_list(reports):
    results = found(reports)
    two, days = top(reports, "year", 2), top([r for r in reports if r["signed"]], "paid_on", 2)

    if two is not None:
        assert results["of_two"] == euro(sum(r["profit"] for r in two))
    elif all(r["profit"] for r in reports):  # Which of several lines of nothing is taken does not matter.
        assert same(results["of_two"], gr.UNKNOWN)
    assert same(results["of_two_days"], gr.UNKNOWN if days is None else len(days))


@given(reports=REPORTS)
def test_others_are_all_lines_but_one(reports):
    results = found(reports)
    places = range(len(reports))
    others = [[reports[j] for j in places if j != i] for i in places]

    beside = sum(r["profit"] for i in places for r in others[i] if r["kind"] == reports[i]["kind"])
    as_old = sum(r["year"] == reports[i]["year"] for i in places for r in others[i])
    lonely = sum(all(r["year"] != reports[i]["year"] for r in others[i]) for i in places)
    assert results["others"] == euro(beside)
    assert results["same_year"] == as_old
    assert results["lonely"] == lonely


@given(reports=REPORTS)
def test_so_far_adds_up_what_is_earlier_in_the_group(reports):
    def group(each):
        return each["kind"], each["paid_on"].year

    results = found(reports)
    tied = len({(group(r), r["paid_on"]) for r in reports}) < len(reports)
    earlier = sum(
        o["profit"] for r in reports for o in reports if group(o) == group(r) and o["paid_on"] < r["paid_on"]
    )

    assert same(results["earlier"], gr.UNKNOWN if tied else euro(earlier))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2020-03-01", 1),
        ("2020-02-29", 1),
        ("2020-02-28", 0),
        ("2021-02-27", 1),
        ("2022-03-01", 3),
        ("2018-01-01", -2),
    ],
)
def test_the_years_of_the_programme_begin_on_its_day(day, year):
    report = {"year": 2001, "profit": 0, "seat": "BE", "kind": "full", "signed": True}

    assert found([{**report, "paid_on": dt.date.fromisoformat(day)}])["call_years"] == year


def test_a_record_of_two_lists_does_not_say_which_list_its_other_lines_are_of():
    with pytest.raises(gr.ProgrammeError) as refused:
        gr.compile("""language English

programme tests.two_lists "Two lists"
  currency  EUR

record line
  amount  money

application
  paid     list of line (at most 5)
  planned  list of line (at most 5)

define line's beside = total amount of other paid

result beside_paid = total beside of paid
""")

    assert [problem.code for problem in refused.value.problems] == ["GR331"]
