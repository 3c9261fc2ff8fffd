"""Pictures that the terminal draws over their cells, as soon as the page is at rest."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.geometry import Region
from textual.strip import Strip

from annotator.tui.reader.article.image_layer import PicturePage
from annotator.tui.terminal.driver import terminal_of

if TYPE_CHECKING:
    from annotator.tui.images.picture import Picture

AT_REST = 0.15  # seconds without a change; a key that is held down comes every 0.03


class Seen(NamedTuple):
    """A picture of some height, which of its lines are on the screen, and where."""

    picture: "Picture"
    height: int
    lines: range
    region: Region


class SharpPage(PicturePage):
    """An article whose pictures get sharp when nothing moves and nothing lies over them."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return visible lines; what was drawn over their cells goes, and comes again at rest."""
        strips = super().render_lines(crop)
        if any(picture.is_drawn_over for picture in self._pictures.values()):
            self.run_worker(self._sharpen(), group="sharpness", exclusive=True)
        return strips

    async def _sharpen(self) -> None:
        await asyncio.sleep(AT_REST)
        for seen in tuple(self._seen()):
            if not seen.picture.is_drawn_over or not self._is_bare(seen.region):
                continue
            drawn = await asyncio.to_thread(
                seen.picture.over, seen.region.width, seen.height, seen.lines
            )
            terminal = terminal_of(self.app)
            if terminal is not None and self._is_bare(seen.region):
                at = f"\x1b[{seen.region.y + 1};{seen.region.x + 1}H"
                terminal.write(f"\x1b7{at}{drawn}\x1b8")

    def _seen(self) -> Iterator[Seen]:
        """Yield what is seen of each picture."""
        found: dict[int, list[tuple[int, int, Region]]] = {}
        for y in range(self.size.height):
            row = self._layout.row(self.scroll_offset.y + y)
            for sign in row.decorations:
                if sign.role == "picture":
                    at = Region(self._left + sign.column, y, len(sign.text), 1)
                    found.setdefault(row.block, []).append(
                        (sign.line, y, at.translate(self.region.offset))
                    )
        for block, rows in found.items():
            regions = [region for _, _, region in rows]
            lines = range(rows[0][0], rows[-1][0] + 1)
            drawn = self._drawn[block]
            yield Seen(self._pictures[block], len(drawn), lines, Region.from_union(regions))

    def _is_bare(self, region: Region) -> bool:
        """Tell whether nothing lies over a part of the page: whatever does comes from a side."""
        if not self.screen.is_active:
            return False
        edges = ((x, y) for y in region.line_range for x in (region.x, region.right - 1))
        return all(self.screen.get_widget_at(x, y)[0] is self for x, y in edges)
