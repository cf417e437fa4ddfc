"""Where further files are looked for: in which folders, in which order, and what is not opened."""

import os
from pathlib import Path

import pytest

from grantrules import resources
from grantrules.texts.shelf import Folders, Found, Refused, Texts, beside, file_bytes, file_of, shelf_of


@pytest.mark.parametrize(
    ("path", "name", "folder"),
    [
        ("/a/rules/tr/x.rules", "tr.x", "/a/rules"),
        ("/a/rules/tr/x.en.rules", "tr.x", "/a/rules"),
        ("/a/rules/tr/x.tr.rules", "tr.x", "/a/rules"),
        ("/a/rules/tr/x.de.rules", "tr.x", "/a/rules/tr"),
        ("/a/rules/tr/y.rules", "tr.x", "/a/rules/tr"),
        ("/a/rules/eu/x.rules", "tr.x", "/a/rules/eu"),
        ("/a/b/c/x.rules", "b.c.x", "/a"),
        ("/a/b/c/x.rules", "a.c.x", "/a/b/c"),
        ("/a/b/c/x.rules", "x", "/a/b/c"),
        ("/a/b/c/x.rules", "", "/a/b/c"),
        ("/a/b/c/x", "c.x", "/a/b"),
        ("/x.rules", "tr.x", "/"),
        ("/a/b/../tr/x.rules", "tr.x", "/a"),
        ("here/tr/x.rules", "tr.x", "here"),
        ("here/tr/x.rules", "x", "here/tr"),
        ("tr/x.rules", "tr.x", "."),
        ("x.rules", "x", "."),
        ("x.rules", "nothing.x", "."),
    ],
)
def test_the_folder_of_the_rules_is_found_by_the_name_of_a_file(path, name, folder):
    assert beside(path, name) == Folders((Path(folder),))


def test_a_file_that_calls_itself_by_its_folder_belongs_to_the_one_above(tmp_path, monkeypatch):
    (tmp_path / "tr").mkdir()
    monkeypatch.chdir(tmp_path / "tr")

    assert beside("x.rules", "tr.x") == Folders((Path(".."),))


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of libraries, some of one name."""
    for folder, text in (("one", "the first"), ("two", "the second")):
        (tmp_path / folder / "lib" / "deep").mkdir(parents=True)
        (tmp_path / folder / "lib" / "both.rules").write_text(text, encoding="utf-8")
    (tmp_path / "two" / "lib" / "only.rules").write_text("only here", encoding="utf-8")
    (tmp_path / "two" / "lib" / "note.txt").write_text("no rules", encoding="utf-8")
    (tmp_path / "two" / "lib" / "deep" / "inner.rules").write_text("inside", encoding="utf-8")
    return tmp_path / "one", tmp_path / "two"


def test_folders_are_searched_in_their_order(folders):
    one, two = folders
    shelf = Folders(folders, bundled=False)

    assert shelf.look_for("lib.both", 99) == Found(str(one / "lib" / "both.rules"), b"the first")
    assert shelf.look_for("lib.only", 99) == Found(str(two / "lib" / "only.rules"), b"only here")
    assert shelf.look_for("lib.deep.inner", 99) == Found(str(two / "lib" / "deep" / "inner.rules"), b"inside")
    assert shelf.look_for("lib.only", 3) == Found(str(two / "lib" / "only.rules"), b"only")
    assert shelf.look_for("lib.none", 99) is None
    assert shelf.look_for("lib.both.rules", 99) is None
    assert shelf.look_for("both", 99) is None
    assert shelf.places() == (str(one), str(two))
    assert shelf.names() == ("lib.both", "lib.only")
    assert Folders((Path(),)).places() == (".",)


def test_the_libraries_of_the_package_come_last(folders):
    shelf = Folders(folders)
    known = [each.replace("/", ".") for each in resources.bundled_names() if each.startswith("lib/")]

    assert known
    assert shelf.names() == (*known, "lib.both", "lib.only")
    found = shelf.look_for(known[0], 10**6)
    assert isinstance(found, Found)
    assert found.shown == file_of(known[0])
    assert found.content == (resources.programs() / file_of(known[0])).read_bytes()
    assert Folders(folders, bundled=False).look_for(known[0], 10**6) is None
    assert shelf.look_for("tr.kdp_2023", 10**6) is None


def test_what_leads_elsewhere_or_is_no_file_is_not_opened(folders, tmp_path):
    one, two = folders
    (tmp_path / "outside.rules").write_text("outside", encoding="utf-8")
    (one / "lib" / "link.rules").symlink_to(tmp_path / "outside.rules")
    (two / "lib" / "link.rules").write_text("inside", encoding="utf-8")
    (one / "lib" / "inner.rules").symlink_to(one / "lib" / "both.rules")
    (one / "lib" / "circle.rules").symlink_to(one / "lib" / "circle.rules")
    (one / "lib" / "folder.rules").mkdir()
    os.mkfifo(one / "lib" / "pipe.rules")
    shelf = Folders(folders, bundled=False)

    def place(name: str) -> str:
        return str(one / "lib" / f"{name}.rules")

    assert shelf.look_for("lib.link", 99) == Refused(place("link"), "outside")
    assert shelf.look_for("lib.inner", 99) == Found(place("inner"), b"the first")
    assert shelf.look_for("lib.circle", 99) == Refused(place("circle"), "readable")
    assert shelf.look_for("lib.folder", 99) == Refused(place("folder"), "readable")
    assert shelf.look_for("lib.pipe", 99) == Refused(place("pipe"), "readable")
    with pytest.raises(OSError, match="It is not a regular file") as wrong:
        file_bytes(one / "lib" / "pipe.rules", 99)
    assert (wrong.value.errno, wrong.value.filename) == (22, place("pipe"))


def test_only_so_many_names_are_looked_through(folders, monkeypatch):
    monkeypatch.setattr("grantrules.texts.shelf.MOST_LISTED", 0)

    assert len(Folders((folders[1],), bundled=False).names()) == 1


def test_texts_at_hand_are_found_by_the_names_of_their_files():
    shelf = Texts({"lib/a.rules": "çok", "tr/b.rules": ""})

    assert shelf.look_for("lib.a", 99) == Found("lib/a.rules", "çok".encode())
    assert shelf.look_for("lib.a", 1) == Found("lib/a.rules", "ç".encode())
    assert shelf.look_for("tr.b", 99) == Found("tr/b.rules", b"")
    assert shelf.look_for("a", 99) is None
    assert shelf.names() == ("lib.a", "tr.b")
    assert shelf.places() == ()
    assert Texts({"a.rules": "\ud800"}).look_for("a", 9) == Found("a.rules", b"?")


def test_a_place_is_a_folder_some_folders_or_texts():
    assert shelf_of(None) == Folders(())
    assert shelf_of("a") == Folders((Path("a"),))
    assert shelf_of(Path("a")) == Folders((Path("a"),))
    assert shelf_of(["a", Path("b")]) == Folders((Path("a"), Path("b")))
    assert shelf_of({"a.rules": "b"}) == Texts({"a.rules": "b"})
    with pytest.raises(TypeError) as wrong:
        shelf_of(5)
    assert str(wrong.value) == "`root` is a folder, a list of folders, or texts by the names of their files."
