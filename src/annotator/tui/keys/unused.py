"""Hints on keys: one for a key that does nothing here, and once, that many have moved."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from annotator.errors import LibraryError
from annotator.settings import Settings
from annotator.settings.choices import chosen, remember
from annotator.store import Library
from annotator.tui.keys.groups import ALL_KEYS, GROUP_OF, Key
from annotator.tui.keys.keymap import CLASSIC, PRESETS, Keymap, shown, shown_name

_NEWS = "keys_news"  # the choice that remembers that the keys were said to have moved
_NEW = timedelta(days=1)  # a library that is not older never had the old keys
_OTHERS = ("dialog", "question", "caret")  # whose keys are of their own, elsewhere


def why_unused(keymap: Keymap, name: str, places: Sequence[str], mode: str = "") -> str:
    """Return what to say of a key that did nothing on a screen with these places, in its `mode`.

    Nothing is to be said of a key of this screen that had nothing to act on.
    """
    moved = next(_moved(keymap, name, places), None)
    if moved is not None:
        now = shown(moved)
        palette = keymap.shown("program.palette")
        return f"{moved.label}: {now or f'{palette} and these words'} now."
    having = [key for key in keymap.of(ALL_KEYS) if name in key.keys]
    here = [key for key in having if key.place in places]
    modes = [key for key in here if GROUP_OF[key.place].entered_by and key.place != mode]
    if here and not modes:
        return ""
    elsewhere = [key for key in having if key.place not in _OTHERS]
    if acting := modes or elsewhere:
        where = f"{_where(keymap, acting[0])}: {acting[0].label}."
        return f"{shown_name(name)} does nothing here. {where}"
    helps = keymap.shown("program.help")
    return f"{shown_name(name)} does nothing. {helps} shows the keys." if len(name) == 1 else ""


def _moved(keymap: Keymap, name: str, places: Sequence[str]) -> Iterator[Key]:
    """Yield the actions of these places that once were on the key, and are on another now."""
    for key_id, names in PRESETS[CLASSIC].items():
        key = keymap.key(key_id)
        if name in names and name not in key.keys and key.place in places:
            yield key


def _where(keymap: Keymap, key: Key) -> str:
    group = GROUP_OF[key.place]
    entered = f" ({keymap.shown(group.entered_by)})" if group.entered_by else ""
    return f"{group.title}{entered}"


def news(
    keymap: Keymap, settings: Settings, state: Path, library: Library, *, now: datetime
) -> str:
    """Return once that keys have moved, to who knows the old ones; then, and to others, nothing.

    Who has no article that is older than a day is new here. With the classic keys nothing has
    moved.
    """
    if settings.keymap == CLASSIC or chosen(state, _NEWS, ""):
        return ""
    with suppress(LibraryError):  # said again at the next start, if the disk is full
        remember(state, _NEWS, "", "moved")
    if not any(now - record.added > _NEW for record in library.records()):
        return ""
    helps = keymap.shown("program.help")
    return (
        f"Keys have moved: one now means the same on all screens. {helps} shows them,"
        f' keymap = "{CLASSIC}" in the settings brings the old ones back.'
    )
