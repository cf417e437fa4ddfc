"""The doors of the library: load a programme, decide applications, replay records."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from attrs import frozen

from grantrules import calendars, values
from grantrules.answer import AS_OF, Answer
from grantrules.asking import Holds, asker
from grantrules.compiler.check import compile_whole
from grantrules.compiler.problems import NoProgramme
from grantrules.core import ir
from grantrules.core.bound import Bound
from grantrules.core.facts import Facts
from grantrules.core.ir import Citation
from grantrules.decision import Decision
from grantrules.diagnostics import (
    LANGUAGES,
    ApplicationError,
    Problem,
    ProgrammeError,
    Words,
    spoken,
)
from grantrules.evaluate.fast import Code, FastProgram, PaidCode, Raw
from grantrules.evaluate.outcome import Outcome
from grantrules.facts.fast_reader import FastReader, compile_reader
from grantrules.facts.problems import of_application
from grantrules.facts.reader import Reader, elsewhere, order_of_conditions
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.others import Others
from grantrules.quantities import Money
from grantrules.render import in_reading_order, place_of
from grantrules.settings import (
    ParameterError,
    Setting,
    can_be_set,
    known_to_one,
    read_settings,
    with_settings,
)
from grantrules.source import Source, Span
from grantrules.syntax.characters import read_source, source_of
from grantrules.texts.reading import at_home
from grantrules.texts.shelf import Root, Shelf, Texts, file_bytes, file_of, shelf_of
from grantrules.texts.whole import read_whole
from grantrules.types import described
from grantrules.version import VERSION

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from grantrules.compare import Comparison, Comparisons
    from grantrules.examples import ExampleResult
    from grantrules.explain.conditions import Conditions
    from grantrules.properties.making import Applications
    from grantrules.rank import Ranking
    from grantrules.record import Replay, Verification

_MOST_VARIANTS = 64
_UNREAD = "The applications cannot be read."


# ---- from text to programme --------------------------------------------------------------------------------------


def load(
    path: str | os.PathLike[str], *, root: Root | None = None, limits: Limits = DEFAULT_LIMITS
) -> Programme:
    """
    The programme in a `.rules` file.

    Args:
        path: the file.
        root: the folder, or folders, in which the files it uses or amends are found, and nowhere else; else the folder
            that its dotted name begins in.  Also texts by the names of their files, instead of folders.
        limits: bounds on the text and on the applications it decides.

    Raises:
        ProgrammeError: the text cannot be used; carries every mistake in it.
        OSError: there is no such file, or it cannot be read.
    """
    return _programme(_read(path, limits), None if root is None else shelf_of(root), limits)


def compile(
    text: str, *, name: str = "programme.rules", root: Root | None = None, limits: Limits = DEFAULT_LIMITS
) -> Programme:
    """
    The programme in a text.

    Args:
        text: the rules.
        name: what the text is called in messages.
        root: as for `load`; without it, only the libraries that come with the package are found.
        limits: bounds on the text and on the applications it decides.

    Raises:
        ProgrammeError: the text cannot be used; carries every mistake in it.
    """
    return _programme(source_of(text, name, limits), shelf_of(root), limits)


def check(
    path_or_text: str | bytes | os.PathLike[str],
    *,
    name: str = "programme.rules",
    root: Root | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Problem, ...]:
    """
    Everything that is wrong with a file or a text, and every warning, in reading order; empty if all is well.

    Args:
        path_or_text: a `str` that has a line end is a text, and `bytes` are the content of a file; any other `str` and
            every path object name a file.
        name: what a text is called in messages.
        root: as for `load` and `compile`.
        limits: bounds on the text.

    Raises:
        OSError: there is no such file, or it cannot be read.
    """
    return examined(path_or_text, name=name, root=root, limits=limits)[1]


def examined(
    path_or_text: str | bytes | os.PathLike[str],
    *,
    name: str,
    root: Root | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[Programme | None, tuple[Problem, ...]]:
    """The programme, unless a mistake keeps it from being one, and all that `check` says; arguments as there."""
    shelf: Shelf | None = shelf_of(root)
    if isinstance(path_or_text, bytes):
        source = read_source(path_or_text, name, limits)
    elif isinstance(path_or_text, str) and "\n" in path_or_text:
        source = source_of(path_or_text, name, limits)
    else:
        source = _read(path_or_text, limits)
        shelf = None if root is None else shelf
    program, problems = _compiled(source, shelf, limits)
    return None if program is None else Programme(program, problems, limits), problems


def verify(text: str | bytes, *, limits: Limits = DEFAULT_LIMITS) -> Verification:
    """
    Replay the record of a decision with the rules and the data it holds, and compare it byte for byte.

    Args:
        text: the record, as `Decision.record()` gave it.
        limits: the widest limits a record may ask for.
    """
    from grantrules import record

    return record.verify(text, _replayed, limits=limits)


def _read(path: str | os.PathLike[str], limits: Limits) -> Source | tuple[Problem, ...]:
    name = os.fspath(path)
    return read_source(file_bytes(name, limits.file_bytes), name, limits)


def _compiled(
    source: Source | tuple[Problem, ...], shelf: Shelf | None, limits: Limits
) -> tuple[ir.Program | None, tuple[Problem, ...]]:
    """
    The programme that begins with a file, and everything that is wrong with it.

    Args:
        shelf: where the other files are; `None`: in the folder that the file belongs to.
    """
    if isinstance(source, tuple):
        return None, source
    read = read_whole(source, shelf, limits)
    others: dict[str, ir.Program] = {}
    wrong: list[Problem] = []
    for name, other in read.others.items():
        made, own = compile_whole(other, limits, others)
        # As libraries below: what it warns about is for those who keep it.
        wrong += (problem for problem in own if problem.severity == "error")
        if made is not None:
            others[name] = made
    program, found = compile_whole(read.whole, limits, others)
    wrong += found
    for library in read.libraries:
        # Each is right by itself; what it warns about is for those who keep it.
        own = compile_whole(library, limits)[1]
        wrong += (problem for problem in own if problem.severity == "error")
    homely = (at_home(problem, read.whole.source) for problem in wrong)
    problems = in_reading_order(dict.fromkeys((*read.problems, *homely)))
    broken = any(problem.severity == "error" for problem in read.problems)
    if program is None and not any(problem.severity == "error" for problem in problems):
        problems = (NoProgramme(source=source), *problems)  # Nothing but the line with the language.
    return None if broken else program, problems


def _programme(source: Source | tuple[Problem, ...], shelf: Shelf | None, limits: Limits) -> Programme:
    program, problems = _compiled(source, shelf, limits)
    if program is None:
        raise ProgrammeError(problems, _summary(problems, "The programme cannot be used."))
    return Programme(program, problems, limits)


def _summary(problems: Sequence[Problem], head: str) -> str:
    """What the exception says where nobody shows its problems."""
    lines = [head]
    for problem in problems[:20]:
        words = problem.words("en")
        lines.append(f"  {place_of(problem)}: {words.title} [{words.code}]")
    if len(problems) > 20:
        lines.append(f"  … and {len(problems) - 20} more")
    return "\n".join(lines)


def _replayed(asked: Replay) -> dict[str, Any] | Words:
    """The record that the rules and data of another record give."""
    rules, *others = asked.files
    shelf = Texts({file.name: file.text for file in others})
    try:
        programme = _programme(source_of(rules.text, rules.name, asked.limits), shelf, asked.limits)
        decision = programme.decide(
            asked.data, parameters=asked.settings, language=asked.language, trace=True
        )
    except (ProgrammeError, ApplicationError, ParameterError) as refused:
        first = refused.problems[0]
        en, tr = (f"{place_of(first, ln)}: {first.words(ln).title} [{first.code}]" for ln in LANGUAGES)
        return Words(en, tr)
    return decision.as_record()


# ---- a programme -------------------------------------------------------------------------------------------------


@frozen
class Parameter:
    """
    A parameter of a programme.

    Args:
        kind: what values it takes, in words.
        choices: the values there are, for one of the listed values.
        value: the value the programme gives it; `None` if it is not set, or differs over time.
    """

    name: str
    title: str
    kind: str
    choices: tuple[str, ...]
    value: Any
    citations: tuple[Citation, ...]


class Programme:
    """
    A grant programme, ready to decide.

    It does not change, keeps nothing of the applications it decides, and may be used by many threads at once.
    """

    def __init__(self, program: ir.Program, problems: tuple[Problem, ...], limits: Limits) -> None:
        self._program = program
        self._limits = limits
        self._warnings = problems
        self._plain = _Variant(program, {}, limits)
        self._variants: dict[tuple[tuple[str, Any], ...], _Variant] = {}
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"<Programme {self.name}>"

    # ---- what it is ------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The name after the word `programme`: "tr.kdp_2023"."""
        return self._program.about.name

    @property
    def core(self) -> ir.Program:
        """The programme as typed core, for tools."""
        return self._program

    @property
    def language(self) -> str:
        """The language the file is written in: "en" or "tr"."""
        return self._program.language

    @property
    def limits(self) -> Limits:
        """The bounds it was loaded under."""
        return self._limits

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """
        The files of the rules, each with its text: what `compile` takes, the first as the text, the others as `root`.

        The first has the name of its file; the others have that under which they are found.
        """
        return tuple(self._plain.texts())

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What the checker warns about, and does not refuse."""
        return self._warnings

    @cached_property
    def most_steps(self) -> int:
        """The most steps that one decision takes, with those of the programmes that its promises name."""
        return Bound(self._program, self._limits).with_others

    def title(self, language: str | None = None) -> str:
        """The title in a language, else in that of the file."""
        return values.about_title(self._program.about, spoken(language, self.language), self.language)

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters by name, with the titles of the file's language."""
        return {name: self._parameter(definition) for name, definition in self._program.parameters.items()}

    def _parameter(self, definition: ir.ParameterDef) -> Parameter:
        about, kind, lines = definition.about, definition.type, definition.lines
        always = len(lines) == 1 and lines[0][:2] == (None, None)
        return Parameter(
            about.name,
            values.about_title(about, self.language, self.language),
            described(kind)[self.language],
            tuple(getattr(kind, "values", ())),
            values.public(lines[0][2], kind, self._program) if always else None,
            about.citations,
        )

    @property
    def examples(self) -> tuple[str, ...]:
        """The names of the examples in the file, those of rankings among them."""
        return tuple(example.about.name for example in self._program.all_examples)

    # ---- deciding --------------------------------------------------------------------------------------------

    def decide(
        self,
        application: Any,
        *,
        parameters: Mapping[str, Any] | None = None,
        trace: bool = False,
        language: str | None = None,
    ) -> Decision:
        """
        Decide one application.

        Args:
            application: a mapping, an attrs instance, JSON text (`str` or `bytes`), or what `prepare` gave.
            parameters: parameters to set otherwise than the programme does, for another reading.
            trace: keep the values of all expressions.  It saves `explain` and `record` deciding once more.
            language: of titles and messages, "en" or "tr"; else that of the file.

        Raises:
            ApplicationError: the application cannot be read; carries every mistake in it, each with its path.
            ParameterError: a parameter cannot be set so; carries every such mistake.
        """
        variant = self._variant(parameters) if parameters else self._plain
        facts = application if type(application) is Facts else variant.read(application)
        wanted = spoken(language, self.language)
        return Decision(variant, facts, variant.run(facts, trace=trace), wanted)

    def prepare(self, application: Any, *, name: str = "application") -> Facts:
        """
        Read an application once, to decide it several times.

        Args:
            application: as for `decide`.
            name: what a JSON text is called in messages.

        Raises:
            ApplicationError: it cannot be read; carries every mistake in it, each with its path.
        """
        return self._plain.read(application, name)

    @property
    def rankings(self) -> tuple[str, ...]:
        """The names of the rankings in the file."""
        return tuple(each.about.name for each in self._program.rankings)

    def rank(
        self,
        applications: Mapping[str, Any] | Iterable[tuple[str, Any]],
        *,
        parameters: Mapping[str, Any] | None = None,
        ranking: str | None = None,
        language: str | None = None,
    ) -> Ranking:
        """
        Decide all applications of a call, put them in order, and give out its budget.

        The order in which they are handed in means nothing.

        Args:
            applications: each by its name, as a mapping or as pairs; as for `decide`.
            parameters: parameters to set otherwise than the programme does.
            ranking: the name of the ranking; may be left out where the programme has one.
            language: of titles and reasons, "en" or "tr"; else that of the file.

        Raises:
            ApplicationError: some cannot be read; carries every mistake, each with the name of its application.
            ParameterError: a parameter cannot be set so.
            RankingError: two have one name, the budget is not settled, or some are tied and it matters.
            ValueError: the programme has no such ranking.
        """
        from grantrules.rank import rank

        chosen, wanted = self._ranking(ranking), spoken(language, self.language)
        variant = self._variant(parameters) if parameters else self._plain
        pairs = applications.items() if isinstance(applications, Mapping) else applications
        decided: list[tuple[str, Decision]] = []
        problems: list[Problem] = []
        for name, application in pairs:
            if not isinstance(name, str):
                raise TypeError(f"An application is called by a text, not by {name!r}.")
            try:
                facts = application if type(application) is Facts else variant.read(application, name)
                decided.append((name, self.decide(facts, parameters=parameters, language=language)))
            except ApplicationError as refused:
                problems += (of_application(problem, name) for problem in refused.problems)
        if problems:
            raise ApplicationError(tuple(problems), _summary(problems, _UNREAD))
        nobody = self.decide({}, parameters=parameters)
        shared = nobody._answer().outcome.figures  # noqa: SLF001 - What holds without any fact.
        return rank(variant.program, chosen, decided, shared, language=wanted)

    def compare(
        self,
        other: Programme,
        application: Any,
        *,
        parameters: Mapping[str, Any] | None = None,
        first: Mapping[str, Any] | None = None,
        second: Mapping[str, Any] | None = None,
        dates: tuple[Any, Any] | None = None,
        name: str = "application",
        language: str | None = None,
    ) -> Comparison:
        """
        Decide one application under this programme and another, and say what the other decides otherwise.

        Each reads the facts that it asks for; a fact that neither asks for is a mistake.  The other may be this very
        programme, with other parameters or on another day of the rules.

        Args:
            application: as for `decide`, but not what `prepare` gave, which holds what one programme asks for.
            parameters: parameters to set otherwise, in whichever of the two has them.
            first, second: parameters to set otherwise in this programme alone, and in the other alone.
            dates: the date of the rules for each, whatever the application says.
            name: what a JSON text is called in messages.
            language: of titles and messages, "en" or "tr"; else that of this programme.

        Raises:
            ApplicationError: it cannot be read for one of them, or the two read a fact in it differently.
            ParameterError: a parameter cannot be set so, neither has it, or a date is given and there is none.
        """
        return _Pair(self, other, parameters, (first, second), dates, language).compare(application, name)

    def compare_all(
        self,
        other: Programme,
        applications: Mapping[str, Any] | Iterable[tuple[str, Any]],
        *,
        parameters: Mapping[str, Any] | None = None,
        first: Mapping[str, Any] | None = None,
        second: Mapping[str, Any] | None = None,
        dates: tuple[Any, Any] | None = None,
        language: str | None = None,
    ) -> Comparisons:
        """
        The same for many applications: how many are decided otherwise, and by how much in all.

        Args:
            applications: each by its name, as a mapping or as pairs.

        Raises:
            ApplicationError: some cannot be read, or two have one name; carries every mistake, each with the name of
                its application.
            ParameterError: as for `compare`.
        """
        from grantrules.compare import Comparisons
        from grantrules.rank import SameId

        pair = _Pair(self, other, parameters, (first, second), dates, language)
        pairs = applications.items() if isinstance(applications, Mapping) else applications
        found: dict[str, Comparison] = {}
        problems: list[Problem] = []
        for name, application in pairs:
            if not isinstance(name, str):
                raise TypeError(f"An application is called by a text, not by {name!r}.")
            if name in found:
                problems.append(SameId(path=name))
                continue
            try:
                found[name] = pair.compare(application, name)
            except ApplicationError as refused:
                problems += (of_application(problem, name) for problem in refused.problems)
        if problems:
            raise ApplicationError(tuple(problems), _summary(problems, _UNREAD))
        return Comparisons(pair.names(found.values()), pair.language, found)

    def _ranking(self, name: str | None) -> ir.Ranking:
        found = {each.about.name: each for each in self._program.rankings}
        if name is None and len(found) == 1:
            return next(iter(found.values()))
        if name is None or name not in found:
            known = ", ".join(found) or "none"
            raise ValueError(f"The programme has no ranking to take; name one of its rankings: {known}.")
        return found[name]

    def _variant(self, parameters: Mapping[str, Any]) -> _Variant:
        settings = read_settings(self._program, parameters, self._limits)
        if not settings:
            return self._plain
        key = tuple(sorted((name, setting.value) for name, setting in settings.items()))
        found = self._variants.get(key)
        if found is None:
            # Settings change what is asked only where something is asked under a condition.
            readers = None if order_of_conditions(self._program) else self._plain.readers
            found = _Variant(self._program, settings, self._limits, readers)
            with self._lock:
                while len(self._variants) >= _MOST_VARIANTS:
                    del self._variants[next(iter(self._variants))]
                self._variants[key] = found
        return found

    def conditions(self, *, language: str | None = None) -> Conditions:
        """
        When an application is not eligible, and when each support is paid, is 0, and does not apply.

        Args:
            language: of what is said, "en" or "tr"; else that of the file. `print(…)` shows the list.
        """
        from grantrules.explain.conditions import conditions_of

        return conditions_of(self._program, spoken(language, self.language))

    # ---- shape and tests -------------------------------------------------------------------------------------

    def schema(self, *, language: str | None = None, complete: bool = False) -> dict[str, Any]:
        """
        The JSON Schema (2020-12) of an application.

        Args:
            language: of titles and descriptions; else that of the file.
            complete: ask for every fact; without it an application may leave out what is not known yet.
        """
        from grantrules.facts.schema import schema_of

        wanted = spoken(language, self.language)
        return schema_of(self._program, language=wanted, complete=complete, limits=self._limits)

    def applications(
        self,
        *,
        parameters: Mapping[str, Any] | None = None,
        eligible_only: bool = False,
        near: str | None = None,
        with_: Mapping[str, Any] | None = None,
        partial: bool = False,
    ) -> SearchStrategy[dict[str, Any]]:
        """
        A Hypothesis strategy for applications: plain data, on the limits of the programme and one quantum beside them.

        Args:
            parameters: parameters to set otherwise than the programme does.
            eligible_only: only applications that are eligible.
            near: the name of a rule, ceiling or figure: every application is on its limit or one quantum beside.
            with_: facts that come from strategies of your own, or are always the same.
            partial: leave out some facts, as an applicant who has not finished.

        Raises:
            ValueError: nothing is compared under the name `near`, `with_` names no fact, or no application was found that
                is all that is wanted, such as an eligible one at a limit beyond which nobody is.
            ImportError: Hypothesis is not installed; it comes with `pip install grantrules[test]`.
        """
        from grantrules.properties.strategies import applications

        return applications(
            self._makers(parameters), eligible_only=eligible_only, near=near, with_=with_, partial=partial
        )

    def _makers(self, parameters: Mapping[str, Any] | None = None) -> Applications:
        from grantrules.properties.making import makers

        return makers(self._variant(parameters).program if parameters else self._plain.program)

    def run_examples(self, *, language: str | None = None) -> tuple[ExampleResult, ...]:
        """Decide every example of the file, rank those of rankings, and compare with what each expects."""
        from grantrules.ranking_examples import run_examples

        made: dict[int, _Variant] = {}

        def variant(program: ir.Program) -> _Variant:
            return made.setdefault(id(program), _Variant(program, {}, self._limits))

        return run_examples(
            self._program,
            read=lambda program, facts: variant(program).read(facts),
            evaluate=lambda program, facts: variant(program).traced(facts),
            language=spoken(language, self.language),
        )


