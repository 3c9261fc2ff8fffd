"""The versions of one article: each as cleaned, and as fetched, compressed."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from msgspec import Struct
from msgspec.structs import replace

from annotator.codec import decode, encode, to_plain
from annotator.errors import DamagedFile, NotInLibrary
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT, Extraction, Page
from annotator.store import files
from annotator.store.articles.article_paths import names_in
from annotator.store.format.table_rows import DIGEST, digest_of
from annotator.store.os_errors import in_words, quoted

T = TypeVar("T")

VERSION, PAGE = ".json", ".html.zst"  # what the names of a version's two files end with
LEVEL = 9  # of zstandard: 5.6 times smaller at 4 ms a page; higher levels gain little
MAX_PAGE = 64 * 1024 * 1024  # bytes unpacked; pages are fetched up to 10 MB

_SEAL = re.compile(rb'\n  "digest": "([^"]*)"')  # one level deep there is no other
_UNSEALED = b'\n  "digest": ""'
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_AGAIN = "Add the article again from its address; its marks are kept."
_REVISION = re.compile(r"[0-9a-f]{8,64}")


class _Source(Struct, frozen=True):
    """What is known of a page but its text."""

    url: str
    media_type: str
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_truncated: bool = False


class _WithSource(Struct, frozen=True):
    page: _Source


class Revisions:
    """The folder of an article's versions. A version is written once and then only mended."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._in_use = WeakValueDictionary[str, Extraction]()

    def keep(self, extraction: Extraction, page: Page) -> None:
        """Write a version, in the place of one with the same text."""
        revision = extraction.article.revision
        source = _Source(
            page.url, page.media_type, page.fetched_at, page.headers, page.is_truncated
        )
        with in_words(self.folder, deed="written"):
            files.make_folder(self.folder)
            files.replace(self._page_path(revision), _packed(page.html))
            files.replace(self._path(revision), _sealed(extraction, source))

    def holds(self, extraction: Extraction, page: Page) -> bool:
        """Tell whether the version is there, cleaned in the same way from a page as recent."""
        revision = extraction.article.revision
        try:
            is_same = self.extraction(revision) == extraction
            return is_same and _stamps(self.page(revision)) == _stamps(page)
        except (NotInLibrary, DamagedFile):
            return False

    def extraction(self, revision: str) -> Extraction:
        """Return a version as cleaned; raises `DamagedFile` if its text is not what it was."""
        extraction = self._decoded(self._path(revision), lambda data: _opened(data, Extraction))
        if extraction.article.revision != revision:
            raise _damaged(self._path(revision))
        self._in_use[revision] = extraction
        return extraction

    def text(self, revision: str) -> str:
        """Return the text of a version, which is not read again while it is open somewhere."""
        return (self._in_use.get(revision) or self.extraction(revision)).article.text

    def page(self, revision: str) -> Page:
        """Return a version as fetched."""
        source = self._decoded(self._path(revision), lambda data: _opened(data, _WithSource)).page
        page = Page(source.url, self.html(revision), source.media_type, source.fetched_at)
        return replace(page, headers=source.headers, is_truncated=source.is_truncated)

    def html(self, revision: str) -> str:
        """Return the text of a version as fetched, though nothing else of it may be left."""
        return self._decoded(self._page_path(revision), _unpacked)

    def pages_of(self, revision: str, html: str, *, url: str) -> tuple[Page, ...]:
        """Return a version as fetched; where only its text is left, as each kind it may be."""
        try:
            return (self.page(revision),)
        except (NotInLibrary, DamagedFile):
            return tuple(Page(url, html, kind) for kind in (HTML, PLAIN_TEXT, MARKDOWN))

    def altered(self, revision: str) -> Extraction:
        """Return a version whose text is what it was, whatever else of it was altered."""
        extraction = self._decoded(self._path(revision), lambda data: decode(data, Extraction))
        if extraction.article.revision != revision:
            raise _damaged(self._path(revision))
        return extraction

    def sound(self) -> tuple[tuple[Extraction, Page], ...]:
        """Return the versions that are whole, in the order in which they were fetched."""
        found = []
        for revision in self.names():
            with suppress(NotInLibrary, DamagedFile):
                found.append((self.extraction(revision), self.page(revision)))
        return tuple(sorted(found, key=lambda pair: pair[1].fetched_at or _LONG_AGO))

    def names(self) -> tuple[str, ...]:
        """Return the versions of which there is a file, in no order that means anything."""
        stems = {name.partition(".")[0] for name in names_in(self.folder)}
        return tuple(sorted(filter(_REVISION.fullmatch, stems)))

    def _decoded(self, path: Path, parse: Callable[[bytes], T]) -> T:
        try:
            with in_words(path, deed="read"):
                return parse(self._bytes(path))
        except ValueError as error:
            raise _damaged(path) from error

    def _bytes(self, path: Path) -> bytes:
        try:
            return files.read(path)[0]
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotInLibrary(f"The library holds no {quoted(path)}.", _AGAIN) from error

    def _path(self, revision: str) -> Path:
        return self.folder / f"{_checked(revision)}{VERSION}"

    def _page_path(self, revision: str) -> Path:
        return self.folder / f"{_checked(revision)}{PAGE}"


def _sealed(extraction: Extraction, source: _Source) -> bytes:
    """Return the version with a digest of its other lines, which tells when one was altered."""
    lines = encode(to_plain(extraction) | {"page": to_plain(source), DIGEST: ""})
    return lines.replace(_UNSEALED, _seal(digest_of(lines)), 1)


def _opened(data: bytes, kind: type[T]) -> T:
    """Return what a version holds; `ValueError` if it was altered. An unsealed one is believed."""
    value, data = decode(data, kind), data.replace(b"\r\n", b"\n")
    sealed = _SEAL.search(data)
    if sealed and sealed[1].decode() != digest_of(data.replace(sealed[0], _UNSEALED, 1)):
        raise ValueError("It was altered.")
    return value


def _seal(digest: str) -> bytes:
    return f'\n  "{DIGEST}": "{digest}"'.encode()


def _packed(html: str) -> bytes:
    import zstandard

    compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    return compressor.compress(html.encode("utf-8", "surrogatepass"))


def _unpacked(data: bytes) -> str:
    """Return the page; `ValueError` if it is damaged, or claims to be larger than any page."""
    import zstandard

    try:
        if not 0 <= zstandard.frame_content_size(data) <= MAX_PAGE:
            raise ValueError("It does not say how large it is, or is too large.")
        packed = zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error
    return packed.decode("utf-8", "surrogatepass")


def _stamps(page: Page) -> tuple[str, ...]:
    """Return what a server knows a page by, when it is asked whether the page has changed."""
    return tuple(page.header(name) for name in ("etag", "last-modified"))


def _checked(revision: str) -> str:
    if not _REVISION.fullmatch(revision):
        raise NotInLibrary(f"{quoted(revision)} is no version of an article.", _AGAIN)
    return revision


def _damaged(path: Path) -> DamagedFile:
    return DamagedFile(f"{quoted(path)} is damaged.", _AGAIN)
