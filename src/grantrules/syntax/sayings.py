"""
What people say in words of their own where the language has one way of saying it.

Each saying is a pattern and what is written instead, with the author's own names and figures in it.  It is looked for
only where a line could not be read, and counts only where it touches the place at which reading stopped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from attrs import frozen

from grantrules.formats import grouped

LONGEST = 400  # Characters of a line; a longer one is not looked through.

_NAME = r"[^\W\d]\w*"
_FIGURE = r"\d+(?: \d{3})*(?:\.\d+)?"
_AMOUNT = rf"{_FIGURE}(?: ?%| [A-Z]{{3}}\b)?"
_NEGATED = r"(?:(?:do|does|may|must|can|shall|should|will)(?: ?not|n't)|can't|won't|shan't)"
_HAVING = r"(?:with|having|whose|who|that|which|are|is|have|has)"
_ZEROS = {"thousand": 3, "million": 6, "bin": 3, "milyon": 6}
# Three decimals may be thousands as well: nothing is said of `1.500 thousand`.
_COUNT = r"(?<![\w.,])(?P<number>\d+(?: \d{3})*(?:[.,](?!\d{3}\b)\d+)?)"


@frozen
class Saying:
    """What was said, from `start` to `end` of a line, and what is written instead."""

    start: int
    end: int
    written: str


@frozen
class _Habit:
    pattern: re.Pattern[str]
    written: str | Callable[[re.Match[str]], str]

    def of(self, match: re.Match[str]) -> Saying:
        written = match.expand(self.written) if isinstance(self.written, str) else self.written(match)
        return Saying(*match.span(), written)


def _habit(pattern: str, written: str | Callable[[re.Match[str]], str]) -> _Habit:
    return _Habit(re.compile(pattern), written)


def name_from(title: str) -> str:
    """
    A name made of the first words of a title; empty if there is none in it.

    >>> name_from('"Part of the year, by months"')
    'part_of_the_year'
    """
    name = "_".join(re.findall(r"\w+", title.lower())[:4])
    return "" if not name or name[0].isdigit() else name


def _in_figures(match: re.Match[str]) -> str:
    """`1.5 million TRY` → `1 500 000 TRY`."""
    whole, _, decimals = match["number"].replace(" ", "").replace(",", ".").partition(".")
    zeros = _ZEROS[match["how"]]
    moved, left = decimals[:zeros].ljust(zeros, "0"), decimals[zeros:]
    return f"{grouped(whole + moved)}{'.' if left else ''}{left}{match['unit'] or ''}"


def _plural(name: str) -> str:
    """A list is mostly named by the plural of its lines."""
    return name if name.endswith("s") else f"{name}s"


def _possessive(name: str) -> str:
    """What belongs to lines, named by one line or by their list: `üye`, `üyeler` → `üyeler'in`."""
    if not name.endswith(("ler", "lar")):
        back = next((c for c in reversed(name.lower()) if c in "aeıioöuü"), "e") in "aıou"
        name += "lar" if back else "ler"
    return f"{name}'{genitive(name)}"


def _owner(match: re.Match[str]) -> str:
    return f"{_possessive(match['name'])} tümü için:"


def genitive(word: str) -> str:
    """The Turkish ending of possession: `üye` → `nin`, `gider` → `in`."""
    vowels = [c for c in word.lower() if c in "aeıioöuü"] or ["e"]
    vowel = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}[vowels[-1]]
    return ("n" if word[-1].lower() in "aeıioöuü" else "") + vowel + "n"


# ---- English -----------------------------------------------------------------------------------------------------


@cache
def _english() -> tuple[_Habit, ...]:
    return (
        # rows of a table
        _habit(r"^\| ?(?P<row>[^|].*?) ?\|?$", r"\g<row>"),
        _habit(rf"^(?P<from>{_FIGURE}) ?- ?(?P<to>{_FIGURE}) *(?=\|)", r"from \g<from> to \g<to> "),
        _habit(rf"^(?P<from>{_FIGURE}) ?\+ *(?=\|)", r"from \g<from> "),
        _habit(rf"^< ?(?P<n>{_AMOUNT}) *(?=\|)", r"below \g<n> "),
        _habit(rf"^> ?(?P<n>{_AMOUNT}) *(?=\|)", r"above \g<n> "),
        _habit(rf"^(?:>=|=>) ?(?P<n>{_AMOUNT}) *(?=\|)", r"from \g<n> "),
        _habit(rf"^(?:<=|=<) ?(?P<n>{_AMOUNT}) *(?=\|)", r"up to \g<n> "),
        # cases
        _habit(
            rf"^(?:when|if) (?P<c>(?:(?! then )[^|])+?)[:,]? +(?:then +)?(?P<v>{_AMOUNT})$",
            r"\g<v> when \g<c>",
        ),
        _habit(r"^otherwise[:,]? +(?P<v>[^|]+)$", r"\g<v> otherwise"),
        # comparisons
        _habit(r"\b(?:must|has to|have to|should|shall|needs to) not be\b", "is not"),
        _habit(r"\b(?:must|has to|have to|should|shall|needs to) be\b", "is"),
        _habit(r"\b(?:(?:is|are) )?(?:not|no) (?:more|greater|larger|higher) than\b", "is at most"),
        _habit(rf"\b(?:{_NEGATED} exceed|not exceeding|never exceeds?)\b", "is at most"),
        _habit(r"\b(?:is|are) (?:not|no) (?:less|smaller|lower|fewer) than\b", "is at least"),
        _habit(r"\b(?:is|are) (?:greater|larger|higher|bigger|over|above) than\b", "is more than"),
        _habit(r"\b(?:exceeds?|is over)\b", "is more than"),
        _habit(r"\b(?:is|are) (?:smaller|lower|fewer|under) than\b|\bis under\b", "is less than"),
        _habit(r"\bis equal to\b|\bequals\b", "is"),
        _habit(r"\bis (?:on or before|not later than|not after)\b", "is no later than"),
        _habit(r"\bis (?:on or after|not earlier than|not before)\b", "is no earlier than"),
        _habit(r"\b(?:is|are)n't\b", "is not"),
        _habit(rf"\bis either (?P<a>{_NAME}) or (?P<b>{_NAME})", r"is one of \g<a>, \g<b>"),
        _habit(rf"\b(?:is )?in (?P<all>{_NAME}(?:, ?{_NAME})+)", r"is one of \g<all>"),
        _habit(rf"\b{_NEGATED} (?:include|contain)\b", "includes none of"),
        _habit(r"\bcontains?\b", "includes"),
        _habit(
            rf"\bnot (?P<c>{_NAME}(?:'s {_NAME})? (?:is|includes) (?:(?! and | or )[^|])+)$", r"not (\g<c>)"
        ),
        _habit(
            rf"\bwithin (?P<n>\d+ {_NAME}) (?:of|after) (?P<d>{_NAME}|[\d-]+)",
            r"is no later than \g<n> after \g<d>",
        ),
        # lists
        _habit(rf"^all (?:of )?(?:the )?(?P<name>{_NAME})(?: ?:)?", r"for all \g<name>:"),
        _habit(rf"^(?:every|each) (?P<name>{_NAME})(?: ?:)?", lambda m: f"for all {_plural(m['name'])}:"),
        _habit(
            rf"\b(?P<how>at least|at most|exactly) (?P<n>\d+) (?P<name>{_NAME}) {_HAVING}\b",
            r"\g<how> \g<n> \g<name> where",
        ),
        _habit(rf"\bnumber of (?P<name>{_NAME}) {_HAVING}\b", r"number of \g<name> where"),
        _habit(
            rf"\b(?P<w>total|average|smallest|largest) of (?P<a>{_NAME}) (?:of|in|among) (?P<b>{_NAME})",
            r"\g<w> \g<a> of \g<b>",
        ),
        # figures
        _habit(rf"\b(?P<c>[A-Z]{{3}}) (?P<n>{_FIGURE})", r"\g<n> \g<c>"),
        _habit(rf"{_COUNT} (?P<how>thousand|million)\b(?P<unit> [A-Z]{{3}}\b)?", _in_figures),
        # what a ranking comes to
        _habit(r"(?<=\| )(?:reserve|waiting) list\b", "on the reserve list"),
        _habit(r"(?<=\| )funded in full\b", "funded"),
        _habit(r"^expect (?:a )?tied?:", "expect refused because tied:"),
        _habit(r"^expect (?:left|remaining)\b(?! over)", "expect left over"),
    )


# ---- Turkish -----------------------------------------------------------------------------------------------------


@cache
def _turkish() -> tuple[_Habit, ...]:
    return (
        # rows of a table
        _habit(r"^\| ?(?P<row>[^|].*?) ?\|?$", r"\g<row>"),
        _habit(rf"^(?P<a>{_FIGURE}) ?- ?(?P<b>{_FIGURE}) *(?=\|)", r"\g<a> ile \g<b> arası "),
        _habit(rf"^(?P<a>{_FIGURE}) ?\+ *(?=\|)", r"\g<a> ve üstü "),
        _habit(rf"^< ?(?P<a>{_AMOUNT}) *(?=\|)", r"\g<a> altı "),
        _habit(rf"^> ?(?P<a>{_AMOUNT}) *(?=\|)", r"\g<a> üstü "),
        _habit(rf"^(?:>=|=>) ?(?P<a>{_AMOUNT}) *(?=\|)", r"\g<a> ve üstü "),
        _habit(rf"^(?:<=|=<) ?(?P<a>{_AMOUNT}) *(?=\|)", r"\g<a> ve altı "),
        _habit(rf"(?P<a>{_AMOUNT}) ve (?:üzeri|yukarısı|fazlası)(?= *\|)", r"\g<a> ve üstü"),
        # cases
        _habit(r"^(?P<v>[^|]+?) +diğer h[aâ]llerde$", r"diğer hâllerde \g<v>"),
        _habit(
            r"^(?:değilse|yoksa|aksi h[aâ]lde|aksi takdirde|diğer hallerde|diğer hâllerde[:,])[:,]? +(?P<v>[^|]+)$",
            r"diğer hâllerde \g<v>",
        ),
        _habit(r"^eğer (?P<c>[^|]+)$", r"\g<c>"),
        # comparisons
        _habit(
            rf"(?P<a>{_FIGURE} ?(?:{_NAME})?|{_NAME})(?:'[yn]?[ıiuü])? "
            r"(?:aşmamalı|aşamaz|aşmaz|geçmemeli|geçemez|geçmez)\b",
            r"en fazla \g<a> olmalı",
        ),
        _habit(r"\b(?:en çok|azami)\b", "en fazla"),
        _habit(r"\basgari\b(?= \d)", "en az"),
        _habit(rf"(?P<a>{_AMOUNT}) ve (?:üzeri|yukarısı|fazlası|üzerinde)\b", r"en az \g<a>"),
        _habit(rf"(?P<a>{_AMOUNT})'n?[ıiuü]n (?:üstünde|üzerinde)\b", r"\g<a> üstü"),
        _habit(rf"(?P<a>{_AMOUNT})'n?[ıiuü]n altında\b", r"\g<a> altı"),
        _habit(
            rf"(?P<a>{_AMOUNT}|\S+) ile (?P<b>{_AMOUNT}|\S+) arasında(?= *olma)", r"\g<a> ile \g<b> arası"
        ),
        _habit(rf"(?P<a>{_FIGURE}) ?- ?(?P<b>{_FIGURE}) aras(?:ı|ında)\b", r"\g<a> ile \g<b> arası"),
        _habit(
            r"(?<!olmalı )(?<!olmamalı )(?<!ise )(?<!değilse )(?<!olan )(?<!olmayan )"
            r"\bveya(?= \w+ (?:olma|ise|değilse|olan))",
            "ya da",
        ),
        _habit(r"\b(?:olmali|olmalidir|olmalıdır|olması gerekir|olmak zorunda)\b", "olmalı"),
        _habit(r"\b(?:olmamali|olmamalidir|olmamalıdır|olamaz)\b", "olmamalı"),
        _habit(r"(?<=\S )(?:d[ıiuü]r|t[ıiuü]r)$", "olmalı"),
        _habit(r"\bdegilse\b", "değilse"),
        _habit(r"\bdeğil$", "olmamalı"),
        # lists
        _habit(rf"^(?:tüm|bütün|her bir|her) (?P<name>{_NAME})(?: için)?(?: ?:)?", _owner),
        _habit(
            rf"^(?P<how>en az|en fazla) (?P<n>\d+) (?![A-Z]{{3}}\b)(?P<name>{_NAME})\b(?! olma)",
            lambda m: f"{_possessive(m['name'])} sayısı {m['how']} {m['n']} olmalı",
        ),
        # endings
        _habit(rf"(?P<a>{_AMOUNT}) (?P<e>[dt][ea]n) (?P<w>fazla|az|önce|sonra)\b", r"\g<a>'\g<e> \g<w>"),
        _habit(r"\b(?P<a>\d+)(?P<e>[dt][ea]n) (?P<w>fazla|az|önce|sonra)\b", r"\g<a>'\g<e> \g<w>"),
        _habit(rf"(?P<a>{_NAME})'[yn]?[ıiuü]\b(?! için)", r"\g<a>"),
        # figures
        _habit(
            rf"(?P<a>{_NAME})'n?[ıiuü]n %(?P<n>\d+(?:\.\d+)?)(?:'\w+)?(?! için)",
            r"\g<a> üzerinden %\g<n>",
        ),
        _habit(rf"%(?P<n>\d+(?:\.\d+)?) (?P<a>{_NAME})(?= olma)", r"\g<a> üzerinden %\g<n>"),
        _habit(r"% ?(?P<a>\d+),(?P<b>\d+)", r"%\g<a>.\g<b>"),
        _habit(r"\byüzde (?P<n>\d+(?:\.\d+)?)(?! puan)", r"%\g<n>"),
        _habit(rf"{_COUNT} (?P<how>bin|milyon)\b(?P<unit> [A-Z]{{3}}\b)?", _in_figures),
        # what a ranking comes to
        _habit(r"(?<=\| )yedek liste\b", "yedek listede"),
        _habit(r"^beklenen eşit(?:lik)?:", "beklenen eşitlik yüzünden yapılamaz:"),
        _habit(r"^beklenen (?:kalan|artacak)\b", "beklenen artan"),
    )


def said(line: str, start: int, end: int, language: str) -> Saying | None:
    """
    The saying that touches the part of a line from `start` to `end`.

    >>> said("staff is greater than 5", 17, 21, "en").written
    'is more than'
    >>> said("çalışan 5 ile 10 arasında olmalı", 17, 25, "tr").written
    '5 ile 10 arası'
    """
    if len(line) > LONGEST:
        return None
    for habit in _turkish() if language == "tr" else _english():
        for match in habit.pattern.finditer(line):
            if match.start() < end and match.end() + 1 >= start and not _quoted(line, match):
                found = habit.of(match)
                if found.written.strip() != line[found.start : found.end].strip():
                    return found
    return None


def _quoted(line: str, match: re.Match[str]) -> bool:
    """Whether a match begins in a quoted text."""
    return line[: match.start()].count('"') % 2 == 1


# ---- endings that were written without their apostrophe ------------------------------------------------------------

_ENDING = re.compile(r"n?[ıiuü]n|n?[dt][ea]n?|[ny]?[ea]", re.IGNORECASE)


def without_apostrophe(word: str, declared: Callable[[str], bool]) -> tuple[str, str] | None:
    """
    The name and the ending of a Turkish word that is written as one, where the name alone is declared.

    >>> without_apostrophe("üyelerin", {"üyeler"}.__contains__)
    ('üyeler', 'in')
    """
    for size in range(1, 5):
        stem, ending = word[:-size], word[-size:]
        if len(stem) >= 3 and declared(stem) and _ENDING.fullmatch(ending):
            return stem, ending
    return None
