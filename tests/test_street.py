"""The street runs downhill: a module imports only what stands above it, so nothing ever runs back.

`STREET` is the one list. A new module gets its place in it; a folder is a tuple of its modules in their order. An
import inside a function and one for the type checker alone count like any other: where two modules need each
other, one of them is in the wrong place.
"""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
PACKAGE = SOURCE / "grantrules"

STREET: tuple[str | tuple[str, tuple[str, ...]], ...] = (
    "version",
    "resources",
    "limits",
    "source",
    "diagnostics",
    "render",
    ("reference", ("codes", "tables", "currencies", "countries", "nace", "regions", "code_lists")),
    "quantities",
    "calendars",
    "formats",
    "types",
    (
        "syntax",
        (
            "tree",
            "problems",
            "words",
            "tables",
            "lexing",
            "characters",
            "build",
            "engine",
            "sayings",
            "slips",
            "parse",
            "generate",
            "layout",
        ),
    ),
    ("core", ("facts", "ir", "bound", "listing", "scales", "verify")),
    ("texts", ("problems", "shelf", "names", "reading", "amending", "binding", "whole")),
    (
        "compiler",
        (
            "problems",
            "order",
            "context",
            "literals",
            "roundings",
            "working_days",
            "decimals",
            "units",
            "lines",
            "choices",
            "expressions",
            "data",
            "intervals",
            "figures",
            "supports",
            "instalments",
            "rankings",
            "examples",
            "ranking_examples",
            "analysis",
            "changes",
            "others",
            "check",
        ),
    ),
    ("facts", ("problems", "json_text", "host", "leaves", "reader", "fast_reader", "plain", "schema")),
    (
        "evaluate",
        (
            "outcome",
            "intervals",
            "eligibility",
            "pipeline",
            "reference",
            "unknown",
            "runtime",
            "generate",
            "steps",
            "spans",
            "fast",
        ),
    ),
    "asking",
    "others",
    "values",
    ("phrases", ("suffixes", "speaker", "english", "turkish", "languages")),
    "answer",
    (
        "explain",
        (
            "labels",
            "shown",
            "story",
            "page",
            "text",
            "markup",
            "plain",
            "conditions",
            "differences",
            "beside",
        ),
    ),
    "record",
    "decision",
    "settings",
    "applications",
    "rank",
    "compare",
    "examples",
    "ranking_examples",
    (
        "properties",
        (
            "draft",
            "probe",
            "ranges",
            "points",
            "fresh",
            "aim",
            "making",
            "plainer",
            "promises",
            "smaller",
            "search",
            "written",
            "report",
            "coverage",
            "changes",
            "mutants",
            "strategies",
            "draws",
            "programmes",
            "formulas",
            "statements",
            "rule_files",
        ),
    ),
    "api",
    "suite",
    "testing",
    "pytest_plugin",
    "starter",
    "catalogue",
    "cli",
)

# The two modules that may turn text into code: they wrote that text themselves.
GENERATES_CODE = {"grantrules.facts.fast_reader", "grantrules.evaluate.fast"}

# What would let a rule file or an application reach beyond the package.
FORBIDDEN_IMPORTS = {
    "builtins", "code", "codeop", "ctypes", "dill", "http", "marshal", "multiprocessing", "pickle", "runpy",
    "shelve", "socket", "socketserver", "ssl", "subprocess", "urllib",
}  # fmt: skip
# Tests of a programme may be shared among processes; whoever decides never asks for one.
SHARES_WORK = {"grantrules.suite"}


def street() -> Iterator[str]:
    """The modules in their order. A folder's own file comes before its modules, as Python runs it before them."""
    for stop in STREET:
        if isinstance(stop, str):
            yield f"grantrules.{stop}"
        else:
            folder, modules = stop
            yield f"grantrules.{folder}"
            yield from (f"grantrules.{folder}.{module}" for module in modules)
    yield "grantrules"
    yield "grantrules.__main__"


PLACE = {module: place for place, module in enumerate(street())}


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def nodes(module: str) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8")))


