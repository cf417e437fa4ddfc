"""The phrases in Turkish."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grantrules import formats
from grantrules import types as ty
from grantrules.core import ir
from grantrules.evaluate.outcome import Cause, Undecided
from grantrules.phrases import suffixes
from grantrules.phrases.speaker import DATES, Mood, Speaker

_COPULA: dict[tuple[Mood, bool], str] = {
    ("must", True): "olmalı",
    ("must", False): "olmamalı",
    ("is", True): "",
    ("is", False): "değil",
    ("where", True): "olan",
    ("where", False): "olmayan",
    ("because", True): "olduğundan",
    ("because", False): "olmadığından",
}
_INCLUDES: dict[tuple[Mood, bool], str] = {
    ("must", True): "içermeli",
    ("must", False): "içermemeli",
    ("is", True): "içeriyor",
    ("is", False): "içermiyor",
    ("where", True): "içeren",
    ("where", False): "içermeyen",
    ("because", True): "içerdiğinden",
    ("because", False): "içermediğinden",
}
_MODES = {"down": "aşağı", "up": "yukarı", "half_up": "yarım yukarı", "half_even": "yarım çifte"}
_CAUSES = {
    "fact": "{} henüz bilinmiyor",
    "unset": "{} için değer belirlenmemiş",
    "hole": "{} için o tarihte yürürlükte olan bir değer yok",
    "no_line": "{} içinde uyan satır yok",
    "several_lines": "{} içinde birbirinden farklı birkaç satır uyuyor",
    "does_not_apply": "{} uygulanmıyor",
    "absent": "{} gerekli, ancak başvuruda yok",
    "zero_divisor": "{} sıfıra bölünemez",
    "no_such_day": "{} ilgili ayda bulunmayan bir güne denk geliyor",
    "empty_list": "{} içinde buna uyan satır yok",
    "tie": "{} için verilen sıra ilk gelenleri belirlemiyor",
}


class Turkish(Speaker):
    """Turkish phrases."""

    def more_rows(self, number: int) -> str:
        """Of rows alike: `3 satırda daha aynısı`."""
        return f"{number} satırda daha aynısı"

    def _genitive(self, noun: str) -> str:
        # A name of a Turkish programme is a Turkish word; one of another language takes an apostrophe.
        if self.program.language == "tr" and noun.islower():
            return suffixes.inflected(noun, suffixes.GENITIVE)
        return suffixes.after(noun, suffixes.GENITIVE)

    def _ablative(self, noun: str, right: ir.Expr) -> str:
        if isinstance(right.type, ty.Period) and isinstance(right, ir.Const):
            return (
                "gününden".join(noun.rsplit("günü", 1))
                if noun.endswith("iş günü")
                else (suffixes.inflected(noun, suffixes.ABLATIVE))
            )
        if noun.endswith(")"):
            return f"{noun} {'anından' if isinstance(right.type, ty.Moment) else 'değerinden'}"
        return suffixes.after(noun, suffixes.ABLATIVE)

    def owned(self, owner: str, part: str) -> str:
        """`3. gider için tutarı`, `şirketin büyüklüğü`."""
        if owner[:1].isdigit():
            return f"{owner}, {part}"
        return f"{self._genitive(owner)} {part}"

    def this_row(self, record: str) -> str:
        """`bu gider`."""
        return f"bu {record}"

    def nth_row(self, record: str, number: int) -> str:
        """`3. gider`."""
        return f"{number}. {record}"

    def part_of_support(self, support: str, part: str) -> str:
        """`hibe için uygun gider`."""
        said = {"eligible_cost": "{} için uygun gider", "before_ceilings": "{} (tavanlardan önce)"}
        return said.get(part, f"{{}} için {part.replace('_', ' ')}").format(support)

    def share(self, rate: str, of: str) -> str:
        """`giderlerin toplam tutarı üzerinden %5`."""
        return f"{of} üzerinden {rate}"

    def rounded(self, expr: ir.Round) -> str:
        """`0,01 TRY adımlarıyla aşağı yuvarlanmış x`."""
        return f"{self.rounding(expr.mode, self.value(expr.step, expr.type))} {self._operand(expr.value)}"

    def rounding(self, mode: str, step: str) -> str:
        """`0,01 TRY adımlarıyla aşağı yuvarlanmış`."""
        return f"{step} adımlarıyla {_MODES[mode]} yuvarlanmış"

    def extreme(self, which: str, operands: Sequence[str]) -> str:
        """`a ve b değerlerinin küçüğü`."""
        word = {"smallest": "küçüğü", "largest": "büyüğü"}[which]
        return f"{formats.all_of(operands, 'tr')} değerlerinin {'' if len(operands) == 2 else 'en '}{word}"

    def aggregate(self, expr: ir.Aggregate) -> str:
        """`türü yapım olan giderlerin toplam tutarı`."""
        if expr.what == "number" or expr.of is None:
            return f"{self.one_row(expr.list, expr.where)} sayısı"
        of, rows = self.noun(expr.of), self.rows(expr.list, expr.where)
        if expr.what == "different":
            return f"{rows} arasında farklı {of} sayısı"
        words = {
            "total": "toplam", "average": "ortalama", "smallest": "en küçük", "largest": "en büyük",
        }  # fmt: skip
        return f"{self._genitive(rows)} {words[expr.what]} {of}"

    def number_of(self, noun: str) -> str:
        """`belgeler sayısı`."""
        return f"{noun} sayısı"

    def calendar(self, expr: ir.Calendar) -> str:
        """`başvuru_anı tarihinden 2 yıl önce`."""
        parts = [self.noun(a) for a in expr.args]
        if expr.what.startswith("shift_"):
            day, length = parts
            start = f"{day}nden" if day.endswith(" günü") else f"{day} tarihinden"
            return f"{start} {length} {'sonra' if expr.sign > 0 else 'önce'}"
        templates = {
            "local_date": "{0} günü",
            "start_of_day": "{0} gününün başı",
            "year": "{0} yılı",
            "month": "{0} ayı",
            "first_day": "{0} döneminin ilk günü",
            "last_day": "{0} döneminin son günü",
            "days_in_month": "{0} ayının gün sayısı",
            "years_between": "{0} ile {1} arasında tamamlanan yıl sayısı",
            "months_between": "{0} ile {1} arasında tamamlanan ay sayısı",
            "days_between": "{0} ile {1} arasındaki gün sayısı",
            "working_days_between": "{0} ile {1} arasındaki iş günü sayısı",
        }
        return templates[expr.what].format(*parts) + (" (iki gün de sayılır)" if expr.both else "")

    def filtered(self, noun: str, where: str) -> str:
        """`türü firma olan üyeler`."""
        return f"{where} {noun}" if where else noun

    def for_rows(self, rows: str, one: str, clause: str, *, every: bool) -> str:
        """`tüm üyeler için: türü firma olmalı`."""
        return f"{rows} için (tümü): {clause}" if every else f"en az bir {one} için: {clause}"

    def limit(self, how: str, needed: str, right: ir.Expr) -> str:
        """`en az 20`, `20'den fazla`."""
        dated = isinstance(right.type, DATES)
        match how:
            case "ge":
                return f"en erken {needed}" if dated else f"en az {needed}"
            case "le":
                return f"en geç {needed}" if dated else f"en fazla {needed}"
            case "gt":
                return f"{self._ablative(needed, right)} {'sonra' if dated else 'fazla'}"
            case "lt":
                return f"{self._ablative(needed, right)} {'önce' if dated else 'az'}"
            case _:
                return needed

    def compared(self, noun: str, bound: str, mood: Mood, *, yes: bool) -> str:
        """`türü firma olan`, `türü firma olmamalı`."""
        return f"{noun} {bound} {_COPULA[mood, yes]}".rstrip()

    def within(self, noun: str, codes: str, mood: Mood, *, yes: bool) -> str:
        """`ana sektör öncelikli sektörler içinde olmalı`."""
        return f"{noun} {codes} içinde {_COPULA[mood, yes]}".rstrip()

    def coarser(self, noun: str, codes: str, mood: Mood, *, yes: bool) -> str:
        """`ana sektör öncelikli sektörler kodlarından daha kaba olmalı`."""
        return f"{noun} {codes} kodlarından daha kaba {_COPULA[mood, yes]}".rstrip()

    def including(self, noun: str, wanted: str, mood: Mood, *, yes: bool) -> str:
        """`faaliyet alanları yenilik içermeli`."""
        return f"{noun} {wanted} {_INCLUDES[mood, yes]}"

    def given(self, noun: str, mood: Mood, *, yes: bool) -> str:
        """`faaliyet alanları belirtilmiş olmalı`."""
        return f"{noun} belirtilmiş {_COPULA[mood, yes]}".rstrip()

    def truth(self, noun: str, mood: Mood, *, yes: bool) -> str:
        """`rekabetçi olmalı`, `rekabetçi değil`."""
        if noun.startswith("“"):  # A title may be a whole sentence, which takes no copula itself.
            answer = formats.yes_no(yes, "tr")
            return f"{noun}: {answer}" if mood == "is" else f"{noun} {answer} {_COPULA[mood, True]}"
        return f"{noun} {_COPULA[mood, yes]}".rstrip()

    def applies(self, support: str, mood: Mood, *, yes: bool) -> str:
        """`hibe uygulanır`."""
        if mood == "because":
            return f"{support} {'uygulandığından' if yes else 'uygulanmadığından'}"
        if mood == "must":
            return f"{support} {'uygulanmalı' if yes else 'uygulanmamalı'}"
        return f"{support} uygulanır" if yes else f"{support} uygulanmaz"

    def these(self, *, every: bool) -> str:
        """The line above several conditions."""
        return "şunların hepsi" if every else "şunlardan en az biri"

    def counted(self, number: Fraction, counted: ir.Aggregate, bound: str, how: str) -> str:
        """`türü firma olan üye sayısı 19; en az 20 olmalı`."""
        copula = _COPULA["must", how != "ne"]
        return f"{self.aggregate(counted)} {formats.number(number, 'tr')}; {bound} {copula}"

    def shared(
        self, number: Fraction, all_: Fraction, whole: ir.Aggregate, holds: ir.Expr, bound: str
    ) -> str:
        """`türü firma olan üye sayısı 20, bunlardan imalatçı olan 11; %50'den fazla olmalı`."""
        those = f"bunlardan {self.clause(holds, 'where')} {formats.number(number, 'tr')}"
        return f"{self.aggregate(whole)} {formats.number(all_, 'tr')}, {those}; {bound} olmalı"

    def found_and_needed(self, noun: str, found: str, bound: str, *, yes: bool) -> str:
        """`destek süresi 6 yıl; en fazla 5 yıl olmalı`."""
        return f"{noun} {found}; {bound} {_COPULA['must', yes]}"

    def found_alone(self, noun: str, found: str) -> str:
        """`başvuru yolu: çevrim içi`."""
        return f"{noun}: {found}"

    def found_and_needed_answer(self, noun: str, found: str, *, yes: bool) -> str:
        """`rekabetçi: hayır; evet olmalı`."""
        return f"{noun}: {found}; {formats.yes_no(yes, 'tr')} olmalı"

    def found_but(self, found: str, needed: str) -> str:
        """`ana sektör öncelikli sektörler içinde olmalı; verilen: NACE 32.51`."""
        return f"{needed}; verilen: {found}"

    def not_computed(self) -> str:
        """For a value that was not needed."""
        return "hesaplanmadı"

    def absent(self) -> str:
        """For a value that does not apply."""
        return "söz konusu değil"

    def open(self, value: Undecided, kind: ty.Type) -> str:
        """`henüz bilinmiyor (en az 12)`."""
        said = [
            words.format(self.value(bound, kind))
            for bound, words in ((value.lowest, "en az {}"), (value.highest, "en fazla {}"))
            if bound is not None and isinstance(kind, ty.NUMERIC)
        ]
        if all(c.kind == "fact" for c in value.causes):
            return f"henüz bilinmiyor ({', '.join(said)})" if said else "henüz bilinmiyor"
        return f"belirlenemiyor: {self.because(value.causes)}"

    def found_cause(self, cause: Cause) -> str:
        """`rekabetçi henüz bilinmiyor`."""
        what = self.path(cause.what) if cause.kind in ("fact", "absent") else self.ref(cause.what)
        return _CAUSES[cause.kind].format(what or "bir değer")
