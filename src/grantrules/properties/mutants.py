"""
The strength of the tests of a programme: change one thing at a time, and see whether an example or a promise notices.

A mutant is the programme with one figure, bound, `and`, or ceiling changed in the core. It is killed by an example
that fails, or by an application that breaks a promise. For a mutant that survives, an application is looked for that
the two programmes decide differently: written as an example, it would have noticed. What shows in rankings alone is
shown to the examples of rankings, and looked for among their applications.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, count, groupby, takewhile
from typing import Any, Literal, TypeAlias

from attrs import define, evolve, field, frozen

from grantrules import types as ty
from grantrules.answer import Answer
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.core.verify import of_statement, of_step
from grantrules.diagnostics import LANGUAGES, NO_WORDS, ApplicationError, Words
from grantrules.evaluate import reference
from grantrules.evaluate.eligibility import eligible
from grantrules.evaluate.fast import FastProgram
from grantrules.evaluate.intervals import decided
from grantrules.evaluate.outcome import Outcome
from grantrules.examples import holds, prepared, rules_failed, settings_of
from grantrules.properties.changes import Change, applied, changes, only_ranked
from grantrules.properties.draft import Draft, of_facts
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.making import WAYS, Applications
from grantrules.properties.points import Point
from grantrules.properties.probe import within
from grantrules.properties.promises import Broken, Case, Promise, Verdict, Watched, is_promised
from grantrules.properties.search import readings
from grantrules.properties.smaller import smaller
from grantrules.properties.written import WORDS, can_be_written, example, literal, ranking_example
from grantrules.rank import Ranking, RankingError
from grantrules.ranking_examples import (
    LEFT_WORDS,
    OUTCOMES,
    TIED_WORDS,
    Came,
    Taking,
    awarded_to,
    comes_to,
    is_met,
    left_over,
    taken,
    tied,
)
from grantrules.settings import Setting, Settle, with_settings
from grantrules.source import Span
from grantrules.values import as_json

Status: TypeAlias = Literal["killed", "survived", "equivalent"]
Settings: TypeAlias = Mapping[str, Setting]

CORPUS = 60
"""How many applications are made to look for a broken promise."""

_AIMED, _OTHERS = 12, 20
_SUMMED = 5
"""Of how many applications the amounts are added up to other budgets."""
_FURTHER, _FURTHER_SEEDS = 40, 3_000_000
_PATIENCE = 3
"""How many examples are left to the reference, before code for a mutant is worth making."""


@define(eq=False, slots=False)
class Mutant:
    """
    A programme with one thing changed.

    Args:
        number: its place among all changes of the programme, from 1.
        told: what was changed, the same on every run: the statement and the change.
        change: the change.
        original: the programme.
    """

    number: int
    told: Words
    change: Change
    original: ir.Program = field(repr=False)

    @property
    def key(self) -> str:
        """What was changed, in English: the name by which tools know it."""
        return self.told.en

    @property
    def names(self) -> tuple[str, ...]:
        """What was changed, in each language."""
        return tuple(self.told[language] for language in LANGUAGES)

    @property
    def statement(self) -> str:
        """The name of the statement."""
        return self.change.name

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.change.span

    @property
    def ranks(self) -> bool:
        """Whether it shows in rankings alone."""
        return self.change.ranks

    @cached_property
    def program(self) -> ir.Program:
        """The changed programme."""
        return applied(self.original, self.change)


@frozen(eq=False)
class Suggestion:
    """
    An example that would have noticed a mutant.

    Args:
        name: its name, of no other example in the file.
        text: as it is written in the file.
        facts: its application; of an example of a ranking its text says all there is to know.
        settings: the parameters that it sets.
        expects: what it expects, by what it is about; see `_signature`.
    """

    name: str
    text: str
    facts: Facts | None = None
    settings: Settings = field(factory=dict)
    expects: Mapping[str, Any] = field(factory=dict)

    def says_the_same(self, other: Suggestion) -> bool:
        """Whether another one differs in nothing but its name."""
        return self.text.partition("\n")[2] == other.text.partition("\n")[2]

    def notices(self, mutant: Mutant) -> bool:
        """Whether a mutant is known to fail it."""
        if self.facts is None or mutant.ranks:
            return False
        changed = with_settings(mutant.program, self.settings)
        found = _signature(changed, self.facts, FastProgram(changed).decide(self.facts))
        return not all(_is_as_expected(key, value, found) for key, value in self.expects.items())


@frozen(eq=False)
class Fate:
    """
    What became of a mutant.

    Args:
        status: `killed`; `survived`; `equivalent`: known to decide everything as the programme does.
        by: the example or promise that noticed, or the reason why it is equivalent; of one that survived, the name of the
            example suggested for another mutant that would notice this one too.
        suggestion: of one that survived, an example that would have noticed.  Where there is neither, no application was
            found that the two decide differently, and no applications of an example that they rank differently.
    """

    mutant: Mutant
    status: Status
    by: str = ""
    suggestion: Suggestion | None = None

    @property
    def example(self) -> str | None:
        """The text of the suggested example."""
        return None if self.suggestion is None else self.suggestion.text


def mutants(program: ir.Program) -> tuple[Mutant, ...]:
    """Every mutant of a programme, in the order of the file."""
    found: list[Mutant] = []
    seen: dict[tuple[str, str], int] = {}
    for change in changes(program):
        names = []
        for language in LANGUAGES:
            name = f"{change.name}: {change.words[language]}"
            times = seen[language, name] = seen.get((language, name), 0) + 1
            names.append(name if times == 1 else f"{name} ({times})")
        found.append(Mutant(len(found) + 1, Words(*names), change, program))
    return tuple(found)


# ---- does anything notice? -----------------------------------------------------------------------------------------


class _Reading(reference.Evaluator):
    """The evaluator, which notes the places that it reads; once it is done, it tells what else would have been read."""

    def __init__(self, program: ir.Program, facts: Facts) -> None:
        super().__init__(program, facts, trace=False)
        self.found: set[Span] = set()

    def read(self, expr: ir.Expr, env: reference.Env) -> Any:
        """See `Evaluator`."""
        self.found.add(expr.span)
        return super().read(expr, env)


@frozen(eq=False)
class _Known:
    """
    An example, with its facts, which no mutant changes.

    Args:
        settings: the parameters that it sets.
        reading: the programme has decided it.
        spans: the places that were read, in the order of the file: who does not read a place is asked last.
    """

    example: ir.Example
    facts: Facts
    settings: Any
    reading: _Reading
    spans: tuple[Span, ...]

    def reads(self, span: Span) -> bool:
        """Whether it reads anything within a place."""
        at = bisect_left(self.spans, Span(span.start, 0))
        return any(each.end <= span.end for each in takewhile(lambda s: s.start < span.end, self.spans[at:]))

    def differs(self, pairs: Sequence[_Pair]) -> bool:
        """Whether one of some expressions is worth something else than what was put in its place."""
        return any(self.reading.use(old, {}) != self.reading.use(new, {}) for old, new in pairs)


@frozen(eq=False)
class _KnownRanking:
    """
    An example of a ranking, with its applications, which no mutant changes.

    Args:
        program: the programme under its settings.
        outcomes: what is decided of each application, by its facts.
    """

    example: ir.RankingExample
    taking: Taking
    settings: Any
    program: ir.Program
    outcomes: Mapping[int, Outcome]

    def comes_to(self, name: str, mutant: Mutant | None = None) -> Came:
        """What a ranking of the programme, or of a mutant, comes to for these applications."""
        if mutant is None:
            return comes_to(self.program, name, self.taking, self._known)
        changed = mutant.program
        if changed.body is mutant.original.body and changed.computed is mutant.original.computed:
            program = evolve(self.program, rankings=changed.rankings)
            return comes_to(program, name, self.taking, self._known)
        return comes_to(_prepared(changed, (self.example,)), name, self.taking, reference.evaluate)

    def _known(self, _program: ir.Program, facts: Facts) -> Outcome:
        return self.outcomes[id(facts)]


_Pair: TypeAlias = tuple[ir.Expr, ir.Expr]


def _pairs(program: ir.Program, changed: ir.Program) -> tuple[_Pair, ...] | None:
    """
    The expressions outside of rows that are not the same in a mutant, with those that stand in their place: where each is
    worth the same, the mutant decides the same.  `None` where more than such expressions was changed.
    """
    if changed.computed != program.computed or changed.codes != program.codes:
        return None
    if len(changed.body) != len(program.body):
        return None
    cut = {name for each in program.body if isinstance(each, ir.Joint) for name in each.over}
    found: list[_Pair] = []
    for old, new in zip(program.body, changed.body, strict=True):
        if old is new:
            continue
        match old, new:
            case ir.Let(value=before), ir.Let(value=after):
                found.append((before, after))
            case ir.Rule(when=when, conditions=before), ir.Rule(when=other, conditions=after):
                if (when is None) != (other is None) or len(before) != len(after):
                    return None
                found += zip(before, after, strict=True)
                if when is not None and other is not None:
                    found.append((when, other))
            case _:
                return None
    # A total is cut further down, and is worth something else when all is decided.
    if any(isinstance(each, ir.Ref) and each.name in cut for old, _ in found for each in within(old)):
        return None
    return tuple((old, new) for old, new in found if old is not new)


@define(eq=False)
class _Examples:
    """
    Decides the examples of one mutant: the first few by the reference, the others by code that is made for all of them.

    Args:
        program: the mutant.
        groups: the examples by their settings.
    """

    program: ir.Program
    groups: Mapping[Any, Sequence[ir.Example]]
    _asked: dict[Any, int] = field(factory=dict)
    _set: dict[Any, ir.Program] = field(factory=dict)
    _code: dict[Any, FastProgram] = field(factory=dict)

    def passes(self, known: _Known) -> bool:
        """Whether an example holds of the mutant."""
        facts, settings = known.facts, known.settings
        asked = self._asked[settings] = self._asked.get(settings, 0) + 1
        # Code for each set of unknown facts would be made for one application alone.
        if asked <= _PATIENCE or not facts.complete:
            program = self._under(settings) if settings else _prepared(self.program, (known.example,))
            return holds(program, known.example, facts, reference.evaluate(program, facts))
        if settings not in self._code:
            self._code[settings] = FastProgram(self._under(settings))
        code = self._code[settings]
        return holds(code.program, known.example, facts, code.decide(facts))

    def _under(self, settings: Any) -> ir.Program:
        """The mutant with the conditions of all examples that have the same settings."""
        if settings not in self._set:
            self._set[settings] = _prepared(self.program, self.groups[settings])
        return self._set[settings]


def _prepared(program: ir.Program, examples: Sequence[ir.Example | ir.RankingExample]) -> ir.Program:
    ranked = tuple(each for each in examples if isinstance(each, ir.RankingExample))
    plain = tuple(each for each in examples if isinstance(each, ir.Example))
    (found,) = prepared(evolve(program, examples=plain, ranking_examples=ranked)).values()
    return found


@frozen(eq=False)
class _Candidate:
    """An application that might show a difference, and what the programme says of it; `name` of the example it is."""

    name: str | None
    draft: Draft
    facts: Facts
    outcome: Outcome


@define(eq=False)
class _Under:
    """
    The programme under some settings: where an example is looked for that would notice a mutant.

    Args:
        settings: the settings.
        made: makes its applications.
        examples: the applications of the examples.
        others: further ones.
    """

    settings: Settings
    made: Applications
    decider: FastProgram
    examples: tuple[_Candidate, ...]
    others: tuple[_Candidate, ...]

    def candidates(self, mutant: Mutant) -> Iterator[_Candidate]:
        """What to compare, the likeliest and the most readable first."""
        return chain(self.examples, self.aimed(mutant), self.others, self.further(mutant))

    def aimed(self, mutant: Mutant) -> Iterator[_Candidate]:
        """The applications of two examples, aimed at what was changed."""
        points = [each for each in self.made.landscape.points if _is_about(each, mutant)]
        for point in points[:_AIMED]:
            for number, base in enumerate(self.examples[:2]):
                draft = Draft(self.made.program, base.draft.copy().data)
                aim = self.made.maker.aim(draft, RandomChooser(number))
                aim.reach(point)
                aim.settle()
                aim.make_eligible_at((point,))
                yield self.candidate(base.name, draft)

    def further(self, mutant: Mutant) -> Iterator[_Candidate]:
        """Applications made up for a mutant that is hard to notice."""
        every = self.made.landscape.points
        about = [each for each in every if _is_about(each, mutant)]
        points = [*about, *(each for each in every if _reads(each, mutant) and each not in about)]
        for at in range(_FURTHER):
            chooser = RandomChooser(_FURTHER_SEEDS + at)
            point = (points[at % len(points)],) if points else self.made.landscape.points
            yield self.candidate(None, self.made.draft(chooser, way="one", points=point))

    def candidate(self, name: str | None, draft: Draft) -> _Candidate:
        """An application with what the programme says of it; `name` of the example it is."""
        facts = draft.facts()
        return _Candidate(name, draft, facts, self.decider.decide(facts))


def _looks_alike(one: Outcome, other: Outcome) -> bool:
    """Whether two outcomes agree in everything that a promise may be about."""
    return (
        one.rules == other.rules
        and one.supports == other.supports
        and one.joint == other.joint
        and all(one.figures[name] == value for name, value in other.figures.items() if is_promised(name))
    )


@define(eq=False, slots=False)
class Tester:
    """
    Tries the mutants of one programme.

    Args:
        made: what its applications are made with.
        equivalent: known mutants that change nothing, with the reason.
    """

    made: Applications
    equivalent: Mapping[str, str] = field(factory=dict)
    known: tuple[_Known, ...] = field(init=False)
    """The examples that hold, in the order of the file."""
    examples: list[_Known] = field(init=False)
    """The same; those that noticed something last come first: what is changed next is often near."""
    known_rankings: tuple[_KnownRanking, ...] = field(init=False)
    """The examples of rankings that hold, in the order of the file."""
    rankings: list[_KnownRanking] = field(init=False)
    """The same, in the same order as the examples."""
    groups: dict[Any, list[ir.Example]] = field(factory=dict, init=False)
    settle: dict[Any, Settle] = field(factory=dict, init=False)
    readings: dict[int, _Under] = field(factory=dict, init=False)
    budgets: dict[tuple[str, str], tuple[_KnownRanking, ...]] = field(factory=dict, init=False)
    """The examples of rankings under other budgets, by their names and those of the rankings."""

    def __attrs_post_init__(self) -> None:
        self.known = tuple(self._known())
        self.examples = list(self.known)
        self.known_rankings = tuple(self._known_rankings())
        self.rankings = list(self.known_rankings)

    @property
    def program(self) -> ir.Program:
        """The programme."""
        return self.made.program

    @cached_property
    def drafts(self) -> tuple[tuple[int, Draft], ...]:
        """The applications on which a promise may be broken, each with the seed of the choices that promises make."""
        return tuple(self._drafts())

    @cached_property
    def decided(self) -> tuple[Outcome, ...]:
        """What the programme decides of each."""
        return tuple(self.watched.outcome_of_other(draft) for _, draft in self.drafts)

    @cached_property
    def watched(self) -> Watched:
        """The programme with its promises."""
        return Watched(self.made)

    def _known(self) -> Iterator[_Known]:
        """The examples that hold of the programme: what fails anyway notices nothing."""
        for each in self.program.examples:
            program = _prepared(self.program, (each,))
            try:
                facts = self.made.read(each.facts)
            except ApplicationError:
                continue
            reading, settings = _Reading(program, facts), settings_of(each)
            if holds(program, each, facts, reading.outcome()):
                self.groups.setdefault(settings, []).append(each)
                yield _Known(each, facts, settings, reading, tuple(sorted(reading.found)))

    def _known_rankings(self) -> Iterator[_KnownRanking]:
        """The examples of rankings that hold of the programme."""
        for each in self.program.ranking_examples:
            try:
                taking = taken(self.program, each, lambda _, facts: self.made.read(facts))
            except ApplicationError:
                continue
            known = self._ranked(each, taking)
            if is_met(each, known.comes_to(each.ranking)):
                yield known

    def _ranked(self, example: ir.RankingExample, taking: Taking) -> _KnownRanking:
        """An example of a ranking, with what the programme decides of each application under its settings."""
        program = _prepared(self.program, (example,))
        everybody = (taking.nobody, *taking.applications.values())
        outcomes = {id(facts): reference.evaluate(program, facts) for facts in everybody}
        return _KnownRanking(example, taking, settings_of(example), program, outcomes)

    def _drafts(self) -> Iterator[tuple[int, Draft]]:
        """Those of the examples, and some that are made up; another example changes nothing for those that are there."""
        for number, known in enumerate(self.known):
            if known.facts.complete and not known.settings:
                yield CORPUS + number, of_facts(self.program, known.facts)
        for seed in range(CORPUS):
            chooser = RandomChooser(seed)
            yield (
                seed,
                self.made.draft(chooser, way=WAYS[seed % len(WAYS)], points=self.made.landscape.points),
            )

    def fates(self, of_statement: Sequence[Mutant]) -> Iterator[Fate]:
        """What becomes of the mutants of a statement: the same, whichever statements were tried before."""
        self.examples, self.rankings = list(self.known), list(self.known_rankings)
        suggestions: list[Suggestion] = []
        for mutant in of_statement:
            by = None if mutant.ranks else self.failing_example(mutant) or self.broken_promise(mutant)
            by = by or self.failing_ranking(mutant)
            reason = next((self.equivalent[each] for each in mutant.names if each in self.equivalent), None)
            if by is not None:
                yield Fate(mutant, "killed", by)
            elif reason is not None:
                yield Fate(mutant, "equivalent", reason)
            else:
                yield self._survived(mutant, suggestions)

    def _survived(self, mutant: Mutant, suggestions: list[Suggestion]) -> Fate:
        """A mutant that nothing noticed, with one of the suggestions made before, or with one of its own."""
        same = next((each.name for each in suggestions if each.notices(mutant)), None)
        if same is not None:
            return Fate(mutant, "survived", same)
        found = (None if mutant.ranks else self.suggested(mutant)) or self.suggested_ranking(mutant)
        if found is not None:
            suggestions.append(found)
        return Fate(mutant, "survived", suggestion=found)

    def failing_example(self, mutant: Mutant) -> str | None:
        """The name of the first example that a mutant fails."""
        asked = _Examples(mutant.program, self.groups)
        for each in self._in_order(mutant):
            if not asked.passes(each):
                self.examples.remove(each)
                self.examples.insert(0, each)
                return each.example.about.name
        return None

    def failing_ranking(self, mutant: Mutant) -> str | None:
        """The name of the first example of a ranking that a mutant fails."""
        for each in self.rankings:
            if not is_met(each.example, each.comes_to(each.example.ranking, mutant)):
                self.rankings.remove(each)
                self.rankings.insert(0, each)
                return each.example.about.name
        return None

    def _in_order(self, mutant: Mutant) -> list[_Known]:
        """The examples that may notice a mutant, the likeliest first."""
        pairs = _pairs(self.program, mutant.program)
        if pairs is None:
            return sorted(self.examples, key=lambda each: not each.reads(mutant.span))
        under = {chosen: self._settled(chosen, pairs) for chosen in self.groups}
        return [each for each in self.examples if each.differs(under[each.settings])]

    def _settled(self, chosen: Any, pairs: Sequence[_Pair]) -> Sequence[_Pair]:
        """Expressions as they are under the settings of an example."""
        if not chosen:
            return pairs
        if chosen not in self.settle:
            self.settle[chosen] = Settle(self.program, self._as_settings(chosen))
        settle = self.settle[chosen]
        return [(settle(old), settle(new)) for old, new in pairs]

    def _as_settings(self, chosen: Any) -> Settings:
        program = self.program
        return {
            name: Setting(value, as_json(value, program.parameters[name].type, program))
            for name, value in chosen
        }

    def broken_promise(self, mutant: Mutant) -> str | None:
        """
        The name of the first promise that a mutant breaks, on the applications that it decides otherwise, and that the
        programme keeps there.
        """
        watched = Watched(Applications(mutant.program))
        for number, (seed, draft) in enumerate(self.drafts):
            own = Draft(mutant.program, draft.data)
            if _looks_alike(watched.outcome_of_other(own), self.decided[number]):
                continue
            for promise in watched.promises:
                case = Case(watched, own, RandomChooser(seed))
                if isinstance(promise.check(case), Broken) and not self._breaks(promise, number):
                    return promise.about.name
        return None

    def _breaks(self, promise: Promise, number: int) -> bool:
        """Whether the programme itself breaks a promise of a mutant on an application: then nothing is noticed."""
        watched, (seed, draft) = self.watched, self.drafts[number]
        own = next(each for each in watched.promises if each.about.name == promise.about.name)
        return isinstance(own.check(Case(watched, draft, RandomChooser(seed))), Broken)

    # ---- an example that would notice ------------------------------------------------------------------------------

    def suggested(self, mutant: Mutant) -> Suggestion | None:
        """An example that a mutant would fail, in the words of the file; `None` if no difference was found."""
        for under in self._readings():
            beside = _Beside(under.made.program, with_settings(mutant.program, under.settings))
            for each in under.candidates(mutant):
                if beside.expected(each) and can_be_written(each.draft):
                    small = each if each.name is not None else _small(under, each, beside)
                    return self._written(mutant, small, under.settings, beside.expected(small))
        return None

    def suggested_ranking(self, mutant: Mutant) -> Suggestion | None:
        """An example of a ranking that a mutant would fail, with the applications of one that is there; `None` if there is none."""
        pairs = [(known, ranking) for known in self.known_rankings for ranking in self.program.rankings]
        others = ((other, r) for known, r in pairs for other in self._under_other_budgets(known, r))
        for known, ranking in chain(pairs, others):
            name = ranking.about.name
            right = known.comes_to(name)
            said = _said(right)
            if said is not None and said != _said(known.comes_to(name, mutant)):
                own = self._free_name(mutant)
                return Suggestion(own, self._written_ranking(own, known, ranking, right))
        return None

    def _under_other_budgets(self, known: _KnownRanking, ranking: ir.Ranking) -> tuple[_KnownRanking, ...]:
        """The same applications, where the budget is a parameter: set to what some of them ask for together."""
        key = known.example.about.name, ranking.about.name
        if key not in self.budgets:
            self.budgets[key] = tuple(self._with_budgets(known, ranking))
        return self.budgets[key]

    def _with_budgets(self, known: _KnownRanking, ranking: ir.Ranking) -> Iterator[_KnownRanking]:
        lets = {each.name: each.value for each in self.program.body if isinstance(each, ir.Let)}
        budget = lets.get(ranking.budget or "")
        came = known.comes_to(ranking.about.name)
        if not isinstance(budget, ir.Ref) or budget.name not in self.program.parameters:
            return
        if budget.name not in only_ranked(self.program) or isinstance(came, RankingError):
            return
        asked = [entry.asked.fraction for entry in came.entries if entry.asked is not None][:_SUMMED]
        sums = {sum(some, Fraction(0)) for n in range(1, len(asked)) for some in combinations(asked, n)}
        for money in sorted(sums):
            settings = {**known.example.settings, budget.name: money}
            yield self._ranked(evolve(known.example, settings=settings), known.taking)

    def _written_ranking(self, own: str, known: _KnownRanking, ranking: ir.Ranking, came: Came) -> str:
        program, words = self.program, WORDS[self.program.language]
        expects: dict[str, dict[str, str]] = {}
        if isinstance(came, Ranking):
            for entry in came.entries:
                cells = {words["outcome"]: OUTCOMES[entry.status][program.language]}
                if ranking.order:
                    cells[words["place"]] = words["absent"] if entry.position is None else str(entry.position)
                if ranking.budget is not None:
                    awarded = literal(program, ty.Money(ranking.currency), awarded_to(entry))
                    cells[words["amount"]] = awarded
                expects[entry.id] = cells
            left = literal(program, ty.Money(ranking.currency), left_over(came))
            last = f"{LEFT_WORDS[program.language]} {left}" if ranking.budget is not None else ""
        else:
            last = f"{TIED_WORDS[program.language]}: {', '.join(sorted(tied(came)))}"
        return ranking_example(
            program,
            own,
            known.example,
            ranking.about.name,
            {name: of_facts(program, facts) for name, facts in known.taking.applications.items()},
            settings=self._shown(self._as_settings(known.settings)),
            expects=expects,
            last=last,
        )

    def _shown(self, settings: Settings) -> dict[str, str]:
        """Parameters as they are written."""
        return {
            name: literal(self.program, self.program.parameters[name].type, setting.value)
            for name, setting in settings.items()
        }

    def _readings(self) -> Iterator[_Under]:
        for number, settings in enumerate(self._settings()):
            if number not in self.readings:
                self.readings[number] = self._under(settings)
            yield self.readings[number]

    def _settings(self) -> Iterator[Settings]:
        yield {}
        for chosen in self.groups:
            if chosen:
                yield self._as_settings(chosen)
        yield from readings(self.program)

    def _under(self, settings: Settings) -> _Under:
        made = Applications(with_settings(self.program, settings))
        decider = FastProgram(made.program)

        under = _Under(settings, made, decider, (), ())
        examples = (
            under.candidate(known.example.about.name, of_facts(made.program, known.facts))
            for known in self.known
            if known.facts.complete
        )
        drafts = self.drafts[-CORPUS:][:_OTHERS]
        others = (under.candidate(None, Draft(made.program, draft.data)) for _, draft in drafts)
        return evolve(under, examples=tuple(examples), others=tuple(others))

    def _written(
        self, mutant: Mutant, found: _Candidate, settings: Settings, expects: Mapping[str, Any]
    ) -> Suggestion:
        like = None
        for known in self.known:
            if known.example.about.name == found.name and not known.example.settings:
                like = found.name, of_facts(self.program, known.facts).data
        name, lines = self._free_name(mutant), _lines(found.draft.program, expects)
        text = example(found.draft, name, like=like, settings=self._shown(settings), expects=lines)
        return Suggestion(name, text, found.facts, settings, expects)

    def _free_name(self, mutant: Mutant) -> str:
        """The name of what is suggested for a mutant, which no example of the file has."""
        program = self.program
        taken = {each.about.name for each in program.examples}
        taken |= {each.about.name for each in program.ranking_examples}
        first = f"{WORDS[program.language]['suggested']}_{mutant.number}"
        names = (first if again == 1 else f"{first}_{again}" for again in count(1))
        return next(each for each in names if each not in taken)


def _said(came: Came) -> Any:
    """What an example can expect of a ranking; `None` of one that is refused for another reason than a tie."""
    if isinstance(came, RankingError):
        return frozenset(tied(came)) or None
    entries = sorted((e.id, e.status, e.position or 0, awarded_to(e)) for e in came.entries)
    return left_over(came), tuple(entries)


@define(eq=False, slots=False)
class _Beside:
    """A programme and one of its mutants, under the same settings."""

    program: ir.Program
    changed: ir.Program

    @cached_property
    def decider(self) -> FastProgram:
        """Decides by the mutant."""
        return FastProgram(self.changed)

    def expected(self, found: _Candidate) -> dict[str, Any]:
        """What the programme says of an application and its mutant does not."""
        wrong = self.decider.decide(found.facts)
        if wrong == found.outcome:
            return {}
        right = _signature(self.program, found.facts, found.outcome)
        return _expected(right, _signature(self.changed, found.facts, wrong))


def _small(under: _Under, found: _Candidate, beside: _Beside) -> _Candidate:
    """The smallest application that was found to show a difference."""

    def shows(case: Case) -> Verdict:
        return Broken(NO_WORDS) if beside.expected(under.candidate(None, case.draft)) else True

    watched = Watched(under.made)
    promise = Promise(ir.About("suggested", "promise"), shows)
    draft, _ = smaller(watched, promise, found.draft, (), Broken(NO_WORDS))
    return under.candidate(None, draft)


def _is_about(point: Point, mutant: Mutant) -> bool:
    test = point.test
    if mutant.statement in {test.owner, test.about.name}:
        return True
    span = test.span
    return bool(span.start <= mutant.span.start and mutant.span.end <= span.end)


def _reads(point: Point, mutant: Mutant) -> bool:
    """Whether a figure of the statement that is changed is compared at a point."""
    node = point.test.node
    exprs = (
        (node,)
        if isinstance(node, ir.Expr)
        else of_statement(node)
        if isinstance(node, ir.Joint)
        else of_step(node)
    )
    return any(
        isinstance(each, ir.Ref) and each.name == mutant.statement for expr in exprs for each in within(expr)
    )


def _signature(program: ir.Program, facts: Facts, outcome: Outcome) -> dict[str, Any]:
    """What an example can expect of a decision."""
    found = eligible(program, outcome)
    failed = () if found.answer is not False else rules_failed(Answer(program, facts, outcome, language="en"))
    rules = [each for each in program.body if isinstance(each, ir.Rule)]
    binding = [each for support in outcome.supports.values() for each in support.binding]
    said: dict[str, Any] = {
        "eligible": found.answer if decided(found.answer) else None,
        "failed": tuple(sorted(failed)),
        "binding": tuple(sorted({each.step for each in (*binding, *outcome.joint) if each.certain})),
        "warning": tuple(
            rule.about.name
            for rule, result in zip(rules, outcome.rules, strict=True)
            if rule.kind == "advise" and result.status == "failed"
        ),
        "off": tuple(name for name, each in outcome.supports.items() if each.applies is False),
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
    defined = [
        each.name
        for each in program.body
        if isinstance(each, ir.Let) and each.about.keyword in ("define", "table") and each.name.isidentifier()
    ]
    for name in (*program.scores, *program.results, *payments, *defined):
        value = outcome.figures.get(name)
        said.setdefault(f"is {name}", value if value is not None and decided(value) else None)
    return said


_NAMES = ("binding", "warning", "off")


def _expected(right: Mapping[str, Any], wrong: Mapping[str, Any]) -> dict[str, Any]:
    """What the programme says and its mutant does not: what an example can expect, by what it is about."""
    found: dict[str, Any] = {}
    eligible = right["eligible"], right["failed"]
    if eligible[0] is not None and not _is_as_expected("eligible", eligible, wrong):
        found["eligible"] = eligible
    more = {kind: tuple(sorted(set(right[kind]) - set(wrong[kind]))) for kind in _NAMES}
    found |= {kind: names for kind, names in more.items() if names}
    for key, value in right.items():
        support = key.partition("'s ")[0]
        if key.startswith("is ") and value is not None and value != wrong.get(key) and support not in found:
            found[key] = value  # What is paid of an amount, and when, says nothing new beside the amount.
    return found


def _is_as_expected(key: str, value: Any, found: Mapping[str, Any]) -> bool:
    """Whether one expectation holds of a decision."""
    if key == "eligible":
        answer, failed = value
        return found["eligible"] is answer and (answer or not failed or bool(failed == found["failed"]))
    if key in _NAMES:
        return set(value) <= set(found[key])
    return bool(value == found.get(key))


def _lines(program: ir.Program, expects: Mapping[str, Any]) -> list[str]:
    """Expectations as they stand after the word `expect`."""
    words, turkish = WORDS[program.language], program.language == "tr"
    found: list[str] = []
    for key, value in expects.items():
        if key == "eligible":
            answer, failed = value
            names = f": {', '.join(failed)}" if failed else ""
            found.append(words["eligible"] if answer else f"{words['not_eligible']}{names}")
            continue
        if key in _NAMES:
            found.append(f"{words[key]}: {', '.join(value)}")
            continue
        name, kind_of = key[3:], _type_of(program, key[3:])
        own = name.replace("'s ", "'in ")  # Any form of the ending is read.
        if isinstance(kind_of, ty.YesNo):
            truth = (
                f"{own} {'olmalı' if value else 'olmamalı'}" if turkish else name if value else f"not {name}"
            )
            found.append(truth)
            continue
        shown = literal(program, kind_of, value)
        found.append(f"{own} {shown} olmalı" if turkish else f"{name} is {shown}")
    return found


def _type_of(program: ir.Program, name: str) -> ty.Type:
    for statement in program.body:
        if isinstance(statement, ir.Support) and statement.name == name:
            return ty.Money(statement.currency)
        if isinstance(statement, ir.Let) and statement.name == name:
            return statement.value.type
    raise KeyError(name)


def by_statement(
    program: ir.Program, *, only: str | None = None, part: tuple[int, int] = (0, 1)
) -> tuple[tuple[Mutant, ...], ...]:
    """
    The mutants of a programme in the order of the file, those of one statement together.

    Args:
        program: the programme.
        only: the name of a statement, to change nothing else.
        part: `(k, n)`: of the mutants only each n-th, beginning with number k.
    """
    first, step = part
    chosen = [each for each in mutants(program) if only is None or each.statement == only][first::step]
    return tuple(tuple(group) for _, group in groupby(chosen, key=lambda each: each.statement))


def with_fewer_suggestions(fates: Sequence[Fate]) -> tuple[Fate, ...]:
    """The same, where what is suggested for one mutant is not suggested again for another that it notices too."""
    found: list[Fate] = []
    every = {each.suggestion.name: each.suggestion for each in fates if each.suggestion is not None}
    kept: list[Suggestion] = []
    for fate in fates:
        own = fate.suggestion or every.get(fate.by)
        if fate.status != "survived" or own is None:
            found.append(fate)
            continue
        same = next(
            (each.name for each in kept if each.says_the_same(own) or each.notices(fate.mutant)), None
        )
        if same is None:
            kept.append(own)
            found.append(Fate(fate.mutant, "survived", suggestion=own))
        else:
            found.append(Fate(fate.mutant, "survived", same))
    return tuple(found)
