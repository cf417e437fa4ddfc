"""
For whoever writes a tool over programmes: random ones to try it on, in the core and as rule files.

Hypothesis is imported when it is used. `docs/property-suites.md` shows it at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grantrules.api import Programme
from grantrules.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from hypothesis import strategies as st

    from grantrules.properties.rule_files import RuleFiles


def programmes() -> st.SearchStrategy[Programme]:
    """
    Programmes that mean something and whose author never lived: all kinds of facts, statements, steps and formulas.

    They are made in the typed core (`Programme.core`) and have no text: whatever reads the rule file has nothing to
    read. What fails shrinks to a programme of a few statements.
    """
    from grantrules.properties.programmes import programs

    return programs().map(lambda program: Programme(program, (), DEFAULT_LIMITS))


def rule_files() -> st.SearchStrategy[RuleFiles]:
    """
    Rule files that nobody wrote, with every construct of the language, in one file or in several.

    `gr.compile(files.text, root=files.others)` is the programme; `files.whole` is the same one as a single file.  Their
    examples and promises are drawn like everything else, so they need not hold.
    """
    from grantrules.properties import rule_files

    return rule_files.rule_files()
