"""
Small programmes, each with one kind of figure, condition, step or statement, in the words of both languages.

A case names only what it is about: the facts that it reads are declared for it.
"""

import re

HEAD = """language English

programme test.limits
  currency             EUR
  time zone            Europe/Istanbul
  month end            last day
  programme year from  2026-03-01
  rules as of          day
"""
RECORDS = {
    "costs": """
record cost
  amount   money (at least 0 EUR)
  kind     one of wood, glass, other
  company  text
  on       date
  paid     yes/no
  extra    money (0 EUR if absent)
""",
    "people": """
record person
  name     text (optional)
  age      whole number (from 0 to 120)
  trained  yes/no
  hours    number (at least 0) (only when trained)
""",
    "house": """
record building
  rooms   whole number (at least 1)
  heated  yes/no
  value   money
""",
}
LISTS = {
    "costs": "costs list of cost (at most 9)",
    "people": "people list of person (at least 1) (at most 30)",
    "house": "house building",
}
FACTS = {
    "price": "money (at least 0 EUR)",
    "rent": "money (from 10 EUR to 5000 EUR)",
    "dollars": "money in USD",
    "size": "whole number (at least 0)",
    "staff": "whole number (from 1 to 500)",
    "ratio": "number",
    "share": "rate (from 0% to 100%)",
    "part": "percentage points",
    "mark": "points",
    "fee": "money per tonne",
    "energy": "quantity in tonne",
    "day": "date",
    "other_day": "date",
    "at_time": "moment",
    "call": "year",
    "start": "month",
    "stay": "period in days",
    "term": "period",
    "zone": "one of coast, hills, town",
    "topics": "some of export, heat, water",
    "old": "yes/no",
    "young": "yes/no",
    "label": "text",
    "seat": "country",
    "area": "region",
    "trade": "NACE",
    "bonus_": "money (optional)",
    "earlier": "money (0 EUR if absent)",
    "signed": "date (optional)",
    "reason": "text (only when old)",
    "worth": "money (at least 0 EUR) (only when old)",
    "approved": 'yes/no (decided by "the council")',
}


def programme(text: str) -> str:
    """The whole text of a case: its statements, or the condition of its only requirement, with the facts that they read."""
    if not text.startswith("\n"):
        text = "\nrequire limit\n" + "".join(f"  {line}\n" for line in text.splitlines())
    words = set(re.findall(r"[^\W\d]\w*", text)) | {"day"}
    lists = [name for name in LISTS if name in words]
    facts = [f"  {name} {kind}" for name, kind in FACTS.items() if name in words]
    facts += [f"  {LISTS[name]}" for name in lists]
    records = "".join(RECORDS[name] for name in lists)
    return f"{HEAD}{records}\napplication\n" + "\n".join(facts) + "\n" + text


AMOUNTS = {
    "a fact and a constant": "price is at most 100 EUR",
    "a fact within bounds": "rent is more than 5 000 EUR\nrent is at least 10 EUR",
    "two facts": "price is at least rent",
    "an amount of another currency": "dollars converted to EUR at 0.5 is below 100 EUR",
    "a sum": "price + rent - 5 EUR is at most 100 EUR",
    "a product with a number": "price * 3 is at most 100 EUR",
    "a product of facts": "rent * size is from 1 000 EUR to below 2 000 EUR",
    "a share": "30% of price is more than 7 EUR",
    "a share that is a fact": "share of price is at least 50 EUR",
    "a quotient of an amount and a number": "price / 3 is less than 10 EUR",
    "a quotient of an amount and a count": "price / staff is at least 30 EUR",
    "a quotient of amounts": "price / rent is at least 50%",
    "two thirds": "2/3 of price is 20 EUR",
    "a figure that is rounded": "price rounded half up in steps of 10 EUR is at most 100 EUR",
    "the smaller and the larger": "the smaller of price and 50 EUR is at least the larger of rent and 20 EUR",
    "the smallest of three": "the smallest of price, rent, 500 EUR is above 40 EUR",
    "an amount for each tonne": "fee * energy is at most 1 000 EUR",
    "an amount for each started tonne": "fee for each started tonne of energy is at most 1 000 EUR",
    "whole lots": "whole lots of 12 in ratio is at least 3",
    "what is left": "what is left of price after whole lots of 500 EUR is at most 20 EUR",
    "points": "mark * 2 is at least 25 points",
    "percentage points": "part is more than 5 percentage points",
    "a rate": "share is at least 25%\n100% - share is more than 10%",
    "a count": "size + 1 is below staff",
    "an amount that may be absent": "bonus_ is more than 100 EUR\nearlier is at most 50 EUR",
    "an amount that is asked for sometimes": "worth is more than 100 EUR\nwhen old",
    "a value of another record": "house's value is at least 1 000 EUR\nhouse's rooms is at least 3",
    "the amount of which a share is another": "the amount of which 40% is price is at most 100 EUR",
}

