"""
Exact values: money, rounding, sharing out, and decimals as people write them.

Nothing here can lose a digit or be changed from outside. Values are integers and fractions; `decimal` is used
only to take in and hand out whole values, never to calculate, so the precision, rounding and traps that a
host has set change nothing. A float is refused: 0.1 has been something else since before it got here.

Integers are made from text only after the text has been checked (`parse_decimal`), because making one from a
long text takes time that nobody can interrupt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import lcm
from types import MappingProxyType

from attrs import frozen

from grantrules.reference import currencies

# ------------------------------------------------------------------------------------------------ rounding


class Rounding(Enum):
    """
    How an exact value becomes a multiple of a step. A value that is one already stays as it is.

    A programme names one of these wherever it rounds; there is no default.
    """

    DOWN = "down"
    """To the lower neighbour, below zero too: -1.5 becomes -2. A support never exceeds its rate so."""

    UP = "up"
    """To the higher neighbour, below zero too: -1.5 becomes -1."""

    HALF_UP = "half_up"
    """To the nearer neighbour; from the middle, away from zero: 2.5 becomes 3, and -2.5 becomes -3."""

    HALF_EVEN = "half_even"
    """To the nearer neighbour; from the middle, to the even multiple: 2.5 becomes 2, and 3.5 becomes 4."""


def floor_units(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded DOWN to an integer; the denominator is above zero."""
    return numerator // denominator


