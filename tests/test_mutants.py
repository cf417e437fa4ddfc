"""The strength of tests: every change of one thing is noticed, or shown with the example that would notice it."""

import os
import re
from fractions import Fraction
from pathlib import Path

import pytest

import grantrules as gr
from grantrules import cli, resources
from grantrules.evaluate.reference import evaluate
from grantrules.properties.mutants import mutants
from grantrules.render import escaped
from grantrules.suite import no_such_changes, read_equivalents, run_mutants, strength_as_text
from storing import stored

EQUIVALENT = Path(__file__).parent / "data" / "equivalent"

SMALL = """
language English

programme test.small "Small"
  currency  TRY

application
  staff  whole number (at least 0)
  member yes/no
  cost   money (at least 0 TRY)
  signed date

require small_and_member "Fewer than 250 people, and a member"
  all of
    staff is less than 250
    member

require in_time "By the end of March"
  signed is at most 2026-03-31

support grant "Half of it"
  from cost
  rate half "Half"
    50%
  support ceiling most "At most 100 000"
    at most 100 000 TRY
    excess is trimmed
  rounding down in steps of 0.01 TRY, once at the end
"""

EXAMPLES = """
example plain
  staff  249
  member yes
  cost   100 TRY
  signed 2026-03-31
  expect grant is 50 TRY
  expect eligible
"""


def keys(text: str) -> list[str]:
    return [mutant.key for mutant in mutants(gr.compile(text)._program)]


def test_one_thing_is_changed_at_a_time():
    assert keys(SMALL) == [
        "small_and_member: the rule is left out",
        "small_and_member: and → or",
        "small_and_member: “staff is less than 250” is left out",
        "small_and_member: “member” is left out",
        "small_and_member: less than → at most",
        "small_and_member: 250 → 251",
        "small_and_member: 250 → 249",
        "in_time: the rule is left out",
        "in_time: at most → less than",
        "in_time: 2026-03-31 → 2026-04-01",
        "in_time: 2026-03-31 → 2026-03-30",
        "half: the step is left out",
        "half: 50% → 51%",
        "half: 50% → 49%",
        "most: the ceiling is dropped",
        "most: is trimmed → refuses the application",
        "most: support ceiling → cost ceiling",
        "most: 100 000 TRY → 100 000.01 TRY",
        "most: 100 000 TRY → 99 999.99 TRY",
        "grant rounding: down → up",
        "grant rounding: down → half up",
        "grant rounding: steps of 0.01 TRY → 0.10 TRY",
    ]


@pytest.mark.parametrize("name", ["tr/kdp_2012", "tr/ustd_tr72_2023"])
def test_the_changes_of_a_programme_are_those_that_are_stored(name):
    """In both languages, with the line of each."""
    program = gr.load(resources.bundled(name))._program
    lines = [
        f"{program.source.line_of(mutant.span.start)}: {' | '.join(mutant.names)}"
        for mutant in mutants(program)
    ]
    text = "\n".join(lines) + "\n"

    assert text == stored(f"changes/{name.rpartition('/')[2]}.txt", text)


LINES = """language English

programme test.lines "Lines"
  currency TRY

record cost
  amount   money (at least 0 TRY) (at most 1 000 TRY)
  company  text

application
  costs  list of cost (at most 10)

support grant "Half of it"
  from costs counting amount
  count limit two "The two dearest of a company"
    per company the first 2 by amount, highest first
  rate half "Half"
    50%
  support ceiling most "At most 100 for each company"
    per company at most 100 TRY
    excess is cut pro rata
  rounding down in steps of 0.01 TRY, each line
"""


