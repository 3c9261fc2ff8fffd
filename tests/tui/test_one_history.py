"""Undo and redo take back any change since the program was opened, on whatever screen."""

import pytest

from annotator.model import Span
from annotator.tui.claims.screen import ClaimsScreen
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT


def on(reader, screen):
    return lambda: isinstance(reader.app.screen, screen)


@pytest.fixture
def article(keep):
    return keep("Costs fell by nine percent. Nobody asked why.", title="Bridges")


@pytest.fixture
def mark(library, article):
    return annotate.mark(library, article, Span(0, 27), Draft("claim"), now=MOMENT)


def notes(library, article):
    return [mark.note for mark in library.article(article.id).annotations()]


async def test_a_mark_that_was_made_in_the_reader_is_undone_in_the_library(library, article, visit):
    async with visit() as reader:
        await reader.press("enter")
        await reader.until(on(reader, ReaderScreen))
        await reader.press("s", "enter")
        await reader.until(lambda: library.article(article.id).annotations())
        await reader.press("escape", "q")
        await reader.until(on(reader, LibraryScreen))
        await reader.press("u")
        await reader.until(lambda: not library.article(article.id).annotations())
        await reader.until(lambda: "Undid: mark “Costs fell by nine percent.”" in reader.toasts)
        assert "in “Bridges”" in reader.toasts
        await reader.press("U")
        await reader.until(lambda: library.article(article.id).annotations())
        await reader.until(lambda: "Redid: mark" in reader.toasts)


async def test_the_reader_does_not_name_the_article_that_it_shows(library, article, mark, visit):
    async with visit(article, mark_id=mark.id) as reader:
        await reader.press("x")
        await reader.until(lambda: not library.article(article.id).annotations())
        await reader.press("u")
        await reader.until(lambda: "Undid: delete" in reader.toasts)
        assert "Bridges" not in reader.toasts


async def test_steps_of_several_screens_are_undone_newest_first(library, article, mark, visit):
    async with visit() as reader:
        await reader.press("m")
        await reader.until(lambda: library.article(article.id).record().state == "read")
        await reader.press("C")
        await reader.until(on(reader, ClaimsScreen))
        await reader.sees("Costs fell")
        await reader.press("3")
        await reader.until(lambda: library.annotation(mark.id).claim)
        await reader.press("q")
        await reader.until(on(reader, LibraryScreen))
        await reader.press("u")
        await reader.until(lambda: library.annotation(mark.id).claim is None)
        assert library.article(article.id).record().state == "read"
        await reader.press("u")
        await reader.until(lambda: library.article(article.id).record().state == "unread")
        await reader.until(lambda: "Undid: mark as read “Bridges”" in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: "Nothing to undo." in reader.toasts)


async def test_a_mark_is_undone_in_the_reader_that_was_opened_over_a_list(
    library, article, mark, visit
):
    async with visit() as reader:
        await reader.press("C")
        await reader.sees("Costs fell")
        await reader.press("3")
        await reader.until(lambda: library.annotation(mark.id).claim)
        await reader.press("enter")
        await reader.until(on(reader, ReaderScreen))
        await reader.press("u")
        await reader.until(lambda: library.annotation(mark.id).claim is None)
        await reader.press("q")
        await reader.until(on(reader, ClaimsScreen))
        await reader.press("U")
        await reader.until(lambda: library.annotation(mark.id).claim)


async def test_an_article_that_undo_moves_to_the_bin_while_it_is_read(
    library, article, mark, visit
):
    async with visit() as reader:
        await reader.sees("Bridges")
        await reader.press("x")
        await reader.until(lambda: not library.records())
        await reader.press("u")
        await reader.until(library.records)
        await reader.sees("Bridges")
        await reader.press("enter")
        await reader.until(on(reader, ReaderScreen))
        await reader.press("U")
        await reader.until(lambda: "Redid: move to bin “Bridges”" in reader.toasts)
        assert not library.records()
        await reader.press("u")
        await reader.until(lambda: "Undid: move to bin “Bridges”" in reader.toasts)
        assert library.annotation(mark.id)
        await reader.press("U")
        await reader.until(lambda: not library.records())
        await reader.press("q")
        await reader.until(on(reader, LibraryScreen))
        await reader.until(lambda: "Costs fell" not in reader.screen)
        assert "no article" not in reader.toasts


async def test_a_filtered_list_of_claims_is_asked_again_after_undo(library, article, mark, visit):
    other = annotate.mark(library, article, Span(28, 45), Draft("claim"), now=MOMENT)
    annotate.set_values(library, [mark, other], {"status": "disputed"}, now=MOMENT)
    async with visit() as reader:
        await reader.press("C")
        await reader.sees("Costs fell", "Nobody asked")
        await reader.press("slash")
        await reader.type("status:disputed")
        await reader.press("enter")
        await reader.sees("2 marks")
        await reader.press("5")
        await reader.sees("no longer matches")
        await reader.press("u")
        await reader.until(lambda: "no longer matches" not in reader.screen)
        await reader.sees("2 marks")
        await reader.press("U")
        await reader.sees("1 mark")


async def test_a_change_that_another_program_overtook_is_left_and_said(
    library, article, mark, visit
):
    async with visit() as reader:
        await reader.press("C")
        await reader.sees("Costs fell")
        await reader.press("3")
        await reader.until(lambda: library.annotation(mark.id).claim)
        annotate.write_note(library, [mark], "Theirs.", now=MOMENT)
        await reader.press("q")
        await reader.until(on(reader, LibraryScreen))
        await reader.press("u")
        await reader.until(lambda: "the mark was changed elsewhere" in reader.toasts)
        assert notes(library, article) == ["Theirs."]
