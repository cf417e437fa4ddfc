"""
When each support is paid, when it is 0, and when it does not apply: a list for a programme, without an application.

It is read off the core: the gates of a support say when it does not apply; its base and its steps say what makes it 0.
A cause of 0 that lies in several figures together (two ceilings that meet) is not looked for: each entry is one cause
that is enough by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import define, field, frozen

from grantrules import types as ty
from grantrules import values
from grantrules.answer import citation_as_json
from grantrules.core import ir
from grantrules.core.verify import of_step
from grantrules.diagnostics import Words, escaped
from grantrules.phrases.languages import speaker
from grantrules.phrases.speaker import Speaker
from grantrules.render import json_text

VERSION = 1
"""The version of the JSON shape of the list."""

_DEEPEST = 6
"""How far a figure is followed into the figures it is made of; beyond, it is named."""
_ALWAYS = ""


@frozen
class Condition:
    """
    One condition, and the statement that says it.

    Args:
        text: the condition, as a clause.
        origin: the text that the statement stands in.
    """

    text: str
    name: str
    title: str
    keyword: str
    citations: tuple[ir.Citation, ...]
    origin: str

    def to_dict(self) -> dict[str, Any]:
        """The condition as plain JSON data."""
        return {
            "text": self.text,
            "name": self.name,
            "title": self.title,
            "keyword": self.keyword,
            "citations": [citation_as_json(each) for each in self.citations],
            "origin": self.origin,
        }


@frozen
class SupportConditions:
    """
    The conditions of one support.

    Args:
        kind: `paid`, `repayable`, or `basis` for one that is never paid itself.
        paid_when: what must hold, all of it, for the support to apply.
        zero_when: each of these makes it 0.
        does_not_apply_when: each of these takes it away.
    """

    name: str
    title: str
    kind: str
    paid_when: tuple[Condition, ...]
    zero_when: tuple[Condition, ...]
    does_not_apply_when: tuple[Condition, ...]

    def to_dict(self) -> dict[str, Any]:
        """The conditions as plain JSON data."""
        lists = {key: [each.to_dict() for each in getattr(self, key)] for key in _LISTS}
        return {"name": self.name, "title": self.title, "kind": self.kind, **lists}


@frozen
class Conditions:
    """The conditions of a programme: when an application is not eligible, and those of each support."""

    programme: str
    title: str
    language: str
    not_eligible_when: tuple[Condition, ...]
    supports: tuple[SupportConditions, ...]

    def to_dict(self) -> dict[str, Any]:
        """The list as plain JSON data."""
        return {
            "version": VERSION,
            "programme": self.programme,
            "title": self.title,
            "language": self.language,
            "not_eligible_when": [each.to_dict() for each in self.not_eligible_when],
            "supports": [each.to_dict() for each in self.supports],
        }

    def to_json(self) -> str:
        """The same as JSON text."""
        return json_text(self.to_dict())

    def __str__(self) -> str:
        """The list as people read it."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        say = self.language
        yield escaped(self.title, 200)
        if self.not_eligible_when:
            yield from ("", _HEADS["not_eligible_when"][say], *map(_line, self.not_eligible_when))
        for support in self.supports:
            kind = "" if support.kind == "paid" else f" ({_KINDS[support.kind][say]})"
            yield from ("", f"{escaped(support.title, 200)}{kind}")
            for key in _LISTS:
                found: tuple[Condition, ...] = getattr(support, key)
                if found:
                    yield from (f"  {_HEADS[key][say]}", *(f"  {_line(each)}" for each in found))
                elif key != "paid_when":
                    yield f"  {_NEVER[key][say]}"


def _line(each: Condition) -> str:
    told = f"“{escaped(each.title, 200)}”: " if each.title else ""
    return f"  • {told}{escaped(each.text, 2000)}"


