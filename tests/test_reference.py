"""The shipped lists are whole, and codes are read in every way people write them."""

import csv
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pace
from grantrules import resources
from grantrules.reference import code_lists, countries, currencies, nace, regions, tables
from grantrules.reference.codes import CodeSlip, Reason

REVISIONS = ("2", "2.1")
ALL_CODES = {
    revision: [code for level in range(1, 6) for code in nace.codes(revision, level)]
    for revision in REVISIONS
}


def codes(revision="2"):
    return st.sampled_from(ALL_CODES[revision])


def revisions():
    return st.sampled_from(REVISIONS)


@pytest.mark.parametrize("file", sorted(tables._FOLDER.glob("*.csv")), ids=lambda each: each.stem)
def test_a_table_is_read_from_its_first_row_to_its_last(file):
    """The header is no row, and no row is left out."""
    lines = file.read_text(encoding="utf-8").splitlines()
    rows = tables.rows(file.stem)

    assert len(rows) == len(lines) - 1
    assert [rows[0][0], rows[-1][0]] == [next(csv.reader([line]))[0] for line in (lines[1], lines[-1])]


# -------------------------------------------------------------------------------------------- NACE: the lists


@pytest.mark.parametrize(("revision", "counts"), [("2", [21, 88, 272, 615]), ("2.1", [22, 87, 287, 651])])
def test_the_classifications_are_whole(revision, counts):
    """The published counts of sections, divisions, groups and classes."""
    assert counts == [len(nace.codes(revision, level)) for level in range(1, 5)]


def test_every_turkish_activity_stands_under_a_class_and_every_class_has_one():
    """But three, which Türkiye put into a section of its own."""
    activities = nace.codes("2", nace.NATIONAL)
    homeless = [code for code in activities if not nace.known(code[:5], "2")]

    assert len(activities) == 2258
    assert homeless == ["66.13.01", "66.13.02", "66.13.03"]
    assert all(nace.children(code, "2") for code in nace.codes("2", nace.CLASS))
    assert nace.codes("2.1", nace.NATIONAL) == ()


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_code_hangs_under_the_one_above_it(revision):
    above = {child: code for code in ["", *ALL_CODES[revision]] for child in nace.children(code, revision)}

    for code in ALL_CODES[revision]:
        if code.startswith("66.13"):
            continue
        assert nace.level(code) == (nace.level(above[code]) + 1 if above[code] else 1)
        assert nace.is_within(code, above[code] or code, revision)


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("language", ["en", "tr"])
def test_every_code_has_a_title(revision, language):
    assert all(nace.title(code, revision, language) for code in ALL_CODES[revision])


@pytest.mark.parametrize(
    ("code", "revision", "language", "title"),
    [
        ("32.50", "2", "en", "Manufacture of medical and dental instruments and supplies"),
        ("32.50", "2", "tr", "Tıbbi ve dişçilik ile ilgili araç ve gereçlerin imalatı"),
        ("C", "2", "en", "MANUFACTURING"),
        ("K", "2", "en", "FINANCIAL AND INSURANCE ACTIVITIES"),
        ("L", "2.1", "tr", "FINANCIAL AND INSURANCE ACTIVITIES"),
        ("99.98", "2", "en", None),
        ("99.98.97", "2", "tr", None),
        ("32.50.13", "2.1", "tr", None),
    ],
)
def test_a_title_is_the_published_one(code, revision, language, title):
    """Rev. 2.1 has no Turkish titles, so the English one is given."""
    assert title == nace.title(code, revision, language)


def test_every_code_is_linked_to_the_other_revision_but_the_one_eurostat_names():
    unlinked = [
        code
        for revision in REVISIONS
        for code in ALL_CODES[revision]
        if not nace.equivalents(code, revision) and not code.startswith("66.13")
    ]

    assert unlinked == ["46.89"]


@given(codes("2.1"))
def test_links_go_both_ways(code):
    assert all(code in nace.equivalents(older, "2") for older in nace.equivalents(code, "2.1"))


# ---------------------------------------------------------------------------------------------- NACE: reading


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3250", "32.50"),
        ("32.50", "32.50"),
        ("32.5", "32.5"),
        ("325", "32.5"),
        ("32", "32"),
        ("32.50.13", "32.50.13"),
        ("325013", "32.50.13"),
        ("C", "C"),
        ("01", "01"),
        ("0111", "01.11"),
    ],
)
def test_a_code_is_understood_with_and_without_dots(text, code):
    assert code == nace.normalise(text, "2")


