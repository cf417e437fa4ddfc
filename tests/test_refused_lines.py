"""Lines that cannot be read, each with its answer."""

import pytest

from answers import answer, assert_answered
from grantrules.source import Source
from grantrules.syntax.parse import parse

HEADS = {"lines.en": "language English\n\n", "lines.tr": "dil Türkçe\n\n", "raw": ""}


@pytest.mark.parametrize("name", HEADS)
def test_what_is_said_of_lines_that_cannot_be_read_is_as_stored(name):
    def answers(lines: str) -> list[str]:
        module, problems = parse(Source(name, HEADS[name] + lines))
        return [*([] if HEADS[name] else [module.language]), *map(answer, problems)]

    assert_answered(f"refused/{name}.txt", answers)
