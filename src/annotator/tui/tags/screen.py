"""The screen of all tags and speakers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import ClassVar, Literal

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from annotator.model.query import as_filter
from annotator.tui.context import AppContext
from annotator.tui.edits import EditQueue
from annotator.tui.keys.footers import footer_keys
from annotator.tui.keys.key import bindings
from annotator.tui.keys.tables.tags import TAGS_KEYS
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.painting import paint
from annotator.tui.notifications import describe_step, hint, tell
from annotator.tui.tags.actions import NameActions
from annotator.tui.tags.rows import heads
from annotator.tui.tags.view import NamesView
from annotator.tui.theming.stylesheets import PartStyles, stylesheets
from annotator.tui.widgets.find_bar import FindBar
from annotator.tui.widgets.messages import SearchChanged, SearchClosed
from annotator.tui.widgets.status_bar import StatusBar
from annotator.tui.workers import run_action, run_opening
from annotator.usecases.library.undo import Step
from annotator.usecases.tags.speakers import SpeakerUse, speaker_uses, suggested_merges
from annotator.usecases.tags.tag_library import TagNode, tag_tree

Place = Literal["marks", "articles"]

_OFTEN = 0.1  # seconds between two looks at how far an edit is


class TagsScreen(Screen[tuple[Place, str] | None]):
    """Lists tags and speakers, and returns which list of one of them is wanted, with its query.

    `edits` makes the edits, with their undo. `places` are those that can be answered, the usual
    one first.
    """

    BINDINGS: ClassVar[list[BindingType]] = list(bindings(TAGS_KEYS))
    CSS_PATH: ClassVar = stylesheets("tags/screen", "lists/list_view", "widgets/status_bar")
    PLACES: ClassVar[tuple[str, ...]] = ("tags", "list")

    def __init__(self, context: AppContext, edits: EditQueue, *, places: Sequence[Place]) -> None:
        super().__init__()
        self._app_context = context
        self._edits = edits
        self._places = tuple(places)
        self._view = NamesView()
        self._is_undoing = False
        self._find_bar = FindBar(placeholder="Part of a name")
        self._actions = NameActions(self, context, edits, changed=self._load)
        context.keymap.bind(self, TAGS_KEYS)

    def compose(self) -> ComposeResult:
        """Yield the column heads, the list, and the status bar."""
        yield NameHeads()
        yield Listing(self._app_context.keymap, clicks=2, id="names")
        yield StatusBar()

    def on_mount(self) -> None:
        """Say that the library is read, and show how far a long edit is."""
        self._refill()
        self.set_interval(_OFTEN, self._show_progress)

    @on(events.ScreenResume)
    def action_reload(self) -> None:
        """Read the library again."""
        if not self._find_bar.display:
            self.query_one(Listing).focus()
        run_action(self, self._load)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore keys that were typed before the screen was drawn, or after it was closed."""
        is_open = self.is_mounted and self.is_active
        return is_open and super().check_action(action, parameters)

    def action_open(self, place: Place) -> None:
        """Return the query for the name under the cursor."""
        names = self._view.names(self._key)
        if place not in self._places:
            hint(self, "Open this list from the library to see articles.")
        elif not names:
            hint(self, "Nothing is selected.")
        else:
            self.dismiss((place, _query_of(self._view.shows, names)))

    @on(Listing.Chosen)
    def _open_chosen(self, event: Listing.Chosen) -> None:
        event.stop()
        self.action_open(self._places[0])

    def action_rename(self) -> None:
        """Ask for another name."""
        if len(self._view.names(self._key)) > 1:
            hint(self, "Several are selected. Merge them, or deselect all but one.")
        else:
            self._ask(self._actions.rename)

    def action_merge(self) -> None:
        """Ask for the name to merge with."""
        self._ask(self._actions.merge)

    def action_move(self) -> None:
        """Ask for the tag to move the others below."""
        self._ask_about_tags(self._actions.move, "Speakers have no levels.")

    def action_colour(self) -> None:
        """Ask for a colour."""
        self._ask_about_tags(self._actions.colour, "Only tags have colours.")

    def action_delete(self) -> None:
        """Delete tags everywhere."""
        self._ask_about_tags(
            self._actions.delete, "A speaker belongs to its marks. Rename it, or edit the marks."
        )

    def action_switch(self) -> None:
        """Show speakers in place of tags, or the reverse."""
        self._view = self._view.switched()
        self._refill(at="")
        if self._view.shows == "speakers":
            run_action(self, self._suggest)

    async def action_filter(self) -> None:
        """Open the filter."""
        self.query_one(StatusBar).display = False
        await self._find_bar.open(self)

    def action_sort(self) -> None:
        """Sort by name or by number."""
        self._view = replace(self._view, is_by_number=not self._view.is_by_number)
        self._refill(at="")

    def action_select(self) -> None:
        """Select the name under the cursor, or deselect it, and go to the next."""
        if self._key:
            self._view = self._view.toggled(self._key)
            self._refill()
            self.query_one(Listing).action_cursor(1)

    def action_select_all(self) -> None:
        """Select all listed names, or none if all are selected."""
        self._view = self._view.all_toggled()
        self._refill()

    def action_history(self, step: str) -> None:
        """Undo or redo."""
        is_undo = step == "undo"
        take = self._edits.undo if is_undo else self._edits.redo
        run_action(self, self._step, take, "Undid" if is_undo else "Redid")

    def action_back(self) -> None:
        """Stop an edit; else deselect; else clear the filter; else go back."""
        if self._actions.stop():
            return
        if self._view.selected:
            self._view = replace(self._view, selected=frozenset())
            self._refill()
        elif self._view.typed:
            self._view = replace(self._view, typed="")
            self._refill()
        elif self.is_active:
            self.dismiss(None)

    @on(SearchChanged)
    def _filter(self, event: SearchChanged) -> None:
        event.stop()
        self._view = replace(self._view, typed=event.query)
        self._refill(at="")

    @on(SearchClosed)
    def _end_filter(self, event: SearchClosed) -> None:
        event.stop()
        if not event.is_kept:
            self._view = replace(self._view, typed="")
        self.query_one(StatusBar).display = True
        self.query_one(Listing).focus()
        self._refill()

    @property
    def _key(self) -> str:
        return self.query_one(Listing).key

    def _ask(self, action: Callable[[NamesView, Sequence[str]], Awaitable[object]]) -> None:
        names = self._view.names(self._key)
        if names:
            run_opening(self, partial(_run, action), self._view, names)
        else:
            hint(self, "Nothing is selected.")

    def _ask_about_tags(
        self, action: Callable[[NamesView, Sequence[str]], Awaitable[object]], why_not: str
    ) -> None:
        if self._view.shows == "tags":
            self._ask(action)
        else:
            hint(self, why_not)

    async def _step(self, take: Callable[[], Awaitable[Step | None]], done: str) -> None:
        self._is_undoing = True
        try:
            step = await take()
        finally:
            self._is_undoing = False
        tell(self, f"{done}: {describe_step(step)}" if step else "Nothing is left to do.")
        await self._load()

    async def _load(self, at: str | None = None) -> None:
        found, speakers = await asyncio.to_thread(self._read)
        self._view = self._view.loaded(found, speakers)
        if self.display:
            self._refill(at=at)
        if self._view.shows == "speakers":
            await self._suggest()

    def _read(self) -> tuple[Sequence[TagNode], Sequence[SpeakerUse]]:
        library = self._app_context.library
        self._app_context.tag_colours.read()
        return tag_tree(library), speaker_uses(library)

    async def _suggest(self) -> None:
        pairs = await asyncio.to_thread(suggested_merges, self._view.speakers)
        self._view = self._view.suggesting(pairs)
        if self.display:
            self._refill()

    def _refill(self, at: str | None = None) -> None:
        view = self._view
        is_tags = view.shows == "tags"
        self.query_one(NameHeads).show(is_tags=is_tags, is_empty=view.is_empty)
        self.query_one(NameHeads).display = view.is_loaded
        self.query_one(Listing).show(view.rows(), at=at)
        if self._find_bar.display:
            self._find_bar.show_count(view.counted)
        self._show_bar()

    def _show_bar(self) -> None:
        view, number = self._view, len(self._view.selected)
        footer = f"{view.shows}{'-empty' if view.is_empty else '-selected' if number else ''}"
        mode = f"{number:,} selected" if number else ""
        place = view.counted if view.is_loaded and not view.is_empty else ""
        if self._is_undoing:
            place = "working …"
        if self._actions.progress:
            footer, place = "tags-running", self._actions.progress
        keys = footer_keys(footer, self._app_context.keymap)
        self.query_one(StatusBar).show(mode, keys, place)

    def _show_progress(self) -> None:
        if self.is_active:
            self._show_bar()


class NameHeads(PartStyles, Widget):
    """The title and the heads of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self._is_tags, self._is_empty = True, False

    def show(self, *, is_tags: bool, is_empty: bool) -> None:
        """Show the heads of tags, or of speakers; only the title if there are none."""
        self._is_tags, self._is_empty = is_tags, is_empty
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the heads, or an empty line below them."""
        line = heads(self.size.width, is_tags=self._is_tags) if y == 0 else ()
        return paint(self, "listing", line[:2] if self._is_empty else line)


async def _run(
    action: Callable[[NamesView, Sequence[str]], Awaitable[object]],
    view: NamesView,
    names: Sequence[str],
) -> None:
    await action(view, names)


def _query_of(shows: str, names: Sequence[str]) -> str:
    """Return the query for everything that has one of the names."""
    field = "tag" if shows == "tags" else "speaker"
    return " or ".join(as_filter(field, name) for name in names)
