"""Removed passages between the lines of an article, without a place in its text."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Removal, Span
from annotator.reading.layout.engine import Cell, Layout
from annotator.reading.layout.page_layout import MOST_LINES, InlineRemovals, removed_rows
from annotator.reading.layout.text_width import cell_width
from builders import make_article
from documents import articles

ARTICLE = make_article("It rained.\n\nThen it stopped.")
WIDTHS = st.integers(8, 100)


@st.composite
def removals(draw, blocks):
    places = sorted(draw(st.lists(st.integers(0, blocks), max_size=6)))
    words = st.text("ab 語\n", min_size=1, max_size=300)
    return [removed(draw(words), before) for before in places]


def removed(text, before=0):
    return Removal("ads", "label", "It is an advertisement.", text, before)


def lines(layout):
    return [line_of(layout, number) for number in range(layout.height)]


def line_of(layout, number):
    row, text = layout.row(number), layout.article.text
    pieces = [(sign.column, sign.text) for sign in row.decorations]
    pieces += [(f.column, text[f.start : f.end]) for f in row.fragments]
    return " ".join(piece for _, piece in sorted(pieces))


def test_each_passage_is_shown_in_place_with_its_reason():
    unfolded = InlineRemovals(
        Layout(ARTICLE, 40), [removed("Menu", 0), removed("Buy!", 1), removed("Imprint", 2)]
    )
    assert lines(unfolded) == [
        "",
        "An article",
        "─" * 40,
        "",
        "┊ Menu",
        "┊ It is an advertisement.",
        "",
        "It rained.",
        "",
        "┊ Buy!",
        "┊ It is an advertisement.",
        "",
        "Then it stopped.",
        "",
        "┊ Imprint",
        "┊ It is an advertisement.",
    ]


def test_the_current_passage_has_a_cursor_and_nothing_moves():
    unfolded = InlineRemovals(Layout(ARTICLE, 40), [removed("Buy!", 1), removed("Buy more!", 1)])
    before = lines(unfolded)
    unfolded.current = 1
    marked = [number for number, line in enumerate(lines(unfolded)) if line.startswith("▌")]
    assert [line.removeprefix("▌ ") for line in lines(unfolded)] == before
    assert marked == list(unfolded.lines_of_removed(1))[1:]


def test_the_box_of_the_current_passage_stands_out():
    others = [removed("Menu", 0), removed("Buy!", 1), removed("Buy more!", 1), removed("Buy!", 2)]
    unfolded = InlineRemovals(Layout(ARTICLE, 40), others)
    unfolded.current = 2
    roles = {
        sign.text: sign.role
        for number in range(unfolded.height)
        for sign in unfolded.row(number).decorations
        if number in range(unfolded.lines_of_removed(3).start)
    }
    assert roles["Menu"] == "removed"
    assert roles["Buy!"] == roles["Buy more!"] == "current-removed"


def test_a_long_part_of_the_page_is_cut():
    rows = removed_rows(removed("\n".join(["Menu"] * 90)), 40, cell_width)
    assert len(rows) == MOST_LINES + 1
    assert rows[-2].decorations[-1].text == "…"


@given(st.data(), articles(), WIDTHS)
def test_the_lines_of_the_text_are_those_of_the_layout_in_their_order(data, article, width):
    layout = Layout(article, width)
    unfolded = InlineRemovals(layout, data.draw(removals(len(article.blocks))))
    numbers = range(unfolded.height)
    shown = [unfolded.row(n) for n in numbers if unfolded.removed_at(n) is None]
    assert shown == [layout.row(number) for number in range(layout.height)]


@given(st.data(), articles(), WIDTHS)
def test_every_grapheme_keeps_its_cell(data, article, width):
    layout = Layout(article, width)
    unfolded = InlineRemovals(layout, data.draw(removals(len(article.blocks))))
    for offset in range(len(article.text)):
        place, folded = unfolded.place(offset), layout.place(offset)
        assert unfolded.row(place.line) == layout.row(folded.line)
        assert unfolded.offset_at(place) == layout.offset_at(folded)
        assert place.line in unfolded.lines_of(Span(offset, offset + 1))


@given(st.data(), articles(), WIDTHS)
def test_a_line_of_a_removed_passage_maps_to_the_text_after_it(data, article, width):
    given_removals = data.draw(removals(len(article.blocks)))
    unfolded = InlineRemovals(Layout(article, width), given_removals)
    for index, removal in enumerate(given_removals):
        for line in unfolded.lines_of_removed(index):
            assert unfolded.removed_at(line) == index
            offset = unfolded.offset_at(Cell(line, 0))
            if removal.before < len(article.blocks) and article.blocks[removal.before].text:
                assert article.block_at(offset) == removal.before
            assert unfolded.settle(line, 20) == line


@given(articles(), WIDTHS, st.data())
def test_a_long_article_with_removals_settles_near_a_line(article, width, data):
    pieces = data.draw(removals(len(article.blocks)))
    unfolded = InlineRemovals(Layout(article, width, laid_at_once=0), pieces)
    line = data.draw(st.integers(0, max(0, unfolded.height - 1)))
    settled = unfolded.settle(line, 12)
    exact = InlineRemovals(Layout(article, width), pieces)
    around = range(max(0, settled - 5), min(settled + 5, unfolded.height))
    shown = "\n".join(line_of(unfolded, number) for number in around)
    assert shown in "\n".join(lines(exact))
