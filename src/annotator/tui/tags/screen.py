"""The screen of all tags and speakers."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Literal

from msgspec.structs import replace

from annotator.model.query import as_filter
from annotator.tui.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Line, Row
from annotator.tui.notifications import hint
from annotator.tui.tags.actions import NameActions
from annotator.tui.tags.rows import Names, NamesView, heads
from annotator.tui.workers import as_action, run_opening
from annotator.usecases.tags.speakers import speaker_uses, suggested_merges
from annotator.usecases.tags.tag_library import tag_tree

Place = Literal["marks", "articles"]

_OF_TAGS = {  # why these are not done to speakers
    "move": "Speakers have no levels.",
    "colour": "Only tags have colours.",
    "delete": "A speaker belongs to its marks. Rename it, or edit the marks.",
}
_OFTEN = 0.1  # seconds between two looks at how far an edit is


class TagsScreen(ListScreen[tuple[Place, str] | None], keys="tags"):
    """Lists tags and speakers, and returns which list of one of them is wanted, with its query.

    `places` are the lists that can be answered, the usual one first.
    """

    def __init__(self, context: AppContext, *, places: Sequence[Place]) -> None:
        super().__init__(context)
        self._places = tuple(places)
        self._names = NamesView()
        self._actions = NameActions(self, context, changed=self.load)

    def on_mount(self) -> None:
        """Say that the library is read, and show how far a long edit is."""
        self.refill()
        self.set_interval(_OFTEN, self._show_progress)

    @property
    def _view(self) -> NamesView:
        """The names as they are narrowed by what was typed."""
        return replace(self._names, typed=self._typed)

    async def read(self) -> None:
        """Read the tags and the speakers, and which speakers may be the same person."""
        context = self._app_context
        await asyncio.to_thread(context.tags.read_colours)
        nodes = await asyncio.to_thread(tag_tree, context.library)
        speakers = await asyncio.to_thread(speaker_uses, context.library)
        self._names = replace(
            self._names, tags=tuple(nodes), speakers=tuple(speakers), is_loaded=True
        )
        if self._names.shows == "speakers":
            self.refill()
            await self._find_merges()

    def head(self, width: int) -> Line:
        """Return the title and the heads of the columns; only the title if there are none."""
        if not self._names.is_loaded:
            return ()
        line = heads(width, is_tags=self._names.shows == "tags")
        return line[:2] if self._names.is_empty else line

    def rows(self) -> Sequence[Row]:
        """Return the names that match the filter."""
        return self._view.rows(self._selected)

    def listed(self) -> Collection[str]:
        """Return the keys of these names."""
        return [name.key for name in self._view.listed]

    def status(self) -> Status:
        """Return the number of names, or how far an edit is."""
        view, number = self._view, len(self._selected)
        mode = f"{number:,} selected" if number else ""
        if self._edits.progress:
            return Status("tags-running", mode, self._edits.progress)
        state = "-empty" if view.is_empty else "-selected" if number else ""
        place = view.counted if view.is_loaded and not view.is_empty else ""
        return Status(f"{view.shows}{state}", mode, place)

    def action_open(self, place: Place) -> None:
        """Return the query for the name under the cursor."""
        names = self._chosen
        if place not in self._places:
            hint(self, "Open this list from the library to see articles.")
        elif not names:
            hint(self, "Nothing is selected.")
        else:
            self.dismiss((place, _query_of(self._names.shows, names)))

    def chosen(self, row: Listing.Chosen) -> None:  # noqa: ARG002  the cursor is on it
        """Return the query for the name, for the usual list."""
        self.action_open(self._places[0])

    def action_names(self, what: str) -> None:
        """Rename, merge, move, colour or delete what is selected, or what is under the cursor."""
        names = self._chosen
        if self._names.shows == "speakers" and what in _OF_TAGS:
            hint(self, _OF_TAGS[what])
        elif not names:
            hint(self, "Nothing is selected.")
        elif what == "rename" and len(names) > 1:
            hint(self, "Several are selected. Merge them, or deselect all but one.")
        else:
            run_opening(self, self._actions.do, what, self._view, names)

    def action_switch(self) -> None:
        """Show speakers in place of tags, or the reverse."""
        other: Names = "speakers" if self._names.shows == "tags" else "tags"
        self._names = replace(self._names, shows=other)
        self._selected.clear()
        self.narrow("")
        if self._names.shows == "speakers":
            self._suggest()

    def action_sort(self) -> None:
        """Sort by name or by number."""
        self._names = replace(self._names, is_by_number=not self._names.is_by_number)
        self.refill(at="")

    def action_clear(self) -> None:
        """Stop an edit; else deselect; else clear the filter; else go back."""
        if not self._edits.stop():
            super().action_clear()

    @property
    def _chosen(self) -> Sequence[str]:
        """The selected names, or else the one under the cursor."""
        return self._view.names(self._selected.or_at(self.listing.key))

    @as_action
    async def _suggest(self) -> None:
        await self._find_merges()
        self.refill()

    async def _find_merges(self) -> None:
        pairs = await asyncio.to_thread(suggested_merges, self._names.speakers)
        alike = {pair.other.key: pair.keep.name for pair in reversed(pairs)}
        self._names = replace(self._names, alike=alike)

    def _show_progress(self) -> None:
        if self.is_active:
            self.show_status()


def _query_of(shows: str, names: Sequence[str]) -> str:
    """Return the query for everything that has one of the names."""
    field = "tag" if shows == "tags" else "speaker"
    return " or ".join(as_filter(field, name) for name in names)
