"""Turkish endings follow the way the word, the figure or the code is read."""

import pytest

from grantrules.phrases.suffixes import ABLATIVE, DATIVE, GENITIVE, LOCATIVE, PLURAL, after, inflected


@pytest.mark.parametrize(
    ("figure", "with_ending"),
    [
        ("19", "19'dan"), ("20", "20'den"), ("3", "3'ten"), ("40", "40'tan"), ("60", "60'tan"), ("70", "70'ten"),
        ("0", "0'dan"), ("100", "100'den"), ("1.000", "1.000'den"), ("2.000.000", "2.000.000'dan"),
        ("5.000.000.000", "5.000.000.000'dan"), ("%50", "%50'den"), ("1,5", "1,5'ten"), ("10,50", "10,50'den"),
        ("100.000,00 TRY", "100.000,00 TRY'den"), ("7 USD", "7 USD'den"), ("9 EURO", "9 EURO'dan"),
    ],
)  # fmt: skip
def test_the_ablative_of_a_figure_follows_how_it_is_read(figure, with_ending):
    assert after(figure, ABLATIVE) == with_ending


@pytest.mark.parametrize(
    ("word", "case", "with_ending"),
    [
        ("giderler", GENITIVE, "giderlerin"), ("üye", GENITIVE, "üyenin"), ("kurum", GENITIVE, "kurumun"),
        ("bütçe", ABLATIVE, "bütçeden"), ("yıl", ABLATIVE, "yıldan"), ("saat", ABLATIVE, "saatten"),
        ("gün", DATIVE, "güne"), ("oda", DATIVE, "odaya"), ("yurt", LOCATIVE, "yurtta"), ("firma", PLURAL, "firmalar"),
        ("söz", GENITIVE, "sözün"), ("ay", GENITIVE, "ayın"),
    ],
)  # fmt: skip
def test_a_noun_takes_the_ending_in_harmony(word, case, with_ending):
    assert inflected(word, case) == with_ending


def test_a_name_of_another_language_takes_its_ending_behind_an_apostrophe():
    assert after("costs", GENITIVE) == "costs'un"
    assert after("eligible cost", GENITIVE) == "eligible cost'un"
    assert after("", GENITIVE) == "'nin"
    assert after("“Son gün”", GENITIVE) == "“Son gün”ün"
