"""
Whether the bundled programmes say what their sources say.  `make fidelity` prints it; `test_fidelity.py` holds it.

Beside a programme lie two files, in `sources/`: what its source says, word for word and one sentence a line (`NAME.txt`),
and a table that says which statements carry it, or why it is left out (`NAME.sentences.txt`).  Every sentence is quoted
by a statement that the table names, or is left out by one row: by its first words, or with others from one that begins
`A` to one that begins `B` (`A … B`).  The table names the normative sentences first, and how many sentences there are,
so that none can be dropped without a word.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from grantrules import resources
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.syntax.parse import parse

# What a person may answer for: these have a source in the law.  Facts and readings may cite; examples need not.
MUST_CITE = {"require", "exception", "duty", "note"}
# What quotes the words it is about, and carries them out only together with others.
READINGS = {"Parameter", "Define", "CodeList", "Record"}
# What nobody reads a title of beside the amount and its reasons.
UNTITLED = {"Example", "RankingExample", "Promise", "Application"}


def collapsed(text: str) -> str:
    """The text with all space between words alike."""
    return " ".join(text.split())


def places(quote: str, text: str) -> list[range] | None:
    """Where the parts of a quotation, divided by ellipses, stand in the text in their order, as whole words."""
    position, found = 0, []
    for part in map(collapsed, quote.split("…")):
        # A letter or a digit that goes on is another word: `20 firm` is not in `20 firms`.
        before = r"(?<!\w)" if part[:1].isalnum() else ""
        after = r"(?!\w)" if part[-1:].isalnum() else ""
        match = re.compile(before + re.escape(part) + after).search(text, position)
        if match is None:
            return None
        found.append(range(*match.span()))
        position = match.end()
    return found


def occurs(quote: str, text: str) -> bool:
    """Whether a quotation is word for word in the text, but for what its ellipses leave out."""
    return places(quote, text) is not None


@frozen
class Row:
    """One sentence of the source: the statements that carry it, or the reason why it is left out."""

    sentence: str
    carriers: tuple[str, ...]
    reason: str | None


@frozen
class Carried:
    """A programme beside its source.  `path` is that of the rules, `name` what people call it: `tr/kdp_2023`."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(resources.programs()).with_suffix("").as_posix()

    def _beside(self, kind: str) -> Path:
        return self.path.parent / "sources" / f"{self.path.stem}{kind}.txt"

    @property
    def has_source(self) -> bool:
        return self._beside("").exists()

    @property
    def has_table(self) -> bool:
        return self._beside(".sentences").exists()

    # ---- the source --------------------------------------------------------------------------------------------

    @property
    def source(self) -> str:
        return self._beside("").read_text(encoding="utf-8")

    @property
    def text(self) -> str:
        """What may be quoted: the source, and for an amendment that of what it amends, whose statements it says anew."""
        texts = [each.text for each in self.amended]
        return collapsed(" ".join([self.source, *texts]))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences that are kept, one a line, below the heading."""
        return tuple(line for line in self.source.split("\n\n", 1)[1].splitlines() if line)

    @property
    def spans(self) -> dict[str, range]:
        """Where each sentence stands in `text`, which begins with the source."""
        start, found = len(collapsed(self.source.split("\n\n", 1)[0])) + 1, {}
        for sentence in self.sentences:
            stop = start + len(collapsed(sentence))
            found.setdefault(sentence, range(start, stop))
            start = stop + 1
        return found

    # ---- the table ---------------------------------------------------------------------------------------------

    @property
    def _table(self) -> list[str]:
        return self._beside(".sentences").read_text(encoding="utf-8").splitlines()

    @property
    def normative(self) -> tuple[str, ...]:
        """The numbers of the normative sentences in the source."""
        return tuple(self._head("normative").split())

    @property
    def counted(self) -> int:
        """How many sentences the table says that there are."""
        return int(self._head("sentences"))

    def _head(self, name: str) -> str:
        (said,) = [line for line in self._table if line.startswith(f"# {name}:")]
        return said.removeprefix(f"# {name}:").strip()

    @property
    def rows(self) -> tuple[Row, ...]:
        found = []
        for line in self._table:
            if line and not line.startswith("#"):
                sentence, carried = (part.strip() for part in line.split("|", 1))
                reason = carried.removeprefix("left out: ") if carried.startswith("left out: ") else None
                carriers = () if reason else tuple(re.split(r",\s*", carried))
                found.append(Row(sentence, carriers, reason))
        return tuple(found)

    # ---- the rules ---------------------------------------------------------------------------------------------

    @property
    def tree(self) -> syn.Module:
        tree, problems = parse(Source(self.path.name, self.path.read_text(encoding="utf-8")))
        assert problems == (), self.path
        return tree

    @property
    def headings(self) -> list[tuple[str, syn.Heading]]:
        """Every statement and step that has a name, also inside an amendment, with its kind."""
        return [(kind, heading) for kind, heading in _headings(self.tree) if heading.name is not None]

    @property
    def citations(self) -> list[tuple[str, str]]:
        """Every quotation, with the name of its statement."""
        return [
            (heading.name.text if heading.name else "", citation.quote)
            for _, heading in _headings(self.tree)
            for citation in heading.citations
            if citation.quote is not None
        ]

    @property
    def amended(self) -> list["Carried"]:
        """What an amendment changes; nothing where it is none."""
        names = [s.amends.text for s in self.tree.statements if isinstance(s, syn.Programme) and s.amends]
        return [Carried(resources.bundled(name.replace(".", "/"))) for name in names]

    def left_out(self, row: Row) -> list[str]:
        """The sentences that a row leaves out; none where its words begin no sentence, or several."""
        ends = row.sentence.split(" … ") if row.reason is not None else []
        at = [[n for n, s in enumerate(self.sentences) if collapsed(s).startswith(end)] for end in ends]
        if not at or any(len(each) != 1 for each in at):
            return []
        return list(self.sentences[at[0][0] : at[-1][0] + 1])

    @property
    def carried(self) -> set[str]:
        """The sentences of which a statement that the table names quotes something."""
        text, named = self.text, {statement for row in self.rows for statement in row.carriers}
        quoted = [
            at
            for statement, quote in self.citations
            if statement in named
            for at in places(quote, text) or ()
        ]
        return {
            sentence
            for sentence, span in self.spans.items()
            if any(at.start < span.stop and span.start < at.stop for at in quoted)
        }

    # ---- what is wrong -----------------------------------------------------------------------------------------

    def faults(self) -> list[str]:
        """Whatever keeps the programme from being its source, each in a sentence."""
        text, rows, carried = self.text, self.rows, self.carried
        quotations = self.citations
        quoting = {statement for statement, _ in quotations}
        gone = [sentence for row in rows for sentence in self.left_out(row)]
        said = [row.sentence for row in rows]
        carrying = {
            heading.name.text
            for kind, heading in self.headings
            if heading.name and heading.citations and kind not in READINGS
        }
        named = {statement for row in rows for statement in row.carriers}
        numbered = {row.sentence for row in rows}
        return [
            *(
                f"{at} quotes what the source does not say: {q}"
                for at, q in quotations
                if not occurs(q, text)
            ),
            *(
                f"nobody quotes the sentence, and no row leaves it out: {sentence}"
                for sentence in self.sentences
                if sentence not in carried and sentence not in gone
            ),
            *(f"it is quoted and left out: {sentence}" for sentence in gone if sentence in carried),
            *(f"it is kept twice: {sentence}" for sentence in _twice(self.sentences)),
            *(f"two rows are about {each}" for each in _twice(said)),
            *(f"two rows leave out: {sentence}" for sentence in _twice(gone)),
            *(
                f"no one sentence begins with what is left out: {row.sentence}"
                for row in rows
                if row.reason and row.sentence not in self.normative and not self.left_out(row)
            ),
            *(
                [f"there are {len(self.sentences)} sentences, and the table says {self.counted}"]
                if len(self.sentences) != self.counted
                else []
            ),
            *(f"no row of the table is about {each}" for each in self.normative if each not in numbered),
            *(f"the table names {each}, which quotes nothing" for each in sorted(named - quoting)),
            *(f"{each} quotes the source and is not in the table" for each in sorted(carrying - named)),
            *(f"there is no reason why {row.sentence} is left out" for row in rows if row.reason == ""),
        ]


def _twice(sentences: Iterable[str]) -> list[str]:
    """What stands there more than once."""
    return [sentence for sentence, number in Counter(sentences).items() if number > 1]


def _headings(node: Any, kind: str = "") -> Iterator[tuple[str, syn.Heading]]:
    """The headings below a node, each with the kind of what it heads: `require`, `Support`, `Rate`."""
    if isinstance(node, tuple):
        for part in node:
            yield from _headings(part, kind)
    elif isinstance(node, syn.Heading):
        yield kind, node
    elif isinstance(node, syn.Node):
        kind = node.kind if isinstance(node, syn.Rule) else type(node).__name__
        for each in attrs.fields(type(node)):
            yield from _headings(getattr(node, each.name), kind)


def bundled() -> list[Carried]:
    """Every programme and amendment that comes with the package; what they share in `lib` has its own sources or none."""
    found = [Carried(path) for path in sorted(resources.programs().rglob("*.rules"))]
    return [each for each in found if each.path.parent.name != "lib" or each.has_source]


def main() -> int:
    """Print what each programme carries; 1 if something is wrong."""
    wrong = 0
    print(
        f"{'programme':<32} {'sentences':>9} {'carried':>8} {'left out':>9} {'numbered':>9} {'quotations':>11}"
    )
    for programme in bundled():
        if not (programme.has_source and programme.has_table):
            wrong += 1
            print(f"{programme.name:<32} has no source, or no table of its sentences")
            continue
        rows, faults = programme.rows, programme.faults()
        left_out = [row for row in rows if row.reason is not None]
        gone = [sentence for row in left_out for sentence in programme.left_out(row)]
        print(
            f"{programme.name:<32} {len(programme.sentences):>9} {len(programme.carried):>8} {len(gone):>9} "
            f"{len(programme.normative):>9} {len(programme.citations):>11}"
        )
        for row in left_out:
            number = len(programme.left_out(row))
            print(
                f"    left out: {row.sentence}{f', {number} sentences' if number > 1 else ''} ({row.reason})"
            )
        for fault in faults:
            print(f"    WRONG: {fault}")
        wrong += len(faults)
    print("Every quotation is word for word." if not wrong else f"{wrong} things are wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
