"""The export of articles and marks from the screens: as notes, a digest, or one file.

What was changed in a screen is exported when it is left, if the settings want it: in a thread that
was started before the screen has gone, so that it ends even if the program is left at once. Nothing
waits for it; what fails is said when it has ended.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from textual.app import App

from annotator.export.exporters import exporter
from annotator.model import ArticleRecord
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.settings.choices import export_place, remember_export_place
from annotator.store import questions
from annotator.tui.dialogs.export import DIGEST, MANY, ExportChoice, ExportDialog, ExportProgress
from annotator.tui.frame.context import AppContext, change_setting
from annotator.tui.frame.notifications import tell, tell_error, warn
from annotator.tui.frame.screen_ui import ScreenActions
from annotator.tui.frame.workers import run_action
from annotator.usecases.exporting.books import export_books
from annotator.usecases.exporting.digest import DigestOptions, export_digest
from annotator.usecases.exporting.export import ExportOptions, export_articles
from annotator.usecases.exporting.export_collection import CollectionOptions, collection_export
from annotator.usecases.exporting.report import ExportReport
from annotator.usecases.exporting.vault import NOTES, Vault

_SHOWN = 3  # problems of an export; `annotator export` reports all

Note = Callable[[int, int], None]


class ArticleExport(ScreenActions):
    """Asks what to export and where to, exports it, and shows what was written."""

    async def run(self, articles: Sequence[ArticleRecord], title: str = "") -> None:
        """Export these articles. `title` is a name for a digest, if there is a better one."""
        settings = self._app_context.settings
        folder, preset = await asyncio.to_thread(self._place)
        counts = await asyncio.to_thread(self._library.ask, questions.marks.mark_counts())
        dialog = ExportDialog(
            self._keymap,
            [counts.get(record.id, 0) for record in articles],
            folder,
            replace(settings, export_preset=preset),
            archived=sum(record.state == "archived" for record in articles),
            title=clean_line(title) or await asyncio.to_thread(self._title_of, articles),
        )
        choice = await self._ui.show_dialog(dialog)
        if choice is None:
            return
        if choice.format_name == NOTES:
            await self._export_notes(articles, choice)
            if choice.is_automatic != settings.export_on_change:
                on_change = "export_on_change", choice.is_automatic
                await change_setting(self._ui.screen, self._app_context, *on_change)
        elif choice.format_name == DIGEST:
            ids = frozenset(record.id for record in articles)
            chosen = None if await asyncio.to_thread(self._is_all, articles) else ids
            options = DigestOptions(choice.name, choice.grouping, articles=chosen)
            await self._export_digest(choice, options)
        else:
            await self._export_file(articles, choice)

    async def run_of_marks(self, number: int, words: str, options: DigestOptions) -> None:
        """Export a digest of so many marks: of those that `options` name, or that match `words`."""
        folder, preset = await asyncio.to_thread(self._place)
        dialog = ExportDialog(
            self._keymap,
            (),
            folder,
            replace(self._app_context.settings, export_preset=preset),
            title="Chosen marks" if options.marks else clean_line(words) or "All marks",
            grouping=options.grouping,
            of_marks=number,
        )
        choice = await self._ui.show_dialog(dialog)
        if choice is not None:
            options = replace(options, name=choice.name, grouping=choice.grouping)
            await self._export_digest(choice, options, words)

    def _place(self) -> tuple[Path, str]:
        return export_place(self._app_context.state, self._app_context.settings)

    def _title_of(self, articles: Sequence[ArticleRecord]) -> str:
        if self._is_all(articles):
            return "All marks"
        return f"Marks in {articles[0].title}" if len(articles) == 1 else "Chosen marks"

    def _is_all(self, articles: Sequence[ArticleRecord]) -> bool:
        """Return whether these are all articles, which can be exported without naming each."""
        return len(articles) > 1 and len(articles) == len(self._library.records())

    async def _export_notes(self, articles: Sequence[ArticleRecord], choice: ExportChoice) -> None:
        options = ExportOptions(choice.has_text, choice.prunes, choice.has_unmarked)

        def export(note: Note) -> ExportReport:
            return export_articles(
                self._library,
                [record.id for record in articles],
                self._vault(choice),
                options=options,
                progress=note,
            )

        report = await self._with_progress(len(articles), export)
        if report is None:
            self._ui.hint("Stopped. What was exported by then is in the folder.")
            return
        self._show_report(report, report.summary)

    async def _export_digest(
        self, choice: ExportChoice, options: DigestOptions, words: str = ""
    ) -> None:
        asked = (words,) if words else ()
        report = await asyncio.to_thread(
            lambda: export_digest(
                self._library, asked, self._vault(choice), options=options, now=self._now()
            )
        )
        if report.exported:
            self._show_report(report, " ".join(f"{x.place}: {x.outcome}." for x in report.written))
        else:
            self._ui.hint("Nothing to export: there are no such marks.")

    def _vault(self, choice: ExportChoice) -> Vault:
        context = self._app_context
        remember_export_place(context.state, context.settings, choice.target, choice.preset)
        return Vault.of_user(
            context.settings, state=context.state, folder=choice.target, preset=choice.preset
        )

    async def _export_file(self, articles: Sequence[ArticleRecord], choice: ExportChoice) -> None:
        context, total = self._app_context, len(articles)
        is_all = await asyncio.to_thread(self._is_all, articles)
        words = () if is_all else [record.id for record in articles]
        options = CollectionOptions.of_user(context.settings)

        def export(note: Note) -> ExportReport:
            is_folder = choice.is_folder or choice.target.is_dir()
            if is_folder and exporter(choice.format_name).can_hold("book"):
                return export_books(
                    context.library,
                    words,
                    choice.target,
                    state=context.state,
                    options=options,
                    progress=note,
                )
            collection = collection_export(
                context.library,
                words,
                format_name=choice.format_name,
                show_progress=lambda done: note(done, total),
                options=options,
            )
            return collection.write(
                choice.target, state=context.state, is_folder=choice.is_folder, makes_folder=True
            )

        report = await self._with_progress(total, export)
        if report is None:
            self._ui.hint("Stopped. The file is as it was.")
            return
        self._show_report(report, report.summary)

    async def _with_progress(
        self, total: int, export: Callable[[Note], ExportReport]
    ) -> ExportReport | None:
        """Return what an export returns, or None if the user stopped it."""
        if total > MANY:
            return await self._ui.show_dialog(ExportProgress(self._keymap, total, export))
        return await asyncio.to_thread(export, lambda _done, _all: None)

    def _show_report(self, report: ExportReport, summary: str) -> None:
        """Show what was written, and the first error."""
        words = " ".join(filter(None, (summary, *report.problems[:_SHOWN], *report.remarks)))
        if report.first_error is None:
            self._ui.tell(words)
            return
        self._ui.tell_error(report.first_error)
        if report.written:
            self._ui.warn(words)


def export_article(app: App[Any], context: AppContext, article_id: str) -> None:
    """Start to export an article, unless its file is as it was left and nothing has changed."""
    _start(app, context, lambda: (article_id,))


class ChangedArticles:
    """The articles that are changed while a screen is open."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._before: Mapping[str, str] = {}

    async def begin(self) -> None:
        """Note how all articles are."""
        self._before = await asyncio.to_thread(self._context.library.fingerprints)

    def export(self, app: App[Any]) -> None:
        """Start to export those that have changed."""
        _start(app, self._context, self._changed)

    def _changed(self) -> Sequence[str]:
        prints = self._context.library.fingerprints()  # empty for one that was written just now
        before = self._before
        return [name for name, now in prints.items() if not now or now != before.get(name)]


def _start(app: App[Any], context: AppContext, find: Callable[[], Sequence[str]]) -> None:
    loop = asyncio.get_running_loop()
    run_action(app, _tell, app, loop.run_in_executor(None, partial(_export, context, find)))


def _export(context: AppContext, find: Callable[[], Sequence[str]]) -> ExportReport:
    return export_articles(
        context.library,
        find(),
        Vault.of_user(context.settings, state=context.state),
        options=ExportOptions(has_unmarked=context.settings.export_unmarked),
    )


async def _tell(app: App[Any], export: asyncio.Future[ExportReport]) -> None:
    """Show what was written, errors, and the marks that were changed in both places."""
    report = await export
    if report.first_error:
        tell_error(app, report.first_error)
    elif any(article.marks.get("conflict") or article.problems for article in report.exported):
        warn(app, " ".join((*report.problems, *report.remarks)))
    elif changes := report.changes:
        files = changes[0].name if len(changes) == 1 else count(len(changes), "file")
        tell(app, f"Exported: {files}.")
