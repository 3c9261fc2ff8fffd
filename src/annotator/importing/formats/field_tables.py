"""Formats that are nothing but fields: the tables and the JSON of services, by their names.

Each names what tells its files from others and which field is which of an item; see `fields`.
"""

import re

from annotator.importing.conversion import BOOKMARK, joined, read_state, split_tags
from annotator.importing.fields import FieldTable, Record, flagged, format_of_fields, split
from annotator.importing.item import ImportedHighlight, ItemText, Medium
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.table import TableRow
from annotator.model import MARKDOWN
from annotator.model.vocabulary import ReadState


def _is_book(_record: Record) -> Medium:
    return "book"


# Bookcision: the highlights of a book from the web page of Kindle.


def _bookcision_place(mark: JsonObject) -> str:
    place = mark.text("location.value")
    return f"location {place}" if place else ""


BOOKCISION = format_of_fields(
    "bookcision",
    "Bookcision (JSON)",
    signs=("asin title highlights",),
    record=FieldTable(
        item={"authors": "authors author", "medium": _is_book, "source_id": "asin"},
        marks="highlights",
        mark={
            "quote": lambda mark: "" if mark.flag("isNoteOnly") else mark.text("text"),
            "note": lambda mark: joined(
                mark.text("text") if mark.flag("isNoteOnly") else "", mark.text("note")
            ),
            "location": _bookcision_place,
            "order": "location.value",
        },
    ),
)

# Diigo: the table of bookmarks, with all annotations of a page in one cell.

_START = re.compile(r"^Highlight:[ \t]*", re.MULTILINE)
_COMMENT = re.compile(r"^(?:Comment|Note|Sticky note):[ \t]*", re.MULTILINE)
_TAG = re.compile(r"\"([^\"]+)\"|([^\s\"]+)")


def _diigo_note(row: TableRow) -> str:
    before = _START.split(row.text("annotations"))[0]
    return joined(row.text("comments"), before)


def _diigo_highlights(row: TableRow) -> tuple[ImportedHighlight, ...]:
    _before, *quotes = _START.split(row.text("annotations"))
    return tuple(
        ImportedHighlight(quote=words.strip(), note=joined(*notes), order=float(n), line=row.line)
        for n, (words, *notes) in enumerate(map(_COMMENT.split, quotes))
    )


def _diigo_tags(row: TableRow) -> tuple[str, ...]:
    """Return tags between commas, or between spaces with quotation marks around some."""
    cell = row.text("tags")
    if cell.strip() == "no_tag":
        return ()
    if "," in cell:
        return split_tags(cell.replace('"', ""))
    return tuple(first or second for first, second in _TAG.findall(cell))


DIIGO = format_of_fields(
    "diigo",
    "Diigo (CSV)",
    hint="Tools, Export to CSV",
    columns=("title url tags description annotations",),
    row=FieldTable(
        item={
            "added": "created_at",
            "tags": _diigo_tags,
            "note": _diigo_note,
            "excerpt": "description",
            "highlights": _diigo_highlights,
        }
    ),
)

# Glasp: the JSON of its API.

GLASP = format_of_fields(
    "glasp",
    "Glasp (JSON)",
    signs=("url domain document_note highlights",),
    lists="results",
    record=FieldTable(
        item={
            "added": "created_at",
            "modified": "updated_at",
            "note": "document_note",
            "excerpt": "summary",
        },
        marks="highlights",
        mark={"created": "highlighted_at"},
    ),
)

# Matter: the table of saved pages, which only counts the highlights.


def _matter_state(row: TableRow) -> ReadState:
    if row.text("in queue").strip().lower() == "false":
        return "archived"
    return "read" if row.flag("read") else "unread"


def _matter_left_out(row: TableRow) -> str:
    count = row.number("highlight count")
    if not count:
        return ""
    return f"{count:.0f} highlights are not in the file: Matter leaves them out."


MATTER = format_of_fields(
    "matter",
    "Matter (CSV)",
    columns=("title url in_queue last_interaction_date",),
    row=FieldTable(
        item={
            "authors": "author",
            "site_name": "publisher",
            "added": "last_interaction_date",
            "state": _matter_state,
            "tags": (split("tags", ";"), flagged("favorited")),
            "source_id": "file_id",
        },
        remark=_matter_left_out,
    ),
)

