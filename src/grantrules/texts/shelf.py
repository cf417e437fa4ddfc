"""
Where the other files of a programme are found: in the folders given and nowhere else.

A library has a dotted name, and the dots are folders: `lib.sme_tr` is the file `lib/sme_tr.rules` in one of the
folders.  A name holds letters, digits and `_` only, so it can lead nowhere else by itself; a link in the folder that
does is refused.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from grantrules import resources
from grantrules.resources import RULES_SUFFIX

Root: TypeAlias = "str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | Mapping[str, str]"
"""A folder, several of them, or texts by the name of their file (`{"lib/sme_tr.rules": "language English …"}`)."""

MOST_LISTED = 2_000
_SURFACES = (".en", ".tr")


@frozen
class Found:
    """A file: the name it is shown under, and its content, one byte more than was asked for if it is longer."""

    shown: str
    content: bytes


@frozen
class Refused:
    """A file that is there and is not read: it lies `outside`, or is not `readable`."""

    shown: str
    why: str


def file_of(name: str) -> str:
    """
    The file of a dotted name.

    >>> file_of("lib.sme_tr")
    'lib/sme_tr.rules'
    """
    return name.replace(".", "/") + RULES_SUFFIX


@frozen
class Folders:
    """Folders on this machine, searched in their order, then the libraries that come with the package."""

    roots: tuple[Path, ...] = ()
    bundled: bool = True

    def look_for(self, name: str, most: int) -> Found | Refused | None:
        """The file of a dotted name."""
        for root, shown in self._places(name):
            path = root / file_of(name)
            found = self._open(path, root, shown, most)
            if found is not None:
                return found
        return None

    def _places(self, name: str) -> Iterator[tuple[Path, str]]:
        for root in self.roots:
            yield root, os.path.join(root, *file_of(name).split("/"))  # noqa: PTH118 - As the user wrote it.
        if self.bundled and name.startswith("lib."):
            yield resources.programs(), file_of(name)

    @staticmethod
    def _open(path: Path, root: Path, shown: str, most: int) -> Found | Refused | None:
        try:
            real = path.resolve(strict=True)
            if not real.is_relative_to(root.resolve()):
                return Refused(shown, "outside")
            return Found(shown, file_bytes(real, most))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (
            OSError,
            RuntimeError,
        ):  # A link that leads to itself is one or the other, by the version of Python.
            return Refused(shown, "readable")

    def places(self) -> tuple[str, ...]:
        """The folders, for messages."""
        return tuple(str(root) or "." for root in self.roots)

    def names(self) -> tuple[str, ...]:
        """Dotted names that may have been meant."""
        found = []
        if self.bundled:
            found += [each.replace("/", ".") for each in resources.bundled_names() if each.startswith("lib/")]
        for root in self.roots:
            for number, path in enumerate(root.glob(f"lib/*{RULES_SUFFIX}")):
                if number > MOST_LISTED:
                    break
                found.append(path.relative_to(root).with_suffix("").as_posix().replace("/", "."))
        return tuple(dict.fromkeys(found))


@frozen
class Texts:
    """Texts that are at hand, by the names of their files; a record is replayed with them."""

    texts: Mapping[str, str]

    def look_for(self, name: str, most: int) -> Found | Refused | None:
        """The text of a dotted name."""
        text = self.texts.get(file_of(name))
        return None if text is None else Found(file_of(name), text.encode("utf-8", "replace")[: most + 1])

    def places(self) -> tuple[str, ...]:
        """There are no folders."""
        return ()

    def names(self) -> tuple[str, ...]:
        """Dotted names that may have been meant."""
        return tuple(name.removesuffix(RULES_SUFFIX).replace("/", ".") for name in self.texts)


Shelf: TypeAlias = Folders | Texts


def shelf_of(root: Root | None) -> Shelf:
    """
    The place of further files that a user gave.

    Raises:
        TypeError: it is neither a folder, nor folders, nor texts by name.
    """
    if root is None:
        return Folders()
    if isinstance(root, Mapping):
        return Texts(dict(root))
    if isinstance(root, str | os.PathLike):
        return Folders((Path(root),))
    if isinstance(root, Sequence):
        return Folders(tuple(Path(each) for each in root))
    raise TypeError("`root` is a folder, a list of folders, or texts by the names of their files.")


def beside(path: str | os.PathLike[str], name: str) -> Folders:
    """
    The folder of the rules that a file belongs to: `programs` for `programs/tr/x.rules`, if the file calls itself `tr.x`.

    A file whose place does not fit its name has the folder it lies in.

    Args:
        path: the file, as the user gave it.
        name: the dotted name in its head; may be empty.
    """
    given = Path(path)
    whole = Path(os.path.abspath(given))  # noqa: PTH100 - A link is not followed: its place is what the user sees.
    *folders, last = name.split(".")
    stem = whole.name.removesuffix(RULES_SUFFIX)
    for surface in _SURFACES:
        stem = stem.removesuffix(surface)
    up = len(folders) if stem == last and list(whole.parts[-1 - len(folders) : -1]) == folders else 0
    root = whole.parents[up]
    if given.is_absolute():
        return Folders((root,))
    try:
        return Folders((Path(os.path.relpath(root)),))
    except ValueError:  # Another drive.
        return Folders((root,))


def file_bytes(path: str | os.PathLike[str], most: int) -> bytes:
    """
    The content of a regular file, one byte more than `most` if it is longer.

    Raises:
        OSError: there is no such file, it cannot be read, or it is no regular file (a pipe or a device need not end).
    """
    # Opened without waiting: opening a pipe would wait for its other end.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(22, "It is not a regular file", os.fspath(path))
        return file.read(most + 1)
