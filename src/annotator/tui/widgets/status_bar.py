"""The status bar: the mode, the most useful keys, and the position."""

from collections.abc import Sequence
from itertools import chain

from rich.cells import cell_len
from textual.strip import Strip
from textual.widget import Widget

from annotator.tui.keys.groups import Key
from annotator.tui.keys.keymap import shown
from annotator.tui.lists.rows import ELLIPSIS, Line, Piece, paint, truncate
from annotator.tui.theming import PartStyles

_NAME = "status-bar"
_AFTER_SUBJECT = "  "
_MAX_SUBJECT = 0.4  # of the width; the keys have the rest
_MAIN = 6  # keys that no other words push out
_BETWEEN = "  "  # parts of the place, of which the first ones are dropped
_LEAST_PART = 12  # cells; a shorter piece of a part says nothing


class StatusBar(PartStyles, Widget):
    """The status bar."""

    def __init__(self) -> None:
        super().__init__()
        self._mode = ""
        self._keys: tuple[Key, ...] = ()
        self._place = ""
        self._subject: Line = ()

    def show(self, mode: str, keys: Sequence[Key], place: str, *, subject: Line = ()) -> None:
        """Show the name of the mode, its keys, what they act on, and the position."""
        shown = (mode, tuple(keys), place, subject)
        if shown != (self._mode, self._keys, self._place, self._subject):
            self._mode, self._keys, self._place, self._subject = shown
            self.refresh()

    def render_line(self, y: int) -> Strip:
        if y:
            return paint(self, _NAME, ())
        return self.strip(self._mode, self._keys, self._place, self._subject)

    def strip(self, mode: str, keys: Sequence[Key], place: str, subject: Line = ()) -> Strip:
        """Return the line for these values."""
        line = footer_line(mode, keys, place, width=self.size.width, subject=subject)
        return paint(self, _NAME, line)


def footer_line(
    mode: str, keys: Sequence[Key], place: str, *, width: int, subject: Line = ()
) -> Line:
    """Return the line, with as many keys as fit between the mode and what is at the right.

    The first keys of the list, and the last two, are those of the main job. What is at the right
    has the room that they leave: the place, which drops its first parts, and before it the
    subject, what the keys act on, which drops its last pieces and takes two fifths of the line, or
    what all keys leave. More keys have the room that is left by these.
    """
    start = (Piece(f" {mode.upper()} ", "mode"), Piece(" ")) if mode else (Piece(" "),)
    room = width - _cells(start) - 2
    hints: list[Line] = [
        (Piece(shown(key), "key"), Piece(f" {key.brief}  ", "quiet")) for key in keys
    ]
    main = _fitting(hints[: _MAIN - 2] + hints[_MAIN - 2 :][-2:], room)
    needed = sum(map(_cells, main))
    end = f"{_last_parts(place, room - needed)} "
    room -= cell_len(end) - 1
    most = max(int(width * _MAX_SUBJECT), room - sum(map(_cells, hints)))
    about = _shortened(subject, min(room - needed, most))
    room -= _cells(about)
    hints = _fitting(hints, room)
    gap = Piece(" " * max(1, room - sum(map(_cells, hints)) + 1))
    return (*start, *chain.from_iterable(hints), gap, *about, Piece(end, "quiet"))


def _last_parts(place: str, room: int) -> str:
    """Return as many of the last parts of a place as fit, or else the beginning of the last one."""
    parts = place.split(_BETWEEN)
    while len(parts) > 1 and cell_len(_BETWEEN.join(parts)) > room:
        del parts[0]
    kept = _BETWEEN.join(parts)
    if cell_len(kept) <= room:
        return kept
    return truncate(kept, room) if room >= _LEAST_PART else ""


def _shortened(subject: Line, room: int) -> Line:
    """Return the pieces that fit, with a space behind them; the last one may be cut short.

    A piece of which only a few cells would stay is left out, and so is a sign without words.
    """
    kept: list[Piece] = []
    room -= len(_AFTER_SUBJECT)
    for text, role in subject:
        if (cut := truncate(text, max(0, room))) != text and cell_len(cut) < _LEAST_PART:
            break
        kept.append(Piece(cut, role))
        room -= cell_len(text)
    while kept and not kept[-1].text.strip(f" ·{ELLIPSIS}"):  # nothing but a separator
        kept.pop()
    is_sign = len(kept) == 1 and len(kept[0].text.strip()) == 1
    return (*kept, Piece(_AFTER_SUBJECT)) if kept and not is_sign else ()


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


def _cells(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)
