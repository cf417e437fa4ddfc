"""The grammars: one reading for every text, one tree for every language, and tables that are made from them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lark import Token
from lark.exceptions import UnexpectedToken

from grantrules import resources
from grantrules.source import Source
from grantrules.syntax import engine, generate
from grantrules.syntax.build import Maker
from grantrules.syntax.parse import parse
from grantrules.syntax.tables import LAYOUT, tables_of
from grantrules.syntax.words import ENDINGS, pieces_of, read_words

DATA = Path(__file__).parent / "data" / "syntax"
EVERYTHING = {"en": DATA / "everything.rules", "tr": DATA / "everything.tr.rules"}
LANGUAGES = sorted(EVERYTHING)


@pytest.fixture(scope="module")
def built() -> dict[str, Any]:
    """Lark's own parsers; making one takes a third of a second."""
    return {language: generate.build(language) for language in LANGUAGES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the grammars to spoil."""
    return Path(shutil.copytree(resources.grammars(), tmp_path / "grammars"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


# ---- one reading -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grammar_has_no_conflict(built, language):
    """`build` raises on any; LALR and nothing else, because Earley takes seconds for a line (trap F5)."""
    assert built[language].options.parser == "lalr"


def test_a_conflict_stops_the_making_of_tables(folder):
    spoil(folder, "en.lark", "?part: chain | share", "?part: chain | share | chain K_AND chain -> sum")

    with pytest.raises(generate.UnfitGrammarError, match=r"(?i)conflict|collision"):
        generate.build("en", folder)


def test_a_rule_that_would_lose_its_negation_stops_the_making_of_tables(folder):
    """Trap F1: a rule that hands on its one part would make `not a` the same as `a`."""
    spoil(folder, "en.lark", "| K_NOT primary                -> not_", "| K_NOT primary")

    with pytest.raises(generate.UnfitGrammarError, match="lose a word"):
        generate.tables("en", folder)


def test_digits_that_do_not_fit_the_parts_of_a_rule_stop_the_making_of_tables(folder):
    spoil(folder, "tr.lark", "share_of__p10", "share_of__p102")

    with pytest.raises(generate.UnfitGrammarError, match="digits"):
        generate.tables("tr", folder)


def test_a_word_without_a_rule_stops_the_making_of_tables(folder):
    spoil(folder, "words.txt", "K_OLMALI          | -  ", "K_OLMALI          | shall")

    with pytest.raises(generate.UnfitGrammarError, match="no rule for"):
        generate.build("en", folder)


def test_a_rule_without_a_word_stops_the_making_of_tables(folder):
    spoil(folder, "words.txt", "K_UNLESS          | *unless ", "K_UNLESS          | -")

    with pytest.raises(generate.UnfitGrammarError, match="no word for"):
        generate.build("en", folder)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_knows_one_word_as_two_things(language):
    tables = tables_of(language)
    twice = set()
    for state in range(len(tables.packed)):
        forms: dict[str, list[str]] = {}
        for terminal in tables.row(state):
            for form in tables.vocabulary.forms.get(terminal, ()):
                forms.setdefault(form.lstrip("*"), []).append(terminal)
        twice |= {(form, *terminals) for form, terminals in forms.items() if len(terminals) > 1}

    assert twice == set()


# Words that begin a line, a type or a remark; inside a formula each of them may be a name.
MAY_BE_NAMES = {
    "en": "country date moment money month NACE number period points rate region text year expect like binding eligible"
    " undecided warning across gives bonus excess instalment over plus proration repayable require rounding supplement optional on other times"
    " meets fails funded",
    "tr": "ülke tarih gün saat an para ay NACE sayı süre puan oran bölge metin yıl ilave hesabı yürürlük oranlama şart"
    " yuvarlama beklenen temeli uygun uyarı belirlenmemiş sütunlarda verdikleri hariç artış çarpan yalnız artı kere taksit vadesi"
    " ek değişik mülga desteklenir desteklenmez",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_that_stands_inside_a_line_can_never_be_a_name(language):
    """Where both a name and a word of the language may stand, the word wins: nobody could use the name."""
    tables = tables_of(language)
    beside_names = set()
    for state in range(len(tables.packed)):
        row = tables.row(state)
        if "NAME" in row:
            beside_names |= {
                form
                for terminal in row
                if terminal.startswith("K_")
                for form in tables.vocabulary.forms[terminal]
                if len(pieces_of(form)) == 1 and not form.startswith("'")
            }

    assert {f for f in beside_names if f.lstrip("*") not in tables.vocabulary.reserved} == set(
        MAY_BE_NAMES[language].split()
    )


# ---- the tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_are_those_of_the_grammars(language):
    """After a change of a grammar: `make tables`."""
    committed = (generate.TABLES / f"tables_{language}.json").read_text(encoding="utf-8")

    assert generate.as_text(generate.tables(language)) == committed


@pytest.mark.slow
def test_the_tables_are_the_same_for_every_hash_seed(tmp_path):
    """Lark keeps its states in sets; the order in which they come must not show."""
    program = (
        "import hashlib\nfrom grantrules.syntax import generate\n"
        "print(hashlib.sha256(generate.as_text(generate.tables('en')).encode()).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(made) == 1


def test_the_tables_are_plain_data():
    """Nothing is unpickled and no cache is kept (trap F14)."""
    for language in LANGUAGES:
        data = json.loads((generate.TABLES / f"tables_{language}.json").read_text(encoding="utf-8"))
        assert data["language"] == language


def test_reading_a_file_needs_no_parser_generator():
    program = (
        "import sys\nfrom grantrules.source import Source\nfrom grantrules.syntax.parse import parse\n"
        "parse(Source('x', 'language English\\n\\nnote n\\n'))\nprint('lark' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")

    assert run.stdout.strip() == "False"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_its_maker(language):
    maker = Maker(longest_chain=8)
    names = {name for _, _, name, _ in tables_of(language).rules} - {"", "="}

    assert all(callable(maker.of(name)) for name in names)


# ---- the reference of surface words ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_file_uses_every_rule_and_every_word(language, monkeypatch):
    """A construct without a line in `everything.rules` is one that no test reads."""
    rules, terminals = set(), set()
    of, take = Maker.of, engine.Automaton.take

    def watched(self: Maker, name: str) -> Any:
        make = of(self, name)

        def called(*args: Any) -> Any:
            rules.add(name)
            return make(*args)

        return called

    def taken(self: engine.Automaton, terminal: str, *args: Any) -> bool:
        terminals.add(terminal)
        return take(self, terminal, *args)

    monkeypatch.setattr(Maker, "of", watched)
    monkeypatch.setattr(engine.Automaton, "take", taken)
    _, problems = parse(Source("everything", EVERYTHING[language].read_text(encoding="utf-8")))
    tables = tables_of(language)

    assert problems == ()
    # `raised to` without its end is read only to say what is missing.
    assert {name for _, _, name, _ in tables.rules} - rules == {"", "=", "raised_to"}
    assert {s for s in tables.symbols if s.isupper()} - terminals - LAYOUT == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_larks_own_parser_accepts_what_this_one_accepts(built, language, monkeypatch):
    """The automaton here is a few lines over the same tables; Lark's reads the same words to the same end."""
    lines: list[list[str]] = []
    take, restore = engine.Automaton.take, engine.Automaton.restore

    def taken(self: engine.Automaton, terminal: str, *args: Any) -> bool:
        lines[-1].append(terminal)
        return take(self, terminal, *args)

    def restored(self: engine.Automaton, *args: Any) -> None:
        lines.append([])
        restore(self, *args)

    monkeypatch.setattr(engine.Automaton, "take", taken)
    monkeypatch.setattr(engine.Automaton, "restore", restored)
    parse(Source("everything", EVERYTHING[language].read_text(encoding="utf-8")))

    assert len(lines) > 50
    for terminals in lines:
        accepted = built[language].parse_interactive("")
        try:
            for terminal in terminals:
                accepted.feed_token(Token(terminal, ""))
        except UnexpectedToken as e:
            pytest.fail(f"{terminals}: {e.token.type}")


# ---- words ---------------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_words_but_for_those_said_by_order():
    """A word that one language lacks is listed here, so that none is forgotten."""
    english, turkish = (set(read_words(resources.grammars(), language)) for language in ("en", "tr"))

    assert english - turkish == {
        "K_AFTER_LOTS", "K_AMONG", "K_EXACTLY", "K_FOR", "K_FOR_ALL", "K_FOR_TIME", "K_IN", "K_IS", "K_IS_AT_LEAST", "K_IS_AT_MOST", "K_IS_IN_THE",
        "K_IS_NONE_OF", "K_IS_NOT", "K_IS_NOT_GIVEN", "K_IS_NOT_IN", "K_IS_ONE_OF", "K_MONEY_IN", "K_MORE_THAN",
        "K_AND_PER", "K_NOT", "K_OF", "K_PERIOD_IN", "K_PER_GROUP", "K_RANGE_FROM", "K_REST_IN", "K_TO", "K_TO_BELOW",
        "K_INCLUDES_ANY", "K_INCLUDES_NONE", "K_THE_ONE",
    }  # fmt: skip
    assert turkish - english == {
        "K_ALL_PRESENT", "K_ANY_PRESENT", "K_EARLIEST_FEW", "K_HIGHEST_FEW", "K_LATEST_FEW", "K_LOWEST_FEW", "K_OF_THEM", "K_SEPARATELY",
        "K_ARASI", "K_ARASINDA", "K_DEGILSE", "K_DEN", "K_E", "K_FROM_LINES",
        "K_ICIN", "K_ILE", "K_IN_TERMS_OF", "K_ISE", "K_MEETING_ALL", "K_MEETING_ANY", "K_MEETING_NONE",
        "K_NONE_PRESENT", "K_OF_VALUE", "K_OLAN", "K_OLMALI", "K_OLMAMALI", "K_OLMAYAN", "K_OTHER_THAN", "K_SHARE_IS",
        "K_TIME_PASSED", "K_TUMU_ICIN", "K_UNTIL", "K_UZERINDEN", "K_VE_USTU", "K_WITHIN", "K_YA_DA",
        "K_OLANIN", "K_OLMAYANIN",
    }  # fmt: skip


def test_no_form_of_an_ending_belongs_to_two_endings():
    forms = [form for endings in ENDINGS.values() for form in endings]

    assert len(forms) == len(set(forms))
