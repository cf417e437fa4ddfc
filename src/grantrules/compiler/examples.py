"""Examples as plain data, their settings and expectations."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grantrules import calendars
from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import Context, place
from grantrules.compiler.data import constant_of
from grantrules.compiler.expressions import Reader
from grantrules.compiler.order import in_order_of_need
from grantrules.core import ir
from grantrules.diagnostics import NO_WORDS, Words
from grantrules.quantities import decimal_text
from grantrules.syntax import tree as syn
from grantrules.types import described, written

UNKNOWN = {"unknown": True}
A_LIST = Words("a list, with a heading and rows", "başlığı ve satırları olan bir liste")
A_RECORD = Words("one record, with a heading and one row", "başlığı ve tek satırı olan bir kayıt")


def make_examples(ctx: Context, nodes: list[syn.Example], rules: dict[str, str]) -> tuple[ir.Example, ...]:
    """All examples; one that is `like` another starts from its facts and settings."""
    by_name: dict[str, syn.Example] = {}
    for node in nodes:
        name = node.heading.named.text
        first = by_name.setdefault(name, node)
        if first is not node:
            labels = ctx.other(place(first.heading))
            ctx.report(pr.TwiceDeclared(span=place(node.heading), name=name, labels=labels))
    facts: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    likes = {name: [n.like.text] if n.like else [] for name, n in by_name.items()}
    for name in in_order_of_need(likes):
        _facts(ctx, by_name[name], by_name, facts, ())
    out = []
    for node in nodes:
        data, settings = _facts(ctx, node, by_name, facts, ())
        if not node.expects:
            name = node.heading.named.text
            ctx.report(pr.NoExpectation(span=place(node.heading), name=name))
        expects = [_expected(ctx, e, rules) for e in node.expects]
        out.append(
            ir.Example(
                ctx.about(node.heading, "example"), data, settings, tuple(e for e in expects if e is not None)
            )
        )
    return tuple(out)


def _facts(
    ctx: Context,
    node: syn.Example,
    by_name: dict[str, syn.Example],
    done: dict[str, tuple[dict[str, Any], dict[str, Any]]],
    path: tuple[str, ...],
) -> tuple[dict[str, Any], dict[str, Any]]:
    name = node.heading.named.text
    if name in done:
        return done[name]
    if name in path:
        names = (*path[path.index(name) :], name)
        ctx.report(pr.Cycle(span=place(node.heading), names=names, figures=False))
        return {}, {}
    data: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    if node.like is not None:
        model = by_name.get(node.like.text)
        if model is None:
            ctx.unknown(node.like, pr.AN_EXAMPLE, by_name)
        else:
            base, before = _facts(ctx, model, by_name, done, (*path, name))
            data, settings = dict(base), dict(before)
    for fact in node.facts:
        field = ctx.application.get(fact.name.text)
        if field is None:
            ctx.unknown(fact.name, pr.A_FACT, ctx.application)
        elif ("", field.name) in ctx.unreadable:
            continue
        elif isinstance(fact, syn.FactLine):
            data[field.name] = value_of_fact(ctx, field, fact.values, fact)
        elif isinstance(field.type, ty.List):
            data[field.name] = _rows(ctx, field.type.record, fact)
        elif isinstance(field.type, ty.Record):
            rows = _rows(ctx, field.type.name, fact)
            if len(rows) != 1:
                ctx.report(pr.ExampleFact(span=fact.name.span, name=field.name, needed=A_RECORD))
            else:
                data[field.name] = rows[0]
        else:
            example = written(field.type) or NO_WORDS
            needed = described(field.type)
            ctx.report(pr.ExampleFact(span=fact.name.span, name=field.name, needed=needed, example=example))
    settings |= settings_of(ctx, node.settings)
    done[name] = (data, settings)
    return data, settings


def settings_of(ctx: Context, nodes: tuple[syn.Setting, ...]) -> dict[str, Any]:
    """The parameters that an example sets."""
    found: dict[str, Any] = {}
    for setting in nodes:
        parameter = ctx.parameters.get(setting.name.text)
        if parameter is None:
            ctx.unknown(setting.name, pr.A_PARAMETER, ctx.parameters)
            continue
        constant = constant_of(ctx, setting.value, parameter.type)
        if constant is not None:
            found[setting.name.text] = constant.value
    return found


def _rows(ctx: Context, record: str, node: syn.FactTable) -> list[dict[str, Any]]:
    fields = ctx.fields[record]
    for column in node.columns:
        if column is not None and column.text not in fields:
            ctx.unknown(column, pr.A_FIELD, fields)
    out: list[dict[str, Any]] = []
    # Two headings that were exchanged are one slip: what is wrong with the first cell is wrong with all below it.
    wrong: set[tuple[str, str]] = set()
    for cells in node.rows:
        times = 1
        row: dict[str, Any] = {}
        for column, cell in zip(node.columns, cells, strict=True):
            if column is None:
                first = cell[0]
                if isinstance(first, syn.Absent | syn.Unknown):
                    ctx.report(pr.NeedsConstant(span=first.span))
                    continue
                constant = constant_of(ctx, first, ty.Number(True))
                times = int(constant.value) if constant is not None else 1
            elif column.text in fields and (record, column.text) not in ctx.unreadable | wrong:
                before = len(ctx.problems)
                row[column.text] = value_of_fact(ctx, fields[column.text], cell, node)
                if any(isinstance(problem, pr.WrongKind) for problem in ctx.problems[before:]):
                    wrong.add((record, column.text))
        out += [dict(row) for _ in range(min(times, ctx.limits.list_items))]
    return out


def value_of_fact(ctx: Context, field: ir.FieldDef, values: tuple[syn.Given_, ...], at: syn.Node) -> Any:
    """What stands behind the name of a fact, as JSON data."""
    if len(values) == 1 and isinstance(values[0], syn.Unknown):
        return dict(UNKNOWN)
    if len(values) == 1 and isinstance(values[0], syn.Absent):
        return [] if _may_be_empty(field) else None
    given = [v for v in values if not isinstance(v, syn.Absent | syn.Unknown)]
    if isinstance(field.type, ty.Choices):
        one = ty.Choice(field.type.of, field.type.values)
        chosen = [constant_of(ctx, v, one) for v in given]
        return [c.value for c in chosen if c is not None]
    if isinstance(field.type, ty.List | ty.Record) or len(given) != 1:
        tables = {ty.List: A_LIST, ty.Record: A_RECORD}
        needed = tables.get(type(field.type)) or described(field.type)
        example = written(field.type) or NO_WORDS
        ctx.report(pr.ExampleFact(span=at.span, name=field.name, needed=needed, example=example))
        return dict(UNKNOWN)
    if isinstance(field.type, ty.Text) and isinstance(given[0], syn.Name):
        return given[0].text
    if isinstance(field.type, ty.Text) and isinstance(given[0], syn.Num):
        return given[0].text
    constant = constant_of(ctx, given[0], field.type)
    if constant is None:
        return dict(UNKNOWN)
    return plain(ctx, constant.value, constant.type)


def _may_be_empty(field: ir.FieldDef) -> bool:
    """Whether `absent` says that there is nothing in it: always of a list, of `some of` where it is not optional."""
    return isinstance(field.type, ty.List) or (isinstance(field.type, ty.Choices) and not field.optional)


def plain(ctx: Context, value: Any, kind: ty.Type) -> Any:
    """A core constant as JSON data, in the form an application is given in."""
    match kind:
        case ty.Rate():
            return f"{_decimal(value * 100)}%"
        case ty.PercentagePoints():
            return _decimal(value * 100)
        case ty.Number(True):
            return int(value)
        case ty.Number() | ty.Money() | ty.MoneyPer() | ty.Quantity() | ty.Points():
            return _decimal(value)
        case ty.Date():
            return calendars.iso_date(value)
        case ty.Moment():
            zone = calendars.zone(ctx.zone)
            assert zone is not None
            return calendars.iso_moment(value, zone)
        case ty.Month():
            return calendars.iso_month(value)
        case ty.Period("months" | "days" | "hours" | "working days" as unit):
            return calendars.Period(value, unit).as_json()
        case _:
            return value


def _decimal(value: Fraction) -> str:
    scale = 0
    while (value * 10**scale).denominator != 1:
        scale += 1
    return decimal_text(int(value * 10**scale), scale)


def _expected(ctx: Context, node: syn.Expect, rules: dict[str, str]) -> ir.Expectation | None:
    names = tuple(n.text for n in node.names)
    if node.kind == "condition":
        assert node.condition is not None
        condition = Reader(ctx).condition(node.condition)
        return None if condition is None else ir.Expectation("condition", (), condition, node.span)
    supports = [n for n, f in ctx.figures.items() if f.kind == "support"]
    known: list[str]
    if node.kind == "does_not_apply":
        known = supports
    elif node.kind == "not_eligible":
        known = [*rules, *supports]
    elif node.kind == "undecided":
        known = [*ctx.application, *rules, *ctx.figures]
    else:
        known = list(rules)
    for name in node.names:
        if name.text not in known:
            ctx.unknown(name, pr.A_STATEMENT, known)
    return ir.Expectation(node.kind, names, None, node.span)
