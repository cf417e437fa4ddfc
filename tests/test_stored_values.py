"""
The values that facts of every type are given: ordinary ones, those beside the figures of a programme, plainer ones.

`GRANTRULES_RENEW=1 pytest tests/test_stored_values.py` stores them anew; read the difference: is each within what is declared?
"""

import json
from typing import Any

import grantrules as gr
from grantrules import types as ty
from grantrules.core import ir
from grantrules.properties.draft import held, plain, unheld
from grantrules.properties.fresh import Notebook, Pool, RandomChooser, Values, bounded, ordinary, turned
from grantrules.properties.making import Applications
from grantrules.properties.plainer import Pieces, round_steps
from limit_cases import FACTS, HEAD, LISTS, RECORDS
from storing import stored

ALL = """
code list listed (NACE)
  10 - 12, 20.1
  except 10.5

advise figures
  price is at most 1 250 EUR
  size is below 37
  share is above 12.5%
  day is after 2026-05-06
  at_time is after 2026-05-06 12:00
  term is at most 18 months
  call is 2027
  start is month 2026-07
  trade is in listed
"""
MANY = 24


def whole() -> Applications:
    """A programme with facts of every type, and figures for some of them."""
    facts = "\n".join(f"  {name} {kind}" for name, kind in FACTS.items())
    lists = "\n".join(f"  {each}" for each in LISTS.values())
    text = f"{HEAD}{''.join(RECORDS.values())}\napplication\n{facts}\n{lists}\n{ALL}"
    return Applications(gr.compile(text)._program)


def shown(program: ir.Program, each: ir.FieldDef, raw: Any) -> str:
    return json.dumps(plain(program, each, raw), ensure_ascii=False)


def test_the_values_of_facts_of_every_type():
    made = whole()
    program, pool = made.program, Pool(made.program)
    lines: list[str] = []
    for each in program.application.fields:
        fresh = [Values(pool, RandomChooser(seed)).fresh(each, given=seed % 2 == 0) for seed in range(MANY)]
        lines.append(f"{each.name}: {', '.join(shown(program, each, raw) for raw in fresh)}")
        lines.append(
            f"  the simplest: {shown(program, each, Values(pool, Notebook()).fresh(each, given=True))}"
        )
        if isinstance(each.type, ty.NUMERIC):
            lines.append(f"  ordinary: {', '.join(shown(program, each, raw) for raw in ordinary(each))}")
            lines.append(f"  figures: {', '.join(shown(program, each, raw) for raw in pool.raw(each))}")
            lines.append(f"  rounded by: {', '.join(map(str, round_steps(each)))}")
            ends = [bounded(each, raw) for raw in (-(10**40), 10**40)]
            lines.append(f"  bounds: {', '.join(map(str, ends))}")
            assert all(bounded(each, raw) == raw for raw in fresh if isinstance(raw, int))
            assert all(unheld(each, held(each, raw)) == raw for raw in fresh if isinstance(raw, int))
    codes = {str(kind): pool.codes_for(kind) for kind in (ty.Nace("2"), ty.Nace("2.1"), ty.Country())}
    lines += [f"{kind}: {', '.join(found)}" for kind, found in codes.items()]
    text = "\n".join(lines) + "\n"

    assert text == stored("values/fresh.txt", text)


def test_an_application_is_made_plainer_piece_by_piece():
    made = whole()
    lines: list[str] = []
    for seed in range(3):
        draft = made.draft(RandomChooser(seed), way="any", points=())
        before, pieces = draft.plain(), Pieces(draft)
        lines.append(f"({seed}) {json.dumps(before, ensure_ascii=False)}")
        nothing_goes = tuple((True,) * number for number in pieces.parts)
        assert pieces.plainer(nothing_goes).plain() == before
        for part, number in enumerate(pieces.parts):
            for gone in range(number):
                kept = list(nothing_goes)
                kept[part] = tuple(at != gone for at in range(number))
                after = pieces.plainer(tuple(kept)).plain()
                other = {name: value for name, value in after.items() if before.get(name) != value}
                left_out = [name for name in before if name not in after]
                lines.append(f"  {json.dumps(other, ensure_ascii=False)} {' '.join(left_out)}".rstrip())
        plainest = pieces.plainer(tuple((False,) * number for number in pieces.parts)).plain()
        lines.append(f"  the plainest: {json.dumps(plainest, ensure_ascii=False)}")
    text = "\n".join(lines) + "\n"

    assert text == stored("values/plainer.txt", text)


def test_what_is_written_down_is_chosen_again():
    chooser = Notebook(seed=5)
    first = [chooser.number(3, 9) for _ in range(6)]
    again = Notebook((*chooser.made[:4], 100))

    assert [again.number(3, 9) for _ in range(6)] == [*first[:4], 9, 3]
    assert again.made == [*chooser.made[:4], 6, 0]
    assert turned([1, 2, 3], Notebook((1,))) == [2, 3, 1]
    assert turned([1], Notebook((1,))) == [1]
    assert turned([], Notebook()) == []
