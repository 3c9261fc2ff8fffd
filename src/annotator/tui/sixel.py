"""Pictures in sixels, for terminals that keep no picture: drawn over their cells, at rest.

Whatever is written on a cell wipes what was drawn there. So below them lie
half blocks, which are what one sees while the page moves.
"""

from typing import TYPE_CHECKING, ClassVar

from annotator.tui.pictures import Picture, Points

if TYPE_CHECKING:
    from PIL import Image

MOST_COLOURS = 256  # of a sixel image, as terminals and their encoders know it


class SixelPicture(Picture):
    """A picture of half blocks, and of sixels over those that are seen."""

    is_drawn_over: ClassVar[bool] = True

    def __init__(
        self, image: "Image.Image", *, points: Points, colours: int = MOST_COLOURS
    ) -> None:
        super().__init__(image, points)
        self._colours = min(colours, MOST_COLOURS)
        self._last: tuple[object, str] = (None, "")

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
        shown = drawn.crop((0, seen.start * down, columns * across, seen.stop * down))
        return image_to_sixels(shown, SixelOptions(colors=self._colours, quantize="adaptive"))
