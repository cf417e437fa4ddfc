"""Generated applications: they can be read, stand on the limits of the programme, and shrink to something readable."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

import grantrules as gr
from benchmarks import properties as measured
from grantrules import resources
from grantrules.core import ir
from grantrules.evaluate.reference import evaluate
from grantrules.properties.draft import of_facts
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.making import WAYS, Applications
from grantrules.properties.points import SIDES, nothing_given, side_of
from grantrules.properties.programmes import random_program
from grantrules.properties.written import example

PROGRAMMES = {
    name: gr.load(resources.programs() / "tr" / f"{name}.rules") for name in ("kdp_2023", "kdp_2012")
}
KDP_2023, KDP_2012 = PROGRAMMES["kdp_2023"], PROGRAMMES["kdp_2012"]
FEW = settings(max_examples=40, suppress_health_check=list(HealthCheck))

# 300 are measured with `make points`.  Where fewer are enough to reach nearly every limit, fewer are made here, so that
# the tests stay quick.
BUNDLED = sorted(
    path.relative_to(resources.programs()).with_suffix("").as_posix()
    for path in resources.programs().rglob("*.rules")
)
FEWER = {
    "eu/cosme_clusterxchange_2020": 140,
    "tr/cluster_stage": 200,
    "tr/kdp_2012": 130,
    "tr/kdp_2023": 110,
    "tr/urge_2010_8": 280,
    "tr/urge_brop_reform": 280,
    "tr/ustd_tr72_2023": 260,
    "lib/de_minimis": 250,
    "lib/sme_eu": 300,
    "lib/sme_tr": 200,
}

SMALL = """
language English

programme test.small "Small"
  currency  TRY
  time zone Europe/Istanbul
  nace      Rev. 2

record cost
  kind   one of machine "Machine", works "Works"
  amount money (at least 0 TRY)

application
  submitted date
  costs     list of cost (at most 50)
  staff     whole number (at least 0)
  partner   yes/no (no if absent)
  share     rate (only when partner)

require small_enough "Fewer than 250 people"
  staff is less than 250

require in_time "By the end of March"
  submitted is at most 2026-03-31

support grant "Half of it"
  from costs counting amount
  cost ceiling works "A quarter at most"
    where kind is works
    together at most 25% of total amount of costs
    excess is cut pro rata
  rate half "Half"
    50%
  support ceiling most "At most 100 000"
    together at most 100 000 TRY
    excess is cut pro rata
  rounding down in steps of 0.01 TRY, once at the end

example plain
  submitted 2026-01-01
  staff     10
  costs
    kind    | amount
    machine | 100 TRY
  expect grant is 50 TRY
"""


def makers(programme: gr.Programme) -> Applications:
    return Applications(programme._program)


JOINED = """
language English

programme test.joined "Expenses of events"
  currency  EUR

record event
  id  text

record expense
  event   text
  amount  money (at least 0 EUR)

application
  events    list of event (at most 40)
  expenses  list of expense (at most 500)

define expense's of_one_event
  exactly 1 of events where id is event

define event's cost = total amount of expenses where event is id and of_one_event

support grant "All of it"
  from events counting cost
  support ceiling each_event "At most 100 an event"
    each at most 100 EUR
    excess is trimmed
