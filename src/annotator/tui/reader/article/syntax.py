"""Finds the colours of code with Pygments. It takes long to load, and is loaded in a thread."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from annotator.model.data_file import word_table

LONGEST = 30_000  # characters of a block that get colours: some 800 lines
SECONDS = 1.0  # at most, for the colours of one block

_PARTS = word_table(__package__ or "", "syntax.tsv")  # by the first names of Pygments' token types


class Token(NamedTuple):
    """A stretch of code, counted from the start of its block, and the part that styles it."""

    start: int
    end: int
    part: str


class Colours:
    """The tokens of one block of code, in order."""

    def __init__(self, tokens: Sequence[Token] = ()) -> None:
        self._tokens = tuple(tokens)

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that have a letter between two offsets."""
        first = bisect_right(self._tokens, start, key=lambda token: token.end)
        last = bisect_left(self._tokens, end, key=lambda token: token.start)
        return self._tokens[first:last]


def colours(code: str, language: str) -> Colours:
    """Return the colours of code; none if its language is unknown."""
    return Colours(tuple(_tokens(code[:LONGEST], language)))


def _tokens(code: str, language: str) -> Iterator[Token]:
    try:
        lexer = get_lexer_by_name(language)
    except ClassNotFound:
        return
    end = time.monotonic() + SECONDS
    for start, kind, text in lexer.get_tokens_unprocessed(code):
        part = _part(tuple(kind))
        if part and text.strip():
            yield Token(start, start + len(text), part)
        if time.monotonic() > end:
            return


def _part(kind: tuple[str, ...]) -> str:
    names = (".".join(kind[:length]) for length in range(min(2, len(kind)), 0, -1))
    return next((_PARTS[name]["part"] for name in names if name in _PARTS), "")
