"""Keys of the library that act on several articles at once."""

import pytest

from annotator.store import Position

NAMES = ("Alpha", "Middle", "Zeta")


@pytest.fixture
def three(library, keep):
    """Return the ids of three articles, in their order on the screen."""
    kept = [
        keep(title=name, url=f"https://example.org/{name}", days=-day)
        for day, name in enumerate(NAMES)
    ]
    return [each.id for each in kept]


def glyphs(reader):
    """Return the glyph column of the list."""
    lines = reader.screen.splitlines()[2:]
    return [line[1] for line in lines if line.split()[:1] and line[3:].split()[:1][0] in NAMES]


async def test_articles_are_selected_one_by_one_all_or_none(three, visit):
    async with visit() as reader:
        await reader.press("v", "v")
        assert glyphs(reader) == ["▌", "▌", " "]
        await reader.sees("2 SELECTED", "t Tags", "Esc Deselect")
        await reader.press("k", "v")
        assert glyphs(reader) == ["▌", " ", " "]
        await reader.press("V")
        assert glyphs(reader) == ["▌", "▌", "▌"]
        await reader.press("V")
        assert glyphs(reader) == [" ", " ", " "]
        assert "SELECTED" not in reader.screen


async def test_escape_clears_the_selection_before_the_filter(three, visit):
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("a")
        await reader.press("enter", "V")
        await reader.sees("SELECTED")
        await reader.press("escape")
        await reader.until(lambda: "SELECTED" not in reader.screen)
        await reader.sees("“a”")
        await reader.press("escape")
        await reader.until(lambda: "“a”" not in reader.screen)


async def test_only_selected_articles_that_are_listed_are_changed(library, three, visit):
    async with visit() as reader:
        await reader.press("V", "slash")
        await reader.type("zeta")
        await reader.press("enter")
        await reader.sees("1 SELECTED")
        await reader.press("x")
        await reader.until(lambda: library.trashed() == (three[2],))


async def test_read_and_unread_are_toggled_in_one_step(library, three, visit):
    def states():
        return [library.article(each).record().state for each in three]

    async with visit() as reader:
        await reader.press("d")
        await reader.until(lambda: states() == ["read", "unread", "unread"])
        await reader.until(lambda: "Marked as read: “Alpha”. Press u to undo." in reader.toasts)
        await reader.press("V", "d")
        await reader.until(lambda: states() == ["read"] * 3)
        await reader.until(lambda: "Marked as read: 2 articles." in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: states() == ["read", "unread", "unread"])
        await reader.until(lambda: "Undid: mark as read, 2 articles." in reader.toasts)
        await reader.press("escape", "d")
        await reader.until(lambda: states() == ["unread"] * 3)


async def test_tags_of_several_are_added_and_removed_and_others_stay(library, three, visit):
    def tags():
        return [set(library.article(each).record().tags) for each in three]

    async with visit() as reader:
        await reader.press("t")
        await reader.sees("Tags of this article")
        await reader.type("bread")
        await reader.press("enter")
        await reader.until(lambda: tags() == [{"bread"}, set(), set()])
        await reader.press("V", "t")
        await reader.sees("Tags of 3 articles", "◐ bread", "some")
        await reader.type("new")
        await reader.press("enter")
        await reader.until(lambda: tags() == [{"bread", "new"}, {"new"}, {"new"}])
        await reader.sees("#bread #new")  # the table, which is read again after the edit
        await reader.press("t")
        await reader.sees("◉ new", "◐ bread")
        await reader.press("tab", "enter")
        await reader.until(lambda: tags() == [{"bread"}, set(), set()])
        await reader.press("u", "u")
        await reader.until(lambda: tags() == [{"bread"}, set(), set()])
        await reader.press("u")
        await reader.until(lambda: tags() == [set()] * 3)


async def test_several_are_archived_and_exported(library, three, visit, tmp_path):
    async with visit() as reader:
        await reader.press("v", "v", "E")
        await reader.sees("Export 2 articles")
        await reader.press("enter")
        await reader.until(lambda: "2 of 2 articles left out: no marks." in reader.toasts)
        await reader.press("z")
        await reader.until(
            lambda: [each.state for each in library.records()].count("archived") == 2
        )
        await reader.sees("1 article")
        await reader.press("u")
        await reader.sees("2 SELECTED", "3 articles")


async def test_how_far_an_article_was_read_stays_when_it_is_reopened(library, three, visit):
    library.positions.save(three[0], Position(90, 0.6))
    library.positions.save(three[0], Position(0, 0.0))
    async with visit() as reader:
        await reader.sees("60%")


async def test_a_head_that_is_clicked_twice_reverses_the_order(three, visit):
    def first():
        return reader.app.screen.records[0].title

    async with visit() as reader:
        await reader.pilot.click("ListHead", offset=(4, 0))
        await reader.sees("Title ↑")
        assert first() == "Alpha"
        await reader.pilot.click("ListHead", offset=(4, 0))
        await reader.sees("Title ↓")
        assert first() == "Zeta"
        await reader.pilot.click("ListHead", offset=(95, 0))
        await reader.sees("Marks ↓")
