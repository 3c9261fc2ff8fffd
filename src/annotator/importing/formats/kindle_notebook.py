"""Kindle: the notebook of a book, which its apps send as a page."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from annotator.importing.conversion import BOOKMARK, joined
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.readers.markup import Tag, html_tokens
from annotator.importing.source import SourceFile

_PARTS = frozenset({"bookTitle", "authors", "sectionHeading", "noteHeading", "noteText"})
_COLOUR = re.compile(r"highlight_(\w+)")
_PLACE = re.compile(r"[-–—]\s*(.+)$", re.DOTALL)
_NOTE = re.compile(r"\s*(?:note|nota|notiz|notitie|заметка|笔记|メモ|메모)\b", re.IGNORECASE)
_IS_BOOKMARK = re.compile(
    r"\s*(?:bookmark|lesezeichen|signet|marcador|segnalibro)\b", re.IGNORECASE
)


def sniff(source: SourceFile) -> bool:
    """Return whether the page has the classes of a notebook."""
    return "noteHeading" in source.text[:400_000] and "bookTitle" in source.head


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the book with its highlights; a note belongs to the one before it, at its place.

    Apps close elements in a wrong order, so only where each begins counts.
    """
    title, authors, chapter = "", "", ""
    heading, colour = "", ""
    marks: list[ImportedHighlight] = []
    for name, words, shade, line in _parts(source.text):
        if name == "bookTitle":
            title = words
        elif name == "authors":
            authors = words
        elif name == "sectionHeading":
            chapter = words
        elif name == "noteHeading":
            heading, colour = words, shade
            if _IS_BOOKMARK.match(heading):
                yield Skipped(line, BOOKMARK, heading)
        if name != "noteText" or not words:
            continue
        place = _PLACE.search(heading)
        where = ", ".join(filter(None, (chapter, place[1].strip().lower() if place else "")))
        if not _NOTE.match(heading):
            marks.append(ImportedHighlight(quote=words, location=where, colour=colour, line=line))
        elif marks and marks[-1].quote and _is_there(where, marks[-1]):
            marks[-1] = replace(marks[-1], note=joined(marks[-1].note, words))
        else:
            note = f"{where}: {words}" if where else words
            marks.append(ImportedHighlight(quote="", note=note, line=line))
    yield ImportedItem(
        title=title,
        authors=tuple(name.strip() for name in authors.split(";") if name.strip()),
        medium="book",
        highlights=tuple(marks),
        line=1,
    )


def _is_there(where: str, mark: ImportedHighlight) -> bool:
    """Whether a place is within a highlight, going by the last number of both.

    It is that of a location, of which one has some 130 characters, or of a page.
    """
    numbers = [re.findall(r"\d+", place)[-1:] for place in (mark.location, where)]
    if not all(numbers):
        return True
    first, last = (int(number[0][-9:]) for number in numbers)
    return first <= last <= first + 1 + len(mark.quote) // 100


def _parts(text: str) -> Iterator[tuple[str, str, str, int]]:
    """Yield the parts of the page: class, words, the colour in it, and the line."""
    name, words, colour, line = "", "", "", 0
    for token in html_tokens(text):
        if not isinstance(token, Tag):
            words += token.text
            continue
        classes = token.attributes.get("class", "").split()
        begun = next((part for part in classes if part in _PARTS), "")
        if begun and not token.is_end:
            yield name, " ".join(words.split()), colour, line
            name, words, colour, line = begun, "", "", token.line
        elif shade := _COLOUR.search(" ".join(classes)):
            colour = shade[1]
    yield name, " ".join(words.split()), colour, line