def test_what_is_paid_with_each_change_of_a_step_over_lines():
    """A gets 60 + 40 of 250, B 25.015 and 15.055, C 12.525, each rounded down: 152.58 as it is written."""
    programme = gr.compile(LINES)
    costs = {"A": ("300.00", "200.00", "100.00"), "B": ("50.03", "20.05", "30.11"), "C": ("25.05",)}
    rows = [{"amount": amount, "company": each} for each, amounts in costs.items() for amount in amounts]
    facts = programme.prepare({"costs": rows})
    paid = {
        mutant.key: evaluate(mutant.program, facts).paid["grant"] for mutant in mutants(programme._program)
    }

    assert evaluate(programme._program, facts).paid["grant"] == Fraction("152.58")
    expected = {
        "two: the step is left out": "162.59",
        "two: the order is reversed": "137.58",
        "two: “per company” is left out": "100.00",
        "two: 2 → 3": "162.59",
        "two: 2 → 1": "137.53",
        "half: the step is left out": "205.19",
        "half: 50% → 51%": "153.63",
        "half: 50% → 49%": "151.53",
        "most: the ceiling is dropped": "302.58",
        "most: is cut pro rata → is cut from the last line first": "152.58",
        "most: per group → together": "99.97",
        "most: support ceiling → cost ceiling": "102.58",
        "most: 100 TRY → 100.01 TRY": "152.58",
        "most: 100 TRY → 99.99 TRY": "152.56",
        "grant rounding: down → up": "152.61",
        "grant rounding: down → half up": "152.61",
        "grant rounding: steps of 0.01 TRY → 0.10 TRY": "152.50",
        "grant rounding: each line → once at the end": "152.59",
    }
    assert paid == {key: Fraction(amount) for key, amount in expected.items()}


def test_a_table_by_a_choice_may_have_versions():
    """Where its days in force may end was asked of the choice too, and no day comes after `small`."""
    versions = """
table share by size
  in force up to 2025-12-31
  otherwise | 5%

table share by size
  in force from 2026-01-01
  small | 20%
  large | 10%
"""
    text = SMALL.replace("  signed date", "  signed date\n  size   one of small, large")
    text = text.replace("  currency  TRY", "  currency  TRY\n  rules as of  signed")

    assert "share: 20% → 21%" in keys(text + versions)


def test_a_change_is_noticed_by_an_example_or_by_a_promise():
    promise = "\npromise never_more\n  grant is at most 100 000 TRY\n"
    fates = {fate.mutant.key: fate for fate in run_mutants(gr.compile(SMALL + promise + EXAMPLES))}

    assert fates["small_and_member: 250 → 249"].by == "plain"
    assert fates["half: 50% → 51%"].by == "plain"
    assert fates["most: the ceiling is dropped"].by == "never_more"
    assert fates["small_and_member: and → or"].status == "survived"


def with_suggestions(text, part=(0, 1)):
    """A programme with all examples that are suggested for it, and what became of its mutants before that."""
    programme = gr.compile(text)
    fates = run_mutants(programme, part=part)
    suggested = [fate.example for fate in fates if fate.example is not None]
    return gr.compile("\n".join([text, *suggested])), fates


def names_of(fates, status):
    return {fate.mutant.key for fate in fates if fate.status == status}


def test_each_suggested_example_holds_and_notices_the_change():
    """Whoever copies the suggestions has tests that notice everything."""
    stronger, fates = with_suggestions(SMALL + EXAMPLES)

    assert names_of(fates, "survived")
    assert all(result.passed for result in stronger.run_examples())
    assert names_of(run_mutants(stronger), "survived") == set()


def test_an_example_is_suggested_once_for_all_that_it_notices():
    fates = run_mutants(gr.compile(SMALL + EXAMPLES))
    texts = [fate.example for fate in fates if fate.example is not None]
    names = {fate.suggestion.name for fate in fates if fate.suggestion is not None}

    assert len(texts) == len(set(texts)) == len(names)
    assert {fate.by for fate in fates if fate.status == "survived" and fate.by} <= names
    assert len(names) < len(names_of(fates, "survived"))


