"""Generated applications as a test author narrows them: made without long searches, at their limits, and small when they fail."""

from random import Random

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

import grantrules as gr
from grantrules import resources
from grantrules.core import ir
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.reference import evaluate
from grantrules.properties.draft import Draft, of_facts
from grantrules.properties.fresh import Notebook, RandomChooser
from grantrules.properties.making import Applications, Wanted
from grantrules.properties.plainer import Pieces
from grantrules.properties.probe import Probe
from grantrules.properties.programmes import random_program
from grantrules.properties.written import example
from grantrules.suite import boundary_applications, given_application

SMALL = """
language English

programme test.small "Small"
  currency  TRY

record cost
  kind    one of machine "Machine", works "Works"
  amount  money (at least 0 TRY)
  remark  text (optional)

application
  online   yes/no
  staff    whole number (at least 0)
  partner  yes/no (no if absent)
  share    rate (only when partner)
  costs    list of cost (at most 30)

require small_enough "Fewer than 250 people"
  staff is less than 250

require more_than_nobody "Somebody"
  staff is at least 1

require online "Sent in online"
  online

parameter most "How much at most?"  money in TRY
  100 000 TRY

support grant "Half of it"
  from costs counting amount
  rate half "Half"
    50%
  support ceiling ceiling "As much as that"
    together at most most
    excess is cut pro rata
  rounding down in steps of 0.01 TRY, once at the end
"""


def small(text: str = SMALL) -> gr.Programme:
    return gr.compile(text)


def bundled(name: str) -> gr.Programme:
    return gr.load(resources.bundled(name))


# ---- made without long searches --------------------------------------------------------------------------------------

# Each of these took Hypothesis too long, or too many applications were thrown away.
HARD = [
    ("eu/cosme_clusterxchange_2020", "half_with_smes", True),
    ("tr/kdp_2023", "mostly_manufacturing", True),
    ("tr/urge_2010_8", "ten_places", False),
    ("tr/urge_brop_reform", "ten_missions", True),
    ("tr/ustd_tr72_2023", "per_project", False),
    ("tr/ustd_tr72_2023", "sme_ceiling", True),
]


@pytest.mark.parametrize(("name", "near", "eligible"), HARD)
def test_an_application_near_a_limit_is_found_without_throwing_others_away(monkeypatch, name, near, eligible):
    """Of three that are drawn, two are made of one that is known to be there; and what is drawn is always there."""
    made = Applications(bundled(name)._program)
    wanted = Wanted(made.near(near), eligible)
    made.known(wanted)
    anew = []
    draft = Applications.draft
    monkeypatch.setattr(Applications, "draft", lambda *a, **k: anew.append(1) or draft(*a, **k))
    drawn = [made.wanted(RandomChooser(seed), wanted) for seed in range(24)]

    assert all(each is not None and made.fits(each, wanted) for each in drawn)
    assert len({str(each.data) for each in drawn}) >= 12  # Another one nearly every time, all the same.
    assert len(anew) <= len(drawn) / 2


def test_what_is_drawn_is_thrown_away_only_where_something_was_taken_from_it():
    """Hypothesis begins with a few that are as plain as can be; from then on every application is as it is wanted."""
    drawn, kept = [], []
    strategy = bundled("tr/ustd_tr72_2023").applications(near="per_project", eligible_only=True)

    @st.composite
    def counted(draw):
        drawn.append(1)
        kept.append(draw(strategy))

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(counted())
    def draw(_):
        pass

    draw()
    assert len(kept) >= 40
    assert len(drawn) - len(kept) <= 12


def test_what_rows_say_is_not_read_again_while_another_list_is_changed():
    """A row that says what it said keeps what was computed for it, unless that reads what was changed."""
    program = bundled("tr/urge_2010_8")._program
    made = Applications(program)
    draft = made.at(made.near("five_places")[0])
    read = made.maker.reads
    probe = Probe(draft, read)
    before = probe.field(probe.application, "programmes_abroad").rows
    (paid,) = [each for each in program.computed if each.about.name == "share_paid"]
    for row in before:
        probe.field(row, "share_paid"), probe.field(row, "cost")

    later = probe.after(draft, frozenset({"programme_expenses"}))
    after = later.field(later.application, "programmes_abroad").rows
    assert "programme_expenses" not in read.of(paid.value)
    assert all(
        row.read["share_paid"] == old.read["share_paid"] for row, old in zip(after, before, strict=True)
    )
    assert all("cost" not in row.read for row in after)  # It adds up the expenses.


