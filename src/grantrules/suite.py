"""
The test suite of a programme: its promises, checked on generated applications.

The examples of a programme are run by `Programme.run_examples`; together they are what `grantrules test` runs.
"""

from __future__ import annotations

from grantrules.api import Programme, verify
from grantrules.properties.making import makers
from grantrules.properties.promises import Engine, Watched
from grantrules.properties.search import NUMBER, Result, check_promises


def watched(programme: Programme) -> Watched:
    """A programme with its promises, and with whole decisions to look at."""
    return Watched(makers(programme._program), _engine(programme))  # noqa: SLF001 - It is of the same house.


def _engine(programme: Programme) -> Engine:
    return Engine(programme.decide, lambda record: verify(record).status == "verified")


def run_promises(programme: Programme, *, number: int = NUMBER) -> tuple[Result, ...]:
    """
    Check what a programme promises, and what every programme promises, on generated applications.

    Args:
        programme: the programme.
        number: how many applications are made; the same ones on every run.
    """
    return check_promises(watched(programme), number=number)
