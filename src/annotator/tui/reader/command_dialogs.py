"""The dialogs of the user's own commands: which one, and what it printed."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.settings.settings import UserCommand
from annotator.tui.dialogs.details import FieldsDialog
from annotator.tui.dialogs.dialog import Hints
from annotator.tui.dialogs.picker import Picker
from annotator.tui.keys.keymap import Keymap, shown_name, textual_name
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import pad, truncate
from annotator.tui.notifications import tell

MAX_SHOWN = 50_000  # characters; `y` copies everything

_BECOMES = {"nothing": "", "show": "shown", "note": "note"}


class _CommandRow(Struct, frozen=True):
    """A command: its name, what it gets and what becomes of its output, and its key."""

    HEIGHT: ClassVar = 1

    key: str  # the number of the command in the settings
    command: UserCommand
    key_width: int

    def lines(self, width: int) -> Sequence[Line]:
        """Return the name, what it is about, and the key at the right."""
        command = self.command
        key = pad(_shown_key(command), self.key_width)
        becomes = _BECOMES[command.output]
        about = f"{command.what} → {becomes}" if becomes else command.what
        about = truncate(about, width // 3)
        name = pad(command.name, max(1, width - len(about) - self.key_width - 5))
        return ((Piece(f" {name} "), Piece(f"{about}  ", "quiet"), Piece(key, "key"), Piece(" ")),)


def _shown_key(command: UserCommand) -> str:
    return shown_name(textual_name(command.key)) if command.key else ""


def command_picker(keymap: Keymap, commands: Sequence[UserCommand]) -> Picker[str]:
    """Return the dialog that returns the number of a command in the settings."""
    key_width = max((len(_shown_key(command)) for command in commands), default=0)

    def rows(typed: str) -> Sequence[Row]:
        """Return the commands with the words typed."""
        words = typed.casefold().split()
        matches = [
            _CommandRow(str(number), command, key_width)
            for number, command in enumerate(commands)
            if all(word in command.name.casefold() for word in words)
        ]
        return matches or [Remark(" No such command.")]

    title, placeholder = "Pass to a command", "Type a part of its name"
    return Picker(keymap, title, placeholder, rows, does="run", leaves="close")


class OutputDialog(FieldsDialog[None]):
    """Shows what a command printed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", show=False)]

    def __init__(
        self, keymap: Keymap, name: str, printed: str, copy: Callable[[str], None]
    ) -> None:
        super().__init__(keymap, name, ())
        self._printed = printed
        self._copy = copy

    def parts(self) -> Sequence[Widget]:
        """Return the text, which can be scrolled."""
        shown = self._printed[:MAX_SHOWN]
        more = "" if shown == self._printed else "\n…"
        return (VerticalScroll(Static(Content(f"{shown}{more}"))),)

    def hints(self) -> Hints:
        """Return the keys that copy, scroll and close."""
        return (("y", "copy"), ("space", "page"), ("dialog.leave", "close"))

    def action_copy(self) -> None:
        """Copy the text to the clipboard."""
        self._copy(self._printed)
        tell(self, "Copied.")
