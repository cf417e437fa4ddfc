"""
What to say where a word does not fit.

Each common slip has a recogniser: it looks at the place where reading stopped and gives a problem, or nothing.  They
are tried in the order of `_SLIPS`, from what is certain (a character that means nothing) to what is likely (a word that
is nearly right); where none knows better, the answer is what could stand there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise

from attrs import frozen

from grantrules.diagnostics import Problem, Words
from grantrules.formats import grouped
from grantrules.source import Span
from grantrules.syntax import problems as wrong
from grantrules.syntax.characters import code_point
from grantrules.syntax.engine import is_currency, is_doubtful_sum, phrase_at, piece, sum_readings
from grantrules.syntax.lexing import Lexeme
from grantrules.syntax.sayings import genitive, name_from, said, without_apostrophe
from grantrules.syntax.tables import Tables
from grantrules.syntax.words import Vocabulary, pieces_of

MOST_EXPECTED = 6


@frozen
class Place:
    """Where reading stopped: the lexemes of the line, which one does not fit, and what could have stood there."""

    tables: Tables
    text: str
    lexemes: list[Lexeme]
    at: int
    expected: tuple[str, ...]
    expecting: Callable[[int], tuple[str, ...]]
    """What could have stood at an earlier place of the line."""
    is_head: bool

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the file's language."""
        return self.tables.vocabulary

    @property
    def found(self) -> Lexeme | None:
        """What does not fit; nothing where the line ends too early."""
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    @property
    def before(self) -> Lexeme | None:
        """What stands before it."""
        return self.lexemes[self.at - 1] if self.at else None

    @property
    def next(self) -> Lexeme | None:
        """What stands after it."""
        return self.lexemes[self.at + 1] if self.at + 1 < len(self.lexemes) else None

    @property
    def span(self) -> Span:
        """What is marked: the lexeme, or the last one of a line that ends too early."""
        return (self.found or self.lexemes[-1]).span

    def on_the_level(self) -> Iterator[Lexeme]:
        """The lexemes before the place that are in the same brackets, nearest first."""
        closed = 0
        for lexeme in reversed(self.lexemes[: self.at]):
            if lexeme.text == ")":
                closed += 1
            elif lexeme.text == "(":
                if not closed:
                    return
                closed -= 1
            elif not closed:
                yield lexeme

    def span_text(self, span: Span) -> str:
        """What stands in a part of the text."""
        return self.text[span.start : span.end]

    def declares(self, name: str) -> bool:
        """Whether a line of the file seems to declare a name: it begins with it, or names it behind its keyword."""
        return re.search(rf"(?m)^(?: +|\w+ (?:\w+'\w+ )?){re.escape(name)}(?![\w'])", self.text) is not None

    def says(self, lexeme: Lexeme | None, *terminals: str) -> bool:
        """Whether a lexeme is a word of one of some terminals."""
        forms = self.vocabulary.forms
        return lexeme is not None and any(
            lexeme.text == form.lstrip("*") for t in terminals for form in forms.get(t, ())
        )


# ---- what could stand there --------------------------------------------------------------------------------------

