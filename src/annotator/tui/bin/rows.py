"""Articles and marks in the bin as rows, with as many columns as there is room for."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from msgspec import Struct

from annotator.model.labels import short_date
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import Side, pad
from annotator.usecases.articles.trash import Trashed
from annotator.usecases.marks.mark_bin import BinnedMark

_GAP = 2
_SITE, _DELETED, _MARKS = 20, 8, 5  # cells
_SITE_FROM = 76  # cells of the line; below, the title needs them
_SELECTED = "▌"
_MARGIN = 2  # cells at the left, for the glyph of a selected article


class TrashedRow(Struct, frozen=True):
    """An article in the bin on one line."""

    HEIGHT: ClassVar = 1

    trashed: Trashed
    now: datetime
    is_selected: bool = False

    @property
    def key(self) -> str:
        """The article's id."""
        return self.trashed.id

    def lines(self, width: int) -> Sequence[Line]:
        """Return title, site, the day of deletion, and the number of marks."""
        record = self.trashed.record
        title = title_of(self.trashed)
        site = record.site_name if record else ""
        deleted, marks = short_date(self.trashed.removed, self.now), str(self.trashed.marks or "")
        mark = Piece(pad(_SELECTED if self.is_selected else "", _MARGIN), "chosen")
        title_role = "chosen" if self.is_selected else ""
        texts = (title, site, deleted, marks)
        return ((mark, *_line(width, texts, roles=(title_role, "quiet", "quiet", ""))),)


class BinnedRow(Struct, frozen=True):
    """A mark in the bin on one line."""

    HEIGHT: ClassVar = 1

    mark: BinnedMark
    now: datetime
    is_selected: bool = False

    @property
    def key(self) -> str:
        """The mark's id."""
        return self.mark.id

    def lines(self, width: int) -> Sequence[Line]:
        """Return the words, the title of the article, the day of deletion, and if it has a note."""
        record, mark = self.mark.record, self.mark.annotation
        selected = Piece(pad(_SELECTED if self.is_selected else "", _MARGIN), "chosen")
        words = f"“{' '.join(mark.quote.split())}”"
        deleted, note = short_date(self.mark.removed, self.now), "✎" if mark.note else ""
        roles = ("chosen" if self.is_selected else "", "quiet", "quiet", "quiet")
        texts = (words, record.title or record.url, deleted, note)
        return ((selected, *_line(width, texts, roles=roles)),)


def title_of(trashed: Trashed) -> str:
    """Return the title of an article in the bin, or its address, or that it is damaged."""
    record = trashed.record
    return (record.title or record.url) if record else "(damaged)"


def bin_heads(width: int) -> Line:
    """Return the line above the rows."""
    heads = ("Title", "Site", "Deleted", "Marks")
    return (Piece(" " * _MARGIN), *_line(width, heads, roles=("quiet",) * 4))


def _line(width: int, texts: Sequence[str], *, roles: Sequence[str]) -> Line:
    """Return title, site if there is room for it, day, and number of marks."""
    title, site, deleted, marks = texts
    columns = [(site, _SITE), (deleted, _DELETED), (marks, _MARKS)]
    room = width - _MARGIN - 1 - sum(cells + _GAP for _, cells in columns)
    if width < _SITE_FROM:
        room += _SITE + _GAP
    sides: tuple[Side, ...] = ("left", "right", "right")
    rest = [
        Piece(" " * _GAP + pad(text, cells, side), role)
        for (text, cells), side, role in zip(columns, sides, roles[1:], strict=True)
    ]
    return (Piece(pad(title, max(1, room)), roles[0]), *rest[width < _SITE_FROM :])
