"""The fields of a claim: what is said, by whom, when, of what type, and how it fared."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
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
    """Answers with the claim as it is to be; fields are not lost by a single Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False)]

    def __init__(self, keymap: Keymap, quote: str, claim: Claim | None) -> None:
        super().__init__(keymap, "The claim")
        self._quote = quote
        self._claim = claim or Claim()

    def parts(self) -> Sequence[Widget]:
        """Return the words and the fields."""
        fields = (_field(field.label, self._entry(field)) for field in CLAIM_FIELDS)
        return quotation(self._quote), VerticalScroll(*fields, can_focus=False)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that move and end."""
        return (
            ("enter", "keep"),
            ("tab", "next field"),
            ("right", "choose"),
            ("dialog.leave", "leave"),
        )

    def action_keep(self) -> None:
        """Answer with what the fields say."""
        self.dismiss(self._said())

    def unkept(self) -> Claim | None:
        """Return what the fields say if it is not the claim that is kept."""
        said = self._said()
        return said if said != self._claim else None

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    def _said(self) -> Claim:
        return self._claim.with_values({field.name: self._value(field) for field in CLAIM_FIELDS})

    def _entry(self, field: ClaimField) -> Cycle | Input:
        """Return the widget in which a field is chosen or typed."""
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


def _field(label: str, widget: Widget) -> Horizontal:
    return Horizontal(Static(Content(label), classes="label"), widget, classes="field")
