"""Painting lines of pieces in the styles that a stylesheet gives to their roles."""

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from annotator.tui.lists.rows import Line
from annotator.tui.theming.stylesheets import PartStyles
from annotator.tui.theming.themes import readable


def paint(widget: PartStyles, name: str, line: Line, style: Style | None = None) -> Strip:
    """Return `line` in the width of `widget`. The class of a role is `name--role`."""
    base = widget.rich_style if style is None else widget.rich_style + style
    styles = {role: _of_role(widget, name, role, base) for role in {role for _, role in line}}
    if base.reverse:  # the colours would become backgrounds
        styles = {role: style.without_color for role, style in styles.items()}
    segments = [Segment(text, base + styles[role]) for text, role in line]
    return Strip(segments).adjust_cell_length(widget.size.width, base)


def _of_role(widget: PartStyles, name: str, role: str, base: Style) -> Style:
    if not role:
        return Style.null()
    if role.startswith("#"):
        return _readable(role, base)
    return widget.get_component_rich_style(f"{name}--{role}", partial=True)


@lru_cache(maxsize=256)
def _readable(colour: str, base: Style) -> Style:
    """Return the colour of a kind, adjusted to be readable on a background."""
    if base.color is None or base.bgcolor is None:
        return Style(color=colour)
    background, fallback = map(Color.from_rich_color, (base.bgcolor, base.color))
    return Style(color=readable(Color.parse(colour), background, fallback=fallback).rich_color)
