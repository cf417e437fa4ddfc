"""
What can be wrong with the data of an application.

GR50x shape and fields, GR51x numbers, GR52x time, GR53x choices and codes, GR54x JSON text, GR56x one application
for two programmes, GR59x warnings, GR65x bounds on the data.  Each problem has the path of the value it is about, and
its place where the data came as a text.  Nothing that was handed in is ever put right in silence: a message may say
what was probably meant, and no more.
"""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import evolve, fields, frozen

from grantrules.diagnostics import Problem, Words


@frozen(kw_only=True, eq=False, repr=False)
class DataProblem(Problem):
    """
    One mistake in the data of an application.

    `path` is `costs[3].amount`, rows counted from 0; it is empty for the application as a whole.

    There are some forty kinds, made whenever an application is read.  What attrs would write for each of them is said
    once, here: that takes longer than reading a hundred applications.
    """

    marks_name: ClassVar[bool] = False
    """Whether the name of a field is wrong, rather than its value."""

    path: str = ""

    def _facts(self) -> tuple[Any, ...]:
        return tuple(getattr(self, fact.name) for fact in fields(type(self)))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, DataProblem) and type(self) is type(other) and self._facts() == other._facts()
        )

    def __hash__(self) -> int:
        return hash((type(self), self._facts()))

    def __repr__(self) -> str:
        facts = (f"{fact.name}={getattr(self, fact.name)!r}" for fact in fields(type(self)) if fact.repr)
        return f"{type(self).__name__}({', '.join(facts)})"


