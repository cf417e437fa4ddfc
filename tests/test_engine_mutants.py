"""The list of changes of the engine that no test can notice is in step with the engine."""

import importlib
import inspect
import tomllib

import pytest

import engine_mutants
from engine_mutants import Change, Plan, read_equivalents

LISTED = read_equivalents(engine_mutants.EQUIVALENT.read_text(encoding="utf-8"))


def source(function: str) -> str:
    """The text of a function such as `calendars.Period.spoken`."""
    module = max((each for each in engine_mutants.modules() if function.startswith(f"{each}.")), key=len)
    found = importlib.import_module(f"grantrules.{module}")
    for name in function.removeprefix(f"{module}.").split("."):
        found = inspect.getattr_static(found, name)
    for inner in ("fget", "__func__", "__wrapped__"):
        found = getattr(found, inner, found)
    return inspect.getsource(found)


@pytest.mark.parametrize("change", LISTED, ids=str)
def test_a_change_that_shows_nowhere_is_one_of_a_function_that_is_there(change):
    lines = {line.strip() for line in source(change.function).splitlines()}

    assert change.old != change.new
    assert set(change.old) <= lines
    assert not set(change.new) <= lines


def test_each_reason_is_a_sentence():
    assert all(len(reason.split()) > 4 for reason in LISTED.values())


def test_a_block_is_read_with_all_its_lines():
    text = "# a remark\n\ncalendars.civil\n- if a:\n- b\n+ if not a:\n+ b\n= because\n= it is so\n"

    assert read_equivalents(text) == {
        Change("calendars.civil", ("if a:", "b"), ("if not a:", "b")): "because it is so"
    }


@pytest.mark.parametrize("text", ["a.b\n- x\n+ y", "a.b\n- x\ny\n= z", "a.b\n-x\n+ y\n= z"])
def test_a_block_without_a_reason_is_refused(text):
    with pytest.raises(ValueError, match="no listed change"):
        read_equivalents(text)


def test_what_is_measured_is_there():
    """Each pattern names a module or a function that is measured."""
    plan = Plan.read()
    names = engine_mutants.modules()

    for pattern in (*plan.whole, *plan.excluded):
        module = max(
            (each for each in names if pattern == each or pattern.startswith(f"{each}.")), key=len, default=""
        )
        if module and module != pattern:
            made = vars(importlib.import_module(f"grantrules.{module}"))
            assert any(engine_mutants.named_by(f"{module}.{name}", [pattern]) for name in made), pattern
        else:
            assert module or any(engine_mutants.named_by(name, [pattern]) for name in names), pattern


def test_the_tool_is_the_one_whose_figures_are_told():
    extras = tomllib.loads((engine_mutants.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (mutmut,) = (each for each in extras["optional-dependencies"]["mutation"] if each.startswith("mutmut"))

    assert mutmut.replace("==", " ") in (engine_mutants.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
