"""Bookmarks of browsers: the page that all of them write, and the files of three of them.

The page is that of Netscape, which bookmark services write as well. Folders are tags, but
not those that every browser has at the top.
"""

import plistlib
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from xml.parsers.expat import ExpatError

from msgspec.structs import replace

from annotator.errors import ImportFailed
from annotator.importing.conversion import folder_tag, has_fields, split_tags
from annotator.importing.importers import Importer, Sureness
from annotator.importing.item import Found, ImportedItem, Skipped
from annotator.importing.moments import EPOCH, moment_or_remark
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
_READING_LIST = "com.apple.ReadingList"
_MAX_NESTING = 100
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


def sniff(source: SourceFile) -> Sureness:
    """Return whether the file is the page of bookmarks or one of a browser's own."""
    if is_plist(source.data):
        return Sureness.LIKELY
    whole = source.json_object
    is_ours = (
        _NETSCAPE in source.head[:200].lower()
        or has_fields(whole, "roots", "version")
        or (whole.text("type") == "text/x-moz-place-container" and "children" in whole)
    )
    if is_ours:
        return Sureness.CERTAIN
    return Sureness.LIKELY if _LINK.search(source.head) else Sureness.NO


def read(source: SourceFile) -> Iterator[Found]:
    """Yield the bookmarks; scripts and pages of the browser are skipped."""
    if is_plist(source.data):
        yield from _from_safari(read_plist(source.data))
        return
    whole = source.json_object
    if not whole:
        yield from _BookmarkPage(source).items()
        return
    if "roots" in whole:
        for root in whole.object("roots").values():
            if isinstance(root, JsonObject):
                yield from _from_chrome(root, ())
    else:
        yield from _from_firefox(whole, ())
    if source.json.problem:
        yield Skipped(source.json.line, source.json.problem, "the rest of the file")


def _from_chrome(folder: JsonObject, path: Sequence[str]) -> Iterator[Found]:
    for child in folder.objects("children"):
        if "children" in child and len(path) < _MAX_NESTING:
            yield from _from_chrome(child, (*path, child.text("name")))
            continue
        remarks: list[str] = []
        added = child.number("date_added")
        since_1970 = None
        if added and added < 1e18:  # noqa: PLR2004  microseconds
            since_1970 = (_CHROME_EPOCH + timedelta(microseconds=added)).isoformat()
        yield _bookmark(
            child.text("url"),
            ImportedItem(
                title=child.text("name"),
                added=moment_or_remark(since_1970, remarks),
                tags=folder_tag(*path),
                source_id=child.text("guid"),
                line=child.line,
                remarks=tuple(remarks),
            ),
        )


def _from_firefox(folder: JsonObject, path: Sequence[str]) -> Iterator[Found]:
    for child in folder.objects("children"):
        if "children" in child or child.text("type").endswith("-container"):
            if len(path) < _MAX_NESTING:
                name = "" if child.text("root") else child.text("title")
                yield from _from_firefox(child, (*path, name))
            continue
        if child.text("type").endswith("-separator"):
            continue
        remarks: list[str] = []
        yield _bookmark(
            child.text("uri"),
            ImportedItem(
                title=child.text("title"),
                added=moment_or_remark(child.number("dateAdded"), remarks),
                modified=moment_or_remark(child.number("lastModified"), remarks),
                tags=(*split_tags(child.text("tags")), *folder_tag(*path)),
                note="\n".join(
                    comment.text("value")
                    for comment in child.objects("annos")
                    if comment.text("name").endswith("description")
                ),
                source_id=child.text("guid"),
                line=child.line,
                remarks=tuple(remarks),
            ),
        )


