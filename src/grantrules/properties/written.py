"""An application, or an example with what it expects, as an author would write it in a rule file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from grantrules import calendars
from grantrules import types as ty
from grantrules.core import ir
from grantrules.facts.reader import left_out
from grantrules.formats import grouped
from grantrules.properties.draft import Draft, held
from grantrules.values import number_text

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "example": "example", "like": "like", "times": "times", "absent": "absent", "unknown": "unknown", "yes": "yes",
        "no": "no", "expect": "expect", "eligible": "eligible", "not_eligible": "not eligible", "binding": "binding",
        "parameter": "with parameter", "warning": "warning", "off": "does not apply", "add": "add",
        "suggested": "suggested", "counterexample": "counterexample", "compared": "compared",
        "ranking_example": "ranking example", "of": "of", "applications": "applications", "name": "name",
        "outcome": "expect outcome", "place": "expect place", "amount": "expect amount",
    },
    "tr": {
        "example": "örnek", "like": "temeli", "times": "kere", "absent": "yok", "unknown": "bilinmiyor", "yes": "evet",
        "no": "hayır", "expect": "beklenen", "eligible": "uygun", "not_eligible": "uygun değil",
        "binding": "kesen tavan", "parameter": "şu parametreyle", "warning": "uyarı", "off": "kapsam dışı", "add": "ek",
        "suggested": "önerilen", "counterexample": "karşı_örnek", "compared": "karşılaştırılan",
        "ranking_example": "sıralama örneği", "of": "sıralaması", "applications": "başvurular", "name": "adı",
        "outcome": "beklenen sonuç", "place": "beklenen sıra", "amount": "beklenen tutar",
    },
}  # fmt: skip
_UNITS = {
    "en": {"months": "months", "days": "days", "hours": "hours", "working days": "working days"},
    "tr": {"months": "ay", "days": "gün", "hours": "saat", "working days": "iş günü"},
}


def example(
    draft: Draft,
    name: str,
    *,
    like: tuple[str, Mapping[str, Any]] | None = None,
    settings: Mapping[str, str] | None = None,
    expects: Sequence[str] = (),
) -> str:
    """
    An example in the words of the programme's language.

    Args:
        draft: its application.
        name: its name.
        like: the name of an example it is like, and the raw values there: only what differs is written.
        settings: parameters to set, with their values as written.
        expects: what is expected, each as it stands after the word `expect`.
    """
    words = WORDS[draft.program.language]
    lines = [f"{_added(draft.program)}{words['example']} {name}"]
    if like is not None:
        lines.append(f"  {words['like']} {like[0]}")
    lines += [f"  {words['parameter']} {name} {value}" for name, value in (settings or {}).items()]
    lines += _facts(draft, None if like is None else like[1])
    lines += [f"  {words['expect']} {each}" for each in expects]
    return "\n".join(lines) + "\n"


def ranking_example(
    program: ir.Program,
    name: str,
    example: ir.RankingExample,
    ranking: str,
    drafts: Mapping[str, Draft],
    *,
    settings: Mapping[str, str],
    expects: Mapping[str, Mapping[str, str]],
    last: str,
) -> str:
    """
    An example of a ranking in the words of the programme's language.

    Args:
        name: its name.
        example: the one whose applications it has.
        ranking: the name of the ranking.
        drafts: the applications by their names.
        settings: parameters to set, with their values as written.
        expects: what is expected of each application as written, by the heading of the column.
        last: the last line, about all applications; may be empty.
    """
    words = WORDS[program.language]
    fields = {each.name: each for each in program.application.fields}
    table: list[list[str]] = []
    for one in example.applications:
        own = {each: value(program, fields[each], drafts[one.name].data[each]) for each in one.own}
        like = {} if one.like is None else {words["like"]: one.like}
        row = {words["name"]: one.name, **like, **own, **expects.get(one.name, {})}
        table += [list(row)] if not table else []
        table.append(list(row.values()))
    lines = [f"{_added(program)}{words['ranking_example']} {name}", f"  {words['of']} {ranking}"]
    lines += [f"  {words['parameter']} {each} {shown}" for each, shown in settings.items()]
    lines += [f"  {words['applications']}", *_aligned(table)]
    lines += [f"  {last}"] if last else []
    return "\n".join(lines) + "\n"


def _aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, its columns below one another."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        yield "    " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()


def _added(program: ir.Program) -> str:
    """The word before a statement that an amendment adds."""
    amends = any(each.kind == "amendment" for each in program.texts[:1])
    return f"{WORDS[program.language]['add']} " if amends else ""


def can_be_written(draft: Draft) -> bool:
    """Whether an example can hold an application: the rows of a table have no lists of their own."""
    program = draft.program
    types = [each.type for each in program.application.fields]
    records = [each.record for each in types if isinstance(each, ty.List)]
    records += [each.name for each in types if isinstance(each, ty.Record)]
    inner = [each.type for name in records for each in program.records[name].fields]
    return not any(isinstance(each, ty.List | ty.Record) for each in inner)


def _facts(draft: Draft, like: Mapping[str, Any] | None) -> Iterator[str]:
    program = draft.program
    single = [each for each in program.application.fields if not isinstance(each.type, ty.List | ty.Record)]
    shown = [each for each in single if _is_written(each, draft.data[each.name], like)]
    width = max((len(each.name) for each in shown), default=0)
    for each in shown:
        yield f"  {each.name.ljust(width)}  {value(program, each, draft.data[each.name])}"
    for each in program.application.fields:
        raw = draft.data[each.name]
        if isinstance(each.type, ty.List) and _is_written(each, raw, like):
            yield from _table(program, each, program.records[each.type.record], raw)
        elif isinstance(each.type, ty.Record) and _is_written(each, raw, like):
            rows = [raw] if isinstance(raw, dict) else raw
            yield from _table(program, each, program.records[each.type.name], rows)


def _is_written(each: ir.FieldDef, raw: Any, like: Mapping[str, Any] | None) -> bool:
    if like is not None:
        return bool(raw != like[each.name])
    return not (raw is None or raw is ir.UNKNOWN or (each.default is not ir.UNKNOWN and raw == each.default))


def _table(program: ir.Program, each: ir.FieldDef, record: ir.RecordDef, rows: Any) -> Iterator[str]:
    words = WORDS[program.language]
    if not isinstance(rows, list) or not rows:
        yield f"  {each.name} {words['unknown'] if rows is ir.UNKNOWN else words['absent']}"
        return
    columns = [
        f for f in record.fields if not isinstance(f.type, ty.List | ty.Record) and _is_column(f, rows)
    ]
    if not columns:
        yield f"  {each.name} {words['unknown']}"
        return
    cells: list[list[str]] = []
    counts: list[int] = []
    for row in rows:
        line = [value(program, field, row[field.name]) for field in columns]
        if cells and cells[-1] == line:
            counts[-1] += 1
        else:
            cells.append(line)
            counts.append(1)
    table = [[field.name for field in columns], *cells]
    if any(count > 1 for count in counts):
        table = [[words["times"], *table[0]], *([str(n), *c] for n, c in zip(counts, cells, strict=True))]
    yield f"  {each.name}"
    yield from _aligned(table)


def _is_column(each: ir.FieldDef, rows: Sequence[Mapping[str, Any]]) -> bool:
    nothing = left_out(each)
    return any(row[each.name] is not nothing and row[each.name] != nothing for row in rows)


def value(program: ir.Program, each: ir.FieldDef, raw: Any) -> str:
    """A raw value as it is written in an example."""
    words = WORDS[program.language]
    if raw is None:
        return words["absent"]
    if raw is ir.UNKNOWN:
        return words["unknown"]
    return literal(program, each.type, held(each, raw))


def literal(  # noqa: C901 - One arm for each type.
    program: ir.Program, kind: ty.Type, known: Any
) -> str:
    """A value as it is written in a rule file."""
    words, turkish = WORDS[program.language], program.language == "tr"
    match kind:
        case ty.YesNo():
            return words["yes" if known else "no"]
        case ty.Money(currency):
            return f"{_grouped(known, 2)} {currency}"
        case ty.MoneyPer(currency, unit):
            amount = f"{_grouped(known, 0)} {currency}"
            return f"{unit} başına {amount}" if turkish else f"{amount} per {unit}"
        case ty.Quantity(unit):
            return f"{_grouped(known, 0)} {unit}"
        case ty.Rate():
            percent = number_text(100 * Fraction(known))
            return f"%{percent}" if turkish else f"{percent}%"
        case ty.PercentagePoints():
            return f"{number_text(100 * Fraction(known))} {'yüzde puan' if turkish else 'percentage points'}"
        case ty.Points():
            return f"{number_text(known)} {'puan' if turkish else 'points'}"
        case ty.Number():
            return _grouped(known, 0)
        case ty.Year():
            return str(known)
        case ty.Date():
            return calendars.iso_date(known)
        case ty.Moment():
            return _moment(program, known)
        case ty.Month():
            month = calendars.iso_month(known)
            return f"{month} ayı" if turkish else f"month {month}"
        case ty.Period(unit):
            return _period(known, unit, program.language)
        case ty.Choices(_, listed):
            return ", ".join(each for each in listed if each in known) or words["absent"]
        case ty.Nace():
            return f"NACE {known}"
        case _:
            return str(known)


def _grouped(number: Fraction, least: int) -> str:
    whole, _, decimals = number_text(number).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    groups = grouped(digits)
    decimals = decimals.ljust(least, "0") if decimals else ""
    return f"{sign}{groups}" + (f".{decimals}" if decimals else "")


def _moment(program: ir.Program, epoch: int) -> str:
    zone = calendars.zone(program.zone)
    if zone is None:
        raise ValueError(f"no zone {program.zone}")
    day, seconds = calendars.local_time(epoch, zone)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    return f"{calendars.iso_date(day)} {clock}"


def _period(count: int, unit: str, language: str) -> str:
    if unit == "months" and count % 12 == 0:
        years = count // 12
        return f"{years} yıl" if language == "tr" else f"{years} year{'' if years == 1 else 's'}"
    written = _UNITS[language][unit]
    return f"{count} {written[:-1] if count == 1 and language == 'en' else written}"