@pytest.mark.parametrize("source", ["tr/urge_2010_8", "eu/cosme_clusterxchange_2020", *range(40)])
def test_a_changed_application_is_read_as_if_nothing_had_been_read_before(source):
    """What was computed before a change and still holds is not computed again; it is what it would be."""
    named = isinstance(source, str)
    program = bundled(source)._program if named else random_program(Random(source), 1 + source % 4)
    made = Applications(program)
    chooser = RandomChooser(7)
    aim = made.maker.aim(made.whichever(chooser), chooser)
    for _ in range(12):
        aim.refresh_one()
        later, anew = aim.probe, Probe(aim.draft)
        for test in made.landscape.tests:
            assert list(made.landscape.gaps(later, test)) == list(made.landscape.gaps(anew, test))
        whole = [name for name in later.figures if "'s " not in name]
        assert [later.figures[name] for name in whole] == [anew.figures[name] for name in whole]


OVER_TWO = """
language English

programme test.two "Two under one ceiling"
  currency  TRY

application
  first   money (at least 0 TRY)
  second  money (at least 0 TRY)

support one "All of the first"
  from first

support other "All of the second"
  from second

support ceiling both "100 TRY in all"
  over one, other
  together at most 100 TRY
  excess is cut pro rata

define paid_of_one = one
"""


def test_a_support_under_a_ceiling_over_several_hangs_on_all_of_them():
    made = Applications(gr.compile(OVER_TWO)._program)
    aim = made.maker.aim(made.draft(Notebook(), way="any", points=()), Notebook())
    aim.put(("first",), 10_000)
    aim.put(("second",), 0)
    before = aim.probe.figures["paid_of_one"]
    aim.put(("second",), 30_000)

    assert (before, aim.probe.figures["paid_of_one"]) == (100, 25)


@pytest.mark.parametrize("source", ["tr/urge_2010_8", "tr/urge_brop_reform", *range(40)])
def test_who_is_eligible_is_who_the_decision_finds_eligible(source):
    """Where rows read other lists it is found out in another way, which is quicker there."""
    named = isinstance(source, str)
    program = bundled(source)._program if named else random_program(Random(source), 1 + source % 4)
    made = Applications(program)
    drafts = [made.whichever(RandomChooser(seed)) for seed in range(12 if named else 6)]

    for draft in drafts:
        assert made.is_eligible(draft) is (eligible(program, evaluate(program, draft.facts())).answer is True)


# ---- what there is none of ---------------------------------------------------------------------------------------------


def test_a_limit_at_which_nothing_is_eligible_is_refused_at_once():
    programme = small(SMALL.replace("staff is at least 1\n", "staff is at most 10\n"))

    with pytest.raises(
        ValueError, match="No eligible application was found at a limit of 'small_enough', as"
    ):
        programme.applications(near="small_enough", eligible_only=True)


def test_facts_with_which_nothing_is_eligible_are_refused_at_once():
    with pytest.raises(ValueError, match="No eligible application was found with these facts: online, as"):
        small().applications(with_={"online": False}, eligible_only=True)


def test_a_programme_under_which_nobody_is_eligible_says_so():
    with pytest.raises(ValueError, match="No eligible application was found, as the parameters are set"):
        small(SMALL.replace("  online\n\nparam", "  online\n  not online\n\nparam")).applications(
            eligible_only=True
        )


def test_a_side_on_which_nothing_is_eligible_is_left_out():
    @settings(max_examples=25)
    @given(small().applications(near="small_enough", eligible_only=True))
    def drawn(application):
        assert application["staff"] == 249

    drawn()


# ---- every limit on every run ------------------------------------------------------------------------------------------


def test_those_at_the_limits_are_narrowed_too():
    assert {each["staff"] for each in boundary_applications(small(), near="small_enough")} == {249, 250, 251}


def test_eligible_ones_at_the_limits_are_eligible():
    programme = small()
    found = boundary_applications(programme, eligible_only=True)

    assert found
    assert all(programme.decide(each).eligible for each in found)
    assert {each["staff"] for each in found} >= {1, 249}


def test_facts_of_your_own_are_put_into_those_at_the_limits():
    """Of a strategy its simplest value."""
    found = boundary_applications(small(), with_={"online": False, "staff": st.integers(7, 9)})

    assert found
    assert {(each["online"], each["staff"]) for each in found} == {(False, 7)}


def test_those_at_the_limits_are_at_the_limits_of_the_reading():
    programme = small()
    other = {"most": "500.00"}
    found = boundary_applications(programme, near="ceiling", parameters=other)
    costs = {programme.decide(each, parameters=other).supports["grant"].eligible_cost.units for each in found}

    assert len(costs) == 3
    assert all(99_998 <= each <= 100_002 for each in costs)


def test_something_is_left_out_of_those_at_the_limits_where_they_are_to_be_partial():
    programme = small()
    found = boundary_applications(programme, near="small_enough", partial=True)

    assert all(not programme.prepare(each).complete for each in found)
    assert {each.get("staff") for each in found} == {249, 250, 251}  # What is left out is something else.


def test_the_decorator_hands_its_narrowing_to_those_at_the_limits():
    programme, seen = small(), []

    @settings(max_examples=1)
    @given_application(
        programme, boundaries=True, near="small_enough", eligible_only=True, with_={"partner": False}
    )
    def met(application):
        seen.append(application)

    met()
    assert {each["staff"] for each in seen} == {249}
    assert not any(each.get("partner") for each in seen)


