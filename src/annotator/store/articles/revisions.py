"""The revisions of an article: each has the extracted article and the compressed page.

revisions/<revision>.json       the extraction, its page's source, and a checksum of both
revisions/<revision>.html.zst   the page as fetched, or what is read again of a document
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from msgspec import Struct

from annotator.codec import decode, encode, to_plain
from annotator.errors import DamagedFile, NotInLibrary
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT, Document, Extraction, Original, Page
from annotator.model.document import kind_of
from annotator.store import disk
from annotator.store.articles.article_paths import names_in
from annotator.store.disk import files
from annotator.store.disk.os_errors import explained, quoted
from annotator.store.format.conflict_copies import sides
from annotator.store.format.table_rows import CHECKSUM, checksum
from annotator.store.format.visible_text import has_hidden, visible

T = TypeVar("T")

EXTRACTION, PAGE = ".json", ".html.zst"  # the suffixes of a revision's two files
LEVEL = 9  # of Zstandard: 5.6 times smaller at 4 ms a page; higher levels gain little
MAX_PAGE = 64 * 1024 * 1024  # bytes unpacked; pages are fetched up to 10 MB
_TEXTS = (HTML, PLAIN_TEXT, MARKDOWN)

_CHECKSUM_LINE = re.compile(rb'\n  "digest": "([^"]*)"')  # there is only one at this depth
_NO_CHECKSUM = b'\n  "digest": ""'
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_ADD_AGAIN = "Add the article again from its address; its marks are kept."
_REVISION = re.compile(r"[0-9a-f]{8,64}")


class _Source(Struct, frozen=True):
    """A page without its text, or a document without its bytes."""

    url: str
    media_type: str
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_truncated: bool = False


class _WithSource(Struct, frozen=True):
    page: _Source


class Revisions:
    """The folder of an article's revisions, which are written once and never changed.

    Methods raise `NotInLibrary` for a revision that is missing, and `DamagedFile`
    for one whose checksum does not match.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._in_use = WeakValueDictionary[str, Extraction]()

    def write(self, extraction: Extraction, page: Original) -> None:
        """Write a revision; one with the same text is replaced."""
        revision = extraction.article.revision
        source = _Source(
            page.url, page.media_type, page.fetched_at, page.headers, page.is_truncated
        )
        with explained(self.folder, action="written"):
            files.make_folder(self.folder)
            files.replace(self._page_path(revision), _compress(page.content))
            files.replace(self._path(revision), _with_checksum(extraction, source))

    def has(self, revision: str) -> bool:
        """Whether a revision is stored."""
        return self._path(revision).exists()

    def holds(self, extraction: Extraction, page: Original) -> bool:
        """Whether this revision is stored, extracted the same way from a page as recent."""
        revision = extraction.article.revision
        try:
            is_same = self.extraction(revision) == extraction
            return is_same and _validators(self.page(revision)) == _validators(page)
        except (NotInLibrary, DamagedFile):
            return False

    def extraction(self, revision: str) -> Extraction:
        """Return a revision's extraction."""
        extraction, is_safe = self._read(self._path(revision), _verified_text)
        if extraction.article.revision != revision:
            raise _damaged(self._path(revision))
        if not is_safe:
            extraction = visible(extraction)
        self._in_use[revision] = extraction
        return extraction

    def text(self, revision: str) -> str:
        """Return a revision's text, without reading it again while its extraction is in use."""
        return (self._in_use.get(revision) or self.extraction(revision)).article.text

    def page(self, revision: str) -> Original:
        """Return the page or document that a revision was extracted from."""
        source = self._read(self._path(revision), lambda data: _verified(data, _WithSource)).page
        return _original(source, self.content(revision))

    def content(self, revision: str) -> bytes:
        """Return the text of a revision's page or its document, even if the other file is damaged.

        Text is UTF-8.
        """
        # Loaded when a page is read or kept: reading an article needs none.
        return self._read(
            self._page_path(revision), lambda data: disk.compression.decompress(data, MAX_PAGE)
        )

    def possible_pages(self, revision: str, content: bytes, *, url: str) -> tuple[Original, ...]:
        """Return a revision's page; if its source is damaged, one for each possible media type."""
        try:
            return (self.page(revision),)
        except (NotInLibrary, DamagedFile):
            kind = kind_of(content)
            kinds = (kind,) if kind else _TEXTS
            return tuple(_original(_Source(url, kind), content) for kind in kinds)

    def extraction_with_same_text(self, revision: str) -> Extraction:
        """Return an extraction whose text is intact, although its checksum does not match."""
        extraction = self._read(self._path(revision), lambda data: decode(data, Extraction))
        if extraction.article.revision != revision:
            raise _damaged(self._path(revision))
        return extraction

    def undamaged(self) -> tuple[tuple[Extraction, Original], ...]:
        """Return the revisions that are complete, oldest first."""
        pairs = []
        for revision in self.names():
            with suppress(NotInLibrary, DamagedFile):
                pairs.append((self.extraction(revision), self.page(revision)))
        return tuple(sorted(pairs, key=lambda pair: pair[1].fetched_at or _LONG_AGO))

    def names(self) -> tuple[str, ...]:
        """Return the revisions of which at least one file exists, in the order of their names."""
        stems = {name.partition(".")[0] for name in names_in(self.folder)}
        return tuple(sorted(filter(_REVISION.fullmatch, stems)))

    def _read(self, path: Path, parse: Callable[[bytes], T]) -> T:
        with explained(path, action="read"):
            data = _bytes(path)
        try:
            return parse(data)
        except ValueError as error:
            versions = sides(data)  # both have the same text, of pages fetched at different times
            for version in versions if len(versions) > 1 else ():
                with suppress(ValueError):
                    return parse(version)
            raise _damaged(path) from error

    def _path(self, revision: str) -> Path:
        return self.folder / f"{_checked(revision)}{EXTRACTION}"

    def _page_path(self, revision: str) -> Path:
        return self.folder / f"{_checked(revision)}{PAGE}"


