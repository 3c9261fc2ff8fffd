"""A card: all that is known of an article or a mark, to be read."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keymap import Keymap
from annotator.tui.keys import Key, bindings

Field = tuple[str, str]


class Card(Dialog[str]):
    """Fields, each a label and its text. Answers with the id of the key that was pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,i,enter", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "scroll(10)", show=False),
        Binding("b,pageup", "scroll(-10)", show=False),
    ]

    def __init__(
        self, keymap: Keymap, title: str, fields: Sequence[Field], keys: Sequence[Key] = ()
    ) -> None:
        super().__init__(keymap, title)
        self._fields = fields
        self._keys = keymap.of(keys)
        for binding in bindings(self._keys):
            self._bindings.bind(binding.key, f"answer('{binding.id}')")

    def parts(self) -> Sequence[Widget]:
        """Return the fields."""
        return (VerticalScroll(*(_field(*field) for field in self._fields if field[1])),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that lead on, and the one that ends."""
        leading = tuple((key.id, key.brief.lower()) for key in self._keys)
        return (*leading, ("dialog.leave", "close"))

    def action_answer(self, key_id: str) -> None:
        """Answer with the key that was pressed."""
        self.dismiss(key_id)

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


def _field(label: str, text: str) -> Horizontal:
    return Horizontal(
        Static(Content(label), classes="label"),
        Static(Content(text), classes="text"),
        classes="card-field",
    )
