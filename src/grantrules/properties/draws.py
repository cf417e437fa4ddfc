"""Random choices of a seeded generator, as the makers of random programmes and rule files draw them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any


class Draws:
    """Whoever draws at random."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def chance(self, odds: int) -> bool:
        """Whether something happens that happens so many times out of a hundred."""
        return self.rng.randrange(100) < odds

    def one(self, options: Sequence[Any]) -> Any:
        """One of several, of whatever kinds."""
        return self.rng.choice(options)

    def repeat(self, least: int, most: int) -> range:
        """For so many times: at least `least`, and `most` where that is more."""
        return range(self.rng.randint(least, max(least, most)))
