"""
The strength of the tests of a programme: change one thing at a time, and see whether an example or a promise notices.

A mutant is the programme with one figure, bound, `and`, or ceiling changed in the core. It is killed by an example
that fails, or by an application that breaks a promise. For a mutant that survives, an application is looked for that
the two programmes decide differently: written as an example, it would have noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import attrs
from attrs import define, evolve, field, frozen

from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import of_statement, of_step
from grantrules.diagnostics import ApplicationError, Words
from grantrules.evaluate import reference
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.intervals import decided
from grantrules.evaluate.outcome import Outcome
from grantrules.examples import Read, run_examples
from grantrules.properties.draft import Draft, of_facts
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.making import WAYS, Applications
from grantrules.properties.points import Point, quantum_of
from grantrules.properties.probe import within
from grantrules.properties.promises import Broken, Case, Watched, is_promised
from grantrules.properties.search import readings
from grantrules.properties.written import WORDS, example, literal
from grantrules.settings import Setting, with_settings
from grantrules.source import NOWHERE, Span
from grantrules.values import as_json

Status: TypeAlias = Literal["killed", "survived", "equivalent"]
Settings: TypeAlias = Mapping[str, Setting]

CORPUS = 60
_AIMED = 12
_FLIPPED: Mapping[str, Literal["lt", "le", "gt", "ge"]] = {"ge": "gt", "gt": "ge", "le": "lt", "lt": "le"}
_SAID = {
    "ge": Words("at least", "en az"),
    "gt": Words("more than", "-den fazla"),
    "le": Words("at most", "en fazla"),
    "lt": Words("less than", "-den az"),
}


@frozen(eq=False)
class Mutant:
    """
    A programme with one thing changed.

    Args:
        key: what was changed, the same on every run: the statement and the change.
        statement: the name of the statement.
        words: the change, for people.
        span: the place in the file.
        program: the changed programme.
    """

    key: str
    statement: str
    words: Words
    span: Span
    program: ir.Program


@frozen(eq=False)
class Fate:
    """
    What became of a mutant.

    Args:
        status: `killed`; `survived`; `equivalent`: known to decide everything as the programme does.
        by: the example or promise that noticed, or the reason why it is equivalent.
        example: of one that survived, an example that would have noticed; `None` where no application was found that
            the two decide differently.
    """

    mutant: Mutant
    status: Status
    by: str = ""
    example: str | None = None


# ---- changing one thing --------------------------------------------------------------------------------------------


def mutants(program: ir.Program) -> tuple[Mutant, ...]:
    """Every mutant of a programme, in the order of the file."""
    found: list[Mutant] = []
    seen: dict[str, int] = {}
    for name, words, span, changed in sorted(_changes(program), key=lambda change: change[2].start):
        key = f"{name}: {words.en}"
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key += f" ({seen[key]})"
        found.append(Mutant(key, name, words, span, changed()))
    return tuple(found)


_Change: TypeAlias = tuple[str, Words, Span, Callable[[], ir.Program]]


def _changes(program: ir.Program) -> Iterator[_Change]:
    for computed in program.computed:
        yield from _in_expression(program, computed.value, computed.about)
    for statement in program.body:
        if isinstance(statement, ir.Rule) and statement.kind not in {"require", "advise"}:
            continue
        if isinstance(statement, ir.Let) and statement.about.keyword == "parameter":
            continue
        if isinstance(statement, ir.Support):
            yield from _in_support(program, statement)
            continue
        for expr in of_statement(statement):
            yield from _in_expression(program, expr, statement.about)
        if isinstance(statement, ir.Rule) and len(statement.conditions) > 1:
            either = ir.Or(statement.conditions, type=ty.YesNo(), span=statement.about.span)
            changed = evolve(statement, conditions=(either,))
            words = Words("one of the conditions is enough", "koşullardan biri yeter")
            yield statement.about.name, words, statement.about.span, _swapped(program, statement, changed)
        if isinstance(statement, ir.Joint):
            yield _dropped(program, statement.about, tuple(s for s in program.body if s is not statement))


def _in_support(program: ir.Program, support: ir.Support) -> Iterator[_Change]:
    for gate in support.gates:
        yield from _in_expression(program, gate.condition, gate.about)
    for expr in (support.where, support.base):
        if expr is not None:
            yield from _in_expression(program, expr, support.about)
    for step in support.steps:
        for expr in of_step(step):
            yield from _in_expression(program, expr, step.about)
        if isinstance(step, ir.RateCeiling) or (isinstance(step, ir.Ceiling) and step.limit is not None):
            without = evolve(support, steps=tuple(each for each in support.steps if each is not step))
            body = tuple(without if each is support else each for each in program.body)
            yield _dropped(program, step.about, body)


def _dropped(program: ir.Program, about: ir.About, body: tuple[ir.Statement, ...]) -> _Change:
    return (
        about.name,
        Words("the ceiling is dropped", "tavan kaldırıldı"),
        about.span,
        lambda: evolve(program, body=body),
    )


def _in_expression(program: ir.Program, expr: ir.Expr, about: ir.About) -> Iterator[_Change]:
    for node in within(expr):
        for words, changed in _of_node(program, node):
            yield about.name, words, node.span, _swapped(program, node, changed)


def _of_node(program: ir.Program, node: ir.Expr) -> Iterator[tuple[Words, ir.Expr]]:
    match node:
        case ir.Const(value) if isinstance(node.type, ty.NUMERIC) and node.span != NOWHERE:
            step = _step(node.type)
            for other in (value + step, value - step):
                if isinstance(node.type, ty.Date | ty.Moment | ty.Year | ty.Month | ty.Period):
                    other = int(other)
                before, after = (_shown(program, node.type, each) for each in (value, other))
                yield Words(f"{before} → {after}", f"{before} → {after}"), evolve(node, value=other)
        case ir.Compare(how) if how in _FLIPPED and isinstance(node.left.type, ty.NUMERIC):
            flipped = _FLIPPED[how]
            en, tr = (f"{_SAID[how][ln]} → {_SAID[flipped][ln]}" for ln in ("en", "tr"))
            yield Words(en, tr), evolve(node, how=flipped)
        case ir.And(parts) if len(parts) > 1:
            yield Words("and → or", "ve → veya"), ir.Or(parts, type=node.type, span=node.span, at=node.at)
        case ir.Or(parts) if len(parts) > 1:
            yield Words("or → and", "veya → ve"), ir.And(parts, type=node.type, span=node.span, at=node.at)
        case _:
            return


def _step(kind: ty.Type) -> Fraction:
    return Fraction(1, 100) if isinstance(kind, ty.Rate | ty.PercentagePoints) else quantum_of(kind)


def _shown(program: ir.Program, kind: ty.Type, value: Any) -> str:
    try:
        return literal(program, kind, value)
    except ValueError:
        return str(value)


def _swapped(program: ir.Program, old: Any, new: Any) -> Callable[[], ir.Program]:
    def changed() -> ir.Program:
        swap = _Swap(old, new)
        return evolve(program, body=swap(program.body), computed=swap(program.computed))

    return changed


@frozen
class _Swap:
    """Puts one node in the place of another; what does not hold it stays the same object."""

    old: Any
    new: Any

    def __call__(self, node: Any) -> Any:
        if node is self.old:
            return self.new
        if isinstance(node, tuple):
            parts = tuple(self(part) for part in node)
            return parts if any(a is not b for a, b in zip(parts, node, strict=True)) else node
        if not isinstance(node, _HOLDERS):
            return node
        changed = {}
        for attribute in attrs.fields(type(node)):
            before = getattr(node, attribute.name)
            after = self(before)
            if after is not before:
                changed[attribute.name] = after
        return evolve(node, **changed) if changed else node


_HOLDERS = (ir.Expr, ir.Step, ir.Gate, ir.Let, ir.Computed, ir.Rule, ir.Support, ir.Joint)


# ---- does anything notice? -----------------------------------------------------------------------------------------


class _Reading(reference.Evaluator):
    """The evaluator, which notes the places that it reads."""

    def __init__(self, program: ir.Program, facts: Facts, found: set[Span]) -> None:
        super().__init__(program, facts, trace=True)
        self.found = found

    def read(self, expr: ir.Expr, env: reference.Env) -> Any:
        """See `Evaluator`."""
        self.found.add(expr.span)
        return super().read(expr, env)


def _looks_alike(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes agree in everything that a promise may be about."""
    return (
        one.rules == other.rules
        and one.supports == other.supports
        and one.joint == other.joint
        and all(one.figures[name] == value for name, value in other.figures.items() if is_promised(name))
    )


