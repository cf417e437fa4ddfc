"""What a programme takes from libraries: what comes along, how it is called, what each file sees, and what does not fit."""

from pathlib import Path

import pytest

from answers import answer, assert_answered
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.texts.names import names_in
from grantrules.texts.shelf import Texts
from grantrules.texts.whole import read_whole

LIBRARIES = {
    "lib/houses.rules": """language English

library lib.houses "Houses"
  currency EUR
  nace Rev. 2
  month end next day

source act "The act"

use lib.sizes: big as large, room

application
  rooms whole number
  trade NACE

record house
  floors whole number
  kind   one of flat also apartment, villa

record street
  name   text
  houses list of house
  first  house

code list trades (NACE)
  10

rounding cents
  down in steps of 0.01 EUR

calendar town
  2026 | 2026-01-01

parameter highest  money
  cites act
  1 000 EUR

define cheap = rooms is at most 3

define dear = not cheap

define house's tall = floors is more than large

define house's small = not tall

define traded = trade is in trades

define in_cents = highest rounded as cents

table per_floor by rooms
  gives one_floor | more_floors
  otherwise | 1 | 2

define about_rooms = room

example one
  rooms 3
  expect cheap
""",
    "lib/sizes.rules": """language English

library lib.sizes "Sizes"

parameter big  number
  5

define room = small_room

define small_room = 2

define unused = 3
""",
    "lib/turkce.rules": """dil Türkçe

kitaplık lib.turkce "Türkçe"
  para birimi TRY

başvuru
  oda  tam sayı

tanım ucuz = oda en fazla 3 ise
""",
    "lib/wrong.rules": """language English

library lib.other "Another name"

support grant
  from 5 EUR

define fine = 5

defin broken = 6
""",
    "lib/one.rules": 'language English\n\nlibrary lib.one "One"\n\nuse lib.two: second\n\ndefine first = second\n',
    "lib/two.rules": 'language English\n\nlibrary lib.two "Two"\n\nuse lib.one: first\n\ndefine second = first\n',
    "lib/headless.rules": "language English\n\ndefine a = 5\n",
    "lib/empty.rules": "",
    "tr/plain.rules": 'language English\n\nprogramme tr.plain "Plain"\n  currency EUR\n\ndefine a = 5\n',
    "tr/user.rules": (
        'language English\n\nprogramme tr.user "User"\n  currency EUR\n\nuse lib.sizes: big, room as chamber\n\n'
        "define mine = big + chamber\n"
    ),
    "tr/more.rules": 'language English\n\namendment tr.more "More"\n  amends tr.plain\n\nadd define b = 6\n',
}
HEAD = 'language English\n\nprogramme tr.mine "Mine"\n  currency EUR\n'


def declared(statement: syn.Node) -> str:
    """The kind of a statement, its name, and the names in it."""
    heading = getattr(statement, "heading", None)
    named = heading.name.text if isinstance(heading, syn.Heading) and heading.name is not None else ""
    names = sorted(set(names_in(statement)) - {named})
    return f"{type(statement).__name__} {named} ({', '.join(names)})"


def answers_with(limits: Limits, case: str, head: str = HEAD) -> list[str]:
    found = read_whole(Source("mine.rules", head + case), Texts(LIBRARIES), limits)
    whole = found.whole
    names = {start: Path(file.name).name for start, file in whole.source.files}
    homes = [
        f"  {names[begin]}: {home.language} {home.currency} {home.nace} {home.month_end}"
        f" library={home.library} cites={[names[each] for each in home.cites]} hidden={dict(sorted(home.hidden.items()))}"
        for begin, home in whole.homes.items()
    ]
    return [
        *(f"{Path(p.source.name).name if p.source else ''} {answer(p)}" for p in found.problems),
        *(f"  {declared(statement)}" for statement in whole.module.statements),
        *homes,
        *([f"  lost: {sorted(whole.lost)}"] if whole.lost else []),
        f"  heads: {[head.file_name for head in whole.heads]}",
        *([f"  others: {list(found.others)}"] if found.others else []),
    ]


def test_what_a_programme_takes_from_libraries_is_as_stored():
    assert_answered("texts/taken.txt", lambda case: answers_with(DEFAULT_LIMITS, case))


def test_other_first_files_are_as_stored():
    assert_answered(
        "texts/first_files.txt", lambda case: answers_with(DEFAULT_LIMITS, case, "language English\n\n")
    )


@pytest.mark.parametrize(
    ("limits", "codes"),
    [
        ({"files": 3}, []),
        ({"files": 2}, ["GR741"]),
        ({"files": 1}, ["GR741"]),
        ({"all_files_bytes": 1}, ["GR742"]),
    ],
)
def test_as_many_files_are_read_as_the_limits_allow(limits, codes):
    case = "\nuse lib.sizes: big\n\nuse lib.turkce: ucuz\n\napplication\n  oda whole number\n\ndefine x = big\n\ndefine y = ucuz\n"
    found = read_whole(Source("mine.rules", HEAD + case), Texts(LIBRARIES), Limits(**limits))

    assert sorted({problem.code for problem in found.problems}) == codes


def test_the_sizes_of_all_files_together_are_bounded_to_the_byte():
    text = HEAD + "\nuse lib.turkce: ucuz\n\napplication\n  oda whole number\n\ndefine y = ucuz -- çğü\n"
    size = len(text.encode()) + len(LIBRARIES["lib/turkce.rules"].encode())

    def problems(most: int) -> list[tuple[str, int]]:
        found = read_whole(Source("mine.rules", text), Texts(LIBRARIES), Limits(all_files_bytes=most))
        return [(problem.code, getattr(problem, "size", 0)) for problem in found.problems]

    assert problems(size) == []
    assert problems(size - 1) == [("GR742", size)]
