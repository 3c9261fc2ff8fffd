"""All that one sees of an open article: its text, what stands beside it, and the bottom line."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.reactive import var
from textual.strip import Strip
from textual.widget import Widget

from annotator.model import AnchoredMark
from annotator.model.labels import count
from annotator.reading.navigation.find import find_all
from annotator.reading.navigation.highlights import differing
from annotator.tui.context import AppContext, Kinds
from annotator.tui.keys.footers import footer_keys
from annotator.tui.keys.key import bindings
from annotator.tui.reader.article.messages import (
    ActivityChanged,
    LaidOut,
    MarkReached,
    ModeChanged,
    RemovalReached,
)
from annotator.tui.reader.article.painter import PaintedMark
from annotator.tui.reader.article.row_renderer import Opening
from annotator.tui.reader.article.view import ArticleView
from annotator.tui.reader.keys import PANE_KEYS, VIEW_KEYS
from annotator.tui.widgets.messages import RowChosen, SearchChanged, SearchClosed
from annotator.tui.widgets.status_bar import ModeFooter
from annotator.usecases.open_article import OpenArticle, count_waiting

if TYPE_CHECKING:
    from annotator.tui.lists.rows import Row
    from annotator.tui.reader.change_rows import ChangeList
    from annotator.tui.reader.side_panel import SidePanel
    from annotator.tui.widgets.find_bar import FindBar


Lasting = Literal["marks", "contents", "removed"]  # what there is of every article
Subject = Lasting | Literal["changes"]

NARROWEST, WIDEST = 30, 44  # cells; below, quotes are shreds, above, the text has better use
LEAST_TEXT = 56  # cells of text that are still read with ease beside the panel
_AROUND = 7  # cells that the text needs at its sides: gutter, progress, air
_LEFT_OVER = 12  # cells of text that stay in sight beside a panel that covers it


class Placement(Struct, frozen=True):
    """How wide the panel is, and how many cells the text gives up for it."""

    width: int
    taken: int = 0
    hides_text: bool = False


def placement(screen: int, text: int) -> Placement:
    """Return where the panel goes on a screen of this width, with a text of that width.

    In the text's own margin if that is wide enough, so that nothing moves;
    else beside it, if the text fits; else over it.
    """
    margin = (screen - text - _AROUND) // 2
    if margin >= NARROWEST:
        return Placement(min(WIDEST, margin))
    if screen - NARROWEST - _AROUND >= min(text, LEAST_TEXT):
        width = max(NARROWEST, min(WIDEST, screen - text - _AROUND))
        return Placement(width, taken=width)
    return Placement(max(1, min(WIDEST, screen - _LEFT_OVER)), hides_text=True)


class PanelPlace:
    """A place for the panel in `pane`, empty at first."""

    def __init__(self, pane: Widget, context: AppContext) -> None:
        self._pane, self._app_context = pane, context
        self._panel: SidePanel | None = None

    @property
    def subject(self) -> Subject | None:
        """What the panel lists; nothing while there is none to be seen."""
        panel = self._panel
        return panel.subject if panel is not None and panel.display else None

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the panel's list."""
        return self._panel is not None and self._panel.has_keys

    @property
    def key(self) -> str:
        """The key of the row under the cursor, or nothing."""
        return self._panel.key if self._panel is not None else ""

    @property
    def placement(self) -> Placement:
        """Where the panel goes now."""
        return placement(self._pane.size.width, self._app_context.settings.width)

    async def open(self) -> "SidePanel":
        """Return the panel, which comes into sight."""
        from annotator.tui.reader.side_panel import SidePanel

        if self._panel is None:
            self._panel = SidePanel(self._app_context.keymap)
            self._panel.styles.width = self.placement.width
        await self._panel.open(self._pane)
        return self._panel

    def show(self, subject: Subject, rows: "Sequence[Row]", *, at: str | None = None) -> None:
        """Show `rows` in the panel, the cursor on the one with key `at`, or where it was."""
        if self._panel is not None:
            self._panel.show(subject, rows, at=at)

    def hide(self) -> None:
        """Let the panel go out of sight."""
        if self._panel is not None:
            self._panel.display = False

    def fit(self, text: Widget) -> None:
        """Give the panel its width, and take from the text what that needs."""
        if self._panel is not None:
            where = self.placement
            self._panel.styles.width = where.width
            text.styles.margin = (0, where.taken if self._panel.display else 0, 0, 0)


