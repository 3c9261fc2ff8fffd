"""Reading an article, and marking it."""

import asyncio
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.color import Color
from textual.screen import Screen
from textual.strip import Strip

from annotator.errors import AnnotatorError
from annotator.model import AnchoredMark, Article
from annotator.tui.context import AppContext
from annotator.tui.keys.key import bindings
from annotator.tui.notifications import hint, tell, warn
from annotator.tui.reader.article.messages import (
    LinkFollowed,
    MarkOpened,
    ModeChanged,
    Moved,
    PassageMarked,
    PictureRequested,
)
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.header import ReaderHeader
from annotator.tui.reader.keys import READER_KEYS
from annotator.tui.reader.pane import ReadingPane
from annotator.tui.reader.session import Marking, Visit
from annotator.tui.theming.stylesheets import stylesheets
from annotator.tui.workers import run_action
from annotator.usecases.open_article import OpenArticle, same_place
from annotator.usecases.undo import UndoStack

if TYPE_CHECKING:
    from annotator.tui.reader.article_actions import ArticleActions
    from annotator.tui.reader.mark_actions import Hand, MarkActions
    from annotator.tui.reader.reattach import MarkReattacher, MarkTarget
    from annotator.tui.reader.revision_actions import PassageActions, RevisionActions


if TYPE_CHECKING:
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
    CSS_PATH: ClassVar = stylesheets("reader/screen", "reader/article_view", "widgets/status_bar")

    def __init__(
        self, context: AppContext, opened: OpenArticle, history: UndoStack | None = None
    ) -> None:
        super().__init__()
        self.context = context
        self.opened = opened
        self.marking = Marking(
            context.library, opened.article, show=self._hear, now=context.now, history=history
        )
        self._reopening = asyncio.Lock()
        self.is_behind = False  # the library holds another text by now
        self._visit = Visit(context.library, opened, context.now)

    def compose(self) -> ComposeResult:
        """Give the line above, and all that is below it."""
        yield ReaderHeader()
        yield ReadingPane(self.context)

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
        self.set_interval(
            _KEEP_SECONDS, partial(run_action, self, asyncio.to_thread, self._visit.keep)
        )

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
            from annotator.tui.terminal.first_frame import save, written

            page = written(self, self.opening)
            await asyncio.to_thread(save, self.context.library, self.opened.record.id, page)

    def take_note(self) -> None:
        """Take note of where the reader is."""
        self._visit.at(self.pane.text.first_offset, self.pane.text.progress)

    def look(self) -> None:
        """See whether another program has changed the article."""
        if self.marking.is_outdated():
            run_action(self, self._read)

    async def _read(self) -> None:
        await self.marking.look()
        record = await asyncio.to_thread(self.context.library.record, self.opened.record.id)
        self.is_behind = record.revision != self.opened.article.revision
        for words in self.context.notices.news():
            warn(self, words)

    def on_settings_changed(self) -> None:
        """Show the article as it is set now."""
        self.pane.show_settings()

    def on_moved(self, event: Moved) -> None:
        """Remember where the reader is, and show the title where the text does not."""
        self._visit.at(event.offset, event.progress)
        self.query_one(ReaderHeader).show_title(is_shown=self.pane.is_past_title)

    def _hear(self, placed: tuple[AnchoredMark, ...]) -> None:
        if self._is_left:
            return
        for pane in self.query(ReadingPane):  # none, once the screen is being left
            self._show_marks(pane, placed)

    def _show_marks(self, pane: ReadingPane, placed: tuple[AnchoredMark, ...]) -> None:
        pane.show_marks(placed)


class OutwardScreen(ArticleScreen):
    """A screen with an article, from which nothing is fetched unless a person asks for it."""

    @cached_property
    def _article(self) -> "ArticleActions":
        from annotator.tui.reader.article_actions import ArticleActions

        return ArticleActions(self, self.context)

    def on_link_followed(self, event: LinkFollowed) -> None:
        """Open where a link leads."""
        event.stop()
        if event.href is None:
            hint(self, "There is no link on this screen.")
        else:
            run_action(self, self._article.browse, event.href)

    def on_picture_requested(self, event: PictureRequested) -> None:
        """Fetch a picture, and draw it."""
        event.stop()
        if event.block is None:
            hint(self, "There is no picture on this screen.")
            return
        view = self.query_one(ArticleView)
        run_action(self, self._draw_picture, view, view.article, event.block)

    async def _draw_picture(self, view: ArticleView, article: Article, block: int) -> None:
        from annotator.tui.images.picture import check_addition, read_picture
        from annotator.tui.images.renderer import brush_for
        from annotator.usecases.images import fetch_picture

        check_addition()
        brush = await brush_for(self.app, self.context.settings.pictures)
        tell(self, "Fetching the picture …")
        data = await fetch_picture(article, article.blocks[block])
        ground = Color.parse(self.app.theme_variables["background"]).rgb
        largest = brush.largest(view.size.width, view.size.height)
        picture = await asyncio.to_thread(
            read_picture, data, ground, largest=largest, drawn_as=brush.drawn_as
        )
        self.app.clear_notifications()
        view.show_picture(article, block, picture)