_DESCRIBED = {
    "NAME": Words("a name", "bir ad"),
    "STRING": Words('a text in "…"', '"…" içinde bir metin'),
    "VALUE": Words("a value", "bir değer"),
    "CONDITION": Words("a condition", "bir koşul"),
    "NUMBER": Words("a number", "bir sayı"),
    "PERCENT": Words("a percentage", "bir yüzde"),
    "DATE": Words("a date (2023-09-04)", "bir tarih (2023-09-04)"),
    "CODE": Words("a code", "bir kod"),
    "CURRENCY": Words("a currency (EUR, TRY)", "bir para birimi (EUR, TRY)"),
    "SPAN": Words("a length of time (1 month, 2 weeks)", "bir süre (1 ay, 2 hafta)"),
    "ZONE": Words("a time zone (Europe/Istanbul)", "bir saat dilimi (Europe/Istanbul)"),
    "FILENAME": Words(
        "a dotted name (tr.my_programme, lib.sme_tr)", "noktalı bir ad (tr.programim, lib.sme_tr)"
    ),
    "LANG": Words('another language (tr "…")', 'başka bir dil (en "…")'),
    "REVISION": Words("Rev. 2 or Rev. 2.1", "Rev. 2 ya da Rev. 2.1"),
    "_NL": Words("the end of the line", "satırın sonu"),
    "$END": Words("the end", "deyimin sonu"),
    "_INDENT": Words("indented lines", "içeride satırlar"),
    "_DEDENT": Words("the end of the block", "bloğun sonu"),
}
_MARKS = {
    "COMMA": ",", "LPAR": "(", "RPAR": ")", "VBAR": "|", "COLON": ":", "EQUAL": "=", "PLUS": "+", "MINUS": "-",
    "STAR": "*", "SLASH": "/",
}  # fmt: skip
_LITERALS = {
    "MONEY_LIT", "PPOINTS", "POINTS_LIT", "QUANTITY_LIT", "FRACTION", "MOMENT_LIT", "MONTH_LIT", "SPAN", "NACE_LIT",
}  # fmt: skip
# What begins a value, so that "a value" says it all.
_OF_A_VALUE = _LITERALS | {
    "NUMBER", "PERCENT", "DATE", "NAME", "LPAR", "K_YES", "K_NO", "K_APPLICATIONS", "K_THIS_LINES", "K_NUMBER_OF",
    "K_TOTAL", "K_AVERAGE", "K_SMALLEST", "K_LARGEST", "K_YEAR_OF", "K_MONTH_OF", "K_FIRST_DAY_OF", "K_LAST_DAY_OF",
    "K_DAYS_IN_MONTH", "K_SMALLER_OF", "K_LARGER_OF", "K_SMALLEST_OF", "K_LARGEST_OF", "K_COMPLETED_YEARS",
    "K_COMPLETED_MONTHS", "K_DAYS_BETWEEN", "K_FOR", "K_FOR_TIME", "MINUS",
}  # fmt: skip
_OF_A_CONDITION = {"K_NOT", "K_FOR", "K_FOR_ALL", "K_EXACTLY", "K_AT_LEAST", "K_AT_MOST"}
# What an author means most often, then what may stand nearly anywhere, and is seldom what is missing.
_LIKELY = (
    "COLON", "K_IS", "K_IS_AT_LEAST", "K_IS_AT_MOST", "K_IS_ONE_OF", "K_OLMALI", "K_OLMAMALI", "K_ISE", "K_DEGILSE",
    "K_OLAN", "K_OLMAYAN", "K_AND", "K_OTHERWISE",
)  # fmt: skip
_SELDOM = {
    "GENITIVE", "K_AS_OF", "K_MESSAGE", "K_CITES", "LANG", "K_IN_FORCE", "$END", "_DEDENT", "K_APPLICATIONS",
    "K_THIS_LINES", "K_APPLIES", "K_DOES_NOT_APPLY", "K_ARASINDA", "K_PER",
}  # fmt: skip


def described(tables: Tables, expected: tuple[str, ...]) -> Words:
    """What could stand at a place: a few words, the likeliest first, the words of the file's language as they are."""
    found = dict.fromkeys(expected)
    if "K_FOR_ALL" in found:
        found = dict.fromkeys(["CONDITION", *(t for t in found if t not in _OF_A_VALUE | _OF_A_CONDITION)])
    elif "NUMBER" in found and "NAME" in found:
        found = dict.fromkeys(["VALUE", *(t for t in found if t not in _OF_A_VALUE)])
    order = list(tables.vocabulary.forms)
    ranked = sorted(found, key=lambda t: (_rank(t), order.index(t) if t in order else -1))
    shown: list[Words] = []
    for terminal in ranked:
        words = _describe(tables.vocabulary, terminal)
        if words is not None and words not in shown:
            shown.append(words)
    more = ", …" if len(shown) > MOST_EXPECTED else ""
    shown = shown[:MOST_EXPECTED]
    return Words(", ".join(w.en for w in shown) + more, ", ".join(w.tr for w in shown) + more)


def _rank(terminal: str) -> int:
    if terminal in _SELDOM:
        return 5
    if terminal in _LIKELY:
        return 1
    if terminal in _DESCRIBED:
        return 0
    if terminal in {"K_WHEN", "K_UNLESS", "K_WHERE"}:
        return 3
    return 4 if terminal in _MARKS else 2


def _describe(vocabulary: Vocabulary, terminal: str) -> Words | None:
    if terminal in _DESCRIBED:
        return _DESCRIBED[terminal]
    text = _MARKS.get(terminal)
    if text is None and terminal in vocabulary.forms:
        text = vocabulary.written(terminal)
    return Words(f"`{text}`", f"`{text}`") if text else None


# ---- characters and numbers --------------------------------------------------------------------------------------

