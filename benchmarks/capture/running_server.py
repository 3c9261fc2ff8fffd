"""`annotator serve` in a process and a home of its own, and requests to it."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PATH = "/api/v1/bookmarks/singlefile"
FORM = "multipart/form-data; boundary=B"
ORIGIN = "chrome-extension://djhhljahjliajfaipeimokafofenjjbn"
STORY = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile
 url: https://example.org/news/{0}
 saved date: Sun Nov 29 2026 03:34:50 GMT+0000 (Coordinated Universal Time)
--><meta charset=utf-8><title>The bridge {0} stays open</title>
<link rel=canonical href=https://example.org/news/{0}>
<script type=application/ld+json>{{"@type": "NewsArticle", "headline": "The bridge {0} stays open",
"author": {{"@type": "Person", "name": "Ann Lee"}}, "datePublished": "2026-11-27"}}</script>
<body>{1}<article><h1>The bridge {0} stays open</h1>
<p>The council voted 3 to 2 on Tuesday to keep the old bridge {0} open until the new is ready.
<p>It was built in 1923 and carries eight thousand cars on each working day.</article>"""


class RunningServer:
    """The program with its home; it can be killed and started again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.token = self.run("serve", "--token").strip()
        self.process: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a user with this home."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
        return clean | {"HOME": str(self.home)}

    def run(self, *arguments: str) -> str:
        """Run a command, and return its output."""
        command = [sys.executable, "-m", "annotator", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True
        ).stdout

    def start(self, *command: str) -> None:
        """Start the server, or another program that opens it, and wait until it is open."""
        usual = [sys.executable, "-m", "annotator", "serve", "--port", str(self.port)]
        with (self.home / "log").open("a") as log:
            self.process = subprocess.Popen(
                command or usual, env=self.environment, stdout=log, stderr=log, text=True
            )
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return

    def end(self, number: int = signal.SIGTERM) -> None:
        """End the program with a signal."""
        if self.process:
            self.process.send_signal(number)
            self.process.wait()
        self.process = None

    @property
    def peak_memory(self) -> int:
        """The most memory that the program itself has had, in MB."""
        status = Path(f"/proc/{self.process.pid}/status") if self.process else Path("/dev/null")
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))

    def give(self, page: bytes, url: str, query: str = "") -> tuple[int, dict[str, Any]]:
        """Give a page as SingleFile does, and return the status and the answer."""
        body = form(page, url)
        fields = {"Authorization": f"Bearer {self.token}", "Content-Type": FORM, "Origin": ORIGIN}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("POST", PATH + query, body, fields)
        answer = connection.getresponse()
        told = answer.status, json.loads(answer.read())
        connection.close()
        return told

    @property
    def articles(self) -> list[dict[str, Any]]:
        """The articles in the library."""
        listed: list[dict[str, Any]] = json.loads(self.run("list", "--json"))
        return listed

    @property
    def waiting(self) -> list[Path]:
        """The pages that wait on the disk."""
        return list(self.home.rglob("captured/*"))


def form(page: bytes, url: str) -> bytes:
    """Return the body of SingleFile's request."""
    head = b'--B\r\nContent-Disposition: form-data; name="'
    file = b'file"; filename="\xc3\x84 page.html"\r\nContent-Type: text/html\r\n\r\n'
    rest = b"\r\n" + head + b'url"\r\n\r\n' + url.encode() + b"\r\n--B--\r\n"
    return head + file + page + rest


@contextmanager
def running_server() -> Iterator[RunningServer]:
    """Give a server that is open, with a home that is removed in the end."""
    home = Path(tempfile.mkdtemp(prefix="server-"))
    server = RunningServer(home)
    try:
        server.start()
        yield server
    finally:
        server.end()
        shutil.rmtree(home)