TIMES = {
    "a day": "day is before 2026-09-04",
    "days of a range": "day is after 2026-03-04 up to 2026-12-04",
    "two days": "other_day is no later than day",
    "a moment": "at_time is no later than 2026-06-26 17:00",
    "days later": "other_day is at least 10 days after day",
    "months earlier": "other_day is no later than 3 months before day",
    "working days": "other_day is no later than 3 working days after day",
    "days between": "days from other_day to day, both days counted is at most 30",
    "months between": "completed months from other_day to day is at least 6",
    "years between": "completed years from other_day to day is at least 2",
    "working days between": "working days from other_day to day is at least 5",
    "a year": "call is after 2026",
    "the year of a day": "year of other_day is 2027",
    "the month of a day": "month of other_day is at least month 2026-05",
    "a month": "start is before month 2026-07",
    "the first day of a year": "other_day is before first day of call",
    "the last day of a month": "other_day is last day of start",
    "days in a month": "days in the month of other_day is 30",
    "a programme year": "programme year of other_day is 2",
    "the day of a moment": "day is at least 2 days after at_time",
    "a stay": "stay is more than 6 days",
    "a term": "term is at least 2 years",
    "whole weeks": "whole weeks in stay is at least 3",
    "the last two years": "other_day is in the 2 years up to day",
    "a day that may be absent": "signed is given\nsigned is after 2026-01-01",
    "a number of months that is a fact": "term after other_day is after day",
    "by the unit of time": "for stay, largest units first: 200 EUR per week, 40 EUR per day is at least 300 EUR",
}

CONDITIONS = {
    "yes or no": "old",
    "no": "not old",
    "all of several": "old\nyoung\nsize is at least 3",
    "any of several": "any of\n  old\n  young\n  size is at least 3",
    "none of several": "none of\n  old\n  size is at least 3",
    "any of all of": "any of\n  all of\n    old\n    size is below 3\n  none of\n    young\n    size is above 30",
    "a choice": "zone is hills",
    "another choice": "zone is not hills",
    "one of some": "zone is one of hills, town",
    "none of some": "zone is none of hills, town",
    "topics included": "topics includes export, heat",
    "topics of which one is included": "topics includes any of export, heat",
    "topics that are not included": "topics includes none of export, heat",
    "a country": "seat is one of TR, DE",
    "a region": "area is TR72",
    "given": "bonus_ is given",
    "not given": "signed is not given",
    "one of them given": "bonus_ is given or signed is given",
    "a text": "label is label\nreason is given\nwhen old",
    "what somebody decides": "approved",
    "nothing that can be": "size is below 0",
    "what always holds": "size is at least 0",
    "two that cannot both be": "size is at least 5\nsize is at most 4",
    "an exception": """
require young_enough
  size is at most 25
  when zone is coast

exception heated to young_enough
  house's heated
""",
    "a condition that is named": """
define small = size is below 10

define worth_it = small and price is at least 100 EUR

require limit
  worth_it
  unless small and old
""",
    "a figure that says yes by cases": """
define fits
  yes  when size is below 10
  young  when zone is coast
  old  otherwise

require limit
  fits
""",
    "a class by cases": """
define class one of low, middle, high
  first line that fits
  low     when size is below 10
  middle  when size is below 50
  high    otherwise

require limit
  class is not middle

advise better
  class is one of middle, high
""",
    "what is only set": """
parameter generous yes/no
  no

parameter most money
  100 EUR

parameter unknown_yet money
  not set

define limit_of
  most * 2  when generous
  most      otherwise

require limit
  price is at most limit_of

require never_asked
  price is at most 5 EUR
  when generous

require nobody_knows
  price is at most unknown_yet
""",
    "lines with their days": """
parameter most money
  from 2025-01-01 to 2025-12-31 | 100 EUR
  from 2026-01-01               | 200 EUR

require limit
  in force from 2025-06-01 to 2026-06-30
  price is at most most
""",
    "codes": """
code list listed (NACE)
  10 - 12, 20.1
  except 10.5
  including further

code list further (NACE)
  C

require limit
  trade is in listed

advise other
  trade is not in further
""",
}

