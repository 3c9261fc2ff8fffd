"""What pictures are drawn with: what the terminal can do, unless the settings say it."""

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
from annotator.tui.images.sixel import MOST_COLOURS, SixelPicture
from annotator.tui.terminal.capabilities import TerminalCapabilities, TerminalQuery
from annotator.tui.terminal.driver import PatientDriver, terminal_of
from annotator.tui.theming.themes import has_few_colours

if TYPE_CHECKING:
    from PIL import Image

_SECONDS = 1.0  # in which a terminal answers, however far away
_SCREEN = 2  # standard error, which Textual writes to
_VT340 = (10, 20)  # points of a cell of the terminal that sixels were made for
_FULL_COLOUR = "truecolor"  # Rich's name for it
_IN_THE_BROWSER = "Press o to see the page in a browser."


class ImageRenderer(NamedTuple):
    """How pictures are drawn, and how many of their points a cell shows."""

    drawn_as: Callable[["Image.Image"], Picture] = Picture
    points: tuple[int, int] | None = None

    def largest(self, columns: int, lines: int) -> tuple[int, int]:
        """Return how many points of a picture are of use in such a room."""
        return (columns * self.points[0], lines * self.points[1]) if self.points else LARGEST


async def image_renderer(app: App[Any], setting: str) -> ImageRenderer:
    """Return what to draw with; `setting` is one of `settings.values.PICTURES`.

    Raises an `AnnotatorError` if pictures stay signs here.
    """
    if setting == "off":
        raise AnnotatorError("Pictures are off in your settings.", _IN_THE_BROWSER)
    if app.no_color:
        raise AnnotatorError("Without colours there are no pictures.", _IN_THE_BROWSER)
    terminal = terminal_of(app)
    if terminal is None or setting == "blocks":
        return _blocks(app)
    answers = await _ask(terminal)
    points = partial(_points, answers.cell or _VT340)
    has_ids = app.console.color_system == _FULL_COLOUR  # a colour says which picture it is
    if setting == "kitty" or (setting == "auto" and answers.has_kitty and has_ids):
        return ImageRenderer(partial(KittyPicture, terminal=terminal, points=points), points())
    if setting == "sixel" or (setting == "auto" and answers.has_sixel):
        colours = answers.colours or MOST_COLOURS
        blank = app.screen.rich_style if has_few_colours(app) else None
        drawn_as = partial(SixelPicture, points=points, colours=colours, blank=blank)
        return ImageRenderer(drawn_as, points())
    return _blocks(app)


def _blocks(app: App[Any]) -> ImageRenderer:
    if has_few_colours(app):
        raise AnnotatorError("This terminal has too few colours for pictures.", _IN_THE_BROWSER)
    return ImageRenderer()


async def _ask(terminal: PatientDriver) -> TerminalCapabilities:
    question = terminal.ask(TerminalQuery())
    try:
        return await asyncio.wait_for(
            asyncio.shield(asyncio.wrap_future(question.answers)), _SECONDS
        )
    except TimeoutError:
        question.is_awaited = False
        return TerminalCapabilities()


def _points(otherwise: tuple[int, int]) -> tuple[int, int]:
    """Return how many points a cell of the terminal has now."""
    try:
        told = fcntl.ioctl(_SCREEN, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return otherwise
    lines, columns, width, height = struct.unpack("HHHH", told)
    if not (lines and columns and width >= columns and height >= lines):
        return otherwise
    return width // columns, height // lines
