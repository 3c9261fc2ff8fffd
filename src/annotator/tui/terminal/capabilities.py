"""The capabilities that a terminal reports when it is queried.

The query is sent while the program runs, when the first image is drawn, and the
answers are filtered out of the keyboard input.
"""

import re
from concurrent.futures import Future
from typing import NamedTuple

_NAME, _CELL, _COLOURS = "\x1b[>q", "\x1b[16t", "\x1b[?1;1;0S"
_ATTRIBUTES = "\x1b[c"
_SIXEL = "4"  # among them, since the VT240

_KITTY = re.compile(r"kitty\((\d+)\.(\d+)")
_KITTY_PLACEHOLDERS = (0, 28)  # the first version that draws images in place of characters
_ANSWER = re.compile(
    r"\x1bP>\|([^\x1b]*)\x1b\\"
    r"|\x1b\[6;(\d+);(\d+)t"
    r"|\x1b\[\?1;\d(?:;(\d+))?S"
    r"|\x1b\[\?([\d;]*)c"
)
_BEGUN = re.compile(r"\x1b(?:\[[?\d;]*|P[^\x1b]*\x1b?)?$")


class TerminalCapabilities(NamedTuple):
    """The answers of a terminal. A field is empty if it did not answer."""

    name: str = ""
    attributes: str = ""
    cell: tuple[int, int] | None = None  # pixels across and down
    colours: int = 0

    @property
    def has_sixel(self) -> bool:
        """Whether the terminal draws sixels."""
        return _SIXEL in self.attributes.split(";")

    @property
    def has_kitty(self) -> bool:
        """Whether the terminal draws images in place of placeholder characters.

        Some terminals know the rest of kitty's protocol, but not these characters.
        """
        kitty = _KITTY.match(self.name)
        if kitty:
            return (int(kitty[1]), int(kitty[2])) >= _KITTY_PLACEHOLDERS
        return self.name.startswith("ghostty")


class TerminalQuery:
    """A query to the terminal. `hear` collects the answers from the keyboard input."""

    words = _NAME + _CELL + _COLOURS + _ATTRIBUTES  # every terminal answers the last one

    def __init__(self) -> None:
        self.answers: Future[TerminalCapabilities] = Future()
        self.is_awaited = True  # while an escape may be the start of an answer
        self._heard = TerminalCapabilities()
        self._begun = ""

    def hear(self, data: str) -> str:
        """Return `data` without the answers in it."""
        data = _ANSWER.sub(self._take, self._begun + data)
        begun = _BEGUN.search(data) if self.is_awaited else None
        self._begun = begun[0] if begun else ""
        return data[: len(data) - len(self._begun)]

    def _take(self, match: re.Match[str]) -> str:
        name, height, width, colours, attributes = match.groups()
        if name:
            self._heard = self._heard._replace(name=name)
        if width:
            self._heard = self._heard._replace(cell=(int(width), int(height)))
        if colours:
            self._heard = self._heard._replace(colours=int(colours))
        if attributes is not None and not self.answers.done():
            self.is_awaited = False
            self.answers.set_result(self._heard._replace(attributes=attributes))
        return ""
