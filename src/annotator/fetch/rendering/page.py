"""A page as a browser shows it when its scripts have run.

One browser serves all pages of an event loop, and ends with it, or when it has had nothing to do
for a while. A page has a context of its own there, without cookies, behind a `PageProxy`.
"""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pkgutil import get_data
from typing import Any, NoReturn
from urllib.parse import urldefrag
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from annotator.errors import FetchError, TimedOut
from annotator.fetch.decoding import refuse_size
from annotator.fetch.failures import TRY_LATER
from annotator.fetch.http import fetch_page
from annotator.fetch.httpx_import import httpx
from annotator.fetch.options import DEFAULT_OPTIONS, FetchOptions
from annotator.fetch.private_networks import host_of, is_local_address
from annotator.fetch.rendering.devtools import Chromium, Message, browser_to_start
from annotator.fetch.rendering.proxy import MAX_BYTES, USER, PageProxy
from annotator.fetch.responses import read_page, refuse_status
from annotator.fetch.urls import check_address, shown
from annotator.model import Original
from annotator.model.document import FROM_BROWSER, TEXT_FROM
from annotator.model.identity import is_web_address
from annotator.model.text import clean_line

AT_ONCE, IDLE_SECONDS = 2, 30.0  # pages; until a browser without any ends: it has some 300 MB
PAGE_SECONDS = 20.0
LOADED_BY, READY_BY = 11.0, 17.0  # seconds after which no request is waited for any longer
QUIET, LONG = 0.5, 5.0  # seconds without a request; of one that waits for something to happen

_SCRIPTS = (get_data(__package__, "page.js") or b"").decode()
_NEVER_ASKED = frozenset({"Image", "Font", "Media", "TextTrack", "Manifest", "Ping", "Prefetch"})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_KEPT = frozenset({"content-language", "date", "link", "retry-after", "x-robots-tag"})


async def render_page(url: str, *, options: FetchOptions = DEFAULT_OPTIONS) -> Original:
    """Return the page at `url` as the user's browser shows it; else as `fetch_page` does."""
    address = check_address(url)
    is_linked = bool(options.linked_from) and not is_local_address(options.linked_from)
    proxy = PageProxy(address, came_from_internet=is_linked)
    shared = _shared.setdefault(asyncio.get_running_loop(), _SharedBrowser())
    async with shared.lend(browser_to_start(options.browser)) as browser:
        try:
            async with asyncio.timeout(PAGE_SECONDS), proxy:
                rendered = await _Tab(browser, proxy, address).render(options.max_bytes)
        except TimeoutError as error:
            problem = f"{shown(address)} was not ready within {PAGE_SECONDS:g} seconds."
            raise TimedOut(problem, "Save it in a browser, and add the file.") from error
    if rendered is None:
        return await fetch_page(url, options=options)
    page = await read_page(rendered[1], rendered[0], options)
    return replace(page, headers=(*page.headers, (TEXT_FROM, FROM_BROWSER)))


