"""The frame of screens with a list: its keys, its rows, what is selected, and a filter.

It is read again when other programs have changed the library.
"""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any, ClassVar, Generic, Literal, NamedTuple, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from annotator.errors import LibraryError
from annotator.store import Library
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.edits import Change, LibraryChanged
from annotator.tui.frame.notifications import tell, tell_error
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.frame.workers import as_opening, run_action
from annotator.tui.keys.groups import OF_ROWS, Key, bindings, keys_of
from annotator.tui.keys.keymap import footer_keys
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Line, Row, paint
from annotator.tui.messages import SearchChanged, SearchClosed
from annotator.tui.theming import PartStyles, stylesheets
from annotator.tui.widgets.find_bar import FindBar
from annotator.tui.widgets.status_bar import StatusBar
from annotator.usecases.library.undo import Step

Answer = TypeVar("Answer")
_PAUSE = 1.0  # seconds between two looks at the library
_MAX_SHARE = 1 / 50  # of the time that looking may take: at 10,000 articles a look takes 0.04 s
_LONGEST_PAUSE = 10.0  # seconds: one look may be late because the machine is busy with other work


class SelectedRows:
    """The keys of selected rows. Keys act on these rows, or else on the one under the cursor."""

    def __init__(self) -> None:
        self.keys: frozenset[str] = frozenset()

    def __len__(self) -> int:
        """Return how many rows are selected."""
        return len(self.keys)

    def __contains__(self, key: object) -> bool:
        """Return whether the row with that key is selected."""
        return key in self.keys

    def toggle(self, key: str) -> None:
        """Select a row, or deselect it."""
        self.keys ^= {key}

    def toggle_all(self, listed: Collection[str]) -> None:
        """Select all rows that are listed, or none if all are selected."""
        everything = frozenset(listed)
        self.keys = frozenset() if everything <= self.keys else everything

    def keep(self, listed: Collection[str]) -> None:
        """Deselect the rows that are not listed any more."""
        self.keys &= frozenset(listed)

    def clear(self) -> bool:
        """Deselect all rows, and return whether any was selected."""
        had_some, self.keys = bool(self.keys), frozenset()
        return had_some

    def or_at(self, key: str) -> frozenset[str]:
        """Return the keys of the selected rows, or else that of the row under the cursor."""
        return self.keys or frozenset({key})


class Status(NamedTuple):
    """The status bar: the name of its line of keys, a mode, and a place in the list.

    The filter, if it is open, shows what is `counted`, or else the place.
    """

    footer: str
    mode: str = ""
    place: str = ""
    counted: str = ""


