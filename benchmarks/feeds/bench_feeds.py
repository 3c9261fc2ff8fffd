"""Feeds: what is read of other people's tests, and how long many of them take to be asked.

    python benchmarks bench_feeds [FEEDPARSER]

FEEDPARSER is a checkout of kurtmckee/feedparser, whose tests each name one value of a feed. The
300 feeds are on servers of this machine, of which some are slow, fail, redirect or lie.
"""

import argparse
import asyncio
import html
import re
import time
from ast import literal_eval
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.feeds.reading import raw_feed
from annotator.fetch.decoding import decode_html
from annotator.model.feed import Feed
from annotator.store import Library
from annotator.store.disk import files
from annotator.usecases.feeds.inbox import inbox
from annotator.usecases.feeds.subscriptions import follow
from annotator.usecases.feeds.sync import sync

FEEDS, HOSTS, ENTRIES = 300, 60, 20
KINDS = (  # of feeds, with how many of a hundred are so
    *(("tagged", 60), ("untagged", 12), ("slow", 4), ("hangs", 2), ("500", 5), ("404", 2)),
    *(("410", 2), ("429", 2), ("moved", 4), ("loop", 2), ("page", 3), ("lies", 2)),
)
NOW = datetime.now(UTC)
TEXT = "<p>The river rose by a third of its depth within a day, the office said.</p>" * 20

_CASE = re.compile(r"Description:.*?Expect:\s*(.*?)\s*-->", re.DOTALL)
_VALUE = re.compile(
    r"(?:not bozo and )?(entries\[0\]|feed)(?:\['(\w+)'\]|\[\"(\w+)\"\]|\.(\w+))\s*==\s*(u?['\"].*)"
)
_FIELDS = {
    "title": ("title",), "link": ("link",), "id": ("id",), "guid": ("id",), "author": ("author",),
    "summary": ("summary", "content"), "description": ("summary", "content"),
    "subtitle": ("summary",), "tagline": ("summary",), "published": ("published", "updated"),
    "updated": ("updated", "published"),
}  # fmt: skip
_LEFT_OUT = re.compile(r"/(?:sanitize|http|cdf)")  # what is not in the file, or not of a feed


def main() -> None:
    """Print what is read right, then the seconds, requests and writes of two syncs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("feedparser", nargs="?", type=Path)
    tests = parser.parse_args().feedparser
    if tests is not None:
        right = [_is_right(*case) for case in _cases(tests / "tests" / "wellformed")]
        print(f"{sum(right)} of {len(right)} values as feedparser's tests want them")
    asyncio.run(_ask())


def _cases(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield a text, `feed` or an entry, a field, and the value that it should have."""
    for path in sorted(folder.rglob("*.xml")):
        data = path.read_bytes()
        said = _CASE.search(data.decode("utf-8", "ignore"))
        wanted = _VALUE.fullmatch(said[1].strip()) if said else None
        field = (wanted[2] or wanted[3] or wanted[4]) if wanted else ""
        if not wanted or field not in _FIELDS or _LEFT_OUT.search(str(path)):
            continue
        try:
            value = literal_eval(wanted[5])
        except (ValueError, SyntaxError):  # it says more than one thing
            continue
        yield decode_html(data), wanted[1], field, value


def _is_right(text: str, where: str, field: str, wanted: str) -> bool:
    feed = raw_feed(text, "http://127.0.0.1:8097/x")
    entries = ([feed.feed] if where == "feed" else feed.entries) if feed else []
    values = [getattr(entries[0], name) for name in _FIELDS[field]] if entries else []
    return _plain(wanted) in map(_plain, values)


def _plain(value: str) -> str:
    value = re.sub(r"^<div>(.*)</div>$", r"\1", value.strip(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"\s*/>", ">", html.unescape(html.unescape(value)))).strip()


