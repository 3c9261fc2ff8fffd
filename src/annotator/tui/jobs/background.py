"""Articles that are added and refreshed behind the library, whether or not a dialog shows them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from annotator import usecases
from annotator.fetch import FetchOptions
from annotator.model import ArticleRecord
from annotator.settings import expanded
from annotator.tui.context import AppContext
from annotator.tui.jobs.dialog import AddDialog
from annotator.tui.jobs.rows import number_of, progress_words
from annotator.tui.keys.keymap import shown
from annotator.usecases.articles.add import Added, add
from annotator.usecases.articles.jobs import Job, JobQueue, Tell
from annotator.usecases.articles.refresh import RefreshAttempt, Refreshed
from annotator.usecases.articles.sources import Source

if TYPE_CHECKING:
    from annotator.tui.workers import ScreenUI


class ArticleJobs:
    """The articles that are being added or refreshed.

    `show` is called with a line about them, empty when there are none; `changed` when articles
    were added; `refreshed` with the attempts of a refresh when all have ended.
    """

    def __init__(
        self,
        screen: Screen[Any],
        ui: "ScreenUI",
        context: AppContext,
        *,
        show: Callable[[str], None],
        changed: Callable[[], None],
        refreshed: Callable[[Sequence[RefreshAttempt]], None],
    ) -> None:
        self._screen, self._ui, self._app_context = screen, ui, context
        self._show, self._changed, self._refreshed = show, changed, refreshed
        start = screen.app.run_worker
        self.adding: JobQueue[Added] = JobQueue(self._add, changed=self._added, start=start)
        self.refreshing: JobQueue[Refreshed] = JobQueue(
            self._refresh, changed=self._was_refreshed, start=start
        )
        self._again: dict[str, Source] = {}
        self._records: dict[str, ArticleRecord] = {}
        self._was_adding = self._was_refreshing = False

    def start_adding(self, sources: Sequence[str]) -> None:
        """Add the articles at addresses and paths."""
        self.adding.add([Job(name, name, Source(name).host) for name in sources])

    def start_again(self, sources: Sequence[Source]) -> None:
        """Add addresses that failed before, each with its own tags."""
        self._again |= {each.name: each for each in sources}
        self.adding.add([Job(each.name, each.name, each.host) for each in sources])

    def start_refresh(self, records: Sequence[ArticleRecord]) -> None:
        """Refresh articles, unless they are being refreshed already."""
        self._records |= {each.id: each for each in records}
        self.refreshing.add(
            [Job(each.id, each.title or each.url, Source(each.url).host) for each in records]
        )

    @property
    def is_busy(self) -> bool:
        """Whether any of them has not ended."""
        return self.adding.is_busy or self.refreshing.is_busy

    def line(self) -> str:
        """Return how far they are: “adding 3 of 10”; empty if all have ended."""
        adding, refreshing = self.adding, self.refreshing
        words = [f"adding {_share(adding)}"] * adding.is_busy
        return ", ".join((*words, *[f"refreshing {_share(refreshing)}"] * refreshing.is_busy))

    async def _add(self, source: str, tell: Tell) -> Added:
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
        self._show(self.line())
        has_ended = self._was_adding and not self.adding.is_busy
        self._was_adding = self.adding.is_busy
        if not has_ended or isinstance(self._screen.app.screen, AddDialog):  # which lists them
            return
        self._changed()
        counts = self.adding.counts
        if counts["failed"]:
            why = shown(self._app_context.keymap.key("library.add"))
            self._ui.warn(f"{progress_words(counts, 'added')}. In the library, {why} shows why.")
        elif counts["done"]:
            self._ui.tell(f"Added {number_of(counts['done'])}.")
            self.adding.forget_ended()

    def _was_refreshed(self) -> None:
        self._show(self.line())
        has_ended = self._was_refreshing and not self.refreshing.is_busy
        self._was_refreshing = self.refreshing.is_busy
        if has_ended:
            self._refreshed(
                [
                    RefreshAttempt(self._records[job.key], job.result, job.error)
                    for job in self.refreshing.jobs
                    if job.state != "stopped"
                ]
            )


def _share(queue: JobQueue[Any]) -> str:
    ended = sum(job.has_ended for job in queue.jobs)
    return f"{ended:,} of {len(queue.jobs):,}"
