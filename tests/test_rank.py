"""The applications of a call together: their order, who is funded, why, and what never changes."""

import json
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grantrules as gr
from grantrules.cli import main
from storing import stored

CALL = """language English

programme docs.call "A call with a budget"
  currency    EUR
  time zone   Europe/Brussels

source call "The call"

parameter pot "The budget of the call"  money
  6 000 000 EUR

application
  submitted     "Submitted at"       moment
  mark          "Evaluation score"   points
  asked         "Support asked for"  money (at least 0 EUR)
  accepts_less  "Would take less"    yes/no

require good_enough "At least 50 points"
  mark is at least 50 points

support grant
  from asked

  support ceiling most "At most half a million"
    at most 500 000 EUR
    excess is trimmed

ranking by_mark "By evaluation score"
  tr "Değerlendirme puanına göre"
  cites call "the best first"
  order by  mark, highest first
"""
BUDGET = "  budget  pot\n  if one does not fit  "
STOP, SKIP, PART = f"{BUDGET}stop\n", f"{BUDGET}skip it\n", f"{BUDGET}pay it in part\n"
TENDER = "  then by  submitted, earliest first\n"
RESERVE = "  reserve list  at most 20\n"


def programme(*lines: str) -> gr.Programme:
    return gr.compile(CALL + "".join(lines))


def application(mark: int, asked: int | str, **more: Any) -> dict[str, Any]:
    return {"mark": str(mark), "asked": f"{asked}.00", "submitted": "2021-03-01T10:00:00Z", **more}


def cosme() -> dict[str, dict[str, Any]]:
    """COSME-12: eleven that ask for 500 000, two for 300 000, one for 100 000."""
    asked = [500_000] * 11 + [300_000, 300_000, 100_000]
    return {f"P{n:02}": application(100 - n, amount) for n, amount in enumerate(asked, 1)}


def euros(amount: int) -> gr.Money:
    return gr.Money(amount, "EUR")


def ids(entries: tuple[gr.RankedApplication, ...]) -> list[str]:
    return [entry.id for entry in entries]


FIRST_TWELVE = [f"P{n:02}" for n in range(1, 13)]


# ---- one that does not fit ---------------------------------------------------------------------------------------


def test_the_ranking_stops_at_the_first_that_does_not_fit():
    ranking = programme(STOP, RESERVE).rank(cosme())

    assert ids(ranking.funded) == FIRST_TWELVE
    assert ranking.spent == euros(5_800_000)
    assert ranking.left == euros(200_000)
    assert ids(ranking.reserve) == ["P13", "P14"]
    assert [entry.reserve for entry in ranking.reserve] == [1, 2]
    assert ranking.final


def test_it_is_paid_in_part():
    ranking = programme(PART, RESERVE).rank(cosme())

    assert ranking["P13"].status == "funded_in_part"
    assert ranking["P13"].funded == euros(200_000)
    assert ranking.spent == ranking.budget == euros(6_000_000)
    assert ids(ranking.reserve) == ["P14"]


def test_it_is_skipped_and_the_next_one_is_tried():
    ranking = programme(SKIP, RESERVE).rank(cosme())

    assert ids(ranking.funded) == [*FIRST_TWELVE, "P14"]
    assert ranking.spent == euros(5_900_000)
    assert ids(ranking.reserve) == ["P13"]


def test_no_more_than_twelve_are_awarded():
    ranking = programme(SKIP, RESERVE, "  awards  at most 12\n").rank(cosme())

    assert ids(ranking.funded) == FIRST_TWELVE
    assert ranking.spent == euros(5_800_000)
    assert ids(ranking.reserve) == ["P13", "P14"]


def test_it_is_paid_in_part_where_the_applicant_takes_less():
    asked = cosme()
    asked["P13"]["accepts_less"] = False
    asked["P14"] = application(86, 300_000, accepts_less=True)
    rules = programme(f"{BUDGET}pay it in part where accepts_less, otherwise skip it\n")

    ranking = rules.rank(asked)

    assert ranking["P13"].status == "not_funded"
    assert ranking["P14"].funded == euros(200_000)


def test_otherwise_the_ranking_stops():
    asked = cosme()
    asked["P13"]["accepts_less"] = False
    rules = programme(f"{BUDGET}pay it in part where accepts_less, otherwise stop\n")

    assert ids(rules.rank(asked).funded) == FIRST_TWELVE


