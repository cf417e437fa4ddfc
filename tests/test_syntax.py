"""From text to tree: what each construct becomes, what is said where one is wrong, and that no text does harm."""

import sys
import time
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import pace
from grantrules.diagnostics import Problem
from grantrules.limits import Limits
from grantrules.source import Source, Span
from grantrules.syntax import problems as wrong
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse, read_source, source_of

DATA = Path(__file__).parent / "data" / "syntax"
ENGLISH, TURKISH = DATA / "everything.rules", DATA / "everything.tr.rules"
KDP_2023 = Path(__file__).parents[1] / "programs" / "tr" / "kdp_2023.rules"


def parsed(text: str, limits: Limits | None = None) -> tuple[syn.Module, tuple[Problem, ...]]:
    return parse(Source("test.rules", text), limits or Limits())


def statement(text: str, language: str = "language English") -> Any:
    module, problems = parsed(f"{language}\n\n{text}\n")
    assert problems == ()
    (made,) = module.statements
    return made


def turkish(text: str) -> Any:
    return statement(text, "dil Türkçe")


def formula(text: str) -> Any:
    return statement(f"define x = {text}").value.cases[0].value


def condition(text: str) -> Any:
    (made,) = statement(f"require x\n  {text}").conditions
    return made


def found(text: str, language: str = "language English") -> list[tuple[str, str]]:
    """The codes of the problems of a file, and what each marks."""
    text = f"{language}\n\n{text}"
    _, problems = parsed(text)
    return [(p.code, text[p.span.start : p.span.end]) for p in problems]


def nodes(value: Any) -> list[syn.Node]:
    """All nodes of a tree, without recursion."""
    every, waiting = [], [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, tuple):
            waiting += node
        elif isinstance(node, syn.Node):
            every.append(node)
            waiting += (getattr(node, f.name) for f in attrs.fields(type(node)))
    return every


a, b, c = syn.Name("a"), syn.Name("b"), syn.Name("c")
x = syn.Name("x")
COSTS = syn.Many(syn.Name("costs"))


