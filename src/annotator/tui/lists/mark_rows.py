"""Marks and passages as rows of a list, with the pieces of a difference wrapped in lines.

A mark has its glyph, quotation, tags, status and note.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from annotator.diffing.words import Stretch
from annotator.model import AnchoredMark, Annotation, Article, Kind, Orphan
from annotator.model.labels import STATUS_GLYPHS, count
from annotator.tui.lists.rows import Heading, Line, Piece, Row, hashed
from annotator.tui.lists.text_fit import ELLIPSIS, truncate, wrap

Kinds = Mapping[str, Kind]

_INDENT = 3  # cells: a margin, the glyph or sign, a space

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
        room = max(1, width - _INDENT - 1)
        passages = (wrap_pieces(passage, room, lines=self.most) for passage in self.passages)
        title = wrap_pieces([Piece(self.title, "strong")], room, lines=1)
        first, *rest = [*title, *chain.from_iterable(passages)] or [()]
        head = (Piece(" "), self.sign, Piece(" "), *first)
        return [head, *((Piece(" " * _INDENT), *line) for line in rest), ()]


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


class MarkRow(Struct, frozen=True):
    """A mark: at most three lines of its quotation, then tags and status, note and remark.

    It has the sign of links also when only other marks link to it (`is_target`).
    """

    annotation: Annotation
    kind: Kind
    remark: str = ""
    is_target: bool = False

    @property
    def key(self) -> str:
        """The mark's id."""
        return self.annotation.id

    @property
    def is_linked(self) -> bool:
        """Whether a link begins or ends at the mark."""
        return self.is_target or bool(self.annotation.links)

    def lines(self, width: int) -> Sequence[Line]:
        """Return glyph and quotation, tags and status, note, remark, and an empty line."""
        room = max(1, width - _INDENT - 1)
        first, *rest = wrap(self.annotation.quote, room, lines=3) or ("",)
        return [
            (Piece(" "), Piece(self.kind.glyph, self.kind.colour), Piece(f" {first}")),
            *(_indented(line) for line in rest),
            *self._details(room),
            (),
        ]

    def _details(self, room: int) -> Iterator[Line]:
        facts = tuple(_facts(self.annotation, is_linked=self.is_linked))
        if facts:
            yield (Piece(" " * _INDENT), *wrap_pieces(facts, room, lines=1)[0])
        if self.annotation.note:
            yield _indented(truncate("✎ " + " ".join(self.annotation.note.split()), room), "quiet")
        if self.remark:
            yield from (_indented(line, "quiet") for line in wrap(self.remark, room, lines=3))


def mark_rows(
    placed: Sequence[AnchoredMark],
    article: Article,
    kinds: Kinds,
    targets: Collection[str] = (),
) -> list[Row]:
    """Return the marks in the order of the article, and those not found under a heading.

    `targets` are the ids of the marks that others link to.
    """

    def row(mark: Annotation, remark: str = "") -> MarkRow:
        return MarkRow(mark, kinds[mark.kind], remark, mark.id in targets)

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


def _indented(text: str, role: str = "") -> Line:
    return (Piece(" " * _INDENT), Piece(text, role))


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