class ReadingPane(Container):
    """The text in the middle, a panel at its right, and a line below for keys or for finding."""

    BLANK = True  # what it holds covers it
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(PANE_KEYS))

    in_hand = var("")  # the words of a mark that gets another place

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        context.keymap.bind(self, PANE_KEYS)
        self._app_context = context
        self._opened: OpenArticle | None = None
        self.placed: tuple[AnchoredMark, ...] = ()
        self._changes: ChangeList | None = None
        self._waiting = 0  # marks that a person should look at
        self._found = ""  # how much was found, in words
        self._origin = 0  # where the search began
        self.panel = PanelPlace(self, context)

    def compose(self) -> ComposeResult:
        """Give the text and the bottom line."""
        settings = self._app_context.settings
        yield ArticleView(width=settings.width, shows_worth=settings.check_worthy)
        yield ModeFooter()

    @property
    def text(self) -> ArticleView:
        """The text."""
        return self.query_one(ArticleView)

    @property
    def is_past_title(self) -> bool:
        """Whether the article's title is out of sight."""
        return self.text.scroll_offset.y > 0

    @property
    def mark_at_hand(self) -> str | None:
        """The id of the mark that one means: in the list of marks, or in the text."""
        if self.panel.has_keys and self.panel.subject in ("marks", "changes"):
            keys = {each.annotation.id for each in self.placed}
            return self.panel.key if self.panel.key in keys else None
        return self.text.current_mark

    def show(self, opened: OpenArticle, *, offset: int) -> None:
        """Show an article from `offset` on, with no marks yet."""
        self._opened, self.placed, self._waiting = opened, (), 0
        self.watch(self, "in_hand", self._tell_place, init=False)
        # a message that it moved would come after the frame, and take another one
        self.watch(self.text, "scroll_y", self._tell_place, init=False)
        self._app_context.keymap.bind(self.text, VIEW_KEYS)
        removals = opened.extraction.removals
        self.text.show(opened.article, offset=offset, removals=removals)
        if self.panel.subject in ("contents", "removed"):
            self._fill_panel(self.panel.subject)
        if not self.panel.has_keys:
            self.text.focus()

    @property
    def opening(self) -> tuple[Opening, Strip]:
        """The text and the bottom line as they are when the article is opened from here."""
        text = self.text.opening
        keys = footer_keys("read", self._app_context.keymap, self._app_context.settings.kinds)
        place = _place(_counted(len(self.placed), self._waiting), text.progress)
        return text, self.query_one(ModeFooter).strip("read", keys, place)

    def show_settings(self) -> None:
        """Show the text in the width that is set, and the marks as their kinds look."""
        settings = self._app_context.settings
        self.text.show_as(width=settings.width, shows_worth=settings.check_worthy)
        self.text.show_marks(_painted(self.placed, self._app_context.kinds))
        self.show_marks(self.placed)
        self._place_panel()

    def show_changes(self, changes: "ChangeList") -> None:
        """Let the panel list these changes."""
        self._changes = changes
        if self.panel.subject == "changes":
            self._fill_panel("changes")

    def show_marks(self, placed: Sequence[AnchoredMark]) -> None:
        """Show the marks in the text and in the list, and how many wait; nothing else moves."""
        if self._opened is None:
            return
        before, self.placed = self.placed, tuple(placed)
        here, there = differing(before, self.placed)  # few do, of thousands
        gone, come = before[here], self.placed[there]
        article = self._opened.article
        self._waiting += count_waiting(article, come) - count_waiting(article, gone)
        ids = [each.annotation.id for each in gone]
        self.text.show_marks(_painted(come, self._app_context.kinds), gone=ids)
        if self.panel.subject == "marks":
            self._fill_panel("marks")
        self._tell_place()

    async def action_find(self) -> None:
        """Ask what to find."""
        passage = self.text.passage
        self._origin = passage.start if passage else self.text.first_offset
        self.query_one(ModeFooter).display = False
        await self._find_bar.open(self)

    async def action_panel(self, subject: Subject) -> None:
        """Show a subject and give it the keys; hide the panel if it has them already."""
        if self.panel.has_keys and self.panel.subject == subject:
            self.action_leave_panel()
            return
        panel = await self.panel.open()
        self._fill_panel(subject, at=_key_here(self, subject, self._opened))
        self._place_panel()
        panel.listing.focus()

    def action_leave_panel(self) -> None:
        """Hide the panel, and give the keys back to the text."""
        self.panel.hide()
        self._place_panel()
        self.text.focus()

    @on(RowChosen)
    def _jump(self, event: RowChosen) -> None:
        """Go to what was chosen; a panel that covers it goes away."""
        event.stop()
        offset = self._offset_of(event.key)
        if offset is None:
            return
        if self.panel.placement.hides_text:
            self.action_leave_panel()
        self.text.jump_to(offset)
        self.text.focus()

    @on(SearchChanged)
    def _search(self, event: SearchChanged) -> None:
        """Show what is found so far, from where the search began."""
        event.stop()
        opened = self._opened
        matches = find_all(opened.article.text, event.query) if opened else ()
        self._found = count(len(matches), "match", "matches") if event.query.strip() else ""
        self._find_bar.show_count(self._found)
        self.text.show_matches(matches)
        self.text.go_to(self._origin)
        self.text.action_match(1)

    @on(SearchClosed)
    def _end_search(self, event: SearchClosed) -> None:
        """Keep the matches, or go back to where the search began."""
        event.stop()
        if not event.is_kept:
            self._found = ""
            self.text.show_matches(())
            self.text.go_to(self._origin)
        self.query_one(ModeFooter).display = True
        self.text.focus()
        self._tell_place()

    @on(events.Resize)
    def _place_panel(self) -> None:
        """Give the panel its room, in the text's own margin if that is wide enough."""
        self.panel.fit(self.text)

    @on(LaidOut)
    @on(ModeChanged)
    @on(ActivityChanged)
    @on(MarkReached)
    @on(RemovalReached)
    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _tell_place(self) -> None:
        """Say in the bottom line what the keys do now, and how far one is."""
        place = _place(self._found or _counted(len(self.placed), self._waiting), self.text.progress)
        mode: str = (self.panel.has_keys and self.panel.subject) or self.text.activity
        if self.in_hand:
            mode, place = "place", self.in_hand
        keys = footer_keys(
            _footer_name(self), self._app_context.keymap, self._app_context.settings.kinds
        )
        self.query_one(ModeFooter).show(mode, keys, place)

    def _fill_panel(self, subject: Subject, *, at: str | None = None) -> None:
        if subject == "changes":
            self.panel.show(subject, self._changes.rows if self._changes else (), at=at)
        elif self._opened:
            from annotator.tui.reader.side_panel_rows import side_rows

            rows = side_rows(subject, self._opened, self.placed, self._app_context)
            self.panel.show(subject, rows, at=at)

    def _offset_of(self, key: str) -> int | None:
        if self._opened is None:
            return None
        subject = self.panel.subject
        if subject == "changes" or subject is None:
            return self._changes.places.get(key) if self._changes else None
        from annotator.tui.reader.side_panel_rows import offset_of

        return offset_of(subject, key, self._opened, self.placed)

    @cached_property
    def _find_bar(self) -> "FindBar":
        from annotator.tui.widgets.find_bar import FindBar

        return FindBar()


