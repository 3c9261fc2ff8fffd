"""The dialog that asks where and what to export, and the one that shows how far it is."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.errors import InvalidInput
from annotator.model.labels import count
from annotator.settings import expanded
from annotator.tui.dialogs.dialog import Dialog, text_input
from annotator.tui.keys.keymap import Keymap
from annotator.tui.notifications import tell_error
from annotator.tui.widgets.cycle import Cycle
from annotator.tui.workers import run_action

if TYPE_CHECKING:
    from annotator.usecases.export import ExportReport

MANY = 50  # articles; a few are exported before a dialog could be read

_OFTEN = 0.1  # seconds between two looks at how far it is
_EXPLANATION = "A file for each article. What you wrote in a file stays."
_MARKED, _ALL = "with marks", "all"
_STRUCK, _REMOVED = "struck through", "removed"


class ExportChoice(NamedTuple):
    """A folder, whether to export articles without marks, and to remove deleted marks."""

    folder: Path
    has_unmarked: bool
    prunes: bool


class ExportDialog(Dialog[ExportChoice]):
    """Returns what was chosen, with `~` expanded in the folder."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]

    def __init__(
        self, keymap: Keymap, articles: int, folder: Path, *, has_unmarked: bool = False
    ) -> None:
        super().__init__(keymap, f"Export {count(articles, 'article')}")
        self._is_single = articles == 1  # which is asked for, with marks or without
        self._folder = folder
        self._has_unmarked = has_unmarked

    def parts(self) -> Sequence[Widget]:
        """Return the folder, the choices and the explanation."""
        chosen = _ALL if self._has_unmarked or self._is_single else _MARKED
        articles = _field("Articles", Cycle((_MARKED, _ALL), chosen, id="articles"))
        articles.display = not self._is_single
        return (
            _field("Folder", text_input(str(self._folder), placeholder="~/vault", id="folder")),
            articles,
            _field("Deleted marks", Cycle((_STRUCK, _REMOVED), _STRUCK, id="deleted")),
            Static(Content(_EXPLANATION), id="export-explanation"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that export, move and cancel."""
        return (
            ("enter", "export"),
            ("tab", "next field"),
            ("right", "choose"),
            ("dialog.leave", "cancel"),
        )

    def action_submit(self) -> None:
        """Return what was chosen."""
        folder = self.query_one(Input).value.strip()
        if not folder:
            return
        has_unmarked = self.query_one("#articles", Cycle).value == _ALL
        prunes = self.query_one("#deleted", Cycle).value == _REMOVED
        try:
            self.dismiss(ExportChoice(expanded(Path(folder)), has_unmarked, prunes))
        except InvalidInput as error:
            tell_error(self, error)


class ExportProgress(Dialog["ExportReport"]):
    """Exports many articles, and returns the report, or None if it is cancelled.

    `run` gets a function to which it tells how many of how many articles are done, and
    which raises `ExportStopped` when it is to end. What was written by then stays.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        keymap: Keymap,
        articles: int,
        run: "Callable[[Callable[[int, int], None]], ExportReport]",
    ) -> None:
        super().__init__(keymap, f"Export {count(articles, 'article')}")
        self._run = run
        self._done = (0, articles)
        self._is_stopped = False

    def parts(self) -> Sequence[Widget]:
        """Return the line of progress."""
        return (Static(Content("Looking at the folder …"), id="export-explanation"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the key that cancels it."""
        return (("dialog.leave", "stop"),)

    def on_mount(self) -> None:
        """Start."""
        run_action(self, self._export)
        self.set_interval(_OFTEN, self._show)

    def action_submit(self) -> None:
        """Wait on: there is nothing to save."""

    def action_cancel(self) -> None:
        """Stop after the article at hand."""
        self._is_stopped = True

    def _note(self, done: int, total: int) -> None:
        self._done = (done, total)
        if self._is_stopped:
            raise ExportStopped

    def _show(self) -> None:
        done, total = self._done
        words = f"{done:,} of {count(total, 'article')} …" if done else "Looking at the folder …"
        self.query_one("#export-explanation", Static).update(Content(words))

    async def _export(self) -> None:
        try:
            report = await asyncio.to_thread(self._run, self._note)
        except ExportStopped:
            self.dismiss(None)
        else:
            self.dismiss(report)


class ExportStopped(Exception):
    """Ends an export that the user stops."""


def _field(label: str, entry: Widget) -> Horizontal:
    return Horizontal(Static(label, classes="label"), entry, classes="field")
