"""The code that is generated for a programme, and what an evaluator answers, as texts that a person can read."""

from collections.abc import Callable, Iterator
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from grantrules.core import ir
from grantrules.core.listing import constant, expression
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.fast import Code
from grantrules.evaluate.outcome import Outcome, RuleOutcome, SupportOutcome, Undecided
from grantrules.evaluate.runtime import Membership
from grantrules.evaluate.unknown import UnknownRows
from grantrules.quantities import decimal_places, decimal_text
from grantrules.types import NUMERIC, Type

# ---- values ----------------------------------------------------------------------------------------------------------


def shown(value: Any, type_: Type | None = None) -> str:
    """A value of an outcome; with its unit where the type is known."""
    match value:
        case Undecided(causes, low, high):
            ends = "" if low is None and high is None else f" {plain(low)}..{plain(high)}"
            return f"?{ends} ({', '.join(sorted(f'{each.kind} {each.what}'.strip() for each in causes))})"
        case None:
            return "absent"
        case bool():
            return "yes" if value else "no"
        case _ if isinstance(type_, NUMERIC):
            return constant(value, type_)
        case _:
            return plain(value)


def plain(value: Any) -> str:
    match value:
        case None:
            return ""
        case Fraction():
            places = decimal_places(value)
            return str(value) if places is None else decimal_text(int(value * 10**places), places)
        case frozenset():
            return "{" + ", ".join(sorted(map(plain, value))) + "}"
        case _:
            return str(value)


def row(values: Any) -> str:
    return " | ".join(map(shown, values)) or "none"


# ---- an outcome ------------------------------------------------------------------------------------------------------


def outcome_text(program: ir.Program, outcome: Outcome, *, trace: bool) -> str:
    """All that is in an outcome; its trace, if that is asked for."""
    answer = eligible(program, outcome)
    lines = [f"eligible: {shown(answer.answer)}"]
    for what in ("failed", "refused", "not_applying"):
        names = getattr(answer, what)
        lines += [f"  {what}: {', '.join(names)}"] if names else []
    rules = [each for each in program.body if isinstance(each, ir.Rule)]
    lines += [rule_text(rule, found) for rule, found in zip(rules, outcome.rules, strict=True)]
    types = {each.name: each.value.type for each in program.body if isinstance(each, ir.Let)}
    lines += [f"{name} = {shown(value, types[name])}" for name, value in outcome.figures.items()]
    for name, support in outcome.supports.items():
        lines += support_text(name, support)
    lines += [f"paid: {name} {shown(value)}" for name, value in outcome.paid.items()]
    lines += [f"joint {attrs.astuple(each, recurse=False)[:2]} {cut(each)}" for each in outcome.joint]
    if trace:
        lines += trace_text(program, outcome.trace)
    return "\n".join(lines) + "\n"


def rule_text(rule: ir.Rule, found: RuleOutcome) -> str:
    when = "" if found.when is True else f", when {shown(found.when)}"
    return f"{rule.kind} {rule.about.name}: {found.status}{when}: {row(found.conditions)}"


def cut(binding: Any) -> str:
    refuses, certain = " refuses" * binding.refuses, " perhaps" * (not binding.certain)
    return f"on {binding.on}{refuses}{certain}: {shown(binding.cut)}"


def support_text(name: str, found: SupportOutcome) -> Iterator[str]:
    closed = f", closed {found.closed}" if found.closed else ""
    yield f"support {name}: {shown(found.total)}, applies {shown(found.applies)}{closed}"
    yield f"  eligible cost {shown(found.eligible_cost)}: {row(found.costs)}"
    yield f"  before ceilings {shown(found.before_ceilings)}"
    for step in found.steps:
        figures = f", figures {row(step.figures)}" if step.figures else ""
        rates = f", rates {row(step.rates)}" if step.rates else ""
        yield f"  {step.step} {shown(step.done)}: {row(step.amounts)}{figures}{rates}"
    yield f"  lines {row(found.lines)}"
    if any(found.excluded):
        yield f"  excluded {row(found.excluded)}"
    yield from (f"  ceiling {each.step} {cut(each)}" for each in found.binding)


