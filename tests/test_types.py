"""How each kind of value is called, and how one is written in a rule file and in JSON."""

from grantrules import types as ty
from grantrules.facts.leaves import example
from storing import stored

KINDS = [
    ty.YesNo(), ty.Number(), ty.Number(whole=True), ty.Money("EUR"), ty.MoneyPer("EUR", "tonne"), ty.Quantity("tonne"), ty.Rate(),
    ty.PercentagePoints(), ty.Points(), ty.Date(), ty.Moment(), ty.Year(), ty.Month(), ty.Period("months"), ty.Period("days"),
    ty.Period("hours"), ty.Period("working days"), ty.Text(), ty.Choice("size", ("small", "large")),
    ty.Choices("topics", ("heat", "water", "wind")), ty.Choice("of", ()), ty.Nace("2"), ty.Nace("2.1"), ty.Country(), ty.Region(),
    ty.Record("cost"), ty.List("cost"),
]  # fmt: skip


def test_kinds_of_values_are_called_as_stored():
    found = ""
    for kind in KINDS:
        called, written = ty.described(kind), ty.written(kind)
        found += f"{kind}\n  {called.en} / {called.tr}\n"
        found += f"  {written.en} / {written.tr}\n" if written else "  as it is declared\n"
        found += f"  {' '.join(example(kind, scale) for scale in (None, 0, 1, 2, 6))}\n"

    assert stored("kinds/called.txt", found) == found


def test_what_is_ordered_is_numeric():
    numeric = {type(kind) for kind in KINDS if isinstance(kind, ty.NUMERIC)}

    assert {type(kind) for kind in KINDS} - numeric == {
        ty.YesNo, ty.Text, ty.Choice, ty.Choices, ty.Nace, ty.Country, ty.Region, ty.Record, ty.List,
    }  # fmt: skip
