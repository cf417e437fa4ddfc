"""The programmes that ship with the package are found by name, and by nothing that is not a name."""

import pytest

from grantrules import resources


def test_the_folders_are_there():
    assert resources.grammars().is_dir()
    assert resources.programs().is_dir()


def test_a_programme_is_found_by_its_name():
    path = resources.bundled("tr/kdp_2023")

    assert path.read_text(encoding="utf-8").startswith("language")


def test_every_known_name_is_found():
    assert all(resources.bundled(name).is_file() for name in resources.bundled_names())


@pytest.mark.parametrize(
    "name", ["tr/kdp_2024", "", "../pyproject", "tr/../tr/kdp_2023", "/etc/passwd", "tr"]
)
def test_another_name_is_refused_with_the_names_there_are(name):
    """A name is looked up in the list of names, so it cannot lead out of the folder."""
    with pytest.raises(LookupError) as refused:
        resources.bundled(name)

    known = ", ".join(resources.bundled_names())
    assert (
        str(refused.value) == f"No programme called {name!r} comes with grantrules. Those that do: {known}."
    )
    assert "tr/kdp_2023" in known
