"""Changes by other programs and machines are shown, and nothing of the reader's is lost."""

import asyncio
import shutil
from datetime import timedelta

import pytest

from annotator.fetch import DEFAULT_OPTIONS
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp
from annotator.tui.lists.list_view import Listing
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.pane import ReadingPane
from annotator.usecases.articles.captures import Captures
from annotator.usecases.articles.sources import Source
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span, make_article, make_extraction, make_page

pytestmark = pytest.mark.slow

STORY = """Costs fell by nine percent in 2023. The mayor called it a triumph. Nobody asked her why.

In the end the bridge was built. It cost more than anyone had said it would."""
FIRST = "Costs fell by nine percent in 2023."
SECOND = "The mayor called it a triumph."
LAST = "In the end the bridge was built."


@pytest.fixture
def elsewhere(library, tmp_path):
    """Return the same library, as another program has it open."""
    with Library.open(library.folder, state=tmp_path / "state") as opened:
        yield opened


def view(reader) -> ArticleView:
    return reader.app.screen_stack[0].query_one(ArticleView)


def marked(library, article, quote):
    span = find_span(article.text, quote)
    return annotate.mark(library, article, span, Draft("claim"), now=MOMENT)


def revise(library, article, text, days=1):
    """Keep a newer version of an article."""
    now = MOMENT + timedelta(days=days)
    newer = make_article(text, title=article.title, url=article.url)
    library.store(make_extraction(newer), make_page(text, url=article.url), now=now)
    return newer


async def test_conflicting_copies_are_merged_in_the_background_and_reported(
    library, keep, visit, tmp_path
):
    article = keep(STORY)
    shutil.copytree(library.folder, tmp_path / "other")
    with Library.open(tmp_path / "other", state=tmp_path / "other-state") as other:
        theirs = marked(other, article, FIRST)
        [path] = other.folder.glob("articles/*/*/annotations.json")
    ours = library.folder / path.relative_to(tmp_path / "other")
    marked(library, article, SECOND)
    async with visit() as reader:
        shutil.copy(path, ours.with_name("annotations.sync-conflict-20260314-092653-ABC.json"))
        await reader.until(lambda: "was merged into the article" in reader.toasts)
        await reader.until(lambda: reader.screen.splitlines()[2].rstrip().endswith("2"))
    assert theirs in library.article(article.id).annotations()


async def test_a_mark_made_elsewhere_appears_and_position_and_undo_stay(
    library, elsewhere, keep, visit
):
    article = keep(f"{STORY}\n\n" + "\n\n".join(f"Line {n}." for n in range(99)))
    async with visit(article) as reader:
        await reader.press("s", "enter")
        await reader.until(lambda: len(library.article(article.id).annotations()) == 1)
        await reader.press("escape", "space", "space")
        top = view(reader).first_offset
        theirs = marked(elsewhere, article, LAST)
        await reader.sees("2 marks")
        assert view(reader).first_offset == top
        await reader.press("u")
        await reader.until(lambda: library.article(article.id).annotations() == (theirs,))
        await reader.sees("1 mark ")


async def test_two_screens_show_each_others_marks(library, keep, visit, elsewhere, tmp_path):
    article = keep(STORY)
    other = AnnotatorApp(
        elsewhere, Settings(), article_id=article.id, state=tmp_path / "s", now=lambda: MOMENT
    )
    async with visit(article) as one, other.run_test(size=(100, 30)) as pilot:
        two = type(one)(pilot)
        await two.sees("Costs fell")
        await one.press("s", "enter", "escape")
        await two.sees("1 mark ")
        await two.press("s", "j", "2", "escape")
        await one.sees("2 marks")
        await one.press("u")
        await two.sees("1 mark ")
        [mark] = library.article(article.id).annotations()
        assert mark.kind == "evidence"


async def test_a_mark_that_is_deleted_elsewhere_while_its_card_is_open_is_reported(
    library, elsewhere, keep, visit
):
    article = keep(STORY)
    mark = marked(library, article, FIRST)
    async with visit(article) as reader:
        await reader.press("right_square_bracket", "enter")
        await reader.sees("Quote")
        annotate.delete(elsewhere, [mark], now=MOMENT)
        await reader.until(lambda: not reader.app.screen_stack[0].session.marks.all)
        await reader.press("t")
        await reader.until(lambda: "gone" in reader.toasts)
        assert reader.app.screen is reader.app.screen_stack[0]
        await reader.sees("READ")


async def test_a_note_on_a_mark_that_is_deleted_elsewhere_is_not_lost(
    library, elsewhere, keep, visit
):
    article = keep(STORY)
    mark = marked(library, article, FIRST)
    async with visit(article) as reader:
        await reader.press("right_square_bracket", "a")
        await reader.sees("Note")
        await reader.type("ask her")
        annotate.delete(elsewhere, [mark], now=MOMENT)
        await reader.press("ctrl+o")
        await reader.sees("Not saved. The mark", "ask her", "copy")
        assert "as soon as" not in reader.screen
        assert reader.app.clipboard == "ask her"


