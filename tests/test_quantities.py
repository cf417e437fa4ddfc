"""Money, rounding, sharing out and decimals as text: exact, whatever the host has set."""

import copy
import decimal
import pickle
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import pace
from grantrules import formats
from grantrules.quantities import (
    ROUNDERS,
    CurrencyMismatch,
    Money,
    NumberSlip,
    Rounding,
    decimal_places,
    decimal_text,
    largest_remainder,
    parse_decimal,
    round_to,
    round_units,
)

CENT = Fraction(1, 100)

HOSTILE = decimal.Context(
    prec=1, rounding=decimal.ROUND_UP, Emin=-1, Emax=1, capitals=0, clamp=1,
    traps=[decimal.Inexact, decimal.Rounded, decimal.Subnormal, decimal.FloatOperation, decimal.InvalidOperation],
)  # fmt: skip


def units():
    return st.integers(-(10**20), 10**20)


def amounts(currency="TRY"):
    return st.builds(Money.from_units, units(), st.integers(0, 8), st.just(currency))


def values():
    return st.fractions(-(10**9), 10**9, max_denominator=10**6)


# ------------------------------------------------------------------------------------------------ money


@pytest.mark.parametrize(
    ("given_amount", "shown"),
    [
        ("2450000.00", "2450000.00"),
        ("2450000", "2450000.00"),
        (2450000, "2450000.00"),
        (Decimal("2450000.0"), "2450000.00"),
        (Decimal("2.45E+6"), "2450000.00"),
        ("0.1", "0.10"),
        ("-0.5", "-0.50"),
        ("-0", "0.00"),
        (Decimal("-0.000"), "0.00"),
        ("1.805", "1.805"),
        ("1.8050", "1.805"),
        ("007.10", "7.10"),
        ("1" * 36, "1" * 36 + ".00"),
    ],
)
def test_an_amount_is_shown_with_at_least_the_coins_of_its_currency(given_amount, shown):
    assert shown == Money(given_amount, "TRY").amount


@pytest.mark.parametrize(
    ("currency", "shown"), [("JPY", "5"), ("TRY", "5.00"), ("KWD", "5.000"), ("XAU", "5")]
)
def test_each_currency_has_its_own_coins(currency, shown):
    assert shown == Money(5, currency).amount


def test_amounts_are_equal_by_value_however_they_were_written():
    written = [Money("1.5", "TRY"), Money("1.50", "TRY"), Money(Decimal("1.500000"), "TRY")]

    assert len(set(written)) == 1
    assert Money("1.5", "TRY") != Money("1.5", "EUR")
    assert Money(0, "TRY") != Money(0, "EUR")
    assert Money("1.5", "TRY") != "1.50 TRY"


def test_an_amount_shows_itself_to_people_machines_and_developers():
    grant = Money("2450000", "TRY")

    assert str(grant) == "2450000.00 TRY"
    assert repr(grant) == "Money('2450000.00', 'TRY')"
    assert grant.as_json() == {"amount": "2450000.00", "currency": "TRY"}
    assert grant.decimal == Decimal("2450000.00")
    assert grant.fraction == 2450000


def test_an_amount_cannot_be_changed_and_survives_copying():
    grant = Money("1.5", "TRY")

    with pytest.raises(AttributeError):
        grant.units = 7
    assert grant == copy.deepcopy(grant) == pickle.loads(pickle.dumps(grant))  # noqa: S301 - Our own bytes.


@given(amounts())
def test_the_text_of_an_amount_reads_back_as_the_same_amount(money):
    assert money == Money(money.amount, money.currency)
    assert money.fraction == Fraction(money.amount) == Fraction(money.decimal)


@given(amounts(), amounts())
def test_sums_differences_and_order_are_those_of_the_exact_values(a, b):
    assert (a + b).fraction == a.fraction + b.fraction
    assert (a - b).fraction == a.fraction - b.fraction
    assert (a < b, a <= b, a > b, a >= b, a == b) == (
        a.fraction < b.fraction,
        a.fraction <= b.fraction,
        a.fraction > b.fraction,
        a.fraction >= b.fraction,
        a.fraction == b.fraction,
    )