"""


# ---- boundaries ----------------------------------------------------------------------------------------------------


def bundled(path: str) -> Applications:
    return makers(gr.load(resources.programs() / f"{path}.rules"))


@pytest.mark.parametrize("path", BUNDLED)
def test_applications_stand_on_nearly_every_limit_and_many_are_eligible(path):
    """The bar: 95% of the points within 300 applications, and between a fifth and four fifths of them eligible."""
    found = measured.measure(bundled(path).program, number=FEWER.get(path, 100))
    print(measured.table([found]), measured.details(found), sep="\n")

    assert found.share_hit >= 0.95
    assert found.without == ()  # What luck leaves out is there as an explicit example.
    assert found.share_eligible is None or 0.2 <= found.share_eligible <= 0.8


@pytest.mark.parametrize("path", ["tr/kdp_2023", "tr/kdp_2012", "lib/sme_eu"])
def test_every_point_has_an_application_of_its_own(path):
    """The same on every run, whatever luck leaves out."""
    made = bundled(path)
    without = [str(point) for point in made.landscape.points if made.at(point) is None]

    assert without == []


# ---- what no application can be at -----------------------------------------------------------------------------------


def reasons(path: str) -> dict[str, str]:
    return {str(point): why for point, why in bundled(path).landscape.unreachable.items()}


@pytest.mark.parametrize(
    ("path", "point", "why"),
    [
        ("tr/kdp_2012", "just below the limit in ground_for_extension", "it is never below the limit"),
        (
            "tr/cluster_stage",
            "just above the limit in one_line_a_size",
            "never more different values than rows",
        ),
        (
            "eu/cosme_clusterxchange_2020",
            "at the limit in per_project",
            "moves in steps of 0.0075 and passes",
        ),
        (
            "tr/urge_brop_reform",
            "at the limit in training_never_above_all",
            "always 0.25 or more below the limit",
        ),
    ],
)
def test_a_point_that_no_application_can_be_at_is_told_with_the_reason(path, point, why):
    (found,) = {reason for at, reason in reasons(path).items() if at.startswith(f"{point} (")}

    assert why in found


@pytest.mark.parametrize("path", BUNDLED)
def test_no_application_is_where_none_can_be(path):
    """What is said to be out of reach is, as far as applications tell: the reason is never an excuse."""
    made = bundled(path)
    hit = set().union(
        *(
            made.landscape.hit(
                made.draft(RandomChooser(n), way=WAYS[n % len(WAYS)], points=made.landscape.points)
            )
            for n in range(20)
        )
    )

    assert hit.isdisjoint(made.landscape.unreachable)


# ---- how points are reached -------------------------------------------------------------------------------------------


def reached(programme: gr.Programme, owner: str, side: int) -> list[bool]:
    """Whether applications aimed at a point are there, for a few seeds."""
    made = makers(programme)
    (point,) = [each for each in made.landscape.points if (each.test.owner, each.side) == (owner, side)]
    drafts = [made.draft(RandomChooser(n), way="one", points=(point,)) for n in range(6)]
    return [point in made.landscape.hit(draft) for draft in drafts]


MANY = """
language English

programme test.many "Many ways to a limit"
  currency  EUR
  time zone Europe/Brussels

record bill
  paid_in  one of euros "Euros", lira "Lira" (euros if absent)
  amount   money (at least 0 EUR) (only when paid_in is euros)
  in_lira  money in TRY (at least 0 TRY) (only when paid_in is lira)
  month    whole number (at least 1)
  kind     one of rent "Rent", pay "Pay", other "Other"

application
  submitted  date
  bills      list of bill (at most 60)
  rate       number (at least 0)
  marks      some of one "One", two "Two", three "Three"
  months     whole number (at least 1)
  joined     yes/no (no if absent)
  since      date (only when joined)

define bill's cost
  amount                            when paid_in is euros
  in_lira converted to EUR at rate  otherwise

require two_marks "Two marks"
  number of marks is at least 2

require each_kind_once "No kind of bill twice"
  (number of different values of kind among bills) is (number of bills)

require joined_before "Joined before it was submitted"
  since is before submitted
  when joined

support grant "Three quarters"
  from bills counting cost
  eligible cost in_time "Within the months"
    only where month is at most months
  count limit three_bills "The first three"
    the first 3 by month, lowest first
  rate share "Three quarters"
    75%
  support ceiling most "At most 100 000"
    together at most 100 000 EUR
    excess is cut pro rata
  rounding down in steps of 0.01 EUR, once at the end
"""


@pytest.mark.parametrize(
    ("owner", "side"),
    [
        ("two_marks", 0), ("two_marks", -1), ("two_marks", 1),  # Marks are added to those that are there.
        ("each_kind_once", -1),  # Two bills say the same.
        ("joined_before", 0), ("joined_before", 1),  # What is asked only sometimes is asked.
        ("three_bills", 0), ("three_bills", 1), ("three_bills", -1),  # Lines of their own, all of which count.
        ("most", 0),  # 75% of euros pass by 100 000.00; 75% of lira at a rate of thirds do not.
        ("most", 1), ("most", -1),
    ],
)  # fmt: skip
def test_a_limit_is_reached_however_it_is_made_up(owner, side):
    found = reached(gr.compile(MANY), owner, side)

    assert sum(found) >= len(found) / 2


OPEN = """
language English

programme test.open "A choice nobody made"
  currency  EUR
  time zone Europe/Brussels

