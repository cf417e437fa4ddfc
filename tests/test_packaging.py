"""The wheel is whole: in an empty environment, far from any checkout, it decides the application of the demo.

Nothing here needs a network. The dependencies that the wheel declares, and theirs, are copied from the environment
of the tests into the empty one; whatever the package uses without declaring it is then missing.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from grantrules import resources

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BIN = "Scripts" if sys.platform == "win32" else "bin"

pytestmark = pytest.mark.slow


def run(*command, cwd):
    """The output of a command; its complaint, if it fails, is the message of the failing test."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def build(kind, source, into):
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", into, cwd=source)
    (built,) = into.glob("*.tar.gz" if kind == "sdist" else "*.whl")
    return built


def names_in(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def required(name):
    """A distribution's requirements, and theirs. Those behind an extra that was not asked for do not count."""
    found = set()
    for requirement in metadata.requires(name) or []:
        needs, _, marker = requirement.partition(";")
        if "extra" not in marker:
            wanted = re.match(r"[\w.-]+", needs)[0]
            found |= {wanted} | required(wanted)
    return found


def empty_environment(folder, project):
    """A virtual environment with the dependencies of a project and nothing else, not even pip."""
    venv.create(folder, symlinks=sys.platform != "win32")
    places = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    target = Path(places["purelib"])
    for name in required(project):
        for file in metadata.files(name) or []:
            if ".." not in file.parts:
                (target / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file.locate(), target / file)
    return folder / BIN


def install(environment, wheel):
    pip = (sys.executable, "-m", "pip", "--python", environment / "python", "--disable-pip-version-check")
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=environment)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Where the commands of an environment are into which only the wheel and its dependencies were installed."""
    environment = empty_environment(tmp_path_factory.mktemp("installed") / "env", "grantrules")
    install(environment, wheel)
    return environment


def test_the_wheel_carries_every_grammar_programme_and_page_of_a_problem(wheel):
    carried = {
        f"grantrules/_data/{path.relative_to(ROOT).as_posix()}"
        for folder in ("grammars", "programs", "docs/problems")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }

    assert carried
    assert carried <= names_in(wheel)


def test_the_wheel_carries_the_whole_package_and_says_that_it_is_typed(wheel):
    sources = ROOT / "src"
    kept = [
        path
        for path in (sources / "grantrules").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]

    assert {path.relative_to(sources).as_posix() for path in kept} <= names_in(wheel)
    assert "grantrules/py.typed" in names_in(wheel)


def test_the_source_archive_builds_the_same_wheel(wheel, tmp_path):
    archive = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(archive) as opened:
        # The first releases of Python 3.11 know no filter; what we built ourselves needs none.
        opened.extractall(tmp_path, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))  # noqa: S202 - Ours.
    (unpacked,) = (path for path in tmp_path.glob("grantrules-*") if path.is_dir())

    assert names_in(build("wheel", unpacked, tmp_path / "again")) == names_in(wheel)


def test_the_same_source_gives_the_same_wheel_byte_for_byte(wheel, tmp_path):
    assert build("wheel", ROOT, tmp_path).read_bytes() == wheel.read_bytes()


def test_the_installed_package_decides_the_demo_from_another_folder(installed, tmp_path):
    """The programme comes from the package, the application from a folder that has nothing to do with it."""
    application = tmp_path / "application.json"
    shutil.copy(ROOT / "programs/tr/applications/kdp_2023/base.json", application)
    where = "from grantrules import resources; print(resources.bundled('tr/kdp_2023'))"
    programme = run(installed / "python", "-c", where, cwd=tmp_path).strip()

    explained = run(installed / "grantrules", "explain", programme, application.name, cwd=tmp_path)

    assert str(ROOT) not in programme
    assert "2,450,000.00 TRY" in explained.replace(" ", " ")


def test_the_installed_package_needs_nothing_that_it_does_not_declare(installed, tmp_path):
    """But for the two modules that belong to the extra `test`."""
    everything = (
        "import importlib, pkgutil, grantrules\n"
        "for module in pkgutil.walk_packages(grantrules.__path__, 'grantrules.'):\n"
        "    needs_hypothesis = ('.properties.strategies', '.properties.programmes', '.properties.rule_files')\n"
        "    if not module.name.endswith(('__main__', '.pytest_plugin', *needs_hypothesis)):\n"
        "        importlib.import_module(module.name)\n"
    )

    run(installed / "python", "-c", everything, cwd=tmp_path)


def test_the_package_knows_its_version(installed, tmp_path):
    told = run(installed / "python", "-c", "import grantrules; print(grantrules.__version__)", cwd=tmp_path)

    assert told.strip() == PROJECT["version"]


def test_an_editable_installation_finds_grammars_and_programmes_at_the_top_of_the_checkout(tmp_path):
    """An editable installation is a wheel as well: one that holds the way back to the checkout, and no copies."""
    environment = empty_environment(tmp_path / "env", "grantrules")
    install(environment, build("wheel:editable", ROOT, tmp_path / "wheel"))

    root = run(
        environment / "python",
        "-c",
        "from grantrules import resources; print(resources.data_root())",
        cwd=tmp_path,
    )

    assert Path(root.strip()) == ROOT
    assert resources.data_root() == ROOT


def test_the_core_has_at_most_four_dependencies_and_each_is_defended():
    """Core dependencies: lark, attrs, and at most two more, each with its reason in CONTRIBUTING."""
    names = [re.match(r"[\w.-]+", needs)[0] for needs in PROJECT["dependencies"]]
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    assert {"lark", "attrs"} <= set(names)
    assert len(names) <= 4
    assert [name for name in names if f"| `{name}` |" not in contributing] == []
