"""Programmes of several files: what is taken from libraries, where files are found, and that nothing else is read."""

import json
from pathlib import Path

import pytest

import grantrules as gr
from grantrules import record
from several_files import files_in

HOUSES = """language English

library lib.houses "Houses"
  currency EUR

source code "Building code", dated 2024-01-01

record house
  rooms   whole number (at least 0)
  value   money (at least 0 EUR)

parameter most_rooms "The most rooms of a small house"  whole number
  cites code "no more than six rooms"
  6

define house's is_small "A small house"
  cites code "a small house"
  rooms is at most most_rooms
"""

AID = """language English

programme tr.aid "Aid"
  currency TRY

source code "Another code"

use lib.houses: house, is_small

application
  home   house
  rooms  whole number

require small "Small houses only"
  cites code "small"
  home's is_small
"""


def check(text: str, **others: str) -> list[str]:
    files = {f"lib/{name}.rules": text for name, text in others.items()}
    return [p.code for p in gr.check(text, root=files)]


def test_a_programme_takes_from_a_library():
    programme = gr.compile(AID, root={"lib/houses.rules": HOUSES})
    decision = programme.decide({"home": {"rooms": 7, "value": "1.00"}, "rooms": 1})

    assert decision.eligible is False
    assert programme.parameters["most_rooms"].citations[0].source_title == "Building code"
    assert decision.failed[0].citation.source_title == "Another code"


def test_the_currency_of_a_library_is_its_own():
    programme = gr.compile(AID, root={"lib/houses.rules": HOUSES})

    assert "EUR" in json.dumps(programme.schema())


def test_a_fact_of_the_programme_means_nothing_in_the_library():
    """The application has `rooms` too; inside the library the word is the field of the record, and no clash."""
    assert check(AID, houses=HOUSES) == []


def test_a_library_cannot_reach_for_a_name_of_the_programme():
    spoilt = HOUSES.replace("rooms is at most most_rooms", "rooms is at most limit_of_all")
    text = AID + "\ndefine limit_of_all = 3\n\nadvise a\n  rooms is at most limit_of_all\n"

    assert "GR205" in check(text, houses=spoilt)


def test_mistakes_of_all_files_are_shown_at_once_each_in_its_own():
    spoilt = HOUSES.replace("(at least 0 EUR)", "(at leest 0 EUR)")
    with pytest.raises(gr.ProgrammeError) as caught:
        gr.compile(AID.replace("currency TRY", "curency TRY"), root={"lib/houses.rules": spoilt})

    places = {(p.source.name, p.source.line_of(p.span.start)) for p in caught.value.problems}
    assert ("lib/houses.rules", 10) in places
    assert ("programme.rules", 4) in places


def test_a_mistake_in_the_meaning_of_a_library_is_shown_in_its_line():
    spoilt = HOUSES.replace("rooms is at most most_rooms", "rooms is at most 5%")
    problems = gr.check(AID, root={"lib/houses.rules": spoilt})

    (problem,) = problems
    assert (problem.source.name, problem.source.line_of(problem.span.start)) == ("lib/houses.rules", 18)


def test_a_library_takes_from_a_library_and_from_another_language():
    doors = 'language English\n\nlibrary lib.doors "D"\n\ndefine doors_a_room = 2\n'
    doors_in_turkish = """dil Türkçe

kitaplık lib.kapilar "K"

kitaplıktan lib.doors: doors_a_room kapı adıyla

tanım en_çok_kapı = kapı * 6
"""
    text = """language English

programme tr.aid "Aid"
  currency EUR

use lib.kapilar: en_çok_kapı as most_doors

application
  doors whole number

require few "Few"
  doors is at most most_doors
"""
    programme = gr.compile(text, root={"lib/doors.rules": doors, "lib/kapilar.rules": doors_in_turkish})

    assert programme.decide({"doors": 12}).eligible is True
    assert programme.decide({"doors": 13}).eligible is False
    # Two things of one name under a new one: nothing of the library means anything else than before.
    assert (
        check(
            text + "\ndefine kapı = 1\n\nadvise k\n  doors is kapı\n", doors=doors, kapilar=doors_in_turkish
        )
        == []
    )


