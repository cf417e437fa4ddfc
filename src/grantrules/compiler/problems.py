"""
What can be wrong with the meaning of a programme.

GR2xx names and declarations, GR3xx kinds of values, GR4xx money, tables and time, GR45x examples and promises.
"""

from __future__ import annotations

from attrs import frozen

from grantrules.diagnostics import Problem, Words

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
        "Keep one of the two and move its lines together.", "Birini bırakın, satırlarını birleştirin."
    )


@frozen(kw_only=True)
class MissingHeader(Problem):
    """A header line that something in the file needs is missing."""

    code = "GR203"
    line: Words
    reason: Words
    title = Words("A line is missing under the programme", "Programın altında bir satır eksik")
    instead = Words("Add below the programme line: `{line}`", "Program satırının altına ekleyin: `{line}`")

    def why_words(self) -> Words:
        """What needs the line."""
        return self.reason


@frozen(kw_only=True)
class TwiceDeclared(Problem):
    """One name is given to two things."""

    code = "GR204"
    name: str
    title = Words("One name for two things", "İki şeye aynı ad verilmiş")
    why = Words(
        "`{name}` is declared here and also at the other marked place; a rule that uses it could mean either.",
        "`{name}` hem burada hem de işaretli öbür yerde tanımlı; onu kullanan bir kural ikisini de kastedebilir.",
    )
    instead = Words(
        "Rename one of them. Two versions of one statement need `in force from … to …` in both, without overlap.",
        "Birinin adını değiştirin. Bir deyimin iki sürümü için ikisine de çakışmayan `yürürlük …` satırı yazın.",
    )


