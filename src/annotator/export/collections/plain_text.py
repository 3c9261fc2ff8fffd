"""Marks as plain text, for an e-mail, a printer or any editor: lines of 72 columns.

There is no markup that text could be mistaken for, so nothing is escaped.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from annotator.export.collection import CollectedArticle, Collection, linked_ends
from annotator.export.filenames import shortened
from annotator.model import AnchoredMark, Annotation, ArticleRecord, Orphan
from annotator.model.claim import filled_fields
from annotator.model.identity import is_web_address
from annotator.model.labels import page_words

WIDTH: Final = 72
QUOTE_LENGTH: Final = 100  # characters of the words of a mark that another one is linked to

# A line can end at a space, and after a wide letter that no closing sign follows.
_PIECE = re.compile(
    r"\s+|[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef][、。，．」』）】〉》！？：；ー]*|"
    r"[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+"
)


def write_text(collection: Collection) -> Iterator[str]:
    """Yield the marks of each article below its title."""
    gap: tuple[str, ...] = ()
    for article in collection.articles:
        if article.marks:
            yield "\n".join((*gap, *_head(article.record), ""))
            gap = ("",)
        for placed in article.marks:
            yield "\n".join(("", *_mark(placed, article), ""))


def wrapped(text: str, *, first: str = "", rest: str = "") -> Iterator[str]:
    """Yield the lines of a text with what comes before the first and before all others.

    A word that is wider than a line, such as an address, is not cut.
    """
    begin = first
    for paragraph in text.strip().splitlines() or [""]:
        line = ""
        for piece in _PIECE.findall(paragraph.strip()):
            if line.strip() and width(begin + line + piece.rstrip()) > WIDTH:
                yield (begin + line).rstrip()
                begin, line = rest, piece.lstrip()
            else:
                line += piece
        yield (begin + line).rstrip()
        begin = rest


def width(text: str) -> int:
    """Return how many columns a text takes in a monospaced font."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def _head(record: ArticleRecord) -> Iterator[str]:
    lines = [*wrapped(" ".join(record.title.split()) or "Untitled")]
    yield from lines
    yield "=" * min(WIDTH, max(map(width, lines)))
    facts = (record.site_name, ", ".join(record.byline), record.published[:10])
    if known := " · ".join(fact for fact in facts if fact):
        yield from wrapped(known)
    if is_web_address(record.url):
        yield record.url
    if record.doi:
        yield f"doi:{record.doi}"


def _mark(placed: AnchoredMark, article: CollectedArticle) -> Iterator[str]:
    mark = placed.annotation
    yield from wrapped(mark.quote, first="> ", rest="> ")
    facts = [mark.kind, page_words(mark.target.pages), *(f"#{tag}" for tag in mark.tags)]
    if isinstance(placed.place, Orphan):
        facts.append("not found in the article")
    yield from wrapped(" · ".join(fact for fact in facts if fact), first="  ", rest="  ")
    for field, value in filled_fields(mark.claim, has_status=mark.status is not None):
        yield from wrapped(f"{field.label}: {value}", first="  ", rest="    ")
    if mark.note:
        yield from ("", *wrapped(mark.note, first="  ", rest="  "))
    links = [*_links(mark, article)]
    yield from ("", *links) if mark.note and links else links


def _links(mark: Annotation, article: CollectedArticle) -> Iterator[str]:
    """Yield the links of a mark and those of others to it, as sentences."""
    for linked in linked_ends(mark, article.linked):
        words = linked.target if is_web_address(linked.target) else "a mark that is gone"
        if linked.end:
            words = f"“{shortened(linked.end.annotation.quote, QUOTE_LENGTH)}”"
        remark = f" ({' '.join(linked.note.split())})" if linked.note else ""
        yield from wrapped(f"{linked.words} {words}{remark}", first="  ", rest="    ")
