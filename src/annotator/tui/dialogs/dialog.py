"""What all dialogs have: a frame with a title, the keys that end it, and an answer."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

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
_QUOTE = 150  # cells of the words that a dialog is about: two lines or three


def quotation(words: str) -> Static:
    """Return the words that a dialog is about."""
    return Static(Content(truncate(" ".join(words.split()), _QUOTE)), id="dialog-quote")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A question over a screen. Leaving it answers nothing."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(DIALOG_KEYS))
    CSS_PATH = stylesheets("dialogs/dialog", "lists/list_view", "widgets/cycle")
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012  as Textual declares it
    AUTO_FOCUS = "Input, TextArea, Listing, VerticalScroll"

    def __init__(self, keymap: Keymap, title: str) -> None:
        super().__init__()
        self.keymap = keymap
        self._title = title
        self._told_of: object = None  # what was written when leaving was last tried
        keymap.bind(self, DIALOG_KEYS)

    def compose(self) -> ComposeResult:
        """Give the frame, with the dialog's own parts in it."""
        with Vertical(id="frame"):
            yield Static(Content(self._title), id="dialog-title")
            yield from self.parts()
            yield _Hints([*self._hints()])

    def parts(self) -> Sequence[Widget]:
        """Return what stands between the title and the keys."""
        return ()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return keys with what they do, by a key's id or by its name."""
        return (("dialog.keep", "keep"), ("dialog.leave", "leave"))

    def unkept(self) -> object:
        """Return what a person wrote here and would lose by leaving, if there is anything."""
        return None

    def action_leave(self) -> None:
        """Answer nothing; asked a second time, with nothing written since, if that loses work."""
        unkept = self.unkept()
        if unkept is None or unkept == self._told_of:
            self.dismiss(None)
            return
        self._told_of = unkept
        drop, keep = (shown(self.keymap.key(name)) for name in ("dialog.leave", "dialog.keep"))
        warn(self, f"What you wrote is not kept yet. {drop} again drops it, {keep} keeps it.")

    def _hints(self) -> Iterator[Content]:
        for name, does in self.hints():
            key = shown(self.keymap.key(name)) if "." in name else shown_name(name)
            yield Content.assemble((key, "$primary"), (f" {does}", "$quiet"))


class _Hints(Widget):
    """Keys with what they do, on as many lines as they need, none of them parted."""

    def __init__(self, hints: Sequence[Content]) -> None:
        super().__init__(id="dialog-hints")
        self._given = hints

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  the signature is Textual's
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.size.width))

    def _lines(self, width: int) -> list[Content]:
        lines = [*self._given[:1]]
        for hint in self._given[1:]:
            longer = Content(_GAP).join((lines[-1], hint))
            if longer.cell_length <= width:
                lines[-1] = longer
            else:
                lines.append(hint)
        return lines


def text_input(value: str = "", *, placeholder: str = "", id: str | None = None) -> Input:  # noqa: A002  Textual's name
    """Return a line to type in, one cell high, whose cursor does not blink."""
    line = Input(value, placeholder=placeholder, id=id, compact=True)
    line.cursor_blink = False
    return line
