"""Conditions and figures in words, in both languages: what was found beside what was needed."""

import json

import pytest

import grantrules as gr

HEAD = """\
language English
programme x.words "Words"
  currency EUR
  time zone Europe/Brussels
  rules as of submitted
  month end last day

record member
  kind "Kind"  one of firm "Firm", town_hall "Town hall"
    tr "Türü"
  people  whole number
  sme  yes/no

application
  submitted  date
  sent  moment
  channel "Way of applying"  one of online, paper
    tr "Başvuru yolu"
  duration  period
  turnover  money (at least 0 EUR)
  rate_asked  rate
  sector  NACE
  documents  some of plan, survey
  rural  yes/no
  ended  date (optional)
  members  list of member

parameter least_turnover  money
  1 000 EUR

code list crafts (NACE)
  41, 43

support grant
  from turnover
  when rural
  rounding down in steps of 0.01 EUR, once at the end

require tested
"""

FACTS = {
    "submitted": "2026-03-01",
    "sent": "2026-03-01T12:30:00+01:00",
    "channel": "paper",
    "duration": "P6Y",
    "turnover": "1500.50",
    "rate_asked": "55%",
    "sector": "62.01",
    "documents": ["plan"],
    "rural": True,
    "members": [
        {"kind": "firm", "people": 10, "sme": True},
        {"kind": "firm", "people": 300, "sme": False},
        {"kind": "town_hall", "people": 5, "sme": False},
    ],
}


def found(condition: str, language: str, **changed) -> dict:
    """What the explanation says about a requirement that consists of this condition."""
    programme = gr.compile(HEAD + "  " + condition.replace("\n", "\n  ") + "\n")
    facts = {name: value for name, value in (FACTS | changed).items() if value is not ...}
    story = json.loads(programme.decide(facts).explain(language, "json"))
    (rule,) = (each for each in story["requirements"] if each["name"] == "tested")
    return rule


def said(condition: str, language: str, **changed) -> str:
    return "; ".join(finding["text"] for finding in found(condition, language, **changed)["findings"])


@pytest.mark.parametrize(
    ("condition", "english", "turkish"),
    [
        (
            "at least 3 members where kind is firm",
            "2 members where Kind is Firm; at least 3 are needed",
            "Türü Firm olan member sayısı 2; en az 3 olmalı",
        ),
        (
            "at most 1 member",
            "3 members; at most 1 is allowed",
            "member sayısı 3; en fazla 1 olmalı",
        ),
        (
            "exactly 2 members where kind is not firm",
            "1 member where Kind is not Firm; exactly 2 are needed",
            "Türü Firm olmayan member sayısı 1; 2 olmalı",
        ),
        (
            "for more than 50% of members where kind is firm: sme",
            "1 of 2 members where Kind is Firm meets: sme; more than 50% is needed",
            "Türü Firm olan member sayısı 2, bunlardan sme olan 1; %50'den fazla olmalı",
        ),
        (
            "for all members: kind is firm",
            "for all members: Kind must be Firm",
            "members için (tümü): Türü Firm olmalı",
        ),
        (
            "at least 3 different values of kind among members",
            "number of different values of Kind among members is 2; it must be at least 3",
            "members arasında farklı Türü sayısı 2; en az 3 olmalı",
        ),
        (
            "duration is at most 5 years",
            "duration is 6 years; it must be at most 5 years",
            "duration 6 yıl; en fazla 5 yıl olmalı",
        ),
        (
            "duration is more than 6 years",
            "duration is 6 years; it must be more than 6 years",
            "duration 6 yıl; 6 yıldan fazla olmalı",
        ),
        (
            "turnover is less than 1 000 EUR",
            "turnover is 1,500.50 EUR; it must be less than 1,000.00 EUR",
            "turnover 1.500,50 EUR; 1.000,00 EUR'den az olmalı",
        ),
        (
            "turnover is at most least_turnover",
            "turnover is 1,500.50 EUR; it must be at most least turnover (1,000.00 EUR)",
            "turnover 1.500,50 EUR; en fazla least turnover (1.000,00 EUR) olmalı",
        ),
        (
            "rate_asked is at most 50%",
            "rate asked is 55%; it must be at most 50%",
            "rate asked %55; en fazla %50 olmalı",
        ),
        (
            "submitted is no later than 2026-02-28",
            "submitted is 1 March 2026; it must be no later than 28 February 2026",
            "submitted 1 Mart 2026; en geç 28 Şubat 2026 olmalı",
        ),
        (
            "submitted is after 2026-03-01",
            "submitted is 1 March 2026; it must be after 1 March 2026",
            "submitted 1 Mart 2026; 1 Mart 2026'dan sonra olmalı",
        ),
        (
            "sent is before 2026-03-01",
            "the day of sent is 1 March 2026; it must be before 1 March 2026",
            "sent günü 1 Mart 2026; 1 Mart 2026'dan önce olmalı",
        ),
        (
            "submitted is from 2026-04-01 to 2026-05-31",
            "submitted is 1 March 2026; it must be no earlier than 1 April 2026 and no later than 31 May 2026",
            "submitted 1 Mart 2026; en erken 1 Nisan 2026 ve en geç 31 Mayıs 2026 olmalı",
        ),
        (
            "channel is online",
            "“Way of applying” is paper; it must be online",
            "“Başvuru yolu” paper; online olmalı",
        ),
        (
            "channel is not paper",
            "“Way of applying” is paper; it must not be paper",
            "“Başvuru yolu” paper; paper olmamalı",
        ),
        (
            "rural\nunless rural",
            "",
            "",
        ),
        (
            "not rural",
            "rural: yes; it must be no",
            "rural: evet; hayır olmalı",
        ),
        (
            "sector is in crafts",
            "sector must be in crafts; it is NACE 62.01",
            "sector crafts içinde olmalı; verilen: NACE 62.01",
        ),
        (
            "documents includes survey",
            "documents must include survey; it is plan",
            "documents survey içermeli; verilen: plan",
        ),
        (
            "ended is given",
            "ended must be given",
            "ended belirtilmiş olmalı",
        ),
        (
            "(total people of members where kind is firm) is at most 100",
            "total people of members where Kind is Firm is 310; it must be at most 100",
            "Türü Firm olan members'in toplam people 310; en fazla 100 olmalı",
        ),
        (
            "grant does not apply",
            "grant must not apply",
            "grant uygulanmamalı",
        ),
        (
            "((turnover * 2) - least_turnover) is at most 1 000 EUR",
            "(turnover × 2) − least turnover is 2,001.00 EUR; it must be at most 1,000.00 EUR",
            "(turnover × 2) − least turnover 2.001,00 EUR; en fazla 1.000,00 EUR olmalı",
        ),
        (
            "the smaller of turnover and least_turnover is at most 10 EUR",
            "the smaller of turnover and least turnover is 1,000.00 EUR; it must be at most 10.00 EUR",
            "turnover ve least turnover değerlerinin küçüğü 1.000,00 EUR; en fazla 10,00 EUR olmalı",
        ),
        (
            "submitted is no later than 2 years before 2026-01-31",
            "submitted is 1 March 2026; it must be no later than 2 years before 31 January 2026 (31 January 2024)",
            "submitted 1 Mart 2026; en geç 31 Ocak 2026 tarihinden 2 yıl önce (31 Ocak 2024) olmalı",
        ),
    ],
)
def test_what_was_found_stands_beside_what_was_needed(condition, english, turkish):
    assert said(condition, "en") == english
    assert said(condition, "tr") == turkish


