"""
What people read when they made a mistake: every problem with the full message, in English and Turkish.

`GRANTRULES_RENEW=1 pytest tests/test_problems.py` writes the stored messages anew; read the difference as the officer
will read the message: is the place right, does it say why, and can one write what it says?
"""

import ast
import os
import re
from pathlib import Path

import pytest

import grantrules as gr
from grantrules import catalogue
from grantrules.diagnostics import Problem
from problem_cases import BESIDE, CASES, COMPARED, HOST, LANGUAGES, LONG, SETTINGS, Case, all_cases

RENEW = bool(os.environ.get("GRANTRULES_RENEW"))
SOURCE = Path(gr.__file__).resolve().parent

ALL = [pytest.param(case, id=str(case)) for case in all_cases()]
KINDS = [pytest.param(code, kind, id=code) for code, kind in catalogue.problems().items()]
MOST = 500  # Characters of one paragraph; whoever reads more has stopped reading.

# Words of programmers and of Python, none of which an officer should have to know.
FOREIGN = re.compile(
    r"\b(token|node|pars(e|er|ing)|syntax|boolean|integer|string|dict|float|Decimal|NoneType|None|True|False|exception"
    r"|traceback|identifier|int|str|bool)\b"
)


@pytest.mark.parametrize("case", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mistake_is_told_as_stored(case: Case, language: str):
    stored = case.folder / f"{language}.txt"
    report = case.report(language)
    if RENEW:
        stored.parent.mkdir(exist_ok=True)
        stored.write_text(report, encoding="utf-8")

    assert stored.read_text(encoding="utf-8") == report


@pytest.mark.parametrize("case", ALL)
def test_a_mistake_gets_its_code_and_no_other(case: Case):
    """One mistake is one message: what only follows from it is not reported."""
    found = {problem.code for problem in case.problems()}

    assert found - BESIDE.get(case.name, set()) == {case.code}


@pytest.mark.parametrize("case", ALL)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_said_in_plain_words(case: Case, language: str):
    for problem in case.problems():
        words = problem.words(language)
        for text in (words.title, words.why, words.instead):
            assert text
            assert text[0].isupper() or not text[0].isalpha()
            assert len(text) <= MOST
            assert not text.endswith(" ")
            assert "  " not in text
        unquoted = re.sub(r"`[^`]*`|“[^”]*”", "", f"{words.title} {words.why} {words.instead}")
        assert not FOREIGN.search(unquoted)
        assert not re.search(r"[{}]", re.sub(r"\{…\}", "", unquoted))
        assert not words.title.endswith(".")
        assert words.why.endswith((".", "?"))


@pytest.mark.parametrize("case", ALL)
def test_a_message_says_where(case: Case):
    for problem in case.problems():
        assert problem.source is not None or getattr(problem, "path", None) is not None
        if problem.source is not None:
            places = [(label.span, label.source or problem.source) for label in problem.labels]
            for span, source in ((problem.span, problem.source), *places):
                assert 0 <= span.start <= span.end <= len(source.text)


@pytest.mark.parametrize("case", ALL)
def test_no_control_character_reaches_the_terminal(case: Case):
    for language in LANGUAGES:
        assert not [c for c in case.report(language) if not c.isprintable() and c != "\n"]


def test_every_problem_has_a_case():
    cases = {case.code for case in all_cases()}

    assert set(catalogue.problems()) - cases == set()
    assert cases - set(catalogue.problems()) == set()


def test_no_stored_message_is_left_over():
    """A folder without its mistake would be read as if it were still true."""
    for folder in CASES.iterdir():
        names = {path.name for path in folder.iterdir()}
        given = (
            set()
            if folder.name in {*HOST, *SETTINGS, *COMPARED, *LONG}
            else {"input.rules"} & names or {"input.json"}
        )
        assert names - {"limits.json", "applications.json"} == given | {"en.txt", "tr.txt"}, folder.name


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_a_title_has_no_facts_in_it(code: str, kind: type[Problem]):
    """The title names the page and the line of the list; there is no case at hand to fill it from."""
    assert re.fullmatch(r"GR[1-7]\d\d", code)
    for language in LANGUAGES:
        assert kind.title[language]
        assert "{" not in kind.title[language]


def quotes(text: str) -> list[str]:
    return text.split("`")[1::2]


def pairs_of_words() -> list[tuple[str, str, str]]:
    """Every `Words("…", "…")` in the package, with its place."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                if len(texts) == 2:
                    found.append((f"{path.name}:{node.lineno}", *texts))
    return found


def test_both_languages_quote_the_same_things_in_the_same_order():
    """What stands in backticks is shown in the language of the file, so it is taken from the other text by its place."""
    for place, en, tr in pairs_of_words():
        assert en.count("`") % 2 == 0, place
        assert len(quotes(en)) == len(quotes(tr)), place
        for one, other in zip(quotes(en), quotes(tr), strict=True):
            assert set(re.findall(r"\{\w+\}", one)) == set(re.findall(r"\{\w+\}", other)), place
        assert set(re.findall(r"\{\w+\}", en)) == set(re.findall(r"\{\w+\}", tr)), place


def test_what_is_to_be_written_is_in_the_language_of_the_file():
    """A Turkish officer who reads an English programme must not be told to write Turkish words into it."""
    (problem,) = gr.check(b'language English\n\nprogramme tr.aid "Aid"\n', name="aid.rules")

    assert "`currency TRY`" in problem.words("en").instead
    assert "`currency TRY`" in problem.words("tr").instead
    assert problem.words("en").instead != problem.words("tr").instead


@pytest.mark.parametrize(("code", "kind"), KINDS)
def test_the_page_of_a_problem_in_another_language_is_its_own_words(code, kind):
    page = catalogue.page(code, "tr") or ""
    title, *said = page.strip().split("\n\n")

    assert title.startswith(f"{code}: ")
    assert len(said) >= sum(bool(getattr(kind, part, None)) for part in ("why", "instead"))
