"""
From JSON text to plain data, strictly.

Python's own reader keeps the last of two equal keys, takes NaN, turns decimals into binary fractions and falls over on
deep nesting.  This one refuses the first two, keeps a decimal as the text that was written (`JsonNumber`), counts its
depth instead of calling itself, and knows where everything stands.

A mistake that leaves no doubt where the value ends (a key given twice, NaN, an exponent, half a character, a number or a
text that is too long) is reported, and the value becomes `REFUSED`: the rest is still read.  After one in the writing
itself nothing is read.

The places of values are not kept: when a later stage finds mistakes, `places` reads the text once more and looks for
those paths alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn, TypeAlias, Union, cast

from attrs import define, evolve, field, frozen

from grantrules.diagnostics import Words, escaped
from grantrules.facts import problems as pr
from grantrules.limits import Limits
from grantrules.source import Source, Span

Path: TypeAlias = tuple[Union[str, int], ...]


class _Refused:
    """A value whose mistake has been reported."""

    def __repr__(self) -> str:
        return "REFUSED"


REFUSED = _Refused()
"""Stands in the place of a value about which everything has been said."""


@frozen
class JsonNumber:
    """A number with a decimal point, as it was written: `1000.50`."""

    text: str


@frozen
class Loaded:
    """What a text holds: data of dict, list, str, int, bool, None, `JsonNumber` and `REFUSED`, and what is wrong with it."""

    source: Source
    data: Any
    problems: tuple[pr.DataProblem, ...]
    more: int = 0
    """How many more problems there are than are kept (the limit `diagnostics`)."""


@frozen
class Place:
    """Where a value stands, and the name it has where it is in an object."""

    value: Span
    name: Span | None


def path_text(path: Path) -> str:
    """
    A path as people read it: names joined by points, rows counted from 0.

    >>> path_text(("costs", 3, "amount")), path_text(("a name", 0))
    ('costs[3].amount', '["a name"][0]')
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif part.isidentifier():
            text += f".{part}" if text else part
        else:
            text += f'["{escaped(part)}"]'
    return text


def load(text: str | bytes, *, name: str, limits: Limits) -> Loaded:
    """
    The data in a JSON text.

    Args:
        text: the text, or its bytes in UTF-8, with or without a byte order mark.
        name: what the text is called in messages.
        limits: `json_bytes`, `json_depth`, `list_items`, `digits`, `string_length` and `diagnostics` hold here.
    """
    decoded = _decoded(text, name, limits)
    if isinstance(decoded, Loaded):
        return decoded
    scanner = _Scanner(Source(name, decoded), limits)
    data = scanner.scan()
    return Loaded(scanner.source, data, tuple(scanner.problems), scanner.more)


def places(source: Source, paths: Iterable[Path], limits: Limits) -> Mapping[Path, Place]:
    """Where the values at some paths stand in a text that `load` has read."""
    wanted: _Watch = {}
    for path in paths:
        level = wanted
        for part in path:
            level = level.setdefault(part, {})
    scanner = _Scanner(source, limits, {None: wanted})
    scanner.scan()
    return scanner.found


# ---- bytes -------------------------------------------------------------------------------------------------------

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"),
)  # fmt: skip
_OTHER_BYTES = Words("bytes of another encoding", "başka bir kodlamanın baytları")


def _decoded(text: str | bytes, name: str, limits: Limits) -> str | Loaded:
    """The text, with `\\n` at the end of lines; or the end of the attempt."""
    if len(text) > limits.json_bytes:
        return _nothing(name, "", pr.TooLarge(most=limits.json_bytes))
    if isinstance(text, str):
        try:
            size = len(text) if text.isascii() else len(text.encode())
        except UnicodeEncodeError as error:
            clean = text.encode(errors="replace").decode()
            return _nothing(name, clean, pr.BrokenText(span=Span(error.start, error.start + 1)))
        if size > limits.json_bytes:
            return _nothing(name, "", pr.TooLarge(most=limits.json_bytes))
        decoded = text
    else:
        marked = next((encoding for mark, encoding in _MARKS if text.startswith(mark)), None)
        if marked or b"\x00" in text[:4]:
            encoding = marked or "UTF-16"
            return _nothing(name, "", pr.NotUtf8(found=Words(encoding, encoding)))
        try:
            decoded = bytes(text).decode("utf-8")
        except UnicodeDecodeError as error:
            start = len(text[: error.start].decode("utf-8"))
            found = pr.NotUtf8(found=_OTHER_BYTES, span=Span(start, start + 1))
            return _nothing(name, text.decode("utf-8", "replace"), found)
    return decoded.removeprefix("\ufeff").replace("\r\n", "\n")


