"""The article view alone on a screen: reading, moving, selecting and marking."""

import pytest
from textual.events import MouseScrollDown
from textual.geometry import Region

from annotator.model import Article, Block, Mark, Span
from annotator.tui.keys.groups import places_of_actions
from annotator.tui.reader.article.messages import (
    MarkOpened,
    MarkReached,
    ModeChanged,
    PassageMarked,
    PositionChanged,
)
from annotator.tui.reader.article.run_styles import RunStyle
from annotator.tui.reader.article.scene import PaintedMark
from annotator.tui.reader.article.view import VIEW_KEYS
from builders import find_span, make_article
from viewing import Reading, View
from viewing import reading as reading_alone

TEXT = (
    "The first sentence. The second one is longer, and goes on.\n\n"
    "A second paragraph. “It has a quotation.” It ends.\n\n"
    "## A heading\n\n" + "\n\n".join(f"Paragraph {n} has words. And more." for n in range(40))
)
ARTICLE = make_article(TEXT, title="A title")
YELLOW, GREEN = "#e5b83a", "#5fb36a"


def reading(article: Article | str = ARTICLE, *keys: str, **given):
    return reading_alone(article, *keys, **given)


def mark(words: str, identity: str = "m1", **looks) -> PaintedMark:
    span = find_span(ARTICLE.text, words)
    return PaintedMark(
        identity, span, looks.pop("colour", YELLOW), looks.pop("glyph", "◆"), **looks
    )


def words(span: Span | None) -> str | None:
    return None if span is None else span.of(ARTICLE.text)


# the page


async def test_an_article_opens_with_its_title_and_its_first_lines():
    async with reading() as app:
        shown = [line.strip() for line in app.lines]
        assert "A title" in shown
        assert "The first sentence. The second one is longer, and goes on." in shown


async def test_no_line_is_drawn_before_the_program_has_started_and_all_are_after():
    async with reading() as app:
        app.has_started = False
        assert {line.strip() for line in app.lines} == {""}
        app.has_started = True
        assert any("The first sentence." in line for line in app.lines)


async def test_the_text_is_centred_on_a_wide_screen():
    async with reading(size=(160, 24)) as app:
        line = next(line for line in app.lines if "The first" in line)
        assert line.index("The first") == 44


async def test_an_article_opens_at_a_given_place():
    place = ARTICLE.text.index("Paragraph 20")
    async with reading(offset=place) as app:
        assert "Paragraph 20 has words. And more." in app.lines[0]
        assert app.view.first_offset == place


async def test_another_article_takes_the_place_of_the_first():
    async with reading(ARTICLE, "s", "G") as app:
        app.view.show(make_article("Other words."))
        await app.pilot.pause()
        assert any("Other words." in line for line in app.lines)
        assert app.view.mode == "read"
        assert app.view.progress == 1


async def test_an_empty_article_does_no_harm():
    keys = [
        "j",
        "G",
        "s",
        "j",
        "J",
        "enter",
        "c",
        "w",
        "e",
        "l",
        "j",
        "v",
        "full_stop",
        "1",
        "]",
        "n",
    ]
    async with reading(Article("x", "", ""), *keys, "}", "{", "space", "$", "escape", "g") as app:
        assert app.view.passage is None
        assert not app.heard(PassageMarked)


async def test_a_new_width_keeps_the_text_at_the_top():
    place = ARTICLE.text.index("Paragraph 20")
    async with reading(offset=place) as app:
        for size in ((40, 20), (160, 30), (60, 24)):
            await app.pilot.resize_terminal(*size)
            await app.pilot.pause()
            assert "Paragraph 20" in app.lines[0]
            assert app.view.first_offset == place


async def test_forty_columns_are_enough():
    async with reading(size=(40, 10)) as app:
        assert all(len(line) == 40 for line in app.lines)
        assert any("The second one" in line for line in app.lines)


