"""
Rule files written to do harm: every attack gets one clear answer, in bounded time, and reaches nothing behind the text.

The numbers H01 to H64 are those of the catalogue of attacks this was made from.  Sizes are full sizes; an attack that
the limit of the file stops is tried again just below that limit.
"""

import builtins
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen

import grantrules as gr
import pace
from grantrules.cli import main
from grantrules.render import Look, problems_as_text

HEAD = """language English

programme tr.insulation "Aid for insulation"
  currency TRY

record line
  amount "Amount"  money (at least 0 TRY)

application
  income    "Income"             money (at least 0 TRY)
  works     "Cost of the works"  money (at least 0 TRY)
  members   "People"             whole number (at least 0)
  age       "Age"                whole number (at least 0)
  born      "Born on"            date
  filed     "Filed on"           date
  resident  "Resident"           yes/no
  iban      "Account"            text
  lines     "Lines"              list of line
"""
RULE = HEAD + '\nrequire r "R"\n  '
SUPPORT = """
support aid "Aid"
  from works
  rate basic
    30%
  rounding down in steps of 0.01 TRY, once at the end
"""
KIB = 1024
BELOW_LIMIT = 250 * KIB
PARAGRAPH = 500


@frozen
class Attack:
    """A file and the codes of the answer; no codes: it is an honest file, however odd it looks."""

    name: str
    text: str | bytes
    codes: frozenset[str]
    warns: bool = False

    @property
    def data(self) -> bytes:
        return self.text if isinstance(self.text, bytes) else self.text.encode()


def attack(name: str, text: str | bytes, *codes: str, warns: bool = False) -> Attack:
    return Attack(name, text, frozenset(codes), warns)


def nested_blocks(depth: int) -> str:
    return (
        RULE
        + "\n"
        + "".join(f"{' ' * (2 + n)}any of\n" for n in range(depth))
        + f"{' ' * (2 + depth)}resident\n"
    )


def doubling(steps: int, *, backwards: bool = False) -> str:
    """x1 = x0 + x0, x2 = x1 + x1, …: read once each, or 2 to the power of the steps."""
    lines = [f"\ndefine x{n} = x{n - 1} + x{n - 1}\n" for n in range(1, steps + 1)]
    if backwards:
        lines.reverse()
    return HEAD + "\ndefine x0 = works\n" + "".join(lines) + SUPPORT.replace("from works", f"from x{steps}")


