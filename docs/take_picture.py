"""Takes the picture of the reader for the README; `make docs` runs it."""

import asyncio
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from annotator.extract import extract
from annotator.model import Article, Page, Span
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp
from annotator.usecases.marks.annotate import Draft, mark

HERE = Path(__file__).parent
PICTURE = HERE / "reader.svg"
SAMPLE = HERE.parent / "sample_articles" / "opinion--metered.html"
ADDRESS = "https://www.harbour-review.example/2024/03/cheap-batteries-will-not-build-the-grid/"
NOW = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)
SIZE = (104, 30)
AT_REST = 0.5  # seconds

MARKS = (
    (
        "Together they can hold 640 megawatt-hours",
        Draft("claim", ("energy/storage",), "For how many hours?"),
    ),
    ("On 61 of the 90 days between December and February", Draft("evidence", ("energy/grid",))),
    (
        "A pack that cost $1,100 for each kilowatt-hour in 2010 cost $139 last year",
        Draft("claim", ("energy/storage", "prices")),
    ),
    ("Nobody who is paid in this way will ever build one.", Draft("question")),
)

_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # a picture that loads nothing
_NUMBERED = re.compile(r"terminal-\d+")  # a number of what no eye sees, so that it stays


async def picture(folder: Path) -> str:
    """Return the reader with a marked article, as SVG."""
    with Library.open(folder / "data", state=folder / "state") as library:
        article = _kept(library)
        for words, draft in MARKS:
            start = article.text.index(words)
            mark(library, article, Span(start, start + len(words)), draft, now=NOW)
        app = AnnotatorApp(
            library, Settings(), article_id=article.id, state=folder / "state", now=lambda: NOW
        )
        async with app.run_test(size=SIZE) as pilot:
            while not app.has_started:
                await pilot.pause()
            await pilot.press("tab")
            await pilot.pause(AT_REST)
            drawn = app.export_screenshot(title="annotator")
            return _NUMBERED.sub("terminal", _FONT.sub("", drawn))


def _kept(library: Library) -> Article:
    page = Page(ADDRESS, SAMPLE.read_text("utf-8"), fetched_at=NOW)
    extraction = extract(page)
    library.store(extraction, page, now=NOW)
    return extraction.article


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        PICTURE.write_text(asyncio.run(picture(Path(name))), encoding="utf-8")
