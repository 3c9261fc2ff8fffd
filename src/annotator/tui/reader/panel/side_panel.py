"""The panel beside the text: a title, and a list of places to jump to."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.tui.context import AppContext
from annotator.tui.lists.list_view import Listing
from annotator.tui.reader.panel.content import PanelContent, Subject
from annotator.tui.reader.panel.side_panel_rows import key_near, offset_of, side_rows
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

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._app_context = context
        self.subject: Subject = "marks"
        self.display = False

    def compose(self) -> ComposeResult:
        """Yield the title and the list."""
        yield Static(id="panel-title")
        yield Listing(self._app_context.keymap, id="panel-list")

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

    def show(self, subject: Subject, content: PanelContent, *, key: str | None = None) -> None:
        """List a subject, with the cursor on the row with that key, or where it was."""
        if subject == "changes":
            rows = list(content.changes.rows) if content.changes else []
        else:
            rows = side_rows(subject, content, self._app_context)
        self.subject = subject
        self.query_one("#panel-title", Static).update(Content(TITLES[subject]))
        self.listing.show(rows, at=key)

    def show_near(
        self, subject: Subject, content: PanelContent, offset: int, *, mark_id: str | None
    ) -> None:
        """List a subject, with the cursor on the mark, or else on the row nearest to `offset`."""
        key = mark_id if subject == "marks" else None
        if subject == "changes":
            key = ""
        elif not key:
            key = key_near(subject, offset, content.opened, content.marks)
        self.show(subject, content, key=key)

    def offset_of(self, key: str, content: PanelContent) -> int | None:
        """Return the offset that the row with that key leads to, whichever list it is from."""
        if key.startswith("paragraph:"):
            return content.changes.places.get(key) if content.changes else None
        return offset_of(key, content.opened, content.marks)

    @on(Listing.Chosen)
    def _choose(self, event: Listing.Chosen) -> None:
        event.stop()
        self.post_message(RowChosen(event.key))
