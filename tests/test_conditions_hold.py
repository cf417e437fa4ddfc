"""What the list of conditions says of a support is what the evaluators decide of it."""

import os
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count

from attrs import evolve
from hypothesis import given, settings

from grantrules import types as ty
from grantrules.core import ir
from grantrules.evaluate.reference import evaluate
from grantrules.explain.conditions import _Lister
from grantrules.properties.programmes import Case, cases

# Raise this for an hour with nothing else to do.
EXAMPLES = int(os.environ.get("GRANTRULES_EXAMPLES", "600"))
YES = ty.YesNo()


class Said(str):
    """A clause with the condition that it says; `None` for one about a sum within the steps, which no figure is."""

    __slots__ = ("holds",)
    holds: ir.Expr | None


class Lister(_Lister):
    """Lists the conditions as expressions of the core, each under a number instead of its words."""

    def said(self, holds: ir.Expr | None) -> Said:
        found = Said(f"[{next(self.numbers)}]")
        found.holds = holds
        return found

    def all(self):
        self.numbers = count()
        self.chosen: ir.Choose | None = None
        return super().all()

    def clause(self, expr: ir.Expr, *, yes: bool = True) -> Said:
        return self.said(expr if yes else ir.Not(expr, type=YES, span=expr.span))

    def say(self, key: str, *parts: str) -> Said:
        match key:
            case "where" | "and":
                return self.said(together(part.holds for part in parts))
            case "otherwise":
                conditions = tuple(condition for condition, _ in self.chosen.arms)
                none = ir.Or(conditions, type=YES, span=self.chosen.span)
                return self.said(ir.Not(none, type=YES, span=none.span))
            case "always":
                return self.said(ir.Const(True, type=YES, span=self.program.about.span))
            case _:
                return self.said(None)

    def cases(self, expr: ir.Choose, deep: int) -> Iterator[str]:
        return self.within(expr, super().cases(expr, deep))

    def when_false(self, expr: ir.Expr, deep: int) -> Iterator[str]:
        return self.within(expr, super().when_false(expr, deep))

    def within(self, expr: ir.Expr, texts: Iterator[str]) -> Iterator[str]:
        """The texts, each said while the figure by cases is known whose cases they are."""
        while True:
            outer, self.chosen = self.chosen, expr
            text = next(texts, None)
            self.chosen = outer
            if text is None:
                return
            yield text

    def of_lines(self, support: ir.Support, text: str, *, reads: bool) -> str:
        if support.list is None or not reads or not text:
            return text
        holds = ir.Aggregate(
            "every", support.list, support.var, support.where, text.holds, type=YES, span=support.base.span
        )
        return self.said(None if text.holds is None else holds)


def together(parts: Iterable[ir.Expr | None]) -> ir.Expr | None:
    found = tuple(parts)
    return None if None in found else ir.And(found, type=YES, span=found[0].span)


LISTS = ("paid_when", "zero_when", "does_not_apply_when")


def contradictions(case: Case) -> Iterator[str]:
    """Where a decision is not what the list says."""
    program = case.program
    listed = Lister(program, "en").all().supports
    beside: dict[str, list[ir.Let]] = {}
    for support in listed:
        for key in LISTS:
            for number, each in enumerate(getattr(support, key)):
                if each.text.holds is not None:
                    figure = ir.Let(ir.About(f"{key} {support.name} {number}", "definition"), each.text.holds)
                    by = each.name if each.name in joints(program) else support.name
                    beside.setdefault(by, []).append(figure)
    body: list[ir.Statement] = []
    for statement in program.body:
        figures = beside.get(statement.about.name, [])
        # A ceiling over several supports changes what they come to, and reads what they came to before.
        body += [*figures, statement] if isinstance(statement, ir.Joint) else [statement, *figures]
    body += (
        ir.Let(
            ir.About(f"{each.name} at last", "definition"),
            ir.Ref(each.name, type=ty.Money(each.currency), span=each.base.span),
        )
        for each in program.body
        if isinstance(each, ir.Support)
    )
    outcome = evaluate(evolve(program, body=tuple(body)), case.facts)
    for support in listed:
        name, told = support.name, outcome.supports[support.name]
        truths = {
            key: [outcome.figures.get(f"{key} {name} {n}") for n, _ in enumerate(getattr(support, key))]
            for key in LISTS
        }
        if True in truths["does_not_apply_when"] and told.applies is True:
            yield f"{name} applies, against {truths['does_not_apply_when'].index(True)}"
        if all(truth is True for truth in truths["paid_when"]) and told.applies is False:
            yield f"{name} does not apply"
        paid = outcome.figures[f"{name} at last"]
        if True in truths["zero_when"] and told.applies is True and isinstance(paid, Fraction) and paid > 0:
            yield f"{name} is {paid}, against {truths['zero_when'].index(True)}"


def joints(program: ir.Program) -> set[str]:
    return {each.about.name for each in program.body if isinstance(each, ir.Joint)}


@given(cases(complete=True))
@settings(max_examples=EXAMPLES)
def test_what_is_listed_is_what_is_decided(case):
    assert not list(contradictions(case))
