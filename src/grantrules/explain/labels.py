"""The fixed words of an explanation, in English and Turkish."""

from __future__ import annotations

from grantrules.diagnostics import Words

LABELS: dict[str, Words] = {
    # the result
    "eligible_for": Words("Eligible: {amount}", "Uygun: {amount}"),
    "eligible": Words("Eligible", "Uygun"),
    "not_eligible": Words("Not eligible", "Uygun değil"),
    "open": Words("Not decided yet", "Henüz karara bağlanamıyor"),
    "open_for": Words(
        "Not decided yet; if eligible: {amount}", "Henüz karara bağlanamıyor; uygun bulunursa: {amount}"
    ),
    "eligible_open": Words(
        "Eligible; the amount is not decided yet: {amount}", "Uygun; tutar henüz belirli değil: {amount}"
    ),
    "as_of": Words("rules as of {date}", "kuralların tarihi: {date}"),
    "score": Words("Score", "Puan"),
    # headings
    "requirements": Words("What is required", "Aranan şartlar"),
    "failed": Words("Why not", "Uygun olmama nedenleri"),
    "advice": Words("What is advised", "Tavsiyeler"),
    "supports": Words("Support", "Destek"),
    "support": Words("How the support is computed: “{title}”", "Desteğin hesabı: “{title}”"),
    "joint": Words("Ceilings over several supports", "Birden çok desteğin ortak tavanları"),
    "figures": Words("Figures used", "Kullanılan değerler"),
    "parameters": Words("Parameters of the programme", "Programın parametreleri"),
    "results": Words("Results", "Sonuçlar"),
    "scores": Words("Scores", "Puanlama"),
    "missing": Words("What is still needed, most useful first", "Eksik bilgiler, en yararlısı önce"),
    "unset": Words("Not set by the programme", "Programda belirlenmemiş"),
    "undecidable": Words("What cannot be computed", "Hesaplanamayanlar"),
    "warnings": Words("Worth knowing", "Dikkat edilecekler"),
    "duties": Words("Duties", "Yükümlülükler"),
    "notes": Words("Notes", "Bilgi"),
    "texts": Words("The texts of this programme", "Programın metinleri"),
    "of_text": Words("from {name}", "kaynağı {name}"),
    "library": Words("library", "kitaplık"),
    "amendment": Words("amendment", "değişiklik"),
    "programme": Words("programme", "program"),
    "added": Words("added: {name}", "ek: {name}"),
    "replaced": Words("replaced: {name}, of {was_in}", "değişik: {name}, {was_in} metnindeki"),
    "repealed": Words("repealed: {name}, of {was_in}", "mülga: {name}, {was_in} metnindeki"),
    "of_days": Words("{said} (in force {days})", "{said} (yürürlük {days})"),
    "promises": Words("Promises of the programme that are broken", "Programın tutulmayan güvenceleri"),
    # statuses
    "met": Words("met", "sağlanıyor"),
    "failed_status": Words("not met", "sağlanmıyor"),
    "undecided": Words("open", "belirsiz"),
    "not_applicable": Words("does not apply", "uygulanmaz"),
    "because": Words("does not apply because {reason}", "{reason} uygulanmaz"),
    "calendar_years": Words(
        "{number} holidays from {first} to {last}", "{first} ile {last} arasında {number} tatil günü"
    ),
    "based_on": Words("Based on", "Dayanağı"),
    "switched_off": Words(
        "Left out with the parameters as they are set", "Parametrelerin bu değerleriyle uygulanmayanlar"
    ),
    "maybe": Words("may not apply: {reason}", "uygulanmayabilir: {reason}"),
    "paid": Words("Paid: {amount}", "Ödenecek: {amount}"),
    "if_eligible": Words("To be paid if eligible: {amount}", "Uygun bulunursa ödenecek: {amount}"),
    "basis": Words(
        "Computed for other figures, not paid: {amount}", "Başka hesaplar için; ödenmez: {amount}"
    ),
    "would": Words(
        "This is what the steps give. Nothing is paid, because the application is not eligible.",
        "Adımların verdiği tutarlar budur. Başvuru uygun olmadığından ödeme yapılmaz.",
    ),
    "no_support": Words("This support does not apply.", "Bu destek uygulanmaz."),
    # the table of lines
    "line": Words("Line", "Kalem"),
    "what": Words("What", "Konu"),
    "cost": Words("Cost", "Gider"),
    "eligible_cost": Words("Eligible cost", "Uygun gider"),
    "rate": Words("Rate", "Oran"),
    "amount": Words("Support", "Destek"),
    "total": Words("Total", "Toplam"),
    "addition": Words("added", "ilave"),
    "all_rows": Words("all", "tümü"),
    "more_lines": Words("… and {n} more lines", "… ve {n} kalem daha"),
    "currency": Words("Amounts in {currency}", "Tutarlar {currency} cinsindendir"),
    "excluded": Words("excluded: {step}", "kapsam dışı: {step}"),
    # steps
    "steps": Words("Step by step", "Adım adım"),
    "from_to": Words("{before} → {after}", "{before} → {after}"),
    "unchanged": Words("changes nothing", "bir şey değiştirmez"),
    "left_out": Words("left out because {reason}", "{reason} uygulanmadı"),
    "left_out_open": Words(
        "not decided whether it applies: {reason}", "uygulanıp uygulanmayacağı belirsiz: {reason}"
    ),
    "excludes": Words("excludes {lines}", "kapsam dışı bırakır: {lines}"),
    "cuts": Words("cuts {amount}", "{amount} keser"),
    "may_cut": Words("may cut {amount}", "kesebilir: {amount}"),
    "may_cut_something": Words("may cut something", "kesinti yapabilir"),
    "may_cut_up_to": Words("may cut up to {amount}", "{amount} tutarına kadar kesebilir"),
    "refuses": Words(
        "is exceeded by {amount}: the application is refused", "{amount} aşılıyor: başvuru kabul edilmez"
    ),
    "not_reached": Words("is not reached", "aşılmıyor"),
    "limit": Words("limit {limit}", "sınır {limit}"),
    "no_ceiling": Words("there is no ceiling", "tavan yok"),
    "rate_of": Words("{rate} for {lines}", "{lines}: {rate}"),
    "lines": Words("lines {numbers}", "{numbers} numaralı kalemler"),
    "one_line": Words("line {numbers}", "{numbers} numaralı kalem"),
    "every_line": Words("every line", "tüm kalemler"),
    "applied": Words("eligible cost {cost}, support {amount}", "uygun gider {cost}, destek {amount}"),
    "factor": Words("times {factor}", "çarpan {factor}"),
    "adds": Words("adds {amount}", "{amount} ekler"),
    "raises": Words("raises the sum to {amount}", "toplamı {amount} düzeyine yükseltir"),
    "pays_nothing": Words(
        "less than {amount} is not paid, so nothing is", "{amount} altı ödenmediğinden ödeme yapılmaz"
    ),
    "rounding": Words("{how}", "{how}"),
    "each": Words("each line", "her kalemde"),
    "once": Words("once, on the sum", "toplamda bir kez"),
    "to_be_repaid": Words("{amount}, to be repaid", "{amount} (geri ödemeli)"),
    # instalments
    "payments": Words("How it is paid", "Ödemeler"),
    "part_of": Words("{title}, {number} of {of}", "{title}, {number}/{of}"),
    "the_rest": Words("the rest", "kalan tutar"),
    "due_on": Words("due on {date}", "vadesi {date}"),
    "due_now": Words("due because {reason}", "{reason} ödenir"),
    "due_once": Words("due once {what}", "şu olunca ödenir: {what}"),
    "due_after": Words("due after {what}", "şundan sonra ödenir: {what}"),
    # values
    "not_set": Words("not set", "belirlenmemiş"),
    "unknown": Words("not known yet", "henüz bilinmiyor"),
    "not_available": Words("–", "–"),
    "between": Words("{lowest} to {highest}", "{lowest} ile {highest} arası"),
    "at_least": Words("at least {lowest}", "en az {lowest}"),
    "at_most": Words("at most {highest}", "en fazla {highest}"),
    "decided_by": Words("decided by {who}", "karar veren: {who}"),
    "same": Words("and the same of {n} more rows: {paths}", "{n} satırda daha aynısı: {paths}"),
    "sources": Words("Sources", "Dayanaklar"),
    "case": Words("because {reason}", "{reason}"),
    # two decisions side by side
    "compared": Words("{first} and {second}", "{first} ve {second}"),
    "same_answer": Words("The answer is the same", "Sonuç aynı"),
    "becomes": Words("{first} → {second}", "{first} → {second}"),
    "more": Words("{amount} more", "{amount} daha fazla"),
    "less": Words("{amount} less", "{amount} daha az"),
    "no_more": Words("the same amount", "aynı tutar"),
    "between_more": Words("a difference of {range}", "fark: {range}"),
    "difference": Words("Difference", "Fark"),
    "outcome": Words("Decision", "Karar"),
    "whole_support": Words("Support in all", "Toplam destek"),
    "made_of": Words("Where the difference comes from: “{title}”", "Farkın kaynağı: “{title}”"),
    "counted": Words("Counted to begin with", "Başlangıçta sayılan"),
    "on_side": Words("{side}: {said}", "{side}: {said}"),
    "deciding": Words("Rules that decide otherwise", "Farklı sonuç veren kurallar"),
    "other_rules": Words("Rules of one side only", "Yalnız bir tarafın kuralları"),
    "no_such_rule": Words("has no such rule", "böyle bir kuralı yok"),
    "no_such_ceiling": Words("has no such ceiling", "böyle bir tavanı yok"),
    "no_such_support": Words("has no such support", "böyle bir desteği yok"),
    "ceilings": Words("Ceilings that cut otherwise", "Farklı kesen tavanlar"),
    "other_figures": Words("Figures with another value", "Değeri farklı olanlar"),
    "other_readings": Words("Parameters with another value", "Değeri farklı parametreler"),
    "one_sided": Words("Facts that one side alone asks for", "Yalnız bir tarafın sorduğu bilgiler"),
    "still_needed": Words("Still open: {side}", "Açık kalanlar: {side}"),
    # steps without a title
    "eligible_cost_step": Words("Eligible cost", "Uygun gider"),
    "count_limit_step": Words("Count limit", "Adet sınırı"),
    "cost_ceiling_step": Words("Cost ceiling", "Gider tavanı"),
    "rate_step": Words("Rate", "Oran"),
    "bonus_step": Words("Bonus", "İlave"),
    "rate_ceiling_step": Words("Rate ceiling", "Oran tavanı"),
    "support_ceiling_step": Words("Support ceiling", "Destek tavanı"),
    "proration_step": Words("Proration", "Oranlama"),
    "supplement_step": Words("Supplement", "Ek ödeme"),
    "support_floor_step": Words("Support floor", "Destek tabanı"),
    "rounding_step": Words("Rounding", "Yuvarlama"),
    "apply_step": Words("Rate times eligible cost", "Oran çarpı uygun gider"),
}


def label(key: str, language: str, **facts: str) -> str:
    """The words of a label with its facts filled in."""
    text = LABELS[key][language]
    for name, fact in facts.items():
        text = text.replace(f"{{{name}}}", fact)
    return text