def _nothing(name: str, text: str, problem: pr.DataProblem) -> Loaded:
    source = Source(name, text)
    return Loaded(source, REFUSED, (evolve(problem, source=source),))


# ---- tokens ------------------------------------------------------------------------------------------------------

_BLANKS = r"[ \t\n\r]*+"
_TEXT = r'"(?P<text>[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+)"'
_VALUE = re.compile(
    rf"{_BLANKS}(?:{_TEXT}|(?P<open>[{{\[])|(?P<word>true|false|null)(?![0-9A-Za-z_])"
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?P<part>\.[0-9]++)?(?P<power>[eE][+-]?[0-9]++)?)(?![0-9A-Za-z_.+-])"
    r"|(?P<nan>NaN|-?Infinity)(?![0-9A-Za-z_]))"
)
_FULL_TEXT = re.compile(_TEXT)
_PIECE = re.compile(r'[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})')
_KEY = re.compile(rf"{_BLANKS}{_TEXT}{_BLANKS}:")
_NEXT = re.compile(rf"{_BLANKS}([,\]}}])")
_EMPTY = {"{": re.compile(rf"{_BLANKS}\}}"), "[": re.compile(rf"{_BLANKS}\]")}
_GAP = re.compile(_BLANKS)
_CLOSES = {"{": "}", "[": "]"}
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_MOST_FIELDS = 1_000
_VALUES_PER_ITEM = 100

_Watch: TypeAlias = dict[Union[str, int, None], Any]


class _BrokenOff(Exception):  # noqa: N818 - Nothing outside of this module sees it.
    """Reading cannot go on; the reason has been reported."""


@define(eq=False)
class _Level:
    """An object or a list that is open: what is in it so far, and the name of the value that comes next."""

    opened: str
    into: Any
    at: Span
    watch: _Watch | None
    key: str | None = None
    key_at: Span | None = None

    @property
    def step(self) -> str | int | None:
        """What the path to the next value has at this level."""
        return len(self.into) if self.opened == "[" else self.key


