"""Bookmarks of browsers: the page that all of them write, and the files of three of them.

The page is that of Netscape, which bookmark services write as well. Folders are tags, but
not those that every browser has at the top.
"""

import plistlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from xml.parsers.expat import ExpatError

from annotator.errors import ImportFailed
from annotator.importing.conversion import folder_tag, has_fields, split_tags
from annotator.importing.field_data import table_of
from annotator.importing.fields import text_of
from annotator.importing.importers import Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.moments import EPOCH
from annotator.importing.readers.json_values import JsonObject
from annotator.importing.readers.limits import MAX_DEPTH
from annotator.importing.readers.markup import Tag, html_tokens
from annotator.importing.source import SourceFile
from annotator.model.vocabulary import ReadState

_NETSCAPE = "netscape-bookmark-file-1"
_CHROME_EPOCH = EPOCH.replace(year=1601)
_NO_PAGES = ("javascript:", "place:", "data:", "chrome:", "about:", "file:", "edge:", "blob:")
_TOP = frozenset(  # folders of browsers, in the HTML that they write
    {"bookmarks", "bookmarks bar", "bookmarks toolbar", "other bookmarks", "mobile bookmarks"}
)
_TOP_OF_SAFARI = frozenset({"BookmarksBar", "BookmarksMenu", "com.apple.ReadingList"})
_PARTS = frozenset({"dt", "dd", "dl", "h3", "a"})
_ARCHIVED = "linkding:bookmarks.archived"  # a tag that linkding writes for a state
_URL = "href url uri URLString"
_NOTES = re.compile(r"\[linkding-notes\](.*?)(?:\[/linkding-notes\]|$)", re.DOTALL)
_LINK = re.compile(r"<dt>\s*<a\s[^>]*href=", re.IGNORECASE)

_BINARY = b"bplist00"
_FAULTS = (  # plistlib raises nearly anything for a damaged list
    plistlib.InvalidFileException,
    ExpatError,
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    IndexError,
    OverflowError,
    RecursionError,
    MemoryError,
)


