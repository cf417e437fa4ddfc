"""The guide pages of the programmes keep their word: commands are run, parameters and sentences are all there."""

import json
import re
from pathlib import Path

import pytest

import grantrules as gr
from fidelity import Carried, bundled
from grantrules import cli, resources
from grantrules.suite import watched

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted((ROOT / "docs" / "programmes").glob("*.md")), ROOT / "docs" / "comparing.md"]
GUIDES = [(each, page) for each in bundled() for page in PAGES if page.stem == each.path.stem]
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)

guided = pytest.mark.parametrize(("programme", "page"), GUIDES, ids=lambda each: getattr(each, "stem", ""))


def commands() -> list[tuple[str, str]]:
    """Every command of every page with the lines shown below it."""
    return [
        (page.name, command)
        for page in PAGES
        for block in CONSOLE.findall(page.read_text(encoding="utf-8"))
        for command in re.split(r"(?m)^(?=\$ )", block)
        if command
    ]


@pytest.mark.parametrize(("page", "block"), commands())
def test_a_command_prints_what_the_page_shows(page, block, monkeypatch, capsys):
    """Lines of the page stand in the output in the same order; an ellipsis stands for some that are left out."""
    monkeypatch.chdir(ROOT)
    command, *shown = block.splitlines()
    cli.main(command.removeprefix("$ grantrules ").split())
    printed = iter(capsys.readouterr().out.splitlines())

    for line in shown:
        if line != "…":
            assert any(line == other for other in printed), f"{page}: {line}"


@guided
def test_a_page_names_every_parameter_and_every_reading(programme: Carried, page: Path):
    """What an amendment leaves as it was stands on the page of the text it amends."""
    pages = [page, *(page.with_name(f"{each.path.stem}.md") for each in programme.amended)]
    text = "".join(each.read_text(encoding="utf-8") for each in pages)
    loaded = gr.load(programme.path)
    readings = [name for p in loaded.parameters.values() for name in (p.name, *(p.choices or ()))]

    assert [name for name in readings if f"`{name}`" not in text] == []


@guided
def test_a_page_names_every_normative_sentence_with_what_carries_it(programme: Carried, page: Path):
    text = page.read_text(encoding="utf-8")
    carriers = [
        name for row in programme.rows for name in row.carriers if row.sentence in programme.normative
    ]

    if "## The rules and their sentences" in text:
        assert [number for number in programme.normative if f"| {number} |" not in text] == []
        assert [name for name in carriers if f"`{name}`" not in text] == []
        assert [row.sentence for row in programme.rows if row.reason and row.sentence not in text] == []


@guided
def test_a_page_lists_what_its_programme_promises(programme: Carried, page: Path):
    """In the order of the file; what an amendment takes over stands on the page of the text it amends."""
    section = page.read_text(encoding="utf-8").partition("## What it promises")[2].partition("\n## ")[0]
    listed = re.findall(r"(?m)^\| `(\w+)` \| (.*) \|$", section)
    stated, *amended = (
        {
            each.about.name: each.about.titles["en"]
            for each in watched(gr.load(text.path)).promises
            if each.stated
        }
        for text in (programme, *programme.amended)
    )

    assert len(stated) >= 8
    assert listed == [
        (name, title) for name, title in stated.items() if not any(name in each for each in amended)
    ]


APPLICATIONS = resources.programs() / "tr" / "applications"


def test_the_two_applications_around_the_change_of_the_law_are_a_day_apart():
    """What the page of comparisons says of them."""
    before, after = (
        json.loads((APPLICATIONS / "ustd_tr72_2023" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("old_ceiling", "new_ceiling")
    )

    assert before.pop("submitted")[:10] == "2023-05-24"
    assert after.pop("submitted")[:10] == "2023-05-25"
    assert (before.pop("pledge_delivered")[:10], after.pop("pledge_delivered")[:10]) == (
        "2023-05-25",
        "2023-05-26",
    )
    assert before == after


def test_every_link_of_a_page_leads_somewhere():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} names {target}"
