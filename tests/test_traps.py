"""
The known traps of the tools underneath, one test each, through the public doors.

The numbers F1 to F15 are those of the study of such traps; the tests beside each part go deeper into theirs.
"""

import decimal
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import grantrules as gr

HEAD = """language English

programme t.trap "Trap"
  currency EUR
  time zone Europe/Brussels
  rules as of submitted

application
  submitted date
  willing   yes/no
  price     money (at least 0 EUR) (at most 1 000 000 EUR)
  jobs      whole number (at least 0) (at most 1 000)

"""
GRANT = """
support grant
  from price
  rate third
    33.33%
  rounding half up in steps of 0.01 EUR, once at the end
"""
FACTS = {"submitted": "2024-05-01", "willing": True, "price": "1000.01", "jobs": 3}
SOURCE = Path(gr.__file__).parent


def codes(text: str) -> list[str]:
    """The codes of the mistakes in a text."""
    return [problem.code for problem in gr.check(text)]


def refused(facts: object) -> list[str]:
    """The codes of the mistakes in an application."""
    programme = gr.compile(HEAD + GRANT)
    with pytest.raises(gr.ApplicationError) as caught:
        programme.decide(facts)
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(("condition", "answer"), [("willing", True), ("not willing", False)])
def test_f1_a_not_is_never_lost(condition, answer):
    """An optional rule with one part that counts would drop the word before it."""
    programme = gr.compile(f"{HEAD}require one\n  {condition}\n{GRANT}")

    assert programme.decide(FACTS).eligible is answer


def test_f2_brackets_too_deep_are_a_mistake_with_a_place_and_not_a_crash():
    depth = 5_000
    text = f"{HEAD}define deep = {'(' * depth}price{')' * depth}\n{GRANT}"

    assert any(code.startswith("GR60") for code in codes(text))


def test_f3_the_recursion_limit_of_the_host_is_left_alone():
    before = sys.getrecursionlimit()
    gr.compile(HEAD + GRANT).decide(FACTS)

    assert before == sys.getrecursionlimit()
    assert not [p for p in SOURCE.rglob("*.py") if "setrecursionlimit" in p.read_text(encoding="utf-8")]


def test_f4_many_figures_and_long_sums_become_flat_code():
    """Nested code of a few hundred levels cannot be compiled; 400 figures on top of each other are no nesting."""
    chain = "".join(f"define x{i} = x{i - 1} + 1 EUR\n" for i in range(1, 400))
    total = "define long = " + " + ".join(["price"] * 400) + "\n"
    text = f"{HEAD}define x0 = price\n{chain}{total}result top = x399\nresult wide = long\n{GRANT}"
    results = gr.compile(text).decide(FACTS).results

    assert gr.Money("1399.01", "EUR") == results["top"]
    assert gr.Money("400004.00", "EUR") == results["wide"]


def test_f5_the_grammars_have_one_reading_each():
    """Tables of an LALR parser exist only where there is no conflict; no other kind of parser is in the package."""
    assert (SOURCE / "syntax" / "tables_en.json").exists()
    assert not [p for p in SOURCE.rglob("*.py") if "earley" in p.read_text(encoding="utf-8").lower()]


def test_f6_a_quote_that_is_never_closed_is_reported_where_it_opens():
    text = HEAD + 'require one "' + "a" * 200_000
    problem = next(p for p in gr.check(text) if p.code.startswith("GR1"))

    assert text.index('"' + "a") == problem.span.start or len(HEAD) <= problem.span.start < len(HEAD) + 20


@pytest.mark.parametrize("amount", [decimal.Decimal("1e400000"), decimal.Decimal("1e999999999"), "1" * 5_000])
def test_f7_a_number_is_measured_before_it_is_made(amount):
    assert refused({**FACTS, "price": amount})


def test_f8_the_decimal_context_of_the_host_changes_no_digit():
    programme = gr.compile(HEAD + GRANT)
    usual = programme.decide(FACTS).support
    hostile = decimal.Context(prec=3, rounding=decimal.ROUND_UP, traps=[decimal.Inexact, decimal.Rounded])
    with decimal.localcontext(hostile):
        strange = gr.compile(HEAD + GRANT).decide({**FACTS, "price": decimal.Decimal("1000.01")}).support

    assert gr.Money("333.30", "EUR") == usual == strange


@pytest.mark.parametrize(
    "text",
    [
        '{"jobs": 3, "jobs": 4}',
        '{"price": NaN}',
        '{"price": Infinity}',
        '{"price": 1e999}',
        '{"jobs": ' + "9" * 5_000 + "}",
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_f9_json_is_read_strictly(text):
    assert refused(text)


@pytest.mark.parametrize(
    "fact",
    [
        {"price": "١٢٣"},
        {"price": "１２３"},
        {"price": "1_000"},
        {"price": " 12\n"},
        {"jobs": True},
        {"submitted": "20240501"},
        {"submitted": "2024-W18-3"},
        {"price": 1000.01},
    ],
)
def test_f10_what_the_host_language_would_wave_through_is_refused(fact):
    assert refused({**FACTS, **fact})


def test_f14_no_tables_are_read_from_a_place_that_others_can_write():
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "import pickle" not in text, path
        assert "cache=True" not in text, path
        assert "tempfile.gettempdir" not in text, path


@pytest.mark.parametrize(
    "line", ["define x = jobs ** 9", "define x = jobs ^ 9", 'require one\n  price matches "(a+)+$"']
)
def test_f15_there_are_no_powers_and_no_patterns(line):
    assert codes(f"{HEAD}{line}\n{GRANT}")


def test_a_share_of_a_whole_number_is_not_cut_to_a_whole_one():
    """A fifth of 7 is 1.4: whoever keeps the type of the 7 has 1 of it."""
    programme = gr.compile("""language English

programme test.share
  currency EUR

application
  staff  whole number (at least 0)
  new    whole number (at least 0)

define fifth = 20% of staff

require enough
  new is more than 20% of staff

result fifth_of_all = fifth
""")
    decide = programme.decide

    assert decide({"staff": 7, "new": 1}).results["fifth_of_all"] == Fraction("1.4")
    assert [decide({"staff": 7, "new": new}).eligible for new in (1, 2)] == [False, True]