def test_a_new_name_gives_way_for_two_libraries_with_one_name():
    other = HOUSES.replace("lib.houses", "lib.homes")
    text = AID.replace(
        "use lib.houses: house, is_small",
        "use lib.houses: house, is_small\n\nuse lib.homes: house as home_of_others",
    ).replace("  rooms  whole number", "  rooms  whole number\n  second home_of_others")

    assert check(text, houses=HOUSES, homes=other) == []


def test_what_clashes_unseen_is_named_in_the_line():
    text = (
        AID.replace("application\n", 'parameter most_rooms "M"  whole number\n  3\n\napplication\n')
        + "\nadvise a\n  rooms is at most most_rooms\n"
    )

    assert check(text, houses=HOUSES) == ["GR707"]
    assert check(text.replace("is_small\n", "is_small, most_rooms as m\n", 1), houses=HOUSES) == ["GR708"]


# ---- where files are found ---------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rules" / "lib").mkdir(parents=True)
    (tmp_path / "rules" / "tr").mkdir()
    (tmp_path / "rules" / "lib" / "houses.rules").write_text(HOUSES, encoding="utf-8")
    (tmp_path / "rules" / "tr" / "aid.rules").write_text(AID, encoding="utf-8")
    return tmp_path


def test_the_folder_is_the_one_in_which_the_name_begins(folder, monkeypatch):
    assert gr.load(folder / "rules" / "tr" / "aid.rules").name == "tr.aid"
    monkeypatch.chdir(folder / "rules" / "tr")
    assert gr.load("aid.rules").name == "tr.aid"


def test_a_file_in_another_place_has_its_own_folder(folder):
    moved = folder / "aid.rules"
    moved.write_text(AID, encoding="utf-8")

    assert [p.code for p in gr.check(moved)] == ["GR701"]
    assert gr.load(moved, root=folder / "rules").name == "tr.aid"
    assert gr.load(moved, root=[folder, folder / "rules"]).name == "tr.aid"


def test_a_text_finds_the_libraries_of_the_package_alone(folder, monkeypatch):
    monkeypatch.chdir(folder / "rules")

    assert [p.code for p in gr.check(AID.encode())] == ["GR701"]
    text = AID.replace("lib.houses: house, is_small", "lib.sme_tr: enterprise, is_sme").replace(
        "house", "enterprise"
    )
    dated = text.replace("currency TRY", "currency TRY\n  rules as of paid_on").replace(
        "  rooms  whole number", "  rooms  whole number\n  paid_on date"
    )
    assert gr.compile(dated.replace("is_small", "is_sme")).name == "tr.aid"


@pytest.mark.parametrize(
    "name",
    ["../lib.houses", "/etc/passwd", "lib..houses", "lib/houses", "C:lib", "lib.houses.", "LIB.houses"],
)
def test_a_name_cannot_lead_anywhere_else(folder, name):
    moved = folder / "rules" / "tr" / "aid.rules"
    moved.write_text(AID.replace("lib.houses", name), encoding="utf-8")

    found = [p.code for p in gr.check(moved)]
    assert found
    assert all(code.startswith("GR1") for code in found)


def test_a_link_inside_the_folder_is_read_and_one_that_leads_out_is_not(folder):
    lib = folder / "rules" / "lib"
    text = folder / "rules" / "tr" / "aid.rules"
    (lib / "inside.rules").write_text(HOUSES.replace("lib.houses", "lib.linked"), encoding="utf-8")
    (lib / "linked.rules").symlink_to(lib / "inside.rules")
    text.write_text(AID.replace("lib.houses", "lib.linked"), encoding="utf-8")
    assert gr.check(text) == ()

    (folder / "secret.rules").write_text(HOUSES.replace("lib.houses", "lib.secret"), encoding="utf-8")
    (lib / "secret.rules").symlink_to(folder / "secret.rules")
    text.write_text(AID.replace("lib.houses", "lib.secret"), encoding="utf-8")
    assert [p.code for p in gr.check(text)] == ["GR702"]


