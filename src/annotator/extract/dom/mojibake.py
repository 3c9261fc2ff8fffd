"""Repair of text that was encoded or escaped twice: `cafÃ©` becomes `café`.

Only sequences next to a letter are repaired. An article about encodings shows
them in code, or between spaces and quotation marks, and there they stay.
"""

import html
import re
from collections import Counter

from annotator.model.text import clean_line

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# UTF-8 that was read as Windows-1252: each byte of a letter became a letter.
_BYTES = "\x81\x8d\x8f\x90\x9d€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\xa0-¿"
_TWICE = f"[Â-ß][{_BYTES}]|[à-ï][{_BYTES}]{{2}}|[ð-ô][{_BYTES}]{{3}}"
_BESIDE_A_LETTER = re.compile(rf"[A-Za-z](?:{_TWICE})|(?:{_TWICE})[A-Za-z]")
_LEADING = "ÃÂâÐÑÎÏÅÄ"  # the first characters of nearly all such sequences
_MAY_BE_BROKEN = re.compile(f"[{_LEADING}\ufb00-\ufb06]")
_HIGH = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xA0)}
_BYTE_OF = {
    ord(letter): chr(byte)
    for byte, letter in _HIGH.items()
    if letter != "\N{REPLACEMENT CHARACTER}"
}
_LOST_QUOTE = "â€\N{REPLACEMENT CHARACTER}"  # the only letter there whose last byte is no letter
# The same as Latin-1: most of these characters are controls, which no text has.
_CONTROL = re.compile("[\x80-\x9f]")
_CONTROL_BYTES = re.compile(b"\xc2[\x80-\x9f]")
_AS_LATIN = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_ENTITY = re.compile(
    r"(?<=\w)&(?!lt;|gt;)(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});|"
    r"&(?!lt;|gt;|amp;)(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8});(?=\w)|(?<=\w )&amp;(?= \w)"
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>]{0,500})>")
_SINGLE = frozenset({"br", "wbr", "img", "hr"})


def fix_mojibake(text: str) -> str:
    """Return a text with double encodings and escapes undone, and ligatures spelled out."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
    if text.isascii() or not _MAY_BE_BROKEN.search(text):
        return text
    if _LOST_QUOTE in text:
        text = text.replace(_LOST_QUOTE, "â€\x9d")
    if _LIGATURE.search(text):
        text = text.translate(_LIGATURES)
    may_be_twice = any(sign in text for sign in _LEADING)
    return _decoded(text) if may_be_twice and _BESIDE_A_LETTER.search(text) else text


def fix_latin(page: str) -> str:
    """Return a page as it was meant, if its UTF-8 was read as Latin-1.

    Then there are controls, most of them in such sequences; others are Windows-1252.
    """
    # In bytes the search takes a fraction of its time.
    if page.isascii() or not _CONTROL_BYTES.search(page.encode("utf-8", "replace")):
        return page
    broken = "".join(match.group() for match in _AS_LATIN.finditer(page))
    if 2 * len(_CONTROL.findall(broken)) <= len(_CONTROL.findall(page)):
        return page
    return _AS_LATIN.sub(_as_utf8, page)


def _as_utf8(match: re.Match[str]) -> str:
    try:
        return match.group().encode("latin-1").decode("utf-8")
    except UnicodeError:
        return match.group()


def plain(value: object, limit: int = 300) -> str:
    """Return a string of metadata on one line, without tags and entities; empty if not a string."""
    text = _unescaped(value, limit)
    return clean_line(fix_mojibake(_TAG.sub("", text)), limit=limit)


def plain_title(value: object, limit: int = 300) -> str:
    """Return a title on one line, without markup and entities; empty if it is not a string.

    In “How <video> works” the tag is a word. Markup comes in pairs, has attributes, or
    breaks a line.
    """
    text = _unescaped(value, limit)
    if "<" in text:
        tags = Counter(tag["end"] + tag["name"].lower() for tag in _TAG.finditer(text))
        text = _TAG.sub(lambda tag: "" if _is_markup(tag, tags) else tag[0], text)
    return clean_line(fix_mojibake(text), limit=limit)


def _is_markup(tag: re.Match[str], tags: Counter[str]) -> bool:
    name = tag["name"].lower()
    return bool(tag["rest"].strip(" /")) or name in _SINGLE or min(tags[name], tags[f"/{name}"]) > 0


def _unescaped(value: object, limit: int) -> str:
    text = value[: limit * 20] if isinstance(value, str) else ""
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return text


def _decoded(text: str) -> str:
    """Return a text decoded again if all of it can be; text that is not broken cannot be."""
    try:
        return text.translate(_BYTE_OF).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