@pytest.mark.parametrize(
    ("combine", "done"),
    [
        (lambda a, b: a + b, "added"),
        (lambda a, b: a - b, "subtracted"),
        (lambda a, b: a < b, "compared"),
        (lambda a, b: a <= b, "compared"),
        (lambda a, b: a > b, "compared"),
        (lambda a, b: a >= b, "compared"),
    ],
)
def test_two_currencies_never_meet(combine, done):
    with pytest.raises(CurrencyMismatch) as refused:
        combine(Money(1, "TRY"), Money(1, "EUR"))
    assert str(refused.value) == (
        f"1.00 TRY and 1.00 EUR cannot be {done}: they are of two currencies. Convert one of them first."
    )
    with pytest.raises(TypeError):
        combine(Money(1, "TRY"), 1)


def test_a_float_is_refused_and_the_message_says_why():
    with pytest.raises(TypeError) as refused:
        Money(0.1, "TRY")
    assert str(refused.value) == (
        "An amount of money cannot be a float: a float holds most amounts only nearly, and the difference"
        ' reaches the result. Write the amount as a text, such as "1500.50".'
    )


class Sly(int):
    """An int that could answer anything."""


@pytest.mark.parametrize("amount", [True, None, b"1", Sly(5), Fraction(1, 2), ["1"]])
def test_an_amount_of_another_type_is_refused(amount):
    """True equals 1 in Python, and is no amount."""
    kind = type(amount).__name__
    with pytest.raises(TypeError, match=f"^An amount of money is a text, an int or a Decimal, not {kind}.$"):
        Money(amount, "TRY")


@pytest.mark.parametrize(
    ("amount", "reason"),
    [
        ("1e5", "an exponent"),
        ("1,5", "a decimal comma"),
        (" 1", "blanks"),
        ("", "empty"),
        ("٣", "digits other than"),
        ("9" * 37, "too many digits"),
        (10**36, "too many digits"),
        pytest.param(10**5000, "too many digits", id="5000 digits"),
        ("0." + "1" * 19, "too many decimals"),
        (Decimal("NaN"), "not a number"),
        (Decimal("sNaN"), "not a number"),
        (Decimal("-Infinity"), "not a number"),
        (Decimal("1E+36"), "too many digits"),
        (Decimal("1E-19"), "too many decimals"),
    ],
)
def test_an_amount_that_is_no_plain_number_is_refused(amount, reason):
    with pytest.raises(ValueError, match=reason):
        Money(amount, "TRY")


@pytest.mark.parametrize("currency", ["TL", "try", "", "XYZ", "$"])
def test_an_unknown_currency_is_refused(currency):
    with pytest.raises(ValueError, match="is not a currency code"):
        Money(1, currency)


def test_a_value_without_a_decimal_form_does_not_become_an_amount_unrounded():
    assert Money.from_fraction(Fraction(9, 8), "TRY") == Money("1.125", "TRY")
    with pytest.raises(ValueError, match="round it first"):
        Money.from_fraction(Fraction(1, 3), "TRY")


@given(amounts(), amounts())
def test_the_decimal_context_of_the_host_changes_nothing(a, b):
    """With precision 6, Decimal makes 123457 of 123456.78 + 0.01; with some traps it raises."""
    expected = [(a + b).amount, (a - b).amount, a < b, a.decimal.as_tuple(), formats.money(a, "en")]

    with decimal.localcontext(HOSTILE):
        assert a == Money(a.decimal, "TRY") == Money(a.amount, "TRY")
        assert expected == [
            (a + b).amount,
            (a - b).amount,
            a < b,
            a.decimal.as_tuple(),
            formats.money(a, "en"),
        ]


@pytest.mark.parametrize(
    "amount",
    ["1e9999999", pytest.param("9" * 5_000_000, id="nines"), Decimal("1E+99999999"), Decimal("1E-99999999")],
)
def test_a_bomb_of_digits_is_refused_at_once(amount):
    """int(Decimal("1e9999999")) runs for minutes and cannot be interrupted, so length is judged first."""
    with pace.within(20), pytest.raises(ValueError, match="is not an amount"):
        Money(amount, "TRY")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("1,5", "'1,5'"), ("9" * 100_000, f"'{'9' * 40}'"), (Decimal("NaN"), "'NaN'"), (10**5000, "The int")],
    ids=["short", "long", "decimal", "int"],
)
def test_a_message_shows_what_was_given_and_never_repeats_a_long_text(amount, shown):
    with pytest.raises(ValueError, match="is not an amount") as refused:
        Money(amount, "TRY")

    start, _, end = str(refused.value).partition(" is not an amount: ")
    assert start == shown
    assert end.endswith('. Write it like "1500.50".')