class _Tab:
    """A page in the browser: what it waits for, and how its server answered."""

    def __init__(self, browser: Chromium, proxy: PageProxy, address: str) -> None:
        self._browser = browser
        self._proxy = proxy
        self._address = address
        self._answer: Message = {}
        self._is_loaded = False
        self._now = asyncio.get_running_loop().time
        self._begun = self._last = self._now()
        self._asked: dict[str, float] = {}  # requests that have not ended, and when they began

    async def render(self, limit: int) -> tuple[str, httpx.Response] | None:
        """Return the final address and what is there, as a response; None if it is no page."""
        call, tell = self._browser.call, self._browser.tell
        ways = {"proxyServer": self._proxy.address, "proxyBypassList": "<-loopback>"}
        context = await call("Target.createBrowserContext", **ways)
        try:
            await call("Browser.setDownloadBehavior", behavior="deny", **context)
            target = await call("Target.createTarget", url="about:blank", **context)
            self._frame = target["targetId"]
            session = (await call("Target.attachToTarget", flatten=True, **target))["sessionId"]
            self._call, self._tell = partial(call, session=session), partial(tell, session=session)
            self._browser.listeners[session] = self._hear
            return await self._rendered(limit)
        finally:
            with suppress(FetchError):  # the browser has ended
                tell("Target.disposeBrowserContext", **context)

    async def _rendered(self, limit: int) -> tuple[str, httpx.Response] | None:
        for domain in ("Page", "Network"):
            await self._call(f"{domain}.enable")
        await self._call("Fetch.enable", patterns=[{"urlPattern": "*"}], handleAuthRequests=True)
        started = await self._call("Page.navigate", url=self._address)
        problem, kind = started.get("errorText"), self._answer.get("mimeType", "text/html")
        if problem == "net::ERR_ABORTED" or kind not in _PAGES:  # a download, a document
            return None
        if problem:
            self._refuse(problem)
        await self._settle(LOADED_BY)
        with suppress(FetchError):  # it may lead to another page just now
            await self._run("scroll()")
        await self._settle(READY_BY)
        refuse_size(self._proxy.passed, shown(self._address), limit=MAX_BYTES)
        final, html = await self._run(f"read({limit + 1})") or ("", "")
        if not is_web_address(final):  # the browser's own page about a failure
            self._refuse("it failed")
        return check_address(urldefrag(final)[0]), self._response(html)

    def _hear(self, method: str, params: Message) -> None:
        request = params.get("requestId", "")
        is_main = params.get("type") == "Document" and params.get("frameId") == self._frame
        match method.split("."):
            case ["Network", "requestWillBeSent"]:
                if params.get("type") != "EventSource":
                    self._asked[request] = self._last = self._now()
                if is_main:  # at first, and again where scripts lead to another page
                    self._is_loaded, self._address = False, params["request"]["url"]
            case ["Network", "loadingFinished" | "loadingFailed"]:
                self._asked.pop(request, None)
                self._last = self._now()
            case ["Network", "responseReceived"] if is_main:
                self._answer = params["response"]
            case ["Page", "loadEventFired"]:
                self._is_loaded = True
            case ["Page", "javascriptDialogOpening"]:
                self._tell("Page.handleJavaScriptDialog", accept=False)
            case ["Fetch", asked]:
                self._allow(asked, request, params)

    def _allow(self, asked: str, request: str, params: Message) -> None:
        """Let a request go on, with the password of the proxy if it is asked for that."""
        if asked == "authRequired":
            answer = {"response": "CancelAuth"}
            if params["authChallenge"].get("source") == "Proxy":
                answer = {"response": "ProvideCredentials"}
                answer |= {"username": USER, "password": self._proxy.password}
            self._tell("Fetch.continueWithAuth", requestId=request, authChallengeResponse=answer)
        elif params.get("resourceType") in _NEVER_ASKED:
            self._tell("Fetch.failRequest", requestId=request, errorReason="BlockedByClient")
        else:
            self._tell("Fetch.continueRequest", requestId=request)

    async def _settle(self, end: float) -> None:
        """Wait until the page is loaded and quiet, or until so many seconds from its beginning."""
        while (now := self._now()) < self._begun + end and not self._browser.is_lost:
            is_quiet = self._is_loaded and now - self._last >= QUIET
            if is_quiet and not any(now - begun < LONG for begun in self._asked.values()):
                return
            await asyncio.sleep(QUIET / 10)

    def _refuse(self, problem: str) -> NoReturn:
        """Raise why there is no page: what the proxy or the server said, or the browser."""
        if known := self._proxy.problems.get(host_of(self._address)):
            raise known
        refuse_status(self._response(""), self._address)
        words = clean_line(problem.removeprefix("net::"), limit=100)
        raise FetchError(f"The browser cannot open {shown(self._address)}: {words}.", TRY_LATER)

    def _response(self, html: str) -> httpx.Response:
        """Return the page as its server would have sent it; it cannot be asked if it changed."""
        said = self._answer.get("headers", {}).items()
        headers = {name: value.replace("\n", ", ") for name, value in said if name.lower() in _KEPT}
        headers["content-type"] = "text/html; charset=utf-8"
        body = httpx.ByteStream(html.encode("utf-8", "replace"))
        return httpx.Response(self._answer.get("status", 200), headers=headers, stream=body)

    async def _run(self, expression: str) -> Any:  # noqa: ANN401 - what the script returns
        script = f"(() => {{ {_SCRIPTS} return {expression}; }})()"
        waits: Message = {"awaitPromise": True, "returnByValue": True}
        answer = await self._call("Runtime.evaluate", expression=script, **waits)
        return answer["result"].get("value")


class _SharedBrowser:
    """The browser of an event loop."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(AT_ONCE)
        self._starting = asyncio.Lock()
        self._browser: Chromium | None = None
        self._rest = asyncio.get_running_loop().call_soon(bool)  # or what ends the browser

    @asynccontextmanager
    async def lend(self, program: str) -> AsyncIterator[Chromium]:
        """Wait for a place, and for the browser to start if it does not run."""
        async with self._places:
            async with self._starting:
                self._rest.cancel()
                browser = self._browser
                if browser is None or browser.is_lost:
                    self._browser = browser = Chromium(program)
                    await browser.start()
            try:
                yield browser
            finally:
                self._rest.cancel()
                self._rest = asyncio.get_running_loop().call_later(IDLE_SECONDS, browser.end)


_shared: WeakKeyDictionary[AbstractEventLoop, _SharedBrowser] = WeakKeyDictionary()
