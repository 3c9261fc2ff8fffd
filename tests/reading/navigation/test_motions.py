from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Article, Block
from annotator.reading.layout.engine import Layout
from annotator.reading.navigation import motions
from annotator.reading.navigation.units import Units
from builders import make_article
from documents import articles

TEXT = "One two three\n\n漢字かな\n\nx"
ARTICLE = make_article(TEXT, title="")
LAYOUT = Layout(ARTICLE, 40)


def test_moving_by_lines_skips_blank_ones_and_keeps_the_column():
    offset, goal = motions.line(LAYOUT, 4, 1, None)
    assert (ARTICLE.text[offset], goal) == ("か", 4)
    offset, goal = motions.line(LAYOUT, offset, 1, goal)
    assert (ARTICLE.text[offset], goal) == ("x", 4)
    assert motions.line(LAYOUT, offset, -2, goal) == (4, 4)


def test_moving_beyond_the_last_line_stays_there():
    assert motions.line(LAYOUT, len(TEXT) - 1, 1, None) == (len(TEXT) - 1, 0)
    assert motions.line(LAYOUT, 4, -3, None) == (4, 4)


def test_moving_by_rows_counts_blank_ones():
    assert ARTICLE.text[motions.rows(LAYOUT, 4, 2, None)[0]] == "か"
    assert ARTICLE.text[motions.rows(LAYOUT, 4, 1, None)[0]] == "か"
    assert motions.rows(LAYOUT, 4, -9, None)[0] == 4


def test_rows_end_on_the_last_line_of_text():
    article = Article("x", "", "", blocks=(Block("paragraph", "One."), Block("rule", "")))
    assert motions.rows(Layout(article, 40), 0, 5, None) == (0, 0)


def test_a_line_has_two_ends():
    layout = Layout(make_article("One two three four", title=""), 8)
    assert motions.line_edge(layout, 9, -1) == 8
    assert motions.line_edge(layout, 9, 1) == 12


def test_a_line_without_text_has_no_ends():
    article = Article("x", "", "", blocks=(Block("rule", ""),))
    assert motions.line_edge(Layout(article, 40), 0, 1) == 0


def test_the_end_of_a_word_is_its_last_letter_and_then_that_of_the_next():
    units = Units(make_article("One two."))
    assert motions.word_end(units, 0) == 2
    assert motions.word_end(units, 2) == 6
    assert motions.word_end(units, 6) == 7
    assert motions.word_end(units, 7) == 7


def test_the_edges_of_an_article_are_its_first_and_last_letters():
    blocks = (Block("rule", ""), Block("paragraph", "One."), Block("rule", ""))
    units = Units(Article("x", "", "", blocks=blocks))
    assert motions.edge(units, -1) == 2
    assert motions.edge(units, 1) == 5


@given(articles(), st.integers(8, 90), st.integers(-5, 5), st.data())
def test_moving_several_lines_is_moving_one_line_several_times(article, width, count, data):
    layout = Layout(article, width)
    offset = data.draw(st.integers(0, len(article.text)))
    once, goal = motions.line(layout, offset, count, None)
    stepped, kept = offset, layout.place(offset).column
    for _ in range(abs(count)):
        stepped, kept = motions.line(layout, stepped, 1 if count > 0 else -1, kept)
    assert kept == goal
    assert stepped == once


def test_a_letter_is_found_in_the_rest_of_its_paragraph_or_before():
    units = Units(make_article("An eel.\n\nThe Éel ate elver and eels.\n\nAn eel.", title=""))
    text = units.article.text
    start = text.index("ate")
    assert motions.character(units, start, "e", 1) == start + 2
    assert motions.character(units, start, "e", 2) == text.index("elver")
    assert motions.character(units, start, "e", 3) == text.index("elver") + 3
    assert motions.character(units, start, "e", 9) is None
    assert motions.character(units, start, "e", -1) == text.index("Éel") + 1
    assert motions.character(units, start, "e", -2) == text.index("Éel")
    assert motions.character(units, start, "E", -1) == text.index("Éel")
    assert motions.character(units, start, "e", -9) is None
