"""The editor for notes of several lines, which can hand over to $EDITOR."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import SuspendNotSupported
from textual.widget import Widget
from textual.widgets import TextArea

from annotator.errors import AnnotatorError
from annotator.tui.dialogs.dialog import Dialog, Hints, quotation
from annotator.tui.keys.keymap import Keymap
from annotator.tui.notifications import tell_error, warn
from annotator.tui.terminal.driver import lent_terminal
from annotator.tui.terminal.external import edit


class NoteEditor(Dialog[str]):
    """Returns the text of the note. A single Esc does not discard changes."""

    HINTS: ClassVar[Hints] = (
        ("dialog.keep", "save"),
        ("dialog.editor", "open in $EDITOR"),
        ("dialog.leave", "cancel"),
    )

    def __init__(self, keymap: Keymap, quote: str, note: str) -> None:
        super().__init__(keymap, "Note")
        self._quote = quote
        self._note = note

    def parts(self) -> Sequence[Widget]:
        area = TextArea(self._note, soft_wrap=True, show_line_numbers=False, compact=True)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        return (quotation(self._quote), area)

    def action_submit(self) -> None:
        """Return the text."""
        self.finish(self.current())

    def current(self) -> str:
        return self.query_one(TextArea).text

    def text_to_copy(self) -> str:
        return self.current()

    def unsaved(self) -> str | None:
        text = self.current()
        return text if text != self._note else None

    def typed_texts(self) -> Mapping[str, str]:
        return {} if self.unsaved() is None else {"text": self.current(), "before": self._note}

    def type_again(self, texts: Mapping[str, str]) -> None:
        area, text = self.query_one(TextArea), texts.get("text", "")
        is_same = texts.get("before", "") == self._note
        area.text = text if is_same else f"{self._note}\n\n{text}"
        area.move_cursor(area.document.end)

    def action_editor(self) -> None:
        """Edit the text in the reader's own editor."""
        area = self.query_one(TextArea)
        try:
            with lent_terminal(self.app):
                text = edit(area.text)
        except SuspendNotSupported:
            warn(self, "An editor can’t be opened here.")
        except AnnotatorError as error:
            tell_error(self, error)
        else:
            area.text = text
        self.app.refresh(layout=True)