# ---- values --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 000 000", syn.Num("1000000")),
        ("2.5", syn.Num("2.5")),
        ("400 000 USD", syn.Amount("400000", "USD")),
        ("1.125 KWD", syn.Amount("1.125", "KWD")),
        ("0.005 USD", syn.Amount("0.005", "USD")),
        ("3 EUR per tonne", syn.Amount("3", "EUR", per="tonne")),
        ("(-500 EUR)", syn.Amount("-500", "EUR")),
        ("70%", syn.Percent("70")),
        ("70 %", syn.Percent("70")),
        ("15 percentage points", syn.PercentagePoints("15")),
        ("1 point", syn.PointsLit("1")),
        ("12 tonne", syn.QuantityLit("12", "tonne")),
        ("12.5 m²", syn.QuantityLit("12.5", "m²")),
        ("4/7", syn.Fraction("4", "7")),
        ("4 / 7", syn.Quotient(syn.Num("4"), syn.Num("7"))),
        ("2023-09-04", syn.Day("2023-09-04")),
        ("2023-09-04 17:00", syn.Instant("2023-09-04 17:00")),
        ("2023-09-04 17:00:01 Europe/Istanbul", syn.Instant("2023-09-04 17:00:01", "Europe/Istanbul")),
        ("month 2026-03", syn.MonthLit("2026-03")),
        ("10 working days", syn.Length("10", "working day")),
        ("1 year", syn.Length("1", "year")),
        ("NACE 32.50", syn.NaceCode("32.50")),
        ("NACE Rev. 2.1 C", syn.NaceCode("C", "2.1")),
        ("yes", syn.Truth(value=True)),
        ("a's b's c", syn.Member(syn.Member(a, b), c)),
        ("costs' b", syn.Member(syn.Name("costs"), b)),
        ("application's a", syn.Scoped("application", a)),
        ("this line's a", syn.Scoped("line", a)),
        ("(a)", syn.Bracket(a)),
        ("a + b - c", syn.Sum((syn.Term(1, a), syn.Term(1, b), syn.Term(-1, c)))),
        ("a * b * c", syn.Product((a, b, c))),
        ("a * b / c", syn.Quotient(syn.Product((a, b)), c)),
        ("30% of a", syn.ShareOf(syn.Percent("30"), a)),
        ("30% of a * b / c", syn.ShareOf(syn.Percent("30"), syn.Quotient(syn.Product((a, b)), c))),
        ("a of b", syn.ShareOf(a, b)),
        (
            "a rounded half up in steps of 0.01 EUR",
            syn.Rounded(a, syn.InSteps("half_up", syn.Amount("0.01", "EUR"))),
        ),
        ("a converted to USD at b", syn.Converted(a, "USD", b)),
        ("a converted to USD at b, as of c", syn.Converted(a, "USD", b, c)),
        ("6 months after a", syn.Shifted(syn.Length("6", "month"), "after", a)),
        ("the smaller of a and 20% of b", syn.Extreme("smallest", (a, syn.ShareOf(syn.Percent("20"), b)))),
        ("the largest of a, b * c, 5", syn.Extreme("largest", (a, syn.Product((b, c)), syn.Num("5")))),
        ("a for each started tonne of b", syn.PerUnit(a, "started", "tonne", b)),
        ("a for each full tonne of b", syn.PerUnit(a, "full", "tonne", b)),
        ("for a, largest units first: b, c", syn.ByUnits("period", a, None, (b, c))),
        ("for a days, largest units first: b", syn.ByUnits("days", a, None, (b,))),
        ("for the time from a to b, largest units first: c", syn.ByUnits("dates", a, b, (c,))),
        (
            "for the time from a to b, both days counted, largest units first: c",
            syn.ByUnits("dates", a, b, (c,), both_counted=True),
        ),
        ("completed years from a to b", syn.TimeBetween("years", a, b)),
        ("days from a to b, both days counted", syn.TimeBetween("days", a, b, both_counted=True)),
        ("completed years from a to b, both days counted", syn.TimeBetween("years", a, b, both_counted=True)),
        (
            "completed months from a to b, both days counted",
            syn.TimeBetween("months", a, b, both_counted=True),
        ),
        ("completed months from a to b", syn.TimeBetween("months", a, b)),
        (
            "working days from a to b, both days counted",
            syn.TimeBetween("working_days", a, b, both_counted=True),
        ),
        ("first day of year of a", syn.CalendarPart("first_day", syn.CalendarPart("year", a))),
        ("days in the month of a", syn.CalendarPart("days_in_month", a)),
        ("a as of b", syn.AsOf(a, b)),
        ("number of costs", syn.Aggregate("number", None, COSTS)),
        ("number of different values of a among costs", syn.Aggregate("different", a, COSTS)),
        ("total a of costs", syn.Aggregate("total", a, COSTS)),
        ("average (a * b) of costs", syn.Aggregate("average", syn.Bracket(syn.Product((a, b))), COSTS)),
        ("total a of costs where b", syn.Aggregate("total", a, attrs.evolve(COSTS, where=b))),
    ],
)
def test_a_formula_becomes(text, tree):
    assert formula(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", a),
        ("not a", syn.Not(a)),
        ("a and b and c", syn.And((a, b, c))),
        ("a or b", syn.Or((a, b))),
        ("(a or b) and c", syn.And((syn.Bracket(syn.Or((a, b))), c))),
        ("a is b", syn.Compare(a, "is", b)),
        ("a is not b", syn.Compare(a, "is_not", b)),
        ("a is at least 5", syn.Compare(a, "at_least", syn.Num("5"))),
        ("a is no later than b", syn.Compare(a, "no_later", b)),
        ("a is before b", syn.Compare(a, "before", b)),
        ("a is one of b, c", syn.OneOf(a, (b, c))),
        ("a is none of b, c", syn.OneOf(a, (b, c), negated=True)),
        ("a is not in b", syn.InList(a, b, negated=True)),
        ("a is given", syn.Given(a)),
        ("a applies", syn.Applies(a)),
        ("a does not apply", syn.Applies(a, negated=True)),
        ("a is from b to c", syn.Within(a, syn.Range(b, c))),
        ("a is from b to below c", syn.Within(a, syn.Range(b, c, upper_included=False))),
        ("a is above b", syn.Within(a, syn.Range(b, None, lower_included=False))),
        ("a is up to b", syn.Within(a, syn.Range(None, b))),
        ("a is after b up to c", syn.Within(a, syn.Range(b, c, lower_included=False))),
        ("a is in the 2 years up to b", syn.Within(a, syn.Window(syn.Length("2", "year"), b))),
        ("a includes b, c", syn.Includes(a, (b, c))),
        ("at least 20 a where b", syn.Counted("at_least", syn.Num("20"), syn.Many(a, b))),
        ("at least 20 of a where b", syn.Counted("at_least", syn.Num("20"), syn.Many(a, b))),
        ("exactly b a", syn.Counted("exactly", b, syn.Many(a))),
        ("no a where b", syn.Counted("exactly", syn.Num("0"), syn.Many(a, b))),
        (
            "at least 3 different values of a among b where c",
            syn.Counted("at_least", syn.Num("3"), syn.Many(b, c), a),
        ),
        (
            "at most 3 different values of a among b where c",
            syn.Counted("at_most", syn.Num("3"), syn.Many(b, c), a),
        ),
        (
            "exactly 3 different values of a among b",
            syn.Counted("exactly", syn.Num("3"), syn.Many(b), a),
        ),
        (
            "number of different values of a among b is 3",
            syn.Counted("exactly", syn.Num("3"), syn.Many(b), a),
        ),
        ("number of different values of a among b is at most c", syn.Counted("at_most", c, syn.Many(b), a)),
        ("number of b is (3)", syn.Counted("exactly", syn.Bracket(syn.Num("3")), syn.Many(b))),
        (
            "number of b is more than 3",
            syn.Compare(syn.Aggregate("number", None, syn.Many(b)), "more_than", syn.Num("3")),
        ),
        ("total a of b is 3", syn.Compare(syn.Aggregate("total", a, syn.Many(b)), "is", syn.Num("3"))),
        (
            "number of b is 3 EUR",
            syn.Compare(syn.Aggregate("number", None, syn.Many(b)), "is", syn.Amount("3", "EUR")),
        ),
        ("for all a: b is c", syn.ForLines("all", None, syn.Many(a), (syn.Compare(b, "is", c),))),
        (
            "for at least 25% of a where b: c",
            syn.ForLines("at_least", syn.Percent("25"), syn.Many(a, b), (c,)),
        ),
    ],
)
def test_a_condition_becomes(text, tree):
    assert condition(text) == tree


def test_a_count_has_one_tree_however_it_is_said():
    """Turkish always names the list first."""
    assert condition("number of a is at least 20") == condition("at least 20 a")


@pytest.mark.parametrize("nots", [1, 2, 61])
def test_no_negation_is_ever_lost(nots):
    """Trap F1, and the parity of H02: sixty-one times not is not."""
    made = condition("not (" * (nots - 1) + "not a" + ")" * (nots - 1))

    for _ in range(nots - 1):
        assert isinstance(made, syn.Not)
        assert isinstance(made.part, syn.Bracket)
        made = made.part.inner
    assert made == syn.Not(a)


@pytest.mark.parametrize(
    ("positive", "negative"),
    [("ise", "değilse"), ("olmalı", "olmamalı"), ("olan", "olmayan")],
)
def test_no_turkish_negation_is_ever_lost(positive, negative):
    frames = {
        "ise": "tanım t\n  a {}",
        "olmalı": "şart t\n  a {}",
        "olan": "tanım t = l arasında a {} sayısı",
    }
    trees = [turkish(frames[positive].format(copula)) for copula in (positive, negative)]
    negations = [sum(isinstance(node, syn.Not) for node in nodes(tree)) for tree in trees]

    assert negations == [0, 1]


# ---- statements ----------------------------------------------------------------------------------------------------


