"""
The pytest plugin: the examples and promises of rule files are test items, with file and line.

It is loaded in every run of pytest where the package is installed, so it imports nothing of the package, and no
Hypothesis, before a rule file is collected or one of its options is used.  `docs/property-suites.md` describes it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grantrules.api import Programme
    from grantrules.examples import ExampleResult
    from grantrules.properties.coverage import Coverage
    from grantrules.properties.search import Result

PROFILES = {"grantrules-dev": 40, "grantrules-ci": 120, "grantrules-deep": 2_000}
"""How many applications each profile tries; Hypothesis knows them by the same names."""

_HEAD = re.compile(r"^(programme|program|amendment|değişiklik|library|kitaplık)\b", re.MULTILINE)


class _Reach:
    """What tests have reached of each programme: in this process, and in the others that tests are shared with."""

    def __init__(self) -> None:
        self.here: dict[tuple[str, str], Coverage] = {}
        self.elsewhere: dict[str, dict[str, Any]] = {}
        self.paused = False

    def of(self, programme: Programme) -> Coverage:
        """What has been reached of a programme so far; of two with one name each has its own."""
        from grantrules.properties.coverage import Coverage

        program = programme._program  # noqa: SLF001 - It is of the same house.
        key = program.about.name, program.source.text
        if key not in self.here:
            self.here[key] = Coverage(program)
        return self.here[key]

    def as_data(self) -> dict[str, dict[str, Any]]:
        """What was reached in this process, as plain data, by names that are the same in each process."""
        from grantrules.properties.coverage import as_data

        return {
            f"{name} {zlib.crc32(text.encode())}": as_data(coverage, "en")
            for (name, text), coverage in self.here.items()
        }

    def take_in(self, found: dict[str, dict[str, Any]]) -> None:
        """What was reached in another process."""
        from grantrules.properties.coverage import together

        for name, data in found.items():
            known = self.elsewhere.get(name)
            self.elsewhere[name] = data if known is None else together(known, data)


_REACH = pytest.StashKey[_Reach]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin."""
    group = parser.getgroup("grantrules")
    group.addoption(
        "--grantrules-coverage",
        action="store_true",
        help="report which rules, ceilings and cases the tests reached",
    )
    group.addoption(
        "--grantrules-applications",
        type=int,
        metavar="N",
        help="how many generated applications the promises of each rule file are checked on",
    )
    parser.addini(
        "grantrules_files", "patterns of the rule files to collect", type="args", default=["*.rules"]
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make the profiles known where one is asked for, and watch decisions where their reach is."""
    config.addinivalue_line("markers", "grantrules: an example or a promise of a rule file")
    asked = config.getoption("--hypothesis-profile", default=None)
    if isinstance(asked, str) and asked.startswith("grantrules-"):
        register_profiles()
    if config.getoption("--grantrules-coverage"):
        config.stash[_REACH] = _Reach()
        _watch_decisions(config.stash[_REACH])


def register_profiles() -> None:
    """Make the profiles `grantrules-dev`, `grantrules-ci` and `grantrules-deep` known to Hypothesis."""
    from hypothesis import HealthCheck, settings

    slow = [HealthCheck.too_slow]
    settings.register_profile(
        "grantrules-dev", max_examples=PROFILES["grantrules-dev"], deadline=None, suppress_health_check=slow
    )
    settings.register_profile(
        "grantrules-ci",
        max_examples=PROFILES["grantrules-ci"],
        derandomize=True,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=slow,
    )
    settings.register_profile(
        "grantrules-deep",
        max_examples=PROFILES["grantrules-deep"],
        deadline=None,
        print_blob=True,
        suppress_health_check=slow,
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> RulesFile | None:
    """A rule file: a programme, an amendment or a library."""
    patterns = parent.config.getini("grantrules_files")
    if file_path.suffix != ".rules" or not any(file_path.match(pattern) for pattern in patterns):
        return None
    try:
        text = file_path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    if not _HEAD.search(text):
        return None
    return RulesFile.from_parent(parent, path=file_path)


# ---- rule files ----------------------------------------------------------------------------------------------------


class RulesFailure(Exception):  # noqa: N818 - It is how an item fails.
    """An example or promise that does not hold, told for the person who wrote it."""


class RulesFile(pytest.File):
    """A rule file, with an item for each example and each promise."""

    @cached_property
    def programme(self) -> Programme:
        """The programme."""
        from grantrules.api import load

        return load(self.path)

    @cached_property
    def examples(self) -> dict[str, ExampleResult]:
        """What became of the examples."""
        found = {result.name: result for result in self.programme.run_examples()}
        reach = self.config.stash.get(_REACH, None)
        if reach is not None:
            from grantrules.suite import cover_examples

            cover_examples(self.programme, reach.of(self.programme))
        return found

    @cached_property
    def promises(self) -> dict[str, Result]:
        """What became of the promises that were chosen, all of them checked on the same applications."""
        from grantrules.suite import run_promises

        chosen = {item.name for item in self.session.items if item.parent is self}

        reach = self.config.stash.get(_REACH, _Reach())
        reach.paused = True  # They are made up to reach everything, and would say nothing of the other tests.
        try:
            found = run_promises(self.programme, number=self._number(), only=chosen)
        finally:
            reach.paused = False
        return {result.promise.about.name: result for result in found}

    def _number(self) -> int:
        given = self.config.getoption("--grantrules-applications")
        if isinstance(given, int):
            return given
        profile = self.config.getoption("--hypothesis-profile", default=None)
        return PROFILES.get(str(profile), PROFILES["grantrules-ci"])

    def collect(self) -> Iterator[pytest.Item]:
        """The examples, then the promises, in the order of the file; those of every programme last."""
        from grantrules.diagnostics import GrantRulesError
        from grantrules.render import Look, problems_as_text
        from grantrules.suite import watched

        try:
            programme = self.programme
        except GrantRulesError as wrong:
            raise self.CollectError(problems_as_text(wrong.problems, Look())) from None
        source = programme._program.source  # noqa: SLF001 - It is of the same house.
        for example in programme._program.all_examples:  # noqa: SLF001 - It is of the same house.
            at = example.about.span.start
            line, own = source.line_of(at), source.other_file(at)
            yield ExampleItem.from_parent(self, name=example.about.name, line=line, own=own)
        for promise in watched(programme).promises:
            at = promise.about.span.start
            line, own = (source.line_of(at), source.other_file(at)) if promise.stated else (1, None)
            yield PromiseItem.from_parent(self, name=promise.about.name, line=line, own=own)


class RulesItem(pytest.Item):
    """Something in a rule file that must hold."""

    def __init__(self, *, line: int, own: str | None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.line = line
        self.place = self.path if own is None else Path(own)  # An amended text stands in a file of its own.
        self.add_marker("grantrules")

    @property
    def file(self) -> RulesFile:
        """The file it stands in."""
        if not isinstance(self.parent, RulesFile):
            raise TypeError("not in a rule file")
        return self.parent

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What went wrong, for the author of the file."""
        if isinstance(excinfo.value, RulesFailure):
            # The first line is what summaries show.
            reason, _, more = str(excinfo.value).partition("\n")
            return f"{reason}\n{self.place}:{self.line}: {self.name}\n{more}".rstrip("\n")
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where it stands."""
        return self.place, self.line - 1, f"{self.path.name}: {self.name}"


class ExampleItem(RulesItem):
    """An example of a rule file."""

    def runtest(self) -> None:
        """It holds if each of its expectations does."""
        result = self.file.examples[self.name]
        if not result.passed:
            from grantrules.suite import told_of_example

            raise RulesFailure(told_of_example(self.file.programme, result))


class PromiseItem(RulesItem):
    """A promise of a rule file, or one that every programme makes."""

    def runtest(self) -> None:
        """It holds if no application was found that breaks it, and it said something."""
        result = self.file.promises[self.name]
        if not result.passed:
            from grantrules.suite import told_of_promise

            raise RulesFailure(told_of_promise(self.file.programme, result))


# ---- what the tests reached ----------------------------------------------------------------------------------------


def _watch_decisions(reach: _Reach) -> None:
    """Take in every decision that a test makes."""
    from grantrules.api import Programme

    decide = Programme.decide

    def watched(self: Programme, application: Any, **options: Any) -> Any:
        decision = decide(self, application, **options)
        if not options.get("parameters") and not reach.paused:
            reach.of(self).add(decision._facts)  # noqa: SLF001 - It is of the same house.
        return decision

    Programme.decide = watched  # type: ignore[method-assign] # Only in a run that asks for it.


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process of pytest-xdist is done, and has handed over what it reached."""
    reach = node.config.stash.get(_REACH, None)
    if reach is not None:
        reach.take_in(getattr(node, "workeroutput", {}).get("grantrules_reach", {}))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process of pytest-xdist hands over what it reached."""
    reach = session.config.stash.get(_REACH, None)
    if reach is not None and hasattr(session.config, "workeroutput"):
        session.config.workeroutput["grantrules_reach"] = reach.as_data()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """The report of what was reached."""
    reach = config.stash.get(_REACH, None)
    if reach is None:
        return
    reach.take_in(reach.as_data() if reach.here else {})
    if not reach.elsewhere:
        return
    from grantrules.properties.coverage import as_lines

    terminalreporter.section("reach of the tests of rule files")
    for _, data in sorted(reach.elsewhere.items()):
        for line in as_lines(data, "en"):
            terminalreporter.write_line(line)
