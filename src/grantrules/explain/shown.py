"""
One value as an explanation shows it: exactly, as people read it, and short for a table.

Each form is made when it is asked for: of a thousand amounts in a tree most are only ever written as JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from grantrules import types as ty
from grantrules import values
from grantrules.core import ir
from grantrules.evaluate.outcome import Undecided, applying
from grantrules.explain.labels import label
from grantrules.phrases.speaker import NOTHING
from grantrules.quantities import decimal_places

_MOST_DECIMALS = 9  # Of an amount in a table; a longer one stands there as near as cents can say it.
_CENTS = 2


class Shown:
    """A value of the core with its type; `said` replaces its text."""

    __slots__ = ("_said", "_writer", "kind", "value")

    def __init__(self, writer: Writer, value: Any, kind: ty.Type, said: str = "") -> None:
        self._writer = writer
        self.value = value
        self.kind = kind
        self._said = said

    @property
    def json(self) -> Any:
        """The value exactly, as plain JSON data."""
        return None if self._said else self._writer.json(self.value, self.kind)

    @property
    def text(self) -> str:
        """The value as people read it; an open one by its bounds."""
        return self._said or self._writer.text(self.value, self.kind)

    @property
    def short(self) -> str:
        """The same as short as it can be said."""
        return self._said or self._writer.short(self.value, self.kind)


class Writer:
    """Writes the values of one programme in one language."""

    def __init__(self, program: ir.Program, language: str) -> None:
        self.program = program
        self.language = language
        self._amounts: dict[tuple[str, Fraction], Any] = {}

    def shown(self, value: Any, kind: ty.Type, said: str = "") -> Shown:
        """A value to be shown."""
        return Shown(self, value, kind, said)

    def all_shown(self, found: Sequence[Any], kind: ty.Type) -> tuple[Shown, ...]:
        """Several values of one type."""
        return tuple(Shown(self, value, kind) for value in found)

    def json(self, value: Any, kind: ty.Type) -> Any:
        """A value exactly, as plain JSON data."""
        if value is NOTHING:
            return None
        if type(value) is Fraction and isinstance(kind, ty.Money):
            # Most steps leave most amounts as they are.
            key = (kind.currency, value)
            known = self._amounts.get(key)
            if known is None:
                known = self._amounts[key] = values.as_json(value, kind, self.program)
            return known
        return values.as_json(value, kind, self.program)

    def text(self, value: Any, kind: ty.Type) -> str:
        """A value as people read it; an open one by its bounds."""
        if value is None or value is NOTHING:
            return label("not_available", self.language)
        if not isinstance(value, Undecided):
            return values.as_text(value, kind, self.program, self.language)
        if applying(value) is None:
            return label("not_applicable", self.language)
        if isinstance(kind, ty.NUMERIC):
            said = self._between(*(self._bound(b, kind) for b in (value.lowest, value.highest)))
            if said:
                return said
        unset = any(cause.kind == "unset" for cause in value.causes)
        return label("not_set" if unset else "unknown", self.language)

    def _bound(self, bound: Any, kind: ty.Type) -> str:
        return "" if bound is None else values.as_text(bound, kind, self.program, self.language)

    def _between(self, lowest: str, highest: str) -> str:
        if lowest and highest:
            if lowest == highest:
                return lowest
            return label("between", self.language, lowest=lowest, highest=highest)
        if lowest:
            return label("at_least", self.language, lowest=lowest)
        return label("at_most", self.language, highest=highest) if highest else ""

    def short(self, value: Any, kind: ty.Type) -> str:
        """A value as short as it can be said."""
        if value is None or value is NOTHING or not isinstance(kind, ty.NUMERIC):
            return self.text(value, kind)
        if not isinstance(value, Undecided):
            return self._exact(value, kind)
        if applying(value) is None:
            return label("not_applicable", self.language)
        lowest, highest = ("" if b is None else self._exact(b, kind) for b in (value.lowest, value.highest))
        if not (lowest and highest):
            return f"≥ {lowest}" if lowest else f"≤ {highest}" if highest else "?"
        return lowest if lowest == highest else f"{lowest} – {highest}"

    def _exact(self, value: Any, kind: ty.Type) -> str:
        """A value; one that needs too many decimals by the nearest that is shorter, and a sign that it is only near."""
        places = decimal_places(value) if isinstance(value, Fraction) else 0
        if places is not None and places <= _MOST_DECIMALS:
            return self.text(value, kind)
        fewer = _CENTS if isinstance(kind, ty.Money) else _MOST_DECIMALS - 1
        near = Fraction(round(value * 10**fewer), 10**fewer)
        return f"≈ {self.text(near, kind)}" if near else str(value)