def test_whether_the_applicant_takes_less_is_asked_only_where_it_matters():
    rules = programme(f"{BUDGET}pay it in part where accepts_less, otherwise skip it\n")

    ranking = rules.rank(cosme())

    assert [e.id for e in ranking.entries if e.status == "not_decided"] == ["P13"]
    assert "Would take less" in ranking["P13"].reason
    assert not ranking.final


def test_what_is_left_is_paid_in_whole_cents():
    asked = {"A": application(90, 50), "B": application(80, 60)}

    ranking = programme(PART).rank(asked, parameters={"pot": "99.99"})

    assert ranking["B"].funded == gr.Money("49.99", "EUR")


def test_a_ranking_may_give_places_and_no_money():
    ranking = programme("  awards  at most 2\n").rank(cosme())

    assert ids(ranking.funded) == ["P01", "P02"]
    assert ranking.budget is ranking.spent is ranking.left is ranking["P01"].funded is None


# ---- sharing -----------------------------------------------------------------------------------------------------


def shared(how: str, pot: str, *, more: str = "") -> dict[str, str]:
    rules = programme(f"{BUDGET}share the budget among all, {how}\n", more)
    asked = {"A": application(90, 300), "B": application(60, 300), "C": application(50, 30)}
    ranking = rules.rank(asked, parameters={"pot": pot})
    return {e.id: e.funded.amount for e in ranking.entries if e.funded is not None}


def test_the_budget_is_shared_in_proportion_to_the_amounts_asked():
    assert shared("in proportion to the amounts asked", "63.00") == {"A": "30.00", "B": "30.00", "C": "3.00"}


def test_the_budget_is_shared_in_equal_parts_and_the_rest_again():
    """A third would be 40.00; C asks for 30.00, and the 10.00 over go to the others."""
    assert shared("in equal parts", "120.00") == {"A": "45.00", "B": "45.00", "C": "30.00"}


def test_the_budget_is_shared_by_points():
    assert shared("in proportion to mark", "200.00") == {"A": "102.00", "B": "68.00", "C": "30.00"}


def test_cents_go_to_the_largest_remainder_and_then_to_the_better_placed():
    assert shared("in equal parts", "40.00") == {"A": "13.34", "B": "13.33", "C": "13.33"}


def test_nothing_is_shared_where_the_budget_is_enough():
    assert shared("in equal parts", "1000.00") == {"A": "300.00", "B": "300.00", "C": "30.00"}


def test_the_first_ones_share_where_the_awards_are_limited():
    assert shared("in equal parts", "100.00", more="  awards  at most 2\n") == {"A": "50.00", "B": "50.00"}


def test_those_behind_a_limited_sharing_wait_in_their_order():
    """They are not equal, so that the one place on the reserve list is no question."""
    rules = programme(
        f"{BUDGET}share the budget among all, in equal parts\n  awards  at most 1\n  reserve list  at most 1\n"
    )
    ranking = rules.rank({"A": application(90, 30), "B": application(60, 30), "C": application(55, 30)})

    assert [entry.status for entry in ranking.entries] == ["funded", "reserve", "not_funded"]


SHARED = """language English

programme docs.shared "Towns"
  currency EUR

parameter pot "The envelope"  money
  1 000 EUR

application
  need       whole number (at least 0)
  last_year  money (at least 0 EUR)
  asked      money (at least 0 EUR)
  region     one of north "North", south "South"

table envelope by region
  north | 300 EUR
  south | 70 EUR

support grant
  from asked

"""
ENVELOPE = "ranking shared\n  budget  pot\n  if one does not fit  share the budget among all, in proportion to need\n"


def towns_get(*lines: str, pot: str = "1000.00", **towns: tuple[int, str, str]) -> dict[str, str]:
    """What each town gets: of its need, last year's amount, and what it asks."""
    given = {
        name: {"need": str(need), "last_year": f"{last}.00", "asked": f"{asked}.00", "region": "north"}
        for name, (need, last, asked) in towns.items()
    }
    ranking = gr.compile(SHARED + ENVELOPE + "".join(lines)).rank(given, parameters={"pot": pot})
    return {entry.id: entry.funded.amount if entry.funded else "" for entry in ranking.entries}


