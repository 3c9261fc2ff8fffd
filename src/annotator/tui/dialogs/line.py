"""The dialog that asks for one line of text, and says of what is typed what it would do."""

from collections.abc import Callable, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from annotator.model import tags
from annotator.tui.dialogs.dialog import Dialog, Hints, text_input
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.text_fit import truncate
from annotator.tui.notifications import warn
from annotator.tui.textual_internals import show_text

_TITLE_WIDTH = 60  # cells


class LineDialog(Dialog[str]):
    """Returns another text than the one `before`, or None if it is left as it was.

    What is no name (`is_name`) is typed over as a whole, and returned in any case. `explain` says
    for each text that is typed what it would do, and `wrong` why it is none.
    """

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        before: str,
        *,
        explain: Callable[[str], str],
        does: str,
        wrong: Callable[[str], str] = lambda text: "" if text else "Type a name.",
        is_name: bool = True,
    ) -> None:
        super().__init__(keymap, truncate(title, _TITLE_WIDTH))
        self._before = before
        self._explain = explain
        self._does = does
        self._wrong = wrong
        self._is_name = is_name

    def parts(self) -> Sequence[Widget]:
        """Return the input and the explanation."""
        return (
            text_input(self._before, id="new-name"),
            Static(Content(self._explain(self._before)), id="name-explanation"),
        )

    def hints(self) -> Hints:
        """Return the keys that answer and cancel."""
        return (("enter", self._does), ("dialog.leave", "cancel"))

    def on_mount(self) -> None:
        """Select the last level of a name, which is what is changed most often, or else all."""
        line, end = self.query_one(Input), len(self._before)
        line.select_on_focus = False
        start = self._before.rfind(tags.SEPARATOR) + 1 if self._is_name else 0
        line.selection = Selection(start, end)

    def action_submit(self) -> None:
        """Return the text, unless it is wrong; leave if it is as before."""
        text = self.query_one(Input).value.strip()
        if words := self._wrong(text):
            warn(self, words)
        else:
            self.dismiss(None if self._is_name and text == self._before else text)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        words = self._explain(event.value.strip())
        show_text(self.query_one("#name-explanation", Static), Content(words))
