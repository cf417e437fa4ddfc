"""
Lists that other people keep: activities, countries, currencies, regions.

Each module answers from a table in `data/`, read when it is first asked and then kept. `data/README.md` says where
the tables come from and under which terms. All modules share one manner: `normalise` takes what somebody wrote and
gives the one canonical text of a code, or a `CodeSlip` that says what is wrong with it; the other functions take
canonical codes.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Reason(Enum):
    """Why a text is not a code of a list."""

    MALFORMED = "not written as a code"
    UNKNOWN = "no such code"
    OTHER_REVISION = "a code of the other revision only"


@frozen
class CodeSlip:
    """A text that is not a code; `near` holds up to three codes that may have been meant, likeliest first."""

    reason: Reason
    near: tuple[str, ...] = ()
