"""
The command line: a thin shell over `api`.  The terminal, standard input and the files to write live here.

Whatever a user wrote wrong gets a message and exit code 1, a wrong call or a file that cannot be read or written
exit code 2, both without a traceback.  `docs/cli.md` describes every command and every exit code.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from grantrules import formats, resources
from grantrules.diagnostics import LANGUAGES, GrantRulesError, Problem, Words, escaped
from grantrules.limits import DEFAULT_LIMITS
from grantrules.render import Look, json_text, problems_as_json, problems_as_text
from grantrules.version import VERSION

if TYPE_CHECKING:
    from grantrules.api import Programme
    from grantrules.decision import Decision

OK, WRONG, USAGE, INTERNAL = 0, 1, 2, 70
INTERRUPTED, TERMINATED, BROKEN_PIPE = 130, 143, 141

_MOST_RECORD = 64 * 1024 * 1024


class _UsageError(Exception):
    """The call is wrong, or a file cannot be read or written; carries the message."""

    def __init__(self, en: str, tr: str) -> None:
        super().__init__(en)
        self.words = Words(en, tr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # The same bytes whatever the locale of the host is.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    with suppress(ValueError, AttributeError):  # Not in the main thread, or a system without it.
        signal.signal(signal.SIGTERM, _terminated)
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return BROKEN_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        _complain(*_io_words(error, None), language="en")
        return USAGE
    return code


def _terminated(_signal: int, _frame: object) -> NoReturn:
    sys.exit(TERMINATED)


def _drop_output() -> None:
    """Nobody reads any more: what is still in the buffer goes nowhere, without a complaint at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    language: str = options.language or "en"
    command: Callable[[argparse.Namespace], int] = options.run
    try:
        return command(options)
    except _UsageError as wrong:
        _complain(wrong.words.en, wrong.words.tr, language=language)
        return USAGE
    except GrantRulesError as wrong:
        return _report(wrong.problems, options, language)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except OSError as error:
        _complain(*_io_words(error, None), language=language)
        return USAGE
    except Exception as error:  # noqa: BLE001 - The last door: a mistake of ours, never a traceback.
        return _internal(error, language)


def _internal(error: Exception, language: str) -> int:
    if os.environ.get("GRANTRULES_DEBUG"):
        raise error
    _complain(
        "grantrules has met a mistake of its own. Nothing was written. Please report it to the maintainers, with"
        " the files you used; GRANTRULES_DEBUG=1 shows the details.",
        "grantrules kendi içinde bir hatayla karşılaştı. Hiçbir şey yazılmadı. Lütfen kullandığınız dosyalarla"
        " birlikte geliştiricilere bildirin; GRANTRULES_DEBUG=1 ayrıntıları gösterir.",
        language=language,
    )
    return INTERNAL


def _complain(en: str, tr: str, *, language: str) -> None:
    with suppress(OSError, ValueError):
        print(f"grantrules: {tr if language == 'tr' else en}", file=sys.stderr)


def _io_words(error: OSError, name: str | None) -> tuple[str, str]:
    shown = escaped(str(name or error.filename or ""), 200)
    reason = escaped(error.strerror or "", 100)
    where = f"{shown}: " if shown else ""
    known = {
        2: ("There is no such file.", "Böyle bir dosya yok."),
        13: ("It may not be opened.", "Açma izni yok."),
        21: ("It is a folder, not a file.", "Dosya değil, klasör."),
        22: ("It is not a regular file.", "Olağan bir dosya değil."),
        28: ("There is no room left on the disk.", "Diskte yer kalmadı."),
    }
    en, tr = known.get(error.errno or 0, (f"{reason}.", f"{reason}."))
    return f"{where}{en}", f"{where}{tr}"


