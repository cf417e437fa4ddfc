"""
The strength of the engine's own tests, measured with mutmut.  `make engine-mutants` prints it.

mutmut makes the mutants: one small change of one function each.  It would then copy the package and start pytest for
every one of them; with eight thousand tests and forty thousand mutants that takes weeks, so the rest is done here:

- The tests are collected once.  Then they run once, unchanged, to learn which test reaches which line.
- For each mutant this process is forked.  The child puts the changed code in the place of the function's own, empties
  the caches and runs the tests that reach the changed line, until one fails.  Whoever holds the function has the change.

What is measured, and what is not, stands in `pyproject.toml` under `tool.engine-mutants`: modules and functions that
are measured whole, every mutant of which a test must notice, and the rest, of which a sample is drawn.  A mutant that
no test can notice is listed in `tests/data/equivalent/engine.txt` with the reason.

A change that no chosen test notices counts as unnoticed although another test might; so the score is never too high.
"""

import argparse
import ast
import contextlib
import functools
import gc
import hashlib
import importlib
import importlib.machinery
import importlib.util
import json
import os
import re
import resource
import signal
import sqlite3
import sys
import tempfile
import time
import tomllib
import types
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import chain
from multiprocessing import Pool, Value
from pathlib import Path
from typing import Any

import pytest
from attrs import Factory, define, evolve, frozen

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src"
EQUIVALENT = ROOT / "tests" / "data" / "equivalent" / "engine.txt"

# Seconds of the processor, as they were learned, that the tests of one mutant may take.
WHOLE_BUDGET, SAMPLE_BUDGET = 60.0, 60.0
MEMORY = 4 * 1024**3

NO_CODE = compile("", "", "exec")
QUIETLY = ("-q", "-s", "-p", "no:xdist", "-p", "no:cacheprovider", "-m", "not slow")


# ---- what is measured --------------------------------------------------------------------------------------------


@frozen
class Plan:
    """`tool.engine-mutants`: patterns of `module` or `module.function`, below `grantrules`."""

    whole: tuple[str, ...]
    excluded: tuple[str, ...]
    sample: int
    seed: str

    @classmethod
    def read(cls) -> "Plan":
        table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["engine-mutants"]
        return cls(tuple(table["whole"]), tuple(table["excluded"]), table["sample"], table["seed"])

    def is_whole(self, function: str) -> bool:
        return named_by(function, self.whole)

    def is_excluded(self, function: str) -> bool:
        return named_by(function, self.excluded)


def named_by(function: str, patterns: Sequence[str]) -> bool:
    """Whether patterns name a function such as `calendars.Period.spoken`, or what it stands in."""
    return any(fnmatchcase(function, each) or fnmatchcase(function, f"{each}.*") for each in patterns)


def modules() -> list[str]:
    """All modules of the package, without its own name."""
    package = SOURCES / "grantrules"
    found = (each.relative_to(package).with_suffix("") for each in sorted(package.rglob("*.py")))
    return [".".join(each.parts) for each in found if each.name != "__init__"]


def source_of(module: str) -> Path:
    return SOURCES.joinpath("grantrules", *module.split(".")).with_suffix(".py")


# ---- what is known to show nowhere -------------------------------------------------------------------------------


@frozen
class Change:
    """What a mutant changes: the lines that differ, without the space around them."""

    function: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    def __str__(self) -> str:
        lines = (self.function, *(f"- {each}" for each in self.old), *(f"+ {each}" for each in self.new))
        return "\n".join(lines)


def read_equivalents(text: str) -> dict[Change, str]:
    """
    The changes listed, with the reason of each.

    A block is the name of the function, the lines that go (`- …`), those that come (`+ …`), and the reason (`= …`).
    """
    found: dict[Change, str] = {}
    for block in text.split("\n\n"):
        lines = [each for each in block.splitlines() if each and not each.startswith("#")]
        if not lines:
            continue
        function, *rest = lines
        parts = {
            mark: tuple(each[2:] for each in rest if each.startswith(f"{mark} ")) for mark in ("-", "+", "=")
        }
        if sum(map(len, parts.values())) != len(rest) or not parts["="]:
            raise ValueError(f"This is no listed change with its reason:\n{block}")
        found[Change(function, parts["-"], parts["+"])] = " ".join(parts["="])
    return found