async def test_code_has_a_background_of_its_own_and_is_never_markup():
    article = Article("x", "", "", blocks=(Block("code", "x[/b] = [red]1[/red]\ny"),))
    async with reading(article) as app:
        assert any("x[/b] = [red]1[/red]" in line for line in app.lines)
        strip = app.view.render_lines(Region(0, 1, 80, 1))[0]
        grounds = [segment.style.bgcolor for segment in strip if segment.text.strip() or True]
        assert len(set(grounds)) == 2


async def test_superscript_and_subscript_digits_are_shown():
    marks = (Mark("superscript", Span(2, 3)), Mark("subscript", Span(13, 14)))
    article = Article("x", "", "", blocks=(Block("paragraph", "102 of H or H2O", marks=marks),))
    async with reading(article) as app:
        assert "10² of H or H₂O" in app.lines[0]


async def test_a_book_scrolls_like_any_article():
    book = make_article("\n\n".join(f"Chapter {n}. " + "words and more " * 40 for n in range(1200)))
    async with reading(book, size=(100, 30)) as app:
        for keys in (("G",), ("b", "b", "k", "k"), ("g",), ("space", "j"), ("s", "}", "}")):
            await app.pilot.press(*keys)
            assert sum("words" in line for line in app.lines) > 20
        app.view.go_to(book.text.index("Chapter 600."))
        await app.pilot.press("escape", "k", "k", "k", "j", "j", "j")
        line = next(line for line in app.lines if "Chapter 600." in line)
        assert app.lines.index(line) == 7
        await app.pilot.press(*"20k", *"20j")
        assert app.lines.index(line) == 7


# reading


async def test_keys_scroll_by_lines_pages_and_to_the_ends():
    async with reading() as app:
        view, press = app.view, app.pilot.press
        await press("j", "j", "k")
        assert view.scroll_offset.y == 1
        await press("space")
        assert view.scroll_offset.y == 23
        await press("ctrl+u", "b")
        assert view.scroll_offset.y == 0
        await press("G")
        assert view.scroll_offset.y == view.max_scroll_y
        assert view.progress == 1
        await press("g")
        assert view.progress == 0


@pytest.mark.parametrize(
    ("keys", "line"),
    [("5 j", 5), ("1 2 j", 12), ("1 0 j", 10), ("2 j 3 j", 5), ("5 s j", 0), ("5 s escape j", 1)],
)
async def test_a_count_repeats_the_next_motion(keys, line):
    async with reading(ARTICLE, *keys.split()) as app:
        assert app.view.scroll_offset.y == line


async def test_escape_drops_a_count():
    async with reading(ARTICLE, "5", "escape", "j") as app:
        assert app.view.scroll_offset.y == 1


async def test_paragraphs_come_to_the_top():
    async with reading(ARTICLE, "}", "}") as app:
        assert "A second paragraph." in app.lines[0] or "A heading" in app.lines[0]
        before = app.view.first_offset
        await app.pilot.press("{")
        assert app.view.first_offset < before


async def test_scrolling_reports_the_place():
    async with reading(ARTICLE, "G") as app:
        last = app.heard(PositionChanged)[-1]
        assert last.progress == 1
        assert last.offset == app.view.first_offset > 0


async def test_a_mark_of_progress_stands_at_the_edge_of_the_screen():
    async with reading() as app:
        assert [line[-1] for line in app.lines].index("▐") == 0
        await app.pilot.press("G")
        assert [line[-1] for line in app.lines].index("▐") == 23


async def test_keys_of_other_modes_do_nothing():
    async with reading(ARTICLE, "h", "w", "v", "r", "J") as app:
        assert app.view.mode == "read"
        assert app.view.passage is None
        assert not app.heard(PassageMarked)


# sentences


async def test_one_key_selects_the_first_sentence_and_another_marks_it():
    async with reading(ARTICLE, "s", "enter") as app:
        (marked,) = app.heard(PassageMarked)
        assert words(marked.span) == "The first sentence."
        assert marked.kind_key == ""
        assert [message.mode for message in app.heard(ModeChanged)] == ["sentence"]


