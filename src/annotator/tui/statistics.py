"""The statistics: what was read and marked in a period, which keys change, on a board of charts.

Charts are lines of text: columns over time, and names with bars. The columns are those of
Textual's sparkline, with eight steps in each line. plotext was tried as well: its columns are
uneven where they do not fall on whole cells, its labels are placed by characters, so that Chinese
ones shift the bars, and its version 6 is compiled.
"""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

from rich.cells import cell_len
from rich.console import Console
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.renderables.sparkline import Sparkline
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from annotator.model.labels import MONTHS, STATUS_GLYPHS, bar, count, period_title
from annotator.model.periods import PERIODS, PeriodName, Step
from annotator.store import Uses
from annotator.tui.frame.context import AppContext, KnownKinds
from annotator.tui.frame.list_screen import ListScreen
from annotator.tui.frame.notifications import hint
from annotator.tui.lists.rows import Line, Piece, pad, paint, truncate, wrap
from annotator.tui.textual_internals import show_text
from annotator.tui.theming import PartStyles
from annotator.usecases.queries.statistics import Bucket, Statistics, statistics

Block = list[Line]

COLUMNS_HEIGHT = 5  # lines of the columns alone
_MOST_NAMES = 8
_MAX_COLUMN = 6  # cells; wider ones look like walls
_LABEL_SHARE = 0.45  # of the width

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def columns_block(
    title: str, numbers: Sequence[int], labels: Sequence[str], cells: tuple[int, int]
) -> Block:
    """Return a chart with a column for each number, and labels below those that have room.

    `cells` are the width of the chart, and that of the numbers on its left.
    """
    width, gutter = cells
    total = sum(numbers)
    head: Line = (Piece(title, "heading"), Piece(f"  {total:,}", "strong"))
    if not total:
        return [head, (Piece("none in this time", "quiet"),)]
    step = max(1, min(_MAX_COLUMN, (width - gutter) // len(numbers)))
    rows = _columns(numbers, step)
    marks = [f"{max(numbers):,}", *[""] * (len(rows) - 2), "0"]
    return [
        head,
        *(
            (Piece(f"{mark} ".rjust(gutter), "quiet"), Piece(row, "bar"))
            for mark, row in zip(marks, rows, strict=True)
        ),
        (Piece(" " * gutter + _axis(labels, step, width - gutter), "quiet"),),
    ]


def names_block(
    title: str,
    uses: Sequence[Uses],
    width: int,
    *,
    glyphs: Mapping[str, tuple[str, str]] | None = None,
) -> Block:
    """Return names with bars and numbers; `glyphs` are a glyph and its role by name."""
    lines: Block = [(Piece(title, "heading"),)]
    uses = [use for use in uses if use.marks]
    if not uses:
        return [*lines, (Piece("none in this time", "quiet"),)]
    shown, rest = uses[:_MOST_NAMES], uses[_MOST_NAMES:]
    number_width = max(len(f"{use.marks:,}") for use in uses)
    label_width = min(max(cell_len(use.name) for use in shown), round(width * _LABEL_SHARE))
    glyph_width = 2 if glyphs else 0
    room = max(1, width - label_width - number_width - glyph_width - 3)
    most = max(use.marks for use in uses)
    for use in shown:
        glyph, role = (glyphs or {}).get(use.name, ("", ""))
        drawn = bar(use.marks, most, room)
        lines.append(
            (
                *((Piece(f"{glyph or ' '} ", role),) if glyphs else ()),
                Piece(pad(use.name, label_width) + " "),
                Piece(drawn.ljust(room), role or "bar"),
                Piece(f" {use.marks:,}".rjust(number_width + 2), "quiet"),
            )
        )
    if rest:
        lines.append((Piece(truncate(f"and {len(rest):,} more", width), "quiet"),))
    return lines


def bucket_labels(buckets: Sequence[Bucket], step: Step) -> list[str]:
    """Return a short name for each part of a period."""
    days = [bucket.since for bucket in buckets]
    if step == "year":
        return [str(day.year) for day in days]
    if step == "month":
        return [MONTHS[day.month - 1] for day in days]
    if step == "day" and len(days) == len(_WEEKDAYS):
        return [_WEEKDAYS[day.weekday()] for day in days]
    return [f"{day.day} {MONTHS[day.month - 1]}" for day in days]


def grid(blocks: Sequence[Block], width: int, columns: int, gap: int) -> Block:
    """Return the blocks side by side in columns, with an empty line between two rows."""
    lines: Block = []
    for start in range(0, len(blocks), columns):
        row = blocks[start : start + columns]
        if start:
            lines.append(())
        for index in range(max(map(len, row))):
            line: list[Piece] = []
            for block in row:
                cell = block[index] if index < len(block) else ()
                taken = sum(cell_len(piece.text) for piece in cell)
                line += [*cell, Piece(" " * (width - taken + gap))]
            lines.append(tuple(line))
    return lines


def _columns(numbers: Sequence[int], step: int) -> list[str]:
    """Return columns of `step` cells, of which the last is empty if there are several."""
    cells = max(1, step - 1)
    data = [number for number in numbers for _ in range(step)]
    spark = Sparkline([*data, 0], width=len(data) + 1, height=COLUMNS_HEIGHT)  # it begins at 0
    segments = Console(width=len(data) + 1).render(spark)
    rows = "".join(segment.text for segment in segments).split("\n")
    return [
        "".join(
            character if at % step < cells and data[at] else " "
            for at, character in enumerate(row[:-1])
        )
        for row in rows
    ]


def _axis(labels: Sequence[str], step: int, room: int) -> str:
    """Return the labels, each below its column, leaving out those that have no room."""
    every = 1
    while any(len(label) + 1 > step * every for label in labels[::every]) and every < len(labels):
        every += 1
    shown = [
        label.ljust(step * every)
        for index, label in enumerate(labels)
        if index % every == 0 and index * step + len(label) <= room
    ]
    return "".join(shown).rstrip()


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


class StatisticsScreen(ListScreen[None], keys="statistics", places=(), styles=("statistics",)):
    """Charts of a period, at first of the last 30 days."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._period: PeriodName = "month"
        self._back = 0
        self._shown: Statistics | None = None

    def parts(self) -> Sequence[Widget]:
        head = Horizontal(
            Static(Content("Statistics"), id="statistics-title"),
            Static(id="statistics-period"),
            id="statistics-head",
        )
        return (head, Board(self._app_context.kinds))

    def focus_list(self) -> None:
        """Give the charts the keys."""
        self.query_one(Board).focus()

    def action_period(self, name: PeriodName) -> None:
        """Show another period, up to today."""
        self._go(name, 0)

    def action_turn(self, by: int) -> None:
        """Show the next longer period, or the next shorter one."""
        place = PERIODS.index(self._period) + by
        self._go(PERIODS[place % len(PERIODS)], 0)

    def action_shift(self, by: int) -> None:
        """Show the period before this one, or the one after it."""
        if by > 0 and not (self._shown and self._shown.has_earlier):
            hint(self, "There is nothing earlier.")
        elif by < 0 and not self._back:
            hint(self, "This is the latest.")
        else:
            self._go(self._period, self._back + by)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(Board).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by pages."""
        board = self.query_one(Board)
        board.scroll_relative(y=by * max(1, board.size.height - 1), animate=False)

    def action_edge(self, side: int) -> None:
        """Scroll to the top or to the end."""
        board = self.query_one(Board)
        board.scroll_to(y=0 if side < 0 else board.max_scroll_y, animate=False)

    def _go(self, name: PeriodName, back: int) -> None:
        self._period, self._back = name, back
        self.reload()

    async def load(self, at: str | None = None) -> None:  # noqa: ARG002  charts have no cursor
        """Count again, and show the charts."""
        wanted = self._period, self._back
        count = partial(statistics, self._library, self._period, now=self._now(), back=self._back)
        counted = await asyncio.to_thread(count)
        if wanted == (self._period, self._back) and self.display:  # nothing else was asked since
            self._shown, is_latest = counted, not counted.back
            title = "" if counted.is_empty else period_title(counted.period, is_latest=is_latest)
            show_text(self.query_one("#statistics-period", Static), Content(title))
            self.query_one(Board).show(counted)
            self.show_status()


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