class _Pair:
    """Two programmes with their settings, made ready to decide one application after the other."""

    def __init__(  # noqa: PLR0917 - The arguments of `compare`.
        self,
        first: Programme,
        second: Programme,
        parameters: Mapping[str, Any] | None,
        own: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None],
        dates: tuple[Any, Any] | None,
        language: str | None,
    ) -> None:
        self.programmes = first, second
        self.language = spoken(language, first.language)
        shared = dict(parameters or {})
        known_to_one(shared, first.core, second.core)
        self.settings = [
            {
                **{n: v for n, v in shared.items() if can_be_set(programme.core, n)},
                **(set_here or {}),
                **({AS_OF: dates[place]} if dates is not None else {}),
            }
            for place, (programme, set_here) in enumerate(zip(self.programmes, own, strict=True))
        ]
        variants = [p._variant(s) for p, s in zip(self.programmes, self.settings, strict=True)]  # noqa: SLF001 - It is of this module.
        one, other = (variant.program for variant in variants)
        self.readers = [
            Reader(program, programme.limits, asker(program), elsewhere(program, twin))
            for programme, program, twin in zip(self.programmes, (one, other), (other, one), strict=True)
        ]

    def compare(self, application: Any, name: str) -> Comparison:
        """One application under both."""
        from grantrules.compare import Comparison, asked_alone, sides

        both = self.read(application, name)
        decided = [
            programme.decide(facts, parameters=settings, trace=False, language=self.language)
            for programme, settings, facts in zip(self.programmes, self.settings, both, strict=True)
        ]
        one, other = (reader.program for reader in self.readers)
        return Comparison(
            decided[0],
            decided[1],
            names=sides(decided[0], decided[1]),
            asked=(asked_alone(one, both[0], other), asked_alone(other, both[1], one)),
            language=self.language,
        )

    def read(self, application: Any, name: str) -> list[Facts]:
        """What each of the two asks for; with every mistake of either, once."""
        if type(application) is Facts:
            raise TypeError("What `prepare` gave holds the facts of one programme; hand in the application.")
        found: list[Facts] = []
        problems: dict[tuple[str, str, Span], Problem] = {}
        for reader in self.readers:
            try:
                if isinstance(application, str | bytes):
                    found.append(reader.read_json(application, name))
                else:
                    found.append(reader.read(application))
            except ApplicationError as refused:
                for problem in refused.problems:
                    problems.setdefault((problem.code, getattr(problem, "path", ""), problem.span), problem)
        if problems:
            known = tuple(problems.values())
            raise ApplicationError(known, _summary(known, "The application cannot be read."))
        return found

    def names(self, found: Iterable[Comparison]) -> tuple[str, str]:
        """What the two are called for many applications: the name that is the same for all, else the programme's."""
        called = {each.names for each in found}
        return called.pop() if len(called) == 1 else (self.programmes[0].name, self.programmes[1].name)