# ---- arguments ---------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="grantrules",
        description="Decide grant applications by rules that people can read.",
        epilog="Exit codes: 0 done, 1 something in a file is wrong, 2 wrong call or unreadable file.",
    )
    parser.add_argument("--version", action="version", version=f"grantrules {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about)
        added.set_defaults(run=run, format="text")
        added.add_argument("--language", choices=LANGUAGES, help="of what is said; else that of the rules")
        return added

    def rooted(parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--root",
            action="append",
            metavar="FOLDER",
            help="where libraries and amended texts are found, and nowhere else; may be repeated",
        )

    programme = "a .rules file, or the name of a programme that comes along, such as tr.kdp_2023"
    application = "a JSON file; - reads standard input"

    check = command("check", _check, "Find every mistake in rule files.")
    check.add_argument("files", nargs="+", metavar="PROGRAMME", help=f"{programme}; - reads standard input")
    rooted(check)
    _format(check, "text", "json")

    for name, run, about, layouts in (
        ("decide", _decide, "Decide an application.", ("text", "json")),
        ("explain", _explain, "Decide an application and say how.", ("text", "markdown", "html", "json")),
    ):
        added = command(name, run, about)
        added.add_argument("programme", metavar="PROGRAMME", help=programme)
        added.add_argument("application", metavar="APPLICATION", help=application)
        added.add_argument(
            "--parameter",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="set a parameter; may be repeated",
        )
        added.add_argument(
            "--record", metavar="FILE", help="also write the record of the decision, for verify"
        )
        rooted(added)
        _format(added, *layouts)
        _output(added)

    rank = command(
        "rank", _rank, "Decide all applications of a call, put them in order, give out its budget."
    )
    _rank_arguments(rank, programme)
    rooted(rank)

    compare = command("compare", _compare, "Decide applications under two programmes, and say what differs.")
    _compare_arguments(compare, programme)
    rooted(compare)

    test = command(
        "test", _test, "Run the examples in rule files, and check their promises on made-up applications."
    )
    _test_arguments(test, programme)
    rooted(test)

    mutate = command("mutate", _mutate, "Change one thing of a programme at a time; see if its tests notice.")
    _mutate_arguments(mutate, programme)
    rooted(mutate)

    verify = command("verify", _verify, "Replay records of decisions and compare them byte for byte.")
    verify.add_argument("files", nargs="+", metavar="RECORD", help="a record; - reads standard input")
    _format(verify, "text", "json")

    conditions = command(
        "conditions", _conditions, "List when each support is paid, when it is 0, when it does not apply."
    )
    _conditions_arguments(conditions, programme)
    rooted(conditions)

    schema = command("schema", _schema, "Print the JSON Schema of an application.")
    schema.add_argument("programme", metavar="PROGRAMME", help=programme)
    schema.add_argument(
        "--complete", action="store_true", help="ask for every fact, also those not known yet"
    )
    rooted(schema)
    _output(schema)

    new = command("new", _new, "Write a small programme to start from.")
    new.add_argument("file", nargs="?", metavar="FILE", help="the file to write; it must not exist yet")

    problem = command(
        "problem", _problem, "Print the page of a problem, such as GR204; without a code, the list."
    )
    problem.add_argument("code", nargs="?", metavar="CODE", help="the code that stands before the message")
    return parser


def _rank_arguments(rank: argparse.ArgumentParser, programme: str) -> None:
    rank.add_argument("programme", metavar="PROGRAMME", help=programme)
    rank.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="applications by name (a JSON object), a list of them or JSON lines, each with its name as `id`;"
        " - reads standard input",
    )
    rank.add_argument(
        "--parameter",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a parameter; may be repeated",
    )
    rank.add_argument("--ranking", metavar="NAME", help="which ranking, where the programme has several")
    rank.add_argument("--id", metavar="FIELD", default="id", help="the field that names an application (id)")
    _format(rank, "text", "json")
    _output(rank)


def _test_arguments(test: argparse.ArgumentParser, programme: str) -> None:
    test.add_argument("files", nargs="+", metavar="PROGRAMME", help=programme)
    test.add_argument(
        "--applications",
        type=int,
        default=60,
        metavar="N",
        help="how many applications are made up to check the promises (60); 0 runs the examples alone",
    )
    _format(test, "text", "json")


