"""KOReader: the sidecar of a book, which is read as a literal, and its exports in JSON."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import BOOKMARK, has_fields, words_of
from annotator.importing.field_data import table_of
from annotator.importing.fields import first_object
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.json_values import JsonObject, objects_in
from annotator.importing.readers.lua import looks_like_lua, read_lua
from annotator.importing.source import SourceFile

_MADE_BY_PROGRAM = re.compile(r"(?:Page|Seite|Página|Pagina) \d+ .*@ \d{4}-\d\d-\d\d", re.DOTALL)
_SIGNS = ('["doc_props"]', '["annotations"]', '["bookmarks"]', '["highlight"]', '["stats"]')


def sniff(source: SourceFile) -> bool:
    """Return whether the file is a table of Lua, or has the fields of KOReader."""
    if looks_like_lua(source.head):
        return any(sign in source.text for sign in _SIGNS)
    entries = first_object(source, "documents").objects("entries")
    return bool(entries) and has_fields(entries[0], "text", "time")


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the books of the file with their highlights."""
    if looks_like_lua(source.head):
        sidecar = read_lua(source.text)
        yield from _SIDECAR.items(sidecar, records=_annotations(sidecar), line=1)
        return
    for book in source.json_objects(*["documents"] * ("documents" in source.json_object)):
        if isinstance(book, Skipped):
            yield book
        else:
            entries = book.objects("entries")
            kept = [
                entry
                for entry in entries
                if entry.text("text", "note") or entry.text("sort") == "bookmark"
            ]
            yield from _EXPORT.items(book, records=kept)


def _annotations(record: JsonObject) -> list[JsonObject]:
    """Return the highlights of the newest kind that the sidecar has."""
    new = record.objects("annotations")
    if new:
        return new
    bookmarks = record.objects("bookmarks")
    quoted = {bookmark.text("notes").strip() for bookmark in bookmarks}
    others = _by_page(record.get("highlight"))
    return [*bookmarks, *(other for other in others if other.text("notes").strip() not in quoted)]


def _by_page(highlights: object) -> Iterator[JsonObject]:
    """Yield the highlights of the oldest sidecars, lists by the numbers of their pages."""
    if isinstance(highlights, list):
        highlights = {str(page): marks for page, marks in enumerate(highlights, 1)}
    for page, marks in highlights.items() if isinstance(highlights, dict) else ():
        for mark in objects_in(marks):
            old = {key: mark.get(key) for key in ("datetime", "chapter", "drawer")}
            old |= {"notes": mark.get("text"), "highlighted": True, "pageno": str(page)}
            yield JsonObject(old, mark.line)


def _is_old(mark: JsonObject) -> bool:
    """Return whether a mark of a sidecar has its words in `notes` and its note in `text`."""
    return "notes" in mark or "highlighted" in mark


def _skipped(mark: JsonObject) -> str:
    has_words = mark.flag("highlighted") if _is_old(mark) else mark.text("drawer")
    return "" if has_words else BOOKMARK


def _note(mark: JsonObject) -> str:
    note = mark.text("text" if _is_old(mark) else "note")
    note = words_of(note) if mark.text("note_format") == "html" else note
    return "" if _MADE_BY_PROGRAM.match(note) else note


def _place(mark: JsonObject) -> str:
    page = mark.text("page")  # in a sidecar the address of an element, but in a PDF
    page = mark.text("pageno") or ("" if page.startswith("/") else page)
    return ", ".join(filter(None, (mark.text("chapter"), f"page {page}" if page else "")))


def _title(book: JsonObject) -> str:
    title = book.text("doc_props.title", "stats.title", "title")
    path = book.text("doc_path").rpartition("/")[2].rpartition(".")[0]
    return title or path or book.text("file").rpartition("/")[2]


def _authors(book: JsonObject) -> tuple[str, ...]:
    names = re.split(r"[\n;]", book.text("doc_props.authors", "stats.authors", "author"))
    return tuple(name.strip() for name in names if name.strip() not in {"", "N/A"})


_SIDECAR = table_of(
    "koreader.sidecar",
    item={"title": _title, "authors": _authors},
    mark={
        "quote": lambda mark: mark.text("notes" if _is_old(mark) else "text"),
        "note": _note,
        "location": _place,
    },
    skip_mark=_skipped,
)
_EXPORT = table_of(
    "koreader.export",
    item={"title": _title, "authors": _authors},
    mark={"location": _place},
    skip_mark=lambda entry: BOOKMARK if entry.text("sort") == "bookmark" else "",
)
