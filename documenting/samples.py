"""The library of the examples and pictures: a few sample articles, with marks."""

import os
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from annotator.extract import extract
from annotator.model import Annotation, Claim, Link, Page, Relation, Span
from annotator.settings import Folders
from annotator.store import Library
from annotator.usecases.marks.annotate import Draft, mark
from annotator.usecases.marks.links import add_link
from documenting.stage import MINUTES, NOW, page_at

HOME = Path(__file__).with_name("home")

BATTERIES = (
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
PACKS = (
    "https://tarn-institute.example/packs-2025/",
    (
        (
            "It had cost $139 in 2023, and $1,100 in 2010",
            Draft("claim", ("prices",), claim=Claim(speaker="Tarn Institute", said_on="2025-12")),
        ),
        (
            "A battery pack cost $115 for each kilowatt-hour in 2025.",
            Draft("claim", ("energy/storage", "prices")),
        ),
    ),
)
# Which marks on the eels support and oppose the claim about the dam, by their numbers.
CLAIM = 1
EVIDENCE: tuple[tuple[int, Relation], ...] = ((0, "supports"), (2, "opposes"), (3, "opposes"))


def marked(
    library: Library,
    address: str,
    drafts: Sequence[tuple[str, Draft]],
    *,
    now: datetime = NOW,
    apart: timedelta = timedelta(),
) -> Sequence[Annotation]:
    """Store a sample article with marks on these words, and return the marks.

    The first mark is made at `now`, each other one after a time.
    """
    page = Page(address, page_at(address).decode(), fetched_at=now)
    extraction = extract(page)
    number = len(library.records())
    library.store(extraction, page, now=now + timedelta(minutes=number))  # the later one first
    article, marks = extraction.article, []
    for at, (words, draft) in enumerate(drafts):
        start, made = article.text.index(words), now + at * apart
        os.environ[MINUTES] = str(int((made - NOW).total_seconds() // 60))  # which its id tells
        marks.append(mark(library, article, Span(start, start + len(words)), draft, now=made))
    return marks


def fill(library: Library) -> None:
    """Store the articles of the examples with their marks, made over ten days."""
    day = timedelta(days=1)
    marked(library, *PACKS, now=NOW - 9 * day, apart=day)
    marked(library, *BATTERIES, now=NOW - 7 * day, apart=day)
    marks = marked(library, *EELS, now=NOW - 4.5 * day, apart=day)
    for number, relation in EVIDENCE:
        add_link(library, marks[number], Link(relation, marks[CLAIM].id), now=NOW)


def main() -> None:
    """Fill the library of the user, and their home folder."""
    shutil.copytree(HOME, Path.home(), dirs_exist_ok=True)
    folders = Folders.of_user()
    with Library.open(
        folders.data, state=folders.state, cache=folders.cache, author=lambda: "Ann Lee"
    ) as library:
        fill(library)
