"""
What can be wrong with the meaning of a programme.

GR2xx names and declarations, GR3xx kinds of values, GR4xx money, tables and time, GR45x examples, GR47x rankings.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from grantrules.diagnostics import NO_WORDS, Problem, Words, escaped

# ---- what is looked for where a name stands ----------------------------------------------------------------------


@frozen
class Sought:
    """What a name should have been the name of, and how such a thing is declared."""

    kind: Words
    declare: Words


A_FIGURE = Sought(
    Words("fact or figure", "bir veri ya da değer"),
    Words(
        "Correct the name, or declare it: a fact under `application` or in a `record`, a figure with `define` or"
        " `parameter`.",
        "Adı düzeltin ya da bildirin: veriyi `başvuru` altında ya da bir `kayıt` içinde, değeri `tanım` ya da"
        " `parametre` ile.",
    ),
)


def a_field(name: str, lines: str, record: str, ending: str) -> Sought:
    """A figure again, whose name is that of a field of the lines of a list; `ending` is the list's Turkish genitive."""
    return Sought(
        A_FIGURE.kind,
        Words(
            f"Each `{record}` has it, and it is read where one line is spoken of. Say what is meant of all lines:"
            f" `total {name} of {lines}`, `number of {lines} where {name} …`.",
            f"Her `{record}` satırında bu var ve tek bir satırdan söz edilen yerde okunur. Bütün satırlar için ne"
            f" demek istediğinizi yazın: `{lines}'{ending} toplam {name}`, `{lines} arasında {name} … olanların sayısı`.",
        ),
    )


A_FACT = Sought(
    Words("fact of the application", "bir başvuru verisi"),
    Words(
        "Correct the name, or declare the fact under `application`.",
        "Adı düzeltin ya da veriyi `başvuru` altında bildirin.",
    ),
)
A_FIELD = Sought(
    Words("field of the record", "bir kayıt alanı"),
    Words(
        "Correct the name, or declare the field in its `record`.",
        "Adı düzeltin ya da alanı `kayıt` içinde bildirin.",
    ),
)
A_RECORD = Sought(
    Words("record", "bir kayıt"),
    Words(
        "Correct the name, or declare `record {name}` with its fields below.",
        "Adı düzeltin ya da altında alanlarıyla `kayıt {name}` bildirin.",
    ),
)
A_SOURCE = Sought(
    Words("source", "bir kaynak"),
    Words(
        'Correct the name, or declare the text of law: `source {name} "Its title"`',
        'Adı düzeltin ya da metni bildirin: `kaynak {name} "Başlığı"`',
    ),
)
A_CALENDAR = Sought(
    Words("calendar", "bir takvim"),
    Words(
        "Correct the name, or state `calendar {name}` and below it the holidays of each year: `2026 | 2026-01-01`.",
        "Adı düzeltin ya da `takvim {name}` bildirip altına her yılın tatil günlerini yazın: `2026 | 2026-01-01`.",
    ),
)
A_ROUNDING = Sought(
    Words("rounding", "bir yuvarlama"),
    Words(
        "Correct the name, or state `rounding {name}` and below it how to round, such as `down in steps of 0.01 EUR`.",
        "Adı düzeltin ya da `yuvarlama {name}` bildirip altına nasıl olduğunu yazın: `0.01 EUR adımlarla aşağı`.",
    ),
)
A_SUPPORT = Sought(
    Words("support", "bir destek"),
    Words("Correct the name, or declare `support {name}`.", "Adı düzeltin ya da `destek {name}` bildirin."),
)
A_CODE_LIST = Sought(
    Words("code list", "bir kod listesi"),
    Words(
        "Correct the name, or declare `code list {name} (NACE)` with its codes below.",
        "Adı düzeltin ya da altında kodlarıyla `kod listesi {name} (NACE)` bildirin.",
    ),
)
A_PARAMETER = Sought(
    Words("parameter", "bir parametre"),
    Words(
        "Correct the name, or declare `parameter {name}`.", "Adı düzeltin ya da `parametre {name}` bildirin."
    ),
)
AN_EXAMPLE = Sought(
    Words("example", "bir örnek"),
    Words("Correct the name, or write `example {name}`.", "Adı düzeltin ya da `örnek {name}` yazın."),
)
A_RANKING = Sought(
    Words("ranking", "bir sıralama"),
    Words("Correct the name, or write `ranking {name}`.", "Adı düzeltin ya da `sıralama {name}` yazın."),
)
A_RANKED_APPLICATION = Sought(
    Words("application of this example", "bu örnekteki bir başvuru"),
    Words(
        "Correct the name, or give it a row under `applications`.",
        "Adı düzeltin ya da `başvurular` altında ona bir satır verin.",
    ),
)
A_RULE = Sought(
    Words("requirement", "bir şart"),
    Words("Correct the name, or write `require {name}`.", "Adı düzeltin ya da `şart {name}` yazın."),
)
A_STATEMENT = Sought(
    Words("requirement, step or ceiling", "bir şart, adım ya da tavan"),
    Words("Write the name of a statement of this file.", "Bu dosyadaki bir deyimin adını yazın."),
)
A_PART_OF_A_SUPPORT = Sought(
    Words("figure of a support", "bir destek değeri"),
    Words("Write `eligible_cost` or `before_ceilings`.", "`uygun_gider` ya da `tavansız` yazın."),
)

# ---- names and declarations --------------------------------------------------------------------------------------


@frozen(kw_only=True)
class NoProgramme(Problem):
    """The file does not say which programme it is."""

    code = "GR201"
    title = Words("The programme line is missing", "Program satırı eksik")
    why = Words(
        "A file of rules begins with its language and the name of the programme; nothing can be decided without them.",
        "Bir kural dosyası diliyle ve programın adıyla başlar; bunlar olmadan karar verilemez.",
    )
    instead = Words(
        'Write below the first line: `programme tr.my_programme "Its title"`',
        'İlk satırın altına şunu yazın: `program tr.programim "Başlığı"`',
    )


@frozen(kw_only=True)
class SecondHead(Problem):
    """A statement that may stand once stands twice."""

    code = "GR202"
    what: Words
    title = Words("A statement stands twice", "Bir deyim iki kez yazılmış")
    why = Words(
        "The file already has {what}; with two of them nobody could tell which one counts.",
        "Dosyada {what} zaten var; iki tane olursa hangisinin geçerli olduğu bilinemez.",
    )
    instead = Words(
        "Keep one of the two, and move the lines of the other into it.",
        "Birini bırakın, öbürünün satırlarını ona taşıyın.",
    )


@frozen(kw_only=True)
class MissingHeader(Problem):
    """A header line that something in the file needs is missing."""

    code = "GR203"
    line: Words
    reason: Words
    declare: Words = NO_WORDS
    title = Words("A line is missing below the programme", "Programın altında bir satır eksik")

    def why_words(self) -> Words:
        """What needs the line."""
        return self.reason

    def instead_words(self) -> Words:
        """The line; and what it names, where that is missing too."""
        if self.declare != NO_WORDS:
            return Words(
                "Declare a date under `{declare}`, and add below the programme line: `{line}`",
                "`{declare}` altında bir tarih bildirin ve program satırının altına ekleyin: `{line}`",
            )
        return Words("Add below the programme line: `{line}`", "Program satırının altına ekleyin: `{line}`")


@frozen(kw_only=True)
class TwiceDeclared(Problem):
    """One name is given to two things."""

    code = "GR204"
    name: str
    versions: bool = False
    title = Words("One name for two things", "İki şeye aynı ad verilmiş")
    why = Words(
        "`{name}` stands at both marked places; wherever the file says `{name}`, it could mean either.",
        "`{name}` işaretli iki yerde de var; dosyada `{name}` denen her yerde ikisi de kastedilmiş olabilir.",
    )

    def instead_words(self) -> Words:
        """Another name; or periods, where statements can have versions."""
        if self.versions:
            return Words(
                "Rename one of them. If they are versions of one statement, give both `in force from … to …`.",
                "Birinin adını değiştirin. Tek deyimin iki sürümüyseler ikisine de `yürürlük … ile … arası` yazın.",
            )
        return Words("Rename one of them, or take it out.", "Birinin adını değiştirin ya da çıkarın.")


@frozen(kw_only=True)
class UnknownName(Problem):
    """A name that nothing in the file declares."""

    code = "GR205"
    name: str
    kind: Words = A_FIGURE.kind
    declare: Words = A_FIGURE.declare
    near: str = ""
    title = Words("An unknown name", "Bilinmeyen bir ad")
    why = Words("There is no {kind} called `{name}` at this place.", "Bu yerde `{name}` adında {kind} yok.")

    def instead_words(self) -> Words:
        """A near name, else how it is declared."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        return self.declare


@frozen(kw_only=True)
class UnknownValue(Problem):
    """A value that a choice does not have."""

    code = "GR206"
    name: str
    of: str
    values: tuple[str, ...]
    near: str = ""
    title = Words("Not one of the listed values", "Sayılan değerlerden biri değil")
    why = Words(
        "`{name}` is not a value of `{of}`. Its values are: {values}.",
        "`{name}`, `{of}` için bir değer değil. Değerleri: {values}.",
    )

    def instead_words(self) -> Words:
        """A near value, else the way to add one."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        return Words(
            "Use one of them, or add the value where `{of}` is declared.",
            "Bunlardan birini kullanın ya da değeri `{of}` tanımına ekleyin.",
        )


@frozen(kw_only=True)
class UnknownCode(Problem):
    """A code that its classification does not have."""

    code = "GR207"
    name: str
    of: Words
    near: tuple[str, ...] = ()
    other: str = ""
    """The revision of the classification that does have the code."""
    title = Words("An unknown code", "Bilinmeyen bir kod")
    why = Words("There is no {of} `{name}`.", "`{name}`: böyle {of} yok.")

    def instead_words(self) -> Words:
        """The revision that has it, near codes, else where to look."""
        if self.other:
            return Words(
                "It is a code of NACE Rev. {other}. If that is meant, write `nace Rev. {other}` into the head of the file.",
                "NACE Rev. {other} içinde böyle bir kod var. Kastedilen buysa dosyanın başına `nace Rev. {other}` yazın.",
            )
        if self.near:
            return Words("Codes that look like it: {near}.", "Benzeyen kodlar: {near}.")
        return Words("Look the code up in the official list.", "Kodu resmî listede arayın.")


