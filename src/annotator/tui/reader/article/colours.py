"""Code in its colours, which come when it has been seen: text is never kept waiting for them."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from annotator.model import Article
from annotator.tui.reader.article.viewport import ArticlePage

if TYPE_CHECKING:
    from textual.worker import Worker


class ColouredPage(ArticlePage):
    """An article that colours the code on the screen, block by block, once."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._has_code = False
        self._asked: set[int] = set()  # blocks whose colours were looked for

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Colour what comes into view."""
        super().watch_scroll_y(old_value, new_value)
        self._look_for_code()

    def _open(self, article: Article, offset: int) -> None:
        self._colours.clear()
        self._asked.clear()
        self._has_code = any(block.kind == "code" and block.language for block in article.blocks)
        super()._open(article, offset)

    def _set_type(self, *, anew: bool = False) -> None:
        super()._set_type(anew=anew)
        self._look_for_code()

    def _look_for_code(self) -> None:
        if self._has_code:
            self.call_after_refresh(self._colour_visible)

    def _colour_visible(self) -> None:
        """Begin to colour the code that is on the screen and has no colours yet."""
        visible, article = self._visible(), self.article
        near = range(article.block_at(visible.start), article.block_at(visible.end) + 1)
        wanted = [index for index in near if self._wants_colours(index)]
        if wanted:
            self._asked.update(wanted)
            _: Worker[None] = self.run_worker(partial(self._colour, article, wanted))

    def _wants_colours(self, index: int) -> bool:
        block = self.article.blocks[index]
        return block.kind == "code" and bool(block.language) and index not in self._asked

    async def _colour(self, article: Article, wanted: Sequence[int]) -> None:
        from annotator.tui.reader.article.syntax import colours

        for index in wanted:
            block = article.blocks[index]
            found = await asyncio.to_thread(colours, block.text, block.language)
            if article is not self.article:
                return
            self._colours[index] = found
            self._redraw(article.span_of(index))