# ---- shape and fields --------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class UnknownField(DataProblem):
    """A field that the programme does not declare."""

    code = "GR501"
    marks_name = True
    name: str
    near: str = ""
    known: tuple[str, ...] = ()
    title = Words("A field that the programme does not ask for", "Programın sormadığı bir alan")
    why = Words(
        "The programme has no field `{name}` at this place. It is not ignored: a slip of the pen in a name would"
        " otherwise change the decision without a word.",
        "Programda bu yerde `{name}` adında bir alan yok. Görmezden gelinmez: yoksa addaki bir yazım hatası kararı"
        " sessizce değiştirirdi.",
    )

    def instead_words(self) -> Words:
        """A near name, else the names there are."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        if not self.known:
            return Words("Leave it out.", "Bu alanı çıkarın.")
        return Words(
            "Leave it out. The fields here are: {known}.", "Bu alanı çıkarın. Buradaki alanlar: {known}."
        )


@frozen(kw_only=True, eq=False, repr=False)
class NeitherAsks(UnknownField):
    """A field that neither of two programmes declares, where one application is decided under both."""

    code = "GR561"
    title = Words("A field that neither programme asks for", "İki programın da sormadığı bir alan")
    why = Words(
        "Neither programme has a field `{name}` at this place. What one of them alone asks for is left to that one;"
        " what none asks for would be ignored, and a slip of the pen with it.",
        "İki programda da bu yerde `{name}` adında bir alan yok. Yalnız birinin sorduğu ona bırakılır; ikisinin de"
        " sormadığı ise, bir yazım hatasıyla birlikte, görmezden gelinmiş olurdu.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class ReadDifferently(DataProblem):
    """A field that two programmes ask for with types that no value answers alike."""

    code = "GR562"
    marks_name = True
    name: str
    one: Words
    other: Words
    title = Words("The two programmes mean different things", "İki program ayrı şeyleri kastediyor")
    why = Words(
        "Both programmes ask for `{name}`: one as {one}, the other as {other}. One value cannot be both.",
        "İki program da `{name}` soruyor: biri {one}, öbürü {other} olarak. Bir değer ikisi birden olamaz.",
    )
    instead = Words(
        "Leave it out, which leaves it open in both; or give the field another name in one of the programmes.",
        "Çıkarın, o zaman ikisinde de bilinmiyor sayılır; ya da programlardan birinde alanın adını değiştirin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class RepeatedField(DataProblem):
    """A field that is given more than once."""

    code = "GR502"
    marks_name = True
    name: str
    title = Words("A field is given twice", "Bir alan iki kez verilmiş")
    why = Words(
        "`{name}` is given more than once at this place. One reader would take the first value, another the last.",
        "`{name}` bu yerde birden çok kez verilmiş. Biri ilk değeri alır, bir başkası sonuncuyu.",
    )
    instead = Words("Keep one of them.", "Birini bırakın.")


@frozen(kw_only=True, eq=False, repr=False)
class WrongKind(DataProblem):
    """A value of another kind than the field has."""

    code = "GR503"
    expected: Words
    given: Words
    example: str = ""
    title = Words("Another kind of value than is asked for", "Sorulandan başka türde bir değer")
    why = Words("Expected: {expected}. Given: {given}.", "Beklenen: {expected}. Verilen: {given}.")

    def instead_words(self) -> Words:
        """An example of what is asked for."""
        if self.example:
            return Words("Write it like this: {example}", "Şöyle yazın: {example}")
        return Words("Give {expected}.", "Şunu verin: {expected}.")


@frozen(kw_only=True, eq=False, repr=False)
class MayNotBeAbsent(DataProblem):
    """Null for a field that is always there."""

    code = "GR504"
    name: str
    title = Words("A value may not be absent here", "Burada değer boş olamaz")
    why = Words(
        "`{name}` is given as null, which says that it does not apply. The programme does not declare it as optional.",
        "`{name}` null olarak verilmiş; bu, “geçerli değil” demektir. Programda bu alan isteğe bağlı değildir.",
    )
    instead = Words(
        "Give its value. If it is not known yet, leave the field out.",
        "Değerini verin. Henüz bilinmiyorsa alanı hiç yazmayın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NotAsked(DataProblem):
    """A field that is given although the condition under which it is asked for does not hold."""

    code = "GR505"
    name: str
    title = Words("A field that does not apply here", "Burada geçerli olmayan bir alan")
    why = Words(
        "`{name}` is only asked for under a condition of the programme, and with the other facts given that condition"
        " does not hold.",
        "`{name}` yalnız programdaki bir koşul sağlanınca sorulur; verilen öbür bilgilere göre koşul sağlanmıyor.",
    )
    instead = Words(
        "Leave it out, or correct the facts it depends on.",
        "Bu alanı çıkarın ya da bağlı olduğu bilgileri düzeltin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class TooFewRows(DataProblem):
    """A list shorter than the programme allows."""

    code = "GR506"
    count: int
    least: int
    title = Words("Too few rows in a list", "Listede satır sayısı az")
    why = Words(
        "The list has {count} rows, and the programme declares at least {least}.",
        "Listede {count} satır var; program en az {least} satır ister.",
    )
    instead = Words("Give the rows that are missing.", "Eksik satırları verin.")


@frozen(kw_only=True, eq=False, repr=False)
class TooManyRows(DataProblem):
    """A list longer than the programme allows."""

    code = "GR507"
    count: int
    most: int
    title = Words("Too many rows in a list", "Listede satır sayısı fazla")
    why = Words(
        "The list has {count} rows, and the programme declares at most {most}.",
        "Listede {count} satır var; program en çok {most} satıra izin verir.",
    )
    instead = Words("Leave out the rows that are too many.", "Fazla satırları çıkarın.")


@frozen(kw_only=True, eq=False, repr=False)
class NameIsNoText(DataProblem):
    """The name of a field is no text."""

    code = "GR508"
    given: Words
    title = Words("The name of a field is no text", "Bir alanın adı metin değil")
    why = Words("Names of fields are texts. Given: {given}.", "Alan adları metindir. Verilen: {given}.")
    instead = Words("Give the field by its name in the programme.", "Alanı programdaki adıyla verin.")


@frozen(kw_only=True, eq=False, repr=False)
class Unreadable(DataProblem):
    """The host's own object failed while it was read."""

    code = "GR509"
    title = Words("The data could not be read", "Veri okunamadı")
    why = Words(
        "The object that was handed in here failed, or changed, while its fields were read.",
        "Buraya verilen nesne, alanları okunurken hata verdi ya da değişti.",
    )
    instead = Words(
        "Hand in a plain mapping of names to values.", "Adlardan değerlere giden yalın bir eşleme verin."
    )


