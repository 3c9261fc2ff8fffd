"""The answers to questions about all articles, as light tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from annotator.model import Annotation, ArticleRecord
    from annotator.model.vocabulary import MarkGrouping, MarkOrder


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


class MarkAge(NamedTuple):
    """The facts that decide when a mark is reviewed; `status` is empty if it claims nothing."""

    id: str
    kind: str
    status: str
    made: datetime


class Uses(NamedTuple):
    """The number of marks and articles of one kind, with one tag, or the like."""

    name: str
    marks: int
    articles: int = 0


class Activity(NamedTuple):
    """The numbers added, finished and marked in each part of a period, and in all of it by name.

    `first` is when the first article was added or the first mark made. `finished_some_day`
    counts the articles that are read, but not known since when.
    """

    first: datetime | None
    added: tuple[int, ...]
    finished: tuple[int, ...]
    marked: tuple[int, ...]
    finished_some_day: int
    sites: tuple[Uses, ...]
    tags: tuple[Uses, ...]
    speakers: tuple[Uses, ...]
    statuses: tuple[Uses, ...]
    kinds: tuple[Uses, ...]


class TagSpelling(NamedTuple):
    """A tag as it is spelled; `key` is the same for all of its spellings."""

    name: str
    key: str
    uses: int
    last_used: datetime


class MarkView(NamedTuple):
    """A way to look at the marks: their groups, and their order in each group."""

    grouping: MarkGrouping = "article"
    order: MarkOrder = "place"
    is_reversed: bool = False
