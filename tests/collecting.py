"""Collections of articles with marks of every sort, for the tests of formats."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from annotator.export.collection import (
    CollectedArticle,
    Collection,
    LinkedMark,
)
from annotator.model import (
    Anchored,
    AnchoredMark,
    Annotation,
    Article,
    ArticleRecord,
    Claim,
    Link,
    Orphan,
    Removal,
    Span,
)
from annotator.model.daily_round import Reviewed
from annotator.model.library_file import FoundAt, Place, Position, StoredArticle, StoredMark
from builders import make_annotation, make_article, make_extraction

MANIFEST = Path(__file__).parents[2] / "shared" / "attacks" / "manifest.json"
OWN = (
    "\x1b]0;title\x07\x1b[31m",
    '"];}\\u0000 </script><!--',
    "a\r\nb\x85c\u2028d\u2029e",
    "\u202eevil\u2066",
    "\ud800",
    "\n\n---\n# heading\n",
)
TEXT = """# The grid

Coal made =2 thirds of the power, "as late as" 1990; it makes little now.

- The price of gas, which doubled, is blamed.
- 電気料金は上がった。

Nobody — not even the operator’s own staff — expects that it will fall 🙂 again.
"""
LATER = datetime(2026, 4, 1, 12, 30, 5, 250_000, tzinfo=UTC)

FULL_CLAIM = Claim(
    statement="Coal was\nmost of it.",
    speaker="Ann Lee, “the operator”",
    said_on="2026-03",
    type="statistic",
    status="disputed",
    confidence="low",
    verdict="=1+1 is not\n\nan answer; \\n neither",
)


def hostile_texts() -> Sequence[str]:
    """Return texts that attack whatever shows them."""
    if not MANIFEST.exists():
        return OWN
    cases = json.loads(MANIFEST.read_text("ascii"))["cases"]
    return (*OWN, *(case["input"] for case in cases if isinstance(case.get("input"), str)))


def record_of(article: Article, **fields: object) -> ArticleRecord:
    """Return the record that the library would hold of an article."""
    return ArticleRecord(
        article.id,
        article.url,
        article.title,
        byline=article.byline,
        site_name=article.site_name,
        published=article.published,
        language=article.language,
        revision=article.revision,
        revisions=(article.revision,),
        **fields,
    )


def varied_marks(article: Article) -> tuple[Annotation, ...]:
    """Return marks with everything that a mark can have, and marks with nothing."""
    first = make_annotation(
        article,
        'Coal made =2 thirds of the power, "as late as" 1990',
        tags=("energy/grid", "コール", "a+b"),
        note="=HYPERLINK(1)\n\nA *note* with, commas; \\n and \\ and 'quotes'.",
        claim=FULL_CLAIM,
        modified=LATER,
    )
    links = (
        Link("supports", first.id, "the same\nsurvey"),
        Link("opposes", "https://example.org/other?a=1&b=2"),
        Link("source-of", "https://example.org/page", is_reversed=True),
        Link("same-as", "01kkmissing"),
    )
    return (
        first,
        make_annotation(article, "=2 thirds", kind="question", note="'=quoted", links=links),
        make_annotation(article, "which doubled, is blamed.\n電気料金", kind="evidence"),
        make_annotation(article, "電気", kind="own kind", tags=("x",), claim=Claim()),
        make_annotation(article, "🙂", kind="highlight", note="-5 °C\nsecond line"),
    )


def placed(marks: Sequence[Annotation], *, lost: int = 0) -> tuple[AnchoredMark, ...]:
    """Return marks at their positions, the last ones `lost`."""
    found = len(marks) - lost
    return (
        *(AnchoredMark(each, Anchored(_span(each))) for each in marks[:found]),
        *(AnchoredMark(each, Orphan()) for each in marks[found:]),
    )


def varied_article(*, number: int = 1, lost: int = 1) -> CollectedArticle:
    """Return an article with varied marks, one of which is lost, and with its history."""
    article = make_article(
        TEXT,
        title=f"@The, “grid” {number}",
        url=f"https://example.org/grid/{number}?q=a",
        byline=("Ann Lee", "Bo Chan"),
        site_name="The Post",
        published="2026-03-01",
        language="en-GB",
    )
    marks = varied_marks(article)
    record = record_of(article, tags=("energy",), state="reading", added=LATER, modified=LATER)
    removal = Removal("lines", "sign-in", "It asks to sign in.", "Sign in", 1, ("a1b2",))
    extraction = make_extraction(article, access="partial", evidence=["a wall"], removals=[removal])
    reviewed = Reviewed(2, date(2026, 5, 1), date(2026, 4, 1))
    return CollectedArticle(
        record=record,
        marks=placed(marks, lost=lost),
        linked={mark.id: LinkedMark(record, mark) for mark in marks[:2]},
        extraction=extraction,
        stored=StoredArticle(
            record=record,
            extraction=extraction,
            marks=[
                StoredMark(marks[0], FoundAt(3, 9, "exact"), reviewed),
                *map(StoredMark, marks[1:]),
            ],
            deleted={"01kkgone": LATER},
            deleted_edits={"01kkgone": []},
            earlier=[make_extraction(make_article("It was shorter."))],
            reading=Position(12, 0.25, 0.5),
            places={"a": Place(4, "grid")},
        ),
    )


def varied_collection(*articles: CollectedArticle) -> Collection:
    """Return a collection of these articles, or of two varied ones."""
    return Collection(
        articles=iter(articles or (varied_article(), varied_article(number=2, lost=0))),
        tag_colours={"energy": "#5fb36a"},
        saved_queries={"To check": "kind:claim status:open"},
    )


def _span(mark: Annotation) -> Span:
    return Span(mark.target.position.start, mark.target.position.end)