def imported(module: str) -> Iterator[tuple[int, str]]:
    """Every import in a module, at whatever depth: its line and the full name that it is of."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in nodes(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield node.lineno, full if full in MODULES else base
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            yield from ((node.lineno, a.value) for a in node.args[:1] if isinstance(a, ast.Constant))


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def own_imports(module: str) -> Iterator[tuple[int, str]]:
    return ((line, name) for line, name in imported(module) if name.partition(".")[0] == "grantrules")


def test_each_module_has_its_place_in_the_street():
    missing = [module for module in MODULES if module not in PLACE]

    assert missing == [], "give these a place in STREET"


def test_no_module_stands_in_the_street_twice():
    assert len(list(street())) == len(PLACE)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_stands_above_it(module):
    place = PLACE.get(module, -1)
    wrong = [
        f"{module}, line {line}: {name} stands below"
        if name in PLACE
        else f"{module}, line {line}: what is {name}?"
        for line, name in own_imports(module)
        if PLACE.get(name, len(PLACE)) >= place
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import grantrules.api", ["grantrules.api"]),
        ("from grantrules import api", ["grantrules.api"]),
        ("from . import source", ["grantrules.source"]),
        ("from .source import Span", ["grantrules.source"]),
        ("def later():\n    from grantrules.source import Span", ["grantrules.source"]),
        ("if TYPE_CHECKING:\n    import grantrules.source", ["grantrules.source"]),
        ("importlib.import_module('grantrules.source')", ["grantrules.source"]),
        ("import attrs", []),
    ],
)
def test_every_way_to_import_is_seen(text, found, tmp_path, monkeypatch):
    """The street is only as good as the eye that watches it."""
    written = tmp_path / "limits.py"
    written.write_text(text, encoding="utf-8")
    monkeypatch.setitem(MODULES, "grantrules.limits", written)
    monkeypatch.setitem(MODULES, "grantrules.api", written)

    assert [name for _, name in own_imports("grantrules.limits")] == found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_cannot_reach_beyond_the_package(module):
    reached = {name for _, name in imported(module) if name.partition(".")[0] in FORBIDDEN_IMPORTS}

    assert reached <= ({"multiprocessing"} if module in SHARES_WORK else set())


@pytest.mark.parametrize("module", MODULES)
def test_only_the_code_generators_turn_text_into_code(module):
    """A method called `compile`, or a function of that name that the module itself defines or imports, is another
    matter than Python's own.
    """
    tree = list(nodes(module))
    own = {node.name for node in tree if isinstance(node, ast.FunctionDef)}
    own |= {
        alias.asname or alias.name
        for node in tree
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    used = {node.func.id for node in tree if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}

    allowed = {"compile", "exec"} if module in GENERATES_CODE else set()
    assert (used - own) & {"compile", "eval", "exec", "__import__"} <= allowed


@pytest.mark.parametrize("module", MODULES)
def test_no_grammar_is_kept_in_a_pickle(module):
    """Lark's own cache is a pickle, by default under a predictable name in a folder that others may write to."""
    cached = [node for node in nodes(module) if isinstance(node, ast.Call) and called(node) == "Lark"]

    assert [call.lineno for call in cached for word in call.keywords if word.arg == "cache"] == []


def modules_after(statement: str) -> set[str]:
    """The names of all modules that a fresh Python has loaded after a statement."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_importing_the_package_loads_no_more_than_its_own_dependencies():
    """Test tools, schema validators and array libraries are imported when used: a portal pays for none of them."""
    loaded = modules_after("import grantrules") - modules_after("pass")

    foreign = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert foreign <= {"grantrules", "lark", "attr", "attrs", "tzdata"}


def test_importing_the_package_leaves_the_slow_parts_of_the_standard_library_alone():
    loaded = modules_after("import grantrules") - modules_after("pass")

    assert loaded & {"argparse", "asyncio", "email", "http", "importlib.metadata", "unittest", "xml"} == set()
