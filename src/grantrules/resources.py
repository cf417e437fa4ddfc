"""Where the grammars and the programmes that ship with the package are found.

They are kept at the top of the repository, `grammars/` and `programs/`, because people read them there. The wheel
carries them inside the package, as `grantrules/_data/`, so that an installation needs no checkout. An editable
installation is the checkout. This module is the one place that knows the difference, and is cheap to import.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parents[1]

RULES_SUFFIX = ".rules"


def data_root() -> Path:
    """The folder that holds `grammars/` and `programs/`: inside an installed package, or the top of a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def grammars() -> Path:
    """The folder of the grammars."""
    return data_root() / "grammars"


def programs() -> Path:
    """The folder of the programmes that come with the package."""
    return data_root() / "programs"


def bundled(name: str) -> Path:
    """
    The file of a programme that comes with the package.

    Args:
        name: its place under `programs/`, without the ending: `"tr/kdp_2023"`.

    Raises:
        LookupError: no such programme comes with the package; the message lists those that do.
    """
    names = bundled_names()
    if name not in names:
        raise LookupError(
            f"No programme called {name!r} comes with grantrules. Those that do: {', '.join(names)}."
        )
    return programs() / f"{name}{RULES_SUFFIX}"


def bundled_names() -> tuple[str, ...]:
    """The names that `bundled` knows, sorted."""
    folder = programs()
    found = (path.relative_to(folder).with_suffix("") for path in folder.rglob(f"*{RULES_SUFFIX}"))
    return tuple(sorted(path.as_posix() for path in found))
