"""What the index answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from annotator.model import Annotation, ArticleRecord


class Snippet(NamedTuple):
    """The passage that fits best, on one line, and the spans in it that were looked for."""

    text: str = ""
    hits: tuple[tuple[int, int], ...] = ()


class Marked(NamedTuple):
    """A mark with the article that it is on."""

    record: ArticleRecord
    annotation: Annotation


class FoundArticle(NamedTuple):
    """An article that fits, and why."""

    record: ArticleRecord
    snippet: Snippet = Snippet()


class FoundMark(NamedTuple):
    """A mark that fits, and why."""

    record: ArticleRecord
    annotation: Annotation
    snippet: Snippet = Snippet()


class Found(NamedTuple):
    """The best of what fits a query, and how many fit it altogether."""

    articles: tuple[FoundArticle, ...] = ()
    marks: tuple[FoundMark, ...] = ()
    article_count: int = 0
    mark_count: int = 0


class TagSpelling(NamedTuple):
    """A tag as it is spelled, `key` being what it shares with its other spellings."""

    name: str
    key: str
    uses: int
    first_used: datetime
    last_used: datetime
