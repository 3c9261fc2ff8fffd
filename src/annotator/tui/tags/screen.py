"""The screen of all tags and speakers, and the edits that change them in the whole library."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Literal

from msgspec.structs import replace

from annotator.model import tags
from annotator.model.query import as_filter
from annotator.tui.dialogs.choice import LineDialog
from annotator.tui.frame.context import AppContext
from annotator.tui.frame.list_screen import ListScreen, Status
from annotator.tui.frame.notifications import hint
from annotator.tui.frame.workers import as_action, run_opening
from annotator.tui.lists.list_view import Listing
from annotator.tui.lists.rows import Line, Row
from annotator.tui.tags.rows import (
    NO_COLOUR,
    TOP_LEVEL,
    Names,
    NamesView,
    choice_picker,
    colour_picker,
    explain_speaker,
    explain_tag,
    heads,
    name_choices,
    named,
    quoted,
    top_level,
)
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.queries.saved_queries import queries_with_lost_tags, still_asked
from annotator.usecases.tags import tag_library
from annotator.usecases.tags.speakers import merge_speakers, speaker_uses, suggested_merges

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
        nodes = await asyncio.to_thread(tag_library.tag_tree, context.library)
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
        return self._view.rows(self._selected)

    def listed(self) -> Collection[str]:
        return [name.key for name in self._view.listed]

    def status(self) -> Status:
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
        """Return the query for the name, and the first place that can list it."""
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
            actions = {
                "rename": self._rename,
                "merge": self._merge,
                "move": self._move,
                "colour": self._colour,
                "delete": self._delete,
            }
            run_opening(self, actions[what], names)

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

    async def _rename(self, names: Sequence[str]) -> None:
        """Ask for another name for one tag or speaker."""
        (old,), view = names, self._view
        is_tag = view.shows == "tags"
        explain = (
            partial(explain_tag, view.tags, old)
            if is_tag
            else partial(explain_speaker, view.speakers, old)
        )
        title = f"Rename “{old}”"
        dialog = LineDialog(self._keymap, title, old, explain=explain, does="rename")
        new = await self._ui.show_dialog(dialog)
        if new is None:
            return
        edit = tag_library.merge_tags if is_tag else merge_speakers
        gone = names if is_tag else ()
        await self._edit(edit, names, new, done=f"{old} is now {new}", at=new, gone=gone)

    async def _merge(self, names: Sequence[str]) -> None:
        """Ask for the name that takes the place of the others."""
        view = self._view
        is_tag = view.shows == "tags"
        without = names if len(names) == 1 else ()
        choices = name_choices(view.tags if is_tag else view.speakers, without=without)
        if not choices:
            self._ui.hint("Nothing is left to merge it with.")
            return
        at = view.alike.get(tags.key(names[0]), "") if not is_tag else ""
        title = f"Merge {quoted(names, 'tag' if is_tag else 'speaker')} into"
        into = await self._ui.show_dialog(
            choice_picker(self._keymap, title, "Type part of a name", choices=choices, at=at)
        )
        if into is None:
            return
        edit = tag_library.merge_tags if is_tag else merge_speakers
        gone = [name for name in names if is_tag and tags.key(name) != tags.key(into)]
        await self._edit(edit, names, into, done=f"Merged into {into}", at=into, gone=gone)

    async def _move(self, names: Sequence[str]) -> None:
        """Ask for the tag to move others below."""
        inside = [
            tag.name
            for tag in self._names.tags
            if any(tags.is_within(tag.name, name) for name in names)
        ]
        choices = name_choices(self._names.tags, without=inside)
        if any(tags.SEPARATOR in name for name in names):
            choices.insert(0, top_level())
        if not choices:
            self._ui.hint("This is the only tag. Rename it to give it a level: world/energy.")
            return
        title = f"Move {quoted(names)} below"
        below = await self._ui.show_dialog(
            choice_picker(self._keymap, title, "Type part of a tag", choices=choices, at="")
        )
        if below is None:
            return
        above = "" if below == TOP_LEVEL else below
        label = names[0].rpartition(tags.SEPARATOR)[2]
        at = f"{above}{tags.SEPARATOR}{label}" if above else label
        done = f"{named(names)} is now {at}" if len(names) == 1 else f"Moved below {above}"
        await self._edit(tag_library.move_tags, names, above, done=done, at=at, gone=names)

    async def _colour(self, names: Sequence[str]) -> None:
        """Ask for a colour."""
        now = next((tag.colour for tag in self._names.tags if tag.name == names[0]), "")
        chosen = await self._ui.show_dialog(colour_picker(self._keymap, named(names), now))
        if chosen is None:
            return
        colour = "" if chosen == NO_COLOUR else chosen
        await self._edits.make(tag_library.colour_tags, names, colour)
        await self.load()

    async def _delete(self, names: Sequence[str]) -> None:
        """Delete tags everywhere; undo brings them back."""
        done = f"Deleted {named(names)}"
        await self._edit(tag_library.delete_tags, names, done=done, gone=names)

    async def _edit(
        self,
        edit: Callable[..., MarkEdit],
        *args: object,
        done: str,
        at: str | None = None,
        gone: Sequence[str] = (),
    ) -> None:
        """Make an edit of the whole library, and say what it changed and how to undo it.

        `gone` are tags that nothing has afterwards: saved queries may still ask for them.
        """
        edits = self._edits
        try:
            step = await edits.make(edit, *args, progress=edits.goes_on)
        finally:
            await self.load(at and tags.key(at))
        undo = self._key_of("tags.undo")
        if step.is_empty and not edits.was_stopped:
            self._ui.hint("Nothing was changed.")
        elif isinstance(step, MarkEdit):
            what = f"Stopped after {step.extent}" if edits.was_stopped else f"{done}: {step.extent}"
            stale = await asyncio.to_thread(queries_with_lost_tags, self._library, gone)
            words = (f"{what}.", step.remark, still_asked(stale), f"Press {undo} to undo.")
            self._ui.tell(" ".join(filter(None, words)))


def _query_of(shows: str, names: Sequence[str]) -> str:
    """Return the query for everything that has one of the names."""
    field = "tag" if shows == "tags" else "speaker"
    return " or ".join(as_filter(field, name) for name in names)
