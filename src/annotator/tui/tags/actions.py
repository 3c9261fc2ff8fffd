"""The edits of tags and speakers: each asks in a dialog, and changes the whole library.

The dialogs ask for a new name, or for the choice of one in use.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen

from annotator.errors import InvalidTag
from annotator.model import tags
from annotator.model.labels import count
from annotator.store import SpeakerUse, TagNode
from annotator.tui.context import AppContext
from annotator.tui.dialogs.line import LineDialog
from annotator.tui.dialogs.picker import MAX_ROWS, Picker
from annotator.tui.frame.screen_ui import ScreenActions, ScreenUI
from annotator.tui.keys.keymap import Keymap
from annotator.tui.lists.rows import ChoiceRow, Piece, Row
from annotator.tui.lists.text_fit import truncate
from annotator.tui.tags.rows import SWATCH, NamesView
from annotator.usecases.marks.mark_edit import MarkEdit
from annotator.usecases.queries.saved_queries import queries_with_lost_tags, still_asked
from annotator.usecases.tags import tag_library
from annotator.usecases.tags.tag_library import COLOURS, SPEAKERS, TAGS, Vocabulary

NO_COLOUR = "\0none"  # no colour is like it
TOP_LEVEL = "\0top"  # and no tag like this one

_TITLE_WIDTH = 60  # cells
_NAME_WIDTH = 30  # cells of a name in a sentence


class NameActions(ScreenActions):
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
        super().__init__(ScreenUI(screen), context)
        self._changed = changed

    async def do(self, what: str, view: NamesView, names: Sequence[str]) -> None:
        """Do to these names what a key says."""
        actions = {
            "rename": self._rename,
            "merge": self._merge,
            "move": self._move,
            "colour": self._colour,
            "delete": self._delete,
        }
        await actions[what](view, names)

    async def _rename(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for another name for one tag or speaker."""
        (old,) = names
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
        edit, gone = _vocabulary(view).merge, names if is_tag else ()
        await self._edit(edit, names, new, done=f"{old} is now {new}", at=new, gone=gone)

    async def _merge(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for the name that takes the place of the others."""
        is_tag = view.shows == "tags"
        without = names if len(names) == 1 else ()
        choices = name_choices(view.tags if is_tag else view.speakers, without=without)
        if not choices:
            self._ui.hint("Nothing is left to merge it with.")
            return
        at = view.alike.get(tags.key(names[0]), "") if not is_tag else ""
        title = f"Merge {_quoted(names, 'tag' if is_tag else 'speaker')} into"
        into = await self._ui.show_dialog(
            choice_picker(self._keymap, title, "Type part of a name", choices=choices, at=at)
        )
        if into is None:
            return
        edit = _vocabulary(view).merge
        gone = [name for name in names if is_tag and tags.key(name) != tags.key(into)]
        await self._edit(edit, names, into, done=f"Merged into {into}", at=into, gone=gone)

    async def _move(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for the tag to move others below."""
        inside = [
            tag.name for tag in view.tags if any(tags.is_within(tag.name, name) for name in names)
        ]
        choices = name_choices(view.tags, without=inside)
        if any(tags.SEPARATOR in name for name in names):
            choices.insert(0, top_level())
        if not choices:
            self._ui.hint("This is the only tag. Rename it to give it a level: world/energy.")
            return
        title = f"Move {_quoted(names)} below"
        below = await self._ui.show_dialog(
            choice_picker(self._keymap, title, "Type part of a tag", choices=choices, at="")
        )
        if below is None:
            return
        above = "" if below == TOP_LEVEL else below
        label = names[0].rpartition(tags.SEPARATOR)[2]
        at = f"{above}{tags.SEPARATOR}{label}" if above else label
        done = f"{_named(names)} is now {at}" if len(names) == 1 else f"Moved below {above}"
        await self._edit(tag_library.move_tags, names, above, done=done, at=at, gone=names)

    async def _colour(self, view: NamesView, names: Sequence[str]) -> None:
        """Ask for a colour."""
        context = self._app_context
        now = next((tag.colour for tag in view.tags if tag.name == names[0]), "")
        chosen = await self._ui.show_dialog(colour_picker(context.keymap, _named(names), now))
        if chosen is None:
            return
        colour = "" if chosen == NO_COLOUR else chosen
        await self._edits.make(tag_library.colour_tags, names, colour)
        await self._changed(None)

    async def _delete(self, _view: NamesView, names: Sequence[str]) -> None:
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
        try:
            step = await edits.make(edit, *args, progress=edits.goes_on)
        finally:
            await self._changed(at and tags.key(at))
        undo = context.keymap.shown("tags.undo")
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


def _quoted(names: Sequence[str], what: str = "tag") -> str:
    named = _named(names, what)
    return f"“{named}”" if len(names) == 1 else named


def choice_picker(
    keymap: Keymap, title: str, placeholder: str, *, choices: Sequence[ChoiceRow], at: str
) -> Picker[str]:
    """Return the dialog that returns the key of a choice; the cursor is on `at` at first."""
    rows = partial(_matching, choices)
    return Picker(keymap, truncate(title, _TITLE_WIDTH), placeholder, rows, at=at)


def colour_picker(keymap: Keymap, name: str, colour: str) -> Picker[str]:
    """Return the dialog that returns a colour, also one typed as #rrggbb; `NO_COLOUR` for none."""
    choices = [_choice(value, label, colour=value) for label, value in COLOURS.items()]
    if colour and colour not in COLOURS.values():
        choices.append(_choice(colour, colour, colour=colour))
    choices.append(_choice(NO_COLOUR, "no colour of its own"))

    def rows(typed: str) -> Sequence[Row]:
        if typed.startswith("#") and len(typed) == len("#rrggbb"):
            return [_choice(typed, typed)]
        return _matching(choices, typed)

    title = truncate(f"Colour of {name}", _TITLE_WIDTH)
    return Picker(keymap, title, "Type a colour, or #rrggbb", rows, at=colour)


def _matching(choices: Sequence[ChoiceRow], typed: str) -> Sequence[Row]:
    """Return the choices that match what was typed, those that begin so first."""
    wanted = tags.key(typed.lstrip("#"))
    matches = [choice for choice in choices if wanted in tags.key(choice.label)]
    matches.sort(key=lambda choice: not tags.key(choice.label).startswith(wanted))
    return matches[:MAX_ROWS]


def _choice(key: str, label: str, remark: str = "", *, colour: str = "") -> ChoiceRow:
    swatch = Piece(f" {SWATCH} ", colour) if colour else Piece("   ")
    return ChoiceRow(key, label, remark, (swatch,))


def top_level() -> ChoiceRow:
    """Return the choice to move tags below no other."""
    return _choice(TOP_LEVEL, "below no other tag")


def name_choices(
    names: Sequence[TagNode] | Sequence[SpeakerUse], *, without: Sequence[str]
) -> list[ChoiceRow]:
    """Return all tags or speakers but some, with numbers; speakers with most marks come first."""
    keys = set(map(tags.key, without))
    ranked: list[TagNode | SpeakerUse] = [*names]
    ranked.sort(key=lambda name: -name.count if isinstance(name, SpeakerUse) else 0)
    return [
        _choice(name.name, name.name, count(name.count, "mark"))
        if isinstance(name, SpeakerUse)
        else _choice(name.name, name.name, _numbers(name), colour=name.colour)
        for name in ranked
        if name.key not in keys
    ]


def explain_tag(nodes: Sequence[TagNode], old: str, new: str) -> str:
    """Return what renaming the tag `old` to `new` would do, in a sentence or two."""
    try:
        name = tags.normalise(new)
    except InvalidTag:
        return "A tag needs a letter or a digit."
    by_key = {tag.key: tag for tag in nodes}
    node = by_key[tags.key(old)]
    below = sum(tags.is_within(tag.name, old) for tag in nodes) - 1
    what = _numbers(node) + (f", with {count(below, 'tag')} below it" if below else "")
    other = by_key.get(tags.key(name))
    if other is not None and other.key != node.key:
        return f"{what}. “{other.name}” is in use ({_numbers(other)}): both become one."
    spelled = f" It becomes “{name}”." if name != new else ""
    return f"{what}.{spelled}"


def explain_speaker(uses: Sequence[SpeakerUse], old: str, new: str) -> str:
    """Return what renaming a speaker would do."""
    by_key = {speaker.key: speaker for speaker in uses}
    use, other = by_key[tags.key(old)], by_key.get(tags.key(new))
    marks = count(use.count, "mark")
    if other is not None and other.key != use.key:
        return f"{marks}. “{other.name}” has {count(other.count, 'mark')}: both become one."
    return f"{marks}."


def _numbers(node: TagNode) -> str:
    parts = []
    if node.all_marks:
        parts.append(count(node.all_marks, "mark"))
    if node.all_articles:
        parts.append(count(node.all_articles, "article"))
    return ", ".join(parts)
