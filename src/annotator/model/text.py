"""Sanitising of untrusted text, before it reaches a screen, a file or the store.

`clean_text` is for text of several lines, `clean_line` for a single line. Both
take linear time, change nothing when applied twice, never raise, and leave no
control character except the newline. Terminals obey escape sequences wherever
they come from, so these are removed together with their payload.
"""

import re
from functools import cache

MAX_TEXT = 5_000_000  # characters; the longest books are shorter
MAX_LINE = 300  # characters; no title is longer
TAB_SIZE = 4

_DIRECTION_MARKS = dict.fromkeys((0x061C, 0x200C, 0x200E, 0x200F))
_LETTER = "x"
_WHITE_SPACE_SLACK = 20  # how much longer than its limit a line may be before white space goes


# Characters other than those that nothing below changes: most text needs only this check.
# Compiled on first use, which takes a good part of the start-up time; for letters other than
# Latin ones ten times as long.
_NOT_LATIN = "[^\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f-\u205f\u2070-\u20cf\u20f1-\u27bf]"
_NOT_PLAIN = (
    "[^\n -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u2010-\u2027\u202f-\u205f\u2070-\u20cf"
    "\u20f1-\u3029\u3030-\u3098\u309b-\u3163\u3165-\ua66e\uac00-\ud7a3\uff01-\uff9f]"
)


def clean_text(text: object, limit: int = MAX_TEXT) -> str:
    """Return at most `limit` characters of `text`, safe to show; not a string gives ``""``."""
    if not isinstance(text, str):
        return ""
    text = text[:limit]
    if (text.isascii() and text.isprintable()) or is_plain(text):
        return text
    from annotator.model.hidden_text import without_hidden  # slow to load, and rarely needed

    text = without_hidden(text)
    return text.expandtabs(TAB_SIZE) if "\t" in text else text


def clean_piece(text: object, limit: int = MAX_TEXT) -> str:
    """Return what `clean_text` does, for text that may begin within a word.

    The context of a passage in Persian can begin with a joiner, which ends the word before.
    """
    return clean_text(f"{_LETTER}{text}", limit + 1)[1:] if isinstance(text, str) else ""


def clean_line(text: object, limit: int = MAX_LINE) -> str:
    """Return `text` on one line of at most `limit` characters, with an ellipsis if it was cut."""
    if not isinstance(text, str):
        return ""
    text = text[: limit * _WHITE_SPACE_SLACK].translate(_DIRECTION_MARKS)
    text = " ".join(clean_text(text).split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip("\u200d\ufe0f ") + "…"


def as_utf8(name: str) -> str:
    """Return the name of a file as text: bytes of it that are not UTF-8 are escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def is_plain(text: str) -> bool:
    """Return whether a text has only characters that `clean_text` leaves alone."""
    return _compiled(_NOT_LATIN).search(text) is None or _compiled(_NOT_PLAIN).search(text) is None


def is_latin(text: str) -> bool:
    """Return whether a text has only Latin letters and common punctuation."""
    return text.isascii() or _compiled(_NOT_LATIN).search(text) is None


def is_clean(text: str) -> bool:
    """Return whether `clean_text` would leave `text` as it is."""
    return clean_text(text) == text


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
