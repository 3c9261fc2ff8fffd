"""Actions on whole articles, used by the library screen and the reader."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from annotator import fetch, usecases
from annotator.model import ArticleRecord, ReadState
from annotator.model.labels import count
from annotator.settings import expanded, suggested_report_folder
from annotator.tui.dialogs.details import DetailsDialog, article_details
from annotator.tui.dialogs.dialog import ProgressDialog
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import short_quote
from annotator.tui.frame.screen_ui import ScreenActions
from annotator.tui.keys.keymap import shown

if TYPE_CHECKING:
    from annotator.usecases.articles.changes import MarkChanges
    from annotator.usecases.articles.refresh import RefreshAttempt, RefreshOutcome

Records = Sequence[ArticleRecord]

_OUTCOMES: "Mapping[RefreshOutcome, str]" = {
    "unchanged": "unchanged",
    "revised": "revised",
    "recleaned": "cleaned better",
    "kept": "kept (your saved copy is better)",
    "gone": "gone",
    "no-url": "without a URL",
}


def describe_outcome(attempt: "RefreshAttempt") -> str:
    """Return the outcome of an attempt in the words of a list, such as `1 unchanged`."""
    return _OUTCOMES[attempt.refreshed.outcome] if attempt.refreshed else "failed"


_ONE_REFRESHED: "Mapping[RefreshOutcome, str]" = {  # others have an explanation
    "unchanged": "Nothing has changed since the last refresh.",
    "revised": "There is a newer version.",
}


class ArticleActions(ScreenActions):
    """The actions on articles, with dialogs over the screen of `ui`.

    Use cases are imported when a key asks for them, so that the library's first frame loads
    neither the network nor the exporters.
    """

    async def judge(self, what: str, records: Records, more: str = "") -> None:
        """Mark articles as read, or archive them; if all are so already, take that back.

        `more` is said of articles that went into the archive.
        """
        if what == "read":
            changed = [record for record in records if record.state in ("unread", "reading")]
            state: ReadState = "read" if changed else "unread"
            done = f"Marked as {state}"
        elif changed := [record for record in records if record.state != "archived"]:
            state, done = "archived", "Archived"
        else:
            state, done = "read", "Unarchived"
        set_state = usecases.articles.article_edits.set_state_of
        await self._edits.make(set_state, changed or records, state)
        self.tell_done(done, changed or records, more * (state == "archived"))

    def tell_done(self, done: str, records: Records, more: str = "") -> None:
        """Say what was done to which articles, how to take it back, and `more`."""
        undo, (record, *others) = self._keymap.key("library.undo"), records
        named = (
            count(len(records), "article") if others else short_quote(record.title or record.url)
        )
        self._ui.tell(f"{done}: {named}. Press {shown(undo)} to undo{more}.")

    async def do(self, what: str, record: ArticleRecord) -> None:
        """Run the action of a key on one article."""
        match what:
            case "about":
                extraction = await asyncio.to_thread(self._library.article(record.id).extraction)
                fields = list(article_details(record, extraction, self._keymap))
                await self._ui.show_dialog(DetailsDialog(self._keymap, record.title, fields))
            case "browse":
                await self._ui.browse(record.url)
            case "export":
                await self.export((record,))
            case "report":
                await self._report(record)

    async def export(self, articles: Sequence[ArticleRecord], *, title: str = "") -> None:
        """Ask for a format and a place, export the articles, and show what was written.

        `title` is a name for a digest of their marks, without it that of a single article.
        """
        from annotator.tui.actions.export import ArticleExport  # few export in each run

        await ArticleExport(self._ui, self._app_context).run(articles, title)

    async def refresh(
        self, record: ArticleRecord, *, shown_by: str, switches_rendering: bool = False
    ) -> "RefreshAttempt | None":
        """Refresh an article in a dialog that can be cancelled, and show the outcome.

        Returns the attempt if it ended. `shown_by` is the key that lists what became of marks.
        With `switches_rendering` the user's browser renders its site from now on, or no longer.
        """
        renders = None
        if switches_rendering:
            sites = usecases.articles.sites
            renders = not sites.is_rendered(self._library, record.url)
            self._ui.tell(f"Your browser runs its scripts {'now' if renders else 'no longer'}.")
        options = fetch_options(self._app_context, renders=renders)
        run = partial(_refresh, self._app_context, record, options)
        keymap, words = self._keymap, "Fetching and cleaning …"
        dialog = ProgressDialog(keymap, "Refresh 1 article", words, run)
        attempt = await self._ui.show_dialog(dialog)
        if attempt is not None:
            self.show_refreshed((attempt,), shown_by=shown_by)
        return attempt

    def show_refreshed(self, attempts: "Sequence[RefreshAttempt]", *, shown_by: str) -> None:
        """Show the outcome of refreshing articles, and the first error."""
        refreshed = [attempt.refreshed for attempt in attempts if attempt.refreshed]
        marks = [result.changes.marks for result in refreshed if result.changes]
        is_single = len(attempts) == 1 and bool(refreshed)
        outcome = summarize_attempts(attempts)
        if is_single:
            result = refreshed[0]
            outcome = _ONE_REFRESHED.get(result.outcome, result.explanation)
            outcome += " Your saved copy is kept." if result.outcome == "gone" else ""
        words = f"{outcome} {describe_mark_changes(marks, shown_by)}".strip()
        failed = next((attempt.error for attempt in attempts if attempt.error), None)
        if failed is None:
            self._ui.tell(words)
        elif len(attempts) == 1:
            self._ui.tell_error(failed)
        else:
            self._ui.hint(f"{words} {failed.message}")

    async def _report(self, record: ArticleRecord) -> None:
        """Write a report of the article's page, and say where it is and what is in it."""
        context = self._app_context
        has_cookies = context.settings.cookies is not None
        report = await usecases.articles.page_report.report_saved(
            context.library, record.id, now=context.now(), has_cookies=has_cookies
        )
        path = usecases.page_report.report_path(None, expanded(suggested_report_folder()), report)
        await asyncio.to_thread(usecases.page_report.write_report, report, path)
        self._ui.tell(
            f"Written: {path}\nIt has the text of the page and why each passage was kept or "
            "removed, and none of your marks and notes. Nothing was sent: attach it to an issue."
        )


