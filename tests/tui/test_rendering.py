"""Pages whose text is written by scripts, which the user's browser renders for the screens."""

import pytest
from msgspec.structs import replace

from annotator.model import Block, Mark, Span
from annotator.settings import Settings
from annotator.usecases.articles.add import add
from browsers import browser_for_tests
from builders import MOMENT, make_article, make_extraction, make_page
from serving import serve

pytestmark = pytest.mark.slow

EMPTY = b"<!doctype html><title>The ferry</title><div id=root></div><script src=/app.js></script>"
SCRIPT = b"""root.innerHTML = '<article><h1>The ferry</h1>' + [1, 2, 3, 4].map(n => `<p>Ferry
number ${n} returned on Monday after a winter in the dock, the office said.</p>`).join('')"""


@pytest.fixture
def site(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    little = EMPTY.replace(b"<div", b"<p>Loading the story.</p><div")
    with serve({"/ferry": EMPTY, "/little": little, "/app.js": SCRIPT}) as served:
        yield served


@pytest.fixture
def settings(tmp_path):
    return Settings(browser=browser_for_tests(tmp_path))


async def test_an_address_without_a_text_is_tried_in_the_browser(library, site, settings, visit):
    async with visit(settings=settings) as reader:
        await reader.press("a")
        await reader.sees("Add articles")
        await reader.press(*site.url("/ferry"), "enter")
        await reader.sees("may need JavaScript", "1 failed")
        await reader.press("tab")
        await reader.sees("o in your browser")
        await reader.press("o")
        await reader.sees("1 of 1 added")
    assert "Ferry number 4" in library.article(library.records()[0].id).extraction().article.text


async def test_an_article_with_little_text_names_the_way_and_its_site_is_rendered_until_it_is_not(
    library, site, settings, visit
):
    record = (await add(library, site.url("/little"), now=MOMENT)).record
    article = library.article(record.id).extraction().article
    async with visit(article, settings=settings) as reader:
        await reader.sees("“render” in the palette (:) runs its scripts")
        for expected in (("127.0.0.1",), ()):
            await reader.press("colon")
            await reader.sees("Commands")
            await reader.press(*"render", "enter")
            await reader.until(lambda: library.rendered_sites.all() == expected)  # noqa: B023
            await reader.sees("Ferry number 4 returned")


async def test_the_browser_of_the_settings_renders_a_page_that_a_link_leads_to(
    library, site, settings, visit
):
    library.rendered_sites.change(lambda _: ("127.0.0.1",))
    here, link = site.url("/here"), Mark("link", Span(4, 9), site.url("/ferry"))
    article = make_article("", title="Boats", url=here)
    article = replace(article, blocks=(Block("paragraph", "The ferry.", marks=(link,)),))
    library.store(make_extraction(article), make_page(url=here), now=MOMENT)
    async with visit(article, settings=settings) as reader:
        await reader.press("at", "enter")
        await reader.sees("This page is not in your library.")
        await reader.press("enter")
        await reader.sees("Ferry number 4 returned")
