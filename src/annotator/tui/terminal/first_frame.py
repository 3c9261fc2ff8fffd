"""The first screen of an article, saved for the next start to paint (`annotator.fastpath`)."""

import os
from collections.abc import Sequence
from typing import Any

from textual.screen import Screen
from textual.strip import Strip

from annotator.fastpath import snapshot
from annotator.store import Library


def render_lines(screen: Screen[Any], strips: Sequence[Strip]) -> tuple[str, ...]:
    """Return lines as the app writes them to the terminal, through the same filters."""
    ground, _ = screen.background_colors
    for line_filter in screen.app.get_line_filters():
        strips = [strip.apply_filter(line_filter, ground) for strip in strips]
    console = screen.app.console
    return tuple(strip.render(console) for strip in strips)


def save(library: Library, article_id: str, lines: Sequence[str], size: tuple[int, int]) -> None:
    """Save the lines of a screen of that size, with the facts that they depend on."""
    facts = snapshot.facts(
        str(library.folder),
        article_id,
        state=str(library.state),
        size=size,
        environment=os.environ,
    )
    library.first_frames.save(article_id, snapshot.serialize(facts, lines))
