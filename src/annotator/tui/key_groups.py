"""The list of keys in the groups that a person looks for, for help and documentation."""

from collections.abc import Iterator

from annotator.tui.keymap import Keymap, shown
from annotator.tui.keys import ALL_KEYS, Key, Place

GROUPS: tuple[tuple[Place, str], ...] = (
    ("read", "Reading"),
    ("sentence", "Sentence mode"),
    ("mark", "On a mark"),
    ("reader", "In the reader"),
    ("anywhere", "In the text, in every mode"),
    ("caret", "Caret mode"),
    ("removed", "Reading, with what was removed folded open"),
    ("library", "In the library"),
    ("review", "Reviewing marks"),
    ("list", "In a list"),
    ("dialog", "In a dialog"),
    ("program", "Everywhere"),
)


_ENTERED_BY: dict[Place, str] = {
    "sentence": "view.sentence-mode",
    "caret": "view.caret-mode",
    "removed": "view.removed",
}


def groups(keymap: Keymap, first: tuple[Place, ...] = ()) -> Iterator[tuple[str, tuple[Key, ...]]]:
    """Give each group's title and its keys as they are set, the places in `first` before others."""
    for place, title in sorted(GROUPS, key=lambda group: group[0] not in first):
        way_in = f" ({shown(keymap.key(_ENTERED_BY[place]))})" if place in _ENTERED_BY else ""
        yield title + way_in, tuple(key for key in keymap.of(ALL_KEYS) if key.place == place)