@frozen(kw_only=True, eq=False, repr=False)
class BrokenText(DataProblem):
    """A text with half a character in it."""

    code = "GR510"
    title = Words("A text with half a character in it", "İçinde yarım karakter olan bir metin")
    why = Words(
        "The text holds one half of a pair of code units (a lone surrogate), which stands for no character.",
        "Metinde bir kod birimi çiftinin yalnız yarısı var; bu hiçbir karakterin karşılığı değildir.",
    )
    instead = Words("Write the text again.", "Metni yeniden yazın.")


# ---- numbers -----------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class InexactNumber(DataProblem):
    """A binary floating-point number where an exact one is needed."""

    code = "GR511"
    expected: Words
    example: str
    title = Words("A number that is not exact", "Tam kesin olmayan bir sayı")
    why = Words(
        "Expected: {expected}. What was handed in is a binary floating-point number. It holds most decimals only"
        " nearly (one tenth is not one tenth in it), and the difference would reach the result.",
        "Beklenen: {expected}. Verilen, ikili kayan noktalı bir sayı. Ondalıkların çoğunu ancak yaklaşık tutar (onda"
        " bir bile tam onda bir değildir) ve fark sonuca geçer.",
    )
    instead = Words("Hand it in as a text: {example}", "Metin olarak verin: {example}")


@frozen(kw_only=True, eq=False, repr=False)
class NotANumber(DataProblem):
    """A text that is no number that can be read in only one way."""

    code = "GR512"
    text: str
    slip: Words
    near: str = ""
    example: str = ""
    title = Words("Not written as a number", "Sayı olarak yazılmamış")
    why = Words(
        "`{text}` cannot be read without guessing: {slip}.", "`{text}` tahmin edilmeden okunamaz: {slip}."
    )

    def instead_words(self) -> Words:
        """What was probably meant, and how numbers are written."""
        if self.near:
            return Words(
                'If you mean "{near}", write it so: digits 0 to 9 and a point before the decimals.',
                'Demek istediğiniz "{near}" ise böyle yazın: 0-9 rakamları ve ondalıktan önce nokta.',
            )
        return Words(
            "Write digits 0 to 9 and a point before the decimals, like {example}",
            "0-9 rakamlarıyla ve ondalıktan önce noktayla yazın: {example}",
        )


@frozen(kw_only=True, eq=False, repr=False)
class TooManyDecimals(DataProblem):
    """More decimals than the field can hold."""

    code = "GR513"
    text: str
    most: int
    expected: Words
    title = Words("Too many decimals", "Ondalık basamak sayısı fazla")
    instead = Words(
        "Round it yourself where you know the rule, and hand in the rounded value.",
        "Kuralını biliyorsanız kendiniz yuvarlayın ve yuvarlanmış değeri verin.",
    )

    def why_words(self) -> Words:
        """The reason; no decimals at all has words of its own."""
        if not self.most:
            return Words(
                "Expected: {expected}, without decimals. Given: `{text}`. Nothing is rounded in silence.",
                "Beklenen: ondalıksız {expected}. Verilen: `{text}`. Hiçbir şey sessizce yuvarlanmaz.",
            )
        return Words(
            "Expected: {expected}, with at most {most} decimals. Given: `{text}`. Nothing is rounded in silence, and a"
            " point may have been meant to mark thousands.",
            "Beklenen: en çok {most} ondalıklı {expected}. Verilen: `{text}`. Hiçbir şey sessizce yuvarlanmaz; nokta"
            " binlik ayırıcı olarak da yazılmış olabilir.",
        )


@frozen(kw_only=True, eq=False, repr=False)
class BelowMinimum(DataProblem):
    """A value below the least that the programme declares."""

    code = "GR514"
    given: Words
    bound: Words
    title = Words("A value below the least allowed", "İzin verilen en küçük değerin altında")
    why = Words(
        "{given} is below {bound}, the least that the programme declares for this field.",
        "Verilen {given}; programın bu alan için bildirdiği en küçük değer {bound}.",
    )
    instead = Words("Correct the value.", "Değeri düzeltin.")


