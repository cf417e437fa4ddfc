"""
What is said of each mistake in a figure, a condition or a table: where it is shown, and the whole sentence.

What is quoted follows the language of the file; so that both are seen, the Turkish words are those of a Turkish file.
"""

from collections.abc import Iterator

from attrs import evolve

import grantrules as gr
from grantrules.diagnostics import Problem
from grantrules.source import Span
from storing import stored

HEAD = """language English

programme test.mistakes
  currency             EUR
  time zone            Europe/Istanbul
  programme year from  2026-03-01
  rules as of          day

source call "The call"

record cost
  amount  money (at least 0 EUR)
  hours   number (at least 0)
  paid_on date
  size    whole number
  kind    one of travel, works
  trade   NACE
  parts   list of part (at most 3)

record part
  of_it   money

record trip
  spent   money
  left_on date
  aim     one of fair, visit
  legs    list of part (at most 3)

record firm
  staff   whole number
  trade   NACE

application
  price   money
  dollars money in USD
  count   whole number (from 0 to 9)
  ratio   number
  share   rate
  points_ percentage points
  mark    points
  fee     money per tonne
  weight  quantity in tonne
  day     date
  at      moment
  call_   year
  month_  month
  stay    period in days
  length  period
  zone    one of coast, hills also mountains, plains
  place   one of coast, town
  topics  some of export, heat
  old     yes/no
  new     yes/no
  name    text
  seat    country
  region_ region
  trade   NACE
  leader  firm
  size    whole number
  costs   list of cost (at most 9)
  others  list of cost (at most 9)
  members list of firm (at most 9)
  trips   list of trip (at most 9)

code list sectors (NACE)
  10, 26

rounding cent
  down in steps of 0.01 EUR

rounding at_the_end
  down in steps of 0.01 EUR, once at the end

calendar town
  2026 | 2026-01-01

parameter limit  money
  from 2025-01-01 | 5 EUR

parameter fixed  rate
  5%

define sum_ = price + 1 EUR

define sometimes
  5 EUR           when old
  does not apply  otherwise

define cost's double = amount * 2


define total_amount = total amount of costs

table by_zone by zone
  coast     | 5 EUR
  otherwise | limit

support grant
  from price
  rate half
    50%
  rounding as at_the_end

support lump
  computed as 5 EUR

define of_grant = grant + 1 EUR

"""
FIGURES = """
nobody
prices
amount
zonne
price = 5 EUR
sumif
price + dollars
price + 5
5 + price
share + 5 EUR
share + mark
stay + length
points_ + share
price + name
price + zone
price + costs
price + leader
price + day
day - at
call_ + 1
price * price
price * share
share * share
price * day
length * 2.5
fee * price
fee * 2 kg
price / day
day / 2
price / share
price / mark
length / 2
price / zone
5% of day
5% of zone
points_ of price
1 percentage point of price
5 EUR of price
2 of price
4/0 of price
the amount of which 40% is day
the amount of which 5 is price
whole lots of 5 EUR in count
whole lots of 5 in day
whole lots of 12 in zone
what is left of price after whole lots of 5
whole weeks in length
whole weeks in count
days left after whole weeks in price
price rounded as nothing_known
price rounded as cents
price rounded as at_the_end
share rounded as cent
price rounded down in steps of 1
share rounded down in steps of 0.01 EUR
price rounded down in steps of count
price rounded down in steps of 0 EUR
zone rounded down in steps of 1
count converted to USD at 1.1
price converted to USD at share
price converted to USD at nobody
price converted to XYZ at 1.1
price converted to EURO at 1.1
price converted to USD at ratio, as of day
the smaller of price and share
the larger of price and dollars
the largest of day, at, price
the smaller of zone and place
price for each started kg of weight
share for each started tonne of weight
dollars for each started tonne of price
for stay, largest units first: 5 EUR per tonne, 5 EUR per day
for stay, largest units first: 5 EUR per day, 6 EUR per day
for stay, largest units first: 5 EUR per month, 5 EUR per day
for stay, largest units first: 5 EUR per week, 5 USD per day
for stay, largest units first: 5 EUR per week
for stay, largest units first: price, nobody
for length, largest units first: 5 EUR per day
for count, largest units first: 5 EUR per day
for ratio days, largest units first: 5 EUR per day
for day days, largest units first: 5 EUR per day
for the time from price to day, largest units first: 5 EUR per day
for the time from day to nobody, largest units first: 5 EUR per day
completed months from price to day
days from day to zone
working days from day to at in calendar city
working days from day to at in calendar towns
3 months after day
3 months after price
price after day
share before nobody
3 days after day in calendar town
36 hours after day
length after at
2 working days after day in calendar nowhere_
year of price
month of zone
first day of day
last day of at
days in the month of call_
programme year of call_
price as of day
limit as of price
amount as of day
grant as of day
sometimes as of day
of_grant as of day
limits as of day
double as of day
by_zone for zone seaside
by_zone for place coast
by_zone for price 5 EUR
by_zone for nobody 5
by_zone for amount 5 EUR
by_zone for limit 5 EUR
price for zone coast
limit for zone coast
lump for zone coast
by_zones for zone coast
sum_ for price 5
number of price
number of nobody
number of cost
number of firms
number of different values of kind among price
number of other costs
total name of members
total staff of price
total staff of nobody
total paid_on of costs
average paid_on of costs
average stay of costs
total kind of costs
largest parts of costs
total nobody of costs
total amount of costs where nobody
total amount of costs where amount
total size of costs
(total amount of costs where size is 5)
largest amount of other costs
amount of the latest costs by amount
amount of the highest costs by paid_on
amount of the highest costs by kind
amount of the highest costs by nobody
5 EUR of the latest costs by paid_on
(5 EUR) of the one cost where kind is works
parts of the latest costs by paid_on
nobody of the one cost where kind is works
amount of the one cost where nobody
total amount of the highest price costs by amount
total amount of the highest 2 costs by kind
total amount of the highest nobody costs by amount
amount so far by paid_on
leader's nobody
leader's staf
price's staff
costs's amount
grant's nobody
grant's eligible_costs
sum_'s eligible_cost
application's nobody
application's prize
application's amount
this line's amount
this cost's amount
this member's staff
2026-02-30
2026-02-28 25:00
2026-03-29 03:30
2026-06-01 12:00 Europe/Istambul
month 2026-13
5 XYZ
5 EURO per tonne
5 tonnes
5 lira
NACE 99.99
NACE Rev. 2.1 41.20
1 234 567.891 EUR
"""
OF_A_LINE = """
spent so far by nobody
spent so far by aim
aim so far by left_on
nobody so far by left_on
left_on so far by left_on
spent so far by left_on, per nobody
spent so far by left_on, per legs
spent so far by left_on, per aim and per nobody
this trip's nobody
this trip's spend
this part's of_it
this line's nobody
trip's nobody
trip's spend
average spent of other trips
total spent of other trips where nobody
total nobody of other trips
number of other members
total of_it of legs where spent is 5
total of_it of leg
total amount of legs
amount
count of members
price's spent
left_on as of day
legs as of day
by_zone for aim fair
by_zone for zone aim
spent * share
"""
CONDITIONS = """
price
zone
nobody
costs
not price
price is 5
price is 5 USD
price is zone
price is coast
zone is seaside
zone is mountain
zone is place
zone is export
zone is one of coast, seaside
zone is one of coast, price
call_ is 99
call_ is from 99 to 2026
day is 2026
day is at least price
at is before month_
topics is export
topics is topics
costs is others
leader is leader
topics includes exports
topics includes export, price
zone includes coast
topics includes any of coast
name is at least name
zone is at least zone
costs is at least 5
seat is XX
seat is one of TR, Germany
region_ is TR99
trade is 99
trade is NACE 99
trade is NACE Rev. 2 41.20
trade is one of NACE 10, NACE Rev. 2 26
trade is in sector
trade is in price
trade is in zone
price is in sectors
nobody is in sectors
price applies
sum_ applies
nobody applies
amount applies
grants applies
price is from 5 EUR to 1 EUR
price is above 5 EUR to 5 EUR
price is from 5 EUR to 10
price is from nobody to 5 EUR
price is above 5 USD
nobody is from 1 to 5
zone is from 1 to 5
day is from 2026-05-01 to 2026-04-01
day is in the 2 years up to price
day is in the 5 EUR up to at
price is given
nobody is given
at least 2 price
at least 5 EUR costs
at least nobody costs
exactly 2 different values of nobody among costs
at least 2 different values of parts among costs
no other members where staff is 5
for all costs: amount
for all costs: nobody
for all costs: size is 5
for all costs: trade is in sectors
for all costs: for all parts: of_it is 5
for all trips: for all other trips: spent
for all trips: for all other trips: aim is seaside
for all trips: spent is one of 5, price
for at least 5 of trips: spent is 5 EUR
topics includes place
topics includes any of 5, export
topics includes none of exports, heat
not (zone is seaside)
none of (price)
for all nobody: old
for all price: old
for at least 50% of nobody: old
for at least 50% of costs: amount
for all other members: staff is 5
for the latest 2 members by staff: staff is 5
at least 1 cost where (at least 1 cost where (at least 1 cost where amount is 5 EUR))
for all costs: for all costs: for all costs: for all costs: amount is 5 EUR
price and old
old and zone
share is at least 5
share is 5 EUR
share is 5 percentage points
points_ is 5%
mark is 5
fee is 5 EUR
weight is 5
weight is 5 kg
length is 5 days
stay is 5 months
stay is 5
"""
STATEMENTS = (
    "parameter p  money\n  from 2026-05-01 to 2026-04-01 | 5 EUR\n",
    "parameter p  money\n  from 20 to 2026 | 5 EUR\n",
    "parameter p  money\n  from 2026-02-30 | 5 EUR\n",
    "parameter p  money\n  from month 2026-13 | 5 EUR\n",
    "parameter p  money\n  2025 | 5 EUR\n  from 2025-06-01 | 6 EUR\n",
    "parameter p  money\n  2025 | 5 EUR\n  2027 | 6 EUR\n",
    "parameter p  money\n  up to 2025 | 5 EUR\n  up to 2026 | 6 EUR\n",
    "parameter p  money\n  5\n",
    "parameter p  number\n  5 EUR\n",
    "parameter p  rate\n  5 percentage points\n",
    "parameter p  one of a, b\n  c\n",
    "parameter p  money in XYZ\n  5 XYZ\n",
    "define x\n  5 EUR\n  6 EUR when old\n",
    "define x\n  5 EUR  when old\n  6  otherwise\n",
    "define x\n  5 EUR  when price\n  6 EUR  otherwise\n",
    "define x\n  nobody  when old\n  6 EUR  otherwise\n",
    "define x\n  costs   when old\n  costs   otherwise\n",
    "define x\n  does not apply  when old\n  does not apply  otherwise\n",
    "define x\n  coast  when old\n  coast  otherwise\n",
    "define x\n  coast  when old\n  seaside  otherwise\n",
    "define x one of a, b\n  c  when old\n  a  otherwise\n",
    "define x one of a, b\n  old\n",
    "define x one of a, b = zone\n",
    "define x\n  exactly one line fits\n  5 EUR  when old\n  6 EUR  when old and new\n  7 EUR  otherwise\n",
    "define x\n  5 EUR  when zone is coast\n  6 EUR  when zone is coast and old\n  7 EUR  otherwise\n",
    "define x\n  first line that fits\n  5 EUR  when zone is coast\n  6 EUR  when zone is mountains\n  7 EUR  when zone is one of plains, hills\n  8 EUR  when zone is one of plains, coast\n  8 EUR  otherwise\n",
    "define x\n  first line that fits\n  5 EUR  when price is at least 5 EUR\n  6 EUR  when price is at least 10 EUR\n  7 EUR  otherwise\n",
    "define x\n  5 EUR  when price is at least 5 EUR\n  6 EUR  when price is at least 10 EUR\n  7 EUR  otherwise\n",
    "define x\n  5 EUR  when ratio is from 1 to 5\n  6 EUR  when ratio is more than 4.5\n  7 EUR  otherwise\n",
    "define x\n  5 EUR  when day is before 2026-05-01\n  6 EUR  when day is before 2026-06-01\n  7 EUR  otherwise\n",
    "define x\n  in force from 2025-01-01 to 2026-05-01\n  old\n\ndefine x\n  in force from 2026-01-01\n  new\n",
    "define x\n  in force from 2025-01-01 to 2025-05-01\n  old\n\ndefine x\n  in force from 2026-01-01\n  new\n",
    "define x\n  in force from 2025-01-01 to 2025-05-01\n  old\n\ndefine x\n  in force from 2025-05-02\n  5 EUR otherwise\n",
    "define x one of a, b\n  in force from 2025-01-01 to 2025-05-01\n  a otherwise\n\ndefine x one of a, c\n  in force from 2025-05-02\n  a otherwise\n",
    "define cost's y\n  in force from 2025-01-01 to 2025-05-01\n  amount otherwise\n\ndefine cost's y\n  in force from 2025-05-02\n  hours otherwise\n",
    "define x = x + 1\n",
    "define sum = total_amount\n",
    "table x by zone\n  coast | 5 EUR | 6 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  otherwise | 5 EUR\n  coast | 6 EUR\n",
    "table x by zone\n  seaside | 5 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  5 | 5 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast, seaside | 5 EUR\n  otherwise | 5 EUR\n",
    "table x by nobody\n  coast | 5 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  does not apply | 5 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  reduced by 5% | 5 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  no base | 5 EUR\n  otherwise | 5 EUR\n",
    "table x by y = (price / limit)\n  no base | 5 EUR\n  from 5 EUR | 6 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | from 5 EUR\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | not set\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | not coast\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | any\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | no base\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | belirlenmemiş\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | 5 EUR each\n  otherwise | 5 EUR\n",
    "table x by zone\n  coast | reduced by 5 EUR\n  otherwise | 5%\n",
    "table x by zone\n  coast | 5 EUR\n  otherwise | 5%\n",
    "table x by zone\n  coast | nobody\n  otherwise | 5%\n",
    "table x by zone\n  coast | 5 EUR\n  hills | 6 EUR\n",
    "table x by zone, old\n  coast | yes | 5 EUR\n  hills | any | 6 EUR\n  not hills | no | 7 EUR\n",
    "table x by zone\n  coast | 5 EUR\n  not plains | 6 EUR\n  plains | 5 EUR\n",
    "table x by zone\n  first line that fits\n  not plains | 5 EUR\n  mountains | 6 EUR\n  plains | 6 EUR\n",
    "table x by zone\n  across old | yes | no\n  coast | 5 EUR\n  otherwise | 6 EUR\n",
    "table x by zone\n  across old | yes | no\n  coast | 5 EUR | 6 EUR\n  hills | 5 EUR | 6 EUR\n",
    "table x by price\n  up to 5 EUR | 1%\n  above 6 EUR | 2%\n",
    "table x by price\n  up to 5 EUR | 1%\n  from 5 EUR | 2%\n",
    "table x by price\n  up to 5 USD | 1%\n  above 5 USD | 2%\n",
    "table x by price\n  up to 5 | 1%\n  above 5 | 2%\n",
    "table x by price\n  above 5 EUR to 1 EUR | 1%\n  otherwise | 2%\n",
    "table x by price\n  first line that fits\n  up to 5 EUR | 1%\n  up to 4 EUR | 3%\n  above 5 EUR | 2%\n",
    "table x by count\n  up to 4 | 1%\n  from 6 | 2%\n",
    "table x by count\n  up to 4 | 1%\n  from 5 to 8 | 2%\n",
    "table x by day\n  before 2026-05-01 | 1%\n  after 2026-05-01 | 2%\n",
    "table cost's x by hours\n  from 1 to 5 | 1%\n  above 5 | 2%\n",
    "table cost's x by kind\n  travel | 1%\n",
    "table x by price, count\n  slice by slice\n  up to 5 EUR | any | 1%\n",
    "table x by price\n  slice by slice\n  5 EUR | 1%\n  above 5 EUR | 2%\n",
    "table x by price\n  slice by slice\n  up to 5 | 1%\n  above 5 | 2%\n",
    "table x by price\n  slice by slice\n  up to 5 EUR | 1%\n  above 5 EUR | 2 USD\n",
    "table x by price\n  slice by slice\n  up to 5 EUR | 1%\n  above 5 EUR | not set\n",
    "table x by price\n  slice by slice\n  up to 5 EUR | nobody\n  above 5 EUR | 5%\n",
    "table x by price\n  slice by slice\n  up to 5 EUR | 1 EUR each\n  above 5 EUR | 2 EUR each\n",
    "table x by count\n  slice by slice\n  up to 5 | 1% each\n  above 5 | 2% each\n",
    "table x by count\n  slice by slice\n  up to 5 | 1 EUR each\n  above 5 | 5 points each\n",
    "table x by zone\n  slice by slice\n  up to 5 | 1 EUR each\n  above 5 | 2 EUR each\n",
    "table x by weight\n  slice by slice\n  up to 5 tonne | 1 EUR per kg\n  above 5 tonne | 2 EUR per tonne\n",
    "table x by zone\n  in force from 2025-01-01 to 2025-12-31\n    coast | 1%\n    otherwise | 2%\n  in force from 2025-12-31\n    otherwise | 3%\n",
    "table x by zone\n  gives y | z\n  coast | 1%\n  otherwise | 2% | 3%\n",
    "table x one of a, b by zone\n  coast | c\n  otherwise | a\n",
    "rounding cent\n  up in steps of 0.01 EUR\n",
    "rounding new_one\n  up in steps of 0 EUR\n\ndefine x = price rounded as new_one\n",
    "rounding new_one\n  up in steps of zone\n",
    "calendar town\n  2027 | 2027-01-01\n",
    "calendar new_one\n  2026 | 2026-02-30, 2025-01-01, 2026-05-01, 2026-05-01\n  2026 | 2026-05-01\n  2029 | 2029-05-01\n",
    "calendar new_one\n  26 | 2026-05-01\n\ndefine x = 2 working days after day in calendar new_one\n",
    "require r\n  in force from 2026-05-01 to 2026-04-01\n  old\n",
    "require r\n  failing that\n    old\n",
    "require r\n  nobody\n  failing that\n    old\n",
    "require r\n  any of\n    failing that\n      old\n",
    "require r\n  cites calls\n  old\n",
    "require r\n  cites law\n  old\n",
)  # fmt: skip
HEADLESS = """language English

programme test.headless
  currency EUR

application
  day  date
  at   moment

define x = programme year of day

define y = 3 months after day

parameter p  money
  from 2026-01-01 | 5 EUR

define z = at is before 2026-05-01 12:00
"""


