"""Databases and exchange files of readers and of Zotero."""

import json
import sqlite3
from base64 import b64encode
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from import_drafts import Draft
from import_files_books import KOREADER_COLOURS
from import_files_json import save_json
from import_files_tables import save
from import_truth import Truth, form, iso, item_of

STYLES = ("highlight", "underline", "squiggly")
CALIBRE_COLOURS = ("yellow", "green", "blue", "red", "purple")
READEST_COLOURS = ("red", "yellow", "green", "blue", "violet")
ZOTERO_COLOURS = {
    "yellow": "#ffd400",
    "blue": "#2ea8e5",
    "pink": "#e56eee",
    "orange": "#f19837",
    "green": "#5fb236",
    "purple": "#a28ae5",
}


def _koreader(draft: Draft, truth: Truth) -> dict[str, object]:
    item = item_of(draft, "title authors", "note created")
    for at, true in enumerate(item.highlights):
        true.colour = KOREADER_COLOURS[at % len(KOREADER_COLOURS)]
    truth.add(item)
    entries = []
    for at, mark in enumerate(draft.highlights):
        entry = {
            "sort": "highlight",
            "page": at + 3,
            "time": int(mark.created.timestamp()),
            "text": mark.quote,
            "chapter": "One",
            "drawer": "lighten",
            "color": KOREADER_COLOURS[at % len(KOREADER_COLOURS)],
        }
        entries.append({**entry, "note": mark.note} if mark.note else entry)
    return {
        "title": draft.title,
        "author": "\n".join(draft.authors),
        "file": f"/sdcard/Books/book-{draft.number}.epub",
        "entries": entries,
    }


