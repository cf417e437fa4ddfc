"""The command line: what each command prints, its exit codes, and that no fault of the world leaves half a file."""

import contextlib
import errno
import json
import os
import re
import select
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import grantrules as gr
import house
from grantrules import cli, resources

ROOT = Path(__file__).resolve().parents[1]
APPLICATIONS = resources.programs() / "tr" / "applications" / "kdp_2023"
COMMAND = [sys.executable, "-m", "grantrules"]


@pytest.fixture
def run(capsys, monkeypatch):
    """Run a command in this process; gives the exit code, what was printed, and what was complained."""

    def command(*arguments, stdin: bytes | None = None):
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", _Input(stdin))
        try:
            code = cli.main([str(each) for each in arguments])
        except SystemExit as left:
            code = left.code
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


class _Input:
    def __init__(self, content: bytes) -> None:
        import io

        self.buffer = io.BytesIO(content)
        self.closed = False

    def isatty(self) -> bool:
        return False


@pytest.fixture
def files(tmp_path):
    """A programme and an application in a folder of their own."""
    rules, application = tmp_path / "house.rules", tmp_path / "application.json"
    rules.write_text(house.RULES, encoding="utf-8")
    application.write_text(json.dumps(house.application()), encoding="utf-8")
    return rules, application


def outside(*arguments, **more):
    """A command in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **more.pop("env", {})}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, check=False, env=environment, **more
    )


# ---- check -------------------------------------------------------------------------------------------------------


def test_check_says_that_all_is_well(run, files):
    assert run("check", files[0]) == (
        0,
        f"{files[0]}: no mistakes. A decision takes at most 1,164 steps.\n",
        "",
    )


def test_check_shows_every_mistake_of_every_file_and_gives_1(run, files, tmp_path):
    wrong = tmp_path / "wrong.rules"
    wrong.write_text(
        house.RULES.replace("built is less than 1990", "bilt is less than 1990"), encoding="utf-8"
    )

    code, out, err = run("check", files[0], wrong)
    assert (code, err) == (1, "")
    assert "bilt" in out
    assert f"{files[0]}: no mistakes." in out
    assert "1 mistake found." in out


def test_check_speaks_the_language_of_the_file(run, tmp_path):
    turkish = tmp_path / "ev.rules"
    turkish.write_text("dil Türkçe\n\nprogram x\n", encoding="utf-8")

    assert "hata bulundu" in run("check", turkish)[1]
    assert "found" in run("check", turkish, "--language", "en")[1]


def test_check_in_json_is_one_object(run, files, tmp_path):
    wrong = tmp_path / "wrong.rules"
    wrong.write_text("language English\n", encoding="utf-8")

    code, out, _ = run("check", files[0], wrong, "--format", "json")
    data = json.loads(out)
    assert (code, data["ok"], [len(each["problems"]) for each in data["files"]]) == (1, False, [0, 1])
    assert data["files"][1]["problems"][0]["code"].startswith("GR")


def test_check_reads_standard_input(run):
    assert run("check", "-", stdin=house.RULES.encode())[:2] == (
        0,
        "-: no mistakes. A decision takes at most 1,164 steps.\n",
    )
    assert run("check", "-", stdin=b"\xff")[0] == 1


# ---- decide and explain ------------------------------------------------------------------------------------------


def test_decide_gives_0_whatever_the_decision_is(run, files):
    for facts, said in (
        ({}, "Eligible: 850.02 EUR"),
        ({"built": 2000}, "Not eligible"),
        ({"owner": ...}, "Not decided"),
    ):
        code, out, err = run("decide", files[0], "-", stdin=json.dumps(house.application(**facts)).encode())
        assert (code, err) == (0, "")
        assert said in out


def test_decide_in_json_is_the_shape_of_the_library(run, files):
    code, out, _ = run("decide", *files, "--format", "json")

    assert code == 0
    assert out == gr.load(files[0]).decide(files[1].read_text(encoding="utf-8")).to_json()


def test_a_programme_that_comes_along_is_found_by_its_name(run):
    for name in ("tr.kdp_2023", "tr/kdp_2023"):
        code, out, _ = run("decide", name, APPLICATIONS / "base.json", "--format", "json")
        assert (code, json.loads(out)["support"]["amount"]) == (0, "2450000.00")


@pytest.mark.parametrize("layout", ["text", "markdown", "html", "json"])
def test_explain_has_four_layouts_and_two_languages(run, files, layout):
    for language in ("en", "tr"):
        code, out, _ = run("explain", *files, "--format", layout, "--language", language)
        assert code == 0
        assert out == gr.load(files[0]).decide(house.application()).explain(language, layout)


def test_parameters_are_set_by_name(run, files):
    code, out, _ = run(
        "decide",
        *files,
        "--parameter",
        "most_support=100.00",
        "--parameter",
        "hill_points=3",
        "--format",
        "json",
    )

    data = json.loads(out)
    assert (code, data["support"]["amount"]) == (0, "100.00")
    assert data["parameters"]["hill_points"] == "3"


@pytest.mark.parametrize(
    ("given", "code"),
    [("nothing", 2), ("=3", 2), ("most_suport=1.00", 1), ("most_support=a lot", 1), ("most_support=", 1)],
)
def test_a_parameter_that_cannot_be_set_is_refused(run, files, given, code):
    found, out, err = run("decide", *files, "--parameter", given)

    assert (found, out) == (code, "")
    assert err


def test_a_parameter_given_twice_is_a_wrong_call(run, files):
    twice = ("--parameter", "most_support=1.00") * 2

    assert run("decide", *files, *twice)[0] == 2


def test_a_yes_no_parameter_is_set_in_words(run):
    arguments = ("decide", "tr.kdp_2023", APPLICATIONS / "domestic_machinery.json", "--format", "json")
    amounts = [
        json.loads(run(*arguments, "--parameter", f"bonus_above_70={answer}")[1])["support"]["amount"]
        for answer in ("yes", "evet", "no", "hayır")
    ]

    assert amounts == ["2400000.00", "2400000.00", "2100000.00", "2100000.00"]


def test_a_wrong_application_gives_1_with_every_mistake_on_standard_error(run, files):
    code, out, err = run("decide", files[0], "-", stdin=b'{"bulit": 1970,\n "zone": "twon"}')

    assert (code, out) == (1, "")
    assert "`built`" in err
    assert "standard input, line 2, column 10, zone" in err


def test_a_wrong_application_in_json_is_reported_in_json(run, files):
    code, out, err = run("decide", files[0], "-", "--format", "json", stdin=b'{"bulit": 1970}')

    assert (code, err) == (1, "")
    assert [p["path"] for p in json.loads(out)["problems"]] == ["bulit"]


def test_a_wrong_programme_gives_1(run, files, tmp_path):
    wrong = tmp_path / "wrong.rules"
    wrong.write_text("language English\n", encoding="utf-8")

    code, out, err = run("decide", wrong, files[1])
    assert (code, out) == (1, "")
    assert "GR201" in err


# ---- test, verify, schema, new, problem --------------------------------------------------------------------------


def test_examples_that_pass_give_0(run, files):
    code, out, _ = run("test", files[0])

    assert code == 0
    assert "✓ town_house  A house in the town" in out
    assert "2 of 2 examples passed." in out


def test_what_is_said_of_examples_and_promises_ends_with_its_last_line(run, files):
    text = house.RULES.replace('promise modest "Never more than 6 000"', "promise modest")
    files[0].write_text(text, encoding="utf-8")
    out = run("test", files[0], "--applications", "20")[1]

    assert "✓ modest" in out
    assert out.count("modest") == 1

    assert "promises" in out.splitlines()[-1]
    assert out == f"{out.rstrip()}\n"


def test_an_example_that_fails_gives_1_with_what_was_found_and_its_line(run, files):
    text = house.RULES.replace("expect works is 850.02 EUR", "expect works is 850.03 EUR")
    files[0].write_text(text, encoding="utf-8")

    code, out, _ = run("test", files[0])
    line = text.splitlines().index("  expect works is 850.03 EUR") + 1
    assert code == 1
    assert f"line {line}: expect works is 850.03 EUR" in out
    assert "is 850.02 EUR; it must be 850.03 EUR" in out
    assert json.loads(run("test", files[0], "--format", "json")[1])["ok"] is False


def test_a_file_that_is_wrong_does_not_hide_the_examples_of_the_next(run, files, tmp_path):
    wrong = tmp_path / "wrong.rules"
    wrong.write_text("language English\n", encoding="utf-8")

    code, out, _ = run("test", wrong, files[0])
    assert code == 1
    assert "GR201" in out
    assert "2 of 2 examples passed." in out
    both = json.loads(run("test", wrong, files[0], "--format", "json")[1])["files"]
    assert [[example["passed"] for example in each["examples"]] for each in both] == [[], [True, True]]
    assert [[problem["code"] for problem in each["problems"]] for each in both] == [["GR201"], []]


def test_a_record_is_verified_and_a_changed_one_is_not(run, files, tmp_path):
    record = tmp_path / "record.json"
    code, _, _ = run("decide", *files, "--record", record)
    assert code == 0
    assert run("verify", record)[0] == 0
    assert "byte for byte" in run("verify", record)[1]

    record.write_text(record.read_text(encoding="utf-8").replace("850.02", "950.02", 1), encoding="utf-8")
    code, out, _ = run("verify", record, "--format", "json")
    assert (code, json.loads(out)["records"][0]["status"]) == (1, "changed")


def test_a_record_may_come_from_standard_input(run, files):
    text = gr.load(files[0]).decide(house.application()).record()

    assert run("verify", "-", stdin=text.encode())[0] == 0
    assert run("verify", "-", stdin=b"")[0] == 1


def test_the_schema_is_printed(run, files):
    code, out, _ = run("schema", files[0])

    assert (code, json.loads(out)) == (0, gr.load(files[0]).schema())


@pytest.mark.parametrize("language", ["en", "tr"])
def test_the_programme_to_start_from_compiles_without_a_warning_and_passes_its_examples(
    run, tmp_path, language
):
    file = tmp_path / "my_call.rules"

    code, out, _ = run("new", file, "--language", language)
    assert code == 0
    assert str(file) in out
    assert gr.check(file) == ()
    programme = gr.load(file)
    assert (programme.name, programme.language) == ("my_call", language)
    results = programme.run_examples()
    assert len(results) == 3
    assert all(result.passed for result in results)


def test_what_is_there_already_is_never_replaced_by_a_new_programme(run, files):
    before = files[0].read_bytes()

    code, out, err = run("new", files[0])
    assert (code, out) == (2, "")
    assert "stays as it is" in err
    assert files[0].read_bytes() == before


@pytest.mark.parametrize("name", ["Büyük İş.rules", "1.rules", "-.rules", "a b.rules", "çağrı.rules"])
def test_any_file_name_gives_a_programme_with_a_right_name(run, tmp_path, name):
    file = tmp_path / name

    assert run("new", file)[0] == 0
    assert gr.check(file) == ()


def test_a_new_programme_may_be_printed(run):
    code, out, _ = run("new", "--language", "tr")

    assert code == 0
    assert gr.check(out) == ()


def test_a_problem_has_its_page_and_all_are_listed(run):
    code, listed, _ = run("problem")
    assert code == 0
    codes = [line.split()[0] for line in listed.splitlines()]
    assert codes == sorted(codes)
    assert len(codes) > 100

    for code_ in codes:
        for language in ("en", "tr"):
            found, page, _ = run("problem", code_.lower(), "--language", language)
            assert found == 0
            assert code_ in page


def test_a_problem_that_is_not_there_is_a_wrong_call(run):
    code, out, err = run("problem", "GR000")

    assert (code, out) == (2, "")
    assert "GR000" in err


# ---- wrong calls and the faults of the world ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["nothing"], ["decide"], ["decide", "tr.kdp_2023"], ["check", "--format", "pdf", "x"],
        ["decide", "no.such", "-"], ["decide", "tr.kdp_2023", "no/such.json"], ["check", "no/such.rules"],
        ["check", "."], ["verify", "no/such.json"], ["test", "../../etc/passwd.rules"], ["schema", ""],
        ["check", "\x1b[2J"], ["check", "a\nb"], ["check", "-rf"], ["new", "no/such/folder/x.rules"],
    ],
)  # fmt: skip
def test_a_wrong_call_gives_2_and_one_complaint_without_a_traceback(run, arguments):
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err
    assert "Traceback" not in err
    assert "\x1b" not in err
    assert not re.search(r"\b\w+Error\b", err)


def test_no_traceback_for_any_hostile_file(run, tmp_path):
    hostile = [
        b"", b"\x00", b"\xff\xfe", b"[" * 100_000, b"{" * 1000, b'{"a":' * 1000, b"NaN", b"1e999999999", b'"\\ud800"',
        b'{"built": 1' + b"0" * 100_000 + b"}", b'{"owner": true, "owner": false}', b'{"zone": "\x1b[2J"}',
    ]  # fmt: skip
    for number, content in enumerate(hostile):
        file = tmp_path / f"{number}.json"
        file.write_bytes(content)
        for arguments in (("decide", "tr.kdp_2023", file), ("check", file), ("verify", file)):
            code, out, err = run(*arguments)
            assert code == 1
            assert "Traceback" not in out + err
            assert "\x1b" not in out + err


def test_a_mistake_of_our_own_gives_70_and_asks_for_a_report(run, files, monkeypatch):
    monkeypatch.setattr(gr.Programme, "decide", lambda *_, **__: 1 // 0)

    code, out, err = run("decide", *files)
    assert (code, out) == (70, "")
    assert "report" in err
    assert "Traceback" not in err


# ---- writing -----------------------------------------------------------------------------------------------------


def test_a_result_is_written_to_a_file_that_only_its_owner_reads(run, files, tmp_path):
    target = tmp_path / "result.html"

    code, out, _ = run("explain", *files, "--format", "html", "--output", target)
    assert (code, out) == (0, "")
    assert target.read_text(encoding="utf-8") == gr.load(files[0]).decide(house.application()).explain(
        format="html"
    )
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


FAULTS = [(call, fault) for call in ("write", "fsync", "replace") for fault in (errno.ENOSPC, errno.EIO)]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_while_writing_leaves_the_old_file_and_nothing_else(run, files, tmp_path, monkeypatch, fault):
    call, number = fault
    target = tmp_path / "result.json"
    target.write_text("the result of before", encoding="utf-8")
    before = leftovers(tmp_path)

    def fails(*_, **__):
        raise OSError(number, os.strerror(number))

    if call == "write":
        monkeypatch.setattr(os, "fdopen", _failing_file(fails))
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    else:
        monkeypatch.setattr(Path, "replace", fails)
    code, out, err = run("decide", *files, "--format", "json", "--output", target)

    assert (code, out) == (2, "")
    assert str(target) in err
    assert target.read_text(encoding="utf-8") == "the result of before"
    assert leftovers(tmp_path) == before


def _failing_file(fails):
    whole = os.fdopen

    def opened(handle, mode="r", *arguments, **more):
        file = whole(handle, mode, *arguments, **more)
        if "w" in mode:
            file.write = fails
        return file

    return opened


@pytest.mark.parametrize(
    "target", ["/dev/null", "/dev/full", ".", "folder", "link", "house.rules", "application.json"]
)
def test_what_is_no_plain_file_of_its_own_is_never_replaced(run, files, tmp_path, monkeypatch, target):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(files[0])
    before = {path: path.read_bytes() for path in files}

    code, out, err = run("decide", *files, "--output", target)
    assert (code, out) == (2, "")
    assert err
    assert {path: path.read_bytes() for path in files} == before


def test_record_and_output_may_not_be_one_file(run, files, tmp_path):
    assert run("decide", *files, "--output", tmp_path / "x", "--record", tmp_path / "x")[0] == 2
    assert "x" not in leftovers(tmp_path)


def test_no_file_is_written_for_a_wrong_application(run, files, tmp_path):
    files[1].write_text("{", encoding="utf-8")

    assert run("decide", *files, "--output", tmp_path / "x", "--record", tmp_path / "y")[0] == 1
    assert leftovers(tmp_path) == ["application.json", "house.rules"]


# ---- in processes of their own -----------------------------------------------------------------------------------


def test_the_same_bytes_in_every_locale(files):
    results = {
        outside("explain", *files, "--language", "tr", env=environment).stdout
        for environment in (
            {"LC_ALL": "C", "PYTHONUTF8": "0"},
            {"LC_ALL": "tr_TR.UTF-8"},
            {
                "PYTHONIOENCODING": "latin-1",
                "PYTHONHASHSEED": "7",
                "TZ": "Pacific/Kiritimati",
                "PYTHONWARNINGS": "error",
            },
        )
    }

    assert len(results) == 1
    assert "desteği" in results.pop().decode()


def test_a_reader_that_goes_away_is_no_mistake(files):
    """`grantrules explain … | head -1`"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [*COMMAND, "explain", *map(str, files), "--format", "html"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        process.stdout.close()
        complaint = process.stderr.read()
        code = process.wait()

    assert complaint == b""
    assert code in (0, 141)


