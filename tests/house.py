"""A small programme with every part that a decision speaks about, and applications to it."""

from typing import Any

RULES = """\
language English

programme eu.house "House renovation"
  tr "Ev yenileme"
  currency     EUR
  time zone    Europe/Brussels
  rules as of  submitted

source call "The call of the town", dated 2026-01-15

record cost
  kind "Kind of cost"  one of heat_pump "Heat pump", windows "Windows", party "Party"
    tr "Gider türü"
  amount  money (at least 0 EUR)

record person
  adult  yes/no

application
  submitted "Day of submission"  date
    tr "Başvuru günü"
  built "Year of building"  whole number (at least 1800) (at most 2026)
  zone  one of town, hills
  sector  NACE (optional)
  owner "Owns the house"  yes/no
    tr "Ev sahibi"
  poor  yes/no (no if absent) (decided by "the council")
  people  list of person (at most 20)
  costs  list of cost (at most 50)

parameter hill_points "Points for the hills"  points
  not set

parameter most_support "The most that is paid"  money
  cites call "no more than 5 000 euros", at "Article 2"
  5 000 EUR

require old_enough "The house is old"
  tr "Ev eskidir"
  cites call "houses built before 1990", at "Article 1"
  message "Only houses built before 1990 are supported."
  message tr "Yalnız 1990'dan önce yapılan evler desteklenir."
  built is less than 1990

require two_adults "At least two adults live there"
  at least 2 people where adult

require lived_in "The owner lives there, or is poor"
  any of
    owner
    poor
  unless zone is hills

advise known_sector "The sector is construction"
  sector is in builders
  when sector is given

code list builders (NACE)
  41, 43

score hills
  hill_points  when zone is hills
  0 points     otherwise

define age_class "Class of age"
  1  when built is less than 1950
  2  otherwise

result stage "Stage of renovation" = age_class

support works "Support for the works"
  tr "Yapım desteği"
  from costs counting amount

  eligible cost no_party "Parties are not paid for"
    cites call "No parties."
    except where kind is party

  rate basic "50%"
    50%

  bonus pump "10 points more for heat pumps"
    tr "Isı pompasına 10 puan"
    where kind is heat_pump
    plus 10 percentage points

  support ceiling most "At most what the town can pay"
    cites call "no more than 5 000 euros"
    together at most most_support
    excess is cut pro rata

  rounding down in steps of 0.01 EUR, once at the end

support advice "Energy advice"
  computed as 1 000 EUR
  require not_in_town "Only in the hills"
    zone is hills

support ceiling in_all "5 500 in all"
  over works, advice
  together at most 5 500 EUR
  excess is cut from the last line first

duty keep_papers "Keep the papers for ten years"

note no_right "There is no right to support"
  cites call "within the means of the budget"

promise modest "Never more than 6 000"
  works + advice is at most 6 000 EUR

example town_house "A house in the town"
  submitted  2026-03-01
  built      1970
  zone       town
  owner      yes
  people
    times | adult
    2     | yes
  costs
    kind      | amount
    heat_pump | 1 000 EUR
    windows   | 500.05 EUR
    party     | 300 EUR
  expect eligible
  expect works is 850.02 EUR

example new_house
  like town_house
  built 2000
  expect not eligible: old_enough
"""


def application(**changed: Any) -> dict[str, Any]:
    """The house of the first example, but for the facts given; `...` leaves a fact out."""
    facts: dict[str, Any] = {
        "submitted": "2026-03-01",
        "built": 1970,
        "zone": "town",
        "owner": True,
        "people": [{"adult": True}, {"adult": True}],
        "costs": [
            {"kind": "heat_pump", "amount": "1000.00"},
            {"kind": "windows", "amount": "500.05"},
            {"kind": "party", "amount": "300.00"},
        ],
    }
    return {name: value for name, value in (facts | changed).items() if value is not ...}


def costs(*amounts: str, kind: str = "windows") -> list[dict[str, Any]]:
    return [{"kind": kind, "amount": amount} for amount in amounts]
