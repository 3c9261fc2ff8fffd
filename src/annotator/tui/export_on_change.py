"""Exporting what was changed in a screen when it is left, if the settings want it.

The export runs in a thread that was started before the screen has gone, so that it ends even
if the program is left at once. Nothing waits for it; what fails is said when it has ended.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from textual.app import App

from annotator.model.labels import count
from annotator.tui.context import AppContext
from annotator.tui.notifications import tell, tell_error, warn
from annotator.tui.workers import run_action
from annotator.usecases.exporting.export import ExportOptions, export_articles
from annotator.usecases.exporting.report import ExportReport
from annotator.usecases.exporting.vault import Vault


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
