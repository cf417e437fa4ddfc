"""
The mistakes of `tests/problems/` and of the pages in `docs/problems/`, and how each is made to show its problem.

A folder `GR304_percent_and_amount` holds one mistake: `input.rules`, a file of rules, or `input.json`, an application to
the programme on the front page of `docs/problems/`.  Rules with an `applications.json` beside them are sound, and the mistake shows when these are ranked.  What cannot be written in JSON stands in `HOST`.  Beside it are the
full messages, `en.txt` and `tr.txt`; and `limits.json`, where a smaller limit saves a larger file.
"""

import atexit
import datetime as dt
import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

import grantrules as gr
from grantrules.applications import applications_in
from grantrules.facts.problems import NoLongerListed
from grantrules.render import Look, problems_as_text
from several_files import files_in

CASES = Path(__file__).resolve().parent / "problems"
PAGES = Path(__file__).resolve().parents[1] / "docs" / "problems"
LANGUAGES = ("en", "tr")


class Stubborn(Mapping[str, Any]):
    """An application of the host that fails while it is read."""

    def __getitem__(self, key: str) -> Any:
        raise RuntimeError(key)

    def __iter__(self) -> Any:
        raise RuntimeError("no names")

    def __len__(self) -> int:
        return 1


HOST: dict[str, Any] = {
    "GR508_number_for_a_name": {5: "1000.00"},
    "GR509_object_that_fails": Stubborn(),
    "GR511_float": {"budget": 1000.1},
    "GR524_no_time_zone": {"submitted": dt.datetime(2024, 2, 1, 17, 0)},  # noqa: DTZ001 - That is the mistake.
}
"""Applications that only a programme can hand in."""

SETTINGS: dict[str, Mapping[str, Any]] = {"GR661_no_such_parameter": {"highest_ade": "30000.00"}}
"""Parameters set otherwise than the programme does."""

COMPARED: dict[str, tuple[Any, Mapping[str, Any]]] = {
    "GR561_misspelt_for_both": ({"houshold": 3}, {}),
    "GR562_country_and_text": ({"seat": "TR"}, {}),
    "GR662_no_date_of_the_rules": ({}, {"dates": ("2024-02-01", "2024-02-02")}),
}
"""Applications to two programmes, and how these are set."""

LONG: dict[str, str] = {
    "GR611_circle_of_a_thousand": 'language English\n\nprogramme tr.aid "Aid"\n  currency TRY\n'
    + "".join(f"\ndefine x{n} = 1 TRY + x{(n + 1) % 1000}\n" for n in range(1000)),
}
"""Files of rules that are too long to be stored."""

ON_DISK = {"GR702_link_that_leads_out", "GR703_a_folder_of_that_name"}
"""Files of rules that use others in a folder of this machine."""

BESIDE = {
    "GR608_more_mistakes": {"GR158"},
    "GR612_more_mistakes": {"GR205"},
    "GR614_more_warnings": {"GR211"},
    "GR657_more_mistakes": {"GR501"},
}
"""The end of a report that is cut off needs mistakes before it; any other case is one mistake with one code."""


