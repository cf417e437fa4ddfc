"""
The record of a decision: everything it rests on and everything it says, in one canonical text that can be replayed.

A record holds the full text of the rules and the data of the application, so that it can be read and replayed with
nothing else at hand.  It is JSON in one form only: keys sorted, no blanks, UTF-8, numbers with decimals as texts, no
floats; so the same decision gives the same bytes on every system.  `record_id` is the SHA-256 of the record without
it: whoever changes a digit changes the name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from grantrules.diagnostics import LANGUAGES, NO_WORDS, Words, escaped
from grantrules.limits import DEFAULT_LIMITS, Limits
from grantrules.render import json_text

VERSION = 1
"""The version of the form of a record."""

LANGUAGE_VERSION = 1
"""The version of the rules language: it changes when a text that was right means something else."""

MOST_BYTES = 64 * 1024 * 1024
_MOST_DEPTH = 200
_MOST_DIFFERENCES = 20
_LONGEST_SHOWN = 120


# ---- writing -----------------------------------------------------------------------------------------------------


def canonical(data: Any) -> str:
    """Plain data without floats as the one JSON text that stands for it, with a newline at the end."""
    return json_text(data, indent=None, sort_keys=True)


def check(data: Any) -> None:
    """
    Hold data to what a record may hold.

    Raises:
        TypeError: there is a float in it, or a key that is no text.
    """
    stack = [data]
    while stack:
        value = stack.pop()
        if isinstance(value, float):
            raise TypeError("A record holds no floats.")
        if isinstance(value, dict):
            if any(type(key) is not str for key in value):
                raise TypeError("The keys of a record are texts.")
            stack += value.values()
        elif isinstance(value, list | tuple):
            stack += value


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@frozen
class RulesText:
    """One file of the rules: the last part of its name, and its text."""

    name: str
    text: str


def record(
    *,
    engine: str,
    tzdata: str,
    rules: tuple[RulesText, ...],
    language: str,
    data: Any,
    settings: Mapping[str, Any],
    limits: Limits,
    decision: Mapping[str, Any],
    explanation: Mapping[str, Any],
) -> dict[str, Any]:
    """The record as plain data, with its `record_id`."""
    content: dict[str, Any] = {
        "version": VERSION,
        "engine": {"name": "grantrules", "version": engine, "language_version": LANGUAGE_VERSION},
        "tzdata": tzdata,
        "rules": {
            "sha256": sha256(canonical([[r.name, r.text] for r in rules])),
            "files": [{"name": r.name, "sha256": sha256(r.text), "text": r.text} for r in rules],
            "language": language,
        },
        "input": {"sha256": sha256(canonical(data)), "data": data},
        "parameters_set": dict(settings),
        "limits": limits.as_record(),
        "decision": dict(decision),
        "explanation": dict(explanation),
    }
    check(content)
    return {**content, "record_id": sha256(canonical(content))}


# ---- replaying ---------------------------------------------------------------------------------------------------


@frozen
class Difference:
    """One place in which the replay differs: the path, what the record says, and what the replay gives."""

    path: str
    recorded: str
    replayed: str


@frozen
class Replay:
    """What a record asks to be done again."""

    files: tuple[RulesText, ...]
    data: Any
    settings: Mapping[str, Any]
    limits: Limits
    language: str


@frozen
class Verification:
    """
    What became of replaying a record.

    Args:
        status: `verified`: the replay gives the same bytes.  `agrees`: the record was made by another version of the
            engine or of the time zone data, and the replay gives the same decision.  `other_version`: it was, and the
            replay gives another decision, so only that version can tell.  `differs`: this very version gives another.
            `changed`: the record is not what its `record_id` or its hashes say.  `refused`: the rules or the data are
            not accepted any more.  `unreadable`: it is no record.
        differences: where record and replay differ, at most twenty places.
        made_by: the version of the engine that made the record.
    """

    status: str
    differences: tuple[Difference, ...] = ()
    record_id: str = ""
    made_by: str = ""
    detail: Words = NO_WORDS

    @property
    def ok(self) -> bool:
        """The decision stands: replayed byte for byte, or in all its digits by another version."""
        return self.status in ("verified", "agrees")

    def message(self, language: str = "en") -> str:
        """The result in a few sentences."""
        said = _STATUSES[self.status][language].format(
            version=escaped(self.made_by), detail=self.detail[language]
        )
        return said.strip()


_STATUSES = {
    "verified": Words(
        "Verified: the replay gives the same record, byte for byte.",
        "Doğrulandı: yeniden hesap aynı kaydı baytı baytına verdi.",
    ),
    "agrees": Words(
        "The decision agrees: made by version {version}, replayed by another, with the same digits. {detail}",
        "Karar uyuşuyor: {version} sürümüyle verilmiş, başka bir sürümle yeniden hesaplandı, rakamlar aynı. {detail}",
    ),
    "other_version": Words(
        "The record was made by version {version} and can only be verified with it: this version gives another"
        " decision. {detail}",
        "Kayıt {version} sürümüyle yapılmış ve ancak onunla doğrulanabilir: bu sürüm başka bir karar veriyor. {detail}",
    ),
    "differs": Words(
        "The replay gives another decision than the record.",
        "Yeniden hesap kayıttakinden başka bir karar verdi.",
    ),
    "changed": Words(
        "The record was changed after it was made. {detail}",
        "Kayıt yapıldıktan sonra değiştirilmiş. {detail}",
    ),
    "refused": Words(
        "The record cannot be replayed: this version refuses its rules or its data. {detail}",
        "Kayıt yeniden hesaplanamıyor: bu sürüm kuralları ya da verileri kabul etmiyor. {detail}",
    ),
    "unreadable": Words("This is not a record of a decision. {detail}", "Bu bir karar kaydı değil. {detail}"),
}


class _UnreadableError(Exception):
    """The text is no record; carries why."""

    def __init__(self, en: str, tr: str) -> None:
        super().__init__(en)
        self.words = Words(en, tr)


def verify(
    text: str | bytes,
    replay: Callable[[Replay], dict[str, Any] | Words],
    *,
    limits: Limits = DEFAULT_LIMITS,
) -> Verification:
    """
    Replay a record and compare.

    Args:
        text: the record.
        replay: decides again: gives the new record, or the reason why the rules or the data are refused.
        limits: the most that a record may ask for; one made under wider limits is refused.
    """
    try:
        stored = _read(text)
        asked = _asked(stored, limits)
    except _UnreadableError as wrong:
        return Verification("unreadable", detail=wrong.words)
    identity = {"record_id": stored["record_id"], "made_by": str(stored["engine"]["version"])}
    changed = _changed(stored)
    if changed is not None:
        return Verification("changed", detail=changed, **identity)
    again = replay(asked)
    if isinstance(again, Words):
        return Verification("refused", detail=again, **identity)
    if canonical(again) == canonical(stored):
        return Verification("verified", **identity)
    differences = tuple(_differences(stored, again))
    elsewhere = any(again[member] != stored[member] for member in ("engine", "tzdata"))
    same = _decision(again) == _decision(stored)
    if elsewhere and same:
        return Verification("agrees", differences, detail=_environment(stored, again), **identity)
    status = "other_version" if elsewhere else "differs"
    return Verification(status, differences, detail=_environment(stored, again), **identity)


def _decision(stored: Mapping[str, Any]) -> Any:
    """The digits of the decision, without the sentences about them."""
    return _without_sentences(stored["decision"])


_SENTENCES = frozenset({"title", "message", "values", "text"})


def _without_sentences(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _without_sentences(value) for key, value in data.items() if key not in _SENTENCES}
    if isinstance(data, list):
        return [_without_sentences(value) for value in data]
    return data


def _environment(stored: Mapping[str, Any], again: Mapping[str, Any]) -> Words:
    if stored["tzdata"] == again["tzdata"]:
        return NO_WORDS
    old, new = escaped(str(stored["tzdata"])), escaped(str(again["tzdata"]))
    return Words(
        f"The time zone data are of {new} and were of {old}.",
        f"Saat dilimi verileri {new} sürümünden; kayıtta {old} idi.",
    )


def _changed(stored: Mapping[str, Any]) -> Words | None:
    content = {key: value for key, value in stored.items() if key != "record_id"}
    if sha256(canonical(content)) == stored["record_id"]:
        return None
    for place in stored["rules"]["files"]:
        if sha256(place["text"]) != place["sha256"]:
            return Words("The text of the rules does not fit its hash.", "Kural metni özet değerine uymuyor.")
    if sha256(canonical(stored["input"]["data"])) != stored["input"]["sha256"]:
        return Words(
            "The data of the application do not fit their hash.", "Başvuru verileri özet değerine uymuyor."
        )
    return Words("Its contents do not fit its record_id.", "İçeriği record_id değerine uymuyor.")


# ---- reading -----------------------------------------------------------------------------------------------------

_ID = re.compile(r"[0-9a-f]{64}")


def _read(text: str | bytes) -> dict[str, Any]:
    if len(text) > MOST_BYTES:
        raise _UnreadableError("It is larger than any record.", "Herhangi bir kayıttan büyük.")
    try:
        decoded = text.decode() if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise _UnreadableError("It is not UTF-8.", "UTF-8 değil.") from None
    if _depth(decoded) > _MOST_DEPTH:
        raise _UnreadableError("It is nested too deeply.", "Çok derin iç içe geçmiş.")
    try:
        stored = json.loads(
            decoded,
            object_pairs_hook=_once,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_whole,
        )
    except (ValueError, RecursionError):
        raise _UnreadableError("It is not JSON.", "JSON değil.") from None
    if not isinstance(stored, dict) or type(stored.get("version")) is not int:
        raise _UnreadableError("It has no version.", "Sürüm numarası yok.")
    if stored["version"] != VERSION:
        raise _UnreadableError(
            f"Its form has version {stored['version']}; this engine reads version {VERSION}.",
            f"Biçim sürümü {stored['version']}; bu program {VERSION} sürümünü okur.",
        )
    return stored


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_float(text: str) -> Any:
    raise ValueError(f"no number of a record: {text[:20]}")


def _whole(text: str) -> int:
    if len(text) > 40:
        raise ValueError("too long a number")
    return int(text)


def _depth(text: str) -> int:
    """The deepest nesting, brackets in texts counted too: never less than the true one."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        else:
            depth = max(0, depth - 1)
    return deepest


