"""
The core of a programme in full: every part of every statement, with its type and with the words it stands for.

`core.listing` leaves out what has no meaning: places, titles, citations.  Here nothing is left out but the numbers of the
expressions, which `core.verify` looks at, and what is as it is where nothing is said.  A line ends with the words of its
place; ″ are the words of the line that it belongs to.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import attrs

from grantrules import calendars
from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.listing import constant
from grantrules.source import NOWHERE, Source, Span

LONGEST = 60


@attrs.define
class Telling:
    """What is told of one programme; its rows are numbered in the order in which they come up."""

    source: Source
    rows: dict[int, str] = attrs.field(factory=dict)

    def part(self, name: str, value: Any, depth: int = 0, around: Span | None = None) -> Iterator[str]:
        """A part of the core: what is simple on one line, all else with a line for each part of it."""
        margin = "  " * depth + f"{name} " * bool(name)
        if isinstance(value, ir.Expr):
            yield from self.expression(margin, value, depth, around)
        elif not is_long(value):
            yield margin + (self.row(value) if name == "var" else self.simple(value))
        elif isinstance(value, tuple):
            yield margin.rstrip()
            for each in value:
                yield from self.part("-", each, depth + 1)
        elif isinstance(value, Mapping):
            yield margin.rstrip()
            for key, each in value.items():
                yield from self.part(f"{key}:", each, depth + 1)
        else:
            yield margin + type(value).__name__
            for key, each in said_of(value):
                yield from self.part(key, each, depth + 1)

    def expression(self, margin: str, expr: ir.Expr, depth: int, around: Span | None) -> Iterator[str]:
        said, inside = [type(expr).__name__], []
        for key, value in said_of(expr):
            if key in ("type", "span", "at"):
                continue
            if isinstance(expr, ir.Const):
                said.append(constant(value, expr.type))
            elif key == "var":
                said.append(self.row(value))
            elif key == "holidays":
                said += map(calendars.iso_date, sorted(value))
            elif isinstance(value, ir.Expr):
                inside.append((key, value))
            elif isinstance(value, tuple) and any(isinstance(each, ir.Expr | tuple) for each in value):
                inside += [(key, each) for each in value]
            elif value is not None:
                said.append(value if isinstance(value, str) and value else self.simple(value))
        place = "″" if expr.span == around else self.simple(expr.span)
        yield f"{margin}{' '.join(said)} : {kind(expr.type)} {place}"
        for key, value in inside:
            match value:
                case ir.Expr():
                    yield from self.part(key, value, depth + 1, expr.span)
                case ir.Expr() as condition, result:
                    yield from self.part("if", condition, depth + 1, expr.span)
                    yield from self.part("then", result, depth + 2, expr.span)
                case sign, term:
                    yield from self.part("+" if sign == 1 else "-", term, depth + 1, expr.span)

    def row(self, var: int) -> str:
        return self.rows.setdefault(var, f"row{len(self.rows) + 1}") if var >= 0 else "no row"

    def simple(self, value: Any) -> str:
        """What has no expression inside."""
        match value:
            case Span():
                return self.words(value)
            case str():
                return repr(value)
            case Fraction():
                return str(value)
            case tuple():
                return f"({', '.join(map(self.simple, value))})"
            case frozenset():
                return f"{{{', '.join(sorted(map(self.simple, value)))}}}"
            case Mapping():
                return f"{{{', '.join(f'{key}: {self.simple(each)}' for key, each in value.items())}}}"
            case _ if isinstance(value, ty.Type):
                return kind(value)
            case _ if attrs.has(type(value)):
                said = ", ".join(f"{key} {self.simple(each)}" for key, each in said_of(value))
                return f"{type(value).__name__}({said})"
            case _:
                return str(value)

    def words(self, span: Span) -> str:
        if span == NOWHERE:
            return "nowhere"
        text = " ".join(self.source.text[span.start : span.end].split())
        short = text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"
        return f"«{short}»"


def kind(of: ty.Type) -> str:
    """A type with all that is in it."""
    parts = [" ".join(each) if isinstance(each, tuple) else str(each) for each in attrs.astuple(of)]
    return f"{type(of).__name__}({', '.join(parts)})" if parts else type(of).__name__


def said_of(value: Any) -> list[tuple[str, Any]]:
    """The parts of something, but for those that are as they are where nothing is said."""
    found = []
    for each in attrs.fields(type(value)):
        here, usual = getattr(value, each.name), each.default
        if isinstance(usual, attrs.Factory):
            usual = usual.factory()
        if here != usual or each.name == "span":
            found.append((each.name, here))
    return found


def is_long(value: Any) -> bool:
    """Whether something is told in lines of its own: what holds expressions, or several things with parts of their own."""
    match value:
        case ir.Expr():
            return True
        case tuple():
            return any(attrs.has(type(each)) and not isinstance(each, ir.Citation) for each in value)
        case Mapping():
            return any(is_long(each) or attrs.has(type(each)) for each in value.values())
        case _:
            return attrs.has(type(value)) and any(is_long(each) for _, each in said_of(value))


def in_full(program: ir.Program) -> str:
    telling = Telling(program.source)
    lines = []
    for name, value in said_of(program):
        if name not in ("source", "slots"):
            lines += telling.part(name, value)
    return "\n".join((*lines, ""))
