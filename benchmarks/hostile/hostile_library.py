"""A library, settings, files and a server in which every text would be obeyed by a terminal.

The texts are kept as they are, as another program may have written them.
"""

import csv
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from msgspec.structs import replace

from annotator.anchoring import describe
from annotator.model import (
    AlternateVersions,
    Annotation,
    Article,
    Block,
    Claim,
    Completeness,
    Extraction,
    Link,
    Page,
    Removal,
    Span,
)
from annotator.model import Mark as Formatting
from annotator.model.feed import Feed, InboxRow
from annotator.model.identity import id_of_url
from annotator.store import (
    FEEDS,
    INBOX,
    PROPOSALS,
    SAVED_QUERIES,
    TAG_COLOURS,
    Library,
    Section,
    new_id,
)
from annotator.store.machine.state_files import FailedAddress
from annotator.usecases.marks.proposals import Proposal

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
SEQUENCES = (  # with the canary of `terminal_bytes` wherever there is room
    *("\x1b]52;c;NzMzMQ==\x07", "\x1b]0;7331\x07", "\x1b]8;;https://7331.example/\x1b\\x"),
    *("\x1bP7331q\x1b\\", "\x1b_G7331\x1b\\", "\x1b[7331m", "\x1b[7331;7331H", "\x1b[?7331h"),
    *("\x9b7331m", "\x9d0;7331\x9c", "\x907331\x9c", "\x1bc", "\x1b[2J", "\x1b[!p", "\x1b(0"),
    *("\x00", "\x07", "\x08", "\x0b", "\x0e", "\x1b", "\x7f", "\x85", "\u2028", "\x1b]52;c;"),
)
UNSEEN = (
    *("\u202e", "\u2066", "\u200b", "\u2060", "\ufeff", "\U000e0041", "\u3164", "\ufdd0"),
    *("\ue0b0", "\U000f0000", "e" + "\u0301" * 60, "\u200d\u200d\u200d", "\ufe0f\ufe0f\ufe0f"),
)
WIDE = "漢字 \U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1eb\U0001f1f7 ｆｕｌｌ"
MARKUP = "[/b][@click=app.quit]x [link=https://7331.example]"
EVIL = f"{''.join(SEQUENCES)}{''.join(UNSEEN)}{WIDE}{MARKUP}"
LONG = "w" * 400
SENTENCES = tuple(
    f"Costs fell by {number} percent {EVIL} in the summer of {2010 + number}."
    for number in range(6)
)
KINDS = ("claim", "evidence", "question", f"kind{EVIL}")


def write_library(data: Path, state: Path, base: str) -> None:
    """Make the library; its articles have addresses that begin with `base`."""
    with Library.open(data, state=state) as library:
        first, marks = None, list[Annotation]()
        for number in range(3):
            article = _article(number, f"{base}/page/{number}")
            _store(library, article)
            more = [*_marks(article, marks)]
            library.put(more)
            marks += more
            first = first or article
        changed = _article(1, f"{base}/page/1", later="Another sentence, written later. " * 20)
        _store(library, changed, later=timedelta(days=1))
        binned = _article(9, f"{base}/page/9")
        _store(library, binned)
        library.trash(binned.id)
        library.catalog.put(SAVED_QUERIES, {f"all {EVIL}": f"note:{EVIL}"}, now=NOW)
        library.catalog.put(SAVED_QUERIES, {f"{LONG}": "has:note"}, now=NOW)
        feed = Feed("https://a.example/feed", NOW, f"Feed{EVIL}", stopped=EVIL)
        now = datetime.now(UTC)  # an older row is not listed
        row = InboxRow("ab12", now, f"Entry{EVIL}", f"https://a.example/{EVIL}", EVIL, NOW, EVIL)
        library.catalog.put(FEEDS, {"ab12": feed}, now=NOW)
        library.catalog.put(INBOX, {"ab12cd": row}, now=NOW)
        proposed = [replace(made, id=new_id(), proposed=f"Program{EVIL}") for made in marks[:3]]
        proposals = {made.id: Proposal(made, f"Why {EVIL}") for made in proposed}
        library.catalog.put(Section(PROPOSALS, Proposal), proposals, now=NOW)
        library.catalog.put(TAG_COLOURS, {f"tag{EVIL}": "#d9534f", "x": EVIL}, now=NOW)
        failed = FailedAddress(f"{base}/{EVIL}", EVIL, EVIL, may_pass=True, first=NOW, last=NOW)
        library.failures.remember(failed)