async def test_sentences_follow_each_other_over_paragraphs_and_inside_quotations():
    async with reading(ARTICLE, "s", "j", "j", "j") as app:
        assert words(app.view.passage) == "“It has a quotation.”"
        await app.pilot.press("k")
        assert words(app.view.passage) == "A second paragraph."
        await app.pilot.press("}")
        assert words(app.view.passage) == "A heading"


async def test_a_selection_of_sentences_grows_and_shrinks():
    async with reading(ARTICLE, "s", "J", "J") as app:
        assert words(app.view.passage).startswith("The first")
        assert words(app.view.passage).endswith("A second paragraph.")
        await app.pilot.press("K")
        assert words(app.view.passage).endswith("and goes on.")
        await app.pilot.press("2")
        assert app.heard(PassageMarked)[0].kind_key == "2"
        assert words(app.view.passage) == "The second one is longer, and goes on."


async def test_a_mark_may_be_like_the_last_one():
    async with reading(ARTICLE, "s", "r") as app:
        assert app.heard(PassageMarked)[0].kind_key is None


async def test_sentence_mode_begins_with_a_visible_sentence():
    async with reading(ARTICLE, "space", "s") as app:
        assert app.view.first_offset <= app.view.passage.start
        assert app.view.passage.start < app.view.first_offset + 60


async def test_the_sentence_stays_in_view_with_what_surrounds_it():
    async with reading(ARTICLE, "s", *"j" * 50) as app:
        lines = [line for line, text in enumerate(app.lines) if "▌" in text]
        assert lines
        assert 2 <= lines[0] <= 21


async def test_paging_moves_the_sentence_too():
    async with reading(ARTICLE, "s", "space", "space") as app:
        assert app.view.passage.start > app.view.first_offset
        await app.pilot.press("b", "b", "g")
        assert words(app.view.passage) == "The first sentence."
        assert app.view.scroll_offset.y == 0


async def test_the_key_of_a_mode_stays_in_it_and_escape_leaves_it():
    async with reading(ARTICLE, "s", "s") as app:
        assert app.view.mode == "sentence"
        await app.pilot.press("c", "c")
        assert app.view.mode == "caret"
        await app.pilot.press("escape")
        assert app.view.mode == "read"


# caret


async def test_a_caret_moves_as_in_vim():
    async with reading(ARTICLE, "c") as app:
        at = [
            ("w", "f"),
            ("e", "t"),
            ("l", " "),
            ("dollar_sign", "."),
            ("0", "T"),
            ("w", "f"),
            ("b", "T"),
        ]
        for key, letter in at:
            await app.pilot.press(key)
            assert ARTICLE.text[app.view.cursor_offset] == letter
        await app.pilot.press("right_parenthesis", "j", "k")
        assert ARTICLE.text[app.view.cursor_offset :].startswith("The second")
        await app.pilot.press("left_parenthesis", "h", "space", "pageup")
        assert app.view.cursor_offset == 0


async def test_a_selection_is_marked():
    async with reading(ARTICLE, "c", "v", "e", "w", "e") as app:
        assert app.view.selected_text == "The first"
        await app.pilot.press("1")
        assert words(app.heard(PassageMarked)[0].span) == "The first"
        assert app.view.selected_text == ""


async def test_a_selection_grows_and_shrinks():
    async with reading(ARTICLE, "c", "w") as app:
        grown = []
        for key in ("full_stop", "full_stop", "full_stop", "comma"):
            await app.pilot.press(key)
            grown.append(app.view.selected_text)
        whole = "The first sentence. The second one is longer, and goes on."
        assert grown == ["first", "The first sentence.", whole, "The first sentence."]


async def test_escape_drops_the_selection_before_the_mode():
    async with reading(ARTICLE, "c", "V", "escape") as app:
        assert app.view.mode == "caret"
        assert app.view.selected_text == ""


