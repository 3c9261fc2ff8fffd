"""Writing a note: several lines, here or in the reader's own editor."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import SuspendNotSupported
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from annotator.errors import AnnotatorError
from annotator.tui.dialogs.dialog import Dialog, quotation
from annotator.tui.keys.keymap import Keymap
from annotator.tui.notifications import tell_error, warn
from annotator.tui.terminal.external import edit


class NoteEditor(Dialog[str]):
    """Answers with the note as it is to be; what was typed is not lost by a single Esc."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, keymap: Keymap, quote: str, note: str) -> None:
        super().__init__(keymap, "Note")
        self._quote = quote
        self._note = note

    def parts(self) -> Sequence[Widget]:
        """Return the words that the note is about, and the text."""
        area = TextArea(self._note, soft_wrap=True, show_line_numbers=False, compact=True)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        return (quotation(self._quote), area)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that end it."""
        return (("dialog.keep", "keep"), ("dialog.editor", "$EDITOR"), ("dialog.leave", "leave"))

    def action_keep(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(TextArea).text)

    def unkept(self) -> str | None:
        """Return the text if it is not the note that is kept."""
        text = self.query_one(TextArea).text
        return text if text != self._note else None

    def action_editor(self) -> None:
        """Hand the text to the reader's editor, and take it back."""
        area = self.query_one(TextArea)
        try:
            with self.app.suspend():
                text = edit(area.text)
        except SuspendNotSupported:
            warn(self, "An editor cannot be opened here.")
        except AnnotatorError as error:
            tell_error(self, error)
        else:
            area.text = text
        self.app.refresh(layout=True)
