"""The panel beside the text: a title, and a list of places to jump to."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Row
from annotator.tui.reader.pane import Subject
from annotator.tui.theming.stylesheets import add_styles
from annotator.tui.widgets.messages import RowChosen

TITLES: dict[Subject, str] = {
    "marks": "Marks",
    "contents": "Contents",
    "removed": "Removed from the page",
    "changes": "What changed",
}


class SidePanel(Vertical):
    """Lists marks, headings, removed text or changes. Posts `RowChosen`."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap = keymap
        self.subject: Subject = "marks"
        self.display = False

    def compose(self) -> ComposeResult:
        """Yield the title and the list."""
        yield Static(id="panel-title")
        yield Listing(self._keymap, id="panel-list")

    async def open(self, parent: Widget) -> None:
        """Show the panel; the first time, mount it in `parent`."""
        if not self.is_attached:
            add_styles(parent.app, "reader/side_panel", "lists/list_view")
            await parent.mount(self)
        self.display = True

    @property
    def listing(self) -> Listing:
        """The list, which takes the focus."""
        return self.query_one(Listing)

    @property
    def has_keys(self) -> bool:
        """Whether the list has the focus."""
        return bool(self.children) and self.listing.has_focus

    @property
    def key(self) -> str:
        """The key of the row under the cursor, or nothing."""
        return self.listing.key

    def show(self, subject: Subject, rows: Sequence[Row], *, at: str | None = None) -> None:
        """List `rows`, with the cursor on the one with key `at`, or where it was."""
        self.subject = subject
        self.query_one("#panel-title", Static).update(Content(TITLES[subject]))
        self.listing.show(rows, at=at)

    @on(Listing.Chosen)
    def _choose(self, event: Listing.Chosen) -> None:
        event.stop()
        self.post_message(RowChosen(event.key))