class ListScreen(Screen[Answer], Generic[Answer]):
    """A title, a list, and a status bar, with the keys of a group.

        class BinScreen(ListScreen[None], keys="bin"): ...

    A subclass reads the library in `read`, and shows what it has read with `head`, `rows` and
    `status`; `listed` are the keys of rows that can be selected. Others open it by its name in
    the app's `SCREENS`. With other widgets above the status bar, it returns them from `parts`,
    and names their `styles`.
    """

    PLACES: ClassVar[tuple[str, ...]] = ()
    TITLE: ClassVar[str | None] = None  # above the list, if there are no heads of columns
    CLICKS: ClassVar[Literal[1, 2]] = 2  # that choose a row
    PLACEHOLDER: ClassVar = "Part of a name"  # of the filter, if it has one
    KEYS: ClassVar[tuple[Key, ...]] = ()

    def __init_subclass__(
        cls,
        *,
        keys: str,
        also: Sequence[str] = (),
        places: Sequence[str] = ("list",),
        styles: Sequence[str] = (),
        **options: bool,
    ) -> None:
        """Give a screen the keys of a place and `also` of others, and its styles.

        The `places` are those of its widgets, for the help and the palette.
        """
        cls.KEYS, cls.PLACES = keys_of(keys, *also), (keys, *also, *places)
        cls.BINDINGS = list(bindings(cls.KEYS))
        cls.CSS_PATH = stylesheets(
            "frame/list_screen", "lists/list_view", "widgets/status_bar", *styles
        )
        super().__init_subclass__(**options)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._ui = ScreenUI(self)
        self._app_context = context
        self._library, self._keymap, self._now = context.library, context.keymap, context.now
        self._edits, self._key_of = context.edits, context.keymap.shown
        self._selected = SelectedRows()
        self._typed = ""  # into the filter
        self._find_bar: FindBar | None = None  # made when it is first opened
        # One reads after the other, so that what was read before an edit never comes last.
        self._reading = asyncio.Lock()
        context.keymap.bind(self, self.KEYS)

    def compose(self) -> ComposeResult:
        yield from self.parts()
        yield StatusBar()

    def parts(self) -> Sequence[Widget]:
        """Return the widgets above the status bar: the heads and the list."""
        title = Static(Content(self.TITLE or ""), classes="list-title")
        return (title if self.TITLE else ListHead(self.head), self.new_list())

    def new_list(self) -> Listing:
        """Return the widget of the list."""
        listing = Listing(self._keymap, clicks=self.CLICKS)
        listing.add_class("list-body")
        return listing

    # What a screen says of itself

    async def read(self) -> None:
        """Read what is listed."""

    def rows(self) -> Sequence[Row]:
        """Return the rows of the list."""
        return ()

    def listed(self) -> Collection[str]:
        """Return the keys of the rows that can be selected."""
        return ()

    def head(self, width: int) -> Line:  # noqa: ARG002  screens use it
        """Return the heads of columns above the list, if there is no title; nothing for none."""
        return ()

    def status(self) -> Status:
        """Return what the status bar shows."""
        return Status(self.PLACES[0])

    async def stepped(self, step: Step) -> None:  # noqa: ARG002  screens use it
        """Show the library after a step was undone or redone."""
        await self.load()

    # What every screen does

    @property
    def listing(self) -> Listing:
        """The list."""
        return self.query_one(Listing)

    @property
    def footer(self) -> str:
        """The name of the line of keys in the status bar."""
        return self.status().footer

    @property
    def is_typing(self) -> bool:
        """Whether the filter is open."""
        return self._find_bar is not None and self._find_bar.display

    @on(events.ScreenResume)
    def _resume(self) -> None:
        self.resume()

    def resume(self) -> None:
        """Read the library again each time the screen comes to the front."""
        if not self.is_typing:
            self.focus_list()
        self.reload()

    def focus_list(self) -> None:
        """Give the list the keys."""
        self.listing.focus()

    def reload(self) -> None:
        """Read the library again."""
        run_action(self, self.load)

    async def load(self, at: str | None = None) -> None:
        """Read the library, and show it with the cursor on a row, or where it was."""
        async with self._reading:
            await self.read()
            self._selected.keep(self.listed())
            self.refill(at)

    def refill(self, at: str | None = None) -> None:
        """Show the rows, the cursor on the one with key `at`, or where it was."""
        if not self.display:  # it was closed while something was read
            return
        for head in self.query(ListHead):
            head.display = bool(self.head(self.size.width))
            head.refresh()
        self.listing.show(self.rows(), at=at)
        self.show_status()

    def show_status(self) -> None:
        """Show the keys and the place in the list."""
        status = self.status()
        if self._find_bar is not None and self._find_bar.display:
            self._find_bar.show_count(status.counted or status.place)
        keys = footer_keys(status.footer, self._keymap)
        self.query_one(StatusBar).show(status.mode, keys, status.place)

    @on(Listing.Chosen)
    def _choose(self, event: Listing.Chosen) -> None:
        self.chosen(event)

    def chosen(self, row: Listing.Chosen) -> None:
        """React to a row that was chosen with Enter or the mouse."""

    @on(LibraryChanged)
    def _hear_change(self, event: LibraryChanged) -> None:
        self.follow(event.change)

    def follow(self, change: Change) -> None:
        """Show what was undone or redone; a screen that is covered reads it when it comes back."""
        if self.is_active and change.how != "made":
            run_action(self, self.stepped, change.step)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ignore keys that were typed before the screen was drawn, or after it was closed."""
        is_open = self.is_mounted and self.is_active
        return is_open and super().check_action(action, parameters)

    def can_act(self, key: Key) -> bool:
        """Return whether a key has something to act on, so that the palette offers it."""
        has_row = any(listing.key for listing in self.query(Listing))
        return has_row or key.id not in OF_ROWS

    def action_reload(self) -> None:
        """Read the library again."""
        self.reload()

    def action_select(self) -> None:
        """Select the row under the cursor, or deselect it, and go to the next."""
        if self.listing.key:
            self._selected.toggle(self.listing.key)
            self.refill()
            self.listing.action_cursor(1)

    def action_select_all(self) -> None:
        """Select all listed rows, or none if all are selected."""
        self._selected.toggle_all(self.listed())
        self.refill()

    async def action_filter(self) -> None:
        """Open the filter."""
        self.query_one(StatusBar).display = False
        if self._find_bar is None:
            self._find_bar = FindBar(placeholder=self.PLACEHOLDER)
        await self._find_bar.open(self, self._typed)

    @as_opening
    async def action_screen(self, name: str) -> None:
        """Open another screen, and read the library again when it is left."""
        await self._ui.open_screen(name)
        self.reload()

    def action_back(self) -> None:
        """Go back."""
        if self.is_active:  # it is not if the key was pressed twice
            self.dismiss(None)

    def narrow(self, typed: str) -> None:
        """List the rows that match what was typed into the filter."""
        self._typed = typed
        self.refill(at="")

    def action_clear(self) -> None:
        """Deselect all rows; if none is selected, drop the filter; without one, go back."""
        if not self._selected.clear():
            if not self._typed:
                self.action_back()
                return
            self._typed = ""
        self.refill()

    @on(SearchChanged)
    def _narrow(self, event: SearchChanged) -> None:
        self.narrow(event.query)

    @on(SearchClosed)
    def _close_filter(self, event: SearchClosed) -> None:
        self.end_filter(is_kept=event.is_kept)

    def end_filter(self, *, is_kept: bool) -> None:
        """Give the list the keys again; without what was typed, unless it is kept."""
        self.query_one(StatusBar).display = True
        self.focus_list()
        if not is_kept:
            self._typed = ""
        self.refill()


class ListHead(PartStyles, Widget):
    """A line that `line` returns for its width, with an empty one below it.

    The classes of its styles begin with `name`.
    """

    def __init__(self, line: Callable[[int], Line], name: str = "listing") -> None:
        super().__init__()
        self._line = line
        self._style_name = name

    def render_line(self, y: int) -> Strip:
        return paint(self, self._style_name, self._line(self.size.width) if y == 0 else ())


async def watch_library(
    screen: Screen[Any],
    library: Library,
    is_outdated: Callable[[], bool],
    *,
    changed: Callable[[], object],
) -> None:
    """Call `changed` each time files have changed and the screen `is_outdated`.

    That is asked in a thread, while the screen is at the front: coming back to it reads the
    library anyway, so nothing is missed.
    """

    async def compare() -> None:
        if await asyncio.to_thread(is_outdated):
            changed()

    fingerprint: object = None
    is_gone, pause = False, _PAUSE
    while True:
        await asyncio.sleep(pause)
        if not screen.is_current:
            continue
        began, before = time.monotonic(), fingerprint
        try:
            fingerprint = await asyncio.to_thread(library.fingerprint)
        except LibraryError as error:
            if not is_gone:
                tell_error(screen, error)
            fingerprint, is_gone = None, True
        else:
            if is_gone:
                tell(screen, "The library is back.")
            is_gone = False
        looked = time.monotonic() - began
        pause = min(max(_PAUSE, looked / _MAX_SHARE), _LONGEST_PAUSE)
        if fingerprint != before and screen.display:  # it was not closed since
            run_action(screen, compare)