@given(st.data(), revisions())
def test_every_code_is_understood_in_both_forms(data, revision):
    code = data.draw(codes(revision))

    assert code == nace.normalise(code, revision) == nace.normalise(code.replace(".", ""), revision)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("2", ("02",)),
        ("1.11", ("01.11",)),
        ("c", ("C",)),
        ("C32.50", ("32.50",)),
        ("32,50", ("32.50",)),
        ("32.50 ", ("32.50",)),
        ("32.500", ("32.50",)),
        ("32.50.1", ("32.50",)),
        ("32.5013", ("32.50.13",)),
        ("٣٢٥٠", ()),
        ("", ()),
        ("steel", ()),
        ("3" * 1_000_000, ()),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_is_not_written_as_a_code_is_refused_and_repaired_only_as_a_suggestion(text, near):
    """A 2 is no division: in a list of prefixes it would stand for a quarter of the economy."""
    assert nace.normalise(text, "2") == CodeSlip(Reason.MALFORMED, near)


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [
        ("32.51", "32.50"),
        ("23.50", "23.51"),
        ("111", "01.11"),
        ("32.50.99", "32.50.90"),
        ("23.05", "23.65"),
        ("26.99", "26"),
        ("2350", "23.51"),
        ("99.99", "99"),
        ("40.11", None),
        ("W", None),
    ],
)
def test_an_unknown_code_leads_to_near_ones(text, likeliest):
    slip = nace.normalise(text, "2")

    assert slip.reason is Reason.UNKNOWN
    assert likeliest == (slip.near[0] if slip.near else None)
    assert len(slip.near) <= 3


@pytest.mark.parametrize(
    ("text", "revision", "near"),
    [
        ("62.10", "2", ("62.01",)),
        ("62.01", "2.1", nace.equivalents("62.01", "2")),
        ("V", "2", ("U",)),
        ("32.50.13", "2.1", ("26.60", "32.50")),
    ],
)
def test_a_code_of_the_other_revision_leads_to_its_successors(text, revision, near):
    assert nace.normalise(text, revision) == CodeSlip(Reason.OTHER_REVISION, near)


@given(st.text(alphabet="0123456789.CV c,٣", max_size=10), revisions())
def test_whatever_is_written_a_known_code_or_known_suggestions_come_back(text, revision):
    read = nace.normalise(text, revision)

    suggested = read.near if isinstance(read, CodeSlip) else (read,)
    assert all(nace.known(code, revision) for code in suggested)


# ----------------------------------------------------------------------------------------------- NACE: within


@pytest.mark.parametrize(
    ("code", "listed", "within", "coarser"),
    [
        ("32.50", "32.50", True, False),
        ("32.50.13", "32.50", True, False),
        ("32.50", "32", True, False),
        ("32.50", "C", True, False),
        ("C", "C", True, False),
        ("32.5", "32.50", False, True),  # Although the group holds a single class.
        ("32", "32.50", False, True),
        ("C", "32.50", False, True),
        ("32.51", "32.50", False, False),
        ("32.50", "G", False, False),
        ("D", "C", False, False),
        ("66.13.01", "K", True, False),
    ],
)
def test_a_code_is_within_what_its_digits_begin_with(code, listed, within, coarser):
    """Reading G11: codes are compared as prefixes; one that is coarser is not precise enough."""
    assert within is nace.is_within(code, listed, "2")
    assert coarser is nace.is_coarser(code, listed, "2")


def test_a_section_means_other_divisions_in_the_other_revision():
    assert nace.is_within("64", "K", "2")
    assert not nace.is_within("64", "K", "2.1")


@given(st.data(), revisions())
def test_within_is_an_order(data, revision):
    a, b, c = (data.draw(codes(revision)) for _ in range(3))

    assert nace.is_within(a, a, revision)
    assert not (nace.is_within(a, b, revision) and nace.is_within(b, a, revision)) or a == b
    assert nace.is_within(a, c, revision) or not (
        nace.is_within(a, b, revision) and nace.is_within(b, c, revision)
    )
    assert nace.is_coarser(a, b, revision) == (nace.is_within(b, a, revision) and a != b)


# ------------------------------------------------------------------------------------------------ countries


