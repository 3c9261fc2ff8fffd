"""The forms of a mark: for the details of a claim, and for a note of several lines.

A note can be handed over to $EDITOR.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from annotator.errors import AnnotatorError, InvalidInput
from annotator.model import CLAIM_FIELDS, Claim, ClaimField
from annotator.model.dates import is_future
from annotator.store import SpeakerUse
from annotator.tui.dialogs.dialog import Dialog, Hints, quotation, text_input
from annotator.tui.frame.notifications import hint, tell_error, warn
from annotator.tui.keys.keymap import Keymap
from annotator.tui.terminal.driver import lent_terminal
from annotator.tui.terminal.external import edit
from annotator.tui.widgets.fields import CompletedInput, Cycle
from annotator.usecases.tags.speakers import matching_speaker

NONE = "–"

_DAY = len("2024-01-31")


class ClaimForm(Dialog[Claim]):
    """Returns the claim as it was filled in. A single Esc does not discard changes.

    It begins with what was `typed` before, if that is given. `published` is the date of the
    article, and `author` who wrote it, which the right arrow fills in where a date or the speaker
    is missing. A date after `today` is kept if it is confirmed.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", show=False)]
    HINTS: ClassVar[Hints] = (
        ("enter", "save"),
        ("tab", "next field"),
        ("right", "choose, complete"),
        ("dialog.leave", "cancel"),
    )

    def __init__(
        self,
        keymap: Keymap,
        quote: str,
        claim: Claim | None,
        *,
        typed: Claim | None = None,
        published: str = "",
        author: str = "",
        today: date | None = None,
    ) -> None:
        super().__init__(keymap, "Claim details")
        self._quote = quote
        self._claim = claim or Claim()
        self._typed = typed or self._claim
        self._published, self._author = published[:_DAY], author
        self._today = today or date.max
        self._confirmed = ""  # a date in the future that was warned of
        self._uses: Sequence[SpeakerUse] = ()

    def parts(self) -> Sequence[Widget]:
        fields = (_labelled(field.label, self._entry(field)) for field in CLAIM_FIELDS)
        return quotation(self._quote), VerticalScroll(*fields, can_focus=False)

    def offer(self, uses: Sequence[SpeakerUse]) -> None:
        """Complete the speaker from those in use, also in fields that are not there yet."""
        self._uses = tuple(uses)
        for line in self.query("#speaker").results(CompletedInput):
            line.use(partial(matching_speaker, self._uses))

    def action_submit(self) -> None:
        """Return the claim, unless a date is not one, or is in the future and not confirmed."""
        for field in CLAIM_FIELDS:
            if field.is_date and not self._accepts(field):
                self.query_one(f"#{field.key}", Input).focus()
                return
        self.finish(self._claim.with_values(self._values()))

    def current(self) -> Claim | None:
        try:
            return self._claim.with_values(self._values())
        except InvalidInput:
            return None

    def text_to_copy(self) -> str:
        values = self._values()
        filled = [(field.label, values[field.name]) for field in CLAIM_FIELDS]
        return "\n".join(f"{label}: {value}" for label, value in filled if value)

    def unsaved(self) -> Mapping[str, str] | None:
        values = self._values()
        before = {field.name: field.of(self._claim) for field in CLAIM_FIELDS}
        return values if values != before else None

    def typed_texts(self) -> Mapping[str, str]:
        return self.unsaved() or {}

    def type_again(self, texts: Mapping[str, str]) -> None:
        for field in CLAIM_FIELDS:
            line = self.query_one(f"#{field.key}")
            if field.name in texts and isinstance(line, Input | Cycle):
                line.value = texts[field.name] or (NONE if isinstance(line, Cycle) else "")
                line.refresh()

    def _accepts(self, field: ClaimField) -> bool:
        """Return whether a date can be kept; otherwise say why not."""
        typed = self._value(field)
        try:
            kept = field.of(self._claim.with_values({field.name: typed}))
        except InvalidInput as error:
            tell_error(self, error)
            return False
        if is_future(kept, self._today) and kept not in (field.of(self._claim), self._confirmed):
            self._confirmed = kept
            hint(self, f"{kept} is in the future. Press Enter again to keep it.")
            return False
        return True

    def _values(self) -> Mapping[str, str]:
        return {field.name: self._value(field) for field in CLAIM_FIELDS}

    def _entry(self, field: ClaimField) -> Cycle | Input:
        """Return the widget for a field."""
        value = field.of(self._typed)
        if field.is_date and self._published:
            words = f"→ {self._published}, the article’s date"
            return CompletedInput(value, placeholder=words, if_empty=self._published, id=field.key)
        if field.name == "speaker":
            words = f"→ {self._author}, the author" if self._author else field.placeholder
            line = CompletedInput(value, placeholder=words, if_empty=self._author, id=field.key)
            line.use(partial(matching_speaker, self._uses))
            return line
        if not field.choices:
            return text_input(value, placeholder=field.placeholder, id=field.key)
        options = (NONE, *field.choices) if field.is_optional else field.choices
        return Cycle(options, value or NONE, id=field.key)

    def _value(self, field: ClaimField) -> str:
        if not field.choices:
            return self.query_one(f"#{field.key}", Input).value
        value = self.query_one(f"#{field.key}", Cycle).value
        return "" if value == NONE else value


class NoteEditor(Dialog[str]):
    """Returns the text of the note. A single Esc does not discard changes."""

    HINTS: ClassVar[Hints] = (
        ("dialog.keep", "save"),
        ("dialog.editor", "open in $EDITOR"),
        ("dialog.leave", "cancel"),
    )

    def __init__(self, keymap: Keymap, quote: str, note: str) -> None:
        super().__init__(keymap, "Note")
        self._quote = quote
        self._note = note

    def parts(self) -> Sequence[Widget]:
        area = TextArea(self._note, soft_wrap=True, show_line_numbers=False, compact=True)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        return (quotation(self._quote), area)

    def action_submit(self) -> None:
        """Return the text."""
        self.finish(self.current())

    def current(self) -> str:
        return self.query_one(TextArea).text

    def text_to_copy(self) -> str:
        return self.current()

    def unsaved(self) -> str | None:
        text = self.current()
        return text if text != self._note else None

    def typed_texts(self) -> Mapping[str, str]:
        return {} if self.unsaved() is None else {"text": self.current(), "before": self._note}

    def type_again(self, texts: Mapping[str, str]) -> None:
        area, text = self.query_one(TextArea), texts.get("text", "")
        is_same = texts.get("before", "") == self._note
        area.text = text if is_same else f"{self._note}\n\n{text}"
        area.move_cursor(area.document.end)

    def action_editor(self) -> None:
        """Edit the text in the reader's own editor."""
        area = self.query_one(TextArea)
        try:
            with lent_terminal(self.app):
                text = edit(area.text)
        except SuspendNotSupported:
            warn(self, "An editor can’t be opened here.")
        except AnnotatorError as error:
            tell_error(self, error)
        else:
            area.text = text
        self.app.refresh(layout=True)


def _labelled(label: str, widget: Widget) -> Horizontal:
    return Horizontal(Static(Content(label), classes="label"), widget, classes="field")
