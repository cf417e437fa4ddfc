"""One application, and many, under two programmes: the amounts, what they are made of, and why they differ."""

import json
from fractions import Fraction
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, settings

import grantrules as gr
from grantrules import cli, resources
from storing import stored as as_stored

HERE = resources.programs() / "tr"
APPLICATIONS = HERE / "applications"
BOTH = APPLICATIONS / "kdp_2012_and_2023"
NAMES = ("kdp_2012", "kdp_2023", "urge_2010_8", "urge_brop_reform", "ustd_tr72_2023", "cluster_stage")
PROGRAMMES = {name: gr.load(HERE / f"{name}.rules") for name in NAMES}

OLD = """\
language English

programme town.solar "Solar roofs"
  currency    EUR
  rules as of signed

record panel
  power  whole number (at least 0)
  cost   money (at least 0 EUR)

application
  signed   date
  roof     one of flat, steep
  panels   list of panel (at most 100)
  storeys  whole number (only when roof is steep)

parameter least_power "The least power"  whole number
  from 2025-01-01 to 2025-12-31 | 300
  from 2026-01-01               | 350

require low "At most five storeys"
  storeys is at most 5
  when storeys is given

support grant "A third of the panels"
  from panels counting cost
  eligible cost strong_enough "Strong panels"
    only where power is at least least_power
  rate third "30%"
    30%
  support ceiling most "At most 2 000 euros"
    together at most 2 000 EUR
    excess is cut pro rata
  rounding down in steps of 0.01 EUR, once at the end
"""
NEW = (
    OLD.replace("town.solar ", "town.solar_again ")
    .replace("2 000", "1 500")
    .replace(
        "  storeys  whole number (only when roof is steep)\n", "  storeys  whole number\n  owner  text\n"
    )
)
PANELS = [{"power": 400, "cost": "10000.00"}, {"power": 320, "cost": "1000.00"}]
ROOF = {"signed": "2025-05-01", "roof": "flat", "panels": PANELS}


@pytest.fixture(scope="module")
def old():
    return gr.compile(OLD)


@pytest.fixture(scope="module")
def new():
    return gr.compile(NEW)


def stored(folder: str, name: str) -> bytes:
    return (APPLICATIONS / folder / f"{name}.json").read_bytes()


def lira(amount: str) -> gr.Money:
    return gr.Money(amount, "TRY")


def euros(amount: str) -> gr.Money:
    return gr.Money(amount, "EUR")


def effects(comparison: gr.Comparison, support: str = "grant") -> dict[str, tuple[str | None, str | None]]:
    """What each step adds or takes off on either side, in the smallest words."""
    (found,) = [each for each in comparison.to_dict()["supports"] if each["name"] == support]
    return {
        each["name"]: tuple(each[side] and each[side]["amount"] for side in ("first", "second"))
        for each in found["effects"]
    }


# ---- the two cluster programmes on one application -----------------------------------------------------------------


def compared(name: str, **options: Any) -> gr.Comparison:
    return PROGRAMMES["kdp_2012"].compare(PROGRAMMES["kdp_2023"], stored(BOTH.name, name), **options)


def test_one_plan_of_a_million_is_paid_half_in_2012_and_seventy_percent_in_2023():
    found = compared("one_million")

    assert (found.change, found.difference) == ("more", lira("200000.00"))
    assert (found.first.support, found.second.support) == (lira("500000.00"), lira("700000.00"))
    assert effects(found) == {
        "counted": ("700000.00", "1000000.00"),
        "grant apply": ("0.00", "-300000.00"),
        "whole_plan": ("-200000.00", None),
    }


def test_sixty_million_meet_every_ceiling_of_2012_and_the_works_of_2023():
    found = compared("sixty_million")

    assert found.second.support == lira("42900000.00")
    assert effects(found) == {
        "counted": ("45000000.00", "60000000.00"),
        "works": (None, "-3000000.00"),
        "grant apply": ("0.00", "-14100000.00"),
        "whole_plan": ("-15000000.00", None),
        "five_years": ("-5000000.00", None),
    }
    ceilings = found.to_dict()["ceilings"]
    assert [(each["name"], bool(each["first"]), bool(each["second"])) for each in ceilings] == [
        ("works", False, True),
        ("whole_plan", True, False),
        ("five_years", True, False),
    ]