def test_there_are_249_countries_in_iso_and_kosovo():
    assert len(countries.codes()) == 250
    assert countries.known("XK")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("TR", "TR"),
        ("UK", CodeSlip(Reason.UNKNOWN, ("GB",))),
        ("EL", CodeSlip(Reason.UNKNOWN, ("GR",))),
        ("XX", CodeSlip(Reason.UNKNOWN)),
        ("tr", CodeSlip(Reason.MALFORMED, ("TR",))),
        ("Turkey", CodeSlip(Reason.MALFORMED, ("TR",))),
        ("Türkiye", CodeSlip(Reason.MALFORMED, ("TR",))),
        ("almanya", CodeSlip(Reason.MALFORMED, ("DE",))),
        ("", CodeSlip(Reason.MALFORMED)),
        ("x" * 10_000, CodeSlip(Reason.MALFORMED)),
    ],
)
def test_a_country_is_read_by_its_code_alone(text, read):
    assert read == countries.normalise(text)


def test_countries_have_names_in_both_languages():
    assert all(countries.name(code, language) for code in countries.codes() for language in ("en", "tr"))
    assert [countries.name("DE", "en"), countries.name("DE", "tr")] == ["Germany", "Almanya"]
    assert countries.name("XX", "en") is None


@pytest.mark.parametrize(
    ("code", "on", "member"),
    [
        ("DE", "1958-01-01", True),
        ("DE", "1957-12-31", False),
        ("HR", "2013-06-30", False),
        ("HR", "2013-07-01", True),
        ("GB", "2020-01-31", True),
        ("GB", "2020-02-01", False),
        ("TR", "2026-01-01", False),
        ("XX", "2026-01-01", False),
    ],
)
def test_membership_of_the_union_begins_and_ends_on_a_day(code, on, member):
    assert member is (code in code_lists.members_on(on))


@pytest.mark.parametrize(("on", "members"), [("2000-01-01", 15), ("2013-07-01", 28), ("2026-01-01", 27)])
def test_the_union_has_as_many_members_as_it_had(on, members):
    assert members == len(code_lists.members_on(on))


# ------------------------------------------------------------------------------------------------ currencies


@pytest.mark.parametrize(("code", "digits"), [("TRY", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XAU", None)])
def test_a_currency_has_its_coins(code, digits):
    assert digits == currencies.minor_digits(code)


def test_there_are_178_currencies_and_nine_of_the_past():
    states = {code: state for code, *_, state in tables.rows("currencies")}

    assert tuple(states) == currencies.codes()
    assert sum(state == "current" for state in states.values()) == 178
    assert [code for code, state in states.items() if state != "current"] == [
        "ANG", "BGN", "CUC", "EEK", "HRK", "LTL", "LVL", "SLL", "ZWL",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("TRY", "TRY"),
        ("HRK", "HRK"),
        ("TL", CodeSlip(Reason.MALFORMED, ("TRY",))),
        ("₺", CodeSlip(Reason.MALFORMED, ("TRY",))),
        ("eur", CodeSlip(Reason.MALFORMED, ("EUR",))),
        ("$", CodeSlip(Reason.MALFORMED)),
        ("euro", CodeSlip(Reason.MALFORMED, ("EUR",))),
        ("Turkish Lira", CodeSlip(Reason.MALFORMED, ("TRY",))),
        ("türk lirası", CodeSlip(Reason.MALFORMED, ("TRY",))),
        ("XYZ", CodeSlip(Reason.UNKNOWN)),
        ("y" * 10_000, CodeSlip(Reason.MALFORMED)),
    ],
)
def test_a_currency_is_read_by_its_code_alone(text, read):
    assert read == currencies.normalise(text)


# ------------------------------------------------------------------------------------------------ regions


def test_turkiye_has_12_26_and_81_regions():
    listed = regions._turkish().names

    assert [sum(len(code) == 2 + level for code in listed) for level in range(4)] == [1, 12, 26, 81]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("TR", "TR"),
        ("TR5", "TR5"),
        ("TR52", "TR52"),
        ("TR521", "TR521"),
        ("TRC12", "TRC12"),
        ("TR521.01", "TR521.01"),
        ("EL30", "EL30"),
        ("DE999", "DE999"),
        ("FR101.07", "FR101.07"),
        ("JP", "JP"),
        ("TR999", CodeSlip(Reason.UNKNOWN, ("TR9",))),
        ("TR999.01", CodeSlip(Reason.UNKNOWN, ("TR9",))),
        ("TRD", CodeSlip(Reason.UNKNOWN)),
        ("GR30", CodeSlip(Reason.UNKNOWN, ("EL30",))),
        ("XX1", CodeSlip(Reason.UNKNOWN)),
        ("tr521", CodeSlip(Reason.MALFORMED, ("TR521",))),
        ("Konya", CodeSlip(Reason.MALFORMED, ("TR521",))),
        ("ISTANBUL", CodeSlip(Reason.MALFORMED, ("TR100",))),
        ("istanbul", CodeSlip(Reason.MALFORMED, ("TR100",))),
        ("DE9.1", CodeSlip(Reason.MALFORMED, ("DE9",))),
        ("TR٥", CodeSlip(Reason.MALFORMED)),
        ("", CodeSlip(Reason.MALFORMED)),
        ("T" * 10_000, CodeSlip(Reason.MALFORMED)),
    ],
)
def test_a_region_is_known_by_list_in_turkiye_and_by_form_elsewhere(text, read):
    assert read == regions.normalise(text)


