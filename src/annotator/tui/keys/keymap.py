"""The keys as the reader has set them, the names of keys as on a keyboard, and hints on them.

Presets, in `presets.json`, are sets of keys for users of other programs; `names.json` has the names
of keys as they are printed. One hint is for a key that does nothing here, and one, said once, that
many have moved.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from weakref import WeakKeyDictionary

from msgspec import json
from msgspec.structs import replace
from textual.dom import DOMNode
from textual.keys import Keys, key_to_character

from annotator.errors import LibraryError, did_you_mean
from annotator.model import Kind
from annotator.model.text import clean_line
from annotator.settings import Settings
from annotator.settings.choices import chosen, remember
from annotator.settings.settings import UserCommand
from annotator.store import Library
from annotator.tui.keys.groups import (
    ALL_KEYS,
    COUNT_DIGITS,
    DIGITS,
    FOOTERS,
    GROUP_OF,
    GROUPS,
    Key,
    are_active_together,
    bindings,
)
from annotator.tui.textual_internals import bindings_of, set_bindings

_NAMES = json.decode(Path(__file__).with_name("names.json").read_bytes(), type=dict[str, str])
_NAMED = {shown.lower(): name for name, shown in _NAMES.items()} | {",": "comma", " ": "space"}
MAX_SHOWN = 60  # characters of an unknown id or key
COMMAND = "user-command."  # begins the ids of the user's own commands
_KINDS_SHOWN = 2  # in a footer beside the first kind, which Enter makes; the help has all of them
CLASSIC = "classic"  # the preset with the keys of the program before a letter had one meaning
KeyOverrides = Mapping[str, tuple[str, ...]]

PRESETS = json.decode(
    Path(__file__).with_name("presets.json").read_bytes(), type=Mapping[str, KeyOverrides]
)
_NEWS = "keys_news"  # the choice that remembers that the keys were said to have moved
_NEW = timedelta(days=1)  # a library that is not older never had the old keys
_OTHERS = ("dialog", "question", "caret")  # whose keys are of their own, elsewhere


class Keymap:
    """All keys, with those that the reader has set in place of the usual ones.

    Settings with errors are ignored; `problems` has a sentence for each, by id.
    """

    def __init__(
        self, overrides: KeyOverrides | None = None, commands: Sequence[UserCommand] = ()
    ) -> None:
        self._bound: WeakKeyDictionary[DOMNode, tuple[Key, ...]] = WeakKeyDictionary()
        self.use(overrides or {}, commands)

    def use(self, overrides: KeyOverrides, commands: Sequence[UserCommand] = ()) -> None:
        """Set other keys, wherever they are bound, and those of the user's commands."""
        self._keys = {key.id: key for key in ALL_KEYS}
        self.problems = dict(self._apply(overrides))
        self.commands: tuple[Key, ...] = ()  # those with a key that nothing else has
        self.command_problems = dict(self._add(commands))
        for node, keys in [*self._bound.items()]:
            self._rebind(node, keys)

    def key(self, key_id: str) -> Key:
        """Return the key with that id as it is set."""
        return self._keys[key_id]

    def shown(self, key_id: str) -> str:
        """Return the key with that id as printed on a keyboard."""
        return shown(self.key(key_id))

    def of(self, keys: Iterable[Key]) -> tuple[Key, ...]:
        """Return `keys` as they are set."""
        return tuple(self._keys[key.id] for key in keys)

    def groups(self, first: Sequence[str] = ()) -> Iterator[tuple[str, tuple[Key, ...]]]:
        """Yield the title and the keys of each group, first those of the places `first`."""
        ranks = {place: rank for rank, place in reversed([*enumerate(first)])}
        for group in sorted(GROUPS, key=lambda group: ranks.get(group.place, len(first))):
            entered_by = f" ({self.shown(group.entered_by)})" if group.entered_by else ""
            own = self.commands if group.place == "commands" else ()
            yield group.title + entered_by, (*self.of(group.keys), *own)

    def bind(self, node: DOMNode, keys: Iterable[Key]) -> None:
        """Bind `keys` to a node as they are set, now and whenever they are set again."""
        self._bound[node] = keys = tuple(keys)
        if self.of(keys) != keys:
            self._rebind(node, keys)

    def bind_commands(self, node: DOMNode) -> None:
        """Bind the keys of the user's commands to a node, in place of earlier ones."""
        kept = [
            binding for binding in bindings_of(node) if not (binding.id or "").startswith(COMMAND)
        ]
        set_bindings(node, [*kept, *bindings(self.commands)])

    def _add(self, commands: Sequence[UserCommand]) -> Iterator[tuple[str, str]]:
        for number, command in enumerate(commands):
            if not command.key:
                continue
            key = Key(
                f"{COMMAND}{number}",
                (textual_name(command.key),),
                f"pipe({number})",
                command.name,
                place="commands",
            )
            at, others = f"commands[{number}].key", (*self._keys.values(), *self.commands)
            clash = next((other for other in others if _clash(key, other)), None)
            if not _is_key(key.keys[0]):
                yield at, f"“{command.name}”: unknown key “{command.key}”."
            elif clash is not None:
                shown_key = shown_name(key.keys[0])
                yield at, f"“{command.name}”: {shown_key} is already the key of “{clash.label}”."
            else:
                self.commands = (*self.commands, key)

    def _rebind(self, node: DOMNode, keys: tuple[Key, ...]) -> None:
        replaced = {key.id for key in keys}
        kept = [binding for binding in bindings_of(node) if binding.id not in replaced]
        set_bindings(node, [*bindings(self.of(keys)), *kept])

    def _apply(self, overrides: KeyOverrides) -> Iterator[tuple[str, str]]:
        for key_id in overrides.keys() - self._keys.keys():
            shown_id = clean_line(key_id, limit=MAX_SHOWN)
            yield key_id, f"Unknown key id “{shown_id}”.{did_you_mean(key_id, self._keys)}"
        changed = {
            key_id: replace(self._keys[key_id], keys=tuple(map(textual_name, names)))
            for key_id, names in sorted(overrides.items())
            if key_id in self._keys
        }
        for key_id, key in [*changed.items()]:
            if unknown := next((name for name in key.keys if not _is_key(name)), None):
                yield key_id, f"“{key_id}”: unknown key “{unknown}”."
                del changed[key_id]
        for key_id, key in changed.items():
            others = {**self._keys, **changed}.values()
            clash = next((other for other in others if _clash(key, other)), None)
            if clash is None:
                self._keys[key_id] = key
            else:
                shared = " ".join(sorted(_names(key) & _names(clash)))
                other = f"“{clash.id}” ({clash.label.lower()})"
                yield key_id, f"“{key_id}”: {shared} is already the key of {other}."


