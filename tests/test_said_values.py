"""Figures that are a choice of their own, lines that belong to lines of another list, prices by slices, in both languages."""

from fractions import Fraction

import pytest

import grantrules as gr
from grantrules.decision import Decision

ENGLISH = """language English

programme tests.said "Said values"
  currency  EUR

record partner
  id     text
  size   one of small, large
  seat   country

record cost
  partner  text
  amount   money (at least 0 EUR)

application
  income    money (at least 0 EUR)
  land      quantity in hectare (at least 0 hectare)
  uses      some of training, audit, travel
  partners  list of partner (at most 20)
  costs     list of cost (at most 50)

define colour "Colour"  one of blue "Blue" tr "Mavi", yellow "Yellow" tr "Sarı"
  blue    when income is at most 100 EUR
  yellow  otherwise

table share_of by colour
  blue    | 90%
  yellow  | 60%

table per_land by land
  slice by slice
  up to 10 hectare    | 50 EUR per hectare
  above 10 hectare    | 20 EUR per hectare

define cost's size_of_partner = size of the one partner where id is this cost's partner and seat is BE

support grant
  from costs counting amount
  rate basic
    share_of
  bonus small_ones
    where size_of_partner is small
    plus 10 percentage points
  rounding down in steps of 0.01 EUR, each line

support land_money
  computed as per_land
  rounding down in steps of 0.01 EUR, once at the end

require uses_allowed
  uses includes any of training, audit
  uses includes none of travel

result household "Household" = colour
"""

TURKISH = """dil Türkçe

program tests.said "Said values"
  para birimi  EUR

kayıt partner
  id     metin
  size   şunlardan biri small, large
  seat   ülke

kayıt cost
  partner  metin
  amount   para (en az 0 EUR)

başvuru
  income    para (en az 0 EUR)
  land      hectare cinsinden miktar (en az 0 hectare)
  uses      şunlardan birkaçı training, audit, travel
  partners  partner listesi (en fazla 20)
  costs     cost listesi (en fazla 50)

tanım colour "Renk"  şunlardan biri blue "Mavi" en "Blue", yellow "Sarı" en "Yellow"
  income en fazla 100 EUR ise blue
  diğer hâllerde yellow

tablo share_of colour'a göre
  blue    | %90
  yellow  | %60

tablo per_land land'e göre
  dilim dilim
  10 hectare ve altı  | hectare başına 50 EUR
  10 hectare üstü     | hectare başına 20 EUR

tanım cost'un size_of_partner = partners arasında id bu cost'un partner olan ve seat BE olanın size

destek grant
  kalemler costs, amount esasıyla
  oran basic
    share_of
  ilave small_ones
    kapsamı size_of_partner small olanlar
    artı 10 yüzde puan
  yuvarlama 0.01 EUR adımlarla aşağı, her kalemde

destek land_money
  hesabı per_land
  yuvarlama 0.01 EUR adımlarla aşağı, sonda bir kez

şart uses_allowed
  uses training ya da audit içeriyor olmalı
  uses travel içeriyor olmamalı

sonuç household "Hane" = colour
"""

APPLICATION = {
    "income": "100.00",
    "land": "12.5",
    "uses": ["audit"],
    "partners": [
        {"id": "a", "size": "small", "seat": "BE"},
        {"id": "a", "size": "large", "seat": "NL"},
        {"id": "b", "size": "large", "seat": "BE"},
    ],
    "costs": [{"partner": "a", "amount": "100.00"}, {"partner": "b", "amount": "100.00"}],
}


@pytest.fixture(scope="module", params=[ENGLISH, TURKISH], ids=["en", "tr"])
def programme(request) -> gr.Programme:
    return gr.compile(request.param)


def decided(programme: gr.Programme, **other: object) -> Decision:
    return programme.decide({**APPLICATION, **other})


def test_a_line_finds_the_line_it_belongs_to(programme):
    assert decided(programme).supports["grant"].amount == gr.Money("190.00", "EUR")


@pytest.mark.parametrize("name", ["x", "c"])
def test_a_line_that_belongs_to_nothing_leaves_only_itself_open(programme, name):
    costs = [APPLICATION["costs"][0], {"partner": name, "amount": "100.00"}]

    amount = decided(programme, costs=costs).supports["grant"].amount

    assert (amount.lowest, amount.highest) == (gr.Money("190.00", "EUR"), gr.Money("200.00", "EUR"))


