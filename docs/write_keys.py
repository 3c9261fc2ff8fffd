"""Write keys.md from the groups of keys. `make docs` runs this script."""

from pathlib import Path
from string import ascii_letters

from annotator.tui.keys.groups import GROUPS, are_active_together
from annotator.tui.keys.key import Key, KeyGroup
from annotator.tui.keys.keymap import Keymap, digit_range, shown_name

PAGE = Path(__file__).with_name("keys.md")

_TABLE = "| keys | action | id |\n|---|---|---|"
_HEAD = """# Keys

`?` shows this list in the program, and `:` opens the command palette. The keys of a mark work when
a mark is under the cursor, jumped to, or clicked on; in caret mode `e` and `l` move the caret.

To change a key, give its id in the settings (`annotator config edit` opens them). An unknown id, or
a key that would mean two things, is reported and ignored. `keymap` selects a set of keys for those
who know `vim` or `less`:

```toml
keymap = "vim"

[keys]
"reader.find" = "f"
"read.page-down" = ["space", "ctrl+f"]
```

"""


_FREE = """## Free letters

These have no action in a list of keys above, nor in another one that works at the same time.

| keys | free letters |
|---|---|
"""


def page() -> str:
    """Return the page."""
    return "\n".join((_HEAD + "\n".join(map(_group, Keymap().groups())), _FREE + _free_letters()))


def _free_letters() -> str:
    """Return a row for each list of keys that the command palette has, not for dialogs."""
    rows = (f"| {group.title} | {_free(group)} |\n" for group in GROUPS if group.in_palette)
    return "".join(rows)


def _free(group: KeyGroup) -> str:
    beside = [other for other in GROUPS if are_active_together(group.place, other.place)]
    used = {name for other in beside for key in other.keys for name in key.keys}
    free = " ".join(letter for letter in ascii_letters if letter not in used)
    return f"`{free}`" if free else "none"


def _group(group: tuple[str, tuple[Key, ...]]) -> str:
    title, keys = group
    return "\n".join((f"## {title}", "", _TABLE, *map(_row, keys), ""))


def _row(key: Key) -> str:
    first, last = key.keys[0], key.keys[-1]
    names = (
        [f"`{first}` … `{last}`"]
        if digit_range(key)
        else [f"`{shown_name(name)}`" for name in key.keys]
    )
    return f"| {' '.join(names)} | {key.label} | `{key.id}` |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
