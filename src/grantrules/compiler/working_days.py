"""Calendars of working days: the holidays of the years they list, and nothing beyond."""

from __future__ import annotations

from attrs import evolve

from grantrules import calendars
from grantrules.compiler import problems as pr
from grantrules.compiler.context import Context, place
from grantrules.compiler.literals import literal
from grantrules.core import ir
from grantrules.diagnostics import LANGUAGES, Words
from grantrules.syntax import tree as syn

_COVERS = Words(
    "The calendar {name} lists the holidays from {first} to {last}, and a day outside of these years is needed",
    "{name} takvimi {first} ile {last} arasındaki tatilleri sayıyor; bunun dışında bir gün gerekiyor",
)


def declare_calendar(ctx: Context, node: syn.WorkingCalendar) -> None:
    """A calendar that deadlines name."""
    name = node.heading.named.text
    if name in ctx.calendars:
        labels = ctx.other(ctx.stated_at(ctx.calendars[name].about))
        ctx.report(pr.TwiceDeclared(span=place(node.heading), name=name, labels=labels))
        return
    years: dict[int, frozenset[int]] = {}
    for line in node.years:
        year = int(line.year.text) if line.year.text.isdigit() and len(line.year.text) == 4 else None
        if year is None or year in years:
            ctx.report(pr.CalendarYears(span=line.year.span, how="no_year" if year is None else "again"))
            continue
        years[year] = _holidays(ctx, line, year)
    missing = [year for year in range(min(years, default=0), max(years, default=0)) if year not in years]
    if missing:
        ctx.report(pr.CalendarYears(span=place(node.heading), how="gap", year=str(missing[0])))
    if not years:
        ctx.lost.add(name)
        return
    first, last = calendars.from_civil(min(years), 1, 1), calendars.from_civil(max(years), 12, 31)
    assert isinstance(first, int)
    assert isinstance(last, int)
    about = ctx.about(node.heading, "calendar")
    facts = {"name": name, "first": str(min(years)), "last": str(max(years))}
    messages = {each: _COVERS[each].format(**facts) for each in LANGUAGES} | dict(about.messages)
    ctx.calendars[name] = ir.WorkingCalendar(
        evolve(about, messages=messages), first, last, frozenset().union(*years.values())
    )


def _holidays(ctx: Context, line: syn.CalendarYear, year: int) -> frozenset[int]:
    """The holidays of a year; a day of another one, or one that stands there twice, is a slip."""
    found: set[int] = set()
    for holiday in line.days:
        day = literal(ctx, holiday.day)
        if not isinstance(day, ir.Const):
            continue
        if calendars.year_of(day.value) != year:
            ctx.report(pr.CalendarYears(span=holiday.day.span, how="other_year", year=str(year)))
        elif day.value in found:
            ctx.report(pr.CalendarYears(span=holiday.day.span, how="day_again"))
        found.add(day.value)
    return frozenset(found)
