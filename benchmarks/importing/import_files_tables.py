"""Files of services that export tables: Pocket, Instapaper, Readwise, Reader and others."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from import_drafts import Draft, Quoted
from import_truth import Truth, add_page, form, item_of

SECONDS_FORM = "%Y-%m-%d %H:%M:%S+00:00"
POCKET_PART = 10_000  # rows a file of the archive
READWISE_OLD = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type"
READWISE_NEW = f"{READWISE_OLD},Location,Highlighted at,Document tags"


def table(
    columns: str,
    rows: Iterable[Mapping[str, object]],
    *,
    ending: str = "\r\n",
    separator: str = ",",
    quote_all: bool = False,
) -> str:
    """Return rows as CSV. Values of columns that the file does not have are left out."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text,
        columns.split(","),
        delimiter=separator,
        lineterminator=ending,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
        extrasaction="ignore",
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def save(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """Write text to a file and return its path."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def _pocket_rows(drafts: Sequence[Draft], truth: Truth) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for each in drafts:
        draft = each.tags_without("|", ",")
        add_page(truth, draft, "title tags state saved")
        rows.append(
            {
                "title": draft.title or draft.url,
                "url": draft.url,
                "time_added": draft.seconds,
                "cursor": "",
                "tags": "|".join(draft.tags),
                "status": "archive" if draft.is_archived else "unread",
            }
        )
    return rows


@form("pocket-csv")
def write_pocket_csv(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write a part of Pocket's export by itself."""
    rows = _pocket_rows(drafts, truth)
    return save(folder, "part_000000.csv", table("title,url,time_added,tags,status", rows))


def _pocket_annotations(drafts: Sequence[Draft], truth: Truth) -> list[dict[str, object]]:
    """Return the highlights by page, and add them to the truth."""
    found: list[dict[str, object]] = []
    for draft in {draft.url: draft for draft in drafts}.values():
        if draft.is_broken or not draft.highlights:
            continue
        item = next(item for item in truth.items if item.url == draft.url)
        item.highlights = item_of(draft, "", "created").highlights
        marks = [
            {"quote": mark.quote, "created_at": int(mark.created.timestamp())}
            for mark in draft.highlights
        ]
        found.append({"url": draft.url, "title": draft.title, "highlights": marks})
    return found


@form("pocket-zip")
def write_pocket_zip(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Pocket's last export: tables and highlights in an archive."""
    rows = _pocket_rows(drafts, truth)
    path = folder / "pocket.zip"
    columns = "title,url,time_added,tags,status"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part, start in enumerate(range(0, max(len(rows), 1), POCKET_PART)):
            text = table(columns, rows[start : start + POCKET_PART], ending="\n")
            archive.writestr(f"part_{part:06}.csv", text)
        marks = json.dumps(_pocket_annotations(drafts, truth))
        archive.writestr("annotations/part_000000.json", marks)
    return path


@form("pocket-zip-old")
def write_old_pocket_zip(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Pocket's earlier export: a column before the tags, two parts, no highlights."""
    rows = _pocket_rows(drafts, truth)
    path = folder / "pocket-old.zip"
    columns = "title,url,time_added,cursor,tags,status"
    half = (len(rows) + 1) // 2
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part, some in enumerate((rows[:half], rows[half:])):
            archive.writestr(f"part_{part:06}.csv", table(columns, some, ending="\n"))
    return path


def _instapaper(drafts: Sequence[Draft], truth: Truth, columns: str) -> str:
    rows = []
    fields = "title" + (" saved" if "Timestamp" in columns else "")
    fields += " tags" if "Tags" in columns else ""
    for draft in drafts:
        folder = ("Unread", "Archive", "Starred", "Städte, Brücken")[draft.number % 4]
        passage = draft.paragraphs[0] if draft.is_each(6, 1) and not draft.is_broken else ""
        add_page(
            truth, replace(draft, highlights=(Quoted(passage),) if passage else ()), fields, "x"
        )
        truth.put_into(folder, draft)
        rows.append(
            {
                "URL": draft.url,
                "Title": draft.title,
                "Selection": passage,
                "Folder": folder,
                "Timestamp": draft.seconds,
                "Tags": json.dumps(list(draft.tags)),
            }
        )
    return table(columns, rows)


@form("instapaper-old")
def write_old_instapaper(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Instapaper's table of before 2023."""
    return save(folder, "instapaper.csv", _instapaper(drafts, truth, "URL,Title,Selection,Folder"))


@form("instapaper-2023")
def write_instapaper_2023(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Instapaper's table with dates."""
    columns = "URL,Title,Selection,Folder,Timestamp"
    return save(folder, "instapaper-2023.csv", _instapaper(drafts, truth, columns))


@form("instapaper")
def write_instapaper(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Instapaper's table with dates and tags."""
    columns = "URL,Title,Selection,Folder,Timestamp,Tags"
    return save(folder, "instapaper-2025.csv", _instapaper(drafts, truth, columns))


def _readwise(drafts: Sequence[Draft], truth: Truth, columns: str) -> str:
    rows = []
    for each in drafts:
        draft = each.tags_without(",")
        item = item_of(draft, "title authors", "note colour tags created")
        item.tags = list(draft.tags) if "Document tags" in columns else []
        for mark, true in zip(draft.highlights, item.highlights, strict=True):
            true.tags = [tag for tag in mark.tags if "," not in tag]
            fraction = ".123456" if mark.start % 2 else ""
            rows.append(
                {
                    "Highlight": mark.quote.replace("\n\n", "\n"),
                    "Book Title": draft.title,
                    "Book Author": ", ".join(draft.authors),
                    "Amazon Book ID": f"B00{draft.number:07}" if draft.number % 2 else "",
                    "Note": mark.note,
                    "Color": mark.colour,
                    "Tags": ", ".join(true.tags),
                    "Location Type": ("page", "location", "order", "")[draft.number % 4],
                    "Location": mark.start,
                    "Highlighted at": mark.created.strftime(f"%Y-%m-%d %H:%M:%S{fraction}+00:00"),
                    "Document tags": ", ".join(draft.tags),
                }
            )
        truth.add(item)
    return table(columns, rows, ending="\n")


@form("readwise-csv", "highlights")
def write_readwise(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table of all highlights of an account."""
    return save(folder, "readwise-data.csv", _readwise(drafts, truth, READWISE_NEW))


@form("readwise-csv-old", "highlights")
def write_old_readwise(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the earlier table, with a byte-order mark and without tags of documents."""
    columns = READWISE_NEW.removesuffix(",Document tags")
    text = _readwise(drafts, truth, columns)
    return save(folder, "readwise-old.csv", text, "utf-8-sig")


@form("readwise-import-csv", "highlights")
def write_readwise_form(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table that Readwise takes, which other programs export."""
    rows = []
    for each in drafts:
        draft = (
            each if each.number % 3 else replace(each, url=f"https://books.example/{each.number}")
        )
        truth.add(item_of(draft, "title authors", "note created"))
        rows += [
            {
                "Highlight": mark.quote,
                "Title": draft.title,
                "Author": ", ".join(draft.authors),
                "URL": draft.url,
                "Note": mark.note,
                "Location": at + 1,
                "Date": mark.created.strftime("%Y-%m-%d %H:%M:%S"),
            }
            for at, mark in enumerate(draft.highlights)
        ]
    text = table("Highlight,Title,Author,URL,Note,Location,Date", rows, ending="\n")
    return save(folder, "my-highlights.csv", text)


@form("reader-csv")
def write_reader(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write the table of Readwise Reader; every ninth row is of a feed."""
    rows = []
    for draft in drafts:
        where = "archive" if draft.is_archived else ("new", "later", "shortlist")[draft.number % 3]
        is_feed = draft.is_each(9, 2)
        if is_feed:
            truth.skip(draft.url, "feed", draft.title)
        else:
            add_page(truth, draft, "title tags saved state progress")
            truth.put_into(where, draft)
        rows.append(
            {
                "Title": draft.title,
                "URL": draft.url,
                "ID": f"01hx{draft.number:022}",
                "Document tags": str(list(draft.tags)),
                "Saved date": draft.date(SECONDS_FORM),
                "Reading progress": draft.progress,
                "Location": "feed" if is_feed else where,
                "Seen": str(bool(draft.progress)),
            }
        )
    columns = "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen"
    return save(folder, "reader-export.csv", table(columns, rows, ending="\n"))


def _matter(drafts: Sequence[Draft], truth: Truth, count: str) -> str:
    rows: list[dict[str, Any]] = []
    for each in drafts:
        draft = each.tags_without(";")
        add_page(truth, draft, "title authors tags state")
        rows.append(
            {
                "Title": draft.title,
                "Author": ", ".join(draft.authors),
                "Publisher": draft.site,
                "URL": draft.url,
                "Tags": ";".join(draft.tags),
                "Word Count": len(draft.text.split()),
                "In Queue": str(not draft.is_archived),
                "Favorited": str(draft.is_starred),
                "Read": "False",
                count: len(draft.highlights),
                "Last Interaction Date": draft.date("%Y-%m-%d %H:%M:%S"),
                "File Id": "",
            }
        )
    columns = "Title,Author,Publisher,URL,Tags,Word Count,In Queue,Favorited,Read"
    return table(f"{columns},{count},Last Interaction Date,File Id", rows)


@form("matter")
def write_matter(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Matter's table."""
    return save(folder, "_matter_history.csv", _matter(drafts, truth, "Highlight_Count"))


@form("matter-old")
def write_old_matter(drafts: Sequence[Draft], folder: Path, truth: Truth) -> Path:
    """Write Matter's earlier table, which spells a column differently."""
    return save(folder, "_matter_old.csv", _matter(drafts, truth, "Highlight Count"))
