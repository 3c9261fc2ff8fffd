"""A server on the loopback addresses whose hosts are slow, failing, walled or strict.

    python benchmarks import_server [--pages 2000] [--seed 7] [--port 8765]

Pages are spread over sixteen addresses, 127.0.0.1 to 127.0.0.16, each of which behaves in its
own way. What a page answers depends on its number and the seed alone, but for the host that
limits requests. The server counts what it served and how many requests it had at once.
"""

import argparse
import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Self

from import_sentences import NAMES, SENTENCES, TITLES

HOSTS = tuple(f"127.0.0.{at}" for at in range(1, 17))
SLOW, TRICKLING, FAILING, RESETTING = "127.0.0.3", "127.0.0.5", "127.0.0.7", "127.0.0.9"
CONSENT, PAYWALL, STRICT, GONE = "127.0.0.11", "127.0.0.13", "127.0.0.15", "127.0.0.16"
LANGUAGES = ("en", "de", "fr", "es", "ja", "uk", "ar", "it")
PARAGRAPHS = 22
ODD = {0: 404, 1: 410, 2: 301, 3: 302, 4: 500, 5: 503}  # of a hundred pages on a good host
REASONS = {200: "OK", 301: "Moved", 302: "Found", 404: "Not Found", 410: "Gone"}
REASONS |= {429: "Too Many Requests", 500: "Error", 503: "Unavailable"}
STRICT_GAP = 0.25  # seconds between two requests that the strict host wants


@dataclass(slots=True)
class Counts:
    """What the server did. `at_once` are the most requests that it had at the same time."""

    requests: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    at_once: int = 0
    at_once_of_host: Counter[str] = field(default_factory=Counter)
    now: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def serving(self, host: str, path: str) -> Iterator[None]:
        """Count a request while it is answered."""
        self.requests[f"{host}{path}"] += 1
        self.now[host] += 1
        self.at_once = max(self.at_once, self.now.total())
        self.at_once_of_host[host] = max(self.at_once_of_host[host], self.now[host])
        try:
            yield
        finally:
            self.now[host] -= 1

    @property
    def repeated(self) -> int:
        """The number of pages that were asked for more than once."""
        return sum(count > 1 for count in self.requests.values())


def address(number: int, port: int, seed: int = 7) -> str:
    """Return the address of a page."""
    return f"http://{HOSTS[(number * 5 + seed) % len(HOSTS)]}:{port}/story/{number}.html"


def language_of(number: int) -> str:
    """Return the language of a page."""
    return LANGUAGES[number % len(LANGUAGES)]


def paragraphs_of(number: int) -> list[str]:
    """Return the paragraphs of the article on a page."""
    language = language_of(number)
    sentences = SENTENCES[language]
    gap = "" if language == "ja" else " "
    return [
        gap.join(
            sentences[(at + place) % len(sentences)].format(
                n=number * 101 + at * 7 + place, m=3 + (number + at * place) % 80
            )
            for place in range(4)
        )
        for at in range(PARAGRAPHS)
    ]


def title_of(number: int) -> str:
    """Return the title of a page."""
    return TITLES[language_of(number)].format(n=number)


def article_page(number: int, shown: int = PARAGRAPHS, wall: str = "") -> str:
    """Return a page with its article, or with the first paragraphs of it and a wall."""
    language = language_of(number)
    body = "\n".join(f"<p>{escape(text)}</p>" for text in paragraphs_of(number)[:shown])
    menu = "".join(f'<li><a href="/topic/{at}">Topic {at}</a></li>' for at in range(40))
    related = "".join(
        f'<li><a href="/story/{number + at}.html">{escape(title_of(number + at))}</a></li>'
        for at in range(1, 9)
    )
    title = escape(title_of(number))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}'
        f"</title><script>{'var a = 1;' * 4000}</script></head><body><nav><ul>{menu}</ul></nav>"
        f"<main><article><h1>{title}</h1><p class=byline>{escape(NAMES[language])}</p>\n{body}"
        f"{wall}</article></main><aside><h2>Read more</h2><ul>{related}</ul></aside>"
        "<footer><p>© The Bridge Courier. All rights reserved.</p></footer></body></html>"
    )


