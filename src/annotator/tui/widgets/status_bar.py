"""The status bar: the mode, the most useful keys, and the position."""

from collections.abc import Sequence
from itertools import chain

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.keys.key import Key
from annotator.tui.keys.keymap import shown
from annotator.tui.lists.painting import paint
from annotator.tui.lists.rows import Line, Piece
from annotator.tui.lists.text_fit import truncate
from annotator.tui.theming.stylesheets import PartStyles

_NAME = "status-bar"


class StatusBar(PartStyles, Widget):
    """The status bar."""

    def __init__(self) -> None:
        super().__init__()
        self._mode = ""
        self._keys: tuple[Key, ...] = ()
        self._place = ""

    def show(self, mode: str, keys: Sequence[Key], place: str) -> None:
        """Show the name of the mode, its keys, and the position."""
        if (mode, tuple(keys), place) != (self._mode, self._keys, self._place):
            self._mode, self._keys, self._place = mode, tuple(keys), place
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line, or an empty one below it."""
        if y:
            return paint(self, _NAME, ())
        return self.strip(self._mode, self._keys, self._place)

    def strip(self, mode: str, keys: Sequence[Key], place: str) -> Strip:
        """Return the line for these values."""
        return paint(self, _NAME, footer_line(mode, keys, place, width=self.size.width))


def footer_line(mode: str, keys: Sequence[Key], place: str, *, width: int) -> Line:
    """Return the line, with as many keys as fit between the mode and the position."""
    start = (Piece(f" {mode.upper()} ", "mode"), Piece(" ")) if mode else (Piece(" "),)
    taken = _cells(start)
    end = f"{truncate(place, max(0, width - taken - 2))} "
    room = width - taken - cell_len(end) - 1
    hints = _fitting([_hint(key) for key in keys], room)
    rest = room - sum(map(_cells, hints))
    return (*start, *chain.from_iterable(hints), Piece(" " * max(1, rest + 1)), Piece(end, "quiet"))


def _fitting(hints: Sequence[Line], room: int) -> list[Line]:
    """Return the hints that fit: the first and last take precedence, then the last but one."""
    last = len(hints) - 1
    kept = set[int]()
    for index in dict.fromkeys((0, last, max(0, last - 1), *range(last))) if hints else ():
        room -= _cells(hints[index])
        if room < 0:
            break
        kept.add(index)
    return [hint for index, hint in enumerate(hints) if index in kept]


def _hint(key: Key) -> Line:
    return (Piece(shown(key), "key"), Piece(f" {key.brief}  ", "quiet"))


def _cells(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)
