"""The dialogs of fields, each a label and its text: everything known about an article."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.model import ArticleRecord, Extraction
from annotator.model.labels import ACCESS, count, long_date
from annotator.tui.dialogs.dialog import Answer, Dialog
from annotator.tui.keys.key import Key, bindings
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import hashed
from annotator.tui.textual_internals import bindings_of, set_bindings

Field = tuple[str, str]  # label and text


class FieldsDialog(Dialog[Answer]):
    """Fields, each a label and its text, of which those with a text are shown.

    `keys` are offered beside those that close the dialog; `action_answer` gets the id of one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,i,enter", "cancel", show=False),
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
        answers = [replace(key, action=f"answer('{key.id}')") for key in self._keys]
        set_bindings(self, [*bindings_of(self), *bindings(answers)])

    def parts(self) -> Sequence[Widget]:
        """Return the fields that have a text."""
        fields = (
            Horizontal(
                Static(Content(label), classes="label"),
                Static(Content(text), classes="text"),
                classes="details-field",
            )
            for label, text in self._fields
            if text
        )
        return (VerticalScroll(*fields),)

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that are offered, and the one that closes."""
        offered = tuple((key.id, key.brief.lower()) for key in self._keys if key.brief)
        return (*offered, ("dialog.leave", "close"))

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)


class DetailsDialog(FieldsDialog[str]):
    """Fields, with keys. Returns the id of the key that was pressed, if any."""

    def action_answer(self, key_id: str) -> None:
        """Return the key that was pressed."""
        self.dismiss(key_id)


def article_details(
    record: ArticleRecord, extraction: Extraction, keymap: Keymap
) -> Iterator[Field]:
    """Yield the fields of an article."""
    yield "By", ", ".join(record.byline)
    yield "Published", " · ".join(filter(None, (record.site_name, long_date(record.published))))
    yield "Address", record.url
    yield "Length", f"{count(record.word_count, 'word')} · {record.minutes} min"
    yield "Added", long_date(record.added.isoformat())
    yield "Tags", hashed(record.tags)
    yield "Excerpt", record.excerpt
    yield "Completeness", _completeness(extraction)
    if extraction.removals:
        removed = count(len(extraction.removals), "removed passage")
        lists = f"{keymap.shown('reader.removed')} lists them"
        yield "Removed", f"{removed}; in the reader, {lists}"


def _completeness(extraction: Extraction) -> str:
    state = extraction.completeness
    label = ACCESS[state.access].short or "looks complete"
    return "\n".join((label, *(f"· {evidence}" for evidence in state.evidence)))