@frozen(kw_only=True)
class UnknownUnit(Problem):
    """A number of something that is no unit of the programme."""

    code = "GR214"
    unit: str
    written: str = ""
    """What is written instead, where the unit is a currency or a share in other words, or nearly a unit."""
    number: str = ""
    title = Words("An unknown unit", "Bilinmeyen bir birim")
    why = Words(
        "`{unit}` is no unit of this programme. Money has the code of its currency; other units are those that a fact has"
        " (`quantity in hectare`).",
        "`{unit}` bu programın bir birimi değil. Paranın para birimi koduyla yazılır; öbür birimler bir verinin"
        " birimidir (`hektar cinsinden miktar`).",
    )

    def instead_words(self) -> Words:
        """The code of the currency, or the number alone."""
        if self.written:
            return Words("Write {written}.", "Şöyle yazın: {written}")
        return Words(
            "Where things are counted, write the number alone: `{number}`.",
            "Bir şey sayılıyorsa yalnız sayıyı yazın: `{number}`",
        )


@frozen(kw_only=True)
class TwoMeanings(Problem):
    """A name that both the line and the application have."""

    code = "GR208"
    name: str
    record: str
    title = Words("A name with two meanings here", "Burada iki anlamı olan bir ad")
    why = Words(
        "Both a line of `{record}` and the application have `{name}`.",
        "Hem bir `{record}` satırında hem de başvuruda `{name}` var.",
    )
    instead = Words(
        "Write `this line's {name}` or `application's {name}`.",
        "`bu satırın {name}` ya da `başvurunun {name}` yazın.",
    )


@frozen(kw_only=True)
class SeveralChoices(Problem):
    """A value that stands as a result, and that several choices have."""

    code = "GR213"
    name: str
    of: tuple[str, ...]
    title = Words("A value of several choices", "Birden çok seçeneğin değeri")
    why = Words(
        "`{name}` is a value of each of these: {of}. Their values differ, so it is open which of them is meant.",
        "`{name}` bunların her birinin bir değeri: {of}. Değerleri farklı; hangisinin kastedildiği belli değil.",
    )
    instead = Words(
        "Give the values different names, or both choices the same values in the same order.",
        "Değerlere farklı adlar verin ya da iki seçeneğe aynı değerleri aynı sırayla yazın.",
    )


@frozen(kw_only=True)
class Cycle(Problem):
    """Statements that need each other."""

    code = "GR209"
    names: tuple[str, ...]
    figures: bool = True
    title = Words("A circle", "Kısır döngü")

    def why_words(self) -> Words:
        """The way round."""
        way = " → ".join(f"`{escaped(name)}`" for name in self.names[:12])
        return Words(
            f"Each of these needs the next one before it can be known: {way}.",
            f"Bunların her biri bilinmek için bir sonrakine muhtaç: {way}.",
        )

    def instead_words(self) -> Words:
        """One of them alone; of a support, an earlier figure."""
        if not self.figures:
            return Words("Let one of them stand without the other.", "Birini ötekine dayanmadan yazın.")
        return Words(
            "Say one of them without the others. Of a support, an earlier figure can be named: `grant's eligible_cost`.",
            "Birini ötekilere dayanmadan söyleyin. Bir desteğin önceki bir değeri adlandırılabilir: `hibe'nin uygun_gider`.",
        )


@frozen(kw_only=True)
class NotThatKind(Problem):
    """A name that exists but is something else than what is needed here."""

    code = "GR210"
    name: str
    found: Words
    needed: Words
    title = Words("The name of something else", "Başka bir şeyin adı")
    why = Words(
        "`{name}` is {found}; here {needed} is needed.", "`{name}`: {found}; burada gereken: {needed}."
    )
    instead = Words("Write the name of {needed}.", "Buraya şunun adını yazın: {needed}.")


@frozen(kw_only=True)
class NeverUsed(Problem):
    """A figure that nothing uses."""

    code = "GR211"
    severity = "warning"
    name: str
    title = Words("A figure that nothing uses", "Kullanılmayan bir değer")
    why = Words(
        "No rule, support or result uses `{name}`.",
        "Hiçbir kural, destek ya da sonuç `{name}` değerini kullanmıyor.",
    )
    instead = Words(
        "Use it, make it a `result`, or take it out.", "Onu kullanın, `sonuç` yapın ya da çıkarın."
    )


@frozen(kw_only=True)
class NameOfLanguage(Problem):
    """A name that the language itself gives."""

    code = "GR212"
    name: str
    of_support: bool = False
    title = Words("A name the language already uses", "Dilin kendi kullandığı bir ad")

    def why_words(self) -> Words:
        """What the name stands for."""
        if self.of_support:
            return Words(
                "`{name}` already is a figure of every support.", "`{name}` zaten her desteğin bir değeridir."
            )
        return Words(
            "`{name}` already stands for the points of all scores together.",
            "`{name}` zaten bütün puanlamaların toplamı demektir.",
        )

    instead = Words("Choose another name.", "Başka bir ad seçin.")


# ---- kinds of values ---------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class WrongKind(Problem):
    """A value of one kind stands where another is needed."""

    code = "GR301"
    found: Words
    needed: Words
    example: Words = NO_WORDS
    title = Words("A value of another kind is needed", "Başka türden bir değer gerekiyor")
    why = Words("This is {found}; here {needed} is needed.", "Bu {found}; burada {needed} gerekiyor.")

    def instead_words(self) -> Words:
        """What to write, with an example where there is one."""
        if self.example == NO_WORDS:
            return Words(
                "Write {needed}, or the name of one.", "Buraya {needed} ya da böyle bir değerin adını yazın."
            )
        return Words(
            "Write {needed}, such as `{example}`, or the name of one.",
            "Buraya {needed} (örneğin `{example}`) ya da böyle bir değerin adını yazın.",
        )


@frozen(kw_only=True)
class MixedKinds(Problem):
    """Two values of different kinds are compared, added or subtracted."""

    code = "GR302"
    left: Words
    right: Words
    example: Words = NO_WORDS
    title = Words("Two kinds of values are mixed", "İki tür değer karıştırılmış")
    why = Words(
        "On the left is {left}, on the right is {right}; they cannot be compared or added.",
        "Solda {left}, sağda {right} var; bunlar karşılaştırılamaz ve toplanamaz.",
    )

    def instead_words(self) -> Words:
        """A plain number probably lacks its unit."""
        if self.example == NO_WORDS:
            return Words("Write values of one kind on both sides.", "İki yana da aynı türden değer yazın.")
        return Words(
            "If the number stands for a value of the other kind, write it out: `{example}`",
            "Sayı öbür türden bir değeri anlatıyorsa açık yazın: `{example}`",
        )


@frozen(kw_only=True)
class MixedCurrencies(Problem):
    """Amounts in two currencies meet."""

    code = "GR303"
    left: str
    right: str
    title = Words("Two currencies are mixed", "İki para birimi karıştırılmış")
    why = Words(
        "One amount is in {left}, the other in {right}. No rate of exchange is assumed.",
        "Bir tutar {left}, öbürü {right} olarak. Hiçbir kur kendiliğinden varsayılmaz.",
    )
    instead = Words(
        "Write both in one currency, or say the rate: `amount converted to {left} at rate_of_exchange`",
        "İkisini de aynı para birimiyle yazın ya da kuru söyleyin: `tutar değerinin kur ile {left} karşılığı`",
    )


@frozen(kw_only=True)
class PercentAndAmount(Problem):
    """A percentage is added to or compared with an amount, or stands in the place of one."""

    code = "GR304"
    amount: Words
    needed: bool = False
    title = Words("A percentage and an amount are mixed", "Yüzde ile tutar karıştırılmış")
    instead = Words(
        "Name what it is a percentage of: `5% of total amount of costs`",
        "Neyin yüzdesi olduğunu yazın: `giderler'in toplam tutarı üzerinden %5`",
    )

    def why_words(self) -> Words:
        """Two sides, or one value in the place of the other."""
        if self.needed:
            return Words(
                "This is a percentage; here {amount} is needed. A percentage says nothing until it is taken of something.",
                "Bu bir yüzde; burada {amount} gerekiyor. Yüzde, bir şeyin yüzdesi olmadıkça bir şey söylemez.",
            )
        return Words(
            "One side is a percentage, the other is {amount}. A percentage says nothing until it is taken of something.",
            "Bir yan yüzde, öbür yan {amount}. Yüzde, bir şeyin yüzdesi olmadıkça bir şey söylemez.",
        )


@frozen(kw_only=True)
class PercentOrPoints(Problem):
    """A percentage where percentage points are needed, or the other way round."""

    code = "GR305"
    title = Words("Percent or percentage points?", "Yüzde mi, yüzde puan mı?")
    why = Words(
        "70% plus 15 percentage points is 85%; 70% increased by 15% is 80.5%. The two are said with different words.",
        "%70 artı 15 yüzde puan %85 eder; %70'in %15 artışı %80,5 eder. İkisi ayrı sözlerle söylenir.",
    )
    instead = Words(
        "Write `plus 15 percentage points` or `increased by 15%`.",
        "`artı 15 yüzde puan` ya da `artış %15` yazın.",
    )


@frozen(kw_only=True)
class PercentTimes(Problem):
    """A percentage is multiplied."""

    code = "GR306"
    title = Words("A percentage is taken of something", "Yüzde bir şeyin yüzdesidir")
    why = Words(
        "A percentage is not multiplied with `*`; it is taken of something, so that everyone reads what it is taken of.",
        "Yüzde `*` ile çarpılmaz; neyin yüzdesi olduğunu herkes okusun diye bir şey üzerinden alınır.",
    )
    instead = Words("Write it like this: `30% of amount`", "Şöyle yazın: `tutar üzerinden %30`")