def _mutate_arguments(mutate: argparse.ArgumentParser, programme: str) -> None:
    mutate.add_argument("programme", metavar="PROGRAMME", help=programme)
    mutate.add_argument("--only", metavar="NAME", help="change this statement alone")
    mutate.add_argument(
        "--equivalent", metavar="FILE", help="changes known to change nothing: lines of `change | reason`"
    )
    mutate.add_argument(
        "--workers",
        type=_number_of_workers,
        default=1,
        metavar="N",
        help="how many processes share the work (1); what is printed is the same",
    )
    _format(mutate, "text", "json")


def _conditions_arguments(conditions: argparse.ArgumentParser, programme: str) -> None:
    conditions.add_argument("programme", metavar="PROGRAMME", help=programme)
    _format(conditions, "text", "json")
    _output(conditions)


def _compare_arguments(compare: argparse.ArgumentParser, programme: str) -> None:
    compare.add_argument("first", metavar="FIRST", help=programme)
    compare.add_argument("second", metavar="SECOND", help="likewise; may be the same one, set otherwise")
    compare.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="one application, or applications by name, a list of them or JSON lines; - reads standard input",
    )
    days = compare.add_mutually_exclusive_group()
    days.add_argument("--date", metavar="DAY", help="decide both by the rules of this day")
    days.add_argument(
        "--dates", nargs=2, metavar="DAY", help="decide by the rules of the one day, and of the other"
    )
    for option, about in (
        ("--parameter", "set a parameter, in whichever has it"),
        ("--first-parameter", "set a parameter of the first alone"),
        ("--second-parameter", "set a parameter of the second alone"),
    ):
        compare.add_argument(
            option, action="append", default=[], metavar="NAME=VALUE", help=f"{about}; may be repeated"
        )
    compare.add_argument(
        "--id", metavar="FIELD", default="id", help="the field that names an application (id)"
    )
    compare.add_argument(
        "--only", action="append", metavar="NAME", help="only the application of this name; may be repeated"
    )
    compare.add_argument(
        "--explained",
        action="store_true",
        help="of many applications, explain each that is decided otherwise",
    )
    _format(compare, "text", "markdown", "html", "json")
    _output(compare)


def _format(parser: argparse.ArgumentParser, *formats: str) -> None:
    parser.add_argument("--format", choices=formats, default="text", help="how it is written (text)")


def _output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", metavar="FILE", help="write to a file, wholly or not at all")


# ---- reading -----------------------------------------------------------------------------------------------------


def _path(name: str) -> str:
    """The file of a programme: a path, or the name of one that comes with the package."""
    if name and Path(name).exists():
        return name
    bundled = name.replace(".", "/")
    if re.fullmatch(r"[\w/]+", bundled) and bundled in resources.bundled_names():
        return str(resources.bundled(bundled))
    known = ", ".join(each.replace("/", ".") for each in resources.bundled_names())
    shown = escaped(name, 200)
    raise _UsageError(
        f"{shown}: there is no such file. Programmes that come along: {known}.",
        f"{shown}: böyle bir dosya yok. Birlikte gelen programlar: {known}.",
    )


def _load(name: str, options: argparse.Namespace) -> Programme:
    from grantrules import api

    path = _path(name)
    with _file_named(name):
        return api.load(path, root=_roots(options))


def _roots(options: argparse.Namespace) -> list[str] | None:
    """The folders given with `--root`; each must be there."""
    given: list[str] | None = options.root
    for each in given or ():
        if not Path(each).is_dir():
            shown = escaped(each, 200)
            raise _UsageError(f"{shown}: there is no such folder.", f"{shown}: böyle bir klasör yok.")
    return given


@contextmanager
def _file_named(name: str) -> Iterator[None]:
    """An error of the system becomes a message that names the file as it was given."""
    try:
        yield
    except OSError as error:
        raise _UsageError(*_io_words(error, name)) from None


def _input(name: str, most: int) -> bytes:
    """A file, or standard input for `-`; one byte more than `most` if it is longer."""
    from grantrules.texts.shelf import file_bytes

    if name != "-":
        with _file_named(name):
            return file_bytes(name, most)
    if sys.stdin is None or sys.stdin.closed:
        raise _UsageError("Standard input is closed.", "Standart girdi kapalı.")
    if sys.stdin.isatty():
        _complain(
            "Reading from the terminal; end with Ctrl-D.",
            "Uçbirimden okunuyor; Ctrl-D ile bitirin.",
            language="en",
        )
    return sys.stdin.buffer.read(most + 1)


