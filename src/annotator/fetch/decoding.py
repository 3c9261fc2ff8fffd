"""Bytes to text, as browsers decode them; images, feeds and other files are refused.

The encoding is, in this order: the byte-order mark, the one in the HTTP header,
the one that the page declares, UTF-8 if the bytes are valid, a guess.

Only labels of the WHATWG Encoding Standard count. `w3lib.encoding` would be
shorter, but it lets a page choose any codec of Python (`idna`, `undefined`), and
fails in it. The guess is chardet's: on 94 pages without a declaration it decoded
59 without a wrong character, charset-normalizer 51, mostly for Western European ones.
"""

import codecs
import re

import webencodings

from annotator.errors import NotAnArticle, TooLarge
from annotator.fetch.options import MEGABYTE
from annotator.model import HTML, MARKDOWN, PLAIN_TEXT

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRESCAN = 16 * 1024  # bytes; the standard says 1,024, but heads are longer today
_GUESSED = 200_000  # bytes that a guess looks at: half a second of it
_LABEL_LENGTH = 40
_UNUSABLE = frozenset({"replacement", "x-user-defined"})

# Where Python's codec of that name knows fewer characters than browsers do.
_WIDER = {"big5": "big5hkscs", "euc-kr": "cp949", "gbk": "gb18030", "shift_jis": "cp932"}
# What chardet says of short texts in encodings that no page of the web is in.
_MISTAKEN = {"maccyrillic": "windows-1251", "macroman": "windows-1252"}

_CHARSET = re.compile(r"""charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(r"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})""")
_META = re.compile(r"<meta[\s/]([^>]{1,2000})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]{1,40})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
# What a guess does without. Of letters without end it would take minutes: chardet is quadratic.
_NO_WORDS = re.compile(rb"<[^<>]{0,2000}>|[A-Za-z]{60,}")

_LIE = 200  # a named encoding is believed with one unreadable character in so many
_SLIPS = 3  # and with so many in any text
_DAMAGE = 20  # UTF-8 with one bad sequence for so many good ones is damaged UTF-8

GIVE_A_PAGE = "Give a page, a text, a PDF, a book (EPUB), a message (.eml) or a web archive."
FEED_HINT = "Follow it with `annotator feeds`, or give the address of one of its articles."

_SIGNATURES = (
    (b"\x89PNG\r\n", "an image", GIVE_A_PAGE),
    (b"\xff\xd8\xff", "an image", GIVE_A_PAGE),
    (b"GIF8", "an image", GIVE_A_PAGE),
    (b"PK\x03\x04", "a ZIP archive, as .docx files are", GIVE_A_PAGE),
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
_DOCTYPE = r"(?:<!DOCTYPE\s[^\[>]*+(?:\[[^\]]*+\]\s*+)?+>\s*+)?+"  # RSS 0.91 has one
_FEED = re.compile(rf"{_BEFORE_A_TAG}{_DOCTYPE}<(rss|feed|rdf:RDF|opml)\b", re.DOTALL)

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


def decode_html(data: bytes, content_type: str = "") -> str:
    """Return the text of an HTML page, with U+FFFD for bytes that cannot be decoded."""
    return _decode(data, (_named_by_header(content_type), _named_by_page(data)))


def decode_text(data: bytes, content_type: str = "") -> str:
    """Return the text of a plain file, with U+FFFD for bytes that cannot be decoded."""
    return _decode(data, (_named_by_header(content_type),))


def preview(data: bytes) -> str:
    """Return the beginning of `data`, decoded well enough to recognise the kind of text."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) : _PRESCAN].decode(codec, "replace")
    return data[:_PRESCAN].decode("latin-1")


def _decode(data: bytes, named: tuple[str, ...]) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    label = next((label for label in named if label), "")
    return _as_named(data, label) or _as_utf8(data) or data.decode(_guess(data), "replace")


def _as_named(data: bytes, label: str) -> str:
    """Return the text in the encoding `label`, or "" if that is clearly the wrong one."""
    if not label:
        return ""
    text = data.decode(_codec(label), "replace")
    return text if text.count("\ufffd") <= max(_SLIPS, len(text) // _LIE) else ""


def _as_utf8(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if not bad:
        return text
    good = len(data) - len(text)  # each character of more than one byte has some to spare
    is_cut = bad == 1 and text.endswith("\ufffd") and good > 0
    return text if is_cut or bad * _DAMAGE <= good else ""


def _named_by_header(content_type: str) -> str:
    match = _CHARSET.search(content_type)
    return _known(match[1]) if match else ""


def _named_by_page(data: bytes) -> str:
    head = _COMMENT.sub("", data[:_PRESCAN].decode("latin-1"))
    declared = _DECLARATION.match(head)
    names = [declared[1]] if declared else []
    names += [_charset_of(meta[1]) for meta in _META.finditer(head)]
    label = next((label for label in map(_known, names) if label), "")
    # A page whose own words could be read is not in UTF-16, says the standard.
    return "utf-8" if label.startswith("utf-16") else label


def _charset_of(attributes: str) -> str:
    values: dict[str, str] = {
        name.lower(): value.strip("\"'") for name, value in _ATTRIBUTE.findall(attributes)
    }
    if values.get("http-equiv", "").lower() == "content-type":
        match = _CHARSET.search(values.get("content", ""))
        return match[1] if match else ""
    return values.get("charset", "")


def _known(name: str) -> str:
    """Return the standard's name for the label `name`, or "" if there is none."""
    if len(name) > _LABEL_LENGTH:
        return ""
    encoding = webencodings.lookup(name.strip())
    return "" if encoding is None or encoding.name in _UNUSABLE else str(encoding.name)


def _codec(label: str) -> str:
    return _WIDER.get(label) or str(webencodings.lookup(label).codec_info.name)


def _guess(data: bytes) -> str:
    import chardet

    words = _NO_WORDS.sub(b" ", data[:_GUESSED])
    name = (chardet.detect(words)["encoding"] or "").lower()
    return _codec(_known(_MISTAKEN.get(name, name)) or "windows-1252")


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
    """Return `text` without NULs. Raises `NotAnArticle` for binary data and feeds."""
    head = text[:_HEAD]
    if len(_BINARY.findall(head)) * _BINARY_SHARE > len(head):
        raise NotAnArticle(f"{name} contains binary data, not text.", GIVE_A_PAGE)
    if feed := _FEED.match(head):
        what = "a list of feeds" if feed[1] == "opml" else "a feed"
        raise NotAnArticle(f"{name} is {what}.", FEED_HINT)
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
    signs = sum(1 for sign in _SIGNS_OF_MARKDOWN if sign.search(head))
    is_markdown = signs >= _ENOUGH_SIGNS or _BEGINS_AS_MARKDOWN.match(head)
    return MARKDOWN if is_markdown else PLAIN_TEXT
