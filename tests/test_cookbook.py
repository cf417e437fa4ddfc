"""The cookbook keeps its word: fifty features, a page each, and every page a programme whose examples hold."""

import json
import re
from pathlib import Path

import pytest

import grantrules as gr
from cookbook import COOKBOOK, index, told
from several_files import files_in

PAGES = sorted(COOKBOOK.glob("[0-9][0-9]_*.md"))
BLOCK = re.compile(r"^```grantrules\n(.*?)^```$", re.MULTILINE | re.DOTALL)

page_by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def programmes(page: Path) -> list[str]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def compiled(text: str) -> gr.Programme:
    """The programme of a block; a block of several files gives that of the last."""
    last, others = files_in(text)
    return gr.compile(last, root=others or None)


def test_there_is_a_page_for_each_of_the_fifty_features():
    assert [row.number for row in index()] == list(range(1, 51))
    assert [row.page for row in index()] == [page.name for page in PAGES]
    for row, page in zip(index(), PAGES, strict=True):
        assert page.read_text(encoding="utf-8").startswith(f"# {row.number}. {row.title}\n")


def test_the_number_of_features_that_can_be_said_is_true():
    """What can be said only in part is not counted, and its page says what is missing and what to write instead."""
    sayable = [row for row in index() if row.sayable == "yes"]
    in_part = [row for row in index() if row.sayable != "yes"]

    assert told() == f"cookbook: {len(sayable)} of 50 features can be said, {len(in_part)} in part"
    written = (COOKBOOK / "README.md").read_text(encoding="utf-8")
    assert f"**{len(sayable)} of the fifty can be said" in written
    for row in in_part:
        assert row.sayable.startswith("in part: ")
        assert "**Not yet:**" in (COOKBOOK / row.page).read_text(encoding="utf-8"), row.page
    for row in sayable:
        assert "**Not yet:**" not in (COOKBOOK / row.page).read_text(encoding="utf-8"), row.page


@page_by_page
def test_a_page_says_who_needs_it_how_to_read_it_and_what_to_mind(page: Path):
    text = page.read_text(encoding="utf-8")

    assert re.search(r"^\*\*Needed by:\*\* \w", text, re.MULTILINE)
    assert re.search(r"^## Pitfalls\n\n- ", text, re.MULTILINE)
    assert re.search(r"^```\n\n[A-Z`*]", text, re.MULTILINE)


@page_by_page
def test_the_programmes_of_a_page_compile_without_a_remark_and_their_examples_hold(page: Path):
    for text in programmes(page):
        last, others = files_in(text)
        assert gr.check(last, root=others or None) == ()
        results = compiled(text).run_examples()

        assert len(results) >= 2
        assert [result for result in results if not result.passed] == []


@page_by_page
def test_the_ranking_of_a_page_comes_out_as_it_says(page: Path):
    """A page about a ranking shows the applications and what becomes of each; the others have none."""
    text = page.read_text(encoding="utf-8")
    given = re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    said = re.findall(r"^\| (?:(\w+) \| )?(\w+) \| (\w+) \| ([\d .]*) \|$", text, re.MULTILINE)
    assert bool(given) == bool(said)

    for applications in given:
        programme = compiled(programmes(page)[0])
        found = [
            (name, entry.id, entry.status, entry.funded.amount if entry.funded else "")
            for name in dict.fromkeys(line[0] for line in said)
            for entry in programme.rank(json.loads(applications), ranking=name or None).entries
        ]
        assert [(*line, funded.replace(" ", "")) for *line, funded in said] == found


def test_no_two_programmes_of_the_cookbook_have_one_name():
    names = [compiled(text).name for page in PAGES for text in programmes(page)]

    assert len(names) == len(set(names))


def test_every_link_of_the_cookbook_leads_somewhere():
    for page in COOKBOOK.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} names {target}"
