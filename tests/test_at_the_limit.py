"""Each bound holds to the unit: what just fits is read, and what has one more is refused, with its place and the figure."""

import pytest

import grantrules as gr
from answers import answer
from grantrules.facts.json_text import load
from grantrules.limits import Limits
from grantrules.source import Source
from grantrules.syntax.characters import read_source, source_of
from grantrules.syntax.parse import parse
from grantrules.texts.shelf import Texts, file_bytes

HEAD = "language English\n\n"

# What is written, the limit, the figure that just suffices, and what is said with one less.
RULES = [
    ("define x = 1 234 567", "digits", 7, "GR604 3:12 «1 234 567» digits=7 limit=6"),
    ("define x = 123.4567", "decimals", 4, "GR605 3:12 «123.4567» digits=4 limit=3"),
    ("define x = 12.5%", "decimals", 1, None),
    ("define x = 123/7", "digits", 3, "GR604 3:12 «123/7» digits=3 limit=2"),
    ('note x "abcd"', "string_length", 4, 'GR606 3:8 «"» length=4 limit=3'),
    ("note abcdefghi", "name_length", 9, "GR607 3:6 «abcdefghi» name='abcdefghi' length=9 limit=8"),
    ("define x = ((((a))))", "depth", 4, "GR602 3:15 «(» limit=3"),
    ("define x = a's b's c's d", "depth", 3, "GR602 3:24 «d» limit=2"),
    ("require x\n  any of\n    all of\n      a", "depth", 3, "GR602 6:7 «a» limit=2"),
    ("define x = " + "year of " * 68 + "a", "depth", 5, "GR602 3:556 «a» limit=4"),
    ("define x = a + a + a", "nodes", 10, "GR603 3:20 «a» limit=9"),
]


@pytest.mark.parametrize(
    ("text", "limit", "figure", "said"), RULES, ids=[f"{r[1]}-{r[0][:12]}" for r in RULES]
)
def test_a_line_is_read_up_to_the_limit(text, limit, figure, said):
    def problems(most: int) -> list[str]:
        return [answer(each) for each in parse(Source("x", f"{HEAD}{text}\n"), Limits(**{limit: most}))[1]]

    assert problems(figure) == []
    if said:
        assert problems(figure - 1) == [said]


SIZED = "language English\n-- çğü €\n"


def test_a_file_is_read_up_to_its_last_byte():
    data = SIZED.encode()
    just, short = Limits(file_bytes=len(data)), Limits(file_bytes=len(data) - 1)

    assert read_source(data, "x", just).text == SIZED
    assert source_of(SIZED, "x", just).text == SIZED
    for refused in (read_source(data, "x", short), source_of(SIZED, "x", short)):
        (problem,) = refused
        assert (problem.code, problem.size, problem.limit) == ("GR601", len(data), len(data) - 1)
    assert parse(Source("x", SIZED), short)[0].statements == ()


def test_as_many_characters_are_refused_as_mistakes_are_reported():
    found = source_of("\x00" * 9, "x", Limits(diagnostics=4))

    assert [(each.code, each.span.start) for each in found] == [("GR103", n) for n in range(4)]


def test_a_file_on_disk_is_read_up_to_one_byte_more(tmp_path):
    path = tmp_path / "x.rules"
    path.write_bytes(b"12345")

    assert [file_bytes(path, most) for most in (3, 4, 5, 6)] == [b"1234", b"12345", b"12345", b"12345"]
    assert Texts({"a/b.rules": "12345"}).look_for("a.b", 3).content == b"1234"


JSON = [
    ('{"a": "çğü"}', "json_bytes", 15, "GR651 1:1 «» most=14"),
    ('{"a": [[1]]}', "json_depth", 3, "GR652 a[0] 1:8 «[» most=2"),
    ('{"a": [1, 2, 3]}', "list_items", 3, "GR653 a[2] 1:14 «3» most=2"),
    ('{"a": 12345}', "digits", 5, "GR654 a 1:7 «12345» most=4"),
    ('{"a": -123.45}', "digits", 3, "GR654 a 1:7 «-123.45» most=2"),
    ('{"a": "12345"}', "string_length", 5, 'GR655 a 1:7 «"12345"» most=4'),
    ('{"a": "\\u00e7\\u011f"}', "string_length", 2, 'GR655 a 1:7 «"\\u00e7\\u011f"» most=1'),
    ('{"abc": 1}', "string_length", 3, 'GR655 1:2 «"abc"» most=2'),
]


