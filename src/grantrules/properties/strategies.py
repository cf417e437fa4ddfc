"""
Hypothesis strategies for applications to a programme.

Hypothesis draws a seed, from which an application is made, and then which of its pieces stay: nearly always all of
them, so that applications are as they were made, and as few as possible once one failed, so that what fails shrinks to
an application that a person can read.  To take a piece away makes nothing anew; that is why it takes little.

This module and `programmes` import Hypothesis, and are imported when they are used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress
from random import Random
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import define, evolve, field
from hypothesis import assume, find, reject, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from grantrules.core import ir
from grantrules.properties.draft import Draft, Path
from grantrules.properties.fresh import Notebook, RandomChooser
from grantrules.properties.making import Applications, Wanted, blank, blanks
from grantrules.properties.plainer import Pieces
from grantrules.properties.points import Point
from grantrules.properties.probe import Probe

if TYPE_CHECKING:
    from hypothesis.internal.conjecture.data import ConjectureData

Flags: TypeAlias = tuple[bool, ...]

_SEEDS = st.binary(
    min_size=3, max_size=3
)  # Bytes are drawn evenly; of numbers small ones are drawn more often.
_STAYS = 1 - 2**-12
_AT_ONCE = 6
_REMEMBERED = 256
_TRIES_OF_A_BLANK = 8


class _Flags(SearchStrategy[Flags]):
    """
    Whether each of some pieces stays: nearly always; not to stay is simpler.

    Many are drawn in halves, so that Hypothesis takes away many at once.  `draw_boolean` is not public in Hypothesis, but
    nothing that is public draws a truth that is nearly always the one, and shrinks to the other.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        half = number // 2
        self.number = number
        self.halves = (_flags(half), _flags(number - half)) if number > _AT_ONCE else ()

    def do_draw(self, data: ConjectureData) -> Flags:
        """See `SearchStrategy`."""
        if self.halves:
            return tuple(flag for half in self.halves for flag in data.draw(half))
        return tuple([data.draw_boolean(_STAYS) for _ in range(self.number)])


@lru_cache(maxsize=1024)
def _flags(number: int) -> _Flags:
    return _Flags(number)


class _Parts(SearchStrategy[tuple[Flags, ...]]):
    """The same for the pieces of some parts."""

    def __init__(self, parts: Sequence[int]) -> None:
        super().__init__()
        self.parts = [_flags(number) for number in parts]

    def do_draw(self, data: ConjectureData) -> tuple[Flags, ...]:
        """See `SearchStrategy`."""
        return tuple([data.draw(part) if part.number else () for part in self.parts])


@define(eq=False)
class _Found:
    """An application that a seed made, with its pieces."""

    made: Applications
    wanted: Wanted
    draft: Draft
    kept: SearchStrategy[tuple[Flags, ...]]
    pieces: Pieces
    blanks: tuple[Path, ...]
    _eligible: bool | None = field(default=None, init=False)

    @property
    def eligible(self) -> bool:
        """Whether it is eligible."""
        if self._eligible is None:
            self._eligible = self.made.is_eligible(self.draft)
        return self._eligible

    def plainer(self, kept: tuple[Flags, ...]) -> Draft | None:
        """The same with some pieces only; `None` if it is no longer as it is wanted, or no longer eligible."""
        if all(map(all, kept)):
            return self.draft
        draft = self.pieces.plainer(kept)
        self.made.maker.aim(draft, Notebook()).settle()
        wanted = Wanted(self.wanted.near, self.eligible, self.wanted.given)
        return draft if self.made.fits(draft, wanted) else None


