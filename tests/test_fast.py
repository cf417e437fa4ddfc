"""The fast evaluator gives the answer of the reference evaluator, value for value, and its code is safe to run."""

import ast
import json
import os
import sys
from fractions import Fraction

import pytest
from hypothesis import given, settings

import grantrules as gr
import grantrules.evaluate.fast
from benchmarks import applications
from benchmarks.baseline import decide_decimal
from grantrules import resources
from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.scales import Scales
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.fast import BUILTINS, MOST_NEEDS, Code, FastProgram, Need, Writer, compile_program
from grantrules.evaluate.generate import HELPERS
from grantrules.evaluate.outcome import Outcome, Undecided
from grantrules.evaluate.pipeline import Course
from grantrules.evaluate.reference import evaluate
from grantrules.facts.reader import Reader
from grantrules.properties.programmes import YES, cases, literals
from grantrules.source import Source

# Raise this for an hour with nothing else to do.
EXAMPLES = int(os.environ.get("GRANTRULES_EXAMPLES", "300"))


def kdp_2023():
    return gr.load(resources.bundled("tr/kdp_2023"))


# ------------------------------------------------------------------------------------------------ the same answer


def assert_quick_answer(case, raw):
    """What is said of eligibility before anybody asks for the outcome."""
    answer = eligible(case.program, evaluate(case.program, case.facts)).answer
    assert raw[0] is (None if isinstance(answer, Undecided) else answer)


@given(cases(complete=True))
@settings(max_examples=EXAMPLES)
def test_complete_facts_are_decided_as_by_the_reference(case):
    fast = compile_program(case.program, patience=0)
    raw = fast.run(case.facts)

    assert not isinstance(raw, Outcome), "nothing is left to the reference"
    assert evaluate(case.program, case.facts) == fast.outcome(raw)
    assert_quick_answer(case, raw)


@given(cases(complete=True))
@settings(max_examples=EXAMPLES)
def test_the_trace_is_that_of_the_reference(case):
    fast = compile_program(case.program, patience=0)

    expected = evaluate(case.program, case.facts, trace=True)
    assert expected == fast.outcome(fast.run(case.facts, trace=True))


@given(cases(complete=False))
@settings(max_examples=EXAMPLES)
def test_partial_facts_are_decided_as_by_the_reference(case):
    fast = compile_program(case.program, patience=0)
    raw = fast.run(case.facts)

    assert not isinstance(raw, Outcome), "nothing is left to the reference"
    assert evaluate(case.program, case.facts) == fast.outcome(raw)
    assert_quick_answer(case, raw)


@given(cases(complete=False))
@settings(max_examples=EXAMPLES)
def test_the_trace_of_partial_facts_is_that_of_the_reference(case):
    fast = compile_program(case.program, patience=0)

    expected = evaluate(case.program, case.facts, trace=True)
    assert expected == fast.outcome(fast.run(case.facts, trace=True))


def readings():
    """The 2023 call in every reading that differs from the default one in a single parameter."""
    for name, parameter in kdp_2023().core.parameters.items():
        for value in getattr(parameter.type, "values", (True, False)):
            if isinstance(parameter.type, ty.Choice | ty.YesNo):
                yield name, value


@pytest.mark.parametrize(("name", "value"), list(readings()))
def test_every_reading_of_a_real_programme_is_decided_alike(name, value):
    programme = kdp_2023()
    fast = compile_program(programme.core, {name: value, "overheads_share": Fraction(1, 10)})
    facts = [programme.prepare(each) for each in applications.random_applications(3, seed=len(name))]

    for each in facts:
        raw = fast.run(each)
        assert not isinstance(raw, Outcome), "this should not need intervals"
        assert evaluate(fast.program, each) == fast.outcome(raw)
        assert evaluate(fast.program, each, trace=True) == fast.outcome(fast.run(each, trace=True))


def test_a_thousand_adversarial_amounts_are_paid_to_the_cent():
    """Half cents, eighteen digits, works on the ceiling: the amounts that other engines get wrong."""
    programme = kdp_2023()
    fast = FastProgram(programme.core)

    wrong = []
    for number, case in enumerate(applications.adversarial_applications(1_000)):
        paid = fast.outcome(fast.run(programme.prepare(case))).paid["grant"]
        if paid != Fraction(decide_decimal(case)["grant"]):
            wrong.append(number)

    assert wrong == []


