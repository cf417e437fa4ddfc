"""
Every command as a whole: what it prints, what it complains of and its exit code, in both languages.

The calls stand below, in groups; what came of them is in `data/stored/commands/`, where a reviewer reads what a user will
read.  What depends on the version of the package or of the time zone data is held to one version here.
"""

import argparse
import io
import json
import re
import shlex
import sys

import pytest

import grantrules as gr
import house
from grantrules import api, calendars, cli, record
from grantrules.starter import starter
from storing import stored

TURKISH = starter("ev.rules", "tr").replace(
    "-- Her kararda",
    """parametre bütçe "Çağrının bütçesi"  para
  100 000 TRY

parametre yeni  evet/hayır
  belirlenmemiş

sıralama küçükler_önce "Önce küçükler"
  en "Small ones first"
  dayanak çağrı
  bütçe           bütçe
  sıra            çalışanlar, küçükten büyüğe
  biri sığmazsa   atlanır
  yedek liste     en fazla 1

-- Her kararda""",
)
CALL = """language English

programme town.call "A call"
  currency   EUR
  time zone  Europe/Brussels

application
  mark   points
  asked  money (at least 0 EUR)
  small  yes/no

parameter pot "The budget"  money
  500 EUR
parameter places  whole number
  2
parameter first_year  year
  2026
parameter strict  yes/no
  no
parameter kinds "Kinds of firm"  some of small, large
  small
parameter share  rate
  not set

require good_enough "At least 50 points"
  mark is at least 50 points

require firm
  small
  when strict

require of_a_kind
  kinds includes small

support grant
  computed as asked
  require share_known
    share is more than 0%
    when first_year is 1990

ranking by_mark "The best first"
  order by  mark, highest first
  budget    pot
  if one does not fit  pay it in part

ranking places_only
  order by  mark, highest first
  awards    at most places
  reserve list  at most 1

example good
  mark 60 points
  asked 100 EUR
  small yes
  expect eligible
  expect grant is 99 EUR

example bad
  mark 40 points
  asked 100 EUR
  small yes
  expect not eligible: good_enough

example other_firms
  like good
  with parameter kinds large
  expect not eligible: of_a_kind
"""
FAILING = """
advise early "Early"
  small

support lump
  computed as 50 EUR
  require large
    not small

  support ceiling cap "At most 20"
    at most 20 EUR
    excess is trimmed

example nothing_is_so "Everything expected is wrong"
  mark 60 points
  asked 100 EUR
  small yes
  expect not eligible
  expect not eligible: good_enough
  expect undecided
  expect undecided: asked, places
  expect binding: cap
  expect warning: early
  expect does not apply: grant, lump
  expect grant is at least 200 EUR and grant is at most 90 EUR

example all_is_so
  like nothing_is_so
  small no
  asked unknown
  expect eligible
  expect undecided: asked
  expect binding: cap
  expect warning: early

example not_known
  like nothing_is_so
  mark unknown
  expect eligible
  expect undecided: mark

example out_of_bounds
  like nothing_is_so
  asked -1 EUR
  expect eligible

ranking example all_wrong "Everything is otherwise"
  of by_mark
  with parameter pot 150 EUR
  applications
    name | like          | mark      | asked   | expect outcome | expect place | expect amount
    one  | nothing_is_so | 70 points | 100 EUR | funded in part | 2            | 0 EUR
    two  | nothing_is_so | 60 points | 100 EUR | not funded     | 1            | 40 EUR
    six  | nothing_is_so | 10 points | 100 EUR | not decided    | 6            | 10 EUR
    ten  | nothing_is_so | unknown   | 100 EUR | not eligible   | 10           | 10 EUR
  expect left over 5 EUR

ranking example as_it_is
  of by_mark
  with parameter pot 150 EUR
  applications
    name | like          | mark      | asked   | expect outcome | expect place | expect amount
    one  | nothing_is_so | 70 points | 100 EUR | funded         | 1            | 100 EUR
    two  | nothing_is_so | 60 points | 100 EUR | funded in part | 2            | 50 EUR
    six  | nothing_is_so | 10 points | 100 EUR | not eligible   | absent       | 0 EUR
  expect left over 0 EUR

ranking example on_the_list
  of places_only
  with parameter places 1
  applications
    name | like          | mark      | expect outcome      | expect place
    one  | nothing_is_so | 70 points | funded              | 1
    two  | nothing_is_so | 60 points | not funded          | 2
    six  | nothing_is_so | 55 points | on the reserve list | 3

ranking example no_tie
  of by_mark
  applications
    name | like          | asked
    one  | nothing_is_so | 400 EUR
    two  | nothing_is_so | 100 EUR
  expect refused because tied: one, two

ranking example a_tie
  of by_mark
  with parameter pot 150 EUR
  applications
    name | like          | expect outcome
    one  | nothing_is_so | funded
    two  | nothing_is_so | not funded

ranking example another_tie
  of by_mark
  with parameter pot 150 EUR
  applications
    name  | like          | mark
    one   | nothing_is_so | 80 points
    two   | nothing_is_so | 60 points
    three | nothing_is_so | 60 points
  expect refused because tied: one, three

ranking example not_an_application
  of by_mark
  applications
    name | like          | asked
    one  | nothing_is_so | -400 EUR
  expect left over 0 EUR
"""
HOUSES = {
    "A": house.application(),
    "B": house.application(built=2000),
    "C": house.application(costs=...),
    "D": house.application(zone="hills", costs=house.costs("90000.00", "12000.00")),
}
APPLICANTS = {
    "A": {"mark": "80", "asked": "300.00", "small": True},
    "B": {"mark": "70", "asked": "300.00", "small": False},
    "C": {"mark": "60", "asked": "300.00", "small": True},
    "D": {"mark": "10", "asked": "300.00", "small": True},
    "E": {"mark": "90"},
}
PLANS = {
    "A": {
        "başvuru_günü": "2026-02-01",
        "çalışanlar": 5,
        "giderler": [{"türü": "makine", "tutarı": "100000.00"}],
    },
    "B": {
        "başvuru_günü": "2026-02-01",
        "çalışanlar": 9,
        "giderler": [{"türü": "eğitim", "tutarı": "70000.00"}],
    },
    "C": {
        "başvuru_günü": "2026-02-01",
        "çalışanlar": 12,
        "giderler": [{"türü": "makine", "tutarı": "50000.00"}],
    },
    "D": {"başvuru_günü": "2026-02-01", "çalışanlar": 60, "giderler": []},
}
OLD_HOUSE = house.RULES.replace("1990", "1980").replace('"50%"\n    50%', '"50%"\n    40%')
FILES = {
    "house.rules": house.RULES,
    "old_house.rules": OLD_HOUSE.replace("eu.house", "eu.old_house"),
    "wrong.rules": house.RULES.replace("built is less than 1990", "bilt is less than 1990"),
    "wrong_tr.rules": TURKISH.replace("çalışanlar en fazla", "çalışan en fazla"),
    "empty.rules": "language English\n",
    "warned.rules": house.RULES.replace('cites call "No parties."', "cites call"),
    "ev.rules": TURKISH,
    "call.rules": CALL,
    "fails.rules": CALL + FAILING,
    "house.json": json.dumps(HOUSES["A"]),
    "open.json": json.dumps(HOUSES["C"]),
    "houses.json": json.dumps(HOUSES),
    "same.json": json.dumps({"D": HOUSES["D"]}),
    "call.json": json.dumps(APPLICANTS),
    "tied.json": json.dumps(dict.fromkeys("AB", APPLICANTS["A"])),
    "plans.json": json.dumps(PLANS),
    "plan.json": json.dumps(PLANS["A"]),
    "more.jsonl": "\n".join(json.dumps({"no": n, **facts}) for n, facts in enumerate(APPLICANTS.values())),
    "listed.json": json.dumps([APPLICANTS["A"]]),
    "number.json": "7",
    "numbers.json": '{"A": 7}',
    "in_list.json": "[7]",
    "nobody.json": "{}",
    "none.json": "[]",
    "text.json": "text",
    "half.json": '{"zone": "town"',
    "mistakes.json": '{"bulit": 1970,\n "zone": "twon", "people": [{"adult": "perhaps"}], "built": 1700}',
    "same.txt": "# known\ngrant: nothing like this | it was there once\n",
    "no_record.json": '{"version": 1}',
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The files of all calls, in the working folder; and one version of everything that is written down."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "TERM", "GRANTRULES_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(api, "VERSION", "1.0")
    monkeypatch.setattr(calendars, "tzdata_version", lambda: "2026a")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "latin.rules").write_bytes("dil Türkçe\n".encode("latin-1"))
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.fixture
def run(capsys):
    """Run a command in this process; gives the exit code, what was printed, and what was complained."""

    def command(arguments):
        try:
            code = cli.main(arguments)
        except SystemExit as left:
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def transcript(run, calls, *more):
    """What a terminal would show: each call, what was printed, then what was complained of, then a code that is not 0."""
    shown = []
    for call in calls:
        code, out, err = run([*shlex.split(call), *more])
        shown.append(f"$ grantrules {' '.join([call, *more])}\n{out}")
        if err:
            shown.append(f"(standard error)\n{err}")
        if code:
            shown.append(f"(exit code {code})\n")
    return re.sub(r"\b[0-9a-f]{64}\b", "<sha256>", "".join(f"{each.rstrip()}\n\n" for each in shown))


