"""Pages that browsers save in one file: by SingleFile, as MHTML, and as Safari's web archive.

MHTML is a message with parts, and so are the messages of mail: `read_message` parses both.
"""

import plistlib
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect, MessageError
from email.message import EmailMessage
from itertools import count, islice
from typing import Any, NamedTuple
from xml.parsers.expat import ExpatError

MAX_PARTS = 5_000  # a page has a few hundred; for these the parser takes a second
MAX_NESTED = 20  # parts with parts; browsers write one, and the parser takes long for many
HEAD_OF_CLIPPING = 20_000  # characters
HEAD = 2_000  # characters that the comment of SingleFile is in

# What the parsers of Python raise for some fields and parts that are damaged.
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SINGLEFILE = re.compile(r"<!--\s*(?:Page saved with SingleFile|Archive processed by SingleFile)")
_URL = re.compile(r"^\s*url:\s*(\S+)", re.MULTILINE)
_DATE = re.compile(r"^\s*saved date:\s*(.+?)(?:\s*\(.*\))?\s*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SOURCE = re.compile(r"""^source:[ \t]*["']?(https?://[^\s"']+)""", re.MULTILINE)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)


class SavedPage(NamedTuple):
    """A page with the address, the title and the date that its file names; empty if it does not."""

    html: str
    url: str = ""
    title: str = ""
    date: str = ""
    is_cut: bool = False


def read_singlefile(html: str) -> SavedPage | None:
    """Return a page that SingleFile saved; None if it has not the comment of that."""
    comment = html[:HEAD]
    if not _SINGLEFILE.search(comment):
        return None
    url, date = _URL.search(comment), _DATE.search(comment)
    return SavedPage(html, url=url[1] if url else "", date=date[1] if date else "")


def address_of_clipping(markdown: str) -> str:
    """Return the address that a clipper wrote above the text; empty for any other Markdown."""
    front = _FRONT_MATTER.match(markdown[:HEAD_OF_CLIPPING].replace("\r\n", "\n"))
    address = _SOURCE.search(front[1]) if front else None
    return address[1] if address else ""


def read_mhtml(data: bytes) -> SavedPage:
    """Return the page in a file of MHTML. Raises `ValueError` with a sentence."""
    message = read_message(data)
    try:
        page = next((part for part in message.walk() if part.get_content_type() in _PAGES), None)
        html = text_of(page) if page else ""
    except _BROKEN as error:
        raise ValueError("The parts of the file are damaged.") from error
    address = field(message, "Snapshot-Content-Location")
    address = address or (field(page, "Content-Location") if page else "")
    title = " ".join(field(message, "Subject").split())
    return SavedPage(html, address.strip(), title, field(message, "Date"), is_cut(message))


def read_web_archive(data: bytes) -> SavedPage:
    """Return the page in a web archive of Safari. Raises `ValueError` with a sentence."""
    try:
        page = plistlib.loads(data)["WebMainResource"]
        content, address = page["WebResourceData"], page.get("WebResourceURL", "")
        html = decoded(content, str(page.get("WebResourceTextEncodingName", "")))
    except (
        *(ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError),
        *(plistlib.InvalidFileException, ExpatError, EOFError),
    ) as error:
        raise ValueError("The web archive is damaged.") from error
    return SavedPage(html, address if isinstance(address, str) else "")


def read_message(data: bytes) -> EmailMessage:
    """Return a message with its parts. Raises `ValueError` with a sentence if there are too many.

    Nothing in a message makes this raise another error.
    """
    if sum(1 for _ in islice(_MULTIPART.finditer(data), MAX_NESTED + 1)) > MAX_NESTED:
        raise ValueError(f"It has more than {MAX_NESTED} parts with parts in them.")
    try:
        return message_from_bytes(data.lstrip(), _part_maker(), policy=policy.default)
    except _TooManyParts:
        raise
    except _BROKEN as error:
        raise ValueError("The parts of the file are damaged.") from error


class _TooManyParts(ValueError):
    """A message that is made to take long."""


def _part_maker() -> Callable[..., EmailMessage]:
    """Return what makes the parts for the parser, and refuses too many, whatever their names."""
    numbers = count(1)

    def make(policy: "policy.Policy[Any]" = policy.default) -> EmailMessage:
        if next(numbers) > MAX_PARTS:
            raise _TooManyParts(f"It has more than {MAX_PARTS:,} parts.")
        return EmailMessage(policy)

    return make


def is_cut(message: EmailMessage) -> bool:
    """Return whether the file ends before its last part does, as a download that stopped."""
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects)


def field(message: EmailMessage, name: str) -> str:
    """Return a field of a message; empty if it is not there, or cannot be read."""
    try:
        return str(message.get(name, ""))
    except _BROKEN:
        return ""


def text_of(part: EmailMessage) -> str:
    """Return the text of a part, with U+FFFD for bytes that cannot be decoded."""
    raw = part.get_payload(decode=True)
    return decoded(raw, part.get_content_charset() or "") if isinstance(raw, bytes) else ""


def decoded(data: bytes, charset: str) -> str:
    """Return the text in `data`: in that charset, in the one that a page names, or in UTF-8."""
    declared = _DECLARED.search(data[:HEAD])
    for name in (charset, "utf-8-sig" if not declared else declared[1].decode("ascii")):
        try:
            text = data.decode(name, "replace") if name else ""
        except (LookupError, UnicodeError):
            continue
        if text.count("\ufffd") * 20 <= len(text) and text:
            return text
    return data.decode("cp1252", "replace")