@define(eq=False)
class _Scanner:
    """One pass over a text, with a stack of its own; the lowest level stands for the whole text."""

    source: Source
    limits: Limits
    watch: _Watch | None = None
    problems: list[pr.DataProblem] = field(factory=list)
    found: dict[Path, Place] = field(factory=dict)
    levels: list[_Level] = field(factory=list)
    values: int = 0
    more: int = 0

    def scan(self) -> Any:
        """The value of the whole text; `REFUSED` if it cannot be read."""
        self.levels.append(_Level("", {}, Span(0, 0), self.watch))
        at, value_comes = 0, True
        try:
            while value_comes or len(self.levels) > 1:
                at, value_comes = self._value(at) if value_comes else self._after_value(at)
        except _BrokenOff:
            return REFUSED
        at = self._past_blanks(at)
        if at < len(self.source.text):
            self._report(pr.MoreAfterTheEnd(), Span(at, at + 1))
        return self.levels[0].into[None]

    # Both steps give where they ended, and whether a value comes next.

    def _value(self, at: int) -> tuple[int, bool]:
        match = _VALUE.match(self.source.text, at)
        if match is None:
            self._broken(at, _A_VALUE)
        self.values += 1
        if self.values > _VALUES_PER_ITEM * self.limits.list_items:
            most = _VALUES_PER_ITEM * self.limits.list_items
            self._stop(pr.TooManyValues(most=most), _span(match))
        if match.lastgroup == "open":
            return self._open(match["open"], match.end())
        span = _span(match)
        self._put(self._scalar(match, span), span)
        return match.end(), False

    def _after_value(self, at: int) -> tuple[int, bool]:
        match = _NEXT.match(self.source.text, at)
        level = self.levels[-1]
        if match is None or match[1] not in {",", _CLOSES[level.opened]}:
            self._broken(at, _COMMA_OR_BRACE if level.opened == "{" else _COMMA_OR_BRACKET)
        if match[1] == ",":
            return (self._key(match.end()) if level.opened == "{" else match.end()), True
        self.levels.pop()
        self._put(level.into, level.at)
        return match.end(), False

    def _open(self, opened: str, at: int) -> tuple[int, bool]:
        parent = self.levels[-1]
        here = Span(at - 1, at)
        if len(self.levels) > self.limits.json_depth:
            self._stop(pr.TooDeep(most=self.limits.json_depth), here)
        empty = _EMPTY[opened].match(self.source.text, at)
        if empty:
            self._put({} if opened == "{" else [], here)
            return empty.end(), False
        watch = parent.watch.get(parent.step) if parent.watch else None
        self.levels.append(_Level(opened, {} if opened == "{" else [], here, watch))
        return (self._key(at) if opened == "{" else at), True

    def _key(self, at: int) -> int:
        match = _KEY.match(self.source.text, at)
        if match is None:
            self._broken(at, _A_NAME)
        level = self.levels[-1]
        span = _span(match)
        if len(level.into) >= _MOST_FIELDS:
            self._stop(pr.TooManyValues(most=_MOST_FIELDS), span)
        level.key, level.key_at = None, span
        key = self._text(match["text"], span)
        level.key = key if isinstance(key, str) else None
        return match.end()

    def _put(self, value: Any, span: Span) -> None:
        level = self.levels[-1]
        if level.watch is not None and level.step in level.watch:
            self.found[self._path()] = Place(span, level.key_at)
        if level.opened == "[":
            if len(level.into) >= self.limits.list_items:
                self._stop(pr.ListTooLong(most=self.limits.list_items), span)
            level.into.append(value)
        elif level.opened and level.key is None:
            pass  # Its name has been reported, and nobody asks for it.
        elif level.key in level.into:
            self._report(pr.RepeatedField(name=cast("str", level.key)), cast("Span", level.key_at))
            level.into[level.key] = REFUSED
        else:
            level.into[level.key] = value

    # ---- scalars ----------------------------------------------------------------------------------------------

    def _scalar(self, match: re.Match[str], span: Span) -> Any:
        match match.lastgroup:
            case "text":
                return self._text(match["text"], span)
            case "word":
                return _CONSTANTS[match["word"]]
            case "nan":
                return self._report(pr.NoFiniteNumber(text=match["nan"]), span)
            case _:
                return self._number(match, span)

    def _number(self, match: re.Match[str], span: Span) -> Any:
        text = match["number"]
        if match["power"]:
            return self._report(pr.NumberWithExponent(text=text), span)
        whole = len(text) - len(match["part"] or "") - text.startswith("-")
        if whole > self.limits.digits:
            return self._report(pr.TooManyDigits(most=self.limits.digits), span)
        return JsonNumber(text) if match["part"] else int(text)

    def _text(self, written: str, span: Span) -> Any:
        if len(written) > 6 * self.limits.string_length:  # The longest way to write one character has six.
            return self._report(pr.TextTooLong(most=self.limits.string_length), span)
        text = written
        if "\\" in written:
            text = _ESCAPE.sub(_unescaped, written)
            try:
                # The two halves of a pair may be written one by one.
                text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            except UnicodeDecodeError:
                return self._report(pr.BrokenText(), span)
        if len(text) > self.limits.string_length:
            return self._report(pr.TextTooLong(most=self.limits.string_length), span)
        return text

    # ---- mistakes ---------------------------------------------------------------------------------------------

    def _path(self) -> Path:
        steps = (level.step for level in self.levels[1:])
        return tuple(step for step in steps if step is not None)

    def _report(self, problem: pr.DataProblem, span: Span) -> Any:
        if len(self.problems) >= self.limits.diagnostics:
            self.more += 1
            return REFUSED
        path = path_text(self._path())
        self.problems.append(evolve(problem, source=self.source, span=span, path=path))
        return REFUSED

    def _stop(self, problem: pr.DataProblem, span: Span) -> NoReturn:
        self._report(problem, span)
        raise _BrokenOff

    def _broken(self, at: int, expected: Words) -> NoReturn:
        at = self._past_blanks(at)
        text = self.source.text
        name = _FULL_TEXT.match(text, at) if expected is _A_NAME else None
        if name:
            at, expected = self._past_blanks(name.end()), _A_COLON
        if text.startswith('"', at):
            at, found = self._broken_text(at)
        else:
            # Most texts have no slip, so the patterns are compiled when one is looked for.
            slips = (words for pattern, words in _SLIPS if re.compile(pattern).match(text, at))
            found = next(slips, None) or _character(text[at])
        self._stop(pr.NotJson(found=found, expected=expected), Span(at, min(at + 1, len(text))))

    def _broken_text(self, at: int) -> tuple[int, Words]:
        """What is wrong with the double quotes at a place, and where."""
        text = self.source.text
        end = at + 1
        # Piece by piece: early releases of Python 3.11 say wrongly where a possessive group ends.
        while piece := _PIECE.match(text, end):
            end = piece.end()
        if end == len(text):
            return at, _UNCLOSED
        if text[end] == '"':
            return at, _A_TEXT
        return end, _BAD_ESCAPE if text[end] == "\\" else _CONTROL

    def _past_blanks(self, at: int) -> int:
        blanks = _GAP.match(self.source.text, at)
        return blanks.end() if blanks else at


