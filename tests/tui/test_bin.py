"""The bin: looked into, restored from, and emptied."""

import os

import pytest

from annotator.tui.bin import BinScreen
from annotator.tui.library.screen import LibraryScreen
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span


@pytest.fixture
def thrown_away(library, keep):
    """Put two articles into the bin, the second with a mark and a day before the first."""
    names = ("Bridges", "Tunnels")
    kept = [
        keep(title=name, url=f"https://example.org/{name}", site_name="The Courier")
        for name in names
    ]
    span = find_span(kept[1].text, "wages fell")
    annotate.mark(library, kept[1], span, Draft(), now=MOMENT)
    for age, article in enumerate(kept):
        library.trash(article.id)
        when = MOMENT.timestamp() - age * 86_400
        os.utime(library.folder / "bin" / article.id, (when, when))
    return [each.id for each in kept]


async def look_into_bin(reader):
    await reader.press("B")
    await reader.until(lambda: isinstance(reader.app.screen, BinScreen))


def lines(reader):
    return [line.split() for line in reader.screen.splitlines() if line.strip()]


async def test_the_bin_shows_when_articles_were_deleted_and_their_marks(thrown_away, visit):
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("Bridges")
        heads, first, second = lines(reader)[:3]
        assert heads == ["Title", "Site", "Deleted", "Marks"]
        assert (first[0], first[-1]) == ("Bridges", "today")
        assert (second[0], second[-1]) == ("Tunnels", "1")
        await reader.sees("BIN", "2 articles")


async def test_an_article_is_restored_and_that_is_undone(library, thrown_away, visit):
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("Tunnels")
        await reader.press("j", "enter")
        await reader.until(lambda: [each.title for each in library.records()] == ["Tunnels"])
        await reader.until(lambda: "Restored: “Tunnels”. Press u to undo." in reader.toasts)
        assert len(library.article(thrown_away[1]).annotations()) == 1
        await reader.press("u")
        await reader.until(lambda: not library.records())
        await reader.press("U", "q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.sees("Tunnels")
        await reader.press("u")
        await reader.sees("Your library is empty.")


async def test_several_are_restored_at_once(library, thrown_away, visit):
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("Tunnels")
        await reader.press("V")
        await reader.sees("BIN: 2 SELECTED")
        await reader.press("escape", "v", "v", "plus")
        await reader.until(lambda: len(library.records()) == 2)
        await reader.sees("The bin is empty.")


async def test_deleting_for_good_asks_with_the_number_of_marks(library, thrown_away, visit):
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("Tunnels")
        await reader.press("j", "x")
        await reader.sees("Delete “Tunnels” for good?", "Its 1 mark and all saved versions")
        await reader.press("enter", "escape")
        await reader.until(lambda: isinstance(reader.app.screen, BinScreen))
        assert len(library.trashed()) == 2
        await reader.press("x", "y")
        await reader.until(lambda: library.trashed() == (thrown_away[0],))
        await reader.until(lambda: "Deleted for good: “Tunnels”." in reader.toasts)


async def test_an_article_that_was_added_again_gets_its_marks_back(
    library, keep, thrown_away, visit
):
    article = keep(title="Tunnels", url="https://example.org/Tunnels")
    marks = [mark.id for mark in library.article(article.id).annotations()]
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("Tunnels")
        await reader.press("V", "plus")
        await reader.until(lambda: "Restored: 2 articles" in reader.toasts)
        assert library.trashed() == ()
        await reader.until(lambda: len(library.article(article.id).annotations()) > len(marks))
        await reader.press("u")
        await reader.until(lambda: len(library.article(article.id).annotations()) == len(marks))


@pytest.fixture
def deleted(library, keep):
    """Delete two marks with notes, and return their article, which stays."""
    article = keep(title="Harbours", url="https://example.org/harbours")
    for words in ("Costs fell", "Nobody asked"):
        span = find_span(article.text, words)
        mark = annotate.mark(library, article, span, Draft(note=words), now=MOMENT)
        annotate.delete(library, [mark], now=MOMENT)
    return article


async def test_deleted_marks_are_listed_below_the_articles_and_restored(
    library, thrown_away, deleted, visit
):
    article = deleted
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("Tunnels", "Deleted marks", "“Costs fell”", "Harbours")
        await reader.sees("2 articles, 2 marks")
        await reader.press("G", "enter")
        await reader.until(lambda: len(library.article(article.id).annotations()) == 1)
        (there,) = library.article(article.id).annotations()
        assert there.note == there.quote
        await reader.until(lambda: "Restored: “" in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: library.article(article.id).annotations() == ())
        await reader.sees("2 articles, 2 marks")


async def test_articles_and_marks_are_restored_together(library, thrown_away, deleted, visit):
    article = deleted
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("“Costs fell”")
        await reader.press("V", "plus")
        await reader.until(lambda: len(library.records()) == 3)
        await reader.until(lambda: len(library.article(article.id).annotations()) == 2)
        await reader.until(lambda: "Restored: 2 articles, 2 marks." in reader.toasts)
        await reader.sees("The bin is empty.")
        await reader.press("u")  # as one step
        await reader.until(lambda: len(library.records()) == 1)
        await reader.until(lambda: library.article(article.id).annotations() == ())
        await reader.sees("2 articles, 2 marks")
        await reader.press("U")
        await reader.until(lambda: len(library.records()) == 3)
        await reader.until(lambda: len(library.article(article.id).annotations()) == 2)


async def test_a_mark_is_deleted_for_good_after_a_question(library, deleted, visit):
    article = deleted
    async with visit() as reader:
        await look_into_bin(reader)
        await reader.sees("“Costs fell”")
        await reader.press("x")
        await reader.sees("for good?", "Its note, tags and links")
        await reader.press("y")
        await reader.until(lambda: "Deleted for good" in reader.toasts)
        tombstones = library.article(article.id).deleted_marks().values()
        assert sorted(each.mark is None for each in tombstones) == [False, True]
