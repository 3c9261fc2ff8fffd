"""The policy that decides whether a new copy of an article becomes its current revision."""

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from annotator.model import Access, ArticleRecord, Extraction

Outcome = Literal["added", "unchanged", "revised", "kept"]

_NO_ARTICLE = 1
_RANK: dict[Access, int] = {
    "error_page": 0,
    "consent_wall": _NO_ARTICLE,
    "no_article": _NO_ARTICLE,
    "paywalled": 2,
    "partial": 2,
    "full": 3,
}


class StoreResult(Struct, frozen=True):
    """An article's record after a copy was stored, and the outcome."""

    record: ArticleRecord
    outcome: Outcome


def first_record(extraction: Extraction, *, now: datetime) -> ArticleRecord:
    """Return the record of an article that is new to the library."""
    article = extraction.article
    bare = ArticleRecord(article.id, article.url, article.title, added=now)
    return with_current_revision(_with_metadata(bare, extraction), extraction, now=now)


def compare(record: ArticleRecord, extraction: Extraction) -> Outcome:
    """Return the outcome of storing another copy of an article.

    The current revision is kept if the copy gives less access, or has less than half
    of the words. A wall or an error page, however, gives way to any article.
    """
    old, new = _RANK[record.access], _RANK[extraction.completeness.access]
    if extraction.article.revision == record.revision:
        return "unchanged"
    is_shorter = extraction.article.word_count * 2 < record.word_count
    if new < old or (is_shorter and not old <= _NO_ARTICLE < new):
        return "kept"
    return "revised"


def may_update_metadata(record: ArticleRecord, extraction: Extraction) -> bool:
    """Whether a copy with the same text may replace the metadata."""
    return _RANK[extraction.completeness.access] >= _RANK[record.access]


def with_copy(
    record: ArticleRecord, extraction: Extraction, outcome: Outcome, *, now: datetime
) -> ArticleRecord:
    """Return the record after storing the copy; the same object if nothing changed."""
    if outcome == "kept":
        return _modified(record, _with_revision(record, extraction), now=now)
    described = _with_metadata(record, extraction)
    if outcome == "unchanged":
        after = described if may_update_metadata(record, extraction) else record
        return _modified(record, after, now=now)
    return with_current_revision(described, extraction, now=now)


def with_current_revision(
    record: ArticleRecord, extraction: Extraction, *, now: datetime
) -> ArticleRecord:
    """Return the record with this revision as the current one."""
    article = extraction.article
    return replace(
        _with_revision(record, extraction),
        revision=article.revision,
        access=extraction.completeness.access,
        word_count=article.word_count,
        minutes=article.minutes,
        choices=extraction.choices,
        modified=now,
    )


def _with_metadata(record: ArticleRecord, extraction: Extraction) -> ArticleRecord:
    """Return the record with the copy's metadata; values that the copy lacks stay."""
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
        doi=article.doi or record.doi,
        access=extraction.completeness.access,
    )


def _with_revision(record: ArticleRecord, extraction: Extraction) -> ArticleRecord:
    revision = extraction.article.revision
    if revision in record.revisions:
        return record
    return replace(record, revisions=(*record.revisions, revision))


def _modified(before: ArticleRecord, after: ArticleRecord, *, now: datetime) -> ArticleRecord:
    return before if after == before else replace(after, modified=now)