def test_a_definition_may_be_a_value_or_a_condition():
    assert statement("define x = a").conditions == ()
    assert statement("define x = a is at most 5").conditions == (syn.Compare(a, "at_most", syn.Num("5")),)
    assert statement("define x = (a is b)").value is None


def test_values_by_cases_say_how_they_are_chosen():
    made = statement("define x\n  first line that fits\n  5 when a\n  does not apply otherwise").value

    assert made == syn.Cases((syn.Case(syn.Num("5"), a), syn.Case(syn.DoesNotApply(), None)), mode="first")


def test_blocks_stand_under_when_and_where():
    made = statement("require x\n  a\n  when all of\n    b\n    c\n  unless any of\n    b\n    c")

    assert made.whens == (
        syn.When(syn.And((b, c), block=True)),
        syn.When(syn.Or((b, c), block=True), negated=True),
    )


@pytest.mark.parametrize(
    ("how", "sozler", "tree"),
    [
        ("any", "en az biri varken", syn.Or((b, c), block=True)),
        ("all", "hepsi varken", syn.And((b, c), block=True)),
        ("none", "hiçbiri yokken", syn.NoneOf((b, c))),
    ],
)
def test_a_case_may_have_a_block_of_conditions(how, sozler, tree):
    english = statement(f"define x\n  100% when {how} of\n    b\n    c\n  80% otherwise")
    turkce = turkish(f"tanım x\n  şu hâllerin {sozler} %100\n    b ise\n    c ise\n  diğer hâllerde %80")

    assert english.value.cases == (syn.Case(syn.Percent("100"), tree), syn.Case(syn.Percent("80"), None))
    assert turkce == english


@pytest.mark.parametrize(
    ("english", "turkce", "during"),
    [
        ("2026", "2026", syn.Range(syn.Num("2026"), syn.Num("2026"))),
        ("from 2024 to 2026", "2024 ile 2026 arası", syn.Range(syn.Num("2024"), syn.Num("2026"))),
        ("from 2027", "2027 ve sonrası", syn.Range(syn.Num("2027"), None)),
        ("month 2026-03", "2026-03 ayı", syn.Range(syn.MonthLit("2026-03"), syn.MonthLit("2026-03"))),
    ],
)
def test_a_figure_may_be_for_a_year_or_a_month(english, turkce, during):
    made = statement(f"parameter x number\n  {english} | 5")

    assert made.lines == (syn.ParameterLine(during, syn.Num("5")),)
    assert turkish(f"parametre x sayı\n  {turkce} | 5") == made


def test_a_year_by_itself_is_a_value():
    made = statement("parameter x year\n  2026")

    assert made.lines == (syn.ParameterLine(None, syn.Num("2026")),)


def test_rows_of_a_table_may_stand_under_a_period():
    made = statement(
        "table t by a, d = (b - c)\n  gives r | h\n  in force from 2023-01-01\n    1, 2 | any | 5% | 6\n"
        "  in force up to 2022-12-31\n    not 1 | no base | reduced by 5% | does not apply\n    otherwise | 0% | 0"
    )
    since, until = syn.Range(syn.Day("2023-01-01"), None), syn.Range(None, syn.Day("2022-12-31"))

    assert made.keys == (
        syn.Key(a),
        syn.Key(syn.Name("d"), syn.Bracket(syn.Sum((syn.Term(1, b), syn.Term(-1, c))))),
    )
    assert made.gives == (syn.Name("r"), syn.Name("h"))
    assert [row.during for row in made.rows] == [since, until, until]
    assert made.rows[0].cells == (
        syn.Several((syn.Num("1"), syn.Num("2"))), syn.Any(), syn.Percent("5"), syn.Num("6"),
    )  # fmt: skip
    assert made.rows[1].cells == (
        syn.Several((syn.Num("1"),), negated=True), syn.NoBase(), syn.Reduced(syn.Percent("5")), syn.DoesNotApply(),
    )  # fmt: skip
    assert made.rows[2].cells == (syn.Rest(), syn.Percent("0"), syn.Num("0"))


def test_a_table_in_two_dimensions():
    made = statement("table t by a\n  exactly one line fits\n  across zone | x, a | b\n  1 | 2% | 3%")

    assert (made.mode, made.across) == ("one", syn.Key(syn.Name("zone")))
    assert made.across_cells == (syn.Several((x, a)), b)


def test_a_support_carries_its_lines_and_steps():
    made = statement(
        "support s\n  from a\n  excess is trimmed\n  only a basis\n  not together with b, c\n  require r\n    a\n"
        "  cost ceiling k\n    at most 5 EUR\n  bonus m\n    plus 12 percentage points on a\n    where b\n    when c"
    )

    assert made.base == syn.FromAmount(a)
    assert (made.excess, made.only_a_basis, made.not_together) == ("trimmed", True, (b, c))
    assert [rule.heading.name for rule in made.requires] == [syn.Name("r")]
    ceiling, bonus = made.steps
    assert ceiling.limits == (syn.Limit("single", syn.Amount("5", "EUR")),)
    assert (bonus.value, bonus.part) == (syn.PercentagePoints("12"), a)
    assert (bonus.wheres, bonus.whens) == ((syn.Where(b),), (syn.When(c),))


@pytest.mark.parametrize(
    ("line", "limit"),
    [
        ("each at most 5", syn.Limit("each", syn.Num("5"))),
        ("together at most 5", syn.Limit("together", syn.Num("5"))),
        ("per a and b at most 5", syn.Limit("per", syn.Num("5"), keys=(a, b))),
        ("together with a at most 5", syn.Limit("with_other", syn.Num("5"), other=a)),
        ("no ceiling", syn.Limit("none")),
    ],
)
def test_a_ceiling_says_of_what(line, limit):
    made = statement(f"support s\n  computed as a\n  support ceiling k\n    {line}")

    assert made.steps[0].limits == (limit,)


def test_a_rounding_among_the_steps_has_no_name():
    made = statement(
        "support s\n  computed as a\n  rounding half to even in steps of 0.01 EUR, once at the end"
    )

    (step,) = made.steps
    assert (step.heading.name, step.way.mode, step.place) == (None, "half_even", "once")


