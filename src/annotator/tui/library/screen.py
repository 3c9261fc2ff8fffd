"""The library screen."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult

from annotator import usecases
from annotator.model.query import Query
from annotator.store import questions
from annotator.tui.context import AppContext
from annotator.tui.frame.library_watch import LibraryWatch
from annotator.tui.frame.list_screen import ListScreen
from annotator.tui.library.actions import LibraryActions
from annotator.tui.library.filter import ArticleSearch
from annotator.tui.library.table import LibraryTable
from annotator.tui.lists.list_view import Listing
from annotator.tui.notifications import hint, warn
from annotator.tui.widgets.messages import LaidOut, SettingsChanged
from annotator.tui.workers import run_action, run_opening
from annotator.usecases.library.undo import Step

if TYPE_CHECKING:
    from textual.worker import Worker


class LibraryScreen(
    ListScreen[None], keys="library", places=("table",), styles=("library/screen",)
):
    """All articles, read again each time the screen comes back to the front."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._loading: Worker[None] | None = None
        self._search = ArticleSearch(context.library, self._show_found)
        self._actions = LibraryActions(
            self,
            context,
            changed=self.reload,
            show_progress=self._show_progress,
        )

    def compose(self) -> ComposeResult:
        """Yield the table of articles, which has the status bar."""
        yield LibraryTable(self._app_context)

    @property
    def table(self) -> LibraryTable:
        """The table of articles."""
        return self.query_one(LibraryTable)

    def on_mount(self) -> None:
        """Start to watch for changes by other programs."""
        watch = LibraryWatch(self, self._app_context.library, changed=self.reload)
        run_action(self, watch.run, self._is_outdated)

    @on(SettingsChanged)
    def resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.reload()

    def reload(self, at: str | None = None) -> None:
        """Read the library again, the cursor on the article with id `at`, or where it was."""
        if self._loading is not None:
            self._loading.cancel()
        self._loading = run_action(self, self.load, at)

    def action_article(self, what: str) -> None:
        """Run an action on the article under the cursor."""
        record = self.table.record
        if record is None:
            hint(self, "No article is selected.")
        else:
            run_opening(self, self._actions.do, what, record)

    def action_articles(self, what: str) -> None:
        """Run an action on the selected articles, or else on the one under the cursor."""
        records = self.table.targets
        if records:
            run_opening(self, self._actions.do_all, what, records)
        else:
            hint(self, "No article is selected.")

    def action_refresh(self) -> None:
        """Refresh the selected articles, or else the one under the cursor."""
        run_opening(self, self._actions.jobs.refresh, self.table.targets)

    def action_refresh_all(self) -> None:
        """Refresh all listed articles."""
        run_opening(self, self._actions.jobs.refresh, self.table.listed)

    def action_reattach(self) -> None:
        """Reattach marks of all articles to changed texts."""
        run_opening(self, self._actions.reattach)

    def action_claims(self) -> None:
        """List the marks of all articles."""
        run_opening(self, self._actions.claims)

    def action_add(self) -> None:
        """Add an article."""
        run_opening(self, self._actions.jobs.add)

    def action_retry(self) -> None:
        """Add the addresses again that could not be added."""
        run_opening(self, self._actions.jobs.retry)

    def action_import(self) -> None:
        """Import a file of another program."""
        run_opening(self, self._actions.import_file)

    def action_quit(self) -> None:
        """Quit, after a question if articles are still being added or refreshed."""
        if self._actions.is_busy:
            run_opening(self, self._actions.jobs.quit_anyway)
        else:
            self.app.exit()

    def action_samples(self) -> None:
        """Add the sample articles, after a confirmation if the library has others."""
        paths = usecases.articles.sources.sample_articles()
        if not paths:
            hint(self, "The sample articles are not installed.")
        elif self.table.shown[0]:
            run_opening(self, self._actions.jobs.add, "\n".join(paths))
        else:
            self._actions.jobs.start_adding(paths)

    def on_paste(self, event: events.Paste) -> None:
        """Offer to add the addresses and files that were pasted."""
        pasted = usecases.articles.sources.sources_in(event.text)
        sources = [
            source for source in pasted if usecases.articles.sources.looks_like_source(source)
        ]
        if sources:
            run_opening(self, self._actions.jobs.add, "\n".join(sources))
        else:
            hint(self, "No web address or file was found in what you pasted.")

    def action_export(self) -> None:
        """Export the selected articles, or else the listed ones."""
        selected = self.table.selected
        title = "" if selected else self.table.filter_text
        run_opening(self, self._actions.export, selected or self.table.listed, title)

    def action_bin(self) -> None:
        """Look into the bin."""
        run_opening(self, self._actions.look_into_bin)

    def action_all_tags(self) -> None:
        """Show all tags and speakers."""
        run_opening(self, self._look_at_tags)

    async def stepped(self, step: Step) -> None:  # noqa: ARG002  it is the same
        """Read the library again."""
        self.reload()

    @on(LibraryTable.SearchNeeded)
    def _search_library(self, event: LibraryTable.SearchNeeded) -> None:
        event.stop()
        run_action(self, self._search.ask, event.query)

    def _show_progress(self, words: str) -> None:
        if self.is_mounted:
            self.table.show_progress(words)

    def _show_found(self, query: Query, ids: Iterable[str], problem: str) -> None:
        if self.display:  # it may be closed while the library is searched
            self.table.show_found(query, ids, problem)

    @on(Listing.Chosen)
    def _open(self, event: Listing.Chosen) -> None:
        event.stop()
        self.action_article("open")

    def _is_outdated(self) -> bool:
        library = self._app_context.library
        return (library.records(), library.ask(questions.marks.mark_counts())) != self.table.shown

    async def _look_at_tags(self) -> None:
        wanted = await self._actions.look_at_tags()
        if not isinstance(wanted, tuple):
            return
        place, query = wanted
        if place == "articles":
            self.table.narrow(query)
        else:
            await self._actions.claims(query)

    async def load(self, at: str | None = None) -> None:
        """Read the articles, then their marks, and show them."""
        library = self._app_context.library
        records = await asyncio.to_thread(library.records)
        progress = await asyncio.to_thread(usecases.articles.lookup.progress, library)
        if not self.display:  # it is being removed
            return
        self.table.show(records, progress, at=at)
        self.post_message(LaidOut())
        for words in self._app_context.notices.new():
            warn(self, words)
        marks = await asyncio.to_thread(library.ask, questions.marks.mark_counts())
        waiting = await asyncio.to_thread(usecases.articles.retry.worth_retrying, library)
        if self.display:
            self.table.show_marks(marks)
            self.table.show_waiting(len(waiting))
