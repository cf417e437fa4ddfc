"""
What can be wrong with the writing of a file.

GR10x the file and its characters, GR12x lines and blocks, GR13x words, GR14x numbers and signs, GR15x the order of
words, GR16x lines that are missing or said twice, GR60x bounds on the text.
"""

from __future__ import annotations

from typing import Any

from attrs import fields, frozen

from grantrules.diagnostics import Problem, Words


class WritingProblem(Problem):
    """
    One mistake in the writing of a file.

    There are some sixty kinds, and every start of the command line makes their classes.  What attrs would generate
    for each of them is said once, here: it takes more time than the reading of a programme.
    """

    def _facts(self) -> tuple[Any, ...]:
        return tuple(getattr(self, fact.name) for fact in fields(type(self)))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((type(self), self._facts()))

    def __repr__(self) -> str:
        said = (f"{f.name}={getattr(self, f.name)!r}" for f in fields(type(self)) if f.repr)
        return f"{type(self).__name__}({', '.join(said)})"


# ---- the file and its characters ---------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class NotUtf8(WritingProblem):
    """Bytes that are no text in UTF-8."""

    code = "GR101"
    byte: int
    line: int
    title = Words("The file is not text in UTF-8", "Dosya UTF-8 metni değil")
    why = Words(
        "Byte {byte}, in line {line}, cannot be read. Letters such as ç, ş or € would come out wrong if they were"
        " guessed.",
        "{line}. satırdaki {byte}. bayt okunamıyor. Tahmin edilseydi ç, ş, € gibi harfler yanlış okunurdu.",
    )
    instead = Words(
        'Save the file again with the encoding "UTF-8".', 'Dosyayı "UTF-8" kodlamasıyla yeniden kaydedin.'
    )


@frozen(kw_only=True, eq=False, repr=False)
class Utf16(WritingProblem):
    """A file that an editor saved as UTF-16."""

    code = "GR102"
    title = Words("The file is saved as UTF-16", "Dosya UTF-16 olarak kaydedilmiş")
    why = Words(
        "Some editors call this encoding Unicode. Rule files are read in UTF-8 only, so that they read the same"
        " everywhere.",
        "Bazı düzenleyiciler bu kodlamaya Unicode der. Kural dosyaları her yerde aynı okunsun diye yalnız UTF-8"
        " okunur.",
    )
    instead = Words(
        'Save the file again with the encoding "UTF-8".', 'Dosyayı "UTF-8" kodlamasıyla yeniden kaydedin.'
    )


@frozen(kw_only=True, eq=False, repr=False)
class ControlCharacter(WritingProblem):
    """A character that steers a terminal or ends a text in other programs."""

    code = "GR103"
    code_point: str
    title = Words("A control character", "Bir denetim karakteri")
    why = Words(
        "The character {code_point} cannot be seen, and can make a terminal or another program show something else"
        " than what is written here.",
        "{code_point} karakteri görünmez; bir uçbirimin ya da başka bir programın burada yazılandan başka bir şey"
        " göstermesine yol açabilir.",
    )
    instead = Words("Delete it, or write the line again by hand.", "Silin ya da satırı elle yeniden yazın.")


