"""The rows of the side panel: the marks, the headings, and the text that was removed.

The key of a row names what it is about, whichever list it is in: the id of a mark, the offset of
a heading, the number of a removal. So a row that was chosen is found even if the panel lists
something else by the time the choice is handled.
"""

from collections.abc import Sequence

from msgspec import Struct

from annotator.model import AnchoredMark, Orphan, Removal
from annotator.reading.navigation.landmarks import headings
from annotator.tui.context import AppContext
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.lists.mark_rows import mark_rows
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import truncate, wrap
from annotator.tui.reader.panel.content import ArticleSubject, PanelContent
from annotator.usecases.articles.open_article import OpenArticle

_HEADING, _REMOVED = "heading:", "removed:"


class HeadingRow(Struct, frozen=True):
    """A heading of the article, indented by its level."""

    level: int
    text: str
    offset: int

    @property
    def key(self) -> str:
        """The heading's offset in the text."""
        return f"{_HEADING}{self.offset}"

    def lines(self, width: int) -> Sequence[Line]:
        """Return the heading, wrapped behind its indent."""
        indent = min(1 + 2 * (self.level - 1), max(1, width // 3))
        role = "strong" if self.level <= 1 else ""
        folded = wrap(self.text, max(1, width - indent - 1), lines=3)
        return [(Piece(" " * indent), Piece(line, role)) for line in folded]


class RemovedRow(Struct, frozen=True):
    """A removed piece of the page, with the rule that removed it and the reason."""

    index: int
    removal: Removal

    @property
    def key(self) -> str:
        """The removal's number."""
        return f"{_REMOVED}{self.index}"

    def lines(self, width: int) -> Sequence[Line]:
        """Return the text, the reason and the rule."""
        room, removal = max(1, width - 2), self.removal
        words = wrap(removal.text, room, lines=4) or ("(no text)",)
        reason = wrap(removal.reason, room, lines=3)
        return [
            *((Piece(" "), Piece(line)) for line in words),
            *((Piece(" "), Piece(line, "quiet")) for line in reason),
            (Piece(" "), Piece(truncate(f"{removal.step} · {removal.rule}", room), "tag")),
            (),
        ]


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
    """Return a row for each heading, given as level, text and offset."""
    if not headings:
        return [Remark(" This article has no headings.")]
    top = min(level for level, _, _ in headings)
    return [HeadingRow(level - top + 1, text, offset) for level, text, offset in headings]


def removed_rows(removals: Sequence[Removal]) -> list[Row]:
    """Return a row for each removal, in the order of the page."""
    if not removals:
        return [Remark(" Nothing was removed from this page.")]
    return [RemovedRow(index, removal) for index, removal in enumerate(removals)]


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


def _how_to_mark(keymap: Keymap) -> str:
    choose, mark = (shown(keymap.key(name)) for name in ("view.sentence-mode", "sentence.mark"))
    return f" No marks yet. Press {choose}, then {mark}, to mark a sentence."


def _start(mark: AnchoredMark) -> int | None:
    span = mark.place.best_guess if isinstance(mark.place, Orphan) else mark.place.span
    return span.start if span else None
