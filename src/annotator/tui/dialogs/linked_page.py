"""The dialog that asks whether to add a page that a link leads to, and adds it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.errors import AnnotatorError
from annotator.model.text import clean_line
from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.keymap import Keymap
from annotator.tui.notifications import tell_error

if TYPE_CHECKING:
    from textual.worker import Worker

    from annotator.usecases.articles.add import Stage

Report = Callable[["Stage"], None]

BROWSE = "browse"  # the answer for a page that is to be opened in the browser

_STAGES: "Mapping[Stage, str]" = {"fetching": "Fetching …", "cleaning": "Cleaning …"}
_QUESTION = "This page is not in your library."


class LinkedPageDialog(Dialog[str]):
    """Returns the id of the article once it is added, or `BROWSE`, or None if cancelled.

    `add` adds the page and returns the id of its article.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False),
        Binding("o", "browse", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self, keymap: Keymap, address: str, add: Callable[[Report], Awaitable[str]]
    ) -> None:
        super().__init__(keymap, "Follow a link")
        self._address = clean_line(address)
        self._add = add
        self._work: Worker[None] | None = None

    def parts(self) -> Sequence[Widget]:
        """Return the address, and the line of progress."""
        address = Static(Content(self._address), id="linked-address")
        return address, Static(Content(_QUESTION), id="linked-progress")

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that add it, open it elsewhere, and cancel."""
        return (("enter", "add and read"), ("o", "browser"), ("dialog.leave", "cancel"))

    def action_submit(self) -> None:
        """Begin to add the page."""
        if self._work is None:
            self._work = self.run_worker(self._run)

    def action_browse(self) -> None:
        """Stop, and let the browser show the page."""
        self._stop(BROWSE)

    def action_cancel(self) -> None:
        """Stop."""
        self._stop(None)

    def _stop(self, answer: str | None) -> None:
        if self._work is not None:
            self._work.cancel()
        self.dismiss(answer)

    async def _run(self) -> None:
        try:
            self.dismiss(await self._add(self._report))
        except AnnotatorError as error:
            tell_error(self, error)
            self.dismiss(None)

    def _report(self, stage: "Stage") -> None:
        self.query_one("#linked-progress", Static).update(Content(_STAGES[stage]))