_LISTS = ("paid_when", "zero_when", "does_not_apply_when")
_HEADS = {
    "not_eligible_when": Words(
        "The application is not eligible when one of these holds:",
        "Şunlardan biri varsa başvuru uygun değildir:",
    ),
    "paid_when": Words(
        "Paid to an eligible application when all of these hold, and nothing makes it 0:",
        "Bunların hepsi varsa ve hiçbir şey onu 0 yapmıyorsa uygun başvuruya ödenir:",
    ),
    "zero_when": Words("0 when one of these holds:", "Şunlardan biri varsa 0'dır:"),
    "does_not_apply_when": Words(
        "Does not apply when one of these holds:", "Şunlardan biri varsa kapsam dışıdır:"
    ),
}
_NEVER = {
    "zero_when": Words("Nothing by itself makes it 0.", "Tek başına onu 0 yapan bir şey yok."),
    "does_not_apply_when": Words("It always applies.", "Hiçbir durumda kapsam dışı değildir."),
}
_KINDS = {
    "basis": Words("only a basis, never paid itself", "yalnız hesaba esas, kendisi ödenmez"),
    "repayable": Words("to be paid back", "geri ödenecek"),
}
_SAID = {
    "always": Words("always", "her zaman"),
    "where": Words("{0}, where {1}", "{1} iken {0}"),
    "and": Words("{0} and {1}", "{0} ve {1}"),
    "otherwise": Words("none of its cases holds", "durumlarından hiçbiri yok"),
    "above": Words("every line is above {0}", "her kalem {0} tutarının üstünde"),
    "below": Words("the sum is below {0}", "toplam {0} tutarının altında"),
    "exceeds": Words("the sum is above {0}", "toplam {0} tutarının üstünde"),
    "each_exceeds": Words("a line is above {0}", "bir kalem {0} tutarının üstünde"),
    "each_below": Words("every line is below {0}", "her kalem {0} tutarının altında"),
    "unless": Words("{0} (unless “{1}” adds to it)", "{0} (“{1}” eklenmedikçe)"),
    "out_of_force": Words(
        "the day of the rules is outside of its days", "kuralların tarihi yürürlük günlerinin dışında"
    ),
    "in_force": Words("the day of the rules is within its days", "kuralların tarihi yürürlük günleri içinde"),
}


def conditions_of(program: ir.Program, language: str) -> Conditions:
    """The list for a programme, in "en" or "tr"."""
    return _Lister(program, language).all()


