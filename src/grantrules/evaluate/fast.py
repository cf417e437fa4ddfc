"""
The fast evaluator: Python source made for one programme, compiled once, run for every application.

A generated function takes the values of facts and gives back a tuple: whether the application is eligible, and the
locals that hold what it found.  Nothing is made of them until somebody asks: `outcome` turns them into the same `Outcome`
that `reference` gives, value for value.  What neither the answer nor an amount depends on waits in a second function.

There are several pairs of such functions, each made when it is first needed:

- for complete facts, without a trace and with one;
- for each set of facts that are unknown (`Need`): what does not depend on them is computed as for complete facts, and
  what does is decided on intervals and three-valued truths;
- for caution, where the others give up because a figure of a step turned out undecided, or a list absent.  That code
  gives up nowhere.  The reference only decides what comes before code for it is worth making (`PATIENCE`).

This is the one module that turns text into code.  The text is made of numbers, operators and names that are made here
(`generate`): whatever an author or an applicant wrote reaches the code as a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, ClassVar, TypeAlias, assert_never, cast

from attrs import define, evolve, field, frozen

from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.scales import OPEN, Scales, Shape
from grantrules.evaluate import runtime
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.generate import HELPERS, Generator
from grantrules.evaluate.intervals import all_hold, causes_of, highest, lowest, not_negative
from grantrules.evaluate.outcome import (
    Binding,
    Outcome,
    RuleOutcome,
    StepOutcome,
    SupportOutcome,
    Undecided,
    Value,
)
from grantrules.evaluate.pipeline import is_per_line, reads_row
from grantrules.evaluate.reference import evaluate, in_form
from grantrules.evaluate.spans import SpanCode, SpanWriter, outcome_of
from grantrules.evaluate.steps import Amount, Column, Stage, SupportCode, SupportWriter, Traced, read_by
from grantrules.evaluate.unknown import Stand
from grantrules.types import NUMERIC, List, Record, Type

Raw: TypeAlias = tuple[Any, ...] | Outcome
"""What a run gives back: what the generated function found, or the outcome itself where it gave up."""


# ---- what is said where --------------------------------------------------------------------------------------------


@frozen
class LetCode:
    """A figure: its text and what it counts."""

    name: str
    text: str
    type: Type
    parts: int


@frozen
class RuleCode:
    """A rule: the texts of its `when` and its conditions."""

    rule: ir.Rule
    when: str
    conditions: tuple[str, ...]


@frozen
class JointCode:
    """A ceiling over several supports: what it took off, or where not all is known, the local of what is said of it."""

    joint: ir.Joint
    cut: Amount
    bindings: str | None = None


@frozen
class PaidCode:
    """What is paid of a support."""

    name: str
    amount: Amount
    applies: str


@define(eq=False)
class Layout:
    """Where the generated function leaves everything."""

    lets: list[LetCode] = field(factory=list)
    rules: list[RuleCode] = field(factory=list)
    supports: list[SupportCode | SpanCode] = field(factory=list)
    joints: list[JointCode] = field(factory=list)
    paid: list[PaidCode] = field(factory=list)

    def in_order(self, body: Sequence[ir.Statement]) -> None:
        """Put figures and rules into the order of the body."""
        places = {statement: at for at, statement in enumerate(body)}
        names = {statement.name: at for at, statement in enumerate(body) if isinstance(statement, ir.Let)}
        self.lets.sort(key=lambda let: names[let.name])
        self.rules.sort(key=lambda rule: places[rule.rule])

    def texts(self) -> Iterator[str]:
        """The texts of all that an outcome is made of."""
        yield from (let.text for let in self.lets)
        for rule in self.rules:
            yield rule.when
            yield from rule.conditions
        for support in self.supports:
            yield from support.texts()
        yield from (joint.bindings or joint.cut.text for joint in self.joints)
        for paid in self.paid:
            yield paid.amount.text
            yield paid.applies


def read_by_statement(statement: ir.Statement) -> Iterator[ir.Expr]:
    """All expressions of a statement."""
    match statement:
        case ir.Let(_, value):
            yield value
        case ir.Rule(_, _, when, conditions):
            yield from conditions if when is None else (when, *conditions)
        case ir.Joint(_, _, when, limit):
            yield from (limit,) if when is None else (when, limit)
        case ir.Support():
            yield from (gate.condition for gate in statement.gates)
            found = (
                statement.list,
                statement.where,
                statement.base,
                *(step.when for step in statement.steps),
            )
            yield from (each for each in found if each is not None)
            for step in statement.steps:
                yield from read_by(step)
        case _:
            assert_never(statement)


# ---- the function --------------------------------------------------------------------------------------------------


@frozen
class Need:
    """
    What code has to be prepared for.

    Args:
        unknown: the facts and fields that may be unknown.
        cautious: any figure of a step may turn out undecided, so no support and no ceiling over several gives up.
    """

    unknown: frozenset[ir.FieldDef] = frozenset()
    cautious: bool = False

    def unknown_in(self, program: ir.Program) -> frozenset[ir.FieldDef]:
        """The facts and fields that code meets as unknown: those in the row that stands for an absent list, too."""
        if not self.cautious:
            return self.unknown
        scales, stand = Scales(program), Stand(program)
        for each in program.body:
            if isinstance(each, ir.Support) and each.list is not None and scales.of(each.list).fails:
                stand.note(cast("ir.FieldDef", scales.declaration(each.list)))
        return self.unknown | stand.found


NO_NEED = Need()


class Writer:
    """
    Writes the functions for a programme.

    Args:
        tracing: they keep a trace.
        need: what they have to be prepared for.
    """

    def __init__(self, program: ir.Program, *, tracing: bool, need: Need = NO_NEED) -> None:
        self.program = program
        self.cautious = need.cautious
        self.scales = Scales(program, unknown=need.unknown_in(program))
        self.g = Generator(program, self.scales, tracing=tracing)
        self.layout = Layout()
        self.required: list[str] = []
        self.doubtful: list[str] = []

    def write(self) -> Code:
        """
        All statements in the order of the body, and the answer.

        What neither the answer nor an amount depends on (an advice, a promise, a figure that is only reported) goes into a
        function of its own, which is run when somebody asks for the whole outcome.  A trace keeps all together.
        """
        body, g = self.program.body, self.g
        deciding = set(body) if g.tracing else self.deciding()
        self.statements([statement for statement in body if statement in deciding])
        self.paid()
        answer = self.answer()
        first, g.lines, last = g.lines, [], g.counter
        self.statements([statement for statement in body if statement not in deciding])
        traced = {expr: (text, self.scales.of(expr).parts) for expr, text in g.traced.items()}
        texts = dict.fromkeys([*self.layout.texts(), *(text for text, _ in traced.values())])
        kept = [text for text in texts if is_local(text) and made_before(text, last)]
        found = [text for text in texts if is_local(text) and not made_before(text, last)]
        needed = dict.fromkeys(
            name
            for line in [*g.lines, *found]
            for name in LOCAL.findall(line)
            if name[0] != "v" and made_before(name, last)
        )
        kept = list(dict.fromkeys([*kept, *needed]))
        slots = {text: at for at, text in enumerate([*kept, *found], len(Code.BEGINNING))}
        lines = [
            "def run(values):",
            *self.unpacked([*first, answer, *kept]),
            *first,
            f" return ({answer}, code, values, {''.join(f'{each}, ' for each in kept)})",
            "def rest(raw):",
            " values = raw[2]",
            *self.unpacked([*g.lines, *found]),
            *(f" {name} = raw[{slots[name]}]" for name in needed),
            *g.lines,
            f" return raw + ({''.join(f'{each}, ' for each in found)})",
            "",
        ]
        self.layout.in_order(body)
        return Code(
            source="\n".join(lines),
            constants=g.constants,
            layout=self.layout,
            slots=slots,
            traced=traced if g.tracing else None,
        )

    def statements(self, statements: Sequence[ir.Statement]) -> None:
        """The code of some statements, which may share loops."""
        for statement in statements:
            self.prepare(statement)
        for statement in statements:
            self.statement(statement)

    def unpacked(self, lines: Iterable[str]) -> list[str]:
        """The line that gives the facts their names."""
        read = {name for line in lines for name in LOCAL.findall(line) if name[0] == "v"}
        fields = range(len(self.program.application.fields))
        names = [f"v{at}, " if f"v{at}" in read else "_, " for at in fields]
        return [f" {''.join(names)}= values"] if read else []

    def deciding(self) -> set[ir.Statement]:
        """The statements on which the answer and the amounts depend."""
        needed: set[str] = set()
        # The totals that a ceiling further down changes: who reads them has to do so before it.
        changing: set[str] = set()
        found: set[ir.Statement] = set()
        for statement in reversed(self.program.body):
            refs = frozenset[str]().union(*(self.g.info(each).refs for each in read_by_statement(statement)))
            match statement:
                case ir.Let():
                    decides = statement.name in needed
                case ir.Rule(_, kind):
                    decides = kind == "require"
                case ir.Joint(_, over):
                    decides = True
                    changing.update(over)
                case _:
                    decides = True
            if decides or refs & changing:
                found.add(statement)
                needed |= refs
        return found

    def statement(self, statement: ir.Statement) -> None:
        """The code of one statement."""
        match statement:
            case ir.Let():
                self.let(statement)
            case ir.Rule():
                self.rule(statement)
            case ir.Support():
                writer = SpanWriter if self.in_doubt(statement) else SupportWriter
                self.layout.supports.append(writer(self.g, statement).write())
            case ir.Joint():
                self.joint(statement)
            case _:
                assert_never(statement)

    def prepare(self, statement: ir.Statement) -> None:
        """Find the figures over lists that a statement needs, so that those over one list share a loop."""
        g, scales = self.g, self.scales
        match statement:
            case ir.Let(_, value):
                g.register((value,))
                if g.info(value).refs <= scales.figures.keys():
                    scales.name(statement.name, scales.of(value))
            case ir.Rule(_, _, when, conditions):
                g.register(() if when is None else (when,))
                if not self.never(when):
                    g.register(conditions)
            case ir.Support():
                self.prepare_support(statement)
            case ir.Joint(_, _, when, limit):
                g.register(() if when is None else (when,))
                if not self.never(when):
                    g.register((limit,))
            case _:
                assert_never(statement)

    def in_doubt(self, support: ir.Support) -> bool:
        """Whether an amount of a support depends on what may be unknown; where caution is needed, each may."""
        if self.cautious or not self.scales.unknown:
            return self.cautious
        gates = {gate.condition for gate in support.gates}
        return any(self.reads_unknown(each) for each in read_by_statement(support) if each not in gates)

    def reads_unknown(self, expr: ir.Expr) -> bool:
        """Whether an expression depends on what may be unknown."""
        scales = self.scales
        scales.note(expr)
        for each in self.g.walk(expr, scales.needs):
            match each:
                case ir.Fact() | ir.Field() if scales.place(each) is not None and scales.may_fail(each):
                    return True
                case ir.Ref(name) if name in scales.figures and scales.figures[name].fails:
                    return True
                case _:
                    pass
        return False

    def prepare_support(self, support: ir.Support) -> None:
        """The same for a support; a step that is never done needs nothing."""
        self.g.register(gate.condition for gate in support.gates)
        self.g.register((support.base,) if support.where is None else (support.base, support.where))
        for step in support.steps:
            self.g.register(() if step.when is None else (step.when,))
            if not self.never(step.when):
                self.g.register(read_by(step))

    def never(self, when: ir.Expr | None) -> bool:
        """Whether it is known beforehand that a statement or a step is left out."""
        if when is None or not self.g.info(when).refs <= self.scales.figures.keys():
            return False
        return self.scales.of(when).value is False

    # ---- statements ------------------------------------------------------------------------------------------------

    def let(self, let: ir.Let) -> None:
        """A figure."""
        g, value = self.g, let.value
        shape = g.shape(value)
        text = g.atom(g.root(value))
        g.figures[let.name] = text
        self.scales.name(let.name, shape)
        if g.nullable(value):
            g.nullable_figures[let.name] = value
        self.layout.lets.append(LetCode(let.name, text, value.type, shape.parts))

    def rule(self, rule: ir.Rule) -> None:
        """A rule; one that is required decides whether the application is eligible."""
        g = self.g
        when = "True" if rule.when is None else g.atom(g.outside(rule.when))
        if when == "False":
            self.layout.rules.append(RuleCode(rule, when, ()))
            return
        conditions = [g.atom(g.outside(each)) for each in rule.conditions]
        self.layout.rules.append(RuleCode(rule, when, tuple(conditions)))
        if rule.kind != "require":
            return
        holds = g.all_of(rule.conditions, conditions)
        if g.any_fails(rule.conditions) or (rule.when is not None and g.shape(rule.when).fails):
            self.doubtful.append(g.atom(f"not_failed({when}, {holds})"))
        elif when == "True":
            self.required.append(holds)
        else:
            self.required.append(f"(not {when} or {holds})")

    def joint(self, joint: ir.Joint) -> None:
        """A ceiling over several supports."""
        g, scales = self.g, self.scales
        when = "True" if joint.when is None else g.atom(g.outside(joint.when))
        if when == "False":
            return
        totals = [scales.figures[name] for name in joint.over]
        if (self.cautious or scales.unknown) and (
            any(shape.fails for shape in totals) or g.any_fails(filter(None, (joint.when, joint.limit)))
        ):
            self.joint_in_doubt(joint, when)
            return
        if joint.when is not None and g.shape(joint.when).fails:
            g.line(f"if {when}.__class__ is U: return None")
        low = g.shape(joint.limit).low
        limit = joint.limit
        if low is None or low < 0:
            limit = ir.Extreme("largest", (ir.Const(Fraction(0), type=limit.type), limit), type=limit.type)
        most = g.atom(g.outside(limit))
        shapes = [scales.figures[name] for name in joint.over]
        texts = [g.figures[name] for name in joint.over]
        for text, shape in [(most, g.shape(limit)), *zip(texts, shapes, strict=True)]:
            if shape.fails:
                g.line(f"if {when} and {text}.__class__ is U: return None")
        if when != "True" and g.shape(limit).fails:
            most = g.atom(f"({most} if {when} else 0)")
        limit_parts = g.shape(limit).parts
        parts = lcm(limit_parts, *(shape.parts for shape in shapes))
        aligned = [g.aligned(text, shape.parts, parts) for text, shape in zip(texts, shapes, strict=True)]
        over = f"{' + '.join(aligned)} > {g.aligned(most, limit_parts, parts)}"
        new = [g.local("j") for _ in joint.over]
        cut = g.local("c")
        g.line(f"{', '.join(new)}, {cut} = {', '.join(texts)}, 0")
        with g.block(f"if {over}:" if when == "True" else f"if {when} and {over}:"):
            cutting = g.constant(runtime.cutting(joint, [shape.parts for shape in shapes], limit_parts))
            g.line(f"{', '.join(new)}, {cut} = {cutting}({', '.join(new)}, {most})")
        for name, text, shape in zip(joint.over, new, shapes, strict=True):
            g.figures[name] = text
            scales.name(name, shape._replace(high=None, value=OPEN, whole=False))
        self.layout.joints.append(JointCode(joint, Amount(cut, 1)))

    def joint_in_doubt(self, joint: ir.Joint, when: str) -> None:
        """The same where not all that it is about is known."""
        g, scales = self.g, self.scales
        limit = g.atom(g.outside(joint.limit))
        texts = [g.figures[name] for name in joint.over]
        parts = [scales.figures[name].parts for name in joint.over]
        capping = g.constant(runtime.capping(joint, parts, g.shape(joint.limit).parts))
        new, bindings = [g.local("j") for _ in joint.over], g.local("b")
        g.line(f"{', '.join(new)}, {bindings} = {capping}({', '.join([when, limit, *texts])})")
        for name, text in zip(joint.over, new, strict=True):
            g.figures[name] = text
            scales.name(name, Shape(1, 0, None, fails=True, whole=False))
        self.layout.joints.append(JointCode(joint, Amount("0"), bindings))

    # ---- the answer ------------------------------------------------------------------------------------------------

    def paid(self) -> None:
        """What is paid of each support, after all ceilings."""
        g = self.g
        for code in self.layout.supports:
            support = code.support
            if not support.only_a_basis:
                shape = self.scales.figures[support.name]
                amount = Amount(g.figures[support.name], shape.parts)
                self.layout.paid.append(PaidCode(support.name, amount, code.applies))
        texts = [code.applies for code in self.layout.paid]
        if texts and "True" not in texts:
            fails = any(self.scales.figures[f"{code.name}'s applies"].fails for code in self.layout.paid)
            if fails:
                self.doubtful.append(g.atom(f"one_applies({', '.join(texts)})"))
            else:
                self.required.append(f"({' or '.join(texts)})")
        for code in self.layout.supports:
            if isinstance(code, SpanCode):
                if any(isinstance(s, ir.Ceiling) and s.excess == "refuses" for s in code.support.steps):
                    self.doubtful.append(g.atom(f"not_refused_by({code.bindings}, {code.applies})"))
                continue
            for cut in code.cuts:
                if cut.refuses:
                    self.refusal(cut.cut, code.applies, self.scales.figures[f"{code.support.name}'s applies"])
        for joint in self.layout.joints:
            if joint.joint.excess == "refuses" and joint.bindings is not None:
                self.doubtful.append(g.atom(f"not_refused_by({joint.bindings}, True)"))
            elif joint.joint.excess == "refuses":
                self.refusal(joint.cut, "True", Shape(value=True))

    def refusal(self, cut: Amount, applies: str, shape: Shape) -> None:
        """A ceiling that refuses what is above it."""
        if shape.fails:
            self.doubtful.append(self.g.atom(f"not_refused({cut.text} > 0, {applies})"))
        elif applies == "True":
            self.required.append(f"{cut.text} <= 0")
        elif applies != "False":
            self.required.append(f"({cut.text} <= 0 or not {applies})")

    def answer(self) -> str:
        """The text that says whether the application is eligible, `None` while that is undecided."""
        sure = " and ".join(f"({each})" for each in self.required) or "True"
        if not self.doubtful:
            return sure
        fails = [f"{each} is False" for each in self.doubtful]
        if self.required:
            self.g.line(f"e = {sure}")
            fails.insert(0, "not e")
        open_ = " or ".join(f"{each} is None" for each in self.doubtful)
        return f"False if {' or '.join(fails)} else None if {open_} else True"


def is_local(text: str) -> bool:
    """Whether a text is the name of a local, and not a literal or a constant."""
    return text.isidentifier() and text not in {"True", "False", "None"} and not text.startswith("K")


LOCAL = re.compile(r"\b[A-Za-z][0-9]+\b")
"""A name as the generator makes them."""


def made_before(name: str, last: int) -> bool:
    """Whether a local got its number before another; facts and constants are no locals."""
    return name[0] != "K" and (name[0] == "v" or int(name[1:]) <= last)


@define(eq=False)
class Code:
    """
    Two functions as text: `run` decides, and `rest` adds to what it found what is only computed when asked for.

    Args:
        constants: what their names for constants stand for.
        slots: where in the result of `rest` each local is; that of `run` is its beginning.
        traced: the text of each expression outside of rows, and what it counts, where a trace is kept.
    """

    BEGINNING: ClassVar = ("the answer", "this code", "the facts")
    """What every result begins with."""

    source: str
    constants: dict[str, Any]
    layout: Layout
    slots: dict[str, int]
    traced: dict[ir.Expr, tuple[str, int]] | None

    @cached_property
    def _functions(self) -> dict[str, Any]:
        names: dict[str, Any] = {**HELPERS, **self.constants, "__builtins__": BUILTINS, "code": self}
        exec(compile(self.source, "<programme>", "exec", dont_inherit=True), names)  # the text is our own
        return names

    @cached_property
    def run(self) -> Callable[[tuple[Any, ...]], tuple[Any, ...] | None]:
        """Decides on the values of facts; `None` where it gives up."""
        return self._functions["run"]  # type: ignore[no-any-return]  # as the text was written

    @cached_property
    def rest(self) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
        """The whole result."""
        return self._functions["rest"]  # type: ignore[no-any-return]  # as the text was written

    def value(self, raw: tuple[Any, ...], text: str) -> Any:
        """What a text gave."""
        slot = self.slots.get(text)
        if slot is not None:
            return raw[slot]
        if text in self.constants:
            return self.constants[text]
        return (
            {"True": True, "False": False, "None": None}[text]
            if text.isidentifier()
            else int(text.strip("()"))
        )


BUILTINS: dict[str, Any] = {
    each.__name__: each
    for each in (any, bool, dict, enumerate, iter, len, max, min, next, range, set, sum, tuple, zip)
}
"""All of Python's own functions that generated code may call."""


