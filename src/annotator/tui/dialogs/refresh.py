"""The dialog that refreshes one article."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.keymap import Keymap

if TYPE_CHECKING:
    from textual.worker import Worker

    from annotator.usecases.articles.refresh import RefreshAttempt, RefreshOutcome

Run = Callable[[], Awaitable["RefreshAttempt"]]

_OUTCOMES: "Mapping[RefreshOutcome, str]" = {
    "unchanged": "unchanged",
    "revised": "revised",
    "recleaned": "cleaned better",
    "kept": "kept (your saved copy is better)",
    "gone": "gone",
    "no-url": "without a URL",
}


class RefreshDialog(Dialog["RefreshAttempt"]):
    """Refreshes one article, and returns the attempt, or None if it is cancelled."""

    AUTO_FOCUS = ""

    def __init__(self, keymap: Keymap, run: Run) -> None:
        super().__init__(keymap, "Refresh 1 article")
        self._run = run
        self._work: Worker[None] | None = None

    def parts(self) -> Sequence[Widget]:
        """Return the line of progress."""
        return (Static(Content("Fetching and cleaning …"), id="refresh-progress"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the key that cancels it."""
        return (("dialog.leave", "cancel"),)

    def on_mount(self) -> None:
        """Start."""
        self._work = self.run_worker(self._refresh)

    def action_submit(self) -> None:
        """Wait on: there is nothing to save."""

    def action_cancel(self) -> None:
        """Stop."""
        if self._work is not None:
            self._work.cancel()
        self.dismiss(None)

    async def _refresh(self) -> None:
        self.dismiss(await self._run())


def describe_outcome(attempt: "RefreshAttempt") -> str:
    """Return the outcome of an attempt in the words of a list, such as `1 unchanged`."""
    return _OUTCOMES[attempt.refreshed.outcome] if attempt.refreshed else "failed"
