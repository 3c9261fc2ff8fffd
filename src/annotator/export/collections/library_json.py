"""Everything that the library holds of articles, as JSON from which it can be restored.

`json` is one object, `jsonl` a line for the library and then one for each article. Both are
made of the same values, `Head` and `StoredArticle`, and can be read with `codec.decode`. The
program's own types are in them, with all of their fields, so that nothing is lost.

What is not in them: the pages as they were fetched, which `annotator backup` keeps.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from annotator.codec import encode
from annotator.errors import InvalidInput
from annotator.export.collection import (
    CollectedArticle,
    Collection,
    History,
    Place,
    Reading,
)
from annotator.export.exporters import Exporter
from annotator.model import Anchored, AnchoredMark, Annotation, ArticleRecord, Extraction
from annotator.model.daily_round import Reviewed
from annotator.model.vocabulary import Fit

FORMAT = "annotator-library"
VERSION = 1  # raise it when a field changes its meaning or is no longer there


class Head(Struct, frozen=True, kw_only=True):
    """The values that belong to the library itself, and the version of the format."""

    format: str = FORMAT
    version: int = VERSION
    tag_colours: Mapping[str, str] = {}
    saved_queries: Mapping[str, str] = {}


class FoundAt(Struct, frozen=True):
    """The place of a mark in the current text, in code points, and whether it moved or changed."""

    start: int
    end: int
    fit: Fit


class StoredMark(Struct, frozen=True):
    """A mark; `found` is None if its words are not in the current text."""

    annotation: Annotation
    found: FoundAt | None = None
    reviewed: Reviewed | None = None


class StoredArticle(Struct, frozen=True, kw_only=True):
    """An article with all that belongs to it. `deleted` are its deleted marks by their ids."""

    record: ArticleRecord
    extraction: Extraction
    marks: Sequence[StoredMark] = ()
    deleted: Mapping[str, datetime] = {}
    reading: Reading | None = None
    places: Mapping[str, Place] = {}
    earlier: Sequence[Extraction] = ()


class Whole(Head, Struct, frozen=True, kw_only=True):
    """A whole file of the format `json`."""

    articles: Sequence[StoredArticle] = ()


def write_json(collection: Collection) -> Iterator[str]:
    """Yield a JSON object with the library's values and a list of its articles."""
    head = encode(_head(collection)).decode().removesuffix("\n}\n")
    yield f'{head},\n  "articles": ['
    gap = "\n"
    for article in collection.articles:
        yield gap + encode(stored(article)).decode().rstrip("\n")
        gap = ",\n"
    yield "]\n}\n" if gap == "\n" else "\n  ]\n}\n"


def write_json_lines(collection: Collection) -> Iterator[str]:
    """Yield a line for the library, then a line for each article."""
    yield from map(_line, _values(collection))


def stored(article: CollectedArticle) -> StoredArticle:
    """Return all that is stored of an article, as one value."""
    history = article.history or History()
    if article.extraction is None:
        raise InvalidInput("An article without its text cannot be exported as JSON.")
    return StoredArticle(
        record=article.record,
        extraction=article.extraction,
        marks=[
            StoredMark(mark.annotation, _found(mark), history.reviews.get(mark.annotation.id))
            for mark in article.marks
        ],
        deleted=history.deleted,
        reading=history.reading,
        places=history.places,
        earlier=history.earlier,
    )


def _values(collection: Collection) -> Iterable[Head | StoredArticle]:
    yield _head(collection)
    yield from map(stored, collection.articles)


def _head(collection: Collection) -> Head:
    return Head(tag_colours=collection.tag_colours, saved_queries=collection.saved_queries)


def _found(mark: AnchoredMark) -> FoundAt | None:
    place = mark.place
    if isinstance(place, Anchored):
        return FoundAt(place.span.start, place.span.end, place.fit)
    return None


def _line(value: Struct) -> str:
    return f"{msgspec.json.encode(value, order='sorted').decode()}\n"


JSON = Exporter(
    name="json", suffix=".json", write_collection=write_json, unit="articles", reads="everything"
)
JSON_LINES = Exporter(
    name="jsonl",
    suffix=".jsonl",
    write_collection=write_json_lines,
    unit="articles",
    reads="everything",
)
