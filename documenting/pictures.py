"""Takes the pictures for the README: `python -m documenting.pictures`, which `make docs` runs."""

import asyncio
import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from annotator.extract import extract
from annotator.model import Annotation, Claim, Link, Page, Relation, Span
from annotator.settings import Settings
from annotator.store import Library
from annotator.tui.app import AnnotatorApp
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.marks.links import add_link

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_articles"
NOW = datetime(2026, 3, 14, 9, 26, tzinfo=UTC)
SIZE = (104, 30)
AT_REST = 0.5  # seconds

BATTERIES = (
    "opinion--metered",
    "https://www.harbour-review.example/2024/03/cheap-batteries-will-not-build-the-grid/",
    (
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
    ),
)
EELS = (
    "news--newsletter-share-related",
    "https://tidewater-ledger.example/2025/06/eels-return-to-the-marrow/",
    (
        (
            "biologists counted 1,214 of them, most no longer than a pencil",
            Draft("evidence", ("rivers/eels",)),
        ),
        (
            "This spring the eels came back.",
            Draft(
                "claim",
                ("rivers/eels", "dams"),
                "Because of the dam, or would they have come anyway?",
                Claim(
                    statement="Removing the dam brought the eels back.",
                    speaker="Naomi Crewe",
                    said_on="2025-06-02",
                    status="disputed",
                ),
            ),
        ),
        (
            "rivers that still have their dams saw more of them below the walls as well",
            Draft("claim", ("dams",), claim=Claim(status="supported")),
        ),
        (
            "in nine of the rivers they did not rise at all",
            Draft("evidence", ("dams",)),
        ),
    ),
)
# Which marks on the eels support and oppose the claim about the dam, by their numbers.
CLAIM = 1
EVIDENCE: tuple[tuple[int, Relation], ...] = ((0, "supports"), (2, "opposes"), (3, "opposes"))

_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)  # a picture that loads nothing
_NUMBERED = re.compile(r"terminal-\d+")  # a number of what no eye sees, so that it stays


async def reader(library: Library, state: Path) -> str:
    """Return the reader with a marked article, as SVG."""
    marks = _marked(library, *BATTERIES)
    return await _drawn(library, state, "tab", article_id=marks[0].article_id)


async def claims(library: Library, state: Path) -> str:
    """Return the list of claims, at one with evidence for and against, as SVG."""
    _marked(library, *BATTERIES)
    marks = _marked(library, *EELS)
    for number, relation in EVIDENCE:
        add_link(library, marks[number], Link(relation, marks[CLAIM].id), now=NOW)
    return await _drawn(library, state, screen="claims")


async def _drawn(
    library: Library, state: Path, *keys: str, article_id: str | None = None, screen: str = ""
) -> str:
    """Return the program with an article or a screen open, after some keys."""
    app = AnnotatorApp(library, Settings(), article_id=article_id, state=state, now=lambda: NOW)
    async with app.run_test(size=SIZE) as pilot:
        while not app.has_started:
            await pilot.pause()
        if screen:
            await app.screen.run_action(f"screen('{screen}')")
        await pilot.pause(AT_REST)
        await pilot.press(*keys)
        await pilot.pause(AT_REST)
        drawn = app.export_screenshot(title="annotator")
        return _NUMBERED.sub("terminal", _FONT.sub("", drawn))


def _marked(
    library: Library, sample: str, address: str, drafts: Sequence[tuple[str, Draft]]
) -> Sequence[Annotation]:
    """Store a sample article with marks on these words, and return the marks."""
    page = Page(address, (SAMPLES / f"{sample}.html").read_text("utf-8"), fetched_at=NOW)
    extraction = extract(page)
    number = len(library.records())
    library.store(extraction, page, now=NOW + timedelta(minutes=number))  # the later one first
    article, marks = extraction.article, []
    for words, draft in drafts:
        start = article.text.index(words)
        marks.append(mark(library, article, Span(start, start + len(words)), draft, now=NOW))
    return marks


if __name__ == "__main__":
    for take in (reader, claims):
        with tempfile.TemporaryDirectory() as name:
            state = Path(name) / "state"
            with Library.open(Path(name) / "data", state=state) as own:
                drawn = asyncio.run(take(own, state))
        (ROOT / "docs" / "pictures" / f"{take.__name__}.svg").write_text(drawn, encoding="utf-8")