@pytest.mark.parametrize(
    ("code", "listed", "within", "coarser"),
    [
        ("TR521", "TR52", True, False),
        ("TR521", "TR5", True, False),
        ("TR521", "TR", True, False),
        ("TR52", "TR52", True, False),
        ("TR52", "TR521", False, True),
        ("TR", "TR521", False, True),
        ("TR522", "TR521", False, False),
        ("FR101.07", "FR101", True, False),
        ("FR101.07", "FR101.0", False, False),
        ("FR101", "FR101.07", False, True),
    ],
)
def test_a_region_is_within_what_its_code_begins_with(code, listed, within, coarser):
    assert within is regions.is_within(code, listed)
    assert coarser is regions.is_coarser(code, listed)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("TR521", "Konya"),
        ("TR52", "Konya, Karaman"),
        ("TR5", None),
        ("EL", "Greece"),
        ("EL30", None),
        ("XX", None),
    ],
)
def test_a_region_has_a_name_where_one_is_recorded(code, name):
    assert name == regions.name(code, "en")


def test_the_country_of_a_region_has_its_iso_code():
    assert [regions.country(code) for code in ("EL30", "UKI", "TR521")] == ["GR", "GB", "TR"]


# ------------------------------------------------------------------------------------------------ the tables


def test_no_field_of_a_table_has_blanks_around_it():
    names = [path.stem for path in tables._FOLDER.glob("*.csv")]

    assert len(names) == 8
    assert not [
        field for name in names for row in tables.rows(name) for field in row if field != field.strip()
    ]


def test_every_table_is_described_with_its_source_and_terms():
    """A table whose origin nobody can name is no fact."""
    described = (tables._FOLDER / "README.md").read_text(encoding="utf-8")

    for path in tables._FOLDER.glob("*.csv"):
        assert f"## {path.name}" in described
        assert f"| `{path.name}` | {len(tables.rows(path.stem)):,} |" in described


# -------------------------------------------------------------------------------- the libraries made of the lists


@pytest.mark.parametrize("name", code_lists.LIBRARIES)
def test_a_library_of_codes_is_its_table(name):
    """Where this fails, correct the table and run `make tables`."""
    shipped = (resources.programs() / "lib" / f"{name}.rules").read_text(encoding="utf-8")

    assert shipped == code_lists.LIBRARIES[name]()


def test_the_regions_of_the_union_have_the_published_totals():
    """274 regions in the codes of 2006; in those of 2010 the two parts of Brandenburg are one."""
    rows = tables.rows("nuts2_2010_eu_region_class_2014_2020")
    classes = [row[4] for row in rows]

    assert [classes.count(each) for each in ("less_developed", "transition", "more_developed")] == [
        72,
        50,
        151,
    ]
    assert len({row[0] for row in rows}) == len(rows)
    assert all(regions.known(row[0]) and row[0].startswith(row[3]) for row in rows)


def test_the_union_had_28_members_and_then_27():
    text = code_lists.eu_countries()
    older, newer, cosme = (part.count('  "') for part in text.split("code list ")[1:])

    assert (older, newer, cosme) == (28, 27, 11)


def test_nothing_is_read_before_it_is_asked():
    program = "import sys, grantrules.formats, grantrules.reference.nace; print('csv' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")

    assert run.stdout == "False\n"


def test_a_list_is_read_fast_and_once():
    for read in (nace._listing, nace._national):
        read.cache_clear()

    with pace.within(5):
        assert all(nace.known(code, "2") for code in ("32.50", "32.50.13") * 100)
    assert [read.cache_info().misses for read in (nace._listing, nace._national)] == [1, 1]
