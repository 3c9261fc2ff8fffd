"""The dialog that adds an article. It stays open, with what was typed, until that succeeds."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.errors import AnnotatorError
from annotator.tui.dialogs.dialog import Dialog, text_input
from annotator.tui.keys.keymap import Keymap
from annotator.usecases.add import Added

if TYPE_CHECKING:
    from textual.worker import Worker

Add = Callable[[str], Awaitable[Added]]

_EXAMPLE = "https://example.org/article   or   ~/Downloads/page.html"


class AddDialog(Dialog[Added]):
    """Asks for an address or a path, adds the article, and returns what was added."""

    def __init__(self, keymap: Keymap, add: Add) -> None:
        super().__init__(keymap, "Add an article")
        self._add = add
        self._work: Worker[None] | None = None
        self._since = 0.0

    def parts(self) -> Sequence[Widget]:
        """Return the input and the line of progress."""
        return (
            text_input(placeholder=_EXAMPLE, id="add-source"),
            Static(id="add-progress"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that start and cancel it."""
        return (("enter", "add"), ("dialog.leave", "cancel"))

    def on_mount(self) -> None:
        """Say what to type, and count the seconds while an article is fetched."""
        self._show("A web address, or the path of an .html, .txt or .md file.")
        self.set_interval(0.25, self._show_progress)

    def action_cancel(self) -> None:
        """Stop fetching; if nothing is fetched, close the dialog."""
        if self._work is None:
            self.dismiss(None)
            return
        self._work.cancel()
        self._stop("Cancelled.")

    def action_submit(self) -> None:
        """Start to add what was typed."""
        source = self.query_one(Input).value.strip()
        if source and self._work is None:
            self._since = monotonic()
            self._work = self.run_worker(partial(self._try, source))
            self._show_progress()

    async def _try(self, source: str) -> None:
        try:
            added = await self._add(source)
        except AnnotatorError as error:
            self._stop(f"Couldn’t add it. {error.message} {error.hint}".rstrip())
        else:
            self.dismiss(added)

    def _stop(self, words: str) -> None:
        self._work = None
        self._show(words)

    def _show_progress(self) -> None:
        if self._work is not None:
            seconds = int(monotonic() - self._since)
            self._show("Fetching and cleaning …" + (f" {seconds} s" if seconds else ""))

    def _show(self, words: str) -> None:
        self.query_one("#add-progress", Static).update(Content(words))