@pytest.mark.parametrize(("text", "limit", "figure", "said"), JSON, ids=[f"{r[1]}-{r[0][:12]}" for r in JSON])
@pytest.mark.parametrize("form", [str, str.encode], ids=["text", "bytes"])
def test_an_application_is_read_up_to_the_limit(text, limit, figure, said, form):
    def problems(most: int) -> list[str]:
        return [answer(each) for each in load(form(text), name="x", limits=Limits(**{limit: most})).problems]

    assert problems(figure) == []
    assert problems(figure - 1) == [said]


def test_an_object_has_a_thousand_fields_and_a_list_a_hundred_values_for_each_item():
    def problems(text: str, **limits: int) -> list[str]:
        return [answer(each) for each in load(text, name="x", limits=Limits(**limits)).problems]

    names = [f'"n{number:03}":0' for number in range(1001)]
    assert problems("{" + ",".join(names[:1000]) + "}") == []
    assert problems("{" + ",".join(names) + "}") == ['GR656 n999 1:9002 «"n1000"» most=1000']
    fields = ",".join(f'"{number}":0' for number in range(99))
    assert problems("{" + fields + "}", list_items=1) == []
    assert problems("{" + fields + ',"99":0}', list_items=1) == ['GR656 ["99"] 1:690 «0» most=100']


def test_mistakes_in_an_application_are_counted_up_to_the_limit():
    rules = (
        HEAD + 'programme a.b "C"\n  currency EUR\n\napplication\n  a  whole number\n\nrequire r\n  a is 1\n'
    )

    def said(count: int) -> list[str]:
        programme = gr.compile(rules, limits=Limits(diagnostics=3))
        with pytest.raises(gr.ApplicationError) as refused:
            programme.prepare("{" + ",".join(f'"n{number}": 0' for number in range(count)) + "}")
        return [answer(each).partition(" near=")[0] for each in refused.value.problems]

    three = [f"GR501 n{n} 1:{2 + 8 * n} «\"n{n}\"» name='n{n}'" for n in range(3)]
    assert said(3) == three
    assert said(4) == [*three, "GR657 1:34 «» count=1"]
    assert said(9) == [*three, "GR657 1:74 «» count=6"]


BYTES = [
    (b'\xff\xfe{\x00"\x00', "GR542 1:1 «» found=[UTF-16 / UTF-16]"),
    (b'\xfe\xff\x00{\x00"', "GR542 1:1 «» found=[UTF-16 / UTF-16]"),
    (b"\xff\xfe\x00\x00{\x00\x00\x00", "GR542 1:1 «» found=[UTF-32 / UTF-32]"),
    (b"\x00\x00\xfe\xff\x00\x00\x00{", "GR542 1:1 «» found=[UTF-32 / UTF-32]"),
    (b"{\x00}\x00", "GR542 1:1 «» found=[UTF-16 / UTF-16]"),
    (b"{}  \x00", "GR545 1:5 «\x00»"),
    (
        '{"ç": "a'.encode() + b'\xff"}',
        "GR542 1:9 «\ufffd» found=[bytes of another encoding / başka bir kodlamanın baytları]",
    ),
    (
        b'{"a":\n "\xe7"}',
        "GR542 2:3 «\ufffd» found=[bytes of another encoding / başka bir kodlamanın baytları]",
    ),
    ('{"a": "\ud800"}', "GR510 1:8 «?»"),
]


@pytest.mark.parametrize(("data", "said"), BYTES, ids=range(len(BYTES)))
def test_bytes_that_are_no_text_are_told_at_their_place(data, said):
    found = load(data, name="x.json", limits=Limits())

    assert [answer(each) for each in found.problems] == [said]
    assert found.source.name == "x.json"


def test_a_mark_of_the_byte_order_is_no_part_of_a_text():
    for data in (b'\xef\xbb\xbf{"a": 1}', '\ufeff{"a": 1}'):
        found = load(data, name="x.json", limits=Limits())
        assert (found.data, found.problems, found.source.text) == ({"a": 1}, (), '{"a": 1}')
