"""How each part of an article looks in the theme at hand, marks and cursors laid over it."""

from collections.abc import Callable

from msgspec import Struct
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles

from annotator.tui.theming.stylesheets import PartStyles
from annotator.tui.theming.themes import HIGH_CONTRAST, has_few_colours

PREFIX = "article-view--"
HAIRLINE = ("separator",)  # says nothing that one would have to read
READABLE = 4.5  # contrast of text that WCAG 2.2 asks for at level AA
HIGH = 7.0  # and what it asks for at level AAA
TINTS = (0.3, 0.44, 0.52)  # of one mark, of two and of more upon each other
EXTREMES = (Color(0, 0, 0), Color(255, 255, 255))
HALF = 0.5  # the brightness of a page from which it is a light one
GREYISH = 0.15  # the saturation of a colour below which it is grey to the eye
_NEARLY_BLACK = 0.04045  # below it sRGB is linear
CURRENT_TINT = 0.16  # by how much the mark that keys work on stands out from others


Laid = tuple[Color, Color, Style]  # letters, the ground below them, and their weight


class Part(Struct, frozen=True):
    """What a stylesheet says of a part; nothing where it is silent."""

    foreground: Color | None = None
    background: Color | None = None
    text_style: Style = Style.null()


class Look(Struct, frozen=True):
    """What a run of letters is, from the bottom to the top layer.

    `parts` name what the article says of it, `colours` the marks on it,
    `states` the sentence, match, selection and caret.
    """

    parts: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    is_current: bool = False


class Means(Struct, frozen=True):
    """What there is to draw with: tints, where a terminal has more than sixteen colours.

    `contrast` is that of all text to what lies below it.
    """

    has_tints: bool = True
    has_colours: bool = True
    contrast: float = READABLE


_USUAL = Means()


class Looks:
    """The styles of a theme, blended once for each look, of parts that `part_of` tells."""

    def __init__(self, page: Part, part_of: Callable[[str], Part], means: Means = _USUAL) -> None:
        self._means = means
        self.background = page.background or Color(0, 0, 0)
        self._foreground = page.foreground or Color(255, 255, 255)
        self._part_of = part_of
        self._styles: dict[Look, Style] = {}

    def style(self, look: Look) -> Style:
        """Return the style of a run, its letters readable on whatever lies below them."""
        style = self._styles.get(look)
        if style is None:
            style = self._styles[look] = self._blend(look)
        return style

    def sign(self, name: str) -> Style:
        """Return the style of what the page itself draws."""
        return self.style(Look((name,)))

    def glyph(self, colour: str, *, is_current: bool) -> Style:
        """Return the style of a mark's sign in the margin."""
        inked = self._ink(colour)
        ink, paper = inked.rich_color, self.background.rich_color
        if not self._means.has_colours:
            return Style(reverse=is_current or None, bold=is_current or None)
        if is_current:
            return Style(color=paper, bgcolor=ink, bold=True)
        return Style(color=ink, bgcolor=paper)

    def _blend(self, look: Look) -> Style:
        ink, paper, style = self._foreground, self.background, Style.null()
        for name in look.parts:
            ink, paper, style = _laid_over((ink, paper, style), self._part_of(name))
        if look.colours and self._means.has_tints:
            paper = tinted(paper, look.colours, stronger=CURRENT_TINT if look.is_current else 0)
            style += Style(underline=True)
        elif look.colours:
            ink, paper, style = self._told_apart(look, (ink, paper, style))
        for name in look.states:
            ink, paper, style = _laid_over((ink, paper, style), self._part_of(name))
        if look.parts != HAIRLINE and (self._means.has_tints or not look.colours):
            ink = self._readable(ink, paper)
        return style + Style(color=ink.rich_color, bgcolor=paper.rich_color)

    def _told_apart(self, look: Look, below: Laid) -> Laid:
        """Lay marks over what is below without tints: by letters, by ground, or by weight alone."""
        ink, paper, style = below
        is_current = look.is_current or None
        if not self._means.has_colours:  # a link is underlined as well
            return ink, paper, style + Style(underline=True, bold=True, reverse=is_current)
        if self.background.brightness > HALF:  # few of the sixteen can be read on white
            ground = pure(Color.parse(look.colours[-1]), is_dark=False)
            return self._foreground, ground, style + Style(underline=True, reverse=is_current)
        return self._ink(look.colours[-1]), paper, style + Style(underline=True, bold=is_current)

    def _readable(self, ink: Color, paper: Color) -> Color:
        return readable(ink, paper, fallback=self._foreground, least=self._means.contrast)

    def _ink(self, colour: str) -> Color:
        """Return a kind's colour as letters on the page have it."""
        if self._means.has_tints:
            return self._readable(Color.parse(colour), self.background)
        return pure(Color.parse(colour), is_dark=self.background.brightness > HALF)


def looks_of(widget: PartStyles) -> Looks:
    """Return the looks that the stylesheet gives to the parts of an article."""
    ground, over = widget.background_colors
    page = Part(widget.styles.color, ground + over)
    app = widget.app
    contrast = HIGH if app.theme == HIGH_CONTRAST else READABLE
    means = Means(not has_few_colours(app), not app.no_color, contrast)
    return Looks(page, lambda name: _part(widget.get_component_styles(f"{PREFIX}{name}")), means)


def tinted(paper: Color, colours: tuple[str, ...], *, stronger: float = 0) -> Color:
    """Return `paper` under marks of these colours, mixed in equal parts."""
    mixed = Color.parse(colours[0])
    for count, colour in enumerate(colours[1:], start=2):
        mixed = mixed.blend(Color.parse(colour), 1 / count)
    tint = TINTS[min(len(colours), len(TINTS)) - 1]
    return paper.blend(mixed, min(1.0, tint + stronger))


def readable(ink: Color, paper: Color, *, fallback: Color, least: float = READABLE) -> Color:
    """Return `ink` if one can read it on `paper`, otherwise what comes nearest to it and can be."""
    if ink.a < 1:
        ink = paper.blend(ink, ink.a, alpha=1)
    if contrast(ink, paper) >= least:
        return ink
    for share in (0.35, 0.6, 0.8, 1.0):
        mixed = ink.blend(fallback, share)
        if contrast(mixed, paper) >= least:
            return mixed
    return max(EXTREMES, key=lambda extreme: contrast(extreme, paper))


def pure(colour: Color, *, is_dark: bool) -> Color:
    """Return the nearest of red, yellow, green, cyan, blue and magenta, as VGA has them."""
    hue, saturation, _ = colour.hsl
    low, high = (0, 170) if is_dark else (85, 255)
    if saturation < GREYISH:
        return Color(170, 170, 170) if not is_dark else Color(85, 85, 85)
    on = (("r",), ("r", "g"), ("g",), ("g", "b"), ("b",), ("r", "b"))[round(hue * 6) % 6]
    red, green, blue = (high if channel in on else low for channel in "rgb")
    return Color(red, green, blue)


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (_linear(channel) for channel in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _NEARLY_BLACK else ((channel + 0.055) / 1.055) ** 2.4


def _part(styles: RenderStyles) -> Part:
    return Part(
        styles.color if styles.has_rule("color") else None,
        styles.background if styles.has_rule("background") else None,
        styles.text_style,
    )


def _laid_over(below: Laid, part: Part) -> Laid:
    ink, paper, style = below
    if part.background is not None:
        paper = paper.blend(part.background, part.background.a, alpha=1)
    return part.foreground or ink, paper, style + part.text_style
