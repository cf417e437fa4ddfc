"""
From the tables of countries and regions to the libraries of code lists: `python -m grantrules.reference.code_lists`.

A programme names a list (`region is in less_developed_regions`) and never repeats its codes. The libraries in
`programs/lib/` hold the codes, so that whoever reads a programme can open them. They are written from the tables in
`data/`, and a test holds the two together: correct the table, then run this.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from grantrules.reference import tables
from grantrules.resources import RULES_SUFFIX, programs

_WITH_CROATIA = "2013-07-01"
_WITHOUT_UNITED_KINGDOM = "2020-02-01"

_COUNTRIES = """language English

-- Written from countries.csv by `python -m grantrules.reference.code_lists`.
-- Where the table comes from, and its doubts, stands beside it in `src/grantrules/reference/data/README.md`.

library lib.countries_eu "Countries of the European Union, and those that took part in COSME 2014-2020"
  tr "Avrupa Birliği ülkeleri ve COSME 2014-2020'ye katılan ülkeler"
"""

_REGIONS = """language English

-- Written from nuts2_2010_eu_region_class_2014_2020.csv by `python -m grantrules.reference.code_lists`.
--
-- The legal list stands in the annexes of Commission Implementing Decision 2014/99/EU, whose text could not be opened.
-- These classes were put together from the Commission's programme data and other sources, and agree with the published
-- totals. The remark behind each line says how sure it is:
--   whole_state         one class for the whole state
--   programme           the region has a programme of its own, of one class, or programmes that settle it
--   programme_and_gdp   the programmes show which two classes there are, the GDP per head which region has which
--   public_statement    named in a public document of the United Kingdom
--   elimination         follows from the published totals
-- Compare with the annexes before you rely on a single line in a legal matter.
-- The codes are those of NUTS 2010; Mayotte has its code of NUTS 2013. Greece is EL, and the United Kingdom UK.

library lib.regions_eu_2014_2020 "Regions of the European Union by their class in cohesion policy, 2014-2020"
  tr "Uyum politikasındaki sınıflarına göre Avrupa Birliği bölgeleri, 2014-2020"

source decision "Commission Implementing Decision 2014/99/EU"
"""


@frozen
class _CodeList:
    """The head of a code list: its name, what its codes are, its title in both languages, the source it cites."""

    name: str
    kind: str
    title: str
    title_tr: str
    source: str | None = None

    def with_lines(self, rows: Iterable[tuple[str, str, str]]) -> str:
        """The whole list: a code, its name and perhaps a remark on each line."""
        lines = [f'code list {self.name} ({self.kind}) "{self.title}"', f'  tr "{self.title_tr}"']
        if self.source:
            lines.append(f"  cites {self.source}")
        lines += [f'  {code}  "{name}"' + (f"  -- {remark}" if remark else "") for code, name, remark in rows]
        return "\n".join(lines) + "\n"


_MEMBERS_2013 = _CodeList(
    "eu_members_2013_to_2020",
    "country",
    "Member states of the European Union from 1 July 2013 to 31 January 2020",
    "1 Temmuz 2013 ile 31 Ocak 2020 arasında Avrupa Birliği üyesi ülkeler",
)
_MEMBERS_2020 = _CodeList(
    "eu_members_since_2020",
    "country",
    "Member states of the European Union since 1 February 2020",
    "1 Şubat 2020'den beri Avrupa Birliği üyesi ülkeler",
)
_IN_COSME = _CodeList(
    "cosme_third_countries",
    "country",
    "Countries outside the European Union that took part in COSME 2014-2020",
    "COSME 2014-2020'ye katılan, Avrupa Birliği üyesi olmayan ülkeler",
)
_CLASSES = {
    "less_developed": _CodeList(
        "less_developed_regions",
        "region",
        "Less developed regions, 2014-2020",
        "Az gelişmiş bölgeler, 2014-2020",
        "decision",
    ),
    "transition": _CodeList(
        "transition_regions",
        "region",
        "Transition regions, 2014-2020",
        "Geçiş bölgeleri, 2014-2020",
        "decision",
    ),
    "more_developed": _CodeList(
        "more_developed_regions",
        "region",
        "More developed regions, 2014-2020",
        "Daha gelişmiş bölgeler, 2014-2020",
        "decision",
    ),
}


def members_on(day: str) -> dict[str, str]:
    """
    The member states of the European Union on a day, or of the Communities before it, each with its name.

    Args:
        day: as 2013-07-01.  The first and the last day of membership are days of membership.
    """
    rows = ((code, name, first, last) for code, _, name, _, first, last, *_ in tables.rows("countries"))
    return {
        code: name for code, name, first, last in rows if first and first <= day and (not last or day <= last)
    }


def eu_countries() -> str:
    """The library of the member states, and of the countries outside the Union that took part in COSME."""

    def members(day: str) -> Iterable[tuple[str, str, str]]:
        return ((code, name, "") for code, name in members_on(day).items())

    joined = ((row[0], row[2], "") for row in tables.rows("countries") if row[6] == "third_country")
    return "\n".join(
        (
            _COUNTRIES,
            _MEMBERS_2013.with_lines(members(_WITH_CROATIA)),
            _MEMBERS_2020.with_lines(members(_WITHOUT_UNITED_KINGDOM)),
            _IN_COSME.with_lines(joined),
        )
    )


def eu_regions() -> str:
    """The library of the regions of level 2 in three classes."""
    found = sorted(tables.rows("nuts2_2010_eu_region_class_2014_2020"))
    lists = (
        head.with_lines((code, name, basis) for code, _, name, _, kind, basis, _ in found if kind == each)
        for each, head in _CLASSES.items()
    )
    return "\n".join((_REGIONS, *lists))


LIBRARIES = {"countries_eu": eu_countries, "regions_eu_2014_2020": eu_regions}
"""The libraries by the name of their file."""


def main() -> None:
    """Write the libraries where they ship."""
    for name, written in LIBRARIES.items():
        (programs() / "lib" / f"{name}{RULES_SUFFIX}").write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
