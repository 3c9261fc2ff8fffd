import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import InvalidSpan
from annotator.model import Span

TEXT = "At first glance, it rains."


def spans(up_to: int = 30) -> st.SearchStrategy[Span]:
    ends = st.tuples(st.integers(0, up_to), st.integers(0, up_to))
    return ends.map(lambda pair: Span(min(pair), max(pair)))


def test_a_span_gives_its_passage():
    assert Span(3, 8).of(TEXT) == "first"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (-3, -2)])
def test_an_impossible_span_is_refused_with_a_message(start, end):
    with pytest.raises(InvalidSpan, match=f"A passage cannot run from {start} to {end}"):
        Span(start, end)


def test_an_empty_span_has_a_place_and_no_passage():
    caret = Span(4, 4)
    assert len(caret) == 0
    assert caret.of(TEXT) == ""
    assert 4 not in caret


@given(spans())
def test_a_span_holds_as_many_code_points_as_it_is_long(span):
    assert len(span) == sum(offset in span for offset in range(31))


def test_only_a_number_can_be_in_a_span():
    assert "first" not in Span(3, 8)


@given(spans(), spans())
def test_two_spans_overlap_when_they_share_a_code_point(one, other):
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if shared:
        assert one.overlaps(other)
        assert other.overlaps(one)
    elif len(one) and len(other):
        assert not one.overlaps(other)


def test_neighbours_do_not_overlap():
    assert not Span(0, 3).overlaps(Span(3, 6))


def test_a_moved_span_is_as_long_as_before():
    assert Span(3, 8).moved(2) == Span(5, 10)
    assert Span(3, 8).moved(-3) == Span(0, 5)


def test_a_span_cannot_be_moved_before_the_text():
    with pytest.raises(InvalidSpan):
        Span(3, 8).moved(-4)


def test_white_space_at_the_ends_can_be_trimmed():
    assert Span(2, 9).trimmed(TEXT) == Span(3, 8)


def test_white_space_alone_trims_to_an_empty_span_at_its_end():
    assert Span(1, 4).trimmed("a   b") == Span(4, 4)


@given(st.text(st.sampled_from(" \nab"), max_size=20), st.data())
def test_trimming_gives_what_stripping_gives(text, data):
    end = data.draw(st.integers(0, len(text)))
    span = Span(data.draw(st.integers(0, end)), end)
    assert span.trimmed(text).of(text) == span.of(text).strip()
    assert span.trimmed(text).start >= span.start
    assert span.trimmed(text).end <= span.end


def test_spans_sort_in_the_order_of_the_text():
    assert sorted([Span(5, 6), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(5, 6)]
