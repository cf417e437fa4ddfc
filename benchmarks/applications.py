"""Applications to the 2023 cluster call: a realistic one, random ones, and ones made to bring out a wrong cent.

All are mappings as a portal would send them, with texts for dates and amounts. The same seed gives the same
applications on every system.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Application = dict[str, Any]
Line = dict[str, Any]

LARGEST = 10**20 - 1  # In cents: eighteen digits before the point, the most that is accepted.

CATEGORIES = (
    "personnel",
    "travel",
    "machinery",
    "software_hardware",
    "consultancy_services",
    "consumables",
    "works",
    "overheads",
    "other",
)
FURTHER_MEMBERS = ("university", "chamber", "association")
SECTORS = ("26", "28.99", "32.50", "10.11", "20")
AREAS = ("coordination", "factor_conditions", "productivity", "innovation")


def money(cents: int) -> str:
    """
    An amount as it is written in an application.

    >>> money(5)
    '0.05'
    """
    return f"{cents // 100}.{cents % 100:02d}"


def line(
    category: str,
    cents: int,
    *,
    domestic: bool = False,
    renovation_only: bool = True,
    project_related: bool = True,
) -> Line:
    """A cost line. Machinery alone is asked whether it is domestic, and works alone whether they renovate."""
    asked = {"machinery": {"domestic": domestic}, "works": {"renovation_only": renovation_only}}
    return {
        "category": category,
        "amount": money(cents),
        "project_related": project_related,
        **asked.get(category, {}),
    }


def members(firms: int, manufacturers: int) -> list[dict[str, Any]]:
    """So many firms, the first of them manufacturers, and three bodies that may join them."""
    return [{"kind": "firm", "in_manufacturing": number < manufacturers} for number in range(firms)] + [
        {"kind": kind} for kind in FURTHER_MEMBERS
    ]


def application(costs: list[Line], **facts: Any) -> Application:
    """An eligible application of 24 members with these costs, but for the facts that are given."""
    return {
        "submitted": "2023-10-16T10:30:00+03:00",
        "channel": "online",
        "main_sector": "26",
        "activity_areas": ["coordination", "innovation"],
        "members": members(firms=21, manufacturers=17),
        "costs": costs,
        "duration": "P5Y",
        "extension": "P0Y",
        "extension_approved": False,
        "competitive": True,
        "nationally_important": True,
    } | facts


def realistic() -> Application:
    """The application that is timed: 24 members and 30 cost lines, the ceiling on works and the bonus at work."""
    amounts = (120_000_000, 86_400_050, 5_525_075, 245_000_000, 31_099_999, 74_250_000, 9_876_543, 199_990)
    costs = []
    for number in range(30):
        category = CATEGORIES[number % 8]
        amount = amounts[(number * 5 + number // 8) % 8] + number * 1_237
        costs.append(line(category, amount, domestic=number % 3 == 1))
    costs[29] |= {"category": "other"}
    costs[17] |= {"project_related": False}
    return application(costs)


def many_trips(project: Application, number: int) -> Application:
    """A project of the UR-GE communiqué with so many programmes abroad: its own again and again, each with its invoices."""
    trips, invoices = project["programmes_abroad"], project["programme_expenses"]
    rounds = range(-(-number // len(trips)))
    again = [trip | {"id": f"{trip['id']} {n}"} for n in rounds for trip in trips][:number]
    kept = {trip["id"] for trip in again}
    paid = [each | {"programme": f"{each['programme']} {n}"} for n in rounds for each in invoices]
    return project | {
        "programmes_abroad": again,
        "programme_expenses": [each for each in paid if each["programme"] in kept],
    }


# ------------------------------------------------------------------------------------------------ random ones

# The first and the last moment of the call, and those beside them: in three ways to write one moment.
MIDNIGHTS = {
    True: (
        "2023-09-04T00:00:00+03:00",
        "2023-09-03T21:00:00Z",
        "2023-12-04T23:59:59+03:00",
        "2023-12-04T22:59:59+02:00",
    ),
    False: (
        "2023-09-03T23:59:59+03:00",
        "2023-09-03T20:59:59Z",
        "2023-12-05T00:00:00+03:00",
        "2023-12-04T21:00:00Z",
    ),
}


def random_applications(count: int, seed: int = 2023) -> Iterator[Application]:
    """Applications of 24 members and 30 lines or so. About half are eligible; the others fail one rule or several."""
    random = Random(seed)
    for _ in range(count):
        yield random_application(random)


def random_application(random: Random) -> Application:
    """One application in which each fact is most often in order."""
    firms = random.choice((19, 20, 20, 21, 21, 21, 21, 22, 23, 24))
    half = firms // 2
    in_order = random.random() < 0.7  # The facts below that would each fail a rule now and then.
    day, hour = (
        random.choice(("09-04", "10-16", "11-30", "12-04") if in_order else ("09-03", "12-05")),
        "10:30:00",
    )
    return application(
        [random_line(random) for _ in range(random.randint(24, 36))],
        members=members(firms, manufacturers=random.choice((half, half + 1, half + 2, firms - 2, firms))),
        submitted=random.choice((f"2023-{day}T{hour}+03:00", f"2023-{day}T{hour}Z", *MIDNIGHTS[in_order])),
        channel="online" if in_order or random.random() < 0.9 else "paper",
        main_sector=random.choice(SECTORS),
        activity_areas=random.sample(AREAS, random.randint(in_order, 4)),
        duration=random.choice(("P3Y", "P4Y6M", "P5Y", "P5Y", "P60M") if in_order else ("P5Y", "P5Y1M")),
        extension=random.choice(("P0Y", "P0Y", "P1Y", "P2Y") if in_order else ("P0Y", "P25M")),
        extension_approved=in_order or random.random() < 0.7,
        competitive=in_order or random.random() < 0.9,
        nationally_important=in_order or random.random() < 0.9,
    )


def random_line(random: Random) -> Line:
    """A line of some category, of a few lira or some million."""
    return line(
        random.choice(CATEGORIES),
        random.randrange(10 ** random.randint(3, 10)),
        project_related=random.random() < 0.95,
        renovation_only=random.random() < 0.7,
        domestic=random.random() < 0.4,
    )


# ------------------------------------------------------------------------------------------------ adversarial ones


def adversarial_applications(count: int = 1_000, seed: int = 70) -> Iterator[Application]:
    """Eligible applications whose grant stands on, or a hair beside, the place where rounding decides."""
    random = Random(seed)
    for number in range(count):
        yield application(TRAPS[number % len(TRAPS)](random))


def _half_cent_ties(random: Random) -> list[Line]:
    """70% of an amount that ends in 5 cents ends in half a cent, as does 85% of one that ends in 10."""
    return [
        line("personnel", random.randrange(10**9) * 10 + 5),
        line("machinery", random.randrange(10**9) * 20 + 10 * random.randrange(2), domestic=True),
        *_nothing(random),
    ]


def _whole_cents(random: Random) -> list[Line]:
    """A grant that is a whole number of cents, which a binary fraction misses to either side."""
    return [
        line("travel", random.randrange(1, 10**8) * 10),
        line("machinery", random.randrange(10**8) * 20, domestic=True),
    ]


def _just_below_a_cent(random: Random) -> list[Line]:
    """Nine tenths, or nineteen twentieths, of a cent more than the grant: down is down."""
    return [
        line("consumables", random.randrange(10**9) * 10 + 7),
        line("machinery", random.randrange(10**9) * 20 + 7, domestic=True),
    ]


def _largest_digits(random: Random) -> list[Line]:
    """Thirty lines of the largest amount that is accepted, or all but a few cents of it."""
    return [
        line(
            random.choice(CATEGORIES[:-1]), LARGEST - random.randrange(1_000), domestic=random.random() < 0.5
        )
        for _ in range(30)
    ]


def _large_beside_small(random: Random) -> list[Line]:
    """Cents that a floating point sum loses beside an amount of eighteen digits."""
    return [line("overheads", LARGEST), *(line("personnel", random.randrange(1, 10)) for _ in range(29))]


def _works_at_the_ceiling(random: Random) -> list[Line]:
    """Works of exactly 5% of the budget, a cent less, and a cent more, on one line or two."""
    nineteenth = random.randrange(1, 10**9)
    works = max(nineteenth + random.choice((-1, 0, 1)), 0)
    first = random.randrange(works + 1)
    return [line("works", first), line("works", works - first), line("personnel", nineteenth * 19)]


def _works_cut_to_a_fraction(random: Random) -> list[Line]:
    """Works far above a ceiling that is itself a fraction of a cent, beside lines that only widen the budget."""
    return [
        *(line("works", random.randrange(1, 10**8)) for _ in range(random.randint(1, 7))),
        line("personnel", random.randrange(10**7)),
        line("other", random.randrange(10**7)),
        line("travel", random.randrange(10**7), project_related=False),
    ]


def _next_to_nothing(random: Random) -> list[Line]:
    """A few cents in all, or nothing: a grant of zero is a grant."""
    return [
        line(random.choice(CATEGORIES), random.randrange(4), domestic=True)
        for _ in range(random.randint(1, 30))
    ]


def _ceiling_and_bonus_together(random: Random) -> list[Line]:
    """Everything at once, with odd cents on every line, and a certificate of origin where it earns nothing."""
    return [
        line(random.choice(CATEGORIES), random.randrange(10**9) * 2 + 1) | {"domestic": random.random() < 0.5}
        for _ in range(30)
    ]


def _nothing(random: Random) -> list[Line]:
    return [line("consumables", 0) for _ in range(random.randrange(3))]


TRAPS: tuple[Callable[[Random], list[Line]], ...] = (
    _half_cent_ties,
    _whole_cents,
    _just_below_a_cent,
    _largest_digits,
    _large_beside_small,
    _works_at_the_ceiling,
    _works_cut_to_a_fraction,
    _next_to_nothing,
    _ceiling_and_bonus_together,
)
