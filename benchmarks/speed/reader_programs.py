"""The programs that are measured: what they are given to read, and by which keys they do it."""

import html
import os
import random
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from annotator.anchoring import describe
from annotator.model import Annotation, Article, Block, Extraction, Page, Span
from annotator.store import Library, new_id

FIRST = b"Firstword"  # with which every text begins
WORDS_A_PARAGRAPH = 60
NOW = datetime(2026, 3, 14, tzinfo=UTC)
OURS, SMALLEST, MARKDOWN = "annotator", "smallest Textual app", "Markdown widget"
SMALLEST_APP = """
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    def compose(self): yield Static("Firstword")
    def on_key(self, event): self.query_one(Static).update(event.key * 3)
Smallest().run()
"""
MARKDOWN_APP = """
import sys
from pathlib import Path
from textual.app import App
from textual.widgets import MarkdownViewer
class Viewer(App):
    def compose(self):
        yield MarkdownViewer(Path(sys.argv[1]).read_text(), show_table_of_contents=False)
    def on_mount(self): self.query_one(MarkdownViewer).focus()
Viewer().run()
"""
CONTAINER = """<?xml version="1.0"?><container version="1.0"
xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>B</dc:title></metadata>
<manifest><item id="ncx" href="b.ncx" media-type="application/x-dtbncx+xml"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine toc="ncx"><itemref idref="a"/></spine></package>"""
CONTENTS = """<?xml version="1.0"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<navMap><navPoint id="n" playOrder="1"><navLabel><text>A</text></navLabel>
<content src="a.xhtml"/></navPoint></navMap></ncx>"""


@dataclass(frozen=True)
class Keys:
    """What is pressed for a line, a page, the ends, and a mark; nothing where there is none."""

    line: bytes = b"\x1b[B"
    page: bytes = b"\x1b[6~"
    end: bytes = b"\x1b[F"
    home: bytes = b"\x1b[H"
    before_marks: bytes = b""
    mark: bytes = b""
    after_mark: bytes = b""


@dataclass(frozen=True)
class Program:
    """A program, with the words up to which waiting for it makes sense."""

    name: str
    command: Callable[[Path], list[str]]
    keys: Keys = Keys()
    most_words: int = 1_000_000


OUR_KEYS = Keys(b"j", b" ", b"G", b"g", b"gs", b"2", b"j")
PROGRAMS = (
    Program(OURS, lambda at: [sys.executable, "-m", "annotator", "read", _id(at)], OUR_KEYS),
    Program(SMALLEST, lambda _: [sys.executable, "-c", SMALLEST_APP]),
    Program(
        MARKDOWN, lambda at: [sys.executable, "-c", MARKDOWN_APP, f"{at}/a.md"], Keys(), 10_000
    ),
    Program("frogmouth", lambda at: ["frogmouth", f"{at}/a.md"], Keys(), 10_000),
    Program("epy", lambda at: ["epy", f"{at}/a.epub"], Keys(b"j", b" ", b"G", b"g"), 100_000),
    Program("less", lambda at: ["less", f"{at}/a.txt"], Keys(b"j", b" ", b"G", b"g")),
    Program("w3m", lambda at: ["w3m", f"{at}/a.html"], Keys(b"J", b" ", b"G", b"g")),
)


def at_hand(path: str) -> list[Program]:
    """Return the programs that can be run: ours, and those that are installed."""
    return [each for each in PROGRAMS if shutil.which(each.command(Path())[0], path=path)]


def environment(folder: Path, path: str) -> Mapping[str, str]:
    """Return the surroundings of a program whose files are in `folder`."""
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
    homes = {
        f"XDG_{kind}_HOME": str(folder / kind.lower())
        for kind in ("DATA", "STATE", "CACHE", "CONFIG")
    }
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    return {"PATH": path, "HOME": str(folder)} | kept | homes | terminal


def write_all(folder: Path, words: int, marks: int) -> None:
    """Write an article for every program, and keep it in a library with so many marks."""
    article = _article(words)
    texts = [block.text for block in article.blocks]
    (folder / "a.txt").write_text("\n\n".join(texts) + "\n", "utf-8")
    (folder / "a.md").write_text("\n\n".join(texts) + "\n", "utf-8")
    page = f"<html><body>{''.join(f'<p>{html.escape(text)}</p>' for text in texts)}</body></html>"
    (folder / "a.html").write_text(page, "utf-8")
    with zipfile.ZipFile(folder / "a.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("b.opf", PACKAGE)
        book.writestr("b.ncx", CONTENTS)
        book.writestr("a.xhtml", page)
    data, state = folder / "data" / "annotator", folder / "state" / "annotator"
    with Library.open(data, state=state) as library:
        library.store(Extraction(article), Page(article.url, page), now=NOW)
        library.put([_mark(article, span) for span in _spans(article, marks)])
    (folder / "id").write_text(article.id, "ascii")


def _id(folder: Path) -> str:
    path = folder / "id"
    return path.read_text("ascii") if path.exists() else ""


def _article(words: int) -> Article:
    chance = random.Random(7)
    stock = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 11))) for _ in range(5000)]
    blocks = [Block("paragraph", f"{FIRST.decode()} of a long article.")]
    for number in range(max(1, words // WORDS_A_PARAGRAPH)):
        said = " ".join(chance.choices(stock, k=WORDS_A_PARAGRAPH // 3))
        blocks.append(Block("paragraph", " ".join(f"{said.capitalize()}." for _ in range(3))))
        if number % 12 == 0:
            blocks.append(Block("heading", " ".join(chance.choices(stock, k=5)), level=2))
    return Article(f"{words:016x}", "https://example.org/long", "A long one", blocks=tuple(blocks))


def _spans(article: Article, count: int) -> Iterator[Span]:
    step = max(1, len(article.text) // max(1, count))
    starts = range(len(FIRST) + 1, max(0, len(article.text) - 100), step)
    return (Span(at, at + 60).trimmed(article.text) for at in starts[:count])


def _mark(article: Article, span: Span) -> Annotation:
    target = describe(article.text, span, revision=article.revision)
    return Annotation(new_id(), article.id, target, created=NOW, modified=NOW)
