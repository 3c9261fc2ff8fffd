"""The actions of the library's keys, of which all that change an article can be undone."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from textual.screen import Screen

from annotator import usecases
from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.store import Library
from annotator.tui.actions.articles import ArticleActions
from annotator.tui.dialogs.tag_picker import TagPicker, offer_tags
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.usecases.articles.tagging import common_tags
from annotator.usecases.library.undo import Step

if TYPE_CHECKING:
    from annotator.tui.jobs import ArticleJobs

Records = Sequence[ArticleRecord]
Arguments = ParamSpec("Arguments")


class LibraryActions(ArticleActions):
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
        super().__init__(ScreenUI(screen), context)
        self._show_progress = show_progress
        self._changed = changed

    @cached_property
    def jobs(self) -> "ArticleJobs":
        """The articles that are added and refreshed in the background."""
        from annotator.tui.jobs import ArticleJobs  # late: few runs add any

        return ArticleJobs(
            self._ui,
            self._app_context,
            show=self._show_progress,
            changed=self._changed,
            articles=self,
        )

    @property
    def is_busy(self) -> bool:
        """Whether articles are being added or refreshed."""
        return "jobs" in self.__dict__ and self.jobs.is_busy

    async def do(
        self, what: str, record: ArticleRecord, words: Sequence[str] = (), among: Records = ()
    ) -> None:
        """Run an action on one article, which opens at the first of the words.

        `among` are the articles of the list, to go on to; the list then shows the one left last.
        """
        if what == "open":
            last = await self._ui.open_article(record.id, words=words, among=among)
            if isinstance(last, str) and last != record.id:
                self._changed(last)
        else:
            await super().do(what, record)

    async def do_all(self, what: str, records: Records) -> None:
        """Run an action on several articles; if it changes them, it is one step for undo."""
        actions: dict[str, Callable[[Records], Coroutine[Any, Any, None]]] = {
            "tags": self._tags,
            "read": partial(self._judge, "read"),
            "archive": partial(self._judge, "archive"),
            "delete": self._delete,
            "refresh": self.jobs.refresh,
        }
        await actions[what](records)

    async def export_listed(self, records: list[ArticleRecord], title: str) -> None:
        """Export these articles; `title` is what they were listed for."""
        if not records:
            is_empty = not await asyncio.to_thread(self._library.records)
            why = "the library is empty" if is_empty else "no article is listed"
            self._ui.hint(f"Nothing to export: {why}.")
            return
        await self.export(records, title=title)

    async def reattach(self) -> None:
        """Reattach marks of all articles to changed texts."""
        if not await asyncio.to_thread(usecases.marks.reattach.has_waiting, self._library):
            self._ui.hint("No mark needs to be reattached.")
            return
        await self._ui.open_screen("reattach")

    async def import_file(self) -> None:
        """Ask for a file of another program, import it, and show the report."""
        from annotator.tui.importing import import_file  # late: few runs import any

        answer = await import_file(self._ui, self._app_context, changed=self._changed)
        if answer is not None and answer.article_id:
            await self._ui.open_article(answer.article_id)
        elif answer is not None:
            await self.reattach()

    async def _tags(self, records: Records) -> None:
        common = common_tags([record.tags for record in records])
        picker = TagPicker(
            self._keymap,
            f"Tags of {count(len(records), 'article') if len(records) > 1 else 'this article'}",
            common.of_all,
            shared=common.of_some,
        )
        about = f"{records[0].id} of {len(records)}"
        picker.resuming(self._library.typed_texts, about)
        fill = partial(offer_tags, picker, self._app_context)
        names = await self._ui.show_dialog(picker, fill=fill)
        if names is None:
            return
        added, removed = common.changes(names, picker.shared)
        if added or removed:
            retag = usecases.articles.article_edits.retag
            await self._edit(retag, records, add=added, remove=removed, now=self._now())
            if len(records) > 1:
                self.tell_done("Tagged", records)

    async def _judge(self, what: str, records: Records) -> None:
        show = self._key_of("library.archived")
        await self.judge(what, records, f", {show} to show archived articles")
        self._changed(None)

    async def _delete(self, records: Records) -> None:
        await self._edit(usecases.articles.article_edits.move_to_bin, records)
        look = self._key_of("library.bin")
        self.tell_done("Moved to bin", records, f", {look} to look into the bin")

    async def _edit(
        self,
        edit: Callable[Concatenate[Library, Records, Arguments], Step],
        records: Records,
        *args: Arguments.args,
        **options: Arguments.kwargs,
    ) -> None:
        await self._edits.change(partial(edit, self._library, records, *args, **options))
        self._changed(None)