def shown(key: Key) -> str:
    """Return the first name of a key as printed on a keyboard; digits as a range."""
    return digit_range(key) or next(map(shown_name, key.keys), "")


def digit_range(key: Key) -> str:
    """Return the keys of an action on several digits in a row as `1…9`; of others nothing."""
    is_range = len(key.keys) > 1 and "".join(key.keys) in "".join(COUNT_DIGITS)
    return f"{key.keys[0]}…{key.keys[-1]}" if is_range else ""


def shown_all(key: Key) -> str:
    """Return all names of a key as printed on a keyboard."""
    return digit_range(key) or " ".join(map(shown_name, key.keys))


def shown_name(name: str) -> str:
    """Return the printed name of a key, given Textual's."""
    *modifiers, last = name.split("+") if len(name) > 1 else [name]
    word = _NAMES.get(last) or key_to_character(last) or last.capitalize()
    if modifiers and len(word) == 1:
        word = word.upper()
    return "+".join((*(modifier.capitalize() for modifier in modifiers), word))


def textual_name(name: str) -> str:
    """Return Textual's name of a key, given that or the printed one: `PgDn`, `Ctrl+F`."""
    if len(name) == 1:
        return _NAMED.get(name, name)
    *modifiers, last = (part.strip().lower() for part in name.split("+"))
    return "+".join((*modifiers, _NAMED.get(last, last)))


def footer_keys(name: str, keymap: Keymap, kinds: Sequence[Kind] = ()) -> list[Key]:
    """Return the keys of a status bar as they are set, digits as the kinds that they make."""
    keys: list[Key] = []
    for entry in FOOTERS[name]:
        key_id, brief = (entry, "") if isinstance(entry, str) else entry
        key = keymap.key(key_id)
        keys += _as_kinds(replace(key, brief=brief) if brief else key, kinds)
    return keys


def key_overrides(settings: Settings) -> KeyOverrides:
    """Return the keys to change: those of the preset, then the reader's own."""
    return {**PRESETS[settings.keymap], **settings.keys}


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


def _is_key(name: str) -> bool:
    *modifiers, last = name.split("+") if len(name) > 1 else [name]
    is_named = last in _NAMES or last in _all_names() or key_to_character(last) is not None
    return is_named and set(modifiers) <= {"ctrl", "shift", "alt"}


@cache
def _all_names() -> frozenset[str]:
    return frozenset(key.value for key in Keys)


def _clash(one: Key, other: Key) -> bool:
    if one.id == other.id or not _names(one) & _names(other):
        return False
    is_conflict = are_active_together(one.place, other.place)
    return is_conflict and frozenset({one.id, other.id}) not in _intended_pairs()


def _names(key: Key) -> set[str]:
    return {shown_name(name) for name in key.keys}


@cache
def _intended_pairs() -> frozenset[frozenset[str]]:
    """Return the pairs of ids that share a key on purpose, of which one takes precedence."""
    classic = [replace(key, keys=PRESETS[CLASSIC].get(key.id, key.keys)) for key in ALL_KEYS]
    return frozenset(
        frozenset({one.id, other.id})
        for keys in (ALL_KEYS, classic)
        for one, other in combinations(keys, 2)
        if _names(one) & _names(other)
    )


def _as_kinds(key: Key, kinds: Sequence[Kind]) -> Iterator[Key]:
    if key.keys != DIGITS:
        yield key
        return
    for kind in kinds[1 : 1 + _KINDS_SHOWN]:
        yield replace(key, keys=(kind.key,), brief=kind.name.capitalize())
