"""The panel beside the text: a title, and marks, headings, removed text or changes as rows.

The key of a row names what it is about, whichever list it is in: the id of a mark, the offset of
a heading, the number of a removal. So a row that was chosen is found even if the panel lists
something else by the time the choice is handled.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from annotator.diffing.paragraphs import ParagraphChange, ParagraphKind
from annotator.diffing.words import differences, in_short, marked_up
from annotator.model import AnchoredMark, Annotation, Orphan, Removal
from annotator.model.labels import count, long_date
from annotator.reading.navigation.landmarks import headings
from annotator.tui.frame.context import AppContext
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.mark_rows import (
    Kinds,
    ParagraphsRow,
    as_pieces,
    kind_head,
    labels,
    mark_rows,
    paragraph,
)
from annotator.tui.lists.rows import Heading, Line, Piece, Remark, Row
from annotator.tui.messages import RowChosen
from annotator.tui.reader.panel_contents import GUEST_GLYPH, ArticleSubject, PanelContent, Subject
from annotator.tui.textual_internals import show_text
from annotator.tui.theming import add_styles
from annotator.usecases.articles.changes import ArticleChanges, Lost, Reworded, paragraph_places
from annotator.usecases.articles.open_article import OpenArticle

TITLES: dict[Subject, str] = {
    "marks": "Marks",
    "contents": "Contents",
    "removed": "Removed from the page",
    "guests": "Marks of others",
    "changes": "What changed",
}
_HEADING, _REMOVED = "heading:", "removed:"
_CONTEXT = 60  # characters shown before and after a change within a paragraph
_MOST_LINES, _PARAGRAPH_LINES = 12, 6  # of a passage or note, and of a changed paragraph
_NOTHING = " Nothing has changed in the versions that annotator has seen."

_SIGNS: dict[ParagraphKind, Piece] = {
    "reworded": Piece("~", "strong"),
    "added": Piece("+", "strong"),
    "removed": Piece("-", "strong"),
    "moved": Piece("↕", "quiet"),
}


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
        case "guests":
            return [
                ParagraphsRow(
                    guest.key,
                    (
                        paragraph(guest.guest.quote or "(on the whole page)", most=3),
                        paragraph(guest.words, "quiet", most=4),
                        paragraph("" if guest.span else "It is not in this text.", "quiet", most=1),
                    ),
                    (Piece(f" {GUEST_GLYPH} ", "quiet"),),
                )
                for guest in content.guests
            ]


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
        case "guests":
            return None


class SidePanel(Vertical):
    """Lists marks, headings, removed text or changes. Posts `RowChosen`."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._app_context = context
        self.subject: Subject = "marks"
        self.display = False

    def compose(self) -> ComposeResult:
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
        for guest in content.guests:
            if guest.key == key:
                return guest.span.start if guest.span else None
        return offset_of(key, content.opened, content.marks)

    @on(Listing.Chosen)
    def _choose(self, event: Listing.Chosen) -> None:
        event.stop()
        self.post_message(RowChosen(event.key))


class ChangeList(Struct, frozen=True):
    """The rows, and the offset in the text that each one leads to, by its key."""

    rows: Sequence[Row]
    places: Mapping[str, int]


def change_list(changes: ArticleChanges, kinds: Kinds) -> ChangeList:
    """Return rows for all changes. Call it in a thread: it compares whole texts."""
    if not changes.has_any:
        return ChangeList([Remark(_NOTHING)], {})
    marks = changes.marks
    rows = chain(
        _remarks(changes),
        _under("Marked passages reworded", [_reworded(change, kinds) for change in marks.reworded]),
        _under("Marks without their passage", [_lost(change, kinds) for change in marks.lost]),
        _under("Paragraphs", [*_paragraphs(changes)]),
    )
    return ChangeList(list(rows), _places(changes))


def _how_to_mark(keymap: Keymap) -> str:
    choose, mark = (keymap.shown(name) for name in ("view.sentence-mode", "sentence.mark"))
    return f" No marks yet. Press {choose}, then {mark}, to mark a sentence."


def _start(mark: AnchoredMark) -> int | None:
    span = mark.place.best_guess if isinstance(mark.place, Orphan) else mark.place.span
    return span.start if span else None


def _places(changes: ArticleChanges) -> Mapping[str, int]:
    marks = {change.annotation.id: change.span.start for change in changes.marks.reworded}
    marks |= {
        change.annotation.id: change.span.start for change in changes.marks.lost if change.span
    }
    paragraphs = enumerate(paragraph_places(changes))
    return marks | {_paragraph_key(index): start for index, start in paragraphs}


def _under(title: str, rows: Sequence[Row]) -> Iterator[Row]:
    if rows:
        yield Heading(f" {title}")
        yield from rows


def _remarks(changes: ArticleChanges) -> Iterator[Row]:
    """Yield which versions are compared, and a summary of the changes."""
    then, now = changes.then.fetched_at, changes.now.fetched_at
    if changes.is_extracted_again:
        yield Remark(" The page is the same; it was cleaned again.")
    elif then and now and then != now:
        yield Remark(f" {_moment(then, now)} → {_moment(now, then)}")
    if moved := len(changes.marks.moved):
        yield Remark(f" {count(moved, 'mark')} moved with the text.")
    counts = [(changes.paragraphs.count(kind), kind) for kind in _SIGNS]
    if summary := ", ".join(f"{number} {kind}" for number, kind in counts if number):
        yield Remark(f" Paragraphs: {summary}.")


def _moment(moment: datetime, other: datetime) -> str:
    """Return the day, and the time if the other moment is on the same day."""
    here, there = moment.astimezone(), other.astimezone()
    day = long_date(here.isoformat())
    return f"{day}, {here:%H:%M}" if here.date() == there.date() else day


def _reworded(reworded: Reworded, kinds: Kinds) -> Row:
    mark = reworded.annotation
    title = paragraph(in_short(reworded.changes), "strong", most=1)
    words = as_pieces(marked_up(reworded.pieces))
    return ParagraphsRow(
        mark.id, (title, (words, _MOST_LINES), _labels(mark)), kind_head(kinds[mark.kind])
    )


def _lost(lost: Lost, kinds: Kinds) -> Row:
    guess = f"perhaps now: “{lost.guess}”" if lost.guess else "no match in the text"
    mark = lost.annotation
    quote = paragraph(f"“{mark.quote}”", most=_MOST_LINES)
    guessed = paragraph(guess, "quiet", most=_MOST_LINES)
    return ParagraphsRow(mark.id, (quote, guessed, _labels(mark)), kind_head(kinds[mark.kind]))


def _labels(mark: Annotation) -> tuple[Line, int]:
    return paragraph(" ".join(labels(mark)), "tag", most=_MOST_LINES)


def _paragraphs(changes: ArticleChanges) -> Iterator[Row]:
    for index, change in enumerate(changes.paragraphs.changes):
        words = ((_words(change, changes), _PARAGRAPH_LINES),)
        head = (Piece(" "), _SIGNS[change.kind], Piece(" "))
        yield ParagraphsRow(_paragraph_key(index), words, head)


def _words(change: ParagraphChange, changes: ArticleChanges) -> Line:
    then = change.then.of(changes.then.article.text) if change.then else ""
    now = change.now.of(changes.now.article.text) if change.now else ""
    if change.kind == "reworded":
        return as_pieces(marked_up(differences(then, now)), around=_CONTEXT)
    return (Piece(now or then, "quiet" if change.kind == "moved" else ""),)


def _paragraph_key(index: int) -> str:
    return f"paragraph:{index}"