def test_what_comes_first_is_paid_beside_the_share():
    """400 of 1 000 come first; the 600 that are left go 1 to 2."""
    got = towns_get("  first to each  last_year\n", A=(1, 300, 2000), B=(2, 100, 2000))

    assert got == {"A": "500.00", "B": "500.00"}


def test_at_least_raises_a_share_and_the_others_bear_it():
    got = towns_get("  each at least  last_year\n", A=(1, 400, 2000), B=(2, 100, 2000))

    assert got == {"A": "400.00", "B": "600.00"}


def test_growth_is_limited_and_the_rest_is_shared_again():
    got = towns_get(
        "  each at most  120% of last_year\n", A=(1, 500, 2000), B=(2, 100, 2000), C=(1, 1000, 2000)
    )

    assert got == {"A": "440.00", "B": "120.00", "C": "440.00"}


def test_where_growth_is_limited_for_all_something_is_left():
    got = towns_get("  each at most  120% of last_year\n", A=(1, 500, 2000), B=(2, 100, 110))

    assert got == {"A": "600.00", "B": "110.00"}


def test_nobody_gets_more_first_than_it_asks():
    assert towns_get("  first to each  last_year\n", A=(1, 900, 200), B=(1, 0, 2000)) == {
        "A": "200.00",
        "B": "800.00",
    }


def test_what_is_set_aside_is_given_to_nobody():
    ranking = gr.compile(SHARED + ENVELOPE + "  set aside  10% of pot\n").rank(
        {"A": {"need": "1", "last_year": "0.00", "asked": "5000.00", "region": "north"}}
    )

    assert (ranking.set_aside, ranking.spent, ranking.left) == (euros(100), euros(900), euros(0))
    assert "set aside 100.00 EUR" in ranking.explain()


def test_guarantees_above_the_budget_are_refused_with_both_figures():
    with pytest.raises(gr.RankingError) as refused:
        towns_get("  first to each  last_year\n", A=(1, 600, 2000), B=(2, 401, 2000))

    (problem,) = refused.value.problems
    assert (problem.code, problem.needed, problem.there) == ("GR675", "1001.00 EUR", "1000.00 EUR")


@given(
    st.lists(st.tuples(*[st.integers(0, 30)] * 5), min_size=1, max_size=6),
    st.integers(0, 2000),
)
def test_shares_are_in_proportion_between_their_bounds(towns, pot):
    """Whoever is strictly between its bounds gets what came first and one factor times its need, to a cent."""
    lines = (
        "  first to each  last_year * 0.5\n",
        "  each at least  last_year\n",
        "  each at most  last_year + cap\n",
    )
    text = SHARED.replace("  region ", "  cap  money (at least 0 EUR)\n  region ") + ENVELOPE + "".join(lines)
    rows = {
        f"T{n}": {
            "need": str(a),
            "last_year": f"{b}.00",
            "cap": f"{c}.{d:02}",
            "asked": f"{b + e}.00",
            "region": "north",
        }
        for n, (a, b, c, d, e) in enumerate(towns)
    }
    least = sum(b for _, b, _, _, _ in towns)
    programme_ = _compiled(text)
    if least > pot:
        with pytest.raises(gr.RankingError):
            programme_.rank(rows, parameters={"pot": f"{pot}.00"})
        return
    ranking = programme_.rank(rows, parameters={"pot": f"{pot}.00"})
    most = {
        f"T{n}": min(Fraction(b + e), b + c + Fraction(d, 100)) for n, (_, b, c, d, e) in enumerate(towns)
    }
    got = {e.id: e.funded.fraction if e.funded else Fraction(0) for e in ranking.entries}

    assert all(towns[int(name[1:])][1] <= each <= most[name] for name, each in got.items())
    needy = sum((most[f"T{n}"] if row[0] else Fraction(row[1])) for n, row in enumerate(towns))
    if sum(most.values()) > pot:
        assert ranking.spent.fraction == min(pot, needy)
        factors = [
            ((got[f"T{n}"] - Fraction(b, 2)) / a, Fraction(1, 100 * a))
            for n, (a, b, *_) in enumerate(towns)
            if a and b < got[f"T{n}"] < most[f"T{n}"]
        ]
        assert all(abs(x - y) <= dx + dy for x, dx in factors for y, dy in factors)


@cache
def _compiled(text: str) -> gr.Programme:
    return gr.compile(text)


