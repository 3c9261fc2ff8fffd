"""The edits of tags and speakers: each asks in a dialog, and changes the whole library."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen

from annotator.model import tags
from annotator.model.labels import count
from annotator.tui.context import AppContext
from annotator.tui.frame.screen_ui import ScreenUI
from annotator.tui.keys.keymap import shown
from annotator.tui.lists.text_fit import truncate
from annotator.tui.tags.dialogs import (
    NO_COLOUR,
    TOP_LEVEL,
    NameDialog,
    choice_picker,
    colour_picker,
    explain_speaker,
    explain_tag,
    speaker_choices,
    tag_choices,
    top_level,
)
from annotator.tui.tags.rows import NamesView
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.queries.saved_queries import queries_with_lost_tags, still_asked
from annotator.usecases.tags import tag_library
from annotator.usecases.tags.tag_library import SPEAKERS, TAGS, Vocabulary

_NAME_WIDTH = 30  # cells of a name in a sentence


class NameActions:
    """Renames, merges, moves, colours and deletes. `changed` is awaited after an edit.

    It gets the key of the name to go to.
    """

    def __init__(
        self,
        screen: Screen[Any],
        context: AppContext,
        *,
        changed: Callable[[str | None], Awaitable[None]],
    ) -> None:
        self._ui = ScreenUI(screen)
        self._app_context = context
        self._edits = context.edits
        self._changed = changed

    async def rename(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for another name for one tag or speaker."""
        (old,) = names
        is_tag = view.shows == "tags"
        explain = (
            partial(explain_tag, view.tags, old)
            if is_tag
            else partial(explain_speaker, view.speakers, old)
        )
        title = f"Rename {old}"
        dialog = NameDialog(self._app_context.keymap, title, old, explain=explain)
        new = await self._ui.show_dialog(dialog)
        if new is None:
            return
        edit, gone = _vocabulary(view).merge, names if is_tag else ()
        await self._edit(edit, names, new, done=f"{old} is now {new}", at=new, gone=gone)

    async def merge(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for the name that takes the place of the others."""
        is_tag = view.shows == "tags"
        without = names if len(names) == 1 else ()
        choices = (
            tag_choices(view.tags, without=without)
            if is_tag
            else speaker_choices(view.speakers, without=without)
        )
        if not choices:
            self._ui.hint("Nothing is left to merge it with.")
            return
        at = view.alike.get(tags.key(names[0]), "") if not is_tag else ""
        title = f"Merge {_named(names, 'tag' if is_tag else 'speaker')} into"
        into = await self._ui.show_dialog(
            choice_picker(
                self._app_context.keymap, title, "Type part of a name", choices=choices, at=at
            )
        )
        if into is None:
            return
        edit = _vocabulary(view).merge
        gone = [name for name in names if is_tag and tags.key(name) != tags.key(into)]
        await self._edit(edit, names, into, done=f"Merged into {into}", at=into, gone=gone)

    async def move(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for the tag to move others below."""
        inside = [
            tag.name for tag in view.tags if any(tags.is_within(tag.name, name) for name in names)
        ]
        choices = tag_choices(view.tags, without=inside)
        if any(tags.SEPARATOR in name for name in names):
            choices.insert(0, top_level())
        if not choices:
            self._ui.hint("This is the only tag. Rename it to give it a level: world/energy.")
            return
        title = f"Move {_named(names)} below"
        below = await self._ui.show_dialog(
            choice_picker(
                self._app_context.keymap, title, "Type part of a tag", choices=choices, at=""
            )
        )
        if below is None:
            return
        above = "" if below == TOP_LEVEL else below
        label = names[0].rpartition(tags.SEPARATOR)[2]
        at = f"{above}{tags.SEPARATOR}{label}" if above else label
        done = f"{_named(names)} is now {at}" if len(names) == 1 else f"Moved below {above}"
        await self._edit(tag_library.move_tags, names, above, done=done, at=at, gone=names)

    async def colour(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for a colour."""
        context = self._app_context
        now = next((tag.colour for tag in view.tags if tag.name == names[0]), "")
        chosen = await self._ui.show_dialog(colour_picker(context.keymap, _named(names), now))
        if chosen is None:
            return
        colour = "" if chosen == NO_COLOUR else chosen
        await self._edits.change(
            partial(tag_library.colour_tags, context.library, names, colour, now=context.now())
        )
        await self._changed(None)

    async def delete(self, _view: NamesView, names: Sequence[str]) -> None:
        """Delete tags everywhere; undo brings them back."""
        done = f"Deleted {_named(names)}"
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
        context, edits = self._app_context, self._edits
        make = partial(edit, context.library, *args, now=context.now(), progress=edits.goes_on)
        try:
            step = await edits.change(make)
        finally:
            await self._changed(at and tags.key(at))
        undo = shown(context.keymap.key("tags.undo"))
        if step.is_empty and not edits.was_stopped:
            self._ui.hint("Nothing was changed.")
        elif isinstance(step, MarkEdit):
            what = f"Stopped after {step.extent}" if edits.was_stopped else f"{done}: {step.extent}"
            stale = await asyncio.to_thread(queries_with_lost_tags, context.library, gone)
            words = (f"{what}.", step.remark, still_asked(stale), f"Press {undo} to undo.")
            self._ui.tell(" ".join(filter(None, words)))


def _vocabulary(view: NamesView) -> Vocabulary:
    return TAGS if view.shows == "tags" else SPEAKERS


def _named(names: Sequence[str], what: str = "tag") -> str:
    return truncate(names[0], _NAME_WIDTH) if len(names) == 1 else count(len(names), what)