def check_revision(name: str, data: bytes) -> None:
    """Raise `ValueError` if `data` cannot be a revision's file of that name."""
    revision, _, _ = name.partition(".")
    if name.endswith(PAGE):
        disk.compression.decompress(data, MAX_PAGE)
    elif _verified(data, Extraction).article.revision != revision:
        raise ValueError("It is another version of the article.")


def latest_revision(versions: Sequence[bytes]) -> bytes:
    """Return the extraction of the page that was fetched last; of the same time, the greater."""

    def age(data: bytes) -> tuple[datetime, bytes]:
        return _verified(data, _WithSource).page.fetched_at or _LONG_AGO, data

    return max(versions, key=age)


def _bytes(path: Path) -> bytes:
    try:
        return files.read(path)[0]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotInLibrary(f"The library has no {quoted(path)}.", _ADD_AGAIN) from error


def _with_checksum(extraction: Extraction, source: _Source) -> bytes:
    """Return the file of a revision, with a checksum over all of its other lines."""
    lines = encode(to_plain(extraction) | {"page": to_plain(source), CHECKSUM: ""})
    return lines.replace(_NO_CHECKSUM, f'\n  "{CHECKSUM}": "{checksum(lines)}"'.encode(), 1)


def _verified(data: bytes, kind: type[T]) -> T:
    """Return the value in a revision's file; `ValueError` if the checksum does not match.

    A file without a checksum is accepted, since users may edit files by hand.
    """
    value, data = decode(data, kind), data.replace(b"\r\n", b"\n")
    line = _CHECKSUM_LINE.search(data)
    if line and line[1].decode() != checksum(data.replace(line[0], _NO_CHECKSUM, 1)):
        raise ValueError("Its checksum does not match.")
    return value


def _verified_text(data: bytes) -> tuple[Extraction, bool]:
    """Return the extraction in a revision's file, and whether all of its text is safe to show."""
    return _verified(data, Extraction), not has_hidden(data)


def _original(source: _Source, content: bytes) -> Original:
    rest = source.media_type, source.fetched_at, source.headers, source.is_truncated
    if source.media_type in _TEXTS:
        return Page(source.url, content.decode("utf-8", "surrogatepass"), *rest)
    return Document(source.url, content, *rest)


def _compress(content: str | bytes) -> bytes:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return disk.compression.compress(data, LEVEL)


def _validators(page: Original) -> tuple[str, ...]:
    """Return the headers by which a server knows whether a page has changed since."""
    return tuple(page.header(name) for name in ("etag", "last-modified"))


def _checked(revision: str) -> str:
    if not _REVISION.fullmatch(revision):
        raise NotInLibrary(f"{quoted(revision)} is not a version of an article.", _ADD_AGAIN)
    return revision


def _damaged(path: Path) -> DamagedFile:
    return DamagedFile(f"{quoted(path)} is damaged.", _ADD_AGAIN)
