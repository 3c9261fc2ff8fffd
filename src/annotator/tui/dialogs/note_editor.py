"""Writing a note: several lines, here or in the reader's own editor."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import SuspendNotSupported
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import TextArea

from annotator.errors import AnnotatorError
from annotator.tui.dialogs.dialog import Dialog, quotation
from annotator.tui.editor import edit
from annotator.tui.keymap import Keymap, shown
from annotator.tui.toasts import tell_error, warn


class NoteEditor(Dialog[str]):
    """Answers with the note as it is to be; what was typed is not lost by a single Esc."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, keymap: Keymap, quote: str, note: str) -> None:
        super().__init__(keymap, "Note")
        self._quote = quote
        self._note = note
        self._is_warned = False

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

    def action_leave(self) -> None:
        """Answer nothing; asked a second time if something would be lost."""
        if self.query_one(TextArea).text == self._note or self._is_warned:
            self.dismiss(None)
            return
        self._is_warned = True
        drop, keep = (shown(self.keymap.key(name)) for name in ("dialog.leave", "dialog.keep"))
        warn(self, f"What you wrote is not kept yet. {drop} again drops it, {keep} keeps it.")

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
