"""The pytest plugin, used as a consumer would: from the wheel, in a project of its own, in an empty environment."""

import os
import re
import shutil
import subprocess
import sysconfig
from contextlib import suppress
from importlib import metadata
from pathlib import Path

import pytest

from test_packaging import ROOT, build, empty_environment, install

OLD = """
language English

programme portal.old "Old"
  currency EUR

application
  rooms  whole number (at least 0)

support grant
  computed as rooms * 100 EUR

promise never_more
  grant is at most 500 EUR
  when rooms is at most 5
"""
NEW = """
language English

amendment portal.new "New"
  amends portal.old

replace support grant
  computed as rooms * 120 EUR

add example six
  rooms 6
  expect grant is 600 EUR
"""
SAMPLE = Path(__file__).parent / "sample_project"

pytestmark = pytest.mark.slow


def with_what_they_need(*names):
    """Distributions and their requirements, as far as this system has them; a marker may be about another system."""
    found = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        with suppress(metadata.PackageNotFoundError):
            needs = metadata.requires(name) or []
            waiting += [
                re.match(r"[\w.-]+", need)[0] for need in needs if "extra" not in need and name not in found
            ]
            found.add(name)
    return found


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """A Python into which the wheel was installed, with pytest and Hypothesis beside it."""
    environment = empty_environment(tmp_path_factory.mktemp("consumer") / "env", "grantrules")
    places = sysconfig.get_paths(
        "venv", vars={"base": str(environment.parent), "platbase": str(environment.parent)}
    )
    for name in with_what_they_need("pytest", "hypothesis", "pytest-xdist"):
        for file in metadata.files(name) or []:
            if ".." not in file.parts:
                target = Path(places["purelib"]) / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), target)
    install(environment, build("wheel", ROOT, tmp_path_factory.mktemp("wheel")))
    return environment / "python"


@pytest.fixture
def project(tmp_path):
    return shutil.copytree(SAMPLE, tmp_path / "portal")


def pytest_in(python, project, *arguments):
    """The exit code and the output of pytest in a project."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON"))}
    done = subprocess.run(
        [str(python), "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=project,
        env=clean,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout + done.stderr


def test_examples_and_promises_are_items_with_file_and_line(python, project):
    code, told = pytest_in(python, project, "--collect-only", "-q", "rules/deposit.rules")

    assert code == 0
    for name in ("couple", "never_more_than_the_deposit", "support_within_ceilings", "record_replays"):
        assert f"rules/deposit.rules::{name}" in told.replace("\\", "/")


def test_a_sound_project_passes_and_says_what_its_tests_reached(python, project):
    (project / "rules" / "broken.rules").unlink()
    code, told = pytest_in(
        python, project, "-q", "--grantrules-coverage", "--hypothesis-profile=grantrules-dev"
    )

    assert code == 0, told
    assert "portal.deposit: " in told
    assert "reached by" in told


def test_processes_that_share_the_tests_report_together_what_they_reached(python, project):
    (project / "rules" / "broken.rules").unlink()
    reports = []
    for shared in ([], ["-n", "2", "--dist", "loadfile"]):
        code, told = pytest_in(python, project, "-q", "rules", "--grantrules-coverage", *shared)
        assert code == 0, told
        reports.append(re.findall(r"^(portal\.\S+: .* decisions|  line .*)$", told, re.MULTILINE))

    assert reports[0] == reports[1] != []


def test_an_amendment_is_tested_with_the_lines_of_both_files(python, project):
    (project / "portal").mkdir()
    (project / "portal" / "old.rules").write_text(OLD.lstrip(), encoding="utf-8")
    (project / "portal" / "new.rules").write_text(NEW.lstrip(), encoding="utf-8")
    code, told = pytest_in(python, project, "-q", "portal/new.rules", "--grantrules-applications=30")
    said = told.replace("\\", "/")

    assert code == 1
    assert "broken: grant is at most 500 EUR: " in said
    assert re.search(r"portal/old\.rules:12: never_more$", said, re.MULTILINE)
    assert re.search(r"portal/new\.rules:9: six$", said, re.MULTILINE)
    assert "FAILED portal/new.rules::six - " in said
    assert "  add example counterexample" in said
    assert "2 failed" in said


def test_a_failure_shows_the_place_the_smallest_application_and_the_explanation(python, project):
    code, told = pytest_in(python, project, "-q", "rules/broken.rules", "--grantrules-applications=40")
    said = told.replace("\\", "/")

    assert code == 1
    assert "rules/broken.rules:16: never_more_than_half" in said
    assert "example counterexample" in said
    assert "deposit  0.01 EUR" in said
    assert "Nobody gets more than half" in said or "Help with the deposit" in said
    assert "rules/broken.rules:19: about_nobody" in said
    assert "says nothing" in said
    assert "rules/broken.rules:23: wrong_sum" in said
    assert "expect grant is 60 EUR" in said
    assert "rules/broken.rules:33: two_flats" in said
    assert "berta: expect outcome not funded, expect amount 0 EUR (funded, place 2, 50.00 EUR. " in said
    assert "Traceback" not in said


def test_a_file_that_cannot_be_used_is_one_clear_report(python, project):
    (project / "rules" / "broken.rules").write_text("language English\n\nprogramme x\n  curency EUR\n")
    code, told = pytest_in(python, project, "-q", "rules/broken.rules")

    assert code != 0
    assert "GR" in told
    assert "Traceback" not in told


def test_a_project_without_rule_files_pays_nothing(python, tmp_path):
    """Neither the package nor Hypothesis is imported where no rule file is collected."""
    (tmp_path / "test_plain.py").write_text(
        "import sys\n\ndef test_nothing_was_loaded():\n"
        "    heavy = {'grantrules.api', 'grantrules.syntax', 'lark', 'grantrules.properties.aim'}\n"
        "    assert heavy & set(sys.modules) == set()\n"
        "    assert 'hypothesis.strategies' not in sys.modules\n"
    )
    code, told = pytest_in(python, tmp_path, "-q")

    assert code == 0, told


def test_the_three_profiles_are_known_by_name(python, project):
    code, told = pytest_in(
        python, project, "-q", "tests", "-k", "negative", "--hypothesis-profile=grantrules-ci"
    )

    assert code == 0, told
