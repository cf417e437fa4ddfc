"""The libraries that come with the package: each by itself, and through programmes that use them."""

import pytest

import grantrules as gr
from grantrules import resources
from grantrules.reference.tables import rows

LIBRARIES = sorted((resources.programs() / "lib").glob("*.rules"))


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_a_library_has_no_mistake_and_its_examples_hold(path):
    assert gr.check(path) == ()
    library = gr.load(path)
    results = library.run_examples()
    only_codes = not library.core.body and not library.core.computed
    assert results or only_codes
    assert all(result.passed for result in results)


@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_a_library_has_a_title_in_both_languages(path):
    library = gr.load(path)

    assert library.title("en") != library.title("tr")


SME_EU = """language English

programme eu.sme_test "SMEs only"
  currency EUR

use lib.sme_eu: eu_enterprise, is_eu_sme, is_eu_small, is_eu_micro

application
  company eu_enterprise

require sme "An SME"
  company's is_eu_sme

result small = company's is_eu_small

result micro = company's is_eu_micro
"""


def company(employees: str, turnover: int, balance: int, *related: tuple[str, str, int]) -> dict[str, object]:
    return {
        "company": {
            "employees": employees,
            "turnover": f"{turnover}.00",
            "balance_sheet": f"{balance}.00",
            "related": [
                {
                    "relation": relation,
                    "share": share,
                    "its_employees": str(staff),
                    "its_turnover": "0.00",
                    "its_balance_sheet": "0.00",
                }
                for relation, share, staff in related
            ],
        }
    }


@pytest.mark.parametrize(
    ("given", "sme", "small", "micro"),
    [
        (company("9.9", 2_000_000, 9_000_000), True, True, True),
        (company("10", 2_000_000, 2_000_000), True, True, False),
        (company("49", 10_000_001, 10_000_000), True, True, False),
        (company("49", 10_000_001, 10_000_001), True, False, False),
        (company("249.9", 50_000_000, 90_000_000), True, False, False),
        (company("249", 50_000_001, 43_000_000), True, False, False),
        (company("249", 50_000_001, 43_000_001), False, False, False),
        (company("250", 1, 1), False, False, False),
        (company("100", 1, 1, ("linked", "51%", 150)), False, False, False),
        (company("100", 1, 1, ("partner", "49%", 300)), True, False, False),
        (company("100", 1, 1, ("partner", "50%", 300)), False, False, False),
        (company("100", 1, 1, ("partner", "24.9%", 3000)), True, False, False),
    ],
)
def test_an_sme_of_the_union_with_its_group(given, sme, small, micro):
    decision = gr.compile(SME_EU).decide(given)

    assert decision.eligible is sme
    assert (decision.results["small"], decision.results["micro"]) == (small, micro)


@pytest.mark.parametrize("share", ["51%", "25%"])
def test_what_linked_enterprises_have_is_added(share):
    """All of it if they are linked, by the share if they are partners: people, turnover and balance sheet alike."""
    text = SME_EU.replace(
        "eu_enterprise, is_eu_sme",
        "eu_enterprise, group_employees, group_turnover, group_balance_sheet, is_eu_sme",
    )
    for what in ("employees", "turnover", "balance_sheet"):
        text += f"\nresult all_{what} = company's group_{what}\n"
    relation = "linked" if share == "51%" else "partner"
    given = company("10", 1_000, 2_000, (relation, share, 40))
    given["company"]["related"][0] |= {"its_turnover": "400.00", "its_balance_sheet": "800.00"}
    results = gr.compile(text).decide(given).results

    of_it = 1 if relation == "linked" else 4
    assert results["all_employees"] == 10 + 40 // of_it
    assert results["all_turnover"] == gr.Money(1_000 + 400 // of_it, "EUR")
    assert results["all_balance_sheet"] == gr.Money(2_000 + 800 // of_it, "EUR")


def test_an_enterprise_of_public_bodies_is_no_sme():
    given = company("9", 1, 1)
    given["company"]["publicly_controlled"] = True

    assert gr.compile(SME_EU).decide(given).eligible is False


SME_TR = """language English

programme tr.sme_test "SMEs only"
  currency TRY
  rules as of submitted

use lib.sme_tr: enterprise, is_sme

application
  submitted date
  company   enterprise

require sme "An SME"
  company's is_sme
"""


@pytest.mark.parametrize(
    ("day", "millions", "eligible"),
    [
        ("2022-03-17", 125, True),
        ("2022-03-17", 126, False),
        ("2022-03-18", 250, True),
        ("2023-05-24", 251, False),
        ("2023-05-25", 500, True),
        ("2025-08-05", 501, False),
        ("2025-08-06", 1000, True),
    ],
)
def test_the_ceiling_of_the_day_holds(day, millions, eligible):
    facts = {"employees": 249, "turnover": f"{millions}000000.00", "balance_sheet": f"{millions}000000.00"}
    decision = gr.compile(SME_TR).decide({"submitted": day, "company": facts})

    assert decision.eligible is eligible


def test_a_day_without_a_known_ceiling_is_not_decided():
    facts = {"employees": 9, "turnover": "1.00", "balance_sheet": "1.00"}
    decision = gr.compile(SME_TR).decide({"submitted": "2018-06-23", "company": facts})

    assert decision.eligible is None


def test_every_division_of_nace_is_in_one_section():
    sections = gr.load(resources.programs() / "lib" / "nace_sections.rules").core.codes
    divisions = {row[0] for row in rows("nace_rev2") if row[1] == "2"}

    listed = [code for codes in sections.values() for code in codes.codes]
    assert len(sections) == 21
    assert sorted(listed) == sorted(divisions)
