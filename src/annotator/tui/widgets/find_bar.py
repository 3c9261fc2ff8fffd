"""The find bar, shown in place of the status bar."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.tui.messages import SearchChanged, SearchClosed
from annotator.tui.textual_internals import show_text
from annotator.tui.theming import add_styles


class FindBar(Horizontal):
    """An input for a search, with the number of matches."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g", "leave", show=False)]

    def __init__(self, placeholder: str = "Find") -> None:
        super().__init__()
        self._placeholder = placeholder
        self._count = ""
        self.display = False

    async def open(self, below: Widget, text: str | None = None) -> None:
        """Take the focus, with the text of the last search selected, or with another `text`.

        The first time, the bar is mounted in `below`.
        """
        if not self.is_attached:
            add_styles(below.app, "widgets/find_bar")
            await below.mount(self)
        self.display = True
        line = self.query_one(Input)
        if text is not None:
            with line.prevent(Input.Changed):
                line.value = text
        line.focus()
        line.action_select_all()

    def compose(self) -> ComposeResult:
        line = Input(placeholder=self._placeholder, id="find-input", compact=True)
        line.cursor_blink = False
        yield Static(Content("/"), id="find-prompt")
        yield line
        yield Static(id="find-count")

    def show_count(self, words: str) -> None:
        """Show the number of matches."""
        if words != self._count:  # each update lays the screen out again
            self._count = words
            show_text(self.query_one("#find-count", Static), Content(words))

    def action_leave(self) -> None:
        """Close the bar and discard the search."""
        self._close(is_kept=False)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(SearchChanged(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._close(is_kept=bool(event.value.strip()))

    def _close(self, *, is_kept: bool) -> None:
        self.display = False
        self.post_message(SearchClosed(is_kept=is_kept))