@define(eq=False)
class _Lister:
    program: ir.Program
    language: str
    voice: Speaker = field(init=False)
    lets: Mapping[str, ir.Let] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.voice = speaker(self.program, self.language)
        self.lets = {s.name: s for s in self.program.body if isinstance(s, ir.Let)}

    def say(self, key: str, *parts: str) -> str:
        return _SAID[key][self.language].format(*parts)

    def all(self) -> Conditions:
        """The whole list."""
        supports = tuple(self.support(s) for s in self.program.body if isinstance(s, ir.Support))
        title = values.about_title(self.program.about, self.language, self.program.language)
        rules = tuple(self.not_eligible())
        return Conditions(self.program.about.name, title, self.language, rules, supports)

    def told(self, about: ir.About, texts: Iterable[str]) -> Iterator[Condition]:
        """Conditions that a statement says."""
        title = about.titles.get(self.language) or about.titles.get(self.program.language) or ""
        for text in dict.fromkeys(texts):
            shown = text or self.say("always")
            yield Condition(shown, about.name, title, about.keyword, about.citations, about.text)

    def clause(self, expr: ir.Expr, *, yes: bool = True) -> str:
        return self.voice.clause(expr, "is", yes=yes)

    def where(self, text: str, when: ir.Expr | None) -> str:
        """A condition that counts only where another one holds."""
        if when is None:
            return text
        return self.clause(when) if text == _ALWAYS else self.say("where", text, self.clause(when))

    # ---- the application -----------------------------------------------------------------------------------------

    def not_eligible(self) -> Iterator[Condition]:
        """Rules that fail, and ceilings whose excess refuses the application."""
        for statement in self.program.body:
            match statement:
                case ir.Rule(kind="require"):
                    texts = (
                        self.where(self.clause(each, yes=False), statement.when)
                        for each in statement.conditions
                    )
                    yield from self.told(statement.about, texts)
                case ir.Support(steps=steps):
                    for step in steps:
                        if (
                            isinstance(step, ir.Ceiling)
                            and step.excess == "refuses"
                            and step.limit is not None
                        ):
                            key = "each_exceeds" if step.scope == "each" and statement.list else "exceeds"
                            text = self.say(key, self.voice.noun(step.limit))
                            yield from self.told(step.about, [self.where(text, step.when)])
                case ir.Joint(excess="refuses"):
                    text = self.say("exceeds", self.voice.noun(statement.limit))
                    yield from self.told(statement.about, [self.where(text, statement.when)])
                case _:
                    pass

    # ---- one support ---------------------------------------------------------------------------------------------

    def support(self, support: ir.Support) -> SupportConditions:
        """The three lists of a support."""
        kind = "basis" if support.only_a_basis else "repayable" if support.repayable else "paid"
        joints = [
            s
            for s in self.program.body
            if isinstance(s, ir.Joint) and support.name in s.over and s.excess != "refuses"
        ]
        return SupportConditions(
            support.name,
            values.about_title(support.about, self.language, self.program.language),
            kind,
            tuple(each for gate in support.gates for each in self.gate(gate, yes=True)),
            (*self.zero(support), *(each for joint in joints for each in self.joint(joint))),
            tuple(each for gate in support.gates for each in self.gate(gate, yes=False)),
        )

    def gate(self, gate: ir.Gate, *, yes: bool) -> Iterator[Condition]:
        """A condition for a support to apply, or what breaks it."""
        if gate.reason == "in_force":
            texts: Iterable[str] = [self.say("in_force" if yes else "out_of_force")]
        elif gate.reason == "figure" and not yes:
            texts = self.when_false(gate.condition, _DEEPEST)
        else:
            texts = [self.clause(gate.condition, yes=yes)]
        yield from self.told(gate.about, texts)

    def when_false(self, expr: ir.Expr, deep: int) -> Iterator[str]:
        """What makes a condition false, followed into the cases of the figures that say `does not apply`."""
        match expr:
            case ir.And(parts):
                for part in parts:
                    yield from self.when_false(part, deep)
            case ir.Ref(name) if deep and name in self.lets:
                yield from self.when_false(self.lets[name].value, deep - 1)
            case ir.Choose(arms, otherwise):
                above: list[ir.Expr] = []
                for condition, value in arms:
                    if isinstance(value, ir.Const) and value.value is False:
                        yield self.clause(_reached(expr, condition, above))
                    else:
                        above.append(condition)
                if isinstance(otherwise, ir.Const) and otherwise.value is False:
                    yield self.say("otherwise")
            case ir.Const(value):
                if value is False:
                    yield _ALWAYS
            case _:
                yield self.clause(expr, yes=False)

    def joint(self, joint: ir.Joint) -> Iterator[Condition]:
        """A ceiling over several supports that may leave nothing."""
        texts = (self.where(text, joint.when) for text in self.nothing(joint.limit, _DEEPEST))
        yield from self.told(joint.about, texts)

    # ---- what makes it 0 -----------------------------------------------------------------------------------------

    def zero(self, support: ir.Support) -> Iterator[Condition]:
        """The causes of 0, from the base to the last step; what is added later is named beside those before it."""
        added = [n for n, step in enumerate(support.steps) if _adds(step)]
        yield from self.besides(support, added, -1, support.about, self.base(support))
        for number, step in enumerate(support.steps):
            if isinstance(step, ir.Rate | ir.RateCeiling) and any(
                map(_gives_rate, support.steps[number + 1 :])
            ):
                continue  # A rate of 0 is raised, or replaced, by a later step.
            # What is about the lines leaves what was added to them.
            before = -1 if _about_lines(support, step) else number
            yield from self.besides(support, added, before, step.about, self.step(support, step))

    def besides(
        self, support: ir.Support, added: Sequence[int], number: int, about: ir.About, texts: Iterable[str]
    ) -> Iterator[Condition]:
        """Causes of 0, each with the step after it that may add to 0 again."""
        later = next((support.steps[n] for n in added if n > number), None)
        for each in self.told(about, texts):
            if later is None:
                yield each
            else:
                title = values.about_title(later.about, self.language, self.program.language)
                text = self.say("unless", each.text, title)
                yield Condition(text, each.name, each.title, each.keyword, each.citations, each.origin)

    def base(self, support: ir.Support) -> Iterator[str]:
        """No lines, or lines of nothing."""
        if support.list is not None:
            number = ir.Aggregate(
                "number",
                support.list,
                support.var,
                support.where,
                None,
                type=ty.Number(),
                span=support.list.span,
            )
            yield self.clause(_compared("eq", number))
        for text in self.nothing(support.base, _DEEPEST):
            yield self.of_lines(support, text, reads=True)

    def of_lines(self, support: ir.Support, text: str, *, reads: bool) -> str:
        """A condition on every line."""
        if support.list is None or not reads or text == _ALWAYS:
            return text
        rows = self.voice.rows(support.list, support.where)
        return self.voice.for_rows(rows, self.voice.one_row(support.list, support.where), text, every=True)

    def step(self, support: ir.Support, step: ir.AnyStep) -> Iterator[str]:
        """What makes a step leave nothing."""
        if isinstance(step, ir.Keep):
            out = self.clause(step.keep, yes=False)
            text = out if step.where is None else self.say("and", self.clause(step.where), out)
            yield self.where(self.of_lines(support, text, reads=True), step.when)
        elif step.where is None:
            yield from (self.where(text, step.when) for text in self.leaves_nothing(support, step))

    def leaves_nothing(self, support: ir.Support, step: ir.AnyStep) -> Iterator[str]:
        """What makes a step that is about all lines leave nothing."""
        figure: ir.Expr | None = None
        match step:
            case ir.Ceiling(limit=limit, other=other, excess=excess) if (
                limit is not None and excess != "refuses"
            ):
                figure = limit
                if other is not None:
                    used_up = _compared("ge", other, limit)
                    yield self.of_lines(support, self.clause(used_up), reads=_reads(used_up, support.var))
                if excess == "drops_line":
                    yield self.say("above", self.voice.noun(limit))
            case ir.Rate(figure) | ir.RateCeiling(figure) | ir.Scale(figure) | ir.Pick(figure):
                pass
            case ir.Floor("less_not_paid", amount):
                yield self.say("below", self.voice.noun(amount))
            case ir.RoundLines("down", size, place) if size >= 1:
                text = self.voice.value(size, ty.Money(support.currency))
                yield self.say("below" if place == "once" or support.list is None else "each_below", text)
            case _:
                pass
        if figure is not None:
            reads = _reads(figure, support.var)
            yield from (self.of_lines(support, text, reads=reads) for text in self.nothing(figure, _DEEPEST))

    def nothing(self, expr: ir.Expr, deep: int) -> Iterator[str]:
        """What makes a number 0 or less; the empty text for one that always is."""
        match expr:
            case ir.Fail():
                return
            case ir.Const(value):
                yield from [_ALWAYS] if value <= 0 else []
            case ir.Ref(name) if deep and name in self.lets:
                yield from self.nothing(self.lets[name].value, deep - 1)
            case ir.Choose() if expr.what not in (ir.FIRST_LINES, ir.OTHER_LINES):
                yield from self.cases(expr, deep)
            case ir.Mul(parts) | ir.Extreme("smallest", parts):
                yield from (text for part in parts for text in self.nothing(part, deep))
            case ir.Extreme(_, parts) if self.some_positive(parts, deep):
                return
            case ir.Extreme(_, parts) if any(isinstance(p, ir.Const) for p in parts):
                others = (p for p in parts if not isinstance(p, ir.Const))
                yield from (text for part in others for text in self.nothing(part, deep))
            case ir.Round(value, "down", step):
                yield self.clause(_compared("lt", value, step))
            case ir.Div(value) | ir.Round(value):
                yield from self.nothing(value, deep)
            case _:
                yield from self.itself(expr)

    def cases(self, expr: ir.Choose, deep: int) -> Iterator[str]:
        """What makes a figure by cases 0: a case, and what makes its value 0."""
        above: list[ir.Expr] = []
        for condition, value in expr.arms:
            reached = _reached(expr, condition, above)
            texts = list(self.nothing(value, deep))
            yield from (self.both(reached, text) for text in texts)
            if _ALWAYS not in texts:
                above.append(condition)
        other = self.say("otherwise")
        for text in () if expr.otherwise is None else self.nothing(expr.otherwise, deep):
            yield other if text == _ALWAYS else self.say("and", other, text)

    def itself(self, expr: ir.Expr) -> Iterator[str]:
        """A number that is looked no further into: that it is 0; nothing for a fact that is never 0."""
        least = self.least(expr)
        counted = isinstance(expr, ir.Aggregate) and expr.what in ("number", "different")
        if least is None or least <= 0:
            yield self.clause(_compared("eq" if counted or least == 0 else "le", expr))

    def least(self, expr: ir.Expr) -> int | None:
        """The least that a fact or a field may be, where its declaration says it."""
        fields: Iterable[ir.FieldDef] = ()
        if isinstance(expr, ir.Fact):
            fields = self.program.application.fields
        elif isinstance(expr, ir.Field) and isinstance(expr.of.type, ty.Record):
            fields = self.program.records[expr.of.type.name].fields
        name = getattr(expr, "name", "")
        return next((each.minimum for each in fields if each.name == name), None)

    def some_positive(self, parts: Iterable[ir.Expr], deep: int) -> bool:
        """Whether one of these is never 0 or less."""
        return any(next(self.nothing(part, deep), None) is None for part in parts)

    def both(self, condition: ir.Expr, text: str) -> str:
        if isinstance(condition, ir.Const) and condition.value is True:
            return text
        return self.clause(condition) if text == _ALWAYS else self.say("and", self.clause(condition), text)