def _language(options: argparse.Namespace, programme: Programme) -> str:
    return options.language or programme.language


def _parameters(
    programme: Programme, given: Sequence[str], other: Programme | None = None, *, option: str = "--parameter"
) -> dict[str, Any]:
    """The parameters to set; each is read as the programme does that has it."""
    from grantrules.settings import can_be_set, from_text

    found: dict[str, Any] = {}
    for each in given:
        name, sign, text = each.partition("=")
        name = name.strip()
        if not sign or not name:
            shown = escaped(each)
            raise _UsageError(
                f"{option} {shown}: write NAME=VALUE.", f"{option} {shown}: AD=DEĞER biçiminde yazın."
            )
        if name in found:
            shown = escaped(name)
            raise _UsageError(f"{option} {shown} is given twice.", f"{option} {shown} iki kez verilmiş.")
        has_it = can_be_set(programme.core, name)
        found[name] = from_text((programme if other is None or has_it else other).core, name, text)
    return found


# ---- writing -----------------------------------------------------------------------------------------------------


def _emit(text: str, options: argparse.Namespace, *inputs: str) -> None:
    """The result: to the file asked for, else to standard output."""
    output = getattr(options, "output", None)
    if output is None:
        print(text, end="")
    else:
        _write(output, text, inputs)


def _write(name: str, text: str, inputs: Sequence[str]) -> None:
    """Write a file wholly or not at all: beside it first, then in its place."""
    path = Path(name)
    _refuse_place(path, name, inputs)
    with _file_named(name):
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary).unlink()
            raise
        _sync_folder(path.parent)


def _refuse_place(path: Path, name: str, inputs: Sequence[str]) -> None:
    shown = escaped(name, 200)
    if not path.name:
        raise _UsageError(f"{shown}: this is no name of a file.", f"{shown}: bu bir dosya adı değil.")
    with _file_named(name):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISREG(mode):
            raise _UsageError(
                f"{shown}: it is there already and is not a regular file.",
                f"{shown}: zaten var ve olağan bir dosya değil.",
            )
        for given in inputs:
            if given != "-" and Path(given).exists() and path.samefile(given):
                raise _UsageError(
                    f"{shown}: the result would replace what it was made from.",
                    f"{shown}: sonuç, yapıldığı dosyanın yerine geçerdi.",
                )


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # Some systems cannot; the file itself is safe already.
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _report(problems: Sequence[Problem], options: argparse.Namespace, language: str) -> int:
    """What is wrong: for people on standard error, as JSON on standard output."""
    language = options.language or _spoken(problems) or language
    if options.format == "json":
        print(json_text(problems_as_json(problems, language=language)), end="")
    else:
        print(problems_as_text(problems, _look(language, sys.stderr)), end="", file=sys.stderr)
    return WRONG


_TURKISH = re.compile(r"\A\ufeff?(?:\s|--[^\n]*\n)*dil\s", re.IGNORECASE)


def _spoken(problems: Sequence[Problem]) -> str | None:
    """The language of the rules that the problems are in."""
    text = next((problem.source.text for problem in problems if problem.source is not None), "")
    return "tr" if _TURKISH.match(text[:2000]) else None


def _look(language: str, stream: Any) -> Look:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Look(language=language, colour=bool(not plain and stream.isatty()))


# ---- check -------------------------------------------------------------------------------------------------------


def _check(options: argparse.Namespace) -> int:
    roots = _roots(options)
    results = [(name, *_checked(name, roots)) for name in options.files]
    wrong = any(programme is None for _, _, programme in results)
    if options.format == "json":
        listed = [
            {
                "programme": escaped(name, 500),
                "steps": None if programme is None else programme.most_steps,
                **problems_as_json(problems, language=options.language or "en"),
            }
            for name, problems, programme in results
        ]
        print(json_text({"version": 1, "ok": not wrong, "files": listed}), end="")
    else:
        for name, problems, programme in results:
            spoken = _spoken(problems) if programme is None else programme.language
            language = options.language or spoken or "en"
            if problems:
                print(problems_as_text(problems, _look(language, sys.stdout)))
            if programme is not None:
                shown = formats.number(programme.most_steps, language)
                print(_ALL_WELL[language].format(name=escaped(name, 200), steps=shown))
    return WRONG if wrong else OK


