"""The line above the text: title, site, date, length and completeness."""

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
_TITLE_SHARE = 0.85  # of the line; facts are dropped before the title gets less


class ReaderHeader(PartStyles, Widget):
    """Shows facts about the article in one line.

    Without room for all, the length is dropped first, then the date, then the site.
    """

    def __init__(self) -> None:
        super().__init__()
        self._record: ArticleRecord | None = None
        self._has_title = False

    def show(self, record: ArticleRecord) -> None:
        """Show the facts about an article."""
        self._record = record
        self.refresh()

    def show_title(self, *, is_shown: bool) -> None:
        """Show or hide the title, which the text shows as well while it is at the top."""
        if is_shown != self._has_title:
            self._has_title = is_shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line; any row below it is empty."""
        return self.strip(has_title=self._has_title) if y == 0 else paint(self, _NAME, ())

    def strip(self, *, has_title: bool) -> Strip:
        """Return the line with or without the title."""
        line: Line = ()
        if self._record is not None:
            width = self.size.width
            line = (header_line if has_title else label_line)(self._record, width=width)
        return paint(self, _NAME, line)


def header_line(record: ArticleRecord, *, width: int) -> Line:
    """Return a line with the title at the left, and the facts at the right."""
    label = _label(record)
    room = width - 1 - cell_len(label.text)
    least_title = min(cell_len(record.title), round(room * _TITLE_SHARE))
    facts = _facts_in(record, room - least_title)
    title = truncate(record.title, max(1, room - cell_len(facts)))
    gap = " " * max(0, room - cell_len(title) - cell_len(facts))
    return (Piece(" "), Piece(title, "strong"), Piece(gap), Piece(facts, "quiet"), label)


def label_line(record: ArticleRecord, *, width: int) -> Line:
    """Return a line with length and completeness only, for when the text shows the rest."""
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
