"""A year is written as a number where a year is meant."""

import pytest

import grantrules as gr

RULES = """
language English

programme t.years "Calls of a year"
  currency EUR

application
  call_year  year
  other_year year

parameter first_year "The first year"  year
  2024

table share_paid by call_year
  below 2025         | 10%
  2025               | 20%
  from 2026 to 2027  | 30%
  above 2027         | 40%

define year_paid
  call_year when call_year is not 2025
  2030      otherwise

require holds
  {condition}
"""


@pytest.mark.parametrize(
    ("condition", "years"),
    [
        ("call_year is 2025", {2025}),
        ("call_year is not 2025", {2024, 2026, 2027, 2028}),
        ("call_year is at most 2025", {2024, 2025}),
        ("call_year is after 2026", {2027, 2028}),
        ("call_year is one of 2024, 2027", {2024, 2027}),
        ("call_year is from 2025 to 2027", {2025, 2026, 2027}),
        ("call_year is above 2025 to 2027", {2026, 2027}),
        ("share_paid is 30%", {2026, 2027}),
        ("share_paid is 40%", {2028}),
        ("call_year is first_year", {2024}),
        ("year_paid is 2030", {2025}),
        ("year_paid is 2026", {2026}),
    ],
)
def test_a_year_is_compared_with_a_written_one(condition, years):
    programme = gr.compile(RULES.format(condition=condition))
    every = range(2024, 2029)

    assert {year for year in every if programme.decide({"call_year": year}).eligible} == years


def test_the_first_and_the_last_year_of_the_calendar_may_be_written():
    for year in (1900, 2200):
        programme = gr.compile(RULES.format(condition=f"call_year is {year}"))

        assert programme.decide({"call_year": year}).eligible


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("call_year is 20226", "GR317"),
        ("call_year is 1899", "GR317"),
        ("call_year is 2201", "GR317"),
        ("call_year is at most 2025.5", "GR302"),
        ("call_year is from 2027 to 2025", "GR417"),
        ("call_year is 2025 EUR", "GR302"),
        ("completed years from 2020-01-01 to 2025-01-01 is other_year", "GR302"),
    ],
)
def test_what_is_no_year_is_refused(condition, code):
    assert [each.code for each in gr.check(RULES.format(condition=condition))] == [code]


def test_in_turkish_too():
    programme = gr.compile("""
dil Türkçe

program t.yil "Yıl"
  para birimi EUR

başvuru
  çağrı_yılı  yıl

tablo oran çağrı_yılı'na göre
  2025 altı                 | %10
  2025 ile 2027 arası       | %20
  2027 üstü                 | %30

şart yılı
  çağrı_yılı en az 2026 olmalı
  çağrı_yılı 2026 ya da 2027 olmalı
  oran %20 olmalı
""")

    assert [programme.decide({"çağrı_yılı": year}).eligible for year in (2025, 2026, 2028)] == [
        False,
        True,
        False,
    ]
