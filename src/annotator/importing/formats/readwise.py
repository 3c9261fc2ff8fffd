"""Readwise and Reader: the tables of an account, the one that it imports, the JSON of their APIs.

In the JSON of Readwise Reader a highlight is a document whose parent is the article, and a
note one whose parent is the highlight.

Notes may begin with commands to Readwise: `.tag` tags, `.h1` makes a heading, and `.c1`,
`.c2` join highlights that follow each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from annotator.errors import ImportFailed
from annotator.importing.conversion import by_parent, has_fields, items_of, joined
from annotator.importing.field_data import table_of
from annotator.importing.fields import first_object, highlight_of
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow
from annotator.importing.source import SourceFile

_COMMAND = re.compile(r"\.(\w\S*)(?:\s+|$)")
_HEADING = re.compile(r"h[1-6]")
_PART = re.compile(r"c\d{1,2}")
_BETWEEN_PARTS = " … "
_DISCARDED = "A highlight that is discarded in Readwise is left out."


def sniff(source: SourceFile) -> Sureness | bool:
    """Return whether the file has the columns or the fields of Readwise."""
    if source.has_columns("highlight", "book title") and not source.has_columns("note type"):
        return Sureness.CERTAIN
    if source.has_columns("highlight", "title", "author", "url"):
        return Sureness.LIKELY
    return has_fields(first_object(source, "results"), "user_book_id", "highlights")


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the books and articles of a file with their highlights."""
    if source.columns:
        yield from _from_table(source)
    else:
        yield from items_of(source.json_objects("results"), _from_book)


def _from_table(source: SourceFile) -> Iterator[Found]:
    """Yield an item for each row; rows that are parts of one highlight are one."""
    books: dict[tuple[str, ...], list[ImportedItem]] = defaultdict(list)
    problem: ImportFailed | None = None
    try:
        for item in items_of(source.rows(), _from_row):
            if isinstance(item, ImportedItem):
                books[item.title, item.url, *item.authors].append(item)
            else:
                yield item
    except ImportFailed as error:
        problem = error
    for items in books.values():
        marks = [mark for item in items for mark in item.highlights]
        if any(map(_part_of, marks)):
            by_line = {item.line: item for item in items}
            yield from (
                replace(by_line[mark.line], highlights=(mark,)) for mark in _joined_parts(marks)
            )
        else:
            yield from items
    if problem:
        raise problem


def _from_row(row: TableRow) -> Found:
    item = _ROW.read(row)
    if not isinstance(item, ImportedItem):
        return item
    return replace(
        item, highlights=tuple(_with_commands(mark, mark.note) for mark in item.highlights)
    )


def _from_book(book: JsonObject) -> Found:
    marks_of_book = book.objects("highlights")
    kept = [mark for mark in marks_of_book if not mark.flag("is_discard", "is_deleted")]
    item = _BOOK.read(book, records=kept)
    if not isinstance(item, ImportedItem):
        return item
    discarded = len(marks_of_book) - len(kept)
    marks = [_with_commands(mark, mark.note) for mark in item.highlights]
    return replace(
        item,
        highlights=tuple(_joined_parts(marks)),
        remarks=(*[_DISCARDED] * discarded, *item.remarks),
    )


def _address(book: JsonObject) -> str:
    """Return the address of the page, not the one that shows it in Readwise."""
    for name in ("source_url", "unique_url"):
        url = book.text(name)
        if url.startswith("http") and "readwise.io/" not in url:
            return url
    return ""


def _with_commands(mark: ImportedHighlight, note: str) -> ImportedHighlight:
    """Return the highlight with the tags of its note; `.c1` stays for `_joined_parts`.

    The first tag may be the name of a kind, as in the files that annotator writes.
    """
    tags: list[str] = []
    parts = ""
    rest = note.strip()
    while match := _COMMAND.match(rest):
        name = match[1].lower()
        rest = rest[match.end() :]
        if _PART.fullmatch(name):
            parts = f".{name} "
        else:
            tags.append("heading" if _HEADING.fullmatch(name) else match[1])
    return replace(
        mark, note=(parts + rest).strip(), tags=(*mark.tags, *tags), kind=(tags or [""])[0]
    )


def _joined_parts(marks: list[ImportedHighlight]) -> Iterator[ImportedHighlight]:
    """Yield the highlights in their order, with those joined whose notes are `.c1`, `.c2`."""
    open_mark: ImportedHighlight | None = None
    for mark in sorted(marks, key=lambda highlight: highlight.order or 0.0):
        part = _part_of(mark)
        note = mark.note.partition(" ")[2].strip() if part else mark.note
        if part and part != "c1" and open_mark is not None:
            open_mark = replace(
                open_mark,
                quote=open_mark.quote + _BETWEEN_PARTS + mark.quote,
                note=f"{open_mark.note}\n{note}".strip(),
                tags=(*open_mark.tags, *mark.tags),
            )
            continue
        if open_mark is not None:
            yield open_mark
        open_mark = replace(mark, note=note)
        if not part:
            yield open_mark
            open_mark = None
    if open_mark is not None:
        yield open_mark


def _part_of(mark: ImportedHighlight) -> str:
    """Return the command that a note begins with if it makes the highlight a part of one."""
    command = _COMMAND.match(mark.note)
    return command[1].lower() if command and _PART.fullmatch(command[1].lower()) else ""


_ROW = table_of("readwise.row")
_BOOK = table_of("readwise.book", item={"url": _address})


def read_reader(source: SourceFile) -> Iterator[Found]:
    """Yield the documents of a file, each with its highlights."""
    if source.columns:
        yield from items_of(source.rows(), _DOCUMENT_ROW.read)
        return
    documents, children, skipped = by_parent(
        source.json_objects("results"), lambda piece: piece.text("parent_id")
    )
    for document in documents:
        marks = children.get(document.text("id"), [])
        highlights = tuple(_highlight(mark, children.get(mark.text("id"), [])) for mark in marks)
        yield _DOCUMENT.read(document, highlights=highlights)
    known = {part.text("id") for part in chain(documents, *children.values())}
    for parent, marks in children.items():
        if parent not in known:
            for mark in marks:
                yield Skipped(mark.line, "Its document is not in the file.", mark.text("content"))
    yield from skipped


def _highlight(mark: JsonObject, notes: list[JsonObject]) -> ImportedHighlight:
    is_note = mark.text("category").lower() == "note"
    words = mark.text("content", "text")
    return highlight_of(
        mark,
        _DOCUMENT.mark,
        [],
        quote="" if is_note else words,
        note=joined(
            words if is_note else "",
            mark.text("notes"),
            *(note.text("content", "notes") for note in notes),
        ),
    )


_DOCUMENT_ROW, _DOCUMENT = table_of("reader.row"), table_of("reader.document")
