"""An article on the screen: opened where it was left, kept up to date, nothing of it lost."""

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.strip import Strip

from annotator.errors import AnnotatorError
from annotator.model import Article, Placed
from annotator.tui.desk import Desk
from annotator.tui.screens.asking import begin
from annotator.tui.screens.marking import Marking
from annotator.tui.screens.visit import Visit
from annotator.tui.stylesheets import READER, stylesheets
from annotator.tui.toasts import warn
from annotator.tui.widgets.article_messages import Moved
from annotator.tui.widgets.reader_header import ReaderHeader
from annotator.tui.widgets.reading_pane import ReadingPane
from annotator.usecases.history import History
from annotator.usecases.opening import OpenArticle, same_place

if TYPE_CHECKING:
    from textual.screen import Screen

    Base = Screen[None]
else:
    Base = object

_LOOK_SECONDS = 0.5  # how often to see whether another program has marked the article
_KEEP_SECONDS = 5.0  # how much of the way is lost if the terminal goes away


class ArticleScreen(Base):
    """One article with its marks, whoever changes it. `history` is of a sitting that goes on.

    It is a layer of a screen, and no class of widgets: see `widgets.article_layer`.
    """

    BLANK = True  # what it holds covers it
    CSS_PATH: ClassVar = stylesheets(*READER)

    def __init__(self, desk: Desk, opened: OpenArticle, history: History | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.opened = opened
        self.marking = Marking(
            desk.library, opened.article, show=self._hear, now=desk.now, history=history
        )
        self._reopening = asyncio.Lock()
        self.is_behind = False  # the library holds another text by now
        self._visit = Visit(desk.library, opened, desk.now)

    def compose(self) -> ComposeResult:
        """Give the line above, and all that is below it."""
        yield ReaderHeader()
        yield ReadingPane(self.desk)

    @property
    def pane(self) -> ReadingPane:
        """The text with all around it."""
        return self.query_one(ReadingPane)

    @property
    def opening(self) -> tuple[Strip, ...]:
        """The lines of the screen as they are when the article is opened from here."""
        text, bottom = self.pane.opening
        top = self.query_one(ReaderHeader).strip(has_title=text.top > 0)
        return top, *text.strips, bottom

    def on_mount(self) -> None:
        """Show the article where it was left, and look out for other programs."""
        self.query_one(ReaderHeader).show(self.opened.record)
        self.pane.show(self.opened, offset=self._visit.start)
        self.marking.begin(self.opened.placed)
        self.set_interval(_LOOK_SECONDS, self.look)
        self.set_interval(_KEEP_SECONDS, partial(begin, self, asyncio.to_thread, self._visit.keep))

    async def on_unmount(self) -> None:
        """Let nothing be lost, however the program ends."""
        with suppress(AnnotatorError):  # there is no screen left to tell it on
            await self.end()

    @property
    def _is_left(self) -> bool:
        """Whether it is being taken down: what was begun may end later, with nothing to show it."""
        return not self.display

    async def reopen(self) -> None:
        """Show the article as it reads now, with the same words at the top and at the cursor."""
        async with self._reopening:
            await self._reopen()

    async def _reopen(self) -> None:
        before = self.opened.article
        self.is_behind = False
        self.opened = await self.marking.reopen()
        if self.opened.article.revision != before.revision and not self._is_left:
            await self._turn_from(before)
        if self._is_left:
            return
        self.query_one(ReaderHeader).show(self.opened.record)
        self.marking.begin(self.opened.placed)

    async def _turn_from(self, before: Article) -> None:
        text, now = self.pane.text, self.opened.article
        mode, passage = text.mode, text.passage
        first = await asyncio.to_thread(same_place, before, now, text.first_offset)
        cursor = await asyncio.to_thread(same_place, before, now, passage.start if passage else 0)
        self.is_behind = False
        if self._is_left:
            return
        self.pane.show(self.opened, offset=first)
        if passage is not None:
            text.action_toggle_mode(mode)
            text.go_to(cursor)

    async def end(self) -> None:
        """Write all that is not on the disk yet, the place among it."""
        await self.marking.settled()
        await asyncio.to_thread(self._visit.end)

    async def end_with_page(self) -> None:
        """End, and let the next start show at once what this one showed last."""
        await self.marking.settled()
        is_as_kept = not self.is_behind and not self.marking.is_outdated()
        await self.end()
        panes = self.query(ReadingPane)  # none, if the program has ended meanwhile
        if is_as_kept and any(pane.text.size.width == self.size.width for pane in panes):
            from annotator.tui.first_page import save, written

            page = written(self, self.opening)
            await asyncio.to_thread(save, self.desk.library, self.opened.record.id, page)

    def take_note(self) -> None:
        """Take note of where the reader is."""
        self._visit.at(self.pane.text.first_offset, self.pane.text.progress)

    def look(self) -> None:
        """See whether another program has changed the article."""
        if self.marking.is_outdated():
            begin(self, self._read)

    async def _read(self) -> None:
        await self.marking.look()
        record = await asyncio.to_thread(self.desk.library.record, self.opened.record.id)
        self.is_behind = record.revision != self.opened.article.revision
        for words in self.desk.notices.news():
            warn(self, words)

    def on_settings_changed(self) -> None:
        """Show the article as it is set now."""
        self.pane.show_settings()

    def on_moved(self, event: Moved) -> None:
        """Remember where the reader is, and show the title where the text does not."""
        self._visit.at(event.offset, event.progress)
        self.query_one(ReaderHeader).show_title(is_shown=self.pane.is_past_title)

    def _hear(self, placed: tuple[Placed, ...]) -> None:
        if self._is_left:
            return
        for pane in self.query(ReadingPane):  # none, once the screen is being left
            self._show_marks(pane, placed)

    def _show_marks(self, pane: ReadingPane, placed: tuple[Placed, ...]) -> None:
        pane.show_marks(placed)
