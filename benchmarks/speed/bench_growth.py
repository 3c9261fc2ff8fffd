"""Whether time grows with the square of what is read: n against 2n, in processor seconds.

Each case is run with n and with twice as much; the median ratio is 2 if time grows evenly, and 4
if it grows with the square. Exits with 1 for a ratio above 3. Small constant costs, such as the
start of Python for a command, make a ratio smaller, so n is large enough to outweigh them.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from annotator.extract import extract
from annotator.model import Article, Block, Extraction, Page
from annotator.model.identity import id_of_url
from annotator.reading.navigation.landmarks import ranked
from annotator.store import Library
from annotator.usecases.exporting.cite import cite

MOST = 3.0  # times the seconds, for twice as much
ROUNDS = 3
NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
URL = "https://example.org/long"

Seconds = Callable[[int], float]


def main() -> int:
    """Measure all cases and print a row for each."""
    print(f"{'case':44}{'n':>10}{'s':>8}{'2n: s':>8}{'ratio':>8}")
    worst = 0.0
    for name, size, seconds in _cases():
        pairs = [(seconds(size), seconds(2 * size)) for _ in range(ROUNDS)]
        ratio = statistics.median(twice / once for once, twice in pairs)
        once, twice = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:44}{size:>10,}{once:>8.2f}{twice:>8.2f}{ratio:>8.2f}", flush=True)
        worst = max(worst, ratio)
    return 1 if worst > MOST else 0


def _cases() -> Iterator[tuple[str, int, Seconds]]:
    yield "rank sentences: a run of apostrophes", 400_000, lambda n: _rank("a'" * (n // 2), "en")
    yield (
        "rank sentences: Chinese without stops",
        400_000,
        lambda n: _rank("费用下降" * (n // 4), "zh"),
    )
    yield "clean: raised numbers in a paragraph", 20_000, _clean_raised
    yield "clean: linked notes", 4_000, _clean_linked
    yield "clean: typed bullets with links", 4_000, _clean_bullets
    yield "clean: a run of digits below a heading", 100_000, _clean_digits
    yield "clean: a paid part by its siblings", 4_000, _clean_paid
    yield "cite: a run of brackets", 40_000, lambda n: _cite("[" * n)
    yield "cite: links that do not end", 40_000, lambda n: _cite("[a](" * (n // 4))
    yield "cite: quotations that do not end", 80_000, lambda n: _cite("“" * n)
    yield "cite: a word as long as a page", 80_000, lambda n: _cite("a." * (n // 2))
    yield "annotator search the: hits in one text", 16_000, _search


def _rank(text: str, language: str) -> float:
    article = Article("1", URL, "A", language=language, blocks=(Block("paragraph", text),))
    return _timed(lambda: ranked(article))


def _clean_raised(count: int) -> float:
    raised = "".join(f"word<sup>{number % 900 + 1}</sup> " for number in range(count))
    notes = "".join(f"<li>Note {number}" for number in range(1, 901))
    return _clean(f"<article><h1>T</h1><p>{raised}</p><h2>Notes</h2><ol>{notes}</ol>")


def _clean_linked(count: int) -> float:
    links = "".join(f"word<sup><a href='#fn{at}'>{at}</a></sup> " for at in range(count))
    notes = "".join(f"<p id=fn{at}>{at} A note." for at in range(count))
    return _clean(f"<article><h1>T</h1><p>{links}</p>{notes}")


def _clean_bullets(count: int) -> float:
    lines = "<br>".join(f"• Number <a href='/{at}'>{at}</a> of them" for at in range(count))
    return _clean(f"<article><h1>T</h1><p>{lines}</p>")


def _clean_digits(count: int) -> float:
    said = "He said to us in the town hall that the number is " + "1," * (count // 2)
    return _clean(f"<article><h1>T</h1><h2>The number</h2><p>{said} or more.</p>")


def _clean_paid(count: int) -> float:
    part = {"isAccessibleForFree": False, "cssSelector": "p ~ p ~ p"}
    data = json.dumps({"@type": "NewsArticle", "hasPart": part})
    text = "".join(f"<p>The mayor said that mill number {at} was idle." for at in range(count))
    return _clean(f"<script type='application/ld+json'>{data}</script><article><h1>T</h1>{text}")


def _clean(html: str) -> float:
    page = Page(URL, html)
    return _timed(lambda: extract(page))


def _cite(draft: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        data, state = Path(folder, "data"), Path(folder, "state")
        with Library.open(data, state=state) as library:
            cite(library, "The vocabulary is loaded.")
            return _timed(lambda: cite(library, draft))


def _search(hits: int) -> float:
    """Return what the command takes in a library with one text of so many hits."""
    with tempfile.TemporaryDirectory() as folder:
        data, state = Path(folder, "data"), Path(folder, "state")
        words = tuple(
            Block("paragraph", "Of the bridge and the river and the town. " * 10)
            for _ in range(hits // 30)
        )
        article = Article(id_of_url(URL), URL, "Long", language="en", blocks=words)
        with Library.open(data / "annotator", state=state / "annotator") as library:
            library.store(Extraction(article), Page(URL, "<p>"), now=NOW)
        environment = {**os.environ, "XDG_DATA_HOME": str(data), "XDG_STATE_HOME": str(state)}
        command = [sys.executable, "-m", "annotator", "search", "the"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