_PAYWALL = (
    '<div class="paywall"><h2>Subscribe to continue reading</h2><p>This article is for '
    'subscribers. Already a subscriber? <a href="/login">Log in</a></p></div>'
)
_CONSENT = (
    "<!DOCTYPE html><html><head><title>Before you continue</title></head><body><h1>Before you "
    "continue</h1><p>We and our 812 partners use cookies and process personal data. Choose "
    "whether you consent.</p><form><button>Accept all</button><button>Reject all</button>"
    "<button>Manage options</button></form></body></html>"
)


class ImportServer:
    """The server, in a thread of its own. `delay` multiplies all waiting."""

    def __init__(self, port: int = 0, *, seed: int = 7, delay: float = 1.0) -> None:
        self.port = port
        self.counts = Counts()
        self._seed = seed
        self._delay = delay
        self._last_strict = 0.0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _start(self) -> None:
        for host in HOSTS:
            server = await asyncio.start_server(self._answer, host, self.port)
            self.port = server.sockets[0].getsockname()[1]

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
            path = head.split(b" ", 2)[1].decode("ascii", "replace")
            with self.counts.serving(host, path):
                await self._serve(host, path, writer)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            pass
        finally:
            writer.close()

    async def _serve(self, host: str, path: str, writer: asyncio.StreamWriter) -> None:
        stem = path.rpartition("/")[2].partition(".")[0]
        if not stem.isdigit():
            await self._send(writer, 404, "<p>Nothing here.</p>")
        elif host == RESETTING:
            writer.transport.abort()
        elif host == TRICKLING:
            await self._trickle(writer, article_page(int(stem)))
        else:
            if host == SLOW:
                await asyncio.sleep(self._delay * (0.3 + int(stem) % 7 / 5))
            status, page, headers = self._page(host, int(stem), path)
            await self._send(writer, status, page, headers)

    def _page(self, host: str, number: int, path: str) -> tuple[int, str, str]:
        if host == STRICT and time.monotonic() - self._last_strict < STRICT_GAP * self._delay:
            return 429, "<p>Too many requests.</p>", "Retry-After: 1\r\n"
        if host == STRICT:
            self._last_strict = time.monotonic()
        answers = {
            FAILING: (500, "<h1>Internal server error</h1>", ""),
            GONE: (410, "<h1>Gone</h1>", ""),
            CONSENT: (200, _CONSENT, ""),
            PAYWALL: (200, article_page(number, 2, _PAYWALL), ""),
        }
        if host in answers:
            return answers[host]
        status = 200 if path.startswith("/moved") else self._status(number)
        if status in {301, 302}:
            return status, "", f"Location: /moved/{number}.html\r\n"
        if status != 200:  # noqa: PLR2004 - the status of success
            return status, f"<h1>{status}</h1>", ""
        return 200, article_page(number), ""

    def _status(self, number: int) -> int:
        return ODD.get((number * 61 + self._seed * 17) % 100, 200)

    async def _send(
        self, writer: asyncio.StreamWriter, status: int, page: str, headers: str = ""
    ) -> None:
        self.counts.statuses[status] += 1
        body = page.encode()
        head = (
            f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Content-Length: {len(body)}\r\n{headers}Connection: close\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await writer.drain()

    async def _trickle(self, writer: asyncio.StreamWriter, page: str) -> None:
        """Send a page in ten pieces with pauses between them."""
        self.counts.statuses[200] += 1
        body = page.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode())
        step = len(body) // 10 + 1
        for start in range(0, len(body), step):
            writer.write(body[start : start + step])
            await writer.drain()
            if start + step < len(body):
                await asyncio.sleep(self._delay * 0.05)


def main() -> None:
    """Serve until Ctrl+C, then print what was served."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--port", type=int, default=8765)
    options = parser.parse_args()
    with ImportServer(options.port, seed=options.seed) as server:
        print(*(address(at, server.port, options.seed) for at in range(options.pages)), sep="\n")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print(server.counts.statuses, server.counts.at_once, server.counts.repeated)


if __name__ == "__main__":
    main()
