"""Amendments: what becomes of the amended text, on which days, and that each statement says where it comes from."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import grantrules as gr

BASE = """language English

programme tr.aid "Aid"
  currency EUR
  rules as of submitted

source call "The call"

application
  submitted date
  rooms  whole number
  price  money

parameter highest "The highest aid"  money
  cites call
  1 000 EUR

define large = rooms is more than 6

require small "Small houses only"
  cites call
  not large

require online "Online"
  rooms is at least 1

support grant
  from price
  rate basic
    50%
  support ceiling top
    at most highest
    excess is trimmed
  rounding down in steps of 0.01 EUR, once at the end

example six
  submitted 2026-01-01
  rooms 6
  price 100 EUR
  expect grant is 50 EUR
"""

HEAD = 'language English\n\namendment tr.more "More"\n  amends tr.aid\n'
DATED = HEAD + "  in force from 2026-03-01\n"
FACTS = {"submitted": "2026-03-01", "rooms": 3, "price": "100.00"}


def load(changes: str, *, dated: bool = False, **others: str) -> gr.Programme:
    files = {"tr/aid.rules": BASE, **{f"tr/{n}.rules": t for n, t in others.items()}}
    return gr.compile((DATED if dated else HEAD) + "\n" + changes, root=files)


def codes(changes: str, *, dated: bool = False) -> list[str]:
    text = (DATED if dated else HEAD) + "\n" + changes
    return [p.code for p in gr.check(text, root={"tr/aid.rules": BASE})]


def support(programme: gr.Programme, **facts: object) -> object:
    return programme.decide({**FACTS, **facts}).support


def test_the_amended_programme_bears_the_name_of_the_amendment():
    programme = load("add note n\n")

    assert (programme.name, programme.title()) == ("tr.more", "More")
    assert all(result.passed for result in programme.run_examples())


def test_replace_add_and_repeal():
    programme = load(
        "replace define large = rooms is more than 8\n\nrepeal online\n\nadd require cheap\n  price is at most 500 EUR\n"
    )

    assert programme.decide({**FACTS, "rooms": 8}).eligible is True
    assert programme.decide({**FACTS, "rooms": 0}).eligible is True
    assert programme.decide({**FACTS, "price": "501.00"}).eligible is False


def test_steps_of_a_support():
    programme = load(
        "within support grant\n  replace rate basic\n    60%\n  add bonus more\n    plus 10 percentage points\n  repeal top\n"
    )

    assert support(programme, price="10000.00") == gr.Money("7000.00", "EUR")


def test_a_step_that_is_added_comes_in_the_order_of_the_stages():
    programme = load(
        "within support grant\n  add supplement fix\n    plus 0.009 EUR\n    on top of the ceilings\n"
    )

    assert support(programme) == gr.Money("50.00", "EUR")


def test_instalments_are_added_replaced_and_repealed():
    first = load(
        "within support grant\n  add instalment advance\n    10 EUR\n  add instalment balance\n    the rest\n"
    )

    assert payments(first) == {"advance": "10.00", "balance": "40.00"}

    second = load(
        "within support grant\n  add instalment balance\n    the rest\n  add instalment advance\n    20 EUR\n"
    )

    assert payments(second) == {"balance": "30.00", "advance": "20.00"}


def payments(programme):
    found = programme.decide(FACTS).supports["grant"].payments
    return {each.name: each.amount.amount for each in found}


def test_an_instalment_has_no_versions():
    with pytest.raises(gr.ProgrammeError) as wrong:
        load("within support grant\n  add instalment balance\n    the rest\n", dated=True)

    assert [problem.code for problem in wrong.value.problems] == ["GR728"]


@pytest.mark.parametrize(
    ("changes", "facts", "before", "after"),
    [
        ("replace require small\n  rooms is at most 9\n", {"rooms": 8}, False, True),
        ("replace define large = rooms is more than 8\n", {"rooms": 8}, False, True),
        ("repeal small\n", {"rooms": 8}, False, True),
        ("add require cheap\n  price is at most 50 EUR\n", {}, True, False),
    ],
)
def test_a_dated_change_leaves_the_days_before_as_they_were(changes, facts, before, after):
    programme = load(changes, dated=True)

    assert programme.decide({**FACTS, **facts, "submitted": "2026-02-28"}).eligible is before
    assert programme.decide({**FACTS, **facts, "submitted": "2026-03-01"}).eligible is after


def test_a_dated_parameter_and_a_dated_step():
    programme = load(
        "replace parameter highest  money\n  2 000 EUR\n\nwithin support grant\n  replace rate basic\n    60%\n",
        dated=True,
    )
    many = {"price": "9000.00"}

    assert support(programme, submitted="2026-02-28", **many) == gr.Money("1000.00", "EUR")
    assert support(programme, **many) == gr.Money("2000.00", "EUR")
    assert support(programme, submitted="2026-02-28") == gr.Money("50.00", "EUR")
    assert support(programme) == gr.Money("60.00", "EUR")


def test_a_change_for_some_months_ends_by_itself():
    text = HEAD + "  in force from 2026-03-01 to 2026-03-31\n\nrepeal small\n"
    programme = gr.compile(text, root={"tr/aid.rules": BASE})

    found = [
        programme.decide({**FACTS, "rooms": 9, "submitted": day}).eligible
        for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01")
    ]
    assert found == [False, True, True, False]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("from 2026", [False, True, True, True]),
        ("up to 2026", [True, True, True, False]),
        ("from 2026 to 2026", [False, True, True, False]),
        ("before 2027", [True, True, True, False]),
        ("after 2025", [False, True, True, True]),
        ("from 2026 to before 2027", [False, True, True, False]),
    ],
)
def test_a_year_holds_from_its_first_day_to_its_last(days, found):
    programme = gr.compile(f"{HEAD}  in force {days}\n\nrepeal small\n", root={"tr/aid.rules": BASE})

    assert found == [
        programme.decide({**FACTS, "rooms": 9, "submitted": day}).eligible
        for day in ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01")
    ]


def test_an_amendment_of_an_amendment():
    second = 'language English\n\namendment tr.most "Most"\n  amends tr.more\n  in force from 2026-06-01\n\nreplace require small\n  rooms is at most 20\n'
    first = DATED + "\nreplace require small\n  rooms is at most 9\n"
    programme = gr.compile(second, root={"tr/aid.rules": BASE, "tr/more.rules": first})

    assert programme.name == "tr.most"
    found = [
        [programme.decide({**FACTS, "rooms": rooms, "submitted": day}).eligible for rooms in (6, 9, 20)]
        for day in ("2026-02-28", "2026-05-31", "2026-06-01")
    ]
    assert found == [[True, False, False], [True, True, False], [True, True, True]]


def test_a_turkish_amendment_of_an_english_programme():
    text = """dil Türkçe

