"""
Settings: the parameters of a programme with other values than it gives, for another reading or a figure not yet set.

A setting is plain data, read like a fact of the same type.  A programme with settings is another programme: its
parameters have one value for all time, and nothing else changes.  The date of the rules is set like a parameter, by the
name `rules as of`: the rules of that day then decide, whatever the application says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

import attrs
from attrs import evolve, frozen

from grantrules import types as ty
from grantrules import values
from grantrules.answer import AS_OF
from grantrules.core import ir
from grantrules.diagnostics import GrantRulesError, Words
from grantrules.facts.host import items_of
from grantrules.facts.leaves import leaf_of, wrong_kind
from grantrules.facts.problems import DataProblem
from grantrules.limits import DEFAULT_LIMITS, Limits

_WHOLE = (ty.Date, ty.Moment, ty.Year, ty.Month, ty.Period)


class ParameterError(GrantRulesError):
    """A setting cannot be used; `problems` holds every mistake found, each with its path (`parameters.rate`)."""

    def __init__(self, problems: tuple[DataProblem, ...]) -> None:
        lines = ["The parameters cannot be set."]
        for problem in problems:
            words = problem.words("en")
            lines.append(f"  {problem.path}: {words.why} {words.instead} [{words.code}]")
        super().__init__(problems, "\n".join(lines))


@frozen(kw_only=True)
class UnknownParameter(DataProblem):
    """A setting for something that is no parameter of the programme."""

    code = "GR661"
    marks_name = True
    name: str
    near: str = ""
    known: tuple[str, ...] = ()
    title = Words("No such parameter", "Böyle bir parametre yok")
    why = Words(
        "The programme has no parameter `{name}`; a setting that nothing reads would change nothing, unnoticed.",
        "Programda `{name}` adında bir parametre yok; hiçbir şeyin okumadığı bir ayar, fark edilmeden etkisiz kalırdı.",
    )

    def instead_words(self) -> Words:
        """A near name, else the names there are."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        if not self.known:
            return Words("The programme has no parameters.", "Programın parametresi yok.")
        return Words("The parameters are: {known}.", "Parametreler: {known}.")


@frozen(kw_only=True)
class NoDateOfRules(DataProblem):
    """A date of the rules for a programme that has none."""

    code = "GR662"
    marks_name = True
    title = Words("The programme has no date of the rules", "Programda kuralların tarihi yok")
    why = Words(
        "It does not say which day of an application counts, so its rules are the same on every day.",
        "Başvurunun hangi gününün esas alınacağını söylemiyor; kuralları her gün aynı.",
    )
    instead = Words(
        "Leave the date out, or write `rules as of submitted` into the head of the programme.",
        "Tarihi vermeyin ya da programın başına `kuralların tarihi başvuru_anı` yazın.",
    )


@frozen
class Setting:
    """One parameter set: the value as the core holds it, and as plain JSON data for the record."""

    value: Any
    json: Any


def read_settings(
    program: ir.Program, given: Mapping[str, Any], limits: Limits = DEFAULT_LIMITS
) -> dict[str, Setting]:
    """
    Settings as plain data or Python values, read against the types of the parameters.

    Raises:
        ParameterError: a name is no parameter, or a value does not fit its type; with every such mistake.
    """
    problems: list[DataProblem] = []
    found: dict[str, Setting] = {}
    for name, value in given.items():
        definition = _definition(program, name)
        if definition is None:
            problems.append(_unknown(name, program))
            continue
        read = _read(definition, value, program, limits)
        if isinstance(read, DataProblem):
            problems.append(evolve(read, path=f"parameters.{name}"))
        else:
            found[name] = Setting(read, values.as_json(read, definition.type, program))
    if problems:
        raise ParameterError(tuple(problems))
    return found


def _definition(program: ir.Program, name: str) -> ir.ParameterDef | None:
    """What can be set by a name: a parameter, or the date of the rules where the programme has one."""
    if name == AS_OF and program.as_of is not None:
        return ir.ParameterDef(ir.About(AS_OF, "rules_as_of"), ty.Date(), ())
    return program.parameters.get(name)


def can_be_set(program: ir.Program, name: str) -> bool:
    """Whether a programme has something to set by a name."""
    return _definition(program, name) is not None


def known_to_one(names: Iterable[str], *programs: ir.Program) -> None:
    """
    Refuse names that none of several programmes has something to set by.

    Raises:
        ParameterError: with every such name.
    """
    unknown = [name for name in names if not any(can_be_set(program, name) for program in programs)]
    if unknown:
        raise ParameterError(tuple(_unknown(name, *programs) for name in unknown))


_ANSWERS = {"yes": True, "true": True, "evet": True, "no": False, "false": False, "hayır": False}


def from_text(program: ir.Program, name: str, text: str) -> Any:
    """A setting written as text, as on a command line, as plain data; what it cannot be is left to `read_settings`."""
    definition = program.parameters.get(name)
    match definition.type if definition else None:
        case ty.YesNo():
            return _ANSWERS.get(text.strip(), text)
        case ty.Number(whole=True) | ty.Year() if text.isascii() and text.isdigit() and len(text) < 20:
            return int(text)
        case ty.Choices():
            return [part.strip() for part in text.split(",") if part.strip()]
        case _:
            return text


