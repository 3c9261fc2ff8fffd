"""What is seen in each film: the articles, the keys, and what is said of them."""

import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from annotator.model import Span
from annotator.settings import Settings
from annotator.store import Library
from annotator.usecases.articles.add import add
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.syncing.sync import set_up, sync
from documenting.films.camera import Camera, Terminal, now
from documenting.films.drawing import Film
from documenting.samples import BATTERIES, EELS, PACKS, marked
from documenting.stage import page_at

COLUMNS = 80
ROWS = 22
LOW = 15  # rows of one of two terminals
_BACK = "This spring the eels came back."
_COUNTED = "biologists counted 1,214 of them, most no longer than a pencil"
_QUICK = "No large piece of the energy system has ever become so much cheaper so quickly."


async def first_minute(home: Path) -> Film:
    """Show the way from an empty library to the first note."""
    camera = Camera()
    terminal = Terminal(camera, "annotator", (COLUMNS, ROWS))
    press, type_ = terminal.press, terminal.type
    settings = Settings(export_folder=Path("~/notes"))
    with _opened(home) as library:
        async with terminal.running(library, home, settings):
            camera.say("Your library: it is empty.", 1.6)
            await press(
                "library.samples",
                words="add three sample articles",
                sees=("3 articles", "Added 3"),
                unseen="list.first",
            )
            await press("list.down", words="go to one about the power grid", times=2, seconds=0.8)
            await press("library.open", words="open it", sees="Storage has become", seconds=2)
            await press("read.page-down", words="turn the page", seconds=1)
            await press("reader.find", words="find a word", seconds=0.6)
            await type_("median", words="in the text")
            await press("enter", words="go there", seconds=0.8)
            await press("view.sentence-mode", words="pick a sentence", seconds=1.6)
            await press("sentence.mark", words="mark it as a claim", seconds=2)
            await press("mark.tags", words="give it a tag", seconds=0.6)
            await type_("energy", words="a word of your own", seconds=0.6)
            await press("enter", words="keep the tag", sees="#energy", seconds=1.2)
            await press("mark.claim", words="say more about the claim", seconds=1.2)
            await press("tab", words="go to its status", times=4, seconds=0.8)
            await press("right", words="choose: disputed", times=3, seconds=1.2)
            await press("enter", words="keep it", unsees="Claim details", seconds=1.4)
            await press("reader.claims", words="list the claims of all articles", seconds=2)
            await press("claims.back", words="back to the article", seconds=0.6)
            await press("reader.export", words="export what you marked", seconds=1.2)
            await press("enter", words="as a note, into this folder", sees="1 new", seconds=1.6)
        terminal.shell("cat ~/notes/*.md", home, words="The note, in Markdown.", seconds=4)
    return Film("The first minute", COLUMNS, camera.frames, still=camera.at("mark it as a claim"))


async def claims(home: Path) -> Film:
    """Show a claim of one article, and what another says for and against it."""
    camera = Camera()
    terminal = Terminal(camera, "annotator", (COLUMNS, ROWS))
    press, type_ = terminal.press, terminal.type
    with _opened(home) as library:
        marked(library, PACKS[0], ())
        marked(library, BATTERIES[0], ((_QUICK, Draft("claim", ("prices",))),))
        async with terminal.running(library, home, Settings()):
            camera.say("Two articles, and a claim in the first.", 1.8)
            await press("library.open", words="open it", sees="Storage has become", seconds=0.8)
            await press("view.next-mark", words="the claim: is it true?", seconds=2.2)
            await press("reader.next", words="the next article has figures", sees="$1,100 in 2010")
            await press("view.sentence-mode", words="pick a sentence", seconds=0.8)
            await press("sentence.down", words="go to the one with the prices", times=3)
            await press("sentence.mark-kind=2", words="mark it as evidence", seconds=1.6)
            await press("mark.link", words="link it to the claim", seconds=1)
            await type_("quickly", words="a word of the claim", sees="No large piece")
            await press("enter", words="it supports the claim", sees="supports", seconds=2)
            await press("sentence.down", words="this speaks against it", times=2)
            await press("sentence.mark-kind=2", words="mark it as evidence too", seconds=1.2)
            await press("mark.link", words="link it to the claim", seconds=1)
            await press("tab", words="choose: it opposes the claim", seconds=1.2)
            await press("enter", words="keep the link", sees="opposes", seconds=1.6)
            await press("reader.claims", words="list the claims of all articles", seconds=1.6)
            await press("list.first", words="go to the claim", seconds=0.8)
            await press("claims.evidence", words="see what supports and opposes it", seconds=2.8)
            await press("evidence.back", words="back to the list", seconds=0.6)
            await press("claims.status", words="judge the claim", seconds=1.4)
            await press("claims.status", words="it is disputed", sees="disputed", seconds=3.4)
    still = camera.at("see what supports and opposes it")
    return Film("Claims and their evidence", COLUMNS, camera.frames, still=still)