_NEWS = frozenset({"changes", "refresh", "review"})  # of another text than the one at hand


class ReaderScreen(OutwardScreen, Screen[None]):
    """One article under a reader's keys. Who comes with an errand is led to its mark."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(READER_KEYS))
    PLACES: ClassVar[tuple[str, ...]] = (
        "reader",
        "pane",
        "anywhere",
        "read",
        "sentence",
        "caret",
        "removed",
        "mark",
    )

    def __init__(
        self,
        context: AppContext,
        opened: OpenArticle,
        *,
        history: UndoStack | None = None,
        errand: "MarkTarget | None" = None,
    ) -> None:
        super().__init__(context, opened, history)
        self._errand = errand
        context.keymap.bind(self, READER_KEYS)

    # What is done with marks and texts is loaded when the first screen stands, or when it is done.

    @cached_property
    def _carrying(self) -> "MarkReattacher":
        from annotator.tui.reader.reattach import MarkReattacher

        return MarkReattacher(self, self.context)

    @cached_property
    def _news(self) -> "RevisionActions":
        from annotator.tui.reader.revision_actions import RevisionActions

        return RevisionActions(self, self.context, go=self._go)

    @cached_property
    def _marks(self) -> "MarkActions":
        from annotator.tui.reader.mark_actions import MarkActions

        adjust = self._carrying.adjust
        return MarkActions(self, self.context, self.marking, hand=self._hand, adjust=adjust)

    @cached_property
    def _passages(self) -> "PassageActions":
        from annotator.tui.reader.revision_actions import PassageActions

        return PassageActions(self, self.context)

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
            run_action(self, self._news.catch_up)

    def action_mark(self, what: str) -> None:
        """Do something with the mark at hand."""
        passage = self.pane.text.passage
        if what != "place":
            run_action(self, self._marks.do, what)
        elif passage is not None:
            run_action(self, self._carrying.put, passage)

    def action_article(self, what: str) -> None:
        """Do something with the article."""
        if what in _NEWS:
            run_action(self, self._news.do, what)
        else:
            run_action(self, self._article.do, what, self.opened.record)

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        run_action(self, self._marks.undo if step == "undo" else self._marks.redo)

    def action_passage(self, what: str) -> None:
        """Put a passage back into the article, or take one out."""
        run_action(self, self._passages.do, what)

    def action_back(self) -> None:
        """Leave the list beside the text, or else the article."""
        if self.pane.panel.has_keys:
            self.pane.action_leave_panel()
        else:
            run_action(self, self._leave)

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
            run_action(self, self._carrying.put, event.span)
        else:
            run_action(self, self._marks.mark, event.span, event.kind_key)

    @on(MarkOpened)
    def _open_mark(self, event: MarkOpened) -> None:
        event.stop()
        passage = self.pane.text.passage
        if self._carrying.has_mark and passage is not None:
            run_action(self, self._carrying.put, passage)
        else:
            run_action(self, self._marks.show_card, event.id)

    @on(ModeChanged)
    def _leave_mark(self, event: ModeChanged) -> None:
        if event.mode == "read":
            self._carrying.leave()

    def _show_marks(self, pane: ReadingPane, placed: tuple[AnchoredMark, ...]) -> None:
        super()._show_marks(pane, placed)
        if pane.panel.subject == "changes":
            run_action(self, self._news.read_changes)

    def _go(self, errand: "MarkTarget") -> None:
        """Go to a mark, and take it in hand if that is what one came for."""
        if errand.is_in_hand:
            self._carrying.take(errand.mark, errand.offset)
        else:
            self.pane.text.go_to(errand.offset)
            self.pane.text.focus()

    def _hand(self) -> "Hand":
        from annotator.tui.reader.mark_actions import Hand

        return Hand(self.pane.mark_at_hand, self.pane.text.passage)