# ---- mutants -----------------------------------------------------------------------------------------------------


@frozen
class Mutant:
    """A changed function, as text that defines it anew, with the lines of its module that the change is in."""

    change: Change
    module: str
    owner: str | None
    name: str
    text: str
    lines: tuple[int, int]
    whole_lines: tuple[int, int]


@frozen
class Site:
    """
    A function of the package, before any mutant is made of it.

    `lines` are those of its text, decorators included; `weight` is how many mutants it will have, counted quickly.
    """

    module: str
    owner: str | None
    name: str
    lines: tuple[int, int]
    weight: int

    @property
    def full_name(self) -> str:
        return ".".join(filter(None, (self.module, self.owner, self.name)))


def sites_in(module: str) -> Iterator[Site]:
    """The functions of a module and the methods of its classes, those with decorators included."""
    for node in ast.parse(source_of(module).read_text(encoding="utf-8")).body:
        owner = node.name if isinstance(node, ast.ClassDef) else None
        for each in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef) and "overload" not in map(ast.unparse, each.decorator_list):
                first = min([each.lineno, *(decorator.lineno for decorator in each.decorator_list)])
                yield Site(module, owner, each.name, (first, each.end_lineno or first), weight_of(each))


def weight_of(function: ast.FunctionDef) -> int:
    """About as many mutants as mutmut makes of a function: what the shares of the sample are counted in."""
    words = ast.get_docstring(function, clean=False)
    found = 0
    stack: list[ast.AST] = [*function.args.defaults, *function.body]
    while stack:
        node = stack.pop()
        match node:
            case ast.Constant(str() as text):
                found += 0 if text == words else 2
            case ast.Constant(bool() | int()) | ast.BinOp() | ast.Assign() | ast.AnnAssign() | ast.Lambda():
                found += 1
            case ast.AugAssign() | ast.IfExp():
                found += 2
            case ast.Compare(ops=parts) | ast.Match(cases=parts):
                found += len(parts)
            case ast.BoolOp(values=parts):
                found += len(parts) - 1
            case ast.Call(args=given, keywords=named):
                count = len(given) + len(named)
                found += count if count == 1 else 2 * count
        if isinstance(node, ast.JoinedStr):
            stack += [each for each in node.values if isinstance(each, ast.FormattedValue)]
        else:
            left_out = {"annotation", "returns", "decorator_list", "format_spec"}
            for name, value in ast.iter_fields(node):
                inner = value if isinstance(value, list) else [value]
                stack += [each for each in inner if isinstance(each, ast.AST) and name not in left_out]
    return found


@frozen
class Draw:
    """One mutant of the sample: the function, and a number that says which of its mutants it is."""

    site: Site
    number: int

    def mixed(self, seed: str) -> int:
        """Its place in the order of the sample: mixed, but the same for as long as the function is."""
        text = f"{seed} {self.site.full_name} {self.number}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")


