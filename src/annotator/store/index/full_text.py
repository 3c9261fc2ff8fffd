"""Text as the index finds it again, and what a person types as the index asks for it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from annotator.model.query import Either, Every, Not, Query, Words, every, is_symbol

AFTER_ALL = "\U0010ffff"  # sorts behind whatever an id can go on with

# Scripts that put no spaces between words, or hang endings on them: each character is
# a word of its own there, and a word is a phrase.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
_BETWEEN = "\u200b"  # parts words, shows nothing, and cannot be in a text that was cleaned

_START, _END = "\x02", "\x03"  # of a hit in a snippet; neither can be in a text that was cleaned
_HIT = re.compile(f"[{_START}{_END}]")
_LIKE = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def fold(text: str) -> str:
    """Return what spellings of a name in other cases have in common."""
    return unicodedata.normalize("NFC", text).casefold()


def spaced(text: str) -> str:
    """Return `text` with its words parted, whatever the script."""
    text = unicodedata.normalize("NFC", text)
    return text if text.isascii() else _unspaced().sub(rf"{_BETWEEN}\g<0>{_BETWEEN}", text)


def shown(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a snippet on one line as a person reads it, and where in it the hits are."""
    parts = _HIT.split(" ".join(snippet.replace(_BETWEEN, "").split()))
    hits, at = [], 0
    for number, part in enumerate(parts):
        if number % 2 and part:
            hits.append((at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(hits)


def snippet(table: str, tokens: int) -> str:
    """Return the SQL for the best passage of a row, in a form that `shown` reads."""
    return f"snippet({table}, -1, '{_START}', '{_END}', '…', {tokens})"


def expression(words: Words) -> str:
    """Return how FTS5 is asked for some words; empty if they have no letters and digits."""
    if not any(map(str.isalnum, words.text)):
        return ""
    text = spaced(words.text).replace('"', " ").replace("\0", " ")
    return f'"{text}" *' if words.is_begun else f'"{text}"'


def pattern(words: Words) -> str:
    """Return what LIKE must find besides, for words that are others without their signs."""
    if not any(map(is_symbol, words.text)):
        return ""
    return f"%{spaced(words.text).translate(_LIKE)}%"


def ranking(query: Query) -> tuple[str, Query]:
    """Return how FTS5 is asked for the words of a query, and what else must hold of a row.

    What is asked is empty if the words alone cannot choose.
    """
    parts = query.parts if isinstance(query, Every) else (query,)
    asked = {part: _asked(part) for part in parts}
    rest = [part for part in parts if not asked[part]]
    return _joined(" AND ", asked.values()), every(*rest)


def _asked(query: Query) -> str:
    if isinstance(query, Words):
        return "" if pattern(query) else expression(query)
    if isinstance(query, Every | Either):
        parts = list(map(_asked, query.parts))
        operator = " AND " if isinstance(query, Every) else " OR "
        return _joined(operator, parts) if all(parts) else ""
    return ""


def needs_words(query: Query) -> bool:
    """Tell whether the texts must be known to answer the query."""
    if isinstance(query, Not):
        return needs_words(query.part)
    if isinstance(query, Every | Either):
        return any(map(needs_words, query.parts))
    return isinstance(query, Words)


def _joined(operator: str, parts: Iterable[str]) -> str:
    found = list(filter(None, parts))
    return found[0] if len(found) == 1 else operator.join(f"({part})" for part in found)


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")  # takes longer than most lists do, which need it not