_QUOTES = "“”„‟«»‹›‘’‚‛′″´`"
_DASHES = "−–—‒―‐‑"
_COMPARISONS = {
    ">=": ("is at least", "en az … olmalı"),
    "=>": ("is at least", "en az … olmalı"),
    "<=": ("is at most", "en fazla … olmalı"),
    ">": ("is more than", "…'den fazla olmalı"),
    "<": ("is less than", "…'den az olmalı"),
    "==": ("is", "… olmalı"),
    "=": ("is", "… olmalı"),
    "!=": ("is not", "… olmamalı"),
    "<>": ("is not", "… olmamalı"),
}
_LOGIC = {"&&": ("and", "ve"), "&": ("and", "ve"), "||": ("or", "veya"), "!": ("not", "… olmamalı")}
_YEAR_LAST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:T.*)?")
_MONTHS = (
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    ("oca", "şub", "mar", "nis", "may", "haz", "tem", "ağu", "eyl", "eki", "kas", "ara"),
)
_MONTHS_IN_LETTERS = re.compile(
    rf"({'|'.join(month for months in _MONTHS for month in months)})\w*", re.IGNORECASE
)
_SEPARATED = re.compile(r"\d[\d ]*(?:[.,]\d+)+")


def _said_otherwise(place: Place) -> Problem | None:
    """`must be at least`, `5 ile 10 arasında`: in words that anyone understands, and that are not the language's."""
    first, last, here = place.lexemes[0], place.lexemes[-1], place.span
    line = place.text[first.start : last.end]
    found = said(line, here.start - first.start, here.end - first.start, place.vocabulary.language)
    if found is None:
        return None
    span = Span(first.start + found.start, first.start + found.end)
    return wrong.SaidOtherwise(
        span=span, found=line[found.start : found.end].strip(), written=found.written.strip()
    )


def _row_in_one(place: Place) -> Problem | None:
    """`small 50%`: a row of a table without the bar between its cells; `5,`: a comma with nothing behind it."""
    found, first, last = place.found, place.lexemes[0], place.lexemes[-1]
    if found is None or place.before is None:
        return None
    line = Span(first.start, last.end)
    before, rest = place.text[first.start : place.before.end], place.text[found.start : last.end]
    if "VBAR" in place.expected and found.kind in ("number", "percent") and "|" not in before:
        return wrong.SaidOtherwise(span=line, found=place.span_text(line), written=f"{before} | {rest}")
    if found.text == "," and found is last and "_NL" in place.expected:
        return wrong.SaidOtherwise(span=line, found=place.span_text(line), written=before)
    return None


def _title_alone(place: Place) -> Problem | None:
    """`proration "Part of the year"`: a title where a name stands first."""
    found = place.found
    if found is None or found.kind != "string" or "NAME" not in place.expected or not place.at:
        return None
    name = name_from(found.text)
    if not name or "NUMBER" in place.expected:
        return None
    return wrong.SaidOtherwise(span=found.span, found=found.text, written=f"{name} {found.text}", named=True)


def _of_its_own(place: Place) -> Problem | None:
    """`staff is at least 5 when size is small`: what says when a rule applies stands in a line of its own."""
    if place.vocabulary.language != "en" or "_NL" not in place.expected:
        return None
    if place.at and place.says(place.found, "K_WHEN", "K_UNLESS"):
        span = Span(place.span.start, place.lexemes[-1].end)
        return wrong.SaidOtherwise(
            span=span, found=place.span_text(span), written=place.span_text(span), apart=True
        )
    return None


def _no_apostrophe(place: Place) -> Problem | None:
    """`üyelerin sayısı`: a Turkish ending without its apostrophe behind a name that is declared."""
    if place.vocabulary.language != "tr":
        return None
    for lexeme in reversed(place.lexemes[max(place.at - 2, 0) : place.at + 1]):
        parts = without_apostrophe(lexeme.text, place.declares) if lexeme.kind == "word" else None
        if parts is not None:
            among = parts[1][-2:] in ("en", "an") and any(
                place.says(each, "K_OLAN", "K_OLMAYAN") for each in place.lexemes[place.at :]
            )
            written = f"{parts[0]} arasında" if among else f"{parts[0]}'{parts[1]}"
            return wrong.SaidOtherwise(span=lexeme.span, found=lexeme.text, written=written)
    return None


def _open_quote(place: Place) -> Problem | None:
    found = place.found
    if found is not None and found.kind == "open":
        return wrong.UnclosedQuote(span=Span(found.start, found.start + 1))
    return None


