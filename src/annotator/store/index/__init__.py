"""The derived index of a library, in SQLite: quick answers, that can be made again at any time."""

from annotator.store.index.database import IndexUnavailable
from annotator.store.index.index import FILE_NAME, Index
from annotator.store.index.results import (
    Found,
    FoundArticle,
    FoundMark,
    Marked,
    Snippet,
    TagSpelling,
)
from annotator.store.index.update import Source

__all__ = [
    "FILE_NAME",
    "Found",
    "FoundArticle",
    "FoundMark",
    "Index",
    "IndexUnavailable",
    "Marked",
    "Snippet",
    "Source",
    "TagSpelling",
]