def describe_mark_changes(changes: "Iterable[MarkChanges]", shown_by: str) -> str:
    """Return in a sentence how many marks were reworded or lost, or nothing if none were."""
    changes = tuple(changes)
    reworded = sum(len(change.reworded) for change in changes)
    lost = sum(len(change.lost) for change in changes)
    were = f"{count(reworded, 'marked passage')} {'was' if reworded == 1 else 'were'} reworded"
    are = f"{count(lost, 'mark')} lost {'its' if lost == 1 else 'their'} passage"
    words = ", ".join([were] * bool(reworded) + [are] * bool(lost))
    return f"{words}: {shown_by} shows {'it' if reworded + lost == 1 else 'them'}." if words else ""


def fetch_options(
    context: AppContext, *, renders: bool | None = None, linked_from: str = ""
) -> "fetch.FetchOptions":
    """Return the options of requests, as the settings have them."""
    cookies, browser = context.settings.cookies, context.settings.browser
    return fetch.FetchOptions(
        cookies=cookies, browser=browser, renders=renders, linked_from=linked_from
    )


async def _refresh(
    context: AppContext, record: ArticleRecord, options: "fetch.FetchOptions"
) -> "RefreshAttempt":
    visit = partial(usecases.articles.refresh.refresh, now=context.now(), options=options)
    (attempt,) = await usecases.articles.refresh.refresh_all(
        context.library, (record,), visit, report=lambda _: None
    )
    return attempt


def summarize_attempts(attempts: "Sequence[RefreshAttempt]") -> str:
    """Return in a sentence how many attempts had each outcome, or nothing if there are none."""
    counts = Counter(describe_outcome(attempt) for attempt in attempts)
    words = ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common())
    return f"{words}." if words else ""
