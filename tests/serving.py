"""A web site on the loopback address for tests of whole programs, answered from threads."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from waiting import PATIENCE


@dataclass
class Site:
    """What is served by path, and how much was asked for at the same time."""

    pages: dict[str, bytes]
    stamps: dict[str, str] = field(default_factory=dict)  # entity tags by path
    refusals: dict[str, int] = field(default_factory=dict)  # statuses by path
    busy: dict[str, int] = field(default_factory=dict)  # how often 429 is said first, by path
    moves: dict[str, str] = field(default_factory=dict)  # where to, by path
    holds: dict[str, threading.Event] = field(default_factory=dict)  # what to wait for, by path
    fields: dict[str, str] = field(default_factory=dict)  # of every answer
    statuses: list[int] = field(default_factory=list)  # of the answers, in turn
    port: int = 0
    meeting: threading.Barrier | None = None  # requests that must be there together
    most_at_once: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, known: str | None) -> tuple[int, bytes]:
        """Return the status and body for `path`, asked for by one who knows the stamp `known`."""
        if path in self.refusals:
            return self.refusals[path], b""
        with self._lock:
            self.busy[path] = self.busy.get(path, 0) - 1
        if self.busy[path] >= 0:
            return 429, b""
        if path in self.moves:
            return 301, b""
        if path not in self.pages:
            return 404, b""
        if known and known == self.stamps.get(path):
            return 304, b""
        return 200, self.pages[path]

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


@contextmanager
def serve(pages: Mapping[str, bytes]) -> Iterator[Site]:
    """Serve HTML pages by their path, and 404 for everything else; all of it may change."""
    site = Site(dict(pages))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with site.counted():
                if site.meeting:
                    site.meeting.wait(PATIENCE)
                if self.path in site.holds:
                    site.holds[self.path].wait(PATIENCE)
                self._answer()

        def _answer(self) -> None:
            status, body = site.answer(self.path, self.headers.get("If-None-Match"))
            site.statuses.append(status)
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in site.fields.items():
                self.send_header(name, value)
            if self.path in site.stamps:
                self.send_header("ETag", site.stamps[self.path])
            if self.path in site.moves:
                self.send_header("Location", site.moves[self.path])
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
