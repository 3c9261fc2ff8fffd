"""Marks of others in the reader: shown in another look, gone to, and adopted."""

import pytest

from annotator.store.machine.publish_memory import Guest, PublishMemory
from builders import MOMENT, make_annotation, make_article, make_extraction, make_page

TEXT = "Prices rose by a tenth. Wages did not.\n\nThe grid held in winter."
SAID = "Not true\x1b[31m of food."
ADDRESS = "https://hypothes.is/a/"


@pytest.fixture
def article(library):
    """Keep an article on which others have marked three passages, one of another text."""
    article = make_article(TEXT, url="https://example.org/story", title="Prices")
    library.store(make_extraction(article), make_page(url=article.url), now=MOMENT)
    library.put([make_annotation(article, "The grid held in winter.")])
    guests = [
        Guest("g1", "Bob", "Prices rose by a tenth.", note="Not true of food.", tags=("food",),
              created="2026-02-01T10:00", address=f"{ADDRESS}g1"),
        Guest("g2", "Eve", "Wages did not.", address=f"{ADDRESS}g2"),
        Guest("g3", "Mal", "Words of another page altogether.", address=f"{ADDRESS}g3"),
    ]  # fmt: skip
    with PublishMemory(library.state) as memory:
        memory.put_guests("desk", article.id, guests)
    return article


def marks_of(library, article):
    return library.article(article.id).annotations()


async def test_marks_of_others_are_listed_with_their_authors_and_hidden_again(article, visit):
    async with visit(article) as reader:
        assert "Bob" not in reader.screen
        await reader.press("underscore")
        await reader.sees("Marks of others", "Bob: Not true of food. #food", "Eve:", "Mal:")
        await reader.sees("It is not in this text.", "◌")
        await reader.press("underscore")
        await reader.until(lambda: "Bob" not in reader.screen and "◌" not in reader.screen)


async def test_a_mark_of_somebody_else_is_adopted_from_the_list_and_undone(article, visit, library):
    async with visit(article) as reader:
        await reader.press("underscore", "plus")
        await reader.until(lambda: len(marks_of(library, article)) == 2)
        mark = next(mark for mark in marks_of(library, article) if mark.tags == ("food",))
        assert mark.quote == "Prices rose by a tenth."
        assert mark.note == f"Not true of food.\n\n— Bob, 2026-02-01, {ADDRESS}g1"
        assert (mark.kind, mark.status) == ("highlight", None)
        await reader.until(lambda: "Bob: Not" not in reader.screen)
        await reader.press("u")
        await reader.until(lambda: len(marks_of(library, article)) == 1)


async def test_enter_on_its_words_shows_who_wrote_it_and_changes_nothing(article, visit, library):
    async with visit(article) as reader:
        await reader.press("underscore")
        await reader.sees("Bob: Not true")
        await reader.press("enter", "s", "enter")
        await reader.sees("Bob: Not true of food.")
        assert len(marks_of(library, article)) == 1
        await reader.press("escape", "x")
        assert len(marks_of(library, article)) == 1


async def test_what_is_not_in_the_text_cannot_be_adopted(article, visit, library):
    async with visit(article) as reader:
        await reader.press("underscore")
        await reader.sees("Bob: Not true")
        await reader.press("G", "plus")
        await reader.until(lambda: "not in this text" in reader.toasts)
        assert len(marks_of(library, article)) == 1


async def test_without_any_the_way_to_them_is_said(library, visit, keep):
    async with visit(keep()) as reader:
        await reader.press("underscore")
        await reader.until(lambda: "--pull" in reader.toasts)