def _asked(stored: Mapping[str, Any], most: Limits) -> Replay:
    shape_wrong = _UnreadableError(
        "A part of it is missing or has another shape.", "Bir bölümü eksik ya da başka biçimde."
    )
    try:
        rules, given, limits = stored["rules"], stored["input"], stored["limits"]
        files = tuple(RulesText(place["name"], place["text"]) for place in rules["files"])
        texts = [stored["record_id"], stored["engine"]["version"], stored["tzdata"], given["sha256"]]
        texts += [
            text for place in rules["files"] for text in (place["name"], place["text"], place["sha256"])
        ]
        objects = [given["data"], stored["parameters_set"], stored["decision"], stored["explanation"], limits]
        right = [isinstance(text, str) for text in texts] + [isinstance(each, dict) for each in objects]
        if not (all(right) and files and _ID.fullmatch(stored["record_id"])):
            raise shape_wrong
        if stored["decision"]["language"] not in LANGUAGES:
            raise shape_wrong
        wanted = Limits(**limits)
    except (KeyError, TypeError, ValueError):
        raise shape_wrong from None
    wider = [n for n, figure in wanted.as_record().items() if figure > most.as_record()[n]]
    if wider:
        raise _UnreadableError(
            f"It was made under wider limits than are allowed here: {', '.join(wider)}.",
            f"Burada izin verilenden geniş sınırlarla yapılmış: {', '.join(wider)}.",
        )
    return Replay(files, given["data"], stored["parameters_set"], wanted, stored["decision"]["language"])


# ---- comparing ---------------------------------------------------------------------------------------------------


def _differences(stored: Any, again: Any) -> Iterator[Difference]:
    """The places that differ, in the order of their paths, at most so many."""
    found = 0
    stack: list[tuple[str, Any, Any]] = [("", stored, again)]
    while stack and found < _MOST_DIFFERENCES:
        path, old, new = stack.pop()
        if old == new and type(old) is type(new):
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            keys = sorted({*old, *new}, reverse=True)
            stack += [(f"{path}.{key}" if path else key, old.get(key), new.get(key)) for key in keys]
        elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
            pairs = list(enumerate(zip(old, new, strict=True)))
            stack += [(f"{path}[{n}]", a, b) for n, (a, b) in reversed(pairs)]
        elif path != "record_id":
            found += 1
            yield Difference(escaped(path), _short(old), _short(new))


def _short(value: Any) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, sort_keys=True), _LONGEST_SHOWN)
