"""The two pages about testing keep their word: their commands are run, and so is their Python."""

import doctest
import re
from pathlib import Path

import pytest

import grantrules as gr
from grantrules import cli

DOCS = Path(__file__).resolve().parents[1] / "docs"
AUTHORS, DEVELOPERS = DOCS / "testing-a-programme.md", DOCS / "property-suites.md"


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the programme of the page, and with the mistake that the page makes in it."""
    (rules,) = blocks(AUTHORS, "grantrules")
    (tmp_path / "solar.rules").write_text(rules, encoding="utf-8")
    wrong = rules.replace("rounding down", "rounding half up")
    (tmp_path / "wrong.rules").write_text(wrong, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("block", blocks(AUTHORS, "console"), ids=lambda block: block.splitlines()[0])
def test_a_command_prints_what_the_page_shows(block, folder, capsys):
    """Lines of the page stand in the output in the same order; an ellipsis stands for some that are left out."""
    command, *shown = block.splitlines()
    cli.main(command.removeprefix("$ grantrules ").split())
    printed = iter(capsys.readouterr().out.splitlines())

    for line in shown:
        if line != "…":
            assert any(line == other for other in printed), line


def test_the_programme_of_the_page_is_sound(folder):
    assert gr.check(Path("solar.rules")) == ()


def test_the_python_of_the_page_runs(monkeypatch):
    monkeypatch.chdir(DOCS.parent)
    found = doctest.testfile(str(DEVELOPERS), module_relative=False)

    assert found.attempted > 10
    assert found.failed == 0
