"""Images by kitty's graphics protocol, which the terminal draws in place of certain characters.

So they scroll with the text and are hidden by dialogs.
https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders
"""

import zlib
from base64 import b64encode
from collections.abc import Iterator
from secrets import randbelow
from typing import TYPE_CHECKING, Protocol

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from annotator.tui.images.picture import Picture, Points, Rows

if TYPE_CHECKING:
    from PIL import Image

PLACEHOLDER = "\U0010eeee"
_IDS = (1 << 24) - 1  # the colour of a character is the id of its image

_CHUNK = 4096  # bytes of base64 in one command, by the protocol
_FASTEST = 1  # better compression takes longer than it saves on the way to a terminal

# The combining marks with which the protocol numbers rows and columns, as far as needed.
_RANGES = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599 "
    "59c-5a1 5a8-5a9 5ab-5ac 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8 6eb-6ec "
    "730 732-733 735-736 73a 73d 73f-741 743 745 747 749-74a 7eb-7f1 7f3 816-819 81b-823 825-827 "
    "829-82d 951 953-954 f82-f83 f86-f87 135d-135f 17dd 193a 1a17 1a75-1a7c 1b6b 1b6d-1b73 "
    "1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe 20d0-20d1"
)


def _numbers() -> Iterator[str]:
    for span in _RANGES.split():
        first, _, last = span.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


NUMBERS = (*_numbers(),)


class Terminal(Protocol):
    """A terminal. `farewells` are the sequences that it is sent at the end, to free images."""

    farewells: set[str]

    def write(self, data: str) -> None:
        """Send `data` to the terminal."""


class KittyPicture(Picture):
    """An image that is sent to the terminal once for each size."""

    def __init__(self, image: "Image.Image", *, terminal: Terminal, points: Points) -> None:
        super().__init__(image, points)
        self._terminal = terminal
        self._id = 1 + randbelow(_IDS)
        self._sent: object = None  # the size at which it was sent last

    def size(self, columns: int, lines: int) -> tuple[int, int]:
        """Return its columns and lines, at most as many as given."""
        return super().size(min(columns, len(NUMBERS)), min(lines, len(NUMBERS)))

    def rows(self, columns: int, lines: int) -> Rows:
        """Return the placeholder characters, and send the image if its size is new."""
        size = (columns, lines, self._points())
        if self._sent != size:
            self._sent = size
            self._terminal.farewells.add(self._farewell)
            self._terminal.write(self._sending(*size))
        ink = Style(color=Color.from_rgb(self._id >> 16, self._id >> 8 & 255, self._id & 255))
        return tuple(
            (Segment("".join(PLACEHOLDER + row + column for column in NUMBERS[:columns]), ink),)
            for row in NUMBERS[:lines]
        )

    def forget(self) -> None:
        """Free the image in the terminal."""
        self._terminal.farewells.discard(self._farewell)
        self._terminal.write(self._farewell)

    def _sending(self, columns: int, lines: int, points: tuple[int, int]) -> str:
        image = self._drawn(columns, lines, points)
        placing = f"\x1b_Ga=p,U=1,i={self._id},c={columns},r={lines},q=2\x1b\\"
        return _commands(image, self._id) + placing

    @property
    def _farewell(self) -> str:
        return f"\x1b_Ga=d,d=I,i={self._id},q=2\x1b\\"


def _commands(image: "Image.Image", id_: int) -> str:
    """Return the commands that send an image and suppress answers."""
    data = b64encode(zlib.compress(image.tobytes(), _FASTEST)).decode("ascii")
    chunks = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    width, height = image.size
    first = f"a=t,i={id_},f=24,s={width},v={height},o=z,q=2,"
    heads = (first, *(f"i={id_},q=2," for _ in chunks[1:]))
    return "".join(
        f"\x1b_G{head}m={int(number < len(chunks))};{chunk}\x1b\\"
        for number, (head, chunk) in enumerate(zip(heads, chunks, strict=True), start=1)
    )