BY_REGION = """ranking in_each_region
  per                  region
  budget               envelope
  set aside            10% of envelope
  order by             need, highest first
  reserve list         at most 1
  if one does not fit  stop
"""


def in_regions(text: str = BY_REGION) -> gr.Ranking:
    rows = [("A", 9, 200, "north"), ("B", 8, 60, "south"), ("C", 7, 60, "north"), ("D", 6, 60, "south"),
            ("E", 5, 20, "north"), ("F", 4, 20, "south")]  # fmt: skip
    given = {
        name: {"need": str(need), "last_year": "0.00", "asked": f"{asked}.00", "region": region}
        for name, need, asked, region in rows
    }
    return gr.compile(SHARED + text).rank(given)


def test_each_group_has_its_budget_its_order_and_its_reserve_list():
    ranking = in_regions()

    assert [(e.id, e.group, e.position, e.status) for e in ranking.entries] == [
        ("A", ("north",), 1, "funded"),
        ("C", ("north",), 2, "funded"),
        ("E", ("north",), 3, "reserve"),
        ("B", ("south",), 1, "funded"),
        ("D", ("south",), 2, "reserve"),
        ("F", ("south",), 3, "not_funded"),
    ]
    assert [(g.key, g.budget, g.set_aside, g.spent, g.left) for g in ranking.groups] == [
        (("north",), euros(300), euros(30), euros(260), euros(10)),
        (("south",), euros(70), euros(7), euros(60), euros(3)),
    ]
    assert (ranking.budget, ranking.spent, ranking.left) == (None, euros(320), None)
    assert ranking.to_dict()["groups"][1]["title"] == "region: South"
    assert (
        "region: South: budget 70.00 EUR, set aside 7.00 EUR, spent 60.00 EUR, left 3.00 EUR"
        in ranking.explain()
    )
    assert "Place 2 of 3" in ranking["D"].reason


def test_a_budget_of_a_group_may_read_what_the_group_is_made_by_and_nothing_else():
    assert [p.code for p in gr.check(SHARED + ENVELOPE + BY_REGION)] == []
    assert [
        p.code for p in gr.check(SHARED + ENVELOPE + BY_REGION.replace("  per                  region\n", ""))
    ] == [
        "GR472",
        "GR472",
    ]
    for more in ("last_year", "last_year + envelope", "envelope + last_year"):
        assert [p.code for p in gr.check(SHARED + ENVELOPE + BY_REGION.replace("10% of envelope", more))] == [
            "GR472"
        ]


def test_nobody_applied_in_any_group():
    ranking = gr.compile(SHARED + BY_REGION).rank({})

    assert (ranking.entries, ranking.groups, ranking.spent) == ((), (), euros(0))


def test_the_data_of_an_award_list_are_in_the_language_asked_for():
    ranking = in_regions()

    assert "Place 1" in json.dumps(ranking.to_dict(language="en"))
    assert "Place 1" not in json.dumps(ranking.to_dict(language="tr"), ensure_ascii=False)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_an_award_list_reads_as_it_is_stored(language):
    """Paid in part, on the reserve list, in groups, with applications that are not decided or not eligible."""
    of_all = cosme() | {"P15": {"mark": "84"}, "P16": application(20, 1)}
    lists = [
        programme(PART, RESERVE, TENDER).rank(of_all),
        in_regions(),
        gr.compile(SHARED + BY_REGION).rank({}),
    ]
    text = "\n\n".join(each.explain(language) for each in lists)

    assert text == stored(f"rankings/lists.{language}.txt", text)


# ---- ties --------------------------------------------------------------------------------------------------------


def test_a_tie_that_decides_who_is_funded_is_refused_by_name():
    asked = {"A": application(90, 60), "B": application(80, 60), "C": application(80, 60)}

    with pytest.raises(gr.RankingError) as refused:
        programme(STOP).rank(asked, parameters={"pot": "130.00"})

    (problem,) = refused.value.problems
    assert problem.code == "GR671"
    assert "B, C" in problem.words("en").why


def test_a_tie_break_settles_it():
    asked = {
        "A": application(80, 60, submitted="2021-03-01T10:00:01Z"),
        "B": application(80, 60, submitted="2021-03-01T10:00:00Z"),
    }

    ranking = programme(STOP, TENDER).rank(asked, parameters={"pot": "70.00"})

    assert ids(ranking.funded) == ["B"]


