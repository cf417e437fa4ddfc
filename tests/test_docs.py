"""The pages of the documentation keep their word: every block of rules is compiled, and its examples are run.

A block marked ```` ```grantrules ```` must compile and its examples must hold. One marked
```` ```grantrules error GR301 ```` must get that problem. A block that names its programme stands alone. Any other is
a fragment: in the reference it is read at the end of the programme at the top of that page; in the tutorial it
goes into the file as it stands after the step before. A statement that stands in both replaces the older one.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
import pytest
from attrs import frozen

import grantrules as gr
from grantrules import resources
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse
from several_files import files_in

ROOT = Path(__file__).resolve().parents[1]
DOCS, CONTRIBUTING = ROOT / "docs", ROOT / "CONTRIBUTING.md"
REFERENCE, TUTORIAL, CANNOT_SAY = DOCS / "language.md", DOCS / "tutorial.md", DOCS / "cannot-say.md"
TURKISH, BY_KIND = DOCS / "turkce.md", DOCS / "programmes-by-kind.md"
BLOCK = re.compile(
    r"^```grantrules(?: (?P<kind>error|warning) (?P<code>GR\d+))?\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
WHOLE = re.compile(r"^(language|dil) ", re.MULTILINE)


@frozen
class Block:
    """One block of rules on a page: where it stands, what is expected of it, and its text."""

    page: str
    line: int
    kind: str | None
    code: str | None
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [
        Block(page.name, text.count("\n", 0, found.start()) + 1, found["kind"], found["code"], found["text"])
        for found in BLOCK.finditer(text)
    ]


def statements(text: str) -> Iterator[tuple[str, str]]:
    """The statements of a text, each with what names it: its keyword and name."""
    for part in re.split(r"(?m)^(?=[^\s\-])", text):
        if part.strip() and not part.startswith("--"):
            head = re.split(r'["(=]', part.splitlines()[0])[0].split()
            yield (
                (head[0] if head[0] in {"language", "programme", "application", "dil"} else " ".join(head)),
                part,
            )


def merged(base: str, fragment: str) -> str:
    """The base with the statements of a fragment: in the place of those they replace, else at the end."""
    new = list(statements(fragment))
    replaced = {name for name, _ in new}
    kept = [(name, part) for name, part in statements(base)]
    out: list[str] = []
    for name, part in kept:
        if name not in replaced:
            out.append(part)
            continue
        out += [p for n, p in new if n == name]
        new = [(n, p) for n, p in new if n != name]
    return "\n".join(part.rstrip("\n") + "\n" for part in [*out, *(p for _, p in new)])


def wrapped() -> list[tuple[Block, str]]:
    """Every block with the text it is compiled as."""
    found: list[tuple[Block, str]] = []
    for page in (REFERENCE, TUTORIAL, CANNOT_SAY, TURKISH, BY_KIND):
        base = blocks(TURKISH if page == TURKISH else REFERENCE)[0].text
        for block in blocks(page):
            text = block.text if WHOLE.search(block.text) else merged(base, block.text)
            found.append((block, text))
            if page == TUTORIAL and block.kind is None:
                base = text
    return found


BLOCKS = wrapped()
RIGHT = [pytest.param(b, t, id=str(b)) for b, t in BLOCKS if b.kind is None]
WRONG = [pytest.param(b, t, id=str(b)) for b, t in BLOCKS if b.kind is not None]


@pytest.mark.parametrize(("block", "text"), RIGHT)
def test_a_block_compiles_and_its_examples_hold(block: Block, text: str):
    text, others = files_in(text)
    programme = gr.compile(text, root=others) if others else gr.compile(text)

    failures = [outcome for outcome in programme.run_examples() if not outcome.passed]
    assert failures == []


@pytest.mark.parametrize(("block", "text"), WRONG)
def test_a_mistake_gets_the_message_the_page_names(block: Block, text: str):
    text, others = files_in(text)
    problems = gr.check(text, root=others) if others else gr.check(text)

    assert block.code in [problem.code for problem in problems]


def test_the_pages_have_blocks_at_all():
    """A change to the marks must not silence the tests above."""
    assert len(RIGHT) > 40
    assert len(WRONG) > 10


@cache
def said_on(page: str) -> tuple[set[str], dict[tuple[str, str], set[Any]]]:
    """The kinds of nodes in the right blocks of a page, and the manners (how, what, kind, …) of each."""
    kinds: set[str] = set()
    manners: dict[tuple[str, str], set[Any]] = {}

    def walk(node: Any) -> None:
        if isinstance(node, tuple):
            for part in node:
                walk(part)
        elif isinstance(node, syn.Node):
            kinds.add(type(node).__name__)
            for name in (f.name for f in attrs.fields(type(node)) if f.name not in {"span", "comments"}):
                value = getattr(node, name)
                if isinstance(value, str | bool):
                    manners.setdefault((type(node).__name__, name), set()).add(value)
                walk(value)

    for block, text in BLOCKS:
        if block.page == page and block.kind is None:
            last, others = files_in(text)
            for each in (last, *others.values()):
                walk(parse(Source(str(block), each))[0])
    return kinds, manners


# Ceilings of all kinds have the same manners of cutting; together they show all of them.
EXCESS = [("Ceiling", "excess"), ("JointCeiling", "excess"), ("Support", "excess")]
NODES = [kind for kind in vars(syn).values() if isinstance(kind, type) and issubclass(kind, syn.Node)]
ABSTRACT = {"Node", "Step", "Broken"}


def test_the_reference_shows_every_construct():
    kinds, _ = said_on(REFERENCE.name)

    assert {kind.__name__ for kind in NODES} - ABSTRACT - kinds == set()


@pytest.mark.parametrize("kind", NODES, ids=lambda kind: kind.__name__)
def test_the_reference_shows_every_manner_of_a_construct(kind: type[syn.Node]):
    """A manner is what the tree declares as one of several texts: how a ceiling cuts, how lines are compared."""
    _, manners = said_on(REFERENCE.name)
    for name, hint in get_type_hints(kind, vars(syn)).items():
        declared = {
            value
            for part in (hint, *get_args(hint))
            if get_origin(part) is Literal
            for value in get_args(part)
            if isinstance(value, str)
        }
        shared = EXCESS if name == "excess" else [(kind.__name__, name)]
        shown = set().union(*(manners.get(place, set()) for place in shared))
        assert declared - shown == set(), name


def test_the_reference_lists_every_reserved_word():
    written = (resources.grammars() / "words.txt").read_text(encoding="utf-8")
    reserved = set(re.findall(r"^\w+\s*\| \*([a-z]+)", written, re.MULTILINE))
    (listed,) = re.findall(r"can never be names: (.*?)\.", REFERENCE.read_text(encoding="utf-8"), re.DOTALL)

    assert set(re.findall(r"`(\w+)`", listed)) == reserved


def test_the_application_of_the_tutorial_is_decided_by_its_last_file():
    (text,) = re.findall(
        r"^```json\n(.*?)^```$", TUTORIAL.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    (*_, (_, last)) = [(b, t) for b, t in BLOCKS if b.page == TUTORIAL.name and b.kind is None]
    decision = gr.compile(last).decide(text)

    assert decision.support == gr.Money("5000.00", "EUR")
    assert [ceiling.name for ceiling in decision.binding] == ["highest"]


def test_every_link_between_the_pages_leads_somewhere():
    for page in DOCS.glob("*.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} names {target}"


def test_the_table_of_doors_names_every_door_that_there_is():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    doors = re.findall(r"^([a-z-]+):.* ## ", makefile, re.MULTILINE)
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    rows = re.findall(r"^\| (`make .*?) \|", CONTRIBUTING.read_text(encoding="utf-8"), re.MULTILINE)
    assert doors == phony
    assert sorted(re.findall(r"`make ([a-z-]+)`", " ".join(rows))) == sorted({*doors} - {"help"})