application
  asked_on  date
  paid_on   date

parameter day "Which day counts?"  one of asked "Asked", paid "Paid"
  not set

define day_that_counts
  asked_on  when day is asked
  paid_on   otherwise

require in_time "By the end of March"
  day_that_counts is at most 2026-03-31
"""


@pytest.mark.parametrize("side", SIDES)
def test_where_a_reading_is_open_the_limit_is_where_all_readings_agree(side):
    assert all(reached(gr.compile(OPEN), "in_time", side))


def test_a_limit_that_needs_a_parameter_nobody_set_has_no_points():
    programme = gr.compile(OPEN.replace("2026-03-31", "last_day").replace("define day_that", """
parameter last_day "Until when?"  date
  not set

define day_that"""))  # fmt: skip
    landscape = makers(programme).landscape

    assert landscape.points == ()
    assert set(landscape.unreachable.values()) == {"the figure has no value as the parameters are set"}


@pytest.mark.parametrize("path", ["tr/cluster_stage", "tr/urge_2010_8", "eu/cosme_clusterxchange_2020"])
def test_every_name_has_a_neighbourhood(path):
    """Of four applications aimed at the points of a rule, step or figure, most are there."""
    made = bundled(path)
    far = []
    for name in dict.fromkeys(point.test.owner for point in made.landscape.points):
        points = made.near(name)
        drafts = [made.draft(RandomChooser(n), way="one", points=points) for n in range(4)]
        if sum(not made.landscape.hit(draft).isdisjoint(points) for draft in drafts) < 2:
            far.append(name)

    assert far == []


def test_a_rule_that_reads_a_figure_has_the_neighbourhood_of_the_figure():
    made = bundled("tr/cluster_stage")

    assert {point.test.owner for point in made.near("three_ranks")} == {"ranks_in_order"}


def test_applications_are_not_copies_of_one_another():
    """Hypothesis copies single choices from place to place; five of six applications would be alike."""
    drawn = []

    @settings(max_examples=100, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(gr.compile(SMALL).applications())
    def draw(application):
        drawn.append(str(application["costs"]))

    draw()
    assert len(set(drawn)) > 60


# ---- the applications themselves ----------------------------------------------------------------------------------------


def test_a_row_is_not_taken_away_while_something_is_changed_for_it():
    """To have one event of a number, another has to go; not the one whose cost is being brought to its ceiling."""
    made = makers(gr.compile(JOINED))
    drafts = [
        made.draft(RandomChooser(n), way=WAYS[n % len(WAYS)], points=made.landscape.points)
        for n in range(120)
    ]

    assert len(drafts) == 120


def test_a_test_has_a_point_on_each_side_and_one_at_its_limit():
    made = makers(gr.compile(SMALL))

    names = {point.test.owner for point in made.landscape.points}
    assert names == {"small_enough", "in_time", "works", "most"}
    assert len(made.landscape.points) == 4 * len(SIDES)


def test_a_limit_that_no_reading_reaches_has_no_points():
    """The 2023 call can be read by turnover; as it is set, nothing depends on that."""
    owners = {point.test.owner for point in makers(KDP_2023).landscape.points}

    assert "mostly_manufacturing" in owners
    assert "mostly_manufacturing_by_turnover" not in owners


@pytest.mark.parametrize(("gap", "side"), [(0, 0), (1, 1), (-1, -1), (2, None), (-2, None)])
def test_only_a_quantum_beside_a_limit_is_beside_it(gap, side):
    assert side_of(Fraction(gap), Fraction(1)) == side


# ---- what the strategies promise -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_generated_application_can_be_decided(name):
    @FEW
    @given(PROGRAMMES[name].applications())
    def decided(application):
        assert PROGRAMMES[name].decide(application).eligible in {True, False}

    decided()


@FEW
@given(KDP_2023.applications(eligible_only=True))
def test_an_eligible_one_is_eligible(application):
    assert KDP_2023.decide(application).eligible is True


@FEW
@given(KDP_2023.applications(near="enough_firms"))
def test_one_near_a_rule_is_within_a_firm_of_it(application):
    def of_its_own(member: dict[str, Any]) -> Any:
        return member.get("legal_id")

    firms = [member for member in application["members"] if member["kind"] == "firm"]
    known = {of_its_own(firm) for firm in firms} - {None}
    number = len(known) + sum(1 for firm in firms if of_its_own(firm) is None)

    assert number in {19, 20, 21}


@FEW
@given(KDP_2012.applications(near="five_years"))
def test_one_near_a_ceiling_lands_on_it(application):
    total = KDP_2012.decide(application).supports["grant"]

    assert total is not None


@FEW
@given(KDP_2023.applications(with_={"channel": "paper", "duration": st.sampled_from(["P1Y", "P4Y"])}))
def test_a_fact_of_your_own_stays_as_it_was_drawn(application):
    assert application["channel"] == "paper"
    assert application["duration"] in {"P1Y", "P4Y"}


@FEW
@given(KDP_2023.applications(partial=True))
def test_a_partial_one_leaves_something_out(application):
    assert KDP_2023.prepare(application).complete is False


def test_a_rule_that_compares_nothing_has_no_neighbourhood():
    with pytest.raises(ValueError, match="Nothing is compared in 'potential'"):
        KDP_2023.applications(near="potential")


def test_a_fact_that_is_not_there_cannot_be_drawn():
    with pytest.raises(ValueError, match="No such fact: chanel"):
        KDP_2023.applications(with_={"chanel": "paper"})


def test_what_is_asked_only_sometimes_is_given_exactly_then():
    programme = gr.compile(SMALL)

    @FEW
    @given(programme.applications())
    def asked(application):
        if not application.get("partner"):
            assert "share" not in application

    asked()


def test_a_failure_shrinks_to_an_application_that_a_person_can_read():
    """One line that fails the test, and nothing else out of the ordinary."""
    programme = gr.compile(SMALL)

    def gets_the_most(application: dict[str, Any]) -> bool:
        return programme.decide(application).support == gr.Money("100000.00", "TRY")

    found = find(
        programme.applications(), gets_the_most, settings=settings(max_examples=2_000, database=None)
    )

    assert len(found["costs"]) <= 2
    assert "partner" not in found


# ---- random programmes ---------------------------------------------------------------------------------------------


# 1203 takes an amount of the line from a ceiling, 1387 compares in a list of a row, 1406 orders rows by a computed field,
# 1602 asks for none of the values.
@pytest.mark.parametrize("seed", [*range(60), 1203, 1387, 1406, 1602])
def test_applications_to_any_programme_can_be_read_back(seed):
    """The way back is exact: what was made is what an evaluator sees."""
    program = random_program(Random(seed), 1 + seed % 4)
    made = Applications(program)
    for number in range(5):
        chooser = RandomChooser(number)
        draft = made.draft(chooser, way=WAYS[number], points=made.landscape.points)
        facts = draft.facts()

        assert made.read(draft.plain()).values == facts.values
        assert of_facts(program, facts).data == draft.data
        evaluate(program, facts)


def test_nothing_given_is_what_is_left_out():
    data = nothing_given(KDP_2023._program.application)

    assert data["extension"] == 0
    assert data["members"] is ir.UNKNOWN


# ---- applications as examples ---------------------------------------------------------------------------------------

FOUNDED = """
language English