def test_a_linked_folder_that_leads_out_is_not_read(folder):
    other = folder / "other"
    other.mkdir()
    (other / "houses.rules").write_text(HOUSES.replace("lib.houses", "far.houses"), encoding="utf-8")
    (folder / "rules" / "far").symlink_to(other)
    text = folder / "rules" / "tr" / "aid.rules"
    text.write_text(AID.replace("lib.houses", "far.houses"), encoding="utf-8")

    assert [p.code for p in gr.check(text)] == ["GR702"]


def test_a_link_that_leads_to_itself_is_not_read(folder):
    lib = folder / "rules" / "lib"
    (lib / "round.rules").symlink_to(lib / "round.rules")
    text = folder / "rules" / "tr" / "aid.rules"
    text.write_text(AID.replace("lib.houses", "lib.round"), encoding="utf-8")

    assert [p.code for p in gr.check(text)] in (["GR702"], ["GR703"])


def test_a_file_that_is_too_large_or_no_text_is_refused_in_its_own_name(folder):
    lib = folder / "rules" / "lib" / "houses.rules"
    text = folder / "rules" / "tr" / "aid.rules"
    lib.write_bytes(HOUSES.encode() + b"-" * 300_000)
    assert [(p.code, p.source.name) for p in gr.check(text)] == [("GR601", str(lib))]
    lib.write_bytes(b"\xff\xfe")
    assert [(p.code, p.source.name) for p in gr.check(text)] == [("GR102", str(lib))]


def test_a_thousand_libraries_end_in_one_clear_answer():
    files = {
        f"lib/l{n}.rules": f'language English\n\nlibrary lib.l{n} "L"\n\nuse lib.l{n + 1}: x{n + 1}\n\ndefine x{n} = x{n + 1}\n'
        for n in range(1000)
    }
    text = AID.replace("use lib.houses: house, is_small", "use lib.l0: x0").replace("  home   house\n", "")
    found = gr.check(text.replace("home's is_small", "rooms is x0"), root=files)

    assert {p.code for p in found} == {"GR741"}


# ---- records and messages ----------------------------------------------------------------------------------------


def test_a_record_holds_every_file_and_is_replayed_without_them():
    programme = gr.compile(AID, root={"lib/houses.rules": HOUSES})
    decision = programme.decide({"home": {"rooms": 6, "value": "1.00"}, "rooms": 1})
    text = decision.record()

    stored = json.loads(text)
    assert [file["name"] for file in stored["rules"]["files"]] == ["programme.rules", "lib/houses.rules"]
    assert stored["rules"]["files"][1]["sha256"] == record.sha256(HOUSES)
    assert gr.verify(text).status == "verified"
    stored["rules"]["files"][1]["text"] = HOUSES.replace("6", "7")
    assert gr.verify(json.dumps(stored)).status == "changed"


def test_an_explanation_quotes_the_text_of_the_library():
    programme = gr.compile(AID, root={"lib/houses.rules": HOUSES})
    decision = programme.decide({"home": {"rooms": 7, "value": "1.00"}, "rooms": 1})

    assert "A small house" in decision.explain() or "rooms" in decision.explain()


def test_several_files_in_one_text():
    assert files_in("-- lib/a.rules\nx\n-- b.rules\ny\n") == ("y\n", {"lib/a.rules": "x\n"})


def test_a_root_of_another_kind_is_refused():
    with pytest.raises(TypeError, match="root"):
        gr.compile(AID, root=5)


def test_a_name_that_cannot_be_found_is_not_suggested(tmp_path):
    """Of what comes along only libraries are found from everywhere; a programme is amended where its file lies."""
    later = tmp_path / "later.rules"
    later.write_text(
        'language English\n\namendment x.later "Later"\n  amends tr.kdp_2023\n', encoding="utf-8"
    )

    (problem,) = gr.check(later)
    assert problem.code == "GR701"
    assert "Did you mean" not in problem.words("en").instead
    assert "--root" in problem.words("en").instead
