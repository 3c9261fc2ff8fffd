"""Highlights in books that this program wrote: which articles they are in.

A book names its articles in its identifiers, in the order of its chapters, and the file of a
book ends with the id of its article. A place in it may have the id as well, as part of a CFI or
as the name of a file; an XPointer has the number of the chapter.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped

_IDENTIFIER: Final = re.compile(r"\burn:annotator:([0-9a-f]{16})\b")
_NAME: Final = re.compile(r"--([0-9a-f]{16})(?:\.kepub)?(?:\.epub|\.sdr|\)|$)")
_IN_PLACE: Final = re.compile(r"\[a([0-9a-f]{16})\]|\b([0-9a-f]{16})\.xhtml")
_CHAPTER: Final = re.compile(r"/body(?:\[1\])?/DocFragment(?:\[(\d{1,6})\])?/")
_OF_NONE: Final = "The note on a book of several articles is on none of them."


def ids_in(identifiers: str, *names: str) -> tuple[str, ...]:
    """Return the articles of a book by its identifiers, else the one that a file is called by."""
    if ids := _IDENTIFIER.findall(identifiers):
        return tuple(dict.fromkeys(ids))
    matches = (_NAME.search(name) for name in names)
    return next(((match[1],) for match in matches if match), ())


def by_articles(item: Found) -> Iterator[Found]:
    """Yield the item of a book for each of its articles that has highlights; others as they are.

    The tags of an article went into its book, and are no news.
    """
    if not isinstance(item, ImportedItem) or item.stored or item.url:
        yield item
        return
    ids = item.article_ids
    parts: dict[str, list[ImportedHighlight]] = {}
    for mark in item.highlights:
        parts.setdefault(_article_of(mark.place, ids), []).append(mark)
    if len(ids) == 1:
        parts.setdefault(ids[0], [])
    if len(ids) > 1 or len(parts) > 1:
        if item.note:
            yield Skipped(item.line, _OF_NONE, item.note, item.member)
        item = replace(item, note="", state=None, progress=None)
    name = ",".join(ids) if ids else item.title
    book = "" if len(ids) == 1 else blake2b(name.encode(), digest_size=8).hexdigest()
    for article_id, marks in (parts or {"": []}).items():
        one = replace(item, highlights=tuple(marks))
        if article_id:
            one = replace(one, article_ids=(article_id,), tags=(), book=book)
        yield one


def _article_of(place: str, ids: tuple[str, ...]) -> str:
    """Return the article that a highlight is in, empty if its book does not say."""
    if named := _IN_PLACE.search(place):
        article_id = named[1] or named[2]
        return article_id if article_id in ids or not ids else ""
    if len(ids) == 1:
        return ids[0]
    chapter = _CHAPTER.match(place)
    number = int(chapter[1] or 1) if chapter else 0
    return ids[number - 1] if 0 < number <= len(ids) else ""