# ---- what fails is small -----------------------------------------------------------------------------------------------


def smallest(programme: gr.Programme, shows, **narrowing) -> tuple[dict, int]:
    """The smallest application that shows something, and how many lines it has as an example."""
    found = find(
        programme.applications(**narrowing),
        shows,
        settings=settings(max_examples=400, database=None),
        random=Random(1),
    )
    text = example(of_facts(programme._program, programme._makers().read(found)), "found")
    print(text)
    return found, text.count("\n")


def fails(programme: gr.Programme, rule: str):
    return lambda each: rule in {failed.name for failed in programme.decide(each).failed}


def test_a_failure_has_plain_values_and_nothing_that_does_not_matter():
    programme = small()
    found, _ = smallest(programme, fails(programme, "small_enough"))

    assert found == {"online": False, "staff": 250, "costs": []}


def test_what_is_eligible_stays_so_while_it_is_made_small():
    programme = small()
    found, _ = smallest(programme, lambda each: programme.decide(each).eligible is not False)

    assert programme.decide(found).eligible


def test_a_ceiling_that_cuts_is_shown_by_one_line():
    programme = small()
    found, _ = smallest(programme, lambda each: bool(programme.decide(each).supports["grant"].binding))
    (cost,) = found["costs"]

    assert cost["kind"] == "machine"
    assert "remark" not in cost


def test_near_a_limit_what_fails_stays_there():
    programme = small()
    found, _ = smallest(programme, lambda each: each["staff"] > 249, near="small_enough")

    assert found["staff"] in {250, 251}
    assert found["costs"] == []


@pytest.mark.parametrize(
    ("name", "rule", "lines"),
    [
        ("tr/kdp_2023", "supported_areas", 16),  # 34 lines, when every choice of the making was shrunk.
        ("tr/ustd_tr72_2023", "in_kayseri", 35),
    ],
)
def test_a_failure_under_a_bundled_programme_fits_a_page(name, rule, lines):
    programme = bundled(name)
    _, found = smallest(programme, fails(programme, rule))

    assert found <= lines


def with_fewest_pieces(draft: Draft, shows) -> Draft:
    """What is left where pieces are taken away as long as it shows something, whole parts first: what Hypothesis does."""
    pieces = Pieces(draft)
    kept = [[True] * number for number in pieces.parts]
    for at, part in enumerate(kept):
        tried = [range(len(part)), *([number] for number in range(len(part)))]
        for some in tried:
            other = [number not in some and keeps for number, keeps in enumerate(part)]
            if other != part and shows(pieces.plainer([*kept[:at], other, *kept[at + 1 :]])):
                kept[at] = part = other
    return pieces.plainer(kept)


PAGES = [
    ("tr/kdp_2012", 25),
    ("tr/kdp_2023", 25),
    ("tr/ustd_tr72_2023", 40),
    ("tr/cluster_stage", 45),
    ("tr/urge_2010_8", 30),
    ("tr/urge_brop_reform", 30),
    ("eu/cosme_clusterxchange_2020", 30),
]


@pytest.mark.parametrize(("name", "lines"), PAGES)
def test_an_eligible_application_of_any_programme_is_made_small(name, lines):
    """A hundred rows may be there because a limit asks for them, but they are alike: a table of them is short."""
    made = Applications(bundled(name)._program)
    drafts = [made.wanted(RandomChooser(seed), Wanted(eligible=True)) for seed in range(2)]

    for draft in drafts:
        small_one = with_fewest_pieces(draft, made.is_eligible)
        text = example(small_one, "found")
        print(text)
        assert text.count("\n") <= lines


# ---- pieces --------------------------------------------------------------------------------------------------------------


def pieces() -> tuple[Draft, Pieces]:
    programme = small()
    made = Applications(programme._program)
    draft = made.draft(Notebook(), way="eligible", points=())
    draft.data |= {
        "staff": 137,
        "costs": [
            {"kind": "works", "amount": 123_456, "remark": "1"},
            {"kind": "works", "amount": 7, "remark": ir.UNKNOWN},
        ],
    }
    return draft, Pieces(draft)


def test_an_application_with_all_its_pieces_is_as_it_was():
    draft, found = pieces()

    assert found.plainer([[True] * number for number in found.parts]).data == draft.data


def test_without_pieces_there_are_no_rows_and_the_plainest_values():
    _, found = pieces()
    plain = found.plainer([[False] * number for number in found.parts]).data

    assert (plain["costs"], plain["staff"], plain["online"]) == ([], 10, False)


def test_a_locked_fact_has_no_pieces():
    draft, _ = pieces()
    locked = Draft(draft.program, draft.data, frozenset({"costs", "staff"}))
    found = Pieces(locked)
    plain = found.plainer([[False] * number for number in found.parts]).data

    assert (plain["costs"], plain["staff"]) == (draft.data["costs"], 137)
