"""The line above a list: its title, or the heads of its columns."""

from collections.abc import Callable

from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.lists.painting import paint
from annotator.tui.lists.rows import Line
from annotator.tui.theming.stylesheets import PartStyles


class ListHead(PartStyles, Widget):
    """A line that `line` returns for its width, with an empty one below it."""

    def __init__(self, line: Callable[[int], Line]) -> None:
        super().__init__()
        self._line = line

    def render_line(self, y: int) -> Strip:
        """Return the line, or the empty one."""
        return paint(self, "listing", self._line(self.size.width) if y == 0 else ())
