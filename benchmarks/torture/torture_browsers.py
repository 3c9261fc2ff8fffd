"""Render pages while their browser, or one of its processes, is killed: nothing may be left.

Kills at random moments, of a random process: the browser itself or one that it started. Each page
is rendered or fails with a message. At the end no process and no folder of a browser is there.

As root, give a program that runs the browser as another user:

    python benchmarks torture_browsers --pages 200 --browser ./chromium-as-nobody
"""

import argparse
import asyncio
import os
import random
import resource
import signal
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from annotator.errors import FetchError
from annotator.fetch import FetchOptions, render_page

APP = b"""<!doctype html><title>A page</title><div id=root></div><script>
setTimeout(async () => root.innerHTML = await (await fetch('/text')).text(), 200);
</script>"""
TEXT = b"<p>The council voted on Tuesday to keep the old bridge open.</p>"
LONGEST = 4.0  # seconds after the beginning of a page until its browser is killed
DEADLINE = 10.0  # seconds until the last process and folder must be gone


class Handler(BaseHTTPRequestHandler):
    """Serves a page that a script writes."""

    def do_GET(self) -> None:
        """Send the page, or its text."""
        body = TEXT if self.path == "/text" else APP
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def processes() -> dict[int, int]:
    """Return the processes of browsers that this program started, with their bytes of memory."""
    mine = f"annotator-browser-{os.getpid()}-".encode()
    groups, members = set(), {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
            shared = int((folder / "statm").read_text().split()[2])
            resident = int((folder / "statm").read_text().split()[1]) - shared
        except OSError:
            continue
        if fields[0] != "Z":
            members[int(folder.name)] = (int(fields[2]), resident * resource.getpagesize())
            if mine in command:
                groups.add(int(fields[2]))
    return {number: size for number, (group, size) in members.items() if group in groups}


def folders() -> list[Path]:
    """Return the profiles that are there."""
    return [*Path(tempfile.gettempdir()).glob(f"annotator-browser-{os.getpid()}-*")]


async def kill_one(chance: random.Random) -> str:
    """Kill a process of the browser after a while, and return which it was."""
    await asyncio.sleep(chance.uniform(0.0, LONGEST))
    numbers = sorted(await asyncio.to_thread(processes))
    if not numbers:
        return "nothing"
    with suppress(ProcessLookupError):
        leaders = [number for number in numbers if number == os.getpgid(number)]
        number = chance.choice(chance.choice((leaders, numbers)) or numbers)
        os.kill(number, signal.SIGKILL)
        return "the browser" if number in leaders else "another of its processes"
    return "nothing"


async def run(number: int, browser: str, seed: int) -> Counter[str]:
    """Render so many pages, with a kill during each, and count what came of them."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    options, chance = FetchOptions(browser=browser), random.Random(seed)
    outcomes: Counter[str] = Counter()
    for _ in range(2):
        began = time.monotonic()
        await render_page(url, options=options)
        print(f"{time.monotonic() - began:.2f} s for a page")
    print(f"{sum(processes().values()) / 1e6:.0f} MB of the browser's own")
    for _ in range(number):
        killing = asyncio.create_task(kill_one(chance))
        try:
            page = await render_page(url, options=options)
            outcomes[
                "rendered"
                if TEXT.decode() in str(page.content)
                else "rendered, but not what the script asked for"
            ] += 1
        except FetchError as error:
            outcomes[f"failed: {error.message}"] += 1
        outcomes[f"killed: {await killing}"] += 1
    server.shutdown()
    return outcomes


def main() -> None:
    """Run it, and end with 1 if anything is left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--browser", default="", help="the program, by default one that is there")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    outcomes = asyncio.run(run(given.pages, given.browser, given.seed))
    for what, count in outcomes.most_common():
        print(f"{count:5} {what}")
    end = time.monotonic() + DEADLINE
    while (processes() or folders()) and time.monotonic() < end:
        time.sleep(0.1)
    left = len(processes()), len(folders())
    print(f"{time.monotonic() - began:.0f} s; left: {left[0]} processes, {left[1]} folders")
    raise SystemExit(left != (0, 0))


if __name__ == "__main__":
    main()
