"""Results of queries to the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from annotator.model import Annotation, ArticleRecord


class Snippet(NamedTuple):
    """The best matching passage, on one line, and the spans of the hits in it."""

    text: str = ""
    hits: tuple[tuple[int, int], ...] = ()


class Marked(NamedTuple):
    """A mark, with the article that it is on."""

    record: ArticleRecord
    annotation: Annotation


class FoundArticle(NamedTuple):
    """An article that matches a search, and the passage that does."""

    record: ArticleRecord
    snippet: Snippet = Snippet()


class FoundMark(NamedTuple):
    """A mark that matches a search, and the passage that does."""

    record: ArticleRecord
    annotation: Annotation
    snippet: Snippet = Snippet()


class Found(NamedTuple):
    """The best matches of a search, and how many there are in total."""

    articles: tuple[FoundArticle, ...] = ()
    marks: tuple[FoundMark, ...] = ()
    article_count: int = 0
    mark_count: int = 0


class TagSpelling(NamedTuple):
    """A tag as it is spelled; `key` is the same for all of its spellings."""

    name: str
    key: str
    uses: int
    first_used: datetime
    last_used: datetime