def test_firms_that_are_members_count_in_2023_and_firms_that_commit_themselves_in_2012():
    inside, outside = compared("firms_inside"), compared("firms_outside")

    assert (inside.change, inside.difference) == ("gained", lira("700000.00"))
    assert [each.name for each in inside.first.failed] == ["university", "twenty_firms"]
    assert (outside.change, outside.difference) == ("lost", lira("-500000.00"))
    assert [each.name for each in outside.second.failed] == ["enough_firms"]
    rules = {each["name"]: each for each in inside.to_dict()["rules"] if each["decides"]}
    assert set(rules) == {"university", "twenty_firms"}
    assert rules["university"]["second"] is None
    assert rules["university"]["first"]["citations"][0]["quote"] == "en az bir üniversite zorunlu olmak üzere"


def test_each_side_names_the_facts_that_it_alone_asks_for():
    first, second = compared("one_million").asked

    assert {"firms", "costs.requested", "members.in_cluster_area"} <= set(first)
    assert {"channel", "costs.category", "members.legal_id"} <= set(second)
    assert not {"costs", "costs.amount", "duration", "members.kind"} & {*first, *second}


def test_a_chamber_of_industry_is_a_chamber_to_the_call_of_2023():
    found = compared("one_million")

    assert found.first.eligible is True
    assert found.second.eligible is True


# ---- two days, two readings, a base and its amendment --------------------------------------------------------------


def test_the_same_call_under_the_rules_of_two_days():
    ustd = PROGRAMMES["ustd_tr72_2023"]
    found = ustd.compare(ustd, stored("ustd_tr72_2023", "old_ceiling"), dates=("2023-05-24", "2023-05-25"))

    assert found.names == ("2023-05-24", "2023-05-25")
    assert (found.change, found.difference) == ("gained", lira("180000.00"))
    assert found.first.failed[0].title == "A small or medium enterprise"
    (ceiling,) = found.to_dict()["parameters"]
    assert (ceiling["first"]["amount"], ceiling["second"]["amount"]) == ("250000000.00", "500000000.00")


def test_a_decision_by_the_rules_of_another_day_can_be_replayed():
    ustd = PROGRAMMES["ustd_tr72_2023"]
    found = ustd.compare(ustd, stored("ustd_tr72_2023", "old_ceiling"), dates=("2023-05-24", "2023-05-25"))
    record = json.loads(found.second.record())

    assert record["parameters_set"] == {"rules as of": "2023-05-25"}
    assert gr.verify(found.second.record()).status == "verified"


def test_one_call_under_two_announcements():
    kdp = PROGRAMMES["kdp_2023"]
    found = kdp.compare(kdp, stored("kdp_2023", "after_the_first_end"), first={"announcement": "first"})

    assert found.names == ("announcement=first", "announcement=extended")
    assert found.change == "gained"
    assert [each["name"] for each in found.to_dict()["rules"] if each["decides"]] == ["in_time"]


def test_kayseri_and_izmir_under_the_communique_and_its_reform():
    found = PROGRAMMES["urge_2010_8"].compare(
        PROGRAMMES["urge_brop_reform"],
        stored("urge_brop_reform", "kayseri_izmir"),
        second={"uplift": "10"},
    )

    assert found.difference == gr.Money("49500.00", "USD")
    assert effects(found, "marketing") == {
        "counted": ("350000.00", "350000.00"),
        "marketing apply": ("-87500.00", "-52500.00"),
        "each_programme": ("0.00", "-11500.00"),
    }
    assert effects(found, "employment") == {"counted": ("30000.00", "30000.00")}


def test_what_is_not_set_leaves_the_comparison_open():
    found = PROGRAMMES["urge_2010_8"].compare(
        PROGRAMMES["urge_brop_reform"], stored("urge_brop_reform", "kayseri_izmir")
    )

    assert found.change == "not_decided"
    assert isinstance(found.difference, gr.Range)
    assert "not set" in found.explain()


# ---- what an application may hold ----------------------------------------------------------------------------------


def test_the_same_sum_with_another_result_is_decided_otherwise(old):
    score = "\n\nresult watts = total power of panels{more}\n"
    one, other = (gr.compile(OLD + score.format(more=more)) for more in ("", " + 1"))

    assert one.compare(one, ROOF).change == "same"
    assert one.compare(other, ROOF).change == "otherwise"
    assert one.compare(other, ROOF).difference == euros("0.00")
    assert one.compare_all(other, {"a": ROOF}).counts["otherwise"] == 1