def _strange(place: Place) -> Problem | None:
    found = place.found
    if found is None or found.kind != "strange":
        return None
    point = code_point(found.text)
    if found.text in _QUOTES:
        return wrong.SmartQuote(span=found.span, character=found.text, code_point=point)
    if found.text in _DASHES:
        return wrong.LongDash(span=found.span, character=found.text, code_point=point)
    return wrong.UnknownCharacter(span=found.span, character=found.text, code_point=point)


def _comment(place: Place) -> Problem | None:
    found = place.found
    if found is not None and found.text in {"//", "/*", "#"}:
        return wrong.ForeignComment(span=found.span, mark=found.text)
    return None


def _signs(place: Place) -> Problem | None:
    found = place.found
    if found is None:
        return None
    turkish = place.vocabulary.language == "tr"
    if found.text in _LOGIC:
        return wrong.LogicSign(span=found.span, sign=found.text, phrase=_LOGIC[found.text][turkish])
    if found.kind == "sign" and found.text not in _COMPARISONS:
        return wrong.UnknownCharacter(
            span=found.span, character=found.text, code_point=code_point(found.text[0])
        )
    if found.text in _COMPARISONS and (found.text != "=" or _may_compare(place)):
        return wrong.ComparisonSign(
            span=found.span, sign=found.text, phrase=_COMPARISONS[found.text][turkish]
        )
    return _equals_before(place)


def _equals_before(place: Place) -> Problem | None:
    """`a = 5 olmalı`: read as the value of a table for another fact, `a = 5 için`, until the verb shows what was meant."""
    found, sign = place.found, place.lexemes[place.at - 2] if place.at >= 2 else None
    if found is None or sign is None or sign.text != "=" or found.text not in ("olmalı", "ise"):
        return None
    return wrong.ComparisonSign(span=sign.span, sign="=", phrase=_COMPARISONS["="][1])


def _may_compare(place: Place) -> bool:
    return "K_IS" in place.expected or "K_OLMALI" in place.expected or "K_ISE" in place.expected


def _date(place: Place) -> Problem | None:
    found = place.found
    if found is None:
        return None
    if found.kind == "blob":
        if match := _YEAR_LAST.fullmatch(found.text):
            first, second, year = (int(part) for part in match.groups())
            readings = _dates((year, second, first), (year, first, second))
            return wrong.DateForm(span=found.span, found=found.text, readings=readings)
        if match := _YEAR_FIRST.fullmatch(found.text):
            year, month, day = (int(part) for part in match.groups())
            return wrong.DateForm(span=found.span, found=found.text, readings=_dates((year, month, day)))
    return _date_in_letters(place)


def _date_in_letters(place: Place) -> Problem | None:
    """`4 September 2023`, wherever in it reading stopped."""
    for at in (place.at - 1, place.at, place.at + 1):
        if 1 <= at < len(place.lexemes) - 1 and _MONTHS_IN_LETTERS.fullmatch(place.lexemes[at].text):
            day, year = place.lexemes[at - 1], place.lexemes[at + 1]
            if day.kind == "number" and year.kind == "number" and len(year.text) == 4:
                span = Span(day.start, year.end)
                said_month = place.lexemes[at].text[:3].lower()
                month = next(months.index(said_month) for months in _MONTHS if said_month in months) + 1
                readings = _dates((int(year.text), month, int(day.text))) if day.text.isdigit() else _dates()
                return wrong.DateForm(span=span, found=place.span_text(span), readings=readings)
    return None


def _dates(*parts: tuple[int, int, int]) -> tuple[str, ...]:
    readings: dict[str, None] = {}
    for year, month, day in parts:
        try:
            readings[date(year, month, day).isoformat()] = None
        except ValueError:
            continue
    return tuple(readings) or ("2023-09-04",)


def _number(place: Place) -> Problem | None:
    found, before = place.found, place.before
    if found is None:
        return None
    joined = before is not None and before.kind == "number" and before.end + 1 == found.start
    if found.kind == "blob":
        start = before.start if before is not None and joined and found.text[:3].isdigit() else found.start
        text = place.text[start : found.end]
        if _SEPARATED.fullmatch(text):
            return wrong.AmbiguousNumber(span=Span(start, found.end), found=text, readings=_readings(text))
        return wrong.GluedNumber(span=found.span, found=found.text)
    if found.kind == "number" and joined and before is not None:
        return wrong.DigitGroups(span=Span(before.start, found.end))
    if before is not None and before.kind == "number" and is_currency(found.text):
        return _doubtful_sum(before, found.text)
    return None


