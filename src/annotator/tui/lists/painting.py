"""Lines of pieces painted in the styles that a widget's stylesheet gives to their roles."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from annotator.tui.lists.rows import Line
from annotator.tui.reader.article.run_styles import readable
from annotator.tui.theming.stylesheets import PartStyles


def paint(widget: PartStyles, name: str, line: Line, style: Style | None = None) -> Strip:
    """Return `line` as wide as `widget`, whose roles are styled under `name`."""
    ground = widget.rich_style if style is None else widget.rich_style + style
    inks = {role: _of_role(widget, name, role, ground) for role in {role for _, role in line}}
    if ground.reverse:  # letters of many colours would become a patchwork
        inks = {role: ink.without_color for role, ink in inks.items()}
    segments = [Segment(text, ground + inks[role]) for text, role in line]
    return Strip(segments).adjust_cell_length(widget.size.width, ground)


def _of_role(widget: PartStyles, name: str, role: str, ground: Style) -> Style:
    if not role:
        return Style.null()
    if role.startswith("#"):
        return _ink(role, ground)
    return widget.get_component_rich_style(f"{name}--{role}", partial=True)


@lru_cache(maxsize=256)
def _ink(colour: str, ground: Style) -> Style:
    """Return a kind's colour as it can be read on this ground."""
    if ground.color is None or ground.bgcolor is None:
        return Style(color=colour)
    paper, fallback = map(Color.from_rich_color, (ground.bgcolor, ground.color))
    return Style(color=readable(Color.parse(colour), paper, fallback=fallback).rich_color)
