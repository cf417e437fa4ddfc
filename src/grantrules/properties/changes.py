"""
What can be changed in a programme, one thing at a time: a figure, a bound, a word, a line that is left out.

A change is one that an author could have made in the file.  What the compiler adds (a sum held at 0, say) stands
nowhere in the text and is left alone, and what it copies is changed in all its copies at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import attrs
from attrs import evolve, field, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.verify import of_statement, of_step
from grantrules.diagnostics import Words
from grantrules.properties.points import quantum_of
from grantrules.properties.probe import within
from grantrules.properties.written import literal
from grantrules.source import NOWHERE, Span

Swap: TypeAlias = tuple[Any, Any]
"""A part of the core, and what stands in its place; `None` where nothing does."""

_LONGEST = 60
_FLIPPED: Mapping[str, Any] = {"ge": "gt", "gt": "ge", "le": "lt", "lt": "le", "eq": "ne", "ne": "eq"}
_SAID = {
    "ge": Words("at least", "en az"),
    "gt": Words("more than", "-den fazla"),
    "le": Words("at most", "en fazla"),
    "lt": Words("less than", "-den az"),
    "eq": Words("is", "eşit"),
    "ne": Words("is not", "eşit değil"),
}
_MODES: Mapping[str, tuple[ir.Rounding, ...]] = {
    "down": ("up", "half_up"),
    "up": ("down", "half_up"),
    "half_up": ("down", "up"),
    "half_even": ("down", "half_up"),
}
_MODE = {
    "down": Words("down", "aşağı"),
    "up": Words("up", "yukarı"),
    "half_up": Words("half up", "yarım yukarı"),
    "half_even": Words("half to even", "yarım çifte"),
}
_EXCESS = {
    "trimmed": Words("is trimmed", "kırpılır"),
    "pro_rata": Words("is cut pro rata", "orantılı kesilir"),
    "last_first": Words("is cut from the last line first", "son satırdan başlayarak kesilir"),
    "drops_line": Words("drops the line", "satırı düşürür"),
    "refuses": Words("refuses the application", "başvuruyu reddettirir"),
}
_SCOPE = {
    "each": Words("each", "her biri"),
    "together": Words("together", "birlikte"),
    "per": Words("per group", "grup başına"),
}
_OTHER_FIGURE: Mapping[str, Any] = {
    "every": "any",
    "any": "every",
    "smallest": "largest",
    "largest": "smallest",
    "different": "number",
    "average": "largest",
}
_FIGURE = {
    "every": Words("all lines", "bütün satırlar"),
    "any": Words("one line", "bir satır"),
    "smallest": Words("the smallest", "en küçüğü"),
    "largest": Words("the largest", "en büyüğü"),
    "different": Words("different values", "farklı değerler"),
    "number": Words("lines", "satırlar"),
    "average": Words("the average", "ortalama"),
}
_LATER = Words("after", "sonra"), Words("before", "önce")


@frozen(eq=False)
class Change:
    """
    One thing that an author could have written otherwise.

    Args:
        name: of the statement or step.
        words: the change, for people.
        span: the place in the file.
        swaps: what is put in the place of what.
        ranks: it shows in rankings alone: everything that is said of one application stays the same.
    """

    name: str
    words: Words
    span: Span
    swaps: tuple[Swap, ...] = field(repr=False)
    ranks: bool = False


def changes(program: ir.Program) -> tuple[Change, ...]:
    """Everything that can be changed in a programme, in the order of the file; libraries are left to their own tests."""
    own = _Texts(program)
    found = (
        *_of_expressions(program),
        *_of_statements(program),
        *_of_rankings(program),
        *_of_codes(program),
    )
    return tuple(sorted((each for each in found if own.hold(each.span)), key=lambda each: each.span.start))


@frozen
class _Texts:
    """The texts that the changes of a programme are made in: all but the libraries that it uses."""

    program: ir.Program

    def hold(self, span: Span) -> bool:
        """Whether a place is in one of them."""
        texts = self.program.texts
        kind = max(((t.begin, t.kind) for t in texts if t.begin <= span.start), default=(0, ""))[1]
        return span != NOWHERE and (kind != "library" or {t.kind for t in texts} == {"library"})


# ---- expressions ---------------------------------------------------------------------------------------------------

_Options: TypeAlias = list[tuple[Words, Any]]


def only_ranked(program: ir.Program) -> frozenset[str]:
    """The figures that nothing but rankings read: what is said of one application shows nothing of them."""
    readers: dict[str, list[str]] = {}
    found: set[str] = set()
    outside = [each.condition for example in program.examples for each in example.expects]
    outside += [expr for each in program.invariances for expr in (each.figure, each.limit, each.when)]
    for expr in _there(*outside):
        for each in within(expr):
            if isinstance(each, ir.Ref):
                readers.setdefault(each.name, []).append("")
    for statement in reversed(program.body):
        name = statement.about.name
        if isinstance(statement, ir.Let) and (
            statement.about.keyword == "ranking"
            or (
                statement.about.keyword in ("parameter", "define", "table")
                and name in readers
                and found.issuperset(readers[name])
            )
        ):
            found.add(name)
        for expr in of_statement(statement):
            for each in within(expr):
                if isinstance(each, ir.Ref):
                    readers.setdefault(each.name, []).append(name)
    return frozenset(found)


def _roots(program: ir.Program) -> Iterator[tuple[str, ir.Expr, bool]]:
    """
    The outermost expressions that decisions and rankings rest on, each with the name of its statement or step, and whether
    it is there for rankings alone.
    """
    ranked = only_ranked(program)
    for computed in program.computed:
        yield computed.about.name, computed.value, False
    for statement in program.body:
        name = statement.about.name
        match statement:
            case ir.Let(value=value):
                stated = name.partition("'s ")[0] if statement.about.keyword == "ranking" else name
                yield stated, value, name in ranked
            case ir.Rule(kind="require" | "advise", when=when, conditions=conditions) if _is_written(
                statement
            ):
                yield from ((name, each, False) for each in _there(when, *conditions))
            case ir.Joint(when=when, limit=limit):
                yield from ((name, each, False) for each in _there(when, limit))
            case ir.Support():
                written = (each for each in statement.gates if each.reason != "not_together")
                yield from ((gate.about.name, gate.condition, False) for gate in written)
                own = _there(statement.list, statement.where, statement.base)
                yield from ((name, each, False) for each in own)
                for step in statement.steps:
                    yield from ((step.about.name, each, False) for each in of_step(step))
            case _:
                pass


def _is_written(statement: ir.Statement) -> bool:
    """Whether an author wrote it; the compiler adds advice about codes that are not precise enough."""
    return statement.about.keyword != "precision"


def _there(*exprs: ir.Expr | None) -> Iterator[ir.Expr]:
    return (expr for expr in exprs if expr is not None)


def _of_expressions(program: ir.Program) -> Iterator[Change]:
    """What stands once in the text may stand several times in the core: it is found by its place and its kind."""
    copies: dict[tuple[Any, ...], list[ir.Expr]] = {}
    names: dict[tuple[Any, ...], tuple[str, bool]] = {}
    joined: dict[ir.Expr, tuple[int, ...]] = {}
    for name, root, ranks in _roots(program):
        seen: dict[tuple[Any, ...], int] = {}
        compared = {each.right for each in within(root) if isinstance(each, ir.Compare)}
        days = _days_in_force(root)
        unwritten = _made_of_rows(root) - days.keys()
        for node in within(root):
            if node.span == NOWHERE or (node in compared and not isinstance(node.type, ty.NUMERIC)):
                continue  # A comparison with a value of a choice is turned round instead.
            words_made = name.endswith("'s applies") and isinstance(node.type, ty.YesNo)
            if node in unwritten or (words_made and isinstance(node, ir.Const)):
                continue  # Made of a row, or of the words `does not apply`.
            here = (node.__class__, node.span)
            seen[here] = seen.get(here, 0) + 1
            key = (*here, seen[here])
            copies.setdefault(key, []).append(node)
            names.setdefault(key, (name, ranks))
        joined.update({node: _joining(node, days) for node in days})
    for key, nodes in copies.items():
        options = [_options(program, node, joined.get(node, ())) for node in nodes]
        for number, (words, _) in enumerate(options[0]):
            swaps = tuple(
                (node, option[number][1])
                for node, option in zip(nodes, options, strict=True)
                if len(option) == len(options[0])
            )
            name, ranks = names[key]
            yield Change(name, words, key[1], swaps, ranks)


def _made_of_rows(expr: ir.Expr, above: frozenset[Span] = frozenset()) -> set[ir.Expr]:
    """The figures that the compiler makes of a row of a table slice by slice: they have the place of all that is made of it."""
    found: set[ir.Expr] = set()
    if isinstance(expr, ir.Const | ir.Add | ir.Extreme) and expr.span in above:
        found.add(expr)
    inside = above | {expr.span}
    return found.union(*(_made_of_rows(each, inside) for each in ir.children(expr)))


def _days_in_force(root: ir.Expr) -> dict[ir.Const, str]:
    """The first and last days of lines and versions, each with the comparison that the compiler made of it."""
    return {
        each.right: each.how
        for each in within(root)
        if isinstance(each, ir.Compare) and isinstance(each.right, ir.Const) and each.right.span == each.span
        if isinstance(
            each.right.value, int | Fraction
        )  # A choice in a cell is compared alike, and is no day.
    }


def _joining(day: ir.Const, days: Mapping[ir.Const, str]) -> tuple[int, ...]:
    """The days that would let a line overlap with its neighbour, which the compiler refuses."""
    step, other = (-1, "le") if days[day] == "ge" else (1, "ge")
    return tuple(each.value for each, how in days.items() if how == other and each.value == day.value + step)


def _options(  # noqa: C901 - One arm for each kind.
    program: ir.Program, node: ir.Expr, refused: Sequence[int] = ()
) -> _Options:
    """What could stand in the place of an expression; some days would be refused by the compiler."""
    match node:
        case ir.Const():
            return [each for each in _of_constant(program, node) if each[1].value not in refused]
        case ir.Compare(right=ir.Const(span=place)) if place == node.span:
            return []  # The first or last day in force: the day itself is changed.
        case ir.Compare(how) if isinstance(node.left.type, ty.NUMERIC) or how in ("eq", "ne"):
            return [(_from_to(_SAID[how], _SAID[_FLIPPED[how]]), evolve(node, how=_FLIPPED[how]))]
        case ir.And(parts) | ir.Or(parts) if len(parts) < 2 or node.span in {each.span for each in parts}:
            return []  # A range is made of two comparisons, and they are changed.
        case ir.And(parts):
            either = ir.Or(parts, type=node.type, span=node.span, at=node.at)
            return [(Words("and → or", "ve → veya"), either), *_fewer(program, node, parts)]
        case ir.Or(parts):
            both = ir.And(parts, type=node.type, span=node.span, at=node.at)
            return [(Words("or → and", "veya → ve"), both), *_fewer(program, node, parts)]
        case ir.Not(part) if part.span != NOWHERE:
            return [(Words("“not” is left out", "“değil” çıkarıldı"), part)]
        case ir.OneOf(_, values) if len(values) > 1:
            return [
                (
                    _left_out(_shown(program, node.value.type, each)),
                    evolve(node, values=_without(values, each)),
                )
                for each in values
            ]
        case ir.Includes(_, values) if len(values) > 1:
            return [(_left_out(each), evolve(node, values=_without(values, each))) for each in values]
        case ir.Given():
            other = ir.Not(node, type=node.type, span=node.span, at=node.at)
            return [(Words("is given → is not given", "verilmiş → verilmemiş"), other)]
        case ir.Round(_, mode, step):
            return [
                *((_from_to(_MODE[mode], _MODE[each]), evolve(node, mode=each)) for each in _MODES[mode]),
                (_step_words(program, node.type, step), evolve(node, step=10 * step)),
            ]
        case ir.Extreme(which, values) if all(each.span != NOWHERE for each in values):
            other_way = _OTHER_FIGURE[which]
            words = _from_to(_FIGURE[which], _FIGURE[other_way])
            return [(words, evolve(node, which=other_way)), *_fewer(program, node, values)]
        case ir.Add(terms) if any("|" in _text(program, term) for _, term in terms):  # The rows of a table.
            return [
                (
                    Words(f"row {at + 1} is left out", f"{at + 1}. satır çıkarıldı"),
                    evolve(node, terms=(*terms[:at], *terms[at + 1 :])),
                )
                for at in range(len(terms))
            ]
        case ir.Add(terms):
            return [
                (_sign_words(sign), evolve(node, terms=(*terms[:at], (-sign, term), *terms[at + 1 :])))
                for at, (sign, term) in enumerate(terms)
                if at and term.span != NOWHERE
            ]
        case ir.Choose():
            return list(_of_cases(node))
        case ir.Aggregate(what, where=where):
            options: _Options = []
            if where is not None and where.span != NOWHERE:
                options.append((_left_out(_text(program, where)), evolve(node, where=None)))
            if what in _OTHER_FIGURE:
                other_figure = _OTHER_FIGURE[what]
                words = _from_to(_FIGURE[what], _FIGURE[other_figure])
                kept = None if other_figure == "number" else node.of
                options.append((words, evolve(node, what=other_figure, of=kept)))
            return options
        case ir.Calendar(what, sign=sign, both=both):
            if what == "days_between":
                words = Words("both days counted → one of them", "iki gün de sayılır → biri sayılır")
                back = Words("one of the days counted → both", "biri sayılır → iki gün de sayılır")
                return [(words if both else back, evolve(node, both=not both))]
            if what.startswith("shift_"):
                later, earlier = _LATER if sign > 0 else _LATER[::-1]
                return [(_from_to(later, earlier), evolve(node, sign=-sign))]
            return []
        case _:
            return []


def _of_constant(program: ir.Program, node: ir.Const) -> Iterator[tuple[Words, ir.Const]]:
    match node.type:
        case ty.YesNo():
            others: tuple[Any, ...] = (not node.value,)
        case ty.Choice(_, values) if node.value in values and len(values) > 1:
            others = (values[(values.index(node.value) + 1) % len(values)],)
        case ty.Date() | ty.Moment() | ty.Year() | ty.Month() | ty.Period():
            others = (node.value + 1, node.value - 1)
        case kind if isinstance(kind, ty.NUMERIC):
            step = Fraction(1, 100) if isinstance(kind, ty.Rate | ty.PercentagePoints) else quantum_of(kind)
            others = (node.value + step, node.value - step)
        case _:
            return
    before = _shown(program, node.type, node.value)
    for other in others:
        after = _shown(program, node.type, other)
        yield Words(f"{before} → {after}", f"{before} → {after}"), evolve(node, value=other)


def _of_cases(node: ir.Choose) -> Iterator[tuple[Words, ir.Expr]]:
    """Cases and rows left out; what the compiler makes of other phrases has none of its own."""
    if node.what in (ir.OTHER_LINES, ir.FIRST_LINES):
        return
    if len(node.arms) > 1 or node.otherwise is not None:
        for number in range(len(node.arms)):
            words = Words(f"case {number + 1} is left out", f"{number + 1}. durum çıkarıldı")
            arms = (*node.arms[:number], *node.arms[number + 1 :])
            yield words, evolve(node, arms=arms)
    if node.otherwise is not None and node.otherwise.span not in (NOWHERE, node.span):
        yield Words("“otherwise” is left out", "“diğer” çıkarıldı"), evolve(node, otherwise=None)


def _fewer(program: ir.Program, node: Any, parts: Sequence[ir.Expr]) -> Iterator[tuple[Words, ir.Expr]]:
    """One of the parts left out."""
    for at, part in enumerate(parts):
        if part.span == NOWHERE:
            continue
        others = (*parts[:at], *parts[at + 1 :])
        held = {"values": others} if isinstance(node, ir.Extreme) else {"parts": others}
        yield _left_out(_text(program, part)), others[0] if len(others) == 1 else evolve(node, **held)


# ---- statements and steps ------------------------------------------------------------------------------------------


def _of_statements(program: ir.Program) -> Iterator[Change]:
    for statement in program.body:
        match statement:
            case ir.Rule(kind="require" | "advise") if _is_written(statement):
                yield from _of_rule(program, statement)
            case ir.Joint():
                yield from _of_joint(statement)
            case ir.Support():
                yield from _of_basis(program, statement)
                yield from _of_support(program, statement)
                for step in statement.steps:
                    yield from _of_step(program, statement, step)
            case _:
                pass


def _change(about: ir.About, words: Words, old: Any, new: Any) -> Change:
    return Change(about.name, words, about.span, ((old, new),))


def _of_rule(program: ir.Program, rule: ir.Rule) -> Iterator[Change]:
    if len(rule.conditions) == 1:
        yield _change(rule.about, Words("the rule is left out", "kural çıkarıldı"), rule, None)
    else:
        either = ir.Or(rule.conditions, type=ty.YesNo(), span=rule.about.span)
        words = Words("one of the conditions is enough", "koşullardan biri yeter")
        yield _change(rule.about, words, rule, evolve(rule, conditions=(either,)))
        for each in rule.conditions:
            fewer = evolve(rule, conditions=_without(rule.conditions, each))
            yield _change(rule.about, _left_out(_text(program, each)), rule, fewer)
    yield from _always(program, rule, rule.when)


def _always(program: ir.Program, holder: Any, when: ir.Expr | None) -> Iterator[Change]:
    """The condition under which something is meant left out; of several, see `And`."""
    if when is not None and not isinstance(when, ir.And) and when.span != NOWHERE:
        yield _change(holder.about, _left_out(_text(program, when)), holder, evolve(holder, when=None))


def _of_joint(joint: ir.Joint) -> Iterator[Change]:
    yield _change(joint.about, _DROPPED, joint, None)
    other: Any = "last_first" if joint.excess == "pro_rata" else "pro_rata"
    yield _change(
        joint.about, _from_to(_EXCESS[joint.excess], _EXCESS[other]), joint, evolve(joint, excess=other)
    )
    if len(joint.over) > 1:
        for name in joint.over:
            yield _change(joint.about, _left_out(name), joint, evolve(joint, over=_without(joint.over, name)))


_DROPPED = Words("the ceiling is dropped", "tavan kaldırıldı")
_STEP_DROPPED = Words("the step is left out", "adım çıkarıldı")
_GATES = {
    "in_force": Words("its days in force are left out", "yürürlük günleri çıkarıldı"),
    "require": Words("the rule is left out", "kural çıkarıldı"),
    "not_together": Words("“not together with” is left out", "“birlikte verilmez” çıkarıldı"),
}


def _of_support(program: ir.Program, support: ir.Support) -> Iterator[Change]:
    for gate in support.gates:
        if gate.reason == "figure":
            continue  # The figure says when it does not apply, and is changed there.
        words = _GATES.get(gate.reason) or _left_out(_text(program, gate.condition))
        yield Change(gate.about.name, words, gate.about.span, ((gate, None),))
    if support.where is not None and support.where.span != NOWHERE:
        yield _change(
            support.about, _left_out(_text(program, support.where)), support, evolve(support, where=None)
        )


def _of_basis(program: ir.Program, support: ir.Support) -> Iterator[Change]:
    """A support that is only a basis paid after all, where that can show: in what an application asks for in a ranking."""
    funds = (each for each in program.rankings if each.budget is not None)
    if support.only_a_basis and any(each.currency == support.currency for each in funds):
        words = Words("“only a basis” is left out", "“yalnız hesaba esas” çıkarıldı")
        yield _change(support.about, words, support, evolve(support, only_a_basis=False))


def _of_step(program: ir.Program, support: ir.Support, step: ir.AnyStep) -> Iterator[Change]:
    """What could be written otherwise in a step, apart from its figures and conditions."""
    about = step.about
    if isinstance(step, ir.Apply) or about.keyword == "support":
        return  # Nobody wrote it.
    if isinstance(step, ir.Keep) and about.keyword != "eligible_cost":
        return
    if isinstance(step, ir.Ceiling) and step.limit is None:
        return
    if not isinstance(step, ir.RoundLines):
        dropped = _DROPPED if isinstance(step, ir.Ceiling | ir.RateCeiling) else _STEP_DROPPED
        yield _change(about, dropped, step, None)
    yield from _always(program, step, step.when)
    if step.where is not None and not isinstance(step.where, ir.And) and step.where.span != NOWHERE:
        yield _change(about, _left_out(_text(program, step.where)), step, evolve(step, where=None))
    match step:
        case ir.Pick():
            order = "is reversed", "tersine çevrildi"
            reversed_ = evolve(step, descending=not step.descending)
            yield _change(about, Words(f"the order {order[0]}", f"sıra {order[1]}"), step, reversed_)
            yield from _fewer_keys(program, step, step.per)
        case ir.Ceiling():
            yield from _of_ceiling(program, support, step)
        case ir.Raise(part=part) if part is not None:
            yield _change(about, _left_out(_text(program, part)), step, evolve(step, part=None))
        case ir.Floor(how, _, always):
            below = Words("nothing is paid below", "altı ödenmez")
            raised = Words("raised to", "yükseltilir")
            words = _from_to(below, raised) if how == "less_not_paid" else _from_to(raised, below)
            other: Any = "raised_to" if how == "less_not_paid" else "less_not_paid"
            yield _change(about, words, step, evolve(step, how=other))
            if how == "raised_to":
                some = Words("where anything is paid", "bir şey ödeniyorsa")
                all_ = Words("in any case", "her durumda")
                words = _from_to(all_, some) if always else _from_to(some, all_)
                yield _change(about, words, step, evolve(step, in_any_case=not always))
        case ir.RoundLines(mode, size, place):
            for each in _MODES[mode]:
                yield _change(about, _from_to(_MODE[mode], _MODE[each]), step, evolve(step, mode=each))
            words = _step_words(program, ty.Money(support.currency), size)
            yield _change(about, words, step, evolve(step, step=10 * size))
            if support.list is not None:
                each_line, at_the_end = (
                    Words("each line", "her satır"),
                    Words("once at the end", "sonda bir kez"),
                )
                words = (
                    _from_to(each_line, at_the_end) if place == "each" else _from_to(at_the_end, each_line)
                )
                yield _change(about, words, step, evolve(step, place="once" if place == "each" else "each"))
        case _:
            pass


def _of_ceiling(program: ir.Program, support: ir.Support, step: ir.Ceiling) -> Iterator[Change]:
    about, lines = step.about, support.list is not None
    if not lines:  # What is cut of one amount is trimmed, also where something was added to it.
        cut: Any = "trimmed" if step.scope == "each" else "last_first"
        refuses = step.excess == "refuses"
        words = _from_to(
            _EXCESS["refuses" if refuses else "trimmed"], _EXCESS["trimmed" if refuses else "refuses"]
        )
        yield _change(about, words, step, evolve(step, excess=cut if refuses else "refuses"))
    elif step.excess not in ("pro_rata", "last_first") or _lines_matter(support, step):
        others: Mapping[str, Any] = {
            "trimmed": "drops_line",
            "drops_line": "trimmed",
            "pro_rata": "last_first",
            "last_first": "pro_rata",
            "refuses": "trimmed" if step.scope == "each" else "pro_rata",
        }
        words = _from_to(_EXCESS[step.excess], _EXCESS[others[step.excess]])
        yield _change(about, words, step, evolve(step, excess=others[step.excess]))
    if lines and step.limit is not None:
        scope: Any = {"each": "together", "per": "together", "together": "each"}[step.scope]
        fitting = {"each": "trimmed", "together": "pro_rata"}[scope]
        excess: Any = step.excess if step.excess == "refuses" else fitting
        if scope == "each" or not _reads_row(step.limit, support.var):
            words = _from_to(_SCOPE[step.scope], _SCOPE[scope])
            yield _change(about, words, step, evolve(step, scope=scope, excess=excess, per=()))
    yield from _fewer_keys(program, step, step.per)
    if step.other is not None:
        yield _change(about, _left_out(_text(program, step.other)), step, evolve(step, other=None))
    moved = _on_the_other_side(support, step)
    if moved is not None:
        words = Words(f"{step.on} ceiling → {moved[0]} ceiling", f"{_ON[step.on]} → {_ON[moved[0]]}")
        yield _change(about, words, support, moved[1])


def _lines_matter(support: ir.Support, step: ir.Ceiling) -> bool:
    """Whether the total depends on how the lines share a cut: only then can an example notice another way to cut."""
    later = support.steps[support.steps.index(step) + 1 :]
    return any(
        each.where is not None
        or (isinstance(each, ir.Ceiling) and each.scope != "together")
        or (isinstance(each, ir.RoundLines) and each.place == "each")
        or isinstance(each, ir.Keep | ir.Pick | ir.RateCeiling)
        or (
            isinstance(each, ir.Rate | ir.Raise | ir.Scale)
            and any(_reads_row(e, support.var) for e in of_step(each))
        )
        for each in later
    )


_ON = {"cost": "gider tavanı", "support": "destek tavanı"}


def _on_the_other_side(support: ir.Support, step: ir.Ceiling) -> tuple[str, ir.Support] | None:
    """A support with a ceiling on the cost that was one on the support, or the other way round."""
    rates = [each for each in support.steps if isinstance(each, ir.Rate | ir.Raise | ir.RateCeiling)]
    own = {f"{support.name}'s eligible_cost", f"{support.name}'s before_ceilings"}
    read = {each.name for expr in of_step(step) for each in within(expr) if isinstance(each, ir.Ref)}
    if not rates or own & read:
        return None
    others = [each for each in support.steps if each is not step]
    if step.on == "cost":
        apply = next(at for at, each in enumerate(others) if isinstance(each, ir.Apply))
        others.insert(apply + 1, evolve(step, on="support"))
        return "support", evolve(support, steps=tuple(others))
    others.insert(others.index(rates[0]), evolve(step, on="cost"))
    return "cost", evolve(support, steps=tuple(others))


def _fewer_keys(program: ir.Program, step: Any, per: tuple[ir.Expr, ...]) -> Iterator[Change]:
    """One of the keys of a group left out; of a ceiling the last one stays, see its scope."""
    if isinstance(step, ir.Ceiling) and len(per) < 2:
        return
    for each in per:
        words = _left_out(f"per {_text(program, each)}")
        yield _change(step.about, words, step, evolve(step, per=_without(per, each)))


def _reads_row(expr: ir.Expr, var: int) -> bool:
    return any(isinstance(each, ir.Row) and each.var == var for each in within(expr))


# ---- rankings ------------------------------------------------------------------------------------------------------

_LINES = {
    "set_aside": Words("“set aside” is left out", "“önce ayrılan” çıkarıldı"),
    "awards": Words("“awards” is left out", "“ödül sayısı” çıkarıldı"),
    "reserve": Words("“reserve list” is left out", "“yedek liste” çıkarıldı"),
    "first": Words("“first to each” is left out", "“önce her birine” çıkarıldı"),
    "least": Words("“each at least” is left out", "“her biri en az” çıkarıldı"),
    "most": Words("“each at most” is left out", "“her biri en fazla” çıkarıldı"),
}
_ENDS = {
    (True, False): Words("highest first", "büyükten küçüğe"),
    (False, False): Words("lowest first", "küçükten büyüğe"),
    (True, True): Words("latest first", "önce geç olan"),
    (False, True): Words("earliest first", "önce erken olan"),
}
_ROOM = {
    "stop": Words("stop", "durulur"),
    "skip": Words("skip it", "atlanır"),
    "part": Words("pay it in part", "kısmen ödenir"),
    "asked": Words("share in proportion to the amounts asked", "istenen tutarlarla orantılı paylaştırılır"),
    "equal": Words("share in equal parts", "eşit parçalarla paylaştırılır"),
    "by": Words("share in proportion to a figure", "bir değerle orantılı paylaştırılır"),
}


def _of_rankings(program: ir.Program) -> Iterator[Change]:
    """What could be written otherwise in a ranking, apart from its figures and conditions."""
    lets = {each.name: each for each in program.body if isinstance(each, ir.Let)}
    for ranking in program.rankings:
        for words, figure, new in _otherwise_ranked(program, ranking, lets):
            span = ranking.about.span if figure is None else lets[figure].about.span
            yield Change(ranking.about.name, words, span, ((ranking, new),), ranks=True)


def _otherwise_ranked(
    program: ir.Program, ranking: ir.Ranking, lets: Mapping[str, ir.Let]
) -> Iterator[tuple[Words, str | None, ir.Ranking]]:
    """Each ranking that an author could have written instead, with the figure where the difference stands."""
    for line, words in _LINES.items():
        figure = getattr(ranking, line)
        if figure is not None and not (line == "awards" and ranking.budget is None):
            without: Mapping[str, Any] = {line: None}
            yield words, figure, evolve(ranking, **without)
    for number, key in enumerate(ranking.order):
        timed = isinstance(lets[key.figure].value.type, ty.Date | ty.Moment | ty.Year | ty.Month)
        words = _from_to(_ENDS[key.descending, timed], _ENDS[not key.descending, timed])
        other = evolve(key, descending=not key.descending)
        order = (*ranking.order[:number], other, *ranking.order[number + 1 :])
        yield words, key.figure, evolve(ranking, order=order)
        if number:
            text = _text(program, lets[key.figure].value)
            shorter = evolve(ranking, order=_without(ranking.order, key))
            yield _left_out(f"then by {text}"), key.figure, shorter
    if not _read_a_fact(ranking, lets):
        for name in ranking.per:
            words = _left_out(f"per {_text(program, lets[name].value)}")
            yield words, name, evolve(ranking, per=_without(ranking.per, name))
    if ranking.budget is not None:
        yield from _other_room(program, ranking, lets)


def _read_a_fact(ranking: ir.Ranking, lets: Mapping[str, ir.Let]) -> bool:
    """Whether the budget, or what else is one for a whole group, differs between groups: they are needed then."""
    fixed = (ranking.budget, ranking.set_aside, ranking.awards, ranking.reserve)
    waiting, seen = [name for name in fixed if name is not None], set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for each in within(lets[name].value):
            if isinstance(each, ir.Fact):
                return True
            if isinstance(each, ir.Ref) and each.name in lets and each.name not in seen:
                waiting.append(each.name)
    return False


def _other_room(
    program: ir.Program, ranking: ir.Ranking, lets: Mapping[str, ir.Let]
) -> Iterator[tuple[Words, str | None, ir.Ranking]]:
    """Another word about the first that does not fit; what only that word takes goes with it."""
    plain: Mapping[str, Any] = {"part_where": None, "otherwise": "stop", "share": "asked", "share_by": None}
    bounds: Mapping[str, Any] = {"first": None, "least": None, "most": None}
    shares = ranking.no_room == "share"
    here = ranking.part_where or ranking.share_by
    before = _ROOM[ranking.share if shares else ranking.no_room]
    if ranking.part_where is not None:
        where = _text(program, lets[ranking.part_where].value)
        yield _left_out(f"where {where}"), here, evolve(ranking, part_where=None)
        other: Any = "skip" if ranking.otherwise == "stop" else "stop"
        words = _from_to(_ROOM[ranking.otherwise], _ROOM[other])
        yield words, here, evolve(ranking, otherwise=other)
    for how in ("stop", "skip", "part"):
        if how != ranking.no_room and ranking.order:
            yield _from_to(before, _ROOM[how]), here, evolve(ranking, no_room=how, **plain, **bounds)
    for share in ("asked", "equal"):
        if not shares or share != ranking.share:
            new = evolve(ranking, no_room="share", **{**plain, "share": share})
            yield _from_to(before, _ROOM[share]), here, new


# ---- code lists ----------------------------------------------------------------------------------------------------


def _of_codes(program: ir.Program) -> Iterator[Change]:
    """Codes and exceptions left out: of those that follow one another, the first and the last."""
    for codes in program.codes.values():
        if codes.about.keyword != "code_list":
            continue  # One code in a condition.
        for code in _ends(codes.codes):
            yield _change(
                codes.about, _left_out(code), codes, evolve(codes, codes=_without(codes.codes, code))
            )
        for code in codes.excepted:
            fewer = evolve(codes, excepted=_without(codes.excepted, code))
            yield _change(codes.about, _left_out(f"except {code}"), codes, fewer)
        if codes.included:
            words = Words("“including” is left out", "“dahil” çıkarıldı")
            yield _change(codes.about, words, codes, evolve(codes, included=()))


def _ends(codes: Sequence[str]) -> Iterator[str]:
    """The first and the last of each run of codes: 10, 11, 12 have the ends 10 and 12."""
    runs: list[list[str]] = []
    for code in codes:
        last = runs[-1][-1] if runs else ""
        follows = code.isdigit() and last.isdigit() and len(code) == len(last) and int(code) == int(last) + 1
        if follows:
            runs[-1].append(code)
        else:
            runs.append([code])
    for run in runs:
        yield from dict.fromkeys((run[0], run[-1]))


# ---- words ---------------------------------------------------------------------------------------------------------


def _from_to(before: Words, after: Words) -> Words:
    return Words(f"{before.en} → {after.en}", f"{before.tr} → {after.tr}")


def _left_out(text: str) -> Words:
    return Words(f"“{text}” is left out", f"“{text}” çıkarıldı")


def _sign_words(sign: int) -> Words:
    return Words("plus → minus", "artı → eksi") if sign > 0 else Words("minus → plus", "eksi → artı")


def _step_words(program: ir.Program, kind: ty.Type, step: Fraction) -> Words:
    before, after = (_shown(program, kind, each) for each in (step, 10 * step))
    return Words(f"steps of {before} → {after}", f"{before} → {after} adımlarla")


def _text(program: ir.Program, expr: ir.Expr) -> str:
    """An expression as the author wrote it, in one line, and not all of a long one."""
    written = " ".join(program.source.text[expr.span.start : expr.span.end].split())
    return written if len(written) <= _LONGEST else written[: _LONGEST - 1] + "…"


def _shown(program: ir.Program, kind: ty.Type, value: Any) -> str:
    try:
        return literal(program, kind, value)
    except ValueError:
        return str(value)


def _without(items: tuple[Any, ...], one: Any) -> tuple[Any, ...]:
    return tuple(each for each in items if each is not one)


# ---- making the changed programme ----------------------------------------------------------------------------------


def applied(program: ir.Program, change: Change) -> ir.Program:
    """A programme with a change made."""
    swap = _Swap(dict(change.swaps))
    codes = {name: swap.new.get(each, each) for name, each in program.codes.items()}
    return evolve(
        program,
        body=swap(program.body),
        computed=swap(program.computed),
        rankings=swap(program.rankings),
        codes=codes,
    )


@frozen
class _Swap:
    """Puts parts in the place of others; what holds none of them stays the same object."""

    new: Mapping[Any, Any]

    def __call__(self, node: Any) -> Any:
        if isinstance(node, tuple):
            parts = tuple(self(part) for part in node)
            if all(a is b for a, b in zip(parts, node, strict=True)):
                return node
            return tuple(new for new, old in zip(parts, node, strict=True) if new is not None or old is None)
        if not isinstance(node, _HOLDERS):
            return node
        if node in self.new:
            return self.new[node]
        changed = {}
        for name in _fields_of(node.__class__):
            before = getattr(node, name)
            after = self(before)
            if after is not before:
                changed[name] = after
        return evolve(node, **changed) if changed else node


_HOLDERS = (ir.Expr, ir.Step, ir.Gate, ir.Let, ir.Computed, ir.Rule, ir.Support, ir.Joint, ir.Ranking)
_FIELDS: dict[type, tuple[str, ...]] = {}


def _fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a class that may hold an expression or a step."""
    if kind not in _FIELDS:
        without = {"about", "type", "span", "at", "name"}
        _FIELDS[kind] = tuple(each.name for each in attrs.fields(kind) if each.name not in without)
    return _FIELDS[kind]
