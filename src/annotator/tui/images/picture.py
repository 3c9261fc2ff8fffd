"""Images in half blocks, two pixels per cell, which every terminal with many colours can draw.

They are decoded by Pillow, which is an optional dependency.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from PIL import Image

HALF_BLOCK = "▀"
HALVES = (1, 2)  # pixels of a cell, across and down
CELL_WIDTH = 8  # pixels, on the screens that images are made for
LARGEST = (512, 512)  # pixels kept for half blocks: more than any terminal shows
MAX_PIXELS = 50_000_000  # of the image itself; each takes three bytes when decoded
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
        from PIL import Image  # optional

        size = columns * points[0], lines * points[1]
        return self._image.resize(size, Image.Resampling.HAMMING)


def check_dependencies() -> None:
    """Raise an `AnnotatorError` unless images can be decoded, before one is fetched."""
    if find_spec("PIL") is None or find_spec("textual_image") is None:
        raise AnnotatorError(
            "Pictures need an optional package.",
            "Install it with: pip install 'annotator-tui[images]'",
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
            _refuse_size(image.size)
            image.draft("RGB", largest)
            image.thumbnail(largest)
            seen = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise AnnotatorError(
            "This picture is damaged, or its format is not supported.",
            "Press o to open the page in a browser.",
        ) from error
    behind = Image.new("RGBA", seen.size, (*background, 255))
    return drawn_as(Image.alpha_composite(behind, seen).convert("RGB"))


def _refuse_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise AnnotatorError(
            f"This picture has {width} × {height} pixels, too many to draw.",
            "Press o to open the page in a browser.",
        )


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