class _Readers:
    """The quick reader of a programme and the complete one, each made when it is first needed."""

    def __init__(self, program: ir.Program, limits: Limits) -> None:
        self.program = program
        self.limits = limits

    @cached_property
    def _holds(self) -> Holds:
        return asker(self.program)

    @cached_property
    def _quick(self) -> FastReader:
        return compile_reader(self.program, self.limits, self._holds)

    @cached_property
    def _complete(self) -> Reader:
        return Reader(self.program, self.limits, self._holds)

    def read(self, application: Any, name: str = "application") -> Facts:
        """The facts: by the quick reader if everything is in order, else by the one that says what is not."""
        kind = type(application)
        if kind is dict:
            found = self._quick.mapping(application)
        elif kind is bytes or kind is str:
            found = self._quick.json(application)
        else:
            found = None
        if found is not None:
            return Facts(found, True)  # noqa: FBT003 - By name it takes longer, and every decision comes by here.
        if isinstance(application, str | bytes):
            return self._complete.read_json(application, name)
        return self._complete.read(application)


class _Variant:
    """A programme with its settings, made ready to read and decide."""

    def __init__(
        self,
        program: ir.Program,
        settings: Mapping[str, Setting],
        limits: Limits,
        readers: _Readers | None = None,
    ) -> None:
        self.program = with_settings(program, settings)
        self.settings = settings
        self.limits = limits
        self.readers = _Readers(self.program, limits) if readers is None else readers
        self.read = self.readers.read
        self._sums: dict[Code, _Sum] = {}

    @cached_property
    def _fast(self) -> FastProgram:
        return FastProgram(self.program)

    def run(self, facts: Facts, *, trace: bool) -> Raw:
        """What the evaluator gives back."""
        return self._fast.run(facts, trace=trace)

    def outcome(self, raw: Raw) -> Outcome:
        """The outcome in what `run` gave."""
        return self._fast.outcome(raw)

    def traced(self, facts: Facts) -> Outcome:
        """The outcome with a trace."""
        return self._fast.outcome(self._fast.run(facts, trace=True))

    @cached_property
    def _others(self) -> Others:
        return Others(self.program, lambda other: FastProgram(other).decide, self.limits)

    def others(self, facts: Facts) -> dict[str, Outcome]:
        """What the programmes that its promises name decide about the same facts."""
        return self._others.decide(facts)

    def eligible(self, raw: Raw) -> bool | None:
        """Whether what `run` gave says *eligible* for certain; `None` where the outcome has to be read."""
        return raw[0] if type(raw) is tuple else None

    def support(self, raw: Raw) -> Money | None:
        """The sum that is paid, where what `run` gave holds it in whole units; `None` where the outcome has to be read."""
        if type(raw) is not tuple:
            return None
        code: Code = raw[1]
        found = self._sums.get(code)
        if found is None:
            found = self._sums[code] = _Sum(self.program, code)
        return found.of(raw)

    def texts(self) -> Iterator[tuple[str, str]]:
        """The files of the rules: the first by the last part of its name, the others as they lie in a folder."""
        source = self.program.source
        texts = [
            *self.program.texts,
            *(text for other in self.program.others.values() for text in other.texts),
        ]
        for number, text in enumerate({text.name: text for text in texts}.values()):
            file = source.local(Span(text.begin, text.begin + 1))[0]
            yield file_of(text.name) if number else Path(file.name).name, file.text

    def record(self, facts: Facts, answer: Answer) -> dict[str, Any]:
        """The record of a decision."""
        from grantrules import record
        from grantrules.explain import plain as explained
        from grantrules.explain.story import tell
        from grantrules.facts.plain import plain

        return record.record(
            engine=VERSION,
            tzdata=calendars.tzdata_version(),
            rules=tuple(record.RulesText(name, text) for name, text in self.texts()),
            language=self.program.language,
            data=plain(self.program, facts),
            settings={name: setting.json for name, setting in sorted(self.settings.items())},
            limits=self.limits,
            decision=answer.as_json(),
            explanation=explained.as_json(tell(answer)),
        )


