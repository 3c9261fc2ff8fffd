"""Draws images of an article, each when the user asks for it."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.widget import Widget

from annotator.reading.layout.page_layout import PageLayout
from annotator.tui.reader.article.painter import PictureRows
from annotator.tui.reader.article.viewport import Viewport
from annotator.tui.terminal.driver import terminal_of

if TYPE_CHECKING:
    from annotator.tui.reader.images import Picture

AT_REST = 0.15  # seconds without a change; a key that is held down repeats every 0.03


class ImageLayer:
    """The drawn pictures of an article, by the index of their block."""

    def __init__(self) -> None:
        self._pictures: dict[int, Picture] = {}
        self._sizes: dict[int, tuple[int, int]] = {}  # in the present layout

    def __contains__(self, block: int | None) -> bool:
        """Return whether the picture of a block is drawn."""
        return block in self._pictures

    def put(self, block: int, picture: "Picture") -> None:
        """Draw a picture at a block, in place of the one that is there."""
        self.remove(block)
        self._pictures[block] = picture

    def remove(self, block: int) -> None:
        """Stop drawing the picture of a block, and let the terminal forget it."""
        if block in self._pictures:
            self._pictures.pop(block).forget()

    def clear(self) -> None:
        """Stop drawing all pictures."""
        for block in tuple(self._pictures):
            self.remove(block)

    def sizes(self, width: int, most: int) -> Mapping[int, tuple[int, int]]:
        """Return the columns and lines of each picture, for so many columns and lines at most."""
        self._sizes = {
            block: picture.size(width, most) for block, picture in self._pictures.items()
        }
        return self._sizes

    def rows(self, layout: PageLayout) -> Mapping[int, PictureRows]:
        """Return the cells of the pictures in the layout that was made for their sizes."""
        return {
            block: picture.rows(_columns(layout, block), self._sizes[block][1])
            for block, picture in self._pictures.items()
        }

    @property
    def has_hi_res(self) -> bool:
        """Whether the terminal can draw more of a picture than its cells."""
        return any(picture.is_drawn_over for picture in self._pictures.values())

    def visible(self, viewport: Viewport) -> Iterator[tuple["Picture", int, range, Region]]:
        """Yield the pictures on the screen.

        Each comes with its height in lines, those of them that are visible, and their cells.
        """
        regions_by_block: dict[int, list[tuple[int, Region]]] = {}
        for y, row in viewport.rows():
            for sign in row.decorations:
                if sign.role == "picture" and row.block in self:
                    at = Region(viewport.left + sign.column, y, len(sign.text), 1)
                    regions_by_block.setdefault(row.block, []).append((sign.line, at))
        for block, cells in regions_by_block.items():
            lines = range(cells[0][0], cells[-1][0] + 1)
            region = Region.from_union([region for _, region in cells])
            yield self._pictures[block], self._sizes[block][1], lines, region


async def draw_over(widget: Widget, viewport: Viewport, images: ImageLayer) -> None:
    """Let the terminal draw pictures over their cells, once they have been at rest for a moment.

    It draws them where nothing moves or covers them.
    """
    await asyncio.sleep(AT_REST)
    for picture, height, lines, at in tuple(images.visible(viewport)):
        region = at.translate(widget.region.offset)
        if not picture.is_drawn_over or not _is_bare(widget, region):
            continue
        drawn = await asyncio.to_thread(picture.over, region.width, height, lines)
        terminal = terminal_of(widget.app)
        if terminal is not None and _is_bare(widget, region):
            place = f"\x1b[{region.y + 1};{region.x + 1}H"
            terminal.write(f"\x1b7{place}{drawn}\x1b8")


def _is_bare(widget: Widget, region: Region) -> bool:
    """Return whether nothing covers a part of the view.

    Panels and toasts come from a side, so that looking at its left and right
    edges is enough.
    """
    screen = widget.screen
    if not screen.is_active:
        return False
    edges = ((x, y) for y in region.line_range for x in (region.x, region.right - 1))
    return all(screen.get_widget_at(x, y)[0] is widget for x, y in edges)


def _columns(layout: PageLayout, block: int) -> int:
    """Return the width of a picture in cells; in a list there is less room than was asked for."""
    signs = layout.block(block).row(0).decorations
    return next(len(sign.text) for sign in signs if sign.role == "picture")
