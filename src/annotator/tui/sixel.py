"""Pictures in sixels, for terminals that keep no picture: drawn over their cells, at rest.

Whatever is written on a cell wipes what was drawn there. So below them lie
half blocks, which are what one sees while the page moves.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from annotator.tui.pictures import Picture

if TYPE_CHECKING:
    from PIL import Image

MOST_COLOURS = 256  # of a sixel image, as terminals and their encoders know it


class SixelPicture(Picture):
    """A picture of half blocks, and of sixels over those that are seen."""

    is_drawn_over: ClassVar[bool] = True

    def __init__(
        self,
        image: "Image.Image",
        *,
        points: Callable[[], tuple[int, int]],
        colours: int = MOST_COLOURS,
    ) -> None:
        super().__init__(image)
        self._points = points
        self._colours = min(colours, MOST_COLOURS)
        self._last: tuple[object, str] = (None, "")

    def points(self) -> tuple[int, int]:
        """Return how many points a cell has, across and down."""
        return self._points()

    def over(self, columns: int, lines: int, seen: range) -> str:
        """Return the sixels of the lines that are seen."""
        key = (columns, lines, seen, self.points())
        if self._last[0] != key:
            self._last = (key, self._sixels(columns, lines, seen))
        return self._last[1]

    def _sixels(self, columns: int, lines: int, seen: range) -> str:
        from PIL import Image
        from textual_image._sixel import SixelOptions, image_to_sixels  # asks the terminal nothing

        across, down = self.points()
        drawn = self._image.resize((columns * across, lines * down), Image.Resampling.BOX)
        shown = drawn.crop((0, seen.start * down, columns * across, seen.stop * down))
        return image_to_sixels(shown, SixelOptions(colors=self._colours, quantize="adaptive"))
