"""Articles that are added and refreshed behind the library, whether or not a dialog shows them.

A dialog has a row for each job, with words for its outcome. Closed, it leaves the work to go on.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from msgspec import Struct
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from annotator import usecases
from annotator.model import ArticleRecord
from annotator.model.labels import ACCESS, count
from annotator.settings import expanded
from annotator.store import Outcome
from annotator.tui.actions.articles import ArticleActions, describe_outcome, fetch_options
from annotator.tui.dialogs.choice import QuestionDialog
from annotator.tui.dialogs.dialog import Dialog, Hints
from annotator.tui.dialogs.picker import Picker
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import short_quote
from annotator.tui.frame.screen_ui import ScreenActions, ScreenUI
from annotator.tui.keys.groups import bindings, keys_of
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import ChoiceRow, Line, Piece, pad, truncate, wrap
from annotator.tui.textual_internals import show_text
from annotator.usecases.articles.add import AddedArticle, add
from annotator.usecases.articles.jobs import Job, JobQueue, JobState, Tell
from annotator.usecases.articles.refresh import RefreshAttempt, Refreshed
from annotator.usecases.articles.retry import as_sources, worth_retrying
from annotator.usecases.articles.sources import Source, in_clipboard, sources_in

_LOOK = 0.1  # seconds between two looks at the jobs, of which hundreds may change at once

_EXPLANATION = "Web addresses, or paths of pages, PDFs, books or mail, one on each line."
_EXAMPLE = "example.org/article   or   ~/Downloads/page.html"
_GLYPHS: Mapping[JobState, tuple[str, str]] = {  # with the role of its style
    "waiting": ("·", "quiet"),
    "working": ("…", "chosen"),
    "done": ("✓", "chosen"),
    "failed": ("✗", "warning"),
    "stopped": ("–", "quiet"),
}
_INDENT = 3  # cells: a margin, the glyph, a space
_MOST_LINES = 3  # of the reason why one failed
_MIN_LABEL = 20  # cells

_ADDED: Mapping[Outcome, str] = {
    "added": "added",
    "unchanged": "already there",
    "revised": "newer version added",
    "kept": "saved copy is better",
}
_OUTCOMES: Mapping[Outcome, str] = {
    "added": "Added",
    "unchanged": "Already in your library",
    "revised": "A newer version was added",
    "kept": "Your saved copy is better, so it was kept",
}


class JobRow(Struct, frozen=True):
    """A job: its glyph, what it is on, and what it does or came to; below, why it failed."""

    job: Job[Any]
    outcome: Callable[[Any], str]  # gives the words for a result

    @property
    def key(self) -> str:
        return self.job.key

    def lines(self, width: int) -> Sequence[Line]:
        glyph, role = _GLYPHS[self.job.state]
        result = self.job.result
        words = (
            f"{self.job.step or 'starting'} …" if self.job.state == "working" else self.job.state
        )
        words = self.outcome(result) if self.job.state == "done" else words
        words = truncate(words, max(1, width - _INDENT - _MIN_LABEL))
        name = (result.record.title if result else "") or self.job.label
        label = pad(name, max(1, width - _INDENT - len(words) - 3))
        first = (Piece(f" {glyph} ", role), Piece(label), Piece(f"  {words} ", role))
        error = self.job.error
        reason = f"{error.message} {error.hint}" if error else ""
        wrapped = wrap(reason, max(1, width - _INDENT - 1), lines=_MOST_LINES)
        return (first, *((Piece(" " * _INDENT), Piece(line, "quiet")) for line in wrapped))


def added_words(added: AddedArticle) -> str:
    """Return what became of a source in a few words."""
    words = _ADDED[added.outcome]
    lacks = ACCESS[added.completeness.access].short
    marks = added.in_bin.marks_of_all if added.in_bin else 0
    binned = f"{count(marks, 'mark')} of it to restore in the bin" if marks else ""
    same = f"{short_quote(added.same_doi[0].title)} has its DOI, too" if added.same_doi else ""
    at_file = "kept at its file, as its address is in your own network" if added.not_taken else ""
    return ", ".join(filter(None, (words, lacks, binned, same, at_file)))


def refreshed_words(refreshed: Refreshed) -> str:
    """Return what became of an article that was refreshed in a few words."""
    return describe_outcome(RefreshAttempt(refreshed.record, refreshed))


def progress_words(counts: Counter[JobState], done: str) -> str:
    """Return how far the jobs are, in one line: “3 of 10 added, 1 failed”."""
    total = counts.total()
    words = [f"{counts['done']:,} of {total:,} {done}"]
    words += [f"{counts[state]:,} {state}" for state in ("failed", "stopped") if counts[state]]
    return ", ".join(words)


class JobsDialog(Dialog[None]):
    """Lists jobs, and stops them or tries them again. Closing it leaves them to go on.

    It is never closed but by the user, whose next keys would reach the screen below.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(keys_of("jobs")),
        Binding("enter", "submit", show=False),
    ]
    DONE: ClassVar[str]  # the word for jobs that are done

    def __init__(
        self, keymap: Keymap, title: str, queue: JobQueue[Any], *, outcome: Callable[[Any], str]
    ) -> None:
        super().__init__(keymap, title)
        self.queue = queue
        self._outcome = outcome
        self._shown: tuple[Job[Any], ...] | None = None
        keymap.bind(self, keys_of("jobs"))

    def parts(self) -> Sequence[Widget]:
        return (Static(id="jobs-progress"), Listing(self.keymap, clicks=2, id="jobs"))

    def hints(self) -> Hints:
        counts = self.queue.counts
        can_retry = counts["failed"] + counts["stopped"]
        hints = [("jobs.stop", "stop"), ("jobs.stop-all", "stop all")] * self.queue.is_busy
        hints += [("jobs.browse", "in your browser")] * bool(counts["failed"])
        hints += [("jobs.retry", "try again"), ("jobs.retry-all", "all again")] * bool(can_retry)
        leave = "close, it goes on" if self.queue.is_busy else "close"
        return (*hints, ("enter" if self._is_done else "dialog.leave", leave))

    def explanation(self) -> str:
        """Return the words in place of the progress while there are no jobs."""
        return ""

    def on_mount(self) -> None:
        self.show_jobs()
        self.set_interval(_LOOK, self.show_jobs)

    def show_jobs(self) -> None:
        """Show the jobs as they are now."""
        jobs = self.queue.jobs
        if jobs == self._shown:
            return
        self._shown = jobs
        words = progress_words(self.queue.counts, self.DONE) if jobs else self.explanation()
        show_text(self.query_one("#jobs-progress", Static), Content(words))
        listing = self.query_one(Listing)
        listing.display = bool(jobs)
        failed = [job.key for job in jobs if job.state == "failed"]
        has_ended = failed and not self.queue.is_busy and listing.key not in failed
        rows = [JobRow(job, self._outcome) for job in jobs]
        listing.show(rows, at=failed[0] if has_ended else None)  # failures come into view
        self.show_hints()

    def action_stop(self) -> None:
        """Stop the job under the cursor."""
        self.queue.stop(self.query_one(Listing).key)
        self.show_jobs()

    def action_stop_all(self) -> None:
        """Stop all jobs."""
        self.queue.stop_all()
        self.show_jobs()

    def action_retry(self) -> None:
        """Try the job under the cursor again; if there is nothing left to do, close the dialog."""
        if self._is_done:
            self.action_cancel()
            return
        self.queue.retry(self.query_one(Listing).key)
        self.show_jobs()

    def action_browse(self) -> None:
        """Try the job under the cursor again, in the user's browser."""
        self.queue.in_browser.add(self.query_one(Listing).key)
        self.action_retry()

    def action_retry_all(self) -> None:
        """Try all jobs again that failed or were stopped."""
        self.queue.retry_all()
        self.show_jobs()

    def chosen(self, key: str) -> None:  # noqa: ARG002  the cursor is on it
        """Try the job again."""
        self.action_retry()

    @property
    def _is_done(self) -> bool:
        return 0 < len(self.queue.jobs) == self.queue.counts["done"]