def records(folder):
    """Records that are damaged, or made by others, each in its own way."""
    made = gr.load(folder / "house.rules").decide(HOUSES["A"], language="tr").as_record()

    def write(name, *, whole=True, **changed):
        content = {**made, **changed}
        content.pop("record_id")
        id_ = record.sha256(record.canonical(content)) if whole else made["record_id"]
        (folder / f"{name}.json").write_text(
            record.canonical({**content, "record_id": id_}), encoding="utf-8"
        )

    def deep(key, inner, value):
        return {key: {**made[key], inner: value}}

    (file,) = made["rules"]["files"]
    write("right")
    write("other_tz", tzdata="2025b")
    write("other_engine", **deep("engine", "version", "0.9\x1b[0m"))
    write("other_digits", **deep("engine", "version", "0.9"), **deep("decision", "eligible", False))
    write("other_decision", **deep("decision", "eligible", None))
    write("other_sentence", **deep("decision", "title", "Ev"))
    write("many_digits", decision={key: 0 if key != "language" else "tr" for key in made["decision"]})
    write("changed", whole=False, **deep("decision", "eligible", False))
    write("changed_rules", whole=False, rules={**made["rules"], "files": [{**file, "text": "x"}]})
    write("changed_data", whole=False, **deep("input", "data", {}))
    write(
        "no_rules",
        rules={
            **made["rules"],
            "files": [{**file, "text": "language English\n", "sha256": record.sha256("language English\n")}],
        },
    )
    write("no_data", input={"data": {"x": 1}, "sha256": record.sha256(record.canonical({"x": 1}))})
    write("no_setting", parameters_set={"pot": "3"})
    write("older", version=0)
    write(
        "wide",
        **deep("limits", "decimals", 90),
    )
    write("no_files", **deep("rules", "files", []))
    write("no_language", **deep("decision", "language", "fr"))
    write("no_time_zones", tzdata=7)