@pytest.mark.parametrize("pot", ["300.00", "10.00"])
def test_a_tie_that_changes_nothing_is_left_as_it_is(pot: str):
    """All of them fit, or none does: equal ones share the better place."""
    asked = {
        "A": application(90, 60),
        "B": application(80, 60),
        "C": application(80, 70),
        "D": application(70, 20),
    }

    ranking = programme(STOP).rank(asked, parameters={"pot": pot})

    assert [(e.id, e.position) for e in ranking.entries] == [("A", 1), ("B", 2), ("C", 2), ("D", 4)]


@pytest.mark.parametrize(("left", "refused"), [("10.01", True), ("10.00", False)])
def test_a_cent_that_one_of_two_equals_could_get_in_part_makes_the_tie_matter(left: str, refused: bool):
    asked = {"A": application(90, 10), "B": application(80, 60), "C": application(80, 60)}
    rules = programme(PART)
    try:
        ranking = rules.rank(asked, parameters={"pot": left})
    except gr.RankingError:
        assert refused
    else:
        assert not refused
        assert ids(ranking.funded) == ["A"]


def test_a_tie_on_the_reserve_list_is_refused():
    asked = {"A": application(90, 60), "B": application(80, 60), "C": application(80, 60)}

    with pytest.raises(gr.RankingError):
        programme(STOP, RESERVE).rank(asked, parameters={"pot": "10.00"})


# ---- what has no place -------------------------------------------------------------------------------------------


def test_who_is_not_eligible_has_no_place_and_is_told_why():
    ranking = programme(STOP).rank({**cosme(), "X": application(40, 10)})

    assert ranking["X"].status == "not_eligible"
    assert ranking["X"].position is None
    assert ranking["X"].reason == "Not eligible: At least 50 points."
    assert ranking["X"].reason_in("tr").startswith("Uygun değil: ")


def test_what_is_not_decided_is_reported_and_never_ranked():
    unknown = {"asked": "10.00", "submitted": "2021-03-01T10:00:00Z"}

    ranking = programme(STOP).rank({**cosme(), "U": unknown})

    assert ranking["U"].status == "not_decided"
    assert "Evaluation score is not known yet" in ranking["U"].reason
    assert not ranking.final
    assert "not final" in ranking.explain()


def test_an_eligible_application_without_its_tie_break_is_not_ranked():
    late = application(99, 10)
    del late["submitted"]

    ranking = programme(STOP, TENDER).rank({**cosme(), "U": late})

    assert ranking["U"].decision.eligible is True
    assert ranking["U"].status == "not_decided"


def test_every_mistake_in_every_application_is_told_with_its_name():
    with pytest.raises(gr.ApplicationError) as refused:
        programme(STOP).rank({"A": {"mrk": "1"}, "B": {"asked": "much"}, "C": application(80, 60)})

    assert [p.path for p in refused.value.problems] == ["A: mrk", "B: asked"]


def test_two_applications_of_one_name_are_refused():
    with pytest.raises(gr.RankingError) as refused:
        programme(STOP).rank([("A", application(80, 60)), ("A", application(70, 60))])

    assert [p.code for p in refused.value.problems] == ["GR672"]


def test_a_ranking_is_named_where_there_are_several():
    rules = programme(STOP, "\nranking other\n  awards at most 1\n  order by asked, lowest first\n")

    with pytest.raises(ValueError, match="by_mark, other"):
        rules.rank(cosme())
    assert rules.rankings == ("by_mark", "other")
    assert ids(rules.rank(cosme(), ranking="other").funded) == ["P14"]


def test_nobody_applied():
    ranking = programme(STOP).rank({})

    assert ranking.entries == ()
    assert ranking.left == euros(6_000_000)


# ---- what is said ------------------------------------------------------------------------------------------------


def test_each_application_is_told_why_it_is_where_it_is():
    ranking = programme(STOP, RESERVE).rank(cosme())

    assert ranking["P13"].reason == (
        "Place 13 of 14 (Evaluation score: 87). It asks for 300,000.00 EUR. Only 200,000.00 EUR is left, so it does not"
        " fit, and the ranking stops here. It is number 1 on the reserve list."
    )
    assert "P13" in ranking["P14"].reason
    assert "Yedek listede 1. sırada" in ranking["P13"].reason_in("tr")