def _key_here(pane: ReadingPane, subject: Subject, opened: OpenArticle | None) -> str | None:
    """Return the key of what is listed and close to where one reads."""
    if opened is None:
        return None
    if subject == "marks" and pane.text.current_mark:
        return pane.text.current_mark
    if subject == "changes":
        return ""
    from annotator.tui.reader.side_panel_rows import key_near

    return key_near(subject, pane.text.first_offset, opened, pane.placed)


def _place(said: str, progress: float) -> str:
    return "  ".join(filter(None, (said, f"{progress:.0%}")))


def _footer_name(pane: ReadingPane) -> str:
    """Return which bottom line is right now: that of a mark, if there is one at hand."""
    if pane.in_hand:
        return "place-caret" if pane.text.mode == "caret" else "place"
    mode = "panel" if pane.panel.has_keys else pane.text.activity
    if mode in {"links", "note"}:
        return mode
    is_on_mark = pane.mark_at_hand is not None
    if pane.panel.has_keys and pane.panel.subject not in ("marks", "changes"):
        is_on_mark = False
    if mode == "read" and pane.text.shows_removals and not is_on_mark:
        return "removed"
    return f"{mode}-mark" if is_on_mark else mode


def _counted(marks: int, waiting: int) -> str:
    """Return how many marks there are, and quietly how many of them wait for a review."""
    told = count(marks, "mark") if marks else ""
    return f"{told}, {waiting:,} to review" if waiting else told


def _painted(placed: Iterable[AnchoredMark], kinds: Kinds) -> list[PaintedMark]:
    """Return as the text shows them those marks that have a place."""
    found = ((each.annotation, each.span, kinds[each.annotation.kind]) for each in placed)
    return [
        PaintedMark(mark.id, span, kind.colour, kind.glyph, bool(mark.note))
        for mark, span, kind in found
        if span is not None
    ]
