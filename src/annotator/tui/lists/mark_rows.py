"""Marks and passages as rows of a list, with the pieces of a difference wrapped in lines.

A mark has its glyph, quotation, tags, status and note.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from rich.cells import cell_len

from annotator.model import AnchoredMark, Annotation, Article, Kind, Orphan
from annotator.model.labels import STATUS_GLYPHS, count
from annotator.tui.lists.rows import ELLIPSIS, Heading, Line, Piece, Row, hashed, wrap

if TYPE_CHECKING:
    from annotator.diffing.words import Stretch

Kinds = Mapping[str, Kind]


_SPACES = re.compile(r"\s+")


class ParagraphsRow(Struct, frozen=True):
    """Paragraphs, each with the most lines that it takes, and `air` empty lines below them.

    The first line begins with `head`, and the others are as far in.
    """

    key: str
    paragraphs: tuple[tuple[Line, int], ...]
    head: Line = (Piece(" "),)
    air: int = 1

    def lines(self, width: int) -> Sequence[Line]:
        indent = sum(cell_len(text) for text, _ in self.head)
        room = max(1, width - indent - 1)
        first, *rest = [
            line for pieces, most in self.paragraphs for line in wrap_pieces(pieces, room, most)
        ] or [()]
        below = ((Piece(" " * indent), *line) for line in rest)
        return [(*self.head, *first), *below, *[()] * self.air]


def paragraph(text: str, role: str = "", *, most: int) -> tuple[Line, int]:
    """Return a paragraph of one piece."""
    return (Piece(text, role),), most


def kind_head(kind: Kind) -> Line:
    """Return the glyph of a kind, as the head of a row."""
    return (Piece(" "), Piece(kind.glyph, kind.colour), Piece(" "))


@lru_cache(maxsize=4096)  # lists wrap all rows again when one is added
def wrap_pieces(pieces: Line, width: int, lines: int) -> Sequence[Line]:
    """Return pieces in at most `lines` lines of `width` cells, broken between words."""
    tidied = list(_single_spaced(pieces))
    text = "".join(piece.text for piece in tidied)
    wrapped, at = [], 0
    for line in wrap(text, width, lines=lines):
        is_whole = text.startswith(line, at)
        end = at + len(line) - (0 if is_whole else len(ELLIPSIS))
        shown = tuple(_cut(tidied, at, end))
        left_out = () if is_whole else (Piece(ELLIPSIS, shown[-1].role if shown else ""),)
        wrapped.append((*shown, *left_out))
        at = end + text.startswith(" ", end)
    return wrapped


def as_pieces(stretches: Iterable["Stretch"], *, around: int | None = None) -> Line:
    """Return a difference as pieces with the roles `gone` and `new`.

    With `around`, text without changes is cut to that many characters beside a change.
    """
    parts = list(stretches)
    if around is not None:
        parts = [_abridged(part, index, len(parts), around) for index, part in enumerate(parts)]
    return tuple(Piece(text, "" if sign == "same" else sign) for text, sign in parts)


def mark_row(
    mark: Annotation, kind: Kind, remark: str = "", *, is_target: bool = False
) -> ParagraphsRow:
    """Return a mark: at most three lines of its quotation, then tags and status, note and remark.

    It has the sign of links also when only other marks link to it (`is_target`).
    """
    facts = tuple(_facts(mark, is_linked=is_target or bool(mark.links)))
    note = f"✎ {mark.note}" if mark.note else ""
    below = (paragraph(note, "quiet", most=1), paragraph(remark, "quiet", most=3))
    return ParagraphsRow(
        mark.id, (paragraph(mark.quote, most=3), (facts, 1), *below), kind_head(kind)
    )


def mark_rows(
    placed: Sequence[AnchoredMark],
    article: Article,
    kinds: Kinds,
    targets: Collection[str] = (),
) -> list[Row]:
    """Return the marks in the order of the article, and those not found under a heading.

    `targets` are the ids of the marks that others link to.
    """

    def row(mark: Annotation, remark: str = "") -> Row:
        return mark_row(mark, kinds[mark.kind], remark, is_target=mark.id in targets)

    rows = [row(mark.annotation) for mark in placed if mark.span is not None]
    lost = [row(mark.annotation, _guess(mark, article)) for mark in placed if mark.span is None]
    return [*rows, Heading(" Not found in the text"), *lost] if lost else [*rows]


def _guess(placed: AnchoredMark, article: Article) -> str:
    guess = placed.place.best_guess if isinstance(placed.place, Orphan) else None
    return f"perhaps: {guess.of(article.text)}" if guess else "no match in the text"


def labels(annotation: Annotation) -> Iterable[str]:
    """Yield the status of a mark's claim, its tags, and the number of its links."""
    status = annotation.status
    if status is not None and status != "open":
        yield status
    yield from (f"#{tag}" for tag in annotation.tags)
    if annotation.links:
        yield count(len(annotation.links), "link")


def _facts(annotation: Annotation, *, is_linked: bool) -> Iterator[Piece]:
    """Yield the status of a mark's claim in its colour, a sign if it has links, and its tags."""
    status = annotation.status
    if status is not None and status != "open":
        yield Piece(f"{STATUS_GLYPHS[status]} {status} ", status)
    if is_linked:
        yield Piece("⇄ ", "quiet")
    if annotation.tags:
        yield Piece(hashed(annotation.tags), "tag")


def _abridged(stretch: "Stretch", index: int, count: int, around: int) -> "Stretch":
    text = stretch.text
    if stretch.sign != "same" or len(text) <= 2 * around:
        return stretch
    head = text[:around].rpartition(" ")[0] or text[:around]
    tail = text[-around:].partition(" ")[2] or text[-around:]
    parts = (head if index else "", tail if index < count - 1 else "")
    return stretch._replace(text=f" {ELLIPSIS} ".join(parts))


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
