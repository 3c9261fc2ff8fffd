"""What the index answers with."""

from dataclasses import dataclass
from datetime import datetime

from annotator.model import Annotation, ArticleRecord


@dataclass(frozen=True, slots=True)
class Snippet:
    """The passage that fits best, on one line, and the spans in it that were looked for."""

    text: str = ""
    hits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark with the article that it is on."""

    record: ArticleRecord
    annotation: Annotation


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article that fits, and why."""

    record: ArticleRecord
    snippet: Snippet = Snippet()


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark that fits, and why."""

    record: ArticleRecord
    annotation: Annotation
    snippet: Snippet = Snippet()


@dataclass(frozen=True, slots=True)
class Found:
    """The best of what fits a query, and how many fit it altogether."""

    articles: tuple[FoundArticle, ...] = ()
    marks: tuple[FoundMark, ...] = ()
    article_count: int = 0
    mark_count: int = 0


@dataclass(frozen=True, slots=True)
class TagSpelling:
    """A tag as it is spelled, `key` being what it shares with its other spellings."""

    name: str
    key: str
    count: int
    first_used: datetime
    last_used: datetime
