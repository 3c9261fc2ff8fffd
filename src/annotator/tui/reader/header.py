"""The line above the text: what one is reading, and whether it is all there."""

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from annotator.model import ArticleRecord
from annotator.model.labels import ACCESS, long_date
from annotator.tui.lists.painting import paint
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import truncate
from annotator.tui.theming.stylesheets import PartStyles

_NAME = "reader-header"
_SHARE_OF_TITLE = 0.85  # of the line, before facts are kept and the title is cut


class ReaderHeader(PartStyles, Widget):
    """One quiet line, which drops what has no room: first the length, then date, then site."""

    def __init__(self) -> None:
        super().__init__()
        self._record: ArticleRecord | None = None
        self._has_title = False

    def show(self, record: ArticleRecord) -> None:
        """Show what is known of the article."""
        self._record = record
        self.refresh()

    def show_title(self, *, is_shown: bool) -> None:
        """Show the title, or leave it to the text that begins with it."""
        if is_shown != self._has_title:
            self._has_title = is_shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line, or an empty one below it."""
        return self.strip(has_title=self._has_title) if y == 0 else paint(self, _NAME, ())

    def strip(self, *, has_title: bool) -> Strip:
        """Return the line with the title or without."""
        line: Line = ()
        if self._record is not None:
            width = self.size.width
            line = (header_line if has_title else label_line)(self._record, width=width)
        return paint(self, _NAME, line)


def header_line(record: ArticleRecord, *, width: int) -> Line:
    """Return the title at the left, origin and completeness at the right."""
    label = _label(record)
    room = width - 1 - cell_len(label.text)
    least_title = min(cell_len(record.title), round(room * _SHARE_OF_TITLE))
    facts = _facts_in(record, room - least_title)
    title = truncate(record.title, max(1, room - cell_len(facts)))
    gap = " " * max(0, room - cell_len(title) - cell_len(facts))
    return (Piece(" "), Piece(title, "strong"), Piece(gap), Piece(facts, "quiet"), label)


def label_line(record: ArticleRecord, *, width: int) -> Line:
    """Return length and completeness alone, at the right: the text begins with the rest."""
    label = _label(record)
    length = truncate(f"{record.minutes} min", max(0, width - cell_len(label.text)))
    gap = " " * max(0, width - cell_len(length) - cell_len(label.text))
    return (Piece(gap), Piece(length, "quiet"), label)


def _label(record: ArticleRecord) -> Piece:
    words = ACCESS[record.access].short
    return Piece(f"  {words} ", "warning") if words else Piece(" ")


def _facts_in(record: ArticleRecord, room: int) -> str:
    published = long_date(record.published) if record.published else ""
    facts = [*filter(None, (record.site_name, published)), f"{record.minutes} min"]
    while facts and cell_len(_joined(facts)) > room:
        facts.pop()
    return _joined(facts)


def _joined(facts: list[str]) -> str:
    return "  " + " · ".join(facts) if facts else ""