def _span(match: re.Match[str]) -> Span:
    group = match.lastgroup or 0
    quotes = group == "text"
    return Span(match.start(group) - quotes, match.end(group) + quotes)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2])


# ---- common slips ------------------------------------------------------------------------------------------------

_A_VALUE = Words("a value", "bir değer")
_A_NAME = Words(
    'the name of a field in double quotes and a colon, such as "amount":',
    'çift tırnak içinde bir alan adı ve iki nokta, örneğin "amount":',
)
_A_COLON = Words("a colon after the name of the field", "alan adından sonra iki nokta")
_COMMA_OR_BRACE = Words("a comma or the closing brace", "virgül ya da kapanan süslü parantez")
_COMMA_OR_BRACKET = Words("a comma or the closing bracket", "virgül ya da kapanan köşeli parantez")
_A_TEXT = Words("a text, which does not fit here", "buraya uymayan bir metin")
_UNCLOSED = Words("a text without its closing quotes", "kapanan tırnağı eksik bir metin")
_BAD_ESCAPE = Words(
    "a backslash before a sign that may not follow one; a backslash itself is written twice",
    "ardından gelemeyecek bir işaretten önce ters bölü; ters bölünün kendisi iki kez yazılır",
)
_CONTROL = Words(
    "a line end or another control character inside a text; a line end is written \\n",
    "metin içinde satır sonu ya da başka bir denetim karakteri; satır sonu \\n diye yazılır",
)

# What people write by mistake, as it begins, and what to call it. The first that fits is taken.
_SLIPS = (
    (r"\Z", Words("the end of the text", "metnin sonu")),
    (
        r"'",
        Words("a single quote; texts have double quotes", "tek tırnak; metinler çift tırnak içindedir"),
    ),
    (
        r"[“”„«»‘’]",
        Words(
            "a quote of a word processor; texts have plain double quotes",
            "kelime işlemci tırnağı; metinler düz çift tırnak içindedir",
        ),
    ),
    (r"//|/\*|#", Words("a comment; JSON has none", "bir açıklama; JSON'da açıklama yoktur")),
    (
        r"(?:True|TRUE|False|FALSE|None|NULL|Null|nil|undefined)(?![0-9A-Za-z_])",
        Words(
            "a word of another language; JSON has true, false and null",
            "başka bir dilin sözcüğü; JSON'da true, false ve null vardır",
        ),
    ),
    (
        r"[+-]?\.[0-9]|-?[0-9]+\.(?![0-9])",
        Words(
            "a number without digits on one side of its point",
            "noktasının bir yanında rakam olmayan bir sayı",
        ),
    ),
    (r"-?0[0-9]", Words("a number that begins with a zero", "sıfırla başlayan bir sayı")),
    (r"\+[0-9]", Words("a plus sign before a number", "sayıdan önce artı işareti")),
    (
        r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?![0-9A-Za-z_.+-])",
        Words("a number, which does not fit here", "buraya uymayan bir sayı"),
    ),
    (r"[-0-9]", Words("something that is not written as a number", "sayı olarak yazılmamış bir şey")),
    (
        r"[\]}]",
        Words(
            "a closing bracket that does not fit, perhaps after a comma too many",
            "uymayan bir kapanan parantez, belki fazladan bir virgülden sonra",
        ),
    ),
    (r"[^\W0-9]", Words("a text without quotes", "tırnaksız bir metin")),
)


def _character(sign: str) -> Words:
    shown = escaped(sign)
    return Words(f"the sign {shown}", f"{shown} işareti")