def test_a_long_code_is_not_repeated_as_a_currency():
    with pytest.raises(ValueError, match=f"^'{'T' * 40}' is not a currency code"):
        Money(1, "T" * 1000)


@pytest.mark.parametrize(
    "amount", ["9" * 36 + "." + "9" * 18, Decimal("9" * 36), Decimal("1E-18"), 10**36 - 1]
)
def test_the_longest_amounts_are_taken(amount):
    assert Money(amount, "TRY").fraction == Fraction(amount)


# ------------------------------------------------------------------------------------------------ rounding


@pytest.mark.parametrize(
    ("mode", "rounded"),
    [
        # of          -2.5 -1.5 -1.2 -0.5 0.5 1.2 1.5 2.5 3
        (Rounding.DOWN, [-3, -2, -2, -1, 0, 1, 1, 2, 3]),
        (Rounding.UP, [-2, -1, -1, 0, 1, 2, 2, 3, 3]),
        (Rounding.HALF_UP, [-3, -2, -1, -1, 1, 1, 2, 3, 3]),
        (Rounding.HALF_EVEN, [-2, -2, -1, 0, 0, 1, 2, 2, 3]),
    ],
)
def test_each_mode_rounds_as_it_says(mode, rounded):
    tenths = [-25, -15, -12, -5, 5, 12, 15, 25, 30]

    assert rounded == [round_units(n, 10, mode) for n in tenths]


@given(values(), st.sampled_from([Rounding.HALF_UP, Rounding.HALF_EVEN]))
def test_the_nearer_neighbour_is_never_more_than_half_a_step_away(value, mode):
    """Thirds and sevenths have no middle, and decimals alone would not show it."""
    assert abs(round_to(value, Fraction(1), mode) - value) <= Fraction(1, 2)


@pytest.mark.parametrize(("thirds", "rounded"), [(1, 0), (2, 1), (4, 1), (5, 2), (-1, 0), (-2, -1), (-4, -1)])
def test_thirds_go_to_the_nearer_neighbour(thirds, rounded):
    assert round_units(thirds, 3, Rounding.HALF_UP) == round_units(thirds, 3, Rounding.HALF_EVEN) == rounded


def test_rounding_down_never_pays_more_than_the_rate():
    """75% of 666,666.66 is 499,999.995; half up would pay 500,000.00, which is more than 75%."""
    support = Fraction(75, 100) * Fraction("666666.66")

    assert round_to(support, CENT, Rounding.DOWN) == Fraction("499999.99")
    assert round_to(support, CENT, Rounding.HALF_UP) == Fraction("500000.00")


@pytest.mark.parametrize("step", [Fraction(0), Fraction(-1)])
def test_a_step_is_above_zero(step):
    with pytest.raises(ValueError, match="above zero"):
        round_to(Fraction(1), step, Rounding.DOWN)


def test_every_mode_has_its_function():
    assert set(Rounding) == set(ROUNDERS)


@given(values(), st.fractions(Fraction(1, 1000), 1000), st.sampled_from(Rounding))
def test_a_rounded_value_is_a_multiple_of_the_step_and_less_than_a_step_away(value, step, mode):
    rounded = round_to(value, step, mode)

    assert (rounded / step).denominator == 1
    assert abs(rounded - value) < step
    assert round_to(rounded, step, mode) == rounded


@given(values(), values(), st.sampled_from(Rounding))
def test_rounding_keeps_the_order(a, b, mode):
    assume(a <= b)

    assert round_to(a, CENT, mode) <= round_to(b, CENT, mode)


@given(values())
def test_the_modes_are_those_of_the_decimal_module(value):
    """Its names: down is FLOOR, up is CEILING. Its own DOWN and UP turn round at zero."""
    assume(decimal_places(value) is not None)
    exact = decimal.Context(prec=100).divide(Decimal(value.numerator), Decimal(value.denominator))
    theirs = [decimal.ROUND_FLOOR, decimal.ROUND_CEILING, decimal.ROUND_HALF_UP, decimal.ROUND_HALF_EVEN]

    for mode, rounding in zip(Rounding, theirs, strict=True):
        assert round_to(value, Fraction(1), mode) == int(exact.to_integral_value(rounding))