def test_a_ranking_is_plain_data():
    ranking = programme(STOP, RESERVE).rank(cosme())
    data = json.loads(ranking.to_json(language="tr"))

    assert data["title"] == "Değerlendirme puanına göre"
    assert data["spent"] == {"amount": "5800000.00", "currency": "EUR"}
    assert data["counts"]["reserve"] == 2
    assert data["entries"][12]["id"] == "P13"
    assert data["entries"][12]["keys"] == ["87"]
    assert data["citation"]["quote"] == "the best first"


# ---- what never changes ------------------------------------------------------------------------------------------

MANNERS = [
    STOP,
    SKIP,
    PART,
    f"{BUDGET}pay it in part where accepts_less, otherwise skip it\n",
    *(
        f"{BUDGET}share the budget among all, {how}\n"
        for how in ("in proportion to the amounts asked", "in equal parts", "in proportion to mark")
    ),
]


@cache
def programmes() -> list[gr.Programme]:
    return [programme(how, RESERVE) for how in MANNERS]


@st.composite
def calls(draw: st.DrawFn) -> tuple[gr.Programme, dict[str, Any], str]:
    """A programme, applications of different marks, and a budget that is enough for some of them."""
    marks = draw(st.lists(st.integers(40, 100), max_size=8, unique=True))
    asked = {
        f"P{n}": application(mark, draw(st.integers(0, 40)), accepts_less=draw(st.booleans()))
        for n, mark in enumerate(marks)
    }
    euros_, cents = divmod(draw(st.integers(0, 12000)), 100)
    return draw(st.sampled_from(programmes())), asked, f"{euros_}.{cents:02}"


@given(calls(), st.randoms())
def test_the_order_of_handing_in_means_nothing(call, shuffler):
    rules, asked, pot = call
    pairs = list(asked.items())
    shuffler.shuffle(pairs)

    one, other = (rules.rank(given, parameters={"pot": pot}).to_dict() for given in (asked, pairs))
    assert one == other


@given(calls())
def test_no_more_is_spent_than_there_is_and_nobody_gets_more_than_asked(call):
    rules, asked, pot = call
    ranking = rules.rank(asked, parameters={"pot": pot})
    given = sum(e.funded.fraction for e in ranking.funded)

    assert ranking.spent.fraction == given <= ranking.budget.fraction == Fraction(pot)
    assert ranking.left.fraction == Fraction(pot) - given
    assert all(e.funded <= e.asked for e in ranking.funded)
    assert {e.id for e in ranking.entries} == set(asked)


@given(calls())
def test_a_shared_budget_is_used_to_the_cent(call):
    rules, asked, pot = call
    ranking = rules.rank(asked, parameters={"pot": pot})
    wanted = sum(e.asked.fraction for e in ranking.entries if e.asked is not None and e.position)

    if rules in programmes()[4:]:
        assert ranking.spent.fraction == min(Fraction(pot), wanted)


@given(calls())
def test_those_funded_are_the_first_where_the_ranking_stops(call):
    _, asked, pot = call
    ranking = programmes()[0].rank(asked, parameters={"pot": pot})
    statuses = [e.status for e in ranking.entries if e.position is not None]

    assert statuses == sorted(statuses, key=["funded", "reserve", "not_funded"].index)


@given(calls(), st.integers(0, 40))
def test_one_more_at_the_end_changes_nothing_above_it(call, amount):
    _, asked, pot = call
    last = min([int(a["mark"]) for a in asked.values() if int(a["mark"]) >= 50], default=100) - 1
    if last < 50:
        return
    for rules in programmes()[:4]:
        before = rules.rank(asked, parameters={"pot": pot})
        after = rules.rank(
            {**asked, "Z": application(last, amount, accepts_less=True)}, parameters={"pot": pot}
        )

        assert [(e.id, e.status, e.funded) for e in after.entries if e.id != "Z"] == [
            (e.id, e.status, e.funded) for e in before.entries
        ]


# ---- in Turkish, and on the command line -------------------------------------------------------------------------

