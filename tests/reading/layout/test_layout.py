import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.model import Article, Block, Span
from annotator.reading.layout.engine import Cell, Layout
from annotator.reading.layout.page_layout import scrolled, shift_to_show
from annotator.reading.layout.row import TextRow
from annotator.reading.layout.text_width import cell_width
from builders import make_article
from documents import articles, pictures

WIDTHS = st.integers(40, 120) | st.integers(8, 40)


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Return pages of any width, with code folded or not, and some pictures drawn."""
    article = draw(articles())
    return Layout(
        article,
        draw(WIDTHS),
        folds_code=draw(st.booleans()),
        pictures=draw(pictures(article)),
    )


@given(layouts())
def test_every_grapheme_maps_to_a_cell_and_back(layout):
    article = layout.article
    for offset in range(len(article.text)):
        place = layout.place(offset)
        back = layout.offset_at(place)
        start, end = layout.grapheme(offset)
        shown = [f for f in layout.row(place.line).fragments if f.start <= start < f.end]
        assert 0 <= place.line < max(1, layout.height)
        assert start <= offset <= end
        if shown:
            assert back == start
        elif article.blocks[article.block_at(offset)].text:
            assert back <= offset  # a space at a line break: the last letter before it


@given(layouts())
def test_no_line_is_wider_than_the_page(layout):
    for row in rows_at_every_shift(layout):
        assert all(0 <= s.column <= layout.width - cell_width(s.text) for s in row.decorations)
        for fragment in row.fragments:
            end = fragment.column + cells_of(layout, row.block, fragment)
            is_one_letter = layout.grapheme(fragment.start)[1] >= fragment.end
            assert fragment.column >= 0
            assert end <= layout.width or is_one_letter


@given(layouts())
def test_no_grapheme_is_lost_or_shown_twice(layout):
    article = layout.article
    seen = [0] * len(article.text)
    for line in range(layout.height):
        for fragment in layout.row(line).fragments:
            for offset in range(fragment.start, fragment.end):
                seen[offset] += 1
    assert max(seen, default=0) <= 1
    assert all(shown or article.text[at] in " \n\t" for at, shown in enumerate(seen))


@given(layouts())
def test_scrolling_shows_every_grapheme_and_never_one_twice(layout):
    article = layout.article
    seen = set()
    for line in range(layout.height):
        row = layout.row(line)
        for shift in shifts(layout, row):
            shown = [
                at for f in scrolled(layout, row, shift).fragments for at in range(f.start, f.end)
            ]
            assert len(shown) == len(set(shown))
            seen.update(shown)
    assert all(text in " \n\t" or at in seen for at, text in enumerate(article.text))


@given(layouts(), st.data())
def test_scrolling_to_a_grapheme_shows_it(layout, data):
    article = layout.article
    assume(article.text)
    offset = data.draw(st.integers(0, len(article.text) - 1))
    line = layout.place(offset).line
    row = layout.row(line)
    before = data.draw(st.sampled_from(shifts(layout, row)))
    letter = Span(*layout.grapheme(offset))
    shift = shift_to_show(layout, letter, before)
    held = any(f.start <= letter.start < f.end for f in row.fragments)
    shown = any(f.start <= letter.start < f.end for f in scrolled(layout, row, shift).fragments)
    assert shown or not held


@given(layouts())
def test_no_line_begins_or_ends_inside_a_grapheme(layout):
    article = layout.article
    for line in range(layout.height):
        for fragment in layout.row(line).fragments:
            assert layout.grapheme(fragment.start)[0] == fragment.start
            if fragment.end < len(article.text) and fragment.end not in article.starts:
                ends_at = layout.grapheme(fragment.end)[0]
                assert ends_at == fragment.end or article.text[fragment.end] in "\n\t"


@given(layouts())
def test_lines_come_in_the_order_of_the_text(layout):
    article = layout.article
    starts = [
        fragment.start
        for line in range(layout.height)
        for fragment in layout.row(line).fragments
        if article.blocks[layout.row(line).block].kind != "table"
    ]
    assert starts == sorted(starts)


@pytest.mark.slow
@given(articles(most=12), WIDTHS, st.data())
def test_a_long_article_is_exact_near_a_settled_line(article, width, data):
    whole = Layout(article, width)
    near = Layout(article, width, laid_at_once=0)
    offset = data.draw(st.integers(0, max(0, len(article.text) - 1)))
    assume(article.blocks and article.blocks[article.block_at(offset)].text)
    line = near.settle(near.place(offset).line, screen=5)
    shift = whole.place(offset).line - line
    for each in range(max(0, line - 5), min(near.height, line + 5)):
        assert near.row(each) == whole.row(each + shift)


def test_a_line_that_a_long_article_was_only_thought_to_have_is_empty():
    article = make_article(f"{'a' * 400}\n\nThe end.", title="")
    rows = [Layout(article, 40, laid_at_once=0).row(line) for line in range(13)]
    assert [bool(row.fragments) for row in rows] == [True] * 10 + [False, False, True]
    assert rows[10:12] == [TextRow((), (), 0), TextRow((), (), 1)]


def shifts(layout, row):
    return range(layout.block(row.block).overflow + 1) if row.window else range(1)


def rows_at_every_shift(layout):
    for line in range(layout.height):
        row = layout.row(line)
        for shift in shifts(layout, row):
            yield scrolled(layout, row, shift)


def cells_of(layout, block, fragment):
    start = layout.article.starts[block]
    return layout.text_of(block).cells(fragment.start - start, fragment.end - start)


def test_an_offset_between_blocks_maps_to_the_end_of_the_first():
    layout = Layout(make_article("One.\n\nTwo.", title=""), 40)
    assert layout.place(5) == Cell(0, 4)
    assert layout.offset_at(Cell(1, 0)) == 6


def test_a_cell_beyond_a_line_maps_to_its_last_grapheme():
    layout = Layout(make_article("Short.", title=""), 40)
    assert layout.offset_at(Cell(0, 30)) == 5
    assert layout.offset_at(Cell(99, -3)) == 0


def test_a_passage_in_a_table_takes_all_lines_of_the_table():
    table = Block("table", "a\tb\nc\td", header_rows=1)
    article = Article("x", "", "", blocks=(Block("paragraph", "Above."), table))
    assert Layout(article, 40).lines_of(Span(10, 11)) == range(2, 5)


def test_an_empty_article_has_a_page_without_lines():
    layout = Layout(Article("x", "", ""), 40)
    assert layout.height == 0
    assert layout.place(0) == Cell(0, 0)
    assert layout.offset_at(Cell(3, 3)) == 0
    assert layout.lines_of(Span(0, 0)) == range(0)
    assert layout.settle(5, 10) == 5
    assert layout.row(0) == TextRow()


def test_headings_have_more_space_above_than_paragraphs():
    layout = Layout(make_article("One.\n\n## Head\n\nTwo.", title=""), 40)
    shown = [bool(layout.row(line).fragments) for line in range(layout.height)]
    assert shown == [True, False, False, True, False, True]
