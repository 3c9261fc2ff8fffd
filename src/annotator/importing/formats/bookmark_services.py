"""Services that keep bookmarks, as far as `formats.toml` does not read their files.

They are Karakeep, Linkwarden, Pinboard, Readeck, wallabag, Diigo, Raindrop and Instapaper.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from annotator.importing.conversion import (
    FAVOURITE,
    folder_tag,
    items_of,
    joined,
    links_by_heading,
    nested_tag,
    split_tags,
)
from annotator.importing.field_data import table_of
from annotator.importing.fields import flagged, split
from annotator.importing.item import Found, ImportedHighlight, Skipped
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.markup import Tag, xml_tokens
from annotator.importing.readers.table import TableRow
from annotator.importing.source import SourceFile

# Karakeep: the JSON of its bookmarks, and what its API gives, with highlights and texts.


def read_karakeep(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks; notes that have no address are items with a text."""
    whole = source.json_object
    by_id = {folder.text("id"): folder for folder in whole.objects("lists")}
    marks: dict[str, list[JsonObject]] = defaultdict(list)
    for highlight in whole.objects("highlights"):
        marks[highlight.text("bookmarkId")].append(highlight)

    def from_bookmark(record: JsonObject) -> Found:
        lists = (
            nested_tag(by_id.get(name), by_id, name="name", parent="parentId")
            for name in record.texts("lists", inner="id")
        )
        tags = (*record.texts("tags"), *flagged("favourited")(record), *chain(*lists))
        return _KARAKEEP.read(record, records=marks.get(record.text("id"), []), tags=tags)

    yield from items_of(source.json_objects("bookmarks"), from_bookmark)


_KARAKEEP = table_of("karakeep.bookmark")

# Linkwarden: the JSON of its collections, and what its API gives, with highlights.


def read_linkwarden(source: SourceFile) -> Iterator[Found]:
    """Yield the links of all collections, and those that are pinned only."""
    by_id = {folder.text("id"): folder for folder in source.json_object.objects("collections")}
    for collection in source.json_objects("collections"):
        if isinstance(collection, Skipped):
            yield collection
            continue
        tags = nested_tag(collection, by_id, name="name", parent="parentId")
        for link in collection.objects("links"):
            yield _LINKWARDEN.read(link, tags=(*link.texts("tags"), *tags))
        for feed in collection.objects("rssSubscriptions"):
            name, address = feed.text("name", "url"), feed.text("url")
            yield Skipped(feed.line, "It is a feed, not a page.", name, feed=address, tags=tags)
    for link in source.json_object.objects("links"):
        tags = folder_tag(link.text("collection.name"))
        yield _LINKWARDEN.read(link, tags=(*link.texts("tags"), *tags))
    for link in source.json_object.objects("pinnedLinks"):
        yield _LINKWARDEN.read(link, tags=(*link.texts("tags"), "pinned"))


_LINKWARDEN = table_of("linkwarden.link")

# Pinboard, whose description is the title, in JSON and XML, and Delicious, which it follows.


