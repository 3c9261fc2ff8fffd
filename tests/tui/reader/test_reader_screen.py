"""Reading an article with the keyboard: search, side panel, position, and leaving."""

import asyncio
import threading
from datetime import timedelta

import pytest
from textual import events

from annotator.model import Removal, Span
from annotator.store import Library
from annotator.tui.reader import screen
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.pane import ReadingPane
from annotator.tui.widgets.status_bar import StatusBar
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span

FIRST = "Costs fell by nine percent in 2023."


def marks(library, article):
    return library.article(article.id).annotations()


def view(reader) -> ArticleView:
    return reader.app.screen.query_one(ArticleView)


async def test_finding_shows_the_matches_and_escape_goes_back(keep, visit):
    async with visit(keep("\n\n".join(f"Line {n} of many." for n in range(200)))) as reader:
        await reader.press("slash")
        await reader.type("line 150")
        await reader.sees("1 match", "Line 150 of many.")
        await reader.press("ctrl+g")
        await reader.sees("Line 0 of many.")
        await reader.press("slash")
        await reader.type("line 19")
        await reader.press("enter")
        await reader.sees("1 of 11", "Line 19 of many.")
        await reader.press("n")
        await reader.sees("2 of 11", "Line 190 of many.")
        await reader.press("N", "N")
        await reader.sees("11 of 11", "Line 199 of many.")


