"""The phrases in English."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grantrules import formats
from grantrules import types as ty
from grantrules.core import ir
from grantrules.evaluate.outcome import Cause, Undecided
from grantrules.phrases.speaker import DATES, Mood, Speaker

_BOUNDS = {"ge": "at least {}", "le": "at most {}", "gt": "more than {}", "lt": "less than {}"}
_DATES = {"ge": "no earlier than {}", "le": "no later than {}", "gt": "after {}", "lt": "before {}"}
_MODES = {"down": "down", "up": "up", "half_up": "half up", "half_even": "half to even"}
_CAUSES = {
    "fact": "{} is not known yet",
    "unset": "no figure is set for {}",
    "hole": "no figure of {} is in force on that date",
    "no_line": "no line of {} fits",
    "several_lines": "several lines of {} fit and differ",
    "does_not_apply": "{} does not apply",
    "absent": "{} is needed, but the application has none",
    "zero_divisor": "{} would divide by zero",
    "no_such_day": "{} falls on a day that its month does not have",
    "empty_list": "no line of {} fits",
    "tie": "the order of {} does not decide which come first",
}


class English(Speaker):
    """English phrases."""

    def more_rows(self, number: int) -> str:
        """Of rows alike: `and the same of 3 more rows`."""
        return f"and the same of {number} more rows"

    def owned(self, owner: str, part: str) -> str:
        """`amount of cost 3`."""
        return f"{part} of {owner}"

    def this_row(self, record: str) -> str:
        """`this cost`."""
        return f"this {record}"

    def nth_row(self, record: str, number: int) -> str:
        """`cost 3`."""
        return f"{record} {number}"

    def part_of_support(self, support: str, part: str) -> str:
        """`eligible cost of grant`."""
        said = {"eligible_cost": "eligible cost of {}", "before_ceilings": "{} before its ceilings"}
        return said.get(part, f"{part.replace('_', ' ')} of {{}}").format(support)

    def share(self, rate: str, of: str) -> str:
        """`5% of total amount of costs`."""
        return f"{rate} of {of}"

    def rounded(self, expr: ir.Round) -> str:
        """`x rounded down in steps of 0.01 TRY`."""
        return f"{self._operand(expr.value)} {self.rounding(expr.mode, self.value(expr.step, expr.type))}"

    def rounding(self, mode: str, step: str) -> str:
        """`rounded down in steps of 0.01 TRY`."""
        return f"rounded {_MODES[mode]} in steps of {step}"

    def extreme(self, which: str, operands: Sequence[str]) -> str:
        """`the smaller of a and b`."""
        word = {"smallest": "smaller", "largest": "larger"}[which] if len(operands) == 2 else which
        return f"the {word} of {formats.all_of(operands, 'en')}"

    def aggregate(self, expr: ir.Aggregate) -> str:
        """`total amount of costs where category is works`."""
        rows = self.rows(expr.list, expr.where)
        if expr.what == "number" or expr.of is None:
            return f"number of {rows}"
        of = self.noun(expr.of)
        return (
            f"number of different values of {of} among {rows}"
            if expr.what == "different"
            else (f"{expr.what} {of} of {rows}")
        )

    def number_of(self, noun: str) -> str:
        """`number of documents`."""
        return f"number of {noun}"

    def calendar(self, expr: ir.Calendar) -> str:
        """`2 years before submitted`."""
        parts = [self.noun(a) for a in expr.args]
        if expr.what.startswith("shift_"):
            return f"{parts[1]} {'after' if expr.sign > 0 else 'before'} {parts[0]}"
        templates = {
            "local_date": "the day of {0}",
            "start_of_day": "the start of {0}",
            "year": "the year of {0}",
            "month": "the month of {0}",
            "first_day": "the first day of {0}",
            "last_day": "the last day of {0}",
            "days_in_month": "the number of days in the month of {0}",
            "years_between": "completed years from {0} to {1}",
            "months_between": "completed months from {0} to {1}",
            "days_between": "days from {0} to {1}",
            "working_days_between": "working days from {0} to {1}",
        }
        return templates[expr.what].format(*parts) + (", both counted" if expr.both else "")

    def filtered(self, noun: str, where: str) -> str:
        """`members where kind is firm`."""
        return f"{noun} where {where}" if where else noun

    def for_rows(self, rows: str, one: str, clause: str, *, every: bool) -> str:
        """`for all members: kind is firm`."""
        return f"for all {rows}: {clause}" if every else f"for at least one {one}: {clause}"

    def limit(self, how: str, needed: str, right: ir.Expr) -> str:
        """`at least 20`."""
        words = _DATES if isinstance(right.type, DATES) else _BOUNDS
        return words.get(how, "{}").format(needed)

    def compared(self, noun: str, bound: str, mood: Mood, *, yes: bool) -> str:
        """`kind is firm`, `kind must not be firm`."""
        return f"{noun} {self._verb(mood, yes=yes)} {bound}"

    @staticmethod
    def _verb(mood: Mood, *, yes: bool) -> str:
        verb = "must be" if mood == "must" else "is"
        return verb if yes else {"is": "is not", "must be": "must not be"}[verb]

    def within(self, noun: str, codes: str, mood: Mood, *, yes: bool) -> str:
        """`main sector is in priority sectors`."""
        return f"{noun} {self._verb(mood, yes=yes)} in {codes}"

    def coarser(self, noun: str, codes: str, mood: Mood, *, yes: bool) -> str:
        """`main sector is less precise than priority sectors`."""
        return f"{noun} {self._verb(mood, yes=yes)} less precise than the codes of {codes}"

    def including(self, noun: str, wanted: str, mood: Mood, *, yes: bool) -> str:
        """`activity areas includes innovation`."""
        if mood == "must":
            return f"{noun} must {'' if yes else 'not '}include {wanted}"
        return f"{noun} includes {wanted}" if yes else f"{noun} does not include {wanted}"

    def given(self, noun: str, mood: Mood, *, yes: bool) -> str:
        """`activity areas is given`."""
        return f"{noun} {self._verb(mood, yes=yes)} given"

    def truth(self, noun: str, mood: Mood, *, yes: bool) -> str:
        """`competitive`, `not competitive`."""
        if mood == "must":
            return f"{noun} must be {formats.yes_no(yes, 'en')}"
        if mood == "because":
            return f"{noun} is {formats.yes_no(yes, 'en')}"
        return noun if yes else f"not {noun}"

    def applies(self, support: str, mood: Mood, *, yes: bool) -> str:
        """`grant applies`."""
        if mood == "must":
            return f"{support} must {'' if yes else 'not '}apply"
        return f"{support} applies" if yes else f"{support} does not apply"

    def these(self, *, every: bool) -> str:
        """The line above several conditions."""
        return "all of these" if every else "at least one of these"

    def counted(self, number: Fraction, counted: ir.Aggregate, bound: str, how: str) -> str:
        """`19 members where kind is firm; at least 20 are needed`."""
        rows = (self.one_row if number == 1 else self.rows)(counted.list, counted.where)
        said = f"{formats.number(number, 'en')} {rows}"
        if how == "ne":
            return f"{said}; there must not be {bound}"
        exactly = "exactly " if how == "eq" else ""
        verb = "is" if bound == "1" or bound.endswith(" 1") else "are"
        return f"{said}; {exactly}{bound} {verb} {'needed' if how in ('ge', 'gt', 'eq') else 'allowed'}"

    def shared(
        self, number: Fraction, all_: Fraction, whole: ir.Aggregate, holds: ir.Expr, bound: str
    ) -> str:
        """`11 of 20 members where kind is firm meet: in manufacturing; more than 50% is needed`."""
        rows = (self.one_row if all_ == 1 else self.rows)(whole.list, whole.where)
        verb = "meets" if number == 1 else "meet"
        wanted = "allowed" if bound.startswith("at most") else "needed"
        counts = f"{formats.number(number, 'en')} of {formats.number(all_, 'en')}"
        return f"{counts} {rows} {verb}: {self.clause(holds)}; {bound} is {wanted}"

    def found_and_needed(self, noun: str, found: str, bound: str, *, yes: bool) -> str:
        """`duration is 6 years; it must be at most 5 years`."""
        return f"{noun} is {found}; it must {'' if yes else 'not '}be {bound}"

    def found_alone(self, noun: str, found: str) -> str:
        """`channel is online`."""
        return f"{noun} is {found}"

    def found_and_needed_answer(self, noun: str, found: str, *, yes: bool) -> str:
        """`competitive: no; it must be yes`."""
        return f"{noun}: {found}; it must be {formats.yes_no(yes, 'en')}"

    def found_but(self, found: str, needed: str) -> str:
        """`channel must be online; it is paper`."""
        return f"{needed}; it is {found}"

    def not_computed(self) -> str:
        """For a value that was not needed."""
        return "not computed"

    def absent(self) -> str:
        """For a value that does not apply."""
        return "not applicable"

    def open(self, value: Undecided, kind: ty.Type) -> str:
        """`not known yet (at least 12)`."""
        said = [
            words.format(self.value(bound, kind))
            for bound, words in ((value.lowest, "at least {}"), (value.highest, "at most {}"))
            if bound is not None and isinstance(kind, ty.NUMERIC)
        ]
        if all(c.kind == "fact" for c in value.causes):
            return f"not known yet ({' and '.join(said)})" if said else "not known yet"
        return f"undecided: {self.because(value.causes)}"

    def found_cause(self, cause: Cause) -> str:
        """`competitive is not known yet`."""
        what = self.path(cause.what) if cause.kind in ("fact", "absent") else self.ref(cause.what)
        return _CAUSES[cause.kind].format(what or "a figure")