# ---- the programme -------------------------------------------------------------------------------------------------


PATIENCE = 1
"""How often a need is left to the reference, before code is made for it."""

MOST_NEEDS = 256
"""For how many needs code is kept, and counted how often they came."""


def compile_program(
    program: ir.Program, settings: Mapping[str, Any] | None = None, *, patience: int = PATIENCE
) -> FastProgram:
    """
    Make the fast evaluator of a programme.

    Args:
        program: a programme that `core.verify` has passed.
        settings: parameters by name with the values they have instead, as the core holds them.
        patience: how often a need of caution is left to the reference, before code is made for it.
    """
    return FastProgram(with_parameters(program, settings or {}), patience=patience)


def with_parameters(program: ir.Program, settings: Mapping[str, Any]) -> ir.Program:
    """A programme with other values of its parameters."""
    if not settings:
        return program
    body = tuple(
        evolve(
            each,
            value=ir.Const(settings[each.name], type=each.value.type, span=each.value.span, at=each.value.at),
        )
        if isinstance(each, ir.Let) and each.name in settings
        else each
        for each in program.body
    )
    return evolve(program, body=body)


def _keep(kept: dict[tuple[Need, bool], Any], key: tuple[Need, bool], value: Any) -> None:
    """Put something into a table, which is emptied if it is full; another thread may do the same."""
    if len(kept) >= MOST_NEEDS:
        kept.clear()
    kept[key] = value


