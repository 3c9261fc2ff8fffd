"""The library that the typist reads in: articles of every kind of block, with linked marks."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from annotator.anchoring import describe
from annotator.model import (
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
from annotator.model.identity import id_of_url
from annotator.store import Library, new_id

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
ARTICLES, MARKS = 8, 9  # articles, and marks in each
_KINDS = ("claim", "evidence", "question", "definition", "highlight")
_VERDICTS = ("", "true", "false", "mixed")
_LINKED = range(4)  # the first marks of an article, which lead to another
_CODE = "def sum(values):\n    return values[0] + sum(values[1:])  # " + "long " * 40
_AFTER = {  # paragraphs by number
    3: (
        Block("heading", "Another part", level=3),
        Block("quote", "It is what it is, they said.", quote_depth=1),
    ),
    6: (
        Block("code", _CODE, language="python"),
        *(Block("list_item", f"Point {point}", depth=1) for point in range(4)),
    ),
}
_CHANGED = 3  # every third article has a later text, in which some marks have to be looked for


def write_library(data: Path, state: Path) -> list[str]:
    """Make the library, and return the ids of its articles."""
    with Library.open(data, state=state) as library:
        ids, before = [], ""
        for number in range(ARTICLES):
            article = _article(number)
            page = Page(article.url, f"<p>{article.text}</p>", fetched_at=NOW)
            removals = (
                Removal("residue", "share", "A button to share", "Share this article", 2),
                Removal("residue", "sign_in", "A box to sign in", "Sign in to read on", 5),
            )
            extraction = Extraction(article, removals, Completeness("full"), "1")
            library.store(extraction, page, now=NOW + timedelta(hours=number))
            marks = [*_marks(article, before)]
            before = marks[0].id
            library.put(marks)
            if not number % _CHANGED:
                later = _article(number, edition=1)
                library.store(replace(extraction, article=later), page, now=NOW + timedelta(days=1))
            ids.append(article.id)
    return ids


def _article(number: int, *, edition: int = 0) -> Article:
    url = f"https://example.org/articles/{number}"
    blocks = [Block("heading", f"Part one of {number}", level=2)]
    for at in range(12):
        changed = edition and at % 4 == 1
        words = "Somebody wrote this again." if changed else f"Costs fell by {at} percent."
        blocks += [
            Block("paragraph", f"{words} The mayor of town {number} said so in {2010 + at}.")
        ]
        blocks += _AFTER.get(at, ())
    blocks += [
        Block("paragraph", "最后一段是中文。费用下降了百分之九。"),
        Block("paragraph", "والنهاية هنا."),
    ]
    return Article(
        id_of_url(url), url, f"The story of bridge {number}", language="en", blocks=tuple(blocks)
    )


def _marks(article: Article, other: str) -> Iterator[Annotation]:
    for at in range(MARKS):
        start = article.text.index(f"Costs fell by {at} percent")
        target = describe(
            article.text, Span(start, start + 22).trimmed(article.text), revision=article.revision
        )
        claim = Claim(speaker=f"Mayor {at % 3}", verdict=_VERDICTS[at % 4]) if at % 2 == 0 else None
        yield Annotation(
            new_id(),
            article.id,
            target,
            _KINDS[at % len(_KINDS)] if claim is None else "claim",
            ("costs", f"town/{at % 4}")[: at % 3],
            "A note on it." if at % 3 == 0 else "",
            claim,
            (Link("supports" if at % 2 else "opposes", other),) if other and at in _LINKED else (),
            NOW,
            NOW,
        )
