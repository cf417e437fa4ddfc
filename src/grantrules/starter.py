"""The small programme that `grantrules new` writes: every part once, with a comment, and an example that passes."""

from __future__ import annotations

import re

from grantrules.diagnostics import Words

_NAME = Words("my_programme", "programim")

_EN = """language English

-- Two dashes begin a comment. Statements begin in the first column; what belongs to one stands below it,
-- further to the right. Check the file with: grantrules check FILE    Run its examples with: grantrules test FILE

programme {name} "Title of the programme"
  tr "Programın adı"
  authority    "Who grants the support"
  currency     EUR
  time zone    Europe/Brussels
  rules as of  submitted

-- The text that the rules carry out. Each statement below quotes its own sentence of it.
source call "Title of the call", dated 2026-01-15

-- What an application holds.
record cost
  category "Kind of cost"  one of equipment, training, travel
  amount   "Amount"        money (at least 0 EUR)

application
  submitted "Day of submission"  date
  employees "People employed"    whole number (at least 0)
  costs     "Lines of cost"      list of cost (at most 200)

-- Who may apply: every requirement must be met.
require small_enough "At most 50 people work there"
  cites call "enterprises with no more than 50 employees"
  message "Only enterprises with no more than 50 employees can be supported."
  employees is at most 50

require in_time "Submitted while the call is open"
  cites call "from 1 February to 31 March 2026"
  submitted is from 2026-02-01 to 2026-03-31

-- How much is paid: the steps are taken from top to bottom.
support grant "Support for the project"
  from costs counting amount

  eligible cost no_travel "Travel is not paid for"
    cites call "Travel costs are not eligible."
    except where category is travel

  rate basic "60% of eligible cost"
    cites call "The support is 60% of the eligible cost"
    60%

  support ceiling most "At most 30 000 EUR"
    cites call "and does not exceed 30 000 EUR."
    together at most 30 000 EUR
    excess is cut pro rata

  rounding down in steps of 0.01 EUR, once at the end

-- What must be true of every decision; it is checked each time.
promise never_above_the_ceiling
  grant is at most 30 000 EUR

-- Examples are tests: each says what it expects.
example a_small_project "60% of what is eligible"
  submitted  2026-02-01
  employees  12
  costs
    category  | amount
    equipment | 10 000 EUR
    travel    |  1 000 EUR
  expect eligible
  expect grant is 6 000 EUR

example a_large_project "The ceiling cuts"
  like a_small_project
  costs
    category  | amount
    equipment | 40 000 EUR
    training  | 20 000 EUR
  expect binding: most
  expect grant is 30 000 EUR

example too_many_people
  like a_small_project
  employees 51
  expect not eligible: small_enough
"""

_TR = """dil Türkçe

-- İki kısa çizgi açıklama başlatır. Deyimler ilk sütunda başlar; bir deyime ait satırlar onun altında, daha
-- içeride durur. Dosyayı denetlemek için: grantrules check DOSYA    Örneklerini çalıştırmak için: grantrules test DOSYA

program {name} "Programın adı"
  en "Title of the programme"
  kurum              "Desteği veren kurum"
  para birimi        TRY
  saat dilimi        Europe/Istanbul
  kuralların tarihi  başvuru_günü

-- Kuralların dayandığı metin. Aşağıdaki her deyim bu metnin kendi cümlesini alıntılar.
kaynak çağrı "Çağrının adı", tarihi 2026-01-15

-- Bir başvuruda ne bulunur.
kayıt gider
  türü   "Giderin türü"  şunlardan biri makine, eğitim, seyahat
  tutarı "Tutarı"        para (en az 0 TRY)

başvuru
  başvuru_günü "Başvuru günü"      tarih
  çalışanlar   "Çalışan sayısı"    tam sayı (en az 0)
  giderler     "Gider kalemleri"   gider listesi (en fazla 200)

-- Kimler başvurabilir: şartların hepsi sağlanmalıdır.
şart yeterince_küçük "En fazla 50 kişi çalışır"
  dayanak çağrı "en fazla 50 çalışanı olan işletmeler"
  mesaj "Yalnız en fazla 50 çalışanı olan işletmeler desteklenir."
  çalışanlar en fazla 50 olmalı

şart süresinde "Çağrı açıkken başvurulur"
  dayanak çağrı "1 Şubat - 31 Mart 2026 tarihleri arasında"
  başvuru_günü 2026-02-01 ile 2026-03-31 arası olmalı

-- Ne kadar ödenir: adımlar yukarıdan aşağıya uygulanır.
destek hibe "Proje desteği"
  kalemler giderler, tutarı esasıyla

  uygun gider seyahat_hariç "Seyahat desteklenmez"
    dayanak çağrı "Seyahat giderleri uygun değildir."
    hariç türü seyahat olanlar

  oran temel_oran "Uygun giderin %60'ı"
    dayanak çağrı "Destek, uygun giderin %60'ıdır"
    %60

  destek tavanı üst_sınır "En fazla 300 000 TRY"
    dayanak çağrı "ve 300.000 TL'yi geçemez."
    birlikte en fazla 300 000 TRY
    aşan kısım orantılı kesilir

  yuvarlama 0.01 TRY adımlarla aşağı, sonda bir kez

-- Her kararda doğru olması gereken; her seferinde denetlenir.
güvence tavan_aşılmaz
  hibe en fazla 300 000 TRY olmalı

-- Örnekler sınamadır: her biri ne beklediğini söyler.
örnek küçük_proje "Uygun olanın %60'ı"
  başvuru_günü  2026-02-01
  çalışanlar    12
  giderler
    türü    | tutarı
    makine  | 100 000 TRY
    seyahat |  10 000 TRY
  beklenen uygun
  beklenen hibe 60 000 TRY olmalı

örnek büyük_proje "Tavan keser"
  temeli küçük_proje
  giderler
    türü   | tutarı
    makine | 400 000 TRY
    eğitim | 200 000 TRY
  beklenen kesen tavan: üst_sınır
  beklenen hibe 300 000 TRY olmalı

örnek fazla_çalışan
  temeli küçük_proje
  çalışanlar 51
  beklenen uygun değil: yeterince_küçük
"""


def starter(file_name: str, language: str) -> str:
    """The text of the file; the programme is called after it where its name can be one."""
    stem = file_name.removesuffix(".rules").lower()
    name = re.sub(r"[^a-z0-9_]+", "_", stem).strip("_")
    if not re.match(r"[a-z]", name):
        name = _NAME[language]
    return (_TR if language == "tr" else _EN).replace("{name}", name[:60])