def test_what_is_missing_is_said_in_words(programme):
    costs = [{"partner": "x", "amount": "100.00"}]

    assert "no line of partners fits" in decided(programme, costs=costs).explain(language="en")
    assert "partners içinde buna uyan satır yok" in decided(programme, costs=costs).explain(language="tr")


def test_steps_without_a_title_are_told_apart(programme):
    text = decided(programme).explain(language="en")

    assert "Bonus (small ones)" in text


def test_two_lines_that_fit_and_differ_decide_nothing_and_two_that_agree_do(programme):
    double = {"id": "a", "size": "small", "seat": "BE"}
    agreed = decided(programme, partners=[*APPLICATION["partners"], double])
    open_ = decided(programme, partners=[*APPLICATION["partners"], {**double, "size": "large"}])

    assert agreed.supports["grant"].amount == gr.Money("190.00", "EUR")
    assert open_.supports["grant"].amount.highest == gr.Money("190.00", "EUR")


@pytest.mark.parametrize(("income", "said"), [("100.00", "blue"), ("100.01", "yellow")])
def test_a_figure_has_the_values_it_says(programme, income, said):
    assert decided(programme, income=income).results["household"] == said


def test_its_labels_are_shown(programme):
    assert "Mavi" in decided(programme).explain(language="tr")
    assert "Blue" in decided(programme).explain(language="en")


@pytest.mark.parametrize("land", ["0", "9.99", "10", "10.01", "12.5", "400"])
def test_a_price_per_unit_is_taken_of_the_part_inside_a_slice(programme, land):
    area = Fraction(land)
    expected = min(area, 10) * 50 + max(area - 10, 0) * 20

    assert Fraction(str(decided(programme, land=land).supports["land_money"].amount.amount)) == expected


@pytest.mark.parametrize(
    ("uses", "eligible"),
    [(["audit"], True), (["training", "audit"], True), ([], False), (["audit", "travel"], False)],
)
def test_any_and_none_of_several_values(programme, uses, eligible):
    assert decided(programme, uses=uses).eligible is eligible


def test_a_price_for_another_unit_is_refused():
    with pytest.raises(gr.ProgrammeError) as refused:
        gr.compile(ENGLISH.replace("20 EUR per hectare", "20 EUR per tonne"))

    assert [p.code for p in refused.value.problems] == ["GR301"]


def test_a_condition_is_no_value_of_a_choice():
    with pytest.raises(gr.ProgrammeError) as refused:
        gr.compile(ENGLISH + "\ndefine odd one of blue, yellow\n  income is at least 3 EUR\n")

    assert "GR301" in {p.code for p in refused.value.problems}


def test_two_versions_have_the_same_values():
    one = "\ndefine odd one of p, q\n  in force from 2026-01-01 to 2026-06-30\n  p otherwise\n"
    two = "\ndefine odd one of q, p\n  in force from 2026-07-01\n  p otherwise\n"
    dated = ENGLISH.replace("  currency  EUR", "  currency  EUR\n  rules as of 2026-03-01")

    with pytest.raises(gr.ProgrammeError) as refused:
        gr.compile(dated + one + two)

    assert "GR213" in {p.code for p in refused.value.problems}


def test_a_figure_that_is_not_set_for_a_year():
    text = """language English

programme tests.unset "Not set for a year"
  currency     EUR
  rules as of  day

application
  day  date

parameter wage "Wage"  money
  2025 | 5 EUR
  2026 | not set

support work
  computed as wage
"""
    programme = gr.compile(text)

    assert programme.decide({"day": "2025-05-01"}).support == gr.Money("5.00", "EUR")
    assert programme.decide({"day": "2026-05-01"}).unset == ("wage",)


def test_a_field_may_be_called_like_the_record_of_a_list():
    text = ENGLISH.replace("seat is BE", "seat is BE and (at least 1 partner where size is large)")

    assert gr.compile(text).decide(APPLICATION).supports["grant"].amount == gr.Money("190.00", "EUR")