# ------------------------------------------------------------------------------------------------ sharing out


@pytest.mark.parametrize(
    ("parts", "total", "shared"),
    [
        (["1/3", "1/3", "1/3"], 1, [1, 0, 0]),
        (["10/3", "10/3", "10/3"], 10, [4, 3, 3]),
        (["1.2", "2.7", "3.1"], 7, [1, 3, 3]),
        (["10", "0.999"], 10, [10, 0]),  # Rounded down: a whole share stays.
        (["10", "0.001"], 11, [10, 1]),  # Rounded up.
        (["1.5", "1.5"], 3, [2, 1]),  # The same lost: the earlier part first.
        (["0", "1098"], 1100, [0, 1100]),  # A coarser step: nothing stays nothing.
        (["100", "200", "300"], 300, [50, 100, 150]),  # A cut.
        (["1", "9"], 11, [1, 10]),  # A whole unit away from the sum: each part in proportion.
        (["-1.5", "-1.5"], -3, [-1, -2]),
        (["-1", "-2", "-4"], -3, [0, -1, -2]),  # -3/7, -6/7 and -12/7: the first lost most.
        (["5"], 5, [5]),
        ([], 0, []),
    ],
)
def test_what_is_left_goes_to_those_who_lost_most(parts, total, shared):
    assert shared == largest_remainder([Fraction(part) for part in parts], total)


@pytest.mark.parametrize("parts", [[], [Fraction(0)], [Fraction(1), Fraction(-1)]])
def test_parts_of_nothing_share_no_total(parts):
    with pytest.raises(ValueError, match=r"^Parts that add up to nothing cannot share a total\.$"):
        largest_remainder(parts, 5)


@given(
    st.lists(st.fractions(0, 10**7, max_denominator=1000), min_size=1, max_size=12), st.sampled_from(Rounding)
)
def test_shares_of_a_rounded_sum_add_up_and_stay_within_a_unit_of_their_parts(parts, mode):
    total = int(round_to(sum(parts), Fraction(1), mode))
    shared = largest_remainder(parts, total)

    assert sum(shared) == total
    assert all(abs(share - part) < 1 for share, part in zip(shared, parts, strict=True))


@given(st.lists(st.fractions(0, 10**6, max_denominator=1000), min_size=1, max_size=12), st.integers(0, 10**8))
def test_shares_of_any_total_add_up_and_stay_within_a_unit_of_the_scaled_parts(parts, total):
    whole = sum(parts)
    assume(whole > 0 and abs(total - whole) >= 1)
    shared = largest_remainder(parts, total)

    assert sum(shared) == total
    assert all(abs(share - part * total / whole) < 1 for share, part in zip(shared, parts, strict=True))


# ------------------------------------------------------------------------------------------- decimals as text


