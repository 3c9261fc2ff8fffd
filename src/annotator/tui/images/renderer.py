"""The way images are drawn: by the settings, or by what the terminal can do."""

import asyncio
import fcntl
import struct
import termios
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App

from annotator.errors import AnnotatorError
from annotator.tui.images.kitty import KittyPicture
from annotator.tui.images.picture import LARGEST, Picture
from annotator.tui.images.sixel import MAX_COLOURS, SixelPicture
from annotator.tui.terminal.capabilities import TerminalCapabilities, TerminalQuery
from annotator.tui.terminal.driver import PatientDriver, terminal_of
from annotator.tui.theming.themes import has_few_colours

if TYPE_CHECKING:
    from PIL import Image

_TIMEOUT = 1.0  # seconds, enough for a terminal far away
_SCREEN = 2  # standard error, which Textual writes to
_VT340 = (10, 20)  # pixels of a cell of the terminal that sixels were made for
_FULL_COLOUR = "truecolor"  # Rich's name for it
_IN_THE_BROWSER = "Press o to open the page in a browser."


class ImageRenderer(NamedTuple):
    """The class that draws images, and the pixels of a cell if it draws pixels."""

    drawn_as: Callable[["Image.Image"], Picture] = Picture
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
