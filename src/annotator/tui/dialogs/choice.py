"""Small questions: options or yes and no, each on a key of its own, and one line of text.

What is typed into the line is explained: what it would do, or why it cannot be taken.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from annotator.model import tags
from annotator.tui.dialogs.dialog import Dialog, Hints, text_input
from annotator.tui.frame.notifications import warn
from annotator.tui.keys.groups import bindings, keys_of
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import ChoiceRow, Piece, truncate
from annotator.tui.textual_internals import bindings_of, set_bindings, show_text

_TITLE_WIDTH = 60  # cells


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
        return (Listing(self.keymap, id="choices"),)

    def on_mount(self) -> None:
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
        return (Static(Content(self._explanation), id="question-explanation"),)

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(result=True)

    def action_submit(self) -> None:
        """Leave the question open: only its own key is an answer."""


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
        return (
            text_input(self._before, id="new-name"),
            Static(Content(self._explain(self._before)), id="name-explanation"),
        )

    def hints(self) -> Hints:
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


def _row(option: Option) -> ChoiceRow:
    answer, letter, label, glyph = option
    start = f" {glyph.text} " if glyph.text else " "
    head = (Piece(f" {letter or ' '} ", "key"), Piece(start, glyph.role))
    return ChoiceRow(answer, label or answer, head=head)