@frozen(kw_only=True)
class CannotMultiply(Problem):
    """Two values that have no product or quotient."""

    code = "GR307"
    left: Words
    right: Words
    title = Words("These cannot be multiplied or divided", "Bunlar çarpılamaz ya da bölünemez")
    why = Words(
        "The product or quotient of {left} and {right} is nothing that has a name.",
        "Çarpılan ya da bölünenler: {left} ve {right}. Sonucun bir adı yok.",
    )
    instead = Words(
        "Multiply by a plain number, or take a percentage of the amount.",
        "Düz bir sayıyla çarpın ya da tutarın yüzdesini alın.",
    )


@frozen(kw_only=True)
class NoOrder(Problem):
    """Larger and smaller are asked of values without an order."""

    code = "GR308"
    found: Words
    remark: bool = False
    key: bool = False
    title = Words("These have no order", "Bunların büyüğü küçüğü yok")
    why = Words(
        "This is {found}: one is not more or less than another, and they are not added up.",
        "Bu {found}: biri öbüründen büyük ya da küçük olmaz, toplanmaz da.",
    )

    def instead_words(self) -> Words:
        """What can be asked of such values."""
        if self.remark:
            return Words("Take the bound out.", "Sınırı çıkarın.")
        if self.key:
            return Words(
                "Say by a number which comes first: `define place`, with the lines `1 when …` and `0 otherwise`.",
                "Hangisinin önce geleceğini bir sayıyla söyleyin: `tanım yer`, satırları `… ise 1` ve `diğer hâllerde 0`.",
            )
        return Words(
            "Ask whether it is the same: `kind is firm`, `kind is not firm`, `kind is one of firm, chamber`.",
            "Aynı olup olmadığını sorun: `türü firma olmalı`, `türü firma olmamalı`, `türü firma ya da oda olmalı`.",
        )


@frozen(kw_only=True)
class NotACondition(Problem):
    """A value that is neither yes nor no stands where a condition is needed."""

    code = "GR309"
    found: Words
    ordered: bool = True
    title = Words("Not a condition", "Bu bir koşul değil")
    why = Words(
        "This is {found}; a condition is something that holds or does not.",
        "Bu {found}; koşul, sağlanan ya da sağlanmayan bir şeydir.",
    )

    def instead_words(self) -> Words:
        """A comparison that its kind allows."""
        if self.ordered:
            return Words(
                "Compare it with something: `… is at least …`", "Bir şeyle karşılaştırın: `… en az … olmalı`"
            )
        return Words(
            "Say what it must be: `… is …`, or `… is given`.",
            "Ne olması gerektiğini yazın: `… … olmalı` ya da `… belirtilmiş olmalı`.",
        )


@frozen(kw_only=True)
class PeriodFamilies(Problem):
    """Periods of years and of days meet."""

    code = "GR310"
    left: Words
    right: Words
    title = Words("Years and days are mixed", "Yıl ile gün karıştırılmış")
    why = Words(
        "One is {left}, the other {right}; a month has no fixed number of days.",
        "Biri {left}, öbürü {right}; bir ayın gün sayısı sabit değildir.",
    )
    instead = Words(
        "Say both in the same unit. A fact that is counted in days is declared as `period in days`.",
        "İkisini de aynı birimle söyleyin. Günle sayılan bir veri `gün cinsinden süre` olarak bildirilir.",
    )


@frozen(kw_only=True)
class DateArithmetic(Problem):
    """Plus or minus between dates."""

    code = "GR311"
    title = Words("Plus and minus do not work on dates", "Tarihlerde artı ve eksi kullanılmaz")
    why = Words(
        "Dates are not added, subtracted or averaged: whether days or months are counted, and both ends or one, would be"
        " a guess.",
        "Tarihler toplanmaz, çıkarılmaz, ortalaması alınmaz: gün mü ay mı, iki uç mu bir uç mu sayıldığı tahmin olurdu.",
    )
    instead = Words(
        "Write `6 months after D`, `1 year before D`, `days from A to B` or `completed years from A to B`.",
        "`D'den 6 ay sonra`, `D'den 1 yıl önce`, `A'dan B'ye gün sayısı` ya da `A'dan B'ye tamamlanan yıl sayısı` yazın.",
    )


@frozen(kw_only=True)
class NotAFraction(Problem):
    """A plain number before `of`, or a fraction with nothing below the line."""

    code = "GR312"
    zero: bool = False
    title = Words("`of` needs a share", "`üzerinden` bir pay ister")

    def why_words(self) -> Words:
        """A fraction of nothing, or no fraction."""
        if self.zero:
            return Words(
                "Nothing can be divided by 0, so this is no share.",
                "0'a bölünemez; bu yüzden bu bir pay değil.",
            )
        return Words(
            "`of` takes a share of something: a percentage or a fraction. This is another kind of value.",
            "`üzerinden` bir şeyin payını alır: bir yüzde ya da kesir. Bu başka türden bir değer.",
        )

    instead = Words(
        "Write `70% of …`, `4/7 of …` or `(a / b) of …`.",
        "`… üzerinden %70`, `… üzerinden 4/7` ya da `… üzerinden (a / b)` yazın.",
    )


@frozen(kw_only=True)
class RoundingNeeded(Problem):
    """An exact quotient would become a result."""

    code = "GR313"
    name: str
    step: str
    place: bool = True
    partly: bool = False
    title = Words("Say how this is rounded", "Nasıl yuvarlanacağını söyleyin")
    why = Words(
        "`{name}` can come out finer than {step}, the smallest amount there is; nothing is rounded unless the programme"
        " says how.",
        "`{name}`, en küçük tutar olan {step} değerinden daha ince çıkabilir; program nasıl olacağını söylemedikçe hiçbir"
        " şey yuvarlanmaz.",
    )

    def instead_words(self) -> Words:
        """A line; of an instalment it needs no word about its place, and there may be roundings for some cases."""
        if self.partly:
            return Words(
                "What rounds it now has a condition and leaves cases over. Add a rounding for these, or one without a"
                " condition at the end.",
                "Yuvarlama satırları şimdi bir koşula bağlı ve dışarıda kalan durumlar var. Bunlar için de bir yuvarlama ya da"
                " sona koşulsuz bir yuvarlama ekleyin.",
            )
        if not self.place:
            return Words(
                "Add for instance: `rounding down in steps of {step}`",
                "Örneğin şunu ekleyin: `yuvarlama {step} adımlarla aşağı`",
            )
        return Words(
            "Add for instance: `rounding down in steps of {step}, once at the end`",
            "Örneğin şunu ekleyin: `yuvarlama {step} adımlarla aşağı, sonda bir kez`",
        )


@frozen(kw_only=True)
class StepNotConstant(Problem):
    """The step of a rounding is not a written figure."""

    code = "GR314"
    title = Words("The step of a rounding is a written figure", "Yuvarlama adımı yazılı bir rakam olur")
    why = Words(
        "The step must be above zero and stand here as a figure, in the kind of what is rounded.",
        "Adım sıfırdan büyük olmalı ve burada rakamla, yuvarlanan değerin türünde yazılmalı.",
    )
    instead = Words("Write for instance `in steps of 0.01 TRY`.", "Örneğin `0.01 TRY adımlarla` yazın.")


@frozen(kw_only=True)
class OutOfReach(Problem):
    """A condition that can never hold, or always holds, by what the file itself says."""

    code = "GR315"
    severity = "warning"
    always: bool
    title = Words("A condition that decides nothing", "Hiçbir şeye karar vermeyen koşul")
    instead = Words(
        "Check the figure and the bounds of the fact.", "Rakamı ve verinin sınırlarını denetleyin."
    )

    def why_words(self) -> Words:
        """Whether it always or never holds."""
        if self.always:
            return Words(
                "By the bounds declared for the facts, this always holds.",
                "Veriler için bildirilen sınırlara göre bu her zaman sağlanır.",
            )
        return Words(
            "By the bounds declared for the facts, this can never hold.",
            "Veriler için bildirilen sınırlara göre bu hiçbir zaman sağlanamaz.",
        )


@frozen(kw_only=True)
class TooFine(Problem):
    """A literal with more decimals or digits than allowed."""

    code = "GR316"
    text: str
    most: int
    title = Words("Too many decimals", "Çok fazla ondalık")
    why = Words(
        "`{text}` has more than {most} decimals.", "`{text}` değerinin {most} basamaktan çok ondalığı var."
    )
    instead = Words("Write it with at most {most} decimals.", "En çok {most} ondalıkla yazın.")


@frozen(kw_only=True)
class BadDate(Problem):
    """A date or time that does not exist."""

    code = "GR317"
    text: str
    clocks: bool = False
    year: bool = False
    year_alone: bool = False
    title = Words("No such day or time", "Böyle bir gün ya da saat yok")

    def why_words(self) -> Words:
        """The calendar has no such day, or the clocks never, or twice, showed the time."""
        if self.clocks:
            return Words(
                "On that day clocks were changed: `{text}` did not occur, or occurred twice.",
                "O gün saatler değiştirildi: `{text}` ya hiç yaşanmadı ya da iki kez yaşandı.",
            )
        if self.year_alone:
            return Words(
                "A year stands here, and `{text}` is none from 1900 to 2200.",
                "Burada bir yıl söylenir; `{text}` ise 1900 ile 2200 arasında değil.",
            )
        if self.year:
            return Words(
                "Days stand here, and `{text}` is no year from 1900 to 2200.",
                "Burada günler söylenir; `{text}` ise 1900 ile 2200 arasında bir yıl değil.",
            )
        return Words(
            "The calendar has no such day, or the day no such time: `{text}`.",
            "Takvimde böyle bir gün ya da günde böyle bir saat yok: `{text}`.",
        )

    def instead_words(self) -> Words:
        """The forms; or another hour."""
        if self.clocks:
            return Words(
                "Write a time that occurred once, such as an hour later.",
                "Bir kez yaşanan bir saat yazın, örneğin bir saat sonrasını.",
            )
        if self.year_alone:
            return Words("Write a year such as `2026`.", "`2026` gibi bir yıl yazın.")
        if self.year:
            return Words(
                "Write a year such as `2026`, a month such as `month 2026-03`, or a date such as `2026-03-01`.",
                "`2026` gibi bir yıl, `2026-03 ayı` gibi bir ay ya da `2026-03-01` gibi bir tarih yazın.",
            )
        return Words(
            "Correct it. A date is written `2023-09-04`, a moment `2023-09-04 17:00`.",
            "Düzeltin. Tarih `2023-09-04`, an `2023-09-04 17:00` biçiminde yazılır.",
        )


