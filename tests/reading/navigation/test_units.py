import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Article, Block, Span
from annotator.reading.navigation.units import UNITS, Units
from builders import make_article
from documents import articles

ARTICLE = make_article("One two. Three four!\n\n## Head\n\nFive e\u0301 six.")


def at(article: Article, offset: int, unit: str) -> str:
    return Units(article).at(offset, unit).of(article.text)


@pytest.mark.parametrize(
    ("offset", "unit", "piece"),
    [
        (0, "character", "O"),
        (5, "word", "two"),
        (7, "word", "."),
        (3, "word", "One"),
        (12, "sentence", "Three four!"),
        (12, "paragraph", "One two. Three four!"),
        (24, "sentence", "Head"),
        (33, "character", "e\u0301"),
        (34, "character", "e\u0301"),
    ],
)
def test_an_offset_is_in_a_letter_a_word_a_sentence_and_a_paragraph(offset, unit, piece):
    assert at(ARTICLE, offset, unit) == piece


def test_between_blocks_there_is_no_letter_but_the_sentence_before():
    assert at(ARTICLE, 21, "character") == ""
    assert at(ARTICLE, 21, "sentence") == "Three four!"


def test_words_are_of_one_script():
    article = make_article("東京タワーへ行った well-known don't 3.5")
    words = [span.of(article.text) for span in Units(article).of_block(0, "word")]
    assert words == ["東京", "タワー", "へ", "行", "った", "well-known", "don't", "3.5"]


def test_a_row_of_a_table_counts_as_a_sentence():
    article = Article("x", "", "", blocks=(Block("table", "a\tb\nc\td"),))
    assert at(article, 4, "sentence") == "c\td"


def test_a_paragraph_of_code_counts_as_a_sentence():
    article = Article("x", "", "", blocks=(Block("code", "a = 1\nb = 2\n\nc = 3"),))
    assert at(article, 7, "sentence") == "a = 1\nb = 2"
    assert at(article, 14, "sentence") == "c = 3"


def test_steps_cross_blocks_and_skip_empty_ones():
    blocks = (Block("paragraph", "One. Two."), Block("rule", ""), Block("paragraph", "Three."))
    units = Units(Article("x", "", "", blocks=blocks))
    assert units.step(5, "sentence", 1) == 13
    assert units.step(13, "sentence", -1) == 5
    assert units.step(13, "character", -1) == 8
    assert units.step(8, "character", 1) == 13
    assert units.step(0, "sentence", 9) == 13
    assert units.step(13, "sentence", -9) == 0


def test_going_back_first_goes_to_the_start_of_the_piece():
    assert Units(ARTICLE).step(12, "sentence", -1) == 9
    assert Units(ARTICLE).step(2, "word", -1) == 0


def test_an_empty_block_belongs_to_the_text_nearest_to_it():
    blocks = (Block("paragraph", "One."), Block("rule", ""))
    assert at(Article("x", "", "", blocks=blocks), 6, "sentence") == "One."


def test_an_empty_article_has_no_pieces():
    units = Units(Article("x", "", ""))
    assert all(units.at(0, unit) == Span(0, 0) for unit in UNITS)
    assert all(units.step(0, unit, step) == 0 for unit in UNITS for step in (1, -1))


@given(articles(), st.sampled_from(UNITS))
def test_steps_forward_reach_the_end_and_steps_back_the_start(article, unit):
    units = Units(article)
    last = units.step(0, unit, len(article.text) + 1)
    assert units.step(last, unit, 1) == last
    first = units.step(last, unit, -len(article.text) - 1)
    assert units.step(first, unit, -1) == first


@given(articles(), st.sampled_from(UNITS), st.data())
def test_a_piece_is_within_one_block(article, unit, data):
    offset = data.draw(st.integers(0, len(article.text)))
    piece = Units(article).at(offset, unit)
    if len(piece):
        block = article.span_of(article.block_at(piece.start))
        assert block.start <= piece.start < piece.end <= block.end
