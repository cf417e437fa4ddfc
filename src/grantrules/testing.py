"""
For whoever writes a tool over programmes: random ones to try it on.

Hypothesis is imported when it is used. `docs/property-suites.md` shows it at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantrules.api import Programme
from grantrules.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from hypothesis import strategies as st


def programmes() -> st.SearchStrategy[Programme]:
    """
    Programmes that mean something and whose author never lived: all kinds of facts, statements, steps and formulas.

    They are made in the typed core (`Programme.core`) and have no text: whatever reads the rule file has nothing to
    read. What fails shrinks to a programme of a few statements.
    """
    from grantrules.properties.programmes import programs

    return programs().map(lambda program: Programme(program, (), DEFAULT_LIMITS))
