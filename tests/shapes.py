"""Shapes of applications, built by hand: what the tests of reading read."""

from random import Random
from typing import Any

from grantrules import types as ty
from grantrules.core import ir
from grantrules.core.ir import UNKNOWN, ChoiceDef, FieldDef, Program, RecordDef
from grantrules.source import Source

KINDS = (
    "firm", "university", "chamber", "local_authority", "special_administration", "technology_zone", "free_zone",
    "industrial_zone", "exporters_union", "industry_region", "association", "foundation", "cooperative", "other_body",
)  # fmt: skip
CATEGORIES = (
    "personnel", "travel", "machinery", "software_hardware", "consultancy_services", "consumables", "works",
    "overheads", "other",
)  # fmt: skip
AREAS = ("coordination", "factor_conditions", "productivity", "innovation")


def asked(name: str, kind: ty.Type, scale: int | None = None, **more: Any) -> FieldDef:
    return FieldDef(name, kind, scale=scale, **more)


def programme(
    *fields: FieldDef,
    records: dict[str, tuple[FieldDef, ...]] | None = None,
    choices: dict[str, ChoiceDef] | None = None,
    zone: str = "Europe/Istanbul",
) -> Program:
    """A programme that asks for these facts, and decides nothing."""
    return Program(
        about=ir.About("test.shape", "programme", {"en": "A shape"}),
        source=Source("shape.rules", ""),
        language="en",
        authority=None,
        currency="TRY",
        zone=zone,
        month_end="refused",
        nace="2",
        as_of=None,
        application=RecordDef("application", fields, {"en": "Application"}),
        records={name: RecordDef(name, inner) for name, inner in (records or {}).items()},
        choices=choices or {},
        codes={},
        parameters={},
        computed=(),
        body=(),
        scores=(),
        results=(),
        indicators=(),
        examples=(),
        invariances=(),
        slots=0,
    )


def kdp() -> Program:
    """The application of the 2023 cluster call."""
    return programme(
        asked("submitted", ty.Moment(), 0),
        asked("channel", ty.Choice("channel", ("online", "paper"))),
        asked("main_sector", ty.Nace("2")),
        asked("activity_areas", ty.Choices("activity_areas", AREAS)),
        asked("members", ty.List("member"), maximum=2000),
        asked("costs", ty.List("cost"), maximum=5000),
        asked("duration", ty.Period("months"), 0),
        asked("extension", ty.Period("months"), 0, default=0),
        asked("extension_approved", ty.YesNo(), default=False, decided_by={"en": "the Ministry"}),
        asked("competitive", ty.YesNo(), decided_by={"en": "the evaluation committee"}),
        asked("nationally_important", ty.YesNo(), decided_by={"en": "the evaluation committee"}),
        records={
            "member": (
                asked("kind", ty.Choice("member.kind", KINDS)),
                asked("in_manufacturing", ty.YesNo(), default=False),
            ),
            "cost": (
                asked("category", ty.Choice("cost.category", CATEGORIES)),
                asked("amount", ty.Money("TRY"), 2, minimum=0, titles={"en": "Amount", "tr": "Tutar"}),
                asked("project_related", ty.YesNo()),
                asked("renovation_only", ty.YesNo(), default=False),
                asked("domestic", ty.YesNo(), default=False),
            ),
        },
    )