def test_an_unset_parameter_does_not_slow_a_decision_down():
    """The 2023 call gives no figure for its extra points, so every application of some sectors meets it."""
    programme = kdp_2023()
    fast = FastProgram(programme.core)

    raw = fast.run(programme.prepare(applications.realistic() | {"main_sector": "26"}))

    assert not isinstance(raw, Outcome)
    assert isinstance(fast.outcome(raw).figures["priority_sector"], Undecided)


@pytest.mark.parametrize("form", [dict, lambda case: json.dumps(case).encode(), json.dumps])
@pytest.mark.parametrize("trace", [False, True])
def test_a_realistic_application_never_needs_the_complete_reader_or_the_reference(monkeypatch, form, trace):
    """Both give the same answer, only slower: nobody but a clock would notice."""

    def refuse(*_, **__):
        raise AssertionError("the slow way")

    monkeypatch.setattr(Reader, "read", refuse)
    monkeypatch.setattr(Reader, "read_json", refuse)
    monkeypatch.setattr(grantrules.evaluate.fast, "evaluate", refuse)
    decision = kdp_2023().decide(form(applications.realistic()), trace=trace)

    assert decision.eligible
    assert decision.support.amount == decide_decimal(applications.realistic())["grant"]


def test_what_nothing_depends_on_is_computed_only_when_asked_for(monkeypatch):
    """An advice, a promise and a figure that is only reported are most of a programme, and most callers read none."""

    def refuse(_):
        raise AssertionError("too early")

    programme = kdp_2023()
    decision = programme.decide(applications.realistic())
    monkeypatch.setattr(Code, "rest", property(refuse))

    assert (decision.eligible, decision.support is None) == (True, False)
    with pytest.raises(AssertionError, match="too early"):
        decision.warnings  # noqa: B018 - It is read for what it does.


# ------------------------------------------------------------------------------------------------ unknown facts


def unfinished(programme, *names):
    return programme.prepare(applications.realistic() | {name: {"unknown": True} for name in names})


def counted(monkeypatch):
    """The facts that the reference is asked about from here on."""
    asked = []

    def ask(program, facts, *, trace=False):
        asked.append(facts)
        return evaluate(program, facts, trace=trace)

    monkeypatch.setattr(grantrules.evaluate.fast, "evaluate", ask)
    return asked


def test_the_same_fact_missing_again_is_decided_by_code_made_for_it(monkeypatch):
    """A ranking of thousands of applications that all lack one fact takes the reference once."""
    programme, asked = kdp_2023(), counted(monkeypatch)
    fast = FastProgram(programme.core)

    outcomes = [fast.outcome(fast.run(unfinished(programme, "channel"))) for _ in range(5)]

    assert len(asked) == 1
    assert all(each == outcomes[0] for each in outcomes)
    assert isinstance(fast.run(unfinished(programme, "members")), Outcome)  # Another fact, another code.


def test_what_does_not_depend_on_the_unknown_fact_is_computed_as_ever():
    """The amounts do not depend on the channel, so no step of the support is decided on intervals."""
    programme = kdp_2023()
    fast = FastProgram(programme.core, patience=0)

    channel, costs = (fast.run(unfinished(programme, name)) for name in ("channel", "costs"))

    assert not any(isinstance(each, Course) for each in channel)
    assert any(isinstance(each, Course) for each in costs)


def test_a_figure_that_is_undecided_for_another_reason_is_prepared_for_too(monkeypatch):
    """An unset rate is no unknown fact: code that gave up over it gives way to code that does not."""
    support = ir.Support(
        ir.About("grant", "support"), "TRY", (), None, None, 1, number(100),
        (ir.Rate(ir.Fail(ir.Reason("unset", "share"), type=ty.Rate()), about=ir.About("rate", "rate")),
         ir.Apply(about=ir.About("apply", "rate"))), only_a_basis=False,
    )  # fmt: skip
    program = programme((support,))
    asked = counted(monkeypatch)
    fast = FastProgram(program)
    facts = Facts((300, True), complete=True)

    outcomes = [fast.outcome(fast.run(facts)) for _ in range(3)]

    assert len(asked) == 1
    assert outcomes[0] == outcomes[2]
    assert isinstance(outcomes[2].paid["grant"], Undecided)


