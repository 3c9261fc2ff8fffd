"""What a terminal can draw, by its own account.

The question goes out while the program runs and what comes back is taken out
of what is typed, so that nobody waits for it before a picture is wanted.
"""

import re
from concurrent.futures import Future
from typing import NamedTuple

_NAME, _CELL, _COLOURS = "\x1b[>q", "\x1b[16t", "\x1b[?1;1;0S"
_ATTRIBUTES = "\x1b[c"
_SIXEL = "4"  # among them, since the VT240

_KITTY = re.compile(r"kitty\((\d+)\.(\d+)")
_KITTY_PLACES = (0, 28)  # its first version that draws pictures by characters in their place
_ANSWER = re.compile(
    r"\x1bP>\|([^\x1b]*)\x1b\\"
    r"|\x1b\[6;(\d+);(\d+)t"
    r"|\x1b\[\?1;\d(?:;(\d+))?S"
    r"|\x1b\[\?([\d;]*)c"
)
_BEGUN = re.compile(r"\x1b(?:\[[?\d;]*|P[^\x1b]*\x1b?)?$")


class TerminalCapabilities(NamedTuple):
    """What a terminal said; nothing where it was silent."""

    name: str = ""
    attributes: str = ""
    cell: tuple[int, int] | None = None  # points across and down
    colours: int = 0

    @property
    def has_sixel(self) -> bool:
        """Whether it draws sixels."""
        return _SIXEL in self.attributes.split(";")

    @property
    def has_kitty(self) -> bool:
        """Whether it draws pictures by kitty's protocol where characters stand for them.

        Others that know the protocol do not know those characters.
        """
        kitty = _KITTY.match(self.name)
        if kitty:
            return (int(kitty[1]), int(kitty[2])) >= _KITTY_PLACES
        return self.name.startswith("ghostty")


class TerminalQuery:
    """A question to the terminal, and its answers among what is typed."""

    words = _NAME + _CELL + _COLOURS + _ATTRIBUTES  # which every terminal tells, so they come last

    def __init__(self) -> None:
        self.answers: Future[TerminalCapabilities] = Future()
        self.is_awaited = True  # as long as an escape may begin an answer
        self._heard = TerminalCapabilities()
        self._begun = ""

    def hear(self, data: str) -> str:
        """Return `data` without what answers the question."""
        data = _ANSWER.sub(self._take, self._begun + data)
        begun = _BEGUN.search(data) if self.is_awaited else None
        self._begun = begun[0] if begun else ""
        return data[: len(data) - len(self._begun)]

    def _take(self, found: re.Match[str]) -> str:
        name, height, width, colours, attributes = found.groups()
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
