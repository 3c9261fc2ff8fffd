"""Links of an article that open in the reader, and the way back from there."""

import webbrowser

import pytest
from msgspec.structs import replace

from annotator.model import Block, Mark, Span
from annotator.tui.reader.screen import ReaderScreen
from builders import MOMENT, make_article, make_extraction, make_page
from serving import serve

PAGE = b"""<!doctype html><html lang="en"><head><title>Bread costs more</title></head><body>
<article><h1>Bread costs more</h1>
<p>The price of bread rose by a tenth within a year, the office for statistics said on Friday.</p>
<p>Bakers blame the price of flour, which rose by a third, and that of gas, which has doubled.</p>
<p>Nobody expects that it will fall again before the next harvest is in, in the late summer.</p>
</article></body></html>"""


@pytest.fixture
def linking(library):
    """Keep an article with a link below its first screen to an address."""

    def kept(href: str, *, url: str = "https://example.org/story"):
        filler = [Block("paragraph", f"Paragraph {number} of many.") for number in range(60)]
        link = Block("paragraph", "As told elsewhere.", marks=(Mark("link", Span(8, 17), href),))
        article = make_article("", title="Links", url=url)
        article = replace(article, blocks=(*filler, link, *filler))
        library.store(make_extraction(article), make_page(url=url), now=MOMENT)
        return article

    return kept


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """Return the addresses that the browser was asked for."""
    asked: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", lambda url: asked.append(url) or True)
    return asked


async def test_a_page_in_the_library_opens_at_once_and_the_way_back_leads_to_the_link(
    keep, linking, visit
):
    keep("Another story altogether.", title="Elsewhere", url="https://other.org/b")
    article = linking("https://other.org/b#part")
    for back in ("backspace", "q"):
        async with visit(article) as reader:
            await reader.press("at", "enter")
            await reader.sees("Another story altogether.")
            await reader.press(back)
            await reader.sees("As told elsewhere.")
            assert isinstance(reader.app.screen, ReaderScreen)
            assert len(reader.app.screen_stack) == 1


async def test_another_page_is_added_as_unread_if_the_reader_agrees(library, linking, visit):
    with serve({"/bread": PAGE}) as site:
        article = linking(site.url("/bread"), url=site.url("/story"))
        async with visit(article) as reader:
            await reader.press("at", "f", "1")
            await reader.sees("not in your library", "/bread")
            assert len(library.records()) == 1
            await reader.press("enter")
            await reader.sees("The price of bread rose")
            assert [each.state for each in library.records() if each.id != article.id] == ["unread"]
            await reader.press("q")
            await reader.sees("As told elsewhere.")


async def test_following_a_link_can_be_cancelled_or_left_to_the_browser(
    library, linking, visit, opened, unused_server
):
    async with visit(linking(unused_server, url="http://127.0.0.1/story")) as reader:
        await reader.press("at", "enter")
        await reader.sees("not in your library")
        await reader.press("enter")
        await reader.sees("Fetching")
        await reader.press("ctrl+g")
        await reader.until(lambda: isinstance(reader.app.screen, ReaderScreen))
        await reader.press("enter")
        await reader.sees("not in your library")
        await reader.press("o")
        await reader.until(lambda: opened == [unused_server])
        assert len(library.records()) == 1


async def test_a_page_of_the_internet_leads_to_no_page_in_your_own_network(
    linking, visit, unused_server
):
    async with visit(linking(unused_server)) as reader:
        await reader.press("at", "enter")
        await reader.sees("not in your library")
        await reader.press("enter")
        await reader.until(lambda: "in your own network" in reader.toasts)


async def test_o_opens_the_link_at_hand_in_the_browser_or_else_the_page(linking, visit, opened):
    article = linking("https://other.org/b")
    async with visit(article) as reader:
        await reader.press("o")
        await reader.until(lambda: opened == [article.url])
        await reader.press("at")
        await reader.sees("Enter Follow", "o Browser", "https://other.org/b")
        await reader.press("o")
        await reader.until(lambda: opened[1:] == ["https://other.org/b"])


async def test_an_address_for_another_program_goes_to_the_browser(linking, visit, opened):
    async with visit(linking("mailto:ann@example.org")) as reader:
        await reader.press("at", "enter")
        await reader.until(lambda: opened == ["mailto:ann@example.org"])