def _doubtful_sum(number: Lexeme, currency: str) -> Problem | None:
    """`1.000 TRY`"""
    digits = number.text.replace(" ", "")
    if not is_doubtful_sum(digits, currency):
        return None
    return wrong.AmbiguousNumber(span=number.span, found=number.text, readings=sum_readings(digits, currency))


def _readings(text: str) -> tuple[str, ...]:
    """What a number with doubtful separators may mean."""
    digits = text.replace(" ", "")
    last = max(digits.rfind("."), digits.rfind(","))
    whole, rest = re.sub(r"[.,]", "", digits[:last]), digits[last + 1 :]
    readings = []
    separators = set(re.findall(r"[.,]", digits))
    if len(separators) == 2 or len(re.findall(r"[.,]", digits)) == 1:
        readings.append(f"{grouped(whole)}.{rest}")
    if len(rest) == 3 and len(separators) == 1:
        readings.append(grouped(whole + rest))
    return tuple(readings) or (grouped(whole + rest),)


def _percent(place: Place) -> Problem | None:
    found, before, after = place.found, place.before, place.next
    if found is None:
        return None
    if place.vocabulary.language == "en" and found.kind == "percent":
        return wrong.PercentSide(
            span=found.span, found=found.text, written=f"{found.text[1:].strip()}%", language="en"
        )
    if place.vocabulary.language == "tr":
        number, sign = (before, found) if found.text == "%" else (found, after)
        if number is not None and number.kind == "number" and sign is not None and sign.text == "%":
            span = Span(number.start, sign.end)
            text = place.text[span.start : span.end]
            return wrong.PercentSide(span=span, found=text, written=f"%{number.text}", language="tr")
    return None


def _plus_percent(place: Place) -> Problem | None:
    """`+15%` as a line."""
    found, after = place.found, place.next
    if found is None or found.text != "+" or after is None or after.kind not in {"number", "percent"}:
        return None
    percent = place.lexemes[place.at + 2] if place.at + 2 < len(place.lexemes) else None
    if after.kind == "percent" or (percent is not None and percent.text == "%"):
        last = after if after.kind == "percent" else percent or after
        return wrong.PointsOrPercent(span=Span(found.start, last.end), number=after.text.strip("% "))
    return None


# ---- marks, brackets, cells --------------------------------------------------------------------------------------


def _bracket(place: Place) -> Problem | None:
    found = place.found
    if found is None or found.text != ")":
        return None
    texts = [lexeme.text for lexeme in place.lexemes[: place.at]]
    return wrong.BracketNotOpened(span=found.span) if texts.count("(") <= texts.count(")") else None


def _comma(place: Place) -> Problem | None:
    """A line that was read as part of the one above, although it is indented no further."""
    found, first = place.found, place.lexemes[0]
    if found is None:
        return None
    start = place.text.rfind("\n", 0, found.start) + 1
    if start <= first.start:
        return None
    indent = len(place.text[start:]) - len(place.text[start:].lstrip(" "))
    above = first.start - (place.text.rfind("\n", 0, first.start) + 1)
    head = next(lexeme for lexeme in place.lexemes if lexeme.start >= start)
    at = place.lexemes.index(head)
    if indent <= above and place.lexemes[at - 1].text == ",":
        return wrong.GoesOnAfterComma(span=Span(head.start, found.end))
    return None


def _cell(place: Place) -> Problem | None:
    found, before = place.found, place.before
    if found is not None and found.text == "|" and (before is None or before.text == "|"):
        return wrong.EmptyCell(span=found.span)
    if found is None and before is not None and before.text == "|":
        return wrong.EmptyCell(span=before.span)
    if found is not None and found.text == "||":
        return wrong.EmptyCell(span=found.span)
    return None


def _colon(place: Place) -> Problem | None:
    found, before = place.found, place.before
    if (
        found is not None
        and found.text in {":", "="}
        and before is not None
        and before.kind in {"word", "string"}
    ):
        return wrong.ColonAfterName(span=found.span, mark=found.text)
    return None


def _dot(place: Place) -> Problem | None:
    found = place.found
    if found is None or found.kind != "word" or "." not in found.text:
        return None
    *owners, last = found.text.split(".")
    english = place.vocabulary.language == "en"
    owning = [f"{each}'{'s' if english else genitive(each)}" for each in owners]
    return wrong.DottedName(span=found.span, found=found.text, written=" ".join([*owning, last]))


# ---- words and their order ---------------------------------------------------------------------------------------


def _span_of(lexemes: list[Lexeme], at: int, size: int) -> Span:
    return Span(lexemes[at].start, lexemes[min(at + size, len(lexemes)) - 1].end)