def _checked(name: str, roots: list[str] | None) -> tuple[tuple[Problem, ...], Programme | None]:
    """What is said about a file, and the programme if the file can be used."""
    from grantrules import api

    if name == "-":
        found = api.examined(_input(name, DEFAULT_LIMITS.file_bytes), name="standard input", root=roots)
    else:
        with _file_named(name):
            found = api.examined(Path(_path(name)), name=name, root=roots)
    programme, problems = found
    return problems, programme


_ALL_WELL = Words(
    "{name}: no mistakes. A decision takes at most {steps} steps.",
    "{name}: hata yok. Bir karar en fazla {steps} adım sürer.",
)


# ---- decide and explain ------------------------------------------------------------------------------------------


def _decided(options: argparse.Namespace) -> tuple[Decision, str]:
    programme = _load(options.programme, options)
    language = _language(options, programme)
    options.language = language
    parameters = _parameters(programme, options.parameter)
    text = _input(options.application, programme.limits.json_bytes)
    name = "standard input" if options.application == "-" else options.application
    facts = programme.prepare(text, name=name)
    return programme.decide(facts, parameters=parameters, language=language, trace=True), language


def _finish(text: str, decision: Decision, options: argparse.Namespace) -> int:
    inputs = (options.application, options.programme)
    if options.record is not None:
        if options.output is not None and Path(options.record).absolute() == Path(options.output).absolute():
            raise _UsageError(
                "--record and --output name the same file.", "--record ile --output aynı dosyayı gösteriyor."
            )
        _write(options.record, decision.record(), inputs)
    _emit(text, options, *inputs)
    return OK


def _decide(options: argparse.Namespace) -> int:
    decision, _ = _decided(options)
    text = decision.to_json() if options.format == "json" else decision.explain(format="summary")
    return _finish(text, decision, options)


def _explain(options: argparse.Namespace) -> int:
    decision, language = _decided(options)
    return _finish(decision.explain(language, options.format), decision, options)


# ---- rank --------------------------------------------------------------------------------------------------------


def _rank(options: argparse.Namespace) -> int:
    programme = _load(options.programme, options)
    language = options.language = _language(options, programme)
    known = programme.rankings
    if (options.ranking is None and len(known) != 1) or (options.ranking and options.ranking not in known):
        raise _no_ranking(known)
    applications = [pair for name in options.files for pair in _applications(name, options.id, programme)]
    ranking = programme.rank(
        applications,
        parameters=_parameters(programme, options.parameter),
        ranking=options.ranking,
        language=language,
    )
    text = ranking.to_json() if options.format == "json" else ranking.explain()
    _emit(text, options, options.programme, *options.files)
    return OK


def _no_ranking(known: Sequence[str]) -> _UsageError:
    if not known:
        return _UsageError("The programme has no `ranking`.", "Programda `sıralama` yok.")
    names = escaped(", ".join(known), 500)
    return _UsageError(
        f"Name one of its rankings with --ranking: {names}.",
        f"Sıralamalarından birini --ranking ile verin: {names}.",
    )


def _applications(
    name: str, field: str, programme: Programme, other: Programme | None = None
) -> Iterator[tuple[str, Any]]:
    """The applications in a file, each with its name."""
    from grantrules.applications import MOST_BYTES, applications_in

    shown = "standard input" if name == "-" else name
    data = _input(name, MOST_BYTES)
    return applications_in(
        programme.core,
        data,
        name=shown,
        field=field,
        limits=programme.limits,
        other=None if other is None else other.core,
    )


# ---- compare -----------------------------------------------------------------------------------------------------


