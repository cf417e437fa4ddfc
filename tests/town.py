"""
A programme in which an explanation has something of every kind to say, an amendment of it, and applications to it.

Every kind of rule and step stands in it, with a source of its own, and each can be met, failed, open, left out and
switched off by a parameter.
"""

from typing import Any

RULES = """language English

programme eu.town "Aid for a town"
  tr "Kente destek"
  currency     EUR
  time zone    Europe/Brussels
  month end    last day
  rules as of  submitted

use lib.town_rules: limit_of_age

source act "The act", dated 2025-12-01
source guide "The guide", dated 2026-01-15, at "https://example.org/guide"

record cost
  kind "Kind of cost"  one of staff "Staff" tr "Personel", travel "Travel" tr "Seyahat", works "Works"
    tr "Gider türü"
  amount  money (at least 0 EUR)
  spent   date
  local   yes/no (no if absent)

record partner
  size     one of small, large
  people   whole number (at least 0)
  trained  yes/no (decided by "the town" tr "kent")

application
  submitted "Day of submission"  date
    tr "Başvuru günü"
  size      one of small, large
  age       whole number (at least 0)
  price     money (at least 0 EUR)
  loan_sum  money (at least 0 EUR)
  foreign   money in USD
  stay      whole number
  approved "Approved"  yes/no (decided by "the board")
  report    yes/no
  aims      some of jobs, energy, water
  home      country
  founded   date
  partners  list of partner (at most 20)
  costs     list of cost (at most 20)

calendar town "Holidays of the town"
  tr "Kent tatilleri"
  cites act "days off", at "Annex"
  2026 | 2026-01-01 "New year", 2026-04-06

parameter reading "Which reading"  one of strict "Strictly", mild "Mildly"
  tr "Hangi okuma"
  cites guide "or otherwise", at "Page 3"
  strict

parameter most "The most that is paid"  money
  cites act "no more than 5 000 euros", at "Article 2"
  5 000 EUR

parameter rate_of_day  number
  not set

parameter minimum "Smallest wage"  money
  2025 | 700 EUR
  2026 | 800.50 EUR

rounding whole_euros "Whole euros"
  tr "Tam avro"
  cites act "whole euros"
  down in steps of 1 EUR

define half "Half of the price" = price / 2 rounded as whole_euros
  tr "Fiyatın yarısı"
  cites guide "half"

define class "Class" one of low "Low" tr "Düşük", high "High"
  low   when price is below 1 000 EUR
  high  otherwise

define per_head = price / age

define local_price "In euros" = foreign converted to EUR at rate_of_day

result in_euros = local_price

table rate_of_size by size "Rate by size"
  tr "Boyuta göre oran"
  cites act "a rate by size"
  small  | 60%
  large  | does not apply

table share_by_age by age
  up to 10              | 1
  above 10 to below 20  | does not apply
  from 20               | 2

require in_time "Submitted in time"
  tr "Süresinde başvuru"
  cites act "from 1 January to 31 March", at "Article 1"
  cites guide
  message "Submit from 1 January to 31 March 2026."
  message tr "1 Ocak - 31 Mart 2026 tarihleri arasında başvurun."
  submitted is from 2026-01-01 to 2026-03-31

require enough_partners "At least two trained partners"
  at least 2 partners where trained
  when size is large

require strictly "Strict: the firm is old"
  cites guide "or otherwise"
  age is at least 5
  when reading is strict

require mildly "Mild: the firm is there"
  cites guide "or otherwise"
  age is at least 1
  when reading is mild

require not_old "Not too old"
  tr "Çok eski değil"
  age is at most limit_of_age

require computed
  share_by_age is at least 1
  unless age is 0

require each_trained "All are trained"
  for all partners:
    trained
    any of
      people is at least 1
      this line's size is large

advise aims_at_jobs "Aims at jobs"
  cites guide "jobs first"
  message "Say how many jobs there will be."
  aims includes jobs

advise early "Early"
  founded is no later than 10 working days before submitted in calendar town
  when founded is given

duty keep "Papers are kept"
  tr "Belgeler saklanır"
  cites act "kept for ten years"

duty show_logo
  approved

note no_right "There is no right to aid"
  cites act "within the means"

note of_large
  size is large
  when reading is mild

score relevance "Relevance"
  tr "İlgililik"
  cites guide "relevance"
  10 points  when aims includes energy
  5 points   otherwise

score age_points
  1 point * age

result class_found "Class found" = class
  cites act "a class"

result per_head_found = per_head

support works "Aid for works"
  tr "Yapım desteği"
  cites act "aid for works", at "Article 5"
  from costs where amount is at least 1 EUR counting amount

  require approved_by_board "The board approves"
    cites act "with approval"
    approved

  eligible cost no_travel "Travel is not paid for"
    cites act "no travel"
    except where kind is travel
    when reading is strict

  count limit first_ones
    the first 4 by spent, earliest first
    unless size is large

  cost ceiling staff_part "Staff at most half"
    cites guide "half of it"
    where kind is staff
    together at most half
    excess is cut pro rata

  rate basic "The rate"
    cites act "at the rate"
    rate_of_size

  rate otherwise_basic
    50%
    when size is large

  bonus local_bonus "10 points for local costs"
    tr "Yerli gidere 10 puan"
    cites guide "10 points more"
    where local
    plus 10 percentage points

  bonus mild_bonus
    plus 5 percentage points
    when reading is mild

  rate ceiling highest_rate "At most 65%"
    cites act "65%"
    at most 65%

  supplement plus_jobs "Extra for jobs"
    plus 100 EUR
    within the ceilings
    when aims includes jobs

  support ceiling each_line
    each at most 2 000 EUR
    excess is trimmed

  support ceiling in_all "At most what is set"
    cites act "no more than 5 000 euros"
    together at most most
    excess is cut pro rata

  support ceiling refusing
    together at most 100 000 EUR
    excess refuses the application

  support ceiling free
    no ceiling

  proration months "By the days"
    cites guide "by the days"
    multiplied by stay / 360
    when report

  support floor small_sums "Small sums"
    nothing is paid below 50 EUR

  rounding down in steps of 0.01 EUR, once at the end

  instalment advance "In advance"
    tr "Avans"
    cites guide "in advance"
    40%
    at most 1 000 EUR
    rounding down in steps of 1 EUR
    due on 1 month after submitted
    when size is small

  instalment middle
    100 EUR
    due once report

  instalment later
    10 EUR
    due after "the visit"
    due after tr "ziyaret"

  equal instalments monthly "Monthly"
    the rest in 2 parts
    rounding down in steps of 0.01 EUR, the last one takes what is left
    due every 1 month from founded

support loan "A loan"
  tr "Borç"
  from loan_sum
  repayable

  rate part "80%"
    cites act "80%"
    80%

  support ceiling loan_most "At most 10 000"
    at most 10 000 EUR
    excess is trimmed

  rounding half up in steps of 1 EUR, once at the end

support basis_sum "What others reckon with"
  from price
  only a basis

  rate quarter
    25%

  rounding as whole_euros, each line

support lump "A lump sum"
  computed as
    1 000 EUR  when class is high
    500 EUR    otherwise
  not together with loan

  require few_years "Young firms"
    cites guide "young firms"
    age is less than 20

  require small_ones
    size is small

support ceiling both "Both together"
  tr "İkisi birlikte"
  cites act "both together"
  over works, lump
  together at most 5 500 EUR
  excess is cut from the last line first

support ceiling of_mild
  over works, lump
  together at most 1 EUR
  excess is cut pro rata
  when reading is mild

promise modest "Never more than 6 000"
  tr "Hiç 6 000'den fazla değil"
  works + lump is at most 6 000 EUR

promise small_loan "A small loan"
  loan is at most 7 000 EUR
"""