async def two_machines(home: Path) -> Film:
    """Show two machines that change one article, and what both have afterwards."""
    camera = Camera()
    laptop = Terminal(camera, "Laptop", (COLUMNS, LOW))
    desk = Terminal(camera, "Desk", (COLUMNS, LOW))
    with _opened(home / "laptop") as here, _opened(home / "desk") as there:
        (one,) = marked(here, EELS[0], ((_BACK, Draft("claim")),))
        for library in (here, there):
            set_up(library, str(home / "hub.git"))
            sync(library, now=now())
        async with (
            laptop.running(here, home / "laptop", Settings(), one),
            desk.running(there, home / "desk", Settings(), one),
        ):
            camera.say("One article with a mark, on two machines.", 2.6)
            await laptop.press(
                "mark.note", words="laptop, offline: a note on the mark", seconds=0.6
            )
            await laptop.type("Because of the dam?", words="laptop, offline: a note on the mark")
            await laptop.press("dialog.keep", words="keep the note", unsees="$EDITOR")
            await desk.press("mark.note", words="desk, offline: another note on it", seconds=0.6)
            await desk.type("Ask Ms Crewe", words="desk, offline: another note on it")
            await desk.press("dialog.keep", words="keep the note", unsees="$EDITOR", seconds=1)
            await desk.press("view.sentence-mode", words="pick a sentence", seconds=0.6)
            await desk.press("sentence.down", words="the next one", seconds=0.6)
            await desk.press("sentence.mark-kind=2", words="mark it as evidence", seconds=1.6)
            await laptop.press("program.sync", words="laptop: sync", sees="Sent: 1", seconds=1.6)
            await desk.press(
                "program.sync",
                words="desk: sync, which joins both",
                sees="below the other",
                seconds=4,
            )
            await laptop.press(
                "program.sync", words="laptop: sync again", sees=("1 changed", "●◆"), seconds=1.6
            )
            await laptop.rest()
            await desk.rest()
            await laptop.press(
                "reader.marks",
                words="laptop: both notes, both marks",
                sees="Ms Crewe / Because",
                seconds=1.6,
            )
            await desk.press(
                "view.leave",
                "reader.marks",
                words="desk: the same",
                sees="Ms Crewe / Because",
                seconds=1.6,
            )
            camera.say("Nothing is lost, and nothing was left to merge.", 4)
    return Film(
        "Two machines change one article", COLUMNS, camera.frames, still=len(camera.frames) - 1
    )


async def reworded(home: Path) -> Film:
    """Show a page that changes after a sentence of it was marked."""
    camera = Camera()
    terminal = Terminal(camera, "annotator", (COLUMNS, ROWS))
    press = terminal.press
    page = page_at(EELS[0])
    with _opened(home) as library, _served(page) as site:
        record = (await add(library, site.address, now=now())).record
        article = library.article(record.id).extraction().article
        start = article.text.index(_COUNTED)
        span = Span(start, start + len(_COUNTED))
        evidence = mark(library, article, span, Draft("evidence"), now=now())
        async with terminal.running(library, home, Settings(), evidence):
            camera.say("A sentence that you have marked.", 2.4)
            site.page = page.replace(b"1,214", b"1,198")
            camera.say("Then the newspaper changes the figure.", 2)
            await press("reader.refresh", words="fetch the page again", sees="reworded", seconds=3)
            await press("reader.changes", words="show what has changed", sees="1,198", seconds=3.4)
            await press(
                "reader.reattach", words="look at each mark that changed", sees="then", seconds=4
            )
            await press(
                "reattach.accept", words="accept the new words", sees="Accepted", seconds=2.4
            )
            await press("reattach.back", words="back to the article", seconds=1)
            await press("reader.leave", words="to the text", seconds=0.8)
            await press(
                "view.next-mark", words="the mark is on the new words", sees="1,198", seconds=4
            )
    return Film(
        "A page was reworded",
        COLUMNS,
        camera.frames,
        still=camera.at("look at each mark that changed"),
    )


def _opened(home: Path) -> Library:
    """Return the library in a folder."""
    return Library.open(
        home / "data", state=home / "state", cache=home / "cache", author=lambda: "Ann"
    )


class Site:
    """A page on a server of this machine."""

    def __init__(self, page: bytes) -> None:
        self.page = page
        self.address = ""


@contextmanager
def _served(page: bytes) -> Iterator[Site]:
    """Serve a page, which may change."""
    site = Site(page)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(site.page)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}/eels"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


FILMS: Mapping[str, Callable[[Path], Coroutine[None, None, Film]]] = {
    "first-minute": first_minute,
    "claims": claims,
    "two-machines": two_machines,
    "reworded": reworded,
}
