"""The library: all articles in a list, to find, open, add, tag, archive and delete."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from annotator.model.query import Query
from annotator.tui.background import SettingsChanged
from annotator.tui.context import AppContext
from annotator.tui.keys.key import bindings
from annotator.tui.library.actions import LibraryActions
from annotator.tui.library.filter import ArticleSearch
from annotator.tui.library.keys import LIBRARY_KEYS
from annotator.tui.library.table import LibraryTable
from annotator.tui.library.watcher import LibraryWatch
from annotator.tui.lists.list_view import Listing
from annotator.tui.notifications import hint, warn
from annotator.tui.reader.article.messages import LaidOut
from annotator.tui.theming.stylesheets import stylesheets
from annotator.tui.workers import run_action

if TYPE_CHECKING:
    from textual.worker import Worker


class LibraryScreen(Screen[None]):
    """All articles. It is read anew whenever one comes back to it."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(LIBRARY_KEYS))
    CSS_PATH = stylesheets("library/screen", "lists/list_view", "widgets/status_bar")
    PLACES: ClassVar[tuple[str, ...]] = ("library", "table")

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._app_context = context
        self._loading: Worker[None] | None = None
        self._finding = ArticleSearch(context.library, self._show_found)
        self._actions = LibraryActions(self, context, changed=self.reload)
        context.keymap.bind(self, LIBRARY_KEYS)

    def compose(self) -> ComposeResult:
        """Give the list."""
        yield LibraryTable(self._app_context)

    @property
    def table(self) -> LibraryTable:
        """The list with all around it."""
        return self.query_one(LibraryTable)

    def on_mount(self) -> None:
        """Look out for what other programs do to the library."""
        watch = LibraryWatch(self, self._app_context.library, changed=self.reload)
        run_action(self, watch.run, lambda: self.table.shown)

    @on(events.ScreenResume)
    @on(SettingsChanged)
    def _catch_up(self) -> None:
        """Show what changed behind a dialog or another screen; the cursor stays on its article."""
        self.reload()

    def reload(self, at: str | None = None) -> None:
        """Read the library again, the cursor on the article with id `at`, or where it was."""
        if self._loading is not None:
            self._loading.cancel()
        self._loading = run_action(self, self._load, at)

    def action_article(self, what: str) -> None:
        """Do something with the article under the cursor."""
        record = self.table.record
        if record is None:
            hint(self, "There is no article here.")
        else:
            run_action(self, self._actions.do, what, record)

    def action_reload(self) -> None:
        """Read the library anew, for what other programs have done to it."""
        self.reload()

    def action_refresh(self) -> None:
        """Ask for the article under the cursor anew."""
        record = self.table.record
        run_action(self, self._actions.refresh, [record] if record else [])

    def action_refresh_all(self) -> None:
        """Ask for all articles that are listed anew."""
        run_action(self, self._actions.refresh, self.table.listed)

    def action_review(self) -> None:
        """Review the marks of all articles that wait for it."""
        run_action(self, self._actions.review)

    def action_add(self) -> None:
        """Add an article."""
        run_action(self, self._actions.add)

    def action_export(self) -> None:
        """Export the articles that are listed."""
        run_action(self, self._actions.export, self.table.listed)

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        run_action(self, self._actions.undo if step == "undo" else self._actions.redo)

    @on(LibraryTable.Asked)
    def _find(self, event: LibraryTable.Asked) -> None:
        event.stop()
        run_action(self, self._finding.ask, event.query)

    def _show_found(self, query: Query, found: Iterable[str], problem: str) -> None:
        self.table.show_found(query, found, problem)

    @on(Listing.Chosen)
    def _open(self, event: Listing.Chosen) -> None:
        event.stop()
        self.action_article("open")

    async def _load(self, at: str | None) -> None:
        library = self._app_context.library
        records = await asyncio.to_thread(library.records)
        positions = await asyncio.to_thread(library.positions.all)
        if not self.display:  # it is being taken down
            return
        self.table.show(records, positions, at=at)
        self.post_message(LaidOut())
        for words in self._app_context.notices.news():
            warn(self, words)
        marks = await asyncio.to_thread(library.mark_counts)
        if self.display:
            self.table.show_marks(marks)