class RefreshJobsDialog(JobsDialog):
    """Refreshes several articles after a confirmation, and lists what becomes of each.

    `begin` starts the jobs.
    """

    AUTO_FOCUS = ""
    DONE: ClassVar = "refreshed"

    def __init__(
        self, keymap: Keymap, queue: JobQueue[Refreshed], number: int, begin: Callable[[], None]
    ) -> None:
        title = f"Refresh {count(number, 'article')}"
        super().__init__(keymap, title, queue, outcome=refreshed_words)
        self._begin = begin
        self._has_begun = queue.is_busy

    def hints(self) -> Hints:
        if self._has_begun:
            return super().hints()
        return (("enter", "start"), ("dialog.leave", "cancel"))

    def explanation(self) -> str:
        """Return how many are refreshed at once."""
        return "Up to eight pages are fetched at once, two at most from one site."

    def action_submit(self) -> None:
        """Start."""
        if not self._has_begun:
            self._has_begun = True
            self._begin()
            self.show_jobs()
            self.query_one(Listing).focus()


class AddDialog(JobsDialog):
    """Asks for addresses and paths, adds the articles, and lists what becomes of each.

    What is typed is always for the field, also while an article is being added.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False, priority=True)]
    AUTO_FOCUS = "TextArea"
    DONE: ClassVar = "added"

    def __init__(self, keymap: Keymap, queue: JobQueue[AddedArticle], text: str = "") -> None:
        super().__init__(keymap, "Add articles", queue, outcome=added_words)
        self._text = text
        self._single = ""  # the only source of the last submission

    def parts(self) -> Sequence[Widget]:
        area = TextArea(
            self._text, placeholder=_EXAMPLE, soft_wrap=False, compact=True, id="add-sources"
        )
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        return (area, *super().parts())

    def hints(self) -> Hints:
        if not self.queue.jobs:
            return (("enter", "add"), ("dialog.leave", "cancel"))
        if isinstance(self.focused, Listing):
            return (*super().hints(), ("tab", "add more"))
        leave = "close, it goes on" if self.queue.is_busy else "close"
        if self._is_done and not self._area.text:
            return (("enter", leave), ("tab", "to the list"))
        return (("enter", "add"), ("tab", "to the list"), ("dialog.leave", leave))

    def explanation(self) -> str:
        """Return what can be typed, or how much was: the area may show only the last lines."""
        number = len(sources_in(self._area.text))
        return f"{number:,} addresses and files to add." if number > 1 else _EXPLANATION

    def show_jobs(self) -> None:
        """Show the jobs; let the only one be corrected if it failed, unless more was typed."""
        super().show_jobs()
        if not self._single or self.queue.is_busy:
            return
        single, self._single = self._single, ""
        job = next((other for other in self.queue.jobs if other.key == single), None)
        if job is not None and job.state == "failed" and not self._area.text:
            self._text = self._area.text = single
            self._area.move_cursor(self._area.document.end)

    def action_submit(self) -> None:
        """Add what was typed; in the list, try again. With nothing left to do, close."""
        if isinstance(self.focused, Listing):
            self.action_retry()
            return
        sources = sources_in(self._area.text)
        if not sources:
            if self._is_done:
                self.action_cancel()
            return
        self.queue.forget(self._text)  # a source that failed, and was corrected
        self.queue.add([Job(name, name, Source(name).host) for name in sources])
        self._single = sources[0] if len(sources) == 1 else ""
        self._text = self._area.text = ""
        self.show_jobs()

    @on(TextArea.Changed)
    def _count(self) -> None:
        self.show_hints()
        if not self.queue.jobs:
            show_text(self.query_one("#jobs-progress", Static), Content(self.explanation()))

    def on_descendant_focus(self) -> None:
        """Show the keys of what has the focus."""
        self.show_hints()

    @property
    def _area(self) -> TextArea:
        return self.query_one(TextArea)


class ArticleJobs(ScreenActions):
    """The articles that are being added or refreshed.

    `show` is called with a line about them, empty when there are none; `changed` when articles
    were added or refreshed, with the id of the one to go to, if any.
    """

    def __init__(
        self,
        ui: ScreenUI,
        context: AppContext,
        *,
        show: Callable[[str], None],
        changed: Callable[[str | None], None],
        articles: ArticleActions,
    ) -> None:
        super().__init__(ui, context)
        self._show, self._changed, self._articles = show, changed, articles
        start = ui.screen.app.run_worker
        self.adding: JobQueue[AddedArticle] = JobQueue(
            self._add, changed=self._added, start=start, now=context.now
        )
        self.refreshing: JobQueue[Refreshed] = JobQueue(
            self._refresh, changed=self._was_refreshed, start=start
        )
        self._again: dict[str, Source] = {}
        self._records: dict[str, ArticleRecord] = {}
        self._was_adding = self._was_refreshing = False

    async def add(self, text: str = "") -> None:
        """Ask for addresses and files, and add them; `text` is what was pasted."""
        await self._ui.show_dialog(AddDialog(self._keymap, self.adding, text))
        results = [job.result for job in self.adding.jobs]
        self.adding.forget_ended()  # they were seen
        if len(results) == 1 and results[0] is not None:
            record = results[0].record
            title = short_quote(record.title or record.url)
            archived = " (archived)" if record.state == "archived" else ""
            self._ui.tell(f"{_OUTCOMES[results[0].outcome]}{archived}: {title}")
            self._changed(record.id)

    async def retry(self) -> None:
        """Add the addresses again that failed, and list what becomes of each."""
        failed = await asyncio.to_thread(worth_retrying, self._library)
        if not failed:
            await self._show_failed()
            return
        await self.add_these(as_sources(failed))

    async def add_copied(self) -> None:
        """Add the addresses or the text in the clipboard, and list what becomes of them."""
        await self.add_these(await asyncio.to_thread(in_clipboard))

    async def add_these(self, sources: Sequence[Source]) -> None:
        """Add these sources, and list what becomes of them."""
        self._again |= {source.name: source for source in sources}
        self.adding.add([Job(source.name, source.name, source.host) for source in sources])
        await self.add()

    async def _show_failed(self) -> None:
        """List the addresses that another try is no use for, with the reasons, to forget them."""
        failures = self._library.failures
        rows = [
            ChoiceRow(failed.address, failed.address, failed.reason.removeprefix(failed.address))
            for failed in failures.all()
        ]
        if not rows:
            self._ui.hint("No address has failed.")
            return
        title, asked = "Addresses that failed for good", "Type a part of one"

        def listed(typed: str) -> Sequence[ChoiceRow]:
            return [row for row in rows if typed.casefold() in row.label]

        picker = Picker[str](self._keymap, title, asked, listed, does="forget it")
        if address := await self._ui.show_dialog(picker):
            await asyncio.to_thread(failures.forget, (address,))
            self._ui.tell(f"Forgotten: {address}")

    async def refresh(self, records: Sequence[ArticleRecord]) -> None:
        """Fetch these articles again."""
        if not records:
            self._ui.hint("No article is selected.")
            return
        if len(records) == 1 and not self.refreshing.is_busy:
            if await self._articles.refresh(records[0], shown_by=self._key_of("library.reattach")):
                self._changed(None)
            return
        begin = partial(self._start_refresh, records)
        keymap, queue = self._keymap, self.refreshing
        await self._ui.show_dialog(RefreshJobsDialog(keymap, queue, len(records), begin))
        if not queue.is_busy:
            self._tell_refreshed()
        queue.forget_ended()

    async def quit_anyway(self) -> None:
        """Quit if the reader agrees to stop what goes on."""
        explanation = "What is added by now stays; the rest is stopped."
        question = QuestionDialog(self._keymap, f"Quit, and stop {self._line()}?", explanation)
        if await self._ui.show_dialog(question):
            self._ui.screen.app.exit()

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
            now=self.adding.since(source) or context.now(),
            options=fetch_options(context, renders=source in self.adding.in_browser or None),
            hosts=self.adding.hosts,
            report=tell,
        )

    async def _refresh(self, article_id: str, tell: Tell) -> Refreshed:
        tell("fetching")
        context, renders = self._app_context, article_id in self.refreshing.in_browser or None
        return await usecases.articles.refresh.refresh(
            context.library,
            article_id,
            now=context.now(),
            options=fetch_options(context, renders=renders),
            hosts=self.refreshing.hosts,
        )

    def _added(self) -> None:
        self._show(self._line())
        has_ended = self._was_adding and not self.adding.is_busy
        self._was_adding = self.adding.is_busy
        if not has_ended or isinstance(self._ui.screen.app.screen, AddDialog):  # which lists them
            return
        self._changed(None)
        counts = self.adding.counts
        if counts["failed"]:
            why = self._key_of("library.add")
            self._ui.warn(f"{progress_words(counts, 'added')}. In the library, {why} shows why.")
        elif counts["done"]:
            self._ui.tell(f"Added {count(counts['done'], 'article')}.")
            self.adding.forget_ended()

    def _was_refreshed(self) -> None:
        self._show(self._line())
        has_ended = self._was_refreshing and not self.refreshing.is_busy
        self._was_refreshing = self.refreshing.is_busy
        if has_ended and not isinstance(self._ui.screen.app.screen, RefreshJobsDialog):
            self._tell_refreshed()

    def _tell_refreshed(self) -> None:
        attempts = [
            RefreshAttempt(self._records[job.key], job.result, job.error)
            for job in self.refreshing.jobs
            if job.state != "stopped"
        ]
        if attempts:
            self._articles.show_refreshed(attempts, shown_by=self._key_of("library.reattach"))
            self._changed(None)


def _share(queue: JobQueue[Any]) -> str:
    ended = sum(job.has_ended for job in queue.jobs)
    return f"{ended:,} of {len(queue.jobs):,}"
