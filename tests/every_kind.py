"""A programme that asks for facts of every kind, as small as it can be."""

RULES = """language English

programme test.every_kind "Every kind"
  tr "Her tür"
  currency     EUR
  month end    last day
  time zone    Europe/Istanbul
  nace         Rev. 2.1
  rules as of  day

record line "A line"
  tr "Bir kalem"
  amount   money (at least 0 EUR)
  paid_on  date (optional)
  big      yes/no (no if absent)
  pieces   whole number (only when big)

record person
  name  text
  age "Age"  whole number (from 0 to 120)
    tr "Yaş"

application "What is asked"
  tr "Sorulanlar"
  approved  yes/no (decided by "the committee" tr "kurul")
  count     whole number (from -5 to 100)
  ratio     number (at most 12.5)
  fee "The fee"  money (at least 0 EUR)
    tr "Ücret"
  dollars   money in USD (-1.50 USD if absent)
  yen       money in JPY (at least 100 JPY)
  per_ton   money per tonne (at most 3 EUR per tonne)
  weight    quantity in tonne (at least 0.5 tonne)
  share     rate (from 5% to 50%)
  uplift    percentage points (at most 15 percentage points)
  mark      points (from 0 points to 9.5 points)
  day       date (from 2020-01-01 to 2030-12-31)
  at        moment (optional)
  ends      moment (at most 2030-12-31 17:00)
  call      year (at least 2020)
  first     month (at most month 2026-03)
  stay      period in days (at most 30 days)
  term      period (from 6 months to 2 years)
  open_     period in hours (at least 24 hours)
  answer    period in working days (10 working days if absent)
  remark    text (optional)
  stage     one of idea "An idea" tr "Fikir" also concept, mature (idea if absent)
  grade     one of low, high
  topics    some of heat "Heat", water also sea, wind
  trade     NACE
  old_trade NACE Rev. 2
  seat      country
  zone      region
  lead      person
  lines     list of line (at most 3)
  extra     whole number (only when approved)
  colour    text (only when stage is mature) (optional)

require named
  count is at least 0

support grant
  from fee
"""

APPLICATION = {
    "approved": True, "count": 3, "ratio": "1.5", "fee": "10.00", "dollars": "2.25", "yen": 150, "per_ton": "1.125",
    "weight": "0.75", "share": "12.5%", "uplift": "2.5", "mark": "7.25", "day": "2026-02-28",
    "at": "2026-03-01T10:00:00+03:00", "ends": "2027-01-01 09:30", "call": 2026, "first": "2026-02", "stay": "P2W3D",
    "term": "P1Y6M", "open_": "PT36H", "answer": "12 working days", "remark": "çok iyi", "stage": "concept",
    "grade": "high", "topics": ["wind", "sea"], "trade": "32.50", "old_trade": "26", "seat": "TR", "zone": "TR521",
    "lead": {"name": "Ada", "age": 36},
    "lines": [{"amount": "5.50", "paid_on": "2025-12-31"}, {"amount": {"amount": "7", "currency": "EUR"}, "big": True, "pieces": 2}],
    "extra": 4,
}  # fmt: skip

NAMES = tuple(name for name in (*APPLICATION, "colour") if name not in {"lead", "lines"})
"""The facts that are single values."""

OTHER = """language English

programme test.other_kinds "Other kinds"
  currency     EUR
  time zone    Europe/Istanbul
  rules as of  day

record line
  amount   money
  weight   number
  paid_on  text

application
  day       date
  count     text
  fee       money in TRY
  stage     one of idea, other_stage
  lines     list of line
  lead      text
  seat      text
  extra     whole number
  town      text
  rooms     whole number (only when extra is 1)

require named
  extra is at least 0
"""
"""Another programme, some of whose facts have the names of those above and are of another kind."""