async def test_escape_leaves_the_mode_then_hides_what_was_found_which_n_shows_again(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("n")
        assert "There is no match to go to. Find words" in reader.toasts
        await reader.press("s", "slash")
        await reader.type("the")
        await reader.press("enter")
        await reader.sees("SENTENCE", "1 of ")
        await reader.press("escape")
        await reader.sees("READ ", "1 of ")
        await reader.press("escape")
        await reader.until(lambda: "1 of " not in reader.screen)
        await reader.press("n")
        await reader.sees("2 of ")


async def test_a_search_that_is_left_by_escape_goes_on_by_n(keep, visit):
    async with visit(keep()) as reader:
        await reader.press("slash")
        await reader.type("wages")
        await reader.press("escape")
        await reader.until(lambda: "match" not in reader.screen)
        await reader.press("n")
        await reader.sees("1 of 1")


async def test_the_contents_lead_to_a_heading(keep, visit):
    text = (
        "# One\n\n" + "\n\n".join(["Words."] * 60) + "\n\n# Two\n\n" + "\n\n".join(["More."] * 60)
    )
    async with visit(keep(text)) as reader:
        await reader.press("H")
        await reader.sees("Contents", "Two")
        await reader.press("down", "enter")
        await reader.sees("More.")
        assert view(reader).has_focus


async def test_removed_text_is_listed_with_its_reason(keep, visit):
    removal = Removal(
        "nags", "sign-in", "It asks the reader to sign in.", "Sign in here.", before=1
    )
    async with visit(keep(removals=(removal,))) as reader:
        await reader.press("L")
        await reader.sees("Sign in here.", "Removed from the page", "It asks the reader to")


async def test_the_card_of_the_article_shows_how_complete_it_is(keep, visit):
    async with visit(keep(access="paywalled", byline=("Ada Bell",))) as reader:
        assert "paywalled" in reader.screen
        await reader.press("i")
        await reader.sees("Ada Bell", "Completeness", "https://example.org/story")


async def test_marks_are_listed_in_order_and_enter_goes_to_one(library, keep, visit):
    article = keep("First one here.\n\n" + "\n\n".join(["Words."] * 80) + "\n\nLast one here.")
    for words in ("Last one", "First one"):
        annotate.mark(library, article, find_span(article.text, words), Draft(), now=MOMENT)
    async with visit(article) as reader:
        await reader.press("tab")
        await reader.sees("◆ First one", "◆ Last one")
        await reader.press("down", "enter")
        await reader.sees("Last one here.")
        assert view(reader).has_focus


async def test_a_mark_that_is_not_in_the_text_is_listed_last_under_a_heading(library, keep, visit):
    article = keep()
    annotate.mark(library, article, find_span(article.text, FIRST), Draft(), now=MOMENT)
    changed = keep("Quite another tale of ships and their captains is told here. " * 8)
    assert changed.id == article.id
    async with visit(changed) as reader:
        await reader.press("tab")
        await reader.sees("Not found in the text", "Costs fell")


async def test_another_programs_mark_appears_and_nothing_else_moves(library, keep, visit, tmp_path):
    article = keep("First one here.\n\n" + "\n\n".join(["Words."] * 80) + "\n\nLast one here.")
    async with visit(article) as reader:
        await reader.press("space", "s")
        before = view(reader).scroll_offset, view(reader).passage
        with Library.open(tmp_path / "data", state=tmp_path / "state") as other:
            annotate.mark(other, article, Span(0, 15), Draft(), now=MOMENT)
        await reader.sees("1 mark")
        assert (view(reader).scroll_offset, view(reader).passage) == before
        assert view(reader).mode == "sentence"


async def test_undo_does_not_overwrite_a_change_by_another_program(library, keep, visit, tmp_path):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s", "j", "enter")
        await reader.until(lambda: marks(library, article))
        with Library.open(tmp_path / "data", state=tmp_path / "state") as other:
            (mark,) = other.article(article.id).annotations()
            annotate.change(
                other, [mark], annotate.Changes(note="mine"), now=MOMENT + timedelta(days=1)
            )
        await reader.press("u")
        await reader.until(lambda: "changed elsewhere" in reader.toasts)
    assert marks(library, article)[0].note == "mine"


async def test_it_opens_where_it_was_left(library, keep, visit):
    article = keep("\n\n".join(f"Line {n} of many." for n in range(200)))
    async with visit(article) as reader:
        await reader.press("space", "space", "space")
        left = view(reader).first_offset
        assert left > 0
        await reader.press("q")
    assert library.positions.get(article.id).offset == left
    assert library.article(article.id).record().state == "reading"
    async with visit(article) as reader:
        assert view(reader).first_offset == left


async def test_an_article_that_was_read_to_its_end_counts_as_read(library, keep, visit):
    article = keep("\n\n".join(f"Line {n} of many." for n in range(200)))
    async with visit(article) as reader:
        await reader.press("G", "q")
    assert library.article(article.id).record().state == "read"


async def test_an_article_that_fits_the_screen_counts_as_read(library, keep, visit):
    article = keep("A line.")
    async with visit(article) as reader:
        await reader.sees("100%")
        await reader.press("q")
    assert library.article(article.id).record().state == "read"


async def test_at_the_top_the_progress_is_zero(keep, visit):
    async with visit(keep("\n\n".join(f"Line {n} of many." for n in range(200)))) as reader:
        await reader.sees(" 0%")


async def test_a_mark_made_just_before_quitting_is_saved(library, keep, visit):
    article = keep()
    async with visit(article) as reader:
        await reader.pilot.press("s", "j", "enter", "j", "enter", "j", "enter", "ctrl+q")
    assert len(marks(library, article)) == 3


async def test_on_a_narrow_screen_the_panel_covers_the_text_and_goes_away_again(
    library, keep, visit
):
    article = keep()
    annotate.mark(library, article, find_span(article.text, FIRST), Draft(), now=MOMENT)
    async with visit(article, size=(60, 20)) as reader:
        width = view(reader).size.width
        await reader.press("tab")
        await reader.sees("Marks")
        assert view(reader).size.width == width
        await reader.press("enter")
        await reader.until(lambda: "Marks\n" not in reader.screen and view(reader).has_focus)


async def test_on_a_wide_screen_opening_the_panel_moves_nothing(keep, visit):
    async with visit(keep(), size=(160, 50)) as reader:
        before = reader.screen.splitlines()[10][:110]
        await reader.press("tab")
        await reader.sees("No marks yet")
        assert reader.screen.splitlines()[10][:110] == before


async def test_the_status_bar_changes_with_the_mode(keep, visit):
    async with visit(keep()) as reader:
        assert "READ" in reader.screen
        await reader.press("s", "j")
        await reader.sees("SENTENCE", "Enter Claim", "2 Evidence", "3 Question")
        await reader.press("enter")
        await reader.sees("t Tags", "a Note", "x Delete")
        await reader.press("j")
        await reader.sees("Enter Claim")
        await reader.press("k")
        await reader.sees("t Tags")
        await reader.press("c")
        await reader.sees("CARET")


async def test_an_article_is_exported_as_markdown(keep, visit, tmp_path):
    async with visit(keep()) as reader:
        await reader.press("E")
        await reader.sees("Export 1 article")
        await reader.press("enter")
        await reader.until(lambda: "1 article in" in reader.toasts)
    assert [path.suffix for path in (tmp_path / "notes").iterdir()] == [".md"]


async def test_the_status_bar_shows_the_position_as_soon_as_the_text_moves(keep, visit):
    async with visit(keep("\n\n".join(f"Line {n} of many." for n in range(200)))) as reader:
        footer = reader.app.screen.query_one(StatusBar)
        told = []
        for line in (0, view(reader).max_scroll_y // 2, view(reader).max_scroll_y):
            view(reader).scroll_to(y=line, animate=False)
            told.append(footer.render_line(0).text.split()[-1])
        assert told == ["0%", "50%", "100%"]


async def test_the_text_is_complete_in_every_frame_while_the_panel_closes(keep, visit):
    async with visit(keep("\n\n".join(f"Line {n} of many." for n in range(200)))) as reader:
        await reader.press("tab")
        await reader.sees("Marks")
        text = view(reader)
        narrow = text.size.width
        reader.app.screen.query_one(ReadingPane).action_leave_panel()
        reader.app.screen._refresh_layout()  # the text hears of its new size after this frame
        assert text.size.width > narrow
        lines = text.render_lines(text.size.region)
        assert {line.cell_length for line in lines} == {text.size.width}


LONG = "# One\n\n" + "\n\n".join(["Words."] * 60) + "\n\n# Two\n\n" + "\n\n".join(["More."] * 60)


@pytest.mark.parametrize("size", [(60, 20), (160, 30)])
async def test_enter_goes_to_its_row_even_if_the_next_key_opens_another_list(
    library, keep, visit, size
):
    removal = Removal("nags", "sign-in", "A sign-in prompt.", "Sign in here.", before=1)
    article = keep(LONG, removals=(removal,))
    span = find_span(article.text, "More.")
    annotate.mark(library, article, span, Draft(), now=MOMENT)
    async with visit(article, size=size) as reader:
        await reader.press("H", "down")
        await type_at_once(reader, "enter", "L")
        await reader.sees("Removed from the page", "Sign in here.")
        await reader.until(lambda: view(reader).first_offset > len("One\n\nWords."))
        assert not view(reader).has_focus
        await reader.press("escape", "g", "tab")
        await reader.sees("◆ More.")
        await type_at_once(reader, "enter", "T")
        await reader.sees("Contents")
        await reader.until(lambda: view(reader).current_mark is not None)


async def test_a_second_key_to_leave_does_nothing(keep, visit, slow_to_leave, monkeypatch):
    monkeypatch.setattr(screen, "_LONG", 0.01)
    keep()
    async with visit() as reader:
        await reader.press("enter")
        await reader.sees("Costs fell")
        await type_at_once(reader, "q", "q")
        await reader.until(lambda: "Saving your changes" in reader.toasts)
        slow_to_leave.set()
        await reader.sees("1 article")


async def test_the_article_closes_after_the_help_over_it(keep, visit, slow_to_leave):
    keep()
    async with visit() as reader:
        await reader.press("enter")
        await reader.sees("Costs fell")
        await type_at_once(reader, "q", "question_mark")
        await reader.sees("Keys")
        slow_to_leave.set()
        await reader.pilot.pause(0.1)
        await reader.sees("Keys")
        await reader.press("escape")
        await reader.sees("1 article")


async def test_a_key_pressed_at_once_opens_closes_and_opens_one_dialog(keep, visit):
    async with visit(keep()) as reader:
        await type_at_once(reader, "i", "i", "i")
        await reader.sees("Completeness")
        assert len(reader.app.screen_stack) == 2


async def test_the_side_panel_is_opened_by_one_key_while_another_opens_it(keep, visit):
    async with visit(keep()) as reader:
        pane = reader.app.screen.query_one(ReadingPane)
        await asyncio.gather(pane.action_panel("contents"), pane.action_panel("removed"))
        await reader.sees("Removed from the page")


@pytest.fixture
def slow_to_leave(library, monkeypatch) -> threading.Event:
    """Return an event that the library waits for before it writes a reading position."""
    event, positions = threading.Event(), library.positions
    save = positions.save

    def wait(*args) -> None:
        assert event.wait(10)
        save(*args)

    monkeypatch.setattr(positions, "save", wait)
    return event


async def type_at_once(reader, *keys: str) -> None:
    """Send keys without waiting for what each of them does."""
    for key in keys:
        reader.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await reader.pilot.pause()


async def test_a_bad_page_is_reported(keep, visit, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    async with visit(keep()) as reader:
        await reader.press("colon")
        await reader.sees("Commands")
        await reader.type("report of a bad page")
        await reader.press("enter")
        await reader.until(lambda: "Nothing was sent" in reader.toasts)
    assert len(list(tmp_path.glob("page-report-*.zip"))) == 1
