"""JSON is read strictly: what two readers could read two ways is refused, with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pace
from grantrules.facts.json_text import REFUSED, JsonNumber, load, path_text, places
from grantrules.limits import DEFAULT_LIMITS, Limits


def loaded(text, limits=DEFAULT_LIMITS):
    return load(text, name="a.json", limits=limits)


def mistakes(text, limits=DEFAULT_LIMITS):
    """Code, path, line and column of everything that is wrong with a text."""
    found = loaded(text, limits)
    at = found.source
    return [(p.code, p.path, at.line_of(p.span.start), at.column_of(p.span.start)) for p in found.problems]


# ---- what is read ------------------------------------------------------------------------------------------------


def test_a_decimal_stays_the_text_that_was_written():
    """As a binary fraction 0.10 would be another number, and would have lost its second decimal."""
    assert loaded('{"a": 0.10, "b": 7, "c": -0}').data == {"a": JsonNumber("0.10"), "b": 7, "c": 0}


def test_escapes_are_read_and_two_halves_make_one_character():
    assert loaded(r'["\u0131\ud83d\ude00\n\"\/"]').data == ['ı😀\n"/']


@pytest.mark.parametrize(
    "text", [b'\xef\xbb\xbf{"a": 1}\r\n', '\ufeff{"a": 1}', b'{"a":\r\n1}', ' {"a":\t1} ']
)
def test_a_mark_at_the_beginning_and_any_line_ends_are_allowed(text):
    """Windows editors write both, and neither leaves a doubt."""
    assert loaded(text).data == {"a": 1}
    assert loaded(text).problems == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(json_values, st.booleans(), st.sampled_from([None, 2, "\t"]))
def test_what_python_writes_is_read_back(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    assert loaded(text).problems == ()
    assert loaded(text).data == value
    assert loaded(text.encode()).data == value


@given(json_values, st.data())
def test_the_place_of_every_value_is_found(value, data):
    """The text at the place of a value is that value."""
    text = json.dumps({"all": value}, ensure_ascii=False)
    path, at = ("all",), value
    while at and isinstance(at, dict | list) and data.draw(st.booleans()):
        step = data.draw(st.sampled_from(range(len(at)) if isinstance(at, list) else sorted(at)))
        path, at = (*path, step), at[step]

    place = places(loaded(text).source, [path], DEFAULT_LIMITS)[path]
    shown = text[place.value.start : place.value.end]

    assert shown in {"[", "{"} if isinstance(at, dict | list) else json.loads(shown) == at
    if isinstance(path[-1], str):
        assert json.loads(text[place.name.start : place.name.end]) == path[-1]


@given(
    st.text(alphabet='{}[]",:0123456789.eE+-truefalsn \\u\n', max_size=40)
    | st.text(max_size=20)
    | st.binary(max_size=20)
)
def test_no_text_whatever_breaks_the_reader(text):
    """Either it is JSON as Python knows it, or it is refused with a place."""
    found = loaded(text)

    assert found.problems or found.data == json.loads(text, parse_float=JsonNumber)
    for problem in found.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(found.source.text)
        assert len(problem.words("tr").why) < 500


# ---- what is refused ---------------------------------------------------------------------------------------------


def test_a_key_given_twice_is_refused_and_the_rest_is_read():
    text = '{"a": 1, "b": {"c": 1,\n "c": 2}, "a": 3, "d": NaN}'

    assert mistakes(text) == [("GR502", "b.c", 2, 2), ("GR502", "a", 2, 11), ("GR543", "d", 2, 24)]
    assert loaded(text).data == {"a": REFUSED, "b": {"c": REFUSED}, "d": REFUSED}


def test_keys_that_are_written_differently_and_mean_the_same_are_the_same():
    assert [code for code, *_ in mistakes(r'{"amount": 1, "\u0061mount": 2}')] == ["GR502"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": NaN}', "GR543"),
        ('{"a": -Infinity}', "GR543"),
        ('{"a": 1e999}', "GR544"),
        ('{"a": 1e999999999}', "GR544"),
        ('{"a": 1E-7}', "GR544"),
        ('{"a": 1234567890123456789}', "GR654"),
        (r'{"a": "\ud800"}', "GR510"),
        (r'{"a": "\udc00\ud800"}', "GR510"),
        ('{"a": "%s"}' % ("x" * 10_001), "GR655"),
    ],
)
def test_a_value_that_cannot_be_taken_has_its_place(text, code):
    """And it is never made: the exponent is seen in the text."""
    assert mistakes(text) == [(code, "a", 1, 7)]
    assert loaded(text).data == {"a": REFUSED}


# What somebody wrote, where the mistake is, and a word that names it.
SLIPS = [
    ("", (1, 1), "the end of the text"),
    ("{", (1, 2), "the end of the text"),
    ('{"a": 1,}', (1, 9), "after a comma too many"),
    ("[1, ]", (1, 5), "after a comma too many"),
    ('{"a": 1]', (1, 8), "closing bracket that does not fit"),
    ("{'a': 1}", (1, 2), "a single quote"),
    ("{“a”: 1}", (1, 2), "word processor"),
    ("{a: 1}", (1, 2), "a text without quotes"),
    ('{"a" 1}', (1, 6), "a number, which does not fit"),
    ('{"a": 1 "b": 2}', (1, 9), "a text"),
    ('{"a": "x}', (1, 7), "closing quotes"),
    ('{"a": "x\ny"}', (1, 9), "a line end"),
    (r'{"a": "\x"}', (1, 8), "backslash"),
    ('{"a": True}', (1, 7), "true, false and null"),
    ('{"a": None}', (1, 7), "true, false and null"),
    ('{"a": 007}', (1, 7), "begins with a zero"),
    ('{"a": .5}', (1, 7), "one side of its point"),
    ('{"a": 5.}', (1, 7), "one side of its point"),
    ('{"a": +5}', (1, 7), "plus sign"),
    ('{"a": 1,5}', (1, 9), "a number, which does not fit"),
    ('{"a": 1} // no', (1, 10), ""),
    ('{"a": /* no */ 1}', (1, 7), "a comment"),
    ('{"a": 1}{"a": 2}', (1, 9), ""),
    ("\x00", (1, 1), r"\u{0}"),
]


@pytest.mark.parametrize(("text", "place", "named"), SLIPS)
def test_a_slip_in_the_writing_is_named_at_its_place(text, place, named):
    [(code, _, *found)] = mistakes(text)

    assert code in {"GR541", "GR545"}
    assert tuple(found) == place
    assert named in loaded(text).problems[0].words("en").why


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"a": 1}'.encode("utf-16"), "GR542"),
        ('{"a": 1}'.encode("utf-16-be"), "GR542"),
        ('{"a": 1}'.encode("utf-32"), "GR542"),
        ('{"a": "ç"}'.encode("cp1254"), "GR542"),
        ('{"a": "\ud800"}', "GR510"),
    ],
)
def test_another_encoding_is_refused(text, code):
    assert [problem.code for problem in loaded(text).problems] == [code]


# ---- bounds ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 200_000, "GR652"),
        ('{"a":' * 200_000, "GR652"),
        ('{"a": ' + "9" * 1_000_000 + "}", "GR654"),
        ('{"a": "' + "x" * 1_000_000 + '"}', "GR655"),
        ('{"a": "' + r"\u0041" * 200_000 + '"}', "GR655"),
        ('{"a": "' + "\\" * 1_000_000, "GR541"),
        ('{"a": "' + "x" * 1_000_000, "GR541"),
        ("[" + "0," * 100_000 + "0]", "GR653"),
        ("{" + ",".join(f'"{n}": 0' for n in range(100_000)) + "}", "GR656"),
        (" " * 17_000_000, "GR651"),
        ("ç" * 9_000_000, "GR651"),
        (b" " * 17_000_000, "GR651"),
        ("[" + "NaN," * 9_999 + "0]", "GR543"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_an_attack_by_size_ends_at_once(text, code):
    with pace.within(30):
        found = loaded(text)

    assert found.problems[0].code == code
    assert len(found.problems) <= DEFAULT_LIMITS.diagnostics


def test_no_more_mistakes_are_kept_than_are_shown():
    found = loaded("[" + "NaN," * 999 + "0]", Limits(diagnostics=7))

    assert len(found.problems) == 7
    assert found.more == 992


def test_as_deep_as_the_limit_is_allowed():
    assert loaded("[" * 32 + "]" * 32).problems == ()
    assert mistakes("[" * 33 + "]" * 33)[0][0] == "GR652"


def test_a_path_is_written_as_people_read_it():
    assert path_text(("costs", 3, "amount")) == "costs[3].amount"
    assert path_text(("a.b", 'x"\n')) == r'["a.b"]["x"\u{A}"]'
