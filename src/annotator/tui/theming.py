"""Our themes, colours that are readable on a background, and the stylesheets.

The colours are in `themes.json`. The folder `styles` mirrors this package.

Themes of Textual can be chosen as well. Contrast is defined in WCAG 2.2:
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from msgspec import json
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.filter import LineFilter
from textual.theme import BUILTIN_THEMES, Theme

from annotator.settings import Settings
from annotator.settings.choices import chosen
from annotator.tui.textual_internals import adopt, component_styles

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "styles"  # beside the packages when installed, else in the repository
_STYLES = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parents[1] / "styles"

PAPER = "paper"
NIGHT = "night"
HIGH_CONTRAST = "high-contrast"

FEW_COLOURS = "standard"  # Rich's name for sixteen colours
# Our own colours, by the share of the foreground in them.
_SHADES = {"quiet": 0.62, "rule": 0.22, "row": 0.16, "row-blurred": 0.08}
_LIGHT_BACKGROUNDS = ("7", "15")  # of the sixteen colours: white, bright white
_DATA = json.decode(Path(__file__).with_name("themes.json").read_bytes())
THEMES = tuple(Theme(**theme) for theme in _DATA["themes"])
# Without those in the colours of the terminal: nobody knows what can be read on them.
_BORROWED = [theme.name for theme in BUILTIN_THEMES.values() if not theme.ansi]
THEME_NAMES = (*(theme.name for theme in THEMES), *_BORROWED)

# Two of our themes in those of the sixteen colours that are readable on white or black.
OF_SIXTEEN = tuple(
    replace(theme, **colours | {"variables": theme.variables | colours["variables"]})
    for theme, colours in zip(THEMES, _DATA["of_sixteen"], strict=False)
)
READABLE = 4.5  # the contrast of text that WCAG 2.2 asks for at level AA
HIGH = 7.0  # and at level AAA
_EXTREMES = (Color(0, 0, 0), Color(255, 255, 255))
_DECORATION = "".join({*map(chr, range(0x2500, 0x25A0))} - {"▌", "▐"})  # lines, charts, pictures
_NEARLY_BLACK = 0.04045  # up to here sRGB is linear


def theme_in_use(state: Path, settings: Settings) -> str:
    """Return the theme that was chosen last, or else one that suits the terminal."""
    name = chosen(state, "theme", settings.theme)
    return name if name in THEME_NAMES else for_terminal(os.environ)


def for_terminal(environment: Mapping[str, str]) -> str:
    """Return the theme that suits the background that the terminal reports in COLORFGBG."""
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return PAPER if background in _LIGHT_BACKGROUNDS else NIGHT


def has_few_colours(app: App[Any]) -> bool:
    """Return whether the terminal has at most sixteen colours, too few for shades."""
    return app.no_color or (not app.is_headless and app.console.color_system == FEW_COLOURS)


def variables(theme: Theme) -> dict[str, str]:
    """Return the colours of our stylesheets that a theme does not define."""
    if theme.variables.keys() >= _SHADES.keys():
        return {}
    colours = theme.to_color_system().generate()
    background = Color.parse(colours["background"])
    foreground = Color.parse(colours["foreground"])
    return {name: background.blend(foreground, much).hex6 for name, much in _SHADES.items()}


def readable(ink: Color, paper: Color, *, fallback: Color, least: float = READABLE) -> Color:
    """Return `ink` if it is readable on `paper`, otherwise the nearest colour that is."""
    if ink.a < 1:
        ink = paper.blend(ink, ink.a, alpha=1)
    if contrast(ink, paper) >= least:
        return ink
    for share in (0.35, 0.6, 0.8, 1.0):
        mixed = ink.blend(fallback, share)
        if contrast(mixed, paper) >= least:
            return mixed
    return max(_EXTREMES, key=lambda extreme: contrast(extreme, paper))


def best_contrast(paper: Color) -> float:
    """Return the contrast of the letters that can be read best on a colour: black or white ones."""
    return max(contrast(extreme, paper) for extreme in _EXTREMES)


class Legible(LineFilter):
    """Gives letters the nearest colour that is readable on what is behind them.

    For themes that were not made so: those of Textual have text of a contrast of 2 or 3. Lines and
    charts, and what is behind a dialog, may be faint.
    """

    def __init__(self, least: float) -> None:
        super().__init__()
        self._least = least

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  the signature is Textual's
        return [
            Segment(text, _legible(style, self._least), control)
            if style is not None and not text.strip(_DECORATION).isspace() and text
            else Segment(text, style, control)
            for text, style, control in segments
        ]


@lru_cache(maxsize=1024)
def _legible(style: Style, least: float) -> Style:
    ink, paper = style.color, style.bgcolor
    if ink is None or paper is None or ink.is_default or paper.is_default:
        return style
    pair = Color.from_rich_color(ink), Color.from_rich_color(paper)
    ink_, paper_ = reversed(pair) if style.reverse else pair
    most = max(_EXTREMES, key=lambda extreme: contrast(extreme, paper_))
    better = readable(ink_, paper_, fallback=most, least=least).rich_color
    return style + (Style(bgcolor=better) if style.reverse else Style(color=better))


def legible(app: App[Any]) -> tuple[LineFilter, ...]:
    """Return the filter that the theme of an app needs, if it needs one."""
    if app.theme in (PAPER, NIGHT) or has_few_colours(app):
        return ()
    return (_HIGHLY_LEGIBLE if app.theme == HIGH_CONTRAST else _LEGIBLE,)


_LEGIBLE, _HIGHLY_LEGIBLE = Legible(READABLE), Legible(HIGH)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(channel) for channel in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _NEARLY_BLACK else ((channel + 0.055) / 1.055) ** 2.4


def stylesheets(*names: str) -> list[str | PurePath]:
    """Return the paths of stylesheets by their names, such as `lists/list_view`."""
    return [_STYLES / f"{name}.tcss" for name in names]


def add_styles(app: App[Any], *names: str) -> None:
    """Load the stylesheets of a widget that is mounted in a screen later."""
    known = app.stylesheet
    known.read_all(
        [path for path in map(Path, stylesheets(*names)) if not known.has_source(str(path))]
    )
    known.parse()


if TYPE_CHECKING:
    from textual.widget import Widget as Base
else:
    Base = object  # Textual takes long to prepare another class of widgets


class PartStyles(Base):
    """A mixin for widgets whose parts are styled by any class name that a stylesheet has.

    Textual would want a list of the names, and would look all of them up at the start.
    """

    def get_component_styles(self, *names: str) -> RenderStyles:
        """Return the styles of these parts, looked up when they are first needed."""
        known = component_styles(self)
        for name in names:
            if name not in known:
                part = DOMNode(classes=name)
                adopt(part, self)
                self.app.stylesheet.apply(part)
                known[name] = part.styles
        return super().get_component_styles(*names)

    def notify_style_update(self) -> None:
        """Look the styles up again."""
        component_styles(self).clear()
        super().notify_style_update()
