"""Dialogs with a few answers, each on a key of its own: options, or yes and no."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.tui.dialogs.dialog import Dialog, Hints
from annotator.tui.keys.groups import keys_of
from annotator.tui.keys.key import bindings
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import ChoiceRow, Piece
from annotator.tui.textual_internals import bindings_of, set_bindings


class Option(NamedTuple):
    """An answer, the key that chooses it, its label, and a glyph before the label."""

    answer: str
    letter: str
    label: str
    glyph: Piece = Piece("")


class ChoiceDialog(Dialog[str]):
    """Returns the option that was chosen: with its own key, or with arrows and Enter."""

    AUTO_FOCUS = ""  # the dialog itself has the keys, so that letters are not those of a list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "move(1)", show=False),
        Binding("up,shift+tab", "move(-1)", show=False),
        Binding("enter", "submit", show=False),
    ]
    HINTS: ClassVar[Hints] = (("enter", "choose"), ("dialog.leave", "cancel"))

    def __init__(
        self, keymap: Keymap, title: str, options: Sequence[Option], current: str = ""
    ) -> None:
        super().__init__(keymap, title)
        self._options = options
        self._current = current
        letters = [
            Binding(option.letter, f"pick({place})", show=False)
            for place, option in enumerate(options)
            if option.letter
        ]
        set_bindings(self, [*bindings_of(self), *letters])

    def parts(self) -> Sequence[Widget]:
        """Return the list of options."""
        return (Listing(self.keymap, id="choices"),)

    def on_mount(self) -> None:
        """List the options, the cursor on the current one."""
        listing = self.query_one(Listing)
        listing.can_focus = False
        listing.show([*map(_row, self._options)], at=self._current)

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.query_one(Listing).action_cursor(by)

    def action_pick(self, place: int) -> None:
        """Return the option of a key."""
        self.dismiss(self._options[place].answer)

    def action_submit(self) -> None:
        """Return the option under the cursor."""
        self.dismiss(self.query_one(Listing).key)


class QuestionDialog(Dialog[bool]):
    """Returns True if the answer is yes. `Enter` is not yes, since it may be typed by habit."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("question")))
    HINTS: ClassVar[Hints] = (("question.yes", "yes"), ("dialog.leave", "no"))

    def __init__(self, keymap: Keymap, question: str, explanation: str) -> None:
        super().__init__(keymap, question)
        self._explanation = explanation
        keymap.bind(self, keys_of("question"))

    def parts(self) -> Sequence[Widget]:
        """Return the explanation."""
        return (Static(Content(self._explanation), id="question-explanation"),)

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(result=True)

    def action_submit(self) -> None:
        """Leave the question open: only its own key is an answer."""


def _row(option: Option) -> ChoiceRow:
    answer, letter, label, glyph = option
    start = f" {glyph.text} " if glyph.text else " "
    head = (Piece(f" {letter or ' '} ", "key"), Piece(start, glyph.role))
    return ChoiceRow(answer, label or answer, head=head)
