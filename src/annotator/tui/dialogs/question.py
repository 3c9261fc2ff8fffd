"""A question before something that cannot be undone."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.key import bindings
from annotator.tui.keys.keymap import Keymap
from annotator.tui.keys.tables.dialogs import QUESTION_KEYS


class QuestionDialog(Dialog[bool]):
    """Returns True if the answer is yes. `Enter` is not yes, since it may be typed by habit."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(QUESTION_KEYS))

    def __init__(self, keymap: Keymap, question: str, explanation: str) -> None:
        super().__init__(keymap, question)
        self._explanation = explanation
        keymap.bind(self, QUESTION_KEYS)

    def parts(self) -> Sequence[Widget]:
        """Return the explanation."""
        return (Static(Content(self._explanation), id="question-explanation"),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys for yes and no."""
        return (("question.yes", "yes"), ("dialog.leave", "no"))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(result=True)

    def action_submit(self) -> None:
        """Leave the question open: only its own key is an answer."""
