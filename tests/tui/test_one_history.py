"""Undo and redo take back any change since the program was opened, on whatever screen."""

import pytest

from annotator.model import Link, Span
from annotator.tui.claims.screen import ClaimsScreen
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.screen import ReaderScreen
from annotator.usecases.articles.article_edits import move_to_bin
from annotator.usecases.articles.trash import trashed
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from annotator.usecases.marks.links import add_link
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


@pytest.fixture
def shelf(library, article, mark, keep):
    """Fill every screen: a tagged claim with evidence, a reworded mark, an article in the bin."""
    annotate.change(library, [mark], annotate.Changes(added=["costs"], removed=[]), now=MOMENT)
    books = keep("The books say so.", url="https://example.org/books", title="Books")
    said = annotate.mark(library, books, Span(0, 17), Draft("evidence"), now=MOMENT)
    add_link(library, said, Link("supports", mark.id), now=MOMENT)
    before = keep("Wages rose by three percent.", url="https://example.org/wages", title="Wages")
    annotate.mark(library, before, Span(0, 28), Draft("claim"), now=MOMENT)
    keep("Wages rose by four percent.", url="https://example.org/wages", title="Wages", days=1)
    gone = keep("Nobody reads this.", url="https://example.org/gone", title="Gone")
    move_to_bin(library, [library.article(gone.id).record()])


def contents(library):
    """Return what a library has, but for the times of changes."""
    found = {}
    for record in library.records():
        marks = library.article(record.id).annotations()
        is_archived = record.state == "archived"  # reading changes it as well
        found[record.id] = is_archived, record.tags, [mark.contents for mark in marks]
    return found, [article.id for article in trashed(library)]


EDITS = {  # the keys that lead to a screen and change something on it; words are awaited
    "library": ["z"],
    "reader": ["enter", "?READ", "s", "?e Details", "x"],
    "claims": ["C", "?Costs fell", "d", "d"],
    "evidence": ["C", "?Costs", "slash", *"costs", "enter", "?1 mark", "A", "?books say", "j", "x"],
    "tags": ["T", "?costs", "x"],
    "bin": ["B", "?Gone", "plus"],
    "reattach": ["M", "?three", "plus"],
}


@pytest.mark.parametrize("screen", EDITS)
async def test_what_was_changed_on_any_screen_is_undone_and_redone_in_the_library(
    library, shelf, visit, screen
):
    before = contents(library)
    async with visit() as reader:
        await reader.sees("Bridges", "Books")
        for step in EDITS[screen]:
            if step.startswith("?"):
                await reader.sees(step[1:])
            else:
                await reader.press(step)
        await reader.until(lambda: contents(library) != before)
        after = contents(library)
        while not isinstance(reader.app.screen, LibraryScreen):
            await reader.press("q")
        await reader.press("u")
        await reader.until(lambda: contents(library) == before)
        await reader.until(lambda: "Undid: " in reader.toasts)
        await reader.press("U")
        await reader.until(lambda: contents(library) == after)


LISTS = {  # the keys that lead to a list and narrow it, words in it, and the edit of its row
    "library": (["slash", *"has:mark", "enter", "?3 articles"], "Books", ["z"]),
    "tags": (["T", "?costs", "slash", *"cost", "enter", "?1 tag"], "costs", ["x"]),
    "evidence": (EDITS["evidence"][:-2], "The books say", ["j", "x"]),
    "bin": (["B", "?Gone"], "Gone", ["plus"]),
    "reattach": (["M", "?three"], "three", ["plus"]),
}


def listed(reader):
    """Return the words of the rows of the list in front."""
    rows = reader.app.screen.listing._stack.rows
    return "".join(piece.text for row in rows for line in row.lines(98) for piece in line)


@pytest.mark.parametrize("screen", LISTS)
async def test_a_list_that_is_narrowed_is_read_again_after_undo_and_redo(shelf, visit, screen):
    way, words, edit = LISTS[screen]
    async with visit() as reader:
        await reader.sees("Bridges", "Books")
        for step in way:
            if step.startswith("?"):
                await reader.sees(step[1:])
            else:
                await reader.press(step)
        await reader.until(lambda: words in listed(reader))
        await reader.press(*edit)
        await reader.until(lambda: words not in listed(reader))
        await reader.press("u")
        await reader.until(lambda: words in listed(reader))
        await reader.press("U")
        await reader.until(lambda: words not in listed(reader))


async def test_the_reader_does_not_name_the_article_that_it_shows(library, article, mark, visit):
    async with visit(article, mark_id=mark.id) as reader:
        await reader.press("x")
        await reader.until(lambda: not library.article(article.id).annotations())
        await reader.press("u")
        await reader.until(lambda: "Undid: delete" in reader.toasts)
        assert "Bridges" not in reader.toasts


async def test_steps_of_several_screens_are_undone_newest_first(library, article, mark, visit):
    async with visit() as reader:
        await reader.press("d")
        await reader.until(lambda: library.article(article.id).record().state == "read")
        await reader.press("C")
        await reader.until(on(reader, ClaimsScreen))
        await reader.sees("Costs fell")
        await reader.press("d", "s")
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
        await reader.press("d", "s")
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
    annotate.change(
        library, [mark, other], annotate.Changes(values={"status": "disputed"}), now=MOMENT
    )
    async with visit() as reader:
        await reader.press("C")
        await reader.sees("Costs fell", "Nobody asked")
        await reader.press("slash")
        await reader.type("status:disputed")
        await reader.press("enter")
        await reader.sees("2 marks")
        await reader.press("d", "r")
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
        await reader.press("d", "s")
        await reader.until(lambda: library.annotation(mark.id).claim)
        annotate.change(library, [mark], annotate.Changes(note="Theirs."), now=MOMENT)
        await reader.press("q")
        await reader.until(on(reader, LibraryScreen))
        await reader.press("u")
        await reader.until(lambda: "the mark was changed elsewhere" in reader.toasts)
        assert notes(library, article) == ["Theirs."]
