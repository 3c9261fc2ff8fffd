"""What one can do with an article as a whole, from the library and from the reader."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported
from textual.screen import Screen

from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.tui.context import AppContext
from annotator.tui.dialogs.details import article_fields
from annotator.tui.notifications import tell, tell_error, warn
from annotator.tui.workers import show_modal

if TYPE_CHECKING:
    from annotator.usecases.export import ExportReport

_FOLDER = Path("~/annotator")  # where exports go until the settings say otherwise


class ArticleActions:
    """The story behind each key of an article."""

    def __init__(self, screen: Screen[Any], context: AppContext) -> None:
        self._screen = screen
        self._app_context = context

    async def do(self, what: str, record: ArticleRecord) -> None:
        """Do what a key means with one article."""
        match what:
            case "about":
                await self._about(record)
            case "browse":
                await self.browse(record.url)
            case "export":
                await self.export((record,))

    async def export(self, articles: Sequence[ArticleRecord]) -> None:
        """Ask for a folder, write the articles into it, and say what was written."""
        from annotator.tui.dialogs.export import ExportDialog
        from annotator.usecases.export import export_articles

        context = self._app_context
        start = context.settings.export_folder or _FOLDER
        dialog = ExportDialog(context.keymap, len(articles), start)
        folder = await show_modal(self._screen, dialog)
        if folder is None:
            return
        story = partial(export_articles, context.library, [each.id for each in articles], folder)
        report = await asyncio.to_thread(story, state=context.state)
        _tell(self._screen, report)

    async def browse(self, url: str) -> None:
        """Open an address; a browser that draws on this terminal is given it, others a thread."""
        from annotator.tui.terminal.external import draws_here, open_outside

        if draws_here():
            with suppress(SuspendNotSupported), self._screen.app.suspend():
                open_outside(url)
            self._screen.refresh(layout=True)
        else:
            await asyncio.to_thread(open_outside, url)

    async def _about(self, record: ArticleRecord) -> None:
        from annotator.tui.dialogs.details import Card

        extraction = await asyncio.to_thread(self._app_context.library.extraction, record.id)
        fields = list(article_fields(record, extraction))
        await show_modal(self._screen, Card(self._app_context.keymap, record.title, fields))


def _tell(screen: Screen[Any], report: "ExportReport") -> None:
    """Say what was written, and why not all was."""
    if report.first_error is None:
        tell(screen, _summary(report))
        return
    tell_error(screen, report.first_error)
    if any(each.written for each in report.exported):
        warn(screen, _summary(report))


def _summary(report: "ExportReport") -> str:
    outcomes: list[str] = [each.written.outcome for each in report.exported if each.written]
    words = {
        "new": "new",
        "updated": "updated",
        "unchanged": "unchanged",
        "kept": "left as you edited it",
    }
    counted = [(outcomes.count(name), said) for name, said in words.items()]
    said = ", ".join(f"{number} {word}" for number, word in counted if number)
    return f"{count(len(outcomes), 'file')} in {report.folder}: {said or 'nothing written'}."
