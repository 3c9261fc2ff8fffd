"""Asking for articles anew: how far it is, until it is done or stopped; what is done stays."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.model.labels import count
from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.text_fit import truncate

if TYPE_CHECKING:
    from textual.worker import Worker

    from annotator.usecases.refresh import RefreshAttempt

Report = Callable[["RefreshAttempt"], None]
Run = Callable[[Report], Awaitable["Sequence[RefreshAttempt]"]]

_MANNERS = "Eight are asked for at once, and no more than two of one site."
_TITLE = 60  # cells


class RefreshDialog(Dialog["Sequence[RefreshAttempt]"]):
    """Runs the work, one article at once, many when told to. Answers with what ended of it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False)]
    AUTO_FOCUS = ""

    def __init__(self, keymap: Keymap, number: int, run: Run) -> None:
        super().__init__(keymap, f"Ask for {count(number, 'article')} anew")
        self._number = number
        self._run = run
        self._ended: list[RefreshAttempt] = []
        self._work: Worker[None] | None = None

    def parts(self) -> Sequence[Widget]:
        """Return the line that tells how far it is."""
        return (Static(id="refresh-progress"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that begin and end it."""
        begins = (("enter", "begin"),) if self._number > 1 else ()
        return (*begins, ("dialog.leave", "stop, leave"))

    def on_mount(self) -> None:
        """Begin with one article; ask before many."""
        if self._number > 1:
            self._say(_MANNERS)
        else:
            self.action_keep()

    def action_keep(self) -> None:
        """Begin."""
        if self._work is None:
            self._work = self.run_worker(self._refresh)
            self._tell_progress("")

    def action_leave(self) -> None:
        """Stop the work, and answer with what ended before."""
        if self._work is not None:
            self._work.cancel()
        self.dismiss(tuple(self._ended))

    async def _refresh(self) -> None:
        self.dismiss(await self._run(self._report))

    def _report(self, attempt: "RefreshAttempt") -> None:
        self._ended.append(attempt)
        outcome = attempt.refreshed.outcome if attempt.refreshed else "failed"
        title = attempt.record.title or attempt.record.url
        self._tell_progress(f"\n{outcome}: {truncate(title, _TITLE)}")

    def _tell_progress(self, latest: str) -> None:
        if self._number > 1:
            self._say(f"{len(self._ended)} of {self._number}{latest}")
        else:
            self._say("Asking for it and cleaning it …")

    def _say(self, words: str) -> None:
        self.query_one("#refresh-progress", Static).update(Content(words))
