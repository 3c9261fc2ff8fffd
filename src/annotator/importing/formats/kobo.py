"""Kobo: the database of a device, KoboReader.sqlite."""

import sqlite3
from collections.abc import Iterator
from urllib.parse import unquote

from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedHighlight, ImportedItem, Skipped
from annotator.importing.moments import moment_or_remark
from annotator.importing.readers.database import MAGIC, columns_of, opened, tables_of
from annotator.importing.source import SourceFile

_COLOURS = {"0": "yellow", "1": "pink", "2": "blue", "3": "green"}
_WANTED = (
    "BookmarkID",
    "VolumeID",
    "ContentID",
    "Text",
    "Annotation",
    "DateCreated",
    "DateModified",
    "ChapterProgress",
    "Hidden",
    "Type",
    "Color",
)
_REASONS = {
    "dogear": "It is a bookmark, which marks no words.",
    "markup": "It is a drawing, which marks no words.",
}


def sniff(source: SourceFile) -> Sureness:
    """Return whether the database has the tables of Kobo."""
    is_ours = {"bookmark", "content"} <= tables_of(source.data)
    return Sureness.CERTAIN if is_ours else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the books that have marks, after the marks that have no words."""
    if not source.data.startswith(MAGIC):
        return
    with opened(source.data) as database:
        names = _names(database)
        books: dict[str, list[sqlite3.Row]] = {}
        present = {name.lower(): name for name in columns_of(database, "Bookmark")}
        columns = [present[name.lower()] for name in _WANTED if name.lower() in present]
        chosen = ", ".join(f'"{name}"' for name in columns)
        for row in database.execute(f"SELECT {chosen} FROM Bookmark"):  # noqa: S608  ours
            reason = _reason(row)
            if reason:
                yield Skipped(0, reason, _text(row, "Text") or _text(row, "BookmarkID"))
            else:
                books.setdefault(_text(row, "VolumeID"), []).append(row)
        for volume, rows in books.items():
            yield _book(volume, rows, names)


def _reason(row: sqlite3.Row) -> str:
    if _text(row, "Hidden").lower() in {"true", "1"}:
        return "It is deleted on the device."
    kind = _text(row, "Type").lower()
    if kind in _REASONS:
        return _REASONS[kind]
    return "" if _text(row, "Text") or _text(row, "Annotation") else "It has no words."


def _names(database: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return title and author of each content by its id."""
    columns = columns_of(database, "content")
    title = next((column for column in ("Title", "BookTitle") if column in columns), "")
    if "ContentID" not in columns or not title:
        return {}
    author = "Attribution" if "Attribution" in columns else "NULL"
    order = " ORDER BY VolumeIndex" if "VolumeIndex" in columns else ""  # that of the chapters
    query = f"SELECT ContentID, {title}, {author} FROM content{order}"  # noqa: S608  ours
    contents = database.execute(query)
    return {str(key): (str(title or ""), str(name or "")) for key, title, name in contents}


def _book(volume: str, rows: list[sqlite3.Row], names: dict[str, tuple[str, str]]) -> ImportedItem:
    remarks: list[str] = []
    title, author = names.get(volume, ("", ""))
    chapters = {key: order for order, key in enumerate(names)}
    marks = [_highlight(row, names, chapters, remarks) for row in rows]
    return ImportedItem(
        title=title or unquote(volume.rpartition("/")[2]).rpartition(".")[0] or volume,
        authors=tuple(name.strip() for name in author.split(",") if name.strip()),
        medium="book",
        highlights=tuple(marks),
        source_id=volume,
        remarks=tuple(remarks),
    )


def _highlight(
    row: sqlite3.Row,
    names: dict[str, tuple[str, str]],
    chapters: dict[str, int],
    remarks: list[str],
) -> ImportedHighlight:
    content = _text(row, "ContentID")
    progress = row["ChapterProgress"] if "ChapterProgress" in row.keys() else 0  # noqa: SIM118  a Row
    chapter = names.get(content, ("", ""))[0] if content != _text(row, "VolumeID") else ""
    within = float(progress) if isinstance(progress, int | float) else 0.0
    return ImportedHighlight(
        quote=_text(row, "Text"),
        note=_text(row, "Annotation"),
        location=chapter,
        order=chapters.get(content, 0) + min(max(within, 0.0), 0.999999),
        colour=_COLOURS.get(_text(row, "Color"), ""),
        created=moment_or_remark(_text(row, "DateCreated"), remarks),
        modified=moment_or_remark(_text(row, "DateModified"), remarks),
        source_id=_text(row, "BookmarkID"),
    )


def _text(row: sqlite3.Row, name: str) -> str:
    value = row[name] if name in row.keys() else None  # noqa: SIM118  a Row is no mapping
    return "" if value is None or isinstance(value, bytes) else str(value)


KOBO = Importer(
    name="kobo",
    title="Kobo (KoboReader.sqlite)",
    sniff=sniff,
    read=read,
    hint=".kobo/KoboReader.sqlite on the device",
)