def _article(number: int, url: str, *, later: str = "") -> Article:
    link = Formatting("link", Span(0, 5), f"https://7331.example/{EVIL}")
    sentences = (later, later, *SENTENCES[2:]) if later else SENTENCES
    known = Formatting("link", Span(0, 5), f"{url}0")
    blocks = (
        Block("paragraph", "There is more of it.", marks=(known,)),
        Block("heading", f"Part {EVIL}", level=2),
        *(Block("paragraph", each, marks=(link,)) for each in sentences),
        Block("paragraph", LONG),
        Block("quote", f"Said {EVIL}", quote_depth=1),
        Block("code", f"code {EVIL}\n\tmore {EVIL}", language=f"python{EVIL}"),
        Block("table", f"Year{EVIL}\tCosts\n2010\t{EVIL}", header_rows=1),
        Block("list_item", f"Item {EVIL}", depth=1, label=EVIL),
        Block(
            "image",
            f"Caption {EVIL}",
            source=f"https://7331.example/{EVIL}.png",
            alternative=f"A picture {EVIL}",
            credit=EVIL,
        ),
        Block("image", "", source="https://7331.example/b.png", alternative=f"Alone {EVIL}"),
        Block("embed", f"Video {EVIL}", source=f"https://7331.example/{EVIL}", label=EVIL),
        Block("footnote", f"Note {EVIL}", label=f"1{EVIL}"),
    )
    return Article(
        id_of_url(url),
        url,
        f"Title {number} {EVIL}",
        (f"Author {EVIL}", EVIL),
        f"Site {EVIL}",
        published=f"2026-01-01{EVIL}",
        modified=EVIL,
        language=f"en{EVIL}",
        excerpt=EVIL,
        lead_image=f"https://7331.example/{EVIL}",
        canonical_url=f"https://7331.example/{EVIL}",
        blocks=blocks,
    )


def _store(library: Library, article: Article, *, later: timedelta = timedelta()) -> None:
    removals = [
        Removal(f"step{EVIL}", f"rule{EVIL}", f"Reason {EVIL}", f"Removed {EVIL}", before=at)
        for at in range(3)
    ]
    offers = AlternateVersions(f"https://7331.example/{EVIL}", 2, amp=EVIL, print_version=EVIL)
    extraction = Extraction(
        article, tuple(removals), Completeness("partial", (EVIL, EVIL)), "1", offers=offers
    )
    page = Page(article.url, f"<p>{EVIL}", fetched_at=NOW, headers=(("x", EVIL),))
    library.store(extraction, page, now=NOW + later)


def _marks(article: Article, others: list[Annotation]) -> Iterator[Annotation]:
    for at, sentence in enumerate(SENTENCES[: len(KINDS)]):
        start = article.text.index(sentence)
        links = [Link("supports", f"https://7331.example/{EVIL}", EVIL)]
        links += [Link("opposes", each.id, f"Why {EVIL}") for each in others[at : at + 1]]
        claim = Claim(speaker=f"Ann {EVIL}", statement=f"Says {EVIL}", verdict=f"No {EVIL}")
        yield Annotation(
            new_id(),
            article.id,
            describe(article.text, Span(start, start + len(sentence)), revision=article.revision),
            KINDS[at],
            (f"tag{EVIL}", f"{LONG}/{EVIL}"),
            f"A note {EVIL}\n{LONG}",
            claim if KINDS[at] == "claim" else None,
            tuple(links),
            NOW,
            NOW,
        )


