"""The shape of the data: records, the application, code lists, and raw values of facts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import POINTS_OF_ALL, Binder, Context, place, same
from grantrules.compiler.expressions import Reader
from grantrules.compiler.literals import (
    check_currency,
    is_literal,
    literal,
    minor_digits,
    nace_code,
    unknown_code,
    value_of_type,
)
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.reference import countries, nace, regions
from grantrules.source import Span
from grantrules.syntax import tree as syn
from grantrules.types import described

SIMPLE: dict[str, ty.Type] = {
    "yes_no": ty.YesNo(), "whole_number": ty.Number(True), "number": ty.Number(), "rate": ty.Rate(),
    "points": ty.Points(), "percentage_points": ty.PercentagePoints(), "date": ty.Date(), "moment": ty.Moment(),
    "year": ty.Year(), "month": ty.Month(), "text": ty.Text(), "country": ty.Country(), "region": ty.Region(),
}  # fmt: skip


def type_of(ctx: Context, node: syn.TypeName, path: str, *, records: bool = True) -> ty.Type | None:
    """The type a type name stands for; `path` names the declaration, for choices."""
    match node.kind:
        case "money":
            currency = node.of or ctx.currency_at(node.span)
            if not check_currency(ctx, currency, node.span):
                return None
            return ty.MoneyPer(currency, node.unit) if node.unit else ty.Money(currency)
        case "quantity":
            return ty.Quantity(node.unit or "")
        case "period":
            return ty.Period(node.unit or "months")
        case "nace":
            return ty.Nace(node.of or ctx.nace_at(node.span))
        case "one_of" | "some_of":
            return _choice(ctx, node, path)
        case "list" | "record":
            name = node.of or ""
            if not records or name not in ctx.fields:
                ctx.unknown(syn.Name(name, span=ctx.within(node.span, name)), pr.A_RECORD, ctx.fields)
                return None
            return ty.List(name) if node.kind == "list" else ty.Record(name)
        case _:
            return SIMPLE[node.kind]


def _choice(ctx: Context, node: syn.TypeName, path: str) -> ty.Type:
    values: list[str] = []
    also: dict[str, str] = {}
    titles: dict[str, dict[str, str]] = {}
    places: dict[str, Span] = {}
    for choice in node.choices:
        for name in (choice.name, *choice.also):
            if name.text in places:
                labels = ctx.other(places[name.text])
                ctx.report(pr.TwiceDeclared(span=name.span, name=name.text, labels=labels))
            places.setdefault(name.text, name.span)
        values.append(choice.name.text)
        also.update((a.text, choice.name.text) for a in choice.also)
        if choice.titles:
            titles[choice.name.text] = ctx.by_language(choice.titles)
    ctx.choices[path] = ir.ChoiceDef(titles, also)
    kind = ty.Choice if node.kind == "one_of" else ty.Choices
    return kind(path, tuple(values))


def scale_of(ctx: Context, kind: ty.Type) -> int | None:
    """The decimals a fact of this type is held with; `None` for what is not a number."""
    match kind:
        case ty.Money(currency):
            return minor_digits(currency)
        case ty.Number(True) | ty.Date() | ty.Moment() | ty.Year() | ty.Month() | ty.Period():
            return 0
        case ty.Rate() | ty.PercentagePoints():
            return ctx.limits.decimals + 2
        case ty.Number() | ty.Points() | ty.Quantity() | ty.MoneyPer():
            return ctx.limits.decimals
        case _:
            return None


def raw(ctx: Context, constant: Any, kind: ty.Type, node: syn.Node) -> Any:
    """A constant of the core as a raw value of facts; `None` if it is finer than facts are held."""
    scale = scale_of(ctx, kind)
    if scale is None:
        return constant
    value = Fraction(constant) * 10**scale
    if value.denominator != 1:
        text = ctx.source.text[node.span.start : node.span.end]
        ctx.report(pr.TooFine(span=node.span, text=text, most=scale))
        return None
    return int(value)


def constant_of(ctx: Context, node: syn.Value, kind: ty.Type) -> ir.Const | None:
    """A written constant of a type, or a problem; of `some of`, the one value that is chosen."""
    chosen = value_of_type(ctx, node, kind)
    if chosen is not None:
        return ctx.const(frozenset({chosen}) if isinstance(kind, ty.Choices) else chosen, kind, node.span)
    if isinstance(node, syn.Name):
        if isinstance(kind, ty.Choice | ty.Choices):
            near = ctx.near(node.text, kind.values)
            ctx.report(
                pr.UnknownValue(span=node.span, name=node.text, of=kind.of, values=kind.values, near=near)
            )
        elif isinstance(kind, ty.Country | ty.Region):
            unknown_code(ctx, node.text, node.span, kind)
        else:
            ctx.report(pr.NeedsConstant(span=node.span))
        return None
    if not is_literal(node):
        ctx.report(pr.NeedsConstant(span=node.span))
        return None
    found = literal(ctx, node)
    if found is None:
        return None
    if isinstance(kind, ty.Year) and found.type == ty.Number(True):
        return ctx.const(int(found.value), kind, node.span)
    if not same(found.type, kind):
        Reader(ctx).mixed(kind, found.type, node.span, needed=True)
        return None
    if kind == ty.Number(whole=True) and found.type != kind:
        ctx.wrong_kind(node.span, found.type, kind)
        return None
    return found


def declare_fields(
    ctx: Context, owner: str, nodes: tuple[syn.Field, ...], into: dict[str, ir.FieldDef]
) -> dict[str, syn.Field]:
    """Names and types of the fields of a record or of the application; remarks come later."""
    declared: dict[str, syn.Field] = {}
    for node in nodes:
        name = node.name.text
        if name in declared:
            labels = ctx.other(declared[name].name.span)
            ctx.report(pr.TwiceDeclared(span=node.name.span, name=name, labels=labels))
            continue
        if name in POINTS_OF_ALL or name == "unknown":  # In data, `unknown` is the mark of a fact not given.
            ctx.report(pr.NameOfLanguage(span=node.name.span, name=name))
        declared[name] = node
        kind = type_of(ctx, node.type, f"{owner}.{name}" if owner else name)
        if kind is None:
            ctx.unreadable.add((owner, name))
            kind = ty.Text()
        titles = ctx.by_language(node.titles)
        into[name] = ir.FieldDef(name, kind, titles, scale_of(ctx, kind), span=node.name.span)
    return declared


def complete_fields(
    ctx: Context, owner: str, nodes: dict[str, syn.Field], into: dict[str, ir.FieldDef]
) -> None:
    """Remarks: optional, bounds, defaults, who decides, and when a fact is asked."""
    for name, node in nodes.items():
        if (owner, name) in ctx.unreadable:
            continue
        field = into[name]
        for remark in node.remarks:
            field = _remarked(ctx, owner, field, remark)
        into[name] = field


def _remarked(ctx: Context, owner: str, field: ir.FieldDef, remark: syn.Remark) -> ir.FieldDef:
    match remark.kind:
        case "optional":
            return evolve(field, optional=True)
        case "decided_by":
            return evolve(field, decided_by=ctx.by_language(remark.titles))
        case "minimum" | "maximum":
            bound = _bound(ctx, field, remark)
            if bound is None:
                return field
            return evolve(field, minimum=bound) if remark.kind == "minimum" else evolve(field, maximum=bound)
        case "if_absent":
            return _defaulted(ctx, field, remark)
        case "only_when":
            assert remark.value is not None
            var = ctx.var() if owner else -1
            rows = (Binder(owner, var, None),) if owner else ()
            holds = Reader(ctx, rows).condition(remark.value)
            return field if holds is None else evolve(field, only_when=holds, var=var)


def _bound(ctx: Context, field: ir.FieldDef, remark: syn.Remark) -> int | None:
    assert remark.value is not None
    if isinstance(field.type, ty.List):
        constant = constant_of(ctx, remark.value, ty.Number(True))
        return None if constant is None else int(constant.value)
    if not isinstance(field.type, ty.NUMERIC):
        ctx.report(pr.NoOrder(span=remark.span, found=described(field.type), remark=True))
        return None
    constant = constant_of(ctx, remark.value, field.type)
    if constant is None:
        return None
    bound = raw(ctx, constant.value, field.type, remark.value)
    return bound if isinstance(bound, int) else None


def _defaulted(ctx: Context, field: ir.FieldDef, remark: syn.Remark) -> ir.FieldDef:
    assert remark.value is not None
    if isinstance(field.type, ty.List | ty.Record):
        ctx.report(pr.NeedsConstant(span=remark.span, whole=True))
        return field
    constant = constant_of(ctx, remark.value, field.type)
    if constant is None:
        return field
    return evolve(field, default=raw(ctx, constant.value, field.type, remark.value))


# ---- code lists --------------------------------------------------------------------------------------------------


def code_list(
    ctx: Context, node: syn.CodeList, others: dict[str, syn.CodeList], path: tuple[str, ...]
) -> None:
    """One code list and, before it, those it includes."""
    name = node.heading.named.text
    if name in ctx.codes:
        return
    if name in path:
        names = (*path[path.index(name) :], name)
        ctx.report(pr.Cycle(span=place(node.heading), names=names, figures=False))
        return
    kind = type_of(ctx, node.type, name)
    if not isinstance(kind, ty.Nace | ty.Country | ty.Region):
        needed = Words("NACE, country or region", "NACE, ülke ya da bölge")
        if kind is not None:
            ctx.wrong_kind(node.type.span, kind, needed)
        return
    listed: dict[str, list[str]] = {"codes": [], "except": [], "including": []}
    titles: dict[str, str] = {}
    for line in node.lines:
        if line.kind == "including" and line.list is not None:
            other = others.get(line.list.text)
            if other is None:
                ctx.unknown(line.list, pr.A_CODE_LIST, others)
                continue
            code_list(ctx, other, others, (*path, name))
            included = ctx.codes.get(line.list.text)
            if included is not None and included.excepted:
                found = Words(
                    "a code list with exceptions of its own", "kendi istisnaları olan bir kod listesi"
                )
                needed = Words("a code list without exceptions", "istisnasız bir kod listesi")
                ctx.report(
                    pr.NotThatKind(span=line.list.span, name=line.list.text, found=found, needed=needed)
                )
            elif included is not None:
                listed["including"] += (*included.codes, *included.included)
            continue
        for first, last in line.codes:
            codes = _codes(ctx, first, last, kind, line)
            listed[line.kind] += codes
            if line.title is not None:
                titles.update((c, line.title) for c in codes)
    about = ctx.about(node.heading, "code_list")
    unique = {kind_: tuple(dict.fromkeys(found)) for kind_, found in listed.items()}
    ctx.codes[name] = ir.CodeSet(about, kind, unique["codes"], unique["except"], unique["including"], titles)


def _codes(ctx: Context, first: str, last: str | None, kind: ty.Type, node: syn.Node) -> list[str]:
    start = _code(ctx, first, kind, node)
    if start is None:
        return []
    if last is None:
        return [start]
    end = _code(ctx, last, kind, node)
    if end is None:
        return []
    if not isinstance(kind, ty.Nace):
        ctx.report(pr.NoOrder(span=node.span, found=described(kind), remark=True))
        return []
    revision: nace.Revision = "2.1" if kind.revision == "2.1" else "2"
    between = [c for c in nace.codes(revision, nace.level(start)) if start <= c <= end]
    if nace.level(start) != nace.level(end) or not between:
        ctx.report(pr.RangeTurned(span=node.span))
    return between


def _code(ctx: Context, text: str, kind: ty.Type, node: syn.Node) -> str | None:
    span = ctx.within(node.span, text)
    if isinstance(kind, ty.Nace):
        return nace_code(ctx, text, kind.revision, span)
    known = countries.known(text) if isinstance(kind, ty.Country) else regions.known(text)
    if not known:
        unknown_code(ctx, text, span, kind)
        return None
    return text
