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
            "`{name}` would be the file {file}, and it is in none of these folders: {looked_in}.",
            "`{name}` {file} dosyası olurdu; şu klasörlerin hiçbirinde yok: {looked_in}.",
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
                "`{needed_by}` needs `{name}` of `{library}`, and something else is called `{name}` already.",
                "`{needed_by}`, `{library}` kitaplığındaki `{name}` tanımına muhtaç; `{name}` adlı başka bir şey var.",
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