HOUSE = "house.rules house.json"
GROUPS = {
    "check": [
        "check house.rules ev.rules",
        "check wrong.rules wrong_tr.rules",
        "check wrong.rules ev.rules --format json",
        "check warned.rules empty.rules latin.rules",
        "check house.rules --root folder",
        "check house.rules --root nowhere",
        "check nothing.rules",
        "check folder",
        "check tr.nothing",
        "check ''",
    ],
    "decide": [
        f"decide {HOUSE}",
        f"decide {HOUSE} --format json",
        "decide house.rules open.json",
        "decide house.rules nothing.json",
        "decide house.rules folder",
        "decide house.rules ''",
        "decide house.rules text.json",
        "decide house.rules half.json --format json",
        "decide house.rules mistakes.json",
        "decide house.rules mistakes.json --format json",
        "decide house.rules none.json",
        "decide wrong.rules house.json",
        "decide wrong_tr.rules house.json",
        "decide nothing.rules house.json",
        f"decide {HOUSE} --root nowhere",
        f"decide {HOUSE} --record kept.json --output said.txt",
        "verify kept.json",
        f"decide {HOUSE} --record kept.json --output kept.json",
        f"decide {HOUSE} --output house.rules",
        f"decide {HOUSE} --output house.json",
        f"decide {HOUSE} --record house.json",
        f"decide {HOUSE} --output folder",
        f"decide {HOUSE} --output .",
        f"decide {HOUSE} --output nowhere/said.txt",
    ],
    "explain": [
        f"explain {HOUSE}",
        f"explain {HOUSE} --format markdown",
        f"explain {HOUSE} --output said.html --format html --record kept.json",
        "verify kept.json",
        "explain ev.rules plan.json",
        "explain house.rules mistakes.json --format json",
    ],
    "parameters": [
        f"decide {HOUSE} --parameter most_support=100",
        f"decide {HOUSE} --parameter ' most_support =100.50' --parameter hill_points=3",
        f"decide {HOUSE} --parameter most_support",
        f"decide {HOUSE} --parameter =3",
        f"decide {HOUSE} --parameter most_support=1 --parameter most_support=2",
        f"decide {HOUSE} --parameter most_suport=1",
        f"decide {HOUSE} --parameter other=1 --parameter most_support=",
        f"decide {HOUSE} --parameter most_support=a_lot --format json",
        f"decide {HOUSE} --parameter 'rules as of=2026-02-30'",
        "decide call.rules listed.json",
        "rank call.rules call.json --ranking by_mark --parameter strict=evet --parameter pot=350",
        "rank call.rules call.json --ranking by_mark --parameter strict=perhaps",
        "rank call.rules call.json --ranking by_mark --parameter 'rules as of=2026-01-01'",
        "rank call.rules call.json --ranking places_only --parameter places=1 --parameter first_year=1990",
        "rank call.rules call.json --ranking places_only --parameter places=0",
        "rank call.rules call.json --ranking places_only --parameter places=1.5 --parameter first_year=190",
        "rank call.rules call.json --ranking places_only --parameter first_year=99999999999999999999",
        "rank call.rules call.json --ranking places_only --parameter 'kinds=small , large,' --parameter share=5%",
        "rank call.rules call.json --ranking places_only --parameter kinds=small,middle --parameter share=0.05",
        "rank call.rules call.json --ranking places_only --parameter kinds=",
        "decide ev.rules plan.json --parameter yeni=hayır --parameter bütçe=1",
        "decide ev.rules plan.json --parameter yeni=belki --parameter bütce=1",
    ],
    "rank": [
        "rank call.rules call.json",
        "rank call.rules call.json --ranking by_mark",
        "rank call.rules call.json --ranking places_only --format json",
        "rank call.rules call.json --ranking other",
        "rank house.rules house.json",
        "rank ev.rules plans.json",
        "rank ev.rules plans.json --format json",
        "rank ev.rules plans.json --output said.txt",
        "rank ev.rules plans.json --output ev.rules",
        "rank call.rules tied.json --ranking by_mark",
        "rank call.rules tied.json --ranking by_mark --format json",
        "rank call.rules more.jsonl --ranking by_mark --id no",
        "rank call.rules more.jsonl --ranking by_mark",
        "rank call.rules listed.json --ranking by_mark --format json",
        "rank call.rules call.json tied.json --ranking by_mark",
        "rank call.rules nobody.json --ranking by_mark",
        "rank call.rules none.json --ranking by_mark --format json",
        "rank call.rules number.json --ranking by_mark",
        "rank call.rules numbers.json --ranking by_mark",
        "rank call.rules in_list.json --ranking by_mark",
        "rank call.rules text.json --ranking by_mark",
        "rank call.rules nothing.json --ranking by_mark",
    ],
    "compare": [
        "compare house.rules old_house.rules house.json",
        "compare house.rules old_house.rules houses.json",
        "compare house.rules old_house.rules houses.json --only A --only B --explained",
        "compare house.rules old_house.rules houses.json --only B --format markdown",
        "compare house.rules old_house.rules houses.json --only E --only F --only A",
        "compare house.rules old_house.rules nobody.json",
        (
            "compare house.rules house.rules same.json --first-parameter most_support=100"
            " --second-parameter most_support=200"
        ),
        "compare house.rules house.rules house.json --date 2026-03-01",
        "compare house.rules house.rules house.json --dates 2026-03-01 2026-04-01",
        "compare house.rules house.rules house.json --dates 2026-03-01 today",
        "compare house.rules house.rules house.json --date 2026-03-01 --parameter other=1",
        "compare house.rules ev.rules house.json --parameter bütçe=1 --parameter most_support=100",
        "compare house.rules ev.rules house.json --first-parameter bütçe=1",
        "compare house.rules old_house.rules house.json --second-parameter most_support",
        "compare house.rules old_house.rules house.json --output old_house.rules",
        "compare house.rules wrong.rules house.json",
        "compare call.rules call.rules more.jsonl --id no --only 0 --parameter strict=yes",
    ],
    "test": [
        "test house.rules --applications 5",
        "test house.rules --applications 0 --format json",
        "test call.rules --applications 0",
        "test call.rules --applications 0 --format json",
        "test ev.rules --applications 5",
        "test ev.rules --applications 5 --format json",
        "test wrong.rules ev.rules --applications 0",
        "test wrong.rules house.rules --applications 0 --format json",
        "test wrong_tr.rules --applications 0",
        "test nothing.rules",
        "test fails.rules --applications 0",
        "test fails.rules --applications 0 --format json",
    ],
    "mutate": [
        "mutate call.rules --only good_enough",
        "mutate call.rules --only good_enough --format json",
        "mutate ev.rules --only süresinde",
        "mutate call.rules --only good_enough --equivalent same.txt",
        "mutate call.rules --only good_enough --equivalent same.txt --format json",
        "mutate call.rules --only good_enough --equivalent nothing.txt",
        "mutate call.rules --only other",
        "mutate wrong.rules",
    ],
    "verify": [
        "verify right.json other_tz.json other_engine.json",
        "verify other_digits.json other_decision.json other_sentence.json",
        "verify other_digits.json other_tz.json right.json --format json",
        "verify right.json --format json",
        "verify many_digits.json",
        "verify changed.json changed_rules.json changed_data.json",
        "verify no_rules.json no_data.json no_setting.json",
        "verify older.json wide.json no_files.json no_language.json no_time_zones.json no_record.json",
        "verify text.json number.json half.json latin.rules",
        "verify no_record.json changed.json --format json",
        "verify nothing.json",
        "verify folder",
    ],
    "lists": [
        "conditions house.rules",
        "conditions house.rules --format json",
        "conditions ev.rules",
        "conditions ev.rules --output said.txt",
        "conditions ev.rules --output ev.rules",
        "conditions wrong.rules",
        "schema call.rules",
        "schema ev.rules --complete",
        "schema ev.rules --output said.json",
        "schema call.rules --output call.rules",
        "schema nothing.rules",
        "new",
        "new -",
        "new made.rules",
        "new made.rules",
        "new nowhere/made.rules",
        "problem gr661",
        "problem GR999",
    ],
}


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("group", GROUPS)
def test_what_a_command_says_is_as_it_is_stored(run, folder, group, language):
    if group == "verify":
        records(folder)
    text = transcript(run, GROUPS[group], "--language", language)

    assert text == stored(f"commands/{group}.{language}.txt", text)