@define(eq=False)
class Tester:
    """
    Tries the mutants of one programme.

    Args:
        made: what its applications are made with.
        equivalent: known mutants that change nothing, with the reason.
    """

    made: Applications
    equivalent: Mapping[str, str] = field(factory=dict)
    drafts: tuple[Draft, ...] = field(init=False)
    examples: list[ir.Example] = field(init=False)
    """Those that noticed something last come first: what is changed next is often near."""
    reached: Mapping[str, frozenset[Span]] = field(init=False)
    """The places that each example reads: who does not read a place is asked last."""
    facts: dict[str, Facts] = field(factory=dict, init=False)
    decided: tuple[Outcome, ...] = field(init=False)
    """What the programme decides of each draft."""

    def __attrs_post_init__(self) -> None:
        self.drafts = tuple(self._drafts())
        self.examples = list(self.program.examples)
        self.reached = {example.about.name: self._reached_by(example) for example in self.examples}
        watched = Watched(self.made)
        self.decided = tuple(watched.outcome_of_other(draft) for draft in self.drafts)

    def _reached_by(self, example: ir.Example) -> frozenset[Span]:
        found = set[Span]()

        def evaluate(program: ir.Program, facts: Facts) -> Outcome:
            self.facts[example.about.name] = facts
            reading = _Reading(program, facts, found)
            return reading.outcome()

        one = evolve(self.program, examples=(example,))
        run_examples(one, read=_read(self.made), evaluate=evaluate, language="en")
        return frozenset(found)

    @property
    def program(self) -> ir.Program:
        """The programme."""
        return self.made.program

    def _drafts(self) -> Iterator[Draft]:
        for seed in range(CORPUS):
            chooser = RandomChooser(seed)
            yield self.made.draft(chooser, way=WAYS[seed % len(WAYS)], points=self.made.landscape.points)

    def fate(self, mutant: Mutant) -> Fate:
        """What becomes of a mutant."""
        by = self.failing_example(mutant) or self.broken_promise(mutant)
        if by is not None:
            return Fate(mutant, "killed", by)
        if mutant.key in self.equivalent:
            return Fate(mutant, "equivalent", self.equivalent[mutant.key])
        return Fate(mutant, "survived", example=self.suggested(mutant))

    def failing_example(self, mutant: Mutant) -> str | None:
        """The name of the first example that a mutant fails."""
        near = [each for each in self.examples if self._reads(each, mutant)]
        for each in (*near, *(each for each in self.examples if each not in near)):
            one = evolve(mutant.program, examples=(each,))
            read = self._known(each)
            (result,) = run_examples(one, read=read, evaluate=_traced, language="en")
            if not result.passed:
                self.examples.remove(each)
                self.examples.insert(0, each)
                return result.name
        return None

    def _known(self, example: ir.Example) -> Read:
        """Reads the facts of an example, which no mutant changes, only once."""
        facts = self.facts.get(example.about.name)
        return _read(self.made) if facts is None else lambda _program, _data: facts

    def _reads(self, example: ir.Example, mutant: Mutant) -> bool:
        start, end = mutant.span.start, mutant.span.end
        return any(start <= span.start and span.end <= end for span in self.reached[example.about.name])

    def broken_promise(self, mutant: Mutant) -> str | None:
        """The name of the first promise that a mutant breaks, on the applications that it decides otherwise."""
        watched = Watched(Applications(mutant.program))
        for number, draft in enumerate(self.drafts):
            own = Draft(mutant.program, draft.data)
            if _looks_alike(watched.outcome_of_other(own), self.decided[number]):
                continue
            for promise in watched.promises:
                case = Case(watched, own, RandomChooser(number))
                if isinstance(promise.check(case), Broken):
                    return promise.about.name
        return None

    # ---- an example that would notice ------------------------------------------------------------------------------

    def suggested(self, mutant: Mutant) -> str | None:
        """An example that a mutant would fail, in the words of the file; `None` if no difference was found."""
        for settings in self._settings():
            program, changed = (with_settings(each, settings) for each in (self.program, mutant.program))
            for name, draft in self._candidates(program, mutant):
                facts = draft.facts()
                right, wrong = (reference.evaluate(each, facts) for each in (program, changed))
                expects = _differing(program, _signature(program, right), _signature(changed, wrong))
                if expects:
                    return self._written(draft, name, settings, expects)
        return None

    def _settings(self) -> Iterator[Settings]:
        yield {}
        program = self.program
        for each in program.examples:
            if each.settings:
                yield {
                    name: Setting(value, as_json(value, program.parameters[name].type, program))
                    for name, value in each.settings.items()
                }
        yield from readings(program)

    def _candidates(self, program: ir.Program, mutant: Mutant) -> Iterator[tuple[str | None, Draft]]:
        """Applications to compare: those of the examples, those aimed at what was changed, and the others."""
        based = list(self._of_examples())
        yield from based
        made = Applications(program)
        points = [p for p in made.landscape.points if _is_about(p, mutant)]
        for point in points[:_AIMED]:
            for number, (name, base) in enumerate(based[:2]):
                draft = Draft(program, base.copy().data)
                made.maker.aim(draft, RandomChooser(number)).reach(point)
                yield name, draft
        for draft in self.drafts[:20]:
            yield None, Draft(program, draft.data)

    def _of_examples(self) -> Iterator[tuple[str, Draft]]:
        for each in self.program.examples:
            try:
                facts = self.made.read(each.facts)
            except ApplicationError:
                continue
            if facts.complete:
                yield each.about.name, of_facts(self.program, facts)

    def _written(self, draft: Draft, name: str | None, settings: Settings, expects: Sequence[str]) -> str:
        like = None
        base = dict(self._of_examples())
        if name is not None and not next(e for e in self.program.examples if e.about.name == name).settings:
            like = (name, base[name].data)
        shown = {
            setting: literal(self.program, self.program.parameters[setting].type, value.value)
            for setting, value in settings.items()
        }
        return example(draft, "suggested", like=like, settings=shown, expects=expects)