@frozen(kw_only=True, eq=False, repr=False)
class AboveMaximum(DataProblem):
    """A value above the most that the programme declares."""

    code = "GR515"
    given: Words
    bound: Words
    title = Words("A value above the most allowed", "İzin verilen en büyük değerin üstünde")
    why = Words(
        "{given} is above {bound}, the most that the programme declares for this field.",
        "Verilen {given}; programın bu alan için bildirdiği en büyük değer {bound}.",
    )
    instead = Words("Correct the value.", "Değeri düzeltin.")


@frozen(kw_only=True, eq=False, repr=False)
class WrongCurrency(DataProblem):
    """An amount in another currency."""

    code = "GR516"
    given: str
    currency: str
    title = Words("An amount in another currency", "Başka para biriminde bir tutar")
    why = Words(
        "The amount is in {given}, and the programme asks for {currency}. Nothing is converted in silence.",
        "Tutar {given} olarak verilmiş; program {currency} ister. Hiçbir şey sessizce çevrilmez.",
    )
    instead = Words("Hand in the amount in {currency}.", "Tutarı {currency} olarak verin.")


@frozen(kw_only=True, eq=False, repr=False)
class NotAPercentage(DataProblem):
    """A rate without its percent sign."""

    code = "GR517"
    text: Words
    title = Words("A rate without a percent sign", "Yüzde işareti olmayan bir oran")
    why = Words(
        "Given: {text}. Without the sign nobody can tell 0.7 for 70% from 0.7%, or 70 for 70% from 70 times as much.",
        "Verilen: {text}. İşaret olmadan 0,7'nin %70 mi %0,7 mi, 70'in de %70 mi 70 kat mı olduğu bilinemez.",
    )
    instead = Words('Write a text with the sign: "70%"', 'İşaretiyle birlikte metin olarak yazın: "%70"')


@frozen(kw_only=True, eq=False, repr=False)
class PercentForPoints(DataProblem):
    """A percentage where points are asked for."""

    code = "GR518"
    text: str
    expected: Words
    title = Words("A percentage where points are asked for", "Puan istenen yerde yüzde")
    why = Words(
        "Expected: {expected}. Given: `{text}`. 15 points more and 15% more are different things.",
        "Beklenen: {expected}. Verilen: `{text}`. 15 puan fazlası ile %15 fazlası ayrı şeylerdir.",
    )
    instead = Words('Write the number of points without a sign: "15"', 'Puanı işaretsiz yazın: "15"')


# ---- time --------------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class NotADate(DataProblem):
    """What is no day, month or year that can be read in only one way."""

    code = "GR521"
    text: str
    slip: Words
    expected: Words
    example: str
    title = Words("Not written as a date", "Tarih olarak yazılmamış")
    why = Words(
        "Expected: {expected}. `{text}` cannot be read without guessing: {slip}.",
        "Beklenen: {expected}. `{text}` tahmin edilmeden okunamaz: {slip}.",
    )
    instead = Words("Write it like this: {example}", "Şöyle yazın: {example}")


@frozen(kw_only=True, eq=False, repr=False)
class NotAMoment(DataProblem):
    """What is no moment that can be read in only one way."""

    code = "GR522"
    text: str
    slip: Words
    example: str
    title = Words("Not written as a moment", "Bir an (tarih ve saat) olarak yazılmamış")
    why = Words(
        "`{text}` cannot be read as a date and a time without guessing: {slip}.",
        "`{text}` tahmin edilmeden tarih ve saat olarak okunamaz: {slip}.",
    )
    instead = Words("Write it like this: {example}", "Şöyle yazın: {example}")


@frozen(kw_only=True, eq=False, repr=False)
class UnclearLocalTime(DataProblem):
    """A local time that the change of clocks skipped or repeated."""

    code = "GR523"
    text: str
    zone: str
    slip: Words
    title = Words(
        "A time that a change of clocks makes unclear", "Saat değişikliği yüzünden belirsiz bir zaman"
    )
    why = Words(
        "On that day clocks in {zone} were changed, and `{text}` is {slip}.",
        "O gün {zone} saat diliminde saatler değiştirildi; `{text}` {slip}.",
    )
    instead = Words(
        'Add the offset from UTC, such as "+03:00", or "Z".',
        'UTC farkını ekleyin, örneğin "+03:00" ya da "Z".',
    )


