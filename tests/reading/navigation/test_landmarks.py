import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Article, Block, Mark, Span
from annotator.reading.navigation.landmarks import Landmarks, ranked
from annotator.reading.navigation.units import Units
from builders import make_article
from documents import articles

TEXT = (
    "# One\n\nWages fell by 9% in 2023. Is that so? Nobody asked me.\n\n"
    "## Two\n\nThe mayor signed the law in Berlin on 3 May 2021.\n\n# Three\n\nBye."
)
ARTICLE = make_article(TEXT, title="")
LINKED = Article(
    "x",
    "",
    "",
    blocks=(
        Block("paragraph", "See this and that.", marks=(Mark("link", Span(4, 8), "https://a.b"),)),
        Block(
            "paragraph",
            "More there.1",
            marks=(
                Mark("footnote_reference", Span(11, 12), "#1"),
                Mark("link", Span(5, 10), "https://c.d"),
            ),
        ),
    ),
)


def landmarks(article: Article) -> Landmarks:
    return Landmarks(Units(article))


@pytest.mark.parametrize(
    ("offset", "count", "found"),
    [(0, 1, "Two"), (-1, 1, "One"), (0, 2, "Three"), (0, 9, "Three"), (99, -1, "Two")],
)
def test_headings_are_reached_in_order(offset, count, found):
    start = landmarks(ARTICLE).heading(offset, count)
    assert ARTICLE.text[start:].startswith(found)


def test_beyond_the_last_heading_there_is_none():
    assert landmarks(ARTICLE).heading(len(ARTICLE.text), 1) is None
    assert landmarks(ARTICLE).heading(0, -1) is None


def test_links_and_footnotes_are_reached_in_the_order_of_the_text():
    found = [landmarks(LINKED).link(0, count) for count in (1, 2, 3, 9)]
    assert [span.of(LINKED.text) for span in found] == ["this", "there", "1", "1"]
    assert landmarks(LINKED).link(5, -1) == found[0]
    assert landmarks(LINKED).link(4, -1) is None


def test_check_worthy_sentences_are_reached_past_others():
    marks = landmarks(ARTICLE)
    first = marks.worthy(0, 1)
    second = marks.worthy(first, 1)
    assert ARTICLE.text[first:].startswith("Wages fell")
    assert ARTICLE.text[second:].startswith("The mayor signed")
    assert marks.worthy(second, 1) is None
    assert marks.worthy(second, -1) == first
    assert marks.worthy(0, 7) == second


def test_headings_code_and_tables_are_not_check_worthy():
    text = "Wages fell by 9% in 2023."
    for kind in ("heading", "code", "table", "footnote"):
        article = Article("x", "", "", blocks=(Block(kind, text),))
        assert landmarks(article).worthy(-1, 1) is None
        assert not landmarks(article).worthiness.beginning_in(Span(0, 9), 0)


def test_check_worthy_sentences_are_found_by_their_start():
    article = make_article("Yes. Wages fell by 9% in 2023. Is that so?", title="")
    worthiness = landmarks(article).worthiness
    assert worthiness.beginning_in(Span(0, 20), 0) == (Span(5, 30),)
    assert worthiness.beginning_in(Span(10, 42), 0) == ()
    assert worthiness.around(Span(10, 42)) == Span(5, 42)


def test_an_empty_article_has_no_landmarks():
    marks = landmarks(Article("x", "", ""))
    assert marks.heading(0, 1) is marks.link(0, 1) is marks.worthy(0, 1) is None


@given(articles(), st.integers(-4, 4).filter(bool), st.data())
def test_a_landmark_is_on_the_requested_side(article, count, data):
    offset = data.draw(st.integers(0, len(article.text)))
    marks = landmarks(article)
    link = marks.link(offset, count)
    found = (marks.heading(offset, count), marks.worthy(offset, count), link and link.start)
    assert all(start is None or (start > offset) == (count > 0) for start in found)
    assert offset not in found


def test_the_sentences_of_an_article_are_ranked_by_what_they_are_worth():
    sentences = ranked(ARTICLE)
    assert {sentence.text for sentence in sentences} == {
        "Wages fell by 9% in 2023.",
        "The mayor signed the law in Berlin on 3 May 2021.",
    }
    assert [sentence.worth for sentence in sentences] == sorted(
        (sentence.worth for sentence in sentences), reverse=True
    )
    for sentence in sentences:
        assert ARTICLE.text[sentence.start : sentence.end] == sentence.text
    twice = make_article("Wages fell by 9% in 2023.\n\nWages fell by 9% in 2023.", title="")
    assert [sentence.start for sentence in ranked(twice)] == [0, 27]
