import asyncio
import re
from contextlib import asynccontextmanager
from urllib.parse import unquote

import pytest

from annotator.fetch import DEFAULT_OPTIONS
from annotator.serve.capture import CaptureRoutes
from annotator.serve.clip import bookmarklet, clip_routes
from annotator.serve.request_checks import RequestChecks
from annotator.serve.server import HttpServer, open_server
from annotator.usecases.articles.captures import Captures
from asking import FORM, TOKEN, Asking, form, free_port
from browsing import CHROMIUM, browsing
from serving import serve

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><html lang=en><head><title>The <i>bridge</i> &amp; more</title>
<meta charset=iso-8859-1></head><body><article><h1>The bridge</h1>
<p>The council voted 3 to 2 on Tuesday to keep the old bridge open – until the new one is ready.
<p>It was built in 1923 and carries eight thousand cars on each working day of the week.
</article><script>document.querySelector("h1").textContent = "Écrit par un script"</script>"""
URL = "https://example.org/bridge"


@pytest.fixture
async def ask(library, cleaned_here):
    async with clipping(library) as asking:
        yield asking


@asynccontextmanager
async def clipping(library):
    captures, port = Captures(library, [].append, DEFAULT_OPTIONS), free_port()
    checks = RequestChecks(port, lambda: TOKEN)
    routes = clip_routes(CaptureRoutes(captures), checks, port)
    async with open_server(HttpServer(routes, checks), port=port):
        work = asyncio.create_task(captures.work())
        yield Asking(port)
        work.cancel()
        await asyncio.wait([work])


async def ticket(ask):
    page = (await ask("GET", "/clip", Authorization=None)).body.decode()
    return re.search(r'"ticket", "([\w-]+)"', page)[1]


async def save(ask, held, origin="", **fields):
    values = {"url": URL, "title": "The bridge", "html": PAGE, "ticket": held, **fields}
    own = origin or f"http://127.0.0.1:{ask.port}"
    body = form(**values)
    return await ask("POST", "/clip", body, Content_Type=FORM, Origin=own, Authorization=None)


async def test_the_page_runs_its_own_script_and_nothing_else(ask):
    first, second = [await ask("GET", "/clip", Authorization=None) for _ in "12"]
    policy = first.fields["content-security-policy"]
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", policy)[1]
    assert first.body.decode().count(f'nonce="{nonce}"') == 2
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert nonce not in second.fields["content-security-policy"]
    assert TOKEN not in first.body.decode()


async def test_what_the_page_was_opened_for_is_saved_once(ask, library):
    held = await ticket(ask)
    got = await save(ask, held)
    assert (got.status, got.value["outcome"]) == (201, "added")
    [record] = library.records()
    assert (record.url, record.title) == (URL, "The bridge")
    assert (await save(ask, held)).status == 403


async def test_a_page_of_the_web_and_a_guess_save_nothing(ask, library):
    held = await ticket(ask)
    assert (await save(ask, held, "https://evil.example")).status == 403
    assert (await save(ask, held, "null")).status == 403
    assert (await save(ask, held, "chrome-extension://abc")).status == 403
    assert (await save(ask, "guess")).status == 403
    body = form(url=URL, html=PAGE, ticket=held)
    got = await ask("POST", "/clip", body, Content_Type=FORM, Authorization=None)
    assert got.status == 403
    assert library.records() == ()


async def test_a_page_that_could_not_be_kept_may_be_tried_again(ask):
    held = await ticket(ask)
    assert (await save(ask, held, url="file:///etc/passwd")).status == 422
    assert (await save(ask, held)).status == 201


async def test_a_browser_that_opens_the_server_itself_gets_the_page_too(ask):
    got = await ask("GET", "/", Authorization=None)
    assert (got.status, b"Drag this link" in got.body) == (200, True)
    assert (await ask("GET", "/anything", Authorization=None)).status == 401


def test_the_bookmark_is_one_line_without_a_token():
    mark = bookmarklet(7741)
    assert mark.startswith("javascript:(()%20=%3E%20%7B")
    assert "\n" not in mark
    assert 'const door = "http://127.0.0.1:7741"' in unquote(mark)


needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")


@asynccontextmanager
async def clicked(ask, page, *, headers=None):
    """Open a page in a browser, choose the bookmark there, and give its tab and the window."""
    with serve({"/": page.encode()}) as site:
        site.fields = headers or {}
        async with browsing() as browser:
            tab = await browser.tab(site.url("/"))
            script = unquote(bookmarklet(ask.port).removeprefix("javascript:"))
            await tab.run(script, as_user=True)
            yield tab, await browser.find("/clip"), site.url("/")


@needs_chromium
async def test_the_bookmark_saves_the_page_as_it_is_shown(ask, library):
    async with clicked(ask, PAGE) as (_, window, url):
        await window.until("!document.getElementById('buttons').hidden")
        assert await window.run("document.getElementById('title').textContent") == (
            "The <i>bridge</i> & more"
        )
        assert await window.run("document.activeElement.id") == "save"
        await window.run("document.getElementById('save').click()")
        await window.until("document.getElementById('status').textContent === 'Saved.'")
    [record] = library.records()
    assert record.url == url
    article = library.article(record.id).extraction(record.revision).article
    assert "Écrit par un script" in article.text
    assert "open – until" in article.text


@needs_chromium
async def test_a_page_that_sends_something_else_is_refused_or_shown_as_text(ask, library):
    async with clicked(ask, PAGE) as (tab, window, _):
        await window.until("!document.getElementById('buttons').hidden")
        own = f"http://127.0.0.1:{ask.port}/clip"
        hostile = "<img src=x onerror=document.title=1><script>document.title=1</script>"
        for sent in (
            "{url: 'https://bank.example/', title: 'x', html: 'y'}",
            "{url: 'javascript:alert(1)', title: 'x', html: 'y'}",
            f"{{url: location.href, title: {hostile!r}, html: {hostile!r}}}",
            "{url: 1, title: [], html: {}}",
            "null",
        ):
            await tab.run(
                f"new Promise(done => {{ const other = open({own!r}, '_blank');"
                " addEventListener('message', event => { if (event.source === other)"
                f" {{ other.postMessage({sent}, '*'); done() }} }}) }})",
                as_user=True,
            )
        targets = await tab._browser.send("Target.getTargets")
        windows = [one for one in targets["targetInfos"] if one["url"] == own]
        texts = []
        for one in windows:
            opened = await tab._browser.attach(one["targetId"])
            await opened.until("document.readyState === 'complete'")
            assert await opened.run("document.title") == "Save to annotator"
            assert await opened.run("document.images.length") == 0
            texts.append(await opened.run("document.body.innerText"))
        assert sum("says that it is another one" in text for text in texts) == 2
        assert sum(hostile in text for text in texts) == 1
    assert library.records() == ()


@needs_chromium
async def test_a_page_that_cannot_be_kept_is_told_and_the_button_keeps_the_focus(ask, library):
    async with clicked(ask, "<html><title>Nothing</title></html>") as (_, window, _):
        await window.until("!document.getElementById('buttons').hidden")
        await window.run("document.getElementById('save').click()")
        await window.until("/No readable text/.test(document.getElementById('status').textContent)")
        assert await window.run("document.activeElement.id") == "save"
    assert library.records() == ()


@needs_chromium
async def test_a_page_that_keeps_other_windows_away_is_told_of_in_the_window(ask):
    policy = {"Cross-Origin-Opener-Policy": "same-origin"}
    async with clicked(ask, PAGE, headers=policy) as (_, window, _):
        await window.until("!document.getElementById('setup').hidden")
        assert "SingleFile" in await window.run("document.getElementById('status').textContent")