@frozen(kw_only=True)
class UnknownName(Problem):
    """A name that nothing in the file declares."""

    code = "GR205"
    name: str
    near: str = ""
    title = Words("An unknown name", "Bilinmeyen bir ad")
    why = Words(
        "Nothing in this file is called `{name}` at this place.",
        "Bu dosyada burada `{name}` adında bir şey yok.",
    )

    def instead_words(self) -> Words:
        """A near name, else where to declare it."""
        if self.near:
            return Words("Did you mean `{near}`?", "`{near}` mi demek istediniz?")
        return Words(
            "Declare it under `application`, in a `record`, or as a `parameter` or `define`; or correct the name.",
            "Onu `başvuru` altında, bir `kayıt` içinde ya da `parametre`, `tanım` olarak bildirin; ya da adı düzeltin.",
        )


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
            return Words("Did you mean `{near}`?", "`{near}` mi demek istediniz?")
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
    title = Words("An unknown code", "Bilinmeyen bir kod")
    why = Words("`{name}` is not {of}.", "`{name}` geçerli değil: {of} bekleniyordu.")

    def instead_words(self) -> Words:
        """Near codes, else where to look."""
        if self.near:
            return Words("Codes that look like it: {near}.", "Benzeyen kodlar: {near}.")
        return Words("Look the code up in the official list.", "Kodu resmî listede arayın.")


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
class Cycle(Problem):
    """Figures that need each other."""

    code = "GR209"
    names: tuple[str, ...]
    title = Words("Figures that need each other", "Birbirine muhtaç değerler")
    why = Words(
        "To compute them one would have to know them already: {names}.",
        "Hesaplamak için önce kendileri bilinmeli: {names}.",
    )
    instead = Words(
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
    instead = Words("Name {needed}.", "Buraya şunun adını yazın: {needed}.")


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
    title = Words("A name the language already uses", "Dilin kendi kullandığı bir ad")
    why = Words("`{name}` is given by the language itself.", "`{name}` dilin kendisinin verdiği bir addır.")
    instead = Words("Choose another name.", "Başka bir ad seçin.")


# ---- kinds of values ---------------------------------------------------------------------------------------------


@frozen(kw_only=True)
class WrongKind(Problem):
    """A value of one kind stands where another is needed."""

    code = "GR301"
    found: Words
    needed: Words
    title = Words("A value of another kind is needed", "Başka türden bir değer gerekiyor")
    why = Words("This is {found}; here {needed} is needed.", "Bu {found}; burada {needed} gerekiyor.")
    instead = Words("Write {needed}.", "Buraya yazılması gereken: {needed}.")


@frozen(kw_only=True)
class MixedKinds(Problem):
    """Two values of different kinds are compared, added or subtracted."""

    code = "GR302"
    left: Words
    right: Words
    title = Words("Two kinds of values are mixed", "İki tür değer karıştırılmış")
    why = Words(
        "On the left is {left}, on the right is {right}; they cannot be compared or added.",
        "Solda {left}, sağda {right} var; bunlar karşılaştırılamaz ve toplanamaz.",
    )
    instead = Words("Bring both sides to one kind.", "İki yanı aynı türe getirin.")


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
    """A percentage is added to or compared with an amount."""

    code = "GR304"
    amount: Words
    title = Words("A percentage and an amount are mixed", "Yüzde ile tutar karıştırılmış")
    why = Words(
        "One side is a percentage, the other is {amount}. A percentage says nothing until it is taken of something.",
        "Bir yan yüzde, öbür yan {amount}. Yüzde, bir şeyin yüzdesi olmadıkça bir şey söylemez.",
    )
    instead = Words(
        "Name what it is a percentage of: `5% of total amount of costs`",
        "Neyin yüzdesi olduğunu yazın: `giderler'in toplam tutarı üzerinden %5`",
    )


@frozen(kw_only=True)
class PercentOrPoints(Problem):
    """A percentage where percentage points are needed, or the other way round."""

    code = "GR305"
    title = Words("Percent or percentage points?", "Yüzde mi, yüzde puan mı?")
    why = Words(
        "70% plus 15 percentage points is 85%; 70% increased by 15% is 80.5%. The two are said with different words.",
        "%70 artı 15 yüzde puan %85 eder; %70'in %15 artışı %80.5 eder. İkisi ayrı sözlerle söylenir.",
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
        "A percentage and an amount are joined with `*`; there is one way to say it, and it names the base.",
        "Bir yüzde ile bir tutar `*` ile çarpılmış; bunun tek söylenişi vardır ve tabanı adlandırır.",
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
        "{left} with {right} gives nothing that has a name.", "{left} ile {right} işleminin bir anlamı yok."
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
    title = Words("These have no order", "Bunların büyüğü küçüğü yok")
    why = Words(
        "{found} can be equal or not, but not more or less.",
        "{found}: eşit olabilir ya da olmaz, ama büyük küçük olmaz.",
    )
    instead = Words(
        "Write `kind is firm`, `kind is not firm` or `kind is one of firm, chamber`.",
        "`türü firma olmalı`, `türü firma olmamalı` ya da `türü firma ya da oda olmalı` gibi yazın.",
    )


@frozen(kw_only=True)
class NotACondition(Problem):
    """A value that is neither yes nor no stands where a condition is needed."""

    code = "GR309"
    found: Words
    title = Words("Not a condition", "Bu bir koşul değil")
    why = Words(
        "This is {found}; a condition is something that holds or does not.",
        "Bu {found}; koşul, sağlanan ya da sağlanmayan bir şeydir.",
    )
    instead = Words(
        "Compare it with something: `… is at least …`", "Bir şeyle karşılaştırın: `… en az … olmalı`"
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
    instead = Words("Say both in the same unit.", "İkisini de aynı birimle söyleyin.")


@frozen(kw_only=True)
class DateArithmetic(Problem):
    """Plus or minus between dates."""

    code = "GR311"
    title = Words("Plus and minus do not work on dates", "Tarihlerde artı ve eksi kullanılmaz")
    why = Words(
        "What `-` between dates counts (days, months, both days or one) would be a guess.",
        "Tarihler arasındaki `-` işaretinin neyi saydığı (gün, ay) tahmin olurdu.",
    )
    instead = Words(
        "Write `6 months after D`, `1 year before D`, `days from A to B` or `completed years from A to B`.",
        "`D'den 6 ay sonra`, `D'den 1 yıl önce`, `A'dan B'ye gün sayısı` ya da `A'dan B'ye tamamlanan yıl sayısı` yazın.",
    )


@frozen(kw_only=True)
class NotAFraction(Problem):
    """A plain number before `of`."""

    code = "GR312"
    title = Words("`of` needs a share", "`üzerinden` bir pay ister")
    why = Words(
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
    title = Words("Say how this is rounded", "Nasıl yuvarlanacağını söyleyin")
    why = Words(
        "`{name}` can come out finer than the smallest unit; nothing is rounded unless the programme says so.",
        "`{name}` en küçük birimden daha ince çıkabilir; program söylemedikçe hiçbir şey yuvarlanmaz.",
    )
    instead = Words(
        "Add for instance: `rounding down in steps of 0.01 TRY, once at the end`",
        "Örneğin şunu ekleyin: `yuvarlama 0.01 TRY adımlarla aşağı, sonda bir kez`",
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
    why = Words("", "")
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
            "By the bounds declared for the facts and the other lines, this can never hold.",
            "Verilerin sınırlarına ve öbür satırlara göre bu hiçbir zaman sağlanamaz.",
        )


@frozen(kw_only=True)
class TooFine(Problem):
    """A literal with more decimals or digits than allowed."""

    code = "GR316"
    text: str
    most: int
    title = Words("Too many decimals", "Çok fazla ondalık")
    why = Words("`{text}` has more than {most} decimals.", "`{text}` içinde {most} haneden çok ondalık var.")
    instead = Words("Write a coarser figure.", "Daha kaba bir rakam yazın.")


@frozen(kw_only=True)
class BadDate(Problem):
    """A date or time that does not exist."""

    code = "GR317"
    text: str
    title = Words("No such day or time", "Böyle bir gün ya da saat yok")
    why = Words(
        "`{text}` is not a day of the calendar, or not a time that occurs in its zone.",
        "`{text}` takvimde bulunmayan bir gün ya da o saat diliminde yaşanmayan bir saat.",
    )
    instead = Words(
        "Write a date as 2023-09-04, a time as 17:00.", "Tarihi 2023-09-04, saati 17:00 biçiminde yazın."
    )


@frozen(kw_only=True)
class UnknownZone(Problem):
    """A time zone, currency or similar code of the header that does not exist."""

    code = "GR318"
    text: str
    what: Words
    title = Words("No such code", "Böyle bir kod yok")
    why = Words("`{text}` is not {what}.", "`{text}` geçerli değil: {what} bekleniyordu.")
    instead = Words(
        "Examples: Europe/Istanbul, Europe/Brussels; TRY, EUR, USD.",
        "Örnekler: Europe/Istanbul, Europe/Brussels; TRY, EUR, USD.",
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
        "Add below the programme line one of `month end refused`, `month end last day`, `month end next day`.",
        "Program satırının altına birini ekleyin: `ay sonu kabul edilmez`, `ay sonu son gün`, `ay sonu ertesi gün`.",
    )


# ---- money, tables, time -----------------------------------------------------------------------------------------


@frozen(kw_only=True)
class StepOrder(Problem):
    """A step of a support stands after one that comes later."""

    code = "GR401"
    later: Words
    title = Words("The steps are out of order", "Adımların sırası bozuk")
    why = Words(
        "This step comes before {later} in every calculation, but stands below it.",
        "Bu adım her hesapta şundan önce gelir: {later}; ama onun altında duruyor.",
    )
    instead = Words(
        "Order: cost (eligible cost, cost ceiling, count limit), rate (rate, bonus, rate ceiling), then support.",
        "Sıra: gider (uygun gider, gider tavanı, adet sınırı), oran (oran, ilave, oran tavanı), sonra destek.",
    )


@frozen(kw_only=True)
class ExcessUnsaid(Problem):
    """A ceiling that does not say what happens to the excess."""

    code = "GR402"
    title = Words("What happens to the excess?", "Aşan kısım ne olacak?")
    why = Words(
        "A ceiling says what becomes of the part above it; nothing is assumed.",
        "Tavan, kendisini aşan kısma ne olacağını söyler; hiçbir şey varsayılmaz.",
    )
    instead = Words(
        "Add `excess is trimmed`, `excess is cut pro rata`, `excess is cut from the last line first` or "
        "`excess refuses the application`; one line under the support serves all its ceilings.",
        "`aşan kısım kesilir`, `aşan kısım orantılı kesilir`, `aşan kısım son kalemden kesilir` ya da `aşan kısım "
        "başvuruyu düşürür` ekleyin; desteğin altındaki tek satır bütün tavanlarına yeter.",
    )


@frozen(kw_only=True)
class ExcessDoesNotFit(Problem):
    """A manner of cutting that this ceiling cannot have."""

    code = "GR403"
    together: bool
    title = Words("This cut does not fit the ceiling", "Bu kesinti tavana uymuyor")
    why = Words("", "")
    instead = Words("", "")

    def why_words(self) -> Words:
        """What is missing: a way to share the cut, or lines to share it."""
        if self.together:
            return Words(
                "The ceiling is on several lines together; `is trimmed` does not say which line loses how much.",
                "Tavan birkaç kalem için birlikte; `kesilir` hangi kalemin ne kadar kesileceğini söylemiyor.",
            )
        return Words(
            "The ceiling is on one amount at a time; there are no other lines to share the cut with.",
            "Tavan tek bir tutar için; kesintiyi paylaşacak başka kalem yok.",
        )

    def instead_words(self) -> Words:
        """The manners that fit."""
        if self.together:
            return Words(
                "Write `excess is cut pro rata`, `… is cut from the last line first` or `… refuses the application`.",
                "`aşan kısım orantılı kesilir`, `… son kalemden kesilir` ya da `… başvuruyu düşürür` yazın.",
            )
        return Words(
            "Write `excess is trimmed`, `excess drops the line` or `excess refuses the application`.",
            "`aşan kısım kesilir`, `aşan kısım kalemi düşürür` ya da `aşan kısım başvuruyu düşürür` yazın.",
        )


@frozen(kw_only=True)
class ScopeOfCeiling(Problem):
    """`each`, `together` or `per` on a single amount, or a bare `at most` on lines."""

    code = "GR404"
    single: bool
    title = Words("At most, per what?", "En fazla, ne başına?")
    why = Words("", "")
    instead = Words("", "")

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
    """`where`, `only where` or a count limit in a support without lines."""

    code = "GR405"
    title = Words("This support has no lines", "Bu desteğin kalemleri yok")
    why = Words(
        "`where` chooses lines of a list; this support is computed from one amount.",
        "`kapsamı` bir listenin kalemlerini seçer; bu destek tek bir tutardan hesaplanıyor.",
    )
    instead = Words(
        "Use `when` for a condition on the application.",
        "Başvuruya ilişkin koşul için `… ise uygulanır` yazın.",
    )


@frozen(kw_only=True)
class NoBaseOfSupport(Problem):
    """A support that does not say what it is computed from."""

    code = "GR406"
    title = Words("A support of what?", "Neyin desteği?")
    why = Words(
        "The support does not say what it is computed from.", "Destek neyden hesaplandığını söylemiyor."
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
    key: str
    example: Words
    title = Words("The table has a gap", "Tabloda boşluk var")
    why = Words(
        "No row fits where `{key}` is {example}.", "`{key}` şu olduğunda hiçbir satır uymuyor: {example}."
    )
    instead = Words(
        "Add a row, or let the bounds meet (`to below 50`, then `from 50`); "
        "for values that get nothing write `otherwise | does not apply`.",
        "Satır ekleyin ya da sınırları birleştirin (`50 altı`, ardından `50 ve üstü`); bir şey verilmeyen değerler için "
        "`diğer hâllerde | kapsam dışı` yazın.",
    )


@frozen(kw_only=True)
class TableOverlap(Problem):
    """Values for which two rows with different results fit."""

    code = "GR412"
    key: str
    example: Words
    title = Words("Two rows fit", "İki satır birden uyuyor")
    why = Words(
        "Where `{key}` is {example} both marked rows fit, and they give different values.",
        "`{key}` şu olduğunda işaretli iki satır da uyuyor ve farklı değerler veriyor: {example}.",
    )
    instead = Words(
        "Separate the rows, or add the line `first line that fits`.",
        "Satırları ayırın ya da `uyan ilk satır` satırını ekleyin.",
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
class VersionsOverlap(Problem):
    """Two versions of one statement are in force on one day."""

    code = "GR415"
    name: str
    day: str
    title = Words("Two versions on one day", "Bir günde iki sürüm")
    why = Words(
        "Both marked versions of `{name}` are in force on {day}.",
        "`{name}` için işaretli iki sürüm de {day} günü yürürlükte.",
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
    why = Words("The end of this range lies before its start.", "Bu aralığın sonu başından önce geliyor.")
    instead = Words("Exchange the two bounds.", "İki sınırın yerini değiştirin.")


@frozen(kw_only=True)
class NeedsConstant(Problem):
    """A written figure is needed, not a computed one."""

    code = "GR418"
    title = Words("A written figure is needed", "Yazılı bir rakam gerekiyor")
    why = Words(
        "This place takes a figure or a date as it is written, not one that is computed.",
        "Burada hesaplanan değil, yazılı bir rakam ya da tarih gerekir.",
    )
    instead = Words("Write the figure.", "Rakamı yazın.")


@frozen(kw_only=True)
class SupplementPlace(Problem):
    """A supplement that stands on the other side of the ceilings than it says."""

    code = "GR419"
    within: bool
    title = Words("The supplement stands on the wrong side", "Ek destek yanlış yerde")
    why = Words(
        "What is within the ceilings stands above them; what is on top of them stands below.",
        "Tavanın içinde kalan ek, tavanların üstünde yazılır; tavana eklenen, altında yazılır.",
    )
    instead = Words("Move the step, or change its line.", "Adımı taşıyın ya da satırını değiştirin.")


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
        "Read only what the group is made by (after `per`).", "Yalnız grubun kurulduğu alanları kullanın."
    )


@frozen(kw_only=True)
class NestedTooDeep(Problem):
    """Totals inside totals inside totals."""

    code = "GR421"
    most: int
    title = Words("Totals within totals", "Toplam içinde toplam")
    why = Words(
        "Lists are counted inside lists more than {most} deep; the cost would explode.",
        "Listeler {most} kattan fazla iç içe sayılıyor; hesap büyüyüp gider.",
    )
    instead = Words(
        "Name the inner figure with `define` on the record.",
        "İçteki değeri kayıt üzerinde `tanım` ile adlandırın.",
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
    title = Words("An unusual rate", "Alışılmadık bir oran")
    why = Words(
        "A support rate of {text} is above 100% or below 1%.",
        "{text} destek oranı %100'den büyük ya da %1'den küçük.",
    )
    instead = Words(
        "Check the figure: 70% is written `70%`, not `0.7%`.",
        "Rakamı denetleyin: yüzde yetmiş `%70` yazılır, `%0.7` değil.",
    )


# ---- examples and promises ---------------------------------------------------------------------------------------


@frozen(kw_only=True)
class NoExpectation(Problem):
    """An example that expects nothing."""

    code = "GR451"
    name: str
    title = Words("An example without an expectation", "Beklentisiz bir örnek")
    why = Words(
        "`{name}` expects nothing, so it could never fail.",
        "`{name}` hiçbir şey beklemiyor, öyleyse hiç yanılamaz.",
    )
    instead = Words("Add for instance: `expect eligible`", "Örneğin şunu ekleyin: `beklenen uygun`")


@frozen(kw_only=True)
class ExampleFact(Problem):
    """A fact of an example that does not fit its declaration."""

    code = "GR452"
    name: str
    needed: Words
    title = Words("A fact of the example does not fit", "Örnekteki bir veri uymuyor")
    why = Words("`{name}` must be {needed}.", "`{name}` şu olmalı: {needed}.")
    instead = Words("Write the fact as it is declared.", "Veriyi bildirildiği gibi yazın.")


@frozen(kw_only=True)
class ExampleRow(Problem):
    """A row of an example with another number of cells than the heading."""

    code = "GR453"
    found: int
    needed: int
    title = Words("A row of the example does not fit", "Örnekteki bir satır uymuyor")
    why = Words(
        "The row has {found} cells, the heading has {needed}.",
        "Satırda {found} hücre, başlıkta {needed} sütun var.",
    )
    instead = Words("Give every column its cell.", "Her sütuna bir hücre yazın.")