class _Sum:
    """
    The sum of all that is paid, read from what the generated code left, without making an outcome of it.

    Only where every amount is a whole number of the same decimal parts, which is nearly everywhere.
    """

    def __init__(self, program: ir.Program, code: Code) -> None:
        currencies = {s.name: s.currency for s in program.body if isinstance(s, ir.Support)}
        repayable = {s.name for s in program.body if isinstance(s, ir.Support) and s.repayable}
        paid = [each for each in code.layout.paid if each.name not in repayable]
        kinds = {(currencies[each.name], each.amount.parts, each.amount.divisor) for each in paid}
        currency, parts, divisor = kinds.pop() if len(kinds) == 1 else ("", None, None)
        self._scale = len(str(parts)) - 1
        self._currency = currency
        usual = parts is not None and parts == 10**self._scale and divisor is None
        self._paid = [self._places(code, each) for each in paid] if usual else []

    @staticmethod
    def _places(code: Code, paid: PaidCode) -> tuple[int, Any, int, Any]:
        """Where the truth and the amount stand in the result, each with what it is where it is a constant."""
        places: list[Any] = []
        for text in (paid.applies, paid.amount.text):
            slot = code.slots.get(text)
            places += (-1, code.value((), text)) if slot is None else (slot, None)
        return (places[0], places[1], places[2], places[3])

    def of(self, raw: tuple[Any, ...]) -> Money | None:
        """The sum; `None` where it has to be read from the outcome."""
        units = 0
        found = False
        for at_truth, truth, at_amount, amount in self._paid:
            applies = truth if at_truth < 0 else raw[at_truth]
            if applies is False:
                continue
            held = amount if at_amount < 0 else raw[at_amount]
            if applies is not True or type(held) is not int:
                return None
            units += held
            found = True
        return Money.from_units(units, self._scale, self._currency) if found else None
