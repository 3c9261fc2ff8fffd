"""Marks that overlap on a page are nested in a document."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.export.block_content import runs
from annotator.model import Mark, Span

KINDS = st.sampled_from(["strong", "emphasis", "code", "link", "strike", "footnote_reference"])
marks = st.lists(
    st.builds(
        lambda kind, start, length, href: Mark(kind, Span(start, start + length), href),
        KINDS,
        st.integers(0, 20),
        st.integers(0, 12),
        st.sampled_from(["", "https://a.example", "https://b.example"]),
    ),
    max_size=8,
)


def outline(stretches):
    return [
        (run.mark.kind if run.mark else "", run.span.start, run.span.end, *outline(run.inside))
        for run in stretches
    ]


def test_marks_divide_a_text_into_runs():
    found = runs([Mark("strong", Span(2, 4))], Span(0, 6))
    assert outline(found) == [("", 0, 2), ("strong", 2, 4, ("", 2, 4)), ("", 4, 6)]


def test_a_mark_that_overlaps_another_is_divided():
    found = runs([Mark("strong", Span(0, 4)), Mark("emphasis", Span(2, 6))], Span(0, 6))
    assert outline(found) == [
        ("strong", 0, 4, ("", 0, 2), ("emphasis", 2, 4, ("", 2, 4))),
        ("emphasis", 4, 6, ("", 4, 6)),
    ]


def test_a_link_within_a_link_is_left_out():
    found = runs([Mark("link", Span(0, 4), "a"), Mark("link", Span(1, 6), "b")], Span(0, 6))
    assert outline(found) == [("link", 0, 4, ("", 0, 4)), ("link", 4, 6, ("", 4, 6))]


def test_marks_of_one_kind_that_touch_are_joined():
    found = runs([Mark("strong", Span(0, 2)), Mark("strong", Span(2, 4))], Span(0, 4))
    assert outline(found) == [("strong", 0, 4, ("", 0, 4))]


def test_of_two_marks_on_the_same_words_the_link_is_outside_and_code_inside():
    marked = [Mark(kind, Span(0, 2)) for kind in ("code", "strong", "link")]
    assert outline(runs(marked, Span(0, 2))) == [("link", 0, 2, ("strong", 0, 2, ("code", 0, 2)))]


def test_marks_are_cut_to_the_span():
    assert outline(runs([Mark("strong", Span(0, 9))], Span(3, 5))) == [("strong", 3, 5, ("", 3, 5))]


@given(marks, st.integers(0, 10), st.integers(10, 40))
def test_the_runs_cover_every_character_once_and_nest(found, start, end):
    span = Span(start, end)
    assert_covers(runs(found, span), span)


def assert_covers(stretches, span):
    offset = span.start
    for run in stretches:
        assert run.span.start == offset
        assert len(run.span)
        if run.inside:
            assert_covers(run.inside, run.span)
        offset = run.span.end
    assert offset == span.end
