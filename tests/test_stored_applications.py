"""
The applications that are generated, as they are written in a file of rules.

Whoever builds a suite over a programme gets the same applications from one release to the next, or reads in the changelog
that they changed.  `GRANTRULES_RENEW=1 pytest tests/test_stored_applications.py` stores them anew; read the difference: do
they still stand on their limits, and would a person have written them?
"""

from collections.abc import Iterator

import pytest

import grantrules as gr
import house
from grantrules import resources
from grantrules.properties.fresh import RandomChooser
from grantrules.properties.making import WAYS, Applications
from grantrules.properties.written import example
from storing import stored

HOUSE = "house"
PROGRAMMES = (HOUSE, "tr/kdp_2012", "eu/cosme_clusterxchange_2020")
NUMBER = 14


def written(made: Applications) -> Iterator[str]:
    """The limits of a programme, those that nobody can be at, and applications of all kinds."""
    yield "-- on the limits"
    for point in made.landscape.points:
        yield str(point)
    yield "\n-- out of reach"
    for point, reason in made.landscape.unreachable.items():
        yield f"{point}: {reason}"
    for number in range(NUMBER):
        way = WAYS[number % len(WAYS)]
        draft = made.draft(RandomChooser(number), way=way, points=made.landscape.points)
        yield f"\n-- {way}, {'eligible' if made.is_eligible(draft) else 'not eligible'}"
        yield example(draft, name=f"made_{number}", expects=()).rstrip()


def at_each_limit(made: Applications) -> Iterator[str]:
    """The smallest application at each limit."""
    for point in made.landscape.points:
        draft = made.at(point)
        yield f"\n-- {point}"
        yield "none was found" if draft is None else example(draft, name="there", expects=()).rstrip()


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_same_applications_are_generated_as_ever(name):
    programme = gr.compile(house.RULES) if name == HOUSE else gr.load(resources.bundled(name))
    made = Applications(programme._program)
    lines = [*written(made), *(at_each_limit(made) if name == HOUSE else ())]
    text = "\n".join(lines) + "\n"

    assert text == stored(f"applications/{name.rpartition('/')[2]}.txt", text)