def test_each_reads_what_it_asks_for_and_leaves_the_rest(old, new):
    found = old.compare(new, ROOF | {"owner": "Ada", "storeys": 3})

    assert (found.first.support, found.second.support) == (euros("2000.00"), euros("1500.00"))
    assert found.asked == ((), ("owner",))


def test_what_one_needs_and_is_not_given_is_unknown_there(old, new):
    found = old.compare(new, ROOF)

    assert found.first.eligible is True
    assert found.second.eligible is None
    assert [each.path for each in found.second.missing] == ["storeys"]


@pytest.mark.parametrize(
    ("application", "path"),
    [
        (ROOF | {"ownr": "Ada"}, "ownr"),
        (ROOF | {"owner": "Ada", "stories": 2}, "stories"),
        ({"panels": [{"power": 1, "price": "1.00"}]}, "panels[0].price"),
    ],
)
@pytest.mark.parametrize("as_text", [False, True])
def test_what_neither_asks_for_is_a_mistake(old, new, application, path, as_text):
    given_ = json.dumps(application) if as_text else application
    with pytest.raises(gr.ApplicationError) as refused:
        old.compare(new, given_)

    assert [(each.code, each.path) for each in refused.value.problems] == [("GR561", path)]


def test_a_value_that_one_does_not_take_is_a_mistake_once(old, new):
    with pytest.raises(gr.ApplicationError) as refused:
        old.compare(new, ROOF | {"roof": "round", "owner": 5})

    assert [(each.code, each.path) for each in refused.value.problems] == [
        ("GR531", "roof"),
        ("GR503", "owner"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("  cost   money (at least 0 EUR)", "  cost   whole number", "panels[0].cost"),
        ("currency    EUR", "currency    TRY", "panels[0].cost"),
        ("  signed   date", "  signed   date\n  owner  list of panel", "owner"),
    ],
)
def test_a_fact_that_means_two_things_cannot_be_given(new, before, after, path):
    text = OLD.replace(before, after)
    if "TRY" in after:
        text = text.replace(" EUR", " TRY")
    if "whole number" in after:
        text = text.partition("support grant")[0]
    with pytest.raises(gr.ApplicationError) as refused:
        gr.compile(text).compare(new, {"owner": "Ada", "panels": PANELS[:1]})

    assert [(each.code, each.path) for each in refused.value.problems] == [("GR562", path)]


@frozen
class Roof:
    signed: str
    roof: str
    panels: list[dict[str, Any]]
    storeys: int


def test_an_application_may_be_an_object(old, new):
    found = old.compare(new, Roof("2025-05-01", "flat", PANELS, 2))

    assert found.difference == euros("-500.00")


def test_what_was_prepared_for_one_programme_is_not_for_two(old, new):
    with pytest.raises(TypeError, match="prepare"):
        old.compare(new, old.prepare(ROOF))


def test_parameters_are_set_where_they_are(old, new):
    again = gr.compile(NEW.replace("least_power", "power_needed"))
    both = old.compare(again, ROOF | {"storeys": 1}, parameters={"least_power": 500})

    assert (both.first.support, both.second.support) == (euros("0.00"), euros("1500.00"))
    with pytest.raises(gr.ParameterError):
        old.compare(new, ROOF, parameters={"most_power": 500})
    with pytest.raises(gr.ParameterError):
        old.compare(again, ROOF, second={"least_power": 500})
    with pytest.raises(gr.ParameterError) as refused:
        old.compare(old, ROOF, dates=("2025-05-01", "next year"))
    assert refused.value.problems[0].path == "parameters.rules as of"


def test_a_slip_in_a_name_is_held_against_the_parameters_of_both(old):
    again = gr.compile(NEW.replace("least_power", "power_needed"))
    with pytest.raises(gr.ParameterError) as refused:
        old.compare(again, ROOF, parameters={"least_powr": 1, "power_neded": 1, "x": 1})

    assert [each.near for each in refused.value.problems] == ["least_power", "power_needed", ""]
    assert refused.value.problems[2].known == ("least_power", "power_needed")


def test_a_date_changes_the_rules_and_no_fact(old):
    found = old.compare(old, ROOF, dates=("2025-12-31", "2026-01-01"))

    assert (found.first.support, found.second.support) == (euros("2000.00"), euros("2000.00"))
    assert found.same
    cheaper = ROOF | {"panels": PANELS[1:]}
    assert old.compare(old, cheaper, dates=("2025-12-31", "2026-01-01")).difference == euros("-300.00")


# ---- what always holds ---------------------------------------------------------------------------------------------


KDP = PROGRAMMES["kdp_2023"]


