"""Images: decoded by Pillow, which is an optional dependency, and the ways to draw them.

The settings say which is taken, or else what the terminal can do: kitty's graphics protocol,
sixels, or half blocks, two pixels per cell, which every terminal with many colours can draw.
"""

from __future__ import annotations

import asyncio
import fcntl
import io
import re
import struct
import termios
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec
from itertools import groupby
from secrets import randbelow
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from annotator.errors import AnnotatorError
from annotator.tui.terminal.capabilities import TerminalCapabilities, TerminalQuery
from annotator.tui.terminal.driver import PatientDriver, terminal_of
from annotator.tui.theming import has_few_colours
from annotator.usecases.library.installing import how_to_install

if TYPE_CHECKING:
    from PIL import Image
    from textual.app import App

HALF_BLOCK = "▀"
HALVES = (1, 2)  # pixels of a cell, across and down
CELL_WIDTH = 8  # pixels, on the screens that images are made for
LARGEST = (512, 512)  # pixels kept for half blocks: more than any terminal shows
MAX_PIXELS = 50_000_000  # of the image itself; each takes three bytes when decoded
_HAMMING = 5  # of `PIL.Image.Resampling`, which is optional
PACKAGES = "pillow 'textual-image<0.13'"
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")

Points = Callable[[], tuple[int, int]]  # pixels of a cell at the current font size
Rows = tuple[tuple[Segment, ...], ...]


