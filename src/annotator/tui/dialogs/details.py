"""The dialogs of fields, each a label and its text: everything known about an article or a mark.

The links of a mark can be followed from its card.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.model import (
    CLAIM_FIELDS,
    Anchored,
    AnchoredMark,
    Annotation,
    ArticleRecord,
    Claim,
    Extraction,
)
from annotator.model.labels import ACCESS, STATUS_GLYPHS, count, long_date
from annotator.tui.dialogs.dialog import Answer, Dialog
from annotator.tui.frame.notifications import hint
from annotator.tui.keys.groups import Key, bindings, keys_of
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import Kinds, link_row
from annotator.tui.lists.rows import hashed
from annotator.tui.textual_internals import bindings_of, set_bindings
from annotator.usecases.marks.links import Linked

Field = tuple[str, str]  # label and text
_FIT = {
    "exact": "",
    "moved": "Moved since it was made.",
    "changed": "The wording has changed since.",
}


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
    yield "DOI", record.known_doi
    yield "Length", f"{count(record.word_count, 'word')} · {record.minutes} min"
    yield "Added", long_date(record.added.isoformat())
    yield "Tags", hashed(record.tags)
    yield "Excerpt", record.excerpt
    yield "Completeness", _completeness(extraction)
    if extraction.removals:
        removed = count(len(extraction.removals), "removed passage")
        lists = f"{keymap.shown('reader.removed')} lists them"
        yield "Removed", f"{removed}; in the reader, {lists}"


class CardAnswer(Struct, frozen=True):
    """The id of the key that was pressed, or a link that is to be followed or removed."""

    key_id: str = ""
    followed: Linked | None = None
    removed: Linked | None = None


class MarkCard(FieldsDialog[CardAnswer]):
    """A mark with its links, and its `author`; `keys` are offered beside those of the card.

    Enter follows the link under the cursor, and closes a card without links.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("card")))
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (32, "-tall")]  # noqa: RUF012  as Textual declares it

    def __init__(
        self,
        keymap: Keymap,
        kinds: Kinds,
        mark: AnchoredMark,
        links: Sequence[Linked],
        *,
        author: str = "",
        keys: Sequence[Key] = (),
    ) -> None:
        self._kinds = kinds
        self._links = links
        super().__init__(keymap, _title(mark.annotation), [*_fields(mark, author)], keys)
        self.set_class(not links, "-without-links")
        keymap.bind(self, keys_of("card"))

    def parts(self) -> Sequence[Widget]:
        if not self._links:
            return super().parts()
        title = Static(Content(count(len(self._links), "link")), id="card-links")
        return (*super().parts(), title, Listing(self.keymap, id="card-list"))

    def on_mount(self) -> None:
        rows = [link_row(link, self._kinds, key=str(at)) for at, link in enumerate(self._links)]
        for listing in self.query(Listing):
            listing.show(rows, at="0")
            listing.focus()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys of links, those that are offered, and the one that closes."""
        of_links = (("enter", "follow"), ("card.unlink", "unlink")) if self._links else ()
        return (*of_links, *super().hints())

    def action_answer(self, key_id: str) -> None:
        """Return the key that was pressed."""
        self.dismiss(CardAnswer(key_id))

    def action_unlink(self) -> None:
        """Return the link under the cursor, to be removed."""
        if self._links:
            self.dismiss(CardAnswer(removed=self._chosen))
        else:
            hint(self, "This mark has no links.")

    def chosen(self, key: str) -> None:  # noqa: ARG002  the cursor is on it
        """Return the link, to be followed."""
        self.dismiss(CardAnswer(followed=self._chosen))

    @property
    def _chosen(self) -> Linked:
        return self._links[int(self.query_one(Listing).key)]


def _completeness(extraction: Extraction) -> str:
    state = extraction.completeness
    label = ACCESS[state.access].short or "looks complete"
    return "\n".join((label, *(f"· {evidence}" for evidence in state.evidence)))


def _title(annotation: Annotation) -> str:
    kind, status = annotation.kind.capitalize(), annotation.status
    return f"{kind}  {STATUS_GLYPHS[status]} {status}" if status else kind


def _fields(mark: AnchoredMark, author: str) -> Iterator[Field]:
    annotation = mark.annotation
    yield "Quote", annotation.quote
    yield "In the text", _place(mark)
    yield "Note", annotation.note
    yield "Tags", hashed(annotation.tags)
    if annotation.claim and annotation.claim != Claim():
        yield from _claim_fields(annotation.claim)
    yield "Made", long_date(annotation.created.isoformat()) + (author and f" by {author}")
    yield "Proposed", annotation.proposed and f"by {annotation.proposed}"


def _claim_fields(claim: Claim) -> Iterator[Field]:
    for field in CLAIM_FIELDS:
        value = field.of(claim)
        yield field.label, long_date(value) if field.is_date else value


def _place(mark: AnchoredMark) -> str:
    if isinstance(mark.place, Anchored):
        return _FIT[mark.place.fit]
    return "Not found in the current text."