def _from_safari(folder: JsonObject, path: Sequence[str] = ()) -> Iterator[Found]:
    for child in folder.objects("Children"):
        title = child.text("Title")
        if "Children" in child or child.text("WebBookmarkType").endswith("List"):
            is_top = not path and title in {"BookmarksBar", "BookmarksMenu", _READING_LIST}
            if len(path) < _MAX_NESTING:
                yield from _from_safari(child, (*path, "" if is_top else title))
            continue
        if child.text("WebBookmarkType").endswith("Proxy"):
            continue
        remarks: list[str] = []
        to_read = child.object("ReadingList")
        yield _bookmark(
            child.text("URLString"),
            ImportedItem(
                title=child.object("URIDictionary").text("title"),
                added=moment_or_remark(to_read.text("DateAdded"), remarks),
                state=_reading_state(to_read),
                tags=folder_tag(*path),
                excerpt=to_read.text("PreviewText"),
                source_id=child.text("WebBookmarkUUID"),
                remarks=tuple(remarks),
            ),
        )


def _reading_state(to_read: JsonObject) -> ReadState | None:
    if not to_read:
        return None
    return "read" if to_read.text("DateLastViewed") else "unread"


class _BookmarkPage:
    """The page of bookmarks, read from its start to its end."""

    def __init__(self, source: SourceFile) -> None:
        self._tokens = html_tokens(source.text)
        self._path: list[str] = []
        self._folder = ""
        self._link: Tag | None = None
        self._title: str | None = None
        self._note = ""

    def items(self) -> Iterator[Found]:
        """Yield each bookmark once its note is complete: at the next one or at the end."""
        words = ""
        last = ""
        for token in self._tokens:
            if not isinstance(token, Tag):
                words += token.text
                continue
            if token.name == "br":
                words += "\n"
                continue
            if token.name in {"dt", "dd", "dl", "h3", "a"}:
                if last == "dd":
                    self._note, last = words.strip(), ""
                if token.name in {"dt", "dl"}:
                    yield from self._finished(words)
            self._step(token, words)
            if token.name == "dd" and not token.is_end:
                last = "dd"
            words = "" if token.name in {"a", "h3", "dd", "dt", "dl"} else words
        if last == "dd":
            self._note = words.strip()
        yield from self._finished(words)

    def _step(self, token: Tag, words: str) -> None:
        if token.name == "a" and not token.is_end:
            self._link, self._title, self._note = token, None, ""
        elif token.name == "a":
            self._title = words
        elif token.name == "h3" and token.is_end:
            self._folder = words.strip()
        elif token.name == "dl" and not token.is_end:
            is_top = self._folder.lower() in _TOP and len(self._path) <= 1
            self._path.append("" if is_top else self._folder)
            self._folder = ""
        elif token.name == "dl" and self._path:
            self._path.pop()

    def _finished(self, words: str) -> Iterator[Found]:
        if self._link is None:
            return
        link, self._link = self._link, None
        title = words if self._title is None else self._title  # of a link that is not closed
        remarks: list[str] = []
        is_to_read = link.attributes.get("toread") == "1"
        yield _bookmark(
            link.attributes.get("href", ""),
            ImportedItem(
                title=title,
                added=moment_or_remark(link.attributes.get("add_date"), remarks),
                modified=moment_or_remark(link.attributes.get("last_modified"), remarks),
                state="unread" if is_to_read else None,
                tags=(*split_tags(link.attributes.get("tags", "")), *folder_tag(*self._path)),
                note=self._note,
                line=link.line,
                remarks=tuple(remarks),
            ),
        )


def _bookmark(url: str, item: ImportedItem) -> Found:
    if url.strip().lower().startswith(_NO_PAGES) or not url.strip():
        return Skipped(item.line, "It is not the address of a page on the web.", item.title or url)
    return replace(item, url=url)


BOOKMARKS = Importer(
    name="bookmarks",
    title="Bookmarks (HTML, Firefox, Chrome, Safari)",
    sniff=sniff,
    read=read,
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
        made = JsonObject((str(key), _plain(inner, depth - 1)) for key, inner in value.items())
        made.line = 0  # a binary file has no lines
        return made
    if isinstance(value, list):
        return [_plain(item, depth - 1) for item in value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC).isoformat()
    return value
