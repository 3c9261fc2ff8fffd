"""Reading an article, and marking it."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.model import Placed
from annotator.tui.desk import Desk
from annotator.tui.keys import READER_KEYS, Place, bindings
from annotator.tui.screens.article_actions import ArticleActions
from annotator.tui.screens.asking import begin
from annotator.tui.screens.mark_actions import Hand, MarkActions
from annotator.tui.screens.marking import Marking
from annotator.tui.screens.passage_actions import PassageActions
from annotator.tui.screens.visit import Visit
from annotator.tui.stylesheets import READER, stylesheets
from annotator.tui.widgets.article_messages import MarkOpened, Moved, PassageMarked
from annotator.tui.widgets.reader_header import ReaderHeader
from annotator.tui.widgets.reading_pane import ReadingPane
from annotator.usecases.opening import OpenArticle

_LOOK_SECONDS = 0.5  # how often to see whether another program has marked the article
_KEEP_SECONDS = 5.0  # how much of the way is lost if the terminal goes away


class ReaderScreen(Screen[None]):
    """One article. It opens where the reader left off, and keeps what is done at once."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(READER_KEYS))
    CSS_PATH = stylesheets(*READER)
    PLACES: ClassVar[tuple[Place, ...]] = (
        "reader",
        "anywhere",
        "read",
        "sentence",
        "caret",
        "mark",
    )

    def __init__(self, desk: Desk, opened: OpenArticle) -> None:
        super().__init__()
        self._desk = desk
        self._opened = opened
        self._visit = Visit(desk.library, opened, desk.now)
        self._marking = Marking(
            desk.library,
            opened.article,
            show=self._show_marks,
            now=desk.now,
        )
        self._marks = MarkActions(
            self,
            desk,
            opened,
            self._marking,
            hand=lambda: Hand(self.pane.mark_at_hand, self.pane.text.passage),
        )
        self._passages = PassageActions(
            self,
            desk,
            self._marks,
            self._marking,
            opened=opened,
            turn=partial(setattr, self, "_opened"),
        )
        self._article = ArticleActions(self, desk)
        desk.keymap.bind(self, READER_KEYS)

    def compose(self) -> ComposeResult:
        """Give the line above, and all that is below it."""
        yield ReaderHeader()
        yield ReadingPane(self._desk)

    @property
    def pane(self) -> ReadingPane:
        """The text with all around it."""
        return self.query_one(ReadingPane)

    def on_mount(self) -> None:
        """Show the article where it was left, and look out for other programs."""
        self.query_one(ReaderHeader).show(self._opened.record)
        self.pane.show(self._opened, offset=self._visit.start)
        self._marking.begin(self._opened.placed)
        self.set_interval(_LOOK_SECONDS, self._look)
        self.set_interval(_KEEP_SECONDS, partial(begin, self, asyncio.to_thread, self._visit.keep))

    async def on_unmount(self) -> None:
        """Let nothing be lost, however the program ends."""
        with suppress(AnnotatorError):  # there is no screen left to tell it on
            await self._end()

    def action_mark(self, what: str) -> None:
        """Do something with the mark at hand."""
        begin(self, self._marks.do, what)

    def action_article(self, what: str) -> None:
        """Do something with the article."""
        begin(self, self._article.do, what, self._opened.record)

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        begin(self, self._passages.step, step)

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
        self._visit.at(self.pane.text.first_offset, self.pane.text.progress)
        try:
            await self._end()
        finally:
            self.dismiss()

    async def _end(self) -> None:
        await self._marking.settled()
        await asyncio.to_thread(self._visit.end)

    @on(PassageMarked)
    def _mark(self, event: PassageMarked) -> None:
        event.stop()
        begin(self, self._marks.mark, event.span, event.kind_key)

    @on(MarkOpened)
    def _open_mark(self, event: MarkOpened) -> None:
        event.stop()
        begin(self, self._marks.show_card, event.id)

    @on(Moved)
    def _remember_place(self, event: Moved) -> None:
        self._visit.at(event.offset, event.progress)
        self.query_one(ReaderHeader).show_title(is_shown=self.pane.is_past_title)

    def _show_marks(self, placed: tuple[Placed, ...]) -> None:
        for pane in self.query(ReadingPane):  # none, once the screen is being left
            pane.show_marks(placed)

    def _look(self) -> None:
        if self._marking.is_outdated():
            begin(self, self._marking.look)
