"""
From bytes to text: the encoding, and the characters that make a text read as another one.

A rule file is an agreement, so what people see must be what is applied.  Characters that are invisible, that reorder
a line, or that end a line in some programs only are refused everywhere, in quoted texts and comments too.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from grantrules.diagnostics import Problem
from grantrules.limits import Limits
from grantrules.source import Source, Span
from grantrules.syntax import problems as wrong

_LINE_ENDS = "\x0b\x0c\r\x85\u2028\u2029"
_SPACES = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HIDDEN = "\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\U000e0000-\U000e0fff"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\uffff"
_REFUSED = re.compile(f"[{_CONTROLS}{_LINE_ENDS}{_HIDDEN}{_SPACES}]")
_ONE_OF = {name: re.compile(f"[{set_}]") for name, set_ in
           (("line end", _LINE_ENDS), ("space", _SPACES), ("hidden", _HIDDEN))}  # fmt: skip
_WORD = re.compile(r"\S+")
_FIRST_BYTES = 400


def read_source(data: bytes, name: str, limits: Limits) -> Source | tuple[Problem, ...]:
    """
    The text of a file, line ends as `\\n`, or everything that is wrong with its characters.

    Args:
        name: how the file is called in messages; it is not opened.
    """
    nothing = Source(name, "")
    if len(data) > limits.file_bytes:
        return (wrong.FileTooLarge(size=len(data), limit=limits.file_bytes, source=nothing),)
    if _is_utf16(data):
        return (wrong.Utf16(source=nothing),)
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as e:
        line = data.count(b"\n", 0, e.start) + 1
        return (wrong.NotUtf8(byte=e.start, line=line, source=nothing),)
    return source_of(text, name, limits)


def source_of(text: str, name: str, limits: Limits) -> Source | tuple[Problem, ...]:
    """The same for a text that is already decoded."""
    source = Source(name, text.removeprefix("\ufeff").replace("\r\n", "\n"))
    return check_text(source, limits) or source


def check_text(source: Source, limits: Limits) -> tuple[Problem, ...]:
    """The problems with the characters of a text, and with its size."""
    text = source.text
    if len(text) > limits.file_bytes or (
        not text.isascii() and len(text.encode("utf-8", "replace")) > limits.file_bytes
    ):
        size = len(text.encode("utf-8", "replace"))
        return (wrong.FileTooLarge(size=size, limit=limits.file_bytes, source=source),)
    found: list[Problem] = []
    for problem in _refused(source):
        found.append(problem)
        if len(found) >= limits.diagnostics:
            break
    return tuple(found)


def code_point(character: str) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _is_utf16(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    first = data[:_FIRST_BYTES]
    # Without a mark: Latin letters have a zero in each second byte.
    zeros = sorted((first[::2].count(0), first[1::2].count(0)))
    return zeros[0] == 0 and zeros[1] > len(first) // 3


def _refused(source: Source) -> Iterator[Problem]:
    text = source.text
    for match in _REFUSED.finditer(text):
        character, span = match[0], Span(*match.span())
        point = code_point(character)
        if _ONE_OF["space"].match(character):
            if not _is_quoted(text, span.start):
                yield wrong.StrangeSpace(span=span, code_point=point, source=source)
        elif _ONE_OF["line end"].match(character):
            yield wrong.StrangeLineEnd(span=span, code_point=point, source=source)
        elif _ONE_OF["hidden"].match(character):
            yield wrong.HiddenCharacter(span=span, code_point=point, source=source)
        else:
            yield wrong.ControlCharacter(span=span, code_point=point, source=source)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        for match in _WORD.finditer(text):
            if not unicodedata.is_normalized("NFC", match[0]):
                yield wrong.NotComposed(span=Span(*match.span()), text=match[0], source=source)


def _is_quoted(text: str, offset: int) -> bool:
    """Whether a place is inside quotation marks or a comment, where any space is only text."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    parts = before.split('"')
    return len(parts) % 2 == 0 or any("--" in part for part in parts[::2])


# Letters of other alphabets that look like Latin ones, as in the confusables of Unicode's report 39.
_LOOKS_LIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝвкмнтгпΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХІЈЅԚԜοινρτυχκα",
    "aeopcyxijshdqwbkmhtrnABEZHIKMNOPTYXABEKMHOPCTYXIJSQWoivptuxka",
)
_WRITTEN_TOGETHER = {"HIRAGANA", "KATAKANA", "CJK", "KATAKANA-HIRAGANA"}
_POWERS = "²³"


def doubtful_names(text: str, words: dict[str, Span]) -> Iterator[Problem]:
    """
    The words that could be taken for others.

    Args:
        words: each word with letters beyond a to z, and where it stands first.
    """
    foreign: dict[str, Span] = {}
    for word, span in words.items():
        stranger = _stranger(word)
        if stranger:
            yield wrong.MixedScripts(
                span=span, name=word, character=stranger, code_point=code_point(stranger)
            )
        elif word.translate(_LOOKS_LIKE) != word:
            foreign[word] = span
    if foreign:
        others = {match[0]: match[0] for match in re.finditer(r"[^\W\d]\w*", text)}
        for word, span in foreign.items():
            look = word.translate(_LOOKS_LIKE)
            if look in others:
                yield wrong.LookAlikeName(span=span, name=word, other=look)


def _stranger(word: str) -> str:
    """A character of another alphabet than the first letter's, or one that stands for another character."""
    script = ""
    for character in word:
        if character in _POWERS or (character.isascii() and not character.isalpha()):
            continue
        if unicodedata.normalize("NFKC", character) != character or not character.isalpha():
            return character
        here = unicodedata.name(character, "?").split()[0].split("-")[0]
        here = "CJK" if here in _WRITTEN_TOGETHER else here
        if script and here != script:
            return character
        script = here
    return ""