def _read(made: Applications) -> Callable[[ir.Program, Any], Facts]:
    return lambda _, facts: made.read(facts)


def _traced(program: ir.Program, facts: Facts) -> Outcome:
    return reference.evaluate(program, facts, trace=True)


def _is_about(point: Point, mutant: Mutant) -> bool:
    test = point.test
    if mutant.statement in {test.owner, test.about.name}:
        return True
    span = test.span
    return bool(span.start <= mutant.span.start and mutant.span.end <= span.end)


def _signature(program: ir.Program, outcome: Outcome) -> dict[str, Any]:
    """What an example can expect of a decision."""
    found = eligible(program, outcome)
    rules = [each for each in program.body if isinstance(each, ir.Rule)]
    binding = [each for support in outcome.supports.values() for each in support.binding]
    said: dict[str, Any] = {
        "eligible": found.answer if decided(found.answer) else None,
        "failed": tuple(sorted((*found.failed, *found.refused))),
        "binding": tuple(sorted({each.step for each in (*binding, *outcome.joint) if each.certain})),
        "warning": tuple(
            rule.about.name
            for rule, result in zip(rules, outcome.rules, strict=True)
            if rule.kind == "advise" and result.status == "failed"
        ),
    }
    for name, amount in outcome.paid.items():
        said[f"is {name}"] = amount if amount is not None and decided(amount) else None
    payments = [
        name
        for instalments in program.payments.values()
        for each in instalments
        for name in (each.amount, each.due_on, each.due_once)
        if name is not None
    ]
    for name in (*program.scores, *program.results, *payments):
        value = outcome.figures.get(name)
        said[f"is {name}"] = value if value is not None and decided(value) else None
    return said


