"""The keys of all screens, in groups in the order of the help.

They are in `keys.json`: each key in a line, with its id, the keys that it is on, its action, what
it does, the word for it in the status bar, and more words that find it in the palette. To add a
screen, add the group of its keys there.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from pathlib import Path

from msgspec import Struct, json
from msgspec.structs import force_setattr, replace
from textual.binding import Binding

DIGITS = tuple("123456789")
COUNT_DIGITS = ("0", *DIGITS)


class Key(Struct, frozen=True, array_like=True):
    """Something that a key does. `keys` are Textual's names for it; the first one is shown.

    Without any, only the command palette has it, unless the reader gives it a key.

    `brief` is the word for it in the status bar; `words` find it in the palette beside those of
    its label. `place` is the name of its group.
    """

    id: str
    keys: tuple[str, ...]
    action: str
    label: str
    brief: str = ""
    words: str = ""
    place: str = ""

    @property
    def action_name(self) -> str:
        """The action without its parameters."""
        return self.action.partition("(")[0]


FooterKey = str | tuple[str, str]  # the id of a key, or that and another word for it


class KeyGroup(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All keys of one place: a screen, a mode, a dialog.

    Bindings, status bar, help, command palette, the page of keys in the documentation
    and the checks of a reader's own keys follow from it.

    `title` is the heading in the help, with the key of `entered_by` beside it.
    `active_with` names the places whose keys work at the same time; it is
    enough to say so on one side. `of_rows` are the ids of those that act on what is
    selected, or else on what is under the cursor. `footers` are lines of keys at the bottom of
    the screen, by name. `preload` names modules to import soon after the first
    frame, so that the first key that needs them does not wait.
    """

    place: str
    title: str
    keys: tuple[Key, ...]
    active_with: tuple[str, ...] = ()
    of_rows: tuple[str, ...] = ()
    footers: Mapping[str, tuple[FooterKey, ...]] = {}
    in_palette: bool = False
    entered_by: str = ""
    preload: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Tell the keys which place they belong to."""
        force_setattr(self, "keys", tuple(replace(key, place=self.place) for key in self.keys))


GROUPS = json.decode(Path(__file__).with_name("keys.json").read_bytes(), type=tuple[KeyGroup, ...])
GROUP_OF = {group.place: group for group in GROUPS}
ALL_KEYS = tuple(key for group in GROUPS for key in group.keys)
BY_ID = {key.id: key for key in ALL_KEYS}
FOOTERS = {name: keys for group in GROUPS for name, keys in group.footers.items()}
PALETTE_PLACES = frozenset(group.place for group in GROUPS if group.in_palette)
OF_ROWS = frozenset(key_id for group in GROUPS for key_id in group.of_rows)
PRELOADED = tuple(name for group in GROUPS for name in group.preload)

_PAIRS = frozenset(
    frozenset({group.place, other}) for group in GROUPS for other in group.active_with
)


def bindings(keys: Iterable[Key]) -> Iterator[Binding]:
    """Yield Textual's bindings; a digit is passed to an action that has no parameter."""
    for key in keys:
        for action, names in groupby(key.keys, partial(_action, key)):
            yield Binding(",".join(names), action, key.label, show=False, id=key.id)


def places_of_actions(keys: Iterable[Key]) -> dict[str, frozenset[str]]:
    """Return for each action the places in which it may run."""
    places: dict[str, set[str]] = {}
    for key in keys:
        places.setdefault(key.action_name, set()).add(key.place)
    return {action: frozenset(where) for action, where in places.items()}


def keys_of(*places: str) -> tuple[Key, ...]:
    """Return the keys of these places; of two on the same key, the first is asked first."""
    return tuple(key for place in places for key in GROUP_OF[place].keys)


def are_active_together(one: str, other: str) -> bool:
    """Return whether the keys of two places work at the same time."""
    return one == other or frozenset({one, other}) in _PAIRS


def _action(key: Key, name: str) -> str:
    return key.action if not name.isdigit() or "(" in key.action else f"{key.action}({name})"