def ceiling_units(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded UP to an integer; the denominator is above zero."""
    return -(-numerator // denominator)


def half_up_units(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded HALF_UP to an integer; the denominator is above zero."""
    if numerator < 0:
        return -((denominator - 2 * numerator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def half_even_units(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded HALF_EVEN to an integer; the denominator is above zero."""
    lower, rest = divmod(numerator, denominator)
    past_middle = 2 * rest - denominator
    return lower + 1 if past_middle > 0 or (past_middle == 0 and lower & 1) else lower


ROUNDERS: Mapping[Rounding, Callable[[int, int], int]] = MappingProxyType(
    {
        Rounding.DOWN: floor_units,
        Rounding.UP: ceiling_units,
        Rounding.HALF_UP: half_up_units,
        Rounding.HALF_EVEN: half_even_units,
    }
)
"""The function for each mode, so that generated code calls it directly."""


def round_units(numerator: int, denominator: int, mode: Rounding) -> int:
    """`numerator / denominator` rounded to an integer; the denominator is above zero."""
    return ROUNDERS[mode](numerator, denominator)


def round_to(value: Fraction, step: Fraction, mode: Rounding) -> Fraction:
    """
    A value rounded to a multiple of a step: `round_to(value, Fraction(1, 100), Rounding.DOWN)` for cents.

    Raises:
        ValueError: the step is zero or less.
    """
    if step <= 0:
        raise ValueError(f"A step of rounding is above zero, not {step}.")
    units = round_units(value.numerator * step.denominator, value.denominator * step.numerator, mode)
    return units * step


# ------------------------------------------------------------------------------------------------ sharing out


def largest_remainder(parts: Sequence[Fraction], total_units: int) -> list[int]:
    """
    Whole units for each part that add up to a total, by the method of the largest remainder.

    Args:
        parts: exact amounts, counted in the smallest unit (cents, say).
        total_units: what the units must add up to.

    Returns:
        one integer for each part, in the same order.

    Raises:
        ValueError: the parts add up to nothing, and so give no shares of another total.

    Every share is first rounded down; the units left over go one by one to the shares that lost most, the
    earlier part first where two lost the same. The law: the result adds up to the total, and each is less
    than one unit away from its share, so a share of whole units stays as it is.

    The share of a part is the part itself where the total is less than a unit away from the sum of the parts:
    that is rounding to the unit, up or down. Where the total is further away (rounding to a coarser step, or
    a cut), it is the part scaled by total / sum.

    >>> third = Fraction(10_000, 3)
    >>> largest_remainder([third, third, third], 10_000)
    [3334, 3333, 3333]
    """
    denominator = lcm(*(part.denominator for part in parts))
    numerators = [part.numerator * (denominator // part.denominator) for part in parts]
    return largest_remainder_units(numerators, denominator, total_units)


def largest_remainder_units(numerators: Sequence[int], denominator: int, total_units: int) -> list[int]:
    """`largest_remainder` for parts over one common denominator, which is above zero."""
    whole = sum(numerators)
    if abs(total_units * denominator - whole) >= denominator:
        if whole == 0:
            raise ValueError("Parts that add up to nothing cannot share a total.")
        sign = 1 if whole > 0 else -1
        numerators = [numerator * total_units * sign for numerator in numerators]
        denominator = whole * sign
    floors, remainders = [], []
    for numerator in numerators:
        floor, remainder = divmod(numerator, denominator)
        floors.append(floor)
        remainders.append(remainder)
    left = total_units - sum(floors)
    # The sort is stable, so the earlier of two equal remainders comes first.
    for index in sorted(range(len(floors)), key=remainders.__getitem__, reverse=True)[:left]:
        floors[index] += 1
    return floors


# ------------------------------------------------------------------------------------------- decimals as text


class NumberSlip(Enum):
    """Why a text is not a number that this library reads. The value says it in a few English words."""

    EMPTY = "empty"
    BLANKS = "blanks at the beginning or the end"
    NON_ASCII_DIGITS = "digits other than 0 to 9"
    LOOK_ALIKE_SIGN = "a dash that only looks like a minus"
    SIGN_NOT_ALLOWED = "a sign where none is allowed"
    EXPONENT = "an exponent"
    UNDERSCORE = "an underscore"
    AMBIGUOUS_SEPARATOR = "a comma that could mark thousands or decimals"
    THOUSANDS_SEPARATOR = "a thousands separator"
    COMMA_DECIMAL = "a decimal comma"
    MISSING_DIGITS = "no digits on one side of the point"
    TOO_MANY_DIGITS = "too many digits before the point"
    TOO_MANY_DECIMALS = "too many decimals"
    NOT_A_NUMBER = "not a number"


_SLIPS = (
    (r"[0-9.,]+[eE][+-]?[0-9]+", NumberSlip.EXPONENT),
    (r"[0-9.]+(?:_[0-9.]+)+", NumberSlip.UNDERSCORE),
    (r"[0-9]{1,3}(?:[ '’\u00a0\u2009\u202f][0-9]{3})+(?:[.,][0-9]+)?", NumberSlip.THOUSANDS_SEPARATOR),
    (r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}", NumberSlip.THOUSANDS_SEPARATOR),
    (r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}", NumberSlip.THOUSANDS_SEPARATOR),
    (r"[1-9][0-9]{0,2},[0-9]{3}", NumberSlip.AMBIGUOUS_SEPARATOR),
    (r"[0-9]+,[0-9]+", NumberSlip.COMMA_DECIMAL),
    (r"[0-9]+\.|\.[0-9]+", NumberSlip.MISSING_DIGITS),
)
"""What people write instead. Each pattern takes time in proportion to the length of the text."""


def parse_decimal(
    text: str, *, digits: int = 18, decimals: int = 6, signed: bool = False
) -> tuple[int, int] | NumberSlip:
    """
    The exact value of a number written as `[0-9]+` or `[0-9]+.[0-9]+`, in ASCII and in no other way.

    Args:
        text: what somebody wrote, of any length.
        digits: the most digits before the point.
        decimals: the most digits after it. Zeros count: a limit on what is written is the plainer rule.
        signed: whether a leading `-` is allowed.

    Returns:
        (units, scale), the value being units / 10**scale, with the scale as written; or what is wrong.

    The length is checked before any integer is made.

    >>> parse_decimal("1500.50")
    (150050, 2)
    >>> parse_decimal("1.500,50")
    <NumberSlip.THOUSANDS_SEPARATOR: 'a thousands separator'>
    """
    body = text[1:] if signed and text.startswith("-") else text
    whole, point, part = body.partition(".")
    written = whole + part
    # `isdigit` alone lets superscripts and other scripts through; ASCII has none of them.
    if not (written.isdigit() and written.isascii() and whole and (part or not point)):
        return _number_slip(text, body)
    if len(whole) > digits:
        return NumberSlip.TOO_MANY_DIGITS
    if len(part) > decimals:
        return NumberSlip.TOO_MANY_DECIMALS
    units = int(written)
    return (units if body is text else -units), len(part)


def _number_slip(text: str, body: str) -> NumberSlip:
    if not text or text.isspace():
        return NumberSlip.EMPTY
    if text != text.strip():
        return NumberSlip.BLANKS
    if any(sign.isdecimal() and not sign.isascii() for sign in text):
        return NumberSlip.NON_ASCII_DIGITS
    if text[0] in "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d":
        return NumberSlip.LOOK_ALIKE_SIGN
    if body[:1] in {"-", "+"}:
        first = body is text and body[1:2].isdigit()
        return NumberSlip.SIGN_NOT_ALLOWED if first else NumberSlip.NOT_A_NUMBER
    return next((slip for pattern, slip in _SLIPS if re.fullmatch(pattern, body)), NumberSlip.NOT_A_NUMBER)


def decimal_text(units: int, scale: int) -> str:
    """`units / 10**scale` with exactly `scale` decimals: `decimal_text(-5, 2)` is `-0.05`."""
    digits = str(abs(units)).rjust(scale + 1, "0")
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-scale]}.{digits[-scale:]}" if scale else f"{sign}{digits}"


def decimal_places(value: Fraction) -> int | None:
    """How many decimals write a value exactly; None if no number of them does, as for 1/3."""
    rest = value.denominator
    twos = (rest & -rest).bit_length() - 1
    rest >>= twos
    fives = 0
    while rest % 5 == 0:
        rest //= 5
        fives += 1
    return max(twos, fives) if rest == 1 else None


# ------------------------------------------------------------------------------------------------ money

_MONEY_DIGITS = 36  # More than a number of an application may have, because a total may be read back too.
_MONEY_DECIMALS = 18


class CurrencyMismatch(ValueError):  # noqa: N818 - The mismatch has a name; ValueError says the rest.
    """Two amounts of different currencies were added, subtracted or put in order."""


@frozen(init=False, repr=False)
class Money:
    """
    An exact amount of money: `Money("2450000.00", "TRY")`.

    Args:
        amount: a text such as `"2450000.00"` or `"-0.5"`, an int, or a finite `Decimal`; at most 36 digits
            before the point and 18 after it. More decimals than the currency has coins are kept: a unit
            price may need them.
        currency: an ISO 4217 code.

    Raises:
        TypeError: the amount is of another type. A float is refused because it cannot hold most amounts:
            0.1 as a float is 0.1000000000000000055….
        ValueError: the text is no number, the Decimal is not finite or too long, or the currency is unknown.

    Amounts are equal if they have one value and one currency, however they were written, zero of two
    currencies being two things. They have an order only within a currency.

    >>> Money("2450000", "TRY").amount
    '2450000.00'
    """

    # INVARIANT: scale is the smallest that is at least the decimals of the currency, so equal amounts have
    # equal fields.
    units: int
    scale: int
    currency: str

    def __init__(self, amount: str | int | Decimal, currency: str) -> None:
        self.__attrs_init__(*_settled(*_read_amount(amount), currency))

    @classmethod
    def from_units(cls, units: int, scale: int, currency: str) -> Money:
        """
        The amount units / 10**scale, of any size.

        Raises:
            ValueError: the currency is unknown.
        """
        money = cls.__new__(cls)
        money.__attrs_init__(*_settled(units, scale, currency))
        return money

    @classmethod
    def from_fraction(cls, value: Fraction, currency: str) -> Money:
        """
        The amount of an exact value.

        Raises:
            ValueError: the value has no finite decimal form, such as 1/3, or the currency is unknown.
        """
        scale = decimal_places(value)
        if scale is None:
            raise ValueError(f"{value} {currency} has no finite decimal form: round it first.")
        return cls.from_units(value.numerator * (10**scale // value.denominator), scale, currency)

    @property
    def amount(self) -> str:
        """The amount in ASCII, with at least the decimals of the currency: `"2450000.00"`."""
        return decimal_text(self.units, self.scale)

    @property
    def decimal(self) -> Decimal:
        """The amount as a `Decimal`, exact in any context."""
        return Decimal(self.amount)

    @property
    def fraction(self) -> Fraction:
        """The amount as a `Fraction`."""
        return Fraction(self.units, 10**self.scale)

    def as_json(self) -> dict[str, str]:
        """`{"amount": "2450000.00", "currency": "TRY"}`."""
        return {"amount": self.amount, "currency": self.currency}

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def __repr__(self) -> str:
        return f"Money({self.amount!r}, {self.currency!r})"

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        mine, theirs, scale = self._aligned(other, "added")
        return Money.from_units(mine + theirs, scale, self.currency)

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        mine, theirs, scale = self._aligned(other, "subtracted")
        return Money.from_units(mine - theirs, scale, self.currency)

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        mine, theirs, _ = self._aligned(other, "compared")
        return mine < theirs

    def __le__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        mine, theirs, _ = self._aligned(other, "compared")
        return mine <= theirs

    def __gt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        mine, theirs, _ = self._aligned(other, "compared")
        return mine > theirs

    def __ge__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        mine, theirs, _ = self._aligned(other, "compared")
        return mine >= theirs

    def _aligned(self, other: Money, done: str) -> tuple[int, int, int]:
        """The units of both amounts in the finer of the two scales, and that scale."""
        if self.currency != other.currency:
            raise CurrencyMismatch(
                f"{self} and {other} cannot be {done}: they are of two currencies. Convert one of them first."
            )
        scale = max(self.scale, other.scale)
        return self.units * 10 ** (scale - self.scale), other.units * 10 ** (scale - other.scale), scale


def _settled(units: int, scale: int, currency: str) -> tuple[int, int, str]:
    """The fields of the amount units / 10**scale, in the one form that equal amounts share."""
    if not currencies.known(currency):
        raise ValueError(
            f"{currency[:40]!r} is not a currency code. Codes have three letters, such as TRY or EUR."
        )
    coins = currencies.minor_digits(currency) or 0
    if scale < coins:
        return units * 10 ** (coins - scale), coins, currency
    while scale > coins and units % 10 == 0:
        units, scale = units // 10, scale - 1
    return units, scale, currency


def _read_amount(amount: object) -> tuple[int, int]:
    """Units and scale of an amount as a host gives it, its size checked before anything is calculated."""
    # Exact types: a subclass may answer every question in its own way, and True is an int to Python only.
    if type(amount) is str:
        parsed = parse_decimal(amount, digits=_MONEY_DIGITS, decimals=_MONEY_DECIMALS, signed=True)
    elif type(amount) is Decimal:
        parsed = _from_decimal(amount)
    elif type(amount) is int:
        parsed = (amount, 0) if abs(amount) < 10**_MONEY_DIGITS else NumberSlip.TOO_MANY_DIGITS
    elif isinstance(amount, float):
        raise TypeError(
            "An amount of money cannot be a float: a float holds most amounts only nearly, and the difference"
            ' reaches the result. Write the amount as a text, such as "1500.50".'
        )
    else:
        raise TypeError(f"An amount of money is a text, an int or a Decimal, not {type(amount).__name__}.")
    match parsed:
        case NumberSlip():
            # An int that is too long may be too long to print as well.
            shown = "The int" if type(amount) is int else repr(str(amount)[:40])
            raise ValueError(f'{shown} is not an amount: {parsed.value}. Write it like "1500.50".')
        case _:
            return parsed


def _from_decimal(amount: Decimal) -> tuple[int, int] | NumberSlip:
    sign, figures, exponent = amount.as_tuple()
    if not isinstance(exponent, int):  # Infinity, or no number.
        return NumberSlip.NOT_A_NUMBER
    if len(figures) + exponent > _MONEY_DIGITS:
        return NumberSlip.TOO_MANY_DIGITS
    if -exponent > _MONEY_DECIMALS:
        return NumberSlip.TOO_MANY_DECIMALS
    units = int("".join(map(str, figures))) * 10 ** max(exponent, 0)
    return (-units if sign else units), max(-exponent, 0)
