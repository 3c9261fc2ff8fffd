"""The actions of the library's keys, of which all that change an article can be undone."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from textual.screen import Screen

from annotator import fetch, usecases
from annotator.model import ArticleRecord, ReadState
from annotator.model.labels import count
from annotator.store import ImportMemory, Library
from annotator.store.articles.revision_policy import Outcome
from annotator.tui import screens
from annotator.tui.article_actions import ArticleActions
from annotator.tui.context import AppContext
from annotator.tui.dialogs.tag_picker import TagPicker, offer_tags
from annotator.tui.edits import EditQueue
from annotator.tui.keys.keymap import shown
from annotator.tui.notifications import describe_step, short_quote
from annotator.tui.reader.open import open_reader
from annotator.tui.workers import ScreenUI
from annotator.usecases.library.undo import Step
from annotator.usecases.tags.tagging import common_tags

if TYPE_CHECKING:
    from annotator.tui.jobs.background import ArticleJobs
    from annotator.tui.tags.screen import Wanted
    from annotator.usecases.articles.refresh import RefreshAttempt
    from annotator.usecases.importing.plan import Plan
    from annotator.usecases.importing.progress import ImportProgress
    from annotator.usecases.importing.report import ImportReport

Records = Sequence[ArticleRecord]
Arguments = ParamSpec("Arguments")

_OUTCOMES: Mapping[Outcome, str] = {
    "added": "Added",
    "unchanged": "Already in your library",
    "revised": "A newer version was added",
    "kept": "Your saved copy is better, so it was kept",
}


class LibraryActions:
    """Adds, tags, archives, deletes, refreshes and exports articles.

    `changed` is called after a change, with the id of the article to go to, if any;
    `show_progress` with a line about articles that are added or refreshed, empty if none are.
    """

    def __init__(
        self,
        screen: Screen[Any],
        context: AppContext,
        *,
        changed: Callable[[str | None], None],
        show_progress: Callable[[str], None],
    ) -> None:
        self._show_progress = show_progress
        self._screen = screen
        self._ui = ScreenUI(screen)
        self._app_context = context
        self._changed = changed
        self._edits = EditQueue(context.library, now=context.now)
        self._article = ArticleActions(self._ui, context)

    @cached_property
    def _jobs(self) -> "ArticleJobs":
        return screens.ArticleJobs(
            self._screen,
            self._ui,
            self._app_context,
            show=self._show_progress,
            changed=partial(self._changed, None),
            refreshed=self._show_refreshed,
        )

    async def do(self, what: str, record: ArticleRecord) -> None:
        """Run an action on one article."""
        match what:
            case "open":
                await open_reader(self._screen, self._app_context, record.id)
            case _:
                await self._article.do(what, record)

    async def do_all(self, what: str, records: Records) -> None:
        """Run an action on several articles, which is one step for undo."""
        match what:
            case "tags":
                await self._tags(records)
            case "read":
                await self._read(records)
            case "archive":
                await self._archive(records)
            case "delete":
                await self._delete(records)

    async def look_into_bin(self) -> None:
        """Show the bin, from which articles can be restored."""
        await self._ui.show_dialog(screens.BinScreen(self._app_context, self._edits))

    async def look_at_tags(self) -> "Wanted | None":
        """Show all tags and speakers, and return what the user wants to see of one."""
        screen = screens.TagsScreen(self._app_context, self._edits, places=("marks", "articles"))
        return await self._ui.show_dialog(screen)

    async def export(self, records: list[ArticleRecord], title: str) -> None:
        """Export these articles; `title` is what they were listed for."""
        if not records:
            is_empty = not await asyncio.to_thread(self._app_context.library.records)
            why = "the library is empty" if is_empty else "no article is listed"
            self._ui.hint(f"Nothing to export: {why}.")
            return
        await self._article.export(records, title=title)

    async def refresh(self, records: Records) -> None:
        """Fetch these articles again."""
        if not records:
            self._ui.hint("No article is selected.")
            return
        shown_by = self._shown("library.reattach")
        if len(records) == 1 and not self._jobs.refreshing.is_busy:
            if await self._article.refresh(records[0], shown_by=shown_by):
                self._changed(None)
            return
        begin = partial(self._jobs.start_refresh, records)
        keymap, queue = self._app_context.keymap, self._jobs.refreshing
        await self._ui.show_dialog(screens.RefreshJobsDialog(keymap, queue, len(records), begin))

    async def reattach(self) -> None:
        """Reattach marks of all articles to changed texts."""
        if not await asyncio.to_thread(
            usecases.marks.reattach.has_waiting, self._app_context.library
        ):
            self._ui.hint("No mark needs to be reattached.")
            return
        await self._ui.show_dialog(screens.LibraryReattach(self._app_context))

    async def review_daily(self) -> None:
        """Begin today's round of the daily review."""
        await self._ui.show_dialog(screens.DailyScreen(self._app_context))

    async def show_statistics(self) -> None:
        """Show what was read and marked over time."""
        await self._ui.show_dialog(screens.StatisticsScreen(self._app_context))

    async def claims(self, query: str = "") -> None:
        """List the marks of all articles, or those that a query finds."""
        await self._ui.show_dialog(screens.ClaimsScreen(self._app_context, query=query))

    async def add(self, text: str = "") -> None:
        """Ask for addresses and files, and add them; `text` is what was pasted."""
        queue = self._jobs.adding
        added = await self._ui.show_dialog(screens.AddDialog(self._app_context.keymap, queue, text))
        job = next((each for each in queue.jobs if each.key == added), None)
        if job is not None and job.result is not None:
            self._ui.tell(f"{_OUTCOMES[job.result.outcome]}: {_titled(job.result.record)}")
            self._changed(job.result.record.id)
            queue.forget_ended()

    async def retry(self) -> None:
        """Add the addresses again that failed, and list what becomes of each."""
        failed = await asyncio.to_thread(
            usecases.articles.retry.worth_retrying, self._app_context.library
        )
        if not failed:
            self._ui.hint("No address is worth another try.")
            return
        self._jobs.start_again(usecases.articles.retry.as_sources(failed))
        await self.add()

    async def import_file(self) -> None:
        """Ask for a file of another program, import it, and show the report."""
        keymap = self._app_context.keymap
        plan = await self._ui.show_dialog(screens.ImportFileDialog(keymap))
        if plan is None:
            return
        dialog = screens.ImportDialog(
            keymap, plan, partial(self._import, plan), stopped=self._last_import
        )
        report = await self._ui.show_dialog(dialog)
        if report is None:
            return
        self._changed(None)
        answer = await self._ui.show_dialog(screens.ImportReportDialog(keymap, report))
        if answer is not None and answer.article_id:
            await open_reader(self._screen, self._app_context, answer.article_id)
        elif answer is not None:
            await self.reattach()

    async def _import(
        self, plan: "Plan", show_progress: "Callable[[ImportProgress], None]"
    ) -> "ImportReport":
        context, run = self._app_context, usecases.importing.run
        return await run.run_import(
            context.library,
            plan,
            run.options_of(context.settings),
            now=context.now(),
            fetch_options=fetch.FetchOptions(cookies=context.settings.cookies),
            show_progress=show_progress,
        )

    def _last_import(self) -> "ImportReport | None":
        with ImportMemory(self._app_context.library.state) as memory:
            return usecases.importing.report.kept_report(memory)

    @property
    def is_busy(self) -> bool:
        """Whether articles are being added or refreshed."""
        return "_jobs" in self.__dict__ and self._jobs.is_busy

    async def quit_anyway(self) -> None:
        """Quit if the reader agrees to stop what goes on."""
        explanation = "What is added by now stays; the rest is stopped."
        question = f"Quit, and stop {self._jobs.line()}?"
        if await self._ui.show_dialog(
            screens.Question(self._app_context.keymap, question, explanation)
        ):
            self._screen.app.exit()

    def start_adding(self, sources: Sequence[str]) -> None:
        """Add articles in the background."""
        self._jobs.start_adding(sources)

    async def undo(self) -> None:
        """Undo the latest step, and say which it was."""
        await self._step(self._edits.undo, "Undid", "Nothing to undo.")

    async def redo(self) -> None:
        """Redo the step that was undone last, and say which it was."""
        await self._step(self._edits.redo, "Redid", "Nothing to redo.")

    async def _step(
        self, take: Callable[[], Awaitable[Step | None]], done: str, nothing: str
    ) -> None:
        step = await take()
        self._ui.tell(f"{done}: {describe_step(step)}" if step else nothing)
        self._changed(None)

    def _show_refreshed(self, attempts: "Sequence[RefreshAttempt]") -> None:
        if attempts:
            self._article.show_refreshed(attempts, shown_by=self._shown("library.reattach"))
            self._changed(None)

    async def _tags(self, records: Records) -> None:
        common = common_tags([each.tags for each in records])
        picker = TagPicker(
            self._app_context.keymap,
            f"Tags of {_this(records)}",
            common.of_all,
            shared=common.of_some,
        )
        fill = partial(offer_tags, picker, self._app_context)
        names = await self._ui.show_dialog(picker, fill=fill)
        if names is None:
            return
        added, removed = common.changes(names, picker.shared)
        if added or removed:
            retag = usecases.articles.article_edits.retag
            await self._edit(retag, records, add=added, remove=removed, now=self._app_context.now())
            if len(records) > 1:
                self._tell_done("Tagged", records)

    async def _read(self, records: Records) -> None:
        unread = [each for each in records if each.state in ("unread", "reading")]
        state: ReadState = "read" if unread else "unread"
        changed = unread or records
        await self._set_state(changed, state)
        self._tell_done(f"Marked as {state}", changed)

    async def _archive(self, records: Records) -> None:
        kept = [each for each in records if each.state != "archived"]
        if not kept:
            await self._set_state(records, "read")
            self._tell_done("Unarchived", records)
            return
        await self._set_state(kept, "archived")
        show = self._shown("library.archived")
        self._tell_done("Archived", kept, f", {show} to show archived articles")

    async def _delete(self, records: Records) -> None:
        await self._edit(usecases.articles.article_edits.move_to_bin, records)
        look = self._shown("library.bin")
        self._tell_done("Moved to bin", records, f", {look} to look into the bin")

    async def _set_state(self, records: Records, state: ReadState) -> None:
        now = self._app_context.now()
        await self._edit(usecases.articles.article_edits.set_state_of, records, state, now=now)

    async def _edit(
        self,
        edit: Callable[Concatenate[Library, Records, Arguments], Step],
        records: Records,
        *args: Arguments.args,
        **options: Arguments.kwargs,
    ) -> None:
        library = self._app_context.library
        await self._edits.change(partial(edit, library, records, *args, **options))
        self._changed(None)

    def _tell_done(self, done: str, records: Records, more: str = "") -> None:
        undo = self._shown("library.undo")
        self._ui.tell(f"{done}: {_named(records)}. Press {undo} to undo{more}.")

    def _shown(self, key_id: str) -> str:
        return shown(self._app_context.keymap.key(key_id))


def _named(records: Records) -> str:
    return _titled(records[0]) if len(records) == 1 else count(len(records), "article")


def _this(records: Records) -> str:
    return "this article" if len(records) == 1 else count(len(records), "article")


def _titled(record: ArticleRecord) -> str:
    return short_quote(record.title or record.url)
