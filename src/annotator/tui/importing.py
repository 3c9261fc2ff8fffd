"""Importing a file of another program: the choice of the file, the import, and the report."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.errors import AnnotatorError, InvalidInput
from annotator.model.labels import count
from annotator.model.text import clean_line
from annotator.settings import expanded
from annotator.tui.actions.articles import fetch_options
from annotator.tui.dialogs.dialog import Dialog, Hints
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import hint, tell_error
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.frame.workers import run_action
from annotator.tui.keys.groups import bindings, keys_of
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import ChoiceRow, Heading, Line, Piece, Remark, Row, truncate, wrap
from annotator.tui.textual_internals import show_text
from annotator.tui.widgets.fields import CompletedInput
from annotator.usecases.importing.plan import Plan, make_plan
from annotator.usecases.importing.report import (
    LABELS,
    ImportProgress,
    ImportReport,
    ReportLine,
    last_report,
    time_left,
)
from annotator.usecases.importing.run import ImportOptions, local_items, options_of, run_import

Run = Callable[[Callable[[ImportProgress], None], ImportOptions], Awaitable[ImportReport]]

_OFTEN = 0.1  # seconds between two looks at how far it is
_EXPLANATION = "An export of Pocket, Readwise, Kindle or another program; or a folder of files."
_PAGES = "Pages are fetched unless the file has their text: eight at once, two from one site."

MANY = 500  # lines of one sort; the others are in the report that the command line prints
_MOST_LINES = 3  # of a reason
_MARGIN = 3  # cells
_MOST_FILES = 500  # names; a folder with more is narrowed by typing

_HERE = "."  # the key of the row for all files of the folder


class ImportFileDialog(Dialog[Plan]):
    """Asks for a file or a folder, and returns what is in it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]
    HINTS: ClassVar[Hints] = (
        ("enter", "import"),
        ("right", "complete"),
        ("tab", "to the list"),
        ("dialog.leave", "cancel"),
    )

    def __init__(self, keymap: Keymap, path: str = "") -> None:
        super().__init__(keymap, "Import a file")
        self._path = path or first_folder()
        self._is_reading = False

    def parts(self) -> Sequence[Widget]:
        line = CompletedInput(self._path, placeholder="~/Downloads/export.zip", id="import-path")
        line.use(completion)
        return (
            line,
            Listing(self.keymap, clicks=1, id="import-files"),
            Static(Content(_EXPLANATION), id="import-explanation"),
        )

    def on_mount(self) -> None:
        self._line.cursor_position = len(self._line.value)
        self._line.select_on_focus = False
        self._list_files()

    def action_submit(self) -> None:
        """Read the file whose path was typed, or show the folder."""
        self.chosen(self._line.value.strip())

    @on(Input.Changed)
    def _list_files(self) -> None:
        typed = self._line.value
        if (path := typed_path(typed)) != typed:
            self._line.value = path  # which comes back here
            self._line.cursor_position = len(path)
            return
        listing = self.query_one(Listing)
        rows = files_at(typed)
        listing.display = bool(rows)
        listing.show(rows, at="")

    @property
    def _line(self) -> CompletedInput:
        return self.query_one(CompletedInput)

    def chosen(self, key: str) -> None:
        """Read the file with that path, or show the folder."""
        try:
            path = expanded(Path(key or "."))
        except AnnotatorError as error:
            tell_error(self, error)
            return
        is_all = key.endswith("/.")
        if path.is_dir() and not is_all:
            self._line.value = f"{key.rstrip('/')}/"
            self._line.cursor_position = len(self._line.value)
            self._line.focus()
        elif not self._is_reading:
            self._is_reading = True
            run_action(self, self._read, path)

    async def _read(self, path: Path) -> None:
        words = self.query_one("#import-explanation", Static)
        show_text(words, Content(f"Reading {path.name} …"))
        try:
            plan = await asyncio.to_thread(make_plan, [path])
            if plan.failures and not plan.files:
                raise plan.failures[0]
        finally:
            self._is_reading = False
            show_text(words, Content(_EXPLANATION))
        self.dismiss(plan)