# ---- options -----------------------------------------------------------------------------------------------------


def options_of(parser: argparse.ArgumentParser) -> str:
    """The options of a command, one a line; a version of Python lays them out in its own way."""
    lines = []
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._VersionAction):
            continue  # Their words are those of Python.
        called = " ".join(action.option_strings) or action.dest
        facts = {
            "metavar": action.metavar,
            "choices": None if action.choices is None else list(action.choices),
            "default": action.default,
            "number": action.nargs,
            "required": action.required,
            "again": isinstance(action, argparse._AppendAction),
        }
        shown = ", ".join(f"{name} {value!r}" for name, value in facts.items() if value not in (None, False))
        lines.append(f"  {called}: {shown}\n      {action.help}\n")
    return "".join(lines)


def test_every_option_is_described_as_it_is_stored():
    parser = cli._parser()
    (commands,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    told = {each.dest: each.help for each in commands._choices_actions}
    text = f"{parser.prog}: {parser.description}\n{parser.epilog}\n{options_of(parser)}"
    for name, command in commands.choices.items():
        assert told[name] == command.description
        text += f"\n{name}: {command.description}\n{options_of(command)}"

    assert text == stored("commands/options.txt", text)


# ---- the terminal ------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "{} of 4 changes tried"), ("tr", "4 değişiklikten {} tanesi denendi")],
)
def test_a_terminal_sees_how_far_it_is_and_nothing_of_it_stays(monkeypatch, language, said):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    call = ["mutate", "call.rules", "--only", "good_enough", "--language", language]
    cli.main(call)
    shown = terminal.getvalue()
    steps = [f"\r{said.format(number)}" for number in range(5)]

    assert shown in ("".join(steps[first:]) + "\r\x1b[K" for first in range(5))

    terminal.seek(0)
    terminal.truncate()
    monkeypatch.setenv("TERM", "dumb")
    cli.main(call)
    assert not terminal.getvalue()


