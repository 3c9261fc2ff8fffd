"""Cells as the layout counts them are cells as the terminal library counts them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len
from textual.color import Color

from annotator.model import DEFAULT_KINDS, Span
from annotator.reading.layout.engine import Layout
from annotator.reading.layout.text_width import cell_width, columns, graphemes, is_narrow
from annotator.reading.navigation.article_links import LinkHint
from annotator.reading.navigation.highlights import Highlights
from annotator.tui.reader.article.painter import Canvas, Painter
from annotator.tui.reader.article.run_styles import Part, StyleBlender, tinted
from annotator.tui.reader.article.scene import PaintedMark, Scene
from annotator.tui.theming import THEMES, contrast, readable
from builders import make_article
from documents import articles, spans, texts

untimed = settings(deadline=None)
thorough = settings(deadline=None, max_examples=1000)


def test_every_narrow_character_is_one_cell():
    narrow = [chr(code) for code in range(0x20, 0x3000) if is_narrow(chr(code)) and code != 0x7F]
    assert len(narrow) > 1500
    assert {cell_len(character) for character in narrow} == {1}


@thorough
@given(texts())
def test_letters_are_as_wide_together_as_the_text(text):
    shown, found = columns(text, cell_len)
    assert found[-1] == cell_len(shown)


@thorough
@given(texts())
def test_our_widths_are_those_of_the_terminal(text):
    shown, _ = columns(text, cell_len)
    for start, end in graphemes(shown):
        assert cell_width(shown[start:end]) == cell_len(shown[start:end])


@pytest.mark.slow
@untimed
@given(articles(), st.integers(40, 120), st.data())
def test_a_strip_is_as_wide_as_the_screen_whatever_lies_over_it(article, screen, data):
    layout = Layout(article, min(72, screen - 7), measure=cell_len)
    painter = Painter(layout, StyleBlender(Part(), lambda _: Part()), Canvas(4, screen))
    pieces = data.draw(spans(len(article.text)))
    marks = [PaintedMark(str(n), span, "#e5b83a", "◆", n % 2 == 0) for n, span in enumerate(pieces)]
    single = [*pieces, Span(0, 0)][0]
    scene = Scene(
        Highlights(marks),
        tuple(sorted(pieces)),
        match=single,
        current="1",
        sentence=single,
        selection=single,
        caret=Span(*layout.grapheme(single.end)) if article.blocks else None,
        hints=tuple(LinkHint(span.start, "12", is_before=span.start % 2 == 0) for span in pieces),
    )
    for line in range(layout.height):
        row = layout.row(line)
        overlay = replace(scene.over(row), has_progress=line == 0)
        reach = layout.block(row.block).overflow if row.window else 0
        strip = painter.strip(row, overlay, data.draw(st.integers(0, reach)))
        assert strip.cell_length == screen
        assert sum(cell_len(segment.text) for segment in strip) == screen


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("kind", DEFAULT_KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_readable_and_visible_in_every_theme(theme, kind):
    paper, ink = Color.parse(theme.background), Color.parse(theme.foreground)
    tint = tinted(paper, (kind.colour,))
    assert contrast(readable(ink, tint, fallback=ink), tint) >= 4.5
    assert contrast(tint, paper) > 1.15
    assert contrast(readable(Color.parse(kind.colour), paper, fallback=ink), paper) >= 4.5


def test_an_unreadable_colour_changes_as_little_as_needed():
    grey, black, white = Color(119, 119, 119), Color(0, 0, 0), Color(255, 255, 255)
    assert readable(white, black, fallback=black) == white
    assert contrast(readable(Color(120, 120, 120), white, fallback=black), white) >= 4.5
    assert contrast(readable(Color(120, 120, 120), grey, fallback=grey), grey) > 4.4


def test_a_change_of_the_current_mark_draws_only_its_lines():
    layout = Layout(make_article("It rained.\n\nIt stopped."), 72, measure=cell_len)
    mark = PaintedMark("1", Span(0, 10), "#e5b83a", "◆")
    before, after = (Scene(Highlights([mark]), current=each) for each in (None, "1"))
    rows = [layout.row(line) for line in range(layout.height)]
    changed = [row for row in rows if before.over(row) != after.over(row)]
    assert [layout.article.text[row.fragments[0].start :][:10] for row in changed] == ["It rained."]
