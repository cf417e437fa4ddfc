"""
Hypothesis strategies for applications to a programme.

Every choice is drawn by Hypothesis, the simplest first, so that what fails shrinks to an application that a person can
read.  This module and `programmes` import Hypothesis, and are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from grantrules.core import ir
from grantrules.properties.making import WAYS, Applications, blank


class DrawingChooser:
    """
    Choices that Hypothesis draws.

    They are drawn by way of a random generator of its own, and not one by one: Hypothesis then takes an application for
    one piece.  It would otherwise copy single choices from one place to another, and of six applications five would be
    nearly alike, and stand at the same limits.
    """

    def __init__(self, draw: Callable[[st.SearchStrategy[Random]], Random]) -> None:
        self._random = draw(st.randoms(use_true_random=False))

    def number(self, low: int, high: int) -> int:
        """See `Chooser`."""
        return self._random.randint(low, high) if low < high else low


def applications(
    made: Applications,
    *,
    eligible_only: bool = False,
    near: str | None = None,
    with_: Mapping[str, Any] | None = None,
    partial: bool = False,
) -> st.SearchStrategy[dict[str, Any]]:
    """
    Applications to a programme, as plain data.

    Args:
        made: what they are made with.
        eligible_only: only those that the programme finds eligible.
        near: the name of a requirement, step or figure; every application is at one of its points.
        with_: facts that are drawn from strategies of your own, or are always the same.
        partial: leave some facts out that the programme asks for.

    Raises:
        ValueError: nothing is compared under the name `near`, or `with_` names no fact.
    """
    points = made.near(near) if near is not None else made.landscape.points
    own = {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in (with_ or {}).items()
    }
    _known_facts(made.program, own)
    ways = ("one", "two") if near is not None else WAYS

    @st.composite
    def application(draw: st.DrawFn) -> dict[str, Any]:
        given = made.raw({name: draw(strategy) for name, strategy in own.items()})
        chooser = DrawingChooser(draw)
        way = ways[chooser.number(0, len(ways) - 1)]
        if eligible_only and way in {"failing", "any"}:
            way = "eligible"
        draft = made.draft(chooser, way=way, points=points, given=given)
        if near is not None:
            assume(not made.landscape.hit(draft).isdisjoint(points))
        if eligible_only:
            assume(made.is_eligible(draft))
        if partial:
            blank(made.maker.aim(draft, chooser))
        return draft.plain()

    return application()


def _known_facts(program: ir.Program, names: Mapping[str, Any]) -> None:
    known = [each.name for each in program.application.fields]
    wrong = [name for name in names if name not in known]
    if wrong:
        raise ValueError(f"No such fact: {', '.join(wrong)}. The facts are: {', '.join(known)}.")
