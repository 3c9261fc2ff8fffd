"""A source into the library: had, cleaned, and kept with what it was made from."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator import fetch
from annotator.errors import AnnotatorError
from annotator.model import (
    NO_OVERRIDES,
    AlternateVersions,
    ArticleRecord,
    Completeness,
    Extraction,
    Overrides,
    Page,
    tags,
)
from annotator.model.multipart import join
from annotator.model.text import MAX_TEXT
from annotator.store import Library
from annotator.store.articles.revision_policy import Outcome
from annotator.usecases.host_limits import Lanes
from annotator.usecases.overrides import choices_for
from annotator.usecases.sandbox.clean import clean
from annotator.usecases.sources import STANDARD_INPUT, Source
from annotator.usecases.tags import tag_article

if TYPE_CHECKING:
    from annotator.fetch import FetchOptions


class Added(Struct, frozen=True):
    """An article in the library, whether it is new there, and how whole what was had is."""

    record: ArticleRecord
    outcome: Outcome
    completeness: Completeness
    offers: AlternateVersions


class Attempt(Struct, frozen=True):
    """What became of one source among many."""

    source: Source
    added: Added | None = None
    error: AnnotatorError | None = None


async def read_source(
    source: str,
    *,
    url: str = "",
    stdin: bytes | None = None,
    options: "FetchOptions | None" = None,
) -> tuple[Page, Extraction]:
    """Return the page at `source` and what cleaning makes of it, keeping nothing."""
    page = await read_page(Source(source, url, stdin), options)
    return page, await clean(page)


async def read_page(source: Source, options: "FetchOptions | None") -> Page:
    """Return the page at `source`, as it is."""
    url = fetch.check_address(source.url) if source.url else ""
    if source.name == STANDARD_INPUT:
        return fetch.read_bytes(source.stdin or b"", url=url)
    if fetch.looks_like_address(source.name):
        return await fetch.fetch_page(source.name, options=options or fetch.FetchOptions())
    page = await asyncio.to_thread(fetch.read_file, Path(source.name))
    return replace(page, url=url) if url else page


async def add(
    library: Library,
    source: str,
    *,
    url: str = "",
    stdin: bytes | None = None,
    tags: Sequence[str] = (),
    now: datetime,
    options: "FetchOptions | None" = None,
) -> Added:
    """Keep the article at `source`, with `tags`; a better copy that is there already stays."""
    return await _add(library, Source(source, url, stdin), _Terms(_normalised(tags), now, options))


async def add_all(
    library: Library,
    sources: Sequence[Source],
    *,
    tags: Sequence[str] = (),
    now: datetime,
    report: Callable[[Attempt], None],
    options: "FetchOptions | None" = None,
    all_parts: bool = False,
) -> tuple[Attempt, ...]:
    """Keep each of `sources`, eight at once and two a host, and go on after one that fails.

    `report` hears of each attempt in the order of `sources`, as soon as it can.
    Of an article in parts `all_parts` asks for those that follow as well.
    """
    terms, lanes = _Terms(_normalised(tags), now, options, all_parts), Lanes()
    attempts = []
    async with asyncio.TaskGroup() as group:
        running = [group.create_task(_attempt(library, each, terms, lanes)) for each in sources]
        for task in running:
            attempts.append(await task)
            report(attempts[-1])
    return tuple(attempts)


class _Terms(Struct, frozen=True):
    tags: tuple[str, ...]
    now: datetime
    options: "FetchOptions | None"
    all_parts: bool = False


async def _attempt(library: Library, source: Source, terms: _Terms, lanes: Lanes) -> Attempt:
    try:
        async with lanes.to(source.host):
            return Attempt(source, added=await _add(library, source, terms))
    except AnnotatorError as error:
        return Attempt(source, error=error)


async def _add(library: Library, source: Source, terms: _Terms) -> Added:
    page, extraction = await read_source(
        source.name, url=source.url, stdin=source.stdin, options=terms.options
    )
    if terms.all_parts and extraction.offers.following:
        page, extraction = await _with_parts(page, terms)
    choices = await asyncio.to_thread(choices_for, library, extraction.article.id)
    if choices != NO_OVERRIDES:
        extraction = await _as_chosen(page, extraction.article.id, choices)
    return await asyncio.to_thread(_keep, library, page, extraction, terms)


async def _with_parts(page: Page, terms: _Terms) -> tuple[Page, Extraction]:
    page = await with_parts(page, terms.options)
    return page, await clean(page)


async def _as_chosen(page: Page, article_id: str, choices: Overrides) -> Extraction:
    """Clean a page with what its reader chose when it was kept before."""
    extraction = await clean(page, choices=choices)
    return replace(extraction, article=replace(extraction.article, id=article_id))


def _keep(library: Library, page: Page, extraction: Extraction, terms: _Terms) -> Added:
    """Keep what was had; in a thread, since a disk may stall and another program hold the lock."""
    kept = library.store(extraction, page, now=terms.now)
    record = kept.record
    if terms.tags:
        record = tag_article(library, record.id, add=terms.tags, now=terms.now)
    return Added(record, kept.outcome, extraction.completeness, extraction.offers)


def _normalised(names: Sequence[str]) -> tuple[str, ...]:
    return tags.normalise_all(names)


MOST_PARTS = 20


async def with_parts(page: Page, options: "FetchOptions | None" = None) -> Page:
    """Return a page with all the parts that follow it, of the same host, joined below it.

    They end with one that cannot be had or would be too much; it is named in what is returned.
    """
    parts, seen = [page], {page.url}
    following = await _following(page)
    while following and following not in seen and _host(following) == _host(page.url):
        seen.add(following)
        try:
            part = await fetch.fetch_page(following, options=options or fetch.FetchOptions())
            after = await _following(part)
        except AnnotatorError:  # one that cannot be cleaned is as good as missing
            return join(parts, missing=following)
        if _is_too_much(parts, part):
            return join(parts, missing=following)
        if any(part.html == each.html for each in parts):  # a site that shows one for any number
            break
        parts.append(part)
        following = after
    return join(parts)


def _is_too_much(parts: Sequence[Page], part: Page) -> bool:
    is_long = sum(len(each.html) for each in (*parts, part)) > MAX_TEXT
    return is_long or len(parts) == MOST_PARTS


async def _following(page: Page) -> str:
    return (await clean(page)).offers.following


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()
