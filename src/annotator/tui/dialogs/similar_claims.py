"""The dialog with claims of other articles that say the same as a mark, or contradict it."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.errors import AnnotatorError
from annotator.model import Annotation, Link
from annotator.model.labels import SIMILAR, count
from annotator.tui.dialogs.dialog import Dialog, quotation
from annotator.tui.dialogs.link_picker import Offered
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.notifications import hint
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.frame.workers import run_action
from annotator.tui.keys.groups import bindings, keys_of
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import MARGIN, Kinds, LongLinkedRow, facts_of, kind_head
from annotator.tui.lists.rows import Heading, Remark, Row
from annotator.tui.textual_internals import show_text
from annotator.tui.wings import ChosenMark
from annotator.usecases.marks import meaning
from annotator.usecases.marks.similar import Suggestion, similar_marks
from annotator.usecases.sandbox.model_name import is_wanted

_HEADINGS = {
    "same": " The same claim? Enter links it as the same.",
    "contradicts": " A contradiction? Enter links it as opposed.",
    "meaning": " May say the same, by meaning. Enter links it for context.",
    "related": " The same subject. Enter links it for context.",
}
_NONE = (
    " Nothing similar in other articles. Claims are compared by their numbers, names, dates "
    "and words. Those that are linked already are left out."
)
_BY_MEANING = " Comparing by meaning …"
_MAX_OFFERED = 5  # suggestions of a link; the marks below them stay in view


class SimilarClaims(Dialog[ChosenMark]):
    """Returns a mark to link to, by the relation that its group proposes, or to open."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("similar")))

    def __init__(self, keymap: Keymap, kinds: Kinds, words: str) -> None:
        super().__init__(keymap, "Similar claims")
        self._kinds = kinds
        self._words = words
        self._found: Mapping[str, Suggestion] | None = None  # until they are known
        self._remark = ""  # what is still looked for, or failed
        keymap.bind(self, keys_of("similar"))

    def parts(self) -> Sequence[Widget]:
        return (quotation(self._words), Listing(self.keymap, id="similar-list"))

    def hints(self) -> Sequence[tuple[str, str]]:
        """Return the keys that link, open and cancel; only the last if there is nothing."""
        if not self._found:
            return (("dialog.leave", "close"),)
        return (("enter", "link"), ("similar.open", "open"), ("dialog.leave", "cancel"))

    def on_mount(self) -> None:
        self._refill()

    def show(self, suggestions: Sequence[Suggestion], remark: str = "") -> None:
        """List these claims, in groups, with a remark below them."""
        self._remark = remark
        self._found = {suggestion.marked.annotation.id: suggestion for suggestion in suggestions}
        self._refill()

    def action_open(self) -> None:
        """Return the mark under the cursor, to be opened."""
        chosen = (self._found or {}).get(self.query_one(Listing).key)
        if chosen is None:
            hint(self, "Nothing to open.")
        else:
            self.dismiss(ChosenMark(chosen.marked))

    def chosen(self, key: str) -> None:
        """Return the mark to link to it."""
        chosen = (self._found or {})[key]
        link = Link(chosen.relation, chosen.marked.annotation.id)
        self.dismiss(ChosenMark(chosen.marked, link))

    def _refill(self) -> None:
        for title in self.query("#dialog-title").results(Static):
            show_text(title, Content(_title(list((self._found or {}).values()))))
        for listing in self.query(Listing):  # none before the dialog is drawn, or when it is closed
            listing.show([*self._rows()], at=listing.key)
            self.show_hints()

    def _rows(self) -> Iterator[Row]:
        if not self._found:
            yield Remark(self._remark or (" Searching …" if self._found is None else _NONE))
            return
        for judgement, heading in _HEADINGS.items():
            group = [
                suggestion
                for suggestion in self._found.values()
                if suggestion.judgement == judgement
            ]
            if group:
                yield Heading(heading, air=0)
                yield from map(self._row, group)
        if self._remark:
            yield Remark(self._remark)

    def _row(self, suggestion: Suggestion) -> LongLinkedRow:
        mark, reason = suggestion.marked.annotation, suggestion.reason
        facts, flexible = facts_of(suggestion.marked)
        head = kind_head(self._kinds[mark.kind])
        return LongLinkedRow(mark.id, head, mark.quote, facts, MARGIN, flexible, reason, air=1)


def _title(suggestions: Sequence[Suggestion]) -> str:
    """Return the title with how many there are of each group, since not all may be in view."""
    judged = Counter(suggestion.judgement for suggestion in suggestions)
    same, clashing, others = judged["same"], judged["contradicts"], judged["related"]
    counts = (
        f"{same} may be the same" if same else "",
        count(clashing, "contradiction") if clashing else "",
        f"{judged['meaning']} by meaning" if judged["meaning"] else "",
        f"{others} on the subject" if others else "",
    )
    return ": ".join(filter(None, ("Similar claims", ", ".join(filter(None, counts)))))


async def ask_for_similar(ui: ScreenUI, context: AppContext, mark: Annotation) -> ChosenMark | None:
    """Show the claims that are similar to a mark, and return what to do with one of them."""
    dialog = SimilarClaims(context.keymap, context.kinds, mark.quote)

    async def fill() -> None:
        is_more = is_wanted(context.settings, context.library)
        by_words = await asyncio.to_thread(similar_marks, context.library, mark)
        dialog.show(by_words, _BY_MEANING if is_more else "")
        if is_more and dialog.is_attached:
            run_action(dialog, compare, by_words)  # which ends when the dialog is closed

    async def compare(by_words: Sequence[Suggestion]) -> None:
        def tell(done: int, total: int) -> None:
            dialog.show(by_words, f"{_BY_MEANING} {done:,} of {count(total, 'new claim')}")

        try:
            dialog.show(await meaning.similar_by_meaning(context.library, mark, tell=tell))
        except AnnotatorError as error:
            dialog.show(by_words, f" {error.message} {error.hint}")

    return await ui.show_dialog(dialog, fill=fill)


def suggested_links(context: AppContext, mark: Annotation) -> Sequence[Offered]:
    """Return the most similar claims, to suggest them for a link."""
    return [
        Offered(
            suggestion.marked,
            f"{SIMILAR[suggestion.judgement]}: {suggestion.reason}",
            "informs" if suggestion.is_open else suggestion.relation,
        )
        for suggestion in similar_marks(context.library, mark, limit=_MAX_OFFERED)
    ]
