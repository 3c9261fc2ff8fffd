"""The actions of the library's keys, of which all that change an article can be undone."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from annotator import usecases
from annotator.fetch import FetchOptions
from annotator.model import ArticleRecord, ReadState
from annotator.settings import expanded
from annotator.store.articles.revision_policy import Outcome
from annotator.tui.article_actions import ArticleActions
from annotator.tui.context import AppContext
from annotator.tui.dialogs.add_article import AddDialog
from annotator.tui.dialogs.tag_picker import TagPicker, offer_tags
from annotator.tui.keys.keymap import shown
from annotator.tui.notifications import describe_step, short_quote
from annotator.tui.reader.open import open_reader
from annotator.tui.workers import ScreenUI
from annotator.usecases.add import Added, add
from annotator.usecases.articles import set_state
from annotator.usecases.tags import tag_article
from annotator.usecases.undo import ArticleEdit, Step, UndoStack

Names = tuple[str, ...]

_OUTCOMES: Mapping[Outcome, str] = {
    "added": "Added",
    "unchanged": "Already in your library",
    "revised": "A newer version was added",
    "kept": "Your saved copy is better, so it was kept",
}


class LibraryActions:
    """Adds, tags, archives, deletes, refreshes and exports articles.

    `changed` is called after a change, with the id of the article to go to, if any.
    """

    def __init__(
        self, screen: Screen[Any], context: AppContext, changed: Callable[[str | None], None]
    ) -> None:
        self._screen = screen
        self._ui = ScreenUI(screen)
        self._app_context = context
        self._changed = changed
        self._undo_stack = UndoStack()
        self._article = ArticleActions(self._ui, context)

    async def do(self, what: str, record: ArticleRecord) -> None:
        """Run an action on one article."""
        match what:
            case "open":
                await open_reader(self._screen, self._app_context, record.id)
            case "tags":
                await self._tags(record)
            case "archive":
                await self._archive(record)
            case "delete":
                await self._delete(record)
            case _:
                await self._article.do(what, record)

    async def export(self, records: list[ArticleRecord]) -> None:
        """Export these articles."""
        if not records:
            is_empty = not await asyncio.to_thread(self._app_context.library.records)
            why = "the library is empty" if is_empty else "no article is listed"
            self._ui.hint(f"Nothing to export: {why}.")
            return
        await self._article.export(records)

    async def refresh(self, records: list[ArticleRecord]) -> None:
        """Fetch these articles again."""
        if not records:
            self._ui.hint("No article is selected.")
            return
        shown_by = self._shown("library.reattach")
        if await self._article.refresh(records, shown_by=shown_by):
            self._changed(None)

    async def reattach(self) -> None:
        """Reattach marks of all articles to changed texts."""
        from annotator.tui.reattach.screen import LibraryReattach  # loads much of the reader

        if not await asyncio.to_thread(usecases.reattach.has_waiting, self._app_context.library):
            self._ui.hint("No mark needs to be reattached.")
            return
        await self._ui.show_dialog(LibraryReattach(self._app_context))

    async def add(self) -> None:
        """Ask for an address or a file, and add it."""
        dialog = AddDialog(self._app_context.keymap, self._add_source)
        added = await self._ui.show_dialog(dialog)
        if added is not None:
            self._ui.tell(f"{_OUTCOMES[added.outcome]}: {_titled(added.record)}")
            self._changed(added.record.id)

    async def undo(self) -> None:
        """Undo the latest step, and say which it was."""
        await self._step(self._undo_stack.undo, "Undid", "Nothing to undo.")

    async def redo(self) -> None:
        """Redo the step that was undone last, and say which it was."""
        await self._step(self._undo_stack.redo, "Redid", "Nothing to redo.")

    async def _step(self, take: Callable[..., Step | None], done: str, nothing: str) -> None:
        context = self._app_context
        step = await asyncio.to_thread(take, context.library, now=context.now())
        self._ui.tell(f"{done}: {describe_step(step)}" if step else nothing)
        self._changed(None)

    async def _add_source(self, source: str) -> Added:
        options = FetchOptions(cookies=self._app_context.settings.cookies)
        return await add(
            self._app_context.library,
            _with_home(source),
            now=self._app_context.now(),
            options=options,
        )

    async def _tags(self, record: ArticleRecord) -> None:
        picker = TagPicker(self._app_context.keymap, "Tags of this article", record.tags)
        fill = partial(offer_tags, picker, self._app_context)
        names = await self._ui.show_dialog(picker, fill=fill)
        if names is not None and names != record.tags:
            await self._take(
                "Tag",
                record,
                undo=partial(self._retag, record.id, names, record.tags),
                redo=partial(self._retag, record.id, record.tags, names),
            )

    async def _archive(self, record: ArticleRecord) -> None:
        state: ReadState = "read" if record.state == "archived" else "archived"
        await self._take(
            "Archive" if state == "archived" else "Unarchive",
            record,
            undo=partial(self._set_state, record.id, record.state),
            redo=partial(self._set_state, record.id, state),
        )
        if state == "archived":
            undo, show = self._shown("library.undo"), self._shown("library.archived")
            where = f"Press {undo} to undo, {show} to show archived articles."
            self._ui.tell(f"Archived: {_titled(record)}. {where}")
        else:
            self._ui.tell(f"Unarchived: {_titled(record)}.")

    async def _delete(self, record: ArticleRecord) -> None:
        library = self._app_context.library
        await self._take(
            "Move to bin",
            record,
            undo=partial(library.restore, record.id),
            redo=partial(library.trash, record.id),
        )
        undo = self._shown("library.undo")
        self._ui.tell(f"Moved to bin: {_titled(record)}. Press {undo} to undo.")

    async def _take(
        self,
        name: str,
        record: ArticleRecord,
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
    ) -> None:
        await asyncio.to_thread(redo)
        words = record.title or record.url
        self._undo_stack.record(ArticleEdit(name, record.id, words, undo, redo))
        self._changed(None)

    def _shown(self, key_id: str) -> str:
        return shown(self._app_context.keymap.key(key_id))

    def _retag(self, article_id: str, before: Names, after: Names) -> None:
        gone = [name for name in before if name not in after]
        tag_article(
            self._app_context.library,
            article_id,
            add=after,
            remove=gone,
            now=self._app_context.now(),
        )

    def _set_state(self, article_id: str, state: ReadState) -> None:
        set_state(self._app_context.library, article_id, state, now=self._app_context.now())


def _with_home(source: str) -> str:
    """Expand a path that starts with `~`; return anything else as it is."""
    return str(expanded(Path(source))) if source.startswith("~") else source


def _titled(record: ArticleRecord) -> str:
    return short_quote(record.title or record.url)