def read_pinboard(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks."""
    if not source.head.lstrip().startswith("<"):
        yield from items_of(source.json_objects(), _PINBOARD.read)
        return
    for token in xml_tokens(source.text):
        if isinstance(token, Tag) and token.name == "post" and not token.is_end:
            post = {**token.attributes, "tags": token.attributes.get("tag", "")}
            yield _PINBOARD.read(JsonObject(post, token.line))


_PINBOARD = table_of("pinboard.bookmark")

# Readeck: bookmarks and annotations as its API gives them.


def read_readeck(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks with their annotations, then annotations of other bookmarks."""
    whole = source.json_object
    bookmarks = {bookmark.text("id"): bookmark for bookmark in whole.objects("bookmarks")}
    annotations = defaultdict[str, list[JsonObject]](list)
    for record in source.json_objects("annotations"):
        if isinstance(record, Skipped):
            yield record
        elif "bookmark_id" in record:
            annotations[record.text("bookmark_id")].append(record)
        elif "read_progress" in record:
            bookmarks[record.text("id")] = record
    for identity, bookmark in bookmarks.items():
        yield _READECK.read(bookmark, records=annotations.pop(identity, []))
    for marks in annotations.values():
        yield _OF_READECK_MARK.read(marks[0], records=marks)


_READECK, _OF_READECK_MARK = map(table_of, ("readeck.bookmark", "readeck.of_mark"))

# wallabag: its table, whose dates have the day first.

_DAY_FIRST = re.compile(r"^(\d\d)/(\d\d)/(\d{4})")

row_wallabag = table_of(
    "wallabag.row",
    item={"added": lambda row: _DAY_FIRST.sub(r"\3-\2-\1", row.text("creation date"))},
)

# Diigo: its table, which has all annotations of a page in one cell.

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


row_diigo = table_of(
    "diigo.row", item={"tags": _diigo_tags, "note": _diigo_note, "highlights": _diigo_highlights}
)

# Raindrop: its table with highlights, the smaller one that it imports, and its API's JSON.

_RAINDROP_FIELD = re.compile(r"^(Highlight|Note|Color):[ \t]*", re.MULTILINE)
_UNSORTED = "unsorted"  # the collection of what is in none


def read_raindrop(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks of the table with their highlights."""
    if source.columns:
        yield from items_of(source.rows(), _RAINDROP_ROW.read)
        return
    folders = {folder.text("_id"): folder for folder in source.json_object.objects("collections")}

    def from_raindrop(record: JsonObject) -> Found:
        folder = folders.get(record.text("collection.$id"))
        collection = nested_tag(folder, folders, name="title", parent="parent.$id")
        favourite = flagged("important")(record)
        return _RAINDROP.read(record, tags=(*record.texts("tags"), *collection, *favourite))

    yield from items_of(source.json_objects("raindrops", "items"), from_raindrop)


def _of_collection(path: str) -> tuple[str, ...]:
    separator = " / " if " / " in path else "/"
    names = [part for part in path.split(separator) if part.strip().lower() != _UNSORTED]
    return folder_tag(*names)


def _raindrop_highlights(row: TableRow) -> Iterator[ImportedHighlight]:
    """Yield the highlights of a cell: `Highlight:` before each, `Note:` before its note."""
    pieces = _RAINDROP_FIELD.split(row.text("highlights"))
    marks = [{"Highlight": pieces[0]}] if pieces[0].strip() else []
    for name, value in zip(pieces[1::2], pieces[2::2], strict=True):
        if name == "Highlight":
            marks.append({name: value})
        elif marks:
            marks[-1][name] = value.strip()
    for order, mark in enumerate(marks):
        yield ImportedHighlight(
            quote=mark["Highlight"].strip(),
            note=mark.get("Note", ""),
            colour=mark.get("Color", ""),
            order=float(order),
            line=row.line,
        )


_RAINDROP_ROW = table_of(
    "raindrop.row",
    item={
        "tags": ("tags", lambda row: _of_collection(row.text("folder")), flagged("favorite")),
        "highlights": lambda row: tuple(_raindrop_highlights(row)),
    },
)
_RAINDROP = table_of("raindrop.record")

# Instapaper: the table of saved pages. Its Markdown of one article is read as Markdown notes.


def read_instapaper(source: SourceFile) -> Iterator[Found]:
    """Yield the pages of the table; what was selected when one was saved is its highlight."""
    if source.columns and not source.head.lstrip().startswith("<"):
        yield from items_of(source.rows(), _INSTAPAPER_ROW.read)
        return
    for link in links_by_heading(source.text):
        yield _INSTAPAPER_LINK.read(link)


def _of_folder(folder: str) -> tuple[str, ...]:
    name = folder.lower()
    if name in {"unread", "archive", ""}:
        return ()
    return (FAVOURITE,) if name in {"starred", "liked"} else folder_tag(folder)


_INSTAPAPER_LINK = table_of(
    "instapaper.link", item={"tags": lambda link: _of_folder(link.text("heading"))}
)
_INSTAPAPER_ROW = table_of(
    "instapaper.row",
    item={"tags": (lambda row: _of_folder(row.text("folder").strip()), split("tags"))},
)
