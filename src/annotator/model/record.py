"""What a list of articles shows, without opening any of them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from annotator.model.vocabulary import Access, ReadState


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article in the library: its metadata, its state, and its current revision.

    `revisions` are oldest first; `added` and `modified` are UTC.
    """

    id: str
    url: str
    title: str
    byline: tuple[str, ...] = ()
    site_name: str = ""
    published: str = ""
    language: str = ""
    excerpt: str = ""
    word_count: int = 0
    minutes: int = 1
    access: Access = "full"
    tags: tuple[str, ...] = ()
    state: ReadState = "unread"
    revision: str = ""
    revisions: tuple[str, ...] = ()
    added: datetime = field(default_factory=lambda: datetime(1970, 1, 1, tzinfo=UTC))
    modified: datetime = field(default_factory=lambda: datetime(1970, 1, 1, tzinfo=UTC))
