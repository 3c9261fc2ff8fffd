"""The page on which an article opens again, saved for the next start to paint at once."""

import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from textual.screen import Screen
from textual.strip import Strip

from annotator.fastpath import snapshot
from annotator.fastpath.snapshot import facts
from annotator.store import Library


class Written(NamedTuple):
    """Lines of text and colours, for a terminal of that size."""

    lines: tuple[str, ...]
    size: tuple[int, int]


def written(screen: Screen[Any], strips: Sequence[Strip]) -> Written:
    """Return lines as the program would write them to its terminal, past the same filters."""
    ground, _ = screen.background_colors
    for line_filter in screen.app.get_line_filters():
        strips = [strip.apply_filter(line_filter, ground) for strip in strips]
    console = screen.app.console
    return Written(tuple(strip.render(console) for strip in strips), screen.size)


def save(library: Library, article_id: str, shown: Written) -> None:
    """Keep the lines of the page, with all that must hold for them to be right."""
    now = facts(
        str(library.folder),
        article_id,
        state=str(library.state),
        size=shown.size,
        environment=os.environ,
    )
    library.first_frames.save(article_id, snapshot.written(now, shown.lines))
