"""
Several files made one: the statements of a programme, with those it takes from libraries.

What a library declares is seen where it is named in a `use` line, and what it needs itself comes along unseen.  A text
of a library sees its own names only, so it means the same wherever it is used.  All statements keep their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import TypeAlias

from attrs import define, field, frozen

from grantrules.diagnostics import Label, Problem, Words
from grantrules.source import Source
from grantrules.syntax import tree as syn
from grantrules.texts import problems as pr
from grantrules.texts.amending import Change
from grantrules.texts.names import declared_inside, names_in, renamed
from grantrules.texts.reading import LEAST_ALIKE, File, Files, first_line

THE_OTHER = Words("the other one", "öbürü")

Group: TypeAlias = str
"""`record`, `codes`, `rounding`, `calendar`, `figure`, or `computed` for a field that a definition gives to a record."""

Key: TypeAlias = tuple[Group, str, str]
"""What is declared: its group, the record it belongs to (for `computed`), and its name."""

SHARED = (
    syn.Record,
    syn.CodeList,
    syn.Parameter,
    syn.Define,
    syn.Table,
    syn.SharedRounding,
    syn.WorkingCalendar,
)
OF_A_LIBRARY = (
    *SHARED, syn.SourceText, syn.Application, syn.Example, syn.Use, syn.Programme, syn.Broken, syn.Add, syn.Replace,
    syn.Repeal, syn.WithinSupport,
)  # fmt: skip


@frozen(eq=False)
class Home:
    """
    The file that a statement stands in, as far as it gives the words in it their meaning.

    Args:
        hidden: names that are declared and not seen from here, each with the library that declares it.
        cites: where the files begin whose sources may be cited, the own one first.
    """

    language: str
    currency: str | None = None
    nace: str | None = None
    month_end: syn.MonthEnd | None = None
    hidden: Mapping[str, str] = field(factory=dict)
    cites: tuple[int, ...] = (0,)
    library: bool = False


@frozen(eq=False)
class Whole:
    """
    The statements of a programme, from wherever they come.

    Args:
        module: one tree; a head, and no `use` line.
        source: the text of all files.
        homes: for each file, by where it begins, what its words mean; empty for a programme of one file.
        heads: the heads of all files, the one that is loaded first; none for a programme of one file.
        changes: what amendments did.
        lost: names that were asked for and not found, or clash: nobody is told again that they are unknown.
    """

    module: syn.Module
    source: Source
    homes: Mapping[int, Home] = field(factory=dict)
    lost: frozenset[str] = frozenset()
    heads: tuple[syn.Programme, ...] = ()
    changes: tuple[Change, ...] = ()


@define(slots=False, eq=False)
class Declared:
    """What a file declares and others may take."""

    file: File

    @cached_property
    def statements(self) -> dict[Key, list[syn.Statement]]:
        """The statements of each name; several where a name has versions."""
        found: dict[Key, list[syn.Statement]] = {}
        for statement in self.file.module.statements:
            for key in keys_of(statement):
                found.setdefault(key, []).append(statement)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[Key]]:
        """Everything of a name."""
        found: dict[str, list[Key]] = {}
        for key in self.statements:
            found.setdefault(key[2], []).append(key)
        return found

    @cached_property
    def facts(self) -> dict[str, syn.Field]:
        """The facts of its application."""
        return facts_of(self.file.module.statements)

    @cached_property
    def inside(self) -> frozenset[str]:
        """Names of fields and of values of choices."""
        return frozenset(declared_inside(self.file.module.statements))


def keys_of(statement: syn.Statement) -> Iterator[Key]:
    """What a statement declares that others may take."""
    match statement:
        case syn.Record(heading=syn.Heading(name=syn.Name(text=name))):
            yield "record", "", name
        case syn.CodeList(heading=syn.Heading(name=syn.Name(text=name))):
            yield "codes", "", name
        case syn.SharedRounding(heading=syn.Heading(name=syn.Name(text=name))):
            yield "rounding", "", name
        case syn.WorkingCalendar(heading=syn.Heading(name=syn.Name(text=name))):
            yield "calendar", "", name
        case syn.Parameter(heading=syn.Heading(name=syn.Name(text=name))):
            yield "figure", "", name
        case syn.Define(heading=syn.Heading(name=syn.Name(text=name)), owner=owner):
            yield _figure(owner, name)
        case syn.Table(heading=syn.Heading(name=syn.Name(text=name)), owner=owner, gives=gives):
            for each in gives:
                yield _figure(owner, each.text)
            if not gives:
                yield _figure(owner, name)
        case _:
            return


def _figure(owner: syn.Name | None, name: str) -> Key:
    return ("computed", owner.text, name) if owner else ("figure", "", name)


def facts_of(statements: Iterable[syn.Statement]) -> dict[str, syn.Field]:
    """The facts of the application in some statements."""
    return {f.name.text: f for s in statements if isinstance(s, syn.Application) for f in s.fields}


# What is not seen from a file that does not name it, though it came along.
_HIDDEN = ("figure", "rounding", "calendar")
_FIGURES = (syn.Support, syn.Score, syn.Result)


def own_keys(statements: Iterable[syn.Statement]) -> dict[Key, syn.Node]:
    """What the programme itself declares, each with the place to show."""
    found: dict[Key, syn.Node] = {}
    for statement in statements:
        heading = getattr(statement, "heading", None)
        for key in keys_of(statement):
            found.setdefault(
                key, heading.name if isinstance(heading, syn.Heading) and heading.name else statement
            )
        if isinstance(statement, _FIGURES) and statement.heading.name is not None:
            found.setdefault(("figure", "", statement.heading.name.text), statement.heading.name)
    for name, fact in facts_of(statements).items():
        found.setdefault(("figure", "", name), fact.name)
    return found


@frozen(eq=False)
class _Item:
    """Something that comes from a library: whose it is, and the line for whose sake it comes."""

    file: File
    key: Key
    by: File
    taken: syn.Taken
    listed: bool


def bind(files: Files, root: File, chain: tuple[File, ...], statements: tuple[syn.Statement, ...]) -> Whole:
    """
    A programme with what it takes from libraries.

    Args:
        root: the file that is loaded.
        chain: the files whose statements are the programme's own: the file itself and the texts it amends.
        statements: the statements of these files, amendments carried out; the first head is that of the programme.
    """
    return _Binding(files, root, chain, statements).run()


@define(slots=False, eq=False)
class _Binding:
    files: Files
    root: File
    chain: tuple[File, ...]
    statements: tuple[syn.Statement, ...]
    declared: dict[int, Declared] = field(factory=dict)
    items: dict[tuple[int, Key], _Item] = field(factory=dict)
    called: dict[tuple[int, str], tuple[str, syn.Taken]] = field(factory=dict)
    needed_facts: dict[tuple[int, str], _Item] = field(factory=dict)
    lost: set[str] = field(factory=set)

    def run(self) -> Whole:
        """Everything, in order."""
        for file in self.chain:
            self.take_of(file)
        self.take_along()
        self.check_new_names()
        self.check_names()
        self.check_facts()
        self.check_use()
        kept: list[syn.Statement] = [s for s in self.statements if not isinstance(s, syn.Use)]
        seen: set[int] = set()
        homes = {file.begin: self.home_of(file) for file in self.chain}
        for file in self.libraries():
            names = self.names_for(file)
            homes[file.begin] = self.home_of(file)
            wanted = {id(s) for (at, key), _ in self.items.items() if at == file.begin
                      for s in self.of(file).statements[key]}  # fmt: skip
            for statement in file.module.statements:
                if isinstance(statement, syn.SourceText):
                    kept.append(statement)
                elif id(statement) in wanted and id(statement) not in seen:
                    seen.add(id(statement))
                    kept.append(renamed(statement, names))
        module = syn.Module(
            self.root.module.language, tuple(kept), self.root.module.comments, span=self.root.module.span
        )
        several = len(homes) > 1 or self.root.begin > 0
        heads = [file.head for file in (*self.chain, *self.libraries()) if file.head is not None]
        return Whole(module, self.files.source, homes if several else {}, frozenset(self.lost), tuple(heads))

    # ---- what is taken -------------------------------------------------------------------------------------------

    def of(self, file: File) -> Declared:
        """What a file declares."""
        found = self.declared.get(file.begin)
        if found is None:
            found = self.declared[file.begin] = Declared(file)
        return found

    def libraries(self) -> list[File]:
        """The libraries that something comes from, in the order in which they were read."""
        wanted = {at for at, _ in self.items}
        return [file for file in self.files.files if file.begin in wanted]

    def library(self, use: syn.Use) -> File | None:
        """The file of a `use` line; nothing where it is missing or no library."""
        found = self.files.named.get(use.library.text)
        return found if found is not None and found.kind == "library" else None

    def take_of(self, file: File) -> None:
        """The `use` lines of a file of the programme."""
        for use in file.uses:
            library = self.library(use)
            if library is None or library in self.chain:
                self.lost.update((each.own or each.name).text for each in use.taken)
                continue
            for taken in use.taken:
                self.take(file, library, taken)

    def take(self, by: File, library: File, taken: syn.Taken) -> None:
        """One name of a `use` line."""
        name, own = taken.name.text, (taken.own or taken.name).text
        keys = self.of(library).by_name.get(name)
        if keys is None:
            self.lost.add(own)
            if not self.is_broken(library, name):
                self.report(by, self.not_in(library, taken.name))
            return
        before = self.called.get((library.begin, name))
        if before is not None and (before[0] != own or self.file_of(before[1]) is by):
            label = Label(before[1].span, THE_OTHER)
            self.report(by, pr.TakenAgain(span=taken.span, name=name, labels=(label,)))
            if before[0] != own:
                self.lost.add(own)
            return
        self.called.setdefault((library.begin, name), (own, taken))
        for key in keys:
            self.items.setdefault((library.begin, key), _Item(library, key, by, taken, listed=True))

    def file_of(self, node: syn.Node) -> File:
        """The file a node stands in."""
        return max((f for f in self.files.files if f.begin <= node.span.start), key=lambda f: f.begin)

    @staticmethod
    def is_broken(library: File, name: str) -> bool:
        """Whether a name may be that of a statement that could not be read."""
        broken = [s for s in library.module.statements if isinstance(s, syn.Broken)]
        return any(s.name is None or s.name.text == name for s in broken)

    def not_in(self, library: File, name: syn.Name) -> Problem:
        """The problem of a name that a library does not have."""
        elsewhere = next(
            (u.library.text for u in library.uses for t in u.taken if (t.own or t.name).text == name.text), ""
        )
        near = next(iter(get_close_matches(name.text, self.of(library).by_name, 1, LEAST_ALIKE)), "")
        return pr.NotInLibrary(
            span=name.span, name=name.text, library=library.name, near=near, source_of=elsewhere
        )

    def take_along(self) -> None:
        """All that the things taken need themselves."""
        waiting = list(self.items.values())
        while waiting:
            item = waiting.pop()
            declared = self.of(item.file)
            words = {word for s in declared.statements[item.key] for word in names_in(s)}
            if item.key[0] == "computed":
                words.add(item.key[1])
            used = {(t.own or t.name).text: (u, t) for u in item.file.uses for t in u.taken}
            for word in sorted(words):
                waiting += self.need(item, item.file, declared.by_name.get(word, ()))
                if word in declared.facts:
                    self.needed_facts.setdefault((item.file.begin, word), item)
                if word in used:
                    use, taken = used[word]
                    library = self.library(use)
                    if library is None:
                        self.lost.add(word)
                    elif library is not self.root:
                        waiting += self.need(item, library, self.of(library).by_name.get(taken.name.text, ()))

    def need(self, item: _Item, file: File, keys: Iterable[Key]) -> list[_Item]:
        """What is needed and not there yet."""
        found = []
        for key in keys:
            if (file.begin, key) not in self.items:
                made = _Item(file, key, item.by, item.taken, listed=False)
                self.items[file.begin, key] = made
                found.append(made)
        return found

    # ---- names ---------------------------------------------------------------------------------------------------

    def global_name(self, file: File, name: str) -> str:
        """What a name of a library is called in the programme."""
        called = self.called.get((file.begin, name))
        return name if called is None else called[0]

    def global_key(self, item: _Item) -> Key:
        """What something is in the programme."""
        group, record, name = item.key
        return group, self.names_for(item.file).get(record, record), self.global_name(item.file, name)

    def names_for(self, file: File) -> dict[str, str]:
        """The words of a library that mean something with another name in the programme."""
        found = {name: self.global_name(file, name) for name in self.of(file).by_name}
        for use in file.uses:
            library = self.library(use)
            if library is None:
                continue
            for taken in use.taken:
                found[(taken.own or taken.name).text] = self.global_name(library, taken.name.text)
        return {old: new for old, new in found.items() if old != new}

    def check_new_names(self) -> None:
        """New names that a library uses for something else, and old ones that it has for two things."""
        for (begin, name), (own, taken) in list(self.called.items()):
            if own == name:
                continue
            library = next(f for f in self.files.files if f.begin == begin)
            declared = self.of(library)
            words = {w for s in library.module.statements for w in names_in(s)} | set(declared.facts)
            doubtful = name in declared.inside or name in declared.facts
            if doubtful or (own in words and own not in self.names_for(library)):
                problem = pr.OwnNameInLibrary(span=taken.span, name=name, own=own, library=library.name)
                self.report(self.file_of(taken), problem)
                self.lost.add(own)
                self.called[begin, name] = (name, taken)

    def check_names(self) -> None:
        """Two things of one name."""
        there: dict[Key, syn.Node] = own_keys(self.statements)
        # Records first: the fields of one that clashes have nowhere to go.
        for at, item in sorted(self.items.items(), key=lambda pair: pair[0][1][0] != "record"):
            key = self.global_key(item)
            homeless = (
                key[0] == "computed" and (item.file.begin, ("record", "", item.key[1])) not in self.items
            )
            other = there.get(key)
            if other is None and not homeless:
                there[key] = item.taken
                continue
            del self.items[at]
            if item.listed:
                self.lost.add(key[2])
            if other is None:
                continue
            self.report(
                item.by,
                pr.TakenNameClashes(
                    span=(item.taken.own or item.taken.name).span,
                    name=item.key[2],
                    library=item.file.name,
                    needed_by="" if item.listed else item.taken.name.text,
                    labels=(Label(other.span, THE_OTHER),),
                ),
            )

    def check_facts(self) -> None:
        """Facts that a library asks for must be declared by the programme, and alike."""
        given = facts_of(self.statements)
        for (_, name), item in self.needed_facts.items():
            wanted = self.of(item.file).facts[name]
            asked = renamed(wanted.type, self.names_for(item.file))
            if name in given and given[name].type == asked:
                continue
            line = first_line(self.files.source, wanted.span)
            self.lost.add(name)
            self.report(
                item.by,
                pr.FactForLibrary(
                    span=item.taken.span,
                    name=name,
                    library=item.file.name,
                    line=" ".join(self.files.source.text[line.start : line.end].split()),
                ),
            )

    def check_use(self) -> None:
        """Names that are taken and that the file does not use."""
        for file in self.chain:
            words = {w for s in file.module.statements if not isinstance(s, syn.Use) for w in names_in(s)}
            for use in file.uses:
                for taken in use.taken:
                    own = taken.own or taken.name
                    if own.text not in words and own.text not in self.lost:
                        self.report(
                            file, pr.TakenAndNotUsed(span=own.span, name=own.text, library=use.library.text)
                        )

    # ---- homes ---------------------------------------------------------------------------------------------------

    def home_of(self, file: File) -> Home:
        """What the words of a file mean."""
        own = file in self.chain
        head = (self.chain[-1] if own else file).head
        cites = tuple(f.begin for f in self.chain[self.chain.index(file) :]) if own else (file.begin,)
        return Home(
            file.module.language,
            head.currency.text if head is not None and head.currency is not None else None,
            head.nace if head is not None else None,
            head.month_end if head is not None else None,
            self.hidden_from(file, own=own),
            cites,
            library=not own,
        )

    def hidden_from(self, file: File, *, own: bool) -> dict[str, str]:
        """The names that a file does not see."""
        everywhere = {self.global_key(i)[2]: i.file.name for i in self.items.values() if i.key[0] in _HIDDEN}
        if own:
            seen = {key[2] for key in own_keys(self.statements)}
            seen |= {self.global_key(i)[2] for i in self.items.values() if i.listed}
        else:
            everywhere |= {k[2]: self.root.name for k in own_keys(self.statements) if k[0] in _HIDDEN}
            names = self.names_for(file)
            declared = self.of(file)
            local = {*declared.by_name, *declared.facts}
            local |= {(t.own or t.name).text for u in file.uses for t in u.taken}
            seen = {names.get(name, name) for name in local}
        return {name: library for name, library in everywhere.items() if name not in seen}

    def report(self, file: File, problem: Problem) -> None:
        """A problem in a file."""
        self.files.report(file, problem)


def check_library(files: Files, file: File) -> None:
    """Report the statements that a library cannot have."""
    for statement in file.module.statements:
        if not isinstance(statement, OF_A_LIBRARY):
            place = first_line(files.source, statement.span)
            files.report(file, pr.NotForALibrary(span=place))
