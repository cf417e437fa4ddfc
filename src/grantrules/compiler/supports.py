"""Supports: the steps of the pipeline, in their order, lowered one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import define, evolve

from grantrules import types as ty
from grantrules.compiler import problems as pr
from grantrules.compiler.choices import one_always_holds
from grantrules.compiler.context import EXACT, FIGURES_OF_SUPPORT, Binder, Context, place
from grantrules.compiler.decimals import smallest_unit, whole_units
from grantrules.compiler.expressions import A_DATE, A_SIZE, A_SUPPORT, Reader
from grantrules.compiler.figures import (
    Chosen,
    applies_of,
    by_cases,
    check_versions,
    periods,
    statement_in_force,
    store,
    whens,
)
from grantrules.compiler.lines import renumbered
from grantrules.compiler.literals import minor_digits
from grantrules.compiler.roundings import SAYS_PLACE
from grantrules.core import ir
from grantrules.core.listing import expression
from grantrules.core.verify import of_statement
from grantrules.diagnostics import Words
from grantrules.quantities import decimal_text
from grantrules.source import NOWHERE, Span
from grantrules.syntax import tree as syn

STAGES: dict[type, tuple[int, Words]] = {
    syn.EligibleCost: (0, Words("the cost steps", "gider adımları")),
    syn.CountLimit: (0, Words("the cost steps", "gider adımları")),
    syn.RateStep: (1, Words("the rate steps", "oran adımları")),
    syn.Bonus: (1, Words("the rate steps", "oran adımları")),
    syn.RateCeiling: (1, Words("the rate steps", "oran adımları")),
    syn.Proration: (2, Words("the steps on the support", "destek adımları")),
    syn.Supplement: (2, Words("the steps on the support", "destek adımları")),
    syn.Floor: (2, Words("the steps on the support", "destek adımları")),
}
COST_CEILING = (0, Words("the cost steps", "gider adımları"))
SUPPORT_CEILING = (2, Words("the steps on the support", "destek adımları"))
KEYWORDS = {
    syn.EligibleCost: "eligible_cost", syn.CountLimit: "count_limit", syn.RateStep: "rate", syn.Bonus: "bonus",
    syn.RateCeiling: "rate_ceiling", syn.Proration: "proration", syn.Supplement: "supplement",
    syn.Floor: "support_floor", syn.RoundingStep: "rounding",
}  # fmt: skip
COMES_LATER = Words("comes later", "daha sonra gelir")
MONEY_WORDS = Words("an amount of money", "bir para tutarı")


@define(eq=False)
class Making:
    """One support while it is made: its readers, its currency, its steps and gates so far."""

    ctx: Context
    node: syn.Support
    name: str
    lines: Reader
    whole: Reader
    single: bool
    currency: str
    var: int
    steps: list[ir.AnyStep]
    gates: list[ir.Gate]
    settled: bool
    unclear: bool = False
    excess: syn.Excess | None = None


def _base(
    reader: Reader, node: syn.Support
) -> tuple[ir.Expr | None, ir.Expr | None, ir.Expr, ir.Expr | None, Binder | None] | None:
    """List, condition on its rows, base amount, whether the base applies, and the row."""
    ctx = reader.ctx
    match node.base:
        case None:
            ctx.report(pr.NoBaseOfSupport(span=place(node.heading)))
            return None
        case syn.FromLines(many, counting):
            found = reader.many(many)
            if found is None:
                return None
            amount = reader.inside(found.binder).value(counting)
            if not found.right or amount is None:
                return None
            return found.list, found.where, amount, applies_of(ctx, amount), found.binder
        case syn.Sharing():
            return _shares(reader, node, node.base)
        case syn.FromAmount(value):
            amount = reader.value(value)
            return None if amount is None else (None, None, amount, applies_of(ctx, amount), None)
        case syn.ComputedAs(value):
            chosen = by_cases(reader, value, node.heading.named.text)
            return None if chosen is None else (None, None, chosen.value, chosen.applies, None)


def _shares(
    reader: Reader, node: syn.Support, base: syn.Sharing
) -> tuple[ir.Expr | None, ir.Expr | None, ir.Expr, ir.Expr | None, Binder | None] | None:
    """An amount divided among the lines: each line its weight of all weights, exactly; a rounding makes them add up."""
    ctx, span = reader.ctx, base.span
    found, amount = reader.many(base.many), reader.value(base.amount)
    if found is None or amount is None:
        return None
    list_, binder, where = found.list, found.binder, found.where
    if not isinstance(amount.type, ty.Money):
        ctx.wrong_kind(base.amount.span, amount.type, MONEY_WORDS)
        return None
    weight = _weight(reader.inside(binder), base)
    if weight is None or not found.right:
        return None
    var = ctx.var()
    swapped = {binder.var: var}
    total = ir.Aggregate(
        "total",
        renumbered(ctx, list_),
        var,
        None if where is None else renumbered(ctx, where, dict(swapped)),
        renumbered(ctx, weight, dict(swapped)),
        type=weight.type,
        span=span,
        at=ctx.at(),
    )
    owner = node.heading.named.text
    all_of_them = f"{owner}'s weights"
    store(ctx, ir.About(all_of_them, "support", span=span), Chosen(total, None))
    whole = ctx.ref(all_of_them, weight.type, span)
    share = ir.Div(weight, whole, type=ty.Rate(), span=span, at=ctx.at())
    part = ir.Mul((share, amount), type=amount.type, span=span, at=ctx.at())
    applies = applies_of(ctx, amount)
    shared = ctx.figures.get(base.amount.text) if isinstance(base.amount, syn.Name) else None
    if shared is not None and shared.kind == "support" and isinstance(base.amount, syn.Name):
        applies = reader.applies(base.amount)
    return list_, where, part, applies, binder


def _weight(lines: Reader, base: syn.Sharing) -> ir.Expr | None:
    """What the part of a line is in proportion to, never below 0; the same for each where the parts are equal."""
    ctx, span = lines.ctx, base.span
    if base.by is None:
        return ctx.const(Fraction(1), ty.Number(whole=True), NOWHERE)
    weight = lines.numeric(lines.value(base.by))
    if weight is None:
        return None
    if not isinstance(weight.type, EXACT):
        ctx.wrong_kind(base.by.span, weight.type, A_SIZE)
        return None
    if _never_below_0(ctx, weight):
        return weight
    zero = ctx.const(Fraction(0), weight.type, NOWHERE)
    return ir.Extreme("largest", (zero, weight), type=weight.type, span=span, at=ctx.at())


def _never_below_0(ctx: Context, weight: ir.Expr) -> bool:
    """Whether a weight is a field of the line that is declared to be 0 or more."""
    if isinstance(weight, ir.Field) and isinstance(weight.of.type, ty.Record):
        declared = ctx.fields.get(weight.of.type.name, {}).get(weight.name)
        return declared is not None and declared.minimum is not None and declared.minimum >= 0
    return False


def make_support(ctx: Context, node: syn.Support, name: str) -> ty.Type | None:
    """One support, with its gates and steps, put into the body; its type is money."""
    whole = Reader(ctx)
    base = _base(whole, node)
    figure = ctx.figures[name]
    if base is None or not isinstance(base[2].type, ty.Money):
        if base is not None:
            ctx.wrong_kind(base[2].span, base[2].type, MONEY_WORDS)
        _read_rest(whole, node)
        return None
    list_, where, amount, applies, binder = base
    kind = amount.type
    assert isinstance(kind, ty.Money)
    figure.type = kind
    lines = whole if binder is None else whole.inside(binder)
    of_line = None
    if binder is not None and applies is not None and reads_row(applies, binder.var):
        of_line, applies = applies, None
        amount = _amount_or_nothing(ctx, amount, of_line)
    made = Making(
        ctx=ctx,
        node=node,
        name=name,
        lines=lines,
        whole=whole,
        single=binder is None,
        currency=kind.currency,
        var=binder.var if binder else ctx.var(),
        steps=[],
        gates=[],
        settled=whole_units(ctx, amount, kind.currency),
        excess=node.excess,
    )
    if node.repayable and node.only_a_basis:
        ctx.report(pr.RepayableBasis(span=place(node.heading)))
    _gates(made, applies)
    if of_line is not None:
        made.steps.append(ir.Keep(renumbered(ctx, of_line), about=ctx.about(node.heading, "support")))
    _steps(made)
    if not made.settled and not made.unclear:
        unit = decimal_text(1, minor_digits(kind.currency))
        smallest = f"{unit} {kind.currency}"
        last = made.steps[-1]
        partly = isinstance(last, ir.RoundLines) and (last.when is not None or last.where is not None)
        ctx.report(pr.RoundingNeeded(span=place(node.heading), name=name, step=smallest, partly=partly))
    support = ir.Support(
        about=ctx.about(node.heading, "support"),
        currency=kind.currency,
        gates=tuple(made.gates),
        list=list_,
        where=where,
        var=made.var,
        base=amount,
        steps=tuple(made.steps),
        only_a_basis=node.only_a_basis,
        repayable=node.repayable,
    )
    _check_own_figures(ctx, support)
    ctx.body.append(support)
    return kind


def _check_own_figures(ctx: Context, support: ir.Support) -> None:
    """What a support comes to before the rate and before the ceilings is known from there on, to the steps after it."""
    own = {f"{support.name}'s {part}" for part in FIGURES_OF_SUPPORT.values()}
    applied = support.applied
    waiting = list(of_statement(evolve(support, steps=support.steps[:applied])))
    while waiting:
        each = waiting.pop()
        waiting += ir.children(each)
        if isinstance(each, ir.Ref) and each.name in own:
            ctx.report(pr.Cycle(span=each.span, names=(each.name, support.name, each.name)))


def _amount_or_nothing(ctx: Context, amount: ir.Expr, applies: ir.Expr) -> ir.Expr:
    """The amount of a line, 0 where its figure says that it does not apply: the line is then taken out."""
    nothing = ctx.const(0, amount.type, amount.span)
    return ir.Choose(
        ((applies, amount),), nothing, "first", "", type=amount.type, span=amount.span, at=ctx.at()
    )


def _read_rest(reader: Reader, node: syn.Support) -> None:
    """Read the parts of a support whose base is wrong, so that their mistakes are found too."""
    whens(reader, node.whens)
    for rule in node.requires:
        reader.conditions(rule.conditions)


# ---- when it applies ---------------------------------------------------------------------------------------------


def _gates(made: Making, applies: ir.Expr | None) -> None:
    ctx, node = made.ctx, made.node
    about = ctx.about(node.heading, "support")
    for condition in whens(made.whole, node.whens):
        if condition is not None:
            made.gates.append(ir.Gate(about, "when", condition))
    dated = statement_in_force(ctx, node.heading)
    if dated is not None:
        made.gates.append(ir.Gate(about, "in_force", dated))
    for rule in node.requires:
        held = ctx.both(made.whole.conditions(rule.conditions), rule.span)
        limits = [w for w in whens(made.whole, rule.whens) if w is not None]
        dated = statement_in_force(ctx, rule.heading)
        limits += [dated] if dated is not None else []
        if held is None:
            continue
        if limits:
            free = ctx.negated(ctx.both(limits, rule.span) or held)
            held = ir.Or((free, held), type=ty.YesNo(), span=rule.span, at=ctx.at())
        made.gates.append(ir.Gate(ctx.about(rule.heading, "require"), "require", held))
    for other in node.not_together:
        figure = ctx.figures.get(other.text)
        if figure is None or figure.kind != "support":
            ctx.unknown(other, pr.A_SUPPORT, (n for n, f in ctx.figures.items() if f.kind == "support"))
            continue
        beside = made.whole.applies(other)
        if beside is not None:
            made.gates.append(ir.Gate(about, "not_together", ctx.negated(beside)))
    if applies is not None:
        made.gates.append(ir.Gate(about, "figure", applies))


# ---- the steps ---------------------------------------------------------------------------------------------------


def _steps(made: Making) -> None:
    ctx, node = made.ctx, made.node
    stage, computed = 0, isinstance(node.base, syn.ComputedAs)
    words = COST_CEILING[1]
    last = node.heading
    applied = False
    if computed:
        applied = True
        made.steps.append(ir.Apply(about=_named(made, "apply", node.heading)))
    for step in node.steps:
        stop = _stage(step)
        if stop is not None:
            if stop[0] < stage:
                labels = ctx.other(place(last), COMES_LATER)
                ctx.report(pr.StepOrder(span=place(step.heading), later=words, labels=labels))
            else:
                stage, words = stop
                last = step.heading
            if computed and stop[0] < 2:
                ctx.report(pr.RateOfComputed(span=place(step.heading)))
                continue
        if stage == 2 and not applied:
            applied = True
            _apply(made)
        _step(made, step)
    if not applied:
        _apply(made)
    _check_versions(made)


def _check_versions(made: Making) -> None:
    """Versions of one step must not overlap."""
    versions: dict[str, list[syn.Heading]] = {}
    for step in made.node.steps:
        if step.heading.name is not None and step.heading.in_force:
            versions.setdefault(step.heading.name.text, []).append(step.heading)
    for name, headings in versions.items():
        check_versions(made.ctx, name, [p for h in headings for p in periods(made.ctx, h)])


def _stage(step: syn.SupportStep) -> tuple[int, Words] | None:
    if isinstance(step, syn.Ceiling):
        return COST_CEILING if step.on == "cost" else SUPPORT_CEILING
    return STAGES.get(type(step))


def _apply(made: Making) -> None:
    """Cost becomes support.  Rounding steps written after the rate steps work on the support."""
    rates = [i for i, s in enumerate(made.steps) if isinstance(s, ir.Rate | ir.Raise | ir.RateCeiling)]
    position = rates[-1] + 1 if rates else len(made.steps)
    if not rates:
        while position and isinstance(made.steps[position - 1], ir.RoundLines):
            position -= 1
    made.steps.insert(position, ir.Apply(about=_named(made, "apply", made.node.heading)))
    if rates and not _whole_rates(made):
        made.settled = False
        made.settled = _is_settled(made)


def _whole_rates(made: Making) -> bool:
    rates = [s for s in made.steps if isinstance(s, ir.Rate | ir.Raise | ir.RateCeiling)]
    return all(
        isinstance(s, ir.Rate) and isinstance(s.rate, ir.Const) and s.rate.value.denominator == 1
        for s in rates
    )


def _named(made: Making, keyword: str, heading: syn.Heading) -> ir.About:
    about = made.ctx.about(heading, keyword)
    if heading.name is None or keyword == "apply":
        return evolve(
            about,
            name=f"{made.name} {keyword}",
            titles={},
            citations=() if keyword == "apply" else about.citations,
        )
    return about


def _step(made: Making, step: syn.SupportStep) -> None:
    ctx = made.ctx
    keyword = f"{step.on}_ceiling" if isinstance(step, syn.Ceiling) else KEYWORDS[type(step)]
    about = _named(made, keyword, step.heading)
    when = ctx.both([*whens(made.whole, step.whens), statement_in_force(ctx, step.heading)], step.span)
    where = None
    if step.wheres:
        if made.single:
            ctx.report(pr.NoLines(span=step.wheres[0].span))
        else:
            where = ctx.both((made.lines.condition(w.condition) for w in step.wheres), step.span)

    def again(e: ir.Expr | None) -> ir.Expr | None:
        return None if e is None else renumbered(ctx, e)

    match step:
        case syn.EligibleCost(only=only, excepted=excepted):
            keep = _keep(made, step, only, excepted)
            if keep is not None:
                made.steps.append(ir.Keep(keep, about=about, when=when, where=where))
        case syn.Ceiling():
            _ceiling(made, step, about, when, where)
        case syn.CountLimit():
            _count_limit(made, step, about, when, where)
        case syn.RateStep(value=value):
            chosen = by_cases(made.lines, value, about.name, ty.Rate())
            if chosen is None:
                return
            _check_rate(made, chosen.value)
            if chosen.applies is not None:
                _applies_step(made, chosen.applies, about, when)
            made.steps.append(ir.Rate(chosen.value, about=about, when=again(when), where=where))
        case syn.Bonus():
            _bonus(made, step, about, when, where)
        case syn.RateCeiling(amount=amount):
            limit = made.lines.value_of(amount, ty.Rate())
            if limit is not None:
                made.steps.append(ir.RateCeiling(limit, about=about, when=when, where=where))
        case syn.Proration(factor=factor):
            found = made.lines.numeric(made.lines.value(factor))
            if found is not None and not isinstance(found.type, ty.Number | ty.Rate):
                needed = Words("a number or a percentage", "bir sayı ya da yüzde")
                ctx.wrong_kind(factor.span, found.type, needed)
            elif found is not None:
                made.settled = False
                made.steps.append(ir.Scale(found, about=about, when=when, where=where))
        case syn.Supplement(amount=amount, within_ceilings=within):
            _supplement(made, step, about, when, amount, within)
        case syn.Floor(how=how, amount=amount, in_any_case=always):
            limit = made.whole.value_of(amount, ty.Money(made.currency))
            if limit is not None:
                made.settled = made.settled and whole_units(ctx, limit, made.currency)
                if how == "raised_to" and not made.single:
                    made.settled = False
                made.steps.append(ir.Floor(how, limit, always, about=about, when=when, where=where))
        case syn.RoundingStep():
            _rounding(made, step, about, when, where)


def _rounding(
    made: Making, step: syn.RoundingStep, about: ir.About, when: ir.Expr | None, where: ir.Expr | None
) -> None:
    """A rounding of the lines; one that is named brings its title, its source and, if it says it, its place."""
    ctx, where_to = made.ctx, step.place
    how = made.whole.way(step.way, ty.Money(made.currency), of_lines=True)
    made.unclear = how is None
    if how is None:
        return
    if isinstance(step.way, syn.Name):
        rule = ctx.roundings[step.way.text]
        if (rule.place is None) == (where_to is None):
            made.unclear = True
            labels = ctx.other(ctx.stated_at(rule.about), SAYS_PLACE) if where_to else ()
            wrong: Literal["twice", "unsaid"] = "twice" if where_to else "unsaid"
            ctx.report(pr.RoundingPlace(span=step.way.span, name=step.way.text, how=wrong, labels=labels))
            return
        where_to = where_to or rule.place
        about = evolve(
            about,
            titles=rule.about.titles,
            citations=(*about.citations, *rule.about.citations),
            text=rule.about.text,
        )
    assert where_to is not None
    mode, unit = how
    made.steps.append(ir.RoundLines(mode, unit, where_to, about=about, when=when, where=where))
    made.settled = _is_settled(made)


def _is_settled(made: Making) -> bool:
    """
    Whether the roundings at the end of the steps leave no part of the smallest unit, whatever the case.

    A rounding for some cases settles only these; several settle the support if one of them always takes place.
    """
    conditions = []
    for step in reversed(made.steps):
        if not isinstance(step, ir.RoundLines):
            break
        if (step.step / smallest_unit(made.currency)).denominator != 1:
            return False
        parts = [each for each in (step.when, step.where) if each is not None]
        if not parts:
            return True
        conditions.append(ir.And(tuple(parts), type=ty.YesNo(), span=step.about.span, at=0))
    return made.settled or one_always_holds(made.ctx, conditions)


def _check_rate(made: Making, rate: ir.Expr) -> None:
    for node in (rate, *ir.children(rate)):
        if isinstance(node, ir.Const) and isinstance(node.type, ty.Rate) and node.value:
            percent = node.value * 100
            if percent > 100 or percent < 1:
                shown = f"{made.ctx.source.text[node.span.start : node.span.end]}"
                made.ctx.report(pr.StrangeRate(span=node.span, text=shown, above=percent > 100))


def _applies_step(made: Making, applies: ir.Expr, about: ir.About, when: ir.Expr | None) -> None:
    """A rate that says `does not apply`: for a line it excludes the line, for all the support does not apply."""
    ctx = made.ctx
    if made.single or not reads_row(applies, made.var):
        condition = applies
        if when is not None:
            free = ctx.negated(renumbered(ctx, when))
            condition = ir.Or((free, applies), type=ty.YesNo(), span=applies.span, at=ctx.at())
        made.gates.append(ir.Gate(about, "figure", condition))
        return
    made.steps.append(ir.Keep(applies, about=about, when=when))


def reads_row(expr: ir.Expr, var: int) -> bool:
    """Whether an expression reads the row of a support."""
    if isinstance(expr, ir.Row):
        return expr.var == var
    return any(reads_row(child, var) for child in ir.children(expr))


def _keep(
    made: Making, step: syn.EligibleCost, only: tuple[syn.Value, ...], excepted: tuple[syn.Value, ...]
) -> ir.Expr | None:
    ctx = made.ctx
    if made.single:
        ctx.report(pr.NoLines(span=place(step.heading)))
        return None
    parts: list[ir.Expr | None] = [made.lines.condition(c) for c in only]
    for node in excepted:
        found = made.lines.condition(node)
        parts.append(None if found is None else ctx.negated(found))
    return None if any(p is None for p in parts) else ctx.both(parts, step.span)


def _bonus(
    made: Making, step: syn.Bonus, about: ir.About, when: ir.Expr | None, where: ir.Expr | None
) -> None:
    ctx = made.ctx
    by = made.lines.value(step.value)
    if by is None:
        return
    needed: ty.Type = ty.PercentagePoints() if step.how == "plus" else ty.Rate()
    if by.type != needed:
        if isinstance(by.type, ty.Rate | ty.PercentagePoints):
            ctx.report(pr.PercentOrPoints(span=step.value.span))
        else:
            ctx.wrong_kind(step.value.span, by.type, needed)
        return
    part = None
    if step.part is not None:
        part = made.lines.value_of(step.part, ty.Money(made.currency))
        if part is None:
            return
    made.steps.append(ir.Raise(step.how, by, part, about=about, when=when, where=where))


def _supplement(
    made: Making, step: syn.Supplement, about: ir.About, when: ir.Expr | None, amount: syn.Value, within: bool
) -> None:
    ctx = made.ctx
    below = any(isinstance(s, ir.Ceiling) and s.on == "support" for s in made.steps)
    later = made.node.steps[made.node.steps.index(step) + 1 :]
    above = any(isinstance(s, syn.Ceiling) and s.on == "support" for s in later)
    if (within and below) or (not within and above):
        ctx.report(pr.SupplementPlace(span=place(step.heading), within=within))
    if step.wheres:
        ctx.report(pr.NoLines(span=step.wheres[0].span, supplement=True))
    found = made.whole.value_of(amount, ty.Money(made.currency))
    if found is not None:
        made.settled = made.settled and whole_units(ctx, found, made.currency)
        made.steps.append(ir.Supplement(found, about=about, when=when))


def _count_limit(
    made: Making, step: syn.CountLimit, about: ir.About, when: ir.Expr | None, where: ir.Expr | None
) -> None:
    ctx = made.ctx
    if made.single:
        ctx.report(pr.NoLines(span=place(step.heading)))
        return
    number = made.whole.value_of(step.number, ty.Number())
    by = made.lines.numeric(made.lines.value(step.by))
    keys = tuple(made.lines.one_value(k) for k in step.per)
    if number is None or by is None or any(k is None for k in keys):
        return
    dates = isinstance(by.type, ty.Date | ty.Moment | ty.Year | ty.Month)
    if dates != (step.direction in ("earliest", "latest")):
        ctx.wrong_kind(step.by.span, by.type, A_SIZE if dates else A_DATE)
        return
    descending = step.direction in ("highest", "latest")
    per = tuple(k for k in keys if k is not None)
    made.steps.append(ir.Pick(number, by, descending, per, about=about, when=when, where=where))


def _ceiling(
    made: Making, step: syn.Ceiling, about: ir.About, when: ir.Expr | None, where: ir.Expr | None
) -> None:
    ctx = made.ctx
    excess = step.excess or made.excess
    for number, limit in enumerate(step.limits):
        if limit.scope == "none":
            made.steps.append(
                ir.Ceiling(
                    step.on, "together", None, (), None, "refuses", about=about, when=when, where=where
                )
            )
            continue
        if number:
            when = None if when is None else renumbered(ctx, when)
            where = None if where is None else renumbered(ctx, where)
        lowered = _limit(made, step, limit, excess)
        if lowered is None:
            continue
        scope, amount, per, other, manner = lowered
        if manner == "pro_rata" or not whole_units(ctx, amount, made.currency):
            made.settled = False
        if other is not None and not whole_units(ctx, other, made.currency):
            made.settled = False
        made.steps.append(
            ir.Ceiling(step.on, scope, amount, per, other, manner, about=about, when=when, where=where)
        )


_OVER_LINES: tuple[syn.Excess, ...] = ("trimmed", "drops_line")
_UNFIT: dict[str, tuple[syn.Excess, ...]] = {
    "single": ("pro_rata", "last_first", "drops_line"),
    "each": ("pro_rata", "last_first"),
    "together": _OVER_LINES,
    "per": _OVER_LINES,
}


def _limit(
    made: Making, step: syn.Ceiling, limit: syn.Limit, excess: syn.Excess | None
) -> (
    tuple[Literal["each", "together", "per"], ir.Expr, tuple[ir.Expr, ...], ir.Expr | None, syn.Excess] | None
):
    ctx = made.ctx
    scope: Literal["each", "together", "per"]
    if made.single:
        if limit.scope in ("each", "together", "per"):
            ctx.report(pr.ScopeOfCeiling(span=limit.span, single=True))
            return None
        # Beside the one amount there is what a supplement above added: the ceiling is then on both.
        scope = "together" if any(isinstance(each, ir.Supplement) for each in made.steps) else "each"
    elif limit.scope == "single":
        ctx.report(pr.ScopeOfCeiling(span=limit.span, single=False))
        return None
    else:
        scope = "together" if limit.scope == "with_other" else limit.scope  # type: ignore[assignment]  # the rest is excluded
    shown = "single" if made.single else scope
    unfit = _UNFIT[shown]
    if excess is None:
        ctx.report(pr.ExcessUnsaid(span=place(step.heading), scope=shown))
    elif excess in unfit:
        ctx.report(pr.ExcessDoesNotFit(span=place(step.heading), scope=shown))
    reader = made.whole if scope == "together" else made.lines
    assert limit.amount is not None
    amount = reader.value_of(limit.amount, ty.Money(made.currency))
    keys = tuple(made.lines.one_value(k) for k in limit.keys)
    other = None if limit.other is None else made.whole.value_of(limit.other, ty.Money(made.currency))
    if amount is None or any(k is None for k in keys) or (limit.other is not None and other is None):
        return None
    if excess is None or excess in unfit:
        return None
    per = tuple(k for k in keys if k is not None)
    if scope == "per":
        _check_constant(made, amount, per, limit.amount.span)
    if scope == "together" and excess == "trimmed":
        excess = "last_first"  # What was added is the last line.
    return scope, amount, per, other, excess


def _check_constant(made: Making, amount: ir.Expr, per: tuple[ir.Expr, ...], span: Span) -> None:
    """The ceiling of a group may read only the fields that make the group."""
    grouped = {k.name for k in per if isinstance(k, ir.Field)}
    made_by = {expression(k) for k in per}
    stack = [amount]
    while stack:
        node = stack.pop()
        if expression(node) in made_by:
            continue
        if isinstance(node, ir.Field) and reads_row(node, made.var):
            if node.name not in grouped and not _made_of(made, node, grouped):
                made.ctx.report(pr.NotConstantInGroup(span=span, name=node.name))
            continue
        stack += ir.children(node)


def _made_of(made: Making, node: ir.Field, grouped: set[str]) -> bool:
    """A computed field that reads only what the group is made by."""
    computed = next((c for c in made.ctx.computed if c.about.name == node.name), None)
    if computed is None:
        return False
    fields = set()
    stack = [computed.value]
    while stack:
        inner = stack.pop()
        if isinstance(inner, ir.Field) and isinstance(inner.of, ir.Row) and inner.of.var == computed.var:
            fields.add(inner.name)
        stack += ir.children(inner)
    return fields <= grouped


# ---- joint ceilings ----------------------------------------------------------------------------------------------


def make_joint(ctx: Context, node: syn.JointCeiling) -> None:
    """A ceiling over several supports."""
    reader = Reader(ctx)
    names: list[str] = []
    kinds: list[ty.Type] = []
    for name in node.over:
        figure = ctx.figures.get(name.text)
        if figure is None or figure.kind != "support":
            if figure is not None:
                ctx.report(
                    pr.NotThatKind(
                        span=name.span, name=name.text, found=Words("a figure", "bir değer"), needed=A_SUPPORT
                    )
                )
            else:
                ctx.unknown(name, pr.A_SUPPORT, (n for n, f in ctx.figures.items() if f.kind == "support"))
            continue
        ctx.elaborate(name.text)
        if figure.type is not None:
            names.append(name.text)
            kinds.append(figure.type)
    if len(names) < len(node.over) or not kinds:
        return
    for kind in kinds[1:]:
        if kind != kinds[0]:
            reader.mixed(kinds[0], kind, place(node.heading))
            return
    if node.excess is None:
        ctx.report(pr.ExcessUnsaid(span=place(node.heading), scope="together"))
        return
    if node.excess in ("trimmed", "drops_line"):
        ctx.report(pr.ExcessDoesNotFit(span=place(node.heading), scope="together"))
        return
    limit = reader.value_of(node.amount, kinds[0])
    when = ctx.both([*whens(reader, node.whens), statement_in_force(ctx, node.heading)], node.span)
    if limit is None:
        return
    assert isinstance(kinds[0], ty.Money)
    step = smallest_unit(kinds[0].currency)
    about = ctx.about(node.heading, "support_ceiling")
    ctx.body.append(ir.Joint(about, tuple(names), when, limit, node.excess, step))  # type: ignore[arg-type]  # others are refused above