@frozen(kw_only=True, eq=False, repr=False)
class NoZone(DataProblem):
    """A date and time of the host without a time zone."""

    code = "GR524"
    title = Words("A date and time without a time zone", "Saat dilimi olmayan bir tarih ve saat")
    why = Words(
        "The date and time that was handed in does not say in which zone it is, so it could be one of many moments.",
        "Verilen tarih ve saatin hangi saat diliminde olduğu belli değil; birçok an olabilir.",
    )
    instead = Words(
        "Attach its time zone, or hand in a text, which is read in the programme's zone.",
        "Saat dilimini ekleyin ya da metin olarak verin; metin programın saat diliminde okunur.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NotAPeriod(DataProblem):
    """A text that is no period that can be read in only one way."""

    code = "GR525"
    text: str
    slip: Words
    example: str
    title = Words("Not written as a period", "Süre olarak yazılmamış")
    why = Words(
        "`{text}` cannot be read as a length of time without guessing: {slip}.",
        "`{text}` tahmin edilmeden süre olarak okunamaz: {slip}.",
    )
    instead = Words("Write it like this: {example}", "Şöyle yazın: {example}")


@frozen(kw_only=True, eq=False, repr=False)
class OtherPeriod(DataProblem):
    """A period of another family than the field has."""

    code = "GR526"
    given: Words
    expected: Words
    example: str
    title = Words("A period counted in other units", "Başka birimle sayılan bir süre")
    why = Words(
        "Expected: {expected}. Given: {given}. One cannot be turned into the other: a month is no number of days.",
        "Beklenen: {expected}. Verilen: {given}. Biri öbürüne çevrilemez: bir ay belli sayıda gün değildir.",
    )
    instead = Words("Write it like this: {example}", "Şöyle yazın: {example}")


# ---- choices and codes -------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class NotAListedValue(DataProblem):
    """A value that a choice does not have."""

    code = "GR531"
    text: str
    values: tuple[str, ...]
    near: str = ""
    title = Words("Not one of the listed values", "Sayılan değerlerden biri değil")
    why = Words(
        "`{text}` is none of the values of this field.", "`{text}` bu alanın değerlerinden biri değil."
    )

    def instead_words(self) -> Words:
        """A near value, else all of them."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        return Words("The values are: {values}.", "Değerler: {values}.")


@frozen(kw_only=True, eq=False, repr=False)
class RepeatedValue(DataProblem):
    """A value that is chosen twice."""

    code = "GR532"
    text: str
    title = Words("A value is chosen twice", "Bir değer iki kez seçilmiş")
    why = Words(
        "`{text}` stands more than once among the chosen values.",
        "`{text}` seçilen değerler arasında birden çok kez geçiyor.",
    )
    instead = Words("Name each value once.", "Her değeri bir kez yazın.")


@frozen(kw_only=True, eq=False, repr=False)
class NotACode(DataProblem):
    """A text that is no code of its classification."""

    code = "GR533"
    text: str
    expected: Words
    slip: Words
    near: tuple[str, ...] = ()
    example: str = ""
    title = Words("Not a code of the list", "Listede olmayan bir kod")
    why = Words("Expected: {expected}. `{text}`: {slip}.", "Beklenen: {expected}. `{text}`: {slip}.")

    def instead_words(self) -> Words:
        """Near codes, else how a code is written."""
        if self.near:
            return Words("Codes that look like it: {near}.", "Benzeyen kodlar: {near}.")
        return Words("Write it like this: {example}", "Şöyle yazın: {example}")


# ---- JSON text ---------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class NotJson(DataProblem):
    """A text that breaks the rules of JSON; what follows is not read."""

    code = "GR541"
    found: Words
    expected: Words
    title = Words("The text is not JSON", "Metin JSON değil")
    why = Words(
        "Expected here: {expected}. Found: {found}.", "Burada beklenen: {expected}. Bulunan: {found}."
    )
    instead = Words(
        "Correct this place. What follows was not read, so there may be more to correct.",
        "Bu yeri düzeltin. Sonrası okunmadı; düzeltilecek başka yerler de olabilir.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NotUtf8(DataProblem):
    """A text in another encoding."""

    code = "GR542"
    found: Words
    title = Words("The text is not in UTF-8", "Metin UTF-8 değil")
    why = Words(
        "JSON is written in UTF-8. Found: {found}. Nothing is guessed, because letters would be lost.",
        "JSON, UTF-8 ile yazılır. Bulunan: {found}. Harfler kaybolacağı için tahmin yürütülmez.",
    )
    instead = Words("Save the text as UTF-8.", "Metni UTF-8 olarak kaydedin.")


@frozen(kw_only=True, eq=False, repr=False)
class NoFiniteNumber(DataProblem):
    """NaN or infinity."""

    code = "GR543"
    text: str
    title = Words("Not a finite number", "Sonlu bir sayı değil")
    why = Words(
        "`{text}` stands for the failure of a calculation, not for a value; JSON has no such number.",
        "`{text}` bir değeri değil, yapılamamış bir hesabı gösterir; JSON'da böyle bir sayı yoktur.",
    )
    instead = Words(
        "Give the value. If it is not known yet, leave the field out.",
        "Değerini verin. Henüz bilinmiyorsa alanı hiç yazmayın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NumberWithExponent(DataProblem):
    """A JSON number with an exponent."""

    code = "GR544"
    text: str
    title = Words("A number with an exponent", "Üslü yazılmış bir sayı")
    why = Words(
        "`{text}` has an exponent. A few signs can stand for more digits than there is room for, so it is not read.",
        "`{text}` üslü yazılmış. Birkaç işaret sığmayacak kadar çok basamak anlamına gelebilir; bu yüzden okunmaz.",
    )
    instead = Words(
        'Write all digits, as a text: "1000.50"', 'Bütün basamakları metin olarak yazın: "1000.50"'
    )


@frozen(kw_only=True, eq=False, repr=False)
class MoreAfterTheEnd(DataProblem):
    """Something after the end of the application."""

    code = "GR545"
    title = Words("The text goes on after the application", "Başvurudan sonra metin sürüyor")
    why = Words(
        "The application has ended, and something else follows; it could be a second one.",
        "Başvuru bitmiş, ardından başka bir şey geliyor; ikinci bir başvuru olabilir.",
    )
    instead = Words("Hand in one application at a time.", "Bir seferde tek başvuru verin.")


# ---- warnings ----------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class NoLongerListed(DataProblem):
    """A national activity code of an earlier state of the list."""

    code = "GR591"
    severity = "warning"
    text: str
    title = Words("An activity code that is no longer in force", "Yürürlükte olmayan bir faaliyet kodu")
    why = Words(
        "`{text}` stood in an earlier Turkish list of activities and is not in the one in force.",
        "`{text}` Türkiye'nin önceki faaliyet listesinde vardı, yürürlükteki listede yok.",
    )
    instead = Words(
        "Nothing needs to be done if the source of the code is of that time.",
        "Kodun kaynağı o döneme aitse bir şey yapmak gerekmez.",
    )


# ---- bounds ------------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class TooLarge(DataProblem):
    """A text larger than may be read."""

    code = "GR651"
    most: int
    title = Words("The application is too large", "Başvuru çok büyük")
    why = Words(
        "The text is longer than {most} bytes (the limit `json_bytes`), so it was not read.",
        "Metin {most} bayttan uzun (`json_bytes` sınırı); bu yüzden okunmadı.",
    )
    instead = Words(
        "Leave out what the programme does not ask for, or raise the limit.",
        "Programın sormadıklarını çıkarın ya da sınırı yükseltin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class TooDeep(DataProblem):
    """Lists and objects inside one another beyond the limit."""

    code = "GR652"
    most: int
    title = Words("The data is nested too deeply", "Veri iç içe çok derin")
    why = Words(
        "At this place more than {most} lists and objects stand inside one another (the limit `json_depth`).",
        "Bu yerde {most} taneden çok liste ve nesne iç içe (`json_depth` sınırı).",
    )
    instead = Words(
        "Hand in the application as the programme declares it.",
        "Başvuruyu programın bildirdiği biçimde verin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class ListTooLong(DataProblem):
    """A list longer than may be read."""

    code = "GR653"
    most: int
    title = Words("A list is too long", "Bir liste çok uzun")
    why = Words(
        "The list has more than {most} items (the limit `list_items`).",
        "Listede {most} öğeden fazlası var (`list_items` sınırı).",
    )
    instead = Words("Shorten the list, or raise the limit.", "Listeyi kısaltın ya da sınırı yükseltin.")


@frozen(kw_only=True, eq=False, repr=False)
class TooManyDigits(DataProblem):
    """A number longer than may be read."""

    code = "GR654"
    most: int
    title = Words("A number is too long", "Bir sayı çok uzun")
    why = Words(
        "The number has more than {most} digits before its point (the limit `digits`).",
        "Sayının noktadan önce {most} taneden çok basamağı var (`digits` sınırı).",
    )
    instead = Words("Correct the number, or raise the limit.", "Sayıyı düzeltin ya da sınırı yükseltin.")


@frozen(kw_only=True, eq=False, repr=False)
class TextTooLong(DataProblem):
    """A text longer than may be read."""

    code = "GR655"
    most: int
    title = Words("A text is too long", "Bir metin çok uzun")
    why = Words(
        "The text has more than {most} characters (the limit `string_length`).",
        "Metinde {most} karakterden fazlası var (`string_length` sınırı).",
    )
    instead = Words("Shorten the text, or raise the limit.", "Metni kısaltın ya da sınırı yükseltin.")


@frozen(kw_only=True, eq=False, repr=False)
class TooManyValues(DataProblem):
    """More fields or values than any application has."""

    code = "GR656"
    most: int
    title = Words("Too many values", "Çok fazla değer")
    why = Words(
        "At this place there are more than {most} fields or values, many more than an application has; the rest was"
        " not read.",
        "Bu yerde {most} taneden çok alan ya da değer var; bu bir başvuruda olandan çok fazla, gerisi okunmadı.",
    )
    instead = Words(
        "Hand in the application as the programme declares it.",
        "Başvuruyu programın bildirdiği biçimde verin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class MoreMistakes(DataProblem):
    """The end of a report that is cut off."""

    code = "GR657"
    count: int
    title = Words("More mistakes, not shown", "Gösterilmeyen başka hatalar")
    why = Words(
        "There are {count} more mistakes in this application than are listed (the limit `diagnostics`).",
        "Bu başvuruda listelenenlerden başka {count} hata daha var (`diagnostics` sınırı).",
    )
    instead = Words("Correct those above first.", "Önce yukarıdakileri düzeltin.")


# ---- near names --------------------------------------------------------------------------------------------------

_LONGEST_NAME = 80


def of_application(problem: Problem, name: str) -> Problem:
    """A mistake in one of many applications, with the name of the application before its path."""
    if not isinstance(problem, DataProblem) or problem.source is not None:
        return problem
    return evolve(problem, path=f"{name}: {problem.path}" if problem.path else name)


def near_name(name: str, known: tuple[str, ...]) -> str:
    """
    The known name that was probably meant; empty if none is likely.

    Names that differ in capitals, accents, blanks or hyphens are near; else those within a third of their letters, by
    letters put in, left out, changed, or exchanged with a neighbour.

    >>> near_name("incomme", ("income", "members"))
    'income'
    """
    if len(name) > _LONGEST_NAME:
        return ""
    sought = _folded(name)
    best, nearest = "", len(sought) // 3 + 1
    for each in known:
        if len(each) > _LONGEST_NAME:
            continue
        distance = _distance(sought, _folded(each), nearest)
        if distance < nearest:
            best, nearest = each, distance
    return best


def _folded(name: str) -> str:
    import unicodedata  # Only a mistake needs it.

    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return plain.casefold().replace("ı", "i").replace(" ", "_").replace("-", "_")


def _distance(left: str, right: str, most: int) -> int:
    """How many letters differ, neighbours exchanged counting once; `most` if it is as many or more."""
    if abs(len(left) - len(right)) >= most:
        return most
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return min(row[-1], most)
