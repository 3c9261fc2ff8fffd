"""Claim watch: marks of an article that changed, in the panel and where they are reattached."""

from datetime import timedelta

import pytest

from annotator.tui.library.screen import LibraryScreen
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.screen import ReaderScreen
from annotator.tui.reattach import ReattachScreen
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span, make_article, make_extraction, make_page

RISE = "The price of bread rose by 3 percent within a year, the office for statistics said."
BLAME = "Bakers blame the price of flour, which rose by a third, and that of gas as well."
HOPE = "Nobody expects that it will fall again before the next harvest is in, in late summer."
VOW = "The ministry had promised that no household would pay more than a tenth of its income."
SHRUG = "The ministry will not say whether households pay more for food than it had thought."

SIZES = ((60, 20), (100, 30), (160, 50))


def version(library, *paragraphs: str, days: int = 0, url: str = "https://example.org/bread"):
    """Keep a version of the story about bread, so many days after the first."""
    article = make_article("\n\n".join(paragraphs), title="Bread costs more", url=url)
    now = MOMENT + timedelta(days=days)
    page = make_page(article.text, url=url, fetched_at=now)
    library.store(make_extraction(article), page, now=now)
    return article


def marked(library, article, *quotes: str):
    for quote in quotes:
        span = find_span(article.text, quote)
        annotate.mark(library, article, span, Draft("claim", ("food",)), now=MOMENT)


@pytest.fixture
def changed(library):
    """Keep a story with three marks, of which one was reworded since and one is lost."""
    article = version(library, RISE, BLAME, HOPE, VOW)
    marked(library, article, RISE, BLAME, VOW)
    return version(library, RISE.replace("3", "5.5"), BLAME, SHRUG, HOPE, days=9)


def quotes(library, article):
    return [each.quote for each in library.article(article.id).annotations()]


def view(reader) -> ArticleView:
    return reader.app.screen.query_one(ArticleView)


@pytest.mark.parametrize("size", SIZES)
async def test_reworded_marks_are_listed_with_changed_numbers_first(changed, visit, size):
    async with visit(changed, size=size) as reader:
        await reader.press("W")
        await reader.sees("What changed", "14 Mar 2026 → 23 Mar 2026", "3 → 5.5")
        await reader.sees("[-3-]", "{+5.5+}", "#food")
        await reader.press("G")
        await reader.sees("The ministry")
        await reader.press("W")
        await reader.until(lambda: "What changed" not in reader.screen)


async def test_enter_goes_to_a_change(library, visit):
    article = version(library, *[HOPE] * 30, RISE, *[BLAME] * 30)
    marked(library, article, RISE)
    version(library, *[HOPE] * 30, RISE.replace("3", "5.5"), *[BLAME] * 30, days=1)
    async with visit(article, size=(60, 20)) as reader:
        await reader.press("W")
        await reader.sees("3 → 5.5")
        await reader.press("enter")
        await reader.sees("rose by 5.5 percent")
        assert view(reader).has_focus
        assert view(reader).current_mark == library.article(article.id).annotations()[0].id


async def test_an_article_that_never_changed_says_so(library, visit):
    async with visit(version(library, RISE, BLAME)) as reader:
        await reader.press("W")
        await reader.sees("Nothing has changed")


async def test_keys_of_a_mark_work_in_the_list_of_changes(library, changed, visit):
    async with visit(changed) as reader:
        await reader.press("W")
        await reader.sees("3 → 5.5")
        await reader.press("x")
        await reader.until(lambda: RISE not in quotes(library, changed))
        await reader.until(lambda: "3 → 5.5" not in reader.screen)
        await reader.press("u")
        await reader.sees("3 → 5.5")


async def test_the_status_bar_shows_how_many_marks_to_reattach(library, changed, visit):
    async with visit(changed) as reader:
        await reader.sees("3 marks, 2 to reattach")
    async with visit(version(library, RISE, url="https://example.org/2")) as reader:
        assert "to reattach" not in reader.screen


@pytest.mark.parametrize("size", SIZES)
async def test_a_mark_to_reattach_is_shown_then_and_now(changed, visit, size):
    async with visit(changed, size=size) as reader:
        await reader.press("M")
        await reader.sees("then", "now", "[-3-]", "{+5.5+}", "2 MARKS")
        lines = reader.screen.splitlines()
        are_beside = any("[-3-]" in line and "{+5.5+}" in line for line in lines)
        assert are_beside == (size[0] >= 100)
        await reader.press("j")
        await reader.sees("not found", "now, perhaps", "whether")


