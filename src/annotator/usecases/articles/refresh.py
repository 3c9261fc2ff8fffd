"""Refreshing articles: fetch their pages again, and clean saved pages by newer rules.

Every revision is kept. A copy with less text never becomes the current one.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace as replace_in
from datetime import datetime
from typing import Literal
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
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions
from annotator.fetch.options import OF_A_FILE
from annotator.fetch.private_networks import is_local_address
from annotator.model import ArticleRecord, Document, Extraction, Original, Page
from annotator.model.document import TITLE
from annotator.model.extraction import EXTRACTOR
from annotator.model.identity import id_of_url, is_web_address
from annotator.model.multipart import is_joined
from annotator.store import Library
from annotator.store.articles.revision_policy import compare
from annotator.usecases.articles.add import NAMED_BY_FILE, as_named, with_parts
from annotator.usecases.articles.changes import ArticleChanges, Version, new_changes
from annotator.usecases.articles.jobs import Hosts, do_all
from annotator.usecases.articles.overrides import overrides_of
from annotator.usecases.articles.sites import note_choice, options_for, site_lines, visit
from annotator.usecases.articles.sources import Source
from annotator.usecases.sandbox.clean import clean, unpack

RefreshOutcome = Literal["unchanged", "revised", "recleaned", "kept", "gone", "no-url"]

_EXPLANATIONS: dict[RefreshOutcome, str] = {
    "kept": "The page has less text now, so your saved copy was kept.",
    "no-url": "It has no URL, so it can't be refreshed.",
    "recleaned": "It is cleaned better now; the page is the same.",
}
_GONE = frozenset({404, 410})


class Refreshed(Struct, frozen=True):
    """The result of refreshing an article.

    Its page was `unchanged`; had another text (`revised`); had the same text,
    which is now cleaned better (`recleaned`); had less text than the saved copy
    (`kept`); no longer exists (`gone`, and `reason` says how that is known); or
    the article has no source to go back to (`no-url`). A new current revision
    comes with its `changes`; of the marks only those that are new.
    """

    record: ArticleRecord
    outcome: RefreshOutcome
    reason: str = ""
    changes: ArticleChanges | None = None

    @property
    def explanation(self) -> str:
        """Sentences that explain the outcome; empty if it needs none."""
        return self.reason or _EXPLANATIONS.get(self.outcome, "")


class RefreshAttempt(Struct, frozen=True):
    """The result of refreshing one of several articles: an outcome or an error."""

    record: ArticleRecord
    refreshed: Refreshed | None = None
    error: AnnotatorError | None = None


RefreshOperation = Callable[[Library, str], Awaitable[Refreshed]]


async def refresh(
    library: Library,
    article_id: str,
    *,
    now: datetime,
    options: FetchOptions | None = None,
    hosts: Hosts | None = None,
    password: str = "",
) -> Refreshed:
    """Fetch an article again from its source, and store the page if it has changed.

    `hosts` are those that others ask at the same time; `password` opens a locked document.
    An article that older rules extracted is extracted again from the saved page before
    the new one is compared, so that changes of the page are not mixed with changes of
    the rules. Nothing is stored if the source can't be reached.
    """
    options = options or DEFAULT_OPTIONS
    record = library.article(article_id).record()
    saved = _SavedArticle(library, record, now).page()
    page = gone = None
    chosen, options = options.renders, options_for(library, record.url, options)
    try:
        page = await _fetch_page(record.url, saved, options, hosts)
        page = replace(page, password=password) if isinstance(page, Document) else page
    except FetchError as error:
        if not _is_gone(error):
            raise
        gone = error.message
    if page:
        await asyncio.to_thread(note_choice, library, record.url, page, chosen=chosen)
    recleaned = Refreshed(record, "unchanged")
    with suppress(CleaningError, DamagedFile):  # the page as it is now may do better
        recleaned = await reclean(library, article_id, now=now)
    article = _SavedArticle(library, recleaned.record, now)
    fetched = article.gone(gone) if gone else await _compared(article, saved, page, options)
    if fetched.outcome in {"unchanged", "no-url"} and recleaned.outcome != "unchanged":
        return recleaned
    return fetched if fetched.changes else replace(fetched, changes=recleaned.changes)


async def reclean(library: Library, article_id: str, *, now: datetime) -> Refreshed:
    """Extract an article again from its saved page if older rules extracted it.

    Choices about passages that were made on another machine come into effect as well.
    """
    record = library.article(article_id).record()
    article = _SavedArticle(library, record, now)
    saved = article.extraction()
    choices = await asyncio.to_thread(overrides_of, library, article_id)
    # A library may come from a computer with newer rules.
    are_newer = _numbers(EXTRACTOR) > _numbers(saved.extractor)
    if not are_newer and choices == saved.choices:
        return Refreshed(record, "unchanged")
    page = library.article(article_id).page(record.revision)
    repeated = await asyncio.to_thread(site_lines, library, page.url, article_id)
    cleaned = await clean(page, choices=choices, repeated=repeated)
    access = cleaned.completeness.access
    if access == "partial" and record.access == "full":
        # The page is the same: newer rules give it another label, not the site less text.
        labelled = library.article(article_id).update
        await asyncio.to_thread(labelled, lambda saved: replace(saved, access=access))
    stored = await article.store(cleaned, page)
    return replace(stored, outcome="recleaned") if stored.outcome == "revised" else stored


async def refresh_all(
    library: Library,
    records: Sequence[ArticleRecord],
    operation: RefreshOperation,
    *,
    report: Callable[[RefreshAttempt], None],
    hosts: Hosts | None = None,
) -> tuple[RefreshAttempt, ...]:
    """Refresh each article, several in parallel, and go on after one that fails.

    `operation` is `refresh` or `reclean` with their other arguments filled in, of which
    `hosts` is given here as well. `report` is called with each attempt as soon as it is done;
    the result is in the order of `records`.
    """
    limits = hosts or Hosts()
    attempts: dict[str, RefreshAttempt] = {}

    async def attempt(record: ArticleRecord) -> None:
        async with limits.slot(Source(record.url).host):
            try:
                done = RefreshAttempt(record, await operation(library, record.id))
            except AnnotatorError as error:
                done = RefreshAttempt(record, error=error)
        attempts[record.id] = done
        report(done)

    await do_all(records, attempt)
    return tuple(attempts[record.id] for record in records)


class _SavedArticle(Struct, frozen=True):
    """An article in the library that may get a new revision."""

    library: Library
    record: ArticleRecord
    now: datetime

    def page(self) -> Original:
        """Return the page of the current revision; an empty one if it is damaged or missing."""
        with suppress(NotInLibrary, DamagedFile):
            return self.library.article(self.record.id).page(self.record.revision)
        return Page(self.record.url, "")

    def extraction(self) -> Extraction:
        """Return the current revision. Raises `DamagedFile`."""
        return self.library.article(self.record.id).extraction(self.record.revision)

    def version(self) -> Version | None:
        """Return the current revision to compare with; `None` if it is damaged or missing."""
        with suppress(NotInLibrary, DamagedFile):
            saved = self.extraction()
            return Version(saved.article, self.page().fetched_at, saved.extractor)
        return None

    def gone(self, reason: str) -> Refreshed:
        return Refreshed(self.record, "gone", reason)

    async def store(self, extraction: Extraction, page: Original) -> Refreshed:
        """Store a copy as a revision of this article, whatever its address and text are now."""
        # In a thread, since a disk may stall and another program may hold the lock.
        return await asyncio.to_thread(self._store, extraction, page)

    def _store(self, extraction: Extraction, page: Original) -> Refreshed:
        article = replace(extraction.article, id=self.record.id, url=self.record.url)
        extraction = replace(extraction, article=article)
        then, now = self.version(), Version(article, page.fetched_at, extraction.extractor)
        record = self.library.article(self.record.id).record()  # raises if it has been removed
        if (
            then
            and is_web_address(page.url)
            and id_of_url(page.url) != id_of_url(record.url)
            and compare_articles(then.article, now.article).is_another_text
            and compare(record, extraction) == "revised"
        ):
            return self.gone(f"{record.url} now leads to another page, {page.url}.")
        stored = self.library.store(extraction, page, now=self.now)
        if stored.outcome != "revised":
            outcome: RefreshOutcome = "kept" if stored.outcome == "kept" else "unchanged"
            return Refreshed(stored.record, outcome)
        if then is None:
            return Refreshed(stored.record, "revised")
        annotations = self.library.article(self.record.id).annotations()
        marks = new_changes(then.article, article, annotations)
        paragraphs = compare_articles(then.article, article)
        changes = ArticleChanges(stored.record, then, now, marks, paragraphs)
        return Refreshed(stored.record, "revised", changes=changes)


async def _compared(
    article: _SavedArticle, saved: Original, page: Original | None, options: FetchOptions
) -> Refreshed:
    """Store the fetched page if it differs from the saved one."""
    url = article.record.url
    if page is None:
        return Refreshed(article.record, "no-url")
    if page is saved:
        return Refreshed(article.record, "unchanged")
    page = await unpack(page)
    if is_local_address(page.url) and not is_web_address(url):  # a file names it
        page = as_named(page, url)
    stays = [pair for pair in saved.headers if pair[0] in (TITLE, NAMED_BY_FILE[0])]
    page = replace(page, headers=(*page.headers, *stays))
    if isinstance(page, Page) and isinstance(saved, Page) and is_joined(saved):
        page = await with_parts(page, options)
    if page.content == saved.content:  # its server may give it another entity tag now
        return await article.store(article.extraction(), page)
    if _is_home_page(page.url) and not _is_home_page(url):
        return article.gone(f"{url} now leads to the site's home page.")
    overrides = overrides_of(article.library, article.record.id)
    repeated = await asyncio.to_thread(site_lines, article.library, page.url, article.record.id)
    cleaned = await clean(page, choices=overrides, repeated=repeated)
    return await article.store(cleaned, page)


async def _fetch_page(
    url: str, saved: Original, options: FetchOptions, hosts: Hosts | None
) -> Original | None:
    """Return the source as it is now; `None` if there is none to go back to."""
    if is_web_address(url):
        if saved.header(NAMED_BY_FILE[0]):
            options = replace_in(options, linked_from=OF_A_FILE)
        if hosts is None:
            return await visit(url, options, saved)
        return await hosts.ask(url, options, lambda limits: visit(url, limits, saved))
    path = fetch.path_of(url)
    return await asyncio.to_thread(fetch.read_file, path) if path else None


def _is_gone(error: FetchError) -> bool:
    if isinstance(error, ServerAnswered):
        return error.status in _GONE
    return isinstance(error.__cause__, FileNotFoundError)


def _is_home_page(url: str) -> bool:
    parts = urlsplit(url)
    return is_web_address(url) and parts.path in {"", "/"} and not parts.query


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