async def test_a_bare_caret_marks_its_sentence():
    async with reading(ARTICLE, "c", "w", "enter") as app:
        assert words(app.heard(PassageMarked)[0].span) == "The first sentence."


async def test_a_caret_is_visible_on_a_space_at_the_end_of_a_line():
    article = make_article("word " * 30, title="")
    async with reading(article, "c", "dollar_sign", "l", size=(60, 10)) as app:
        assert article.text[app.view.cursor_offset] == " "
        strip = app.view.render_lines(Region(0, 0, 60, 1))[0]
        looks = [segment.style.bgcolor for segment in strip]
        assert len(set(looks)) == 2


async def test_a_caret_is_drawn_once_where_a_line_is_cut():
    article = make_article("漢" * 60, title="")
    async with reading(article, "c", "j", size=(60, 10)) as app:
        carets = [
            segment.text
            for strip in app.view.render_lines(app.view.size.region)
            for segment in strip
            if segment.style
            == app.view._renderer.painter._styles.style(RunStyle(states=("caret",)))
        ]
        assert carets == ["漢"]


async def test_a_caret_between_two_blocks_moves_to_the_lower_one():
    async with reading(ARTICLE, "c") as app:
        app.view.go_to(ARTICLE.text.index("\n\nA second"))
        assert ARTICLE.text[app.view.cursor_offset :].startswith("A second")


# marks


async def test_a_mark_has_a_glyph_an_underline_and_a_colour():
    async with reading(marks=[mark("The second one")]) as app:
        number = next(n for n, line in enumerate(app.lines) if "The second" in line)
        strip = app.view.render_lines(Region(0, number, 80, 1))[0]
        assert "◆" in strip.text
        marked = next(segment for segment in strip if segment.text == "The second one")
        beside = next(segment for segment in strip if segment.text == "The first sentence. ")
        assert marked.style.underline
        assert not beside.style.underline
        assert marked.style.bgcolor != beside.style.bgcolor


async def test_overlapping_marks_are_both_visible():
    marks = [mark("first sentence. The"), mark("The second", "m2", colour=GREEN, glyph="●")]
    async with reading(marks=marks) as app:
        number = next(n for n, line in enumerate(app.lines) if "The second" in line)
        strip = app.view.render_lines(Region(0, number, 80, 1))[0]
        assert "●◆" in strip.text
        grounds = [
            s.style.bgcolor for s in strip if s.text in {"first sentence. ", "The", " second"}
        ]
        assert len(set(grounds)) == 3


async def test_a_note_shows_beside_the_end_of_its_mark():
    async with reading(marks=[mark("The second one", has_note=True)]) as app:
        assert sum("✎" in line for line in app.lines) == 1


@pytest.mark.parametrize(("width", "sign"), [(80, "✓◆"), (50, "✓")])
async def test_the_status_of_a_claim_shows_beside_its_sign_or_in_its_place(width, sign):
    marks = [mark("The second one", status="supported")]
    async with reading(marks=marks, size=(width, 24)) as app:
        line = next(line for line in app.lines if "The second" in line)
        assert line.split()[0] == sign


async def test_two_judged_marks_on_a_line_each_show_their_status():
    marks = [mark("The first", status="refuted"), mark("The second", "m2", status="disputed")]
    async with reading(marks=marks) as app:
        assert any(line.startswith("≠✗") for line in app.lines)


async def test_another_status_draws_the_lines_of_the_mark_again():
    async with reading(marks=[mark("The second one")]) as app:
        app.view.drawn.clear()
        app.view.show_marks([mark("The second one", status="checking")])
        assert {region.height for region in app.view.drawn} == {1}
        assert any("◐◆" in line for line in app.lines)


async def test_notes_and_links_show_side_by_side():
    marks = [mark("The second one", has_note=True, has_links=True)]
    for width in (80, 62, 50):
        async with reading(marks=marks, size=(width, 24)) as app:
            assert sum("✎⇄" in line for line in app.lines) == 1


