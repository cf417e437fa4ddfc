"""What is said of a text that is not a code of a list."""

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