READINGS = [
    ("0", (0, 0)),
    ("1500", (1500, 0)),
    ("1500.50", (150050, 2)),
    ("0.000001", (1, 6)),
    ("9" * 18 + "." + "9" * 6, (int("9" * 24), 6)),
    ("", NumberSlip.EMPTY),
    ("\t ", NumberSlip.EMPTY),
    (" 12", NumberSlip.BLANKS),
    ("12\n", NumberSlip.BLANKS),
    ("١٢٣", NumberSlip.NON_ASCII_DIGITS),
    ("１２３", NumberSlip.NON_ASCII_DIGITS),
    ("1²", NumberSlip.NOT_A_NUMBER),
    ("½", NumberSlip.NOT_A_NUMBER),
    ("\u22125", NumberSlip.LOOK_ALIKE_SIGN),
    ("\u20135", NumberSlip.LOOK_ALIKE_SIGN),
    ("-5", NumberSlip.SIGN_NOT_ALLOWED),
    ("+5", NumberSlip.SIGN_NOT_ALLOWED),
    ("-5.5", NumberSlip.SIGN_NOT_ALLOWED),
    ("-x", NumberSlip.NOT_A_NUMBER),
    ("X5", NumberSlip.NOT_A_NUMBER),
    ("1e5", NumberSlip.EXPONENT),
    ("1.5E+400000", NumberSlip.EXPONENT),
    ("1_000", NumberSlip.UNDERSCORE),
    ("3,142", NumberSlip.AMBIGUOUS_SEPARATOR),
    ("0,142", NumberSlip.COMMA_DECIMAL),
    ("12,5", NumberSlip.COMMA_DECIMAL),
    ("1.234,50", NumberSlip.THOUSANDS_SEPARATOR),
    ("1,234.50", NumberSlip.THOUSANDS_SEPARATOR),
    ("1.234.567", NumberSlip.THOUSANDS_SEPARATOR),
    ("15 000", NumberSlip.THOUSANDS_SEPARATOR),
    ("15\u00a0000,50", NumberSlip.THOUSANDS_SEPARATOR),
    (".5", NumberSlip.MISSING_DIGITS),
    ("5.", NumberSlip.MISSING_DIGITS),
    (".", NumberSlip.NOT_A_NUMBER),
    ("1.2.3", NumberSlip.NOT_A_NUMBER),
    ("NaN", NumberSlip.NOT_A_NUMBER),
    ("Infinity", NumberSlip.NOT_A_NUMBER),
    ("0x1F", NumberSlip.NOT_A_NUMBER),
    ("1" * 19, NumberSlip.TOO_MANY_DIGITS),
    ("0.1234567", NumberSlip.TOO_MANY_DECIMALS),
]


@pytest.mark.parametrize(("text", "parsed"), READINGS)
def test_a_number_is_read_in_one_form_and_every_other_is_named(text, parsed):
    assert parsed == parse_decimal(text)


def test_every_slip_has_its_reading():
    assert set(NumberSlip) == {parsed for _, parsed in READINGS if isinstance(parsed, NumberSlip)}


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("-1.50", (-150, 2)),
        ("5", (5, 0)),
        ("--5", NumberSlip.NOT_A_NUMBER),
        ("+5", NumberSlip.SIGN_NOT_ALLOWED),
    ],
)
def test_a_minus_is_read_only_where_it_is_allowed(text, parsed):
    assert parsed == parse_decimal(text, signed=True)


@given(units(), st.integers(0, 12))
def test_a_number_that_is_written_is_read_back(written, scale):
    assert parse_decimal(decimal_text(written, scale), digits=30, decimals=12, signed=True) == (
        written,
        scale,
    )


@given(st.text(alphabet="0123456789.,eE+-_ '\u00a0\u0663²x", max_size=12))
def test_whatever_is_read_is_what_decimal_would_have_read(text):
    parsed = parse_decimal(text)

    if isinstance(parsed, tuple):
        assert Fraction(parsed[0], 10 ** parsed[1]) == Fraction(Decimal(text))
        assert text.isascii()


@pytest.mark.parametrize("pattern", ["1", "1,", "1.000", "1_", "1 000", "1e", "-", "٣"])
def test_a_long_text_takes_a_short_time(pattern):
    text = pattern * 500_000

    with pace.within(20):
        assert isinstance(parse_decimal(text), NumberSlip)


def test_the_limit_of_python_on_long_integers_is_never_met():
    """A host may have set it as low as it goes; a longer text would make `int` raise."""
    limit = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    try:
        assert parse_decimal("1" * 700) is NumberSlip.TOO_MANY_DIGITS
    finally:
        sys.set_int_max_str_digits(limit)


@pytest.mark.parametrize(("power", "places"), [(2, 200), (5, 200), (10, 200), (20, 400)])
def test_decimal_places_are_counted_exactly_however_many_there_are(power, places):
    """In floating point, the fifth part of 5 to the power of 60 is no whole number any more."""
    assert decimal_places(Fraction(1, power**200)) == places
    assert decimal_places(Fraction(1, power**200 * 3)) is None


@given(values())
def test_decimal_places_are_the_fewest_that_write_a_value_exactly(value):
    places = decimal_places(value)

    if places is None:
        assert (value * 10**40).denominator > 1
    else:
        assert (value * 10**places).denominator == 1
        assert places == 0 or (value * 10 ** (places - 1)).denominator > 1
