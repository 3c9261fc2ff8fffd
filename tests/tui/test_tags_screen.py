"""The screen of all tags and speakers: listed, renamed, merged, moved, coloured, deleted."""

import pytest

from annotator.errors import LibraryReadOnly
from annotator.model import Claim
from annotator.settings import Settings
from annotator.store import questions
from annotator.tui.claims.screen import ClaimsScreen
from annotator.tui.library.screen import LibraryScreen
from annotator.tui.tags.screen import TagsScreen
from annotator.usecases.articles.tagging import tag_article
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.tags.tag_library import tag_tree
from builders import MOMENT, find_span
from viewing import strips_of


@pytest.fixture
def tagged(library, keep):
    """Keep two articles with tags of their own, and marks with tags and speakers."""
    found = []
    for name, own in (("Bridges", ["building"]), ("Tunnels", [])):
        article = keep(title=name, url=f"https://example.org/{name}")
        tag_article(library, article.id, add=own, now=MOMENT)
        for words, tag, speaker in (
            ("Costs fell", "money/costs", "Xi"),
            ("wages fell", "money/wages", "Xi Jinping"),
        ):
            draft = Draft(tags=(tag,), claim=Claim(speaker=speaker))
            mark(library, article, find_span(article.text, words), draft, now=MOMENT)
        found.append(article)
    return found


def names(library):
    return [each.name for each in tag_tree(library) if each.marks or each.articles]


def rows(reader):
    return [line.split() for line in reader.screen.splitlines() if line.strip()]


async def open_tags(reader):
    await reader.press("T")
    await reader.until(lambda: isinstance(reader.app.screen, TagsScreen))


async def test_the_tree_has_the_numbers_of_marks_and_articles(tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("building", "wages", "4 tags")
        assert rows(reader)[:5] == [
            ["Tags", "Marks", "Articles"],
            ["building", "1"],
            ["money", "4"],
            ["costs", "2"],
            ["wages", "2"],
        ]


async def test_a_library_without_tags_says_where_to_give_one(keep, visit):
    keep()
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("No article or mark has a tag.")
        await reader.press("e")
        await reader.until(lambda: "Nothing is selected." in reader.toasts)
        await reader.press("tab")
        await reader.sees("No mark has a speaker.")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))


