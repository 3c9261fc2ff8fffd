"""Highlights of a page or a book as a list in Markdown, as Readwise and Glasp write it.

Above a heading “Highlights” there is a list of fields, `- Author: …`, and below it an item for
each highlight, with the notes and tags in items of their own below it.
"""

import re
from collections.abc import Iterator

from annotator.importing.conversion import authors_in, web_address
from annotator.importing.formats.markdown_notes import WIKI_LINK, heading_words
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem
from annotator.importing.source import SourceFile

_FIELD = re.compile(r"[-*] +\**([A-Za-z]+(?: [A-Za-z]+)?)\**:\**[ \t]+(.+)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_ITEM = re.compile(r"([ \t]*)[-*+] +(.*)")
_TAG = re.compile(r"\[\[([^\]]+)\]\]|#([^\s#,]+)")
_LINK_BACK = re.compile(r"\s*\(\[(?:View Highlight|Location \d+|Page \d+|Open)\]\([^()\s]*\)\)")
_PLACE = re.compile(r"\(\[((?:Location|Page) \d+)\]")
_NOTE = re.compile(r"\**(?:Note|Comment)\**:\**\s*", re.IGNORECASE)
_TAGS = re.compile(r"\**Tags?\**:\**\s*", re.IGNORECASE)


def sniff(source: SourceFile) -> Sureness:
    """Return whether there is a list of fields, and below it one of highlights."""
    if source.archive or source.is_binary or source.head.lstrip()[:1] in {"", "<", "{", "["}:
        return Sureness.NO
    fields, _, marks = _split(source.head)
    is_ours = {"url", "author", "title", "full title"} & fields.keys() and any(
        _ITEM.fullmatch(line) for _, line in marks
    )
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the page or book."""
    fields, heading, lines = _split(source.text)
    url = web_address(fields.get("url", "") or fields.get("source", ""))
    is_book = "#books" in fields.get("category", "")
    names = WIKI_LINK.sub(r"\1", fields.get("author", "") or fields.get("authors", ""))
    yield ImportedItem(
        url=url,
        title=fields.get("full title", "") or fields.get("title", "") or heading,
        authors=authors_in(names),
        tags=_tags_in(fields.get("document tags", "") or fields.get("tags", "")),
        excerpt=fields.get("summary", ""),
        medium="book" if is_book else "page" if url else "document",
        highlights=tuple(_highlights(lines)),
        line=1,
    )


def _split(text: str) -> tuple[dict[str, str], str, list[tuple[int, str]]]:
    """Return the fields, the first heading, and the lines below “Highlights” with their numbers."""
    fields: dict[str, str] = {}
    heading = ""
    lines = list(enumerate(text.splitlines(), 1))
    for number, line in lines:
        if match := _HEADING.fullmatch(line):
            if fields and "highlights" in match[1].lower():
                return fields, heading, lines[number:]
            heading = heading or heading_words(match[1])
        elif field := _FIELD.fullmatch(line.rstrip()):
            fields.setdefault(field[1].lower(), field[2].strip())
    return {}, heading, []


def _highlights(lines: list[tuple[int, str]]) -> Iterator[ImportedHighlight]:
    words: list[str] = []  # lines of the highlight, and of its notes
    notes: list[str] = []
    tags: tuple[str, ...] = ()
    start, order = 0, 0
    for number, line in (*lines, (0, "- ")):
        item = _ITEM.fullmatch(line)
        if item and not item[1]:
            if words:
                order += 1
                quote = "\n".join(words)
                place = _PLACE.search(quote)
                yield ImportedHighlight(
                    quote=_LINK_BACK.sub("", quote).strip(),
                    note="\n".join(notes).strip(),
                    tags=tags,
                    location=place[1].lower() if place else "",
                    order=float(order),
                    line=start,
                )
            words, notes, tags, start = [item[2]], [], (), number
        elif words and item:
            own = _TAGS.match(item[2])
            if own:
                tags = _tags_in(item[2][own.end() :])
            else:
                notes += ["", _NOTE.sub("", item[2].strip(), count=1)]
        elif words and line.strip() and not _HEADING.fullmatch(line):
            (notes or words).append(line.strip())


def _tags_in(words: str) -> tuple[str, ...]:
    tags = tuple(first or second for first, second in _TAG.findall(words))
    return tags or tuple(tag.strip() for tag in words.split(",") if tag.strip())