def applications(
    made: Applications,
    *,
    eligible_only: bool = False,
    near: str | None = None,
    with_: Mapping[str, Any] | None = None,
    partial: bool = False,
) -> SearchStrategy[dict[str, Any]]:
    """
    Applications to a programme, as plain data.

    Args:
        made: what they are made with.
        eligible_only: only those that the programme finds eligible.
        near: the name of a requirement, step or figure; every application is at one of its points.
        with_: facts that are drawn from strategies of your own, or are always the same.
        partial: leave some facts out that the programme asks for.

    Raises:
        ValueError: nothing is compared under the name `near`, `with_` names no fact, or no application was found that
            is all that is wanted.
    """
    points = made.near(near) if near is not None else ()
    own = {
        name: value if isinstance(value, SearchStrategy) else st.just(value)
        for name, value in (with_ or {}).items()
    }
    _known_facts(made.program, own)
    if near is not None or eligible_only:
        _refuse_impossible(made, near, Wanted(points, eligible_only), with_ or {})
    remembered: dict[tuple[bytes, str], _Found | None] = {}

    def of_seed(seed: bytes, given: Mapping[str, Any]) -> _Found | None:
        key = seed, repr(given)
        if key not in remembered:
            if len(remembered) >= _REMEMBERED:
                del remembered[next(iter(remembered))]
            remembered[key] = _found(made, int.from_bytes(seed, "big"), Wanted(points, eligible_only, given))
        return remembered[key]

    @st.composite
    def application(draw: st.DrawFn) -> dict[str, Any]:
        given = made.raw({name: draw(strategy) for name, strategy in own.items()})
        found = of_seed(draw(_SEEDS), given)
        draft = None if found is None else found.plainer(draw(found.kept))
        if found is None or draft is None:
            reject()
        if partial:
            draft = draft.copy()
            assume(blank(draft, compress(found.blanks, draw(_flags(len(found.blanks))))))
        return draft.plain()

    return application()


def at_limits(
    made: Applications,
    *,
    eligible_only: bool = False,
    near: str | None = None,
    with_: Mapping[str, Any] | None = None,
    partial: bool = False,
) -> tuple[dict[str, Any], ...]:
    """
    One application at each point, as plain data, the same every time.

    Args:
        made: what they are made with.
        eligible_only: only those that are eligible.
        near: the name of a requirement, step or figure: only its points.
        with_: facts that are always the same; of a strategy its simplest value is taken.
        partial: leave a fact out, if possible one that the point does not depend on.

    Raises:
        ValueError: nothing is compared under the name `near`, or `with_` names no fact.
    """
    own = with_ or {}
    _known_facts(made.program, own)
    given = made.raw({name: _simplest(value) for name, value in own.items()})
    points = made.near(near) if near is not None else made.landscape.points
    wanted = Wanted(eligible=eligible_only, given=given)
    found = ((point, made.at(point, wanted)) for point in points)
    drafts = ((point, draft) for point, draft in found if draft is not None)
    return tuple((_partial(made, *each) if partial else each[1]).plain() for each in drafts)


def _simplest(value: Any) -> Any:
    if not isinstance(value, SearchStrategy):
        return value
    return find(value, lambda _: True, settings=settings(database=None), random=Random(0))  # noqa: S311 - Repeatable.


def _partial(made: Applications, point: Point, draft: Draft) -> Draft:
    """An application at a point without one of its facts, and still there if a few tries find one that allows it."""
    tried: list[Draft] = []
    for seed in range(_TRIES_OF_A_BLANK):
        other = draft.copy()
        blank(other, blanks(made.maker.aim(other, RandomChooser(seed)))[:1])
        if made.landscape.is_at(Probe(other), point):
            return other
        tried.append(other)
    return tried[0]


def _refuse_impossible(made: Applications, near: str | None, wanted: Wanted, own: Mapping[str, Any]) -> None:
    """Say at once that there are no such applications, as far as that does not hang on facts that are drawn."""
    if any(isinstance(value, SearchStrategy) for value in own.values()):
        return
    if made.known(evolve(wanted, given=made.raw(own))):
        return
    what = "No eligible application was found" if wanted.eligible else "No application was found"
    where = "" if near is None else f" at a limit of {near!r}"
    rest = f" with these facts: {', '.join(own)}" if own else ""
    raise ValueError(f"{what}{where}{rest}, as the parameters are set.")


def _found(made: Applications, seed: int, wanted: Wanted) -> _Found | None:
    """The application that a seed makes; the first seed makes the simplest choices."""
    chooser = RandomChooser(seed) if seed else Notebook()
    draft = made.wanted(chooser, wanted)
    if draft is None:
        return None
    pieces = Pieces(draft)
    # The simplest application of all has nothing special about it: Hypothesis begins with it, as it is.
    parts = () if not seed and not wanted.near else pieces.parts
    return _Found(made, wanted, draft, _Parts(parts), pieces, blanks(made.maker.aim(draft, chooser)))


def _known_facts(program: ir.Program, names: Mapping[str, Any]) -> None:
    known = [each.name for each in program.application.fields]
    wrong = [name for name in names if name not in known]
    if wrong:
        raise ValueError(f"No such fact: {', '.join(wrong)}. The facts are: {', '.join(known)}.")