@frozen(kw_only=True)
class UnknownZone(Problem):
    """A currency or a time zone that does not exist."""

    code = "GR318"
    text: str
    what: Words
    near: tuple[str, ...] = ()
    title = Words("No such currency or time zone", "Böyle bir para birimi ya da saat dilimi yok")
    why = Words("`{text}` is not the code of {what}.", "`{text}` kodlu {what} yok.")

    def instead_words(self) -> Words:
        """Codes that look like it, else some that are common."""
        if self.near:
            return Words("Codes that look like it: {near}.", "Benzeyen kodlar: {near}.")
        return Words(
            "Currencies are written like TRY, EUR, USD; time zones like Europe/Istanbul, Europe/Brussels.",
            "Para birimleri TRY, EUR, USD gibi; saat dilimleri Europe/Istanbul, Europe/Brussels gibi yazılır.",
        )


@frozen(kw_only=True)
class MonthEndUnsaid(Problem):
    """Months are added without a rule for the end of a month."""

    code = "GR319"
    title = Words("What about the end of the month?", "Ay sonu ne olacak?")
    why = Words(
        "31 January plus 1 month is not a day. The programme must say what happens then.",
        "31 Ocak artı 1 ay diye bir gün yok. O zaman ne olacağını program söylemeli.",
    )
    instead = Words(
        "Add below the programme line `month end last day` (28 or 29 February), `month end next day` (1 March) or"
        " `month end refused` (then it is an error).",
        "Program satırının altına ekleyin: `ay sonu son gün` (28 ya da 29 Şubat), `ay sonu ertesi gün` (1 Mart) ya da"
        " `ay sonu kabul edilmez` (o zaman hata olur).",
    )


@frozen(kw_only=True)
class NotComparedWhole(Problem):
    """A record, a list or several choices are compared as if they were one value."""

    code = "GR320"
    found: Words
    title = Words("This is more than one value", "Bu tek bir değer değil")
    why = Words(
        "This is {found}; it is not compared as a whole.", "Bu {found}; bütün olarak karşılaştırılmaz."
    )
    instead = Words(
        "Of several values ask `… includes …`; of a list count: `number of … is at least …`; of a record name a field:"
        " `…'s …`.",
        "Birkaç değer için `… … içeriyor olmalı`, liste için `…'in sayısı en az … olmalı`, kayıt için alan adı:"
        " `…'in …` yazın.",
    )


@frozen(kw_only=True)
class UnitsOfTime(Problem):
    """Prices per year, month, week and day do not fit one another, or the time they are for."""

    code = "GR321"
    mistake: Literal["twice", "calendar", "rest", "number", "weeks"]
    title = Words("These prices do not cover the time", "Bu birim tutarları süreye uymuyor")

    def why_words(self) -> Words:
        """Which of the units is wrong, and why."""
        return {
            "twice": Words(
                "This unit of time has a price already; which of the two counts would be a guess.",
                "Bu zaman birimi için zaten bir tutar var; hangisinin geçerli olduğu tahmin olurdu.",
            ),
            "calendar": Words(
                "The time is given in days, and months and years have no fixed number of days.",
                "Süre gün olarak verilmiş; ay ve yılın gün sayısı ise sabit değildir.",
            ),
            "rest": Words(
                "Days are left over after the larger units, and they have no price.",
                "Büyük birimlerden sonra günler artar; onlar için tutar söylenmemiş.",
            ),
        }.get(
            self.mistake,
            Words(
                "This is a plain number; that it counts days has to be said.",
                "Bu düz bir sayı; gün saydığı söylenmeli.",
            ),
        )

    def instead_words(self) -> Words:
        """The next step."""
        return {
            "twice": Words("Leave one of the two out.", "İkisinden birini çıkarın."),
            "calendar": Words(
                "Write `for the time from A to B, largest units first: …`, with the first and the last day.",
                "İlk ve son günle `A'dan B'ye geçen süre için, en büyük birimden başlayarak: …` yazın.",
            ),
            "rest": Words(
                "Add a price such as `40 EUR per day`; where nothing is paid for them, `0 EUR per day`.",
                "`gün başına 40 EUR` gibi bir tutar ekleyin; o günler için ödeme yapılmıyorsa `gün başına 0 EUR` yazın.",
            ),
            "number": Words(
                "Write `for … days, largest units first: …`.",
                "`… gün için, en büyük birimden başlayarak: …` yazın.",
            ),
            "weeks": Words(
                "Write `whole lots of 7 in …` or `what is left of … after whole lots of 7`.",
                "`… içindeki 7 büyüklüğünde tam grup sayısı` ya da `… içindeki 7 büyüklüğünde tam gruplardan artan` yazın.",
            ),
        }[self.mistake]


@frozen(kw_only=True)
class DoesNotRestOn(Problem):
    """A figure is asked for another value of a fact that it does not depend on."""

    code = "GR332"
    name: str
    fact: str
    title = Words("It would be the same", "Değer değişmezdi")
    why = Words(
        "`{name}` is asked for another `{fact}`, but it does not depend on it.",
        "`{name}` başka bir `{fact}` için isteniyor, ama ona bağlı değil.",
    )
    instead = Words(
        "Write `{name}` alone, or name a fact by which it is looked up, as in `table {name} by {fact}`.",
        "Yalnız `{name}` yazın ya da değeri bulmakta kullanılan bir veriyi söyleyin: `tablo {name} {fact}'e göre`",
    )


@frozen(kw_only=True)
class WhichLine(Problem):
    """A phrase about one line among others where nothing says which line, or of which list."""

    code = "GR331"
    mistake: Literal["other", "this", "so_far", "figure", "without"]
    name: str = ""
    title = Words("Which line is meant?", "Hangi satır kastediliyor?")

    def why_words(self) -> Words:
        """What is not known of the line."""
        return {
            "other": Words(
                "`other` leaves one line of `{name}` out, and here no line of it is spoken of, or it could be of two lists.",
                "`geri kalan`, `{name}` listesinin bir satırını dışarıda bırakır; burada ise o listenin bir satırından söz"
                " edilmiyor ya da satır iki listeden olabilir.",
            ),
            "this": Words(
                "`this {name}` is one line of a list, and here no line of `{name}` is spoken of.",
                "`bu {name}` bir listenin tek satırıdır; burada ise bir `{name}` satırından söz edilmiyor.",
            ),
            "so_far": Words(
                "`so far` adds up the lines before one line, and here no line is spoken of, or it could be of two lists.",
                "`önceki satırların toplam…` bir satırdan öncekileri toplar; burada ise bir satırdan söz edilmiyor ya da"
                " satır iki listeden olabilir.",
            ),
            "figure": Words(
                "A line is picked, and what is asked for is no figure of the line.",
                "Bir satır seçiliyor; oysa seçilen satırın bir değeri söylenmemiş.",
            ),
            "without": Words(
                "`other` can be counted, added up, and stand in `for all`; here one line cannot be left out.",
                "`geri kalan` ile sayılır, toplanır ya da `tümü için` denir; burada tek bir satır dışarıda bırakılamaz.",
            ),
        }[self.mistake]

    def instead_words(self) -> Words:
        """The next step."""
        return {
            "other": Words(
                "Write it in a definition of the line (`define holder's linked = …`), or within `for all holders: …`.",
                "Satırın bir tanımında (`tanım sahip'in bağlı = …`) ya da `sahipler'in tümü için: …` içinde yazın.",
            ),
            "this": Words(
                "Write it in a definition of the line, or within a condition on a list of such lines.",
                "Satırın bir tanımında ya da öyle satırların listesiyle ilgili bir koşulda yazın.",
            ),
            "so_far": Words(
                "Write it in a definition of the line: `define cost's earlier = amount so far by paid_on`",
                "Satırın bir tanımında yazın: `tanım gider'in öncekiler = tarihi'ne göre önceki satırların toplam tutarı`",
            ),
            "figure": Words(
                "Name a figure of the line; a share of it needs brackets: `5% of (profit of the latest report by year)`",
                "Satırın bir değerini yazın; payı için parantez gerekir: `(yılı'na göre raporlar'ın sonuncusunun kârı) üzerinden %5`",
            ),
            "without": Words(
                "Say with a condition which lines are meant: `where id is not this holder's id`",
                "Hangi satırların kastedildiğini bir koşulla söyleyin: `kimliği bu sahip'in kimliği olmayanlar`",
            ),
        }[self.mistake]


# ---- money, tables, time -----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class StepOrder(Problem):
    """A step of a support stands after one that comes later."""

    code = "GR401"
    later: Words
    title = Words("The steps are out of order", "Adımların sırası bozuk")
    why = Words(
        "Every calculation makes this step before {later}, but it stands below them.",
        "Her hesapta bu adım önce yapılır, sonra {later}; oysa onların altında duruyor.",
    )
    instead = Words(
        "Move it up. The order is: cost (`eligible cost`, `cost ceiling`, `count limit`), rate (`rate`, `bonus`,"
        " `rate ceiling`), then support.",
        "Yukarı taşıyın. Sıra: gider (`uygun gider`, `gider tavanı`, `adet sınırı`), oran (`oran`, `ilave`, `oran tavanı`),"
        " sonra destek.",
    )