def test_a_rounding_at_the_left_edge_has_a_name_and_others_say_it():
    stated = statement("rounding cents\n  down in steps of 0.01 EUR, each line")
    made = statement("support s\n  computed as a\n  rounding as cents")

    way = syn.InSteps("down", syn.Amount("0.01", "EUR"))
    assert stated == syn.SharedRounding(syn.Heading(syn.Name("cents")), way, "each")
    (step,) = made.steps
    assert (step.way, step.place) == (syn.Name("cents"), None)


def test_a_ceiling_at_the_left_edge_is_over_several_supports():
    made = statement("support ceiling k\n  over a, b\n  together at most 5 EUR\n  excess is cut pro rata")

    assert made == syn.JointCeiling(syn.Heading(syn.Name("k")), (a, b), syn.Amount("5", "EUR"), "pro_rata")


def test_an_example_has_facts_lists_settings_and_expectations():
    made = statement(
        "example e\n  like a\n  with parameter p  5%\n  x  -5 EUR\n  x  a, b\n  l\n    times | a\n    2 | b, c\n    1 | absent\n"
        "  expect does not apply: s\n  expect a is b"
    )

    assert made.settings == (syn.Setting(syn.Name("p"), syn.Percent("5")),)
    assert made.facts[:2] == (syn.FactLine(x, (syn.Amount("-5", "EUR"),)), syn.FactLine(x, (a, b)))
    assert made.facts[2] == syn.FactTable(
        syn.Name("l"), (None, a), (((syn.Num("2"),), (b, c)), ((syn.Num("1"),), (syn.Absent(),)))
    )
    assert [e.kind for e in made.expects] == ["does_not_apply", "condition"]


def test_the_head_of_a_programme():
    made = statement('programme tr.x "T"\n  en "U"\n  currency EUR\n  nace Rev. 2.1\n  month end next day')

    assert made.heading.titles == (syn.Text("T"), syn.Text("U", "en"))
    assert (made.file_name, made.currency, made.nace, made.month_end) == (
        "tr.x", syn.Name("EUR"), "2.1", "next_day",
    )  # fmt: skip


def test_types_say_their_unit_and_their_currency():
    made = statement(
        "application\n  a  money in EUR per tonne\n  b  period in working days\n  c  NACE Rev. 2\n  x  list of cost"
    )

    assert [field.type for field in made.fields] == [
        syn.TypeName("money", unit="tonne", of="EUR"),
        syn.TypeName("period", unit="working days"),
        syn.TypeName("nace", of="2"),
        syn.TypeName("list", of="cost"),
    ]


def test_a_line_goes_on_after_a_comma_and_inside_brackets():
    assert condition("a is one of b,\n      c") == condition("a is one of b, c")
    assert condition("(a\n  or b) and c") == condition("(a or b) and c")


def test_comments_are_kept_with_their_places():
    text = 'language English\n-- one\nnote n -- two\n  cites call "a -- b"\n-- three\n'
    module, problems = parsed(text)

    assert problems == ()
    assert [comment.text for comment in module.comments] == ["one", "two", "three"]
    assert [text[p.span.start : p.span.end] for p in module.comments] == ["-- one", "-- two", "-- three"]


@pytest.mark.parametrize("file", [ENGLISH, TURKISH], ids=["en", "tr"])
def test_every_node_knows_its_place(file):
    """A node lies inside its parent, and a name is the text at its place."""
    text = file.read_text(encoding="utf-8")
    module, _ = parsed(text)
    for node in nodes(module):
        assert 0 <= node.span.start < node.span.end <= len(text)
        if isinstance(node, syn.Name):
            assert text[node.span.start : node.span.end] == node.text
        if isinstance(node, syn.Bracket):
            assert text[node.span.start] == "("
            assert text[node.span.end - 1] == ")"


def test_where_a_node_stands_is_not_what_it_is():
    here, there = syn.Num("5", span=Span(0, 1)), syn.Num("5", span=Span(7, 8))

    assert here == there
    assert hash(here) == hash(there)
    assert here != syn.Percent("5")
    assert repr(syn.Not(here)) == "Not(part=Num(text='5'))"


# ---- two languages, one tree ---------------------------------------------------------------------------------------

WORDS_OF_THE_AUTHOR = {
    (syn.Name, "text"), (syn.Text, "text"), (syn.Text, "language"), (syn.Programme, "authority"),
    (syn.SourceText, "title"), (syn.ChoiceValue, "titles"), (syn.CodeLine, "title"), (syn.Remark, "text"),
    (syn.Citation, "quote"), (syn.Citation, "at"), (syn.TypeName, "of"), (syn.TypeName, "unit"),
    (syn.QuantityLit, "unit"), (syn.Amount, "per"), (syn.PerUnit, "unit"),
}  # fmt: skip


def shape(node: Any) -> Any:
    """A tree without the words of its author."""
    if isinstance(node, tuple):
        return tuple(shape(part) for part in node)
    if not isinstance(node, syn.Node):
        return node
    kept = [f.name for f in attrs.fields(type(node)) if f.name != "span"]
    return (
        type(node).__name__,
        *(
            "…"
            if (type(node), name) in WORDS_OF_THE_AUTHOR and getattr(node, name)
            else shape(getattr(node, name))
            for name in kept
        ),
    )


def test_english_and_turkish_give_one_tree():
    english, turkish_ = (parsed(file.read_text(encoding="utf-8")) for file in (ENGLISH, TURKISH))

    assert english[1] == turkish_[1] == ()
    for one, other in zip(english[0].statements, turkish_[0].statements, strict=True):
        assert shape(one) == shape(other)


def test_the_reference_file_has_every_node():
    module, _ = parsed(ENGLISH.read_text(encoding="utf-8"))
    kinds = {k for k in vars(syn).values() if isinstance(k, type) and issubclass(k, syn.Node)}

    assert kinds - {type(node) for node in nodes(module)} == {syn.Node, syn.Step, syn.Broken}


