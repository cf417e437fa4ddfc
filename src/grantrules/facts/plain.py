"""
Facts as plain JSON data in one canonical form: what a decision record keeps, and what its hash is made of.

Every fact is there, in the order of the declaration, defaults filled in: amounts with the decimals of their currency,
other numbers with no more decimals than they need, days, months, moments and periods in ISO 8601 with moments in UTC,
codes with their dots, choices by their first name and in the order of their declaration, null for what is absent,
`{"unknown": true}` for what is not given.  The readers of this folder read it back to equal facts.
"""

from __future__ import annotations

from typing import Any, cast

from grantrules import calendars
from grantrules import types as ty
from grantrules.calendars import Period, PeriodUnit
from grantrules.core.facts import Facts
from grantrules.core.ir import UNKNOWN, FieldDef, Program, RecordDef
from grantrules.facts.reader import MARK
from grantrules.quantities import decimal_text


def plain(program: Program, facts: Facts) -> dict[str, Any]:
    """The application as plain data of dict, list, str, int, bool and None."""
    return _record(program, program.application, facts.values)


def _record(program: Program, record: RecordDef, values: tuple[Any, ...]) -> dict[str, Any]:
    pairs = zip(record.fields, values, strict=True)
    return {each.name: plain_value(program, each, value) for each, value in pairs}


def plain_value(program: Program, each: FieldDef, value: Any) -> Any:
    """The raw value of one field as plain data."""
    if value is None:
        return None
    if value is UNKNOWN:
        return {MARK: True}
    scale = each.scale or 0
    match each.type:
        case ty.Record(name):
            return _record(program, program.records[name], value)
        case ty.List(name):
            return [_record(program, program.records[name], row) for row in value]
        case ty.Number(whole=True) | ty.Year():
            return value
        case ty.Money():
            return decimal_text(value, scale)
        case ty.Number() | ty.MoneyPer() | ty.Quantity() | ty.Points():
            return _shortest(value, scale)
        case ty.PercentagePoints():
            return _shortest(value, scale - 2)
        case ty.Rate():
            return f"{_shortest(value, scale - 2)}%"
        case ty.Date():
            return calendars.iso_date(value)
        case ty.Moment():
            return _moment(value)
        case ty.Month():
            return calendars.iso_month(value)
        case ty.Period(unit):
            return Period(value, cast("PeriodUnit", unit)).as_json()
        case ty.Choices(_, values):
            return [each for each in values if each in value]
        case _:
            return value


def _shortest(units: int, scale: int) -> str:
    while scale > 0 and units % 10 == 0:
        units, scale = units // 10, scale - 1
    return decimal_text(units, scale)


def _moment(epoch: int) -> str:
    days, seconds = divmod(epoch, calendars.SECONDS_OF_DAY)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{calendars.iso_date(_EPOCH + days)}T{clock}Z"


_EPOCH = 719_163  # The ordinal of 1 January 1970.
