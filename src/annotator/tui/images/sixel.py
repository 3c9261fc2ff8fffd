"""Images in sixels, drawn over their cells while the page is at rest.

A terminal does not keep sixels: text that is written to a cell wipes them. So
the cells contain half blocks, which are visible while the page scrolls. A sixel
is six pixels high; what is left of the last line shows the half blocks.
"""

import re
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style

from annotator.tui.images.picture import Picture, Points, Rows

if TYPE_CHECKING:
    from PIL import Image

_BAND = 6  # pixels; a part of a sixel may be drawn in full, over the line below
_NEXT_BAND = "-"
_END = "\x1b\\"
_COLOUR = re.compile(r"#(\d+);2;\d+;\d+;\d+")
MAX_COLOURS = 256  # of a sixel image, in terminals and encoders


class SixelPicture(Picture):
    """An image of half blocks, with sixels over the visible ones.

    `blank` is the style of empty cells, used where there are too few colours for half blocks.
    """

    is_drawn_over: ClassVar[bool] = True

    def __init__(
        self,
        image: "Image.Image",
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
        """Return the cells under the sixels."""
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


def _portable(sixels: str) -> str:
    """Return sixels that define all colours before they are used, and end on their last line.

    The terminal foot uses the wrong colour if one is defined where it is used, and
    counts a line break at the end as another line.
    """
    start = sixels.find("#")
    named = "".join(match.group() for match in _COLOUR.finditer(sixels, start))
    drawn = _COLOUR.sub(r"#\1", sixels[start:]).removesuffix(_END).removesuffix(_NEXT_BAND)
    return f"{sixels[:start]}{named}{drawn}{_END}"
