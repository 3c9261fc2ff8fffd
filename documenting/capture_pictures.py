"""Takes the pictures of capturing: `python -m documenting.capture_pictures`, where Chromium is.

That of SingleFile's options is taken by `python benchmarks save_with_singlefile`, with --pictures.
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

from annotator.extract import extract
from annotator.model import Page
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SAMPLES = ROOT / "sample_articles"
sys.path.insert(0, str(ROOT / "benchmarks" / "capture"))

from browsing import browsing  # noqa: E402
from running_server import running_server  # noqa: E402

NOW = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)
PAGE = "opinion--metered.html"
SHOWN = "https://www.harbour-review.example/2024/03/cheap-batteries-will-not-build-the-grid/"
NEW = ("news--newsletter-share-related", "blog--code-table-footnotes")
LISTED = (("longform--headings-pull-quotes", "https://quarry-quarterly.example/the-last-ferry/"),)
SIZE = (104, 14)
AT_REST = 1.0  # seconds

_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_NUMBERED = re.compile(r"terminal-\d+")


class Quiet(SimpleHTTPRequestHandler):
    """A site of the samples that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


async def library(folder: Path) -> None:
    """Draw the library with new files in the folder of downloads."""
    downloads = folder / "Downloads"
    downloads.mkdir()
    for name in NEW:
        copy = Path(shutil.copy(SAMPLES / f"{name}.html", downloads))
        os.utime(copy, (NOW.timestamp(),) * 2)
    state = folder / "state"
    with Library.open(folder / "data", state=state) as own:
        for name, address in (*LISTED, (PAGE.removesuffix(".html"), SHOWN)):
            page = Page(address, (SAMPLES / f"{name}.html").read_text("utf-8"), fetched_at=NOW)
            own.store(extract(page), page, now=NOW)
        settings = Settings(download_folder=downloads)
        app = AnnotatorApp(own, settings, state=state, now=lambda: NOW)
        async with app.run_test(size=SIZE) as pilot:
            while not app.has_started:
                await pilot.pause()
            await pilot.pause(AT_REST)
            drawn = app.export_screenshot(title="annotator")
    text = _NUMBERED.sub("terminal", _FONT.sub("", drawn))
    (PICTURES / "capture-library.svg").write_text(text, "utf-8")


async def window() -> None:
    """Photograph the window of the bookmark, over a page of another site."""
    handler = partial(Quiet, directory=str(SAMPLES))
    site = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=site.serve_forever, daemon=True).start()
    with running_server() as server:
        bookmark = server.run("serve", "--bookmarklet", "--port", str(server.port)).strip()
        async with browsing() as browser:
            tab = await browser.tab(f"http://127.0.0.1:{site.server_port}/{PAGE}")
            await tab.run(unquote(bookmark.removeprefix("javascript:")), as_user=True)
            opened = await browser.find("/clip")
            await opened.until("!document.getElementById('buttons').hidden")
            # The sample is not at its address, which the window would show.
            await opened.run(f"document.getElementById('address').textContent = '{SHOWN}'")
            (PICTURES / "capture-bookmark.png").write_bytes(await opened.picture(560, 450))
    site.shutdown()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(library(Path(name)))
    asyncio.run(window())
