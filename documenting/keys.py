"""The page of keys, from the groups of keys and their meanings.

`key_meanings.json` has what a key means on all screens: words for it, the keys, and the actions
that have this meaning, by their ids or the ends of those. A test refuses a second meaning.
"""

import json
from pathlib import Path
from string import ascii_letters

from annotator.tui.keys.groups import GROUPS, Key
from annotator.tui.keys.keymap import Keymap, digit_range, shown_name
from documenting.tables import cell

MEANINGS = json.loads(Path(__file__).with_name("key_meanings.json").read_text(encoding="utf-8"))
SCREENS = {
    "text": ("read", "sentence", "mark", "pane", "reader", "anywhere", "removed", "commands"),
    "caret": ("caret",),
    "library": ("library", "table"),
    "marks": ("claims",),
    "evidence": ("evidence",),
    "review": ("daily",),
    "reattach": ("reattach",),
    "tags": ("tags",),
    "bin": ("bin",),
    "statistics": ("statistics",),
    "lists": ("list", "jobs", "import", "card", "similar"),
}
OWN = {  # places where some keys mean what they mean in other programs, and not the above
    "caret": "vim",
    "read": "count",
    "question": "yes",
    "dialog": "dialog",
}

_TABLE = "| keys | action | id |\n|---|---|---|"
_HEAD = """# Keys

`?` shows a card of the most useful keys in the program, `?` again this list, and once more the
ids; `:` opens the command palette. The keys of a mark work when
a mark is under the cursor, jumped to, or clicked on; in caret mode `e` and `l` move the caret.

To change a key, give its id in the settings (`annotator config edit` opens them). An unknown id, or
a key that would mean two things, is reported and ignored. `keymap` selects a set of keys: for those
who know `vim` or `less`, or `classic`, the keys of the first versions, in which a letter could mean
something else on each screen:

```toml
keymap = "vim"

[keys]
"reader.find" = "f"
"read.page-down" = ["space", "ctrl+f"]
```

"""

_GRAMMAR = """## What a key means

A key means one thing, on whatever screen it is pressed: small letters do something to what is under
the cursor, capitals lead to places, digits are kinds of marks. A key that does nothing here says
where it does. There are three exceptions: in caret mode `b` `e` `f` `F` `l` `w` `0` are motions, as
in vim; in reading mode, where nothing can be marked, digits are a count; `y` answers a question.

"""


def page() -> str:
    """Return the page."""
    groups = "\n".join(map(_group, Keymap().groups()))
    return "\n".join((_HEAD + _GRAMMAR + _grammar(), groups))


def meaning_of(key: Key, name: str) -> str:
    """Return what a key means on all screens, or nothing if its action has another meaning."""
    actions = {key.id, key.id.partition(".")[2]}
    return next((words for words, keys, ids in MEANINGS if name in keys and actions & {*ids}), "")


def _grammar() -> str:
    """Return a table of the meanings, with a row for each and a column for each screen."""
    head = f"| keys | meaning | {' | '.join(SCREENS)} |\n|---|---|{'---|' * len(SCREENS)}\n"
    rows = "".join(_meaning_row(words, keys) for words, keys, _ in MEANINGS)
    taken = {name for _, keys, _ in MEANINGS for name in keys}
    free = " ".join(f"`{letter}`" for letter in ascii_letters if letter not in taken)
    return f"{head}{rows}\nLetters without a meaning yet: {free}.\n"


def _meaning_row(words: str, names: list[str]) -> str:
    cells = [_sign(words, names, places) for places in SCREENS.values()]
    digits = names == [*"123456789"]
    shown = "`1` … `9`" if digits else " ".join(f"`{shown_name(name)}`" for name in names)
    return f"| {cell(shown)} | {words} | {' | '.join(cells)} |\n"


def _sign(words: str, names: list[str], places: tuple[str, ...]) -> str:
    keys = [key for group in GROUPS if group.place in (*places, "program") for key in group.keys]
    here = [(key, name) for key in keys for name in key.keys if name in names]
    if any(meaning_of(key, name) == words for key, name in here):
        return "•"
    return next((OWN[key.place] for key, _ in here if key.place in OWN), "")


def _group(group: tuple[str, tuple[Key, ...]]) -> str:
    title, keys = group
    return "\n".join((f"## {title}", "", _TABLE, *map(_row, keys), ""))


def _row(key: Key) -> str:
    if not key.keys:
        names = ["palette"]
    elif digit_range(key):
        names = [f"`{key.keys[0]}` … `{key.keys[-1]}`"]
    else:
        names = [f"`{shown_name(name)}`" for name in key.keys]
    return f"| {cell(' '.join(names))} | {key.label} | `{key.id}` |"