@pytest.mark.parametrize("ending", ["'in", "'ın", "'un", "'ün", "'nin", "'nın", "'nun", "'nün"])
def test_turkish_endings_are_read_in_any_harmony(ending):
    assert turkish(f"tanım t = a{ending} b").value.cases[0].value == syn.Member(a, b)


# ---- going on after a mistake --------------------------------------------------------------------------------------


def test_six_mistakes_give_six_reports_and_the_rest_is_kept():
    """One broken statement hides no other; two broken lines of one statement are both reported."""
    text = """language English

require one
  a is at least
  b is is c
  c

support two
  from costs counting amount

  rate basic
    70

  bonus more
    plus 15 percentage points points

  cost ceiling k
    where category is
    together at most 5 EUR

  rounding down

requir three
  a

require four
  a

define five = (a + b

require six
  a
"""
    module, problems = parsed(text)
    places = [text.count("\n", 0, p.span.start) + 1 for p in problems]

    assert places == [4, 5, 15, 18, 21, 23, 29]
    kept = [s for s in module.statements if not isinstance(s, syn.Broken)]
    assert [s.heading.name.text for s in kept] == ["four", "six"]
    broken = [(s.keyword, s.name and s.name.text) for s in module.statements if isinstance(s, syn.Broken)]
    assert broken == [("require", "one"), ("support", "two"), ("requir", None), ("define", "five")]


@pytest.mark.parametrize("removed", range(0, 84, 3))
def test_a_broken_statement_hides_no_other(removed):
    text = ENGLISH.read_text(encoding="utf-8")
    whole, _ = parsed(text)
    victim = whole.statements[removed].span
    module, problems = parsed(text[: victim.start] + "?" + text[victim.start :])

    assert problems
    kept = [s for s in module.statements if not isinstance(s, syn.Broken)]
    assert kept == [s for i, s in enumerate(whole.statements) if i != removed]


def test_a_line_left_out_is_not_reported_as_missing():
    assert found("support s\n  from a\n  rate r\n    70 % %\n") == [("GR158", "%")]


def test_a_block_without_lines_is_reported_at_its_head():
    assert found("require x\n  any of\n  a\n") == [("GR126", "any of")]
    assert found("record r\n") == [("GR126", "record r")]
    assert found("example e\n  l\n    a | b\n  expect eligible\n") == [("GR126", "a | b")]


def test_an_open_bracket_spoils_its_own_line_only():
    assert found("require x\n  (a is b\n  a is is b\n") == [("GR128", "("), ("GR158", "is")]


# ---- the slips -----------------------------------------------------------------------------------------------------

SLIPS = [
    ("require x\n  “a”\n", "GR110", "“"),
    ("require x\n  a – b\n", "GR111", "–"),
    ("require x\n  a § b\n", "GR112", "§"),
    ("require x\n\ta\n", "GR122", "\t"),
    ("require x\n    a\n  b\n", "GR123", "b"),
    ("note x\n  cites call\n    a\n", "GR125", "a"),
    ('require x "t\n  a\n', "GR127", '"'),
    ("require x\n  (a\n", "GR128", "("),
    ("require x\n  a)\n", "GR129", ")"),
    ("require x\n  a is one of b,\n  c is d\n", "GR130", "c is"),
    ("// a\n", "GR131", "//"),
    ("require x\n  a # b\n", "GR131", "#"),
    ("require x\n  dayanak çağrı\n", "GR132", "dayanak"),
    ("şart x\n  a\n", "GR132", "şart"),
    ("requier x\n  a\n", "GR133", "requier"),
    ("require x\n  a is at leest 5\n", "GR133", "at leest"),
    ("require x\n  cite call\n", "GR133", "cite"),
    ("support x\n  from a\n  eligible cost k\n    exept where a\n", "GR133", "exept where"),
    ("hello x\n", "GR134", "hello"),
    ("define total = 5\n", "GR136", "total"),
    ("application\n  from  date\n", "GR136", "from"),
    ("application\n  a: date\n", "GR137", ":"),
    ("example e\n  a = 5\n  expect eligible\n", "GR137", "="),
    ("require x\n  in_force from 2023-01-01\n  a\n", "GR138", "in_force"),
    ("Require x\n  a\n", "GR138", "Require"),
    ("require x\n  company.is_sme\n", "GR139", "company.is_sme"),
    ("require x\n  a is at most 3,142 TRY\n", "GR140", "3,142"),
    ("require x\n  a is at most 1.000 TRY\n", "GR140", "1.000"),
    ("example e\n  a 12 345.670 TRY\n  expect eligible\n", "GR140", "12 345.670"),
    ("require x\n  a is at most 1.000.000 TRY\n", "GR140", "1.000.000"),
    ("require x\n  a is at most 1 000,50 TRY\n", "GR140", "1 000,50"),
    ("require x\n  a is at most 1 0000 TRY\n", "GR141", "1 0000"),
    ("require x\n  a is before 2023-9-4\n", "GR142", "2023-9-4"),
    ("require x\n  a is before 04.09.2023\n", "GR142", "04.09.2023"),
    ("require x\n  a is before 4/9/2023\n", "GR142", "4/9/2023"),
    ("require x\n  a is before 4 September 2023\n", "GR142", "4 September 2023"),
    ("require x\n  a is 12kg\n", "GR143", "12kg"),
    ("require x\n  a is 1e9\n", "GR143", "1e9"),
    ("require x\n  a is %70\n", "GR144", "%70"),
    ("support x\n  from a\n  bonus k\n    +15%\n", "GR145", "+15%"),
    ("require x\n  a >= 5\n", "GR146", ">="),
    ("require x\n  a = 5\n", "GR146", "="),
    ("require x\n  a && b\n", "GR147", "&&"),
    ("require x\n  a and b or c\n", "GR150", "or"),
    ("require x\n  a or (b or c) and c\n", "GR150", "and"),
    ("define x = a + b * c\n", "GR151", "*"),
    ("define x = 5% of a + b\n", "GR151", "+"),
    ("define x = a + 5% of b\n", "GR151", "of"),
    ("define x = a / b * c\n", "GR152", "*"),
    ("support x\n  computed as a\n  rounding 0.01 EUR\n", "GR153", "0.01"),
    ("define x = a rounded in steps of 1 EUR\n", "GR153", "in"),
    ("support ceiling x\n  over a, b\n  at most 5 EUR\n", "GR154", "at most"),
    ("require x\n  total a of l where b is at least 5\n", "GR155", "where"),
    ("table t by a\n  1 | | 2\n", "GR157", "|"),
    ("table t by a\n  1 |\n", "GR157", "|"),
    ("require x\n  a is is b\n", "GR158", "is"),
    ("require x\n  a is at least\n", "GR159", "least"),
    ("support x\n  from a\n  rate k\n    cites call\n", "GR160", "k"),
    ("support x\n  from a\n  from b\n", "GR161", "from b\n"),
    ("score x\n  5 points\n  6 points when a\n", "GR162", "5 points\n"),
    ("define x\n  5 when a\n  b\n", "GR163", "b"),
    ("support x\n  from a\n  support floor k\n    raised to 5 EUR\n", "GR164", "raised to 5 EUR\n"),
    ("example e\n  l\n    a | b\n    1\n  expect eligible\n", "GR165", "1\n"),
]


