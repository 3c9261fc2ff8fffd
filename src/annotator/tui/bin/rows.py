"""The articles in the bin as rows, with as many columns as there is room for."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from annotator.model.labels import short_date
from annotator.tui.library.columns import MARGIN
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import Side, pad
from annotator.usecases.trash import Trashed

_GAP = 2
_SITE, _DELETED, _MARKS = 20, 8, 5  # cells
_SITE_FROM = 76  # cells of the line; below, the title needs them
_SELECTED = "●"


class TrashedRow(Struct, frozen=True):
    """An article in the bin on one line."""

    trashed: Trashed
    now: datetime
    is_selected: bool = False

    @property
    def key(self) -> str:
        """The article's id."""
        return self.trashed.id

    def height(self, width: int) -> int:  # noqa: ARG002  one line in any width
        """Return one line."""
        return 1

    def lines(self, width: int) -> Sequence[Line]:
        """Return title, site, the day of deletion, and the number of marks."""
        record = self.trashed.record
        title = title_of(self.trashed)
        site = record.site_name if record else ""
        deleted, marks = short_date(self.trashed.removed, self.now), str(self.trashed.marks or "")
        mark = Piece(pad(_SELECTED if self.is_selected else "", MARGIN), "chosen")
        return ((mark, *_line(width, (title, site, deleted, marks), is_head=False)),)


def title_of(trashed: Trashed) -> str:
    """Return the title of an article in the bin, or its address, or that it is damaged."""
    record = trashed.record
    return (record.title or record.url) if record else "(damaged)"


def bin_heads(width: int) -> Line:
    """Return the line above the rows."""
    heads = ("Title", "Site", "Deleted", "Marks")
    return (Piece(" " * MARGIN), *_line(width, heads, is_head=True))


def _line(width: int, texts: tuple[str, str, str, str], *, is_head: bool) -> Line:
    title, site, deleted, marks = texts
    columns: list[tuple[str, int, Side, str]] = [
        (deleted, _DELETED, "right", "quiet"),
        (marks, _MARKS, "right", ""),
    ]
    if width >= _SITE_FROM:
        columns.insert(0, (site, _SITE, "left", "quiet"))
    room = width - MARGIN - 1 - sum(cells + _GAP for _, cells, _, _ in columns)
    return (
        Piece(pad(title, max(1, room)), "quiet" if is_head else ""),
        *(
            Piece(" " * _GAP + pad(text, cells, side), "quiet" if is_head else role)
            for text, cells, side, role in columns
        ),
    )
