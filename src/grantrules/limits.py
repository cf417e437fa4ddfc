"""The bounds within which a rule file is read and an application is decided.

The language always comes to an end, but an end can be a long time away: a small file can ask for a great deal of
work, and both files and applications come from people we do not know. So every resource has a bound that is on by
default. A bound can be set, and each decision records the bounds it was made under, because a replay must refuse
what the first run refused.

The defaults leave several times the room that the largest real programme needs. A limit that is reached gives a
message that names the limit; it never gives another answer.
"""

from __future__ import annotations

from attrs import Attribute, field, fields, frozen

_KIBI = 1024
_MEBI = 1024 * _KIBI


def _at_least_one(_: Limits, attribute: Attribute[int], value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"The limit {attribute.name} is a whole number, not {value!r}.")
    if value < 1:
        raise ValueError(f"The limit {attribute.name} is at least 1, not {value}.")


def _bound(default: int) -> int:
    return field(default=default, validator=_at_least_one)


@frozen(kw_only=True)
class Limits:
    """
    One figure for each resource that a rule file or an application could exhaust; the largest that is allowed.

    >>> Limits(list_items=500).as_record()["list_items"]
    500
    """

    file_bytes: int = _bound(256 * _KIBI)
    """Size of one rule file. Reading takes some milliseconds for each kilobyte, so this bounds the time of reading."""

    files: int = _bound(50)
    """Files that one programme is read from: itself, the texts it amends, and the libraries these use."""

    all_files_bytes: int = _bound(1024 * _KIBI)
    """Size of all these files together."""

    depth: int = _bound(64)
    """How deep brackets and blocks may stand inside one another. No person reads deeper, and each later pass
    would use up Python's own stack on a file made to be deep."""

    nodes: int = _bound(20_000)
    """Parts of a programme after reading it, definitions that are used in several places counted once for each
    use. It stops a short file whose definitions double at every step."""

    list_items: int = _bound(10_000)
    """Items in one list of an application, such as members or cost lines. The time of a decision is linear in it."""

    digits: int = _bound(18)
    """Digits before the decimal point of one number, in a rule file or an application. The compiler works out how
    large each sum and product can become from this."""

    decimals: int = _bound(6)
    """Digits after the decimal point of one number."""

    string_length: int = _bound(10_000)
    """Characters of one text: a title, a quotation, a message, or a text in an application."""

    name_length: int = _bound(80)
    """Characters of one name. Names are repeated in every message and decision record."""

    diagnostics: int = _bound(50)
    """Mistakes reported at once. Beyond that a report is no help, and a file of pure noise would fill the disk."""

    steps: int = _bound(10_000_000)
    """Steps of one decision, as the checker counts them before anything is run: conditions and sums times the
    items that they run over. It bounds the time of a decision where lists stand inside lists."""

    json_depth: int = _bound(32)
    """How deep lists and objects of an application in JSON may stand inside one another. Python's JSON reader
    calls itself for each of them."""

    json_bytes: int = _bound(16 * _MEBI)
    """Size of one application in JSON, refused before it is read into memory several times as large."""

    aggregation_depth: int = _bound(2)
    """How many sums, counts and the like may run inside one another. Each multiplies the steps by a list's length."""

    def as_record(self) -> dict[str, int]:
        """The limits as they stand in a decision record: name to figure, in the order above."""
        return {attribute.name: getattr(self, attribute.name) for attribute in fields(Limits)}


DEFAULT_LIMITS = Limits()
"""The limits that hold where none are given."""