@pytest.mark.parametrize(("text", "code", "marked"), SLIPS, ids=[f"{s[1]}-{s[2].strip()}" for s in SLIPS])
def test_a_common_slip_has_its_own_answer(text, code, marked):
    assert [(c, m.strip("\n")) for c, m in found(text)] == [(code, marked.strip("\n"))]


TURKISH_SLIPS = [
    ("şart x\n  a 5\n", "GR156", "5"),
    ("şart x\n  a 5 ise\n", "GR159", "ise"),
    ("şart x\n  a 70% olmalı\n", "GR144", "70%"),
    ("şart x\n  a 1.000 TRY olmalı\n", "GR140", "1.000"),
    ("şart x\n  a >= 5\n", "GR146", ">="),
    ("şart x\n  a = 5 olmalı\n", "GR146", "="),
    ("require x\n  a olmalı\n", "GR132", "require"),
    ("şart x\n  a olmalı ve b olmalı veya c olmalı\n", "GR150", "veya"),
    ("tanım x = a + b üzerinden %5\n", "GR151", "üzerinden"),
    ("şart x\n  a.b olmalı\n", "GR139", "a.b"),
    ("Şart x\n  a olmalı\n", "GR138", "Şart"),
    ("destek x\n  tek tutar a\n  yuvarlama aşağı 1 EUR, her kalemde\n", "GR153", "1"),
    ("tanım toplam = 5\n", "GR136", "toplam"),
    ("şart x\n  a 4 Eylül 2023'ten önce olmalı\n", "GR142", "4 Eylül 2023"),
]


@pytest.mark.parametrize(("text", "code", "marked"), TURKISH_SLIPS)
def test_a_common_turkish_slip_has_its_own_answer(text, code, marked):
    assert found(text, "dil Türkçe") == [(code, marked)]


def test_a_file_without_a_language_is_read_in_the_one_its_words_are_of():
    module, (problem,) = parsed("şart x\n  a olmalı\n")

    assert (problem.code, module.language, len(module.statements)) == ("GR120", "tr", 1)
    assert "dil Türkçe" in problem.words("en").instead


@pytest.mark.parametrize("text", ["", "\n\n", "-- a comment\n"])
def test_an_empty_file_is_refused(text):
    assert [p.code for p in parsed(text)[1]] == ["GR113"]


def test_a_file_with_the_marks_of_a_merge_is_refused_at_the_first():
    text = "language English\n<<<<<<< HEAD\nnote a\n=======\nnote b\n>>>>>>> other\n"
    module, (problem,) = parsed(text)

    assert (problem.code, problem.span.start, module.statements) == ("GR114", 17, ())


def test_what_could_stand_there_is_said_in_the_words_of_the_file():
    _, (problem,) = parsed("language English\n\nrequire x\n  a is is b\n")

    assert (
        problem.words("en").instead
        == "Here can stand: a value, `from`, `above`, `up to`, `below`, `before`, …."
    )
    assert problem.words("tr").instead.startswith("Buraya gelebilecekler: bir değer, `from`, `above`")


EVERY_PROBLEM = sorted(
    (
        p
        for p in vars(wrong).values()
        if isinstance(p, type) and issubclass(p, Problem) and p not in {Problem, wrong.WritingProblem}
    ),
    key=lambda p: p.code,
)


@pytest.mark.parametrize("kind", EVERY_PROBLEM, ids=lambda kind: kind.code)
def test_every_problem_is_worded_in_both_languages(kind):
    """A fact that a text names must be there, and a text names it in both languages or in none."""
    facts = {f.name: f.name for f in attrs.fields(kind) if f.name not in {"span", "source", "labels"}}
    problem = kind(**facts)
    texts = [problem.title, problem.why_words(), problem.instead_words()]

    for words in texts:
        assert words.en
        assert words.tr
        assert words.en != words.tr
    for language in ("en", "tr"):
        shown = problem.words(language)
        assert not any(word in shown.why.lower().split() for word in ("token", "parse", "node", "null"))
        assert len(f"{shown.title}{shown.why}{shown.instead}") < 500


def test_every_problem_has_its_own_code():
    codes = [kind.code for kind in EVERY_PROBLEM]

    assert len(codes) == len(set(codes))


def test_problems_are_equal_by_their_facts():
    """They do not have the comparisons that attrs would make."""
    one, same, other = (wrong.ReservedName(name=name) for name in ("a", "a", "b"))

    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert "name='a'" in repr(one)


# ---- bytes and characters ------------------------------------------------------------------------------------------


def codes_of(data: bytes) -> list[str]:
    read = read_source(data, "test.rules", Limits())
    return [p.code for p in (read if isinstance(read, tuple) else parse(read)[1])]