class ImportDialog(Dialog[ImportReport]):
    """Shows what is in a file, imports it when the user agrees, and returns the report.

    `run` gets a function to which it tells how far it is, and the options, which say whether
    addresses of this computer and its network are fetched: the user is asked if there are some.
    Stopping it keeps what is done; then `stopped` returns the report.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False),
        Binding("l", "reach_network", show=False),
    ]

    def __init__(
        self,
        keymap: Keymap,
        plan: Plan,
        options: ImportOptions,
        run: Run,
        *,
        stopped: Callable[[], ImportReport | None],
    ) -> None:
        super().__init__(keymap, f"Import {count(len(plan.items), 'item')}")
        self._plan = plan
        self._run = run
        self._stopped = stopped
        self._work: asyncio.Future[ImportReport] | None = None
        self._has_begun = self._is_stopping = False
        self._options = options
        self._local = local_items(plan)
        self._progress = ImportProgress(0, len(plan.items))
        self._began = 0.0

    def parts(self) -> Sequence[Widget]:
        plan = self._plan
        summary = ImportReport(files=plan.files).summary[: len(plan.files)]
        return (
            Static(Content("\n".join(summary[:5])), id="import-summary"),
            Static(Content(_PAGES), id="import-progress"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        if not self._has_begun:
            network = count(self._local, "page") + " of your own network"
            does = f"{'not ' if self._options.may_reach_network else ''}fetch {network}"
            local = [("l", does)] * bool(self._local)
            return (("enter", "start"), *local, ("dialog.leave", "cancel"))
        return (("dialog.leave", "stop, what is done stays"),)

    def action_submit(self) -> None:
        """Start."""
        if not self._has_begun:
            self._has_begun = True
            self._began = time.monotonic()
            run_action(self, self._import)
            self.set_interval(_OFTEN, self._show)
            self._show()
            self.show_hints()

    def action_reach_network(self) -> None:
        """Fetch also the addresses of this computer and its network, or do not."""
        if self._local and not self._has_begun:
            may = not self._options.may_reach_network
            self._options = replace(self._options, may_reach_network=may)
            self.show_hints()

    def action_cancel(self) -> None:
        """Stop what is being done."""
        if self._work is None:
            self.dismiss(None)
        elif not self._is_stopping:
            self._is_stopping = True
            self._work.cancel()

    def _note(self, progress: ImportProgress) -> None:
        self._progress = progress

    def _show(self) -> None:
        progress = self._progress
        left = time_left(progress, time.monotonic() - self._began)
        fetched = f", {count(progress.fetched, 'page')} fetched" if progress.fetched else ""
        words = f"{progress.done:,} of {count(progress.total, 'item')}{fetched}{left} …"
        show_text(self.query_one("#import-progress", Static), Content(words))

    async def _import(self) -> None:
        self._work = asyncio.ensure_future(self._run(self._note, self._options))
        try:
            report: ImportReport | None = await self._work
        except asyncio.CancelledError:
            if not self._is_stopping:  # the program ends
                raise
            report = self._stopped()
        self.dismiss(report)


class NextScreen(NamedTuple):
    """The next screen after a report: an article, or the marks to reattach."""

    article_id: str = ""


class ImportReportDialog(Dialog[NextScreen]):
    """Shows a report, and returns what the user wants to see next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(keys_of("import")),
        Binding("enter", "submit", show=False),
    ]
    AUTO_FOCUS = "Listing"

    def __init__(self, keymap: Keymap, report: ImportReport) -> None:
        super().__init__(keymap, "Imported" if report.is_complete else "Import stopped")
        self._report = report
        keymap.bind(self, keys_of("import"))

    def parts(self) -> Sequence[Widget]:
        return (
            Static(Content("\n".join(self._report.summary)), id="import-summary"),
            Listing(self.keymap, clicks=2, id="import-lines"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that open an article, show the marks not found, and close."""
        has_articles = any(line.article_id for line in self._report.lines)
        hints = [("enter", "open the article")] * has_articles
        hints += [("import.reattach", "reattach marks")] * self._has_waiting
        return (*hints, ("dialog.leave", "close"))

    def on_mount(self) -> None:
        listing = self.query_one(Listing)
        rows = report_rows(self._report)
        listing.display = bool(rows)
        listing.show(rows, at="")

    def action_submit(self) -> None:
        """Open the article of the line, if it has one; close a report without lines."""
        key = self.query_one(Listing).key
        if not key:
            self.dismiss(None)
        elif article_id := self._report.lines[int(key)].article_id:
            self.dismiss(NextScreen(article_id))
        else:
            hint(self, "This line was not imported, so it has no article.")

    def action_reattach(self) -> None:
        """Show the marks that were not found."""
        if self._has_waiting:
            self.dismiss(NextScreen())

    @property
    def _has_waiting(self) -> bool:
        return bool(self._report.not_found or self._report.changed)


class ReportRow(Struct, frozen=True):
    """A row of the report: an item or highlight, its line in the file, and the reason."""

    key: str  # the number of the line of the report
    line: ReportLine

    def lines(self, width: int) -> Sequence[Line]:
        line = self.line
        place = f"{line.file}, line {line.line}" if line.line else line.file
        space = max(1, width - _MARGIN - 2)
        title = truncate(line.title or "–", max(space - len(place) - 2, space // 2))
        shown = truncate(place, max(1, space - len(title) - 2))
        reason = wrap(line.reason, space, lines=_MOST_LINES)
        first = (Piece(f" {title}"), Piece(f"  {shown}", "quiet"))
        return (first, *((Piece(" " * _MARGIN), Piece(line, "quiet")) for line in reason))


def report_rows(report: ImportReport) -> Sequence[Row]:
    """Return the lines of a report, the most important sorts first."""
    numbered = list(enumerate(report.lines))
    rows: list[Row] = []
    for what, label in LABELS.items():
        lines = [(number, line) for number, line in numbered if line.what == what]
        if lines:
            rows.append(Heading(f" {label} ({len(lines):,})", air=1 if rows else 0))
            rows += _rows(lines)
    return rows


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
        options_of(context.settings),
        partial(_import, context, plan),
        stopped=partial(last_report, context.library),
    )
    report = await ui.show_dialog(dialog)
    if report is None:
        return None
    changed(None)
    return await ui.show_dialog(ImportReportDialog(context.keymap, report))


def first_folder() -> str:
    """Return the folder to begin in: that of downloads if there is one."""
    return "~/Downloads/" if expanded(Path("~/Downloads")).is_dir() else "~/"


def typed_path(typed: str) -> str:
    """Return the path without the one in front of it that was in the field before.

    A path that begins with `/` or `~/` behind a folder takes its place.
    """
    home = typed.rfind("/~/") + 1
    root = typed.rfind("//") + 1
    return typed[max(home, root) :]


def files_at(typed: str) -> Sequence[ChoiceRow]:
    """Return the files and folders whose path begins with what is typed, folders last.

    Hidden ones are left out until a dot is typed.
    """
    head, slash, start = typed.rpartition("/")
    folder = head + slash
    try:
        entries = list(expanded(Path(folder or ".")).iterdir())
        names = sorted(
            (entry.is_dir(), entry.name.casefold(), entry.name)
            for entry in entries
            if entry.name.casefold().startswith(start.casefold())
            and (start.startswith(".") or not entry.name.startswith("."))
        )
    except (OSError, ValueError, InvalidInput):
        return ()
    rows = [
        ChoiceRow(
            f"{folder}{name}{'/' * is_folder}",
            clean_line(name) + "/" * is_folder,
            role="quiet" * is_folder,
        )
        for is_folder, _, name in names[:_MOST_FILES]
    ]
    has_files = any(not row.role for row in rows)
    if folder and not start and has_files and len(rows) > 1:
        rows.append(ChoiceRow(f"{folder}{_HERE}", "All files of this folder", role="quiet"))
    return rows


def completion(typed: str) -> str:
    """Return the path that what is typed is the beginning of, if there is only one."""
    rows = files_at(typed) if typed.strip() else ()
    return rows[0].key if len(rows) == 1 else ""


def _rows(lines: Sequence[tuple[int, ReportLine]]) -> Iterator[Row]:
    yield from (ReportRow(str(number), line) for number, line in lines[:MANY])
    if len(lines) > MANY:
        yield Remark("   The others: annotator import --last --json")


async def _import(
    context: AppContext,
    plan: Plan,
    show_progress: Callable[[ImportProgress], None],
    options: ImportOptions,
) -> ImportReport:
    return await run_import(
        context.library,
        plan,
        options,
        now=context.now(),
        fetch_options=fetch_options(context),
        show_progress=show_progress,
        keep_step=context.edits.record,
    )
