"""Text that runs to the left, drawn by the program: what is seen, moved in, marked and found."""

import pytest

from annotator.settings import Settings
from annotator.tui.reader.article.view import ArticleView
from viewing import strips_of

pytest.importorskip("bidi")

HEBREW = "ראש העיר אמר (בכעס) שהמחיר ירד. איש לא שאל אותו מדוע."
SENTENCE = "ראש העיר אמר (בכעס) שהמחיר ירד."
DRAWN = ".דרי ריחמהש (סעכב) רמא ריעה שאר"
BIDI = Settings(bidi="program", width=60)


def _lines(reader) -> list[str]:
    return [line.strip() for line in reader.screen.splitlines()]


def _view(reader) -> ArticleView:
    return reader.app.screen._pane.text


def _place(reader, words: str) -> tuple[int, int]:
    """Return the cell of the screen at which words begin, as they are drawn."""
    lines = reader.screen.splitlines()
    y = next(y for y, line in enumerate(lines) if words in line)
    return lines[y].index(words), y


async def test_a_line_is_drawn_in_the_order_of_its_letters(visit, keep):
    async with visit(keep(HEBREW, title="כותרת (א) 12"), settings=BIDI) as reader:
        assert any(DRAWN in line for line in _lines(reader))
        assert "12 (א) תרתוכ" in reader.screen
    async with visit(keep(HEBREW)) as reader:
        assert SENTENCE in reader.screen


async def test_a_title_is_drawn_so_in_lists_and_dialogs(visit, keep):
    keep(HEBREW, title="כותרת של כתבה (א)")
    async with visit(settings=BIDI) as reader:
        await reader.sees("(א) הבתכ לש תרתוכ")
        await reader.press("i")
        await reader.until(lambda: reader.screen.count("(א) הבתכ לש תרתוכ") > 1)


async def test_the_caret_goes_left_with_the_left_arrow_and_down_by_the_columns_seen(visit, keep):
    async with visit(keep(f"{HEBREW}\n\nEnglish (עברית) here."), settings=BIDI) as reader:
        await reader.press("c", "g")
        view = _view(reader)
        assert view.selection.position == 0
        at = reader.app.cursor_position
        await reader.press("left")
        assert view.selection.position == 1
        assert reader.app.cursor_position == (at.x - 1, at.y)
        await reader.press("right", "w")
        assert view.article.text[view.selection.position :].startswith("העיר")
        await reader.press("G", "0", "l")
        assert view.article.text[view.selection.position :].startswith("nglish")


async def test_a_sentence_is_marked_by_keys_and_looks_marked_where_it_is_drawn(
    visit, keep, library
):
    article = keep(HEBREW)
    async with visit(article, settings=BIDI) as reader:
        await reader.press("s", "1")
        await reader.until(lambda: library.article(article.id).annotations())
        [mark] = library.article(article.id).annotations()
        assert mark.quote == SENTENCE
        await reader.press("escape", "escape")
        strips = strips_of(reader.app)
        marked = [s.text for strip in strips for s in strip if s.style and s.style.underline]
        assert "".join(marked) == DRAWN


async def test_words_that_are_dragged_over_are_those_that_are_marked(visit, keep, library):
    article = keep(HEBREW)
    async with visit(article, settings=BIDI) as reader:
        x, y = _place(reader, "סעכב")  # drawn from the left; its first letter is at the right
        pilot = reader.pilot
        await pilot.mouse_down(offset=(x + 3, y))
        await pilot.hover(offset=(x, y))
        await pilot.mouse_up(offset=(x, y))
        await reader.press("2")
        await reader.until(lambda: library.article(article.id).annotations())
        [mark] = library.article(article.id).annotations()
        assert mark.quote == "בכעס"


async def test_a_match_is_shown_on_its_letters(visit, keep):
    async with visit(keep(HEBREW), settings=BIDI) as reader:
        plain = {
            s.style.bgcolor for strip in strips_of(reader.app) for s in strip if s.text.strip()
        }
        await reader.press("slash", *"שאל", "enter")
        await reader.sees("1 of 1")
        found = [
            s.text
            for strip in strips_of(reader.app)[:-1]
            for s in strip
            if s.style.bgcolor not in plain
        ]
        assert "".join(found).strip() == "לאש"


async def test_the_sign_of_a_row_stays_before_its_words(visit, keep):
    async with visit(keep("שלום עולם."), settings=BIDI, size=(140, 30)) as reader:
        await reader.press("s", "1", "tab")
        await reader.until(lambda: any("│ ◆ .םלוע םולש" in line for line in _lines(reader)))


async def test_the_setting_takes_effect_at_once_and_shows_both_orders(visit, keep, tmp_path):
    async with visit(keep(HEBREW), settings=Settings(width=60)) as reader:
        await reader.press("colon")
        await reader.type("setting bidi")
        await reader.press("enter")
        await reader.sees("terminal", "טקסט עברי (123) abc", "abc (123) ירבע טסקט")
        await reader.press("enter")
        await reader.type("program")
        await reader.press("enter")
        await reader.until(lambda: reader.app.context.settings.bidi == "program")
        await reader.sees("טקסט עברי (123) abc", "abc (123) ירבע טסקט")
        await reader.press("q")
        await reader.until(lambda: DRAWN in reader.screen)


async def test_without_the_package_it_says_how_to_install_it(visit, keep, monkeypatch):
    monkeypatch.setattr("annotator.tui.frame.context.find_spec", lambda _: None)
    monkeypatch.setattr("annotator.usecases.library.config_files.find_spec", lambda _: None)
    async with visit(keep(HEBREW), settings=BIDI) as reader:
        await reader.until(lambda: "annotator-tui[bidi]" in reader.toasts)
        assert SENTENCE in reader.screen
