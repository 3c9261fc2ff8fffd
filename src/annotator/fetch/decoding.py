"""Bytes to text, as browsers decode them.

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
_TAG = re.compile(rb"<[^<>]{0,2000}>")

_LIE = 200  # a named encoding is believed with one unreadable character in so many
_SLIPS = 3  # and with so many in any text
_DAMAGE = 20  # UTF-8 with one bad sequence for so many good ones is damaged UTF-8


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

    words = _TAG.sub(b" ", data[:_GUESSED])
    name = (chardet.detect(words)["encoding"] or "").lower()
    return _codec(_known(_MISTAKEN.get(name, name)) or "windows-1252")