def mutants_of(site: Site, picks: Sequence[int] | None = None) -> list[Mutant]:
    """
    All mutants that mutmut makes of a function, or those picked; what is no Python is no mutant.

    A pick may be larger than there are mutants, and is then counted round.
    """
    import libcst as cst
    from libcst.metadata import MetadataWrapper, PositionProvider
    from mutmut.mutation.file_mutation import MutationVisitor, deep_replace
    from mutmut.mutation.mutators import mutation_operators
    from mutmut.mutation.pragma_handling import IgnoredCode

    def called(node: cst.CSTNode) -> str:
        return node.value if isinstance(node, cst.Name) else ""

    class Visitor(MutationVisitor):
        def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
            if isinstance(node, cst.FunctionDef):
                return False  # Its decorators stay as they are, and need not keep it out.
            if isinstance(node, cst.Call) and called(node.func) in {"cast", "assert_never"}:
                return True  # Only the type checker reads it.
            return super()._skip_node_and_children(node)

    first, last = site.lines
    text = "\n".join(source_of(site.module).read_text(encoding="utf-8").splitlines()[first - 1 : last]) + "\n"
    before = first - 1
    if site.owner:
        text, before = f"class {site.owner}:\n{text}", before - 1
    wrapper = MetadataWrapper(cst.parse_module(text))
    visitor = Visitor(mutation_operators, IgnoredCode(set(), set(), set()))
    wrapper.visit(visitor)
    positions = wrapper.resolve(PositionProvider)
    (outer,) = wrapper.module.body
    function = outer.body.body[0] if isinstance(outer, cst.ClassDef) else outer
    assert isinstance(function, cst.FunctionDef)
    bare = function.with_changes(decorators=(), leading_lines=(), lines_after_decorators=())
    old = cst.Module([bare]).code
    mutations = [each for each in visitor.mutations if each.contained_by_top_level_function is function]

    def made(number: int) -> Mutant | None:
        mutation = mutations[number]
        new = cst.Module([deep_replace(bare, mutation.original_node, mutation.mutated_node)]).code
        if _GUARDS.sub(")", old) == _GUARDS.sub(")", new):
            return None
        try:
            compile(new, "<mutant>", "exec")
        except SyntaxError:
            return None
        whole = positions[function]
        here = positions.get(mutation.original_node, whole)
        return Mutant(
            Change(site.full_name, *_differing(old, new)), site.module, site.owner, site.name, new,
            (here.start.line + before, here.end.line + before), (whole.start.line + before, whole.end.line + before),
        )  # fmt: skip

    if picks is None:
        return [each for number in range(len(mutations)) if (each := made(number)) is not None]
    found: dict[int, Mutant] = {}
    for pick in picks:
        for step in range(len(mutations)):
            number = (pick + step) % len(mutations)
            if number not in found and (each := made(number)) is not None:
                found[number] = each
                break
    return list(found.values())


# `zip(…, strict=True)` is a guard against us: it never fires, so no test can miss it.
_GUARDS = re.compile(r",\s*(?:strict=\w+)?,?\s*\)")


