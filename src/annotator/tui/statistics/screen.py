"""The statistics: what was read and marked in a period, which keys change."""

import asyncio
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from annotator.model.labels import period_title
from annotator.model.periods import PERIODS, PeriodName
from annotator.tui.context import AppContext
from annotator.tui.keys.footers import footer_keys
from annotator.tui.keys.key import bindings
from annotator.tui.keys.tables.statistics import STATISTICS_KEYS
from annotator.tui.notifications import hint
from annotator.tui.statistics.board import Board
from annotator.tui.theming.stylesheets import stylesheets
from annotator.tui.widgets.status_bar import StatusBar
from annotator.tui.workers import run_action
from annotator.usecases.queries.statistics import Statistics, statistics


class StatisticsScreen(Screen[None]):
    """Charts of a period, at first of the last 30 days."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(STATISTICS_KEYS))
    CSS_PATH: ClassVar = stylesheets("statistics/screen", "lists/list_view", "widgets/status_bar")
    PLACES: ClassVar[tuple[str, ...]] = ("statistics",)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._app_context = context
        self._period: PeriodName = "month"
        self._back = 0
        self._shown: Statistics | None = None
        context.keymap.bind(self, STATISTICS_KEYS)

    def compose(self) -> ComposeResult:
        """Yield the title, the charts, and the status bar."""
        with Horizontal(id="statistics-head"):
            yield Static(Content("Statistics"), id="statistics-title")
            yield Static(id="statistics-period")
        yield Board(self._app_context.kinds)
        yield StatusBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore keys that were typed before the screen was drawn, or after it was closed."""
        is_open = self.is_mounted and self.is_active
        return is_open and super().check_action(action, parameters)

    @on(events.ScreenResume)
    def reload(self) -> None:
        """Count again."""
        self.query_one(Board).focus()
        run_action(self, self._load)

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

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    def _go(self, name: PeriodName, back: int) -> None:
        self._period, self._back = name, back
        run_action(self, self._load)

    async def _load(self) -> None:
        wanted = self._period, self._back
        context = self._app_context
        count = partial(
            statistics, context.library, self._period, now=context.now(), back=self._back
        )
        found = await asyncio.to_thread(count)
        if wanted == (self._period, self._back) and self.display:  # nothing else was asked since
            self._show(found)

    def _show(self, found: Statistics) -> None:
        self._shown = found
        title = "" if found.is_empty else period_title(found.period, is_latest=not found.back)
        self.query_one("#statistics-period", Static).update(Content(title))
        self.query_one(Board).show(found)
        keys = footer_keys("statistics", self._app_context.keymap)
        self.query_one(StatusBar).show("", keys, "")
