"""
What the programmes decide that the promises of another one name, about the same facts.

Each reads the facts it asks for, as it would read the application: what it does not ask for is left out, and what is
not known stays unknown.  So what is promised of both on part of the facts is what every completion of them decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from attrs import frozen

from grantrules.asking import asker
from grantrules.core import ir
from grantrules.core.facts import Facts
from grantrules.diagnostics import ApplicationError
from grantrules.evaluate.outcome import Outcome
from grantrules.facts.plain import plain
from grantrules.facts.reader import Reader, elsewhere
from grantrules.limits import DEFAULT_LIMITS, Limits


@frozen(eq=False, slots=False)
class Others:
    """
    The programmes that the promises of a programme name, made ready to decide.

    Args:
        deciding: makes an evaluator of a programme.
        limits: those under which applications to the programme are read.
    """

    program: ir.Program
    deciding: Callable[[ir.Program], Callable[[Facts], Outcome]]
    limits: Limits = DEFAULT_LIMITS

    @cached_property
    def _ready(self) -> Mapping[str, tuple[Reader, Callable[[Facts], Outcome]]]:
        return {
            name: (
                Reader(other, self.limits, asker(other), elsewhere(other, self.program)),
                self.deciding(other),
            )
            for name, other in self.program.others.items()
        }

    def decide(self, facts: Facts) -> dict[str, Outcome]:
        """What each decides; one that does not take the application, for a condition it asks under, is left out."""
        found: dict[str, Outcome] = {}
        data = plain(self.program, facts) if self.program.others else {}
        for name, (reader, decide) in self._ready.items():
            try:
                found[name] = decide(reader.read(data))
            except ApplicationError:
                continue
        return found
