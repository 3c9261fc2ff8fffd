"""Telling pages and texts from PDFs, images, feeds and other files."""

import re

from annotator.errors import NotAnArticle, TooLarge
from annotator.fetch.options import MEGABYTE
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT

GIVE_A_PAGE = "Give a page or a text: .html, .htm, .xhtml, .txt or .md."
PDF_HINT = "Turn it into text, with pdftotext for example, and add that file."
FEED_HINT = "Give the address of one of its articles."

_SIGNATURES = (
    (b"%PDF-", "a PDF", PDF_HINT),
    (b"\x89PNG\r\n", "an image", GIVE_A_PAGE),
    (b"\xff\xd8\xff", "an image", GIVE_A_PAGE),
    (b"GIF87a", "an image", GIVE_A_PAGE),
    (b"GIF89a", "an image", GIVE_A_PAGE),
    (b"PK\x03\x04", "a ZIP archive, as .docx and .epub files are", GIVE_A_PAGE),
    (b"\x1f\x8b", "a gzip archive", GIVE_A_PAGE),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", GIVE_A_PAGE),
    (b"\xd0\xcf\x11\xe0", "an Office document", GIVE_A_PAGE),
    (b"{\\rtf", "a rich text document", GIVE_A_PAGE),
    (b"\x7fELF", "a program", GIVE_A_PAGE),
    (b"SQLite format 3\x00", "a database", GIVE_A_PAGE),
)
_HEAD = 8192  # characters that show the kind of text
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SHARE = 100  # one such character in as many: damaged texts have fewer, programs far more

_BEFORE_A_TAG = r"\s*+(?:(?><!--.*?-->|<\?.*?\?>)\s*+)*+"
_DOCUMENT = re.compile(rf"{_BEFORE_A_TAG}<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(
    rf"{_BEFORE_A_TAG}<(?:head|body|title|meta|link|script|style|header|nav|main|article|section|div|"
    r"h[1-6]|p|ul|ol|dl|table|blockquote|figure|pre|font|center|span|a|b|i|em|strong|br|img)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(rf"{_BEFORE_A_TAG}<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_WEB_ARCHIVE = re.compile(
    r"(?:[a-z-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?content-type:\s*+multipart/related", re.IGNORECASE
)

_BEGINS_AS_MARKDOWN = re.compile(r"\s*+#{1,6} \S|---\n\w[\w-]*:")
_SIGNS_OF_MARKDOWN = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\[[^\]\n]{1,200}\]\(\S{1,2000}\)"),
    re.compile(r"\*\*\w[^*\n]{0,200}\*\*"),
)
_ENOUGH_SIGNS = 2

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".xht"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_TEXT_SUFFIXES = frozenset({".txt", ".text"})


def refuse_size(size: int, name: str, *, limit: int) -> None:
    """Raise `TooLarge` for more than `limit` bytes."""
    if size > limit:
        raise TooLarge(
            f"{name} is larger than {limit / MEGABYTE:g} MB.",
            "Save the part that you want to read as a text, and add that file.",
        )


def refuse_foreign(data: bytes, name: str) -> None:
    """Raise `NotAnArticle` for bytes that begin like a known format that is not text."""
    if not data.strip():
        raise NotAnArticle(f"{name} is empty.", "There is nothing to read.")
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature):
            raise NotAnArticle(f"{name} is {what}.", hint)


def readable(text: str, name: str) -> str:
    """Return `text` without NULs. Raises `NotAnArticle` for binary data, feeds and MHTML."""
    head = text[:_HEAD]
    if len(_BINARY.findall(head)) * _BINARY_SHARE > len(head):
        raise NotAnArticle(f"{name} contains binary data, not text.", GIVE_A_PAGE)
    if _FEED.match(head):
        raise NotAnArticle(f"{name} is a feed.", FEED_HINT)
    if _WEB_ARCHIVE.match(head):
        raise NotAnArticle(
            f"{name} is a web archive (MHTML).", "Save the page as “HTML only”, and add that file."
        )
    return text.replace("\x00", "\ufffd")  # as HTML's own parsers do


def media_type_of(text: str, *, suffix: str = "") -> str:
    """Return the media type of a text, from the suffix of its name and its first characters."""
    head, suffix = text[:_HEAD], suffix.lower()
    if suffix in _HTML_SUFFIXES or _DOCUMENT.match(head):
        return HTML
    if suffix in _MARKDOWN_SUFFIXES:
        return MARKDOWN
    if suffix in _TEXT_SUFFIXES:
        return PLAIN_TEXT
    if _FRAGMENT.match(head):
        return HTML
    return MARKDOWN if _is_markdown(head) else PLAIN_TEXT


def _is_markdown(head: str) -> bool:
    signs = sum(1 for sign in _SIGNS_OF_MARKDOWN if sign.search(head))
    return signs >= _ENOUGH_SIGNS or _BEGINS_AS_MARKDOWN.match(head) is not None
