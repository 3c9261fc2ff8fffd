"""The panel beside the text: a title, and a list of what one can jump to."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.tui.keymap import Keymap
from annotator.tui.rows import Row
from annotator.tui.widgets.listing import Listing

Lasting = Literal["marks", "contents", "removed"]  # what there is of every article
Subject = Lasting | Literal["changes"]

TITLES: dict[Subject, str] = {
    "marks": "Marks",
    "contents": "Contents",
    "removed": "Removed from the page",
    "changes": "What changed",
}

NARROWEST, WIDEST = 30, 44  # cells; below, quotes are shreds, above, the text has better use
LEAST_TEXT = 56  # cells of text that are still read with ease beside the panel
_AROUND = 7  # cells that the text needs at its sides: gutter, progress, air
_LEFT_OVER = 12  # cells of text that stay in sight beside a panel that covers it


class Placement(Struct, frozen=True):
    """How wide the panel is, and how many cells the text gives up for it."""

    width: int
    taken: int = 0
    hides_text: bool = False


def placement(screen: int, text: int) -> Placement:
    """Return where the panel goes on a screen of this width, with a text of that width.

    In the text's own margin if that is wide enough, so that nothing moves;
    else beside it, if the text fits; else over it.
    """
    margin = (screen - text - _AROUND) // 2
    if margin >= NARROWEST:
        return Placement(min(WIDEST, margin))
    if screen - NARROWEST - _AROUND >= min(text, LEAST_TEXT):
        width = max(NARROWEST, min(WIDEST, screen - text - _AROUND))
        return Placement(width, taken=width)
    return Placement(max(1, min(WIDEST, screen - _LEFT_OVER)), hides_text=True)


class SidePanel(Vertical):
    """Marks, contents, removed text or changes. It says what is chosen; others go there."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self.subject: Subject = "marks"
        self.display = False

    def compose(self) -> ComposeResult:
        """Give the title and the list."""
        yield Static(id="panel-title")
        yield Listing(self._keymap, id="panel-list")

    async def open(self, beside: Widget) -> None:
        """Come into sight; when it is first wanted, it becomes a part of `beside`."""
        if not self.is_attached:
            await beside.mount(self)
        self.display = True

    @property
    def listing(self) -> Listing:
        """The list that takes the keys."""
        return self.query_one(Listing)

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the list."""
        return bool(self.children) and self.listing.has_focus

    @property
    def key(self) -> str:
        """The key of the row under the cursor, or nothing."""
        return self.listing.key

    def show(self, subject: Subject, rows: Sequence[Row], *, at: str | None = None) -> None:
        """Show `rows`, the cursor on the one with key `at`, or where it was."""
        self.subject = subject
        self.query_one("#panel-title", Static).update(Content(TITLES[subject]))
        self.listing.show(rows, at=at)
