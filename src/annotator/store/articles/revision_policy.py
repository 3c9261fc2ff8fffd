"""Whether a newly fetched copy of an article is better than the one that is kept."""

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Access, ArticleRecord, Extraction

Outcome = Literal["added", "unchanged", "revised", "worse"]

_NO_ARTICLE = 1
_RANK: dict[Access, int] = {
    "error_page": 0,
    "consent_wall": _NO_ARTICLE,
    "no_article": _NO_ARTICLE,
    "paywalled": 2,
    "partial": 2,
    "full": 3,
}


class Kept(Struct, frozen=True):
    """An article's record, and what keeping a copy of it came to."""

    record: ArticleRecord
    outcome: Outcome


def first_record(extraction: Extraction, *, now: datetime) -> ArticleRecord:
    """Return the record of an article that is new to the library."""
    article = extraction.article
    bare = ArticleRecord(article.id, article.url, article.title, added=now)
    return with_version(_described(bare, extraction), extraction, now=now)


def compare(record: ArticleRecord, extraction: Extraction) -> Outcome:
    """Tell what keeping another copy of the article comes to.

    Worse is a copy with less access, or with less than half of the words; but
    a wall or an error page gives way to any article.
    """
    old, new = _RANK[record.access], _RANK[extraction.completeness.access]
    if extraction.article.revision == record.revision:
        return "unchanged"
    is_shorter = extraction.article.word_count * 2 < record.word_count
    if new < old or (is_shorter and not old <= _NO_ARTICLE < new):
        return "worse"
    return "revised"


def is_refreshing(record: ArticleRecord, extraction: Extraction) -> bool:
    """Tell whether a copy with the same text may bring its metadata."""
    return _RANK[extraction.completeness.access] >= _RANK[record.access]


def with_copy(
    record: ArticleRecord, extraction: Extraction, outcome: Outcome, *, now: datetime
) -> ArticleRecord:
    """Return the record once the copy is kept; the very same if nothing changed."""
    if outcome == "worse":
        return _changed(record, _with_revision(record, extraction), now=now)
    described = _described(record, extraction)
    if outcome == "unchanged":
        return _changed(record, described if is_refreshing(record, extraction) else record, now=now)
    return with_version(described, extraction, now=now)


def _described(record: ArticleRecord, extraction: Extraction) -> ArticleRecord:
    """Let the copy's metadata, where it has any, take the place of the record's."""
    article = extraction.article
    return replace(
        record,
        url=article.url or record.url,
        title=article.title or record.title,
        byline=article.byline or record.byline,
        site_name=article.site_name or record.site_name,
        published=article.published or record.published,
        language=article.language or record.language,
        excerpt=article.excerpt or record.excerpt,
        access=extraction.completeness.access,
    )


def with_version(record: ArticleRecord, extraction: Extraction, *, now: datetime) -> ArticleRecord:
    """Return the record with this version as the current one."""
    article = extraction.article
    return replace(
        _with_revision(record, extraction),
        revision=article.revision,
        word_count=article.word_count,
        minutes=article.minutes,
        modified=now,
    )


def _with_revision(record: ArticleRecord, extraction: Extraction) -> ArticleRecord:
    revision = extraction.article.revision
    if revision in record.revisions:
        return record
    return replace(record, revisions=(*record.revisions, revision))


def _changed(before: ArticleRecord, after: ArticleRecord, *, now: datetime) -> ArticleRecord:
    return before if after == before else replace(after, modified=now)