programme test.founded "Founded"
  currency  TRY

record person
  age     whole number (at least 0)
  trained yes/no

application
  founder  person
  staff    list of person (at most 20)
  papers   some of plan, survey

require grown_up "A founder of age"
  founder's age is at least 18
  at most 10 of staff
  papers is not given or papers includes plan
"""


def test_a_record_is_written_in_an_example_as_a_heading_with_one_row():
    programme = gr.compile(
        f"{FOUNDED}\nexample young\n  founder\n    age | trained\n    17  | no\n  papers absent\n"
        "  staff absent\n  expect not eligible: grown_up\n"
    )

    (young,) = programme.run_examples()
    assert young.passed
    assert programme._program.examples[0].facts == {
        "founder": {"age": 17, "trained": False}, "papers": [], "staff": [],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_an_application_that_is_written_as_an_example_is_read_back(seed):
    """Whatever is suggested can be copied into the file."""
    program = gr.compile(FOUNDED)._program
    draft = Applications(program).draft(RandomChooser(seed), way=WAYS[seed % len(WAYS)], points=())
    text = example(draft, name="copied", expects=("eligible",))

    copied = gr.compile(f"{FOUNDED}\n{text}")._program.examples[0].facts
    given = draft.plain()
    assert {name: copied[name] for name in given} == given