TURKISH = """dil Türkçe

program docs.cagri "Bütçeli bir çağrı"
  para birimi  TRY
  saat dilimi  Europe/Istanbul

başvuru
  başvuru_anı  "Başvuru anı"  an
  puanı        "Puanı"        puan
  istenen      "İstenen"      para (en az 0 TRY)
  azına_razı   "Azına razı"   evet/hayır

destek hibe
  tek tutar istenen

sıralama puana_göre "Puana göre"
  bütçe          1 000 TRY
  sıra           puanı, büyükten küçüğe
  eşitse         başvuru_anı, önce erken olan
  yedek liste    en fazla 1
  biri sığmazsa  azına_razı olan kısmen ödenir, diğerleri atlanır
"""


def test_a_turkish_programme_ranks_in_turkish():
    def asked(points: int, amount: int, *, less: bool) -> dict[str, Any]:
        return {"başvuru_anı": "2024-01-01T09:00:00Z", "puanı": points, "istenen": amount, "azına_razı": less}

    ranking = gr.compile(TURKISH).rank(
        {"A": asked(90, 800, less=False), "B": asked(80, 500, less=False), "C": asked(70, 500, less=True)}
    )

    assert [(e.id, e.status) for e in ranking.entries] == [
        ("A", "funded"),
        ("B", "reserve"),
        ("C", "funded_in_part"),
    ]
    assert "atlanıyor" in ranking["B"].reason
    assert ranking.explain().startswith(
        "Puana göre\nbütçe 1.000,00 TRY, harcanan 1.000,00 TRY, kalan 0,00 TRY\n"
    )


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "call.rules").write_text(CALL + STOP + RESERVE, encoding="utf-8")
    named = [{"id": name, **given} for name, given in cosme().items()]
    (tmp_path / "by_name.json").write_text(json.dumps(cosme()), encoding="utf-8")
    (tmp_path / "list.json").write_text(json.dumps(named), encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text("\n".join(map(json.dumps, named)), encoding="utf-8")
    for each in named:
        (tmp_path / f"{each['id']}.json").write_text(json.dumps(cosme()[each["id"]]), encoding="utf-8")
    return tmp_path


def ranked(capsys, *arguments: str) -> dict[str, Any]:
    assert main(["rank", "call.rules", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_applications_come_from_files_of_every_shape(call, capsys):
    whole = ranked(capsys, "by_name.json")

    assert whole["counts"] == {
        "funded": 12, "reserve": 2, "funded_in_part": 0, "not_funded": 0, "not_eligible": 0, "not_decided": 0,
    }  # fmt: skip
    assert ranked(capsys, "list.json") == ranked(capsys, "lines.jsonl") == whole
    assert ranked(capsys, *sorted(path.name for path in call.glob("P*.json"))) == whole


def test_a_ranking_is_read_on_the_terminal(call, capsys):
    assert main(["rank", "call.rules", "list.json", "--parameter", "pot=5000000.00"]) == 0

    out = capsys.readouterr().out
    assert out.startswith(
        "By evaluation score\nbudget 5,000,000.00 EUR, spent 5,000,000.00 EUR, left 0.00 EUR\n"
    )
    assert "  11. P11: reserve list\n" in out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[{"mark": "80"}]', "GR674"),
        ('[{"id": "A", "mark": "80"}, {"id": "A", "mark": "70"}]', "GR672"),
        ('[{"id": "A", "mrk": "80"}]', "GR501"),
        ("[1]", "GR503"),
        ('{"A": 1}', "GR503"),
        ("5", "GR503"),
        ('[{"id": "A"', "GR541"),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_problem(call, capsys, text: str, code: str):
    (call / "wrong.json").write_text(text, encoding="utf-8")

    assert main(["rank", "call.rules", "wrong.json"]) == 1
    assert code in capsys.readouterr().err


def test_a_tie_on_the_command_line_is_a_mistake_in_a_file(call, capsys):
    tied = {"A": application(80, 400_000), "B": application(80, 400_000)}
    (call / "tied.json").write_text(json.dumps(tied), encoding="utf-8")

    assert main(["rank", "call.rules", "tied.json", "--parameter", "pot=500000.00"]) == 1
    assert "GR671" in capsys.readouterr().err


def test_a_ranking_that_is_not_there_is_a_wrong_call(call, capsys):
    assert main(["rank", "call.rules", "list.json", "--ranking", "other"]) == 2
    assert "by_mark" in capsys.readouterr().err
    assert main(["rank", "tr.kdp_2023", "list.json"]) == 2
