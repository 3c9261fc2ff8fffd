"""The reader: an article on the screen, with the keys to read and mark it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.strip import Strip

from annotator import usecases
from annotator.errors import AnnotatorError
from annotator.model import AnchoredMark
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.edits import LibraryChanged
from annotator.tui.frame.notifications import hint, short_quote, tell, warn
from annotator.tui.frame.workers import as_action, as_opening, run_action, run_opening
from annotator.tui.keys.groups import Key, bindings, keys_of
from annotator.tui.messages import ScreenRequested, ask_app
from annotator.tui.reader.article import messages
from annotator.tui.reader.bars import SEEKING, ReaderHeader
from annotator.tui.reader.pane import ON_PASSAGES, ReadingPane
from annotator.tui.reader.session import ReadingSession
from annotator.tui.theming import stylesheets
from annotator.usecases.articles.article_edits import RevisionSwitch
from annotator.usecases.articles.open_article import OpenArticle, open_article

if TYPE_CHECKING:
    from annotator.model import ArticleRecord
    from annotator.model.library_file import Place
    from annotator.tui.messages import MarkTarget
    from annotator.tui.reader.actions import ReaderActions

_CHECK_SECONDS = 0.5  # between two looks at whether another program has changed the article
_SAVE_SECONDS = 5.0  # between two saves of the position, in case the terminal is closed
_LONG = 1.0  # seconds to write what is not written yet, after which the reader says that it does

_REVISION_KEYS = frozenset({"changes", "refresh", "render", "reattach"})

_KEYS = keys_of("mark", "reader", "commands")
_ON_PASSAGES = frozenset(f"mark.{what}" for what in ON_PASSAGES)


class ReaderScreen(Screen[str]):
    """Shows one article.

    It opens at `target`, the mark with the id `mark_id` or a named place, if one is given, or else
    at the first match of the `words` that it was found by. `among` are the articles of the list
    that it was opened from, to go on to. Its answer is the id of the article that was shown last.
    """

    BLANK = True  # its children cover it
    CSS_PATH: ClassVar = stylesheets("reader/screen", "reader/article_view", "widgets/status_bar")
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(_KEYS))
    PLACES: ClassVar[tuple[str, ...]] = (
        "read",
        "sentence",
        "mark",
        "pane",
        "reader",
        "anywhere",
        "caret",
        "removed",
        "commands",
    )

    def __init__(
        self,
        context: AppContext,
        opened: OpenArticle,
        *,
        target: "MarkTarget | None" = None,
        mark_id: str | None = None,
        place: "Place | None" = None,
        words: Sequence[str] = (),
        among: "Sequence[ArticleRecord]" = (),
    ) -> None:
        super().__init__()
        self._app_context = context
        self._among = among
        self.session = self._session_of(opened)
        self._header = ReaderHeader(context.keymap)
        self._pane = ReadingPane(context)
        self._target, self._mark_id, self._place, self._words = target, mark_id, place, words
        self._is_leaving = self._has_ended = self._is_switched = False
        context.keymap.bind(self, _KEYS)
        context.keymap.bind_commands(self)

    def compose(self) -> ComposeResult:
        yield self._header
        yield self._pane

    def _session_of(self, opened: OpenArticle) -> ReadingSession:
        context, show = self._app_context, self._show_marks
        return ReadingSession(
            context.library, opened, now=context.now, show=show, edits=context.edits
        )

    @cached_property
    def _actions(self) -> "ReaderActions":
        from annotator.tui.reader.actions import ReaderActions  # late: see that module

        return ReaderActions(
            self, self.session, self._app_context, header=self._header, pane=self._pane
        )

    @property
    def article_id(self) -> str:
        """The id of the article."""
        return self.session.opened.record.id

    @property
    def active_place(self) -> str:
        """The group of keys that the help begins with: of the mark at hand, or of the mode."""
        if self._pane.has_panel_keys:
            return "pane"
        selection = self._pane.selection
        if selection.shows_removed and self._pane.text.mode == "read":
            return "removed"
        return "mark" if selection.mark_id else self._pane.text.mode

    @property
    def footer(self) -> str:
        """The name of the line of keys in the status bar."""
        return self._pane.footer

    @property
    def opening(self) -> tuple[Strip, ...]:
        """The lines of the screen as they look when the article is opened at this place."""
        text, status = self._pane.opening
        return self._header.strip(has_title=text.top > 0), *text.strips, status

    def on_mount(self) -> None:
        """Show the article at the saved position, and start to watch for other programs."""
        self._show_article()
        self.set_interval(_CHECK_SECONDS, self._check)
        self.set_interval(_SAVE_SECONDS, self._save_position)
        self.call_after_refresh(self._go_to_start)

    def _show_article(self) -> None:
        after = self._neighbour(1)
        self._header.show(self.session.opened)
        self._pane.show_next(after.title or after.url if after else "")
        self._pane.show(self.session.opened, offset=self.session.position.start)
        self.session.begin()

    async def on_unmount(self) -> None:
        """Write what is not written yet, and be silent, however the program ends."""
        if "_actions" in self.__dict__:
            await self._actions.aloud.stop()
        with suppress(AnnotatorError):  # no screen is left to show it on
            await self.session.end()

    def on_settings_changed(self) -> None:
        """Follow changed settings."""
        self._app_context.keymap.bind_commands(self)
        self._pane.show_settings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore keys after the one that leaves the reader, and Enter but while a mark is moved.

        The key of a status is that of the whole article while reading, but on a mark.
        """
        is_on_mark = self._pane.selection.mark_id or self._pane.text.mode != "read"
        acts = {"place": self._pane.is_moving, "status": bool(is_on_mark)}
        is_idle = action == "mark" and not acts.get(str(parameters[0]), True)
        return not (self._is_leaving or is_idle) and super().check_action(action, parameters)

    def can_act(self, key: Key) -> bool:
        """Return whether a key has something to act on, so that the palette offers it."""
        pane, selection = self._pane, self._pane.selection
        has_mark = selection.mark_id is not None
        has_passage = selection.passage is not None and not pane.has_panel_keys
        needs = {
            "mark": has_mark or (key.id in _ON_PASSAGES and has_passage),
            "mark_kind": has_passage,
            "passage": selection.removal is not None or pane.guest_at_hand is not None,
            "match": pane.text.navigator.match_number is not None,
            "leave_panel": pane.has_panel_keys,
            "leave_mode": has_mark or pane.text.mode != "read",
        }
        of_keys = {
            "reader.place": pane.is_moving,
            "reader.take-out": has_passage,
            "reader.next": self._neighbour(1) is not None,
            "reader.previous": self._neighbour(-1) is not None,
        }
        return of_keys.get(key.id, needs.get(key.action_name, True))

    def action_width(self, by: int) -> None:
        """Make the text wider or narrower, for good."""
        run_action(self, self._actions.change_width, by)

    def action_aloud(self) -> None:
        """Read aloud from here on, or stop."""
        self._actions.aloud.toggle()

    def action_mark(self, what: str) -> None:
        """Act on the selected mark, or put the mark that is being moved on the passage."""
        if what != "place":
            run_opening(self, self._actions.marks.do, what)
        elif (passage := self._pane.text.passage) is not None:
            run_action(self, self._actions.reattacher.put, passage)

    def action_article(self, what: str) -> None:
        """Act on the article."""
        if what == "browse" and (href := self._current_href):
            run_opening(self, self._actions.browse, href)
        elif what in _REVISION_KEYS:
            run_opening(self, self._actions.revisions.do, what)
        else:
            run_opening(self, self._actions.article.do, what, self.session.opened.record)

    @as_opening
    async def action_claims(self) -> None:
        """List the marks of all articles, from the selected mark on."""
        await self.session.edits.settled()
        placed = self.session.marks.find(self._pane.selection.mark_id)
        at = placed.annotation if placed else None
        await ask_app(ScreenRequested(self, "claims", at=at))

    def action_passage(self, what: str) -> None:
        """Restore a removed passage or all of its box, or remove a paragraph."""
        revisions = self._actions.revisions
        if what == "put_back" and (guest := self._pane.guest_at_hand) is not None:
            run_action(self, self._actions.guests.adopt, guest)
        elif what == "take_out":
            run_action(self, revisions.take_out)
        else:
            run_action(self, revisions.put_back, has_all=what == "put_back_box")

    def action_back(self) -> None:
        """Leave the side panel, or else the article."""
        if self._pane.has_panel_keys:
            self._pane.action_leave_panel()
        else:
            self._is_leaving = True
            self._leave()

    @as_opening
    async def action_judge(self, what: str) -> None:
        """Mark the article as read or unread, or archive it."""
        library = self._app_context.library
        record = await asyncio.to_thread(library.article(self.article_id).record)
        await self._actions.article.judge(what, (record,))

    def action_turn(self, step: int) -> None:
        """Go on to the next article of the list, or back to the one before."""
        wanted = self._neighbour(step)
        if wanted is not None:
            self._turn_to(wanted.id)
        elif self._among:
            hint(self, f"This is the {'last' if step > 0 else 'first'} article of the list.")
        else:
            hint(self, "This article was not opened from a list of articles.")

    def _neighbour(self, step: int) -> "ArticleRecord | None":
        """Return the article that many steps away in the list; None beyond its ends."""
        here = (place for place, record in enumerate(self._among) if record.id == self.article_id)
        place = next(here, -2) + step
        return self._among[place] if 0 <= place < len(self._among) else None

    @as_opening
    async def _turn_to(self, article_id: str) -> None:
        """Leave the article as `q` does, and show another one in its place."""
        opened = await asyncio.to_thread(open_article, self._app_context.library, article_id)
        if self._pane.is_moving:
            self._actions.reattacher.cancel()
        await self._end()
        self.session = self._session_of(opened)
        self.__dict__.pop("_actions", None)  # they act on the article that was left
        self._show_article()
        self._header.show_title(is_shown=self._pane.text.scroll_offset.y > 0)
        if self._words:
            self.call_after_refresh(self._pane.find_first, self._words)
        await self.session.show_links()

    @on(messages.EndReached)
    def _say_what_follows(self) -> None:
        after = self._neighbour(1)
        key = "reader.next" if after else "reader.back"
        how = self._app_context.keymap.shown(key) or "The palette"
        where = f"to the next: {short_quote(after.title or after.url)}" if after else "back"
        hint(self, f"This is the end. {how} leads {where}.")

    @on(events.ScreenResume)
    def _close_if_ended(self) -> None:
        """Close the reader after it was left, once no dialog is open over it."""
        if self._has_ended and self.is_active:
            self.dismiss(self.article_id)

    @on(events.ScreenResume)
    def _read_links(self) -> None:
        """Look after the first frame, and after another screen, which marks others link to."""
        self.call_after_refresh(run_action, self, self.session.show_links)

    @on(LibraryChanged)
    def _follow_change(self, event: LibraryChanged) -> None:
        """Show another revision of the article that undo or redo has led to."""
        step = event.change.step
        is_own = self.article_id in step.article_ids
        if event.change.how == "made" or not isinstance(step, RevisionSwitch) or not is_own:
            return
        if self.is_active:
            run_action(self, self._actions.revisions.follow, event.change)
        else:
            self._is_switched = True

    @on(events.ScreenResume)
    def _show_switched(self) -> None:
        if self._is_switched:
            self._is_switched = False
            run_action(self, self._actions.revisions.reopen)

    @on(messages.PositionChanged)
    def _note_position(self, event: messages.PositionChanged) -> None:
        """Note the position, and show the title in the header if the text does not show it."""
        self.session.position.move(event.offset, event.progress)
        self._header.show_title(is_shown=self._pane.text.scroll_offset.y > 0)

    @on(messages.PassageMarked)
    def _mark(self, event: messages.PassageMarked) -> None:
        if self._actions.reattacher.has_mark:
            run_action(self, self._actions.reattacher.put, event.span)
        else:
            run_action(self, self._actions.marks.mark, event.span, event.kind_key)

    @on(messages.MarkOpened)
    def _open_mark(self, event: messages.MarkOpened) -> None:
        passage = self._pane.text.passage
        if self._actions.reattacher.has_mark and passage is not None:
            run_action(self, self._actions.reattacher.put, passage)
        elif self._pane.guest_at_hand is not None:
            run_action(self, self._pane.action_panel, "guests")
        elif not self._is_leaving:
            run_opening(self, self._actions.marks.show_card, event.id)

    @on(messages.ModeChanged)
    def _stop_moving(self, event: messages.ModeChanged) -> None:
        if event.mode == "read" and self._pane.is_moving:
            self._actions.reattacher.cancel()

    @on(messages.LinkFollowed)
    def _follow_link(self, event: messages.LinkFollowed) -> None:
        if event.href is None:
            hint(self, "No link on this screen.")
        else:
            run_opening(self, self._actions.links.follow, event.href)

    def action_choose_command(self) -> None:
        """Pass the passage, mark or article to a command that is chosen from a list."""
        run_opening(self, self._actions.commands.choose)

    def action_pipe(self, number: int) -> None:
        """Pass the passage, mark or article to one of the user's commands."""
        run_opening(self, self._actions.commands.run, number)

    def action_guests(self) -> None:
        """Show the marks of others, or hide them."""
        run_opening(self, self._actions.guests.toggle)

    def action_places(self) -> None:
        """List the named places."""
        run_opening(self, self._actions.places.choose)

    @on(messages.PlaceNamed)
    def _name_place(self, event: messages.PlaceNamed) -> None:
        run_action(self, self._actions.places.name, event.letter, event.offset)

    @on(messages.SituationChanged)
    def _show_names(self) -> None:
        """Show the names of places while one is awaited."""
        if self._pane.text.activity == SEEKING:
            run_action(self, self._actions.places.show_names)

    @on(messages.PlaceSought)
    def _seek_place(self, event: messages.PlaceSought) -> None:
        run_opening(self, self._actions.places.go, event.letter)

    @on(messages.BeginningReached)
    def _go_back_to_the_link(self) -> None:
        """Leave an article that a link of another one led to."""
        below = self.app.screen_stack[:-1]
        if self.is_active and below and isinstance(below[-1], ReaderScreen):
            self.action_back()

    @on(messages.PictureRequested)
    def _draw_picture(self, event: messages.PictureRequested) -> None:
        if event.block is None:
            hint(self, "No picture on this screen.")
        else:
            run_action(self, self._actions.draw_picture, event.block)

    @property
    def _current_href(self) -> str:
        """The address of the link that keys act on; empty if there is none."""
        return "" if self._pane.has_panel_keys else self._pane.text.current_href

    def _show_marks(self, marks: tuple[AnchoredMark, ...]) -> None:
        if not self.display:  # it is being closed
            return
        self._pane.show_marks(marks, self.session.marks.targets)
        if self._pane.listed_subject == "changes":
            run_action(self, self._actions.revisions.read_changes)

    def _go_to_start(self) -> None:
        """Go to the mark or place that the article is opened at, if there is one."""
        if self._mark_id is not None:
            self._actions.reattacher.go_to_mark(self._mark_id)
        elif self._target is not None:
            self._actions.reattacher.go_to(self._target)
        if self._place is not None:
            offset = usecases.articles.places.offset_of(self.session.article, self._place)
            self._pane.text.navigator.return_to(offset)
        elif self._words and self._mark_id is None and self._target is None:
            self._pane.find_first(self._words)

    def _check(self) -> None:
        """Show what other programs have changed; a newer text only while the reader reads."""
        if self.session.is_outdated():
            run_action(self, self._catch_up)
        is_reading = self.is_active and self._pane.text.mode == "read"
        if is_reading and self.session.take_behind():
            run_action(self, self._actions.revisions.catch_up)

    async def _catch_up(self) -> None:
        await self.session.catch_up()
        for words in self._app_context.new_notices():
            warn(self, words)

    @as_action
    async def _save_position(self) -> None:
        await asyncio.to_thread(self.session.position.save)

    @as_action
    async def _leave(self) -> None:
        try:
            await self._end()
        finally:
            self._has_ended = True
            self._close_if_ended()

    async def _end(self) -> None:
        """End the session, and save the screen, which the next start paints at once."""
        text = self._pane.text
        self.session.position.move(text.first_offset, text.progress)
        is_slow = self.set_timer(_LONG, partial(tell, self, "Saving your changes …"))
        await self.session.edits.settled()
        is_current = not self.session.is_behind and not self.session.is_outdated()
        await self.session.end()
        is_slow.stop()
        if self._app_context.settings.export_on_change:
            from annotator.tui.actions.export import export_article  # late: only if wanted

            export_article(self.app, self._app_context, self.session.opened.record.id)
        is_usual = self._pane.has_full_width and self._app_context.line_order is None
        if is_current and is_usual and self._pane.is_attached:
            from annotator.tui.terminal.driver import render_lines, save  # late: used once

            lines = render_lines(self, self.opening)
            article_id = self.session.opened.record.id
            await asyncio.to_thread(save, self._app_context.library, article_id, lines, self.size)
