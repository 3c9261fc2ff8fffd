"""Sanitising of items from all formats, to show and keep them within the library's limits.

This is the one place for it, so that no format can forget it. HTML stays as it is: the
extractor sanitises it, as it does that of a page.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from msgspec.structs import replace

from annotator.errors import InvalidTag
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, ItemText, Skipped
from annotator.importing.readers.limits import MAX_CELL
from annotator.model import HTML
from annotator.model.identity import doi_address, doi_in, is_web_address
from annotator.model.tags import normalise_all
from annotator.model.text import MAX_TEXT, clean_line, clean_piece, clean_text

MAX_ADDRESS = 8 * 1024  # characters, as in fetching
MAX_NOTE = 100_000  # characters; more is not a note of a mark
MAX_EXCERPT = 5_000  # characters, as the longest abstracts have
MAX_PLACE = 1_000  # characters; a text has no deeper elements
MAX_REMARKS = 20  # for one item

_WHITE_SPACE = re.compile(r"[^\S\n]+")


def cleaned(item: Found, *, member: str = "") -> Found:
    """Return what a format yielded with all its text sanitised."""
    if isinstance(item, Skipped):
        return Skipped(
            item.line,
            clean_line(item.reason),
            clean_line(item.what, limit=80),
            clean_line(item.member or member),
            _address(item.feed, []),
            _tags(item.tags, []),
        )
    if not isinstance(item, ImportedItem) or item.stored is not None:
        return item
    return _item(item, member)


def _item(item: ImportedItem, member: str) -> ImportedItem:
    remarks: list[str] = list(item.remarks)
    url = _address(item.url, remarks)
    doi = doi_in(item.doi) or doi_in(url)
    return replace(
        item,
        url=url or (doi_address(doi) if doi else ""),
        doi=doi,
        title=clean_line(_unescaped(item.title)),
        authors=tuple(filter(None, (clean_line(_unescaped(author)) for author in item.authors))),
        site_name=clean_line(_unescaped(item.site_name)),
        published=clean_line(item.published, limit=40),
        progress=None if item.progress is None else min(max(item.progress, 0.0), 1.0),
        tags=_tags(item.tags, remarks),
        note=_note(item.note, remarks),
        excerpt=clean_line(_unescaped(item.excerpt), limit=MAX_EXCERPT),
        text=_text(item.text),
        language=clean_line(item.language, limit=40),
        highlights=tuple(_highlight(highlight, remarks) for highlight in item.highlights),
        source_id=clean_line(item.source_id),
        member=clean_line(item.member or member),
        article_ids=tuple(clean_line(article_id, limit=40) for article_id in item.article_ids),
        book=clean_line(item.book, limit=40),
        remarks=tuple(clean_line(remark) for remark in remarks[:MAX_REMARKS]),
    )


def _highlight(mark: ImportedHighlight, remarks: list[str]) -> ImportedHighlight:
    return replace(
        mark,
        quote=_WHITE_SPACE.sub(" ", clean_text(mark.quote, limit=MAX_CELL)).strip(),
        note=_note(mark.note, remarks),
        prefix=clean_piece(mark.prefix, limit=MAX_NOTE),
        suffix=clean_piece(mark.suffix, limit=MAX_NOTE),
        location=clean_line(mark.location),
        place=clean_line(mark.place, limit=MAX_PLACE),
        style=clean_line(mark.style, limit=40).lower(),
        tags=_tags(mark.tags, remarks),
        colour=clean_line(mark.colour, limit=40).lower(),
        kind=clean_line(mark.kind, limit=40),
        author=clean_line(_unescaped(mark.author), limit=100),
        source_id=clean_line(mark.source_id),
    )


def _text(text: ItemText | None) -> ItemText | None:
    if text is None or not text.content.strip():
        return None
    if text.media_type == HTML:
        return replace(text, content=text.content[:MAX_TEXT])
    return replace(text, content=clean_text(text.content))


def _address(url: str, remarks: list[str]) -> str:
    url = url.strip()
    address = clean_line(url, limit=MAX_ADDRESS + 1)
    if not url or (_has_host(address) and len(address) <= MAX_ADDRESS and address == url):
        return address
    remarks.append(f"“{clean_line(url, limit=100)}” is not a web address.")
    return ""


def _has_host(address: str) -> bool:
    try:
        return is_web_address(address) and bool(urlsplit(address).hostname)
    except ValueError:  # such as brackets around what is no address
        return False


def _tags(names: tuple[str, ...], remarks: list[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for name in names:
        if not name.strip():
            continue
        try:
            kept += normalise_all((name,))
        except InvalidTag as error:
            remarks.append(error.message)
    return normalise_all(kept)


def _note(note: str, remarks: list[str]) -> str:
    kept = clean_text(note, limit=MAX_NOTE + 1).strip()
    if len(kept) > MAX_NOTE:
        remarks.append(f"A note was cut: it has more than {MAX_NOTE:,} characters.")
        kept = kept[:MAX_NOTE].rstrip()
    return kept


def _unescaped(line: str) -> str:
    """Return a line without the entities of HTML, which several services leave in titles."""
    return unescape(line) if "&" in line and ";" in line else line