@pytest.mark.parametrize(
    ("condition", "english", "turkish"),
    [
        ("rural", "rural: yes", "rural: evet"),
        ("channel is paper", "“Way of applying” is paper", "“Başvuru yolu”: paper"),
        ("sector is not in crafts", "sector is not in crafts; it is NACE 62.01", "sector crafts içinde değil; verilen: NACE 62.01"),
        ("for all members: people is at least 5", "for all members: people is at least 5", "members için (tümü): people en az 5"),
        ("documents is given", "documents is given", "documents belirtilmiş"),
        ("grant applies", "grant applies", "grant uygulanır"),
        ("at least 1 member", "3 members; at least 1 is needed", "member sayısı 3; en az 1 olmalı"),
    ],
)  # fmt: skip
def test_what_holds_is_stated(condition, english, turkish):
    assert (said(condition, "en"), said(condition, "tr")) == (english, turkish)


def test_alternatives_are_told_one_by_one():
    (finding,) = found("any of\n  channel is online\n  not rural", "en")["findings"]

    assert (finding["text"], finding["status"]) == ("at least one of these", "failed")
    assert [(p["text"], p["status"]) for p in finding["parts"]] == [
        ("“Way of applying” is paper; it must be online", "failed"),
        ("rural: yes; it must be no", "failed"),
    ]


def test_none_of_several_is_told_as_all_of_their_opposites():
    (finding,) = found("none of\n  channel is paper\n  rural", "en")["findings"]

    assert finding["text"] == "all of these"
    assert [p["text"] for p in finding["parts"]] == [
        "“Way of applying” is paper; it must not be paper",
        "rural: yes; it must be no",
    ]


@pytest.mark.parametrize(
    ("condition", "changed", "english", "turkish"),
    [
        (
            "rural",
            {"rural": ...},
            "rural: not known yet; it must be yes",
            "rural: henüz bilinmiyor; evet olmalı",
        ),
        (
            "turnover is at least 5 EUR",
            {"turnover": ...},
            "turnover is not known yet (at least 0.00 EUR); it must be at least 5.00 EUR",
            "turnover henüz bilinmiyor (en az 0,00 EUR); en az 5,00 EUR olmalı",
        ),
        (
            "at least 2 members where kind is firm",
            {"members": [{"kind": "firm"}, {}, {}]},
            "number of members where Kind is Firm is not known yet (at least 1 and at most 3); it must be at least 2",
            "Türü Firm olan member sayısı henüz bilinmiyor (en az 1, en fazla 3); en az 2 olmalı",
        ),
        (
            "ended is after 2026-01-01",
            {},
            "ended is not applicable; it must be after 1 January 2026",
            "ended söz konusu değil; 1 Ocak 2026'dan sonra olmalı",
        ),
        (
            "sector is in crafts",
            {"sector": ...},
            "sector must be in crafts (sector is not known yet)",
            "sector crafts içinde olmalı (sector henüz bilinmiyor)",
        ),
    ],
)
def test_what_is_open_says_so_and_how_far(condition, changed, english, turkish):
    assert said(condition, "en", **changed) == english
    assert said(condition, "tr", **changed) == turkish


