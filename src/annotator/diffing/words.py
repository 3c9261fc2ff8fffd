"""Differences between two wordings of a passage, word by word, changed numbers first.

A changed number changes the claim, and is easily missed among other changes. The
alignment is the longest common subsequence of the words (rapidfuzz's Indel).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel

from annotator.anchoring.normalization import fold_passage

MOST_WORDS = 8000  # the alignment of longer texts would take more than 10 MB
STRAY_WORDS = 3  # at most as many equal words between two changes count as changed too

_WIDE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(
    r"[$€£¥]?\d+(?:[.,:]\d+)*%?(?!\w)"  # a number with its currency or percent sign
    rf"|[{_WIDE}]"  # scripts without spaces between words
    rf"|[^\W{_WIDE}]+(?:['’][^\W{_WIDE}]+)*"
    r"|\S"
)
_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*|[〇一二三四五六七八九十百千万億兆]")
_NUMERAL = re.compile(
    r"\b(?:none|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|dozen|hundred|thousand|[mbtr]+illions?|half|thirds?"
    r"|quarters?|fifth|tenth|once|twice|doubled?|tripled?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A stretch of a passage in both wordings; all pieces joined give the two passages.

    Stretches that differ only in quotation marks, dashes and spaces are the same.
    """

    then: str
    now: str
    is_same: bool

    @property
    def has_other_numbers(self) -> bool:
        """Whether a number, in digits or in words, changed."""
        return not self.is_same and _numbers(self.then) != _numbers(self.now)


Sign = Literal["same", "gone", "new"]


class Stretch(NamedTuple):
    """Text to show, with the signs of `wdiff` around it if it is gone or new."""

    text: str
    sign: Sign = "same"


def differences(then: str, now: str) -> tuple[DiffPiece, ...]:
    """Return the pieces of two wordings in order, equal ones and different ones."""
    old, new = _Words(then), _Words(now)
    if max(len(old.keys), len(new.keys)) > MOST_WORDS:
        return (DiffPiece(then, now, is_same=old.keys == new.keys),)
    pieces = [DiffPiece(old.head, new.head, is_same=True)]
    for step in Indel.opcodes(old.keys, new.keys):
        before = old.text(step.src_start, step.src_end)
        after = new.text(step.dest_start, step.dest_end)
        pieces.append(DiffPiece(before, after, is_same=step.tag == "equal"))
    return tuple(_merged(list(_without_strays(_merged(pieces)))))


def changed(pieces: Sequence[DiffPiece]) -> tuple[DiffPiece, ...]:
    """Return the pieces that differ, those with changed numbers first."""
    changed = (piece for piece in pieces if not piece.is_same)
    return tuple(sorted(changed, key=lambda piece: not piece.has_other_numbers))


def in_short(pieces: Sequence[DiffPiece]) -> str:
    """Return each change in a few words: `3 percent → 5 percent; added: at all`."""
    return "; ".join(map(_change, pieces))


def marked_up(pieces: Sequence[DiffPiece]) -> Iterator[Stretch]:
    """Yield both wordings as one text: `rose by [-3-] {+5.5+} percent`."""
    for piece in pieces:
        if piece.is_same:
            # the newer wording may end here, without the space that the words need that are gone
            is_cut = piece.then[-1:].isspace() and not piece.now[-1:].isspace()
            yield Stretch(f"{piece.now} " if is_cut and piece is not pieces[-1] else piece.now)
        else:
            yield from _replaced(piece)


def wording_then(pieces: Sequence[DiffPiece]) -> Iterator[Stretch]:
    """Yield the older wording with its deleted words: `rose by [-3-] percent`."""
    for piece in pieces:
        yield from (Stretch(piece.then),) if piece.is_same else _signed(piece.then, "gone")


def wording_now(pieces: Sequence[DiffPiece]) -> Iterator[Stretch]:
    """Yield the newer wording with its inserted words: `rose by {+5.5+} percent`."""
    for piece in pieces:
        yield from (Stretch(piece.now),) if piece.is_same else _signed(piece.now, "new")


def words_of(text: str) -> list[str]:
    """Return the words, numbers and punctuation marks of `text`, folded, with capitals."""
    return [fold_passage(match[0]).cased for match in _WORD.finditer(text)]


class _Words:
    """A text as words, each with the space after it, so that they join to the text again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.keys = words_of(text)
        self._starts = [match.start() for match in _WORD.finditer(text)] + [len(text)]
        self.head = text[: self._starts[0]]

    def text(self, first: int, end: int) -> str:
        return self._text[self._starts[first] : self._starts[end]]


def _merged(pieces: Sequence[DiffPiece]) -> list[DiffPiece]:
    """Return the pieces with neighbours of one kind joined, without empty ones."""
    merged: list[DiffPiece] = []
    for piece in pieces:
        if not piece.then and not piece.now:
            continue
        if merged and merged[-1].is_same == piece.is_same:
            last = merged.pop()
            merged.append(DiffPiece(last.then + piece.then, last.now + piece.now, piece.is_same))
        else:
            merged.append(piece)
    return merged


def _without_strays(pieces: Sequence[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield the pieces; a few equal words between larger changes count as changed."""
    for at, piece in enumerate(pieces):
        is_between = piece.is_same and 0 < at < len(pieces) - 1
        if is_between and _is_stray(piece, pieces[at - 1], pieces[at + 1]):
            yield DiffPiece(piece.then, piece.now, is_same=False)
        else:
            yield piece


def _is_stray(piece: DiffPiece, before: DiffPiece, after: DiffPiece) -> bool:
    length = len(piece.then.strip())
    return len(piece.then.split()) <= STRAY_WORDS and all(
        length <= max(len(side.then.strip()), len(side.now.strip()))
        and not side.has_other_numbers  # a changed number is shown by itself
        for side in (before, after)
    )


def _change(piece: DiffPiece) -> str:
    then, now = " ".join(piece.then.split()), " ".join(piece.now.split())
    if not then:
        return f"added: {now}"
    return f"{then} → {now}" if now else f"removed: {then}"


def _replaced(piece: DiffPiece) -> Iterator[Stretch]:
    is_spaced = piece.now[-1:].isspace() or piece.then[-1:].isspace()
    yield from _signed(piece.then, "gone", end=" " if is_spaced or piece.now.strip() else "")
    yield from _signed(piece.now, "new", end=" " if is_spaced else "")


def _signed(text: str, sign: Sign, *, end: str | None = None) -> Iterator[Stretch]:
    """Yield words between their signs, then the space after them."""
    words = text.strip()
    if not words:
        return
    yield Stretch(f"[-{words}-]" if sign == "gone" else f"{{+{words}+}}", sign)
    space = text[len(text.rstrip()) :] if end is None else end
    if space:
        yield Stretch(space)


def _numbers(text: str) -> list[str]:
    return _FIGURE.findall(text) + _NUMERAL.findall(text.lower())