@settings(max_examples=12, deadline=None)
@given(application=KDP.applications(eligible_only=True))
def test_the_steps_account_for_the_whole_difference(application):
    found = KDP.compare(KDP, application, second={"bonus_size": "multiplied", "works_base": "eligible_total"})
    gap = found.difference
    assert isinstance(gap, gr.Money)
    parts = [each["difference"]["amount"] for each in found.to_dict()["supports"][0]["effects"]]

    assert sum(map(Fraction, parts), Fraction(0)) == gap.fraction
    assert (gap.fraction > 0, gap.fraction < 0) == (found.change == "more", found.change == "less")


@settings(max_examples=12, deadline=None)
@given(application=KDP.applications(partial=True))
def test_a_programme_decides_as_itself(application):
    found = KDP.compare(KDP, application)

    assert found.change in ("same", "not_decided")
    assert found.first.to_dict() == KDP.decide(application).to_dict()
    data = found.to_dict()
    assert data["rules"] == data["ceilings"] == data["figures"] == data["parameters"] == []


# ---- many applications ---------------------------------------------------------------------------------------------


def four() -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(BOTH.glob("*.json"))}


def test_many_applications_are_counted_and_added_up():
    found = PROGRAMMES["kdp_2012"].compare_all(PROGRAMMES["kdp_2023"], four())

    assert {change: number for change, number in found.counts.items() if number} == {
        "more": 2,
        "gained": 1,
        "lost": 1,
    }
    assert found.difference == lira("18300000.00")
    assert list(found.changed) == ["firms_inside", "firms_outside", "one_million", "sixty_million"]
    assert found["sixty_million"].difference == lira("17900000.00")
    assert len(found) == 4
    summary = found.explain()
    assert "4 of 4 applications are decided otherwise" in summary
    assert "At least one university" in summary
    assert "WHERE THE DIFFERENCE" not in summary
    assert "WHERE THE DIFFERENCE" in found.explain(explained=True)
    assert found.explain("tr", "html", explained=True).count("<h1>") == 5
    assert "4 başvurudan 4 tanesine farklı karar veriliyor" in found.explain("tr", "markdown")


def test_what_is_open_is_no_part_of_the_sum(old, new):
    found = old.compare_all(new, [("A", ROOF), ("B", ROOF | {"storeys": 1}), ("C", ROOF | {"storeys": 9})])

    assert {name: each.change for name, each in found.entries.items()} == {
        "A": "not_decided",
        "B": "less",
        "C": "lost",
    }
    assert found.difference == euros("-2500.00")
    assert list(found.open) == ["A"]
    assert json.loads(found.to_json())["entries"][0]["id"] == "A"


def test_nothing_is_said_of_a_difference_without_bounds():
    boundless = gr.compile(
        OLD.replace(" (at most 100)", "")
        .replace("at most 2 000 EUR\n", "at most cap\n")
        .replace("  roof ", "  cap  money (at least 0 EUR)\n  roof ")
    )
    found = boundless.compare(boundless, {"signed": "2025-05-01", "roof": "flat"})

    assert found.in_words("en") == ""
    assert "?" not in found.explain("en").split("Difference")[0]


def test_mistakes_in_many_applications_name_theirs(old, new):
    with pytest.raises(gr.ApplicationError) as refused:
        old.compare_all(new, [("A", {"ownr": 1}), ("B", ROOF), ("B", ROOF)])

    assert [(each.code, each.path) for each in refused.value.problems] == [
        ("GR561", "A: ownr"),
        ("GR672", "B"),
    ]