async def test_a_new_mark_draws_only_its_own_lines():
    async with reading() as app:
        app.view.drawn.clear()
        app.view.show_marks([mark("The second one")])
        assert [region.height for region in app.view.drawn] == [1]
        app.view.drawn.clear()
        app.view.show_marks([mark("The second one")])
        app.view.show_marks([mark("The second one"), mark("Paragraph 39", "far")])
        assert app.view.drawn == []


async def test_moving_the_sentence_draws_only_two_sentences():
    async with reading(ARTICLE, "s") as app:
        app.view.drawn.clear()
        await app.pilot.press("j")
        assert sum(region.height for region in app.view.drawn) == 2


async def test_the_mark_at_the_cursor_is_the_one_that_fits_best():
    marks = [
        mark("The first sentence."),
        mark("first", "small"),
        mark("The first sentence. The second one is longer, and goes on.", "large"),
    ]
    async with reading(ARTICLE, "s", marks=marks) as app:
        assert app.view.current_mark == "m1"
        await app.pilot.press("c", "w")
        assert app.view.current_mark == "small"
        await app.pilot.press("dollar_sign")
        assert app.view.current_mark == "large"


async def test_enter_on_a_mark_opens_it_and_a_digit_marks_it_again():
    async with reading(ARTICLE, "s", "enter", "2", marks=[mark("The first sentence.")]) as app:
        assert [message.id for message in app.heard(MarkOpened)] == ["m1"]
        assert [message.kind_key for message in app.heard(PassageMarked)] == ["2"]


async def test_enter_on_a_selection_inside_a_mark_marks_the_selection():
    whole = mark("The first sentence. The second one is longer, and goes on.")
    async with reading(ARTICLE, "c", "w", "v", "e", "enter", marks=[whole]) as app:
        assert [words(message.span) for message in app.heard(PassageMarked)] == ["first"]
        assert app.heard(MarkOpened) == []


async def test_enter_with_a_bare_caret_inside_a_mark_opens_it():
    async with reading(ARTICLE, "c", "w", "enter", marks=[mark("The first sentence.")]) as app:
        assert [message.id for message in app.heard(MarkOpened)] == ["m1"]
        assert app.heard(PassageMarked) == []


async def test_enter_on_a_sentence_opens_a_mark_around_it_but_not_one_within_it():
    whole = mark("The first sentence. The second one is longer, and goes on.", "whole")
    async with reading(ARTICLE, "s", "enter", marks=[whole]) as app:
        assert [message.id for message in app.heard(MarkOpened)] == ["whole"]
    async with reading(ARTICLE, "s", "enter", marks=[mark("first")]) as app:
        assert [words(each.span) for each in app.heard(PassageMarked)] == ["The first sentence."]


async def test_keys_go_from_mark_to_mark_while_reading():
    marks = [mark("first"), mark("The first sentence.", "whole"), mark("Paragraph 30", "far")]
    async with reading(marks=marks) as app:
        seen = []
        for key in ("]", "]", "]", "]", "["):
            await app.pilot.press(key)
            seen.append(app.view.current_mark)
        assert seen == ["whole", "m1", "far", "far", "m1"]
        await app.pilot.press("enter")
        assert app.heard(MarkOpened)[0].id == "m1"
        await app.pilot.press("escape")
        assert app.view.current_mark is None


async def test_a_mark_that_scrolls_away_is_no_longer_current():
    async with reading(ARTICLE, "]", "G", marks=[mark("first")]) as app:
        assert app.view.current_mark is None
        assert [message.id for message in app.heard(MarkReached)] == ["m1", None]


async def test_keys_go_from_mark_to_mark_in_sentence_mode():
    marks = [mark("sentence"), mark("second one", "m2")]
    async with reading(ARTICLE, "s", "]", "]", marks=marks) as app:
        assert app.view.current_mark == "m2"
        assert words(app.view.passage) == "The second one is longer, and goes on."