def write_settings(folder: Path, *, are_right: bool = True) -> None:
    """Write settings in which all that may be text is hostile, and a template of notes.

    Those that are not right have such a text also where a number or a name of something must be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    quoted, said = _toml(EVIL), f"printf %s {_shell(EVIL)}"
    commands = {
        f"A {EVIL[:30]}": ("f9", f"{said}; {said} >&2"),
        f"B {EVIL[:30]}": ("f7", f"{said} >&2; exit 3"),
        "Slow": ("f8", "sleep 9"),
    }
    lines = [
        f"reviewer_name = {_toml(EVIL[:190])}",
        f"export_folder = {_toml(str(folder.parent / 'notes'))}",
        "check_worthy = true" if are_right else f"width = {quoted}\ntheme = {quoted}\n{quoted} = 1",
        f"[[kinds]]\nname = {_toml(f'kind{EVIL[:20]}')}",
        'key = "6"\ncolour = "#d05f9e"\nglyph = "▲"',
    ]
    for name, (key, command) in commands.items():
        lines.append(f'[[commands]]\nname = {_toml(name)}\nkey = "{key}"\nshell = true')
        lines.append(f'what = "article"\ncommand = {_toml(command)}')
    lines.append(f'[import_colours]\n{quoted} = "claim"')
    lines.append(f'[keys]\n{quoted} = {quoted}\n"reader.find" = ["slash", {quoted}]')
    (folder / "settings.toml").write_text("\n".join(lines), "utf-8")
    templates = folder / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "mark.jinja").write_text(f"{{{{ mark.quote }}}} {EVIL}", "utf-8")


def _toml(text: str) -> str:
    """Return a string of TOML in which all but plain letters is escaped."""
    escaped = "".join(
        each if " " <= each <= "~" and each not in '"\\' else f"\\U{ord(each):08x}" for each in text
    )
    return f'"{escaped}"'


def _shell(text: str) -> str:
    return "'" + text.replace("\x00", "").replace("'", "") + "'"


def write_files(folder: Path) -> None:
    """Write files to import, with names that are as hostile as what is in them."""
    folder.mkdir(parents=True, exist_ok=True)
    evil = EVIL.replace("\0", "")  # with which it would be no text
    rows = [["Highlight", "Book Title", "Book Author", "Note", "Tags", "Highlighted at"]]
    rows += [[f"T {evil}", f"Book {evil}", evil, evil, evil, evil], ["", evil, "", evil, "", ""]]
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    items = [{"href": f"no address {EVIL}", "description": EVIL, "toread": EVIL, "time": EVIL}]
    items += [
        {"href": f"https://7331.example/{EVIL}", "description": EVIL, "tags": EVIL, "toread": "no"}
    ]
    (folder / "b.json").write_text(json.dumps(items), "ascii")
    name = "".join(each for each in EVIL if each not in "\x00/")[:60]
    (folder / f"c{name}.html").write_text(f"<title>{EVIL}</title><p>{EVIL} {LONG}", "utf-8")


@contextmanager
def hostile_server() -> Iterator[str]:
    """Serve pages and errors with hostile texts; the value is the address of the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Send a page, or an error."""
        evil = EVIL.translate(dict.fromkeys(map(ord, "\r\n")))
        if self.path.startswith("/page"):
            prose = "".join(f"<p>{each} {'More words of it. ' * 9}</p>" for each in SENTENCES)
            head = f"<title>{EVIL}</title><meta name=author content='{EVIL}'>"
            picture = f"<img src='/a.png' alt='{EVIL}'>"
            body = f"{head}<article><h1>{EVIL}</h1>{prose}{picture}</article>".encode()
            self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\n")
        elif self.path.startswith("/type"):
            body = b"x"
            kind = f"application/{evil}".encode("utf-8", "replace")
            self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: " + kind + b"\r\n")
        elif self.path.startswith("/redirect"):
            body = b""
            where = f"evil:{evil}".encode("utf-8", "replace")
            self.wfile.write(b"HTTP/1.1 302 Found\r\nlocation: " + where + b"\r\n")
        else:
            body = EVIL.encode()
            reason = evil.encode("utf-8", "replace").replace(b"\x00", b"")
            self.wfile.write(b"HTTP/1.1 418 " + reason + b"\r\n")
        self.wfile.write(f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode())
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        """Say nothing."""