def test_what_is_typed_is_asked_for(monkeypatch, capsys):
    typed = Terminal()
    typed.buffer = io.BytesIO(json.dumps(HOUSES["B"]).encode())
    monkeypatch.setattr(sys, "stdin", typed)

    assert cli.main(["decide", "house.rules", "-"]) == 0
    said = capsys.readouterr()
    assert said.err == "grantrules: Reading from the terminal; end with Ctrl-D.\n"
    assert "Not eligible" in said.out


# ---- the world around it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (BrokenPipeError(), 141, ""),
        (KeyboardInterrupt(), 130, ""),
        (OSError(28, "No space left"), 2, "grantrules: There is no room left on the disk.\n"),
        (OSError(13, "Denied", "a\x1b.json"), 2, "grantrules: a\\u{1B}.json: It may not be opened.\n"),
        (OSError(5, "Input/output error"), 2, "grantrules: Input/output error.\n"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_fault_of_the_world_has_its_code_and_no_traceback(run, monkeypatch, fault, code, said):
    def fails(_arguments):
        raise fault

    for place in ("_new", "_run"):
        with monkeypatch.context() as patched:
            patched.setattr(cli, place, fails)
            patched.setattr(cli, "_drop_output", lambda: None)
            assert run(["new"]) == (code, "", said)


def test_a_mistake_of_our_own_is_raised_where_it_is_looked_for(run, monkeypatch):
    def fails(_options):
        raise LookupError("ours")

    monkeypatch.setattr(cli, "_new", fails)
    asks = (
        "grantrules: grantrules kendi içinde bir hatayla karşılaştı. Hiçbir şey yazılmadı. Lütfen kullandığınız"
        " dosyalarla birlikte geliştiricilere bildirin; GRANTRULES_DEBUG=1 ayrıntıları gösterir.\n"
    )
    assert run(["new", "--language", "tr"]) == (70, "", asks)

    monkeypatch.setenv("GRANTRULES_DEBUG", "1")
    with pytest.raises(LookupError, match="ours"):
        run(["new"])


def test_a_closed_standard_input_is_told(run, monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)

    assert run(["check", "-"]) == (2, "", "grantrules: Standard input is closed.\n")
    assert run(["check", "-", "--language", "tr"]) == (2, "", "grantrules: Standart girdi kapalı.\n")


def test_a_request_to_end_is_an_exit():
    with pytest.raises(SystemExit) as left:
        cli._terminated(15, None)

    assert left.value.code == 143