# matches


async def test_keys_go_through_matches_and_around_the_end():
    async with reading() as app:
        first, second = (find_span(ARTICLE.text, f"Paragraph {n} ") for n in (5, 30))
        app.view.navigator.show_matches([first, second])
        places = []
        for key in ("n", "n", "n", "N"):
            await app.pilot.press(key)
            places.append(app.view.match)
        assert places == [first, second, first, second]
        assert any("Paragraph 30 " in line for line in app.lines)


async def test_going_to_a_match_moves_the_caret():
    async with reading(ARTICLE, "c") as app:
        app.view.navigator.show_matches([find_span(ARTICLE.text, "quotation")])
        await app.pilot.press("N")
        assert ARTICLE.text[app.view.cursor_offset :].startswith("quotation")


async def test_matches_look_different():
    async with reading() as app:
        before = [
            segment.style
            for strip in app.view.render_lines(app.view.size.region)
            for segment in strip
        ]
        app.view.navigator.show_matches([find_span(ARTICLE.text, "second one")])
        after = [
            segment.style
            for strip in app.view.render_lines(app.view.size.region)
            for segment in strip
        ]
        assert len(set(after)) > len(set(before))


# jumps


async def test_a_jump_shows_a_place_with_some_lines_above_it():
    async with reading() as app:
        app.view.go_to(ARTICLE.text.index("Paragraph 30"))
        await app.pilot.pause()
        line = next(n for n, text in enumerate(app.lines) if "Paragraph 30" in text)
        assert 2 <= line <= 8


async def test_a_jump_to_a_mark_chooses_it():
    async with reading(marks=[mark("Paragraph 30")]) as app:
        app.view.go_to(ARTICLE.text.index("Paragraph 30"))
        assert app.view.current_mark == "m1"


async def test_a_jump_moves_the_sentence():
    async with reading(ARTICLE, "s") as app:
        app.view.go_to(ARTICLE.text.index("30 has words"))
        assert words(app.view.passage) == "Paragraph 30 has words."


# the mouse


def place_of(app: Reading, word: str) -> tuple[int, int]:
    line = next(n for n, text in enumerate(app.lines) if word in text)
    return app.lines[line].index(word), line


async def test_a_click_on_a_mark_chooses_it_and_another_opens_it():
    async with reading(marks=[mark("second one")]) as app:
        at = place_of(app, "second one")
        await app.pilot.click(View, offset=at)
        assert app.view.current_mark == "m1"
        assert not app.heard(MarkOpened)
        await app.pilot.click(View, offset=at)
        await app.pilot.pause()
        assert [message.id for message in app.heard(MarkOpened)] == ["m1"]


async def test_a_click_beside_all_marks_chooses_none():
    async with reading(ARTICLE, "]", marks=[mark("second one")]) as app:
        await app.pilot.click(View, offset=place_of(app, "A second"))
        assert app.view.current_mark is None


async def test_a_click_moves_the_sentence():
    async with reading(ARTICLE, "s") as app:
        await app.pilot.click(View, offset=place_of(app, "quotation"))
        assert words(app.view.passage) == "“It has a quotation.”"


async def test_a_drag_selects():
    async with reading() as app:
        x, y = place_of(app, "first")
        await app.pilot.mouse_down(View, offset=(x, y))
        await app.pilot.hover(View, offset=(x + 4, y))
        await app.pilot.mouse_up(View, offset=(x + 4, y))
        await app.pilot.pause()
        assert app.view.selected_text == "first"
        assert app.view.mode == "caret"


async def test_a_click_drops_the_selection():
    async with reading(ARTICLE, "c", "V") as app:
        await app.pilot.click(View, offset=place_of(app, "quotation"))
        assert app.view.selected_text == ""
        assert ARTICLE.text[app.view.cursor_offset :].startswith("quotation")


