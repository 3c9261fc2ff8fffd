"""Blends the styles of a run of text: what the article says of it, marks, and cursors.

Every blend is made readable: its contrast is at least what WCAG 2.2 asks for.
"""

from collections.abc import Callable

from msgspec import Struct
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles

from annotator.tui import theming

PREFIX = "article-view--"
HAIRLINE = ("separator",)  # not text, so that its contrast does not matter
TINTS = (0.3, 0.44, 0.52)  # the opacity of one mark, of two and of more on top of each other
HALF = 0.5  # a page of more brightness than this is a light one
GREYISH = 0.15  # a colour of less saturation than this looks grey
CURRENT_TINT = 0.16  # the additional opacity of the mark that keys act on

LayerColors = tuple[Color, Color, Style]  # foreground, background, and text style such as bold


class Part(Struct, frozen=True):
    """The rules of a stylesheet for one part; `None` where it has no rule."""

    foreground: Color | None = None
    background: Color | None = None
    text_style: Style = Style.null()


class RunStyle(Struct, frozen=True):
    """The layers of a run of text, from the bottom to the top.

    `parts` are names of the article's own styles, `colours` those of the marks
    on the run, `states` any of sentence, match, selection and caret.
    """

    parts: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    is_current: bool = False


class ColorSupport(Struct, frozen=True):
    """The colours that a terminal has: tints need more than sixteen of them.

    `contrast` is the least contrast of text to its background, from 1 to 21.
    """

    has_tints: bool = True
    has_colours: bool = True
    contrast: float = theming.READABLE


_USUAL = ColorSupport()


class StyleBlender:
    """Blends the layers of runs in one theme, once for each `RunStyle`.

    `part_of` returns the rules for a part by its name.
    """

    def __init__(
        self, page: Part, part_of: Callable[[str], Part], support: ColorSupport = _USUAL
    ) -> None:
        self._support = support
        self.background = page.background or Color(0, 0, 0)
        self._foreground = page.foreground or Color(255, 255, 255)
        self._part_of = part_of
        self._styles: dict[RunStyle, Style] = {}

    def style(self, run: RunStyle) -> Style:
        """Return the style of a run, with letters that are readable on their background."""
        style = self._styles.get(run)
        if style is None:
            style = self._styles[run] = self._blend(run)
        return style

    def sign(self, name: str) -> Style:
        """Return the style of a sign that is not text of the article."""
        return self.style(RunStyle((name,)))

    def glyph(self, colour: str, *, is_current: bool) -> Style:
        """Return the style of a mark's sign in the margin."""
        if not self._support.has_colours:
            return Style(reverse=is_current or None, bold=is_current or None)
        ink, paper = self._ink(colour).rich_color, self.background.rich_color
        if self._has_coloured_grounds:
            return Style(color=self._foreground.rich_color, bgcolor=ink, reverse=is_current or None)
        if is_current:
            return Style(color=paper, bgcolor=ink, bold=True)
        return Style(color=ink, bgcolor=paper)

    def _blend(self, run: RunStyle) -> Style:
        ink, paper, style = self._foreground, self.background, Style.null()
        for name in run.parts:
            ink, paper, style = _layered((ink, paper, style), self._part_of(name))
        if run.colours and self._support.has_tints:
            paper = tinted(paper, run.colours, stronger=CURRENT_TINT if run.is_current else 0)
            style += Style(underline=True)
        elif run.colours:
            ink, paper, style = self._distinguished(run, (ink, paper, style))
        for name in run.states:
            ink, paper, style = _layered((ink, paper, style), self._part_of(name))
        while theming.best_contrast(paper) < self._support.contrast:  # a high one, on tints
            paper = paper.blend(self.background, 0.1)
        if run.parts != HAIRLINE and (self._support.has_tints or not run.colours):
            ink = self._readable(ink, paper)
        return style + Style(color=ink.rich_color, bgcolor=paper.rich_color)

    def _distinguished(self, run: RunStyle, below: LayerColors) -> LayerColors:
        """Lay marks over what is below without tints: by foreground, background or weight alone."""
        ink, paper, style = below
        is_current = run.is_current or None
        if not self._support.has_colours:  # bold as well, because links are underlined
            return ink, paper, style + Style(underline=True, bold=True, reverse=is_current)
        colour = self._ink(run.colours[-1])
        if self._has_coloured_grounds:
            return self._foreground, colour, style + Style(underline=True, reverse=is_current)
        return colour, paper, style + Style(underline=True, bold=is_current)

    @property
    def _has_coloured_grounds(self) -> bool:
        """Whether colours are behind letters: few of the sixteen are readable on white."""
        return not self._support.has_tints and self.background.brightness > HALF

    def _readable(self, ink: Color, paper: Color) -> Color:
        return theming.readable(ink, paper, fallback=self._foreground, least=self._support.contrast)

    def _ink(self, colour: str) -> Color:
        """Return a kind's colour as the foreground of a sign on the page."""
        if self._support.has_tints:
            return self._readable(Color.parse(colour), self.background)
        return pure(Color.parse(colour))


def style_blender(widget: theming.PartStyles) -> StyleBlender:
    """Return a blender of the styles that the stylesheets give to the parts of an article."""
    ground, over = widget.background_colors
    page = Part(widget.styles.color, ground + over)
    app = widget.app
    contrast = theming.HIGH if app.theme == theming.HIGH_CONTRAST else theming.READABLE
    support = ColorSupport(not theming.has_few_colours(app), not app.no_color, contrast)
    return StyleBlender(
        page, lambda name: _part(widget.get_component_styles(f"{PREFIX}{name}")), support
    )


def tinted(paper: Color, colours: tuple[str, ...], *, stronger: float = 0) -> Color:
    """Return `paper` tinted by marks of these colours, mixed in equal parts."""
    mixed = Color.parse(colours[0])
    for count, colour in enumerate(colours[1:], start=2):
        mixed = mixed.blend(Color.parse(colour), 1 / count)
    tint = TINTS[min(len(colours), len(TINTS)) - 1]
    return paper.blend(mixed, min(1.0, tint + stronger))


def pure(colour: Color) -> Color:
    """Return the nearest of the bright VGA colours red, yellow, green, cyan, blue and magenta."""
    hue, saturation, _ = colour.hsl
    if saturation < GREYISH:
        return Color(170, 170, 170)
    on = (("r",), ("r", "g"), ("g",), ("g", "b"), ("b",), ("r", "b"))[round(hue * 6) % 6]
    red, green, blue = (255 if channel in on else 85 for channel in "rgb")
    return Color(red, green, blue)


def _part(styles: RenderStyles) -> Part:
    return Part(
        styles.color if styles.has_rule("color") else None,
        styles.background if styles.has_rule("background") else None,
        styles.text_style,
    )


def _layered(below: LayerColors, part: Part) -> LayerColors:
    ink, paper, style = below
    if part.background is not None:
        paper = paper.blend(part.background, part.background.a, alpha=1)
    return part.foreground or ink, paper, style + part.text_style
