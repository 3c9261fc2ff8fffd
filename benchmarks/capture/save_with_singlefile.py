"""SingleFile itself, in Chromium: from the click to the article, with what it knows of the page.

    python benchmarks save_with_singlefile EXTENSION [--pictures FOLDER]

EXTENSION is the folder of the extension for Chromium, as its authors publish it. It is set up by
its own options, and clicked on as users do.
"""

import argparse
import asyncio
import json
import time
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from browsing import Browser, Tab, browsing
from running_server import PATH, STORY, RunningServer, running_server

PAGES = 5
SETTLING = 0.5  # seconds after a change of the options, which are written and shown again
OPTIONS = "src/ui/pages/options.html"
SCRIPT = (
    "<script>document.querySelector('article').insertAdjacentHTML('beforeend',"
    " '<p>This paragraph was written by a script, when the page was opened, they said.')</script>"
)


class Pages(BaseHTTPRequestHandler):
    """A site with a story at each number; a script writes its last paragraph."""

    def do_GET(self) -> None:
        """Answer with a page."""
        number = self.path.strip("/")
        body = (STORY.format(number, "").partition("-->")[2] + SCRIPT).encode()
        self.send_response(200 if number.isdigit() else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html>" + body if number.isdigit() else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


async def set_up(browser: Browser, server: RunningServer) -> tuple[Tab, Tab]:
    """Fill in the options of the extension; return its worker, and the tab of the options."""
    worker = await browser.find("chrome-extension://", kind="service_worker")
    await worker.until("globalThis.chrome && chrome.runtime")
    root = str(await worker.run("chrome.runtime.getURL('')"))
    options = await browser.tab(root + OPTIONS)
    await options.until("document.getElementById('saveToRestFormApiUrlLabel').textContent")
    values = {
        "saveToRestFormApiUrlInput": f"http://127.0.0.1:{server.port}{PATH}",
        "saveToRestFormApiTokenInput": server.token,
        "saveToRestFormApiFileFieldNameInput": "file",
        "saveToRestFormApiUrlFieldNameInput": "url",
    }
    await options.until("document.getElementById('saveToFilesystemInput').checked")
    await options.run("document.getElementById('saveToRestFormApiInput').click()")
    for name, value in values.items():
        await asyncio.sleep(SETTLING)
        await options.run(
            f"(field => {{ field.value = {json.dumps(value)};"
            " field.dispatchEvent(new Event('input', {bubbles: true}));"
            " field.dispatchEvent(new Event('change', {bubbles: true})) })"
            f"(document.getElementById('{name}'))"
        )
    await asyncio.sleep(SETTLING)
    return worker, options


async def click(worker: Tab, address: str) -> None:
    """Click on the button of the extension in the tab at an address."""
    await worker.run(
        f"chrome.tabs.query({{}}).then(tabs => {{ const tab = tabs.find(tab => tab.url ==="
        f" {address!r}); chrome.action.onClicked.dispatch(tab) }})"
    )


async def measure(extension: Path, pictures: Path | None) -> None:
    """Save some pages, and print what became of them."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    Thread(target=site.serve_forever, daemon=True).start()
    options = (f"--load-extension={extension}", f"--disable-extensions-except={extension}")
    with running_server() as server:
        async with browsing(*options) as browser:
            worker, settings = await set_up(browser, server)
            if pictures:
                await settings.run(
                    "document.querySelectorAll('details').forEach(part => part.open = true);"
                    "document.getElementById('saveToRestFormApiInput').scrollIntoView();"
                    "document.getElementById('saveToRestFormApiUrlInput').value ="
                    f" 'http://127.0.0.1:7741{PATH}'"  # the usual port
                )
                picture = await settings.picture(720, 170, scale=1.5)
                (pictures / "capture-singlefile.png").write_bytes(picture)
            for number in range(PAGES):
                address = f"http://127.0.0.1:{site.server_port}/{number}"
                await (await browser.tab(address)).send("Page.bringToFront")
                began = time.perf_counter()
                await click(worker, address)
                while len(kept(server)) <= number:  # noqa: ASYNC110 - another program writes them
                    await asyncio.sleep(0.01)
                print(f"{time.perf_counter() - began:.2f} s from the click to the article")
        for article in server.articles:
            shown = json.loads(server.run("show", article["id"], "--json"))["article"]
            known = {key: shown[key] for key in ("url", "canonical_url", "byline", "published")}
            is_whole = "written by a script" in json.dumps(shown["blocks"])
            print(article["title"], known, "with what the script wrote:", is_whole)
    site.shutdown()


def kept(server: RunningServer) -> list[Path]:
    """Return the folders of the articles in the library."""
    return list(server.home.glob(".local/share/annotator/articles/*/*"))


def main() -> None:
    """Read the arguments, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("extension", type=Path)
    parser.add_argument("--pictures", type=Path)
    given = parser.parse_args()
    asyncio.run(partial(measure, given.extension.resolve(), given.pictures)())


if __name__ == "__main__":
    main()
