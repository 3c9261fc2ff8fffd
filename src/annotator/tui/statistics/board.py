"""The board of charts, painted line by line, and its layout for a width."""

from collections.abc import Sequence

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from annotator.model.labels import STATUS_GLYPHS, count
from annotator.tui.context import KnownKinds
from annotator.tui.lists.painting import paint
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import wrap
from annotator.tui.statistics.charts import (
    Block,
    bucket_labels,
    columns_block,
    grid,
    names_block,
)
from annotator.tui.theming.stylesheets import PartStyles
from annotator.usecases.queries.statistics import Statistics

_GAP = 4  # cells between two charts
_NARROWEST, _WIDEST = 36, 56  # cells of a chart
_MOST_COLUMNS = 3

_EMPTY = "There is nothing to count yet. Add an article to the library, read it, and mark it."


class Board(PartStyles, ScrollView, can_focus=True, inherit_bindings=False):
    """The charts of a period, in one to three columns."""

    ALLOW_SELECT = False

    def __init__(self, kinds: KnownKinds) -> None:
        super().__init__()
        self._kinds = kinds
        self._statistics: Statistics | None = None
        self._lines: Sequence[Line] = ()

    def show(self, statistics: Statistics) -> None:
        """Show these statistics, from the top if they are of another period."""
        is_other = not self._statistics or self._statistics.period != statistics.period
        self._statistics = statistics
        self._lay_out()
        if is_other:
            self.scroll_to(y=0, animate=False)

    def render_line(self, y: int) -> Strip:
        """Return a line of the screen."""
        y += self.scroll_offset.y
        return paint(self, "listing", self._lines[y] if y < len(self._lines) else ())

    def on_resize(self) -> None:
        """Arrange the charts for the new width."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._statistics is not None and self.size.width:
            self._lines = board_lines(self._statistics, self._kinds, self.size.width)
            self.virtual_size = Size(self.size.width, len(self._lines))
        self.refresh()


def board_lines(statistics: Statistics, kinds: KnownKinds, width: int) -> Sequence[Line]:
    """Return the charts, or a sentence that says why there are none."""
    if statistics.is_empty:
        return [(Piece(line, "quiet"),) for line in wrap(_EMPTY, width, lines=4)]
    columns = max(1, min(_MOST_COLUMNS, (width + _GAP) // (_NARROWEST + _GAP)))
    room = min(_WIDEST, (width + _GAP) // columns - _GAP)
    lines: Block = grid(_blocks(statistics, kinds, room), room, columns, _GAP)
    if statistics.finished_some_day:
        articles = count(statistics.finished_some_day, "article")
        words = f"{articles} finished before this was noted, so that the day is not known."
        lines += [(), *((Piece(line, "quiet"),) for line in wrap(words, width, lines=3))]
    return lines


def _blocks(statistics: Statistics, kinds: KnownKinds, room: int) -> list[Block]:
    buckets = statistics.buckets
    labels = bucket_labels(buckets, statistics.period.step)
    of_kinds = {
        kind.name: (kinds[kind.name].glyph, kinds[kind.name].colour) for kind in statistics.kinds
    }
    of_statuses: dict[str, tuple[str, str]] = {
        name: (glyph, name) for name, glyph in STATUS_GLYPHS.items()
    }
    over_time = {
        "Marks made": [bucket.counts.marked for bucket in buckets],
        "Articles added": [bucket.counts.added for bucket in buckets],
        "Articles finished": [bucket.counts.finished for bucket in buckets],
    }
    gutter = max(len(f"{max(numbers):,}") for numbers in over_time.values()) + 1
    return [
        *(
            columns_block(title, series, labels, (room, gutter))
            for title, series in over_time.items()
        ),
        names_block("Claims by status", statistics.statuses, room, glyphs=of_statuses),
        names_block("Marks by kind", statistics.kinds, room, glyphs=of_kinds),
        names_block("Marks by tag", statistics.tags, room),
        names_block("Marks by speaker", statistics.speakers, room),
        names_block("Marks by site", statistics.sites, room),
    ]
