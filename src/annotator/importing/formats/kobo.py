"""Kobo: the database of a device, KoboReader.sqlite."""

import sqlite3
from collections.abc import Iterator
from urllib.parse import unquote

from annotator.importing.conversion import BOOKMARK
from annotator.importing.fields import FieldTable
from annotator.importing.importers import Importer
from annotator.importing.item import Found, Skipped
from annotator.importing.readers.database import MAGIC, columns_of, opened, tables_of
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_COLOURS = {"0": "yellow", "1": "pink", "2": "blue", "3": "green"}
_REASONS = {"dogear": BOOKMARK, "markup": "It is a drawing, which marks no words."}


def sniff(source: SourceFile) -> bool:
    """Return whether the database has the tables of Kobo."""
    return {"bookmark", "content"} <= tables_of(source.data)


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the books that have marks, after the marks that have no words."""
    if not source.data.startswith(MAGIC):
        return
    with opened(source.data) as database:
        names = _names(database)
        books: dict[str, list[JsonObject]] = {}
        for row in database.execute("SELECT * FROM Bookmark"):
            mark = JsonObject(zip(map(str.lower, row.keys()), row, strict=True))
            if reason := _reason(mark):
                yield Skipped(0, reason, mark.text("text", "bookmarkid"))
            else:
                books.setdefault(mark.text("volumeid"), []).append(mark)
        for volume, marks in books.items():
            yield _book(volume, marks, names)


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


def _book(volume: str, marks: list[JsonObject], names: dict[str, tuple[str, str]]) -> Found:
    title, author = names.get(volume, ("", ""))
    chapters = {key: order for order, key in enumerate(names)}

    def chapter(mark: JsonObject) -> str:
        content = mark.text("contentid")
        return names.get(content, ("", ""))[0] if content != volume else ""

    def order(mark: JsonObject) -> float:
        within = min(max(mark.number("chapterprogress") or 0.0, 0.0), 0.999999)
        return chapters.get(mark.text("contentid"), 0) + within

    table = FieldTable(
        item={},
        mark={
            "quote": "text",
            "note": "annotation",
            "location": chapter,
            "order": order,
            "colour": lambda mark: _COLOURS.get(mark.text("color"), ""),
            "created": "datecreated",
            "modified": "datemodified",
            "source_id": "bookmarkid",
        },
    )
    return table.read(
        JsonObject(),
        records=marks,
        title=title or unquote(volume.rpartition("/")[2]).rpartition(".")[0] or volume,
        authors=tuple(name.strip() for name in author.split(",") if name.strip()),
        medium="book",
        source_id=volume,
    )


def _reason(mark: JsonObject) -> str:
    if mark.flag("hidden"):
        return "It is deleted on the device."
    reason = _REASONS.get(mark.text("type").lower(), "")
    return reason or ("" if mark.text("text", "annotation") else "It has no words.")


KOBO = Importer(
    "kobo", "Kobo (KoboReader.sqlite)", sniff, read, hint=".kobo/KoboReader.sqlite on the device"
)