@form("koreader-json", "highlights")
def write_koreader(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write KOReader's export of each book: a folder of files."""
    for draft in drafts:
        save_json(folder, f"book-{draft.number}.json", {**_koreader(draft, truth), "version": "1"})
    return folder


@form("koreader-json-all", "highlights")
def write_all_koreader(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write KOReader's export of all books."""
    documents = [_koreader(draft, truth) for draft in drafts]
    value = {"created_on": 1_700_000_000, "version": "json/1.0.0", "documents": documents}
    return save_json(folder, "all-books.json", value)


KOBO = """
CREATE TABLE content (ContentID TEXT NOT NULL, ContentType TEXT NOT NULL, MimeType TEXT NOT NULL,
    BookID TEXT, BookTitle TEXT, Title TEXT, Attribution TEXT, ___PercentRead INTEGER,
    ReadStatus INTEGER, PRIMARY KEY (ContentID));
CREATE TABLE Bookmark (BookmarkID TEXT NOT NULL, VolumeID TEXT NOT NULL, ContentID TEXT NOT NULL,
    StartContainerPath TEXT NOT NULL, StartContainerChild INTEGER, StartOffset INTEGER NOT NULL,
    EndContainerPath TEXT NOT NULL, EndContainerChild INTEGER, EndOffset INTEGER NOT NULL,
    Text TEXT, Annotation TEXT, DateCreated TEXT, ChapterProgress REAL NOT NULL, Hidden BOOL,
    Version TEXT, DateModified TEXT, Creator TEXT, UUID TEXT, Type TEXT{colour},
    PRIMARY KEY (BookmarkID));
CREATE TRIGGER later AFTER INSERT ON Bookmark BEGIN SELECT 1; END;
"""


def _kobo(drafts: Sequence[Draft], path: Path, truth: Truth, *, has_colour: bool) -> Path:
    books: list[tuple[object, ...]] = []
    marks: list[tuple[object, ...]] = []
    for draft in drafts:
        item = item_of(draft, "title authors", "note created")
        truth.add(item)
        volume = f"file:///sdcard/Books/book-{draft.number}.epub"
        chapter = f"{volume}#(3)OEBPS/ch3.xhtml"
        writers = ", ".join(draft.authors)
        percent = round(draft.progress * 100)
        title = draft.title
        books += [
            (volume, "6", "application/epub+zip", None, None, title, writers, percent),
            (chapter, "9", "application/xhtml", volume, title, "Three", None, 0),
        ]
        for at, mark in enumerate(draft.highlights):
            place = f"OEBPS/ch3.xhtml#point(/1/4/{at * 2 + 2}/3:{mark.start})"
            date = mark.created.strftime("%Y-%m-%dT%H:%M:%S.000")
            kind = "note" if mark.note else "highlight"
            row = (f"{draft.number}-{at}", volume, chapter, place, 0, 0, place, 0, 9)
            rest = (mark.quote, mark.note or None, date, at / 50, "false", "", date, kind)
            marks.append((*row, *rest, *((at % 4,) if has_colour else ())))
        place = "OEBPS/ch1.xhtml#point(/1/4/2/3:1)"
        row = (f"{draft.number}-dog", volume, chapter, place, 0, 0, place, 0, 0)
        nothing = (None, None, "2024-01-01T00:00:00.000", 0.1, "false", "", "", "dogear")
        marks.append((*row, *nothing, *((0,) if has_colour else ())))
    colour = ", Color INTEGER" if has_colour else ""
    with closing(sqlite3.connect(path)) as base:
        base.executescript(KOBO.format(colour=colour))
        base.executemany("INSERT INTO content VALUES (?,?,?,?,?,?,?,?,1)", books)
        columns = (
            "BookmarkID,VolumeID,ContentID,StartContainerPath,StartContainerChild,StartOffset,"
            "EndContainerPath,EndContainerChild,EndOffset,Text,Annotation,DateCreated,"
            "ChapterProgress,Hidden,Version,DateModified,Type"
        )
        columns += ",Color" if has_colour else ""
        values = ",".join("?" * len(columns.split(",")))
        base.executemany(f"INSERT INTO Bookmark ({columns}) VALUES ({values})", marks)
        base.commit()
    return path


@form("kobo", "highlights")
def write_kobo(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the database of a Kobo with newer firmware."""
    return _kobo(drafts, folder / "KoboReader.sqlite", truth, has_colour=True)


@form("kobo-old", "highlights")
def write_old_kobo(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the database of a Kobo whose bookmarks have no colours."""
    return _kobo(drafts, folder / "KoboReader-old.sqlite", truth, has_colour=False)


@form("calibre", "highlights")
def write_calibre(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Calibre's bookmarks of each book: a folder of files, which hold no titles."""
    for draft in drafts:
        name = f"calibre-book-{draft.number}"
        item = item_of(replace(draft, title=name, authors=()), "", "note created")
        item.title = ""
        item.authors = [name]  # tells equal books apart; it is not compared
        rows: list[dict[str, object]] = [
            {"pos": "epubcfi(/2/2!/4/4)", "pos_type": "epubcfi", "type": "last-read"},
            {"title": "Here", "type": "bookmark", "pos": "epubcfi(/2!/4)", "pos_type": "epubcfi"},
            {"type": "highlight", "removed": True, "uuid": "gone", "timestamp": "2024-01-01"},
        ]
        for at, mark in enumerate(draft.highlights):
            colour = CALIBRE_COLOURS[at % len(CALIBRE_COLOURS)]
            item.highlights[at].colour = colour
            row = {
                "type": "highlight",
                "uuid": f"u{draft.number}-{at}",
                "highlighted_text": mark.quote,
                "start_cfi": f"/2/4/{at}:0",
                "end_cfi": f"/2/4/{at}:9",
                "spine_index": 3,
                "spine_name": "ch3.xhtml",
                "style": {"kind": "color", "type": "builtin", "which": colour},
                "timestamp": mark.created.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                "toc_family_titles": ["Part one", "Three"],
            }
            rows.append({**row, "notes": mark.note} if mark.note else row)
        truth.add(item)
        text = b64encode(json.dumps(rows, ensure_ascii=False).encode()).decode()
        save(folder, f"{name}.calibre_bookmarks", f"encoding=json+base64:\n{text}\n")
    return folder


@form("readest", "highlights")
def write_readest(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Readest's JSON of each book: a folder of files."""
    for draft in drafts:
        item = item_of(draft, "title authors", "note created")
        rows: list[dict[str, object]] = []
        for at, mark in enumerate(draft.highlights):
            colour = READEST_COLOURS[at % len(READEST_COLOURS)]
            item.highlights[at].colour = colour
            millis = int(mark.created.timestamp() * 1000)
            rows.append(
                {
                    "id": f"r{draft.number}-{at}",
                    "type": "annotation",
                    "cfi": f"epubcfi(/6/8!/4/{at}:0)",
                    "text": mark.quote,
                    "note": mark.note,
                    "style": STYLES[at % len(STYLES)],
                    "color": colour,
                    "createdAt": millis,
                    "updatedAt": millis,
                }
            )
        snippet = {"id": f"b{draft.number}", "type": "bookmark", "cfi": "epubcfi(/6!/4)"}
        rows.append({**snippet, "text": "A snippet", "note": "", "createdAt": 1, "updatedAt": 1})
        truth.add(item)
        book = {"title": draft.title, "author": ", ".join(draft.authors), "hash": "ab12"}
        value = {
            "$format": "readest-annotations",
            "version": 1,
            "exportedAt": 1_760_000_000_000,
            "book": {**book, "format": "EPUB"},
            "annotations": rows,
        }
        save_json(folder, f"book-{draft.number}.json", value)
    return folder


def _zotero_mark(draft: Draft, at: int, parent: str) -> dict[str, object]:
    mark = draft.highlights[at]
    rects = {"pageIndex": at, "rects": [[10.0, 20.0, 200.0, 32.0]]}
    book = {"type": "FragmentSelector", "conformsTo": "http://www.idpf.org", "value": "epubcfi(/6)"}
    page = {"type": "CssSelector", "value": "p", "refinedBy": {"type": "TextPositionSelector"}}
    return {
        "key": f"A{draft.number:05}{at:02}",
        "version": 3,
        "itemType": "annotation",
        "parentItem": parent,
        "annotationType": ("highlight", "underline")[at % 2],
        "annotationAuthorName": "",
        "annotationText": mark.quote,
        "annotationComment": mark.note,
        "annotationColor": ZOTERO_COLOURS[mark.colour],
        "annotationPageLabel": str(at + 1),
        "annotationSortIndex": f"{at:05}|{mark.start:06}|00080",
        "annotationPosition": json.dumps((rects, book, page)[at % 3]),
        "tags": [{"tag": tag} for tag in mark.tags],
        "relations": {},
        "dateAdded": iso(mark.created),
        "dateModified": iso(mark.created),
    }


def _creators(draft: Draft) -> list[dict[str, str]]:
    """Return authors as Zotero keeps them: the last of two has a name in one field."""
    shared = {"creatorType": "author"}
    return [
        {**shared, "firstName": name.rpartition(" ")[0], "lastName": name.rpartition(" ")[2]}
        if " " in name and at == 0
        else {**shared, "name": name}
        for at, name in enumerate(draft.authors)
    ]


def _zotero_truth(draft: Draft, truth: Truth) -> None:
    item = item_of(draft, "title authors tags", "note tags created")
    for mark, true in zip(draft.highlights, item.highlights, strict=True):
        true.colour = ZOTERO_COLOURS[mark.colour]
    truth.add(item)


@form("zotero-json")
def write_zotero(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write items of Zotero's API: pages, attachments, and annotations of these."""
    rows: list[dict[str, object]] = []
    for draft in {draft.url: draft for draft in drafts if draft.highlights}.values():
        _zotero_truth(draft, truth)
        page, file = f"P{draft.number:07}", f"F{draft.number:07}"
        entry: dict[str, object] = {
            "key": page,
            "itemType": "webpage",
            "title": draft.title,
            "url": draft.url,
            "creators": _creators(draft),
            "tags": [{"tag": tag} for tag in draft.tags],
            "dateAdded": iso(draft.saved),
        }
        attachment: dict[str, object] = {
            "itemType": "attachment",
            "parentItem": page,
            "contentType": "text/html",
        }
        marks = [_zotero_mark(draft, at, file) for at in range(len(draft.highlights))]
        ink = {**marks[0], "key": f"I{draft.number:07}", "annotationType": "ink"}
        ink |= {"annotationText": "", "annotationComment": ""}
        data: list[dict[str, object]] = [
            *marks,
            ink,
            {**attachment, "key": file, "title": "Snapshot"},
            entry,
        ]
        rows += [{"key": row["key"], "version": 1, "data": row} for row in data]
    return save_json(folder, "zotero-items.json", rows)


@form("betterbibtex-json")
def write_better(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Better BibTeX's JSON, with annotations below the attachments."""
    items = []
    for draft in {draft.url: draft for draft in drafts if draft.highlights}.values():
        _zotero_truth(draft, truth)
        marks = [_zotero_mark(draft, at, "") for at in range(len(draft.highlights))]
        file = {
            "itemType": "attachment",
            "title": "Full text",
            "path": "/x/y.pdf",
            "url": draft.url,
        }
        items.append(
            {
                "itemType": "webpage",
                "title": draft.title,
                "url": draft.url,
                "creators": _creators(draft),
                "tags": [{"tag": tag} for tag in draft.tags],
                "attachments": [{**file, "annotations": marks}],
                "notes": [],
                "citationKey": f"story{draft.number}",
                "itemKey": f"P{draft.number:07}",
                "dateAdded": iso(draft.saved),
            }
        )
    config = {"id": "36a3b0b5-bad0-4a04-b79b-441c7cef77db", "label": "BetterBibTeX JSON"}
    return save_json(folder, "better.json", {"config": config, "items": items})
