"""
The shape of an application as JSON Schema (2020-12), for forms, portals and editors.

What the complete reader accepts is valid by the schema.  The reader is stricter: a schema cannot say that a day exists,
that a code is in its list or that a text is at most some amount.  Nothing is `required`, because an application may be
handed in before everything is known; `complete` asks for the schema of one in which every fact is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from attrs import define

from grantrules import calendars
from grantrules import types as ty
from grantrules.core.ir import UNKNOWN, FieldDef, Program, RecordDef
from grantrules.diagnostics import Words
from grantrules.facts.leaves import example, said, values_of
from grantrules.facts.plain import plain_value
from grantrules.facts.reader import MARK, left_out
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.render import capitals

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_UNKNOWN = {"$ref": f"#/$defs/{MARK}"}
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PATTERNS: Mapping[type, str] = {
    ty.Date: f"^{_DAY}$",
    ty.Moment: f"^{_DAY}[T ][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?(Z|[+-][0-9]{{2}}:[0-9]{{2}})?$",
    ty.Month: "^[0-9]{4}-[0-9]{2}$",
    ty.Nace: r"^([A-Z]|[0-9]{2}(\.[0-9]{1,2}|\.[0-9]{2}\.[0-9]{2})?|[0-9]{3,4}|[0-9]{6})$",
    ty.Country: "^[A-Z]{2}$",
    ty.Region: r"^[A-Z]{2}([A-Z0-9]{0,3}|[A-Z0-9]{3}\.[A-Z0-9]{1,8})$",
}
_PERIODS = {
    "months": "^P(?=[0-9])([0-9]+Y)?([0-9]+M)?$",
    "days": "^P(?=[0-9])([0-9]+W)?([0-9]+D)?$",
    "hours": "^PT[0-9]+H$",
    "working days": "^[0-9]+ working days?$",
}

_WRITTEN = Words("Written like {example}.", "Şöyle yazılır: {example}.")
_AT_LEAST = Words("At least {bound}.", "En az {bound}.")
_AT_MOST = Words("At most {bound}.", "En çok {bound}.")
_OPTIONAL = Words("May be absent (null).", "Boş olabilir (null).")
_ONLY_WHEN = Words(
    "Asked only under a condition of the programme.", "Yalnız programdaki bir koşul sağlanınca sorulur."
)
_DECIDED = Words("Decided by {who}.", "Karar veren: {who}.")
_NOT_KNOWN = Words("A fact that is not known yet.", "Henüz bilinmeyen bir bilgi.")


def schema_of(
    program: Program, *, language: str | None = None, complete: bool = False, limits: Limits = DEFAULT_LIMITS
) -> dict[str, Any]:
    """
    The JSON Schema of an application.

    Args:
        program: what is asked.
        language: of titles and descriptions, "en" or "tr"; that of the programme if not given.
        complete: whether every fact must be given.
        limits: bounds on the data.
    """
    return _Schema(program, language or program.language, complete, limits).whole()


@define(eq=False)
class _Schema:
    program: Program
    language: str
    complete: bool
    limits: Limits

    def whole(self) -> dict[str, Any]:
        """The schema itself."""
        program = self.program
        titles = program.about.titles
        mark = {"type": "object", "properties": {MARK: {"const": True}}, "required": [MARK]}
        unknown = {"description": _NOT_KNOWN[self.language], **mark, "additionalProperties": False}
        records = {f"record.{name}": self.record(record) for name, record in program.records.items()}
        return {
            "$schema": DIALECT,
            "title": titles.get(self.language) or titles.get(program.language) or program.about.name,
            **self.record(program.application),
            "$defs": {**({} if self.complete else {MARK: unknown}), **records},
        }

    def record(self, record: RecordDef) -> dict[str, Any]:
        """An object with the fields of a record and no others."""
        needed = [each.name for each in record.fields if each.only_when is None and left_out(each) is UNKNOWN]
        title = record.titles.get(self.language)
        return {
            **({"title": title} if title and record is not self.program.application else {}),
            "type": "object",
            "properties": {each.name: self.property(each) for each in record.fields},
            **({"required": needed} if self.complete else {}),
            "additionalProperties": False,
        }

    def property(self, each: FieldDef) -> dict[str, Any]:
        """One field: its title, what is said about it, and the forms of its value."""
        forms = self.forms(each)
        if not self.complete:
            forms.append(_UNKNOWN)
        if each.optional or each.only_when is not None:
            forms.append({"type": "null"})
        default = (
            {} if each.default is UNKNOWN else {"default": plain_value(self.program, each, each.default)}
        )
        return {
            "title": each.titles.get(self.language) or each.name.replace("_", " "),
            "description": self.description(each),
            **(forms[0] if len(forms) == 1 else {"anyOf": forms}),
            **default,
        }

    def description(self, each: FieldDef) -> str:
        """What kind of value it is, how it is written, and what else is declared."""
        kind = ty.described(each.type)[self.language]
        parts = [f"{capitals(kind[:1], self.language)}{kind[1:]}."]
        if not isinstance(each.type, ty.Record | ty.List | ty.YesNo | ty.Text):
            parts.append(self.words(_WRITTEN, example=example(each.type, each.scale)))
        if isinstance(each.type, ty.NUMERIC):
            for words, bound in ((_AT_LEAST, each.minimum), (_AT_MOST, each.maximum)):
                if bound is not None:
                    shown = said(each.type, each.scale, bound, self.program)
                    parts.append(self.words(words, bound=shown[self.language]))
        parts += [_OPTIONAL[self.language]] if each.optional else []
        parts += [_ONLY_WHEN[self.language]] if each.only_when is not None else []
        who = each.decided_by.get(self.language) or each.decided_by.get(self.program.language)
        parts += [self.words(_DECIDED, who=who)] if who else []
        return " ".join(parts)

    def words(self, words: Words, **facts: str) -> str:
        """A sentence with its facts filled in."""
        text = words[self.language]
        for name, fact in facts.items():
            text = text.replace(f"{{{name}}}", fact)
        return text

    # ---- forms of values ---------------------------------------------------------------------------------------

    def forms(self, each: FieldDef) -> list[dict[str, Any]]:
        """The forms that the value of a field can have."""
        kind = each.type
        match kind:
            case ty.YesNo():
                return [{"type": "boolean"}]
            case ty.Number() | ty.MoneyPer() | ty.Quantity() | ty.Points() | ty.PercentagePoints():
                return self.numbers(each)
            case ty.Money(currency):
                return [*self.numbers(each), self.amount(each, currency)]
            case ty.Rate():
                number = self.digits(each)
                return [{"type": "string", "pattern": f"^(%-?{number}|-%{number}|-?{number}%)$"}]
            case ty.Year():
                years = {"minimum": calendars.FIRST_YEAR, "maximum": calendars.LAST_YEAR}
                return [{"type": "integer", **years}, {"type": "string", "pattern": "^[0-9]{4}$"}]
            case ty.Period(unit):
                return [{"type": "string", "pattern": _PERIODS[unit]}]
            case ty.Text():
                return [{"type": "string", "maxLength": self.limits.string_length}]
            case ty.Choice(of, values):
                return [self.choice(of, values)]
            case ty.Choices(of, values):
                return [{"type": "array", "items": self.choice(of, values), "uniqueItems": True}]
            case ty.Date() | ty.Moment() | ty.Month() | ty.Nace() | ty.Country() | ty.Region():
                return [{"type": "string", "pattern": _PATTERNS[type(kind)]}]
            case ty.Record(name):
                return [{"$ref": f"#/$defs/record.{name}"}]
            case ty.List(name):
                return [self.rows(each, name)]
            case _:
                assert_never(kind)

    def digits(self, each: FieldDef) -> str:
        """The pattern of a number without its sign."""
        fine = (each.scale or 0) - (2 if isinstance(each.type, ty.Rate | ty.PercentagePoints) else 0)
        return f"[0-9]{{1,{self.limits.digits}}}" + (rf"(\.[0-9]{{1,{fine}}})?" if fine else "")

    def numbers(self, each: FieldDef) -> list[dict[str, Any]]:
        """A number, as a text or as a JSON number."""
        sign = "-?" if each.minimum is None or each.minimum < 0 else ""
        whole = isinstance(each.type, ty.Number) and each.type.whole
        text = {"type": "string", "pattern": f"^{sign}{self.digits(each)}$"}
        unit = 10 ** (each.scale or 0) // (100 if isinstance(each.type, ty.PercentagePoints) else 1)
        bounds = {
            word: bound // unit
            for word, bound in (("minimum", each.minimum), ("maximum", each.maximum))
            if bound is not None and bound % unit == 0  # Others would have to be written as inexact numbers.
        }
        return [text, {"type": "integer" if whole else "number", **bounds}]

    def amount(self, each: FieldDef, currency: str) -> dict[str, Any]:
        """An amount with its currency beside it."""
        return {
            "type": "object",
            "properties": {"amount": {"anyOf": self.numbers(each)}, "currency": {"const": currency}},
            "required": ["amount", "currency"],
            "additionalProperties": False,
        }

    def choice(self, of: str, values: tuple[str, ...]) -> dict[str, Any]:
        """The names of the values, with titles where there are any."""
        declared = self.program.choices.get(of)
        meant = values_of(of, values, self.program)
        if declared is None or not declared.titles:
            return {"enum": sorted(meant, key=lambda name: values.index(meant[name]))}
        names = sorted(meant, key=lambda name: (values.index(meant[name]), name != meant[name]))

        def title(name: str) -> str:
            titles = declared.titles.get(meant[name], {})
            return titles.get(self.language) or titles.get(self.program.language) or name

        return {"oneOf": [{"const": name, "title": title(name)} for name in names]}

    def rows(self, each: FieldDef, name: str) -> dict[str, Any]:
        """A list of records."""
        row = {"$ref": f"#/$defs/record.{name}"}
        most = self.limits.list_items if each.maximum is None else min(each.maximum, self.limits.list_items)
        return {
            "type": "array",
            "items": row if self.complete else {"anyOf": [row, _UNKNOWN]},
            **({"minItems": each.minimum} if each.minimum else {}),
            "maxItems": most,
        }
