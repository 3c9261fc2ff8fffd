"""Kobo: the database of a device, KoboReader.sqlite, and the text that export-kobo makes of it."""

import re
import sqlite3
from collections.abc import Iterator
from urllib.parse import unquote

from annotator.importing.conversion import BOOKMARK, split_tags
from annotator.importing.field_data import table_of
from annotator.importing.item import Found, Skipped
from annotator.importing.own_books import ids_in
from annotator.importing.readers.database import MAGIC, columns_of, opened, tables_of
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.source import SourceFile

_HEAD = re.compile(r"Type: +\w+\s+Title: .*\n\s*Author: ")
_FIELD = re.compile(r"(Type|Title|Author|Date created|Reference text|Annotation):\s*(.*)")
_RULE = "=== === ==="  # of the text, around a passage
_REASONS = {"dogear": BOOKMARK, "markup": "It is a drawing, which marks no words."}


def sniff(source: SourceFile) -> bool:
    """Return whether the database has the tables of Kobo, or the text its first fields."""
    return _HEAD.match(source.head.lstrip()) is not None or {"bookmark", "content"} <= tables_of(
        source.data
    )


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the books that have marks, after the marks that have no words."""
    if not source.data.startswith(MAGIC):
        yield from _from_text(source.text)
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
    for mark in marks:
        content = mark.text("contentid")
        within = min(max(mark.number("chapterprogress") or 0.0, 0.0), 0.999999)
        mark["chapter_place"] = chapters.get(content, 0) + within
        path = mark.text("startcontainerpath").rpartition("#")[2]
        mark["place"] = f"{content}#{path}"
        mark["chapter_name"] = names.get(content, ("", ""))[0] if content != volume else ""
    return _BOOK.read(
        JsonObject(),
        records=marks,
        title=title or unquote(volume.rpartition("/")[2]).rpartition(".")[0] or volume,
        authors=split_tags(author),
        source_id=volume,
        article_ids=ids_in("", unquote(volume)),
    )


def _reason(mark: JsonObject) -> str:
    if mark.flag("hidden"):
        return "It is deleted on the device."
    reason = _REASONS.get(mark.text("type").lower(), "")
    return reason or ("" if mark.text("text", "annotation") else "It has no words.")


# The text: a block for each mark, with fields, then passages between lines of signs.


def _from_text(text: str) -> Iterator[Found]:
    books: dict[tuple[str, str], list[JsonObject]] = {}
    for mark in _in_text(text):
        if not mark.text("reference_text", "annotation"):
            yield Skipped(mark.line, _REASONS.get(mark.text("type").lower(), "It has no words."))
        else:
            books.setdefault((mark.text("title"), mark.text("author")), []).append(mark)
    for (title, author), marks in books.items():
        book = JsonObject(line=marks[0].line)
        yield _OF_TEXT.read(book, records=marks, title=title, authors=split_tags(author))


def _in_text(text: str) -> Iterator[JsonObject]:
    values: dict[str, list[str]] = {}
    name, start, is_within = "", 1, False
    for number, line in enumerate((*text.splitlines(), "Type:"), 1):
        field = None if is_within else _FIELD.match(line)
        if field and field[1] == "Type":
            if values:
                yield JsonObject({key: "\n".join(words) for key, words in values.items()}, start)
            values, start = {}, number
        if field:
            name = field[1].lower().replace(" ", "_")
            values[name] = [field[2].strip()] if field[2].strip() else []
        elif line.strip() == _RULE:
            is_within = not is_within
        elif is_within:
            values.setdefault(name, []).append(line)


_BOOK, _OF_TEXT = table_of("kobo.book"), table_of("kobo.of_text")