def _unknown(name: str, *programs: ir.Program) -> DataProblem:
    path = f"parameters.{name}"
    if name == AS_OF:
        return NoDateOfRules(path=path)
    known = tuple(dict.fromkeys(each for program in programs for each in program.parameters))
    near = next(iter(get_close_matches(name, known, 1, 0.7)), "")
    return UnknownParameter(name=name, near=near, known=known, path=path)


def _read(definition: ir.ParameterDef, given: Any, program: ir.Program, limits: Limits) -> Any:
    kind = definition.type
    scale = _scale(kind, limits)
    leaf = leaf_of(ir.FieldDef(definition.about.name, kind, scale=scale), program, limits)
    if isinstance(kind, ty.Choices):
        items = items_of(given, sets=True)
        read = [wrong_kind(kind, None, given)] if items is None else [leaf(item) for item in items]
        return next(
            (r for r in read if isinstance(r, DataProblem)), frozenset(r for r in read if isinstance(r, str))
        )
    raw = leaf(given)
    if isinstance(raw, DataProblem) or not isinstance(kind, ty.NUMERIC) or isinstance(kind, _WHOLE):
        return raw
    return Fraction(raw, 10 ** (scale or 0))


def _scale(kind: ty.Type, limits: Limits) -> int | None:
    match kind:
        case ty.Number(whole=True) | ty.Date() | ty.Moment() | ty.Year() | ty.Month() | ty.Period():
            return 0
        case ty.Rate() | ty.PercentagePoints():
            return limits.decimals + 2
        case _ if isinstance(kind, ty.NUMERIC):
            return limits.decimals
        case _:
            return None


# ---- the programme with its settings -----------------------------------------------------------------------------


def with_settings(program: ir.Program, settings: Mapping[str, Setting]) -> ir.Program:
    """The programme with these parameters set for all time, also where one is read as of another day."""
    if not settings:
        return program
    parameters = {
        name: evolve(d, lines=((None, None, settings[name].value),)) if name in settings else d
        for name, d in program.parameters.items()
    }
    rewrite = Settle(program, settings)
    return evolve(
        program,
        parameters=parameters,
        body=tuple(rewrite(statement) for statement in program.body),
        computed=tuple(rewrite(computed) for computed in program.computed),
        as_of=rewrite.day(program.as_of),
        application=rewrite(program.application),
        records={name: rewrite(record) for name, record in program.records.items()},
        others={
            name: with_settings(other, _shared(program, other, settings))
            for name, other in program.others.items()
        },
    )


def _shared(program: ir.Program, other: ir.Program, settings: Mapping[str, Setting]) -> dict[str, Setting]:
    """What is set in another programme as well: a reading is one for all that have the parameter."""
    found = {}
    for name, setting in settings.items():
        own, their = _definition(program, name), _definition(other, name)
        if own is not None and their is not None and _one_kind(own.type, their.type):
            found[name] = setting
    return found


def _one_kind(own: ty.Type, their: ty.Type) -> bool:
    if isinstance(own, ty.Choice | ty.Choices) and type(own) is type(their):
        return set(own.values) == set(getattr(their, "values", ()))
    return own == their


class Settle:
    """Puts a constant wherever a parameter that is set stands; what holds none of them stays the same object."""

    def __init__(self, program: ir.Program, settings: Mapping[str, Setting]) -> None:
        self.text = program.source.text
        self.settings = {name: setting.value for name, setting in settings.items()}

    def __call__(self, node: Any) -> Any:
        """A part of the programme with the settings."""
        if (
            isinstance(node, ir.Let)
            and node.about.name in self.settings
            and node.about.keyword in ("parameter", "rules_as_of")
        ):
            return evolve(node, value=self._constant(node.value, node.about.name))
        if isinstance(node, ir.Const | ir.Choose | ir.Fail):
            # `figure as of D` is lowered to its lines in place, and its span is the name that was written.
            name = self.text[node.span.start : node.span.end]
            is_choice = isinstance(node, ir.Const) and node.value == name
            if name in self.settings and not is_choice:
                return self._constant(node, name)
        if isinstance(node, tuple):
            rewritten = tuple(self(part) for part in node)
            return (
                rewritten if any(new is not old for new, old in zip(rewritten, node, strict=True)) else node
            )
        if not isinstance(node, _REWRITTEN):
            return node
        changed = {}
        for attribute in attrs.fields(type(node)):
            old = getattr(node, attribute.name)
            new = self(old)
            if new is not old:
                changed[attribute.name] = new
        return evolve(node, **changed) if changed else node

    def day(self, as_of: ir.Expr | None) -> Any:
        """The date of the rules."""
        return self._constant(as_of, AS_OF) if as_of is not None and AS_OF in self.settings else self(as_of)

    def _constant(self, node: ir.Expr, name: str) -> ir.Const:
        return ir.Const(self.settings[name], type=node.type, span=node.span, at=node.at)


_REWRITTEN = (
    ir.Expr, ir.Step, ir.Gate, ir.Let, ir.Computed, ir.Rule, ir.Support, ir.Joint, ir.FieldDef, ir.RecordDef,
)  # fmt: skip
