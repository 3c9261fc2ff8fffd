"""Colours that are readable on a background.

Contrast is defined in WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

from textual.color import Color

READABLE = 4.5  # the contrast of text that WCAG 2.2 asks for at level AA
HIGH = 7.0  # and at level AAA
_EXTREMES = (Color(0, 0, 0), Color(255, 255, 255))
_NEARLY_BLACK = 0.04045  # up to here sRGB is linear


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
