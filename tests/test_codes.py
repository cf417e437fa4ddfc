"""Codes written in a condition itself, and codes that are coarser than those they are compared with."""

import pytest

import grantrules as gr

HEAD = """language English

programme test.codes "Codes"
  currency  EUR
  nace      Rev. 2.1

"""
TWO_REVISIONS = """application
  old  NACE Rev. 2
  new  NACE

require was_in_information
  old is NACE Rev. 2 J

require is_in_publishing
  new is NACE J
"""
TWO_RECORDS = """record firm
  trade  NACE

record house
  trade    NACE (optional)
  number   whole number
  builder  firm

application
  sector  NACE (optional)
  home    house
  other   house
  houses  list of house (at most 3)

code list builders (NACE)
  41.00

require trades "Of all"
  sector is in builders
  home's trade is in builders
  other's trade is in builders
  for all houses: trade is in builders
  for all houses: number is 1 or other's trade is in builders
  for all houses: builder's trade is in builders
"""
HOUSE = {"number": 1, "trade": "41.00", "builder": {"trade": "41.00"}}


@pytest.mark.parametrize(("new", "eligible"), [("58.11", True), ("61.10", False)])
def test_a_section_is_that_of_the_revision_it_is_written_in(new, eligible):
    """What was information and communication (J) in Rev. 2 is two sections in Rev. 2.1: 61 is now in K."""
    programme = gr.compile(HEAD + TWO_REVISIONS)

    assert programme.decide({"old": "61.10", "new": new}).eligible is eligible


def test_a_code_list_may_be_called_as_a_code_is_written():
    rules = HEAD + (
        "application\n  zone    region\n  sector  NACE\n\ncode list TR72 (NACE)\n  41\n\n"
        "require here\n  zone is TR72\n  sector is in TR72\n"
    )
    programme = gr.compile(rules)

    found = [
        programme.decide({"zone": zone, "sector": sector}).eligible
        for zone, sector in (("TR721", "41.00"), ("TR10", "41.00"), ("TR721", "43.11"))
    ]
    assert found == [True, False, False]


@pytest.mark.parametrize(
    ("coarse", "warnings"),
    [
        ({"sector": "41"}, ["sector_precision"]),
        ({"home": HOUSE | {"trade": "41"}}, ["home_trade_precision"]),
        ({"other": HOUSE | {"trade": "41"}}, ["other_trade_precision"]),
        ({"houses": [HOUSE | {"trade": "41"}]}, ["house_trade_precision"]),
        ({"houses": [HOUSE | {"builder": {"trade": "41"}}]}, ["builder_trade_precision"]),
        ({"home": HOUSE | {"trade": None}}, []),
        ({"sector": None, "other": HOUSE | {"trade": "41"}}, ["other_trade_precision"]),
    ],
)
def test_each_code_that_is_too_coarse_is_told_by_its_own_name(coarse, warnings):
    facts = {"sector": "41.00", "home": HOUSE, "other": HOUSE, "houses": [HOUSE]}
    decision = gr.compile(HEAD + TWO_RECORDS).decide(facts | coarse)

    assert decision.eligible is not True
    assert [each.name for each in decision.warnings] == warnings


def test_a_code_that_is_too_coarse_is_told_in_both_languages():
    programme = gr.compile(HEAD + TWO_RECORDS)
    titles = [
        (rule.about.titles["en"], rule.about.titles["tr"])
        for rule in programme._program.body
        if rule.about.keyword == "precision"
    ]

    assert titles == [
        ("The code of sector is precise enough", "sector kodu yeterince ayrıntılı"),
        ("The code of home's trade is precise enough", "home'nin trade kodu yeterince ayrıntılı"),
        ("The code of other's trade is precise enough", "other'in trade kodu yeterince ayrıntılı"),
        ("The code of house's trade is precise enough", "house'nin trade kodu yeterince ayrıntılı"),
        ("The code of builder's trade is precise enough", "builder'in trade kodu yeterince ayrıntılı"),
    ]