def _differing(old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines between the first and the last that are not the same in two texts."""
    olds, news = old.splitlines(), new.splitlines()
    for _ in range(2):  # From the start, then from the end.
        while olds and news and olds[-1] == news[-1]:
            del olds[-1], news[-1]
        olds.reverse()
        news.reverse()
    return tuple(each.strip() for each in olds), tuple(each.strip() for each in news)


def function_of(mutant: Mutant) -> types.FunctionType:
    """The function that is changed, out of what its decorators made of it."""
    module = importlib.import_module(f"grantrules.{mutant.module}")
    holder = getattr(module, mutant.owner) if mutant.owner else module
    found: Any = vars(holder)[mutant.name]
    if isinstance(found, types.MemberDescriptorType):
        # Of a class with slots, attrs keeps the cached properties for `__getattr__`.
        (properties, *_) = vars(holder)["__getattr__"].__defaults__
        found = properties[mutant.name]
    while not isinstance(found, types.FunctionType) or hasattr(found, "__wrapped__"):
        inner = [getattr(found, each, None) for each in ("__func__", "fget", "func", "__wrapped__")]
        found = next(each for each in inner if each is not None)
    return found


def put_in_before_import(mutant: Mutant) -> None:
    """Forget the package and its tests, and give whoever imports the module next the changed one."""
    source = source_of(mutant.module)
    lines = source.read_text(encoding="utf-8").splitlines()
    first, last = mutant.whole_lines
    indent = lines[first - 1][: -len(lines[first - 1].lstrip())]
    lines[first - 1 : last] = [f"{indent}{each}" for each in mutant.text.splitlines()]
    code = compile("\n".join(lines), str(source), "exec")
    changed = f"grantrules.{mutant.module}"

    class Loader(importlib.machinery.SourceFileLoader):
        def get_code(self, _: str) -> types.CodeType | None:
            return code

    class Finder:
        @staticmethod
        def find_spec(name: str, *_: Any) -> Any:
            loader = Loader(name, str(source))
            return importlib.util.spec_from_loader(name, loader) if name == changed else None

    sys.meta_path.insert(0, Finder)
    for name in [each for each in sys.modules if each.partition(".")[0] in {"grantrules", "tests"}]:
        del sys.modules[name]


def put_in(mutant: Mutant) -> None:
    """Give the function the changed code: all who hold the function have the change."""
    function = function_of(mutant)
    namespace = dict(function.__globals__)
    text = mutant.text
    if mutant.owner:
        text = f"class {mutant.owner}:\n" + "\n".join(f"    {each}" for each in text.splitlines())
    exec(compile(f"from __future__ import annotations\n{text}\n", "<mutant>", "exec"), namespace)  # noqa: S102 - Ours.
    made = vars(namespace[mutant.owner])[mutant.name] if mutant.owner else namespace[mutant.name]
    function.__code__ = made.__code__
    function.__defaults__ = made.__defaults__
    function.__kwdefaults__ = made.__kwdefaults__


# ---- tests -------------------------------------------------------------------------------------------------------


@define
class Reach:
    """Which tests reach which lines, how long each takes, and which fail as it is."""

    data: str
    seconds: dict[str, float]
    failing: list[str]
    _breadth: dict[str, int] = Factory(dict)

    def breadth(self, test: str) -> int:
        """How many lines of the package a test reaches: the fewer, the more it is about each of them."""
        if not self._breadth:
            with contextlib.closing(sqlite3.connect(self.data)) as base:
                rows = base.execute(
                    "select context.context, line_bits.numbits from line_bits"
                    " join context on context.id = context_id"
                )
                for context, bits in rows:
                    found = self._breadth.get(context, 0)
                    self._breadth[context] = found + sum(each.bit_count() for each in bits)
        return self._breadth.get(test, 0)

    def contexts(self, module: str) -> list[tuple[str, frozenset[int]]]:
        from coverage.numbits import numbits_to_nums

        with contextlib.closing(sqlite3.connect(self.data)) as base:
            found = base.execute(
                "select context.context, line_bits.numbits from line_bits"
                " join file on file.id = file_id join context on context.id = context_id where file.path = ?",
                (str(source_of(module)),),
            ).fetchall()
        return [(context, frozenset(numbits_to_nums(bits))) for context, bits in found]


def busy_seconds() -> float:
    """How long the processor worked for this process and those it started: the same on a busy machine as on a quiet one."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@define(eq=False)  # pytest keeps its plugins in sets.
class Measuring:
    """The plugin: in place of pytest's own loop over the tests, the loop over the mutants."""

    plan: Plan
    options: argparse.Namespace
    mutants: list[Mutant]
    failed: bool = False
    by: str = ""
    context: Callable[[str], None] | None = None
    seconds: dict[str, float] = Factory(dict)
    failing: list[str] = Factory(list)
    caches: list[Any] = Factory(list)
    briefly: list[Any] = Factory(list)
    fates: dict[int, tuple[str, str]] = Factory(dict)
    items: list[pytest.Item] = Factory(list)
    killers: dict[str, list[str]] = Factory(lambda: defaultdict(list))

    # What pytest calls.

    @staticmethod
    def pytest_configure() -> None:
        from hypothesis import Phase, settings

        # A failing case is a failing case: making it small takes time and changes nothing here.
        settings.register_profile(
            "grantrules-mutants", parent=settings(), phases=(Phase.explicit, Phase.generate)
        )
        settings.load_profile("grantrules-mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        cases: Counter[str] = Counter()
        kept = []
        for item in items:
            # What is measured in time fails for other reasons than a change.
            if "pace" in getattr(item.obj, "__code__", NO_CODE).co_names:
                continue
            test = item.nodeid.partition("[")[0]
            cases[test] += 1
            if cases[test] <= self.options.cases:
                kept.append(item)
        items[:] = kept

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[Any]:
        """What a fixture of a whole file reaches, all tests of the file reach."""
        if self.context is None or fixturedef.scope == "function":
            return (yield)
        self.context(f"file:{request.node.nodeid.partition('::')[0]}")
        try:
            return (yield)
        finally:
            self.context(self.by)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        self.caches = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
        # What is kept for a while, or for the tests of a file, would hide which tests reach it.  Tables, and what is made
        # for a programme, may stay.
        self.briefly = [
            each
            for each in self.caches
            if each.__module__.rpartition(".")[2].startswith("test_")
            or (
                each.cache_parameters()["maxsize"] is not None
                and not each.__module__.startswith("grantrules.properties")
            )
        ]
        gc.collect()
        gc.freeze()
        started = time.monotonic()
        reach = self.learn()
        for each in reach.failing:
            print(f"fails as it is, and is left out: {each}")
        print(f"{len(self.items)} tests, learned in {time.monotonic() - started:.0f} s", flush=True)
        self.measure(reach)
        print(f"measured in {time.monotonic() - started:.0f} s")
        return True

    # Learning.

    def learn(self) -> Reach:
        """Run all tests once, in several processes, each of which takes one file after the other."""
        if self.options.reach and Path(self.options.reach, "tests.json").exists():
            kept = json.loads(Path(self.options.reach, "tests.json").read_text(encoding="utf-8"))
            return Reach(str(Path(self.options.reach, "lines")), kept["seconds"], kept["failing"])
        import coverage

        folder = Path(self.options.reach or tempfile.mkdtemp(prefix="engine-mutants-"))
        folder.mkdir(parents=True, exist_ok=True)
        files: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in self.items:
            files[item.nodeid.partition("::")[0]].append(item)
        groups = list(files.values())
        several = range(min(self.options.workers, len(groups)))
        taken = Value("i", len(several))

        def next_file() -> list[pytest.Item]:
            with taken.get_lock():
                taken.value += 1
                return groups[taken.value - 1] if taken.value <= len(groups) else []

        children = [
            self.fork(
                lambda at=at: self.learn_share(chain([groups[at]], iter(next_file, [])), folder / f"part{at}")
            )
            for at in several
        ]
        for child in children:
            os.waitpid(child, 0)
        lines = coverage.CoverageData(str(folder / "lines"))
        reach = Reach(str(folder / "lines"), {}, [])
        for at in several:
            part = coverage.CoverageData(str(folder / f"part{at}"))
            part.read()
            lines.update(part)
            kept = json.loads((folder / f"part{at}.json").read_text(encoding="utf-8"))
            reach.seconds |= kept["seconds"]
            reach.failing += kept["failing"]
        lines.write()
        (folder / "tests.json").write_text(
            json.dumps({"seconds": reach.seconds, "failing": reach.failing}), encoding="utf-8"
        )
        return reach

    def learn_share(self, files: Iterator[list[pytest.Item]], to: Path) -> int:
        os.environ["COVERAGE_CORE"] = "ctrace"  # The others cannot tell one test's lines from another's.
        import coverage

        lines = coverage.Coverage(data_file=str(to), config_file=False, source=[str(SOURCES)])
        lines.start()
        self.context = lines.switch_context
        for items in files:
            self.empty_caches()
            for at, item in enumerate(items):
                for each in self.briefly:
                    each.cache_clear()
                self.by, self.failed = item.nodeid, False
                lines.switch_context(item.nodeid)
                before = busy_seconds()
                self.run(item, items[at + 1] if at + 1 < len(items) else None)
                self.seconds[item.nodeid] = busy_seconds() - before
                if self.failed:
                    self.failing.append(item.nodeid)
        lines.stop()
        lines.save()
        kept = {"seconds": self.seconds, "failing": self.failing}
        to.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
        return 0

    # Measuring.

    def measure(self, reach: Reach) -> None:
        """Run the tests of each mutant in a child, as many children at once as there are workers."""
        place = {item.nodeid: at for at, item in enumerate(self.items)}
        failing = set(reach.failing)
        running: dict[int, tuple[int, int]] = {}
        reached: dict[str, list[tuple[str, frozenset[int]]]] = {}
        for number, mutant in enumerate(self.mutants):
            if mutant.module not in reached:
                reached[mutant.module] = reach.contexts(mutant.module)
            contexts = reached[mutant.module]
            chosen = [
                each for each in self.chosen(mutant, contexts, reach) if each in place and each not in failing
            ]
            while len(running) >= self.options.workers:
                self.reap(running)
            read, write = os.pipe()
            first = [
                each for each in dict.fromkeys(self.killers[mutant.change.function]) if each in set(chosen)
            ]
            order = [place[each] for each in dict.fromkeys((*first[-5:], *chosen))]
            if chosen:
                child = self.fork(lambda m=mutant, o=order, w=write: self.child(m, o, w, reach.seconds))
            else:
                files = self.quick_files(contexts, reach)
                child = self.fork(lambda m=mutant, f=files, w=write: self.fresh_child(m, f, w))
            os.close(write)
            running[child] = (number, read)
        while running:
            self.reap(running)

    def reap(self, running: dict[int, tuple[int, int]]) -> None:
        child, status = os.wait()
        number, read = running.pop(child)
        with os.fdopen(read, encoding="utf-8") as pipe:
            by = pipe.read()
        if os.WIFSIGNALED(status):
            fate = ("killed", f"signal {os.WTERMSIG(status)}")
        else:
            fate = ({0: "unnoticed", 1: "killed"}.get(os.WEXITSTATUS(status), "broken"), by)
        self.fates[number] = fate
        mutant = self.mutants[number]
        if fate[0] == "killed" and "::" in by:
            self.killers[mutant.change.function].append(by)
        if fate[0] != "killed" and self.options.verbose:
            print(f"{fate[0]} {fate[1]}: {mutant.change}\n", flush=True)
        if len(self.fates) % 25 == 0:
            killed = sum(fate == "killed" for fate, _ in self.fates.values())
            print(f"{len(self.fates)} of {len(self.mutants)} tried, {killed} killed", flush=True)

    def chosen(self, mutant: Mutant, contexts: list[tuple[str, frozenset[int]]], reach: Reach) -> list[str]:
        """
        The tests that reach the change, while there is time.

        First comes the quickest test of each file, which sees what breaks at once; then those that reach little else,
        whatever their file; at last every file in turn.
        """
        found: set[str] = set()
        for first, last in (mutant.lines, mutant.whole_lines):
            wanted = frozenset(range(first, last + 1))
            for context, lines in contexts:
                if not lines.isdisjoint(wanted):
                    file = context.removeprefix("file:")
                    if file == context:
                        found.add(context)
                    else:
                        found.update(each for each in reach.seconds if each.startswith(f"{file}::"))
            if found:
                break
        ranked = sorted(found, key=lambda each: (reach.breadth(each), reach.seconds.get(each, 0.0), each))
        files: dict[str, list[str]] = defaultdict(list)
        for each in ranked:
            files[each.partition("::")[0]].append(each)
        in_turn = sorted(
            (at, reach.breadth(each), each) for tests in files.values() for at, each in enumerate(tests)
        )
        budget = WHOLE_BUDGET if self.plan.is_whole(mutant.change.function) else SAMPLE_BUDGET
        quickest = sorted(
            (reach.seconds.get(each, 0.0), each)
            for each in (
                min(tests, key=lambda test: reach.seconds.get(test, 0.0)) for tests in files.values()
            )
        )
        chosen: dict[str, None] = {}
        passes = (
            ([each for _, each in quickest], 3 * budget / 4),
            (ranked, 3 * budget / 8),
            ([each for _, _, each in in_turn], 0.0),
        )
        for tests, kept in passes:
            for each in tests:
                if each not in chosen and (budget - reach.seconds.get(each, 0.0) > kept or not chosen):
                    budget -= reach.seconds.get(each, 0.0)
                    chosen[each] = None
        return list(chosen)

    def child(self, mutant: Mutant, order: list[int], write: int, seconds: dict[str, float]) -> int:
        """1 where a test notices the change, 0 where none does; one that never ends is stopped by a signal."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        put_in(mutant)
        self.empty_caches()
        self.failed = False
        for at, here in enumerate(order):
            usual = seconds.get(self.items[here].nodeid, 0.0)
            signal.setitimer(
                signal.ITIMER_PROF, 5 + 5 * usual
            )  # Time of the processor, which others may share.
            signal.alarm(60 + int(20 * usual))
            self.run(self.items[here], self.items[order[at + 1]] if at + 1 < len(order) else None)
            if self.failed:
                os.write(write, self.items[here].nodeid.encode())
                return 1
        return 0

    def quick_files(self, contexts: list[tuple[str, frozenset[int]]], reach: Reach) -> list[str]:
        """For what runs only while the package is imported: the files that reach its module, the quickest first."""
        files = {context.removeprefix("file:").partition("::")[0] for context, lines in contexts if lines}
        taken = Counter[str]()
        for test, seconds in reach.seconds.items():
            taken[test.partition("::")[0]] += seconds
        budget, chosen = WHOLE_BUDGET, []
        for file in sorted(files, key=lambda each: (taken[each], each)):
            budget -= taken[file]
            if file and budget > 0:
                chosen.append(file)
        return chosen

    def fresh_child(self, mutant: Mutant, files: list[str], write: int) -> int:
        """The same for a change that has to be there before the package is imported."""
        signal.alarm(600)
        put_in_before_import(mutant)
        # Where the change lets the import itself fail, pytest is interrupted before the first test.
        noticed = {pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED}
        if not files or pytest.main([*QUIETLY, "-x", *files]) not in noticed:
            return 0
        os.write(write, b"on import")
        return 1

    # Both.

    def fork(self, work: Callable[[], int]) -> int:
        sys.stdout.flush()
        child = os.fork()
        if child:
            return child
        code = 3
        try:
            silent = os.open(os.devnull, os.O_RDWR)
            errors = os.dup(2)
            for each in (0, 1, 2):
                os.dup2(silent, each)
            code = work()
        except BaseException as error:  # noqa: BLE001 - Whatever it is, the child ends here.
            os.write(errors, f"{type(error).__name__}: {error}\n".encode())
        finally:
            os._exit(code)

    def empty_caches(self) -> None:
        for each in self.caches:
            each.cache_clear()

    @staticmethod
    def run(item: pytest.Item, following: pytest.Item | None) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


# ---- the report --------------------------------------------------------------------------------------------------


def sampled(sites: Sequence[Site], seed: str, size: int) -> dict[Site, list[int]]:
    """What is drawn of each function: each module by its share of the mutants, in an order that the seed mixes."""
    of_module: dict[str, list[Draw]] = defaultdict(list)
    for site in sites:
        of_module[site.module] += [Draw(site, number) for number in range(site.weight)]
    total = sum(map(len, of_module.values()))
    found: dict[Site, list[int]] = defaultdict(list)
    for draws in of_module.values():
        draws.sort(key=lambda each: each.mixed(seed))
        for draw in draws[: max(1, round(size * len(draws) / total))]:
            found[draw.site].append(draw.mixed(f"{seed} which"))
    return found


def chosen_mutants(plan: Plan, options: argparse.Namespace) -> list[Mutant]:
    """The mutants that are tried: those asked for, or all of what is measured whole and a sample of the rest."""
    sites = [site for name in modules() for site in sites_in(name) if not plan.is_excluded(site.full_name)]
    tasks: list[tuple[Site, list[int] | None]]
    if options.only:
        asked = [each for each in sites if named_by(each.full_name, options.only)]
        tasks = [(each, None) for each in asked]
        if options.sample is not None:
            tasks = list(sampled(asked, plan.seed, options.sample).items())
    else:
        whole: list[tuple[Site, list[int] | None]] = [(e, None) for e in sites if plan.is_whole(e.full_name)]
        rest = [each for each in sites if not plan.is_whole(each.full_name)]
        drawn = sampled(rest, plan.seed, plan.sample if options.sample is None else options.sample)
        tasks = [] if options.part == "sample" else whole
        tasks += [] if options.part == "whole" else drawn.items()
    with Pool(options.workers) as pool:
        mutants = [each for of in pool.starmap(mutants_of, tasks, chunksize=4) for each in of]
    about = sum(each.weight for each in sites)
    print(f"{len(mutants)} mutants are tried, of about {about} in all", flush=True)
    # In a mixed order, so that what is seen on the way stands for the whole.
    return sorted(mutants, key=lambda each: hashlib.sha256(f"{plan.seed}{each.change}".encode()).digest())


def report(measuring: Measuring, equivalents: dict[Change, str]) -> bool:
    """Print the figures; whether all is well."""
    counts: dict[bool, dict[str, Counter[str]]] = {each: defaultdict(Counter) for each in (True, False)}
    unlisted: list[tuple[Mutant, str]] = []
    for number, mutant in enumerate(measuring.mutants):
        fate, _ = measuring.fates[number]
        whole = measuring.plan.is_whole(mutant.change.function)
        if fate != "killed" and mutant.change in equivalents:
            fate = "equivalent"
        elif fate != "killed":
            unlisted.append((mutant, fate))
        counts[whole][mutant.module]["all"] += 1
        counts[whole][mutant.module][fate] += 1
    for mutant, fate in unlisted:
        print(f"{fate}: {mutant.change}\n")
    well = True
    for whole, title, least in ((True, "measured whole", 100), (False, "a sample of the rest", 85)):
        of = counts[whole]
        if not of:
            continue
        total = sum(of.values(), Counter())
        print(f"{title:42}{'mutants':>8}{'killed':>8}{'equivalent':>11}{'score':>8}")
        for name, each in (*sorted(of.items()), ("together", total)):
            print(f"  {name:40}{each['all']:8}{each['killed']:8}{each['equivalent']:11}{score(each):7.1f}%")
        well &= score(total) >= least
    known = {each.change for each in measuring.mutants}
    if not measuring.options.only:
        gone = [each for each in equivalents if each not in known and measuring.plan.is_whole(each.function)]
        if measuring.options.part == "sample":
            gone = []
        for each in gone:
            print(f"listed as equivalent, but there is no such change:\n{each}\n")
        well &= not gone
    return well


def score(counts: Counter[str]) -> float:
    """Percent of the mutants that a test can notice that one does notice."""
    return 100 * counts["killed"] / max(1, counts["all"] - counts["equivalent"])


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    reader.add_argument("only", nargs="*", help="modules or functions; without them, all that is configured")
    reader.add_argument(
        "--part", choices=["whole", "sample"], help="only what is measured whole, or only the sample"
    )
    reader.add_argument(
        "--sample",
        type=int,
        help="how many mutants of the modules that are not measured whole, or of those asked for",
    )
    reader.add_argument("--seed", help="draw another sample than the one that is configured")
    reader.add_argument("--tests", nargs="*", default=["tests"], help="the tests that may notice")
    reader.add_argument("--reach", help="a folder in which it is kept which test reaches which line")
    reader.add_argument(
        "--cases", type=int, default=10**6, help="at most so many cases of one parametrised test"
    )
    reader.add_argument("--workers", type=int, default=2)
    reader.add_argument("--verbose", action="store_true", help="print what is unnoticed at once")
    options = reader.parse_args()
    os.chdir(ROOT)
    plan = Plan.read()
    plan = evolve(plan, seed=options.seed or plan.seed)
    chosen = chosen_mutants(plan, options)
    measuring = Measuring(plan, options, chosen)
    pytest.main([*QUIETLY, *options.tests], [measuring])
    if len(measuring.fates) != len(chosen):
        return 2
    well = report(measuring, read_equivalents(EQUIVALENT.read_text(encoding="utf-8")))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