SAMPLES = sorted((Path(__file__).parent / "data" / "strength").glob("*.rules"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_whatever_is_suggested_can_be_copied_into_the_file(path):
    """Then the examples hold, and nothing is left but what the file lists as changing nothing; some of the changes suffice."""
    text, part = path.read_text(encoding="utf-8"), (1, 6)
    known = set(read_equivalents("\n".join(re.findall(r"^-- same: (.*)", text, re.MULTILINE))))
    stronger, _ = with_suggestions(text, part)

    assert [result.name for result in stronger.run_examples() if not result.passed] == []
    assert names_of(run_mutants(stronger, part=part), "survived") <= known


def test_several_processes_and_a_part_of_the_work_come_to_the_same(tmp_path, capsys):
    file = tmp_path / "small.rules"
    file.write_text((SMALL + EXAMPLES).lstrip(), encoding="utf-8")
    told = []
    for more in ([], ["--workers", "2"], ["--format", "json"], ["--format", "json", "--workers", "2"]):
        assert cli.main(["mutate", str(file), *more]) == 1
        told.append(capsys.readouterr().out)
    assert cli.main(["mutate", str(file), "--only", "in_time"]) == 1
    alone = capsys.readouterr().out.split("\n\n")[:-1]

    assert told[0] == told[1]
    assert told[2] == told[3]
    assert alone
    assert all(each in told[0] for each in alone)


def test_how_far_it_is_is_told():
    told = []
    programme = gr.compile(SMALL + EXAMPLES)
    run_mutants(programme, progress=lambda *each: told.append(each))

    assert [each for each, _ in told] == sorted(each for each, _ in told)
    assert told[-1] == (22, 22)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--workers", "0"], "a number from 1 to"),
        (["--workers", "many"], "a number from 1 to"),
        (
            ["--only", "in_tme"],
            "There is nothing to change in in_tme. Names: small_and_member, in_time, half",
        ),
    ],
)
def test_a_wrong_call_is_told(arguments, said, tmp_path, capsys):
    file = tmp_path / "small.rules"
    file.write_text((SMALL + EXAMPLES).lstrip(), encoding="utf-8")
    try:
        code = cli.main(["mutate", str(file), *arguments])
    except SystemExit as stopped:
        code = stopped.code

    assert code == 2
    assert said in capsys.readouterr().err


def test_what_the_programme_breaks_itself_notices_nothing():
    promise = "\npromise little\n  grant is at most 1 TRY\n"
    plain = run_mutants(gr.compile(SMALL + EXAMPLES))
    with_promise = run_mutants(gr.compile(SMALL + promise + EXAMPLES))

    assert {fate.by for fate in with_promise if fate.status == "killed"} <= {"plain", "", "little"}
    assert [fate.status for fate in with_promise if "→" in fate.mutant.key and fate.by == "little"] == []
    assert names_of(plain, "survived") - names_of(with_promise, "survived") <= {
        "small_and_member: and → or",
        "small_and_member: the rule is left out",
        "in_time: the rule is left out",
    }


OLD = """
language English

programme test.old "Old"
  currency  EUR

application
  rooms whole number (at least 0)

require small
  rooms is at most 12

support grant
  computed as rooms * 100 EUR
"""
NEW = """
language English

amendment test.new "New"
  amends test.old

replace require small
  rooms is at most 14

add example small_enough
  rooms 3
  expect grant is 300 EUR
"""


def test_what_is_suggested_for_an_amendment_can_be_copied_into_it(tmp_path):
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "old.rules").write_text(OLD.lstrip(), encoding="utf-8")
    new = tmp_path / "test" / "new.rules"
    new.write_text(NEW.lstrip(), encoding="utf-8")
    programme = gr.load(new)
    fates = run_mutants(programme)
    told = strength_as_text(programme, fates, "en")
    new.write_text(
        "\n".join([NEW.lstrip(), *(fate.example for fate in fates if fate.example)]), encoding="utf-8"
    )

    assert "    add example suggested_" in told
    assert "old.rules, line " not in told
    assert names_of(run_mutants(gr.load(new)), "survived") == set()


def test_a_change_in_the_amended_text_is_shown_with_its_file(tmp_path):
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "old.rules").write_text(OLD.lstrip(), encoding="utf-8")
    new = tmp_path / "test" / "new.rules"
    new.write_text(NEW.replace("replace require small", "add require very_small").lstrip(), encoding="utf-8")
    programme = gr.load(new)

    told = strength_as_text(programme, run_mutants(programme), "en")

    # A long path is shortened, as everywhere.
    assert f"{escaped(str(tmp_path / 'test' / 'old.rules'))}, line 9: nothing notices small: " in told
    assert told.startswith("line 6: nothing notices very_small: ")


