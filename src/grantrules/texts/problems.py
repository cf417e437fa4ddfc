"""
What can be wrong between the files of a programme.

GR70x and GR71x libraries, GR72x and GR73x amendments, GR74x bounds on the files.
"""

from __future__ import annotations

from attrs import frozen

from grantrules.diagnostics import Words
from grantrules.syntax.problems import WritingProblem


@frozen(kw_only=True, eq=False, repr=False)
class NoSuchText(WritingProblem):
    """A library or a base that is nowhere."""

    code = "GR701"
    name: str
    file: str
    looked_in: tuple[str, ...]
    near: str = ""
    title = Words("There is no such file", "Böyle bir dosya yok")
    instead = Words(
        "Correct the name, or say where the files are: `gr.load(path, root=…)`, `--root FOLDER`.",
        "Adı düzeltin ya da dosyaların yerini söyleyin: `gr.load(path, root=…)`, `--root FOLDER`.",
    )

    def why_words(self) -> Words:
        """The folders that were looked in."""
        if not self.looked_in:
            return Words(
                "`{name}` would be the file {file}, and this text was given without a folder of further files.",
                "`{name}` {file} dosyası olurdu; bu metin başka dosyaların klasörü olmadan verildi.",
            )
        return Words(
            "`{name}` would be the file {file}, and it is in none of these folders: `{looked_in}`.",
            "`{name}` {file} dosyası olurdu; şu klasörlerin hiçbirinde yok: `{looked_in}`.",
        )

    def instead_words(self) -> Words:
        """The name that was probably meant."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        return self.instead


@frozen(kw_only=True, eq=False, repr=False)
class OutsideTheFolder(WritingProblem):
    """A name that leads out of the folder given."""

    code = "GR702"
    name: str
    file: str
    title = Words("The file lies outside the folder of the rules", "Dosya, kuralların klasörünün dışında")
    why = Words(
        "The file {file} is a link to a place outside its folder, and rules are read from inside it only.",
        "Dosya {file}, klasörünün dışına giden bir bağlantı; kurallar yalnız klasörün içinden okunur.",
    )
    instead = Words(
        "Put the file itself there, or give the folder it lies in with `--root`.",
        "Dosyanın kendisini oraya koyun ya da bulunduğu klasörü `--root` ile verin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NotReadable(WritingProblem):
    """A file that is there and cannot be read."""

    code = "GR703"
    name: str
    file: str
    title = Words("The file cannot be read", "Dosya okunamıyor")
    why = Words(
        "The file {file} is there, but it is no ordinary file, or it may not be opened.",
        "Dosya {file} var, ama olağan bir dosya değil ya da açma izni yok.",
    )
    instead = Words(
        "Put an ordinary file there that may be read.", "Oraya okunabilir, olağan bir dosya koyun."
    )


KINDS = {
    "programme": Words("a programme", "bir program"),
    "library": Words("a library", "bir kitaplık"),
    "amendment": Words("an amendment", "bir değişiklik"),
    "": Words("a file without a head", "başlığı olmayan bir dosya"),
}


@frozen(kw_only=True, eq=False, repr=False)
class NotALibrary(WritingProblem):
    """`use` of something that is no library."""

    code = "GR704"
    name: str
    kind: Words
    title = Words("This is not a library", "Bu bir kitaplık değil")
    why = Words(
        "`{name}` is {kind}; definitions are taken from a library only.",
        "`{name}` {kind}; tanımlar yalnız kitaplıktan alınır.",
    )
    instead = Words(
        "Move what is shared into a file that begins with `library`, and use that.",
        "Ortak olanı `kitaplık` ile başlayan bir dosyaya taşıyın, onu kullanın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NothingToPromise(WritingProblem):
    """A promise names a file that decides nothing."""

    code = "GR715"
    name: str
    kind: Words
    title = Words("This decides nothing", "Bu hiçbir şeye karar vermez")
    why = Words(
        "`{name}` is {kind}. A promise compares with the decision of a programme, or of an amendment of one.",
        "`{name}` {kind}. Bir güvence, bir programın ya da değişikliğinin kararıyla karşılaştırır.",
    )
    instead = Words("Name a programme.", "Bir program adı yazın.")


@frozen(kw_only=True, eq=False, repr=False)
class TextsInACircle(WritingProblem):
    """Files that need one another."""

    code = "GR705"
    chain: tuple[str, ...]
    title = Words("The files need one another", "Dosyalar birbirine muhtaç")
    why = Words(
        "Each of these needs the next, and the last needs the first: {chain}.",
        "Bunların her biri sonrakine, sonuncusu ilkine muhtaç: {chain}.",
    )
    instead = Words(
        "Move what both need into a library of its own.",
        "İkisinin de gerek duyduğunu ayrı bir kitaplığa taşıyın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NotInLibrary(WritingProblem):
    """A name that the library does not have."""

    code = "GR706"
    name: str
    library: str
    near: str = ""
    source_of: str = ""
    title = Words("The library has no such name", "Kitaplıkta böyle bir ad yok")
    why = Words(
        "`{library}` declares no record, code list, parameter, definition or table called `{name}`.",
        "`{library}` içinde `{name}` adlı bir kayıt, kod listesi, parametre, tanım ya da tablo yok.",
    )
    instead = Words(
        "Correct the name, or declare it in the library.", "Adı düzeltin ya da kitaplıkta bildirin."
    )

    def instead_words(self) -> Words:
        """The library that it comes from, or the name that was probably meant."""
        if self.source_of:
            return Words(
                "Take it where it is declared: `{source_of}`.", "Bildirildiği yerden alın: `{source_of}`."
            )
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        return self.instead


@frozen(kw_only=True, eq=False, repr=False)
class TakenNameClashes(WritingProblem):
    """A name that is there already."""

    code = "GR707"
    name: str
    library: str
    needed_by: str = ""
    title = Words("This name is taken twice", "Bu ad iki kez var")
    instead = Words(
        "Call it otherwise here, as in `use {library}: {name} as {name}_1`, or rename the other one.",
        "Burada başka adla alın, örneğin `kitaplıktan {library}: {name} {name}_1 adıyla`, ya da öbürünün adını"
        " değiştirin.",
    )

    def why_words(self) -> Words:
        """Whether it was asked for, or came along."""
        if self.needed_by:
            return Words(
                "`{needed_by}` needs `{name}` of `{library}`, and something else is called so already.",
                "`{needed_by}` için `{name}` gerekiyor; o `{library}` kitaplığında, ama aynı adda başka bir şey var.",
            )
        return Words(
            "`{name}` comes from `{library}`, and something else is called so already.",
            "`{name}`, `{library}` kitaplığından geliyor; aynı adda başka bir şey var.",
        )


@frozen(kw_only=True, eq=False, repr=False)
class TakenAndNotUsed(WritingProblem):
    """A name that is taken from a library and that nothing uses."""

    code = "GR708"
    severity = "warning"
    name: str
    library: str
    title = Words("Taken from the library and not used", "Kitaplıktan alınmış, kullanılmıyor")
    why = Words("Nothing in this file uses `{name}`.", "Bu dosyada hiçbir şey `{name}` kullanmıyor.")
    instead = Words(
        "Use it, or leave it out of the line; what others need comes along by itself.",
        "Kullanın ya da satırdan çıkarın; başkalarının gerek duydukları kendiliğinden gelir.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class TakenAgain(WritingProblem):
    """A name that is taken twice."""

    code = "GR709"
    name: str
    title = Words("This is taken already", "Bu zaten alınmış")
    why = Words(
        "`{name}` is taken from the same library a second time.",
        "`{name}` aynı kitaplıktan ikinci kez alınıyor.",
    )
    instead = Words("Leave one of them out.", "Birini çıkarın.")


@frozen(kw_only=True, eq=False, repr=False)
class NotForALibrary(WritingProblem):
    """A statement that a library cannot have."""

    code = "GR710"
    title = Words("A library decides nothing", "Kitaplık karar vermez")
    why = Words(
        "A library holds records, code lists, parameters, definitions and tables, with their sources and examples;"
        " what must hold and what is paid is said by a programme.",
        "Kitaplıkta kayıtlar, kod listeleri, parametreler, tanımlar ve tablolar ile kaynakları ve örnekleri bulunur; ne"
        " gerektiğini ve ne ödendiğini program söyler.",
    )
    instead = Words(
        "Move the statement into the programme, or say it as a `define`.",
        "Deyimi programa taşıyın ya da `tanım` olarak yazın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class OtherNameInside(WritingProblem):
    """A file whose head gives another name than the one it was found under."""

    code = "GR711"
    name: str
    found: str
    file: str
    title = Words("The file gives itself another name", "Dosya kendine başka ad veriyor")
    why = Words(
        "The file {file} was read for `{name}`, and its first statement calls it `{found}`.",
        "Dosya {file}, `{name}` için okundu; ilk deyimi ona `{found}` diyor.",
    )
    instead = Words(
        "Make name and place agree: the dots of the name are the folders, from the folder of the rules on.",
        "Ad ile yer uyuşmalı: addaki noktalar, kuralların klasöründen başlayan klasörlerdir.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class FactForLibrary(WritingProblem):
    """A fact that something from a library asks for, and that the programme does not declare, or otherwise."""

    code = "GR712"
    name: str
    library: str
    line: str
    title = Words("The library asks for a fact", "Kitaplık bir veri istiyor")
    why = Words(
        "What is taken from `{library}` needs the fact `{name}`, and the programme does not declare it so.",
        "`{library}` kitaplığından alınan, `{name}` verisine muhtaç; program onu böyle bildirmiyor.",
    )
    instead = Words("Write below `application`: `{line}`", "`başvuru` altına yazın: `{line}`")


@frozen(kw_only=True, eq=False, repr=False)
class CameAlong(WritingProblem):
    """A name that came along with another one and was not asked for."""

    code = "GR713"
    name: str
    library: str
    title = Words("This is not taken from the library", "Bu, kitaplıktan alınmamış")
    why = Words(
        "`{name}` is of `{library}`, and the line `use` does not name it; whoever reads this file could not tell where"
        " it comes from.",
        "`{name}`, `{library}` kitaplığında ve `kitaplıktan` satırında adı yok; okuyan nereden geldiğini bilemezdi.",
    )
    instead = Words("Add `{name}` to the line.", "Satıra `{name}` ekleyin.")


@frozen(kw_only=True, eq=False, repr=False)
class OwnNameInLibrary(WritingProblem):
    """A new name that the library uses for something else."""

    code = "GR714"
    name: str
    own: str
    library: str
    title = Words("The library uses this name itself", "Kitaplık bu adı kendisi kullanıyor")
    why = Words(
        "`{name}` would be called `{own}` here, and `{library}` has that word for something else, or has `{name}` for"
        " two things.",
        "`{name}` burada `{own}` olurdu; `{library}` bu sözcüğü başka bir şey için kullanıyor ya da `{name}` iki şeyin"
        " adı.",
    )
    instead = Words("Choose a name of your own for it.", "Ona başka bir ad seçin.")


# ---- amendments --------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class NothingToAmend(WritingProblem):
    """An amendment of something that is no programme."""

    code = "GR721"
    name: str
    kind: Words
    title = Words("This cannot be amended", "Bu değiştirilemez")
    why = Words(
        "`{name}` is {kind}; an amendment changes a programme, or a programme with its amendments.",
        "`{name}` {kind}; değişiklik, bir programı ya da değişiklikleriyle bir programı değiştirir.",
    )
    instead = Words(
        "Name the programme, or the latest amendment of it.",
        "Programın ya da son değişikliğinin adını verin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NoSuchStatement(WritingProblem):
    """A change of a statement that the amended text does not have."""

    code = "GR722"
    name: str
    of: str
    near: str = ""
    title = Words("There is no such statement to change", "Değiştirilecek böyle bir deyim yok")
    why = Words(
        "`{of}` has no statement called `{name}` that could be changed here.",
        "`{of}` içinde, burada değiştirilebilecek `{name}` adlı bir deyim yok.",
    )
    instead = Words(
        "Correct the name; a step of a support is changed under `within support`, and what is new begins with `add`.",
        "Adı düzeltin; bir desteğin adımı `şu destekte` altında değiştirilir, yeni olan `ek` ile başlar.",
    )

    def instead_words(self) -> Words:
        """The name that was probably meant."""
        if self.near:
            return Words("Did you mean `{near}`?", "Şunu mu demek istediniz: `{near}`?")
        return self.instead


@frozen(kw_only=True, eq=False, repr=False)
class OtherKindOfStatement(WritingProblem):
    """A statement replaced by one of another kind."""

    code = "GR723"
    name: str
    title = Words("The statement is of another kind", "Deyim başka türden")
    why = Words(
        "`{name}` begins with another word in the amended text; it is replaced by a statement that begins with the"
        " same.",
        "`{name}` değiştirilen metinde başka bir sözcükle başlıyor; yerine aynı sözcükle başlayan gelir.",
    )
    instead = Words(
        "Begin with the same word, or `repeal {name}` and `add` another one with a new name.",
        "Aynı sözcükle başlayın ya da `mülga {name}` yazıp yeni adla bir deyim için `ek` kullanın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class AlreadyThere(WritingProblem):
    """A statement added under a name that is taken."""

    code = "GR724"
    name: str
    of: str
    title = Words("There is a statement of this name already", "Bu adda bir deyim zaten var")
    why = Words("`{of}` has `{name}` already.", "`{of}` içinde `{name}` zaten var.")
    instead = Words(
        "Write `replace` where this one stands in its place, else choose another name.",
        "Onun yerine geçiyorsa `değişik` yazın, değilse başka bir ad seçin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class ChangeWithoutAmendment(WritingProblem):
    """`add`, `replace`, `repeal` or `within support` in a file that amends nothing."""

    code = "GR725"
    title = Words("Only an amendment changes statements", "Deyimleri yalnız değişiklik değiştirir")
    why = Words(
        "This line changes a statement of another text, and the file does not say which.",
        "Bu satır başka bir metnin deyimini değiştiriyor; dosya hangisi olduğunu söylemiyor.",
    )
    instead = Words(
        "Write the statement without the first word, or begin the file with `amendment` and `amends`.",
        "Deyimi ilk sözcük olmadan yazın ya da dosyaya `değişiklik` ve `değiştirilen` ile başlayın.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class ChangeNotSaid(WritingProblem):
    """A statement of an amendment that does not say what it does."""

    code = "GR726"
    title = Words("Added, or in the place of another one?", "Ek mi, başkasının yerine mi?")
    why = Words(
        "In an amendment each statement says what it does to the amended text.",
        "Değişiklikte her deyim, değiştirilen metne ne yaptığını söyler.",
    )
    instead = Words("Begin the line with `add` or `replace`.", "Satıra `ek` ya da `değişik` ile başlayın.")


@frozen(kw_only=True, eq=False, repr=False)
class ChangedTwice(WritingProblem):
    """Two changes of one statement in one amendment."""

    code = "GR727"
    name: str
    title = Words("This amendment changes the statement twice", "Değişiklik bu deyimi iki kez değiştiriyor")
    why = Words(
        "`{name}` is changed twice in one text, and the order of statements means nothing.",
        "`{name}` aynı metinde iki kez değiştiriliyor; deyimlerin sırası anlam taşımaz.",
    )
    instead = Words(
        "Leave one of them out; a later change belongs into an amendment of its own.",
        "Birini çıkarın; sonraki değişiklik ayrı bir değişiklik dosyasına girer.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class NoVersionsOfIt(WritingProblem):
    """A change from a day on, of something that has no versions."""

    code = "GR728"
    title = Words("This cannot change on a day", "Bu, belli bir günde değişemez")
    why = Words(
        "The amendment is in force from a day on, so the statement would be needed before and after it; statements of"
        " this kind have no versions.",
        "Değişiklik belli bir günden beri yürürlükte; deyim öncesi ve sonrası için gerekirdi. Bu tür deyimlerin sürümü"
        " olmaz.",
    )
    instead = Words(
        "Change the parameters, definitions, requirements or steps in it instead, or amend without `in force`.",
        "Bunun yerine içindeki parametreleri, tanımları, şartları ya da adımları değiştirin veya `yürürlük` olmadan"
        " değiştirin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class SeveralOfTheName(WritingProblem):
    """A name that means two statements."""

    code = "GR729"
    name: str
    title = Words("Two statements have this name", "Bu adda iki deyim var")
    why = Words(
        "`{name}` is a figure and a rule or step in the amended text; it is not clear which is meant.",
        "`{name}` değiştirilen metinde hem bir değer hem bir kural ya da adım; hangisi olduğu belli değil.",
    )
    instead = Words(
        "Replace the one that is meant with `replace`, which begins with its word.",
        "Hangisiyse onu, sözcüğüyle başlayan `değişik` ile değiştirin.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class DaysOfAmendment(WritingProblem):
    """An amendment that is not in force from one day on, or between two days."""

    code = "GR730"
    title = Words("In force from which day?", "Hangi günden beri yürürlükte?")
    why = Words(
        "An amendment is in force from a day, or from a day to a day, written as `2026-01-01`; it has one such line.",
        "Değişiklik bir günden beri ya da iki gün arasında yürürlüktedir, `2026-01-01` biçiminde; tek satırdır.",
    )
    instead = Words(
        "Write one line, such as `in force from 2026-01-01`.",
        "Tek satır yazın, örneğin `yürürlük 2026-01-01 ve sonrası`.",
    )


# ---- bounds ------------------------------------------------------------------------------------------------------


@frozen(kw_only=True, eq=False, repr=False)
class TooManyTexts(WritingProblem):
    """More files than are read."""

    code = "GR741"
    limit: int
    title = Words("Too many files", "Çok fazla dosya")
    why = Words(
        "A programme is read from at most {limit} files.", "Bir program en çok {limit} dosyadan okunur."
    )
    instead = Words(
        "Put small libraries together; where so many are needed, the limit `files` can be set.",
        "Küçük kitaplıkları birleştirin; gerçekten gerekiyorsa `files` sınırı değiştirilebilir.",
    )


@frozen(kw_only=True, eq=False, repr=False)
class TextsTooLarge(WritingProblem):
    """Files that are too long together."""

    code = "GR742"
    size: int
    limit: int
    title = Words("The files are too large together", "Dosyalar birlikte çok büyük")
    why = Words(
        "Together they have {size} bytes; a programme is read from at most {limit}.",
        "Birlikte {size} bayt; bir program en çok {limit} bayttan okunur.",
    )
    instead = Words(
        "Take less along; where so much is needed, the limit `all_files_bytes` can be set.",
        "Daha azını alın; gerçekten gerekiyorsa `all_files_bytes` sınırı değiştirilebilir.",
    )