SIZES = [
    attack("H01 parentheses", f"{RULE}{'(' * 200_000}income{')' * 200_000} is at least 1 TRY\n", "GR601"),
    attack("H01 parentheses below the limit", f"{RULE}{'(' * 100_000}income{')' * 100_000} is at least 1 TRY\n", "GR602"),
    attack("H02 not", f"{RULE}{'not ' * 100_000}resident\n", "GR601"),
    attack("H02 not below the limit", f"{RULE}{'not (' * 40_000}resident{')' * 40_000}\n", "GR602"),
    attack("H03 blocks", nested_blocks(600), "GR602"),
    attack("H03 conditionals", f"{RULE}{'(the smaller of works and ' * 8_000}works{')' * 8_000} is at least 1 TRY\n", "GR602"),
    attack("H05 doubling", doubling(200)),
    attack("H05 doubling from its end", doubling(200, backwards=True)),
    attack("H05 long chain from its end", doubling(1_500, backwards=True)),
    attack("H07 nested loops", f"{RULE}{'(at least 1 of lines where ' * 6}amount is at least 1 TRY{')' * 6}\n", "GR421"),
    attack("H11 digits", f"{RULE}works is at least {'9' * 5_000_000} TRY\n", "GR601"),
    attack("H11 digits below the limit", f"{RULE}works is at least {'9' * BELOW_LIMIT} TRY\n", "GR604"),
    attack("H12 name", f"{RULE}{'a' * 5_000_000} is at least 1 TRY\n", "GR601"),
    attack("H12 name below the limit", f"{RULE}{'a' * BELOW_LIMIT} is at least 1 TRY\n", "GR607"),
    attack("H13 rules", HEAD + "".join(f'\nrequire r{n} "R"\n  income is at least {n} TRY\n' for n in range(60_000)), "GR601"),
    attack("H13 rules below the limit", HEAD + "".join(f'\nrequire r{n} "R"\n  resident\n' for n in range(7_000)), "GR603"),
    attack("H14 mistakes", HEAD + "rule ??\n" * 100_000, "GR601"),
    attack("H14 mistakes below the limit", HEAD + "rule ??\n" * 30_000, "GR134", "GR608"),
    attack("H14 mistakes in one statement", RULE + "resident\n" + "  ??\n" * 40_000, "GR112", "GR608"),
    attack("H14 names of nothing", RULE + "resident\n" + "".join(f"  q{n}\n" for n in range(8_000)), "GR205", "GR612"),
    attack(
        "H14 names that are nearly right",
        HEAD + "".join(f"  income_{n}  whole number\n" for n in range(2_500)) + '\nrequire r "R"\n'
        + "".join(f"  incame_{n}\n" for n in range(2_500)),
        "GR205",
        "GR612",
    ),
    attack("H15 open quotation mark", RULE.replace('"R"', '"' + "a" * 1_000_000) + "resident\n", "GR601"),
    attack("H15 open quotation mark below the limit", RULE.replace('"R"', '"' + "a" * BELOW_LIMIT) + "resident\n", "GR127"),
    attack("H16 backslashes", RULE.replace('"R"', '"' + "\\" * BELOW_LIMIT) + "resident\n", "GR127"),
    attack("H17 comments", f"{RULE}resident {'/*' * 100_000}\n", "GR131"),
    attack("commas", RULE + "resident" + ",\n" * 120_000, "GR148", "GR134", "GR608"),
    attack("quotation marks", RULE + '"' * BELOW_LIMIT + "\n", "GR158"),
    attack("sum of thousands", f"{RULE}works {'+ works ' * 30_000}is at least 1 TRY\n", "GR603"),
    attack("rows that overlap", HEAD + "\ntable t by members\n" + "".join(f"  from {n} to {n + 1500} | {n} TRY\n" for n in range(1_500)), "GR412", "GR612"),
    attack("rows side by side", HEAD + "\ntable t by members\n  first line that fits\n" + "".join(f"  from {n} to {n} | {n} TRY\n" for n in range(1_500)), "GR411"),
    attack("examples like one another", HEAD + "\nexample e2000\n  age 1\n  expect eligible\n" + "".join(f"\nexample e{n}\n  like e{n + 1}\n  expect eligible\n" for n in range(2_000))),
    attack("lists that include one another twice", HEAD + "".join(f"\ncode list c{n} (NACE)\n  including c{n + 1}\n  including c{n + 1}\n" for n in range(1_000)) + "\ncode list c1000 (NACE)\n  21\n"),
    attack("figures that may not apply, in a chain", HEAD + "".join(f"\ndefine d{n}\n  d{n + 1} + d{n + 1}  when resident\n  does not apply otherwise\n" for n in range(100)) + "\ndefine d100\n  works  when resident\n  does not apply otherwise\n" + SUPPORT.replace("from works", "from d0")),
]  # fmt: skip

