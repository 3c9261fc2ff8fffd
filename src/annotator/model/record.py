"""What a list of articles shows, without opening any of them."""

from datetime import UTC, datetime

from msgspec import Struct

from annotator.model.vocabulary import Access, ReadState

_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)  # of what was never kept


class ArticleRecord(Struct, frozen=True):
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
    added: datetime = _NO_MOMENT
    modified: datetime = _NO_MOMENT
