"""Programs that read books: KOReader, Moon+ Reader and Calibre."""

import base64
import binascii
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from annotator.errors import ImportFailed
from annotator.importing.conversion import BOOKMARK, has_fields, words_of
from annotator.importing.field_data import table_of
from annotator.importing.fields import first_object
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import moment
from annotator.importing.own_books import ids_in
from annotator.importing.readers.json_values import JsonObject, objects_in, read_json
from annotator.importing.readers.lua import looks_like_lua, read_lua
from annotator.importing.source import SourceFile

# KOReader: the sidecar of a book, which is read as a literal, and its exports in JSON.

_MADE_BY_PROGRAM = re.compile(r"(?:Page|Seite|Página|Pagina) \d+ .*@ \d{4}-\d\d-\d\d", re.DOTALL)
_SIGNS = ('["doc_props"]', '["annotations"]', '["bookmarks"]', '["highlight"]', '["stats"]')


def sniff_koreader(source: SourceFile) -> bool:
    """Return whether the file is a table of Lua, or has the fields of KOReader."""
    if looks_like_lua(source.head):
        return any(sign in source.text for sign in _SIGNS)
    entries = first_object(source, "documents").objects("entries")
    return bool(entries) and has_fields(entries[0], "text", "time")


def read_koreader(source: SourceFile) -> Iterator[Found]:
    """Yield the books of the file with their highlights."""
    if looks_like_lua(source.head):
        sidecar, problem, line = read_lua(source.text)
        names = sidecar.text("doc_path"), source.name.rpartition("/")[0]
        ids = ids_in(sidecar.text("doc_props.identifiers"), *names)
        title = _title(sidecar) or names[1].rpartition("/")[2].removesuffix(".sdr")
        marks = _annotations(sidecar)
        yield from _SIDECAR.items(sidecar, records=marks, line=1, article_ids=ids, title=title)
        if problem:
            yield Skipped(line, problem, "the rest of the file")
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
            ids = ids_in("", book.text("file"))
            yield from _EXPORT.items(book, records=kept, article_ids=ids)


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


def _key(mark: JsonObject) -> str:
    """Return what stays of a highlight when the pages of its book change."""
    place = mark.text("pos0")
    return f"{mark.text('datetime')} {place}" if place.startswith("/") else ""


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
        "place": "pos0",
        "style": "drawer",
        "source_id": _key,
    },
    skip_mark=_skipped,
)
_EXPORT = table_of(
    "koreader.export",
    item={"title": _title, "authors": _authors},
    mark={"location": _place},
    skip_mark=lambda entry: BOOKMARK if entry.text("sort") == "bookmark" else "",
)

# Moon+ Reader: the notes of a book, records of lines between `#`.

_BREAK = "<BR>"
_FIELDS = 13  # lines of a record until the words
_TITLE, _PATH, _COLOUR, _TIME, _NAME, _NOTE, _WORDS = 1, 2, 8, 9, 10, 11, 12  # lines of it


def sniff_moon_reader(source: SourceFile) -> bool:
    """Return whether the file has the first lines of such notes and a record."""
    lines = source.head.splitlines()
    has_head = [line.partition(":")[0] for line in lines[1:3]] == ["indent", "trim"]
    return has_head and "#" in lines[:6]


def read_moon_reader(source: SourceFile) -> Iterator[Found]:
    """Yield a book for each title, after its bookmarks."""
    books: dict[str, list[ImportedHighlight]] = {}
    for line, record in _records(source.text):
        title = record[_TITLE] or record[_PATH].rpartition("/")[2].rpartition(".")[0]
        words = record[_WORDS].replace(_BREAK, "\n")
        if not words.strip() and not record[_NOTE].strip():
            yield Skipped(line, BOOKMARK, record[_NAME] or title)
            continue
        mark = ImportedHighlight(
            quote=words,
            note=record[_NOTE].replace(_BREAK, "\n"),
            order=float(line),
            colour=_colour(record[_COLOUR]),
            created=moment(record[_TIME]),
            source_id=record[0],
            line=line,
        )
        books.setdefault(title, []).append(mark)
    for title, marks in books.items():
        yield ImportedItem(title=title, medium="book", highlights=tuple(marks), line=marks[0].line)


def _records(text: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the lines of each record, with the number of its first one."""
    record: list[str] = []
    start = 0
    for number, line in enumerate((*text.splitlines(), "#"), 1):
        if line.strip() == "#":
            if start and len(record) >= _FIELDS:
                yield start, record
            record, start = [], number + 1
        else:
            record.append(line)


def _colour(number: str) -> str:
    """Return a colour of Android, a number with sign, as #rrggbb."""
    digits = number.strip().lstrip("-")
    return f"#{int(number) & 0xFFFFFF:06x}" if digits.isdecimal() and len(digits) < 12 else ""  # noqa: PLR2004  digits


# Calibre: the bookmarks that it keeps in a book, and the highlights that its viewer exports.

_HEAD = "encoding=json+base64:"
_COLLECTION = "calibre_annotation_collection"
_NO_WORDS = "It is a place, which marks no words."


def sniff_calibre(source: SourceFile) -> bool:
    """Return whether the file has the first line or the fields of Calibre."""
    whole = source.json_object
    return (
        source.head.startswith(_HEAD)
        or whole.text("type") == _COLLECTION
        or has_fields(whole, "highlighted_text", "start_cfi")
    )


def read_calibre(source: SourceFile) -> Iterator[Found]:
    """Yield the books of a file with their highlights."""
    books: dict[tuple[str, tuple[str, ...]], list[JsonObject]] = defaultdict(list)
    for annotation in _calibre_annotations(source):
        if isinstance(annotation, Skipped):
            yield annotation
            continue
        inner = annotation.object("annotation") or annotation
        words = inner.text("highlighted_text")
        if inner.flag("removed"):
            yield Skipped(inner.line, "It is deleted in Calibre.", words or inner.text("uuid"))
        elif inner.text("type") not in {"highlight", ""} or not words:
            yield Skipped(inner.line, _NO_WORDS, inner.text("title", "type"))
        else:
            number = annotation.text("book_id")  # in a library that is not known here
            title = annotation.text("title", "book_title") or (number and f"Calibre book {number}")
            books[title, annotation.texts("authors", "author")].append(inner)
    name = source.name.rpartition("/")[2].rpartition(".")[0]
    for (own_title, authors), marks in books.items():
        title = own_title or name or "A book from Calibre"
        yield _BOOK.read(
            JsonObject(line=marks[0].line), records=marks, title=title, authors=authors
        )


def _calibre_annotations(source: SourceFile) -> Iterator[JsonObject | Skipped]:
    if not source.head.startswith(_HEAD):
        yield from source.json_objects("annotations")
        return
    encoded = "".join(source.text.removeprefix(_HEAD).split())
    try:
        text = base64.b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError) as error:
        raise ImportFailed("The text in base64 is damaged.", line=2) from error
    whole = read_json(text)
    yield from objects_in(whole.value)
    if whole.problem:
        yield Skipped(2, whole.problem, "the rest of the file")


_BOOK = table_of(
    "calibre.book", mark={"location": lambda mark: "".join(mark.texts("toc_family_titles")[-1:])}
)
