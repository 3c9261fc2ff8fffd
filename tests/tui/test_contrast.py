"""All text that the screens show can be read: its contrast is at least 4.5 to 1 in every theme.

The letters are those of whole screens, with the colours that the terminal is sent. Lines, charts
and what is behind a dialog may be faint: they are no text, or not to be read now.
"""

import re
from collections.abc import Iterator

import pytest
from rich.segment import Segment
from textual.color import Color

import varied_library
from annotator.settings import Settings
from annotator.tui.theming import HIGH, HIGH_CONTRAST, READABLE, THEME_NAMES, THEMES, contrast
from viewing import strips_of

pytestmark = pytest.mark.slow

OURS = [theme.name for theme in THEMES]
BORROWED = [name for name in THEME_NAMES if name not in OURS]
DECORATION = re.compile(r"[\s─-▋▍-▏░-▟]*")  # all but the bars ▌ and ▐

# Keys, with the words to wait for after `?`, `=` before what is typed, and `!` where the themes of
# Textual are looked at as well.
LIBRARY = (
    "j v j v !?2_SELECTED",
    "escape slash =coal",
    "escape escape i",
    "escape question_mark !",
    "escape colon =theme",
    "escape apostrophe",
    "escape a",
    "escape j j j E",
    "escape escape T tab",
    "q I",
    "q D",
    "q M",
    "q colon =settings enter !?Settings",
)
READING = (
    "j j j enter !?Sales",
    "s 2 !",
    "j j number_sign =co",
    "escape c w v w w",
    "escape escape slash =price",
    "enter !",
    "escape right_square_bracket tab",
    "j tab f",
    "escape G R",
    "enter",
    "escape e",
    "escape escape l",
)
MARKS = (
    "C ?marks",
    "j v j !",
    "escape A ?supports:",
    "q t",
    "escape d",
    "escape a",
    "escape slash =tag:",
)


@pytest.mark.parametrize(
    "walk", [LIBRARY, READING, MARKS], ids=["the library", "reading", "the marks"]
)
async def test_all_text_can_be_read_in_every_theme(visit, library, walk):
    varied_library.fill(library)
    faint = set()
    async with visit(settings=Settings(theme=OURS[0]), size=(124, 40)) as reader:
        for stop in walk:
            await _go(reader, stop)
            for theme in (*OURS, *(BORROWED if "!" in stop else ())):
                reader.app.theme = theme
                await reader.pilot.pause()
                await reader.pilot.pause()  # a screen below another one is drawn later
                least = HIGH if theme == HIGH_CONTRAST else READABLE
                await reader.until(lambda: len([*_text(reader)]) > 2)
                seen = [_contrast_of(segment) for segment in _text(reader)]
                faint |= {(theme, stop, *low) for low in seen if low[0] < least}
    assert faint == set()


async def test_the_colours_of_the_terminal_are_no_theme_since_nobody_knows_their_contrast():
    assert [name for name in THEME_NAMES if "ansi" in name] == []


async def _go(reader, stop) -> None:
    for key in stop.replace("!", "").split():
        if key.startswith("?"):
            await reader.sees(key[1:].replace("_", " "))
        elif key.startswith("="):
            await reader.type(key[1:])
        else:
            await reader.press(key)


def _text(reader) -> Iterator[Segment]:
    """Yield the text of the screen, or of the dialog that is over it."""
    screen = reader.app.screen
    region = screen.query_one("#frame").region if screen.is_modal else screen.region
    strips = strips_of(reader.app)
    for strip in strips[region.y : region.bottom]:
        for segment in strip.crop(region.x, region.right):
            if not DECORATION.fullmatch(segment.text):
                yield segment


def _contrast_of(segment: Segment) -> tuple[float, str, str, str]:
    style = segment.style
    assert not style.dim
    ink, paper = (Color.from_rich_color(colour) for colour in (style.color, style.bgcolor))
    ink, paper = (paper, ink) if style.reverse else (ink, paper)
    return round(contrast(ink, paper), 2), ink.hex, paper.hex, segment.text.strip()[:30]