ROWS = {
    "the number of rows": "number of costs is at least 3",
    "the number of some rows": "at least 2 costs where paid",
    "so many and no more": "at most 2 costs where kind is wood",
    "exactly so many": "exactly 3 people where age is above 17",
    "no row": "no costs where kind is glass",
    "every row": "for all costs: amount is at least 10 EUR",
    "every row of some": "for all costs where paid: kind is wood and amount is at least 10 EUR",
    "one row": "at least 1 of people where trained and hours is at least 8",
    "a share of the rows": "for at least 40% of people: trained",
    "more than a share of some rows": "for more than 50% of costs where kind is wood: paid",
    "at most a share": "for at most 20% of people: age is below 18",
    "different values": "at least 3 different values of company among costs",
    "different choices of some": "at least 2 different values of kind among costs where paid",
    "no more values than rows": "number of different values of company among costs is at most number of costs",
    "a total": "total amount of costs is at most 1 000 EUR",
    "a total of some rows": "(total amount of costs where kind is wood) is at least 500 EUR",
    "a total with another amount": "total (amount - extra) of costs is at most 30% of price",
    "an average": "average age of people is at least 30",
    "the smallest and the largest": "smallest amount of costs is at least 10 EUR\nlargest age of people is below 67",
    "of the latest row": "amount of the latest costs by on is at most 500 EUR",
    "of the highest two rows": "total amount of the highest 2 costs by amount is at most 800 EUR",
    "for the latest rows": "for the latest 2 costs by on: paid",
    "of the one row": "(amount of the one costs where paid) is at least 100 EUR",
    "given rows": "costs is given",
    "an amount so far": "for all costs: amount so far by on is at most 500 EUR",
    "rows for other rows": "for all costs: (total amount of other costs where company is this cost's company) is at most 300 EUR",
    "a field that is computed": """
define cost's net = amount - extra

define cost's is_dear
  net is at least 100 EUR
  kind is not other

require limit
  at least 2 costs where is_dear

require never_too_much
  for all costs: net is at most 3 000 EUR
""",
    "a field by cases": """
define cost's rate_of
  first line that fits
  50%  when kind is wood
  30%  when amount is at most 200 EUR
  10%  otherwise

require limit
  total (rate_of of amount) of costs is at most 400 EUR
""",
}

