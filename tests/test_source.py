"""Lines and columns in a text, and in several texts that stand one after the other."""

from grantrules.source import NOWHERE, Source, Span, joined

ONE = Source("one", "\na\n\nbc")
TWO = Source("two", "d\ne")
THREE = Source("three", "")


def places(source: Source, upto: int) -> list[tuple[int, int]]:
    return [(source.line_of(offset), source.column_of(offset)) for offset in range(upto)]


def test_lines_and_columns_are_counted_from_one():
    assert places(ONE, 8) == [(1, 1), (2, 1), (2, 2), (3, 1), (4, 1), (4, 2), (4, 3), (4, 3)]
    assert [ONE.line_text(number) for number in range(1, 5)] == ["", "a", "", "bc"]
    assert [ONE.line_at(offset) for offset in (0, 1, 2, 4, 6)] == [
        Span(0, 0), Span(1, 2), Span(1, 2), Span(4, 6), Span(4, 6),
    ]  # fmt: skip
    assert places(THREE, 2) == [(1, 1), (1, 1)]
    assert THREE.line_text(1) == ""


def test_several_texts_are_one_and_each_keeps_its_lines():
    whole = joined([ONE, TWO, THREE])

    assert (whole.name, whole.text) == ("one", "\na\n\nbc\nd\ne\n")
    assert [start for start, _ in whole.files] == [0, 7, 11]
    assert places(whole, 12)[5:] == [(4, 2), (4, 3), (1, 1), (1, 2), (2, 1), (2, 2), (1, 1)]
    assert [whole.file_at(offset) for offset in (0, 6, 7, 10, 11, 99)] == [0, 0, 7, 7, 11, 11]
    assert [whole.other_file(offset) for offset in (0, 6, 7, 10, 11)] == [None, None, "two", "two", "three"]
    assert whole.local(Span(7, 9)) == (TWO, Span(0, 2))
    assert whole.local(Span(9, 99)) == (TWO, Span(2, 3))
    assert whole.local(Span(11, 12)) == (THREE, Span(0, 0))
    assert whole.local(NOWHERE) == (ONE, NOWHERE)
    assert whole.local(Span(1, 3)) == (ONE, Span(1, 3))


def test_a_text_alone_is_its_own_file():
    assert joined([ONE]) is ONE
    assert ONE.local(Span(1, 3)) == (ONE, Span(1, 3))
    assert (ONE.file_at(3), ONE.other_file(3)) == (0, None)
    assert Span(3, 5).to(Span(1, 4)) == Span(1, 5)
