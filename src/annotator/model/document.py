"""What was fetched: a page as text, or a document, such as a PDF, a book or a message.

What a document is, is told by its first bytes, since names and servers are often wrong.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from annotator.model.text import clean_line

HTML = "text/html"
PLAIN_TEXT = "text/plain"
MARKDOWN = "text/markdown"

# Beside the headers of a server: the title that the user gave, and where the text is from.
TITLE, TEXT_FROM = "x-title", "x-text-from"
FROM_BROWSER = "your browser, which ran the scripts of the page"
PDF: Final = "application/pdf"
PDF_LINES: Final = "application/x-pdf-lines+json"  # what is stored of one
EPUB: Final = "application/epub+zip"
MAIL: Final = "message/rfc822"
MAILBOX: Final = "application/mbox"
MHTML: Final = "multipart/related"
WEB_ARCHIVE: Final = "application/x-webarchive"

HEAD = 4096  # bytes that tell most kinds
MEGABYTE = 1_000_000


class Page(Struct, frozen=True, tag="page"):
    """A source as text, with its address after all redirects.

    `url` is empty for text without an address, and a `file:` URL for a local
    file. `headers` are those of the server, names in lower case.
    """

    url: str
    html: str
    media_type: str = HTML
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_truncated: bool = False

    @property
    def content(self) -> str:
        """The text, which tells two pages apart: headers change with each answer."""
        return self.html

    def header(self, name: str) -> str:
        """Return the first header of that name, or an empty string."""
        return next((value for key, value in self.headers if key == name.lower()), "")


class DocumentKind(Struct, frozen=True):
    """The name of a kind of document in a sentence, and the size of its largest files.

    `advice` is for a reader whose program cannot read it.
    """

    name: str
    max_bytes: int
    advice: str = "Save the text in a .txt or .html file, and add that."


KINDS: Mapping[str, DocumentKind] = {
    PDF: DocumentKind("a PDF", 100 * MEGABYTE),
    EPUB: DocumentKind("a book (EPUB)", 200 * MEGABYTE),
    MAIL: DocumentKind("a message", 50 * MEGABYTE),
    MAILBOX: DocumentKind(
        "a mailbox", 500 * MEGABYTE, "`annotator add FILE` adds each of its messages."
    ),
    MHTML: DocumentKind("a web archive (MHTML)", 100 * MEGABYTE),
    WEB_ARCHIVE: DocumentKind("a web archive", 100 * MEGABYTE),
}


class Document(Struct, frozen=True, tag="document"):
    """The bytes of a document, with its address after all redirects.

    `media_type` is one of `KINDS`, or what a reader made of such a document, to be read
    again. `url` and `headers` are as those of a `Page`. `password` opens a locked one, and is
    never stored.
    """

    url: str
    data: bytes
    media_type: str
    fetched_at: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    is_truncated: bool = False
    password: str = ""

    @property
    def content(self) -> bytes:
        """The bytes, which tell two documents apart, as the content of a page does."""
        return self.data

    @property
    def file_name(self) -> str:
        """The last part of its address without the suffix, the title of last resort."""
        name = unquote(urlsplit(self.url).path).rsplit("/", 1)[-1]
        return clean_line(name.rpartition(".")[0] or name).replace("_", " ")

    def header(self, name: str) -> str:
        """Return the first header of that name, or an empty string."""
        return next((value for key, value in self.headers if key == name.lower()), "")


Original = Page | Document  # what an article was extracted from


# Compiled when something is recognised: opening an article does not need them.
_FIELD = rb"([A-Za-z][A-Za-z0-9-]*):[^\n]*\n?(?:[ \t][^\n]*\n?)*"
_FIRST_OF_MAILBOX = rb"From [^\n]*(?:\d{4}|@)[^\n]*\n"
_NEXT_OF_MAILBOX = rb"\n\r?\nFrom [^\n]*\d{4}[^\n]*\n[A-Za-z-]+:"
_RELATED = rb"(?i)content-type:\s*multipart/related"
_OF_MESSAGES = frozenset({b"to", b"received", b"message-id", b"delivered-to", b"return-path"})
_MARKUP = (b"<?xml", b"<!doctype plist")


def kind_of(data: bytes) -> str:
    """Return the media type of a document in `KINDS`; empty for pages, texts and all else."""
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024] and not head.startswith(b"<"):  # after an address, in some
        return PDF
    if head.startswith(b"PK\x03\x04"):
        is_book = EPUB.encode() in data[:100] or b"META-INF/container.xml" in data  # late in some
        return EPUB if is_book else ""
    if head.startswith(b"bplist00") or head[:HEAD].lower().startswith(_MARKUP):
        return WEB_ARCHIVE if b"WebMainResource" in data else ""
    if re.match(_FIRST_OF_MAILBOX, head):
        if not _names(head.partition(b"\n")[2]) & {b"from", *_OF_MESSAGES}:
            return ""
        return MAILBOX if re.search(_NEXT_OF_MAILBOX, data) else MAIL  # with one message, or more
    return _kind_of_message(head)


def largest(head: bytes, otherwise: int) -> int:
    """Return how many bytes a file may have that begins with `head`; `otherwise` for a page."""
    kind = EPUB if head.startswith(b"PK\x03\x04") else kind_of(head)
    return KINDS[kind].max_bytes if kind else otherwise


def _kind_of_message(head: bytes) -> str:
    names = _names(head)
    if re.search(_RELATED, head) and b"mime-version" in names and not names & _OF_MESSAGES:
        return MHTML
    told = names & {b"date", b"subject"}
    is_sent = told and (len(told) > 1 or names & {*_OF_MESSAGES, b"mime-version"})
    return MAIL if is_sent and b"from" in names else ""


def _names(head: bytes) -> set[bytes]:
    """Return the names of the fields at the top of a message, in lower case."""
    names: set[bytes] = set()
    at = 0
    pattern = re.compile(_FIELD)
    while field := pattern.match(head, at):
        names.add(field[1].lower())
        at = field.end()
    return names