CASES_OF_FIGURES = {
    "cases": """
define sum
  1 000 EUR       when size is below 10
  price * 2       when old
  does not apply  when zone is coast
  price           otherwise

support grant
  computed as sum
""",
    "exactly one case": """
define rate_of
  exactly one line fits
  50%  when zone is coast
  30%  when zone is hills and size is at most 5
  20%  when zone is town
  10%  when zone is hills and size is above 5

support grant
  from price
  rate half
    rate_of
  rounding down in steps of 0.01 EUR, once at the end
""",
    "a table by a choice": """
table rate_of by zone
  coast        | 50%
  hills, town  | 40%

support grant
  from price
  rate half
    rate_of
  rounding down in steps of 0.01 EUR, once at the end
""",
    "a table by a figure and a choice": """
table rate_of by size
  across zone       | coast | hills | town
  below 10          | 50%   | 40%   | 30%
  from 10 to 49     | 45%   | 35%   | 25%
  above 49          | 20%   | 10%   | 0%

support grant
  from price
  rate half
    rate_of
  rounding down in steps of 0.01 EUR, once at the end
""",
    "a table slice by slice": """
table slices by price
  slice by slice
  up to 500 EUR                 | 50%
  above 500 EUR to 1 000 EUR    | 25%
  above 1 000 EUR               | 0%

support grant
  computed as slices
  rounding down in steps of 0.01 EUR, once at the end
""",
    "a table with days in force": """
table sums by zone
  in force from 2025-01-01 to 2025-12-31
    coast       | 100 EUR
    otherwise   | 50 EUR
  in force from 2026-01-01
    coast       | 120 EUR
    otherwise   | does not apply

support grant
  computed as sums * size
""",
    "a share of a loss": """
table loss_share by drop = (100% - (price / rent))
  from 70%              | 90%
  from 30% to below 70% | 40%
  below 30%             | 0%
  no base               | 0%

support grant
  from rent
  rate lost
    loss_share
  rounding down in steps of 0.01 EUR, once at the end
""",
    "scores and results": """
score size_points "Points for the size"
  first line that fits
  10 points  when size is at least 50
  5 points   when size is at least 10
  0 points   otherwise

score mark_points
  mark / 2

result level = size * 2

require enough
  total_points is at least 12 points
""".replace("  total_points is at least", "  size_points + mark_points is at least"),
}

