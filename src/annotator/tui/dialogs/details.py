"""A card: all that is known of an article or a mark, to be read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.model import CLAIM_FIELDS, Anchored, AnchoredMark, ArticleRecord, Claim, Extraction
from annotator.model.identity import is_web_address
from annotator.model.labels import ACCESS, count, long_date
from annotator.tui.dialogs.dialog import Dialog
from annotator.tui.keys.key import Key, bindings
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.text_fit import truncate
from annotator.tui.textual_internals import bindings_of, set_bindings

Field = tuple[str, str]


class DetailsDialog(Dialog[str]):
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
        answers = [replace(key, action=f"answer('{key.id}')") for key in self._keys]
        set_bindings(self, [*bindings_of(self), *bindings(answers)])

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


_QUOTE = 60  # cells of the words of another mark

_FITS = {
    "exact": "",
    "moved": "It stands elsewhere than when it was made.",
    "changed": "Its words were changed since.",
}


def article_fields(record: ArticleRecord, extraction: Extraction) -> Iterator[Field]:
    """Give what is known of an article, a label and its text."""
    yield "By", ", ".join(record.byline)
    yield "Published", " · ".join(filter(None, (record.site_name, long_date(record.published))))
    yield "Address", record.url
    yield "Length", f"{count(record.word_count, 'word')} · {record.minutes} min"
    yield "Added", long_date(record.added.isoformat())
    yield "Tags", _hashed(record.tags)
    yield "Excerpt", record.excerpt
    yield "Completeness", _completeness(extraction)
    yield "Removed", _removed(extraction)


def mark_fields(placed: AnchoredMark, linked: Mapping[str, str]) -> Iterator[Field]:
    """Give all that was said of a mark, a label and its text; `linked` has words of others."""
    mark = placed.annotation
    yield "Quote", mark.quote
    yield "Place", _place(placed)
    yield "Note", mark.note
    yield "Tags", _hashed(mark.tags)
    if mark.claim and mark.claim != Claim():
        yield from _claim_fields(mark.claim)
    yield (
        "Links",
        "\n".join(f"{each.relation} {_named(each.target, linked)}" for each in mark.links),
    )
    yield "Made", long_date(mark.created.isoformat())


def _named(target: str, linked: Mapping[str, str]) -> str:
    """Return how a person knows what a link leads to."""
    if is_web_address(target):
        return target
    quote = " ".join(linked.get(target, "").split())
    return f"“{truncate(quote, _QUOTE)}”" if quote else f"a mark that is gone ({target})"


def _claim_fields(claim: Claim) -> Iterator[Field]:
    for field in CLAIM_FIELDS:
        value = field.of(claim)
        yield field.label, long_date(value) if field.is_date else value


def _place(placed: AnchoredMark) -> str:
    if isinstance(placed.place, Anchored):
        return _FITS[placed.place.fit]
    return "It is not to be found in the text as it reads now."


def _completeness(extraction: Extraction) -> str:
    state = extraction.completeness
    label = ACCESS[state.access].short or "looks complete"
    return "\n".join((label, *(f"· {evidence}" for evidence in state.evidence)))


def _removed(extraction: Extraction) -> str:
    number = len(extraction.removals)
    return (
        f"{count(number, 'piece')} of the page; R lists them with their reasons" if number else ""
    )


def _hashed(tags: tuple[str, ...]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
