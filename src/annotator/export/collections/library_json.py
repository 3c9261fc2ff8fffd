"""Everything that the library holds of articles, as JSON from which it can be restored.

`json` is one object, `jsonl` a line for the library and then one for each article. Both are
made of the same values, `LibraryHead` and `StoredArticle` of `model.library_file`, which
`annotator import` reads. The program's own types are in them, with all of their fields, so
that nothing is lost.

What is not in them: the pages as they were fetched, which `annotator backup` keeps.
"""

from collections.abc import Iterator
from itertools import chain

import msgspec

from annotator.codec import encode
from annotator.errors import InvalidInput
from annotator.export.collection import Collection
from annotator.model.library_file import LibraryHead, StoredArticle


def write_json(collection: Collection) -> Iterator[str]:
    """Yield a JSON object with the library's values and a list of its articles."""
    head = encode(_head(collection)).decode().removesuffix("\n}\n")
    yield f'{head},\n  "articles": ['
    gap = "\n"
    for article in _stored(collection):
        yield gap + encode(article).decode().rstrip("\n")
        gap = ",\n"
    yield "]\n}\n" if gap == "\n" else "\n  ]\n}\n"


def write_json_lines(collection: Collection) -> Iterator[str]:
    """Yield a line for the library, then a line for each article."""
    for value in chain([_head(collection)], _stored(collection)):
        yield f"{msgspec.json.encode(value, order='sorted').decode()}\n"


def _head(collection: Collection) -> LibraryHead:
    return LibraryHead(tag_colours=collection.tag_colours, saved_queries=collection.saved_queries)


def _stored(collection: Collection) -> Iterator[StoredArticle]:
    for article in collection.articles:
        if article.stored is None:
            raise InvalidInput("An article without its text cannot be exported as JSON.")
        yield article.stored