def trace_text(program: ir.Program, trace: Any) -> Iterator[str]:
    """What was read: where it stands in the file, and its value."""
    found: dict[int, ir.Expr] = {}
    waiting = [each for statement in program.body for each in expressions(statement)]
    while waiting:
        expr = waiting.pop()
        if expr.at not in found:
            found[expr.at] = expr
            waiting.extend(ir.children(expr))
    text = program.source.text
    for at in sorted(trace, key=lambda at: (found[at].span.start, found[at].span.end, at)):
        span = found[at].span
        first, _, more = text[span.start : span.end].partition("\n")
        where = f"{first}{' …' * bool(more)}"
        yield f"  {program.source.line_of(span.start)}: {where}: {shown(trace[at], found[at].type)}"


def expressions(value: Any) -> Iterator[ir.Expr]:
    """All expressions of a statement."""
    if isinstance(value, ir.Expr):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from expressions(each)
    elif attrs.has(type(value)) and type(value).__module__ == ir.__name__:
        for each in attrs.fields(type(value)):
            yield from expressions(getattr(value, each.name))


# ---- generated code --------------------------------------------------------------------------------------------------


def source_text(code: Code) -> str:
    """The source, and what its constants are."""
    return "\n".join(
        (code.source, *(f"{name} = {held(value)}" for name, value in code.constants.items()), "")
    )


def code_text(code: Code) -> str:
    """The same, and where it leaves what an outcome is made of."""
    layout = [
        line
        for name in ("lets", "rules", "supports", "joints", "paid")
        for each in getattr(code.layout, name)
        for line in left(each)
    ]
    traced = [] if code.traced is None else [
        f"{at_expr(expr)} = {text} in parts of {parts}" for expr, (text, parts) in code.traced.items()
    ]  # fmt: skip
    slots = ", ".join(code.slots)
    assert list(code.slots.values()) == list(range(3, 3 + len(code.slots)))
    return "\n".join((source_text(code), *layout, *traced, f"slots {slots}", ""))


def at_expr(expr: ir.Expr) -> str:
    return f"{expr.at} {expression(expr)}"


def held(value: Any) -> str:
    """A constant of generated code; of a function made by another one, what it was made with."""
    match value:
        case ir.Expr():
            return expression(value)
        case ir.FieldDef():
            return value.name
        case _ if hasattr(value, "about"):
            return str(value.about.name)
        case Membership():
            return f"Membership({held(value._find)})"
        case UnknownRows():
            parts = (value.path, value.doubt, value.number, value.may_be_absent, value[0])
            return f"UnknownRows({', '.join(map(held, parts))})"
        case Undecided():
            return shown(value)
        case list() | tuple():
            return f"[{', '.join(map(held, value))}]"
        case frozenset():
            return f"{{{', '.join(sorted(map(repr, value)))}}}"
        case Fraction() | ZoneInfo():
            return str(value)
        case datetime():
            return value.isoformat()
        case Callable() if hasattr(value, "__closure__"):
            return made(value)
        case _ if attrs.has(type(value)):
            return built(value)
        case _:
            return repr(value)


def made(function: Any) -> str:
    name = function.__qualname__.split(".<locals>")[0]
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return f"{name}({', '.join(f'{name}={held(cell.cell_contents)}' for name, cell in cells)})"


def built(value: Any) -> str:
    fields = [each for each in attrs.fields(type(value)) if each.init]
    said = [f"{each.name}={held(getattr(value, each.name))}" for each in fields if told(each, value)]
    return f"{type(value).__name__}({', '.join(said)})"


def told(field: Any, value: Any) -> bool:
    """Whether a field says something: it has another value than the one it has by itself."""
    return field.name not in {"about", "span", "at", "titles"} and getattr(value, field.name) != field.default


def left(value: Any, indent: str = "") -> Iterator[str]:
    """Where something of the outcome is left; each step of a support has a line of its own."""
    steps = getattr(value, "steps", ())
    cuts = getattr(value, "cuts", ())
    if not steps and not cuts:
        yield f"{indent}{held(value)}"
        return
    yield f"{indent}{built(attrs.evolve(value, steps=(), cuts=()))}"
    for each in (*cuts, *steps):
        yield f"{indent}  {held(each)}"