def _other_language(place: Place) -> Problem | None:
    """A word of the other language, where its counterpart could stand."""
    other = place.tables.other
    for at in range(place.at, max(place.at - 2, -1), -1):
        phrase = phrase_at(other.phrases, other, place.lexemes, at)
        if phrase is None or phrase_at(place.vocabulary.phrases, place.vocabulary, place.lexemes, at):
            continue
        own = [t for t in phrase.terminals if t in place.vocabulary.forms]
        fitting = [t for t in own if t in place.expected] or (own if at == 0 else [])
        if fitting:
            span = _span_of(place.lexemes, at, len(phrase.pieces))
            found, written = place.text[span.start : span.end], place.vocabulary.written(fitting[0])
            return wrong.OtherLanguageWord(span=span, found=found, own=written, language=other.language)
    return None


def _one_word(place: Place) -> Problem | None:
    """`in_force`, `Require`: a phrase that reads as a name."""
    phrases = {" ".join(p.pieces): p for index in place.vocabulary.phrases.values() for p in index}
    for lexeme in reversed(place.lexemes[: place.at + 1]):
        spoken = _small(lexeme.text, place.vocabulary.language).replace("_", " ")
        if lexeme.kind == "word" and spoken != lexeme.text and spoken in phrases:
            return wrong.PhraseInOneWord(span=lexeme.span, found=lexeme.text, phrase=spoken)
    return None


def _small(text: str, language: str) -> str:
    return (text.replace("I", "ı").replace("İ", "i") if language == "tr" else text).lower()


def _reserved(place: Place) -> Problem | None:
    """A word of the language where only a name can stand."""
    found = place.found
    if found is None or found.text not in place.vocabulary.reserved:
        return None
    if "NAME" in place.expected and "NUMBER" not in place.expected:
        return wrong.ReservedName(span=found.span, name=found.text)
    return None


def _and_or(place: Place) -> Problem | None:
    found = place.found
    for one, other in (("K_AND", "K_OR"), ("K_OR", "K_AND")):
        if place.says(found, one) and any(place.says(lexeme, other) for lexeme in place.on_the_level()):
            return wrong.AndBesideOr(span=place.span)
    return None


def _mixed(place: Place) -> Problem | None:
    """Arithmetic of two kinds on one level."""
    found = place.found
    if found is None:
        return None
    later = found.text in {"+", "-", "*", "/"} or place.says(
        found, "K_OF", "K_UZERINDEN", "K_ROUNDED", "K_OF_VALUE"
    )
    if not later:
        return None
    for lexeme in place.on_the_level():
        if lexeme.text == "/" and found.text in {"*", "/"}:
            return wrong.AfterDivision(span=found.span)
        if lexeme.text in {"+", "-", "*", "/"} or place.says(lexeme, "K_OF", "K_UZERINDEN"):
            return wrong.MixedOperations(span=found.span)
    return None


def _total(place: Place) -> Problem | None:
    of_lists = ("K_TOTAL", "K_AVERAGE", "K_SMALLEST", "K_LARGEST")
    number = phrase_words(place.vocabulary, "K_NUMBER_OF")
    if place.says(place.found, "K_WHERE") and any(
        place.says(lexeme, *of_lists) or lexeme.text == number for lexeme in place.on_the_level()
    ):
        return wrong.TotalNeedsBrackets(span=place.span)
    return None


def phrase_words(vocabulary: Vocabulary, terminal: str) -> str:
    """The first word of a terminal."""
    return vocabulary.written(terminal).split()[0] if terminal in vocabulary.forms else ""


def _rounding(place: Place) -> Problem | None:
    is_step = place.says(place.lexemes[0], "K_ROUNDING") and place.at > 0
    if is_step or any(place.says(lexeme, "K_ROUNDED", "K_OF_VALUE") for lexeme in place.on_the_level()):
        # A suggestion in another currency would be the next mistake.
        said_currency = re.search(r"(?m)^ +(?:currency|para birimi) +([A-Z]{3})\b", place.text)
        return wrong.RoundingUnclear(
            span=place.span, currency=said_currency[1] if said_currency is not None else "TRY"
        )
    return None


def _ceiling(place: Place) -> Problem | None:
    """`at most 5 EUR` of nobody's support; in Turkish reading goes on to the number."""
    most = phrase_at(place.vocabulary.phrases, place.vocabulary, place.lexemes, 0)
    if most is not None and "K_AT_MOST" in most.terminals and "K_OVER" in place.expecting(0):
        return wrong.CeilingOfWhat(span=_span_of(place.lexemes, 0, len(most.pieces)))
    return None


