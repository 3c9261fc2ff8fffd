"""Importing a file of another program, from the choice of the file to the report."""

from collections.abc import Callable
from functools import partial

from annotator import fetch
from annotator.store import ImportMemory
from annotator.tui.context import AppContext
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.importing.dialogs import (
    ImportDialog,
    ImportFileDialog,
    ImportReportDialog,
    NextScreen,
)
from annotator.usecases.importing.plan import Plan
from annotator.usecases.importing.report import ImportProgress, ImportReport, kept_report
from annotator.usecases.importing.run import options_of, run_import


async def import_file(
    ui: ScreenUI, context: AppContext, *, changed: Callable[[str | None], None]
) -> NextScreen | None:
    """Ask for a file, import it, show the report, and return what to show next.

    `changed` is called when articles were imported.
    """
    plan = await ui.show_dialog(ImportFileDialog(context.keymap))
    if plan is None:
        return None
    dialog = ImportDialog(
        context.keymap,
        plan,
        partial(_import, context, plan),
        stopped=partial(_last_report, context),
    )
    report = await ui.show_dialog(dialog)
    if report is None:
        return None
    changed(None)
    return await ui.show_dialog(ImportReportDialog(context.keymap, report))


async def _import(
    context: AppContext, plan: Plan, show_progress: Callable[[ImportProgress], None]
) -> ImportReport:
    return await run_import(
        context.library,
        plan,
        options_of(context.settings),
        now=context.now(),
        fetch_options=fetch.FetchOptions(cookies=context.settings.cookies),
        show_progress=show_progress,
    )


def _last_report(context: AppContext) -> ImportReport | None:
    with ImportMemory(context.library.state) as memory:
        return kept_report(memory)
