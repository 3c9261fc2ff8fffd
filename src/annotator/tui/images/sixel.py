"""Pictures in sixels, for terminals that keep no picture: drawn over their cells, at rest.

Whatever is written on a cell wipes what was drawn there. So below them lie
half blocks, which are what one sees while the page moves. A sixel is six
points high: what is left of the last line shows the cells below.
"""

import re
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style

from annotator.tui.images.picture import Picture, Points, Rows

if TYPE_CHECKING:
    from PIL import Image

_BAND = 6  # points that one sixel is high; a part of one may be drawn whole, over the line below
_NEXT_BAND = "-"
_END = "\x1b\\"
_COLOUR = re.compile(r"#(\d+);2;\d+;\d+;\d+")
MOST_COLOURS = 256  # of a sixel image, as terminals and their encoders know it


class SixelPicture(Picture):
    """A picture of half blocks, and of sixels over those that are seen.

    `blank` is how the cells below look where there are too few colours for half blocks.
    """

    is_drawn_over: ClassVar[bool] = True

    def __init__(
        self,
        image: "Image.Image",
        *,
        points: Points,
        colours: int = MOST_COLOURS,
        blank: Style | None = None,
    ) -> None:
        super().__init__(image, points)
        self._blank = blank
        self._colours = min(colours, MOST_COLOURS)
        self._last: tuple[object, str] = (None, "")

    def rows(self, columns: int, lines: int) -> Rows:
        """Return the cells below the sixels."""
        if self._blank is None:
            return super().rows(columns, lines)
        return ((Segment(" " * columns, self._blank),),) * lines

    def over(self, columns: int, lines: int, seen: range) -> str:
        """Return the sixels of the lines that are seen."""
        key = (columns, lines, seen, self._points())
        if self._last[0] != key:
            self._last = (key, self._sixels(columns, lines, seen))
        return self._last[1]

    def _sixels(self, columns: int, lines: int, seen: range) -> str:
        from textual_image._sixel import SixelOptions, image_to_sixels  # asks the terminal nothing

        across, down = self._points()
        drawn = self._drawn(columns, lines, (across, down))
        top, height = seen.start * down, len(seen) * down
        shown = drawn.crop((0, top, columns * across, top + height - height % _BAND))
        options = SixelOptions(colors=self._colours, quantize="adaptive")
        return _understood_by_all(image_to_sixels(shown, options))


def _understood_by_all(sixels: str) -> str:
    """Return an image that names its colours before they are used, and ends on its last line.

    foot draws with the colour before where one is named and used at once, and
    takes the start of one more line for a line.
    """
    start = sixels.find("#")
    named = "".join(match.group() for match in _COLOUR.finditer(sixels, start))
    drawn = _COLOUR.sub(r"#\1", sixels[start:]).removesuffix(_END).removesuffix(_NEXT_BAND)
    return f"{sixels[:start]}{named}{drawn}{_END}"