async def test_a_drag_over_the_edge_scrolls():
    async with reading() as app:
        await app.pilot.mouse_down(View, offset=(10, 5))
        await app.pilot.hover(View, offset=(20, 23))
        await app.pilot.mouse_up(View, offset=(20, 23))
        assert app.view.scroll_offset.y > 0
        assert len(app.view.selected_text) > 300


async def test_two_clicks_select_a_word_and_three_a_sentence():
    async with reading() as app:
        at = place_of(app, "second one")
        await app.pilot.double_click(View, offset=at)
        assert app.view.selected_text == "second"
    async with reading() as app:
        await app.pilot.triple_click(View, offset=place_of(app, "second one"))
        assert app.view.selected_text == "The second one is longer, and goes on."


async def test_the_wheel_scrolls():
    async with reading() as app:
        await app.pilot._post_mouse_events([MouseScrollDown], View, offset=(5, 5))
        await app.pilot.pause()
        assert app.view.scroll_offset.y > 0


# themes


@pytest.mark.parametrize(
    "theme", ["paper", "night", "high-contrast", "textual-light", "nord", "gruvbox"]
)
async def test_text_is_readable_in_every_theme_marked_or_not(theme):
    marks = [mark("The first"), mark("first sentence", "m2", colour=GREEN)]
    async with reading(ARTICLE, "s", marks=marks) as app:
        app.theme = theme
        await app.pilot.pause()
        styles = {
            s.style
            for strip in app.view.render_lines(app.view.size.region)
            for s in strip
            if s.text.strip(" ─")  # the line below the title is not text
        }
        assert min(_contrast(style) for style in styles) >= 4.4


async def test_another_theme_draws_all_lines_again():
    async with reading() as app:
        before = app.view.render_lines(app.view.size.region)[0]
        app.theme = "paper"
        await app.pilot.pause()
        after = app.view.render_lines(app.view.size.region)[0]
        assert before != after


def _contrast(style) -> float:
    from textual.color import Color

    from annotator.tui.theming import contrast

    return contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))


# the keys


@pytest.mark.parametrize("mode", ["read", "sentence", "caret"])
def test_in_each_mode_a_key_means_one_thing(mode):
    places = places_of_actions(VIEW_KEYS)
    meanings: dict[str, set[str]] = {}
    for key in VIEW_KEYS:
        if places[key.action_name] & {"anywhere", mode}:
            for name in key.keys:
                meanings.setdefault(name, set()).add(key.action)
    assert {name: all_ for name, all_ in meanings.items() if len(all_) > 1} == {}


# landmarks, and the way back

NEWS = Article(
    "x",
    "",
    "News",
    language="en",
    blocks=(
        Block("paragraph", "It was a fine day. Wages fell by 9% in 2023, the union said."),
        Block("heading", "Then", level=2),
        Block(
            "paragraph",
            "See the law. And more.",
            marks=(Mark("link", Span(4, 11), "https://example.org"),),
        ),
        *(Block("paragraph", f"Is paragraph {n} needed?") for n in range(30)),
        Block("heading", "At last", level=2),
        Block("paragraph", "The mayor signed it on 3 May 2021. So what?"),
        *(Block("paragraph", f"Is it over yet, number {n}?") for n in range(30)),
    ),
)


async def test_a_star_selects_the_next_sentence_worth_a_check():
    async with reading(NEWS, "asterisk") as app:
        assert app.view.mode == "sentence"
        assert app.view.selected_text == "Wages fell by 9% in 2023, the union said."
        await app.pilot.press("asterisk")
        assert app.view.selected_text == "The mayor signed it on 3 May 2021."
        await app.pilot.press("ampersand")
        assert app.view.selected_text.startswith("Wages")


async def test_a_star_says_so_where_no_other_sentence_is_worth_a_check():
    async with reading(NEWS, "3", "asterisk", "asterisk") as app:
        assert app.view.selected_text == "The mayor signed it on 3 May 2021."
        assert [toast.message for toast in app._notifications] == [
            "Below here no sentence stands out as worth a check."
        ]