def _compare(options: argparse.Namespace) -> int:
    first, second = _load(options.first, options), _load(options.second, options)
    language = options.language = _language(options, first)
    settings: dict[str, Any] = {
        "parameters": _parameters(first, options.parameter, second),
        "first": _parameters(first, options.first_parameter, option="--first-parameter"),
        "second": _parameters(second, options.second_parameter, option="--second-parameter"),
        "dates": tuple(options.dates) if options.dates else (options.date,) * 2 if options.date else None,
    }
    applications = [p for name in options.files for p in _applications(name, options.id, first, second)]
    if options.only:
        applications = _only(applications, options.only)
    if len(applications) == 1:
        ((name, application),) = applications
        one = first.compare(second, application, name=name, language=language, **settings)
        text = one.explain(format=options.format)
    else:
        all_ = first.compare_all(second, applications, language=language, **settings)
        text = all_.explain(format=options.format, explained=options.explained)
    _emit(text, options, options.first, options.second, *options.files)
    return OK


def _only(applications: Sequence[tuple[str, Any]], wanted: Sequence[str]) -> list[tuple[str, Any]]:
    missing = sorted({*wanted} - {name for name, _ in applications})
    if missing:
        shown = escaped(", ".join(missing), 500)
        raise _UsageError(f"No application is called {shown}.", f"Adı {shown} olan bir başvuru yok.")
    return [(name, application) for name, application in applications if name in wanted]


# ---- test --------------------------------------------------------------------------------------------------------


def _test(options: argparse.Namespace) -> int:
    results = [_tested(name, options) for name in options.files]
    passed = all(ok for ok, _ in results)
    if options.format == "json":
        print(json_text({"version": 1, "ok": passed, "files": [data for _, data in results]}), end="")
    return OK if passed else WRONG


def _tested(name: str, options: argparse.Namespace) -> tuple[bool, dict[str, Any]]:
    """Run the examples of one file; in text, the result is printed at once."""
    from grantrules.examples import as_json, as_text

    shown = escaped(name, 200)
    as_data = options.format == "json"
    try:
        programme = _load(name, options)
    except GrantRulesError as wrong:
        language = options.language or _spoken(wrong.problems) or "en"
        if not as_data:
            print(problems_as_text(wrong.problems, _look(language, sys.stdout)), end="")
        return False, {
            "programme": shown,
            "examples": [],
            **problems_as_json(wrong.problems, language=language),
        }
    language = _language(options, programme)
    found = programme.run_examples(language=language)
    if not as_data:
        print(as_text(found, shown, _look(language, sys.stdout)), end="")
    passed = all(each.passed for each in found)
    data = {"programme": shown, "examples": as_json(found, language), "problems": [], "more": 0}
    if options.applications > 0:
        from grantrules import suite

        kept = suite.run_promises(programme, number=options.applications)
        passed = passed and all(each.passed for each in kept)
        data["promises"] = suite.promises_as_json(programme, kept, language)
        if not as_data:
            print(suite.promises_as_text(programme, kept, _look(language, sys.stdout)), end="")
    return passed, data


# ---- mutate ------------------------------------------------------------------------------------------------------


_NO_SUCH_CHANGE = Words(
    "{file}: the programme has no such change, take the line out: {key}",
    "{file}: programın böyle bir değişikliği yok, satırı çıkarın: {key}",
)


def _mutate(options: argparse.Namespace) -> int:
    from grantrules import suite
    from grantrules.texts.shelf import file_bytes

    programme = _load(options.programme, options)
    known: dict[str, str] = {}
    if options.equivalent:
        with _file_named(options.equivalent):
            text = file_bytes(options.equivalent, _MOST_RECORD).decode("utf-8", errors="replace")
        known = suite.read_equivalents(text)
    language = _language(options, programme)
    if options.only is not None and options.only not in (names := suite.changed_statements(programme)):
        raise _nothing_changed(options.only, names)
    with _progress(language) as progress:
        fates = suite.run_mutants(
            programme, equivalents=known, only=options.only, workers=options.workers, progress=progress
        )
    stale = suite.no_such_changes(programme, known)
    passed = not stale and all(fate.status != "survived" for fate in fates)
    if options.format == "json":
        mutants = suite.strength_as_json(programme, fates)
        found = {"version": 1, "ok": passed, "mutants": mutants, "no_such_changes": list(stale)}
        print(json_text(found), end="")
    else:
        for key in stale:
            print(_NO_SUCH_CHANGE[language].format(file=options.equivalent, key=escaped(key)))
        print(suite.strength_as_text(programme, fates, language), end="")
    return OK if passed else WRONG


