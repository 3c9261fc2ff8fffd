"""Pictures in half blocks: two points a cell, which every terminal with colours can draw.

Pillow reads them; it is an addition that not everybody needs.
"""

from __future__ import annotations

import io
from importlib.util import find_spec
from itertools import groupby
from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from PIL import Image

HALF_BLOCK = "▀"
LARGEST = 512  # points kept of the longer side: more than any terminal has
MOST_POINTS = 50_000_000  # of the image itself; unpacked it takes three bytes each
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")

Rows = tuple[tuple[Segment, ...], ...]


class Picture:
    """A picture that can be drawn at any size."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image

    def size(self, columns: int, lines: int) -> tuple[int, int]:
        """Return how many columns and lines it takes of those that there are."""
        width, height = self._image.size
        scale = min(columns / width, 2 * lines / height, 1.0)  # a small sign is not blown up
        return max(1, round(width * scale)), max(1, round(height * scale / 2))

    def rows(self, columns: int, lines: int) -> Rows:
        """Return it as `lines` rows of cells."""
        from PIL import Image

        points = self._image.resize((columns, lines * 2), Image.Resampling.BOX).tobytes()
        stride = columns * 3
        return tuple(
            _row(points[top : top + stride], points[top + stride : top + 2 * stride])
            for top in range(0, lines * 2 * stride, 2 * stride)
        )


def check_addition() -> None:
    """Raise an `AnnotatorError` unless pictures can be drawn, before one is fetched in vain."""
    if find_spec("PIL") is None:
        raise AnnotatorError(
            "Drawing pictures needs an addition to this program.",
            "Install it with its pictures: pip install 'annotator-tui[images]'.",
        )


def read_picture(data: bytes, ground: tuple[int, int, int]) -> Picture:
    """Return the picture that `data` holds, on `ground` where one can see through it.

    Raises an `AnnotatorError` if it cannot be drawn here.
    """
    check_addition()
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _refuse_size(image.size)
            image.draft("RGB", (LARGEST, LARGEST))
            image.thumbnail((LARGEST, LARGEST))
            seen = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise AnnotatorError(
            "This picture is damaged, or of a kind that cannot be drawn.",
            "Follow its page in a browser with o.",
        ) from error
    paper = Image.new("RGBA", seen.size, (*ground, 255))
    return Picture(Image.alpha_composite(paper, seen).convert("RGB"))


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
