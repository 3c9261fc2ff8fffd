"""Articles that are added and refreshed behind the library, whether or not a dialog shows them."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from annotator import usecases
from annotator.fetch import FetchOptions
from annotator.model import ArticleRecord
from annotator.settings import expanded
from annotator.store import Outcome
from annotator.tui.article_actions import ArticleActions
from annotator.tui.context import AppContext
from annotator.tui.dialogs.choice import QuestionDialog
from annotator.tui.jobs.dialog import AddDialog, RefreshJobsDialog, number_of, progress_words
from annotator.tui.keys.keymap import shown
from annotator.tui.notifications import short_quote
from annotator.usecases.articles.add import AddedArticle, add
from annotator.usecases.articles.jobs import Job, JobQueue, Tell
from annotator.usecases.articles.refresh import RefreshAttempt, Refreshed
from annotator.usecases.articles.retry import as_sources, worth_retrying
from annotator.usecases.articles.sources import Source

if TYPE_CHECKING:
    from annotator.tui.frame.screen_ui import ScreenUI

_OUTCOMES: Mapping[Outcome, str] = {
    "added": "Added",
    "unchanged": "Already in your library",
    "revised": "A newer version was added",
    "kept": "Your saved copy is better, so it was kept",
}


class ArticleJobs:
    """The articles that are being added or refreshed.

    `show` is called with a line about them, empty when there are none; `changed` when articles
    were added or refreshed, with the id of the one to go to, if any.
    """

    def __init__(
        self,
        screen: Screen[Any],
        ui: "ScreenUI",
        context: AppContext,
        *,
        show: Callable[[str], None],
        changed: Callable[[str | None], None],
        articles: ArticleActions,
    ) -> None:
        self._screen, self._ui, self._app_context = screen, ui, context
        self._show, self._changed, self._articles = show, changed, articles
        start = screen.app.run_worker
        self.adding: JobQueue[AddedArticle] = JobQueue(self._add, changed=self._added, start=start)
        self.refreshing: JobQueue[Refreshed] = JobQueue(
            self._refresh, changed=self._was_refreshed, start=start
        )
        self._again: dict[str, Source] = {}
        self._records: dict[str, ArticleRecord] = {}
        self._was_adding = self._was_refreshing = False

    async def add(self, text: str = "") -> None:
        """Ask for addresses and files, and add them; `text` is what was pasted."""
        dialog = AddDialog(self._app_context.keymap, self.adding, text)
        added = await self._ui.show_dialog(dialog)
        job = next((job for job in self.adding.jobs if job.key == added), None)
        if job is not None and job.result is not None:
            record = job.result.record
            title = short_quote(record.title or record.url)
            self._ui.tell(f"{_OUTCOMES[job.result.outcome]}: {title}")
            self._changed(record.id)
            self.adding.forget_ended()

    async def retry(self) -> None:
        """Add the addresses again that failed, and list what becomes of each."""
        failed = await asyncio.to_thread(worth_retrying, self._app_context.library)
        if not failed:
            self._ui.hint("No address is worth another try.")
            return
        sources = as_sources(failed)
        self._again |= {source.name: source for source in sources}
        self.adding.add([Job(source.name, source.name, source.host) for source in sources])
        await self.add()

    async def refresh(self, records: Sequence[ArticleRecord]) -> None:
        """Fetch these articles again."""
        if not records:
            self._ui.hint("No article is selected.")
            return
        if len(records) == 1 and not self.refreshing.is_busy:
            if await self._articles.refresh(records[0], shown_by=self._key("library.reattach")):
                self._changed(None)
            return
        begin = partial(self._start_refresh, records)
        keymap, queue = self._app_context.keymap, self.refreshing
        await self._ui.show_dialog(RefreshJobsDialog(keymap, queue, len(records), begin))

    async def quit_anyway(self) -> None:
        """Quit if the reader agrees to stop what goes on."""
        explanation = "What is added by now stays; the rest is stopped."
        question = QuestionDialog(
            self._app_context.keymap, f"Quit, and stop {self._line()}?", explanation
        )
        if await self._ui.show_dialog(question):
            self._screen.app.exit()

    def start_adding(self, sources: Sequence[str]) -> None:
        """Add the articles at addresses and paths."""
        self.adding.add([Job(name, name, Source(name).host) for name in sources])

    def _start_refresh(self, records: Sequence[ArticleRecord]) -> None:
        self._records |= {record.id: record for record in records}
        self.refreshing.add(
            [
                Job(record.id, record.title or record.url, Source(record.url).host)
                for record in records
            ]
        )

    @property
    def is_busy(self) -> bool:
        """Whether any of them has not ended."""
        return self.adding.is_busy or self.refreshing.is_busy

    def _line(self) -> str:
        """Return how far they are: “adding 3 of 10”; empty if all have ended."""
        adding, refreshing = self.adding, self.refreshing
        words = [f"adding {_share(adding)}"] * adding.is_busy
        return ", ".join((*words, *[f"refreshing {_share(refreshing)}"] * refreshing.is_busy))

    async def _add(self, source: str, tell: Tell) -> AddedArticle:
        name = str(expanded(Path(source))) if source.startswith("~") else source
        context = self._app_context
        return await add(
            context.library,
            self._again.get(name, name),
            now=context.now(),
            options=self._options,
            hosts=self.adding.hosts,
            report=tell,
        )

    async def _refresh(self, article_id: str, tell: Tell) -> Refreshed:
        tell("fetching")
        context = self._app_context
        return await usecases.articles.refresh.refresh(
            context.library,
            article_id,
            now=context.now(),
            options=self._options,
            hosts=self.refreshing.hosts,
        )

    @property
    def _options(self) -> FetchOptions:
        return FetchOptions(cookies=self._app_context.settings.cookies)

    def _added(self) -> None:
        self._show(self._line())
        has_ended = self._was_adding and not self.adding.is_busy
        self._was_adding = self.adding.is_busy
        if not has_ended or isinstance(self._screen.app.screen, AddDialog):  # which lists them
            return
        self._changed(None)
        counts = self.adding.counts
        if counts["failed"]:
            why = self._key("library.add")
            self._ui.warn(f"{progress_words(counts, 'added')}. In the library, {why} shows why.")
        elif counts["done"]:
            self._ui.tell(f"Added {number_of(counts['done'])}.")
            self.adding.forget_ended()

    def _was_refreshed(self) -> None:
        self._show(self._line())
        has_ended = self._was_refreshing and not self.refreshing.is_busy
        self._was_refreshing = self.refreshing.is_busy
        attempts = [
            RefreshAttempt(self._records[job.key], job.result, job.error)
            for job in self.refreshing.jobs
            if job.state != "stopped"
        ]
        if has_ended and attempts:
            self._articles.show_refreshed(attempts, shown_by=self._key("library.reattach"))
            self._changed(None)

    def _key(self, key_id: str) -> str:
        return shown(self._app_context.keymap.key(key_id))


def _share(queue: JobQueue[Any]) -> str:
    ended = sum(job.has_ended for job in queue.jobs)
    return f"{ended:,} of {len(queue.jobs):,}"
