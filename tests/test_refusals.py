"""
What the library refuses: each call of the table with the error it raises, stored whole for a reviewer to read.

And the lists that a ranking comes to in each of its forms, for people and as data.
"""

import datetime as dt
import re

import pytest

import grantrules as gr
import house
import town
from storing import stored

TWO = """language English

programme a.call "A call"
  currency EUR

application
  mark   points
  asked  money (at least 0 EUR)
  less   yes/no (optional)

parameter pot "The pot"  money
  not set

require enough "Enough"
  mark is at least 50 points

support grant
  from asked
"""
TOWNS = """language English

programme docs.shared "Towns"
  tr "Kentler"
  currency EUR

source act "The act", dated 2026-01-01

parameter pot "The envelope"  money
  1 000 EUR

application
  need     whole number (at least 0)
    tr "İhtiyaç"
  last     money (at least 0 EUR)
  asked    money (at least 0 EUR)
  region   one of north "North" tr "Kuzey", south "South"
  less     yes/no

require needy "There is a need"
  tr "İhtiyaç var"
  need is at least 1

support grant
  from asked

ranking only "The list"
  tr "Liste"
  cites act "by need", at "Article 9"
"""
ORDER = "  order by  need, highest first\n"
NO_ROOM = "  budget  pot\n  if one does not fit  "
SHARE = f"{NO_ROOM}share the budget among all, "
ROWS = {
    "A": (9, 300, 400, "north", True),
    "B": (7, 100, 400, "south", True),
    "C": (5, 50, 400, "north", False),
    "D": (3, 0, 100, "south", True),
    "E": (0, 0, 100, "south", True),
}
FORMS = {
    "stop": (f"{ORDER}{NO_ROOM}stop\n  reserve list  at most 1\n", {}),
    "skip": (f"{ORDER}{NO_ROOM}skip it\n", {}),
    "in part": (f"{ORDER}{NO_ROOM}pay it in part\n", {}),
    "in part, nothing left": (f"{ORDER}{NO_ROOM}pay it in part\n", {"pot": "800.00"}),
    "in part or skip": (f"{ORDER}{NO_ROOM}pay it in part where less, otherwise skip it\n", {}),
    "in part or stop": (f"{ORDER}{NO_ROOM}pay it in part where less, otherwise stop\n", {}),
    "awards": (f"{ORDER}{NO_ROOM}stop\n  awards  at most 1\n  reserve list  at most 2\n", {}),
    "places": (f"{ORDER}  awards  at most 2\n", {}),
    "shared by what is asked": (f"{SHARE}in proportion to the amounts asked\n", {}),
    "shared equally": (f"{SHARE}in equal parts\n  set aside  10% of pot\n", {}),
    "shared by need": (f"{SHARE}in proportion to need\n", {}),
    "shared by the first": (
        f"{ORDER}{SHARE}in equal parts\n  awards  at most 2\n  reserve list  at most 1\n",
        {},
    ),
    "enough for all": (f"{SHARE}in equal parts\n", {"pot": "2000.00"}),
    "bounds": (
        f"{SHARE}in proportion to need\n  first to each  last\n  each at least  150 EUR\n  each at most  350 EUR\n",
        {},
    ),
    "bounds, enough": (f"{SHARE}in proportion to need\n  each at most  350 EUR\n", {"pot": "2000.00"}),
    "bounds, too little": (f"{SHARE}in proportion to need\n  first to each  last\n", {"pot": "40.00"}),
    "least, too little": (f"{SHARE}in proportion to need\n  each at least  150 EUR\n", {"pot": "140.00"}),
    "cents": (f"{SHARE}in proportion to need\n", {"pot": "100.01"}),
    "groups": (f"{ORDER}{NO_ROOM}stop\n  per  region\n", {"pot": "400.00"}),
    "groups shared": (f"{SHARE}in equal parts\n  per  region\n  each at least  last\n", {"pot": "500.00"}),
}


def applicants(**more):
    names = ("need", "last", "asked", "region", "less")
    given = {
        name: {**dict(zip(names, row, strict=True)), "last": f"{row[1]}.00", "asked": f"{row[2]}.00"}
        for name, row in ROWS.items()
    }
    given["F"] = {"need": 2, "last": "10.00", "region": "north"}
    return given | more


def complaint(error, language):
    """What an error says: the problems of ours in a language, else its own text."""
    if not isinstance(error, gr.GrantRulesError):
        return f"{type(error).__name__}: {error}"
    said = [type(error).__name__]
    if language == "en":
        said.append(str(error))
    shown = (problem.words(language) for problem in error.problems)
    said += dict.fromkeys(f"[{each.code}] {each.title}. {each.why} {each.instead}" for each in shown)
    return "\n".join(said)


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("form", FORMS)
def test_an_award_list_of_each_form_reads_as_it_is_stored(form, language):
    lines, parameters = FORMS[form]
    try:
        found = gr.compile(TOWNS + lines).rank(applicants(), parameters=parameters, language=language)
    except gr.RankingError as refused:
        text = complaint(refused, language) + "\n"
    else:
        text = f"{found.explain()}\n{found.to_json()}"
    name = re.sub(r"\W+", "_", form)

    assert text == stored(f"rankings/{name}.{language}.txt", text)


