"""The form for the details of a claim."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.model import CLAIM_FIELDS, Claim, ClaimField
from annotator.tui.dialogs.dialog import Dialog, quotation, text_input
from annotator.tui.keys.keymap import Keymap
from annotator.tui.widgets.cycle import Cycle

NONE = "–"


class ClaimForm(Dialog[Claim]):
    """Returns the claim as it was filled in. A single Esc does not discard changes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]

    def __init__(self, keymap: Keymap, quote: str, claim: Claim | None) -> None:
        super().__init__(keymap, "Details")
        self._quote = quote
        self._claim = claim or Claim()

    def parts(self) -> Sequence[Widget]:
        """Return the quotation and the fields."""
        fields = (_labelled(field.label, self._entry(field)) for field in CLAIM_FIELDS)
        return quotation(self._quote), VerticalScroll(*fields, can_focus=False)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that move, save and cancel."""
        return (
            ("enter", "save"),
            ("tab", "next field"),
            ("right", "choose"),
            ("dialog.leave", "cancel"),
        )

    def action_submit(self) -> None:
        """Return the claim."""
        self.dismiss(self._filled_in())

    def unsaved(self) -> Claim | None:
        """Return the claim if it was changed."""
        claim = self._filled_in()
        return claim if claim != self._claim else None

    def _filled_in(self) -> Claim:
        return self._claim.with_values({field.name: self._value(field) for field in CLAIM_FIELDS})

    def _entry(self, field: ClaimField) -> Cycle | Input:
        """Return the widget for a field."""
        value = field.of(self._claim)
        if not field.choices:
            return text_input(value, placeholder=field.placeholder, id=field.key)
        options = (NONE, *field.choices) if field.is_optional else field.choices
        return Cycle(options, value or NONE, id=field.key)

    def _value(self, field: ClaimField) -> str:
        if not field.choices:
            return self.query_one(f"#{field.key}", Input).value
        value = self.query_one(f"#{field.key}", Cycle).value
        return "" if value == NONE else value


def _labelled(label: str, widget: Widget) -> Horizontal:
    return Horizontal(Static(Content(label), classes="label"), widget, classes="field")