def _differing(program: ir.Program, right: Mapping[str, Any], wrong: Mapping[str, Any]) -> list[str]:
    """What the programme says and its mutant does not, as expectations."""
    words, turkish = WORDS[program.language], program.language == "tr"
    found: list[str] = []
    if right["eligible"] is None:
        return found
    if (right["eligible"], right["failed"]) != (wrong["eligible"], wrong["failed"]):
        names = ", ".join(right["failed"])
        found.append(words["eligible"] if right["eligible"] else f"{words['not_eligible']}: {names}")
    more = {kind: ", ".join(sorted(set(right[kind]) - set(wrong[kind]))) for kind in ("binding", "warning")}
    found += [f"{words[kind]}: {names}" for kind, names in more.items() if names]
    for key, value in right.items():
        if key.startswith("is ") and value is not None and value != wrong.get(key):
            name = key[3:]
            kind_of = _type_of(program, name)
            if isinstance(kind_of, ty.YesNo):
                continue
            shown = literal(program, kind_of, value)
            own = name.replace("'s ", "'in ")  # Any form of the ending is read.
            found.append(f"{own} {shown} olmalı" if turkish else f"{name} is {shown}")
    return found


def _type_of(program: ir.Program, name: str) -> ty.Type:
    for statement in program.body:
        if isinstance(statement, ir.Support) and statement.name == name:
            return ty.Money(statement.currency)
        if isinstance(statement, ir.Let) and statement.name == name:
            return statement.value.type
    raise KeyError(name)


def strength(
    made: Applications, *, equivalent: Mapping[str, str] | None = None, only: str | None = None
) -> Iterator[Fate]:
    """What becomes of every mutant, one after the other; `only` those of one statement."""
    tester = Tester(made, equivalent or {})
    for mutant in mutants(made.program):
        if only is None or mutant.statement == only:
            yield tester.fate(mutant)
