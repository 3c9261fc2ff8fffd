from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annotator import codec
from annotator.model import Article, Block, PageLabel, Span
from builders import make_article

KINDS = st.sampled_from(["heading", "paragraph", "list_item", "quote", "code", "table", "image"])
TEXTS = st.text(st.sampled_from("ab \n\té汉👩"), max_size=12)
BLOCKS = st.lists(st.builds(Block, KINDS, TEXTS), max_size=8).map(tuple)


def article_of(blocks: tuple[Block, ...]) -> Article:
    return Article("a" * 16, "", "A title", blocks=blocks)


class TestText:
    def test_parts_blocks_by_an_empty_line_and_items_by_a_newline(self):
        article = make_article("# Title\n\nOne.\n\n- first\n- second\n\nTwo.")
        assert article.text == "Title\n\nOne.\n\nfirst\nsecond\n\nTwo."

    def test_of_no_blocks_is_empty(self):
        assert article_of(()).text == ""
        assert article_of(()).starts == ()

    def test_of_a_table_keeps_rows_on_lines_and_cells_apart(self):
        table = Block("table", "Year\tRain\n1973\t118.5", header_rows=1)
        assert article_of((table,)).text == "Year\tRain\n1973\t118.5"

    @given(BLOCKS)
    @settings(deadline=None)
    def test_holds_every_block_where_its_span_says(self, blocks):
        article = article_of(blocks)
        assert len(article.starts) == len(blocks)
        for index, block in enumerate(blocks):
            assert article.span_of(index).of(article.text) == block.text

    @given(BLOCKS)
    @settings(deadline=None)
    def test_holds_nothing_between_blocks_but_their_separators(self, blocks):
        article = article_of(blocks)
        spans = [article.span_of(index) for index in range(len(blocks))]
        for (left, right), (before, after) in zip(pairwise(blocks), pairwise(spans), strict=True):
            are_items = left.kind == right.kind == "list_item"
            gap = article.text[before.end : after.start]
            assert gap == ("\n" if are_items else "\n\n")
        assert not spans or (spans[0].start, spans[-1].end) == (0, len(article.text))


class TestBlockAt:
    def test_is_the_block_that_holds_the_offset_or_stands_before_it(self):
        article = make_article("One.\n\nTwo.")  # O at 0, T at 6
        assert [article.block_at(offset) for offset in (0, 3, 4, 5, 6, 9, 99)] == [
            0,
            0,
            0,
            0,
            1,
            1,
            1,
        ]

    def test_of_an_article_without_blocks_is_the_first(self):
        assert article_of(()).block_at(0) == 0

    @given(BLOCKS.filter(len), st.data())
    @settings(deadline=None)
    def test_never_starts_after_the_offset(self, blocks, data):
        article = article_of(blocks)
        offset = data.draw(st.integers(0, len(article.text)))
        index = article.block_at(offset)
        assert article.starts[index] <= offset
        assert index + 1 == len(blocks) or offset < article.starts[index + 1]


class TestRevision:
    def test_is_sixteen_hexadecimal_digits(self):
        revision = make_article("One.").revision
        assert len(revision) == 16
        assert int(revision, 16) >= 0

    def test_changes_with_the_text_and_with_nothing_else(self):
        article = make_article("One.\n\nTwo.", title="A")
        assert article.revision == make_article("One.\n\nTwo.", title="B").revision
        assert article.revision != make_article("One.\n\nTwo!", title="A").revision

    def test_of_a_text_that_is_no_unicode_can_be_had(self):
        assert article_of((Block("paragraph", "\ud800"),)).revision


class TestLength:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", 0),
            ("Two words.", 2),
            ("It’s a well-known 3.5 U.S. figure — so.", 7),
            ("糊が乾く。", 4),
            ("本 and 紙 of 1908", 5),
            ("عاد الصوت", 2),
        ],
    )
    def test_counts_words_and_the_characters_of_scripts_without_spaces(self, text, words):
        assert make_article(text).word_count == words

    def test_of_a_short_article_is_one_minute(self):
        assert make_article("Short.").minutes == 1

    def test_in_minutes_follows_the_words(self):
        assert make_article("word " * 238 * 7).minutes == 7

    def test_in_minutes_counts_characters_where_there_are_no_words(self):
        assert make_article("糊" * 1500).minutes == 3


class TestPageLabels:
    LABELS = (PageLabel(0, "xiv", 14), PageLabel(10, "1", 15), PageLabel(30, "2", 16))

    def test_a_place_is_on_the_page_that_begins_last_before_it(self):
        article = make_article("It rained. " * 9)
        article = replace(article, page_labels=self.LABELS)
        labels = [article.page_at(at).label for at in (0, 9, 10, 29, 30, 90)]
        assert labels == ["xiv", "xiv", "1", "1", "2", "2"]

    def test_a_passage_has_the_labels_of_its_first_and_last_page(self):
        article = replace(make_article("It rained. " * 9), page_labels=self.LABELS)
        assert article.pages_of(Span(12, 20)) == "1"
        assert article.pages_of(Span(12, 30)) == "1"
        assert article.pages_of(Span(5, 31)) == "xiv–2"

    def test_an_article_without_pages_has_none(self):
        article = make_article("It rained.")
        assert article.page_at(3) is None
        assert article.pages_of(Span(0, 3)) == ""
        assert b"page_labels" not in codec.encode(article)