def test_many_sets_of_unknown_facts_do_not_fill_the_memory():
    fields = tuple(ir.FieldDef(f"asked_{at}", YES) for at in range(12))
    program = programme(
        tuple(let(f"figure_{at}", ir.Fact(f"asked_{at}", type=YES)) for at in range(12)), fields
    )
    fast = FastProgram(program, patience=0)

    for number_ in range(MOST_NEEDS + 10):
        values = tuple(ir.UNKNOWN if number_ + 1 >> at & 1 else True for at in range(12))
        assert isinstance(fast.run(Facts(values, complete=False)), tuple)

    assert len(fast._kept) <= MOST_NEEDS


# ------------------------------------------------------------------------------------------------ safe code

METHODS = {"__class__", "add", "append", "items", "setdefault", "values"}
WORDS = {"down", "up", "half_up", "half_even"}


@given(cases(complete=True))
@settings(max_examples=EXAMPLES // 3)
def test_generated_code_holds_no_text_of_an_author(case):
    """Whatever an author wrote is a value in a table; the code has names and numbers made by the generator alone."""
    fast = compile_program(case.program)
    unknown = frozenset(case.program.application.fields)
    needs = (Need(unknown), Need(unknown, cautious=True))
    partial = [Writer(case.program, tracing=each.cautious, need=each).write() for each in needs]
    for code in (fast.plain, fast.traced, *partial):
        nodes = list(ast.walk(ast.parse(code.source)))
        texts = {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        names = {n.id for n in nodes if isinstance(n, ast.Name)}
        own = {name for name in names if name[0].isalpha() and name[1:].isdigit()}

        assert texts <= WORDS
        assert {n.attr for n in nodes if isinstance(n, ast.Attribute)} <= METHODS
        assert names - own <= {*HELPERS, *BUILTINS, "_", "code", "e", "raw", "values"}
        assert not any(isinstance(n, ast.Import | ast.ImportFrom | ast.Global | ast.Lambda) for n in nodes)


def test_names_that_python_knows_are_names_like_any_other():
    hostile = ("__class__", "None", "print", '"); __import__("os")', "v0")
    fields = tuple(ir.FieldDef(name, YES) for name in hostile)
    body = tuple(let(f"{name}'s", ir.Fact(name, type=YES)) for name in hostile)
    program = programme(body, fields)

    outcome = decided(program, tuple(at % 2 == 0 for at in range(len(hostile))))

    assert list(outcome.figures.values()) == [True, False, True, False, True]


# ------------------------------------------------------------------------------------------------ large and deep

NUM = ty.Number()
AMOUNT = ir.Fact("amount", type=NUM)
FIELDS = (ir.FieldDef("amount", NUM, scale=2), ir.FieldDef("asked", YES))


def programme(body, fields=FIELDS, computed=(), records=None):
    return ir.Program(
        about=ir.About("large", "programme"), source=Source("large.rules", ""), language="en", authority=None,
        currency="TRY", zone="Europe/Istanbul", month_end="refused", nace="2", as_of=None,
        application=ir.RecordDef("application", fields), records=records or {}, choices={}, codes={}, parameters={},
        computed=computed, body=body, scores=(), results=(), indicators=(), examples=(), invariances=(), slots=0,
    )  # fmt: skip


def let(name, value):
    return ir.Let(ir.About(name, "define"), value)


def number(value):
    return ir.Const(Fraction(value), type=NUM)


def decided(program, values):
    fast = compile_program(program)
    return fast.outcome(fast.run(Facts(values, complete=True)))


def deep(depth):
    value = AMOUNT
    for at in range(depth):
        value = ir.Add(((1, value), (1, number(at % 2))), type=NUM)
    return value


def nots(depth):
    value = ir.Fact("asked", type=YES)
    for _ in range(depth):
        value = ir.Not(value, type=YES)
    return value


def doubled(depth):
    """Each stands twice in the next: written out it would have more terms than there are atoms."""
    value = AMOUNT
    for _ in range(depth):
        value = ir.Add(((1, value), (1, value)), type=NUM)
    return value


def choose(count):
    arms = tuple(
        (ir.Compare("eq", AMOUNT, number(at), type=YES), ir.Mul((number(at), AMOUNT), type=NUM))
        for at in range(count)
    )
    return ir.Choose(arms, number(-1), "first", "table", type=NUM)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ir.Add(tuple((1, AMOUNT) for _ in range(5_000)), type=NUM), Fraction(15_000)),
        (ir.And(tuple(nots(2) for _ in range(5_000)), type=YES), True),
        (choose(3_000), Fraction(9)),
        (nots(3_000), True),
        (deep(3_000), Fraction(1_503)),
        (doubled(200), Fraction(3 * 2**200)),
        (ir.Extreme("largest", tuple(number(at) for at in range(3_000)), type=NUM), Fraction(2_999)),
    ],
)
def test_large_and_deep_expressions_stay_within_what_python_can_compile(value, expected):
    """Python's compiler gives up at some hundred brackets and some thousand terms, and its stack ends."""
    fast = compile_program(programme((let("figure", value),)))
    facts = Facts((300, True), complete=True)

    assert expected == fast.outcome(fast.run(facts)).figures["figure"]
    assert expected == fast.outcome(fast.run(facts, trace=True)).figures["figure"]


