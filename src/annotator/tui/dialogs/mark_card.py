"""The card of a mark: everything known about it, and its links, which can be followed."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.model import CLAIM_FIELDS, Anchored, AnchoredMark, Annotation, Claim
from annotator.model.labels import STATUS_GLYPHS, count, long_date
from annotator.tui.dialogs.details import Field, hashed, labelled
from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.groups import keys_of
from annotator.tui.keys.key import Key, bindings
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.linked_rows import link_row, status_of
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import Kinds
from annotator.tui.notifications import hint
from annotator.tui.textual_internals import bindings_of, set_bindings
from annotator.usecases.marks.links import Linked

_FIT = {
    "exact": "",
    "moved": "Moved since it was made.",
    "changed": "The wording has changed since.",
}


class CardAnswer(Struct, frozen=True):
    """The id of the key that was pressed, or a link that is to be followed or removed."""

    key_id: str = ""
    followed: Linked | None = None
    removed: Linked | None = None


class MarkCard(Dialog[CardAnswer]):
    """A mark with its links; `keys` are offered beside those of the card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(keys_of("card")),
        Binding("q,i", "cancel", show=False),
        Binding("enter", "cancel", show=False),  # where no link has the cursor
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "scroll(10)", show=False),
        Binding("b,pageup", "scroll(-10)", show=False),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (32, "-tall")]  # noqa: RUF012  as Textual declares it

    def __init__(
        self,
        keymap: Keymap,
        kinds: Kinds,
        mark: AnchoredMark,
        links: Sequence[Linked],
        *,
        keys: Sequence[Key] = (),
    ) -> None:
        super().__init__(keymap, _title(mark.annotation))
        self._kinds = kinds
        self._mark = mark
        self._links = links
        self._keys = keymap.of(keys)
        self.set_class(not links, "-without-links")
        keymap.bind(self, keys_of("card"))
        answers = [replace(key, action=f"answer('{key.id}')") for key in self._keys]
        set_bindings(self, [*bindings_of(self), *bindings(answers)])

    def parts(self) -> Sequence[Widget]:
        """Return the fields that have a text, and the list of links if there are any."""
        fields = VerticalScroll(*(labelled(*field) for field in _fields(self._mark) if field[1]))
        if not self._links:
            return (fields,)
        title = Static(Content(count(len(self._links), "link")), id="card-links")
        return (fields, title, Listing(self.keymap, id="card-list"))

    def on_mount(self) -> None:
        """Fill the list."""
        rows = [link_row(link, self._kinds, key=str(at)) for at, link in enumerate(self._links)]
        for listing in self.query(Listing):
            listing.show(rows, at="0")
            listing.focus()

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys of links, those that are offered, and the one that closes."""
        of_links = (("enter", "follow"), ("card.unlink", "unlink")) if self._links else ()
        offered = tuple((key.id, key.brief.lower()) for key in self._keys)
        return (*of_links, *offered, ("dialog.leave", "close"))

    def action_answer(self, key_id: str) -> None:
        """Return the key that was pressed."""
        self.dismiss(CardAnswer(key_id))

    def action_unlink(self) -> None:
        """Return the link under the cursor, to be removed."""
        if self._links:
            self.dismiss(CardAnswer(removed=self._chosen))
        else:
            hint(self, "This mark has no links.")

    def action_scroll(self, by: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    @on(Listing.Chosen)
    def _follow(self, event: Listing.Chosen) -> None:
        event.stop()
        self.dismiss(CardAnswer(followed=self._chosen))

    @property
    def _chosen(self) -> Linked:
        return self._links[int(self.query_one(Listing).key)]


def _title(annotation: Annotation) -> str:
    kind, status = annotation.kind.capitalize(), status_of(annotation)
    return f"{kind}  {STATUS_GLYPHS[status]} {status}" if status else kind


def _fields(mark: AnchoredMark) -> Iterator[Field]:
    annotation = mark.annotation
    yield "Quote", annotation.quote
    yield "In the text", _place(mark)
    yield "Note", annotation.note
    yield "Tags", hashed(annotation.tags)
    if annotation.claim and annotation.claim != Claim():
        yield from _claim_fields(annotation.claim)
    yield "Made", long_date(annotation.created.isoformat())


def _claim_fields(claim: Claim) -> Iterator[Field]:
    for field in CLAIM_FIELDS:
        value = field.of(claim)
        yield field.label, long_date(value) if field.is_date else value


def _place(mark: AnchoredMark) -> str:
    if isinstance(mark.place, Anchored):
        return _FIT[mark.place.fit]
    return "Not found in the current text."
