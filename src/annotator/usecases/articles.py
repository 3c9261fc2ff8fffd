"""Finding articles of the library, and what a person does with one as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import AmbiguousId, NotInLibrary
from annotator.model.identity import id_of_url, is_web_address

if TYPE_CHECKING:
    from datetime import datetime

    from annotator.model import Annotation, ArticleRecord, ReadState
    from annotator.model.query import Query
    from annotator.store import Library

    Target = ArticleRecord | Annotation


def articles(library: Library, query: Query | None = None) -> tuple[ArticleRecord, ...]:
    """Return the records of the articles that fit, or all, the latest added first."""
    return library.find_articles(query)


def article_lines(library: Library, query: Query | None = None) -> tuple[str, ...]:
    """Return the articles that fit, or all, as lines of fields, the latest added first."""
    return library.article_lines(query)


def find_article(library: Library, source: str) -> str:
    """Return the id of the article meant by an id, a prefix of it, or its address."""
    if not is_web_address(source):
        return library.resolve(source.strip().lower())
    kept = article_from(library, source)
    if kept is None:
        raise NotInLibrary(f"{source} is not in the library.", "Add it with: annotator add ADDRESS")
    return kept


def find_target(library: Library, source: str) -> Target:
    """Return the article or the mark meant by an id, a prefix of it, or an article's address.

    Raises `NotInLibrary` if it means neither, `AmbiguousId` if it may mean both.
    """
    if is_web_address(source):
        return library.record(find_article(library, source))
    prefix = source.strip().lower()
    article_id, annotation = _article(library, prefix), _annotation(library, prefix)
    if article_id and annotation:
        raise AmbiguousId(f"“{source}” may mean an article or a mark.", "Give more of the id.")
    if annotation:
        return annotation
    if article_id:
        return library.record(article_id)
    raise NotInLibrary(
        f"“{source}” is no article and no mark in the library.",
        "`annotator list` and `annotator notes` show them with their ids.",
    )


def article_from(library: Library, url: str) -> str | None:
    """Return the id of the article that was kept from `url`, if there is one."""
    wanted = id_of_url(url)
    try:
        return library.record(wanted).id
    except NotInLibrary:
        return None


def set_state(
    library: Library, article_id: str, state: ReadState, *, now: datetime
) -> ArticleRecord:
    """Say that the article is unread, being read, read or archived."""
    from msgspec.structs import replace  # here, since lists are made without it

    def change(record: ArticleRecord) -> ArticleRecord:
        return record if record.state == state else replace(record, state=state, modified=now)

    return library.update(article_id, change)


def _article(library: Library, prefix: str) -> str | None:
    try:
        return library.resolve(prefix)
    except NotInLibrary:
        return None


def _annotation(library: Library, prefix: str) -> Annotation | None:
    try:
        return library.annotation(prefix)
    except NotInLibrary:
        return None
