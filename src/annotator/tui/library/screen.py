"""The library screen: the articles that match a filter, or a welcome if there are none."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.app import App
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator import usecases
from annotator.errors import InvalidInput
from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.model.query import EVERYTHING, Query
from annotator.settings import expanded
from annotator.settings.choices import chosen, remember
from annotator.store import questions
from annotator.tui.dialogs.saved_queries import find_query, name_query
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.library_sync import SYNC_FAILED
from annotator.tui.frame.list_screen import ListHead, ListScreen, Status, watch_library
from annotator.tui.frame.notifications import forget, hint, tell, warn
from annotator.tui.frame.workers import as_opening, run_action, run_opening
from annotator.tui.keys.keymap import Keymap
from annotator.tui.library.actions import LibraryActions
from annotator.tui.library.filter import QUERIES, ArticleFilter, ArticleSearch
from annotator.tui.library.preview import PreviewPane, read_preview
from annotator.tui.library.rows import ArticleList, column_at, heads
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Line, Row, truncate
from annotator.tui.messages import LaidOut, SettingsChanged
from annotator.usecases.library.undo import Step

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.worker import Worker

    from annotator.usecases.articles.sources import Source

FOLDER_SECONDS = 60.0  # between two looks into the folder of downloads
_QUICKLY_READ = 1_000  # articles, which are in the index within a second
NEWS_SECONDS = 10.0  # that the status bar shows what failed
_PREVIEWED = 120  # columns from which an article is previewed beside the list
_REST = 0.12  # seconds until the article under the cursor is read
_PREVIEW, _SHOWN = "preview", "shown"  # as it is remembered
_HINT_SHARE = 0.5  # of the line, so that the typed text stays visible
_ABOUT = "annotator cleans pages and saves them here. Then you read them and mark the claims."
_CAPTURE = "From your browser: annotator serve --help"
_SOURCES = ("example.org/article", "~/Downloads/page.html")


class LibraryScreen(
    ListScreen[None], keys="library", also=("table",), places=(), styles=("library",)
):
    """All articles, read again each time the screen comes back to the front."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_PREVIEWED, "-wide")]  # noqa: RUF012  as Textual declares it
    PLACEHOLDER: ClassVar = "Words, #tag, site:example.org, is:unread, has:note"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._articles = ArticleList()
        self._is_read = False
        self._progress = ""  # of what goes on in the background
        self._waiting = 0  # addresses that failed and are worth another try
        self._told = 0  # of these, that were told for long enough
        self._new: int | None = None  # entries in the inbox; None without feeds
        self._proposed = 0  # marks that programs propose
        self._synced = ""  # when the last sync was, or that it failed
        self._files: tuple[Source, ...] = ()  # that are new in the folder of downloads
        self._loading: Worker[None] | None = None
        self._wanted: str | None = None  # the article that the cursor is to be on, once it is read
        self._rest: Timer | None = None  # until the article under the cursor is previewed
        self._previewed: tuple[ArticleRecord, int | None] | None = None
        self._search = ArticleSearch(context.library, self._show_found)
        self._actions = LibraryActions(
            self, context, changed=self.reload, show_progress=self._show_progress
        )

    def parts(self) -> Sequence[Widget]:
        """Return column heads, list and preview, and the welcome, which is shown in their place."""
        keymap = self._keymap
        welcome = Static(_welcome(keymap), id="welcome", markup=False)
        welcome.display = False  # until the library is read, which may take long, and is empty
        preview = PreviewPane(keymap, id="library-preview")
        return (*super().parts(), preview, welcome)

    def on_mount(self) -> None:
        """Start to watch for changes by other programs."""
        self.set_class(chosen(self._app_context.state, _PREVIEW, _SHOWN) == _SHOWN, "-preview")
        library, is_outdated = self._library, self._is_outdated
        library.watch_index(partial(self._tell_indexing, self.app, asyncio.get_running_loop()))
        run_action(self, watch_library, self, library, is_outdated, changed=self.reload)
        self.set_interval(FOLDER_SECONDS, partial(run_action, self, self._look_for_files))

    # What is listed

    @on(SettingsChanged)
    def resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.reload()

    def reload(self, at: str | None = None) -> None:
        """Read the library again, the cursor on the article with id `at`, or where it was."""
        if self._loading is not None:
            self._loading.cancel()
        self._wanted = at or self._wanted
        self._loading = run_action(self, self.load, self._wanted)

    async def load(self, at: str | None = None) -> None:
        """Read the articles, then their marks, and show them."""
        library = self._library
        records = await asyncio.to_thread(library.records)
        progress = await asyncio.to_thread(usecases.articles.lookup.progress, library)
        if not self.display:  # it is being removed
            return
        self._articles = replace(self._articles, records=tuple(records), progress=progress)
        self._is_read = True
        self.listing.display = bool(records)
        self.set_class(not records, "-empty")
        self.query_one("#welcome").display = not records
        self.refill(at if at in self.listed() else None)
        self._wanted = None
        self._ask()
        if records and self.focused is None:
            self.focus_list()
        self.post_message(LaidOut())
        for words in self._app_context.new_notices():
            warn(self, words)
        marks = await asyncio.to_thread(library.ask, questions.marks.mark_counts())
        waiting = await asyncio.to_thread(usecases.articles.retry.worth_retrying, library)
        self._articles, self._waiting = replace(self._articles, marks=marks), len(waiting)
        if await asyncio.to_thread(attrgetter("has_feeds"), library):
            now = self._now()
            listed = await asyncio.to_thread(usecases.feeds.inbox.inbox, library, now=now)
            self._new = len(listed)
        if await asyncio.to_thread(attrgetter("has_proposals"), library):
            number_waiting = usecases.marks.proposals.number_waiting
            self._proposed = await asyncio.to_thread(number_waiting, library)
        self._synced = await asyncio.to_thread(self._app_context.sync.last, self._now())
        await self._look_for_files()
        self._told = min(self._told, self._waiting)
        if self._has_news:
            self.set_timer(NEWS_SECONDS, partial(self._forget_news, self._waiting))
        self.refill()

    async def _look_for_files(self) -> None:
        """Look for new files in the folder of downloads, if this screen is shown."""
        folder, before = self._app_context.settings.download_folder, self._files
        if folder is None or not self.is_current or self._actions.is_busy:
            return
        with suppress(InvalidInput):  # it may be on a disk that is not there now
            look = usecases.articles.new_files.new_files
            new = await asyncio.to_thread(look, self._library, expanded(folder))
            if not self._actions.is_busy:  # else they may be those that are being added now
                self._files = new.sources
        if self._files != before and self.display:
            self.show_status()
            if len(self._files) > len(before):
                key = self._key_of("library.new-files")
                tell(self, f"{self._new_files} in {folder.name}. {key} adds them.")

    @property
    def _new_files(self) -> str:
        return count(len(self._files), "new file")

    async def stepped(self, step: Step) -> None:
        """Read the library again, and go to an article that came back."""
        listed = self.listed()
        self.reload(next((key for key in step.article_ids if key not in listed), None))

    def rows(self) -> Sequence[Row]:
        return self._articles.rows(self._now(), self._keymap, self._selected.keys)

    def listed(self) -> Collection[str]:
        return [listed.record.id for listed in self._articles.listed]

    def head(self, width: int) -> Line:
        return heads(width, self._articles) if self._articles.records else ()

    def status(self) -> Status:
        """Return the number of articles, and what goes on or failed in the background."""
        articles, number = self._articles, len(self.selected)
        usual = "library" if self._new is None else "library-feeds"
        footer = (
            "selected" if number else usual if articles.records or not self._is_read else "empty"
        )
        failed = files = ""
        if self._has_news and not self._progress:
            failed = f"{self._waiting:,} failed, {self._key_of('library.retry')} tries again"
        if self._files and not self._progress:
            files = f"{self._new_files}, {self._key_of('library.new-files')}"
        new = f"inbox {self._new:,}" if self._new else ""
        proposed = ""
        if self._proposed:
            proposed = f"{count(self._proposed, 'proposal')}, {self._key_of('library.proposals')}"
        has_failed = self._synced == SYNC_FAILED
        syncing = self._app_context.sync.doing or (self._synced if has_failed else "")
        synced = "" if syncing else self._synced
        counted = self._counted() if articles.records else ""
        # the first words give way, the last stay longest
        place = "  ".join(
            filter(None, (synced, failed, files, new, counted, proposed, syncing, self._progress))
        )
        return Status(footer, f"{number:,} selected" if number else "", place, counted)

    @property
    def record(self) -> ArticleRecord | None:
        """The article under the cursor."""
        key = self.listing.key
        return next((record for record in self._articles.records if record.id == key), None)

    @property
    def records(self) -> list[ArticleRecord]:
        """The listed articles, in their order."""
        return [listed.record for listed in self._articles.listed]

    @property
    def selected(self) -> list[ArticleRecord]:
        """The selected articles that are listed, in their order."""
        return [record for record in self.records if record.id in self._selected]

    @property
    def _targets(self) -> list[ArticleRecord]:
        """The articles that keys act on: those selected, or else the one under the cursor."""
        record = self.record
        return self.selected or ([record] if record else [])

    def narrow(self, typed: str) -> None:
        """List the articles that a query finds."""
        self._filter_by(self._articles.filter.typed(typed))
        self.refill(at="")
        self._ask()

    def end_filter(self, *, is_kept: bool) -> None:
        """Give the list the keys again; with a hint how to complete what was typed."""
        if not is_kept:
            self._filter_by(ArticleFilter())
        elif self._articles.filter.hint:
            hint(self, self._articles.filter.hint)
        super().end_filter(is_kept=is_kept)

    def action_clear(self) -> None:
        """Clear the selection; if nothing is selected, the filter."""
        if self.selected:
            self._selected.clear()
        else:
            self._filter_by(ArticleFilter())
        self.refill()

    def action_select_all(self) -> None:
        """Select all listed articles, or none if all are selected; others stay as they are."""
        listed, keys = frozenset(self.listed()), self._selected.keys
        self._selected.keys = keys - listed if listed <= keys else keys | listed
        self.refill()

    def action_sort(self, step: int) -> None:
        """Sort by the next column, or for a negative step in reverse."""
        self._articles = self._articles.sorted_next(step)
        self.refill()

    def on_click(self, event: events.Click) -> None:
        """Sort by the column whose head was clicked on."""
        head = event.widget
        offset = event.get_content_offset(head) if isinstance(head, ListHead) else None
        if head is None or offset is None:
            return
        name = column_at(
            offset.x, head.size.width, self._articles.empty_columns, self._articles.tags_width
        )
        if name is not None:
            self._articles = self._articles.sorted_on(name)
            self.refill()

    @as_opening
    async def action_queries(self) -> None:
        """Offer saved queries, speakers and tags."""
        query = await find_query(self._ui, self._app_context, QUERIES)
        if query is not None:
            self._filter_by(ArticleFilter())
            self.narrow(query)

    def action_save_query(self) -> None:
        """Save the query with a name."""
        wanted, save = self._articles.filter, partial(name_query, find="library.queries")
        run_opening(self, save, self._ui, self._app_context, wanted.text, wanted.hint)

    # The preview

    def action_preview(self) -> None:
        """Show or hide the preview, also in later runs."""
        if self.size.width < _PREVIEWED:
            hint(self, f"A preview needs a window of {_PREVIEWED} columns.")
            return
        self.toggle_class("-preview")
        choice = _SHOWN if self.has_class("-preview") else "hidden"
        run_action(
            self, asyncio.to_thread, remember, self._app_context.state, _PREVIEW, _SHOWN, choice
        )
        self._preview_soon()

    def refill(self, at: str | None = None) -> None:
        """Show the rows, and the preview of the article under the cursor."""
        super().refill(at)
        self._preview_soon()

    @on(Listing.CursorMoved)
    @on(events.Resize)
    def _preview_soon(self) -> None:
        """Show the article under the cursor once the cursor rests on it."""
        if self._rest is not None:
            self._rest.stop()
        if self.has_class("-preview") and self.size.width >= _PREVIEWED:
            self._rest = self.set_timer(_REST, partial(run_action, self, self._show_preview))

    async def _show_preview(self) -> None:
        record, marks = self.record, self._articles.marks or {}
        wanted = (record, marks.get(record.id)) if record else None
        if record is None or wanted == self._previewed:
            return
        preview = await asyncio.to_thread(read_preview, self._library, record)
        if self.display and self.record == record:
            self._previewed = wanted
            self.query_one(PreviewPane).show_preview(preview, self._app_context.kinds)

    def action_archived(self) -> None:
        """Show or hide archived articles."""
        self._articles = replace(self._articles, has_archived=not self._articles.has_archived)
        self.refill()

    def _filter_by(self, wanted: ArticleFilter) -> None:
        self._articles, self._typed = replace(self._articles, filter=wanted), wanted.text

    def _ask(self) -> None:
        query = self._articles.filter.query
        if query != EVERYTHING:
            run_action(self, self._search.ask, query)

    def _show_found(self, query: Query, ids: Iterable[str], problem: str) -> None:
        """Show the articles found for a query, unless the filter has changed since."""
        wanted = self._articles.filter
        if query == wanted.query:
            self._articles = replace(self._articles, filter=wanted.answered(ids, problem))
            self.refill()

    def _tell_indexing(
        self, app: App[object], loop: asyncio.AbstractEventLoop, done: int, of_all: int
    ) -> bool:
        """Show how far the index is, in the thread that asks; leaving does not wait for it."""
        if of_all > _QUICKLY_READ and app.is_running:
            words = f"{done:,} of {of_all:,} articles read …" if done < of_all else ""
            loop.call_soon_threadsafe(self._show_progress, words)
        return app.is_running

    def _show_progress(self, words: str) -> None:
        self._progress = words
        if self.is_mounted and self.display:
            self.show_status()

    @property
    def _has_news(self) -> bool:
        return self._waiting > self._told

    def _forget_news(self, waiting: int) -> None:
        """Say no longer that addresses failed: what is not news gives its room to keys."""
        self._told = max(self._told, waiting)
        if self.display:
            self.show_status()

    def _counted(self) -> str:
        wanted, listed = self._articles.filter, count(len(self._articles.listed), "article")
        if wanted.hint:
            return truncate(wanted.hint, round(self.size.width * _HINT_SHARE))
        return f"“{wanted.text.strip()}”: {listed}" if wanted.text.strip() else listed

    def _is_outdated(self) -> bool:
        library, articles = self._library, self._articles
        counts = library.ask(questions.marks.mark_counts())
        return (library.records(), counts) != (articles.records, articles.marks)

    # What the keys do

    def action_article(self, what: str) -> None:
        """Run an action on the article under the cursor."""
        record = self.record
        if record is None:
            hint(self, "No article is selected.")
        else:
            words = self._articles.filter.words
            run_opening(self, self._actions.do, what, record, words, self.records)

    def action_articles(self, what: str) -> None:
        """Run an action on the selected articles, or else on the one under the cursor."""
        if targets := self._targets:
            run_opening(self, self._actions.do_all, what, targets)
        else:
            hint(self, "No article is selected.")

    def chosen(self, row: Listing.Chosen) -> None:  # noqa: ARG002  the cursor is on it
        """Open the article."""
        self.action_article("open")

    def action_refresh_all(self) -> None:
        """Refresh all listed articles."""
        run_opening(self, self._actions.jobs.refresh, self.records)

    def action_reattach(self) -> None:
        """Reattach marks of all articles to changed texts."""
        run_opening(self, self._actions.reattach)

    def action_add(self) -> None:
        """Add an article."""
        run_opening(self, self._actions.jobs.add)

    def action_add_copied(self) -> None:
        """Add the addresses or the text in the clipboard."""
        run_opening(self, self._actions.jobs.add_copied)

    @as_opening
    async def action_new_files(self) -> None:
        """Look for new files in the folder of downloads, and add them."""
        settings = self._app_context.settings
        if (folder := settings.download_folder) is None:
            hint(self, "Set download_folder, the folder that your browser saves pages into.")
            return
        await asyncio.to_thread(usecases.library.config_files.check_download_folder, settings)
        new = await usecases.articles.new_files.finished_files(
            self._library,
            expanded(folder),
            waiting=lambda: hint(self, "Waiting for a file that is being written …"),
        )
        forget(self)
        self._files = ()
        if number := len(new.unfinished):
            are = "is" if number == 1 else "are"
            hint(self, f"{count(number, 'file')} {are} still being written.")
        elif not new.sources:
            hint(self, "No new files.")
        if new.sources:
            await self._actions.jobs.add_these(new.sources)

    def action_retry(self) -> None:
        """Add the addresses again that could not be added."""
        run_opening(self, self._actions.jobs.retry)

    def action_import(self) -> None:
        """Import a file of another program."""
        run_opening(self, self._actions.import_file)

    def action_quit(self) -> None:
        """Quit, after a question if articles are still being added; a filter without any goes."""
        if self._articles.filter.text and not self._articles.listed:
            self.action_clear()
        elif self._actions.is_busy:
            run_opening(self, self._actions.jobs.quit_anyway)
        else:
            self.app.exit()

    def action_samples(self) -> None:
        """Add the sample articles, after a confirmation if the library has others."""
        paths = usecases.articles.sources.sample_articles()
        if not paths:
            hint(self, "The sample articles are not installed.")
        elif self._articles.records:
            run_opening(self, self._actions.jobs.add, "\n".join(paths))
        else:
            self._actions.jobs.start_adding(paths)

    async def action_tour(self) -> None:
        """Leave for the tour, which comes back here."""
        if self._actions.is_busy:
            hint(self, "Articles are still being added or refreshed.")
        else:
            await self.run_action("app.tour")

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
        """Export the selected articles, or else those that match, as `annotator export` does."""
        selected = self.selected
        title = "" if selected else self._articles.filter.text
        wanted = selected or self._articles.matching
        run_opening(self, self._actions.export_listed, wanted, title)

    @as_opening
    async def action_all_tags(self) -> None:
        """Show all tags and speakers, then the articles or marks that are wanted, if any."""
        wanted = await self._ui.open_screen("tags", places=("marks", "articles"))
        if not isinstance(wanted, tuple):
            return
        place, query = wanted
        if place == "articles":
            self._filter_by(ArticleFilter())
            self.narrow(query)
        else:
            await self._ui.open_screen("claims", query=query)


def _welcome(keymap: Keymap) -> Content:
    def key(key_id: str, does: str) -> Content:
        name = keymap.shown(key_id)
        return Content.assemble((f"{name}  ", "bold $primary"), (f"{does}\n", ""))

    return Content.assemble(
        ("Your library is empty.\n\n", "bold"),
        (f"{_ABOUT}\n\n", "$quiet"),
        key("library.add", "adds a web page or a file:"),
        *((f"      {example}\n", "$quiet") for example in _SOURCES),
        ("   Addresses can also be pasted, one or many.\n", "$quiet"),
        (f"   {_CAPTURE}\n\n", "$quiet"),
        key("library.tour", "shows you round, in two minutes"),
        key("library.samples", "adds some sample articles, to try it"),
        key("program.help", "shows all keys"),
        key("library.quit", "quits"),
    )
