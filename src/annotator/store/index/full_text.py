"""Full text search: how text is stored for FTS5, and how a query is put to it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from annotator.model.query import Either, Every, Not, Query, Words, every, is_symbol

AFTER_ALL = "\U0010ffff"  # sorts after everything that an id can continue with

# Scripts without spaces between words: FTS5 would take a whole sentence for one word, so
# each character is stored as a word, and a word is searched for as a phrase.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
TOKENIZER = "porter unicode61 remove_diacritics 2"
_BREAK = "\u200b"  # separates words, is invisible, and does not occur in cleaned text

_START, _END = "\x02", "\x03"  # around hits in a snippet; they do not occur in cleaned text
_HIT = re.compile(f"[{_START}{_END}]")
_LIKE = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def fold(text: str) -> str:
    """Return the form of a name that ignores case."""
    return unicodedata.normalize("NFC", text).casefold()


def with_word_breaks(text: str) -> str:
    """Return `text` with breaks around the characters of scripts that have no spaces."""
    text = unicodedata.normalize("NFC", text)
    return text if text.isascii() else _unspaced().sub(rf"{_BREAK}\g<0>{_BREAK}", text)


def parse_snippet(snippet: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a snippet on one line, and the spans of the hits in it."""
    parts = _HIT.split(" ".join(snippet.replace(_BREAK, "").split()))
    hits, at = [], 0
    for number, part in enumerate(parts):
        if number % 2 and part:
            hits.append((at, at + len(part)))
        at += len(part)
    return "".join(parts), tuple(hits)


def snippet_sql(table: str, tokens: int) -> str:
    """Return the SQL for the best passage of a row, to be read by `parse_snippet`."""
    return f"snippet({table}, -1, '{_START}', '{_END}', '…', {tokens})"


def match_expression(words: Words) -> str:
    """Return the FTS5 expression for some words; empty if they have no letters or digits."""
    if not any(map(str.isalnum, words.text)):
        return ""
    text = with_word_breaks(words.text).replace('"', " ").replace("\0", " ")
    return f'"{text}" *' if words.is_begun else f'"{text}"'


def like_pattern(words: Words) -> str:
    """Return the LIKE pattern for words with symbols, which FTS5 ignores: C++ is not C."""
    if not any(map(is_symbol, words.text)):
        return ""
    return f"%{with_word_breaks(words.text).translate(_LIKE)}%"


def ranking(query: Query) -> tuple[str, Query]:
    """Return the FTS5 expression that ranks the results, and the rest of the query.

    The expression is empty if no part of the query can be put to FTS5 alone.
    """
    parts = query.parts if isinstance(query, Every) else (query,)
    expressions = {part: _expression(part) for part in parts}
    rest = [part for part in parts if not expressions[part]]
    return _joined(" AND ", expressions.values()), every(*rest)


def _expression(query: Query) -> str:
    if isinstance(query, Words):
        return "" if like_pattern(query) else match_expression(query)
    if isinstance(query, Every | Either):
        parts = list(map(_expression, query.parts))
        operator = " AND " if isinstance(query, Every) else " OR "
        return _joined(operator, parts) if all(parts) else ""
    return ""


def needs_words(query: Query) -> bool:
    """Whether answering the query takes the words of articles or marks."""
    if isinstance(query, Not):
        return needs_words(query.part)
    if isinstance(query, Every | Either):
        return any(map(needs_words, query.parts))
    return isinstance(query, Words)


def _joined(operator: str, parts: Iterable[str]) -> str:
    expressions = list(filter(None, parts))
    return (
        expressions[0]
        if len(expressions) == 1
        else operator.join(f"({part})" for part in expressions)
    )


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"[{_UNSPACED}]")  # slow to compile, and lists do not need it