def test_a_long_chain_of_computed_fields_needs_no_long_stack():
    row = ir.Row(1, type=ty.Record("cost"))
    computed = [ir.Computed(ir.About("c0", "define"), "cost", 1, ir.Field(row, "amount", type=NUM))]
    for at in range(1, 600):
        before = ir.Field(ir.Row(at + 1, type=ty.Record("cost")), f"c{at - 1}", type=NUM)
        value = ir.Add(((1, before), (1, number(1))), type=NUM)
        computed.append(ir.Computed(ir.About(f"c{at}", "define"), "cost", at + 1, value))
    costs = ir.Fact("costs", type=ty.List("cost"))
    last = ir.Field(ir.Row(1_000, type=ty.Record("cost")), "c599", type=NUM)
    total = ir.Aggregate("total", costs, 1_000, None, last, type=NUM)
    record = ir.RecordDef("cost", (ir.FieldDef("amount", NUM, scale=0),))
    fields = (ir.FieldDef("costs", ty.List("cost")),)
    program = programme((let("all", total),), fields, tuple(computed), {"cost": record})

    assert Fraction(1_210) == decided(program, ([(5,), (7,)],)).figures["all"]


def test_figures_that_square_each_other_do_not_stop_the_compiler():
    """Bounds are given up before they have more digits than there is memory."""
    body = [let("x0", AMOUNT)]
    for at in range(1, 200):
        before = ir.Ref(f"x{at - 1}", type=NUM)
        body.append(let(f"x{at}", ir.Mul((before, before), type=NUM)))

    scales = Scales(programme(tuple(body)))
    for each in body:
        scales.name(each.name, scales.of(each.value))

    assert scales.figures["x199"].high is None


# ------------------------------------------------------------------------------------------------ scales