@frozen(kw_only=True, eq=False, repr=False)
class HiddenCharacter(WritingProblem):
    """A character that reorders or hides what stands around it."""

    code = "GR104"
    code_point: str
    title = Words("A hidden character", "Gizli bir karakter")
    why = Words(
        "The character {code_point} is invisible and can change the order in which the line is shown, or make two"
        " names look the same: people would read another rule than the one that is applied.",
        "{code_point} karakteri görünmez; satırın gösteriliş sırasını değiştirebilir ya da iki adı aynı gösterebilir:"
        " insanlar uygulanan kuraldan başka bir kural okur.",
    )
    instead = Words(
        "Delete it, in comments and quoted texts as well, or write the line again by hand.",
        "Açıklamalarda ve tırnak içinde de silin ya da satırı elle yeniden yazın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class StrangeSpace(WritingProblem):
    """A space that is not the one of the space bar."""

    code = "GR105"
    code_point: str
    title = Words("A space that is not an ordinary one", "Olağan olmayan bir boşluk")
    why = Words(
        "The character {code_point} looks like a space, as in text copied from a PDF or a web page, but it does not"
        " part words and numbers the way a space does.",
        "{code_point} karakteri boşluğa benzer (PDF ya da web sayfasından kopyalanan metinlerdeki gibi), ama"
        " sözcükleri ve sayıları boşluk gibi ayırmaz.",
    )
    instead = Words("Put an ordinary space in its place.", "Yerine olağan bir boşluk koyun.")


@frozen(kw_only=True, eq=False, repr=False)
class StrangeLineEnd(WritingProblem):
    """A character that ends a line for some programs only."""

    code = "GR106"
    code_point: str
    title = Words("A line end that only some programs see", "Yalnız bazı programların gördüğü bir satır sonu")
    why = Words(
        "The character {code_point} ends a line in some programs and not in others, so that the text after it would"
        " be a comment here and a rule there.",
        "{code_point} karakteri bazı programlarda satırı bitirir, bazılarında bitirmez; ardından gelen metin burada"
        " açıklama, orada kural sayılırdı.",
    )
    instead = Words("Put an ordinary line end in its place.", "Yerine olağan bir satır sonu koyun.")


@frozen(kw_only=True, eq=False, repr=False)
class NotComposed(WritingProblem):
    """A letter written in two parts."""

    code = "GR107"
    text: str
    title = Words("A letter written in two parts", "İki parça hâlinde yazılmış bir harf")
    why = Words(
        "In `{text}` a letter is put together from a plain letter and a mark. It looks like the letter in one piece,"
        " but it is another text, and two equal names would not be equal.",
        "`{text}` içinde bir harf, düz harf ile işaretten oluşuyor. Tek parça harfe benzer ama başka bir metindir; aynı"
        " görünen iki ad aynı olmazdı.",
    )
    instead = Words(
        "Type the word again, or save the text in the normal form NFC.",
        "Sözcüğü yeniden yazın ya da metni NFC biçiminde kaydedin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class MixedScripts(WritingProblem):
    """A name with letters of two alphabets, or with letters that stand for others."""

    code = "GR108"
    name: str
    character: str
    code_point: str
    title = Words("A name with letters that look like others", "Başka harflere benzeyen harfli bir ad")
    why = Words(
        "In `{name}` the character {character} ({code_point}) is not of the same alphabet as the rest. It looks like"
        " another letter, so this name could be taken for another one.",
        "`{name}` adındaki {character} ({code_point}) karakteri öbürlerinin alfabesinden değil. Başka bir harfe"
        " benzediği için bu ad başka bir ad sanılabilir.",
    )
    instead = Words(
        "Write the name with the letters of one alphabet.", "Adı tek bir alfabenin harfleriyle yazın."
    )


@frozen(kw_only=True, eq=False, repr=False)
class LookAlikeName(WritingProblem):
    """Two names of two alphabets that look the same."""

    code = "GR109"
    name: str
    other: str
    title = Words("Two names that look the same", "Aynı görünen iki ad")
    why = Words(
        "This name looks like `{other}`, which is written with the letters of another alphabet. Nobody could tell"
        " the two apart.",
        "Bu ad, başka bir alfabenin harfleriyle yazılmış `{other}` adına benziyor. İkisi birbirinden ayırt edilemez.",
    )
    instead = Words(
        "Write both in one alphabet, or rename one.", "İkisini tek alfabeyle yazın ya da birini değiştirin."
    )


@frozen(kw_only=True, eq=False, repr=False)
class SmartQuote(WritingProblem):
    """A quotation mark of a word processor."""

    code = "GR110"
    character: str
    code_point: str
    title = Words("A quotation mark of a word processor", "Kelime işlemci tırnağı")
    why = Words(
        '{character} ({code_point}) comes from a word processor. Texts begin and end with the plain mark ".',
        '{character} ({code_point}) kelime işlemciden gelir. Metinler düz tırnakla (") başlar ve biter.',
    )
    instead = Words('Write "…", and \' before an ending.', 'Metinlerde "…", eklerden önce \' yazın.')


@frozen(kw_only=True, eq=False, repr=False)
class LongDash(WritingProblem):
    """A dash or minus sign of a word processor."""

    code = "GR111"
    character: str
    code_point: str
    title = Words("A long dash", "Uzun çizgi")
    why = Words(
        "{character} ({code_point}) looks like a minus sign but is another character.",
        "{character} ({code_point}) eksi işaretine benzer ama başka bir karakterdir.",
    )
    instead = Words("Write - for minus and -- before a comment.", "Eksi için -, açıklamadan önce -- yazın.")


_FORMULA_SIGNS = {
    "×": Words("*", "*"),
    "·": Words("*", "*"),
    "÷": Words("/", "/"),
    "≤": Words("at most", "en fazla"),
    "≥": Words("at least", "en az"),
    "≠": Words("is not", "… değil"),
}


@frozen(kw_only=True, eq=False, repr=False)
class UnknownCharacter(WritingProblem):
    """A character that means nothing here."""

    code = "GR112"
    character: str
    code_point: str
    title = Words("A character that means nothing here", "Burada anlamı olmayan bir karakter")
    why = Words(
        "{character} ({code_point}) may stand in quoted texts and comments only.",
        "{character} ({code_point}) yalnız tırnak içinde ve açıklamalarda kullanılabilir.",
    )

    def instead_words(self) -> Words:
        """A sign of money has its code behind the figure; anything else is deleted or quoted."""
        currency = {"€": "EUR", "$": "USD", "£": "GBP", "₺": "TRY", "¥": "JPY"}.get(self.character)
        if currency:
            return Words(
                f"Write the code of the currency behind the figure: `1 000 {currency}`",
                f"Para biriminin kodunu rakamın ardına yazın: `1 000 {currency}`",
            )
        if self.character in _FORMULA_SIGNS:
            written = _FORMULA_SIGNS[self.character]
            return Words(f"Write `{written.en}`.", f"Bunun yerine `{written.tr}` yazın.")
        return Words("Delete it, or put the text in quotation marks.", "Silin ya da metni tırnak içine alın.")


@frozen(kw_only=True, eq=False, repr=False)
class EmptyFile(WritingProblem):
    """A file that says nothing."""

    code = "GR113"
    title = Words("The file is empty", "Dosya boş")
    why = Words(
        "A file without a programme decides nothing; an empty one is never taken for one that allows everything.",
        "Programı olmayan bir dosya karar vermez; boş dosya, her şeye izin veren dosya sayılmaz.",
    )
    instead = Words("Begin with the line: `language English`", "Şu satırla başlayın: `dil Türkçe`")


@frozen(kw_only=True, eq=False, repr=False)
class MergeConflict(WritingProblem):
    """Marks that version control leaves where two versions did not fit together."""

    code = "GR114"
    mark: str
    title = Words("Two versions of the file stand here at once", "Dosyanın iki sürümü burada bir arada")
    why = Words(
        "The line that begins with {mark} was left by a version control system: two people changed the same lines,"
        " and nobody has chosen yet.",
        "{mark} ile başlayan satırı sürüm denetimi bırakmış: iki kişi aynı satırları değiştirmiş, henüz kimse"
        " seçmemiş.",
    )
    instead = Words(
        "Choose one version and delete the lines with <<<<<<<, ======= and >>>>>>>.",
        "Bir sürümü seçip <<<<<<<, ======= ve >>>>>>> satırlarını silin.",
    )


# ---- lines and blocks --------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class LanguageMissing(WritingProblem):
    """A file that does not say its language."""

    code = "GR120"
    guessed: str
    title = Words("The file does not say its language", "Dosya dilini söylemiyor")
    why = Words(
        "The first line of a file says whether its words are English or Turkish; some words look alike in both.",
        "Bir dosyanın ilk satırı sözcüklerinin İngilizce mi Türkçe mi olduğunu söyler; bazı sözcükler iki dilde"
        " benzerdir.",
    )
    instead = Words("Write as the first line: `{guessed}`", "İlk satıra şunu yazın: `{guessed}`")


@frozen(kw_only=True, eq=False, repr=False)
class LanguageLineTwice(WritingProblem):
    """A language line that is not the first line."""

    code = "GR121"
    title = Words("The language is said again", "Dil ikinci kez söylenmiş")
    why = Words(
        "A file is in one language from its first line on.",
        "Bir dosya ilk satırından başlayarak tek dildedir.",
    )
    instead = Words("Delete this line.", "Bu satırı silin.")


@frozen(kw_only=True, eq=False, repr=False)
class TabInIndentation(WritingProblem):
    """A tab before the first word of a line."""

    code = "GR122"
    title = Words("A tab at the beginning of a line", "Satır başında sekme")
    why = Words(
        "How far a line is indented says what it belongs to, and a tab is of another width in each editor.",
        "Bir satırın ne kadar içeride olduğu neye ait olduğunu söyler; sekmenin genişliği ise düzenleyiciye göre"
        " değişir.",
    )
    instead = Words(
        "Indent with spaces, two for each step.", "Boşlukla girinti verin, her adım için iki boşluk."
    )


@frozen(kw_only=True, eq=False, repr=False)
class IndentationFitsNothing(WritingProblem):
    """A line that is indented to no level above it."""

    code = "GR123"
    columns: tuple[int, ...]
    title = Words("The indentation fits no line above", "Girinti yukarıdaki hiçbir satıra uymuyor")
    why = Words(
        "A line belongs to the line above that is indented less. This one stands between two levels; the lines above"
        " begin after {columns} spaces.",
        "Bir satır, yukarısında daha az içeride olan satıra aittir. Bu satır iki düzey arasında; yukarıdaki satırlar"
        " {columns} boşluktan sonra başlıyor.",
    )
    instead = Words("Move the line to one of these levels.", "Satırı bu düzeylerden birine getirin.")


@frozen(kw_only=True, eq=False, repr=False)
class BelongsToNothing(WritingProblem):
    """An indented line before any statement."""

    code = "GR124"
    title = Words("A line that belongs to nothing", "Hiçbir şeye ait olmayan bir satır")
    why = Words(
        "Statements begin at the left edge; an indented line belongs to the statement above, and there is none.",
        "Deyimler sol kenardan başlar; içerideki satır yukarıdaki deyime aittir, ama yukarıda deyim yok.",
    )
    instead = Words(
        "Begin the line at the left edge, or write its statement above it.",
        "Satırı sol kenardan başlatın ya da deyimini üstüne yazın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NothingBelongsHere(WritingProblem):
    """A line below one that takes no lines."""

    code = "GR125"
    title = Words("A line indented further than it may be", "Olabileceğinden içeride bir satır")
    why = Words(
        "The line above says all it has to say; no lines belong to it.",
        "Yukarıdaki satır söyleyeceğini söylüyor; ona ait satır olmaz.",
    )
    instead = Words(
        "Begin it in the same column as the line above. A long line goes on after a comma or inside brackets.",
        "Yukarıdaki satırla aynı sütundan başlatın. Uzun satır virgülden sonra ya da parantez içinde sürer.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class LinesMissing(WritingProblem):
    """A statement or a block without the lines that make it."""

    code = "GR126"
    expected: Words
    title = Words("Nothing stands below this line", "Bu satırın altında bir şey yok")
    why = Words(
        "This line only begins something; what it is about stands in indented lines below it.",
        "Bu satır yalnız başlangıçtır; içeriği altındaki içeride satırlarda yazılır.",
    )
    instead = Words(
        "Add an indented line. It can begin with: {expected}.",
        "İçeride bir satır ekleyin. Şunlarla başlayabilir: {expected}.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class UnclosedQuote(WritingProblem):
    """A text whose closing quotation mark is missing in its line."""

    code = "GR127"
    title = Words("This quotation mark is never closed", "Bu tırnak kapatılmamış")
    why = Words(
        'A quoted text ends in the line in which it begins, with a second ".',
        'Tırnak içindeki metin başladığı satırda ikinci bir " ile biter.',
    )
    instead = Words(
        "Put \" where the text ends. For a quotation inside the text use ' or “ ”.",
        "Metnin bittiği yere \" koyun. Metnin içindeki alıntı için ' ya da “ ” kullanın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class UnclosedBracket(WritingProblem):
    """An opening bracket without its closing one."""

    code = "GR128"
    title = Words("This bracket is never closed", "Bu parantez kapatılmamış")
    why = Words(
        "Inside brackets a line goes on in the next one, so that everything below was taken for a part of it.",
        "Parantez içinde satır bir sonrakinde sürer; bu yüzden aşağıdaki her şey onun parçası sayıldı.",
    )
    instead = Words("Put ) where the part in brackets ends.", "Parantezli bölümün bittiği yere ) koyun.")


@frozen(kw_only=True, eq=False, repr=False)
class BracketNotOpened(WritingProblem):
    """A closing bracket without its opening one."""

    code = "GR129"
    title = Words("This bracket was never opened", "Bu parantez açılmamış")
    why = Words("Each ) closes a ( before it.", "Her ) kendinden önceki bir ( işaretini kapatır.")
    instead = Words("Delete it, or put ( where the part begins.", "Silin ya da bölümün başına ( koyun.")


@frozen(kw_only=True, eq=False, repr=False)
class GoesOnAfterComma(WritingProblem):
    """A line that was read as part of the one above, because that ends in a comma."""

    code = "GR130"
    title = Words("The line above ends in a comma", "Yukarıdaki satır virgülle bitiyor")
    why = Words(
        "After a comma a line goes on in the next one, so this line was read as part of it, and does not fit.",
        "Virgülden sonra satır bir sonrakinde sürer; bu satır onun parçası olarak okundu ve uymadı.",
    )
    instead = Words(
        "Delete the comma at the end of the line above.", "Yukarıdaki satırın sonundaki virgülü silin."
    )


# ---- words -------------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class ForeignComment(WritingProblem):
    """A comment in the manner of another language."""

    code = "GR131"
    mark: str
    title = Words("Comments begin with two dashes", "Açıklamalar iki çizgiyle başlar")
    why = Words("{mark} does not begin a comment here.", "{mark} burada açıklama başlatmaz.")
    instead = Words("Write it like this: `-- the comment`", "Şöyle yazın: `-- açıklama`")


@frozen(kw_only=True, eq=False, repr=False)
class OtherLanguageWord(WritingProblem):
    """A word of the other language."""

    code = "GR132"
    found: str
    own: str
    language: str
    title = Words("A word of another language", "Başka dilden bir sözcük")

    def why_words(self) -> Words:
        """It depends on the language of the file, which need not be that of the reader."""
        if self.language == "tr":
            return Words(
                "`{found}` is one of the Turkish words of the language; this file says that it is in English.",
                "`{found}` kural dilinin Türkçe sözcüklerinden; bu dosya ise İngilizce olduğunu söylüyor.",
            )
        return Words(
            "`{found}` is one of the English words of the language; this file says that it is in Turkish.",
            "`{found}` kural dilinin İngilizce sözcüklerinden; bu dosya ise Türkçe olduğunu söylüyor.",
        )

    instead = Words("Write `{own}`.", "Şöyle yazın: `{own}`")


@frozen(kw_only=True, eq=False, repr=False)
class Misspelt(WritingProblem):
    """A word that is nearly one of the language."""

    code = "GR133"
    found: str
    near: str
    title = Words("A word that is not quite right", "Tam doğru olmayan bir sözcük")
    why = Words(
        "`{found}` is not a word of the language at this place.",
        "`{found}` bu yerde kural dilinin bir sözcüğü değil.",
    )
    instead = Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")


@frozen(kw_only=True, eq=False, repr=False)
class UnknownStatement(WritingProblem):
    """A line at the left edge that begins with no known word."""

    code = "GR134"
    found: str
    expected: Words
    title = Words("No statement begins with this word", "Hiçbir deyim bu sözcükle başlamaz")
    why = Words(
        "A line at the left edge begins a statement, with one of a few words; `{found}` is none of them.",
        "Sol kenardaki bir satır, belli birkaç sözcükten biriyle bir deyim başlatır; `{found}` onlardan değil.",
    )
    instead = Words(
        "Begin with one of: {expected}. If the line belongs to the statement above, indent it by two spaces.",
        "Şunlardan biriyle başlayın: {expected}. Satır yukarıdaki deyime aitse iki boşluk içeri alın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class ReservedName(WritingProblem):
    """A word of the language used as a name."""

    code = "GR136"
    name: str
    title = Words("This word cannot be a name", "Bu sözcük ad olamaz")
    why = Words(
        "`{name}` is a word of the language, and a line with a name like it could be read in two ways.",
        "`{name}` kural dilinin bir sözcüğü; bu adı taşıyan bir satır iki türlü okunabilirdi.",
    )
    instead = Words(
        "Choose another name, such as `{name}_1` or one that says more.",
        "Başka bir ad seçin, örneğin `{name}_1` ya da daha açık bir ad.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class ColonAfterName(WritingProblem):
    """A colon or an equals sign between a name and what follows."""

    code = "GR137"
    mark: str
    title = Words("No sign stands after the name", "Addan sonra işaret konmaz")
    why = Words(
        "A name, its title and its value or type follow each other with spaces only; {mark} is not needed.",
        "Ad, başlık, değer ya da tür yalnız boşlukla ayrılır; {mark} gerekmez.",
    )
    instead = Words("Delete {mark}.", "{mark} işaretini silin.")


@frozen(kw_only=True, eq=False, repr=False)
class PhraseInOneWord(WritingProblem):
    """A phrase of the language written with underscores or capitals."""

    code = "GR138"
    found: str
    phrase: str
    title = Words("A phrase is written as a name", "Bir söz ad gibi yazılmış")
    why = Words(
        "The words of the language are written in small letters with spaces between them; `{found}` reads as a name.",
        "Kural dilinin sözcükleri küçük harfle ve boşlukla yazılır; `{found}` bir ad olarak okunur.",
    )
    instead = Words("Write `{phrase}`.", "Şöyle yazın: `{phrase}`")


@frozen(kw_only=True, eq=False, repr=False)
class DottedName(WritingProblem):
    """A member written with a dot."""

    code = "GR139"
    found: str
    written: str
    title = Words("A dot inside a name", "Ad içinde nokta")
    why = Words(
        "Names have no dots; what belongs to a record is said in words.",
        "Adlarda nokta olmaz; bir kayda ait olan şey sözle söylenir.",
    )
    instead = Words("Write `{written}`.", "Şöyle yazın: `{written}`")


# ---- numbers and signs -------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class AmbiguousNumber(WritingProblem):
    """A number that means different sums in different countries."""

    code = "GR140"
    found: str
    readings: tuple[str, ...]
    title = Words("A number that can be read in two ways", "İki türlü okunabilen bir sayı")
    why = Words(
        "{found} is one number in some countries and another in others, so it is not guessed.",
        "{found} bazı ülkelerde bir sayı, bazılarında başka bir sayıdır; bu yüzden tahmin edilmez.",
    )
    instead = Words(
        "Write a point before decimals and a space between thousands: {readings}.",
        "Ondalık için nokta, binlikler arasına boşluk koyun: {readings}.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class DigitGroups(WritingProblem):
    """Digits that are not grouped by three."""

    code = "GR141"
    title = Words("The digits are not in groups of three", "Rakamlar üçlü öbeklerde değil")
    why = Words(
        "A space between digits parts thousands, so exactly three digits stand after it.",
        "Rakamlar arasındaki boşluk binlikleri ayırır; ardında tam üç rakam bulunur.",
    )
    instead = Words("Write 1 000 000 or 1000000.", "1 000 000 ya da 1000000 yazın.")


@frozen(kw_only=True, eq=False, repr=False)
class DateForm(WritingProblem):
    """A date in another order or with missing digits."""

    code = "GR142"
    found: str
    readings: tuple[str, ...]
    title = Words("This is not how dates are written", "Tarihler böyle yazılmaz")
    why = Words(
        "A date is written year-month-day with all its digits, because 04.09 is April in one country and September"
        " in another.",
        "04.09 bir ülkede nisan, başka bir ülkede eylül olduğundan tarih, bütün rakamlarıyla yıl-ay-gün yazılır.",
    )
    instead = Words("Write it as: {readings}.", "Şöyle yazın: {readings}.")


@frozen(kw_only=True, eq=False, repr=False)
class GluedNumber(WritingProblem):
    """A number with something attached to it."""

    code = "GR143"
    found: str
    title = Words("Something is attached to a number", "Bir sayıya bir şey yapışmış")
    why = Words(
        "{found} is no number, date or code that the language knows.",
        "{found} kural dilinin bildiği bir sayı, tarih ya da kod değil.",
    )
    instead = Words(
        "Put spaces between numbers, signs and words: `12 tonne`, `10 - 33`, `a / 4`. A name begins with a letter.",
        "Sayı, işaret ve sözcükler arasına boşluk koyun: `12 ton`, `10 - 33`, `a / 4`. Ad harfle başlar.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class PercentSide(WritingProblem):
    """A percent sign on the side of the other language."""

    code = "GR144"
    found: str
    written: str
    language: str
    title = Words("The percent sign stands on the other side", "Yüzde işareti öbür yanda durur")

    def why_words(self) -> Words:
        """It depends on the language of the file, which need not be that of the reader."""
        if self.language == "tr":
            return Words(
                "In a Turkish file the sign stands before the number.",
                "Türkçe dosyada işaret sayıdan önce gelir.",
            )
        return Words(
            "In an English file the sign follows the number.", "İngilizce dosyada işaret sayıdan sonra gelir."
        )

    instead = Words("Write `{written}`.", "Şöyle yazın: `{written}`")


@frozen(kw_only=True, eq=False, repr=False)
class PointsOrPercent(WritingProblem):
    """`+15%` or `plus 15%`: two different things."""

    code = "GR145"
    number: str
    title = Words("Percentage points or percent?", "Yüzde puan mı, yüzde mi?")
    why = Words(
        "From a rate of 50%, {number} percentage points more is a rate 50 + {number}; an increase by {number}% is 50"
        " and {number} hundredths of 50. The source means one of them.",
        "%50 orana {number} yüzde puan eklenirse 50 + {number} olur; %{number} artırılırsa 50 ile 50'nin yüzde"
        " {number} kadarı olur. Kaynak bunlardan birini kasteder.",
    )
    instead = Words(
        "Write either `plus {number} percentage points` or `increased by {number}%`.",
        "Ya `artı {number} yüzde puan` ya da `artış %{number}` yazın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class ComparisonSign(WritingProblem):
    """A sign of mathematics where words are used."""

    code = "GR146"
    sign: str
    phrase: str
    title = Words("Comparisons are written in words", "Karşılaştırmalar sözle yazılır")
    why = Words(
        "Not everyone reads {sign} in the same way; words say plainly whether the bound itself is included.",
        "{sign} işaretini herkes aynı okumaz; sınırın kendisinin dahil olup olmadığını sözcükler açıkça söyler.",
    )
    instead = Words("Write `{phrase}`.", "Şöyle yazın: `{phrase}`")


@frozen(kw_only=True, eq=False, repr=False)
class LogicSign(WritingProblem):
    """A sign of a programming language where words are used."""

    code = "GR147"
    sign: str
    phrase: str
    title = Words("This sign is not used here", "Bu işaret burada kullanılmaz")
    why = Words(
        "Rules are written in words, so that they can be read aloud; {sign} cannot.",
        "Kurallar yüksek sesle okunabilsin diye sözle yazılır; {sign} okunamaz.",
    )
    instead = Words("Write `{phrase}`.", "Şöyle yazın: `{phrase}`")


@frozen(kw_only=True, eq=False, repr=False)
class SaidOtherwise(WritingProblem):
    """
    Something said in words of the author's own.

    `apart`: it is right in itself, and in the wrong line.  `named`: a title stands where a name is needed first.
    """

    code = "GR148"
    found: str
    written: str
    apart: bool = False
    named: bool = False
    title = Words("This is said in another way here", "Bu, burada başka türlü söylenir")

    def why_words(self) -> Words:
        """The meaning is plain, and there is one way of saying it."""
        if self.apart:
            return Words(
                "When a rule applies is said below it, not inside one of its lines.",
                "Bir kuralın ne zaman uygulandığı, satırlarından birinin içinde değil altında söylenir.",
            )
        if self.named:
            return Words(
                "A name stands before the title: other lines and messages speak of this one by its name.",
                "Başlıktan önce bir ad gelir: öbür satırlar ve iletiler bundan adıyla söz eder.",
            )
        return Words(
            "`{found}` can be understood, but the language says each thing in one way, so that all rules read alike.",
            "`{found}` anlaşılıyor; ama bütün kurallar aynı okunsun diye dil her şeyi tek biçimde söyler.",
        )

    def instead_words(self) -> Words:
        """The words of the language, with the names and figures of the author."""
        if self.apart:
            return Words(
                "Write `{written}` in a line of its own, below this one.",
                "`{written}` sözünü bunun altına, ayrı bir satıra yazın.",
            )
        return Words("Write `{written}`.", "Şöyle yazın: `{written}`")


# ---- the order of words ------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class AndBesideOr(WritingProblem):
    """`and` and `or` in one line without brackets."""

    code = "GR150"
    title = Words("`and` beside `or` can be read in two ways", "`ve` ile `veya` yan yana iki türlü okunur")
    why = Words(
        "`a and b or c` is for some `(a and b) or c` and for others `a and (b or c)`.",
        "`a ve b veya c` kimine göre `(a ve b) veya c`, kimine göre `a ve (b veya c)` demektir.",
    )
    instead = Words(
        "Put brackets around the part that belongs together, or write the parts as lines below `any of` or `all of`.",
        "Bir arada duran bölümü paranteze alın ya da bölümleri `şunlardan en az biri` ya da `şunların hepsi` altına satır"
        " satır yazın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class MixedOperations(WritingProblem):
    """Two kinds of arithmetic in one line without brackets."""

    code = "GR151"
    title = Words("Two kinds of arithmetic need brackets", "İki tür işlem parantez ister")
    why = Words(
        "In a line with + or - beside *, / or a share of something, two readers could calculate in two orders.",
        "+ ya da - ile *, / ya da bir şeyin payı aynı satırda olunca iki okur iki ayrı sırayla hesaplayabilir.",
    )
    instead = Words(
        "Put brackets around what is calculated first, as in `a + (b * c)`.",
        "Önce hesaplanacak bölümü paranteze alın: `a + (b * c)`",
    )


@frozen(kw_only=True, eq=False, repr=False)
class AfterDivision(WritingProblem):
    """Something after a division without brackets."""

    code = "GR152"
    title = Words("After a division brackets are needed", "Bölmeden sonra parantez gerekir")
    why = Words(
        "In `a / b * c` it is not clear whether c stands below the line or beside it.",
        "`a / b * c` yazımında c'nin paydada mı olduğu belli değildir.",
    )
    instead = Words(
        "Divide once, at the end: `a * c / b`. For anything else put brackets.",
        "Bir kez ve sonda bölün: `a * c / b`. Başka durumda parantez koyun.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class RoundingUnclear(WritingProblem):
    """Rounding without its manner, step or place; `currency` is that of the file."""

    code = "GR153"
    currency: str = "TRY"
    title = Words("The rounding is not said in full", "Yuvarlama eksik söylenmiş")
    why = Words(
        "Rounding changes amounts, so its direction, its step and its place are always said.",
        "Yuvarlama tutarı değiştirir; bu yüzden yönü, adımı ve yeri her zaman söylenir.",
    )
    instead = Words(
        "Write for example `rounding down in steps of 0.01 {currency}, once at the end`.",
        "Örneğin şunu yazın: `yuvarlama 0.01 {currency} adımlarla aşağı, sonda bir kez`",
    )


@frozen(kw_only=True, eq=False, repr=False)
class CeilingOfWhat(WritingProblem):
    """`at most` where the line must say of what."""

    code = "GR154"
    title = Words("A ceiling of what?", "Neyin tavanı?")
    why = Words(
        "This ceiling is over several supports, so it says that it limits them together.",
        "Bu tavan birden çok desteğin üstünde; onları birlikte sınırladığını söyler.",
    )
    instead = Words("Write `together at most …`.", "Şöyle yazın: `birlikte en fazla …`")


@frozen(kw_only=True, eq=False, repr=False)
class TotalNeedsBrackets(WritingProblem):
    """A total with `where` inside a longer line."""

    code = "GR155"
    title = Words("A chosen total needs brackets here", "Süzülmüş toplam burada parantez ister")
    why = Words(
        "What says which lines are meant runs to the end of the line, so the rest would belong to it.",
        "Hangi kalemlerin kastedildiği satırın sonuna kadar sürer; kalan bölüm ona ait sayılırdı.",
    )
    instead = Words(
        "Put it in brackets: `(total amount of costs where …) is at most …`",
        "Paranteze alın: `(giderler arasında … olanların toplam tutarı) en fazla … olmalı`",
    )


@frozen(kw_only=True, eq=False, repr=False)
class CopulaMissing(WritingProblem):
    """A Turkish condition without the word that ends it."""

    code = "GR156"
    expected: str
    title = Words("The condition has no end", "Koşulun sonu eksik")
    why = Words(
        "A condition ends in a word that shows its place and whether it is denied.",
        "Bir koşul, yerini ve olumsuz olup olmadığını gösteren bir sözcükle biter.",
    )
    instead = Words("End it with: {expected}.", "Şununla bitirin: {expected}.")


@frozen(kw_only=True, eq=False, repr=False)
class EmptyCell(WritingProblem):
    """A cell with nothing in it."""

    code = "GR157"
    title = Words("An empty cell", "Boş hücre")
    why = Words(
        "An empty cell can be read as zero, as no, as unknown or as not applicable.",
        "Boşluk sıfır, hayır, bilinmiyor ya da uygulanmaz diye okunabilir.",
    )
    instead = Words(
        "Say which: `0`, `no`, `absent`, `unknown`; in a table of figures, `any` or `does not apply`.",
        "Hangisi olduğunu yazın: `0`, `hayır`, `yok`, `bilinmiyor`; değer tablosunda `hepsi` ya da `kapsam dışı`.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NotAtThisPlace(WritingProblem):
    """What stands here does not fit; `expected` says what could."""

    code = "GR158"
    found: str
    expected: Words
    title = Words("This does not fit here", "Bu buraya uymuyor")
    why = Words("The line reads well up to `{found}`.", "Satır `{found}` yerine kadar anlaşılıyor.")
    instead = Words("Here can stand: {expected}.", "Buraya gelebilecekler: {expected}.")


@frozen(kw_only=True, eq=False, repr=False)
class LineEndsEarly(WritingProblem):
    """A line that stops where something has to follow."""

    code = "GR159"
    expected: Words
    title = Words("The line is not finished", "Satır bitmemiş")
    why = Words(
        "The line ends where something has to follow.", "Satır, bir şey gelmesi gereken yerde bitiyor."
    )
    instead = Words("Go on with: {expected}.", "Şununla sürdürün: {expected}.")


# ---- lines that are missing or said twice ------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class LineMissing(WritingProblem):
    """A statement without a line that it cannot do without."""

    code = "GR160"
    line: Words
    title = Words("A line is missing", "Bir satır eksik")
    why = Words("This statement does not say {line}.", "Bu deyim şunu söylemiyor: {line}.")
    instead = Words("Add the line below it, indented.", "Altına içeride bir satır olarak ekleyin.")


@frozen(kw_only=True, eq=False, repr=False)
class SaidTwice(WritingProblem):
    """Something said twice that can be said once."""

    code = "GR161"
    line: Words
    title = Words("The same thing is said twice", "Aynı şey iki kez söylenmiş")
    why = Words(
        "This statement says {line} more than once; nobody could tell which one counts.",
        "Bu deyim birden çok kez söylüyor: {line}. Hangisinin geçerli olduğu bilinemez.",
    )
    instead = Words("Keep one of the lines.", "Satırlardan birini bırakın.")


@frozen(kw_only=True, eq=False, repr=False)
class ValueBesideCases(WritingProblem):
    """A value without a condition beside values with one."""

    code = "GR162"
    title = Words("A value without its case", "Hâli söylenmemiş bir değer")
    why = Words(
        "Beside values for certain cases, this one does not say when it is meant.",
        "Belirli hâllere ait değerlerin yanında bu değer ne zaman geçerli olduğunu söylemiyor.",
    )
    instead = Words("Add `when …` or `otherwise` to it.", "Ona `… ise` ya da `diğer hâllerde` ekleyin.")


@frozen(kw_only=True, eq=False, repr=False)
class ConditionsBesideCases(WritingProblem):
    """A definition that is both a condition and a value."""

    code = "GR163"
    title = Words("A condition beside values", "Değerlerin yanında bir koşul")
    why = Words(
        "A definition is either a list of conditions or a value by cases; this line makes it both.",
        "Bir tanım ya koşullar listesidir ya da hâllere göre değerdir; bu satır ikisini karıştırıyor.",
    )
    instead = Words(
        "Make two definitions, or write a value and its case: `50% when …`.",
        "İki tanım yapın ya da önce hâli, sonra değeri yazın: `… ise %50`.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class RaisedInWhichCase(WritingProblem):
    """A floor that does not say what happens to nothing."""

    code = "GR164"
    title = Words("Is nothing raised as well?", "Sıfır da yükseltilir mi?")
    why = Words(
        "Where no support is due, the line leaves open whether it stays nothing or is raised too.",
        "Destek çıkmadığında satır, sıfırın kaldığını mı yoksa yükseltildiğini mi söylemiyor.",
    )
    instead = Words(
        "End the line with `, where anything is paid` or `, in any case`.",
        "Satırı `, ödenecek bir tutar varsa` ya da `, her durumda` ile bitirin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class RowWidth(WritingProblem):
    """A row with more or fewer cells than its heading."""

    code = "GR165"
    cells: int
    columns: int
    title = Words("A row of another width", "Genişliği uymayan bir satır")
    why = Words(
        "This row has {cells} cells, its heading {columns}; the values would slip into other columns.",
        "Bu satırda {cells}, başlıkta {columns} hücre var; değerler başka sütunlara kayardı.",
    )
    instead = Words(
        "Give each column one cell; write `absent` where there is no value.",
        "Her sütuna bir hücre verin; değer yoksa `yok` yazın.",
    )


# What a missing or repeated line would say; fitted into the sentences above.
SAID_FIRST = Words("said here first", "ilk olarak burada")
A_CASE = Words("a value for a case", "bir hâle ait değer")
THE_COLUMNS = Words("the heading", "başlık")
OTHERWISE = Words("what holds otherwise", "diğer hâllerde ne olduğu")
HOW_LINES_FIT = Words("how its lines are chosen", "satırlarının nasıl seçildiği")
HOW_ROWS_FIT = Words("how its rows are chosen", "satırlarının nasıl seçildiği")
ACROSS = Words("what heads its columns (`across …`)", "sütunlarında ne olduğu (`sütunlarda …`)")
GIVES = Words("what its columns give (`gives …`)", "sütunlarının ne verdiği (`verdikleri …`)")
ROW = Words("any row (`… | …`)", "bir satır (`… | …`)")
DEFINE_VALUE = Words("a value or a condition", "bir değer ya da koşul")
PARAMETER_VALUE = Words("its value, or that it is not set", "değeri ya da belirlenmemiş olduğu")
CONDITION = Words("what must hold", "neyin gerektiği")
EXCESS = Words("what happens to the excess (`excess …`)", "aşan kısma ne olduğu (`aşan kısım …`)")
BASE = Words(
    "what it is calculated from (`from … counting …`, `from …` or `computed as …`)",
    "neden hesaplandığı (`kalemler …, … esasıyla`, `tek tutar …` ya da `hesabı …`)",
)
ONLY_A_BASIS = Words("that it is only a basis", "yalnız hesaba esas olduğu")
REPAYABLE = Words("that it is repayable", "geri ödemeli olduğu")
COMPUTED_VALUE = Words("how it is computed", "nasıl hesaplandığı")
ELIGIBLE_LINE = Words(
    "which cost counts (`only where …` or `except where …`)",
    "hangi giderin sayıldığı (`yalnız …` ya da `hariç …`)",
)
LIMIT = Words(
    "how much at most (`at most …`, `each at most …`, `together at most …`, `per … at most …` or `no ceiling`)",
    "en fazla ne kadar olduğu (`en fazla …`, `her biri en fazla …`, `birlikte en fazla …`, `… başına en fazla …` ya da"
    " `tavan yok`)",
)
TOGETHER_LIMIT = Words(
    "how much at most (`together at most …`)", "en fazla ne kadar olduğu (`birlikte en fazla …`)"
)
KEEP = Words(
    "how many count, and in which order (`the first … by …`)", "kaçının hangi sırayla sayıldığı (`…, ilk …`)"
)
RATE_VALUE = Words("the rate", "oranı")
BONUS_VALUE = Words(
    "how much more (`plus … percentage points`, or `increased by …%`)",
    "ne kadar eklendiği (`artı … yüzde puan` ya da `artış %…`)",
)
RATE_LIMIT = Words("the highest rate (`at most …%`)", "en yüksek oranı (`en fazla %…`)")
FACTOR = Words("what it is multiplied by (`multiplied by …`)", "neyle çarpıldığı (`çarpan …`)")
SUPPLEMENT_VALUE = Words("how much is added (`plus …`)", "ne kadar eklendiği (`artı …`)")
CEILINGS_PLACE = Words(
    "whether the ceilings hold for it (`within the ceilings`, or `on top of the ceilings`)",
    "tavanların ona uygulanıp uygulanmadığı (`tavanlara dahil` ya da `tavanlardan ayrı`)",
)
FLOOR_LINE = Words(
    "what the floor is (`nothing is paid below …`, or `raised to …`)",
    "tabanın ne olduğu (`şundan azı ödenmez …` ya da `şuna yükseltilir …`)",
)
OVER = Words(
    "which supports it is over (`over a, b`)",
    "hangi desteklerin üstünde olduğu (`şu desteklerin toplamına a, b`)",
)
INSTALMENT_VALUE = Words(
    "how much it is (a share, an amount, or `the rest`)",
    "ne kadar olduğu (bir pay, bir tutar ya da `kalan tutar`)",
)
INSTALMENT_LIMIT = Words("how much at most (`at most …`)", "en fazla ne kadar olduğu (`en fazla …`)")
CALENDAR_YEARS = Words(
    "the holidays of a year (`2026 | 2026-01-01, …`)", "bir yılın tatil günleri (`2026 | 2026-01-01, …`)"
)
WAY_TO_ROUND = Words("how to round (`down in steps of …`)", "nasıl yuvarlandığı (`… adımlarla aşağı`)")
PART_ROUNDING = Words("how it is rounded", "nasıl yuvarlandığı")
EQUAL_PARTS = Words("in how many parts (`the rest in … parts`)", "kaç parça olduğu (`kalan tutar … parçada`)")
EQUAL_ROUNDING = Words(
    "how the parts are rounded (`rounding … in steps of …, the last one takes what is left`)",
    "parçaların nasıl yuvarlandığı (`yuvarlama … adımlarla …, artan son taksitte`)",
)
DUE = Words("when it is due", "ne zaman ödeneceği")
SCORE_VALUE = Words("how many points", "kaç puan olduğu")
BUDGET = Words(
    "how much can be given (`budget …`, or `awards at most …`)",
    "ne kadar verilebileceği (`bütçe …` ya da `ödül sayısı en fazla …`)",
)
BUDGET_LINE = Words("how much can be given (`budget …`)", "ne kadar verilebileceği (`bütçe …`)")
NO_ROOM = Words(
    "what happens when one does not fit (`if one does not fit …`)",
    "biri sığmazsa ne olduğu (`biri sığmazsa …`)",
)
ORDER = Words("by what they are ordered (`order by …`)", "neye göre sıralandıkları (`sıra …`)")
RANKING_LINES = {
    "budget": Words("the budget", "bütçesi"),
    "awards": Words("how many are awarded", "kaç başvurunun destekleneceği"),
    "reserve": Words("how long the reserve list is", "yedek listenin uzunluğu"),
    "set_aside": Words("what is set aside", "önce ayrılan tutar"),
    "first": Words("what each gets first", "önce her birine verilen tutar"),
    "least": Words("the least of a share", "bir payın en azı"),
    "most": Words("the most of a share", "bir payın en çoğu"),
}
RANKING_GROUPS = Words("what it is made for (`per …`)", "neyin başına yapıldığı (`… başına`)")
LIKE = Words("which example it is like", "hangi örneği temel aldığı")
OF_RANKING = Words(
    "the ranking it is an example of (`of …`)", "hangi sıralamanın örneği olduğu (`sıralaması …`)"
)
RANKED = Words(
    "the applications (`applications`, a heading that begins with `name`, and rows)",
    "başvurular (`başvurular`, `adı` ile başlayan bir başlık ve satırlar)",
)
EXPECT_TIED = Words(
    "who is tied (`expect refused because tied: …`)",
    "kimlerin eşit kaldığı (`beklenen eşitlik yüzünden yapılamaz: …`)",
)
EXPECT_LEFT_OVER = Words("what is left over (`expect left over …`)", "ne arttığı (`beklenen artan …`)")
A_COLUMN = Words("the same column", "aynı sütun")
HEADER_LINES = {
    "authority": Words("the authority", "kurumu"),
    "currency": Words("the currency", "para birimini"),
    "zone": Words("the time zone", "saat dilimini"),
    "as_of": Words("the date of the rules", "kuralların tarihini"),
    "month_end": Words("how months end", "ay sonunu"),
    "nace": Words("the edition of NACE", "NACE sürümünü"),
    "amends": Words("what it amends", "neyi değiştirdiğini"),
    "programme_year": Words("the beginning of the programme year", "program yılının başını"),
}


# ---- bounds on the text ------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class FileTooLarge(WritingProblem):
    """More bytes than a file may have."""

    code = "GR601"
    size: int
    limit: int
    title = Words("The file is too large", "Dosya çok büyük")
    why = Words(
        "It has {size} bytes; at most {limit} are read, so that no file can hold up the machine.",
        "{size} bayt; hiçbir dosya makineyi oyalamasın diye en fazla {limit} bayt okunur.",
    )
    instead = Words(
        "Split the programme, or raise the limit file_bytes.",
        "Programı bölün ya da file_bytes sınırını yükseltin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class TooDeep(WritingProblem):
    """Brackets or blocks inside one another, deeper than anybody reads."""

    code = "GR602"
    limit: int
    title = Words("Too many levels inside one another", "İç içe çok fazla düzey")
    why = Words(
        "At most {limit} brackets or blocks may stand inside one another.",
        "En fazla {limit} parantez ya da blok iç içe durabilir.",
    )
    instead = Words(
        "Give a part its own name with `define`, and use the name.",
        "Bir bölüme `tanım` ile ad verip adı kullanın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class TooManyParts(WritingProblem):
    """More parts than a programme may have."""

    code = "GR603"
    limit: int
    title = Words("The programme is too large", "Program çok büyük")
    why = Words(
        "At most {limit} parts (words, numbers, conditions, lines) are read; the rest from here on was not.",
        "En fazla {limit} parça (sözcük, sayı, koşul, satır) okunur; buradan sonrası okunmadı.",
    )
    instead = Words(
        "Split the programme, or raise the limit nodes.", "Programı bölün ya da nodes sınırını yükseltin."
    )


@frozen(kw_only=True, eq=False, repr=False)
class TooManyDigits(WritingProblem):
    """A number that is too long."""

    code = "GR604"
    digits: int
    limit: int
    title = Words("A number with too many digits", "Çok basamaklı bir sayı")
    why = Words(
        "It has {digits} digits before the point; at most {limit} are read.",
        "Noktadan önce {digits} basamağı var; en fazla {limit} basamak okunur.",
    )
    instead = Words("Check the number.", "Sayıyı denetleyin.")


@frozen(kw_only=True, eq=False, repr=False)
class TooManyDecimals(WritingProblem):
    """A number with too many places after the point."""

    code = "GR605"
    digits: int
    limit: int
    title = Words("A number with too many decimals", "Çok ondalıklı bir sayı")
    why = Words(
        "It has {digits} digits after the point; at most {limit} are read.",
        "Noktadan sonra {digits} basamağı var; en fazla {limit} basamak okunur.",
    )
    instead = Words(
        "Write fewer decimals; an exact share can be written as a fraction, such as 1/3.",
        "Daha az ondalık yazın; tam bir pay 1/3 gibi kesirle yazılabilir.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class TextTooLong(WritingProblem):
    """A quoted text that is too long."""

    code = "GR606"
    length: int
    limit: int
    title = Words("A text that is too long", "Çok uzun bir metin")
    why = Words(
        "The text has {length} characters; at most {limit} are read.",
        "Metin {length} karakter; en fazla {limit} karakter okunur.",
    )
    instead = Words("Quote the sentence that matters.", "Yalnız ilgili cümleyi alıntılayın.")


@frozen(kw_only=True, eq=False, repr=False)
class NameTooLong(WritingProblem):
    """A name that is too long."""

    code = "GR607"
    name: str
    length: int
    limit: int
    title = Words("A name that is too long", "Çok uzun bir ad")
    why = Words(
        "The name has {length} characters; at most {limit} are read, because names stand in every message.",
        "Ad {length} karakter; adlar her iletide geçtiği için en fazla {limit} karakter okunur.",
    )
    instead = Words(
        "Shorten the name and say the rest in its title.", "Adı kısaltın, gerisini başlığında söyleyin."
    )


@frozen(kw_only=True, eq=False, repr=False)
class MoreProblems(WritingProblem):
    """The search for mistakes was given up."""

    code = "GR608"
    limit: int
    title = Words("There may be more mistakes", "Başka hatalar olabilir")
    why = Words(
        "After {limit} mistakes the rest of the file was not read.",
        "{limit} hatadan sonra dosyanın kalanı okunmadı.",
    )
    instead = Words("Correct the ones above first.", "Önce yukarıdakileri düzeltin.")