@frozen(kw_only=True)
class ExcessUnsaid(Problem):
    """A ceiling that does not say what happens to the excess."""

    code = "GR402"
    scope: str
    title = Words("What happens to the excess?", "Aşan kısım ne olacak?")
    why = Words(
        "A ceiling says what becomes of the part above it; nothing is assumed.",
        "Tavan, kendisini aşan kısma ne olacağını söyler; hiçbir şey varsayılmaz.",
    )

    def instead_words(self) -> Words:
        """The manners that fit this ceiling."""
        if self.scope == "single":
            return Words(
                "Add `excess is trimmed` or `excess refuses the application`.",
                "`aşan kısım kesilir` ya da `aşan kısım başvuruyu düşürür` ekleyin.",
            )
        if self.scope == "each":
            return Words(
                "Add `excess is trimmed`, `excess drops the line` or `excess refuses the application`.",
                "`aşan kısım kesilir`, `aşan kısım kalemi düşürür` ya da `aşan kısım başvuruyu düşürür` ekleyin.",
            )
        return Words(
            "Add `excess is cut pro rata`, `excess is cut from the last line first` or `excess refuses the application`.",
            "`aşan kısım orantılı kesilir`, `aşan kısım son kalemden kesilir` ya da `aşan kısım başvuruyu düşürür` ekleyin.",
        )


@frozen(kw_only=True)
class ExcessDoesNotFit(Problem):
    """A manner of cutting that this ceiling cannot have."""

    code = "GR403"
    scope: str
    title = Words("This cut does not fit the ceiling", "Bu kesinti tavana uymuyor")

    def why_words(self) -> Words:
        """What is missing: a way to share the cut, or lines to share it."""
        if self.scope in ("single", "each"):
            return Words(
                "The ceiling is on one amount at a time; there are no other lines to share the cut with.",
                "Tavan tek bir tutar için; kesintiyi paylaşacak başka kalem yok.",
            )
        return Words(
            "The ceiling is on several lines together; `is trimmed` does not say which line loses how much.",
            "Tavan birkaç kalem için birlikte; `kesilir` hangi kalemin ne kadar kesileceğini söylemiyor.",
        )

    def instead_words(self) -> Words:
        """The manners that fit."""
        if self.scope == "single":
            return Words(
                "Write `excess is trimmed` or `excess refuses the application`.",
                "`aşan kısım kesilir` ya da `aşan kısım başvuruyu düşürür` yazın.",
            )
        if self.scope == "each":
            return Words(
                "Write `excess is trimmed`, `excess drops the line` or `excess refuses the application`.",
                "`aşan kısım kesilir`, `aşan kısım kalemi düşürür` ya da `aşan kısım başvuruyu düşürür` yazın.",
            )
        return Words(
            "Write `excess is cut pro rata`, `excess is cut from the last line first` or `excess refuses the application`.",
            "`aşan kısım orantılı kesilir`, `aşan kısım son kalemden kesilir` ya da `aşan kısım başvuruyu düşürür` yazın.",
        )


@frozen(kw_only=True)
class ScopeOfCeiling(Problem):
    """`each`, `together` or `per` on a single amount, or a bare `at most` on lines."""

    code = "GR404"
    single: bool
    title = Words("A ceiling on what?", "Neyin tavanı?")

    def why_words(self) -> Words:
        """What the support is about."""
        if self.single:
            return Words(
                "This support has one amount and no lines.", "Bu desteğin tek bir tutarı var, kalemleri yok."
            )
        return Words(
            "This support has lines; the ceiling must say whether it is for each line or for all together.",
            "Bu desteğin kalemleri var; tavan her biri için mi birlikte mi olduğunu söylemeli.",
        )

    def instead_words(self) -> Words:
        """The words that fit."""
        if self.single:
            return Words("Write `at most …` alone.", "Yalnız `en fazla …` yazın.")
        return Words(
            "Write `each at most …`, `together at most …` or `per company at most …`.",
            "`her biri en fazla …`, `birlikte en fazla …` ya da `şirket başına en fazla …` yazın.",
        )


@frozen(kw_only=True)
class NoLines(Problem):
    """`where`, `only where` or a count limit where there are no lines to choose from."""

    code = "GR405"
    supplement: bool = False
    title = Words("There are no lines here", "Burada kalem yok")

    def why_words(self) -> Words:
        """The support has one amount, or the step."""
        if self.supplement:
            return Words(
                "A supplement is one amount for the whole support; `where` would choose lines of a list.",
                "Ek ödeme, desteğin tamamı için tek bir tutardır; `kapsamı` ise bir listenin kalemlerini seçerdi.",
            )
        return Words(
            "This support is calculated from one amount; the marked part would choose lines of a list.",
            "Bu destek tek bir tutardan hesaplanıyor; işaretli bölüm ise bir listenin kalemlerini seçerdi.",
        )

    instead = Words(
        "For a condition on the application write `when …`.",
        "Başvuruya ilişkin bir koşul için `… ise uygulanır` yazın.",
    )


@frozen(kw_only=True)
class NoBaseOfSupport(Problem):
    """A support that does not say what it is computed from."""

    code = "GR406"
    title = Words("A support of what?", "Neyin desteği?")
    why = Words(
        "The support does not say what it is calculated from.", "Destek neyden hesaplandığını söylemiyor."
    )
    instead = Words(
        "Add `from costs counting amount`, `from price` or `computed as …`.",
        "`kalemler giderler, tutarı esasıyla`, `tek tutar fiyat` ya da `hesabı …` ekleyin.",
    )


@frozen(kw_only=True)
class RateOfComputed(Problem):
    """A rate or cost step in a support that is computed directly."""

    code = "GR407"
    title = Words("A computed support has no cost and no rate", "Hesaplanan desteğin gideri ve oranı olmaz")
    why = Words(
        "`computed as` gives the support itself; cost steps and rates work on a cost.",
        "`hesabı` desteğin kendisini verir; gider adımları ve oranlar bir gidere uygulanır.",
    )
    instead = Words(
        "Take the step out, or write `from …` in place of `computed as …`.",
        "Adımı çıkarın ya da `tek tutar …` yazın, `hesabı …` yerine.",
    )


@frozen(kw_only=True)
class SlicesOfOneKey(Problem):
    """A table slice by slice with several keys, or with rows that are no slices."""

    code = "GR408"
    title = Words("Slices are cut out of one figure", "Dilimler tek bir değerden kesilir")
    why = Words(
        "A table `slice by slice` has one key, and each row begins with a range of it; what falls into a range is the"
        " slice.",
        "Bir tablo `dilim dilim` ise tek anahtarı vardır ve her satır onun bir aralığıyla başlar; aralığa düşen bölüm"
        " dilimdir.",
    )
    instead = Words(
        "Keep one key, and begin each row like `up to 50 000 TRY` or `above 50 000 TRY to 100 000 TRY`.",
        "Tek anahtar bırakın; satırları `50 000 TRY ve altı` ya da `50 000 TRY üstü 100 000 TRY ve altı` gibi başlatın.",
    )


@frozen(kw_only=True)
class CellDoesNotFit(Problem):
    """A condition in the place of a result, or a result in the place of a condition."""

    code = "GR409"
    key: bool
    unset: bool = False
    divided: bool = True
    title = Words("This cell does not fit its column", "Bu hücre sütununa uymuyor")

    def why_words(self) -> Words:
        """What the column holds."""
        if self.unset:
            return Words(
                "What is not set yet has a name, so that a decision can say what it waits for; a cell has none.",
                "Belirlenmemiş bir değerin adı olur ki karar neyi beklediğini söyleyebilsin; hücrenin adı yoktur.",
            )
        if not self.divided:
            return Words(
                "`no base` is about a key that divides by something, which may be 0; here nothing is divided.",
                "`payda sıfır` bölme içeren bir anahtar içindir; bölen 0 olabilir. Burada bölme yok.",
            )
        if self.key:
            return Words(
                "This column says when a row fits; the cell says what the row gives.",
                "Bu sütun bir satırın ne zaman uyduğunu söyler; hücre ise satırın ne verdiğini söylüyor.",
            )
        return Words(
            "This column says what a row gives; the cell says when a row fits.",
            "Bu sütun bir satırın ne verdiğini söyler; hücre ise satırın ne zaman uyduğunu söylüyor.",
        )

    def instead_words(self) -> Words:
        """What the column takes."""
        if self.unset:
            return Words(
                "Make a parameter that is `not set`, and write its name into the cell.",
                "`belirlenmemiş` bir parametre yapın, adını hücreye yazın.",
            )
        if not self.divided:
            return Words(
                "Take the row out, or write the division into the key: `by drop = (100% - (now / before))`.",
                "Satırı çıkarın ya da bölmeyi anahtara yazın: `düşüş = (%100 - (şimdi / önce))'e göre`.",
            )
        if self.key:
            return Words(
                "Write a value, a range such as `up to 50`, or `any`.",
                "Bir değer, `50 ve altı` gibi bir aralık ya da `hepsi` yazın.",
            )
        return Words("Write one value, or `does not apply`.", "Tek bir değer ya da `kapsam dışı` yazın.")


@frozen(kw_only=True)
class TableShape(Problem):
    """A row with another number of cells than the table has columns."""

    code = "GR410"
    found: int
    needed: int
    title = Words("A row does not fit the table", "Satır tabloya uymuyor")
    why = Words(
        "The row has {found} cells; the table has {needed} columns.",
        "Satırda {found} hücre var; tabloda {needed} sütun var.",
    )
    instead = Words(
        "Give every column its cell; `any` fits every value; a row for the rest begins with `otherwise`.",
        "Her sütuna bir hücre yazın; `hepsi` her değere uyar; kalanların satırı `diğer hâllerde` ile başlar.",
    )


@frozen(kw_only=True)
class TableGap(Problem):
    """Values for which the table has no row."""

    code = "GR411"
    example: Words
    bounds: bool
    title = Words("The table has a gap", "Tabloda boşluk var")
    why = Words("No row fits where {example}.", "Şu durumda hiçbir satır uymuyor: {example}.")

    def instead_words(self) -> Words:
        """A row; or bounds that meet."""
        if self.bounds:
            return Words(
                "Add a row, or let the bounds meet (`to below 50`, then `from 50`); for values that get nothing write"
                " `otherwise | does not apply`.",
                "Satır ekleyin ya da sınırları birleştirin (`50 altı`, ardından `50 ve üstü`); bir şey verilmeyen değerler"
                " için `diğer hâllerde | kapsam dışı` yazın.",
            )
        return Words(
            "Add a row for it; for values that get nothing write `otherwise | does not apply`.",
            "Onun için bir satır ekleyin; bir şey verilmeyen değerler için `diğer hâllerde | kapsam dışı` yazın.",
        )


