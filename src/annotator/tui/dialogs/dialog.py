"""The base of all dialogs: a frame with a title, its widgets, and the keys that end it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.tui.dialogs.keys import DIALOG_KEYS
from annotator.tui.keys.key import bindings
from annotator.tui.keys.keymap import Keymap, shown, shown_name
from annotator.tui.lists.text_fit import truncate
from annotator.tui.notifications import warn
from annotator.tui.theming.stylesheets import stylesheets

Answer = TypeVar("Answer")

_GAP = "  "  # between two keys
_QUOTE_WIDTH = 150  # cells: two or three lines


def quotation(words: str) -> Static:
    """Return a widget that shows the text that a dialog is about."""
    return Static(Content(truncate(" ".join(words.split()), _QUOTE_WIDTH)), id="dialog-quote")


def text_input(value: str = "", *, placeholder: str = "", id: str | None = None) -> Input:  # noqa: A002  Textual's name
    """Return an input, one line high, with a cursor that does not blink."""
    line = Input(value, placeholder=placeholder, id=id, compact=True)
    line.cursor_blink = False
    return line


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A modal screen that returns an answer, or `None` if it is cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(DIALOG_KEYS))
    CSS_PATH = stylesheets("dialogs/dialog", "lists/list_view", "widgets/cycle")
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012  as Textual declares it
    AUTO_FOCUS = "Input, TextArea, Listing, VerticalScroll"

    def __init__(self, keymap: Keymap, title: str) -> None:
        super().__init__()
        self.keymap = keymap
        self._title = title
        self._warned_of: object = None  # what was unsaved at the last attempt to cancel
        keymap.bind(self, DIALOG_KEYS)

    def compose(self) -> ComposeResult:
        """Yield the frame with the dialog's own widgets in it."""
        with Vertical(id="frame"):
            yield Static(Content(self._title), id="dialog-title")
            yield from self.parts()
            yield _Hints([*self._hints()])

    def parts(self) -> Sequence[Widget]:
        """Return the widgets between the title and the keys."""
        return ()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys to show, by id or by name, each with a word for what it does."""
        return (("dialog.keep", "save"), ("dialog.leave", "cancel"))

    def show_hints(self) -> None:
        """Show the keys again, because others can be used now."""
        self.query_one(_Hints).show([*self._hints()])

    def unsaved(self) -> object:
        """Return the text that cancelling would lose, if any."""
        return None

    def action_submit(self) -> None:
        """Close the dialog with its answer; one that only shows something has none."""
        self.dismiss(None)

    def action_cancel(self) -> None:
        """Close the dialog; if that loses text, only when asked twice with no change between."""
        unsaved = self.unsaved()
        if unsaved is None or unsaved == self._warned_of:
            self.dismiss(None)
            return
        self._warned_of = unsaved
        cancel, save = (shown(self.keymap.key(name)) for name in ("dialog.leave", "dialog.keep"))
        warn(self, f"Unsaved changes. Press {cancel} again to discard, {save} to save.")

    @on(Input.Submitted)
    def _input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_submit()

    def _hints(self) -> Iterator[Content]:
        for name, does in self.hints():
            key = shown(self.keymap.key(name)) if "." in name else shown_name(name)
            yield Content.assemble((key, "$primary"), (f" {does}", "$quiet"))


class _Hints(Widget):
    """Keys with what they do, on as many lines as they need. A line breaks only between keys."""

    def __init__(self, hints: Sequence[Content]) -> None:
        super().__init__(id="dialog-hints")
        self._all = hints

    def show(self, hints: Sequence[Content]) -> None:
        self._all = hints
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  the signature is Textual's
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines = [*self._all[:1]]
        for hint in self._all[1:]:
            longer = Content(_GAP).join((lines[-1], hint))
            if longer.cell_length <= width:
                lines[-1] = longer
            else:
                lines.append(hint)
        return lines
