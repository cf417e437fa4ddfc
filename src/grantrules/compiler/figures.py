"""Figures: parameters, definitions, tables, scores and results, elaborated when something first needs them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product
from typing import Any, Literal

from attrs import evolve, frozen

from grantrules import calendars
from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.choices import Finite, fact_named, truth
from grantrules.compiler.context import EXACT, Binder, Context, joined, place, same
from grantrules.compiler.data import constant_of, type_of
from grantrules.compiler.decimals import settle
from grantrules.compiler.expressions import Reader, in_force, parameter_on
from grantrules.compiler.intervals import Interval, Line, bounds_of, key_interval
from grantrules.compiler.lines import renumbered
from grantrules.compiler.literals import value_of_type
from grantrules.core import ir
from grantrules.diagnostics import Label, Words
from grantrules.source import Span
from grantrules.syntax import tree as syn

BEYOND = 200_000  # Combinations times rows; a larger table is not gone through.
MANY = 20_000  # The same for cases, whose conditions take longer.
EVERY_DAY = Words("every day", "her gün")
A_VALUE_OF_IT = Words("a value of the choice", "seçeneğin bir değeri")
NOT_SET_TR = "belirlenmemiş"
FITS_TOO = Words("this row fits too", "bu satır da uyuyor")
FITS_BEFORE = Words("fits before it", "ondan önce uyuyor")


# ---- time --------------------------------------------------------------------------------------------------------


A_PRICE = Words("an amount for each one", "her biri için bir tutar")


def days_of(ctx: Context, range_: syn.Range) -> tuple[int | None, int | None]:
    """The first and last day of a written range; a year or a month stands for its days, a bound outside for all of them."""
    first = _day(ctx, range_.lower, last=not range_.lower_included)
    last = _day(ctx, range_.upper, last=range_.upper_included)
    if first is not None and not range_.lower_included:
        first += 1
    if last is not None and not range_.upper_included:
        last -= 1
    if first is not None and last is not None and first > last:
        ctx.report(pr.RangeTurned(span=range_.span))
    return first, last


def _day(ctx: Context, node: syn.Value | None, *, last: bool) -> int | None:
    if node is None:
        return None
    if isinstance(node, syn.Num):
        if not node.text.isdigit() or not calendars.FIRST_YEAR <= int(node.text) <= calendars.LAST_YEAR:
            ctx.report(pr.BadDate(span=node.span, text=node.text, year=True))
            return None
        return calendars.from_civil(int(node.text), 12 if last else 1, 31 if last else 1)
    if isinstance(node, syn.MonthLit):
        month = constant_of(ctx, node, ty.Month())
        return None if month is None else calendars.first_day_of_month(int(month.value) + last) - last
    constant = constant_of(ctx, node, ty.Date())
    return None if constant is None else int(constant.value)


def periods(ctx: Context, heading: syn.Heading) -> list[tuple[int | None, int | None, Span]]:
    """The periods a statement is in force."""
    return [(*days_of(ctx, r), r.span) for r in heading.in_force]


def statement_in_force(ctx: Context, heading: syn.Heading) -> ir.Expr | None:
    """The condition that a statement is in force; `None` if it always is."""
    found = [in_force(ctx, first, last, span) for first, last, span in periods(ctx, heading)]
    there = tuple(f for f in found if f is not None)
    if len(there) < 2:
        return there[0] if there else None
    return ir.Or(there, type=ty.YesNo(), span=place(heading), at=ctx.at())


def check_versions(ctx: Context, name: str, versions: Iterable[tuple[int | None, int | None, Span]]) -> None:
    """Versions of one statement must not overlap; days between them without a version are reported."""
    early, late = -(10**9), 10**9
    ordered = sorted(
        ((early if a is None else a, late if b is None else b, span) for a, b, span in versions),
        key=lambda v: (v[0], v[1]),
    )
    for (_a, last, before), (first, _b, after) in pairwise(ordered):
        if first <= last:
            labels = (Label(before, Words("the other version", "öbür sürüm")),)
            both = first if first > early else last
            day = EVERY_DAY
            if both < late:
                day = Words(f"on {calendars.iso_date(both)}", f"{calendars.iso_date(both)} günü")
            ctx.report(pr.VersionsOverlap(span=after, name=name, day=day, labels=labels))
        elif first > last + 1:
            hole = (calendars.iso_date(last + 1), calendars.iso_date(first - 1))
            ctx.report(pr.VersionsHole(span=after, name=name, first=hole[0], last=hole[1]))


# ---- values by cases ---------------------------------------------------------------------------------------------


@frozen(eq=False)
class Chosen:
    """A value by cases, and the condition under which it applies at all (`None`: always)."""

    value: ir.Expr
    applies: ir.Expr | None


def by_cases(reader: Reader, cases: syn.Cases, name: str, want: ty.Type | None = None) -> Chosen | None:
    """The value said by cases; a case that `does not apply` fails and closes `applies`."""
    ctx = reader.ctx
    span = cases.cases[0].span.to(cases.cases[-1].span)
    read: list[tuple[syn.Case, ir.Expr | None, ir.Expr | None]] = []
    kind = want if want is not None else choice_meant(reader, [case.value for case in cases.cases])
    wrong = False
    for position, case in enumerate(cases.cases):
        last = position == len(cases.cases) - 1
        if case.condition is None and not last:
            ctx.report(pr.TooManyRows(span=case.span))
            wrong = True
        condition = None if case.condition is None else reader.condition(case.condition)
        wrong = wrong or (case.condition is not None and condition is None)
        value = None if isinstance(case.value, syn.DoesNotApply) else reader.one_value(case.value, kind)
        if value is not None:
            if kind is not None and not same(kind, value.type):
                reader.mixed(kind, value.type, case.value.span, needed=True)
                wrong = True
            kind = value.type if kind is None else joined(kind, value.type)
        wrong = wrong or (value is None and not isinstance(case.value, syn.DoesNotApply))
        read.append((case, condition, value))
    if not wrong and kind is None:
        ctx.report(pr.NoValue(span=span, name=name))
    if wrong or kind is None:
        return None
    _check_cases(ctx, cases.mode, [(case, condition) for case, condition, _ in read if condition is not None])
    if len(read) == 1 and read[0][1] is None and read[0][2] is not None:
        return Chosen(read[0][2], applies_of(ctx, read[0][2]))
    refusal = any(value is None for _, _, value in read)
    mode: Literal["first", "one", "agree"] = cases.mode or "agree"

    def choose(final: ty.Type, pick: Any) -> ir.Expr:
        arms = tuple((renumbered(ctx, c), pick(v, case)) for case, c, v in read if c is not None)
        rest = next((pick(v, case) for case, c, v in read if c is None), None)
        return ir.Choose(arms, rest, mode, name, type=final, span=span, at=ctx.at())

    final = kind

    def value_of(value: ir.Expr | None, case: syn.Case) -> ir.Expr:
        if value is not None:
            return renumbered(ctx, value)
        return ir.Fail(ir.Reason("does_not_apply", name), type=final, span=case.span, at=ctx.at())

    def gate_of(value: ir.Expr | None, case: syn.Case) -> ir.Expr:
        inner = None if value is None else applies_of(ctx, value)
        return inner if inner is not None else ctx.const(value is not None, ty.YesNo(), case.span)

    nested = any(v is not None and applies_of(ctx, v) is not None for _, _, v in read)
    applies = choose(ty.YesNo(), gate_of) if refusal or nested else None
    return Chosen(choose(final, value_of), applies)


def choice_meant(reader: Reader, values: Iterable[syn.Node]) -> ty.Choice | None:
    """The choice of which bare names without another meaning are values; `None` if there are no such names, or no choice."""
    ctx = reader.ctx
    names = [v for v in values if isinstance(v, syn.Name) and not reader.known(v)]
    if not names:
        return None
    here = names[0].span
    places = [
        *(f.type for f in ctx.application.values() if not ctx.hides(syn.Name(f.name, span=here))),
        *(f.type for fields in ctx.fields.values() for f in fields.values() if ctx.same_text(here, f.span)),
        *(kind for kind, span in ctx.chosen.values() if ctx.same_text(here, span)),
    ]
    declared = [kind for kind in places if isinstance(kind, ty.Choice | ty.Choices)]
    fitting = {
        kind.values: ty.Choice(kind.of, kind.values)
        for kind in reversed(declared)
        if all(value_of_type(ctx, name, kind) is not None for name in names)
    }
    if len(fitting) > 1:
        of = tuple(sorted(kind.of for kind in fitting.values()))
        ctx.report(pr.SeveralChoices(span=names[0].span, name=names[0].text, of=of))
    return next(reversed(fitting.values()), None)


def applies_of(ctx: Context, expr: ir.Expr) -> ir.Expr | None:
    """The condition under which no figure inside `expr` says that it does not apply; `None`: always."""
    match expr:
        case ir.Ref(name):
            figure = ctx.figures.get(name)
            if figure is not None and figure.kind != "support" and figure.not_always:
                return ctx.ref(f"{name}'s applies", ty.YesNo(), expr.span)
            return None
        case ir.Field(of, name):
            record = of.type
            if isinstance(record, ty.Record):
                figure = ctx.computed_types.get((record.name, name))
                if figure is not None and figure.not_always:
                    return ir.Field(
                        renumbered(ctx, of), f"{name}'s applies", type=ty.YesNo(), span=expr.span, at=ctx.at()
                    )
            return None
        case ir.Aggregate() | ir.Choose():
            return None
        case _:
            return ctx.both((applies_of(ctx, child) for child in ir.children(expr)), expr.span)


# ---- the figures -------------------------------------------------------------------------------------------------


def parameter(ctx: Context, node: syn.Parameter | syn.Indicator) -> ir.ParameterDef | None:
    """The lines of a parameter with their days, in order of time."""
    name = node.heading.named.text
    kind = type_of(ctx, node.type, name)
    if kind is None:
        return None
    lines: list[tuple[int | None, int | None, Any]] = []
    spans: list[tuple[int | None, int | None, Span]] = []
    for line in node.lines:
        first, last = (None, None) if line.during is None else days_of(ctx, line.during)
        constant = None if line.value is None else constant_of(ctx, line.value, kind)
        unread = line.during is not None and (
            (first is None) != (line.during.lower is None) or (last is None) != (line.during.upper is None)
        )
        if unread or (line.value is not None and constant is None):
            continue
        lines.append((first, last, None if constant is None else constant.value))
        spans.append((first, last, line.span))
    check_versions(ctx, name, spans)
    keyword = "parameter" if isinstance(node, syn.Parameter) else "indicator"
    return ir.ParameterDef(ctx.about(node.heading, keyword), kind, tuple(lines))


def make_parameter(ctx: Context, name: str, node: syn.Parameter) -> ty.Type | None:
    """A parameter as a figure."""
    made = parameter(ctx, node)
    if made is None:
        return None
    ctx.parameters[name] = made
    value = parameter_on(ctx, made, None, node.heading.span)
    settle(ctx, name, value)
    ctx.body.append(ir.Let(made.about, value))
    return made.type


def declare_choice(ctx: Context, node: syn.Define | syn.Table) -> None:
    """The values that a definition or table says it has, before any figure is read; of several versions the first."""
    if node.choice is None or _path(node) in ctx.chosen:
        return
    kind = type_of(ctx, node.choice, _path(node))
    if isinstance(kind, ty.Choice):
        ctx.chosen[_path(node)] = kind, node.choice.span


def choice_said(ctx: Context, node: syn.Define | syn.Table) -> ty.Choice | None:
    """The choice that a definition or table is a value of, where it says so."""
    if node.choice is None or _path(node) not in ctx.chosen:
        return None
    kind, span = ctx.chosen[_path(node)]
    said = tuple(choice.name.text for choice in node.choice.choices)
    if said != kind.values and node.choice.span != span:
        ctx.report(pr.SeveralChoices(span=node.choice.span, name=said[0], of=(_path(node), _path(node))))
    return kind


def _path(node: syn.Define | syn.Table) -> str:
    name = node.heading.named.text
    return name if node.owner is None else f"{node.owner.text}.{name}"


def definition(reader: Reader, node: syn.Define, name: str) -> Chosen | None:
    """The value of one version of a definition."""
    ctx = reader.ctx
    kind = choice_said(ctx, node)
    if node.value is not None:
        return by_cases(reader, node.value, name, kind)
    if kind is not None:
        ctx.wrong_kind(node.conditions[0].span, ty.YesNo(), A_VALUE_OF_IT)
        return None
    held = ctx.both(reader.conditions(node.conditions), node.span)
    limits = ctx.both(whens(reader, node.whens), node.span)
    together = ctx.both((limits, held), node.span)
    return None if together is None else Chosen(together, None)


def whens(reader: Reader, nodes: Iterable[syn.When]) -> list[ir.Expr | None]:
    """The conditions of `when` and `unless` lines."""
    out = []
    for node in nodes:
        found = reader.condition(node.condition)
        out.append(reader.ctx.negated(found) if found is not None and node.negated else found)
    return out


def versions(ctx: Context, name: str, made: list[tuple[syn.Heading, Chosen]]) -> Chosen | None:
    """One value out of the versions of a statement: the one in force on the day of the rules."""
    if not made:
        return None
    if len(made) == 1 and not made[0][0].in_force:
        return made[0][1]
    spans = [p for heading, _ in made for p in periods(ctx, heading) or [(None, None, heading.span)]]
    check_versions(ctx, name, spans)
    kind = made[0][1].value.type
    for _, chosen in made[1:]:
        if not same(kind, chosen.value.type):
            Reader(ctx).mixed(kind, chosen.value.type, chosen.value.span, needed=True)
            return None
        kind = joined(kind, chosen.value.type)
    span = made[0][0].span

    def choose(final: ty.Type, values: list[ir.Expr]) -> ir.Expr:
        arms = []
        for (heading, _), value in zip(made, values, strict=True):
            when = statement_in_force(ctx, heading)
            arms.append((when if when is not None else ctx.const(True, ty.YesNo(), heading.span), value))
        hole = ir.Fail(ir.Reason("hole", name), type=final, span=span, at=ctx.at())
        return ir.Choose(tuple(arms), hole, "first", name, type=final, span=span, at=ctx.at())

    applies = None
    if any(c.applies is not None for _, c in made):
        applies = choose(
            ty.YesNo(),
            [c.applies if c.applies is not None else ctx.const(True, ty.YesNo(), h.span) for h, c in made],
        )
    return Chosen(choose(kind, [c.value for _, c in made]), applies)


def make_definition(ctx: Context, name: str, nodes: list[syn.Define]) -> tuple[ty.Type, bool] | None:
    """A definition of the application."""
    made = []
    for node in nodes:
        chosen = definition(Reader(ctx), node, name)
        if chosen is not None:
            made.append((node.heading, chosen))
    if len(made) < len(nodes):
        return None
    whole = versions(ctx, name, made)
    return None if whole is None else store(ctx, ctx.about(nodes[0].heading, "define"), whole)


def store(ctx: Context, about: ir.About, chosen: Chosen) -> tuple[ty.Type, bool]:
    """Put a figure into the body, with the figure that says whether it applies."""
    settle(ctx, about.name, chosen.value)
    ctx.body.append(ir.Let(about, chosen.value))
    if chosen.applies is not None:
        ctx.body.append(ir.Let(evolve(about, name=f"{about.name}'s applies"), chosen.applies))
    return chosen.value.type, chosen.applies is not None


def make_computed(
    ctx: Context, record: str, name: str, nodes: list[syn.Define | syn.Table]
) -> tuple[ty.Type, bool] | None:
    """A computed field of a record."""
    var = ctx.var()
    reader = Reader(ctx, (Binder(record, var, None),))
    made = []
    for node in nodes:
        if isinstance(node, syn.Define):
            chosen = definition(reader, node, name)
        else:
            results = table(reader, node)
            chosen = None if results is None else results.get(name)
        if chosen is None:
            return None
        made.append((node.heading, chosen))
    whole = versions(ctx, name, made)
    if whole is None:
        return None
    about = ctx.about(nodes[0].heading, "define", name)
    settle(ctx, (record, name), whole.value)
    ctx.computed.append(ir.Computed(about, record, var, whole.value))
    if whole.applies is not None:
        other = ctx.var()
        gate = renumbered(ctx, whole.applies, {var: other})
        ctx.computed.append(ir.Computed(evolve(about, name=f"{name}'s applies"), record, other, gate))
    return whole.value.type, whole.applies is not None


# ---- tables ------------------------------------------------------------------------------------------------------


def make_table(ctx: Context, name: str, nodes: list[syn.Table]) -> tuple[ty.Type, bool] | None:
    """A result column of a table of the application, all its versions."""
    made = []
    for node in nodes:
        results = table(Reader(ctx), node)
        if results is None or name not in results:
            return None
        made.append((node.heading, results[name]))
    whole = versions(ctx, name, made)
    return None if whole is None else store(ctx, ctx.about(nodes[0].heading, "table", name), whole)


def names_of(node: syn.Table) -> list[str]:
    """The figures a table gives."""
    own = node.heading.named.text
    return [n.text for n in node.gives] or [own]


@frozen(eq=False)
class _Row:
    """A row written out: a cell for each key, one result, and the days it is in force."""

    cells: tuple[syn.Cell, ...]
    result: syn.Cell
    node: syn.Row
    rest: bool = False


def table(reader: Reader, node: syn.Table) -> dict[str, Chosen] | None:
    """The figures of one version of a table."""
    keys = [*node.keys, *([node.across] if node.across is not None else [])]
    results = names_of(node)
    out: dict[str, Chosen] = {}
    for position, name in enumerate(results):
        rows = _rows(reader.ctx, node, len(results), position)
        if rows is None:
            return None
        made = _slices(reader, node, keys, rows) if node.mode == "slices" else _lookup(
            reader, node, keys, rows, name, first=position == 0
        )  # fmt: skip
        if made is None:
            return None
        out[name] = made
    return out


def _rows(ctx: Context, node: syn.Table, results: int, position: int) -> list[_Row] | None:
    width = len(node.keys) + (len(node.across_cells) if node.across is not None else results)
    rows: list[_Row] = []
    wrong = False
    for row in node.rows:
        rest = isinstance(row.cells[0], syn.Rest)
        short = rest and len(row.cells) == 1 + width - len(node.keys)
        if rest and len(row.cells) == 2 and node.across is not None:
            rows.append(_Row((syn.Any(),) * (len(node.keys) + 1), row.cells[1], row, rest=True))
            continue
        if not short and (len(row.cells) != width or rest):
            ctx.report(pr.TableShape(span=row.span, found=len(row.cells), needed=width))
            wrong = True
            continue
        keys = (syn.Any(),) * len(node.keys) if short else row.cells[: len(node.keys)]
        values = row.cells[1:] if short else row.cells[len(node.keys) :]
        if node.across is None:
            rows.append(_Row(tuple(keys), values[position], row, rest=short))
            continue
        for head, value in zip(node.across_cells, values, strict=True):
            rows.append(_Row((*keys, head), value, row, rest=False))
    for before, later in pairwise(rows):
        if before.rest and not later.rest and before.node.during == later.node.during:
            ctx.report(pr.TooManyRows(span=before.node.span))
            wrong = True
    return None if wrong else rows


def _key(reader: Reader, key: syn.Key) -> ir.Expr | None:
    return reader.value(key.value if key.value is not None else key.name)


def _cell_condition(reader: Reader, key: syn.Key, cell: syn.Cell) -> tuple[ir.Expr | None, bool]:
    """The condition a cell puts on its key (`None`: none), and whether the cell was right."""
    ctx = reader.ctx
    match cell:
        case syn.Any() | syn.Rest():
            return None, True
        case syn.NoBase():
            value = _key(reader, key)
            if value is None:
                return None, False
            zero = zero_divisors(ctx, value)
            if zero is None:
                ctx.report(pr.CellDoesNotFit(span=cell.span, key=True, divided=False))
            return zero, zero is not None
        case syn.Range():
            found = reader.in_range(lambda want: _key(reader, key), cell, cell.span)
            return found, found is not None
        case syn.Several(values, negated):
            parts = [_cell_condition(reader, key, v) for v in values]
            if not all(right for _, right in parts):
                return None, False
            any_ = ir.Or(
                tuple(c for c, _ in parts if c is not None), type=ty.YesNo(), span=cell.span, at=ctx.at()
            )
            return (ctx.negated(any_) if negated else any_), True
        case syn.DoesNotApply() | syn.Reduced() | syn.Each():
            ctx.report(pr.CellDoesNotFit(span=cell.span, key=True))
            return None, False
        case _:
            pass
    value = _key(reader, key)
    if value is None:
        return None, False
    if isinstance(value.type, ty.YesNo) and isinstance(cell, syn.Truth):
        return (value if cell.value else ctx.negated(value)), True
    named = key.value if key.value is not None else key.name
    found = reader.compared(syn.Compare(named, "is", cell, span=cell.span), named, "is", cell)
    return found, found is not None


def zero_divisors(ctx: Context, expr: ir.Expr) -> ir.Expr | None:
    """One of the divisors inside is zero; `None` if nothing is divided."""
    found: list[ir.Expr] = []
    stack = [expr]
    while stack:
        inner = stack.pop()
        if isinstance(inner, ir.Div):
            divisor = renumbered(ctx, inner.right)
            found.append(ctx.compare("eq", divisor, ctx.const(0, divisor.type, divisor.span), divisor.span))
        stack += ir.children(inner)
    if not found:
        return None
    return found[0] if len(found) == 1 else ir.Or(tuple(found), type=ty.YesNo(), span=expr.span, at=ctx.at())


def _result(reader: Reader, cell: syn.Cell, kind: ty.Type | None) -> ir.Expr | None:
    """The value of a result cell."""
    if isinstance(cell, syn.Reduced):
        by = reader.value_of(cell.by, ty.Rate())
        if by is None:
            return None
        whole = reader.ctx.const(1, ty.Rate(), cell.span)
        return ir.Add(((1, whole), (-1, by)), type=ty.Rate(), span=cell.span, at=reader.ctx.at())
    if isinstance(
        cell, syn.Range | syn.Any | syn.Rest | syn.NoBase | syn.Several | syn.Each | syn.DoesNotApply
    ):
        unset = isinstance(cell, syn.Several) and cell.negated and _is_set(cell.values)
        reader.ctx.report(pr.CellDoesNotFit(span=cell.span, key=False, unset=unset))
        return None
    if isinstance(cell, syn.Name) and cell.text == NOT_SET_TR and not reader.known(cell):
        reader.ctx.report(pr.CellDoesNotFit(span=cell.span, key=False, unset=True))
        return None
    return reader.one_value(cell, kind)


def _is_set(values: tuple[syn.Cell, ...]) -> bool:
    """`not set`, read as *any but `set`*."""
    return len(values) == 1 and isinstance(values[0], syn.Name) and values[0].text == "set"


def _lookup(
    reader: Reader, node: syn.Table, keys: list[syn.Key], rows: list[_Row], name: str, *, first: bool
) -> Chosen | None:
    """A table as cases: one arm a row."""
    ctx = reader.ctx
    no_base = {
        position: _cell_condition(reader, keys[position], cell)[0]
        for row in rows
        for position, cell in enumerate(row.cells)
        if isinstance(cell, syn.NoBase)
    }
    own = choice_said(ctx, node) if len(names_of(node)) == 1 else None
    kind: ty.Type | None = own or choice_meant(reader, [row.result for row in rows])
    read: list[tuple[_Row, list[ir.Expr], ir.Expr | None]] = []
    wrong = False
    by_period = any(row.rest and row.node.during is not None for row in rows)
    for row in rows:
        conditions: list[ir.Expr] = []
        for position, cell in enumerate(row.cells):
            found, right = _cell_condition(reader, keys[position], cell)
            wrong = wrong or not right
            base = no_base.get(position)
            if base is not None and found is not None and not isinstance(cell, syn.NoBase):
                conditions.append(ctx.negated(renumbered(ctx, base)))
            if found is not None:
                conditions.append(found)
        if row.node.during is not None and not by_period:
            begin, end = days_of(ctx, row.node.during)
            dated = in_force(ctx, begin, end, row.node.during.span)
            if dated is not None:
                conditions.insert(0, dated)
        value = None if isinstance(row.result, syn.DoesNotApply) else _result(reader, row.result, kind)
        if value is not None:
            if kind is not None and not same(kind, value.type):
                reader.mixed(kind, value.type, row.result.span, needed=True)
                wrong = True
            kind = value.type if kind is None else joined(kind, value.type)
        wrong = wrong or (value is None and not isinstance(row.result, syn.DoesNotApply))
        read.append((row, conditions, value))
    if not wrong and kind is None:
        ctx.report(pr.NoValue(span=place(node.heading), name=name))
    if wrong or kind is None:
        return None
    if first and by_period:
        said = dict.fromkeys(row.node.during for row in rows if row.node.during is not None)
        check_versions(ctx, name, [(*days_of(ctx, each), each.span) for each in said])
    if first:
        _check_table(reader, node, keys, rows)
    final, mode = kind, _mode(node)
    refusal = any(v is None for _, _, v in read)

    def choose(result: ty.Type, pick: Any) -> ir.Expr:
        if not by_period:
            return choose_of(read, result, pick)
        # The rest of a period is what none of its own rows took.
        periods: dict[syn.Range | None, list[Any]] = {}
        for each in read:
            periods.setdefault(each[0].node.during, []).append(each)
        always = periods.pop(None, None)
        arms = []
        for during, group in periods.items():
            assert during is not None
            dated = in_force(ctx, *days_of(ctx, during), during.span)
            there = dated if dated is not None else ctx.const(True, ty.YesNo(), during.span)
            arms.append((there, choose_of(group, result, pick)))
        hole = ir.Fail(ir.Reason("hole", name), type=result, span=node.span, at=ctx.at())
        rest = hole if always is None else choose_of(always, result, pick)
        return ir.Choose(tuple(arms), rest, "first", name, type=result, span=node.span, at=ctx.at())

    def choose_of(found: list[Any], result: ty.Type, pick: Any) -> ir.Expr:
        arms, rest = [], None
        for row, conditions, value in found:
            if row.rest:
                rest = pick(value, row)
                continue
            held = [renumbered(ctx, c) for c in conditions]
            condition = ctx.both(held, row.node.span) or ctx.const(True, ty.YesNo(), row.node.span)
            arms.append((condition, pick(value, row)))
        return ir.Choose(tuple(arms), rest, mode, name, type=result, span=node.span, at=ctx.at())

    def value_of(value: ir.Expr | None, row: _Row) -> ir.Expr:
        if value is not None:
            return renumbered(ctx, value)
        return ir.Fail(ir.Reason("does_not_apply", name), type=final, span=row.node.span, at=ctx.at())

    def gate_of(value: ir.Expr | None, row: _Row) -> ir.Expr:
        return ctx.const(value is not None, ty.YesNo(), row.node.span)

    return Chosen(choose(final, value_of), choose(ty.YesNo(), gate_of) if refusal else None)


def _mode(node: syn.Table) -> Literal["first", "one", "agree"]:
    if node.mode == "first":
        return "first"
    return "one" if node.mode == "one" else "agree"


def _slices(reader: Reader, node: syn.Table, keys: list[syn.Key], rows: list[_Row]) -> Chosen | None:
    """Slice by slice: a percentage or a price per unit is taken of the part inside; an amount counts once a slice."""
    ctx = reader.ctx
    if len(keys) != 1:
        ctx.report(pr.SlicesOfOneKey(span=place(node.heading)))
        return None
    value = reader.numeric(_key(reader, keys[0]))
    if value is None:
        return None
    kind = value.type
    terms: list[tuple[Literal[1, -1], ir.Expr]] = []
    wrong = False
    for row in rows:
        cell = row.cells[0]
        if not isinstance(cell, syn.Range):
            ctx.report(pr.SlicesOfOneKey(span=row.node.span))
            wrong = True
            continue
        lower = None if cell.lower is None else reader.value_of(cell.lower, kind)
        upper = None if cell.upper is None else reader.value_of(cell.upper, kind)
        each = isinstance(row.result, syn.Each)
        result = (
            reader.value(row.result.amount)
            if isinstance(row.result, syn.Each)
            else _result(reader, row.result, None)
        )
        if (
            result is None
            or (cell.lower is not None and lower is None)
            or (cell.upper is not None and upper is None)
        ):
            wrong = True
            continue
        slice_ = _Slice(cell, lower, upper, result, row.node.span, each=each)
        term = _slice(reader, _key(reader, keys[0]), slice_)
        if term is not None and terms and not same(terms[0][1].type, term.type):
            reader.mixed(terms[0][1].type, term.type, row.result.span)
            term = None
        wrong = wrong or term is None
        if term is not None:
            terms.append((1, term))
    if wrong or not terms:
        return None
    _check_table(reader, node, keys, rows)
    kind = terms[0][1].type
    for _, term in terms:
        kind = joined(kind, term.type)
    return Chosen(ir.Add(tuple(terms), type=kind, span=node.span, at=ctx.at()), None)


@frozen
class _Slice:
    """A row of a table that is read slice by slice; `each`: so much for each unit inside."""

    range: syn.Range
    lower: ir.Expr | None
    upper: ir.Expr | None
    result: ir.Expr
    span: Span
    each: bool


def _slice(reader: Reader, key: ir.Expr | None, row: _Slice) -> ir.Expr | None:
    if key is None:
        return None
    if row.each:
        return _for_each(reader, key, row)
    priced = _priced(row.result.type, key.type)
    if priced is not None:
        inside = _inside(reader.ctx, key, row.lower, row.upper, row.span)
        kind = ty.Number() if isinstance(priced, ty.Number) else priced
        return ir.Mul((row.result, inside), type=kind, span=row.span, at=reader.ctx.at())
    if not same(key.type, row.result.type) and not isinstance(key.type, ty.Number):
        reader.mixed(key.type, row.result.type, row.result.span, needed=True)
        return None
    return _entered(reader.ctx, key, row)


def _priced(result: ty.Type, key: ty.Type) -> ty.Type | None:
    """What the part inside a slice comes to: of a percentage the kind of the key, of a price per unit money."""
    match result, key:
        case ty.Rate(), _:
            return key
        case ty.MoneyPer(currency, unit), ty.Quantity(of) if unit == of:
            return ty.Money(currency)
        case _:
            return None


def _entered(ctx: Context, key: ir.Expr, row: _Slice) -> ir.Expr:
    """An amount, once the slice is entered."""
    if row.lower is None:
        return row.result
    entered = ctx.compare("ge" if row.range.lower_included else "gt", key, row.lower, row.span)
    zero = ctx.const(0, row.result.type, row.span)
    kind = row.result.type
    return ir.Choose(((entered, row.result),), zero, "first", "", type=kind, span=row.span, at=ctx.at())


def _inside(ctx: Context, key: ir.Expr, lower: ir.Expr | None, upper: ir.Expr | None, span: Span) -> ir.Expr:
    """The part of the key inside a slice, never below 0."""
    kind = key.type
    for bound in (lower, upper):
        kind = kind if bound is None else joined(kind, bound.type)
    zero = ctx.const(0, kind, span)
    start = zero if lower is None else lower
    top = key if upper is None else ir.Extreme("smallest", (key, upper), type=kind, span=span, at=ctx.at())
    width = ir.Add(((1, top), (-1, start)), type=kind, span=span, at=ctx.at())
    return ir.Extreme("largest", (renumbered(ctx, zero), width), type=kind, span=span, at=ctx.at())


def _for_each(reader: Reader, key: ir.Expr, row: _Slice) -> ir.Expr | None:
    """So much for each of the units counted: from 2 to 4 are three of them."""
    ctx, span = reader.ctx, row.span
    if key.type != ty.Number(True):
        ctx.wrong_kind(key.span, key.type, ty.Number(True))
        return None
    if not isinstance(row.result.type, EXACT) or isinstance(row.result.type, ty.Rate):
        ctx.wrong_kind(row.result.span, row.result.type, A_PRICE)
        return None

    def one_less(bound: ir.Expr | None, *, less: bool) -> ir.Expr | None:
        if bound is None or not less:
            return bound
        one = ctx.const(1, ty.Number(True), bound.span)
        return ir.Add(((1, bound), (-1, one)), type=bound.type, span=bound.span, at=ctx.at())

    lower = one_less(row.lower, less=row.range.lower_included)
    upper = one_less(row.upper, less=not row.range.upper_included)
    count = _inside(ctx, key, lower, upper, span)
    kind: ty.Type = row.result.type
    kind = joined(kind, count.type) if isinstance(kind, ty.Number) else kind
    return ir.Mul((row.result, count), type=kind, span=span, at=ctx.at())


# ---- gaps and overlaps -------------------------------------------------------------------------------------------


def _check_table(reader: Reader, node: syn.Table, keys: list[syn.Key], rows: list[_Row]) -> None:
    """Gaps, overlaps and rows that are never reached, where the cells are written figures or values."""
    if any(r.node.during is not None for r in rows):
        return
    kinds = []
    for key in keys:
        value = _key(reader, key)
        if value is None:
            return
        kinds.append(value.type)
    if len(keys) == 1 and isinstance(kinds[0], ty.NUMERIC):
        _check_intervals(reader, node, keys[0], kinds[0], rows)
    elif all(isinstance(k, ty.Choice | ty.YesNo) for k in kinds):
        _check_combinations(reader, keys, kinds, rows, node)


def _check_cases(
    ctx: Context, mode: Literal["first", "one"] | None, read: list[tuple[syn.Case, ir.Expr]]
) -> None:
    """Overlaps and lines that are never reached: all cases about the size of one figure, or about choices."""
    bounds = [(case, bounds_of(condition)) for case, condition in read]
    about = bounds[0][1] if bounds else None
    if about is None or any(found is None or found.subject != about.subject for _, found in bounds):
        _check_choices(ctx, mode, read)
        return
    line = Line(about.kind, Interval(None, None), ctx.zone)
    for case, found in bounds:
        if found is not None:
            line.add([line.closed(found.interval)], case)
    if mode == "first":
        for before, hidden in line.hidden():
            ctx.report(pr.NeverReached(span=hidden.span, labels=ctx.other(before.span, FITS_BEFORE)))
        return
    for shared, one, two in line.clashes(lambda case: case.value, ctx.limits.diagnostics):
        labels = ctx.other(one.span, FITS_TOO)
        ctx.report(pr.TableOverlap(span=two.span, example=line.shown(about.name, shared), labels=labels))


def _check_choices(
    ctx: Context, mode: Literal["first", "one"] | None, read: list[tuple[syn.Case, ir.Expr]]
) -> None:
    """The same for cases about choices and yes/no facts: gone through one by one, with a value for each of them."""
    found = Finite()
    for _, condition in read:
        found.add(condition)
    if any(_is_asked_sometimes(ctx, each) for each in found.subjects.values()):
        return
    if found.size * len(read) > MANY:
        return
    reached: set[int] = set()
    clashed: set[tuple[int, int]] = set()
    for values in found.combinations():
        truths = [truth(condition, values) for _, condition in read]
        first = truths.index(True) if True in truths else len(truths)
        reached.update(i for i, holds in enumerate(truths[: first + 1]) if holds is not False)
        sure = [i for i, holds in enumerate(truths) if holds]
        for two in sure if mode != "first" else ():
            one = next(i for i in sure if i == two or _surely_differ(read[i][0], read[two][0]))
            if one != two and not any(two in pair for pair in clashed):
                clashed.add((one, two))
                labels = ctx.other(read[one][0].span, FITS_TOO)
                example = _said(found.shown(values, (read[one][1], read[two][1])))
                ctx.report(pr.TableOverlap(span=read[two][0].span, example=example, labels=labels))
    for i, (case, _) in enumerate(read):
        if mode == "first" and i not in reached:
            ctx.report(pr.NeverReached(span=case.span))


def _surely_differ(one: syn.Case, two: syn.Case) -> bool:
    """Whether two cases give different written values; formulas may come to the same."""
    written = (
        syn.DoesNotApply,
        syn.Truth,
        syn.Num,
        syn.Amount,
        syn.Percent,
        syn.PointsLit,
        syn.PercentagePoints,
    )
    return isinstance(one.value, written) and isinstance(two.value, written) and one.value != two.value


def _is_asked_sometimes(ctx: Context, subject: ir.Expr) -> bool:
    """A fact that is asked only where another says so does not go together with every value of it."""
    fact = fact_named(ctx, subject)
    return fact is None or fact.only_when is not None


def _domain(ctx: Context, key: syn.Key, reader: Reader) -> Interval:
    """The values a key may have, by its declaration."""
    own = key.value is None and not ctx.hides(key.name)
    field = ctx.application.get(key.name.text) if own else None
    for binder in reader.rows:
        if key.value is None:
            field = ctx.fields.get(binder.record, {}).get(key.name.text) or field
    return key_interval(field)


def _check_intervals(reader: Reader, node: syn.Table, key: syn.Key, kind: ty.Type, rows: list[_Row]) -> None:
    ctx = reader.ctx
    line = Line(kind, _domain(ctx, key, reader), ctx.zone)
    for row in rows:
        if not row.rest and not isinstance(row.cells[0], syn.NoBase):
            found = line.read(ctx, row.cells[0])
            if found is None:
                return
            line.add(found, row)
    if node.mode == "first":
        for before, hidden in line.hidden():
            labels = ctx.other(before.node.span, FITS_BEFORE)
            ctx.report(pr.NeverReached(span=hidden.node.span, labels=labels))
    else:
        for shared, one, two in line.clashes(lambda row: row.result, ctx.limits.diagnostics):
            labels = ctx.other(one.node.span, FITS_TOO)
            example = line.shown(key.name.text, shared)
            ctx.report(pr.TableOverlap(span=two.node.span, example=example, labels=labels))
    gap = None if any(row.rest for row in rows) else line.gap()
    if gap is not None:
        example = line.shown(key.name.text, gap)
        ctx.report(pr.TableGap(span=place(node.heading), example=example, bounds=True))


def _check_combinations(
    reader: Reader, keys: list[syn.Key], kinds: list[ty.Type], rows: list[_Row], node: syn.Table
) -> None:
    ctx = reader.ctx
    spaces: list[tuple[Any, ...]] = [k.values if isinstance(k, ty.Choice) else (True, False) for k in kinds]
    size = 1
    for space in spaces:
        size *= len(space)
    if size * len(rows) > BEYOND:
        return
    sets = []
    for row in rows:
        cells = [_values_of(ctx, c, k) for c, k in zip(row.cells, kinds, strict=True)]
        if any(c is None for c in cells):
            return
        sets.append(cells)
    reached: set[int] = set()
    for combination in product(*spaces):
        fitting = [
            i
            for i, cells in enumerate(sets)
            if not rows[i].rest
            and all(v in c for v, c in zip(combination, cells, strict=True) if c is not None)
        ]
        rest = [i for i, row in enumerate(rows) if row.rest]
        example = _shown(keys, combination)
        if not fitting and not rest:
            ctx.report(pr.TableGap(span=place(node.heading), example=example, bounds=False))
            return
        chosen = fitting[:1] if node.mode == "first" else fitting
        if len({repr(rows[i].result) for i in chosen}) > 1:
            one, two = rows[chosen[0]], rows[chosen[1]]
            labels = ctx.other(one.node.span, FITS_TOO)
            ctx.report(pr.TableOverlap(span=two.node.span, example=example, labels=labels))
            return
        reached.update(chosen or rest)
    for i, row in enumerate(rows):
        if i not in reached and not row.rest:
            ctx.report(pr.NeverReached(span=row.node.span))


def _shown(keys: list[syn.Key], values: tuple[Any, ...]) -> Words:
    """The values of the keys, for people."""
    return _said(list(zip((key.name.text for key in keys), values, strict=True)))


def _said(both: list[tuple[str, Any]]) -> Words:
    """Names with their values, for people: `kind` is farm and `old` is yes."""
    said = {True: Words("yes", "evet"), False: Words("no", "hayır")}
    texts = [(name, said[v] if isinstance(v, bool) else Words(str(v), str(v))) for name, v in both]
    english = " and ".join(f"`{name}` is {text.en}" for name, text in texts)
    turkish = ", ".join(f"`{name}` {text.tr}" for name, text in texts)
    return Words(english, turkish)


def _values_of(ctx: Context, cell: syn.Cell, kind: ty.Type) -> frozenset[Any] | None:
    """The values of a choice or yes/no that a cell takes; `None` if it cannot be told."""
    space: frozenset[Any] = (
        frozenset(kind.values) if isinstance(kind, ty.Choice) else frozenset((True, False))
    )
    match cell:
        case syn.Any() | syn.Rest():
            return space
        case syn.Truth(value):
            return frozenset((value,))
        case syn.Name(text):
            also = ctx.choices[kind.of].also if isinstance(kind, ty.Choice) and kind.of in ctx.choices else {}
            named = also.get(text, text)
            return frozenset((named,)) if named in space else None
        case syn.Several(values, negated):
            parts = [_values_of(ctx, v, kind) for v in values]
            if any(p is None for p in parts):
                return None
            taken: frozenset[Any] = frozenset().union(*(p for p in parts if p is not None))
            return space - taken if negated else taken
        case _:
            return None