@frozen(kw_only=True)
class TableOverlap(Problem):
    """Values for which two rows with different results fit."""

    code = "GR412"
    example: Words
    title = Words("Two rows fit", "İki satır birden uyuyor")
    why = Words(
        "Where {example}, both marked rows fit, and they give different values.",
        "Şu durumda işaretli iki satır da uyuyor ve farklı değerler veriyor: {example}.",
    )
    instead = Words(
        "Separate the rows, or add the line `first line that fits` above them.",
        "Satırları ayırın ya da üstlerine `uyan ilk satır` satırını ekleyin.",
    )


@frozen(kw_only=True)
class NeverReached(Problem):
    """A row or line that can never be chosen."""

    code = "GR413"
    severity = "warning"
    title = Words("This line is never reached", "Bu satıra hiç sıra gelmez")
    why = Words(
        "Whatever fits here already fits a line above.",
        "Buraya uyan her şey daha yukarıdaki bir satıra uyuyor.",
    )
    instead = Words("Move it up, or take it out.", "Yukarı taşıyın ya da çıkarın.")


@frozen(kw_only=True)
class TooManyRows(Problem):
    """`otherwise` is not the last, or cases follow a line without a condition."""

    code = "GR414"
    title = Words("Nothing can follow the rest", "Kalanlardan sonra satır gelmez")
    why = Words(
        "`otherwise` takes whatever is left; it stands once, as the last line.",
        "`diğer hâllerde` geriye ne kaldıysa alır; bir kez ve sonda yazılır.",
    )
    instead = Words("Move it to the end.", "Onu sona taşıyın.")


@frozen(kw_only=True)
class NoValue(Problem):
    """Every case or row of a figure says that it does not apply."""

    code = "GR429"
    name: str
    title = Words("A figure that never has a value", "Hiçbir zaman değeri olmayan bir değer")
    why = Words(
        "Every line says that `{name}` does not apply, so nobody can tell what kind of value it would be.",
        "Her satır `{name}` için kapsam dışı diyor; bu yüzden nasıl bir değer olacağı bilinemez.",
    )
    instead = Words(
        "Give one line a value, or write the condition alone: a `define` may hold or not.",
        "Bir satıra değer yazın ya da yalnız koşulu yazın: bir `tanım` sağlanan ya da sağlanmayan bir koşul olabilir.",
    )


@frozen(kw_only=True)
class VersionsOverlap(Problem):
    """Two versions of one statement are in force on one day."""

    code = "GR415"
    name: str
    day: Words
    title = Words("Two versions on one day", "Bir günde iki sürüm")
    why = Words(
        "Both marked versions of `{name}` are in force {day}.",
        "`{name}` için işaretli iki sürüm de {day} yürürlükte.",
    )
    instead = Words(
        "End one the day before the other begins.", "Birini öbürünün başladığı günden bir gün önce bitirin."
    )


@frozen(kw_only=True)
class VersionsHole(Problem):
    """Days between two versions on which none is in force."""

    code = "GR416"
    severity = "warning"
    name: str
    first: str
    last: str
    title = Words("Days without a figure", "Değersiz günler")
    why = Words(
        "No version of `{name}` is in force from {first} to {last}; on those days nothing can be decided with it.",
        "{first} ile {last} arasında `{name}` için yürürlükte bir sürüm yok; o günlerde onunla karar verilemez.",
    )
    instead = Words(
        "Close the hole, or leave it if it is meant.", "Boşluğu kapatın; bilerek bırakıldıysa dokunmayın."
    )


@frozen(kw_only=True)
class RangeTurned(Problem):
    """A range whose end lies before its start."""

    code = "GR417"
    title = Words("The range is empty", "Aralık boş")
    why = Words(
        "No value is in this range: it ends where or before it begins.",
        "Bu aralıkta hiçbir değer yok: başladığı yerde ya da daha önce bitiyor.",
    )
    instead = Words(
        "Exchange the two bounds, or correct them.", "İki sınırın yerini değiştirin ya da düzeltin."
    )


@frozen(kw_only=True)
class NeedsConstant(Problem):
    """A written figure is needed, not a computed one."""

    code = "GR418"
    whole: bool = False
    title = Words("A written value is needed", "Yazılı bir değer gerekiyor")

    def why_words(self) -> Words:
        """Something computed, or something no value can be written for."""
        if self.whole:
            return Words(
                "There is no way to write a whole list or record into this line.",
                "Bu satıra bir listenin ya da kaydın tamamı yazılamaz.",
            )
        return Words(
            "This place takes a value as it is written, not one that is calculated or given in the application.",
            "Burada yazıldığı gibi bir değer gerekir; hesaplanan ya da başvuruda verilen bir değer olmaz.",
        )

    def instead_words(self) -> Words:
        """The value; or the statement for what is computed."""
        if self.whole:
            return Words("Take it out, or write `(optional)`.", "Çıkarın ya da `(isteğe bağlı)` yazın.")
        return Words(
            "Write the value itself. What is calculated goes into a `define`, a bound on it into a `require`.",
            "Değerin kendisini yazın. Hesaplanan değer `tanım` ile, ona konan sınır `şart` ile yazılır.",
        )


@frozen(kw_only=True)
class SupplementPlace(Problem):
    """A supplement that stands on the other side of the ceilings than it says."""

    code = "GR419"
    within: bool
    title = Words("The supplement stands on the wrong side", "Ek ödeme yanlış yerde")

    def why_words(self) -> Words:
        """What the line says, and where the step stands."""
        if self.within:
            return Words(
                "It is `within the ceilings`, so it is added before they cut; but it stands below one of them.",
                "`tavanlara dahil` olduğundan tavanlar kesmeden önce eklenir; oysa birinin altında duruyor.",
            )
        return Words(
            "It is `on top of the ceilings`, so it is added after they have cut; but it stands above one of them.",
            "`tavanlardan ayrı` olduğundan tavanlar kestikten sonra eklenir; oysa birinin üstünde duruyor.",
        )

    def instead_words(self) -> Words:
        """Move it, or say the other thing."""
        if self.within:
            return Words(
                "Move it above the ceilings, or write `on top of the ceilings`.",
                "Tavanların üstüne taşıyın ya da `tavanlardan ayrı` yazın.",
            )
        return Words(
            "Move it below the ceilings, or write `within the ceilings`.",
            "Tavanların altına taşıyın ya da `tavanlara dahil` yazın.",
        )


@frozen(kw_only=True)
class NotConstantInGroup(Problem):
    """A ceiling per group reads something that differs inside the group."""

    code = "GR420"
    name: str
    title = Words("The ceiling of a group must be one figure", "Grubun tavanı tek bir değer olmalı")
    why = Words(
        "The ceiling reads `{name}` of a line, which may differ between the lines of one group.",
        "Tavan, satırın `{name}` değerini okuyor; bu, aynı gruptaki satırlarda farklı olabilir.",
    )
    instead = Words(
        "Read only what the group is made by (after `per`).",
        "Yalnız grubun kurulduğu alanları okuyun (`başına` ile verilenler).",
    )


@frozen(kw_only=True)
class NestedTooDeep(Problem):
    """Totals inside totals inside totals."""

    code = "GR421"
    most: int
    title = Words("Totals within totals", "Toplam içinde toplam")
    why = Words(
        "Here lists are gone through inside one another, more than {most} deep; with long lists that would not end.",
        "Burada listeler {most} kattan fazla iç içe taranıyor; uzun listelerde bu bitmezdi.",
    )
    instead = Words(
        "Give the inner total a name of its own with `define`, and use the name.",
        "İçteki toplama `tanım` ile kendi adını verin ve o adı kullanın.",
    )


@frozen(kw_only=True)
class AlwaysRefused(Problem):
    """Requirements that contradict each other."""

    code = "GR422"
    severity = "warning"
    title = Words("Nobody can meet both", "İkisini birden kimse sağlayamaz")
    why = Words(
        "The marked conditions exclude each other, so no application is eligible.",
        "İşaretli koşullar birbirini dışlıyor; hiçbir başvuru uygun olamaz.",
    )
    instead = Words(
        "Check the two figures; perhaps one is `any of`.",
        "İki rakamı denetleyin; belki `şunlardan en az biri` denmek isteniyor.",
    )


@frozen(kw_only=True)
class StrangeRate(Problem):
    """A percentage that is probably a slip."""

    code = "GR423"
    severity = "warning"
    text: str
    above: bool
    title = Words("An unusual rate", "Alışılmadık bir oran")

    def why_words(self) -> Words:
        """Above all or next to nothing."""
        if self.above:
            return Words(
                "{text} is above 100%: more would be paid than was spent.",
                "{text}, %100'den büyük: harcanandan fazlası ödenirdi.",
            )
        return Words("{text} is below 1%.", "{text}, %1'den küçük.")

    instead = Words(
        "Check the figure: seventy percent is written `70%`.",
        "Rakamı denetleyin: yüzde yetmiş `%70` yazılır.",
    )


