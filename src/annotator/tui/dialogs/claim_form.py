"""The fields of a claim: what is said, by whom, when, of what type, and how it fared."""

from collections.abc import Sequence
from typing import ClassVar, cast, get_args

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from annotator.model import Claim, ClaimType, Confidence, Status
from annotator.tui.dialogs.dialog import Dialog, quotation, text_input
from annotator.tui.keys.keymap import Keymap
from annotator.tui.widgets.cycle import Choice

NONE = "–"

_TYPES = (NONE, *get_args(ClaimType))
_STATUSES = get_args(Status)
_LEVELS = (NONE, *get_args(Confidence))


class ClaimForm(Dialog[Claim]):
    """Answers with the claim as it is to be; fields are not lost by a single Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "keep", show=False)]

    def __init__(self, keymap: Keymap, quote: str, claim: Claim | None) -> None:
        super().__init__(keymap, "The claim")
        self._quote = quote
        self._claim = claim or Claim()

    def parts(self) -> Sequence[Widget]:
        """Return the words and the fields."""
        claim = self._claim
        return (
            quotation(self._quote),
            VerticalScroll(
                _line("Statement", "statement", claim.statement, "in your own words"),
                _line("Speaker", "speaker", claim.speaker, "who says so"),
                _line("Said on", "said-on", claim.said_on, "2024-05-12"),
                _field("Type", Choice(_TYPES, claim.type or NONE, id="type")),
                _field("Status", Choice(_STATUSES, claim.status, id="status")),
                _field("Confidence", Choice(_LEVELS, claim.confidence or NONE, id="confidence")),
                _line("Verdict", "verdict", claim.verdict, "what you found"),
                can_focus=False,
            ),
        )

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
        return replace(
            self._claim,
            statement=self._typed("statement"),
            speaker=self._typed("speaker"),
            said_on=self._typed("said-on"),
            type=cast("ClaimType | None", self._chosen("type")),
            status=cast("Status", self._chosen("status")),
            confidence=cast("Confidence | None", self._chosen("confidence")),
            verdict=self._typed("verdict"),
        )

    def _typed(self, field: str) -> str:
        return self.query_one(f"#{field}", Input).value.strip()

    def _chosen(self, field: str) -> str | None:
        value = self.query_one(f"#{field}", Choice).value
        return None if value == NONE else value


def _field(label: str, widget: Widget) -> Horizontal:
    return Horizontal(Static(Content(label), classes="label"), widget, classes="field")


def _line(label: str, name: str, value: str, placeholder: str) -> Horizontal:
    return _field(label, text_input(value, placeholder=placeholder, id=name))