# ---- on paper ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language", "layout"),
    [
        ("sixty_million", "en", "text"),
        ("sixty_million", "tr", "text"),
        ("firms_outside", "en", "text"),
        ("firms_outside", "tr", "markdown"),
        ("kayseri_izmir", "en", "text"),
        ("kayseri_izmir", "tr", "markdown"),
        ("not_set", "en", "text"),
        ("not_set", "en", "json"),
    ],
)
def test_a_comparison_reads_as_it_is_stored(name, language, layout):
    """What is more, less and the same; what one side alone has; what stays open."""
    if name in {"kayseri_izmir", "not_set"}:
        found = PROGRAMMES["urge_2010_8"].compare(
            PROGRAMMES["urge_brop_reform"],
            stored("urge_brop_reform", "kayseri_izmir"),
            second={"uplift": "10"} if name == "kayseri_izmir" else None,
        )
    else:
        found = compared(name)
    text = found.explain(language, layout)

    assert text == as_stored(f"comparisons/{name}.{language}.{layout}", text)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_comparison_of_many_reads_as_it_is_stored(language):
    text = PROGRAMMES["kdp_2012"].compare_all(PROGRAMMES["kdp_2023"], four()).explain(language)

    assert text == as_stored(f"comparisons/many.{language}.text", text)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_comparison_can_be_read_in_every_form(language):
    found = compared("sixty_million", language=language)

    assert found.explain(format="markdown").startswith("# tr.kdp\\_2012")
    assert found.explain(format="html").startswith("<!DOCTYPE html>")
    assert json.loads(found.explain(format="json")) == found.to_dict()
    text = found.explain()
    more = {"en": "17,900,000.00 TRY more", "tr": "17.900.000,00 TRY daha fazla"}
    assert more[language] in text
    assert all(len(line) <= 96 for line in text.splitlines())
    with pytest.raises(ValueError, match="format"):
        found.explain(format="pdf")


def test_a_comparison_says_it_in_the_language_asked_for():
    found = compared("one_million")

    assert "İstenen destek" in found.explain("tr")
    assert found.to_dict(language="tr")["language"] == "tr"
    assert found.to_dict()["language"] == "en"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = cli.main(["compare", *arguments])
    read = capsys.readouterr()
    return code, read.out + read.err


def test_the_command_explains_one_application(capsys):
    code, said = run(capsys, "tr.kdp_2012", "tr.kdp_2023", str(BOTH / "one_million.json"), "--language", "tr")

    assert code == 0
    assert "Uygun: 500.000,00 TRY → Uygun: 700.000,00 TRY (200.000,00 TRY daha fazla)" in said


def test_the_command_sums_up_several_and_explains_one_on_request(capsys, tmp_path):
    lines = tmp_path / "unions.jsonl"
    unions = [json.loads(data) | {"id": name} for name, data in four().items()]
    lines.write_text("".join(json.dumps(each) + "\n" for each in unions), encoding="utf-8")
    code, said = run(capsys, "tr.kdp_2012", "tr.kdp_2023", str(lines))
    _, one = run(capsys, "tr.kdp_2012", "tr.kdp_2023", str(lines), "--only", "sixty_million")
    wrong, missing = run(capsys, "tr.kdp_2012", "tr.kdp_2023", str(lines), "--only", "seventy")
    _, data = run(capsys, "tr.kdp_2012", "tr.kdp_2023", str(lines), "--format", "json", "--explained")

    assert code == 0
    assert "4 of 4 applications" in said
    assert "17,900,000.00 TRY more" in one
    assert (wrong, "seventy" in missing) == (2, True)
    assert json.loads(data)["entries"][0]["comparison"]["change"] == "gained"


def test_the_command_takes_days_and_parameters(capsys):
    path = str(APPLICATIONS / "ustd_tr72_2023" / "old_ceiling.json")
    twice = ("tr.ustd_tr72_2023", "tr.ustd_tr72_2023", path)
    _, days = run(capsys, *twice, "--dates", "2023-05-24", "2023-05-25")
    _, day = run(capsys, *twice, "--date", "2023-05-25")
    code, none = run(capsys, "tr.cluster_stage", "tr.cluster_stage", path, "--date", "2023-05-25")

    assert "Not eligible → Eligible: 180,000.00 TRY" in days
    assert "The answer is the same: Eligible: 180,000.00 TRY" in day
    assert (code, "GR662" in none) == (1, True)


@pytest.mark.parametrize("option", ["--parameter", "--first-parameter", "--second-parameter"])
def test_a_parameter_without_a_value_is_told_by_the_option_it_was_given_with(capsys, option):
    path = str(APPLICATIONS / "ustd_tr72_2023" / "old_ceiling.json")
    code, said = run(capsys, "tr.ustd_tr72_2023", "tr.ustd_tr72_2023", path, option, "uplift")

    assert code == 2
    assert f" {option} uplift: " in said


def test_what_neither_asks_for_is_found_behind_what_one_alone_asks_for():
    head = "language English\nprogramme test.{name}\n  currency EUR\napplication\n  {name} yes/no\nrequire it\n  {name}\n"
    first, second = (gr.compile(head.format(name=name)) for name in ("member", "resident"))
    with pytest.raises(gr.ApplicationError) as refused:
        first.compare(second, {"member": True, "resident": True, "strange": 1})

    assert [(each.code, each.path) for each in refused.value.problems] == [("GR561", "strange")]
