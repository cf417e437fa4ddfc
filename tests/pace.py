"""
How long something may take, measured against an honest programme in the same run.

A second on one machine is five on another, and more while it is busy; what an honest programme of a thousand lines
takes to check, in time of the processor, is slower there as well.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import grantrules as gr
from grantrules import resources

_HONEST = resources.programs() / "tr" / "kdp_2023.rules"


@cache
def unit() -> float:
    """Processor time that the honest programme takes, in seconds: the best of three."""
    data = _HONEST.read_bytes()
    times = []
    for _ in range(3):
        start = time.process_time()
        gr.check(data)
        times.append(time.process_time() - start)
    return min(times)


@contextmanager
def within(programmes: int) -> Iterator[None]:
    """What is done inside takes less than so many honest programmes."""
    honest = unit()
    start = time.process_time()
    yield
    taken = time.process_time() - start
    assert taken < programmes * honest, f"as long as {taken / honest:.0f} honest programmes"
