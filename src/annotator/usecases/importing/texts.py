"""The text of an item that is new: from its file, from the web, or made of its highlights."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace as replace_in
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
    PrivateNetwork,
    ServerAnswered,
    TooLarge,
)
from annotator.fetch import FetchOptions
from annotator.fetch.options import OF_A_FILE
from annotator.importing.item import ImportedHighlight, ImportedItem, ItemText
from annotator.model import HTML, Access, Article, Block, Completeness, Extraction, Original, Page
from annotator.model.extraction import EXTRACTOR
from annotator.model.identity import id_of_text, id_of_url
from annotator.usecases.articles.jobs import Hosts
from annotator.usecases.importing.plan import PlannedItem
from annotator.usecases.sandbox.clean import clean, unpack
from annotator.usecases.sandbox.pool import prepare

MAX_FAILURES: Final = 4  # of one host in a row; then the other pages of it are not asked for,
MAX_LAPSES: Final = 20  # or so many, if some of its pages were there before

MADE: Final = "This is what an import knew of it, not its text."

_LOCAL = "It is an address in your own network, which is only fetched with --local."
_BUSY = frozenset({429, 500, 502, 503, 504})  # statuses that may be gone tomorrow
_WALLS: frozenset[Access] = frozenset({"consent_wall", "error_page", "no_article"})
_SHARED = {  # attributes of articles, and of items
    "title": "title",
    "byline": "authors",
    "site_name": "site_name",
    "published": "published",
    "language": "language",
    "excerpt": "excerpt",
    "doi": "doi",
}
_FINAL = (AddressRefused, InvalidAddress, NotAnArticle, TooLarge, CleaningError)


class Text(Struct, frozen=True, kw_only=True):
    """The text of an item. `problem` says why it is not that of its page, if it is not.

    One that is not settled may be had by a later import.
    """

    extraction: Extraction
    page: Original
    problem: str = ""
    is_settled: bool = True
    is_fetched: bool = False


class TextFinder:
    """Finds the texts of items. Hosts that fail several times in a row are left alone.

    `archive` is what an address is appended to for a copy of a page that shows no article.
    Addresses of this computer and its network are asked only if it `may_reach_network`.
    """

    def __init__(
        self,
        hosts: Hosts,
        options: FetchOptions,
        *,
        may_fetch: bool = True,
        may_reach_network: bool = False,
        archive: str = "",
    ) -> None:
        self._hosts = hosts
        self._options = options
        self._of_file = options if may_reach_network else replace_in(options, linked_from=OF_A_FILE)
        self._may_fetch = may_fetch
        self._archive = archive
        self._failures: Counter[str] = Counter()
        self._answering: set[str] = set()

    async def find(self, planned: PlannedItem, *, now: datetime) -> Text:
        """Return the best text that there is for an item."""
        item = planned.item
        if item.text is not None:
            try:
                return await _from_file(planned, item.text)
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
            page = await self._page(item.url, self._of_file)
        except PrivateNetwork:
            return _made(planned, _LOCAL, now=now, is_settled=False)
        except FetchError as error:
            is_settled = _is_final(error)
            self._failures[host] = 0 if is_settled else self._failures[host] + 1
            return _made(planned, error.message, now=now, is_settled=is_settled, is_error=True)
        self._failures[host] = 0
        self._answering.add(host)
        try:
            page = await unpack(page)
            extraction = await clean(page)
        except CleaningError as error:
            return _made(planned, error.message, now=now, is_error=True)
        completeness = extraction.completeness
        if completeness.access in _WALLS:
            problem = " ".join(("The page shows no article.", *completeness.evidence))
            return _made(planned, problem, now=now, is_error=True)
        article = _described(extraction.article, item)
        return Text(extraction=replace(extraction, article=article), page=page, is_fetched=True)

    async def _page(self, url: str, options: FetchOptions) -> Original:
        return await self._hosts.ask(
            url, options, lambda limits: fetch.fetch_page(url, options=limits)
        )

    async def _from_archive(self, planned: PlannedItem, text: Text) -> Text:
        """Return the text of the copy in the archive, or what was found without it."""
        url = f"{self._archive}{planned.item.url}"
        host = urlsplit(url).netloc
        try:
            page = await unpack(await self._page(url, self._options))
            extraction = await clean(page)
        except (FetchError, CleaningError):
            return text
        if extraction.completeness.access in _WALLS:
            return text
        article = _described(extraction.article, planned.item)
        article = replace(article, id=id_of(planned), url=planned.item.url)
        copy = replace(extraction, article=article)
        problem = f"{text.problem} This is the copy of {host}."
        return Text(extraction=copy, page=page, problem=problem, is_fetched=True)


def _is_final(error: FetchError) -> bool:
    if isinstance(error, ServerAnswered):
        return error.status not in _BUSY
    return isinstance(error, _FINAL)


async def _from_file(planned: PlannedItem, text: ItemText) -> Text:
    item, content = planned.item, text.content
    if text.media_type == HTML and "<body" not in content[:10_000].lower():
        content = (
            f"<html><head><title>{escape(item.title)}</title></head>"
            f"<body><article>{content}</article></body></html>"
        )
    page = Page(item.url, content, text.media_type, item.added)
    extraction = await clean(page)
    article = replace(_described(extraction.article, item, prefers_item=True), id=id_of(planned))
    is_whole = extraction.completeness.access in _WALLS  # a fragment has no signs of a page
    completeness = Completeness() if is_whole else extraction.completeness
    return Text(
        extraction=replace(extraction, article=article, completeness=completeness), page=page
    )


def _described(article: Article, item: ImportedItem, *, prefers_item: bool = False) -> Article:
    """Return an article with what the file knows of it: of its page's values, or before them."""
    values = {}
    for name, of_item in _SHARED.items():
        both = getattr(article, name), getattr(item, of_item)
        is_first = prefers_item or name == "excerpt"  # of a bookmark it is the user's own text
        values[name] = both[is_first] or both[not is_first] or getattr(article, name)
    return replace(article, **values)


def id_of(planned: PlannedItem) -> str:
    """Return the id of the article of an item: that of its address, or of what it is."""
    if planned.item.url:
        return id_of_url(planned.item.url)
    return id_of_text(f"imported {planned.key}")


def _made(
    planned: PlannedItem,
    problem: str,
    *,
    now: datetime,
    is_settled: bool = True,
    is_error: bool = False,
) -> Text:
    """Return an article of the highlights of an item, in their order."""
    item = planned.item
    blocks = highlight_blocks(in_order(planned.highlights.values()))
    if item.excerpt:
        blocks = (Block("paragraph", item.excerpt), *blocks)
    if not blocks:
        blocks = (Block("paragraph", item.title or item.url or "No text."),)
    title = item.title or item.url
    article = Article(id_of(planned), item.url, title, excerpt=item.excerpt, blocks=blocks)
    article = _described(article, item)
    access: Access = "error_page" if is_error else "partial"
    evidence = tuple(filter(None, (MADE, problem)))
    extraction = Extraction(article, (), Completeness(access, evidence), EXTRACTOR)
    page = Page(item.url, "", fetched_at=now)
    return Text(extraction=extraction, page=page, problem=problem, is_settled=is_settled)


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


def is_made_of_highlights(extraction: Extraction) -> bool:
    """Whether an article has only what an import knew of it, not the text of its page."""
    return extraction.completeness.evidence[:1] == (MADE,)
