"""Choosing from a list while typing: the letters narrow it, the arrows move in it."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from annotator.tui.dialogs.dialog import Answer, Dialog, text_input
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Row


class Picker(Dialog[Answer]):
    """An input above a list; what is typed goes to the input, whatever moves goes to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, keymap: Keymap, title: str, placeholder: str) -> None:
        super().__init__(keymap, title)
        self._placeholder = placeholder

    def parts(self) -> Sequence[Widget]:
        """Return the input and the list."""
        return (text_input(placeholder=self._placeholder), Listing(self.keymap, id="choices"))

    def rows(self, typed: str) -> Sequence[Row]:
        """Return what there is to choose from when this is typed."""
        raise NotImplementedError

    @property
    def typed(self) -> str:
        """What is typed, without the white space around it."""
        return self.query_one(Input).value.strip()

    @property
    def key(self) -> str:
        """The key of the row under the cursor, or nothing."""
        return self.query_one(Listing).key

    def on_mount(self) -> None:
        """Leave the keys to the input, and show what there is."""
        self.query_one(Listing).can_focus = False
        self.refill()

    def refill(self, at: str | None = None) -> None:
        """Show the rows anew, the cursor on the one with key `at`, or where it was."""
        for listing in self.query(Listing):  # none before the dialog is on the screen
            listing.show(self.rows(self.typed), at=at)

    def narrow(self, typed: str) -> None:  # noqa: ARG002  what the list asks for by itself
        """Show what is meant by what is typed now."""
        self.refill(at="")

    def chosen(self) -> None:
        """Act on a row that was clicked on."""
        self.action_keep()

    def action_keep(self) -> None:
        """Answer with what is chosen."""
        raise NotImplementedError

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.query_one(Listing).action_cursor(by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self.query_one(Listing).action_page(by)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.narrow(event.value)

    @on(Listing.Chosen)
    def _clicked(self, event: Listing.Chosen) -> None:
        event.stop()
        self.chosen()