_COPULAS = ("K_OLMALI", "K_OLMAMALI", "K_ISE", "K_DEGILSE", "K_OLAN", "K_OLMAYAN")


def _copula(place: Place) -> Problem | None:
    """A Turkish condition without its last word, or with that of another place."""
    fitting = tuple(t for t in _COPULAS if t in place.expected)
    if fitting and (place.found is None or place.says(place.found, *_COPULAS)):
        # A rule ends with the first two; `ise` there begins what says when it applies.
        likely = [t for t in fitting if t in ("K_OLMALI", "K_OLMAMALI")] or list(fitting)
        written = ", ".join(f"`{place.vocabulary.written(t)}`" for t in likely)
        return wrong.CopulaMissing(span=place.span, expected=written)
    return None


# What formulas are called elsewhere, and what is written here instead, in English and in Turkish.
_TOTAL, _NUMBER = ("total … of …", "… toplam …"), ("number of …", "… sayısı")
_AVERAGE = ("average … of …", "… ortalama …")
_LARGER = ("the larger of … and …", "… ile … değerlerinin büyüğü")
_SMALLER = ("the smaller of … and …", "… ile … değerlerinin küçüğü")
_ROUNDED = ("… rounded down in steps of …", "… adımlarla aşağı yuvarlanmış")
_CALLS = {
    "sum": _TOTAL, "total": _TOTAL, "topla": _TOTAL, "toplam": _TOTAL, "toplamı": _TOTAL,
    "count": _NUMBER, "say": _NUMBER, "adet": _NUMBER, "adedi": _NUMBER,
    "average": _AVERAGE, "avg": _AVERAGE, "mean": _AVERAGE, "ortalama": _AVERAGE, "ortalaması": _AVERAGE,
    "max": _LARGER, "maximum": _LARGER, "maks": _LARGER, "mak": _LARGER, "büyük": _LARGER,
    "min": _SMALLER, "minimum": _SMALLER, "küçük": _SMALLER, "round": _ROUNDED, "yuvarla": _ROUNDED,
}  # fmt: skip
_OPERATORS = {
    "x": "*", "×": "*", "times": "*", "çarpı": "*", "kere": "*", "kez": "*", "divided": "/", "bölü": "/", "÷": "/",
    "plus": "+", "artı": "+", "minus": "-", "eksi": "-",
}  # fmt: skip
_TERMINAL_OF = {"*": "STAR", "/": "SLASH", "+": "PLUS", "-": "MINUS"}
_OTHER_HABITS = {
    "if": ("when", "… ise"),
    "eğer": ("when", "… ise"),
    "else": ("otherwise", "diğer hâllerde"),
    "yoksa": ("otherwise", "diğer hâllerde"),
    "between": ("from … to …", "… ile … arası"),
}


def formula_here(name: str, language: str) -> str:
    """How the language writes what a name means as a formula elsewhere (`sum`, `count`, `max`); empty if nothing."""
    return _CALLS[name][language == "tr"] if name in _CALLS else ""


def _call(place: Place) -> Problem | None:
    """`count of members`, `max(a, b)`, `sum of price of costs`: a formula as other tools write it."""
    for lexeme, after in pairwise(place.lexemes[: place.at + 1]):
        near = formula_here(lexeme.text, place.vocabulary.language)
        if near and after.text == "(":
            return wrong.Misspelt(span=lexeme.span, found=lexeme.text, near=near)
        if near and place.says(after, "K_OF"):
            span = Span(lexeme.start, after.end)
            return wrong.Misspelt(span=span, found=f"{lexeme.text} {after.text}", near=near)
    return None


def _operator(place: Place) -> Problem | None:
    """`50 EUR x staff`, `30% total cost`: an operator in words, or none."""
    found, before = place.found, place.before
    if found is None or before is None:
        return None
    # In Turkish a second name may follow, so that reading stops one word later.
    for at in (place.at, place.at - 1):
        said = place.lexemes[at]
        mark = _OPERATORS.get(said.text)
        if mark is not None and _TERMINAL_OF[mark] in place.expecting(at):
            return wrong.Misspelt(span=said.span, found=said.text, near=mark)
    if before.text.endswith("%") and "K_OF" in place.expected and found.kind == "word":
        both = Span(place.lexemes[place.at - 2].start, found.end) if before.text == "%" else found.span
        share = place.text[both.start : both.end]
        return wrong.Misspelt(span=both, found=share, near=share.replace("%", "% of", 1))
    return None


