"""Reading an article, and marking it."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.screen import Screen

from annotator.model import Placed
from annotator.tui.desk import Desk
from annotator.tui.keys import READER_KEYS, Place, bindings
from annotator.tui.screens.asking import begin
from annotator.tui.screens.outward import OutwardScreen
from annotator.tui.widgets.article_messages import MarkOpened, ModeChanged, PassageMarked
from annotator.tui.widgets.reading_pane import ReadingPane
from annotator.usecases.history import History
from annotator.usecases.opening import OpenArticle

if TYPE_CHECKING:
    from annotator.tui.screens.article_news import ArticleNews
    from annotator.tui.screens.carrying import Carrying, Errand
    from annotator.tui.screens.mark_actions import Hand, MarkActions
    from annotator.tui.screens.passage_actions import PassageActions

_NEWS = frozenset({"changes", "refresh", "review"})  # of another text than the one at hand


class ReaderScreen(OutwardScreen, Screen[None]):
    """One article under a reader's keys. Who comes with an errand is led to its mark."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(READER_KEYS))
    PLACES: ClassVar[tuple[Place, ...]] = (
        "reader",
        "anywhere",
        "read",
        "sentence",
        "caret",
        "removed",
        "mark",
    )

    def __init__(
        self,
        desk: Desk,
        opened: OpenArticle,
        *,
        history: History | None = None,
        errand: "Errand | None" = None,
    ) -> None:
        super().__init__(desk, opened, history)
        self._errand = errand
        desk.keymap.bind(self, READER_KEYS)

    # What is done with marks and texts is loaded when the first screen stands, or when it is done.

    @cached_property
    def _carrying(self) -> "Carrying":
        from annotator.tui.screens.carrying import Carrying

        return Carrying(self, self.desk)

    @cached_property
    def _news(self) -> "ArticleNews":
        from annotator.tui.screens.article_news import ArticleNews

        return ArticleNews(self, self.desk, go=self._go)

    @cached_property
    def _marks(self) -> "MarkActions":
        from annotator.tui.screens.mark_actions import MarkActions

        adjust = self._carrying.adjust
        return MarkActions(self, self.desk, self.marking, hand=self._hand, adjust=adjust)

    @cached_property
    def _passages(self) -> "PassageActions":
        from annotator.tui.screens.passage_actions import PassageActions

        return PassageActions(self, self.desk)

    def on_mount(self) -> None:
        """Go to what one came for."""
        if self._errand is not None:
            self.call_after_refresh(self._go, self._errand)

    def look(self) -> None:
        """Turn to a newer text as well, unless the reader is in the midst of something."""
        super().look()
        is_reading = self.is_current and self.pane.text.mode == "read"
        if self.is_behind and is_reading:
            self.is_behind = False
            begin(self, self._news.catch_up)

    def action_mark(self, what: str) -> None:
        """Do something with the mark at hand."""
        passage = self.pane.text.passage
        if what != "place":
            begin(self, self._marks.do, what)
        elif passage is not None:
            begin(self, self._carrying.put, passage)

    def action_article(self, what: str) -> None:
        """Do something with the article."""
        if what in _NEWS:
            begin(self, self._news.do, what)
        else:
            begin(self, self._article.do, what, self.opened.record)

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        begin(self, self._marks.undo if step == "undo" else self._marks.redo)

    def action_passage(self, what: str) -> None:
        """Put a passage back into the article, or take one out."""
        begin(self, self._passages.do, what)

    def action_back(self) -> None:
        """Leave the list beside the text, or else the article."""
        if self.pane.panel.has_keys:
            self.pane.action_leave_panel()
        else:
            begin(self, self._leave)

    async def _leave(self) -> None:
        self.take_note()
        try:
            await self.end_with_page()
        finally:
            self.dismiss()

    @on(PassageMarked)
    def _mark(self, event: PassageMarked) -> None:
        event.stop()
        if self._carrying.has_mark:
            begin(self, self._carrying.put, event.span)
        else:
            begin(self, self._marks.mark, event.span, event.kind_key)

    @on(MarkOpened)
    def _open_mark(self, event: MarkOpened) -> None:
        event.stop()
        passage = self.pane.text.passage
        if self._carrying.has_mark and passage is not None:
            begin(self, self._carrying.put, passage)
        else:
            begin(self, self._marks.show_card, event.id)

    @on(ModeChanged)
    def _leave_mark(self, event: ModeChanged) -> None:
        if event.mode == "read":
            self._carrying.leave()

    def _show_marks(self, pane: ReadingPane, placed: tuple[Placed, ...]) -> None:
        super()._show_marks(pane, placed)
        if pane.panel.subject == "changes":
            begin(self, self._news.read_changes)

    def _go(self, errand: "Errand") -> None:
        """Go to a mark, and take it in hand if that is what one came for."""
        if errand.is_in_hand:
            self._carrying.take(errand.mark, errand.offset)
        else:
            self.pane.text.go_to(errand.offset)
            self.pane.text.focus()

    def _hand(self) -> "Hand":
        from annotator.tui.screens.mark_actions import Hand

        return Hand(self.pane.mark_at_hand, self.pane.text.passage)