class FastProgram:
    """
    A programme that is ready to decide.

    `run` gives what is quickest to make; the other methods read it.
    """

    def __init__(self, program: ir.Program, *, patience: int = PATIENCE) -> None:
        self.program = program
        self.plain = Writer(program, tracing=False).write()
        self._run = self.plain.run
        self._patience = patience
        self._met: dict[tuple[Need, bool], int] = {}
        self._kept: dict[tuple[Need, bool], Code] = {}

    @cached_property
    def traced(self) -> Code:
        """The functions that keep a trace."""
        return Writer(self.program, tracing=True).write()

    def run(self, facts: Facts, *, trace: bool = False) -> Raw:
        """Decide one application."""
        if facts.complete:
            found = self.traced.run(facts.values) if trace else self._run(facts.values)
            if found is not None:
                return found
        return self._run_in_doubt(facts, trace=trace)

    def _run_in_doubt(self, facts: Facts, *, trace: bool) -> Raw:
        """The same where facts are unknown, or a figure of a step turned out undecided."""
        stand = Stand(self.program)
        values = stand.facts(facts.values)
        unknown = frozenset(stand.found)
        for cautious in (False, True) if unknown else (True,):
            code = self._code_for(Need(unknown, cautious), trace=trace)
            if code is None:
                break
            found = code.run(values)
            if found is not None:
                return found
        return evaluate(self.program, facts, trace=trace)

    def _code_for(self, need: Need, *, trace: bool) -> Code | None:
        """The code for a need, once that has come often enough to be worth it."""
        key = need, trace
        code = self._kept.get(key)
        if code is not None:
            return code
        met = self._met.get(key, 0)
        if met < self._patience:
            _keep(self._met, key, met + 1)
            return None
        code = Writer(self.program, tracing=trace, need=need).write()
        _keep(self._kept, key, code)
        return code

    def decide(self, facts: Facts, *, trace: bool = False) -> Outcome:
        """The whole outcome of one application."""
        return self.outcome(self.run(facts, trace=trace))

    def is_eligible(self, facts: Facts) -> bool:
        """Whether one application is eligible for certain."""
        raw = self.run(facts)
        answer = eligible(self.program, raw).answer if isinstance(raw, Outcome) else raw[0]
        return answer is True

    def outcome(self, raw: Raw) -> Outcome:
        """The whole outcome of a run."""
        if isinstance(raw, Outcome):
            return raw
        code: Code = raw[1]
        return Answer(self.program, code, code.rest(raw)).outcome()