class Picture:
    """An image that can be drawn at any size."""

    is_drawn_over: ClassVar[bool] = False  # whether `over` draws over its cells

    def __init__(self, image: Image.Image, points: Points = lambda: HALVES) -> None:
        self._image = image
        self._points = points

    def size(self, columns: int, lines: int) -> tuple[int, int]:
        """Return its columns and lines, at most as many as given."""
        (width, height), (across, down) = self._image.size, self._points()
        most = max(1, across // CELL_WIDTH)  # small images are enlarged on dense screens only
        scale = min(columns * across / width, lines * down / height, most)
        return max(1, round(width * scale / across)), max(1, round(height * scale / down))

    def rows(self, columns: int, lines: int) -> Rows:
        """Return the image as `lines` rows of cells."""
        points = self._drawn(columns, lines, HALVES).tobytes()
        stride = columns * 3
        return tuple(
            _row(points[top : top + stride], points[top + stride : top + 2 * stride])
            for top in range(0, lines * 2 * stride, 2 * stride)
        )

    def over(self, columns: int, lines: int, seen: range) -> str:  # noqa: ARG002  others need it
        """Return a sequence to write at the first visible cell. `seen` are the visible lines."""
        return ""

    def forget(self) -> None:
        """Free the image in the terminal."""

    def _drawn(self, columns: int, lines: int, points: tuple[int, int]) -> Image.Image:
        """Return the image resized to that many cells of that many pixels."""
        size = columns * points[0], lines * points[1]
        return self._image.resize(size, _HAMMING)


def check_dependencies() -> None:
    """Raise an `AnnotatorError` unless images can be decoded, before one is fetched."""
    if find_spec("PIL") is None or find_spec("textual_image") is None:
        raise AnnotatorError(
            "Pictures need two more packages.", f"Install them with: {how_to_install(PACKAGES)}"
        )


def read_picture(
    data: bytes,
    background: tuple[int, int, int],
    *,
    largest: tuple[int, int] = LARGEST,
    drawn_as: Callable[[Image.Image], Picture] = Picture,
) -> Picture:
    """Decode an image, with `background` behind its transparent parts.

    It is scaled down to at most `largest` pixels, across and down. Raises an
    `AnnotatorError` if it cannot be decoded.
    """
    check_dependencies()
    from PIL import Image, UnidentifiedImageError  # optional

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise AnnotatorError(
                    f"This picture has {width} × {height} pixels, too many to draw.",
                    _IN_THE_BROWSER,
                )
            image.draft("RGB", largest)
            image.thumbnail(largest)
            seen = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise AnnotatorError(
            "This picture is damaged, or its format is not supported.", _IN_THE_BROWSER
        ) from error
    behind = Image.new("RGBA", seen.size, (*background, 255))
    return drawn_as(Image.alpha_composite(behind, seen).convert("RGB"))


def _row(upper: bytes, lower: bytes) -> tuple[Segment, ...]:
    cells = (
        (tuple(upper[at : at + 3]), tuple(lower[at : at + 3])) for at in range(0, len(upper), 3)
    )
    return tuple(
        Segment(HALF_BLOCK * len(list(same)), Style(color=_colour(above), bgcolor=_colour(below)))
        for (above, below), same in groupby(cells)
    )


def _colour(point: tuple[int, ...]) -> Color:
    red, green, blue = point
    return Color.from_rgb(red, green, blue)


_TIMEOUT = 1.0  # seconds, enough for a terminal far away
_SCREEN = 2  # standard error, which Textual writes to
_VT340 = (10, 20)  # pixels of a cell of the terminal that sixels were made for
_FULL_COLOUR = "truecolor"  # Rich's name for it
_IN_THE_BROWSER = "Press o to open the page in a browser."

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

_BAND = 6  # pixels; a part of a sixel may be drawn in full, over the line below
_NEXT_BAND = "-"
_END = "\x1b\\"
_COLOUR = re.compile(r"#(\d+);2;\d+;\d+;\d+")
MAX_COLOURS = 256  # of a sixel image, in terminals and encoders


class SixelPicture(Picture):
    """An image of half blocks, with sixels over the visible ones while the page is at rest.

    A terminal does not keep sixels: text that is written to a cell wipes them. So the cells
    contain half blocks, which are visible while the page scrolls. A sixel is six pixels high;
    what is left of the last line shows the half blocks.

    `blank` is the style of empty cells, used where there are too few colours for half blocks.
    """

    is_drawn_over: ClassVar[bool] = True

    def __init__(
        self,
        image: Image.Image,
        *,
        points: Points,
        colours: int = MAX_COLOURS,
        blank: Style | None = None,
    ) -> None:
        super().__init__(image, points)
        self._blank = blank
        self._colours = min(colours, MAX_COLOURS)
        self._last: tuple[object, str] = (None, "")

    def rows(self, columns: int, lines: int) -> Rows:
        if self._blank is None:
            return super().rows(columns, lines)
        return ((Segment(" " * columns, self._blank),),) * lines

    def over(self, columns: int, lines: int, seen: range) -> str:
        """Return the sixels of the visible lines."""
        key = (columns, lines, seen, self._points())
        if self._last[0] != key:
            self._last = (key, self._sixels(columns, lines, seen))
        return self._last[1]

    def _sixels(self, columns: int, lines: int, seen: range) -> str:
        from textual_image._sixel import (  # optional; this module sends no queries
            SixelOptions,
            image_to_sixels,
        )

        across, down = self._points()
        drawn = self._drawn(columns, lines, (across, down))
        top, height = seen.start * down, len(seen) * down
        shown = drawn.crop((0, top, columns * across, top + height - height % _BAND))
        options = SixelOptions(colors=self._colours, quantize="adaptive")
        return _portable(image_to_sixels(shown, options))


def _numbers() -> Iterator[str]:
    for span in _RANGES.split():
        first, _, last = span.partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


NUMBERS = (*_numbers(),)


class KittyPicture(Picture):
    """An image that is sent to the terminal once for each size.

    The terminal draws it in place of certain characters. So it scrolls with the text and is
    hidden by dialogs.
    https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders
    """

    def __init__(self, image: Image.Image, *, terminal: PatientDriver, points: Points) -> None:
        super().__init__(image, points)
        self._terminal = terminal
        self._id = 1 + randbelow(_IDS)
        self._sent: object = None  # the size at which it was sent last

    def size(self, columns: int, lines: int) -> tuple[int, int]:
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


def _commands(image: Image.Image, id_: int) -> str:
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


class ImageRenderer(NamedTuple):
    """The class that draws images, and the pixels of a cell if it draws pixels."""

    drawn_as: Callable[[Image.Image], Picture] = Picture
    points: tuple[int, int] | None = None

    def largest(self, columns: int, lines: int) -> tuple[int, int]:
        """Return the largest useful size of an image, in pixels."""
        return (columns * self.points[0], lines * self.points[1]) if self.points else LARGEST


async def image_renderer(app: App[Any], setting: str) -> ImageRenderer:
    """Return the renderer for a setting, one of `settings.settings.PICTURES`.

    Raises an `AnnotatorError` if images cannot be drawn here.
    """
    if setting == "off":
        raise AnnotatorError("Pictures are off in your settings.", _IN_THE_BROWSER)
    if app.no_color:
        raise AnnotatorError("Pictures need colours, which are turned off.", _IN_THE_BROWSER)
    terminal = terminal_of(app)
    if terminal is None or setting == "blocks":
        return _blocks(app)
    answers = await _ask(terminal)
    points = partial(_points, answers.cell or _VT340)
    has_ids = app.console.color_system == _FULL_COLOUR  # the colour is the id of the image
    if setting == "kitty" or (setting == "auto" and answers.has_kitty and has_ids):
        return ImageRenderer(partial(KittyPicture, terminal=terminal, points=points), points())
    if setting == "sixel" or (setting == "auto" and answers.has_sixel):
        colours = answers.colours or MAX_COLOURS
        blank = app.screen.rich_style if has_few_colours(app) else None
        drawn_as = partial(SixelPicture, points=points, colours=colours, blank=blank)
        return ImageRenderer(drawn_as, points())
    return _blocks(app)


def _blocks(app: App[Any]) -> ImageRenderer:
    if has_few_colours(app):
        raise AnnotatorError("This terminal has too few colours for pictures.", _IN_THE_BROWSER)
    return ImageRenderer()


async def _ask(terminal: PatientDriver) -> TerminalCapabilities:
    query = terminal.ask(TerminalQuery())
    try:
        return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(query.answers)), _TIMEOUT)
    except TimeoutError:
        query.is_awaited = False
        return TerminalCapabilities()


def _points(otherwise: tuple[int, int]) -> tuple[int, int]:
    """Return the pixels of a cell of the terminal now."""
    try:
        reported = fcntl.ioctl(_SCREEN, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return otherwise
    lines, columns, width, height = struct.unpack("HHHH", reported)
    if not (lines and columns and width >= columns and height >= lines):
        return otherwise
    return width // columns, height // lines


def _portable(sixels: str) -> str:
    """Return sixels that define all colours before they are used, and end on their last line.

    The terminal foot uses the wrong colour if one is defined where it is used, and
    counts a line break at the end as another line.
    """
    start = sixels.find("#")
    named = "".join(match.group() for match in _COLOUR.finditer(sixels, start))
    drawn = _COLOUR.sub(r"#\1", sixels[start:]).removesuffix(_END).removesuffix(_NEXT_BAND)
    return f"{sixels[:start]}{named}{drawn}{_END}"
