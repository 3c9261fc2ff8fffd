"""Values for tests, made from the words that a test is about."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from annotator.anchoring import describe
from annotator.model import (
    HTML,
    Access,
    Annotation,
    Article,
    Block,
    Claim,
    Completeness,
    Extraction,
    Link,
    Page,
    Removal,
    Span,
)
from annotator.model.identity import id_of_text, id_of_url, is_web_address
from annotator.usecases.articles.open_article import with_state

MOMENT = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
URL = "https://example.org/article"

_numbers = itertools.count(1)


def make_article(
    text: str, *, title: str = "An article", url: str = URL, language: str = "en", **metadata
) -> Article:
    """Return an article of `text`: blank lines part its blocks.

    `# ` begins a heading (more hashes, a deeper one), `- ` and `1. ` a list
    item, `> ` a quote; lines between a pair of ``` are code.
    """
    blocks = tuple(_blocks(text))
    article = Article("", url, title, language=language, blocks=blocks, **metadata)
    identity = id_of_url(url) if is_web_address(url) else id_of_text(article.text)
    return replace(article, id=identity)


def make_annotation(  # a mark has many parts, and a test names those it is about
    article: Article,
    quote: str,
    *,
    occurrence: int = 0,
    id: str = "",  # noqa: A002 - the field's name
    kind: str = "claim",
    tags: Sequence[str] = (),
    note: str = "",
    claim: Claim | None = None,
    links: Sequence[Link] = (),
    created: datetime = MOMENT,
    modified: datetime | None = None,
) -> Annotation:
    """Return a mark on the words `quote` of `article`, the first of them unless told."""
    span = find_span(article.text, quote, occurrence=occurrence)
    return Annotation(
        id=id or f"01kk{next(_numbers):022d}",
        article_id=article.id,
        target=describe(article.text, span, revision=article.revision),
        kind=kind,
        tags=tuple(tags),
        note=note,
        claim=claim,
        links=tuple(links),
        created=created,
        modified=modified or created,
    )


def find_span(text: str, words: str, *, occurrence: int = 0) -> Span:
    """Return where `words` stand in `text`; a test that misspells them fails at once."""
    starts = [match.start() for match in re.finditer(re.escape(words), text)]
    assert len(starts) > occurrence, f"{words!r} is not in the text {occurrence + 1} times"
    return Span(starts[occurrence], starts[occurrence] + len(words))


def make_extraction(
    article: Article,
    *,
    access: Access = "full",
    evidence: Sequence[str] = (),
    removals: Sequence[Removal] = (),
    extractor: str = "1",
) -> Extraction:
    """Return what cleaning a page to `article` would give."""
    return Extraction(article, tuple(removals), Completeness(access, tuple(evidence)), extractor)


def make_page(
    html: str = "<p>First paragraph.</p>",
    *,
    url: str = URL,
    media_type: str = HTML,
    fetched_at: datetime | None = MOMENT,
    headers: Sequence[tuple[str, str]] = (("content-type", "text/html; charset=utf-8"),),
) -> Page:
    """Return a page as fetched."""
    return Page(url, html, media_type, fetched_at, tuple(headers))


_PART = re.compile(r"(?s:```\w*\n.*?\n```)|.+(?:\n.+)*")
_ITEM = re.compile(r"\s*(?:-|(\d+)\.) (.*)")
_HEADING = re.compile(r"(#{1,6}) (.*)")
_CODE = re.compile(r"```(\w*)\n(.*)\n```", re.DOTALL)


def _blocks(text: str) -> Iterator[Block]:
    for part in _PART.findall(text):
        lines = part.split("\n")
        if all(_ITEM.fullmatch(line) for line in lines):
            yield from (_block(line) for line in lines)
        else:
            yield _block(part)


def _block(part: str) -> Block:
    if item := _ITEM.fullmatch(part):
        return Block("list_item", item[2], depth=1, ordinal=int(item[1]) if item[1] else None)
    if heading := _HEADING.fullmatch(part):
        return Block("heading", heading[2], level=len(heading[1]))
    if code := _CODE.fullmatch(part):
        return Block("code", code[2], language=code[1])
    if part.startswith("> "):
        return Block("quote", re.sub(r"^> ?", "", part, flags=re.MULTILINE), quote_depth=1)
    return Block("paragraph", part)


class HinderedArticle:
    """An article of a library that does something before each change, such as to fail.

    `names` are those of the methods before which it does that.
    """

    CHANGES = ("update", "put", "revise", "revise_many", "remove")

    def __init__(
        self, article: object, before: Callable[[], object], *, names: Sequence[str] = CHANGES
    ) -> None:
        self._article = article
        self._before = before
        self._names = names

    def __getattr__(self, name: str) -> object:
        if name in self._names:
            self._before()
        return getattr(self._article, name)


def set_state(library, article_id, state, *, now):
    """Set the state of an article, and return its record."""
    return library.article(article_id).update(partial(with_state, state=state, now=now))
