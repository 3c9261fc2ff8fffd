"""Articles that change: each asked for anew, and cleaned anew where the rules got better.

Every version stays; a worse one never takes the place of a better one.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator import fetch
from annotator.diffing.paragraphs import compare_articles
from annotator.errors import (
    AnnotatorError,
    CleaningError,
    DamagedFile,
    FetchError,
    NotInLibrary,
    ServerAnswered,
)
from annotator.model import ArticleRecord, Extraction, Page
from annotator.model.identity import id_of_url, is_web_address
from annotator.model.multipart import is_joined
from annotator.store import Library
from annotator.store.articles.revision_policy import compare
from annotator.usecases.add import with_parts
from annotator.usecases.changes import Changes, Version, news
from annotator.usecases.host_limits import Lanes
from annotator.usecases.overrides import choices_for
from annotator.usecases.sandbox.clean import clean
from annotator.usecases.sources import Source

if TYPE_CHECKING:
    from annotator.fetch import FetchOptions

RefreshOutcome = Literal["unchanged", "revised", "recleaned", "kept", "gone", "no-url"]

_EXPLANATIONS: dict[RefreshOutcome, str] = {
    "kept": "Less is served now than is kept; what is kept stays.",
    "no-url": "It came without an address, so there is nobody to ask.",
    "recleaned": "It is cleaned better now; the page is the same.",
}
_GONE = frozenset({404, 410})


class Refreshed(Struct, frozen=True):
    """What refreshing an article came to.

    Its page was `unchanged`; had another text (`revised`); has no other text
    but is cleaned better (`recleaned`); was less than what is kept (`kept`);
    is there no longer (`gone`, and `reason` says how that is known); or nobody
    knows where the text came from (`unsourced`). A new current version comes
    with its `changes`, of marks only what is new.
    """

    record: ArticleRecord
    outcome: RefreshOutcome
    reason: str = ""
    changes: Changes | None = None

    @property
    def explanation(self) -> str:
        """What a person should know of the outcome, in sentences; empty if it says itself."""
        return self.reason or _EXPLANATIONS.get(self.outcome, "")


class RefreshAttempt(Struct, frozen=True):
    """What became of one article among many."""

    record: ArticleRecord
    refreshed: Refreshed | None = None
    error: AnnotatorError | None = None


RefreshOperation = Callable[[Library, str], Awaitable[Refreshed]]


async def refresh(
    library: Library, article_id: str, *, now: datetime, options: "FetchOptions | None" = None
) -> Refreshed:
    """Ask for an article anew where it was had from, and keep what is served if it has changed.

    What older rules cleaned is cleaned anew first, so that what changed in the
    page is told from what changed in the cleaning.
    """
    cleaned = await _cleaned_anew_if_possible(library, article_id, now=now)
    shelf = _Shelf(library, cleaned.record, now)
    asked = await _asked(shelf, options)
    if asked.outcome in {"unchanged", "no-url"} and cleaned.outcome != "unchanged":
        return cleaned
    return asked if asked.changes else replace(asked, changes=cleaned.changes)


async def reclean(library: Library, article_id: str, *, now: datetime) -> Refreshed:
    """Clean the kept page of an article anew if older rules cleaned it; ask nobody."""
    from annotator.extract import EXTRACTOR

    record = library.record(article_id)
    shelf = _Shelf(library, record, now)
    kept = shelf.kept_extraction()
    if not _is_newer(EXTRACTOR, kept.extractor):
        return Refreshed(record, "unchanged")
    page = library.page(article_id, record.revision)
    found = await shelf.keep(await clean(page, choices=kept.choices), page)
    return replace(found, outcome="recleaned") if found.outcome == "revised" else found


async def refresh_all(
    library: Library,
    records: Sequence[ArticleRecord],
    operation: RefreshOperation,
    *,
    report: Callable[[RefreshAttempt], None],
) -> tuple[RefreshAttempt, ...]:
    """Visit each article, eight at once and two a host, and go on after one that fails.

    `operation` is `refresh` or `reclean` with what else they need. `report` hears
    of each attempt as soon as it is done; the answer is in the order of `records`.
    """
    lanes = Lanes()

    async def attempt(record: ArticleRecord) -> RefreshAttempt:
        async with lanes.to(Source(record.url).host):
            done = await _attempt(library, record, operation)
        report(done)
        return done

    async with asyncio.TaskGroup() as group:
        running = [group.create_task(attempt(record)) for record in records]
    return tuple(task.result() for task in running)


async def _attempt(
    library: Library, record: ArticleRecord, operation: RefreshOperation
) -> RefreshAttempt:
    try:
        return RefreshAttempt(record, await operation(library, record.id))
    except AnnotatorError as error:
        return RefreshAttempt(record, error=error)


class _Shelf(Struct, frozen=True):
    """Where the copies of one article go."""

    library: Library
    record: ArticleRecord
    now: datetime

    def kept_page(self) -> Page:
        """Return the page of the current version; an empty one if it is damaged or gone."""
        with suppress(NotInLibrary, DamagedFile):
            return self.library.page(self.record.id, self.record.revision)
        return Page(self.record.url, "")

    def kept_extraction(self) -> Extraction:
        """Return the current version; raises `DamagedFile`."""
        return self.library.extraction(self.record.id, self.record.revision)

    def kept_version(self) -> Version | None:
        """Return what is compared of the current version; nothing if it is damaged or gone."""
        with suppress(NotInLibrary, DamagedFile):
            kept = self.kept_extraction()
            return Version(kept.article, self.kept_page().fetched_at, kept.extractor)
        return None

    def gone(self, reason: str) -> Refreshed:
        return Refreshed(self.record, "gone", reason)

    async def keep(self, extraction: Extraction, page: Page) -> Refreshed:
        """Keep a copy as one of this article, whatever address or text it has now."""
        # in a thread, since a disk may stall and another program hold the lock
        return await asyncio.to_thread(self._keep, extraction, page)

    def _keep(self, extraction: Extraction, page: Page) -> Refreshed:
        article = replace(extraction.article, id=self.record.id, url=self.record.url)
        extraction = replace(extraction, article=article)
        then, now = self.kept_version(), Version(article, page.fetched_at, extraction.extractor)
        record = self.library.record(self.record.id)  # if it was removed meanwhile, it stays so
        is_elsewhere = then and _is_elsewhere(page, record) and _is_another(then, now)
        if is_elsewhere and compare(record, extraction) == "revised":
            return self.gone(f"{record.url} now leads to another page, {page.url}.")
        kept = self.library.store(extraction, page, now=self.now)
        if kept.outcome != "revised":
            outcome: RefreshOutcome = "kept" if kept.outcome == "kept" else "unchanged"
            return Refreshed(kept.record, outcome)
        changes = self._changes(kept.record, then, now) if then else None
        return Refreshed(kept.record, "revised", changes=changes)

    def _changes(self, record: ArticleRecord, then: Version, now: Version) -> Changes:
        marks = news(then.article, now.article, self.library.annotations(record.id))
        return Changes(record, then, now, marks, compare_articles(then.article, now.article))


async def _cleaned_anew_if_possible(
    library: Library, article_id: str, *, now: datetime
) -> Refreshed:
    record = library.record(article_id)
    with suppress(CleaningError, DamagedFile):  # a copy that is had now may do better
        return await reclean(library, article_id, now=now)
    return Refreshed(record, "unchanged")


async def _asked(shelf: _Shelf, options: "FetchOptions | None") -> Refreshed:
    kept = shelf.kept_page()
    try:
        page = await _page(shelf.record.url, kept, options)
    except FetchError as error:
        if not _is_gone(error):
            raise
        return shelf.gone(error.message)
    if page is None:
        return Refreshed(shelf.record, "no-url")
    if page is kept:
        return Refreshed(shelf.record, "unchanged")
    if is_joined(kept):
        page = await with_parts(page, options)
    if page.html == kept.html:  # whose server may know it by another stamp now
        return await shelf.keep(shelf.kept_extraction(), page)
    if _is_home(page.url) and not _is_home(shelf.record.url):
        return shelf.gone(f"{shelf.record.url} now leads to the site's first page.")
    return await shelf.keep(
        await clean(page, choices=choices_for(shelf.library, shelf.record.id)), page
    )


async def _page(url: str, kept: Page, options: "FetchOptions | None") -> Page | None:
    """Return the source as it is now; nothing if there is none to go back to."""
    if is_web_address(url):
        return await fetch.fetch_again(url, kept=kept, options=options or fetch.FetchOptions())
    path = fetch.path_of(url)
    return await asyncio.to_thread(fetch.read_file, path) if path else None


def _is_gone(error: FetchError) -> bool:
    if isinstance(error, ServerAnswered):
        return error.status in _GONE
    return isinstance(error.__cause__, FileNotFoundError)


def _is_elsewhere(page: Page, record: ArticleRecord) -> bool:
    return is_web_address(page.url) and id_of_url(page.url) != id_of_url(record.url)


def _is_another(then: Version, now: Version) -> bool:
    return compare_articles(then.article, now.article).is_another_text


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return is_web_address(url) and parts.path in {"", "/"} and not parts.query


def _is_newer(ours: str, theirs: str) -> bool:
    """Tell whether rules are newer; a library may come from a machine that has newer ones."""
    return _numbers(ours) > _numbers(theirs)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