HOUSE = gr.compile(house.RULES)
TOWN = gr.compile(town.RULES, root=town.FILES)
CALLS = {
    "a number as application": lambda: HOUSE.decide(7),
    "a list": lambda: HOUSE.decide([]),
    "text that is no JSON": lambda: HOUSE.decide("{", language="tr"),
    "a list in a text": lambda: HOUSE.decide("[]"),
    "a language": lambda: HOUSE.decide({}, language="de"),
    "a layout": lambda: HOUSE.decide({}).explain(format="pdf"),
    "a language of an explanation": lambda: HOUSE.decide({}).explain("de"),
    "a language of data": lambda: HOUSE.decide({}).to_dict(language="de"),
    "a language of a title": lambda: HOUSE.title("de"),
    "a language of conditions": lambda: HOUSE.conditions(language="de"),
    "a language of a schema": lambda: HOUSE.schema(language="de"),
    "a language of examples": lambda: HOUSE.run_examples(language="de"),
    "a language of a ranking": lambda: ranking().rank({}, language="de"),
    "a language of a ranking's text": lambda: ranking().rank({}).explain("de"),
    "a language of a ranking's data": lambda: ranking().rank({}).to_dict(language="de"),
    "a language of a comparison": lambda: HOUSE.compare(HOUSE, {}, language="de"),
    "a language of a comparison's text": lambda: HOUSE.compare(HOUSE, {}).explain("de"),
    "a layout of a comparison": lambda: HOUSE.compare(HOUSE, {}).explain(format="pdf"),
    "a language of comparisons": lambda: HOUSE.compare_all(HOUSE, {}, language="de"),
    "a language of a summary": lambda: HOUSE.compare_all(HOUSE, {}).explain("de"),
    "a parameter": lambda: HOUSE.decide({}, parameters={"most_suport": "1.00"}),
    "several parameters": lambda: TOWN.decide({}, parameters={"reading": "hard", "x": 1, "most": 1.5}),
    "a date of the rules": lambda: gr.compile(TWO).decide({}, parameters={"rules as of": "2026-01-01"}),
    "a parameter where there is none": lambda: gr.compile(
        "language English\n\nprogramme a.b\n  currency EUR\n\napplication\n  x yes/no\n\nrequire r\n  x\n"
    ).decide({}, parameters={"y": 1}),
    "no ranking": lambda: HOUSE.rank({}),
    "which ranking": lambda: HOUSE.rank({}, ranking="first"),
    "a name of an application": lambda: ranking().rank([(1, {})]),
    "a name of a compared one": lambda: HOUSE.compare_all(HOUSE, [(1, {})]),
    "two of one name": lambda: ranking().rank([("A", {}), ("A", {}), ("B", {})]),
    "two compared of one name": lambda: HOUSE.compare_all(HOUSE, [("A", {}), ("A", {})]),
    "mistakes in several": lambda: ranking().rank({"A": {"nee": 1}, "B": "x", "C": {"asked": "-1.00"}}),
    "mistakes in several compared": lambda: HOUSE.compare_all(HOUSE, {"A": {"bilt": 1}, "B": []}),
    "prepared for one": lambda: HOUSE.compare(HOUSE, HOUSE.prepare({})),
    "an entry that is not there": lambda: ranking().rank({})["A"],
    "a pot that is not set": lambda: gr.compile(
        f"{TWO}\nranking one\n  order by  mark, highest first\n{NO_ROOM}stop\n"
    ).rank({}),
    "a tie": lambda: ranking(f"{ORDER}{NO_ROOM}stop\n").rank({name: applicants()["A"] for name in "ABC"}),
    "a tie of those that share": lambda: ranking(f"{ORDER}{SHARE}in equal parts\n  awards  at most 1\n").rank(
        {name: applicants()["A"] for name in "AB"}
    ),
    "a tie on the reserve list": lambda: ranking(
        f"{ORDER}{SHARE}in equal parts\n  awards  at most 1\n  reserve list  at most 1\n"
    ).rank({"A": applicants()["A"], "B": applicants()["B"], "C": applicants()["B"]}),
    "a tie of awards": lambda: ranking(f"{ORDER}  awards  at most 1\n").rank(
        {name: applicants()["A"] for name in "AB"}
    ),
    "a text that is no programme": lambda: gr.compile("x"),
    "a text of many mistakes": lambda: gr.compile(TWO.replace("mark is", "mrk is") + "  x y\n" * 25),
    "a date that is none": lambda: HOUSE.compare(HOUSE, {}, dates=("x", dt.date(2026, 1, 1))),
    "a language of a summary's data": lambda: HOUSE.compare_all(HOUSE, {}).to_dict(language="de"),
    "a language of a reason": lambda: ranking().rank({"A": {}})["A"].reason_in("de"),
}


def ranking(lines=f"{ORDER}{NO_ROOM}stop\n"):
    return gr.compile(TOWNS + lines)


@pytest.mark.parametrize("language", ["en", "tr"])
def test_what_is_refused_is_refused_as_it_is_stored(language):
    said = []
    for name, call in CALLS.items():
        with pytest.raises(Exception) as refused:  # noqa: PT011 - Which one it is, is stored.
            call()
        said.append(f"{name}\n{complaint(refused.value, language)}\n")
    text = "\n".join(said)

    assert text == stored(f"refusals.{language}.txt", text)
