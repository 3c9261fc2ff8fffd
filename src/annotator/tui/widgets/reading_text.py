"""The text of the reading pane: the reading view, which also tells when a mark comes to hand."""

from typing import Self

from textual.geometry import Region
from textual.message import Message

from annotator.tui.widgets.article_view import ArticleView


class ReadingText(ArticleView):
    """An article whose bottom line can follow the cursor from mark to mark."""

    class MarkReached(Message):
        """The keys of a mark mean another one now, or none."""

    def __init__(self, *, width: int) -> None:
        super().__init__(width=width)
        self._told: str | None = None

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw what differs; whatever moves the cursor comes by here."""
        if self.is_mounted and self.current_mark != self._told:
            self._told = self.current_mark
            self.post_message(self.MarkReached())
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
