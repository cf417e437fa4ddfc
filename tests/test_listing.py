"""The text of a programme in the core: for stored examples and reports of mistakes."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

import grantrules as gr
import house
from core_building import (
    aggregate,
    apply,
    ceiling,
    compare,
    fact,
    of_row,
    percent,
    programme,
    rate,
    require,
    support,
    try_,
    works,
    yes,
)
from grantrules.core import ir
from grantrules.core.listing import constant, expression, listing
from grantrules.properties.programmes import (
    DATE,
    DAYS,
    ENERGY,
    INT,
    KIND,
    MOMENT,
    MONTH,
    NUM,
    POINTS,
    PRICE,
    RATE,
    SCORE,
    TOPICS,
    TRY,
    YEAR,
    YES,
    programs,
)
from several_files import files_in
from storing import stored


@pytest.mark.parametrize(
    ("value", "type_", "text"),
    [
        (Fraction(5, 2), NUM, "2.5"),
        (Fraction(1, 3), NUM, "1/3"),
        (Fraction(100), TRY, "100 TRY"),
        (Fraction(3, 4), RATE, "75%"),
        (Fraction(3, 20), POINTS, "15 percentage points"),
        (Fraction(5), SCORE, "5 points"),
        (Fraction(40), ENERGY, "40 kWh"),
        (Fraction(3), PRICE, "3 TRY per kWh"),
        (738_767, DATE, "2023-09-04"),
        (1_693_342_800, MOMENT, "2023-08-29 21:00:00Z"),
        (2023, YEAR, "year 2023"),
        (12 * 2023 + 8, MONTH, "month 2023-09"),
        (30, DAYS, "30 days"),
        (True, YES, "yes"),
        (False, YES, "no"),
        ("works", KIND, '"works"'),
        (frozenset({"export", "energy"}), TOPICS, '{"energy", "export"}'),
    ],
)
def test_a_constant_is_written_with_its_unit(value, type_, text):
    assert constant(value, type_) == text


def test_an_expression_is_one_line():
    count = aggregate("number", where=works(), type_=INT)

    assert expression(count) == 'number(row 1 of costs where (row 1.kind = "works"))'


def test_expressions_may_be_numbered_as_messages_number_them():
    inner = fact("flag")
    outer = ir.Not(inner, type=YES, at=1)

    assert expression(outer, numbered=True) == f"#1 not #{inner.at} flag"


def test_a_programme_is_all_that_has_a_meaning():
    text = listing(
        programme(
            ir.Let(ir.About("half", "define"), ir.Mul((percent(50), fact("amount")), type=TRY, at=0)),
            support(
                rate(percent(70), where=of_row("domestic")),
                apply(),
                ceiling("together", try_(400), "pro_rata", on="support", when=fact("flag")),
                gates=(yes(True),),
            ),
        )
    )

    assert "  amount: money in TRY, scale 2, 0..100000\n" in text
    assert "  costs: a list of `cost`, ..3\n" in text
    assert text.endswith(
        """
half = (50% × amount)

support grant in TRY
  applies if (when gate) yes
  for each row 1 of costs
  base row 1.amount
  rate: rate 70% where row 1.domestic
  apply: apply the rate
  ceiling: support ceiling together 400 TRY, pro_rata when flag
"""
    )


def test_a_rule_lists_its_conditions():
    text = listing(programme(require(compare(fact("amount"), "ge", try_(1)), when=fact("flag"))))

    assert " when flag\n  (amount ≥ 1 TRY)\n" in text


def test_codes_and_promises_are_written_with_what_limits_them():
    text = listing(
        gr.compile("""language English

programme test.codes
  currency EUR

code list tools (NACE)
  28.49
  28.96

code list machines (NACE)
  28
  except 28.4, 28.9
  including tools

application
  price  money (at least 0 EUR)
  trade  NACE

require makes
  trade is in machines

support grant
  from price
  rounding down in steps of 0.01 EUR, once at the end

promise no_cliff
  grant has no cliff larger than 500 EUR when price rises
""")._program
    )

    assert "codes machines: 28 but not 28.4, 28.9 but 28.49, 28.96\n" in text
    assert "promise no_cliff: [grant] no_cliff 500 EUR price\n" in text


@given(programs())
def test_every_programme_has_a_text(program):
    assert listing(program) == listing(program)
    assert f"#{program.slots - 1} " in listing(program, numbered=True)


def test_a_whole_programme_reads_as_it_is_stored():
    """With code lists, tables, rules, promises and examples; `GRANTRULES_RENEW=1` stores it anew."""
    text = listing(gr.compile(house.RULES)._program)

    assert text == stored("listing/house.txt", text)


@pytest.mark.parametrize("name", ["figures", "instalments", "lines", "rules", "several"])
def test_every_construct_has_a_text(name):
    """The programmes of `tests/data/core/` have every construct of the language between them."""
    main, others = files_in(
        (Path(__file__).parent / "data" / "core" / f"{name}.rules").read_text(encoding="utf-8")
    )
    text = listing(gr.compile(main, root=others, limits=gr.Limits(diagnostics=1_000))._program)

    assert text == stored(f"listing/{name}.txt", text)


def test_what_is_no_expression_has_no_text():
    with pytest.raises(TypeError, match="Expr"):
        expression(ir.Expr(type=NUM))
    with pytest.raises(TypeError, match="Expr"):
        list(ir.children(ir.Expr(type=NUM)))