@frozen
class Case:
    """One mistake, by the name of its folder."""

    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        return CASES / self.name

    @property
    def code(self) -> str:
        return self.name.partition("_")[0]

    @property
    def limits(self) -> gr.Limits:
        path = self.folder / "limits.json"
        return gr.Limits(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else gr.Limits()

    @property
    def is_rules(self) -> bool:
        return (self.folder / "input.rules").exists()

    def problems(self) -> tuple[gr.Problem, ...]:
        return _problems(self)

    def report(self, language: str) -> str:
        return problems_as_text(self.problems(), Look(language=language))


def all_cases() -> list[Case]:
    found = {path.name for path in CASES.iterdir() if path.is_dir()}
    return [Case(name) for name in sorted({*found, *HOST, *SETTINGS, *COMPARED, *LONG})]


@cache
def _problems(case: Case) -> tuple[gr.Problem, ...]:
    """A few tests look at each case; it is read once."""
    if case.name in LONG:
        return rules_problems(LONG[case.name].encode())
    ranked = case.folder / "applications.json"
    if ranked.exists():
        return ranking_problems((case.folder / "input.rules").read_bytes(), ranked)
    if case.name in ON_DISK:
        return disk_problems((case.folder / "input.rules").read_text(encoding="utf-8"))
    if case.is_rules:
        return rules_problems((case.folder / "input.rules").read_bytes(), case.limits)
    if case.name in SETTINGS:
        return settings_problems(SETTINGS[case.name])
    if case.name in COMPARED:
        return comparing_problems(*COMPARED[case.name])
    given = HOST[case.name] if case.name in HOST else (case.folder / "input.json").read_bytes()
    return data_problems(given, case.limits)


def front_page() -> list[str]:
    """The programmes on the front page: the one that applications and fragments belong to, and an earlier one."""
    text = (PAGES / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^```grantrules\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@cache
def frame() -> str:
    """The programme that applications and fragments on the pages belong to."""
    return front_page()[0]


@cache
def earlier() -> str:
    """The programme that it is compared with."""
    return front_page()[1]


def rules_problems(data: bytes, limits: gr.Limits | None = None) -> tuple[gr.Problem, ...]:
    limits = limits or gr.Limits()
    if not re.match(rb"-- [a-z]+/", data):
        return gr.check(data, name="input.rules", limits=limits)
    text, others = files_in(data.decode())
    return gr.check(text.encode(), name="input.rules", root=others, limits=limits)


@cache
def folder_of_rules() -> Path:
    """A folder with a library, a link that leads out of it, and a folder that is called like a library."""
    top = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, top)
    folder = top / "rules" / "lib"
    (folder / "folder.rules").mkdir(parents=True)
    text = 'language English\n\nlibrary lib.NAME "Shared"\n\ndefine small_sum = 100\n'
    (folder / "shared.rules").write_text(text.replace("NAME", "shared"), encoding="utf-8")
    (top / "outside.rules").write_text(text.replace("NAME", "outside"), encoding="utf-8")
    (folder / "outside.rules").symlink_to(top / "outside.rules")
    return top / "rules"


def disk_problems(text: str) -> tuple[gr.Problem, ...]:
    """The problems of a text that uses the files of the folder; their names as if it were the folder one is in."""
    top = folder_of_rules()
    found = gr.check(text.encode(), name="input.rules", root=top)
    return tuple(
        evolve(each, file=Path(each.file).relative_to(top).as_posix()) if hasattr(each, "file") else each
        for each in found
    )


def data_problems(given: Any, limits: gr.Limits | None = None) -> tuple[gr.Problem, ...]:
    programme = gr.compile(frame(), limits=limits or gr.Limits())
    try:
        facts = programme.prepare(given, name="application.json")
    except gr.ApplicationError as refused:
        return refused.problems
    assert {warning.code for warning in facts.warnings} <= {NoLongerListed.code}
    return tuple(NoLongerListed(text=warning.fact, path=warning.path) for warning in facts.warnings)


def settings_problems(given: Mapping[str, Any]) -> tuple[gr.Problem, ...]:
    try:
        gr.compile(frame()).decide("{}", parameters=given)
    except gr.ParameterError as refused:
        return refused.problems
    return ()


def comparing_problems(given: Any, options: Mapping[str, Any]) -> tuple[gr.Problem, ...]:
    try:
        gr.compile(frame()).compare(gr.compile(earlier()), given, **options)
    except (gr.ApplicationError, gr.ParameterError) as refused:
        return refused.problems
    return ()


def ranking_problems(rules: bytes, applications: Path) -> tuple[gr.Problem, ...]:
    programme = gr.compile(rules.decode(), name="input.rules")
    given = applications_in(
        programme.core, applications.read_bytes(), name=applications.name, field="id", limits=programme.limits
    )
    try:
        programme.rank(given)
    except (gr.ApplicationError, gr.RankingError) as refused:
        return refused.problems
    return ()
