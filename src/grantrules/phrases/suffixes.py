"""
Turkish endings: vowel harmony, hardened consonants and buffer letters, also after figures and currency codes.

`ending("20", ABLATIVE)` is `den` because 20 is read *yirmi*; `after("%50", ABLATIVE)` is `%50'den`.  A word is read as
it is spelt, a figure by its last digit or zeros, and capitals such as TRY letter by letter.
"""

from __future__ import annotations

from typing import Final

ABLATIVE: Final = "DAn"  # from, than
GENITIVE: Final = "nIn"  # of
DATIVE: Final = "yA"  # to
LOCATIVE: Final = "DA"  # at
PLURAL: Final = "lAr"

_VOWELS = "aeıioöuüâîû"
_BACK = "aıouâû"
_ROUND = "oöuüû"
_HARD = "fstkçşhp"
_LOWER = str.maketrans({"I": "ı", "İ": "i"})

# Words of foreign origin that take front vowels against their spelling.
_FRONT = frozenset(
    [
        "saat",
        "seyahat",
        "hal",
        "rol",
        "kontrol",
        "kabul",
        "usul",
        "petrol",
        "alkol",
        "harf",
        "emsal",
        "ihtimal",
        "menfaat",
        "sosyal",
        "kanal",
        "terminal",
    ]
)

_DIGITS = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
_TENS = ("", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
_POWERS = ((12, "trilyon"), (9, "milyar"), (6, "milyon"), (3, "bin"), (2, "yüz"))
_LETTERS = {"h": "he", "k": "ke", "q": "kü", "w": "ve", "x": "iks"}


def after(word: str, case: str) -> str:
    """A name, a figure or a code with an ending behind an apostrophe: `TRY'den`, `%50'den`; behind quotes without it."""
    apostrophe = "" if word.endswith("”") else "'"
    return f"{word}{apostrophe}{ending(word, case)}"


def inflected(word: str, case: str) -> str:
    """A common noun with its ending: `giderlerin`, `yıldan`."""
    return word + ending(word, case)


def ending(word: str, case: str) -> str:
    """The form of an ending after a word: capital letters of the ending follow the word, the others stay."""
    spoken = _spoken(word)
    vowel = next((c for c in reversed(spoken) if c in _VOWELS), "e")
    if spoken in _FRONT:
        vowel = "ü" if vowel in _ROUND else "e"
    last = spoken[-1:] or "e"
    out = []
    for place, letter in enumerate(case):
        if place == 0 and letter in "ny":  # A buffer between two vowels.
            if last in _VOWELS:
                out.append(letter)
        elif letter == "D":
            out.append("t" if last in _HARD else "d")
        elif letter == "A":
            vowel = "a" if vowel in _BACK else "e"
            out.append(vowel)
        elif letter == "I":
            vowel = ("u" if vowel in _ROUND else "ı") if vowel in _BACK else ("ü" if vowel in _ROUND else "i")
            out.append(vowel)
        else:
            out.append(letter)
    return "".join(out)


def _spoken(word: str) -> str:
    """What one says for the end of a word."""
    part = word.replace("_", " ").split()[-1:] or [""]
    last = part[0].rstrip(".,;:!?)]}”’'\"%")
    digits = last.rsplit(",", 1)[-1]
    if digits[-1:].isdecimal() and digits.isascii():
        return _spoken_number(last)
    if last.isupper() and last.isascii() and len(last) > 1:
        letter = last[-1].lower()
        return letter if letter in _VOWELS else _LETTERS.get(letter, letter + "e")
    return last.translate(_LOWER).lower()


def _spoken_number(text: str) -> str:
    """The last word of a number written the Turkish way, `1.250,50`: of the decimals where there are any."""
    part = text.rsplit(",", 1)[-1] if "," in text else text.replace(".", "")
    digits = "".join(c for c in part if c.isdecimal())
    number = digits.lstrip("0")
    if not number:
        return _DIGITS[0]
    zeros = len(number) - len(number.rstrip("0"))
    for power, word in _POWERS:
        if zeros >= power:
            return word
    if zeros == 1:
        return _TENS[int(number[-2])]
    return _DIGITS[int(number[-1])]