def _number_of_workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {_MOST_WORKERS} is needed, not {escaped(text)}")
    return int(text)


def _nothing_changed(name: str, names: Sequence[str]) -> _UsageError:
    shown, listed = escaped(name), escaped(", ".join(names), 1_000)
    return _UsageError(
        f"There is nothing to change in {shown}. Names: {listed}.",
        f"{shown} adında değiştirilecek bir şey yok. Adlar: {listed}.",
    )


@contextmanager
def _progress(language: str) -> Iterator[Callable[[int, int], None] | None]:
    """A line on the terminal that says how far it is, and is gone in the end; nothing where nobody looks."""
    stream = sys.stderr
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return

    def show(done: int, number: int) -> None:
        stream.write("\r" + _TRIED[language].format(done=done, all=number))
        stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


_TRIED = Words("{done} of {all} changes tried", "{all} değişiklikten {done} tanesi denendi")
_MOST_WORKERS = 256


# ---- verify ------------------------------------------------------------------------------------------------------


def _verify(options: argparse.Namespace) -> int:
    from grantrules import api

    language = options.language or "en"
    results = [(name, api.verify(_input(name, _MOST_RECORD))) for name in options.files]
    if options.format == "json":
        listed = [
            {
                "record": escaped(name, 500),
                "status": found.status,
                "ok": found.ok,
                "record_id": found.record_id or None,
                "made_by": found.made_by or None,
                "message": found.message(language),
                "differences": [
                    {"path": d.path, "recorded": d.recorded, "replayed": d.replayed}
                    for d in found.differences
                ],
            }
            for name, found in results
        ]
        print(
            json_text({"version": 1, "ok": all(found.ok for _, found in results), "records": listed}), end=""
        )
    else:
        for name, found in results:
            print(f"{escaped(name, 200)}: {found.message(language)}")
            if found.record_id:
                print(f"  record_id {found.record_id}")
            for difference in found.differences:
                print(f"  {difference.path}")
                print(f"    - {difference.recorded}\n    + {difference.replayed}")
    return OK if all(found.ok for _, found in results) else WRONG


# ---- schema, new, problem ----------------------------------------------------------------------------------------


def _conditions(options: argparse.Namespace) -> int:
    programme = _load(options.programme, options)
    found = programme.conditions(language=_language(options, programme))
    _emit(found.to_json() if options.format == "json" else str(found), options, options.programme)
    return OK


def _schema(options: argparse.Namespace) -> int:
    programme = _load(options.programme, options)
    shape = programme.schema(language=options.language, complete=options.complete)
    _emit(json_text(shape), options, options.programme)
    return OK


def _new(options: argparse.Namespace) -> int:
    from grantrules.starter import starter

    language = options.language or "en"
    if options.file is None or options.file == "-":
        print(starter("", language), end="")
        return OK
    path = Path(options.file)
    shown = escaped(options.file, 200)
    with _file_named(options.file):
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(starter(path.name, language))
        except FileExistsError:
            raise _UsageError(
                f"{shown} is there already; it stays as it is.", f"{shown} zaten var; olduğu gibi kalıyor."
            ) from None
    print(_WRITTEN[language].format(name=shown))
    return OK


_WRITTEN = Words(
    "Wrote {name}.\nNext: grantrules check {name}\n      grantrules test {name}",
    "{name} yazıldı.\nSırada: grantrules check {name}\n        grantrules test {name}",
)


def _problem(options: argparse.Namespace) -> int:
    from grantrules.catalogue import listing, page

    language = options.language or "en"
    if options.code is None:
        print(listing(language), end="")
        return OK
    found = page(options.code.upper(), language)
    if found is None:
        shown = escaped(options.code)
        raise _UsageError(
            f"There is no problem {shown}. `grantrules problem` lists them all.",
            f"{shown} kodlu bir sorun yok. Tümü için: grantrules problem",
        )
    print(found, end="")
    return OK
