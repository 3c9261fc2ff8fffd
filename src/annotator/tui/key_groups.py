"""The list of keys in the groups that a person looks for, for help and documentation."""

from collections.abc import Iterator

from annotator.tui.keymap import Keymap
from annotator.tui.keys import ALL_KEYS, Key, Place

GROUPS: tuple[tuple[Place, str], ...] = (
    ("reader", "In the reader"),
    ("anywhere", "In the text"),
    ("read", "Reading"),
    ("sentence", "Sentence mode"),
    ("caret", "Caret mode"),
    ("mark", "On a mark"),
    ("library", "In the library"),
    ("list", "In a list"),
    ("dialog", "In a dialog"),
    ("program", "Everywhere"),
)


def groups(keymap: Keymap, first: tuple[Place, ...] = ()) -> Iterator[tuple[str, tuple[Key, ...]]]:
    """Give each group's title and its keys as they are set, the places in `first` before others."""
    for place, title in sorted(GROUPS, key=lambda group: group[0] not in first):
        yield title, tuple(key for key in keymap.of(ALL_KEYS) if key.place == place)
