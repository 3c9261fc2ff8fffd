"""KOReader: the sidecar of a book, which is read as a literal, and its exports in JSON."""

import re
from collections.abc import Iterator

from annotator.importing.conversion import has_fields, words_of
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.json_values import JsonObject, objects_in
from annotator.importing.readers.lua import looks_like_lua, read_lua
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState

_MADE_BY_PROGRAM = re.compile(r"(?:Page|Seite|Página|Pagina) \d+ .*@ \d{4}-\d\d-\d\d", re.DOTALL)
_STATES: dict[str, ReadState] = {"complete": "read", "abandoned": "archived", "reading": "reading"}
_BOOKMARK = "It is a bookmark, which marks no words."
_SIGNS = ('["doc_props"]', '["annotations"]', '["bookmarks"]', '["highlight"]', '["stats"]')


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file is a table of Lua, or has the fields of KOReader."""
    if looks_like_lua(source.head):
        is_ours = any(sign in source.text for sign in _SIGNS)
        return Sureness.CERTAIN if is_ours else Sureness.NO
    whole = source.json_object
    book = next(iter(whole.objects("documents")), whole)
    entries = book.objects("entries")
    is_ours = bool(entries) and has_fields(entries[0], "text", "time")
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the books of the file with their highlights."""
    if looks_like_lua(source.head):
        yield from _from_sidecar(read_lua(source.text))
        return
    books = (
        source.json_objects("documents")
        if "documents" in source.json_object
        else (source.json_objects())
    )
    for book in books:
        if isinstance(book, Skipped):
            yield book
        else:
            yield from _from_export(book)


def _from_sidecar(record: JsonObject) -> Iterator[Found]:
    properties = record.object("doc_props")
    remarks: list[str] = []
    marks: list[ImportedHighlight] = []
    for order, annotation in enumerate(_annotations(record)):
        mark = _highlight(annotation, float(order), remarks)
        if mark is None:
            yield Skipped(annotation.line, _BOOKMARK, annotation.text("text", "notes"))
        else:
            marks.append(mark)
    state = _STATES.get(record.object("summary").text("status").lower())
    file = record.text("doc_path").rpartition("/")[2].rpartition(".")[0]
    yield ImportedItem(
        title=properties.text("title") or record.object("stats").text("title") or file,
        authors=_authors(properties.text("authors")),
        state=state,
        progress=record.number("percent_finished"),
        note=record.object("summary").text("note"),
        language=properties.text("language"),
        medium="book",
        highlights=tuple(marks),
        source_id=record.text("partial_md5_checksum"),
        line=1,
        remarks=tuple(remarks),
    )


def _annotations(record: JsonObject) -> list[JsonObject]:
    """Return the highlights of the newest kind that the sidecar has."""
    new = record.objects("annotations")
    if new:
        return new
    bookmarks = record.objects("bookmarks")
    quoted = {bookmark.text("notes").strip() for bookmark in bookmarks}
    others = (_on_page(mark, page) for page, mark in _by_page(record.get("highlight")))
    return [*bookmarks, *(other for other in others if other.text("notes").strip() not in quoted)]


def _by_page(highlights: object) -> Iterator[tuple[str, JsonObject]]:
    """Yield the highlights of the oldest sidecars, lists by the numbers of their pages."""
    if isinstance(highlights, list):
        highlights = {str(page): marks for page, marks in enumerate(highlights, 1)}
    if isinstance(highlights, dict):
        for page, marks in highlights.items():
            yield from ((str(page), mark) for mark in objects_in(marks))


def _on_page(mark: JsonObject, page: str) -> JsonObject:
    made = JsonObject(
        {"notes": mark.get("text"), "highlighted": True, "pageno": page}
        | {key: mark.get(key) for key in ("datetime", "chapter", "drawer")}
    )
    made.line = mark.line
    return made


def _highlight(record: JsonObject, order: float, remarks: list[str]) -> ImportedHighlight | None:
    is_old = "notes" in record or "highlighted" in record
    if not (record.flag("highlighted") if is_old else record.text("drawer")):
        return None
    note = record.text("text") if is_old else record.text("note")
    if record.text("note_format") == "html":
        note = words_of(note)
    page = record.text("pageno") or (record.text("page") if record.text("page").isdecimal() else "")
    chapter = record.text("chapter")
    places = (chapter, f"page {page}" if page else "")
    return ImportedHighlight(
        quote=record.text("notes") if is_old else record.text("text"),
        note="" if _MADE_BY_PROGRAM.match(note) else note,
        location=", ".join(filter(None, places)),
        order=order,
        colour=record.text("color"),
        created=moment_or_remark(record.text("datetime"), remarks),
        modified=moment_or_remark(record.text("datetime_updated"), remarks),
        line=record.line,
    )


def _from_export(book: JsonObject) -> Iterator[Found]:
    remarks: list[str] = []
    marks = tuple(
        ImportedHighlight(
            quote=entry.text("text"),
            note=entry.text("note"),
            location=", ".join(
                filter(
                    None,
                    (
                        entry.text("chapter"),
                        f"page {entry.text('page')}" if entry.text("page") else "",
                    ),
                )
            ),
            order=float(order),
            colour=entry.text("color"),
            created=moment_or_remark(entry.number("time") or entry.text("time"), remarks),
            line=entry.line,
        )
        for order, entry in enumerate(book.objects("entries"))
        if entry.text("sort") != "bookmark" and (entry.text("text") or entry.text("note"))
    )
    yield from (
        Skipped(entry.line, _BOOKMARK, entry.text("text"))
        for entry in book.objects("entries")
        if entry.text("sort") == "bookmark"
    )
    yield ImportedItem(
        title=book.text("title") or book.text("file").rpartition("/")[2],
        authors=_authors(book.text("author")),
        medium="book",
        highlights=marks,
        source_id=book.text("md5sum"),
        line=book.line,
        remarks=tuple(remarks),
    )


def _authors(names: str) -> tuple[str, ...]:
    authors = (part.strip() for part in re.split(r"[\n;]", names))
    return tuple(author for author in authors if author not in {"", "N/A"})


KOREADER = Importer(
    name="koreader",
    title="KOReader (sidecar, JSON)",
    sniff=sniff,
    read=read,
    hint="BOOK.sdr/metadata.….lua, or Export highlights, JSON",
)
