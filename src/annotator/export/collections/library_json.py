"""Everything that the library holds of articles, as JSON from which it can be restored.

`json` is one object, `jsonl` a line for the library and then one for each article. Both are
made of the same values, `LibraryHead` and `StoredArticle` of `model.library_file`, which
`annotator import` reads. The program's own types are in them, with all of their fields, so
that nothing is lost.

What is not in them: the pages as they were fetched, which `annotator backup` keeps.
"""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from annotator.codec import encode
from annotator.errors import InvalidInput
from annotator.export.collection import ArticleHistory, CollectedArticle, Collection
from annotator.export.exporters import Exporter
from annotator.model import Anchored, AnchoredMark
from annotator.model.library_file import FoundAt, LibraryHead, StoredArticle, StoredMark


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
    history = article.history or ArticleHistory()
    if article.extraction is None:
        raise InvalidInput("An article without its text cannot be exported as JSON.")
    return StoredArticle(
        record=article.record,
        extraction=article.extraction,
        marks=[
            StoredMark(mark.annotation, _found(mark), history.reviews.get(mark.annotation.id))
            for mark in article.marks
        ],
        deleted={key: mark.removed for key, mark in history.deleted.items()},
        deleted_edits={key: list(mark.edits) for key, mark in history.deleted.items()},
        reading=history.reading,
        places=history.places,
        earlier=history.earlier,
    )


def _values(collection: Collection) -> Iterable[LibraryHead | StoredArticle]:
    yield _head(collection)
    yield from map(stored, collection.articles)


def _head(collection: Collection) -> LibraryHead:
    return LibraryHead(tag_colours=collection.tag_colours, saved_queries=collection.saved_queries)


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