SUPPORTS = {
    "an amount": """
support grant
  computed as 500 EUR
  require seated
    seat is TR
""",
    "a rate and a ceiling of one amount": """
support grant
  from price
  rate half
    50%
  rate more
    60%
    when old
  support ceiling most
    at most 5 000 EUR
    excess is trimmed
  rounding down in steps of 1 EUR, once at the end
""",
    "one amount that is refused": """
support grant
  from price
  support ceiling most
    at most 5 000 EUR
    excess refuses the application
  support ceiling with_earlier
    together with earlier at most 8 000 EUR
    excess refuses the application
""",
    "bonuses and a ceiling on the rate": """
support grant
  from price
  rate half
    50%
  bonus on_the_coast
    plus 15 percentage points
    when zone is coast
  bonus more
    increased by 10%
    unless old
  bonus on_a_part
    plus 12 percentage points on rent
  rate ceiling highest
    at most 65%
  rounding half up in steps of 10 EUR, once at the end
""",
    "floors": """
support grant
  from price
  rate half
    50%
  support floor small
    nothing is paid below 740 EUR
  support floor raised
    raised to 1 000 EUR, where anything is paid
    when old
  rounding down in steps of 0.01 EUR, once at the end

support other_grant
  from rent
  support floor always
    raised to 200 EUR, in any case
""",
    "supplements and a proration": """
support grant
  from price
  proration months
    multiplied by size / 12
  supplement within
    plus 300 EUR
    within the ceilings
    when old
  support ceiling most
    at most 2 000 EUR
    excess is trimmed
  supplement beyond
    plus 20 EUR * staff
    on top of the ceilings
    unless zone is coast
  rounding down in steps of 0.01 EUR, once at the end
""",
    "lines": """
support grant
  from costs where paid counting amount - extra
  eligible cost listed
    only where kind is one of wood, glass
  eligible cost not_dear
    except where amount is above 5 000 EUR
    when old
  rate half
    50%
  rounding down in steps of 0.10 EUR, each line
""",
    "ceilings on lines": """
support grant
  from costs counting amount
  cost ceiling each_of_wood
    where kind is wood
    each at most 300 EUR
    excess is trimmed
  cost ceiling of_glass
    where kind is glass
    together at most 20% of total amount of costs
    excess is cut pro rata
  rate half
    50%
  support ceiling refused
    together with earlier at most 1 500 EUR
    excess refuses the application
  rounding down in steps of 0.01 EUR, once at the end
""",
    "lines that are dropped and the last ones first": """
support grant
  from costs counting amount
  support ceiling dropped
    each at most 1 000 EUR
    excess drops the line
  support ceiling in_all
    together at most 900 EUR
    excess is cut from the last line first
""",
    "ceilings on groups": """
support grant
  from costs counting amount
  support ceiling of_each
    per company and year of on at most 1 000 EUR
    excess is cut pro rata
  support ceiling of_kind
    per kind at most 1 500 EUR
    excess is cut from the last line first
    unless old
  support ceiling none_at_all
    no ceiling
  rounding half to even in steps of 0.01 EUR, each line
""",
    "the first lines": """
support grant
  from costs counting amount
  count limit two
    per company the first 2 by amount, highest first
  count limit earliest
    the first 4 by on, earliest first
    where kind is not other
  rate half
    50%
    where kind is wood
  bonus paid_ones
    where paid
    plus 10 percentage points
  rounding down in steps of 0.01 EUR, once at the end
""",
    "a count limit by company and month": """
support grant
  from costs counting amount
  count limit one_a_month
    per company and month of on the first 1 by amount, lowest first
  support ceiling in_all
    together at most 2 500 EUR
    excess is cut pro rata
  rounding down in steps of 0.01 EUR, once at the end
""",
    "a sum that is shared out": """
support grant
  from people where trained sharing price, in proportion to hours
  rounding down in steps of 0.01 EUR, once at the end

support rest
  from people sharing 100 EUR, in equal parts
  rounding down in steps of 0.01 EUR, once at the end
""",
    "a ceiling over several": """
support grant
  from price
  rate half
    50%
  rounding down in steps of 0.01 EUR, once at the end

support rented
  from costs counting amount
  not together with advice

support advice
  computed as 300 EUR
  when old

support ceiling all
  over grant, rented
  together at most 2 000 EUR
  excess is cut pro rata

support ceiling pair
  over grant, advice
  together at most 1 000 EUR
  excess is cut from the last line first
  when young

require sensible
  grant + rented is at least 50 EUR
  advice applies or grant is more than 20 EUR
""",
    "a ceiling over several that refuses": """
support grant
  from price

support rented
  from rent
  only a basis

support advice
  from rent
  repayable

support ceiling all
  over grant, advice
  together at most 2 000 EUR
  excess refuses the application
""",
    "instalments": """
support grant
  from price
  rounding down in steps of 1 EUR, once at the end

  instalment advance "In advance"
    50%
    at most 100 EUR
    rounding down in steps of 1 EUR
    due on 1 month after day
    when old

  instalment second
    the smaller of rent and 500 EUR
    due once approved

  equal instalments monthly
    the rest in 3 parts
    rounding down in steps of 0.01 EUR, the last one takes what is left
    due every 1 month from day

require not_too_little
  grant's advance is at least 20 EUR
""",
    "what depends on another step": """
support grant
  from costs counting amount
  cost ceiling works
    where kind is wood
    together at most 5% of grant's eligible_cost
    excess is cut pro rata
  rate half
    50%
  rounding down in steps of 0.01 EUR, once at the end

require enough
  grant is at least 100 EUR

require enough_cost
  grant's eligible_cost is at least 1 000 EUR
""".replace("5% of grant's eligible_cost", "rent"),
}

GROUPS = {
    "amounts": AMOUNTS,
    "times": TIMES,
    "conditions": CONDITIONS,
    "rows": ROWS,
    "figures": CASES_OF_FIGURES,
    "supports": SUPPORTS,
}
