"""The dialog that shows the progress of a refresh."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
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

    from annotator.usecases.refresh import RefreshAttempt, RefreshOutcome

Report = Callable[["RefreshAttempt"], None]
Run = Callable[[Report], Awaitable["Sequence[RefreshAttempt]"]]

_OUTCOMES: "Mapping[RefreshOutcome, str]" = {
    "unchanged": "unchanged",
    "revised": "revised",
    "recleaned": "cleaned better",
    "kept": "kept (your saved copy is better)",
    "gone": "gone",
    "no-url": "without a URL",
}
_EXPLANATION = "Up to eight pages are fetched at once, two at most from one site."
_TITLE_WIDTH = 60  # cells


class RefreshDialog(Dialog["Sequence[RefreshAttempt]"]):
    """Runs a refresh, and returns the attempts that finished, also if it is cancelled.

    The refresh of a single article starts at once, that of several on Enter.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]
    AUTO_FOCUS = ""

    def __init__(self, keymap: Keymap, number: int, run: Run) -> None:
        super().__init__(keymap, f"Refresh {count(number, 'article')}")
        self._number = number
        self._run = run
        self._finished: list[RefreshAttempt] = []
        self._work: Worker[None] | None = None

    def parts(self) -> Sequence[Widget]:
        """Return the line of progress."""
        return (Static(id="refresh-progress"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that start and cancel it."""
        start = (("enter", "start"),) if self._number > 1 else ()
        return (*start, ("dialog.leave", "cancel"))

    def on_mount(self) -> None:
        """Start with a single article; explain first what happens with several."""
        if self._number > 1:
            self._show(_EXPLANATION)
        else:
            self.action_submit()

    def action_submit(self) -> None:
        """Start."""
        if self._work is None:
            self._work = self.run_worker(self._refresh)
            self._show_progress("")

    def action_cancel(self) -> None:
        """Stop, and return the attempts that finished before."""
        if self._work is not None:
            self._work.cancel()
        self.dismiss(tuple(self._finished))

    async def _refresh(self) -> None:
        self.dismiss(await self._run(self._report))

    def _report(self, attempt: "RefreshAttempt") -> None:
        self._finished.append(attempt)
        title = attempt.record.title or attempt.record.url
        words = f"{describe_outcome(attempt)}: {truncate(title, _TITLE_WIDTH)}"
        self._show_progress(f"\n{words}")

    def _show_progress(self, latest: str) -> None:
        if self._number > 1:
            self._show(f"{len(self._finished)} of {self._number}{latest}")
        else:
            self._show("Fetching and cleaning …")

    def _show(self, words: str) -> None:
        self.query_one("#refresh-progress", Static).update(Content(words))


def describe_outcome(attempt: "RefreshAttempt") -> str:
    """Return the outcome of an attempt in the words of a list, such as `1 unchanged`."""
    return _OUTCOMES[attempt.refreshed.outcome] if attempt.refreshed else "failed"