def sniff(source: SourceFile) -> Sureness | bool:
    """Return whether the file is the page of bookmarks or one of a browser's own."""
    whole = source.json_object
    if (
        _NETSCAPE in source.head[:200].lower()
        or has_fields(whole, "roots", "version")
        or (whole.text("type") == "text/x-moz-place-container" and "children" in whole)
    ):
        return True
    is_likely = is_plist(source.data) or _LINK.search(source.head)
    return Sureness.LIKELY if is_likely else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks; scripts and pages of the browser are skipped."""
    whole = source.json_object
    if is_plist(source.data):
        yield from _in_folder(read_plist(source.data))
    elif not whole:
        yield from _on_page(source)
    else:
        for root in whole.objects("roots") or [whole]:
            is_trash = root == whole.object("roots").get("trash")
            for item in _in_folder(root):
                yield _in_trash(item) if is_trash and isinstance(item, ImportedItem) else item
        if source.json.problem:
            yield Skipped(source.json.line, source.json.problem, "the rest of the file")


def _in_folder(folder: JsonObject, path: Sequence[str] = ()) -> Iterator[Found]:
    """Yield the bookmarks in a folder of Firefox, Chrome or Safari, and in those in it."""
    for child in folder.objects("children", "Children"):
        is_separator = child.object("meta_info").flag("Separator")  # of Vivaldi
        kind = child.text("type", "WebBookmarkType")
        if {"children", "Children"} & child.keys() or kind.endswith(("-container", "List")):
            name = child.text("name", "title", "Title")
            is_top = "root" in child or (not path and name in _TOP_OF_SAFARI)
            yield from _in_folder(child, (*path, "" if is_top else name))
        elif not (is_separator or kind.endswith(("-separator", "Proxy"))):
            yield _BOOKMARK.read(child, tags=_tags(child, path))


def _in_trash(item: ImportedItem) -> Skipped:
    return Skipped(item.line, "It is in the trash of the browser.", item.title or item.url)


def _on_page(source: SourceFile) -> Iterator[Found]:
    """Yield each bookmark of the page once its note is complete: at the next one or at the end."""
    path: list[str] = []
    folder = words = ""
    link: JsonObject | None = None
    in_note = False
    for token in chain(html_tokens(source.text), [Tag("dt", {}, 0)]):
        if not isinstance(token, Tag) or token.name not in _PARTS:
            is_break = isinstance(token, Tag) and token.name == "br"
            words += "\n" if is_break else "" if isinstance(token, Tag) else token.text
            continue
        if link is not None and in_note:
            link["note"] = words.strip()
        in_note = token.name == "dd" and not token.is_end
        begins_link = token.name == "a" and not token.is_end
        if link is not None and (begins_link or token.name in {"dt", "dl"}):
            link.setdefault("words", words)  # of a link that is not closed
            yield _BOOKMARK.read(link, tags=_tags(link, path))
            link = None
        if begins_link:
            link = JsonObject(token.attributes, token.line)
        elif token.name == "a" and link is not None:
            link["words"] = words
        elif token.name == "h3" and token.is_end:
            folder = words.strip()
        elif token.name == "dl" and not token.is_end:
            is_top = folder.lower() in _TOP and len(path) <= 1
            path.append("" if is_top else folder)
            folder = ""
        elif token.name == "dl" and path:
            path.pop()
        words = ""


def _tags(bookmark: JsonObject, path: Sequence[str]) -> tuple[str, ...]:
    tags = (tag for tag in split_tags(bookmark.text("tags")) if tag != _ARCHIVED)
    return (*tags, *folder_tag(*path))


def _added(bookmark: JsonObject) -> str:
    """Return when it was added; Chrome counts microseconds since 1601."""
    since_1601 = bookmark.number("date_added")
    if since_1601 and since_1601 < 1e18:  # noqa: PLR2004  microseconds
        return (_CHROME_EPOCH + timedelta(microseconds=since_1601)).isoformat()
    return bookmark.text("dateAdded", "ReadingList.DateAdded", "add_date")


def _state(bookmark: JsonObject) -> ReadState | None:
    if _ARCHIVED in split_tags(bookmark.text("tags")):
        return "archived"
    if to_read := bookmark.text("toread"):
        return "unread" if to_read == "1" else "read"
    if not bookmark.object("ReadingList"):
        return None
    return "read" if bookmark.text("ReadingList.DateLastViewed") else "unread"


def _excerpt(bookmark: JsonObject) -> str:
    """Return the description, which is about the page; the notes of linkding are apart from it."""
    descriptions = (
        comment.text("value")
        for comment in bookmark.objects("annos")
        if comment.text("name").endswith("description")
    )
    description = _NOTES.sub("", bookmark.text("note")).strip()
    others = ("meta_info.Description", "ReadingList.PreviewText")
    return description or "\n".join(descriptions) or bookmark.text(*others)


def _note(bookmark: JsonObject) -> str:
    notes = _NOTES.search(bookmark.text("note"))
    return notes[1].strip() if notes else ""


def _skipped(bookmark: JsonObject) -> str:
    url = text_of(bookmark, _URL).strip().lower()
    is_page = url and not url.startswith(_NO_PAGES)
    return "" if is_page else "It is not the address of a page on the web."


_BOOKMARK = table_of(
    "bookmarks.bookmark",
    item={"added": _added, "state": _state, "note": _note, "excerpt": _excerpt},
    skip=_skipped,
)


def is_plist(data: bytes) -> bool:
    """Return whether a file begins as property lists do."""
    return data.startswith(_BINARY) or b"<plist" in data[:400]


def read_plist(data: bytes) -> JsonObject:
    """Return the dictionary of a property list; dates are ISO 8601.

    Raises `ImportFailed` for a damaged one, and for one that defines entities.
    """
    if b"<!ENTITY" in data[:10_000]:
        raise ImportFailed("It defines entities, which may be harmful.")
    try:
        plain = _plain(plistlib.loads(data), MAX_DEPTH)
    except _FAULTS as error:
        raise ImportFailed("The property list is damaged.") from error
    if not isinstance(plain, JsonObject):
        raise ImportFailed("The property list is not a dictionary.")
    return plain


def _plain(value: object, depth: int) -> object:
    if depth == 0:
        raise ImportFailed(f"It is nested more than {MAX_DEPTH} deep.")
    if isinstance(value, dict):
        return JsonObject((str(key), _plain(inner, depth - 1)) for key, inner in value.items())
    if isinstance(value, list):
        return [_plain(item, depth - 1) for item in value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value