@frozen(kw_only=True)
class InstalmentsDoNotAddUp(Problem):
    """Instalments that need not be what is paid."""

    code = "GR424"
    how: Literal["none", "several", "rest", "above", "basis"]
    title = Words("The instalments need not add up", "Taksitlerin toplamı tutmayabilir")

    def why_words(self) -> Words:
        """What is wrong with them together."""
        return {
            "none": Words(
                "Together they may be more or less than the support: none of them takes the rest.",
                "Toplamları destekten az ya da çok olabilir: hiçbiri kalan tutarı almıyor.",
            ),
            "several": Words(
                "Two of them take the rest; nobody could tell how it is divided.",
                "İkisi birden kalan tutarı alıyor; nasıl bölüneceği bilinemez.",
            ),
            "rest": Words(
                "The instalment that takes the rest has a ceiling, a rounding or a condition; what it leaves would be"
                " paid to nobody.",
                "Kalan tutarı alan taksitin tavanı, yuvarlaması ya da koşulu var; bıraktığı kimseye ödenmezdi.",
            ),
            "above": Words(
                "The shares are 100% or more together, so that nothing is left for the rest.",
                "Payların toplamı %100 ya da daha fazla; kalan tutar hiç olmaz.",
            ),
            "basis": Words(
                "The support is only a basis for others; nothing of it is ever paid.",
                "Destek yalnız hesaba esastır; ondan hiçbir ödeme yapılmaz.",
            ),
        }[self.how]

    def instead_words(self) -> Words:
        """One instalment takes the rest, and nothing else."""
        if self.how == "basis":
            return Words("Take the instalments out.", "Taksitleri çıkarın.")
        if self.how == "above":
            return Words("Check the shares.", "Payları denetleyin.")
        return Words(
            "Let one instalment, such as the last, say `the rest` and nothing more about its amount.",
            "Bir taksit, örneğin sonuncusu, tutarı için yalnız `kalan tutar` desin.",
        )


@frozen(kw_only=True)
class NumberOfParts(Problem):
    """A number of equal instalments that cannot be meant."""

    code = "GR425"
    most: int
    title = Words("A number of equal instalments", "Eşit taksitlerin sayısı")
    why = Words(
        "The number of parts is a whole number from 2 to {most}.",
        "Parça sayısı 2 ile {most} arasında bir tam sayıdır.",
    )
    instead = Words(
        "Write, for instance: `the rest in 12 parts`", "Örneğin şunu yazın: `kalan tutar 12 parçada`"
    )


@frozen(kw_only=True)
class RepayableBasis(Problem):
    """A support that is never paid cannot be paid back."""

    code = "GR426"
    title = Words("Repayable, and never paid", "Geri ödemeli, ama hiç ödenmiyor")
    why = Words(
        "The support is `only a basis` for others: nothing of it is paid, so nothing can be paid back.",
        "Destek `yalnız hesaba esas`: ondan bir şey ödenmez ki geri ödensin.",
    )
    instead = Words("Keep one of the two lines.", "İki satırdan birini bırakın.")


@frozen(kw_only=True)
class RoundingPlace(Problem):
    """Where a rounding that has a name is done is said twice, or not at all, or there are no lines to do it on."""

    code = "GR427"
    name: str
    how: Literal["twice", "unsaid", "no_lines"]
    title = Words("Each line, or once at the end?", "Her kalemde mi, sonda bir kez mi?")

    def why_words(self) -> Words:
        """What is wrong with the place."""
        return {
            "twice": Words(
                "`{name}` says itself whether each line is rounded or the sum, and here it is said again.",
                "`{name}` her kalemin mi toplamın mı yuvarlandığını kendisi söylüyor, burada bir daha söylenmiş.",
            ),
            "unsaid": Words(
                "`{name}` says how to round and not where: each line, or the sum once; the amounts differ.",
                "`{name}` nasıl yuvarlandığını söylüyor, nerede olduğunu söylemiyor: her kalem ya da bir kez toplam;"
                " tutarlar farklı olur.",
            ),
            "no_lines": Words(
                "`{name}` is about the lines of a support; here one amount is rounded, and it has no lines.",
                "`{name}` bir desteğin kalemleri içindir; burada tek bir tutar yuvarlanıyor, kalemi yok.",
            ),
        }[self.how]

    def instead_words(self) -> Words:
        """Say the place once."""
        if self.how == "twice":
            return Words(
                "Leave it out here: `rounding as {name}`", "Burada yazmayın: `yuvarlama {name} kuralıyla`"
            )
        if self.how == "unsaid":
            return Words(
                "Write, for instance: `rounding as {name}, once at the end`",
                "Örneğin şunu yazın: `yuvarlama {name} kuralıyla, sonda bir kez`",
            )
        return Words(
            "State a rounding without `each line` and `once at the end`, and say that where a support uses it.",
            "`her kalemde` ve `sonda bir kez` demeyen bir yuvarlama bildirin; bunları kullanan destek söylesin.",
        )


@frozen(kw_only=True)
class CalendarYears(Problem):
    """The years or days of a calendar do not fit together."""

    code = "GR428"
    how: Literal["gap", "again", "no_year", "other_year", "day_again"]
    year: str = ""
    title = Words("The years of the calendar", "Takvimin yılları")

    def why_words(self) -> Words:
        """What does not fit."""
        return {
            "gap": Words(
                "The year {year} has no list of holidays, and stands between years that have one; that it has none is a"
                " guess.",
                "{year} yılının tatil listesi yok, oysa önceki ve sonraki yılların var; tatilsiz saymak tahmin olurdu.",
            ),
            "again": Words("This year has its list already.", "Bu yılın listesi zaten var."),
            "no_year": Words(
                "A line begins with a year of four digits.", "Satır dört basamaklı bir yılla başlar."
            ),
            "other_year": Words("This day is not in {year}.", "Bu gün {year} yılında değil."),
            "day_again": Words("This day is listed twice.", "Bu gün iki kez yazılmış."),
        }[self.how]

    instead = Words(
        "Write one line for each year, with all its holidays: `2026 | 2026-01-01, 2026-05-01`",
        "Her yıl için bütün tatil günleriyle bir satır yazın: `2026 | 2026-01-01, 2026-05-01`",
    )


# ---- rankings ----------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class NothingToFund(Problem):
    """A budget in a programme that does not pay in one currency."""

    code = "GR471"
    currencies: tuple[str, ...]
    title = Words("A budget without one currency to pay in", "Tek bir ödeme birimi olmadan bütçe")

    def why_words(self) -> Words:
        """Nothing is paid at all, or in several currencies."""
        if not self.currencies:
            return Words(
                "The programme pays no support, so no application asks for a part of the budget.",
                "Program destek ödemiyor; hiçbir başvuru bütçeden pay istemez.",
            )
        return Words(
            "The programme pays in {currencies}; one budget cannot be counted in several currencies.",
            "Program şu birimlerle ödüyor: {currencies}. Tek bütçe birkaç para birimiyle sayılamaz.",
        )

    instead = Words(
        "Use `awards at most …` instead, or pay in one currency (`converted to …`).",
        "Yerine `ödül sayısı en fazla …` yazın ya da tek para birimiyle ödeyin (`karşılığı`).",
    )


@frozen(kw_only=True)
class NotTheSameForAll(Problem):
    """A budget, a number of awards or a reserve list that differs between the applications it is for."""

    code = "GR472"
    name: str
    title = Words("It must be the same for all applications", "Bütün başvurular için aynı olmalı")
    why = Words(
        "This figure depends on `{name}`, which each application has for itself; all of them share one.",
        "Bu değer, her başvuruda ayrı olan `{name}` değerine bağlı; oysa hepsi tek bir değeri paylaşır.",
    )
    instead = Words(
        "Write the figure, or a `parameter` with one line that holds for all days.",
        "Değerin kendisini ya da bütün günler için tek satırlı bir `parametre` yazın.",
    )


@frozen(kw_only=True)
class OnlyOfShares(Problem):
    """A bound of what each gets, where the budget is not shared."""

    code = "GR473"
    title = Words("Nothing is shared here", "Burada paylaşılan bir şey yok")
    why = Words(
        "This line is about the part that each gets of a budget shared among all; here whoever fits is paid what it asks.",
        "Bu satır, hepsine paylaştırılan bütçeden herkese düşen pay içindir; burada sığan, istediğini alır.",
    )
    instead = Words(
        "Write it into the support (`support ceiling`, `support floor`), or share: `share the budget among all`",
        "Desteğe yazın (`destek tavanı`, `destek tabanı`) ya da paylaştırın: `bütçe hepsine paylaştırılır`",
    )


@frozen(kw_only=True)
class NoPlainColumn(Problem):
    """A list or a record as a column of a ranking example."""

    code = "GR474"
    name: str
    title = Words("A column that holds no single value", "Tek değer almayan bir sütun")
    why = Words(
        "`{name}` is a list or a record; a cell of this table holds one value.",
        "`{name}` bir liste ya da kayıt; bu tablonun bir hücresi tek değer alır.",
    )
    instead = Words(
        "Write it in an `example`, and name that example in the column `like`.",
        "Onu bir `örnek` içinde yazın, `temeli` sütununda o örneğin adını verin.",
    )


@frozen(kw_only=True)
class WrongCell(Problem):
    """A cell of a ranking example that does not fit its column."""

    code = "GR475"
    column: Literal["like", "fact", "outcome", "place", "amount"]
    currency: str = ""
    title = Words("A cell that does not fit its column", "Sütununa uymayan bir hücre")

    def why_words(self) -> Words:
        """What the column holds."""
        return {
            "like": Words(
                "Under `like` stands the name of one example.", "`temeli` altında tek bir örneğin adı durur."
            ),
            "fact": Words(
                "Words for what becomes of an application stand under `expect outcome`; this column holds a fact.",
                "Bir başvurunun sonucunu söyleyen sözler `beklenen sonuç` altında durur; bu sütunda bir veri var.",
            ),
            "outcome": Words(
                "This is none of the six outcomes that an application can have.",
                "Bu, bir başvurunun alabileceği altı sonuçtan biri değil.",
            ),
            "place": Words(
                "A place is a whole number from 1 on, or `absent` where an application has none.",
                "Sıra, 1'den başlayan bir tam sayıdır; sırası olmayan başvuruda `yok` yazılır.",
            ),
            "amount": Words(
                "An amount is money; an application that is awarded nothing has an amount of 0.",
                "Tutar paradır; hiçbir şey almayan başvurunun tutarı 0'dır.",
            ),
        }[self.column]

    def instead_words(self) -> Words:
        """What may stand there."""
        return {
            "like": Words("Write for instance: `small_firm`", "Örneğin şunu yazın: `küçük_firma`"),
            "fact": Words(
                "Write the value of the fact, or correct the heading.",
                "Verinin değerini yazın ya da başlığı düzeltin.",
            ),
            "outcome": Words(
                "Write `funded`, `funded in part`, `on the reserve list`, `not funded`, `not eligible` or"
                " `not decided`.",
                "Şunlardan birini yazın: `desteklenir`, `kısmen desteklenir`, `yedek listede`, `desteklenmez`, `uygun"
                " değil`, `karara bağlanmadı`.",
            ),
            "place": Words("Write for instance: `1`", "Örneğin şunu yazın: `1`"),
            "amount": Words("Write for instance: `0 {currency}`", "Örneğin şunu yazın: `0 {currency}`"),
        }[self.column]


