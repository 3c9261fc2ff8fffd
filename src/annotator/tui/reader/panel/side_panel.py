"""The panel beside the text: a title, and the marks, headings or removed text as rows.

The key of a row names what it is about, whichever list it is in: the id of a mark, the offset of
a heading, the number of a removal. So a row that was chosen is found even if the panel lists
something else by the time the choice is handled.
"""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.model import AnchoredMark, Orphan, Removal
from annotator.reading.navigation.landmarks import headings
from annotator.tui.context import AppContext
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import ParagraphsRow, mark_rows, paragraph
from annotator.tui.lists.rows import Piece, Remark, Row
from annotator.tui.messages import RowChosen
from annotator.tui.reader.panel.contents import ArticleSubject, PanelContent, Subject
from annotator.tui.textual_internals import show_text
from annotator.tui.theming import add_styles
from annotator.usecases.articles.open_article import OpenArticle

TITLES: dict[Subject, str] = {
    "marks": "Marks",
    "contents": "Contents",
    "removed": "Removed from the page",
    "changes": "What changed",
}
_HEADING, _REMOVED = "heading:", "removed:"


def side_rows(subject: ArticleSubject, content: PanelContent, context: AppContext) -> list[Row]:
    """Return the rows of a subject, or a remark if there are none."""
    opened = content.opened
    match subject:
        case "marks":
            rows = mark_rows(content.marks, opened.article, context.kinds, content.targets)
            return rows or [Remark(_how_to_mark(context.keymap))]
        case "contents":
            return contents_rows(headings(opened.article))
        case "removed":
            return removed_rows(opened.extraction.removals)


def contents_rows(headings: Sequence[tuple[int, str, int]]) -> list[Row]:
    """Return a row for each heading, given as level, text and offset, indented by its level."""
    if not headings:
        return [Remark(" This article has no headings.")]
    top = min(level for level, _, _ in headings)
    return [
        ParagraphsRow(
            f"{_HEADING}{offset}",
            (paragraph(text, "" if level > top else "strong", most=3),),
            (Piece(" " * (1 + 2 * (level - top))),),
            air=0,
        )
        for level, text, offset in headings
    ]


def removed_rows(removals: Sequence[Removal]) -> list[Row]:
    """Return the text and the reason of each removal, in the order of the page."""
    if not removals:
        return [Remark(" Nothing was removed from this page.")]
    doubt = " It may be text of the article."
    return [
        ParagraphsRow(
            f"{_REMOVED}{index}",
            (
                paragraph(removal.text.strip() or "(no text)", most=4),
                paragraph(removal.reason + doubt * removal.may_be_text, "quiet", most=3),
            ),
        )
        for index, removal in enumerate(removals)
    ]


def offset_of(key: str, opened: OpenArticle, marks: Sequence[AnchoredMark]) -> int | None:
    """Return the offset that a row leads to, or None if its mark or passage is gone.

    A mark that was not found in the text leads to its best guess.
    """
    article, removals = opened.article, opened.extraction.removals
    if key.startswith(_HEADING):
        offset = int(key.removeprefix(_HEADING))
        return offset if offset < len(article.text) else None
    if key.startswith(_REMOVED):
        index, starts = int(key.removeprefix(_REMOVED)), article.starts
        if index >= len(removals) or not starts:
            return None
        return starts[min(removals[index].before, len(starts) - 1)]
    return next((_start(mark) for mark in marks if mark.annotation.id == key), None)


def key_near(
    subject: ArticleSubject, offset: int, opened: OpenArticle, marks: Sequence[AnchoredMark]
) -> str | None:
    """Return the key of the heading above `offset`, or of the first mark or removal after it."""
    article = opened.article
    match subject:
        case "marks":
            starts = [(_start(mark), mark.annotation.id) for mark in marks if mark.span]
            return next(
                (key for start, key in starts if start is not None and start >= offset), None
            )
        case "contents":
            above = [start for _, _, start in headings(article) if start <= offset]
            return f"{_HEADING}{above[-1]}" if above else ""
        case "removed":
            block = article.block_at(offset)
            removals = enumerate(opened.extraction.removals)
            below = (index for index, removal in removals if removal.before >= block)
            return next((f"{_REMOVED}{index}" for index in below), None)


class SidePanel(Vertical):
    """Lists marks, headings, removed text or changes. Posts `RowChosen`."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._app_context = context
        self.subject: Subject = "marks"
        self.display = False

    def compose(self) -> ComposeResult:
        """Yield the title and the list."""
        yield Static(id="panel-title")
        yield Listing(self._app_context.keymap, id="panel-list")

    async def open(self, parent: Widget) -> None:
        """Show the panel; the first time, mount it in `parent`."""
        if not self.is_attached:
            add_styles(parent.app, "reader/side_panel", "lists/list_view")
            await parent.mount(self)
        self.display = True

    @property
    def listing(self) -> Listing:
        """The list, which takes the focus."""
        return self.query_one(Listing)

    @property
    def has_keys(self) -> bool:
        """Whether the list has the focus."""
        return bool(self.children) and self.listing.has_focus

    def show(self, subject: Subject, content: PanelContent, *, key: str | None = None) -> None:
        """List a subject, with the cursor on the row with that key, or where it was."""
        if subject == "changes":
            rows = list(content.changes.rows) if content.changes else []
        else:
            rows = side_rows(subject, content, self._app_context)
        self.subject = subject
        show_text(self.query_one("#panel-title", Static), Content(TITLES[subject]))
        self.listing.show(rows, at=key)

    def show_near(
        self, subject: Subject, content: PanelContent, offset: int, *, mark_id: str | None
    ) -> None:
        """List a subject, with the cursor on the mark, or else on the row nearest to `offset`."""
        key = mark_id if subject == "marks" else None
        if subject == "changes":
            key = ""
        elif not key:
            key = key_near(subject, offset, content.opened, content.marks)
        self.show(subject, content, key=key)

    def offset_of(self, key: str, content: PanelContent) -> int | None:
        """Return the offset that the row with that key leads to, whichever list it is from."""
        if key.startswith("paragraph:"):
            return content.changes.places.get(key) if content.changes else None
        return offset_of(key, content.opened, content.marks)

    @on(Listing.Chosen)
    def _choose(self, event: Listing.Chosen) -> None:
        event.stop()
        self.post_message(RowChosen(event.key))


def _how_to_mark(keymap: Keymap) -> str:
    choose, mark = (keymap.shown(name) for name in ("view.sentence-mode", "sentence.mark"))
    return f" No marks yet. Press {choose}, then {mark}, to mark a sentence."


def _start(mark: AnchoredMark) -> int | None:
    span = mark.place.best_guess if isinstance(mark.place, Orphan) else mark.place.span
    return span.start if span else None