async def test_the_new_wording_is_accepted_and_undone(library, changed, visit):
    async with visit(changed) as reader:
        await reader.press("M")
        await reader.sees("3 → 5.5")
        await reader.press("plus")
        await reader.until(lambda: RISE.replace("3", "5.5") in quotes(library, changed))
        await reader.sees("1 MARK")
        await reader.press("u")
        await reader.until(lambda: RISE in quotes(library, changed))
        await reader.sees("2 MARKS", "3 → 5.5")
        await reader.press("U")
        await reader.until(lambda: RISE not in quotes(library, changed))
        await reader.press("q")
        await reader.sees("3 marks, 1 to reattach")
        await reader.press("u")
        await reader.sees("3 marks, 2 to reattach")


async def test_the_best_guess_for_a_lost_mark_is_accepted(library, changed, visit):
    async with visit(changed) as reader:
        await reader.press("M")
        await reader.sees("not found")
        await reader.press("j", "plus")
        await reader.until(lambda: SHRUG in quotes(library, changed))


async def test_a_mark_is_deleted_among_those_to_reattach_and_restored(library, changed, visit):
    async with visit(changed) as reader:
        await reader.press("M")
        await reader.sees("not found")
        await reader.press("j", "x")
        await reader.until(lambda: VOW not in quotes(library, changed))
        await reader.press("u")
        await reader.until(lambda: VOW in quotes(library, changed))


async def test_a_mark_is_moved_to_a_sentence_in_the_text(library, changed, visit):
    async with visit(changed) as reader:
        await reader.press("M")
        await reader.sees("not found")
        await reader.press("j", "full_stop")
        await reader.sees("PLACE", "Move here", "“The ministry had")
        await reader.press("j", "enter")
        await reader.until(lambda: HOPE in quotes(library, changed))
        await reader.until(lambda: view(reader).mode == "read")
        await reader.press("u")
        await reader.until(lambda: VOW in quotes(library, changed))
        assert library.article(changed.id).annotations()[-1].tags == ("food",)


async def test_a_mark_is_moved_to_a_selection_even_within_another_mark(library, changed, visit):
    async with visit(changed) as reader:
        await reader.press("M")
        await reader.sees("not found")
        await reader.press("j", "full_stop")
        await reader.sees("PLACE")
        await reader.press("g", "c", "v", "w", "e", "enter")
        await reader.until(lambda: "The price" in quotes(library, changed))


async def test_moving_a_mark_can_be_cancelled(library, changed, visit):
    async with visit(changed) as reader:
        before = library.article(changed.id).annotations()
        await reader.press("M")
        await reader.sees("not found")
        await reader.press("j", "full_stop")
        await reader.sees("PLACE")
        await reader.press("escape")
        await reader.until(lambda: "stays as it was" in reader.toasts)
        await reader.until(lambda: "PLACE" not in reader.screen)
        await reader.press("enter")
        assert library.article(changed.id).annotations() == before


async def test_the_library_reattaches_marks_of_all_articles_and_undoes_edits_made_in_the_text(
    library, changed, visit
):
    other = version(library, HOPE, BLAME, url="https://example.org/2")
    marked(library, other, BLAME)
    version(library, HOPE, BLAME.replace("third", "half"), days=2, url="https://example.org/2")
    async with visit() as reader:
        await reader.press("M")
        await reader.sees("3 → 5.5", "third → half", "Bread costs more", "3 MARKS")
        await reader.press("g", "j", "full_stop")
        await reader.sees("PLACE")
        await reader.press("j", "enter")
        await reader.until(lambda: HOPE in quotes(library, changed))
        await reader.press("q")
        await reader.sees("2 MARKS")
        await reader.press("u")
        await reader.until(lambda: VOW in quotes(library, changed))
        await reader.sees("3 MARKS")


async def test_the_list_is_where_it_was_after_a_look_at_the_article(library, changed, visit):
    other = version(library, HOPE, BLAME, url="https://example.org/2")
    marked(library, other, BLAME)
    version(library, HOPE, BLAME.replace("third", "half"), days=2, url="https://example.org/2")
    async with visit() as reader:
        await reader.press("M")
        await reader.sees("3 → 5.5", "third → half", "3 MARKS")
        await reader.press("G")
        last = reader.app.screen.listing.key
        await reader.press("enter")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.press("q")
        await reader.until(lambda: isinstance(reader.app.screen, ReattachScreen))
        await reader.sees("3 MARKS")
        assert reader.app.screen.listing.key == last != ""


async def test_nothing_to_reattach_in_the_library_is_said_there(library, visit):
    version(library, RISE)
    async with visit() as reader:
        await reader.press("M")
        await reader.until(lambda: "No mark needs to be reattached." in reader.toasts)
        assert isinstance(reader.app.screen, LibraryScreen)


async def test_nothing_to_reattach_in_an_article_is_said_there(library, visit):
    async with visit(version(library, RISE)) as reader:
        await reader.press("M")
        await reader.until(lambda: "No mark needs to be reattached." in reader.toasts)
        await reader.sees("Bread costs more")
