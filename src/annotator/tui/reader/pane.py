"""The reader below its header: the text, the side panel, and the status bar or the find bar."""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.strip import Strip

from annotator.model import AnchoredMark, Annotation, Removal, Span
from annotator.model.labels import count, page_words
from annotator.reading.navigation.highlights import differing
from annotator.reading.navigation.motions import find_all, find_any
from annotator.tui.frame.context import AppContext
from annotator.tui.keys.groups import bindings, keys_of
from annotator.tui.keys.keymap import footer_keys
from annotator.tui.lists.rows import Line, Piece, truncate
from annotator.tui.messages import LaidOut, RowChosen, SearchChanged, SearchClosed
from annotator.tui.reader.article.messages import MarkReached, ModeChanged, SituationChanged
from annotator.tui.reader.article.painter import Opening
from annotator.tui.reader.article.scene import PaintedMark
from annotator.tui.reader.article.view import VIEW_KEYS, ArticleView
from annotator.tui.reader.bars import AWAITED, SEEKING, Situation, mark_line
from annotator.tui.reader.panel_contents import (
    GUEST_GLYPH,
    PanelContent,
    Placement,
    Subject,
    panel_placement,
)
from annotator.tui.widgets.status_bar import StatusBar
from annotator.usecases.articles.open_article import OpenArticle, count_waiting, same_place

if TYPE_CHECKING:
    from annotator.tui.reader.side_panel import ChangeList, SidePanel
    from annotator.tui.widgets.find_bar import FindBar
    from annotator.usecases.marks.guests import PlacedGuest

_BORDER = "\0"  # between removed passages; in no text, and no white space
_LEAST_TITLE = 15  # cells, of the next article at the end of one
_LISTS: dict[str, Subject] = {  # by the first part of the keys of their rows; a mark's is its id
    "heading": "contents",
    "removed": "removed",
    "paragraph": "changes",
    "guest": "guests",
}
_GUEST_COLOUR = "#8c8c8c"

# Actions of marks that a passage without one has, too; all but `copy` mark it first.
ON_PASSAGES = ("tags", "note", "speaker", "claim", "link", "copy")


class ReaderSelection(NamedTuple):
    """The mark, the passage and the removed text that a key acts on, as far as there are any."""

    mark_id: str | None
    passage: Span | None
    removal: int | None
    shows_removed: bool


