"""Our themes, and colours that are readable on a background.

Themes of Textual can be chosen as well. Contrast is defined in WCAG 2.2:
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from textual.app import App
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from annotator.settings import Settings
from annotator.settings.theme_choice import chosen_theme

PAPER = "paper"
NIGHT = "night"
HIGH_CONTRAST = "high-contrast"

FEW_COLOURS = "standard"  # Rich's name for sixteen colours
# Our own colours, by the share of the foreground in them.
_SHADES = {"quiet": 0.62, "rule": 0.22, "row": 0.16, "row-blurred": 0.08}
_LIGHT_BACKGROUNDS = ("7", "15")  # of the sixteen colours: white, bright white
THEMES = (
    Theme(
        name=PAPER,
        dark=False,
        primary="#8a3b12",
        secondary="#525f46",
        accent="#7a4a00",
        warning="#885000",
        error="#a3211b",
        success="#2c6633",
        foreground="#2b2620",
        background="#f8f4ea",
        surface="#f1ebdd",
        panel="#e8e0ce",
        variables={
            "quiet": "#62594e",
            "rule": "#d9cfba",
            "row": "#e3d6ba",
            "row-blurred": "#ece3cf",
            "block-cursor-background": "#e3d6ba",
            "block-cursor-foreground": "#2b2620",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": "#ece3cf",
            "input-cursor-background": "#2b2620",
            "input-selection-background": "#8a3b12 25%",
            "scrollbar": "#d9cfba",
            "scrollbar-background": "#f1ebdd",
        },
    ),
    Theme(
        name=NIGHT,
        dark=True,
        primary="#e0a872",
        secondary="#9db38c",
        accent="#e8c07d",
        warning="#e5b45a",
        error="#ee7f76",
        success="#8fc48f",
        foreground="#d8d3c8",
        background="#16171a",
        surface="#1d1f23",
        panel="#272a2f",
        variables={
            "quiet": "#a6a298",
            "rule": "#34373d",
            "row": "#33373f",
            "row-blurred": "#26292e",
            "block-cursor-background": "#33373f",
            "block-cursor-foreground": "#f1ece0",
            "block-cursor-text-style": "none",
            "block-cursor-blurred-background": "#26292e",
            "input-cursor-background": "#d8d3c8",
            "input-selection-background": "#e0a872 35%",
            "scrollbar": "#34373d",
            "scrollbar-background": "#1d1f23",
        },
    ),
    Theme(
        name=HIGH_CONTRAST,
        dark=True,
        primary="#ffd500",
        secondary="#00e5ff",
        accent="#ffd500",
        warning="#ffb000",
        error="#ffb3b3",
        success="#5dff5d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        text_alpha=1.0,
        variables={
            "quiet": "#d0d0d0",
            "rule": "#ffffff",
            "row": "#00305f",
            "row-blurred": "#00244a",
            "block-cursor-background": "#ffd500",
            "block-cursor-foreground": "#000000",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": "#4d4000",
            "input-cursor-background": "#ffffff",
            "input-selection-background": "#ffd500 45%",
        },
    ),
)

THEME_NAMES = (*(theme.name for theme in THEMES), *BUILTIN_THEMES)

# Two of our themes in those of the sixteen colours that are readable on white or black.
OF_SIXTEEN = (
    replace(
        THEMES[0],
        primary="#aa0000",
        secondary="#aa00aa",
        accent="#0000aa",
        warning="#aa0000",
        error="#aa0000",
        success="#0000aa",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#ffffff",
        variables=THEMES[0].variables | {"quiet": "#555555", "rule": "#aaaaaa"},
    ),
    replace(
        THEMES[1],
        primary="#55ffff",
        secondary="#55ff55",
        accent="#55ffff",
        warning="#ffff55",
        error="#ff5555",
        success="#55ff55",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        variables=THEMES[1].variables | {"quiet": "#aaaaaa", "rule": "#555555"},
    ),
)
READABLE = 4.5  # the contrast of text that WCAG 2.2 asks for at level AA
HIGH = 7.0  # and at level AAA
_EXTREMES = (Color(0, 0, 0), Color(255, 255, 255))
_NEARLY_BLACK = 0.04045  # up to here sRGB is linear


def theme_in_use(state: Path, settings: Settings) -> str:
    """Return the theme that was chosen last, or else one that suits the terminal."""
    name = chosen_theme(state, settings)
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


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(channel) for channel in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _NEARLY_BLACK else ((channel + 0.055) / 1.055) ** 2.4
