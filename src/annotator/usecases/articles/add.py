"""Adding a source to the library: fetch it, extract the article, store both.

A text of the article from elsewhere, such as a feed, takes the place of a page with less of it.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator import fetch
from annotator.errors import (
    AnnotatorError,
    CleaningError,
    FetchError,
    InvalidInput,
    LibraryError,
    NotInLibrary,
)
from annotator.fetch import DEFAULT_OPTIONS, FetchOptions
from annotator.fetch.private_networks import is_local_address
from annotator.model import (
    NO_OVERRIDES,
    AlternateVersions,
    ArticleRecord,
    Completeness,
    Document,
    Extraction,
    Original,
    Page,
)
from annotator.model.document import TEXT_FROM, TITLE
from annotator.model.identity import id_of_url, is_web_address
from annotator.model.multipart import join
from annotator.model.tags import normalise_all
from annotator.model.text import MAX_TEXT, clean_line
from annotator.store import Library
from annotator.store.articles.revision_policy import Outcome, StoreResult
from annotator.usecases.articles.jobs import Hosts, do_all, in_order
from annotator.usecases.articles.lookup import with_doi
from annotator.usecases.articles.new_files import note_seen
from annotator.usecases.articles.overrides import overrides_of
from annotator.usecases.articles.retry import forget_added, remember
from annotator.usecases.articles.sites import note_choice, options_for, site_lines, visit
from annotator.usecases.articles.sources import STANDARD_INPUT, Source, locate
from annotator.usecases.articles.tagging import tag_article
from annotator.usecases.articles.trash import Trashed, copies_in_bin
from annotator.usecases.sandbox.clean import clean, unpack
from annotator.usecases.sandbox.pool import prepare

MAX_PARTS = 20
NAMED_BY_FILE = ("x-address-from", "file")  # a header of what is stored
NOT_TAKEN = "x-address-not-taken"  # a header with the address that a file may not name
MAX_OPENING = 60  # characters of a text that stand for its title

Stage = Literal["fetching", "cleaning"]
FROM_FEED: Final = "The text is from the feed."
_MUCH_MORE: Final = 1.2  # times the words of a page: both count some captions and titles


class AddedArticle(Struct, frozen=True):
    """An article in the library, and how complete the copy is that was fetched now.

    `in_bin` is what the bin has of an article that is new, `same_doi` are others
    that have its DOI, and `not_taken` is the address in the user's own network that its file names.
    """

    record: ArticleRecord
    outcome: Outcome
    completeness: Completeness
    offers: AlternateVersions
    in_bin: Trashed | None = None
    same_doi: tuple[ArticleRecord, ...] = ()
    not_taken: str = ""


class Attempt(Struct, frozen=True):
    """The result of adding one of several sources: an article or an error."""

    source: Source
    added: AddedArticle | None = None
    error: AnnotatorError | None = None


async def read_source(
    source: Source, options: FetchOptions | None = None
) -> tuple[Original, Extraction]:
    """Return what is stored of `source` and the article in it, without storing them."""
    page = await read_page(source, options)
    return page, await clean(page)


async def read_page(
    source: Source, options: FetchOptions | None = None, library: Library | None = None
) -> Original:
    """Return what is stored of `source`: the page, or what is read again of a document.

    While it is fetched, a worker starts to clean it. A file may name an address in a private
    network only if the article there is in `library`.
    """
    original = await _fetched(source, options)
    if isinstance(original, Document):
        original = replace(original, password=source.password)
    unpacked = await unpack(original)
    place = {STANDARD_INPUT: "standard input", fetch.THE_CLIPBOARD: "the clipboard"}
    told = ((TITLE, clean_line(source.title)), (TEXT_FROM, place.get(source.name, "")))
    kept = (*unpacked.headers, *(header for header in told if header[1]))
    unpacked = replace(unpacked, headers=kept)
    is_named = is_web_address(unpacked.url) and not (source.url or source.host)
    if not is_named or (library and await asyncio.to_thread(_is_known, library, unpacked.url)):
        return unpacked
    return as_named(unpacked, _place_of(source))


def _place_of(source: Source) -> str:
    """Return the address of a file itself; empty for what came as bytes."""
    return "" if source.stdin is not None else Path(source.name).resolve().as_uri()


def _is_known(library: Library, url: str) -> bool:
    """Return whether the article at an address in a private network is in the library."""
    return is_local_address(url) and bool(library.fingerprints([id_of_url(url)]))


def as_named(original: Original, place: str) -> Original:
    """Return what is stored of a file at `place` that names its address, with a note of that.

    It may not name one in a private network: its pictures, links and a refresh would lead there.
    """
    if is_local_address(original.url):
        return replace(original, url=place, headers=(*original.headers, (NOT_TAKEN, original.url)))
    return replace(original, headers=(*original.headers, NAMED_BY_FILE))


async def _fetched(source: Source, options: FetchOptions | None) -> Original:
    if not source.name:
        raise InvalidInput("SOURCE is empty.", "Give a URL, a file, or - for standard input.")
    url = fetch.check_address(source.url) if source.url else ""
    if source.name == STANDARD_INPUT or source.stdin is not None:
        name = "" if source.name == STANDARD_INPUT else source.name
        return fetch.read_bytes(source.stdin or b"", url=url, name=name)
    location = locate(source.name)
    if fetch.looks_like_address(location):
        await prepare()
        return await visit(location, options or DEFAULT_OPTIONS)
    original = await asyncio.to_thread(_read_file, Path(location))
    return replace(original, url=url) if url else original


def _read_file(path: Path) -> Original:
    if path.suffix.lower() != ".zip":
        return fetch.read_file(path)
    from annotator.usecases.page_report import open_report  # few files are reports

    return open_report(path)


async def add(
    library: Library,
    source: str | Source,
    *,
    tags: Sequence[str] = (),
    now: datetime,
    options: FetchOptions | None = None,
    hosts: Hosts | None = None,
    report: Callable[[Stage], None] | None = None,
) -> AddedArticle:
    """Add the article at `source` with `tags`. A better copy in the library stays current.

    `hosts` are those that others ask at the same time. `report` is called with each stage when
    it begins.
    """
    named = source if isinstance(source, Source) else Source(source)
    named = replace(named, tags=normalise_all((*named.tags, *tags)))
    try:
        return await _fetch_and_store(
            library, named, now=now, options=options or DEFAULT_OPTIONS, hosts=hosts, report=report
        )
    except AnnotatorError as error:
        if not isinstance(error, LibraryError):  # else the file stays new
            await asyncio.to_thread(note_seen, library, named)
        await asyncio.to_thread(remember, library, named, error, now=now)  # to try it again
        raise


async def add_all(
    library: Library,
    sources: Sequence[Source],
    *,
    tags: Sequence[str] = (),
    now: datetime,
    report: Callable[[Attempt], None],
    options: FetchOptions | None = None,
    all_parts: bool = False,
) -> tuple[Attempt, ...]:
    """Add each of `sources`, several in parallel, and go on after one that fails.

    `report` is called with each attempt in the order of `sources`, as soon as
    possible, and when it is cancelled with those that are done. With `all_parts`,
    the following pages of a split article are added as well.
    """
    hosts = Hosts()
    attempts: dict[int, Attempt] = {}
    reported: list[Attempt] = []

    async def attempt(numbered: tuple[int, Source]) -> None:
        number, source = numbered
        try:
            async with hosts.slot(source.host):
                named = replace(source, all_parts=source.all_parts or all_parts)
                moment = in_order(now, number)
                added = await add(
                    library, named, tags=tags, now=moment, options=options, hosts=hosts
                )
                done = Attempt(source, added=added)
        except AnnotatorError as error:
            done = Attempt(source, error=error)
        attempts[number] = done
        while (following := attempts.get(len(reported))) is not None:
            reported.append(following)
            report(following)

    try:
        await do_all(enumerate(sources), attempt)
    except asyncio.CancelledError:
        for number in sorted(attempts)[len(reported) :]:
            report(attempts[number])
        raise
    return tuple(reported)


async def with_parts(page: Page, options: FetchOptions | None = None) -> Page:
    """Return a page joined with the following pages of a split article, on the same host.

    It ends before a page that cannot be fetched or that would be too much; the
    page returned says which one is missing.
    """
    parts, seen = [page], {page.url}
    following = await _following(page)
    while following and following not in seen and _host(following) == _host(page.url):
        seen.add(following)
        try:
            part = await visit(following, options or DEFAULT_OPTIONS)
            if not isinstance(part, Page):
                break
            after = await _following(part)
        except AnnotatorError:  # a page without an article is as good as missing
            return join(parts, missing=following)
        size = sum(len(fetched.html) for fetched in (*parts, part))
        if size > MAX_TEXT or len(parts) == MAX_PARTS:
            return join(parts, missing=following)
        if any(part.html == earlier.html for earlier in parts):  # the same page for every number
            break
        parts.append(part)
        following = after
    return join(parts)


async def fuller(
    page: Original, extraction: Extraction, instead: Page
) -> tuple[Original, Extraction]:
    """Return the page with its article, or the text from elsewhere if that has more.

    A page that is complete stays, unless it has clearly fewer words.
    """
    try:
        other = await clean(instead)
    except CleaningError:
        return page, extraction
    words = extraction.article.word_count
    is_walled = extraction.completeness.access != "full"
    if other.article.word_count <= words * (1 if is_walled else _MUCH_MORE):
        return page, extraction
    article = replace(other.article, id=extraction.article.id, url=extraction.article.url)
    told = f"The page had fewer words: {words:,}, and the feed has {article.word_count:,}."
    return replace(instead, url=page.url), _told(replace(other, article=article), told)


def in_place_of_page(extraction: Extraction, problem: AnnotatorError) -> Extraction:
    """Return the article of a text from elsewhere, with the reason why the page is not used."""
    return _told(extraction, f"The page could not be read: {problem.message}")


async def _fetch_and_store(
    library: Library,
    source: Source,
    *,
    now: datetime,
    options: FetchOptions,
    hosts: Hosts | None,
    report: Callable[[Stage], None] | None,
) -> AddedArticle:
    begin = report or (lambda _: None)
    chosen, options = options.renders, options_for(library, source.address, options)
    begin("fetching")
    try:
        if hosts is None:
            page = await read_page(source, options, library)
        else:
            read = partial(read_page, source, library=library)
            page = await hosts.ask(source.name, options, read)
        begin("cleaning")
        # The disk may stall and another program hold the lock, so threads wait for them.
        repeated = await asyncio.to_thread(site_lines, library, page.url, id_of_url(page.url))
        extraction = await clean(page, repeated=repeated)
    except (CleaningError, FetchError, InvalidInput) as error:
        if source.instead is None:
            raise
        page, repeated = source.instead, ()
        extraction = in_place_of_page(await clean(page), error)
    else:
        if source.instead is not None:
            page, extraction = await fuller(page, extraction, source.instead)
    if source.all_parts and extraction.offers.following and isinstance(page, Page):
        page = await with_parts(page, options)
        extraction = await clean(page, repeated=repeated)
    article_id = extraction.article.id
    await asyncio.to_thread(note_choice, library, page.url, page, chosen=chosen)
    overrides = await asyncio.to_thread(overrides_of, library, article_id)
    if overrides != NO_OVERRIDES:
        extraction = await clean(page, choices=overrides, repeated=repeated)
        extraction = replace(extraction, article=replace(extraction.article, id=article_id))
    writing = asyncio.create_task(
        asyncio.to_thread(_store, library, source, page, extraction, now=now)
    )
    try:
        return await asyncio.shield(writing)
    except asyncio.CancelledError:  # it is in the library all the same
        return await writing


def _store(
    library: Library, source: Source, page: Original, extraction: Extraction, *, now: datetime
) -> AddedArticle:
    stored = _saved(library, extraction) if source.keeps_saved else None
    stored = stored or library.store(extraction, page, now=now)
    record = stored.record
    if not record.title:
        name = _first_words(extraction.article.text)
        record = library.article(record.id).update(partial(replace, title=name))
    if source.tags:
        record = tag_article(library, record.id, add=source.tags, now=now)
    note_seen(library, source)
    forget_added(library, source)
    is_new = stored.outcome == "added"
    in_bin = copies_in_bin(library, record.id) if is_new else None
    same = with_doi(library, record.known_doi, but=record.id) if is_new else ()
    about = (extraction.completeness, extraction.offers, in_bin, same, page.header(NOT_TAKEN))
    return AddedArticle(record, stored.outcome, *about)


def _saved(library: Library, extraction: Extraction) -> StoreResult | None:
    with suppress(NotInLibrary):
        return StoreResult(library.article(extraction.article.id).record(), "unchanged")
    return None


def _first_words(text: str) -> str:
    """Return the first words of a text, by which one without a title is known in lists."""
    line = " ".join(text.lstrip().partition("\n")[0].split())
    if len(line) <= MAX_OPENING:
        return line
    words = line[:MAX_OPENING].rpartition(" ")[0]  # scripts without spaces are cut as they are
    return f"{words if len(words) > MAX_OPENING // 2 else line[:MAX_OPENING]}…"


async def _following(page: Page) -> str:
    return (await clean(page)).offers.following


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _told(extraction: Extraction, why: str) -> Extraction:
    known = extraction.completeness
    place, *rest = known.evidence
    return replace(extraction, completeness=replace(known, evidence=(place, why, *rest)))
