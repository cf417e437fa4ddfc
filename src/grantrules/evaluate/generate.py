"""
Python source for the expressions of a programme.

Each expression becomes the text of a Python expression, or the name of a local that was assigned before.  What the
text gives is what `runtime` says: a number counted in its parts, a truth, a text, `None` where a fact is absent, or an
`Undecided` where `core.scales` says that it may fail.  Where nothing may fail no code looks for it.

Two rules keep the source within what Python's compiler can take: no text nests deeper than a few brackets (an
expression that is deeper or stands in several places gets a local of its own), and nothing an author wrote is ever
pasted into it (texts are constants of a table, names are numbers).

Everything is total, so code may compute what is then not needed: the arms of a case before the case is decided, what
does not depend on a row before its loop.  Figures over the same list share one loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from math import gcd
from typing import Any, NamedTuple, TypeAlias, cast

from attrs import define, field, frozen

from grantrules import calendars
from grantrules.core import ir
from grantrules.core.scales import OPEN, Place, Scales, Shape, common
from grantrules.evaluate import runtime
from grantrules.evaluate.intervals import failed
from grantrules.evaluate.outcome import Undecided, named
from grantrules.evaluate.unknown import UnknownRows
from grantrules.types import NUMERIC, Choices, List, Record

DEEPEST = 10
"""How many brackets one text may nest."""

LONGEST = 30
"""How many terms or cases one text may have."""

HELPERS: dict[str, Any] = {
    "U": Undecided,
    "quotient": runtime.quotient,
    "half_up": runtime.half_up,
    "half_even": runtime.half_even,
    "every": runtime.every,
    "some": runtime.some,
    "doubt": runtime.doubt,
    "absent": runtime.absent,
    "path": runtime.path,
    "empty": runtime.empty,
    "tied": runtime.tied,
    "spanned": runtime.spanned,
    "ratio": runtime.ratio,
    "not_failed": runtime.not_failed,
    "not_refused": runtime.not_refused,
    "one_applies": runtime.one_applies,
    "picked": runtime.picked,
    "handed_out": runtime.handed_out,
    "UnknownRows": UnknownRows,
    "given": runtime.given,
    "may_be_absent": runtime.may_be_absent,
    "doubt_of": runtime.doubt_of,
    "applied": runtime.applied,
    "not_refused_by": runtime.not_refused_by,
}
"""What generated code calls by name."""

Path: TypeAlias = tuple[str, ...]
"""How a place in the application is named: texts of Python expressions, to be joined."""


class Info(NamedTuple):
    """What an expression depends on: the rows of which binders, and which figures."""

    rows: frozenset[int]
    refs: frozenset[str]


NO_PATH: Path = ()
"""The path of rows whose failures nobody will see."""

NOTHING = Info(frozenset(), frozenset())


@frozen(eq=False)
class View:
    """
    A record in scope: a row of a loop, or a fact that is a record.

    Args:
        raw: the local that holds its tuple, where there is one.
        locals: the locals that hold its fields, by name; those of computed fields only where they have a column.
        path: where it stands.
    """

    raw: str | None
    locals: dict[str, str]
    path: Path


@define(eq=False)
class Branch:
    """What a loop does with a row: something, and more where further conditions hold."""

    actions: list[Callable[[], None]] = field(factory=list)
    further: dict[int, tuple[ir.Expr, Branch]] = field(factory=dict)


class Generator:
    """
    Writes the body of one function.

    Args:
        program: the programme, with the settings of its parameters filled in.
        scales: what is known of its expressions.
        tracing: every expression outside of rows gets a value that can be asked for afterwards.
    """

    def __init__(self, program: ir.Program, scales: Scales, *, tracing: bool) -> None:
        self.program = program
        self.scales = scales
        self.tracing = tracing
        self.lines: list[str] = []
        self.indent = 1
        self.counter = 0
        self.constants: dict[str, Any] = {}
        self.constant_names: dict[Any, str] = {}
        self.memo: list[dict[Any, str]] = [{}]
        self.views: dict[int, View] = {}
        self.records: dict[ir.Expr, View] = {}
        self.facts: dict[str, int] = {each.name: at for at, each in enumerate(program.application.fields)}
        self.figures: dict[str, str] = {}
        self.nullable_figures: dict[str, ir.Expr] = {}
        self.supports = {
            f"{each.name}{figure}"
            for each in program.body
            if isinstance(each, ir.Support)
            for figure in ("", "'s eligible_cost", "'s before_ceilings", "'s applies")
        }
        self.infos: dict[ir.Expr, Info] = {}
        self.keys: dict[Any, int] = {}
        self.known_keys: dict[ir.Expr, int] = {}
        self.pending: dict[int, list[ir.Aggregate]] = {}
        self.registered: set[ir.Expr] = set()
        self.aggregates: dict[int, str] = {}
        self.traced: dict[ir.Expr, str] = {}
        self.costly: dict[ir.Computed, bool] = {}
        self.given: frozenset[Place] = frozenset()
        """What is known to be given where code is being written."""

    # ---- lines, names, constants -----------------------------------------------------------------------------------

    def line(self, text: str) -> None:
        """Add a line."""
        self.lines.append(" " * self.indent + text)

    def local(self, letter: str = "t") -> str:
        """A name for a new local."""
        self.counter += 1
        return f"{letter}{self.counter}"

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Lines under a head; what is computed there is known there only."""
        self.line(head)
        self.indent += 1
        self.memo.append({})
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.line("pass")
        self.memo.pop()
        self.indent -= 1

    def constant(self, value: Any) -> str:
        """The name of a constant of the table."""
        key: Any = (type(value), value)
        known: str | None = None
        try:
            known = self.constant_names.get(key)
        except TypeError:
            key = None
        if known is None:
            known = f"K{len(self.constants)}"
            self.constants[known] = value
            if key is not None:
                self.constant_names[key] = known
        return known

    def literal(self, value: Any) -> str:
        """A value that is always the same."""
        if value is None or isinstance(value, bool):
            return str(value)
        if isinstance(value, int) and -(10**30) < value < 10**30:
            return str(value) if value >= 0 else f"({value})"
        if isinstance(value, ir.Reason):
            return self.constant(failed(value.kind, value.what))
        return self.constant(value)

    def known(self, key: Any) -> str | None:
        """The local that holds what was computed before."""
        return next((scope[key] for scope in reversed(self.memo) if key in scope), None)

    def atom(self, text: str) -> str:
        """A text that may stand twice: a name or a literal."""
        if text.isidentifier() or text.isdigit():
            return text
        name = self.local()
        self.line(f"{name} = {text}")
        return name

    # ---- expressions -----------------------------------------------------------------------------------------------

    def shape(self, expr: ir.Expr) -> Shape:
        """What is known of an expression."""
        return self.scales.of(expr)

    def root(self, expr: ir.Expr) -> str:
        """The text of an expression that stands in no other one, outside of rows; absent where it is absent."""
        self.begin(expr)
        return self.value(expr)

    def outside(self, expr: ir.Expr) -> str:
        """The same for a place where an absent value fails."""
        self.begin(expr)
        return self.use(expr)

    def begin(self, expr: ir.Expr) -> None:
        """What comes before the text of an expression outside of rows."""
        self.prepare((expr,))
        if self.tracing:
            for each in self.walk(expr, self.read):
                self.trace(each)

    def all_of(self, conditions: Sequence[ir.Expr], atoms: Sequence[str]) -> str:
        """Whether several conditions hold, of which each has an atom."""
        return joined(self, list(zip(conditions, atoms, strict=True)), "and", neutral=True)

    def fails(self, expr: ir.Expr) -> bool:
        """Whether a value may be undecided, or absent, where code is being written."""
        shape = self.scales.of(expr)
        return shape.fails and (not self.given or self.scales.fails_where(expr, self.given))

    @contextmanager
    def assuming(self, given: frozenset[Place]) -> Iterator[None]:
        """Write code for where some facts and fields are given."""
        before = self.given
        self.given |= given
        self.memo.append({})
        yield
        self.memo.pop()
        self.given = before

    def prepare(self, exprs: Iterable[ir.Expr]) -> None:
        """Give locals to what is too deep for one text, or stands in several places."""
        for expr in exprs:
            self.shape(expr)
            if self.scales.height[expr] > DEEPEST or self.scales.shared:
                for each in self.walk(expr, self.live):
                    deep = self.scales.height[each] % DEEPEST == 0
                    if (deep or each in self.scales.shared) and self.scales.below[each]:
                        self.spilled(each)

    @staticmethod
    def walk(expr: ir.Expr, below: Callable[[ir.Expr], Iterable[ir.Expr]]) -> list[ir.Expr]:
        """An expression and what is below it, each after what is below it."""
        waiting, seen, result = [(expr, False)], set[ir.Expr](), list[ir.Expr]()
        while waiting:
            each, done = waiting.pop()
            if done:
                result.append(each)
            elif each not in seen:
                seen.add(each)
                waiting.append((each, True))
                waiting.extend((child, False) for child in reversed(tuple(below(each))))
        return result

    def live(self, expr: ir.Expr) -> Iterable[ir.Expr]:
        """What an expression needs to be computed, outside of rows of its own."""
        if self.shape(expr).value is not OPEN:
            return ()
        return self.read(expr)

    def read(self, expr: ir.Expr) -> Iterable[ir.Expr]:
        """What an expression reads, outside of rows of its own; of a case what may be taken."""
        match expr:
            case ir.Aggregate(_, list_):
                return (list_,)
            case ir.Choose():
                arms, otherwise = arms_left(self, expr)
                inside = [part for arm in arms for part in arm]
                # Conditions that never hold are read as well.
                inside += [condition for condition, _ in expr.arms if self.shape(condition).value is False]
                return inside if otherwise is None else [*inside, otherwise]
            case _:
                return self.scales.below[expr]

    def trace(self, expr: ir.Expr) -> None:
        """Keep the value of an expression for the trace."""
        if expr.at >= 0 and expr not in self.traced:
            self.traced[expr] = self.spilled(expr)

    def spilled(self, expr: ir.Expr) -> str:
        """A name or literal for an expression; a local is known for the rest of the block."""
        text = self.value(expr)
        if text.isidentifier() or text.isdigit() or isinstance(expr, ir.Const):
            return text
        name = self.local()
        self.line(f"{name} = {text}")
        self.memo[-1][expr] = name
        return name

    def value(self, expr: ir.Expr) -> str:
        """The text of an expression, counted in the parts of its shape."""
        known = self.known(expr)
        if known is not None:
            return known
        shape = self.shape(expr)
        if shape.value is not OPEN:
            return self.literal(shape.value)
        return _TEXTS[type(expr)](self, expr)

    def use(self, expr: ir.Expr) -> str:
        """The same for a place where an absent value fails."""
        if not self.nullable(expr):
            return self.value(expr)
        name = self.atom(self.value(expr))
        return f"({name} if {name} is not None else {self.absence(expr)})"

    def absence(self, expr: ir.Expr) -> str:
        """What an absent value becomes where it is used."""
        parts = self.path(expr)
        if len(parts) == 1 and parts[0] in self.constants:
            return self.constant(failed("absent", self.constants[parts[0]]))
        return f"absent({', '.join(parts)})"

    def nullable(self, expr: ir.Expr) -> bool:
        """Whether a value may be absent."""
        if self.given and self.scales.place(expr) in self.given:
            return False
        match expr:
            case ir.Fact(name):
                of = self.scales.facts[name]
                return of.optional or of.only_when is not None
            case ir.Field(of, name):
                record = cast("Record", of.type).name
                declared = self.scales.fields.get((record, name))
                if declared is None:
                    return self.nullable(of) or self.nullable(self.scales.computed[record, name].value)
                return declared.optional or declared.only_when is not None or self.nullable(of)
            case ir.Ref(name):
                return name in self.nullable_figures
            case _:
                return False

    def path(self, expr: ir.Expr) -> Path:
        """Where a fact, a field or a figure that hands one on stands in the application."""
        match expr:
            case ir.Fact(name):
                return (self.constant(name),)
            case ir.Ref(name):
                return self.path(self.nullable_figures[name])
            case ir.Row(var):
                return self.views[var].path
            case ir.Field(of, name):
                computed = self.computed(expr)
                if computed is not None:
                    if self.nullable(of):
                        return self.extended(self.path(of), f".{name}")
                    with self.bound(computed.var, self.view(of)):
                        return self.path(computed.value)
                return self.extended(self.path(of), f".{name}")
            case _:
                raise TypeError(f"{type(expr).__name__} has no path")

    def extended(self, path: Path, text: str) -> Path:
        """A path and something after it: the last part of a path is always a constant."""
        if not path:
            return (self.constant(text),)
        return (*path[:-1], self.constant(self.constants[path[-1]] + text))

    def aligned(self, text: str, of: int, parts: int) -> str:
        """A number that cannot fail, counted in other parts."""
        if parts % of == 0:
            return counted(text, parts // of)
        divisor = gcd(of, parts)
        return f"quotient({counted(text, parts // divisor)}, {of // divisor})"

    def number(self, expr: ir.Expr, parts: int) -> str:
        """The text of a number that cannot fail, counted in given parts."""
        shape = self.shape(expr)
        if shape.value is not OPEN and parts % shape.parts == 0:
            return self.literal(shape.value * (parts // shape.parts))
        return self.aligned(self.value(expr), shape.parts, parts)

    def lifted(
        self, exprs: Sequence[ir.Expr], plain: Callable[[list[str]], str], slow: runtime.Lifted
    ) -> str:
        """An operation on operands of which some may fail: the plain one if none did."""
        atoms = [self.atom(self.use(each)) for each in exprs]
        doubtful = [a for a, each in zip(atoms, exprs, strict=True) if self.fails(each)]
        guards = " and ".join(f"{a}.__class__ is not U" for a in dict.fromkeys(doubtful))
        before = len(self.lines)
        text, slow_text = plain(atoms), f"{self.constant(slow)}({', '.join(atoms)})"
        needed = self.lines[before:]
        if not needed:
            return f"({text} if {guards} else {slow_text})"
        # What the plain operation needs first may be computed only where nothing failed.
        del self.lines[before:]
        name = self.local()
        self.line(f"{name} = {slow_text} if not ({guards}) else None")
        self.line(f"if {guards}:")
        self.lines += [f" {each}" for each in needed]
        self.line(f" {name} = {text}")
        return name

    def parts_of(self, exprs: Iterable[ir.Expr]) -> list[int]:
        """What each number is counted in."""
        return [self.shape(each).parts for each in exprs]

    def any_fails(self, exprs: Iterable[ir.Expr]) -> bool:
        """Whether one of several values may be undecided."""
        return any(self.fails(each) for each in exprs)

    def operation(
        self,
        exprs: Sequence[ir.Expr],
        plain: Callable[[list[str]], str],
        slow: Callable[[], runtime.Lifted],
    ) -> str:
        """An operation, lifted where an operand may fail."""
        if self.any_fails(exprs):
            return self.lifted(exprs, plain, slow())
        return plain([self.value(each) for each in exprs])

    # ---- rows ------------------------------------------------------------------------------------------------------

    @contextmanager
    def bound(self, var: int, view: View) -> Iterator[None]:
        """A row is bound to a number; what is known of other rows under that number is forgotten."""
        self.views[var] = view
        self.memo.append({})
        yield
        self.memo.pop()

    def view(self, expr: ir.Expr) -> View:
        """The record that an expression gives, which is not absent."""
        if isinstance(expr, ir.Row):
            return self.views[expr.var]
        return View(self.atom(self.value(expr)), {}, self.path(expr))

    def info(self, expr: ir.Expr) -> Info:
        """What an expression depends on."""
        known = self.infos.get(expr)
        if known is None:
            self.scales.note(expr)
            for each in self.walk(expr, lambda e: () if e in self.infos else self.scales.needs(e)):
                if each not in self.infos:
                    self.infos[each] = self.info_of(each)
            known = self.infos[expr]
        return known

    def info_of(self, expr: ir.Expr) -> Info:
        """The same for one, once it is known for those inside."""
        match expr:
            case ir.Row(var):
                return Info(frozenset({var}), frozenset())
            case ir.Ref(name):
                return Info(frozenset(), frozenset({name}))
            case ir.Field(of):
                computed, of_record = self.computed(expr), self.infos[of]
                if computed is None:
                    return of_record
                return Info(of_record.rows, of_record.refs | self.infos[computed.value].refs)
            case _:
                below = [self.infos[each] for each in self.scales.below[expr]]
                if not below:
                    return NOTHING
                rows = frozenset[int]().union(*(each.rows for each in below))
                refs = frozenset[str]().union(*(each.refs for each in below))
                if isinstance(expr, ir.Aggregate):
                    rows -= {expr.var}
                return Info(rows, refs)

    def hoist(self, exprs: Iterable[ir.Expr], inside: frozenset[int], list_: ir.Expr | None) -> None:
        """
        Compute what does not depend on the rows of a loop before the loop begins.

        Args:
            inside: the numbers under which the rows of the loop stand.
            list_: the list that they are rows of, if there is one.
        """
        lists: dict[int, ir.Expr | None] = dict.fromkeys(inside, list_)
        waiting, seen = list(exprs), set[ir.Expr]()
        while waiting:
            expr = waiting.pop()
            if expr in seen:
                continue
            seen.add(expr)
            if not self.info(expr).rows & inside:
                leaf = not self.scales.below[expr] and not isinstance(expr, ir.Ref)
                if not leaf and self.shape(expr).value is OPEN:
                    self.prepare((expr,))
                    self.spilled(expr)
                continue
            match expr:
                case ir.Aggregate(list=inner, var=var):
                    inside |= {var}
                    lists[var] = inner
                case ir.Field(of):
                    computed = self.computed(expr)
                    if computed is not None:
                        of_list = lists.get(of.var) if isinstance(of, ir.Row) else None
                        if of_list is not None and self.column(of_list, computed) is not None:
                            continue
                        inside |= {computed.var}
                        # Rows of two lists may stand under the number of one computed field.
                        known = lists.setdefault(computed.var, of_list)
                        lists[computed.var] = of_list if known is of_list else None
                case _:
                    pass
            waiting.extend(self.needed(expr))

    def column(self, list_: ir.Expr, computed: ir.Computed) -> str | None:
        """
        The local that holds a computed field of each row of a list.

        Where a field looks through a list for each row, it would otherwise do so again wherever it is read.  `None`:
        it need not be looked up, or it reads a figure that comes later, or other rows may stand for an absent list.
        """
        if not isinstance(list_, ir.Fact) or not self.is_costly(computed):
            return None
        key = (list_.name, computed)
        known = self.known(key)
        if known is not None:
            return known
        refs = self.info(computed.value).refs
        if refs & self.supports or not refs <= self.figures.keys():
            return None
        given, self.given = self.given, frozenset()
        if self.nullable(list_):
            self.given = given
            return None
        rows, variables = self.atom(self.value(list_)), frozenset({computed.var})
        self.hoist((computed.value,), variables, list_)
        name = self.local("k")
        self.line(f"{name} = []")
        head, view = self.loop_over(rows, self.path(list_), list_, (computed.value,), variables)
        with self.block(head):
            self.line(f"{name}.append({_value_of(self, view, computed)})")
        self.given = given
        self.memo[-1][key] = name
        return name

    def is_costly(self, computed: ir.Computed) -> bool:
        """Whether a computed field looks through a list for each row."""
        known = self.costly.get(computed)
        if known is None:
            known = self.costly[computed] = self.shape(computed.value).value is OPEN and any(
                isinstance(each, ir.Aggregate) and computed.var in self.info(each).rows
                for each in self.walk(computed.value, self.read)
            )
        return known

    def needed(self, expr: ir.Expr) -> list[ir.Expr]:
        """What an expression needs to be computed, inside of rows too."""
        found = list(self.live(expr))
        match expr:
            case ir.Aggregate(where=where, of=of):
                found += [each for each in (where, of) if each is not None]
            case ir.Field():
                computed = self.computed(expr)
                if computed is not None:
                    found.append(computed.value)
            case _:
                pass
        return found

    def computed(self, expr: ir.Field) -> ir.Computed | None:
        """The computed field that an expression reads, if it is one."""
        return self.scales.computed_field(expr)

    def fields_read(
        self, exprs: Iterable[ir.Expr], variables: frozenset[int], list_: ir.Expr
    ) -> tuple[set[str], dict[str, str]]:
        """The fields that expressions read of the rows bound to some numbers; those that have a column, with it."""
        waiting, seen, found, columns = list(exprs), set[ir.Expr](), set[str](), dict[str, str]()
        while waiting:
            expr = waiting.pop()
            if expr in seen or self.known(expr) is not None:
                continue
            seen.add(expr)
            computed = self.computed(expr) if isinstance(expr, ir.Field) else None
            if (
                not isinstance(expr, ir.Field)
                or not isinstance(expr.of, ir.Row)
                or expr.of.var not in variables
            ):
                # What is computed for another row reads that one.
                waiting.extend(
                    each for each in self.needed(expr) if computed is None or each is not computed.value
                )
            elif computed is None:
                found.add(expr.name)
            else:
                column = self.column(list_, computed)
                if column is not None:
                    columns[expr.name] = column
                    continue
                variables |= {computed.var}
                waiting.append(computed.value)
        return found, columns

    def loop_over(
        self,
        rows: str,
        path: Path | None,
        list_: ir.Expr,
        exprs: Sequence[ir.Expr],
        variables: frozenset[int],
        *,
        places: str | None = None,
        beside: tuple[tuple[str, str], ...] = (),
        indexed: bool = True,
    ) -> tuple[str, View]:
        """
        The head of a loop over rows, and how its body sees each of them.

        Args:
            path: where the list stands, if it matters.
            list_: the list that the rows are of.
            places: the numbers of the rows in the list, if they are not all.
            beside: names, each with a list that is gone through at the same time.
            indexed: the number of a row is needed.
        """
        names = [each.name for each in self.program.records[cast("List", list_.type).record].fields]
        read, columns = self.fields_read(exprs, variables, list_)
        index = self.local("i") if path is not None and indexed else None
        raw, fields = None, dict[str, str]()
        for name, column in columns.items():
            fields[name] = self.local("c")
            taken = column if places is None else f"[{column}[n] for n in {places}]"
            beside = (*beside, (fields[name], taken))
        patterns, lists = [name for name, _ in beside], [each for _, each in beside]
        if not read and beside:
            pass
        elif not read:
            patterns, lists = ["_"], [rows]
        elif len(read) * 4 < len(names):
            raw = self.local("r")
            patterns, lists = [raw, *patterns], [rows, *lists]
        else:
            fields |= {name: self.local("c") for name in names if name in read}
            unpacked = "".join(f"{fields.get(name, '_')}, " for name in names)
            patterns, lists = [f"({unpacked})", *patterns], [rows, *lists]
        pattern, source = ", ".join(patterns), lists[0]
        if len(lists) > 1:
            source = f"zip({', '.join(lists)})"
        if index:
            pattern = f"{index}, {pattern}" if len(lists) == 1 else f"{index}, ({pattern})"
            source = f"enumerate({source})"
            path = (*self.extended(path or NO_PATH, "["), index, self.constant("]"))
        return f"for {pattern} in {source}:", View(raw, fields, path or NO_PATH)

    # ---- figures over lists ----------------------------------------------------------------------------------------

    def register(self, exprs: Iterable[ir.Expr]) -> None:
        """Take note of the figures over lists that may share a loop with others, before anything is written."""
        waiting = list(exprs)
        while waiting:
            expr = waiting.pop()
            if expr in self.registered:
                continue
            self.registered.add(expr)
            if not self.info(expr).refs <= self.scales.figures.keys():
                # It reads what comes later, so not all is known of it; what it surely needs may be.
                waiting.extend(() if isinstance(expr, (ir.Choose, ir.Aggregate)) else self.scales.below[expr])
                continue
            waiting.extend(self.needed(expr))
            if isinstance(expr, ir.Aggregate) and self.shape(expr).value is OPEN:
                info = self.info(expr)
                if not info.rows and not info.refs & self.supports:
                    key = self.key(expr)
                    known = self.pending.setdefault(self.key(expr.list), [])
                    if all(self.key(each) != key for each in known):
                        known.append(expr)

    def aggregate(self, expr: ir.Aggregate) -> str:
        """The local that holds a figure over a list."""
        info = self.info(expr)
        if info.rows or info.refs & self.supports:
            return self.remembered(expr, self.loop([expr])[0])
        key = self.key(expr)
        known = self.aggregates.get(key)
        if known is not None:
            return known
        if self.indent > 1:
            # What is computed in a block is not known outside of it.
            return self.remembered(expr, self.loop([expr])[0])
        list_key = self.key(expr.list)
        waiting = self.pending.get(list_key, [])
        together = [each for each in waiting if self.key(each) == key or self.is_ready(each)]
        if all(self.key(each) != key for each in together):
            together.append(expr)
        self.pending[list_key] = [each for each in waiting if each not in together]
        for each, name in zip(together, self.loop(together), strict=True):
            self.aggregates[self.key(each)] = name
        return self.aggregates[key]

    def remembered(self, expr: ir.Expr, name: str) -> str:
        """A local that is known for the rest of the block."""
        self.memo[-1][expr] = name
        return name

    def is_ready(self, expr: ir.Aggregate) -> bool:
        """Whether all that a figure depends on has been computed, so that it may join a loop."""
        if not all(name in self.figures for name in self.info(expr).refs):
            return False
        waiting, seen = [each for each in (expr.where, expr.of) if each is not None], set[ir.Expr]()
        while waiting:
            inner = waiting.pop()
            if inner in seen:
                continue
            seen.add(inner)
            if isinstance(inner, ir.Aggregate) and not self.info(inner).rows:
                if self.key(inner) not in self.aggregates:
                    return False
                continue
            waiting.extend(self.needed(inner))
        return True

    def loop(self, figures: list[ir.Aggregate]) -> list[str]:
        """One loop that computes several figures over one list; the locals that hold them."""
        list_ = figures[0].list
        rows = self.atom(self.value(list_))
        inside = [part for each in figures for part in (each.where, each.of) if part is not None]
        self.hoist(inside, frozenset(each.var for each in figures), list_)
        if not self.nullable(list_):
            return self.loop_given(figures, rows)
        names = [self.local("a") for _ in figures]
        with self.block(f"if {rows} is None:"):
            self.line(f"{' = '.join(names)} = {self.absence(list_)}")
        with self.block("else:"):
            found = self.loop_given(figures, rows)
            for name, each in zip(names, found, strict=True):
                self.line(f"{name} = {each}")
        return names

    def loop_given(self, figures: list[ir.Aggregate], rows: str) -> list[str]:
        """The same for a list that is not absent."""
        names: dict[ir.Aggregate, str] = {}
        looping = []
        for each in figures:
            plain = each.where is None or self.shape(each.where).value is True
            if each.what == "number" and plain and not self.scales.may_fail(each.list):
                names[each] = self.local("a")
                self.line(f"{names[each]} = len({rows})")
            else:
                looping.append(each)
        if len(looping) == 1 and self.is_plain_total(looping[0]):
            name = names[looping[0]] = self.local("a")
            row = self.local("r")
            at = self.place_of(cast("ir.Field", looping[0].of))
            self.line(f"{name} = sum([{row}[{at}] for {row} in {rows}])")
        elif looping:
            self.loop_of(looping, rows, names)
        return [names[each] for each in figures]

    def is_plain_total(self, figure: ir.Aggregate) -> bool:
        """Whether a figure is the sum of a field over all rows, and nothing more."""
        match figure:
            case ir.Aggregate("total", list_, var, None, ir.Field(ir.Row(own)) as of):
                unsure = self.fails(of) or self.scales.may_fail(list_)
                return own == var and self.computed(of) is None and not unsure
            case _:
                return False

    def place_of(self, expr: ir.Field) -> int:
        """The number of a field in its record."""
        names = [each.name for each in self.program.records[cast("Record", expr.of.type).name].fields]
        return names.index(expr.name)

    def loop_of(self, figures: list[ir.Aggregate], rows: str, names: dict[ir.Aggregate, str]) -> None:
        """The loop itself, with what comes before and after it."""
        list_ = figures[0].list
        inside = [part for each in figures for part in (each.where, each.of) if part is not None]
        variables = frozenset(each.var for each in figures)
        path = self.path(list_)
        top, after = Branch(), list[Callable[[], None]]()
        for each in figures:
            names[each] = self.figure(each, top, after, path, rows)
        indexed = not self.safe(figures)
        head, view = self.loop_over(rows, path, list_, inside, variables, indexed=indexed)
        with self.block(head):
            for var in variables:
                self.views[var] = view
            if indexed:
                self.prepare(inside)
            self.branch(top)
        for finish in after:
            finish()

    def safe(self, figures: Iterable[ir.Aggregate]) -> bool:
        """Whether the rows of some figures are known, and nothing in them may fail where somebody looks."""
        for each in figures:
            if self.scales.may_fail(each.list) or (each.where is not None and self.fails(each.where)):
                return False
            if each.of is not None and self.fails(each.of):
                given = self.scales.given_in(() if each.where is None else (each.where,))
                if self.scales.fails_where(each.of, self.given | given):
                    return False
        return True

    def branch(self, branch: Branch) -> None:
        """What is done with a row, and then what is done where more conditions hold."""
        for action in branch.actions:
            action()
        subject: int | None = None
        values: set[Any] = set()
        for condition, further in branch.further.values():
            before = len(self.lines)
            text = self.value(condition)
            about, among = self.subject(condition)
            excluded = about is not None and about == subject and not values & among
            head = f"elif {text}:" if excluded and len(self.lines) == before else f"if {text}:"
            with self.block(head), self.assuming(self.scales.given_in((condition,))):
                self.branch(further)
            subject, values = about, (values | among if excluded else among)

    def subject(self, condition: ir.Expr) -> tuple[int | None, set[Any]]:
        """For `x is one of …`: what x is, and the values; two with different values exclude each other."""
        match condition:
            case ir.Compare("eq", left, ir.Const(value)):
                return self.key(left), {value}
            case ir.OneOf(left, values):
                return self.key(left), set(values)
            case ir.Given():
                return self.key(condition), {True}
            case ir.Not(ir.Given() as part):
                return self.key(part), {False}
            case _:
                return None, set()

    def figure(
        self, figure: ir.Aggregate, top: Branch, after: list[Callable[[], None]], path: Path, rows: str
    ) -> str:
        """Put what a figure needs into a loop; the local that holds it when the loop is over."""
        name = self.local("a")
        if not self.safe((figure,)):
            slow = self.collected(figure, top)
            after.append(lambda: self.line(f"{name} = {slow(path, rows)}"))
            return name
        conditions = [] if figure.where is None else self.in_order(figure.where)
        _FIGURES[figure.what](self, Counting(figure, name, conditions, top, after, path))
        return name

    def in_order(self, where: ir.Expr) -> list[ir.Expr]:
        """The conditions of a row; first those that say what is given."""
        found = list(self.conjuncts(where))
        return [each for each in found if not self.fails(each)] + [each for each in found if self.fails(each)]

    def conjuncts(self, expr: ir.Expr) -> Iterator[ir.Expr]:
        """The conditions that hold if and only if one holds; those that always hold are left out."""
        if isinstance(expr, ir.And) and self.shape(expr).value is OPEN:
            for part in expr.parts:
                yield from self.conjuncts(part)
        elif self.shape(expr).value is not True:
            yield expr

    def under(self, top: Branch, conditions: Iterable[ir.Expr]) -> Branch:
        """The branch of a loop in which some conditions hold."""
        for each in conditions:
            key = self.key(each)
            if key not in top.further:
                top.further[key] = (each, Branch())
            top = top.further[key][1]
        return top

    def collected(self, figure: ir.Aggregate, top: Branch) -> Callable[[Path, str], str]:
        """A figure over rows that may be undecided: collect all of them, and look afterwards."""
        wheres, values = self.local("w"), self.local("x")
        self.line(f"{wheres} = []")
        self.line(f"{values} = []")

        def collect() -> None:
            where = "True" if figure.where is None else self.use(figure.where)
            of = "None" if figure.of is None else self.use(figure.of)
            self.line(f"{wheres}.append({where})")
            self.line(f"{values}.append({of})")

        top.actions.append(collect)
        numeric = figure.of is not None and isinstance(figure.of.type, NUMERIC)
        of_parts = self.shape(figure.of).parts if figure.of is not None and numeric else None
        parts = self.shape(figure).parts if isinstance(figure.type, NUMERIC) else None

        def look(path: Path, rows: str) -> str:
            slow = self.constant(runtime.aggregating(figure.what, of_parts, parts))
            text = f"{slow}({wheres}, {values}, {self.path_text(path)})"
            if not self.scales.may_fail(figure.list):
                return text
            unknown = self.constant(runtime.aggregating_unknown(figure.what, of_parts, parts))
            return f"{text} if {rows}.__class__ is not UnknownRows else {unknown}({wheres}, {values}, {rows})"

        return look

    def path_text(self, path: Path) -> str:
        """The text that gives a path."""
        return path[0] if len(path) == 1 else f"path({', '.join(path)})"

    def key(self, expr: ir.Expr) -> int:
        """A number that two expressions share if they are written alike, but for the numbers of their binders."""
        known = self.known_keys.get(expr)
        if known is None:
            self.shape(expr)
            inside = self.walk(expr, self.scales.below.__getitem__)
            levels = self.levels(inside)
            for each in inside:
                self.known_keys[each] = self.key_of(each, levels)
            known = self.known_keys[expr]
        return known

    def levels(self, inside: list[ir.Expr]) -> dict[int, int]:
        """The binders among some expressions, numbered from the innermost."""
        level: dict[ir.Expr, int] = {}
        found: dict[int, int] = {}
        for each in inside:
            inner = max([level[child] for child in self.scales.below[each]], default=0)
            if isinstance(each, ir.Aggregate):
                inner += 1
                found[each.var] = -inner
            level[each] = inner
        return found

    def key_of(self, expr: ir.Expr, levels: dict[int, int]) -> int:
        """The key of one, once it is known for those inside."""
        below = tuple(self.known_keys[each] for each in self.scales.below[expr])
        own: Any
        match expr:
            case ir.Const(value):
                own = (type(value).__name__, value)
            case ir.Fact(name) | ir.Ref(name) | ir.Field(_, name):
                own = name
            case ir.Row(var):
                own = levels.get(var, var)
            case ir.Fail(reason):
                own = reason
            case ir.Add(terms):
                own = tuple(sign for sign, _ in terms)
            case ir.Round(_, mode, step):
                own = mode, step
            case ir.Extreme(which) | ir.Compare(which):
                own = which
            case ir.OneOf(_, values) | ir.Includes(_, values):
                own = values
            case ir.InCodes(_, codes, coarser):
                own = codes, coarser
            case ir.Choose(arms, otherwise, mode, what):
                own = len(arms), otherwise is None, mode, what
            case ir.Aggregate(what, _, _, where, of):
                own = what, where is None, of is None
            case ir.Calendar(what, _, sign, both, month_end, holidays):
                own = what, sign, both, month_end, holidays
            case _:
                own = None
        return self.keys.setdefault((type(expr), own, below), len(self.keys))


# ---- one kind of expression each -----------------------------------------------------------------------------------


def _fact(g: Generator, expr: ir.Fact) -> str:
    return f"v{g.facts[expr.name]}"


def _field(g: Generator, expr: ir.Field) -> str:
    computed = g.computed(expr)
    if computed is not None:
        return _computed(g, expr, computed)
    if isinstance(expr.of, ir.Row):
        view = g.views[expr.of.var]
        if expr.name in view.locals:
            return view.locals[expr.name]
        raw = view.raw
    else:
        raw = g.atom(g.value(expr.of))
    text = f"{raw}[{g.place_of(expr)}]"
    return f"(None if {raw} is None else {text})" if g.nullable(expr.of) else text


def _computed(g: Generator, expr: ir.Field, computed: ir.Computed) -> str:
    if isinstance(expr.of, ir.Row) and expr.name in g.views[expr.of.var].locals:
        return g.views[expr.of.var].locals[expr.name]
    view = g.view(expr.of)
    key = (view, expr.name) if isinstance(expr.of, ir.Row) else expr
    known = g.known(key)
    if known is not None:
        return known
    tests = [(f"{view.raw} is None", "None")] if g.nullable(expr.of) else []
    if g.scales.may_fail(expr.of):
        tests.append((f"may_be_absent({view.raw})", f"doubt_of({view.raw})"))
    if tests:
        g.hoist((computed.value,), frozenset({computed.var}), None)
        name = g.local()
        for at, (test, value) in enumerate(tests):
            with g.block(f"{'elif' if at else 'if'} {test}:"):
                g.line(f"{name} = {value}")
        with g.block("else:"):
            g.line(f"{name} = {_computed_of(g, view, computed)}")
    else:
        name = g.atom(_computed_of(g, view, computed))
    g.memo[-1][key] = name
    return name


def _computed_of(g: Generator, view: View, computed: ir.Computed) -> str:
    before = _chain(g, computed)
    if len(before) > LONGEST:
        # One that reads one that reads one …: in their order, so that none has to wait for the next.
        for each in before:
            if g.known((view, each.about.name)) is None:
                g.memo[-1][view, each.about.name] = g.atom(_value_of(g, view, each))
    return _value_of(g, view, computed)


def _value_of(g: Generator, view: View, computed: ir.Computed) -> str:
    with g.bound(computed.var, view):
        g.prepare((computed.value,))
        return g.value(computed.value)


def _chain(g: Generator, computed: ir.Computed) -> list[ir.Computed]:
    """The computed fields of the same row that one reads, directly or not, in their order."""
    found, waiting = set[ir.Computed](), [computed]
    while waiting:
        each = waiting.pop()
        for inner in g.walk(each.value, g.read):
            if isinstance(inner, ir.Field) and isinstance(inner.of, ir.Row) and inner.of.var == each.var:
                read = g.computed(inner)
                if read is not None and read not in found:
                    found.add(read)
                    waiting.append(read)
    return [each for each in g.program.computed if each in found]


def _ref(g: Generator, expr: ir.Ref) -> str:
    return g.figures[expr.name]


def _add(g: Generator, expr: ir.Add) -> str:
    terms = [each for _, each in expr.terms]
    signs = [sign for sign, _ in expr.terms]
    shape = g.shape(expr)
    if signs == [1]:
        return _in_parts(g, terms[0], shape)
    of = g.parts_of(terms)

    def plain(texts: list[str]) -> str:
        known = 0
        summed = ""
        count = 0
        for sign, term, text, parts in zip(signs, terms, texts, of, strict=True):
            value = g.shape(term).value
            if isinstance(value, int) and shape.parts % parts == 0:
                known += sign * value * (shape.parts // parts)
                continue
            aligned = g.aligned(text, parts, shape.parts)
            summed += f" + {aligned}" if sign > 0 else f" - {aligned}"
            count += 1
            if count == LONGEST:
                summed, count = f" + {g.atom('(' + summed.removeprefix(' + ') + ')')}", 1
        if known or not summed:
            summed += f" + {known}" if known >= 0 else f" - {-known}"
        return f"({summed.removeprefix(' + ')})"

    return g.operation(terms, plain, lambda: runtime.adding(signs, of, shape.parts))


def _mul(g: Generator, expr: ir.Mul) -> str:
    shape = g.shape(expr)
    of = g.parts_of(expr.factors)
    whole = 1
    for parts in of:
        whole *= parts

    def plain(texts: list[str]) -> str:
        known = 1
        factors = []
        for factor, text in zip(expr.factors, texts, strict=True):
            value = g.shape(factor).value
            if isinstance(value, int):
                known *= value
            else:
                factors.append(text)
        if known != 1 or not factors:
            factors.append(g.literal(known))
        product = "*".join(factors)
        return g.aligned(f"({product})" if len(factors) > 1 else product, whole, shape.parts)

    return g.operation(expr.factors, plain, lambda: runtime.multiplying(of, shape.parts))


def _div(g: Generator, expr: ir.Div) -> str:
    left, right, shape = g.shape(expr.left), g.shape(expr.right), g.shape(expr)
    what = named(expr.right)
    both = (expr.left, expr.right)
    slow = runtime.dividing([left.parts, right.parts], shape.parts, what)

    def plain(texts: list[str]) -> str:
        top, bottom = texts
        divisor = gcd(left.parts, right.parts)
        times, by = right.parts // divisor, left.parts // divisor
        return f"quotient({counted(top, times)}, {counted(bottom, by)})"

    if right.value is not OPEN and not right.fails and right.value != 0:
        inverse = 1 / Fraction(cast("Fraction", right.lowest))
        of = left.parts * inverse.denominator

        def by_constant(texts: list[str]) -> str:
            factor = inverse.numerator
            text = texts[0] if factor == 1 else f"({texts[0]}*{g.literal(factor)})"
            return g.aligned(text, of, shape.parts)

        return g.operation(both, by_constant, lambda: slow)
    if (right.low is not None and right.low > 0) or (right.high is not None and right.high < 0):
        return g.operation(both, plain, lambda: slow)
    top, bottom = (g.atom(g.use(each)) for each in both)
    guards = [f"{a}.__class__ is not U" for a, s in ((top, left), (bottom, right)) if s.fails]
    guards.append(bottom)
    return f"({plain([top, bottom])} if {' and '.join(guards)} else {g.constant(slow)}({top}, {bottom}))"


def _round(g: Generator, expr: ir.Round) -> str:
    of, step = g.shape(expr.value), expr.step

    divisor = gcd(step.denominator, of.parts * step.numerator)
    times, by = step.denominator // divisor, of.parts * step.numerator // divisor

    def plain(texts: list[str]) -> str:
        if by == 1 and of.whole:
            return counted(texts[0], times * step.numerator)
        value = counted(texts[0], times)
        text = rounded(value, str(by), expr.mode, positive=of.low is not None and of.low >= 0)
        return text if step.numerator == 1 else f"({text}*{step.numerator})"

    return g.operation(
        (expr.value,), plain, lambda: runtime.rounding(expr.mode, step, of.parts, step.denominator)
    )


def counted(text: str, times: int, divisor: str | None = None) -> str:
    """A number some times, and times a divisor."""
    if times != 1:
        text = str(int(text) * times) if text.isdigit() else f"{text}*{times}"
    if divisor is None:
        return text
    return divisor if text == "1" else f"{text}*{divisor}"


def rounded(value: str, by: str, mode: str, *, positive: bool = True) -> str:
    """The text of `value / by`, rounded to a whole number; `positive`: it is never below 0."""
    if mode == "down":
        return f"({value}//{by})"
    if mode == "up":
        return f"(-(-{value}//{by}))"
    if mode == "half_up" and positive:
        return f"((2*{value} + {by})//(2*{by}))"
    return f"{mode}({value}, {by})"


def _extreme(g: Generator, expr: ir.Extreme) -> str:
    shape, of = g.shape(expr), g.parts_of(expr.values)
    which = "min" if expr.which == "smallest" else "max"

    def plain(texts: list[str]) -> str:
        aligned = [
            g.number(value, shape.parts) if g.shape(value).value is not OPEN and not g.fails(value)
            else g.aligned(text, parts, shape.parts)
            for value, text, parts in zip(expr.values, texts, of, strict=True)
        ]  # fmt: skip
        if len(aligned) == 1:
            return aligned[0]
        if len(aligned) == 2:
            first, second = (g.atom(text) for text in aligned)
            return f"({first} if {first} {'<=' if which == 'min' else '>='} {second} else {second})"
        return f"{which}({', '.join(aligned)})"

    return g.operation(expr.values, plain, lambda: runtime.extreme(expr.which, of, shape.parts))


_SIGNS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


def _compare(g: Generator, expr: ir.Compare) -> str:
    both = (expr.left, expr.right)
    sign = _SIGNS[expr.how]
    if not isinstance(expr.left.type, NUMERIC):
        return g.operation(
            both, lambda t: f"({t[0]} {sign} {t[1]})", lambda: runtime.comparing(expr.how, None, None)
        )
    by_moment = _day_of_moment(g, expr)
    if by_moment is not None:
        return by_moment
    left, right = g.shape(expr.left), g.shape(expr.right)
    parts, _ = common((left, right))

    def plain(texts: list[str]) -> str:
        first, second = (
            g.number(each, parts)
            if g.shape(each).value is not OPEN and not g.fails(each)
            else g.aligned(text, g.shape(each).parts, parts)
            for each, text in zip(both, texts, strict=True)
        )
        return f"({first} {sign} {second})"

    return g.operation(both, plain, lambda: runtime.comparing(expr.how, left.parts, right.parts))


def _day_of_moment(g: Generator, expr: ir.Compare) -> str | None:
    """A comparison of the day of a moment with a known day: of the moment with the start of a day."""
    match expr:
        case ir.Compare(how, ir.Calendar("local_date", (moment,)), right):
            day = g.shape(right).value
        case _:
            return None
    if not isinstance(day, int) or g.fails(right):
        return None
    zone = calendars.zone(g.program.zone)
    if zone is None or g.fails(moment) or g.tracing or how in {"eq", "ne"}:
        return None
    first = day if how in {"ge", "lt"} else day + 1
    if calendars.moment(first, 0, zone) is calendars.MomentSlip.TWICE:
        return None  # The calendar there went back to the day before.
    return f"({g.value(moment)} {'>=' if how in {'ge', 'gt'} else '<'} {calendars.start_of_day(first, zone)})"


def _every(g: Generator, expr: ir.And) -> str:
    return joined(g, [(each, None) for each in expr.parts], "and", neutral=True)


def _some(g: Generator, expr: ir.Or) -> str:
    return joined(g, [(each, None) for each in expr.parts], "or", neutral=False)


def joined(g: Generator, parts: Sequence[tuple[ir.Expr, str | None]], word: str, *, neutral: bool) -> str:
    """
    All of several truths, or one of them; each may have a text already.

    Those that may be undecided come last: Python's `and` gives its last operand if those before it hold, which is
    then right whatever it is.
    """
    sure: list[str] = []
    doubtful: list[str] = []
    for expr, text in parts:
        shape = g.shape(expr)
        if g.fails(expr):
            doubtful.append(g.use(expr) if text is None else text)
        elif shape.value is OPEN:
            sure.append(g.value(expr) if text is None else text)
        elif shape.value is not neutral:
            return str(shape.value)
    if len(doubtful) > 1:
        atoms = [g.atom(each) for each in doubtful]
        guards = " and ".join(f"{a}.__class__ is bool" for a in dict.fromkeys(atoms))
        slow = "every" if neutral else "some"
        doubtful = [f"({f' {word} '.join(atoms)} if {guards} else {slow}({', '.join(atoms)}))"]
    texts = sure + doubtful
    return f"({f' {word} '.join(texts)})" if len(texts) > 1 else texts[0] if texts else str(neutral)


def negated(g: Generator, expr: ir.Expr) -> str:
    """The text of a truth that cannot fail, turned round."""
    match expr:
        case ir.Not(part) if g.known(expr) is None:
            return g.value(part)
        case ir.Given(value) if g.nullable(value) and not isinstance(value.type, (Choices, List)):
            return f"{g.value(value)} is None"
        case _:
            pass
    return f"not {g.value(expr)}"


def _not(g: Generator, expr: ir.Not) -> str:
    if not g.fails(expr.part):
        return f"({negated(g, expr.part)})"
    atom = g.atom(g.use(expr.part))
    return f"(not {atom} if {atom}.__class__ is bool else {atom})"


def _one_of(g: Generator, expr: ir.OneOf) -> str:
    shape = g.shape(expr.value)
    numeric = isinstance(expr.value.type, NUMERIC)
    values = [runtime.units(each, shape.parts) for each in expr.values] if numeric else list(expr.values)

    def plain(texts: list[str]) -> str:
        if len(values) == 1:
            return f"({texts[0]} == {g.literal(values[0])})"
        return f"({texts[0]} in {g.constant(frozenset(values))})"

    return g.operation(
        (expr.value,), plain, lambda: runtime.one_of(expr.values, shape.parts if numeric else None)
    )


def _in_codes(g: Generator, expr: ir.InCodes) -> str:
    key = ("codes", expr.codes, expr.coarser)
    table = g.constant_names.get(key)
    if table is None:
        find = runtime.membership(g.program.codes[expr.codes], coarser=expr.coarser)
        table = g.constant_names[key] = g.constant(runtime.Membership(find))
    return g.operation((expr.value,), lambda texts: f"{table}[{texts[0]}]", lambda: runtime.doubt)


def _includes(g: Generator, expr: ir.Includes) -> str:
    values = g.constant(frozenset(expr.values))
    return g.operation((expr.value,), lambda texts: f"({values} <= {texts[0]})", lambda: runtime.doubt)


def _given(g: Generator, expr: ir.Given) -> str:
    if isinstance(expr.value.type, (List, Record)) and g.scales.may_fail(expr.value):
        return f"given({g.value(expr.value)})"
    if isinstance(expr.value.type, (Choices, List)):
        text = "bool({0})"
    elif g.nullable(expr.value):
        text = "({0} is not None)"
    else:
        text = "True"
    if not g.scales.may_fail(expr.value):
        return text.format(g.value(expr.value))
    atom = g.atom(g.value(expr.value))
    return f"(doubt({atom}) if {atom}.__class__ is U else {text.format(atom)})"


def _choose(g: Generator, expr: ir.Choose) -> str:
    arms, otherwise = arms_left(g, expr)
    if len(arms) == 1 and g.shape(arms[0][0]).value is True:
        return _in_parts(g, arms[0][1], g.shape(expr))
    conditions = [condition for condition, _ in arms]
    shape = g.shape(expr)
    values = [_in_parts(g, value, shape) for _, value in arms]
    left = g.literal(ir.Reason("no_line", expr.what)) if otherwise is None else _in_parts(g, otherwise, shape)
    if expr.mode == "first" and not g.any_fails(conditions):
        return _cases(g, [g.value(each) for each in conditions], values, left)
    tests = [g.atom(g.use(each)) for each in conditions]
    doubtful = [test for test, each in zip(tests, conditions, strict=True) if g.fails(each)]
    guards = [f"{test}.__class__ is bool" for test in doubtful]
    if expr.mode != "first" and len(arms) > 1:
        guards.append(f"{' + '.join(tests)} < 2")
    if not guards:
        return _cases(g, tests, values, left)
    values, left = [g.atom(each) for each in values], g.atom(left)
    parts = shape.parts if isinstance(expr.type, NUMERIC) else None
    count = len(values) + (otherwise is not None)
    slow = runtime.choosing(expr.mode, [parts] * count, parts, expr.what, otherwise=otherwise is not None)
    held = [text for pair in zip(tests, values, strict=True) for text in pair]
    if otherwise is not None:
        held.append(left)
    plain = _cases(g, tests, values, left)
    return f"({plain} if {' and '.join(guards)} else {g.constant(slow)}({', '.join(held)}))"


def arms_left(g: Generator, expr: ir.Choose) -> tuple[list[tuple[ir.Expr, ir.Expr]], ir.Expr | None]:
    """The arms that may be taken at all, and what is left otherwise."""
    arms = []
    for arm in expr.arms:
        holds = g.shape(arm[0]).value
        if holds is False:
            continue
        arms.append(arm)
        if holds is True and expr.mode == "first":
            break
    sure = any(g.shape(condition).value is True for condition, _ in arms)
    return arms, None if sure else expr.otherwise


def _in_parts(g: Generator, expr: ir.Expr, shape: Shape) -> str:
    """A value in the parts of the case that it belongs to; an undecided one as it is."""
    own = g.shape(expr)
    if own.parts == shape.parts or isinstance(own.value, ir.Reason):
        return g.use(expr)
    if not g.fails(expr):
        return g.number(expr, shape.parts)
    atom = g.atom(g.use(expr))
    return f"({g.aligned(atom, own.parts, shape.parts)} if {atom}.__class__ is not U else {atom})"


def _cases(g: Generator, tests: list[str], values: list[str], left: str) -> str:
    """The value of the first test that holds."""
    while len(tests) > LONGEST:
        rest = len(tests) - LONGEST
        left = g.atom(_cases(g, tests[rest:], values[rest:], left))
        tests, values = tests[:rest], values[:rest]
    text = left
    for test, value in zip(reversed(tests), reversed(values), strict=True):
        text = f"{value} if {test} else {text}"
    return f"({text})" if tests else text


def _aggregate(g: Generator, expr: ir.Aggregate) -> str:
    return g.aggregate(expr)


def _calendar(g: Generator, expr: ir.Calendar) -> str:
    key = (
        "calendar",
        expr.what,
        expr.sign,
        expr.both,
        expr.month_end,
        expr.holidays,
        *(each.type for each in expr.args),
        expr.type,
    )
    if expr.what == "days_between" and not g.any_fails(expr.args):
        first, second = (g.value(each) for each in expr.args)
        return f"({second} - {first}{' + 1' if expr.both else ''})"
    names = g.constant_names.get(key)
    what = named(expr.args[0])
    known, slow = runtime.calendar(expr, g.program.zone, what)
    name = names or g.constant(known)
    if not expr.what.startswith("shift"):
        g.constant_names[key] = name  # The others name what fails.
    return g.operation(expr.args, lambda texts: f"{name}({', '.join(texts)})", lambda: slow)


# Looked up by class and not matched: every expression of a programme comes through here when it is compiled.
_TEXTS: dict[type[ir.Expr], Callable[[Generator, Any], str]] = {
    ir.Fact: _fact,
    ir.Field: _field,
    ir.Ref: _ref,
    ir.Add: _add,
    ir.Mul: _mul,
    ir.Div: _div,
    ir.Round: _round,
    ir.Extreme: _extreme,
    ir.Compare: _compare,
    ir.And: _every,
    ir.Or: _some,
    ir.Not: _not,
    ir.OneOf: _one_of,
    ir.InCodes: _in_codes,
    ir.Includes: _includes,
    ir.Given: _given,
    ir.Choose: _choose,
    ir.Aggregate: _aggregate,
    ir.Calendar: _calendar,
}


# ---- figures over lists: what each needs before, in and after its loop ----------------------------------------------


@frozen
class Counting:
    """
    A figure on its way into a loop.

    Args:
        name: the local that holds it when the loop is over.
        where: the conditions a row must meet.
        top: what the loop does with a row.
        after: what is done after the loop.
        path: where the list stands.
    """

    figure: ir.Aggregate
    name: str
    where: list[ir.Expr]
    top: Branch
    after: list[Callable[[], None]]
    path: Path

    @property
    def of(self) -> ir.Expr:
        """What is read of each row."""
        return cast("ir.Expr", self.figure.of)


def _number(g: Generator, it: Counting) -> None:
    g.line(f"{it.name} = 0")
    g.under(it.top, it.where).actions.append(lambda: g.line(f"{it.name} += 1"))


def _total(g: Generator, it: Counting) -> None:
    g.line(f"{it.name} = 0")
    g.under(it.top, it.where).actions.append(lambda: g.line(f"{it.name} += {g.value(it.of)}"))


def _different(g: Generator, it: Counting) -> None:
    g.line(f"{it.name} = set()")
    g.under(it.top, it.where).actions.append(lambda: g.line(f"{it.name}.add({g.value(it.of)})"))
    it.after.append(lambda: g.line(f"{it.name} = len({it.name})"))


def _average(g: Generator, it: Counting) -> None:
    count = g.local("n")
    g.line(f"{it.name} = {count} = 0")

    def add() -> None:
        g.line(f"{count} += 1")
        g.line(f"{it.name} += {g.value(it.of)}")

    g.under(it.top, it.where).actions.append(add)
    mean = f"quotient({it.name}, {count})"
    it.after.append(lambda: g.line(f"{it.name} = {mean} if {count} else {_nothing(g, it.path)}"))


def _outermost(g: Generator, it: Counting) -> None:
    sign = "<" if it.figure.what == "smallest" else ">"
    g.line(f"{it.name} = None")

    def compare() -> None:
        value = g.atom(g.value(it.of))
        g.line(f"if {it.name} is None or {value} {sign} {it.name}: {it.name} = {value}")

    g.under(it.top, it.where).actions.append(compare)
    it.after.append(lambda: g.line(f"if {it.name} is None: {it.name} = {_nothing(g, it.path)}"))


def _of_the_only(g: Generator, it: Counting) -> None:
    tie = g.local("t")
    g.line(f"{it.name} = None")
    g.line(f"{tie} = False")

    def compare() -> None:
        value = g.atom(g.value(it.of))
        g.line(f"if {it.name} is None: {it.name} = {value}")
        g.line(f"elif {value} != {it.name}: {tie} = True")

    def finish() -> None:
        g.line(f"if {it.name} is None: {it.name} = {_nothing(g, it.path)}")
        g.line(f"elif {tie}: {it.name} = {_failure(g, 'tie', 'tied', it.path)}")

    g.under(it.top, it.where).actions.append(compare)
    it.after.append(finish)


def _nothing(g: Generator, path: Path) -> str:
    """The failure of a figure that nothing has."""
    return _failure(g, "empty_list", "empty", path)


def _failure(g: Generator, kind: Any, function: str, path: Path) -> str:
    """The failure of a figure over a list: ready where the path of the list is fixed, else made by a function."""
    if len(path) == 1:
        return g.constant(failed(kind, g.constants[path[0]]))
    return f"{function}({', '.join(path)})"


def _holds_for_all(g: Generator, it: Counting) -> None:
    g.line(f"{it.name} = True")
    fails: ir.Expr
    match it.of:
        case _ if g.shape(it.of).value is True:
            return
        case ir.Compare("ne", left, right):
            fails = ir.Compare("eq", left, right, type=it.of.type)
        case of:
            fails = ir.Not(of, type=of.type)
    g.under(it.top, [*it.where, fails]).actions.append(lambda: g.line(f"{it.name} = False"))


def _holds_for_one(g: Generator, it: Counting) -> None:
    g.line(f"{it.name} = False")
    if g.shape(it.of).value is not False:
        found = g.under(it.top, [*it.where, *g.in_order(it.of)])
        found.actions.append(lambda: g.line(f"{it.name} = True"))


_FIGURES: dict[str, Callable[[Generator, Counting], None]] = {
    "number": _number,
    "total": _total,
    "different": _different,
    "average": _average,
    "smallest": _outermost,
    "largest": _outermost,
    "only": _of_the_only,
    "every": _holds_for_all,
    "any": _holds_for_one,
}