@given(cases(complete=True))
@settings(max_examples=EXAMPLES // 3)
def test_figures_keep_to_their_parts_and_bounds(case):
    """What is said of a figure before any application is seen holds of the figure in every application."""
    scales = Scales(case.program)
    found = evaluate(case.program, case.facts)
    assert literals(case.program) is not None
    for statement in case.program.body:
        if isinstance(statement, ir.Support):
            break
        if not isinstance(statement, ir.Let):
            continue
        shape = scales.of(statement.value)
        scales.name(statement.name, shape)
        value = found.figures[statement.name]
        if isinstance(value, Undecided) or value is None:
            assert shape.fails
        elif isinstance(statement.value.type, ty.NUMERIC):
            assert not shape.whole or (Fraction(value) * shape.parts).denominator == 1
            assert shape.lowest is None or shape.lowest <= value
            assert shape.highest is None or value <= shape.highest


def test_the_day_of_a_moment_is_compared_with_a_day_that_the_application_gives():
    rules = gr.compile(
        "language English\nprogramme test.until\n  currency EUR\n  time zone Europe/Berlin\n\napplication\n"
        "  submitted moment\n  until date\n\nrequire in_time\n  submitted is no later than until\n"
    )
    found = [
        rules.decide({"submitted": moment, "until": "2026-03-31"}).eligible
        for moment in ("2026-03-31T21:59:59Z", "2026-03-31T22:00:00Z")
    ]

    assert found == [True, False]


# ------------------------------------------------------------------------------------------------ the same work once

JOINED = """language English

programme test.joined
  currency EUR

record visit
  id     text
  day    date
  kept   yes/no

record invoice
  visit  text
  sum    money (at least 0 EUR)

application
  visits    list of visit (at most 100)
  invoices  list of invoice (at most 1000)

define visit's cost = total sum of invoices where visit is this visit's id

define visit's place = number of other visits where cost is more than this visit's cost

define visit's counts
  kept
  place is at most 4

support dearest "The five dearest visits"
  from visits where counts counting cost
  eligible cost worth_it "What costs something"
    only where cost is more than 0 EUR and place is less than 5
  rate half "Half, and more for the first"
    50%  when place is 0
    40%  otherwise
  rounding down in steps of 0.01 EUR, each line

result in_all = total cost of visits
"""


def lines_run(work):
    """How many lines of the code of programmes are run."""
    count = 0

    def inside(frame, event, _):
        nonlocal count
        count += event == "line"
        return inside

    before = sys.gettrace()
    sys.settrace(lambda frame, event, _: inside if frame.f_code.co_filename == "<programme>" else None)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def joined(number):
    """So many visits with as many invoices each."""
    visits = [{"id": f"v{n}", "day": "2026-01-01", "kept": True} for n in range(number)]
    invoices = [{"visit": f"v{n}", "sum": f"{n}.10"} for n in range(number)]
    return {"visits": visits, "invoices": invoices}


def test_what_a_row_finds_in_another_list_is_looked_up_once():
    """Each visit has its invoices found once, however often its cost is read: four times the work for twice the rows."""
    programme = gr.compile(JOINED)
    decision = programme.decide(joined(20))
    one, other = (lines_run(lambda n=n: programme.decide(joined(n)).support) for n in (20, 40))

    assert decision.support == gr.Money("36.11", "EUR")
    assert other < 5 * one


ALIKE = """language English

programme test.alike
  currency   EUR
  month end  refused

record cost
  amount  money (at least 0 EUR)
  local   yes/no
  big     yes/no

application
  costs  list of cost (at most 20)
  start  date

result both = number of costs where local and big
result either = number of costs where local or big
result neither = number of costs where not (local or big)
result not_both = number of costs where not (local and big)
result dearest_local = the larger of (total amount of costs where local) and 5 EUR
result cheap_local = the smaller of (total amount of costs where local) and 5 EUR

require in_time
  1 month after start is before 2026-06-01
"""


def test_figures_that_differ_in_one_word_are_not_taken_for_one_another():
    costs = [
        {"amount": f"{number}.00", "local": number % 2 == 0, "big": number % 3 == 0} for number in range(10)
    ]
    found = gr.compile(ALIKE).decide({"costs": costs, "start": "2026-02-28"})

    assert {name: str(getattr(value, "amount", value)) for name, value in found.results.items()} == {
        "both": "2", "either": "7", "neither": "3", "not_both": "8", "dearest_local": "20.00", "cheap_local": "5.00",
    }  # fmt: skip
    assert found.eligible


def test_a_day_that_does_not_occur_is_decided_by_neither():
    """A month after 31 January, where the programme refuses to say which day that is."""
    programme = gr.compile(ALIKE)
    fast = FastProgram(programme.core)
    for start in ("2026-01-31", "2026-01-28", "2026-05-31", "2026-05-01"):
        facts = programme.prepare({"costs": [], "start": start})
        raw = fast.run(facts)

        assert not isinstance(raw, Outcome)
        assert evaluate(programme.core, facts) == fast.outcome(raw)
    assert programme.decide({"costs": [], "start": "2026-01-31"}).eligible is None