def test_in_turkish_the_changes_and_the_names_are_turkish():
    path = Path(__file__).parent / "data" / "strength" / "burs.rules"
    programme = gr.load(path)
    fates = run_mutants(programme, only="yaş_sınırı")
    told = strength_as_text(programme, fates, "tr")
    key = next(fate.mutant.told.tr for fate in fates if "çıkarıldı" in fate.mutant.told.tr)
    known = run_mutants(programme, only="yaş_sınırı", equivalents={key: "neden"})

    assert ". satır: şunu hiçbir şey fark etmiyor: yaş_sınırı: kural çıkarıldı" in told
    assert "örnek önerilen_" in told
    assert "left out" not in told
    assert [fate.by for fate in known if fate.status == "equivalent"] == ["neden"]
    assert no_such_changes(programme, {key: "neden"}) == ()


def test_a_row_of_slices_is_left_out_and_nothing_that_the_compiler_made_of_it_is_changed():
    path = Path(__file__).parent / "data" / "strength" / "flats.rules"
    keys = {each.key for each in mutants(gr.load(path)._program) if each.statement == "area_sum"}

    assert {key.partition(": ")[2] for key in keys if "left out" in key} == {
        f"row {n} is left out" for n in (1, 2, 3)
    }
    assert {
        word for key in keys for word in ("plus", "minus", "largest", "-0.01 sqm") if word in key
    } == set()
    assert "area_sum: 120 sqm → 120.01 sqm" in keys


def test_a_change_known_to_show_nowhere_is_listed_with_its_reason():
    known = read_equivalents("# a remark\nsmall_and_member: and → or | for the sake of the test\n")
    fates = run_mutants(gr.compile(SMALL + EXAMPLES), equivalents=known, only="small_and_member")

    assert {fate.by for fate in fates if fate.status == "equivalent"} == {"for the sake of the test"}


def test_the_command_fails_while_something_goes_unnoticed(tmp_path, capsys):
    file = tmp_path / "small.rules"
    file.write_text(SMALL + EXAMPLES, encoding="utf-8")

    assert cli.main(["mutate", str(file), "--only", "in_time"]) == 1
    printed = capsys.readouterr().out
    assert "nothing notices in_time: 2026-03-31 → 2026-04-01" in printed
    assert "  like plain" in printed
    assert cli.main(["mutate", str(file), "--only", "half"]) == 0


def test_a_line_about_no_change_is_told(tmp_path, capsys):
    """A list that is out of date would hide nothing, and nobody would take the line out."""
    file, listed = tmp_path / "small.rules", tmp_path / "equivalent.txt"
    file.write_text(SMALL.lstrip() + EXAMPLES, encoding="utf-8")
    listed.write_text("half: 70% → 71% | it was 70% once\n", encoding="utf-8")

    assert cli.main(["mutate", str(file), "--only", "half", "--equivalent", str(listed)]) == 1
    assert "no such change, take the line out: half: 70% → 71%" in capsys.readouterr().out
    assert (
        cli.main(["mutate", str(file), "--only", "half", "--equivalent", str(listed), "--format", "json"])
        == 1
    )
    assert '"no_such_changes": [' in capsys.readouterr().out


# ---- rankings ------------------------------------------------------------------------------------------------------

CALL = """
language English

programme test.call "A call with a budget"
  currency  EUR

application
  mark    points
  second  whole number (at least 0)
  cost    money (at least 0 EUR)
  less    yes/no

parameter pot "The budget"  money
  100 EUR

parameter not_for_rankings  money
  5 EUR

define half_of_cost = 50% of cost

support grant
  from cost

support basis
  from cost
  only a basis

require not_free
  cost is more than not_for_rankings
"""

RANKED = """
example one
  mark    9 points
  second  1
  cost    60 EUR
  less    no
  expect eligible
"""


def ranking_keys(*lines: str) -> list[str]:
    """The changes of a ranking, and of what it reads, without the name of the ranking."""
    program = gr.compile("\n".join((CALL, "ranking list", *(f"  {line}" for line in lines), "")))._program
    return [mutant.key.removeprefix("list: ") for mutant in mutants(program) if mutant.ranks]


