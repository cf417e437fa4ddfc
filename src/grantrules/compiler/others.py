"""Promises that name another programme: its figures, and whether it can decide every application to this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.context import Context, same
from grantrules.compiler.expressions import Reader
from grantrules.core import ir
from grantrules.diagnostics import Words
from grantrules.syntax import tree as syn

A_COMPUTED_FIGURE = Words(
    "a support, definition, table, result or score", "bir destek, tanım, tablo, sonuç ya da puanlama"
)


def promised_as_in(ctx: Context, node: syn.Promised, name: syn.Name) -> ir.Promised | None:
    """What a promise says of another programme, or what keeps it from being said."""
    other = ctx.others.get(name.text)
    if other is None:  # It is not there, or has mistakes of its own: that is told already.
        return None
    if name.text not in ctx.compared:
        ctx.compared[name.text] = _takes_all(ctx, other, name)
    if not ctx.compared[name.text] or not _figure_fits(ctx, other, node, name):
        return None
    return ir.Promised("as_in", node.rule.text if node.rule else None, node.span, name.text)


# ---- figures -------------------------------------------------------------------------------------------------------


def _figure_fits(ctx: Context, other: ir.Program, node: syn.Promised, name: syn.Name) -> bool:
    theirs = figures_of(other)
    if node.rule is not None:
        own = Reader(ctx).value(node.rule)
        if own is None:
            return False
        if not isinstance(own, ir.Ref):
            ctx.wrong_kind(node.rule.span, own.type, A_COMPUTED_FIGURE)
            return False
        pairs = [(node.rule.text, own.type, node.rule.span)]
    else:
        supports = [s for s in ctx.body if isinstance(s, ir.Support)]
        pairs = [(s.name, ty.Money(s.currency), name.span) for s in supports if s.name in theirs]
        # Values of choices are the same or not, though one of the two may have more of them.
        pairs += [
            (n, f.type, name.span)
            for n, f in ctx.figures.items()
            if f.kind in ("result", "score") and n in (*other.results, *other.scores) and f.type is not None
            if not (isinstance(f.type, ty.Choice) and isinstance(theirs[n], ty.Choice))
        ]
    for figure, kind, span in pairs:
        there = theirs.get(figure)
        if there is None:
            near = ctx.near(figure, theirs)
            ctx.report(pr.NotInOther(span=span, name=figure, programme=name.text, near=near))
            return False
        if not _alike(kind, there):
            here, beside = ty.described(kind), ty.described(there)
            problem = pr.OtherwiseInOther(
                span=span, name=figure, programme=name.text, here=here, there=beside
            )
            ctx.report(problem)
            return False
    return True


def figures_of(program: ir.Program) -> dict[str, ty.Type]:
    """The supports and figures of a programme that a promise may name, each with its type."""
    found: dict[str, ty.Type] = {}
    for statement in program.body:
        if isinstance(statement, ir.Support):
            found[statement.name] = ty.Money(statement.currency)
        elif isinstance(statement, ir.Let) and " " not in statement.name:
            found[statement.name] = statement.value.type
    return found


def _alike(one: ty.Type, other: ty.Type) -> bool:
    if isinstance(one, ty.Choice | ty.Choices) and isinstance(other, type(one)):
        return set(one.values) == set(other.values)
    return same(one, other)


# ---- facts ---------------------------------------------------------------------------------------------------------


def _takes_all(ctx: Context, other: ir.Program, name: syn.Name) -> bool:
    """Whether the other programme finds all it asks for here, in a form that it takes."""
    for where, problem in _unlike(ctx, other, ctx.application.values(), other.application, ""):
        if isinstance(problem, Words):
            ctx.report(pr.FactTakenOtherwise(span=name.span, name=where, programme=name.text, how=problem))
        else:
            ctx.report(pr.FactNotHere(span=name.span, name=where, programme=name.text))
        return False
    return True


def _unlike(
    ctx: Context, other: ir.Program, own: Iterable[ir.FieldDef], theirs: ir.RecordDef, place: str
) -> Iterator[tuple[str, Words | None]]:
    """The facts that the other programme does not find here (`None`), or does not take as they may be here."""
    here = {each.name: each for each in own}
    for each in theirs.fields:
        path = f"{place}.{each.name}" if place else each.name
        twin = here.get(each.name)
        if twin is None:
            if each.default is ir.UNKNOWN and not each.optional and each.only_when is None:
                yield path, None
            continue
        how = _refused(twin, each, other)
        match how, twin.type, each.type:
            case Words(), _, _:
                yield path, how
            case _, ty.List(one) | ty.Record(one), ty.List(another) | ty.Record(another):
                rows = ctx.fields[one].values()
                yield from _unlike(ctx, other, rows, other.records[another], path)
            case _:
                pass


def _refused(own: ir.FieldDef, their: ir.FieldDef, other: ir.Program) -> Words | None:
    """Why the other programme would not take every value that a fact may have here."""
    containers = (ty.List, ty.Record)
    if isinstance(own.type, containers) and type(own.type) is type(their.type):
        pass
    elif isinstance(own.type, ty.Choice | ty.Choices) and type(own.type) is type(their.type):
        declared = other.choices.get(their.type.of)
        known = {*their.type.values, *(declared.also if declared is not None else ())}
        strange = next((value for value in own.type.values if value not in known), None)
        if strange is not None:
            return Words(
                f"`{strange}` is a value here and not there", f"`{strange}` burada bir değer, orada değil"
            )
    elif own.type != their.type and not (own.type == ty.Number(True) and their.type == ty.Number()):
        here, there = ty.described(own.type), ty.described(their.type)
        return Words(f"it is {here.en} here and {there.en} there", f"burada {here.tr}, orada {there.tr}")
    if (own.optional or own.only_when is not None) and not (their.optional or their.only_when is not None):
        return Words("it may be absent here and not there", "burada olmayabilir, orada olmak zorunda")
    low = their.minimum is not None and (own.minimum is None or own.minimum < their.minimum)
    high = their.maximum is not None and (own.maximum is None or own.maximum > their.maximum)
    if low or high:
        return Words("its bounds are wider here than there", "sınırları burada oradakinden geniş")
    return None