def _other_habit(place: Place) -> Problem | None:
    """A word that many languages of programs use, read as a name."""
    for lexeme in place.lexemes[max(place.at - 1, 0) : place.at + 1]:
        if lexeme.kind == "word" and lexeme.text in _OTHER_HABITS:
            near = _OTHER_HABITS[lexeme.text][place.vocabulary.language == "tr"]
            return wrong.Misspelt(span=lexeme.span, found=lexeme.text, near=near)
    return None


def _misspelt(place: Place) -> Problem | None:
    """A word or a phrase that is nearly one of those that could stand there."""
    vocabulary = place.vocabulary
    for at in range(place.at, max(place.at - 3, -1), -1):
        if at >= len(place.lexemes) or place.lexemes[at].kind != "word":
            continue
        for size in (4, 3, 2, 1):
            if at + size <= place.at or at + size > len(place.lexemes):
                continue
            said = " ".join(piece(vocabulary, lexeme) for lexeme in place.lexemes[at : at + size])
            near = _near(place, said, at, size)
            if near:
                span = _span_of(place.lexemes, at, size)
                return wrong.Misspelt(span=span, found=place.text[span.start : span.end], near=near)
    if place.at and place.lexemes[0].kind == "word" and place.lexemes[0].text not in vocabulary.reserved:
        near = _near(place, place.lexemes[0].text, -1, 1)
        if near and place.at <= 2:
            return wrong.Misspelt(span=place.lexemes[0].span, found=place.lexemes[0].text, near=near)
    return None


def _near(place: Place, said: str, at: int, size: int) -> str:
    """The phrase of so many words that is nearest to what was said."""
    if len(said) < 4 or any(
        said == form.lstrip("*") for forms in place.vocabulary.forms.values() for form in forms
    ):
        return ""
    expected = set(place.expected)
    forms: list[str] = []
    for terminal, written in place.vocabulary.forms.items():
        if terminal.startswith("K_") and (at != place.at or terminal in expected):
            forms += (
                spoken
                for form in written
                if len(pieces_of(form)) == size and (spoken := " ".join(pieces_of(form))) != said
            )
    if at not in {place.at, -1}:
        # Part of the phrase was read as something else; its first word must be right.
        first = said.partition(" ")[0]
        forms = [form for form in forms if form.startswith(f"{first} ") and size > 1]
    cutoff = 0.75 if at == place.at else 0.85
    return next(iter(difflib.get_close_matches(said, forms, 1, cutoff)), "")


def _inside_a_phrase(place: Place) -> Problem | None:
    """`is at most at least`: the second phrase began as a name, and only its second word did not fit."""
    for at in range(place.at - 1, max(place.at - 4, -1), -1):
        phrase = phrase_at(place.vocabulary.phrases, place.vocabulary, place.lexemes, at)
        if phrase is not None and at + len(phrase.pieces) > place.at:
            span = _span_of(place.lexemes, at, len(phrase.pieces))
            expected = described(place.tables, place.expecting(at))
            return wrong.NotAtThisPlace(span=span, found=" ".join(phrase.pieces), expected=expected)
    return None


def _unknown_statement(place: Place) -> Problem | None:
    found = place.found
    if place.is_head and place.at == 0 and found is not None:
        return wrong.UnknownStatement(
            span=found.span, found=found.text, expected=described(place.tables, place.expected)
        )
    return None


def _line_end(place: Place) -> Problem | None:
    if place.found is None:
        return wrong.LineEndsEarly(span=place.span, expected=described(place.tables, place.expected))
    return None


_SLIPS: tuple[Callable[[Place], Problem | None], ...] = (
    _open_quote, _strange, _comment, _said_otherwise, _row_in_one, _title_alone, _of_its_own, _no_apostrophe, _cell, _signs, _comma, _date, _percent, _plus_percent, _number, _bracket,
    _and_or, _call, _operator, _mixed, _total, _ceiling, _copula, _reserved, _other_language, _one_word, _rounding, _dot, _other_habit,
    _misspelt,
    _colon, _inside_a_phrase, _unknown_statement, _line_end,
)  # fmt: skip


def slip(place: Place) -> Problem:
    """The problem that says best what is wrong at a place."""
    for recognise in _SLIPS:
        problem = recognise(place)
        if problem is not None:
            return problem
    found = place.lexemes[place.at]
    expected = described(place.tables, place.expected)
    return wrong.NotAtThisPlace(span=found.span, found=found.text, expected=expected)