def told(text: str, start: int, before: set[str]) -> Iterator[str]:
    """
    Each problem: its code, the words that are marked, why it is one and what to write instead.

    Args:
        start: where the statement begins; what stands above it is a declaration.
        before: what was said before, which is not said again.
    """

    def words(problem: Problem, language: str) -> str:
        said = evolve(problem, source=None).words(language)
        return f"    {said.why} → {said.instead}"

    def marked(at: Span) -> str:
        here = " ".join(text[at.start : at.end].split())
        return f"«{here}»" if at.start >= start or not here else f"«{here}» above"

    for problem in gr.check(text):
        if problem.code != "GR211":  # Nothing uses any of it.
            yield f"  {problem.code} {marked(problem.span)}"
            said = f"{words(problem, 'en')}\n{words(problem, 'tr')}"
            yield "    …" if said in before else said
            before.add(said)
            for label in problem.labels:
                yield f"    {marked(label.span)} {label.words.en} | {label.words.tr}"


def said_of(statements: list[str], head: str = HEAD) -> str:
    before: set[str] = set()
    lines: list[str] = []
    for each in statements:
        lines += (f"| {line}" for line in each.rstrip().split("\n"))
        lines += (*told(head + each, len(head), before), "")
    return "\n".join(lines)


def lines_of(text: str) -> list[str]:
    return text.strip().split("\n")


def test_what_is_said_of_each_mistake_in_a_figure():
    figures = [f"define x = {line}\n" for line in lines_of(FIGURES)]
    text = said_of([*figures, *(f"define trip's x = {line}\n" for line in lines_of(OF_A_LINE))])

    assert text == stored("said_of_mistakes/figures.txt", text)


def test_what_is_said_of_each_mistake_in_a_condition():
    text = said_of([f"require x\n  {line}\n" for line in lines_of(CONDITIONS)])

    assert text == stored("said_of_mistakes/conditions.txt", text)


def test_what_is_said_of_each_mistake_in_a_statement():
    text = said_of(list(STATEMENTS)) + said_of([HEADLESS], "")

    assert text == stored("said_of_mistakes/statements.txt", text)
