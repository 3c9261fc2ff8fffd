"""The cost of a library as it grows, compared with plain TinyDB, which keeps it in one file.

`python benchmarks bench_library [ARTICLES...]`; each article has 600 words
and 10 marks. Medians in milliseconds: of wall-clock time for what waits for the
disk, otherwise of processor time.
"""

import asyncio
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TypedDict
from unittest.mock import patch

from tinydb import TinyDB, where
from tinydb.queries import QueryInstance
from tinydb.table import Table

from annotator.codec import to_plain
from annotator.model import (
    Annotation,
    Article,
    Block,
    Extraction,
    Page,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from annotator.model.identity import id_of_url
from annotator.model.query_parser import parse
from annotator.store import Library, new_id, questions
from annotator.store.disk import files
from annotator.usecases.articles.add import add
from annotator.usecases.articles.refresh import refresh

SIZES = (100, 1_000, 10_000)
MARKS = 10
PARAGRAPHS, PARAGRAPH_WORDS = 10, 60
VOCABULARY = 20_000
COMMON, RARE = "w0007", "w1234"  # in most articles, and in one of fifteen
RUNS = 9
AGE = 3600  # seconds
NOW = datetime(2026, 3, 14, tzinfo=UTC)
FILE_BYTES = 8_000  # of an article's file
BUDGETS = {"write a mark": 3}
STAMP = '"1"'
PAGE = Path(__file__).parents[2] / "sample_articles" / "opinion--metered.html"


class Folders(TypedDict):
    """Where a library is apart from its files."""

    state: Path
    cache: Path


@dataclass(frozen=True)
class Case:
    """A line of the table."""

    name: str
    ours: float
    theirs: float | None = None
    note: str = ""


def main() -> None:
    """Print a table for each size."""
    for size in tuple(map(int, sys.argv[1:])) or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(f"\n{size:,} articles, {size * MARKS:,} marks    annotator   TinyDB   ratio")
            for case in measure(Path(folder), size):
                print(line(case))


def line(case: Case) -> str:
    """Return a line of the table."""
    budget = BUDGETS.get(case.name)
    theirs = f"{case.theirs:9.1f}{case.theirs / case.ours:8.1f}" if case.theirs else " " * 17
    note = case.note or (f"budget {budget}" if budget else "")
    return f"{case.name:32}{case.ours:9.1f}{theirs}   {note}".rstrip()


def measure(folder: Path, size: int) -> Iterator[Case]:
    """Fill both libraries, and yield the cost of each task."""
    folders: Folders = {"state": folder / "state", "cache": folder / "cache"}
    made = [make_article(number) for number in range(size)]
    article = made[size // 2]
    with Library.open(folder / "data", state=folder / "state") as library, unsynced():
        for number, each in enumerate(made):
            now = NOW + timedelta(minutes=number)
            library.store(Extraction(each), Page(each.url, "<p>"), now=now)
            library.put([make_mark(each, at) for at in range(MARKS)])
    settle(folder / "data")
    database = fill_tinydb(folder / "tinydb.json", made)
    with Library.open(folder / "data", **folders) as library:
        yield Case("index all, lists only", once(library.records))
        yield Case(
            "index all, with words",
            once(lambda: library.ask(questions.search.search(parse(COMMON), limit=20))),
        )
    yield from measure_program(folder, folders)
    with Library.open(folder / "data", **folders) as library:
        yield from measure_library(library, article, database)


def measure_program(folder: Path, folders: Folders) -> Iterator[Case]:
    """Yield the cost of opening the library and listing it."""

    def start() -> None:
        with Library.open(folder / "data", **folders) as library:
            library.records()

    def start_theirs() -> None:
        with TinyDB(folder / "tinydb.json") as opened:
            opened.table("articles").all()

    yield Case("open and list", spent(start), spent(start_theirs, 3))


def measure_library(library: Library, article: Article, database: TinyDB) -> Iterator[Case]:
    """Yield the costs of writing a mark, of lists, and of searches."""
    articles, marks = database.table("articles"), database.table("marks")
    wall = time.perf_counter
    yield Case(
        "write a mark",
        spent(lambda: library.put([make_mark(article, 0)]), 50, wall),
        spent(lambda: marks.insert(to_plain(make_mark(article, 0))), 3, wall),
    )
    yield Case(
        "  of which the disk",
        spent(lambda: files.replace(library.folder / "same-size", bytes(FILE_BYTES)), 50, wall),
    )
    yield Case("list articles", spent(library.records), spent(articles.all, 3))
    tagged = where("tags").test(lambda tags: "tag-7" in tags)
    yield Case(
        "marks with a tag",
        spent(lambda: library.ask(questions.marks.find_marks(parse("tag:tag-7")))),
        spent(lambda: search_uncached(marks, tagged), 3),
    )
    mark_id = library.article(article.id).annotations()[0].id
    yield Case(
        "one mark by its id",
        spent(lambda: library.annotation(mark_id)),
        spent(lambda: search_uncached(marks, where("id") == mark_id), 3),
    )
    in_text = where("text").test(lambda text: f" {RARE} " in text)
    yield Case(
        "search a rare word",
        spent(lambda: library.ask(questions.search.search(parse(RARE), limit=20))),
        spent(lambda: search_uncached(articles, in_text), 3),
    )
    yield Case(
        "search a common word",
        spent(lambda: library.ask(questions.search.search(parse(COMMON), limit=20))),
    )
    yield Case(
        "  of which the scan",
        spent(lambda: library.ask(questions.marks.find_marks(parse("tag:no")))),
    )
    yield Case("refresh, unchanged", refresh_time(library), note="with the server's answer")


def refresh_time(library: Library) -> float:
    """Return the milliseconds of refreshing an article that has not changed."""
    with serve(PAGE.read_bytes()) as url:
        added = asyncio.run(add(library, url, now=NOW))
        asked = [refresh(library, added.record.id, now=NOW) for _ in range(RUNS)]
        return spent(lambda: asyncio.run(asked.pop()), RUNS, time.perf_counter)


@contextmanager
def serve(page: bytes) -> Iterator[str]:
    """Serve a page with an ETag on the loopback address, and give its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_known = self.headers["If-None-Match"] == STAMP
            self.send_response(304 if is_known else 200)
            self.send_header("ETag", STAMP)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", "0" if is_known else str(len(page)))
            self.end_headers()
            self.wfile.write(b"" if is_known else page)

        def log_message(self, *_arguments: object) -> None:
            """Print nothing but the table."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/story"
        server.shutdown()


def search_uncached(table: Table, condition: QueryInstance) -> None:
    """Search without TinyDB's cache of answers, which a new process does not have."""
    table.clear_cache()
    table.search(condition)


def make_article(number: int) -> Article:
    """Return an article with words as frequent as in a language."""
    chance = random.Random(number)
    blocks = tuple(Block("paragraph", make_paragraph(chance)) for _ in range(PARAGRAPHS))
    url = f"https://site{number % 50}.example.org/story/{number}"
    title = f"Story {number} of many"
    return Article(id_of_url(url), url, title, site_name="Example", blocks=blocks)


def make_paragraph(chance: random.Random) -> str:
    """Return words of which a few make up half of the text, and most are rare."""
    return " ".join(f"w{int(VOCABULARY ** chance.random()):04}" for _ in range(PARAGRAPH_WORDS))


def make_mark(article: Article, at: int) -> Annotation:
    """Return a mark in a paragraph."""
    start = article.starts[at % PARAGRAPHS]
    quote = TextQuoteSelector(article.text[start : start + 89], "", article.text[start + 89 :][:32])
    target = Target(quote, TextPositionSelector(start, start + 89), 1, article.revision)
    tags = (f"tag-{hash((start, len(article.text))) % 100}",)
    return Annotation(new_id(), article.id, target, "claim", tags, "By whom?", created=NOW)


def fill_tinydb(path: Path, made: Sequence[Article]) -> TinyDB:
    """Write the same articles, texts included, into one file of TinyDB."""
    database = TinyDB(path)
    texts = [{"id": each.id, "title": each.title, "text": each.text} for each in made]
    database.table("articles").insert_multiple(texts)
    marks = [to_plain(make_mark(each, at)) for each in made for at in range(MARKS)]
    database.table("marks").insert_multiple(marks)
    return database


@contextmanager
def unsynced() -> Iterator[None]:
    """Fill the library without waiting for the disk at each of thousands of files."""
    with patch("os.fsync"):
        yield


def settle(folder: Path) -> None:
    """Make the files look old, as most files of a library are."""
    for path in folder.rglob("annotations.json"):
        os.utime(path, (NOW.timestamp(), path.stat().st_mtime - AGE))


def once(action: Callable[[], object]) -> float:
    """Return the milliseconds of an action that can be done only once."""
    return spent(action, 1)


def spent(
    action: Callable[[], object], runs: int = RUNS, clock: Callable[[], float] = time.process_time
) -> float:
    """Return the median milliseconds of an action."""
    times = []
    for _ in range(runs):
        before = clock()
        action()
        times.append(clock() - before)
    return median(times) * 1000


if __name__ == "__main__":
    main()