# mymind: pages and notes in one table.


def _mymind_text(row: TableRow) -> ItemText | None:
    content = row.text("content")
    return None if row.text("url") or not content else ItemText(content, MARKDOWN)


def _mymind_medium(row: TableRow) -> Medium:
    return "page" if row.text("url") else "document"


MYMIND = format_of_fields(
    "mymind",
    "mymind (CSV)",
    columns=("id type title url content note tags created",),
    row=FieldTable(
        item={
            "added": "created",
            "note": "note",
            "text": _mymind_text,
            "excerpt": lambda row: row.text("content") if row.text("url") else "",
            "medium": _mymind_medium,
        },
        skip=lambda row: (
            "" if row.text("url", "content") else "It has neither an address nor a text."
        ),
        named="title id",
    ),
)

# O'Reilly: a row for each highlight in its books, whose pages are behind a login.

OREILLY = format_of_fields(
    "oreilly",
    "O’Reilly (CSV)",
    hint="learning.oreilly.com, Highlights, Export",
    columns=("book_title chapter_title highlight book_url",),
    row=FieldTable(
        item={
            "url": "book_url",
            "title": "book_title",
            "authors": "authors",
            "medium": _is_book,
        },
        mark={
            "quote": "highlight",
            "note": "personal_note",
            "location": "chapter_title",
            "created": "date_of_highlight",
            "source_id": "annotation_url",
        },
    ),
)

# Readest: the JSON of a book's annotations.


def _readest_skipped(annotation: JsonObject) -> str:
    if annotation.text("type") == "bookmark":
        return BOOKMARK
    return "It is deleted in Readest." if annotation.text("deletedAt") else ""


READEST = format_of_fields(
    "readest",
    "Readest (JSON)",
    signs=("$format book",),
    record=FieldTable(
        item={
            "title": "book.title",
            "authors": "book.author",
            "medium": _is_book,
            "source_id": "book.hash book.metaHash",
        },
        marks="annotations",
        mark={"created": "createdAt", "modified": "updatedAt"},
        skip_mark=_readest_skipped,
    ),
)

# wallabag: JSON of versions 1 and 2 with texts and annotations, and its table.

_PAGE = ("text/html", "application/xhtml+xml", "")  # types whose content is HTML
_DAY_FIRST = re.compile(r"^(\d\d)/(\d\d)/(\d{4})")
_UNTITLED = frozenset({"no title found", "untitled"})


def _wallabag_title(record: Record) -> str:
    title = record.text("title")
    return "" if title.strip().lower() in _UNTITLED else title


def _wallabag_text(record: Record) -> ItemText | None:
    content = record.text("content")
    kind = record.text("mimetype", "mime type").partition(";")[0].strip().lower()
    return ItemText(content) if content.strip() and kind in _PAGE else None


WALLABAG = format_of_fields(
    "wallabag",
    "wallabag (JSON, CSV)",
    hint="All entries, Export",
    columns=("title url content tags mime_type",),
    row=FieldTable(
        item={
            "title": _wallabag_title,
            "added": lambda row: _DAY_FIRST.sub(r"\3-\2-\1", row.text("creation date")),
            "text": _wallabag_text,
            "language": "language",
        }
    ),
    signs=("url is_archived is_starred", "url is_read is_fav"),
    record=FieldTable(
        item={
            "url": "given_url url origin_url",
            "title": _wallabag_title,
            "authors": "published_by",
            "site_name": "domain_name",
            "published": "published_at",
            "added": "created_at",
            "modified": "updated_at",
            "state": lambda entry: read_state(is_archived=entry.flag("is_archived", "is_read")),
            "tags": (split("tags", inner="label"), flagged("is_starred is_fav")),
            "text": _wallabag_text,
            "language": "language",
        },
        marks="annotations",
        mark={
            "quote": "quote",
            "note": "text",
            "created": "created_at",
            "modified": "updated_at",
        },
    ),
)