def every_type() -> Program:
    """A field of every type, alone and in the rows of a list inside a list."""
    inner = {
        "item": (
            asked("price", ty.Money("TRY"), 2),
            asked("day", ty.Date(), 0, optional=True),
            asked("note", ty.Text(), optional=True),
            asked("pieces", ty.Number(whole=True), 0, default=1),
        ),
        "company": (
            asked("name", ty.Text()),
            asked("sector", ty.Nace("2.1")),
            asked("items", ty.List("item"), minimum=0, maximum=5),
            asked("share", ty.Rate(), 8, minimum=0, maximum=10**8),
        ),
        "place": (asked("country", ty.Country()), asked("region", ty.Region(), optional=True)),
    }
    return programme(
        asked("agreed", ty.YesNo()),
        asked("jobs", ty.Number(whole=True), 0, minimum=0, maximum=1000),
        asked("factor", ty.Number(), 6),
        asked("turnover", ty.Money("EUR"), 2, minimum=-(10**10)),
        asked("yen", ty.Money("JPY"), 0),
        asked("price", ty.MoneyPer("TRY", "tonne"), 6, minimum=0),
        asked("weight", ty.Quantity("tonne"), 6, minimum=0),
        asked("rate", ty.Rate(), 8),
        asked("bonus", ty.PercentagePoints(), 8),
        asked("score", ty.Points(), 6),
        asked("day", ty.Date(), 0, minimum=730_000),
        asked("at", ty.Moment(), 0),
        asked("year", ty.Year(), 0),
        asked("month", ty.Month(), 0),
        asked("length", ty.Period("months"), 0, maximum=84),
        asked("leave", ty.Period("days"), 0),
        asked("hours", ty.Period("hours"), 0),
        asked("deadline", ty.Period("working days"), 0),
        asked("name", ty.Text()),
        asked("stage", ty.Choice("stage", ("idea", "developing", "mature"))),
        asked("areas", ty.Choices("areas", AREAS)),
        asked("sector", ty.Nace("2")),
        asked("country", ty.Country()),
        asked("region", ty.Region()),
        asked("seat", ty.Record("place")),
        asked("companies", ty.List("company"), minimum=1, maximum=4),
        asked("remark", ty.Text(), optional=True),
        asked("extra", ty.Money("TRY"), 2, default=0),
        records=inner,
        choices={
            "stage": ChoiceDef(
                {
                    "idea": {"tr": "Fikir"},
                    "developing": {"tr": "Gelişen", "en": "Growing"},
                    "mature": {"tr": "Olgun"},
                },
                {"gelisme": "developing", "olgunluk": "mature"},
            )
        },
    )


def complete() -> dict[str, Any]:
    """A complete application to `every_type`, as from JSON."""
    return {
        "agreed": True,
        "jobs": 12,
        "factor": "2.5",
        "turnover": "-1500.50",
        "yen": "1500",
        "price": "12.345678",
        "weight": "0.5",
        "rate": "70%",
        "bonus": "15",
        "score": "40.5",
        "day": "2023-09-04",
        "at": "2023-09-04T14:30:00+03:00",
        "year": 2023,
        "month": "2023-09",
        "length": "P5Y",
        "leave": "P30D",
        "hours": "PT36H",
        "deadline": "10 working days",
        "name": "Çelik İş",
        "stage": "developing",
        "areas": ["innovation", "coordination"],
        "sector": "32.50",
        "country": "TR",
        "region": "TR521",
        "seat": {"country": "DE"},
        "companies": [
            {
                "name": "Bir",
                "sector": "26.11",
                "items": [
                    {"price": "10.00", "day": "2024-02-29"},
                    {"price": "0.50", "note": "x", "pieces": 3},
                ],
                "share": "12.5%",
            },
            {"name": "İki", "sector": "C", "items": [], "share": "%100"},
        ],
    }


def cluster(random: Random) -> dict[str, Any]:
    """A good application to `kdp`, as from JSON."""
    return {
        "submitted": random.choice(("2023-10-16T10:30:00+03:00", "2023-10-16 10:30", "2023-12-04T20:59:59Z")),
        "channel": random.choice(("online", "paper")),
        "main_sector": random.choice(("26", "28.99", "3250", "C")),
        "activity_areas": random.sample(AREAS, random.randrange(5)),
        "members": [_member(random) for _ in range(random.randrange(5))],
        "costs": [_cost(random) for _ in range(random.randrange(5))],
        "duration": random.choice(("P5Y", "P18M", "P4Y6M")),
        **random.choice(({}, {"extension": "P0Y"}, {"extension": "P6M", "extension_approved": True})),
        "competitive": random.random() < 0.5,
        "nationally_important": random.random() < 0.5,
    }


def _member(random: Random) -> dict[str, Any]:
    more = random.choice(({}, {"in_manufacturing": True}, {"in_manufacturing": False}))
    return {"kind": random.choice(KINDS), **more}


def _cost(random: Random) -> dict[str, Any]:
    amount = random.choice(("0.05", "1200000.00", "15", "7.5", "999999999999999999.99", 12))
    return {
        "amount": amount,
        "category": random.choice(CATEGORIES),
        "project_related": True,
        **random.choice(({}, {"domestic": True}, {"renovation_only": False, "domestic": False})),
    }


__all__ = [
    "AREAS",
    "CATEGORIES",
    "KINDS",
    "UNKNOWN",
    "asked",
    "cluster",
    "complete",
    "every_type",
    "kdp",
    "programme",
]
