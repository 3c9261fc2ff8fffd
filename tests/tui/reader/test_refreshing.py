"""Refreshing articles from the screens, with a real server."""

import threading

import pytest

from annotator.tui.reader.article.view import ArticleView
from annotator.usecases.articles.add import add
from annotator.usecases.marks import annotate
from annotator.usecases.marks.annotate import Draft
from builders import MOMENT, find_span
from serving import serve

RISE = "The price of bread rose by 3 percent within a year, the office for statistics said."
BLAME = "Bakers blame the price of flour, which rose by a third, and that of gas as well."
HOPE = "Nobody expects that it will fall again before the next harvest is in, in late summer."


def html(*paragraphs: str, title: str = "Bread costs more") -> bytes:
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{text}</article></body></html>".encode()


@pytest.fixture
def site(monkeypatch):
    """Serve stories about bread and a museum."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    pages = {
        "/bread": html(RISE, BLAME, HOPE),
        "/museum": html(HOPE, BLAME, BLAME, title="The museum"),
    }
    with serve(pages) as served:
        yield served


@pytest.fixture
async def bread(library, site):
    """Return the article about bread, with a mark."""
    record = (await add(library, site.url("/bread"), now=MOMENT)).record
    article = library.article(record.id).extraction().article
    span = find_span(article.text, RISE)
    annotate.mark(library, article, span, Draft("claim"), now=MOMENT)
    return article


async def test_an_article_is_refreshed_while_it_is_read(library, site, bread, visit):
    async with visit(bread) as reader:
        site.pages["/bread"] = html(RISE.replace("3", "5.5"), BLAME, HOPE)
        await reader.press("f5")
        await reader.until(lambda: "There is a newer version." in reader.toasts)
        assert "1 marked passage was reworded: W shows it." in reader.toasts
        await reader.sees("rose by 5.5 percent", "1 mark, 1 to reattach (M)")
        assert reader.app.screen.query_one(ArticleView).has_focus
        await reader.press("W")
        await reader.sees("3 → 5.5")
        await reader.press("f5")
        await reader.until(lambda: "Nothing has changed" in reader.toasts)


async def test_an_unchanged_text_stays_as_it_is(library, site, bread, visit):
    async with visit(bread) as reader:
        await reader.press("s", "j")
        text = reader.app.screen.query_one(ArticleView)
        passage = text.passage
        await reader.press("f5")
        await reader.until(lambda: "Nothing has changed" in reader.toasts)
        await reader.sees("SENTENCE")
        assert text.passage == passage


async def test_an_article_that_is_gone_is_reported(site, bread, visit):
    site.refusals["/bread"] = 404
    async with visit(bread) as reader:
        await reader.press("f5")
        await reader.until(lambda: "404" in reader.toasts)
        assert "Your saved copy is kept." in reader.toasts
        await reader.sees("rose by 3 percent")


async def test_a_failing_server_is_reported(site, bread, visit):
    site.refusals["/bread"] = 403
    async with visit(bread) as reader:
        await reader.press("f5")
        await reader.until(lambda: "403" in reader.toasts)
        await reader.sees("rose by 3 percent")


async def test_the_article_under_the_cursor_is_refreshed(library, site, bread, visit):
    site.pages["/bread"] = html(RISE.replace("3", "5.5"), BLAME, HOPE)
    async with visit() as reader:
        await reader.sees("Bread costs more")
        await reader.press("r")
        await reader.until(lambda: "1 marked passage was reworded: M shows it." in reader.toasts)
        await reader.press("M")
        await reader.sees("3 → 5.5")


async def test_all_listed_articles_are_refreshed_after_a_confirmation(library, site, bread, visit):
    await add(library, site.url("/museum"), now=MOMENT)
    site.pages["/bread"] = html(RISE.replace("3", "5.5"), BLAME, HOPE)
    async with visit() as reader:
        await reader.sees("The museum")
        asked = len(site.statuses)
        await reader.press("V", "r")
        await reader.sees("Refresh 2 articles", "two at most from one site")
        assert len(site.statuses) == asked
        await reader.press("enter")
        await reader.sees("2 of 2 refreshed", "Enter close")
        await reader.press("enter")
        await reader.until(lambda: "1 unchanged" in reader.toasts)
        assert "1 revised" in reader.toasts
        assert "1 marked passage was reworded: M shows it." in reader.toasts


async def test_a_refresh_of_several_is_stopped_and_tried_again(library, site, bread, visit):
    await add(library, site.url("/museum"), now=MOMENT)
    site.pages["/bread"] = html(RISE.replace("3", "5.5"), BLAME, HOPE)
    async with visit() as reader:
        await reader.sees("The museum")
        site.meeting = threading.Barrier(3)  # of which two come, so that the server waits
        await reader.press("V", "r", "enter")
        await reader.sees("0 of 2 refreshed", "fetching …", "X stop all")
        await reader.until(lambda: site.most_at_once == 2)
        await reader.press("X")
        await reader.sees("0 of 2 refreshed, 2 stopped")
        site.meeting.wait(9)
        site.meeting = None
        assert "rose by 3 percent" in library.article(bread.id).extraction().article.text
        await reader.press("F")
        await reader.sees("2 of 2 refreshed", "Refresh 2")
        await reader.press("escape")
        await reader.until(lambda: "1 marked passage was reworded" in reader.toasts)
        await reader.until(lambda: "Refresh 2" not in reader.screen)


async def test_a_refresh_goes_on_when_its_dialog_is_closed(library, site, bread, visit):
    await add(library, site.url("/museum"), now=MOMENT)
    site.pages["/bread"] = html(RISE.replace("3", "5.5"), BLAME, HOPE)
    async with visit() as reader:
        await reader.sees("The museum")
        site.meeting = threading.Barrier(3)
        await reader.press("V", "r", "enter")
        await reader.until(lambda: site.most_at_once == 2)
        await reader.press("escape")
        await reader.sees("refreshing 0 of 2")
        site.meeting.wait(9)
        await reader.until(lambda: "1 marked passage was reworded" in reader.toasts)
        await reader.until(lambda: "refreshing" not in reader.screen)
