"""Which keys the bottom line shows, by what one is doing; first and last ones stay longest."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from annotator.model import Kind
from annotator.tui.keys import ALL_KEYS, BY_ID, DIGITS, Key, Place
from annotator.tui.keys.keymap import Keymap, shown

_KINDS_SHOWN = 2  # beside the first kind, which Enter makes; the help has all of them

_ON_A_MARK = ("mark.tags", "mark.note", "mark.claim", "mark.link", "mark.delete", "mark.copy")

FOOTERS: dict[str, tuple[str, ...]] = {
    "read": (
        "view.sentence-mode",
        "read.page-down",
        "reader.find",
        "reader.marks",
        "reader.contents",
        "program.help",
        "reader.back",
    ),
    "removed": (
        "removed.next",
        "reader.put-back",
        "view.removed",
        "view.sentence-mode",
        "read.page-down",
        "program.help",
        "reader.back",
    ),
    "read-mark": ("read.open-mark", *_ON_A_MARK, "program.help"),
    "sentence": (
        "sentence.mark",
        "sentence.mark-kind",
        "sentence.repeat",
        "sentence.extend-down",
        "sentence.down",
        "view.leave",
    ),
    "sentence-mark": (*_ON_A_MARK, "view.leave"),
    "caret": ("caret.mark", "caret.mark-kind", "caret.grow", "caret.select", "view.leave"),
    "caret-mark": ("mark.tags", "mark.note", "mark.delete", "mark.copy", "view.leave"),
    "place": (
        "reader.place",
        "sentence.down",
        "sentence.extend-down",
        "view.caret-mode",
        "view.leave",
    ),
    "place-caret": (
        "reader.place",
        "caret.other-end",
        "caret.select",
        "caret.grow",
        "view.leave",
    ),
    "links": ("reader.leave",),
    "note": ("list.choose", "reader.leave"),
    "panel": ("list.choose", "reader.leave"),
    "panel-mark": ("list.choose", *_ON_A_MARK, "reader.leave"),
    "library": (
        "library.open",
        "library.add",
        "library.filter",
        "library.sort",
        "library.tags",
        "library.delete",
        "library.export",
        "program.help",
        "library.quit",
    ),
    "review": (
        "review.accept",
        "review.move",
        "review.delete",
        "review.undo",
        "list.choose",
        "review.back",
    ),
    "empty": ("library.add", "program.help", "library.quit"),
}


_WHILE_PLACING = frozenset({"place", "place-caret"})
_BRIEFS = {"view.leave": "Leave it"}  # where the mark was


def footer_keys(name: str, keymap: Keymap, kinds: Sequence[Kind] = ()) -> list[Key]:
    """Return the keys of a bottom line as they are set, digits as the kinds that they make."""
    keys = keymap.of(BY_ID[each] for each in FOOTERS[name])
    if name in _WHILE_PLACING:
        keys = tuple(replace(key, brief=_BRIEFS.get(key.id, key.brief)) for key in keys)
    return [shown for key in keys for shown in _as_kinds(key, kinds)]


def _as_kinds(key: Key, kinds: Sequence[Kind]) -> Iterator[Key]:
    if key.keys != DIGITS:
        yield key
        return
    for kind in kinds[1 : 1 + _KINDS_SHOWN]:
        yield replace(key, keys=(kind.key,), brief=kind.name.capitalize())


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