@pytest.mark.parametrize(
    ("when", "english", "turkish"),
    [
        ("when channel is online", "“Way of applying” is not online", "“Başvuru yolu” online olmadığından"),
        ("unless rural", "rural is yes", "rural olduğundan"),
        (
            "when duration is at most 5 years",
            "duration is more than 5 years",
            "duration 5 yıldan fazla olduğundan",
        ),
        ("when sector is in crafts", "sector is not in crafts", "sector crafts içinde olmadığından"),
        (
            "when documents includes survey",
            "documents does not include survey",
            "documents survey içermediğinden",
        ),
        ("unless grant applies", "grant applies", "grant uygulandığından"),
        ("when ended is given", "ended is not given", "ended belirtilmiş olmadığından"),
    ],
)
def test_why_a_rule_does_not_apply_is_a_reason(when, english, turkish):
    condition = f"rural\n{when}"

    assert found(condition, "en")["because"] == f"does not apply because {english}"
    assert found(condition, "tr")["because"] == f"{turkish} uygulanmaz"


def test_of_several_reasons_only_those_that_count_are_said():
    because = found("rural\nwhen channel is online\nwhen rural", "en")["because"]

    assert because == "does not apply because “Way of applying” is not online"


def test_a_count_of_choices_is_said_as_one():
    """It is lowered to a sum of ones."""
    assert (
        said("number of documents is at least 2", "en") == "number of documents is 1; it must be at least 2"
    )
    assert said("number of documents is at least 2", "tr") == "documents sayısı 1; en az 2 olmalı"


@pytest.mark.parametrize(
    ("condition", "english", "turkish"),
    [
        (
            "duration is from 20 months to 24 months",
            "duration is 72 months; it must be at least 20 months and at most 24 months",
            "duration 72 ay; en az 20 ay ve en fazla 24 ay olmalı",
        ),
        ("duration is at most 12 months", "duration is 72 months; it must be at most 12 months", "duration 72 ay; en fazla 12 ay olmalı"),
        ("duration is at most 1 year", "duration is 6 years; it must be at most 1 year", "duration 6 yıl; en fazla 1 yıl olmalı"),
    ],
)  # fmt: skip
def test_a_period_is_said_in_the_unit_of_the_author(condition, english, turkish):
    assert english == said(condition, "en")
    assert turkish == said(condition, "tr")


def test_an_ending_fits_a_day_a_moment_and_a_title_in_quotes():
    changed = "submitted is no later than 1 year before sent"
    assert (
        said(changed, "tr") == "submitted 1 Mart 2026; en geç sent gününden 1 yıl önce (1 Mart 2025) olmalı"
    )
    before = said("sent is before 2026-03-01 10:00", "tr")
    assert before.endswith("1 Mart 2026, 10:00 (Europe/Brussels) anından önce olmalı")


PLACES = """\
language English
programme x.places "Places"
  currency EUR
application
  seat "Where it is"  region
    tr "Yeri"
  born_in "Country"  country
    tr "Ülkesi"
  papers "What was handed in"  some of business_plan "Business plan" tr "İş planı", survey "Survey" tr "Etüt"
    tr "Sunulan belgeler"
  winner  yes/no (decided by "the jury" tr "jüri")
require tested
  seat is TR721
  born_in is one of DE, AT
  papers includes business_plan
require won
  winner
"""


@pytest.mark.parametrize(
    ("language", "texts", "who"),
    [
        ("en", ["“Where it is” must be in Kayseri (TR721); it is Elazığ (TRB12)", "Country must be Germany (DE) or Austria (AT); it is Türkiye (TR)", "“What was handed in” must include “Business plan”; it is Survey"], "decided by the jury"),
        ("tr", ["Yeri Kayseri (TR721) içinde olmalı; verilen: Elazığ (TRB12)", "Ülkesi Almanya (DE) veya Avusturya (AT) olmalı; verilen: Türkiye (TR)", "“Sunulan belgeler” “İş planı” içermeli; verilen: Etüt"], "karar veren: jüri"),
    ],
)  # fmt: skip
def test_places_choices_and_people_have_their_names_in_the_language(language, texts, who):
    programme = gr.compile(PLACES)
    failed = programme.decide({"seat": "TRB12", "born_in": "TR", "papers": ["survey"]})
    rules = json.loads(failed.explain(language, "json"))["requirements"]
    open_ = programme.decide({"seat": "TR721", "born_in": "AT", "papers": ["business_plan"]})

    assert texts == [finding["text"] for finding in rules[0]["findings"]]
    assert who in open_.explain(language)
    assert open_.missing[0].decided_by == "the jury"
