"""
Random rule files: a programme in one file or in several, written out as an author would.

A whole programme is written first.  Then some of it may move into a library that the rest uses, and some of it may be
said by an amendment over an earlier text; the files together mean what the one file means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random

from attrs import define, evolve, field, frozen
from hypothesis import strategies as st

from grantrules.properties.formulas import DATE, KIND, LISTS, MOMENT, SCORE, SIZE, TONNE, Figure, indented
from grantrules.properties.programmes import SEEDS, SIZES, seeded
from grantrules.properties.statements import SPLIT_ON, WORD, Said, Statements

MAIN, LIBRARY = "random.programme", "lib.shared"
SOURCES = ('source call "The call", dated 2023-01-15', 'source law "The law", at "https://example.org/law"')
SHARED = ("parameter", "define", "table", "code list", "rounding", "calendar")
RULES = ("require", "advise", "duty", "note")
MAY_BE_ADDED = (
    *RULES,
    "result",
    "promise",
    "indicator",
    "define",
    "table",
    "parameter",
    "support",
    "ranking",
    "example",
    "ranking example",
)
MAY_BE_REPLACED = (*RULES, "define", "table", "parameter")

# What a step of a support may have said before, by the word it begins with.
EARLIER_STEPS: Mapping[str, str] = {
    "eligible cost": "only where yes", "cost ceiling": "no ceiling", "rate": "12.5%",
    "bonus": "plus 1 percentage point", "rate ceiling": "at most 70%", "proration": "multiplied by 50%",
    "support ceiling": "no ceiling", "support floor": "nothing is paid below 100 EUR",
}  # fmt: skip


@frozen
class RuleFiles:
    """
    Random rules.

    Args:
        text: the file to load.
        others: the files that it uses or amends, by their names: what `root` takes.
        whole: the same programme as one file.  Names that the library gives are those of the library.
    """

    text: str
    others: Mapping[str, str]
    whole: str


def rule_files() -> st.SearchStrategy[RuleFiles]:
    """Random rules with all constructs of the language."""
    return st.builds(lambda seed, size: random_files(seeded(seed), size), SEEDS, SIZES)


def random_files(rng: Random, size: int) -> RuleFiles:
    """Rules of about `size` statements of each kind, in one file or in several."""
    author = Author(rng, size)
    author.write()
    text = Text(author.heading, author.shape(), author.said)
    others: dict[str, str] = {}
    whole = text
    if author.chance(35):
        library, text = _Library(author, text).moved()
        if library:
            others["lib/shared.rules"] = library
    if author.chance(35):
        amended = _Amendment(author, text)
        now, whole_again = amended.made()
        if now:
            others["random/programme.rules"] = amended.base.written()
            shape = {**whole.shape, "": [*whole.shape[""], *amended.facts]}
            whole = evolve(whole, said=whole_again(whole.said), shape=shape)
            return RuleFiles(now, others, whole.written())
    return RuleFiles(text.written(), others, whole.written())


# ---- a text ----------------------------------------------------------------------------------------------------------


@frozen
class Text:
    """A programme as it stands in a file: head, uses, records and the application, statements."""

    heading: Sequence[str]
    shape: Mapping[str, Sequence[str]]
    said: Sequence[Said]
    uses: Sequence[str] = ()

    def written(self) -> str:
        """The file."""
        head = [f'programme {MAIN} "A random programme"', *indented(self.heading)]
        shape = [
            [f"record {name}" if name else "application", *indented(own)] for name, own in self.shape.items()
        ]
        blocks = (
            ["language English"],
            head,
            list(self.uses),
            list(SOURCES),
            *shape,
            *(each.lines for each in self.said),
        )
        return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"

    def words(self, *, without: Iterable[Said] = ()) -> set[str]:
        """The words of its shape and of its statements."""
        left = set(map(id, without))
        found = words_of(line for own in self.shape.values() for line in own)
        return found.union(*(each.words for each in self.said if id(each) not in left))


def words_of(lines: Iterable[str]) -> set[str]:
    """The words of some lines, without what stands in quotation marks."""
    return Said("", "", list(lines)).words


class Author(Statements):
    """Writes one programme."""

    def __init__(self, rng: Random, size: int) -> None:
        super().__init__(rng, size)
        self.heading = self._header()

    def _header(self) -> list[str]:
        """The lines under the head."""
        return [
            "currency EUR",
            f"time zone {self.one(('Europe/Brussels', 'Europe/Istanbul'))}",
            f"rules as of {self.one(('submitted', 'submitted', 'first day of year of submitted'))}",
            f"month end {self.one(('last day', 'last day', 'next day', 'refused'))}",
            f"programme year from {self.one(('2023-03-01', '2022-12-31', 'submitted'))}",
            *self.one(([], ["nace Rev. 2"])),
            *self.one(([], ['authority "The town"'])),
            *self.common(10, message=False),
        ]

    def write(self) -> None:
        """All statements."""
        self.declare(self.facts, "submitted", self.one((MOMENT, MOMENT, DATE)), optional=False)
        self.facts.lines["submitted"] = [re.sub(r" \(.*", "", self.facts.lines["submitted"][0])]
        first: list[Callable[[], object]] = [
            self.parameter, self.parameter, self.define, self.define, self.table, self.table, self.code_list,
            self.shared_rounding, self.working_calendar, lambda: self.level(table=self.chance(50)),
            lambda: self.define(self.one(("cost", "member", "visit", "event"))),
            lambda: self.table(self.one(("cost", "member", "visit"))),
        ]  # fmt: skip
        then: list[Callable[[], object]] = [
            self.rule, self.rule, self.support, self.support, self.score, self.result, self.joint, self.define, self.table,
        ]  # fmt: skip
        last: list[Callable[[], object]] = [
            self.rule,
            self.ranking,
            self.promise,
            self.indicator,
            self.joint,
            self.result,
        ]
        for _ in self.repeat(1, 2 * self.size):
            self.one(first)()
        self.support()
        for _ in self.repeat(1, 2 * self.size):
            self.one(then)()
        if any(each.keyword == "score" for each in self.said):
            self.figures.append(Figure("all_points", SCORE))
        for _ in self.repeat(0, self.size):
            self.one(last)()
        if self.chance(50):
            like = self.example()
            if self.chance(40):
                self.example(like)
            if self.ranked and self.chance(60):
                self.ranking_example(like)
        words = words_of(line for each in self.said for line in (*each.lines, *(each.other or ())))
        if "tonne" in words and TONNE not in self.facts.types.values():
            self.declare(
                self.facts, self.name("load"), TONNE
            )  # A unit is declared by what is measured in it.
        self.rng.shuffle(self.said)

    def shape(self) -> dict[str, list[str]]:
        """The fields of the records, and the facts of the application under an empty name."""
        found = {
            name: [line for lines in its.lines.values() for line in lines]
            for name, its in self.records.items()
        }
        found[""] = [line for lines in self.facts.lines.values() for line in lines]
        if self.chance(10):
            found[""].insert(0, 'tr "Başvuru"')
        return found


# ---- a library -------------------------------------------------------------------------------------------------------


@define
class _Library:
    """Moves figures, code lists and records of a programme into a library, with all that they need."""

    author: Author
    text: Text
    facts: set[str] = field(factory=set)
    records: set[str] = field(factory=set)

    def moved(self) -> tuple[str, Text]:
        """The library, and what is left; an empty text where nothing can move."""
        author = self.author
        may = [each for each in self.text.said if each.keyword in SHARED and len(each.lines)]
        chosen: list[Said] = []
        for seed in author.rng.sample(may, min(len(may), author.rng.randint(1, 3))):
            grown = self.closed([*chosen, seed])
            chosen = grown if grown is not None else chosen
        if not chosen:
            return "", self.text
        self.closed(chosen)
        library = self.library(chosen)
        gone = set(map(id, chosen))
        left = evolve(
            self.text,
            said=[each for each in self.text.said if id(each) not in gone],
            shape={name: own for name, own in self.text.shape.items() if name not in self.records},
        )
        return library, self.using(left, chosen)

    def closed(self, chosen: list[Said]) -> list[Said] | None:
        """The chosen statements and all that they need; nothing if they need what a library cannot have."""
        author = self.author
        by_name: dict[str, list[Said]] = {}
        for each in self.text.said:
            for name in each.gives or (each.name,):
                by_name.setdefault(name, []).append(each)
        found = {id(each): each for each in chosen}
        self.facts, self.records = {"submitted"}, set()
        while True:
            before = len(found), len(self.facts), len(self.records)
            words = words_of(line for each in found.values() for line in each.lines)
            words |= words_of(line for name in self.facts for line in author.facts.lines[name])
            words |= words_of(line for name in self.records for line in self.text.shape[name])
            words |= {each.owner for each in found.values()}
            self.facts |= words & author.facts.types.keys()
            self.records |= words & author.records.keys()
            for kind in (KIND, SIZE):  # What a bare value means is told by a fact that has it.
                if words & set(kind.values):
                    self.facts |= set([name for name, its in author.facts.types.items() if its == kind][:1])
            if "tonne" in words:
                self.facts |= set([name for name, its in author.facts.types.items() if its == TONNE][:1])
            self.facts |= {LISTS[name] for name in self.records & LISTS.keys()} & author.facts.types.keys()
            for word in words:
                found |= {id(each): each for each in by_name.get(word, ())}
            if any(each.keyword not in SHARED for each in found.values()) or "all_points" in words:
                return None
            if (len(found), len(self.facts), len(self.records)) == before:
                return list(found.values())

    def library(self, chosen: Sequence[Said]) -> str:
        """The library as a file."""
        author = self.author
        heading = [each for each in author.heading if not each.startswith(("authority", "cites"))]
        head = [f'library {LIBRARY} "What several share"', *indented(heading)]
        facts = [
            line for name in author.facts.lines if name in self.facts for line in author.facts.lines[name]
        ]
        shape = [
            [f"record {name}", *indented(self.text.shape[name])]
            for name in author.records
            if name in self.records
        ]
        blocks = [["language English"], head, list(SOURCES), *shape, ["application", *indented(facts)]]
        return "\n\n".join("\n".join(block) for block in (*blocks, *(each.lines for each in chosen))) + "\n"

    def using(self, left: Text, chosen: Sequence[Said]) -> Text:
        """What is left, with a line that takes what it needs, some of it under another name."""
        author = self.author
        given = [name for each in chosen for name in each.gives or (each.name,)]
        records = [name for name in author.records if name in self.records]
        words = left.words() | words_of(line for each in left.said for line in each.other or ())
        taken = [name for name in (*records, *given) if name in words or author.chance(10)]
        if not taken:
            return left
        owned = {name for each in chosen if each.owner for name in each.gives}
        other = {
            name: f"own_{name}"
            for name in taken
            if name not in records and name not in owned and author.chance(25)
        }
        names = ", ".join(f"{name} as {other[name]}" if name in other else name for name in taken)
        said = [_renamed(each, other) for each in left.said]
        return evolve(left, said=said, uses=[f"use {LIBRARY}: {names}"])


def _renamed(said: Said, other: Mapping[str, str]) -> Said:
    """A statement with other names for some things."""

    def line(text: str) -> str:
        parts = re.split(r'("[^"\n]*")', text)
        return "".join(
            part if n % 2 else WORD.sub(lambda m: other.get(m[0], m[0]), part) for n, part in enumerate(parts)
        )

    stages = [(stage, name, [line(each) for each in lines]) for stage, name, lines in said.stages]
    earlier = None if said.other is None else [line(each) for each in said.other]
    return evolve(said, lines=[line(each) for each in said.lines], stages=stages, other=earlier)


# ---- an amendment ----------------------------------------------------------------------------------------------------


@define
class _Amendment:
    """Says some of a programme by an amendment over an earlier text."""

    author: Author
    text: Text
    base: Text = field(init=False)
    dated: bool = field(init=False)
    blocks: list[list[str]] = field(factory=list)
    now: dict[str, list[list[str]]] = field(factory=dict)
    """What the one file says instead: the statements by their names, each in one version or two."""
    extra: list[Said] = field(factory=list)
    facts: list[str] = field(factory=list)
    later: set[str] = field(factory=set)
    """Names that the earlier text does not have."""

    def __attrs_post_init__(self) -> None:
        self.dated = self.author.chance(30)
        self.base = self.text

    def made(self) -> tuple[str, Callable[[Sequence[Said]], list[Said]]]:
        """The amendment, and how it changes the statements of the one file; an empty text if it has nothing to say."""
        author = self.author
        waiting = list(self.text.said)
        author.rng.shuffle(waiting)
        for each in waiting[: 2 + author.size]:
            self.change(each)
        self.repeal()
        self.promise()
        if not self.dated and author.chance(40):
            self.add_fact()
        days = [f"in force from {SPLIT_ON[1]}"] if self.dated else []
        head = [
            'amendment random.reform "The programme as amended"',
            *indented(['tr "Değişik program"', f"amends {MAIN}", *days]),
        ]
        source = ['source act "The amending act", dated 2023-11-30'] if author.chance(50) else []
        blocks = (["language English"], head, source, *self.blocks)
        text = "\n\n".join("\n".join(block) for block in blocks if block) + "\n"
        return (text if self.blocks else ""), self.again

    def again(self, said: Sequence[Said]) -> list[Said]:
        """The statements of the one file."""
        found = []
        for each in said:
            versions = self.now.get(each.name)
            if versions is None:
                found.append(each)
            else:
                found += [
                    evolve(each, lines=[re.sub(r"\bown_", "", line) for line in lines]) for lines in versions
                ]
        return [*found, *self.extra]

    def change(self, said: Said) -> None:
        """Say one statement by the amendment, if that can be."""
        author = self.author
        single = "" not in said.lines
        if said.keyword == "support" and single and said.stages and not self.dated and author.chance(70):
            self.within(said)
        elif said.keyword in MAY_BE_REPLACED and single and said.other is not None and not said.owner:
            if not self.is_shaped(said):
                self.replace(said)
        elif said.keyword in MAY_BE_ADDED and not self.dated:
            self.add(said)

    def is_shaped(self, said: Said) -> bool:
        """Whether something hangs on how the figure is made, and not on its value alone."""
        text = "\n".join(line for each in self.text.said for line in each.lines)
        return any(
            re.search(rf"\b{name} (for|applies|does not apply)\b", text)
            for name in said.gives or (said.name,)
        )

    def replace(self, said: Said) -> None:
        """The earlier text says it otherwise."""
        last, first = SPLIT_ON
        later, earlier = said.lines, said.other or []
        if self.later & words_of(earlier):
            return
        if any(map(_is_dated, (*later, *earlier))) or (self.dated and self.cannot_change(said)):
            return
        self.base = evolve(
            self.base, said=[evolve(each, lines=earlier) if each is said else each for each in self.base.said]
        )
        self.blocks.append([f"replace {later[0]}", *later[1:]])
        if not self.dated:
            return
        if said.keyword == "parameter":
            values = [f"  up to {last} | {earlier[-1].strip()}", f"  from {first} | {later[-1].strip()}"]
            self.now[said.name] = [[later[0], *values]]
            return
        self.now[said.name] = [
            [earlier[0], f"  in force up to {last}", *earlier[1:]],
            [later[0], f"  in force from {first}", *later[1:]],
        ]

    def cannot_change(self, said: Said) -> bool:
        """Whether a statement has no place for days, or must be the same on all of them."""
        if said.keyword == "parameter":
            return (
                len(said.lines) != 2
                or "not set" in said.lines[1]
                or said.name.removeprefix("own_") in self.author.budgets
            )
        return said.keyword == "define" and any(
            " = " in lines[0] for lines in (said.lines, said.other or [""])
        )

    def add(self, said: Said) -> None:
        """The earlier text does not say it."""
        others = [each for each in self.base.said if each.name != said.name]
        names = {*(said.gives or (said.name,)), *(name for _, name, _ in said.stages)}
        names |= {
            line.split()[1]
            for line in map(str.strip, said.lines)
            if line.startswith(("require ", "instalment "))
        }
        used = words_of(line for each in others for line in each.lines) | words_of(
            line for block in self.blocks for line in block
        )
        if names & used or (said.keyword == "support" and len(self.author.paid) < 3):
            return
        self.later |= names
        self.base = evolve(self.base, said=others)
        for version in "\n".join(said.lines).split("\n\n"):
            self.blocks.append([f"add {version}"])

    def within(self, said: Said) -> None:
        """The earlier text has other steps in a support."""
        author = self.author
        lines, changes = list(said.lines), list[str]()
        for number, (stage, name, own) in enumerate(said.stages):
            keyword = own[0].split(f" {name}")[0] if name else ""
            at = _place(lines, indented(own))
            if any(map(_is_dated, own)) or keyword not in EARLIER_STEPS or at < 0 or author.chance(50):
                continue
            earlier, later = (
                [each for each, _, _ in part] for part in (said.stages[:number], said.stages[number + 1 :])
            )
            fits = all(each <= stage for each in earlier) and all(each > stage for each in later)
            if fits and not self.is_named(said, name) and author.chance(50):
                del lines[at : at + len(own)]
                changes += [f"  add {own[0]}", *(f"  {line}" for line in own[1:])]
            else:
                lines[at : at + len(own)] = indented([f"{keyword} {name}", f"  {EARLIER_STEPS[keyword]}"])
                changes += [f"  replace {own[0]}", *(f"  {line}" for line in own[1:])]
        lines, more = self.instalments(said, lines)
        changes += more
        if author.chance(30):
            name = author.name("gone")
            at = _place(lines, indented(said.stages[-1][2]))
            lines[at:at] = indented([f"support floor {name}", "  nothing is paid below 100 EUR"])
            changes.append(f"  repeal {name}")
        if not changes:
            return
        self.base = evolve(
            self.base, said=[evolve(each, lines=lines) if each is said else each for each in self.base.said]
        )
        self.blocks.append([f"within support {said.name}", *changes])

    def instalments(self, said: Said, lines: list[str]) -> tuple[list[str], list[str]]:
        """Conditions of entry and instalments that the earlier text says otherwise, or not at all."""
        changes: list[str] = []
        blocks = _blocks(lines)
        for number, block in enumerate(blocks):
            head = block[0].strip()
            if any(map(_is_dated, block)):
                continue
            if head.startswith("require ") and self.author.chance(60):
                name = head.split()[1]
                if self.author.chance(50):
                    blocks[number] = [f"  require {name}", "    yes"]
                    changes += [f"  replace {head}", *block[1:]]
                else:
                    blocks[number] = []
                    changes += [f"  add {head}", *block[1:]]
            elif head.startswith(("instalment ", "equal instalments ")) and self.author.chance(50):
                last = number == len(blocks) - 1
                if last and number and "instalment" in blocks[number - 1][0] and self.can_go(said, block):
                    blocks[number] = []
                    changes += [f"  add {head}", *block[1:]]
                elif not any("due" in line or "the rest" in line for line in block):
                    blocks[number] = [block[0], "    0.01 EUR"]
                    changes += [f"  replace {head}", *block[1:]]
                elif head.startswith("equal") and not any("due" in line for line in block):
                    parts = next(line for line in block if "the rest in" in line)
                    words = "rounding down in steps of 1 EUR, the last one takes what is left"
                    blocks[number] = [block[0].split(' "')[0], parts, f"    {words}"]
                    changes += [f"  replace {head}", *block[1:]]
        return [line for block in blocks for line in block], changes

    def can_go(self, said: Said, block: Sequence[str]) -> bool:
        """Whether an instalment may be missing: it is not the rest, and nothing names it."""
        name = re.sub(r"^(equal instalments|instalment) ", "", block[0].strip()).split()[0]
        return not any("the rest" in line for line in block) and not self.is_named(said, name)

    def is_named(self, said: Said, name: str) -> bool:
        """Whether another statement names it."""
        return any(
            re.search(rf"\b{name}(_\w+)?\b", line)
            for each in self.base.said
            if each.name != said.name
            for line in each.lines
        )

    def repeal(self) -> None:
        """The earlier text says more."""
        author = self.author
        if author.chance(50):
            name = author.name("gone")
            lines = [f"require {name}", "  submitted is after 2023-09-04"]
            self.base = evolve(self.base, said=[*self.base.said, Said("require", name, lines)])
            self.blocks.append([f"repeal {name}", *author.one(([], ["  cites law"]))])
            if self.dated:
                self.extra.append(
                    Said("require", name, [lines[0], f"  in force up to {SPLIT_ON[0]}", lines[1]])
                )
        owners = [each for each in self.base.shape if each]
        if owners and not self.dated and author.chance(30):
            name, owner = author.name("gone"), author.one(owners)
            lines = [f"define {owner}'s {name} = {owner}_amount is at least 5 000 EUR"]
            self.base = evolve(self.base, said=[*self.base.said, Said("define", name, lines, owner=owner)])
            self.blocks.append([f"repeal {owner}'s {name}"])

    def promise(self) -> None:
        """What the amendment is not to change, rightly or wrongly; the one file has no other one to be compared with."""
        author = self.author
        if self.blocks and author.chance(50):
            both = {each.name for each in self.base.said if each.keyword in ("support", "score", "result")}
            both &= {each.name for each in self.text.said}
            figure = author.one(("decided", *sorted(both)))
            body = "decided as in" if figure == "decided" else f"{figure} is as in"
            when = ["  unless submitted is after 2023-09-04"] if author.chance(50) else []
            self.blocks.append([f"add promise {author.name('alike')}", f"  {body} {MAIN}", *when])

    def add_fact(self) -> None:
        """A new fact, and a rule that reads it."""
        author = self.author
        fact, rule = author.name("new_fact"), author.name("should")
        lines = [f"advise {rule}", f"  not {fact}"]
        self.extra.append(Said("advise", rule, lines))
        self.blocks += [
            ["add application", f"  {fact}  yes/no (no if absent)"],
            [f"add {lines[0]}", lines[1]],
        ]
        self.facts.append(f"{fact}  yes/no (no if absent)")


def _is_dated(line: str) -> bool:
    """Whether a line says when something is in force."""
    return line.strip().startswith("in force")


def _place(lines: Sequence[str], part: Sequence[str]) -> int:
    """Where some lines stand in others; -1 where they do not."""
    ends = range(len(lines) - len(part) + 1)
    return next((n for n in ends if list(lines[n : n + len(part)]) == list(part)), -1)


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """The lines of a support by its parts: each with what stands under it."""
    found: list[list[str]] = []
    for number, line in enumerate(lines):
        if number < 2 or not line.startswith("    "):
            found.append([])
        found[-1].append(line)
    return found
