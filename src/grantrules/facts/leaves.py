"""
One value: from what was handed in to the raw value of a fact.

A *leaf* is the reading function of one field.  It takes any object whatever and gives the raw value, the problem
with it, or `REFUSED` where the problem has been reported already; it never raises.

The accepted forms of each type are those of `leaf_of`, and no others.  Text is read by the parsers of `quantities`,
`calendars` and `reference`, which say what is wrong with it; the words for that are here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import MAX_EMAX, MIN_EMIN, ROUND_DOWN, Context, Decimal, Inexact
from fractions import Fraction
from functools import cache
from typing import Any, TypeAlias, assert_never, cast

from grantrules import calendars, formats
from grantrules import types as ty
from grantrules.calendars import DateSlip, MomentSlip, Period, PeriodSlip, PeriodUnit
from grantrules.core.ir import FieldDef, Program
from grantrules.diagnostics import Words
from grantrules.facts import problems as pr
from grantrules.facts.host import A_RECORD, INEXACT, composed, described, exact, fields_of
from grantrules.facts.json_text import REFUSED, JsonNumber
from grantrules.limits import Limits
from grantrules.quantities import Money, NumberSlip, decimal_text, parse_decimal
from grantrules.reference import countries, nace, regions, tables
from grantrules.reference.codes import CodeSlip, Reason

Leaf: TypeAlias = Callable[[Any], Any]
"""From any object to the raw value of a fact, or to a `DataProblem` that has no path yet."""

_LONGEST_NAME = 200


# ---- words -------------------------------------------------------------------------------------------------------


_EXAMPLES: Mapping[type, str] = {
    ty.YesNo: "true", ty.Number: '"12.5"', ty.Quantity: '"12.5"', ty.Rate: '"70%"', ty.PercentagePoints: '"15"',
    ty.Points: '"40"', ty.Date: '"2023-09-04"', ty.Moment: '"2023-09-04T14:30:00+03:00"', ty.Year: "2023",
    ty.Month: '"2023-09"', ty.Text: '"text"', ty.Nace: '"32.50"', ty.Country: '"TR"', ty.Region: '"TR521"',
    ty.Record: "{…}", ty.List: "[{…}, {…}]",
}  # fmt: skip
_PERIODS = {"months": '"P18M"', "days": '"P30D"', "hours": '"PT36H"', "working days": '"10 working days"'}


def example(kind: ty.Type, scale: int | None) -> str:
    """How a value of a type is written in JSON."""
    match kind:
        case ty.Number(whole=True):
            return "12"
        case ty.Money() | ty.MoneyPer():
            return f'"{decimal_text(15005 * 10 ** ((scale or 0) - 1), scale or 0)}"' if scale else '"1500"'
        case ty.Period(unit):
            return _PERIODS[unit]
        case ty.Choice(_, values):
            return f'"{values[0]}"' if values else ""
        case ty.Choices(_, values):
            quoted = [f'"{value}"' for value in values[:2]]
            return f"[{', '.join(quoted)}]"
        case _:
            return _EXAMPLES[type(kind)]


def said(kind: ty.Type, scale: int | None, raw: Any, program: Program) -> Words:
    """A raw number or point in time as people read it."""
    return Words(_said(kind, scale, raw, program, "en"), _said(kind, scale, raw, program, "tr"))


def _said(kind: ty.Type, scale: int | None, raw: int, program: Program, language: str) -> str:
    value = Fraction(raw, 10 ** (scale or 0))
    match kind:
        case ty.Money(currency):
            return formats.amount(value, currency, language)
        case ty.MoneyPer(currency, unit):
            return formats.price(value, currency, unit, language)
        case ty.Quantity(unit):
            return f"{formats.number(value, language)} {unit}"
        case ty.Rate():
            return formats.percent(value, language)
        case ty.PercentagePoints():
            return formats.percentage_points(value, language)
        case ty.Points():
            return formats.points(value, language)
        case ty.Date():
            return formats.date(raw, language)
        case ty.Moment():
            zone = calendars.zone(program.zone)
            return formats.moment(raw, zone, language) if zone else str(raw)
        case ty.Month():
            return formats.month(raw, language)
        case ty.Period(unit):
            return formats.period(Period(raw, cast("PeriodUnit", unit)), language)
        case ty.Year():
            return str(raw)
        case _:
            return formats.number(value, language)


_NUMBER_SLIPS: Mapping[NumberSlip, Words] = {
    NumberSlip.EMPTY: Words("it is empty", "boş"),
    NumberSlip.BLANKS: Words("blanks stand before or after it", "önünde ya da ardında boşluk var"),
    NumberSlip.NON_ASCII_DIGITS: Words("it has digits of another script", "başka bir yazının rakamları var"),
    NumberSlip.LOOK_ALIKE_SIGN: Words(
        "it has a dash that only looks like a minus", "eksiye yalnız benzeyen bir çizgi var"
    ),
    NumberSlip.SIGN_NOT_ALLOWED: Words("it has a sign", "işareti var"),
    NumberSlip.EXPONENT: Words("it has an exponent", "üslü yazılmış"),
    NumberSlip.UNDERSCORE: Words("it has an underscore", "alt çizgi var"),
    NumberSlip.AMBIGUOUS_SEPARATOR: Words(
        "its comma could mark thousands or decimals", "virgül binlik de ondalık da olabilir"
    ),
    NumberSlip.THOUSANDS_SEPARATOR: Words("its thousands are separated", "binlikleri ayrılmış"),
    NumberSlip.COMMA_DECIMAL: Words("it has a comma before the decimals", "ondalıktan önce virgül var"),
    NumberSlip.MISSING_DIGITS: Words(
        "it has no digits on one side of the point", "noktanın bir yanında rakam yok"
    ),
    NumberSlip.NOT_A_NUMBER: Words("it is no number", "sayı değil"),
}
_DATE_SLIPS: Mapping[DateSlip, Words] = {
    DateSlip.EMPTY: Words("it is empty", "boş"),
    DateSlip.BLANKS: Words("blanks stand before or after it", "önünde ya da ardında boşluk var"),
    DateSlip.NON_ASCII_DIGITS: Words("it has digits of another script", "başka bir yazının rakamları var"),
    DateSlip.DAY_FIRST: Words(
        "day and month could be exchanged; the year comes first", "gün ile ay karışabilir; önce yıl yazılır"
    ),
    DateSlip.NO_HYPHENS: Words(
        "there are no hyphens between year, month and day", "yıl, ay ve gün arasında kısa çizgi yok"
    ),
    DateSlip.WEEK_DATE: Words("it names a week", "hafta yazılmış"),
    DateSlip.NO_DAY: Words("it has no day", "gün yok"),
    DateSlip.HAS_TIME: Words(
        "it has a time, and only a day is asked for", "saat var, oysa yalnız gün soruluyor"
    ),
    DateSlip.NO_TIME: Words("it has no time", "saat yok"),
    DateSlip.NO_SUCH_MONTH: Words("there is no such month", "böyle bir ay yok"),
    DateSlip.NO_SUCH_DAY: Words("there is no such day", "böyle bir gün yok"),
    DateSlip.NO_SUCH_TIME: Words("there is no such time of day", "günün böyle bir saati yok"),
    DateSlip.FRACTION_OF_A_SECOND: Words(
        "it has a fraction of a second; moments are exact to the second",
        "saniyenin kesri var; anlar saniyesine kadar yazılır",
    ),
    DateSlip.BAD_OFFSET: Words("its offset from UTC does not exist", "böyle bir UTC farkı yok"),
    DateSlip.YEAR_OUT_OF_RANGE: Words(
        f"its year is before {calendars.FIRST_YEAR} or after {calendars.LAST_YEAR}",
        f"yılı {calendars.FIRST_YEAR} öncesi ya da {calendars.LAST_YEAR} sonrası",
    ),
    DateSlip.NOT_A_DATE: Words("it is not written as year-month-day", "yıl-ay-gün olarak yazılmamış"),
}
_NOT_WRITTEN: Mapping[type, Words] = {
    ty.Month: Words("it is not written as year-month", "yıl-ay olarak yazılmamış"),
    ty.Year: Words("it is not written as a year of four digits", "dört rakamlı bir yıl olarak yazılmamış"),
}
_MOMENT_SLIPS: Mapping[MomentSlip, Words] = {
    MomentSlip.SKIPPED: Words("a time that they never showed", "hiç göstermedikleri bir saat"),
    MomentSlip.TWICE: Words("a time that they showed twice", "iki kez gösterdikleri bir saat"),
}
_PERIOD_SLIPS: Mapping[PeriodSlip, Words] = {
    PeriodSlip.EMPTY: Words("it is empty", "boş"),
    PeriodSlip.BLANKS: Words("blanks stand before or after it", "önünde ya da ardında boşluk var"),
    PeriodSlip.NON_ASCII_DIGITS: Words("it has digits of another script", "başka bir yazının rakamları var"),
    PeriodSlip.MIXED: Words(
        "its units do not add up to one length of time", "birimleri tek bir süre olarak toplanamaz"
    ),
    PeriodSlip.NEGATIVE: Words("it is negative", "negatif"),
    PeriodSlip.FRACTION: Words("it has a fraction", "kesir var"),
    PeriodSlip.MINUTES: Words("it has minutes or seconds", "dakika ya da saniye var"),
    PeriodSlip.TOO_LONG: Words("it is longer than any law", "her yasadan uzun"),
    PeriodSlip.NOT_A_PERIOD: Words("it is not written as a period", "süre olarak yazılmamış"),
}
_CODE_SLIPS: Mapping[Reason, Words] = {
    Reason.MALFORMED: Words("it is not written as such a code", "böyle bir kod olarak yazılmamış"),
    Reason.UNKNOWN: Words("there is no such code", "böyle bir kod yok"),
    Reason.OTHER_REVISION: Words("it is a code of the other revision", "öbür sürümün bir kodu"),
}


# ---- the leaf of a field -----------------------------------------------------------------------------------------

_HUNDREDTHS = (ty.Rate, ty.PercentagePoints)
_EXACT_NUMBERS = (ty.Number, ty.Money, ty.MoneyPer, ty.Quantity, ty.PercentagePoints, ty.Points)


def leaf_of(field: FieldDef, program: Program, limits: Limits) -> Leaf:
    """
    The reading function of a field that is no record and no list; bounds of the field included.

    That of several choices reads one of them.
    """
    return _bounded(field, program, _leaf(field, program, limits))


def _leaf(field: FieldDef, program: Program, limits: Limits) -> Leaf:
    kind = field.type
    match kind:
        case ty.YesNo():
            return _yes_no
        case ty.Number() | ty.Quantity() | ty.MoneyPer() | ty.Points():
            return _Number(kind, field.scale, limits).read
        case ty.Money():
            return _Money(kind, field.scale, limits).read
        case ty.PercentagePoints():
            return _PercentagePoints(kind, field.scale, limits).read
        case ty.Rate():
            return _Rate(kind, field.scale, limits).read
        case ty.Date():
            return _date
        case ty.Month():
            return _month
        case ty.Year():
            return _year
        case ty.Moment():
            return _moment_leaf(program)
        case ty.Period(unit):
            return _period_leaf(unit)
        case ty.Text():
            return _text_leaf(limits)
        case ty.Choice(of, values) | ty.Choices(of, values):
            return _choice_leaf(of, values, program)
        case ty.Nace() | ty.Country() | ty.Region():
            return _code_leaf(kind)
        case ty.Record() | ty.List():
            raise TypeError(f"`{field.name}` is not a single value")
        case _:
            assert_never(kind)


def wrong_kind(kind: ty.Type, scale: int | None, given: Any) -> pr.DataProblem:
    """The value is of another kind; an inexact number has words of its own."""
    expected, written = ty.described(kind), example(kind, scale)
    if exact(given) is INEXACT and isinstance(kind, _EXACT_NUMBERS):
        return pr.InexactNumber(expected=expected, example=written)
    return pr.WrongKind(expected=expected, given=described(given), example=written)


def _bounded(field: FieldDef, program: Program, leaf: Leaf) -> Leaf:
    """The leaf with the bounds that the programme declares."""
    least, most = field.minimum, field.maximum
    if (least is None and most is None) or not isinstance(field.type, ty.NUMERIC):
        return leaf

    def words(raw: int) -> Words:
        return said(field.type, field.scale, raw, program)

    def within(given: Any) -> Any:
        raw = leaf(given)
        if type(raw) is not int:
            return raw
        if least is not None and raw < least:
            return pr.BelowMinimum(given=words(raw), bound=words(least))
        if most is not None and raw > most:
            return pr.AboveMaximum(given=words(raw), bound=words(most))
        return raw

    return within


def _yes_no(given: Any) -> Any:
    return given if given is True or given is False else wrong_kind(ty.YesNo(), None, given)


# ---- numbers -----------------------------------------------------------------------------------------------------


class _Number:
    """
    Reads exact numbers of one field.

    `fine` is how many decimals can be written: the raw value is what is written times 10**fine.  Where hundredths are
    written (percent), that is two less than the scale.
    """

    def __init__(self, kind: ty.Type, scale: int | None, limits: Limits) -> None:
        self.kind, self.limits, self.scale = kind, limits, scale
        self.fine = (scale or 0) - (2 if isinstance(kind, _HUNDREDTHS) else 0)
        if self.fine < 0:
            raise ValueError(f"A percentage is held with at least two decimals, not with {scale}.")

    def read(self, given: Any) -> Any:
        """The raw value, or the problem."""
        return self.of_copy(exact(given))

    def of_copy(self, value: Any) -> Any:
        """The same, of an exact copy."""
        match value:
            case str():
                return self.of_text(value, value)
            case JsonNumber(text):
                return self.of_text(text, text)
            case bool():
                return self.wrong(value)
            case int():
                return self.of_units(value, 0, value)
            case Decimal():
                return self.of_decimal(value)
            case _:
                return self.wrong(value)

    def wrong(self, value: Any) -> Any:
        return value if value is REFUSED else wrong_kind(self.kind, self.scale, value)

    def of_text(self, text: str, shown: str, sign: str = "") -> Any:
        """
        The raw value of a text.

        Args:
            text: the number alone.
            shown: what was written, for messages.
            sign: what stood beside the number.
        """
        if len(text) > max(self.limits.string_length, self.limits.digits + self.fine + 2):
            return pr.TextTooLong(most=self.limits.string_length)
        parsed = parse_decimal(text, digits=self.limits.digits, decimals=self.fine, signed=True)
        match parsed:
            case NumberSlip.TOO_MANY_DIGITS:
                return pr.TooManyDigits(most=self.limits.digits)
            case NumberSlip.TOO_MANY_DECIMALS:
                return self.too_fine(shown)
            case NumberSlip():
                near, written = _plainer(text), example(self.kind, self.scale)
                slip = _NUMBER_SLIPS[parsed]
                return pr.NotANumber(text=shown, slip=slip, near=near and near + sign, example=written)
            case units, decimals:
                return units * 10 ** (self.fine - decimals)

    def of_units(self, units: int, decimals: int, shown: Any) -> Any:
        """The raw value of units / 10**decimals; `decimals` is as small as can be."""
        if abs(units) >= 10 ** (self.limits.digits + decimals):
            return pr.TooManyDigits(most=self.limits.digits)
        return units * 10 ** (self.fine - decimals) if decimals <= self.fine else self.too_fine(str(shown))

    def of_decimal(self, value: Decimal) -> Any:
        """The raw value of a decimal: by its value, so that zeros at its end do not count as they do in a text."""
        if not value.is_finite():
            return pr.NoFiniteNumber(text="NaN" if value.is_nan() else "Infinity")
        if not value:
            return 0
        # Its size first, then as many of its figures as there is room for: it may have a million.
        if value.adjusted() >= self.limits.digits:
            return pr.TooManyDigits(most=self.limits.digits)
        room = Context(
            prec=self.limits.digits + self.fine, rounding=ROUND_DOWN, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[]
        )
        sign, figures, exponent = room.plus(value).as_tuple()
        assert isinstance(exponent, int)  # noqa: S101 - It is finite.
        if value.adjusted() < -self.fine or room.flags[Inexact]:
            return self.too_fine("0.00…" if value.adjusted() < -self.fine else f"{room.plus(value):f}…")
        units = int("".join(map(str, figures)))
        while exponent < -self.fine and units % 10 == 0:
            units, exponent = units // 10, exponent + 1
        if exponent < -self.fine:
            return self.too_fine(f"{value:f}")
        units *= 10 ** (exponent + self.fine)
        return -units if sign else units

    def too_fine(self, shown: str) -> pr.DataProblem:
        return pr.TooManyDecimals(text=shown, most=self.fine, expected=ty.described(self.kind))


class _Money(_Number):
    """Reads amounts in one currency, which may be named beside the amount."""

    def of_copy(self, value: Any) -> Any:
        if isinstance(value, Money):
            return self._other(value.currency) or self.of_units(value.units, value.scale, value.amount)
        return super().of_copy(value)

    def read(self, given: Any) -> Any:
        """The raw value, or the problem."""
        value = exact(given)
        if value is not A_RECORD:
            return self.of_copy(value)
        found = fields_of(given, 2)
        if found is None or found[1] or found[0].keys() != {"amount", "currency"}:
            return self.wrong(value)
        amount, currency = exact(found[0]["amount"]), exact(found[0]["currency"])
        if amount is REFUSED or currency is REFUSED:
            return REFUSED
        if type(currency) is not str or isinstance(amount, Money):
            return self.wrong(value)
        return self._other(currency) or super().of_copy(amount)

    def _other(self, currency: str) -> pr.DataProblem | None:
        own = self.kind.currency if isinstance(self.kind, ty.Money) else ""
        return None if currency == own else pr.WrongCurrency(given=currency, currency=own)


class _PercentagePoints(_Number):
    """Reads percentage points, which are not percent."""

    def of_text(self, text: str, shown: str, sign: str = "") -> Any:
        if "%" in text:
            return pr.PercentForPoints(text=shown, expected=ty.described(self.kind))
        return super().of_text(text, shown, sign)


class _Rate(_Number):
    """Reads rates: nothing but a text with a percent sign before or after the number."""

    def of_copy(self, value: Any) -> Any:
        if type(value) is str:
            return self._percent(value)
        is_number = value is INEXACT or (
            isinstance(value, int | Decimal | JsonNumber) and type(value) is not bool
        )
        return pr.NotAPercentage(text=described(value)) if is_number else self.wrong(value)

    def _percent(self, text: str) -> Any:
        minus, body = ("-", text[1:]) if text.startswith("-") else ("", text)
        bare = body[1:] if body.startswith("%") else body.removesuffix("%")
        if bare != body:
            return self.of_text(minus + bare, text, "%")
        value = self.of_text(text, text)
        return pr.NotAPercentage(text=described(text)) if type(value) is int else value


def _plainer(text: str) -> str:
    """The number a text probably stands for, written plainly; empty where two readings are likely."""
    body = text.strip().removesuffix("TL").removesuffix("TRY").removesuffix("₺").strip()
    for blank in " \u00a0\u2009\u202f'’_":
        body = body.replace(blank, "")
    points, commas = body.count("."), body.count(",")
    if points > 1 or (points and commas and body.rfind(",") > body.rfind(".")):
        body = body.replace(".", "").replace(",", ".")
    elif commas > 1 or (points and commas):
        body = body.replace(",", "")
    elif commas and len(body) - body.find(",") != 4:
        body = body.replace(",", ".")
    return body if body != text and isinstance(parse_decimal(body, signed=True), tuple) else ""


# ---- time --------------------------------------------------------------------------------------------------------

_EPOCH = dt.date(1970, 1, 1).toordinal()
_FIRST_DAY, _LAST_DAY = (
    dt.date(calendars.FIRST_YEAR, 1, 1).toordinal(),
    dt.date(calendars.LAST_YEAR, 12, 31).toordinal(),
)


def _not_a_date(kind: ty.Type, given: Any, slip: DateSlip) -> pr.DataProblem:
    text = given if type(given) is str else str(given)
    words = _DATE_SLIPS[slip]
    if slip is DateSlip.NOT_A_DATE:
        words = _NOT_WRITTEN.get(type(kind), words)
    return pr.NotADate(text=text, slip=words, expected=ty.described(kind), example=example(kind, None))


def _date(given: Any) -> Any:
    value, kind = exact(given), ty.Date()
    if type(value) is str:
        day = calendars.parse_date(value)
        return _not_a_date(kind, value, day) if isinstance(day, DateSlip) else day
    if type(value) is not dt.date:
        return value if value is REFUSED else wrong_kind(kind, None, value)
    day = value.toordinal()
    return day if _FIRST_DAY <= day <= _LAST_DAY else _not_a_date(kind, value, DateSlip.YEAR_OUT_OF_RANGE)


def _month(given: Any) -> Any:
    value, kind = exact(given), ty.Month()
    if type(value) is not str:
        return value if value is REFUSED else wrong_kind(kind, None, value)
    month = calendars.parse_month(value)
    return _not_a_date(kind, value, month) if isinstance(month, DateSlip) else month


def _year(given: Any) -> Any:
    value, kind = exact(given), ty.Year()
    if type(value) is int:
        in_range = calendars.FIRST_YEAR <= value <= calendars.LAST_YEAR
        return value if in_range else _not_a_date(kind, _digits(value), DateSlip.YEAR_OUT_OF_RANGE)
    if type(value) is not str:
        return value if value is REFUSED else wrong_kind(kind, None, value)
    year = calendars.parse_year(value)
    return _not_a_date(kind, value, year) if isinstance(year, DateSlip) else year


def _digits(value: int) -> str:
    return str(value) if value.bit_length() < 128 else "…"  # A longer one may be too long to write.


def _moment_leaf(program: Program) -> Leaf:
    zone = calendars.zone(program.zone)
    if zone is None:
        raise ValueError(f"There is no time zone {program.zone!r}.")

    def read(given: Any) -> Any:
        value = exact(given)
        found: int | DateSlip | MomentSlip | None
        if type(value) is str:
            found = calendars.parse_moment(value, zone)
        elif type(value) is dt.datetime:
            found = _of_datetime(value)
        else:
            return value if value is REFUSED else wrong_kind(ty.Moment(), None, value)
        if found is None:
            return pr.NoZone()
        if isinstance(found, MomentSlip):
            return pr.UnclearLocalTime(text=str(value), zone=program.zone, slip=_MOMENT_SLIPS[found])
        if type(found) is int and not _FIRST_DAY <= found // calendars.SECONDS_OF_DAY + _EPOCH <= _LAST_DAY:
            found = DateSlip.YEAR_OUT_OF_RANGE
        if isinstance(found, DateSlip):
            # Its zone is an object of the host, and is not asked again.
            shown = value if type(value) is str else value.replace(tzinfo=None).isoformat(" ")
            return pr.NotAMoment(text=shown, slip=_DATE_SLIPS[found], example=example(ty.Moment(), None))
        return found

    return read


def _of_datetime(value: dt.datetime) -> int | DateSlip | None:
    """The moment of a date and time of the host; `None` if it has no zone."""
    try:
        offset = value.utcoffset()
    except Exception:  # noqa: BLE001 - The zone is an object of the host, and may fail in any way.
        return DateSlip.BAD_OFFSET
    if offset is None:
        return None
    if value.microsecond or offset.microseconds:
        return DateSlip.FRACTION_OF_A_SECOND
    clock = (value.toordinal() - _EPOCH) * calendars.SECONDS_OF_DAY
    clock += value.hour * 3600 + value.minute * 60 + value.second
    return clock - offset.days * calendars.SECONDS_OF_DAY - offset.seconds


def _period_leaf(unit: str) -> Leaf:
    kind = ty.Period(unit)

    def read(given: Any) -> Any:
        value = exact(given)
        if isinstance(value, Period):  # Its count is an object of the host.
            value = value.as_json() if type(value.count) is int and value.count.bit_length() < 64 else "…"
        if type(value) is not str:
            return value if value is REFUSED else wrong_kind(kind, None, value)
        period = calendars.parse_period(value)
        if isinstance(period, PeriodSlip):
            return pr.NotAPeriod(text=value, slip=_PERIOD_SLIPS[period], example=example(kind, None))
        if period.unit != unit:
            other = described(period)
            return pr.OtherPeriod(given=other, expected=ty.described(kind), example=example(kind, None))
        return period.count

    return read


# ---- texts, choices, codes ---------------------------------------------------------------------------------------


def _text_leaf(limits: Limits) -> Leaf:
    def read(given: Any) -> Any:
        value = exact(given)
        if type(value) is not str:
            return value if value is REFUSED else wrong_kind(ty.Text(), None, value)
        if len(value) > limits.string_length:
            return pr.TextTooLong(most=limits.string_length)
        return composed(value)

    return read


def values_of(of: str, values: tuple[str, ...], program: Program) -> dict[str, str]:
    """The names that a value of a choice may be given by, and the value each of them means."""
    declared = program.choices.get(of)
    return {**(declared.also if declared else {}), **{value: value for value in values}}


def _choice_leaf(of: str, values: tuple[str, ...], program: Program) -> Leaf:
    kind, meant = ty.Choice(of, values), values_of(of, values, program)

    def read(given: Any) -> Any:
        value = exact(given)
        if type(value) is not str:
            return value if value is REFUSED else wrong_kind(kind, None, value)
        text = composed(value) if len(value) <= _LONGEST_NAME else value
        if isinstance(text, pr.DataProblem):
            return text
        if text in meant:
            return meant[text]
        return pr.NotAListedValue(text=value, values=values, near=pr.near_name(value, tuple(meant)))

    return read


def _code_leaf(kind: ty.Nace | ty.Country | ty.Region) -> Leaf:
    def read(given: Any) -> Any:
        value = exact(given)
        if type(value) is not str:
            return value if value is REFUSED else wrong_kind(kind, None, value)
        code = normalised(kind, value)
        if isinstance(code, str):
            return code
        return pr.NotACode(
            text=value,
            expected=ty.described(kind),
            slip=_CODE_SLIPS[code.reason],
            near=code.near,
            example=example(kind, None),
        )

    return read


def normalised(kind: ty.Nace | ty.Country | ty.Region, text: str) -> str | CodeSlip:
    """The canonical code, or what is wrong with it."""
    match kind:
        case ty.Nace(revision):
            return nace.normalise(text, "2.1" if revision == "2.1" else "2")
        case ty.Country():
            return countries.normalise(text)
        case ty.Region():
            return regions.normalise(text)


@cache
def _withdrawn() -> frozenset[str]:
    # The last column is the list in force.
    return frozenset(code for code, *_, in_force in tables.rows("nace_rev2_tr6") if in_force != "yes")


def no_longer_listed(kind: ty.Type, raw: Any) -> bool:
    """Whether a value is a Turkish activity code that is not in the list in force."""
    return isinstance(kind, ty.Nace) and type(raw) is str and len(raw) == 8 and raw in _withdrawn()