# ---- the outcome ---------------------------------------------------------------------------------------------------


@define(eq=False)
class Answer:
    """What one run found, and the outcome that it means."""

    program: ir.Program
    code: Code
    raw: tuple[Any, ...]

    def outcome(self) -> Outcome:
        """The outcome."""
        layout = self.code.layout
        supports = {each.support.name: self.support(each) for each in layout.supports}
        return Outcome(
            rules=tuple(self.rule(each) for each in layout.rules),
            supports=supports,
            figures={let.name: self.typed(let.text, let.type, let.parts) for let in layout.lets},
            paid={each.name: self.paid(each) for each in layout.paid},
            joint=tuple(binding for each in layout.joints for binding in self.joint(each)),
            trace=self.trace(supports) if self.code.traced is not None else None,
        )

    def held(self, text: str) -> Any:
        """What a text gave."""
        return self.code.value(self.raw, text)

    def typed(self, text: str, kind: Type, parts: int) -> Value:
        """A value in the form of its type."""
        held = self.held(text)
        if held is None or not isinstance(kind, NUMERIC):
            return held
        if held.__class__ is Undecided:
            return in_form(kind, held)
        return in_form(kind, Fraction(held, parts))

    def number(self, amount: Amount) -> Value:
        """A number, or another value where it counts nothing."""
        held = self.held(amount.text)
        if held is None or amount.parts is None or held.__class__ is Undecided:
            return held
        divisor = 1 if amount.divisor is None else self.held(amount.divisor)
        return Fraction(held, amount.parts * divisor)

    # ---- statements ------------------------------------------------------------------------------------------------

    def rule(self, code: RuleCode) -> RuleOutcome:
        """One rule."""
        when = self.held(code.when)
        if when is False:
            return RuleOutcome("not_applicable", when, ())
        conditions = tuple(self.held(each) for each in code.conditions)
        holds = all_hold(conditions)
        if holds is True:
            return RuleOutcome("met", when, conditions)
        certain = holds is False and when is True
        return RuleOutcome("failed" if certain else "undecided", when, conditions)

    def paid(self, code: PaidCode) -> Value:
        """What is paid of a support."""
        applies = self.held(code.applies)
        if applies is False:
            return None
        amount = self.number(code.amount)
        if applies is True:
            return amount
        return Undecided(causes_of((applies, amount)), lowest(amount), highest(amount))

    def joint(self, code: JointCode) -> tuple[Binding, ...]:
        """What a ceiling over several supports cut."""
        if code.bindings is not None:
            return cast("tuple[Binding, ...]", self.held(code.bindings))
        cut = self.number(code.cut)
        refuses = code.joint.excess == "refuses"
        return (Binding(code.joint.about.name, "support", cut, refuses),) if cut > 0 else ()

    def support(self, code: SupportCode | SpanCode) -> SupportOutcome:
        """One support."""
        gates = [self.held(text) for text in code.gates]
        if isinstance(code, SpanCode):
            return outcome_of(self.held(code.course), gates)
        places = Places(
            None if code.rows is None else self.held(code.rows),
            None if code.places is None else self.held(code.places),
        )
        excluded = self.held(code.excluded)
        names = [step.about.name for step in code.support.steps]
        singles = [None] * len(self.singles(code.lines))
        if code.support.list is None and 0 in excluded:
            singles[0] = names[excluded[0]]
        marks = [names[excluded[at]] if at in excluded else None for at in range(places.lines)]
        cuts = [(cut, self.number(cut.cut)) for cut in code.cuts]
        return SupportOutcome(
            applies=self.held(code.applies),
            closed=tuple(number for number, gate in enumerate(gates) if gate is False),
            total=self.number(code.total),
            eligible_cost=self.number(code.eligible_cost),
            before_ceilings=self.number(code.before_ceilings),
            lines=places.put(*self.stage(code.lines)),
            costs=places.put(*self.stage(code.costs)),
            excluded=places.put(marks, singles),
            binding=tuple(Binding(cut.name, cut.on, found, cut.refuses) for cut, found in cuts if found > 0),
            steps=tuple(self.step(step, places) for step in code.steps),
        )

    def column(self, column: Column | None, lines: int = 0) -> list[Value]:
        """A value for each line with a row; there are so many, if it is one for all."""
        if column is None:
            return []
        held = self.held(column.text)
        if column.uniform:
            held = [held] * lines
        if column.place is not None:
            held = [each[column.place] for each in held]
        if column.parts is None:
            return list(held)
        parts = column.parts * (1 if column.divisor is None else self.held(column.divisor))
        if column.share is not None:
            times, by = self.held(column.share.times), self.held(column.share.by)
            cut = range(len(held)) if column.share.lines is None else set(self.held(column.share.lines))
            held = [each * (times if at in cut else by) for at, each in enumerate(held)]
        return [None if each is None else Fraction(each, parts) for each in held]

    def singles(self, stage: Stage) -> list[Value]:
        """The same for the lines without one, as far as they exist."""
        return [self.number(amount) for amount, there in stage.singles if self.held(there) is True]

    def stage(self, stage: Stage, lines: int = 0) -> tuple[list[Value], list[Value]]:
        """Both; in whole steps if only their sum was rounded."""
        rows, singles = self.column(stage.rows, lines), self.singles(stage)
        step = stage.rounding
        if step is None:
            return rows, singles
        exact = [amount / step.step for amount in (*rows, *singles)]
        parts = lcm(1, *(each.denominator for each in exact))
        counted = [each.numerator * (parts // each.denominator) for each in exact]
        shares = [each * step.step for each in runtime.handed_out(counted, 1, parts, step.mode)]
        return shares[: len(rows)], shares[len(rows) :]

    def step(self, traced: Traced, places: Places) -> StepOutcome:
        """What a step did."""
        step, done = traced.step, self.held(traced.done)
        figures: tuple[Value, ...] = ()
        rates: tuple[Value, ...] = ()
        if done is True:
            if traced.groups is not None:
                held = self.held(traced.groups.text)
                figures = tuple(Fraction(each, traced.groups.parts) for each in held)
            elif traced.figures is not None and is_per_line(step):
                figures = places.put_any(*self.stage(traced.figures, places.lines))
            if traced.rates is not None:
                rates = places.put_any(*self.stage(traced.rates, places.lines))
        while traced.before is not None:
            traced = traced.before
        after = Stage(None, ()) if traced.after is None else traced.after
        return StepOutcome(step.about.name, done, figures, places.put(*self.stage(after)), rates)

    # ---- the trace -------------------------------------------------------------------------------------------------

    def trace(self, supports: Mapping[str, SupportOutcome]) -> dict[int, Value]:
        """The value of every expression outside of rows that was read."""
        found: dict[int, Value] = {}
        waiting = [expr for statement in self.program.body for expr in self.roots(statement, supports)]
        seen = set[ir.Expr]()
        while waiting:
            expr = waiting.pop()
            if expr in seen or expr.at < 0:
                continue
            seen.add(expr)
            value = self.traced_value(expr)
            if value is not NOT_KEPT:
                found[expr.at] = value
            waiting.extend(self.read(expr))
        return found

    def traced_value(self, expr: ir.Expr) -> Value:
        """The value of one; lists and records are not kept."""
        text, parts = cast("dict[ir.Expr, tuple[str, int]]", self.code.traced)[expr]
        if isinstance(expr.type, (List, Record)):
            return None if self.held(text) is None else NOT_KEPT
        return self.typed(text, expr.type, parts)

    def read(self, expr: ir.Expr) -> Iterable[ir.Expr]:
        """What was read to find the value of an expression, outside of rows."""
        match expr:
            case ir.Aggregate(_, list_):
                return (list_,)
            case ir.Choose(arms, otherwise, mode):
                found, sure = [], False
                for condition, value in arms:
                    found.append(condition)
                    holds = self.traced_value(condition)
                    if holds is None or holds is False:
                        found += [] if holds is False else [value]
                        continue
                    found.append(value)
                    sure = sure or holds is True
                    if sure and mode == "first":
                        break
                if otherwise is not None and not sure and not self.clash(expr):
                    found.append(otherwise)
                return found
            case _:
                return ir.children(expr)

    def clash(self, expr: ir.Choose) -> bool:
        """Whether `otherwise` is not read because the arms that may be taken differ."""
        if expr.mode == "first":
            return False
        taken = [value for condition, value in expr.arms if self.traced_value(condition) is not False]
        values = [self.traced_value(value) for value in taken]
        known = all(value is not None and value.__class__ is not Undecided for value in values)
        return len(values) > 1 and (expr.mode == "one" or not known or any(v != values[0] for v in values))

    def roots(self, statement: ir.Statement, supports: Mapping[str, SupportOutcome]) -> Iterator[ir.Expr]:
        """The expressions that a statement read without a row."""
        match statement:
            case ir.Let(_, value):
                yield value
            case ir.Rule(_, _, when, conditions):
                if when is not None:
                    yield when
                if when is None or self.used(when) is not False:
                    yield from conditions
            case ir.Joint(_, _, when, limit):
                if when is not None:
                    yield when
                if when is None or self.used(when) is not False:
                    yield limit
            case ir.Support():
                yield from (gate.condition for gate in statement.gates)
                yield from self.roots_of_support(statement, supports[statement.name])
            case _:
                assert_never(statement)

    def used(self, expr: ir.Expr) -> Value:
        """The value of an expression where absent is undecided."""
        return self.traced_value(expr)

    def roots_of_support(self, support: ir.Support, outcome: SupportOutcome) -> Iterator[ir.Expr]:
        """The same for the lines and steps of a support."""
        alone = support.list is None
        if support.list is not None:
            yield support.list
        code = next(each for each in self.code.layout.supports if each.support is support)
        if isinstance(code, SpanCode):
            yield from self.held(code.course).read_once
            return
        if alone:
            yield support.base
        amount = self.base_amount(support) if alone else None
        for traced, done in zip(code.steps, outcome.steps, strict=True):
            step = traced.step
            if step.when is not None:
                yield step.when
            if done.done is True:
                yield from read_once(step)
                others = traced.after is not None and bool(self.singles(traced.after))
                if alone:
                    yield from self.read_alone(step, amount)
                    others = others and len(done.amounts) > 1
                if others and step.where is None:
                    yield from read_by_others(step, support.var)
            if alone:
                amount = done.amounts[0]

    def base_amount(self, support: ir.Support) -> Value:
        """The amount that a support without a list begins with."""
        return not_negative(self.traced_value(support.base))

    def read_alone(self, step: ir.AnyStep, amount: Value) -> Iterator[ir.Expr]:
        """What a step reads for the one line of a support without a list."""
        if isinstance(step, (ir.Supplement, ir.Apply)) or (
            isinstance(step, ir.Ceiling) and step.limit is None
        ):
            return
        if isinstance(step, ir.Pick) and amount == 0:
            return
        if step.where is not None:
            yield step.where
            if self.traced_value(step.where) is not True:
                return
        once = set(read_once(step))
        yield from (expr for expr in read_by(step) if expr not in once and expr is not step.where)


class _NotKept:
    """What stands for a list or a record in a trace: nothing."""


NOT_KEPT = _NotKept()


def read_once(step: ir.AnyStep) -> Iterator[ir.Expr]:
    """What a step that is done reads once, without a row."""
    match step:
        case ir.Pick(number):
            yield number
        case ir.Ceiling(_, "together", limit, _, other):
            yield from (each for each in (limit, other) if each is not None)
        case ir.Supplement(amount) | ir.Floor(_, amount):
            yield amount
        case _:
            return


def read_by_others(step: ir.AnyStep, var: int) -> Iterator[ir.Expr]:
    """What a step reads for a line that was added, without a row."""
    match step:
        case ir.Scale(factor) if not reads_row(factor, var):
            yield factor
        case _:
            return


@frozen
class Places:
    """Where the lines of a support stand among the rows: `rows` is the list, or `None` for the one line without."""

    rows: Sequence[Any] | None
    kept: Sequence[int] | None

    @property
    def lines(self) -> int:
        """How many lines stand for a row."""
        if self.rows is None:
            return 0
        return len(self.rows) if self.kept is None else len(self.kept)

    def put(self, rows: Sequence[Value], singles: Sequence[Value]) -> tuple[Value, ...]:
        """One entry for each row, `None` where it is not a line; lines without a row come last."""
        if self.kept is None or self.rows is None:
            return (*rows, *singles)
        found: list[Value] = [None] * len(self.rows)
        for place, value in zip(self.kept, rows, strict=True):
            found[place] = value
        return (*found, *singles)

    def put_any(self, rows: Sequence[Value], singles: Sequence[Value]) -> tuple[Value, ...]:
        """The same, but nothing at all where there is no line."""
        return self.put(rows, singles) if rows or singles else ()
