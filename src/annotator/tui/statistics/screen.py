"""The statistics: what was read and marked in a period, which keys change."""

import asyncio
from collections.abc import Sequence
from functools import partial

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.model.labels import period_title
from annotator.model.periods import PERIODS, PeriodName
from annotator.tui.context import AppContext
from annotator.tui.frame.list_screen import ListScreen
from annotator.tui.keys.tables.statistics import STATISTICS
from annotator.tui.notifications import hint
from annotator.tui.statistics.board import Board
from annotator.usecases.queries.statistics import Statistics, statistics


class StatisticsScreen(ListScreen[None], keys=STATISTICS, places=(), styles=("statistics/screen",)):
    """Charts of a period, at first of the last 30 days."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._period: PeriodName = "month"
        self._back = 0
        self._shown: Statistics | None = None

    def parts(self) -> Sequence[Widget]:
        """Return the title beside the period, and the charts."""
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
        context = self._app_context
        count = partial(
            statistics, context.library, self._period, now=context.now(), back=self._back
        )
        counted = await asyncio.to_thread(count)
        if wanted == (self._period, self._back) and self.display:  # nothing else was asked since
            self._show(counted)

    def _show(self, counted: Statistics) -> None:
        self._shown = counted
        title = "" if counted.is_empty else period_title(counted.period, is_latest=not counted.back)
        self.query_one("#statistics-period", Static).update(Content(title))
        self.query_one(Board).show(counted)
        self.show_status()