class Servers:
    """Servers at some addresses of this machine, with feeds of all kinds."""

    def __init__(self) -> None:
        kinds = [kind for kind, share in KINDS for _ in range(share * FEEDS // 100)]
        self.kinds = {f"/{number}": kind for number, kind in enumerate(kinds)}
        self.asked: Counter[str] = Counter()
        self.conditional = self.now = self.most = 0
        self.port = 0

    async def start(self) -> None:
        """Listen at all addresses."""
        for host in range(HOSTS):
            server = await asyncio.start_server(self._answer, f"127.0.1.{host + 1}", self.port)
            self.port = server.sockets[0].getsockname()[1]

    def urls(self) -> list[str]:
        """Return the addresses of the feeds."""
        return [
            f"http://127.0.1.{number % HOSTS + 1}:{self.port}{path}"
            for number, path in enumerate(self.kinds)
        ]

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path = head.split()[1]
        kind = self.kinds[path.removesuffix("/new")]
        self.asked[path] += 1
        self.now += 1
        self.most = max(self.most, self.now)
        known = "if-none-match" in head.lower()
        self.conditional += known
        try:
            await asyncio.sleep({"slow": 4.0, "hangs": 60.0}.get(kind, 0.02))
            writer.write(self._response(path, kind, is_known=known))
            await writer.drain()
        except (ConnectionError, asyncio.CancelledError):  # also when all is done
            pass
        finally:
            self.now -= 1
            writer.close()

    def _response(self, path: str, kind: str, *, is_known: bool) -> bytes:
        extra = 'ETag: "1"\r\n' if kind not in {"untagged", "page"} else ""
        if kind.isdecimal():
            extra += "Retry-After: 3600\r\n" if kind == "429" else ""
            return _http(int(kind), b"", extra)
        if kind == "loop" or (kind == "moved" and not path.endswith("/new")):
            to = path if kind == "loop" else f"{path}/new"
            return _http(301, b"", f"{extra}Location: {to}\r\n")
        if kind == "lies" or is_known:
            return _http(304, b"", extra)
        return _http(200, b"<html><p>Down." if kind == "page" else _feed(path), extra)


def _http(status: int, body: bytes, extra: str) -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{extra}\r\n"
    return head.encode() + body


def _feed(path: str) -> bytes:
    entries = "".join(
        f"<item><title>Entry {number}</title><link>https://{path[1:]}.example/{number}</link>"
        f"<guid>{path}-{number}</guid><description><![CDATA[{TEXT}]]></description>"
        f"<pubDate>{(NOW - timedelta(hours=number)).isoformat()}</pubDate></item>"
        for number in range(ENTRIES)
    )
    return f"<rss><channel><title>Feed {path}</title>{entries}</channel></rss>".encode()


async def _ask() -> None:
    servers, written = Servers(), list[Path]()
    replace = files.replace

    def counted(path: Path, data: bytes) -> None:
        written.append(path)
        replace(path, data)

    files.replace = counted  # type: ignore[assignment]
    await servers.start()
    with (
        TemporaryDirectory() as folder,
        Library.open(Path(folder, "data"), state=Path(folder, "state")) as library,
    ):
        follow(library, [Feed(url, NOW) for url in servers.urls()], now=NOW)
        for name in ("first sync", "second sync, nothing new"):
            written.clear()
            servers.asked.clear()
            servers.conditional = 0
            began, used = time.monotonic(), time.process_time()
            checked = await sync(library, now=datetime.now(UTC), is_forced=True)
            seconds, used = time.monotonic() - began, time.process_time() - used
            print(
                f"{name}: {len(checked)} feeds in {seconds:.1f} s ({used:.1f} s of this process), "
                f"{servers.asked.total()} requests, {servers.conditional} conditional, "
                f"{sum(check.new for check in checked)} new entries, "
                f"{sum(bool(check.error) for check in checked)} failed, "
                f"{len(written)} files written in the library"
            )
        used = time.process_time()
        rows = inbox(library, now=datetime.now(UTC))
        print(f"inbox: {len(rows)} rows read in {(time.process_time() - used) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
