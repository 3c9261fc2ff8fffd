"""Colours code that is on the screen, a moment later: text never waits for its colours."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.widget import Widget

from annotator.model import Article, Span
from annotator.tui.reader.article.viewport import Viewport

if TYPE_CHECKING:
    from annotator.tui.reader.article.syntax import Colours


class CodeHighlighter:
    """The colours of the code in a viewport, found for each block when it is first shown.

    `changed` is called with the passage that has colours now. The work is done in
    threads, for which `widget` is asked.
    """

    def __init__(self, widget: Widget, viewport: Viewport, changed: Callable[[Span], None]) -> None:
        self.colours: dict[int, Colours] = {}  # by block
        self._widget = widget
        self._viewport = viewport
        self._changed = changed
        self._wanted: frozenset[int] = frozenset()  # blocks of code in a language that is named
        self._seen: set[int] = set()

    def open(self, article: Article) -> None:
        """Forget the last article, and get to know the code of another one."""
        self.colours.clear()
        self._seen.clear()
        blocks = enumerate(article.blocks)
        self._wanted = frozenset(
            index for index, block in blocks if block.kind == "code" and block.language
        )

    def look(self) -> None:
        """Colour what is on the screen, after the next frame."""
        if self._wanted:
            self._widget.call_after_refresh(self._colour_visible)

    def _colour_visible(self) -> None:
        article, visible = self._viewport.article, self._viewport.visible
        near = range(article.block_at(visible.start), article.block_at(visible.end) + 1)
        new = [index for index in near if index in self._wanted and index not in self._seen]
        self._seen.update(new)
        if new:
            self._widget.run_worker(self._colour(article, new))

    async def _colour(self, article: Article, blocks: list[int]) -> None:
        for index in blocks:
            block = article.blocks[index]
            colours = await asyncio.to_thread(_colours, block.text, block.language)
            if article is not self._viewport.article:
                return
            self.colours[index] = colours
            self._changed(article.span_of(index))


def _colours(code: str, language: str) -> "Colours":
    from annotator.tui.reader.article.syntax import colours  # in a thread: it loads Pygments

    return colours(code, language)
