"""Pictures in half blocks: two points a cell, which every terminal with many colours can draw.

Pillow reads them; it is an addition that not everybody needs.
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
HALVES = (1, 2)  # points of a cell, across and down
LETTER = 8  # points that a cell is wide on the screens that pictures are made for
LARGEST = (512, 512)  # points kept for half blocks: more than any terminal has
MOST_POINTS = 50_000_000  # of the image itself; unpacked it takes three bytes each
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")

Points = Callable[[], tuple[int, int]]  # of a cell, as the letters are large now
Rows = tuple[tuple[Segment, ...], ...]


class Picture:
    """A picture that can be drawn at any size."""

    is_drawn_over: ClassVar[bool] = False  # whether `over` has something to add to its cells

    def __init__(self, image: Image.Image, points: Points = lambda: HALVES) -> None:
        self._image = image
        self._points = points

    def size(self, columns: int, lines: int) -> tuple[int, int]:
        """Return how many columns and lines it takes of those that there are."""
        (width, height), (across, down) = self._image.size, self._points()
        most = max(1, across // LETTER)  # a small sign is not blown up, but by the screen's density
        scale = min(columns * across / width, lines * down / height, most)
        return max(1, round(width * scale / across)), max(1, round(height * scale / down))

    def rows(self, columns: int, lines: int) -> Rows:
        """Return it as `lines` rows of cells."""
        points = self._drawn(columns, lines, HALVES).tobytes()
        stride = columns * 3
        return tuple(
            _row(points[top : top + stride], points[top + stride : top + 2 * stride])
            for top in range(0, lines * 2 * stride, 2 * stride)
        )

    def over(self, columns: int, lines: int, seen: range) -> str:  # noqa: ARG002  others need it
        """Return what the terminal is told at the first of the cells that are seen of it."""
        return ""

    def forget(self) -> None:
        """Let the terminal forget it."""

    def _drawn(self, columns: int, lines: int, points: tuple[int, int]) -> Image.Image:
        """Return it at the size of so many cells of so many points."""
        from PIL import Image

        size = columns * points[0], lines * points[1]
        return self._image.resize(size, Image.Resampling.HAMMING)


def check_addition() -> None:
    """Raise an `AnnotatorError` unless pictures can be drawn, before one is fetched in vain."""
    if find_spec("PIL") is None or find_spec("textual_image") is None:
        raise AnnotatorError(
            "Drawing pictures needs an addition to this program.",
            "Install it with its pictures: pip install 'annotator-tui[images]'.",
        )


def read_picture(
    data: bytes,
    ground: tuple[int, int, int],
    *,
    largest: tuple[int, int] = LARGEST,
    drawn_as: Callable[[Image.Image], Picture] = Picture,
) -> Picture:
    """Return the picture that `data` holds, on `ground` where one can see through it.

    No more of its points are kept than `largest`, across and down. Raises an
    `AnnotatorError` if it cannot be drawn here.
    """
    check_addition()
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _refuse_size(image.size)
            image.draft("RGB", largest)
            image.thumbnail(largest)
            seen = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise AnnotatorError(
            "This picture is damaged, or of a kind that cannot be drawn.",
            "Follow its page in a browser with o.",
        ) from error
    paper = Image.new("RGBA", seen.size, (*ground, 255))
    return drawn_as(Image.alpha_composite(paper, seen).convert("RGB"))


def _refuse_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_POINTS:
        raise AnnotatorError(
            f"This picture has {width} × {height} points, too many to draw.",
            "Look at it in a browser.",
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
