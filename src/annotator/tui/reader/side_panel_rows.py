"""What stands beside the text: its marks, its headings, and what was removed from it."""

from collections.abc import Sequence

from msgspec import Struct

from annotator.model import AnchoredMark, Orphan, Removal
from annotator.reading.navigation.landmarks import headings
from annotator.tui.context import AppContext
from annotator.tui.keys.keymap import Keymap, shown
from annotator.tui.lists.mark_rows import mark_rows
from annotator.tui.lists.rows import Line, Piece, Remark, Row
from annotator.tui.lists.text_fit import fit, fold
from annotator.tui.reader.pane import Lasting
from annotator.usecases.open_article import OpenArticle


def side_rows(
    subject: Lasting, opened: OpenArticle, placed: Sequence[AnchoredMark], context: AppContext
) -> list[Row]:
    """Return what the panel lists of a subject, or how it comes that there is nothing."""
    match subject:
        case "marks":
            rows = mark_rows(placed, opened.article, context.kinds)
            return rows or [Remark(_way_to_a_mark(context.keymap))]
        case "contents":
            return contents_rows(headings(opened.article))
        case "removed":
            return removed_rows(opened.extraction.removals)


def offset_of(
    subject: Lasting, key: str, opened: OpenArticle, placed: Sequence[AnchoredMark]
) -> int | None:
    """Return where what is listed under `key` stands in the text, or may stand."""
    match subject:
        case "marks":
            return next((_start(each) for each in placed if each.annotation.id == key), None)
        case "contents":
            return int(key)
        case "removed":
            starts = opened.article.starts
            before = opened.extraction.removals[int(key)].before
            return starts[min(before, len(starts) - 1)] if starts else None


def key_near(
    subject: Lasting, offset: int, opened: OpenArticle, placed: Sequence[AnchoredMark]
) -> str | None:
    """Return the key of the heading above `offset`, or of the first mark or removal after it."""
    article = opened.article
    match subject:
        case "marks":
            starts = [(_start(each), each.annotation.id) for each in placed if each.span]
            return next(
                (key for start, key in starts if start is not None and start >= offset), None
            )
        case "contents":
            above = [each.offset for each in headings(article) if each.offset <= offset]
            return str(above[-1]) if above else ""
        case "removed":
            block = article.block_at(offset)
            found = enumerate(opened.extraction.removals)
            return next((str(index) for index, each in found if each.before >= block), None)


def _way_to_a_mark(keymap: Keymap) -> str:
    names = ("view.sentence-mode", "sentence.mark")
    choose, mark = (shown(keymap.key(name)) for name in names)
    return f" No marks yet. Press {choose}, then {mark}, to mark a sentence."


def _start(placed: AnchoredMark) -> int | None:
    guess = placed.place.best_guess if isinstance(placed.place, Orphan) else placed.place.span
    return guess.start if guess else None


class ContentsRow(Struct, frozen=True):
    """A heading of the article, indented by its level. Its key is where it stands."""

    level: int
    text: str
    offset: int

    @property
    def key(self) -> str:
        """Where the heading stands in the text."""
        return str(self.offset)

    def height(self, width: int) -> int:
        """Return the number of its lines."""
        return len(self.lines(width))

    def lines(self, width: int) -> Sequence[Line]:
        """Return the heading, folded below its indentation."""
        indent = min(1 + 2 * (self.level - 1), max(1, width // 3))
        role = "strong" if self.level <= 1 else ""
        folded = fold(self.text, max(1, width - indent - 1), lines=3)
        return [(Piece(" " * indent), Piece(line, role)) for line in folded]


class RemovedRow(Struct, frozen=True):
    """A piece of the page that is no part of the article, with the rule and its reason."""

    index: int
    removal: Removal

    @property
    def key(self) -> str:
        """Which removal it is."""
        return str(self.index)

    def height(self, width: int) -> int:
        """Return the number of its lines, with the empty one below."""
        return len(self.lines(width))

    def lines(self, width: int) -> Sequence[Line]:
        """Return the words, the reason, the rule."""
        room, removal = max(1, width - 2), self.removal
        words = fold(removal.text, room, lines=4) or ("(nothing to see)",)
        reason = fold(removal.reason, room, lines=3)
        return [
            *((Piece(" "), Piece(line)) for line in words),
            *((Piece(" "), Piece(line, "quiet")) for line in reason),
            (Piece(" "), Piece(fit(f"{removal.step} · {removal.rule}", room), "tag")),
            (),
        ]


def contents_rows(headings: Sequence[tuple[int, str, int]]) -> list[Row]:
    """Return the headings, given as level, text and offset."""
    if not headings:
        return [Remark(" This article has no headings.")]
    top = min(level for level, _, _ in headings)
    return [ContentsRow(level - top + 1, text, offset) for level, text, offset in headings]


def removed_rows(removals: Sequence[Removal]) -> list[Row]:
    """Return what was taken from the page, in its order."""
    if not removals:
        return [Remark(" Nothing was removed from this page.")]
    return [RemovedRow(index, removal) for index, removal in enumerate(removals)]
