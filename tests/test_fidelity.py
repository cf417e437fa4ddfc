"""The programmes say what their sources say: every citation is word for word, and every sentence has its statement.

`make fidelity` prints the same for a person; how it is found out stands in `fidelity.py`.
"""

import shutil
from pathlib import Path

import pytest

from fidelity import MUST_CITE, UNTITLED, Carried, bundled, collapsed, main, occurs
from grantrules import resources
from grantrules.syntax import tree as syn

BUNDLED = bundled()
PAGES = Path(__file__).parent.parent / "docs" / "programmes"
# The sentences that the extraction of each source numbers; a table that loses one of them is not the same source.
NUMBERED = {
    "eu/cosme_clusterxchange_2020": 19,
    "tr/cluster_stage": 19,
    "tr/kdp_2012": 18,
    "tr/kdp_2023": 15,
    "tr/urge_2010_8": 17,
    "tr/ustd_tr72_2023": 29,
}

each = pytest.mark.parametrize("programme", BUNDLED, ids=lambda programme: programme.name)


def test_every_bundled_programme_keeps_its_source_and_the_table_of_its_sentences():
    assert [each.name for each in BUNDLED if not (each.has_source and each.has_table)] == []


@each
def test_a_programme_is_its_source(programme: Carried):
    """Quotations are word for word, every sentence is quoted, and the table is whole from both sides."""
    assert programme.faults() == []


@each
def test_each_normative_sentence_has_one_row(programme: Carried):
    rows = [row.sentence for row in programme.rows]

    assert [number for number in programme.normative if rows.count(number) != 1] == []
    assert len(programme.normative) == NUMBERED.get(programme.name, len(programme.normative))


@each
def test_what_is_left_out_stands_at_the_end_of_the_programme_too(programme: Carried):
    text = programme.path.read_text(encoding="utf-8")
    end = collapsed(text.partition("-- Left out, and why")[2].replace("--", " "))

    assert [row.sentence for row in programme.rows if row.reason and row.sentence not in end] == []


@each
def test_what_is_left_out_stands_on_the_page_of_the_programme_too(programme: Carried):
    page = collapsed((PAGES / f"{programme.path.stem}.md").read_text(encoding="utf-8"))

    assert [row.sentence for row in programme.rows if row.reason and row.sentence not in page] == []


@each
def test_whatever_decides_quotes_its_source(programme: Carried):
    bare = [h.name.text for kind, h in programme.headings if kind in MUST_CITE and not h.citations]

    assert bare == []


@each
def test_every_step_of_the_money_but_the_rounding_quotes_its_source(programme: Carried):
    steps = {
        kind.__name__ for kind in vars(syn).values() if isinstance(kind, type) and issubclass(kind, syn.Step)
    }
    bare = [h.name.text for kind, h in programme.headings if kind in steps and not h.citations]

    assert bare == []


@each
def test_every_statement_has_a_title_in_both_languages(programme: Carried):
    # What an amendment adds to a record has the title of the record.
    known = {h.name.text for text in programme.amended for kind, h in text.headings if kind == "Record"}
    lacking = [
        heading.name.text
        for kind, heading in programme.headings
        if kind not in UNTITLED and not (kind == "Record" and heading.name.text in known)
        if {title.language for title in heading.titles} != {None, "tr"}
    ]

    assert lacking == []


@pytest.mark.parametrize("name", sorted(NUMBERED))
def test_a_programme_holds_enough_examples_and_promises(name: str):
    (kinds,) = [[kind for kind, _ in programme.headings] for programme in BUNDLED if programme.name == name]

    assert kinds.count("Example") >= 12
    assert kinds.count("Promise") >= 8


def test_a_programme_that_is_not_its_source_is_found_out(tmp_path):
    """A quotation of other words, and a table with a row too few and a name too many."""
    path = tmp_path / "kdp_2023.rules"
    shutil.copytree(resources.programs() / "tr" / "sources", tmp_path / "sources")
    text = (resources.programs() / "tr" / "kdp_2023.rules").read_text(encoding="utf-8")
    path.write_text(text.replace("Destek limiti bulunmamaktadır.", "Destek limiti yoktur."), encoding="utf-8")
    table = tmp_path / "sources" / "kdp_2023.sentences.txt"
    rows = (
        table.read_text(encoding="utf-8")
        .replace("KDP23-P1 | online\n", "")
        .replace("| potential", "| potentially")
    )
    table.write_text(rows, encoding="utf-8")

    assert Carried(path).faults() == [
        "none quotes what the source does not say: Destek limiti yoktur.",
        "nobody quotes the sentence, and no row leaves it out: Online başvuru linki: https://kumelenme.sanayi.gov.tr/",
        "no row of the table is about KDP23-P1",
        "the table names potentially, which quotes nothing",
        "online quotes the source and is not in the table",
        "potential quotes the source and is not in the table",
    ]


