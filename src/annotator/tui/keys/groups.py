"""The groups of keys of all screens, in the order of the help.

They are in `keys.json`: each key in a line, with its id, the keys that it is on, its action, what
it does, the word for it in the status bar, and more words that find it in the palette. To add a
screen, add the group of its keys there.
"""

from pathlib import Path

from msgspec import json

from annotator.tui.keys.key import Key, KeyGroup

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


def keys_of(*places: str) -> tuple[Key, ...]:
    """Return the keys of these places; of two on the same key, the first is asked first."""
    return tuple(key for place in places for key in GROUP_OF[place].keys)


def are_active_together(one: str, other: str) -> bool:
    """Return whether the keys of two places work at the same time."""
    return one == other or frozenset({one, other}) in _PAIRS