@frozen(kw_only=True)
class RankingHasNone(Problem):
    """An expectation of places or money that the ranking does not give."""

    code = "GR476"
    name: str
    what: Literal["place", "amount", "left_over"]
    title = Words("The ranking gives no such thing", "Sıralama böyle bir şey vermiyor")

    def why_words(self) -> Words:
        """No order, or no budget."""
        if self.what == "place":
            return Words(
                "`{name}` has no `order by`, so nobody has a place in it.",
                "`{name}` sıralamasında `sıra` satırı yok; kimsenin bir sırası olmaz.",
            )
        return Words(
            "`{name}` has no budget: it says who is funded, and gives no money that could be compared.",
            "`{name}` sıralamasının bütçesi yok: kimin destekleneceğini söyler, karşılaştırılacak bir tutar vermez.",
        )

    instead = Words(
        "Leave this out and expect the outcome: `expect outcome`.",
        "Bunu çıkarın, sonucu bekleyin: `beklenen sonuç`.",
    )


@frozen(kw_only=True)
class RefusedAndExpected(Problem):
    """A ranking that is to be refused, and to come to something."""

    code = "GR477"
    name: str
    title = Words("A ranking that is refused comes to nothing", "Yapılamayan sıralamanın sonucu olmaz")
    why = Words(
        "`{name}` expects that the ranking is refused because of a tie, and beside that what it comes to.",
        "`{name}` hem eşitlik yüzünden sıralamanın yapılamamasını hem de bir sonuç bekliyor.",
    )
    instead = Words(
        "Keep one of the two: the line `expect refused because tied: …`, or the other expectations.",
        "Birini bırakın: ya `beklenen eşitlik yüzünden yapılamaz: …` satırını ya da öbür beklentileri.",
    )


# ---- bounds ------------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class TooEntangled(Problem):
    """Figures or conditions that lean on one another deeper than can be followed."""

    code = "GR611"
    title = Words("Too many things lean on one another", "Birbirine dayanan çok fazla şey var")
    why = Words(
        "From here on so many figures or conditions stand inside one another that they cannot be followed to the end.",
        "Buradan sonra sonuna kadar izlenemeyecek kadar çok değer ya da koşul iç içe.",
    )
    instead = Words(
        "Split what stands here into definitions that use fewer brackets and blocks.",
        "Buradakini daha az parantez ve blok kullanan tanımlara bölün.",
    )


@frozen(kw_only=True)
class MoreMistakes(Problem):
    """The end of a report that is cut off."""

    code = "GR612"
    count: int
    title = Words("More mistakes, not listed", "Listelenmeyen başka hatalar")
    why = Words(
        "There are {count} more mistakes in this file than are listed (the limit `diagnostics`).",
        "Bu dosyada listelenenlerden başka {count} hata daha var (`diagnostics` sınırı).",
    )
    instead = Words("Correct those above first.", "Önce yukarıdakileri düzeltin.")


@frozen(kw_only=True)
class MoreWarnings(Problem):
    """The end of the warnings, where there are too many; the programme can be used."""

    code = "GR614"
    severity = "warning"
    count: int
    title = Words("More warnings, not listed", "Listelenmeyen başka uyarılar")
    why = Words(
        "There are {count} more warnings about this file than are listed (the limit `diagnostics`).",
        "Bu dosya için listelenenlerden başka {count} uyarı daha var (`diagnostics` sınırı).",
    )
    instead = Words(
        "Look into those above; the others are listed then.",
        "Yukarıdakilere bakın; diğerleri ondan sonra listelenir.",
    )


@frozen(kw_only=True)
class TooMuchWork(Problem):
    """A decision that could take more steps than the limit."""

    code = "GR613"
    steps: int
    most: int
    title = Words("A decision could take too long", "Karar çok uzun sürebilir")
    why = Words(
        "One decision could take {steps} steps, most of them here; the limit `steps` is {most}. Lists that are gone "
        "through inside one another multiply, and a list without a length may be as long as the limit `list_items` allows.",
        "Bir karar {steps} adım sürebilir; çoğu burada. `steps` sınırı {most}. İç içe taranan listeler birbiriyle çarpılır; "
        "uzunluğu yazılmamış bir liste `list_items` sınırı kadar uzun olabilir.",
    )
    instead = Words(
        "Say how long the lists are at most, as in `list of cost (at most 200)`, or give the inner total a name with `define`.",
        "Listelerin en fazla kaç satır olduğunu yazın, örneğin `gider listesi (en fazla 200)`; ya da içteki toplama `tanım` ile ad verin.",
    )


# ---- examples ---------------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class FactNotHere(Problem):
    """A promise names a programme that asks for a fact this one does not have."""

    code = "GR453"
    name: str
    programme: str
    title = Words("The other programme asks for more", "Öbür program daha fazlasını soruyor")
    why = Words(
        "`{programme}` asks for `{name}`, and this programme does not. Without it the two cannot be held against each"
        " other.",
        "`{programme}` `{name}` soruyor, bu program sormuyor. O olmadan ikisi karşılaştırılamaz.",
    )
    instead = Words(
        "Declare `{name}` here as well, or give it a value there for applications that leave it out (`… if absent`).",
        "`{name}` verisini burada da bildirin ya da orada verilmediğinde alacağı değeri yazın (`verilmemişse …`).",
    )


@frozen(kw_only=True)
class FactTakenOtherwise(Problem):
    """A promise names a programme that would not take every value a fact may have here."""

    code = "GR454"
    name: str
    programme: str
    how: Words
    title = Words(
        "The other programme takes this fact otherwise", "Öbür program bu veriyi başka türlü alıyor"
    )
    why = Words(
        "Both ask for `{name}`, but {how}. So `{programme}` could not decide every application to this programme.",
        "İkisi de `{name}` soruyor, ama {how}. Bu yüzden `{programme}` bu programa yapılan her başvuruya karar veremez.",
    )
    instead = Words(
        "Declare `{name}` alike in both, or leave the promise out.",
        "`{name}` verisini ikisinde de aynı biçimde bildirin ya da güvenceyi çıkarın.",
    )


@frozen(kw_only=True)
class NotInOther(Problem):
    """A promise about a figure that the other programme does not have."""

    code = "GR455"
    name: str
    programme: str
    near: str = ""
    title = Words("The other programme has no such figure", "Öbür programda böyle bir değer yok")
    why = Words(
        "`{programme}` has no support, definition, table, result or score `{name}`.",
        "`{programme}` programında `{name}` adlı bir destek, tanım, tablo, sonuç ya da puanlama yok.",
    )

    def instead_words(self) -> Words:
        """A near name, else what can be done."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        return Words(
            "Name a figure that both have, or promise the whole answer with `decided as in {programme}`.",
            "İkisinde de olan bir değer yazın ya da sonucun tamamı için güvence verin:"
            " `şu programdaki gibi sonuçlanır: {programme}`.",
        )


@frozen(kw_only=True)
class OtherwiseInOther(Problem):
    """A promise about a figure that is something else in the other programme."""

    code = "GR456"
    name: str
    programme: str
    here: Words
    there: Words
    title = Words("The figure is something else there", "Değer orada başka bir şey")
    why = Words(
        "`{name}` is {here} here and {there} in `{programme}`. The two are never the same.",
        "`{name}` burada {here}, `{programme}` programında {there}. İkisi hiçbir zaman aynı olamaz.",
    )
    instead = Words(
        "Name a figure that is of one kind in both.", "İkisinde de aynı türden olan bir değer yazın."
    )


@frozen(kw_only=True)
class NoExpectation(Problem):
    """An example that expects nothing."""

    code = "GR451"
    name: str
    ranking: bool = False
    title = Words("An example without an expectation", "Beklentisiz bir örnek")
    why = Words(
        "`{name}` expects nothing, so it could never fail.",
        "`{name}` hiçbir şey beklemiyor, öyleyse hiç yanılamaz.",
    )

    def instead_words(self) -> Words:
        """A line, or a column in the table of a ranking."""
        if self.ranking:
            return Words(
                "Add a column to `applications`: `expect outcome`, `expect place` or `expect amount`.",
                "`başvurular` tablosuna bir sütun ekleyin: `beklenen sonuç`, `beklenen sıra` ya da `beklenen tutar`.",
            )
        return Words("Add for instance: `expect eligible`", "Örneğin şunu ekleyin: `beklenen uygun`")


@frozen(kw_only=True)
class ExampleFact(Problem):
    """A fact of an example that does not fit its declaration."""

    code = "GR452"
    name: str
    needed: Words
    example: Words = NO_WORDS
    title = Words("A fact of the example does not fit", "Örnekteki bir veri uymuyor")
    why = Words("`{name}` is declared as {needed}.", "`{name}` şöyle bildirilmiş: {needed}.")

    def instead_words(self) -> Words:
        """One value, or a heading and rows."""
        if self.example == NO_WORDS:
            return Words(
                "Write it as it is declared: a list as a heading and rows below its name, a record likewise with one"
                " row, anything else as one value.",
                "Bildirildiği gibi yazın: listeyi adının altında başlık ve satırlarla, kaydı başlık ve tek satırla,"
                " başkasını tek değerle.",
            )
        return Words(
            "Write one value behind its name: `{name} {example}`",
            "Adının ardına tek değer yazın: `{name} {example}`",
        )