AMENDMENT = """language English

amendment eu.town_new "Aid for a town, as amended"
  tr "Kente destek, değişiklik"
  amends eu.town
  in force from 2026-02-01 to 2026-12-31

source reform "The reform", dated 2026-01-31

replace require in_time "Submitted in time"
  cites reform "until April", at "Article 1"
  submitted is from 2026-01-01 to 2026-04-30

replace parameter most "The most that is paid"  money
  cites reform "no more than 1 000 euros"
  1 000 EUR

repeal each_trained

add require rich_enough "Not too cheap"
  tr "Çok ucuz değil"
  cites reform "not too cheap"
  price is at least minimum

within support works
  replace bonus local_bonus "5 points for local costs"
    cites reform "5 points more"
    where local
    plus 5 percentage points

add note amended "Amended"
  cites reform
"""
LIBRARY = """language English

library lib.town_rules "Rules of towns"
  tr "Kent kuralları"

source circular "The circular"

parameter limit_of_age "The oldest"  whole number
  cites circular "forty"
  40
"""
FILES = {"eu/town.rules": RULES, "lib/town_rules.rules": LIBRARY}


def application(**changed: Any) -> dict[str, Any]:
    """An application that gets all supports, but for the facts given; `...` leaves a fact out."""
    facts: dict[str, Any] = {
        "submitted": "2026-03-01",
        "size": "small",
        "age": 10,
        "price": "2001.00",
        "loan_sum": "5000.00",
        "foreign": "100.00",
        "stay": 180,
        "approved": True,
        "report": False,
        "aims": ["jobs"],
        "home": "BE",
        "founded": "2026-01-31",
        "partners": [{"size": "small", "people": 3, "trained": True}],
        "costs": [
            {"kind": "staff", "amount": "1500.00", "spent": "2026-02-01", "local": True},
            {"kind": "works", "amount": "4000.33", "spent": "2026-02-02"},
            {"kind": "travel", "amount": "300.00", "spent": "2026-02-03"},
        ],
    }
    return {name: value for name, value in (facts | changed).items() if value is not ...}
