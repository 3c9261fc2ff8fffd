"""Adding a page or a file: the dialog stays until it is there, and keeps what was typed."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual import on
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
    """Asks for an address or a path, and answers with what was added."""

    def __init__(self, keymap: Keymap, add: Add) -> None:
        super().__init__(keymap, "Add an article")
        self._add = add
        self._work: Worker[None] | None = None
        self._since = 0.0

    def parts(self) -> Sequence[Widget]:
        """Return the input and the line that tells how far it is."""
        return (
            text_input(placeholder=_EXAMPLE, id="add-source"),
            Static(id="add-progress"),
        )

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that begin and end it."""
        return (("enter", "add"), ("dialog.leave", "stop, leave"))

    def on_mount(self) -> None:
        """Count the seconds while there is work."""
        self._say("The address of a page, or the path of an .html, .txt or .md file.")
        self.set_interval(0.25, self._tell_progress)

    def action_leave(self) -> None:
        """Stop the work; without any, answer nothing."""
        if self._work is None:
            self.dismiss(None)
            return
        self._work.cancel()
        self._done("Stopped.")

    def action_keep(self) -> None:
        """Begin to add."""
        self._begin(self.query_one(Input).value.strip())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def _begin(self, source: str) -> None:
        if not source or self._work is not None:
            return
        self._since = monotonic()
        self._work = self.run_worker(partial(self._try, source))
        self._tell_progress()

    async def _try(self, source: str) -> None:
        try:
            added = await self._add(source)
        except AnnotatorError as error:
            self._done(f"Nothing was added. {error.message} {error.hint}".rstrip())
        else:
            self.dismiss(added)

    def _done(self, words: str) -> None:
        self._work = None
        self._say(words)

    def _tell_progress(self) -> None:
        if self._work is not None:
            seconds = int(monotonic() - self._since)
            self._say("Reading and cleaning it …" + (f" {seconds} s" if seconds else ""))

    def _say(self, words: str) -> None:
        self.query_one("#add-progress", Static).update(Content(words))