def test_each_line_of_a_ranking_is_changed():
    found = ranking_keys(
        "budget  pot",
        "set aside  10 EUR",
        "order by  mark, highest first",
        "then by  second, lowest first",
        "awards at most 2",
        "reserve list at most 1",
        "if one does not fit  pay it in part where less, otherwise skip it",
    )

    assert found == [
        "pot: 100 EUR → 100.01 EUR",
        "pot: 100 EUR → 99.99 EUR",
        "10 EUR → 10.01 EUR",
        "10 EUR → 9.99 EUR",
        "“set aside” is left out",
        "highest first → lowest first",
        "lowest first → highest first",
        "“then by second” is left out",
        "2 → 3",
        "2 → 1",
        "“awards” is left out",
        "1 → 2",
        "1 → 0",
        "“reserve list” is left out",
        "“where less” is left out",
        "skip it → stop",
        "pay it in part → stop",
        "pay it in part → skip it",
        "pay it in part → share in proportion to the amounts asked",
        "pay it in part → share in equal parts",
    ]


def test_what_each_gets_of_a_budget_that_is_shared_is_changed():
    found = ranking_keys(
        "budget  pot",
        "first to each  1 EUR",
        "each at least  2 EUR",
        "each at most  half_of_cost",
        "if one does not fit  share the budget among all, in proportion to mark",
    )

    assert [key for key in found if "EUR" not in key] == [
        "half_of_cost: 50% → 51%",
        "half_of_cost: 50% → 49%",
        "“first to each” is left out",
        "“each at least” is left out",
        "“each at most” is left out",
        "share in proportion to a figure → share in proportion to the amounts asked",
        "share in proportion to a figure → share in equal parts",
    ]
    assert "1 EUR → 1.01 EUR" in found
    assert "2 EUR → 1.99 EUR" in found


def test_a_group_is_left_out_where_the_budget_is_the_same_for_each():
    """With a budget of its own, the compiler would refuse the ranking without its groups."""
    rest = ("order by  mark, highest first", "if one does not fit  stop")
    table = "budget  pot + half_of_cost"

    assert "“per second” is left out" in ranking_keys("per second", "budget  pot", *rest)
    assert "“per cost” is left out" not in ranking_keys("per cost", table, *rest)


def test_a_ranking_of_awards_keeps_its_awards():
    found = ranking_keys("awards at most 2", "order by  mark, highest first")

    assert found == ["2 → 3", "2 → 1", "highest first → lowest first"]


def test_only_a_basis_is_changed_where_a_ranking_adds_up_what_is_paid():
    ranking = "\nranking list\n  budget  pot\n  order by  mark, highest first\n  if one does not fit  stop\n"

    assert "basis: “only a basis” is left out" not in keys(CALL)
    assert "basis: “only a basis” is left out" in keys(CALL + ranking)


STOP = """
ranking list
  budget  pot
  order by  mark, highest first
  then by  second, lowest first
  reserve list at most 1
  if one does not fit  stop
"""
WEAK = """
ranking example weak
  of list
  applications
    name | like | mark     | second | cost   | expect outcome
    a    | one  | 9 points | 2      | 40 EUR | funded
    b    | one  | 9 points | 1      | 60 EUR | funded
    c    | one  | 7 points | 1      | 70 EUR | on the reserve list
    d    | one  | 6 points | 1      | 6 EUR  | not funded
"""


def test_an_example_of_a_ranking_notices_a_change_of_a_ranking_and_of_a_rule():
    text = CALL + RANKED + STOP + WEAK
    fates = {fate.mutant.key: fate for fate in run_mutants(gr.compile(text))}

    assert fates["list: highest first → lowest first"].by == "weak"
    assert fates["pot: 100 EUR → 99.99 EUR"].by == "weak"
    assert fates["basis: “only a basis” is left out"].by == "weak"
    assert fates["not_for_rankings: 5 EUR → 4.99 EUR"].status == "survived"
    assert fates["not_free: the rule is left out"].status == "survived"


def test_an_example_of_a_ranking_notices_what_no_other_example_does():
    """Only here somebody is not eligible."""
    cheap = WEAK.replace("| 6 EUR  | not funded", "| 5 EUR  | not eligible")
    fates = {fate.mutant.key: fate for fate in run_mutants(gr.compile(CALL + RANKED + STOP + cheap))}

    assert fates["not_free: the rule is left out"].by == "weak"