TEXTS = [
    attack("H09 power", f"{RULE}works is at least 9 ^ 9 ^ 9 ^ 9 TRY\n", "GR112"),
    attack("H09 power with stars", f"{RULE}works is at least 10**10**7 TRY\n", "GR112"),
    attack("H10 exponent", f"{RULE}works is at least 1e999999999 TRY\n", "GR143"),
    attack("H19 letters in another order", f"{RULE}resident -- \u202e\u2066if admin\u2069 \u2066 begin\n", "GR104"),
    attack("H20 letter of another alphabet", f"{RULE}inc\u043eme is less than 20 000 TRY\n", "GR108", "GR205"),
    attack("H22 nothing between two letters", f"{RULE}inc\u200bome is less than 20 000 TRY\n", "GR104"),
    attack("H24 zero byte", f"{RULE}res\x00ident\n", "GR103"),
    attack("H25 other bytes", RULE.encode() + b"resident -- \xff\xfe\x80\n", "GR101"),
    attack("H26 UTF-16", b"\xff\xfe" + HEAD.encode("utf-16-le"), "GR102"),
    attack("H26 UTF-16 without its mark", HEAD.encode("utf-16-be"), "GR102"),
    attack("H27 an honest editor on Windows", b"\xef\xbb\xbf" + (HEAD + SUPPORT).replace("\n", "\r\n").encode()),
    attack("H28 ends of lines", f"{RULE}resident -- note \u2028\x0b\x0c\x85require c\n", "GR106"),
    attack("H30 spaces", f"{RULE}works is at least 15\u00a0000 TRY\n", "GR105"),
    attack("H30 wide spaces", f"{RULE}resident\u3000and resident\n", "GR105"),
    attack("H31 quotation marks", RULE.replace('"R"', "\u201cIncome too high\u201d") + "resident\n", "GR110"),
    attack("H31 minus", f"{RULE}works \u2212 100 TRY is at least 1 TRY\n", "GR111"),
    attack("H32 escape of a terminal", RULE.replace('"R"', '"\x1b[2J\x1b[31mR"') + "resident\n", "GR103"),
    attack("H34 patterns", RULE.replace('"R"', '"{income.__class__.__mro__} %s%s%n {0}"') + "resident\n"),
    attack("H35 attributes of attributes", f"{RULE}iban.__class__.__base__.__subclasses__ is given\n", "GR139"),
    attack("H37 code in a title", HEAD.replace('"Aid for insulation"', "\"'''); __import__('os').system('id'); ('''\"")),
    attack("H37 code behind a title", HEAD.replace('"Aid for insulation"', '"x"); __import__(\'os\').system(\'id\')'), "GR129"),
    attack("H39 other folders", HEAD + '\nimport "../../../../etc/passwd"\n', "GR134"),
    attack("H39 a library of another folder", HEAD + '\nuse "../../../../etc/passwd"\n', "GR158"),
    attack("H40 other machines", HEAD + '\nlibrary "http://169.254.169.254/latest/meta-data/"\n', "GR158"),
    attack("H42 one another", HEAD + "\nuse tr.hostile: x\n", "GR701"),
    attack("H46 patterns of text", f'{RULE}iban matches "(a+)+$"\n', "GR158"),
    attack("H47 the clock", f"{RULE}filed is before today\n", "GR205"),
    attack("H47 chance", f"{RULE}random() is less than 0.5\n", "GR158"),
    attack("H48 circle", HEAD + "\ndefine a = b + 1 TRY\n\ndefine b = a - 1 TRY\n", "GR209"),
    attack("H49 division", HEAD + "\nresult share = works / members\n"),
    attack("H50 decimals", HEAD + "\ndefine exact = (0.1 + 0.2) is 0.3\n\nresult r = exact\n"),
    attack("H53 units", f"{RULE}income is less than 2000\n  works is less than 20 000 EUR\n  age is less than 18 TRY\n", "GR302", "GR303"),
    attack("H54 number of an amount", f"{RULE}(30 of works) is at least 1 TRY\n", "GR312"),
    attack("H54 percent times a hundred", HEAD + SUPPORT.replace("30%", "3000%"), "GR423", warns=True),
    attack("H54 percent through a hundred", HEAD + SUPPORT.replace("30%", "0.30%"), "GR423", warns=True),
    attack("H55 overlap and gap", HEAD + "\ntable t by income\n  from 0 TRY to 20 000 TRY | 60%\n  from 20 000 TRY to 40 000 TRY | 30%\n  from 40 001 TRY | 0%\n\nresult r = t\n", "GR411", "GR412"),
    attack("H56 never reached", HEAD + "\ndefine share\n  first line that fits\n  50%  when age is at least 65\n  70%  when age is at least 70\n  0%   otherwise\n\nresult r = share\n", "GR413", warns=True),
    attack("H57 nobody", f"{RULE}age is more than 65\n  age is less than 60\n", "GR422", warns=True),
    attack("H59 end of the month", f"{RULE}filed is no later than (18 years after born)\n", "GR319"),
    attack("H60 two facts of one name", HEAD + "  income  whole number\n", "GR204"),
    attack("H60 two rules of one name", f"{RULE}resident\n\nrequire r\n  not resident\n", "GR204"),
    attack("H61 nothing", "", "GR113"),
    attack("H64 two versions", HEAD + "<<<<<<< HEAD\n" + SUPPORT + "=======\n>>>>>>> new\n", "GR114"),
    attack("half a character", (RULE + "resident -- \udc80\n").encode("utf-8", "surrogatepass"), "GR101"),
]  # fmt: skip