def _compared(how: Any, left: ir.Expr, right: ir.Expr | Fraction | int = 0) -> ir.Compare:
    """A comparison with a figure, or with 0 of its kind."""
    other = right if isinstance(right, ir.Expr) else ir.Const(Fraction(right), type=left.type)
    return ir.Compare(how, left, other, type=ty.YesNo(), span=left.span)


def _reached(expr: ir.Choose, condition: ir.Expr, above: Sequence[ir.Expr]) -> ir.Expr:
    """What must hold for a case to be taken: where the first one that fits is, none of some cases above it."""
    if expr.mode != "first" or not above:
        return condition
    others = (ir.Not(each, type=condition.type, span=each.span) for each in above)
    return ir.And((condition, *others), type=condition.type, span=condition.span)


def _adds(step: ir.AnyStep) -> bool:
    """Whether a step may make something of 0."""
    return isinstance(step, ir.Supplement) or (isinstance(step, ir.Floor) and step.in_any_case)


def _gives_rate(step: ir.AnyStep) -> bool:
    """Whether a step may make a rate of 0 another one."""
    return isinstance(step, ir.Rate) or (isinstance(step, ir.Raise) and step.how == "plus")


def _about_lines(support: ir.Support, step: ir.AnyStep) -> bool:
    """Whether a step takes each line by itself, so that it may leave a line that was added before it."""
    match step:
        case ir.Keep() | ir.Pick() | ir.RoundLines(place="each") | ir.Ceiling(scope="each" | "per"):
            return True
        case _:
            return any(_reads(each, support.var) for each in of_step(step))


def _reads(expr: ir.Expr, var: int) -> bool:
    """Whether an expression reads the line of a support."""
    if isinstance(expr, ir.Row):
        return expr.var == var
    return any(_reads(child, var) for child in ir.children(expr))
