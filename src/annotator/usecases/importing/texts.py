"""The text of an item that is new: from its file, from the web, or made of its highlights."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from annotator import fetch
from annotator.errors import (
    AddressRefused,
    CleaningError,
    FetchError,
    InvalidAddress,
    NotAnArticle,
    ServerAnswered,
    TooLarge,
)
from annotator.fetch import FetchOptions
from annotator.importing.item import ImportedHighlight, ImportedItem
from annotator.model import (
    HTML,
    Access,
    Article,
    Block,
    Completeness,
    Extraction,
    Page,
)
from annotator.model.extraction import EXTRACTOR
from annotator.model.identity import id_of_text, id_of_url
from annotator.usecases.articles.hosts import Hosts
from annotator.usecases.importing.plan import PlannedItem
from annotator.usecases.sandbox.clean import clean
from annotator.usecases.sandbox.pool import prepare

MAX_FAILURES: Final = 4  # of one host in a row; then the other pages of it are not asked for,
MAX_LAPSES: Final = 20  # or so many, if some of its pages were there before

MADE: Final = "This is what an import knew of it, not its text."

_BUSY = frozenset({429, 500, 502, 503, 504})  # statuses that may be gone tomorrow
_WALLS: frozenset[Access] = frozenset({"consent_wall", "error_page", "no_article"})
_FINAL = (AddressRefused, InvalidAddress, NotAnArticle, TooLarge, CleaningError)


class Text(Struct, frozen=True, kw_only=True):
    """The text of an item. `problem` says why it is not that of its page, if it is not.

    One that is not settled may be had by a later import.
    """

    extraction: Extraction
    page: Page
    problem: str = ""
    is_settled: bool = True
    is_fetched: bool = False


class TextFinder:
    """Finds the texts of items. Hosts that fail several times in a row are left alone.

    `archive` is what an address is appended to for a copy of a page that shows no article.
    """

    def __init__(
        self, hosts: Hosts, options: FetchOptions, *, may_fetch: bool = True, archive: str = ""
    ) -> None:
        self._hosts = hosts
        self._options = options
        self._may_fetch = may_fetch
        self._archive = archive
        self._failures: Counter[str] = Counter()
        self._answering: set[str] = set()

    async def find(self, planned: PlannedItem, *, now: datetime) -> Text:
        """Return the best text that there is for an item."""
        item = planned.item
        if item.text is not None:
            try:
                return await _from_file(planned)
            except CleaningError as error:
                if not item.url:
                    return _made(planned, error.message, now=now)
        if not item.url or item.medium == "book":  # the page of a book has not its text
            return _made(planned, "", now=now)
        if not self._may_fetch:
            return _made(planned, "The page was not fetched.", now=now, is_settled=False)
        text = await self._from_web(planned, now=now)
        if text.problem and text.is_settled and self._archive:
            return await self._from_archive(planned, text)
        return text

    async def _from_web(self, planned: PlannedItem, *, now: datetime) -> Text:
        item, host = planned.item, urlsplit(planned.item.url).netloc
        most = MAX_LAPSES if host in self._answering else MAX_FAILURES
        if self._failures[host] >= most:
            problem = f"{host} failed {most} times in a row, and was left alone."
            return _made(planned, problem, now=now, is_settled=False)
        try:
            await prepare()
            page = await self._page(item.url)
        except FetchError as error:
            is_settled = _is_final(error)
            self._failures[host] = 0 if is_settled else self._failures[host] + 1
            return _made(planned, error.message, now=now, is_settled=is_settled)
        self._failures[host] = 0
        self._answering.add(host)
        try:
            extraction = await clean(page)
        except CleaningError as error:
            return _made(planned, error.message, now=now)
        completeness = extraction.completeness
        if completeness.access in _WALLS:
            problem = " ".join(("The page shows no article.", *completeness.evidence))
            return _made(planned, problem, now=now)
        return Text(extraction=_described(extraction, item), page=page, is_fetched=True)

    async def _page(self, url: str) -> Page:
        return await self._hosts.ask(
            url, self._options, lambda limits: fetch.fetch_page(url, options=limits)
        )

    async def _from_archive(self, planned: PlannedItem, text: Text) -> Text:
        """Return the text of the copy in the archive, or what was found without it."""
        url = f"{self._archive}{planned.item.url}"
        host = urlsplit(url).netloc
        try:
            page = await self._page(url)
            extraction = await clean(page)
        except (FetchError, CleaningError):
            return text
        if extraction.completeness.access in _WALLS:
            return text
        article = replace(extraction.article, id=id_of(planned), url=planned.item.url)
        copy = _described(replace(extraction, article=article), planned.item)
        problem = f"{text.problem} This is the copy of {host}."
        return Text(extraction=copy, page=page, problem=problem, is_fetched=True)


def _is_final(error: FetchError) -> bool:
    if isinstance(error, ServerAnswered):
        return error.status not in _BUSY
    return isinstance(error, _FINAL)


async def _from_file(planned: PlannedItem) -> Text:
    item = planned.item
    if item.text is None:
        raise CleaningError("The file holds no text.")
    content = item.text.content
    if item.text.media_type == HTML and "<body" not in content[:10_000].lower():
        content = (
            f"<html><head><title>{escape(item.title)}</title></head>"
            f"<body><article>{content}</article></body></html>"
        )
    page = Page(item.url, content, item.text.media_type, item.added)
    extraction = await clean(page)
    article = extraction.article
    described = replace(
        article,
        id=id_of(planned),
        title=item.title or article.title,
        byline=item.authors or article.byline,
        site_name=item.site_name or article.site_name,
        published=item.published or article.published,
        language=item.language or article.language,
    )
    is_whole = extraction.completeness.access in _WALLS  # a fragment has no signs of a page
    completeness = Completeness() if is_whole else extraction.completeness
    return Text(
        extraction=replace(extraction, article=described, completeness=completeness), page=page
    )


def _described(extraction: Extraction, item: ImportedItem) -> Extraction:
    """Return the article of a page with what only the file knows of it."""
    article = extraction.article
    return replace(
        extraction,
        article=replace(
            article,
            title=article.title or item.title,
            byline=article.byline or item.authors,
            site_name=article.site_name or item.site_name,
            published=article.published or item.published,
            language=article.language or item.language,
        ),
    )


def id_of(planned: PlannedItem) -> str:
    """Return the id of the article of an item: that of its address, or of what it is."""
    if planned.item.url:
        return id_of_url(planned.item.url)
    return id_of_text(f"imported {planned.key}")


def _made(planned: PlannedItem, problem: str, *, now: datetime, is_settled: bool = True) -> Text:
    """Return an article of the highlights of an item, in their order."""
    item = planned.item
    blocks = highlight_blocks(in_order(planned.highlights.values()))
    if item.excerpt:
        blocks = (Block("paragraph", item.excerpt), *blocks)
    if not blocks:
        blocks = (Block("paragraph", item.title or item.url or "No text."),)
    extraction = _extraction(planned, blocks, problem)
    return Text(
        extraction=extraction,
        page=Page(item.url, "", fetched_at=now),
        problem=problem,
        is_settled=is_settled,
    )


def with_more(planned: PlannedItem, extraction: Extraction, now: datetime) -> Text:
    """Return an article of highlights with those that it lacks, each after its neighbour."""
    blocks = list(extraction.article.blocks)
    at = 0
    for highlight in in_order(planned.highlights.values()):
        quotes = [number for number, block in enumerate(blocks) if block.text == highlight.quote]
        if quotes:
            at = quotes[0] + 1
        elif highlight.quote:
            more = highlight_blocks([highlight])
            blocks[at:at] = more
            at += len(more)
        while at < len(blocks) and blocks[at].kind != "quote":
            at += 1
    grown = replace(extraction, article=replace(extraction.article, blocks=tuple(blocks)))
    return Text(extraction=grown, page=Page(planned.item.url, "", fetched_at=now))


def in_order(highlights: Iterable[ImportedHighlight]) -> list[ImportedHighlight]:
    """Return highlights by their places, or as they are in the file where it names none."""
    sorted_highlights = list(highlights)
    if any(highlight.order is not None for highlight in sorted_highlights):
        sorted_highlights.sort(
            key=lambda highlight: highlight.order if highlight.order is not None else float("inf")
        )
    return sorted_highlights


def highlight_blocks(highlights: Sequence[ImportedHighlight]) -> tuple[Block, ...]:
    """Return each highlight as a quotation, with its place below it."""
    blocks: list[Block] = []
    for highlight in highlights:
        if highlight.quote:
            blocks.append(Block("quote", highlight.quote, quote_depth=1))
            if highlight.location:
                blocks.append(Block("paragraph", f"— {highlight.location}"))
    return tuple(blocks)


def _extraction(planned: PlannedItem, blocks: tuple[Block, ...], problem: str) -> Extraction:
    item = planned.item
    article = Article(
        id=id_of(planned),
        url=item.url,
        title=item.title or item.url,
        byline=item.authors,
        site_name=item.site_name,
        published=item.published,
        language=item.language,
        excerpt=item.excerpt,
        blocks=blocks,
    )
    access: Access = "error_page" if item.url else "partial"
    evidence = tuple(filter(None, (MADE, problem)))
    return Extraction(article, (), Completeness(access, evidence), EXTRACTOR)


def is_made_of_highlights(extraction: Extraction) -> bool:
    """Whether an article has only what an import knew of it, not the text of its page."""
    return extraction.completeness.evidence[:1] == (MADE,)