ATTACKS = [pytest.param(each, id=each.name) for each in (*SIZES, *TEXTS)]


@pytest.mark.parametrize("given", ATTACKS)
def test_an_attack_gets_one_clear_answer_in_bounded_time(
    given: Attack, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """About as long as thirty honest programmes: a second."""
    before = sys.getrecursionlimit()
    with pace.within(30):
        found = gr.check(given.data, name="hostile.rules")

    assert {problem.code for problem in found} == given.codes
    assert sys.getrecursionlimit() == before
    for problem in found:
        assert problem.source is not None
        assert 0 <= problem.span.start <= problem.span.end <= len(problem.source.text)
    assert_can_be_printed(found)

    path = tmp_path / "hostile.rules"
    path.write_bytes(given.data)
    refused = any(problem.severity == "error" for problem in found)
    assert main(["check", str(path)]) == int(refused)
    assert refused is (bool(given.codes) and not given.warns)
    assert "Traceback" not in "".join(capsys.readouterr())


def assert_can_be_printed(found: tuple[gr.Problem, ...]) -> None:
    """Nothing that moves a cursor, nothing without end, no paragraph that nobody reads."""
    for language in ("en", "tr"):
        report = problems_as_text(found, Look(language=language))
        assert not [c for c in report if not c.isprintable() and c != "\n"]
        assert len(report) < 64 * KIB
        for paragraph in report.split("\n\n"):
            assert "│" in paragraph or len(paragraph) <= PARAGRAPH


def test_no_other_file_is_opened(monkeypatch: pytest.MonkeyPatch):
    """H39 to H44: a text names files and machines; nothing is opened, and nothing of them is in a message."""
    texts = [given.data for given in TEXTS if given.name.startswith(("H39", "H40", "H42"))]
    gr.check(texts[0])  # What the library reads of itself, it has read.

    def refuse(*_args: object, **_more: object) -> Iterator[None]:
        raise AssertionError("a file was opened")

    for home, name in (
        (builtins, "open"),
        (os, "open"),
        (Path, "open"),
        (Path, "read_text"),
        (Path, "read_bytes"),
    ):
        monkeypatch.setattr(home, name, refuse)
    found = [gr.check(text) for text in texts]
    monkeypatch.undo()

    assert all(found)
    for problem in (problem for problems in found for problem in problems):
        assert "root:" not in problem.words("en").why


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_and_a_device_are_refused_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """H41: a pipe would wait for ever, and a device never ends."""
    pipe = tmp_path / "pipe.rules"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero"), tmp_path):
        with pytest.raises(OSError):  # noqa: PT011 - Which one is the system's own.
            gr.load(path)
        assert main(["check", str(path)]) == 2
    assert "Traceback" not in capsys.readouterr().err


# ---- below the limits, the meaning is right ----------------------------------------------------------------------


def answer(text: str, **facts: object) -> gr.Decision:
    given = {"income": "1.00", "works": "1.00", "members": 2, "age": 40, "resident": True, "lines": []}
    return gr.compile(text).decide({**given, **facts})


@pytest.mark.parametrize("depth", [1, 2, 60, 61])
def test_no_negation_is_lost_on_the_way(depth: int):
    """H02: a parser can drop a prefix that stands before itself."""
    text = f"{HEAD}\ndefine held = {'not (' * depth}resident{')' * depth}\n\nresult r = held\n"

    assert answer(text).results["r"] is (depth % 2 == 0)


def test_a_figure_is_worked_out_once_however_often_it_is_named():
    """H05: two hundred doublings are two hundred sums, in the decision and in its explanation."""
    with pace.within(100):
        decision = answer(doubling(200).replace("support aid", "result big = x200\n\nsupport aid"))
        explanation = decision.explain()

    assert str(decision.results["big"]).startswith(str(2**200))
    assert len(explanation) < 64 * KIB


def test_a_division_by_nothing_is_never_decided():
    """H49: neither zero nor infinite nor not eligible."""
    decision = answer(f"{RULE}(works / members) is at least 1 TRY\n", members=0)

    assert decision.eligible is None
    assert decision.undecidable


def test_decimals_are_exact():
    """H50: three tenths are three tenths."""
    text = (
        f"{HEAD}\ndefine exact = (0.1 + 0.2) is 0.3\n\nresult r = exact\n\nresult three = works * 0.1 * 3\n"
    )

    assert answer(text).results == {"r": True, "three": gr.Money("0.30", "TRY")}


def test_a_broken_promise_is_told():
    """H58: the bonus is added after the ceiling, and the promise said that nothing is."""
    text = (
        HEAD
        + SUPPORT.replace(
            "  rounding",
            "  support ceiling most\n    at most 15 000 TRY\n    excess is trimmed\n"
            "  supplement more\n    plus 1 000 TRY\n    on top of the ceilings\n  rounding",
        )
        + "\npromise cap\n  aid is at most 15 000 TRY\n"
    )

    assert answer(text, works="100000.00").broken_promises == ("cap",)


def test_the_text_of_an_author_is_text(capsys: pytest.CaptureFixture[str]):
    """H34, H37: patterns and code in a title or a message are shown as they were written, and mean nothing."""
    odd = "''' + open('/etc/passwd').read() + ''' {works.__class__} %s {0} \\n"
    decision = answer(f'{HEAD}\nrequire r "{odd}"\n  message "{odd}"\n  works is more than 5 TRY\n')

    assert decision.failed[0].message == odd
    assert odd in " ".join(decision.explain().split())


# ---- H36: names that mean something elsewhere --------------------------------------------------------------------

ODD_NAMES = [
    "class", "lambda", "None", "True", "False", "self", "print", "def", "return", "yield", "async", "await", "import",
    "eval", "exec", "globals", "object", "type", "__import__", "__class__", "__dict__", "__builtins__", "_", "__",
    "v_1", "facts", "env", "ctx", "select", "null", "undefined", "constructor", "prototype", "toString",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_is_a_name_whatever_it_means_elsewhere(name: str):
    """One rule: only words of the rule language itself are refused, and no other name comes near the code that runs."""
    text = HEAD.replace("  works  ", f"  {name}  ") + SUPPORT.replace("from works", f"from {name}")
    text += f"\ndefine {name}_2 = {name}\n\nresult r = {name}_2\n"
    given = {"income": "1.00", name: "1000.00", "members": 2, "age": 40, "resident": True, "lines": []}
    decision = gr.compile(text).decide(given)

    assert decision.support == gr.Money("300.00", "TRY")
    assert decision.results["r"] == gr.Money("1000.00", "TRY")


def test_a_word_of_the_language_is_refused_as_a_name():
    found = gr.check(HEAD.replace("  works  ", "  where  ").encode())

    assert [problem.code for problem in found] == ["GR136"]