async def test_a_tag_is_renamed_with_those_below_it_and_that_is_undone(library, tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("j", "e")
        await reader.sees("Rename “money”", "4 marks, with 2 tags below it.")
        await reader.press("ctrl+u")
        await reader.sees("A tag needs a letter")
        await reader.pilot.press(*"Building")
        await reader.sees("“building” is in use (1 article): both")
        await reader.pilot.press("ctrl+u", *"cash", "enter")
        await reader.until(lambda: names(library) == ["building", "cash/costs", "cash/wages"])
        await reader.until(lambda: "money is now cash: 4 marks. Press u to undo." in reader.toasts)
        await reader.press("u")
        await reader.until(lambda: names(library) == ["building", "money/costs", "money/wages"])
        await reader.until(lambda: "Undid: rename tag, 4 marks." in reader.toasts)
        await reader.press("U", "q")
        await reader.until(lambda: "cash/costs" in names(library))
        await reader.press("u")  # the library has the same steps
        await reader.until(lambda: "money/costs" in names(library))


async def test_renaming_replaces_the_last_level_and_keeps_those_above(library, tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("G", "e")
        await reader.sees("money/wages")
        await reader.type("pay")
        await reader.press("enter")
        await reader.until(lambda: names(library) == ["building", "money/costs", "money/pay"])


async def test_selected_tags_are_merged_into_one_of_them(library, tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("j", "j", "v", "v")
        await reader.sees("2 SELECTED")
        await reader.press("e")
        await reader.until(lambda: "Several are selected." in reader.toasts)
        await reader.press("J")
        await reader.sees("Merge 2 tags into")
        await reader.type("build")
        await reader.press("enter")
        await reader.until(lambda: names(library) == ["building"])
        await reader.until(lambda: "Merged into building: 4 marks." in reader.toasts)


async def test_a_tag_is_moved_below_another_and_to_the_top(library, tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("full_stop")
        await reader.sees("Move “building” below")
        await reader.press("enter")
        await reader.until(lambda: "money/building" in names(library))
        await reader.until(lambda: "building is now money/building" in reader.toasts)
        await reader.press("full_stop")
        await reader.sees("Move “money/building” below", "below no other tag")
        await reader.press("enter")
        await reader.until(lambda: "building" in names(library))


async def test_a_tag_gets_a_colour_by_name_which_its_swatch_shows(library, tagged, visit):
    async with visit(settings=Settings(keys={"tags.colour": ("Q",)})) as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("j", "Q")
        await reader.sees("Colour of money")
        await reader.type("tea")
        await reader.press("enter")
        await reader.until(lambda: tag_tree(library)[2].colour == "#3fb5a8")
        await reader.until(lambda: reader.screen.count("■") == 3)
        await reader.press("u")
        await reader.until(lambda: "■" not in reader.screen)


async def test_a_coloured_tag_is_painted_so_in_the_list_of_claims(library, tagged, visit):
    async with visit(settings=Settings(keys={"tags.colour": ("Q",)})) as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("j", "Q")
        await reader.sees("Colour of money")
        await reader.press("enter", "q")
        await reader.until(lambda: tag_tree(library)[2].colour)
        await reader.press("C")
        await reader.sees("#money/costs")
        painted = [
            segment.style.color.name
            for strip in strips_of(reader.app)
            for segment in strip
            if segment.text == "#money/costs"
        ]
        assert "#d9534f" in painted


async def test_a_tag_is_deleted_everywhere(library, tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("j", "x")
        await reader.until(lambda: names(library) == ["building"])
        await reader.until(lambda: "Deleted money: 4 marks. Press u" in reader.toasts)
        await reader.sees("1 tag")


async def test_a_read_only_library_says_why_nothing_is_changed(library, tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        library._access.refuse_changes(LibraryReadOnly, "The library is read-only.", "")
        await reader.press("j", "x")
        await reader.until(lambda: "The library is read-only." in reader.toasts)
        await reader.sees("money")
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))


async def test_typing_filters_and_sorting_by_number_shows_full_names(tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("slash")
        await reader.type("wag")
        await reader.sees("money/wages", "1 tag")
        await reader.press("enter")
        await reader.sees("“wag”: 1 tag")
        await reader.press("escape", "greater_than_sign")
        await reader.sees("money/costs", "4 tags")
        assert rows(reader)[1][0] == "money"
        await reader.press("slash")
        await reader.type("xyz")
        await reader.sees("Nothing matches “xyz”.")


async def test_enter_lists_the_marks_that_have_the_tag_or_one_below_it(tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("j", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ClaimsScreen))
        await reader.sees("tag:money", "4 marks")


async def test_the_claims_show_the_marks_of_a_speaker_that_was_chosen_there(tagged, visit):
    async with visit() as reader:
        await reader.press("C")
        await reader.until(lambda: isinstance(reader.app.screen, ClaimsScreen))
        await reader.sees("4 marks")
        await open_tags(reader)
        await reader.press("tab")
        await reader.sees("2 speakers")
        await reader.press("f")
        await reader.until(lambda: "from the library to see articles" in reader.toasts)
        await reader.press("j", "enter")
        await reader.until(lambda: isinstance(reader.app.screen, ClaimsScreen))
        await reader.sees('speaker:"Xi Jinping"', "2 marks")


async def test_a_key_lists_the_articles_that_have_the_tag(tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.sees("wages")
        await reader.press("f")
        await reader.until(lambda: isinstance(reader.app.screen, LibraryScreen))
        await reader.sees("“tag:building”: 1 article", "Bridges")
        await reader.press("slash", "end", "backspace")
        await reader.sees("tag:buildin", "0 articles")


async def test_speakers_show_who_may_be_the_same_and_are_merged_with_them(library, tagged, visit):
    async with visit() as reader:
        await open_tags(reader)
        await reader.press("tab")
        await reader.sees("perhaps Xi Jinping", "2 speakers")
        await reader.press("x")
        await reader.until(lambda: "A speaker belongs to its marks." in reader.toasts)
        await reader.press("J")
        await reader.sees("Merge “Xi” into")
        await reader.press("enter")
        await reader.sees("1 speaker")
        assert [
            (each.name, each.count) for each in library.ask(questions.names.speaker_counts())
        ] == [("Xi Jinping", 4)]
        await reader.press("u")
        await reader.sees("2 speakers")
