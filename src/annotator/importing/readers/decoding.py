"""Bytes of a file to text: a byte-order mark, UTF-8, UTF-16 without a mark, or Windows-1252.

Exports are written by programs, so nearly all are UTF-8. Spreadsheets of Windows leave
UTF-16 and Windows-1252 behind. A few wrong bytes do not make a file another encoding.
"""

import codecs

from annotator.errors import ImportFailed
from annotator.importing.readers.limits import MAX_CHARACTERS

HEAD = 64 * 1024  # bytes or characters by which the format is recognized

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DAMAGE = 20  # UTF-8 with at most one wrong byte to so many good sequences is damaged UTF-8
_FEW = 0.1  # share of NUL bytes in every other place of text that is not UTF-16


def decoded(data: bytes) -> str:
    """Return the text of a file, with U+FFFD for bytes that cannot be decoded.

    Raises `ImportFailed` for more text than `MAX_CHARACTERS`.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _bounded(data[len(mark) :].decode(codec, "replace"))
    codec = _utf_16(data)
    if codec:
        return _bounded(data.decode(codec, "replace"))
    try:
        return _bounded(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    good = sum(1 for byte in data if byte >= 0xC0) - wrong  # noqa: PLR2004  leading bytes
    if wrong == 1 or wrong * _DAMAGE <= good:
        return _bounded(text)
    return _bounded(data.decode("cp1252", "replace"))


def head_of(data: bytes) -> str:
    """Return the beginning of a file as text, well enough to tell its format."""
    return decoded(data[:HEAD]).lstrip("\ufeff")


def _utf_16(data: bytes) -> str:
    """Return the codec of UTF-16 without a mark, as seen by the NUL bytes of Latin text."""
    sample = data[:2000]
    half = len(sample) // 2
    if half < 2:  # noqa: PLR2004  nothing to see
        return ""
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.5 and even < _FEW:  # noqa: PLR2004  most letters have one
        return "utf-16-le"
    if even > 0.5 and odd < _FEW:  # noqa: PLR2004  most letters have one
        return "utf-16-be"
    return ""


def _bounded(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise ImportFailed(
            f"It has more than {MAX_CHARACTERS:,} characters.", "Split it, and import the parts."
        )
    return text
