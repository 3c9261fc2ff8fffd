"""Going on from one article of the list to the next, and judging an article in the reader."""

import pytest

from annotator.store import Position
from annotator.tui.reader import screen
from builders import MOMENT, set_state

LONG = "\n\n".join(f"Paragraph {number} says a little more." for number in range(60))


@pytest.fixture
def three(keep):
    """Three articles, the newest of which is the first of the list."""
    return [
        keep(text, url=f"https://example.org/{title}", title=title, days=days)
        for days, (title, text) in enumerate(
            (("Third", "The end."), ("Second", LONG), ("First", LONG.replace("says", "tells")))
        )
    ][::-1]


async def test_the_list_goes_on_in_the_reader_and_shows_the_article_that_was_left(visit, three):
    async with visit() as reader:
        await reader.press("enter")
        await reader.sees("Paragraph 0 tells", "> Next")
        await reader.press("greater_than_sign")
        await reader.sees("Paragraph 0 says")
        await reader.press("greater_than_sign")
        await reader.sees("The end.")
        assert "> Next" not in reader.screen
        await reader.press("greater_than_sign")
        await reader.sees("This is the last article of the list.")
        await reader.press("less_than_sign")
        await reader.sees("Paragraph 0 says")
        await reader.press("q")
        await reader.sees("Title")
        await reader.until(lambda: reader.app.screen.record.id == three[1].id)


async def test_an_article_that_is_gone_on_from_is_left_as_by_q(library, visit, three):
    async with visit() as reader:
        await reader.press("enter")
        await reader.sees("Paragraph 0 tells")
        await reader.press("s", "enter", "G", "greater_than_sign")
        await reader.sees("Paragraph 0 says")
        first = library.article(three[0].id)
        assert [mark.kind for mark in first.annotations()] == ["claim"]
        assert first.record().state == "read"
        await reader.press("s", "j", "enter", "q")
        await reader.until(lambda: library.article(three[1].id).annotations())


async def test_the_place_in_the_next_article_is_saved_while_it_is_read(
    library, visit, three, monkeypatch
):
    monkeypatch.setattr(screen, "_SAVE_SECONDS", 0.05)
    async with visit() as reader:
        await reader.press("enter")
        await reader.sees("Paragraph 0 tells")
        await reader.press("greater_than_sign")
        await reader.sees("Paragraph 0 says")
        await reader.press("G")
        await reader.until(lambda: library.positions.get(three[1].id))


async def test_the_filter_decides_which_article_is_next(visit, three):
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("paragraph")
        await reader.press("enter", "enter")
        await reader.sees("1 of 60")
        await reader.press("greater_than_sign")
        await reader.sees("Paragraph 0 says", "1 of 60")
        await reader.press("greater_than_sign")
        await reader.sees("This is the last article of the list.")


async def test_the_end_of_an_article_says_what_the_next_one_is(visit, three):
    async with visit(size=(60, 20)) as reader:
        await reader.press("enter")
        await reader.sees("Paragraph 0 tells")
        assert "Second" not in reader.screen
        await reader.press("G")
        await reader.sees("> Next: Second")
        await reader.press("space")
        await reader.sees("This is the end.", "“Second”")


async def test_an_article_without_a_list_says_so(visit, three):
    async with visit(three[2]) as reader:
        await reader.press("greater_than_sign")
        await reader.sees("was not opened from a list")
        await reader.press("space")
        await reader.sees("This is the end. q leads back.")


async def test_an_article_is_read_once_its_end_was_seen_wherever_it_was_left(library, visit, three):
    async with visit() as reader:
        await reader.press("enter")
        await reader.sees("Paragraph 0 tells")
        await reader.press("G", "g", "q")
        await reader.sees("✓")
    assert library.article(three[0].id).record().state == "read"


async def test_a_state_given_in_the_reader_stays_when_it_is_left(library, visit, three):
    first = library.article(three[0].id)
    set_state(library, three[0].id, "read", now=MOMENT)
    library.positions.save(three[0].id, Position(0, 1.0, 1.0))
    async with visit(three[0]) as reader:
        await reader.press("d")
        await reader.sees("Marked as unread")
        await reader.press("q")
    assert first.record().state == "unread"
    async with visit(three[0]) as reader:
        await reader.press("q")
    assert first.record().state == "reading"  # its end was not seen again
    async with visit(three[0]) as reader:
        await reader.press("colon")
        await reader.type("archive")
        await reader.press("enter")
        await reader.sees("Archived: “First”")
        await reader.press("q")
    assert first.record().state == "archived"


async def test_on_a_mark_the_same_key_is_that_of_its_status(library, visit, three):
    async with visit(three[0]) as reader:
        await reader.press("s", "enter", "d")
        await reader.sees("Supported", "Refuted")
        await reader.press("escape", "j", "d")
        await reader.sees("No mark here.")
    assert library.article(three[0].id).record().state != "read"