değişiklik tr.more "Daha çok"
  değiştirilen tr.aid

değişik şart small "Dokuz oda"
  rooms en fazla 9 olmalı

mülga online
"""
    programme = gr.compile(text, root={"tr/aid.rules": BASE})

    assert programme.decide({**FACTS, "rooms": 9}).eligible is True
    assert programme.title("tr") == "Daha çok"


def test_a_field_that_is_added_is_named_with_its_record():
    base = BASE.replace(
        "application\n", "record cost\n  amount money\n\napplication\n  costs list of cost\n", 1
    )
    changes = "add record cost\n  joint yes/no (no if absent)\n\nadd define cost's counts = not joint\n\nadd application\n  far yes/no\n"
    programme = gr.compile(f"{HEAD}\n{changes}", root={"tr/aid.rules": base})
    said = programme.decide(FACTS).explain()

    assert "added: cost's joint\n" in said
    assert "added: cost's counts\n" in said
    assert "added: far\n" in said


def test_every_rule_says_which_text_it_comes_from():
    programme = load(
        "replace require small\n  rooms is at most 2\n\nwithin support grant\n  replace support ceiling top\n    at most 10 EUR\n    excess is trimmed\n"
    )
    refused = json.loads(programme.decide({**FACTS, "rooms": 0}).to_json())
    paid = json.loads(programme.decide({**FACTS, "rooms": 2}).to_json())

    assert [(f["name"], f["origin"]) for f in refused["failed"]] == [("online", "tr.aid")]
    assert [(b["name"], b["origin"]) for b in paid["binding"]] == [("top", "tr.more")]
    (more, aid) = paid["texts"]
    assert [(c["how"], c["name"], c["support"], c["was_in"]) for c in more["changes"]] == [
        ("replaced", "small", None, "tr.aid"),
        ("replaced", "top", "grant", "tr.aid"),
    ]
    assert (aid["name"], aid["changes"]) == ("tr.aid", [])
    said = programme.decide({**FACTS, "rooms": 2}).explain()
    assert "from tr.more" in said
    assert "replaced: small, of tr.aid" in said


def test_a_change_says_from_when_to_when_it_holds():
    dated = HEAD + "  in force from 2026-03-01 to 2026-05-31\n\nrepeal online\n"
    for text, since, until in ((dated, "2026-03-01", "2026-05-31"), (HEAD + "\nrepeal online\n", None, None)):
        decision = gr.compile(text, root={"tr/aid.rules": BASE}).decide(FACTS)
        (change,) = json.loads(decision.to_json())["texts"][0]["changes"]

        assert (change["how"], change["from"], change["to"]) == ("repealed", since, until)


def test_the_record_holds_both_texts_and_is_replayed():
    decision = load("repeal online\n", dated=True).decide(FACTS)

    stored = json.loads(decision.record())
    assert [f["name"] for f in stored["rules"]["files"]] == ["programme.rules", "tr/aid.rules"]
    assert gr.verify(decision.record()).status == "verified"


def test_a_name_that_was_repealed_is_shown_where_it_was():
    (problem,) = gr.check(HEAD + "\nrepeal large\n", root={"tr/aid.rules": BASE})

    assert (problem.code, problem.source.name) == ("GR205", "tr/aid.rules")
    assert problem.labels[0].words.en == "repealed here"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ("add application\n  rooms whole number\n", "GR724"),
        ("within support none\n  repeal basic\n", "GR722"),
        ("within support grant\n  repeal basics\n", "GR722"),
        ("within support grant\n  add rate basic\n    60%\n", "GR724"),
        ("within support grant\n  replace bonus basic\n    plus 1 percentage points\n", "GR723"),
        (
            "within support grant\n  repeal basic\n\nwithin support grant\n  replace rate basic\n    60%\n",
            "GR727",
        ),
        ("add example six\n  rooms 3\n  expect eligible\n", "GR724"),
    ],
)
def test_a_change_that_does_not_fit(changes, code):
    assert codes(changes) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        "replace application\n  rooms whole number\n",
        "within support grant\n  replace rounding up in steps of 1 EUR, once at the end\n",
        "add score s\n  5 points\n",
    ],
)
def test_what_has_no_versions_cannot_change_on_a_day(changes):
    assert "GR728" in codes(changes, dated=True)


def test_amendments_in_a_circle():
    other = 'language English\n\namendment tr.aid "Aid"\n  amends tr.more\n'

    assert [p.code for p in gr.check(HEAD, root={"tr/aid.rules": other})] == ["GR705"]


def test_a_base_that_is_missing_is_one_problem():
    assert [p.code for p in gr.check(HEAD + "\nrepeal x\n", root={"a": ""})] == ["GR701"]


# ---- one file or several: the same decisions -----------------------------------------------------------------------

STATEMENTS = [part for part in BASE.split("\n\n") if part.startswith(("require", "define", "parameter"))]


@settings(max_examples=25, deadline=None)
@given(
    replaced=st.sets(st.integers(0, len(STATEMENTS) - 1)),
    rooms=st.integers(0, 9),
    price=st.integers(0, 3000),
    limit=st.integers(0, 9),
)
def test_a_text_written_as_amendment_decides_as_in_one_file(replaced, rooms, price, limit):
    """The programme in one piece, and the same with other figures first that an amendment then puts right."""
    whole = BASE.replace("more than 6", f"more than {limit}")
    wrong, changes = whole, []
    for number in sorted(replaced):
        statement = STATEMENTS[number].replace("more than 6", f"more than {limit}")
        spoilt = statement.replace(f"more than {limit}", "more than 77").replace("1 000 EUR", "7 EUR")
        spoilt = spoilt.replace("at least 1", "at least 5").replace("not large", "large")
        wrong = wrong.replace(statement, spoilt)
        changes.append("replace " + statement)
    text = HEAD + "\n" + "\n\n".join([*changes, "repeal six"]) + "\n"
    amended = gr.compile(text, root={"tr/aid.rules": wrong})
    facts = {**FACTS, "rooms": rooms, "price": f"{price}.00"}

    one, other = gr.compile(whole).decide(facts), amended.decide(facts)
    assert (one.eligible, one.support) == (other.eligible, other.support)