def suggested_for(fates):
    """What is suggested for each mutant that survived, by itself or with others; without the first line, which has the name."""
    texts = {fate.suggestion.name: fate.example.partition("\n")[2] for fate in fates if fate.suggestion}
    return {
        fate.mutant.key: texts.get(fate.suggestion.name if fate.suggestion else fate.by)
        for fate in fates
        if fate.status == "survived"
    }


def test_a_suggested_example_of_a_ranking_holds_and_notices_the_change():
    """Who comes first of two that both fit shows in their places, and nobody expected these."""
    text = CALL + RANKED + STOP + WEAK
    fates = run_mutants(gr.compile(text), only="list")
    suggested = suggested_for(fates)

    assert suggested == {
        "list: lowest first → highest first": (
            "  of list\n"
            "  applications\n"
            "    name | like | mark     | second | cost   | expect outcome      | expect place | expect amount\n"
            "    a    | one  | 9 points | 2      | 40 EUR | funded              | 2            | 40 EUR\n"
            "    b    | one  | 9 points | 1      | 60 EUR | funded              | 1            | 60 EUR\n"
            "    c    | one  | 7 points | 1      | 70 EUR | on the reserve list | 3            | 0 EUR\n"
            "    d    | one  | 6 points | 1      | 6 EUR  | not funded          | 4            | 0 EUR\n"
            "  expect left over 0 EUR\n"
        ),
        "list: “then by second” is left out": suggested["list: lowest first → highest first"],
        "list: stop → skip it": (
            "  of list\n"
            "  with parameter pot 6 EUR\n"
            "  applications\n"
            "    name | like | mark     | second | cost   | expect outcome      | expect place | expect amount\n"
            "    a    | one  | 9 points | 2      | 40 EUR | not funded          | 2            | 0 EUR\n"
            "    b    | one  | 9 points | 1      | 60 EUR | on the reserve list | 1            | 0 EUR\n"
            "    c    | one  | 7 points | 1      | 70 EUR | not funded          | 3            | 0 EUR\n"
            "    d    | one  | 6 points | 1      | 6 EUR  | not funded          | 4            | 0 EUR\n"
            "  expect left over 6 EUR\n"
        ),
        "list: stop → pay it in part": suggested["list: stop → skip it"],
    }
    stronger = gr.compile("\n".join((text, *(fate.example for fate in fates if fate.example))))
    assert all(result.passed for result in stronger.run_examples())
    assert [fate.mutant.key for fate in run_mutants(stronger, only="list") if fate.status == "survived"] == []


def test_a_suggested_example_of_a_ranking_is_turkish_in_a_turkish_file():
    text = """dil Türkçe

program test.ilan "İlan"
  para birimi TRY

başvuru
  nitelik  puan
  gider    para (en az 0 TRY)

parametre bütçe_tutarı  para
  100 TRY

şart yeterli
  nitelik en az 5 puan olmalı

destek hibe
  tek tutar gider

sıralama liste
  bütçe          bütçe_tutarı
  sıra           nitelik, büyükten küçüğe
  yedek liste    en fazla 1
  biri sığmazsa  durulur

örnek biri
  nitelik  9 puan
  gider    60 TRY
  beklenen uygun

sıralama örneği zayıf
  sıralaması liste
  şu parametreyle bütçe_tutarı 130 TRY
  başvurular
    adı   | temeli | nitelik    | gider  | beklenen sonuç
    ayşe  | biri   | 9 puan     | 60 TRY | desteklenir
    berna | biri   | 8 puan     | 60 TRY | desteklenir
    can   | biri   | 7 puan     | 20 TRY | yedek listede
    deniz | biri   | 4 puan     | 20 TRY | uygun değil
    ece   | biri   | bilinmiyor | 20 TRY | karara bağlanmadı
"""
    fates = run_mutants(gr.compile(text), only="liste")
    suggested = {fate.mutant.key: fate.example for fate in fates if fate.status == "survived"}
    found = suggested["liste: stop → skip it"] or ""

    assert found.startswith("sıralama örneği önerilen_7\n  sıralaması liste\n  şu parametreyle bütçe_tutarı ")
    assert "beklenen sonuç" in found
    stronger = gr.compile(f"{text}\n{found}")
    assert all(result.passed for result in stronger.run_examples())