NOTE = b"language English\n\nnote n\n"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (NOTE, []),
        (b"\xef\xbb\xbf" + NOTE.replace(b"\n", b"\r\n"), []),
        (NOTE + b"\xff", ["GR101"]),
        (NOTE.decode().encode("utf-16"), ["GR102"]),
        (NOTE.decode().encode("utf-16-be"), ["GR102"]),
        (NOTE + b"-- \x00", ["GR103"]),
        (NOTE + b"-- \x1b[2J", ["GR103"]),
        (NOTE + "-- \u202e".encode(), ["GR104"]),
        (NOTE + 'note m "\u200b"'.encode(), ["GR104"]),
        (NOTE + "note\u00a0m".encode(), ["GR105"]),
        (NOTE + 'note m "a\u00a0b" -- \u00a0'.encode(), []),
        (NOTE + "-- a\u2028note b".encode(), ["GR106"]),
        (NOTE + b"-- a\rnote b", ["GR106"]),
        (NOTE + "note s\u0327art".encode(), ["GR107"]),
        (NOTE + "note inc\u043eme".encode(), ["GR108"]),
        (NOTE + "note \ufb01nance".encode(), ["GR108"]),
        (NOTE + "note a\u0661".encode(), ["GR108"]),
        (NOTE + "note cop\nnote \u0441\u043e\u0440".encode(), ["GR109"]),
        (NOTE + "note \u0434\u043e\u043c".encode(), []),
        (NOTE + "note \u6771\u4eac\u306e\u30c6\u30b9\u30c8".encode(), []),
    ],
)
def test_what_cannot_be_seen_is_refused(data, codes):
    assert codes_of(data) == codes


def test_the_size_of_a_file_is_looked_at_before_its_text():
    (problem,) = read_source(b"\xff" * 300_000, "x", Limits())

    assert problem.code == "GR601"


def test_a_text_from_a_program_may_hold_anything():
    """A string of Python can have halves of characters, which no file has."""
    (problem,) = source_of("language English\n\ud800", "x", Limits())

    assert problem.code == "GR103"
    assert parse(Source("x", "language English\n\ud800"))[1][0].code == "GR103"


# ---- bounds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "limits", "code", "marked"),
    [
        ("define x = ((((a))))", {"depth": 3}, "GR602", "("),
        ("define x = a's a's a's a's a", {"depth": 3}, "GR602", "a"),
        ("require x\n  any of\n    any of\n      any of\n        a", {"depth": 3}, "GR602", "a"),
        ("define x = a + a + a + a", {"nodes": 10}, "GR603", "+"),
        ("define x = 1 234 567", {"digits": 6}, "GR604", "1 234 567"),
        ("define x = 0.1234567", {}, "GR605", "0.1234567"),
        ('note x "abcd"', {"string_length": 3}, "GR606", '"'),
        ("note abcdefghi", {"name_length": 8}, "GR607", "abcdefghi"),
    ],
)
def test_a_bound_has_its_own_message(text, limits, code, marked):
    text = f"language English\n{text}\n"
    _, problems = parsed(text, Limits(**limits))

    assert (code, marked) in [(p.code, text[p.span.start : p.span.end]) for p in problems]


def test_after_so_many_mistakes_reading_stops():
    _, problems = parsed("language English\n" + "note ?\n" * 100, Limits(diagnostics=5))

    assert [p.code for p in problems] == ["GR112"] * 5 + ["GR608"]


def test_mistakes_are_counted_inside_a_statement_too():
    _, problems = parsed("language English\nrequire x\n" + "  ?\n" * 100, Limits(diagnostics=5))

    assert [p.code for p in problems] == ["GR112"] * 5 + ["GR608"]


R = "require r\n  "
HOSTILE = {
    "H01 brackets": R + "(" * 200_000 + "income",
    "H01 closed brackets": R + "(" * 100_000 + "income" + ")" * 100_000,
    "H02 not": R + "not " * 60_000 + "resident",
    "H03 cases": "define x\n" + "  1 when a is less than 1\n" * 9_000,
    "H03 for": R + "for all a: " * 20_000 + "b",
    "H05 doubling": "".join(f"define x{i + 1} = x{i} + x{i}\n" for i in range(200)),
    "H09 powers": R + "a is 9 ^ 9 ^ 9 ^ 9 EUR",
    "H09 powers in Python's way": R + "a is 9 ** 9",
    "H10 exponent": R + "a is at most 1e999999999 EUR",
    "H11 digits": R + "a is at most " + "9" * 5_000_000,
    "H11 fewer digits": R + "a is at most " + "9" * 250_000,
    "H12 name": R + "a" * 5_000_000,
    "H12 shorter name": R + "a" * 250_000,
    "H13 rules": "".join(f"require r{i}\n  income is more than {i}\n" for i in range(80_000)),
    "H13 fewer rules": "".join(f"require r{i}\n  income is more than {i}\n" for i in range(6_000)),
    "H14 mistakes": "rule ??\n" * 100_000,
    "H14 fewer mistakes": "rule ??\n" * 30_000,
    "H14 broken lines": "require r\n" + "  ??\n" * 50_000,
    "H14 misspelt": "require r\n" + "  cits call wehn is at leest 5 oterwise\n" * 5_000,
    "H15 quote": R + 'message "' + "a" * 1_000_000,
    "H15 shorter quote": R + 'message "' + "a" * 250_000,
    "H15 quotes": R + "message " + '"' * 200_001,
    "H16 backslashes": R + 'message "' + "\\" * 250_000,
    "H17 comments": "/*" * 100_000,
    "H37 code": R + 'message ""); __import__("os").system("x"); ("',
    "H46 a pattern": R + 'a matches "(a+)+$"',
    "names": "define x = " + "a's " * 60_000 + "a",
    "prefixes": "define x = " + "year of " * 30_000 + "a",
    "sums": "define x = " + "a + " * 60_000 + "a",
    "commas": R + "a is one of " + "a," * 110_000,
    "cells": "table t by a\n  " + "a | " * 60_000 + "a",
    "endings": R + "a" + "'" * 200_000,
    "groups of digits": R + "a is 1" + " 000" * 60_000,
    "dots": R + "a is " + "1." * 120_000,
    "spaces": R + " " * 250_000 + "x y",
    "indentation": "require r\n" + "".join(" " * (i + 1) + "any of\n" for i in range(600)),
    "open brackets": "require r\n" + "  (a\n" * 60 + "  a is b\n" * 20_000,
    "near words": "".join(f"requir{chr(97 + i % 26)} x\n" for i in range(25_000)),
}


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_soon_ends_in_a_report(attack):
    """The corpus of attacks at full size (traps F2, F3, F6, F15)."""
    depth = sys.getrecursionlimit()
    data = ("language English\n\n" + attack).encode()
    with pace.within(30):
        read = read_source(data, "hostile.rules", Limits())
        problems = read if isinstance(read, tuple) else parse(read, Limits())[1]

    assert problems or "x199 = x198" in attack or attack.startswith("define x\n")
    assert len(problems) <= 51
    assert sys.getrecursionlimit() == depth
    for problem in problems[:3]:
        assert problem.source is not None
        assert len("".join(attrs.astuple(problem.words("tr")))) < 1_000