LEFT_OUT = "Ağırlıklı olarak yüksek teknolojili ürünlerin üretildiği"
ITS_SENTENCE = f"{LEFT_OUT}, nitelikli iş gücüne sahip, çevreye ve topluma duyarlı bir sanayi yapısına dönüşümü hızlandırmak için"
NO_LIMIT = "Destek oranı %70 olup hibe niteliğindedir. Destek limiti bulunmamaktadır."


@pytest.mark.parametrize(
    ("ending", "before", "after", "found"),
    [
        # One letter of a quotation, and one letter less at its end.
        (".rules", "en az 20 firmanın bulunduğu Birliktelikleri", "en az 20 firmalın bulunduğu Birliktelikleri", ["enough_firms quotes what the source does not say: İçinde en az 20 firmalın bulunduğu Birliktelikleri, Kümelenme Destek Programı kapsamında desteklenecektir.", "nobody quotes the sentence, and no row leaves it out: İçinde en az 20 firmanın bulunduğu Birliktelikleri, Kümelenme Destek Programı kapsamında desteklenecektir."]),
        (".rules", '"Destek limiti bulunmamaktadır."', '"Destek limiti bulunmamaktadı"', ["none quotes what the source does not say: Destek limiti bulunmamaktadı"]),
        # A sentence less, with its row and without.
        (".txt", f"{ITS_SENTENCE}\n", "", [f"no one sentence begins with what is left out: {LEFT_OUT}", "there are 15 sentences, and the table says 16"]),
        (".sentences.txt", f"{LEFT_OUT} | left out: the aim", "-- | left out: the aim", [f"nobody quotes the sentence, and no row leaves it out: {ITS_SENTENCE}", "no one sentence begins with what is left out: --"]),
        # A sentence twice, and a row twice.
        (".txt", f"{NO_LIMIT}\n", f"{NO_LIMIT}\n{NO_LIMIT}\n", [f"it is kept twice: {NO_LIMIT}", "there are 17 sentences, and the table says 16"]),
        (".sentences.txt", "KDP23-P1 | online\n", "KDP23-P1 | online\nKDP23-P1 | online\n", ["two rows are about KDP23-P1"]),
        # A sentence that nobody carries out, and one that is carried out and left out.
        (".txt", f"{NO_LIMIT}\n", f"{NO_LIMIT}\nBaşvuru ücreti alınmaz.\n", ["nobody quotes the sentence, and no row leaves it out: Başvuru ücreti alınmaz.", "there are 17 sentences, and the table says 16"]),
        (".sentences.txt", f"{LEFT_OUT} |", f"{LEFT_OUT} … belirli bir rekabet |", ["it is quoted and left out: belirli bir rekabet edebilirlik ve sürdürülebilirlik potansiyeli taşıyan, ulusal düzeyde önemi haiz ve ağırlıklı olarak imalat sanayinde faaliyet gösteren kümelenme teşebbüslerinin desteklemesi amaçlanmaktadır."]),
    ],
)  # fmt: skip
def test_whoever_tries_to_fool_the_check_is_found_out(tmp_path, ending, before, after, found):
    folder = resources.programs() / "tr"
    shutil.copytree(folder / "sources", tmp_path / "sources")
    shutil.copy(folder / "kdp_2023.rules", tmp_path)
    changed = (tmp_path if ending == ".rules" else tmp_path / "sources") / f"kdp_2023{ending}"
    text = changed.read_text(encoding="utf-8")
    assert before in text
    changed.write_text(text.replace(before, after), encoding="utf-8")

    assert Carried(tmp_path / "kdp_2023.rules").faults() == found


def test_what_is_found_is_printed(capsys):
    assert main() == 0
    printed = capsys.readouterr().out

    assert "Every quotation is word for word." in printed
    assert all(programme.name in printed for programme in BUNDLED)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("at least 20 firms", True),
        ("at least … firms", True),
        ("firms … at least", False),
        ("20 firm's", False),
        ("20 firm", False),
        ("ast 20 firms", False),
        ("20 firms in it.", True),
    ],
)
def test_a_quotation_is_word_for_word_but_for_what_an_ellipsis_leaves_out(quote: str, found: bool):
    assert occurs(quote, "There are at least 20 firms in it.") is found
