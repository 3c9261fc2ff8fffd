"""The dialog in which something is chosen from a list that typing narrows."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from annotator.tui.dialogs.dialog import Answer, Dialog, Hints
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Row
from annotator.tui.widgets.fields import CompletedInput

MAX_ROWS = 200  # typing finds the rest sooner than scrolling


class Picker(Dialog[Answer]):
    """An input above a list. Text goes to the input, keys that move a cursor go to the list.

    `rows` returns the rows for what is typed. The answer is the key of the row under the
    cursor, which is on the one with the key `at` to begin with; `does` is a word for that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    HINTS: ClassVar[Hints] = (("enter", "choose"), ("dialog.leave", "cancel"))

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        placeholder: str,
        rows: Callable[[str], Sequence[Row]],
        *,
        does: str = "",
        leaves: str = "cancel",
        at: str | None = None,
    ) -> None:
        super().__init__(keymap, title)
        self._placeholder = placeholder
        self._hinted = (("enter", does), ("dialog.leave", leaves)) if does else self.HINTS
        self._first = at
        self.rows = rows
        self.led: Widget | None = None  # the list, after its cursor was moved by keys

    def parts(self) -> Sequence[Widget]:
        line = CompletedInput(placeholder=self._placeholder)
        line.use(self.completion)
        return (line, Listing(self.keymap, id="choices"))

    def completion(self, typed: str) -> str:  # noqa: ARG002  subclasses use it
        """Return what the right arrow makes of what was typed; empty for nothing."""
        return ""

    def hints(self) -> Hints:
        return self._hinted

    @property
    def typed(self) -> str:
        """The text of the first input, stripped; empty if the dialog is not open."""
        return next((line.value.strip() for line in self.query(Input)), "")

    @property
    def key(self) -> str:
        """The key of the row under the cursor; empty if there is none."""
        return next((listing.key for listing in self.query(Listing)), "")

    def typed_texts(self) -> Mapping[str, str]:
        return {"typed": self.typed} if self.typed else {}

    def type_again(self, texts: Mapping[str, str]) -> None:
        self.query_one(Input).value = texts.get("typed", "")

    def on_mount(self) -> None:
        self.query_one(Listing).can_focus = False
        self.refill(self._first)

    def refill(self, at: str | None = None) -> None:
        """Fill the list again, the cursor on the row with key `at`, or where it was."""
        for listing in self.query(Listing):  # none before it is mounted, and after it was closed
            listing.show(self.rows(self.typed), at=at)

    def narrow(self, typed: str) -> None:  # noqa: ARG002  subclasses use it
        """List the rows that match what was typed."""
        self.refill(at="")

    def action_submit(self) -> None:
        """Return the key of the row under the cursor."""
        if self.key:
            self.dismiss(cast("Answer", self.key))

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.led = self.query_one(Listing)
        self.led.action_cursor(by)

    def action_page(self, by: int) -> None:
        """Move the cursor by pages."""
        self.led = self.query_one(Listing)
        self.led.action_page(by)

    @on(Input.Changed)
    def _input_changed(self, event: Input.Changed) -> None:
        self.led = None
        self.narrow(event.value)