def test_a_change_that_no_ranking_example_shows_is_told_so(tmp_path, capsys):
    file = tmp_path / "call.rules"
    text = (CALL + RANKED + STOP + WEAK).lstrip().replace("  budget  pot", "  budget  100 EUR")
    file.write_text(text.replace("parameter pot", "parameter unused"), encoding="utf-8")

    assert cli.main(["mutate", str(file), "--only", "list"]) == 1
    printed = capsys.readouterr().out
    assert "nothing notices list: stop → skip it\n  It shows in rankings alone" in printed
    assert "ranking example suggested_" in printed


def test_a_suggestion_may_expect_a_tie():
    """The two are equal, and one of them does not fit; a budget that is shared asks for no order."""
    stop = STOP.replace("  then by  second, lowest first\n", "")
    awards = """
ranking nobody
  awards at most 0
  order by  mark, highest first

ranking example none_of_two
  of nobody
  applications
    name | like | cost   | expect outcome
    a    | one  | 70 EUR | not funded
    b    | one  | 70 EUR | not funded
"""
    fates = run_mutants(gr.compile(CALL + RANKED + stop + awards), only="list")
    (found,) = (text for key, text in suggested_for(fates).items() if "equal parts" in key)

    assert found == (
        "  of list\n"
        "  applications\n"
        "    name | like | cost\n"
        "    a    | one  | 70 EUR\n"
        "    b    | one  | 70 EUR\n"
        "  expect refused because tied: a, b\n"
    )


BUNDLED = [
    "eu/cosme_clusterxchange_2020",
    "lib/apportioning",
    "lib/de_minimis",
    "lib/rounding",
    "lib/sme_eu",
    "lib/sme_tr",
    "tr/cluster_stage",
    "tr/kdp_2012",
    "tr/kdp_2023",
    "tr/urge_2010_8",
    "tr/urge_brop_reform",
    "tr/ustd_tr72_2023",
]
PARTS = {"tr/cluster_stage": 2, "tr/kdp_2023": 2, "tr/urge_2010_8": 3, "tr/urge_brop_reform": 6}
SAMPLE = 8


def equivalents_of(name: str) -> dict[str, str]:
    path = EQUIVALENT / f"{Path(name).name}.txt"
    return read_equivalents(path.read_text(encoding="utf-8")) if path.exists() else {}


def check(name: str, part: tuple[int, int]) -> None:
    """Every change of a part is noticed, or listed with the reason; and what is listed is not noticed."""
    programme, known = gr.load(resources.bundled(name)), equivalents_of(name)
    fates = run_mutants(programme, equivalents=known, part=part)
    unnoticed = tuple(fate for fate in fates if fate.status == "survived")

    assert unnoticed == (), strength_as_text(programme, unnoticed, "en")
    assert {fate.mutant.key for fate in fates if fate.status == "killed"} & set(known) == set()


@pytest.mark.parametrize("name", BUNDLED)
def test_what_is_listed_is_a_change_of_a_bundled_programme(name):
    """A list that is out of date would hide nothing, and would say so nowhere."""
    assert no_such_changes(gr.load(resources.bundled(name)), equivalents_of(name)) == ()


@pytest.mark.parametrize("name", BUNDLED)
def test_a_sample_of_the_changes_of_a_bundled_programme_is_noticed(name):
    """The same few on every run; all of them with `make mutants`."""
    number = len(mutants(gr.load(resources.bundled(name))._program))

    check(name, (SAMPLE // 2, max(1, number // SAMPLE)))


@pytest.mark.slow
@pytest.mark.skipif(
    "GRANTRULES_MUTANTS" not in os.environ,
    reason="Thousands of changes are decided one by one; that takes minutes. Ask for it with GRANTRULES_MUTANTS=1.",
)
@pytest.mark.parametrize(
    ("name", "part"),
    [(name, (k, PARTS.get(name, 1))) for name in BUNDLED for k in range(PARTS.get(name, 1))],
)
def test_every_change_of_a_bundled_programme_is_noticed_or_shows_nowhere(name, part):
    check(name, part)
