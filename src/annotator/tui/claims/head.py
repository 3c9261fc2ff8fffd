"""The line above the list: the query, or the input for it, and how the marks are arranged."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from annotator.model.labels import count
from annotator.tui.claims.view import ClaimsView
from annotator.tui.lists.painting import paint
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import truncate
from annotator.tui.theming.stylesheets import PartStyles
from annotator.tui.widgets.find_bar import FindBar

_TITLE = "Claims"
_EXAMPLES = "Words, speaker:ann, status:disputed, #tag, kind:question, has:note"
_IGNORED = "This part is left out."
_QUERY_SHARE = 0.5  # of the line
_MARGINS = 4  # cells beside the hint


class ClaimsHead(Container):
    """The query on the first line, and below it what is wrong with it, or what it may be."""

    def __init__(self) -> None:
        super().__init__()
        self._find_bar = FindBar(placeholder="Filter")
        self._line = HeadLine()
        self._hint = ""
        self._first = Container(self._line, id="claims-query")

    def compose(self) -> ComposeResult:
        """Yield both lines."""
        yield self._first
        yield Static(id="claims-hint")

    @property
    def is_open(self) -> bool:
        """Whether the query is being typed."""
        return self._find_bar.is_attached and self._find_bar.display

    async def open(self, text: str) -> None:
        """Let the query be typed, `text` to begin with."""
        self._line.display = False
        await self._find_bar.open(self._first, text)

    def close(self) -> None:
        """Show the query as it is."""
        self._line.display = True

    def show(self, view: ClaimsView, total: int) -> None:
        """Show a query, what is wrong with it, and the number of marks."""
        self._line.show(view, total)
        hint = self.query_one("#claims-hint", Static)
        is_waiting = self.is_open and not view.problem and not view.is_filtered
        is_kept = bool(view.problem) and not self.is_open
        words = view.problem or (_EXAMPLES if is_waiting else "")
        words = truncate(words, max(1, self.size.width - _MARGINS))
        if is_kept:
            words = f"{view.mistake} {_IGNORED}"
        if words != self._hint:  # each update lays the screen out again
            self._hint = words
            hint.update(Content(words))
        hint.set_class(bool(view.problem), "-problem")
        self.set_class(is_kept, "-kept")
        if self.is_open:
            self._find_bar.show_count(count(total, "mark"))


class HeadLine(PartStyles, Widget):
    """The title, the query, the number of marks, and how they are arranged."""

    def __init__(self) -> None:
        super().__init__()
        self._view = ClaimsView()
        self._total = 0

    def show(self, view: ClaimsView, total: int) -> None:
        """Show a view and its number of marks."""
        self._view, self._total = view, total
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  it is one line high
        """Return the line."""
        return paint(self, "head-line", head_line(self._view, self._total, self.size.width))


def head_line(view: ClaimsView, total: int, width: int) -> Line:
    """Return title and query at the left, number and arrangement at the right."""
    number = count(total, "mark")
    query = truncate(view.text.strip(), round(width * _QUERY_SHARE)) if view.is_filtered else ""
    left = f"{_TITLE}  " + (f"{query}  " if query else "")
    room = width - cell_len(left) - 2
    right = f"{number} · {view.arrangement}"
    if cell_len(right) > room:
        right = number if cell_len(number) <= room else ""
    gap = width - cell_len(left) - cell_len(right) - 2
    return (
        Piece(" "),
        Piece(_TITLE, "title"),
        Piece("  "),
        *((Piece(f"{query}  ", "problem" if view.problem else "query"),) if query else ()),
        Piece(" " * max(0, gap)),
        Piece(f"{right} ", "quiet"),
    )
