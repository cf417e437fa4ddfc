"""The programmes say what their sources say: every citation is word for word, and every sentence has its statement.

The sentences the two programmes rest on are kept beside them, in `programs/tr/sources/`. The table of sentences is in
`tests/data/programmes/*.fidelity.txt`; `pytest -s tests/test_fidelity.py` prints how many are carried and left out.
"""

import re
from pathlib import Path

import pytest

from grantrules import resources
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse

HERE = resources.programs() / "tr"
TABLES = Path(__file__).parent / "data" / "programmes"
PROGRAMMES = ("kdp_2023", "kdp_2012")

# What a person may answer for: these have a source in the law. Facts and readings may cite; examples need not.
MUST_CITE = {"require", "exception", "duty", "note"}


def collapsed(text: str) -> str:
    return " ".join(text.split())


def source_text(name: str) -> str:
    return (HERE / "sources" / f"{name}.txt").read_text(encoding="utf-8")


def sentences(name: str) -> list[str]:
    return [line for line in source_text(name).split("\n\n", 1)[1].splitlines() if line]


def module(name: str) -> syn.Module:
    path = HERE / f"{name}.rules"
    tree, problems = parse(Source(path.name, path.read_text(encoding="utf-8")))
    assert problems == ()
    return tree


def headings(tree: syn.Module) -> list[tuple[str, syn.Heading]]:
    """Every statement and step that has a name, with its kind."""
    found = []
    for statement in tree.statements:
        heading = getattr(statement, "heading", None)
        if heading is not None:
            kind = statement.kind if isinstance(statement, syn.Rule) else type(statement).__name__
            found.append((kind, heading))
        if isinstance(statement, syn.Support):
            found += [(type(step).__name__, step.heading) for step in statement.steps]
    return found


def citations(name: str) -> list[tuple[str, str]]:
    """Every quotation of a programme, with the name of its statement."""
    return [
        (heading.name.text if heading.name else "", citation.quote)
        for _, heading in headings(module(name))
        for citation in heading.citations
        if citation.quote is not None
    ]


def occurs(quote: str, text: str) -> bool:
    """Whether the parts of a quotation, divided by ellipses, stand in the text in their order."""
    position = 0
    for part in quote.split("…"):
        found = text.find(collapsed(part), position)
        if found < 0:
            return False
        position = found + len(collapsed(part))
    return True


def table(name: str) -> list[tuple[str, list[str], str | None]]:
    """Each sentence with the statements that carry it, or with the reason why it is left out."""
    rows = []
    for line in (TABLES / f"{name}.fidelity.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            sentence, carried = (part.strip() for part in line.split("|", 1))
            reason = carried.removeprefix("left out: ") if carried.startswith("left out: ") else None
            rows.append((sentence, [] if reason else re.split(r",\s*", carried), reason))
    return rows


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_quotation_is_word_for_word(name):
    text = collapsed(source_text(name))

    assert [quote for _, quote in citations(name) if not occurs(quote, text)] == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_sentence_of_the_source_is_quoted(name):
    """A sentence of the source that no statement quotes would be a sentence nobody carries out."""
    quoted = [collapsed(part) for _, quote in citations(name) for part in quote.split("…")]

    unquoted = [s for s in sentences(name) if not any(part in collapsed(s) for part in quoted)]
    assert unquoted == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_whatever_decides_quotes_its_source(name):
    bare = [
        heading.name.text
        for kind, heading in headings(module(name))
        if kind in MUST_CITE and heading.name and not heading.citations
    ]

    assert bare == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_step_of_the_money_but_the_rounding_quotes_its_source(name):
    bare = [
        step.heading.name.text
        for support in module(name).statements
        if isinstance(support, syn.Support)
        for step in support.steps
        if step.heading.name and not step.heading.citations
    ]

    assert bare == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_statement_has_a_title_in_both_languages(name):
    lacking = [
        heading.name.text
        for kind, heading in headings(module(name))
        if heading.name
        and kind not in {"Example", "Promise", "Record", "Application", "Define"}
        and {title.language for title in heading.titles} != {None, "tr"}
    ]

    assert lacking == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_table_names_statements_that_exist_and_quote(name):
    quoting = {statement for statement, _ in citations(name)}
    named = {statement for _, carriers, _ in table(name) for statement in carriers}

    assert named - quoting == set()


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_rule_and_step_that_quotes_is_in_the_table(name):
    """So the table is whole from this side too. Readings quote the words they are about; they carry nothing alone."""
    carrying = {
        heading.name.text
        for kind, heading in headings(module(name))
        if heading.name and heading.citations and kind not in {"Parameter", "Define", "CodeList", "Record"}
    }
    named = {statement for _, carriers, _ in table(name) for statement in carriers}

    assert carrying - named == set()


@pytest.mark.parametrize(("name", "numbered"), [("kdp_2023", 15), ("kdp_2012", 18)])
def test_each_numbered_sentence_is_carried_and_what_is_left_out_has_a_reason(name, numbered):
    rows = table(name)
    carried = [sentence for sentence, carriers, _ in rows if carriers]
    left_out = {sentence: reason for sentence, _, reason in rows if reason}
    print(f"\n{name}: {len(carried)} sentences carried, {len(left_out)} left out")
    for sentence, reason in left_out.items():
        print(f"  left out: {sentence} … ({reason})")

    assert len([s for s in carried if re.fullmatch(r"KDP\d\d-[A-Z]\d", s)]) == numbered
    assert all(reason for reason in left_out.values())


@pytest.mark.parametrize("name", PROGRAMMES)
def test_what_is_left_out_stands_at_the_end_of_the_programme_too(name):
    text = (HERE / f"{name}.rules").read_text(encoding="utf-8")
    end = collapsed(text.split("-- Left out, and why", 1)[1].replace("--", " "))

    assert [s for s, _, reason in table(name) if reason and s not in end] == []


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_programme_holds_enough_examples_and_promises(name):
    tree = module(name)

    assert sum(isinstance(s, syn.Example) for s in tree.statements) >= 12
    assert sum(isinstance(s, syn.Promise) for s in tree.statements) >= 8
