"""The palette offers what can be done now, under the names that users know."""

from datetime import timedelta

import pytest

from annotator.model.labels import STATUS_GLYPHS
from annotator.settings import load
from annotator.tui.dialogs.command_palette import CommandPalette
from annotator.tui.lists.list_view import Listing
from annotator.tui.reader.screen import ReaderScreen
from annotator.tui.settings import SettingsScreen
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span

TAGS = "Edit tags; makes a sentence a highlight"


@pytest.fixture
def marked(library, keep):
    article = keep()
    span = find_span(article.text, "Costs fell by nine percent in 2023.")
    long_ago = MOMENT - timedelta(days=30)  # long enough for the daily review
    annotate.mark(library, article, span, Draft("claim"), now=long_ago)
    return article


async def offered(reader, typed=""):
    """Return the labels of the palette, which is closed again."""
    await reader.press("colon")
    await reader.until(lambda: isinstance(reader.app.screen, CommandPalette))
    await reader.type(typed)
    await reader.pilot.pause()
    labels = [row.label for row in reader.app.screen.rows(typed) if row.key]
    await reader.press("escape")
    return labels


async def run(reader, typed):
    await reader.press("colon")
    await reader.until(lambda: isinstance(reader.app.screen, CommandPalette))
    await reader.type(typed)
    await reader.press("enter")


async def test_nothing_is_offered_that_has_nothing_to_act_on(visit, keep):
    async with visit(keep()) as reader:
        labels = await offered(reader)
        assert {
            "Edit tags; makes a sentence a highlight",
            "Delete the mark",
            "Mark as claim",
            "Undo",
            "Redo",
        }.isdisjoint(labels)
        assert {"Move the mark here", "Next match", "Restore this removed passage"}.isdisjoint(
            labels
        )
        assert {"Export as Markdown", "Wider text", "Settings", "Theme paper"} <= {*labels}


async def test_kinds_are_offered_for_a_sentence_and_mark_it(library, visit, keep):
    article = keep()
    async with visit(article) as reader:
        await reader.press("s")
        labels = await offered(reader)
        assert {"Mark as claim", "Mark as evidence", TAGS} <= {*labels}
        assert "Delete the mark" not in labels
        await run(reader, "evidence")
        await reader.until(lambda: library.article(article.id).annotations())
        (mark,) = library.article(article.id).annotations()
        assert mark.kind == "evidence"
        await reader.until(
            lambda: (
                isinstance(reader.app.screen, ReaderScreen)
                and reader.app.screen.check_action("history", ("undo",))
            )
        )
        assert "Undo" in await offered(reader)


async def test_a_mark_gets_its_kind_and_status(library, visit, marked):
    async with visit(marked) as reader:
        await reader.press("right_square_bracket")
        assert {"Delete the mark", "Change the kind", "Who said it"} <= {*await offered(reader)}
        await run(reader, "status")
        await reader.sees("Disputed")
        await reader.press("d")
        await reader.sees(STATUS_GLYPHS["disputed"])
        (mark,) = library.article(marked.id).annotations()
        assert mark.status == "disputed"


async def test_the_text_becomes_wider_and_narrower_for_good(visit, keep, tmp_path):
    file = tmp_path / "settings.toml"
    async with visit(keep(), size=(120, 24)) as reader:
        await run(reader, "wider")
        await reader.until(lambda: file.is_file() and load(file).width == 80)
        await run(reader, "narrower")
        await reader.until(lambda: load(file).width == 72)
    async with visit(keep(), size=(60, 24)) as reader:
        await run(reader, "wider")
        await reader.until(lambda: "there is room for no more" in reader.toasts)
        assert load(file).width == 72


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("settings", "Settings"),
        ("preferences", "Settings"),
        ("wider", "Wider text"),
        ("columns", "Wider text"),
        ("narrower", "Narrower text"),
        ("export", "Export as Markdown"),
        ("obsidian", "Export as Markdown"),
        ("light", "Theme paper"),
        ("dark", "Theme night"),
        ("pictures", "Setting: Pictures"),
        ("margin", "Wider text"),
        ("subscribe to", "Setting: Cookies"),
        ("another", "Read “Another story”"),
    ],
)
async def test_words_that_users_know_find_what_they_mean(visit, keep, typed, first):
    keep(url="https://example.org/2", title="Another story")
    async with visit(keep()) as reader:
        assert (await offered(reader, typed))[0] == first


async def test_the_article_that_is_open_is_not_offered_to_be_read(visit, keep):
    keep(url="https://example.org/2", title="Another story")
    async with visit(keep()) as reader:
        read = [label for label in await offered(reader) if label.startswith("Read “")]
        assert read == ["Read “Another story”"]


async def test_an_empty_library_offers_nothing_for_articles(visit):
    async with visit() as reader:
        labels = await offered(reader)
        assert {"Add web pages or files", "Settings", "Statistics"} <= {*labels}
        assert {"Read the article", "Edit tags", "Move to bin"}.isdisjoint(labels)


async def test_a_setting_opens_the_settings_at_its_row(visit):
    async with visit() as reader:
        await run(reader, "cookies")
        await reader.until(lambda: isinstance(reader.app.screen, SettingsScreen))
        await reader.until(lambda: reader.app.screen.query_one(Listing).key == "cookies")
        assert "Settings" not in await offered(reader)


@pytest.mark.parametrize("place", ["C", "D"])
async def test_a_list_of_marks_offers_kind_and_status_of_the_one_at_hand(visit, marked, place):
    async with visit() as reader:
        await reader.press(place)
        await reader.sees("Costs fell")
        assert {"Change the kind", "Edit tags"} <= {*await offered(reader)}
        assert (await offered(reader, "evidence"))[0] == "Change the kind"
        assert (await offered(reader, "status"))[0].startswith("Status: open")


async def test_the_width_is_found_where_no_text_is(visit):
    async with visit() as reader:
        assert (await offered(reader, "wider"))[0] == "Setting: Width"


async def test_a_round_without_marks_offers_no_answers(visit):
    async with visit() as reader:
        await reader.press("D")
        await reader.sees("No mark is due today.")
        labels = await offered(reader)
        assert "Another round today" in labels
        assert {"Edit tags", "Good: show it after a longer time"}.isdisjoint(labels)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("delete", "Move to bin"),
        ("unread", "Mark as read / unread"),
        ("archive", "Archive / unarchive"),
        ("automatic", "Setting: Export on change"),
        ("vault", "Export the selected or listed articles"),
    ],
)
async def test_words_of_other_programs_find_what_they_mean(visit, keep, typed, label):
    keep(title="The delegates leave the auditorium")
    async with visit() as reader:
        labels = await offered(reader, typed)
        assert label in labels[:4]
        assert not any("delegates" in each for each in labels)


async def test_a_title_is_found_by_its_words_alone_and_never_above_a_command(visit, keep):
    keep(title="Archive of the north")
    async with visit() as reader:
        labels = await offered(reader, "archive")
        assert labels[0] == "Archive / unarchive"
        assert labels[-1] == "Read “Archive of the north”"
        assert await offered(reader, "north archive") == ["Read “Archive of the north”"]
        assert not await offered(reader, "arcnorth")