def test_a_full_disk_under_standard_output_gives_2(files):
    if not Path("/dev/full").exists():
        pytest.skip("no such device here")
    with Path("/dev/full").open("wb") as full:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        run = subprocess.run(
            [*COMMAND, "explain", *map(str, files)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=environment,
        )

    assert run.returncode == 2
    assert b"room" in run.stderr
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_ends_without_a_traceback(files, sent, code):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [*COMMAND, "decide", str(files[0]), "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    # A test run in the background of a shell is deaf to interrupts, and so would be what it starts.
    heard = {} if os.name == "nt" else {"preexec_fn": lambda: signal.signal(sent, signal.SIG_DFL)}
    with subprocess.Popen(command, env=environment, **pipes, **heard) as process:
        wait_until_it_reads(process.stdin)
        process.send_signal(sent)
        out, err = process.communicate(timeout=20)

    assert (process.returncode, out) == (code, b"")
    assert b"Traceback" not in err


def wait_until_it_reads(pipe):
    """A full pipe takes more only when somebody has begun to read it."""
    os.set_blocking(pipe.fileno(), False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(pipe.fileno(), b" " * 65_536)
    select.select([], [pipe], [], 60)
    os.set_blocking(pipe.fileno(), True)


def test_colour_is_for_terminals_that_want_it(monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert cli._look("en", Terminal()).colour is True
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli._look("en", Terminal()).colour is False


def test_python_runs_it_as_a_module_too():
    assert outside("--version").stdout.decode() == f"grantrules {gr.__version__}\n"


# ---- the page ----------------------------------------------------------------------------------------------------


def test_every_command_and_every_option_has_its_words_on_the_page():
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    parser = cli._parser()
    (commands,) = (each for each in parser._actions if each.dest == "==SUPPRESS==" or each.choices)
    for name, command in commands.choices.items():
        assert f"grantrules {name}" in page
        assert len((command.description or "").split()) >= 3
        for action in command._actions:
            for option in action.option_strings:
                if option not in ("-h", "--help"):
                    assert f"`{option}" in page, (name, option)
    for code in (
        cli.OK,
        cli.WRONG,
        cli.USAGE,
        cli.INTERNAL,
        cli.INTERRUPTED,
        cli.TERMINATED,
        cli.BROKEN_PIPE,
    ):
        assert f"| {code} |" in page
