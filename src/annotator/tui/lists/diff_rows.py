"""Passages as rows of a list, wrapped across pieces of several styles, with their changes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from annotator.diffing.words import Stretch
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import ELLIPSIS, wrap

INDENT = 3  # cells: margin, sign, space

_SPACES = re.compile(r"\s+")


class PassageRow(Struct, frozen=True):
    """A title, if there is one, and passages, each on its own lines, then an empty line."""

    key: str
    sign: Piece
    passages: tuple[Line, ...]
    title: str = ""
    most: int = 12  # lines of a passage

    def lines(self, width: int) -> Sequence[Line]:
        """Return the lines, the sign before the first of them."""
        room = max(1, width - INDENT - 1)
        passages = (wrap_pieces(passage, room, lines=self.most) for passage in self.passages)
        title = wrap_pieces([Piece(self.title, "strong")], room, lines=1)
        first, *rest = [*title, *chain.from_iterable(passages)] or [()]
        head = (Piece(" "), self.sign, Piece(" "), *first)
        return [head, *((Piece(" " * INDENT), *line) for line in rest), ()]


def wrap_pieces(pieces: Iterable[Piece], width: int, *, lines: int) -> list[Line]:
    """Return pieces in at most `lines` lines of `width` cells, broken between words."""
    tidied = list(_single_spaced(pieces))
    text = "".join(piece.text for piece in tidied)
    wrapped, at = [], 0
    for line in wrap(text, width, lines=lines):
        is_whole = text.startswith(line, at)
        end = at + len(line) - (0 if is_whole else len(ELLIPSIS))
        wrapped.append((*_cut(tidied, at, end), *(() if is_whole else (Piece(ELLIPSIS),))))
        at = end + text.startswith(" ", end)
    return wrapped


def as_pieces(stretches: Iterable[Stretch], *, around: int | None = None) -> Line:
    """Return a difference as pieces with the roles `gone` and `new`.

    With `around`, text without changes is cut to that many characters beside a change.
    """
    parts = list(stretches)
    if around is not None:
        parts = [_abridged(part, index, len(parts), around) for index, part in enumerate(parts)]
    return tuple(Piece(text, "" if sign == "same" else sign) for text, sign in parts)


def _abridged(stretch: Stretch, index: int, count: int, around: int) -> Stretch:
    text = stretch.text
    if stretch.sign != "same" or len(text) <= 2 * around:
        return stretch
    head = text[:around].rpartition(" ")[0] or text[:around]
    tail = text[-around:].partition(" ")[2] or text[-around:]
    parts = (head if index else "", tail if index < count - 1 else "")
    return Stretch(f" {ELLIPSIS} ".join(parts), "same")


def _single_spaced(pieces: Iterable[Piece]) -> Iterator[Piece]:
    is_after_space = True
    for text, role in pieces:
        words = _SPACES.sub(" ", text)
        words = words[1:] if is_after_space and words.startswith(" ") else words
        if words:
            is_after_space = words.endswith(" ")
            yield Piece(words, role)


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Iterator[Piece]:
    """Yield the pieces between two offsets of their joined text."""
    at = 0
    for text, role in pieces:
        words = text[max(0, start - at) : max(0, end - at)]
        at += len(text)
        if words:
            yield Piece(words, role)