async def test_dots_in_the_margin_show_sentences_worth_a_check_except_at_the_cursor():
    async with reading(NEWS) as app:
        assert not any("•" in line for line in app.lines)
        await app.pilot.press("percent_sign")
        dotted = [line for line in app.lines if "•" in line]
        assert [line.strip() for line in dotted] == [
            "• It was a fine day. Wages fell by 9% in 2023, the union said."
        ]
        await app.pilot.press("asterisk")
        assert not any("•" in line for line in app.lines)
        await app.pilot.press("escape", "percent_sign")
        assert not any("•" in line for line in app.lines)


async def test_a_marked_sentence_has_no_dot():
    span = find_span(NEWS.text, "9% in 2023")
    async with reading(NEWS, "percent_sign") as app:
        assert any("•" in line for line in app.lines)
        app.view.show_marks([PaintedMark("m1", span, YELLOW, "◆")])
        assert not any("•" in line for line in app.lines)
        app.view.show_marks([])
        assert any("•" in line for line in app.lines)


async def test_keys_scroll_a_heading_to_the_top_or_move_the_cursor_to_it():
    async with reading(NEWS, "right_parenthesis") as app:
        assert NEWS.text[app.view.first_offset :].startswith("Then")
        await app.pilot.press("right_parenthesis")
        assert NEWS.text[app.view.first_offset :].startswith("At last")
        await app.pilot.press("left_parenthesis", "s", "right_parenthesis")
        assert app.view.selected_text == "At last"


async def test_a_key_goes_to_a_link_and_shows_it():
    async with reading(NEWS, "at") as app:
        strips = app.view.render_lines(app.view.size.region)
        line = next(strip for strip in strips if "See the law" in strip.text)
        shown = next(segment for segment in line if segment.text == "the law")
        assert shown.style.bgcolor != next(s for s in line if s.text == "See ").style.bgcolor
        await app.pilot.press("escape")
        assert "See the law" in "\n".join(app.lines)
        await app.pilot.press("c", "g", "at")
        assert NEWS.text[app.view.cursor_offset :].startswith("the law")


@pytest.mark.parametrize("key", ["backspace", "ctrl+o"])
async def test_keys_go_back_from_a_jump_and_forward_again(key):
    async with reading(NEWS, "9", "j", "G") as app:
        end = app.view.scroll_offset.y
        await app.pilot.press(key)
        assert app.view.scroll_offset.y == 9
        await app.pilot.press("ctrl+n")
        assert app.view.scroll_offset.y == end
        await app.pilot.press("g", "2", key)
        assert app.view.scroll_offset.y == 9


async def test_a_new_article_has_no_jumps_to_go_back():
    async with reading(NEWS, "G") as app:
        app.view.show(ARTICLE)
        await app.pilot.press("j", "backspace")
        assert app.view.scroll_offset.y == 1


async def test_a_count_before_the_end_is_a_percentage():
    async with reading(NEWS, "5", "0", "G") as app:
        assert app.view.progress == pytest.approx(0.6, abs=0.15)


async def test_the_caret_goes_to_a_letter_that_is_typed():
    async with reading(ARTICLE, "c", "f", "s") as app:
        assert app.view.cursor_offset == ARTICLE.text.index("st sentence")
        await app.pilot.press("semicolon")
        assert app.view.cursor_offset == ARTICLE.text.index("sentence")
        await app.pilot.press("F", "f")
        assert app.view.cursor_offset == ARTICLE.text.index("first")
        await app.pilot.press("f", "escape", "f", "%", "f", "enter")
        assert app.view.cursor_offset == ARTICLE.text.index("first")
        assert app.view.mode == "caret"


async def test_a_selection_extends_to_a_letter_that_is_typed():
    async with reading(ARTICLE, "c", "v", "f", "full_stop") as app:
        assert words(app.view.passage) == "The first sentence."