async def test_an_article_that_is_refreshed_elsewhere_changes_at_the_same_place(
    library, elsewhere, keep, visit
):
    lines = [f"This is line {n}, and each of them is another one." for n in range(120)]
    article = keep("\n\n".join(lines))
    marked(library, article, lines[90])
    async with visit(article) as reader:
        view(reader).go_to(find_span(article.text, lines[80]).start)
        await reader.sees(lines[80])
        await reader.press("s", "enter")
        await reader.until(lambda: len(library.article(article.id).annotations()) == 2)
        await reader.press("escape")
        before = view(reader).article.text[view(reader).first_offset :][:20]
        lines[90] = lines[90].replace("90", "ninety")
        newer = revise(elsewhere, article, "\n\n".join(["A new first paragraph."] * 20 + lines))
        await reader.until(lambda: view(reader).article.text == newer.text)
        await reader.until(lambda: "Another program refreshed this article." in reader.toasts)
        assert "1 marked passage was reworded: W shows it." in reader.toasts
        await reader.until(
            lambda: view(reader).article.text[view(reader).first_offset :][:20] == before
        )
        await reader.sees("2 marks, 1 to reattach")
        await reader.press("u")
        await reader.until(lambda: len(library.article(article.id).annotations()) == 1)


async def test_the_text_does_not_change_while_a_passage_is_chosen(library, elsewhere, keep, visit):
    article = keep(STORY)
    async with visit(article) as reader:
        await reader.press("s", "j")
        revise(elsewhere, article, STORY.replace("nine", "ten"))
        screen = reader.app.screen_stack[0]
        await reader.until(lambda: screen.session.is_behind)
        assert view(reader).passage.of(article.text) == SECOND
        await reader.press("enter")
        await reader.until(lambda: len(library.article(article.id).annotations()) == 1)
        await reader.press("escape")
        await reader.sees("Costs fell by ten percent")
        await reader.sees("1 mark ")
        assert library.article(article.id).annotations()[0].quote == SECOND
        assert screen.query_one(ReadingPane).text.mode == "read"


async def test_an_article_that_is_deleted_elsewhere_is_reported(elsewhere, keep, visit):
    article = keep(STORY)
    async with visit(article) as reader:
        elsewhere.trash(article.id)
        await reader.until(lambda: "has no article" in reader.toasts)
        await reader.sees("Costs fell by nine percent")


def keep_many(keep, count=60):
    """Keep articles that fill more than a screen, each a day older than the one before it."""
    return [
        keep(url=f"https://example.org/{n}", title=f"Story {n:02}", days=-n) for n in range(count)
    ]


def add_elsewhere(elsewhere, title, days=1):
    article = make_article(STORY, title=title, url=f"https://example.org/{title}")
    page, now = make_page(url=article.url), MOMENT + timedelta(days=days)
    elsewhere.store(make_extraction(article), page, now=now)
    return article


def line_of(reader, title):
    """Return the line of the screen that an article is on, and whether the cursor is there."""
    listing = reader.app.screen.query_one(Listing)
    [line] = [n for n, text in enumerate(reader.screen.splitlines()) if title in text]
    return line, listing.key


async def test_the_library_shows_what_another_program_adds_marks_and_removes(
    keep, elsewhere, visit
):
    keep(title="Ours")
    async with visit() as reader:
        await reader.sees("Ours")
        article = add_elsewhere(elsewhere, "Theirs")
        await reader.sees("Theirs", "2 articles")
        marked(elsewhere, article, FIRST)
        await reader.until(lambda: reader.screen.splitlines()[2].rstrip().endswith("1"))
        elsewhere.trash(article.id)
        await reader.until(lambda: "Theirs" not in reader.screen)
        await reader.sees("1 article ")


async def test_the_first_article_that_another_program_adds_takes_the_place_of_the_welcome(
    elsewhere, visit
):
    async with visit() as reader:
        await reader.sees("Your library is empty.")
        add_elsewhere(elsewhere, "Theirs")
        await reader.sees("Theirs")
        await reader.press("enter")
        await reader.sees("Costs fell")


async def test_new_articles_leave_the_cursor_and_the_lines_where_they_are(keep, elsewhere, visit):
    keep_many(keep)
    async with visit() as reader:
        await reader.sees("60 articles")
        await reader.press(*["j"] * 40)
        await reader.sees("Story 40")
        before = line_of(reader, "Story 40")
        add_elsewhere(elsewhere, "Theirs")
        await reader.sees("61 articles")
        assert line_of(reader, "Story 40") == before
        reader.app.screen.query_one(Listing).scroll_to(y=5, animate=False)
        await reader.sees("Story 05")
        before = line_of(reader, "Story 05")
        add_elsewhere(elsewhere, "Another")
        await reader.sees("62 articles")
        assert line_of(reader, "Story 05") == before


async def test_new_articles_above_the_first_line_are_visible(keep, elsewhere, visit):
    keep_many(keep)
    async with visit() as reader:
        await reader.press("j")
        cursor = reader.app.screen.query_one(Listing).key
        add_elsewhere(elsewhere, "Theirs")
        await reader.sees("Theirs")
        assert reader.app.screen.query_one(Listing).key == cursor


async def test_a_filter_stays_and_applies_to_new_articles(keep, elsewhere, visit):
    keep_many(keep, 3)
    async with visit() as reader:
        await reader.press("slash")
        await reader.type("site:example.org theirs")
        await reader.sees("No articles match")
        add_elsewhere(elsewhere, "Theirs")
        await reader.sees("Theirs")
        assert "Story" not in reader.screen
        await reader.type("x")
        await reader.sees("theirsx")


async def test_a_page_that_a_browser_gave_meanwhile_is_listed(elsewhere, keep, visit):
    keep(STORY)
    captures = Captures(elsewhere, lambda _: None, DEFAULT_OPTIONS)
    page = f"<title>A bridge is built</title><p>{STORY}</p>".encode()
    async with visit() as reader:
        work = asyncio.create_task(captures.work())
        url = "https://example.org/given"
        await (await captures.put(Source(url, url, page)))
        await reader.sees("A bridge is built", "2 articles")
        work.cancel()