class ReadingPane(Container):
    """The text in the middle, the side panel at its right, and the status bar below.

    `text` is there for the screen and its actions, which read and move it.
    """

    BLANK = True  # its children cover it
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(keys_of("pane")))

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        context.keymap.bind(self, keys_of("pane"))
        settings = context.settings
        self._app_context = context
        self._opened: OpenArticle | None = None
        self._marks: tuple[AnchoredMark, ...] = ()
        self._targets: frozenset[str] = frozenset()  # ids of marks that others link to
        self._known_mark: Annotation | None = None
        self._changes: ChangeList | None = None
        self._waiting = 0  # marks that wait to be reattached
        self._search_start = 0  # offset
        self.guests: Sequence[PlacedGuest] = ()  # marks of others, while they are shown
        self._loss: int | None = None  # the index of a removed passage that may be text
        self._next = ""  # the title of the next article of the list
        self._names = ""  # of places, as they were when last read
        self._moving = ""  # the quote of the mark that is being moved
        self._panel: SidePanel | None = None  # loaded when it is first opened
        self._opening = asyncio.Lock()  # two keys may open it before it is mounted
        self.text = ArticleView(width=settings.width, shows_worth=settings.check_worthy)
        self.text.viewport.order = context.letter_order
        self._status_bar = StatusBar()

    def compose(self) -> ComposeResult:
        yield self.text
        yield self._status_bar

    @property
    def has_full_width(self) -> bool:
        """Whether the text takes all columns, because no side panel pushes it aside."""
        return self.text.size.width == self.size.width

    @property
    def selection(self) -> ReaderSelection:
        """Everything that keys act on."""
        view = self.text
        return ReaderSelection(
            self._selected_mark,
            view.passage,
            view.viewport.current_removal,
            view.viewport.shows_removals,
        )

    @property
    def footer(self) -> str:
        """The name of the line of keys in the status bar."""
        return self._situation.footer

    @property
    def is_moving(self) -> bool:
        """Whether the status bar shows a mark that is being moved."""
        return bool(self._moving)

    @property
    def has_panel_keys(self) -> bool:
        """Whether the side panel has the focus."""
        return self._panel is not None and self._panel.has_keys

    @property
    def listed_subject(self) -> Subject | None:
        """The subject of the side panel's list, or None while it is hidden."""
        panel = self._panel
        return panel.subject if panel is not None and panel.display else None

    @property
    def _placement(self) -> Placement:
        """The side panel's place on a screen of this size."""
        return panel_placement(self.size.width, self._app_context.settings.width)

    @property
    def opening(self) -> tuple[Opening, Strip]:
        """The text and the status bar as they look when the article is opened at this place.

        It is opened by itself then, so that no list has a next article.
        """
        text = self.text.opening
        situation = Situation(
            activity="read",
            has_loss=self._loss is not None,
            marks=len(self._marks),
            waiting=self._waiting,
            reattach=self._app_context.keymap.shown("reader.reattach"),
            page=_page_at(self.text),
            progress=text.progress,
        )
        context = self._app_context
        keys = footer_keys(situation.footer, context.keymap, context.settings.kinds)
        keys = [key for key in keys if key.id != "reader.next"]
        return text, self._status_bar.strip("read", keys, situation.place)

    def on_mount(self) -> None:
        """Keep the status bar up to date."""
        # a message about scrolling would arrive after the frame, and cost another one
        self.watch(self.text, "scroll_y", self._show_status, init=False)

    def show(self, opened: OpenArticle, *, offset: int) -> None:
        """Show an article from `offset` on, with no marks yet."""
        self._opened, self._marks, self._waiting, self.guests = opened, (), 0, ()
        self._app_context.keymap.bind(self.text, VIEW_KEYS)
        self._loss = opened.extraction.largest_loss
        removals = opened.extraction.removals
        self.text.show(opened.article, offset=offset, removals=removals, loss=self._loss)
        self._fill_panel("contents", "removed")
        if not self.has_panel_keys:
            self.text.focus()

    async def show_revision(self, opened: OpenArticle) -> None:
        """Show another revision, with the same words at the top and at the cursor."""
        if self._opened is None or opened.article.revision == self._opened.article.revision:
            return
        view, then, now = self.text, self._opened.article, opened.article
        mode, passage = view.mode, view.passage
        first = await asyncio.to_thread(same_place, then, now, view.first_offset)
        cursor = await asyncio.to_thread(same_place, then, now, passage.start if passage else 0)
        if not self.display:  # the reader was left in the meantime
            return
        self.show(opened, offset=first)
        if passage is not None:
            view.enter(mode)
            view.go_to(cursor)

    def show_settings(self) -> None:
        """Follow changed settings: the width of the text, and the colours of marks."""
        settings = self._app_context.settings
        order = self._app_context.letter_order
        self.text.show_as(width=settings.width, shows_worth=settings.check_worthy, order=order)
        self.text.show_marks(self._painted(self._marks))
        self.show_marks(self._marks, self._targets)
        self._fit_panel()

    def show_moving(self, quote: str) -> None:
        """Show the quote of the mark that is being moved, or stop showing it if it is empty."""
        self._moving = quote
        self._show_status()
        if quote:
            self.text.focus()

    def show_next(self, title: str) -> None:
        """Take the title of the next article of the list; empty if there is none."""
        self._next = title

    def show_names(self, names: str) -> None:
        """Take the names of places, which are shown while one is awaited."""
        if names != self._names:
            self._names = names
            self._show_status()

    def show_changes(self, changes: "ChangeList") -> None:
        """Take what changed in the article, and list it if the side panel shows changes."""
        self._changes = changes
        self._fill_panel("changes")

    def show_marks(self, marks: Sequence[AnchoredMark], targets: frozenset[str]) -> None:
        """Show the marks in the text and in the side panel, and count them in the status bar.

        `targets` are the ids of the marks that others link to.
        """
        if self._opened is None:
            return
        before, self._marks, self._known_mark = self._marks, tuple(marks), None
        old, new = differing(before, self._marks)  # a few of thousands
        gone, come = before[old], self._marks[new]
        article = self._opened.article
        self._waiting += count_waiting(article, come) - count_waiting(article, gone)
        changed = (targets ^ self._targets) - {mark.annotation.id for mark in come}
        self._targets = targets
        signed = [mark for mark in self._marks if mark.annotation.id in changed]
        ids = [mark.annotation.id for mark in (*gone, *signed)]
        self.text.show_marks(self._painted([*come, *signed]), gone=ids)
        self._fill_panel("marks")
        self._show_status()

    def show_guests(self, guests: "Sequence[PlacedGuest]") -> None:
        """Show the marks of others in the text, in a look of their own; or none of them."""
        gone, self.guests = [guest.key for guest in self.guests], guests
        painted = [
            PaintedMark(guest.key, guest.span, _GUEST_COLOUR, GUEST_GLYPH, is_guest=True)
            for guest in guests
            if guest.span is not None
        ]
        self.text.show_marks(painted, gone=gone)
        if self.listed_subject == "guests" and not guests:
            self.action_leave_panel()
        self._fill_panel("guests")
        self._show_status()

    @property
    def guest_at_hand(self) -> "PlacedGuest | None":
        """The mark of somebody else that keys act on: in the list, or in the text."""
        panel, key = self._panel, self.text.current_mark
        if panel is not None and panel.has_keys:
            key = panel.listing.key if panel.subject == "guests" else None
        return next((guest for guest in self.guests if guest.key == key), None)

    async def action_find(self) -> None:
        """Open the find bar."""
        passage = self.text.passage
        self._search_start = passage.start if passage else self.text.first_offset
        self._status_bar.display = False
        await self._find_bar.open(self)

    def find_first(self, words: Sequence[str]) -> None:
        """Show the matches of all these words, and go to the first, if there is any."""
        text = self.text.article.text
        matches = find_any(text, words)
        if matches:
            self.text.navigator.show_matches(matches)
            self.text.jump_to(0)
            self.text.navigator.step_match(1)

    async def action_panel(self, subject: Subject) -> None:
        """List a subject in the side panel; close the panel if it has the focus already."""
        if self.has_panel_keys and self.listed_subject == subject:
            self.action_leave_panel()
            return
        panel = await self._open_panel()
        if (content := self._content) is not None:
            view = self.text
            panel.show_near(subject, content, view.first_offset, mark_id=view.current_mark)
        self._fit_panel()
        panel.listing.focus()

    async def _open_panel(self) -> "SidePanel":
        from annotator.tui.reader.side_panel import SidePanel

        async with self._opening:
            if self._panel is None:
                self._panel = SidePanel(self._app_context)
                self._panel.styles.width = self._placement.width
            await self._panel.open(self)
            return self._panel

    def action_leave_panel(self) -> None:
        """Hide the side panel, and give the focus to the text."""
        if self._panel is not None:
            self._panel.display = False
        self._fit_panel()
        self.text.focus()

    @on(RowChosen)
    def _jump(self, event: RowChosen) -> None:
        """Go to the row's place in the text."""
        event.stop()
        panel, content = self._panel, self._content
        offset = panel.offset_of(event.key, content) if panel and content else None
        if offset is None:
            return
        if (removal := _removal_of(event.key)) is None:
            self.text.jump_to(offset)
        else:
            self.text.reveal_removal(removal)
        if self.listed_subject and not _lists(self.listed_subject, event.key):
            return  # a key typed since then has opened another list, which keeps the focus
        if self._placement.hides_text:
            self.action_leave_panel()
        self.text.focus()

    @on(SearchChanged)
    def _search(self, event: SearchChanged) -> None:
        """Show the matches, and go to the first one from where the search began."""
        event.stop()
        opened = self._opened
        if opened is None:
            return
        matches = find_all(opened.article.text, event.query)
        is_shown = self.text.viewport.shows_removals
        removed = _having(event.query, opened.extraction.removals) if is_shown else ()
        number = len(matches) + len(removed)
        words = count(number, "match", "matches") if event.query.strip() else ""
        self._find_bar.show_count(words)
        self.text.navigator.show_matches(matches, removed)
        self.text.go_to(self._search_start)
        self.text.navigator.step_match(1)

    @on(SearchClosed)
    def _end_search(self, event: SearchClosed) -> None:
        """Keep the matches, or go back to where the search began."""
        event.stop()
        if not event.is_kept:
            self.text.navigator.hide_matches()
            self.text.go_to(self._search_start)
        self._status_bar.display = True
        self.text.focus()
        self._show_status()

    @on(events.Resize)
    def _fit_panel(self) -> None:
        """Set the width of the panel, and the margin of the text that makes room for it."""
        if self._panel is not None:
            place = self._placement
            self._panel.styles.width = place.width
            self.text.styles.margin = (0, place.taken if self._panel.display else 0, 0, 0)

    @on(LaidOut)
    @on(ModeChanged)
    @on(SituationChanged)
    @on(MarkReached)
    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _show_status(self) -> None:
        """Show in the status bar what the keys do now, to what, and how far the reader has come."""
        situation, mark = self._situation, self._mark_at_hand
        context = self._app_context
        keys = footer_keys(situation.footer, context.keymap, context.settings.kinds)
        if situation.footer == "read-end":
            title = truncate(self._next, max(_LEAST_TITLE, self.size.width // 4))
            keys[0] = replace(keys[0], brief=f"Next: {title}")
        elif not self._next:
            keys = [key for key in keys if key.id != "reader.next"]
        is_shown = mark is not None and situation.footer.endswith("mark")
        role = context.tags.role
        subject: Line = ()
        if mark and is_shown:
            is_target = mark.id in self._targets
            subject = mark_line(mark, context.kinds[mark.kind], role, is_target=is_target)
        if (guest := self.guest_at_hand) is not None:
            subject = (Piece(f"{GUEST_GLYPH} "), Piece(guest.words, "quiet"))
        if situation.footer == "link":
            subject = (Piece(situation.href, "quiet"),)
        if situation.activity in AWAITED and not situation.panel:
            has_names = situation.activity == SEEKING and self._names
            words = f"{self._names}; ' goes back" if has_names else AWAITED[situation.activity]
            subject = (Piece(words),)
        self._status_bar.show(situation.mode, keys, situation.place, subject=subject)

    @property
    def _situation(self) -> Situation:
        view = self.text
        return Situation(
            activity=view.activity,
            panel=self.listed_subject if self.has_panel_keys else None,
            is_on_mark=self._selected_mark is not None,
            shows_removals=view.viewport.shows_removals,
            has_loss=self._loss is not None,
            has_next=bool(self._next),
            moving=self._moving,
            href=view.pointed_href,
            typed=view.typed,
            match=view.navigator.match_number,
            marks=len(self._marks),
            waiting=self._waiting,
            reattach=self._app_context.keymap.shown("reader.reattach"),
            page=_page_at(view),
            progress=view.progress,
        )

    @property
    def _mark_at_hand(self) -> Annotation | None:
        """The mark that keys act on, which is looked for once until another one is."""
        mark_id, known = self._selected_mark, self._known_mark
        if mark_id is None:
            return None
        if known is None or known.id != mark_id:
            matches = (mark.annotation for mark in self._marks if mark.annotation.id == mark_id)
            known = self._known_mark = next(matches, None)
        return known

    @property
    def _selected_mark(self) -> str | None:
        """The id of the mark that keys act on: in the side panel's list, or in the text."""
        panel = self._panel
        if panel is not None and panel.has_keys and self.listed_subject in ("marks", "changes"):
            ids = {mark.annotation.id for mark in self._marks}
            return panel.listing.key if panel.listing.key in ids else None
        mark = self.text.current_mark
        return None if any(guest.key == mark for guest in self.guests) else mark

    @property
    def _content(self) -> PanelContent | None:
        if self._opened is None:
            return None
        return PanelContent(self._opened, self._marks, self._changes, self._targets, self.guests)

    def _painted(self, marks: Iterable[AnchoredMark]) -> list[PaintedMark]:
        """Return those marks that have a place, as the text shows them."""
        kinds = self._app_context.kinds
        placed = (
            (anchored.annotation, anchored.span, kinds[anchored.annotation.kind])
            for anchored in marks
        )
        return [
            PaintedMark(
                mark.id,
                span,
                kind.colour,
                kind.glyph,
                bool(mark.note),
                has_links=bool(mark.links) or mark.id in self._targets,
                status=mark.status if mark.status != "open" else None,
            )
            for mark, span, kind in placed
            if span is not None
        ]

    def _fill_panel(self, *subjects: Subject) -> None:
        """Update the side panel if it lists one of these subjects."""
        subject, content = self.listed_subject, self._content
        if self._panel is not None and subject in subjects and content is not None:
            self._panel.show(subject, content)

    @cached_property
    def _find_bar(self) -> "FindBar":
        from annotator.tui.widgets.find_bar import FindBar  # late: hidden in the first frame

        return FindBar()


def _having(query: str, removals: Sequence[Removal]) -> tuple[int, ...]:
    """Return the indices of the removed passages that have the words of a query."""
    # One text for all, which is folded once and not at each letter of the query.
    starts = [*accumulate((len(removal.text) + 1 for removal in removals), initial=0)]
    matches = find_all(_BORDER.join(removal.text for removal in removals), query)
    return tuple(dict.fromkeys(bisect_right(starts, match.start) - 1 for match in matches))


def _removal_of(key: str) -> int | None:
    """Return the index of the removed passage of a row, None for a row of another list."""
    subject, _, index = key.partition(":")
    return int(index) if subject == "removed" else None


def _lists(subject: Subject, key: str) -> bool:
    """Return whether the list of a subject can hold a row with that key."""
    kind, separator, _ = key.partition(":")
    return subject == _LISTS[kind] if separator else subject in ("marks", "changes")


def _page_at(view: ArticleView) -> str:
    page = view.article.page_at(view.first_offset)
    return page_words(page.label) if page else ""
