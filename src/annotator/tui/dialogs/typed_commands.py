"""The commands of vim that the palette knows by their names, such as `:wq` and `:123`."""

from collections.abc import Iterator, Sequence

from textual.screen import Screen

from annotator.tui.keys.groups import BY_ID
from annotator.tui.notifications import tell

TYPED = "typed:"  # begins the key of such a command, before its name

_LEAVE = ("q", "q!", "quit", "wq", "x", "xit", "exit", "bd")
_QUIT = ("qa", "qa!", "qall", "wqa", "xa")
_SAVE = ("w", "w!", "write", "wa", "up", "update")
_HELP = ("h", "help")
_SAVED = "Everything is saved already, as soon as you do it."
_MAX_DIGITS = 9


def label_of(typed: str, places: Sequence[str]) -> str:
    """Return what a command of vim does on the screen with those keys; nothing for others."""
    if typed.isdecimal():
        return f"Go to line {typed}" if "read" in places and len(typed) <= _MAX_DIGITS else ""
    labels = {_LEAVE: "Leave this screen", _QUIT: "Quit", _SAVE: "Save", _HELP: "Help"}
    return next((label for names, label in labels.items() if typed in names), "")


def run_typed(screen: Screen[object], typed: str, places: Sequence[str]) -> str:
    """Run such a command, or return the action that does the same."""
    if typed.isdecimal():
        return f"line_number({typed})"
    if typed in _QUIT:
        screen.app.exit()
    elif typed in _SAVE:
        tell(screen, _SAVED)
    elif typed in _HELP:
        return BY_ID["program.help"].action
    else:
        return next(_ways_out(places), "app.quit")
    return ""


def _ways_out(places: Sequence[str]) -> Iterator[str]:
    for place in places:
        for name in ("back", "quit"):
            if (key := BY_ID.get(f"{place}.{name}")) is not None:
                yield key.action