def test_no_module_touches_the_recursion_limit():
    """Trap F3: a raised limit turns a deep file into a crash of the host."""
    folder = Path(wrong.__file__).parents[1]

    assert not [p for p in folder.rglob("*.py") if "setrecursionlimit" in p.read_text(encoding="utf-8")]


def test_a_tree_as_deep_as_allowed_can_be_compared_hashed_and_shown():
    """Trap F2: those walk the tree by calling themselves."""
    text = "language English\n\ndefine x = " + "(1 + (2 * " * 32 + "a" + "))" * 32 + "\n"
    (one, _), (other, _) = parsed(text), parsed(text)

    assert one == other
    assert hash(one.statements) == hash(other.statements)
    assert repr(one).count("Bracket") == 64


def test_long_chains_are_flat():
    text = "language English\n\ndefine x = " + "a + " * 5_000 + "a\n"
    module, problems = parsed(text)

    assert problems == ()
    assert len(module.statements[0].value.cases[0].value.terms) == 5_001


def test_time_grows_with_the_length_of_a_file():
    def spent(copies: int) -> float:
        text = "language English\n\n" + 'require r "t"\n  a is at least 5 and b\n  when c\n' * copies
        times = []
        for _ in range(3):
            start = time.process_time()
            assert parsed(text)[1] == ()
            times.append(time.process_time() - start)
        return min(times)

    assert spent(1_000) < 15 * spent(100) + 0.05


# ---- any text ------------------------------------------------------------------------------------------------------


def unharmed(text: str) -> None:
    """A text is read or refused, with places inside it and words for people."""
    read = source_of(text, "any.rules", Limits())
    if isinstance(read, tuple):
        assert read
        return
    module, problems = parse(read, Limits())
    broken = [s for s in module.statements if isinstance(s, syn.Broken)]
    assert bool(problems) or not broken
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(read.text) + 1
        problem.words("en"), problem.words("tr")


@pytest.mark.parametrize("file", [KDP_2023, ENGLISH, TURKISH], ids=["kdp_2023", "en", "tr"])
def test_every_beginning_of_a_file_is_read_or_refused(file):
    text = file.read_text(encoding="utf-8")
    for end in range(0, len(text), 211):
        unharmed(text[:end])


@pytest.mark.slow
def test_every_single_beginning_of_a_statement_is_read_or_refused():
    """What stands before a statement has no part in it; the two longest of each kind have all there is to cut."""
    text = KDP_2023.read_text(encoding="utf-8")
    module, _ = parsed(text)
    longest = sorted(module.statements, key=lambda s: s.span.end - s.span.start, reverse=True)
    for kind in {type(s) for s in longest}:
        for node in [s for s in longest if type(s) is kind][:2]:
            body = text[node.span.start : node.span.end]
            for end in range(1, len(body)):
                unharmed("language English\n" + body[:end])


LINES = {
    file: file.read_text(encoding="utf-8").splitlines(keepends=True) for file in (ENGLISH, TURKISH, KDP_2023)
}
WORDS = sorted({word for lines in LINES.values() for line in lines for word in line.split()})


@given(st.sampled_from(sorted(LINES)), st.data())
def test_lines_moved_cut_and_doubled_do_no_harm(file, data):
    lines = list(LINES[file])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["drop", "double", "indent", "swap", "word", "cut"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "indent":
                lines[at] = data.draw(st.sampled_from([" ", "  ", "   ", "\t", ""])) + lines[at].lstrip(" ")
            case "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "word":
                words = lines[at].rstrip("\n").split(" ")
                words.insert(data.draw(st.integers(0, len(words))), data.draw(st.sampled_from(WORDS)))
                lines[at] = " ".join(words) + "\n"
            case "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
    unharmed("".join(lines))


@given(st.binary(max_size=200), st.integers(0, 20_000), st.integers(0, 40))
def test_bytes_written_into_a_file_do_no_harm(noise, at, dropped):
    data = ENGLISH.read_bytes()
    at %= len(data)
    read = read_source(data[:at] + noise + data[at + dropped :], "any.rules", Limits())
    if not isinstance(read, tuple):
        parse(read, Limits())


@given(
    st.lists(st.sampled_from([*WORDS, "\n", "\n  ", "\n    ", "(", ")", ",", '"', "'", "--"]), max_size=60)
)
@example(["-", "-", "\n", "  ", "(", ","])
def test_any_row_of_words_does_no_harm(words):
    unharmed("language English\n" + " ".join(words))
    unharmed("dil Türkçe\n" + " ".join(words))


@given(st.text(max_size=200))
def test_any_text_does_no_harm(text):
    unharmed(text)
    unharmed("language English\n" + text)


@pytest.mark.parametrize("kind", ["programme", "library"])
def test_the_days_of_a_whole_file_are_refused_since_nothing_would_follow_from_them(kind):
    """A rule on the day of the application says it; an amendment says from when on it holds."""
    (problem,) = parsed(f"language English\n\n{kind} a.b\n  in force from 2010-09-23\n")[1]

    assert problem.code == "GR158"
